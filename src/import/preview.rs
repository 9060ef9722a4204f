//! How a file was understood: which column was taken for what and why, and its first rows.

use super::columns::columns;
use super::grid::Grid;
use super::header::Header;
use super::problem::{is_day, shown, title};
use super::propose::Layout;
use super::statement::{KEPT_OUT, clean, screened};
use super::table::Table;

/// The rows that are shown.
const ROWS: usize = 5;

/// How a file was understood. Cells of columns that are not read are not in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Preview {
    /// The columns of the file, in its order.
    pub columns: Vec<Taken>,
    /// The first rows: the cells of the columns that are read.
    pub rows: Vec<Vec<String>>,
    /// Whether the file names its columns.
    pub has_header: bool,
}

/// A column of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its name in the file, or its number.
    pub name: String,
    /// What it was taken for; none where it is not read.
    pub field: Option<&'static str>,
    /// Why.
    pub why: String,
}

impl Preview {
    /// Of a table.
    pub(super) fn of(table: &Table, layout: &Layout) -> Preview {
        let taken = |place: usize| Taken {
            name: title(&table.name(place), place),
            field: layout.column_of(table.kind, place).map(|column| column.name),
            why: layout.why.get(place).cloned().unwrap_or_default(),
        };
        let all: Vec<Taken> = (0..table.width()).map(taken).collect();
        let read: Vec<usize> = (0..all.len()).filter(|&place| all[place].field.is_some()).collect();
        let filled = |row: &usize| read.iter().filter(|&&place| !table.cell(*row, place).trim().is_empty()).count() > 1;
        let cells = |row: usize| read.iter().map(|&place| cell(table.grid, row, place, all[place].field)).collect();
        let rows = table.rows().filter(filled).take(ROWS).map(cells).collect();
        Preview { columns: all, rows, has_header: table.header.is_some() }
    }

    /// Of a file with a header of its own, or one that is mapped.
    pub(super) fn native(grid: &Grid, row: usize, header: &Header) -> Preview {
        let taken = |place: usize| {
            let index = header.at.iter().position(|at| *at == Some(place));
            Taken {
                name: title(grid.cell(row, place), place),
                field: index.map(|index| columns(header.kind)[index].name),
                why: if index.is_some() { "it is called so".to_owned() } else { String::new() },
            }
        };
        let all: Vec<Taken> = (0..grid.width(row)).map(taken).collect();
        let read: Vec<usize> = (0..all.len()).filter(|&place| all[place].field.is_some()).collect();
        let cells = |row: usize| read.iter().map(|&place| cell(grid, row, place, all[place].field)).collect();
        let rows = (row + 1..grid.len()).take(ROWS).map(cells).collect();
        Preview { columns: all, rows, has_header: true }
    }
}

/// A cell as it may be shown. No day before 2000 is one of work or of money.
fn cell(grid: &Grid, row: usize, place: usize, field: Option<&str>) -> String {
    let of_day = field.is_some_and(|field| is_day(field) || field == "posted");
    if of_day && is_long_ago(clean(grid.cell(row, place))) {
        return KEPT_OUT.to_owned();
    }
    screened(clean(grid.cell(row, place))).map_or_else(|| KEPT_OUT.to_owned(), |text| shown(&text))
}

/// Whether a day of the last centuries stands in a cell, such as one of birth.
fn is_long_ago(cell: &str) -> bool {
    let year = |digits: Option<&str>| digits.is_some_and(|digits| ("1850".."2000").contains(&digits));
    let runs = cell.split(|sign: char| !sign.is_ascii_digit());
    runs.filter(|run| matches!(run.len(), 4 | 8)).any(|run| year(run.get(..4)) || year(run.get(run.len() - 4..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_last_centuries_are_not_shown() {
        for cell in ["03/17/1931", "1931-03-17", "19310317", "03171931", "17 Mar 1999"] {
            assert!(is_long_ago(cell), "{cell}");
        }
        for cell in ["03/17/2025", "20250317", "2025-03-17T19:31:00", "3/17/25", ""] {
            assert!(!is_long_ago(cell), "{cell}");
        }
    }
}
