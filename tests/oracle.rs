//! Households on which two independent engines agree, against ours, by formula in cents.
//! Evidence: independent. The file lies beside the project; without it the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use std::collections::HashMap;

use perchart::law::{self, FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::facts::{Business, Dependent, Household, OtherIncome, Payments, Person, W2};
use perchart::tax::withheld::Withheld;
use perchart::tax::{self, Return};

fn person(law: &Law, row: &HashMap<String, String>, suffix: &str) -> Person {
    let usd = |column: &str| row.get(&format!("{column}{suffix}")).map_or(0, |text| whole(text));
    let wages = Usd::dollars(usd("wages"));
    let profit = usd("se");
    // A profit as receipts, a loss as returns: line 31 is the column's value.
    let business = Business {
        specified_service: whole(&row["sstb"]),
        gross_receipts: Usd::dollars(profit.max(0)),
        returns: Usd::dollars((-profit).max(0)),
        ..Business::default()
    };
    let mut w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
    let withheld = Withheld::fill(law, &w2, Round::Cents);
    (w2.ss_withheld, w2.medicare_withheld) = (withheld.l2, withheld.l6);
    Person {
        age: usd("age"),
        w2,
        businesses: if profit == 0 { Vec::new() } else { vec![business] },
        ..Person::default()
    }
}

fn whole(text: &str) -> i64 {
    let whole = text.trim().split('.').next().unwrap_or_default();
    if whole.is_empty() { 0 } else { whole.parse().unwrap() }
}

fn household(law: &Law, row: &HashMap<String, String>) -> Household {
    let status = match row["status"].as_str() {
        "single" => FilingStatus::Single,
        "mfj" => FilingStatus::Joint,
        "mfs" => FilingStatus::Separate,
        "hoh" => FilingStatus::Head,
        "qss" => FilingStatus::Survivor,
        other => panic!("status {other}"),
    };
    let mut taxpayer = person(law, row, "");
    taxpayer.own.health = Usd::dollars(whole(&row["sehi_premiums"]));
    taxpayer.own.sep = Usd::dollars(whole(&row["retirement"]));
    taxpayer.own.ira = Usd::dollars(whole(&row["ira"]));
    let usd = |column: &str| Usd::dollars(whole(&row[column]));
    let other_income = OtherIncome {
        interest: usd("interest"),
        dividends: usd("ord_div"),
        qualified_dividends: usd("qual_div"),
        long_gain: usd("ltcg"),
        ..OtherIncome::default()
    };
    let payments = Payments {
        student_interest: usd("student_interest"),
        mortgage: usd("mortgage"),
        taxes: usd("salt"),
        charity: usd("charity"),
        ..Payments::default()
    };
    let kids = row["kid_ages"].split(';').filter(|age| !age.trim().is_empty());
    Household {
        status,
        taxpayer,
        spouse: status.is_joint().then(|| person(law, row, "_spouse")),
        dependents: kids
            .map(|age| Dependent { age: whole(age), child: true, student: false, disabled: false })
            .collect(),
        other_income,
        payments,
        ..Household::default()
    }
}

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
