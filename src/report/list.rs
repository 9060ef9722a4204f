//! Records and imports, as they are in the book.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::year::{capital, counted};
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::book::entry::{AssetEvent, Batch, Kind, Origin, TripKind};
use crate::money::Usd;
use crate::year::Records;

/// Which records to show.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day.
    pub to: Option<NaiveDate>,
    /// Of this payer, vendor, thing or place: a part of the name.
    pub client: Option<String>,
    /// Of this category.
    pub category: Option<String>,
    /// Of this import.
    pub batch: Option<i64>,
}

impl Filter {
    fn holds(&self, origin: Origin, day: NaiveDate, client: &str, category: Option<&str>) -> bool {
        self.batch.is_none_or(|batch| origin.batch == batch)
            && self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && self.client.as_ref().is_none_or(|part| client.to_lowercase().contains(&part.to_lowercase()))
            && self.category.as_ref().is_none_or(|wanted| category == Some(wanted.as_str()))
    }
}

/// The records of a kind.
pub fn records(records: &Records, kind: Kind, filter: &Filter) -> Report {
    let section = Section::new(kind.word(), "");
    let section = match kind {
        Kind::Charts => charts(section, records, filter),
        Kind::Payments => payments(section, records, filter),
        Kind::Expenses => expenses(section, records, filter),
        Kind::Assets => assets(section, records, filter),
        Kind::Trips => trips(section, records, filter),
        Kind::Bank => bank(section, records, filter),
        Kind::Time => time(section, records, filter),
    };
    let count = section.rows.len();
    let section = if count == 0 { section.lead("No such records.") } else { section };
    Report::new("list", capital(kind.word()))
        .subtitle(counted(i64::try_from(count).unwrap_or(i64::MAX), "record"))
        .section(section)
}

fn charts(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("work_date", "Worked"))
        .column(Column::left("payer", "Payer"))
        .column(Column::left("chart_type", "Type"))
        .column(Column::right("count", "Count"))
        .column(Column::right("rejected", "Rej."))
        .column(Column::right("rate", "Rate"))
        .column(Column::right("amount", "Amount"))
        .column(Column::right("minutes", "Min."))
        .column(Column::right("accuracy", "QA"))
        .column(Column::left("paid_on", "Paid on"))
        .column(Column::left("row", "Row"));
    for row in records.charts.iter().filter(|row| filter.holds(row.origin, row.work_date, &row.payer, None)) {
        let minutes = row.minutes().map_or(Cell::Blank, |value| Cell::Number { value, places: 1 });
        let accuracy = row.accuracy().map_or(Cell::Blank, |share| Cell::Percent { share, places: 1 });
        let paid_on = row.paid_on.map_or(Cell::Blank, Cell::Date);
        section.push(
            Row::new(Cell::Date(row.work_date))
                .text(row.payer.as_str())
                .text(row.chart_type.as_str())
                .count(row.count)
                .count(row.rejected)
                .number(row.rate, row.rate.normalize().scale().max(2))
                .money(row.amount)
                .cell(minutes)
                .cell(accuracy)
                .cell(paid_on)
                .text(records.place(row.origin)),
        );
    }
    section
}

fn payments(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("received_on", "Received"))
        .column(Column::left("payer", "Payer"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("reference", "Reference"))
        .column(Column::left("row", "Row"));
    let mut total = Usd::ZERO;
    for row in records.payments.iter().filter(|row| filter.holds(row.origin, row.received_on, &row.payer, None)) {
        total += row.amount;
        let shown = Row::new(Cell::Date(row.received_on)).text(row.payer.as_str()).money(row.amount);
        section.push(shown.text(row.reference.as_str()).text(records.place(row.origin)));
    }
    section.note(format!("Together {}.", dollars(total)))
}

fn expenses(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("date", "Paid"))
        .column(Column::left("vendor", "Vendor"))
        .column(Column::left("description", "What"))
        .column(Column::left("category", "Category"))
        .column(Column::right("amount", "Amount"))
        .column(Column::right("business_share", "Business"))
        .column(Column::left("row", "Row"));
    let mut total = Usd::ZERO;
    for row in
        records.expenses.iter().filter(|row| filter.holds(row.origin, row.date, &row.vendor, Some(&row.category)))
    {
        total += row.amount;
        let share = Decimal::new(row.share_millionths, 6);
        section.push(
            Row::new(Cell::Date(row.date))
                .text(row.vendor.as_str())
                .text(row.description.as_str())
                .text(row.category.as_str())
                .money(row.amount)
                .percent(share, 0)
                .text(records.place(row.origin)),
        );
    }
    section.note(format!("Together {}.", dollars(total)))
}

fn assets(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("name", "What"))
        .column(Column::left("class", "Class"))
        .column(Column::left("acquired", "Acquired"))
        .column(Column::left("in_service", "In service"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("business", "Business"))
        .column(Column::right("value", "Value when converted"))
        .column(Column::right("section_179", "Section 179"))
        .column(Column::left("bonus", "Bonus"))
        .column(Column::left("later", "Later"))
        .column(Column::left("row", "Row"));
    let mut total = Usd::ZERO;
    for row in records.assets.iter().filter(|row| filter.holds(row.origin, row.in_service, &row.name, None)) {
        total += row.cost;
        let later: Vec<String> = row.events.iter().map(event).collect();
        section.push(
            Row::new(row.name.as_str())
                .text(row.class.word())
                .date(row.acquired)
                .date(row.in_service)
                .money(row.cost)
                .percent(Decimal::new(row.share_millionths, 6), 0)
                .cell(row.value.map_or(Cell::Blank, Cell::Money))
                .money(row.section_179)
                .text(row.bonus.word())
                .text(later.join("; "))
                .text(records.place(row.origin)),
        );
    }
    section.note(format!("Together {}.", dollars(total)))
}

/// What became of an asset, in words.
pub fn event(event: &AssetEvent) -> String {
    match event {
        AssetEvent::Share { year, share_millionths } => {
            format!("{}% business from {year} on", Decimal::new(*share_millionths, 4).normalize())
        }
        AssetEvent::Disposed { on, proceeds } if *proceeds == Usd::ZERO => format!("given up on {on} for nothing"),
        AssetEvent::Disposed { on, proceeds } => format!("sold on {on} for {}", dollars(*proceeds)),
    }
}

fn trips(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("date", "Date"))
        .column(Column::right("miles", "Miles"))
        .column(Column::left("destination", "Where to"))
        .column(Column::left("purpose", "What for"))
        .column(Column::left("kind", "Kind"))
        .column(Column::left("car", "Car"))
        .column(Column::right("parking", "Parking and tolls"))
        .column(Column::left("row", "Row"));
    let (mut business, mut all) = (0, 0);
    for row in records.trips.iter().filter(|row| filter.holds(row.origin, row.date, &row.destination, None)) {
        all += row.miles_tenths;
        business += if row.kind == TripKind::Business { row.miles_tenths } else { 0 };
        section.push(
            Row::new(Cell::Date(row.date))
                .number(Decimal::new(row.miles_tenths, 1), 1)
                .text(row.destination.as_str())
                .text(row.purpose.as_str())
                .text(row.kind.word())
                .text(row.car.as_str())
                .money(row.parking)
                .text(records.place(row.origin)),
        );
    }
    let (business, all) = (Decimal::new(business, 1), Decimal::new(all, 1));
    section.note(format!("Together {all} miles, {business} of them for the business."))
}

fn bank(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("date", "Date"))
        .column(Column::left("account", "Account"))
        .column(Column::left("description", "What"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("currency", "Currency"))
        .column(Column::right("balance", "Balance"))
        .column(Column::left("row", "Row"));
    for row in records.movements.iter().filter(|row| filter.holds(row.origin, row.date, &row.description, None)) {
        let shown = Row::new(Cell::Date(row.date)).text(row.account.as_str()).text(row.description.as_str());
        let shown = shown.money(row.amount).text(row.currency.as_str());
        let shown = row.balance.map_or_else(|| shown.clone().blank(), |balance| shown.clone().money(balance));
        section.push(shown.text(records.place(row.origin)));
    }
    section
}

fn time(section: Section, records: &Records, filter: &Filter) -> Section {
    let mut section = section
        .column(Column::left("date", "Date"))
        .column(Column::left("client", "Client"))
        .column(Column::left("project", "Project"))
        .column(Column::left("task", "Task"))
        .column(Column::right("hours", "Hours"))
        .column(Column::left("row", "Row"));
    let hours = |seconds: i64| Decimal::from(seconds) / Decimal::from(3_600);
    let mut total = 0;
    for row in records.times.iter().filter(|row| filter.holds(row.origin, row.date, &row.client, None)) {
        total += row.seconds;
        let shown = Row::new(Cell::Date(row.date)).text(row.client.as_str()).text(row.project.as_str());
        section.push(shown.text(row.task.as_str()).number(hours(row.seconds), 2).text(records.place(row.origin)));
    }
    section.note(format!("Together {:.2} hours.", hours(total)))
}

/// The imports of a book.
pub fn batches(batches: &[Batch]) -> Report {
    let mut section = Section::new("batches", "")
        .column(Column::right("batch", "Batch"))
        .column(Column::left("imported_at", "Imported"))
        .column(Column::left("kind", "Kind"))
        .column(Column::left("file", "File"))
        .column(Column::right("records", "Records"))
        .column(Column::right("known", "Known already"));
    for batch in batches {
        let row = Row::new(Cell::Count(batch.id)).text(batch.imported_at.as_str()).text(batch.kind.word());
        section.push(row.text(batch.file.as_str()).count(batch.records).count(batch.known));
    }
    let section = if batches.is_empty() { section.lead("Nothing has been imported.") } else { section };
    Report::new("batches", "Imports").section(section).note("perchart undo BATCH takes one back.")
}
