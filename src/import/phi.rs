//! What the guard means for the kinds of files, and what may be kept of a log of single charts.

pub mod aggregate;
pub mod surrogate;

use chrono::NaiveDate;

use super::columns::columns;
use super::grid::Grid;
use super::problem::{Fault, title};
use super::records::{Record, Records};
use super::value;
use crate::book::entry::Kind;
use crate::guard::{self, Identifier, Rule, Scope};

use self::surrogate::Key;

/// The rows of which a column is screened that is not read.
const SAMPLED: usize = 2_000;

/// What a file of a kind is about.
pub(super) fn scope(kind: Kind) -> Scope {
    match kind {
        Kind::Charts => Scope::Work,
        Kind::Time => Scope::Time,
        Kind::Payments | Kind::Expenses | Kind::Assets | Kind::Trips | Kind::Bank => Scope::Money,
    }
}

/// Whether the name of a column looks like patient data in a file of this kind.
pub(super) fn looks_like_patient_data(name: &str, kind: Kind) -> bool {
    guard::name(name, scope(kind)).is_some()
}

/// Whether a cell of text looks like patient data in any file. A card number is the owner's.
pub(super) fn holds_patient_data(cell: &str) -> bool {
    guard::text(cell, Scope::Money, NaiveDate::MIN).is_some_and(|rule| rule != Rule::Card)
}

/// The rule that a text of a row of work hits.
pub(super) fn in_work(cell: &str, day: NaiveDate) -> Option<Rule> {
    guard::text(cell, Scope::Work, day)
}

/// The text; numbers are shortened where one is a card's.
pub(super) fn without_cards(text: String) -> String {
    let card = guard::text(&text, Scope::Money, NaiveDate::MIN) == Some(Rule::Card);
    if card { guard::mask(&text).into_owned() } else { text }
}

/// The columns of numbers that tell single charts apart, and the key under which surrogates of them are made.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    key: Key,
    /// Their kinds, titles and places, in an order that does not depend on that of the file.
    columns: Vec<(Identifier, String, usize)>,
}

impl Numbers {
    pub(super) fn new(key: &Key) -> Numbers {
        Numbers { key: key.clone(), columns: Vec::new() }
    }

    pub(super) fn add(&mut self, kind: Identifier, title: String, place: usize) {
        self.columns.push((kind, title, place));
        self.columns.sort_by_cached_key(|(kind, title, place)| (*kind, title.to_lowercase(), *place));
    }

    /// Whether a surrogate is made of the column at a place.
    pub(super) fn are_at(&self, place: usize) -> bool {
        self.columns.iter().any(|(.., at)| *at == place)
    }

    /// The titles of the columns.
    pub(super) fn titles(&self) -> Vec<String> {
        self.columns.iter().map(|(_, title, _)| title.clone()).collect()
    }

    /// The surrogate of a row; none where it has none of the numbers.
    pub(super) fn surrogate(&self, records: &Records, record: &Record) -> Option<[u8; 10]> {
        self.key.surrogate(self.columns.iter().map(|(kind, _, place)| (*kind, records.cell(record, *place))))
    }
}

/// What is wrong with a log of single charts that has columns of a patient and none of which a surrogate can be made.
pub(super) fn no_numbers(stripped: &[String]) -> Fault {
    let found = format!("no column of numbers beside what looks like patient data ({})", stripped.join("; "));
    let expected = "one such as MRN, Account Number, Encounter or Claim Number, of which a surrogate is made";
    Fault::new(&found, expected).hint("add the column to the export, or add the rows up with --phi strip")
}

/// A column whose cells look like patient data. It holds no cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Suspect {
    /// Its place in the file.
    pub(super) place: usize,
    /// Its name in the file.
    pub(super) name: String,
    /// The rule that most cells hit.
    pub(super) rule: Rule,
    /// How many.
    pub(super) count: u64,
}

impl Suspect {
    /// What is wrong, in words.
    pub(super) fn fault(&self, read: bool) -> Fault {
        let cells = if self.count == 1 { "cell that looks" } else { "cells that look" };
        let found = format!("{} {cells} like {}, not shown", self.count, self.rule.words());
        let hint = if read {
            "take it out of the column; pay never needs it"
        } else {
            "delete the column from the file, or leave it unread with --phi strip; pay never needs it"
        };
        Fault::new(&found, "no patient data").at(&self.name).hint(hint)
    }
}

/// The columns of a work log or a tracker's file whose cells look like patient data: of those that are read the texts, of
/// the rest a sample. `at` are the places of the columns that are read.
pub(super) fn suspects(grid: &Grid, header: usize, kind: Kind, at: &[Option<usize>]) -> Vec<Suspect> {
    if scope(kind) == Scope::Money {
        return Vec::new();
    }
    let day_at = at.first().copied().flatten();
    let texts = |column: &str| matches!(column, "payer" | "chart_type" | "client" | "project" | "task");
    let read = |place: usize| at.iter().position(|known| *known == Some(place)).map(|index| columns(kind)[index].name);
    let rows = || (header + 1..grid.len()).take(SAMPLED);
    let screen = |place: usize| {
        let name = grid.cell(header, place).trim();
        let mut column = guard::Column::new(name, scope(kind));
        for row in rows() {
            let day = day_at.and_then(|at| value::day(grid.cell(row, at).trim()).ok()).unwrap_or(NaiveDate::MIN);
            column.add(grid.cell(row, place).trim(), day);
        }
        let hit = column.finish().into_iter().max_by_key(|hit| hit.count)?;
        Some(Suspect { place, name: title(name, place), rule: hit.rule, count: hit.count })
    };
    (0..grid.width(header)).filter(|&place| read(place).is_none_or(texts)).filter_map(screen).collect()
}

#[cfg(test)]
mod tests;
