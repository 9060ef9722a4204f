//! What must hold for any household.
#![allow(clippy::unwrap_used, missing_docs)]

use perchart::batch;
use perchart::law::{self, FilingStatus};
use perchart::money::{Round, Usd};
use perchart::tax::facts::{
    Business, CoveredMonth, Dependent, HomeOffice, Household, Marketplace, OtherIncome, OwnBenefits, Payments, Person,
    Place, Student, W2,
};
use perchart::tax::form_4562::Depreciation;
use perchart::tax::screen::Outside;
use perchart::tax::{self, Return};
use proptest::prelude::*;

/// Cents and whole dollars give total tax within this: half a row of the Tax Table, $25, at 22% is $5.50; the rest is the
/// rounding of the lines, which may also reach into the next row.
const BOUND: Usd = Usd::dollars(8);

fn year() -> impl Strategy<Value = i32> {
    prop::sample::select(law::years().map(i32::from).collect::<Vec<_>>())
}

fn status() -> impl Strategy<Value = FilingStatus> {
    prop::sample::select(FilingStatus::ALL.to_vec())
}

fn filled(year: i32, household: &Household, round: Round) -> Option<Return> {
    tax::prepare(law::of(year).unwrap().0, household, round).ok()
}

/// A household without children, one business, wages of one job.
fn plain(status: FilingStatus, age: i64, wages: Usd, receipts: Usd, expense: Usd) -> Household {
    let business = Business { gross_receipts: receipts, supplies: expense, ..Business::default() };
    let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
    Household {
        status,
        taxpayer: Person { age, w2, businesses: vec![business], ..Person::default() },
        spouse: status.is_joint().then(|| Person { age, ..Person::default() }),
        ..Household::default()
    }
}

/// Amounts of everyday size, in cents.
fn amount() -> impl Strategy<Value = Usd> {
    (0i64..20_000_000).prop_map(Usd::from_cents)
}

/// Any amount up to a size: everyday ones, all of them, the extremes.
fn any_amount(most: i64) -> BoxedStrategy<Usd> {
    prop_oneof![4 => 0..most / 100, 3 => -most..=most, 1 => Just(most), 1 => Just(-most)]
        .prop_map(Usd::from_cents)
        .boxed()
}

prop_compose! {
    fn any_business(most: i64)(a in prop::collection::vec(any_amount(most), 26), home_area in any::<i64>(), home_months in any::<i64>(), specified_service in 0i64..2) -> Business {
        Business {
            gross_receipts: a[0], returns: a[1], advertising: a[2], car: a[3], commissions: a[4], contract_labor: a[5],
            depreciation: a[6], insurance: a[7], interest: a[8], legal: a[9], office: a[10], rent_equipment: a[11],
            rent_property: a[12], repairs: a[13], supplies: a[14], taxes: a[15], travel: a[16], meals: a[17],
            utilities: a[18], wages: a[23], other: a[19], other_income: a[20], home_actual: a[21], property: a[22], recaptured: a[24], property_gain: a[25],
            home_area, home_months, specified_service,
        }
    }
}

prop_compose! {
    fn any_office(most: i64)(a in prop::collection::vec(any_amount(most), 17), n in any::<[i64; 4]>(), tame in any::<bool>()) -> HomeOffice {
        HomeOffice {
            actual: n[0] % 2, first_month: n[3],
            area: if tame { 120 } else { n[1] }, whole: if tame { 1_300 } else { n[2] },
            mortgage: a[0], mortgage_over: a[1], real_estate: a[2], insurance: a[3], rent: a[4], repairs: a[5], utilities: a[6],
            other: a[7], insurance_direct: a[8], repairs_direct: a[9], utilities_direct: a[10], other_direct: a[11],
            carryover_operating: a[12], carryover_depreciation: a[13], basis: a[14], value: a[15], land: a[16],
        }
    }
}

prop_compose! {
    fn any_depreciation(most: i64)(a in prop::collection::vec(any_amount(most), 25)) -> Depreciation {
        Depreciation {
            cost_179: a[0], elected: a[1], listed_elected: a[2], carryover: a[3], allowance: a[4], other: a[5],
            earlier: a[6], basis_3: a[7], new_3: a[8], basis_5: a[9], new_5: a[10], basis_7: a[11], new_7: a[12],
            basis_15: a[13], new_15: a[14], basis_39: a[15], new_39: a[16], listed_allowance: a[17], listed: a[18],
            listed_straight: a[19], minimum_tax: a[20], minimum_tax_sales: a[21], start_up: a[22],
            amortization_begun: a[23], amortization_before: a[24],
        }
    }
}

prop_compose! {
    fn any_person(most: i64)(
        age in any::<i64>(), blind in any::<bool>(), a in prop::collection::vec(any_amount(most), 21), covered_at_work in 0i64..2,
        months in any::<[i64; 3]>(),
        businesses in prop::collection::vec(any_business(most).boxed(), 0..4),
        offices in prop::collection::vec(any_office(most).boxed(), 0..2),
        depreciation in prop::option::of(any_depreciation(most).boxed()),
    ) -> Person {
        Person {
            age,
            blind,
            new_years_child: blind,
            disabled: blind,
            unable_months: months[0],
            needs_care: blind,
            w2: W2 {
                wages: a[0], withheld: a[1], ss_wages: a[2], ss_withheld: a[3], medicare_wages: a[4],
                medicare_withheld: a[5], deferrals: a[6], overtime_premium: a[7], tips: a[11], care: a[12], hsa: a[13],
            },
            own: OwnBenefits {
                sep: a[8], health: a[9], ira: a[10], covered_at_work, deferral: a[14], roth_deferral: a[15],
                long_term_care: a[16], roth_ira: a[17], hsa: a[18], hsa_distributions: a[19], hsa_medical: a[20],
                hsa_self_months: months[1], hsa_family_months: months[2],
            },
            businesses,
            offices,
            depreciation: depreciation.map(Box::new),
        }
    }
}

prop_compose! {
    fn any_household(most: i64)(
        status in status(), taxpayer in any_person(most).boxed(), spouse in prop::option::of(any_person(most).boxed()),
        dependents in prop::collection::vec((any::<i64>(), any::<[bool; 3]>()), 0..6), estimated_payments in any_amount(most),
        outside in prop::collection::vec(prop::sample::select(Outside::ALL.to_vec()), 0..2),
        a in prop::collection::vec(any_amount(most), 20), students in prop::collection::vec((any_amount(most), 0i64..2), 0..3),
        supported in any::<bool>(),
        months in prop::option::of(prop::array::uniform12((any_amount(most), any_amount(most), any_amount(most), 0i64..2))),
    ) -> Household {
        let dependents = dependents.into_iter().map(|(age, [child, student, disabled])| Dependent { age, child, student, disabled });
        let other_income = OtherIncome {
            interest: a[0], exempt_interest: a[1], dividends: a[2], qualified_dividends: a[3], long_gain: a[4], short_gain: a[5],
            social_security: a[16], withheld: a[17], ira_distributions: a[11], pensions: a[12], state_refund: a[13], unemployment: a[14], other: a[15], qbi_loss: a[1],
        };
        let payments = Payments {
            student_interest: a[6], medical: a[7], taxes: a[8], mortgage: a[9], charity: a[10],
            mortgage_insurance: a[9], real_estate: a[16], property_tax: a[17], care: a[18], car_loan: a[19],
        };
        let students = students.into_iter().map(|(expenses, american)| Student { expenses, american }).collect();
        let month = |(premium, benchmark, advance, own_business)| CoveredMonth { premium, benchmark, advance, own_business };
        let marketplace = months.map(|months| {
            Box::new(Marketplace { months: months.map(month), place: Place::Contiguous, dependents_income: a[0] })
        });
        Household { status, taxpayer, spouse, dependents: dependents.collect(), estimated_payments, other_income, payments, students, supported, marketplace, outside }
    }
}

/// A home office by the regular method, of one who owns the home or rents it.
fn everyday_office([mortgage, real_estate, rent, carryover]: [i64; 4]) -> HomeOffice {
    let [mortgage, real_estate, rent, carryover] = [mortgage, real_estate / 2, rent, carryover / 10].map(Usd::dollars);
    let owns =
        HomeOffice { mortgage, real_estate, basis: mortgage * 12, value: mortgage * 12, ..HomeOffice::default() };
    let rents = HomeOffice { rent, utilities: real_estate, ..HomeOffice::default() };
    let cost = if mortgage > rent { owns } else { rents };
    HomeOffice { actual: 1, area: 150, whole: 1_300, carryover_operating: carryover, ..cost }
}

prop_compose! {
    /// A person as they come: a job or two businesses, some of the benefits, none above its limit.
    fn everyday_person()(
        age in 20i64..85, a in prop::collection::vec(prop_oneof![2 => Just(Usd::ZERO), 3 => amount()], 8), small in prop::collection::vec(0i64..2_000, 6),
        flags in any::<[bool; 6]>(), businesses in 0usize..3, home in prop::option::of(prop::array::uniform4(0i64..30_000)),
    ) -> Person {
        let some = |on: bool, at: usize| if on { Usd::dollars(small[at]) } else { Usd::ZERO };
        let wages = a[0];
        let business = |at: usize| Business {
            gross_receipts: a[at], supplies: a[at + 2], wages: some(flags[5], 5), property: a[7],
            specified_service: i64::from(flags[4]), ..Business::default()
        };
        Person {
            age,
            blind: flags[3],
            w2: W2 {
                wages, ss_wages: wages, medicare_wages: wages, withheld: a[6], deferrals: some(flags[0], 0),
                care: some(flags[1], 1), tips: some(flags[2], 2), overtime_premium: some(flags[3], 3), ..W2::default()
            },
            own: OwnBenefits {
                sep: a[5], health: some(flags[0], 4), long_term_care: some(flags[1], 3), deferral: some(flags[2], 5),
                hsa: some(flags[4], 0), hsa_self_months: if flags[4] { 12 } else { 0 }, ..OwnBenefits::default()
            },
            businesses: (1..=businesses).map(business).collect(),
            offices: home.map(everyday_office).into_iter().collect(),
            ..Person::default()
        }
    }
}

prop_compose! {
    /// A household that is modelled, with some of everything.
    fn everyday_household()(
        status in status(), taxpayer in everyday_person(), spouse in everyday_person(), kids in prop::collection::vec(0i64..20, 0..4),
        beside in beside(), students in prop::collection::vec((amount(), 0i64..2), 0..3), care in 0i64..9_000, car_loan in 0i64..12_000,
        market in prop::option::of(prop::array::uniform3(0i64..900)), retired in prop::option::of(amount()),
    ) -> Household {
        let (other_income, payments, ..) = beside;
        let month = |[premium, benchmark, advance]: [i64; 3]| CoveredMonth {
            premium: Usd::dollars(premium), benchmark: Usd::dollars(benchmark), advance: Usd::dollars(advance.min(premium)), own_business: 1,
        };
        Household {
            status,
            taxpayer,
            // One home has one form.
            spouse: status.is_joint().then_some(Person { offices: Vec::new(), ..spouse }),
            dependents: kids.into_iter().map(|age| Dependent { age, child: true, student: false, disabled: false }).collect(),
            other_income: OtherIncome { social_security: retired.unwrap_or_default(), ..other_income },
            payments: Payments { care: Usd::dollars(care), car_loan: Usd::dollars(car_loan), ..payments },
            students: students.into_iter().map(|(expenses, american)| Student { expenses, american }).collect(),
            marketplace: market.map(|market| Box::new(Marketplace { months: [month(market); 12], ..Marketplace::default() })),
            ..Household::default()
        }
    }
}

/// A household without what the bits name: most people have little of all that a return may hold.
fn sparse(mut household: Household, leave_out: u32) -> Household {
    let leaves = |bit: u32| leave_out >> bit & 1 == 1;
    for (at, person) in std::iter::once(&mut household.taxpayer).chain(&mut household.spouse).enumerate() {
        let own = person.own;
        if leaves(0) {
            person.own =
                OwnBenefits { health: own.health, long_term_care: own.long_term_care, ..OwnBenefits::default() };
        }
        if leaves(1) {
            person.own = OwnBenefits { health: Usd::ZERO, long_term_care: Usd::ZERO, ..person.own };
        }
        if leaves(2) {
            person.w2 =
                W2 { care: Usd::ZERO, tips: Usd::ZERO, overtime_premium: Usd::ZERO, deferrals: Usd::ZERO, ..person.w2 };
        }
        if leaves(3 + u32::from(at == 1)) {
            person.businesses.clear();
        }
        if leaves(5) {
            person.age = person.age.min(50);
        }
    }
    if leaves(6) {
        household.marketplace = None;
    }
    if leaves(7) {
        household.other_income = OtherIncome::default();
    }
    if leaves(8) {
        household.payments = Payments { student_interest: household.payments.student_interest, ..Payments::default() };
    }
    if leaves(9) {
        household.payments.care = Usd::ZERO;
        household.payments.car_loan = Usd::ZERO;
    }
    if leaves(10) {
        household.students.clear();
    }
    if leaves(11) {
        household.dependents.clear();
    }
    household
}

/// The kinks at which one dollar more of profit lowers total tax: from 2026 on, the least business income deduction
/// begins at once when active income reaches its floor (IRC 199A(i)).
fn passes_the_minimum_deduction(year: i32, before: &Return, after: &Return) -> bool {
    let minimum = &law::of(year).unwrap().0.qbi.minimum;
    minimum.as_ref().is_some_and(|minimum| {
        before.form_8995.l2 < minimum.active_income && minimum.active_income <= after.form_8995.l2
    })
}

/// The slope on which a dollar of wages may lower total tax: where wages and earnings together pass the wage base, the
/// employee's tax on wages, which is no part of the return, takes the place of self-employment tax (IRC 1402(b)(1)).
fn passes_the_wage_base(after: &Return) -> bool {
    after.schedule_se.iter().any(|form| form.l9 < form.l6)
}

/// Interest, dividends, gains, what Schedule A takes, health insurance and a specified service beside a plain household.
fn beside() -> impl Strategy<Value = (OtherIncome, Payments, Usd, i64)> {
    let amounts = prop::collection::vec(prop_oneof![1 => Just(Usd::ZERO), 1 => amount()], 9);
    (amounts, 0..2i64).prop_map(|(a, specified)| {
        let other = OtherIncome {
            interest: a[0],
            dividends: a[1] + a[2],
            qualified_dividends: a[1],
            long_gain: a[3],
            short_gain: -a[4],
            ..OtherIncome::default()
        };
        let payments = Payments {
            student_interest: Usd::from_cents(a[5].cents() / 40),
            medical: Usd::ZERO,
            taxes: a[5],
            mortgage: a[6],
            charity: a[7],
            ..Payments::default()
        };
        (other, payments, a[8], specified)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A credit for retirement savings has cliffs, so there are no deferrals here.
    #[test]
    fn total_tax_does_not_fall_as_profit_rises(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), dollars in 1i64..20_000,
    ) {
        let more = receipts + Usd::dollars(dollars);
        let before = filled(year, &plain(status, age, wages, receipts, Usd::ZERO), Round::Cents);
        let after = filled(year, &plain(status, age, wages, more, Usd::ZERO), Round::Cents);
        if let (Some(before), Some(after)) = (before, after) && !passes_the_minimum_deduction(year, &before, &after) {
            prop_assert!(after.form_1040.total_tax >= before.form_1040.total_tax);
        }
    }

    /// The same beside other income, itemized deductions and phase-outs.
    #[test]
    fn total_tax_does_not_fall_beside_other_income(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), dollars in 1i64..20_000, beside in beside(),
    ) {
        let (other_income, payments, health, specified_service) = beside;
        let with = |receipts: Usd| {
            let mut household = Household { other_income, payments, ..plain(status, age, wages, receipts, Usd::ZERO) };
            household.taxpayer.own.health = health;
            household.taxpayer.businesses[0].specified_service = specified_service;
            filled(year, &household, Round::Cents)
        };
        if let (Some(before), Some(after)) = (with(receipts), with(receipts + Usd::dollars(dollars)))
            && !passes_the_minimum_deduction(year, &before, &after)
        {
            prop_assert!(after.form_1040.total_tax >= before.form_1040.total_tax);
        }
    }

    #[test]
    fn a_dollar_of_expense_never_raises_total_tax(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), expense in amount(),
    ) {
        let more = expense + Usd::dollars(1);
        let before = filled(year, &plain(status, age, wages, receipts, expense), Round::Cents);
        let after = filled(year, &plain(status, age, wages, receipts, more), Round::Cents);
        if let (Some(before), Some(after)) = (before, after) && !passes_the_minimum_deduction(year, &after, &before) {
            prop_assert!(after.form_1040.total_tax <= before.form_1040.total_tax);
        }
    }

    /// Wages rise, the household stays: children, interest, an advance of the premium credit, student loans, all at once.
    #[test]
    fn total_tax_does_not_fall_as_wages_rise(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), dollars in 1i64..20_000,
        beside in beside(), kids in prop::collection::vec(0i64..20, 0..5),
    ) {
        let (other_income, payments, health, specified_service) = beside;
        let with = |wages: Usd| {
            let mut household = Household { other_income, payments, ..plain(status, age, wages, receipts, Usd::ZERO) };
            household.taxpayer.own.health = health;
            household.taxpayer.businesses[0].specified_service = specified_service;
            household.dependents = kids.iter().map(|age| Dependent { age: *age, child: true, student: false, disabled: false }).collect();
            filled(year, &household, Round::Cents)
        };
        if let (Some(before), Some(after)) = (with(wages), with(wages + Usd::dollars(dollars)))
            && !passes_the_wage_base(&after)
        {
            prop_assert!(after.form_1040.total_tax >= before.form_1040.total_tax);
        }
    }

    /// Insured through the marketplace, with the circle of deduction and credit: what the year costs does not fall as
    /// profit rises, once income has reached the poverty line, below which there is no credit. Aged over 64 without a
    /// child, so that there is no earned income credit. One round of whole percents may move the pair by a little.
    #[test]
    fn net_tax_beside_a_premium_credit_does_not_fall_as_profit_rises(
        year in year(), receipts in 30_000i64..150_000, dollars in 1_000i64..30_000, months in prop::array::uniform3(0i64..1_200),
    ) {
        let [premium, benchmark, advance] = months.map(Usd::dollars);
        let month = CoveredMonth { premium, benchmark, advance: advance.min(premium), own_business: 1 };
        let with = |receipts: i64| {
            let mut household = plain(FilingStatus::Single, 66, Usd::ZERO, Usd::dollars(receipts), Usd::ZERO);
            let months = [month; 12];
            household.marketplace = Some(Box::new(Marketplace { months, ..Marketplace::default() }));
            filled(year, &household, Round::Cents).unwrap()
        };
        let (before, after) = (with(receipts), with(receipts + dollars));
        for filled in [&before, &after] {
            prop_assert!(filled.premiums.deduction + filled.form_8962.own <= filled.premiums.premiums);
        }
        if before.form_8962.l5 >= 100 && !passes_the_minimum_deduction(year, &before, &after) {
            prop_assert!(after.net_tax() >= before.net_tax(), "{} then {}", before.net_tax(), after.net_tax());
        }
    }

    /// Two half businesses are taxed like the whole one: its lines are cents, and each half rounds on its own.
    #[test]
    fn a_business_in_two_parts_is_taxed_like_the_whole(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), part in 0i64..=100, expense in amount(),
        beside in beside(),
    ) {
        let (other_income, payments, _, specified_service) = beside;
        let whole = Business { gross_receipts: receipts, supplies: expense, specified_service, ..Business::default() };
        let some = |amount: Usd| Usd::from_cents(amount.cents() * part / 100);
        let one = Business { gross_receipts: some(receipts), supplies: some(expense), ..whole };
        let other = Business { gross_receipts: receipts - one.gross_receipts, supplies: expense - one.supplies, ..whole };
        let with = |businesses: Vec<Business>| {
            let mut household = Household { other_income, payments, ..plain(status, age, wages, receipts, Usd::ZERO) };
            household.taxpayer.businesses = businesses;
            filled(year, &household, Round::Cents)
        };
        if let (Some(whole), Some(parts)) = (with(vec![whole]), with(vec![one, other])) {
            let apart = (whole.form_1040.total_tax - parts.form_1040.total_tax).cents().abs();
            prop_assert!(apart <= 3, "{apart} cents apart");
        }
    }

    /// A return that was filled before leaves no trace in the next one, whatever the year and the rounding.
    #[test]
    fn a_return_filled_again_is_like_a_new_one(
        years in [year(), year()], first in everyday_household(), second in everyday_household(),
    ) {
        let [before, after] = years.map(|year| law::of(year).unwrap().0);
        for round in [Round::Cents, Round::WholeDollar] {
            let mut filled = Return::default();
            let _ = tax::prepare_into(&mut filled, before, &first, Round::WholeDollar);
            if tax::prepare_into(&mut filled, after, &second, round).is_ok() {
                prop_assert_eq!(filled, tax::prepare(after, &second, round).unwrap());
            }
        }
    }

    /// Everyday households are modelled: refusals are the exception.
    #[test]
    fn what_is_owed_is_that_of_the_whole_return(
        year in year(), households in prop::collection::vec((everyday_household(), any::<u32>()), 1..4), dollars in any::<bool>(),
    ) {
        // One return for all of them: what the household before had cause for must not stay.
        let (law, _) = law::of(year).unwrap();
        let round = if dollars { Round::WholeDollar } else { Round::Cents };
        let mut owed = Return::default();
        for (household, leave_out) in households {
            let household = sparse(household, leave_out);
            let whole = tax::prepare(law, &household, round);
            let same = tax::owe_into(&mut owed, law, &household, round);
            prop_assert_eq!(whole.as_ref().err(), same.as_ref().err());
            if let Ok(whole) = whole {
                prop_assert_eq!(batch::results(&whole), batch::results(&owed));
                prop_assert_eq!(whole.found, owed.found);
            }
        }
    }

    #[test]
    fn everyday_households_have_returns(year in year(), household in everyday_household()) {
        let filled = tax::prepare(law::of(year).unwrap().0, &household, Round::WholeDollar);
        if let Err(refusals) = &filled {
            let needs: Vec<_> = refusals.iter().map(|refusal| refusal.needs.as_str()).collect();
            prop_assert_eq!(needs, Vec::<&str>::new());
        }
    }

    #[test]
    fn whole_dollars_stay_near_cents(
        year in year(), status in status(), age in 18i64..90, wages in amount(), receipts in amount(), expense in amount(),
    ) {
        let household = plain(status, age, wages, receipts, expense);
        let (cents, dollars) = (filled(year, &household, Round::Cents), filled(year, &household, Round::WholeDollar));
        if let (Some(cents), Some(dollars)) = (cents, dollars) {
            // The floor of $400 and the least business income deduction are steps, on which a rounding may tip over.
            let floors = |filled: &Return| (filled.schedule_se[0].stopped_at, filled.form_8995.l16_minimum);
            if floors(&cents) == floors(&dollars) {
                let apart = (cents.form_1040.total_tax - dollars.form_1040.total_tax).cents().abs();
                prop_assert!(apart <= BOUND.cents(), "{apart} cents apart");
            }
        }
    }

    /// From households whose lines are filled to those with every amount at the most that the importer lets in.
    #[test]
    fn any_household_has_a_return_or_refusals_and_twice_the_same(
        year in year(),
        household in prop::sample::select(vec![5_000_000, 400_000_000, 10_000_000_000, 1_000_000_000_000]).prop_flat_map(any_household),
    ) {
        let (law, _) = law::of(year).unwrap();
        for round in [Round::Cents, Round::WholeDollar] {
            let once = tax::prepare(law, &household, round);
            prop_assert_eq!(&once, &tax::prepare(law, &household, round));
            if let Err(refusals) = once {
                prop_assert!(!refusals.is_empty());
                prop_assert!(refusals.iter().all(|refusal| !refusal.what.is_empty() && !refusal.needs.is_empty()));
            }
        }
    }

    /// One amount takes all that the screen lets through.
    #[test]
    fn the_largest_amounts_do_not_overflow(year in year(), status in status(), field in 0usize..18, sign in prop::sample::select(vec![1, -1])) {
        let most = Usd::dollars(1_000_000_000 * sign);
        let mut household = plain(status, 70, Usd::ZERO, Usd::ZERO, Usd::ZERO);
        household.dependents = vec![Dependent { age: 4, child: true, student: false, disabled: false }; 4];
        let person = &mut household.taxpayer;
        match field {
            0 => person.businesses[0].gross_receipts = most,
            1 => person.businesses[0].supplies = most,
            2 => person.w2.wages = most,
            3 => (person.w2.ss_wages, person.w2.medicare_wages) = (Usd::from_cents(most.cents() / 2), Usd::from_cents(most.cents() / 2)),
            4 => person.own = OwnBenefits { sep: Usd::from_cents(most.cents() / 2), health: Usd::from_cents(most.cents() / 2), ..OwnBenefits::default() },
            5 => household.other_income.interest = most,
            6 => household.other_income.exempt_interest = most,
            7 => household.other_income.dividends = most,
            8 => household.other_income.qualified_dividends = most,
            9 => household.other_income.long_gain = most,
            10 => household.other_income.short_gain = most,
            11 => household.payments.student_interest = most,
            12 => household.payments.medical = most,
            13 => household.payments.taxes = most,
            14 => household.payments.mortgage = most,
            15 => household.payments.charity = most,
            16 => person.own.ira = most,
            _ => household.estimated_payments = most,
        }
        for round in [Round::Cents, Round::WholeDollar] {
            let filled = tax::prepare(law::of(year).unwrap().0, &household, round);
            if let Err(refusals) = filled {
                prop_assert!(refusals.iter().all(|refusal| refusal.needs.starts_with("Form")), "{refusals:?}");
            }
        }
    }
}
