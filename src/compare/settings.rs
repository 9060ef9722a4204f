//! What a comparison rests on: each setting with its value and where it comes from.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, Weekday};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::Contract;
use crate::job::{Days, Offer};
use crate::money::Usd;

/// Where a setting comes from, the surest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Asked for on the command line.
    WhatIf,
    /// The user's own records: what they say.
    Records(String),
    /// The user's own statement in perchart.toml.
    Profile,
    /// A published figure.
    Default(String),
    /// A guess of ours.
    Guess(String),
}

impl Source {
    /// One word for a table.
    pub const fn word(&self) -> &'static str {
        match self {
            Source::WhatIf => "what if",
            Source::Records(_) => "your records",
            Source::Profile => "perchart.toml",
            Source::Default(_) => "default",
            Source::Guess(_) => "guess",
        }
    }

    /// What stands behind it.
    pub fn words(&self) -> &str {
        match self {
            Source::WhatIf => "asked for on the command line",
            Source::Profile => "stated in perchart.toml",
            Source::Records(text) | Source::Default(text) | Source::Guess(text) => text,
        }
    }
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value, in the unit that its text names.
    pub value: Decimal,
    /// Where it comes from.
    pub source: Source,
}

/// Why a setting cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No setting has that name.
    #[error("there is no setting \"{name}\"{}", did_you_mean(.nearest))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest names there are; none where none is near.
        nearest: Vec<String>,
    },
    /// The value makes no sense for the setting.
    #[error("{name} = {value}: expected {expected}")]
    Range {
        /// The setting.
        name: String,
        /// Its value.
        value: Decimal,
        /// What is expected.
        expected: &'static str,
    },
}

fn did_you_mean(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

/// Every setting of a comparison by name, such as `job.wage`.
#[derive(Clone, Debug)]
pub struct Settings {
    values: BTreeMap<String, Setting>,
    weekdays: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    value: String,
    kind: String,
    source: String,
}

fn defaults() -> &'static BTreeMap<String, Setting> {
    static DEFAULTS: OnceLock<BTreeMap<String, Setting>> = OnceLock::new();
    DEFAULTS.get_or_init(|| {
        let text = include_str!("defaults.toml");
        let sections: BTreeMap<String, BTreeMap<String, Entry>> = toml::from_str(text).unwrap_or_default();
        let entries = sections.into_iter().flat_map(|(section, entries)| {
            entries.into_iter().map(move |(key, entry)| (format!("{section}.{key}"), entry))
        });
        entries
            .filter_map(|(name, entry)| {
                let value = entry.value.parse().ok()?;
                let source =
                    if entry.kind == "default" { Source::Default(entry.source) } else { Source::Guess(entry.source) };
                Some((name, Setting { value, source }))
            })
            .collect()
    })
}

/// Shares lie between nothing and all; everything else is not negative.
fn check(name: &str, value: Decimal) -> Result<(), Problem> {
    let shares =
        ["utilisation", "downtime", "failed_qa", "unpaid_share", "premium_share", "retirement_match", "vesting"];
    let key = name.rsplit('.').next().unwrap_or(name);
    let (most, expected) = match key {
        _ if shares.contains(&key) => (Decimal::ONE, "a share from 0 to 1, such as 0.04 for 4%"),
        "desk_hours" | "hours_per_day" => (Decimal::from(16), "hours a day, from 0 to 16"),
        "vacation" | "holidays" | "sick" => (Decimal::from(200), "days, from 0 to 200"),
        "commute_minutes" => (Decimal::from(300), "minutes one way, from 0 to 300"),
        "commute_miles" => (Decimal::from(300), "miles one way, from 0 to 300"),
        "charts_per_hour" => (Decimal::from(1_000), "charts an hour, from 0 to 1,000"),
        "fee" | "wage" => (Decimal::from(1_000), "dollars, from 0 to 1,000"),
        "admin_hours" | "overtime_hours" => (Decimal::from(60), "hours a week, from 0 to 60"),
        "meals_per_week" => (Decimal::from(21), "meals a week, from 0 to 21"),
        _ => (Decimal::from(1_000_000_000), "an amount from 0 to 1,000,000,000"),
    };
    if value.is_sign_negative() && !value.is_zero() || value > most {
        return Err(Problem::Range { name: name.to_owned(), value, expected });
    }
    Ok(())
}

impl Settings {
    /// The defaults for a year.
    pub fn defaults(year: i32) -> Settings {
        Settings { values: defaults().clone(), weekdays: weekdays(year) }
    }

    /// Sets a setting by its whole name, or by its last part where only one setting has it.
    ///
    /// # Errors
    /// [`Problem::Unknown`] for a name that is none or not enough, [`Problem::Range`] for a senseless value.
    pub fn set(&mut self, name: &str, value: Decimal, source: Source) -> Result<(), Problem> {
        let whole = self.resolve(name)?;
        check(&whole, value)?;
        self.values.insert(whole, Setting { value, source });
        Ok(())
    }

    /// The whole name of a setting.
    ///
    /// # Errors
    /// [`Problem::Unknown`] for a name that is none or not enough.
    pub fn resolve(&self, name: &str) -> Result<String, Problem> {
        if self.values.contains_key(name) {
            return Ok(name.to_owned());
        }
        let ends: Vec<_> = self.values.keys().filter(|key| key.rsplit('.').next() == Some(name)).collect();
        if let [only] = ends.as_slice() {
            return Ok((*only).clone());
        }
        let likeness = |key: &str| {
            let end = key.rsplit('.').next().unwrap_or(key);
            strsim::jaro_winkler(name, key).max(strsim::jaro_winkler(name, end))
        };
        let near = self.values.keys().map(|key| (likeness(key), key)).filter(|(likeness, _)| *likeness > 0.8);
        let near = near.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, key)| key);
        let nearest =
            if ends.is_empty() { near.into_iter().cloned().collect() } else { ends.into_iter().cloned().collect() };
        Err(Problem::Unknown { name: name.to_owned(), nearest })
    }

    /// One setting by its whole name.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.values.get(name)
    }

    /// Every setting by its whole name, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.values.iter().map(|(name, setting)| (name.as_str(), setting))
    }

    /// What a setting is, in words.
    pub fn text(name: &str) -> &'static str {
        let (section, key) = name.split_once('.').unwrap_or(("", name));
        let texts: Vec<(&str, &str)> = match section {
            "contract" => Contract::FACTS.iter().map(|fact| (fact.name, fact.text)).collect(),
            "job" => Offer::FACTS.iter().map(|fact| (fact.name, fact.text)).collect(),
            _ => Days::FACTS.iter().map(|fact| (fact.name, fact.text)).collect(),
        };
        texts.iter().find(|(name, _)| *name == key).map_or("", |(_, text)| text)
    }

    /// The unit of a setting's value.
    pub fn unit(name: &str) -> &'static str {
        match name.rsplit('.').next().unwrap_or(name) {
            "charts_per_hour" => "an hour",
            "fee" => "$ each",
            "wage" => "$ an hour",
            "cost_per_mile" => "$ a mile",
            "meal_extra" => "$ a meal",
            "desk_hours" | "hours_per_day" => "hours a day",
            "admin_hours" | "overtime_hours" => "hours a week",
            "meals_per_week" => "a week",
            "commute_minutes" => "minutes",
            "commute_miles" => "miles",
            "equipment_life" => "years",
            "equipment" => "$",
            "vacation" | "holidays" | "sick" => "days a year",
            "rework_time" => "of coding time",
            "utilisation" | "downtime" | "failed_qa" | "unpaid_share" | "premium_share" | "vesting" => "share",
            "retirement_match" => "of pay",
            _ => "$ a year",
        }
    }

    fn number(&self, name: &str) -> Decimal {
        self.values.get(name).map_or(Decimal::ZERO, |setting| setting.value)
    }

    fn usd(&self, name: &str) -> Usd {
        Usd::rounded(self.number(name))
    }

    fn days_of(&self, name: &str) -> i64 {
        i64::try_from(self.number(name).round()).unwrap_or(0)
    }

    /// The days of the year.
    pub fn days(&self) -> Days {
        Days {
            weekdays: self.weekdays,
            vacation: self.days_of("days.vacation"),
            holidays: self.days_of("days.holidays"),
            sick: self.days_of("days.sick"),
        }
    }

    /// The contract.
    pub fn contract(&self) -> Contract {
        Contract {
            charts_per_hour: self.number("contract.charts_per_hour"),
            fee: self.number("contract.fee"),
            desk_hours: self.number("contract.desk_hours"),
            utilisation: self.number("contract.utilisation"),
            downtime: self.number("contract.downtime"),
            admin_hours: self.number("contract.admin_hours"),
            failed_qa: self.number("contract.failed_qa"),
            rework_time: self.number("contract.rework_time"),
            unpaid_share: self.number("contract.unpaid_share"),
            bonus: self.usd("contract.bonus"),
            cash_costs: self.usd("contract.cash_costs"),
            equipment: self.usd("contract.equipment"),
            equipment_life: self.number("contract.equipment_life"),
            premium: self.usd("contract.premium"),
        }
    }

    /// The job.
    pub fn offer(&self) -> Offer {
        Offer {
            wage: self.number("job.wage"),
            hours_per_day: self.number("job.hours_per_day"),
            overtime_hours: self.number("job.overtime_hours"),
            premium: self.usd("job.premium"),
            premium_share: self.number("job.premium_share"),
            retirement_match: self.number("job.retirement_match"),
            vesting: self.number("job.vesting"),
            commute_minutes: self.number("job.commute_minutes"),
            commute_miles: self.number("job.commute_miles"),
            cost_per_mile: self.number("job.cost_per_mile"),
            clothes: self.usd("job.clothes"),
            meal_extra: self.usd("job.meal_extra"),
            meals_per_week: self.number("job.meals_per_week"),
            parking: self.usd("job.parking"),
            childcare: self.usd("job.childcare"),
        }
    }
}

/// Weekdays in a calendar year.
fn weekdays(year: i32) -> i64 {
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    let days = first.into_iter().flat_map(|first| first.iter_days()).take_while(|day| day.year() == year);
    let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    i64::try_from(days.filter(|day| !weekend(day)).count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_default_with_a_source_and_a_text() {
        let settings = Settings::defaults(2026);
        let names = Contract::FACTS.iter().map(|fact| format!("contract.{}", fact.name));
        let names = names.chain(Offer::FACTS.iter().map(|fact| format!("job.{}", fact.name)));
        let names = names.chain(Days::FACTS.iter().skip(1).map(|fact| format!("days.{}", fact.name)));
        let mut count = 0;
        for name in names {
            let setting = settings.get(&name).unwrap_or_else(|| panic!("{name}: no default"));
            assert!(!setting.source.words().is_empty() && !Settings::text(&name).is_empty(), "{name}");
            count += 1;
        }
        assert_eq!(count, settings.iter().count(), "a default for a setting that does not exist");
    }

    #[test]
    fn weekdays_of_three_years() {
        assert_eq!([2024, 2025, 2026].map(weekdays), [262, 261, 261]);
    }

    #[test]
    fn names_may_be_short_where_they_are_not_ambiguous() {
        let mut settings = Settings::defaults(2026);
        assert!(settings.set("wage", Decimal::from(30), Source::WhatIf).is_ok());
        assert_eq!(settings.offer().wage, Decimal::from(30));
        assert!(matches!(settings.set("premium", Decimal::ONE, Source::WhatIf), Err(Problem::Unknown { .. })));
        let unknown = |name: &str| settings.resolve(name).expect_err("a problem").to_string();
        assert_eq!(
            unknown("premium"),
            "there is no setting \"premium\"; did you mean contract.premium or job.premium?"
        );
        assert_eq!(unknown("wgae"), "there is no setting \"wgae\"; did you mean job.wage?");
        assert_eq!(unknown("zzz"), "there is no setting \"zzz\"");
        assert!(matches!(settings.set("vesting", Decimal::TWO, Source::WhatIf), Err(Problem::Range { .. })));
    }
}
