//! Files that were imported whole, so that one that has grown is read from where it ended.
//!
//! A source is kept only where the rows of the file up to its length are exactly the rows that its batch and the batches
//! of the sources before it brought: no row was left out as known, none came from elsewhere. Three things follow.
//! - What is skipped is in the book: the rows stand under these batches, and an undo of any of them takes the source along.
//! - A row of the tail is compared with the stored rows that are not of the prefix. Where the file holds a row `p` times
//!   in the prefix and `t` times in the tail, and the book holds it `o` times from elsewhere, the whole file brings
//!   `max(0, p + t - (p + o))` and the tail alone `max(0, t - o)`: the same.
//! - Batches that left rows out as known have no source, so none rests on rows of another file.

use rusqlite::{Connection, OptionalExtension, params};

use super::entry::Kind;
use super::stored::Prefix;
use super::{Book, Error};

/// A file as it was when it was imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The import.
    pub batch: i64,
    /// What the file holds.
    pub kind: Kind,
    /// Bytes up to the end of the last complete record.
    pub length: u64,
    /// The BLAKE3 digest of these bytes.
    pub digest: [u8; 32],
    /// Records in these bytes.
    pub rows: i64,
    /// Lines in these bytes, the header included.
    pub lines: i64,
    /// How the file was read: delimiter, header and mapping. Another way of reading is another file.
    pub layout: String,
}

/// What is to be noted about a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSource {
    /// Bytes up to the end of the last complete record, one that ends with a line end.
    pub length: u64,
    /// The BLAKE3 digest of these bytes.
    pub digest: [u8; 32],
    /// Records in these bytes, skipped ones included.
    pub rows: i64,
    /// Lines in these bytes, the header included.
    pub lines: i64,
    /// How the file was read: delimiter, header and mapping.
    pub layout: String,
}

impl Book {
    /// The files of a kind that may have grown, the longest first.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn sources(&self, kind: Kind) -> Result<Vec<Source>, Error> {
        let read = || -> rusqlite::Result<Vec<Source>> {
            let sql = "SELECT batch, length, digest, rows, lines, layout FROM source
                       WHERE (SELECT kind FROM batch WHERE id = source.batch) = ?1 ORDER BY length DESC, batch DESC";
            let mut query = self.connection.prepare(sql)?;
            let sources = query.query_map([kind.word()], |row| {
                Ok(Source {
                    batch: row.get(0)?,
                    kind,
                    length: row.get::<_, i64>(1)?.unsigned_abs(),
                    digest: row.get(2)?,
                    rows: row.get(3)?,
                    lines: row.get(4)?,
                    layout: row.get(5)?,
                })
            })?;
            sources.collect()
        };
        read().map_err(|source| self.fail(source))
    }
}

impl NewSource {
    pub(super) fn store(&self, connection: &Connection, batch: i64, before: Option<i64>) -> rusqlite::Result<()> {
        let length = i64::try_from(self.length).unwrap_or(i64::MAX);
        connection.execute(
            "INSERT INTO source (batch, before, length, digest, rows, lines, layout) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![batch, before, length, self.digest, self.rows, self.lines, self.layout],
        )?;
        Ok(())
    }
}

/// The rows that a source stands for; none where the book has no such source.
pub(super) fn prefix(connection: &Connection, source: &Source) -> rusqlite::Result<Option<Prefix>> {
    let sql = "SELECT digest = ?2 AND length = ?3 AND rows = ?4 AND lines = ?5 FROM source WHERE batch = ?1";
    let length = i64::try_from(source.length).unwrap_or(i64::MAX);
    let wanted = params![source.batch, source.digest, length, source.rows, source.lines];
    if connection.query_row(sql, wanted, |row| row.get::<_, bool>(0)).optional()? != Some(true) {
        return Ok(None);
    }
    let sql = "WITH RECURSIVE chain (batch) AS (
                   SELECT ?1 UNION ALL
                   SELECT before FROM source JOIN chain USING (batch) WHERE before IS NOT NULL)
               SELECT batch FROM chain";
    let batches = connection.prepare(sql)?.query_map([source.batch], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Some(Prefix { batches, lines: source.lines }))
}
