//! The main job, timed: a return, a comparison, a large file, a large book. README.md beside this tells how to run it.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/households/mod.rs"]
mod households;

use std::fmt::Write;
use std::hint::black_box;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use perchart::book::entry::Kind;
use perchart::book::{Book, Mode};
use perchart::compare::{Comparison, Scenario, evaluate};
use perchart::import::{Opened, Options, open_bytes};
use perchart::law::{self, Law};
use perchart::money::Round;
use perchart::profile::Profile;
use perchart::report;
use perchart::report::render::{json, text};
use perchart::tax::facts::Household;
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::{prepare, schedule_c};
use perchart::year::{Records, Year};

/// Rows of the large file.
const ROWS: usize = 100_000;

/// How a return is rounded.
const ROUNDS: [Round; 2] = [Round::WholeDollar, Round::Cents];

fn main() {
    divan::main();
}

fn law() -> &'static Law {
    law::of(2025).unwrap().0
}

fn household(name: &str) -> Household {
    households::all(law()).into_iter().find(|(other, _)| *other == name).unwrap().1
}

/// The measure of the other returns: the two forms of a coder's business alone.
#[divan::bench(args = ROUNDS, sample_size = 100)]
fn return_of_schedule_c_and_se_only(bencher: Bencher, round: Round) {
    let coder = household("single coder").taxpayer;
    bencher.bench(|| {
        let (c, _) = schedule_c::fill(law(), black_box(&coder.businesses[0]), round);
        ScheduleSe::fill(law(), &coder.w2, &[c], round)
    });
}

#[divan::bench(args = ROUNDS, sample_size = 100)]
fn return_of_single_coder(bencher: Bencher, round: Round) {
    let household = household("single coder");
    bencher.bench(|| prepare(law(), black_box(&household), round).unwrap());
}

#[divan::bench(args = ROUNDS, sample_size = 100)]
fn return_of_couple_with_three_businesses_and_two_children(bencher: Bencher, round: Round) {
    let household = household("couple with three businesses and two children");
    bencher.bench(|| prepare(law(), black_box(&household), round).unwrap());
}

const PROFILE: &str = include_str!("../fixtures/demo/perchart.toml");

/// The sample year of `perchart demo`.
fn sample() -> Year {
    let mut book = Book::in_memory().unwrap();
    for (name, file) in [
        ("charts.csv", include_str!("../fixtures/demo/charts.csv")),
        ("payments.csv", include_str!("../fixtures/demo/payments.csv")),
        ("expenses.csv", include_str!("../fixtures/demo/expenses.csv")),
    ] {
        add(&mut book, opened(name, file));
    }
    year(Records::of(&book).unwrap())
}

fn year(records: Records) -> Year {
    Year::work_out(2025, records, Profile::parse("perchart.toml", PROFILE).unwrap(), Round::WholeDollar).unwrap()
}

fn scenario(year: &Year) -> Scenario {
    year.scenario(&year.settings(&[]).unwrap())
}

fn compared(scenario: &Scenario) -> Comparison {
    evaluate(law(), scenario).unwrap()
}

/// Four whole returns and both sides.
#[divan::bench(sample_size = 100)]
fn comparison_once(bencher: Bencher) {
    let scenario = scenario(&sample());
    bencher.bench(|| compared(black_box(&scenario)));
}

/// Every turn of three levers by two measures, as the report shows them.
#[divan::bench(sample_count = 20)]
fn comparison_turning_points(bencher: Bencher) {
    let year = sample();
    let comparison = compared(&scenario(&year));
    bencher.bench(|| report::compare::turning(&year, black_box(&comparison), "charts"));
}

/// A charts file of distinct rows, a year's worth of days, pay that a return can take.
fn file() -> &'static str {
    static FILE: OnceLock<String> = OnceLock::new();
    FILE.get_or_init(|| {
        let mut text = "work_date,payer,chart_type,count,rejected,rate,minutes,accuracy,paid_on\n".to_owned();
        for row in 0..ROWS {
            let (month, day) = (row % 12 + 1, row % 28 + 1);
            writeln!(
                text,
                "2025-{month:02}-{day:02},Payer {},Type {},{},{},0.{},{},97.{},",
                row % 7,
                row % 40,
                row % 3 + 1,
                row % 2,
                row % 80 + 10,
                row / 100 + 5,
                row % 10
            )
            .unwrap();
        }
        text
    })
}

fn opened(name: &str, file: &str) -> Opened<'static> {
    open_bytes(name, file.as_bytes(), &Options::default()).unwrap()
}

fn add(book: &mut Book, opened: Opened) {
    opened.import(book, "2026-01-01T00:00:00Z", Mode::Store, |_| {}).unwrap();
}

/// The measure of reading and importing: the same bytes through the csv crate, nothing made of them.
#[divan::bench(sample_count = 20)]
fn file_split_by_csv_crate_only(bencher: Bencher) {
    let file = file();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let mut reader = csv::Reader::from_reader(black_box(file.as_bytes()));
        let mut record = csv::StringRecord::new();
        let mut fields = 0;
        while reader.read_record(&mut record).unwrap() {
            fields += record.len();
        }
        fields
    });
}

#[divan::bench(sample_count = 20)]
fn file_read(bencher: Bencher) {
    let file = file();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| opened("charts.csv", black_box(file)).records().unwrap());
}

/// Read and stored in a new book on disk.
#[divan::bench(sample_count = 10)]
fn file_stored(bencher: Bencher) {
    let file = file();
    bencher
        .counter(ItemsCount::new(ROWS))
        .with_inputs(|| {
            let dir = tempfile::tempdir().unwrap();
            (Book::open(dir.path()).unwrap(), dir)
        })
        .bench_refs(|(book, _)| add(book, opened("charts.csv", file)));
}

/// The same file once more: every row is known already.
#[divan::bench(sample_count = 10)]
fn file_stored_again(bencher: Bencher) {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(dir.path()).unwrap();
    add(&mut book, opened("charts.csv", file()));
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| add(&mut book, opened("charts.csv", file())));
}

/// A book of 100,000 rows on disk.
fn large() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    add(&mut Book::open(dir.path()).unwrap(), opened("charts.csv", file()));
    dir
}

/// Opened and looked through for damage, as every command does.
#[divan::bench(sample_count = 20)]
fn book_opened(bencher: Bencher) {
    let dir = large();
    bencher.bench_local(|| Book::open(dir.path()).unwrap());
}

/// From the open book to the printed year-end summary.
#[divan::bench(sample_count = 10)]
fn book_summarised(bencher: Bencher) {
    let dir = large();
    let book = Book::open(dir.path()).unwrap();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let year = year(Records::of(&book).unwrap());
        assert!(year.filled.is_ok());
        text::render(&report::year::summary(&year, false), text::WIDTH, text::Style::default())
    });
}

/// From the open book to every row as JSON.
#[divan::bench(sample_count = 5)]
fn book_listed_as_json(bencher: Bencher) {
    let dir = large();
    let book = Book::open(dir.path()).unwrap();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let records = Records::of(&book).unwrap();
        json::render(&report::list::records(&records, Kind::Charts, &report::list::Filter::default()))
    });
}
