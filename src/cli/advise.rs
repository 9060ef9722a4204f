//! `perchart advise`: which of the ways open to you leaves the most.

use std::collections::BTreeMap;

use chrono::{Local, NaiveDate};
use clap::Subcommand;

use super::list::day;
use super::{Failure, Kind, Session, Ui};
use crate::advise::{self, Asked, Problem};
use crate::book::entry::{Asset, AssetClass, Bonus, Origin};
use crate::ledger;
use crate::money::{Rate, Usd};
use crate::report::{self, year::slug};
use crate::year::Year;

/// What `perchart advise` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// On what.
    #[command(subcommand)]
    on: On,
}

/// What there is advice on.
#[derive(Subcommand, Clone, Debug)]
enum On {
    /// How to deduct a computer, a desk, a phone: at once, under section 179, by the special allowance or over the years
    Assets(Assets),
}

/// What `perchart advise assets` takes.
#[derive(clap::Args, Clone, Debug)]
struct Assets {
    /// A thing of the year, by its name or row; without a name all things of the year together
    #[arg(value_name = "ASSET", conflicts_with = "what")]
    asset: Option<String>,
    /// A thing that is only thought of, such as "Laptop"
    #[arg(long, value_name = "NAME", requires = "cost", requires = "class")]
    what: Option<String>,
    /// Its price in dollars, tax and delivery included
    #[arg(long, value_name = "DOLLARS", value_parser = price, requires = "what", allow_hyphen_values = true)]
    cost: Option<Usd>,
    /// computer, furniture, phone, software, car, 3-year, 5-year, 7-year, 15-year or 39-year
    #[arg(long, value_name = "CLASS", value_parser = class, requires = "what")]
    class: Option<AssetClass>,
    /// The day on which it would be bought and stand ready for the business [default: today]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "what")]
    bought: Option<NaiveDate>,
    /// The share used for the business, such as 90%
    #[arg(long, value_name = "PERCENT", value_parser = share, default_value = "100%", requires = "what")]
    business: i64,
    /// What money of a year later is worth less
    #[arg(long, value_name = "PERCENT", value_parser = discount, default_value = "5%")]
    discount: Rate,
    /// The profit of a year before the thing, where it is not that of the book: --profit 2027=52000; may be repeated
    #[arg(long, value_name = "YEAR=DOLLARS", value_parser = profit, allow_hyphen_values = true)]
    profit: Vec<(i32, Usd)>,
}

fn price(text: &str) -> Result<Usd, String> {
    let amount = crate::import::dollars(text)?;
    if amount > Usd::ZERO { Ok(amount) } else { Err("expected a price above zero".to_owned()) }
}

fn class(text: &str) -> Result<AssetClass, String> {
    let known = AssetClass::ALL.into_iter().find(|class| class.word() == text.trim().to_lowercase());
    known.ok_or_else(|| {
        let words: Vec<&str> = AssetClass::ALL.iter().map(|class| class.word()).collect();
        format!("expected one of {}", words.join(", "))
    })
}

fn share(text: &str) -> Result<i64, String> {
    ledger::percentage(text).ok_or_else(|| "expected a percentage above 0% and up to 100%, such as 90%".to_owned())
}

fn discount(text: &str) -> Result<Rate, String> {
    let none = text.trim().trim_end_matches('%').trim() == "0";
    let rate = if none { Some(0) } else { ledger::percentage(text) };
    rate.map(Rate::millionths).ok_or_else(|| "expected a percentage from 0% to 100%, such as 5%".to_owned())
}

fn profit(text: &str) -> Result<(i32, Usd), String> {
    let (year, amount) = text.split_once('=').ok_or("write a year and its profit: 2027=52000")?;
    let year = year.trim().parse().ok().filter(|year| (2000..=2100).contains(year));
    Ok((year.ok_or("expected a year from 2000 to 2100 before the =")?, crate::import::dollars(amount)?))
}

/// Advises.
///
/// # Errors
/// The book cannot be used, there is no such thing, or the return without it is refused.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let On::Assets(args) = &args.on;
    let year = session.worked_out()?;
    let things = match &args.what {
        Some(name) => vec![thought(args, name)],
        None => of_book(&year, args.asset.as_deref())?,
    };
    let profits: BTreeMap<i32, Usd> = args.profit.iter().copied().collect();
    let asked = Asked { things, thought: args.what.is_some(), discount: args.discount, profits };
    let advice = advise::advise(&year, &asked).map_err(|problem| failure(problem, &year))?;
    if let Some(beyond) = asked.profits.keys().find(|year| !(advice.first..=advice.last).contains(year)) {
        return Err(Failure::usage(format!(
            "--profit {beyond}: the years of the thing are {} to {}",
            advice.first, advice.last
        )));
    }
    ui.report(&report::advise::advise(&year, &advice))
}

fn thought(args: &Assets, name: &str) -> Asset {
    let bought = args.bought.unwrap_or_else(|| Local::now().date_naive());
    Asset {
        id: 0,
        origin: Origin { batch: 0, line: 0 },
        name: name.trim().to_owned(),
        class: args.class.unwrap_or(AssetClass::Computer),
        acquired: bought,
        in_service: bought,
        cost: args.cost.unwrap_or_default(),
        share_millionths: args.business,
        value: None,
        section_179: Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    }
}

/// The things of the year, or the one of a name or a row.
fn of_book(year: &Year, name: Option<&str>) -> Result<Vec<Asset>, Failure> {
    let Some(name) = name else { return Ok(advise::things(year)) };
    let all = advise::all_things(year);
    let is_it = |thing: &&Asset| slug(&thing.name) == slug(name) || year.records.place(thing.origin) == name;
    let part: Vec<&Asset> = all.iter().filter(|thing| slug(&thing.name).contains(&slug(name))).collect();
    let exact: Vec<&Asset> = all.iter().filter(is_it).collect();
    match (exact.as_slice(), part.as_slice()) {
        ([only], _) | ([], [only]) => Ok(vec![(*only).clone()]),
        (several, _) => {
            let places = |thing: &Asset| format!("{} ({})", thing.name, year.records.place(thing.origin));
            let known: Vec<String> = all.iter().map(places).collect();
            let told = if several.len() > 1 { "several things are called" } else { "no thing is called" };
            let failure = Failure::data(format!("{told} {name:?} among those placed in service in {}", year.number()));
            Err(if known.is_empty() {
                failure.hint("there is none at all")
            } else {
                failure.hint(format!("there are: {}", known.join(", ")))
            })
        }
    }
}

fn failure(problem: Problem, year: &Year) -> Failure {
    match problem {
        Problem::Refused(refusals) => Failure::from(refusals.as_slice()),
        Problem::Nothing(_) => Failure::data(problem.to_string()).hint(
            "ask about something you think of: perchart advise assets --what Laptop --class computer --cost 3200",
        ),
        Problem::OtherYear { .. } => Failure::usage(problem.to_string())
            .hint(format!("name its year with --year; {} is that of the book or of tax_year", year.number())),
        Problem::NoWay(_) => Failure::refused(problem.to_string()),
        Problem::Law(_) | Problem::Situation(_) => Failure::new(Kind::Data, problem.to_string()),
    }
}
