//! The year's federal figures, typed, each with its citation.
//!
//! Figures are data: one complete TOML file a year under `src/law/us`. Structure is code. No year inherits from another.

pub mod depreciation;
mod load;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::money::{PerMile, Rate, Usd};

/// The five filing statuses of Form 1040.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum FilingStatus {
    /// Single.
    #[default]
    Single,
    /// Married filing jointly.
    Joint,
    /// Married filing separately.
    Separate,
    /// Head of household.
    Head,
    /// Qualifying surviving spouse.
    Survivor,
}

impl FilingStatus {
    /// All five, in the order of the form.
    pub const ALL: [FilingStatus; 5] =
        [FilingStatus::Single, FilingStatus::Joint, FilingStatus::Separate, FilingStatus::Head, FilingStatus::Survivor];

    /// The words of the form.
    pub const fn words(self) -> &'static str {
        match self {
            FilingStatus::Single => "single",
            FilingStatus::Joint => "married filing jointly",
            FilingStatus::Separate => "married filing separately",
            FilingStatus::Head => "head of household",
            FilingStatus::Survivor => "qualifying surviving spouse",
        }
    }

    /// The key in law files and profiles.
    pub const fn key(self) -> &'static str {
        match self {
            FilingStatus::Single => "single",
            FilingStatus::Joint => "joint",
            FilingStatus::Separate => "separate",
            FilingStatus::Head => "head",
            FilingStatus::Survivor => "survivor",
        }
    }

    /// Is it a joint return?
    pub const fn is_joint(self) -> bool {
        matches!(self, FilingStatus::Joint)
    }

    /// Do the additional standard deductions of the married apply (IRC 63(f)(3))? A surviving spouse counts as married.
    pub const fn has_married_boxes(self) -> bool {
        matches!(self, FilingStatus::Joint | FilingStatus::Separate | FilingStatus::Survivor)
    }
}

/// A figure for each filing status. All five are always spelled out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByStatus<T> {
    /// Single.
    pub single: T,
    /// Married filing jointly.
    pub joint: T,
    /// Married filing separately.
    pub separate: T,
    /// Head of household.
    pub head: T,
    /// Qualifying surviving spouse.
    pub survivor: T,
}

impl<T> ByStatus<T> {
    /// The figure's cell for a status.
    pub const fn get(&self, status: FilingStatus) -> &T {
        match status {
            FilingStatus::Single => &self.single,
            FilingStatus::Joint => &self.joint,
            FilingStatus::Separate => &self.separate,
            FilingStatus::Head => &self.head,
            FilingStatus::Survivor => &self.survivor,
        }
    }
}

impl<T: Copy> ByStatus<T> {
    /// The figure for a status.
    pub const fn of(&self, status: FilingStatus) -> T {
        *self.get(status)
    }
}

/// All figures of one tax year.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The tax year.
    pub year: u16,
    /// The year's forms.
    pub forms: Forms,
    /// Income tax: rates, brackets, Tax Table.
    pub income: Income,
    /// The standard deduction.
    pub standard: Standard,
    /// The deduction for seniors, where the year has it.
    pub senior: Option<Senior>,
    /// The deduction for overtime, where the year has it.
    pub overtime: Option<PayDeduction>,
    /// Self-employment tax.
    pub se: SelfEmployment,
    /// What is withheld from wages.
    pub fica: Fica,
    /// Additional Medicare Tax.
    pub additional_medicare: AdditionalMedicare,
    /// The qualified business income deduction.
    pub qbi: Qbi,
    /// The child tax credit and the credit for other dependents.
    pub child: Child,
    /// The earned income credit.
    pub eic: Eic,
    /// The credit for retirement savings.
    pub savers: Savers,
    /// A self-employed person's own plan.
    pub plan: Plan,
    /// The home office.
    pub home_office: HomeOffice,
    /// The safe harbor for small purchases.
    pub de_minimis: DeMinimis,
    /// The election to expense property.
    pub section_179: Section179,
    /// Costs of starting a business.
    pub startup: Startup,
    /// When a payer must send a Form 1099.
    pub form_1099: Form1099,
    /// What a mile for the business counts.
    pub mileage: Mileage,
    /// Elective deferrals.
    pub deferral: Deferral,
    /// Health savings accounts.
    pub hsa: Hsa,
    /// Premiums of long-term care insurance.
    pub long_term_care: LongTermCare,
    /// Losses of a business.
    pub loss: Loss,
    /// Long-term gains and qualified dividends.
    pub gains: Gains,
    /// Net investment income tax.
    pub niit: Niit,
    /// State and local taxes on Schedule A.
    pub salt: Salt,
    /// Itemized deductions, and what replaces them.
    pub itemized: Itemized,
    /// The alternative minimum tax.
    pub amt: Amt,
    /// Contributions to IRAs and their deduction.
    pub ira: Ira,
    /// The deduction of student loan interest.
    pub student_loan: StudentLoan,
    /// The premium tax credit of marketplace insurance.
    pub premium_credit: PremiumCredit,
    /// How much of social security benefits is taxed.
    pub social_security: SocialSecurity,
    /// Dependent care: the credit, and the exclusion of benefits.
    pub care: Care,
    /// The education credits.
    pub education: Education,
    /// The tax on unearned income of young filers whom parents support.
    pub kiddie: Kiddie,
    /// The credit for the elderly.
    pub elderly: Elderly,
    /// The deduction for tips, where the year has it.
    pub tips: Option<PayDeduction>,
    /// The deduction of interest on a car loan, where the year has it.
    pub car_loan: Option<CarLoan>,
}

/// The year's forms.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// Are only drafts of them published?
    pub drafts: bool,
}

/// Rates, brackets and the Tax Table of the income tax.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Income {
    /// The rates, lowest first.
    pub rates: Vec<Rate>,
    /// The top of each bracket but the last.
    pub tops: ByStatus<Vec<Usd>>,
    /// How the printed Tax Table is made.
    pub table: TaxTable,
}

/// How the printed Tax Table is made.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxTable {
    /// The table is used below this taxable income.
    pub below: Usd,
    /// Stretches of rows: from, to, width of a row.
    pub rows: Vec<(Usd, Usd, Usd)>,
}

/// The standard deduction.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The basic amount.
    pub basic: ByStatus<Usd>,
    /// For each box of an unmarried filer.
    pub extra_unmarried: Usd,
    /// For each box of a married filer or a surviving spouse.
    pub extra_married: Usd,
}

/// The deduction for seniors.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Senior {
    /// For each person.
    pub amount: Usd,
    /// Taken off each amount, of income over the start.
    pub rate: Rate,
    /// Where it begins to shrink.
    pub start: ByStatus<Usd>,
}

/// A deduction of part of the pay, for tips or overtime.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayDeduction {
    /// At most.
    pub cap: ByStatus<Usd>,
    /// Where it begins to shrink.
    pub start: ByStatus<Usd>,
    /// The width of a step of income.
    pub step: Usd,
    /// Taken off for each full step.
    pub per_step: Usd,
}

/// Self-employment tax.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfEmployment {
    /// The share of profit that counts.
    pub net_rate: Rate,
    /// Less than this owes no tax.
    pub floor: Usd,
    /// Earnings subject to social security tax, at most.
    pub wage_base: Usd,
    /// The social security rate.
    pub oasdi: Rate,
    /// The Medicare rate.
    pub medicare: Rate,
    /// The deductible share of the tax.
    pub half: Rate,
}

/// What is withheld from an employee's wages.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fica {
    /// The social security rate.
    pub oasdi: Rate,
    /// The Medicare rate.
    pub medicare: Rate,
    /// One employer's wages over this bear Additional Medicare Tax at the source.
    pub additional_over: Usd,
}

/// Additional Medicare Tax.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdditionalMedicare {
    /// The rate.
    pub rate: Rate,
    /// Earnings over this bear it.
    pub threshold: ByStatus<Usd>,
}

/// The qualified business income deduction.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Qbi {
    /// The rate.
    pub rate: Rate,
    /// The part of wages paid that limits the deduction above the threshold.
    pub wage_rate: Rate,
    /// The part of wages paid that does so together with property.
    pub wage_rate_with_property: Rate,
    /// The part of qualified property that limits the deduction above the threshold.
    pub property_rate: Rate,
    /// Up to this taxable income Form 8995 is used.
    pub threshold: ByStatus<Usd>,
    /// The range above the threshold in which the limits of Form 8995-A phase in.
    pub range: ByStatus<Usd>,
    /// The least deduction, where the year has one.
    pub minimum: Option<QbiMinimum>,
}

/// The least qualified business income deduction.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QbiMinimum {
    /// The deduction.
    pub deduction: Usd,
    /// From this income of active businesses on.
    pub active_income: Usd,
}

/// The child tax credit and the credit for other dependents.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// For each qualifying child under 17.
    pub per_child: Usd,
    /// For each other dependent.
    pub per_other: Usd,
    /// Refundable at most, for each child.
    pub refundable_max: Usd,
    /// Where it begins to shrink.
    pub start: ByStatus<Usd>,
    /// Income over the start counts in steps.
    pub step: Usd,
    /// Taken off, of the stepped income.
    pub rate: Rate,
    /// Earned income over this makes the credit refundable.
    pub earned_floor: Usd,
    /// At this rate.
    pub earned_rate: Rate,
}

/// The earned income credit, by number of qualifying children: none, one, two, three or more.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eic {
    /// The earned income amount.
    pub earned: [Usd; 4],
    /// The most credit.
    pub most: [Usd; 4],
    /// Where it begins to shrink, unless joint.
    pub start: [Usd; 4],
    /// Where it begins to shrink on a joint return.
    pub start_joint: [Usd; 4],
    /// The credit rate.
    pub rate_in: [Rate; 4],
    /// The phase-out rate.
    pub rate_out: [Rate; 4],
    /// Investment income over this allows no credit.
    pub investment: Usd,
    /// The width of a row of the EIC Table.
    pub row: Usd,
    /// The youngest without a child.
    pub youngest: i64,
    /// The oldest without a child.
    pub oldest: i64,
}

/// The credit for retirement savings.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Savers {
    /// Contributions that count, for each person.
    pub cap: Usd,
    /// The three rates, highest first.
    pub rates: [Rate; 3],
    /// Up to which income each rate goes.
    pub tops: ByStatus<[Usd; 3]>,
    /// The youngest who may take it.
    pub youngest: i64,
}

/// A self-employed person's own plan: SEP, profit sharing, one-participant 401(k).
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The plan's rate, at most.
    pub rate: Rate,
    /// The same rate for oneself: rate / (1 + rate).
    pub reduced_rate: Rate,
    /// Compensation that counts, at most.
    pub compensation: Usd,
    /// The contribution, at most.
    pub annual_additions: Usd,
}

/// The home office: the simplified method, and the depreciation of the regular one.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeOffice {
    /// Dollars a square foot.
    pub per_foot: Usd,
    /// Square feet, at most.
    pub most_feet: i64,
    /// Depreciation of the home by the regular method.
    pub depreciation: HomeDepreciation,
}

/// Depreciation of a home used for business: nonresidential real property, straight line, mid-month.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeDepreciation {
    /// The percentage of the first year, by the month of first business use.
    pub first_year: Vec<Rate>,
    /// The percentage of each later year.
    pub later_years: Rate,
    /// The rate on it at a sale, at most.
    pub recapture: Rate,
}

/// What a mile for the business counts, by the standard rate.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mileage {
    /// For a mile.
    pub business: PerMile,
    /// Of it, what the basis of the car falls by.
    pub depreciation: PerMile,
    /// What holds from a month of the year on, where the rate changed within it.
    pub later: Option<LaterMileage>,
}

/// What a mile counts from a month of the year on.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterMileage {
    /// The month with whose first day it begins.
    pub month: u32,
    /// For a mile.
    pub business: PerMile,
    /// Of it, what the basis of the car falls by.
    pub depreciation: PerMile,
}

/// The safe harbor for small purchases.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeMinimis {
    /// The price of an item, at most.
    pub per_item: Usd,
}

/// The election to expense property placed in service.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section179 {
    /// At most.
    pub limit: Usd,
    /// The cost of the year's property from which the limit shrinks.
    pub start: Usd,
    /// The part of the limit for a separate return, unless allocated otherwise.
    pub separate: Rate,
}

/// Costs of starting a business, before it began.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Startup {
    /// Deducted in the first year, at most.
    pub at_once: Usd,
    /// The costs from which that shrinks.
    pub start: Usd,
    /// The rest is spread over so many months.
    pub months: i64,
}

/// When a payer must send a Form 1099.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form1099 {
    /// Payments of a year for services: from this amount on, Form 1099-NEC.
    pub services: Usd,
    /// Payments of a year through a third party network: Form 1099-K where they are more than this,
    pub network_over: Usd,
    /// and are more than so many.
    pub network_payments_over: i64,
}

/// Elective deferrals of one person, all employers together.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deferral {
    /// At most, without catch-up.
    pub limit: Usd,
    /// Catch-up contributions, at most.
    pub catch_up: Usd,
    /// From the year on in which this age is reached.
    pub catch_up_from: i64,
    /// The catch-up of some ages, where the year has it.
    pub older: Option<OlderDeferral>,
}

impl Deferral {
    /// Catch-up contributions at an age, at most.
    pub fn catch_up_at(&self, age: i64) -> Usd {
        match &self.older {
            Some(older) if (older.from..=older.to).contains(&age) => older.catch_up,
            _ if age >= self.catch_up_from => self.catch_up,
            _ => Usd::ZERO,
        }
    }
}

/// The larger catch-up of some ages.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OlderDeferral {
    /// Catch-up contributions, at most.
    pub catch_up: Usd,
    /// The youngest.
    pub from: i64,
    /// The oldest.
    pub to: i64,
}

/// Health savings accounts.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hsa {
    /// The year's limit under self-only coverage.
    pub self_only: Usd,
    /// The year's limit under family coverage.
    pub family: Usd,
    /// More, of an older person.
    pub additional: Usd,
    /// From the year on in which this age is reached.
    pub additional_from: i64,
    /// Additional tax on distributions not spent on medical care.
    pub penalty: Rate,
    /// None from this age on.
    pub free_from: i64,
}

/// Premiums of long-term care insurance that count as medical care.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LongTermCare {
    /// The last age of each group but the oldest.
    pub ages: [i64; 4],
    /// For each group, at most.
    pub most: [Usd; 5],
}

impl LongTermCare {
    /// Premiums that count for a person of an age, at most.
    pub fn most_at(&self, age: i64) -> Usd {
        self.most[self.ages.iter().filter(|last| age > **last).count()]
    }
}

/// Losses of a business.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// A greater loss of all businesses is limited by Form 461.
    pub most: ByStatus<Usd>,
}

/// Long-term gains and qualified dividends.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gains {
    /// Taxable income up to which the first rate holds.
    pub zero: ByStatus<Usd>,
    /// Taxable income up to which the second rate holds.
    pub fifteen: ByStatus<Usd>,
    /// The three rates.
    pub rates: [Rate; 3],
    /// A net loss deducted from other income, at most.
    pub loss: ByStatus<Usd>,
}

/// Net investment income tax.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Niit {
    /// The rate.
    pub rate: Rate,
    /// Modified adjusted gross income over this bears it.
    pub threshold: ByStatus<Usd>,
}

/// State and local taxes on Schedule A.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salt {
    /// Deductible at most, before the worksheet halves it for a separate return.
    pub cap: Usd,
    /// How the cap shrinks with income, where the year has it.
    pub phase_down: Option<SaltPhaseDown>,
}

/// How the cap on state and local taxes shrinks with income.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaltPhaseDown {
    /// Where it begins.
    pub start: ByStatus<Usd>,
    /// Taken off, of income over the start.
    pub rate: Rate,
    /// The cap never falls below this.
    pub floor: Usd,
}

/// Itemized deductions, and what replaces them.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Itemized {
    /// Medical expenses over this share of adjusted gross income count.
    pub medical_floor: Rate,
    /// Cash gifts count up to this share of adjusted gross income.
    pub charity_ceiling: Rate,
    /// Gifts over this share of adjusted gross income count, where the year has it.
    pub charity_floor: Option<Rate>,
    /// The limit in the highest bracket, where the year has it.
    pub limit: Option<ItemizedLimit>,
    /// How mortgage insurance premiums are deducted, where the year has it.
    pub mortgage_insurance: Option<MortgageInsurance>,
    /// What those who do not itemize may deduct, where the year has it.
    pub without: Option<WithoutItemizing>,
}

/// The limit on itemized deductions in the highest bracket: a fraction.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemizedLimit {
    /// The part.
    pub of: i64,
    /// The whole.
    pub whole: i64,
}

/// How the deduction of mortgage insurance premiums shrinks.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MortgageInsurance {
    /// Where it begins to shrink.
    pub start: ByStatus<Usd>,
    /// The width of a step of income.
    pub step: ByStatus<Usd>,
    /// The share taken off for each started step.
    pub per_step: Rate,
}

/// What those who do not itemize may deduct.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithoutItemizing {
    /// Cash gifts to charity, at most.
    pub charity: ByStatus<Usd>,
}

/// The alternative minimum tax.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amt {
    /// The exemption.
    pub exemption: ByStatus<Usd>,
    /// Where the exemption begins to shrink.
    pub start: ByStatus<Usd>,
    /// Taken off the exemption, of income over the start.
    pub rate_out: Rate,
    /// The lower rate.
    pub low: Rate,
    /// The higher rate.
    pub high: Rate,
    /// Where the higher rate begins.
    pub high_from: ByStatus<Usd>,
    /// On a separate return, income over this is increased.
    pub separate_addition_from: Usd,
}

/// Contributions to IRAs and their deduction.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ira {
    /// Contributions, at most.
    pub limit: Usd,
    /// More, of an older person.
    pub catch_up: Usd,
    /// From the year on in which this age is reached.
    pub catch_up_from: i64,
    /// The phase-out of a person whom a plan covers: from, to.
    pub covered: ByStatus<(Usd, Usd)>,
    /// The phase-out on a joint return of a person whose spouse alone is covered.
    pub spouse_covered: (Usd, Usd),
    /// The phase-out of Roth contributions: from, to.
    pub roth: ByStatus<(Usd, Usd)>,
    /// The least reduced limit above zero.
    pub least: Usd,
    /// The reduced limit is rounded up to the next multiple.
    pub step: Usd,
}

impl Ira {
    /// Contributions of a person of an age, at most.
    pub fn limit_at(&self, age: i64) -> Usd {
        self.limit + if age >= self.catch_up_from { self.catch_up } else { Usd::ZERO }
    }
}

/// The deduction of student loan interest.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentLoan {
    /// Interest, at most.
    pub cap: Usd,
    /// Where the deduction begins to shrink.
    pub start: ByStatus<Usd>,
    /// Over how much it shrinks to nothing.
    pub width: ByStatus<Usd>,
}

/// The premium tax credit of marketplace insurance.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumCredit {
    /// The poverty line: the guidelines of the year before.
    pub poverty: Poverty,
    /// The applicable figure, in stretches of income.
    pub tiers: Vec<PremiumTier>,
    /// The applicable figure above them.
    pub top: Rate,
    /// No credit below this income, in percent of the poverty line, unless it was advanced.
    pub least_percent: i64,
    /// No credit above this income, in percent of the poverty line, where the year has such an end.
    pub most_percent: Option<i64>,
    /// The most that is paid back of an advance, where the year has such a limit.
    pub repayment: Option<Vec<RepaymentLimit>>,
}

/// How much of social security benefits is taxed.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SocialSecurity {
    /// The part of benefits that counts as income, and the part of income over the base that is taxed.
    pub half: Rate,
    /// The part of benefits that is taxed at most, and of income over both amounts.
    pub most: Rate,
    /// Income over this makes benefits taxable.
    pub base: ByStatus<Usd>,
    /// Income over the base and this makes more of them taxable.
    pub second: ByStatus<Usd>,
}

/// The poverty line by place.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poverty {
    /// The 48 states and the District of Columbia.
    pub contiguous: PovertyLine,
    /// Alaska.
    pub alaska: PovertyLine,
    /// Hawaii.
    pub hawaii: PovertyLine,
}

/// The poverty line of one place.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PovertyLine {
    /// For one person.
    pub first: Usd,
    /// For each further person.
    pub additional: Usd,
}

/// A stretch of income in which the applicable figure rises evenly. Income in percent of the poverty line.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumTier {
    /// Below this income, from the end of the stretch before it on.
    pub below: i64,
    /// The figure at its start.
    pub initial: Rate,
    /// The figure at its end.
    pub last: Rate,
}

/// The most that is paid back of an advance.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepaymentLimit {
    /// With income below this percentage of the poverty line.
    pub below: i64,
    /// For a single filer.
    pub single: Usd,
    /// For every other filer.
    pub other: Usd,
}

/// Dependent care: the credit, and the exclusion of benefits. Pairs are for one qualifying person, and for two or more.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Care {
    /// Expenses that count, at most.
    pub limit: [Usd; 2],
    /// Taken as earned in a month as a student or unable to care for oneself.
    pub deemed: [Usd; 2],
    /// The percentage of the credit up to the start.
    pub most: Rate,
    /// The percentage never falls below this.
    pub least: Rate,
    /// Taken off the percentage for each started step.
    pub per_step: Rate,
    /// Where the percentage begins to fall.
    pub start: Usd,
    /// The width of a step of income.
    pub step: Usd,
    /// Where it halts and falls on, where the year has it.
    pub second: Option<CareSecond>,
    /// Benefits of an employer that are excluded, at most.
    pub benefits: ByStatus<Usd>,
}

/// The percentage of the credit for dependent care falls twice, and halts in between.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareSecond {
    /// The first fall ends here.
    pub middle: Rate,
    /// Where the second fall begins, unless joint.
    pub start: Usd,
    /// Where the second fall begins on a joint return.
    pub start_joint: Usd,
    /// The width of a step of income, unless joint.
    pub step: Usd,
    /// The width of a step of income on a joint return.
    pub step_joint: Usd,
}

/// The education credits.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Education {
    /// Expenses of a student that count for the American opportunity credit, at most.
    pub american: Usd,
    /// Of these, credited in full.
    pub full: Usd,
    /// The rate on the rest of them.
    pub part: Rate,
    /// The refundable share of the American opportunity credit.
    pub refundable: Rate,
    /// Expenses of all students that count for the lifetime learning credit, at most.
    pub lifetime: Usd,
    /// The rate of the lifetime learning credit.
    pub lifetime_rate: Rate,
    /// Where both credits end, unless joint.
    pub end: Usd,
    /// Where both credits end on a joint return.
    pub end_joint: Usd,
    /// Over how much below the end they shrink, unless joint.
    pub width: Usd,
    /// Over how much below the end they shrink on a joint return.
    pub width_joint: Usd,
}

/// The tax on unearned income of young filers whom parents support.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kiddie {
    /// Unearned income beyond which it is due.
    pub unearned: Usd,
}

/// The credit for the elderly.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elderly {
    /// The initial amount where one person qualifies.
    pub one: Usd,
    /// The initial amount where both spouses qualify.
    pub two: Usd,
    /// Where it begins to shrink, unless joint.
    pub start: Usd,
    /// Where it begins to shrink on a joint return.
    pub start_joint: Usd,
    /// Taken off the initial amount, of income over the start.
    pub excess: Rate,
    /// The rate of the credit.
    pub rate: Rate,
}

/// The deduction of interest on a car loan.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarLoan {
    /// At most.
    pub cap: Usd,
    /// Where it begins to shrink.
    pub start: ByStatus<Usd>,
    /// The width of a step of income.
    pub step: Usd,
    /// Taken off for each started step.
    pub per_step: Usd,
}

/// Why law does not load, or is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No law file for the year.
    #[error("perchart has no law for tax year {0}; it has 2024, 2025 and 2026")]
    Year(i32),
    /// A figure has no citation.
    #[error("{0}: no citation")]
    Uncited(String),
    /// The file is not law: not TOML, an unknown or a missing figure, or a figure of the wrong sort.
    #[error("{0}")]
    Text(String),
}

/// A figure's authority, and the figure as the file writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The authority.
    pub cite: String,
    /// The figure, as the file writes it.
    pub figure: String,
    /// Of a table its rows, each in words; empty for a figure that stands alone.
    pub rows: Vec<String>,
}

/// Citations by path, such as `se.wage_base`.
pub type Citations = BTreeMap<String, Citation>;

struct File {
    year: u16,
    text: &'static str,
    figures: OnceLock<Result<Law, Problem>>,
    citations: OnceLock<Result<Citations, Problem>>,
}

impl File {
    const fn new(year: u16, text: &'static str) -> File {
        File { year, text, figures: OnceLock::new(), citations: OnceLock::new() }
    }

    fn of(year: i32) -> Result<&'static File, Problem> {
        FILES.iter().find(|file| i32::from(file.year) == year).ok_or(Problem::Year(year))
    }

    fn figures(&self) -> Result<&Law, Problem> {
        self.figures.get_or_init(|| load::figures(self.text)).as_ref().map_err(|problem| self.fails(problem))
    }

    fn citations(&self) -> Result<&Citations, Problem> {
        self.citations.get_or_init(|| load::citations(self.text)).as_ref().map_err(|problem| self.fails(problem))
    }

    fn fails(&self, problem: &Problem) -> Problem {
        Problem::Text(format!("the law file of {} does not load: {problem}", self.year))
    }
}

static FILES: [File; 3] = [
    File::new(2024, include_str!("law/us/2024.toml")),
    File::new(2025, include_str!("law/us/2025.toml")),
    File::new(2026, include_str!("law/us/2026.toml")),
];

/// The tax years that have a law file, oldest first.
pub fn years() -> impl Iterator<Item = u16> {
    FILES.iter().map(|file| file.year)
}

/// The law and the citations of a tax year.
///
/// # Errors
/// [`Problem::Year`] for a year without a law file.
pub fn of(year: i32) -> Result<(&'static Law, &'static Citations), Problem> {
    let file = File::of(year)?;
    Ok((file.figures()?, file.citations()?))
}

/// The law of a tax year without its citations, which take longer to read than the figures.
///
/// # Errors
/// [`Problem::Year`] for a year without a law file.
pub fn figures(year: i32) -> Result<&'static Law, Problem> {
    File::of(year)?.figures()
}

/// Reads a law file.
///
/// # Errors
/// [`Problem::Uncited`] for a figure without a citation, [`Problem::Text`] for anything else that is not law.
pub fn parse(text: &str) -> Result<(Law, Citations), Problem> {
    load::read(text)
}
