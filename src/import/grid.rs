//! The cells of a file as text, row by row.

use std::fmt;

/// Rows of cells. All text lies in one string.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    rows: Vec<Row>,
}

/// A row: its line in the file, and which cells are its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Row {
    line: u64,
    first: usize,
    end: usize,
}

impl fmt::Debug for Grid {
    /// Never the cells: columns that are not read are among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grid({} rows)", self.rows.len())
    }
}

impl Grid {
    /// Cells under a header, which is row 1.
    pub(super) fn under(header: &[&str]) -> Grid {
        let mut grid = Grid::default();
        for name in header {
            grid.push(name);
        }
        grid.end_row(1);
        grid
    }

    /// Adds a cell to the row that is being written.
    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Ends the row that is being written. `line` is its line in the file, or its row in the sheet, from 1.
    pub(super) fn end_row(&mut self, line: u64) {
        let first = self.rows.last().map_or(0, |row| row.end);
        self.rows.push(Row { line, first, end: self.ends.len() });
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The line of a row in the file.
    pub(super) fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, |row| row.line)
    }

    /// How many cells a row has.
    pub(super) fn width(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |row| row.end - row.first)
    }

    /// A cell; empty where the row has none.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        let Some(row) = self.rows.get(row).filter(|row| column < row.end - row.first) else { return "" };
        let at = row.first + column;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.width(row)).map(move |column| self.cell(row, column))
    }

    /// The bytes of text held.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_again() {
        let mut grid = Grid::default();
        for cell in ["a", "", "bc"] {
            grid.push(cell);
        }
        grid.end_row(1);
        grid.end_row(2);
        grid.push("d");
        grid.end_row(5);
        assert_eq!((grid.len(), grid.width(0), grid.width(1), grid.line(2)), (3, 3, 0, 5));
        assert_eq!(grid.cells(0).collect::<Vec<_>>(), ["a", "", "bc"]);
        assert_eq!((grid.cell(2, 0), grid.cell(2, 1), grid.cell(1, 0), grid.cell(9, 9)), ("d", "", "", ""));
    }
}
