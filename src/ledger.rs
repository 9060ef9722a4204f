//! What every row of a bank, card or platform statement is: expense, income, transfer, or a question to the user.
//!
//! Nothing of it is stored. A decision is a function of the movements, the records of files beside them, the rules and
//! the user's corrections, and is worked out again whenever it is read. So an import, an undo or a new rule needs to
//! restore nothing. In order, the first that speaks of a row decides:
//!
//! 1. the user's correction;
//! 2. a reversal: two rows of one account that cancel each other;
//! 3. a payment by a platform, such as Venmo, whose own statement is there too: the bank's row only funds it;
//! 4. a transfer between own accounts that words on one side name;
//! 5. a record of a file (`expenses.csv`, `payments.csv`) that is the same event: it counts once, there;
//! 6. two equal and opposite rows that no rule knows: the user is asked;
//! 7. the currency: only dollars flow;
//! 8. the user's own rules;
//! 9. a payer's name in a deposit: income; then our rules;
//! 10. for money in, a purchase at the same vendor that it gives back;
//! 11. nothing: the user is asked.
//!
//! Pairs are found greedily: better evidence first, then the nearer day, then the earlier row of the first side, then the
//! later day of the second. Rows stand in order of day, account, amount, text, the bank's number and the book's. A row is
//! taken once.

mod learn;
mod pair;
mod payer;
mod refund;
mod rule;
mod settle;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::learn::{Proposal, proposals};
pub use self::payer::{names as payer_names, names_payer};
pub use self::rule::{Direction, FILE, Problem, Rule, Rules, Ruling, Share, WHOLE, percentage};
pub use self::settle::settle;
use crate::book::category::Category;
use crate::book::entry::{Expense, Kind, Movement, Origin, Payment};
use crate::book::{Corrected, Correction};
use crate::money::{Rate, Round, Usd};
use crate::profile;

/// The currency of a return.
pub const DOLLARS: &str = "USD";

/// The kind of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// Checking or savings.
    Bank,
    /// A credit card.
    Card,
    /// PayPal, Venmo and the like.
    Platform,
}

/// Platforms that hold money and pay for their owner: the word in an account's name, and how statements of others begin.
const PLATFORMS: &[(&str, &[&str])] = &[
    ("paypal", &[" paypal ", " pp ", " paypal inst xfer "]),
    ("venmo", &[" venmo "]),
    ("cash app", &[" cash app ", " cashapp ", " square cash "]),
    ("stripe", &[" stripe "]),
    ("upwork", &[" upwork "]),
    ("payoneer", &[" payoneer "]),
    ("wise", &[" wise "]),
];

impl AccountKind {
    /// The kind that an account's name tells; a bank where it tells nothing.
    pub fn of(account: &str) -> AccountKind {
        let name = words::folded(account);
        let says = |several: &[&str]| several.iter().any(|word| name.contains(&format!(" {word} ")));
        if PLATFORMS.iter().any(|(platform, _)| says(&[platform])) {
            AccountKind::Platform
        } else if says(&["debit", "checking", "savings", "hsa"]) {
            AccountKind::Bank
        } else if says(&["card", "credit", "visa", "mastercard", "amex", "american express", "discover"]) {
            AccountKind::Card
        } else {
            AccountKind::Bank
        }
    }
}

/// What a movement is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Usage {
    /// Money spent, or, where it came in, given back.
    Expense {
        /// On what.
        category: &'static Category,
        /// The business share in millionths; none where only the user knows it.
        share_millionths: Option<i64>,
    },
    /// Income of the business. Money that goes out is a claw-back.
    Income {
        /// From whom.
        payer: String,
    },
    /// Own expenses paid back.
    Reimbursement,
    /// One side of a transfer between own accounts.
    Transfer,
    /// Neither expense nor income of the business.
    Private,
    /// Cancelled by another row.
    Cancelled,
    /// The same event as a record of a file, which counts.
    Recorded,
    /// Not known.
    Open,
}

/// How sure a decision is. Only the first two count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// It is so.
    Classified,
    /// It is likely so, and listed as an assumption.
    Assumed,
    /// Only the user knows. It does not count.
    NeedsYou,
}

/// How two rows belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Match {
    /// They cancel each other.
    Reversal,
    /// The two sides of a transfer.
    Transfer,
    /// The bank pays what a platform shows as a payment of its own.
    Funding,
    /// Money given back, and the purchase.
    Refund,
}

/// What decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The user said so.
    Correction,
    /// A rule.
    Rule(Arc<Rule>),
    /// The name of a payer.
    Payer(String),
    /// Another row.
    Match(Match, i64),
    /// A record of a file: its kind and where it comes from.
    Record(Kind, Origin),
    /// The row names a platform whose own statement is in the book for that time.
    Platform(&'static str),
    /// It is not in dollars.
    Currency,
    /// Nothing speaks of it.
    Nothing,
}

/// What a movement is, how sure that is, and what decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The number of the movement.
    pub movement: i64,
    /// What it is.
    pub usage: Usage,
    /// How sure that is.
    pub label: Label,
    /// What decided.
    pub why: Why,
    /// What the user is asked.
    pub question: Option<String>,
}

/// What is decided upon.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The rows of statements; their numbers differ.
    pub movements: &'a [Movement],
    /// What the user said of them.
    pub corrections: &'a [(Corrected, Correction)],
    /// The rules.
    pub rules: &'a Rules,
    /// The names of payers, of profile and book ([`payer_names`]).
    pub payers: &'a [String],
    /// The payments of files.
    pub payments: &'a [Payment],
    /// The expenses of files.
    pub expenses: &'a [Expense],
    /// The business shares that the profile states.
    pub shares: &'a [profile::Share],
}

/// What was decided of all movements, in order of day.
#[derive(Clone, Debug, Default)]
pub struct Ledger<'a> {
    rows: Vec<(&'a Movement, Decision)>,
    /// Movements that the user gave a category or a payer, although a record of a file looks like the same event.
    pub doubles: Vec<(i64, Kind, Origin)>,
}

/// The sums of one currency. `money_in + money_out = matched + classified + assumed + needs_you`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// All money in.
    pub money_in: Usd,
    /// All money out, negative.
    pub money_out: Usd,
    /// Transfers, cancelled rows, and what records of files count.
    pub matched: Usd,
    /// What is certain.
    pub classified: Usd,
    /// What is likely.
    pub assumed: Usd,
    /// What the user is asked.
    pub needs_you: Usd,
}

impl<'a> Ledger<'a> {
    /// Every movement with its decision.
    pub fn rows(&self) -> impl Iterator<Item = (&'a Movement, &Decision)> {
        self.rows.iter().map(|(movement, decision)| (*movement, decision))
    }

    /// The decision of one movement.
    pub fn of(&self, movement: i64) -> Option<&Decision> {
        self.rows.iter().map(|(_, decision)| decision).find(|decision| decision.movement == movement)
    }

    /// The expenses that count: classified or assumed, in dollars. A refund is negative. Each keeps its row's origin.
    pub fn expenses(&self) -> Vec<Expense> {
        let counts = self.rows.iter().filter_map(|(movement, decision)| match decision.usage {
            Usage::Expense { category, share_millionths: Some(share_millionths) } if decision.flows(movement) => {
                Some(Expense {
                    id: movement.id,
                    origin: movement.origin,
                    date: movement.date,
                    vendor: movement.description.clone(),
                    // The statement's words stay out: a day among them would be read as the year that is paid for.
                    description: decision.why.rule().map_or_else(String::new, |rule| rule.name.clone()),
                    category: category.id.clone(),
                    amount: -movement.amount,
                    share_millionths,
                })
            }
            _ => None,
        });
        counts.collect()
    }

    /// The payments that count. A claw-back is negative. Each keeps its row's origin.
    pub fn payments(&self) -> Vec<Payment> {
        let counts = self.rows.iter().filter_map(|(movement, decision)| match &decision.usage {
            Usage::Income { payer } if decision.flows(movement) => Some(Payment {
                id: movement.id,
                origin: movement.origin,
                received_on: movement.date,
                payer: payer.clone(),
                amount: movement.amount,
                reference: movement.description.clone(),
            }),
            _ => None,
        });
        counts.collect()
    }

    /// The sums of each currency.
    pub fn totals(&self) -> BTreeMap<&'a str, Totals> {
        let mut sums: BTreeMap<&'a str, Totals> = BTreeMap::new();
        for (movement, decision) in &self.rows {
            let sum = sums.entry(&movement.currency).or_default();
            let side = if movement.amount < Usd::ZERO { &mut sum.money_out } else { &mut sum.money_in };
            *side += movement.amount;
            let part = match (decision.label, &decision.usage) {
                (Label::NeedsYou, _) => &mut sum.needs_you,
                (_, Usage::Transfer | Usage::Cancelled | Usage::Recorded) => &mut sum.matched,
                (Label::Classified, _) => &mut sum.classified,
                (Label::Assumed, _) => &mut sum.assumed,
            };
            *part += movement.amount;
        }
        sums
    }

    /// How many rows have a label.
    pub fn count(&self, label: Label) -> usize {
        self.rows.iter().filter(|(_, decision)| decision.label == label).count()
    }
}

impl Decision {
    /// Does it count on a return, as far as label and currency go?
    fn flows(&self, movement: &Movement) -> bool {
        self.label != Label::NeedsYou && movement.currency == DOLLARS
    }
}

impl Why {
    /// The rule that decided, if one did.
    pub fn rule(&self) -> Option<&Rule> {
        match self {
            Why::Rule(rule) => Some(rule),
            _ => None,
        }
    }
}

/// The business part of an amount, to the cent, half up.
pub fn part(amount: Usd, share_millionths: i64) -> Usd {
    Round::Cents.enter(amount * Rate::millionths(share_millionths))
}

/// The corrections of movements; those of expenses are of no concern here.
fn of_movements(corrections: &[(Corrected, Correction)]) -> impl Iterator<Item = (i64, &Correction)> {
    corrections.iter().filter_map(|(of, correction)| match of {
        Corrected::Movement(id) => Some((*id, correction)),
        Corrected::Expense(_) => None,
    })
}

#[cfg(test)]
mod tests;
