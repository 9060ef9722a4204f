#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::import::problem::Problems;

const ROOTS: &str = r#"<Relationships><Relationship Id="r1"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of one sheet, to be changed.
struct Parts {
    roots: String,
    workbook: String,
    relations: String,
    strings: String,
    styles: String,
    sheet: String,
    more: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// A workbook whose sheet has these rows as XML.
    fn of(rows: &str) -> Parts {
        let relation = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#)
        };
        let relations = [
            relation("s1", "worksheet", "worksheets/sheet1.xml"),
            relation("t", "sharedStrings", "/xl/sharedStrings.xml"),
            relation("f", "styles", "styles.xml"),
            relation("s2", "worksheet", "../xl/worksheets/sheet2.xml"),
            relation("s3", "chartsheet", "chartsheets/sheet1.xml"),
        ];
        Parts {
            roots: ROOTS.to_owned(),
            workbook: r#"<workbook><sheets><sheet name="One &amp; only" r:id="s1"/></sheets></workbook>"#.to_owned(),
            relations: format!("<Relationships>{}</Relationships>", relations.concat()),
            strings:
                "<sst><si><t>date</t></si><si><r><t>am</t></r><r><t xml:space=\"preserve\">ount </t></r></si></sst>"
                    .to_owned(),
            styles: r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
                <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>
                <xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="46"/></cellXfs></styleSheet>"#
                .to_owned(),
            sheet: format!("<worksheet><dimension ref=\"A1\"/><sheetData>{rows}</sheetData></worksheet>"),
            more: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let parts = [
            ("_rels/.rels", &self.roots),
            ("xl/workbook.xml", &self.workbook),
            ("xl/_rels/workbook.xml.rels", &self.relations),
            ("xl/sharedStrings.xml", &self.strings),
            ("xl/styles.xml", &self.styles),
            ("xl/worksheets/sheet1.xml", &self.sheet),
        ];
        let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
        zipped(parts.chain(self.more.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))))
    }
}

fn zipped<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The rows of a grid, each with its line.
fn rows(grid: &Grid) -> Vec<(u64, Vec<&str>)> {
    (0..grid.len()).map(|row| (grid.line(row), grid.cells(row).collect())).collect()
}

/// What a refusal says.
fn refused(bytes: &[u8]) -> String {
    let mut problems = Problems::new("a.xlsx");
    problems.add(None, sheets(bytes).unwrap_err());
    problems.to_string()
}

#[test]
fn cells_are_text_as_shown() {
    let parts = Parts::of(
        r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>
        <row r="4" spans="1:9"><c r="A4" s="1"><v>43449</v></c><c r="B4"><v>33.499999999999993</v></c>
          <c r="D4" s="2"><v>43449.4375</v></c><c r="E4" s="3"><v>0.4</v></c><c r="F4" t="b"><v>1</v></c>
          <c r="G4" t="e"><v>#N/A</v></c><c r="H4" t="str"><f>A1&amp;"x"</f><v>a &lt; _x0062_&#x21;</v></c>
          <c r="I4" t="inlineStr"><is><t>in</t><rPh><t>no</t></rPh><t>line</t></is></c><c r="J4" s="1"/></row>
        <row r="5"><c r="C5" s="4"><f>SUM(A1:A2)</f><v>1.5</v></c></row>
        <row/><row><c><v>43449</v></c><c t="d"><v>2018-12-15T10:30:00</v></c><c t="n"><v>1E-3</v></c></row>"#,
    );
    let sheets = sheets(&parts.bytes()).unwrap();
    assert_eq!((sheets.len(), sheets[0].name.as_str(), sheets[0].hidden), (1, "One & only", false));
    assert_eq!(
        rows(&sheets[0].grid),
        [
            (2, vec!["date", "amount "]),
            (4, vec!["2018-12-15", "33.5", "", "2018-12-15 10:30:00", "40%", "TRUE", "#N/A", "a < b!", "inline"]),
            (5, vec!["", "", "36:00:00"]),
            (7, vec!["43449", "2018-12-15 10:30:00", "0.001"]),
        ]
    );
}

#[test]
fn tabs_are_named_and_told_hidden() {
    let mut parts = Parts::of(r#"<row r="1"><c r="A1" s="1"><v>41987</v></c></row>"#);
    parts.workbook = r#"<x:workbook xmlns:x="y"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="A" r:id="s1"/>
        <x:sheet name="B" state="veryHidden" r:id="s2"/><x:sheet name="Chart" r:id="s3"/></x:sheets></x:workbook>"#
        .to_owned();
    let second = "<x:worksheet><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    parts.more.push((r"XL\Worksheets\Sheet2.xml".to_owned(), second.into()));
    let sheets = sheets(&parts.bytes()).unwrap();
    assert_eq!(
        sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect::<Vec<_>>(),
        [("A", false), ("B", true)]
    );
    assert_eq!((sheets[0].grid.cell(0, 0), sheets[1].grid.cell(0, 0)), ("2018-12-15", "7"));
}

/// Comments stand in a part of their own, which is not read.
#[test]
fn comments_are_not_read() {
    let mut parts = Parts::of(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    parts.sheet = parts.sheet.replace("</worksheet>", "<legacyDrawing>secret</legacyDrawing></worksheet>");
    let comments = "<comments><commentList><comment ref=\"A1\"><text><t>secret</t></text></comment></commentList>";
    parts.more.push(("xl/comments1.xml".to_owned(), comments.into()));
    assert!(!format!("{:?}", sheets(&parts.bytes()).unwrap()).contains("secret"));
}

#[test]
fn other_files_are_named() {
    let empty = |name: &str| zipped([(name, b"".as_slice())].into_iter());
    for (bytes, found) in [
        (b"date,amount\n".to_vec(), "a file that is no workbook"),
        (empty("xl/workbook.bin"), "an Excel binary workbook (XLSB)"),
        (empty("content.xml"), "an OpenDocument file"),
        (empty("Index/Document.iwa"), "a Numbers document"),
        (empty("word/document.xml"), "a Word document"),
        (empty("statement.csv"), "a ZIP archive that is no workbook"),
        ([package::OLE, &[0; 600]].concat(), "an old Excel workbook (XLS)"),
        (
            [package::OLE, &[0; 600], b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"].concat(),
            "a workbook with a password",
        ),
    ] {
        let told = refused(&bytes);
        assert!(told.contains(&format!("found {found}, expected ")) && told.contains("; "), "{told}");
    }
    assert!(looks_like(&empty("a")) && looks_like(package::OLE) && !looks_like(b"PK") && !looks_like(b""));
}

#[test]
fn damage_is_told() {
    let good = Parts::of("<row><c><v>1</v></c></row>");
    let told = |change: &dyn Fn(&mut Parts)| {
        let mut parts = Parts::of("<row><c><v>1</v></c></row>");
        change(&mut parts);
        refused(&parts.bytes())
    };
    let bytes = good.bytes();
    assert!(refused(&bytes[..bytes.len() / 2]).contains("cut off or damaged"));
    assert!(told(&|parts| parts.sheet.truncate(60)).contains("damaged or no XML"));
    assert!(told(&|parts| parts.sheet = "<a>&unknown;</a>".to_owned()).contains("damaged or no XML"));
    assert!(told(&|parts| parts.sheet = "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".to_owned()).contains("document type"));
    assert!(told(&|parts| parts.sheet = "<a>".repeat(65)).contains("nested too deeply"));
    assert!(told(&|parts| parts.workbook = "<workbook/>".to_owned()).contains("without sheets"));
    assert!(told(&|parts| parts.relations.clear()).contains("whose part is missing"));
    assert!(told(&|parts| parts.more.push(("XL/Styles.xml".to_owned(), vec![]))).contains("two parts of one name"));
    assert!(
        told(&|parts| parts.sheet = parts.sheet.replace("<c><v>", "<c t=\"s\"><v>9"))
            .contains("cell in row 1 whose text")
    );
}

#[test]
fn places_that_cannot_be_are_refused() {
    for rows in [
        r#"<row r="1048577"/>"#,
        r#"<row r="99999999999999"/>"#,
        r#"<row r="0"/>"#,
        r#"<row r="-1"/>"#,
        r#"<row r="2"/><row r="2"/>"#,
        r#"<row r="1"><c r="A99999999999"/></row>"#,
        r#"<row r="1"><c r="AAAAAAAAAAAA1"/></row>"#,
        r#"<row r="1"><c r="XFE1"/></row>"#,
        r#"<row r="1"><c r="A2"/></row>"#,
        r#"<row r="1"><c r="B1"/><c r="A1"/></row>"#,
    ] {
        assert!(refused(&Parts::of(rows).bytes()).contains("out of place"), "{rows}");
    }
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let sheets = sheets(&Parts::of(far).bytes()).unwrap();
    assert_eq!((sheets[0].grid.len(), sheets[0].grid.line(0), sheets[0].grid.width(0)), (1, 1_048_576, 16_384));
}

/// Files that are far larger than they look. Run one alone to measure it:
/// `/usr/bin/time -v cargo test --release --lib bomb_of_one_cell`.
mod bombs {
    use super::*;

    /// Bytes that a bomb unpacks to, where the number does not matter.
    const BOMB: usize = 16 * 1024 * 1024;

    fn ends_early(bytes: &[u8], found: &str) {
        let start = Instant::now();
        let told = refused(bytes);
        let took = start.elapsed();
        eprintln!("{} bytes: {took:?}: {told}", bytes.len());
        assert!(told.contains(found) && told.contains("expected at most"), "{told}");
        assert!(took < Duration::from_secs(20), "{took:?}");
    }

    #[test]
    fn bomb_of_one_cell() {
        let rows = format!("<row><c t=\"str\"><v>{}</v></c></row>", "a".repeat(BOMB));
        ends_early(&Parts::of(&rows).bytes(), "250 times its size");
    }

    #[test]
    fn bomb_of_a_long_cell() {
        let rows = format!("<row><c t=\"str\"><v>{}</v></c></row>", "a".repeat(32_768));
        ends_early(&Parts::of(&rows).bytes(), "more than 32,767 characters");
    }

    #[test]
    fn bomb_of_white_space() {
        ends_early(&Parts::of(&" ".repeat(BOMB)).bytes(), "250 times its size");
    }

    /// Packs poorly, so that only the sum of what is inflated speaks against it.
    fn noise(length: usize) -> String {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + u8::try_from(state >> 24).unwrap() % 16)
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn bomb_of_shared_texts() {
        let mut parts = Parts::of("");
        let text = format!("<si><t>{}</t></si>", noise(30_000));
        parts.strings = format!("<sst uniqueCount=\"99999999999999\">{}</sst>", text.repeat(2_300));
        ends_early(&parts.bytes(), "more than 64 MB");
    }

    /// A text of 30 kB that 70,000 cells show.
    #[test]
    fn bomb_of_one_text_shown_often() {
        let mut cells = String::new();
        for row in 1..=70_000 {
            write!(cells, "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>").unwrap();
        }
        let mut parts = Parts::of(&cells);
        parts.strings = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(30_000));
        ends_early(&parts.bytes(), "more than 64 MB of text");
    }

    /// A thousand rows with a cell in the last column would be 16 million cells.
    #[test]
    fn bomb_of_far_columns() {
        let mut cells = String::new();
        for row in 1..=1_000 {
            write!(cells, "<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>").unwrap();
        }
        ends_early(&Parts::of(&cells).bytes(), "more than 4,000,000 cells");
    }

    #[test]
    fn bomb_of_styles() {
        let mut parts = Parts::of("");
        parts.styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(10_000_000));
        ends_early(&parts.bytes(), "more than 65,536 formats");
    }

    #[test]
    fn bomb_of_attributes() {
        let mut many = String::new();
        for at in 0..400_000 {
            write!(many, " a{at}='{at}'").unwrap();
        }
        let start = Instant::now();
        sheets(&Parts::of(&format!("<row{many}><c{many}/></row>")).bytes()).unwrap();
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn bomb_of_sheets() {
        let mut parts = Parts::of("");
        let tabs = "<sheet name=\"a\" r:id=\"s1\"/>".repeat(1_001);
        parts.workbook = format!("<workbook><sheets>{tabs}</sheets></workbook>");
        ends_early(&parts.bytes(), "more than 1,000 sheets");
    }

    /// A thousand tabs that show one sheet of 2 MB.
    #[test]
    fn bomb_of_one_sheet_shown_often() {
        let cells = format!("<row/><!--{}-->", noise(40_000)).repeat(50);
        let mut parts = Parts::of(&cells);
        let tabs = "<sheet name=\"a\" r:id=\"s1\"/>".repeat(1_000);
        parts.workbook = format!("<workbook><sheets>{tabs}</sheets></workbook>");
        ends_early(&parts.bytes(), "more than 64 MB");
    }

    #[test]
    fn bomb_of_entries() {
        let mut parts = Parts::of("");
        parts.more = (0..2_001).map(|at| (format!("media/{at}.png"), Vec::new())).collect();
        ends_early(&parts.bytes(), "more than 2,000 entries");
    }

    /// An archive may lie about the size of an entry, in either direction.
    #[test]
    fn bomb_that_states_a_small_size() {
        let parts = Parts::of(&" ".repeat(BOMB));
        let size = u32::try_from(parts.sheet.len()).unwrap().to_le_bytes();
        let mut bytes = parts.bytes();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == size {
                bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
            }
        }
        let start = Instant::now();
        let told = refused(&bytes);
        assert!(told.contains("250 times its size") || told.contains("damaged"), "{told}");
        assert!(start.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_large_file_is_not_looked_into() {
        let mut bytes = Parts::of("").bytes();
        bytes.resize(limits::FILE + 1, 0);
        ends_early(&bytes, "more than 32 MB");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_panic(start in 0usize..3, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let start = [package::ZIP, package::OLE, b"".as_slice()][start];
        let _ = sheets(&[start, &bytes].concat());
    }

    /// Bytes of a good workbook are changed or cut off, in the archive and in its parts.
    #[test]
    fn no_damage_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in 0usize..40) {
        let parts = Parts::of(r#"<row r="1"><c r="A1" s="2" t="n"><v>1.5</v></c><c r="C1" t="s"><v>1</v></c></row>"#);
        let mut archive = parts.bytes();
        let mut sheet = parts.sheet.clone().into_bytes();
        let mut styles = parts.styles.clone().into_bytes();
        for (at, byte) in &changes {
            for bytes in [&mut archive, &mut sheet, &mut styles] {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
        }
        let _ = sheets(&archive);
        let _ = sheets(&archive[..archive.len() - cut]);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let _ = sheets(&Parts { sheet: text(&sheet), ..Parts::of("") }.bytes());
        let _ = sheets(&Parts { styles: text(&styles), ..Parts::of("") }.bytes());
    }

    /// Numbers in cells of any format are read.
    #[test]
    fn no_number_panics(number in any::<f64>(), style in 0usize..6) {
        let rows = format!("<row><c s=\"{style}\"><v>{number:e}</v></c></row>");
        sheets(&Parts::of(&rows).bytes()).unwrap();
    }
}

/// Workbooks that others export.
#[test]
fn workbooks_of_others_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/csv");
    if !folder.is_dir() {
        eprintln!("skipped: no ../shared/csv beside the project");
        return;
    }
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "xlsx") {
            let sheets = sheets(&std::fs::read(&path).unwrap()).unwrap();
            assert!(sheets.iter().any(|sheet| sheet.grid.len() > 1), "{}", path.display());
            read += 1;
        }
    }
    eprintln!("table test: read {read} workbooks of ../shared/csv");
}
