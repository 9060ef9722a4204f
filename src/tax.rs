//! The federal return, form by form: no file, no clock, no network.
//!
//! [`prepare`] fills every form of a household's return, or refuses by name what it does not model.

pub mod adjustments;
pub mod credits;
pub mod deductions;
pub mod facts;
pub mod form;
pub mod form_1040;
pub mod form_6251;
pub mod form_7206;
pub mod form_8959;
pub mod form_8960;
pub mod form_8995;
pub mod form_8995a;
pub mod gains;
pub mod retirement;
pub mod schedule_1;
pub mod schedule_1a;
pub mod schedule_2;
pub mod schedule_3;
pub mod schedule_c;
pub mod schedule_se;
pub mod screen;
pub mod view;
pub mod withheld;
pub mod worksheets;

use std::ops::Range;

use adjustments::{Cover, IraDeduction, StudentLoanInterest};
use credits::{EarnedIncomeCredit, Form8880, Schedule8812};
use deductions::{Deductions, ItemizedLimit, ScheduleA};
use facts::{Filer, Household, OtherIncome, OwnBenefits, Payments, Person, W2};
use form_1040::{Form1040, Form1040Income, Form1040Tax, Form1040Taxable, GainsTax, StandardDeduction};
use form_6251::Form6251;
use form_7206::Form7206;
use form_8959::Form8959;
use form_8960::Form8960;
use form_8995::{Form8995, QualifiedIncome};
use form_8995a::{BusinessDeduction, Form8995A};
use gains::CapitalGains;
use retirement::SepWorksheet;
use schedule_1::Schedule1;
use schedule_1a::Schedule1A;
use schedule_2::Schedule2;
use schedule_3::Schedule3;
use schedule_c::{ScheduleC, SimplifiedMethod};
use schedule_se::ScheduleSe;
use screen::Refusal;

use crate::law::Law;
use crate::money::{Round, Usd};

/// The age from which the law counts a person as old: born before January 2 of the year 64 years back (IRC 63(f)(1)).
const SENIOR: i64 = 65;

/// A household's whole return, every form filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Return {
    /// The tax year.
    pub year: u16,
    /// How lines were written.
    pub round: Round,
    /// What the return knows about its filers.
    pub filer: Filer,
    /// Each business's facts, the filer's first.
    pub businesses: Vec<facts::Business>,
    /// Where each person's businesses stand in `businesses`.
    pub of_person: Vec<Range<usize>>,
    /// Each person's wages.
    pub w2: Vec<W2>,
    /// Each person's own benefits.
    pub own: Vec<OwnBenefits>,
    /// Schedule C of each business.
    pub schedule_c: Vec<ScheduleC>,
    /// The home office worksheet of each business.
    pub home: Vec<SimplifiedMethod>,
    /// Schedule SE of each person.
    pub schedule_se: Vec<ScheduleSe>,
    /// The SEP worksheet of each person.
    pub sep: Vec<SepWorksheet>,
    /// Form 7206 of each person.
    pub form_7206: Vec<Form7206>,
    /// Qualified business income of each person.
    pub qualified: Vec<QualifiedIncome>,
    /// Income other than wages and business.
    pub other_income: OtherIncome,
    /// What Schedule A or Schedule 1 takes off.
    pub payments: Payments,
    /// What the law says of each person's IRA.
    pub cover: Vec<Cover>,
    /// The IRA deduction of each person.
    pub ira: Vec<IraDeduction>,
    /// The student loan interest deduction.
    pub student_loan: StudentLoanInterest,
    /// Schedule D.
    pub gains: CapitalGains,
    /// Form 8959.
    pub form_8959: Form8959,
    /// Form 8960.
    pub form_8960: Form8960,
    /// Form 6251.
    pub form_6251: Form6251,
    /// Schedule 1.
    pub schedule_1: Schedule1,
    /// Schedule 2.
    pub schedule_2: Schedule2,
    /// Form 1040, income.
    pub income: Form1040Income,
    /// The standard deduction.
    pub standard: StandardDeduction,
    /// Schedule 1-A.
    pub schedule_1a: Schedule1A,
    /// Schedule A.
    pub schedule_a: ScheduleA,
    /// The limit on itemized deductions.
    pub itemized_limit: ItemizedLimit,
    /// The deduction taken.
    pub deductions: Deductions,
    /// Form 8995.
    pub form_8995: Form8995,
    /// Form 8995-A.
    pub form_8995a: Form8995A,
    /// The business income deduction of the form that applies.
    pub business_deduction: BusinessDeduction,
    /// Form 1040, deductions and taxable income.
    pub taxable: Form1040Taxable,
    /// The worksheet of the tax, gains at their own rates.
    pub gains_tax: GainsTax,
    /// Form 1040, tax.
    pub tax: Form1040Tax,
    /// Form 8880.
    pub form_8880: Form8880,
    /// Schedule 3.
    pub schedule_3: Schedule3,
    /// The earned income credit.
    pub eic: EarnedIncomeCredit,
    /// Schedule 8812.
    pub schedule_8812: Schedule8812,
    /// Form 1040, total tax and payments.
    pub form_1040: Form1040,
}

impl Return {
    /// Total tax less refundable credits: what the year costs, however it was paid.
    pub fn net_tax(&self) -> Usd {
        self.form_1040.net_tax()
    }

    /// Self-employment tax and the part of Additional Medicare Tax that falls on self-employment income.
    pub fn self_employment_taxes(&self) -> Usd {
        self.schedule_2.l4 + self.form_8959.l13
    }
}

/// What the return knows about its filers.
fn filer(law: &Law, household: &Household) -> Filer {
    let count =
        |holds: &dyn Fn(&Person) -> bool| household.persons().map(|person| i64::from(holds(person))).sum::<i64>();
    let dependents = |holds: &dyn Fn(&facts::Dependent) -> bool| {
        i64::try_from(household.dependents.iter().filter(|dependent| holds(dependent)).count()).unwrap_or(i64::MAX)
    };
    let reached = |person: &Person| person.age.saturating_add(i64::from(person.new_years_child));
    let seniors = count(&|person| reached(person) >= SENIOR);
    let children_under_17 = dependents(&facts::Dependent::is_for_child_credit);
    Filer {
        status: household.status,
        boxes: seniors + count(&|person| person.blind),
        seniors,
        children_under_17,
        other_dependents: dependents(&|_| true) - children_under_17,
        eic_children: dependents(&facts::Dependent::is_for_earned_income_credit),
        of_eic_age: count(&|person| reached(person) >= law.eic.youngest && person.age <= law.eic.oldest),
        estimated_payments: household.estimated_payments,
    }
}

/// Fills a household's return.
///
/// # Errors
/// Every [`Refusal`] that applies: situations outside this engine, by name.
pub fn prepare(law: &Law, household: &Household, round: Round) -> Result<Return, Vec<Refusal>> {
    let refusals = screen::before(law, household);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let filer = filer(law, household);
    let mut businesses = Vec::new();
    let (mut of_person, mut w2, mut own) = (Vec::new(), Vec::new(), Vec::new());
    let (mut schedule_c, mut home) = (Vec::new(), Vec::new());
    let (mut schedule_se, mut sep, mut form_7206, mut qualified) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for person in household.persons() {
        let first = schedule_c.len();
        for business in &person.businesses {
            let (c, worksheet) = schedule_c::fill(law, business, round);
            businesses.push(*business);
            schedule_c.push(c);
            home.push(worksheet);
        }
        let theirs: &[ScheduleC] = &schedule_c[first..];
        let se = ScheduleSe::fill(law, &person.w2, theirs, round);
        let plan = SepWorksheet::fill(law, &person.own, theirs, &se, round);
        let health = Form7206::fill(&person.own, theirs, &se, &plan, round);
        qualified.push(QualifiedIncome::fill(&person.businesses, theirs, &se, &plan, &health, round));
        of_person.push(first..schedule_c.len());
        w2.push(person.w2);
        own.push(person.own);
        schedule_se.push(se);
        sep.push(plan);
        form_7206.push(health);
    }
    let (other_income, payments) = (household.other_income, household.payments);
    let gains = CapitalGains::fill(law, &filer, &other_income, round);
    let form_8959 = Form8959::fill(law, &filer, &w2, &schedule_se, round);
    // Income without the two adjustments that depend on it, then with the first, then with both.
    let adjusted = |ira: &[IraDeduction], loan: &StudentLoanInterest| {
        let schedule_1 = Schedule1::fill(&schedule_c, &schedule_se, &sep, &form_7206, ira, loan, round);
        let income = Form1040Income::fill(&w2, &other_income, &gains, &schedule_1, round);
        (schedule_1, income)
    };
    let (_, before) = adjusted(&[], &StudentLoanInterest::BLANK);
    let cover = covers(law, household, &w2, &own, &schedule_c, &of_person, &schedule_se, &sep);
    let ira: Vec<IraDeduction> =
        (0..w2.len()).map(|at| IraDeduction::fill(law, &own[at], &before, &cover[at], round)).collect();
    let (_, before) = adjusted(&ira, &StudentLoanInterest::BLANK);
    let student_loan = StudentLoanInterest::fill(law, &filer, &payments, &before, round);
    let (schedule_1, income) = adjusted(&ira, &student_loan);
    let form_8960 = Form8960::fill(law, &filer, &income, round);
    let standard = StandardDeduction::fill(law, &filer, round);
    let schedule_1a = Schedule1A::fill(law, &filer, &w2, &income, round);
    let schedule_a = ScheduleA::fill(law, &filer, &payments, &income, round);
    // The business income deduction is figured before the limit on itemized deductions (IRC 68(c)), the limit after it.
    let uncut = Deductions::fill(law, &filer, &payments, &standard, &schedule_a, &ItemizedLimit::BLANK, round);
    let form_8995 = Form8995::fill(law, &filer, &qualified, &income, &uncut, &schedule_1a, &gains, round);
    let form_8995a = Form8995A::fill(law, &filer, &qualified, &income, &uncut, &schedule_1a, &gains, round);
    let business_deduction = BusinessDeduction::fill(law, &filer, &form_8995, &form_8995a, round);
    let refusals = screen::after(law, household, &form_8995, &schedule_1);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let itemized_limit =
        ItemizedLimit::fill(law, &filer, &schedule_a, &income, &business_deduction, &schedule_1a, round);
    let deductions = Deductions::fill(law, &filer, &payments, &standard, &schedule_a, &itemized_limit, round);
    let taxable = Form1040Taxable::fill(&income, &deductions, &business_deduction, &schedule_1a, round);
    let gains_tax = GainsTax::fill(law, &filer, &taxable, &gains, round);
    let form_6251 =
        Form6251::fill(law, &filer, &income, &taxable, &schedule_1a, &deductions, &itemized_limit, &gains_tax, round);
    let schedule_2 = Schedule2::fill(&schedule_se, &form_8959, &form_6251, &form_8960, round);
    let tax = Form1040Tax::fill(&gains_tax, &schedule_2, round);
    let form_8880 = Form8880::fill(law, &filer, &w2, &ira, &income, &tax, round);
    let schedule_3 = Schedule3::fill(&form_8880, round);
    let eic = EarnedIncomeCredit::fill(law, &filer, &w2, &schedule_se, &income, round);
    let schedule_8812 =
        Schedule8812::fill(law, &filer, &w2, &schedule_se, &income, &schedule_1, &tax, &schedule_3, &eic, round);
    let form_1040 =
        Form1040::fill(&filer, &w2, &tax, &schedule_8812, &schedule_3, &schedule_2, &form_8959, &eic, round);
    Ok(Return {
        year: law.year,
        round,
        filer,
        businesses,
        of_person,
        w2,
        own,
        schedule_c,
        home,
        schedule_se,
        sep,
        form_7206,
        qualified,
        other_income,
        payments,
        cover,
        ira,
        student_loan,
        gains,
        form_8959,
        form_8960,
        form_6251,
        schedule_1,
        schedule_2,
        income,
        standard,
        schedule_1a,
        schedule_a,
        itemized_limit,
        deductions,
        form_8995,
        form_8995a,
        business_deduction,
        taxable,
        gains_tax,
        tax,
        form_8880,
        schedule_3,
        eic,
        schedule_8812,
        form_1040,
    })
}

/// What the law says of each person's IRA: a SEP counts as a plan that covers its owner (IRC 219(g)(5)(A)(v)).
#[allow(clippy::too_many_arguments)]
fn covers(
    law: &Law,
    household: &Household,
    w2: &[W2],
    own: &[OwnBenefits],
    c: &[ScheduleC],
    of_person: &[Range<usize>],
    se: &[ScheduleSe],
    sep: &[SepWorksheet],
) -> Vec<Cover> {
    let earned = |at: usize| {
        let profit: Usd = c[of_person[at].clone()].iter().map(|c| c.l31).sum();
        w2[at].wages.floor0() + (profit - se[at].l13 - sep[at].s22).floor0()
    };
    let couple: Usd = (0..w2.len()).map(earned).sum();
    // The spouse with less may use what the other has not put into an IRA (IRC 219(c)); nobody else may.
    let compensation = |at: usize| match (0..w2.len()).find(|other| *other != at) {
        Some(other) if earned(at) < earned(other) => couple.excess(own[other].ira.min(earned(other))),
        _ => earned(at),
    };
    let covered = |at: usize| own[at].covered_at_work != 0 || sep[at].s22 > Usd::ZERO || w2[at].deferrals > Usd::ZERO;
    let cover = |(at, person): (usize, &Person)| {
        let spouse = (0..w2.len()).any(|other| other != at && covered(other));
        adjustments::cover(law, household.status, person.age, compensation(at), covered(at), spouse)
    };
    household.persons().enumerate().map(cover).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};

    fn couple(wages: [i64; 2], paid: [i64; 2]) -> Return {
        let person = |at: usize| {
            let wages = Usd::dollars(wages[at]);
            let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
            let own = OwnBenefits { ira: Usd::dollars(paid[at]), ..OwnBenefits::default() };
            Person { age: 40, w2, own, ..Person::default() }
        };
        let household = Household {
            status: FilingStatus::Joint,
            taxpayer: person(0),
            spouse: Some(person(1)),
            other_income: OtherIncome { interest: Usd::dollars(60_000), ..OtherIncome::default() },
            ..Household::default()
        };
        prepare(law::of(2025).expect("law").0, &household, Round::WholeDollar).expect("modelled")
    }

    #[test]
    fn only_the_spouse_with_less_may_use_the_other_s_compensation() {
        // IRC 219(c): with 5,000 and 4,000, the first is held to 5,000 of the 7,000 paid. 64,000 = 69,000 - 5,000.
        assert_eq!(couple([5_000, 4_000], [7_000, 0]).income.agi, Usd::dollars(64_000));
        // The second may use 9,000 less the 5,000 that the first may put in: 4,000.
        assert_eq!(couple([5_000, 4_000], [7_000, 7_000]).schedule_1.l20, Usd::dollars(9_000));
        assert_eq!(couple([9_000, 0], [0, 7_000]).schedule_1.l20, Usd::dollars(7_000));
    }

    #[test]
    fn the_limit_on_itemized_deductions_does_not_reach_the_minimum_tax() {
        // 2026: wages 100,000, long-term gain 900,000, mortgage 40,000, taxes 10,000, charity 20,000.
        // Gifts 20,000 - 5,000 = 15,000; itemized 65,000; over the top bracket 1,000,000 - 640,600 = 359,400: 2/37 of 65,000 = 3,514.
        // Minimum taxable income 1,000,000 - 65,000 + 10,000 = 945,000; 26% of (945,000 - 900,000) = 11,700.
        let wages = Usd::dollars(100_000);
        let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let household = Household {
            taxpayer: Person { age: 40, w2, ..Person::default() },
            other_income: OtherIncome { long_gain: Usd::dollars(900_000), ..OtherIncome::default() },
            payments: Payments {
                mortgage: Usd::dollars(40_000),
                taxes: Usd::dollars(10_000),
                charity: Usd::dollars(20_000),
                ..Payments::default()
            },
            ..Household::default()
        };
        let filled = prepare(law::of(2026).expect("law").0, &household, Round::WholeDollar).expect("modelled");
        assert_eq!(filled.itemized_limit.cut, Usd::dollars(3_514));
        assert_eq!((filled.form_6251.l4, filled.form_6251.l18), (Usd::dollars(945_000), Usd::dollars(11_700)));
        assert_eq!((filled.form_6251.l11, filled.form_1040.total_tax), (Usd::dollars(7_325), Usd::dollars(195_111)));
    }
}
