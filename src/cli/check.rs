//! `perchart check`: whether the book is sound, and whether its records are plausible.

use chrono::Local;

use super::{Failure, Session, Ui, receipts};
use crate::deduct::share;
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
    let mut settled = session.settled()?;
    let (profile, said) = (session.profile()?, settled.said());
    share::settle(&mut settled.expenses, &profile.shares, &said);
    ui.report(&report::check::check(Asked {
        records: &records,
        expenses: &settled.expenses,
        said: &said,
        started: profile.business.started,
        files: &files,
        year: session.asked_year().map(i32::from),
        today: Local::now().date_naive(),
    }))
}
