//! The households whose whole returns are kept as snapshots, and which show that the law's figures matter.

use perchart::law::{FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::facts::{Business, Dependent, HomeOffice, Household, OwnBenefits, Payments, Person, W2};
use perchart::tax::withheld::Withheld;

const fn usd(dollars: i64) -> Usd {
    Usd::dollars(dollars)
}

/// Forms W-2 of one employer, taxes withheld as the law says.
pub(crate) fn job(law: &Law, wages: i64, withheld: i64) -> W2 {
    let wages = usd(wages);
    let w2 = W2 { wages, withheld: usd(withheld), ss_wages: wages, medicare_wages: wages, ..W2::default() };
    let taxes = Withheld::fill(law, &w2, Round::Cents);
    W2 { ss_withheld: taxes.l2, medicare_withheld: taxes.l6, ..w2 }
}

/// A chart coder's business: most of it paid by the piece, few expenses.
fn coding(receipts: i64) -> Business {
    Business {
        gross_receipts: usd(receipts),
        insurance: usd(420),
        office: usd(310),
        supplies: Usd::from_cents(64_050),
        utilities: usd(780),
        other: usd(950),
        ..Business::default()
    }
}

fn child(age: i64) -> Dependent {
    Dependent { age, child: true, student: false, disabled: false }
}

fn aged(age: i64) -> Person {
    Person { age, ..Person::default() }
}

/// Every household, with its name. They are the same in every year; what the law withholds is not.
pub(crate) fn all(law: &Law) -> Vec<(&'static str, Household)> {
    let coder = Household {
        status: FilingStatus::Single,
        taxpayer: Person {
            own: OwnBenefits { sep: usd(3_000), health: usd(4_800), ..OwnBenefits::default() },
            businesses: vec![Business { home_area: 120, home_months: 12, ..coding(64_000) }],
            ..aged(34)
        },
        estimated_payments: usd(9_000),
        ..Household::default()
    };
    let couple = Household {
        status: FilingStatus::Joint,
        taxpayer: Person {
            own: OwnBenefits { sep: usd(5_000), health: usd(6_000), ..OwnBenefits::default() },
            businesses: vec![coding(58_000), Business { gross_receipts: usd(9_000), ..Business::default() }],
            ..aged(41)
        },
        spouse: Some(Person { w2: job(law, 52_000, 3_900), businesses: vec![coding(12_000)], ..aged(39) }),
        dependents: vec![child(6), child(15)],
        estimated_payments: usd(8_000),
        ..Household::default()
    };
    let mother = Household {
        status: FilingStatus::Head,
        taxpayer: Person { w2: job(law, 6_000, 0), businesses: vec![coding(19_000)], ..aged(29) },
        dependents: vec![child(4), child(7), child(9)],
        ..Household::default()
    };
    let loss = Household {
        status: FilingStatus::Single,
        taxpayer: Person {
            w2: W2 { deferrals: usd(2_400), ..job(law, 38_000, 3_100) },
            businesses: vec![Business { depreciation: usd(3_600), ..coding(1_900) }],
            ..aged(27)
        },
        ..Household::default()
    };
    let senior = Household {
        status: FilingStatus::Single,
        taxpayer: Person {
            w2: W2 { overtime_premium: usd(1_200), ..job(law, 61_000, 5_200) },
            businesses: vec![coding(30_000)],
            ..aged(67)
        },
        ..Household::default()
    };
    let survivor = Household {
        status: FilingStatus::Survivor,
        taxpayer: Person {
            w2: W2 { deferrals: usd(4_000), ..job(law, 48_000, 2_000) },
            businesses: vec![coding(14_000)],
            ..aged(45)
        },
        dependents: vec![child(12), Dependent { student: true, ..child(20) }],
        ..Household::default()
    };
    let separate = Household {
        status: FilingStatus::Separate,
        taxpayer: Person { w2: job(law, 118_000, 19_000), businesses: vec![coding(42_000)], blind: true, ..aged(50) },
        ..Household::default()
    };
    // Taxes a little under the least limit, so that they stand on line 11 of Form 8829 whole.
    let office = HomeOffice {
        actual: 1,
        area: 150,
        whole: 1_500,
        mortgage: usd(30_000),
        real_estate: usd(4_000),
        insurance: usd(1_300),
        utilities: usd(2_600),
        repairs_direct: usd(240),
        carryover_depreciation: usd(310),
        basis: usd(380_000),
        value: usd(410_000),
        land: usd(90_000),
        first_month: 4,
        ..HomeOffice::default()
    };
    let owner = Household {
        status: FilingStatus::Single,
        taxpayer: Person { businesses: vec![coding(72_000)], offices: vec![office], ..aged(44) },
        payments: Payments {
            taxes: usd(5_800),
            mortgage: usd(30_000),
            real_estate: usd(4_000),
            charity: usd(1_000),
            ..Payments::default()
        },
        ..Household::default()
    };
    vec![
        ("single coder", coder),
        ("couple with three businesses and two children", couple),
        ("head of household with refundable credits", mother),
        ("loss beside wages", loss),
        ("sixty-seven years old", senior),
        ("surviving spouse", survivor),
        ("separate return", separate),
        ("owner who itemizes", owner),
    ]
}
