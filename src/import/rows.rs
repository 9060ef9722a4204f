//! Rows and their lines.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::header::Header;
use super::layout::{Noted, Row};
use super::problem::{Fault, Problems};

/// The rows of a file that hold anything.
pub(super) struct Rows<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    delimiter: u8,
    /// A place in the text and the line that holds it.
    place: (usize, u64),
    /// The span of the last row, line ends left out.
    span: &'a str,
}

impl<'a> Rows<'a> {
    /// The delimiter is the comma; where the first line has none, the semicolon or the tab.
    pub(super) fn new(text: &'a str) -> Rows<'a> {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = *b",;\t".iter().find(|&&mark| first.contains(char::from(mark))).unwrap_or(&b',');
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        Rows { text, reader, delimiter, place: (0, 1), span: "" }
    }

    /// Reads the next row that is not blank; its line, or none at the end.
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Option<u64> {
        // Neither the bytes nor the lengths can make this reader fail: the text is UTF-8 in memory.
        while self.reader.read_record(record).unwrap_or(false) {
            let line = self.locate(record);
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(line);
            }
        }
        None
    }

    /// Reads all rows that are left.
    pub(super) fn all<T>(
        &mut self,
        header: &Header,
        problems: &mut Problems,
        read: impl Fn(&mut Row) -> Result<T, Noted>,
    ) -> Vec<T> {
        let mut record = StringRecord::new();
        let mut rows = Vec::new();
        while let Some(line) = self.next(&mut record) {
            if let Some(fault) = self.torn(&record, header.width) {
                problems.add(Some(line), fault);
            } else if let Ok(row) = read(&mut Row::new(header, &record, line, problems)) {
                rows.push(row);
            }
        }
        rows
    }

    /// Finds the line on which the row starts: line ends before it do not belong to it.
    fn locate(&mut self, record: &StringRecord) -> u64 {
        let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let start = record.position().map_or(0, |position| at(position.byte()));
        let whole = &self.text[start..at(self.reader.position().byte())];
        self.span = whole.trim_matches(['\r', '\n']);
        let start = start + whole.len() - whole.trim_start_matches(['\r', '\n']).len();
        let passed = &self.text.as_bytes()[self.place.0..start];
        let before = self.place.0.checked_sub(1).map(|before| self.text.as_bytes()[before]);
        self.place = (start, self.place.1 + line_ends(passed, before));
        self.place.1
    }

    /// Why the row does not fit under the header.
    fn torn(&self, record: &StringRecord, width: usize) -> Option<Fault> {
        let lines = self.span.contains(['\r', '\n']);
        if lines && !quotes_pair(self.span.as_bytes(), self.delimiter) {
            return Some(
                Fault::new("a quotation mark without its partner", "quotation marks in pairs")
                    .hint("close it, and write one inside quoted text twice"),
            );
        }
        if record.len() == width {
            return None;
        }
        let found = format!("{} field{}", record.len(), if record.len() == 1 { "" } else { "s" });
        let hint = match record.len() > width {
            true if self.delimiter == b',' => "put text or amounts that hold a comma in quotation marks",
            true => "",
            false if lines => "look for a missing quotation mark",
            false => "leave empty fields, but keep their commas",
        };
        Some(Fault::new(&found, &format!("{width} as in the header")).hint(hint))
    }
}

/// The line ends in a text: `\n`, `\r\n` or `\r`.
fn line_ends(bytes: &[u8], before: Option<u8>) -> u64 {
    let mut last = before.unwrap_or(0);
    let mut ends = 0;
    for &byte in bytes {
        ends += u64::from(byte == b'\r' || (byte == b'\n' && last != b'\r'));
        last = byte;
    }
    ends
}

/// Whether each quoted field ends with its quotation mark.
fn quotes_pair(row: &[u8], delimiter: u8) -> bool {
    let mut bytes = row.iter().copied().peekable();
    while let Some(first) = bytes.next() {
        if first == b'"' {
            loop {
                match bytes.next() {
                    None => return false,
                    Some(b'"') if bytes.peek() == Some(&b'"') => bytes.next(),
                    Some(b'"') => break,
                    Some(_) => continue,
                };
            }
            if bytes.next().is_some_and(|next| next != delimiter) {
                return false;
            }
        } else if first != delimiter {
            bytes.by_ref().find(|&byte| byte == delimiter);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<u64> {
        let mut rows = Rows::new(text);
        let mut record = StringRecord::new();
        std::iter::from_fn(|| rows.next(&mut record)).collect()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        assert_eq!(lines("a,b\n1,2\n"), [1, 2]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4"), [1, 2, 3]);
        assert_eq!(lines("a,b\r1,2\r3,4\r"), [1, 2, 3]);
        assert_eq!(lines("\n\na,b\n\n1,2\n , \n,\n3,4\n"), [3, 5, 8]);
        assert_eq!(lines("\r\n\r\na,b\r\n\r\n1,2\r\n"), [3, 5]);
        assert_eq!(lines("a,b\n\"x\ny\r\nz\",2\n3,4\n"), [1, 2, 5]);
    }

    #[test]
    fn an_open_quote_is_seen() {
        for (row, paired) in [
            ("a,\"b\nc\",d", true),
            ("\"a\"\"\nb\"", true),
            ("5\" wide,\"b\nc\"", true),
            ("a,\"b\nc", false),
            ("a,\"b\nc,\"d\"", false),
            ("", true),
            (",,", true),
        ] {
            assert_eq!(quotes_pair(row.as_bytes(), b','), paired, "{row}");
        }
    }
}
