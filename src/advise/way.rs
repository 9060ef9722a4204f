//! The ways, which of them the law leaves open, and the record of a thing by each.

use chrono::{Datelike, NaiveDate};

use super::elections;
use super::path::{Ground, Setup, Stop};
use crate::assets::life::{Start, is_listed, recovery};
use crate::book::entry::{Asset, AssetClass, Bonus};
use crate::law::depreciation;
use crate::money::{Rate, Usd};

/// A way to deduct a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// At once, by the safe harbor for small purchases.
    DeMinimis,
    /// The special allowance as the law gives it, then depreciation.
    Allowance,
    /// Section 179 for all of it.
    Section179,
    /// Section 179 for a part, and depreciation of the rest.
    Part {
        /// The part.
        amount: Usd,
        /// Is the special allowance elected out for the rest?
        out: bool,
    },
    /// The special allowance of 40% in place of the full one.
    Reduced,
    /// Depreciation over the recovery period alone.
    Regular,
    /// Bought in January of the next year.
    NextYear,
}

impl Way {
    /// Those that need no search, in the order of what they ask for.
    pub const fn plain() -> [Way; 6] {
        [Way::DeMinimis, Way::Allowance, Way::Section179, Way::Reduced, Way::Regular, Way::NextYear]
    }

    /// One word, for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Way::DeMinimis => "de-minimis",
            Way::Allowance => "allowance",
            Way::Section179 => "section-179",
            Way::Part { .. } => "part",
            Way::Reduced => "40%",
            Way::Regular => "regular",
            Way::NextYear => "next-year",
        }
    }
}

/// Within the safe harbor: an item of tangible property bought for the business, up to the limit (Reg. 1.263(a)-1(f)).
pub(super) fn is_small(thing: &Asset, elected: bool, per_item: Usd) -> bool {
    elected && why_not_small(thing, per_item).is_none()
}

fn why_not_small(thing: &Asset, per_item: Usd) -> Option<String> {
    if thing.cost > per_item {
        return Some(format!("{} costs {:#}, more than {per_item:#} (Reg. 1.263(a)-1(f))", thing.name, thing.cost));
    }
    let why = match thing.class {
        AssetClass::Software => "software is no tangible property (Reg. 1.263(a)-1(f))",
        AssetClass::Building => "an improvement of a building is no item bought (Reg. 1.263(a)-1(f))",
        _ if thing.value.is_some() => "it was private before: nothing was paid for the business (Reg. 1.167(g)-1)",
        _ if thing.acquired.year() != thing.in_service.year() => "it was bought in another year",
        _ => return None,
    };
    Some(format!("{}: {why}", thing.name))
}

fn why_not_179(thing: &Asset) -> Option<String> {
    let why = if thing.class == AssetClass::Building {
        "a building is no section 179 property (IRC 179(d)(1))"
    } else if thing.value.is_some() {
        "it was private before, and not bought for the business (IRC 179(d)(1)(C))"
    } else if !Start::of(thing).is_179 {
        if thing.share_millionths > 500_000 {
            "it came and went in one year"
        } else {
            "it is used for the business for half or less (Reg. 1.179-1(d)(1))"
        }
    } else {
        return None;
    };
    Some(format!("{}: {why}", thing.name))
}

fn why_no_allowance(thing: &Asset) -> Option<String> {
    let why = if thing.class == AssetClass::Building {
        "39 years are more than 20 (IRC 168(k)(2)(A)(i))".to_owned()
    } else if thing.value.is_some() {
        "it was private before (IRC 168(k)(2)(E)(ii))".to_owned()
    } else if !Start::of(thing).is_qualified {
        if is_listed(thing.class) {
            "listed property used for the business for half or less has none (IRC 280F(b)(1))".to_owned()
        } else {
            "it came and went in one year".to_owned()
        }
    } else if rate(thing) == Rate::ZERO {
        format!(
            "none is left for what was acquired on {} and placed in service on {}",
            thing.acquired, thing.in_service
        )
    } else {
        return None;
    };
    Some(format!("{}: {why}", thing.name))
}

/// The rate of the special allowance that the law gives.
pub(super) fn rate(thing: &Asset) -> Rate {
    depreciation::figures()
        .map_or(Rate::ZERO, |(figures, _)| figures.bonus.rate(thing.acquired, thing.in_service.year()))
}

fn why_not_reduced(thing: &Asset) -> Option<String> {
    let (figures, _) = depreciation::figures().ok()?;
    let bonus = &figures.bonus;
    why_no_allowance(thing).or_else(|| {
        let open = thing.in_service.year() == bonus.reduced_in && thing.acquired >= bonus.full_from;
        (!open).then(|| {
            format!(
                "only for what was acquired from {} on and placed in service in {} (IRC 168(k)(10))",
                bonus.full_from, bonus.reduced_in
            )
        })
    })
}

/// Closed where it is closed for every thing, for the reason of the first.
fn closed(things: &[Asset], why: impl Fn(&Asset) -> Option<String>) -> Result<(), Stop> {
    let reasons: Vec<Option<String>> = things.iter().map(why).collect();
    if reasons.iter().any(Option::is_none) {
        return Ok(());
    }
    Err(Stop::Closed(reasons.into_iter().flatten().next().unwrap_or_default()))
}

/// The things by a way.
pub(super) fn setup(way: Way, ground: &Ground) -> Result<Setup, Stop> {
    let things = ground.things();
    let limit = elections(ground.year(), true).per_item;
    let elects = ground.elects();
    let small = |thing: &Asset| why_not_small(thing, limit);
    let any_small = elects && things.iter().any(|thing| small(thing).is_none());
    let bare = |bonus: Bonus| -> Vec<Asset> {
        things.iter().map(|thing| Asset { section_179: Usd::ZERO, bonus, ..thing.clone() }).collect()
    };
    // A small thing is depreciated only where the safe harbor is given up, which is for all things of the year.
    let spread = |things: Vec<Asset>| Setup { things, de_minimis: elects && !any_small };
    match way {
        Way::DeMinimis => {
            if let Some(why) = things.iter().find_map(small) {
                return Err(Stop::Closed(why));
            }
            if !elects {
                return Err(Stop::Closed(
                    "perchart.toml gives the safe harbor up for the year: business.de_minimis_election = false"
                        .to_owned(),
                ));
            }
            Ok(Setup { things: bare(Bonus::Law), de_minimis: true })
        }
        Way::Allowance => {
            closed(things, why_no_allowance)?;
            Ok(spread(bare(Bonus::Law)))
        }
        Way::Reduced => {
            closed(things, why_not_reduced)?;
            Ok(spread(bare(Bonus::Reduced)))
        }
        Way::Regular => Ok(spread(bare(Bonus::Out))),
        Way::Section179 => {
            closed(things, why_not_179)?;
            let full = |thing: Asset| Asset { section_179: Start::of(&thing).business, ..thing };
            Ok(spread(bare(Bonus::Law).into_iter().map(full).collect()))
        }
        Way::Part { amount, out } => {
            closed(things, why_not_179)?;
            let mut things = bare(if out { Bonus::Out } else { Bonus::Law });
            divide(&mut things, amount);
            Ok(spread(things))
        }
        Way::NextYear => {
            if !ground.thought() {
                return Err(Stop::Closed("it is bought already".to_owned()));
            }
            let mut things = bare(Bonus::Law);
            for thing in &mut things {
                let next = thing.in_service.year() + 1;
                let january = NaiveDate::from_ymd_opt(next, 1, 2).unwrap_or(thing.in_service);
                (thing.acquired, thing.in_service) = (january, january);
            }
            Ok(Setup { things, de_minimis: elects })
        }
    }
}

/// Gives each thing its part of what is elected under section 179: the longest recovery period first.
fn divide(things: &mut [Asset], amount: Usd) {
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(recovery(things[*at].class).years()));
    let mut left = amount;
    for at in order {
        let start = Start::of(&things[at]);
        let part = if start.is_179 { left.min(start.business) } else { Usd::ZERO };
        things[at].section_179 = part;
        left = left - part;
    }
}

/// What of the things may be elected under section 179.
pub(super) fn most_179(things: &[Asset]) -> Usd {
    things.iter().map(Start::of).filter(|start| start.is_179).map(|start| start.business).sum()
}

/// The way that the book has now; none where the things go different ways.
pub(super) fn of_book(ground: &Ground) -> Option<Way> {
    let things = ground.things();
    let limit = elections(ground.year(), true).per_item;
    if things.iter().all(|thing| is_small(thing, ground.elects(), limit)) {
        return Some(Way::DeMinimis);
    }
    let elected: Usd = things.iter().map(|thing| Start::of(thing).section_179).sum();
    let bonus = things.first()?.bonus;
    if things.iter().any(|thing| thing.bonus != bonus) {
        return None;
    }
    Some(match bonus {
        _ if elected > Usd::ZERO && elected == most_179(things) => Way::Section179,
        _ if elected > Usd::ZERO => Way::Part { amount: elected, out: bonus == Bonus::Out },
        Bonus::Out => Way::Regular,
        Bonus::Reduced => Way::Reduced,
        Bonus::Law if things.iter().all(|thing| why_no_allowance(thing).is_some()) => Way::Regular,
        Bonus::Law => Way::Allowance,
    })
}
