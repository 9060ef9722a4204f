//! Storing one import, never a row twice.

use std::collections::HashMap;

use rusqlite::{Connection, TransactionBehavior, params};

use super::entry::{Batch, Charts, Expense, Kind, Payment};
use super::table::Table;
use super::{Book, Error, Records, select};
use crate::period::DateRange;

/// What is to be noted about an import. Its kind is that of the records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBatch {
    /// The file's name, without its folder.
    pub file: String,
    /// When it is imported, UTC, RFC 3339 to the second.
    pub imported_at: String,
}

/// What an import brought, or would bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    /// The import as stored. None where nothing was new, or nothing was to be stored: then the book is unchanged.
    pub batch: Option<Batch>,
    /// What the records are.
    pub kind: Kind,
    /// Rows that are new to the book.
    pub new: i64,
    /// Rows that the book had already.
    pub known: i64,
    /// The lines of the file that the book had already, in order.
    pub known_lines: Vec<i64>,
    /// The lines of new rows that may report again what another stored row reports, with other details: charts of the
    /// same day, payer, type and count, payments of the same day, payer and amount, expenses of the same day and
    /// amount. They are stored nevertheless; ask.
    pub alike_lines: Vec<i64>,
}

impl Book {
    /// Stores one import, whole or not at all.
    ///
    /// A row that equals a stored one in everything but id and origin is not stored again. Of rows that are equal
    /// inside the file, those beyond the number stored before are new: twins in one file both stay.
    /// Without a new row no batch is stored.
    ///
    /// # Errors
    /// A record breaks a rule of the book, another program is writing, or the disk fails; the book is then unchanged.
    pub fn add(&mut self, batch: NewBatch, records: &Records) -> Result<Added, Error> {
        let file = &self.file;
        let connection = &mut self.connection;
        match records {
            Records::Charts(rows) => store(connection, batch, rows),
            Records::Payments(rows) => store(connection, batch, rows),
            Records::Expenses(rows) => store(connection, batch, rows),
        }
        .map_err(|source| Error::sql(file, source))
    }

    /// Says what [`Book::add`] would do, without writing.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn preview(&self, records: &Records) -> Result<Added, Error> {
        match records {
            Records::Charts(rows) => compare::<Charts>(&self.connection, rows).map(|(_, added)| added),
            Records::Payments(rows) => compare::<Payment>(&self.connection, rows).map(|(_, added)| added),
            Records::Expenses(rows) => compare::<Expense>(&self.connection, rows).map(|(_, added)| added),
        }
        .map_err(|source| self.fail(source))
    }
}

/// Compares and stores in one transaction, so that two imports at once do not miss each other's rows.
fn store<T: Table>(connection: &mut Connection, batch: NewBatch, rows: &[T]) -> rusqlite::Result<Added> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (new, mut added) = compare(&transaction, rows)?;
    if new.is_empty() {
        return Ok(added);
    }
    transaction.execute(
        "INSERT INTO batch (kind, file, imported_at, records, known) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![T::KIND.word(), batch.file, batch.imported_at, added.new, added.known],
    )?;
    let id = transaction.last_insert_rowid();
    insert(&transaction, id, &new)?;
    transaction.commit()?;
    added.batch = Some(Batch {
        id,
        kind: T::KIND,
        file: batch.file,
        imported_at: batch.imported_at,
        records: added.new,
        known: added.known,
    });
    Ok(added)
}

fn insert<T: Table>(connection: &Connection, batch: i64, rows: &[&T]) -> rusqlite::Result<()> {
    let columns = T::COLUMNS.trim_start_matches("id, ");
    let marks = vec!["?"; columns.split(',').count()].join(", ");
    let mut statement = connection.prepare(&format!("INSERT INTO {} ({columns}) VALUES ({marks})", T::KIND.word()))?;
    for row in rows {
        row.write(&mut statement, batch)?;
    }
    Ok(())
}

/// Parts the rows into new and known ones.
fn compare<'a, T: Table>(connection: &Connection, rows: &'a [T]) -> rusqlite::Result<(Vec<&'a T>, Added)> {
    let stored: Vec<T> = match DateRange::around(rows.iter().map(T::date)) {
        Some(range) => select(connection, Some(range))?,
        None => Vec::new(),
    };
    let mut left: HashMap<T::Content<'_>, usize> = HashMap::with_capacity(stored.len());
    for record in &stored {
        *left.entry(record.content()).or_default() += 1;
    }
    let mut new: Vec<&T> = Vec::new();
    let mut known_lines = Vec::new();
    for row in rows {
        match left.get_mut(&row.content()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                known_lines.push(row.line());
            }
            _ => new.push(row),
        }
    }
    let alike_lines = alike_lines(&stored, left, &new);
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let added = Added {
        batch: None,
        kind: T::KIND,
        new: count(new.len()),
        known: count(known_lines.len()),
        known_lines,
        alike_lines,
    };
    Ok((new, added))
}

/// The lines of new rows that share the event of a stored row that the file leaves out.
fn alike_lines<'a, T: Table>(stored: &'a [T], mut left: HashMap<T::Content<'a>, usize>, new: &[&'a T]) -> Vec<i64> {
    let mut events: HashMap<T::Event<'a>, usize> = HashMap::new();
    if new.is_empty() {
        return Vec::new();
    }
    for record in stored {
        if let Some(count) = left.get_mut(&record.content()).filter(|count| **count > 0) {
            *count -= 1;
            *events.entry(record.event()).or_default() += 1;
        }
    }
    let mut lines = Vec::new();
    for &row in new {
        if let Some(count) = events.get_mut(&row.event()).filter(|count| **count > 0) {
            *count -= 1;
            lines.push(row.line());
        }
    }
    lines
}
