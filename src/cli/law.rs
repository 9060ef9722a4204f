//! `perchart law`: the year's figures with their sources, and what changed.

use super::{Failure, Session, Ui};
use crate::law;
use crate::report;

/// What `perchart law` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What to show of the law.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum What {
    /// The figures of a year, all of them or those under a path such as se [default: the year of the book, else the latest]
    Show {
        /// A path, such as se
        path: Option<String>,
    },
    /// What changed between two years, with both authorities
    Diff {
        /// The earlier year
        from: u16,
        /// The later year
        to: u16,
    },
}

fn of(year: u16) -> Result<&'static law::Citations, Failure> {
    let found = law::of(i32::from(year)).map_err(|problem| Failure::refused(problem.to_string()))?;
    Ok(found.1)
}

/// Shows figures of law.
///
/// # Errors
/// There is no law for the year, or no figure under the path.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    match args.what.clone().unwrap_or(What::Show { path: None }) {
        What::Diff { from, to } => ui.report(&report::law::changes((from, of(from)?), (to, of(to)?))),
        What::Show { path } => {
            // The figures are of use without a book, too.
            let of_book = || session.has_book().then(|| session.year().ok()).flatten();
            let of_book = || {
                of_book().and_then(|year| u16::try_from(year).ok()).filter(|year| law::years().any(|of| of == *year))
            };
            let year = session.asked_year().or_else(of_book).or(law::years().last()).unwrap_or_default();
            let path = path.map(|path| path.trim_start_matches("law.").to_owned());
            let shown = report::law::figures(year, of(year)?, path.as_deref());
            if shown.sections.iter().all(|section| section.rows.is_empty()) {
                let path = path.unwrap_or_default();
                return Err(
                    Failure::usage(format!("{year} has no figure \"{path}\"")).hint("perchart law show names all")
                );
            }
            ui.report(&shown)
        }
    }
}
