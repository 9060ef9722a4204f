//! Rows of single charts, added up: who was coded when is then no longer told by any row.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::entry::{Charts, Origin};
use crate::money::Usd;

/// What the rows of a group have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    work_date: NaiveDate,
    payer: String,
    chart_type: String,
    rate: Decimal,
    paid_on: Option<NaiveDate>,
}

/// What the rows of a group come to.
#[derive(Clone)]
struct Sums {
    origin: Origin,
    count: i64,
    rejected: i64,
    amount: Usd,
    /// Whether a row stated its amount; the sum stands then, else count times rate.
    stated: bool,
    /// None once a row does not know its minutes.
    minutes_tenths: Option<i64>,
    /// Score times charts, and the charts that were scored.
    accuracy: (i128, i128),
}

/// Adds rows of work up to one row for each day, payer, type, rate and day of payment, in memory for the groups alone.
///
/// - The amount of a group is its count without the rejected times its rate, rounded once. Where a row stated its own
///   amount it is the sum of the amounts.
/// - The minutes are known where those of every row are.
/// - The accuracy is the mean of the scored charts.
/// - A group keeps the line of its first row.
#[derive(Clone, Default)]
pub struct Aggregate {
    groups: HashMap<Key, usize>,
    sums: Vec<Sums>,
}

impl Aggregate {
    /// Adds a row. `stated` says whether the file stated its amount.
    pub fn add(&mut self, row: &Charts, stated: bool) {
        let key = Key {
            work_date: row.work_date,
            payer: row.payer.clone(),
            chart_type: row.chart_type.clone(),
            rate: row.rate.normalize(),
            paid_on: row.paid_on,
        };
        let next = self.sums.len();
        let place = *self.groups.entry(key).or_insert(next);
        if place == next {
            self.sums.push(Sums {
                origin: row.origin,
                count: 0,
                rejected: 0,
                amount: Usd::ZERO,
                stated: false,
                minutes_tenths: Some(0),
                accuracy: (0, 0),
            });
        }
        let sums = &mut self.sums[place];
        sums.count += row.count;
        sums.rejected += row.rejected;
        sums.amount += row.amount;
        sums.stated |= stated;
        sums.minutes_tenths = sums.minutes_tenths.zip(row.minutes_tenths).map(|(sum, more)| sum + more);
        if let Some(score) = row.accuracy_millionths {
            let charts = i128::from(row.count);
            sums.accuracy.0 += i128::from(score) * charts;
            sums.accuracy.1 += charts;
        }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// One row a group, in the order of their first lines. Ids are 0.
    pub fn finish(self) -> Vec<Charts> {
        let mut groups: Vec<(Key, usize)> = self.groups.into_iter().collect();
        groups.sort_by_key(|(_, place)| *place);
        let row = |(key, place): (Key, usize)| {
            let sums = &self.sums[place];
            let (scores, scored) = sums.accuracy;
            let mean = (scored > 0).then(|| (scores + scored / 2) / scored);
            Charts {
                id: 0,
                origin: sums.origin,
                work_date: key.work_date,
                payer: key.payer,
                chart_type: key.chart_type,
                count: sums.count,
                rejected: sums.rejected,
                rate: key.rate,
                amount: if sums.stated {
                    sums.amount
                } else {
                    Usd::rounded(Decimal::from(sums.count - sums.rejected) * key.rate)
                },
                minutes_tenths: sums.minutes_tenths,
                accuracy_millionths: mean.and_then(|mean| i64::try_from(mean).ok()),
                paid_on: key.paid_on,
                surrogate: None,
            }
        };
        groups.into_iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn chart(line: i64, day: u32, payer: &str, rate: Decimal, cents: i64) -> Charts {
        Charts {
            id: 0,
            origin: Origin { batch: 0, line },
            work_date: NaiveDate::from_ymd_opt(2025, 1, day).expect("a day"),
            payer: payer.to_owned(),
            chart_type: "ED".to_owned(),
            count: 1,
            rejected: 0,
            rate,
            amount: Usd::from_cents(cents),
            minutes_tenths: Some(50),
            accuracy_millionths: None,
            paid_on: None,
            surrogate: None,
        }
    }

    fn sum(rows: &[Charts], stated: bool) -> Vec<Charts> {
        let mut aggregate = Aggregate::default();
        for row in rows {
            aggregate.add(row, stated);
        }
        assert_eq!(aggregate.is_empty(), rows.is_empty());
        aggregate.finish()
    }

    #[test]
    fn charts_of_a_day_become_one_row() {
        let mut rows = vec![
            chart(2, 2, "Mercy", dec!(2.20), 220),
            chart(3, 2, "North", dec!(2.20), 220),
            chart(4, 2, "Mercy", dec!(2.2), 0),
            chart(5, 3, "Mercy", dec!(2.20), 220),
            chart(6, 2, "Mercy", dec!(2.20), 220),
            chart(7, 2, "Mercy", dec!(3.00), 300),
        ];
        rows[2].rejected = 1;
        rows[0].accuracy_millionths = Some(1_000_000);
        rows[4].accuracy_millionths = Some(950_000);
        rows[1].minutes_tenths = None;
        let all = sum(&rows, false);
        let told = |row: &Charts| (row.origin.line, row.count, row.rejected, row.amount.cents(), row.minutes_tenths);
        assert_eq!(
            all.iter().map(told).collect::<Vec<_>>(),
            [(2, 3, 1, 440, Some(150)), (3, 1, 0, 220, None), (5, 1, 0, 220, Some(50)), (7, 1, 0, 300, Some(50)),]
        );
        assert_eq!((all[0].accuracy_millionths, all[1].accuracy_millionths), (Some(975_000), None));
        assert_eq!(sum(&all, false), all, "sums of sums");
    }

    #[test]
    fn a_rate_with_parts_of_a_cent_is_rounded_once() {
        let rows: Vec<Charts> = (0..20).map(|line| chart(line, 2, "Mercy", dec!(2.375), 238)).collect();
        assert_eq!(sum(&rows, false)[0].amount, Usd::from_cents(4_750));
        assert_eq!(sum(&rows, true)[0].amount, Usd::from_cents(4_760));
        assert_eq!(sum(&[], false), []);
    }

    #[test]
    fn memory_is_that_of_the_groups() {
        let mut aggregate = Aggregate::default();
        for line in 0..100_000 {
            aggregate.add(&chart(line, u32::try_from(line % 28).expect("a day") + 1, "Mercy", dec!(2), 200), false);
        }
        assert_eq!(aggregate.len(), 28);
    }
}
