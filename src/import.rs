//! Reading files into records: all of a file or nothing, with every problem located.
//!
//! A file is recognised first ([`open`]): its encoding and delimiter, where its table lies, what it holds, and which
//! column is what. The columns of a kind are an allow-list: nothing else of a file is read.
//!
//! - The project's own files name their columns: charts (`work_date`, `payer`, `chart_type`, `count`, and `rate` or
//!   `amount`), payments (`received_on`, `payer`, `amount`), expenses (`date`, `description`, `amount`, `category`), assets
//!   (`name`, `class`, `in_service`, `cost`), trips (`date`, `miles`, `purpose`).
//!   Their days are `2025-01-31` or month/day/year, their amounts dollars. They are read as a stream.
//! - Statements of banks, cards and platforms (bank) and files of time trackers (time) are known by a
//!   [profile](profile::Profile), or proposed from the names and cells of their columns.

mod columns;
mod days;
mod decode;
mod dialect;
#[doc(hidden)]
pub mod fuzzing;
mod give;
mod grid;
mod hand;
mod header;
mod mend;
mod native;
mod ofx;
mod open;
mod options;
pub mod phi;
mod preview;
mod problem;
pub mod profile;
mod propose;
mod qif;
mod recognise;
mod records;
mod row;
mod sign;
mod statement;
mod store;
mod table;
mod tracker;
mod value;
mod workbook;

pub use self::give::{Error, Read, Taker};
pub use self::hand::{BY_HAND, by_hand, dollars};
pub use self::open::{Opened, open, open_bytes};
pub use self::options::{Choices, Options, Phi};
pub use self::preview::Preview;
pub use self::problem::{Problem, Problems};
pub use self::store::Imported;

/// A sheet's name and its rows of cells.
#[cfg(test)]
pub(crate) type NamedRows = (String, Vec<Vec<String>>);

/// The sheets of a workbook by name, as rows of cells, for tests of what is exported.
#[cfg(test)]
pub(crate) fn workbook_cells(bytes: &[u8]) -> Result<Vec<NamedRows>, String> {
    let sheets = workbook::sheets(bytes).map_err(|fault| format!("{fault:?}"))?;
    let rows = |sheet: &workbook::Sheet| {
        let cells = |row| sheet.grid.cells(row).map(str::to_owned).collect();
        (0..sheet.grid.len()).map(cells).collect()
    };
    Ok(sheets.iter().map(|sheet| (sheet.name.clone(), rows(sheet))).collect())
}

#[cfg(test)]
mod tests;
