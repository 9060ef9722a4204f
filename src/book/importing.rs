//! One import, row by row, never a row twice.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use rusqlite::{Connection, Statement, Transaction, TransactionBehavior, params};

use super::entry::{Asset, Batch, Charts, ChartsRow, Expense, Kind, Movement, Payment, TimeEntry, Trip};
use super::fingerprint::Mark;
use super::names::Names;
use super::source::{NewSource, Source};
use super::stored::{Days, Mated};
use super::table::{Insert, Table, day_column, day_value, inserting};
use super::work::Adding;
use super::{Book, Error, source};
use crate::money::Usd;
use crate::period::{DateRange, parse_iso};

/// So many lines are listed of each sort.
const LISTED: usize = 1_000;

/// What is to be noted about an import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBatch {
    /// The file's name, without its folder.
    pub file: String,
    /// When it is imported, UTC, RFC 3339 to the second.
    pub imported_at: String,
}

/// Whether an import is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Mode {
    /// The rows are stored.
    Store,
    /// The rows are compared and counted; the book is only read.
    Try,
}

/// What the book makes of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Seen {
    /// It is new.
    New,
    /// The book has it already.
    Known,
    /// The book has it by the bank's own number, with another day, amount or currency. It is not booked again.
    Changed,
}

/// What an import brought, or would bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    /// The import as stored. None where nothing was new, or nothing was to be stored: then the book is unchanged.
    pub batch: Option<Batch>,
    /// What the records are.
    pub kind: Kind,
    /// Rows that are new to the book.
    pub new: i64,
    /// Rows that the book had already, those skipped by [`Importing::resume`] included.
    pub known: i64,
    /// Rows that the book had by the bank's own number, with another day, amount or currency. They were left out.
    pub changed: i64,
    /// New rows that may report again what another stored row reports; see [`Added::alike_lines`].
    pub alike: i64,
    /// The lines of the file that the book had already, in order; the first thousand, skipped ones left out.
    pub known_lines: Vec<i64>,
    /// The lines of changed rows, in order; the first thousand.
    pub changed_lines: Vec<i64>,
    /// The lines of new rows that may report again what another stored row reports, with other details: charts of the
    /// same day, payer and type, payments of the same day, payer and amount, expenses of the same day and amount,
    /// assets of the same day of service and cost, trips of the same day and miles, rows of a statement of the same day, account and amount, time of the same day, start, client, project and task.
    /// They are stored nevertheless; ask. The first thousand.
    pub alike_lines: Vec<i64>,
    /// From the first to the last day of the rows that were compared; none where there were none.
    pub days: Option<DateRange>,
}

/// An import under way: one transaction. Dropped without [`Importing::finish`], it leaves no trace.
#[derive(Debug)]
pub struct Importing<'a> {
    file: &'a Path,
    connection: &'a Connection,
    kind: Kind,
    mode: Mode,
    note: NewBatch,
    days: Days<'a>,
    names: Names<'a>,
    insert: Statement<'a>,
    by_bank_id: Statement<'a>,
    mark: Mark,
    sums: Adding,
    added: Added,
    batch: Option<i64>,
    resumed: Option<Source>,
    /// The event and line of new rows on days with stored rows that were not met.
    candidates: Vec<(i64, i64)>,
    /// Whether a row had a number of the bank.
    numbered: bool,
    /// What rows of a file that is only tried say under a number of the bank.
    tried: HashMap<i64, i64>,
    last_line: i64,
    /// Whether a row failed: nothing can be stored any more.
    failed: bool,
    // Dropped last: the statements end before the transaction does.
    transaction: Transaction<'a>,
}

impl Book {
    /// Begins an import of one file.
    ///
    /// A row that equals a stored one in everything but id and origin is not stored again. Of rows that are equal
    /// inside the file, those beyond the number stored before are new: twins in one file both stay. Names are compared
    /// without capitals and runs of spaces. A row of a statement that has the bank's own number is known by account and
    /// number alone. Without a new row no batch is stored.
    ///
    /// # Errors
    /// Another program is writing, or the disk fails.
    pub fn import(&mut self, kind: Kind, batch: NewBatch, mode: Mode) -> Result<Importing<'_>, Error> {
        Importing::begin(&self.connection, &self.file, kind, batch, mode)
    }
}

impl<'a> Importing<'a> {
    pub(super) fn begin(
        connection: &'a Connection,
        file: &'a Path,
        kind: Kind,
        note: NewBatch,
        mode: Mode,
    ) -> Result<Importing<'a>, Error> {
        let begin = || {
            let behavior = match mode {
                Mode::Store => TransactionBehavior::Immediate,
                Mode::Try => TransactionBehavior::Deferred,
            };
            let transaction = Transaction::new_unchecked(connection, behavior)?;
            let columns = match kind {
                Kind::Charts => {
                    "work_date, payer, chart_type, count, rejected, rate_millionths, amount_cents, minutes_tenths, \
                     accuracy_millionths, paid_on, surrogate"
                }
                Kind::Payments => Payment::COLUMNS,
                Kind::Expenses => Expense::COLUMNS,
                Kind::Assets => Asset::COLUMNS,
                Kind::Trips => Trip::COLUMNS,
                Kind::Bank => Movement::COLUMNS,
                Kind::Time => TimeEntry::COLUMNS,
            };
            Ok(Importing {
                file,
                connection,
                kind,
                mode,
                note,
                days: Days::new(connection, kind)?,
                names: Names::new(connection)?,
                insert: inserting(connection, kind, columns)?,
                by_bank_id: connection
                    .prepare("SELECT date, amount_cents, currency, account FROM bank WHERE bank_id = ?1")?,
                mark: Mark::default(),
                sums: Adding::default(),
                added: Added {
                    batch: None,
                    kind,
                    new: 0,
                    known: 0,
                    changed: 0,
                    alike: 0,
                    known_lines: Vec::new(),
                    changed_lines: Vec::new(),
                    alike_lines: Vec::new(),
                    days: None,
                },
                batch: None,
                resumed: None,
                candidates: Vec::new(),
                numbered: false,
                tried: HashMap::new(),
                last_line: 0,
                failed: false,
                transaction,
            })
        };
        begin().map_err(|source| Error::sql(file, source))
    }

    /// Says that the file begins with the bytes of a source, and that only the rows after it will come. To be called
    /// before any row. False where the book has no such source any more: then all rows must come.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn resume(&mut self, source: &Source) -> Result<bool, Error> {
        if self.added.days.is_some() || self.resumed.is_some() || source.kind != self.kind {
            return Ok(false);
        }
        let prefix = source::prefix(self.connection, source).map_err(|source| Error::sql(self.file, source))?;
        let Some(prefix) = prefix else { return Ok(false) };
        self.days.skip(prefix);
        self.added.known += source.rows;
        self.resumed = Some(source.clone());
        Ok(true)
    }

    /// Brings a row of work.
    ///
    /// # Errors
    /// The row breaks a rule of the book, or the disk fails; the import can then only be dropped.
    pub fn charts(&mut self, row: &ChartsRow) -> Result<Seen, Error> {
        self.guard(Kind::Charts, charts_fault(row))?;
        let seen = self.charts_row(row);
        self.settle(seen)
    }

    /// Brings a payment. Its id and batch do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn payment(&mut self, row: &Payment) -> Result<Seen, Error> {
        self.guard(Kind::Payments, row.payer.is_empty().then_some("a payment has a payer"))?;
        let seen = self.plain_row(row);
        self.settle(seen)
    }

    /// Brings an expense. Its id and batch do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn expense(&mut self, row: &Expense) -> Result<Seen, Error> {
        let share = (0..=1_000_000).contains(&row.share_millionths);
        self.guard(Kind::Expenses, (!share).then_some("a business share lies between 0 and 100%"))?;
        let seen = self.plain_row(row);
        self.settle(seen)
    }

    /// Brings an asset. Its id, batch and events do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn asset(&mut self, row: &Asset) -> Result<Seen, Error> {
        self.guard(Kind::Assets, asset_fault(row))?;
        let seen = self.plain_row(row);
        self.settle(seen)
    }

    /// Brings a trip. Its id and batch do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn trip(&mut self, row: &Trip) -> Result<Seen, Error> {
        let fault = if row.miles_tenths <= 0 {
            Some("a trip has miles")
        } else {
            (row.parking < Usd::ZERO).then_some("parking and tolls are not negative")
        };
        self.guard(Kind::Trips, fault)?;
        let seen = self.plain_row(row);
        self.settle(seen)
    }

    /// Brings a row of a statement. Its id and batch do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn movement(&mut self, row: &Movement) -> Result<Seen, Error> {
        self.guard(Kind::Bank, row.account.is_empty().then_some("a row of a statement has an account"))?;
        let seen = self.movement_row(row);
        self.settle(seen)
    }

    /// Brings a time entry. Its id and batch do not count.
    ///
    /// # Errors
    /// As for [`Importing::charts`].
    pub fn time(&mut self, row: &TimeEntry) -> Result<Seen, Error> {
        self.guard(Kind::Time, (row.seconds < 0).then_some("time spent is not negative"))?;
        let seen = self.plain_row(row);
        self.settle(seen)
    }

    /// Stores what came, whole, and says what it was. Where only trying, says what would be stored.
    ///
    /// The source stands for the file from now on; give none for a file of which columns are left out. It is kept where
    /// every row up to its length is one that this import or the resumed source brought.
    ///
    /// # Errors
    /// A row failed before, or the disk fails; the book is then unchanged.
    pub fn finish(self, source: Option<NewSource>) -> Result<Added, Error> {
        let file = self.file;
        if self.failed {
            return Err(Error::Rule { file: file.to_owned(), what: "a row before could not be stored".to_owned() });
        }
        self.end(source).map_err(|source| Error::sql(file, source))
    }

    fn guard(&mut self, kind: Kind, fault: Option<&str>) -> Result<(), Error> {
        let fault = if kind == self.kind { fault } else { Some("a file holds one kind of record") };
        let Some(fault) = fault else { return Ok(()) };
        self.failed = true;
        Err(Error::Rule { file: self.file.to_owned(), what: fault.to_owned() })
    }

    fn settle(&mut self, seen: rusqlite::Result<Seen>) -> Result<Seen, Error> {
        seen.map_err(|source| {
            self.failed = true;
            Error::sql(self.file, source)
        })
    }

    /// Counts a row by what was found.
    fn count(&mut self, seen: Seen, day: NaiveDate, line: i64) {
        let added = &mut self.added;
        match &mut added.days {
            Some(span) if day < span.from => span.from = day,
            Some(span) if day > span.to => span.to = day,
            Some(_) => {}
            None => added.days = Some(DateRange { from: day, to: day }),
        }
        self.last_line = self.last_line.max(line);
        let lines = match seen {
            Seen::New => {
                added.new += 1;
                return;
            }
            Seen::Known => {
                added.known += 1;
                &mut added.known_lines
            }
            Seen::Changed => {
                added.changed += 1;
                &mut added.changed_lines
            }
        };
        if lines.len() < LISTED {
            lines.push(line);
        }
    }

    fn charts_row(&mut self, row: &ChartsRow) -> rusqlite::Result<Seen> {
        // What is only tried need not be marked on a day that the book does not know.
        if self.mode == Mode::Try && self.days.is_new(row.work_date)? {
            self.count(Seen::New, row.work_date, row.line);
            return Ok(Seen::New);
        }
        let payer = self.names.get(row.payer, &mut self.mark)?;
        let chart_type = self.names.get(row.chart_type, &mut self.mark)?;
        let fingerprint = self.mark.of_charts(row, payer.mark, chart_type.mark);
        if self.days.meet(row.work_date, fingerprint, None)? {
            self.count(Seen::Known, row.work_date, row.line);
            return Ok(Seen::Known);
        }
        self.count(Seen::New, row.work_date, row.line);
        if self.days.open(row.work_date)? > 0 {
            self.mark.begin().day(row.work_date).earlier(payer.mark).earlier(chart_type.mark);
            self.candidates.push((self.mark.end(), row.line));
        }
        if self.mode == Mode::Store {
            let batch = self.batch()?;
            let (payer, chart_type) = (self.names.id(row.payer, payer)?, self.names.id(row.chart_type, chart_type)?);
            let id = self.insert.insert(params![
                batch,
                row.line,
                fingerprint,
                row.work_date.to_epoch_days(),
                payer,
                chart_type,
                row.count,
                row.rejected,
                row.rate_millionths,
                row.amount.cents(),
                row.minutes_tenths,
                row.accuracy_millionths,
                row.paid_on.map(|day| day.to_epoch_days()),
                row.surrogate,
            ])?;
            if !self.sums.add(row, id, payer, chart_type) {
                return Err(out_of_range());
            }
            if self.sums.is_full() {
                self.sums.store(self.connection)?;
            }
        }
        Ok(Seen::New)
    }

    fn plain_row<T: Insert>(&mut self, row: &T) -> rusqlite::Result<Seen> {
        let fingerprint = row.fingerprint(&mut self.mark);
        if self.days.meet(row.date(), fingerprint, None)? {
            self.count(Seen::Known, row.date(), row.line());
            return Ok(Seen::Known);
        }
        self.new_row(row, fingerprint)
    }

    fn new_row<T: Insert>(&mut self, row: &T, fingerprint: i64) -> rusqlite::Result<Seen> {
        self.count(Seen::New, row.date(), row.line());
        if self.days.open(row.date())? > 0 {
            self.candidates.push((row.event(&mut self.mark), row.line()));
        }
        if self.mode == Mode::Store {
            let batch = self.batch()?;
            row.insert(&mut self.insert, batch, fingerprint)?;
        }
        Ok(Seen::New)
    }

    fn movement_row(&mut self, row: &Movement) -> rusqlite::Result<Seen> {
        if let Some(number) = &row.bank_id {
            if !self.numbered {
                self.numbered = true;
                self.days.leave_numbered();
            }
            if let Some(same) = self.stored_under(number, row)? {
                let seen = if same { Seen::Known } else { Seen::Changed };
                self.count(seen, row.date, row.origin.line);
                return Ok(seen);
            }
        }
        // A day is read before a row is added to it, and a row with a number meets stored rows without one.
        let fingerprint = row.fingerprint(&mut self.mark);
        if self.days.meet(row.date, fingerprint, row.balance.map(Usd::cents))? {
            self.count(Seen::Known, row.date, row.origin.line);
            return Ok(Seen::Known);
        }
        self.new_row(row, fingerprint)
    }

    /// Whether the book, or the file before this row, has a row of the account under a number of the bank; and whether
    /// it says the same.
    fn stored_under(&mut self, number: &str, row: &Movement) -> rusqlite::Result<Option<bool>> {
        let mut of =
            |day: NaiveDate, cents: i64, currency: &str| self.mark.begin().day(day).number(cents).text(currency).end();
        let says = of(row.date, row.amount.cents(), &row.currency);
        let mut found = None;
        let mut stored = self.by_bank_id.query([number])?;
        while let Some(other) = stored.next()? {
            if crate::book::same(&row.account, other.get_ref(3)?.as_str()?) {
                let text = other.get_ref(0)?.as_str()?;
                let day = parse_iso(text).ok_or_else(|| super::table::unreadable(0, text))?;
                let same = of(day, other.get(1)?, other.get_ref(2)?.as_str()?) == says;
                found = Some(same || found == Some(true));
            }
        }
        if found.is_none() && self.mode == Mode::Try {
            let key = self.mark.begin().name(&row.account).text(number).end();
            found = self.tried.insert(key, says).map(|before| before == says);
        }
        Ok(found)
    }

    /// The batch, noted with its first row.
    fn batch(&mut self) -> rusqlite::Result<i64> {
        if let Some(batch) = self.batch {
            return Ok(batch);
        }
        self.connection.execute(
            "INSERT INTO batch (kind, file, imported_at, records, known) VALUES (?1, ?2, ?3, 1, 0)",
            params![self.kind.word(), self.note.file, self.note.imported_at],
        )?;
        Ok(*self.batch.insert(self.connection.last_insert_rowid()))
    }

    fn end(mut self, source: Option<NewSource>) -> rusqlite::Result<Added> {
        let rows_known = self.added.known - self.resumed.as_ref().map_or(0, |source| source.rows);
        let (connection, kind) = (self.connection, self.kind);
        let (alike, alike_lines) = match kind {
            Kind::Charts => alike::<Charts>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Payments => alike::<Payment>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Expenses => alike::<Expense>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Assets => alike::<Asset>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Trips => alike::<Trip>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Bank => alike::<Movement>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
            Kind::Time => alike::<TimeEntry>(connection, self.days, self.batch, &self.candidates, &mut self.mark),
        }?;
        let mut added = Added { alike, alike_lines, ..self.added };
        let Some(id) = self.batch else { return Ok(added) };
        self.sums.store(connection)?;
        connection.execute(
            "UPDATE batch SET records = ?2, known = ?3 WHERE id = ?1",
            params![id, added.new, added.known + added.changed],
        )?;
        if let Some(source) = source {
            let beyond = i64::from(self.last_line > source.lines);
            let before = self.resumed.as_ref().map_or(0, |source| source.rows);
            if rows_known == 0 && added.changed == 0 && added.new - beyond + before == source.rows {
                source.store(connection, id, self.resumed.as_ref().map(|source| source.batch))?;
            }
        }
        drop((self.insert, self.by_bank_id, self.names));
        self.transaction.commit()?;
        added.batch = Some(Batch {
            id,
            kind,
            file: self.note.file,
            imported_at: self.note.imported_at,
            records: added.new,
            known: added.known + added.changed,
        });
        super::file::empty_log(connection);
        Ok(added)
    }
}

/// The lines of new rows that share the event of a stored row that the file leaves out: how many, and the first of them.
fn alike<T: Table>(
    connection: &Connection,
    days: Days,
    batch: Option<i64>,
    candidates: &[(i64, i64)],
    mark: &mut Mark,
) -> rusqlite::Result<(i64, Vec<i64>)> {
    if candidates.is_empty() {
        return Ok((0, Vec::new()));
    }
    let (kind, prefix, numbered, open) = days.into_open();
    let mut events: HashMap<i64, u32> = HashMap::new();
    let besides = if kind == Kind::Bank { "balance_cents, bank_id IS NOT NULL" } else { "NULL, FALSE" };
    let sql = format!(
        "SELECT {}, fingerprint, {besides} FROM {} WHERE {} = ?1 AND batch IS NOT ?2 ORDER BY id",
        T::SELECT,
        kind.word(),
        day_column(kind)
    );
    let mut query = connection.prepare(&sql)?;
    let width = query.column_count();
    for (day, mut rows) in open {
        let Some(day) = NaiveDate::from_epoch_days(day) else { continue };
        let mut stored = query.query(params![day_value(kind, day), batch])?;
        while let Some(row) = stored.next()? {
            let besides = Mated { balance: row.get(width - 2)?, numbered: row.get(width - 1)? };
            let counts = numbered || !besides.numbered;
            if counts && !prefix.holds(row.get(1)?, row.get(2)?) && rows.tell_open(row.get(width - 3)?, besides) {
                *events.entry(T::read(row)?.event(mark)).or_default() += 1;
            }
        }
    }
    let (mut count, mut lines) = (0, Vec::new());
    for (event, line) in candidates {
        if let Some(left) = events.get_mut(event).filter(|left| **left > 0) {
            *left -= 1;
            count += 1;
            if lines.len() < LISTED {
                lines.push(*line);
            }
        }
    }
    Ok((count, lines))
}

/// The rule that a row of work breaks, if any.
fn charts_fault(row: &ChartsRow) -> Option<&'static str> {
    let positive =
        row.rate_millionths >= 0 && row.amount >= Usd::ZERO && row.minutes_tenths.is_none_or(|tenths| tenths >= 0);
    if row.payer.is_empty() || row.chart_type.is_empty() {
        Some("work has a payer and a chart type")
    } else if row.rejected < 0 || row.rejected > row.count {
        Some("the rejected charts are some of all charts")
    } else if !positive {
        Some("rate, amount and minutes are not negative")
    } else if row.accuracy_millionths.is_some_and(|share| !(0..=1_000_000).contains(&share)) {
        Some("an accuracy lies between 0 and 100%")
    } else {
        None
    }
}

/// The rule that an asset breaks, if any.
fn asset_fault(row: &Asset) -> Option<&'static str> {
    if row.name.is_empty() {
        Some("an asset has a name")
    } else if row.cost <= Usd::ZERO {
        Some("an asset has a cost")
    } else if row.in_service < row.acquired {
        Some("an asset is acquired before it is placed in service")
    } else if !(0..=1_000_000).contains(&row.share_millionths) {
        Some("a business share lies between 0 and 100%")
    } else if row.section_179 < Usd::ZERO || row.section_179 > row.cost {
        Some("what is expensed under section 179 is a part of the cost")
    } else if row.value.is_some_and(|value| value < Usd::ZERO) {
        Some("a value is not negative")
    } else {
        None
    }
}

/// Sums that no column can hold break a rule of the book.
fn out_of_range() -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CONSTRAINT);
    rusqlite::Error::SqliteFailure(code, Some("the sums of the book are out of range".to_owned()))
}
