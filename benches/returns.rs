//! Whole returns, one after another on one core: the households on which two engines agree, if they lie beside the
//! project, else those of the tests. README.md beside this tells how to run it.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/engine_rows/mod.rs"]
mod engine_rows;
#[path = "../tests/households/mod.rs"]
mod households;

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use perchart::law::{self, Law};
use perchart::money::Round;
use perchart::tax::facts::Household;
use perchart::tax::{Return, prepare, prepare_into};

fn main() {
    divan::main();
}

/// Every household with its law.
fn all() -> Vec<(&'static Law, Household)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let mut all = Vec::new();
    for year in law::years() {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let Ok(mut file) = csv::Reader::from_path(cases.join(format!("consensus_{year}.csv"))) else {
            all.extend(households::all(law).into_iter().map(|(_, household)| (law, household)));
            continue;
        };
        let rows = file.deserialize::<HashMap<String, String>>().map(Result::unwrap);
        all.extend(rows.map(|row| (law, engine_rows::household(law, &row))));
    }
    all
}

/// Into one return, filled again and again: nothing is allocated.
#[divan::bench(args = [Round::Cents, Round::WholeDollar], sample_count = 50)]
fn filled_again(bencher: Bencher, round: Round) {
    let all = all();
    let mut filled = Return::default();
    bencher.counter(ItemsCount::new(all.len())).bench_local(|| {
        for (law, household) in &all {
            prepare_into(&mut filled, law, black_box(household), round).unwrap();
            black_box(&filled);
        }
    });
}

/// A return of its own for each.
#[divan::bench(args = [Round::Cents], sample_count = 50)]
fn new(bencher: Bencher, round: Round) {
    let all = all();
    bencher.counter(ItemsCount::new(all.len())).bench_local(|| {
        for (law, household) in &all {
            black_box(prepare(law, black_box(household), round).unwrap());
        }
    });
}
