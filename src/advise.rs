//! Which way of deducting a thing that lasts longer than a year leaves the most: each way that the law leaves open, over
//! the thing's whole life, in whole returns.
//!
//! A way saves in a year what the household's return without the thing costs, less what it costs with it: income tax,
//! self-employment tax, the business income deduction that is lost, credits won or lost. Later years are the year of the
//! book again, under the latest law that there is. Money of later years counts for less, by the rate asked for.

mod path;
mod saved;
mod search;
#[cfg(test)]
mod tests;
mod way;

use std::collections::BTreeMap;

use chrono::Datelike;

pub use path::Lived;
pub use saved::{Saved, today};
pub use way::Way;

use crate::assets::life::recovery;
use crate::assets::{Elections, Fate, Held, Register, adopt};
use crate::book::entry::Asset;
use crate::law;
use crate::money::{Rate, Usd};
use crate::tax::screen::Refusal;
use crate::year::Year;
use path::{Ground, Setup};

/// What money of a year later is taken to be worth less, where nothing else is asked for.
pub const USUAL_DISCOUNT: Rate = Rate::millionths(50_000);

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The things, all placed in service in one year.
    pub things: Vec<Asset>,
    /// Are they only thought of? Then they may be bought a year later, too.
    pub thought: bool,
    /// What money of a year later is worth less.
    pub discount: Rate,
    /// Profits of years, Schedule C line 31 without the things, where they are not those of the book.
    pub profits: BTreeMap<i32, Usd>,
}

/// Why there is no advice.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No law for the year.
    #[error(transparent)]
    Law(#[from] law::Problem),
    /// A situation on the `outside` list that does not exist.
    #[error(transparent)]
    Situation(#[from] crate::household::UnknownSituation),
    /// The return without the things is refused.
    #[error("the return without the things asked about is refused")]
    Refused(Vec<Refusal>),
    /// Nothing to advise on.
    #[error("nothing was placed in service in {0}")]
    Nothing(i32),
    /// A thing of a year before that of the book, or of several years.
    #[error("{name} is placed in service in {in_service}, the figures are those of {year}")]
    OtherYear {
        /// The thing.
        name: String,
        /// Its year.
        in_service: i32,
        /// The year of the figures.
        year: i32,
    },
    /// No way can be worked out.
    #[error("no way can be worked out: {0}")]
    NoWay(String),
}

/// One way, worked out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The way.
    pub way: Way,
    /// The things as the book would have them.
    pub things: Vec<Asset>,
    /// Year by year.
    pub years: Vec<OfYear>,
    /// What it saves, each year brought to the first one.
    pub today: Saved,
    /// Section 179 that no year could take: it is carried on.
    pub carried: Usd,
    /// What the way brings for other things.
    pub notes: Vec<String>,
}

/// One year of a way.
#[derive(Clone, Copy, Debug)]
pub struct OfYear {
    /// The year.
    pub year: i32,
    /// What it deducts of the things.
    pub deducted: Usd,
    /// What it saves.
    pub saved: Saved,
    /// The return with the things.
    pub with: Lived,
    /// The return without.
    pub without: Lived,
}

impl Outcome {
    /// What it saves over the whole life, money of every year counted alike.
    pub fn over_life(&self) -> Saved {
        self.years.iter().map(|year| year.saved).sum()
    }

    /// What is deducted over the whole life.
    pub fn deducted(&self) -> Usd {
        self.years.iter().map(|year| year.deducted).sum()
    }

    /// What it comes to in today's money.
    pub fn worth(&self) -> Usd {
        self.today.total()
    }
}

/// A way that is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The way.
    pub way: Way,
    /// Why.
    pub why: String,
}

/// The ways compared.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The things.
    pub things: Vec<Asset>,
    /// Are they only thought of?
    pub thought: bool,
    /// The rate of the special allowance that the law gives, where it is the same for all.
    pub allowance: Option<Rate>,
    /// The ways that are open, the best first.
    pub open: Vec<Outcome>,
    /// The ways that are not.
    pub closed: Vec<Closed>,
    /// The way that the book has now.
    pub now: Option<Way>,
    /// The first year.
    pub first: i32,
    /// The last.
    pub last: i32,
    /// The last year of which the law is known.
    pub law_until: i32,
    /// The rate asked for.
    pub discount: Rate,
    /// Years in which a way makes a loss of the whole return, which only the carryover of an operating loss would use.
    pub losses: Vec<i32>,
}

impl Advice {
    /// The best way.
    pub fn best(&self) -> &Outcome {
        &self.open[0]
    }
}

/// What the book has of things placed in service in its year: those that are spread over their lives, and where there are
/// none, those that the safe harbor expenses.
pub fn things(year: &Year) -> Vec<Asset> {
    let all = all_things(year);
    let limit = year.law.de_minimis.per_item;
    let elected = year.profile.business.de_minimis_election != Some(false);
    let spread: Vec<Asset> = all.iter().filter(|thing| !way::is_small(thing, elected, limit)).cloned().collect();
    if spread.is_empty() { all } else { spread }
}

/// Every thing of the book placed in service in its year, in order of service.
pub fn all_things(year: &Year) -> Vec<Asset> {
    let number = year.number();
    let of_year = |held: &&Held| {
        held.asset.in_service.year() == number && !matches!(held.fate, Fate::Unmodelled(_) | Fate::ByMiles)
    };
    let mut all: Vec<Asset> = year.assets.held.iter().filter(of_year).map(|held| held.asset.clone()).collect();
    let described: Vec<_> = year.assets.held.iter().filter_map(|held| held.paid).collect();
    let bought = year.records.expenses.iter().filter(|row| row.amount > Usd::ZERO && adopt::is_equipment(row));
    let bought = bought.filter(|row| !described.contains(&row.origin) && year.assets.returned(row).is_none());
    let bought = bought.map(|row| adopt::adopted(row, year.trade.started));
    all.extend(bought.filter(|thing| thing.in_service.year() == number));
    all.sort_by(|a, b| (a.in_service, &a.name).cmp(&(b.in_service, &b.name)));
    all
}

/// Compares the ways.
///
/// # Errors
/// [`Problem`], among them the refusals of the return without the things.
pub fn advise(year: &Year, asked: &Asked) -> Result<Advice, Problem> {
    let first = asked.things.iter().map(|thing| thing.in_service.year()).min();
    let first = first.ok_or(Problem::Nothing(year.number()))?;
    let other =
        asked.things.iter().find(|thing| thing.in_service.year() != first || thing.in_service.year() < year.number());
    if let Some(other) = other {
        let in_service = other.in_service.year();
        return Err(Problem::OtherYear { name: other.name.clone(), in_service, year: year.number() });
    }
    let longest = asked.things.iter().map(|thing| recovery(thing.class).years()).max().unwrap_or(0);
    let last = first + i32::try_from(longest).unwrap_or(39) + i32::from(asked.thought);
    let mut ground = Ground::new(year, asked, first, last)?;
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for way in Way::plain() {
        match way::setup(way, &ground).and_then(|setup| ground.outcome(way, setup)) {
            Ok(outcome) => open.push(outcome),
            Err(path::Stop::Closed(why)) => closed.push(Closed { way, why }),
            Err(path::Stop::Problem(problem)) => return Err(problem),
        }
    }
    match search::part(&mut ground, &open)? {
        Ok(outcome) => open.push(outcome),
        Err(why) => closed.push(Closed { way: Way::Part { amount: Usd::ZERO, out: true }, why }),
    }
    if open.is_empty() {
        return Err(Problem::NoWay(closed.iter().map(|closed| closed.why.as_str()).collect::<Vec<_>>().join("; ")));
    }
    // The sort is stable: of ways that come to the same, the one that asks for less goes first.
    open.sort_by_key(|outcome| std::cmp::Reverse(outcome.worth()));
    let mut losses: Vec<i32> =
        open.iter().flat_map(|way| &way.years).filter(|year| year.with.is_loss).map(|year| year.year).collect();
    losses.sort_unstable();
    losses.dedup();
    Ok(Advice {
        now: (!asked.thought).then(|| way::of_book(&ground)).flatten(),
        allowance: asked
            .things
            .first()
            .map(way::rate)
            .filter(|rate| asked.things.iter().all(|thing| way::rate(thing) == *rate)),
        things: asked.things.clone(),
        thought: asked.thought,
        open,
        closed,
        first,
        last,
        law_until: law::years().map(i32::from).max().unwrap_or(first),
        discount: asked.discount,
        losses,
    })
}

/// The elections of the business, the safe harbor made or given up.
fn elections(year: &Year, de_minimis: bool) -> Elections {
    Elections {
        de_minimis,
        per_item: year.law.de_minimis.per_item,
        started: year.trade.started,
        is_stated: year.trade.stated,
    }
}

/// The things among a register's.
fn among<'a>(register: &'a Register, setup: &'a Setup) -> impl Iterator<Item = &'a Held> {
    register.held.iter().filter(|held| setup.things.iter().any(|thing| thing.origin == held.asset.origin))
}
