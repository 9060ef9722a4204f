//! The printed Tax Table and EIC Table, every cell. Evidence: official.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use perchart::law::{self, FilingStatus};
use perchart::money::{Round, Usd};
use perchart::tax::worksheets;

fn dollars(text: &str) -> i64 {
    text.trim().replace(',', "").parse().unwrap()
}

#[test]
fn the_tax_table_is_the_printed_one() {
    let Some(cases) = shared::folder("cases") else { return };
    let mut cells = 0;
    for year in [2024, 2025] {
        let (law, _) = law::of(year).unwrap();
        let mut reader = csv::Reader::from_path(cases.join(format!("tables/tax_table_{year}.csv"))).unwrap();
        let header = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let (low, high) = (dollars(&record[0]), dollars(&record[1]));
            for (column, name) in header.iter().enumerate().skip(2) {
                for status in FilingStatus::ALL.into_iter().filter(|status| covers(name, *status)) {
                    for income in [Usd::dollars(low), Usd::dollars(high) - Usd::from_cents(1)] {
                        let tax = Round::WholeDollar.enter(worksheets::tax(law, status, income, Round::WholeDollar));
                        assert_eq!(tax, Usd::dollars(dollars(&record[column])), "{year}, {income}, {name}");
                        cells += 1;
                    }
                }
            }
        }
    }
    eprintln!("compared {cells} cells of the Tax Table");
    assert!(cells > 16_000, "only {cells} cells");
}

/// Does a printed column hold a status? A surviving spouse reads the joint column.
fn covers(column: &str, status: FilingStatus) -> bool {
    match status {
        FilingStatus::Single => column == "single",
        FilingStatus::Joint | FilingStatus::Survivor => column.starts_with("mfj"),
        FilingStatus::Separate => column == "mfs",
        FilingStatus::Head => column == "hoh",
    }
}

#[test]
fn the_eic_table_is_the_printed_one() {
    let Some(cases) = shared::folder("cases") else { return };
    let mut cells = 0;
    for year in [2024, 2025] {
        let (law, _) = law::of(year).unwrap();
        let mut reader = csv::Reader::from_path(cases.join(format!("tables/eic_table_{year}.csv"))).unwrap();
        let header = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let low = Usd::dollars(dollars(&record[0]).max(1));
            for (column, name) in header.iter().enumerate().skip(2) {
                let status = if name.starts_with("mfj") { FilingStatus::Joint } else { FilingStatus::Head };
                let children = name.chars().last().unwrap().to_digit(10).unwrap().into();
                let credit = worksheets::earned_income_credit(law, status, children, low, Round::WholeDollar);
                let printed = Usd::dollars(dollars(&record[column]));
                assert_eq!(Round::WholeDollar.enter(credit), printed, "{year}, {low}, {name}");
                cells += 1;
            }
        }
    }
    eprintln!("compared {cells} cells of the EIC Table");
    assert!(cells > 10_000, "only {cells} cells");
}
