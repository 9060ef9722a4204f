//! From the rows of a time tracker to entries of time.

use super::columns::time;
use super::days::{self, Decided, InDoubt};
use super::phi;
use super::problem::{Fault, Problems};
use super::profile::DateOrder;
use super::propose::Layout;
use super::statement::{self, NO_ROWS, clean, words};
use super::table::Table;
use super::value::date::{self, Dates};
use super::value::duration::{self, Unit};
use crate::book::entry::{Origin, TimeEntry};
use crate::guard;

/// The longest entry, in seconds: a week.
const LONGEST: i64 = 7 * 24 * 3_600;

/// Reads the entries of a table, and how the days were read.
pub(super) fn read(
    table: &Table,
    layout: &Layout,
    stated: Option<DateOrder>,
    problems: &mut Problems,
) -> Option<(Vec<TimeEntry>, Vec<String>)> {
    let reader = Reader { table, layout };
    let rows: Vec<usize> = table.rows().filter(|&row| reader.is_entry(row)).collect();
    if rows.is_empty() {
        return Some((Vec::new(), vec![NO_ROWS.to_owned()]));
    }
    if !statement::is_joined(table, problems) {
        return None;
    }
    let (dates, why) = match reader.dates(&rows, stated) {
        Ok(dates) => dates,
        Err((row, fault)) => {
            problems.add(row.map(|row| table.grid.line(row)), fault);
            return None;
        }
    };
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        match reader.entry(row, dates) {
            Ok(entry) => entries.push(entry),
            Err(fault) => problems.add(Some(table.grid.line(row)), fault),
        }
    }
    let note = why.map(|why| format!("days: {why}"));
    problems.is_empty().then(|| (entries, statement::joined(table).into_iter().chain(note).collect()))
}

struct Reader<'a> {
    table: &'a Table<'a>,
    layout: &'a Layout,
}

impl Reader<'_> {
    fn cell(&self, row: usize, column: usize) -> &str {
        self.layout.place(column).map_or("", |place| clean(self.table.cell(row, place)))
    }

    fn called(&self, column: usize) -> String {
        self.layout.place(column).map_or_else(String::new, |place| self.table.name(place))
    }

    /// Whether a row holds anything but a total.
    fn is_entry(&self, row: usize) -> bool {
        let filled = self.table.cells(row).filter(|cell| !clean(cell).is_empty()).count();
        let total = self.table.cells(row).any(|cell| matches!(clean(cell).to_lowercase().as_str(), "total" | "totals"));
        filled > 1 && (!total || date::resembles(self.cell(row, time::DATE)))
    }

    /// How days are written.
    fn dates(&self, rows: &[usize], stated: Option<DateOrder>) -> Result<Decided, InDoubt> {
        let columns = [time::DATE, time::END_DATE];
        let cells = rows.iter().flat_map(|&row| columns.map(|column| self.cell(row, column)));
        let house = self.table.profile.and_then(|profile| profile.dates);
        days::decide(cells, stated, house).map_err(|(at, fault)| {
            let row = at.and_then(|at| rows.get(at / columns.len()).copied());
            (row, fault.at(&self.called(time::DATE)))
        })
    }

    fn entry(&self, row: usize, dates: Dates) -> Result<TimeEntry, Fault> {
        let day = |column: usize| {
            dates.read(self.cell(row, column)).map_err(|error| {
                Fault::cell(&self.called(column), self.cell(row, column), &error.expected).hint(&error.hint)
            })
        };
        let begun = day(time::DATE)?;
        let start = self.clock(row, time::START, begun.second_of_day)?;
        let span = || -> Result<Option<i64>, Fault> {
            let end_day = if self.cell(row, time::END_DATE).is_empty() { begun } else { day(time::END_DATE)? };
            let end = self.clock(row, time::END, end_day.second_of_day)?;
            let (Some(start), Some(end)) = (start, end) else { return Ok(None) };
            let days = (end_day.date - begun.date).num_days();
            let seconds = days * 86_400 + end - start;
            // Without a day of its own, an end before the start is on the next day.
            let next_day = seconds < 0 && self.cell(row, time::END_DATE).is_empty();
            Ok(Some(if next_day { seconds + 86_400 } else { seconds }))
        };
        let seconds = match self.length(row, span().ok().flatten())? {
            Some(seconds) => Some(seconds),
            None => span()?,
        };
        let Some(seconds) = seconds else {
            let fault = Fault::new("neither a duration nor a start and an end", "one of them");
            return Err(fault.at(&self.called(time::DATE)));
        };
        if !(0..=LONGEST).contains(&seconds) {
            let fault =
                Fault::new("an end before the start, or more than a week after it", "an entry of at most a week");
            return Err(fault.at(&self.called(time::DATE)));
        }
        let text = |column: usize| {
            let text = words(self.cell(row, column));
            match phi::in_work(&text, begun.date) {
                None => Ok(guard::mask(&text).chars().take(200).collect()),
                Some(rule) => {
                    let hint = format!("the cell looks like {}; take it out, pay never needs it", rule.words());
                    Err(Fault::unshown(&self.called(column), "no patient data").hint(&hint))
                }
            }
        };
        Ok(TimeEntry {
            id: 0,
            origin: Origin { batch: 0, line: i64::try_from(self.table.grid.line(row)).unwrap_or(i64::MAX) },
            date: begun.date,
            start,
            seconds,
            client: text(time::CLIENT)?,
            project: text(time::PROJECT)?,
            task: text(time::TASK)?,
        })
    }

    /// The time of day of a column: its own cell, or what stands beside the day.
    fn clock(&self, row: usize, column: usize, beside: Option<u32>) -> Result<Option<i64>, Fault> {
        let cell = self.cell(row, column);
        if cell.is_empty() || !duration::resembles_clock(cell) {
            return Ok(beside.map(i64::from));
        }
        let read = duration::clock(cell);
        let fault =
            |error: super::value::Unfit| Fault::cell(&self.called(column), cell, &error.expected).hint(&error.hint);
        read.map(|seconds| Some(i64::from(seconds))).map_err(fault)
    }

    /// The duration, where a column says it. A number without a unit counts hours, unless start and end show that it
    /// counts minutes or seconds.
    fn length(&self, row: usize, span: Option<i64>) -> Result<Option<i64>, Fault> {
        for column in [time::DURATION, time::HOURS] {
            let cell = self.cell(row, column);
            if cell.is_empty() {
                continue;
            }
            let fault =
                |error: super::value::Unfit| Fault::cell(&self.called(column), cell, &error.expected).hint(&error.hint);
            let shown = [Unit::Minutes, Unit::Seconds].into_iter().find(|unit| {
                let length = duration::read(cell, Some(*unit)).ok().map(i64::from);
                let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
                is_number && length.is_some_and(|length| length > 0 && span == Some(length))
            });
            let unit = shown.unwrap_or(Unit::Hours);
            return duration::read(cell, Some(unit)).map(|seconds| Some(i64::from(seconds))).map_err(fault);
        }
        Ok(None)
    }
}
