//! The audit binder: what the law asks of each category, what proves each row, and what is missing, worst money first.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::receipts::FileState;
use super::year::counted;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::book::category::{Categories, Category};
use crate::book::entry::{Asset, AssetEvent, Kind, Origin, Receipt, Trip, TripKind};
use crate::book::proof::{self, Proof};
use crate::deduct::{Item, Verdict};
use crate::home::Method;
use crate::money::{Ratio, Round, Usd};
use crate::year::{Records, Year};

/// What became of the files of receipts, by the receipts' numbers. A file that is not in it is missing.
pub type Files = HashMap<i64, FileState>;

/// The audit binder of a year.
pub fn binder(year: &Year, files: &Files) -> Report {
    let report = Report::new("binder", format!("Audit binder {}", year.number()))
        .subtitle("What proves each row that counts on the return, and what is missing");
    sections(year, files)
        .into_iter()
        .fold(report, Report::section)
        .note("Attach what proves a row: perchart attach ROW FILE. perchart list shows the rows.")
        .note("Keep records three years after the return is filed (IRC 6501(a)), six where more than a quarter of the gross income was left out (IRC 6501(e)(1)); of a thing that is depreciated, three years after the return of the year in which it leaves the business.")
        .limit("Whether a receipt shows what its row says is not read: look at each.")
}

/// The parts of the binder: what it comes to, then one for each category, for assets, for trips.
pub fn sections(year: &Year, files: &Files) -> Vec<Section> {
    let proofs = Proofs::of(&year.records, files);
    let mut parts: Vec<Part> = Vec::new();
    for item in year.deductions.items.iter().filter(|item| counts(year, item)) {
        let entry = Entry::of(year, item, &proofs);
        match parts.iter_mut().find(|part| part.category.id == item.category.id) {
            Some(part) => part.entries.push(entry),
            None => parts.push(Part { category: item.category, entries: vec![entry] }),
        }
    }
    for part in &mut parts {
        part.entries.sort_by_key(|entry| (entry.lacks.is_empty(), Reverse(entry.stake)));
    }
    parts.sort_by_key(|part| Reverse((part.open(), part.stake())));
    let mut sections = vec![overview(year, &parts)];
    sections.extend(parts.iter().map(|part| part.section(&year.records)));
    sections.extend(assets(year, &proofs));
    sections.extend(trips(year, &proofs));
    sections
}

/// Whether a row counts on the return, by one form or another. What a rate stands for does not count beside it.
fn counts(year: &Year, item: &Item) -> bool {
    match item.verdict {
        Verdict::LeftOut | Verdict::HomeIdle(_) | Verdict::Asked => false,
        Verdict::Home(..) => year.home.as_ref().is_none_or(|home| home.taken != Some(Method::Simplified)),
        Verdict::OfCar => {
            let by_miles = year.cars.cars.iter().filter(|car| car.facts.standard == 0);
            by_miles.flat_map(|car| &car.costs).any(|origin| *origin == item.expense.origin)
        }
        _ => true,
    }
}

/// The receipts of rows.
struct Proofs<'a> {
    of: HashMap<Origin, Vec<(&'a Receipt, FileState)>>,
    kinds: HashMap<i64, Kind>,
}

impl<'a> Proofs<'a> {
    fn of(records: &'a Records, files: &Files) -> Proofs<'a> {
        let kinds: HashMap<i64, Kind> = records.batches.iter().map(|batch| (batch.id, batch.kind)).collect();
        // What follows from a row of a statement has its origin, and its number too.
        let own = |origin: Origin, kind: Kind| kinds.get(&origin.batch) == Some(&kind);
        let mut places: HashMap<(Kind, i64), Origin> = HashMap::new();
        let expenses = records.expenses.iter().filter(|row| own(row.origin, Kind::Expenses));
        places.extend(expenses.map(|row| ((Kind::Expenses, row.id), row.origin)));
        places.extend(records.movements.iter().map(|row| ((Kind::Bank, row.id), row.origin)));
        places.extend(records.assets.iter().map(|row| ((Kind::Assets, row.id), row.origin)));
        places.extend(records.trips.iter().map(|row| ((Kind::Trips, row.id), row.origin)));
        let mut of: HashMap<Origin, Vec<(&Receipt, FileState)>> = HashMap::new();
        for receipt in &records.receipts {
            if let Some(origin) = places.get(&(receipt.of, receipt.record)) {
                let state = files.get(&receipt.id).copied().unwrap_or(FileState::Missing);
                of.entry(*origin).or_default().push((receipt, state));
            }
        }
        Proofs { of, kinds }
    }

    /// Whether a row is one of a statement.
    fn is_of_statement(&self, origin: Origin) -> bool {
        self.kinds.get(&origin.batch) == Some(&Kind::Bank)
    }

    /// The files of a row, in words.
    fn files(&self, origin: Origin) -> String {
        let of = self.of.get(&origin).map_or(&[][..], Vec::as_slice);
        of.iter().map(|(receipt, _)| receipt.path.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// What is wrong with the files of a row that needs one.
    fn lack(&self, origin: Origin) -> Option<&'static str> {
        let of = self.of.get(&origin).map_or(&[][..], Vec::as_slice);
        let any = |wanted: FileState| of.iter().any(|(_, state)| *state == wanted);
        if any(FileState::Present) {
            None
        } else if any(FileState::Changed) {
            Some("a receipt: its file was changed")
        } else if any(FileState::Missing) {
            Some("a receipt: its file is missing")
        } else {
            Some("a receipt")
        }
    }
}

/// A row that counts on the return.
struct Entry<'a> {
    item: &'a Item,
    /// What is lost if it is not proven.
    stake: Usd,
    files: String,
    lacks: Vec<&'static str>,
}

impl<'a> Entry<'a> {
    fn of(year: &Year, item: &'a Item, proofs: &Proofs) -> Entry<'a> {
        let expense = &item.expense;
        let proof = item.category.proof();
        let stake = match item.verdict {
            Verdict::NeedsForm4562 | Verdict::StartUp => expense.business_part(),
            // What the whole home costs counts by the office's part.
            Verdict::Home(_, false) => {
                let office = year.home.as_ref().and_then(|home| home.office.as_ref());
                office.map_or(item.counts, |office| {
                    Round::Cents.enter(item.counts * Ratio { of: office.area, whole: office.whole })
                })
            }
            _ => item.counts,
        };
        let mut lacks = Vec::new();
        if expense.amount > Usd::ZERO {
            let words = format!("{} {}", expense.vendor, expense.description);
            if proof.needs_receipt(expense.amount, &words) {
                lacks.extend(proofs.lack(expense.origin));
            }
            // The words of a statement say who was paid; that is enough but for what section 274 asks.
            let said = !expense.description.trim().is_empty()
                && expense.description.to_lowercase() != expense.vendor.to_lowercase();
            if !said && (proof.is_strict() || !proofs.is_of_statement(expense.origin)) {
                lacks.push("what it was for");
            }
            if expense.vendor.trim().is_empty() {
                lacks.push("who was paid");
            }
        }
        Entry { item, stake, files: proofs.files(expense.origin), lacks }
    }
}

/// The rows of a category.
struct Part<'a> {
    category: &'static Category,
    entries: Vec<Entry<'a>>,
}

impl Part<'_> {
    /// What the rows count.
    fn stake(&self) -> Usd {
        self.entries.iter().map(|entry| entry.stake).sum()
    }

    /// What the rows that lack something come to.
    fn open(&self) -> Usd {
        self.sum(|entry| !entry.lacks.is_empty())
    }

    /// What the rows that lack nothing come to, but for refunds.
    fn proven(&self) -> Usd {
        self.sum(|entry| entry.lacks.is_empty() && entry.stake > Usd::ZERO)
    }

    fn sum(&self, holds: impl Fn(&Entry) -> bool) -> Usd {
        self.entries.iter().filter(|entry| holds(entry)).map(|entry| entry.stake).sum()
    }

    fn lacking(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.lacks.is_empty()).count()
    }

    fn section(&self, records: &Records) -> Section {
        let mut section = asked(&self.category.id, &self.category.name, self.category.proof())
            .column(Column::left("date", "Date"))
            .column(Column::left("vendor", "Who was paid"))
            .column(Column::left("what", "What for"))
            .column(Column::right("counts", "Counts"))
            .column(Column::left("receipt", "Receipt"))
            .column(Column::left("lacks", "Lacks"))
            .column(Column::left("row", "Row"));
        for Entry { item, stake, files, lacks } in &self.entries {
            let expense = &item.expense;
            section.push(
                Row::new(Cell::Date(expense.date))
                    .text(expense.vendor.as_str())
                    .text(expense.description.as_str())
                    .money(*stake)
                    .text(files.as_str())
                    .text(lacks.join("; "))
                    .text(records.place(expense.origin)),
            );
        }
        section
    }
}

/// A section that begins with what the law asks.
fn asked(id: &str, heading: &str, proof: &Proof) -> Section {
    Section::new(format!("binder-{id}"), heading)
        .lead(format!("The law asks: {}", lower(&proof.asks)))
        .lead(format!("Keep: {}", lower(&proof.keep)))
        .note(format!("{}.", proof.cite))
}

/// A sentence after a colon.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What the binder comes to.
fn overview(year: &Year, parts: &[Part]) -> Section {
    let rows: usize = parts.iter().map(|part| part.entries.len()).sum();
    let lacking: usize = parts.iter().map(Part::lacking).sum();
    let (stake, open): (Usd, Usd) = (parts.iter().map(Part::stake).sum(), parts.iter().map(Part::open).sum());
    let proven: Usd = parts.iter().map(Part::proven).sum();
    let mut section = Section::new("binder", "What is proven")
        .column(Column::left("category", "Category"))
        .column(Column::right("rows", "Rows"))
        .column(Column::right("counts", "Counts"))
        .column(Column::right("proven", "Proven"))
        .column(Column::right("open", "Lacks something"))
        .column(Column::right("open_rows", "Rows"));
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    if rows == 0 {
        return section.lead(format!("No expense of {} counts on the return.", year.number()));
    }
    let ahead: Usd = parts
        .iter()
        .flat_map(|part| &part.entries)
        .filter(|entry| entry.item.verdict == Verdict::Payment)
        .map(|entry| entry.stake)
        .sum();
    let ahead =
        if ahead == Usd::ZERO { String::new() } else { format!(", {} of it as tax paid ahead", dollars(ahead)) };
    section = section.lead(format!(
        "{} on the return of {}, {} in all{ahead}. {}",
        if rows == 1 { "1 row counts".to_owned() } else { format!("{rows} rows count") },
        year.number(),
        dollars(stake),
        match lacking {
            0 => "Nothing is missing of what the law asks for.".to_owned(),
            _ if lacking == rows => "None of it is proven yet as the law asks. The dearest come first.".to_owned(),
            1 =>
                format!("{} is proven as the law asks; 1 row with {} lacks something.", dollars(proven), dollars(open)),
            _ => format!(
                "{} is proven as the law asks; {lacking} rows with {} lack something. The dearest come first.",
                dollars(proven),
                dollars(open)
            ),
        }
    ));
    for part in parts {
        section.push(
            Row::new(part.category.name.as_str())
                .count(count(part.entries.len()))
                .money(part.stake())
                .money(part.proven())
                .money(part.open())
                .count(count(part.lacking())),
        );
    }
    section
        .push(Row::new("All").count(count(rows)).money(stake).money(proven).money(open).count(count(lacking)).total());
    let back = stake - proven - open;
    if back < Usd::ZERO {
        section = section.note(format!("Refunds of {} are taken off what counts; they need no proof.", dollars(-back)));
    }
    section
}

/// The assets that were in use in the year.
fn assets(year: &Year, proofs: &Proofs) -> Option<Section> {
    let number = year.number();
    let gone = |asset: &Asset| {
        let before = |event: &AssetEvent| matches!(event, AssetEvent::Disposed { on, .. } if on.year() < number);
        asset.events.iter().any(before)
    };
    let mut used: Vec<&Asset> =
        year.records.assets.iter().filter(|asset| asset.in_service.year() <= number && !gone(asset)).collect();
    // What proves the row by which it was paid proves the asset.
    let paid = |asset: &Asset| {
        let held = year.assets.held.iter().find(|held| held.asset.id == asset.id && held.asset.origin == asset.origin);
        held.and_then(|held| held.paid)
    };
    let proven_by = |asset: &Asset| match paid(asset) {
        Some(origin) if proofs.lack(asset.origin).is_some() => origin,
        _ => asset.origin,
    };
    used.sort_by_key(|asset| (proofs.lack(proven_by(asset)).is_none(), Reverse(asset.cost)));
    let proof = Categories::get("equipment").map(Category::proof).filter(|_| !used.is_empty())?;
    let mut section = asked("assets", "Things that last longer than a year", proof)
        .column(Column::left("name", "What"))
        .column(Column::left("in_service", "In service"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("business", "Business"))
        .column(Column::left("receipt", "Receipt"))
        .column(Column::left("lacks", "Lacks"))
        .column(Column::left("row", "Row"));
    for asset in used {
        section.push(
            Row::new(asset.name.as_str())
                .date(asset.in_service)
                .money(asset.cost)
                .percent(Decimal::new(asset.share_millionths, 6), 0)
                .text(proofs.files(proven_by(asset)))
                .text(proofs.lack(proven_by(asset)).unwrap_or_default())
                .text(year.records.place(asset.origin)),
        );
    }
    Some(section)
}

/// The business trips of the year that lack something.
fn trips(year: &Year, proofs: &Proofs) -> Option<Section> {
    let of_year = |trip: &&Trip| trip.date.year() == year.number() && trip.kind == TripKind::Business;
    let all: Vec<&Trip> = year.records.trips.iter().filter(of_year).collect();
    let proof = proof::all().iter().find(|proof| proof.id == "car").filter(|_| !all.is_empty())?;
    let lacks = |trip: &Trip| {
        let mut lacks = Vec::new();
        if trip.purpose.trim().is_empty() {
            lacks.push("what it was for");
        }
        if trip.destination.trim().is_empty() {
            lacks.push("where to");
        }
        if proof.needs_receipt(trip.parking, "") {
            lacks.extend(proofs.lack(trip.origin));
        }
        lacks
    };
    let mut open: Vec<(&Trip, Vec<&str>)> = all.iter().map(|trip| (*trip, lacks(trip))).collect();
    open.retain(|(_, lacks)| !lacks.is_empty());
    open.sort_by_key(|(trip, _)| Reverse(trip.miles_tenths));
    let miles = Decimal::new(all.iter().map(|trip| trip.miles_tenths).sum(), 1);
    let trips = counted(i64::try_from(all.len()).unwrap_or(i64::MAX), "business trip");
    let mut section = asked("trips", "Trips by car", proof).lead(match open.len() {
        0 => format!("{trips} with {miles} miles; none lacks anything in the log."),
        several => format!("{trips} with {miles} miles; of {several} the log lacks something."),
    });
    if open.is_empty() {
        return Some(section);
    }
    section = section
        .column(Column::left("date", "Date"))
        .column(Column::right("miles", "Miles"))
        .column(Column::left("destination", "Where to"))
        .column(Column::left("purpose", "What for"))
        .column(Column::left("lacks", "Lacks"))
        .column(Column::left("row", "Row"));
    for (trip, lacks) in open {
        section.push(
            Row::new(Cell::Date(trip.date))
                .number(Decimal::new(trip.miles_tenths, 1), 1)
                .text(trip.destination.as_str())
                .text(trip.purpose.as_str())
                .text(lacks.join("; "))
                .text(year.records.place(trip.origin)),
        );
    }
    Some(section)
}
