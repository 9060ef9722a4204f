//! Taking one import back.

use rusqlite::{Connection, TransactionBehavior, params};

use super::entry::{Batch, Kind};
use super::{Book, Error, read_batches, work};

/// What an undo took back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undone {
    /// The import that is gone.
    pub batch: Batch,
    /// Records that went with it.
    pub records: i64,
    /// Later imports of the same kind that left rows out because the book had them then.
    /// Some of these rows may have gone with the undone import: import these files again.
    pub reimport: Vec<Batch>,
}

impl Book {
    /// Takes one import back, the latest unless a batch is named. Nothing of it is left and its numbers are free again:
    /// corrections of its rows go with it, and so do the sources that rest on it.
    ///
    /// # Errors
    /// There is no such import, another program is writing, or the disk fails; the book is then unchanged.
    pub fn undo(&mut self, batch: Option<i64>) -> Result<Undone, Error> {
        let file = &self.file;
        let undone = undo(&mut self.connection, batch).map_err(|source| Error::sql(file, source))?;
        let undone = undone.ok_or(batch.map_or(Error::NothingToUndo, |id| Error::NoBatch { id }))?;
        super::file::empty_log(&self.connection);
        Ok(undone)
    }
}

fn undo(connection: &mut Connection, batch: Option<i64>) -> rusqlite::Result<Option<Undone>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = match batch {
        Some(id) => read_batches(&transaction, "WHERE id = ?1", params![id])?,
        None => read_batches(&transaction, "ORDER BY id DESC LIMIT 1", params![])?,
    };
    let Some(batch) = found.into_iter().next() else { return Ok(None) };
    let span = if batch.kind == Kind::Charts { work::span(&transaction, batch.id)? } else { None };
    let records = transaction.execute(&format!("DELETE FROM {} WHERE batch = ?1", batch.kind.word()), [batch.id])?;
    if let Some(span) = span {
        work::rebuild_span(&transaction, span)?;
    }
    transaction.execute("DELETE FROM batch WHERE id = ?1", [batch.id])?;
    let reimport = read_batches(
        &transaction,
        "WHERE id > ?1 AND kind = ?2 AND known > 0 ORDER BY id",
        params![batch.id, batch.kind.word()],
    )?;
    transaction.commit()?;
    Ok(Some(Undone { batch, records: i64::try_from(records).unwrap_or(i64::MAX), reimport }))
}
