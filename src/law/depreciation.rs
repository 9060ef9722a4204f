//! Figures of depreciation that follow the year in which a thing was placed in service: the special allowance, the limits
//! on cars, and the percentages as Pub. 946 prints them.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error};

use super::{Citations, Problem, load};
use crate::money::{Rate, Usd};

/// Figures of depreciation, for every year placed in service that is known.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depreciation {
    /// When the mid-quarter convention takes the place of the half-year one.
    pub mid_quarter: MidQuarter,
    /// The special depreciation allowance.
    pub bonus: Allowance,
    /// Limits on passenger automobiles.
    pub cars: Cars,
    /// Table A-1.
    pub half_year: Table,
    /// Table A-2: placed in service in the first quarter.
    pub mid_quarter_1: Table,
    /// Table A-3: in the second.
    pub mid_quarter_2: Table,
    /// Table A-4: in the third.
    pub mid_quarter_3: Table,
    /// Table A-5: in the fourth.
    pub mid_quarter_4: Table,
    /// Table A-7a.
    pub nonresidential: MidMonth,
}

/// When the mid-quarter convention takes the place of the half-year one.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MidQuarter {
    /// More than this part of the year's bases was placed in service in its last quarter.
    pub over: Rate,
}

/// The special depreciation allowance.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Acquired on this day or later: the full rate.
    #[serde(deserialize_with = "day")]
    pub full_from: NaiveDate,
    /// The full rate.
    pub full: Rate,
    /// The rate that may be elected instead of the full one.
    pub reduced: Rate,
    /// In which year.
    pub reduced_in: i32,
    /// The first day of acquisition that the earlier rates are for.
    #[serde(deserialize_with = "day")]
    pub acquired_from: NaiveDate,
    /// For what was acquired before the full rate began, by year placed in service.
    pub earlier: Vec<Earlier>,
}

/// The allowance of one year placed in service.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// The year.
    pub in_service: i32,
    /// The rate.
    pub rate: Rate,
}

impl Allowance {
    /// The rate for a thing acquired on a day and placed in service in a year; zero from the year on in which the earlier
    /// rates have run out.
    pub fn rate(&self, acquired: NaiveDate, in_service: i32) -> Rate {
        if acquired >= self.full_from {
            return self.full;
        }
        let row = self.earlier.iter().find(|row| row.in_service == in_service && acquired >= self.acquired_from);
        row.map_or(Rate::ZERO, |row| row.rate)
    }
}

/// Limits on passenger automobiles.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cars {
    /// By year placed in service.
    pub caps: Vec<CarCaps>,
}

/// The most that may be deducted of a car placed in service in a year, used for the business alone.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarCaps {
    /// The year placed in service.
    pub in_service: i32,
    /// The first year, with the special allowance.
    pub with_bonus: Usd,
    /// The first year without it.
    pub first: Usd,
    /// The second year.
    pub second: Usd,
    /// The third year.
    pub third: Usd,
    /// Each later year.
    pub later: Usd,
}

impl CarCaps {
    /// The cap of a year of the car's life, the first being 0.
    pub const fn of(&self, nth: usize, with_bonus: bool) -> Usd {
        match nth {
            0 if with_bonus => self.with_bonus,
            0 => self.first,
            1 => self.second,
            2 => self.third,
            _ => self.later,
        }
    }
}

/// One printed table: the percentages of each year, by recovery period.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// 3 years.
    pub three: Vec<Rate>,
    /// 5 years.
    pub five: Vec<Rate>,
    /// 7 years.
    pub seven: Vec<Rate>,
    /// 15 years.
    pub fifteen: Vec<Rate>,
}

/// Nonresidential real property, by month placed in service.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MidMonth {
    /// The first year.
    pub first: [Rate; 12],
    /// Each year between.
    pub middle: Rate,
    /// The fortieth year.
    pub last: [Rate; 12],
}

/// A day as text: `"2025-01-20"`.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

static LOADED: OnceLock<Result<(Depreciation, Citations), Problem>> = OnceLock::new();

/// The figures with their citations.
///
/// # Errors
/// [`Problem`] where the file is not law.
pub fn figures() -> Result<(&'static Depreciation, &'static Citations), Problem> {
    let loaded = LOADED.get_or_init(|| load::read(include_str!("us/depreciation.toml")));
    match loaded {
        Ok((figures, citations)) => Ok((figures, citations)),
        Err(problem) => Err(problem.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_citation_and_every_table_adds_up() {
        let (figures, citations) = figures().expect("law");
        assert!(citations.values().all(|citation| citation.cite.len() > 3));
        let whole = |rates: &[Rate]| rates.iter().map(|rate| rate.in_millionths()).sum::<i64>();
        let tables = [
            &figures.half_year,
            &figures.mid_quarter_1,
            &figures.mid_quarter_2,
            &figures.mid_quarter_3,
            &figures.mid_quarter_4,
        ];
        for table in tables {
            for (rates, years) in [(&table.three, 4), (&table.five, 6), (&table.seven, 8), (&table.fifteen, 16)] {
                assert_eq!((rates.len(), whole(rates)), (years, 1_000_000));
            }
        }
        // 38 years of 2.564% and the two ends: 100% but for what the print rounds off.
        let home = &figures.nonresidential;
        for (first, last) in home.first.iter().zip(&home.last) {
            assert_eq!(whole(&[*first, *last]) + 38 * home.middle.in_millionths(), 1_000_000);
        }
    }

    #[test]
    fn the_allowance_goes_by_contract_and_service() {
        let (figures, _) = figures().expect("law");
        let rate = |acquired: &str, year| figures.bonus.rate(acquired.parse().expect("a day"), year).to_string();
        assert_eq!(rate("2024-06-01", 2024), "60%");
        assert_eq!(rate("2025-01-19", 2025), "40%");
        assert_eq!(rate("2025-01-20", 2025), "100%");
        assert_eq!(rate("2025-01-05", 2026), "20%");
        assert_eq!((rate("2025-01-05", 2027), rate("2026-03-01", 2027)), ("0%".to_owned(), "100%".to_owned()));
        assert_eq!(rate("2017-09-27", 2018), "0%");
    }
}
