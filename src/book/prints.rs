//! The fingerprints of all stored rows.

use rusqlite::{Connection, Row};

use super::entry::{Charts, Expense, Movement, Payment, TimeEntry};
use super::fingerprint::Mark;
use super::table::Table;

/// Gives every row the fingerprint that it should have.
pub(super) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    fn of<T: Table>(connection: &Connection) -> rusqlite::Result<()> {
        let sql = format!("UPDATE {} SET fingerprint = ?2 WHERE id = ?1", T::KIND.word());
        let mut update = connection.prepare(&sql)?;
        wrong::<T>(connection, |id, right| update.execute([id, right]).map(|_| true)).map(|_| ())
    }
    of::<Charts>(connection)?;
    of::<Payment>(connection)?;
    of::<Expense>(connection)?;
    of::<Movement>(connection)?;
    of::<TimeEntry>(connection)
}

/// Whether any row has another fingerprint than it should have.
pub(super) fn any_wrong(connection: &Connection) -> rusqlite::Result<bool> {
    let stop = |_, _| Ok(false);
    Ok(wrong::<Charts>(connection, stop)?
        || wrong::<Payment>(connection, stop)?
        || wrong::<Expense>(connection, stop)?
        || wrong::<Movement>(connection, stop)?
        || wrong::<TimeEntry>(connection, stop)?)
}

/// Calls for each row with a wrong fingerprint, with its id and the right one, until told to stop; says whether there
/// was any.
fn wrong<T: Table>(
    connection: &Connection,
    mut each: impl FnMut(i64, i64) -> rusqlite::Result<bool>,
) -> rusqlite::Result<bool> {
    let sql = format!("SELECT {}, fingerprint FROM {} ORDER BY id", T::SELECT, T::KIND.word());
    let mut query = connection.prepare(&sql)?;
    let last = query.column_count() - 1;
    let mut mark = Mark::default();
    let mut any = false;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let right = T::read(row)?.fingerprint(&mut mark);
        if right != row.get::<_, i64>(last)? {
            any = true;
            if !each(id(row)?, right)? {
                break;
            }
        }
    }
    Ok(any)
}

fn id(row: &Row) -> rusqlite::Result<i64> {
    row.get(0)
}
