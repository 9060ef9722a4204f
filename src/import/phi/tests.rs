#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use crate::book::entry::{Charts, Kind};
use crate::book::{Book, Mode, Records};
use crate::import::phi::surrogate::Key;
use crate::import::{Imported, Opened, Options, Phi, Problems, open, open_bytes};

const HEAD: &str = "work_date,payer,chart_type,count,rate";

fn surrogate(key: &Key) -> Options<'static> {
    Options { phi: Phi::Surrogate(key.clone()), ..Options::default() }
}

fn opened(text: &str, options: &Options<'static>) -> Result<Opened<'static>, Problems> {
    open_bytes("a.csv", text.as_bytes(), options)
}

fn charts(text: &str, key: &Key) -> Vec<Charts> {
    let Records::Charts(rows) = opened(text, &surrogate(key)).unwrap().records().unwrap().0 else { unreachable!() };
    rows
}

/// A file of single charts of one day: of so many patients from a number on.
fn log(from: u32, count: u32) -> String {
    let mut text = format!("{HEAD},MRN,Patient Name\n");
    for number in from..from + count {
        writeln!(text, "2025-03-03,Mercy,ED,1,3.00,{number},\"DOE, JANE\"").unwrap();
    }
    text
}

fn bring(book: &mut Book, text: &str, key: &Key, mode: Mode) -> Imported {
    opened(text, &surrogate(key)).unwrap().import(book, "2026-01-02T03:04:05Z", mode, |_| {}).unwrap()
}

#[test]
fn charts_stay_one_by_one_and_are_known_again() {
    let key = Key::random().unwrap();
    let mut book = Book::in_memory().unwrap();
    let first = bring(&mut book, &log(99_120_001, 5), &key, Mode::Store).added;
    assert_eq!((first.new, first.known), (5, 0), "equal in all but the patient");
    for mode in [Mode::Try, Mode::Store] {
        let next = bring(&mut book, &log(99_120_003, 5), &key, mode).added;
        assert_eq!((next.new, next.known), (2, 3));
    }
    book.verify().unwrap();
    let stored = book.charts(None).unwrap();
    let mut surrogates: Vec<[u8; 10]> = stored.iter().filter_map(|row| row.surrogate).collect();
    surrogates.sort_unstable();
    surrogates.dedup();
    assert_eq!((stored.len(), surrogates.len()), (7, 7));
    // Under another key, or without one, they are other rows.
    let other = bring(&mut book, &log(99_120_001, 1), &Key::random().unwrap(), Mode::Try).added;
    assert_eq!(other.new, 1);
}

#[test]
fn a_surrogate_is_of_the_numbers_alone() {
    let key = Key::random().unwrap();
    let row = |columns: &str, cells: &str| {
        charts(&format!("{HEAD},{columns}\n2025-03-03,Mercy,ED,1,3.00,{cells}\n"), &key)[0].surrogate
    };
    let plain = row("MRN,Encounter #", "e-77,9912");
    assert!(plain.is_some());
    assert_eq!(plain, row("Encounter #,Patient Name,DOB,MRN", "9912,\"DOE, J\",2001-01-01,E77"));
    assert_eq!(plain, row("mrn,Encounter Date,ENCOUNTER #,Remarks", "E 77,2025-01-01,9912,x"));
    assert_ne!(plain, row("MRN,Encounter #", "e-78,9912"));
    assert_ne!(plain, row("MRN,Encounter #", "e-77,"));
    assert_eq!(row("MRN,Encounter #", ",-"), None);
    assert!(row("PatientID", "99120771").is_some());
    // A file that names no patient is read as always.
    assert_eq!(row("Remarks", "x"), None);
}

#[test]
fn a_log_without_numbers_is_refused() {
    let key = Key::random().unwrap();
    for (columns, cells) in [
        ("Patient Name,DOB", "\"DOE, JANE\",1931-03-17"),
        ("x", "\"DOE, JANE\""),
        ("SSN", "219-09-9991"),
        ("Subscriber", "JANE DOE"),
    ] {
        let text = format!("{HEAD},{columns}\n2025-03-03,Mercy,ED,1,3.00,{cells}\n");
        let told = opened(&text, &surrogate(&key)).unwrap_err().to_string();
        assert!(told.contains("no column of numbers") && told.contains("MRN, Account Number"), "{told}");
        assert!(!told.contains("JANE") && !told.contains("1931"), "{told}");
    }
}

#[test]
fn other_files_are_stripped() {
    let key = Key::random().unwrap();
    let text = "received_on,payer,amount,MRN\n2025-01-02,Mercy,1,99887766\n";
    let opened = opened(text, &surrogate(&key)).unwrap();
    assert_eq!(
        (opened.kind, &opened.stripped[..], opened.surrogates.len()),
        (Kind::Payments, &["MRN".to_owned()][..], 0)
    );
}

#[test]
fn nothing_told_holds_a_number() {
    let key = Key::random().unwrap();
    let opened = opened(&log(99_120_001, 3), &surrogate(&key)).unwrap();
    assert_eq!(
        (&opened.surrogates[..], &opened.stripped[..]),
        (&["MRN".to_owned()][..], &["Patient Name".to_owned()][..])
    );
    let told = format!("{opened:?} {:?}", surrogate(&key));
    assert!(!told.contains("99120") && !told.contains("JANE") && told.contains("Key(..)"), "{told}");
    let torn = log(99_120_001, 3).replace(",1,3.00,99120002", ",one,3.00,99120002");
    let told = format!("{:?}", super::super::open_bytes("a.csv", torn.as_bytes(), &surrogate(&key)).unwrap().records());
    assert!(told.contains("count") && !told.contains("99120") && !told.contains("JANE"), "{told}");
}

#[test]
fn a_changed_surrogate_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let key = Key::of_book(dir.path()).unwrap();
    let mut book = Book::open(dir.path()).unwrap();
    bring(&mut book, &log(99_120_001, 3), &key, Mode::Store);
    book.verify().unwrap();
    let file = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).unwrap();
    let other = rusqlite::Connection::open(&file).unwrap();
    assert!(other.execute("UPDATE charts SET surrogate = x'00' WHERE id = 1", []).is_err(), "ten bytes");
    other.execute("UPDATE charts SET surrogate = zeroblob(10) WHERE id = 1", []).unwrap();
    assert!(book.verify().unwrap_err().to_string().contains("fingerprint"));
}

#[test]
fn a_log_with_surrogates_leaves_no_source() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.csv");
    let key = Key::random().unwrap();
    for (text, sources) in
        [(log(99_120_001, 20_000), 0), (format!("{HEAD}\n{}", "2025-03-03,Mercy,ED,1,3.00\n".repeat(20_000)), 1)]
    {
        std::fs::write(&path, text).unwrap();
        let mut book = Book::in_memory().unwrap();
        let opened = open(&path, &surrogate(&key)).unwrap();
        let imported = opened.import(&mut book, "2026-01-02T03:04:05Z", Mode::Store, |_| {}).unwrap();
        assert_eq!(imported.added.new, 20_000);
        assert_eq!(book.sources(Kind::Charts).unwrap().len(), sources);
    }
}

/// A file whose head says nothing, then rows.
fn long(rows: &[String]) -> String {
    let clean = "2025-03-03,Mercy,ED,1,3.00\n".repeat(40_000);
    format!("{HEAD}\n{clean}{}\n", rows.join("\n"))
}

#[test]
fn what_begins_behind_the_head_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.csv");
    let serial = |column: usize| -> Vec<String> {
        let row = |number: u32| {
            let mut cells = ["2025-03-04", "Mercy", "ED", "1", "3.00"].map(str::to_owned);
            cells[column] = (99_120_000 + number).to_string();
            cells.join(",")
        };
        (0..30).map(row).collect()
    };
    let name = vec!["2025-03-04,\"DOE, JANE\",ED,1,3.00".to_owned()];
    let number = vec!["2025-03-04,Mercy,MRN 99120771,1,3.00".to_owned()];
    for (rows, column) in [(serial(1), "payer"), (serial(2), "chart_type"), (name, "payer"), (number, "chart_type")] {
        std::fs::write(&path, long(&rows)).unwrap();
        for phi in [Phi::Refuse, Phi::Strip, Phi::Surrogate(Key::random().unwrap())] {
            let opened = open(&path, &Options { phi, ..Options::default() }).unwrap();
            let problems = opened.records().unwrap_err();
            let problem = &problems.problems[0];
            assert_eq!((problem.line, problem.column.as_deref()), (Some(40_002), Some(column)), "{problems}");
            assert!(!problems.to_string().contains("99120") && !problems.to_string().contains("JANE"), "{problems}");
        }
    }
    // A payer that is called by a number comes again and again.
    let rows = vec!["2025-03-04,1003451,ED,1,3.00".to_owned(); 30];
    std::fs::write(&path, long(&rows)).unwrap();
    assert_eq!(open(&path, &Options::default()).unwrap().records().unwrap().0.len(), 40_030);
}
