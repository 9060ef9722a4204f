//! Whether the book is sound.

use rusqlite::Connection;

use super::work::{days_of, months_of};
use super::{Book, Error, prints};

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
        let differ = format!("SELECT * FROM {table} EXCEPT {sums}");
        let miss = format!("SELECT * FROM ({sums}) EXCEPT SELECT * FROM {table}");
        if any(&differ)? || any(&miss)? {
            return Ok(Some(format!("{table} differs from the rows of charts")));
        }
    }
    let rows = "SELECT batch FROM charts UNION ALL SELECT batch FROM payments UNION ALL SELECT batch FROM expenses
                UNION ALL SELECT batch FROM bank UNION ALL SELECT batch FROM time";
    let counted = format!("SELECT batch, count(*) FROM ({rows}) GROUP BY batch");
    if any(&format!("SELECT id, records FROM batch EXCEPT {counted}"))? {
        return Ok(Some("an import differs from its rows".to_owned()));
    }
    let names = "SELECT id FROM name EXCEPT SELECT * FROM (SELECT payer FROM work_month UNION SELECT chart_type FROM work_month)";
    if any(names)? {
        return Ok(Some("a name that no row uses".to_owned()));
    }
    if prints::any_wrong(connection)? {
        return Ok(Some("a fingerprint differs from its row".to_owned()));
    }
    Ok(None)
}
