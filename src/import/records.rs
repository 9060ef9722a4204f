//! From text to records: cells between delimiters, quoted or not, and the line on which each record starts.
//!
//! Statements do not all keep RFC 4180: quotation marks stand unescaped inside quoted text, or text follows the closing
//! one. Such a record is read in the way that gives it as many cells as its header has. A quoted cell that never ends
//! is no quoted cell. A line may end with LF, CRLF or CR, all in one file.

use std::ops::Range;

/// A quoted cell that goes on for more lines than this has lost its closing quotation mark.
const MOST_LINES: usize = 200;

/// The cells of one record. They are used again for the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    cells: Vec<Cell>,
    /// The text of the cells that hold escaped quotation marks.
    unescaped: String,
    /// Whether a quotation mark stands where the format allows none.
    pub(super) stray_quote: bool,
    /// Whether a cell begins with a quotation mark that has no partner.
    pub(super) open_quote: bool,
    /// Whether the record goes over several lines.
    pub(super) several_lines: bool,
}

/// Where the text of a cell lies. A text that is read at once has less than 4 GB.
#[derive(Clone, Copy, Debug)]
struct Cell {
    start: u32,
    end: u32,
    /// In the record, not in the text that is read.
    unescaped: bool,
}

impl Cell {
    fn plain(range: Range<usize>) -> Cell {
        Cell { start: short(range.start), end: short(range.end), unescaped: false }
    }

    fn unescaped(range: Range<usize>) -> Cell {
        Cell { unescaped: true, ..Cell::plain(range) }
    }
}

fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Record {
    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    fn clear(&mut self) {
        self.cells.clear();
        self.unescaped.clear();
        self.stray_quote = false;
        self.open_quote = false;
        self.several_lines = false;
    }
}

/// The records of a text, one after the other; lines without anything are passed over.
#[derive(Clone)]
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    /// The bytes that mean something, each eight times: the delimiter, line ends, quotation marks.
    marks: [u64; 4],
    /// The cells of the header, where there is one.
    width: Option<usize>,
    at: usize,
    line: u64,
}

impl<'a> Records<'a> {
    /// Reads a text whose first line has a number in the file.
    pub(super) fn new(text: &'a str, delimiter: u8, line: u64) -> Records<'a> {
        let marks = [delimiter, b'\n', b'\r', b'"'].map(|mark| u64::from_ne_bytes([mark; 8]));
        Records { text, delimiter, marks, width: None, at: 0, line }
    }

    /// The records shall have so many cells.
    pub(super) fn expect(mut self, width: usize) -> Records<'a> {
        self.width = Some(width);
        self
    }

    /// Reads the next record; its line, or none at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Option<u64> {
        loop {
            let (start, line) = (self.at, self.line);
            if start >= self.text.len() {
                return None;
            }
            record.clear();
            if !self.plain(record) {
                self.at = start;
                self.quoted(record);
            }
            if record.cells.len() > 1 || !self.cell(record, 0).trim().is_empty() {
                return Some(line);
            }
        }
    }

    /// A cell of the record that was read last; empty where it has none.
    pub(super) fn cell<'r>(&self, record: &'r Record, index: usize) -> &'r str
    where
        'a: 'r,
    {
        let Some(cell) = record.cells.get(index) else { return "" };
        let text = if cell.unescaped { &record.unescaped } else { self.text };
        &text[cell.start as usize..cell.end as usize]
    }

    /// How many bytes were read, the line end of the last record included, and the line that comes next.
    pub(super) fn place(&self) -> (usize, u64) {
        (self.at, self.line)
    }

    /// Reads a record of one line without quotation marks; false where it has one.
    fn plain(&mut self, record: &mut Record) -> bool {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        let mut at = self.at;
        while at < bytes.len() {
            // Eight bytes at a time, the last ones filled up with zeros.
            let rest = &bytes[at..];
            let (word, length) = if let Some(word) = rest.first_chunk::<8>() {
                (u64::from_le_bytes(*word), 8)
            } else {
                let mut word = [0; 8];
                word[..rest.len()].copy_from_slice(rest);
                (u64::from_le_bytes(word), rest.len())
            };
            let mut found = self.marked(word);
            while found != 0 {
                let here = at + found.trailing_zeros() as usize / 8;
                found &= found - 1;
                match bytes[here] {
                    byte if byte == self.delimiter => {
                        record.cells.push(Cell::plain(start..here));
                        start = here + 1;
                    }
                    b'"' => {
                        record.cells.clear();
                        return false;
                    }
                    _ => {
                        record.cells.push(Cell::plain(start..here));
                        self.at = here;
                        self.end_line();
                        return true;
                    }
                }
            }
            at += length;
        }
        record.cells.push(Cell::plain(start..bytes.len()));
        self.at = bytes.len();
        true
    }

    /// The highest bit of each byte of a word that is one of the marks.
    fn marked(&self, word: u64) -> u64 {
        const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
        self.marks.iter().fold(0, |found, mark| {
            let same = word ^ mark;
            found | !(((same & LOW) + LOW) | same | LOW)
        })
    }

    /// Passes over a line end.
    fn end_line(&mut self) {
        let bytes = self.text.as_bytes();
        if let Some(&end) = bytes.get(self.at) {
            self.at += if end == b'\r' && bytes.get(self.at + 1) == Some(&b'\n') { 2 } else { 1 };
            self.line += 1;
        }
    }

    /// Reads a record with quotation marks, in the way that gives it the cells of the header.
    fn quoted(&mut self, record: &mut Record) {
        let (at, line) = (self.at, self.line);
        for way in [Stray::Text, Stray::Closes, Stray::Plain] {
            (self.at, self.line) = (at, line);
            record.clear();
            let whole = self.scan(record, way);
            let fits = self.width.is_none_or(|width| record.cells.len() == width);
            let clean = !record.stray_quote && !record.open_quote;
            // A mark out of place that swallows a line end has swallowed a record.
            if whole && (clean || (fits && !(record.stray_quote && record.several_lines))) {
                return;
            }
        }
        // No way fits. The first that comes to an end is as good as any.
        for way in [Stray::Text, Stray::Plain] {
            (self.at, self.line) = (at, line);
            record.clear();
            if self.scan(record, way) && !(record.stray_quote && record.several_lines) {
                return;
            }
        }
    }

    /// Reads a record; false where a quoted cell does not end.
    fn scan(&mut self, record: &mut Record, stray: Stray) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            let blanks = bytes[self.at..].iter().take_while(|&&byte| byte == b' ' && byte != self.delimiter).count();
            let opens = bytes.get(self.at + blanks) == Some(&b'"') && stray != Stray::Plain;
            if opens {
                self.at += blanks + 1;
                if !self.quoted_cell(record, stray) {
                    return false;
                }
            } else {
                let length = self.until_end_of_cell();
                let cell = self.at..self.at + length;
                record.open_quote |= self.text[cell.clone()].trim_start().starts_with('"');
                record.cells.push(Cell::plain(cell));
                self.at += length;
            }
            match bytes.get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                Some(_) => {
                    self.end_line();
                    return true;
                }
                None => return true,
            }
        }
    }

    /// The bytes before the next delimiter or line end.
    fn until_end_of_cell(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        rest.iter().position(|&byte| self.ends_cell(byte)).unwrap_or(rest.len())
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// Reads a quoted cell from behind its opening mark up to its delimiter or line end.
    fn quoted_cell(&mut self, record: &mut Record, stray: Stray) -> bool {
        let bytes = self.text.as_bytes();
        let start = record.unescaped.len();
        // What was not yet copied.
        let mut from = self.at;
        let mut copied = false;
        let mut lines = 0;
        loop {
            let Some(&byte) = bytes.get(self.at) else { return false };
            match byte {
                b'"' if bytes.get(self.at + 1) == Some(&b'"') => {
                    record.unescaped.push_str(&self.text[from..=self.at]);
                    copied = true;
                    self.at += 2;
                    from = self.at;
                }
                b'"' => {
                    let blanks = bytes[self.at + 1..].iter().take_while(|&&b| b == b' ' && b != self.delimiter).count();
                    let next = bytes.get(self.at + 1 + blanks);
                    if next.is_none_or(|&next| self.ends_cell(next)) {
                        self.close(record, start, from, copied);
                        self.at += 1 + blanks;
                        return true;
                    }
                    record.stray_quote = true;
                    if stray == Stray::Closes {
                        // The rest of the cell follows the closing mark.
                        record.unescaped.push_str(&self.text[from..self.at]);
                        self.at += 1;
                        let length = self.until_end_of_cell();
                        record.unescaped.push_str(&self.text[self.at..self.at + length]);
                        record.cells.push(Cell::unescaped(start..record.unescaped.len()));
                        self.at += length;
                        return true;
                    }
                    self.at += 1;
                }
                b'\n' | b'\r' => {
                    lines += 1;
                    if lines > MOST_LINES {
                        return false;
                    }
                    record.several_lines = true;
                    self.end_line();
                }
                _ => self.at += 1,
            }
        }
    }

    fn close(&self, record: &mut Record, start: usize, from: usize, copied: bool) {
        if copied {
            record.unescaped.push_str(&self.text[from..self.at]);
            record.cells.push(Cell::unescaped(start..record.unescaped.len()));
        } else {
            record.cells.push(Cell::plain(from..self.at));
        }
    }
}

/// What a quotation mark inside a quoted cell is, where neither a delimiter nor a line end follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stray {
    /// Text.
    Text,
    /// The end of the quotation; the cell goes on.
    Closes,
    /// Text, and so is the mark that seems to open the cell.
    Plain,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, delimiter: u8, width: Option<usize>) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text, delimiter, 1);
        records.width = width;
        let mut record = Record::default();
        let mut all = Vec::new();
        while let Some(line) = records.next(&mut record) {
            let cells = (0..record.len()).map(|index| records.cell(&record, index).to_owned());
            all.push((line, cells.collect()));
        }
        all
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text, b',', None).into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines = |text| read(text, b',', None).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("a,b\n1,2\n"), [1, 2]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4"), [1, 2, 3]);
        assert_eq!(lines("a,b\r1,2\r3,4\r"), [1, 2, 3]);
        assert_eq!(lines("\n\na,b\n\n1,2\n , \n,\n3,4\n"), [3, 5, 6, 7, 8]);
        assert_eq!(lines("\r\n\r\na,b\r\n  \r\n1,2\r\n"), [3, 5]);
        assert_eq!(lines("a,b\n\"x\ny\r\nz\",2\n3,4\n"), [1, 2, 5]);
    }

    #[test]
    fn quoted_cells_are_unescaped() {
        assert_eq!(
            cells("\"a,b\",\"say \"\"hi\"\"\",\"\"\nc,,\"d\""),
            [vec!["a,b", "say \"hi\"", ""], vec!["c", "", "d"]]
        );
        assert_eq!(cells("a, \"b, c\" ,d"), [vec!["a", "b, c", "d"]]);
        assert_eq!(cells("5\" screen,2"), [vec!["5\" screen", "2"]]);
    }

    #[test]
    fn a_mark_too_many_is_read_as_the_header_asks() {
        let zelle = "d,\"Zelle for \"$200 from X, give to Dad\"; Conf# 1\",-200\n";
        assert_eq!(read(zelle, b',', Some(3))[0].1, ["d", "Zelle for \"$200 from X, give to Dad\"; Conf# 1", "-200"]);
        let after = "\"Account1\" X111,b,\"c\"\nd,e,f";
        assert_eq!(read(after, b',', Some(3))[0].1, ["Account1 X111", "b", "c"]);
        let swallowed = "a,\"b,c,1\nd,\"e, f\",g,2\n";
        assert_eq!(read(swallowed, b',', Some(4)).len(), 2);
        let open = "a,\"b,c\nd,e,f\n";
        assert_eq!(
            read(open, b',', Some(3)),
            [(1, vec!["a".into(), "\"b".into(), "c".into()]), (2, vec!["d".into(), "e".into(), "f".into()])]
        );
    }
}
