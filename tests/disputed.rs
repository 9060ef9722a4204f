//! Households on which two independent engines disagree.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod engine_rows;
mod shared;

use std::collections::HashMap;

use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::{self, Return};

fn ours(filled: &Return) -> [(&'static str, Usd); 12] {
    let form = &filled.form_1040;
    [
        ("se_tax", filled.schedule_2.l4),
        ("agi", filled.income.agi),
        ("qbi_ded", filled.taxable.qbi),
        ("taxable_income", filled.taxable.l15),
        ("tax_before_credits", filled.tax.l18),
        ("nonref_credits", form.l21),
        ("actc", form.l28),
        ("eitc", form.eic),
        ("addmed", filled.schedule_2.l11),
        ("niit", filled.schedule_2.l12),
        ("total_tax", form.total_tax),
        ("net_tax", form.net_tax()),
    ]
}

#[test]
fn dump() {
    let Some(cases) = shared::folder("cases") else { return };
    for year in law::years() {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let mut reader = csv::Reader::from_path(cases.join(format!("disputed_{year}.csv"))).unwrap();
        for row in reader.deserialize::<HashMap<String, String>>() {
            let row = row.unwrap();
            match tax::prepare(law, &engine_rows::household(law, &row), Round::Cents) {
                Ok(f) => {
                    let v: Vec<_> = ours(&f).iter().map(|(k, v)| format!("{k}={v}")).collect();
                    eprintln!("ROW {year} {} {} itemizes={} ded={}", row["id"], v.join(" "), f.deductions.itemizes, f.taxable.deduction);
                }
                Err(r) => eprintln!("REF {year} {} {:?}", row["id"], r[0].needs),
            }
        }
    }
}
