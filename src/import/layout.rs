//! The layouts: the columns of each kind of file, and how a row becomes a record.

use std::cell::Cell;

use csv::StringRecord;
use rust_decimal::Decimal;
use strsim::osa_distance;

use super::header::{Header, normal};
use super::problem::{Fault, Problems};
use super::value::{self, Unfit};
use crate::book::entry::{Charts, Expense, Kind, Origin, Payment};
use crate::money::Usd;

/// A column of a layout.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// What it holds, in words.
    pub(super) holds: &'static str,
    /// What others call it: hints only, never read.
    pub(super) also: &'static [&'static str],
}

const fn required(name: &'static str, holds: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, required: true, holds, also }
}

const fn optional(name: &'static str, holds: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, required: false, holds, also }
}

/// The columns of a kind of file. Rows name them by their place here.
pub(super) fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Charts => &CHARTS,
        Kind::Payments => &PAYMENTS,
        Kind::Expenses => &EXPENSES,
        Kind::Bank | Kind::Time => &[],
    }
}

static CHARTS: [Column; 10] = [
    required("work_date", "the day you worked, such as 2025-01-31", &["date", "day", "date_worked", "worked_on"]),
    required("payer", "who pays", &["client", "company", "employer", "agency", "customer"]),
    required("chart_type", "the kind of chart, such as E/M", &["type", "specialty", "chart", "service"]),
    required("count", "how many charts", &["charts", "quantity", "qty", "volume", "chart_count", "units"]),
    optional("rejected", "how many charts were sent back", &[]),
    optional("rate", "dollars a chart", &["price", "pay_rate", "per_chart", "rate_per_chart"]),
    optional("amount", "dollars for the row", &[]),
    optional("minutes", "minutes of work", &[]),
    optional("accuracy", "a percentage from 0 to 100", &[]),
    optional("paid_on", "the day the money came", &[]),
];

static PAYMENTS: [Column; 4] = [
    required(
        "received_on",
        "the day the money came, such as 2025-01-31",
        &["date", "paid_on", "deposit_date", "received"],
    ),
    required("payer", "who paid", &["client", "company", "employer", "agency", "customer"]),
    required("amount", "dollars received", &["total", "paid", "sum", "value"]),
    optional("reference", "the payer's reference", &[]),
];

static EXPENSES: [Column; 6] = [
    required("date", "the day you paid, such as 2025-01-31", &["paid_on", "date_paid", "transaction_date", "day"]),
    required("description", "what you bought", &["memo", "item", "details", "name", "what"]),
    required("amount", "dollars paid", &["total", "paid", "sum", "price", "cost", "value"]),
    required("category", "the category of the expense", &["type", "kind", "class"]),
    optional("vendor", "who was paid", &[]),
    optional("business_share", "the business share as a percentage", &[]),
];

/// The row cannot be used; the problems say why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Noted;

/// A row under a header.
pub(super) struct Row<'a> {
    header: &'a Header,
    record: &'a StringRecord,
    line: u64,
    problems: &'a mut Problems,
}

impl<'a> Row<'a> {
    pub(super) fn new(header: &'a Header, record: &'a StringRecord, line: u64, problems: &'a mut Problems) -> Row<'a> {
        Row { header, record, line, problems }
    }

    fn origin(&self) -> Origin {
        Origin { batch: 0, line: i64::try_from(self.line).unwrap_or(i64::MAX) }
    }

    fn cell(&self, column: usize) -> &'a str {
        self.header.at[column].and_then(|place| self.record.get(place)).unwrap_or("").trim()
    }

    fn wrong(&mut self, column: usize, expected: &str, hint: &str) {
        let fault = Fault::cell(columns(self.header.kind)[column].name, self.cell(column), expected);
        self.problems.add(Some(self.line), fault.hint(hint));
    }

    /// The value of a cell that may not be empty.
    fn need<T>(&mut self, column: usize, read: impl Fn(&str) -> Result<T, Unfit>) -> Result<T, Noted> {
        if self.cell(column).is_empty() {
            self.wrong(column, columns(self.header.kind)[column].holds, "");
            return Err(Noted);
        }
        self.maybe(column, read)?.ok_or(Noted)
    }

    /// The value of a cell that may be empty.
    fn maybe<T>(&mut self, column: usize, read: impl Fn(&str) -> Result<T, Unfit>) -> Result<Option<T>, Noted> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        match read(cell) {
            Ok(value) => Ok(Some(value)),
            Err(Unfit { expected, hint, silent }) => {
                let name = columns(self.header.kind)[column].name;
                let fault = if silent { Fault::unshown(name, &expected) } else { Fault::cell(name, cell, &expected) };
                self.problems.add(Some(self.line), fault.hint(&hint));
                Err(Noted)
            }
        }
    }
}

/// A row of a charts file.
pub(super) fn charts(row: &mut Row) -> Result<Charts, Noted> {
    let work_date = row.need(0, value::day);
    let payer = row.need(1, value::text);
    let chart_type = row.need(2, value::text);
    let count = row.need(3, value::whole);
    let rejected = row.maybe(4, value::whole);
    let rate = row.maybe(5, value::rate);
    let amount = row.maybe(6, earned);
    let minutes = row.maybe(7, value::minutes);
    let accuracy = row.maybe(8, |cell| value::percent(cell, "98.5 or 98.5%"));
    let paid_on = row.maybe(9, value::day);
    let (rate, amount) = pay(row, (count?, rejected?.unwrap_or(0)), rate?, amount?)?;
    Ok(Charts {
        id: 0,
        origin: row.origin(),
        work_date: work_date?,
        payer: payer?,
        chart_type: chart_type?,
        count: count?,
        rejected: rejected?.unwrap_or(0),
        rate: Decimal::new(rate, 6).normalize(),
        amount,
        minutes_tenths: minutes?,
        accuracy_millionths: accuracy?,
        paid_on: paid_on?,
    })
}

/// The amount of a row of work.
fn earned(cell: &str) -> Result<Usd, Unfit> {
    match value::amount(cell)? {
        amount if amount < Usd::ZERO => {
            Err(Unfit::new("dollars of zero or more", "a claw-back goes into a payments file"))
        }
        amount => Ok(amount),
    }
}

/// The rate in millionths and the amount of a row, one found from the other; where both are given they must agree.
fn pay(
    row: &mut Row,
    (count, rejected): (i64, i64),
    rate: Option<i64>,
    amount: Option<Usd>,
) -> Result<(i64, Usd), Noted> {
    if rejected > count {
        row.wrong(4, &format!("at most {count}, the count"), "");
        return Err(Noted);
    }
    let paid = count - rejected;
    match (rate, amount) {
        (None, None) => {
            row.wrong(5, "dollars a chart such as 2.20, or an amount", "");
            Err(Noted)
        }
        (Some(rate), given) => {
            let cents = (i128::from(paid) * i128::from(rate) + 5_000) / 10_000;
            let earned = i64::try_from(cents).ok().and_then(|cents| Usd::try_from(Decimal::new(cents, 2)).ok());
            let Some(earned) = earned else {
                row.wrong(5, "a rate that makes at most $10,000,000,000 a row", "");
                return Err(Noted);
            };
            if given.is_some_and(|given| given != earned) {
                let expected = format!("{earned}, that is ({count} - {rejected}) x {}", plain(rate));
                row.wrong(6, &expected, "correct the count, rejected, rate or amount");
                return Err(Noted);
            }
            Ok((rate, earned))
        }
        (None, Some(amount)) if paid == 0 => {
            if amount != Usd::ZERO {
                row.wrong(6, "0.00, since no chart was accepted", "correct the count, rejected or amount");
                return Err(Noted);
            }
            Ok((0, amount))
        }
        (None, Some(amount)) => Ok(((amount.cents() * 10_000 + paid / 2) / paid, amount)),
    }
}

/// A rate with at least two decimals.
fn plain(millionths: i64) -> Decimal {
    let mut rate = Decimal::new(millionths, 6).normalize();
    if rate.scale() < 2 {
        rate.rescale(2);
    }
    rate
}

/// A row of a payments file.
pub(super) fn payment(row: &mut Row) -> Result<Payment, Noted> {
    let received_on = row.need(0, value::day);
    let payer = row.need(1, value::text);
    let amount = row.need(2, value::amount);
    let reference = row.maybe(3, value::text);
    Ok(Payment {
        id: 0,
        origin: row.origin(),
        received_on: received_on?,
        payer: payer?,
        amount: amount?,
        reference: reference?.unwrap_or_default(),
    })
}

/// A row of an expenses file.
pub(super) fn expense(row: &mut Row, categories: &Categories) -> Result<Expense, Noted> {
    let date = row.need(0, value::day);
    let description = row.need(1, value::text);
    let amount = row.need(2, value::amount);
    let category = row.need(3, |cell| categories.find(cell));
    let vendor = row.maybe(4, value::text);
    let share = row.maybe(5, |cell| value::percent(cell, "40 or 40%"));
    Ok(Expense {
        id: 0,
        origin: row.origin(),
        date: date?,
        vendor: vendor?.unwrap_or_default(),
        description: description?,
        category: category?,
        amount: amount?,
        share_millionths: share?.unwrap_or(1_000_000),
    })
}

/// The categories an expense may have.
pub(super) struct Categories<'a> {
    known: &'a [&'a str],
    /// Whether a problem has listed them already.
    listed: Cell<bool>,
}

impl<'a> Categories<'a> {
    pub(super) fn new(known: &'a [&'a str]) -> Categories<'a> {
        Categories { known, listed: Cell::new(false) }
    }

    /// The id that a cell names, whatever its case and its spaces.
    fn find(&self, cell: &str) -> Result<String, Unfit> {
        if self.known.is_empty() {
            return value::text(cell);
        }
        let wanted = normal(cell);
        if let Some(id) = self.known.iter().find(|id| normal(id) == wanted) {
            return Ok((*id).to_owned());
        }
        let nearest = self.known.iter().map(|id| (osa_distance(&wanted, &normal(id)), id)).min();
        let near = nearest.filter(|(distance, id)| *distance <= 2.max(id.len() / 3));
        let expected = near.map_or_else(|| "a category".to_owned(), |(_, id)| format!("a category, perhaps {id}"));
        let hint = if self.listed.replace(true) {
            String::new()
        } else {
            format!("the categories are {}", self.known.join(", "))
        };
        Err(Unfit::new(expected, hint))
    }
}
