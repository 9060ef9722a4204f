//! Exports that others published: rows, sums and days are those that a careful reader finds, or the file is refused with
//! a reason.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use perchart::book::Records;
use perchart::import::{Options, open};
use perchart::money::Usd;
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    file: Vec<Export>,
}

#[derive(Deserialize)]
struct Export {
    name: String,
    kind: String,
    #[serde(default)]
    rows: usize,
    #[serde(default)]
    pending: u64,
    total: Option<String>,
    total_in: Option<String>,
    total_out: Option<String>,
    #[serde(default)]
    totals: BTreeMap<String, String>,
    seconds: Option<i64>,
    first: Option<String>,
    last: Option<String>,
    ask: Option<String>,
    may_ask: Option<String>,
    #[serde(default)]
    alt: Vec<Other>,
}

/// Another reading of a file.
#[derive(Deserialize)]
struct Other {
    #[serde(default)]
    totals: BTreeMap<String, String>,
}

impl Export {
    /// Whether a proposal, which the user has to accept, is one of the other readings.
    fn has_other(&self, found: &str) -> bool {
        let sums = |totals: &BTreeMap<String, String>| {
            totals.iter().map(|(currency, total)| format!("{currency} {total}")).collect::<Vec<_>>().join(", ")
        };
        self.alt.iter().any(|other| !other.totals.is_empty() && found.contains(&sums(&other.totals)))
    }
}

/// What the importer found, or why it refused.
fn found(path: &Path) -> Result<String, String> {
    let opened = open(path, &Options::default()).map_err(|problems| problems.to_string())?;
    let pending = opened.pending;
    let (records, read) = opened.records().map_err(|problems| problems.to_string())?;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = format!("{}..{}", day(read.first), day(read.last));
    let mut currencies: BTreeMap<String, Usd> = BTreeMap::new();
    match records {
        Records::Time(entries) => {
            let seconds: i64 = entries.iter().map(|entry| entry.seconds).sum();
            return Ok(format!("{} rows, {seconds} s, {days}", read.rows));
        }
        Records::Bank(movements) => {
            for movement in movements {
                *currencies.entry(movement.currency).or_insert(Usd::ZERO) += movement.amount;
            }
        }
        other => return Ok(format!("{} rows of {}", read.rows, other.kind().word())),
    }
    let sums = if currencies.len() > 1 {
        currencies.iter().map(|(currency, total)| format!("{currency} {total}")).collect::<Vec<_>>().join(", ")
    } else {
        format!("{} in, {} out", read.total_in, read.total_out)
    };
    Ok(format!("{} rows, {pending} pending, {sums}, {days}", read.rows))
}

fn expected(export: &Export) -> Option<String> {
    let days = format!("{}..{}", export.first.clone().unwrap_or_default(), export.last.clone().unwrap_or_default());
    match export.kind.as_str() {
        "refused" => None,
        "time" => Some(format!("{} rows, {} s, {days}", export.rows, export.seconds.unwrap_or(0))),
        _ => {
            let sums = if export.totals.is_empty() {
                let sum = |sum: &Option<String>| sum.clone().unwrap_or_else(|| "0.00".to_owned());
                format!("{} in, {} out", sum(&export.total_in), sum(&export.total_out))
            } else {
                export
                    .totals
                    .iter()
                    .map(|(currency, total)| format!("{currency} {total}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let _ = &export.total;
            Some(format!("{} rows, {} pending, {sums}, {days}", export.rows, export.pending))
        }
    }
}

#[test]
fn exports_of_others_are_read_as_a_careful_reader_reads_them() {
    let Some(folder) = shared::folder("csv") else { return };
    let truth: Truth =
        toml::from_str(&fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/exports.toml")).unwrap())
            .unwrap();
    let (mut right, mut asked, mut wrong) = (0, 0, Vec::new());
    for export in &truth.file {
        let path = folder.join(&export.name);
        let may_ask = export.ask.is_some() || export.may_ask.is_some();
        match (found(&path), expected(export)) {
            (Ok(found), Some(expected)) if found == expected => right += 1,
            (Err(_), None) => right += 1,
            (Err(why), Some(_)) if may_ask => {
                asked += 1;
                println!("asked: {}", why.lines().next().unwrap_or_default());
            }
            (Ok(found), _) if export.ask.is_some() && export.has_other(&found) => asked += 1,
            (found, expected) => wrong.push(format!(
                "{}{}\n   expected {}\n   found    {}",
                export.name,
                if may_ask { " (may ask)" } else { "" },
                expected.unwrap_or_else(|| "a refusal".to_owned()),
                found.unwrap_or_else(|why| format!("refused: {why}"))
            )),
        }
    }
    println!("{right} right, {asked} asked, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
