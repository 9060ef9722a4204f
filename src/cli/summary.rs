//! `perchart summary`: the year-end summary.

use super::{Failure, Session, Ui};
use crate::report;

/// What `perchart summary` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Show every expense behind each total, with file and line
    #[arg(long)]
    rows: bool,
}

/// Shows what was earned, received, deducted and left out.
///
/// # Errors
/// The book cannot be used, or there is no law for the year.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out()?;
    ui.report(&report::year::summary(&year, args.rows))?;
    match &year.filled {
        Ok(_) => Ok(()),
        Err(refusals) => Err(Failure::from(refusals.as_slice()).hint("the summary above stands; the return does not")),
    }
}
