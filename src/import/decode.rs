//! From bytes to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::problem::Fault;

/// What to do with a file that cannot be read.
const SAVE_AS: &str = "open it in a spreadsheet program and save it as \"CSV UTF-8\"";

/// Files that are neither text nor a workbook, by their first bytes.
const SIGNATURES: [(&[u8], &str); 5] = [
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or one with a password"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
];

/// What is looked at to tell UTF-16 without a byte order mark, in bytes.
const SAMPLE: usize = 4096;

/// What a file's bytes are, by their start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Encoded {
    /// The encoding. UTF-8 is an assumption unless there is a byte order mark.
    pub(super) encoding: &'static Encoding,
    /// The length of the byte order mark.
    pub(super) mark: usize,
}

/// Tells the encoding from the start of a file. Text without a mark or the zeros of UTF-16 is taken for UTF-8.
///
/// # Errors
/// The file is known to be no text.
pub(super) fn recognise(head: &[u8]) -> Result<Encoded, Fault> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(Fault::new(what, "a CSV, XLSX, OFX, QFX or QIF file").hint(SAVE_AS));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Ok(Encoded { encoding, mark });
    }
    let sample = &head[..head.len().min(SAMPLE)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    let encoding = match (zeros(0), zeros(1)) {
        (0, 0) => UTF_8,
        // Letters, digits and delimiters have a zero in one half.
        (even, odd) if odd * 2 > half && even * 10 < half => UTF_16LE,
        (even, odd) if even * 2 > half && odd * 10 < half => UTF_16BE,
        _ => return Err(no_text()),
    };
    Ok(Encoded { encoding, mark: 0 })
}

/// The encoding of bytes that are not UTF-8, by the letters that it would make of them.
pub(super) fn legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The text of a whole file and the name of its encoding.
///
/// # Errors
/// The file is no text.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Fault> {
    let Encoded { encoding, mark } = recognise(bytes)?;
    let body = &bytes[mark..];
    let (text, encoding) = if encoding == UTF_8 {
        match std::str::from_utf8(body) {
            Ok(text) => (Cow::Borrowed(text), encoding),
            Err(_) if mark > 0 => return Err(broken("UTF-8")),
            Err(_) => {
                let legacy = legacy(body);
                (legacy.decode_without_bom_handling(body).0, legacy)
            }
        }
    } else {
        let text = encoding.decode_without_bom_handling_and_without_replacement(body);
        (text.ok_or_else(|| broken("UTF-16"))?, encoding)
    };
    if text.bytes().any(|byte| byte == 0) {
        return Err(no_text());
    }
    Ok((text, encoding.name()))
}

/// Why a file with zero bytes is refused.
pub(super) fn no_text() -> Fault {
    Fault::new("zero bytes, which no text has", "a CSV, XLSX, OFX, QFX or QIF file").hint(SAVE_AS)
}

fn broken(what: &str) -> Fault {
    Fault::new(&format!("broken {what} text"), "text in one encoding").hint(SAVE_AS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let (text, encoding) = decode(bytes).unwrap();
        (text.into_owned(), encoding)
    }

    #[test]
    fn marks_are_left_out() {
        assert_eq!(read(b"\xef\xbb\xbfdate"), ("date".into(), "UTF-8"));
        assert_eq!(read(b"\xff\xfed\0\xe9\0"), ("dé".into(), "UTF-16LE"));
        assert_eq!(read(b"\xfe\xff\0d\0\xe9"), ("dé".into(), "UTF-16BE"));
    }

    #[test]
    fn utf_16_is_known_without_a_mark() {
        let text = "date,amount\n2025-01-02,3.50\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), (text.into(), "UTF-16LE"));
        assert_eq!(read(&big), (text.into(), "UTF-16BE"));
    }

    #[test]
    fn older_encodings_are_told_by_their_letters() {
        assert_eq!(read(b"Date,Name\n2025-01-02,Caf\xe9 M\xfcller\n").0, "Date,Name\n2025-01-02,Café Müller\n");
        assert_eq!(read(b"Date,Name\n2025-01-02,It\x92s \x80 5\n").0, "Date,Name\n2025-01-02,It\u{2019}s € 5\n");
        let polish = "Data,Nazwa\n2024-01-01,Sklep spożywczy, żywność, główne, śniadanie\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(polish);
        assert_eq!(read(&bytes).0, polish);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"%PDF-1.7"[..], b"SQLite format 3\0", b"a\0\0\0b,c\n", b"\xff\xfed"] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }
}
