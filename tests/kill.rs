//! An import that is killed leaves the book as it was before, or as it is after, and sound.
#![allow(clippy::unwrap_used)]

mod log;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use perchart::book::Book;

/// Rows of the smallest file; the next has one more, so that each is told by its length.
const ROWS: u64 = 1_500;

/// Imports into one book before another is begun.
const FILES: u64 = 8;

fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("perchart.toml"), "").unwrap();
    for file in 0..FILES {
        // Rows of other files differ in their counts.
        let rows = log::Log::new(ROWS + file).map(|mut row| {
            let more = 1_000 * (i64::try_from(file).unwrap() + 1);
            row.count += more;
            let cents = (row.count - row.rejected) * row.rate_millionths + 5_000;
            row.amount = perchart::money::Usd::from_cents(cents / 10_000);
            row
        });
        let mut text = log::HEADER.as_bytes().to_vec();
        log::write(&mut text, rows);
        fs::write(dir.path().join(format!("{file}.csv")), text).unwrap();
    }
    dir
}

fn import(dir: &Path, file: u64) -> Child {
    Command::new(env!("CARGO_BIN_EXE_perchart"))
        .args(["--quiet", "--book", ".", "import", &format!("{file}.csv")])
        .current_dir(dir)
        .env_remove("PERCHART_BOOK")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How long an import takes that nobody kills.
fn whole() -> Duration {
    let dir = desk();
    let mut took: Vec<Duration> = (0..3)
        .map(|file| {
            let begun = Instant::now();
            assert!(import(dir.path(), file).wait().unwrap().success());
            begun.elapsed()
        })
        .collect();
    took.sort();
    took[1]
}

#[test]
fn a_killed_import_is_whole_or_absent() {
    let kills: u64 = std::env::var("PERCHART_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(200);
    let whole = whole();
    let mut dir = desk();
    let (mut absent, mut stored) = (0, 0);
    for kill in 0..kills {
        let file = kill % FILES;
        if file == 0 && kill > 0 {
            dir = desk();
        }
        let mut child = import(dir.path(), file);
        // The steps of a golden ratio spread the moments over the whole import without a random source.
        std::thread::sleep(whole.mul_f64((f64::from(u32::try_from(kill).unwrap()) * 0.618_034).fract()));
        // It may be done already.
        let _ = child.kill();
        child.wait().unwrap();

        let book = Book::open(dir.path()).unwrap();
        book.verify().unwrap();
        let mut rows: BTreeMap<i64, u64> = BTreeMap::new();
        for row in book.charts(None).unwrap() {
            *rows.entry(row.origin.batch).or_default() += 1;
        }
        let batches = book.batches().unwrap();
        assert_eq!(batches.len(), rows.len());
        for batch in &batches {
            let file: u64 = batch.file.trim_end_matches(".csv").parse().unwrap();
            assert_eq!(rows[&batch.id], ROWS + file, "{batch:?}");
        }
        if batches.iter().any(|batch| batch.file == format!("{file}.csv")) {
            stored += 1;
        } else {
            absent += 1;
        }
        drop(book);
        for side in ["book.db-wal", "book.db-shm", "book.db-journal"] {
            assert!(!dir.path().join(side).exists(), "{side} is left");
        }
    }
    assert!(absent > kills / 20 && stored > 0, "{absent} absent and {stored} stored: the kills missed the imports");
}
