//! Households on which two independent engines agree, against ours, by formula in cents.
//! Evidence: independent. The file lies beside the project; without it the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod engine_rows;
mod shared;

use std::collections::HashMap;

use engine_rows::household;
use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::{self, Return};

/// Our values of the thirteen compared lines.
fn ours(filled: &Return) -> [(&'static str, Usd); 13] {
    let form = &filled.form_1040;
    [
        ("se_tax", filled.schedule_2.l4),
        ("half_se", filled.schedule_1.l15),
        ("agi", filled.income.agi),
        ("deduction", filled.taxable.deduction + filled.taxable.charity),
        ("qbi_ded", filled.taxable.qbi),
        ("taxable_income", filled.taxable.l15),
        ("amt", filled.schedule_2.l2),
        ("ctc_odc", form.l19),
        ("actc", form.l28),
        ("eitc", form.eic),
        ("addmed", filled.schedule_2.l11),
        ("niit", filled.schedule_2.l12),
        ("net_tax", form.net_tax()),
    ]
}

#[test]
fn agrees_with_two_engines_on_every_household_it_models() {
    let Some(cases) = shared::folder("cases") else { return };
    let mut differences = Vec::new();
    let (mut compared, mut refused) = (0, 0);
    for year in law::years() {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let mut reader = csv::Reader::from_path(cases.join(format!("consensus_{year}.csv"))).unwrap();
        for row in reader.deserialize::<HashMap<String, String>>() {
            let row = row.unwrap();
            let Ok(filled) = tax::prepare(law, &household(law, &row), Round::Cents) else {
                refused += 1;
                continue;
            };
            compared += 1;
            for (line, value) in ours(&filled) {
                let Some(text) = row.get(&format!("expect_{line}")).filter(|text| !text.is_empty()) else { continue };
                let expected = Usd::rounded(text.parse().unwrap());
                if (value - expected).cents().abs() > 100 {
                    differences
                        .push(format!("{year} {} {} {line}: ours {value}, theirs {expected}", row["id"], row["edge"]));
                }
            }
        }
    }
    eprintln!("compared {compared} households, refused {refused}");
    assert!(compared > 8_000, "only {compared} households were compared");
    assert!(
        differences.is_empty(),
        "{} differences\n{}",
        differences.len(),
        differences[..differences.len().min(60)].join("\n")
    );
}
