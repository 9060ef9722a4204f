//! How each kind of record stands in its table.

use chrono::NaiveDate;
use rusqlite::types::{Type, Value, ValueRef};
use rusqlite::{Connection, Row, Statement, params};
use rust_decimal::Decimal;

use super::entry::{
    Asset, AssetClass, Bonus, Charts, Expense, Kind, Movement, Origin, Payment, TimeEntry, Trip, TripKind,
};
use super::fingerprint::Mark;
use crate::money::Usd;
use crate::period::{iso, parse_iso};

/// A kind of record and its table, which is named by the kind's word.
pub(super) trait Table: Sized {
    const KIND: Kind;
    /// What [`Table::read`] reads, in its order; `id, batch, line` first.
    const SELECT: &'static str;

    fn date(&self) -> NaiveDate;
    fn read(row: &Row) -> rusqlite::Result<Self>;
    /// All that makes two rows the same: everything but id and origin.
    fn fingerprint(&self, mark: &mut Mark) -> i64;
    /// What two reports of one event have in common, when details such as the day of pay came later.
    fn event(&self, mark: &mut Mark) -> i64;
}

/// A record that is inserted as it is.
pub(super) trait Insert: Table {
    /// The columns after `batch, line, fingerprint`.
    const COLUMNS: &'static str;

    fn line(&self) -> i64;
    /// Inserts all but the id.
    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize>;
}

/// The column of the day that orders the records of a kind.
pub(super) const fn day_column(kind: Kind) -> &'static str {
    match kind {
        Kind::Charts => "work_date",
        Kind::Payments => "received_on",
        Kind::Assets => "in_service",
        Kind::Expenses | Kind::Trips | Kind::Bank | Kind::Time => "date",
    }
}

/// A day as it stands in the table of a kind.
pub(super) fn day_value(kind: Kind, day: NaiveDate) -> Value {
    match kind {
        Kind::Charts => Value::Integer(day.to_epoch_days().into()),
        _ => Value::Text(iso(day)),
    }
}

/// The statement that inserts a row of a kind, given its columns after `batch, line, fingerprint`.
pub(super) fn inserting<'a>(connection: &'a Connection, kind: Kind, columns: &str) -> rusqlite::Result<Statement<'a>> {
    let marks = ", ?".repeat(columns.split(',').count());
    let sql = format!("INSERT INTO {} (batch, line, fingerprint, {columns}) VALUES (?, ?, ?{marks})", kind.word());
    connection.prepare(&sql)
}

impl Table for Charts {
    const KIND: Kind = Kind::Charts;
    const SELECT: &'static str = "id, batch, line, work_date, (SELECT name FROM name WHERE name.id = payer), \
                                  (SELECT name FROM name WHERE name.id = chart_type), count, rejected, \
                                  rate_millionths, amount_cents, minutes_tenths, accuracy_millionths, paid_on, \
                                  surrogate";

    fn date(&self) -> NaiveDate {
        self.work_date
    }

    fn read(row: &Row) -> rusqlite::Result<Charts> {
        let day = |column: usize| -> rusqlite::Result<Option<NaiveDate>> {
            let Some(days) = row.get::<_, Option<i32>>(column)? else { return Ok(None) };
            Ok(Some(NaiveDate::from_epoch_days(days).ok_or_else(|| unreadable(column, &days.to_string()))?))
        };
        Ok(Charts {
            id: row.get(0)?,
            origin: origin(row)?,
            work_date: day(3)?.ok_or_else(|| unreadable(3, "no day"))?,
            payer: row.get(4)?,
            chart_type: row.get(5)?,
            count: row.get(6)?,
            rejected: row.get(7)?,
            rate: Decimal::new(row.get(8)?, 6).normalize(),
            amount: Usd::from_cents(row.get(9)?),
            minutes_tenths: row.get(10)?,
            accuracy_millionths: row.get(11)?,
            paid_on: day(12)?,
            surrogate: row.get(13)?,
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        let (payer, chart_type) = (mark.of_name(&self.payer), mark.of_name(&self.chart_type));
        self.row().map_or(0, |row| mark.of_charts(&row, payer, chart_type))
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        let (payer, chart_type) = (mark.of_name(&self.payer), mark.of_name(&self.chart_type));
        mark.begin().day(self.work_date).earlier(payer).earlier(chart_type).end()
    }
}

impl Table for Payment {
    const KIND: Kind = Kind::Payments;
    const SELECT: &'static str = "id, batch, line, received_on, payer, amount_cents, reference";

    fn date(&self) -> NaiveDate {
        self.received_on
    }

    fn read(row: &Row) -> rusqlite::Result<Payment> {
        Ok(Payment {
            id: row.get(0)?,
            origin: origin(row)?,
            received_on: day(row, 3)?,
            payer: row.get(4)?,
            amount: Usd::from_cents(row.get(5)?),
            reference: row.get(6)?,
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.received_on).name(&self.payer).number(self.amount.cents()).text(&self.reference).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.received_on).text(&self.payer).number(self.amount.cents()).end()
    }
}

impl Insert for Payment {
    const COLUMNS: &'static str = "received_on, payer, amount_cents, reference";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        let (line, day) = (self.origin.line, iso(self.received_on));
        into.execute(params![batch, line, fingerprint, day, self.payer, self.amount.cents(), self.reference])
    }
}

impl Table for Expense {
    const KIND: Kind = Kind::Expenses;
    const SELECT: &'static str = "id, batch, line, date, vendor, description, category, amount_cents, share_millionths";

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn read(row: &Row) -> rusqlite::Result<Expense> {
        Ok(Expense {
            id: row.get(0)?,
            origin: origin(row)?,
            date: day(row, 3)?,
            vendor: row.get(4)?,
            description: row.get(5)?,
            category: row.get(6)?,
            amount: Usd::from_cents(row.get(7)?),
            share_millionths: row.get(8)?,
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).text(&self.vendor).text(&self.description).text(&self.category);
        mark.number(self.amount.cents()).number(self.share_millionths).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).number(self.amount.cents()).end()
    }
}

impl Insert for Expense {
    const COLUMNS: &'static str = "date, vendor, description, category, amount_cents, share_millionths";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        into.execute(params![
            batch,
            self.origin.line,
            fingerprint,
            iso(self.date),
            self.vendor,
            self.description,
            self.category,
            self.amount.cents(),
            self.share_millionths,
        ])
    }
}

impl Table for Asset {
    const KIND: Kind = Kind::Assets;
    const SELECT: &'static str = "id, batch, line, name, class, acquired, in_service, cost_cents, share_millionths, \
                                  value_cents, section_179_cents, bonus";

    fn date(&self) -> NaiveDate {
        self.in_service
    }

    /// All but what became of it, which stands in a table of its own.
    fn read(row: &Row) -> rusqlite::Result<Asset> {
        Ok(Asset {
            id: row.get(0)?,
            origin: origin(row)?,
            name: row.get(3)?,
            class: word(row, 4, AssetClass::ALL, AssetClass::word)?,
            acquired: day(row, 5)?,
            in_service: day(row, 6)?,
            cost: Usd::from_cents(row.get(7)?),
            share_millionths: row.get(8)?,
            value: row.get::<_, Option<i64>>(9)?.map(Usd::from_cents),
            section_179: Usd::from_cents(row.get(10)?),
            bonus: word(row, 11, Bonus::ALL, Bonus::word)?,
            events: Vec::new(),
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.in_service).name(&self.name).text(self.class.word()).day(self.acquired);
        mark.number(self.cost.cents()).number(self.share_millionths).maybe(self.value.map(Usd::cents));
        mark.number(self.section_179.cents()).text(self.bonus.word()).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.in_service).number(self.cost.cents()).end()
    }
}

impl Insert for Asset {
    const COLUMNS: &'static str = "name, class, acquired, in_service, cost_cents, share_millionths, value_cents, \
                                   section_179_cents, bonus";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        into.execute(params![
            batch,
            self.origin.line,
            fingerprint,
            self.name,
            self.class.word(),
            iso(self.acquired),
            iso(self.in_service),
            self.cost.cents(),
            self.share_millionths,
            self.value.map(Usd::cents),
            self.section_179.cents(),
            self.bonus.word(),
        ])
    }
}

impl Table for Trip {
    const KIND: Kind = Kind::Trips;
    const SELECT: &'static str = "id, batch, line, date, miles_tenths, destination, purpose, kind, car, parking_cents";

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn read(row: &Row) -> rusqlite::Result<Trip> {
        Ok(Trip {
            id: row.get(0)?,
            origin: origin(row)?,
            date: day(row, 3)?,
            miles_tenths: row.get(4)?,
            destination: row.get(5)?,
            purpose: row.get(6)?,
            kind: word(row, 7, TripKind::ALL, TripKind::word)?,
            car: row.get(8)?,
            parking: Usd::from_cents(row.get(9)?),
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).number(self.miles_tenths).name(&self.destination).name(&self.purpose);
        mark.text(self.kind.word()).name(&self.car).number(self.parking.cents()).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).number(self.miles_tenths).end()
    }
}

impl Insert for Trip {
    const COLUMNS: &'static str = "date, miles_tenths, destination, purpose, kind, car, parking_cents";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        into.execute(params![
            batch,
            self.origin.line,
            fingerprint,
            iso(self.date),
            self.miles_tenths,
            self.destination,
            self.purpose,
            self.kind.word(),
            self.car,
            self.parking.cents(),
        ])
    }
}

impl Table for Movement {
    const KIND: Kind = Kind::Bank;
    const SELECT: &'static str =
        "id, batch, line, date, account, description, amount_cents, currency, balance_cents, bank_id, hint";

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn read(row: &Row) -> rusqlite::Result<Movement> {
        Ok(Movement {
            id: row.get(0)?,
            origin: origin(row)?,
            date: day(row, 3)?,
            account: row.get(4)?,
            description: row.get(5)?,
            amount: Usd::from_cents(row.get(6)?),
            currency: row.get(7)?,
            balance: row.get::<_, Option<i64>>(8)?.map(Usd::from_cents),
            bank_id: row.get(9)?,
            hint: row.get(10)?,
        })
    }

    /// The balance is compared apart, since not every statement has it; the bank's number too, since it is unique.
    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).name(&self.account).name(&self.description);
        mark.number(self.amount.cents()).text(&self.currency).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).name(&self.account).number(self.amount.cents()).end()
    }
}

impl Insert for Movement {
    const COLUMNS: &'static str = "date, account, description, amount_cents, currency, balance_cents, bank_id, hint";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        into.execute(params![
            batch,
            self.origin.line,
            fingerprint,
            iso(self.date),
            self.account,
            self.description,
            self.amount.cents(),
            self.currency,
            self.balance.map(Usd::cents),
            self.bank_id,
            self.hint,
        ])
    }
}

impl Table for TimeEntry {
    const KIND: Kind = Kind::Time;
    const SELECT: &'static str = "id, batch, line, date, start, seconds, client, project, task";

    fn date(&self) -> NaiveDate {
        self.date
    }

    fn read(row: &Row) -> rusqlite::Result<TimeEntry> {
        Ok(TimeEntry {
            id: row.get(0)?,
            origin: origin(row)?,
            date: day(row, 3)?,
            start: row.get(4)?,
            seconds: row.get(5)?,
            client: row.get(6)?,
            project: row.get(7)?,
            task: row.get(8)?,
        })
    }

    fn fingerprint(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).maybe(self.start).number(self.seconds);
        mark.name(&self.client).name(&self.project).name(&self.task).end()
    }

    fn event(&self, mark: &mut Mark) -> i64 {
        mark.begin().day(self.date).maybe(self.start).name(&self.client).name(&self.project).name(&self.task).end()
    }
}

impl Insert for TimeEntry {
    const COLUMNS: &'static str = "date, start, seconds, client, project, task";

    fn line(&self) -> i64 {
        self.origin.line
    }

    fn insert(&self, into: &mut Statement, batch: i64, fingerprint: i64) -> rusqlite::Result<usize> {
        into.execute(params![
            batch,
            self.origin.line,
            fingerprint,
            iso(self.date),
            self.start,
            self.seconds,
            self.client,
            self.project,
            self.task,
        ])
    }
}

fn origin(row: &Row) -> rusqlite::Result<Origin> {
    Ok(Origin { batch: row.get(1)?, line: row.get(2)? })
}

/// One of some values, stored as its word.
fn word<T: Copy, const N: usize>(
    row: &Row,
    column: usize,
    all: [T; N],
    of: fn(T) -> &'static str,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    all.into_iter().find(|value| of(*value) == text).ok_or_else(|| unreadable(column, &text))
}

/// A day stored as text.
pub(super) fn day(row: &Row, column: usize) -> rusqlite::Result<NaiveDate> {
    let text = match row.get_ref(column)? {
        ValueRef::Text(text) => std::str::from_utf8(text).unwrap_or_default(),
        _ => "no text",
    };
    parse_iso(text).ok_or_else(|| unreadable(column, text))
}

/// A stored value that the program cannot have written.
pub(super) fn unreadable(column: usize, text: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("unreadable value {text:?}").into())
}
