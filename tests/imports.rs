//! Files as people bring them: what is read, and what each refusal says.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use perchart::book::{Book, Mode, Records};
use perchart::import::{Options, open, open_bytes};

fn options() -> Options<'static> {
    Options { known_categories: &["books", "dues", "home_office", "equipment"], ..Options::default() }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What reading a file and counting it in a new book says.
fn told(path: &Path) -> String {
    let opened = match open(path, &options()) {
        Ok(opened) => opened,
        Err(problems) => return problems.to_string(),
    };
    let mut text = format!("unread: {:?}\n", opened.unread);
    let records = match opened.records() {
        Ok((records, _)) => records,
        Err(problems) => return problems.to_string(),
    };
    match records {
        Records::Charts(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Payments(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Expenses(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Assets(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Trips(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Bank(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
        Records::Time(rows) => rows.iter().try_for_each(|row| writeln!(text, "{row:?}")),
    }
    .unwrap();
    text
}

#[test]
fn every_refusal_says_what_to_do() {
    let mut all = String::new();
    for path in files("bad") {
        let refused = open(&path, &options()).and_then(perchart::import::Opened::records);
        assert!(refused.is_err(), "{}", path.display());
        writeln!(all, "{}\n", told(&path)).unwrap();
    }
    for path in [Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from("/nowhere/charts.csv")] {
        writeln!(all, "{}\n", told(&path)).unwrap();
    }
    insta::assert_snapshot!("refusals", all);
}

#[test]
fn good_files_are_read() {
    let mut all = String::new();
    for path in files("imports") {
        writeln!(all, "{}\n{}", path.file_name().unwrap().display(), told(&path)).unwrap();
    }
    insta::assert_snapshot!("readings", all);
}

/// A charts file of distinct rows.
fn charts(rows: std::ops::Range<u32>) -> String {
    let mut text = "work_date,payer,chart_type,count,rejected,rate,minutes,accuracy,paid_on\n".to_owned();
    for row in rows {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        let (count, rejected) = (row % 90 + 10, row % 3);
        writeln!(
            text,
            "2025-{month:02}-{day:02},Payer {},E/M {row},{count},{rejected},2.{:02},95.5,97.{},",
            row % 7,
            row % 100,
            row % 10
        )
        .unwrap();
    }
    text
}

#[test]
fn overlapping_files_make_the_same_book_as_one() {
    let add = |book: &mut Book, rows| {
        let opened = open_bytes("charts.csv", charts(rows).as_bytes(), &options()).unwrap();
        let imported = opened.import(book, "2026-01-01T00:00:00Z", Mode::Store, |_| {}).unwrap();
        (imported.added.new, imported.added.known)
    };
    let contents = |book: &Book| {
        let mut rows: Vec<_> = book.charts(None).unwrap().into_iter().map(|row| (row.chart_type, row.amount)).collect();
        rows.sort();
        rows
    };
    let (mut whole, mut parts) = (Book::in_memory().unwrap(), Book::in_memory().unwrap());
    assert_eq!(add(&mut whole, 0..300), (300, 0));
    assert_eq!(add(&mut parts, 100..250), (150, 0));
    assert_eq!(add(&mut parts, 0..150), (100, 50));
    assert_eq!(add(&mut parts, 200..300), (50, 50));
    assert_eq!(contents(&parts), contents(&whole));
}

#[test]
fn a_huge_file_is_refused_unread() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("huge.csv");
    fs::File::create(&path).unwrap().set_len(5 * 1024 * 1024 * 1024).unwrap();
    assert_eq!(told(&path), "huge.csv: found more than 4 GB, expected at most 4 GB; split the file");
}
