//! What can be wrong with a book.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the book cannot do what was asked: what, where, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder of the book is not there.
    #[error("{dir}: there is no such folder; make it first, or name the folder that holds your book")]
    Folder {
        /// The folder.
        dir: PathBuf,
    },
    /// The file cannot be made, read or written.
    #[error("{file}: {what}; the book is as it was before")]
    Storage {
        /// The book's file.
        file: PathBuf,
        /// What the system said.
        what: String,
    },
    /// The file is something else.
    #[error("{file}: this is not a perchart book but {what}; it was left alone: move it away, or name another folder")]
    Foreign {
        /// The file found in place of a book.
        file: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The file was written by a newer perchart.
    #[error(
        "{file}: the book has version {found} and this perchart knows versions up to {known}; install a newer perchart"
    )]
    Newer {
        /// The book's file.
        file: PathBuf,
        /// The version of the book.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The file is corrupt.
    #[error("{file}: the book is damaged ({what}); put your last backup in its place and import the later files again")]
    Damaged {
        /// The book's file.
        file: PathBuf,
        /// The first fault found.
        what: String,
    },
    /// Another program is writing.
    #[error("{file}: another program is writing to the book; wait until it is done and try again")]
    Busy {
        /// The book's file.
        file: PathBuf,
    },
    /// A record breaks a rule of the book.
    #[error("{file}: a record breaks a rule of the book ({what}); nothing was stored")]
    Rule {
        /// The book's file.
        file: PathBuf,
        /// The rule.
        what: String,
    },
    /// What is noted of a record does not fit it.
    #[error("{what}; nothing was noted")]
    Unfit {
        /// Why.
        what: String,
    },
    /// No such import.
    #[error("there is no batch {id}; `perchart batches` lists the imports")]
    NoBatch {
        /// The number asked for.
        id: i64,
    },
    /// No such record.
    #[error("there is no record {id} of {kind}")]
    NoRecord {
        /// What it would be.
        kind: &'static str,
        /// The number asked for.
        id: i64,
    },
    /// Nothing has been imported yet.
    #[error("the book is empty: there is no import to take back")]
    NothingToUndo,
    /// Anything else that the database reports.
    #[error("{file}: the database reports: {source}")]
    Database {
        /// The book's file.
        file: PathBuf,
        /// The report.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Sorts what the database reports.
    pub(super) fn sql(file: &Path, source: rusqlite::Error) -> Error {
        let file = file.to_owned();
        let what = match &source {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
            other => other.to_string(),
        };
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { file },
            Some(ErrorCode::NotADatabase) => Error::Foreign { file, what: "some other kind of file" },
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { file, what },
            Some(ErrorCode::DiskFull) => {
                Error::Storage { file, what: "the disk is full: make room and try again".to_owned() }
            }
            Some(ErrorCode::ReadOnly) => {
                Error::Storage { file, what: "the file or its folder is read-only: allow writing to it".to_owned() }
            }
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied) => {
                Error::Storage { file, what }
            }
            Some(ErrorCode::ConstraintViolation) => Error::Rule { file, what },
            _ => match source {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => Error::Damaged { file, what },
                source => Error::Database { file, source },
            },
        }
    }
}
