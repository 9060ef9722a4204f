//! Imports row by row: twins, files that grow, undos, statements, older books.

use std::collections::BTreeMap;

use super::*;
use crate::book::entry::{ChartsRow, Movement, TimeEntry};
use crate::book::work::Work;

/// A row of a small world, so that equal ones are frequent: day, payer, count.
type Small = (u32, usize, i64);

fn small() -> impl Strategy<Value = Small> {
    (1..4u32, 0..3usize, 1..3i64)
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 29).unwrap() + chrono::Days::new(number.into())
}

/// What makes two rows the same: two of the payers are one.
fn key((day, payer, count): Small) -> Small {
    (day, [0, 1, 0][payer], count)
}

fn row((number, payer, count): Small, line: usize) -> ChartsRow<'static> {
    ChartsRow {
        line: i64::try_from(line).unwrap(),
        work_date: day(number),
        payer: ["Mercy Health", "Banner", "mercy  HEALTH"][payer],
        chart_type: "ED",
        count,
        rejected: 0,
        rate_millionths: 1_000_000,
        amount: Usd::dollars(count),
        minutes_tenths: (count > 1).then_some(100),
        accuracy_millionths: (payer == 1).then_some(990_000),
        paid_on: (payer == 1).then(|| day(number + 20)),
        surrogate: None,
    }
}

fn digest(rows: &[Small]) -> [u8; 32] {
    *blake3::hash(format!("{rows:?}").as_bytes()).as_bytes()
}

/// Imports a file as one does that reads only what a source does not vouch for. The last row of an open file has no line
/// end yet. Says what was new and whether anything was skipped.
fn bring(book: &mut Book, rows: &[Small], open: bool, mode: Mode) -> (i64, bool) {
    let sources = book.sources(Kind::Charts).unwrap();
    let fits = |source: &&Source| {
        let length = usize::try_from(source.rows).unwrap();
        length <= rows.len() && digest(&rows[..length]) == source.digest
    };
    let source = sources.iter().find(fits).cloned();
    let mut importing = book.import(Kind::Charts, batch("log.csv"), mode).unwrap();
    let skipped = source.map_or(0, |source| {
        assert!(importing.resume(&source).unwrap());
        usize::try_from(source.rows).unwrap()
    });
    let mut new = 0;
    for (place, small) in rows.iter().enumerate().skip(skipped) {
        new += i64::from(importing.charts(&row(*small, place + 2)).unwrap() == Seen::New);
    }
    let closed = rows.len() - usize::from(open);
    let note = NewSource {
        length: closed as u64,
        digest: digest(&rows[..closed]),
        rows: i64::try_from(closed).unwrap(),
        lines: i64::try_from(closed).unwrap() + 1,
        layout: String::new(),
    };
    let added = importing.finish((closed > 0).then_some(note)).unwrap();
    assert_eq!((added.new, added.new + added.known), (new, i64::try_from(rows.len()).unwrap()));
    (new, skipped > 0)
}

#[derive(Clone, Debug)]
enum Step {
    /// A file grows by rows and is imported; whether it ends without a line end; whether an open last row changed.
    Grow(usize, Vec<Small>, bool, bool),
    /// Another file is imported.
    Other(Vec<Small>),
    /// An import is taken back: one by its place, or the latest.
    Undo(Option<usize>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let rows = || proptest::collection::vec(small(), 1..5);
    let step = prop_oneof![
        4 => (0..2usize, rows(), any::<bool>(), any::<bool>())
            .prop_map(|(file, rows, open, change)| Step::Grow(file, rows, open, change)),
        1 => rows().prop_map(Step::Other),
        2 => proptest::option::of(0..6usize).prop_map(Step::Undo),
    ];
    proptest::collection::vec(step, 1..12)
}

fn counted(rows: impl IntoIterator<Item = Small>) -> BTreeMap<Small, i64> {
    let mut all = BTreeMap::new();
    for row in rows {
        *all.entry(key(row)).or_default() += 1;
    }
    all
}

/// The book as a model: of each import, how many rows of each sort it brought.
type Model = Vec<(i64, BTreeMap<Small, i64>)>;

/// Imports into the model: of a file, the rows beyond those that there are.
fn model_import(model: &mut Model, rows: &[Small]) -> i64 {
    let mut new = counted(rows.iter().copied());
    for (row, count) in &mut new {
        let stored: i64 = model.iter().filter_map(|(_, rows)| rows.get(row)).sum();
        *count = (*count - stored).max(0);
    }
    new.retain(|_, count| *count > 0);
    let total = new.values().sum();
    if total > 0 {
        let id = model.iter().map(|(id, _)| *id).max().unwrap_or(0) + 1;
        model.push((id, new));
    }
    total
}

fn stored(book: &Book) -> Model {
    let mut model: BTreeMap<i64, BTreeMap<Small, i64>> = BTreeMap::new();
    for row in book.charts(None).unwrap() {
        let number = u32::try_from((row.work_date - day(0)).num_days()).unwrap();
        let payer = usize::from(row.payer == "Banner");
        *model.entry(row.origin.batch).or_default().entry((number, payer, row.count)).or_default() += 1;
    }
    model.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_row_is_booked_twice_or_lost(steps in steps()) {
        let mut book = Book::in_memory().unwrap();
        let mut model = Model::new();
        let mut files: [(Vec<Small>, bool); 2] = Default::default();
        for step in steps {
            match step {
                Step::Grow(file, rows, open, change) => {
                    let (file, was_open) = &mut files[file];
                    if *was_open && change && let Some(last) = file.last_mut() {
                        last.2 += 1;
                    }
                    file.extend(rows);
                    *was_open = open;
                    let expected = model_import(&mut model, file);
                    prop_assert_eq!(bring(&mut book, file, open, Mode::Try).0, expected);
                    prop_assert_eq!(bring(&mut book, file, open, Mode::Store).0, expected);
                }
                Step::Other(rows) => {
                    let expected = model_import(&mut model, &rows);
                    prop_assert_eq!(bring(&mut book, &rows, false, Mode::Store).0, expected);
                }
                Step::Undo(place) if !model.is_empty() => {
                    let place = place.map_or(model.len() - 1, |place| place % model.len());
                    let (id, _) = model.remove(place);
                    prop_assert_eq!(book.undo(Some(id)).unwrap().batch.id, id);
                }
                Step::Undo(_) => {}
            }
            prop_assert_eq!(&stored(&book), &model);
            prop_assert_eq!(book.work().unwrap(), Work::of(&book.charts(None).unwrap()));
            book.verify().unwrap();
        }
    }
}

#[test]
fn a_file_that_has_grown_is_read_from_where_it_ended() {
    let mut book = Book::in_memory().unwrap();
    let mut rows = vec![(1, 0, 1), (1, 0, 1), (2, 1, 1)];
    assert_eq!(bring(&mut book, &rows, false, Mode::Store), (3, false));
    rows.extend([(2, 1, 1), (3, 0, 1)]);
    assert_eq!(bring(&mut book, &rows, false, Mode::Store), (2, true), "a twin of a skipped row is new");
    assert_eq!(bring(&mut book, &rows, false, Mode::Store), (0, true));
    assert_eq!(book.batch(2).unwrap().unwrap().known, 3, "skipped rows are known");
    assert_eq!(book.sources(Kind::Charts).unwrap().iter().map(|source| source.rows).collect::<Vec<_>>(), [5, 3]);
    book.undo(Some(1)).unwrap();
    assert_eq!(book.sources(Kind::Charts).unwrap(), [], "the second rests on the first");
    assert_eq!(bring(&mut book, &rows, false, Mode::Store), (3, false));
    assert_eq!(book.sources(Kind::Charts).unwrap(), [], "rows of another import were known");
    assert_eq!(book.sources(Kind::Bank).unwrap(), []);
}

#[test]
fn an_import_that_is_dropped_or_fails_leaves_no_trace() {
    let mut book = Book::in_memory().unwrap();
    let before = dump(&book);
    let mut importing = book.import(Kind::Charts, batch("a.csv"), Mode::Store).unwrap();
    importing.charts(&row((1, 0, 1), 2)).unwrap();
    drop(importing);
    assert_eq!(dump(&book), before);
    let mut importing = book.import(Kind::Charts, batch("a.csv"), Mode::Store).unwrap();
    importing.charts(&row((1, 0, 1), 2)).unwrap();
    assert!(matches!(importing.payment(&payment(3, "2025-01-01", "Mercy", 1)), Err(Error::Rule { .. })));
    assert!(matches!(importing.finish(None), Err(Error::Rule { .. })));
    assert_eq!(dump(&book), before);
    let mut importing = book.import(Kind::Charts, batch("a.csv"), Mode::Try).unwrap();
    importing.charts(&row((1, 0, 1), 2)).unwrap();
    assert_eq!(importing.finish(None).unwrap().new, 1);
    assert_eq!(dump(&book), before);
}

#[test]
fn a_book_that_is_not_sound_is_told() {
    let spoilt = |sql: &str| {
        let mut book = Book::in_memory().unwrap();
        bring(&mut book, &[(1, 0, 1), (2, 1, 1), (2, 1, 2)], false, Mode::Store);
        book.verify().unwrap();
        book.connection.execute_batch(sql).unwrap();
        book.verify().unwrap_err().to_string()
    };
    for (sql, wanted) in [
        ("UPDATE work_day SET amount_cents = amount_cents + 1", "work_day differs"),
        ("DELETE FROM work_day WHERE work_date = (SELECT max(work_date) FROM work_day)", "work_day differs"),
        ("DELETE FROM work_month WHERE payer = (SELECT max(payer) FROM work_month)", "work_month differs"),
        ("UPDATE charts SET fingerprint = fingerprint + 1 WHERE id = 2", "a fingerprint differs"),
        ("UPDATE charts SET accuracy_millionths = 1 WHERE id = 2", "work_month differs"),
        ("UPDATE batch SET records = 2", "an import differs"),
        ("INSERT INTO name (name) VALUES ('nobody')", "a name that no row uses"),
        ("PRAGMA foreign_keys = OFF; UPDATE charts SET batch = 9", "a reference leads nowhere"),
    ] {
        let told = spoilt(sql);
        assert!(told.contains(wanted), "{sql}: {told}");
    }
}

#[test]
fn long_lists_are_counted_and_cut() {
    let mut book = Book::in_memory().unwrap();
    let rows: Vec<Small> = vec![(1, 0, 1); 1_200];
    bring(&mut book, &rows, false, Mode::Store);
    let mut importing = book.import(Kind::Charts, batch("a.csv"), Mode::Store).unwrap();
    for line in 2..1_202 {
        importing.charts(&row((1, 0, 1), line)).unwrap();
    }
    let added = importing.finish(None).unwrap();
    assert_eq!((added.known, added.known_lines.len(), added.batch), (1_200, 1_000, None));
}

fn movement(line: i64, number: u32, cents: i64, balance: Option<i64>, bank_id: Option<&str>) -> Movement {
    Movement {
        id: 0,
        origin: Origin { batch: 0, line },
        date: day(number),
        account: "Chase card 1234".to_owned(),
        description: "AAPC  dues".to_owned(),
        amount: Usd::from_cents(cents),
        currency: "USD".to_owned(),
        balance: balance.map(Usd::from_cents),
        bank_id: bank_id.map(str::to_owned),
        hint: String::new(),
    }
}

/// Imports rows of a statement, first to try: what was new, known and changed.
fn statement(book: &mut Book, rows: &[Movement]) -> (i64, i64, i64) {
    let mut bring = |mode| {
        let mut importing = book.import(Kind::Bank, batch("bank.csv"), mode).unwrap();
        for row in rows {
            importing.movement(row).unwrap();
        }
        let added = importing.finish(None).unwrap();
        (added.new, added.known, added.changed)
    };
    let tried = bring(Mode::Try);
    assert_eq!(bring(Mode::Store), tried);
    book.verify().unwrap();
    tried
}

#[test]
fn a_row_of_a_statement_is_known_by_the_number_of_the_bank() {
    let mut book = Book::in_memory().unwrap();
    let rows = [movement(2, 1, -500, None, Some("a")), movement(3, 1, -500, None, Some("b"))];
    assert_eq!(statement(&mut book, &rows), (2, 0, 0));
    assert_eq!(statement(&mut book, &rows), (0, 2, 0));
    // Pending became posted: another day, another amount.
    let posted = [movement(2, 2, -500, None, Some("a")), movement(3, 1, -550, None, Some("b"))];
    assert_eq!(statement(&mut book, &posted), (0, 0, 2));
    let twice = [movement(2, 1, -700, None, Some("c")), movement(3, 1, -700, None, Some("c"))];
    assert_eq!(statement(&mut book, &twice), (1, 1, 0));
    let other = Movement { account: "Checking".to_owned(), ..movement(2, 1, -500, None, Some("a")) };
    assert_eq!(statement(&mut book, &[other]), (1, 0, 0));
    // An export without numbers.
    let bare = [movement(2, 1, -500, None, None), movement(3, 1, -500, None, None), movement(4, 1, -500, None, None)];
    assert_eq!(statement(&mut book, &bare), (1, 2, 0));
    // One with numbers again meets the row that has none.
    assert_eq!(statement(&mut book, &[movement(2, 1, -500, None, Some("d"))]), (0, 1, 0));
    assert_eq!(book.movements(None).unwrap().len(), 5);
}

#[test]
fn balances_tell_twins_apart_where_both_have_them() {
    let mut book = Book::in_memory().unwrap();
    let rows = [movement(2, 1, -500, Some(100), None), movement(3, 1, -500, Some(200), None)];
    assert_eq!(statement(&mut book, &rows), (2, 0, 0));
    assert_eq!(statement(&mut book, &rows), (0, 2, 0));
    // The row without a balance gives way to the one with that very balance.
    let mixed = [movement(2, 1, -500, None, None), movement(3, 1, -500, Some(100), None)];
    assert_eq!(statement(&mut book, &mixed), (0, 2, 0));
    assert_eq!(statement(&mut book, &[movement(2, 1, -500, Some(300), None)]), (1, 0, 0));
    let spelled = Movement { description: "aapc DUES".to_owned(), ..movement(2, 1, -500, None, None) };
    assert_eq!(statement(&mut book, &[spelled]), (0, 1, 0));
}

#[test]
fn corrections_stay_with_their_row() {
    let mut book = Book::in_memory().unwrap();
    statement(&mut book, &[movement(2, 1, -500, None, None)]);
    book.add(batch("c.csv"), &Records::Expenses(vec![expense(2, "2025-01-01")])).unwrap();
    let correction = |says| Correction {
        says,
        share_millionths: 400_000,
        payer: String::new(),
        set_at: "2026-01-01T00:00:00Z".to_owned(),
    };
    let before = dump(&book);
    book.correct(Corrected::Movement(1), &correction(Says::Private)).unwrap();
    book.correct(Corrected::Movement(1), &correction(Says::Category("books".to_owned()))).unwrap();
    book.correct(Corrected::Expense(1), &correction(Says::Private)).unwrap();
    let all = [
        (Corrected::Movement(1), correction(Says::Category("books".to_owned()))),
        (Corrected::Expense(1), correction(Says::Private)),
    ];
    assert_eq!(book.corrections().unwrap(), all);
    let missing = book.correct(Corrected::Movement(9), &correction(Says::Private));
    assert!(matches!(missing, Err(Error::NoRecord { id: 9, .. })), "{missing:?}");
    let unknown = book.correct(Corrected::Movement(1), &correction(Says::Category("yachts".to_owned())));
    assert!(matches!(unknown, Err(Error::Rule { .. })), "{unknown:?}");
    assert!(book.uncorrect(Corrected::Expense(1)).unwrap());
    assert!(!book.uncorrect(Corrected::Expense(1)).unwrap());
    assert_ne!(dump(&book), before);
    book.undo(Some(1)).unwrap();
    assert_eq!(book.corrections().unwrap(), []);
    for word in ["private", "transfer", "income", "reimbursement"] {
        assert!(crate::book::category::Categories::get(word).is_none(), "{word} would mean two things");
        assert_eq!(Says::of(word).unwrap().word(), word);
    }
}

#[test]
fn movements_and_times_come_back_as_they_were_stored() {
    let mut book = Book::in_memory().unwrap();
    let bank = movement(2, 1, -500, Some(-7), Some("x"));
    statement(&mut book, std::slice::from_ref(&bank));
    let time = TimeEntry {
        id: 0,
        origin: Origin { batch: 0, line: 5 },
        date: day(2),
        start: Some(28_800),
        seconds: 5_400,
        client: "Mercy".to_owned(),
        project: String::new(),
        task: "coding".to_owned(),
    };
    let mut importing = book.import(Kind::Time, batch("time.csv"), Mode::Store).unwrap();
    let twins = [importing.time(&time).unwrap(), importing.time(&time).unwrap()];
    assert_eq!(twins, [Seen::New, Seen::New]);
    assert_eq!(importing.finish(None).unwrap().days, Some(DateRange { from: day(2), to: day(2) }));
    let bank = Movement { id: 1, origin: Origin { batch: 1, line: 2 }, ..bank };
    assert_eq!(book.record(Kind::Bank, 1).unwrap(), Some(Record::Movement(bank.clone())));
    assert_eq!(book.movements(Some(DateRange::year(2025))).unwrap(), [bank]);
    let time = |id| TimeEntry { id, origin: Origin { batch: 2, line: 5 }, ..time.clone() };
    assert_eq!(book.times(None).unwrap(), [time(1), time(2)]);
    book.undo(None).unwrap();
    assert_eq!(book.record(Kind::Time, 1).unwrap(), None);
}

#[test]
fn an_older_book_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let old = Connection::open(dir.path().join(FILE)).unwrap();
    old.execute_batch(include_str!("../migrations/0001_first.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO batch VALUES (1, 'charts', 'a.csv', '2025-01-01T00:00:00Z', 2, 0),
                                  (2, 'payments', 'b.csv', '2025-01-01T00:00:00Z', 1, 0);
         INSERT INTO charts VALUES (1, 1, 2, '2025-01-02', 'Mercy', 'E/M', 20, 1, 2200000, 4180, 905, NULL, '2025-03-01'),
                                   (4, 1, 3, '1969-12-31', 'mercy', 'E/M', 20, 1, 2200000, 4180, NULL, 980000, NULL);
         INSERT INTO payments VALUES (1, 2, 2, '2025-01-01', 'Mercy', 100, '');",
    )
    .unwrap();
    old.pragma_update(None, "application_id", file::APPLICATION_ID).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let mut book = Book::open(dir.path()).unwrap();
    book.verify().unwrap();
    let rows = book.charts(None).unwrap();
    assert_eq!(rows[1], Charts { id: 1, origin: Origin { batch: 1, line: 2 }, ..chart(2, "2025-01-02") });
    assert_eq!((rows[0].id, rows[0].work_date, rows[0].paid_on), (4, parse_iso("1969-12-31").unwrap(), None));
    assert_eq!(book.work().unwrap(), Work::of(&rows));
    let again = Records::Charts(rows);
    assert_eq!(book.add(batch("a.csv"), &again).unwrap().known, 2);
    let paid = Records::Payments(vec![payment(2, "2025-01-01", "mercy", 100)]);
    assert_eq!(book.add(batch("b.csv"), &paid).unwrap().known, 1);
    let words: (String, String) = book
        .connection
        .query_row("SELECT work_date, payer FROM charts_in_words WHERE id = 4", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(words, ("1969-12-31".to_owned(), "mercy".to_owned()));
}

#[test]
fn nothing_is_left_beside_a_closed_book() {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(dir.path()).unwrap();
    let mut importing = book.import(Kind::Charts, batch("a.csv"), Mode::Store).unwrap();
    for line in 2..2_000 {
        importing.charts(&row((1, 0, 1), line)).unwrap();
    }
    importing.finish(None).unwrap();
    let log = || fs::metadata(dir.path().join("book.db-wal")).map_or(0, |facts| facts.len());
    assert_eq!(log(), 0, "the log is emptied after an import");
    book.undo(None).unwrap();
    assert_eq!(log(), 0, "and after an undo");
    drop(book);
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [FILE]);
}
