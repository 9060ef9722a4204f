//! `perchart categorize`: what rows of statements are, and what the user says of them.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use chrono::{SecondsFormat, Utc};

use super::list::category;
use super::{Failure, Session, Ui};
use crate::book::entry::Kind;
use crate::book::{Book, Corrected, Correction, Says};
use crate::ledger::{self, Label, Ledger, Proposal, Rules, Usage, WHOLE};
use crate::profile::{Share, share_of};
use crate::report;
use crate::year::Records;

/// What `perchart categorize` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Say what a row is: a category with or without a business share, private, transfer, reimbursement or income:PAYER.
    /// A row is the number of a statement's row, such as 12, or file and line of an expense, such as expenses.csv:12
    #[arg(long, value_name = "ROW=WHAT[@SHARE]", value_parser = answer)]
    set: Vec<Answer>,
    /// Take back what you said of a row
    #[arg(long, value_name = "ROW", conflicts_with = "set", value_parser = row_name)]
    forget: Vec<RowName>,
    /// Make rules of answers that agree: adds them to rules.toml beside your perchart.toml
    #[arg(long)]
    learn: bool,
    /// Show rows that are so sure alone: classified, assumed or needs-you
    #[arg(long, value_name = "LABEL", value_parser = label)]
    label: Option<Label>,
}

/// How the user names a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RowName {
    /// The number of a statement's row.
    Movement(i64),
    /// Any other way: `expenses.csv:12`.
    Named(String),
}

impl fmt::Display for RowName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowName::Movement(id) => id.fmt(f),
            RowName::Named(name) => f.write_str(name),
        }
    }
}

/// Reads the name of a row.
fn row_name(text: &str) -> Result<RowName, String> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(number) => Ok(RowName::Movement(number)),
        Err(_) if text.contains(':') => Ok(RowName::Named(text.to_owned())),
        Err(_) => Err(format!(
            "`{text}` names no row; expected a row and what it is, such as 12=private, or expenses.csv:12=internet@60%"
        )),
    }
}

/// What the user says of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    row: RowName,
    says: Says,
    share_millionths: Option<i64>,
    payer: String,
}

/// Reads what the user says of a row.
fn answer(text: &str) -> Result<Answer, String> {
    let shape = || "expected a row and what it is, such as 12=internet@60% or 12=private".to_owned();
    let (row, what) = text.split_once('=').ok_or_else(shape)?;
    let row = row_name(row)?;
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
    let mut rows: Option<Vec<i64>> = None;
    if !args.set.is_empty() || !args.forget.is_empty() {
        let shares = &session.profile()?.shares;
        let mut book = session.book()?;
        let said = with_ledger(session, &records, &rules, |ledger, _| check(args, &book, &records, ledger, shares))??;
        for (row, correction) in &said {
            match correction {
                Some(correction) => book.correct(*row, correction)?,
                None => {
                    book.uncorrect(*row)?;
                }
            }
        }
        records = Records::of(&book)?;
        let of = |holds: &dyn Fn(&Corrected) -> Option<i64>| said.iter().filter_map(|(row, _)| holds(row)).collect();
        let movements: Vec<i64> = of(&|row| if let Corrected::Movement(id) = row { Some(*id) } else { None });
        let expenses: Vec<i64> = of(&|row| if let Corrected::Expense(id) = row { Some(*id) } else { None });
        if movements.is_empty() {
            records.correct_expenses();
            return ui.report(&report::categorize::expenses(&records, &expenses));
        }
        rows = Some(movements);
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
    let profile = session.profile()?;
    let payers = records.payers(profile);
    let input = records.input(&payers, rules, &profile.shares);
    Ok(read(&ledger::settle(&input), ledger::proposals(&input)))
}

/// The row that a name stands for.
fn row_of(name: &RowName, book: &Book, ledger: &Ledger) -> Result<Corrected, Failure> {
    match name {
        RowName::Movement(id) if ledger.of(*id).is_some() => Ok(Corrected::Movement(*id)),
        RowName::Movement(id) => Err(Failure::data(format!("there is no row {id} of a statement"))
            .hint("perchart categorize shows the rows with their numbers")),
        RowName::Named(text) => match super::row::find(text, book)? {
            (Kind::Expenses, id) => Ok(Corrected::Expense(id)),
            (Kind::Bank, id) => Ok(Corrected::Movement(id)),
            (kind, _) => Err(Failure::usage(format!("{text} is one of your {}: it has no category", kind.word()))),
        },
    }
}

/// What is to be kept of each row, and nothing unless all of it can be.
fn check(
    args: &Args,
    book: &Book,
    records: &Records,
    ledger: &Ledger,
    shares: &[Share],
) -> Result<Vec<(Corrected, Option<Correction>)>, Failure> {
    let set_at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut kept = Vec::new();
    for answer in &args.set {
        let row = row_of(&answer.row, book, ledger)?;
        let share_millionths = match answer.share_millionths {
            Some(share) => share,
            None => share_unsaid(answer, row, records, ledger, shares)?,
        };
        let correction = Correction {
            says: answer.says.clone(),
            share_millionths,
            payer: answer.payer.clone(),
            set_at: set_at.clone(),
        };
        kept.push((row, Some(correction)));
    }
    for name in &args.forget {
        kept.push((row_of(name, book, ledger)?, None));
    }
    Ok(kept)
}

/// The share of a row whose answer says none: of an expense its own, of a statement's row what the profile says of such.
fn share_unsaid(
    answer: &Answer,
    row: Corrected,
    records: &Records,
    ledger: &Ledger,
    shares: &[Share],
) -> Result<i64, Failure> {
    let Says::Category(id) = &answer.says else {
        let is_expense = matches!(row, Corrected::Expense(_)) && answer.says != Says::Private;
        return if is_expense {
            Err(Failure::usage(format!("{} is an expense: it has a category, or it is private", answer.row)))
        } else {
            Ok(WHOLE)
        };
    };
    let movement = match row {
        Corrected::Expense(id) => {
            let own = records.expenses.iter().find(|row| row.id == id);
            return Ok(own.map_or(WHOLE, |row| row.share_millionths));
        }
        Corrected::Movement(number) => number,
    };
    let found = records.movements.iter().find(|row| row.id == movement);
    let stated = found.and_then(|row| share_of(shares, id, &row.description, row.date));
    let asks = matches!(
        ledger.of(movement).map(|decision| &decision.usage),
        Some(Usage::Expense { category, share_millionths: None }) if category.id == *id
    );
    match stated {
        Some(share) => Ok(share.millionths()),
        None if asks => Err(Failure::usage(format!("row {movement}: which share of it is for the business?"))
            .hint(format!("perchart categorize --set {movement}={id}@60%"))),
        None => Ok(WHOLE),
    }
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
        assert_eq!(read("12=books"), Ok((RowName::Movement(12), Says::Category("books".to_owned()), None, none())));
        let internet = Says::Category("internet".to_owned());
        assert_eq!(read("12 = internet@62.5%"), Ok((RowName::Movement(12), internet, Some(625_000), none())));
        assert_eq!(read("3=private"), Ok((RowName::Movement(3), Says::Private, None, none())));
        assert_eq!(read("3=income:A@B, Inc."), Ok((RowName::Movement(3), Says::Income, None, "A@B, Inc.".to_owned())));
        let named = RowName::Named("my: expenses.csv:12".to_owned());
        assert_eq!(read("my: expenses.csv:12=private"), Ok((named, Says::Private, None, none())));
        assert!(read("3=bookz").unwrap_err().contains("did you mean books?"));
        assert!(read("3=books@0%").unwrap_err().contains("not a share"));
        assert!(read("3=private@50%").unwrap_err().contains("no business share"));
        assert!(read("3=income").unwrap_err().contains("income:PAYER"));
        assert!(read("books").unwrap_err().contains("12=private"));
    }
}
