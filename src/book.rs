//! The book: what was imported, in one SQLite file.
//!
//! An import is stored whole or not at all, a row is never booked twice, and an undo leaves no trace.

mod add;
mod asset;
pub mod category;
mod correction;
pub mod entry;
mod error;
mod file;
mod fingerprint;
mod importing;
mod names;
mod place;
mod prints;
pub mod proof;
mod purge;
mod receipt;
mod records;
mod source;
mod stored;
mod table;
mod undo;
mod verify;
pub mod work;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, params};

pub use self::correction::{Corrected, Correction, Says};
use self::entry::{Asset, Batch, Charts, Expense, Kind, Movement, Payment, TimeEntry, Trip};
pub use self::error::Error;
pub use self::importing::{Added, Importing, Mode, NewBatch, Seen};
pub use self::purge::Purged;
pub use self::records::{Record, Records};
pub use self::source::{NewSource, Source};
use self::table::{Table, day_column, day_value};
pub use self::undo::Undone;
use crate::period::DateRange;

/// The name of the book's file in its folder.
pub const FILE: &str = "book.db";

/// An open book.
#[derive(Debug)]
pub struct Book {
    connection: Connection,
    file: PathBuf,
}

impl Book {
    /// Opens the book in a folder; makes an empty one where there is none, readable by its owner only.
    ///
    /// # Errors
    /// The folder is missing, the file is not a sound book of this or an older version, or the disk fails.
    pub fn open(dir: &Path) -> Result<Book, Error> {
        if !dir.is_dir() {
            return Err(Error::Folder { dir: dir.to_owned() });
        }
        let file = dir.join(FILE);
        let connection = file::open(&file)?;
        Ok(Book { connection, file })
    }

    /// An empty book that is gone when it is dropped.
    ///
    /// # Errors
    /// No memory.
    pub fn in_memory() -> Result<Book, Error> {
        Ok(Book { connection: file::in_memory()?, file: PathBuf::from("(memory)") })
    }

    /// Whether a folder holds a book.
    pub fn exists(dir: &Path) -> bool {
        dir.join(FILE).is_file()
    }

    /// The work done in a span of work dates, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn charts(&self, range: Option<DateRange>) -> Result<Vec<Charts>, Error> {
        self.select(range)
    }

    /// The payments received in a span of days, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn payments(&self, range: Option<DateRange>) -> Result<Vec<Payment>, Error> {
        self.select(range)
    }

    /// The expenses of a span of days, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn expenses(&self, range: Option<DateRange>) -> Result<Vec<Expense>, Error> {
        self.select(range)
    }

    /// The assets placed in service in a span of days, or ever, with what became of them; by that day, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn assets(&self, range: Option<DateRange>) -> Result<Vec<Asset>, Error> {
        let mut assets = self.select(range)?;
        self.tell_events(&mut assets)?;
        Ok(assets)
    }

    /// The trips of a span of days, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn trips(&self, range: Option<DateRange>) -> Result<Vec<Trip>, Error> {
        self.select(range)
    }

    /// The rows of statements of a span of days, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn movements(&self, range: Option<DateRange>) -> Result<Vec<Movement>, Error> {
        self.select(range)
    }

    /// The time spent in a span of days, or ever; by date, then id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn times(&self, range: Option<DateRange>) -> Result<Vec<TimeEntry>, Error> {
        self.select(range)
    }

    /// One record by kind and id; none where the book has no such record.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn record(&self, kind: Kind, id: i64) -> Result<Option<Record>, Error> {
        Ok(match kind {
            Kind::Charts => self.find(id)?.map(Record::Charts),
            Kind::Payments => self.find(id)?.map(Record::Payment),
            Kind::Expenses => self.find(id)?.map(Record::Expense),
            Kind::Assets => {
                let mut found: Vec<Asset> = self.find(id)?.into_iter().collect();
                self.tell_events(&mut found)?;
                found.pop().map(Record::Asset)
            }
            Kind::Trips => self.find(id)?.map(Record::Trip),
            Kind::Bank => self.find(id)?.map(Record::Movement),
            Kind::Time => self.find(id)?.map(Record::Time),
        })
    }

    /// All imports, in the order in which they were made.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn batches(&self) -> Result<Vec<Batch>, Error> {
        read_batches(&self.connection, "ORDER BY id", params![]).map_err(|source| self.fail(source))
    }

    /// One import; none where the book has no such batch.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn batch(&self, id: i64) -> Result<Option<Batch>, Error> {
        let found = read_batches(&self.connection, "WHERE id = ?1", params![id]);
        Ok(found.map_err(|source| self.fail(source))?.pop())
    }

    /// The calendar years of the book, in order: those with twenty days of work or more; without any, those with work;
    /// without any, those with money received or spent, assets or trips. A few charts of January do not make a new year.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn years(&self) -> Result<Vec<i32>, Error> {
        let years = |query: &str| -> rusqlite::Result<Vec<i32>> {
            self.connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
        };
        let queries = [
            "SELECT CAST(strftime('%Y', work_date * 86400, 'unixepoch') AS INTEGER) FROM work_day
             GROUP BY 1 HAVING COUNT(DISTINCT work_date) >= 20",
            "SELECT DISTINCT month / 12 FROM work_month ORDER BY 1",
            "SELECT CAST(substr(received_on, 1, 4) AS INTEGER) FROM payments
             UNION SELECT CAST(substr(date, 1, 4) AS INTEGER) FROM expenses
             UNION SELECT CAST(substr(in_service, 1, 4) AS INTEGER) FROM assets
             UNION SELECT CAST(substr(date, 1, 4) AS INTEGER) FROM trips
             UNION SELECT CAST(substr(date, 1, 4) AS INTEGER) FROM bank ORDER BY 1",
        ];
        for query in queries {
            let found = years(query).map_err(|source| self.fail(source))?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn select<T: Table>(&self, range: Option<DateRange>) -> Result<Vec<T>, Error> {
        select(&self.connection, range).map_err(|source| self.fail(source))
    }

    fn find<T: Table>(&self, id: i64) -> Result<Option<T>, Error> {
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", T::SELECT, T::KIND.word());
        let find = || self.connection.prepare(&sql)?.query_map([id], T::read)?.next().transpose();
        find().map_err(|source| self.fail(source))
    }

    fn fail(&self, source: rusqlite::Error) -> Error {
        Error::sql(&self.file, source)
    }
}

/// The records of a span of days, or all; by date, then id.
fn select<T: Table>(connection: &Connection, range: Option<DateRange>) -> rusqlite::Result<Vec<T>> {
    let (columns, table, date) = (T::SELECT, T::KIND.word(), day_column(T::KIND));
    let Some(range) = range else {
        // All records are read faster as they lie than through the index.
        let sql = format!("SELECT {columns} FROM {table} ORDER BY id");
        let mut records: Vec<T> = connection.prepare(&sql)?.query_map([], T::read)?.collect::<Result<_, _>>()?;
        records.sort_by_key(T::date);
        return Ok(records);
    };
    let sql = format!("SELECT {columns} FROM {table} WHERE {date} BETWEEN ?1 AND ?2 ORDER BY {date}, id");
    connection.prepare(&sql)?.query_map([range.from, range.to].map(|day| day_value(T::KIND, day)), T::read)?.collect()
}

/// The batches that a condition and order pick.
fn read_batches(connection: &Connection, rest: &str, params: impl rusqlite::Params) -> rusqlite::Result<Vec<Batch>> {
    let sql = format!("SELECT id, kind, file, imported_at, records, known FROM batch {rest}");
    let read = |row: &Row| {
        let word: String = row.get(1)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| table::unreadable(1, &word))?;
        Ok(Batch {
            id: row.get(0)?,
            kind,
            file: row.get(2)?,
            imported_at: row.get(3)?,
            records: row.get(4)?,
            known: row.get(5)?,
        })
    };
    connection.prepare(&sql)?.query_map(params, read)?.collect()
}

/// Two spellings of one name: capitals and runs of spaces do not count.
fn same(one: &str, other: &str) -> bool {
    let folded = |name: &str| {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    one == other || folded(one) == folded(other)
}

#[cfg(test)]
mod tests;
