//! What the fuzz targets call (`fuzz/README.md`): readers and what must hold of all they read. No part of the interface.
//!
//! A column is a text whose lines are its cells.

use chrono::Datelike;

use super::profile::{DateOrder, Sign};
use super::value::amount::{self, Amounts, Doubt, Mark};
use super::value::date::{self, DateDoubt, Dates, Order};
use super::value::duration::{self, Unit};
use super::{Choices, Opened, Options, Phi, open_bytes};
use crate::book::entry::Kind;
use crate::money::Usd;
use crate::period::iso;

/// The amounts of a column.
///
/// # Panics
/// If an amount that was read is not what it says.
pub fn amount(column: &str) {
    let cells = || column.split('\n');
    let count = cells().count();
    let decided = Amounts::decide(cells());
    let backwards = Amounts::decide(cells().rev());
    assert_eq!(
        decided.map(Amounts::decimal).ok(),
        backwards.map(Amounts::decimal).ok(),
        "the order of the rows counts"
    );
    let within = |cell: usize| cell < count;
    match decided {
        Ok(amounts) => assert!(amounts.example().is_none_or(within)),
        Err(Doubt::Thousands { cell, .. }) => assert!(within(cell)),
        Err(Doubt::Contradiction { point, comma }) => assert!(within(point) && within(comma) && point != comma),
        Err(Doubt::NotAmounts { cell }) => assert!(cell.is_some_and(within)),
    }
    for cell in cells() {
        let mut some = false;
        for mark in [Mark::Point, Mark::Comma] {
            let amounts = Amounts::stated(mark);
            let Ok(read) = amounts.read(cell) else { continue };
            some = true;
            let plain = Usd::from_cents(read.cents).to_string();
            let plain = if mark == Mark::Comma { plain.replace('.', ",") } else { plain };
            assert_eq!(amounts.read(&plain).ok().map(|again| again.cents), Some(read.cents));
            assert_eq!(amounts.read_rounded(cell), Ok(read));
        }
        assert!(!some || amount::resembles(cell), "an amount that resembles none");
    }
}

/// The dates of a column.
///
/// # Panics
/// If a date that was read is not what it says.
pub fn date(column: &str) {
    let cells = || column.split('\n');
    let count = cells().count();
    let within = |cell: usize| cell < count;
    for stated in [None, Some(Order::Mdy), Some(Order::Dmy), Some(Order::Ymd)] {
        let decided = Dates::decide(cells(), stated);
        let backwards = Dates::decide(cells().rev(), stated);
        assert_eq!(decided.map(Dates::order).ok(), backwards.map(Dates::order).ok(), "the order of the rows counts");
        match decided {
            Ok(dates) => {
                assert!(dates.example().is_none_or(within));
                for cell in cells() {
                    let Ok(stamp) = dates.read(cell) else { continue };
                    assert!((1900..=2100).contains(&stamp.date.year()));
                    assert!(stamp.second_of_day.is_none_or(|second| second < 86_400));
                    assert!(date::resembles(cell) || dates.why().starts_with("day numbers"));
                    let plain = iso(stamp.date);
                    let again = Dates::decide(std::iter::once(plain.as_str()), None).ok();
                    assert_eq!(
                        again.and_then(|dates| dates.read(&plain).ok()).map(|again| again.date),
                        Some(stamp.date)
                    );
                }
            }
            Err(DateDoubt::Order { cell }) => assert!(within(cell)),
            Err(DateDoubt::Mixed { one, other }) => assert!(within(one) && within(other) && one != other),
            Err(DateDoubt::NotDates { cell }) => assert!(cell.is_none_or(within)),
        }
    }
}

/// The durations and times of day of a column.
///
/// # Panics
/// If a duration or a time that was read is not what it says.
pub fn duration(column: &str) {
    let form = |second: u32| format!("{}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    for cell in column.split('\n') {
        for bare in [None, Some(Unit::Hours), Some(Unit::Minutes), Some(Unit::Seconds)] {
            let Ok(seconds) = duration::read(cell, bare) else { continue };
            assert_eq!(duration::read(&form(seconds), None), Ok(seconds));
            assert!(bare.is_some() || duration::resembles(cell));
        }
        if let Ok(second) = duration::clock(cell) {
            assert!(second < 86_400 && duration::resembles_clock(cell));
            assert_eq!(duration::clock(&form(second)), Ok(second));
        }
    }
}

/// A file of any sort. The first byte chooses how it is read.
///
/// # Panics
/// If a file is neither read nor refused with reasons.
pub fn reader(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let kind = match choice % 8 {
        1 => Some(Kind::Charts),
        2 => Some(Kind::Payments),
        3 => Some(Kind::Expenses),
        4 => Some(Kind::Bank),
        5 => Some(Kind::Time),
        6 => Some(Kind::Assets),
        7 => Some(Kind::Trips),
        _ => None,
    };
    let phi = if choice & 8 == 0 { Phi::Refuse } else { Phi::Strip };
    let known_categories: &[&str] = if choice & 16 == 0 { &[] } else { &["software", "office-supplies"] };
    let choices = Choices {
        kind,
        dates: (choice & 32 != 0).then_some(DateOrder::Mdy),
        sign: (choice & 64 != 0).then_some(Sign::Reversed),
        ..Choices::default()
    };
    let options = Options { known_categories, phi, choices, ..Options::default() };
    let Err(problems) = open_bytes("file.csv", bytes, &options).and_then(Opened::records) else { return };
    assert!(!problems.problems.is_empty() && problems.problems.len() <= 10);
    let text = problems.to_string();
    assert!(text.len() < 200_000 && !text.contains(|sign: char| sign.is_control() && sign != '\n'));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs::read;
    use std::path::Path;

    /// Gives each seed of a target to it.
    fn sow(name: &str, target: impl Fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut seeds = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).peekable();
        assert!(seeds.peek().is_some(), "{name}");
        seeds.for_each(|seed| target(&read(seed).unwrap()));
    }

    #[test]
    fn the_seeds_hold() {
        let text: fn(&[u8]) -> &str = |seed| std::str::from_utf8(seed).unwrap();
        sow("amount", |seed| super::amount(text(seed)));
        sow("date", |seed| super::date(text(seed)));
        sow("duration", |seed| super::duration(text(seed)));
        sow("reader", super::reader);
    }
}
