//! The returns of a household through the years of a thing's life, what one year leaves over going into the next.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Asked, OfYear, Outcome, Problem, Saved, Way, among, elections};
use crate::assets::life::Start;
use crate::assets::{Fate, Register, adopt};
use crate::book::entry::{Asset, Expense};
use crate::deduct::startup::StartUp;
use crate::deduct::{self};
use crate::household;
use crate::law::{self, FilingStatus, Law};
use crate::money::{Rate, Round, Usd};
use crate::tax::facts::{Business, Household};
use crate::tax::form_4562::Depreciation;
use crate::tax::{self, Return};
use crate::year::Year;

/// Lines in cents: whole dollars and rows of the Tax Table would put steps into small differences.
const ROUND: Round = Round::Cents;

/// What of a return tells ways apart.
#[derive(Clone, Copy, Debug)]
pub struct Lived {
    /// The law it was filled under.
    pub law: &'static Law,
    /// The filing status.
    pub status: FilingStatus,
    /// Total tax less refundable credits.
    pub net_tax: Usd,
    /// Self-employment tax, with Additional Medicare Tax on it.
    pub self_employment: Usd,
    /// The business income deduction.
    pub qbi: Usd,
    /// Premium tax credit, less what is paid back of its advance.
    pub premium: Usd,
    /// Other credits, refunded or not.
    pub credits: Usd,
    /// Taxable income at ordinary rates.
    pub ordinary: Usd,
    /// Schedule C line 31 of the business.
    pub profit: Usd,
    /// Form 8962 line 5; 0 without marketplace insurance.
    pub poverty_percent: i64,
    /// How far household income is below four times the poverty line; less than zero above it, none without such insurance.
    pub below_cliff: Option<Usd>,
    /// Is adjusted gross income below zero?
    pub is_loss: bool,
    /// Section 179 elected or carried here, and what income leaves room for.
    pub room_179: Option<Usd>,
}

/// What goes from one year into the next.
#[derive(Clone, Copy, Debug, Default)]
struct Carried {
    section_179: Usd,
    qbi_loss: Usd,
    home_operating: Usd,
    home_depreciation: Usd,
}

/// The things as a way has them.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub things: Vec<Asset>,
    pub de_minimis: bool,
}

/// Why a way comes to no end.
pub(super) enum Stop {
    /// It is not open.
    Closed(String),
    /// Nothing can be worked out.
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Problem(problem)
    }
}

/// Years of a path: the return, what the things deduct, and what of section 179 was carried in and out.
struct Step {
    lived: Lived,
    deducted: Usd,
    carried_in: Usd,
    carried_out: Usd,
}

/// What all ways start from.
pub(super) struct Ground<'a> {
    year: &'a Year,
    asked: &'a Asked,
    first: i32,
    last: i32,
    /// Other things of the book, and the expenses that pay for equipment.
    others: Vec<Asset>,
    expenses: Vec<Expense>,
    /// What the safe harbor expenses of other purchases in the book's year.
    expensed: Usd,
    /// The household of each year that has law of its own.
    households: BTreeMap<u16, Household>,
    filled: Box<Return>,
    without: Vec<Step>,
}

impl<'a> Ground<'a> {
    /// Gathers it, and walks the path without the things.
    pub(super) fn new(year: &'a Year, asked: &'a Asked, first: i32, last: i32) -> Result<Ground<'a>, Problem> {
        let number = year.number();
        let is_thing = |origin| !asked.thought && asked.things.iter().any(|thing| thing.origin == origin);
        let paid: Vec<_> =
            year.assets.held.iter().filter(|held| is_thing(held.asset.origin)).filter_map(|held| held.paid).collect();
        let others = year.records.assets.iter().filter(|asset| asset.in_service.year() <= number);
        let others = others.filter(|asset| !is_thing(asset.origin)).cloned().collect();
        let bought = |row: &&Expense| adopt::is_equipment(row) || row.category == "software";
        let expenses = year.records.expenses.iter().filter(|row| row.date.year() <= number).filter(bought);
        let expenses: Vec<Expense> =
            expenses.filter(|row| !is_thing(row.origin) && !paid.contains(&row.origin)).cloned().collect();
        let small = year.deductions.items.iter().filter(|item| item.is_equipment());
        let small = small.filter(|item| !is_thing(item.expense.origin) && !paid.contains(&item.expense.origin));
        let expensed = small.map(|item| item.counts).sum();
        let mut ground = Ground {
            year,
            asked,
            first,
            last,
            others,
            expenses,
            expensed,
            households: BTreeMap::new(),
            filled: Box::default(),
            without: Vec::new(),
        };
        let nothing = Setup { things: Vec::new(), de_minimis: ground.elects() };
        ground.without = ground.walk(&nothing).map_err(|stop| match stop {
            Stop::Problem(problem) => problem,
            Stop::Closed(why) => Problem::NoWay(why),
        })?;
        Ok(ground)
    }

    pub(super) fn things(&self) -> &'a [Asset] {
        &self.asked.things
    }

    pub(super) const fn year(&self) -> &'a Year {
        self.year
    }

    pub(super) const fn thought(&self) -> bool {
        self.asked.thought
    }

    pub(super) const fn discount(&self) -> Rate {
        self.asked.discount
    }

    /// Is the safe harbor elected in the book?
    pub(super) fn elects(&self) -> bool {
        self.year.profile.business.de_minimis_election.unwrap_or(true)
    }

    /// A way against no thing, year by year.
    pub(super) fn outcome(&mut self, way: Way, setup: Setup) -> Result<Outcome, Stop> {
        let steps = self.walk(&setup)?;
        let mut years = Vec::new();
        for ((number, with), without) in (self.first..).zip(&steps).zip(&self.without) {
            let more = |with: Usd, without: Usd| with - without;
            years.push(OfYear {
                year: number,
                // What income leaves no room for is deducted in the year to which it is carried.
                deducted: with.deducted + more(with.carried_in, without.carried_in)
                    - more(with.carried_out, without.carried_out),
                saved: Saved::between(&without.lived, &with.lived),
                with: with.lived,
                without: without.lived,
            });
        }
        let by_179 = matches!(way, Way::Section179 | Way::Part { .. });
        if by_179 && years.first().is_some_and(|year| year.with.room_179 == Some(Usd::ZERO)) {
            return Err(Stop::Closed(format!(
                "the profit and wages of {} leave no room for it: all of it would be carried on (IRC 179(b)(3))",
                self.first
            )));
        }
        let today = years.iter().map(|year| year.saved.earlier(self.discount(), year.year - self.first)).sum();
        let left = |steps: &[Step]| steps.last().map_or(Usd::ZERO, |step| step.carried_out);
        let notes = self.register(self.first, &setup)?.notes;
        let notes = notes.into_iter().filter(|note| note.starts_with("The special allowance is elected out")).collect();
        Ok(Outcome { way, things: setup.things, years, today, carried: left(&steps) - left(&self.without), notes })
    }

    /// All things at a year's end.
    fn register(&self, number: i32, setup: &Setup) -> Result<Register, Stop> {
        let given_up = self.elects() && !setup.de_minimis;
        let per_item = self.year.law.de_minimis.per_item;
        // Given up, the safe harbor is so for this year alone: what earlier years expensed stays so.
        let keeps = |year: i32, cost: Usd, is_equipment: bool| {
            !given_up || year == self.first || cost > per_item || !is_equipment
        };
        let others = self.others.iter().filter(|asset| {
            let expensed = self
                .year
                .assets
                .held
                .iter()
                .any(|held| held.asset.origin == asset.origin && held.fate == Fate::Expensed);
            !given_up || !expensed || asset.acquired.year() == self.first
        });
        let assets: Vec<Asset> = others.chain(&setup.things).cloned().collect();
        let expenses = self.expenses.iter().filter(|row| keeps(row.date.year(), row.amount, adopt::is_equipment(row)));
        let expenses: Vec<Expense> = expenses.cloned().collect();
        let mut register = Register::of(number, &assets, &expenses, elections(self.year, setup.de_minimis))
            .map_err(|problem| Stop::Problem(problem.into()))?;
        // A car on the standard rate stays there.
        let by_miles = self.year.assets.held.iter().filter(|held| held.fate == Fate::ByMiles);
        let by_miles: Vec<_> = by_miles.map(|held| held.asset.origin).collect();
        for held in &mut register.held {
            if by_miles.contains(&held.asset.origin) {
                held.fate = Fate::ByMiles;
            }
        }
        Ok(register)
    }

    /// Fills the return of each year.
    fn walk(&mut self, setup: &Setup) -> Result<Vec<Step>, Stop> {
        let mut steps = Vec::new();
        let mut carried = Carried {
            section_179: self.year.profile.business.section_179_carryover.unwrap_or_default(),
            qbi_loss: self.year.household.other_income.qbi_loss,
            ..Carried::default()
        };
        if let Some(office) = self.year.household.taxpayer.offices.first() {
            (carried.home_operating, carried.home_depreciation) =
                (office.carryover_operating, office.carryover_depreciation);
        }
        for number in self.first..=self.last {
            let (step, next) = self.step(number, setup, carried)?;
            steps.push(step);
            carried = next;
        }
        Ok(steps)
    }

    fn step(&mut self, number: i32, setup: &Setup, carried: Carried) -> Result<(Step, Carried), Stop> {
        let law = law_of(number).map_err(|problem| Stop::Problem(problem.into()))?;
        let register = self.register(number, setup)?;
        let separate = self.year.household.status == FilingStatus::Separate;
        let mut refusals = register.refusals();
        if register.is_over_179(law, separate) {
            refusals.push(crate::assets::facts::over_179(number));
        }
        if let Some(refusal) = refusals.into_iter().next() {
            return Err(Stop::Closed(format!("{} ({})", refusal.what, refusal.needs)));
        }
        let household = self.household(number, law, setup, &register, carried)?;
        tax::owe_into(&mut self.filled, law, &household, ROUND).map_err(|refusals| {
            if setup.things.is_empty() {
                return Stop::Problem(Problem::Refused(refusals));
            }
            let words = refusals.iter().map(|refusal| format!("{} ({})", refusal.what, refusal.needs));
            Stop::Closed(words.collect::<Vec<_>>().join("; "))
        })?;
        let filled = &*self.filled;
        let (carried_out, room_179) = match filled.form_4562.first().filter(|_| filled.depreciates) {
            Some(form) => (form.l13, (form.l8 + form.l10 > Usd::ZERO).then_some(form.l11)),
            None => (Usd::ZERO, None),
        };
        let regular = household.taxpayer.offices.first().is_some_and(|office| office.actual != 0);
        let (home_operating, home_depreciation) = match filled.form_8829.first().filter(|_| regular) {
            Some(form) => (form.l43, form.l44),
            None => (carried.home_operating, carried.home_depreciation),
        };
        let next = Carried {
            section_179: carried_out,
            qbi_loss: -filled.form_8995.l_carry,
            home_operating,
            home_depreciation,
        };
        let deducted = among(&register, setup)
            .map(|held| match &held.fate {
                Fate::Expensed if held.asset.acquired.year() == number => Start::of(&held.asset).business,
                _ => held.of(number).map_or(Usd::ZERO, crate::assets::life::AssetYear::deduction),
            })
            .sum();
        let lived = lived(law, filled, room_179);
        Ok((Step { lived, deducted, carried_in: carried.section_179, carried_out }, next))
    }

    /// The household of a year: that of the book, or the same again under the year's law.
    fn household(
        &mut self,
        number: i32,
        law: &'static Law,
        setup: &Setup,
        register: &Register,
        carried: Carried,
    ) -> Result<Household, Stop> {
        let year = self.year;
        let base = if let Some(known) = self.households.get(&law.year) {
            known.clone()
        } else {
            let household = if law.year == year.law.year {
                year.household.clone()
            } else {
                let (mut household, _) =
                    household::of(law, &year.profile).map_err(|problem| Stop::Problem(problem.into()))?;
                household.taxpayer.offices.clone_from(&year.household.taxpayer.offices);
                household
            };
            self.households.insert(law.year, household.clone());
            household
        };
        let (business, facts) = self.business(number, law, setup, register, carried);
        let mut household = household::with_business(base, business, year.own.facts(), year.own.estimated.amount);
        household.taxpayer.depreciation = (facts != Depreciation::default()).then(|| Box::new(facts));
        household.other_income.qbi_loss = carried.qbi_loss;
        household.other_income.long_gain += register.gains().1;
        if self.asked.profits.contains_key(&number) {
            household.taxpayer.offices.clear();
        }
        if let Some(office) = household.taxpayer.offices.first_mut() {
            (office.carryover_operating, office.carryover_depreciation) =
                (carried.home_operating, carried.home_depreciation);
            if number > year.number() {
                office.first_month = 0;
            }
        }
        Ok(household)
    }

    /// The business of a year, and what it depreciates.
    fn business(
        &self,
        number: i32,
        law: &Law,
        setup: &Setup,
        register: &Register,
        carried: Carried,
    ) -> (Business, Depreciation) {
        let (year, stated) = (self.year, &self.year.profile.business);
        if let Some(profit) = self.asked.profits.get(&number) {
            // The profit that is asked for has everything in it but the things.
            let mut own = register.clone();
            own.held.retain(|held| setup.things.iter().any(|thing| thing.origin == held.asset.origin));
            let lines =
                Business { gross_receipts: profit.floor0(), returns: (-*profit).floor0(), ..Business::default() };
            let business = Business { home_area: 0, home_actual: Usd::ZERO, ..deduct::standing(stated, lines) };
            return (deduct::with_assets(business, &own), own.facts(carried.section_179));
        }
        let mut lines = year.deductions.business_without_equipment();
        if number == year.number() && setup.de_minimis {
            lines.other += self.expensed;
        }
        let cars = &year.cars;
        lines.car += cars.line_9();
        lines.interest += cars.interest();
        lines.taxes += cars.taxes();
        let mut business = Business {
            gross_receipts: year.earnings.gross_receipts(),
            returns: year.earnings.returns(),
            other_income: stated.other_income.unwrap_or_default(),
            depreciation: stated.depreciation.unwrap_or_default(),
            ..deduct::standing(stated, lines)
        };
        if let Some(home) = &year.home {
            home.square_feet_into(&mut business);
        }
        let mut facts = register.facts(carried.section_179);
        if let Some(costs) = StartUp::of(law, &year.records.expenses, self.elects(), &year.trade, &year.records.said())
        {
            costs.put_into(&mut facts);
        }
        (deduct::with_assets(business, register), facts)
    }
}

/// The law of a year, or the latest there is.
fn law_of(number: i32) -> Result<&'static Law, law::Problem> {
    let latest = law::years().map(i32::from).max().unwrap_or(number);
    law::figures(number.min(latest))
}

fn lived(law: &'static Law, filled: &Return, room_179: Option<Usd>) -> Lived {
    let form = &filled.form_1040;
    let credit = &filled.form_8962;
    let refunded = form.refundable - credit.l26;
    Lived {
        law,
        status: filled.filer.status,
        net_tax: filled.net_tax(),
        self_employment: filled.self_employment_taxes(),
        qbi: filled.taxable.qbi,
        premium: credit.l26 - credit.l29,
        credits: refunded + (filled.tax.l18 - form.l22),
        ordinary: filled.taxable.l15.excess(filled.gains.net),
        profit: filled.schedule_c.first().map_or(Usd::ZERO, |c| c.l31),
        poverty_percent: credit.l5,
        below_cliff: (credit.l1 > 0).then(|| credit.l4 * 4 - credit.l3),
        is_loss: filled.agi.agi < Usd::ZERO,
        room_179,
    }
}
