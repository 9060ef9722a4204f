//! What is said of a file that was read: the proposal, remarks, figures.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::book::Book;
use crate::book::entry::{Kind, Movement};
use crate::cli::{Failure, Session, Ui};
use crate::import::{Imported, Opened, Problems};
use crate::ledger::{self, Label, Rules, Usage};
use crate::money::Usd;
use crate::report::{Cell, Column, Report, Row, Section};
use crate::year::Records;

/// What was taken for what, and the first rows.
pub(super) fn preview(opened: &Opened) -> Report {
    let preview = &opened.preview;
    let mut taken = Section::new("columns", "Columns")
        .column(Column::left("column", "Column"))
        .column(Column::left("taken_for", "Taken for"))
        .column(Column::left("why", "Why"));
    for column in &preview.columns {
        taken.push(Row::new(column.name.as_str()).text(column.field.unwrap_or("not read")).text(column.why.as_str()));
    }
    let mut rows = Section::new("rows", "First rows");
    for column in preview.columns.iter().filter(|column| column.field.is_some()) {
        let name = column.field.unwrap_or_default();
        let id = if rows.columns.iter().any(|known| known.id == name) {
            format!("{name}_{}", rows.columns.len())
        } else {
            name.to_owned()
        };
        rows = rows.column(Column::left(id, name));
    }
    for cells in &preview.rows {
        let mut cells = cells.iter();
        let row = Row::new(cells.next().map_or("", String::as_str));
        rows.push(cells.fold(row, |row, cell| row.text(cell.as_str())));
    }
    let mut report = Report::new("preview", format!("{}: a proposal", opened.file))
        .subtitle(format!("Its layout is not known. Taken for a {} file.", opened.kind.word()))
        .section(taken)
        .section(rows);
    for note in &opened.notes {
        report = report.note(note.clone());
    }
    report
}

/// What is said of a file beside its figures.
pub(super) struct Told {
    file: String,
    kind: Kind,
    read_as: String,
    proposed: bool,
    notes: Vec<String>,
    unread: Vec<String>,
    stripped: Vec<String>,
    surrogates: Vec<String>,
    pending: u64,
    /// What its rows are, of a statement.
    labels: Option<Labels>,
}

/// What the rows of a statement are, beside what the book holds.
#[derive(Clone, Copy, Debug, Default)]
struct Labels {
    transfers: usize,
    classified: usize,
    assumed: usize,
    needs_you: usize,
}

/// What makes a row of a file the same as one in the book.
fn known(row: &Movement) -> (NaiveDate, Usd, &str, &str) {
    (row.date, row.amount, &row.account, &row.description)
}

impl Labels {
    fn of(movements: &[Movement], book: &Book, session: &Session) -> Result<Labels, Failure> {
        let mut records = Records::summed(book)?;
        // A row that the book has already is not another one.
        let rows: HashSet<_> = movements.iter().map(known).collect();
        records.movements.retain(|row| !rows.contains(&known(row)));
        let first = i64::try_from(movements.len()).unwrap_or(i64::MAX);
        for (number, row) in (1..=first).zip(movements) {
            records.movements.push(Movement { id: -number, ..row.clone() });
        }
        let (rules, payers, shares) = match session.profile() {
            Ok(profile) => (session.rules()?, records.payers(profile), profile.shares.as_slice()),
            // A file that is only checked needs no book.
            Err(_) => (
                Rules::shipped().map_err(|problem| Failure::internal(problem.to_string()))?,
                ledger::payer_names(&[], &records.work, &records.payments),
                &[][..],
            ),
        };
        let settled = ledger::settle(&records.input(&payers, &rules, shares));
        let mut labels = Labels::default();
        for (_, decision) in settled.rows().filter(|(row, _)| row.id < 0) {
            labels.transfers += usize::from(decision.usage == Usage::Transfer);
            match decision.label {
                Label::Classified => labels.classified += 1,
                Label::Assumed => labels.assumed += 1,
                Label::NeedsYou => labels.needs_you += 1,
            }
        }
        Ok(labels)
    }

    /// In a sentence.
    fn words(self) -> String {
        let Labels { transfers, classified, assumed, needs_you } = self;
        let transfers = match transfers {
            0 => String::new(),
            1 => ", one a transfer between own accounts".to_owned(),
            several => format!(", {several} of them transfers between own accounts"),
        };
        let known = match classified + assumed {
            1 => "1 row is known for what it is".to_owned(),
            several => format!("{several} rows are known for what they are"),
        };
        let asked = if needs_you == 1 { "1 needs" } else { &format!("{needs_you} need") };
        format!("{known}{transfers}; {asked} you: perchart categorize")
    }
}

impl Told {
    pub(super) fn of(opened: &Opened) -> Told {
        let read_as = match &opened.profile {
            Some(profile) => profile.title.clone(),
            None if opened.proposed => "a proposal".to_owned(),
            None => "-".to_owned(),
        };
        Told {
            file: opened.file.clone(),
            kind: opened.kind,
            read_as,
            proposed: opened.proposed,
            notes: opened.notes.clone(),
            unread: opened.unread.clone(),
            stripped: opened.stripped.clone(),
            surrogates: opened.surrogates.clone(),
            pending: opened.pending,
            labels: None,
        }
    }

    /// Finds out what the rows of a statement are.
    pub(super) fn label(&mut self, movements: &[Movement], book: &Book, session: &Session) -> Result<(), Failure> {
        if !movements.is_empty() {
            self.labels = Some(Labels::of(movements, book, session)?);
        }
        Ok(())
    }

    /// What the user should know about a file: what was not read, how it was read, rows that look like others.
    pub(super) fn remark(&self, imported: &Imported, ui: &mut Ui) {
        let file = &self.file;
        for note in &self.notes {
            ui.say(&format!("{file}: {note}"));
        }
        if !self.unread.is_empty() {
            ui.say(&format!("{file}: not read and not stored: {}", self.unread.join(", ")));
        }
        if !self.stripped.is_empty() {
            let names = self.stripped.join(", ");
            ui.say(&format!("{file}: looks like patient data, not read and not stored: {names}"));
        }
        if !self.surrogates.is_empty() {
            let names = self.surrogates.join(", ");
            ui.say(&format!("{file}: read for surrogates and not stored: {names}"));
        }
        if let Some(labels) = self.labels {
            ui.say(&format!("{file}: {}", labels.words()));
        }
        if let Some(before) = imported.before {
            ui.say(&format!("{file}: begins with {before} rows that the book has; only what follows was read"));
        }
        let added = &imported.added;
        if added.changed > 0 {
            let lines = lines(&added.changed_lines, added.changed);
            ui.warn(&format!(
                "{file}: lines {lines} have a number of the bank that the book has with another day or amount, and were left out"
            ));
        }
        if !added.alike_lines.is_empty() {
            ui.warn(&format!(
                "{file}: lines {} look like rows already in the book with another detail, and were booked as new. If they are the same work, undo this import.",
                lines(&added.alike_lines, added.alike)
            ));
        }
    }
}

pub(super) fn row(notes: &Told, imported: &Imported) -> Row {
    let (read, added) = (&imported.read, &imported.added);
    let row = Row::new(notes.file.as_str()).text(added.kind.word()).text(notes.read_as.as_str());
    let row = row.count(added.new).count(added.known).money(read.total_in).money(read.total_out);
    let day = |row: Row, day: Option<NaiveDate>| match day {
        Some(day) => row.cell(Cell::Date(day)),
        None => row.blank(),
    };
    let row = day(day(row, read.first), read.last);
    match &added.batch {
        Some(batch) => row.count(batch.id),
        None => row.blank(),
    }
}

/// The figures of a file, as `--dry-run --format json` gives them.
pub(super) fn of_import(notes: &Told, imported: &Imported) -> Value {
    let (read, added) = (&imported.read, &imported.added);
    let mut value = Map::new();
    let mut put = |key: &str, entry: Value| value.insert(key.to_owned(), entry);
    put("file", json!(notes.file));
    put("kind", json!(notes.kind.word()));
    put("read_as", json!(notes.read_as));
    put("proposed", json!(notes.proposed));
    put("rows", json!(read.rows + imported.before.unwrap_or(0)));
    put("new", json!(added.new));
    put("known", json!(added.known));
    put("changed", json!(added.changed));
    put("pending", json!(notes.pending));
    let labels = notes.labels.unwrap_or_default();
    put("transfers", json!(labels.transfers));
    put("needs_you", json!(labels.needs_you));
    put("total_in", json!(read.total_in.to_string()));
    put("total_out", json!(read.total_out.to_string()));
    put("first_date", json!(read.first.map(|day| day.to_string())));
    put("last_date", json!(read.last.map(|day| day.to_string())));
    put("notes", json!(notes.notes));
    put("not_read", json!(notes.unread));
    put("kept_out", json!(notes.stripped));
    put("surrogates_of", json!(notes.surrogates));
    put("problems", json!([]));
    Value::Object(value)
}

/// The problems of a file, in the same form.
pub(super) fn of_problems(problems: &Problems) -> Value {
    let list: Vec<Value> = problems
        .problems
        .iter()
        .map(|problem| {
            json!({
                "line": problem.line,
                "column": problem.column,
                "found": problem.found,
                "expected": problem.expected,
                "hint": problem.hint,
            })
        })
        .collect();
    let zero = Usd::ZERO.to_string();
    json!({
        "file": problems.file,
        "rows": 0, "new": 0, "known": 0, "pending": 0, "transfers": 0,
        "total_in": zero, "total_out": zero,
        "first_date": null, "last_date": null,
        "problems": list,
        "more_problems": problems.more,
    })
}

/// The first ten lines of so many.
fn lines(all: &[i64], count: i64) -> String {
    let shown: Vec<String> = all.iter().take(10).map(i64::to_string).collect();
    let more = if count > 10 { format!(" and {} more", count - 10) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
