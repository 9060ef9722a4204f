//! `perchart demo`: the whole main job on a sample book.

use std::path::{Path, PathBuf};

use super::compare::worked_out;
use super::import::{options, store};
use super::{Failure, Options, Session, Ui};
use crate::book::Book;
use crate::import::{self, Phi};
use crate::profile;
use crate::report::compare::{assumed, headline, hours, job_from_home, sides, turning};
use crate::report::own::elsewhere;
use crate::report::tax::{answer, costs};
use crate::report::year::{deductions, earned, left_out, profit, received};
use crate::report::{Column, Report, Row, Section};
use crate::year::Year;

/// What `perchart demo` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Where to keep the sample book [default: a temporary one, gone afterwards]
    dir: Option<PathBuf>,
}

/// The files of the sample book: a year of a coder who does not exist.
const FILES: [(&str, &str); 3] = [
    ("charts.csv", include_str!("../../fixtures/demo/charts.csv")),
    ("payments.csv", include_str!("../../fixtures/demo/payments.csv")),
    ("expenses.csv", include_str!("../../fixtures/demo/expenses.csv")),
];

/// The sample's profile.
const PROFILE: &str = include_str!("../../fixtures/demo/perchart.toml");

/// The sample's moment of import: the demo reads no clock.
const IMPORTED_AT: &str = "2026-02-01T09:00:00Z";

/// Makes the sample book and runs the main job on it.
///
/// # Errors
/// The directory holds a book already or cannot be written.
pub fn run(args: &Args, options: &Options, ui: &mut Ui) -> Result<(), Failure> {
    let temporary;
    let dir = if let Some(dir) = &args.dir {
        dir.clone()
    } else {
        temporary = tempfile::tempdir()
            .map_err(|error| Failure::data(format!("cannot make a temporary directory: {error}")))?;
        temporary.path().to_owned()
    };
    make(&dir)?;
    let session = Session::new(&Options { book: Some(dir), ..options.clone() });
    let year = session.worked_out()?;
    ui.report(&report(&year, args.dir.as_deref())?)
}

/// Writes the sample book: profile, files, and the files imported.
fn make(dir: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::data(format!("cannot write {}: {error}", dir.display()));
    if dir.join(profile::FILE).exists() || Book::exists(dir) {
        return Err(Failure::data(format!("{} holds a book already and is left as it is", dir.display()))
            .hint("if it is the sample book, cd there and try the commands")
            .hint("or name another directory: perchart demo DIR"));
    }
    std::fs::create_dir_all(dir).map_err(failed)?;
    std::fs::write(dir.join(profile::FILE), PROFILE).map_err(failed)?;
    let mut book = Book::open(dir)?;
    for (name, text) in FILES {
        std::fs::write(dir.join(name), text).map_err(failed)?;
        let reading = import::open_bytes(name, text.as_bytes(), &options(Phi::Refuse))?;
        store(&mut book, reading, IMPORTED_AT)?;
    }
    Ok(())
}

/// The main job in one report.
fn report(year: &Year, kept: Option<&Path>) -> Result<Report, Failure> {
    let filled = year.filled.as_ref().map_err(|refusals| Failure::from(refusals.as_slice()))?;
    let (settings, comparison) = worked_out(year, &[])?;
    let (_, several) = year.unit();
    let home = job_from_home(year, &comparison.scenario);
    let report = Report::new("demo", format!("A sample year: {}", year.number()))
        .subtitle("A home coder paid by the piece, who does not exist. Her three CSV files were just imported.")
        .section(earned(year))
        .section(received(year))
        .section(deductions(year, false))
        .section(elsewhere(year))
        .section(left_out(year, false))
        .section(profit(year))
        .section(answer(filled))
        .section(costs(year, filled))
        .section(Section {
            heading: "Would the office job be the better one?".to_owned(),
            ..headline(&comparison, home.as_ref(), &several)
        })
        .section(sides(&comparison, home.as_ref()))
        .section(hours(&comparison, home.as_ref(), &several))
        .section(turning(year, &comparison, &several))
        .section(assumed(&settings))
        .section(own_files(kept));
    Ok(report.limit("State and local income tax; premium tax credit from the marketplace; risk."))
}

/// How to do it with one's own files.
fn own_files(kept: Option<&Path>) -> Section {
    let step = |command: &str, what: &str| Row::new(command).text(what);
    let mut section = Section::new("own_files", "Now with your own files")
        .column(Column::left("command", ""))
        .column(Column::left("does", ""))
        .row(step("perchart init my-book", "makes a book with a commented perchart.toml"))
        .row(step("cd my-book", "then fill in what applies to you"))
        .row(step("perchart import charts.csv payments.csv expenses.csv", "the columns are in the README"))
        .row(step("perchart summary", "deductions by Schedule C line"))
        .row(step("perchart tax", "the return, line by line"))
        .row(step("perchart compare", "the contract against the job"))
        .row(step("perchart explain schedule-se.12", "any number, down to the row and the law"))
        .note("cargo install --path . puts perchart on your path; without it write cargo run --release -- instead.");
    if let Some(dir) = kept {
        section = section.note(format!("The sample book is in {}: cd there and try the commands.", dir.display()));
    } else {
        section = section.note("perchart demo DIR keeps the sample book, to try the commands on it.");
    }
    section
}
