//! How a row of the project's own files, or of a sheet that is mapped to them, becomes a record.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use rust_decimal::Decimal;
use strsim::osa_distance;

use super::columns::columns;
use super::header::{Header, normal};
use super::phi::Suspect;
use super::problem::{Fault, Problems};
use super::profile::{DateOrder, DecimalMark};
use super::records::{Record, Records};
use super::value::{self, Unfit};
use crate::book::entry::{Asset, AssetClass, Bonus, Expense, Kind, Origin, Payment, Trip, TripKind};
use crate::guard::{self, Rule};
use crate::money::Usd;
use crate::period::iso;

/// The row cannot be used; the problems say why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Noted;

/// A row under a header.
pub(super) struct Row<'a> {
    pub(super) header: &'a Header,
    pub(super) records: &'a Records<'a>,
    pub(super) record: &'a Record,
    pub(super) line: u64,
    pub(super) problems: &'a mut Problems,
}

impl<'a> Row<'a> {
    fn origin(&self) -> Origin {
        Origin { batch: 0, line: i64::try_from(self.line).unwrap_or(i64::MAX) }
    }

    fn cell(&self, column: usize) -> &'a str {
        trimmed(self.header.at[column].map_or("", |place| self.records.cell(self.record, place)))
    }

    fn wrong(&mut self, column: usize, expected: &str, hint: &str) {
        let fault = Fault::cell(columns(self.header.kind)[column].name, self.cell(column), expected);
        self.problems.add(Some(self.line), fault.hint(hint));
    }

    /// The value of a cell that may not be empty.
    fn need<T>(&mut self, column: usize, read: impl FnMut(&str) -> Result<T, Unfit>) -> Result<T, Noted> {
        if self.cell(column).is_empty() {
            self.wrong(column, columns(self.header.kind)[column].holds, "");
            return Err(Noted);
        }
        self.maybe(column, read)?.ok_or(Noted)
    }

    /// The value of a cell that may be empty.
    fn maybe<T>(&mut self, column: usize, mut read: impl FnMut(&str) -> Result<T, Unfit>) -> Result<Option<T>, Noted> {
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

/// A cell without blanks around it.
pub(super) fn trimmed(cell: &str) -> &str {
    let bare = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if bare(bytes.first()) && bare(bytes.last()) { cell } else { cell.trim() }
}

/// A row of a charts file. Names are numbers of [`Names`].
#[derive(Clone, Copy, Debug)]
pub(super) struct ChartRow {
    pub(super) line: u64,
    pub(super) work_date: NaiveDate,
    pub(super) payer: u32,
    pub(super) chart_type: u32,
    pub(super) count: i64,
    pub(super) rejected: i64,
    pub(super) rate_millionths: i64,
    pub(super) amount: Usd,
    pub(super) minutes_tenths: Option<i64>,
    pub(super) accuracy_millionths: Option<i64>,
    pub(super) paid_on: Option<NaiveDate>,
    pub(super) surrogate: Option<[u8; 10]>,
}

/// The cells of a column that are serial numbers. It holds none of them.
#[derive(Debug, Default)]
pub(super) struct Serials {
    cells: u64,
    /// Hashes of the numbers.
    distinct: HashSet<u64>,
    /// The line of the first.
    line: u64,
}

impl Serials {
    /// So many cells, nearly all of them different, are identifiers.
    const FEWEST: u64 = 10;

    /// Cells that are counted. More say nothing new.
    const COUNTED: u64 = 100_000;

    fn add(&mut self, cell: &str, line: u64) {
        if self.cells == 0 {
            self.line = line;
        }
        self.cells += 1;
        let mut hasher = DefaultHasher::new();
        cell.hash(&mut hasher);
        self.distinct.insert(hasher.finish());
    }

    /// Adds those of a part of the file that starts after so many lines.
    pub(super) fn append(&mut self, part: Serials, lines: u64) {
        if part.cells == 0 || self.cells >= Serials::COUNTED {
            return;
        }
        if self.cells == 0 {
            self.line = part.line + lines;
        }
        self.cells += part.cells;
        self.distinct.extend(part.distinct);
    }

    /// What is wrong with a column that holds identifiers, and on which line they begin.
    pub(super) fn fault(&self, column: usize) -> Option<(u64, Fault)> {
        let distinct = u64::try_from(self.distinct.len()).unwrap_or(u64::MAX);
        let name = columns(Kind::Charts)[column].name;
        let suspect = Suspect { place: 0, name: name.to_owned(), rule: Rule::Serial, count: self.cells };
        let are_identifiers = self.cells >= Serials::FEWEST && distinct * 10 > self.cells * 9;
        are_identifiers.then(|| (self.line, suspect.fault(true)))
    }
}

/// The names that occur in a text, each read and screened once.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<String, u32, RandomState>,
    texts: Vec<String>,
    /// Those that are serial numbers.
    serials: HashSet<u32>,
    /// The last two days, as they were written: rows of one day follow each other.
    days: [Option<(String, NaiveDate)>; 2],
}

impl Names {
    /// A day; `place` is that of one of two columns.
    fn day(&mut self, place: usize, cell: &str, order: Option<DateOrder>) -> Result<NaiveDate, Unfit> {
        if let Some((text, known)) = &self.days[place]
            && text == cell
        {
            return Ok(*known);
        }
        let found = day(cell, order)?;
        let mut text = self.days[place].take().map_or_else(String::new, |(text, _)| text);
        text.clear();
        text.push_str(cell);
        self.days[place] = Some((text, found));
        Ok(found)
    }

    /// The number of the name in a cell.
    fn number(&mut self, cell: &str, day: NaiveDate) -> Result<u32, Unfit> {
        if let Some(number) = self.numbers.get(cell) {
            return Ok(*number);
        }
        let text = value::text_of_work(cell, day)?;
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        if guard::is_serial(cell) {
            self.serials.insert(number);
        }
        self.texts.push(text);
        self.numbers.insert(cell.to_owned(), number);
        Ok(number)
    }

    /// The payers and the types of some rows that are serial numbers.
    pub(super) fn serials(&self, rows: &[ChartRow]) -> [Serials; 2] {
        let mut found = [Serials::default(), Serials::default()];
        if self.serials.is_empty() {
            return found;
        }
        for row in rows {
            for (serials, number) in found.iter_mut().zip([row.payer, row.chart_type]) {
                if self.serials.contains(&number) {
                    serials.add(&self.texts[number as usize], row.line);
                }
            }
        }
        found
    }

    /// The names by number.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts
    }
}

/// A row of a charts file.
pub(super) fn charts(row: &mut Row, names: &mut Names) -> Result<ChartRow, Noted> {
    let (order, mark) = (row.header.dates, row.header.decimal);
    let work_date = row.need(0, |cell| names.day(0, cell, order));
    let worked = work_date.unwrap_or(NaiveDate::MIN);
    let payer = row.need(1, |cell| names.number(cell, worked));
    let chart_type = row.need(2, |cell| names.number(cell, worked));
    let count = row.need(3, value::whole);
    let rejected = row.maybe(4, value::whole);
    let rate = row.maybe(5, |cell| value::rate(&pointed(cell, mark)));
    let amount = row.maybe(6, |cell| earned(&pointed(cell, mark)));
    let minutes = row.maybe(7, |cell| value::minutes(&pointed(cell, mark)));
    let accuracy = row.maybe(8, |cell| value::percent(cell, "98.5 or 98.5%"));
    let paid_on = row.maybe(9, |cell| names.day(1, cell, order));
    let (rate_millionths, amount) = pay(row, (count?, rejected?.unwrap_or(0)), rate?, amount?)?;
    Ok(ChartRow {
        line: row.line,
        work_date: work_date?,
        payer: payer?,
        chart_type: chart_type?,
        count: count?,
        rejected: rejected?.unwrap_or(0),
        rate_millionths,
        amount,
        minutes_tenths: minutes?,
        accuracy_millionths: accuracy?,
        paid_on: paid_on?,
        surrogate: row.header.numbers.as_ref().and_then(|numbers| numbers.surrogate(row.records, row.record)),
    })
}

/// A day, in the order that the user states; without one, slashes mean month, day, year.
fn day(cell: &str, order: Option<DateOrder>) -> Result<NaiveDate, Unfit> {
    if order == Some(DateOrder::Dmy) {
        let mut parts = cell.split(['/', '-', '.']);
        if let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
            && year.len() == 4
        {
            return value::day(&format!("{year}-{month:0>2}-{day:0>2}"));
        }
    }
    value::day(cell)
}

/// A number with a point before its decimals, of a file whose user states a comma.
fn pointed(cell: &str, mark: Option<DecimalMark>) -> Cow<'_, str> {
    match mark {
        Some(DecimalMark::Comma) => cell.replace('.', "").replace(',', ".").into(),
        _ => cell.into(),
    }
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
            // At most 1,000,000 charts at 1,000,000 dollars: 10^18 millionths.
            let earned = paid.checked_mul(rate).and_then(|earned| earned.checked_add(5_000));
            let earned = earned.and_then(|earned| Usd::try_from_cents(earned / 10_000).ok());
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
    let (order, mark) = (row.header.dates, row.header.decimal);
    let received_on = row.need(0, |cell| day(cell, order));
    let payer = row.need(1, value::text);
    let amount = row.need(2, |cell| value::amount(&pointed(cell, mark)));
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
    let (order, mark) = (row.header.dates, row.header.decimal);
    let date = row.need(0, |cell| day(cell, order));
    let description = row.need(1, value::text);
    let amount = row.need(2, |cell| value::amount(&pointed(cell, mark)));
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

/// A row of an assets file.
pub(super) fn asset(row: &mut Row) -> Result<Asset, Noted> {
    let today = row.header.today;
    let (order, mark) = (row.header.dates, row.header.decimal);
    let name = row.need(0, value::text);
    let class = row.need(1, |cell| one_of(cell, AssetClass::ALL, AssetClass::word));
    let in_service = row.need(2, |cell| past(cell, order, today));
    let cost = row.need(3, |cell| positive(&pointed(cell, mark)));
    let acquired = row.maybe(4, |cell| past(cell, order, today));
    let share = row.maybe(5, |cell| value::percent(cell, "40 or 40%"));
    let worth = row.maybe(6, |cell| no_less(&pointed(cell, mark)));
    let section_179 = row.maybe(7, |cell| no_less(&pointed(cell, mark)));
    let bonus = row.maybe(8, |cell| one_of(cell, Bonus::ALL, Bonus::word));
    let (in_service, cost) = (in_service?, cost?);
    let acquired = acquired?.unwrap_or(in_service);
    if acquired > in_service {
        let expected = format!("{} or earlier, the day it was placed in service", iso(in_service));
        row.wrong(4, &expected, "a thing is bought before it stands ready; perhaps the two days are swapped");
        return Err(Noted);
    }
    let section_179 = section_179?.unwrap_or(Usd::ZERO);
    if section_179 > cost {
        row.wrong(7, &format!("at most {cost}, the cost"), "");
        return Err(Noted);
    }
    Ok(Asset {
        id: 0,
        origin: row.origin(),
        name: name?,
        class: class?,
        acquired,
        in_service,
        cost,
        share_millionths: share?.unwrap_or(1_000_000),
        value: worth?,
        section_179,
        bonus: bonus?.unwrap_or_default(),
        events: Vec::new(),
    })
}

/// A row of a trips file.
pub(super) fn trip(row: &mut Row) -> Result<Trip, Noted> {
    let today = row.header.today;
    let (order, mark) = (row.header.dates, row.header.decimal);
    let date = row.need(0, |cell| past(cell, order, today));
    let miles = row.need(1, |cell| value::miles(&pointed(cell, mark)));
    let kind = row.maybe(4, |cell| match normal(cell).as_str() {
        "personal" => Ok(TripKind::Private),
        "commuting" => Ok(TripKind::Commute),
        _ => one_of(cell, TripKind::ALL, TripKind::word),
    });
    // Why a private trip was made is nobody's business.
    let private = matches!(kind, Ok(Some(TripKind::Private | TripKind::Commute)));
    let purpose = if private { row.maybe(2, value::text) } else { row.need(2, value::text).map(Some) };
    let destination = row.maybe(3, value::text);
    let car = row.maybe(5, value::text);
    let parking = row.maybe(6, |cell| no_less(&pointed(cell, mark)));
    Ok(Trip {
        id: 0,
        origin: row.origin(),
        date: date?,
        miles_tenths: miles?,
        destination: destination?.unwrap_or_default(),
        purpose: purpose?.unwrap_or_default(),
        kind: kind?.unwrap_or_default(),
        car: car?.unwrap_or_default(),
        parking: parking?.unwrap_or(Usd::ZERO),
    })
}

/// A day that has come.
fn past(cell: &str, order: Option<DateOrder>, today: Option<NaiveDate>) -> Result<NaiveDate, Unfit> {
    let found = day(cell, order)?;
    match today {
        Some(today) if found > today => Err(Unfit::new(
            format!("a day up to today, {}", iso(today)),
            "what has not happened yet is not booked; check the year",
        )),
        _ => Ok(found),
    }
}

/// Dollars of zero or more.
fn no_less(cell: &str) -> Result<Usd, Unfit> {
    let amount = value::amount(cell)?;
    if amount < Usd::ZERO { Err(Unfit::new("dollars of zero or more", "")) } else { Ok(amount) }
}

/// Dollars above zero.
fn positive(cell: &str) -> Result<Usd, Unfit> {
    let amount = value::amount(cell)?;
    if amount <= Usd::ZERO { Err(Unfit::new("dollars above zero", "")) } else { Ok(amount) }
}

/// One of some values by its word, whatever its case.
fn one_of<T: Copy, const N: usize>(cell: &str, all: [T; N], word: fn(T) -> &'static str) -> Result<T, Unfit> {
    let wanted = normal(cell);
    if let Some(found) = all.into_iter().find(|value| normal(word(*value)) == wanted) {
        return Ok(found);
    }
    let words = all.map(word);
    let near = words.into_iter().find(|word| osa_distance(&wanted, &normal(word)) <= 2.min(word.len() / 3));
    let hint = near.map_or_else(String::new, |near| format!("did you mean {near}?"));
    Err(Unfit::new(format!("one of {}", words.join(", ")), hint))
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
