//! `perchart categorize`: what rows of statements are, and what the user says of them.

use std::io::Write as _;
use std::path::Path;

use chrono::{SecondsFormat, Utc};

use super::list::category;
use super::{Failure, Session, Ui};
use crate::book::{Corrected, Correction, Says};
use crate::ledger::{self, Label, Ledger, Proposal, Rules, Usage, WHOLE};
use crate::report;
use crate::year::Records;

/// What `perchart categorize` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Say what a row is: a category with or without a business share, private, transfer, reimbursement or income:PAYER
    #[arg(long, value_name = "ROW=WHAT[@SHARE]", value_parser = answer)]
    set: Vec<Answer>,
    /// Take back what you said of a row
    #[arg(long, value_name = "ROW", conflicts_with = "set")]
    forget: Vec<i64>,
    /// Make rules of answers that agree: adds them to rules.toml beside your perchart.toml
    #[arg(long)]
    learn: bool,
    /// Show rows that are so sure alone: classified, assumed or needs-you
    #[arg(long, value_name = "LABEL", value_parser = label)]
    label: Option<Label>,
}

/// What the user says of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    row: i64,
    says: Says,
    share_millionths: Option<i64>,
    payer: String,
}

/// Reads what the user says of a row.
fn answer(text: &str) -> Result<Answer, String> {
    let shape = || "expected a row and what it is, such as 12=internet@60% or 12=private".to_owned();
    let (row, what) = text.split_once('=').ok_or_else(shape)?;
    let row = row.trim().parse().map_err(|_| shape())?;
    let what = what.trim();
    if let Some(payer) = what.strip_prefix("income:") {
        let payer = payer.trim().to_owned();
        if payer.is_empty() {
            return Err("income needs a payer: income:PAYER".to_owned());
        }
        return Ok(Answer { row, says: Says::Income, share_millionths: None, payer });
    }
    let (word, share) = what.split_once('@').map_or((what, None), |(word, share)| (word.trim(), Some(share)));
    let says = match word {
        "income" => return Err("income needs a payer: income:PAYER".to_owned()),
        "private" => Says::Private,
        "transfer" => Says::Transfer,
        "reimbursement" => Says::Reimbursement,
        id => Says::Category(category(id)?),
    };
    let share_millionths = share
        .map(|share| ledger::percentage(share).ok_or_else(|| format!("`{share}` is not a share such as 60%")))
        .transpose()?;
    if share.is_some() && !matches!(says, Says::Category(_)) {
        return Err(format!("{word} has no business share"));
    }
    Ok(Answer { row, says, share_millionths, payer: String::new() })
}

fn label(text: &str) -> Result<Label, String> {
    match text {
        "classified" => Ok(Label::Classified),
        "assumed" => Ok(Label::Assumed),
        "needs-you" => Ok(Label::NeedsYou),
        _ => Err("expected classified, assumed or needs-you".to_owned()),
    }
}

/// Shows what rows of statements are; keeps what the user says of them; learns rules from it.
///
/// # Errors
/// The book or the rules cannot be used, a row is not there, or a share is missing.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let rules = session.rules()?;
    let mut records = session.records()?;
    let mut rows = None;
    if !args.set.is_empty() || !args.forget.is_empty() {
        let before = with_ledger(session, &records, &rules, |ledger, _| check(args, ledger))??;
        let mut book = session.book()?;
        for (row, correction) in before {
            match correction {
                Some(correction) => book.correct(Corrected::Movement(row), &correction)?,
                None => {
                    book.uncorrect(Corrected::Movement(row))?;
                }
            }
        }
        rows = Some(args.set.iter().map(|answer| answer.row).chain(args.forget.iter().copied()).collect());
        records = Records::of(&book)?;
    }
    if args.learn {
        let learned = with_ledger(session, &records, &rules, |_, learned| learned)?;
        learn(session.place().dir(), &learned)?;
        return ui.report(&report::categorize::learned(&learned));
    }
    let year = session.asked_year().map(i32::from);
    let filter = report::categorize::Filter { year, label: args.label, rows };
    let report = with_ledger(session, &records, &rules, |ledger, learned| {
        report::categorize::categorize(&records, ledger, &filter, &learned)
    })?;
    ui.report(&report)
}

/// Settles the statements and gives what is decided, and what could be learned, to a reader.
fn with_ledger<T>(
    session: &Session,
    records: &Records,
    rules: &Rules,
    read: impl FnOnce(&Ledger, Vec<Proposal>) -> T,
) -> Result<T, Failure> {
    let payers = records.payers(session.profile()?);
    let input = records.input(&payers, rules);
    Ok(read(&ledger::settle(&input), ledger::proposals(&input)))
}

/// What is to be kept of each row, and nothing unless all of it can be.
fn check(args: &Args, ledger: &Ledger) -> Result<Vec<(i64, Option<Correction>)>, Failure> {
    let set_at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let known = |row: i64| {
        ledger.of(row).ok_or_else(|| {
            Failure::data(format!("there is no row {row} of a statement"))
                .hint("perchart categorize shows the rows with their numbers")
        })
    };
    let mut kept = Vec::new();
    for answer in &args.set {
        let asks = matches!(
            (&known(answer.row)?.usage, &answer.says),
            (Usage::Expense { category, share_millionths: None }, Says::Category(id)) if category.id == *id
        );
        if asks && answer.share_millionths.is_none() {
            let word = answer.says.word();
            return Err(Failure::usage(format!("row {}: which share of it is for the business?", answer.row))
                .hint(format!("perchart categorize --set {}={word}@60%", answer.row)));
        }
        let correction = Correction {
            says: answer.says.clone(),
            share_millionths: answer.share_millionths.unwrap_or(WHOLE),
            payer: answer.payer.clone(),
            set_at: set_at.clone(),
        };
        kept.push((answer.row, Some(correction)));
    }
    for row in &args.forget {
        known(*row)?;
        kept.push((*row, None));
    }
    Ok(kept)
}

/// Adds rules at the end of the user's own; what stands there stays as it is.
fn learn(dir: &Path, learned: &[Proposal]) -> Result<(), Failure> {
    if learned.is_empty() {
        return Ok(());
    }
    let path = dir.join(ledger::FILE);
    let failed = |problem: std::io::Error| Failure::data(format!("cannot write {}: {problem}", path.display()));
    let mut text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
            "# Your own rules. They are asked before those of perchart; docs/rules.md shows how they are written.\n"
                .to_owned()
        }
        Err(problem) => return Err(failed(problem)),
    };
    for proposal in learned {
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&proposal.toml);
    }
    Rules::with(&text).map_err(|problem| Failure::data(format!("{}: {problem}", ledger::FILE)))?;
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(&path).map_err(|problem| failed(problem.error))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let read = |text: &str| answer(text).map(|read| (read.row, read.says, read.share_millionths, read.payer));
        let none = String::new;
        assert_eq!(read("12=books"), Ok((12, Says::Category("books".to_owned()), None, none())));
        let internet = Says::Category("internet".to_owned());
        assert_eq!(read("12 = internet@62.5%"), Ok((12, internet, Some(625_000), none())));
        assert_eq!(read("3=private"), Ok((3, Says::Private, None, none())));
        assert_eq!(read("3=income:A@B, Inc."), Ok((3, Says::Income, None, "A@B, Inc.".to_owned())));
        assert!(read("3=bookz").unwrap_err().contains("did you mean books?"));
        assert!(read("3=books@0%").unwrap_err().contains("not a share"));
        assert!(read("3=private@50%").unwrap_err().contains("no business share"));
        assert!(read("3=income").unwrap_err().contains("income:PAYER"));
        assert!(read("books").unwrap_err().contains("12=private"));
    }
}
