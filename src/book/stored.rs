//! The stored rows of a day, and which of them a file has met.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, Statement};

use super::entry::Kind;
use super::table::{day_column, day_value};

/// The part of a file that a source vouches for: the rows that these batches brought, each up to a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefix(pub(super) Vec<(i64, i64)>);

impl Prefix {
    /// Whether a stored row is one of those.
    pub(super) fn holds(&self, batch: i64, line: i64) -> bool {
        self.0.iter().any(|(other, lines)| *other == batch && line <= *lines)
    }
}

/// The days that a file has touched. Of each, the rows that were stored before the import and not met yet.
///
/// The rows of a day are read when the file first reaches it, before it adds a row to that day.
#[derive(Debug)]
pub(super) struct Days<'a> {
    kind: Kind,
    query: Statement<'a>,
    prefix: Prefix,
    places: HashMap<i32, usize>,
    read: Vec<Day>,
    /// The day of the last row and its place.
    last: Option<(NaiveDate, usize)>,
    /// Whether a row of a statement may meet a stored one that has a number of the bank.
    numbered: bool,
}

/// What is compared besides the fingerprint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Mated {
    pub(super) balance: Option<i64>,
    /// Whether the row has the bank's own number.
    pub(super) numbered: bool,
}

/// The rows of one day, equal ones together, in order of fingerprint.
#[derive(Debug, Default)]
pub(super) struct Day {
    fingerprints: Vec<i64>,
    /// How many of each are not met yet.
    left: Vec<u32>,
    /// Rows of statements only: what is compared besides, and how many a row without a balance has met.
    besides: Vec<(Mated, u32)>,
    /// How many are not met yet, in all.
    open: usize,
}

impl<'a> Days<'a> {
    pub(super) fn new(connection: &'a Connection, kind: Kind) -> rusqlite::Result<Days<'a>> {
        let (table, day) = (kind.word(), day_column(kind));
        let besides = if kind == Kind::Bank { ", balance_cents, bank_id IS NOT NULL" } else { "" };
        let sql = format!("SELECT fingerprint, batch, line{besides} FROM {table} WHERE {day} = ?1");
        Ok(Days {
            kind,
            query: connection.prepare(&sql)?,
            prefix: Prefix::default(),
            places: HashMap::new(),
            read: Vec::new(),
            last: None,
            numbered: true,
        })
    }

    /// Takes rows that the file has met already out of the comparison. To be called before any row.
    pub(super) fn skip(&mut self, prefix: Prefix) {
        self.prefix = prefix;
    }

    /// From now on, rows of statements that have a number of the bank are met by that number alone.
    pub(super) fn leave_numbered(&mut self) {
        self.numbered = false;
    }

    /// Meets a stored row of the day that equals one of the file, if there is one that no other row met.
    pub(super) fn meet(&mut self, day: NaiveDate, fingerprint: i64, balance: Option<i64>) -> rusqlite::Result<bool> {
        let place = self.place(day)?;
        let numbered = self.numbered;
        Ok(self.read[place].meet(fingerprint, balance, numbered))
    }

    /// Whether no row of the day was stored before.
    pub(super) fn is_new(&mut self, day: NaiveDate) -> rusqlite::Result<bool> {
        let place = self.place(day)?;
        Ok(self.read[place].fingerprints.is_empty())
    }

    /// How many stored rows of the day no row has met so far.
    pub(super) fn open(&mut self, day: NaiveDate) -> rusqlite::Result<usize> {
        let place = self.place(day)?;
        Ok(self.read[place].open)
    }

    /// The days with rows that were not met, and what became of each row of it.
    pub(super) fn into_open(self) -> (Kind, Prefix, bool, Vec<(i32, Day)>) {
        let mut read = self.read;
        let open = self.places.into_iter().filter_map(|(day, place)| {
            let rows = std::mem::take(&mut read[place]);
            (rows.open > 0).then_some((day, rows))
        });
        let open = open.collect();
        (self.kind, self.prefix, self.numbered, open)
    }

    fn place(&mut self, day: NaiveDate) -> rusqlite::Result<usize> {
        if let Some((last, place)) = self.last
            && last == day
        {
            return Ok(place);
        }
        let days = day.to_epoch_days();
        let place = if let Some(place) = self.places.get(&days) {
            *place
        } else {
            let rows = self.load(day)?;
            self.read.push(rows);
            self.places.insert(days, self.read.len() - 1);
            self.read.len() - 1
        };
        self.last = Some((day, place));
        Ok(place)
    }

    fn load(&mut self, day: NaiveDate) -> rusqlite::Result<Day> {
        let bank = self.kind == Kind::Bank;
        let mut found: Vec<(i64, Mated)> = Vec::new();
        let mut rows = self.query.query([day_value(self.kind, day)])?;
        while let Some(row) = rows.next()? {
            if !self.prefix.holds(row.get(1)?, row.get(2)?) {
                found.push((row.get(0)?, if bank { besides(row)? } else { Mated::default() }));
            }
        }
        found.sort_unstable_by_key(|(fingerprint, besides)| (*fingerprint, besides.numbered, besides.balance));
        let mut day = Day { open: found.len(), ..Day::default() };
        let mut before = None;
        for (fingerprint, besides) in found {
            match day.left.last_mut() {
                Some(left) if before == Some((fingerprint, besides)) => *left += 1,
                _ => {
                    day.fingerprints.push(fingerprint);
                    day.left.push(1);
                    if bank {
                        day.besides.push((besides, 0));
                    }
                }
            }
            before = Some((fingerprint, besides));
        }
        Ok(day)
    }
}

/// Reads what is compared besides the fingerprint.
fn besides(row: &Row) -> rusqlite::Result<Mated> {
    Ok(Mated { balance: row.get(3)?, numbered: row.get(4)? })
}

impl Day {
    fn meet(&mut self, fingerprint: i64, balance: Option<i64>, numbered: bool) -> bool {
        if self.open == 0 {
            return false;
        }
        let from = self.fingerprints.partition_point(|other| *other < fingerprint);
        let to = from + self.fingerprints[from..].iter().take_while(|other| **other == fingerprint).count();
        let met = if self.besides.is_empty() {
            from < to && self.left[from] > 0 && {
                self.left[from] -= 1;
                true
            }
        } else {
            self.meet_balanced(from, to, balance, numbered)
        };
        if met {
            self.open -= 1;
            if self.open == 0 {
                // Whatever comes later is new: nothing needs to be kept.
                *self = Day::default();
            }
        }
        met
    }

    /// Two balances must be equal; a missing one fits any. A row without a balance that has met a stored row is sent on
    /// to another where a row with that very balance comes, so that as many rows meet as can.
    fn meet_balanced(&mut self, from: usize, to: usize, balance: Option<i64>, numbered: bool) -> bool {
        let fits = |day: &Day, place: usize| numbered || !day.besides[place].0.numbered;
        let free = |day: &Day, wanted: Option<Option<i64>>| {
            (from..to).find(|place| {
                let is = wanted.is_none_or(|wanted| day.besides[*place].0.balance == wanted);
                is && fits(day, *place) && day.left[*place] > 0
            })
        };
        if balance.is_none() {
            let Some(place) = free(self, Some(None)).or_else(|| free(self, None)) else { return false };
            self.left[place] -= 1;
            self.besides[place].1 += 1;
            return true;
        }
        if let Some(place) = free(self, Some(balance)) {
            self.left[place] -= 1;
            return true;
        }
        if let Some(place) = free(self, Some(None)) {
            self.left[place] -= 1;
            return true;
        }
        let lent = (from..to).find(|place| {
            let (besides, lent) = self.besides[*place];
            fits(self, *place) && lent > 0 && (besides.balance == balance || besides.balance.is_none())
        });
        match (lent, free(self, None)) {
            (Some(lent), Some(other)) => {
                self.besides[lent].1 -= 1;
                self.left[other] -= 1;
                self.besides[other].1 += 1;
                true
            }
            _ => false,
        }
    }

    /// Whether a row of this fingerprint was not met; counts it as told.
    pub(super) fn tell_open(&mut self, fingerprint: i64, besides: Mated) -> bool {
        let mut place = self.fingerprints.partition_point(|other| *other < fingerprint);
        while self.fingerprints.get(place) == Some(&fingerprint) {
            let same = self.besides.get(place).is_none_or(|(other, _)| *other == besides);
            if same && self.left[place] > 0 {
                self.left[place] -= 1;
                return true;
            }
            place += 1;
        }
        false
    }
}
