//! What must hold for any home office.
#![allow(clippy::unwrap_used, missing_docs)]

use chrono::{Days, NaiveDate};
use perchart::book::category::{Categories, ExpenseLine, HomeLine, Target};
use perchart::book::entry::{Expense, Origin, Payment};
use perchart::deduct::Verdict;
use perchart::home::Method;
use perchart::law;
use perchart::money::{Exact, Ratio, Round, Usd};
use perchart::profile::Profile;
use perchart::tax;
use perchart::tax::Return;
use perchart::tax::facts::{Business, HomeOffice, Household, Payments, Person, W2};
use perchart::year::{Records, Year};
use proptest::prelude::*;

fn dollars(most: i64) -> impl Strategy<Value = Usd> {
    prop_oneof![1 => Just(Usd::ZERO), 3 => (0..most * 100).prop_map(Usd::from_cents)]
}

prop_compose! {
    /// An office of an owner, with something of everything.
    fn office()(a in prop::collection::vec(dollars(20_000), 14), area in 1i64..400, more in 0i64..3_000, first_month in 0i64..=12) -> HomeOffice {
        HomeOffice {
            actual: 1, area, whole: area + more, first_month,
            mortgage: a[0], real_estate: a[1], mortgage_over: a[2], insurance: a[3], rent: a[4], repairs: a[5], utilities: a[6],
            other: a[7], insurance_direct: a[8], repairs_direct: a[9], utilities_direct: a[10], other_direct: a[11],
            carryover_operating: a[12], carryover_depreciation: a[13],
            basis: Usd::dollars(300_000), value: Usd::dollars(280_000), land: Usd::dollars(50_000),
        }
    }
}

fn filled(office: HomeOffice, receipts: Usd, costs: Usd, wages: Usd, taxes: Usd) -> Return {
    let business = Business { gross_receipts: receipts, other: costs, ..Business::default() };
    let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
    let taxpayer = Person { age: 40, w2, businesses: vec![business], offices: vec![office], ..Person::default() };
    let payments =
        Payments { taxes, mortgage: office.mortgage, real_estate: office.real_estate, ..Payments::default() };
    let household = Household { taxpayer, payments, ..Household::default() };
    tax::prepare(law::of(2025).unwrap().0, &household, Round::Cents).unwrap()
}

/// A book of payments of the year, expenses, and a home.
fn year(profile: &str, receipts: Usd, expenses: Vec<Expense>) -> Year {
    let received_on = NaiveDate::from_ymd_opt(2025, 3, 3).unwrap();
    let payment = Payment {
        id: 1,
        origin: Origin { batch: 1, line: 2 },
        received_on,
        payer: "House".to_owned(),
        amount: receipts,
        reference: String::new(),
    };
    let records = Records { payments: vec![payment], expenses, ..Records::default() };
    Year::work_out(2025, records, Profile::parse("perchart.toml", profile).unwrap(), Round::Cents).unwrap()
}

fn expense(id: i64, day: u64, category: &str, amount: Usd) -> Expense {
    let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    Expense {
        id,
        origin: Origin { batch: 1, line: id + 1 },
        date: first.checked_add_days(Days::new(day)).unwrap(),
        vendor: "Vendor".to_owned(),
        description: "Thing".to_owned(),
        category: category.to_owned(),
        amount,
        share_millionths: 1_000_000,
    }
}

const PASSES: &str = "regular_use = true\nexclusive_use = true\nprincipal_place = true\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Beyond interest and taxes that count anyway, the home makes no loss and enlarges none.
    #[test]
    fn a_home_makes_no_loss(office in office(), receipts in dollars(60_000), costs in dollars(40_000), wages in dollars(90_000), taxes in dollars(60_000)) {
        let filled = filled(office, receipts, costs, wages, taxes);
        let (c, form) = (&filled.schedule_c[0], &filled.form_8829[0]);
        prop_assert_eq!(c.l30, form.l36);
        prop_assert!(c.l31 >= (c.l29 - form.l14).min(Usd::ZERO), "{} {} {}", c.l29, form.l14, c.l31);
        // One who does not itemize has none of these.
        prop_assert!(filled.deductions.itemizes != 0 || form.l14 == Usd::ZERO);
    }

    /// What is deducted now and what waits are what was incurred: nothing is lost and nothing counts twice.
    #[test]
    fn nothing_is_lost(office in office(), receipts in dollars(60_000), costs in dollars(40_000), wages in dollars(90_000), taxes in dollars(60_000)) {
        let filled = filled(office, receipts, costs, wages, taxes);
        let form = &filled.form_8829[0];
        let share = Ratio { of: office.area, whole: office.whole };
        let indirect = office.mortgage + office.mortgage_over + office.real_estate + office.insurance + office.rent
            + office.repairs + office.utilities + office.other;
        let direct = office.insurance_direct + office.repairs_direct + office.utilities_direct + office.other_direct;
        let carried = office.carryover_operating + office.carryover_depreciation;
        let incurred = Round::Cents.enter(indirect * share) + direct + carried + form.l42;
        let apart = form.l36 + form.l43 + form.l44 - incurred;
        prop_assert!(apart.cents().abs() <= 2, "{apart} apart");
        // What is business is not on Schedule A, and all the rest is.
        if filled.deductions.itemizes != 0 {
            prop_assert_eq!(filled.schedule_a.l5b + form.taxes_part, office.real_estate);
            prop_assert_eq!(filled.schedule_a.l8a + form.interest_part, office.mortgage);
        }
        prop_assert!(Exact::from(form.taxes_part + form.interest_part) <= Exact::from(office.real_estate + office.mortgage));
    }

    /// The way taken, standard or itemized, has the least tax; the rounds come to rest.
    #[test]
    fn the_deduction_taken_has_the_least_tax(office in office(), receipts in dollars(900_000), wages in dollars(300_000), taxes in dollars(60_000)) {
        let filled = filled(office, receipts, Usd::ZERO, wages, taxes);
        if filled.choice.bound != 0 {
            prop_assert_eq!(filled.net_tax(), filled.choice.standard_tax.min(filled.choice.itemized_tax));
            prop_assert_eq!(filled.deductions.itemizes, filled.choice.itemizes);
        }
        if filled.choice.itemizes != 0 {
            prop_assert!((filled.agi.agi - filled.choice.income).cents().abs() < 100);
        }
    }

    /// The better method costs no more than either.
    #[test]
    fn the_better_method_is_never_worse(receipts in dollars(90_000), rent in dollars(30_000), mortgage in dollars(30_000), feet in 1i64..500, owns in any::<bool>(), kept in dollars(3_000)) {
        let own = if owns { format!("rented = false\nmortgage_interest = {mortgage}\n") } else { "rented = true\n".to_owned() };
        let profile = format!("[home]\n{PASSES}{own}square_feet = {feet}\nwhole_home_square_feet = 1200\ncarryover_operating = {kept}\n");
        let year = year(&profile, receipts, vec![expense(1, 40, "home-rent", rent)]);
        let home = year.home.as_ref().unwrap();
        let taxes = [&home.regular, &home.simplified].map(|filled| filled.as_ref().unwrap().net_tax());
        let filled = year.filled.as_ref().unwrap();
        prop_assert!(taxes.iter().all(|tax| filled.net_tax() <= *tax));
        prop_assert_eq!(filled.schedule_c[0].l30 == filled.home[0].l5, home.taken == Some(Method::Simplified) || filled.schedule_c[0].l30 == Usd::ZERO && filled.home[0].l5 == Usd::ZERO);
        prop_assert!(filled.form_8829[0].l36 == Usd::ZERO || filled.home[0].l5 == Usd::ZERO);
    }

    /// A row counts in one place: on a line of Schedule C, on one of Form 8829, or elsewhere.
    #[test]
    fn a_row_is_in_one_place(rows in prop::collection::vec((0..Categories::all().len(), 0u64..365, 1i64..300_000), 0..60), from in 0u64..365) {
        let day = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().checked_add_days(Days::new(from)).unwrap();
        let rows: Vec<Expense> = rows.into_iter().zip(1..).map(|((category, day, cents), id)| expense(id, day, &Categories::all()[category].id, Usd::from_cents(cents))).collect();
        let profile = format!("[business]\nstarted = 2024-01-01\n[home]\n{PASSES}rented = true\nmethod = \"actual\"\nsquare_feet = 1\nwhole_home_square_feet = 1\nfrom = {day}\n");
        let year = year(&profile, Usd::dollars(500_000), rows);
        let of = |holds: &dyn Fn(&Verdict) -> bool| year.deductions.total(|item| holds(&item.verdict));
        let lines: Usd = ExpenseLine::ALL.into_iter().map(|line| year.deductions.line(line)).sum();
        prop_assert_eq!(of(&|verdict| matches!(verdict, Verdict::Deducted(_))), lines);
        let homes: Usd = HomeLine::ALL.into_iter().map(|line| year.deductions.home(line, true) + year.deductions.home(line, false)).sum();
        prop_assert_eq!(of(&|verdict| matches!(verdict, Verdict::Home(..))), homes);
        // The home is the office here, so that its line 30 is what the rows come to.
        let c = &year.filled.as_ref().unwrap().schedule_c[0];
        prop_assert_eq!((c.l28 - c.l13, c.l30), (lines, homes));
        for item in &year.deductions.items {
            let of_home = matches!(item.category.target, Target::Home { .. });
            prop_assert_eq!(of_home, matches!(item.verdict, Verdict::Home(..) | Verdict::HomeIdle(_)));
            prop_assert_eq!(matches!(item.verdict, Verdict::Home(..)), of_home && item.expense.date >= day);
        }
    }
}
