//! Durations and times of day of foreign files.
//!
//! Forms: `1:30` and `01:30:00` (hours first), `1h 30m`, `90 min`, `45s`, `PT1H30M`, and bare numbers, whose unit is the
//! column's. Results are whole seconds. A part of a second, such as that of 0.333 hours, is rounded, half a second up: the
//! decimals were rounded before.

use super::{Unfit, peel};

/// What a bare number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(in crate::import) enum Unit {
    Hours,
    Minutes,
    Seconds,
}

impl Unit {
    fn seconds(self) -> u64 {
        match self {
            Unit::Hours => 3_600,
            Unit::Minutes => 60,
            Unit::Seconds => 1,
        }
    }

    /// A unit by its name.
    fn named(word: &str) -> Option<Unit> {
        const NAMES: [(&[&str], Unit); 3] = [
            (&["h", "hr", "hrs", "hour", "hours", "std"], Unit::Hours),
            (&["m", "min", "mins", "minute", "minutes"], Unit::Minutes),
            (&["s", "sec", "secs", "second", "seconds"], Unit::Seconds),
        ];
        let is = |name: &&str| word.eq_ignore_ascii_case(name);
        NAMES.iter().find(|(names, _)| names.iter().any(is)).map(|&(_, unit)| unit)
    }
}

/// The longest duration, in seconds: a million minutes.
const LONGEST: u64 = 60_000_000;

/// The duration of a cell in seconds. `bare` is what a bare number counts; none if the file does not say.
///
/// # Errors
/// What is no duration, or a bare number where its unit is not known.
pub(in crate::import) fn read(cell: &str, bare: Option<Unit>) -> Result<u32, Unfit> {
    let unfit = |hint| Unfit::of(cell, "a duration such as 1:30, 1.5 hours or 90 min", hint);
    let seconds = parse(peel::unguarded(cell), bare).map_err(|fault| {
        unfit(match fault {
            Fault::Form => "",
            Fault::Negative => "it cannot be negative",
            Fault::Unit => "say whether the column counts hours, minutes or seconds",
            Fault::Sixty => "minutes and seconds are less than 60",
            Fault::Comma => "a comma before three digits may part thousands; write a point before decimals",
            Fault::Colon => "the column counts minutes or seconds, so the hours of 1:30 are in doubt",
        })
    })?;
    u32::try_from(seconds).ok().filter(|_| seconds <= LONGEST).ok_or_else(|| unfit("at most 1,000,000 minutes"))
}

/// Whether a cell could be a duration that is no bare number.
pub(in crate::import) fn resembles(cell: &str) -> bool {
    parse(peel::unguarded(cell), None).is_ok_and(|seconds| seconds <= LONGEST)
}

/// A time of day as the second of the day: `23:10`, `11:00:00 AM`, `9 pm`.
///
/// # Errors
/// What is no time of day.
pub(in crate::import) fn clock(cell: &str) -> Result<u32, Unfit> {
    let text = peel::unguarded(cell);
    clock_at(text)
        .filter(|(_, rest)| is_zone(peel::bare_start(rest)))
        .map(|(second, _)| second)
        .ok_or_else(|| Unfit::of(cell, "a time of day such as 14:30 or 2:30 PM", ""))
}

/// Whether a cell could be a time of day.
pub(in crate::import) fn resembles_clock(cell: &str) -> bool {
    clock_at(peel::unguarded(cell)).is_some_and(|(_, rest)| is_zone(peel::bare_start(rest)))
}

/// What is wrong with a duration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Form,
    Negative,
    Unit,
    Sixty,
    Comma,
    Colon,
}

fn parse(text: &str, bare: Option<Unit>) -> Result<u64, Fault> {
    if text.starts_with(peel::is_dash) {
        return Err(if text.contains(|sign: char| sign.is_ascii_digit()) { Fault::Negative } else { Fault::Form });
    }
    if text.contains(':') {
        return if bare.is_none_or(|unit| unit == Unit::Hours) { colons(text) } else { Err(Fault::Colon) };
    }
    let iso = text.strip_prefix("PT").or_else(|| text.strip_prefix("pt"));
    let mut rest = iso.unwrap_or(text);
    let (mut total, mut last) = (0u64, None::<Unit>);
    while let Some((number, after)) = number(rest) {
        rest = peel::bare_start(after);
        let end = rest.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match Unit::named(&rest[..end]) {
            Some(unit) if last.is_none_or(|last| unit.seconds() < last.seconds()) => unit,
            // 1h30: the last number counts the next smaller unit.
            None if rest.is_empty() && last == Some(Unit::Hours) => Unit::Minutes,
            None if rest.is_empty() && last.is_none() && iso.is_none() => {
                number.comma_is_clear()?;
                bare.ok_or(Fault::Unit)?
            }
            _ => return Err(Fault::Form),
        };
        number.comma_is_clear()?;
        if last.is_some() && number.whole >= 60 {
            return Err(Fault::Sixty);
        }
        total = total.saturating_add(number.times(unit.seconds()));
        rest = rest[end..].trim_start_matches(['.', ',']);
        rest = peel::bare_start(rest);
        last = Some(unit);
    }
    if rest.is_empty() && last.is_some() { Ok(total) } else { Err(Fault::Form) }
}

/// Hours, minutes and perhaps seconds, parted by colons. Hours may be more than 24.
fn colons(text: &str) -> Result<u64, Fault> {
    let text = text.trim_end_matches(['h', ' ']);
    let mut parts = text.splitn(4, ':');
    let (Some(hours), Some(minutes), seconds, None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(Fault::Form);
    };
    let whole = |part: &str, most: usize| {
        let fits = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse::<u64>().map_err(|_| Fault::Form) } else { Err(Fault::Form) }
    };
    let (seconds, fraction) = match seconds.unwrap_or("0").split_once('.') {
        Some((seconds, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => (seconds, fraction),
        Some(_) => return Err(Fault::Form),
        None => (seconds.unwrap_or("0"), ""),
    };
    let (hours, minutes, seconds) = (whole(hours, 6)?, whole(minutes, 2)?, whole(seconds, 2)?);
    if minutes >= 60 || seconds >= 60 {
        return Err(Fault::Sixty);
    }
    let half = u64::from(fraction.starts_with(['5', '6', '7', '8', '9']));
    Ok(hours * 3_600 + minutes * 60 + seconds + half)
}

/// A number of zero or more with decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Number {
    whole: u64,
    /// Decimals, in units of 10⁻⁹; those beyond are left out.
    billionths: u64,
    /// Three digits after a comma, or more.
    comma_in_doubt: bool,
}

impl Number {
    fn comma_is_clear(self) -> Result<(), Fault> {
        if self.comma_in_doubt { Err(Fault::Comma) } else { Ok(()) }
    }

    fn times(self, seconds: u64) -> u64 {
        let part = (self.billionths * seconds + 500_000_000) / 1_000_000_000;
        self.whole.saturating_mul(seconds).saturating_add(part)
    }
}

/// The number at the start of a text, and the rest.
fn number(text: &str) -> Option<(Number, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(text);
    let whole = text[..length]
        .bytes()
        .fold(0u64, |value, digit| value.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
    let mut rest = &text[length..];
    let (mut billionths, mut places) = (0u64, 0);
    let comma = rest.starts_with(',');
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        places = digits(after);
        if places > 0 {
            let mut unit = 100_000_000;
            for digit in after[..places].bytes() {
                billionths += u64::from(digit - b'0') * unit;
                unit /= 10;
            }
            rest = &after[places..];
        } else if length > 0 && after.is_empty() {
            rest = after;
        }
    }
    let number = Number { whole, billionths, comma_in_doubt: comma && places >= 3 };
    (length + places > 0).then_some((number, rest))
}

/// The time of day at the start of a text as the second of the day, and the rest. Parts of a second are left out.
pub(super) fn clock_at(text: &str) -> Option<(u32, &str)> {
    let (hour, mut rest) = two_digits(text)?;
    let (mut minute, mut second) = (None, 0);
    if let Some(after) = rest.strip_prefix(':') {
        let (value, after) = two_digits(after).filter(|_| after.len() > 1 && after.as_bytes()[1].is_ascii_digit())?;
        (minute, rest) = (Some(value), after);
        if let Some(after) = rest.strip_prefix(':') {
            (second, rest) = two_digits(after)?;
            if let Some(after) = rest.strip_prefix(['.', ',']) {
                let places = after.bytes().take_while(u8::is_ascii_digit).count();
                rest = if places == 0 { return None } else { &after[places..] };
            }
        }
    }
    let half = peel::bare_start(rest);
    let half_day = ["am", "a.m.", "pm", "p.m."].into_iter().find(|name| {
        half.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && !half[name.len()..].starts_with(char::is_alphanumeric)
    });
    let hour = match half_day {
        Some(name) => {
            rest = &half[name.len()..];
            let after_noon = name.starts_with('p');
            (1..=12).contains(&hour).then_some(hour % 12 + if after_noon { 12 } else { 0 })?
        }
        None => hour,
    };
    // An hour alone is a time of day only with its half.
    let minute = minute.or_else(|| half_day.map(|_| 0))?;
    (hour < 24 && minute < 60 && second < 60).then_some((hour * 3_600 + minute * 60 + second, rest))
}

/// One or two digits at the start of a text, and the rest.
fn two_digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2)
        .contains(&length)
        .then(|| text.split_at(length))
        .and_then(|(digits, rest)| Some((digits.parse().ok()?, rest)))
}

/// Whether a text is a time zone or nothing: `Z`, `+02:00`, `PST`, `GMT+2`, `[0:GMT]`.
pub(super) fn is_zone(text: &str) -> bool {
    let plain =
        |sign: u8| matches!(sign, b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b':' | b'.' | b'[' | b']' | b'(' | b')');
    text.len() <= 12
        && text.bytes().all(plain)
        && text.bytes().next().is_none_or(|first| matches!(first, b'A'..=b'Z' | b'+' | b'-' | b'[' | b'('))
        && text != "-"
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(cell: &str) -> u32 {
        read(cell, Some(Unit::Hours)).unwrap()
    }

    fn hint(cell: &str, bare: Option<Unit>) -> String {
        read(cell, bare).unwrap_err().hint.into_owned()
    }

    #[test]
    fn colons_part_hours_minutes_and_seconds() {
        assert_eq!((hours("1:30"), hours("01:00:01"), hours("00:30:00")), (5_400, 3_601, 1_800));
        assert_eq!((hours("26:15:00"), hours("0:05 h"), hours("0:00:01.500")), (94_500, 300, 2));
        assert_eq!(hint("1:75", None), "minutes and seconds are less than 60");
        for cell in ["1:", ":30", "1:2:3:4", "1:30:", "1::30", "1:+3", "1:30 x", "1:30:00.x"] {
            assert!(read(cell, None).is_err(), "{cell}");
        }
    }

    #[test]
    fn bare_numbers_need_a_unit() {
        assert_eq!(
            (hours("1.5"), hours("0.50"), hours("1,5"), hours(".25"), hours("8")),
            (5_400, 1_800, 5_400, 900, 28_800)
        );
        assert_eq!((read("90", Some(Unit::Minutes)), read("90", Some(Unit::Seconds))), (Ok(5_400), Ok(90)));
        assert_eq!(hint("90", None), "say whether the column counts hours, minutes or seconds");
        assert!(hint("1:30", Some(Unit::Minutes)).contains("in doubt"));
        assert!(hint("1,234", Some(Unit::Hours)).contains("comma"));
        assert_eq!(hint("-1.5", Some(Unit::Hours)), "it cannot be negative");
        assert_eq!(hint("99999999", Some(Unit::Hours)), "at most 1,000,000 minutes");
    }

    #[test]
    fn a_part_of_a_second_is_rounded() {
        assert_eq!((hours("0.333"), hours("0.33333333333333"), hours("0.0001")), (1_199, 1_200, 0));
        assert_eq!((hours("0.0002"), hours("0.01")), (1, 36));
    }

    #[test]
    fn units_are_named() {
        for (cell, seconds) in [
            ("1h 30m", 5_400),
            ("1h30", 5_400),
            ("1 h 30 min", 5_400),
            ("90 min", 5_400),
            ("90min.", 5_400),
            ("45s", 45),
            ("1 hour, 5 minutes", 3_900),
            ("2 hrs", 7_200),
            ("1.5h", 5_400),
            ("1.5 hours", 5_400),
            ("PT1H30M", 5_400),
            ("PT45S", 45),
            ("1h 1m 1s", 3_661),
        ] {
            assert_eq!(read(cell, None), Ok(seconds), "{cell}");
            assert!(resembles(cell), "{cell}");
        }
        for cell in ["", "h", "1h 2h", "30m 1h", "1d", "1h 90m", "PT", "PT5", "1h x", "--", "1 30"] {
            assert!(read(cell, Some(Unit::Hours)).is_err(), "{cell}");
        }
        assert!(!resembles("90") && !resembles("") && resembles("1:30"));
    }

    #[test]
    fn times_of_day_are_read() {
        for (cell, second) in [
            ("11:00:00 AM", 39_600),
            ("11:23 PM", 84_180),
            ("12:00 AM", 0),
            ("12:30 pm", 45_000),
            ("9am", 32_400),
            ("9 p.m.", 75_600),
            ("23:10", 83_400),
            ("09:23:52Z", 33_832),
            ("09:23:52.123+02:00", 33_832),
            ("11:00\u{202f}AM", 39_600),
        ] {
            assert_eq!(clock(cell), Ok(second), "{cell}");
            assert!(resembles_clock(cell), "{cell}");
        }
        for cell in ["", "9", "24:00", "13:00 PM", "0:30 AM", "11:60", "11:5", "11:00:60", "11:00 x", "110:00", "9 AMX"]
        {
            assert!(clock(cell).is_err(), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn written_durations_are_read_back(seconds in 0u32..=60_000_000) {
            let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
            for cell in [format!("{h}:{m:02}:{s:02}"), format!("{h:02}:{m:02}:{s:02}"), format!("{h}h {m}m {s}s"),
                format!("PT{h}H{m}M{s}S")] {
                prop_assert_eq!(read(&cell, None), Ok(seconds));
            }
            let hundredths = seconds / 36;
            prop_assert_eq!(read(&format!("{}.{:02}", hundredths / 100, hundredths % 100), Some(Unit::Hours)), Ok(hundredths * 36));
            prop_assert_eq!(read(&seconds.to_string(), Some(Unit::Seconds)), Ok(seconds));
        }

        #[test]
        fn written_times_of_day_are_read_back(second in 0u32..86_400) {
            let (h, m, s) = (second / 3_600, second / 60 % 60, second % 60);
            prop_assert_eq!(clock(&format!("{h:02}:{m:02}:{s:02}")), Ok(second));
            let half = if h < 12 { "AM" } else { "PM" };
            prop_assert_eq!(clock(&format!("{}:{m:02}:{s:02} {half}", (h + 11) % 12 + 1)), Ok(second));
        }

        #[test]
        fn no_text_stops_the_program(text in "\\PC*", marks in "[0-9hms:., APM+Z-]{0,14}") {
            for cell in [&text, &marks] {
                for bare in [None, Some(Unit::Hours), Some(Unit::Minutes)] {
                    _ = read(cell, bare);
                }
                _ = (clock(cell), resembles(cell), resembles_clock(cell));
            }
        }
    }
}
