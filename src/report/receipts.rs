//! Files that prove records, and whether they are still what they were.

use super::year::counted;
use super::{Cell, Column, Report, Row, Section};
use crate::book::Record;
use crate::book::entry::Receipt;
use crate::year::Records;

/// What became of a file since it was attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It is there and as it was.
    Present,
    /// It is there with other bytes.
    Changed,
    /// It is not there, or cannot be read.
    Missing,
}

impl FileState {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            FileState::Present => "present",
            FileState::Changed => "changed",
            FileState::Missing => "missing",
        }
    }
}

/// A receipt, what it proves, and what became of its file.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The receipt.
    pub receipt: Receipt,
    /// The record.
    pub record: Record,
    /// Its file.
    pub state: FileState,
}

/// Receipts with their records.
pub fn receipts(proofs: &[Proof], records: &Records) -> Report {
    let mut section = Section::new("receipts", "")
        .column(Column::right("receipt", "No."))
        .column(Column::left("row", "Row"))
        .column(Column::left("date", "Date"))
        .column(Column::left("what", "What"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("file", "File"))
        .column(Column::right("bytes", "Bytes"))
        .column(Column::left("state", "State"));
    for Proof { receipt, record, state } in proofs {
        section.push(
            Row::new(Cell::Count(receipt.id))
                .text(records.place(record.origin()))
                .date(record.date())
                .text(record.words())
                .cell(record.amount().map_or(Cell::Blank, Cell::Money))
                .text(receipt.path.as_str())
                .count(receipt.bytes)
                .text(state.word()),
        );
    }
    let of = |state: FileState| proofs.iter().filter(|proof| proof.state == state).count();
    let mut report = Report::new("receipts", "Receipts");
    report = match proofs.len() {
        0 => report.section(
            section.lead("No receipts are attached. perchart list expenses shows the rows; perchart attach ROW FILE."),
        ),
        count => report.subtitle(counted(i64::try_from(count).unwrap_or(i64::MAX), "receipt")).section(section),
    };
    if of(FileState::Missing) > 0 {
        report = report.note("A missing file proves nothing: put it back where it was, or detach it by its number and attach it from where it is now.");
    }
    if of(FileState::Changed) > 0 {
        report = report.note("A changed file is not the one that was attached: take the original from a copy, or look at it, detach it and attach it anew.");
    }
    report
}
