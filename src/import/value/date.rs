//! Dates of foreign files: in which form a column writes them, and what a cell says.
//!
//! A date is read as written; time zones do not shift it. Forms with the year first, the month by name, or the digits of
//! year, month and day in a row (`20240131`, `20091224120000[0:GMT]`) say all themselves. Of `03/04/2024` the column
//! decides, in this order:
//!
//! 1. what the caller states;
//! 2. a cell that reads in one order only;
//! 3. the order of the rows: one reading runs up or down throughout, over three days or more, and the other does not;
//! 4. else it is asked.
//!
//! A column of two such forms is asked too: a spreadsheet program leaves one, with day and month swapped in the other.
//! Beside a name the day stands first and the year last: `10-Nov-9` is 10 November 2009. Two digits of a year are 2000 to
//! 2068 and 1969 to 1999. The year stands first in `99/12/31` only where no other order reads the column.
//! The day numbers of a spreadsheet (43449 is 2018-12-15) are dates only where the whole column is such numbers.

use chrono::{Days, NaiveDate};

use super::duration::{clock_at, is_zone};
use serde::{Deserialize, Serialize};

use super::{Unfit, peel};

/// The order of day, month and year in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Month, day, year: `1/31/2025`.
    Mdy,
    /// Day, month, year: `31.01.2025`.
    Dmy,
    /// Year, month, day: `2025-01-31`.
    Ymd,
}

/// The orders, as they are counted here.
const ORDERS: [Order; 3] = [Order::Mdy, Order::Dmy, Order::Ymd];

/// A day, and a time of day where one is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) struct Stamp {
    pub(in crate::import) date: NaiveDate,
    /// The second of the day.
    pub(in crate::import) second_of_day: Option<u32>,
}

/// The form of the dates of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) struct Dates {
    order: Order,
    /// The column holds the day numbers of a spreadsheet.
    serial: bool,
    why: Why,
    /// The last day that two digits of a year may mean.
    latest: Option<NaiveDate>,
}

/// Why a column is read so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// The form says it.
    Form,
    /// Each date reads the same in both orders.
    Same,
    /// A cell reads in one order only.
    Proved(usize),
    /// The rows run up or down in one order only.
    Sorted,
    Stated,
    Serial,
}

/// Why the dates of a column cannot be read without an answer. Cells are counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum DateDoubt {
    /// The order of day and month is open.
    Order {
        /// A cell that reads in two ways.
        cell: usize,
    },
    /// Two forms, or two orders, in one column.
    Mixed {
        /// A cell of one form.
        one: usize,
        /// A cell of the other.
        other: usize,
    },
    /// No cell is a date.
    NotDates {
        /// The first cell that says something.
        cell: Option<usize>,
    },
}

impl DateDoubt {
    /// What to do about it, in words; empty where nothing helps.
    pub(in crate::import) fn text(self) -> &'static str {
        match self {
            DateDoubt::Order { .. } => "say --dates mdy if the month comes first, --dates dmy if the day does",
            DateDoubt::Mixed { .. } => "a spreadsheet program may have swapped days and months: export the file anew",
            DateDoubt::NotDates { .. } => "",
        }
    }
}

impl Dates {
    /// Decides the form of a column by all its cells. Cells that are no dates decide nothing.
    ///
    /// # Errors
    /// What is to be asked.
    pub(in crate::import) fn decide<'a>(
        cells: impl Iterator<Item = &'a str> + Clone,
        stated: Option<Order>,
    ) -> Result<Dates, DateDoubt> {
        Dates::decide_on(cells, stated, None)
    }

    /// As [`Dates::decide`]; two digits of a year never mean more than a year after `today`.
    ///
    /// # Errors
    /// What is to be asked.
    pub(in crate::import) fn decide_on<'a>(
        cells: impl Iterator<Item = &'a str> + Clone,
        stated: Option<Order>,
        today: Option<NaiveDate>,
    ) -> Result<Dates, DateDoubt> {
        let latest = today.and_then(|today| today.checked_add_days(Days::new(366)));
        let mut column = Column::default();
        for (at, cell) in cells.enumerate() {
            column.see(at, cell, latest);
        }
        let (order, why) = column.decide(stated)?;
        Ok(Dates { order, serial: why == Why::Serial, why, latest })
    }

    /// The order of the numbers.
    pub(in crate::import) fn order(self) -> Order {
        self.order
    }

    /// Whether the file itself leaves no other reading.
    pub(in crate::import) fn order_was_proved(self) -> bool {
        !matches!(self.why, Why::Sorted | Why::Stated)
    }

    /// The cell that proved the order, if one did.
    pub(in crate::import) fn example(self) -> Option<usize> {
        if let Why::Proved(cell) = self.why { Some(cell) } else { None }
    }

    /// Why the column is read so, in words.
    pub(in crate::import) fn why(self) -> &'static str {
        match (self.why, self.order) {
            (Why::Form, _) => "the form leaves no other reading",
            (Why::Same, _) => "day and month are the same number in each date",
            (Why::Proved(_), Order::Mdy) => "month first: one date reads in no other order",
            (Why::Proved(_), Order::Dmy) => "day first: one date reads in no other order",
            (Why::Proved(_), Order::Ymd) => "year first: one date reads in no other order",
            (Why::Sorted, Order::Mdy) => "month first: only so are the rows in order of time",
            (Why::Sorted, _) => "day first: only so are the rows in order of time",
            (Why::Stated, Order::Mdy) => "month first, as stated",
            (Why::Stated, Order::Dmy) => "day first, as stated",
            (Why::Stated, Order::Ymd) => "year first, as stated",
            (Why::Serial, _) => "day numbers of a spreadsheet",
        }
    }

    /// The date of a cell.
    ///
    /// # Errors
    /// What is no date, or none of the calendar.
    pub(in crate::import) fn read(self, cell: &str) -> Result<Stamp, Unfit> {
        let expected = match self.order {
            _ if self.serial => "a day number such as 43449",
            Order::Mdy => "a date with the month first, such as 1/31/2025",
            Order::Dmy => "a date with the day first, such as 31/1/2025",
            Order::Ymd => "a date such as 2025-01-31",
        };
        let unfit = |hint| Unfit::of(cell, expected, hint);
        let Some(Parsed { form, second_of_day }) = parse(cell) else { return Err(unfit("")) };
        let date = match form {
            Form::Serial(day) if self.serial => serial(day).ok_or("it is beyond the day numbers of 1954 to 2064"),
            Form::Serial(_) => Err("a day number of a spreadsheet does not stand beside written dates"),
            Form::Clear(written) => written.date(self.latest).ok_or_else(|| written.fault()),
            Form::Numbers(numbers) => numbers.date(self.order, self.latest).ok_or_else(|| numbers.fault(self.order)),
        };
        Ok(Stamp { date: date.map_err(unfit)?, second_of_day })
    }
}

/// Whether a cell could be a date in some form. Day numbers of a spreadsheet do not count: any number may be one.
pub(in crate::import) fn resembles(cell: &str) -> bool {
    match parse(cell).map(|parsed| parsed.form) {
        None | Some(Form::Serial(_)) => false,
        Some(Form::Clear(written)) => written.date(None).is_some(),
        Some(Form::Numbers(numbers)) => ORDERS.into_iter().any(|order| numbers.date(order, None).is_some()),
    }
}

/// Whether a word is the name of a month or of a day of the week.
pub(super) fn is_name(word: &str) -> bool {
    month(word).is_some() || is_weekday(word)
}

/// What is known of a column.
#[derive(Default)]
struct Column {
    /// The first cell of each family: numbers, clear forms, day numbers.
    numbers: Option<(usize, u8)>,
    clear: Option<usize>,
    serial: Option<usize>,
    /// The first cell of numbers that are parted by another mark than the first.
    other_mark: Option<usize>,
    /// The first cell that is no date.
    strange: Option<usize>,
    /// The first cell that reads in two ways.
    open: Option<usize>,
    readings: [Reading; 3],
}

/// One order, tried on all cells of numbers.
#[derive(Default)]
struct Reading {
    /// The first cell that only other orders read.
    failed: Option<usize>,
    /// The first cell that this order reads, of month and day first, alone.
    alone: Option<usize>,
    last: Option<NaiveDate>,
    /// The first and the last day.
    span: Option<(NaiveDate, NaiveDate)>,
    /// Steps up, and steps down.
    up: usize,
    down: usize,
}

impl Reading {
    fn see(&mut self, date: NaiveDate) {
        if let Some(last) = self.last {
            self.up += usize::from(date > last);
            self.down += usize::from(date < last);
        }
        self.last = Some(date);
        self.span = Some(self.span.map_or((date, date), |(from, to)| (from.min(date), to.max(date))));
    }

    /// The days from the first to the last; none where the order does not read the column.
    fn days(&self) -> Option<i64> {
        let (from, to) = self.span.filter(|_| self.failed.is_none())?;
        Some(to.signed_duration_since(from).num_days())
    }

    /// Whether the dates run one way, over three days or more.
    fn is_sorted(&self) -> bool {
        self.up.min(self.down) == 0 && self.up + self.down >= 2
    }
}

impl Column {
    fn see(&mut self, at: usize, cell: &str, latest: Option<NaiveDate>) {
        if peel::says_nothing(cell) {
            return;
        }
        let numbers = match parse(cell).map(|parsed| parsed.form) {
            Some(Form::Numbers(numbers)) => numbers,
            Some(Form::Clear(written)) if written.date(latest).is_some() => {
                self.clear.get_or_insert(at);
                return;
            }
            Some(Form::Serial(day)) if serial(day).is_some() => {
                self.serial.get_or_insert(at);
                return;
            }
            _ => {
                self.strange.get_or_insert(at);
                return;
            }
        };
        let dates = ORDERS.map(|order| numbers.date(order, latest));
        let [month_first, day_first, _] = dates;
        if dates.iter().all(Option::is_none) {
            self.strange.get_or_insert(at);
            return;
        }
        let (_, mark) = *self.numbers.get_or_insert((at, numbers.mark));
        if mark != numbers.mark {
            self.other_mark.get_or_insert(at);
        }
        for (reading, date) in self.readings.iter_mut().zip(dates) {
            match date {
                Some(date) => reading.see(date),
                None => _ = reading.failed.get_or_insert(at),
            }
        }
        match (month_first, day_first) {
            (Some(one), Some(other)) if one != other => _ = self.open.get_or_insert(at),
            (Some(_), None) => _ = self.readings[0].alone.get_or_insert(at),
            (None, Some(_)) => _ = self.readings[1].alone.get_or_insert(at),
            _ => {}
        }
    }

    fn decide(&self, stated: Option<Order>) -> Result<(Order, Why), DateDoubt> {
        let Some((first, _)) = self.numbers else {
            return match (self.clear, self.serial) {
                (Some(one), Some(other)) => Err(DateDoubt::Mixed { one, other }),
                (Some(_), None) => Ok((Order::Ymd, Why::Form)),
                (None, Some(_)) if self.strange.is_none() => Ok((Order::Ymd, Why::Serial)),
                _ => Err(DateDoubt::NotDates { cell: self.strange }),
            };
        };
        if let Some(other) = self.clear.or(self.serial).or(self.other_mark) {
            return Err(DateDoubt::Mixed { one: first, other });
        }
        if let Some(order) = stated {
            return Ok((order, Why::Stated));
        }
        let [mdy, dmy, ymd] = &self.readings;
        let in_doubt = Err(DateDoubt::Order { cell: self.open.unwrap_or(first) });
        // 24/01/31, 24/02/14, 24/03/01: the rows are in order with the year first, and lie closer together.
        let closer = |days| [mdy, dmy].iter().filter_map(|reading| reading.days()).all(|other| days < other);
        let year_first = ymd.is_sorted() && ymd.days().is_some_and(closer);
        match (mdy.failed, dmy.failed) {
            (None, _) | (_, None) if year_first => in_doubt,
            (None, Some(cell)) => Ok((Order::Mdy, Why::Proved(mdy.alone.unwrap_or(cell)))),
            (Some(cell), None) => Ok((Order::Dmy, Why::Proved(dmy.alone.unwrap_or(cell)))),
            (Some(one), Some(other)) => match (ymd.failed, mdy.alone, dmy.alone) {
                (None, ..) => Ok((Order::Ymd, Why::Proved(other))),
                (Some(_), Some(one), Some(other)) => Err(DateDoubt::Mixed { one, other }),
                // No cell is unread by all three orders, so these are two cells at least.
                (Some(third), ..) => {
                    Err(DateDoubt::Mixed { one: one.min(other).min(third), other: one.max(other).max(third) })
                }
            },
            (None, None) if self.open.is_none() => Ok((Order::Mdy, Why::Same)),
            (None, None) => match (mdy.is_sorted(), dmy.is_sorted()) {
                (true, false) => Ok((Order::Mdy, Why::Sorted)),
                (false, true) => Ok((Order::Dmy, Why::Sorted)),
                _ => in_doubt,
            },
        }
    }
}

/// A cell taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Parsed {
    form: Form,
    second_of_day: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// Year, month and day are known.
    Clear(Written),
    /// Three numbers of which the last may be the year.
    Numbers(Numbers),
    /// The day number of a spreadsheet.
    Serial(u32),
}

/// A year as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Part {
    value: u32,
    digits: usize,
}

impl Part {
    fn year(self) -> Option<u32> {
        match self.digits {
            4 => Some(self.value),
            1 | 2 => Some(self.value + if self.value <= 68 { 2000 } else { 1900 }),
            _ => None,
        }
    }
}

/// A date whose parts are known, though perhaps not in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Written {
    year: Part,
    month: u32,
    day: u32,
}

impl Written {
    /// The day, of the years 1900 to 2100.
    fn date(self, latest: Option<NaiveDate>) -> Option<NaiveDate> {
        let year = self.year.year().filter(|year| (1900..=2100).contains(year))?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, self.month, self.day)?;
        let too_late = self.year.digits < 4 && latest.is_some_and(|latest| date > latest);
        (!too_late).then_some(date)
    }

    fn fault(self) -> &'static str {
        match self.month {
            1..=12 if !(1..=31).contains(&self.day) => "a day is 1 to 31",
            1..=12 if self.year.year().is_none_or(|year| !(1900..=2100).contains(&year)) => "a year is 1900 to 2100",
            1..=12 if self.date(None).is_some() => "the year is later than the next one; write it with four digits",
            1..=12 => "the month has fewer days",
            _ => "a month is 1 to 12",
        }
    }
}

/// Three numbers, parted by one mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Numbers {
    parts: [Part; 3],
    mark: u8,
}

impl Numbers {
    fn written(self, order: Order) -> Option<Written> {
        let [a, b, c] = self.parts;
        let (year, month, day) = match order {
            Order::Mdy => (c, a.value, b.value),
            Order::Dmy => (c, b.value, a.value),
            Order::Ymd => (a, b.value, c.value),
        };
        // A year is written with two digits or with four, and a day never with four.
        let fits = matches!(year.digits, 2 | 4) && (order != Order::Ymd || c.digits <= 2);
        fits.then_some(Written { year, month, day })
    }

    fn date(self, order: Order, latest: Option<NaiveDate>) -> Option<NaiveDate> {
        self.written(order)?.date(latest)
    }

    fn fault(self, order: Order) -> &'static str {
        let reads = |other: Order| other != order && self.date(other, None).is_some();
        match order {
            Order::Mdy if reads(Order::Dmy) => "it reads only with the day first, unlike its column",
            Order::Dmy if reads(Order::Mdy) => "it reads only with the month first, unlike its column",
            Order::Ymd if reads(Order::Mdy) || reads(Order::Dmy) => "the year comes first in its column",
            _ => self.written(order).map_or("write the year with four digits", Written::fault),
        }
    }
}

/// The day of a spreadsheet's number, where it is likely to be one.
fn serial(day: u32) -> Option<NaiveDate> {
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (20_000..=60_000).contains(&day).then(|| start + Days::new(u64::from(day)))
}

fn parse(cell: &str) -> Option<Parsed> {
    let text = peel::unguarded(cell);
    match text.as_bytes().iter().take_while(|byte| byte.is_ascii_digit()).count() {
        5 => day_number(text),
        8 | 14 => digits_in_a_row(text),
        _ => parts(text),
    }
}

/// `43449` or `43449.5`.
fn day_number(text: &str) -> Option<Parsed> {
    let (day, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(day) || !is_number(fraction) || fraction.len() > 17 {
        return None;
    }
    let scale = 10u128.pow(u32::try_from(fraction.len()).ok()?);
    let part = if fraction.is_empty() { 0 } else { fraction.parse::<u128>().ok()? };
    let second = u32::try_from((part * 86_400 + scale / 2) / scale).ok()?;
    let second_of_day = (!fraction.is_empty() && second > 0).then_some(second.min(86_399));
    Some(Parsed { form: Form::Serial(day.parse().ok()?), second_of_day })
}

/// `20240131`, `20240131T093000Z`, `20091224120000[0:GMT]`.
fn digits_in_a_row(text: &str) -> Option<Parsed> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = Part { value: number(0, 4)?, digits: 4 };
    let written = Written { year, month: number(4, 6)?, day: number(6, 8)? };
    // Any eight digits are a number; only those of a day are a date.
    written.date(None)?;
    let rest = &text[8..];
    let (second_of_day, rest) = match rest.strip_prefix('T').unwrap_or(rest) {
        "" => (None, ""),
        zone if zone.starts_with('[') => (None, zone),
        time if time.as_bytes().get(1).is_some_and(u8::is_ascii_digit) && !time.contains(':') || time.contains('[') => {
            let digits = time.bytes().take_while(u8::is_ascii_digit).count();
            if digits != 6 {
                return None;
            }
            let part = |from: usize| time.get(from..from + 2)?.parse::<u32>().ok();
            let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
            if hour >= 24 || minute >= 60 || second >= 60 {
                return None;
            }
            let rest = &time[6..];
            let rest =
                rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|sign: char| sign.is_ascii_digit()));
            (Some(hour * 3_600 + minute * 60 + second), rest)
        }
        time => {
            let (second, rest) = clock_at(peel::bare_start(time))?;
            (Some(second), peel::bare_start(rest))
        }
    };
    is_zone(rest).then_some(Parsed { form: Form::Clear(written), second_of_day })
}

/// A part of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Piece<'a> {
    Number(Part),
    Word(&'a str),
}

/// The number or the word at the start of a text, and the rest.
fn piece(text: &str) -> Option<(Piece<'_>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let number = Part { value: text[..digits].parse().ok().filter(|_| digits <= 4)?, digits };
        return Some((Piece::Number(number), &text[digits..]));
    }
    let end = text.find(|sign: char| !sign.is_alphabetic()).unwrap_or(text.len());
    (end > 0).then(|| (Piece::Word(&text[..end]), &text[end..]))
}

/// The mark between two parts, the blanks around it, and the rest. Blanks alone are a mark too.
fn mark(text: &str) -> (u8, &str) {
    let rest = peel::bare_start(text);
    let blank = if rest.len() < text.len() { b' ' } else { 0 };
    match rest.bytes().next() {
        Some(mark @ (b'-' | b'/' | b'.' | b',')) => (mark, peel::bare_start(&rest[1..])),
        _ => (blank, rest),
    }
}

/// Dates whose parts are parted: `1/31/2025`, `10 Feb 18`, `Thu, Nov 7, 2013 11:00 AM`.
fn parts(text: &str) -> Option<Parsed> {
    let (first, rest) = piece(text)?;
    let (mut first, mut rest) = (first, rest);
    if let Piece::Word(word) = first {
        // A day of the week says nothing more, unless the word is the month: "Mar 7, 2013", "mar. 7 nov. 2013".
        let (_, after) = mark(rest);
        let month_leads = month(word).is_some() && !holds_month(after);
        if !month_leads {
            is_weekday(word).then_some(())?;
            (first, rest) = piece(after)?;
        }
    }
    let (first_mark, after) = joint(first, rest);
    let (second, rest) = piece(after)?;
    let (second_mark, after) = joint(second, rest);
    let (third, rest) = piece(after)?;
    let form = match (first, second, third) {
        (Piece::Number(a), Piece::Number(b), Piece::Number(c)) => {
            let marked = first_mark == second_mark && matches!(first_mark, b'-' | b'/' | b'.');
            if !marked || b.digits > 2 || c.digits == 3 || (a.digits != 4 && a.digits > 2) {
                return None;
            }
            if a.digits == 4 {
                (c.digits <= 2).then_some(Form::Clear(Written { year: a, month: b.value, day: c.value }))?
            } else {
                (c.digits != 1).then_some(Form::Numbers(Numbers { parts: [a, b, c], mark: first_mark }))?
            }
        }
        (Piece::Number(a), Piece::Word(name), Piece::Number(c)) if a.digits == 4 => {
            (c.digits <= 2).then_some(Form::Clear(Written { year: a, month: month(name)?, day: c.value }))?
        }
        (Piece::Number(day), Piece::Word(name), Piece::Number(year)) => (day.digits <= 2 && year.digits != 3)
            .then_some(Form::Clear(Written { year, month: month(name)?, day: day.value }))?,
        (Piece::Word(name), Piece::Number(day), Piece::Number(year)) => {
            let fits = day.digits <= 2 && matches!(year.digits, 2 | 4) && second_mark != 0;
            fits.then_some(Form::Clear(Written { year, month: month(name)?, day: day.value }))?
        }
        _ => return None,
    };
    Some(Parsed { form, second_of_day: time(rest)? })
}

/// What stands between two parts: a mark, `th` of `7th`, `de` of `7 de noviembre`.
fn joint<'a>(before: Piece, text: &'a str) -> (u8, &'a str) {
    let mut text = text;
    if let Piece::Number(_) = before {
        let ordinal = ["st", "nd", "rd", "th"].into_iter().find_map(|ending| text.strip_prefix(ending));
        text = ordinal.filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(text);
    }
    let (found, rest) = mark(text);
    match rest.strip_prefix("de ").or_else(|| rest.strip_prefix("of ")) {
        Some(rest) if found == b' ' => (found, peel::bare_start(rest)),
        _ => (found, rest),
    }
}

/// Whether a month stands by name at the second place: the first word is a day of the week then.
fn holds_month(text: &str) -> bool {
    let Some((Piece::Number(_), rest)) = piece(text) else { return false };
    let (_, rest) = mark(rest);
    matches!(piece(rest), Some((Piece::Word(word), _)) if month(word).is_some())
}

/// The time of day behind a date: nothing, or a time and a zone. None if it is neither.
#[allow(clippy::option_option)]
fn time(rest: &str) -> Option<Option<u32>> {
    if rest.is_empty() {
        return Some(None);
    }
    let blank = peel::bare_start(rest);
    let text = match rest.strip_prefix(['T', 't', ',']) {
        Some(after) => peel::bare_start(after),
        None if blank.len() < rest.len() => {
            let after = blank.strip_prefix("at ").or_else(|| blank.strip_prefix("- "));
            peel::bare_start(after.unwrap_or(blank))
        }
        // A bare zone behind a day: 2024-03-04Z.
        None => return (rest == "Z").then_some(None),
    };
    let (second, rest) = clock_at(text)?;
    is_zone(peel::bare_start(rest)).then_some(Some(second))
}

/// The names of the months in English, German, French and Spanish.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero"],
    &["february", "februar", "février", "fevrier", "febrero"],
    &["march", "märz", "maerz", "mrz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "août", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "décembre", "decembre", "diciembre"],
];

/// The days of the week in English, German, French and Spanish.
const WEEKDAYS: [&str; 28] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// A month by its name or by the first letters of it, three or more, where they are those of one month only.
fn month(word: &str) -> Option<u32> {
    word.chars().nth(2)?;
    let mut found = None;
    for (names, number) in MONTHS.iter().zip(1u32..) {
        if names.iter().any(|name| begins(name, word)) && found.replace(number).is_some() {
            return None;
        }
    }
    found
}

fn is_weekday(word: &str) -> bool {
    word.chars().nth(1).is_some() && WEEKDAYS.iter().any(|name| begins(name, word))
}

/// Whether a name begins with a word, whatever its case.
fn begins(name: &str, word: &str) -> bool {
    let mut letters = name.chars();
    word.chars().flat_map(char::to_lowercase).all(|sign| letters.next() == Some(sign))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
