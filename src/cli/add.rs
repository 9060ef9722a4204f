//! `perchart add`: one record, entered by hand and read as a row of a file is.

use chrono::{Local, SecondsFormat, Utc};
use clap::Subcommand;

use super::{Failure, Session, Ui};
use crate::book::entry::Kind;
use crate::book::{Book, Mode};
use crate::import::{self, BY_HAND, Imported, Phi, Problems};
use crate::period::iso;
use crate::report::list::{self, Filter};
use crate::year::Records;

/// What `perchart add` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// What to add.
    #[command(subcommand)]
    what: What,
}

/// One record.
#[derive(Subcommand, Clone, Debug)]
enum What {
    /// Work done: charts of one type for one payer on one day
    Charts(Charts),
    /// Money spent
    Expense(Expense),
    /// Money received
    Payment(Payment),
    /// A trip by car
    Trip(Trip),
    /// A thing that lasts longer than a year: a computer, a desk, a car
    Asset(Asset),
}

#[derive(clap::Args, Clone, Debug)]
#[command(group = clap::ArgGroup::new("pay").required(true).multiple(true).args(["rate", "amount"]))]
struct Charts {
    /// The day you worked [default: today]
    #[arg(long, value_name = "DATE")]
    work_date: Option<String>,
    /// Who pays
    #[arg(long, value_name = "NAME")]
    payer: String,
    /// The kind of chart, such as E/M
    #[arg(long, value_name = "TYPE")]
    chart_type: String,
    /// How many charts, the rejected ones included
    #[arg(long, value_name = "NUMBER")]
    count: String,
    /// How many were sent back and are not paid
    #[arg(long, value_name = "NUMBER")]
    rejected: Option<String>,
    /// Dollars a chart
    #[arg(long, value_name = "DOLLARS")]
    rate: Option<String>,
    /// Dollars for all of them
    #[arg(long, value_name = "DOLLARS")]
    amount: Option<String>,
    /// Minutes of work
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<String>,
    /// The QA score, such as 98.5%
    #[arg(long, value_name = "PERCENT")]
    accuracy: Option<String>,
    /// The day the money came
    #[arg(long, value_name = "DATE")]
    paid_on: Option<String>,
}

#[derive(clap::Args, Clone, Debug)]
struct Expense {
    /// The day you paid [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// What you bought, and what for
    #[arg(long, value_name = "TEXT")]
    description: String,
    /// Dollars paid, the private part included; a refund is negative
    #[arg(long, value_name = "DOLLARS", allow_hyphen_values = true)]
    amount: String,
    /// The category, such as books
    #[arg(long, value_name = "CATEGORY")]
    category: String,
    /// Who was paid
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// The share used for the business, such as 60% [default: 100%]
    #[arg(long, value_name = "PERCENT")]
    business_share: Option<String>,
}

#[derive(clap::Args, Clone, Debug)]
struct Payment {
    /// The day the money came [default: today]
    #[arg(long, value_name = "DATE")]
    received_on: Option<String>,
    /// Who paid
    #[arg(long, value_name = "NAME")]
    payer: String,
    /// Dollars received; a claw-back is negative
    #[arg(long, value_name = "DOLLARS", allow_hyphen_values = true)]
    amount: String,
    /// The payer's reference, such as a statement number
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
}

#[derive(clap::Args, Clone, Debug)]
struct Trip {
    /// The day [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Miles, there and back
    #[arg(long, value_name = "MILES")]
    miles: String,
    /// What it was for: the law asks for the business purpose
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// Where to
    #[arg(long, value_name = "PLACE")]
    destination: Option<String>,
    /// business, commute (between home and a regular place of work) or private [default: business]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Which car, by its name in the profile
    #[arg(long, value_name = "NAME")]
    car: Option<String>,
    /// Dollars for parking and tolls
    #[arg(long, value_name = "DOLLARS")]
    parking: Option<String>,
}

#[derive(clap::Args, Clone, Debug)]
struct Asset {
    /// What it is, such as Laptop
    #[arg(long, value_name = "NAME")]
    name: String,
    /// computer, furniture, phone, software, car, 3-year, 5-year, 7-year, 15-year or 39-year
    #[arg(long, value_name = "CLASS")]
    class: String,
    /// The day from which it stood ready for the business [default: today]
    #[arg(long, value_name = "DATE")]
    in_service: Option<String>,
    /// Dollars paid, tax and delivery included, the private part too
    #[arg(long, value_name = "DOLLARS", allow_hyphen_values = true)]
    cost: String,
    /// The day it was bought [default: the day in service]
    #[arg(long, value_name = "DATE")]
    acquired: Option<String>,
    /// The share used for the business in its first year, such as 80% [default: 100%]
    #[arg(long, value_name = "PERCENT")]
    business: Option<String>,
    /// Dollars it was worth when it turned from private to business use
    #[arg(long, value_name = "DOLLARS")]
    value: Option<String>,
    /// Dollars expensed under section 179
    #[arg(long, value_name = "DOLLARS")]
    section_179: Option<String>,
    /// The special allowance: law, out (elected out) or 40% [default: law]
    #[arg(long, value_name = "CHOICE")]
    bonus: Option<String>,
}

/// A column and its cell.
type Named = (&'static str, String);

/// The cells that were given, under the names of their columns.
fn given<const N: usize>(cells: [(&'static str, Option<&str>); N]) -> Vec<Named> {
    cells.into_iter().filter_map(|(name, cell)| cell.map(|cell| (name, cell.to_owned()))).collect()
}

impl What {
    /// What is added, and its cells.
    fn cells<'a>(&'a self, today: &'a str) -> (Kind, Vec<Named>) {
        let or_today = |day: &'a Option<String>| day.as_deref().or(Some(today));
        match self {
            What::Charts(row) => (
                Kind::Charts,
                given([
                    ("work_date", or_today(&row.work_date)),
                    ("payer", Some(&row.payer)),
                    ("chart_type", Some(&row.chart_type)),
                    ("count", Some(&row.count)),
                    ("rejected", row.rejected.as_deref()),
                    ("rate", row.rate.as_deref()),
                    ("amount", row.amount.as_deref()),
                    ("minutes", row.minutes.as_deref()),
                    ("accuracy", row.accuracy.as_deref()),
                    ("paid_on", row.paid_on.as_deref()),
                ]),
            ),
            What::Expense(row) => (
                Kind::Expenses,
                given([
                    ("date", or_today(&row.date)),
                    ("description", Some(&row.description)),
                    ("amount", Some(&row.amount)),
                    ("category", Some(&row.category)),
                    ("vendor", row.vendor.as_deref()),
                    ("business_share", row.business_share.as_deref()),
                ]),
            ),
            What::Payment(row) => (
                Kind::Payments,
                given([
                    ("received_on", or_today(&row.received_on)),
                    ("payer", Some(&row.payer)),
                    ("amount", Some(&row.amount)),
                    ("reference", row.reference.as_deref()),
                ]),
            ),
            What::Trip(row) => (
                Kind::Trips,
                given([
                    ("date", or_today(&row.date)),
                    ("miles", Some(&row.miles)),
                    ("purpose", row.purpose.as_deref().or(Some(""))),
                    ("destination", row.destination.as_deref()),
                    ("kind", row.kind.as_deref()),
                    ("car", row.car.as_deref()),
                    ("parking", row.parking.as_deref()),
                ]),
            ),
            What::Asset(row) => (
                Kind::Assets,
                given([
                    ("name", Some(&row.name)),
                    ("class", Some(&row.class)),
                    ("in_service", row.in_service.as_deref().or(row.acquired.as_deref()).or(Some(today))),
                    ("cost", Some(&row.cost)),
                    ("acquired", row.acquired.as_deref()),
                    ("business", row.business.as_deref()),
                    ("value", row.value.as_deref()),
                    ("section_179", row.section_179.as_deref()),
                    ("bonus", row.bonus.as_deref()),
                ]),
            ),
        }
    }
}

/// Adds a record, as an import of its own.
///
/// # Errors
/// The record does not say what it must, or the book cannot be used.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let mut book = session.book()?;
    let (kind, cells) = args.what.cells(&iso(Local::now().date_naive()));
    // The line is the number of the import, so that by-hand:7 is what `perchart undo 7` takes back.
    let number = book.batches()?.iter().map(|batch| batch.id).max().unwrap_or(0) + 1;
    let options = super::import::options(Phi::Refuse);
    let opened = import::by_hand(kind, &cells, number.unsigned_abs(), &options).map_err(|told| refused(&told))?;
    let now = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let added = opened.import(&mut book, &now, Mode::Store, |_| {}).map_err(|error| match error {
        import::Error::File(problems) => refused(&problems),
        import::Error::Taker(error) => Failure::from(error),
    })?;
    told(kind, &added, &book, ui)
}

/// A record with problems: nothing was added.
fn refused(problems: &Problems) -> Failure {
    let told = problems.problems.iter().map(|problem| {
        let said = problem.to_string();
        let said = said.split_once(": ").map_or(said.as_str(), |(_, said)| said);
        match &problem.column {
            Some(column) => {
                format!("--{}{}", column.replace('_', "-"), said.strip_prefix(column.as_str()).unwrap_or(said))
            }
            None => said.to_owned(),
        }
    });
    Failure::data(told.collect::<Vec<_>>().join("\n")).hint("nothing was added")
}

/// Shows the record as the book has it.
fn told(kind: Kind, imported: &Imported, book: &Book, ui: &mut Ui) -> Result<(), Failure> {
    let added = &imported.added;
    let days = added.days;
    let records = Records {
        charts: book.charts(days)?,
        payments: book.payments(days)?,
        expenses: book.expenses(days)?,
        assets: book.assets(days)?,
        trips: book.trips(days)?,
        batches: book.batches()?,
        ..Records::default()
    };
    let Some(batch) = &added.batch else {
        let mut report = list::records(&records, kind, &Filter::default())
            .note("If it happened twice, tell the two apart by their words, and add it again.");
        "Nothing was added: the book has this already".clone_into(&mut report.title);
        "Rows of that day:".clone_into(&mut report.subtitle);
        return ui.report(&report);
    };
    if added.alike > 0 {
        ui.warn("The book has a row of the same day that looks like it, with another detail. If the two are one, take this one back.");
    }
    let filter = Filter { batch: Some(batch.id), ..Filter::default() };
    let mut report = list::records(&records, kind, &filter).note(format!("Taken back by: perchart undo {}.", batch.id));
    "Added".clone_into(&mut report.title);
    report.subtitle = format!("{BY_HAND}:{}", batch.id);
    report.sections.iter_mut().for_each(|section| section.notes.clear());
    ui.report(&report)
}
