//! Files that prove records. They stay where they are; the book holds their place and their digest.

use rusqlite::{Row, params};

use super::entry::{Kind, Receipt};
use super::{Book, Error};

impl Book {
    /// Notes that a file proves a record. It goes with the record. False where the record has that file already, under
    /// this path or another: then nothing is noted.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where there is no such record; another program is writing, or the disk fails.
    pub fn attach(&mut self, receipt: &Receipt) -> Result<bool, Error> {
        let kind = receipt.of.word();
        if self.record(receipt.of, receipt.record)?.is_none() {
            return Err(Error::NoRecord { kind, id: receipt.record });
        }
        let sql = format!(
            "INSERT INTO receipt ({kind}, path, sha256, bytes, attached_at) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE NOT EXISTS (SELECT 1 FROM receipt WHERE {kind} = ?1 AND sha256 = ?3)"
        );
        let values = params![receipt.record, receipt.path, receipt.sha256, receipt.bytes, receipt.attached_at];
        let new = self.connection.execute(&sql, values).map_err(|source| self.fail(source))?;
        super::file::empty_log(&self.connection);
        Ok(new > 0)
    }

    /// Forgets a receipt by its number, and says which it was; none where there is no such receipt. The file stays.
    ///
    /// # Errors
    /// Another program is writing, or the disk fails.
    pub fn detach(&mut self, receipt: i64) -> Result<Option<Receipt>, Error> {
        let found = self.receipts_where("WHERE id = ?1", params![receipt])?.pop();
        if found.is_some() {
            let gone = self.connection.execute("DELETE FROM receipt WHERE id = ?1", [receipt]);
            gone.map_err(|source| self.fail(source))?;
            super::file::empty_log(&self.connection);
        }
        Ok(found)
    }

    /// All receipts, by number.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn receipts(&self) -> Result<Vec<Receipt>, Error> {
        self.receipts_where("ORDER BY id", params![])
    }

    fn receipts_where(&self, rest: &str, params: impl rusqlite::Params) -> Result<Vec<Receipt>, Error> {
        let kinds = Kind::ALL.map(Kind::word).join(", ");
        let sql = format!("SELECT id, path, sha256, bytes, attached_at, {kinds} FROM receipt {rest}");
        let read = |row: &Row| {
            let of = (5..).zip(Kind::ALL).find_map(|(column, kind)| {
                row.get::<_, Option<i64>>(column).transpose().map(|record| record.map(|record| (kind, record)))
            });
            let (of, record) = of.unwrap_or_else(|| Err(super::table::unreadable(5, "no record")))?;
            Ok(Receipt {
                id: row.get(0)?,
                of,
                record,
                path: row.get(1)?,
                sha256: row.get(2)?,
                bytes: row.get(3)?,
                attached_at: row.get(4)?,
            })
        };
        let all = || -> rusqlite::Result<Vec<_>> { self.connection.prepare(&sql)?.query_map(params, read)?.collect() };
        all().map_err(|source| self.fail(source))
    }
}
