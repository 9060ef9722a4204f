//! A log of charts of any length: 12 clients, 14 chart types, 36 months, the same every time.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::io::Write;

use chrono::{Days, NaiveDate};
use perchart::book::entry::ChartsRow;
use perchart::money::Usd;

const CLIENTS: [&str; 12] = [
    "Meridian Health Coding",
    "Northgate Coding Partners",
    "Bluestone RCM",
    "Harbor Audit Group",
    "Summit Revenue",
    "Cedar Medical Billing",
    "Lakeside Coders",
    "Pinnacle HIM",
    "Ridgeline Health, LLC",
    "Atlas Chart Review",
    "Orchard Coding",
    "Crestview Partners",
];

const TYPES: [&str; 14] = [
    "E/M",
    "ED",
    "Outpatient surgery",
    "Urgent care",
    "Radiology",
    "Pathology",
    "Inpatient DRG",
    "HCC",
    "Cardiology",
    "Orthopedics",
    "Oncology",
    "Anesthesia",
    "Dental",
    "Behavioral health",
];

/// Rows in order of day, one after the other.
#[derive(Clone, Debug)]
pub struct Log {
    rows: u64,
    next: u64,
    state: u64,
}

impl Log {
    /// A log of so many rows over 36 months.
    pub fn new(rows: u64) -> Log {
        Log { rows, next: 0, state: 0x9e37_79b9_7f4a_7c15 }
    }

    fn draw(&mut self, below: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % below
    }
}

impl Iterator for Log {
    type Item = ChartsRow<'static>;

    fn next(&mut self) -> Option<ChartsRow<'static>> {
        if self.next == self.rows {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + Days::new(self.next * 1_096 / self.rows);
        self.next += 1;
        let chart_type = self.draw(14);
        let count = self.draw(80) + 5;
        let rejected = self.draw(40) / 38;
        let rate = if self.draw(20) == 0 { 20_000 + self.draw(60_000) } else { 20_000 + 4_100 * chart_type };
        let minutes = (self.draw(10) > 0).then(|| count * 20 + self.draw(300));
        let accuracy = (self.draw(4) > 0).then(|| 940_000 + self.draw(60) * 1_000);
        let cents = ((count - rejected) * rate * 100 + 5_000) / 10_000;
        let signed = |value: u64| i64::try_from(value).unwrap();
        Some(ChartsRow {
            line: signed(self.next) + 1,
            work_date: day,
            payer: CLIENTS[usize::try_from(self.draw(12)).unwrap()],
            chart_type: TYPES[usize::try_from(chart_type).unwrap()],
            count: signed(count),
            rejected: signed(rejected),
            rate_millionths: signed(rate * 100),
            amount: Usd::from_cents(signed(cents)),
            minutes_tenths: minutes.map(signed),
            accuracy_millionths: accuracy.map(signed),
            paid_on: None,
            surrogate: None,
        })
    }
}

/// The header of the file.
pub const HEADER: &str = "work_date,payer,chart_type,count,rejected,rate,amount,minutes,accuracy,paid_on\n";

/// Writes rows as a file shows them.
pub fn write(out: &mut impl Write, rows: impl Iterator<Item = ChartsRow<'static>>) {
    for row in rows {
        let payer = if row.payer.contains(',') { format!("\"{}\"", row.payer) } else { row.payer.to_owned() };
        let (day, rate, cents) = (row.work_date, row.rate_millionths / 100, row.amount.cents());
        write!(out, "{day},{payer},{},{},{},", row.chart_type, row.count, row.rejected).unwrap();
        write!(out, "{}.{:04},{}.{:02},", rate / 10_000, rate % 10_000, cents / 100, cents % 100).unwrap();
        row.minutes_tenths.map_or(Ok(()), |tenths| write!(out, "{}.{}", tenths / 10, tenths % 10)).unwrap();
        row.accuracy_millionths
            .map_or(Ok(()), |share| write!(out, ",{}.{}", share / 10_000, share / 1_000 % 10))
            .unwrap();
        writeln!(out, "{},", if row.accuracy_millionths.is_none() { "," } else { "" }).unwrap();
    }
}
