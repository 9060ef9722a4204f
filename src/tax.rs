//! The federal return, form by form: no file, no clock, no network.
//!
//! [`prepare`] fills every form of a household's return, or refuses by name what it does not model.

pub mod adjustments;
pub mod credits;
pub mod deductions;
pub mod facts;
pub mod form;
pub mod form_1040;
pub mod form_2441;
pub mod form_6251;
pub mod form_7206;
pub mod form_8863;
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
pub mod schedule_r;
pub mod schedule_se;
pub mod screen;
pub mod view;
mod wiring;
pub mod withheld;
pub mod worksheets;

use std::ops::Range;

use adjustments::{Cover, IraDeduction, ModifiedIncome, StudentLoanInterest};
use credits::{EarnedIncomeCredit, Form8880, Schedule8812};
use deductions::{Deductions, ItemizedLimit, ScheduleA};
use facts::{Business, Filer, Household, Individual, OtherIncome, OwnBenefits, Payments, Person, Student, W2};
use form_1040::{
    AdjustedGrossIncome, Form1040, Form1040Income, Form1040Tax, Form1040Taxable, GainsTax, StandardDeduction,
};
use form_2441::{CareBenefits, CareCredit, CareEarnings};
use form_6251::Form6251;
use form_7206::Form7206;
use form_8863::{Form8863, StudentCredit};
use form_8959::Form8959;
use form_8960::Form8960;
use form_8995::{Form8995, QualifiedIncome};
use form_8995a::{BusinessDeduction, Form8995A};
use gains::CapitalGains;
use retirement::SepWorksheet;
use schedule_1::{Schedule1, Schedule1Adjustments};
use schedule_1a::Schedule1A;
use schedule_2::Schedule2;
use schedule_3::Schedule3;
use schedule_c::{ScheduleC, SimplifiedMethod};
use schedule_r::ScheduleR;
use schedule_se::ScheduleSe;
use screen::Refusal;

use crate::law::Law;
use crate::money::{Round, Usd};

/// The age from which the law counts a person as old: born before January 2 of the year 64 years back (IRC 63(f)(1)).
const SENIOR: i64 = 65;

wiring::returns! {
    /// A household's whole return, every form filled.
    pub struct Return {
        /// The tax year.
        pub year: u16,
        /// How lines were written.
        pub round: Round,
        /// Where each person's businesses stand among all.
        pub of_person: Vec<Range<usize>>,
        /// What the return knows about its filers.
        pub filer: Filer,
        /// Income other than wages and business.
        pub other_income: OtherIncome,
        /// What Schedule A or Schedule 1 takes off.
        pub payments: Payments,
        /// What the return knows about each person.
        pub individuals: Vec<Individual>,
        /// Each person's wages.
        pub w2: Vec<W2>,
        /// Each person's own benefits.
        pub own: Vec<OwnBenefits>,
        /// What the law says of each person's IRA.
        pub cover: Vec<Cover>,
        /// Each business's facts, the filer's first.
        pub businesses: Vec<Business>,
        /// Each student's costs.
        pub students: Vec<Student>,
    }
    each business {
        /// Schedule C.
        schedule_c: ScheduleC = ([businesses] [home]);
        /// The home office worksheet.
        home: SimplifiedMethod = (law [businesses] [schedule_c]);
    }
    each person {
        /// Schedule SE.
        schedule_se: ScheduleSe = (law [w2] [schedule_c..]);
        /// The SEP worksheet.
        sep: SepWorksheet = (law [own] [schedule_c..] [schedule_se]);
        /// Form 7206.
        form_7206: Form7206 = ([own] [schedule_c..] [schedule_se] [sep]);
        /// Qualified business income.
        qualified: QualifiedIncome = ([businesses..] [schedule_c..] [schedule_se] [sep] [form_7206]);
        /// Earned income for Form 2441.
        care_earnings: CareEarnings = (law filer [individuals] [w2] [schedule_se]);
        /// The IRA deduction.
        ira: IraDeduction = (law [own] modified [cover]);
    }
    each student {
        /// Form 8863, Part III.
        student_credit: StudentCredit = (law [students]);
    }
    the household {
        /// Form 2441, dependent care benefits.
        care_benefits: CareBenefits = (law filer payments w2 care_earnings);
        /// Schedule D.
        gains: CapitalGains = (law filer other_income);
        /// Schedule 1, Part I.
        schedule_1: Schedule1 = (schedule_c other_income);
        /// Form 1040, total income.
        income: Form1040Income = (w2 care_benefits other_income gains schedule_1);
        /// Modified adjusted gross income, before the two adjustments that depend on it.
        modified: ModifiedIncome = (income schedule_se sep form_7206);
        /// The student loan interest deduction.
        student_loan: StudentLoanInterest = (law filer payments modified ira);
        /// Schedule 1, Part II.
        adjustments: Schedule1Adjustments = (schedule_se sep form_7206 ira student_loan);
        /// Form 1040, adjusted gross income.
        agi: AdjustedGrossIncome = (income adjustments);
        /// Form 8959.
        form_8959: Form8959 = (law filer w2 schedule_se);
        /// Form 8960.
        form_8960: Form8960 = (law filer income agi);
        /// The standard deduction.
        standard: StandardDeduction = (law filer);
        /// Schedule 1-A.
        schedule_1a: Schedule1A = (law filer individuals payments w2 agi);
        /// Schedule A.
        schedule_a: ScheduleA = (law filer payments agi);
        /// The limit on itemized deductions.
        itemized_limit: ItemizedLimit = (law filer schedule_a agi business_deduction schedule_1a);
        /// The deduction taken.
        deductions: Deductions = (law filer payments standard schedule_a itemized_limit);
        /// Form 8995.
        form_8995: Form8995 = (law filer qualified agi deductions schedule_1a gains);
        /// Form 8995-A.
        form_8995a: Form8995A = (law filer qualified agi deductions schedule_1a gains);
        /// The business income deduction of the form that applies.
        business_deduction: BusinessDeduction = (law filer form_8995 form_8995a);
        /// Form 1040, deductions and taxable income.
        taxable: Form1040Taxable = (agi deductions business_deduction schedule_1a);
        /// The worksheet of the tax, gains at their own rates.
        gains_tax: GainsTax = (law filer taxable gains);
        /// Form 6251.
        form_6251: Form6251 = (law filer agi taxable schedule_1a deductions itemized_limit gains_tax);
        /// Schedule 2.
        schedule_2: Schedule2 = (schedule_se form_8959 form_6251 form_8960);
        /// Form 1040, tax.
        tax: Form1040Tax = (gains_tax schedule_2);
        /// Form 2441, credit.
        form_2441: CareCredit = (law filer payments w2 care_earnings care_benefits agi tax);
        /// Schedule R.
        schedule_r: ScheduleR = (law filer agi tax form_2441);
        /// Form 8863.
        form_8863: Form8863 = (law filer student_credit agi tax form_2441 schedule_r);
        /// Form 8880.
        form_8880: Form8880 = (law filer w2 ira agi tax form_2441 form_8863 schedule_r);
        /// Schedule 3.
        schedule_3: Schedule3 = (form_2441 form_8863 form_8880 schedule_r);
        /// The earned income credit.
        eic: EarnedIncomeCredit = (law filer w2 schedule_se income agi);
        /// Schedule 8812.
        schedule_8812: Schedule8812 = (law filer w2 schedule_se agi adjustments tax schedule_3 eic);
        /// Form 1040, total tax and payments.
        form_1040: Form1040 = (filer w2 tax schedule_8812 schedule_3 schedule_2 form_8959 eic form_8863);
    }
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
    let seniors = count(&|person| person.reached() >= SENIOR);
    let children_under_17 = dependents(&facts::Dependent::is_for_child_credit);
    let all = dependents(&|_| true);
    Filer {
        status: household.status,
        boxes: seniors + count(&|person| person.blind),
        seniors,
        family: all + count(&|_| true),
        children_under_17,
        other_dependents: all - children_under_17,
        eic_children: dependents(&facts::Dependent::is_for_earned_income_credit),
        of_eic_age: count(&|person| person.reached() >= law.eic.youngest && person.age <= law.eic.oldest),
        care_persons: dependents(&facts::Dependent::is_for_care),
        estimated_payments: household.estimated_payments,
        under_24: i64::from(household.supported && household.taxpayer.age < 24 && !household.status.is_joint()),
    }
}

/// Fills a household's return.
///
/// # Errors
/// Every [`Refusal`] that applies: situations outside this engine, by name.
pub fn prepare(law: &Law, household: &Household, round: Round) -> Result<Return, Vec<Refusal>> {
    let mut filled = Return::default();
    prepare_into(&mut filled, law, household, round)?;
    Ok(filled)
}

/// Fills a household's return into one that was filled before, and takes no new memory for it.
///
/// # Errors
/// Every [`Refusal`] that applies. What stands in `filled` then is of no use.
pub fn prepare_into(filled: &mut Return, law: &Law, household: &Household, round: Round) -> Result<(), Vec<Refusal>> {
    let refusals = screen::before(law, household);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    filled.start(law, household, round);
    filled.gains(law);
    for at in 0..filled.individuals.len() {
        for business in filled.of_person[at].clone() {
            let (c, worksheet) = schedule_c::fill(law, &filled.businesses[business], round);
            (filled.schedule_c[business], filled.home[business]) = (c, worksheet);
        }
        filled.schedule_se(law, at);
        filled.sep(law, at);
        filled.care_earnings(law, at);
    }
    filled.care_benefits(law);
    filled.schedule_1(law);
    filled.income(law);
    for at in 0..filled.individuals.len() {
        filled.form_7206(law, at);
    }
    filled.adjust(law);
    for at in 0..filled.individuals.len() {
        filled.qualified(law, at);
    }
    filled.form_8959(law);
    filled.form_8960(law);
    filled.standard(law);
    filled.schedule_1a(law);
    filled.schedule_a(law);
    // The business income deduction is figured before the limit on itemized deductions (IRC 68(c)), the limit after it.
    filled.itemized_limit = ItemizedLimit::BLANK;
    filled.deductions(law);
    filled.form_8995(law);
    filled.form_8995a(law);
    filled.business_deduction(law);
    let refusals = screen::after(law, household, filled);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    filled.itemized_limit(law);
    filled.deductions(law);
    filled.taxable(law);
    filled.gains_tax(law);
    filled.form_6251(law);
    filled.schedule_2(law);
    filled.tax(law);
    for at in 0..filled.students.len() {
        filled.student_credit(law, at);
    }
    // Each credit is limited to the tax that those before it leave.
    filled.form_2441(law);
    filled.schedule_r(law);
    filled.form_8863(law);
    filled.form_8880(law);
    filled.schedule_3(law);
    filled.eic(law);
    filled.schedule_8812(law);
    filled.form_1040(law);
    Ok(())
}

impl Return {
    /// Takes a household's facts, and blanks every form of a person, of a business and of a student.
    fn start(&mut self, law: &Law, household: &Household, round: Round) {
        (self.year, self.round) = (law.year, round);
        self.filer = filer(law, household);
        (self.other_income, self.payments) = (household.other_income, household.payments);
        self.of_person.clear();
        self.individuals.clear();
        self.w2.clear();
        self.own.clear();
        self.businesses.clear();
        for person in household.persons() {
            let first = self.businesses.len();
            self.businesses.extend_from_slice(&person.businesses);
            self.of_person.push(first..self.businesses.len());
            self.individuals.push(Individual {
                age: person.age,
                senior: i64::from(person.reached() >= SENIOR),
                disabled: i64::from(person.disabled),
                unable_months: person.unable_months,
            });
            self.w2.push(person.w2);
            self.own.push(person.own);
        }
        self.students.clear();
        self.students.extend_from_slice(&household.students);
        self.blank(self.businesses.len(), self.individuals.len(), self.students.len());
    }

    /// From the business forms to adjusted gross income.
    fn adjust(&mut self, law: &Law) {
        self.modified(law);
        self.covers(law);
        for at in 0..self.individuals.len() {
            self.ira(law, at);
        }
        self.student_loan(law);
        self.adjustments(law);
        self.agi(law);
    }

    /// What the law says of each person's IRA: a plan of one's own counts as one that covers its owner (IRC 219(g)(5)(A)).
    fn covers(&mut self, law: &Law) {
        let earned = |at: usize| {
            let profit: Usd = self.schedule_c[self.of_person[at].clone()].iter().map(|c| c.l31).sum();
            self.w2[at].wages.floor0() + (profit - self.schedule_se[at].l13 - self.sep[at].s22).floor0()
        };
        let persons = self.individuals.len();
        let couple: Usd = (0..persons).map(earned).sum();
        // The spouse with less may use what the other has not put into an IRA (IRC 219(c)); nobody else may.
        let compensation = |at: usize| match (0..persons).find(|other| *other != at) {
            Some(other) if earned(at) < earned(other) => couple.excess(self.own[other].ira.min(earned(other))),
            _ => earned(at),
        };
        let covered = |at: usize| {
            self.own[at].covered_at_work != 0 || self.sep[at].s22 > Usd::ZERO || self.w2[at].deferrals > Usd::ZERO
        };
        let mut covers = [Cover::default(); 2];
        for (at, cover) in covers.iter_mut().enumerate().take(persons) {
            let spouse = (0..persons).any(|other| other != at && covered(other));
            let age = self.individuals[at].age;
            *cover = adjustments::cover(law, self.filer.status, age, compensation(at), covered(at), spouse);
        }
        self.cover.clear();
        self.cover.extend_from_slice(&covers[..persons]);
    }
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
        assert_eq!(couple([5_000, 4_000], [7_000, 0]).agi.agi, Usd::dollars(64_000));
        // The second may use 9,000 less the 5,000 that the first may put in: 4,000.
        assert_eq!(couple([5_000, 4_000], [7_000, 7_000]).adjustments.l20, Usd::dollars(9_000));
        assert_eq!(couple([9_000, 0], [0, 7_000]).adjustments.l20, Usd::dollars(7_000));
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

    fn parent(wages: i64, children: usize) -> Household {
        let wages = Usd::dollars(wages);
        let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let child = facts::Dependent { age: 10, child: true, student: false, disabled: false };
        Household {
            status: FilingStatus::Head,
            taxpayer: Person { age: 40, w2, ..Person::default() },
            dependents: vec![child; children],
            ..Household::default()
        }
    }

    #[test]
    fn each_credit_is_limited_to_the_tax_that_those_before_it_leave() {
        let student = |expenses, american| Student { expenses: Usd::dollars(expenses), american };
        let household = Household {
            payments: Payments { care: Usd::dollars(4_000), ..Payments::default() },
            students: vec![student(4_000, 1), student(3_000, 0)],
            ..parent(60_000, 1)
        };
        let filled = prepare(law::of(2025).expect("law").0, &household, Round::WholeDollar).expect("modelled");
        // 60,000 - 23,625 = 36,375: 1,700 + 19,375 x 12% = 4,025. Care: 3,000 x 20% = 600, which leaves 3,425.
        // Students: 2,500, of which 1,000 refundable and 1,500 not; 3,000 x 20% = 600; 2,100 in all, which leaves 1,325.
        // Child: 2,200, of which 1,325; the other 875 is refundable. Refund: 1,000 + 875.
        assert_eq!([filled.tax.l18, filled.schedule_3.l2, filled.form_8863.w6], [4_025, 600, 3_425].map(Usd::dollars));
        assert_eq!((filled.schedule_3.l3, filled.schedule_3.l8), (Usd::dollars(2_100), Usd::dollars(2_700)));
        assert_eq!((filled.schedule_8812.l14, filled.schedule_8812.l27), (Usd::dollars(1_325), Usd::dollars(875)));
        assert_eq!((filled.form_1040.l29, filled.form_1040.l34), (Usd::dollars(1_000), Usd::dollars(1_875)));
        let forms = filled.forms();
        let students: Vec<_> =
            forms.forms.iter().map(|form| form.name.as_str()).filter(|name| name.contains("student")).collect();
        assert_eq!(students, ["form-8863-student", "form-8863-student@2", "student-loan"]);
    }

    #[test]
    fn taxable_care_benefits_are_wages_and_earned_income() {
        let mut household = parent(50_000, 2);
        household.payments.care = Usd::dollars(9_000);
        household.taxpayer.w2.care = Usd::dollars(7_500);
        let filled = prepare(law::of(2025).expect("law").0, &household, Round::WholeDollar).expect("modelled");
        // 7,500 - 5,000 = 2,500 taxable; 50,000 + 2,500. The credit: 6,000 - 5,000 = 1,000 x 20%.
        assert_eq!((filled.income.l1e, filled.income.l1z), (Usd::dollars(2_500), Usd::dollars(52_500)));
        assert_eq!((filled.agi.agi, filled.eic.l4b), (Usd::dollars(52_500), Usd::dollars(52_500)));
        assert_eq!(filled.form_2441.l11, Usd::dollars(200));
    }

    #[test]
    fn a_filer_under_24_has_the_refund_of_a_credit_unless_supported() {
        let (law, _) = law::of(2025).expect("law");
        let refunded = |age, supported| {
            let students = vec![Student { expenses: Usd::dollars(4_000), american: 1 }];
            let mut household = Household { students, supported, ..parent(20_000, 0) };
            household.taxpayer.age = age;
            prepare(law, &household, Round::WholeDollar).expect("modelled").form_1040.l29
        };
        assert_eq!(
            (refunded(23, true), refunded(23, false), refunded(24, true)),
            (Usd::ZERO, Usd::dollars(1_000), Usd::dollars(1_000))
        );
    }
}
