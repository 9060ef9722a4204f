//! Households on which two independent engines agree, against ours, by formula in cents.
//! Evidence: independent. The file lies beside the project; without it the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use std::collections::HashMap;

use perchart::batch::{self, COLUMNS, RESULTS};
use perchart::law;
use perchart::money::{Round, Usd};

/// The batch input of a case file: its columns that `perchart batch` reads.
fn input(rows: &[HashMap<String, String>]) -> Vec<u8> {
    let columns: Vec<&str> = COLUMNS.into_iter().filter(|column| rows[0].contains_key(*column)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).unwrap();
    for row in rows {
        writer.write_record(columns.iter().map(|column| row[*column].as_str())).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn agrees_with_two_engines_on_every_household() {
    let Some(cases) = shared::folder("cases") else { return };
    let (mut differences, mut compared, mut lines) = (Vec::new(), 0, 0);
    for year in law::years() {
        let mut reader = csv::Reader::from_path(cases.join(format!("consensus_{year}.csv"))).unwrap();
        let rows: Vec<HashMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
        let mut output = Vec::new();
        let ended = batch::run(input(&rows).as_slice(), &mut output, Round::Cents).unwrap();
        assert_eq!(ended.problems, [], "{year}");
        let mut results = csv::Reader::from_reader(output.as_slice());
        for (row, result) in rows.iter().zip(results.records()) {
            let result = result.unwrap();
            compared += 1;
            for (line, value) in RESULTS.iter().zip(&result).skip(1) {
                let Some(expected) = row.get(&format!("expect_{line}")).filter(|text| !text.is_empty()) else {
                    continue;
                };
                let (value, expected) = (Usd::rounded(value.parse().unwrap()), Usd::rounded(expected.parse().unwrap()));
                lines += 1;
                if (value - expected).cents().abs() > 100 {
                    differences
                        .push(format!("{year} {} {} {line}: ours {value}, theirs {expected}", row["id"], row["edge"]));
                }
            }
        }
    }
    eprintln!("compared {compared} households, {lines} lines");
    assert_eq!((compared, lines), (8_296, 8_296 * 13));
    let shown = differences[..differences.len().min(40)].join("\n");
    assert!(differences.is_empty(), "{} differences\n{shown}", differences.len());
}
