//! The part under section 179 that leaves the most.
//!
//! Credits and deductions have cliffs and kinks, so the whole range is scanned and the best place refined; none is taken to
//! be the only one.

use super::path::{Ground, Stop};
use super::way::{self, Way, most_179, rate};
use super::{Outcome, Problem};
use crate::money::Usd;

/// Steps over the whole range.
const COARSE: i64 = 32;

/// A part that leaves less than this more than all or nothing is not worth the trouble: cents come of rounding.
const WORTH_IT: Usd = Usd::dollars(1);

/// Steps in each refinement.
const FINE: i64 = 16;

/// The best part, or why none is worth a line of its own.
pub(super) fn part(ground: &mut Ground, open: &[Outcome]) -> Result<Result<Outcome, String>, Problem> {
    let most = most_179(ground.things());
    let full = open.iter().find(|outcome| outcome.way == Way::Section179);
    let Some(full) = full.map(Outcome::worth) else {
        return Ok(Err("section 179 is not open".to_owned()));
    };
    // At the full rate the allowance takes all that section 179 leaves: a part counts only with the allowance elected out.
    let at_full_rate = ground.things().iter().all(|thing| rate(thing).in_millionths() >= 1_000_000);
    let choices: &[bool] = if at_full_rate { &[true] } else { &[true, false] };
    let mut best: Option<Outcome> = None;
    for out in choices {
        if let Some(found) = scan(ground, most, *out)?
            && best.as_ref().is_none_or(|best| found.worth() > best.worth())
        {
            best = Some(found);
        }
    }
    let regular = open.iter().filter(|outcome| matches!(outcome.way, Way::Regular | Way::Allowance));
    let ends = regular.map(Outcome::worth).chain([full]).max().unwrap_or(full);
    Ok(match best {
        Some(best) if best.worth() > ends + WORTH_IT => Ok(best),
        _ => Err("no part does better than all of it or none".to_owned()),
    })
}

fn scan(ground: &mut Ground, most: Usd, out: bool) -> Result<Option<Outcome>, Problem> {
    let dollars = most.cents() / 100;
    let (mut from, mut to, mut steps) = (1, dollars - 1, COARSE);
    let mut best: Option<(i64, Outcome)> = None;
    while from <= to {
        let step = ((to - from) / steps).max(1);
        let mut at = from;
        while at <= to {
            if best.as_ref().is_none_or(|(known, _)| *known != at)
                && let Some(found) = try_out(ground, Usd::dollars(at), out)?
                && best.as_ref().is_none_or(|(_, best)| found.worth() > best.worth())
            {
                best = Some((at, found));
            }
            at += step;
        }
        let Some((near, _)) = &best else { return Ok(None) };
        if step == 1 {
            break;
        }
        (from, to, steps) = ((near - step).max(1), (near + step).min(dollars - 1), FINE);
    }
    Ok(best.map(|(_, found)| found))
}

fn try_out(ground: &mut Ground, amount: Usd, out: bool) -> Result<Option<Outcome>, Problem> {
    let way = Way::Part { amount, out };
    match way::setup(way, ground).and_then(|setup| ground.outcome(way, setup)) {
        Ok(outcome) => Ok(Some(outcome)),
        Err(Stop::Closed(_)) => Ok(None),
        Err(Stop::Problem(problem)) => Err(problem),
    }
}
