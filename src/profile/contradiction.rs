//! Keys that contradict each other, found after each was read by itself.

use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::{Business, Car, CarMethod, Hsa, Marketplace, Profile, Share};
use crate::money::Usd;

/// A value that another one rules out.
pub(super) struct Contradiction {
    /// The value's key, after the headings above it.
    path: Vec<&'static str>,
    /// Which one, where the first heading stands several times: from 0.
    which: usize,
    /// What is wrong, and what instead.
    pub(super) message: String,
}

impl Contradiction {
    /// Where the value stands in the file.
    pub(super) fn place(&self, text: &str) -> Range<usize> {
        let Ok(document) = DeTable::parse(text) else { return 0..0 };
        let (mut table, mut place) = (document.get_ref(), 0..0);
        for (depth, key) in self.path.iter().enumerate() {
            let Some(value) = table.get(*key) else { break };
            place = value.span();
            let inner = match value.get_ref() {
                DeValue::Array(list) if depth == 0 => list.get(self.which),
                _ => Some(value),
            };
            let Some(inner) = inner else { break };
            place = inner.span();
            let DeValue::Table(inner) = inner.get_ref() else { break };
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
        .or_else(|| home(profile))
        .or_else(|| part(vec!["benefits"], ("roth_deferral", benefits.roth_deferral), ("deferral", benefits.deferral)))
        .or_else(|| savings_account(vec!["household", "hsa"], &household.hsa))
        .or_else(|| savings_account(vec!["household", "spouse", "hsa"], spouse?))
        .or_else(|| marketplace(household.marketplace.as_ref()?))
        .or_else(|| shares(&profile.shares))
        .or_else(|| cars(&profile.cars))
}

fn home_office(stated: &Business) -> Option<Contradiction> {
    let both = stated.home_office_expenses? > Usd::ZERO && stated.home_office_square_feet? > 0;
    both.then(|| Contradiction {
        path: vec!["business", "home_office_expenses"],
        which: 0,
        message: "one method counts for the home office: state home_office_expenses (Form 8829) or home_office_square_feet, not both".to_owned(),
    })
}

/// Says what is wrong with a key under [home].
fn at_home(key: &'static str, message: &str) -> Contradiction {
    Contradiction { path: vec!["home", key], which: 0, message: message.to_owned() }
}

/// The first day from which what is used for business is depreciated over 39 years (IRC 168(c), Pub. L. 103-66).
const NOT_BEFORE: Option<NaiveDate> = NaiveDate::from_ymd_opt(1993, 5, 13);

fn home(profile: &Profile) -> Option<Contradiction> {
    let (home, paid, business) = (&profile.home, &profile.household.paid, &profile.business);
    let any = |stated: Option<i64>| stated > Some(0);
    let some = |stated: Option<Usd>| stated > Some(Usd::ZERO);
    let twice = any(business.home_office_square_feet) || some(business.home_office_expenses);
    if twice && (any(home.square_feet) || any(home.rooms)) {
        let key = if any(home.square_feet) { "square_feet" } else { "rooms" };
        return Some(at_home(key, "the home office is stated under [business] too: state it here alone"));
    }
    if any(home.square_feet) && any(home.rooms) {
        return Some(at_home("rooms", "one measure counts: state square feet or rooms, not both"));
    }
    let parts =
        [("square_feet", home.square_feet, home.whole_home_square_feet), ("rooms", home.rooms, home.whole_home_rooms)];
    if let Some((key, ..)) = parts.into_iter().find(|(_, part, whole)| any(*whole) && part > whole) {
        return Some(at_home(key, "the office is larger than the whole home"));
    }
    if home.until.zip(home.from).is_some_and(|(until, from)| until < from) {
        return Some(at_home("until", "expected a day on or after home.from"));
    }
    if home.rented == Some(true) && (some(home.cost) || some(home.mortgage_interest) || some(home.real_estate_taxes)) {
        return Some(at_home("rented", "a home that you rent has no cost, mortgage or real estate taxes of yours"));
    }
    if home.first_use.zip(NOT_BEFORE).is_some_and(|(day, least)| day < least) {
        let message = "expected a day after May 12, 1993: before, homes were depreciated over fewer years, which perchart does not model";
        return Some(at_home("first_use", message));
    }
    let basis = home.cost.unwrap_or_default() + home.improvements.unwrap_or_default();
    let value = home.value_at_first_use.filter(|value| *value > Usd::ZERO);
    let whole = value.map_or(basis, |value| basis.min(value));
    let wholes = [
        ("land", home.land, "the home's cost or value", Some(whole)),
        ("mortgage_interest", home.mortgage_interest, "household.paid.mortgage_interest", paid.mortgage_interest),
        ("real_estate_taxes", home.real_estate_taxes, "household.paid.real_estate_taxes", paid.real_estate_taxes),
    ];
    let mut stated = wholes.into_iter().filter(|(.., whole)| some(*whole));
    stated.find_map(|(key, own, of, whole)| part(vec!["home"], (key, own), (of, whole)))
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
    (part? > whole).then(|| Contradiction {
        path,
        which: 0,
        message: format!("expected a part of {of}, which is {whole:#}"),
    })
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
            which: 0,
            message: "the premium is missing beside it: Form 1095-A column A".to_owned(),
        });
    };
    let advance = stated.advance?;
    // A month whose premium was never paid has an advance and no premium.
    let above = |month: &usize| premium.of(*month) > Usd::ZERO && advance.of(*month) > premium.of(*month);
    let month = (0..12).find(above)?;
    Some(Contradiction {
        path: at("advance"),
        which: 0,
        message: format!(
            "the advance of {} is {:#}, above the premium of {:#}: Form 1095-A shows the premium in column A, the advance in column C",
            MONTHS[month],
            advance.of(month),
            premium.of(month)
        ),
    })
}

fn shares(stated: &[Share]) -> Option<Contradiction> {
    let wrong = |which, key: Option<&'static str>, message: String| {
        let path = std::iter::once("share").chain(key).collect();
        Some(Contradiction { path, which, message })
    };
    for (at, share) in stated.iter().enumerate() {
        if share.category.is_none() && share.vendor.is_none() {
            let what = "a share is of something: state category = \"phone\" or vendor = \"...\"";
            return wrong(at, None, what.to_owned());
        }
        if share.business.is_none() {
            let what = format!("the business part for {} is missing: business = 60, in percent", share.words());
            return wrong(at, None, what);
        }
        if share.from.is_some_and(|from| share.until.is_some_and(|until| until < from)) {
            return wrong(at, Some("until"), "a period ends on the day it begins or later".to_owned());
        }
        if let Some(earlier) = stated[..at].iter().find(|earlier| earlier.overlaps(share)) {
            let key = [share.from.map(|_| "from"), share.until.map(|_| "until")].into_iter().flatten().next();
            let key = key.or(share.business.map(|_| "business"));
            let message = format!(
                "two shares hold on the same days: {} and {}. Give the earlier one an `until` before the later one's `from`",
                earlier.words(),
                share.words()
            );
            return wrong(at, key, message);
        }
    }
    None
}

fn cars(stated: &[Car]) -> Option<Contradiction> {
    let wrong = |which, key: Option<&'static str>, message: &str| {
        Some(Contradiction { path: std::iter::once("car").chain(key).collect(), which, message: message.to_owned() })
    };
    let small = |car: &Car| car.name.as_deref().map(str::to_lowercase);
    for (at, car) in stated.iter().enumerate() {
        if car.miles.is_some_and(|all| car.commuting_miles.is_some_and(|commuting| commuting > all)) {
            return wrong(at, Some("commuting_miles"), "expected a part of miles, all miles of the year");
        }
        if car.first_year_method == Some(CarMethod::Better) {
            return wrong(
                at,
                Some("first_year_method"),
                "expected standard or actual: what the first year's return took",
            );
        }
        if stated.len() > 1 && car.name.is_none() {
            return wrong(at, None, "of several cars each needs a name, as trips give it");
        }
        if stated[..at].iter().any(|earlier| small(earlier) == small(car)) {
            return wrong(at, Some("name"), "two cars have this name");
        }
    }
    None
}
