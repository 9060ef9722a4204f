//! The federal return, form by form: no file, no clock, no network.
//!
//! [`prepare`] fills every form of a household's return, or refuses by name what it does not model.

pub mod adjustments;
pub mod cause;
pub mod credits;
pub mod deductions;
pub mod facts;
pub mod figures;
pub mod form;
pub mod form_1040;
pub mod form_2441;
pub mod form_4562;
pub mod form_461;
pub mod form_6251;
pub mod form_7206;
pub mod form_8829;
pub mod form_8863;
pub mod form_8889;
pub mod form_8959;
pub mod form_8960;
pub mod form_8962;
pub mod form_8995;
pub mod form_8995a;
pub mod gains;
pub mod persons;
pub mod premium;
pub mod retirement;
pub mod schedule_1;
pub mod schedule_1a;
pub mod schedule_2;
pub mod schedule_3;
pub mod schedule_c;
pub mod schedule_r;
pub mod schedule_se;
pub mod screen;
pub mod social_security;
pub mod view;
mod wiring;
pub mod withheld;
pub mod worksheets;

use std::ops::Range;

use adjustments::{Cover, IraDeduction, ModifiedIncome, OtherAdjustments, RothContribution, StudentLoanInterest};
use cause::Extent;
use credits::{EarnedIncomeCredit, Form8880, Form8880Column, Schedule8812};
use deductions::{Deductions, ItemizedLimit, ScheduleA};
use facts::{
    Business, CoveredMonth, Filer, HomeOffice, Household, Individual, OtherIncome, OwnBenefits, Payments, Student, W2,
};
use form_461::Form461;
use form_1040::{
    AdjustedGrossIncome, Form1040, Form1040Income, Form1040Tax, Form1040Taxable, GainsTax, StandardDeduction,
    TotalIncome,
};
use form_2441::{CareBenefits, CareCredit, CareEarnings};
use form_4562::{BusinessIncome, Depreciation, Form4562};
use form_6251::Form6251;
use form_7206::Form7206;
use form_8829::{Form8829, HomeChoice, HomeTaxes};
use form_8863::{Form8863, StudentCredit};
use form_8889::{Form8889, HsaShare};
use form_8959::Form8959;
use form_8960::Form8960;
use form_8962::{Form8962, Market};
use form_8995::{Form8995, QualifiedIncome, Share};
use form_8995a::{
    BusinessDeduction, Form8995A, Form8995ABusiness, Form8995ACounted, Form8995ALosses, Form8995APhaseIn,
};
use gains::CapitalGains;
use persons::Persons;
use premium::{PremiumSearch, SpecifiedPremiums};
use retirement::PlanWorksheet;
use schedule_1::{Schedule1, Schedule1Adjustments};
use schedule_1a::Schedule1A;
use schedule_2::Schedule2;
use schedule_3::Schedule3;
use schedule_c::{ScheduleC, SimplifiedMethod};
use schedule_r::ScheduleR;
use schedule_se::ScheduleSe;
use screen::{Purpose, Refusal};
use social_security::SocialSecurity;

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
        /// Which forms were filled.
        pub extent: Extent,
        /// Where each person's businesses stand among all.
        pub of_person: Persons<Range<usize>>,
        /// What the return knows about its filers.
        pub filer: Filer,
        /// Income other than wages and business.
        pub other_income: OtherIncome,
        /// What Schedule A or Schedule 1 takes off.
        pub payments: Payments,
        /// What the return knows about each person.
        pub individuals: Persons<Individual>,
        /// Each person's wages.
        pub w2: Persons<W2>,
        /// Each person's own benefits.
        pub own: Persons<OwnBenefits>,
        /// What the law says of each person's IRA.
        pub cover: Persons<Cover>,
        /// What the law says of each person's health savings account beside the spouse's.
        pub hsa_share: Persons<HsaShare>,
        /// Each business's facts, the filer's first.
        pub businesses: Vec<Business>,
        /// Each business's home office; empty where none has more than square feet.
        pub offices: Vec<HomeOffice>,
        /// The deduction that goes with a home office.
        pub choice: HomeChoice,
        /// What each of them depreciates and amortizes.
        pub depreciation: Vec<Depreciation>,
        /// Does any of them?
        pub depreciates: bool,
        /// What limits the section 179 deduction.
        pub before_179: BusinessIncome,
        /// What falls to each business of what is figured for the person.
        pub shares: Vec<Share>,
        /// Health insurance from the marketplace.
        pub market: Market,
        /// Its months; none without such insurance.
        pub months: Vec<CoveredMonth>,
        /// The marketplace premiums that are deducted, and how they were found.
        pub found: PremiumSearch,
        /// Each student's costs.
        pub students: Vec<Student>,
    }
    each business {
        /// Form 4562; blank where nothing is depreciated.
        form_4562: Form4562 = (law filer depreciation [depreciation] before_179);
        /// Schedule C.
        schedule_c: ScheduleC = ([businesses] [form_4562] [home] [form_8829]);
        /// The home office worksheet.
        home: SimplifiedMethod = (law [businesses] [schedule_c] [offices]);
        /// Form 8829, the worksheet of line 11.
        home_taxes: HomeTaxes = (law filer payments [offices] choice);
        /// Form 8829.
        form_8829: Form8829 = (law [offices] [schedule_c] [home_taxes] choice);
        /// Qualified business income.
        qualified: QualifiedIncome = ([businesses] [schedule_c] [schedule_se] [plan] [form_7206] premiums [shares]);
        /// What counts of it above the threshold.
        form_8995a_counted: Form8995ACounted = ([businesses] [qualified] form_8995a_phase_in);
        /// The column of Form 8995-A.
        form_8995a_business: Form8995ABusiness = (law [form_8995a_counted] form_8995a_losses form_8995a_phase_in);
    }
    each person {
        /// Schedule SE.
        schedule_se: ScheduleSe = (law [w2] [schedule_c..]);
        /// The worksheet of the own plan.
        plan: PlanWorksheet = (law [individuals] [own] [w2] [schedule_c..] [schedule_se]);
        /// Form 8889.
        form_8889: Form8889 = (law [individuals] [own] [w2] [hsa_share]);
        /// Form 7206.
        form_7206: Form7206 = (law [individuals] [own] [schedule_c..] [schedule_se] [plan]);
        /// Earned income for Form 2441.
        care_earnings: CareEarnings = (law filer [individuals] [w2] [schedule_se]);
        /// The IRA deduction.
        ira: IraDeduction = (law [own] modified [cover]);
        /// What may be paid into a Roth IRA.
        roth: RothContribution = (law filer [own] modified [cover] [ira]);
        /// Form 8880, one person's column.
        form_8880_columns: Form8880Column = (law [individuals] [w2] [plan] [ira] [roth]);
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
        /// Form 461.
        form_461: Form461 = (law filer schedule_c businesses gains);
        /// Schedule 1, Part I.
        schedule_1: Schedule1 = (schedule_c businesses other_income form_461 form_8889);
        /// Form 1040, income.
        income: Form1040Income = (w2 care_benefits other_income gains schedule_1);
        /// The adjustments that do not depend on income.
        other_adjustments: OtherAdjustments = (form_8889 schedule_se plan form_7206 premiums);
        /// How much of social security benefits is taxed.
        social_security: SocialSecurity = (law filer other_income income other_adjustments ira);
        /// Form 1040, total income with benefits.
        total_income: TotalIncome = (income social_security);
        /// The marketplace premiums that are deducted.
        premiums: SpecifiedPremiums = (months form_7206 found);
        /// Modified adjusted gross income, before the two adjustments that depend on it.
        modified: ModifiedIncome = (income social_security other_adjustments);
        /// The student loan interest deduction.
        student_loan: StudentLoanInterest = (law filer payments total_income other_adjustments ira);
        /// Schedule 1, Part II.
        adjustments: Schedule1Adjustments = (schedule_se form_8889 plan form_7206 premiums ira student_loan);
        /// Form 1040, adjusted gross income.
        agi: AdjustedGrossIncome = (total_income adjustments);
        /// Form 8962.
        form_8962: Form8962 = (law filer market months income total_income agi found);
        /// Form 8959.
        form_8959: Form8959 = (law filer w2 schedule_se);
        /// Form 8960.
        form_8960: Form8960 = (law filer income agi);
        /// The standard deduction.
        standard: StandardDeduction = (law filer);
        /// Schedule 1-A.
        schedule_1a: Schedule1A = (law filer individuals payments w2 agi);
        /// Schedule A.
        schedule_a: ScheduleA = (law filer payments form_7206 premiums form_8962 agi form_8829);
        /// The limit on itemized deductions.
        itemized_limit: ItemizedLimit = (law filer schedule_a agi business_deduction schedule_1a);
        /// The deduction taken.
        deductions: Deductions = (law filer payments standard schedule_a itemized_limit choice);
        /// Form 8995.
        form_8995: Form8995 = (law filer qualified agi deductions schedule_1a gains other_income form_461);
        /// Form 8995-A, how far above the threshold.
        form_8995a_phase_in: Form8995APhaseIn = (law filer form_8995);
        /// Form 8995-A, Schedule C.
        form_8995a_losses: Form8995ALosses = (form_8995a_counted form_8995);
        /// Form 8995-A, Part IV.
        form_8995a: Form8995A = (law form_8995a_business form_8995a_counted form_8995);
        /// The business income deduction of the form that applies.
        business_deduction: BusinessDeduction = (form_8995 form_8995a_phase_in form_8995a);
        /// Form 1040, deductions and taxable income.
        taxable: Form1040Taxable = (agi deductions business_deduction schedule_1a);
        /// The worksheet of the tax, gains at their own rates.
        gains_tax: GainsTax = (law filer taxable gains);
        /// Form 6251.
        form_6251: Form6251 = (law filer agi taxable schedule_1a schedule_1 deductions itemized_limit gains_tax form_8962 depreciation);
        /// Schedule 2.
        schedule_2: Schedule2 = (schedule_se form_8889 form_8959 form_6251 form_8960 form_8962);
        /// Form 1040, tax.
        tax: Form1040Tax = (gains_tax schedule_2);
        /// Form 2441, credit.
        form_2441: CareCredit = (law filer payments w2 care_earnings care_benefits agi tax);
        /// Schedule R.
        schedule_r: ScheduleR = (law filer total_income agi tax form_2441);
        /// Form 8863.
        form_8863: Form8863 = (law filer student_credit agi tax form_2441 schedule_r);
        /// Form 8880.
        form_8880: Form8880 = (law filer form_8880_columns agi tax form_2441 form_8863 schedule_r);
        /// Schedule 3.
        schedule_3: Schedule3 = (form_2441 form_8863 form_8880 schedule_r form_8962);
        /// The earned income credit.
        eic: EarnedIncomeCredit = (law filer w2 schedule_se income agi);
        /// Schedule 8812.
        schedule_8812: Schedule8812 = (law filer w2 schedule_se agi adjustments tax schedule_3 eic);
        /// Form 1040, total tax and payments.
        form_1040: Form1040 = (filer w2 other_income tax schedule_8812 schedule_3 schedule_2 form_8959 eic form_8863);
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
    let joint = household.status.is_joint();
    let mut filer = Filer {
        status: household.status,
        estimated_payments: household.estimated_payments,
        under_24: i64::from(household.supported && household.taxpayer.age < 24 && !joint),
        ..Filer::default()
    };
    for person in household.persons() {
        let senior = i64::from(person.reached() >= SENIOR);
        filer.family += 1;
        filer.seniors += senior;
        filer.boxes += senior + i64::from(person.blind);
        filer.of_eic_age += i64::from(person.reached() >= law.eic.youngest && person.age <= law.eic.oldest);
        filer.care_persons += i64::from(joint && person.needs_care);
    }
    for dependent in &household.dependents {
        let child = i64::from(dependent.is_for_child_credit());
        filer.family += 1;
        filer.children_under_17 += child;
        filer.other_dependents += 1 - child;
        filer.eic_children += i64::from(dependent.is_for_earned_income_credit());
        filer.care_persons += i64::from(dependent.is_for_care());
    }
    filer
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
    filled.extent = Extent::Every;
    prepare_for(Purpose::Whole, filled, law, household, round)
}

/// Fills what decides what a household owes, and leaves forms blank that it has no cause for. Its figures are those of the
/// whole return; it is not for reading.
///
/// # Errors
/// Every [`Refusal`] that applies. What stands in `filled` then is of no use.
pub fn owe_into(filled: &mut Return, law: &Law, household: &Household, round: Round) -> Result<(), Vec<Refusal>> {
    filled.extent = Extent::Needed;
    prepare_for(Purpose::Whole, filled, law, household, round)
}

/// Fills the return that a comparison starts from: a household without the work that is compared. What its IRAs take of the
/// pay of that work is not deducted, and no excess.
///
/// # Errors
/// Every [`Refusal`] that applies.
pub fn prepare_start(law: &Law, household: &Household, round: Round) -> Result<Return, Vec<Refusal>> {
    let mut filled = Return::default();
    prepare_for(Purpose::Start, &mut filled, law, household, round)?;
    Ok(filled)
}

fn prepare_for(
    purpose: Purpose,
    filled: &mut Return,
    law: &Law,
    household: &Household,
    round: Round,
) -> Result<(), Vec<Refusal>> {
    let refusals = screen::before(law, household);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    filled.start(law, household, round);
    if filled.offices.is_empty() {
        filled.fill_all(law);
    } else {
        filled.settle_home(law);
    }
    let refusals = screen::after(law, household, filled, purpose);
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// Fills a part of a return in its rounding. Each rounding has code of its own, in which no line asks for it.
macro_rules! rounded {
    ($filled:ident.$part:ident($law:ident)) => {
        match $filled.round {
            Round::WholeDollar => $filled.$part($law, Round::WholeDollar),
            Round::Cents => $filled.$part($law, Round::Cents),
        }
    };
}

/// Fills a form that the household has cause for. Without, it is blank, but on a return that is to be read.
macro_rules! with_cause {
    ($filled:ident.$form:ident($law:ident, $round:ident), $cause:expr) => {
        if $filled.is_whole() || $cause {
            $filled.$form($law, $round);
        } else {
            $filled.$form = Default::default();
        }
    };
    ($filled:ident.$form:ident[$at:ident]($law:ident, $round:ident), $cause:expr) => {
        if $filled.is_whole() || $cause {
            $filled.$form($law, $at, $round);
        } else {
            $filled.$form[$at] = Default::default();
        }
    };
}

impl Return {
    /// Every form, once.
    fn fill_all(&mut self, law: &Law) {
        self.earn(law);
        self.settle_premiums(law);
        self.finish(law);
    }

    /// From receipts and wages to income before social security benefits.
    fn earn(&mut self, law: &Law) {
        rounded!(self.earn_by(law));
    }

    /// From the business forms to adjusted gross income, and the premium credit that it decides.
    fn adjust(&mut self, law: &Law) {
        rounded!(self.adjust_by(law));
    }

    /// From adjusted gross income to what is owed.
    fn finish(&mut self, law: &Law) {
        rounded!(self.finish_by(law));
    }

    /// Takes a household's facts, and makes room for the forms of its persons, businesses and students.
    fn start(&mut self, law: &Law, household: &Household, round: Round) {
        (self.year, self.round) = (law.year, round);
        self.filer = filer(law, household);
        (self.other_income, self.payments) = (household.other_income, household.payments);
        self.market = Market::default();
        self.months.clear();
        if let Some(market) = &household.marketplace {
            self.market = Market { insured: 1, place: market.place, dependents_income: market.dependents_income };
            self.months.extend_from_slice(&market.months);
        }
        self.students.clear();
        self.students.extend_from_slice(&household.students);
        self.businesses.clear();
        let businesses = household.persons().map(|person| person.businesses.len()).sum();
        let couple = household.spouse.is_some();
        self.make_room(businesses, couple, self.students.len());
        self.take_depreciation(household, businesses);
        self.of_person.seat(couple);
        self.individuals.seat(couple);
        self.w2.seat(couple);
        self.own.seat(couple);
        self.cover.seat(couple);
        self.hsa_share.seat(couple);
        for (at, person) in household.persons().enumerate() {
            let first = self.businesses.len();
            self.businesses.extend_from_slice(&person.businesses);
            self.of_person[at] = first..self.businesses.len();
            self.individuals[at] = Individual {
                age: person.age,
                reached: person.reached(),
                senior: i64::from(person.reached() >= SENIOR),
                disabled: i64::from(person.disabled),
                unable_months: person.unable_months,
                student: i64::from(at == 0 && household.supported && (19..24).contains(&person.age)),
            };
            (self.w2[at], self.own[at]) = (person.w2, person.own);
        }
        let shares = form_8889::shares(law, household.status, &self.individuals, &self.own, &self.w2, round);
        self.hsa_share.copy_from_slice(&shares[..self.individuals.len()]);
        self.open_offices(household);
    }

    /// Takes the home offices, one for each business, where there are any. No form of an earlier one stays.
    fn open_offices(&mut self, household: &Household) {
        if !self.offices.is_empty() {
            self.offices.clear();
            self.choice = HomeChoice::BLANK;
            self.home_taxes.fill(HomeTaxes::BLANK);
            self.form_8829.fill(Form8829::BLANK);
        }
        if household.persons().all(|person| person.offices.is_empty()) {
            return;
        }
        for person in household.persons() {
            let offices = person.offices.iter().copied().chain(std::iter::repeat(HomeOffice::BLANK));
            self.offices.extend(offices.take(person.businesses.len()));
        }
    }

    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn earn_by(&mut self, law: &Law, round: Round) {
        with_cause!(self.gains(law, round), cause::has_gains(&self.other_income));
        if self.depreciates {
            self.depreciate(law, round);
        }
        for at in 0..self.individuals.len() {
            for business in self.of_person[at].clone() {
                self.profit(law, business, round);
            }
            with_cause!(self.schedule_se[at](law, round), !self.of_person[at].is_empty());
            with_cause!(self.plan[at](law, round), cause::pays_plan(&self.own[at]));
            with_cause!(self.form_8889[at](law, round), cause::has_savings_account(&self.own[at], &self.w2[at]));
            with_cause!(self.care_earnings[at](law, round), self.has_care());
            with_cause!(
                self.form_7206[at](law, round),
                cause::pays_premiums(&self.own[at]) || self.market.insured != 0
            );
        }
        with_cause!(self.care_benefits(law, round), self.has_care());
        self.form_461(law, round);
        self.schedule_1(law, round);
        self.income(law, round);
    }

    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn adjust_by(&mut self, law: &Law, round: Round) {
        with_cause!(self.premiums(law, round), self.market.insured != 0);
        self.other_adjustments(law, round);
        self.ira.fill(IraDeduction::BLANK);
        self.social_security(law, round);
        if self.is_whole() || self.own.iter().any(cause::pays_ira) {
            self.modified(law, round);
            self.covers(law);
            for at in 0..self.individuals.len() {
                self.ira(law, at, round);
                self.roth(law, at, round);
            }
            if self.ira.iter().any(|ira| ira.deduction != Usd::ZERO) {
                self.social_security(law, round);
            }
        } else {
            self.roth.fill(RothContribution::BLANK);
        }
        self.total_income(law, round);
        self.student_loan(law, round);
        self.adjustments(law, round);
        self.agi(law, round);
        with_cause!(self.form_8962(law, round), self.market.insured != 0);
    }

    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn finish_by(&mut self, law: &Law, round: Round) {
        self.qualify(round);
        with_cause!(self.form_8959(law, round), self.has_additional_medicare(law));
        with_cause!(self.form_8960(law, round), self.has_investment_tax(law));
        self.standard(law, round);
        with_cause!(self.schedule_1a(law, round), self.has_additional());
        with_cause!(self.schedule_a(law, round), self.has_itemized());
        // The business income deduction is figured before the limit on itemized deductions (IRC 68(c)), the limit after it.
        self.itemized_limit = ItemizedLimit::BLANK;
        self.deductions(law, round);
        self.form_8995(law, round);
        self.deduct_business_income(law, round);
        if self.is_whole() || self.schedule_a.total != Usd::ZERO {
            self.itemized_limit(law, round);
            let before = self.deductions.itemizes;
            self.deductions(law, round);
            if self.deductions.itemizes != before {
                // The limit made the standard deduction the larger one: the business deduction counts on it.
                self.form_8995(law, round);
                self.deduct_business_income(law, round);
            }
        }
        self.taxable(law, round);
        if self.is_whole() || self.gains.net != Usd::ZERO {
            self.gains_tax(law, round);
        } else {
            self.tax_without_gains(law, round);
        }
        with_cause!(self.form_6251(law, round), self.may_owe_minimum_tax(law));
        self.schedule_2(law, round);
        self.tax(law, round);
        for at in 0..self.students.len() {
            self.student_credit(law, at, round);
        }
        // Each credit is limited to the tax that those before it leave.
        with_cause!(self.form_2441(law, round), self.has_care());
        self.schedule_r(law, round);
        with_cause!(self.form_8863(law, round), !self.students.is_empty());
        let saves = self.is_whole() || self.has_savers();
        if saves {
            for at in 0..self.individuals.len() {
                self.form_8880_columns(law, at, round);
            }
        }
        with_cause!(self.form_8880(law, round), saves);
        with_cause!(self.schedule_3(law, round), self.has_other_credits());
        with_cause!(self.eic(law, round), self.needs_earned_income(law));
        with_cause!(self.schedule_8812(law, round), self.has_dependents());
        self.form_1040(law, round);
    }

    /// Schedule C of a business, with the method of its home office.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn profit(&mut self, law: &Law, business: usize, round: Round) {
        if self.offices.is_empty() {
            let (c, home) = (&mut self.schedule_c[business], &mut self.home[business]);
            schedule_c::fill_in(c, home, law, &self.businesses[business], &self.form_4562[business], round);
        } else {
            self.with_office(law, business, round);
        }
    }

    /// Takes what businesses depreciate. Most households have nothing of it, and pay nothing for it.
    fn take_depreciation(&mut self, household: &Household, businesses: usize) {
        let depreciates = household.persons().any(|person| person.depreciation.is_some());
        if depreciates || self.depreciates {
            self.depreciation.clear();
            self.form_4562.fill(Form4562::BLANK);
            self.before_179 = BusinessIncome::default();
            for person in household.persons() {
                let first = self.depreciation.len();
                self.depreciation.resize(first + person.businesses.len(), Depreciation::default());
                if let (Some(own), Some(taken)) = (&person.depreciation, self.depreciation.get_mut(first)) {
                    *taken = **own;
                }
            }
        }
        self.depreciation.resize(businesses, Depreciation::default());
        self.depreciates = depreciates;
    }

    /// Form 4562 of each business. Section 179 is held to the income of all businesses and jobs before it (Reg. 1.179-2(c)):
    /// the forms are filled without it first, and Schedule C with its home office from them; line 31 is that income. Then
    /// Form 4562 is filled whole, Schedule C anew from it, and the home office is held to what line 29 then leaves.
    #[cold]
    fn depreciate(&mut self, law: &Law, round: Round) {
        self.fill_4562(law, round);
        for business in 0..self.businesses.len() {
            self.profit(law, business, round);
        }
        let profits = self.schedule_c.iter().map(|c| c.l31).sum();
        let wages = self.w2.iter().map(|w2| w2.wages).sum();
        self.before_179 = BusinessIncome { profits, wages };
        self.fill_4562(law, round);
    }

    fn fill_4562(&mut self, law: &Law, round: Round) {
        let (all, income) = (&self.depreciation, &self.before_179);
        for (form, own) in self.form_4562.iter_mut().zip(all) {
            form.fill_in(law, &self.filer, all, own, income, round);
        }
    }

    /// Qualified business income of each business.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn qualify(&mut self, round: Round) {
        self.shares.clear();
        for (at, range) in self.of_person.iter().enumerate() {
            let profits = self.schedule_c[range.clone()].iter().map(|c| c.l31.floor0()).sum();
            for business in range.clone() {
                let first = i64::from(business == range.start);
                let insures = first * i64::from(i64::try_from(at) == Ok(self.found.person));
                self.shares.push(Share { profits, first, insures });
                self.qualified[business].fill_in(
                    &self.businesses[business],
                    &self.schedule_c[business],
                    &self.schedule_se[at],
                    &self.plan[at],
                    &self.form_7206[at],
                    &self.premiums,
                    &self.shares[business],
                    round,
                );
            }
        }
    }

    /// Form 8995-A where taxable income is above the threshold of Form 8995.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn deduct_business_income(&mut self, law: &Law, round: Round) {
        let was_below = self.form_8995a_phase_in.stopped_at.is_some();
        self.form_8995a_phase_in(law, round);
        if self.form_8995a_phase_in.stopped_at.is_some() {
            if !was_below {
                self.form_8995a_counted.fill(Form8995ACounted::BLANK);
                self.form_8995a_losses = Form8995ALosses::BLANK;
                self.form_8995a_business.fill(Form8995ABusiness::BLANK);
                self.form_8995a = Form8995A::BLANK;
            }
        } else {
            let phase = &self.form_8995a_phase_in;
            for (at, business) in self.businesses.iter().enumerate() {
                self.form_8995a_counted[at].fill_in(business, &self.qualified[at], phase, round);
            }
            self.form_8995a_losses(law, round);
            let (phase, losses) = (&self.form_8995a_phase_in, &self.form_8995a_losses);
            for (counted, column) in self.form_8995a_counted.iter().zip(&mut self.form_8995a_business) {
                column.fill_in(law, counted, losses, phase, round);
            }
            self.form_8995a(law, round);
        }
        self.business_deduction(law, round);
    }

    /// What the law says of each person's IRA: a plan of one's own counts as one that covers its owner (IRC 219(g)(5)(A)).
    fn covers(&mut self, law: &Law) {
        let persons = self.individuals.len();
        let (mut earned, mut covered) = ([Usd::ZERO; 2], [false; 2]);
        for at in 0..persons {
            let (w2, plan) = (&self.w2[at], &self.plan[at]);
            let profit: Usd = self.schedule_c[self.of_person[at].clone()].iter().map(|c| c.l31).sum();
            earned[at] = w2.wages.floor0() + (profit - self.schedule_se[at].l13 - plan.s22).floor0();
            covered[at] = self.own[at].covered_at_work != 0 || plan.is_paid() || w2.deferrals > Usd::ZERO;
        }
        let paid = |at: usize| {
            let own = &self.own[at];
            (own.ira + own.roth_ira).min(law.ira.limit_at(self.individuals[at].age)).min(earned[at])
        };
        // The spouse with less may use what the other has not put into an IRA (IRC 219(c)); nobody else may.
        let compensation = |at: usize| {
            let other = 1 - at;
            if earned[at] < earned[other] { (earned[at] + earned[other]).excess(paid(other)) } else { earned[at] }
        };
        for at in 0..persons {
            let (status, age) = (self.filer.status, self.individuals[at].age);
            self.cover[at] = adjustments::cover(law, status, age, compensation(at), covered[at], covered[1 - at]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::facts::Person;
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
        // What is paid above the compensation is no excess on the return that a comparison starts from.
        prepare_start(law::of(2025).expect("law").0, &household, Round::WholeDollar).expect("modelled")
    }

    #[test]
    fn section_179_goes_before_the_home_office_and_after_other_depreciation() {
        // 10,000 - 2,000 of supplies - 1,000 of depreciation = 7,000; home 300 x 5 = 1,500: business income 5,500. Of 12,000
        // elected 5,500 are deducted and 6,500 carried over. Line 29: 10,000 - 2,000 - 6,500 = 1,500, all of it the home's.
        let household = |wages: i64, elected: i64| {
            let business = Business {
                gross_receipts: Usd::dollars(10_000),
                supplies: Usd::dollars(2_000),
                home_area: 300,
                home_months: 12,
                ..Business::default()
            };
            let elected = Usd::dollars(elected);
            let depreciation = Depreciation {
                cost_179: elected,
                elected,
                earlier: Usd::dollars(1_000),
                minimum_tax: Usd::dollars(140),
                minimum_tax_sales: Usd::dollars(-50),
                ..Depreciation::default()
            };
            let wages = Usd::dollars(wages);
            let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
            let depreciation = Some(Box::new(depreciation));
            let taxpayer = Person { age: 40, w2, businesses: vec![business], depreciation, ..Person::default() };
            Household { taxpayer, ..Household::default() }
        };
        let law = law::of(2025).expect("law").0;
        let filled = prepare(law, &household(0, 12_000), Round::WholeDollar).expect("modelled");
        let (form, c) = (&filled.form_4562[0], &filled.schedule_c[0]);
        assert_eq!([form.l11, form.l12, form.l13, form.l22], [5_500, 5_500, 6_500, 6_500].map(Usd::dollars));
        assert_eq!([c.l13, c.l29, c.l30, c.l31], [6_500, 1_500, 1_500, 0].map(Usd::dollars));
        assert_eq!([filled.form_6251.l2k, filled.form_6251.l2l], [-50, 140].map(Usd::dollars));
        // With a job of 4,000 section 179 is 9,500, and the home has nothing left: 10,000 - 2,000 - 10,500 = -2,500.
        let filled = prepare(law, &household(4_000, 12_000), Round::WholeDollar).expect("modelled");
        let c = &filled.schedule_c[0];
        assert_eq!([c.l13, c.l30, c.l31], [Usd::dollars(10_500), Usd::ZERO, Usd::dollars(-2_500)]);
        // A return that held assets before holds none of them after.
        let mut again = filled;
        prepare_into(&mut again, law, &couple_without(), Round::WholeDollar).expect("modelled");
        assert!(again.form_4562.iter().all(|form| *form == Form4562::BLANK) && !again.depreciates);
        assert_eq!(again, prepare(law, &couple_without(), Round::WholeDollar).expect("modelled"));
    }

    fn couple_without() -> Household {
        let business = Business { gross_receipts: Usd::dollars(50_000), ..Business::default() };
        let person = Person { age: 40, businesses: vec![business], ..Person::default() };
        Household {
            status: FilingStatus::Joint,
            taxpayer: person.clone(),
            spouse: Some(person),
            ..Household::default()
        }
    }

    #[test]
    fn care_of_a_spouse_counts_as_dependent_care() {
        let credit = |needs_care| {
            let wages = Usd::dollars(60_000);
            let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
            let household = Household {
                status: FilingStatus::Joint,
                taxpayer: Person { age: 40, w2, ..Person::default() },
                spouse: Some(Person { age: 40, unable_months: 12, needs_care, ..Person::default() }),
                payments: Payments { care: Usd::dollars(5_000), ..Payments::default() },
                ..Household::default()
            };
            let law = law::of(2025).expect("law").0;
            prepare(law, &household, Round::WholeDollar).expect("modelled").form_2441.l11
        };
        // IRC 21(b)(1)(C): 3,000 of 5,000 count; he is taken to earn 12 x 250 = 3,000; .20 x 3,000 = 600.
        assert_eq!([credit(true), credit(false)], [Usd::dollars(600), Usd::ZERO]);
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
    fn a_plan_a_savings_account_and_a_roth_ira_on_one_return() {
        // 60,000: self-employment tax 8,478, half 4,239. Plan 10,000 + 23,500; health savings 2,000, and 500 of 1,500 taxed.
        // 60,000 + 500 - 4,239 - 33,500 - 2,000 = 20,761; less 15,750 is 5,011; less 1,002 is 4,009; tax 403.
        // Form 8880: half of 2,000, at most 403. 8,478 + 20% of 500 = 8,578.
        let own = OwnBenefits {
            sep: Usd::dollars(10_000),
            deferral: Usd::dollars(23_500),
            roth_ira: Usd::dollars(1_000),
            hsa: Usd::dollars(2_000),
            hsa_self_months: 12,
            hsa_distributions: Usd::dollars(1_500),
            hsa_medical: Usd::dollars(1_000),
            ..OwnBenefits::default()
        };
        let business = Business { gross_receipts: Usd::dollars(60_000), ..Business::default() };
        let taxpayer = Person { age: 40, own, businesses: vec![business], ..Person::default() };
        let mut household = Household { taxpayer, ..Household::default() };
        let filled = |household: &Household| {
            prepare(law::of(2025).expect("law").0, household, Round::WholeDollar).expect("modelled")
        };
        let form = filled(&household);
        assert_eq!((form.adjustments.l13, form.adjustments.l16), (Usd::dollars(2_000), Usd::dollars(33_500)));
        assert_eq!((form.schedule_1.l8f, form.agi.agi), (Usd::dollars(500), Usd::dollars(20_761)));
        assert_eq!((form.taxable.l15, form.tax.l16), (Usd::dollars(4_009), Usd::dollars(403)));
        assert_eq!((form.form_8880.l10, form.form_8880.l12), (Usd::dollars(1_000), Usd::dollars(403)));
        assert_eq!((form.schedule_2.l17c, form.form_1040.total_tax), (Usd::dollars(100), Usd::dollars(8_578)));
        // A plan of Roth deferrals alone is not deducted, and covers its owner all the same (IRC 219(g)(5)(A)).
        household.taxpayer.own =
            OwnBenefits { deferral: Usd::dollars(1_000), roth_deferral: Usd::dollars(1_000), ..OwnBenefits::default() };
        let form = filled(&household);
        assert_eq!((form.adjustments.l16, form.cover[0].to), (Usd::ZERO, Usd::dollars(89_000)));
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
    fn the_business_deduction_counts_on_the_deduction_that_is_taken() {
        // 2026: 16,500 itemized exceed the standard deduction of 16,100, until the limit of the highest bracket cuts them.
        let (law, _) = law::of(2026).expect("law");
        let wages = Usd::dollars(900_000);
        let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let business =
            Business { gross_receipts: Usd::dollars(100_000), wages: Usd::dollars(30_000), ..Business::default() };
        let household = Household {
            taxpayer: Person { age: 40, w2, businesses: vec![business], ..Person::default() },
            payments: Payments { taxes: Usd::dollars(10_000), mortgage: Usd::dollars(6_500), ..Payments::default() },
            ..Household::default()
        };
        let filled = prepare(law, &household, Round::WholeDollar).expect("modelled");
        assert_eq!((filled.deductions.itemizes, filled.deductions.taken), (0, Usd::dollars(16_100)));
        assert_eq!(filled.form_8995.l11, filled.agi.agi - Usd::dollars(16_100));
    }

    #[test]
    fn a_supported_student_has_no_credit_for_savings() {
        let (law, _) = law::of(2025).expect("law");
        let credit = |age, supported| {
            let wages = Usd::dollars(22_000);
            let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
            let own = OwnBenefits { roth_ira: Usd::dollars(1_000), ..OwnBenefits::default() };
            let household =
                Household { taxpayer: Person { age, w2, own, ..Person::default() }, supported, ..Household::default() };
            prepare(law, &household, Round::WholeDollar).expect("modelled").form_8880.l12
        };
        // 22,000: half of 1,000, at most the tax of 6,250: 628 by the table.
        assert_eq!([credit(20, false), credit(20, true)], [Usd::dollars(500), Usd::ZERO]);
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
