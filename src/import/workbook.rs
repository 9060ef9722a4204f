//! Excel workbooks (XLSX): a grid a sheet.
//!
//! A workbook is a ZIP archive of XML parts. Only the parts that hold cells are inflated, as a stream and within limits
//! that are counted while inflating, so that a hostile file ends early: see [`limits`]. Comments, formulas, pictures
//! and macros are never read. What a cell shows comes from its stored value and its number format.

mod cells;
mod format;
mod number;
mod package;
mod parts;

use self::cells::Cells;
use self::package::Package;
use super::grid::Grid;
use super::problem::Fault;

/// What a workbook may hold. At these limits reading takes about a second and 100 MB beside the file.
mod limits {
    /// Bytes of the file.
    pub(super) const FILE: usize = 32 * 1024 * 1024;
    /// Entries of the archive.
    pub(super) const ENTRIES: usize = 2_000;
    /// Bytes of all parts that are read, inflated.
    pub(super) const INFLATED: u64 = 64 * 1024 * 1024;
    /// How much larger than its packed form a part may be, once it is larger than `STEEP_FROM` bytes.
    pub(super) const STEEP: u64 = 250;
    pub(super) const STEEP_FROM: u64 = 4 * 1024 * 1024;
    /// Elements inside one another.
    pub(super) const DEPTH: usize = 64;
    /// Sheets of a workbook.
    pub(super) const SHEETS: usize = 1_000;
    /// Relations of a part.
    pub(super) const RELATIONS: usize = 10_000;
    /// Cell formats, and number formats.
    pub(super) const FORMATS: usize = 65_536;
    /// Rows and columns of a sheet, as in Excel.
    pub(super) const ROWS: u32 = 1_048_576;
    pub(super) const COLUMNS: u32 = 16_384;
    /// Cells of all sheets, counted with the empty ones before a cell; also shared texts.
    pub(super) const CELLS: usize = 4_000_000;
    /// Characters of a cell, as in Excel.
    pub(super) const CELL_TEXT: usize = 32_767;
    /// Bytes of text of all cells.
    pub(super) const TEXT: usize = 64 * 1024 * 1024;
}

/// What to do with a workbook that holds too much.
const SMALLER: &str = "copy the rows you need into a new workbook, or save the sheet as \"CSV UTF-8\"";

/// What to do with a workbook that cannot be read.
const SAVE_AGAIN: &str = "open it in a spreadsheet program and save it anew as XLSX, or the sheet as \"CSV UTF-8\"";

/// A sheet of a workbook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sheet {
    /// Its name, as its tab shows it.
    pub(super) name: String,
    /// Whether its tab is hidden.
    pub(super) hidden: bool,
    /// Its rows with text, each with its row number as the line. Rows may be longer or shorter than the header.
    pub(super) grid: Grid,
}

/// Whether the bytes are those of a workbook, or of an archive or old Office file that [`sheets`] can tell apart.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(package::ZIP) || bytes.starts_with(package::OLE)
}

/// The sheets of a workbook in the order of their tabs.
///
/// Cells as text: dates and times by their number format in ISO form, numbers as plain decimals of at most 15 digits,
/// percentages with their sign, `TRUE` and `FALSE`, errors by name, formulas by their stored value.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut package = Package::open(bytes)?;
    let book = parts::workbook(&mut package)?;
    let mut counted = cells::Counted::default();
    let mut sheets = Vec::new();
    for tab in book.tabs {
        let mut cells = Cells::new(&book.texts, &book.formats, book.from_1904, &mut counted);
        if !package.read(&tab.part, &mut cells)? {
            return Err(package::damaged("a sheet whose part is missing"));
        }
        sheets.push(Sheet { name: tab.name, hidden: tab.hidden, grid: cells.grid });
    }
    if sheets.is_empty() { Err(package::damaged("a workbook without sheets")) } else { Ok(sheets) }
}

#[cfg(test)]
mod tests;
