//! `perchart explain`: any number.

use rust_decimal::Decimal;

use super::compare::{setting, settings, worked_out};
use super::{Failure, Format, Session, Ui};
use crate::report::explain::Explainer;
use crate::report::{Column, Report, Row, Section};

/// What `perchart explain` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// What to explain, such as schedule-se.12, summary.books or job.wage
    #[arg(value_name = "REF", required_unless_present = "all")]
    reference: Option<String>,
    /// Name everything that can be explained
    #[arg(long)]
    all: bool,
    /// The comparison's settings, as in perchart compare
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting)]
    what_if: Vec<(String, Decimal)>,
}

/// Explains a number: its formula, what it rests on, the law.
///
/// # Errors
/// The book cannot be used, the return is refused, or the reference stands for nothing.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out_by_row()?;
    let settings = settings(&year, &args.what_if)?;
    let comparison = worked_out(&year, &args.what_if);
    let explainer = Explainer::new(&year, &settings, comparison.as_ref().ok().map(|(_, comparison)| comparison));
    let Some(reference) = args.reference.as_ref().filter(|_| !args.all) else {
        let all = explainer.references();
        if ui.format() == Format::Text {
            return ui.print(&format!("{}\n", all.join("\n")));
        }
        let section = Section::new("references", "").column(Column::left("reference", "Reference"));
        let section = all.into_iter().fold(section, |section, reference| section.row(Row::new(reference)));
        return ui.report(&Report::new("references", "Everything that can be explained").section(section));
    };
    match explainer.explain(reference) {
        Ok(report) => ui.report(&report),
        Err(unknown) => {
            if let Err(refusals) = &year.filled {
                return Err(Failure::from(refusals.as_slice()));
            }
            comparison?;
            let failure = Failure::usage(format!("there is nothing called \"{}\" to explain", unknown.reference));
            let failure = if unknown.nearest.is_empty() {
                failure
                    .hint("a reference is a form and its line, such as schedule-se.12, or a name such as summary.books")
            } else {
                failure.hint(format!("near it: {}", unknown.nearest.join(", ")))
            };
            Err(failure.hint("perchart explain --all names everything"))
        }
    }
}
