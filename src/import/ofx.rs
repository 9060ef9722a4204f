//! Bank and card statements in OFX: version 1 (SGML, tags of values left open), version 2 (XML), and QFX, which is either.
//!
//! Banks break the rules in many ways, so tags are read one by one and never as a tree: a value is what stands behind its
//! tag, a transaction ends where the next begins. What would lose or change a transaction is refused.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::grid::Grid;
use super::problem::Fault;

/// The columns, named by the tags they come from. `KIND` is `BANK` or `CARD`.
const HEADER: [&str; 12] = [
    "FITID", "DTPOSTED", "DTUSER", "TRNTYPE", "TRNAMT", "NAME", "MEMO", "CHECKNUM", "CURDEF", "ACCTID", "ACCTTYPE",
    "KIND",
];

/// Columns that are tags inside a transaction; the rest comes from its statement.
const OWN: usize = 8;
const CURRENCY: usize = 8;
const ACCOUNT: usize = 9;
const ACCOUNT_TYPE: usize = 10;
const KIND: usize = 11;

/// Bytes at the start that are searched for the header.
const HEAD: usize = 4_096;

/// The longest text in bytes, and the most transactions. Reading takes about 100 MB at these limits.
const LONGEST: usize = 32 * 1024 * 1024;
const ROWS: usize = 250_000;

/// The longest value that is repeated in each row, in characters.
const REPEATED: usize = 32;

const EXPECTED: &str = "a bank or card statement in OFX or QFX";
const SPLIT: &str = "download a shorter period";
const AGAIN: &str = "download it again";

/// Aggregates inside a transaction that have values of the same names as the transaction or its statement.
const INNER: [&str; 5] = ["CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "IMAGEDATA"];

/// Whether a text is OFX, or its forerunner OFC, which [`read`] refuses by name.
pub(super) fn looks_like(text: &str) -> bool {
    is_ofx(text.as_bytes())
}

fn is_ofx(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_uppercase();
    let starts = |start: &str| head.starts_with(start);
    let xml = starts("<?XML") && ["<OFX", "<?OFX", "<OFC>"].iter().any(|tag| head.contains(tag));
    xml || starts("OFXHEADER") || starts("<OFX") || starts("<?OFX") || starts("<OFC>")
}

/// How the bytes of an OFX file are to be read as text; none if they are no OFX.
///
/// Bytes that are UTF-8 are read so, whatever the header says: many banks leave `CHARSET:1252` in it. Otherwise the
/// header decides, and Windows-1252 where it says nothing.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    if !is_ofx(bytes) {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some(UTF_8);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let after = |key: &str| {
        let rest = head.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        let label: String =
            rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')).collect();
        let with = |start: &str| Encoding::for_label(format!("{start}{label}").as_bytes());
        with("").or_else(|| with("windows-")).or_else(|| with("iso-"))
    };
    let stated = after("charset:").or_else(|| after("encoding:")).or_else(|| after("encoding="));
    // Bytes that are no UTF-8 are not so because the header says it.
    Some(stated.filter(|encoding| encoding.is_single_byte()).unwrap_or(WINDOWS_1252))
}

/// The transactions of all statements in a file, one a row under a header.
///
/// Days are ISO dates as the bank writes them, whatever time and zone follow. Amounts have a decimal point. Account
/// numbers are cut to their last four digits. The line of a row is that of its `<STMTTRN>`.
pub(super) fn read(text: &str) -> Result<Grid, Fault> {
    if !looks_like(text) {
        return Err(Fault::new("a file without an OFX header", EXPECTED));
    }
    if text.len() > LONGEST {
        return Err(Fault::new("a statement of more than 32 MB", "at most 32 MB").hint(SPLIT));
    }
    let mut reader = Reader::new();
    for part in Parts::new(text) {
        reader.take(&part)?;
    }
    if !reader.ended {
        return Err(Fault::new("a statement that is cut off before </OFX>", "a whole statement").hint(AGAIN));
    }
    Ok(reader.grid)
}

/// A tag and the text behind it.
struct Part<'a> {
    line: u64,
    /// In capitals, with a slash in front if it closes.
    tag: String,
    text: &'a str,
}

/// The tags of a text.
struct Parts<'a> {
    rest: &'a str,
    line: u64,
}

impl<'a> Parts<'a> {
    fn new(text: &'a str) -> Parts<'a> {
        let mut parts = Parts { rest: text, line: 1 };
        parts.advance(tag_start(text));
        parts
    }

    /// The text up to a place, which is left behind.
    fn advance(&mut self, at: usize) -> &'a str {
        let (text, rest) = self.rest.split_at(at);
        self.line += text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.rest = rest;
        text
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let inside = self.rest.strip_prefix('<')?;
        let line = self.line;
        // Comments hold tags, and marked text is text with a tag's signs.
        let marked = inside.strip_prefix("![CDATA[");
        let length = match (inside.strip_prefix("!--"), marked) {
            (Some(comment), _) => comment.find("-->").map(|at| at + 7),
            (_, Some(text)) => text.find("]]>").map(|at| at + 12),
            _ => inside.find('>').map(|at| at + 2),
        };
        let tag = self.advance(length.unwrap_or(self.rest.len()));
        if marked.is_some() {
            let text = tag.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")).unwrap_or("");
            self.advance(tag_start(self.rest));
            return Some(Part { line, tag: CDATA.to_owned(), text });
        }
        let name = tag.trim_start_matches('<').trim_end_matches('>').split_ascii_whitespace().next().unwrap_or("");
        let tag = name.chars().take(REPEATED).collect::<String>().to_ascii_uppercase();
        Some(Part { line, tag, text: self.advance(tag_start(self.rest)) })
    }
}

/// The name of a part that continues the text of the tag before it.
const CDATA: &str = "![CDATA[";

/// Where the next tag starts. A lone `<` in a text starts none.
fn tag_start(text: &str) -> usize {
    let starts =
        |at: usize| text[at + 1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || "/?!".contains(sign));
    text.match_indices('<').map(|(at, _)| at).find(|at| starts(*at)).unwrap_or(text.len())
}

struct Reader {
    grid: Grid,
    /// The cells of the transaction that is read, and its line. Those of the statement stay from one to the next.
    cells: [String; 12],
    line: Option<u64>,
    /// The currency of the statement.
    default_currency: String,
    /// The aggregate inside the transaction that is read.
    inner: Option<&'static str>,
    /// Inside what names the account.
    account: bool,
    /// The tag whose text is read.
    last: String,
    ended: bool,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            grid: Grid::under(&HEADER),
            cells: Default::default(),
            line: None,
            default_currency: String::new(),
            inner: None,
            account: false,
            last: String::new(),
            ended: false,
        }
    }

    fn take(&mut self, part: &Part) -> Result<(), Fault> {
        match part.tag.as_str() {
            "OFC" => {
                return Err(Fault::new("a statement in OFC, which came before OFX", EXPECTED)
                    .hint("choose OFX, QFX or CSV when you download it"));
            }
            "INVSTMTRS" | "INVSTMTTRNRS" | "INVTRANLIST" => {
                return Err(Fault::new("an investment statement (INVSTMTRS)", EXPECTED)
                    .hint("download the bank or card account alone"));
            }
            "LOANSTMTRS" | "LOANSTMTTRNRS" => {
                return Err(Fault::new("a loan statement (LOANSTMTRS)", EXPECTED)
                    .hint("download the bank or card account alone"));
            }
            "CORRECTFITID" | "CORRECTACTION" if self.line.is_some() => {
                let found = format!("a transaction in line {} that corrects another (CORRECTFITID)", part.line);
                return Err(Fault::new(&found, "transactions that stand by themselves")
                    .hint("download the whole period again, so that the corrected one is in it"));
            }
            "STMTRS" | "CCSTMTRS" => {
                self.end_row()?;
                self.cells[OWN..].iter_mut().for_each(String::clear);
                self.default_currency.clear();
                self.cells[KIND].push_str(if part.tag == "STMTRS" { "BANK" } else { "CARD" });
            }
            "BANKACCTFROM" | "CCACCTFROM" => self.account = true,
            "/BANKACCTFROM" | "/CCACCTFROM" => self.account = false,
            "STMTTRN" => {
                self.end_row()?;
                self.line = Some(part.line);
                self.account = false;
            }
            "/STMTTRN" | "/BANKTRANLIST" | "/STMTRS" | "/CCSTMTRS" => self.end_row()?,
            "/OFX" => {
                self.end_row()?;
                self.ended = true;
            }
            CDATA => self.value(&self.last.clone(), part.text, false),
            tag => {
                match tag.strip_prefix('/') {
                    Some(closed) if self.inner == Some(closed) => self.inner = None,
                    // An aggregate has no text of its own.
                    None if self.line.is_some() && part.text.trim().is_empty() => {
                        self.inner = INNER.into_iter().find(|inner| *inner == tag).or(self.inner);
                    }
                    _ => (),
                }
                self.value(tag, part.text, true);
            }
        }
        part.tag.clone_into(&mut self.last);
        Ok(())
    }

    /// A value, if its tag is one that is read.
    fn value(&mut self, tag: &str, text: &str, escaped: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let plain = if escaped { unescaped(text) } else { text.to_owned() };
        let place = HEADER.iter().position(|name| *name == tag);
        if self.line.is_some() {
            let short = |text: String| text.chars().take(REPEATED).collect::<String>();
            match (self.inner, place) {
                (Some("CURRENCY"), None) if tag == "CURSYM" => self.cells[CURRENCY] = short(plain),
                (None, None) if tag == "CURRENCY" => self.cells[CURRENCY] = short(plain),
                (None, Some(place)) if place < OWN && self.cells[place].is_empty() => self.cells[place] = plain,
                _ => (),
            }
            return;
        }
        let short = || plain.chars().take(REPEATED).collect::<String>();
        match place {
            Some(CURRENCY) => {
                self.default_currency = short();
                self.cells[CURRENCY] = short();
            }
            Some(ACCOUNT) if self.account => self.cells[ACCOUNT] = masked(&plain),
            Some(ACCOUNT_TYPE) if self.account => self.cells[ACCOUNT_TYPE] = short(),
            _ => (),
        }
    }

    /// Ends the transaction that is read, if any.
    fn end_row(&mut self) -> Result<(), Fault> {
        let Some(line) = self.line.take() else { return Ok(()) };
        self.inner = None;
        if self.grid.len() > ROWS {
            return Err(Fault::new("more than 250,000 transactions", "at most 250,000").hint(SPLIT));
        }
        for place in [1, 2] {
            self.cells[place] = day(&self.cells[place]);
        }
        self.cells[4] = amount(&self.cells[4], line)?;
        for cell in &self.cells {
            self.grid.push(cell);
        }
        self.grid.end_row(line);
        self.cells[..OWN].iter_mut().for_each(String::clear);
        self.default_currency.clone_into(&mut self.cells[CURRENCY]);
        Ok(())
    }
}

/// `20091224120000[0:GMT]` as `2009-12-24`: the day as written. What is no such day stays as it is.
fn day(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 8 {
        return text.to_owned();
    }
    format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8])
}

/// An amount with a decimal point. OFX allows a comma in its place and no grouping; some banks group.
fn amount(text: &str, line: u64) -> Result<String, Fault> {
    let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let text = text.strip_prefix('+').unwrap_or(&text);
    let Some(comma) = text.rfind(',') else { return Ok(text.to_owned()) };
    if text.rfind('.').is_some_and(|point| point > comma) {
        return Ok(text.replace(',', ""));
    }
    if text[comma + 1..].len() == 3 && !text.contains('.') {
        let found = format!("an amount in line {line} whose comma may part thousands or decimals");
        return Err(Fault::new(&found, "an amount such as 1234.50").hint("write it with a point").at("TRNAMT"));
    }
    let (whole, decimals) = text.split_at(comma);
    Ok(format!("{}.{}", whole.replace(['.', ','], ""), &decimals[1..]))
}

/// A number of an account cut to its last four digits, or signs where it has no digits.
pub(super) fn masked(account: &str) -> String {
    let digits = account.chars().filter(char::is_ascii_digit).count();
    let kept = |sign: &char| if digits > 0 { sign.is_ascii_digit() } else { sign.is_alphanumeric() };
    let last: Vec<char> = account.chars().rev().filter(kept).take(4).collect();
    last.into_iter().rev().collect()
}

/// Text with its entities as the signs they stand for. What is no entity stays, as in `AT&T`.
fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| entity(&rest[..end]).map(|sign| (sign, end))) {
            Some((sign, end)) => {
                plain.push(sign);
                rest = &rest[end + 1..];
            }
            None => plain.push('&'),
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    let code =
        |text: &str, radix| u32::from_str_radix(text, radix).ok().filter(|code| *code > 0).and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => code(&hex[1..], 16),
            decimal => code(decimal, 10),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use encoding_rs::{ISO_8859_2, ISO_8859_15, WINDOWS_1250};
    use proptest::prelude::*;

    use super::*;

    const SGML: &str = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\
        COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n";

    const CHECKING: &str = "<STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD\n\
        <BANKACCTFROM><BANKID>061000000<ACCTID>12345-6789<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
        <BANKTRANLIST><DTSTART>20250101<DTEND>20250131\n\
        <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250103120000[-5:EST]<DTUSER>20250102<TRNAMT>-45.10<FITID>77\n\
        <NAME>AT&T &amp; Co<MEMO>books < 3\n</STMTTRN>\n\
        <STMTTRN><TRNTYPE>CHECK<DTPOSTED>20250104<TRNAMT>+1 234,56<FITID>78<CHECKNUM>501<PAYEE><NAME>Ann<CITY>X</PAYEE>\n\
        <BANKACCTTO><BANKID>1<ACCTID>999<ACCTTYPE>SAVINGS</BANKACCTTO>\
        <CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY></STMTTRN>\n\
        <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250105<TRNAMT>1.00<FITID>79\
        <ORIGCURRENCY><CURRATE>2<CURSYM>GBP</ORIGCURRENCY></STMTTRN>\n\
        </BANKTRANLIST><LEDGERBAL><BALAMT>5.00<DTASOF>20250131</LEDGERBAL></STMTRS></STMTTRNRS>\n";

    const CARD: &str = "<CCSTMTTRNRS><CCSTMTRS><CURDEF>CAD<CCACCTFROM><ACCTID>XXXX-XXXX-XXXX-4321</CCACCTFROM>\
        <BANKTRANLIST><STMTTRN><TRNTYPE>FEE<DTPOSTED>20250106000000.000[0:GMT]<TRNAMT>-1.234,50<FITID>80<NAME>fee\
        <STMTTRN><TRNTYPE>C<DTPOSTED>2025<TRNAMT>1,234.5<FITID></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS>";

    fn rows(grid: &Grid) -> Vec<String> {
        (1..grid.len()).map(|row| grid.cells(row).collect::<Vec<_>>().join("|")).collect()
    }

    fn refused(text: &str) -> String {
        format!("{:?}", read(text).unwrap_err())
    }

    #[test]
    fn several_statements_with_open_tags() {
        let text = format!("{SGML}<OFX><BANKMSGSRSV1>\n{CHECKING}{CARD}</BANKMSGSRSV1></OFX>");
        let grid = read(&text).unwrap();
        assert_eq!(grid.cells(0).collect::<Vec<_>>(), HEADER);
        assert_eq!(
            rows(&grid),
            [
                "77|2025-01-03|2025-01-02|DEBIT|-45.10|AT&T & Co|books < 3||USD|6789|CHECKING|BANK",
                "78|2025-01-04||CHECK|1234.56|Ann||501|EUR|6789|CHECKING|BANK",
                "79|2025-01-05||CREDIT|1.00||||USD|6789|CHECKING|BANK",
                "80|2025-01-06||FEE|-1234.50|fee|||CAD|4321||CARD",
                "|2025||C|1234.5||||CAD|4321||CARD",
            ]
        );
        assert_eq!(grid.line(1), 15);
    }

    #[test]
    fn xml_with_closed_tags() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\"?><!-- <STMTTRN> -->\
            <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD</CURDEF><BANKACCTFROM><ACCTID>ab</ACCTID>\
            <ACCTTYPE>SAVINGS</ACCTTYPE></BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT</TRNTYPE>\n\
            <DTPOSTED>20260101</DTPOSTED><TRNAMT>10.5</TRNAMT><FITID>a-1</FITID><NAME><![CDATA[Bits & <Bytes>]]></NAME>\
            <MEMO>caf&#233; &#x26; &unknown; &#0;</MEMO></STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";
        let grid = read(text).unwrap();
        assert_eq!(
            rows(&grid),
            ["a-1|2026-01-01||CREDIT|10.5|Bits & <Bytes>|café & &unknown; &#0;||USD|ab|SAVINGS|BANK"]
        );
    }

    #[test]
    fn headers_of_all_sorts_are_recognised() {
        for text in [
            "\r\n\r\nOFXHEADER:100\nDATA:OFXSGML\n<OFX></OFX>",
            "OFXHEADER:100DATA:OFXSGMLVERSION:102<OFX></OFX>",
            "<OFX></OFX>",
            "<?xml version='1.0'?><?OFX OFXHEADER='200'?><ofx></ofx>",
        ] {
            assert!(looks_like(text) && read(text).is_ok(), "{text}");
        }
        for text in ["", "date,amount\n", "<html></html>", "!Type:Bank\n", "<?xml?><a/>"] {
            assert!(!looks_like(text) && read(text).is_err() && charset(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_statement_is_refused_by_name() {
        let told = |inside: &str| refused(&format!("{SGML}<OFX>{inside}</OFX>"));
        assert!(told("<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS>").contains("an investment statement"));
        assert!(told("<LOANSTMTTRNRS>").contains("a loan statement"));
        assert!(told("<STMTRS><STMTTRN><CORRECTFITID>77").contains("line 11 that corrects another"));
        assert!(told("<STMTRS><STMTTRN><TRNAMT>1,234</STMTTRN>").contains("thousands or decimals"));
        assert!(refused("<OFC><DTD>2</DTD></OFC>").contains("OFC"));
        assert!(refused(&format!("{SGML}<OFX>{CHECKING}")).contains("cut off"));
        assert!(refused(&format!("{SGML}<OFX>{}</OFX>", "<STMTTRN>".repeat(250_001))).contains("250,000"));
    }

    #[test]
    fn a_wrong_closing_tag_loses_nothing() {
        let text = format!("{SGML}<OFX>{}</OFX>", CARD.replace("</CCSTMTRS>", "</STMTRS>"));
        assert_eq!(read(&text).unwrap().len(), 3);
    }

    #[test]
    fn the_header_tells_the_encoding() {
        let told = |encoding: &str, set: &str, text: &[u8]| {
            let head = format!("OFXHEADER:100\nENCODING:{encoding}\nCHARSET:{set}\n<OFX>");
            charset(&[head.as_bytes(), text].concat()).unwrap()
        };
        assert_eq!(told("USASCII", "1252", "é".as_bytes()), UTF_8);
        assert_eq!(told("USASCII", "1252", b"\xe9"), WINDOWS_1252);
        assert_eq!(told("USASCII", "1250", b"\xe9"), WINDOWS_1250);
        assert_eq!(told("USASCII", "ISO-8859-2", b"\xe9"), ISO_8859_2);
        assert_eq!(told("USASCII", "8859-15", b"\xe9"), ISO_8859_15);
        assert_eq!(told("USASCII", "NONE", b"\xe9"), WINDOWS_1252);
        assert_eq!(told("UTF-8", "NONE", b"\xe9"), WINDOWS_1252);
        assert_eq!(charset(b"<?xml encoding='iso-8859-2'?><OFX>\xe9").unwrap(), ISO_8859_2);
        assert_eq!(charset(b"<OFX>\xe9").unwrap(), WINDOWS_1252);
    }

    #[test]
    fn accounts_are_cut() {
        assert_eq!(
            (masked("12345-6789"), masked("12"), masked("abcdef"), masked("")),
            ("6789".into(), "12".into(), "cdef".into(), String::new())
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,200}") {
            let _ = read(&text);
            let _ = read(&format!("{SGML}<OFX>{text}</OFX>"));
            let _ = read(&format!("<OFX><STMTRS><STMTTRN><TRNAMT>{text}<DTPOSTED>{text}</OFX>"));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [SGML.as_bytes(), b"<OFX>", &bytes].concat();
            let (text, _) = charset(&bytes).unwrap().decode_without_bom_handling(&bytes);
            let _ = read(&text);
        }

        /// Parts of statements in any order.
        #[test]
        fn no_order_of_tags_panics(parts in prop::collection::vec(prop::sample::select(vec![
            "<STMTRS>", "<CCSTMTRS>", "<STMTTRN>", "</STMTTRN>", "<NAME>a", "<TRNAMT>1", "<CURRENCY>", "</CURRENCY>", "<CURSYM>EUR",
            "<ACCTID>12345", "<BANKACCTFROM>", "</BANKACCTFROM>", "<![CDATA[x]]>", "<![CDATA[", "<!--", "-->", "<", ">", "</OFX>", "&#", "\n",
        ]), 0..40)) {
            let _ = read(&format!("<OFX>{}", parts.concat()));
        }

        /// Every transaction is a row, closed or not.
        #[test]
        fn no_transaction_is_lost(closed in prop::collection::vec(any::<bool>(), 0..50)) {
            let one = |(at, closed): (usize, &bool)| {
                format!("<STMTTRN><FITID>{at}<TRNAMT>1{}", if *closed { "</STMTTRN>" } else { "\n" })
            };
            let all: Vec<String> = closed.iter().enumerate().map(one).collect();
            let grid = read(&format!("<OFX><STMTRS>{}</OFX>", all.concat())).unwrap();
            prop_assert_eq!(grid.len(), closed.len() + 1);
        }
    }
}
