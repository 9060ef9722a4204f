//! From the profile to the household whose return is filled.

use chrono::{Datelike, NaiveDate};

use crate::law::{FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::profile::{self, Born, EducationCredit, Monthly, Profile, Relation};
use crate::tax::facts::{
    Business, CoveredMonth, Dependent, Household, Marketplace, OtherIncome, OwnBenefits, Payments, Person, Student, W2,
};
use crate::tax::screen::Outside;
use crate::tax::withheld::Withheld;

/// The age of a filer whose birth is not stated: it decides nothing but credits and deductions of the young and the old.
const USUAL_AGE: i64 = 40;

/// A word on the `outside` list that names no situation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("perchart.toml: household.outside: \"{0}\" {instead}", instead = instead(.0))]
pub struct UnknownSituation(pub String);

/// Situations that are not outside, and where they are stated.
const STATED: [(&str, &str); 13] = [
    ("car-loan-interest", "car_loan_interest under [household.paid]"),
    ("child-care-credit", "care under [household.paid]"),
    ("education-credits", "[[household.student]]"),
    ("health-savings-account", "[household.hsa]"),
    ("home-office-regular-method", "the home and what it costs under [home]"),
    ("long-term-care", "long_term_care under [household]"),
    ("marketplace-credit", "[household.marketplace]"),
    ("pension-or-ira-income", "pensions and ira_distributions under [household.income]"),
    ("roth-or-nondeductible-ira", "roth_ira under [household]; what is not deductible is \"nondeductible-ira\""),
    ("social-security", "social_security under [household.income]"),
    ("solo-401k", "deferral and retirement under [benefits]"),
    ("spouse-business", "profit under [household.spouse]"),
    ("unemployment", "unemployment under [household.income]"),
];

/// Short names of situations, as preparers use them.
const SHORT: [(&str, &str); 5] = [
    ("amt", "minimum-tax-items"),
    ("itin", "no-ssn"),
    ("k-1", "rental-or-partnership"),
    ("net-operating-loss", "loss-carryforward"),
    ("nol", "loss-carryforward"),
];

/// What may have been meant by a word, and what there is.
fn instead(found: &str) -> String {
    if let Some((_, place)) = STATED.iter().find(|(key, _)| *key == found) {
        return format!("is something perchart models: take it off the list and state {place}");
    }
    let known = || Outside::ALL.iter().map(|situation| situation.key());
    let near = known().map(|key| (strsim::jaro_winkler(found, key), key)).filter(|(likeness, _)| *likeness > 0.85);
    let near = near.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, key)| key);
    let near = SHORT.iter().find(|(short, _)| *short == found).map(|(_, key)| *key).or(near);
    let near = near.map_or_else(String::new, |key| format!("; did you mean \"{key}\"?"));
    format!("is not a situation perchart knows{near}; it knows {}", known().collect::<Vec<_>>().join(", "))
}

/// The household of a tax year without the business, and what was assumed about it.
///
/// # Errors
/// [`UnknownSituation`] for a word on the `outside` list that names none.
pub fn of(law: &Law, profile: &Profile) -> Result<(Household, Vec<String>), UnknownSituation> {
    let stated = &profile.household;
    let mut assumed = Vec::new();
    let status = stated.filing_status.unwrap_or_else(|| {
        assumed.push("Filing status not stated: taken as single (household.filing_status).".to_owned());
        FilingStatus::Single
    });
    let taxpayer = person(law, &Individual::from(stated), "Your", &mut assumed);
    if stated.spouse.is_some() && !matches!(status, FilingStatus::Joint | FilingStatus::Separate) {
        assumed
            .push(format!("A spouse is stated, yet the filing status is {}: the spouse is left out.", status.words()));
    }
    let spouse = stated.spouse.as_ref().filter(|_| status.is_joint());
    let spouse = spouse.map(|spouse| Person {
        businesses: spouses_business(spouse).into_iter().collect(),
        ..person(law, &Individual::from(spouse), "The spouse's", &mut assumed)
    });
    let unborn = stated.dependents.iter().filter(|dependent| dependent.born.is_none()).count();
    if unborn > 0 {
        assumed.push(format!(
            "Birth date of {unborn} of {} dependents not stated: taken as born in {}.",
            stated.dependents.len(),
            law.year
        ));
    }
    let dependents: Vec<Dependent> = stated
        .dependents
        .iter()
        .map(|dependent| dependent_of(law, dependent))
        .filter(|dependent| dependent.age >= 0)
        .collect();
    if dependents.len() < stated.dependents.len() {
        assumed.push(format!("A dependent born after {} is left out.", law.year));
    }
    if dependents.is_empty() && matches!(status, FilingStatus::Head | FilingStatus::Survivor) {
        assumed.push(format!(
            "Filing status {} needs a qualifying person, and no dependent is stated: check it.",
            status.words()
        ));
    }
    if status == FilingStatus::Separate && stated.spouse.is_some() {
        assumed.push("A separate return takes your own figures only: the spouse's are left out.".to_owned());
    }
    let outside = stated.outside.iter().flatten();
    let outside = outside.map(|key| Outside::from_key(key).ok_or_else(|| UnknownSituation(key.clone())));
    let household = Household {
        status,
        taxpayer,
        spouse,
        dependents,
        other_income: other_income(&stated.income, profile.withheld_on_1099(i32::from(law.year))),
        payments: payments(&stated.paid, &profile.home),
        students: stated.students.iter().map(student).collect(),
        marketplace: stated.marketplace.as_ref().and_then(|stated| marketplace(stated, &mut assumed)),
        outside: outside.collect::<Result<_, _>>()?,
        supported: stated.supported.unwrap_or(false),
        estimated_payments: Usd::ZERO,
    };
    let drawn = household.other_income.ira_distributions + household.other_income.pensions;
    if drawn > Usd::ZERO && household.persons().all(|person| person.age < 60) {
        assumed.push("Pensions and IRA distributions before 59 1/2 are taken as free of the additional tax of 10% (Form 5329): if no exception applies, list \"other-taxes\" as outside.".to_owned());
    }
    let own = &household.taxpayer.own;
    if status == FilingStatus::Separate && own.ira > Usd::ZERO && own.covered_at_work == 0 {
        assumed.push(
            "Your spouse is taken as not covered by a retirement plan at work: with one, your IRA may not be deducted."
                .to_owned(),
        );
    }
    Ok((household, assumed))
}

fn other_income(stated: &profile::Income, withheld_on_1099: Usd) -> OtherIncome {
    OtherIncome {
        interest: stated.interest.unwrap_or_default(),
        exempt_interest: stated.exempt_interest.unwrap_or_default(),
        dividends: stated.dividends.unwrap_or_default(),
        qualified_dividends: stated.qualified_dividends.unwrap_or_default(),
        long_gain: stated.long_gain.unwrap_or_default(),
        short_gain: stated.short_gain.unwrap_or_default(),
        ira_distributions: stated.ira_distributions.unwrap_or_default(),
        pensions: stated.pensions.unwrap_or_default(),
        social_security: stated.social_security.unwrap_or_default(),
        state_refund: stated.state_refund.unwrap_or_default(),
        unemployment: stated.unemployment.unwrap_or_default(),
        other: stated.other.unwrap_or_default(),
        withheld: stated.withheld.unwrap_or_default() + withheld_on_1099,
        qbi_loss: stated.qbi_loss.unwrap_or_default(),
    }
}

/// What was paid for the home in which the business is was paid in any case.
fn payments(stated: &profile::Paid, home: &profile::Home) -> Payments {
    Payments {
        student_interest: stated.student_loan_interest.unwrap_or_default(),
        medical: stated.medical.unwrap_or_default(),
        taxes: stated.taxes.unwrap_or_default(),
        real_estate: stated.real_estate_taxes.unwrap_or_default().max(home.real_estate_taxes.unwrap_or_default()),
        property_tax: stated.property_taxes.unwrap_or_default(),
        mortgage: stated.mortgage_interest.unwrap_or_default().max(home.mortgage_interest.unwrap_or_default()),
        mortgage_insurance: stated.mortgage_insurance.unwrap_or_default(),
        charity: stated.charity.unwrap_or_default(),
        care: stated.care.unwrap_or_default(),
        car_loan: stated.car_loan_interest.unwrap_or_default(),
    }
}

fn student(stated: &profile::Student) -> Student {
    Student {
        expenses: stated.expenses.unwrap_or_default(),
        american: i64::from(stated.credit == Some(EducationCredit::American)),
    }
}

/// A month without a premium is not covered: what is stated for every month alike does not reach it.
fn marketplace(stated: &profile::Marketplace, assumed: &mut Vec<String>) -> Option<Box<Marketplace>> {
    let Some(premium) = stated.premium else {
        assumed.push("household.marketplace states no premium: no insurance from the marketplace is taken.".to_owned());
        return None;
    };
    if stated.benchmark.is_none() {
        assumed.push("household.marketplace states no benchmark, Form 1095-A column B: without it there is no premium tax credit.".to_owned());
    }
    let amount = |stated: Option<Monthly>, month: usize| match stated {
        Some(Monthly::Alike(_)) if premium.of(month) == Usd::ZERO => Usd::ZERO,
        Some(stated) => stated.of(month),
        None => Usd::ZERO,
    };
    let offers = stated.employer_offer_months.as_deref().unwrap_or_default();
    let mut months = [CoveredMonth::default(); 12];
    for ((at, month), number) in months.iter_mut().enumerate().zip(1..) {
        *month = CoveredMonth {
            premium: premium.of(at),
            benchmark: amount(stated.benchmark, at),
            advance: amount(stated.advance, at),
            own_business: i64::from(premium.of(at) > Usd::ZERO && !offers.contains(&number)),
        };
    }
    Some(Box::new(Marketplace {
        months,
        place: stated.place.unwrap_or_default(),
        dependents_income: stated.dependents_income.unwrap_or_default(),
    }))
}

/// A profit as receipts, a loss as money paid back: Schedule C line 31 is what was stated.
fn spouses_business(stated: &profile::Spouse) -> Option<Business> {
    let profit = stated.profit.filter(|profit| *profit != Usd::ZERO)?;
    Some(Business {
        gross_receipts: profit.floor0(),
        returns: (-profit).floor0(),
        specified_service: i64::from(stated.specified_service.unwrap_or(false)),
        ..Business::default()
    })
}

/// The household with its business, what the filer pays for herself, and its payments.
pub fn with_business(mut household: Household, business: Business, own: OwnBenefits, estimated: Usd) -> Household {
    household.taxpayer.businesses = vec![business];
    household.taxpayer.own = OwnBenefits {
        sep: own.sep,
        deferral: own.deferral,
        roth_deferral: own.roth_deferral,
        health: own.health,
        ..household.taxpayer.own
    };
    household.estimated_payments = estimated;
    household
}

/// The household without the cover that only stands in for an employer's: the plan from the marketplace, and the filer's
/// health savings account, which needs a plan of its own kind.
pub fn without_own_cover(mut household: Household) -> Household {
    household.marketplace = None;
    household.taxpayer.w2.hsa = Usd::ZERO;
    household.taxpayer.own = OwnBenefits {
        health: Usd::ZERO,
        hsa: Usd::ZERO,
        hsa_self_months: 0,
        hsa_family_months: 0,
        hsa_distributions: Usd::ZERO,
        hsa_medical: Usd::ZERO,
        ..household.taxpayer.own
    };
    household
}

/// What the filer and the spouse both state of themselves.
struct Individual<'a> {
    born: Option<Born>,
    blind: Option<bool>,
    disabled: Option<bool>,
    unable_months: Option<i64>,
    needs_care: Option<bool>,
    ira: Option<Usd>,
    roth_ira: Option<Usd>,
    long_term_care: Option<Usd>,
    hsa: &'a profile::Hsa,
    wages: &'a profile::Wages,
}

macro_rules! stated_by {
    ($($Stated:ty),+) => {$(
        impl<'a> From<&'a $Stated> for Individual<'a> {
            fn from(stated: &'a $Stated) -> Individual<'a> {
                Individual {
                    born: stated.born,
                    blind: stated.blind,
                    disabled: stated.disabled,
                    unable_months: stated.student_or_disabled_months,
                    needs_care: stated.needs_care,
                    ira: stated.ira,
                    roth_ira: stated.roth_ira,
                    long_term_care: stated.long_term_care,
                    hsa: &stated.hsa,
                    wages: &stated.wages,
                }
            }
        }
    )+};
}

stated_by!(profile::Household, profile::Spouse);

fn person(law: &Law, stated: &Individual, whose: &str, assumed: &mut Vec<String>) -> Person {
    if stated.born.is_none() {
        assumed.push(format!("{whose} birth date is not stated: taken as {USUAL_AGE} years old."));
    }
    let born = stated.born.map(Born::date);
    if born.is_some_and(|born| age(law, born) < 0) {
        assumed.push(format!("{whose} birth date lies after {}: check it.", law.year));
    }
    Person {
        age: born.map_or(USUAL_AGE, |born| age(law, born)),
        new_years_child: born.is_some_and(|born| (born.month(), born.day()) == (1, 1)),
        blind: stated.blind.unwrap_or(false),
        disabled: stated.disabled.unwrap_or(false),
        unable_months: stated.unable_months.unwrap_or_default(),
        needs_care: stated.needs_care.unwrap_or(false),
        w2: w2(law, stated.wages),
        own: OwnBenefits {
            long_term_care: stated.long_term_care.unwrap_or_default(),
            ira: stated.ira.unwrap_or_default(),
            roth_ira: stated.roth_ira.unwrap_or_default(),
            covered_at_work: i64::from(stated.wages.box13.unwrap_or(false)),
            hsa: stated.hsa.paid.unwrap_or_default(),
            hsa_self_months: stated.hsa.self_months.unwrap_or_default(),
            hsa_family_months: stated.hsa.family_months.unwrap_or_default(),
            hsa_distributions: stated.hsa.distributions.unwrap_or_default(),
            hsa_medical: stated.hsa.medical.unwrap_or_default(),
            ..OwnBenefits::default()
        },
        businesses: Vec::new(),
        offices: Vec::new(),
        depreciation: None,
    }
}

fn age(law: &Law, born: NaiveDate) -> i64 {
    i64::from(i32::from(law.year) - born.year())
}

/// Boxes 3 to 6 follow box 1 where they are not stated.
fn w2(law: &Law, stated: &profile::Wages) -> W2 {
    let wages = stated.box1.unwrap_or_default();
    // Box 1 leaves deferrals out, boxes 3 and 5 hold them.
    let deferrals = stated.box12d.unwrap_or_default();
    let w2 = W2 {
        wages,
        withheld: stated.box2.unwrap_or_default(),
        ss_wages: stated.box3.unwrap_or((wages + deferrals).min(law.se.wage_base)),
        medicare_wages: stated.box5.unwrap_or(wages + deferrals),
        deferrals,
        overtime_premium: stated.overtime_premium.unwrap_or_default(),
        tips: stated.tips.unwrap_or_default(),
        care: stated.box10.unwrap_or_default(),
        hsa: stated.box12w.unwrap_or_default(),
        ..W2::default()
    };
    let usual = Withheld::fill(law, &w2, Round::Cents);
    W2 { ss_withheld: stated.box4.unwrap_or(usual.l2), medicare_withheld: stated.box6.unwrap_or(usual.l6), ..w2 }
}

fn dependent_of(law: &Law, stated: &profile::Dependent) -> Dependent {
    Dependent {
        age: stated.born.map_or(0, |born| age(law, born.date())),
        child: stated.relation != Some(Relation::Other),
        student: stated.student.unwrap_or(false),
        disabled: stated.disabled.unwrap_or(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::tax::facts::Place;

    fn household(text: &str) -> Result<(Household, Vec<String>), UnknownSituation> {
        let (law, _) = law::of(2025).expect("law");
        of(law, &Profile::parse("perchart.toml", text).expect("profile"))
    }

    #[test]
    fn ages_are_those_at_the_end_of_the_year() {
        let text = "[household]\nfiling_status = \"joint\"\nborn = 1961-01-01\n[household.spouse]\nborn = 1960-12-31\nwages = { box1 = 30000 }\n[[household.dependent]]\nborn = 2008-12-31";
        let (household, assumed) = household(text).expect("a household");
        // Born on January 1, 1961: 64 at the end of 2025, yet "born before January 2, 1961".
        assert_eq!((household.taxpayer.age, household.taxpayer.new_years_child), (64, true));
        let spouse = household.spouse.expect("a spouse");
        assert_eq!(
            (spouse.age, spouse.w2.ss_wages, spouse.w2.ss_withheld),
            (65, Usd::dollars(30_000), Usd::dollars(1_860))
        );
        assert_eq!((household.dependents[0].age, household.dependents[0].is_for_child_credit()), (17, false));
        assert!(assumed.is_empty());
    }

    #[test]
    fn tax_withheld_from_the_work_joins_what_else_was_withheld() {
        let text = "[household.income]\nwithheld = 100\n[[form_1099]]\npayer = \"A\"\nyear = 2025\namount = 1000\nwithheld = 240\n\
                    [[form_1099]]\npayer = \"A\"\nyear = 2026\namount = 1000\nwithheld = 7\n";
        let (household, _) = household(text).expect("a household");
        assert_eq!(household.other_income.withheld, Usd::dollars(340));
    }

    #[test]
    fn a_short_name_of_a_situation_is_understood() {
        let problem =
            |word: &str| household(&format!("[household]\noutside = [\"{word}\"]")).expect_err("unknown").to_string();
        assert!(problem("nol").contains("did you mean \"loss-carryforward\"?"), "{}", problem("nol"));
        assert!(problem("farms").contains("did you mean \"farm\"?"), "{}", problem("farms"));
        assert!(SHORT.iter().all(|(_, key)| Outside::from_key(key).is_some()));
    }

    #[test]
    fn boxes_three_and_five_hold_what_box_one_leaves_out() {
        // 150,000 in box 1 and 23,500 deferred: 173,500 in boxes 3 and 5.
        let (household, _) = household("[household.wages]\nbox1 = 150000\nbox12d = 23500").expect("a household");
        let w2 = household.taxpayer.w2;
        assert_eq!((w2.ss_wages, w2.medicare_wages), (Usd::dollars(173_500), Usd::dollars(173_500)));
    }

    #[test]
    fn both_persons_state_the_same_of_themselves() {
        let of_one = "disabled = true\nstudent_or_disabled_months = 5\nneeds_care = true\nira = 1\nroth_ira = 2\nlong_term_care = 3\n\
                      wages = { box10 = 4, box12w = 5, box13 = true, tips = 6, overtime_premium = 7 }\n\
                      hsa = { paid = 8, self_months = 9, family_months = 3, distributions = 10, medical = 9 }\n";
        let text = format!("[household]\nfiling_status = \"joint\"\n{of_one}[household.spouse]\n{of_one}");
        let (household, _) = household(&text).expect("a household");
        let usd = Usd::dollars;
        for person in household.persons() {
            assert_eq!((person.disabled, person.unable_months, person.needs_care), (true, 5, true));
            let own = OwnBenefits {
                ira: usd(1),
                roth_ira: usd(2),
                long_term_care: usd(3),
                covered_at_work: 1,
                hsa: usd(8),
                hsa_self_months: 9,
                hsa_family_months: 3,
                hsa_distributions: usd(10),
                hsa_medical: usd(9),
                ..OwnBenefits::default()
            };
            assert_eq!(person.own, own);
            let w2 = W2 { care: usd(4), hsa: usd(5), tips: usd(6), overtime_premium: usd(7), ..W2::default() };
            assert_eq!(person.w2, w2);
        }
    }

    #[test]
    fn the_spouse_s_profit_is_a_business() {
        let businesses = |status: &str, stated: &str| {
            let text = format!("[household]\nfiling_status = \"{status}\"\n[household.spouse]\n{stated}");
            household(&text).expect("a household").0.spouse.map(|spouse| spouse.businesses)
        };
        let profit = Business { gross_receipts: Usd::dollars(30_000), ..Business::default() };
        assert_eq!(businesses("joint", "profit = 30000"), Some(vec![profit]));
        let loss = Business { returns: Usd::dollars(400), specified_service: 1, ..Business::default() };
        assert_eq!(businesses("joint", "profit = -400\nspecified_service = true"), Some(vec![loss]));
        assert_eq!(businesses("joint", "profit = 0"), Some(Vec::new()));
        assert_eq!(businesses("separate", "profit = 30000"), None);
    }

    #[test]
    fn income_and_payments_have_a_fact_each() {
        let text = "[household.income]\ninterest = 1\nexempt_interest = 2\ndividends = 4\nqualified_dividends = 3\nlong_gain = -5\n\
                    short_gain = -6\nira_distributions = 7\npensions = 8\nsocial_security = 9\nstate_refund = 10\nunemployment = 11\n\
                    other = 12\nwithheld = 13\nqbi_loss = 14\n[household.paid]\nstudent_loan_interest = 1\nmedical = 2\ntaxes = 3\n\
                    real_estate_taxes = 4\nproperty_taxes = 5\nmortgage_interest = 6\ncharity = 7\ncare = 8\ncar_loan_interest = 9\n\
                    mortgage_insurance = 10\n";
        let (household, _) = household(text).expect("a household");
        let usd = Usd::dollars;
        let income = OtherIncome {
            interest: usd(1),
            exempt_interest: usd(2),
            dividends: usd(4),
            qualified_dividends: usd(3),
            long_gain: usd(-5),
            short_gain: usd(-6),
            ira_distributions: usd(7),
            pensions: usd(8),
            social_security: usd(9),
            state_refund: usd(10),
            unemployment: usd(11),
            other: usd(12),
            withheld: usd(13),
            qbi_loss: usd(14),
        };
        assert_eq!(household.other_income, income);
        let payments = Payments {
            student_interest: usd(1),
            medical: usd(2),
            taxes: usd(3),
            real_estate: usd(4),
            property_tax: usd(5),
            mortgage: usd(6),
            charity: usd(7),
            care: usd(8),
            car_loan: usd(9),
            mortgage_insurance: usd(10),
        };
        assert_eq!(household.payments, payments);
    }

    #[test]
    fn students_bring_the_lifetime_credit_unless_said_otherwise() {
        let text = "[household]\nsupported = true\n[[household.student]]\nexpenses = 4000\ncredit = \"american\"\n[[household.student]]\nexpenses = 900";
        let student = |expenses, american| Student { expenses: Usd::dollars(expenses), american };
        let (household, _) = household(text).expect("a household");
        assert_eq!((household.students, household.supported), (vec![student(4_000, 1), student(900, 0)], true));
    }

    #[test]
    fn a_dependent_who_cannot_care_for_himself_needs_care_at_any_age() {
        let text = "[[household.dependent]]\nborn = 2012-12-31\n[[household.dependent]]\nborn = 2013-01-01\n\
                    [[household.dependent]]\nborn = 1950\nrelation = \"other\"\ndisabled = true";
        let (household, _) = household(text).expect("a household");
        let care: Vec<bool> = household.dependents.iter().map(Dependent::is_for_care).collect();
        assert_eq!(care, [false, true, true]);
    }

    fn months(text: &str) -> ([CoveredMonth; 12], Vec<String>) {
        let (household, assumed) = household(&format!("[household.marketplace]\n{text}")).expect("a household");
        (household.marketplace.expect("a plan").months, assumed)
    }

    fn month(premium: i64, benchmark: i64, advance: i64, own_business: i64) -> CoveredMonth {
        let [premium, benchmark, advance] = [premium, benchmark, advance].map(Usd::dollars);
        CoveredMonth { premium, benchmark, advance, own_business }
    }

    #[test]
    fn a_plan_is_stated_for_all_months_or_each() {
        let (alike, _) = months("premium = 500\nbenchmark = 560\nadvance = 300\nemployer_offer_months = [2, 12]");
        assert_eq!(alike[0], month(500, 560, 300, 1));
        assert_eq!((alike[1], alike[11]), (month(500, 560, 300, 0), month(500, 560, 300, 0)));
        // Insured until March: benchmark and advance of every month alike reach no further.
        let text = "premium = [500, 510, 520, 0, 0, 0, 0, 0, 0, 0, 0, 0]\nbenchmark = 560\nadvance = 300";
        let (ended, assumed) = months(text);
        assert_eq!((ended[2], ended[3]), (month(520, 560, 300, 1), CoveredMonth::default()));
        assert_eq!(assumed.len(), 2);
        // An advance that is stated for a month by itself is to be paid back, whoever paid the premium.
        let text =
            "premium = [500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\nadvance = [300, 300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]";
        let (unpaid, assumed) = months(text);
        assert_eq!((unpaid[0], unpaid[1]), (month(500, 0, 300, 1), month(0, 0, 300, 0)));
        assert!(assumed[2].contains("states no benchmark"), "{assumed:?}");
    }

    #[test]
    fn a_plan_has_a_place_and_needs_a_premium() {
        let text =
            "[household.marketplace]\npremium = 500\nbenchmark = 500\nplace = \"alaska\"\ndependents_income = 16000";
        let plan = household(text).expect("a household").0.marketplace.expect("a plan");
        assert_eq!((plan.place, plan.dependents_income), (Place::Alaska, Usd::dollars(16_000)));
        let (without, assumed) = household("[household.marketplace]").expect("a household");
        assert!(without.marketplace.is_none() && assumed[2].contains("states no premium"), "{assumed:?}");
    }

    #[test]
    fn a_business_takes_nothing_from_what_was_stated() {
        let text = "[household]\nira = 1\nlong_term_care = 2\n[household.hsa]\npaid = 3\n[household.wages]\nbox12w = 4\n\
                    [household.marketplace]\npremium = 500\nbenchmark = 500";
        let (stated, _) = household(text).expect("a household");
        let usd = Usd::dollars;
        let paid = OwnBenefits {
            sep: usd(5),
            deferral: usd(6),
            roth_deferral: usd(7),
            health: usd(8),
            ..OwnBenefits::default()
        };
        let whole = with_business(stated.clone(), Business::default(), paid, usd(9));
        let all = OwnBenefits { ira: usd(1), long_term_care: usd(2), hsa: usd(3), ..paid };
        assert_eq!((whole.taxpayer.own, whole.estimated_payments), (all, usd(9)));
        assert!(whole.marketplace.is_some());
        // An employer's plan takes the place of the cover; the rest stays.
        let employed = without_own_cover(stated);
        assert!(employed.marketplace.is_none() && employed.taxpayer.w2.hsa == Usd::ZERO);
        assert_eq!(
            employed.taxpayer.own,
            OwnBenefits { ira: usd(1), long_term_care: usd(2), ..OwnBenefits::default() }
        );
    }

    #[test]
    fn what_is_not_stated_is_assumed_aloud() {
        let assumed = |text: &str| household(text).expect("a household").1;
        assert_eq!(assumed("").len(), 2);
        let dependents = "[[household.dependent]]\nborn = 2016\n[[household.dependent]]";
        assert_eq!(assumed(dependents)[2], "Birth date of 1 of 2 dependents not stated: taken as born in 2025.");
    }

    #[test]
    fn an_unknown_situation_is_named() {
        let problem = household("[household]\noutside = [\"itemises\"]").expect_err("a problem").to_string();
        assert!(problem.contains("\"itemises\"") && problem.contains("shared-marketplace-policy"), "{problem}");
    }

    #[test]
    fn a_situation_that_is_modelled_says_where_it_is_stated() {
        let problem = household("[household]\noutside = [\"unemployment\"]").expect_err("a problem").to_string();
        assert_eq!(
            problem,
            "perchart.toml: household.outside: \"unemployment\" is something perchart models: take it off the list and state unemployment under [household.income]"
        );
    }
}
