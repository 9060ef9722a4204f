//! Whether the records of a book are plausible: what may stand twice, what cannot have been, what proves nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::binder::Files;
use super::receipts::FileState;
use super::year::counted;
use super::{Cell, Column, Report, Row, Section};
use crate::assets::adopt;
use crate::book::Record;
use crate::book::category::{Categories, Category, Target};
use crate::book::entry::{Asset, Expense, Kind, Origin, Trip, TripKind};
use crate::deduct::share::{Said, is_landline};
use crate::earnings::same_name;
use crate::money::Usd;
use crate::year::Records;

/// So many days may lie between what was paid for a thing and its record as an asset.
const APART: i64 = 7;

/// More miles on one day, in tenths, are asked about.
const FAR: i64 = 6_000;

/// A thing that lay longer before it served the business was perhaps a private one, in days.
const LONG_KEPT: i64 = 180;

/// What is asked of records.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The records, as they were imported.
    pub records: &'a Records,
    /// Expenses, with those that follow from statements, each with the share that counts.
    pub expenses: &'a [Expense],
    /// The rows that the user spoke of.
    pub said: &'a Said,
    /// The day on which the business began, where it is stated.
    pub started: Option<NaiveDate>,
    /// What became of the files of receipts.
    pub files: &'a Files,
    /// Of this year alone.
    pub year: Option<i32>,
    /// Today.
    pub today: NaiveDate,
}

/// A record from afar: what it is, its day, where it comes from, its number.
type Seen = (Kind, NaiveDate, Origin, i64);

/// What two reports of one event have in common.
type Event = (&'static str, NaiveDate, Usd, String);

/// Something to look at.
struct Doubt {
    rows: String,
    date: NaiveDate,
    what: String,
    amount: Option<Usd>,
}

/// The plausibility of a sound book.
pub fn check(asked: Asked) -> Report {
    let all = [
        asked.future(),
        asked.assets_bought_twice(),
        asked.alike(),
        asked.car_twice(),
        asked.parking_twice(),
        asked.paid_before_work(),
        asked.before_the_start(),
        asked.far(),
        asked.without_purpose(),
        asked.nothing_counts(),
        asked.wholly_business(),
        asked.unsaid(),
        asked.long_kept(),
        asked.unproven(),
    ];
    let found: Vec<Section> = all.into_iter().flatten().collect();
    let doubts: usize = found.iter().map(|section| section.rows.len()).sum();
    let records = asked.days().map(|(_, day, _)| day);
    let records = records.chain(asked.records.movements.iter().map(|row| row.date));
    let records = records.chain(asked.records.times.iter().map(|row| row.date));
    let records = records.filter(|day| asked.holds(*day)).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let sound = Section::new("book", "").lead(format!(
        "The book is sound: its file, its references, its sums and its {} agree.",
        counted(count(asked.records.batches.len()), "import")
    ));
    let looked_at = if records == 1 { "was looked at" } else { "were looked at" };
    let looked_at = format!("{} {looked_at}", counted(count(records), "record"));
    let sound = sound.lead(match doubts {
        0 if records == 1 => format!("{looked_at}; it does not look implausible."),
        0 => format!("{looked_at}; none looks implausible."),
        _ => format!(
            "{looked_at}; {} to look at.",
            if doubts == 1 { "there is 1 thing".to_owned() } else { format!("there are {doubts} things") }
        ),
    });
    found
        .into_iter()
        .fold(Report::new("check", "Check of the book").section(sound), Report::section)
        .limit("A finding is a question, not a mistake: what is right stays as it is, and nothing was changed.")
        .limit("Rows of statements that records of files report too are shown by perchart categorize.")
}

/// A section of one sort of doubt, with what to do; none without doubts.
fn section(id: &str, heading: &str, todo: &str, mut doubts: Vec<Doubt>) -> Option<Section> {
    doubts.sort_by(|one, other| (one.date, &one.rows).cmp(&(other.date, &other.rows)));
    let mut section = Section::new(id, heading)
        .lead(todo)
        .column(Column::left("date", "Date"))
        .column(Column::left("what", "What"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("rows", "Rows"));
    for Doubt { rows, date, what, amount } in doubts {
        section.push(Row::new(Cell::Date(date)).text(what).cell(amount.map_or(Cell::Blank, Cell::Money)).text(rows));
    }
    (!section.rows.is_empty()).then_some(section)
}

impl<'a> Asked<'a> {
    fn holds(&self, day: NaiveDate) -> bool {
        self.year.is_none_or(|year| day.year() == year)
    }

    fn place(&self, origin: Origin) -> String {
        self.records.place(origin)
    }

    fn both(&self, one: Origin, other: Origin) -> String {
        format!("{}, {}", self.place(one), self.place(other))
    }

    /// The records of the span that are wanted.
    fn all(&self, wanted: impl Fn(Seen) -> bool + Copy) -> impl Iterator<Item = Record> {
        /// Those of one kind.
        fn of<T: Clone>(
            rows: &[T],
            see: impl Fn(&T) -> Seen,
            wanted: impl Fn(Seen) -> bool,
            record: impl Fn(T) -> Record,
        ) -> impl Iterator<Item = Record> {
            rows.iter().filter(move |row| wanted(see(row))).cloned().map(record)
        }
        let records = self.records;
        let wanted = move |seen: Seen| self.holds(seen.1) && wanted(seen);
        let charts =
            of(&records.charts, |row| (Kind::Charts, row.work_date, row.origin, row.id), wanted, Record::Charts);
        let payments =
            of(&records.payments, |row| (Kind::Payments, row.received_on, row.origin, row.id), wanted, Record::Payment);
        let expenses =
            of(&records.expenses, |row| (Kind::Expenses, row.date, row.origin, row.id), wanted, Record::Expense);
        let assets =
            of(&records.assets, |row| (Kind::Assets, row.in_service, row.origin, row.id), wanted, Record::Asset);
        let trips = of(&records.trips, |row| (Kind::Trips, row.date, row.origin, row.id), wanted, Record::Trip);
        let movements =
            of(&records.movements, |row| (Kind::Bank, row.date, row.origin, row.id), wanted, Record::Movement);
        let times = of(&records.times, |row| (Kind::Time, row.date, row.origin, row.id), wanted, Record::Time);
        charts.chain(payments).chain(expenses).chain(assets).chain(trips).chain(movements).chain(times)
    }

    /// The expenses of files, as they count.
    fn expenses(&self) -> impl Iterator<Item = &'a Expense> {
        let of_files: HashSet<Origin> = self.records.expenses.iter().map(|row| row.origin).collect();
        self.spent().filter(move |row| of_files.contains(&row.origin))
    }

    /// The expenses of files and those that follow from statements.
    fn spent(&self) -> impl Iterator<Item = &'a Expense> {
        self.expenses.iter().filter(|row| self.holds(row.date))
    }

    fn trips(&self) -> impl Iterator<Item = &'a Trip> {
        self.records.trips.iter().filter(|row| self.holds(row.date))
    }

    /// Records of days to come.
    fn future(&self) -> Option<Section> {
        let late = self.all(|(_, day, ..)| day > self.today).map(|record| Doubt {
            rows: self.place(record.origin()),
            date: record.date(),
            what: record.words(),
            amount: record.amount(),
        });
        let todo = "These days are still to come. Mend the year in the file, take its import back and import it again.";
        section("future", "Days in the future", todo, late.collect())
    }

    /// Expenses that are also recorded as assets. A row for equipment that an asset describes counts once.
    fn assets_bought_twice(&self) -> Option<Section> {
        let near = |asset: &Asset, day: NaiveDate| {
            [asset.acquired, asset.in_service].iter().any(|of| (*of - day).num_days().abs() <= APART)
        };
        let deducted = |row: &Expense| {
            let target = Categories::get(&row.category).map(|category| category.target);
            matches!(target, Some(Target::Equipment | Target::Business { .. }))
        };
        let assets = &self.records.assets;
        let paid = adopt::described(assets, self.expenses);
        let alone: Vec<&Asset> =
            assets.iter().zip(&paid).filter(|(_, paid)| paid.is_none()).map(|(asset, _)| asset).collect();
        let mut doubts = Vec::new();
        for row in self.spent().filter(|row| deducted(row)) {
            for asset in alone.iter().filter(|asset| asset.cost == row.amount && near(asset, row.date)) {
                doubts.push(Doubt {
                    rows: self.both(row.origin, asset.origin),
                    date: row.date,
                    what: format!("{}: an expense ({}) and an asset", asset.name, row.category),
                    amount: Some(row.amount),
                });
            }
        }
        let todo = "A cost counts once. If the row is what the asset cost, give it the category equipment: the asset's record then goes before it. Or take one of the two out.";
        section("asset-twice", "Bought once, recorded twice", todo, doubts)
    }

    /// Rows of two imports that report the same in other words.
    fn alike(&self) -> Option<Section> {
        // Only days of which several imports report can hold twins.
        let mut imports: HashMap<(Kind, NaiveDate), Option<i64>> = HashMap::new();
        for (kind, day, origin) in self.days() {
            let one = imports.entry((kind, day)).or_insert(Some(origin.batch));
            *one = one.filter(|batch| *batch == origin.batch);
        }
        let shared = |(kind, day, ..): Seen| imports.get(&(kind, day)) == Some(&None);
        let mut events: BTreeMap<Event, Vec<(Origin, String)>> = BTreeMap::new();
        for record in self.all(shared) {
            let who = match &record {
                Record::Charts(row) => format!("{}\n{}\n{}", row.payer, row.chart_type, row.count),
                Record::Payment(row) => row.payer.clone(),
                Record::Expense(row) => row.vendor.clone(),
                Record::Asset(row) => row.name.clone(),
                Record::Trip(row) => format!("{}\n{}", row.miles_tenths, row.car),
                Record::Movement(_) | Record::Time(_) => continue,
            };
            let event = (record.kind().word(), record.date(), record.amount().unwrap_or_default(), folded(&who));
            events.entry(event).or_default().push((record.origin(), record.words()));
        }
        let mut doubts = Vec::new();
        for ((_, date, amount, _), mut rows) in events {
            rows.sort();
            if let [(first, what), .., (last, _)] = &rows[..]
                && first.batch != last.batch
            {
                let places: Vec<String> = rows.iter().map(|(origin, _)| self.place(*origin)).collect();
                doubts.push(Doubt { rows: places.join(", "), date, what: what.clone(), amount: Some(amount) });
            }
        }
        let todo = "Rows of different imports report the same day, name and amount. Where they are one event, take one import back: perchart undo BATCH.";
        section("alike", "Perhaps imported twice", todo, doubts)
    }

    /// Expenses of a car beside a log of trips.
    fn car_twice(&self) -> Option<Section> {
        let logged: Vec<i32> =
            self.trips().filter(|trip| trip.kind == TripKind::Business).map(|trip| trip.date.year()).collect();
        let doubts = self.spent().filter(|row| row.category == "car" && logged.contains(&row.date.year()));
        let doubts = doubts.map(|row| Doubt {
            rows: self.place(row.origin),
            date: row.date,
            what: words(row),
            amount: Some(row.amount),
        });
        let todo = "The year has a log of trips too. The standard rate of the log covers fuel, repairs and insurance, and a row that holds miles as dollars counts them again: keep one of the two.";
        section("car-twice", "Car costs beside a log of trips", todo, doubts.collect())
    }

    /// Parking that stands with a trip and as an expense.
    fn parking_twice(&self) -> Option<Section> {
        let mut doubts = Vec::new();
        for trip in self.trips().filter(|trip| trip.parking > Usd::ZERO) {
            let same =
                |row: &&Expense| row.category == "parking" && row.date == trip.date && row.amount == trip.parking;
            for row in self.spent().filter(same) {
                doubts.push(Doubt {
                    rows: self.both(row.origin, trip.origin),
                    date: row.date,
                    what: words(row),
                    amount: Some(row.amount),
                });
            }
        }
        section(
            "parking-twice",
            "Parking with a trip and as an expense",
            "It counts once: take one of the two out.",
            doubts,
        )
    }

    /// Work that was paid before it was done.
    fn paid_before_work(&self) -> Option<Section> {
        let rows = self.records.charts.iter().filter(|row| self.holds(row.work_date));
        let early = rows.filter_map(|row| Some((row, row.paid_on.filter(|paid| *paid < row.work_date)?)));
        let doubts = early.map(|(row, paid)| Doubt {
            rows: self.place(row.origin),
            date: row.work_date,
            what: format!("{}, {}: paid on {paid}", row.payer, row.chart_type),
            amount: Some(row.amount),
        });
        let todo = "Are the two days swapped? The day of pay decides the year in which the money is income.";
        section("paid-early", "Paid before the work was done", todo, doubts.collect())
    }

    /// Work and money of days before the business began.
    fn before_the_start(&self) -> Option<Section> {
        let started = self.started?;
        let early = |(kind, day, ..): Seen| matches!(kind, Kind::Charts | Kind::Payments) && day < started;
        let doubts = self.all(early).map(|record| Doubt {
            rows: self.place(record.origin()),
            date: record.date(),
            what: record.words(),
            amount: record.amount(),
        });
        let todo = format!(
            "perchart.toml says that the business began on {started}. It began with the first paid work: what was paid between the two counts as start-up costs for no reason. Correct [business] started, or the day of the row."
        );
        section("before-start", "Before the business began", &todo, doubts.collect())
    }

    /// Days with more miles than a working day holds.
    fn far(&self) -> Option<Section> {
        let mut days: BTreeMap<(NaiveDate, String), Vec<&Trip>> = BTreeMap::new();
        for trip in self.trips() {
            days.entry((trip.date, folded(&trip.car))).or_default().push(trip);
        }
        let mut doubts = Vec::new();
        for ((date, _), trips) in days {
            let miles: i64 = trips.iter().map(|trip| trip.miles_tenths).sum();
            if miles > FAR {
                let places: Vec<String> = trips.iter().map(|trip| self.place(trip.origin)).collect();
                let trips = counted(i64::try_from(trips.len()).unwrap_or(i64::MAX), "trip");
                let what = format!("{} miles in {trips}", Decimal::new(miles, 1));
                doubts.push(Doubt { rows: places.join(", "), date, what, amount: None });
            }
        }
        let todo =
            "More than 600 miles with one car on one day: are these readings of the odometer, or trips entered twice?";
        section("far", "Many miles on one day", todo, doubts)
    }

    /// Business trips that do not say what they were for.
    fn without_purpose(&self) -> Option<Section> {
        let bare = |trip: &&Trip| {
            trip.kind == TripKind::Business && (trip.purpose.trim().is_empty() || trip.destination.trim().is_empty())
        };
        let doubts = self.trips().filter(bare).map(|trip| Doubt {
            rows: self.place(trip.origin),
            date: trip.date,
            what: format!(
                "{} miles, {}",
                Decimal::new(trip.miles_tenths, 1),
                if trip.purpose.trim().is_empty() { "no purpose" } else { "no place" }
            ),
            amount: None,
        });
        let todo = "A log of trips says where to and what for (IRC 274(d)); without, the miles fall in an audit. Add it in the file and import it again.";
        section("trips", "Trips without place or purpose", todo, doubts.collect())
    }

    /// Expenses of deductible categories of which no share counts.
    fn nothing_counts(&self) -> Option<Section> {
        let idle = |row: &&Expense| {
            row.share_millionths == 0 && Categories::get(&row.category).is_some_and(Category::is_deductible)
        };
        let todo = "The business share is 0%, so nothing of them counts. If that is meant, the category personal says it better.";
        section("no-share", "Expenses without a business share", todo, self.of_expenses(idle))
    }

    /// Lines of a home that are wholly the business's.
    fn wholly_business(&self) -> Option<Section> {
        let whole = |row: &&Expense| {
            row.share_millionths == 1_000_000
                && matches!(row.category.as_str(), "internet" | "phone" | "utilities")
                && !is_landline(row, self.said)
        };
        let todo = "A line of the home that serves the business alone is rare, and is asked about in an audit. State the share: [[share]] in perchart.toml, or business_share in the file.";
        section("whole", "Internet, phone or utilities at 100%", todo, self.of_expenses(whole))
    }

    /// Expenses whose words do not say what was bought.
    fn unsaid(&self) -> Option<Section> {
        let bare = |row: &&Expense| {
            let said = row.description.trim();
            said.is_empty() || same_name(said, &row.vendor)
        };
        let todo = "The description says no more than who was paid: what was bought, and what for?";
        section("unsaid", "Expenses that do not say what for", todo, self.of_expenses(bare))
    }

    /// The days of records that can stand twice.
    fn days(&self) -> impl Iterator<Item = (Kind, NaiveDate, Origin)> {
        let records = self.records;
        let charts = records.charts.iter().map(|row| (Kind::Charts, row.work_date, row.origin));
        let payments = records.payments.iter().map(|row| (Kind::Payments, row.received_on, row.origin));
        let expenses = records.expenses.iter().map(|row| (Kind::Expenses, row.date, row.origin));
        let assets = records.assets.iter().map(|row| (Kind::Assets, row.in_service, row.origin));
        let trips = records.trips.iter().map(|row| (Kind::Trips, row.date, row.origin));
        charts.chain(payments).chain(expenses).chain(assets).chain(trips)
    }

    fn of_expenses(&self, holds: impl Fn(&&Expense) -> bool) -> Vec<Doubt> {
        let doubt = |row: &Expense| Doubt {
            rows: self.place(row.origin),
            date: row.date,
            what: words(row),
            amount: Some(row.amount),
        };
        self.expenses().filter(holds).map(doubt).collect()
    }

    /// Things that lay long before they served the business.
    fn long_kept(&self) -> Option<Section> {
        let kept = |asset: &&Asset| {
            asset.value.is_none()
                && self.holds(asset.in_service)
                && (asset.in_service - asset.acquired).num_days() > LONG_KEPT
        };
        let doubts = self.records.assets.iter().filter(kept).map(|asset| Doubt {
            rows: self.place(asset.origin),
            date: asset.in_service,
            what: format!("{}, bought on {}", asset.name, asset.acquired),
            amount: Some(asset.cost),
        });
        let todo = "If it was used privately first, its basis is the lower of cost and value on the day it turned (Reg. 1.168(i)-4(b)): state `value` in the file.";
        section("long-kept", "Bought long before it served the business", todo, doubts.collect())
    }

    /// Receipts whose files are gone or were changed.
    fn unproven(&self) -> Option<Section> {
        let proven: HashSet<(Kind, i64)> =
            self.records.receipts.iter().map(|receipt| (receipt.of, receipt.record)).collect();
        let records = self.all(|(kind, _, _, id)| proven.contains(&(kind, id)));
        let records: HashMap<_, Record> = records.map(|record| ((record.kind(), record.id()), record)).collect();
        let mut doubts = Vec::new();
        for receipt in &self.records.receipts {
            let state = self.files.get(&receipt.id).copied().unwrap_or(FileState::Missing);
            if let Some(record) = records.get(&(receipt.of, receipt.record))
                && state != FileState::Present
            {
                doubts.push(Doubt {
                    rows: self.place(record.origin()),
                    date: record.date(),
                    what: format!("receipt {}, {}: {}", receipt.id, receipt.path, state.word()),
                    amount: record.amount(),
                });
            }
        }
        let todo = "Put the file back as it was, or detach it and attach it anew: perchart detach NUMBER, perchart attach ROW FILE.";
        section("receipts", "Receipts that are missing or changed", todo, doubts)
    }
}

fn words(row: &Expense) -> String {
    Record::Expense(row.clone()).words()
}

fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
