//! The cells of a sheet.

use quick_xml::events::BytesStart;

use super::format::Format;
use super::number::Number;
use super::package::{Visit, attribute, damaged};
use super::parts::{Run, Texts, limited, unescaped};
use super::{Fault, Grid, SMALLER, limits};

/// What all sheets together hold so far.
#[derive(Default)]
pub(super) struct Counted {
    cells: usize,
    text: usize,
}

/// Reads a sheet into a grid. Rows and cells without text are left out, but for cells before one with text.
pub(super) struct Cells<'a> {
    pub(super) grid: Grid,
    texts: &'a Texts,
    formats: &'a [Format],
    from_1904: bool,
    counted: &'a mut Counted,
    place: Place,
    /// The row that is read, and the last column read in it; from 1.
    row: u32,
    column: u32,
    /// How many cells of the row are in the grid.
    width: u32,
    kind: Kind,
    format: Format,
    /// What `v` holds, and what `is` holds.
    value: String,
    run: Run,
}

/// Where the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Sheet,
    Row,
    Cell,
    Value,
    Inline,
    Behind,
}

/// What the value of a cell is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Bool,
    Moment,
    Inline,
    /// Text, or the name of an error.
    Text,
}

impl<'a> Cells<'a> {
    pub(super) fn new(texts: &'a Texts, formats: &'a [Format], from_1904: bool, counted: &'a mut Counted) -> Cells<'a> {
        Cells {
            grid: Grid::default(),
            texts,
            formats,
            from_1904,
            counted,
            place: Place::Before,
            row: 0,
            column: 0,
            width: 0,
            kind: Kind::Number,
            format: Format::Number,
            value: String::new(),
            run: Run::default(),
        }
    }

    fn start_row(&mut self, tag: &BytesStart) -> Result<(), Fault> {
        let row = match attribute(tag, "r") {
            Some(stated) => stated.trim_ascii().parse().map_err(|_| self.misplaced())?,
            None => self.row + 1,
        };
        if row <= self.row || row > limits::ROWS {
            return Err(self.misplaced());
        }
        (self.row, self.column, self.width) = (row, 0, 0);
        Ok(())
    }

    fn start_cell(&mut self, tag: &BytesStart) -> Result<(), Fault> {
        let (row, column) = match attribute(tag, "r") {
            Some(name) => position(name.trim_ascii()).ok_or_else(|| self.misplaced())?,
            None => (self.row, self.column + 1),
        };
        if row != self.row || column <= self.column || column > limits::COLUMNS {
            return Err(self.misplaced());
        }
        self.column = column;
        self.kind = match attribute(tag, "t").as_deref() {
            None | Some("n") => Kind::Number,
            Some("s") => Kind::Shared,
            Some("b") => Kind::Bool,
            Some("d") => Kind::Moment,
            Some("inlineStr") => Kind::Inline,
            Some(_) => Kind::Text,
        };
        let style = attribute(tag, "s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
        self.format = self.formats.get(style).copied().unwrap_or(Format::Number);
        self.value.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        let inline = self.run.take();
        let value = std::mem::take(&mut self.value);
        let trimmed = value.trim_ascii();
        let owned = match self.kind {
            _ if !inline.is_empty() => inline,
            _ if value.is_empty() => return Ok(()),
            Kind::Inline => return Ok(()),
            Kind::Number => match Number::read(trimmed) {
                Some(number) => self.format.show(number, self.from_1904),
                None => unescaped(value),
            },
            Kind::Shared => {
                let text = trimmed.parse().ok().and_then(|at| self.texts.get(at));
                return match text {
                    Some(text) => self.put(text),
                    None => Err(damaged(&format!("a cell in row {} whose text is missing", self.row))),
                };
            }
            Kind::Bool if matches!(trimmed, "1" | "true") => "TRUE".to_owned(),
            Kind::Bool if matches!(trimmed, "0" | "false") => "FALSE".to_owned(),
            Kind::Moment => trimmed.trim_end_matches('Z').replacen('T', " ", 1),
            Kind::Bool | Kind::Text => unescaped(value),
        };
        self.put(&owned)
    }

    /// Puts the cell that ends into the grid.
    fn put(&mut self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        self.counted.cells += (self.column - self.width) as usize;
        self.counted.text += text.len();
        if self.counted.cells > limits::CELLS {
            let found = "a workbook of more than 4,000,000 cells";
            return Err(Fault::new(found, "at most 4,000,000 cells in all sheets").hint(SMALLER));
        }
        if self.counted.text > limits::TEXT {
            return Err(Fault::new("more than 64 MB of text in cells", "at most 64 MB in all sheets").hint(SMALLER));
        }
        while self.width + 1 < self.column {
            self.grid.push("");
            self.width += 1;
        }
        self.grid.push(text);
        self.width = self.column;
        Ok(())
    }

    fn end_row(&mut self) {
        if self.width > 0 {
            self.grid.end_row(self.row.into());
        }
    }

    fn misplaced(&self) -> Fault {
        let found = format!("a row or cell out of place after row {}", self.row);
        let expected = "rows in order up to 1,048,576 and columns in order up to XFD";
        Fault::new(&found, expected).hint(super::SAVE_AGAIN)
    }
}

impl Visit for Cells<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart) -> Result<(), Fault> {
        self.place = match (self.place, name) {
            (Place::Before, "sheetData") => Place::Sheet,
            (Place::Sheet, "row") => {
                self.start_row(tag)?;
                Place::Row
            }
            (Place::Row, "c") => {
                self.start_cell(tag)?;
                Place::Cell
            }
            (Place::Cell, "v") => Place::Value,
            (Place::Cell, "is") => Place::Inline,
            (Place::Inline, name) => {
                self.run.start(name);
                Place::Inline
            }
            (place, _) => place,
        };
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        self.place = match (self.place, name) {
            (Place::Value, "v") | (Place::Inline, "is") => Place::Cell,
            (Place::Inline, name) => {
                self.run.end(name);
                Place::Inline
            }
            (Place::Cell, "c") => {
                self.end_cell()?;
                Place::Row
            }
            (Place::Row, "row") => {
                self.end_row();
                Place::Sheet
            }
            (Place::Sheet, "sheetData") => Place::Behind,
            (place, _) => place,
        };
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.place {
            Place::Value => limited(&mut self.value, text),
            Place::Inline => self.run.text(text),
            _ => Ok(()),
        }
    }

    fn done(&self) -> bool {
        self.place == Place::Behind
    }
}

/// Row and column of a cell's name such as `B12`, from 1.
fn position(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    if !(1..=3).contains(&letters.len()) || digits.len() > 7 || !digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    Some((digits.parse().ok()?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_positions() {
        assert_eq!((position("A1"), position("xfd1048576")), (Some((1, 1)), Some((1_048_576, 16_384))));
        for name in ["", "A", "1", "A1B", "AAAA1", "A99999999999", "$A$1", "é1", "A-1"] {
            assert_eq!(position(name), None, "{name}");
        }
    }
}
