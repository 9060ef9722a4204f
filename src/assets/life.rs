//! One asset from its first year to its last: what the law lets each year deduct, and what a sale brings.

use chrono::{Datelike, Months};

use super::percent::{self, Convention, Part, Recovery};
use crate::book::entry::{Asset, AssetClass, AssetEvent};
use crate::law::depreciation::{CarCaps, Depreciation};
use crate::money::{Exact, Rate, Ratio, Round, Usd};

/// Half of the use, in millionths: what is listed, and section 179, need more than that.
const HALF: i64 = 500_000;

/// What decides an asset's deductions beside its own record: its class and the other things of its year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Treatment {
    /// The convention of its first year.
    pub convention: Convention,
    /// The rate of the special allowance; zero where it is elected out.
    pub bonus: Rate,
}

/// How a year's depreciation is figured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// The printed tables: declining balance, then straight line.
    Table,
    /// Straight line.
    StraightLine,
}

/// One tax year of an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AssetYear {
    /// The tax year.
    pub year: i32,
    /// The share used for the business, in millionths.
    pub share_millionths: i64,
    /// Elected under section 179, before the limits of the return.
    pub section_179: Usd,
    /// The special depreciation allowance.
    pub allowance: Usd,
    /// The basis for depreciation: the business part of the cost less section 179 and allowance.
    pub basis: Usd,
    /// Depreciation of the year by table or straight line.
    pub depreciation: Usd,
    /// The same by the rules of the alternative minimum tax.
    pub for_minimum_tax: Usd,
    /// How.
    pub method: Method,
    /// What of earlier deductions comes back into income as business use falls to half or less.
    pub recapture: Usd,
    /// Is the year's depreciation held down by the cap on cars?
    pub capped: bool,
    /// All deductions to the end of the year, less what came back.
    pub accumulated: Usd,
    /// The adjusted basis at the year's end, the private part included; zero once it is disposed of.
    pub adjusted: Usd,
}

impl AssetYear {
    /// What the year deducts before the limits of the return.
    pub fn deduction(&self) -> Usd {
        self.section_179 + self.allowance + self.depreciation
    }
}

/// What a sale, or throwing away, comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sale {
    /// The year.
    pub year: i32,
    /// The business part of what came in.
    pub proceeds: Usd,
    /// The business part of the cost.
    pub cost: Usd,
    /// Deductions allowed before.
    pub depreciation: Usd,
    /// Gain or loss of the business part.
    pub gain: Usd,
    /// Of that, ordinary: gain up to depreciation (IRC 1245), and all of what was held for a year or less.
    pub ordinary: Usd,
    /// Of that, under section 1231: the rest.
    pub section_1231: Usd,
    /// By how much the gain for the alternative minimum tax is more.
    pub minimum_tax: Usd,
}

/// A life, year by year.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Life {
    /// The years from the first on.
    pub years: Vec<AssetYear>,
    /// The sale, where there was one.
    pub sale: Option<Sale>,
}

impl Life {
    /// A tax year of it.
    pub fn of(&self, year: i32) -> Option<&AssetYear> {
        self.years.iter().find(|own| own.year == year)
    }
}

/// What of an asset's law is not modelled, by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unmodelled {
    /// A car placed in service in a year whose caps are not known.
    CarOfUnknownCaps,
    /// A car whose section 179 or allowance reaches the cap.
    CarOverCap,
    /// A thing of a year before the allowance's known rates.
    BeforeAllowance,
    /// A building sold at a gain.
    BuildingGain,
}

/// The recovery period of a class.
pub const fn recovery(class: AssetClass) -> Recovery {
    match class {
        AssetClass::ThreeYear => Recovery::Three,
        AssetClass::Computer | AssetClass::Car | AssetClass::FiveYear => Recovery::Five,
        AssetClass::Furniture | AssetClass::Phone | AssetClass::SevenYear => Recovery::Seven,
        AssetClass::FifteenYear => Recovery::Fifteen,
        AssetClass::Building => Recovery::Building,
        AssetClass::Software => Recovery::Software,
    }
}

/// Is the class listed property? Computers and phones are none (IRC 280F(d)(4)).
pub const fn is_listed(class: AssetClass) -> bool {
    matches!(class, AssetClass::Car)
}

/// What is so of an asset from its first day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
    /// The basis, the private part included: the cost; of a thing that was private before, its value where that is less
    /// (Reg. 1.167(g)-1).
    pub whole: Usd,
    /// Its business part in the first year.
    pub business: Usd,
    /// Elected under section 179.
    pub section_179: Usd,
    /// Is it section 179 property at all?
    pub is_179: bool,
    /// May the special allowance be taken?
    pub is_qualified: bool,
}

impl Start {
    /// Reads an asset's record.
    pub fn of(asset: &Asset) -> Start {
        let whole = asset.value.map_or(asset.cost, |value| value.min(asset.cost));
        let business = part(whole, asset.share_millionths);
        let building = asset.class == AssetClass::Building;
        let bought = asset.value.is_none() && !building && !is_disposed_at_once(asset);
        let over_half = asset.share_millionths > HALF;
        let is_179 = bought && over_half;
        Start {
            whole,
            business,
            section_179: if is_179 { asset.section_179.floor0().min(business) } else { Usd::ZERO },
            is_179,
            is_qualified: bought && (over_half || !is_listed(asset.class)),
        }
    }
}

/// The day an asset was disposed of, and what came in.
pub fn disposal(asset: &Asset) -> Option<(chrono::NaiveDate, Usd)> {
    asset.events.iter().find_map(|event| match event {
        AssetEvent::Disposed { on, proceeds } => Some((*on, *proceeds)),
        AssetEvent::Share { .. } => None,
    })
}

/// Placed in service and disposed of in one year: nothing is deducted of it (Reg. 1.168(d)-1(b)(3)).
pub fn is_disposed_at_once(asset: &Asset) -> bool {
    disposal(asset).is_some_and(|(on, _)| on.year() == asset.in_service.year())
}

/// The share used for the business in a year, in millionths.
pub fn share(asset: &Asset, year: i32) -> i64 {
    let later = asset.events.iter().filter_map(|event| match event {
        AssetEvent::Share { year: from, share_millionths } if *from <= year && *from > asset.in_service.year() => {
            Some((*from, *share_millionths))
        }
        _ => None,
    });
    later.max_by_key(|(from, _)| *from).map_or(asset.share_millionths, |(_, share)| share)
}

fn part(amount: Usd, millionths: i64) -> Usd {
    cents(amount * Ratio { of: millionths, whole: 1_000_000 })
}

fn cents(exact: Exact) -> Usd {
    Round::Cents.enter(exact)
}

/// The life of an asset up to a tax year.
///
/// # Errors
/// [`Unmodelled`] where the law of the asset is not modelled.
pub fn life(law: &Depreciation, asset: &Asset, treatment: Treatment, through: i32) -> Result<Life, Unmodelled> {
    let mut replay = Replay::new(law, asset, treatment)?;
    let first = asset.in_service.year();
    let last = disposal(asset).map_or(through, |(on, _)| on.year().min(through));
    for year in first..=last {
        replay.step(year)?;
    }
    replay.sell(through)?;
    Ok(replay.life)
}

struct Replay<'a> {
    law: &'a Depreciation,
    asset: &'a Asset,
    start: Start,
    convention: Convention,
    recovery: Recovery,
    caps: Option<CarCaps>,
    allowance: Usd,
    /// Section 179 as far as it has not come back.
    expensed: Usd,
    /// Is the car used for the business for half or less, now or before?
    alternative: bool,
    /// Depreciation that section 179's part would have had.
    instead: Usd,
    /// Straight line to date.
    straight: Usd,
    /// Of a car: depreciation to date, as if it were used for the business alone; and the same by straight line.
    full: Usd,
    full_straight: Usd,
    /// Depreciation to date by table, and for the minimum tax.
    depreciated: Usd,
    for_minimum_tax: Usd,
    taken: Usd,
    life: Life,
}

impl<'a> Replay<'a> {
    fn new(law: &'a Depreciation, asset: &'a Asset, treatment: Treatment) -> Result<Replay<'a>, Unmodelled> {
        let start = Start::of(asset);
        let first = asset.in_service.year();
        let listed = is_listed(asset.class);
        let caps = law.cars.caps.iter().find(|caps| caps.in_service == first).copied();
        if listed && caps.is_none() {
            return Err(Unmodelled::CarOfUnknownCaps);
        }
        let rate = if start.is_qualified { treatment.bonus } else { Rate::ZERO };
        Ok(Replay {
            law,
            asset,
            start,
            convention: treatment.convention,
            recovery: recovery(asset.class),
            caps: caps.filter(|_| listed),
            allowance: cents((start.business - start.section_179) * rate),
            expensed: start.section_179,
            alternative: false,
            instead: Usd::ZERO,
            straight: Usd::ZERO,
            full: Usd::ZERO,
            full_straight: Usd::ZERO,
            depreciated: Usd::ZERO,
            for_minimum_tax: Usd::ZERO,
            taken: Usd::ZERO,
            life: Life::default(),
        })
    }

    /// The part of a year, and of a year of sale that part of it; none for a thing that came and went in one year.
    fn counted(&self, part: Part, year: i32) -> Part {
        match disposal(self.asset) {
            Some(_) if is_disposed_at_once(self.asset) => Ratio { of: 0, whole: 1 },
            Some((on, _)) if on.year() == year => {
                let last = self.convention.last(on);
                Ratio { of: part.of * last.of, whole: part.whole * last.whole }
            }
            _ => part,
        }
    }

    fn step(&mut self, year: i32) -> Result<(), Unmodelled> {
        let nth = usize::try_from(year - self.asset.in_service.year()).unwrap_or(0);
        let share = share(self.asset, year);
        let mut own = AssetYear {
            year,
            share_millionths: share,
            section_179: Usd::ZERO,
            allowance: Usd::ZERO,
            basis: Usd::ZERO,
            depreciation: Usd::ZERO,
            for_minimum_tax: Usd::ZERO,
            method: Method::Table,
            recapture: Usd::ZERO,
            capped: false,
            accumulated: Usd::ZERO,
            adjusted: Usd::ZERO,
        };
        let used = part(self.start.whole, share);
        let straight = self.counted(percent::straight_line(self.recovery, self.convention, nth), year);
        if self.caps.is_some() && share <= HALF && !self.alternative {
            // IRC 280F(b)(2): all above straight line comes back, and straight line goes on.
            self.alternative = true;
            own.recapture = (self.taken - self.straight).floor0();
            self.taken = self.taken - own.recapture;
            (self.expensed, self.allowance) = (Usd::ZERO, Usd::ZERO);
            self.full = self.full_straight;
        }
        if nth == 0 {
            (own.section_179, own.allowance) = (self.expensed, self.allowance);
        }
        let table = percent::printed(self.law, self.recovery, self.convention, nth);
        let counted = self.counted(table, year);
        own.basis = if self.alternative { used } else { (used - self.expensed - self.allowance).floor0() };
        if self.alternative || self.recovery == Recovery::Software || self.recovery == Recovery::Building {
            own.method = Method::StraightLine;
        }
        let by = if self.alternative { straight } else { counted };
        own.depreciation = if self.is_last(nth, year) {
            // The last year has what is left, to the cent.
            own.basis - self.depreciated
        } else {
            cents(own.basis * by)
        };
        own.depreciation =
            own.depreciation.min(self.start.whole - self.taken - own.section_179 - own.allowance).floor0();
        self.cap(&mut own, nth, by, year)?;
        if let Some(caps) = self.caps {
            let cap = caps.of(nth, false);
            self.straight += cents(used * straight).min(part(cap, share));
            self.full_straight += cents(self.start.whole * straight).min(cap);
        }
        self.recapture_179(&mut own, nth, counted);
        self.for_minimum_tax(&mut own, nth, year);
        self.depreciated += own.depreciation;
        self.taken += own.deduction();
        if own.recapture > Usd::ZERO && self.caps.is_none() {
            self.taken = self.taken - own.recapture;
            self.expensed = Usd::ZERO;
        }
        own.accumulated = self.taken;
        let gone = disposal(self.asset).is_some_and(|(on, _)| on.year() == year);
        own.adjusted = if gone { Usd::ZERO } else { self.start.whole - self.taken };
        self.life.years.push(own);
        Ok(())
    }

    /// Is it the last year of the recovery period, the same share having been used in all?
    fn is_last(&self, nth: usize, year: i32) -> bool {
        let after = percent::printed(self.law, self.recovery, self.convention, nth + 1);
        let same = self.life.years.iter().all(|own| own.share_millionths == share(self.asset, year));
        let table = percent::printed(self.law, self.recovery, self.convention, nth);
        let sold = disposal(self.asset).is_some_and(|(on, _)| on.year() == year);
        let by_table = self.caps.is_none() || self.expensed + self.allowance > Usd::ZERO;
        nth > 0 && table.of > 0 && after.of == 0 && same && by_table && !sold
    }

    /// Holds a car to its cap, and lets it go on after its recovery period (IRC 280F(a)(1)).
    fn cap(&mut self, own: &mut AssetYear, nth: usize, by: Part, year: i32) -> Result<(), Unmodelled> {
        let Some(caps) = self.caps else { return Ok(()) };
        if is_disposed_at_once(self.asset) {
            return Ok(());
        }
        let whole = self.start.whole;
        let cap = caps.of(nth, own.allowance > Usd::ZERO);
        let limit = part(cap, own.share_millionths);
        if self.expensed + self.allowance > Usd::ZERO {
            return if own.deduction() > limit { Err(Unmodelled::CarOverCap) } else { Ok(()) };
        }
        let is_over = |nth| percent::printed(self.law, self.recovery, self.convention, nth).of == 0;
        let sold = disposal(self.asset).is_some_and(|(on, _)| on.year() == year);
        let left = whole - self.full;
        let full = if is_over(nth) {
            // After the recovery period each year deducts what is left, up to the cap; none in the year of a sale.
            if sold { Usd::ZERO } else { left }
        } else {
            let full = cents(whole * by).min(left);
            // The last year has the cents that the years before it have rounded off.
            if !sold && is_over(nth + 1) && left - full < Usd::dollars(1) { left } else { full }
        };
        own.capped = full > cap;
        let full = full.min(cap);
        self.full += full;
        own.depreciation = part(full, own.share_millionths).min(whole - self.taken);
        Ok(())
    }

    /// Of what is not listed, section 179 comes back as use falls to half or less within the recovery period: what was
    /// expensed less the depreciation it would have had, this year's included (IRC 179(d)(10), Reg. 1.179-1(e)).
    fn recapture_179(&mut self, own: &mut AssetYear, nth: usize, by: Part) {
        if self.expensed == Usd::ZERO || self.caps.is_some() || by.of == 0 {
            return;
        }
        let share =
            Ratio { of: own.share_millionths.min(self.asset.share_millionths), whole: self.asset.share_millionths };
        self.instead += cents(cents(self.expensed * by) * share);
        if nth > 0 && own.share_millionths <= HALF {
            own.recapture = (self.expensed - self.instead).floor0();
        }
    }

    /// Property by the 200% method without the allowance is figured anew by the 150% method (IRC 56(a)(1)(A)(ii)). What
    /// may have the allowance needs none, elected out or not (IRC 168(k)(2)(G)).
    fn for_minimum_tax(&mut self, own: &mut AssetYear, nth: usize, year: i32) {
        let differs = !self.start.is_qualified
            && self.caps.is_none()
            && matches!(self.recovery, Recovery::Three | Recovery::Five | Recovery::Seven);
        own.for_minimum_tax = if differs {
            let column = percent::declining(150, self.recovery, self.convention);
            let part = Ratio { of: column.get(nth).copied().unwrap_or(0), whole: 10_000 };
            if self.is_last(nth, year) {
                own.basis - self.for_minimum_tax
            } else {
                cents(own.basis * self.counted(part, year))
            }
        } else {
            own.depreciation
        };
        self.for_minimum_tax += own.for_minimum_tax;
    }

    fn sell(&mut self, through: i32) -> Result<(), Unmodelled> {
        let Some((on, proceeds)) = disposal(self.asset).filter(|(on, _)| on.year() <= through) else { return Ok(()) };
        let years = &self.life.years;
        let shares: i64 = years.iter().map(|own| own.share_millionths).sum();
        // Where the share changed, the business part is that of all years on the average.
        let share = Ratio { of: shares, whole: 1_000_000 * i64::try_from(years.len()).unwrap_or(1) };
        let of = |amount: Usd| cents(amount * share);
        let received = of(proceeds);
        let left = |cost: Usd| (of(cost) - self.taken).floor0();
        // Of a thing that was private before, a gain counts from its cost and a loss from its value.
        let (for_gain, for_loss) = (left(self.asset.cost), left(self.start.whole));
        let gain = if received > for_gain {
            received - for_gain
        } else if received < for_loss {
            received - for_loss
        } else {
            Usd::ZERO
        };
        let building = self.recovery == Recovery::Building;
        if building && gain > Usd::ZERO {
            return Err(Unmodelled::BuildingGain);
        }
        let a_year = self.asset.acquired.checked_add_months(Months::new(12));
        let long = a_year.is_some_and(|day| on > day);
        let ordinary = if !long {
            gain
        } else if gain > Usd::ZERO {
            gain.min(self.taken)
        } else {
            Usd::ZERO
        };
        self.life.sale = Some(Sale {
            year: on.year(),
            proceeds: received,
            cost: of(if gain > Usd::ZERO { self.asset.cost } else { self.start.whole }),
            depreciation: self.taken,
            gain,
            ordinary,
            section_1231: gain - ordinary,
            minimum_tax: self.for_minimum_tax - self.depreciated,
        });
        Ok(())
    }
}
