//! The command line: parse, run, print, exit code.
//!
//! A command is a file: `Args`, whose doc comments are its help, and `run(args, session, ui)`, which fetches, calls the
//! library, and gives a report to the [`Ui`]. `init` is the model.

use std::any::Any;
use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::money::Round;

pub mod add;
pub mod advise;
pub mod asset;
pub mod batch;
pub mod binder;
pub mod categorize;
pub mod check;
pub mod compare;
pub mod demo;
pub mod explain;
pub mod export;
pub mod export_forms;
pub mod failure;
pub mod import;
pub mod income;
pub mod init;
pub mod law;
pub mod list;
pub mod purge;
pub mod receipts;
pub mod redact;
mod row;
pub mod session;
pub mod summary;
pub mod tax;
pub mod ui;
pub mod undo;

pub use failure::{Failure, Kind};
pub use session::Session;
pub use ui::Ui;

/// Books, taxes and job comparison for contractors who are paid by the piece.
#[derive(Parser, Debug)]
#[command(name = "perchart", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 a problem in the data, 2 wrong usage, 3 refused: not modelled, 70 a fault of perchart."
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options everywhere")]
pub struct Options {
    /// The book's directory [default: PERCHART_BOOK, else the nearest directory above with a perchart.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub book: Option<PathBuf>,
    /// How results are written
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// The tax year
    #[arg(long, global = true, value_name = "YEAR", value_parser = tax_year)]
    pub year: Option<u16>,
    /// How form lines are rounded: whole dollars, as a return is filed, or cents
    #[arg(long, global = true, value_enum, default_value_t, value_name = "UNIT")]
    pub round: Rounding,
    /// When to use colour and bold
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Say nothing but results and problems
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more; twice for even more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// Reads a year.
fn tax_year(text: &str) -> Result<u16, String> {
    let year = text.parse().ok().filter(|year| (2000..=2100).contains(year));
    year.ok_or_else(|| "expected a year from 2000 to 2100".to_owned())
}

/// How results are written.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Tables for people
    #[default]
    Text,
    /// One object, as docs/json.md describes it
    Json,
    /// One line for each figure
    Csv,
    /// Markdown
    #[value(alias = "markdown")]
    Md,
}

/// How form lines are rounded.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Whole dollars, as a return is filed
    #[default]
    Dollars,
    /// Cents
    Cents,
}

impl From<Rounding> for Round {
    fn from(rounding: Rounding) -> Round {
        match rounding {
            Rounding::Dollars => Round::WholeDollar,
            Rounding::Cents => Round::Cents,
        }
    }
}

/// When to use colour and bold.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Make a sample book and run the whole main job on it
    Demo(demo::Args),
    /// Make a book: a directory with a commented perchart.toml to fill in
    Init(init::Args),
    /// Bring in charts, payments, expenses, statements and time from files
    Import(import::Args),
    /// Enter one record: charts, expense, payment, trip or asset
    Add(add::Args),
    /// Note what became of an asset: sold, or used for the business to another share
    Asset(asset::Args),
    /// Take one import back
    Undo(undo::Args),
    /// Show the imports
    Batches,
    /// Write the book anew, so that nothing deleted is left in its files
    Purge,
    /// Print a sample of a file with digits as 9 and letters as x, for a report of a fault
    Redact(redact::Args),
    /// Show records
    List(list::Args),
    /// Note which files prove a row; they stay where they are
    Attach(receipts::Args),
    /// Show the receipts, and whether their files are still there and as they were
    Receipts,
    /// Forget receipts; the files stay
    Detach(receipts::Detach),
    /// What rows of statements are: expenses, income, transfers, and what only you know
    Categorize(categorize::Args),
    /// Is the book sound, and are its records plausible?
    Check,
    /// The year: earned, received, deducted by Schedule C line, left out
    Summary(summary::Args),
    /// Statements, deposits and Forms 1099 of each payer, and what is still owed to you
    Income(income::Args),
    /// The year-end package as a file: PDF, HTML, XLSX, CSV, TXF or JSON
    Export(export::Args),
    /// The audit binder: what proves each row that counts on the return, and what is missing
    Binder,
    /// The return: what is owed, what self-employment costs, line by line
    Tax(tax::Args),
    /// The contract against the office job: both returns, the real hours
    Compare(compare::Args),
    /// Which of the ways open to you leaves the most: how to deduct a computer or a desk
    Advise(advise::Args),
    /// Any number: its formula, what it rests on, the law
    Explain(explain::Args),
    /// The year's figures with their sources, and what changed between years
    Law(law::Args),
    /// Many households at once, one a row
    Batch(batch::Args),
}

/// Runs the command line and says how it ended.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    panic::set_hook(Box::new(confess));
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    ExitCode::from(guarded(|| obey(arguments)))
}

/// Turns a panic into an exit code. Nothing outlives the work that a panic could leave half done.
fn guarded(work: impl FnOnce() -> u8) -> u8 {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Kind::Internal.code())
}

fn obey(arguments: Vec<OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(message) => {
            // Help into a closed pipe is as good as read.
            let _ = message.print();
            return u8::try_from(message.exit_code()).unwrap_or(Kind::Usage.code());
        }
    };
    let mut ui = Ui::new(&cli.options);
    match run(cli, &mut ui) {
        Ok(()) => 0,
        Err(failure) => {
            ui.failure(&failure);
            failure.kind.code()
        }
    }
}

fn run(cli: Cli, ui: &mut Ui) -> Result<(), Failure> {
    let mut session = Session::new(&cli.options);
    match cli.verb {
        Verb::Demo(args) => demo::run(&args, &cli.options, ui)?,
        Verb::Init(args) => init::run(args, &mut session, ui)?,
        Verb::Import(args) => import::run(&args, &session, ui)?,
        Verb::Add(args) => add::run(&args, &session, ui)?,
        Verb::Asset(args) => asset::run(&args, &session, ui)?,
        Verb::Undo(args) => undo::run(&args, &session, ui)?,
        Verb::Batches => undo::batches(&session, ui)?,
        Verb::Purge => purge::run(&session, ui)?,
        Verb::Redact(args) => redact::run(&args, ui)?,
        Verb::List(args) => list::run(&args, &session, ui)?,
        Verb::Attach(args) => receipts::attach(&args, &session, ui)?,
        Verb::Receipts => receipts::receipts(&session, ui)?,
        Verb::Detach(args) => receipts::detach(&args, &session, ui)?,
        Verb::Check => check::run(&session, ui)?,
        Verb::Categorize(args) => categorize::run(&args, &session, ui)?,
        Verb::Summary(args) => summary::run(&args, &session, ui)?,
        Verb::Income(args) => income::run(&args, &session, ui)?,
        Verb::Export(args) => export::run(&args, &session, ui)?,
        Verb::Binder => binder::run(&session, ui)?,
        Verb::Tax(args) => tax::run(&args, &session, ui)?,
        Verb::Compare(args) => compare::run(&args, &session, ui)?,
        Verb::Law(args) => law::run(&args, &session, ui)?,
        Verb::Batch(args) => batch::run(&args, &cli.options, ui)?,
        Verb::Advise(args) => advise::run(&args, &session, ui)?,
        Verb::Explain(args) => explain::run(&args, &session, ui)?,
    }
    ui.finish()
}

/// What a panic says to people.
fn confess(panic: &PanicHookInfo<'_>) {
    let what = reason(panic.payload());
    let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    let _ = writeln!(
        std::io::stderr(),
        "error: this is a fault of perchart: {what}{place}\nhint: please report it with the command you gave; leave out names and amounts"
    );
}

/// Why it panicked, if the words are the program's own: words made while running may hold the text of a cell.
fn reason(payload: &dyn Any) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("the place says more")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_panic_is_our_fault() {
        assert_eq!(guarded(|| panic!("planted")), 70);
    }

    #[test]
    fn a_panic_does_not_repeat_a_cell() {
        let payload = |work: fn()| panic::catch_unwind(work).expect_err("a panic");
        assert_eq!(reason(&*payload(|| panic!("our words"))), "our words");
        let cell = || {
            let (cell, place) = (std::hint::black_box("Döe, Jane"), std::hint::black_box(2));
            let _ = &cell[place..];
        };
        assert_eq!(reason(&*payload(cell)), "the place says more");
    }
}
