//! Since when someone is in the trade. Before that day nothing is an expense of carrying it on (IRC 162(a), 195).

use chrono::{Days, NaiveDate};

/// An absence up to so many days is a temporary one (Rev. Rul. 68-591: a year).
const ABSENCE: u64 = 366;

/// The trade of the business: when it began, and the days on which it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trade {
    /// The day on which the first charts were coded for pay; none where nothing says so.
    pub started: Option<NaiveDate>,
    /// Does the profile state it? Else it is the first day of work or payment in the book.
    pub stated: bool,
    /// The days of work and of payments, in order.
    days: Vec<NaiveDate>,
}

impl Trade {
    /// From what is stated, and the days of work and of payments in the book.
    pub fn of(stated: Option<NaiveDate>, days: impl Iterator<Item = NaiveDate>) -> Trade {
        let mut days: Vec<NaiveDate> = days.collect();
        days.sort_unstable();
        days.dedup();
        Trade { started: stated.or(days.first().copied()), stated: stated.is_some(), days }
    }

    /// Is a day before the trade began?
    pub fn is_before(&self, day: NaiveDate) -> bool {
        self.started.is_some_and(|started| day < started)
    }

    /// Does the book show an absence of more than a year up to a day?
    pub fn is_absent(&self, day: NaiveDate) -> bool {
        let seen = self.days.partition_point(|seen| *seen <= day);
        let last = seen.checked_sub(1).and_then(|at| self.days.get(at));
        last.is_some_and(|last| last.checked_add_days(Days::new(ABSENCE)).is_some_and(|end| end < day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_first_day_of_the_book_stands_in_for_the_one_not_stated() {
        let days = || ["2025-03-10", "2025-03-03"].into_iter().map(day);
        let seen = Trade::of(None, days());
        assert_eq!((seen.started, seen.stated), (Some(day("2025-03-03")), false));
        let stated = Trade::of(Some(day("2019-05-01")), days());
        assert_eq!((stated.started, stated.stated), (Some(day("2019-05-01")), true));
        assert!(seen.is_before(day("2025-03-02")) && !seen.is_before(day("2025-03-03")));
        assert!(!stated.is_before(day("2025-01-01")));
        assert_eq!(Trade::of(None, [].into_iter()).started, None);
    }

    #[test]
    fn a_year_without_work_is_a_temporary_absence() {
        let trade = Trade::of(None, ["2023-05-01", "2026-02-01"].into_iter().map(day));
        assert!(!trade.is_absent(day("2024-05-01")));
        assert!(trade.is_absent(day("2024-05-03")));
        assert!(!trade.is_absent(day("2026-03-01")));
        // What the book does not show is not held against anyone.
        assert!(!trade.is_absent(day("2023-04-01")));
    }
}
