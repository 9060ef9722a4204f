//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::problem::Problems;

/// What to do with a file that is not UTF-8.
const SAVE_AS: &str = "open it in a spreadsheet program and save it as \"CSV UTF-8\"";

/// Files that are no text, by their first bytes.
const SIGNATURES: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet or archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
];

/// Text from UTF-8 with or without a byte order mark, or from UTF-16 with one.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Problems> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Problems::whole(name, None, what, "a CSV file", SAVE_AS));
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or_else(|| Problems::whole(name, None, "broken UTF-16 text", "UTF-8 text", SAVE_AS))?,
        Some((_, mark)) => Cow::Borrowed(utf8(name, &bytes[mark..])?),
        None => Cow::Borrowed(utf8(name, bytes)?),
    };
    match text.bytes().position(|byte| byte == 0) {
        None => Ok(text),
        Some(at) => {
            let found = "a zero byte, as in UTF-16 without a byte order mark";
            Err(Problems::whole(name, Some(line(text.as_bytes(), at)), found, "UTF-8 text", SAVE_AS))
        }
    }
}

fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Problems> {
    std::str::from_utf8(bytes).map_err(|error| {
        let found = "a character that is not UTF-8";
        Problems::whole(name, Some(line(bytes, error.valid_up_to())), found, "UTF-8 text", SAVE_AS)
    })
}

/// The line of a place in the file.
fn line(bytes: &[u8], at: usize) -> u64 {
    bytes[..at].split(|byte| *byte == b'\n').count() as u64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out() {
        assert_eq!(decode("a", b"\xef\xbb\xbfdate").unwrap(), "date");
        assert_eq!(decode("a", b"\xff\xfed\0\xe9\0").unwrap(), "dé");
        assert_eq!(decode("a", b"\xfe\xff\0d\0\xe9").unwrap(), "dé");
    }

    #[test]
    fn a_stray_byte_has_a_line() {
        let problems = decode("a.csv", b"date\n1\ncaf\xe9\n").unwrap_err();
        assert_eq!(problems.problems[0].line, Some(3));
    }
}
