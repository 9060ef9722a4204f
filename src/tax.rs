//! The federal return, form by form: no file, no clock, no network.
//!
//! [`prepare`] fills every form of a household's return, or refuses by name what it does not model.

pub mod credits;
pub mod facts;
pub mod form;
pub mod form_1040;
pub mod form_7206;
pub mod form_8959;
pub mod form_8995;
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

use credits::{EarnedIncomeCredit, Form8880, Schedule8812};
use facts::{Filer, Household, OwnBenefits, Person, W2};
use form_1040::{Form1040, Form1040Income, Form1040Tax, StandardDeduction};
use form_7206::Form7206;
use form_8959::Form8959;
use form_8995::{Form8995, QualifiedIncome};
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
    /// Form 8959.
    pub form_8959: Form8959,
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
    /// Form 8995.
    pub form_8995: Form8995,
    /// Form 1040, deductions and tax.
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
    let refusals = screen::before(household);
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
        qualified.push(QualifiedIncome::fill(theirs, &se, &plan, &health, round));
        of_person.push(first..schedule_c.len());
        w2.push(person.w2);
        own.push(person.own);
        schedule_se.push(se);
        sep.push(plan);
        form_7206.push(health);
    }
    let form_8959 = Form8959::fill(law, &filer, &w2, &schedule_se, round);
    let schedule_1 = Schedule1::fill(&schedule_c, &schedule_se, &sep, &form_7206, round);
    let schedule_2 = Schedule2::fill(&schedule_se, &form_8959, round);
    let income = Form1040Income::fill(&w2, &schedule_1, round);
    let standard = StandardDeduction::fill(law, &filer, round);
    let schedule_1a = Schedule1A::fill(law, &filer, &w2, &income, round);
    let form_8995 = Form8995::fill(law, &filer, &qualified, &income, &standard, &schedule_1a, round);
    let refusals = screen::after(law, household, &form_8995, &schedule_1);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let tax = Form1040Tax::fill(law, &filer, &income, &standard, &form_8995, &schedule_1a, &schedule_2, round);
    let form_8880 = Form8880::fill(law, &filer, &w2, &income, &tax, round);
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
        form_8959,
        schedule_1,
        schedule_2,
        income,
        standard,
        schedule_1a,
        form_8995,
        tax,
        form_8880,
        schedule_3,
        eic,
        schedule_8812,
        form_1040,
    })
}
