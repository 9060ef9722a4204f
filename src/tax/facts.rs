//! The facts that forms read: a household, its persons, their wages, plans and businesses.

use crate::facts;
pub use crate::law::FilingStatus;
use crate::money::Usd;
use crate::tax::form::{Blank, Cell, Value};
use crate::tax::form_4562::Depreciation;

impl Cell for FilingStatus {
    fn value(self) -> Value {
        Value::Word(self.words())
    }
}

impl Blank for FilingStatus {
    const BLANK: FilingStatus = FilingStatus::Single;
}

facts! {
    /// What one Schedule C rests on: one trade or business of one person, cash basis.
    Business = "business" {
        gross_receipts: Usd "Gross receipts: money received in the year, reported on a 1099 or not";
        returns: Usd "Returns and allowances: fees paid back to payers";
        other_income: Usd "Other income of the business, such as a cash bonus of its bank";
        advertising: Usd "Advertising";
        car: Usd "Car and truck expenses of the business";
        commissions: Usd "Commissions and fees";
        contract_labor: Usd "Contract labor";
        depreciation: Usd "Depreciation and section 179 expense deduction, figured elsewhere";
        insurance: Usd "Insurance other than health";
        interest: Usd "Interest other than mortgage";
        legal: Usd "Legal and professional services";
        office: Usd "Office expense";
        rent_equipment: Usd "Rent or lease of vehicles, machinery, equipment";
        rent_property: Usd "Rent or lease of other business property";
        repairs: Usd "Repairs and maintenance";
        supplies: Usd "Supplies";
        taxes: Usd "Taxes and licenses";
        travel: Usd "Travel";
        meals: Usd "Deductible meals, after the 50% limit";
        utilities: Usd "Utilities";
        wages: Usd "Wages paid to employees";
        other: Usd "Other expenses, Part V line 48";
        home_area: i64 "Square feet of the home used regularly and exclusively for the business";
        home_months: i64 "Months of the year in which the home was so used";
        home_actual: Usd "Expenses for business use of the home by the regular method, Form 8829 line 36";
        property: Usd "Qualified property: unadjusted basis immediately after acquisition, within its period";
        recaptured: Usd "Section 179 and depreciation that come back as business use falls, Form 4797 Part IV";
        property_gain: Usd "Ordinary gain or loss on property of the business, Form 4797 Part II";
        specified_service: i64 "A specified service (IRC 199A(d)(2)): 1 if so; coding charts is none";
    }
}

facts! {
    /// The home office of one business, where perchart knows more of it than its square feet: amounts of the time in which
    /// the home was used for business.
    HomeOffice = "home-office" {
        actual: i64 "Deducts by the regular method, Form 8829: 1 if so; else by the simplified method";
        area: i64 "Area used regularly and exclusively for business, in square feet or rooms of about equal size";
        whole: i64 "Area of the whole home, in the same measure";
        mortgage: Usd "Mortgage interest of the home within the debt limit";
        mortgage_over: Usd "Mortgage interest of the home over the debt limit";
        real_estate: Usd "Real estate taxes of the home";
        insurance: Usd "Insurance of the home";
        rent: Usd "Rent of the home";
        repairs: Usd "Repairs and maintenance of the home";
        utilities: Usd "Utilities of the home";
        other: Usd "Other expenses of the home";
        insurance_direct: Usd "Insurance of the office alone";
        repairs_direct: Usd "Repairs and maintenance of the office alone";
        utilities_direct: Usd "Utilities of the office alone";
        other_direct: Usd "Other expenses of the office alone";
        carryover_operating: Usd "Operating expenses carried here, last Form 8829 line 43";
        carryover_depreciation: Usd "Depreciation carried here, last Form 8829 line 44";
        basis: Usd "Adjusted basis of the home, with land, when first used for business; none for one who rents";
        value: Usd "Fair market value of the home, with land, when first used for business";
        land: Usd "Land within the smaller of the two";
        first_month: i64 "Month of the year in which business use began; 0 if in an earlier year";
    }
}

facts! {
    /// What a person's Forms W-2 say, all employers together.
    W2 = "w2" {
        wages: Usd "Wages, tips, other compensation, box 1";
        withheld: Usd "Federal income tax withheld, box 2";
        ss_wages: Usd "Social security wages and tips, boxes 3 and 7";
        ss_withheld: Usd "Social security tax withheld, box 4";
        medicare_wages: Usd "Medicare wages and tips, box 5";
        medicare_withheld: Usd "Medicare tax withheld, box 6";
        deferrals: Usd "Elective deferrals, box 12 codes D and E";
        overtime_premium: Usd "Qualified overtime compensation: the half of time-and-a-half";
        tips: Usd "Qualified tips";
        care: Usd "Dependent care benefits, box 10";
        hsa: Usd "Employer's contributions to a health savings account, box 12 code W";
    }
}

facts! {
    /// What a self-employed person pays for her own retirement and health, for the year.
    OwnBenefits = "own_benefits" {
        sep: Usd "Paid by the business into one's own SEP or 401(k) for the year, as the employer";
        deferral: Usd "Deferred into one's own 401(k) for the year, catch-up and Roth included";
        roth_deferral: Usd "Of that, designated Roth contributions";
        health: Usd "Health, dental and vision premiums paid, for months without a subsidized employer plan; marketplace plans apart";
        long_term_care: Usd "Premiums of one's own long-term care insurance, for months without a subsidized employer plan";
        ira: Usd "Paid into one's own traditional IRA for the year";
        roth_ira: Usd "Paid into one's own Roth IRA for the year";
        covered_at_work: i64 "Covered by an employer's retirement plan: 1 if so";
        hsa: Usd "Paid by oneself into one's health savings account for the year";
        hsa_self_months: i64 "Months with self-only coverage under a high-deductible plan on the first day";
        hsa_family_months: i64 "Months with family coverage under a high-deductible plan on the first day";
        hsa_distributions: Usd "Distributions from the health savings account, Form 1099-SA";
        hsa_medical: Usd "Of these, spent on qualified medical expenses";
    }
}

facts! {
    /// Income of the household other than wages and business.
    OtherIncome = "other_income" {
        interest: Usd "Taxable interest";
        exempt_interest: Usd "Tax-exempt interest";
        dividends: Usd "Ordinary dividends, the qualified ones included";
        qualified_dividends: Usd "Qualified dividends";
        long_gain: Usd "Net long-term capital gain or loss";
        short_gain: Usd "Net short-term capital gain or loss";
        ira_distributions: Usd "Taxable IRA distributions";
        pensions: Usd "Taxable pensions and annuities";
        social_security: Usd "Social security benefits, Forms SSA-1099 box 5";
        state_refund: Usd "Taxable refund of state or local income taxes";
        unemployment: Usd "Unemployment compensation";
        other: Usd "Other income: jury pay, prizes and the like";
        withheld: Usd "Federal income tax withheld from it, Forms 1099 and SSA-1099";
        qbi_loss: Usd "Qualified business loss carried from the year before, Form 8995";
    }
}

facts! {
    /// What the household pays that Schedule A or Schedule 1 takes off.
    Payments = "payments" {
        student_interest: Usd "Student loan interest";
        medical: Usd "Medical and dental expenses, without premiums stated as one's own";
        taxes: Usd "State and local income taxes, or general sales taxes";
        real_estate: Usd "State and local real estate taxes";
        property_tax: Usd "State and local personal property taxes";
        mortgage: Usd "Home mortgage interest, within the debt limit";
        mortgage_insurance: Usd "Mortgage insurance premiums";
        charity: Usd "Gifts to charity by cash or check";
        care: Usd "Child and dependent care expenses, for qualifying persons, so that all on the return could work";
        car_loan: Usd "Interest on the loan for a new personal car assembled in the United States, no part of it on Schedule C";
    }
}

facts! {
    /// What the return knows about its filers.
    Filer = "filer" {
        status: FilingStatus "Filing status";
        boxes: i64 "Boxes checked: born early enough to count as 65, or blind";
        seniors: i64 "Persons on the return who count as 65";
        family: i64 "Tax family: the persons on the return and their dependents";
        children_under_17: i64 "Qualifying children under 17";
        other_dependents: i64 "Other dependents";
        eic_children: i64 "Qualifying children for the earned income credit";
        of_eic_age: i64 "Persons on the return aged 25 to 64";
        care_persons: i64 "Qualifying persons for dependent care: children under 13, dependents and a spouse who cannot care for themselves";
        estimated_payments: Usd "Estimated tax payments for the year";
        under_24: i64 "Under 24 and not supporting oneself: no refundable education credit, 1 if so";
    }
}

facts! {
    /// What the return knows about one person on it.
    Individual = "person" {
        age: i64 "Age at the end of the year";
        reached: i64 "Age where the law says \"born after January 1\": a year more for those born on that day";
        senior: i64 "Counts as 65: 1 if so";
        disabled: i64 "Retired on permanent and total disability: 1 if so";
        unable_months: i64 "Months without earnings as a full-time student or unable to care for oneself";
        student: i64 "Supported at 19 to 23, so a full-time student: 1 if so";
    }
}

facts! {
    /// One student's costs of higher education, less what was paid free of tax.
    Student = "student" {
        expenses: Usd "Qualified education expenses";
        american: i64 "Claims the American opportunity credit: 1 if so; else the lifetime learning credit";
    }
}

facts! {
    /// One month of health insurance from the marketplace, Form 1095-A.
    CoveredMonth = "marketplace" {
        premium: Usd "Enrollment premium, column A";
        benchmark: Usd "Premium of the second lowest cost silver plan, column B";
        advance: Usd "Advance payment of the premium tax credit, column C";
        own_business: i64 "No subsidized employer plan was on offer to anyone insured: 1 if so; such premiums may be deducted";
    }
}

/// Where the poverty line is looked up (Form 8962 line 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The 48 states and the District of Columbia.
    #[default]
    Contiguous,
    /// Alaska.
    Alaska,
    /// Hawaii.
    Hawaii,
}

/// Health insurance from the marketplace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marketplace {
    /// January to December.
    pub months: [CoveredMonth; 12],
    /// Where the household lives.
    pub place: Place,
    /// Modified adjusted gross income of dependents who must file.
    pub dependents_income: Usd,
}

/// One person on the return.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Age at the end of the year.
    pub age: i64,
    /// Born on January 1: the law that says "before January 2" counts a year more.
    pub new_years_child: bool,
    /// Legally blind at the end of the year.
    pub blind: bool,
    /// Retired on permanent and total disability.
    pub disabled: bool,
    /// Months of the year without earnings as a full-time student or unable to care for oneself.
    pub unable_months: i64,
    /// Cannot care for oneself: a qualifying person for dependent care on a joint return (IRC 21(b)(1)(C)).
    pub needs_care: bool,
    /// Forms W-2.
    pub w2: W2,
    /// Own retirement and health payments.
    pub own: OwnBenefits,
    /// Every trade or business; the first one sponsors the plan and the health insurance.
    pub businesses: Vec<Business>,
    /// Home offices in the order of the businesses; a business beyond the list has none, or its square feet alone.
    pub offices: Vec<HomeOffice>,
    /// What the first of them depreciates and amortizes.
    pub depreciation: Option<Box<Depreciation>>,
}

impl Person {
    /// The age that counts where the law says "born before January 2".
    pub fn reached(&self) -> i64 {
        self.age.saturating_add(i64::from(self.new_years_child))
    }
}

/// One dependent, who lived with the filer for more than half the year and has a social security number valid for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// Age at the end of the year.
    pub age: i64,
    /// A child, stepchild, foster child, sibling or a descendant of one of them; otherwise another dependent.
    pub child: bool,
    /// A full-time student.
    pub student: bool,
    /// Permanently and totally disabled.
    pub disabled: bool,
}

impl Dependent {
    /// A qualifying child for the child tax credit: under 17 (IRC 24(c)(1)).
    pub fn is_for_child_credit(&self) -> bool {
        self.child && self.age < 17
    }

    /// A qualifying person for dependent care: a child under 13, or a dependent who cannot care for himself (IRC 21(b)(1)).
    pub fn is_for_care(&self) -> bool {
        self.child && self.age < 13 || self.disabled
    }

    /// A qualifying child for the earned income credit: under 19, a student under 24, or disabled (IRC 32(c)(3), 152(c)(3)).
    pub fn is_for_earned_income_credit(&self) -> bool {
        self.child && (self.age < 19 || self.student && self.age < 24 || self.disabled)
    }
}

/// Everything that is known about the household whose return is filled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Household {
    /// Filing status.
    pub status: FilingStatus,
    /// The filer.
    pub taxpayer: Person,
    /// The spouse on a joint return.
    pub spouse: Option<Person>,
    /// Dependents claimed.
    pub dependents: Vec<Dependent>,
    /// Estimated tax payments for the year.
    pub estimated_payments: Usd,
    /// Income other than wages and business.
    pub other_income: OtherIncome,
    /// What Schedule A or Schedule 1 takes off.
    pub payments: Payments,
    /// Students whose costs may bring an education credit.
    pub students: Vec<Student>,
    /// The filer has a living parent and earned less than half of the own support, from 19 on as a full-time student:
    /// under 24 and not joint, no education credit is refunded (IRC 25A(i)(5)).
    pub supported: bool,
    /// Health insurance from the marketplace.
    pub marketplace: Option<Box<Marketplace>>,
    /// Facts stated by the user that this engine does not model.
    pub outside: Vec<super::screen::Outside>,
}

impl Household {
    /// The persons on the return: the filer, then the spouse.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        std::iter::once(&self.taxpayer).chain(self.spouse.as_ref())
    }
}
