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

    fn write(&self, name: &str, text: &str) -> String {
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
            codes.push(self.run(&["import", file, "--phi", mode]));
        }
        codes
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
    let commands: [&[&str]; 12] = [
        &["list", "charts"],
        &["list", "payments"],
        &["list", "expenses"],
        &["batches"],
        &["summary", "--rows"],
        &["tax"],
        &["compare"],
        &["explain", "--all"],
        &["explain", "summary.books"],
        &["explain", "summary.received"],
        &["law"],
        &["purge"],
    ];
    for format in ["text", "json", "csv", "md"] {
        for command in commands {
            desk.run(&[command, &["--format", format, "--year", "2025", "-v"][..]].concat());
        }
    }
}

#[test]
fn no_canary_is_found() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["demo", "book"]), 0, "{}", desk.said);
    let modes = modes();
    assert!(modes.len() >= 2, "{modes:?}");

    let quoted = |value: &str| format!("\"{value}\"");
    let headers: Vec<&str> = CANARIES.iter().map(|(_, header, _)| *header).collect();
    let values: Vec<String> = CANARIES.iter().map(|(.., value)| quoted(value)).collect();
    let (headers, values) = (headers.join(","), values.join(","));

    // Columns that are a patient's.
    let charts = |extra: &str, cells: &str| {
        format!("work_date,payer,chart_type,count,rate,{extra}\n2025-03-03,{PLANTED},E/M,20,2.20,{cells}\n")
    };
    let all = desk.write("all.csv", &charts(&headers, &values));
    let codes = desk.import(&all);
    assert_eq!(codes[..4], [1, 1, 0, 0], "{}", desk.said);
    // The values under names that say nothing, and as the names.
    let harmless: Vec<String> = (0..CANARIES.len()).map(|number| format!("x{number}")).collect();
    let file =
        desk.write("x.csv", &charts(&format!("{},remarks", harmless.join(",")), &format!("{values},\"{NOTE}\"")));
    desk.import(&file);
    let file = desk.write("headers.csv", &charts(&format!("{values},\"{NOTE}\""), &format!("{values},x")));
    desk.import(&file);
    let payments = format!("received_on,payer,amount,{headers}\n2025-04-04,{PLANTED},44.00,{values}\n");
    let file = desk.write("payments.csv", &payments);
    desk.import(&file);

    for (letter, _, value) in CANARIES {
        // In the cells that are read.
        for row in [format!("2025-03-04,\"{value}\",E/M,20,2.20"), format!("2025-03-04,{PLANTED},\"{value}\",20,2.20")]
        {
            let file = desk.write("cells.csv", &format!("work_date,payer,chart_type,count,rate\n{row}\n"));
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
            let file = desk.write("torn.csv", &format!("work_date,payer,chart_type,count,rate\n{row}\n"));
            assert_eq!(desk.run(&["import", &file, "--phi", modes[1]]), 1, "{letter}: {row}");
        }
        // Alone, as a file without a header.
        let file = desk.write("bare.csv", &format!("\"{value}\",\"{value}\"\n1,2\n"));
        desk.run(&["import", &file]);
        desk.run(&["redact", &file]);
    }
    let file =
        desk.write("note.csv", &format!("work_date,payer,chart_type,count,rate\n2025-03-04,{NOTE},E/M,20,2.20\n"));
    assert!(desk.import(&file).iter().all(|code| *code == 1));
    desk.run(&["redact", &all]);
    desk.run(&["redact", &file]);

    for (number, name) in NAMES.iter().enumerate() {
        let row = format!("2025-05-{:02},{PLANTED},E/M,2{number},2.20", number + 1);
        let file = desk.write(name, &format!("work_date,payer,chart_type,count,rate\n{row}\n"));
        let codes = desk.import(&file);
        assert_eq!(codes[..4], [1, 1, 0, 0], "{name}");
        let file = desk.write(name, "work_date,payer,chart_type,count,rate\nx,y,z,q,w\n");
        desk.import(&file);
    }
    show_everything(&mut desk);
    desk.run(&["undo"]);

    // A fault of the program is none of the ways to end.
    assert!(desk.ended.iter().all(|code| (0..=3).contains(code)), "{:?}", desk.ended);
    let left = desk.left();
    assert!(finds(&left, PLANTED).len() >= 2, "the search finds what is there");
    let values = CANARIES.iter().map(|(.., value)| *value).chain([NOTE]).chain(NAMES);
    for canary in values.flat_map(parts) {
        assert_eq!(finds(&left, canary), [""; 0], "{canary}");
    }
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
