//! `perchart list`: records.

use chrono::NaiveDate;

use super::{Failure, Session, Ui};
use crate::book::category::Categories;
use crate::book::entry::Kind;
use crate::period::DateRange;
use crate::report;

/// What `perchart list` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// charts, payments, expenses, assets, trips, bank or time
    #[arg(value_parser = any_kind)]
    kind: Kind,
    /// From this day on, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// Up to this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
    /// Of this payer, vendor, thing or place: a part of the name
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Of this category
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    category: Option<String>,
}

/// Reads a kind of record.
fn any_kind(text: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.word() == text.to_lowercase());
    known.ok_or_else(|| "expected charts, payments, expenses, assets, trips, bank or time".to_owned())
}

/// Reads a day.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    crate::period::parse_iso(text).ok_or_else(|| "expected a day such as 2025-03-31".to_owned())
}

/// Reads a category's id.
pub(super) fn category(text: &str) -> Result<String, String> {
    if Categories::get(text).is_some() {
        return Ok(text.to_owned());
    }
    let near = Categories::ids().map(|id| (strsim::jaro_winkler(text, id), id)).filter(|(likeness, _)| *likeness > 0.8);
    let near = near.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, id)| format!("; did you mean {id}?"));
    Err(format!(
        "there is no such category{}; there are: {}",
        near.unwrap_or_default(),
        Categories::ids().collect::<Vec<_>>().join(", ")
    ))
}

/// Shows the records of a kind.
///
/// # Errors
/// The book cannot be used.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    if args.category.is_some() && args.kind != Kind::Expenses {
        return Err(Failure::usage("only expenses have categories").hint("perchart list expenses --category books"));
    }
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        return Err(Failure::usage(format!("--from {from} is later than --to {to}"))
            .hint("the earlier day comes with --from, the later with --to"));
    }
    let asked = session.asked_year().map(|year| DateRange::year(i32::from(year)));
    let filter = report::list::Filter {
        from: args.from.or(asked.map(|range| range.from)),
        to: args.to.or(asked.map(|range| range.to)),
        client: args.client.clone(),
        category: args.category.clone(),
        batch: None,
    };
    ui.report(&report::list::records(&session.records()?, args.kind, &filter))
}
