//! Reading files into records: all of a file or nothing, with every problem located.
//!
//! A file is CSV with a header. The columns of the layouts are an allow-list: nothing else is read.
//! Headers stand in any order; case does not matter, spaces and hyphens count as underscores.
//!
//! - charts: `work_date`, `payer`, `chart_type`, `count`, and `rate` or `amount`;
//!   where wanted `rejected`, `minutes`, `accuracy`, `paid_on`.
//! - payments: `received_on`, `payer`, `amount`; where wanted `reference`.
//! - expenses: `date`, `description`, `amount`, `category`; where wanted `vendor`, `business_share`.
//!
//! Days are `2025-01-31`, or `1/31/2025`, where slashes always mean month/day/year. Amounts are dollars:
//! `1234.50`, `$1,234.50`, `-45.00` or `(45.00)`.

mod decode;
#[allow(dead_code)]
mod grid;
mod header;
mod layout;
mod phi;
mod problem;
mod rows;
mod value;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use csv::StringRecord;

use self::header::Header;
pub use self::problem::{Problem, Problems};
use self::rows::Rows;
use crate::book::Records;
use crate::book::entry::Kind;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The ids of the expense categories; empty means that categories are not checked.
    pub known_categories: &'a [&'a str],
    /// What to do with columns whose names look like patient data.
    pub phi: Phi,
}

/// What to do with columns whose names look like patient data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phi {
    /// Refuse the file and name the columns.
    #[default]
    Refuse,
    /// Leave the columns unread.
    Strip,
}

/// A file that was read whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The file's name, without its folder.
    pub file: String,
    /// What it holds. Ids and batches are 0.
    pub records: Records,
    /// The columns that no layout knows and that were not read, by name.
    pub unread: Vec<String>,
    /// The columns that look like patient data and were not read ([`Phi::Strip`]), by name.
    pub stripped: Vec<String>,
}

/// Reads a file. The kind is recognised from the header unless it is given.
///
/// # Errors
/// Anything that is wrong with the file, each problem with its line and column.
pub fn read(path: &Path, kind: Option<Kind>, options: &Options) -> Result<Reading, Problems> {
    let name = name(path);
    let bytes = load(path).map_err(|(found, expected, hint)| Problems::whole(&name, None, &found, expected, hint))?;
    read_bytes(&name, &bytes, kind, options)
}

/// Reads the content of a file under the name it is known by.
///
/// # Errors
/// Anything that is wrong with the content, each problem with its line and column.
pub fn read_bytes(name: &str, bytes: &[u8], kind: Option<Kind>, options: &Options) -> Result<Reading, Problems> {
    let text = decode::decode(name, bytes)?;
    let mut rows = Rows::new(&text);
    let mut record = StringRecord::new();
    let none = |found| Err(Problems::whole(name, None, found, "a header and at least one row", ""));
    let Some(line) = rows.next(&mut record) else { return none("an empty file") };
    let mut problems = Problems::new(name);
    let header = match header::kind(&record, kind) {
        Ok(kind) => Header::read(&record, kind, line, options.phi, &mut problems),
        Err(fault) => {
            problems.add(Some(line), fault);
            return Err(problems);
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let records = match header.kind {
        Kind::Charts => Records::Charts(rows.all(&header, &mut problems, layout::charts)),
        Kind::Payments => Records::Payments(rows.all(&header, &mut problems, layout::payment)),
        Kind::Expenses => {
            let categories = layout::Categories::new(options.known_categories);
            Records::Expenses(rows.all(&header, &mut problems, |row| layout::expense(row, &categories)))
        }
        Kind::Bank | Kind::Time => return none("a file of another kind"),
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    if records.is_empty() {
        return none("a header without rows");
    }
    Ok(Reading { file: name.to_owned(), records, unread: header.unread, stripped: header.stripped })
}

/// The file's name without its folder and without characters that cannot be printed.
fn name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    name.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect()
}

/// The bytes of the file, or what was found, what was expected and what to do.
fn load(path: &Path) -> Result<Vec<u8>, (String, &'static str, &'static str)> {
    let fail = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ("no such file".to_owned(), "a CSV file", "check the name and the folder"),
        ErrorKind::PermissionDenied => {
            ("a file that may not be read".to_owned(), "a CSV file", "give yourself the right to read it")
        }
        _ => (format!("a file that cannot be read ({error})"), "a CSV file", ""),
    };
    let too_large = || Err(("more than 512 MB".to_owned(), "at most 512 MB", "split the file"));
    let file = File::open(path).map_err(fail)?;
    let facts = file.metadata().map_err(fail)?;
    if facts.is_dir() {
        return Err(("a folder".to_owned(), "a CSV file", "name the files in it"));
    }
    if facts.len() > LARGEST {
        return too_large();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or(0).saturating_add(1));
    // What is no regular file has no length beforehand.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > LARGEST { too_large() } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
