//! The percentages of a year: printed tables, the same method worked out, straight line.

use chrono::{Datelike, NaiveDate};

use crate::law::depreciation::{Depreciation, Table};
use crate::money::{Rate, Ratio};

/// Over how many years a cost is spread.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Recovery {
    /// 3 years.
    Three,
    /// 5 years.
    Five,
    /// 7 years.
    Seven,
    /// 15 years.
    Fifteen,
    /// 39 years, nonresidential real property.
    Building,
    /// 36 months: software (IRC 167(f)(1)).
    Software,
}

impl Recovery {
    /// Years of the recovery period.
    pub const fn years(self) -> i64 {
        match self {
            Recovery::Three | Recovery::Software => 3,
            Recovery::Five => 5,
            Recovery::Seven => 7,
            Recovery::Fifteen => 15,
            Recovery::Building => 39,
        }
    }

    /// As Form 4562 names it.
    pub const fn words(self) -> &'static str {
        match self {
            Recovery::Three => "3-year property",
            Recovery::Five => "5-year property",
            Recovery::Seven => "7-year property",
            Recovery::Fifteen => "15-year property",
            Recovery::Building => "nonresidential real property, 39 years",
            Recovery::Software => "software, 36 months",
        }
    }

    const fn of(self, table: &Table) -> Option<&Vec<Rate>> {
        match self {
            Recovery::Three => Some(&table.three),
            Recovery::Five => Some(&table.five),
            Recovery::Seven => Some(&table.seven),
            Recovery::Fifteen => Some(&table.fifteen),
            Recovery::Building | Recovery::Software => None,
        }
    }
}

/// From when in the first year depreciation counts, and to when in the year of a sale.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Convention {
    /// The middle of the year.
    HalfYear,
    /// The middle of the quarter, 1 to 4.
    MidQuarter(u32),
    /// The middle of the month, 1 to 12.
    MidMonth(u32),
    /// The first day of the month, 1 to 12.
    FullMonth(u32),
}

impl Convention {
    /// As column (e) of Form 4562 has it; empty for software, which has none.
    pub const fn word(self) -> &'static str {
        match self {
            Convention::HalfYear => "HY",
            Convention::MidQuarter(_) => "MQ",
            Convention::MidMonth(_) => "MM",
            Convention::FullMonth(_) => "",
        }
    }

    /// Twenty-fourths of the first year that count.
    const fn first(self) -> i64 {
        match self {
            Convention::HalfYear => 12,
            Convention::MidQuarter(quarter) => 27 - 6 * quarter as i64,
            Convention::MidMonth(month) => 25 - 2 * month as i64,
            Convention::FullMonth(month) => 26 - 2 * month as i64,
        }
    }

    /// The part of a year's percentage that counts in the year of a sale (IRC 168(d)(4)). Of software no month of the sale
    /// (Reg. 1.167(a)-14(b)).
    pub fn last(self, sold: NaiveDate) -> Ratio {
        let (month, quarter) = (i64::from(sold.month()), i64::from(sold.month0() / 3));
        match self {
            Convention::HalfYear => Ratio { of: 1, whole: 2 },
            Convention::MidQuarter(_) => Ratio { of: 1 + 2 * quarter, whole: 8 },
            Convention::MidMonth(_) => Ratio { of: 2 * month - 1, whole: 24 },
            Convention::FullMonth(_) => Ratio { of: month - 1, whole: 12 },
        }
    }
}

/// The quarter of a day, 1 to 4.
pub fn quarter(day: NaiveDate) -> u32 {
    day.month0() / 3 + 1
}

/// A part of a cost, exact.
pub type Part = Ratio;

/// The printed percentage of a year of the life, the first being 0. Of software its months.
pub fn printed(law: &Depreciation, recovery: Recovery, convention: Convention, nth: usize) -> Part {
    let zero = Ratio { of: 0, whole: 1 };
    let table = match convention {
        Convention::HalfYear => &law.half_year,
        Convention::MidQuarter(1) => &law.mid_quarter_1,
        Convention::MidQuarter(2) => &law.mid_quarter_2,
        Convention::MidQuarter(3) => &law.mid_quarter_3,
        Convention::MidQuarter(_) => &law.mid_quarter_4,
        Convention::MidMonth(month) => {
            let at = (month.clamp(1, 12) - 1) as usize;
            return match nth {
                0 => law.nonresidential.first[at].into(),
                1..39 => law.nonresidential.middle.into(),
                39 => law.nonresidential.last[at].into(),
                _ => zero,
            };
        }
        Convention::FullMonth(_) => return straight_line(recovery, convention, nth),
    };
    recovery.of(table).and_then(|rates| rates.get(nth)).map_or(zero, |rate| Ratio::from(*rate))
}

/// Straight line over the recovery period: the alternative depreciation system for a car (IRC 280F(b)(1), 168(g)), and
/// software.
pub fn straight_line(recovery: Recovery, convention: Convention, nth: usize) -> Part {
    let (whole, first) = (24 * recovery.years(), convention.first());
    let before = if nth == 0 { 0 } else { first + 24 * (i64::try_from(nth).unwrap_or(i64::MAX / 48) - 1) };
    let this = if nth == 0 { first } else { 24 };
    Ratio { of: this.min(whole - before).max(0), whole }
}

/// The declining balance method at a rate such as 150%, with the switch to straight line where that is more, each year in
/// hundredths of a percent: how the printed tables are made (IRC 168(b)).
pub fn declining(percent: i64, recovery: Recovery, convention: Convention) -> Vec<i64> {
    const WHOLE: i64 = 10_000;
    // In billionths, so that what is carried is far finer than what is printed.
    const UNIT: i128 = 1_000_000_000;
    let years = i128::from(recovery.years());
    let mut left = UNIT;
    let mut parts = Vec::new();
    let mut printed = 0;
    let mut elapsed = 0; // twenty-fourths of a year
    while elapsed < 24 * years {
        let this = if elapsed == 0 { i128::from(convention.first()) } else { 24 };
        let this = this.min(24 * years - elapsed);
        let falling = left * i128::from(percent) * this / (100 * years * 24);
        let even = left * this / (24 * years - elapsed);
        let taken = falling.max(even).min(left);
        left -= taken;
        elapsed += this;
        // Each year is what the rounded total grows by: the column adds up to the whole.
        let total = i64::try_from(((UNIT - left) * i128::from(WHOLE) + UNIT / 2) / UNIT).unwrap_or(WHOLE);
        parts.push(total - printed);
        printed = total;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::depreciation;

    const TABLES: [Recovery; 4] = [Recovery::Three, Recovery::Five, Recovery::Seven, Recovery::Fifteen];

    fn conventions() -> impl Iterator<Item = Convention> {
        std::iter::once(Convention::HalfYear).chain((1..=4).map(Convention::MidQuarter))
    }

    #[test]
    fn the_printed_tables_are_the_method_worked_out() {
        let (law, _) = depreciation::figures().expect("law");
        for recovery in TABLES {
            let percent = if recovery == Recovery::Fifteen { 150 } else { 200 };
            for convention in conventions() {
                let worked = declining(percent, recovery, convention);
                for (nth, worked) in worked.iter().enumerate() {
                    let part = printed(law, recovery, convention, nth);
                    let print = part.of * 10_000 / part.whole;
                    // The print rounds from year to year so that the column adds up: a hundredth of a percent up or down.
                    assert!(
                        (print - worked).abs() <= 1,
                        "{recovery:?} {convention:?} year {}: {print} {worked}",
                        nth + 1
                    );
                }
                let after = printed(law, recovery, convention, worked.len());
                assert_eq!(after.of, 0, "{recovery:?} {convention:?} goes on");
            }
        }
    }

    #[test]
    fn a_basis_of_ten_thousand_gives_the_printed_columns() {
        let (law, _) = depreciation::figures().expect("law");
        let of = |recovery, convention, years| -> Vec<i64> {
            (0..years)
                .map(|nth| printed(law, recovery, convention, nth))
                .map(|part| 10_000 * part.of / part.whole)
                .collect()
        };
        // Pub. 946, Tables, by hand.
        assert_eq!(of(Recovery::Five, Convention::HalfYear, 7), [2_000, 3_200, 1_920, 1_152, 1_152, 576, 0]);
        assert_eq!(of(Recovery::Seven, Convention::HalfYear, 8), [1_429, 2_449, 1_749, 1_249, 893, 892, 893, 446]);
        assert_eq!(of(Recovery::Five, Convention::MidQuarter(4), 6), [500, 3_800, 2_280, 1_368, 1_094, 958]);
        assert_eq!(of(Recovery::Three, Convention::MidQuarter(1), 5), [5_833, 2_778, 1_235, 154, 0]);
        // A-7a, July: 1.177%, then 2.564%.
        assert_eq!(of(Recovery::Building, Convention::MidMonth(7), 2), [117, 256]);
        assert_eq!(
            printed(law, Recovery::Building, Convention::MidMonth(7), 39),
            Ratio::from(Rate::millionths(13_910))
        );
    }

    #[test]
    fn software_goes_by_months_and_a_car_at_half_use_by_half_years() {
        // In service in October: 3, 12, 12, 9 of 36 months.
        let software = |nth| straight_line(Recovery::Software, Convention::FullMonth(10), nth).of / 2;
        assert_eq!([0, 1, 2, 3, 4].map(software), [3, 12, 12, 9, 0]);
        // 10%, 20% four times, 10%.
        let car = |nth| {
            let part = straight_line(Recovery::Five, Convention::HalfYear, nth);
            part.of * 100 / part.whole
        };
        assert_eq!([0, 1, 4, 5, 6].map(car), [10, 20, 20, 10, 0]);
    }

    #[test]
    fn in_the_year_of_a_sale_a_part_counts() {
        let part = |convention: Convention, day: &str| {
            convention.last(day.parse().expect("a day")).to_decimal().normalize().to_string()
        };
        assert_eq!(part(Convention::HalfYear, "2025-01-01"), "0.5");
        let quarters = ["2025-03-31", "2025-04-01", "2025-09-30", "2025-12-31"];
        assert_eq!(quarters.map(|day| part(Convention::MidQuarter(2), day)), ["0.125", "0.375", "0.625", "0.875"]);
        // (month - 0.5) / 12: March 2.5 / 12.
        assert_eq!(part(Convention::MidMonth(7), "2025-03-20"), "0.2083");
    }

    #[test]
    fn every_column_adds_up_to_all_of_it() {
        let (law, _) = depreciation::figures().expect("law");
        let is_whole = |parts: Vec<Part>| parts.iter().map(|part| part.of).sum::<i64>() == parts[0].whole;
        for recovery in TABLES {
            for convention in conventions() {
                assert_eq!(declining(150, recovery, convention).iter().sum::<i64>(), 10_000);
                let line = (0..17).map(|nth| straight_line(recovery, convention, nth)).collect();
                assert!(is_whole(line), "{recovery:?} {convention:?}");
            }
        }
        for month in 1..=12 {
            let parts: Vec<Part> =
                (0..40).map(|nth| printed(law, Recovery::Building, Convention::MidMonth(month), nth)).collect();
            assert!(is_whole(parts));
        }
    }
}
