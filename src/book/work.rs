//! Sums of work, kept beside the rows of charts in the same transaction, so that a year is read from a few thousand sums.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, Row, params};

use super::entry::{Charts, ChartsRow, Origin};
use super::{Book, Error};
use crate::money::Usd;

/// Stands for a day that is not said.
const UNSAID: i32 = -719_529;

/// Sums kept in memory during an import; beyond, they go to the book at once.
const MOST: usize = 32 * 1024;

/// What was earned by work of one day for one payer, as far as it was paid on the same day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkDay {
    /// The day of the work.
    pub work_date: NaiveDate,
    /// The payer, as these rows spell it.
    pub payer: Arc<str>,
    /// The day on which the money came, where the rows say so.
    pub paid_on: Option<NaiveDate>,
    /// Rows of charts.
    pub rows: i64,
    /// What they earned.
    pub amount: Usd,
    /// The number of the first of these rows.
    pub first: i64,
    /// The number of the last of these rows.
    pub last: i64,
    /// Where the row comes from, where it is a single row as listed by [`Work::each`].
    pub origin: Option<Origin>,
}

/// The work of one month for one payer, of one chart type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkMonth {
    /// The year of the work.
    pub year: i32,
    /// The month of the work, 1 to 12.
    pub month: u32,
    /// The payer, as these rows spell it.
    pub payer: Arc<str>,
    /// The chart type, as these rows spell it.
    pub chart_type: Arc<str>,
    /// What the rows come to.
    pub sums: Sums,
    /// The first of these rows, by day, then number: an order, not a number.
    first: i64,
}

/// What rows of charts come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// Rows.
    pub rows: i64,
    /// Charts coded, the rejected ones included.
    pub charts: i64,
    /// Charts sent back and never paid.
    pub rejected: i64,
    /// What they earned.
    pub amount: Usd,
    /// Tenths of minutes of the rows that say them.
    pub minutes_tenths: i64,
    /// Charts of the rows that say minutes other than zero.
    pub timed_charts: i64,
    /// What those rows earned.
    pub timed_amount: Usd,
    /// Charts of the rows that say an accuracy.
    pub scored_charts: i64,
    /// Charts x accuracy in millionths, of these rows.
    pub score: i64,
}

/// All work of a book, in sums. Days are in order of date, then first row; months in order of their first row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Work {
    /// By day, payer and day of pay.
    pub days: Vec<WorkDay>,
    /// By month, payer and chart type.
    pub months: Vec<WorkMonth>,
}

impl Sums {
    /// Adds a row; false where a sum would be out of range.
    fn add(&mut self, row: &ChartsRow) -> bool {
        self.with(row).map(|sums| *self = sums).is_some()
    }

    fn with(&self, row: &ChartsRow) -> Option<Sums> {
        let mut sums = *self;
        let plus = |one: Usd| one.cents().checked_add(row.amount.cents()).map(Usd::from_cents);
        sums.rows += 1;
        sums.charts = sums.charts.checked_add(row.count)?;
        sums.rejected = sums.rejected.checked_add(row.rejected)?;
        sums.amount = plus(sums.amount)?;
        if let Some(tenths) = row.minutes_tenths.filter(|tenths| *tenths > 0) {
            sums.minutes_tenths = sums.minutes_tenths.checked_add(tenths)?;
            sums.timed_charts += row.count;
            sums.timed_amount = plus(sums.timed_amount)?;
        }
        if let Some(accuracy) = row.accuracy_millionths {
            sums.scored_charts += row.count;
            sums.score = row.count.checked_mul(accuracy).and_then(|score| sums.score.checked_add(score))?;
        }
        Some(sums)
    }
}

impl Work {
    /// Sums up rows, which are in order of date, then number. Days are not summed: each row stands for itself.
    pub fn each(rows: &[Charts]) -> Work {
        type Key = (i32, Arc<str>, Arc<str>);
        let mut names: HashMap<&str, Arc<str>> = HashMap::new();
        let mut shared = |name| Arc::clone(names.entry(name).or_insert_with(|| Arc::from(name)));
        let mut work = Work::default();
        let mut months: BTreeMap<Key, (Sums, i64)> = BTreeMap::new();
        for charts in rows {
            let payer = shared(&charts.payer);
            let key = (month(charts.work_date), Arc::clone(&payer), shared(&charts.chart_type));
            let (sums, first) = months.entry(key).or_insert((Sums::default(), i64::MAX));
            if let Some(row) = charts.row() {
                sums.add(&row);
            }
            *first = order(charts.work_date, charts.id).min(*first);
            work.days.push(WorkDay {
                work_date: charts.work_date,
                payer,
                paid_on: charts.paid_on,
                rows: 1,
                amount: charts.amount,
                first: charts.id,
                last: charts.id,
                origin: Some(charts.origin),
            });
        }
        let months = months.into_iter().map(|((month, payer, chart_type), (sums, first))| WorkMonth {
            year: month.div_euclid(12),
            month: month.rem_euclid(12).cast_unsigned() + 1,
            payer,
            chart_type,
            sums,
            first,
        });
        work.months = months.collect();
        work.months.sort_by_key(|month| month.first);
        work
    }

    /// Sums up rows, as the book keeps them.
    pub fn of(rows: &[Charts]) -> Work {
        let mut work = Work::each(rows);
        let mut days: BTreeMap<(NaiveDate, Arc<str>, Option<NaiveDate>), WorkDay> = BTreeMap::new();
        for row in work.days.drain(..) {
            let key = (row.work_date, Arc::clone(&row.payer), row.paid_on);
            let Some(day) = days.get_mut(&key) else {
                days.insert(key, WorkDay { origin: None, ..row });
                continue;
            };
            day.rows += 1;
            day.amount += row.amount;
            day.first = day.first.min(row.first);
            day.last = day.last.max(row.last);
        }
        work.days = days.into_values().collect();
        work.days.sort_by_key(|day| (day.work_date, day.first));
        work
    }
}

impl Book {
    /// All work, in sums.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn work(&self) -> Result<Work, Error> {
        read(&self.connection).map_err(|source| self.fail(source))
    }
}

fn read(connection: &Connection) -> rusqlite::Result<Work> {
    let names: HashMap<i64, Arc<str>> = connection
        .prepare("SELECT id, name FROM name")?
        .query_map([], |row| Ok((row.get(0)?, Arc::from(row.get_ref(1)?.as_str()?))))?
        .collect::<rusqlite::Result<_>>()?;
    let name = |row: &Row, column: usize| {
        let id: i64 = row.get(column)?;
        names.get(&id).cloned().ok_or_else(|| super::table::unreadable(column, &id.to_string()))
    };
    let day = |row: &Row, column: usize| -> rusqlite::Result<NaiveDate> {
        let days: i32 = row.get(column)?;
        NaiveDate::from_epoch_days(days).ok_or_else(|| super::table::unreadable(column, &days.to_string()))
    };
    let days =
        "SELECT work_date, payer, paid_on, rows, amount_cents, first, last FROM work_day ORDER BY work_date, first";
    let read_day = |row: &Row| {
        Ok(WorkDay {
            work_date: day(row, 0)?,
            payer: name(row, 1)?,
            paid_on: if row.get::<_, i32>(2)? == UNSAID { None } else { Some(day(row, 2)?) },
            rows: row.get(3)?,
            amount: Usd::from_cents(row.get(4)?),
            first: row.get(5)?,
            last: row.get(6)?,
            origin: None,
        })
    };
    let months = "SELECT month, payer, chart_type, rows, charts, rejected, amount_cents, minutes_tenths, timed_charts, \
                  timed_cents, scored_charts, score, first FROM work_month ORDER BY first";
    let read_month = |row: &Row| {
        let month: i32 = row.get(0)?;
        Ok(WorkMonth {
            year: month.div_euclid(12),
            month: month.rem_euclid(12).cast_unsigned() + 1,
            payer: name(row, 1)?,
            chart_type: name(row, 2)?,
            sums: Sums {
                rows: row.get(3)?,
                charts: row.get(4)?,
                rejected: row.get(5)?,
                amount: Usd::from_cents(row.get(6)?),
                minutes_tenths: row.get(7)?,
                timed_charts: row.get(8)?,
                timed_amount: Usd::from_cents(row.get(9)?),
                scored_charts: row.get(10)?,
                score: row.get(11)?,
            },
            first: row.get(12)?,
        })
    };
    Ok(Work {
        days: connection.prepare(days)?.query_map([], read_day)?.collect::<Result<_, _>>()?,
        months: connection.prepare(months)?.query_map([], read_month)?.collect::<Result<_, _>>()?,
    })
}

/// A month as it is stored: year x 12 + month - 1.
fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

/// Orders rows by day, then number.
fn order(day: NaiveDate, id: i64) -> i64 {
    ((i64::from(day.to_epoch_days()) + 719_528) << 40) | id
}

/// What an import adds to the sums.
#[derive(Debug, Default)]
pub(super) struct Adding {
    days: HashMap<(i32, i64, i32), DaySums>,
    months: HashMap<(i32, i64, i64), (Sums, i64)>,
}

#[derive(Debug)]
struct DaySums {
    rows: i64,
    amount: Usd,
    first: i64,
    last: i64,
}

impl Adding {
    /// Adds a row that was stored; false where a sum would be out of range.
    pub(super) fn add(&mut self, row: &ChartsRow, id: i64, payer: i64, chart_type: i64) -> bool {
        let paid_on = row.paid_on.map_or(UNSAID, |day| day.to_epoch_days());
        let blank = DaySums { rows: 0, amount: Usd::ZERO, first: id, last: id };
        let day = self.days.entry((row.work_date.to_epoch_days(), payer, paid_on)).or_insert(blank);
        let Some(amount) = day.amount.cents().checked_add(row.amount.cents()) else { return false };
        (day.rows, day.amount, day.last) = (day.rows + 1, Usd::from_cents(amount), id);
        let blank = (Sums::default(), i64::MAX);
        let (sums, first) = self.months.entry((month(row.work_date), payer, chart_type)).or_insert(blank);
        *first = order(row.work_date, id).min(*first);
        sums.add(row)
    }

    pub(super) fn is_full(&self) -> bool {
        self.days.len() + self.months.len() >= MOST
    }

    /// Adds the sums to those of the book.
    pub(super) fn store(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut days: Vec<_> = self.days.drain().collect();
        days.sort_unstable_by_key(|(key, _)| *key);
        let mut insert = connection.prepare_cached(
            "INSERT INTO work_day (work_date, payer, paid_on, rows, amount_cents, first, last)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, amount_cents = amount_cents + excluded.amount_cents,
                 first = min(first, excluded.first), last = max(last, excluded.last)",
        )?;
        for ((day, payer, paid_on), sums) in days {
            insert.execute(params![day, payer, paid_on, sums.rows, sums.amount.cents(), sums.first, sums.last])?;
        }
        let mut months: Vec<_> = self.months.drain().collect();
        months.sort_unstable_by_key(|(key, _)| *key);
        let mut insert = connection.prepare_cached(
            "INSERT INTO work_month (month, payer, chart_type, rows, charts, rejected, amount_cents, minutes_tenths,
                 timed_charts, timed_cents, scored_charts, score, first)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, charts = charts + excluded.charts,
                 rejected = rejected + excluded.rejected, amount_cents = amount_cents + excluded.amount_cents,
                 minutes_tenths = minutes_tenths + excluded.minutes_tenths,
                 timed_charts = timed_charts + excluded.timed_charts, timed_cents = timed_cents + excluded.timed_cents,
                 scored_charts = scored_charts + excluded.scored_charts, score = score + excluded.score,
                 first = min(first, excluded.first)",
        )?;
        for ((month, payer, chart_type), (sums, first)) in months {
            insert.execute(params![
                month,
                payer,
                chart_type,
                sums.rows,
                sums.charts,
                sums.rejected,
                sums.amount.cents(),
                sums.minutes_tenths,
                sums.timed_charts,
                sums.timed_amount.cents(),
                sums.scored_charts,
                sums.score,
                first,
            ])?;
        }
        Ok(())
    }
}

/// The sums by day of the rows that a condition picks.
pub(super) fn days_of(rows: &str) -> String {
    format!(
        "SELECT work_date, payer, ifnull(paid_on, {UNSAID}) AS paid, count(*), sum(amount_cents), min(id), max(id)
         FROM charts WHERE {rows} GROUP BY work_date, payer, paid"
    )
}

/// The sums by month of the rows that a condition picks.
pub(super) fn months_of(rows: &str) -> String {
    format!(
        "SELECT CAST(strftime('%Y', work_date * 86400, 'unixepoch') AS INTEGER) * 12
                + CAST(strftime('%m', work_date * 86400, 'unixepoch') AS INTEGER) - 1 AS month,
                payer, chart_type, count(*), sum(count), sum(rejected), sum(amount_cents),
                ifnull(sum(minutes_tenths), 0), ifnull(sum(count) FILTER (WHERE minutes_tenths > 0), 0),
                ifnull(sum(amount_cents) FILTER (WHERE minutes_tenths > 0), 0),
                ifnull(sum(count) FILTER (WHERE accuracy_millionths IS NOT NULL), 0),
                ifnull(sum(count * accuracy_millionths), 0), min(((work_date + 719528) << 40) | id)
         FROM charts WHERE {rows} GROUP BY month, payer, chart_type"
    )
}

/// Works out all sums anew from the rows.
pub(super) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "DELETE FROM work_day; DELETE FROM work_month; INSERT INTO work_day {}; INSERT INTO work_month {};",
        days_of("TRUE"),
        months_of("TRUE"),
    ))
}

/// The first and the last day of the months in which a batch has rows of charts; none where it has none.
pub(super) fn span(connection: &Connection, batch: i64) -> rusqlite::Result<Option<(i32, i32)>> {
    let sql = "SELECT min(work_date), max(work_date) FROM charts WHERE batch = ?1";
    let (from, to): (Option<i32>, Option<i32>) =
        connection.query_row(sql, [batch], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let day = |days: Option<i32>| days.and_then(NaiveDate::from_epoch_days);
    Ok(day(from).zip(day(to)).map(|(from, to)| {
        let first = from.with_day(1).unwrap_or(from);
        let beyond = to.checked_add_months(chrono::Months::new(1)).and_then(|next| next.with_day(1));
        (first.to_epoch_days(), beyond.map_or(to.to_epoch_days(), |beyond| beyond.to_epoch_days() - 1))
    }))
}

/// Works out the sums of whole months anew, and lets names go that no row uses any more.
pub(super) fn rebuild_span(connection: &Connection, (from, to): (i32, i32)) -> rusqlite::Result<()> {
    let months = |day: i32| NaiveDate::from_epoch_days(day).map_or(0, month);
    connection.execute("DELETE FROM work_day WHERE work_date BETWEEN ?1 AND ?2", [from, to])?;
    connection.execute("DELETE FROM work_month WHERE month BETWEEN ?1 AND ?2", [months(from), months(to)])?;
    let rows = "work_date BETWEEN ?1 AND ?2";
    connection.execute(&format!("INSERT INTO work_day {}", days_of(rows)), [from, to])?;
    connection.execute(&format!("INSERT INTO work_month {}", months_of(rows)), [from, to])?;
    connection.execute(
        "DELETE FROM name WHERE id NOT IN (SELECT payer FROM work_month UNION SELECT chart_type FROM work_month)",
        [],
    )?;
    Ok(())
}
