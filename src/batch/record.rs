//! The records of a block, cell by cell, as RFC 4180 writes them.

/// One cell of a record.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Cell {
    start: usize,
    end: usize,
    /// The number, where the cell is nothing but up to seven digits; zero if it is empty.
    plain: Option<u32>,
}

impl Cell {
    /// No cell: as good as an empty one.
    pub(super) const NONE: Cell = Cell { start: 0, end: 0, plain: Some(0) };

    /// What stands in the cell, without quotation marks and blanks around it.
    pub(super) fn of(self, text: &[u8]) -> &[u8] {
        text[self.start..self.end].trim_ascii()
    }

    /// A whole number, zero if empty; decimals only if they are zeros.
    #[inline]
    pub(super) fn whole(self, text: &[u8]) -> Option<i64> {
        match self.plain {
            Some(number) => Some(i64::from(number)),
            None => whole(self.of(text)),
        }
    }
}

/// A whole number, zero if empty: digits, a sign before them, zeros after a point.
pub(super) fn whole(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let point = digits.iter().position(|byte| *byte == b'.').unwrap_or(digits.len());
    let (digits, fraction) = digits.split_at(point);
    if text.is_empty() {
        return Some(0);
    }
    if digits.is_empty() || digits.len() > 18 || fraction.iter().skip(1).any(|byte| *byte != b'0') {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -number } else { number })
}

/// Eight bytes alike.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many of eight bytes, from the first, are digits.
const fn digits(word: u64) -> u32 {
    // A digit leaves 0 to 9; 118 more lifts whatever is not into the highest bit.
    let values = word ^ each(b'0');
    let others = ((values & each(0x7f)).wrapping_add(each(118)) | values) & each(0x80);
    others.trailing_zeros() / 8
}

/// The number that the first `digits` of eight bytes are: digits make pairs, pairs fours, fours the number. What spills
/// out of a lane is cut off.
const fn number(word: u64, digits: u32) -> u32 {
    let values = (word ^ each(b'0')).unbounded_shl(64 - 8 * digits);
    let pairs = values.wrapping_mul(1 + (10 << 8)) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(1 + (100 << 16)) >> 16 & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(1 + (10_000 << 32)) >> 32) as u32
}

/// Walks through the records of a block.
pub(super) struct Records<'a> {
    pub(super) text: &'a mut [u8],
    at: usize,
    /// Line breaks so far.
    pub(super) lines: u64,
}

impl<'a> Records<'a> {
    pub(super) fn of(text: &'a mut [u8]) -> Records<'a> {
        Records { text, at: 0, lines: 0 }
    }

    /// What was not walked through.
    pub(super) fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    /// Gives each cell of the next record with its place, and says how many there are and before how many line breaks
    /// the record begins.
    pub(super) fn next(&mut self, mut take: impl FnMut(usize, Cell)) -> Option<(usize, u64)> {
        while let Some(end @ (b'\n' | b'\r')) = self.text.get(self.at) {
            self.lines += u64::from(*end == b'\n');
            self.at += 1;
        }
        if self.at == self.text.len() {
            return None;
        }
        let line = self.lines;
        let (mut at, mut cells) = (self.at, 0);
        loop {
            let (cell, end) = match plain(self.text, at) {
                Some(cell) => (cell, cell.end),
                None => self.other(at),
            };
            take(cells, cell);
            cells += 1;
            if self.text.get(end) != Some(&b',') {
                // A line break is left to what skips blank lines.
                self.at = end;
                return Some((cells, line));
            }
            at = end + 1;
        }
    }

    /// Any cell, and where it ends.
    #[inline(never)]
    fn other(&mut self, start: usize) -> (Cell, usize) {
        if self.text.get(start) == Some(&b'"') {
            return self.unquoted(start);
        }
        let end =
            self.text[start..].iter().position(|byte| ends(*byte)).map_or(self.text.len(), |length| start + length);
        (Cell { start, end, plain: None }, end)
    }

    /// A cell in quotation marks, moved together over them and over what stands double, and where it ended before.
    fn unquoted(&mut self, start: usize) -> (Cell, usize) {
        let (mut end, mut at) = (start, start + 1);
        let mut quoted = true;
        while let Some(byte) = self.text.get(at).copied() {
            match byte {
                b'"' if quoted && self.text.get(at + 1) != Some(&b'"') => quoted = false,
                _ if !quoted && ends(byte) => break,
                _ => {
                    at += usize::from(quoted && byte == b'"');
                    self.lines += u64::from(byte == b'\n');
                    self.text[end] = byte;
                    end += 1;
                }
            }
            at += 1;
        }
        (Cell { start, end, plain: None }, at)
    }
}

/// A cell that is empty or nothing but up to seven digits, with eight bytes from its start on in the text.
#[inline]
fn plain(text: &[u8], start: usize) -> Option<Cell> {
    let bytes: &[u8; 8] = text.get(start..)?.first_chunk()?;
    if bytes[0].is_ascii_digit() && ends(bytes[1]) {
        // What most cells are.
        return Some(Cell { start, end: start + 1, plain: Some(u32::from(bytes[0] - b'0')) });
    }
    let word = u64::from_le_bytes(*bytes);
    let digits = digits(word);
    // Behind eight digits stands what is not known here.
    let ends = digits < 8 && ends((word >> (8 * digits) & 0xff) as u8);
    ends.then(|| Cell { start, end: start + digits as usize, plain: Some(number(word, digits)) })
}

/// What ends a cell that is not quoted.
const fn ends(byte: u8) -> bool {
    matches!(byte, b',' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The records of a text, the untrimmed cells of each.
    fn records(text: &str) -> Vec<Vec<Vec<u8>>> {
        let mut text = text.as_bytes().to_vec();
        let mut walk = Records::of(&mut text);
        let mut all = Vec::new();
        loop {
            let mut cells = Vec::new();
            let Some((count, _)) = walk.next(|_, cell| cells.push(cell)) else { return all };
            assert_eq!(count, cells.len());
            all.push(cells.iter().map(|cell| walk.text[cell.start..cell.end].to_vec()).collect());
        }
    }

    #[test]
    fn whole_numbers_are_read_as_they_are_written() {
        let read = ["0", "-12", "+7", "3.00", "", "4.", "-", "1.5", "1e3", "0x1", "12 3", "1234567890123456789"];
        let read = read.map(|text| whole(text.as_bytes()));
        let none = [None; 6];
        assert_eq!(read[..5], [Some(0), Some(-12), Some(7), Some(3), Some(0)]);
        assert_eq!((read[5], &read[6..]), (Some(4), none.as_slice()));
    }

    #[test]
    fn lines_are_counted_as_people_count_them() {
        let mut text = b"a\r\n\r\n\"b\nb\"\r\nc\n".to_vec();
        let mut walk = Records::of(&mut text);
        let mut lines = Vec::new();
        while let Some((_, line)) = walk.next(|_, _| ()) {
            lines.push(line);
        }
        assert_eq!((lines, walk.lines), (vec![0, 2, 4], 5));
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(text in "[,\"\n\r a1]{0,60}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected = reader.byte_records().map(|record| record.expect("bytes").iter().map(<[u8]>::to_vec).collect());
            let expected: Vec<Vec<_>> = expected.collect();
            prop_assert_eq!(records(&text), expected);
        }

        #[test]
        fn both_ways_of_reading_a_number_agree(text in "[0-9]{0,9}[-+.a,;\u{e9}]?[0-9]{0,9}") {
            let mut line = format!("{text}\n,,,,,,,,").into_bytes();
            let mut cells = Vec::new();
            Records::of(&mut line).next(|_, cell| cells.push(cell));
            for cell in cells {
                let slow = Cell { plain: None, ..cell };
                prop_assert_eq!(cell.whole(&line), slow.whole(&line));
            }
        }
    }
}
