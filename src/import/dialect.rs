//! Which sign parts the cells of a text.

use super::records::{Record, Records};

/// What may part the cells, in order of trust.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// How many records are looked at.
const LOOKED_AT: usize = 200;

/// The delimiter under which most records have the same number of cells; of several, the one with more cells.
///
/// A first line `sep=;` says it, as spreadsheet programs write it.
pub(super) fn delimiter(text: &str) -> u8 {
    if let Some(&[mark]) = stated(text).map(str::as_bytes) {
        return mark;
    }
    let scores = DELIMITERS.map(|mark| (score(text, mark), mark));
    let mut best = scores[0];
    for next in scores {
        if next.0 > best.0 {
            best = next;
        }
    }
    best.1
}

/// The delimiter that the first line states.
fn stated(text: &str) -> Option<&str> {
    let mark = text.lines().next()?.trim_end().strip_prefix("sep=")?;
    (mark.len() == 1).then_some(mark)
}

/// Whether the first line only states the delimiter.
pub(super) fn states_delimiter(text: &str) -> bool {
    stated(text).is_some()
}

/// How well a delimiter fits: the share of records with the most frequent number of cells, and that number.
/// In thousandths; a delimiter that parts nothing has none.
fn score(text: &str, delimiter: u8) -> u64 {
    let mut records = Records::new(text, delimiter, 1);
    let mut record = Record::default();
    let mut widths: Vec<(usize, u64)> = Vec::new();
    let mut all = 0;
    while all < LOOKED_AT as u64 && records.next(&mut record).is_some() {
        all += 1;
        // Empty cells at the end are as good as none.
        let filled = (0..record.len()).rev().find(|&index| !records.cell(&record, index).trim().is_empty());
        let width = filled.map_or(0, |index| index + 1);
        match widths.iter_mut().find(|(known, _)| *known == width) {
            Some((_, count)) => *count += 1,
            None => widths.push((width, 1)),
        }
    }
    // A row or two above the table do not speak for a delimiter, nor do single cells against one.
    let near = |width: usize| -> u64 {
        let close = widths.iter().filter(|(other, _)| *other > 1 && other.abs_diff(width) <= 1);
        close.map(|(_, count)| count).sum()
    };
    let weigh = |&(width, count): &(usize, u64)| {
        let cells = width.min(12) as u64;
        (count * 700 + near(width) * 300) * (10 + cells) / (all.max(1) * 10)
    };
    widths.iter().filter(|(width, _)| *width > 1).map(weigh).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found() {
        for (text, mark) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("sep=;\na;b,c,d\n", b';'),
            ("18.09.2017;HOFER, K2 18.09;18.09.2017;;33,87\n19.09.2017;EVN Strom, AG, W;18.09.2017;;5,00\n", b';'),
            ("Title\n\nDate;Text;Amount\n2.1.2025;a, b;-5,00\n3.1.2025;c;-6,10\n", b';'),
            ("", b','),
            ("one\ntwo\n", b','),
            ("\"Umsätze\";\"Zeitraum: 1, 2\";\n\"Tag\";\"Text\";\"Umsatz\"\n\"2.1.25\";\"a, b, c\";\"-23,86\"\n", b';'),
        ] {
            assert_eq!(char::from(delimiter(text)), char::from(mark), "{text}");
        }
    }
}
