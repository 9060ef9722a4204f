//! Numbers of a workbook as plain decimals, without floating point.

/// Digits that Excel keeps of a number.
const DIGITS: usize = 15;

/// The longest number that is read, in bytes, and the largest exponent. The numbers of a workbook end at 1E308.
const LONGEST: usize = 400;
const EXPONENT: i32 = 400;

/// A decimal number: `0.DIGITS` times ten to the power of `point`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    negative: bool,
    /// Without zeros in front and behind; none for zero.
    digits: Vec<u8>,
    point: i32,
}

impl Number {
    /// Reads what a workbook stores, such as `33.499999999999993` or `1.5E-3`, and rounds it to the 15 digits that Excel
    /// shows: half away from zero. The digits beyond are the dust of the program that computed the number.
    pub(super) fn read(text: &str) -> Option<Number> {
        let text = text.trim_ascii();
        if text.len() > LONGEST {
            return None;
        }
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        if !(-EXPONENT..=EXPONENT).contains(&exponent) {
            return None;
        }
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let point = i32::try_from(whole.len()).ok()? - i32::try_from(zeros).ok()? + exponent;
        let mut number = Number { negative, digits: digits[zeros..].to_vec(), point };
        number.round();
        Some(number)
    }

    fn round(&mut self) {
        if self.digits.get(DIGITS).is_some_and(|next| *next >= b'5') {
            self.digits.truncate(DIGITS);
            if let Some(last) = self.digits.iter().rposition(|digit| *digit != b'9') {
                self.digits.truncate(last + 1);
                self.digits[last] += 1;
            } else {
                self.digits = vec![b'1'];
                self.point += 1;
            }
        }
        self.digits.truncate(DIGITS);
        let kept = self.digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        self.digits.truncate(kept);
    }

    /// A hundred times the number.
    pub(super) fn percent(mut self) -> Number {
        self.point += 2;
        self
    }

    /// The number as a day and a second of the day, rounded to seconds. `None` if it is negative or too large.
    pub(super) fn day_and_second(&self) -> Option<(u32, u32)> {
        if self.digits.is_empty() {
            return Some((0, 0));
        }
        if self.negative || self.point > 9 {
            return None;
        }
        let (mut day, mut fraction, mut scale) = (0u32, 0u64, 1u64);
        let shown = usize::try_from(self.point).unwrap_or(0);
        for at in 0..shown {
            day = day.checked_mul(10)?.checked_add(u32::from(self.digits.get(at).map_or(0, |digit| digit - b'0')))?;
        }
        // A second is 0.0000116 of a day: ten decimals are more than enough.
        let zeros = usize::try_from(-self.point).unwrap_or(0).min(10);
        let decimals = std::iter::repeat_n(b'0', zeros).chain(self.digits.iter().skip(shown).copied());
        for digit in decimals.chain(std::iter::repeat(b'0')).take(10) {
            fraction = fraction * 10 + u64::from(digit - b'0');
            scale *= 10;
        }
        let second = u32::try_from((fraction * 86_400 + scale / 2) / scale).ok()?;
        if second == 86_400 { Some((day.checked_add(1)?, 0)) } else { Some((day, second)) }
    }
}

impl std::fmt::Display for Number {
    /// As `33.5`, `-0.05` or `1200000`: no exponent, no grouping.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_str("-")?;
        }
        let digits: String = self.digits.iter().map(|digit| char::from(*digit)).collect();
        let zeros = |count: usize| "0".repeat(count);
        match usize::try_from(self.point) {
            Ok(0) => write!(f, "0.{digits}"),
            Ok(point) if point >= digits.len() => write!(f, "{digits}{}", zeros(point - digits.len())),
            Ok(point) => write!(f, "{}.{}", &digits[..point], &digits[point..]),
            Err(_) => write!(f, "0.{}{digits}", zeros(self.point.unsigned_abs() as usize)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> String {
        Number::read(text).unwrap().to_string()
    }

    #[test]
    fn numbers_are_plain() {
        for (stored, shown) in [
            ("33.5", "33.5"),
            ("43449", "43449"),
            ("0.30000000000000004", "0.3"),
            ("33.499999999999993", "33.5"),
            ("-1234.5599999999999", "-1234.56"),
            ("9.9999999999999995E-3", "0.01"),
            ("999999999999999.9", "1000000000000000"),
            ("1.5E3", "1500"),
            ("1.25E-5", "0.0000125"),
            ("100", "100"),
            ("-0", "0"),
            ("0.0", "0"),
            ("12345678901234567890", "12345678901234600000"),
            (" +7. ", "7"),
            (".5", "0.5"),
        ] {
            assert_eq!(plain(stored), shown, "{stored}");
        }
        assert_eq!(plain("1e308").len(), 309);
        assert_eq!(Number::read("0.4").unwrap().percent().to_string(), "40");
    }

    #[test]
    fn what_is_no_number_stays_text() {
        for text in ["", "-", ".", "1.2.3", "NaN", "inf", "1e", "1e999", "1e-99999999999", "١", "0x10", "1,5", "1 2"] {
            assert_eq!(Number::read(text), None, "{text}");
        }
        assert_eq!(Number::read(&"9".repeat(401)), None);
    }

    #[test]
    fn days_have_seconds() {
        let parts = |text| Number::read(text).unwrap().day_and_second();
        assert_eq!(parts("43449.4375"), Some((43_449, 37_800)));
        assert_eq!(parts("43449.999999999"), Some((43_450, 0)));
        assert_eq!(
            (parts("0.5"), parts("0.000011574074074074"), parts("1E-9")),
            (Some((0, 43_200)), Some((0, 1)), Some((0, 0)))
        );
        assert_eq!(
            (parts("40000"), parts("-1"), parts("1e300"), parts("9999999999")),
            (Some((40_000, 0)), None, None, None)
        );
    }

    proptest! {
        /// Amounts that a program stored as the nearest binary number come back to the cent.
        #[test]
        fn cents_survive(cents in -99_999_999_999i64..99_999_999_999) {
            let (whole, part) = (cents.abs() / 100, cents.abs() % 100);
            let exact = format!("{}{whole}.{part:02}", if cents < 0 { "-" } else { "" });
            let stored: f64 = exact.parse().unwrap();
            let expected = exact.trim_end_matches('0').trim_end_matches('.');
            let expected = if cents == 0 { "0" } else { expected };
            prop_assert_eq!(plain(&format!("{stored:.17}")), expected);
            prop_assert_eq!(plain(&format!("{stored:e}")), expected);
        }

        #[test]
        fn nothing_panics(text in "[-+0-9.eE]{0,40}") {
            if let Some(number) = Number::read(&text) {
                number.day_and_second();
                prop_assert!(Number::read(&number.to_string()).is_some());
            }
        }
    }
}
