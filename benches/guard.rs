//! The guard over a million rows of a work log, and over descriptions of statements.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::ItemsCount;
use perchart::guard::{Column, Scope, mask};

/// Rows of the log.
const ROWS: usize = 1_000_000;

fn main() {
    divan::main();
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 31).unwrap()
}

fn screened(bencher: Bencher, cells: &[[&str; 2]]) {
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let mut columns = ["payer", "chart_type"].map(|name| Column::new(name, Scope::Work));
        for row in 0..ROWS {
            for (column, cell) in columns.iter_mut().zip(cells[row % cells.len()]) {
                column.add(black_box(cell), day());
            }
        }
        columns.map(|column| column.finish().len())
    });
}

#[divan::bench(sample_count = 20)]
fn rows_of_words(bencher: Bencher) {
    let cells = [
        ["Meridian Health Coding", "ED"],
        ["Northgate Coding Partners", "E/M"],
        ["Lakeshore Risk Review", "HCC"],
        ["Meridian Health Coding", "Same Day Surgery"],
    ];
    screened(bencher, &cells);
}

#[divan::bench(sample_count = 20)]
fn rows_with_codes_and_commas(bencher: Bencher) {
    let cells = [
        ["Meridian Health Coding, LLC", "ED 99281-99285"],
        ["Northgate Coding Partners", "E/M Level 3"],
        ["Acme, Inc.", "CPT 10021"],
        ["Lakeshore Risk Review", "HCC V28, 2025"],
    ];
    screened(bencher, &cells);
}

#[divan::bench(sample_count = 20)]
fn descriptions_masked(bencher: Bencher) {
    let cells = ["SQ *COFFEE 1234 SEATTLE WA", "ACH CO ID:1234567890 MERIDIAN", "CHECK 1234", "AMAZON.COM*2K4LQ1RT3"];
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench(|| (0..ROWS).map(|row| mask(black_box(cells[row % cells.len()])).len()).sum::<usize>());
}
