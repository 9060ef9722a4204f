//! Names of payers and chart types, which rows of charts hold as numbers.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{Connection, OptionalExtension, Statement};

use super::fingerprint::Mark;

/// So many names are kept in memory; beyond, they are looked up again.
const MOST: usize = 16 * 1024;

/// A name that an import has come across.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// What it comes to without capitals and runs of spaces.
    pub(super) mark: i64,
    /// Its number in the book, once a row uses it.
    pub(super) id: Option<i64>,
}

/// The names that an import has come across.
#[derive(Debug)]
pub(super) struct Names<'a> {
    known: HashMap<String, Name, RandomState>,
    find: Statement<'a>,
    insert: Statement<'a>,
}

impl<'a> Names<'a> {
    pub(super) fn new(connection: &'a Connection) -> rusqlite::Result<Names<'a>> {
        let find = connection.prepare("SELECT id FROM name WHERE name = ?1")?;
        let insert = connection.prepare("INSERT INTO name (name) VALUES (?1)")?;
        Ok(Names { known: HashMap::default(), find, insert })
    }

    /// A name, as the book knows it.
    pub(super) fn get(&mut self, name: &str, mark: &mut Mark) -> rusqlite::Result<Name> {
        if let Some(known) = self.known.get(name) {
            return Ok(*known);
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let id = self.find.query_row([name], |row| row.get(0)).optional()?;
        let found = Name { mark: mark.of_name(name), id };
        self.known.insert(name.to_owned(), found);
        Ok(found)
    }

    /// The number of a name that a row will use.
    pub(super) fn id(&mut self, name: &str, known: Name) -> rusqlite::Result<i64> {
        if let Some(id) = known.id {
            return Ok(id);
        }
        // The same name may have come by another way since it was looked up.
        let id = match self.known.get(name).and_then(|known| known.id) {
            Some(id) => id,
            None => self.insert.insert([name])?,
        };
        self.known.insert(name.to_owned(), Name { id: Some(id), ..known });
        Ok(id)
    }
}
