//! What a number format says of its number: whether it is a date, a time, a percentage.

use chrono::{Days, NaiveDate, NaiveTime};

use super::number::Number;

/// The last day of Excel's calendar, 9999-12-31, counted from 1900.
const LAST: u32 = 2_958_465;

/// What a number format shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Number,
    Percent,
    Date,
    Time,
    DateTime,
    /// A length of time that may exceed a day.
    Elapsed,
    /// A date or a time, by language: the format has a number only.
    Moment,
}

impl Format {
    /// A format that has only a number (ECMA-376 part 1, 18.8.30).
    pub(super) fn built_in(id: u32) -> Format {
        match id {
            9 | 10 => Format::Percent,
            14..=17 => Format::Date,
            18..=21 | 45 | 47 => Format::Time,
            22 => Format::DateTime,
            46 => Format::Elapsed,
            27..=36 | 50..=58 => Format::Moment,
            _ => Format::Number,
        }
    }

    /// A format by its code. What it says of positive numbers counts.
    pub(super) fn of_code(code: &str) -> Format {
        if code.eq_ignore_ascii_case("general") || code.eq_ignore_ascii_case("standard") {
            return Format::Number;
        }
        let (mut date, mut time, mut month, mut digits) = (false, false, false, false);
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign.to_ascii_lowercase() {
                ';' => break,
                '"' => {
                    signs.find(|sign| *sign == '"');
                }
                // The next character is shown, repeated or only measured.
                '\\' | '_' | '*' => {
                    signs.next();
                }
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    let unit = inside.to_ascii_lowercase();
                    if !unit.is_empty() && ['h', 'm', 's'].iter().any(|sign| unit.trim_matches(*sign).is_empty()) {
                        return Format::Elapsed;
                    }
                }
                '%' => return Format::Percent,
                // After a date or time these are fractions of a second.
                '0' | '#' | '?' => digits = !(date || time || month),
                'y' | 'd' if !digits => date = true,
                'h' | 's' if !digits => time = true,
                'm' if !digits => month = true,
                _ => (),
            }
        }
        match (date || (month && !time), time) {
            _ if digits => Format::Number,
            (true, true) => Format::DateTime,
            (true, false) => Format::Date,
            (false, true) => Format::Time,
            (false, false) => Format::Number,
        }
    }

    /// A number as text. What is no moment of the calendar stays a number.
    pub(super) fn show(self, number: Number, from_1904: bool) -> String {
        match self {
            Format::Number => number.to_string(),
            Format::Percent => format!("{}%", number.percent()),
            _ => self.moment(&number, from_1904).unwrap_or_else(|| number.to_string()),
        }
    }

    fn moment(self, number: &Number, from_1904: bool) -> Option<String> {
        let (day, second) = number.day_and_second().filter(|(day, _)| *day <= LAST)?;
        let clock = || NaiveTime::from_num_seconds_from_midnight_opt(second, 0).map(|time| time.to_string());
        let date = || calendar(day, from_1904).map(|date| date.to_string());
        match self {
            Format::Number | Format::Percent => None,
            Format::Elapsed => {
                let seconds = u64::from(day) * 86_400 + u64::from(second);
                Some(format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
            }
            Format::Time => clock(),
            Format::DateTime | Format::Moment if day == 0 => clock(),
            Format::Moment if second != 0 => Some(format!("{} {}", date()?, clock()?)),
            Format::Date | Format::Moment => date(),
            Format::DateTime => Some(format!("{} {}", date()?, clock()?)),
        }
    }
}

/// The day of a serial number. Excel counts a February 29 in 1900 that never was: it is no day here.
fn calendar(day: u32, from_1904: bool) -> Option<NaiveDate> {
    let start = match day {
        _ if from_1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
        0 | 60 => None,
        1..60 => NaiveDate::from_ymd_opt(1899, 12, 31),
        _ => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    start?.checked_add_days(Days::new(day.into()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        for (code, format) in [
            ("General", Format::Number),
            ("Standard", Format::Number),
            ("0.00", Format::Number),
            ("#,##0.00 \"USD\"", Format::Number),
            ("[$USD] #,##0.00", Format::Number),
            ("_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", Format::Number),
            ("[Red]0.00;[Red]-0.00", Format::Number),
            ("0.00E+00", Format::Number),
            ("# ?/?", Format::Number),
            ("@", Format::Number),
            ("#,##0*y", Format::Number),
            ("\\d0", Format::Number),
            ("0.0%", Format::Percent),
            ("yyyy-mm-dd", Format::Date),
            ("DD/MM/YYYY", Format::Date),
            ("[$-409]mmmm d, yyyy;@", Format::Date),
            ("mmm-yy", Format::Date),
            ("m\"月\"d\"日\"", Format::Date),
            ("*-yyyy-mm-dd", Format::Date),
            ("mmm", Format::Date),
            ("m/d/yy h:mm", Format::DateTime),
            ("yyyy\\-mm\\-dd\\ hh:mm:ss.000", Format::DateTime),
            ("h:mm AM/PM", Format::Time),
            ("mm:ss.0", Format::Time),
            ("[h]:mm", Format::Elapsed),
            ("[mm]:ss", Format::Elapsed),
            ("\"unclosed yyyy", Format::Number),
            ("[unclosed yyyy", Format::Number),
            ("", Format::Number),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn moments_are_iso() {
        let show = |format: Format, text| format.show(Number::read(text).unwrap(), false);
        assert_eq!(show(Format::Date, "43449"), "2018-12-15");
        assert_eq!(show(Format::Date, "43449.4375"), "2018-12-15");
        assert_eq!(show(Format::DateTime, "43449.4375"), "2018-12-15 10:30:00");
        assert_eq!(show(Format::DateTime, "43449"), "2018-12-15 00:00:00");
        assert_eq!(show(Format::DateTime, "0.4375"), "10:30:00");
        assert_eq!(show(Format::Time, "43449.4375"), "10:30:00");
        assert_eq!(
            (show(Format::Moment, "43449"), show(Format::Moment, "0.5")),
            ("2018-12-15".into(), "12:00:00".into())
        );
        assert_eq!(
            (show(Format::Elapsed, "1.5"), show(Format::Elapsed, "0.0625")),
            ("36:00:00".into(), "1:30:00".into())
        );
        assert_eq!(show(Format::Number, "43449"), "43449");
        assert_eq!(show(Format::Percent, "0.075"), "7.5%");
        assert_eq!(Format::Date.show(Number::read("41987").unwrap(), true), "2018-12-15");
        assert_eq!(Format::Date.show(Number::read("0").unwrap(), true), "1904-01-01");
    }

    #[test]
    fn the_calendar_has_ends() {
        let show = |text| Format::Date.show(Number::read(text).unwrap(), false);
        assert_eq!(
            (show("1"), show("59"), show("61")),
            ("1900-01-01".into(), "1900-02-28".into(), "1900-03-01".into())
        );
        assert_eq!((show("60"), show("0"), show("-5")), ("60".into(), "0".into(), "-5".into()));
        assert_eq!((show("2958465"), show("2958466")), ("9999-12-31".into(), "2958466".into()));
    }
}
