//! What a way saves, by kind, and what it comes to today.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use rust_decimal::Decimal;

use super::path::Lived;
use crate::money::{Rate, Round, Usd};
use crate::tax::worksheets::by_schedule;

/// What is saved, by kind. A negative amount is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Self-employment tax, with Additional Medicare Tax on it.
    pub self_employment: Usd,
    /// Income tax and other taxes, had the business income deduction stayed as it is.
    pub income_tax: Usd,
    /// The income tax on what the business income deduction changes by; mostly lost.
    pub qbi: Usd,
    /// The premium tax credit, what is paid back of its advance included.
    pub premium: Usd,
    /// Other credits.
    pub credits: Usd,
}

impl Saved {
    /// What the return with the things saves against the one without.
    pub fn between(without: &Lived, with: &Lived) -> Saved {
        let total = without.net_tax - with.net_tax;
        let lost = without.qbi - with.qbi;
        let tax = |income: Usd| Round::Cents.enter(by_schedule(with.law, with.status, income));
        let saved = Saved {
            self_employment: without.self_employment - with.self_employment,
            income_tax: Usd::ZERO,
            qbi: tax((with.ordinary - lost).floor0()) - tax(with.ordinary),
            premium: with.premium - without.premium,
            credits: with.credits - without.credits,
        };
        Saved { income_tax: total - saved.total(), ..saved }
    }

    /// All of it.
    pub fn total(&self) -> Usd {
        self.self_employment + self.income_tax + self.qbi + self.premium + self.credits
    }

    fn each(self, each: impl Fn(Usd) -> Usd) -> Saved {
        Saved {
            self_employment: each(self.self_employment),
            income_tax: each(self.income_tax),
            qbi: each(self.qbi),
            premium: each(self.premium),
            credits: each(self.credits),
        }
    }

    /// What it is worth so many years earlier, each kind rounded to cents.
    pub fn earlier(self, discount: Rate, years: i32) -> Saved {
        self.each(|amount| today(amount, discount, years))
    }
}

/// What money of so many years later is worth today.
pub fn today(amount: Usd, discount: Rate, years: i32) -> Usd {
    let growth = Decimal::ONE + discount.to_decimal();
    let grown = (0..years).try_fold(Decimal::ONE, |grown, _| grown.checked_mul(growth));
    grown.and_then(|grown| amount.to_decimal().checked_div(grown)).map_or(Usd::ZERO, Usd::rounded)
}

impl Add for Saved {
    type Output = Saved;
    fn add(self, other: Saved) -> Saved {
        Saved {
            self_employment: self.self_employment + other.self_employment,
            income_tax: self.income_tax + other.income_tax,
            qbi: self.qbi + other.qbi,
            premium: self.premium + other.premium,
            credits: self.credits + other.credits,
        }
    }
}

impl Neg for Saved {
    type Output = Saved;
    fn neg(self) -> Saved {
        self.each(|amount| -amount)
    }
}

impl Sub for Saved {
    type Output = Saved;
    fn sub(self, other: Saved) -> Saved {
        let other = -other;
        self.add(other)
    }
}

impl Sum for Saved {
    fn sum<I: Iterator<Item = Saved>>(all: I) -> Saved {
        all.fold(Saved::default(), Add::add)
    }
}
