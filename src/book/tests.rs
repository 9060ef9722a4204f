#![allow(clippy::unwrap_used)]

mod assets;
mod streams;

use std::fs;

use chrono::NaiveDate;
use proptest::prelude::*;
use rusqlite::types::Value;
use rust_decimal::Decimal;

use super::entry::Origin;
use super::*;
use crate::money::Usd;
use crate::period::parse_iso;

fn payment(line: i64, day: &str, payer: &str, cents: i64) -> Payment {
    Payment {
        id: 0,
        origin: Origin { batch: 0, line },
        received_on: parse_iso(day).unwrap(),
        payer: payer.to_owned(),
        amount: Usd::from_cents(cents),
        reference: String::new(),
    }
}

fn chart(line: i64, day: &str) -> Charts {
    Charts {
        id: 0,
        origin: Origin { batch: 0, line },
        work_date: parse_iso(day).unwrap(),
        payer: "Mercy".to_owned(),
        chart_type: "E/M".to_owned(),
        count: 20,
        rejected: 1,
        rate: Decimal::new(220, 2),
        amount: Usd::from_cents(4_180),
        minutes_tenths: Some(905),
        accuracy_millionths: None,
        paid_on: Some(parse_iso("2025-03-01").unwrap()),
        surrogate: None,
    }
}

fn expense(line: i64, day: &str) -> Expense {
    Expense {
        id: 0,
        origin: Origin { batch: 0, line },
        date: parse_iso(day).unwrap(),
        vendor: "AAPC".to_owned(),
        description: "CPC dues".to_owned(),
        category: "dues".to_owned(),
        amount: Usd::from_cents(22_200),
        share_millionths: 1_000_000,
    }
}

fn batch(file: &str) -> NewBatch {
    NewBatch { file: file.to_owned(), imported_at: "2026-01-02T03:04:05Z".to_owned() }
}

/// All that the book holds, schema included.
fn dump(book: &Book) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for table in [
        "sqlite_schema",
        "batch",
        "charts",
        "name",
        "payments",
        "expenses",
        "assets",
        "asset_event",
        "trips",
        "receipt",
        "bank",
        "time",
        "correction",
        "source",
        "work_day",
        "work_month",
    ] {
        let mut query = book.connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let width = query.column_count();
        let read = |row: &Row| (0..width).map(|column| row.get(column)).collect();
        rows.extend(query.query_map([], read).unwrap().map(|row: rusqlite::Result<Vec<Value>>| row.unwrap()));
    }
    book.verify().unwrap();
    rows
}

#[test]
fn records_come_back_as_they_were_stored() {
    let mut book = Book::in_memory().unwrap();
    book.add(batch("a.csv"), &Records::Charts(vec![chart(2, "2025-02-02"), chart(3, "2024-12-31")])).unwrap();
    book.add(batch("b.csv"), &Records::Payments(vec![payment(2, "2026-01-01", "Mercy", -500)])).unwrap();
    book.add(batch("c.csv"), &Records::Expenses(vec![expense(2, "2023-06-01")])).unwrap();
    let charts = book.charts(None).unwrap();
    let stored = |id, line, day| Charts { id, origin: Origin { batch: 1, line }, ..chart(line, day) };
    assert_eq!(charts, [stored(2, 3, "2024-12-31"), stored(1, 2, "2025-02-02")]);
    assert_eq!(book.charts(Some(DateRange::year(2025))).unwrap(), charts[1..]);
    assert_eq!(book.payments(None).unwrap()[0].amount, Usd::from_cents(-500));
    assert_eq!(book.expenses(Some(DateRange::year(2024))).unwrap(), []);
    assert_eq!(book.years().unwrap(), [2024, 2025], "the years of work");
    assert_eq!(book.record(Kind::Charts, 1).unwrap(), Some(Record::Charts(charts[1].clone())));
    assert_eq!(book.record(Kind::Expenses, 9).unwrap(), None);
    assert_eq!(book.batches().unwrap().iter().map(|batch| batch.kind).collect::<Vec<_>>(), Kind::OWN[..3]);
    assert_eq!(book.batch(2).unwrap().unwrap().file, "b.csv");
    assert_eq!(book.batch(4).unwrap(), None);
}

#[test]
fn a_row_is_booked_once_and_twins_stay() {
    let mut book = Book::in_memory().unwrap();
    let twins = vec![payment(2, "2025-01-01", "Mercy", 100), payment(3, "2025-01-01", "Mercy", 100)];
    let added = book.add(batch("a.csv"), &Records::Payments(twins.clone())).unwrap();
    assert_eq!((added.new, added.known), (2, 0));
    let before = dump(&book);
    let again = book.add(batch("a.csv"), &Records::Payments(twins.clone())).unwrap();
    assert_eq!((again.batch, again.new, again.known, again.known_lines), (None, 0, 2, vec![2, 3]));
    assert_eq!(dump(&book), before);
    let mut more = twins;
    more.push(payment(4, "2025-01-01", "Mercy", 100));
    more.push(payment(5, "2025-01-02", "Mercy", 100));
    let preview = book.preview(&Records::Payments(more.clone())).unwrap();
    assert_eq!(dump(&book), before);
    let added = book.add(batch("b.csv"), &Records::Payments(more)).unwrap();
    assert_eq!((added.new, added.known), (2, 2));
    assert_eq!(preview, Added { batch: None, ..added });
    assert_eq!(book.payments(None).unwrap().iter().map(|row| row.origin.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
}

#[test]
fn a_row_with_later_details_is_pointed_out() {
    let mut book = Book::in_memory().unwrap();
    let unpaid = Charts { paid_on: None, ..chart(2, "2025-01-01") };
    book.add(batch("a.csv"), &Records::Charts(vec![unpaid.clone(), chart(3, "2025-01-02")])).unwrap();
    let file = vec![chart(2, "2025-01-01"), chart(3, "2025-01-02"), chart(4, "2025-01-02"), chart(5, "2025-01-01")];
    let added = book.add(batch("b.csv"), &Records::Charts(file)).unwrap();
    assert_eq!((added.known_lines, added.new, added.alike_lines), (vec![3], 3, vec![2]));
}

#[test]
fn an_undo_names_files_to_import_again() {
    let mut book = Book::in_memory().unwrap();
    let rows = [payment(2, "2025-01-01", "Mercy", 1), payment(3, "2025-01-02", "Mercy", 2)];
    book.add(batch("a.csv"), &Records::Payments(rows[..1].to_vec())).unwrap();
    book.add(batch("b.csv"), &Records::Payments(rows.to_vec())).unwrap();
    book.add(batch("c.csv"), &Records::Expenses(vec![expense(2, "2025-01-01")])).unwrap();
    let undone = book.undo(Some(1)).unwrap();
    assert_eq!((undone.batch.file.as_str(), undone.records), ("a.csv", 1));
    assert_eq!(undone.reimport.iter().map(|batch| batch.file.as_str()).collect::<Vec<_>>(), ["b.csv"]);
    assert_eq!(book.undo(None).unwrap().batch.file, "c.csv");
    assert!(matches!(book.undo(Some(1)), Err(Error::NoBatch { id: 1 })));
    book.undo(None).unwrap();
    assert!(matches!(book.undo(None), Err(Error::NothingToUndo)));
}

#[test]
fn a_record_that_breaks_a_rule_stores_nothing() {
    let mut book = Book::in_memory().unwrap();
    let before = dump(&book);
    let finer = Charts { rate: Decimal::new(1, 7), ..chart(3, "2025-01-01") };
    for bad in [Charts { rejected: 21, ..chart(3, "2025-01-01") }, finer] {
        let result = book.add(batch("a.csv"), &Records::Charts(vec![chart(2, "2025-01-01"), bad]));
        assert!(matches!(result, Err(Error::Rule { .. })), "{result:?}");
        assert_eq!(dump(&book), before);
    }
}

#[test]
fn an_undo_leaves_nothing_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(dir.path()).unwrap();
    book.add(batch("a.csv"), &Records::Payments(vec![payment(2, "2025-01-01", "CANARY PAYER", 1)])).unwrap();
    let held = |name: &str| {
        let bytes = fs::read(dir.path().join(name)).unwrap_or_default();
        bytes.windows(12).any(|window| window == b"CANARY PAYER")
    };
    assert!(held(FILE) || held("book.db-wal"));
    book.undo(None).unwrap();
    assert!(!held(FILE) && !held("book.db-wal"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_book() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(dir.path()).unwrap();
    book.add(batch("a.csv"), &Records::Expenses(vec![expense(2, "2025-01-01")])).unwrap();
    for file in fs::read_dir(dir.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
    }
}

#[test]
fn the_settings_hold() {
    let dir = tempfile::tempdir().unwrap();
    let book = Book::open(dir.path()).unwrap();
    let read = |name: &str| -> Value { book.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    assert_eq!(read("journal_mode"), Value::Text("wal".to_owned()));
    let numbers = [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("secure_delete", 1)];
    for (name, value) in numbers {
        assert_eq!(read(name), Value::Integer(value), "{name}");
    }
    assert_eq!(read("application_id"), Value::Integer(file::APPLICATION_ID));
}

#[test]
fn strange_files_are_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(FILE);
    let refused = |wanted: &str| {
        let before = fs::read(&file).unwrap();
        let message = Book::open(dir.path()).unwrap_err().to_string();
        assert!(message.contains(wanted), "{message}");
        assert_eq!(fs::read(&file).unwrap(), before);
        fs::remove_file(&file).unwrap();
    };
    fs::write(&file, "work_date,payer\n".repeat(100)).unwrap();
    refused("not a perchart book but some other kind of file");
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE cookies (id)").unwrap();
    refused("not a perchart book but a database of another program");
    drop(Book::open(dir.path()).unwrap());
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    refused("version 99");
    drop(Book::open(dir.path()).unwrap());
    let mut bytes = fs::read(&file).unwrap();
    bytes[4_096..8_192].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    refused("damaged");
    let missing = Book::open(&dir.path().join("nowhere")).unwrap_err();
    assert!(missing.to_string().contains("no such folder"));
}

#[test]
fn two_programs_take_turns() {
    let dir = tempfile::tempdir().unwrap();
    let rows = Records::Payments(vec![payment(2, "2025-01-01", "Mercy", 1)]);
    let added = std::thread::scope(|scope| {
        let add = || Book::open(dir.path()).unwrap().add(batch("a.csv"), &rows).unwrap().new;
        let threads = [(); 4].map(|()| scope.spawn(add));
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<i64>()
    });
    assert_eq!(added, 1);
}

/// Rows from a small world, so that equal ones are frequent.
fn rows() -> impl Strategy<Value = Vec<Payment>> {
    let row = (1..4u32, 0..3usize, 1..3i64).prop_map(|(day, payer, cents)| {
        payment(0, &format!("2025-01-0{day}"), ["Mercy", "Banner", "mercy"][payer], cents)
    });
    proptest::collection::vec(row, 1..20).prop_map(|mut rows| {
        (2..).zip(&mut rows).for_each(|(line, row)| row.origin.line = line);
        rows
    })
}

/// What the book says, without where it comes from.
fn contents(book: &Book) -> Vec<String> {
    let rows = book.payments(None).unwrap();
    let mut rows: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row.received_on, row.payer, row.amount)).collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn undo_restores_the_same_dump(files in proptest::collection::vec(rows(), 1..5)) {
        let mut book = Book::in_memory().unwrap();
        let mut dumps = Vec::new();
        for rows in files {
            let before = dump(&book);
            let rows = Records::Payments(rows);
            if book.add(batch("a.csv"), &rows).unwrap().batch.is_some() {
                let after = dump(&book);
                prop_assert!(book.add(batch("again.csv"), &rows).unwrap().batch.is_none());
                prop_assert_eq!(&dump(&book), &after);
                book.undo(None).unwrap();
                prop_assert_eq!(&dump(&book), &before);
                book.add(batch("a.csv"), &rows).unwrap();
                prop_assert_eq!(&dump(&book), &after);
                dumps.push(before);
            }
        }
        while let Some(before) = dumps.pop() {
            book.undo(None).unwrap();
            prop_assert_eq!(dump(&book), before);
        }
    }

    #[test]
    fn a_file_in_two_parts_makes_the_same_book(mut rows in rows(), at in 0..20usize) {
        rows.sort_by_key(|row| row.received_on);
        // Twins stay in one part: a statement that is split by day keeps a day together.
        let earlier = |row: &Payment| rows.partition_point(|other| other.received_on < row.received_on);
        let cut = rows.get(at).map_or(rows.len(), earlier);
        let mut whole = Book::in_memory().unwrap();
        whole.add(batch("a.csv"), &Records::Payments(rows.clone())).unwrap();
        let mut parts = Book::in_memory().unwrap();
        for part in [&rows[cut..], &rows[..cut], &rows[..]] {
            parts.add(batch("a.csv"), &Records::Payments(part.to_vec())).unwrap();
        }
        prop_assert_eq!(contents(&parts), contents(&whole));
    }
}
