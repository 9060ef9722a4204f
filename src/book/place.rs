//! Rows by the file and line from which they came.

use rusqlite::params;

use super::entry::Kind;
use super::{Book, Error};

impl Book {
    /// The records that came from a line of a file of this name; several where the name was imported more than once.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn rows_at(&self, file: &str, line: i64) -> Result<Vec<(Kind, i64)>, Error> {
        let mut found = Vec::new();
        for batch in super::read_batches(&self.connection, "WHERE file = ?1 ORDER BY id", params![file])
            .map_err(|source| self.fail(source))?
        {
            let sql = format!("SELECT id FROM {} WHERE batch = ?1 AND line = ?2 ORDER BY id", batch.kind.word());
            let ids = || -> rusqlite::Result<Vec<i64>> {
                self.connection.prepare(&sql)?.query_map([batch.id, line], |row| row.get(0))?.collect()
            };
            found.extend(ids().map_err(|source| self.fail(source))?.into_iter().map(|id| (batch.kind, id)));
        }
        Ok(found)
    }
}
