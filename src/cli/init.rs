//! `perchart init`: makes a book.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::session::Place;
use super::{Failure, Session, Ui};
use crate::profile::{self, Born, Cycle, Dependent, Payer, Profile, Relation, Spouse, answer};
use crate::report::{Column, Report, Row, Section};
use crate::tax::facts::FilingStatus;
use crate::tax::screen::Outside;

mod interview;

/// What `perchart init` takes. Every question of the interview is also a flag; with a flag nothing is asked.
#[derive(clap::Args, Clone, Debug, Default, PartialEq)]
pub struct Args {
    /// Where to make the book [default: --book, else PERCHART_BOOK, else here]
    dir: Option<PathBuf>,
    /// Ask nothing
    #[arg(long)]
    defaults: bool,
    /// Filing status: single, joint, separate, head or survivor
    #[arg(long, value_parser = filing_status)]
    status: Option<FilingStatus>,
    /// Your birth date, or the year alone
    #[arg(long, value_name = "DATE", value_parser = born)]
    born: Option<Born>,
    /// Your spouse's birth date, or the year alone
    #[arg(long, value_name = "DATE", value_parser = born)]
    spouse_born: Option<Born>,
    /// A dependent's birth date or year, and how related: 2016-05-01, 1950:other; may be repeated
    #[arg(long = "dependent", value_name = "DATE[:child|other]", value_parser = dependent)]
    dependents: Vec<Dependent>,
    /// A situation that applies to you and that perchart does not model, such as farm; may be repeated
    #[arg(long, value_name = "SITUATION", value_parser = situation)]
    outside: Vec<Outside>,
    /// What is paid for: chart, encounter, page
    #[arg(long, value_parser = unit)]
    unit: Option<String>,
    /// Who pays, the work paid at once, and the days to wait after it: 'Northside:half-month:10'; may be repeated
    #[arg(long = "payer", value_name = "NAME[:day|week|half-month|month[:DAYS]]", value_parser = payer)]
    payers: Vec<Payer>,
    /// The office job's wage in dollars an hour
    #[arg(long, value_parser = wage)]
    wage: Option<Decimal>,
    /// The office job is done from home
    #[arg(long, conflicts_with_all = ["commute_minutes", "commute_miles"])]
    remote: bool,
    /// Minutes to the office, one way
    #[arg(long, value_name = "MINUTES", value_parser = commute_minutes)]
    commute_minutes: Option<Decimal>,
    /// Miles to the office, one way
    #[arg(long, value_name = "MILES", value_parser = commute_miles)]
    commute_miles: Option<Decimal>,
}

/// Makes a book: asks or takes the flags, writes the profile, says what comes next.
///
/// # Errors
///
/// There is a profile already, or it cannot be written.
pub fn run(args: Args, session: &mut Session, ui: &mut Ui) -> Result<(), Failure> {
    let named = directory(args.dir.as_deref(), session);
    let dir = std::path::absolute(&named).unwrap_or(named);
    let file = dir.join(profile::FILE);
    if file.symlink_metadata().is_ok() {
        return Err(taken(&file));
    }
    let bare = Args { dir: args.dir.clone(), ..Args::default() } == args;
    let mut profile = if bare && ui.is_interactive() { interview::ask()? } else { stated(args) };
    profile.tax_year = session.asked_year();
    write(&dir, &profile.template())?;
    ui.report(&report(&file))
}

fn directory(named: Option<&Path>, session: &Session) -> PathBuf {
    if let Some(dir) = named {
        return dir.to_owned();
    }
    match session.place() {
        Place::Asked(dir) | Place::Variable(dir) => dir.clone(),
        Place::Above(_) | Place::Platform(_) => PathBuf::from("."),
    }
}

/// The flags as a profile.
fn stated(args: Args) -> Profile {
    let mut profile = Profile::default();
    profile.household.filing_status = args.status;
    profile.household.born = args.born;
    profile.household.spouse = args.spouse_born.map(|born| Spouse { born: Some(born), ..Spouse::default() });
    profile.household.dependents = args.dependents;
    profile.household.outside = (!args.outside.is_empty()).then(|| keys(&args.outside));
    profile.business.unit = args.unit;
    profile.payers = args.payers;
    profile.job.wage = args.wage;
    profile.job.remote = args.remote.then_some(true);
    profile.job.commute_minutes = args.commute_minutes;
    profile.job.commute_miles = args.commute_miles;
    profile
}

/// Writes the profile whole or not at all, readable by its owner only.
fn write(dir: &Path, text: &str) -> Result<(), Failure> {
    let file = dir.join(profile::FILE);
    let failed = |error: std::io::Error| Failure::data(format!("cannot write {}: {error}", file.display()));
    private_directory(dir).map_err(failed)?;
    let mut draft = tempfile::NamedTempFile::new_in(dir).map_err(failed)?;
    draft.write_all(text.as_bytes()).and_then(|()| draft.as_file().sync_all()).map_err(failed)?;
    draft.persist_noclobber(&file).map_err(|refused| match refused.error.kind() {
        std::io::ErrorKind::AlreadyExists => taken(&file),
        _ => failed(refused.error),
    })?;
    #[cfg(unix)]
    std::fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(failed)?;
    Ok(())
}

/// Makes the directory and those above it, for the owner only. One that exists is left as it is.
fn private_directory(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

fn taken(file: &Path) -> Failure {
    Failure::data(format!("{} exists already and is left as it is", file.display()))
        .hint("open it in an editor to change what it states")
        .hint("or make another book: perchart init DIR")
}

fn report(file: &Path) -> Report {
    let step = |command: &str, what: &str| Row::new(command).text(what);
    Report::new("init", "Your book is ready").subtitle(file.display().to_string()).section(
        Section::new("next", "What to do next")
            .lead("Open perchart.toml in an editor: every key has a word on what it means and what is assumed.")
            .column(Column::left("command", ""))
            .column(Column::left("does", ""))
            .row(step("perchart import FILE...", "reads charts, payments, expenses and statements"))
            .row(step("perchart summary --year YEAR", "the year's deductions by Schedule C line"))
            .row(step("perchart compare", "what is left of an hour by the chart and in the office"))
            .note("Commands find the book from its directory and those below it; from elsewhere give --book DIR."),
    )
}

fn filing_status(text: &str) -> Result<FilingStatus, String> {
    answer("[household]", "filing_status", text, |profile| profile.household.filing_status)
}

fn situation(text: &str) -> Result<Outside, String> {
    let known = || Outside::ALL.iter().map(|situation| situation.key()).collect::<Vec<_>>().join(", ");
    Outside::from_key(text.trim()).ok_or_else(|| format!("perchart knows {}", known()))
}

fn keys(situations: &[Outside]) -> Vec<String> {
    situations.iter().map(|situation| situation.key().to_owned()).collect()
}

fn born(text: &str) -> Result<Born, String> {
    answer("[household]", "born", text, |profile| profile.household.born)
}

fn unit(text: &str) -> Result<String, String> {
    answer("[business]", "unit", text, |profile| profile.business.unit)
}

fn wage(text: &str) -> Result<Decimal, String> {
    answer("[job]", "wage", text, |profile| profile.job.wage)
}

fn commute_minutes(text: &str) -> Result<Decimal, String> {
    answer("[job]", "commute_minutes", text, |profile| profile.job.commute_minutes)
}

fn commute_miles(text: &str) -> Result<Decimal, String> {
    answer("[job]", "commute_miles", text, |profile| profile.job.commute_miles)
}

fn relation(text: &str) -> Result<Relation, String> {
    answer("[[household.dependent]]", "relation", text, |profile| profile.household.dependents.first()?.relation)
}

fn payer_name(text: &str) -> Result<String, String> {
    answer("[[payer]]", "name", text, |profile| profile.payers.into_iter().next()?.name)
}

fn cycle(text: &str) -> Result<Cycle, String> {
    answer("[[payer]]", "cycle", text, |profile| profile.payers.first()?.cycle)
}

fn days(text: &str) -> Result<i64, String> {
    answer("[[payer]]", "days", text, |profile| profile.payers.first()?.days)
}

fn dependent(text: &str) -> Result<Dependent, String> {
    let (date, word) = text.split_once(':').unwrap_or((text, "child"));
    Ok(Dependent { born: Some(born(date)?), relation: Some(relation(word)?), ..Dependent::default() })
}

fn payer(text: &str) -> Result<Payer, String> {
    let mut parts = text.splitn(3, ':');
    let name = parts.next().map(payer_name).transpose()?;
    let cycle = parts.next().map(cycle).transpose()?;
    let days = parts.next().map(days).transpose()?;
    Ok(Payer { name, cycle, days })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payer_is_a_name_and_terms() {
        let payer = |text| super::payer(text).expect("a payer");
        assert_eq!(payer("Northside"), Payer { name: Some("Northside".to_owned()), ..Payer::default() });
        assert_eq!(payer("A:half-month:10").days, Some(10));
        assert!(super::payer("A:fortnight").is_err());
    }

    #[test]
    fn a_dependent_is_a_child_unless_said_otherwise() {
        assert_eq!(dependent("2016-05-01").expect("a dependent").relation, Some(Relation::Child));
        assert_eq!(dependent("1950:other").expect("a dependent").born, Some(Born::In(1950)));
        assert!(dependent("soon").is_err());
    }
}
