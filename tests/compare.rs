//! Properties of the comparison, whatever the contract and the job.
#![allow(clippy::unwrap_used, missing_docs)]

use perchart::compare::settings::{Settings, Source};
use perchart::compare::turning::{Lever, Measure, turns};
use perchart::compare::{Comparison, Scenario, evaluate};
use perchart::law;
use perchart::money::Usd;
use perchart::tax::facts::{Business, CoveredMonth, Household, Marketplace, OwnBenefits, Person};
use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

const YEAR: i32 = 2025;

/// A single person of 40. Without a match nothing is deferred, so no credit for savings ends at a cliff.
fn scenario(set: &[(&str, Decimal)]) -> Scenario {
    let mut settings = Settings::defaults(YEAR);
    settings.set("job.retirement_match", Decimal::ZERO, Source::WhatIf).unwrap();
    for (name, value) in set {
        settings.set(name, *value, Source::WhatIf).unwrap();
    }
    let expenses = Business { other: settings.contract().cash_costs, ..Business::default() };
    let household = Household { taxpayer: Person { age: 40, ..Person::default() }, ..Household::default() };
    Scenario { household, days: settings.days(), contract: settings.contract(), expenses, offer: settings.offer() }
}

fn compared(set: &[(&str, Decimal)]) -> Comparison {
    evaluate(law::of(YEAR).unwrap().0, &scenario(set)).unwrap()
}

fn hundredths(range: std::ops::Range<i64>) -> impl Strategy<Value = Decimal> {
    range.prop_map(|number| Decimal::new(number, 2))
}

/// What raises the gap, and what lowers it.
const RAISES: [&str; 3] = ["contract.charts_per_hour", "contract.fee", "contract.utilisation"];
const LOWERS: [&str; 4] = ["contract.downtime", "contract.failed_qa", "contract.unpaid_share", "job.wage"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_gap_moves_the_way_it_should(
        speed in hundredths(400..3_000), fee in hundredths(50..500), wage in hundredths(1_500..5_000),
        which in 0usize..7, more in hundredths(1..10),
    ) {
        let base = [("contract.charts_per_hour", speed), ("contract.fee", fee), ("job.wage", wage)];
        let before = compared(&base);
        let name = RAISES.into_iter().chain(LOWERS).nth(which).unwrap();
        let mut settings = Settings::defaults(YEAR);
        for (name, value) in base {
            settings.set(name, value, Source::WhatIf).unwrap();
        }
        let value = settings.get(name).unwrap().value + more;
        let mut changed = base.to_vec();
        changed.push((name, value));
        let after = compared(&changed);
        let rises = which < RAISES.len();
        // Half a cent of rounding on each side.
        let slack = dec!(0.02);
        let moved = after.difference.value.to_decimal() - before.difference.value.to_decimal();
        prop_assert!(if rises { moved >= -slack } else { moved <= slack }, "{name} to {value} moved the gap by {moved}");
    }

    #[test]
    fn an_hour_times_the_hours_is_the_year(speed in hundredths(400..3_000), wage in hundredths(1_000..6_000)) {
        let result = compared(&[("contract.charts_per_hour", speed), ("job.wage", wage)]);
        let whole = |hour: Decimal, hours: Decimal| Usd::rounded(hour * hours);
        prop_assert_eq!(whole(result.contract.net_per_hour, result.contract.hours), result.contract.value);
        prop_assert_eq!(whole(result.job.net_per_hour, result.job.hours), result.job.value);
    }

    #[test]
    fn a_turn_put_back_closes_the_gap(speed in hundredths(800..2_000), wage in hundredths(1_800..3_500)) {
        let (law, _) = law::of(YEAR).unwrap();
        let scenario = scenario(&[("contract.charts_per_hour", speed), ("job.wage", wage)]);
        for turn in turns(law, &scenario, Lever::ChartsPerHour, Measure::PerHour).turns {
            let result = evaluate(law, &Lever::ChartsPerHour.set(&scenario, turn.at)).unwrap();
            prop_assert!(turn.jump || result.difference.net_per_hour.abs() < dec!(0.005), "{turn:?}");
        }
    }
}

#[test]
fn without_fees_the_contract_loses_its_costs_only() {
    let result = compared(&[("contract.fee", Decimal::ZERO)]);
    assert_eq!(result.contract.value, -(result.contract.costs + result.contract.premium));
    assert_eq!(result.contract.taxes, Usd::ZERO);
}

#[test]
fn with_nothing_on_either_side_taxes_are_equal() {
    let result =
        compared(&[("contract.fee", Decimal::ZERO), ("job.wage", Decimal::ZERO), ("contract.premium", Decimal::ZERO)]);
    assert_eq!(result.contract.taxes, result.job.income_tax);
}

#[test]
fn both_methods_agree_where_no_tax_moves_and_cover_costs_the_same() {
    // So little is earned that neither the premium nor retirement money changes any tax; the employer pays it all.
    let none = Decimal::ZERO;
    let result = compared(&[("contract.fee", none), ("job.wage", none), ("job.premium_share", none)]);
    assert_eq!(result.difference.value_method, result.difference.value);
}

/// A plan from the marketplace beside the contract: premium and benchmark a month.
fn insured(premium: i64, benchmark: i64) -> Comparison {
    let month = CoveredMonth {
        premium: Usd::dollars(premium),
        benchmark: Usd::dollars(benchmark),
        own_business: 1,
        ..CoveredMonth::default()
    };
    let mut scenario = scenario(&[("contract.premium", Decimal::ZERO)]);
    scenario.household.marketplace = Some(Box::new(Marketplace { months: [month; 12], ..Marketplace::default() }));
    evaluate(law::of(YEAR).unwrap().0, &scenario).unwrap()
}

#[test]
fn a_marketplace_plan_without_a_credit_is_a_premium_like_another() {
    let (plan, private) = (insured(600, 0), compared(&[("contract.premium", Decimal::from(7_200))]));
    assert_eq!((plan.contract.premium, plan.contract.value), (private.contract.premium, private.contract.value));
    assert_eq!((plan.job, plan.base, plan.bare_return), (private.job, private.base, private.bare_return));
    assert_eq!(plan.difference, private.difference);
}

#[test]
fn the_premium_credit_helps_the_contract_alone() {
    let (without, with) = (insured(600, 0), insured(600, 650));
    let credit = with.contract_return.form_8962.l26;
    assert!(credit > Usd::ZERO && with.contract.value > without.contract.value);
    assert_eq!(with.contract.premium, Usd::dollars(7_200));
    assert_eq!((&with.job, &with.base), (&without.job, &without.base));
    // At market prices the plan costs its premiums less its credit.
    assert_eq!(with.difference.value_method - without.difference.value_method, credit);
}

#[test]
fn a_health_savings_account_of_the_contract_is_not_the_job_s() {
    let mut with = scenario(&[]);
    let hsa = Usd::dollars(2_000);
    with.household.taxpayer.own = OwnBenefits { hsa, hsa_self_months: 12, ..OwnBenefits::default() };
    let (with, without) = (evaluate(law::of(YEAR).unwrap().0, &with).unwrap(), compared(&[]));
    assert_eq!(with.contract_return.adjustments.l13, hsa);
    assert_eq!((&with.job, &with.base, &with.bare_return), (&without.job, &without.base, &without.bare_return));
    // What is paid in stays the payer's own: the contract gains the tax that it saves.
    assert_eq!(with.contract.value - without.contract.value, without.contract.taxes - with.contract.taxes);
}
