//! `perchart import`: CSV files into the book, each whole or not at all.

use std::path::PathBuf;

use chrono::{SecondsFormat, Utc};
use clap::ValueEnum;

use super::list::kind;
use super::{Failure, Session, Ui};
use crate::book::category::Categories;
use crate::book::entry::Kind;
use crate::book::{Added, Book, NewBatch};
use crate::import::{self, Options, Phi, Reading};
use crate::report::{Column, Report, Row, Section};

/// What `perchart import` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// CSV files: charts, payments or expenses, each recognised by its header
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the files hold, where the header does not tell: charts, payments or expenses
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// Read and check only; the book stays as it is
    #[arg(long)]
    dry_run: bool,
    /// What to do with columns that look like patient data
    #[arg(long, value_enum, default_value_t)]
    phi: Guard,
}

/// What to do with columns that look like patient data.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guard {
    /// Refuse the file and name the columns
    #[default]
    Refuse,
    /// Leave those columns unread; nothing of them is stored
    Strip,
}

/// Reads a file with what this program knows of categories.
pub(super) fn options(guard: Guard) -> Options<'static> {
    static IDS: std::sync::OnceLock<Vec<&'static str>> = std::sync::OnceLock::new();
    let phi = match guard {
        Guard::Refuse => Phi::Refuse,
        Guard::Strip => Phi::Strip,
    };
    Options { known_categories: IDS.get_or_init(|| Categories::ids().collect()), phi }
}

/// Stores what was read.
pub(super) fn store(book: &mut Book, reading: &Reading, imported_at: &str) -> Result<Added, Failure> {
    let batch = NewBatch { file: reading.file.clone(), imported_at: imported_at.to_owned() };
    Ok(book.add(batch, &reading.records)?)
}

/// Imports files. A file with a problem brings nothing in, and neither do those after it.
///
/// # Errors
/// A file has a problem, or the book cannot be used.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let mut book = session.book()?;
    let readings = args.files.iter().map(|file| import::read(file, args.kind, &options(args.phi)));
    let readings = readings
        .collect::<Result<Vec<Reading>, _>>()
        .map_err(|problems| Failure::from(problems).hint("nothing was imported; mend the file and import it again"))?;
    let now = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut section = Section::new("imported", "")
        .column(Column::left("file", "File"))
        .column(Column::left("kind", "Kind"))
        .column(Column::right("new", "New"))
        .column(Column::right("known", "Known already"))
        .column(Column::right("batch", "Batch"));
    for reading in &readings {
        let added = if args.dry_run { book.preview(&reading.records)? } else { store(&mut book, reading, &now)? };
        let row = Row::new(reading.file.as_str()).text(added.kind.word()).count(added.new).count(added.known);
        section.push(added.batch.as_ref().map_or_else(|| row.clone().blank(), |batch| row.clone().count(batch.id)));
        remark(reading, &added, ui);
    }
    let title = if args.dry_run { "Checked; the book is as it was" } else { "Imported" };
    ui.report(&Report::new("import", title).section(section))
}

/// What the user should know about a file: columns not read, rows that look like others.
fn remark(reading: &Reading, added: &Added, ui: &mut Ui) {
    if !reading.unread.is_empty() {
        ui.say(&format!("{}: not read and not stored: {}", reading.file, reading.unread.join(", ")));
    }
    if !reading.stripped.is_empty() {
        ui.say(&format!(
            "{}: looks like patient data, not read and not stored: {}",
            reading.file,
            reading.stripped.join(", ")
        ));
    }
    if !added.alike_lines.is_empty() {
        ui.warn(&format!(
            "{}: lines {} look like rows already in the book with another detail, and were booked as new. If they are the same work, undo this import.",
            reading.file,
            lines(&added.alike_lines, added.alike)
        ));
    }
}

/// The first ten lines of so many.
fn lines(all: &[i64], count: i64) -> String {
    let shown: Vec<String> = all.iter().take(10).map(i64::to_string).collect();
    let more = if count > 10 { format!(" and {} more", count - 10) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
