//! Money on paper and money in between: the only arithmetic on money.
//!
//! [`Usd`] is an amount that may stand on a form line or in the book, in whole cents.
//! [`Exact`] is a product that has not been rounded yet. [`Round`] turns one into the other, once.
//! No float takes part.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// The largest amount that is accepted from outside, in cents: ten billion dollars.
const LIMIT_CENTS: i64 = 1_000_000_000_000;

/// An amount in US dollars, whole cents. Negative amounts are losses, refunds or claw-backs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Hash)]
pub struct Usd(i64);

/// An unrounded product of an amount and a rate, in units of 10⁻⁸ dollars. Never stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Exact(i64);

/// A rate of law such as 92.35%, in millionths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Rate(i64);

/// A fraction without an exact decimal, such as 4 of 12 months or one business of several.
/// A fraction over zero counts as zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ratio {
    /// The part.
    pub of: i64,
    /// The whole.
    pub whole: i64,
}

/// What a mile counts, in tenths of a cent: 72.5 cents are 725.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct PerMile(i64);

/// How an amount is written on a form line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Round {
    /// Whole dollars, half a dollar goes up, as a return is filed (Form 1040 instructions, "Rounding Off to Whole Dollars").
    #[default]
    WholeDollar,
    /// Cents, half a cent goes up; tax by formula. For planning and for comparison with other engines.
    Cents,
}

/// Why a decimal is not an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AmountError {
    /// More than two decimals.
    #[error("an amount has at most two decimals")]
    Fraction,
    /// Beyond ten billion dollars.
    #[error("an amount is at most $10,000,000,000")]
    TooLarge,
}

impl Usd {
    /// No money.
    pub const ZERO: Usd = Usd(0);

    /// An amount in whole dollars.
    pub const fn dollars(dollars: i64) -> Usd {
        Usd(dollars * 100)
    }

    /// An amount in cents, at most ten billion dollars.
    ///
    /// # Errors
    /// It is more than that.
    pub const fn try_from_cents(cents: i64) -> Result<Usd, AmountError> {
        if cents.unsigned_abs() > LIMIT_CENTS.unsigned_abs() { Err(AmountError::TooLarge) } else { Ok(Usd(cents)) }
    }

    /// An amount in cents.
    pub const fn from_cents(cents: i64) -> Usd {
        Usd(cents)
    }

    /// The amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// "If zero or less, enter -0-."
    pub fn floor0(self) -> Usd {
        Usd(self.0.max(0))
    }

    /// The amount, or zero where it is less than `floor`.
    pub fn zero_under(self, floor: Usd) -> Usd {
        if self < floor { Usd::ZERO } else { self }
    }

    /// What this amount has over another, not below zero.
    pub fn excess(self, over: Usd) -> Usd {
        (self - over).floor0()
    }

    /// The steps of `step` dollars in this amount, a started step counts: "round up to the next multiple of $1,000".
    /// Zero for an amount of zero or less.
    pub fn steps_started(self, step: Usd) -> i64 {
        if self.0 <= 0 { 0 } else { (self.0 + step.0 - 1) / step.0 }
    }

    /// The full steps of `step` dollars in this amount: "round down". Zero for an amount of zero or less.
    pub fn full_steps(self, step: Usd) -> i64 {
        if self.0 <= 0 { 0 } else { self.0 / step.0 }
    }

    /// The amount as a decimal, in dollars.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// A decimal in dollars as an amount, half a cent away from zero. Saturates at ten billion dollars.
    pub fn rounded(dollars: Decimal) -> Usd {
        let cents = (dollars * Decimal::ONE_HUNDRED).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let bound = if cents.is_sign_negative() { -LIMIT_CENTS } else { LIMIT_CENTS };
        Usd(cents.to_i64().unwrap_or(bound).clamp(-LIMIT_CENTS, LIMIT_CENTS))
    }
}

/// The digits of a number below 100,000,000, the first in the lowest byte. All lanes at once: the number falls apart into
/// two of four digits, each of them into two of two, each of these into its digits.
fn eight_digits(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | (u64::from(number % 10_000) << 32);
    // 5,243 / 2¹⁹ is a hundredth and 103 / 2¹⁰ a tenth, closely enough for so few digits.
    let hundreds = (fours.wrapping_mul(5_243) >> 19) & 0x0000_007f_0000_007f;
    let pairs = hundreds | (fours.wrapping_sub(hundreds.wrapping_mul(100)) << 16);
    let tens = (pairs.wrapping_mul(103) >> 10) & 0x000f_000f_000f_000f;
    tens | (pairs.wrapping_sub(tens.wrapping_mul(10)) << 8)
}

impl Usd {
    /// The longest plain text of an amount.
    pub const LONGEST: usize = 24;

    /// Writes the amount as `Display` does, always with two decimals, and gives the length. For files of many amounts.
    ///
    /// # Panics
    /// `text` is shorter than [`Usd::LONGEST`].
    #[inline]
    pub fn write_to(self, text: &mut [u8]) -> usize {
        const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
        const LAST: u64 = 1 << 56;
        const POINT: u64 = u64::from_le_bytes(*b".00\0\0\0\0\0");
        const MOST: u32 = 99_999_999;
        let text: &mut [u8; Self::LONGEST] = text.first_chunk_mut().expect("room for an amount");
        if self.0 == 0 {
            // What most lines are.
            text[..4].copy_from_slice(b"0.00");
            return 4;
        }
        let (dollars, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let Some(dollars) = u32::try_from(dollars).ok().filter(|dollars| *dollars <= MOST) else {
            let long = self.to_string();
            text[..long.len()].copy_from_slice(long.as_bytes());
            return long.len();
        };
        text[0] = b'-';
        let start = usize::from(self.0 < 0);
        let digits = eight_digits(dollars);
        // Zeros before the first digit are left out, but not the one before the point.
        let zeros = (digits | LAST).trailing_zeros() / 8;
        text[start..start + 8].copy_from_slice(&((digits | ZEROS) >> (8 * zeros)).to_le_bytes());
        let point = start + 8 - zeros as usize;
        let tens = (cents * 103) >> 10;
        let decimals = POINT | (tens << 8) | ((cents - tens * 10) << 16);
        text[point..point + 8].copy_from_slice(&decimals.to_le_bytes());
        point + 3
    }
}

impl TryFrom<Decimal> for Usd {
    type Error = AmountError;

    /// A decimal in dollars that already is an amount: at most two decimals, at most ten billion dollars.
    fn try_from(dollars: Decimal) -> Result<Usd, AmountError> {
        let dollars = dollars.normalize();
        if dollars.scale() > 2 {
            return Err(AmountError::Fraction);
        }
        if dollars.abs() > Decimal::new(LIMIT_CENTS, 2) {
            return Err(AmountError::TooLarge);
        }
        Ok(Usd::rounded(dollars))
    }
}

impl fmt::Display for Usd {
    /// Always two decimals: `-1234.50`. Alternate, for sentences, with sign and groups: `-$1,234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        if f.alternate() {
            let whole = (cents / 100).to_string();
            let groups: Vec<&str> =
                whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
            return f.pad(&format!("{sign}${}.{:02}", groups.join(","), cents % 100));
        }
        f.pad(&format!("{sign}{}.{:02}", cents / 100, cents % 100))
    }
}

impl serde::Serialize for Usd {
    /// Text with two decimals, so that no reader makes a float of it unasked.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Exact {
    /// The amount, or zero where it is less than `floor`.
    pub fn zero_under(self, floor: Usd) -> Exact {
        if self < Exact::from(floor) { Exact(0) } else { self }
    }

    /// "If zero or less, enter -0-."
    pub fn floor0(self) -> Exact {
        Exact(self.0.max(0))
    }
}

impl Rate {
    /// No part.
    pub const ZERO: Rate = Rate(0);

    /// A rate in millionths: `Rate::millionths(923_500)` is 92.35%.
    pub const fn millionths(millionths: i64) -> Rate {
        Rate(millionths)
    }

    /// The rate in millionths: 92.35% is 923,500.
    pub const fn in_millionths(self) -> i64 {
        self.0
    }

    /// The rate as a decimal: 92.35% is 0.9235.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 6).normalize()
    }
}

impl fmt::Display for Rate {
    /// As a percentage without needless zeros: `92.35%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}%", Decimal::new(self.0, 4).normalize()))
    }
}

impl PerMile {
    /// An amount in tenths of a cent.
    pub const fn mills(mills: i64) -> PerMile {
        PerMile(mills)
    }

    /// The amount as a decimal, in dollars.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 3)
    }
}

impl Mul<PerMile> for Decimal {
    type Output = Decimal;
    /// What so many miles count, in dollars, unrounded.
    fn mul(self, rate: PerMile) -> Decimal {
        self * rate.to_decimal()
    }
}

impl Ratio {
    /// The fraction of one amount in another.
    pub fn of(part: Usd, whole: Usd) -> Ratio {
        Ratio { of: part.0, whole: whole.0 }
    }

    /// The fraction as a decimal with four places, for display.
    pub fn to_decimal(self) -> Decimal {
        if self.whole == 0 {
            return Decimal::ZERO;
        }
        (Decimal::from(self.of) / Decimal::from(self.whole)).round_dp(4)
    }
}

impl Round {
    /// Writes an amount that is in whole cents already: nothing to do in cents, nor for whole dollars, which most are.
    #[inline]
    pub fn enter_cents(self, amount: Usd) -> Usd {
        match self {
            Round::WholeDollar if amount.0 % 100 != 0 => self.enter(Exact::from(amount)),
            _ => amount,
        }
    }

    /// Writes an amount on a line: one rounding, half away from zero.
    #[inline]
    pub fn enter(self, exact: Exact) -> Usd {
        let half = |unit: i64| if exact.0 >= 0 { (exact.0 + unit / 2) / unit } else { (exact.0 - unit / 2) / unit };
        match self {
            Round::WholeDollar => Usd(half(100_000_000) * 100),
            Round::Cents => Usd(half(1_000_000)),
        }
    }
}

impl Add for Usd {
    type Output = Usd;
    #[inline]
    fn add(self, other: Usd) -> Usd {
        Usd(self.0 + other.0)
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Usd) {
        self.0 += other.0;
    }
}

impl Sub for Usd {
    type Output = Usd;
    #[inline]
    fn sub(self, other: Usd) -> Usd {
        Usd(self.0 - other.0)
    }
}

impl Neg for Usd {
    type Output = Usd;
    fn neg(self) -> Usd {
        Usd(-self.0)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Usd>>(amounts: I) -> Usd {
        amounts.fold(Usd::ZERO, Add::add)
    }
}

impl Mul<i64> for Usd {
    type Output = Usd;
    fn mul(self, count: i64) -> Usd {
        Usd(self.0 * count)
    }
}

impl Mul<i64> for Rate {
    type Output = Rate;
    fn mul(self, count: i64) -> Rate {
        Rate(self.0 * count)
    }
}

impl Sub for Rate {
    type Output = Rate;
    fn sub(self, other: Rate) -> Rate {
        Rate(self.0 - other.0)
    }
}

impl Mul<Rate> for Usd {
    type Output = Exact;
    #[inline]
    fn mul(self, rate: Rate) -> Exact {
        Exact(self.0 * rate.0)
    }
}

impl Mul<Ratio> for Usd {
    type Output = Exact;
    fn mul(self, ratio: Ratio) -> Exact {
        // None of it or all of it needs no division, and is what most fractions are.
        if ratio.whole == 0 || ratio.of == 0 {
            return Exact(0);
        }
        if ratio.of == ratio.whole {
            return Exact::from(self);
        }
        let exact = i128::from(self.0) * 1_000_000 * i128::from(ratio.of) / i128::from(ratio.whole);
        Exact(i64::try_from(exact).unwrap_or(i64::MAX))
    }
}

impl Add for Exact {
    type Output = Exact;
    #[inline]
    fn add(self, other: Exact) -> Exact {
        Exact(self.0 + other.0)
    }
}

impl Sub for Exact {
    type Output = Exact;
    #[inline]
    fn sub(self, other: Exact) -> Exact {
        Exact(self.0 - other.0)
    }
}

impl From<Rate> for Ratio {
    fn from(rate: Rate) -> Ratio {
        Ratio { of: rate.0, whole: 1_000_000 }
    }
}

impl From<Usd> for Exact {
    #[inline]
    fn from(amount: Usd) -> Exact {
        Exact(amount.0 * 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn a_product_is_rounded_once() {
        // 53,900.54 x 92.35% = 49,777.14869; to cents first would still be 49,777.15, then 49,777.
        let exact = Usd::from_cents(5_390_054) * Rate::millionths(923_500);
        assert_eq!(Round::Cents.enter(exact), Usd::from_cents(4_977_715));
        assert_eq!(Round::WholeDollar.enter(exact), Usd::dollars(49_777));
    }

    #[test]
    fn half_goes_away_from_zero() {
        assert_eq!(Round::WholeDollar.enter(Exact::from(Usd::from_cents(150))), Usd::dollars(2));
        assert_eq!(Round::WholeDollar.enter(Exact::from(Usd::from_cents(-150))), Usd::dollars(-2));
        assert_eq!(Usd::rounded(dec!(0.005)), Usd::from_cents(1));
        assert_eq!(Usd::rounded(dec!(-0.005)), Usd::from_cents(-1));
    }

    #[test]
    fn steps_count_what_was_started_or_finished() {
        let step = Usd::dollars(1_000);
        assert_eq!(Usd::from_cents(100_001).steps_started(step), 2);
        assert_eq!(Usd::dollars(1_000).steps_started(step), 1);
        assert_eq!(Usd::dollars(-5).steps_started(step), 0);
        assert_eq!(Usd::dollars(1_999).full_steps(step), 1);
    }

    #[test]
    fn an_amount_from_outside_is_bounded() {
        assert_eq!(Usd::try_from(dec!(12.345)), Err(AmountError::Fraction));
        assert_eq!(Usd::try_from(dec!(12.300)), Ok(Usd::from_cents(1_230)));
        assert_eq!(Usd::try_from(dec!(10000000000.01)), Err(AmountError::TooLarge));
    }

    #[test]
    fn amounts_and_rates_print_plainly() {
        assert_eq!(Usd::from_cents(-123_456).to_string(), "-1234.56");
        assert_eq!(Usd::from_cents(5).to_string(), "0.05");
        assert_eq!(format!("{:#}", Usd::from_cents(-123_456_789)), "-$1,234,567.89");
        assert_eq!(format!("{:#}", Usd::dollars(123)), "$123.00");
        assert_eq!(Rate::millionths(923_500).to_string(), "92.35%");
    }

    proptest! {
        #[test]
        fn both_ways_of_writing_agree(cents in any::<i64>()) {
            for amount in [Usd(cents), Usd(cents % 1_000), Usd(cents % 10)] {
                let mut text = [0; Usd::LONGEST];
                let length = amount.write_to(&mut text);
                prop_assert_eq!(text[..length].to_vec(), amount.to_string().into_bytes());
            }
        }

        #[test]
        fn integer_products_equal_decimal_products(cents in -1_000_000_000_000i64..1_000_000_000_000, rate in 0i64..1_000_000) {
            let exact = Usd(cents) * Rate(rate);
            let decimal = Decimal::new(cents, 2) * Decimal::new(rate, 6);
            prop_assert_eq!(Round::Cents.enter(exact), Usd::rounded(decimal));
            let dollars = decimal.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(Round::WholeDollar.enter(exact), Usd::rounded(dollars));
        }
    }
}
