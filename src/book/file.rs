//! The book's file: opening, checking, bringing up to date.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::Error;
use super::{prints, work};

/// Marks the file as a book: `prch` in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x7072_6368;

/// Each step brings the book from the version of its index to the next.
const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_streams.sql"),
    include_str!("migrations/0003_assets.sql"),
];

/// The version that this program writes.
const VERSION: i64 = MIGRATIONS.len().cast_signed() as i64;

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The memory for pages of the book, in KiB. An import spills what does not fit.
const CACHE_KIB: i64 = 8 * 1024;

/// A book up to so many bytes is looked through for damage whenever it is opened. A larger one is looked through after
/// a program ended without closing it, and by [`super::Book::verify`].
const SMALL: u64 = 8 * 1024 * 1024;

/// Opens or makes the book's file. A file that is no book, or a newer one, is left as it is.
pub(super) fn open(file: &Path) -> Result<Connection, Error> {
    make_private(file)?;
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |facts| facts.len());
    // A closed book has no write-ahead log.
    let look = length(file) <= SMALL || length(&file.with_extension("db-wal")) > 0;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(connection)
    };
    let fail = |source| Error::sql(file, source);
    let mut connection = open().map_err(fail)?;
    identify(&connection, file)?;
    settle(&connection).map_err(fail)?;
    migrate(&mut connection).map_err(fail)?;
    if look {
        check(&connection, file)?;
    }
    Ok(connection)
}

/// An empty book in memory.
pub(super) fn in_memory() -> Result<Connection, Error> {
    let open = || {
        let mut connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "trusted_schema", false)?;
        settle(&connection)?;
        migrate(&mut connection)?;
        Ok(connection)
    };
    open().map_err(|source| Error::sql(Path::new("(memory)"), source))
}

/// Makes an empty file that only its owner may read, unless there is one. `SQLite` gives its side files the same mode.
fn make_private(file: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Error::Storage { file: file.to_owned(), what: error.to_string() })
        }
        _ => Ok(()),
    }
}

/// Refuses files of other programs and of newer versions, without writing.
fn identify(connection: &Connection, file: &Path) -> Result<(), Error> {
    let read = || {
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((pragma(connection, "application_id")?, pragma(connection, "user_version")?, tables))
    };
    let (application, found, tables) = read().map_err(|source| Error::sql(file, source))?;
    let empty = application == 0 && found == 0 && tables == 0;
    if application != APPLICATION_ID && !empty {
        return Err(Error::Foreign { file: file.to_owned(), what: "a database of another program" });
    }
    if found > VERSION {
        return Err(Error::Newer { file: file.to_owned(), found, known: VERSION });
    }
    Ok(())
}

/// Sets what makes an acknowledged write last and a deleted record vanish.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)
}

/// Brings the book to the present version in one transaction.
fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if pragma(connection, "user_version")? == VERSION {
        return Ok(());
    }
    // Tables that others refer to are rebuilt.
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been first.
    let found = usize::try_from(pragma(&transaction, "user_version")?).unwrap_or(MIGRATIONS.len());
    for step in MIGRATIONS.iter().skip(found) {
        transaction.execute_batch(step)?;
    }
    prints::fill(&transaction)?;
    work::rebuild(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    if transaction.prepare("SELECT * FROM pragma_foreign_key_check")?.exists([])? {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            Some("a reference leads nowhere".to_owned()),
        ));
    }
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    empty_log(connection);
    Ok(())
}

/// Empties the write-ahead log, which still holds what was stored or deleted. That fails only while another program
/// reads; the log is then emptied later.
pub(super) fn empty_log(connection: &Connection) {
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// Has `SQLite` look for damage.
fn check(connection: &Connection, file: &Path) -> Result<(), Error> {
    let report: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|source| Error::sql(file, source))?;
    if report == "ok" { Ok(()) } else { Err(Error::Damaged { file: file.to_owned(), what: report }) }
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
