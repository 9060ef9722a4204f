//! Where the answer turns: every crossing of zero over a range, none assumed to be the only one.
//!
//! A household's tax has jumps and kinks, so the range is scanned on a grid and each change of sign is refined.

use rust_decimal::{Decimal, dec};

use super::{Comparison, Scenario, evaluate};
use crate::law::Law;

/// Points of the grid over a range.
const GRID: u32 = 400;

/// A crossing is refined until it is this narrow.
const WIDTH: Decimal = dec!(0.0001);

/// The quantity that is varied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lever {
    /// Charts an hour while coding.
    ChartsPerHour,
    /// The fee, dollars a chart.
    Fee,
    /// The job's wage, dollars an hour.
    Wage,
}

impl Lever {
    /// All levers, in the order of the report.
    pub const ALL: [Lever; 3] = [Lever::ChartsPerHour, Lever::Fee, Lever::Wage];

    /// The present value.
    pub fn value(self, scenario: &Scenario) -> Decimal {
        match self {
            Lever::ChartsPerHour => scenario.contract.charts_per_hour,
            Lever::Fee => scenario.contract.fee,
            Lever::Wage => scenario.offer.wage,
        }
    }

    /// The scenario with another value.
    pub fn set(self, scenario: &Scenario, value: Decimal) -> Scenario {
        let mut changed = scenario.clone();
        match self {
            Lever::ChartsPerHour => changed.contract.charts_per_hour = value,
            Lever::Fee => changed.contract.fee = value,
            Lever::Wage => changed.offer.wage = value,
        }
        changed
    }
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// Net for each hour actually spent.
    PerHour,
    /// Value of the year.
    PerYear,
}

impl Measure {
    /// Contract less job, in dollars.
    pub fn gap(self, comparison: &Comparison) -> Decimal {
        match self {
            Measure::PerHour => comparison.difference.net_per_hour,
            Measure::PerYear => comparison.difference.value.to_decimal(),
        }
    }

    /// A gap that changes by more than this within a refined crossing leaps over zero.
    const fn leap(self) -> Decimal {
        match self {
            Measure::PerHour => dec!(0.01),
            Measure::PerYear => dec!(10),
        }
    }
}

/// One place where the answer turns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The first value, to four decimals, on the far side of the change.
    pub at: Decimal,
    /// Does the contract win from here upwards?
    pub contract_wins_above: bool,
    /// Does the gap leap over zero instead of passing through it?
    pub jump: bool,
}

/// The turns of a lever over a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turns {
    /// The range that could be worked out; shorter than asked where a return was refused.
    pub range: (Decimal, Decimal),
    /// Was the range cut short by a refusal?
    pub cut: bool,
    /// Every turn in it, lowest first.
    pub turns: Vec<Turn>,
    /// Does the contract win at the bottom of the range?
    pub contract_wins_below: bool,
}

impl Turns {
    /// The stretches of the range in which the contract wins.
    pub fn wins(&self) -> Vec<(Decimal, Decimal)> {
        let mut stretches = Vec::new();
        let mut from = self.contract_wins_below.then_some(self.range.0);
        for turn in &self.turns {
            match (from, turn.contract_wins_above) {
                (None, true) => from = Some(turn.at),
                (Some(start), false) => {
                    stretches.push((start, turn.at));
                    from = None;
                }
                _ => {}
            }
        }
        stretches.extend(from.map(|start| (start, self.range.1)));
        stretches
    }
}

/// Finds every turn of a measure while a lever runs from a quarter to four times its present value.
pub fn turns(law: &Law, scenario: &Scenario, lever: Lever, measure: Measure) -> Turns {
    let present = lever.value(scenario);
    let gap = |value: Decimal| evaluate(law, &lever.set(scenario, value)).ok().map(|result| measure.gap(&result));
    scan(present * dec!(0.25), present * dec!(4), measure.leap(), gap)
}

/// Finds every change of sign of a gap over a range. `None` is a value that cannot be worked out.
pub fn scan(from: Decimal, to: Decimal, leap: Decimal, gap: impl Fn(Decimal) -> Option<Decimal>) -> Turns {
    let step = (to - from) / Decimal::from(GRID);
    let mut found = Turns { range: (from, from), cut: false, turns: Vec::new(), contract_wins_below: false };
    let mut last: Option<(Decimal, bool)> = None;
    for index in 0..=GRID {
        let at = from + step * Decimal::from(index);
        let Some(wins) = gap(at).map(|gap| gap > Decimal::ZERO) else {
            found.cut = true;
            if last.is_some() {
                break;
            }
            continue;
        };
        match last {
            None => {
                found.range.0 = at;
                found.contract_wins_below = wins;
            }
            Some((before, won)) if won != wins => found.turns.extend(refine(before, at, wins, leap, &gap)),
            Some(_) => {}
        }
        found.range.1 = at;
        last = Some((at, wins));
    }
    found
}

/// Narrows one change of sign down.
fn refine(
    mut low: Decimal,
    mut high: Decimal,
    wins_above: bool,
    leap: Decimal,
    gap: impl Fn(Decimal) -> Option<Decimal>,
) -> Option<Turn> {
    while high - low > WIDTH {
        let middle = (low + high) / dec!(2);
        if (gap(middle)? > Decimal::ZERO) == wins_above {
            high = middle;
        } else {
            low = middle;
        }
    }
    let change = (gap(high)? - gap(low)?).abs();
    Some(Turn { at: high.round_dp(4), contract_wins_above: wins_above, jump: change > leap })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::settings::{Settings, Source};
    use crate::law;
    use crate::money::Usd;
    use crate::tax::facts::{Business, Household, Person};

    /// The worked reference of the model: single, 40, 2026, all defaults, charts at 13 an hour, no premium tax credit.
    fn reference() -> Scenario {
        let mut settings = Settings::defaults(2026);
        settings.set("charts_per_hour", dec!(13), Source::WhatIf).expect("setting");
        let expenses = Business { other: Usd::dollars(2_252), home_area: 120, home_months: 12, ..Business::default() };
        let household = Household { taxpayer: Person { age: 40, ..Person::default() }, ..Household::default() };
        Scenario { household, days: settings.days(), contract: settings.contract(), expenses, offer: settings.offer() }
    }

    #[test]
    fn the_worked_reference_without_premium_credit() {
        let (law, _) = law::of(2026).expect("law");
        let result = evaluate(law, &reference()).expect("modelled");
        // 235 days x 8 h = 1,880; (1,880 - 2 x 47) x .87 x .94 = 1,460.5908; / 1.02 x 13 = 18,615.37 charts; x 2.20 x .98 = 40,134.74.
        assert_eq!(result.work.gross, Usd::from_cents(4_013_474));
        // 2,252 + 2,000 / 3 = 2,918.67; profit 40,134.74 - 2,918.67 - 600 = 36,616.07; SE tax by hand 5,173.68.
        assert_eq!(result.work.costs, Usd::from_cents(291_867));
        assert_eq!(result.contract_return.schedule_2.l4, Usd::from_cents(517_368));
        assert_eq!(result.job.value, Usd::from_cents(4_008_459));
        assert_eq!(result.job.hours.round_dp(1), dec!(2096.2));
        assert_eq!(result.job.net_per_hour.round_dp(2), dec!(19.12));
    }

    #[test]
    fn the_turns_of_the_worked_reference_without_premium_credit() {
        // The reference model gives 18.07 charts an hour for the hour and 19.81 for the year.
        let (law, _) = law::of(2026).expect("law");
        let per_hour = turns(law, &reference(), Lever::ChartsPerHour, Measure::PerHour);
        let per_year = turns(law, &reference(), Lever::ChartsPerHour, Measure::PerYear);
        let at = |turns: &Turns| turns.turns.iter().map(|turn| turn.at.round_dp(2)).collect::<Vec<_>>();
        assert_eq!((at(&per_hour), at(&per_year)), (vec![dec!(18.07)], vec![dec!(19.81)]));
        assert!(!per_hour.turns[0].jump && per_hour.turns[0].contract_wins_above);
    }

    #[test]
    fn a_turn_put_back_closes_the_gap() {
        let (law, _) = law::of(2026).expect("law");
        for lever in Lever::ALL {
            for turn in turns(law, &reference(), lever, Measure::PerHour).turns {
                let result = evaluate(law, &lever.set(&reference(), turn.at)).expect("modelled");
                assert!(result.difference.net_per_hour.abs() < dec!(0.005), "{lever:?} {turn:?}");
            }
        }
    }

    #[test]
    fn every_crossing_is_found_and_a_leap_is_called_one() {
        // (x - 2)(x - 5)(x - 9), then a leap from plus to minus at 11.
        let gap = |x: Decimal| {
            let curve = (x - dec!(2)) * (x - dec!(5)) * (x - dec!(9));
            Some(if x >= dec!(11) { dec!(-1000) } else { curve })
        };
        let found = scan(dec!(0), dec!(12), dec!(0.5), gap);
        let at: Vec<_> = found.turns.iter().map(|turn| (turn.at.round_dp(2), turn.jump)).collect();
        assert_eq!(at, [(dec!(2.00), false), (dec!(5.00), false), (dec!(9.00), false), (dec!(11.00), true)]);
        assert_eq!(found.wins().len(), 2);
    }

    #[test]
    fn a_range_that_cannot_be_worked_out_is_cut_and_says_so() {
        let found = scan(dec!(0), dec!(12), dec!(0.5), |x| (x < dec!(6)).then_some(x - dec!(3)));
        assert!(found.cut && found.range.1 < dec!(6) && found.turns.len() == 1);
    }
}
