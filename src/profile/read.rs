//! Reads the values of a profile, each within its range.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};
use toml::Value;

use super::{Born, Monthly};
use crate::book::category::{Categories, Target};
use crate::money::Usd;

/// Readers of quantities: name, range, what it is.
macro_rules! quantities {
    ($($name:ident = $low:literal to $high:literal, $what:literal;)+) => {$(
        pub(super) fn $name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
            quantity(from, rust_decimal::dec!($low), rust_decimal::dec!($high), $what)
        }
    )+};
}

quantities! {
    per_hour = 0 to 1000, "dollars an hour";
    fee = 0 to 10000, "dollars a piece";
    per_mile = 0 to 100, "dollars a mile";
    speed = 0.1 to 10000, "pieces an hour";
    hours_a_day = 0.5 to 24, "hours a day";
    hours_a_week = 0 to 168, "hours a week";
    years = 0.5 to 50, "years";
    minutes = 0 to 720, "minutes";
    miles = 0 to 1000, "miles";
    year_miles = 0 to 500000, "miles";
    meals_a_week = 0 to 21, "meals a week";
    multiple = 0 to 10, "a multiple";
}

/// Readers of whole numbers: name, type, range, what it is.
macro_rules! counts {
    ($($name:ident: $Ty:ty = $low:literal to $high:literal, $what:literal;)+) => {$(
        pub(super) fn $name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$Ty>, D::Error> {
            let value = Value::deserialize(from)?;
            let count = match &value {
                Value::String(text) => text.trim().parse().ok(),
                value => value.as_integer(),
            };
            let count = count.filter(|count| ($low..=$high).contains(count)).and_then(|count| <$Ty>::try_from(count).ok());
            count.map(Some).ok_or_else(|| unexpected(concat!($what, ", a whole number from ", $low, " to ", $high), &value))
        }
    )+};
}

counts! {
    tax_year: u16 = 2000 to 2100, "a tax year";
    square_feet: i64 = 0 to 100_000, "square feet";
    rooms: i64 = 0 to 100, "rooms";
    months: i64 = 0 to 12, "months";
    days: i64 = 0 to 365, "days";
}

/// Reads dollars that may be a loss: at most two decimals.
pub(super) fn signed<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Usd>, D::Error> {
    let value = Value::deserialize(from)?;
    let amount = decimal(&value).ok_or_else(|| unexpected("dollars such as 1250, -1250 or 1250.50", &value))?;
    Usd::try_from(amount).map(Some).map_err(D::Error::custom)
}

/// Reads dollars that may stand in a book or on a form: not negative, at most two decimals.
pub(super) fn dollars<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Usd>, D::Error> {
    let value = Value::deserialize(from)?;
    let amount = decimal(&value).filter(|amount| !amount.is_sign_negative());
    let amount = amount.ok_or_else(|| unexpected("dollars, zero or more, such as 1250 or 1250.50", &value))?;
    Usd::try_from(amount).map(Some).map_err(|problem| D::Error::custom(format!("{problem}, found {}", shown(&value))))
}

/// Reads dollars of each month: one amount for all, or a list of twelve.
pub(super) fn monthly<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Monthly>, D::Error> {
    const EXPECTED: &str = "dollars a month, such as 520 or 520.10, or a list of twelve, January first";
    let value = Value::deserialize(from)?;
    let amount = |value: &Value| {
        let amount = decimal(value).filter(|amount| !amount.is_sign_negative());
        let amount = amount.ok_or_else(|| unexpected(EXPECTED, value))?;
        Usd::try_from(amount).map_err(|problem| D::Error::custom(format!("{problem}, found {}", shown(value))))
    };
    let Value::Array(list) = &value else { return amount(&value).map(Monthly::Alike).map(Some) };
    let amounts = list.iter().map(amount).collect::<Result<Vec<_>, _>>()?;
    let amounts = <[Usd; 12]>::try_from(amounts);
    amounts
        .map(|amounts| Some(Monthly::Each(amounts)))
        .map_err(|amounts| D::Error::custom(format!("expected {EXPECTED}; found a list of {}", amounts.len())))
}

/// Reads a list of months by number, each once.
pub(super) fn calendar_months<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<i64>>, D::Error> {
    const EXPECTED: &str = "a list of months by number, each once, such as [1, 2]";
    let value = Value::deserialize(from)?;
    let list = value.as_array().ok_or_else(|| unexpected(EXPECTED, &value))?;
    let mut months = Vec::new();
    for item in list {
        let month = item.as_integer().filter(|month| (1..=12).contains(month) && !months.contains(month));
        months.push(month.ok_or_else(|| unexpected(EXPECTED, item))?);
    }
    Ok(Some(months))
}

/// Reads a share: a number from 0 to 1, or text with a percent sign.
pub(super) fn share<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    let value = Value::deserialize(from)?;
    let percentage = value.as_str().and_then(|text| text.trim().strip_suffix('%'));
    let share = match percentage {
        Some(number) => parsed(number).map(|number| number / Decimal::ONE_HUNDRED),
        None => decimal(&value),
    };
    let share = share.filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share));
    share.map(Some).ok_or_else(|| {
        unexpected("a share from 0 to 1, such as 0.04, or a percentage in quotes, such as \"4%\"", &value)
    })
}

/// Reads a percentage: 60 or "60%". A number between 0 and 2 may be meant as a share of one, so it needs the sign.
pub(super) fn percent<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    let value = Value::deserialize(from)?;
    let signed = value.as_str().and_then(|text| text.trim().strip_suffix('%'));
    let percent = match signed {
        Some(number) => parsed(number),
        None => decimal(&value).filter(|number| number.is_zero() || *number >= Decimal::TWO),
    };
    let fine = |percent: &Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent) && percent.scale() <= 4;
    percent.filter(fine).map(Some).ok_or_else(|| {
        unexpected("a percentage from 0 to 100, such as 60, or with its sign in quotes, such as \"60%\"", &value)
    })
}

/// Reads a category of which a part may be for the business.
pub(super) fn expense_category<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(from)?;
    let category = value.as_str().map(str::trim).and_then(Categories::get);
    let category = category.filter(|known| matches!(known.target, Target::Business { .. } | Target::Equipment));
    category
        .map(|known| Some(known.id.clone()))
        .ok_or_else(|| unexpected("a category of the business such as \"phone\" or \"internet\"", &value))
}

/// Reads a birth date, or the year alone.
pub(super) fn birth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Born>, D::Error> {
    let value = Value::deserialize(from)?;
    let year = match &value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_integer().and_then(|year| i32::try_from(year).ok()),
    };
    let born = year.map(Born::In).or_else(|| calendar_day(&value).map(Born::On));
    let born = born.filter(|born| (1900..=2100).contains(&born.date().year()));
    born.map(Some).ok_or_else(|| unexpected("a date such as 1985-03-02, or a year of four digits", &value))
}

/// Reads a name: one line, not empty.
pub(super) fn name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(from)?;
    let name = value.as_str().map(str::trim).filter(|name| is_name(name));
    name.map(|name| Some(name.to_owned()))
        .ok_or_else(|| unexpected("a name in quotes, 1 to 200 characters on one line", &value))
}

/// Reads a day.
pub(super) fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let value = Value::deserialize(from)?;
    let day = calendar_day(&value).filter(|day| (1900..=2100).contains(&day.year()));
    day.map(Some).ok_or_else(|| unexpected("a date such as 2026-01-31", &value))
}

/// Reads a list of names.
pub(super) fn names<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    const EXPECTED: &str = "a list of names in quotes, such as [\"Northside Coding\"]";
    let value = Value::deserialize(from)?;
    let list = value.as_array().ok_or_else(|| unexpected(EXPECTED, &value))?;
    let name = |item: &Value| item.as_str().map(str::trim).filter(|name| is_name(name)).map(str::to_owned);
    list.iter().map(|item| name(item).ok_or_else(|| unexpected(EXPECTED, item))).collect::<Result<_, _>>().map(Some)
}

fn is_name(name: &str) -> bool {
    (1..=200).contains(&name.chars().count()) && !name.contains(char::is_control)
}

/// Reads yes or no.
pub(super) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    let value = Value::deserialize(from)?;
    value.as_bool().map(Some).ok_or_else(|| unexpected("true or false, without quotes", &value))
}

/// Reads a word of a list, or a list of names.
pub(super) fn word<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

fn quantity<'de, D: Deserializer<'de>>(
    from: D,
    low: Decimal,
    high: Decimal,
    what: &str,
) -> Result<Option<Decimal>, D::Error> {
    let value = Value::deserialize(from)?;
    let within = decimal(&value).filter(|number| (low..=high).contains(number));
    within.map(Some).ok_or_else(|| unexpected(&format!("{what}, a number from {low} to {high}"), &value))
}

/// The number as it was typed, without a way through binary: the shortest text that reads as a float is what the
/// person typed, up to 15 digits.
fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Float(number) => parsed(&number.to_string()),
        Value::String(text) => parsed(text),
        _ => None,
    }
}

fn parsed(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text.trim()).ok()
}

fn calendar_day(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Datetime(day) if day.time.is_none() => {
            let date = day.date?;
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn unexpected<E: Error>(expected: &str, found: &Value) -> E {
    E::custom(format!("expected {expected}; found {}", shown(found)))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Table(_) => "a table".to_owned(),
        value => value.to_string(),
    }
}
