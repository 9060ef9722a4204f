//! How each kind of record stands in its table.

use std::hash::Hash;

use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{Row, Statement, params};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::entry::{Charts, Expense, Kind, Origin, Payment};
use crate::money::Usd;
use crate::period::{iso, parse_iso};

/// A kind of record and its table, which is named by the kind's word.
pub(super) trait Table: Sized {
    const KIND: Kind;
    /// The column of the day that orders the records.
    const DATE: &'static str;
    /// All columns, `id, batch, line` first.
    const COLUMNS: &'static str;
    /// Everything but id and origin: what makes two rows the same.
    type Content<'a>: Eq + Hash
    where
        Self: 'a;

    /// What two reports of one event have in common, when details such as the day of pay came later.
    type Event<'a>: Eq + Hash
    where
        Self: 'a;

    fn content(&self) -> Self::Content<'_>;
    fn event(&self) -> Self::Event<'_>;
    fn date(&self) -> NaiveDate;
    fn line(&self) -> i64;
    fn read(row: &Row) -> rusqlite::Result<Self>;
    /// Inserts the record with all columns but the id.
    fn write(&self, insert: &mut Statement, batch: i64) -> rusqlite::Result<usize>;
}

/// A name as it is compared: capitals and spaces do not count.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Table for Charts {
    const KIND: Kind = Kind::Charts;
    const DATE: &'static str = "work_date";
    const COLUMNS: &'static str = "id, batch, line, work_date, payer, chart_type, count, rejected, rate_millionths, \
                                   amount_cents, minutes_tenths, accuracy_millionths, paid_on";
    type Content<'a> =
        (NaiveDate, String, String, i64, i64, Option<i64>, Usd, Option<i64>, Option<i64>, Option<NaiveDate>);

    type Event<'a> = (NaiveDate, String, String);

    fn content(&self) -> Self::Content<'_> {
        (
            self.work_date,
            plain(&self.payer),
            plain(&self.chart_type),
            self.count,
            self.rejected,
            rate_millionths(self.rate),
            self.amount,
            self.minutes_tenths,
            self.accuracy_millionths,
            self.paid_on,
        )
    }

    fn event(&self) -> Self::Event<'_> {
        (self.work_date, plain(&self.payer), plain(&self.chart_type))
    }

    fn date(&self) -> NaiveDate {
        self.work_date
    }

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn read(row: &Row) -> rusqlite::Result<Charts> {
        Ok(Charts {
            id: row.get(0)?,
            origin: Origin { batch: row.get(1)?, line: row.get(2)? },
            work_date: day(row, 3)?,
            payer: row.get(4)?,
            chart_type: row.get(5)?,
            count: row.get(6)?,
            rejected: row.get(7)?,
            rate: Decimal::new(row.get(8)?, 6).normalize(),
            amount: Usd::from_cents(row.get(9)?),
            minutes_tenths: row.get(10)?,
            accuracy_millionths: row.get(11)?,
            paid_on: match row.get_ref(12)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(day(row, 12)?),
            },
        })
    }

    fn write(&self, insert: &mut Statement, batch: i64) -> rusqlite::Result<usize> {
        insert.execute(params![
            batch,
            self.origin.line,
            iso(self.work_date),
            self.payer,
            self.chart_type,
            self.count,
            self.rejected,
            rate_millionths(self.rate),
            self.amount.cents(),
            self.minutes_tenths,
            self.accuracy_millionths,
            self.paid_on.map(iso),
        ])
    }
}

impl Table for Payment {
    const KIND: Kind = Kind::Payments;
    const DATE: &'static str = "received_on";
    const COLUMNS: &'static str = "id, batch, line, received_on, payer, amount_cents, reference";
    type Content<'a> = (NaiveDate, String, Usd, &'a str);

    type Event<'a> = (NaiveDate, &'a str, Usd);

    fn content(&self) -> Self::Content<'_> {
        (self.received_on, plain(&self.payer), self.amount, &self.reference)
    }

    fn event(&self) -> Self::Event<'_> {
        (self.received_on, &self.payer, self.amount)
    }

    fn date(&self) -> NaiveDate {
        self.received_on
    }

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn read(row: &Row) -> rusqlite::Result<Payment> {
        Ok(Payment {
            id: row.get(0)?,
            origin: Origin { batch: row.get(1)?, line: row.get(2)? },
            received_on: day(row, 3)?,
            payer: row.get(4)?,
            amount: Usd::from_cents(row.get(5)?),
            reference: row.get(6)?,
        })
    }

    fn write(&self, insert: &mut Statement, batch: i64) -> rusqlite::Result<usize> {
        let amount = self.amount.cents();
        insert.execute(params![batch, self.origin.line, iso(self.received_on), self.payer, amount, self.reference])
    }
}

impl Table for Expense {
    const KIND: Kind = Kind::Expenses;
    const DATE: &'static str = "date";
    const COLUMNS: &'static str =
        "id, batch, line, date, vendor, description, category, amount_cents, share_millionths";
    type Content<'a> = (NaiveDate, &'a str, &'a str, &'a str, Usd, i64);

    type Event<'a> = (NaiveDate, Usd);

    fn event(&self) -> Self::Event<'_> {
        (self.date, self.amount)
    }

    fn content(&self) -> Self::Content<'_> {
        (self.date, &self.vendor, &self.description, &self.category, self.amount, self.share_millionths)
    }

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn read(row: &Row) -> rusqlite::Result<Expense> {
        Ok(Expense {
            id: row.get(0)?,
            origin: Origin { batch: row.get(1)?, line: row.get(2)? },
            date: day(row, 3)?,
            vendor: row.get(4)?,
            description: row.get(5)?,
            category: row.get(6)?,
            amount: Usd::from_cents(row.get(7)?),
            share_millionths: row.get(8)?,
        })
    }

    fn write(&self, insert: &mut Statement, batch: i64) -> rusqlite::Result<usize> {
        insert.execute(params![
            batch,
            self.origin.line,
            iso(self.date),
            self.vendor,
            self.description,
            self.category,
            self.amount.cents(),
            self.share_millionths,
        ])
    }
}

/// A rate in millionths of a dollar; none where it has more decimals, which the table refuses.
fn rate_millionths(rate: Decimal) -> Option<i64> {
    let millionths = rate.checked_mul(Decimal::new(1_000_000, 0))?;
    if millionths.is_integer() { millionths.to_i64() } else { None }
}

/// A day stored as text.
fn day(row: &Row, column: usize) -> rusqlite::Result<NaiveDate> {
    let text = row.get_ref(column)?.as_str().map_err(|_| unreadable(column, "no text"))?;
    parse_iso(text).ok_or_else(|| unreadable(column, text))
}

/// A stored value that the program cannot have written.
pub(super) fn unreadable(column: usize, text: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("unreadable value {text:?}").into())
}
