//! `perchart compare`: the contract against the office job.

use rust_decimal::Decimal;

use super::{Failure, Kind, Session, Ui};
use crate::compare::settings::Settings;
use crate::compare::{Comparison, evaluate};
use crate::report;
use crate::year::Year;

/// What `perchart compare` takes.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Try another value of a setting: --what-if job.wage=28; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting)]
    what_if: Vec<(String, Decimal)>,
}

/// Reads `KEY=VALUE`.
pub(super) fn setting(text: &str) -> Result<(String, Decimal), String> {
    let (name, value) = text.split_once('=').ok_or("write a setting and its value: job.wage=28")?;
    let value = value.trim();
    let (number, percent) = value.strip_suffix('%').map_or((value, false), |number| (number, true));
    let number: Decimal = number.trim_start_matches('$').parse().map_err(|_| format!("\"{value}\" is not a number"))?;
    Ok((name.trim().to_owned(), if percent { number / Decimal::ONE_HUNDRED } else { number }))
}

/// The settings of a comparison. What does not work without a what-if is the data's fault, what does is the what-if's.
pub(super) fn settings(year: &Year, what_if: &[(String, Decimal)]) -> Result<Settings, Failure> {
    year.settings(what_if).map_err(|problem| {
        let kind = if year.settings(&[]).is_ok() { Kind::Usage } else { Kind::Data };
        Failure::new(kind, problem.to_string()).hint("perchart compare lists every setting with its name")
    })
}

/// Works a comparison out.
pub(super) fn worked_out(year: &Year, what_if: &[(String, Decimal)]) -> Result<(Settings, Comparison), Failure> {
    let settings = settings(year, what_if)?;
    let comparison =
        evaluate(year.law, &year.scenario(&settings)).map_err(|refusals| Failure::from(refusals.as_slice()))?;
    Ok((settings, comparison))
}

/// Compares the contract with the job.
///
/// # Errors
/// The book cannot be used, a setting does not exist or makes no sense, or a return is refused.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out()?;
    let (settings, comparison) = worked_out(&year, &args.what_if)?;
    ui.report(&report::compare::compare(&year, &settings, &comparison))
}
