//! Giving the rows of a recognised file on, in the order of the file.

use std::convert::Infallible;
use std::io::{Cursor, Seek, SeekFrom};

use chrono::NaiveDate;

use super::native::{self, Block, Blocks, Plan, Rows, Stop};
use super::open::{Content, Native, Opened, Source, unreadable};
use super::phi::aggregate::Aggregate;
use super::problem::{Fault, Problems, no_rows};
use super::row::{ChartRow, Serials};
use crate::book::Records;
use crate::book::entry::{Asset, Charts, ChartsRow, Expense, Movement, Payment, TimeEntry, Trip};
use crate::money::Usd;

/// What takes the rows of a file.
pub trait Taker {
    /// Why it takes no more.
    type Error;
    /// Takes a row of work.
    ///
    /// # Errors
    /// It takes no more.
    fn charts(&mut self, row: &ChartsRow) -> Result<(), Self::Error>;
    /// Takes a payment.
    ///
    /// # Errors
    /// It takes no more.
    fn payment(&mut self, row: &Payment) -> Result<(), Self::Error>;
    /// Takes an expense.
    ///
    /// # Errors
    /// It takes no more.
    fn expense(&mut self, row: &Expense) -> Result<(), Self::Error>;
    /// Takes an asset.
    ///
    /// # Errors
    /// It takes no more.
    fn asset(&mut self, row: &Asset) -> Result<(), Self::Error>;
    /// Takes a trip.
    ///
    /// # Errors
    /// It takes no more.
    fn trip(&mut self, row: &Trip) -> Result<(), Self::Error>;
    /// Takes a movement of a statement.
    ///
    /// # Errors
    /// It takes no more.
    fn movement(&mut self, row: &Movement) -> Result<(), Self::Error>;
    /// Takes an entry of time.
    ///
    /// # Errors
    /// It takes no more.
    fn time(&mut self, row: &TimeEntry) -> Result<(), Self::Error>;
}

/// Why not all rows of a file were given on.
#[derive(Debug)]
pub enum Error<E> {
    /// The file has problems.
    File(Problems),
    /// What takes the rows takes no more.
    Taker(E),
}

/// What a file held, all rows given on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Read {
    /// How many records.
    pub rows: i64,
    /// Money earned or received.
    pub total_in: Usd,
    /// Money spent; not positive.
    pub total_out: Usd,
    /// The earliest day.
    pub first: Option<NaiveDate>,
    /// The latest day.
    pub last: Option<NaiveDate>,
}

impl Read {
    fn add(&mut self, day: NaiveDate, amount: Usd) {
        self.rows += 1;
        if amount < Usd::ZERO {
            self.total_out += amount;
        } else {
            self.total_in += amount;
        }
        self.first = Some(self.first.map_or(day, |first| first.min(day)));
        self.last = Some(self.last.map_or(day, |last| last.max(day)));
    }
}

/// All rows of a file, together.
struct Together(Records);

impl Taker for Together {
    type Error = Infallible;

    fn charts(&mut self, row: &ChartsRow) -> Result<(), Infallible> {
        if let Records::Charts(rows) = &mut self.0 {
            rows.push(Charts::from(row));
        }
        Ok(())
    }

    fn payment(&mut self, row: &Payment) -> Result<(), Infallible> {
        if let Records::Payments(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }

    fn expense(&mut self, row: &Expense) -> Result<(), Infallible> {
        if let Records::Expenses(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }

    fn asset(&mut self, row: &Asset) -> Result<(), Infallible> {
        if let Records::Assets(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }

    fn trip(&mut self, row: &Trip) -> Result<(), Infallible> {
        if let Records::Trips(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }

    fn movement(&mut self, row: &Movement) -> Result<(), Infallible> {
        if let Records::Bank(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }

    fn time(&mut self, row: &TimeEntry) -> Result<(), Infallible> {
        if let Records::Time(rows) = &mut self.0 {
            rows.push(row.clone());
        }
        Ok(())
    }
}

/// The place of the amount in a charts file.
const AMOUNT: usize = 6;

/// Rows of single charts, added up.
struct Sums {
    aggregate: Aggregate,
    /// Whether the file states amounts.
    stated: bool,
}

impl Taker for Sums {
    type Error = Infallible;

    fn charts(&mut self, row: &ChartsRow) -> Result<(), Infallible> {
        self.aggregate.add(&Charts::from(row), self.stated);
        Ok(())
    }

    fn payment(&mut self, _: &Payment) -> Result<(), Infallible> {
        Ok(())
    }

    fn expense(&mut self, _: &Expense) -> Result<(), Infallible> {
        Ok(())
    }

    fn asset(&mut self, _: &Asset) -> Result<(), Infallible> {
        Ok(())
    }

    fn trip(&mut self, _: &Trip) -> Result<(), Infallible> {
        Ok(())
    }

    fn movement(&mut self, _: &Movement) -> Result<(), Infallible> {
        Ok(())
    }

    fn time(&mut self, _: &TimeEntry) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Opened<'_> {
    /// All rows of the file, held in memory.
    ///
    /// # Errors
    /// The file has problems.
    pub fn records(self) -> Result<(Records, Read), Problems> {
        let mut together = Together(Records::none(self.kind));
        match self.give(&mut together) {
            Ok(read) => Ok((together.0, read)),
            Err(Error::File(problems)) => Err(problems),
            Err(Error::Taker(never)) => match never {},
        }
    }

    /// Gives all rows on, in the order of the file.
    ///
    /// # Errors
    /// The file has problems: at least one row may have been given on before they were found. Or `taker` takes no more.
    pub fn give<T: Taker>(self, taker: &mut T) -> Result<Read, Error<T::Error>> {
        self.give_telling(taker, |_| {})
    }

    /// As [`Opened::give`]; of a streamed file `tell` is told now and then how many bytes of its rows have been read.
    pub(super) fn give_telling<T: Taker>(
        self,
        taker: &mut T,
        mut tell: impl FnMut(u64),
    ) -> Result<Read, Error<T::Error>> {
        let mut bytes_read = 0;
        let see = |bytes: &[u8]| {
            bytes_read += bytes.len() as u64;
            tell(bytes_read);
        };
        let mut read = Read::default();
        match self.content {
            Content::Bank(movements) => {
                for row in &movements {
                    taker.movement(row).map_err(Error::Taker)?;
                    read.add(row.date, row.amount);
                }
            }
            Content::Time(entries) => {
                for row in &entries {
                    taker.time(row).map_err(Error::Taker)?;
                    read.add(row.date, Usd::ZERO);
                }
            }
            Content::Native(native) if self.adds_up => {
                let stated = native.header.at[AMOUNT].is_some();
                let mut sums = Sums { aggregate: Aggregate::default(), stated };
                let given = native.give(&self.file, self.known_categories, &mut sums, &mut read, see);
                given.map_err(|error| match error {
                    Error::File(problems) => Error::File(problems),
                    Error::Taker(never) => match never {},
                })?;
                read.rows = 0;
                for row in sums.aggregate.finish() {
                    if let Some(row) = row.row() {
                        taker.charts(&row).map_err(Error::Taker)?;
                        read.rows += 1;
                    }
                }
            }
            Content::Native(native) => {
                native.give(&self.file, self.known_categories, taker, &mut read, see)?;
                if read.rows == 0 {
                    return Err(Error::File(Problems::of(&self.file, no_rows())));
                }
            }
        }
        Ok(read)
    }
}

impl Native {
    pub(super) fn give<T: Taker>(
        self,
        name: &str,
        known_categories: &[&str],
        taker: &mut T,
        read: &mut Read,
        mut see: impl FnMut(&[u8]),
    ) -> Result<u64, Error<T::Error>> {
        let fail = |fault| Error::File(Problems::of(name, fault));
        let plan = Plan { name, header: &self.header, delimiter: self.delimiter, known_categories };
        let mut given = Given {
            taker,
            read,
            line: self.line,
            problems: Problems::new(name),
            serials: Default::default(),
            foreign: None,
        };
        let take = |block: Block, bytes: &[u8]| {
            see(bytes);
            given.take(block)
        };
        let stopped = match self.source {
            Source::File(mut file, start) => {
                file.seek(SeekFrom::Start(start)).map_err(|error| unreadable(&error)).map_err(fail)?;
                native::read(&mut Blocks::new(file), plan, take)
            }
            Source::Text(text, start) => {
                native::read(&mut Blocks::new(Cursor::new(&text.as_bytes()[start..])), plan, take)
            }
        };
        match stopped {
            Ok(()) => {}
            Err(Stop::Io(error)) => return Err(fail(unreadable(&error))),
            Err(Stop::Taker(error)) => return Err(Error::Taker(error)),
        }
        if let Some(line) = given.foreign {
            let fault = Fault::new("a character that is not UTF-8", "UTF-8 text from beginning to end");
            let mut problems = Problems::new(name);
            problems.add(Some(line), fault.hint("open it in a spreadsheet program and save it as \"CSV UTF-8\""));
            return Err(Error::File(problems));
        }
        // Payers and types are the second and third columns.
        for (column, serials) in (1..).zip(&given.serials) {
            if let Some((line, fault)) = serials.fault(column) {
                given.problems.add(Some(line), fault);
            }
        }
        if given.problems.is_empty() { Ok(given.line) } else { Err(Error::File(given.problems)) }
    }
}

/// What has been given on of a streamed file.
struct Given<'t, T> {
    taker: &'t mut T,
    read: &'t mut Read,
    /// The line of the next block.
    line: u64,
    problems: Problems,
    /// The payers and the types that are serial numbers.
    serials: [Serials; 2],
    /// Where bytes are not UTF-8.
    foreign: Option<u64>,
}

impl<T: Taker> Given<'_, T> {
    fn take(&mut self, block: Block) -> Result<(), T::Error> {
        if block.foreign {
            self.foreign.get_or_insert(self.line);
        }
        let before = i64::try_from(self.line).unwrap_or(i64::MAX);
        self.problems.append(block.problems, self.line);
        for (all, more) in self.serials.iter_mut().zip(block.serials) {
            all.append(more, self.line);
        }
        self.line += block.lines;
        // Once something is wrong, rows are only checked.
        if !self.problems.is_empty() || self.foreign.is_some() {
            return Ok(());
        }
        match block.rows {
            Rows::Charts(rows) => {
                for row in &rows {
                    let row = chart(row, &block.names, before);
                    self.taker.charts(&row)?;
                    self.read.add(row.work_date, row.amount);
                }
            }
            Rows::Payments(rows) => {
                for mut row in rows {
                    row.origin.line += before;
                    self.taker.payment(&row)?;
                    self.read.add(row.received_on, row.amount);
                }
            }
            Rows::Expenses(rows) => {
                for mut row in rows {
                    row.origin.line += before;
                    self.taker.expense(&row)?;
                    self.read.add(row.date, -row.amount);
                }
            }
            Rows::Assets(rows) => {
                for mut row in rows {
                    row.origin.line += before;
                    self.taker.asset(&row)?;
                    self.read.add(row.in_service, -row.cost);
                }
            }
            Rows::Trips(rows) => {
                for mut row in rows {
                    row.origin.line += before;
                    self.taker.trip(&row)?;
                    self.read.add(row.date, -row.parking);
                }
            }
        }
        Ok(())
    }
}

fn chart<'a>(row: &ChartRow, names: &'a [String], before: i64) -> ChartsRow<'a> {
    let name = |number: u32| names.get(number as usize).map_or("", String::as_str);
    ChartsRow {
        line: i64::try_from(row.line).unwrap_or(i64::MAX) + before,
        work_date: row.work_date,
        payer: name(row.payer),
        chart_type: name(row.chart_type),
        count: row.count,
        rejected: row.rejected,
        rate_millionths: row.rate_millionths,
        amount: row.amount,
        minutes_tenths: row.minutes_tenths,
        accuracy_millionths: row.accuracy_millionths,
        paid_on: row.paid_on,
        surrogate: row.surrogate,
    }
}
