//! Sums of rows equal lines, over random books.

use proptest::prelude::*;

use super::*;
use crate::book::category::{Categories, ExpenseLine};
use crate::book::entry::{Batch, Charts, Expense, Kind, Origin, Payment};
use crate::book::work::Work;
use crate::report::year::{line_name, printed};
use crate::report::{Cell, Weight, screen};
use crate::year::Records;

fn date(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 1).expect("a day") + chrono::Days::new(day)
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["Northside", "Cascade ED", "north side", "=Meridian", "Mercy & Sons"]).prop_map(str::to_owned),
        1 => "[-=+@a-z<>&\"' ]{1,24}".prop_filter("a name", |name| !name.trim().is_empty()),
    ]
}

prop_compose! {
    fn expense()(day in 0u64..400, vendor in names(), description in names(), category in 0..Categories::all().len(),
                 cents in 1i64..300_000, share in prop::sample::select(vec![1_000_000i64, 600_000, 333_333, 0])) -> Expense {
        Expense {
            id: 0, origin: Origin { batch: 1, line: 2 }, date: date(day), vendor, description,
            category: Categories::all()[category].id.clone(), amount: Usd::from_cents(cents), share_millionths: share,
        }
    }
}

prop_compose! {
    fn payment()(day in 0u64..400, payer in names(), cents in -20_000i64..900_000) -> Payment {
        Payment { id: 0, origin: Origin { batch: 2, line: 2 }, received_on: date(day), payer, amount: Usd::from_cents(cents), reference: String::new() }
    }
}

prop_compose! {
    fn work()(day in 0u64..400, payer in names(), count in 1i64..60, paid in prop::option::weighted(0.4, 0u64..400)) -> Charts {
        Charts {
            id: 0, origin: Origin { batch: 3, line: 2 }, work_date: date(day), payer, chart_type: "ED".to_owned(), count, rejected: 0,
            rate: rust_decimal::dec!(2.15), amount: Usd::from_cents(215 * count), minutes_tenths: None, accuracy_millionths: None,
            paid_on: paid.map(date), surrogate: None,
        }
    }
}

/// A small book around a year.
pub(in crate::report) fn book() -> impl Strategy<Value = Records> {
    let rows = (
        prop::collection::vec(expense(), 0..40),
        prop::collection::vec(payment(), 0..30),
        prop::collection::vec(work(), 0..12),
    );
    rows.prop_map(|(mut expenses, mut payments, mut charts)| {
        (1..).zip(&mut expenses).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        (1..).zip(&mut payments).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        charts.sort_by_key(|row| row.work_date);
        (1..).zip(&mut charts).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        expenses.sort_by_key(|row| row.date);
        payments.sort_by_key(|row| row.received_on);
        Records { work: Work::each(&charts), charts, payments, expenses, batches: batches(), ..Records::default() }
    })
}

fn batches() -> Vec<Batch> {
    let batch = |(id, file): (i64, &str)| Batch {
        id,
        kind: Kind::Charts,
        file: file.to_owned(),
        imported_at: String::new(),
        records: 0,
        known: 0,
    };
    [(1, "charts.csv"), (2, "payments.csv"), (3, "expenses.csv")].map(batch).to_vec()
}

pub(in crate::report) fn worked_out(records: Records) -> Year {
    let profile = include_str!("../../../fixtures/demo/perchart.toml");
    let profile = crate::profile::Profile::parse("perchart.toml", profile).expect("the sample's profile");
    Year::work_out(2025, records, profile, Round::WholeDollar).expect("law of 2025")
}

/// The year of the sample book.
pub(in crate::report) fn sample_year() -> Year {
    let (mut charts, mut payments, mut expenses) = (Vec::new(), Vec::new(), Vec::new());
    let text = |name: &str| match name {
        "expenses" => include_str!("../../../fixtures/demo/expenses.csv"),
        "payments" => include_str!("../../../fixtures/demo/payments.csv"),
        _ => include_str!("../../../fixtures/demo/charts.csv"),
    };
    let rows = |name: &str| {
        let mut reader = ::csv::Reader::from_reader(text(name).as_bytes());
        reader.records().map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let money = |text: &str| Usd::rounded(text.parse().expect("an amount"));
    let earned = |row: &::csv::StringRecord| {
        let number = |place: usize| row[place].parse::<rust_decimal::Decimal>().unwrap_or_default();
        Usd::rounded((number(3) - number(4)) * number(5))
    };
    let place = |batch: i64, id: i64| Origin { batch, line: id + 1 };
    for (id, row) in (1..).zip(rows("charts")) {
        charts.push(Charts {
            id,
            origin: place(1, id),
            work_date: row[0].parse().expect("a day"),
            payer: row[1].to_owned(),
            chart_type: row[2].to_owned(),
            count: row[3].parse().expect("a count"),
            rejected: row[4].parse().unwrap_or(0),
            rate: row[5].parse().expect("a rate"),
            amount: if row[6].is_empty() { earned(&row) } else { money(&row[6]) },
            minutes_tenths: None,
            accuracy_millionths: None,
            paid_on: row[9].parse().ok(),
            surrogate: None,
        });
    }
    for (id, row) in (1..).zip(rows("payments")) {
        payments.push(Payment {
            id,
            origin: place(2, id),
            received_on: row[0].parse().expect("a day"),
            payer: row[1].to_owned(),
            amount: money(&row[2]),
            reference: row[3].to_owned(),
        });
    }
    for (id, row) in (1..).zip(rows("expenses")) {
        let share: i64 = row[5].trim_end_matches('%').parse().expect("a share");
        expenses.push(Expense {
            id,
            origin: place(3, id),
            date: row[0].parse().expect("a day"),
            vendor: row[1].to_owned(),
            description: row[2].to_owned(),
            category: row[3].to_owned(),
            amount: money(&row[4]),
            share_millionths: share * 10_000,
        });
    }
    worked_out(Records {
        work: Work::each(&charts),
        charts,
        payments,
        expenses,
        batches: batches(),
        ..Records::default()
    })
}

/// Schedule C of the business in the book.
pub(in crate::report) fn schedule_c(year: &Year) -> ScheduleC {
    Source::of(year).business.0
}

fn money(row: &Row, column: usize) -> Option<Usd> {
    match row.cells.get(column) {
        Some(Cell::Money(amount)) => Some(*amount),
        _ => None,
    }
}

/// Sections whose totals are sums of their plain rows.
fn is_sum(section: &Section) -> bool {
    !["schedule-c", "home", "answer", "cover"].contains(&section.id.as_str())
}

/// No two sections have one id.
fn ids_differ(report: &Report) {
    let mut ids: Vec<&str> = report.sections.iter().map(|section| section.id.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

/// Every total is the sum of the rows above it; every row that opens others equals their total.
fn adds_up(report: &Report) {
    let section =
        |id: &str| report.sections.iter().find(|section| section.id == id).expect("what a row opens is there");
    for part in report.sections.iter().filter(|part| is_sum(part)) {
        for column in 0..part.columns.len() {
            let mut sum = Usd::ZERO;
            for row in &part.rows {
                match (row.weight, money(row, column)) {
                    (Weight::Plain, Some(amount)) => sum += amount,
                    (Weight::Total, Some(total)) => assert_eq!(total, sum, "{}, column {column}", part.id),
                    _ => {}
                }
            }
        }
        for row in part.rows.iter().filter(|row| row.weight == Weight::Plain) {
            let Some(opened) = row.opens.as_deref() else { continue };
            let total = |part: &Section| {
                let row = part.rows.iter().find(|row| row.weight == Weight::Total)?;
                row.cells.iter().rev().find_map(|cell| match cell {
                    Cell::Money(amount) => Some(*amount),
                    _ => None,
                })
            };
            let last = (0..part.columns.len()).rev().find_map(|column| money(row, column));
            // Own payments count on a line by a limit of law; there the paid column is what opens.
            let shown = if part.id == "own" { money(row, 3) } else { last };
            // What was paid for a line may be more than what is deducted; a dollar's way is in what was paid.
            if let (Some(shown), Some(total), false) = (shown, total(section(opened)), part.id == "each-dollar") {
                assert_eq!(shown, total, "{} opens {opened}", part.id);
            }
        }
    }
}

/// Every line of Schedule C is the sum of its rows, rounded as the return rounds it.
fn lines_are_rows(year: &Year, report: &Report) {
    let source = Source::of(year);
    let total = |id: &str, column: &str| {
        let part = report.sections.iter().find(|section| section.id == id);
        let rows = part.into_iter().flat_map(|part| &part.rows).filter(|row| row.weight == Weight::Plain);
        let place =
            part.and_then(|part| part.columns.iter().position(|known| column.split(' ').any(|id| id == known.id)));
        rows.filter_map(|row| money(row, place?)).sum::<Usd>()
    };
    let whole = |amount: Usd| source.round.enter(amount.into());
    let c = &source.business.0;
    assert_eq!(c.l1, whole(total("receipts", "gross")));
    assert_eq!(c.l2, whole(-total("receipts", "returns")));
    for line in ExpenseLine::ALL {
        let name = line_name(line);
        let on_form = crate::tax::schedule_c::ScheduleC::LINES.iter().find(|line| line.name == name).expect("a line");
        let crate::tax::form::Value::Usd(amount) = (on_form.value)(c) else { panic!("{name}") };
        let id = format!("line-{}", printed(name, year.law.year).0);
        assert_eq!(amount, whole(total(&id, "deducted counts")), "{id}");
        assert_eq!(total(&id, "deducted counts"), year.deductions.line(line), "{id}");
    }
    assert_eq!(total("expenses", "deducted"), year.deductions.schedule_c());
}

/// No row is in two places.
fn rows_stand_once(year: &Year, report: &Report) {
    let of_rows = |section: &&Section| {
        let of_kind = ["rows-", "own-", "out-", "line-"].iter().any(|start| section.id.starts_with(start));
        of_kind && section.columns[0].id == "date" || section.id == "open"
    };
    let sections = report.sections.iter().filter(of_rows);
    let shown = sections.flat_map(|section| &section.rows).filter(|row| row.weight == Weight::Plain).count();
    assert_eq!(shown, year.deductions.items.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_sum_of_rows_is_the_line(records in book()) {
        let year = worked_out(records);
        let report = package(&year);
        adds_up(&report);
        lines_are_rows(&year, &report);
        rows_stand_once(&year, &report);
        ids_differ(&report);
        prop_assert_eq!(&report, &package(&year));
    }
}

#[test]
fn the_sample_adds_up_and_may_leave() {
    let year = sample_year();
    let report = package(&year);
    adds_up(&report);
    lines_are_rows(&year, &report);
    rows_stand_once(&year, &report);
    assert_eq!(screen::held(&report), None);
    ids_differ(&report);
    insta::assert_snapshot!(crate::report::render::text::render(
        &report,
        110,
        crate::report::render::text::Style::default()
    ));
}

/// What a row names opens by `perchart explain`.
#[test]
fn every_row_can_be_explained() {
    let year = sample_year();
    let settings = year.settings(&[]).expect("settings");
    let explainer = crate::report::explain::Explainer::new(&year, &settings, None);
    let report = package(&year);
    let references =
        report.sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.reference.as_deref());
    let mut count = 0;
    for reference in references {
        assert!(explainer.explain(reference).is_ok(), "{reference}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}
