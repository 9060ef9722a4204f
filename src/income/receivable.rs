//! What payers owe, and how old it is.

use chrono::NaiveDate;

use super::Books;
use super::account::{Account, Ahead, Piece};
use crate::earnings::Terms;
use crate::money::Usd;

/// What a payer owes on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receivable {
    /// The payer.
    pub payer: String,
    /// When the payer pays.
    pub terms: Terms,
    /// Earned and not paid.
    pub owed: Usd,
    /// Of it, by age.
    pub ages: [Usd; Age::ALL.len()],
    /// Work that is not paid, the oldest first.
    pub open: Vec<(Piece, Usd)>,
    /// Where payments ran ahead of the work, so that the balance may be too small.
    pub ahead: Option<Ahead>,
    /// Does work count as paid only because the terms say so?
    pub assumed: bool,
}

/// How long work is past the day on which the terms want it paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    /// Its day is still to come.
    NotDue,
    /// Up to 30 days.
    To30,
    /// 31 to 60 days.
    To60,
    /// 61 to 90 days.
    To90,
    /// More than 90 days.
    Over90,
}

impl Age {
    /// All, the youngest first.
    pub const ALL: [Age; 5] = [Age::NotDue, Age::To30, Age::To60, Age::To90, Age::Over90];

    /// On a day.
    pub fn of(due: NaiveDate, today: NaiveDate) -> Age {
        match (today - due).num_days() {
            ..0 => Age::NotDue,
            0..=30 => Age::To30,
            31..=60 => Age::To60,
            61..=90 => Age::To90,
            _ => Age::Over90,
        }
    }

    /// The heading of its column.
    pub const fn words(self) -> &'static str {
        match self {
            Age::NotDue => "Not yet due",
            Age::To30 => "0-30",
            Age::To60 => "31-60",
            Age::To90 => "61-90",
            Age::Over90 => "Over 90",
        }
    }
}

impl Receivable {
    /// Past the day on which the terms want it paid.
    pub fn overdue(&self) -> Usd {
        self.owed - self.ages[Age::NotDue as usize]
    }
}

/// What every payer owes at the end of a day, in the order of the payers. Who owes nothing and was never ahead is left out.
pub fn receivables(books: &Books, today: NaiveDate) -> Vec<Receivable> {
    let one = |(name, terms, account): (&str, Terms, Account)| {
        // A row that later payments share is owed once.
        let mut open: Vec<(Piece, Usd)> = Vec::new();
        for (piece, amount) in account.owed(today) {
            match open.last_mut() {
                Some((last, owed)) if last == piece && piece.origin.is_some() => *owed += amount,
                _ => open.push((*piece, amount)),
            }
        }
        let mut ages = [Usd::ZERO; Age::ALL.len()];
        for (piece, amount) in &open {
            ages[Age::of(piece.due, today) as usize] += *amount;
        }
        let owed = open.iter().map(|(_, amount)| *amount).sum();
        // Without any work in the book there is nothing that a payment could be ahead of.
        let has_work = account.parts.iter().any(|part| part.work.is_some());
        let ahead = account.ahead.filter(|ahead| has_work && ahead.on <= today);
        Receivable { payer: name.to_owned(), terms, owed, ages, open, ahead, assumed: account.assumed }
    };
    books.accounts().map(one).filter(|found| found.owed != Usd::ZERO || found.ahead.is_some()).collect()
}
