//! Every key of the profile: name, type, reader, default as the file shows it, what it is.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::template::{Line, Written};
use crate::money::Usd;
use crate::tax::facts::{FilingStatus, Place};

/// Writes one table of the profile: the struct that is read and the lines that are written.
macro_rules! table {
    (
        $(#[$doc:meta])*
        $Table:ident {
            $($key:ident: $Ty:ty, $reader:tt, $default:literal, $text:literal;)*
        }
        $(and { $($(#[$inner:meta])* $table:ident: $Inner:ty;)+ })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $Table {
            $(
                #[doc = $text]
                #[serde(deserialize_with = $reader)]
                pub $key: Option<$Ty>,
            )*
            $($($(#[$inner])* pub $table: $Inner,)+)?
        }

        impl $Table {
            /// The keys in order, with what was stated.
            pub(super) fn lines(&self) -> Vec<Line> {
                vec![$(Line {
                    key: stringify!($key),
                    stated: self.$key.as_ref().map(Written::written),
                    default: $default,
                    text: $text,
                }),*]
            }
        }
    };
}

table! {
    /// Who files the return.
    Household {
        filing_status: FilingStatus, "super::read::word", "\"single\"", "single, joint, separate, head or survivor";
        born: Born, "super::read::birth", "1985-03-02", "your birth date, or the year alone";
        blind: bool, "super::read::flag", "false", "legally blind on December 31";
        disabled: bool, "super::read::flag", "false", "retired on permanent and total disability";
        student_or_disabled_months: i64, "super::read::months", "0", "months without earnings as a full-time student, or unable to care for yourself";
        needs_care: bool, "super::read::flag", "false", "unable to care for yourself: on a joint return, dependent care";
        ira: Usd, "super::read::dollars", "0", "paid into your own traditional IRA for the year";
        roth_ira: Usd, "super::read::dollars", "0", "paid into your own Roth IRA for the year";
        long_term_care: Usd, "super::read::dollars", "0", "your own long-term care insurance, premiums of the year";
        supported: bool, "super::read::flag", "false", "under 24, with a living parent, and earning less than half of your support";
        outside: Vec<String>, "super::read::word", "[]", "what applies to you of the list below; [] says: nothing";
    }
    and {
        /// The filer's health savings account.
        hsa: Hsa;
        /// The filer's own Forms W-2, besides the work by the piece.
        wages: Wages;
        /// Income of the household other than wages and business.
        income: Income;
        /// What the household pays that its return may take off.
        paid: Paid;
        /// Students whose costs the household pays.
        #[serde(rename = "student")]
        students: Vec<Student>;
        /// Health insurance from the marketplace.
        marketplace: Option<Marketplace>;
        /// The spouse, on a joint or separate return.
        spouse: Option<Spouse>;
        /// Dependents claimed.
        #[serde(rename = "dependent")]
        dependents: Vec<Dependent>;
    }
}

table! {
    /// The filer's spouse.
    Spouse {
        born: Born, "super::read::birth", "1985-03-02", "birth date, or the year alone";
        blind: bool, "super::read::flag", "false", "legally blind on December 31";
        disabled: bool, "super::read::flag", "false", "retired on permanent and total disability";
        student_or_disabled_months: i64, "super::read::months", "0", "months without earnings as a full-time student, or unable to care for oneself";
        needs_care: bool, "super::read::flag", "false", "unable to care for oneself: the care counts as dependent care";
        ira: Usd, "super::read::dollars", "0", "paid into a traditional IRA for the year";
        roth_ira: Usd, "super::read::dollars", "0", "paid into a Roth IRA for the year";
        long_term_care: Usd, "super::read::dollars", "0", "the spouse's long-term care insurance, premiums of the year";
        profit: Usd, "super::read::signed", "0", "of a business of the spouse's own, Schedule C line 31; a loss is negative";
        specified_service: bool, "super::read::flag", "false", "that business is a specified service (IRC 199A(d)(2)): health, law, ...";
    }
    and {
        /// The spouse's health savings account.
        hsa: Hsa;
        /// The spouse's Forms W-2.
        wages: Wages;
    }
}

table! {
    /// A person's health savings account.
    Hsa {
        paid: Usd, "super::read::dollars", "0", "paid in for the year by its owner, not by an employer";
        self_months: i64, "super::read::months", "0", "months with a high-deductible plan for one person on the first day";
        family_months: i64, "super::read::months", "0", "months with one for a family on the first day; each month counts once";
        distributions: Usd, "super::read::dollars", "0", "taken out, Form 1099-SA box 1";
        medical: Usd, "super::read::dollars", "0", "of that, spent on medical expenses";
    }
}

table! {
    /// What a person's Forms W-2 say, all employers together.
    Wages {
        box1: Usd, "super::read::dollars", "0", "wages, tips, other compensation";
        box2: Usd, "super::read::dollars", "0", "federal income tax withheld";
        box3: Usd, "super::read::dollars", "0", "social security wages, with the tips of box 7";
        box4: Usd, "super::read::dollars", "0", "social security tax withheld";
        box5: Usd, "super::read::dollars", "0", "Medicare wages and tips";
        box6: Usd, "super::read::dollars", "0", "Medicare tax withheld";
        box10: Usd, "super::read::dollars", "0", "dependent care benefits";
        box12d: Usd, "super::read::dollars", "0", "paid into a 401(k), box 12 code D";
        box12w: Usd, "super::read::dollars", "0", "the employer's part of a health savings account, box 12 code W";
        box13: bool, "super::read::flag", "false", "box 13 \"retirement plan\" is checked";
        tips: Usd, "super::read::dollars", "0", "of the wages, qualified tips (IRC 224)";
        overtime_premium: Usd, "super::read::dollars", "0", "of the wages, the half of time and a half (IRC 225)";
    }
}

table! {
    /// Income of the household other than wages and business.
    Income {
        interest: Usd, "super::read::dollars", "0", "taxable interest, Forms 1099-INT box 1";
        exempt_interest: Usd, "super::read::dollars", "0", "tax-exempt interest, box 8";
        dividends: Usd, "super::read::dollars", "0", "ordinary dividends, Forms 1099-DIV box 1a";
        qualified_dividends: Usd, "super::read::dollars", "0", "of these qualified, box 1b";
        long_gain: Usd, "super::read::signed", "0", "net long-term capital gain; a loss is negative";
        short_gain: Usd, "super::read::signed", "0", "net short-term capital gain; a loss is negative";
        ira_distributions: Usd, "super::read::dollars", "0", "taxable part of IRA distributions, Forms 1099-R box 2a";
        pensions: Usd, "super::read::dollars", "0", "taxable part of pensions and annuities, box 2a";
        social_security: Usd, "super::read::dollars", "0", "social security benefits, all of Forms SSA-1099 box 5";
        state_refund: Usd, "super::read::dollars", "0", "taxable refund of state income tax, if you itemized the year before";
        unemployment: Usd, "super::read::dollars", "0", "unemployment compensation, Form 1099-G box 1";
        other: Usd, "super::read::dollars", "0", "other taxable income, such as jury pay and prizes";
        withheld: Usd, "super::read::dollars", "0", "federal tax withheld from all of this, Forms 1099 and SSA-1099";
        qbi_loss: Usd, "super::read::dollars", "0", "qualified business loss carried here, last year's Form 8995 line 16, no sign";
    }
}

table! {
    /// What the household pays that its return may take off.
    Paid {
        student_loan_interest: Usd, "super::read::dollars", "0", "Form 1098-E box 1";
        medical: Usd, "super::read::dollars", "0", "medical and dental, without premiums stated elsewhere here";
        taxes: Usd, "super::read::dollars", "0", "state and local income taxes, or general sales taxes";
        real_estate_taxes: Usd, "super::read::dollars", "0", "state and local, on your home";
        property_taxes: Usd, "super::read::dollars", "0", "state and local, on cars and the like, by their value";
        mortgage_interest: Usd, "super::read::dollars", "0", "on up to $750,000 of debt, Form 1098 box 1";
        mortgage_insurance: Usd, "super::read::dollars", "0", "mortgage insurance premiums, Form 1098 box 5; they count from 2026";
        charity: Usd, "super::read::dollars", "0", "gifts by cash or check";
        care: Usd, "super::read::dollars", "0", "care of a child under 13, or of one who cannot care for himself, for you to work";
        car_loan_interest: Usd, "super::read::dollars", "0", "on a new car for yourself, assembled in the US (IRC 163(h)(4))";
    }
}

table! {
    /// A student's costs.
    Student {
        expenses: Usd, "super::read::dollars", "0", "tuition and required fees of the year, less scholarships";
        credit: EducationCredit, "super::read::word", "\"lifetime\"", "lifetime or american, as said above";
    }
}

table! {
    /// Health insurance from the marketplace, Form 1095-A.
    Marketplace {
        premium: Monthly, "super::read::monthly", "520", "column A; 0 in a month without the plan";
        benchmark: Monthly, "super::read::monthly", "560", "column B, the second lowest cost silver plan";
        advance: Monthly, "super::read::monthly", "0", "column C, the credit paid in advance";
        employer_offer_months: Vec<i64>, "super::read::calendar_months", "[]", "such as [1, 2]: a subsidized employer plan was on offer to someone insured";
        place: Place, "super::read::word", "\"contiguous\"", "where you live: contiguous (48 states and DC), alaska or hawaii";
        dependents_income: Usd, "super::read::dollars", "0", "adjusted gross income of dependents who must file a return";
    }
}

table! {
    /// A dependent.
    Dependent {
        born: Born, "super::read::birth", "2016-05-01", "birth date, or the year alone";
        relation: Relation, "super::read::word", "\"child\"", "child (also step, foster, grandchild, sibling) or other";
        student: bool, "super::read::flag", "false", "full-time student";
        disabled: bool, "super::read::flag", "false", "permanently and totally disabled";
    }
}

table! {
    /// The business that is paid by the piece.
    Business {
        name: String, "super::read::name", "\"Chart coding\"", "as reports call it";
        started: NaiveDate, "super::read::date", "2025-03-01", "the day you coded your first charts for pay, of all your years";
        unit: String, "super::read::name", "\"chart\"", "what is paid for: chart, encounter, page";
        plural: String, "super::read::name", "\"charts\"", "several of them";
        home_office_square_feet: i64, "super::read::square_feet", "0", "the office, $5 each up to 300; all else stands under home";
        home_office_months: i64, "super::read::months", "12", "months of the year in which it was so used";
        home_office_expenses: Usd, "super::read::dollars", "0", "or actual expenses, Form 8829 line 36 figured elsewhere; not both";
        de_minimis_election: bool, "super::read::flag", "true", "deduct items up to $2,500 at once (Reg. 1.263(a)-1(f))";
        depreciation: Usd, "super::read::dollars", "0", "figured elsewhere, beside the assets of the book: Form 4562 line 22";
        section_179_carryover: Usd, "super::read::dollars", "0", "line 13 of last year's Form 4562";
        other_income: Usd, "super::read::dollars", "0", "of the business, not for its work: a bonus of its bank, a tax credit";
        qualified_property: Usd, "super::read::dollars", "0", "price of equipment in use that is no asset of the book (IRC 199A(b)(6))";
        specified_service: bool, "super::read::flag", "false", "a specified service (IRC 199A(d)(2)); coding is none";
    }
}

table! {
    /// The home in which the business is.
    Home {
        square_feet: i64, "super::read::square_feet", "0", "of the office: used regularly and only for the business";
        whole_home_square_feet: i64, "super::read::square_feet", "0", "of the whole home, in which the office is";
        rooms: i64, "super::read::rooms", "0", "or, where the rooms are about equal in size: those of the office";
        whole_home_rooms: i64, "super::read::rooms", "0", "and those of the whole home";
        regular_use: bool, "super::read::flag", "false", "you work there on a regular basis, not now and then";
        exclusive_use: bool, "super::read::flag", "false", "nothing else is done there: no guests, no games, no family's desk";
        principal_place: bool, "super::read::flag", "false", "it is your main place of work, or the only one for its paperwork";
        from: NaiveDate, "super::read::date", "2025-01-01", "first day of such use, if it began in the year";
        until: NaiveDate, "super::read::date", "2025-12-31", "last day of such use, if it ended in the year";
        method: HomeMethod, "super::read::word", "\"better\"", "simplified ($5 a square foot), actual (Form 8829), or the better one";
        rented: bool, "super::read::flag", "false", "you rent the home; false: it is yours";
        mortgage_interest: Usd, "super::read::dollars", "0", "for this home in the time of such use; else that of [household.paid]";
        mortgage_interest_over_limit: Usd, "super::read::dollars", "0", "besides, on more than $750,000 of debt for this home";
        real_estate_taxes: Usd, "super::read::dollars", "0", "for this home in the time of such use; else those of [household.paid]";
        first_use: NaiveDate, "super::read::date", "2024-06-01", "day on which your own home was first used for business, in any year";
        cost: Usd, "super::read::dollars", "0", "price of your own home, with the land";
        improvements: Usd, "super::read::dollars", "0", "made to it before that day";
        value_at_first_use: Usd, "super::read::dollars", "0", "what it was worth on that day, with the land";
        land: Usd, "super::read::dollars", "0", "the land's part of the cost, or of the value if that was less";
        carryover_operating: Usd, "super::read::dollars", "0", "last Form 8829 line 43, or line 6a of a simplified year";
        carryover_depreciation: Usd, "super::read::dollars", "0", "last Form 8829 line 44, or line 6b of a simplified year";
    }
}

table! {
    /// Someone who pays the business.
    Payer {
        name: String, "super::read::name", "\"Northside Coding\"", "as it stands in your records";
        cycle: Cycle, "super::read::word", "\"month\"", "day, week, half-month or month: the work paid at once";
        days: i64, "super::read::days", "30", "paid so many days after the cycle ends";
    }
}

table! {
    /// A Form 1099 for the work.
    Form1099 {
        payer: String, "super::read::name", "\"Northside Coding\"", "who sent it, as your records name the payer";
        year: u16, "super::read::tax_year", "2025", "the calendar year at its top";
        form: FormKind, "super::read::word", "\"NEC\"", "NEC, K or MISC";
        amount: Usd, "super::read::dollars", "0", "NEC box 1; K box 1a; MISC box 3";
        withheld: Usd, "super::read::dollars", "0", "federal income tax withheld, box 4";
        corrected: bool, "super::read::flag", "false", "CORRECTED is checked: it takes the place of the first one";
        received: NaiveDate, "super::read::date", "2026-01-31", "the day it came";
        clients: Vec<String>, "super::read::names", "[]", "of a K: whose payments it reports, where no statement of its account says so";
    }
}

table! {
    /// What decides whether courses and exams count.
    Education {
        first_credential: NaiveDate, "super::read::date", "2024-03-15", "the day you passed your first coding exam: CPC, CCS, CCA or another";
        credential_required: bool, "super::read::flag", "true", "your payers take no coder without a credential";
    }
}

table! {
    /// The part of some expenses that is for the business.
    Share {
        category: String, "super::read::expense_category", "\"phone\"", "which expenses: a category, as it stands in your records";
        vendor: String, "super::read::name", "\"Verizon\"", "or words of a vendor's name; both: that vendor's in that category";
        business: Decimal, "super::read::percent", "60", "the business part, in percent";
        from: NaiveDate, "super::read::date", "2025-01-01", "the first day; without it, from the beginning";
        until: NaiveDate, "super::read::date", "2025-12-31", "the last day; without it, open";
    }
}

table! {
    /// A car that is used for the business too.
    Car {
        name: String, "super::read::name", "\"Corolla\"", "as your trips name it; with one car, trips need no name";
        in_service: NaiveDate, "super::read::date", "2025-03-01", "the day you first used it for the business";
        method: CarMethod, "super::read::word", "\"better\"", "standard, actual, or better: whichever is more this year";
        first_year_method: CarMethod, "super::read::word", "\"standard\"", "standard or actual: the method of its first year, where that was earlier";
        leased: bool, "super::read::flag", "false", "leased, not owned";
        miles: Decimal, "super::read::year_miles", "12000", "all miles of the year, by the odometer";
        commuting_miles: Decimal, "super::read::year_miles", "0", "of these, commuting; without it, the commutes of your trips";
        loan_interest: Usd, "super::read::dollars", "0", "interest on its loan in the year, all of it; not also on Schedule 1-A";
        property_tax: Usd, "super::read::dollars", "0", "personal property tax on it by its value, all of it";
        available_off_duty: bool, "super::read::flag", "true", "there for private trips outside working hours";
        other_vehicle_for_personal_use: bool, "super::read::flag", "false", "you or your spouse have another one for private trips";
        evidence: bool, "super::read::flag", "true", "you can prove your trips";
        written: bool, "super::read::flag", "true", "in writing: this log is";
    }
}

table! {
    /// What a contractor arranges alone.
    Benefits {
        health_premium: Usd, "super::read::dollars", "0", "health insurance of your own, premiums of the year; no marketplace plan";
        dental_premium: Usd, "super::read::dollars", "0", "dental and vision premiums of the year";
        retirement: Usd, "super::read::dollars", "0", "paid as the employer into your own SEP or 401(k) for the year";
        deferral: Usd, "super::read::dollars", "0", "deferred into your own 401(k) for the year, catch-up and Roth included";
        roth_deferral: Usd, "super::read::dollars", "0", "of that, Roth";
        estimated_payments: Usd, "super::read::dollars", "0", "estimated tax paid for the year, Form 1040-ES";
    }
}

table! {
    /// Days off, the same on both sides of the comparison.
    Days {
        vacation: i64, "super::read::days", "11", "days off a year that you want";
        holidays: i64, "super::read::days", "8", "holidays a year that you do not work";
        sick: i64, "super::read::days", "7", "sick days a year to expect";
    }
}

table! {
    /// The work by the piece, for the comparison.
    Contract {
        charts_per_hour: Decimal, "super::read::speed", "12", "in an hour of focused coding";
        fee: Decimal, "super::read::fee", "2.20", "dollars a chart";
        desk_hours: Decimal, "super::read::hours_a_day", "8", "hours at the desk";
        utilisation: Decimal, "super::read::share", "0.87", "share of desk time that is focused work";
        downtime: Decimal, "super::read::share", "0.06", "share of time without charts or with the system down";
        admin_hours: Decimal, "super::read::hours_a_week", "2", "unpaid: queries, e-mails, invoices, courses";
        failed_qa: Decimal, "super::read::share", "0.04", "share of charts sent back";
        rework_time: Decimal, "super::read::multiple", "0.5", "time to mend a chart, as a part of the time to code it";
        unpaid_share: Decimal, "super::read::share", "0.02", "share of fees that never come";
        cash_costs: Usd, "super::read::dollars", "2252", "business expenses a year, without equipment";
        equipment: Usd, "super::read::dollars", "2000", "price of computer, monitors, desk and chair";
        bonus: Usd, "super::read::dollars", "0", "quality or turnaround bonus of the year";
        equipment_life: Decimal, "super::read::years", "3", "how long computer and desk last";
    }
}

table! {
    /// The job by the hour, for the comparison.
    Job {
        title: String, "super::read::name", "\"Medical coder\"", "as reports call it";
        wage: Decimal, "super::read::per_hour", "24.16", "dollars an hour";
        hours_per_day: Decimal, "super::read::hours_a_day", "8", "paid hours a day";
        overtime_hours: Decimal, "super::read::hours_a_week", "0", "paid at time and a half";
        premium: Usd, "super::read::dollars", "9325", "the employer plan's health premium, both shares together";
        premium_share: Decimal, "super::read::share", "0.16", "the share of it that you pay";
        retirement_match: Decimal, "super::read::share", "0.04", "paid by the employer on top, as a share of pay";
        vesting: Decimal, "super::read::share", "1", "chance to stay until the match is yours";
        remote: bool, "super::read::flag", "false", "worked from home: no commute, clothes or meals out";
        commute_minutes: Decimal, "super::read::minutes", "27.6", "one way";
        commute_miles: Decimal, "super::read::miles", "15", "one way";
        cost_per_mile: Decimal, "super::read::per_mile", "0.30", "fuel, upkeep and wear of one mile more";
        clothes: Usd, "super::read::dollars", "400", "work clothes a year";
        meal_extra: Usd, "super::read::dollars", "10", "what a meal out costs more than one at home";
        meals_per_week: Decimal, "super::read::meals_a_week", "2.5", "meals out";
        parking: Usd, "super::read::dollars", "0", "parking, tolls and transit a year";
        childcare: Usd, "super::read::dollars", "0", "childcare a year that only the fixed hours need";
    }
}

/// When a person was born, as far as it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Born {
    /// On a day.
    On(NaiveDate),
    /// In a year.
    In(i32),
}

impl Born {
    /// The day; July 1 of a year alone. The age on December 31 is then right for all but those born on January 1,
    /// who count as a year older.
    pub fn date(self) -> NaiveDate {
        match self {
            Born::On(date) => date,
            Born::In(year) => NaiveDate::from_ymd_opt(year, 7, 1).unwrap_or_default(),
        }
    }
}

impl fmt::Display for Born {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Born::On(date) => date.fmt(f),
            Born::In(year) => year.fmt(f),
        }
    }
}

/// How a dependent is related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A child, stepchild, foster child, sibling or a descendant of one of them.
    Child,
    /// Another dependent.
    Other,
}

impl Relation {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Relation::Child => "child",
            Relation::Other => "other",
        }
    }
}

/// By which method the home office is deducted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HomeMethod {
    /// The one with less tax.
    Better,
    /// Form 8829.
    Actual,
    /// By square feet.
    Simplified,
}

impl HomeMethod {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            HomeMethod::Better => "better",
            HomeMethod::Actual => "actual",
            HomeMethod::Simplified => "simplified",
        }
    }
}

/// Which credit a student's costs bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EducationCredit {
    /// The American opportunity credit.
    American,
    /// The lifetime learning credit.
    Lifetime,
}

impl EducationCredit {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            EducationCredit::American => "american",
            EducationCredit::Lifetime => "lifetime",
        }
    }
}

/// Which Form 1099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum FormKind {
    /// Nonemployee compensation.
    #[serde(rename = "NEC")]
    Nec,
    /// Payment card and third party network transactions.
    #[serde(rename = "K")]
    K,
    /// Miscellaneous information.
    #[serde(rename = "MISC")]
    Misc,
}

impl FormKind {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            FormKind::Nec => "NEC",
            FormKind::K => "K",
            FormKind::Misc => "MISC",
        }
    }

    /// The form's name.
    pub const fn name(self) -> &'static str {
        match self {
            FormKind::Nec => "Form 1099-NEC",
            FormKind::K => "Form 1099-K",
            FormKind::Misc => "Form 1099-MISC",
        }
    }
}

/// An amount for each month of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Monthly {
    /// The same in every month.
    Alike(Usd),
    /// January to December.
    Each([Usd; 12]),
}

impl Monthly {
    /// The amount of a month, January being 0.
    pub fn of(self, month: usize) -> Usd {
        match self {
            Monthly::Alike(amount) => amount,
            Monthly::Each(amounts) => amounts.get(month).copied().unwrap_or_default(),
        }
    }
}

/// How the cost of a car is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarMethod {
    /// By the standard mileage rate.
    Standard,
    /// By what was paid, and depreciation.
    Actual,
    /// By whichever is more.
    Better,
}

impl CarMethod {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            CarMethod::Standard => "standard",
            CarMethod::Actual => "actual",
            CarMethod::Better => "better",
        }
    }
}

/// Which work a payer pays at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cycle {
    /// The work of a day.
    Day,
    /// The work of a week.
    Week,
    /// The work of half a month: to the 15th, then to the last.
    HalfMonth,
    /// The work of a month.
    Month,
}

impl Cycle {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Cycle::Day => "day",
            Cycle::Week => "week",
            Cycle::HalfMonth => "half-month",
            Cycle::Month => "month",
        }
    }
}
