//! Whether the book is sound.

use rusqlite::Connection;

use super::work::{days_of, months_of};
use super::{Book, Error, prints, read_batches};

impl Book {
    /// Checks the whole book: the file itself, references, fingerprints, sums of work, counts of imports.
    ///
    /// # Errors
    /// [`Error::Damaged`] with the first fault found, or the book cannot be read.
    pub fn verify(&self) -> Result<(), Error> {
        match verify(&self.connection).map_err(|source| self.fail(source))? {
            None => Ok(()),
            Some(what) => Err(Error::Damaged { file: self.file.clone(), what }),
        }
    }
}

/// The first fault, if any.
fn verify(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let report: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if report != "ok" {
        return Ok(Some(report));
    }
    let any = |sql: &str| connection.prepare(sql)?.exists([]);
    if any("SELECT * FROM pragma_foreign_key_check")? {
        return Ok(Some("a reference leads nowhere".to_owned()));
    }
    for (table, sums) in [("work_day", days_of("TRUE")), ("work_month", months_of("TRUE"))] {
        // Sums that are all right and stand for as many rows as there are leave no row out.
        let wrong = format!("SELECT * FROM {table} EXCEPT {sums}");
        let missing = format!("SELECT 1 WHERE (SELECT total(rows) FROM {table}) <> (SELECT count(*) FROM charts)");
        if any(&wrong)? || any(&missing)? {
            return Ok(Some(format!("{table} differs from the rows of charts")));
        }
    }
    let names = "SELECT id FROM name EXCEPT SELECT * FROM (SELECT payer FROM work_month UNION SELECT chart_type FROM work_month)";
    if any(names)? {
        return Ok(Some("a name that no row uses".to_owned()));
    }
    let Some(counted) = prints::count(connection)? else {
        return Ok(Some("a fingerprint differs from its row".to_owned()));
    };
    let noted = read_batches(connection, "ORDER BY id", [])?;
    if !noted.iter().map(|batch| (batch.id, batch.records)).eq(counted) {
        return Ok(Some("an import differs from its rows".to_owned()));
    }
    Ok(None)
}
