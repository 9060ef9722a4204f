//! What a cell may say: days, amounts, rates, counts, percentages, words.
//!
//! Each reader takes a trimmed cell and returns the value, or what was expected and what to do. The readers here are strict:
//! they are for files in the program's own layouts. Files of others are read column by column ([`amount`], [`date`],
//! [`duration`]).

pub(super) mod amount;
pub(super) mod currency;
pub(super) mod date;
pub(super) mod duration;
pub(super) mod peel;

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::phi;
use crate::money::Usd;
use crate::period::parse_iso;

/// Text longer than this is no name or description, in characters.
const LONGEST: usize = 200;

/// What to do with a comma out of place.
const COMMAS: &str = "commas only separate thousands, and a point comes before the decimals: 1,234.50";

/// Why a cell is not a value: what was expected, and a hint or nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unfit {
    pub(super) expected: Cow<'static, str>,
    pub(super) hint: Cow<'static, str>,
    /// The cell is not to be shown.
    pub(super) silent: bool,
}

impl Unfit {
    pub(super) fn new(expected: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Unfit {
        Unfit { expected: expected.into(), hint: hint.into(), silent: false }
    }

    /// A cell that is not to be shown.
    pub(super) fn silent(expected: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Unfit {
        Unfit { silent: true, ..Unfit::new(expected, hint) }
    }

    /// A cell of a foreign file that is not a value. Words of it are not shown: they may be a name.
    fn of(cell: &str, expected: impl Into<Cow<'static, str>>, hint: impl Into<Cow<'static, str>>) -> Unfit {
        let mut words = cell.split(|sign: char| !sign.is_alphabetic());
        let silent =
            words.any(|word| word.chars().nth(3).is_some() && !date::is_name(word)) || phi::holds_patient_data(cell);
        Unfit { silent, ..Unfit::new(expected, hint) }
    }
}

/// A day from 2000 to 2100: `2025-01-31`, or month/day/year such as `1/31/2025`.
pub(super) fn day(cell: &str) -> Result<NaiveDate, Unfit> {
    let expected = "a date such as 2025-01-31";
    let day = match parse_iso(cell) {
        Some(day) => day,
        None => loose_day(cell).map_err(|hint| Unfit::new(expected, hint))?,
    };
    if (2000..=2100).contains(&day.year()) {
        return Ok(day);
    }
    Err(Unfit::new("a date from 2000-01-01 to 2100-12-31", "check the year"))
}

/// A day in the US form, or why the cell is no day.
fn loose_day(cell: &str) -> Result<NaiveDate, Cow<'static, str>> {
    let part = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let split = |mark| {
        let mut parts = cell.splitn(4, mark);
        (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next())
    };
    let (year, month, day) = match (split('-'), split('/')) {
        ((year, month, day, None), _) if cell.len() == 10 && year.len() == 4 => (year, month, day),
        (_, (month, day, year, None)) if year.len() == 4 => (year, month, day),
        (_, (month, day, year, None)) if part(month, 2).is_some() && part(day, 2).is_some() && year.len() == 2 => {
            return Err("write the year with four digits".into());
        }
        _ if cell.get(..10).and_then(parse_iso).is_some() => return Err("leave out the time of day".into()),
        _ => return Err("".into()),
    };
    let (Some(year), Some(month), Some(day)) = (part(year, 4), part(month, 2), part(day, 2)) else {
        return Err("".into());
    };
    let year = i32::try_from(year).unwrap_or(0);
    if let Some(found) = NaiveDate::from_ymd_opt(year, month, day) {
        return Ok(found);
    }
    let slashes = cell.contains('/');
    match NaiveDate::from_ymd_opt(year, month, 1) {
        Some(first) => Err(format!("{year}-{month:02} has {} days", first.num_days_in_month()).into()),
        None if slashes && NaiveDate::from_ymd_opt(year, day, month).is_some() => {
            Err(format!("with slashes the month comes first; if this is day/month, write {year}-{day:02}-{month:02}")
                .into())
        }
        None => Err("a month is 1 to 12".into()),
    }
}

/// Dollars with at most two decimals; a minus or parentheses make them negative.
pub(super) fn amount(cell: &str) -> Result<Usd, Unfit> {
    let expected = "dollars such as 1234.50";
    let inside = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (negative, rest) = match (inside, cell.strip_prefix('-')) {
        (Some(inside), _) => (true, inside),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, cell),
    };
    let rest = rest.strip_prefix('$').unwrap_or(rest);
    let (negative, rest) = match rest.strip_prefix('-') {
        Some(rest) if !negative => (true, rest),
        _ => (negative, rest),
    };
    if rest.len() > 1 && rest.ends_with('-') {
        return Err(Unfit::new(expected, "write the minus in front"));
    }
    let cents = fixed(rest, 2).map_err(|fault| Unfit::new(expected, fault.hint(2)))?;
    let amount = Usd::try_from_cents(cents).map_err(|error| Unfit::new(expected, error.to_string()))?;
    Ok(if negative { -amount } else { amount })
}

/// Dollars a chart in millionths, at most a million dollars.
pub(super) fn rate(cell: &str) -> Result<i64, Unfit> {
    let expected = "dollars a chart such as 2.20";
    if cell.starts_with('-') {
        return Err(Unfit::new(expected, "a rate is never negative; a claw-back goes into a payments file"));
    }
    let millionths =
        fixed(cell.strip_prefix('$').unwrap_or(cell), 6).map_err(|fault| Unfit::new(expected, fault.hint(6)))?;
    if millionths > 1_000_000_000_000 {
        return Err(Unfit::new(expected, "a rate is at most $1,000,000"));
    }
    Ok(millionths)
}

/// A whole number, 0 to 1,000,000.
pub(super) fn whole(cell: &str) -> Result<i64, Unfit> {
    let expected = "a whole number, 0 or more";
    let number = fixed(cell, 0).map_err(|fault| Unfit::new(expected, fault.hint(0)))?;
    if number > 1_000_000 { Err(Unfit::new(expected, "a row holds at most 1,000,000 charts")) } else { Ok(number) }
}

/// Minutes in tenths.
pub(super) fn minutes(cell: &str) -> Result<i64, Unfit> {
    let expected = "minutes such as 90 or 90.5";
    if cell.contains(':') {
        return Err(Unfit::new(expected, "write hours as minutes: 1:30 is 90"));
    }
    let tenths = fixed(cell, 1).map_err(|fault| Unfit::new(expected, fault.hint(1)))?;
    if tenths > 10_000_000 { Err(Unfit::new(expected, "at most 1,000,000 minutes")) } else { Ok(tenths) }
}

/// Miles in tenths, at most 1,500 a row: what a car makes in a day.
pub(super) fn miles(cell: &str) -> Result<i64, Unfit> {
    let expected = "miles such as 24 or 24.5";
    let lower = cell.to_ascii_lowercase();
    let bare = ["miles", "mi"].iter().find_map(|unit| lower.strip_suffix(unit)).map_or(lower.as_str(), str::trim_end);
    let tenths = fixed(bare, 1).map_err(|fault| Unfit::new(expected, fault.hint(1)))?;
    match tenths {
        0 => Err(Unfit::new(expected, "a trip of no miles needs no row")),
        1..=15_000 => Ok(tenths),
        _ => Err(Unfit::new(
            "at most 1,500 miles on one day",
            "give a trip of several days a row for each day; perhaps these are readings of the odometer",
        )),
    }
}

/// A percentage from 0 to 100, with or without the sign, in millionths of the whole.
/// A number from 0 to 1 without the sign is refused, since it may be meant as a fraction; 0 itself is clear.
pub(super) fn percent(cell: &str, example: &'static str) -> Result<i64, Unfit> {
    let expected = "a percentage from 0 to 100";
    let signed = cell.strip_suffix('%').map(str::trim_end);
    let millionths = fixed(signed.unwrap_or(cell), 4).map_err(|fault| Unfit::new(expected, fault.hint(4)))?;
    if millionths > 1_000_000 {
        return Err(Unfit::new(expected, ""));
    }
    if signed.is_none() && (1..=10_000).contains(&millionths) {
        return Err(Unfit::new(expected, format!("write {example}")));
    }
    Ok(millionths)
}

/// Text of a row of work, done on `day`.
pub(super) fn text_of_work(cell: &str, day: NaiveDate) -> Result<String, Unfit> {
    match phi::in_work(cell, day) {
        Some(rule) => Err(Unfit::silent(
            "no patient data",
            format!("the cell looks like {}; take it out, pay never needs it", rule.words()),
        )),
        None => text(cell),
    }
}

/// Text on one line: runs of white space become one space.
pub(super) fn text(cell: &str) -> Result<String, Unfit> {
    let plain = cell.bytes().all(|byte| byte >= b' ') && !cell.contains("  ");
    let text = if plain { cell.to_owned() } else { cell.split_whitespace().collect::<Vec<_>>().join(" ") };
    if phi::holds_patient_data(&text) {
        return Err(Unfit {
            silent: true,
            ..Unfit::new("no patient data", "take it out of the cell; pay never needs it")
        });
    }
    let text = phi::without_cards(text);
    if text.chars().any(char::is_control) {
        return Err(Unfit::new("printable text", "type the cell anew, it holds control characters"));
    }
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Err(Unfit::new("text of at most 200 characters", "shorten it, or look for a missing quotation mark"));
    }
    Ok(text)
}

/// What is wrong with a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Empty,
    Negative,
    Letter,
    Decimals,
    Comma,
    Sign,
    Large,
}

impl Fault {
    fn hint(self, decimals: u32) -> Cow<'static, str> {
        match (self, decimals) {
            (Fault::Empty | Fault::Sign, _) => "".into(),
            (Fault::Negative, _) => "it cannot be negative".into(),
            (Fault::Letter, _) => "the letter O or l may stand for the digit 0 or 1".into(),
            (Fault::Decimals, 0) => "leave out the decimals".into(),
            (Fault::Decimals, 1) => "at most one decimal".into(),
            (Fault::Decimals, n) => format!("at most {} decimals", ["two", "four", "six"][n as usize / 2 - 1]).into(),
            (Fault::Comma, 0) => "commas only separate thousands: 1,234".into(),
            (Fault::Comma, _) => COMMAS.into(),
            (Fault::Large, _) => "the number is too large".into(),
        }
    }
}

/// A number of zero or more with at most so many decimals, scaled to a whole number. Commas may part the thousands.
fn fixed(text: &str, decimals: u32) -> Result<i64, Fault> {
    let bytes = text.as_bytes();
    let (mut value, mut digits, mut group, mut fraction) = (0i64, 0usize, None::<usize>, None::<u32>);
    for &byte in bytes {
        match byte {
            b'0'..=b'9' => {
                value =
                    value.checked_mul(10).and_then(|v| v.checked_add(i64::from(byte - b'0'))).ok_or(Fault::Large)?;
                digits += 1;
                group = group.map(|length| length + usize::from(fraction.is_none()));
                fraction = fraction.map(|length| length + 1);
            }
            b',' if fraction.is_some() => return Err(Fault::Comma),
            b',' if group.map_or((1..=3).contains(&digits), |length| length == 3) => group = Some(0),
            b'.' if fraction.is_none() => fraction = Some(0),
            _ => return Err(stray(text)),
        }
    }
    if digits == 0 {
        return Err(if text.is_empty() { Fault::Empty } else { Fault::Sign });
    }
    if group.is_some_and(|length| length != 3) {
        return Err(Fault::Comma);
    }
    let fraction = fraction.unwrap_or(0);
    if fraction > decimals {
        return Err(Fault::Decimals);
    }
    value.checked_mul(10i64.pow(decimals - fraction)).ok_or(Fault::Large)
}

/// Why a text with a character out of place is no number.
fn stray(text: &str) -> Fault {
    let lookalike = |sign: char| matches!(sign, 'O' | 'o' | 'l' | 'I');
    let number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    if text.starts_with('-') {
        Fault::Negative
    } else if text.contains(lookalike) && text.chars().all(|sign| lookalike(sign) || number(sign)) {
        Fault::Letter
    } else if text.contains(',') && text.chars().all(number) {
        Fault::Comma
    } else {
        Fault::Sign
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cents(cell: &str) -> i64 {
        amount(cell).unwrap().cents()
    }

    fn hint<T: std::fmt::Debug>(result: Result<T, Unfit>) -> String {
        result.unwrap_err().hint.into_owned()
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(cents("$1,234.50"), 123_450);
        assert_eq!(cents("(45.00)"), -4_500);
        assert_eq!(cents("($1,045.5)"), -104_550);
        assert_eq!(cents("-45.00"), -4_500);
        assert_eq!((cents("-$45"), cents("$-45")), (-4_500, -4_500));
        assert_eq!((cents(".5"), cents("7."), cents("0")), (50, 700, 0));
        assert_eq!(cents("10000000000.00"), 1_000_000_000_000);
    }

    #[test]
    fn amounts_in_doubt_are_refused() {
        for cell in ["", "$", "-", ".", "--1", "(-1)", "-(1)", "1e5", "NaN", "1 234", "12,34.00", "1,2", "1,234,5"] {
            assert!(amount(cell).is_err(), "{cell}");
        }
        assert_eq!(hint(amount("1.234,50")), COMMAS);
        assert_eq!(hint(amount("45,00")), COMMAS);
        assert_eq!(hint(amount("4O.00")), "the letter O or l may stand for the digit 0 or 1");
        assert_eq!(hint(amount("1.005")), "at most two decimals");
        assert_eq!(hint(amount("45.00-")), "write the minus in front");
        assert_eq!(hint(amount("10000000000.01")), "an amount is at most $10,000,000,000");
        assert_eq!(hint(amount("99999999999999999999")), "the number is too large");
    }

    #[test]
    fn rates_have_six_decimals() {
        assert_eq!(rate("2.20"), Ok(2_200_000));
        assert_eq!(rate("$0.123456"), Ok(123_456));
        assert_eq!(hint(rate("0.1234567")), "at most six decimals");
        assert!(hint(rate("-1")).contains("never negative"));
        assert_eq!(hint(rate("1000000.01")), "a rate is at most $1,000,000");
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!((whole("0"), whole("1,200")), (Ok(0), Ok(1_200)));
        assert_eq!(hint(whole("12.5")), "leave out the decimals");
        assert_eq!(hint(whole("-3")), "it cannot be negative");
        assert!(whole("1000001").is_err());
    }

    #[test]
    fn minutes_have_one_decimal() {
        assert_eq!((minutes("90"), minutes("7.5")), (Ok(900), Ok(75)));
        assert_eq!(hint(minutes("7.25")), "at most one decimal");
        assert_eq!(hint(minutes("1:30")), "write hours as minutes: 1:30 is 90");
    }

    #[test]
    fn percentages_are_not_fractions() {
        let share = |cell| percent(cell, "40 or 40%");
        assert_eq!(
            (share("40"), share("40%"), share("12.5 %"), share("0")),
            (Ok(400_000), Ok(400_000), Ok(125_000), Ok(0))
        );
        assert_eq!((share("0.4%"), share("1%"), share("100")), (Ok(4_000), Ok(10_000), Ok(1_000_000)));
        assert_eq!(
            (hint(share("0.4")), hint(share("1"))),
            ("write 40 or 40%".to_owned(), "write 40 or 40%".to_owned())
        );
        assert!(share("100.1").is_err() && share("-1").is_err() && share("%").is_err());
    }

    #[test]
    fn days_are_of_the_calendar() {
        assert_eq!(day("2024-02-29").unwrap().to_string(), "2024-02-29");
        assert_eq!(day("1/5/2025").unwrap().to_string(), "2025-01-05");
        assert_eq!(hint(day("2025-02-30")), "2025-02 has 28 days");
        assert_eq!(hint(day("2/30/2025")), "2025-02 has 28 days");
        assert_eq!(
            hint(day("31/12/2025")),
            "with slashes the month comes first; if this is day/month, write 2025-12-31"
        );
        assert_eq!(hint(day("1/5/25")), "write the year with four digits");
        assert_eq!(hint(day("2025-01-05T10:00:00")), "leave out the time of day");
        assert_eq!(hint(day("2025-13-01")), "a month is 1 to 12");
        assert_eq!(hint(day("1999-12-31")), "check the year");
        assert_eq!(
            (day("2000-01-01").is_ok(), day("2100-12-31").is_ok(), day("2101-01-01").is_ok()),
            (true, true, false)
        );
        for cell in ["", "today", "2025-1-5", "20250105", "5.1.2025", "1/5/2025/", "+1/5/2025", "1//2025", "--------20"]
        {
            assert!(day(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn patient_data_that_announces_itself_is_refused_unseen() {
        for cell in ["Mr Jones, MRN 123456", "dob 1/2/1950", "see 123-45-6789."] {
            assert!(text(cell).is_err_and(|unfit| unfit.silent), "{cell}");
        }
        assert!(text("Patience is a virtue, 2025-01-02").is_ok());
    }

    #[test]
    fn text_is_one_line() {
        assert_eq!(text("Mercy\n  Health"), Ok("Mercy Health".to_owned()));
        assert!(text("a\u{1b}b").is_err() && text(&"x".repeat(201)).is_err() && text(&"é".repeat(200)).is_ok());
    }
}
