//! The fingerprints of all stored rows.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::entry::{Asset, Charts, Expense, Movement, Payment, TimeEntry, Trip};
use super::fingerprint::Mark;
use super::table::Table;

/// Gives every row the fingerprint that it should have.
pub(super) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    fn of<T: Table>(connection: &Connection) -> rusqlite::Result<()> {
        let sql = format!("UPDATE {} SET fingerprint = ?2 WHERE id = ?1", T::KIND.word());
        let mut update = connection.prepare(&sql)?;
        each_wrong::<T>(connection, &mut BTreeMap::new(), &mut |id, right| update.execute([id, right]).map(|_| true))
    }
    of::<Charts>(connection)?;
    of::<Payment>(connection)?;
    of::<Expense>(connection)?;
    of::<Asset>(connection)?;
    of::<Trip>(connection)?;
    of::<Movement>(connection)?;
    of::<TimeEntry>(connection)
}

/// How many rows each batch has; none where any row has another fingerprint than it should have.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<Option<BTreeMap<i64, i64>>> {
    let mut rows = BTreeMap::new();
    let mut right = true;
    {
        let mut stop = |_, _| {
            right = false;
            Ok(false)
        };
        each_wrong::<Charts>(connection, &mut rows, &mut stop)?;
        each_wrong::<Payment>(connection, &mut rows, &mut stop)?;
        each_wrong::<Expense>(connection, &mut rows, &mut stop)?;
        each_wrong::<Asset>(connection, &mut rows, &mut stop)?;
        each_wrong::<Trip>(connection, &mut rows, &mut stop)?;
        each_wrong::<Movement>(connection, &mut rows, &mut stop)?;
        each_wrong::<TimeEntry>(connection, &mut rows, &mut stop)?;
    }
    Ok(right.then_some(rows))
}

/// Counts rows by batch and calls for each with a wrong fingerprint, with its id and the right one, until told to stop.
fn each_wrong<T: Table>(
    connection: &Connection,
    count: &mut BTreeMap<i64, i64>,
    each: &mut impl FnMut(i64, i64) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let sql = format!("SELECT {}, fingerprint FROM {} ORDER BY id", T::SELECT, T::KIND.word());
    let mut query = connection.prepare(&sql)?;
    let last = query.column_count() - 1;
    let mut mark = Mark::default();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        *count.entry(row.get(1)?).or_default() += 1;
        let right = T::read(row)?.fingerprint(&mut mark);
        if right != row.get::<_, i64>(last)? && !each(row.get(0)?, right)? {
            break;
        }
    }
    Ok(())
}
