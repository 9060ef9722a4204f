//! Storing records that were read whole.

use std::path::Path;

use rusqlite::Connection;

use super::importing::{Added, Importing, Mode, NewBatch};
use super::{Book, Error, Records};

impl Book {
    /// Stores one import, whole or not at all, as [`Book::import`] does.
    ///
    /// # Errors
    /// A record breaks a rule of the book, another program is writing, or the disk fails; the book is then unchanged.
    pub fn add(&mut self, batch: NewBatch, records: &Records) -> Result<Added, Error> {
        bring(&self.connection, &self.file, batch, Mode::Store, records)
    }

    /// Says what [`Book::add`] would do, without writing.
    ///
    /// # Errors
    /// The book cannot be read, or a record breaks a rule of it.
    pub fn preview(&self, records: &Records) -> Result<Added, Error> {
        let batch = NewBatch { file: String::new(), imported_at: String::new() };
        bring(&self.connection, &self.file, batch, Mode::Try, records)
    }
}

fn bring(connection: &Connection, file: &Path, batch: NewBatch, mode: Mode, records: &Records) -> Result<Added, Error> {
    let mut importing = Importing::begin(connection, file, records.kind(), batch, mode)?;
    match records {
        Records::Charts(rows) => rows.iter().try_for_each(|row| {
            let finer = || Error::Rule { file: file.to_owned(), what: "a rate has at most six decimals".to_owned() };
            importing.charts(&row.row().ok_or_else(finer)?).map(|_| ())
        }),
        Records::Payments(rows) => rows.iter().try_for_each(|row| importing.payment(row).map(|_| ())),
        Records::Expenses(rows) => rows.iter().try_for_each(|row| importing.expense(row).map(|_| ())),
        Records::Assets(rows) => rows.iter().try_for_each(|row| importing.asset(row).map(|_| ())),
        Records::Trips(rows) => rows.iter().try_for_each(|row| importing.trip(row).map(|_| ())),
        Records::Bank(rows) => rows.iter().try_for_each(|row| importing.movement(row).map(|_| ())),
        Records::Time(rows) => rows.iter().try_for_each(|row| importing.time(row).map(|_| ())),
    }?;
    importing.finish(None)
}
