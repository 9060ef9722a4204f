//! `perchart purge`: nothing deleted is left in the book's files.

use super::{Failure, Session, Ui};
use crate::report::{Column, Report, Row, Section};

/// Writes the book anew and says what that did.
///
/// # Errors
/// The book cannot be used, or another program uses it.
pub fn run(session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let purged = session.book()?.purge()?;
    let count = |bytes| i64::try_from(bytes).unwrap_or(i64::MAX);
    let section = Section::new("purged", "")
        .column(Column::left("what", ""))
        .column(Column::right("bytes", "Bytes"))
        .row(Row::new("The book and its log before").count(count(purged.before)))
        .row(Row::new("The book and its log now").count(count(purged.after)));
    ui.report(
        &Report::new("purge", "The book was written anew")
            .section(section)
            .note("Free pages were dropped and the log emptied: nothing deleted is left in these files.")
            .limit("Backups, copies and files that were imported are yours to delete."),
    )
}
