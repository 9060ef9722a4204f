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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{FILE, NewBatch, Records, entry};
    use crate::money::Usd;

    #[test]
    fn nothing_deleted_is_left() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut book = Book::open(dir.path()).expect("a book");
        let payment = |line| entry::Payment {
            id: 0,
            origin: entry::Origin { batch: 0, line },
            received_on: chrono::NaiveDate::from_ymd_opt(2025, 1, 2).expect("a day"),
            payer: format!("Wrenfeather {line}"),
            amount: Usd::dollars(line),
            reference: "wren".repeat(40),
        };
        let batch = NewBatch { file: "wrenfeather.csv".to_owned(), imported_at: "2026-01-01T00:00:00Z".to_owned() };
        book.add(batch, &Records::Payments((1..2_000).map(payment).collect())).expect("stored");
        book.undo(None).expect("undone");
        let purged = book.purge().expect("purged");
        assert!(purged.after < purged.before && purged.after < 200_000, "{purged:?}");
        assert_eq!(fs::metadata(dir.path().join(format!("{FILE}-wal"))).map_or(0, |facts| facts.len()), 0);
        for entry in fs::read_dir(dir.path()).expect("files") {
            let bytes = fs::read(entry.expect("a file").path()).expect("bytes");
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("wrenfeather"));
        }
        assert_eq!(book.payments(None).expect("readable"), []);
    }
}
