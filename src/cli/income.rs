//! `perchart income`: statements, deposits and Forms 1099, and what is owed.

use chrono::{Local, NaiveDate};

use super::list::day;
use super::{Failure, Session, Ui};
use crate::earnings::same_name;
use crate::income::{Income, Match};
use crate::report::income::letter::{self, Nothing};
use crate::report::{self, year::slug};

/// What `perchart income` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// The day on which it is looked at [default: the day of the last record]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<NaiveDate>,
    /// Draft a letter to this payer for a missing or a corrected form
    #[arg(long, value_name = "PAYER")]
    letter: Option<String>,
}

/// Shows the match, or drafts a letter.
///
/// # Errors
/// The book cannot be used, or there is no such payer or nothing to ask of it.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out_by_row()?;
    let today = args.today.or_else(|| year.last_day()).unwrap_or_else(|| Local::now().date_naive());
    let Some(name) = &args.letter else {
        return ui.report(&report::income::income(&year, today));
    };
    let income = year.income(today);
    let draft = letter::letter(&year, &income, named(&income, name)?).map_err(|nothing| {
        let failure = Failure::data(nothing.to_string());
        match nothing {
            Nothing::Right(_) => failure.hint("perchart income shows what it rests on"),
            Nothing::NotYet(..) => failure.hint("--today DATE looks at a later day"),
            Nothing::NoPayments(_) => failure.hint("perchart import payments.csv"),
        }
    })?;
    ui.report(&draft)
}

/// The payer of a name, or of a part of it that no other has.
fn named<'a>(income: &'a Income, name: &str) -> Result<&'a Match, Failure> {
    let all = || income.matches.iter();
    let is_it = |one: &&Match| same_name(&one.name, name) || slug(&one.name) == slug(name);
    let part: Vec<&Match> = all().filter(|one| slug(&one.name).contains(&slug(name))).collect();
    all().find(is_it).or(if let [only] = part.as_slice() { Some(only) } else { None }).ok_or_else(|| {
        let names: Vec<&str> = all().map(|one| one.name.as_str()).collect();
        let failure = Failure::usage(format!("there is no payer \"{name}\" in {}", income.year));
        failure.hint(if names.is_empty() {
            "there is none at all".to_owned()
        } else {
            format!("there are: {}", names.join(", "))
        })
    })
}
