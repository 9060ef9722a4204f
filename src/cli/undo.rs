//! `perchart undo` and `perchart batches`: imports, and one of them taken back.

use super::{Failure, Session, Ui};
use crate::report::{self, Column, Report, Row, Section};

/// What `perchart undo` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// The batch to take back, as perchart batches numbers it [default: the latest]
    #[arg(value_parser = number)]
    batch: Option<i64>,
}

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "expected a batch's number, such as 3; perchart batches lists them".to_owned())
}

/// Takes an import back: the book is as it was before.
///
/// # Errors
/// The book cannot be used, or has no such batch.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let undone = session.book()?.undo(args.batch)?;
    let batch = &undone.batch;
    let mut report = Report::new("undo", "Taken back").section(
        Section::new("undone", "")
            .column(Column::right("batch", "Batch"))
            .column(Column::left("kind", "Kind"))
            .column(Column::left("file", "File"))
            .column(Column::right("records", "Records"))
            .row(Row::new(batch.id).text(batch.kind.word()).text(batch.file.as_str()).count(undone.records)),
    );
    for later in &undone.reimport {
        report = report.note(format!(
            "Batch {} ({}) left rows out because the book had them, perhaps from this one: import that file again.",
            later.id, later.file
        ));
    }
    ui.report(&report)
}

/// Shows the imports.
///
/// # Errors
/// The book cannot be used.
pub fn batches(session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    ui.report(&report::list::batches(&session.book()?.batches()?))
}
