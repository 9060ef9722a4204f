//! Why a form says something else than was received.
//!
//! A step is taken only where the records show it and where all steps together come out to the dollar: of the ways that
//! do, the one with the fewest steps. Else the whole difference stays open.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};

use super::{Books, Given, Match, ROUNDING, Straddle, names_account};
use crate::book::entry::{Origin, Payment};
use crate::earnings::Basis;
use crate::ledger::{DOLLARS, Usage, names_payer};
use crate::money::Usd;
use crate::profile::FormKind;

/// So many days into January a payment may have been sent before the year ended.
const IN_THE_MAIL: u32 = 10;

/// So many payments in those days are looked at, at most.
const MOST: usize = 31;

/// Why a form says something else than was received.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Cause {
    /// Received in the first days of the year; the payer's form of the year before has it.
    SentBefore,
    /// Received in the first days of the next year; the payer's form has it already.
    SentAtTheEnd,
    /// The form counts work of the year, not payments.
    ByWork,
    /// The form counts what was due by the terms.
    ByTerms,
    /// The form counts after claw-backs.
    NetOfClawBacks,
    /// The form counts expenses that were paid back.
    Reimbursed,
    /// The platform kept its fees, which stand among the expenses too; the form counts before them.
    Fees,
    /// The platform kept its fees, as the rows of its statement say; the form counts before them.
    FeesKept,
    /// The payer withheld tax; the form counts before it.
    Withheld,
    /// The same money stands on two forms.
    Twice,
}

/// One step from what was received to what a form reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Why.
    pub cause: Cause,
    /// What it adds to what was received.
    pub amount: Usd,
    /// The rows that show it.
    pub rows: Vec<Origin>,
}

/// The steps from what was received to what is reported, and what is left.
pub(super) fn explain(one: &Match, reported: Usd, given: &Given, books: &Books) -> (Vec<Step>, Usd) {
    let difference = reported - one.received;
    if is_rounding(difference) {
        return (Vec::new(), difference);
    }
    let year = given.earnings.year;
    let others = others(one, given);
    let mut best: Option<Vec<Step>> = None;
    for timing in timings(one, year, books) {
        for chosen in 0..1_u32 << others.len() {
            let picked = others.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, step)| step);
            let sum: Usd = timing.iter().chain(picked.clone()).map(|step| step.amount).sum();
            let count = timing.len() + picked.clone().count();
            if is_rounding(difference - sum) && best.as_ref().is_none_or(|best| count < best.len()) {
                best = Some(timing.iter().chain(picked).cloned().collect());
            }
        }
    }
    let steps = best.unwrap_or_default();
    let rest = difference - steps.iter().map(|step| step.amount).sum();
    (steps, rest)
}

fn is_rounding(amount: Usd) -> bool {
    -ROUNDING < amount && amount < ROUNDING
}

/// What the records show besides the calendar.
fn others(one: &Match, given: &Given) -> Vec<Step> {
    let year = given.earnings.year;
    let returned = one.receipts.iter().filter(|receipt| receipt.amount < Usd::ZERO);
    let back = given.movements.iter().zip(given.decisions).filter(|(row, decision)| {
        decision.usage == Usage::Reimbursement
            && row.currency == DOLLARS
            && row.date.year() == year
            && names_payer(&row.description, &one.name)
    });
    let back: Vec<_> = back.map(|(row, _)| row).collect();
    let account =
        |origin: Origin| given.movements.iter().find(|row| row.origin == origin).map(|row| row.account.as_str());
    let fees = given.expenses.iter().filter(|expense| {
        ["commissions", "bank-fees"].contains(&expense.category.as_str())
            && expense.date.year() == year
            && (names_payer(&expense.vendor, &one.name)
                || account(expense.origin).is_some_and(|account| names_account(account, &one.name)))
    });
    let fees: Vec<_> = fees.collect();
    let origins: HashSet<Origin> = one.receipts.iter().filter_map(|receipt| receipt.origin).collect();
    let kept = given.movements.iter().filter(|row| origins.contains(&row.origin));
    let kept: Vec<(Origin, Usd)> = kept.filter_map(|row| Some((row.origin, row.fee_kept()?))).collect();
    let of = |wanted: &dyn Fn(FormKind) -> bool| -> Usd {
        one.forms.iter().filter(|form| wanted(form.kind())).filter_map(|form| form.amount).sum()
    };
    let twice = of(&|kind| kind == FormKind::K).min(of(&|kind| kind != FormKind::K));
    let through = if of(&|kind| kind != FormKind::K) > Usd::ZERO {
        one.through.iter().map(|(_, amount)| *amount).sum()
    } else {
        Usd::ZERO
    };
    let steps = [
        (Cause::NetOfClawBacks, -one.returned, returned.filter_map(|receipt| receipt.origin).collect()),
        (
            Cause::Reimbursed,
            back.iter().map(|row| row.amount).sum(),
            back.iter().map(|row| row.origin).collect::<Vec<_>>(),
        ),
        (
            Cause::Fees,
            fees.iter().map(|expense| expense.amount).sum(),
            fees.iter().map(|expense| expense.origin).collect(),
        ),
        (Cause::FeesKept, kept.iter().map(|(_, fee)| *fee).sum(), kept.iter().map(|(origin, _)| *origin).collect()),
        (Cause::Withheld, one.forms.iter().filter_map(|form| form.withheld).sum(), Vec::new()),
        (Cause::Twice, twice + through, Vec::new()),
    ];
    let steps = steps.into_iter().map(|(cause, amount, rows)| Step { cause, amount, rows });
    steps.filter(|step| step.amount != Usd::ZERO).collect()
}

/// What a payer's calendar may have moved, none first: payments in the mail at either end, or work instead of payments.
fn timings(one: &Match, year: i32, books: &Books) -> Vec<Vec<Step>> {
    let mut timings = vec![Vec::new()];
    // All of its own money, and no other: else the calendar of its payments says nothing of the form.
    let is_own = match &one.straddle {
        Some(straddle) => one.basis == Some(Basis::Payments) && straddle.received() == one.received - one.returned,
        // A payer of another year may have sent its money at the end of this one.
        None => one.receipts.is_empty(),
    };
    if !is_own {
        return timings;
    }
    let payments = books.get(&one.name).map(|entry| entry.payments.as_slice()).unwrap_or_default();
    let before = in_the_mail(payments, year, Cause::SentBefore);
    let after = in_the_mail(payments, year + 1, Cause::SentAtTheEnd);
    for step in after.iter().chain(&before) {
        timings.push(vec![step.clone()]);
    }
    for (one, other) in before.iter().flat_map(|one| after.iter().map(move |other| (one, other))) {
        timings.push(vec![one.clone(), other.clone()]);
    }
    if let Some(straddle) = &one.straddle {
        let rows = |straddle: &Straddle| [straddle.from_before.rows.clone(), straddle.paid_later.rows.clone()].concat();
        for (cause, amount) in [(Cause::ByWork, straddle.earned), (Cause::ByTerms, one.expected)] {
            // Work alone reports nothing: a form that says nothing was paid has another reason.
            if amount != one.received && amount != Usd::ZERO {
                timings.push(vec![Step { cause, amount: amount - one.received, rows: rows(straddle) }]);
            }
        }
    }
    timings
}

/// Payments of the first days of a year, the first of them, the first two and so on: what may have been in the mail.
fn in_the_mail(payments: &[&Payment], year: i32, cause: Cause) -> Vec<Step> {
    let is_early = |day: NaiveDate| day.year() == year && day.ordinal() <= IN_THE_MAIL;
    let mut early: Vec<&&Payment> =
        payments.iter().filter(|payment| is_early(payment.received_on) && payment.amount > Usd::ZERO).collect();
    early.sort_by_key(|payment| (payment.received_on, payment.id));
    let (mut sum, mut rows, mut steps) = (Usd::ZERO, Vec::new(), Vec::new());
    for payment in early.into_iter().take(MOST) {
        sum += payment.amount;
        rows.push(payment.origin);
        let amount = if cause == Cause::SentBefore { -sum } else { sum };
        steps.push(Step { cause, amount, rows: rows.clone() });
    }
    steps
}
