//! The car: trips of the log, by the standard rate or by actual costs (Schedule C line 9, Part IV).
//!
//! A trip counts with its day, miles, place and business purpose (IRC 274(d)); commuting never does. By the standard rate a
//! mile stands for everything the car costs but parking, tolls, loan interest and property tax; so what was paid for gas,
//! repairs and insurance is then replaced, never added.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::assets::life::{AssetYear, disposal};
use crate::assets::{Fate, Held, Register};
use crate::book::category::ExpenseLine;
use crate::book::entry::{Origin, Trip, TripKind};
use crate::deduct::trade::Trade;
use crate::deduct::{Deductions, Verdict, Why};
use crate::law::Law;
use crate::money::{PerMile, Ratio, Round, Usd};
use crate::profile::{Car, CarMethod};
use crate::tax::screen::Refusal;
use crate::{facts, form};

/// From so many cars at once on, actual costs are the only way (Rev. Proc. 2019-46 s.4).
const FLEET: usize = 5;

facts! {
    /// What a car's worksheet starts from.
    CarFacts = "car" {
        miles_first: Decimal "Business miles; of a year in which the rate changed, those before the change, miles";
        miles_later: Decimal "Business miles after the rate changed, miles";
        parking: Usd "Parking and tolls of these trips";
        of_all: Ratio "Business miles as a part of all miles of the year";
        costs: Usd "Gas, repairs, insurance, registration: what was paid for the car";
        depreciation: Usd "Depreciation of the car for the business part, Form 4562 Part V";
        loan_interest: Usd "Interest on the loan for the car";
        property_tax: Usd "Personal property tax on the car, by its value";
        standard: i64 "By the standard mileage rate: 1 if so";
    }
}

form! {
    /// Car expenses of a year, both ways.
    CarWorksheet = "car", "Worksheet: car and truck expenses";
    (law: &Law, car: &CarFacts; round) {
        "1"  l1: Decimal "Business miles, before the rate changed, miles"                                              = car.miles_first;
        "2"  l2: Decimal "Business miles, after the rate changed, miles"                                               = car.miles_later;
        "3"  l3  "Line 1 times the standard mileage rate"               ["Rev. Proc. 2019-46 s.4; Reg. 1.274-5(j)(2)"] = l1 * law.mileage.business;
        "4"  l4  "Line 2 times the later rate"                          ["Rev. Proc. 2019-46 s.4; Reg. 1.274-5(j)(2)"] = l2 * later(law);
             by "mileage.later.business";
        "5"  l5  "Parking and tolls of business trips"                  ["Rev. Proc. 2019-46 s.4"]                  = car.parking;
        "6"  l6  "By the standard rate: lines 3 to 5"                                                                  = l3 + l4 + l5;
        "7"  l7: Ratio "Business miles as a part of all miles"          ["Reg. 1.274-5T(b)(6)(i)(B)"]                  = car.of_all;
        "8"  l8  "What was paid for the car"                            ["IRC 162(a)"]                                 = car.costs;
        "9"  l9  "Line 8 times line 7"                                                                                 = l8 * l7;
        "10" l10 "Depreciation, business part; to line 13"              ["IRC 168, 280F"]                              = car.depreciation;
        "11" l11 "By actual costs: lines 5, 9 and 10"                                                                  = l5 + l9 + l10;
        "12" l12 "On Schedule C line 9: line 6, or lines 5 and 9"       ["IRC 162(a), 274(d)"]                         = if car.standard == 1 { l6 } else { l5 + l9 };
        "13" l13 "Loan interest for the business, beside either way; to Schedule C, other interest" ["IRC 163(h)(2)(A); Rev. Proc. 2019-46 s.4"] = car.loan_interest * l7;
        "14" l14 "Property tax for the business, beside either way; to Schedule C line 23" ["IRC 164(a)(2); Rev. Proc. 2019-46 s.4"] = car.property_tax * l7;
        "15" l15 "What the basis of the car falls by, by the standard rate" ["Rev. Proc. 2019-46 s.4"]              = if car.standard == 1 { Usd::rounded(l1 * law.mileage.depreciation + l2 * later_depreciation(law)) } else { Usd::ZERO };
             by "mileage.later.depreciation";
    }
}

/// The rate of the later part of the year, in a year that has one.
fn later(law: &Law) -> PerMile {
    law.mileage.later.as_ref().map(|later| later.business).unwrap_or_default()
}

fn later_depreciation(law: &Law) -> PerMile {
    law.mileage.later.as_ref().map(|later| later.depreciation).unwrap_or_default()
}

/// Why actual costs are closed where their share is unknown.
const NEEDS_MILES: &str = "actual costs need all miles of the year: [[car]] miles in perchart.toml";

/// Why a trip does not count, or what is asked of it.
const COMMUTE: Why = Why {
    text: "Commuting: the way between home and a regular place of work is personal, however far.",
    cite: "Treas. Reg. 1.162-2(e); 1.262-1(b)(5)",
};
const BEFORE: Why = Why {
    text: "Driven before your first paid charts: no expense of a business at work.",
    cite: "IRC 162(a); 195(c)(1)",
};
const BEFORE_SEEN: Why = Why {
    text: "Were you coding for pay when you drove this? Nothing in the book is earlier. State the day of your first paid charts: [business] started = 2024-05-01 in perchart.toml.",
    cite: "IRC 162(a); 195(c)(1)",
};
const NO_RECORD: Why = Why {
    text: "A trip counts with its place and its business purpose; one of them is missing. Take the row back (perchart undo), complete it and import it again, while you remember.",
    cite: "IRC 274(d)(4); Temp. Treas. Reg. 1.274-5T(b)(6)",
};
const WHICH_CAR: Why = Why {
    text: "Which car was it? Name it in the trip as one [[car]] of perchart.toml is named.",
    cite: "Temp. Treas. Reg. 1.274-5T(b)(6)",
};
const WHOSE_COST: Why = Why {
    text: "For which of your cars was it? Write the car's name, as [[car]] in perchart.toml has it, in the description.",
    cite: "IRC 274(d)(4)",
};
const REPLACED: Why = Why {
    text: "The miles of your trips are counted by the standard rate, which stands for gas, oil, repairs, tires, insurance, registration, lease and depreciation (explain car.6).",
    cite: "Rev. Proc. 2019-46 s.4; Schedule C instructions, line 9",
};
const SHARED: Why = Why {
    text: "Counts by the part of the miles that was for the business (explain car.9), with the other costs of the car.",
    cite: "Temp. Treas. Reg. 1.274-5T(b)(6)(i)(B); Schedule C instructions, line 9",
};
const PARKED: Why = Why {
    text: "The trip of that day has the same parking; it counts once, with the trip.",
    cite: "Schedule C instructions, line 9",
};

/// What became of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It counts, for the car at that place of the list.
    Counts(usize),
    /// It does not, and why; private trips need no reason.
    Not(Option<Why>),
    /// Only the user knows.
    Asked(Why),
}

/// One car's year.
#[derive(Clone, Debug)]
pub struct CarYear {
    /// What the profile states of it; without a name where it states nothing.
    pub stated: Car,
    /// What the worksheet starts from.
    pub facts: CarFacts,
    /// The worksheet.
    pub sheet: CarWorksheet,
    /// The trips that count.
    pub trips: Vec<Origin>,
    /// The costs that were paid for it.
    pub costs: Vec<Origin>,
    /// Business miles.
    pub business: Decimal,
    /// Commuting miles: as stated, and no fewer than the log has.
    pub commuting: Decimal,
    /// All miles of the log, private ones too.
    pub logged: Decimal,
    /// Why only one of the two ways is open; else none.
    pub only: Option<&'static str>,
    /// Why actual costs count without depreciation; else none.
    pub without: Option<Without>,
    /// What actual costs would add if all miles of the year were stated, by the shares of the rows and of the asset: up to so
    /// much. Zero where the miles are stated.
    pub at_stake: Usd,
}

/// The cars of a year, and every trip of it.
#[derive(Clone, Debug, Default)]
pub struct Cars {
    /// Each car that is stated, or the one that goes without saying; none without trips.
    pub cars: Vec<CarYear>,
    /// Every trip of the year, in order of date.
    pub trips: Vec<(Trip, Judged)>,
    /// What of a car no return can be filled with.
    pub refusals: Vec<Refusal>,
}

/// Tenths of miles as miles.
fn miles(tenths: i64) -> Decimal {
    Decimal::new(tenths, 1)
}

/// Miles as tenths.
fn tenths(miles: Decimal) -> i64 {
    use rust_decimal::prelude::ToPrimitive as _;
    (miles * Decimal::TEN).round().to_i64().unwrap_or(0)
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

impl Cars {
    /// Works out the cars of a year, takes what they count off the rows of expenses, and a car whose miles are counted by the
    /// standard rate off what is depreciated.
    pub fn of(
        law: &Law,
        trips: &[Trip],
        stated: &[Car],
        trade: &Trade,
        deductions: &mut Deductions,
        assets: &mut Register,
    ) -> Cars {
        let year = i32::from(law.year);
        let none = [Car::default()];
        let cars = if stated.is_empty() { &none[..] } else { stated };
        let mut of_year: Vec<&Trip> = trips.iter().filter(|trip| trip.date.year() == year).collect();
        of_year.sort_by_key(|trip| (trip.date, trip.origin));
        if of_year.is_empty() {
            // Without a log the rows of expenses stand as they are.
            let idle = cars.iter().enumerate().filter_map(|(at, car)| {
                let held = &assets.held[assets.car(car.name.as_deref(), cars.len() == 1)?];
                idle(year, car, held, drove_by_rate(year, trips, stated, at, car))
            });
            return Cars { refusals: idle.collect(), ..Cars::default() };
        }
        let judged = of_year.into_iter().map(|trip| (trip.clone(), judge(trip, stated, trade)));
        let logged = trips;
        let trips: Vec<(Trip, Judged)> = judged.collect();
        for (trip, _) in trips.iter().filter(|(_, judged)| matches!(judged, Judged::Counts(_))) {
            count_parking_once(trip, deductions);
        }
        let costs = costs_by_car(cars, deductions);
        let cars = cars.iter().enumerate().map(|(at, car)| {
            let counted: Vec<&Trip> =
                trips.iter().filter(|(_, judged)| *judged == Judged::Counts(at)).map(|(trip, _)| trip).collect();
            let all = || trips.iter().map(|(trip, _)| trip).filter(|trip| car_of(trip, stated) == Some(at));
            let commutes = all().filter(|trip| trip.kind == TripKind::Commute);
            let log = Log {
                counted,
                commuted: commutes.map(|trip| trip.miles_tenths).sum(),
                all: all().map(|trip| trip.miles_tenths).sum(),
            };
            let held = assets.car(car.name.as_deref(), cars.len() == 1).map(|at| &assets.held[at]);
            work_out(law, car, cars.len(), &log, &costs[at], deductions, held)
        });
        let cars: Vec<CarYear> = cars.collect();
        let refusals = cars.iter().enumerate().filter_map(|(at, car)| {
            let held = &assets.held[assets.car(car.stated.name.as_deref(), cars.len() == 1)?];
            let by_rate = car.facts.standard == 1 || drove_by_rate(year, logged, stated, at, &car.stated);
            refusal(year, car, held, by_rate)
        });
        let refusals = refusals.collect();
        for car in cars.iter().filter(|car| car.facts.standard == 1 || car.without.is_some()) {
            if let Some(at) = assets.car(car.stated.name.as_deref(), cars.len() == 1) {
                assets.leave_to_miles(at);
            }
        }
        for (car, costs) in cars.iter().zip(&costs) {
            let why = if car.facts.standard == 1 { REPLACED } else { SHARED };
            for at in costs {
                deductions.items[*at].leave_to_car(why);
            }
        }
        Cars { cars, trips, refusals }
    }

    /// What goes on Schedule C line 9.
    pub fn line_9(&self) -> Usd {
        self.cars.iter().map(|car| car.sheet.l12).sum()
    }

    /// Loan interest of the business part.
    pub fn interest(&self) -> Usd {
        self.cars.iter().map(|car| car.sheet.l13).sum()
    }

    /// What is missing of a car, and what it costs: first of all that needs the user.
    pub fn at_stake(&self) -> impl Iterator<Item = (&CarYear, String)> {
        let open = self.cars.iter().filter(|car| car.at_stake > Usd::ZERO);
        open.map(|car| {
            let name = car.stated.name.as_deref().unwrap_or("the car");
            let key = car.stated.name.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
            let beside = if car.facts.standard == 1 {
                format!("{:#} by the standard rate stands in their place", car.sheet.l6)
            } else {
                "nothing of what was paid counts".to_owned()
            };
            let text = format!(
                "All miles of {name} in the year are not stated, so its actual costs are closed: {:#} paid and {:#} of depreciation wait, and {beside}. By the shares of your rows and of the asset, actual costs would add {:#} at most. Read the odometer, and state [[car]] miles{key} in perchart.toml (Temp. Treas. Reg. 1.274-5T(b)(6)(i)(B)).",
                car.facts.costs, if car.facts.standard == 1 { car.facts.depreciation } else { Usd::ZERO }, car.at_stake
            );
            (car, text)
        })
    }

    /// The trips that do not count for a reason of law, by it.
    pub fn left_out(&self) -> Vec<(Why, Vec<&Trip>)> {
        let mut found: Vec<(Why, Vec<&Trip>)> = Vec::new();
        for (trip, judged) in &self.trips {
            let Judged::Not(Some(why)) = judged else { continue };
            match found.iter_mut().find(|(known, _)| known == why) {
                Some((_, trips)) => trips.push(trip),
                None => found.push((*why, vec![trip])),
            }
        }
        found
    }

    /// The assets that are cars and no car of those stated, by place.
    pub fn unnamed<'a>(stated: &[Car], assets: &'a Register) -> Vec<(usize, &'a Held)> {
        let none = [Car::default()];
        let cars = if stated.is_empty() { &none[..] } else { stated };
        let named: Vec<usize> =
            cars.iter().filter_map(|car| assets.car(car.name.as_deref(), cars.len() == 1)).collect();
        assets.cars().filter(|(at, _)| !named.contains(at)).collect()
    }

    /// Property tax of the business part.
    pub fn taxes(&self) -> Usd {
        self.cars.iter().map(|car| car.sheet.l14).sum()
    }
}

/// The car of a trip, by its place in what is stated; the first where none is.
fn car_of(trip: &Trip, stated: &[Car]) -> Option<usize> {
    if stated.len() <= 1 && (trip.car.trim().is_empty() || stated.is_empty()) {
        return Some(0);
    }
    let named = |car: &Car| car.name.as_deref().is_some_and(|name| same_name(name, &trip.car));
    stated.iter().position(named)
}

fn judge(trip: &Trip, stated: &[Car], trade: &Trade) -> Judged {
    match trip.kind {
        TripKind::Commute => Judged::Not(Some(COMMUTE)),
        TripKind::Private => Judged::Not(None),
        TripKind::Business if trade.is_before(trip.date) && trade.stated => Judged::Not(Some(BEFORE)),
        TripKind::Business if trade.is_before(trip.date) => Judged::Asked(BEFORE_SEEN),
        TripKind::Business if trip.destination.trim().is_empty() || trip.purpose.trim().is_empty() => {
            Judged::Asked(NO_RECORD)
        }
        TripKind::Business => car_of(trip, stated).map_or(Judged::Asked(WHICH_CAR), Judged::Counts),
    }
}

/// Parking that a trip has and an expense of that day too.
fn count_parking_once(trip: &Trip, deductions: &mut Deductions) {
    let same = deductions.items.iter_mut().find(|item| {
        item.category.id == "parking"
            && item.verdict == Verdict::Deducted(ExpenseLine::Car)
            && item.expense.date == trip.date
            && item.expense.amount == trip.parking
    });
    if let Some(item) = same.filter(|_| trip.parking > Usd::ZERO) {
        item.leave_to_car(PARKED);
    }
}

/// The rows of each car's costs, by their place among the deductions. Of several cars the description names the one.
fn costs_by_car(cars: &[Car], deductions: &mut Deductions) -> Vec<Vec<usize>> {
    let mut costs = vec![Vec::new(); cars.len()];
    for (at, item) in deductions.items.iter_mut().enumerate() {
        if item.category.id != "car" || item.verdict != Verdict::Deducted(ExpenseLine::Car) {
            continue;
        }
        let text = format!("{} {}", item.expense.vendor, item.expense.description).to_lowercase();
        let named = |car: &Car| car.name.as_ref().is_some_and(|name| text.contains(&name.trim().to_lowercase()));
        let found = if cars.len() == 1 { Some(0) } else { cars.iter().position(named) };
        match found {
            Some(car) => costs[car].push(at),
            None => item.ask(WHOSE_COST),
        }
    }
    costs
}

/// Why actual costs count without the depreciation of the asset that the car is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// It began with the standard rate: from then on its depreciation is straight line of a basis reduced by the rate of
    /// every year before, which is not modelled.
    BeganByMiles,
    /// The miles of the year state another share than the asset: one car has one share.
    OtherShare(Shares),
}

/// The two shares of one car in a year, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// By the miles.
    pub miles: i64,
    /// By the asset.
    pub asset: i64,
}

impl Shares {
    /// So far apart the two may be: what a log rounds and an estimate for the year leaves.
    const MAY_DIFFER: i64 = 50_000;
    /// Accelerated depreciation needs more than half (IRC 280F(b)(3)).
    const HALF: i64 = 500_000;

    fn of(of_all: Ratio, asset: i64) -> Option<Shares> {
        let miles = of_all.of * 1_000_000;
        (of_all.whole > 0).then(|| Shares { miles: miles / of_all.whole, asset })
    }

    fn differ(self) -> bool {
        (self.miles - self.asset).abs() > Self::MAY_DIFFER || self.fall_to_half()
    }

    /// Do the miles say half or less, where the asset says more? Then straight line counts, and what was deducted above it
    /// in earlier years comes back (IRC 280F(b)).
    fn fall_to_half(self) -> bool {
        self.miles <= Self::HALF && self.asset > Self::HALF
    }
}

/// Millionths as a percentage with a tenth: `8.6%`.
pub fn percent(millionths: i64) -> String {
    format!("{}%", Decimal::new(millionths, 4).round_dp(1).normalize())
}

/// Did a car's earlier years go by the standard rate, for all that the profile and the log say?
fn drove_by_rate(year: i32, log: &[Trip], stated: &[Car], at: usize, car: &Car) -> bool {
    let mut earlier = log.iter().filter(|trip| trip.date.year() < year && trip.kind == TripKind::Business);
    match car.first_year_method {
        Some(method) => method == CarMethod::Standard,
        None => car.method != Some(CarMethod::Actual) && earlier.any(|trip| car_of(trip, stated) == Some(at)),
    }
}

fn is_sold(year: i32, held: &Held) -> bool {
    disposal(&held.asset).is_some_and(|(on, _)| on.year() == year)
}

/// A car that the standard rate was taken for is sold: the rate of every year lowers its basis.
fn sale_by_miles(held: &Held) -> Refusal {
    Refusal {
        what: format!("sale of {}, a car on the standard rate", held.asset.name),
        needs: "its basis less the depreciation in the rate of every year, Rev. Proc. 2019-46 s.4; Form 4797".to_owned(),
        advice: "Line 15 of the car's worksheet states it for each year with a log (perchart explain car.15 --year YEAR). Figure the gain or loss with it, by tax software or a preparer for the year of the sale.".to_owned(),
    }
}

/// What stands against a return with a car that has no trips of the year.
fn idle(year: i32, car: &Car, held: &Held, by_rate: bool) -> Option<Refusal> {
    let began_by_miles = car.first_year_method == Some(CarMethod::Standard) && held.asset.in_service.year() < year;
    let name = &held.asset.name;
    if by_rate && is_sold(year, held) {
        return Some(sale_by_miles(held));
    }
    let depreciated = held.of(year).is_some_and(|own| own.deduction() != Usd::ZERO);
    (began_by_miles && car.leased != Some(true) && depreciated).then(|| Refusal {
        what: format!("depreciation of {name} in {year}, a car that began with the standard rate"),
        needs: "straight line of the basis less the depreciation in the rate of every year, Rev. Proc. 2019-46 s.4".to_owned(),
        advice: "Log its trips of the year (perchart add trip, or import trips.csv): its costs are then compared without depreciation.".to_owned(),
    })
}

/// What stands against a return with the car.
fn refusal(year: i32, car: &CarYear, held: &Held, by_rate: bool) -> Option<Refusal> {
    let name = &held.asset.name;
    let is_sold = is_sold(year, held);
    if is_sold && by_rate {
        return Some(sale_by_miles(held));
    }
    let comes_back = is_sold || held.of(year).is_some_and(|own| own.recapture != Usd::ZERO);
    match car.without {
        Some(Without::OtherShare(shares)) if car.facts.standard == 0 && (shares.fall_to_half() || comes_back) => Some(Refusal {
            what: format!(
                "depreciation of {name} in {year}: {} of the miles are for the business, and the asset says {}",
                percent(shares.miles),
                percent(shares.asset)
            ),
            needs: "one share of the car for its depreciation, for what comes back of it at half or less (IRC 280F(b)) and for its sale"
                .to_owned(),
            advice: share_command(year, held, shares),
        }),
        _ => None,
    }
}

/// How the share of the miles is noted of the asset.
pub fn share_command(year: i32, held: &Held, shares: Shares) -> String {
    let (name, share) = (&held.asset.name, percent(shares.miles));
    if held.asset.in_service.year() == year {
        format!(
            "If the miles are right: the share of the first year stands in the record of {name} itself; take it back (perchart undo) and enter it again with {share}. If the asset is right, complete the log or [[car]] miles."
        )
    } else {
        format!(
            "If the miles are right: perchart asset {name:?} --business {share} --from-year {year}. If the asset is right, complete the log or [[car]] miles."
        )
    }
}

/// What the log has of one car; miles in tenths.
struct Log<'a> {
    /// The trips that count.
    counted: Vec<&'a Trip>,
    /// Commuting.
    commuted: i64,
    /// All trips.
    all: i64,
}

fn work_out(
    law: &Law,
    stated: &Car,
    cars: usize,
    log: &Log,
    costs: &[usize],
    deductions: &Deductions,
    held: Option<&Held>,
) -> CarYear {
    let is_later = |day: NaiveDate| law.mileage.later.as_ref().is_some_and(|later| day.month() >= later.month);
    let sum = |holds: &dyn Fn(NaiveDate) -> bool| -> i64 {
        log.counted.iter().filter(|trip| holds(trip.date)).map(|trip| trip.miles_tenths).sum()
    };
    let (first, later) = (sum(&|day| !is_later(day)), sum(&is_later));
    let business = first + later;
    let of_all = match stated.miles.map(tenths) {
        Some(all) if all >= business && all > 0 => Ratio { of: business, whole: all },
        _ => Ratio { of: 0, whole: 0 },
    };
    let year = i32::from(law.year);
    let leased = stated.leased == Some(true);
    let in_service = stated.in_service.or(held.map(|held| held.asset.in_service));
    let began_earlier = in_service.is_some_and(|day| day.year() < year);
    let began_with = stated.first_year_method.filter(|_| began_earlier);
    let began_by_miles = began_with == Some(CarMethod::Standard) && !leased && held.is_some();
    let own = held.and_then(|held| held.of(year));
    let shares = own.filter(|own| own.deduction() != Usd::ZERO || own.recapture != Usd::ZERO);
    let shares = shares.and_then(|own| Shares::of(of_all, own.share_millionths)).filter(|shares| shares.differ());
    let without = if began_by_miles { Some(Without::BeganByMiles) } else { shares.map(Without::OtherShare) };
    let unmodelled = without.is_none() && held.is_some_and(|held| matches!(held.fate, Fate::Unmodelled(_)));
    let depreciation = own.filter(|_| without.is_none());
    // What a row says of its share is left aside: the miles decide it.
    let paid: Usd = costs.iter().map(|at| deductions.items[*at].expense.amount).sum();
    let facts = CarFacts {
        miles_first: miles(first),
        miles_later: miles(later),
        parking: log.counted.iter().map(|trip| trip.parking).sum(),
        of_all,
        costs: paid,
        depreciation: depreciation.map(AssetYear::deduction).unwrap_or_default(),
        loan_interest: stated.loan_interest.unwrap_or_default(),
        property_tax: stated.property_tax.unwrap_or_default(),
        standard: 1,
    };
    let no_standard = if cars >= FLEET {
        Some("five or more cars at once: actual costs only")
    } else if began_with == Some(CarMethod::Actual) {
        Some("the first year went by actual costs: the standard rate is closed for this car")
    } else {
        None
    };
    let no_actual = if leased && began_with == Some(CarMethod::Standard) {
        Some("a leased car that began with the standard rate keeps it for the whole lease")
    } else if unmodelled {
        Some("the depreciation of the car is not modelled (explain its asset)")
    } else if of_all.whole == 0 {
        Some(NEEDS_MILES)
    } else {
        None
    };
    let counted: Usd = costs.iter().map(|at| deductions.items[*at].expense.business_part()).sum();
    let both = CarWorksheet::fill(law, &facts, Round::Cents);
    let standard = match (stated.method, no_standard, no_actual) {
        (_, Some(_), _) => false,
        (Some(CarMethod::Actual), None, Some(_)) if unmodelled => false,
        (_, None, Some(_)) | (Some(CarMethod::Standard), ..) => true,
        (Some(CarMethod::Actual), ..) => false,
        (Some(CarMethod::Better) | None, ..) => both.l6 >= both.l11,
    };
    let facts = CarFacts { standard: i64::from(standard), ..facts };
    let at_stake = if stated.miles.is_some() || stated.method == Some(CarMethod::Standard) {
        Usd::ZERO
    } else if !standard {
        counted
    } else if no_actual == Some(NEEDS_MILES) {
        (counted + facts.depreciation).excess(both.l3 + both.l4)
    } else {
        Usd::ZERO
    };
    CarYear {
        at_stake,
        stated: stated.clone(),
        sheet: CarWorksheet::fill(law, &facts, Round::Cents),
        facts,
        trips: log.counted.iter().map(|trip| trip.origin).collect(),
        costs: costs.iter().map(|at| deductions.items[*at].expense.origin).collect(),
        business: miles(business),
        commuting: stated.commuting_miles.unwrap_or_default().max(miles(log.commuted)),
        logged: miles(log.all),
        only: no_standard.or(no_actual),
        without,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Elections;
    use crate::book::entry::{Asset, AssetClass, AssetEvent, Bonus, Expense};
    use crate::law;
    use crate::profile::{FILE, Profile};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn trip(line: i64, date: &str, tenths: i64, kind: TripKind) -> Trip {
        Trip {
            id: line,
            origin: Origin { batch: 2, line },
            date: date.parse().expect("a day"),
            miles_tenths: tenths,
            destination: "Meridian Health".to_owned(),
            purpose: "Yearly audit meeting".to_owned(),
            kind,
            car: String::new(),
            parking: Usd::ZERO,
        }
    }

    fn paid(line: i64, category: &str, cents: i64) -> Expense {
        Expense {
            id: line,
            origin: Origin { batch: 1, line },
            date: "2025-05-15".parse().expect("a day"),
            vendor: "City Garage".to_owned(),
            description: "Paid".to_owned(),
            category: category.to_owned(),
            amount: Usd::from_cents(cents),
            share_millionths: 1_000_000,
        }
    }

    fn worked_out(year: i32, stated: &str, trips: &[Trip], rows: &[Expense]) -> (Cars, Deductions) {
        let (law, _) = law::of(year).expect("law");
        let stated = Profile::parse(FILE, stated).expect("a profile").cars;
        let mut deductions = Deductions::of(law, rows, true);
        let cars = Cars::of(law, trips, &stated, &Trade::default(), &mut deductions, &mut Register::default());
        (cars, deductions)
    }

    #[test]
    fn a_mile_counts_by_the_rate_of_its_day() {
        // The instructions' example: 1,250 x 0.70 = 875.
        let (cars, _) = worked_out(2025, "", &[trip(2, "2025-05-15", 12_500, TripKind::Business)], &[]);
        assert_eq!((cars.line_9(), cars.cars[0].sheet.l15), (Usd::dollars(875), Usd::from_cents(41_250)));
        // 100 x 0.67 = 67.
        let (cars, _) = worked_out(2024, "", &[trip(2, "2024-05-15", 1_000, TripKind::Business)], &[]);
        assert_eq!(cars.line_9(), Usd::dollars(67));
        // 2026: 100 x 0.725 + 100 x 0.76 = 148.50; the basis falls by 200 x 0.35 = 70.
        let trips =
            [trip(2, "2026-06-30", 1_000, TripKind::Business), trip(3, "2026-07-01", 1_000, TripKind::Business)];
        let (cars, _) = worked_out(2026, "", &trips, &[]);
        assert_eq!((cars.line_9(), cars.cars[0].sheet.l15), (Usd::from_cents(14_850), Usd::dollars(70)));
    }

    #[test]
    fn commutes_private_trips_and_bare_ones_do_not_count() {
        let mut bare = trip(4, "2025-05-16", 300, TripKind::Business);
        bare.purpose.clear();
        let trips = [
            trip(2, "2025-05-14", 300, TripKind::Commute),
            trip(3, "2025-05-15", 300, TripKind::Private),
            bare,
            trip(5, "2024-05-15", 300, TripKind::Business),
        ];
        let (cars, _) = worked_out(2025, "", &trips, &[]);
        let judged: Vec<Judged> = cars.trips.iter().map(|(_, judged)| *judged).collect();
        assert_eq!(judged, [Judged::Not(Some(COMMUTE)), Judged::Not(None), Judged::Asked(NO_RECORD)]);
        assert_eq!((cars.line_9(), cars.cars[0].commuting), (Usd::ZERO, Decimal::from(30)));
    }

    #[test]
    fn a_trip_of_before_the_start_does_not_count() {
        let (law, _) = law::of(2025).expect("law");
        let judged = |stated: Option<NaiveDate>, seen: &str| {
            let trade = Trade::of(stated, std::iter::once(seen.parse().expect("a day")));
            let trips = [trip(2, "2025-01-10", 300, TripKind::Business)];
            Cars::of(law, &trips, &[], &trade, &mut Deductions::default(), &mut Register::default()).trips[0].1
        };
        assert_eq!(judged("2025-01-11".parse().ok(), "2025-02-01"), Judged::Not(Some(BEFORE)));
        assert_eq!(judged("2025-01-10".parse().ok(), "2025-02-01"), Judged::Counts(0));
        assert_eq!(judged(None, "2025-01-28"), Judged::Asked(BEFORE_SEEN));
    }

    #[test]
    fn the_better_way_is_taken_and_costs_are_never_added_to_the_rate() {
        // 1,000 of 4,000 miles: 700 by the rate, and 12 of parking. Costs 1,800 x 1/4 = 450, and 12: the rate is more.
        let stated = "[[car]]\nmiles = 4000\nloan_interest = 400\nproperty_tax = 100\n";
        let mut drive = trip(2, "2025-05-15", 10_000, TripKind::Business);
        drive.parking = Usd::dollars(12);
        let rows = [paid(2, "car", 180_000), paid(3, "parking", 1_200), paid(4, "parking", 500)];
        let (cars, deductions) = worked_out(2025, stated, std::slice::from_ref(&drive), &rows);
        assert_eq!((cars.line_9(), cars.cars[0].sheet.l11), (Usd::dollars(712), Usd::dollars(462)));
        // Beside either way: 400 / 4 and 100 / 4. The parking that the trip has does not count again.
        assert_eq!((cars.interest(), cars.taxes()), (Usd::dollars(100), Usd::dollars(25)));
        assert_eq!(deductions.line(ExpenseLine::Car), Usd::dollars(5));
        // Costs of 4,000 / 4 = 1,000, and 12: actual costs are more; or as she says.
        let rows = [paid(2, "car", 400_000)];
        let (cars, deductions) = worked_out(2025, stated, std::slice::from_ref(&drive), &rows);
        assert_eq!((cars.line_9(), deductions.line(ExpenseLine::Car)), (Usd::dollars(1_012), Usd::ZERO));
        let (cars, _) =
            worked_out(2025, &format!("{stated}method = \"standard\"\n"), std::slice::from_ref(&drive), &rows);
        assert_eq!(cars.line_9(), Usd::dollars(712));
    }

    #[test]
    fn the_first_year_binds() {
        let drive = trip(2, "2025-05-15", 10_000, TripKind::Business);
        let rows = [paid(2, "car", 40_000)];
        let way = |stated: &str| {
            let (cars, _) = worked_out(2025, stated, std::slice::from_ref(&drive), &rows);
            (cars.line_9(), cars.cars[0].only.is_some())
        };
        let car = "[[car]]\nin_service = 2023-01-01\nmiles = 2000\n";
        // Closed: 400 / 2. Open again where the first year went by the rate, or is this one.
        assert_eq!(way(&format!("{car}first_year_method = \"actual\"\n")), (Usd::dollars(200), true));
        assert_eq!(way(&format!("{car}first_year_method = \"standard\"\n")), (Usd::dollars(700), false));
        let leased = format!("{car}leased = true\nfirst_year_method = \"standard\"\nmethod = \"actual\"\n");
        assert_eq!(way(&leased), (Usd::dollars(700), true));
        // Without all miles of the year there is no share.
        assert_eq!(way("[[car]]\nmethod = \"actual\"\n"), (Usd::dollars(700), true));
    }

    #[test]
    fn trips_and_costs_of_several_cars_need_a_name() {
        let stated = "[[car]]\nname = \"Corolla\"\nmiles = 1000\n[[car]]\nname = \"Van\"\nmiles = 1000\n";
        let mut named = trip(2, "2025-05-15", 1_000, TripKind::Business);
        named.car = "van".to_owned();
        let mut rows = [paid(2, "car", 90_000), paid(3, "car", 80_000)];
        rows[0].description = "Tires, Van".to_owned();
        let trips = [named, trip(3, "2025-05-16", 1_000, TripKind::Business)];
        let (cars, deductions) = worked_out(2025, stated, &trips, &rows);
        assert_eq!(
            cars.trips.iter().map(|(_, judged)| *judged).collect::<Vec<_>>(),
            [Judged::Counts(1), Judged::Asked(WHICH_CAR)]
        );
        // 100 x 0.70 = 70; 900 x 100/1,000 = 90 is more.
        assert_eq!(cars.cars.iter().map(|car| car.sheet.l12.cents()).collect::<Vec<_>>(), [0, 9_000]);
        assert_eq!(deductions.items[1].verdict, Verdict::Asked);
    }

    proptest! {
        #[test]
        fn nothing_counts_twice(miles in 1i64..200_000, more in 0i64..200_000, costs in 0i64..2_000_000, actual: bool) {
            let method = if actual { "actual" } else { "standard" };
            let all = Decimal::new(miles + more, 1);
            let stated = format!("[[car]]\nmethod = \"{method}\"\nmiles = \"{all}\"\n");
            let rows = [paid(2, "car", costs)];
            let trips = [trip(2, "2025-05-15", miles, TripKind::Business)];
            let (cars, deductions) = worked_out(2025, &stated, &trips, &rows);
            let sheet = &cars.cars[0].sheet;
            prop_assert_eq!(deductions.schedule_c(), Usd::ZERO);
            // By the rate, a cent more or less paid for the car changes nothing; by costs, no more than was paid counts.
            let by_rate = Usd::rounded(Decimal::new(miles, 1) * Decimal::new(70, 2));
            if actual { prop_assert!(cars.line_9() <= Usd::from_cents(costs)) } else { prop_assert_eq!(sheet.l12, by_rate) }
        }
    }

    /// A car of 24,000, bought and first used on 2025-02-03, 60% for the business: of 2025, 60% of 24,000 x 20% = 2,880 is
    /// depreciated, under 60% of the cap of 12,200, which is 7,320.
    fn car_asset(name: &str) -> Asset {
        Asset {
            id: 1,
            origin: Origin { batch: 3, line: 2 },
            name: name.to_owned(),
            class: AssetClass::Car,
            acquired: "2025-02-03".parse().expect("a day"),
            in_service: "2025-02-03".parse().expect("a day"),
            cost: Usd::dollars(24_000),
            share_millionths: 600_000,
            value: None,
            section_179: Usd::ZERO,
            bonus: Bonus::Out,
            events: Vec::new(),
        }
    }

    /// The cars of a year of a log, with what is depreciated of assets.
    fn with_assets(
        year: i32,
        assets: &[Asset],
        stated: &str,
        trips: &[Trip],
        rows: &[Expense],
    ) -> (Cars, Register, Usd) {
        let (law, _) = law::of(year).expect("law");
        let elections = Elections { de_minimis: true, per_item: Usd::dollars(2_500), started: None, is_stated: false };
        let mut assets = Register::of(year, assets, &[], elections).expect("law");
        let stated = Profile::parse(FILE, stated).expect("a profile").cars;
        let mut deductions = Deductions::of(law, rows, true);
        let cars = Cars::of(law, trips, &stated, &Trade::default(), &mut deductions, &mut assets);
        let depreciated = assets.in_year(year).map(|(_, own)| own.deduction()).sum();
        (cars, assets, depreciated)
    }

    #[test]
    fn a_car_on_the_standard_rate_is_not_depreciated() {
        let trips = [trip(2, "2025-05-15", 60_000, TripKind::Business)];
        let with = |method: &str| {
            let stated = format!("[[car]]\nname = \"Corolla\"\nmiles = 10000\nmethod = \"{method}\"\n");
            let (cars, _, depreciated) = with_assets(2025, &[car_asset("Corolla")], &stated, &trips, &[]);
            (cars.line_9(), cars.cars[0].sheet.l10, depreciated)
        };
        // 6,000 x 0.70 = 4,200.
        assert_eq!(with("standard"), (Usd::dollars(4_200), Usd::dollars(2_880), Usd::ZERO));
        assert_eq!(with("actual"), (Usd::ZERO, Usd::dollars(2_880), Usd::dollars(2_880)));
        assert_eq!(with("better").0, Usd::dollars(4_200));
    }

    #[test]
    fn a_car_that_began_with_the_rate_is_still_compared() {
        // 2025, its second year: 500 of 1,000 miles are 500 x 0.70 = 350; of 4,000 paid, half is 2,000, without depreciation.
        let mut asset = car_asset("Corolla");
        (asset.acquired, asset.in_service) =
            ("2024-02-03".parse().expect("a day"), "2024-02-03".parse().expect("a day"));
        let stated = "[[car]]\nname = \"Corolla\"\nmiles = 1000\nfirst_year_method = \"standard\"\n";
        let trips = [trip(2, "2025-05-15", 5_000, TripKind::Business)];
        let with = |paid_cents: i64| {
            let rows = [paid(2, "car", paid_cents)];
            let (cars, _, depreciated) = with_assets(2025, std::slice::from_ref(&asset), stated, &trips, &rows);
            let car = &cars.cars[0];
            assert_eq!((car.only, car.without), (None, Some(Without::BeganByMiles)));
            (cars.line_9(), car.sheet.l10, depreciated)
        };
        assert_eq!(with(400_000), (Usd::dollars(2_000), Usd::ZERO, Usd::ZERO));
        // Of 600, half is 300: the rate is more.
        assert_eq!(with(60_000), (Usd::dollars(350), Usd::ZERO, Usd::ZERO));
    }

    #[test]
    fn one_car_has_one_share() {
        // 860 of 10,000 miles are 8.6%, the asset says 60%; 860 x 0.70 = 602. Of 9,000 paid, 8.6% are 774.
        let stated = "[[car]]\nname = \"Corolla\"\nmiles = 10000\n";
        let with = |asset: &Asset, tenths: i64, paid_cents: i64| {
            let (trips, rows) = ([trip(2, "2025-05-15", tenths, TripKind::Business)], [paid(2, "car", paid_cents)]);
            let (cars, _, depreciated) = with_assets(2025, std::slice::from_ref(asset), stated, &trips, &rows);
            (cars.line_9().cents(), cars.cars[0].without, depreciated.cents(), cars.refusals.len())
        };
        let asset = car_asset("Corolla");
        let apart = |miles| Some(Without::OtherShare(Shares { miles, asset: 600_000 }));
        assert_eq!(with(&asset, 8_600, 900_000), (77_400, apart(86_000), 0, 1));
        // The rate is more: nothing is depreciated by it, and nothing stands against the return.
        assert_eq!(with(&asset, 8_600, 10_000), (60_200, apart(86_000), 0, 0));
        // 53% and 60%: both over half, so depreciation waits for the answer. 53% of 9,000 are 4,770, the rate 3,710.
        assert_eq!(with(&asset, 53_000, 900_000), (477_000, apart(530_000), 0, 0));
        // 56% and 60%: near enough. 5,040, and the depreciation of 2,880.
        assert_eq!(with(&asset, 56_000, 900_000), (504_000, None, 288_000, 0));
        // 49% and 52%: near, but one is over half and the other is not.
        let near = Asset { share_millionths: 520_000, ..asset };
        assert_eq!(with(&near, 49_000, 900_000).3, 1);
    }

    #[test]
    fn the_sale_of_a_car_on_the_rate_is_refused_by_name() {
        let mut sold = car_asset("Corolla");
        (sold.acquired, sold.in_service) = ("2024-02-03".parse().expect("a day"), "2024-02-03".parse().expect("a day"));
        let on = "2025-11-01".parse().expect("a day");
        sold.events.push(AssetEvent::Disposed { on, proceeds: Usd::dollars(12_000) });
        let refused = |stated: &str, trips: &[Trip]| -> Vec<String> {
            let stated = format!("[[car]]\nname = \"Corolla\"\nmiles = 1000\n{stated}");
            let (cars, ..) = with_assets(2025, std::slice::from_ref(&sold), &stated, trips, &[]);
            cars.refusals.into_iter().map(|refusal| refusal.what).collect()
        };
        let mut before = trip(2, "2024-05-15", 6_000, TripKind::Business);
        let mut of_year = trip(3, "2025-05-15", 6_000, TripKind::Business);
        (before.car, of_year.car) = ("Corolla".to_owned(), "Corolla".to_owned());
        let sale = ["sale of Corolla, a car on the standard rate"];
        assert_eq!(refused("", &[before.clone(), of_year.clone()]), sale);
        // Sold before a trip of the year: the earlier years went by the rate.
        assert_eq!(refused("", std::slice::from_ref(&before)), sale);
        assert_eq!(refused("first_year_method = \"standard\"\n", &[]), sale);
        // By actual costs from the first year on, the register figures it.
        let actual = "first_year_method = \"actual\"\nmethod = \"actual\"\n";
        assert!(refused(actual, &[before, of_year]).is_empty());
        assert!(refused("", &[]).is_empty());
    }

    #[test]
    fn missing_miles_are_asked_with_what_they_cost() {
        // 100 x 0.70 = 70 replaces 9,000 paid, at 100% by the row, and 2,880 of depreciation: up to 11,810 more.
        let trips = [trip(2, "2025-05-15", 1_000, TripKind::Business)];
        let stake = |stated: &str| {
            let (cars, ..) = with_assets(2025, &[car_asset("Corolla")], stated, &trips, &[paid(2, "car", 900_000)]);
            let said: Vec<String> = cars.at_stake().map(|(_, text)| text).collect();
            (cars.cars[0].at_stake, said)
        };
        let (amount, said) = stake("");
        assert_eq!((amount, said.len()), (Usd::dollars(11_810), 1));
        assert!(said[0].contains("$11,810.00") && said[0].contains("$2,880.00"), "{said:?}");
        assert_eq!(stake("[[car]]\nmiles = 200\n"), (Usd::ZERO, Vec::new()));
        assert_eq!(stake("[[car]]\nmethod = \"standard\"\n"), (Usd::ZERO, Vec::new()));
        // Without costs and asset the rate is all there is.
        let (cars, ..) = with_assets(2025, &[], "", &trips, &[]);
        assert_eq!(cars.cars[0].at_stake, Usd::ZERO);
    }

    #[test]
    fn a_car_of_another_name_keeps_its_depreciation() {
        let trips = [trip(2, "2025-05-15", 1_000, TripKind::Business)];
        let with = |names: &[&str], stated: &str| {
            let assets: Vec<Asset> = names.iter().map(|name| car_asset(name)).collect();
            let (cars, register, depreciated) = with_assets(2025, &assets, stated, &trips, &[]);
            let stated = Profile::parse(FILE, stated).expect("a profile").cars;
            (cars.line_9().cents(), depreciated.cents(), Cars::unnamed(&stated, &register).len())
        };
        // 100 x 0.70 = 70 for the Corolla; the Toyota is another car.
        assert_eq!(with(&["Toyota"], "[[car]]\nname = \"Corolla\"\n"), (7_000, 288_000, 1));
        assert_eq!(with(&["Toyota"], "[[car]]\nname = \" toyota\"\n"), (7_000, 0, 0));
        // A car without a name is the only one there is.
        assert_eq!(with(&["Toyota"], "[[car]]\nleased = false\n"), (7_000, 0, 0));
        assert_eq!(with(&["Toyota"], ""), (7_000, 0, 0));
        assert_eq!(with(&["Toyota", "Van"], ""), (7_000, 576_000, 2));
    }
}
