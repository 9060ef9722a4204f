//! Rows of the households that other engines were run on: amounts in whole dollars, one business a person.

use std::collections::HashMap;

use perchart::law::{FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::facts::{Business, Dependent, Household, OtherIncome, Payments, Person, W2};
use perchart::tax::withheld::Withheld;

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

/// A whole number of dollars, however it is written; zero where nothing is.
pub(crate) fn whole(text: &str) -> i64 {
    let whole = text.trim().split('.').next().unwrap_or_default();
    if whole.is_empty() { 0 } else { whole.parse().unwrap() }
}

/// The household of a row.
pub(crate) fn household(law: &Law, row: &HashMap<String, String>) -> Household {
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
