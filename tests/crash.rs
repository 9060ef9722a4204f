//! A writer that is killed leaves the book as it was before the import, or after it, never in between.
#![allow(clippy::unwrap_used)]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::NaiveDate;
use perchart::book::entry::{Origin, Payment};
use perchart::book::{Book, NewBatch, Records};
use perchart::money::Usd;

/// Names the folder of the book to the process that writes.
const WRITER: &str = "PERCHART_TEST_CRASH_BOOK";

/// Records of each import.
const ROWS: i64 = 400;

fn rows(batch: i64) -> Records {
    let row = |line| Payment {
        id: 0,
        origin: Origin { batch: 0, line },
        received_on: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(batch.unsigned_abs()),
        payer: format!("payer {batch}"),
        amount: Usd::from_cents(line),
        reference: String::new(),
    };
    Records::Payments((1..=ROWS).map(row).collect())
}

/// Imports until it is killed, and notes each import that was acknowledged. Does nothing in a usual test run.
#[test]
fn writer() {
    let Some(dir) = std::env::var_os(WRITER) else { return };
    let dir = Path::new(&dir);
    let mut book = Book::open(dir).unwrap();
    let mut notes = OpenOptions::new().create(true).append(true).open(dir.join("acknowledged")).unwrap();
    let first = book.batches().unwrap().len();
    for number in i64::try_from(first).unwrap() + 1.. {
        let batch = NewBatch { file: format!("{number}.csv"), imported_at: "2026-01-01T00:00:00Z".to_owned() };
        book.add(batch, &rows(number)).unwrap();
        notes.write_all(b".").unwrap();
    }
}

/// Kills the writer at moments spread over the first imports, then compares the book with what was acknowledged.
#[test]
fn a_killed_import_is_whole_or_absent() {
    let kills: u64 = std::env::var("PERCHART_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let mut dir = tempfile::tempdir().unwrap();
    let (mut stored, mut total) = (0, 0);
    for kill in 0..kills {
        if kill % 5 == 0 {
            dir = tempfile::tempdir().unwrap();
            stored = 0;
        }
        let notes = dir.path().join("acknowledged");
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer", "--nocapture"])
            .env(WRITER, dir.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The steps of a golden ratio spread the moments without a random source.
        std::thread::sleep(Duration::from_micros(5_000 + kill * 61_803 % 100_000));
        writer.kill().unwrap();
        writer.wait().unwrap();

        let acknowledged = fs::metadata(&notes).map_or(0, |notes| notes.len());
        fs::write(&notes, "").unwrap();
        let book = Book::open(dir.path()).unwrap();
        let batches = book.batches().unwrap();
        let new = batches.len() as u64 - stored;
        assert!(new == acknowledged || new == acknowledged + 1, "{acknowledged} acknowledged, {new} stored");
        stored = batches.len() as u64;
        total += new;
        let payments = book.payments(None).unwrap();
        assert_eq!(payments.len() as u64, stored * ROWS.unsigned_abs());
        for (number, part) in (1..).zip(payments.chunks(usize::try_from(ROWS).unwrap())) {
            let Records::Payments(expected) = rows(number) else { unreachable!() };
            for (row, expected) in part.iter().zip(expected) {
                assert_eq!(
                    row,
                    &Payment { id: row.id, origin: Origin { batch: number, ..expected.origin }, ..expected }
                );
            }
        }
    }
    assert!(total > 0, "the writer never came to write");
}
