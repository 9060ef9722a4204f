//! `perchart export`: the year on paper.

use std::path::PathBuf;

use super::{Failure, Session, Ui, export_forms};

/// What `perchart export` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Fill the blank official forms (PDF) of this directory
    #[arg(long, value_name = "DIR")]
    forms_from: PathBuf,
    /// Where to write them
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

/// Fills the official forms.
///
/// # Errors
/// See [`export_forms::run`].
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    export_forms::run(&args.forms_from, &args.to, args.force, session, ui)
}
