//! Own files in the form of each house that is known, and of some that are not: rows, sums and days are those that a
//! careful reader finds, or the file is refused with a reason.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use perchart::book::Records;
use perchart::import::profile::{DateOrder, Profiles, Sign};
use perchart::import::{Choices, Options, open, open_bytes};
use perchart::money::Usd;
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    file: Vec<Export>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Export {
    name: String,
    kind: String,
    #[serde(default)]
    read_as: String,
    rows: usize,
    #[serde(default)]
    pending: u64,
    #[serde(default)]
    total_in: String,
    #[serde(default)]
    total_out: String,
    #[serde(default)]
    totals: BTreeMap<String, String>,
    #[serde(default)]
    currency: String,
    seconds: Option<i64>,
    #[serde(default)]
    first: String,
    #[serde(default)]
    last: String,
    #[serde(default)]
    accounts: Vec<String>,
    ask: Option<String>,
    says: Option<String>,
    #[serde(default, rename = "note")]
    _note: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/exports")
}

fn truth() -> Vec<Export> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/exports.toml")).unwrap();
    let truth: Truth = toml::from_str(&text).unwrap();
    truth.file
}

/// What the user answers to the question of a file.
fn answered(ask: &str) -> Choices {
    match ask {
        "sign=in" => Choices { sign: Some(Sign::In), ..Choices::default() },
        "sign=out" => Choices { sign: Some(Sign::Out), ..Choices::default() },
        "sign=reversed" => Choices { sign: Some(Sign::Reversed), ..Choices::default() },
        "dates=mdy" => Choices { dates: Some(DateOrder::Mdy), ..Choices::default() },
        other => panic!("no such answer: {other}"),
    }
}

/// What the importer finds, or why it refuses.
fn found(export: &Export, choices: Choices) -> Result<String, String> {
    let options = Options { choices, ..Options::default() };
    let opened = open(&folder().join(&export.name), &options).map_err(|problems| problems.to_string())?;
    let pending = opened.pending;
    let read_as = opened.profile.as_ref().map_or("proposal", |profile| profile.name.as_str()).to_owned();
    // A file of the project's own kinds is streamed and keeps no profile.
    let read_as = if matches!(opened.kind.word(), "bank" | "time") { read_as } else { export.read_as.clone() };
    let kind = opened.kind.word();
    let (records, read) = opened.records().map_err(|problems| problems.to_string())?;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut sums = format!("{} in, {} out", read.total_in, read.total_out);
    let mut accounts = BTreeSet::new();
    match records {
        Records::Time(entries) => {
            sums = format!("{} s", entries.iter().map(|entry| entry.seconds).sum::<i64>());
        }
        Records::Bank(movements) => {
            let mut currencies: BTreeMap<String, Usd> = BTreeMap::new();
            for movement in movements {
                accounts.insert(movement.account);
                *currencies.entry(movement.currency).or_insert(Usd::ZERO) += movement.amount;
            }
            if currencies.len() > 1 {
                let told = currencies.iter().map(|(currency, total)| format!("{currency} {total}"));
                sums = told.collect::<Vec<_>>().join(", ");
            } else if let Some(currency) = currencies.keys().next() {
                sums.push(' ');
                sums.push_str(currency);
            }
        }
        _ => {}
    }
    let accounts =
        if export.accounts.is_empty() { String::new() } else { format!(", accounts {:?}", Vec::from_iter(accounts)) };
    let days = format!("{}..{}", day(read.first), day(read.last));
    Ok(format!("{kind} by {read_as}: {} rows, {pending} pending, {sums}, {days}{accounts}", read.rows))
}

fn expected(export: &Export) -> String {
    let sums = if let Some(seconds) = export.seconds {
        format!("{seconds} s")
    } else if export.totals.is_empty() {
        let currency = if export.rows > 0 && !export.currency.is_empty() { " " } else { "" };
        let code = if export.rows > 0 { export.currency.as_str() } else { "" };
        format!("{} in, {} out{currency}{code}", export.total_in, export.total_out)
    } else {
        let told = export.totals.iter().map(|(currency, total)| format!("{currency} {total}"));
        told.collect::<Vec<_>>().join(", ")
    };
    let accounts = if export.accounts.is_empty() { String::new() } else { format!(", accounts {:?}", export.accounts) };
    format!(
        "{} by {}: {} rows, {} pending, {sums}, {}..{}{accounts}",
        export.kind, export.read_as, export.rows, export.pending, export.first, export.last
    )
}

#[test]
fn each_dialect_is_read_as_a_careful_reader_reads_it() {
    let mut wrong = Vec::new();
    for export in truth() {
        let name = &export.name;
        if let Some(says) = &export.says {
            match found(&export, Choices::default()) {
                Err(why) if why.contains(says.as_str()) => {}
                other => wrong.push(format!("{name}\n   expected a refusal with {says}\n   found    {other:?}")),
            }
            continue;
        }
        let mut choices = Choices::default();
        if let Some(ask) = &export.ask {
            if let Ok(found) = found(&export, Choices::default()) {
                wrong.push(format!("{name}\n   expected a question\n   found    {found}"));
            }
            choices = answered(ask);
        }
        let (found, expected) = (found(&export, choices), expected(&export));
        if found.as_ref() != Ok(&expected) {
            let found = found.unwrap_or_else(|why| format!("refused: {why}"));
            wrong.push(format!("{name}\n   expected {expected}\n   found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_names_every_file() {
    let mut files: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut named: Vec<String> = truth().into_iter().map(|export| export.name).collect();
    named.sort();
    assert_eq!(files, named);
}

#[test]
fn every_profile_has_a_file() {
    let read: BTreeSet<String> = truth().into_iter().map(|export| export.read_as).collect();
    let profiles = Profiles::built_in();
    let without: Vec<&str> =
        profiles.all().map(|profile| profile.name.as_str()).filter(|name| !read.contains(*name)).collect();
    assert!(without.is_empty(), "profiles without a file in fixtures/exports: {without:?}");
}

/// The example of a profile in the manual.
fn example() -> String {
    let manual = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import.md")).unwrap();
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_example_of_a_profile_is_understood() {
    let profiles = Profiles::built_in().with(&example()).unwrap();
    let file = "Eff. Date,Payee,Memo,Amt,State\n\
                01/02/2025,Grocer,card,12.34,done\n\
                01/03/2025,Transfer,,-50.00,done\n\
                01/04/2025,Fuel,,30.00,Processing\n\
                01/04/2025,Fuel,,31.00,Rejected\n";
    let options = Options { profiles, ..Options::default() };
    let opened = open_bytes("share.csv", file.as_bytes(), &options).unwrap();
    assert_eq!((opened.profile.as_ref().unwrap().name.as_str(), opened.pending), ("my-credit-union", 1));
    let rows: Vec<String> = opened
        .movements()
        .iter()
        .map(|row| format!("{} {} {} {}", row.date, row.account, row.description, row.amount))
        .collect();
    assert_eq!(rows, ["2025-01-02 Share draft Grocer · card -12.34", "2025-01-03 Share draft Transfer 50.00"]);
}

#[test]
fn the_manual_names_every_profile() {
    let manual = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import.md")).unwrap();
    let profiles = Profiles::built_in();
    let missing: Vec<&str> = profiles
        .all()
        .map(|profile| profile.name.as_str())
        .filter(|name| !manual.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in docs/import.md: {missing:?}");
}
