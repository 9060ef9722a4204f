//! Days and spans of days.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A span of days, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct DateRange {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl DateRange {
    /// A calendar year. Years outside 1 to 9999 count as the nearest of these.
    pub fn year(year: i32) -> DateRange {
        let year = year.clamp(1, 9999);
        DateRange {
            from: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN),
            to: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX),
        }
    }

    /// Whether the day lies in the span.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The shortest span that holds all the days; none for no days.
    pub fn around(days: impl IntoIterator<Item = NaiveDate>) -> Option<DateRange> {
        days.into_iter().fold(None, |span: Option<DateRange>, day| {
            Some(span.map_or(DateRange { from: day, to: day }, |span| DateRange {
                from: span.from.min(day),
                to: span.to.max(day),
            }))
        })
    }
}

impl fmt::Display for DateRange {
    /// As `2025-01-01 to 2025-12-31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

/// A day as ISO 8601 text: `2025-01-31`. Years lie in 0 to 9999.
pub fn iso(day: NaiveDate) -> String {
    let year = day.year().clamp(0, 9999).unsigned_abs();
    let mut text = String::with_capacity(10);
    for (value, digits) in [(year, 4), (day.month(), 2), (day.day(), 2)] {
        if !text.is_empty() {
            text.push('-');
        }
        for place in (0..digits).rev() {
            text.push(char::from_digit(value / 10u32.pow(place) % 10, 10).unwrap_or('0'));
        }
    }
    text
}

/// Reads ISO 8601 text, exactly ten characters: `2025-01-31`. None for anything else.
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0u32, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..])?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_year_holds_its_ends() {
        let year = DateRange::year(2025);
        assert!(year.contains(NaiveDate::from_ymd_opt(2025, 1, 1).unwrap()));
        assert!(year.contains(NaiveDate::from_ymd_opt(2025, 12, 31).unwrap()));
        assert!(!year.contains(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()));
        assert_eq!(year.to_string(), "2025-01-01 to 2025-12-31");
    }

    #[test]
    fn iso_is_strict() {
        for text in ["2025-1-31", "2025-02-29", "2025-01-31 ", "20250131", "2025-01-3x", "+025-01-31", "２025-01-1"] {
            assert_eq!(parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_drawn_around_days() {
        let days = ["2025-03-02", "2025-01-31", "2025-02-01"].map(|day| parse_iso(day).unwrap());
        assert_eq!(DateRange::around(days).unwrap().to_string(), "2025-01-31 to 2025-03-02");
        assert_eq!(DateRange::around([]), None);
    }

    proptest! {
        #[test]
        fn iso_reads_what_it_writes(days in -719_000i32..2_900_000) {
            let day = NaiveDate::from_epoch_days(days).unwrap();
            prop_assert_eq!(parse_iso(&iso(day)), Some(day));
        }
    }
}
