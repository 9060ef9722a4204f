//! Patients' data planted in everything that is given to the program is found nowhere in what it leaves behind.
//!
//! Looked through: the book with its write-ahead log, every other file made, the temporary directory, stdout and stderr
//! of every command in every format; each canary as it is, in other case, in UTF-16 and percent-encoded.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One for each identifier of 45 CFR 164.514(b)(2)(i): its letter, a header for it, a value.
const CANARIES: [(char, &str, &str); 18] = [
    ('A', "Patient Name", "QUILLFEATHER, ZEBEDEE"),
    ('B', "Address", "77 Canarywren Lane 90909"),
    ('C', "DOB", "03/17/1931"),
    ('D', "Phone", "555-867-5301"),
    ('E', "Fax", "fax 555-867-5302"),
    ('F', "Email", "zebedee@canarywren.example"),
    ('G', "SSN", "219-09-9991"),
    ('H', "MRN", "MRN 99120771"),
    ('I', "Member ID", "1EG4-TE5-MK73"),
    ('J', "Encounter", "encounter #88120773"),
    ('K', "License No", "license no CW771200"),
    ('L', "VIN", "VIN 1HGCM82633A004352"),
    ('M', "Device ID", "serial no 55120778"),
    ('N', "Portal URL", "https://portal.example/canarywren?p=7"),
    ('O', "IP Address", "10.77.120.79"),
    ('P', "Fingerprint", "canarywren_voice.wav"),
    ('Q', "Face Photo", "canarywren_face.jpg"),
    ('R', "Room", "room 77120"),
];

/// A note of a patient.
const NOTE: &str =
    "canarywren came in with a broken wing, was seen by the wrenologist and went home with her nestlings";

/// Names of files that are a patient's.
const NAMES: [&str; 3] = ["quillfeather_zebedee_op_note.csv", "MRN 99120771.csv", "219-09-9991.csv"];

/// A value that may stand in a row and must be found: the search works on the same files.
const PLANTED: &str = "Plantedpayer Coding";

struct Desk {
    dir: tempfile::TempDir,
    /// What was printed.
    said: String,
    ended: Vec<i32>,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap(), said: String::new(), ended: Vec::new() };
        for folder in ["in", "tmp", "home"] {
            fs::create_dir(desk.path(folder)).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path("in").join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&mut self, arguments: &[&str]) -> i32 {
        let output = Command::new(env!("CARGO_BIN_EXE_perchart"))
            .args(arguments)
            .current_dir(self.dir.path())
            .env("TMPDIR", self.path("tmp"))
            .env("HOME", self.path("home"))
            .env("XDG_DATA_HOME", self.path("home"))
            .env("RUST_BACKTRACE", "1")
            .env("PERCHART_BOOK", self.path("book"))
            .output()
            .unwrap();
        // The names of the files that were given are the command's own words; nothing printed may hold them.
        self.said.push_str(&String::from_utf8_lossy(&output.stdout));
        self.said.push_str(&String::from_utf8_lossy(&output.stderr));
        self.ended.push(output.status.code().unwrap_or(-1));
        *self.ended.last().unwrap()
    }

    /// Imports a file in every mode that the program has, dry first; the codes it ended with.
    fn import(&mut self, file: &str) -> Vec<i32> {
        let mut codes = Vec::new();
        for mode in modes() {
            codes.push(self.run(&["import", file, "--phi", mode, "--dry-run"]));
            self.run(&["import", file, "--phi", mode, "--dry-run", "--format", "json"]);
            codes.push(self.run(&["import", file, "--phi", mode]));
        }
        codes
    }

    /// No part of a canary is found anywhere, and the program never failed by itself.
    fn is_clean<'c>(&self, canaries: impl Iterator<Item = &'c str>) {
        assert!(self.ended.iter().all(|code| (0..=3).contains(code)), "{:?}", self.ended);
        let left = self.left();
        assert!(finds(&left, PLANTED).len() >= 2, "the search finds what is there");
        let found = |canary: &&str| !finds(&left, canary).is_empty();
        let mut hits: Vec<String> = canaries
            .flat_map(parts)
            .filter(found)
            .map(|canary| format!("{canary}: {:?}", finds(&left, canary)))
            .collect();
        hits.dedup();
        assert_eq!(hits, [""; 0]);
    }

    /// Everything that the program left behind.
    fn left(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = vec![("what was printed".to_owned(), self.said.clone().into_bytes())];
        for folder in ["book", "tmp", "home", "out"] {
            collect(&self.path(folder), &mut found);
        }
        found
    }
}

/// What `--phi` takes.
fn modes() -> Vec<&'static str> {
    let output = Command::new(env!("CARGO_BIN_EXE_perchart")).args(["import", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    ["refuse", "strip", "surrogate"].into_iter().filter(|mode| help.contains(&format!("- {mode}:"))).collect()
}

fn collect(path: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            found.push((format!("a file's name in {}", path.display()), entry.file_name().into_encoded_bytes()));
            collect(&entry.path(), found);
        }
    } else if path.is_file() {
        found.push((path.display().to_string(), fs::read(path).unwrap()));
    }
}

/// A canary in the forms in which it may hide, in lower case.
fn forms(canary: &str) -> Vec<Vec<u8>> {
    let lower = canary.to_lowercase();
    let percent = lower.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02x}").unwrap();
        }
        text
    });
    let bare: String = lower.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let wide = |little: bool| {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        lower.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
    };
    vec![lower.clone().into_bytes(), percent.into_bytes(), bare.into_bytes(), wide(true), wide(false)]
}

fn holds(text: &[u8], form: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| byte.eq_ignore_ascii_case(&form[0])) {
        if rest[at..].get(..form.len()).is_some_and(|part| part.eq_ignore_ascii_case(form)) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Where a canary is found.
fn finds(left: &[(String, Vec<u8>)], canary: &str) -> Vec<String> {
    let forms = forms(canary);
    let found = left.iter().filter(|(_, text)| forms.iter().any(|form| holds(text, form)));
    found.map(|(place, _)| place.clone()).collect()
}

/// The parts of a canary that say something by themselves: its numbers and its rare words.
fn parts(canary: &str) -> Vec<&str> {
    let rare = |word: &&str| {
        let word = word.to_lowercase();
        let number = word.bytes().filter(u8::is_ascii_digit).count() >= 5;
        number || ["quillfeather", "zebedee", "canarywren"].iter().any(|rare| word.contains(rare))
    };
    canary.split([' ', ',', '#', '/', '?', '.']).filter(rare).chain([canary]).collect()
}

/// Exports, lists and explanations in every format.
fn show_everything(desk: &mut Desk) {
    let commands: [&[&str]; 20] = [
        &["list", "charts"],
        &["list", "payments"],
        &["list", "expenses"],
        &["list", "assets"],
        &["list", "trips"],
        &["list", "bank"],
        &["list", "time"],
        &["categorize"],
        &["batches"],
        &["receipts"],
        &["check"],
        &["binder"],
        &["summary", "--rows"],
        &["tax"],
        &["compare"],
        &["explain", "--all"],
        &["explain", "summary.books"],
        &["explain", "summary.received"],
        &["law"],
        &["purge"],
    ];
    for ending in ["html", "csv", "txf", "json"] {
        let to = desk.path("out").join(format!("package.{ending}"));
        desk.run(&["export", "--year", "2025", "--force", "--to", to.to_str().unwrap()]);
    }
    for format in ["text", "json", "csv", "md"] {
        for command in commands {
            desk.run(&[command, &["--format", format, "--year", "2025", "-v"][..]].concat());
        }
    }
}

#[test]
fn no_canary_is_found() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0);
    let modes = modes();
    assert_eq!(modes.len(), 3);

    let quoted = |value: &str| format!("\"{value}\"");
    let headers: Vec<&str> = CANARIES.iter().map(|(_, header, _)| *header).collect();
    let values: Vec<String> = CANARIES.iter().map(|(.., value)| quoted(value)).collect();
    let (headers, values) = (headers.join(","), values.join(","));

    // Columns that are a patient's.
    let charts = |extra: &str, cells: &str| {
        format!("work_date,payer,chart_type,count,rate,{extra}\n2025-03-03,{PLANTED},E/M,20,2.20,{cells}\n")
    };
    let all = desk.write("all.csv", charts(&headers, &values));
    let codes = desk.import(&all);
    assert_eq!(codes, [1, 1, 0, 0, 0, 0]);
    // The values under names that say nothing, and as the names.
    let harmless: Vec<String> = (0..CANARIES.len()).map(|number| format!("x{number}")).collect();
    let file = desk.write("x.csv", charts(&format!("{},remarks", harmless.join(",")), &format!("{values},\"{NOTE}\"")));
    desk.import(&file);
    let file = desk.write("headers.csv", charts(&format!("{values},\"{NOTE}\""), &format!("{values},x")));
    desk.import(&file);
    let payments = format!("received_on,payer,amount,{headers}\n2025-04-04,{PLANTED},44.00,{values}\n");
    let file = desk.write("payments.csv", &payments);
    desk.import(&file);

    let assets = format!("name,class,in_service,cost,{headers}\nLaptop,computer,2025-04-04,1450,{values}\n");
    let file = desk.write("assets.csv", &assets);
    desk.import(&file);
    let trips = format!("date,miles,purpose,{headers}\n2025-04-04,24,CPC exam,{values}\n");
    let file = desk.write("trips.csv", &trips);
    desk.import(&file);

    for (letter, _, value) in CANARIES {
        // Where a day, a number or a word of a trip or an asset should stand, in files and by hand.
        for row in
            [format!("\"{value}\",24,x,"), format!("2025-04-04,\"{value}\",x,"), format!("2025-04-04,24,x,\"{value}\"")]
        {
            let file = desk.write("trips.csv", format!("date,miles,purpose,kind\n{row}\n"));
            assert_eq!(desk.run(&["import", &file]), 1, "{letter}: {row}");
        }
        for option in ["--class", "--cost", "--in-service", "--business"] {
            let mut add = vec!["add", "asset", "--name", "Laptop", "--class", "computer", "--cost", "1"];
            let at = add.iter().position(|word| *word == option);
            match at {
                Some(at) => add[at + 1] = value,
                None => add.extend([option, value]),
            }
            assert_eq!(desk.run(&add), 1, "{letter}: {option}");
        }
        // In the cells that are read.
        for row in [format!("2025-03-04,\"{value}\",E/M,20,2.20"), format!("2025-03-04,{PLANTED},\"{value}\",20,2.20")]
        {
            let file = desk.write("cells.csv", format!("work_date,payer,chart_type,count,rate\n{row}\n"));
            for mode in &modes {
                assert_eq!(desk.run(&["import", &file, "--phi", mode]), 1, "{letter}: {row}");
            }
        }
        // Where a day, a number or an amount should stand, and in rows that are torn.
        for row in [
            format!("\"{value}\",M,E/M,20,2.20"),
            format!("2025-03-04,M,E/M,\"{value}\",2.20"),
            format!("2025-03-04,M,E/M,20,\"{value}\""),
            format!("2025-03-04,M,E/M,20,2.20,\"{value}\""),
            format!("2025-03-04,M,E/M,20,2.20,\"{value}"),
        ] {
            let file = desk.write("torn.csv", format!("work_date,payer,chart_type,count,rate\n{row}\n"));
            assert_eq!(desk.run(&["import", &file, "--phi", modes[1]]), 1, "{letter}: {row}");
        }
        // Alone, as a file without a header.
        let file = desk.write("bare.csv", format!("\"{value}\",\"{value}\"\n1,2\n"));
        desk.run(&["import", &file]);
        desk.run(&["redact", &file]);
    }
    let file =
        desk.write("note.csv", format!("work_date,payer,chart_type,count,rate\n2025-03-04,{NOTE},E/M,20,2.20\n"));
    assert!(desk.import(&file).iter().all(|code| *code == 1));
    desk.run(&["redact", &all]);
    desk.run(&["redact", &file]);

    for (number, name) in NAMES.iter().enumerate() {
        let row = format!("2025-05-{:02},{PLANTED},E/M,2{number},2.20", number + 1);
        let file = desk.write(name, format!("work_date,payer,chart_type,count,rate\n{row}\n"));
        let codes = desk.import(&file);
        assert_eq!(codes[..4], [1, 1, 0, 0], "{name}");
        let file = desk.write(name, "work_date,payer,chart_type,count,rate\nx,y,z,q,w\n");
        desk.import(&file);
        assert_eq!(desk.run(&["attach", "expenses:1", &file]), 1, "{name}");
    }
    show_everything(&mut desk);
    desk.run(&["undo"]);

    desk.is_clean(CANARIES.iter().map(|(.., value)| *value).chain([NOTE]).chain(NAMES));
}

/// The parts of a workbook that hold no cells of its table: canaries stand in all of them.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (name, note, key) = (CANARIES[0].2, CANARIES[7].2, CANARIES[9].2);
    let relation = |id: &str, kind: &str, target: &str| {
        let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(r#"<Relationship Id="{id}" Type="{base}/{kind}" Target="{target}"/>"#)
    };
    let relations = |all: &[String]| format!("<Relationships>{}</Relationships>", all.concat());
    let mut tabs = String::new();
    let mut links = Vec::new();
    let mut parts = Vec::new();
    let hidden = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{name} {note}</t></is></c></row>"#);
    let hidden = [("Old", hidden.as_str()), ("MRN 99120771", hidden.as_str())];
    for (number, (tab, rows)) in (1..).zip(sheets.iter().chain(&hidden)) {
        let state = if number > sheets.len() { r#" state="hidden""# } else { "" };
        write!(tabs, r#"<sheet name="{tab}" sheetId="{number}"{state} r:id="s{number}"/>"#).unwrap();
        links.push(relation(&format!("s{number}"), "worksheet", &format!("worksheets/sheet{number}.xml")));
        let rest = format!(
            "<headerFooter><oddHeader>{name}</oddHeader></headerFooter>\
             <hyperlinks><hyperlink ref=\"A2\" tooltip=\"{note}\" display=\"{key}\"/></hyperlinks>"
        );
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{rest}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
        let comments = relations(&[relation("c", "comments", "../comments1.xml")]);
        parts.push((format!("xl/worksheets/_rels/sheet{number}.xml.rels"), comments));
    }
    let names = format!(
        r#"<definedNames><definedName name="QUILLFEATHER" comment="{key}">'{note}'!$A$1</definedName></definedNames>"#
    );
    let comment = format!(
        "<comments><authors><author>{name}</author></authors><commentList><comment ref=\"A2\" authorId=\"0\"><text>\
         <t>{NOTE} {note} {key}</t></text></comment></commentList></comments>"
    );
    let core = format!(
        "<coreProperties><creator>{name}</creator><lastModifiedBy>{name}</lastModifiedBy><title>{note}</title>\
         <description>{NOTE}</description></coreProperties>"
    );
    parts.extend([
        (
            "_rels/.rels".to_owned(),
            relations(&[
                relation("r", "officeDocument", "xl/workbook.xml"),
                relation("p", "core-properties", "docProps/core.xml"),
            ]),
        ),
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{tabs}</sheets>{names}</workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(&links)),
        ("xl/comments1.xml".to_owned(), comment.clone()),
        ("xl/threadedComments/threadedComment1.xml".to_owned(), comment),
        ("docProps/core.xml".to_owned(), core),
        (
            "docProps/app.xml".to_owned(),
            format!("<Properties><Manager>{name}</Manager><Company>{NOTE}</Company></Properties>"),
        ),
        ("customXml/item1.xml".to_owned(), format!("<patient>{note}</patient>")),
    ]);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in parts {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Rows of a sheet as XML.
fn sheet(rows: &[Vec<&str>]) -> String {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", text.replace('&', "&amp;"));
    let row = |cells: &Vec<&str>| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    rows.iter().map(row).collect()
}

#[test]
fn no_canary_of_a_workbook_is_found() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0);
    let head = vec!["work_date", "payer", "chart_type", "count", "rate"];
    let row = |day: &'static str| vec![day, PLANTED, "E/M", "20", "2.20"];
    let plain = |day| sheet(&[head.clone(), row(day)]);
    let more = |add: &mut dyn Iterator<Item = &'static str>, cells: &[&'static str]| {
        cells.iter().copied().chain(add).collect::<Vec<&str>>()
    };
    let headers = || CANARIES.iter().map(|(_, header, _)| *header);
    let values = || CANARIES.iter().map(|(.., value)| *value);

    // A sheet without patient data in a workbook full of it.
    let file = desk.write("plain.xlsx", workbook(&[(CANARIES[0].2, &plain("2025-03-03"))]));
    assert_eq!(desk.import(&file), [0; 6]);
    // Columns that are a patient's, by their names and by their cells.
    let named = sheet(&[more(&mut headers(), &head), more(&mut values(), &row("2025-03-04"))]);
    let file = desk.write("named.xlsx", workbook(&[("Charts", &named)]));
    assert_eq!(desk.import(&file), [1, 1, 0, 0, 0, 0]);
    let harmless = (0..CANARIES.len()).map(|number| ["x", "y", "z", "q", "w"][number % 5]);
    let unnamed = sheet(&[more(&mut harmless.into_iter(), &head), more(&mut values(), &row("2025-03-05"))]);
    let file = desk.write("unnamed.xlsx", workbook(&[("Charts", &unnamed)]));
    assert_eq!(desk.import(&file), [1, 1, 0, 0, 1, 1]);
    let odd = sheet(&[more(&mut values(), &head), more(&mut values(), &row("2025-03-06"))]);
    let file = desk.write("odd.xlsx", workbook(&[("Charts", &odd)]));
    desk.import(&file);
    // Several tables, on sheets that tell too much; sheets that there are not; a sheet of patient data alone.
    let two = [("QUILLFEATHER, ZEBEDEE", &*plain("2025-03-07")), ("219-09-9991", &*plain("2025-03-08"))];
    let file = desk.write("two.xlsx", workbook(&two));
    assert_eq!(desk.import(&file), [1; 6]);
    for sheet in ["none", "Old", "QUILLFEATHER, ZEBEDEE"] {
        for format in ["text", "json"] {
            desk.run(&["import", &file, "--sheet", sheet, "--dry-run", "--format", format]);
        }
        desk.run(&["import", &file, "--sheet", sheet]);
    }
    let alone = sheet(&[values().collect(), values().collect()]);
    let file = desk.write("alone.xlsx", workbook(&[("MRN 99120771", &alone)]));
    assert_eq!(desk.import(&file), [1; 6]);
    for (letter, _, value) in CANARIES {
        for at in 0..5 {
            let mut cells = row("2025-03-09");
            cells[at] = value;
            let file = desk.write("cell.xlsx", workbook(&[("Charts", &sheet(&[head.clone(), cells]))]));
            assert_eq!(desk.run(&["import", &file, "--phi", "surrogate"]), 1, "{letter}");
        }
    }
    desk.run(&["redact", &file]);
    assert!(desk.path("book").join("surrogate.key").is_file());
    let book = perchart::book::Book::open(&desk.path("book")).unwrap();
    book.verify().unwrap();
    let charts = book.charts(None).unwrap();
    assert_eq!(charts.iter().filter(|row| row.surrogate.is_some()).count(), 2);
    drop(book);
    show_everything(&mut desk);
    desk.is_clean(CANARIES.iter().map(|(.., value)| *value).chain([NOTE]));
}

/// What may not stay in the text of a statement: numbers, and what is announced as a patient's. Names may be payers.
const STATED: [&str; 10] = [
    "555-867-5301",
    "fax 555-867-5302",
    "zebedee@canarywren.example",
    "219-09-9991",
    "MRN 99120771",
    "1EG4-TE5-MK73",
    "encounter #88120773",
    "serial no 55120778",
    "DOB 03/17/1931",
    "4111 1111 1111 1111",
];

#[test]
fn no_canary_of_a_statement_is_found() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0);
    let (mut ofx, mut qif, mut csv) = (String::new(), String::new(), String::new());
    for (day, value) in (10..).zip(STATED) {
        let (date, us) = (format!("202503{day}"), format!("03/{day}/2025"));
        writeln!(ofx, "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{date}<TRNAMT>-1.{day}<FITID>F{day}<NAME>{value}<MEMO>for {value}</STMTTRN>").unwrap();
        writeln!(qif, "D{us}\nT-2.{day}\nP{value}\nMfor {value}\nLcategory {value}\nN{value}\n^").unwrap();
        writeln!(csv, "{us},{PLANTED} {value},-3.{day},\"{value}\",Sale {value}").unwrap();
    }
    let ofx = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD\
         <BANKACCTFROM><BANKID>121000248<ACCTID>000991207719912<ACCTTYPE>CHECKING</BANKACCTFROM>\
         <BANKTRANLIST>{ofx}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    );
    let file = desk.write("march.ofx", &ofx);
    assert_eq!(desk.import(&file), [0; 6]);
    let file = desk.write("march.qif", format!("!Account\nNHousehold\nTBank\n^\n!Type:Bank\n{qif}"));
    assert_eq!(desk.import(&file), [0; 6]);
    let file = desk.write("march.csv", format!("Transaction Date,Description,Amount,Account,Type\n{csv}"));
    for mode in modes() {
        desk.run(&["import", &file, "--phi", mode, "--dry-run"]);
        desk.run(&["import", &file, "--phi", mode, "--dry-run", "--format", "json"]);
    }
    assert_eq!(desk.run(&["import", &file, "--yes", "--save-profile", "march"]), 0);
    show_everything(&mut desk);
    desk.is_clean(STATED.into_iter().chain(["000991207719912", "0991207719912"]));
}

#[test]
fn no_canary_of_an_unknown_layout_is_found() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0);
    let quoted = |value: &str| format!("\"{value}\"");
    let values: Vec<String> = CANARIES.iter().map(|(.., value)| quoted(value)).collect();
    let names: Vec<&str> = CANARIES.iter().map(|(_, header, _)| *header).collect();
    let harmless: Vec<String> = (0..CANARIES.len()).map(|number| format!("x{number}")).collect();
    // A day among the names would make the header a row.
    let odd: Vec<&str> = values.iter().map(|value| if value.contains("1931") { "y" } else { value.as_str() }).collect();
    let (values, names, harmless, odd) = (values.join(","), names.join(","), harmless.join(","), odd.join(","));
    for (number, columns) in (1..).zip([&names, &harmless, &odd]) {
        let (mut bank, mut time) = (String::new(), String::new());
        for day in 10..20 {
            writeln!(bank, "2025-03-{day},{PLANTED} {day},-{number}.{day},{values},\"{NOTE}\"").unwrap();
            writeln!(time, "2025-03-{day},Mercy,Audit,01:0{number}:00,{values},\"{NOTE}\"").unwrap();
        }
        let bank = desk.write("bank.csv", format!("Booking Date,Narrative,Amount,{columns},Remarks\n{bank}"));
        let time = desk.write("time.csv", format!("Date,Client,Project,Duration,{columns},Remarks\n{time}"));
        for (kind, file) in [("bank", &bank), ("time", &time)] {
            desk.import(file);
            for mode in modes() {
                for more in [
                    &["--dry-run"][..],
                    &["--dry-run", "--format", "json"],
                    &["--map", "none=date"],
                    &["--map", "4=none"],
                    &[
                        "--map",
                        "1=date",
                        "--map",
                        "2=description",
                        "--map",
                        "3=amount",
                        "--sign",
                        "in",
                        "--yes",
                        "--account",
                        "B",
                    ],
                    &["--yes", "--account", "C", "--save-profile", &format!("{kind}{number}{mode}")],
                ] {
                    desk.run(&[&["import", file.as_str(), "--phi", mode][..], more].concat());
                }
            }
        }
        // A column of patients is taken for a field, and the names of columns are kept.
        for column in ["11=description", "16=description"] {
            let told =
                ["--map", "1=date", "--map", column, "--map", "3=amount", "--sign", "in", "--yes", "--account", "D"];
            let name = format!("told{}{number}", &column[..2]);
            desk.run(&[&["import", bank.as_str(), "--phi", "strip", "--save-profile", &name][..], &told].concat());
        }
    }
    // Cells of a tracker that are read.
    for (letter, _, value) in CANARIES {
        for row in [format!("\"{value}\",Audit"), format!("Mercy,\"{value}\"")] {
            let file = desk.write("time.csv", format!("Date,Client,Task,Duration\n2025-03-03,{row},01:00:00\n"));
            for mode in modes() {
                let code = desk.run(&["import", &file, "--phi", mode, "--yes"]);
                assert_eq!(code, 1, "{letter}: {row}");
            }
        }
        for row in [format!("\"{value}\",Mercy,Audit,01:00:00"), format!("2025-03-03,Mercy,Audit,\"{value}\"")] {
            let file = desk.write("time.csv", format!("Date,Client,Task,Duration\n{row}\n"));
            desk.import(&file);
        }
        // Cells of a statement that are no days and amounts.
        for row in [format!("\"{value}\",Mercy,-1.00"), format!("03/03/2025,Mercy,\"{value}\"")] {
            let file = desk.write("torn.csv", format!("Date,Description,Amount\n03/02/2025,Mercy,-1.00\n{row}\n"));
            desk.import(&file);
        }
    }
    let profiles = fs::read_to_string(desk.path("book").join("profiles.toml")).unwrap();
    assert!(
        profiles.contains("told112") && !profiles.contains("told111") && !profiles.contains("told163"),
        "{profiles}"
    );
    show_everything(&mut desk);
    desk.is_clean(CANARIES.iter().map(|(.., value)| *value).chain([NOTE]));
}

#[test]
fn the_search_finds_every_form() {
    for (_, _, canary) in CANARIES {
        let forms = forms(canary);
        assert_eq!(forms.len(), 5);
        for form in forms {
            for planted in [form.clone(), form.to_ascii_uppercase()] {
                let text = [b"\x00SQLite ".to_vec(), planted, b" end".to_vec()].concat();
                assert_eq!(finds(&[("here".to_owned(), text)], canary), ["here"]);
            }
        }
        assert!(parts(canary).len() > 1 || canary.len() < 16, "{canary}");
    }
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.db-wal"), "x quillFEATHER, zebedee y").unwrap();
    let mut found = Vec::new();
    collect(dir.path(), &mut found);
    assert_eq!(finds(&found, CANARIES[0].2).len(), 1);
}

#[test]
fn a_key_is_made_when_charts_are_kept_apart() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0);
    let key = desk.path("book").join("surrogate.key");
    let rows = |from: u32| {
        let row = |number: u32| format!("2025-03-03,{PLANTED},ED,1,3.00,{number},\"QUILLFEATHER, ZEBEDEE\"\n");
        let rows: Vec<String> = (from..from + 5).map(row).collect();
        format!("work_date,payer,chart_type,count,rate,MRN,Patient Name\n{}", rows.concat())
    };
    let file = desk.write("log.csv", rows(99_120_771));
    for arguments in [&["--phi", "strip", "--dry-run"][..], &["--phi", "surrogate", "--dry-run"], &["--phi", "refuse"]]
    {
        desk.run(&[&["import", file.as_str()][..], arguments].concat());
        assert!(!key.exists(), "{arguments:?}");
    }
    let told = |desk: &mut Desk, file: &str| {
        let before = desk.said.len();
        assert_eq!(desk.run(&["import", file, "--phi", "surrogate", "--dry-run", "--format", "json"]), 0);
        let value: serde_json::Value = serde_json::from_str(&desk.said[before..]).unwrap();
        assert_eq!((&value["surrogates_of"][0], &value["kept_out"][0]), (&"MRN".into(), &"Patient Name".into()));
        (value["new"].as_i64().unwrap(), value["known"].as_i64().unwrap())
    };
    assert_eq!(told(&mut desk, &file), (5, 0));
    assert_eq!(desk.run(&["import", &file, "--phi", "surrogate"]), 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(told(&mut desk, &file), (0, 5));
    let overlapping = desk.write("april.csv", rows(99_120_773));
    assert_eq!(told(&mut desk, &overlapping), (2, 3));
    // The key is not in the book.
    let key = fs::read(&key).unwrap();
    let book = fs::read(desk.path("book").join("book.db")).unwrap();
    assert!(!book.windows(key.len()).any(|part| part == key));
    assert_eq!(desk.run(&["list", "charts", "--year", "2025", "--format", "json"]), 0);
    desk.is_clean(["QUILLFEATHER, ZEBEDEE", "99120771", "99120775"].into_iter());
}
