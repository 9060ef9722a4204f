//! From the profile to the household whose return is filled.

use chrono::{Datelike, NaiveDate};

use crate::law::{FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::profile::{self, Born, Profile, Relation};
use crate::tax::facts::{Business, Dependent, Household, OtherIncome, OwnBenefits, Payments, Person, W2};
use crate::tax::screen::Outside;
use crate::tax::withheld::Withheld;

/// The age of a filer whose birth is not stated: it decides nothing but credits and deductions of the young and the old.
const USUAL_AGE: i64 = 40;

/// A word on the `outside` list that names no situation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "perchart.toml: household.outside: \"{0}\" is not a situation perchart knows{near}; it knows {list}",
    near = nearest(.0),
    list = Outside::ALL.iter().map(|situation| situation.key()).collect::<Vec<_>>().join(", ")
)]
pub struct UnknownSituation(pub String);

/// The situation that was probably meant, as a question.
fn nearest(found: &str) -> String {
    let near = Outside::ALL.iter().map(|situation| (strsim::jaro_winkler(found, situation.key()), situation.key()));
    let near = near.filter(|(likeness, _)| *likeness > 0.85).max_by(|(a, _), (b, _)| a.total_cmp(b));
    near.map_or_else(String::new, |(_, key)| format!("; did you mean \"{key}\"?"))
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
    let taxpayer = person(law, stated.born, stated.blind, &stated.wages, "Your", &mut assumed).with_ira(stated.ira);
    if stated.spouse.is_some() && !matches!(status, FilingStatus::Joint | FilingStatus::Separate) {
        assumed
            .push(format!("A spouse is stated, yet the filing status is {}: the spouse is left out.", status.words()));
    }
    let spouse = stated.spouse.as_ref().filter(|_| status.is_joint());
    let spouse = spouse.map(|spouse| {
        person(law, spouse.born, spouse.blind, &spouse.wages, "The spouse's", &mut assumed).with_ira(spouse.ira)
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
        other_income: other_income(&stated.income),
        payments: payments(&stated.paid),
        outside: outside.collect::<Result<_, _>>()?,
        ..Household::default()
    };
    Ok((household, assumed))
}

fn other_income(stated: &profile::Income) -> OtherIncome {
    OtherIncome {
        interest: stated.interest.unwrap_or_default(),
        exempt_interest: stated.exempt_interest.unwrap_or_default(),
        dividends: stated.dividends.unwrap_or_default(),
        qualified_dividends: stated.qualified_dividends.unwrap_or_default(),
        long_gain: stated.long_gain.unwrap_or_default(),
        short_gain: stated.short_gain.unwrap_or_default(),
        ..OtherIncome::default()
    }
}

fn payments(stated: &profile::Paid) -> Payments {
    Payments {
        student_interest: stated.student_loan_interest.unwrap_or_default(),
        medical: stated.medical.unwrap_or_default(),
        taxes: stated.taxes.unwrap_or_default(),
        mortgage: stated.mortgage_interest.unwrap_or_default(),
        charity: stated.charity.unwrap_or_default(),
        ..Payments::default()
    }
}

/// The household with its business, its own benefits and its payments.
pub fn with_business(mut household: Household, business: Business, own: OwnBenefits, estimated: Usd) -> Household {
    household.taxpayer.businesses = vec![business];
    household.taxpayer.own = OwnBenefits { sep: own.sep, health: own.health, ..household.taxpayer.own };
    household.estimated_payments = estimated;
    household
}

fn person(
    law: &Law,
    born: Option<Born>,
    blind: Option<bool>,
    wages: &profile::Wages,
    whose: &str,
    assumed: &mut Vec<String>,
) -> Person {
    if born.is_none() {
        assumed.push(format!("{whose} birth date is not stated: taken as {USUAL_AGE} years old."));
    }
    let born = born.map(Born::date);
    if born.is_some_and(|born| age(law, born) < 0) {
        assumed.push(format!("{whose} birth date lies after {}: check it.", law.year));
    }
    Person {
        age: born.map_or(USUAL_AGE, |born| age(law, born)),
        new_years_child: born.is_some_and(|born| (born.month(), born.day()) == (1, 1)),
        blind: blind.unwrap_or(false),
        w2: w2(law, wages),
        own: OwnBenefits { covered_at_work: i64::from(wages.box13.unwrap_or(false)), ..OwnBenefits::default() },
        ..Person::default()
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
    fn boxes_three_and_five_hold_what_box_one_leaves_out() {
        // 150,000 in box 1 and 23,500 deferred: 173,500 in boxes 3 and 5.
        let (household, _) = household("[household.wages]\nbox1 = 150000\nbox12d = 23500").expect("a household");
        let w2 = household.taxpayer.w2;
        assert_eq!((w2.ss_wages, w2.medicare_wages), (Usd::dollars(173_500), Usd::dollars(173_500)));
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
        assert!(problem.contains("\"itemises\"") && problem.contains("marketplace-credit"), "{problem}");
    }
}
