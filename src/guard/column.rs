//! A column by all its cells.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chrono::NaiveDate;

use super::value::{Made, is_given_out, screen};
use super::{Identifier, Rule, Scope, name};

/// Cells in which serial numbers are looked for. More say nothing new.
const LOOKED_AT: u64 = 10_000;

/// Cells that hit nothing and are known again.
const KNOWN: usize = 64;

/// Serial numbers from which on they are a column of identifiers.
const FEWEST: u64 = 3;

/// Screens the cells of a column one after the other, in memory that does not grow with them.
///
/// ```
/// use perchart::guard::{Column, Rule, Scope};
///
/// let day = chrono::NaiveDate::from_ymd_opt(2025, 3, 31).ok_or("no day")?;
/// let mut column = Column::new("Ref", Scope::Work);
/// for cell in ["10034511", "10034512", "10034519", "10034520"] {
///     assert_eq!(column.add(cell, day), None);
/// }
/// let hits = column.finish();
/// assert_eq!((hits[0].rule, hits[0].count), (Rule::Serial, 4));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct Column {
    scope: Scope,
    /// The name says that social security numbers follow, which need no hyphens then.
    social: bool,
    hits: BTreeMap<Rule, u64>,
    filled: u64,
    serials: u64,
    /// Hashes of the serial numbers seen.
    distinct: HashSet<u64>,
    /// Cells that hit nothing, with their days, each in its place: most cells come again.
    known: Vec<(String, NaiveDate)>,
}

/// How often a rule was hit in a column. It never holds what was hit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The rule.
    pub rule: Rule,
    /// How many cells.
    pub count: u64,
}

impl Column {
    /// A column by its name in the file. Its cells are still to come.
    pub fn new(header: &str, scope: Scope) -> Column {
        let social = name(header, Scope::Work) == Some(Identifier::SocialSecurity);
        let known = vec![(String::new(), NaiveDate::MIN); KNOWN];
        Column { scope, social, hits: BTreeMap::new(), filled: 0, serials: 0, distinct: HashSet::new(), known }
    }

    /// Adds a cell; the rule that it hits by itself. `day` is the day of the row, else today.
    pub fn add(&mut self, cell: &str, day: NaiveDate) -> Option<Rule> {
        let made = Made::of(cell);
        if made.is_clean(cell, self.scope) {
            self.filled += u64::from(!cell.is_empty());
            return None;
        }
        let place = place(cell);
        // Numbers that may be serial are counted each time.
        let counted = made.digits >= 6 && (self.social || is_serial(cell.trim()));
        if !counted && self.known[place].0 == cell && self.known[place].1 == day {
            self.filled += 1;
            return None;
        }
        let mut rule = screen(cell, made, self.scope, day);
        if rule.is_none() && !counted {
            let (known, known_day) = &mut self.known[place];
            cell.clone_into(known);
            *known_day = day;
        }
        if counted {
            let cell = cell.trim();
            if rule.is_none() && self.social && is_given_out(cell.as_bytes()) {
                rule = Some(Rule::SocialSecurity);
            }
            if self.scope != Scope::Money && self.filled < LOOKED_AT && made.digits <= 10 && is_serial(cell) {
                self.serials += 1;
                let mut hasher = DefaultHasher::new();
                cell.hash(&mut hasher);
                self.distinct.insert(hasher.finish());
            }
        }
        self.filled += u64::from(!cell.is_empty());
        if let Some(rule) = rule {
            *self.hits.entry(rule).or_default() += 1;
        }
        rule
    }

    /// The rules that the column hits, with how many of its cells.
    pub fn finish(&self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.hits.iter().map(|(&rule, &count)| Hit { rule, count }).collect();
        let looked_at = self.filled.min(LOOKED_AT);
        let distinct = u64::try_from(self.distinct.len()).unwrap_or(u64::MAX);
        if self.serials >= FEWEST && self.serials * 2 > looked_at && distinct * 10 > self.serials * 9 {
            hits.push(Hit { rule: Rule::Serial, count: self.serials });
        }
        hits
    }
}

/// Where a cell is remembered.
fn place(cell: &str) -> usize {
    let mix = |hash: usize, byte: &u8| hash.wrapping_mul(31).wrapping_add(usize::from(*byte));
    cell.as_bytes().iter().fold(cell.len(), mix) % KNOWN
}

/// Whether a cell is a serial number: 6 to 10 digits behind at most three letters. Days such as 20250131 are none.
pub fn is_serial(cell: &str) -> bool {
    let digits = cell.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let prefix = cell.len() - digits.len();
    let whole = (6..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let day = || {
        let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
        let year = part(0..4).and_then(|year| i32::try_from(year).ok()).filter(|year| (2000..2050).contains(year));
        let date = year.zip(part(4..6)).zip(part(6..8));
        date.and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day)).is_some()
    };
    whole && prefix <= 3 && !(prefix == 0 && digits.len() == 8 && day())
}
