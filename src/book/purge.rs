//! Deleted records, gone from the disk.

use std::fs;

use super::{Book, Error};

/// What a purge did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Purged {
    /// Bytes of the book and its log before.
    pub before: u64,
    /// Bytes after.
    pub after: u64,
}

impl Book {
    /// Writes the book anew without free pages and empties its write-ahead log, so that nothing deleted is left in its
    /// files. Backups and what the disk itself keeps are not reached.
    ///
    /// # Errors
    /// Another program uses the book, or the disk fails.
    pub fn purge(&mut self) -> Result<Purged, Error> {
        let before = self.bytes();
        let purge = || {
            self.connection.execute_batch("VACUUM")?;
            // The first column says whether someone still reads.
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        };
        let busy = purge().map_err(|source| self.fail(source))?;
        if busy != 0 {
            return Err(Error::Busy { file: self.file.clone() });
        }
        Ok(Purged { before, after: self.bytes() })
    }

    /// The bytes of the book's file and its log.
    fn bytes(&self) -> u64 {
        let size = |end: &str| {
            let mut file = self.file.clone().into_os_string();
            file.push(end);
            fs::metadata(file).map_or(0, |facts| facts.len())
        };
        size("") + size("-wal")
    }
}
