//! Sums of rows equal lines, over random books.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::book::category::{Categories, ExpenseLine};
use crate::book::entry::{Asset, AssetClass, Batch, Bonus, Charts, Expense, Kind, Origin, Payment, Trip, TripKind};
use crate::book::work::Work;
use crate::report::year::{line_name, printed};
use crate::report::{Weight, screen};
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
            id: 0, origin: Origin { batch: 3, line: 2 }, date: date(day), vendor, description,
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
            id: 0, origin: Origin { batch: 1, line: 2 }, work_date: date(day), payer, chart_type: "ED".to_owned(), count, rejected: 0,
            rate: rust_decimal::dec!(2.15), amount: Usd::from_cents(215 * count), minutes_tenths: None, accuracy_millionths: None,
            paid_on: paid.map(date), surrogate: None,
        }
    }
}

prop_compose! {
    fn trip()(day in 0u64..400, miles_tenths in 1i64..3_000, kind in prop::sample::select(vec![TripKind::Business, TripKind::Commute, TripKind::Private]),
              car in prop::sample::select(vec!["", "van", "Corolla"]), purpose in prop::sample::select(vec!["Audit", ""]), parking in 0i64..2_000) -> Trip {
        Trip {
            id: 0, origin: Origin { batch: 4, line: 2 }, date: date(day), miles_tenths, destination: "Northside".to_owned(),
            purpose: purpose.to_owned(), kind, car: car.to_owned(), parking: Usd::from_cents(parking),
        }
    }
}

prop_compose! {
    fn asset()(day in 0u64..360, name in names(), class in prop::sample::select(vec![AssetClass::Computer, AssetClass::Furniture, AssetClass::Software]),
               cents in 1i64..600_000, share in prop::sample::select(vec![1_000_000i64, 600_000]), whole in any::<bool>(), out in any::<bool>()) -> Asset {
        let cost = Usd::from_cents(cents);
        Asset {
            id: 0, origin: Origin { batch: 5, line: 2 }, name, class, acquired: date(day), in_service: date(day), cost, share_millionths: share,
            value: None, section_179: if whole && class != AssetClass::Software && share == 1_000_000 { cost } else { Usd::ZERO },
            bonus: if out { Bonus::Out } else { Bonus::Law }, events: Vec::new(),
        }
    }
}

/// A small book around a year.
pub(in crate::report) fn book() -> impl Strategy<Value = Records> {
    let rows = (
        prop::collection::vec(expense(), 0..40),
        prop::collection::vec(payment(), 0..30),
        prop::collection::vec(work(), 0..12),
        prop::collection::vec(trip(), 0..8),
        prop::collection::vec(asset(), 0..4),
    );
    rows.prop_map(|(mut expenses, mut payments, mut charts, mut trips, mut assets)| {
        (1..).zip(&mut trips).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        (1..).zip(&mut assets).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        (1..).zip(&mut expenses).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        (1..).zip(&mut payments).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        charts.sort_by_key(|row| row.work_date);
        (1..).zip(&mut charts).for_each(|(id, row)| (row.id, row.origin.line) = (id, id + 1));
        expenses.sort_by_key(|row| row.date);
        payments.sort_by_key(|row| row.received_on);
        Records {
            work: Work::each(&charts),
            charts,
            payments,
            expenses,
            trips,
            assets,
            batches: batches(),
            ..Records::default()
        }
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
    let files = [(1, "charts.csv"), (2, "payments.csv"), (3, "expenses.csv"), (4, "trips.csv"), (5, "assets.csv")];
    files.map(batch).to_vec()
}

/// What a profile may state beside the sample's, in place of its home office.
const STATED: [&str; 5] = [
    "",
    "[home]\nsquare_feet = 120\nwhole_home_square_feet = 1200\nregular_use = true\nexclusive_use = true\nprincipal_place = true\nmethod = \"actual\"\n",
    "[home]\nsquare_feet = 120\nwhole_home_square_feet = 1200\nregular_use = true\nexclusive_use = true\nprincipal_place = true\nfrom = 2025-03-01\nmethod = \"simplified\"\n[[share]]\ncategory = \"phone\"\nbusiness = 40\n",
    "[education]\nfirst_credential = 2024-06-01\n[[car]]\nmiles = 9000\nloan_interest = 300\nproperty_tax = 90\n",
    "[home]\nsquare_feet = 120\n[[car]]\nname = \"Van\"\nmiles = 9000\nmethod = \"actual\"\n[[car]]\nname = \"Corolla\"\n",
];

pub(in crate::report) fn worked_out(records: Records) -> Year {
    stated_so(records, STATED[0], Round::WholeDollar)
}

/// The sample's profile with more; the business began in the year where a car is stated.
fn stated_so(records: Records, more: &str, round: Round) -> Year {
    let mut profile = include_str!("../../../fixtures/demo/perchart.toml").to_owned();
    if more.contains("[home]") {
        profile = profile.replace("home_office_square_feet", "# home_office_square_feet");
    }
    if more.contains("[[car]]") {
        profile = profile.replace("[business]", "[business]\nstarted = 2025-03-01\ndepreciation = 12.34");
    }
    let profile = format!("{profile}\n{more}");
    let profile = crate::profile::Profile::parse("perchart.toml", &profile).expect("the sample's profile");
    Year::work_out(2025, records, profile, round).expect("law of 2025")
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
    Source::of(year, &Files::new()).business.0
}

fn money(row: &Row, column: usize) -> Option<Usd> {
    match row.cells.get(column) {
        Some(Cell::Money(amount)) => Some(*amount),
        _ => None,
    }
}

/// Sections whose totals are sums of their plain rows.
fn is_sum(section: &Section) -> bool {
    // From one sum to another by steps, in sentences of their own.
    let steps = ["straddle", "forms_to_line_1"];
    !["schedule-c", "answer", "cover"].contains(&section.id.as_str())
        && !is_of_lines(section)
        && !steps.contains(&section.id.as_str())
}

/// Worksheets and forms: their lines are no list of addends.
fn is_of_lines(section: &Section) -> bool {
    let id = section.id.as_str();
    ["home", "start-up"].contains(&id)
        || id.starts_with("car-sheet")
        || id.starts_with("form-")
        || id.starts_with("schedule-")
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
            let Some(opened) = row.opens.as_deref().map(section) else { continue };
            // What went for a line may be more than what is deducted; limits of law part what is paid and what counts.
            // What waits of section 179 is the difference of two lines of its form.
            let waits = part.id == "line-13" && is_of_lines(opened);
            if waits || ["each-dollar", "own"].contains(&part.id.as_str()) {
                continue;
            }
            let shown: Vec<Usd> = (0..part.columns.len()).filter_map(|column| money(row, column)).collect();
            let behind = opened.rows.iter().filter(|row| row.weight == Weight::Total || is_of_lines(opened));
            let behind: Vec<Usd> =
                behind.flat_map(|row| (0..opened.columns.len()).filter_map(|column| money(row, column))).collect();
            // The last amount of a row is what the rows behind it come to.
            if let Some(amount) = shown.last().filter(|_| !behind.is_empty()) {
                assert!(behind.contains(amount), "{} opens {}: {amount} is not in {behind:?}", part.id, opened.id);
            }
        }
    }
}

/// Every line of Schedule C is the sum of its rows, rounded as the return rounds it.
fn lines_are_rows(year: &Year, report: &Report) {
    let files = Files::new();
    let source = Source::of(year, &files);
    let total = |id: &str, column: &str| {
        let part = report.sections.iter().find(|section| section.id == id);
        let rows = part.into_iter().flat_map(|part| &part.rows).filter(|row| row.weight == Weight::Plain);
        let place =
            part.and_then(|part| part.columns.iter().position(|known| column.split(' ').any(|id| id == known.id)));
        rows.filter_map(|row| money(row, place?)).sum::<Usd>()
    };
    let whole = |amount: Usd| source.round.enter(amount.into());
    let c = &source.business.0;
    let forms = source.form_4562().is_some_and(|form| [form.l22, form.start_up, form.l44] != [Usd::ZERO; 3]);
    assert_eq!(c.l1, whole(total("receipts", "gross")));
    assert_eq!(c.l2, whole(-total("receipts", "returns")));
    let mut names: Vec<&str> = ExpenseLine::ALL.into_iter().map(line_name).collect();
    names.extend(["l13", "l30"]);
    let mut sum = Usd::ZERO;
    for name in names {
        let on_form = crate::tax::schedule_c::ScheduleC::LINES.iter().find(|line| line.name == name).expect("a line");
        let crate::tax::form::Value::Usd(amount) = (on_form.value)(c) else { panic!("{name}") };
        let id = format!("line-{}", printed(name, year.law.year).0);
        let rows = total(&id, "deducted counts");
        sum += if name == "l30" { Usd::ZERO } else { rows };
        // Form 4562 rounds its own lines, up to two dozen of them.
        if source.round == Round::WholeDollar && forms && ["l13", "l27_other"].contains(&name) {
            assert!(
                (amount - rows).floor0().max((rows - amount).floor0()) < Usd::dollars(20),
                "{id}: {amount}, {rows}"
            );
        } else {
            assert_eq!(amount, whole(rows), "{id}");
        }
    }
    assert_eq!(total("expenses", "deducted"), sum);
    if source.round == Round::Cents {
        assert_eq!(c.l28, sum);
    }
}

/// Every expense of the year is one row of one table of records, and every trip one of the log.
fn rows_stand_once(year: &Year, report: &Report) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for section in &report.sections {
        let Some(place) = section.columns.iter().position(|column| column.id == "record") else { continue };
        for row in section.rows.iter().filter(|row| row.weight == Weight::Plain) {
            let Some(Cell::Text(record)) = row.cells.get(place) else { continue };
            *places.entry(record.clone()).or_default() += 1;
        }
    }
    let times = |origin: Origin| places.get(&year.records.place(origin)).copied().unwrap_or_default();
    for item in &year.deductions.items {
        let expense = &item.expense;
        assert_eq!(times(expense.origin), 1, "{} {} {:?}", expense.category, expense.date, item.verdict);
    }
    for (trip, judged) in &year.cars.trips {
        assert_eq!(times(trip.origin), 1, "trip of {} {judged:?}", trip.date);
    }
    // Nothing is shown that is not of the book: the costs of before the start may be of an earlier year.
    let before = year.start_up.iter().flat_map(|start_up| &start_up.costs);
    let expenses = year.deductions.items.iter().chain(before).map(|item| item.expense.origin);
    let known = expenses.chain(year.cars.trips.iter().map(|(trip, _)| trip.origin));
    let known: HashSet<String> = known.map(|origin| year.records.place(origin)).collect();
    let receipts: HashSet<String> = year
        .earnings
        .receipts()
        .filter_map(|receipt| receipt.origin)
        .map(|origin| year.records.place(origin))
        .collect();
    for place in places.keys().filter(|place| !place.is_empty()) {
        assert!(known.contains(place) || receipts.contains(place), "{place}");
    }
}

/// Whatever a row of the package names, opens in `explain`.
fn explains(year: &Year, report: &Report) -> usize {
    let settings = year.settings(&[]).expect("settings");
    let explainer = crate::report::explain::Explainer::new(year, &settings, None);
    let rows = report.sections.iter().flat_map(|section| &section.rows);
    let references: HashSet<&str> = rows.filter_map(|row| row.reference.as_deref()).collect();
    for reference in &references {
        assert!(explainer.explain(reference).is_ok(), "{reference}");
    }
    references.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_sum_of_rows_is_the_line(records in book(), stated in 0..STATED.len(), cents in any::<bool>()) {
        let round = if cents { Round::Cents } else { Round::WholeDollar };
        let year = stated_so(records, STATED[stated], round);
        let report = package(&year, &Files::new());
        explains(&year, &report);
        adds_up(&report);
        lines_are_rows(&year, &report);
        rows_stand_once(&year, &report);
        ids_differ(&report);
        prop_assert_eq!(&report, &package(&year, &Files::new()));
    }
}

#[test]
fn the_sample_adds_up_and_may_leave() {
    let year = sample_year();
    let report = package(&year, &Files::new());
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
    assert!(explains(&year, &package(&year, &Files::new())) > 60);
}

/// The rows of a section, each by its first cell and its last amount.
fn amounts(report: &Report, id: &str) -> Vec<(String, Usd)> {
    let section = report.sections.iter().find(|section| section.id == id).expect("a section");
    let last = |row: &Row| (0..section.columns.len()).rev().find_map(|column| money(row, column));
    let name = |row: &Row| match &row.cells[0] {
        Cell::Text(name) => name.clone(),
        _ => String::new(),
    };
    section.rows.iter().filter_map(|row| Some((name(row), last(row)?))).collect()
}

/// A line with two sources shows both, each with its section.
#[test]
fn two_sources_are_two_rows() {
    let row = |line: i64, day: &str, category: &str, cents: i64| Expense {
        id: line,
        origin: Origin { batch: 3, line },
        date: day.parse().expect("a day"),
        vendor: "Vendor".to_owned(),
        description: "Thing".to_owned(),
        category: category.to_owned(),
        amount: Usd::from_cents(cents),
        share_millionths: 1_000_000,
    };
    let expenses = vec![
        row(2, "2025-02-03", "books", 30_000),
        row(3, "2025-04-01", "parking", 1_200),
        row(4, "2025-04-02", "car", 4_000),
        row(5, "2025-05-02", "dues", 20_000),
        row(6, "2025-06-02", "licenses", 5_000),
    ];
    let trip = Trip {
        id: 1,
        origin: Origin { batch: 4, line: 2 },
        date: "2025-04-09".parse().expect("a day"),
        miles_tenths: 1_000,
        destination: "Northside".to_owned(),
        purpose: "Audit".to_owned(),
        kind: TripKind::Business,
        car: String::new(),
        parking: Usd::ZERO,
    };
    let payment = Payment {
        id: 1,
        origin: Origin { batch: 2, line: 2 },
        received_on: "2025-05-01".parse().expect("a day"),
        payer: "Northside".to_owned(),
        amount: Usd::dollars(30_000),
        reference: String::new(),
    };
    let records =
        Records { expenses, trips: vec![trip], payments: vec![payment], batches: batches(), ..Records::default() };
    let year = stated_so(records, STATED[3], Round::Cents);
    let report = package(&year, &Files::new());
    // 100 of 9,000 miles at 70 cents are 70.00, and parking of another day 12.00; gas is replaced by the rate.
    let line = |id: &str| amounts(&report, id).into_iter().map(|(_, amount)| amount).collect::<Vec<_>>();
    assert_eq!(line("line-9"), [1_200, 7_000, 8_200, 8_200].map(Usd::from_cents));
    assert_eq!(line("car-costs-1"), [4_000, 4_000].map(Usd::from_cents));
    // 90 of property tax times 100 of 9,000 miles is 1.00, beside a license of 50; of loan interest 300, 3.33.
    assert_eq!(line("line-23"), [5_000, 100, 5_100, 5_100].map(Usd::from_cents));
    assert_eq!(line("line-16b"), [333, 333, 333].map(Usd::from_cents));
    // Books of February were bought before the start of March 1: a start-up cost, on the line of the dues.
    assert_eq!(line("line-27b"), [20_000, 30_000, 50_000, 50_000].map(Usd::from_cents));
    assert_eq!(line("line-13"), [1_234, 1_234, 1_234].map(Usd::from_cents));
    let opens = |id: &str| {
        let section = report.sections.iter().find(|section| section.id == id).expect("a section");
        section.rows.iter().filter_map(|row| row.opens.clone()).collect::<Vec<_>>()
    };
    assert_eq!(opens("line-9"), ["rows-parking", "car-sheet-1"]);
    assert_eq!(opens("line-27b"), ["rows-dues", "start-up"]);
    assert_eq!(
        amounts(&report, "left-out"),
        [
            ("Car: replaced by the standard rate".to_owned(), Usd::dollars(40)),
            ("Together".to_owned(), Usd::dollars(40))
        ]
    );
}
