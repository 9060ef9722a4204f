//! How figures are written on an official form: whole dollars without commas, losses in parentheses.

use rust_decimal::{Decimal, dec};

use super::Shown;
use crate::money::{Rate, Usd};
use crate::tax::form::Value;

/// Dollars without cents.
pub(super) fn dollars(amount: Usd) -> String {
    (amount.cents() / 100).to_string()
}

/// The figure of a line as it is written; `None` for zero where the form does not ask for it.
pub(super) fn written(value: Value, zero: Option<&str>, shown: Shown) -> Option<String> {
    let text = match (value, shown) {
        (Value::Usd(amount), _) if amount == Usd::ZERO => String::new(),
        (Value::Usd(amount), Shown::Plain) if amount < Usd::ZERO => format!("({})", dollars(-amount)),
        (Value::Usd(amount), _) => dollars(if amount < Usd::ZERO { -amount } else { amount }),
        (Value::Count(0), _) => String::new(),
        (Value::Count(count), _) => count.to_string(),
        (Value::Ratio(ratio), _) => fraction(ratio.to_decimal(), shown),
        (Value::Number(number), _) => fraction(number, shown),
        // A rate of the law in full: 1.177%.
        (Value::Rate(rate), Shown::Percent) if rate != Rate::ZERO => {
            (rate.to_decimal() * dec!(100)).normalize().to_string()
        }
        (Value::Rate(rate), _) => fraction(rate.to_decimal(), shown),
        (Value::Word(word), _) => word.to_owned(),
    };
    if text.is_empty() { zero.map(str::to_owned) } else { Some(text) }
}

/// A fraction: a percentage with two places, or a decimal with four.
fn fraction(number: Decimal, shown: Shown) -> String {
    if number.is_zero() {
        return String::new();
    }
    let (number, places) = if shown == Shown::Percent { (number * dec!(100), 2) } else { (number, 4) };
    number.round_dp(places).normalize().to_string()
}

/// Amounts in whole dollars that add up to a total in whole dollars: each is rounded down, and what is missing goes to
/// those that lost most.
pub(super) fn whole(amounts: &[Usd], total: Usd) -> Vec<Usd> {
    let mut whole: Vec<i64> = amounts.iter().map(|amount| amount.cents().div_euclid(100)).collect();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| (-amounts[*at].cents().rem_euclid(100), *at));
    let missing = total.cents() / 100 - whole.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        whole[at] += 1;
    }
    whole.into_iter().map(Usd::dollars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Ratio;

    #[test]
    fn a_loss_stands_in_parentheses_that_are_printed_or_not() {
        let loss = Value::Usd(Usd::dollars(-1_735));
        assert_eq!(written(loss, None, Shown::Plain).as_deref(), Some("(1735)"));
        assert_eq!(written(loss, None, Shown::Enclosed).as_deref(), Some("1735"));
        assert_eq!(written(Value::Usd(Usd::dollars(45_000)), None, Shown::Plain).as_deref(), Some("45000"));
    }

    #[test]
    fn zero_is_written_where_the_form_asks_for_it() {
        assert_eq!(written(Value::Usd(Usd::ZERO), None, Shown::Plain), None);
        assert_eq!(written(Value::Usd(Usd::ZERO), Some("-0-"), Shown::Plain).as_deref(), Some("-0-"));
    }

    #[test]
    fn shares_are_decimals_or_percent() {
        let share = Value::Ratio(Ratio { of: 1, whole: 8 });
        assert_eq!(written(share, None, Shown::Plain).as_deref(), Some("0.125"));
        assert_eq!(written(share, None, Shown::Percent).as_deref(), Some("12.5"));
    }

    #[test]
    fn a_rate_of_the_law_is_written_in_full() {
        assert_eq!(written(Value::Rate(Rate::millionths(11_770)), None, Shown::Percent).as_deref(), Some("1.177"));
    }

    #[test]
    fn rows_add_up_to_their_total() {
        // 1.50 + 2.40 + 3.60 = 7.50, which is 8: one and two and three, and two more for .60 and .50.
        let amounts = [150, 240, 360].map(Usd::from_cents);
        assert_eq!(whole(&amounts, Usd::dollars(8)), [2, 2, 4].map(Usd::dollars));
    }
}
