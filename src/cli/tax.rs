//! `perchart tax`: the return.

use super::{Failure, Session, Ui};
use crate::report;

/// What `perchart tax` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Show one form whole, such as schedule-se, 8829 or form-1040, or all of them
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
}

/// Shows what is owed, what self-employment costs, and the forms line by line.
///
/// # Errors
/// The book cannot be used, the household is refused, or there is no such form.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out()?;
    let filled = year.filled.as_ref().map_err(|refusals| Failure::from(refusals.as_slice()))?;
    let names = report::tax::form_names(filled);
    let form = args.form.as_ref().map(|form| named(&names, &form.trim().to_lowercase()));
    let of_home = matches!(form.as_deref(), Some("form-8829" | "form-8829-line-11" | "simplified-method"));
    if let Some(home) = year.home.as_ref().filter(|_| of_home) {
        return ui.report(&report::home::home(&year, home));
    }
    if let Some(form) = form.as_ref().filter(|form| *form != "all" && !names.contains(form)) {
        return Err(Failure::usage(format!("there is no form \"{form}\" in this return"))
            .hint(format!("there are: {}", names.join(", "))));
    }
    ui.report(&report::tax::tax(&year, filled, form.as_deref()))
}

/// The name of a form in references, as people call it: `8829`, `simplified`.
fn named(names: &[String], asked: &str) -> String {
    let called = |name: &&String| **name == format!("form-{asked}") || **name == format!("{asked}-method");
    names
        .iter()
        .find(called)
        .filter(|_| !names.iter().any(|name| name == asked))
        .map_or_else(|| asked.to_owned(), Clone::clone)
}
