//! When a payer pays.

use chrono::{Datelike, Days, NaiveDate};

use super::same_name;
use crate::book::work::WorkDay;
use crate::profile::{Cycle, Payer};

/// Days from the end of a cycle to the money where a payer's terms are not stated.
const USUAL_DAYS: i64 = 30;

/// When a payer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The work that is paid at once.
    pub cycle: Cycle,
    /// Days from the end of the cycle to the money.
    pub days: i64,
    /// Stated in the profile, or our assumption?
    pub stated: bool,
}

impl Terms {
    /// What is assumed where no terms are stated: 30 days after the work.
    pub fn usual() -> Terms {
        Terms { cycle: Cycle::Day, days: USUAL_DAYS, stated: false }
    }

    /// A payer's terms, or 30 days after the work where none are stated.
    pub fn of(payers: &[Payer], name: &str) -> Terms {
        let stated = payers.iter().find(|payer| payer.name.as_deref().is_some_and(|stated| same_name(stated, name)));
        stated.map_or(Terms::usual(), |payer| Terms {
            cycle: payer.cycle.unwrap_or(Cycle::Month),
            days: payer.days.unwrap_or(USUAL_DAYS),
            stated: true,
        })
    }

    /// The day on which work is paid: its own, or by the terms.
    pub fn due(self, row: &WorkDay) -> NaiveDate {
        row.paid_on.unwrap_or_else(|| self.paid(row.work_date))
    }

    /// The day on which work is paid.
    fn paid(self, worked: NaiveDate) -> NaiveDate {
        let end = match self.cycle {
            Cycle::Day => worked,
            Cycle::Week => worked.week(chrono::Weekday::Mon).last_day(),
            Cycle::HalfMonth if worked.day() <= 15 => worked.with_day(15).unwrap_or(worked),
            Cycle::HalfMonth | Cycle::Month => last_of_month(worked),
        };
        end.checked_add_days(Days::new(u64::try_from(self.days).unwrap_or(0))).unwrap_or(end)
    }

    /// The terms in words.
    pub fn words(self) -> String {
        let cycle = match self.cycle {
            Cycle::Day => "the day of the work",
            Cycle::Week => "the week of the work",
            Cycle::HalfMonth => "the half-month of the work",
            Cycle::Month => "the month of the work",
        };
        format!("{} days after {cycle}", self.days)
    }
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = if day.month() == 12 {
        NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(day.year(), day.month() + 1, 1)
    };
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}
