//! What lasts longer than a year: assets of the book and equipment among the expenses, replayed from their first year to
//! the year of the return.
//!
//! Nothing of a life is stored. It follows from the record, the law and the other things of its year, so that depreciation
//! goes on in later years with no further entry.

pub mod adopt;
pub mod facts;
pub mod life;
pub mod percent;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use crate::book::entry::{Asset, AssetClass, Bonus, Expense, Origin};
use crate::law::depreciation::{self, Depreciation};
use crate::law::{self, Law};
use crate::money::{Exact, Rate, Ratio, Round, Usd};
use life::{AssetYear, Life, Start, Treatment, Unmodelled, is_listed, recovery};
use percent::{Convention, Recovery};

/// What is elected for all things of the business.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Elections {
    /// The safe harbor for small purchases, each year (Reg. 1.263(a)-1(f)).
    pub de_minimis: bool,
    /// Its limit for an item.
    pub per_item: Usd,
    /// The day on which the business began, where it is known. What was bought before is placed in service then, and what
    /// was bought in a year before is no expense of a business: the safe harbor does not reach it (IRC 162(a), 195).
    pub started: Option<NaiveDate>,
    /// Does the profile state that day? Else it is the first day of work or payment in the book, and the record of an asset
    /// knows better.
    pub is_stated: bool,
}

impl Elections {
    /// Was it bought in a year before that of the business?
    fn is_before(&self, day: NaiveDate) -> bool {
        self.started.is_some_and(|started| day.year() < started.year())
    }
}

/// Where an asset comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A record of its own.
    Stated,
    /// An expense for equipment that nothing describes.
    Expense,
}

/// What becomes of an asset's cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Within the safe harbor: an expense of its year, never an asset.
    Expensed,
    /// Spread over its life.
    Depreciated(Life),
    /// A car whose miles are counted by the standard rate, which stands for its depreciation (Rev. Proc. 2019-46 s.4).
    ByMiles,
    /// Its law is not modelled.
    Unmodelled(Unmodelled),
}

/// One asset, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The record.
    pub asset: Asset,
    /// Where it comes from.
    pub source: Source,
    /// The expense by which it was paid, where the book has it.
    pub paid: Option<Origin>,
    /// What counts of the special allowance, once the choices for its class and year are one.
    pub bonus: Bonus,
    /// Convention and allowance.
    pub treatment: Treatment,
    /// What becomes of its cost.
    pub fate: Fate,
}

impl Held {
    /// A tax year of its life.
    pub fn of(&self, year: i32) -> Option<&AssetYear> {
        self.life().and_then(|life| life.of(year))
    }

    /// Its life, where its cost is spread.
    pub const fn life(&self) -> Option<&Life> {
        match &self.fate {
            Fate::Depreciated(life) => Some(life),
            Fate::Expensed | Fate::ByMiles | Fate::Unmodelled(_) => None,
        }
    }
}

/// The test for the mid-quarter convention of one year's additions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Additions {
    /// The year.
    pub year: i32,
    /// The bases placed in service, after section 179 and before the allowance.
    pub all: Usd,
    /// Of these, in the last quarter.
    pub last_quarter: Usd,
    /// Is it more than the law's part?
    pub is_mid_quarter: bool,
}

/// All assets up to a tax year.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The tax year.
    pub year: i32,
    /// Every asset placed in service by then, in order of service.
    pub held: Vec<Held>,
    /// The test of each year with additions.
    pub additions: Vec<Additions>,
    /// What was assumed or made one, to be said beside the figures.
    pub notes: Vec<String>,
    /// Shares of described expenses: an asset's record goes before the share of the row. By the expense's number and place.
    described: HashMap<(i64, Origin), Described>,
    /// Rows of equipment that was given back. By the expense's number and place.
    returned: HashMap<(i64, Origin), Returned>,
}

#[derive(Clone, Copy, Debug)]
struct Described {
    share_millionths: i64,
    expensed: bool,
}

/// What becomes of a row where money came back for equipment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Returned {
    /// All of the price came back in the year of the purchase: neither row counts.
    Whole,
    /// A part of the price came back in the year of the purchase: the asset's cost is less.
    Part,
    /// It came back in a later year, for a thing that is depreciated.
    Later,
    /// No purchase of the vendor is in the book.
    Unknown,
}

impl Register {
    /// Replays all assets of a book up to a tax year.
    ///
    /// # Errors
    /// [`law::Problem`] where the figures do not load.
    pub fn of(
        year: i32,
        assets: &[Asset],
        expenses: &[Expense],
        elections: Elections,
    ) -> Result<Register, law::Problem> {
        let (figures, _) = depreciation::figures()?;
        let mut register = Register { year, ..Register::default() };
        let backs = adopt::returned(expenses);
        let net = adopt::net(expenses, &backs);
        let paid = adopt::described(assets, expenses);
        let mut candidates: Vec<(Asset, Source, Option<&Expense>)> = Vec::new();
        for (asset, paid) in assets.iter().zip(&paid) {
            let cost = paid.map_or(asset.cost, |at| net[at].min(asset.cost));
            if cost > Usd::ZERO || paid.is_none() {
                let asset = Asset { cost, ..asset.clone() };
                candidates.push((asset, Source::Stated, paid.map(|at| &expenses[at])));
            } else if asset.acquired.year() == year {
                register.notes.push(format!(
                    "{} was given back and all of its price came back: its record counts for nothing.",
                    asset.name
                ));
            }
        }
        for (at, expense) in expenses.iter().enumerate() {
            let beyond =
                !elections.de_minimis || expense.amount > elections.per_item || elections.is_before(expense.date);
            if adopt::is_equipment(expense) && beyond && net[at] > Usd::ZERO && !paid.contains(&Some(at)) {
                let asset = Asset { cost: net[at], ..adopt::adopted(expense, elections.started) };
                candidates.push((asset, Source::Expense, Some(expense)));
            }
        }
        register.begin(&mut candidates, elections);
        // An asset that is in service next year, and paid this year, describes its expense already.
        candidates.retain(|(asset, _, paid)| {
            let known = [asset.in_service, asset.acquired].into_iter().chain(paid.map(|expense| expense.date));
            known.into_iter().any(|day| day.year() <= year)
        });
        candidates.sort_by(|(a, ..), (b, ..)| (a.in_service, &a.name).cmp(&(b.in_service, &b.name)));
        register.hold(figures, candidates, elections);
        register.give_back(expenses, &net, &backs, elections);
        Ok(register)
    }

    /// Places in service with the business what is stated to have stood ready before it began: until then there is no trade
    /// in which it could be used (Reg. 1.167(a)-11(e)(1)(i)). What had gone by then was never of the business.
    fn begin(&mut self, candidates: &mut Vec<(Asset, Source, Option<&Expense>)>, elections: Elections) {
        let Some(started) = elections.started.filter(|_| elections.is_stated) else { return };
        candidates.retain(|(asset, ..)| life::disposal(asset).is_none_or(|(on, _)| on >= started));
        for (asset, ..) in candidates.iter_mut().filter(|(asset, ..)| asset.in_service < started) {
            if self.year == started.year() {
                self.notes.push(format!(
                    "{} is stated in service on {}, before the business began: it is placed in service on {started}. If you used it privately before and it was worth less than it cost on that day, state its value (Reg. 1.167(a)-11(e)(1)(i), 1.167(g)-1).",
                    asset.name, asset.in_service
                ));
            }
            asset.in_service = started;
        }
    }

    /// Judges the rows of what was given back. Within its year a purchase is undone (Rev. Rul. 80-58); money that comes back
    /// for a thing that was expensed takes the way of its price.
    fn give_back(&mut self, expenses: &[Expense], net: &[Usd], backs: &[adopt::Back], elections: Elections) {
        let key = |at: usize| (expenses[at].id, expenses[at].origin);
        for back in backs {
            let Some(bought) = back.bought else {
                self.returned.insert(key(back.row), Returned::Unknown);
                continue;
            };
            let purchase = &expenses[bought];
            let described = self.described.get(&key(bought)).copied();
            let small = elections.de_minimis && purchase.amount <= elections.per_item;
            let expensed =
                described.map_or(small && !elections.is_before(purchase.date), |described| described.expensed);
            if expenses[back.row].date.year() == purchase.date.year() && net[bought] == Usd::ZERO {
                self.returned.insert(key(bought), Returned::Whole);
                self.returned.insert(key(back.row), Returned::Whole);
            } else if expensed {
                let share_millionths =
                    described.map_or(purchase.share_millionths, |described| described.share_millionths);
                self.described.insert(key(back.row), Described { share_millionths, expensed });
            } else if expenses[back.row].date.year() == purchase.date.year() {
                self.returned.insert(key(back.row), Returned::Part);
            } else {
                self.returned.insert(key(back.row), Returned::Later);
            }
        }
    }

    /// What becomes of a row of equipment that was given back.
    pub fn returned(&self, expense: &Expense) -> Option<Returned> {
        self.returned.get(&(expense.id, expense.origin)).copied()
    }

    fn hold(
        &mut self,
        figures: &Depreciation,
        candidates: Vec<(Asset, Source, Option<&Expense>)>,
        elections: Elections,
    ) {
        let expensed: Vec<bool> = candidates.iter().map(|(asset, ..)| is_small(asset, elections)).collect();
        let spread: Vec<&Asset> =
            candidates.iter().zip(&expensed).filter(|(_, small)| !**small).map(|((asset, ..), _)| asset).collect();
        self.additions = additions(figures, &spread);
        let choices = self.choices(figures, &spread);
        let mut seen = 0;
        for ((asset, source, expense), expensed) in candidates.into_iter().zip(expensed) {
            let bonus = if expensed {
                asset.bonus
            } else {
                seen += 1;
                choices[seen - 1]
            };
            let treatment = Treatment { convention: self.convention(&asset), bonus: allowance(figures, &asset, bonus) };
            if let Some(expense) = expense {
                let share_millionths = asset.share_millionths;
                self.described.insert((expense.id, expense.origin), Described { share_millionths, expensed });
            }
            let is_gone = life::disposal(&asset).is_some_and(|(on, _)| on.year() < self.year);
            let fate = if expensed {
                Fate::Expensed
            } else if is_gone {
                // Its life is over: it only counts in the test of its first year.
                let life = life::life(figures, &asset, treatment, self.year);
                Fate::Depreciated(life.unwrap_or_default())
            } else if is_too_old(figures, &asset, self.year) {
                Fate::Unmodelled(Unmodelled::BeforeAllowance)
            } else {
                match life::life(figures, &asset, treatment, self.year) {
                    Ok(life) => Fate::Depreciated(life),
                    Err(unmodelled) => Fate::Unmodelled(unmodelled),
                }
            };
            if source == Source::Expense && fate != Fate::Expensed && asset.in_service.year() == self.year {
                self.notes.push(format!(
                    "{} ({:#}) is taken as an asset of class {}, {}, used {}% for the business: say otherwise with perchart add asset.",
                    asset.name,
                    asset.cost,
                    asset.class.word(),
                    days_of(&asset),
                    percent_of(asset.share_millionths)
                ));
            }
            if fate == Fate::Expensed && life::disposal(&asset).is_some_and(|(on, _)| on.year() == self.year) {
                self.notes.push(format!(
                    "{} was deducted at once by the safe harbor: what came in for it is income of the business, Schedule C line 6.",
                    asset.name
                ));
            }
            if asset.in_service.year() == self.year {
                self.notes.extend(not_open(figures, &asset, treatment, expensed));
            }
            let paid = expense.map(|expense| expense.origin);
            self.held.push(Held { asset, source, paid, bonus, treatment, fate });
        }
    }

    fn convention(&self, asset: &Asset) -> Convention {
        match recovery(asset.class) {
            Recovery::Building => Convention::MidMonth(asset.in_service.month()),
            Recovery::Software => Convention::FullMonth(asset.in_service.month()),
            _ if self.is_mid_quarter(asset.in_service.year()) => {
                Convention::MidQuarter(percent::quarter(asset.in_service))
            }
            _ => Convention::HalfYear,
        }
    }

    fn is_mid_quarter(&self, year: i32) -> bool {
        self.additions.iter().any(|additions| additions.year == year && additions.is_mid_quarter)
    }

    /// What counts of the allowance for each asset: elected out for one of a class and year, it is for all of them; the
    /// reduced rate is for all things of the year (IRC 168(k)(7), (10)).
    fn choices(&mut self, figures: &Depreciation, assets: &[&Asset]) -> Vec<Bonus> {
        let class = |asset: &Asset| (asset.in_service.year(), recovery(asset.class));
        let qualified = |asset: &&&Asset| Start::of(asset).is_qualified;
        let out: BTreeSet<_> = assets
            .iter()
            .filter(qualified)
            .filter(|asset| asset.bonus == Bonus::Out)
            .map(|asset| class(asset))
            .collect();
        let reduced = assets.iter().any(|asset| {
            asset.bonus == Bonus::Reduced
                && asset.in_service.year() == figures.bonus.reduced_in
                && asset.acquired >= figures.bonus.full_from
        });
        let mut others: BTreeMap<(i32, Recovery), Vec<&str>> = BTreeMap::new();
        let choices = assets.iter().map(|asset| {
            let own = class(asset);
            if out.contains(&own) {
                if asset.bonus != Bonus::Out && qualified(&asset) {
                    others.entry(own).or_default().push(&asset.name);
                }
                return Bonus::Out;
            }
            let may = own.0 == figures.bonus.reduced_in && asset.acquired >= figures.bonus.full_from;
            if reduced && may { Bonus::Reduced } else { Bonus::Law }
        });
        let choices = choices.collect();
        for ((year, recovery), names) in others.into_iter().filter(|((year, _), _)| *year == self.year) {
            self.notes.push(format!(
                "The special allowance is elected out for a whole class: of {year} it is for all {}, so for {} too (IRC 168(k)(7)).",
                recovery.words(),
                names.join(", ")
            ));
        }
        if reduced && self.year == figures.bonus.reduced_in {
            self.notes.push(format!(
                "The allowance of {} instead of {} is elected for all things of {} (IRC 168(k)(10)).",
                figures.bonus.reduced, figures.bonus.full, self.year
            ));
        }
        choices
    }

    /// The asset that a car of the profile is: the one of its name; of a car without a name, where the profile has no
    /// other, the only car held in the year.
    pub fn car(&self, name: Option<&str>, alone: bool) -> Option<usize> {
        let Some(name) = name else {
            let mut cars = self.cars().filter(|_| alone);
            return cars.next().filter(|_| cars.next().is_none()).map(|(at, _)| at);
        };
        let name = name.trim().to_lowercase();
        self.cars().find(|(_, held)| held.asset.name.trim().to_lowercase() == name).map(|(at, _)| at)
    }

    /// The cars held in the year, by their place.
    pub fn cars(&self) -> impl Iterator<Item = (usize, &Held)> {
        let gone = |asset: &Asset| life::disposal(asset).is_some_and(|(on, _)| on.year() < self.year);
        self.held.iter().enumerate().filter(move |(_, held)| is_listed(held.asset.class) && !gone(&held.asset))
    }

    /// Leaves a car to the standard rate: it is not depreciated.
    pub fn leave_to_miles(&mut self, at: usize) {
        if let Some(held) = self.held.get_mut(at) {
            held.fate = Fate::ByMiles;
        }
    }

    /// What a described expense counts for: its share by the asset's record, and whether it is an expense of the year.
    pub fn described(&self, expense: &Expense) -> Option<(i64, bool)> {
        let described = self.described.get(&(expense.id, expense.origin))?;
        Some((described.share_millionths, described.expensed))
    }

    /// What the safe harbor expenses in the year of assets that no expense of the book pays: the business part.
    pub fn expensed(&self) -> Usd {
        let own = self.held.iter().filter(|held| held.fate == Fate::Expensed && held.paid.is_none());
        own.filter(|held| held.asset.acquired.year() == self.year).map(|held| Start::of(&held.asset).business).sum()
    }

    /// Expensed at once and sold in the year: all that came in for the business part is income of the business, of no
    /// capital asset and none under section 1231 (Reg. 1.263(a)-1(f)(3)(iii)).
    pub fn sold_expensed(&self) -> impl Iterator<Item = (&Held, Usd)> {
        let own = self.held.iter().filter(|held| held.fate == Fate::Expensed);
        own.filter_map(|held| {
            let (on, proceeds) = life::disposal(&held.asset).filter(|(on, _)| on.year() == self.year)?;
            let share = life::share(&held.asset, on.year());
            Some((held, Round::Cents.enter(proceeds * Ratio { of: share, whole: 1_000_000 })))
        })
    }

    /// Is there anything to depreciate?
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Assets whose law is not modelled, by name.
    pub fn unmodelled(&self) -> impl Iterator<Item = (&Asset, Unmodelled)> {
        self.held.iter().filter_map(|held| match held.fate {
            Fate::Unmodelled(why) => Some((&held.asset, why)),
            _ => None,
        })
    }

    /// Each asset with the given tax year of its life.
    pub fn in_year(&self, year: i32) -> impl Iterator<Item = (&Held, &AssetYear)> {
        self.held.iter().filter_map(move |held| held.of(year).map(|own| (held, own)))
    }

    /// The unadjusted basis of tangible things held at the year's end within their time: ten years, or the recovery period
    /// where it is longer (Reg. 1.199A-2(c)).
    pub fn qualified_property(&self) -> Usd {
        let held = self.in_year(self.year).filter(|(held, _)| {
            let asset = &held.asset;
            let gone = life::disposal(asset).is_some_and(|(on, _)| on.year() <= self.year);
            let years = recovery(asset.class).years();
            let within_period = i64::from(self.year - asset.in_service.year()) < years;
            let ten = asset.in_service.checked_add_months(chrono::Months::new(120));
            let end = NaiveDate::from_ymd_opt(self.year, 12, 31);
            let within_ten = ten.zip(end).is_some_and(|(ten, end)| end < ten);
            asset.class != AssetClass::Software && !gone && (within_period || within_ten)
        });
        held.map(|(held, own)| {
            let share = Ratio { of: own.share_millionths, whole: 1_000_000 };
            Round::Cents.enter(Start::of(&held.asset).whole * share)
        })
        .sum()
    }

    /// Is more elected under section 179 than the year's dollar limit leaves? Then the bases would be wrong.
    pub fn is_over_179(&self, law: &Law, separate: bool) -> bool {
        let of_year =
            self.held.iter().filter(|held| held.asset.in_service.year() == self.year && held.life().is_some());
        let (mut cost, mut elected) = (Usd::ZERO, Usd::ZERO);
        for held in of_year {
            let start = Start::of(&held.asset);
            elected += start.section_179;
            cost += if start.is_179 { start.business } else { Usd::ZERO };
        }
        let limit = law.section_179.limit.excess(cost.excess(law.section_179.start));
        let limit = if separate { Round::Cents.enter(limit * law.section_179.separate) } else { limit };
        elected > limit
    }
}

/// What is elected for a thing and not open to it, why, and what counts instead.
fn not_open(figures: &Depreciation, asset: &Asset, treatment: Treatment, expensed: bool) -> Vec<String> {
    let (name, start) = (&asset.name, Start::of(asset));
    let mut notes = Vec::new();
    if asset.section_179 > start.section_179 || expensed && asset.section_179 > Usd::ZERO {
        let elected = format!("{:#} of section 179 is elected for {name}", asset.section_179);
        notes.push(if expensed {
            format!("{elected}, which the safe harbor deducts at once: there is nothing left to elect for (Reg. 1.263(a)-1(f)).")
        } else if asset.class == AssetClass::Building {
            format!("{elected}, a building, which is no section 179 property: it is depreciated over 39 years (IRC 179(d)(1)).")
        } else if asset.value.is_some() {
            format!("{elected}, which was private before and not bought for the business: it is depreciated (IRC 179(d)(1)(C)).")
        } else if life::is_disposed_at_once(asset) {
            format!("{elected}, which left in the year it came: nothing of it is deducted but by the sale (Reg. 1.168(d)-1(b)(3)).")
        } else if !start.is_179 {
            format!("{elected}, used {}% for the business: only what is used for more than half of it may be expensed, so it is depreciated (Reg. 1.179-1(d)(1)).", percent_of(asset.share_millionths))
        } else {
            format!("{elected}, more than the business part of its cost: {:#} counts (Reg. 1.179-1(d)(1)).", start.section_179)
        });
    }
    if asset.bonus != Bonus::Law && expensed {
        notes.push(format!("A choice of the special allowance is stated for {name}, which the safe harbor deducts at once: the choice changes nothing (Reg. 1.263(a)-1(f))."));
    } else if asset.bonus == Bonus::Reduced && !start.is_qualified {
        notes.push(format!("The reduced special allowance is elected for {name}, which may have none (IRC 168(k)(2)): it is depreciated without."));
    } else if asset.bonus == Bonus::Reduced && treatment.bonus != figures.bonus.reduced {
        notes.push(format!("The reduced special allowance is elected for {name}: it is open only to what was acquired after January 19, 2025 and placed in service in 2025 (IRC 168(k)(10)). {} counts instead.", treatment.bonus));
    }
    notes
}

/// The days on which it was bought and placed in service.
fn days_of(asset: &Asset) -> String {
    if asset.acquired == asset.in_service {
        return format!("bought and in service on {}", asset.in_service);
    }
    format!("bought on {}, in service on {}, when the business began", asset.acquired, asset.in_service)
}

/// A share as a percentage without needless zeros.
fn percent_of(millionths: i64) -> rust_decimal::Decimal {
    rust_decimal::Decimal::new(millionths, 4).normalize()
}

/// Within the safe harbor: an item of tangible property bought for the business, up to the limit. No improvement of a
/// building, no software.
fn is_small(asset: &Asset, elections: Elections) -> bool {
    elections.de_minimis
        && asset.cost <= elections.per_item
        && asset.value.is_none()
        && !elections.is_before(asset.acquired)
        && !matches!(asset.class, AssetClass::Building | AssetClass::Software)
}

/// Of a year before the known rates of the allowance, and not yet at its end.
fn is_too_old(figures: &Depreciation, asset: &Asset, year: i32) -> bool {
    let first = asset.in_service.year();
    let known = figures.bonus.earlier.iter().map(|row| row.in_service).min().unwrap_or(first);
    let ends = first + i32::try_from(recovery(asset.class).years()).unwrap_or(39);
    let sold = life::disposal(asset).is_some_and(|(on, _)| on.year() == year);
    first < known && Start::of(asset).is_qualified && (year <= ends || sold)
}

/// The rate of the special allowance.
fn allowance(figures: &Depreciation, asset: &Asset, bonus: Bonus) -> Rate {
    match bonus {
        Bonus::Out => Rate::ZERO,
        Bonus::Reduced => figures.bonus.reduced,
        Bonus::Law => figures.bonus.rate(asset.acquired, asset.in_service.year()),
    }
}

/// The test of each year with additions. Real property and software stand outside, and what came and went in one year.
fn additions(figures: &Depreciation, assets: &[&Asset]) -> Vec<Additions> {
    let mut years: BTreeMap<i32, (Usd, Usd)> = BTreeMap::new();
    for asset in assets {
        if matches!(recovery(asset.class), Recovery::Building | Recovery::Software) || life::is_disposed_at_once(asset)
        {
            continue;
        }
        let start = Start::of(asset);
        let basis = start.business - start.section_179;
        let (all, last) = years.entry(asset.in_service.year()).or_default();
        *all += basis;
        if percent::quarter(asset.in_service) == 4 {
            *last += basis;
        }
    }
    let test = |(year, (all, last_quarter)): (i32, (Usd, Usd))| Additions {
        year,
        all,
        last_quarter,
        is_mid_quarter: Exact::from(last_quarter) > all * figures.mid_quarter.over,
    };
    years.into_iter().map(test).collect()
}

/// One asset alone: its life through so many years, whatever else the book holds. For comparing ways.
///
/// # Errors
/// [`Unmodelled`] where the law of the asset is not modelled.
pub fn life(asset: &Asset, convention: Convention, bonus: Bonus, years: u32) -> Result<Life, Unmodelled> {
    let Ok((figures, _)) = depreciation::figures() else { return Err(Unmodelled::BeforeAllowance) };
    let treatment = Treatment { convention, bonus: allowance(figures, asset, bonus) };
    let last = asset.in_service.year() + i32::try_from(years).unwrap_or(40) - 1;
    life::life(figures, asset, treatment, last)
}
