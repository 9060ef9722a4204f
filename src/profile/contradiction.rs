//! Keys that contradict each other, found after each was read by itself.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Business, Hsa, Marketplace, Profile};
use crate::money::Usd;

/// A value that another one rules out.
pub(super) struct Contradiction {
    /// The value's key, after the headings above it.
    path: Vec<&'static str>,
    /// What is wrong, and what instead.
    pub(super) message: String,
}

impl Contradiction {
    /// Where the value stands in the file.
    pub(super) fn place(&self, text: &str) -> Range<usize> {
        let Ok(document) = DeTable::parse(text) else { return 0..0 };
        let (mut table, mut place) = (document.get_ref(), 0..0);
        for key in &self.path {
            let Some(value) = table.get(*key) else { break };
            place = value.span();
            let DeValue::Table(inner) = value.get_ref() else { break };
            table = inner;
        }
        place
    }
}

/// The first contradiction.
pub(super) fn first(profile: &Profile) -> Option<Contradiction> {
    let household = &profile.household;
    let benefits = &profile.benefits;
    let spouse = household.spouse.as_ref().map(|spouse| &spouse.hsa);
    home_office(&profile.business)
        .or_else(|| part(vec!["benefits"], ("roth_deferral", benefits.roth_deferral), ("deferral", benefits.deferral)))
        .or_else(|| savings_account(vec!["household", "hsa"], &household.hsa))
        .or_else(|| savings_account(vec!["household", "spouse", "hsa"], spouse?))
        .or_else(|| marketplace(household.marketplace.as_ref()?))
}

fn home_office(stated: &Business) -> Option<Contradiction> {
    let both = stated.home_office_expenses? > Usd::ZERO && stated.home_office_square_feet? > 0;
    both.then(|| Contradiction {
        path: vec!["business", "home_office_expenses"],
        message: "one method counts for the home office: state home_office_expenses (Form 8829) or home_office_square_feet, not both".to_owned(),
    })
}

fn savings_account(path: Vec<&'static str>, stated: &Hsa) -> Option<Contradiction> {
    part(path, ("medical", stated.medical), ("distributions", stated.distributions))
}

/// A part that exceeds the whole.
fn part(
    mut path: Vec<&'static str>,
    (key, part): (&'static str, Option<Usd>),
    (of, whole): (&str, Option<Usd>),
) -> Option<Contradiction> {
    let whole = whole.unwrap_or_default();
    path.push(key);
    (part? > whole).then(|| Contradiction { path, message: format!("expected a part of {of}, which is {whole:#}") })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn marketplace(stated: &Marketplace) -> Option<Contradiction> {
    let at = |key| vec!["household", "marketplace", key];
    let Some(premium) = stated.premium else {
        let key = stated.benchmark.map(|_| "benchmark").or(stated.advance.map(|_| "advance"))?;
        return Some(Contradiction {
            path: at(key),
            message: "the premium is missing beside it: Form 1095-A column A".to_owned(),
        });
    };
    let advance = stated.advance?;
    // A month whose premium was never paid has an advance and no premium.
    let above = |month: &usize| premium.of(*month) > Usd::ZERO && advance.of(*month) > premium.of(*month);
    let month = (0..12).find(above)?;
    Some(Contradiction {
        path: at("advance"),
        message: format!(
            "the advance of {} is {:#}, above the premium of {:#}: Form 1095-A shows the premium in column A, the advance in column C",
            MONTHS[month],
            advance.of(month),
            premium.of(month)
        ),
    })
}
