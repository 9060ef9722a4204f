//! `perchart asset`: what became of an asset.

use chrono::{Local, NaiveDate};

use super::{Failure, Session, Ui, row};
use crate::book::entry::{Asset, AssetEvent, Kind};
use crate::book::{Book, Record};
use crate::ledger;
use crate::money::Usd;
use crate::period::iso;
use crate::report::list::{self, Filter};
use crate::year::Records;

/// What `perchart asset` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The asset: its name, or its row as perchart list assets shows it, such as assets.csv:2
    #[arg(value_name = "ASSET")]
    asset: String,
    /// It left the business on this day: sold, traded in or thrown away
    #[arg(long, value_name = "DATE", value_parser = super::list::day, requires = "proceeds")]
    sold: Option<NaiveDate>,
    /// What came in for it; 0 where nothing did
    #[arg(long = "for", value_name = "DOLLARS", id = "proceeds", value_parser = dollars, requires = "sold")]
    proceeds: Option<Usd>,
    /// The share used for the business from a later year on, such as 40%
    #[arg(long, value_name = "PERCENT", value_parser = share, requires = "from_year", conflicts_with = "sold")]
    business: Option<i64>,
    /// The first year of that share
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(2000..=2100), requires = "business")]
    from_year: Option<i32>,
    /// Take back what was noted last of it
    #[arg(long, conflicts_with_all = ["sold", "business"])]
    undo_last: bool,
}

fn dollars(text: &str) -> Result<Usd, String> {
    let amount = crate::import::dollars(text)?;
    if amount < Usd::ZERO { Err("expected dollars of zero or more".to_owned()) } else { Ok(amount) }
}

fn share(text: &str) -> Result<i64, String> {
    let none = text.trim_end_matches('%').trim() == "0";
    let share = if none { Some(0) } else { ledger::percentage(text) };
    share.ok_or_else(|| "expected a percentage such as 40%".to_owned())
}

/// Notes what became of an asset, or takes it back, and shows the asset.
///
/// # Errors
/// There is no such asset, it cannot have come so, or the book cannot be used.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let today = Local::now().date_naive();
    if let Some(on) = args.sold.filter(|on| *on > today) {
        return Err(Failure::data(format!("--sold {} is a day that has not come; today is {}", iso(on), iso(today)))
            .hint("what has not happened yet is not noted; check the year"));
    }
    let mut book = session.book()?;
    let asset = find(&args.asset, &book)?;
    let event = match (args.sold, args.proceeds, args.business, args.from_year) {
        (Some(on), Some(proceeds), ..) => Some(AssetEvent::Disposed { on, proceeds }),
        (_, _, Some(share_millionths), Some(year)) => Some(AssetEvent::Share { year, share_millionths }),
        _ => None,
    };
    let mut said = None;
    if let Some(event) = event {
        book.note_event(asset.id, event)?;
        said =
            Some(format!("Noted: {}. Taken back by: perchart asset {:?} --undo-last", list::event(&event), args.asset));
    } else if args.undo_last {
        said = Some(match book.forget_event(asset.id)? {
            Some(event) => format!("Taken back: {}.", list::event(&event)),
            None => format!("Nothing was noted of {}.", asset.name),
        });
    }
    let Some(Record::Asset(asset)) = book.record(Kind::Assets, asset.id)? else {
        return Err(Failure::internal("the asset is gone"));
    };
    let title = asset.name.clone();
    let records = Records { assets: vec![asset], batches: book.batches()?, ..Records::default() };
    let mut report = list::records(&records, Kind::Assets, &Filter::default());
    report.title = title;
    report.subtitle.clear();
    report.sections.iter_mut().for_each(|section| section.notes.clear());
    ui.report(&said.into_iter().fold(report, crate::report::Report::note))
}

/// The asset of a name or a row.
fn find(text: &str, book: &Book) -> Result<Asset, Failure> {
    let mut named = book.assets(None)?;
    named.retain(|asset| asset.name.to_lowercase() == text.to_lowercase());
    if named.len() > 1 {
        return Err(Failure::data(format!("{} assets are called {text}", named.len()))
            .hint("name one by its row, as perchart list assets shows it"));
    }
    if let Some(asset) = named.pop() {
        return Ok(asset);
    }
    if !text.contains(':') {
        return Err(Failure::data(format!("the book has no asset called {text:?}")).hint(format!(
            "perchart list assets shows them. Does it stand among the expenses as equipment? Enter it as an asset of the same cost and day first, perchart add asset {text:?} ...: the record takes the place of the expense. Then note what became of it"
        )));
    }
    let (kind, id) = row::find(text, book)?;
    match book.record(kind, id)? {
        Some(Record::Asset(asset)) => Ok(asset),
        _ => Err(Failure::data(format!("{text} is no asset but one of {}", kind.word())).hint(
            "perchart list assets shows the assets. Equipment among the expenses becomes one by perchart add asset with the same cost and day: the record takes the place of the expense. Then note what became of it",
        )),
    }
}
