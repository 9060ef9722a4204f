//! `perchart check`: whether the book is sound, and whether its records are plausible.

use chrono::Local;

use super::{Failure, Session, Ui, receipts};
use crate::report::{self, check::Asked};
use crate::year::Records;

/// Checks the book. What looks implausible is told and is no failure.
///
/// # Errors
/// The book is damaged or cannot be used.
pub fn run(session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let book = session.book()?;
    book.verify()?;
    let records = Records::of(&book)?;
    let files = receipts::states(session.dir(), &records.receipts);
    let settled = session.settled()?;
    ui.report(&report::check::check(Asked {
        records: &records,
        expenses: &settled.expenses,
        files: &files,
        year: session.asked_year().map(i32::from),
        today: Local::now().date_naive(),
    }))
}
