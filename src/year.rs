//! One tax year of one book, worked out: earnings, deductions, return, and what a comparison starts from.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, dec};

use crate::assets::life::AssetYear;
use crate::assets::{self, Elections, Held, Register};
use crate::book::category::{OwnBenefit, Target};
use crate::book::entry::{Asset, Batch, Charts, Expense, Kind, Movement, Origin, Payment, Receipt, TimeEntry, Trip};
use crate::book::work::Work;
use crate::book::{self, Book, Corrected, Correction, Says};
use crate::car::{CarYear, Cars};
use crate::compare::Scenario;
use crate::compare::settings::{self, Settings, Source};
use crate::deduct::share::{self, Said, SaidBy};
use crate::deduct::startup::StartUp;
use crate::deduct::trade::Trade;
use crate::deduct::{self, Deductions, OwnYear, Verdict, education};
use crate::earnings::Earnings;
use crate::home::{self, HomeYear, Method};
use crate::household::{self, UnknownSituation};
use crate::income::{self, Income, Receivable};
use crate::law::{self, Citations, Law};
use crate::ledger::{self, Decision, Label, Rules, Usage};
use crate::money::{Round, Usd};
use crate::profile::{self, Profile};
use crate::tax::facts::{Business, FilingStatus, Household};
use crate::tax::form_4562::Depreciation;
use crate::tax::screen::Refusal;
use crate::tax::{self, Return};

/// So many months of records show what a year costs.
const FULL_YEAR: u32 = 11;

/// A child's premium beside an adult's $7,806 at age 40: 0.765 against 1.278 on the federal age curve.
const CHILD_PREMIUM: Usd = Usd::dollars(4_673);

/// All records of a book.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Work done, in sums or by single rows.
    pub work: Work,
    /// The rows of work; none where only sums were read.
    pub charts: Vec<Charts>,
    /// Money received.
    pub payments: Vec<Payment>,
    /// Money spent.
    pub expenses: Vec<Expense>,
    /// Things that last longer than a year, of all years, with what became of them.
    pub assets: Vec<Asset>,
    /// Trips by car.
    pub trips: Vec<Trip>,
    /// Files that prove records.
    pub receipts: Vec<Receipt>,
    /// Rows of statements.
    pub movements: Vec<Movement>,
    /// Time spent.
    pub times: Vec<TimeEntry>,
    /// What the user said of rows.
    pub corrections: Vec<(Corrected, Correction)>,
    /// What the rows of statements are, in their order; none before they are [settled](Records::settled).
    pub decisions: Vec<Decision>,
    /// The imports they came by.
    pub batches: Vec<Batch>,
}

impl Records {
    /// All records of a book.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn of(book: &Book) -> Result<Records, book::Error> {
        let charts = book.charts(None)?;
        Ok(Records { work: Work::each(&charts), charts, ..Records::summed(book)? })
    }

    /// All records of a book, but of the work the sums alone.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn summed(book: &Book) -> Result<Records, book::Error> {
        Ok(Records {
            work: book.work()?,
            charts: Vec::new(),
            payments: book.payments(None)?,
            expenses: book.expenses(None)?,
            assets: book.assets(None)?,
            trips: book.trips(None)?,
            receipts: book.receipts()?,
            movements: book.movements(None)?,
            times: book.times(None)?,
            corrections: book.corrections()?,
            decisions: Vec::new(),
            batches: book.batches()?,
        })
    }

    /// With what the user said of expenses, and beside the records of files those that follow from statements.
    pub fn settled(mut self, profile: &Profile, rules: &Rules) -> Records {
        self.correct_expenses();
        let payers = self.payers(profile);
        let ledger = ledger::settle(&self.input(&payers, rules, &profile.shares));
        let (expenses, payments) = (ledger.expenses(), ledger.payments());
        let mut decisions: HashMap<i64, Decision> =
            ledger.rows().map(|(row, decision)| (row.id, decision.clone())).collect();
        self.decisions = self.movements.iter().filter_map(|row| decisions.remove(&row.id)).collect();
        self.expenses.extend(expenses);
        self.expenses.sort_by_key(|row| row.date);
        self.payments.extend(payments);
        self.payments.sort_by_key(|row| row.received_on);
        self
    }

    /// Puts what the user said of expenses of files in place of what the files say.
    pub fn correct_expenses(&mut self) {
        for (of, correction) in &self.corrections {
            let expense = self.expenses.iter_mut().find(|expense| *of == Corrected::Expense(expense.id));
            if let Some(expense) = expense {
                let category = match &correction.says {
                    Says::Category(id) => id,
                    Says::Private | Says::Transfer | Says::Income | Says::Reimbursement => "personal",
                };
                category.clone_into(&mut expense.category);
                expense.share_millionths = correction.share_millionths;
            }
        }
    }

    /// The names of all payers, of the profile and of the records.
    pub fn payers(&self, profile: &Profile) -> Vec<String> {
        ledger::payer_names(&profile.payers, &self.work, &self.payments)
    }

    /// What statements are settled from. Ask before the records are settled.
    pub fn input<'a>(
        &'a self,
        payers: &'a [String],
        rules: &'a Rules,
        shares: &'a [profile::Share],
    ) -> ledger::Input<'a> {
        ledger::Input {
            movements: &self.movements,
            corrections: &self.corrections,
            rules,
            payers,
            payments: &self.payments,
            expenses: &self.expenses,
            shares,
        }
    }

    /// The days of work and of payments, in no order.
    fn days_at_work(&self) -> impl Iterator<Item = NaiveDate> {
        let worked = self.work.days.iter().map(|row| row.work_date);
        worked.chain(self.payments.iter().map(|row| row.received_on))
    }

    /// The imports of statements.
    fn statements_imported(&self) -> HashSet<i64> {
        self.batches.iter().filter(|batch| batch.kind == Kind::Bank).map(|batch| batch.id).collect()
    }

    /// The expenses and rows of statements that the user spoke of.
    pub fn said(&self) -> Said {
        let of_file =
            |origin: Origin| self.batches.iter().any(|batch| batch.id == origin.batch && batch.kind == Kind::Expenses);
        let origin = |of: &Corrected| match of {
            Corrected::Movement(id) => self.movements.iter().find(|row| row.id == *id).map(|row| row.origin),
            Corrected::Expense(id) => {
                self.expenses.iter().find(|row| row.id == *id && of_file(row.origin)).map(|row| row.origin)
            }
        };
        self.corrections.iter().filter_map(|(of, _)| origin(of)).collect()
    }

    /// Every row of a statement with what it is.
    pub fn statements(&self) -> impl Iterator<Item = (&Movement, &Decision)> {
        self.movements.iter().zip(&self.decisions)
    }

    /// File and line of a record: `charts.csv:14`.
    pub fn place(&self, origin: Origin) -> String {
        let file = self.batches.iter().find(|batch| batch.id == origin.batch).map_or("?", |batch| batch.file.as_str());
        format!("{file}:{}", origin.line)
    }
}

/// Why a year cannot be worked out.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No law for the year.
    #[error(transparent)]
    Law(#[from] law::Problem),
    /// A situation on the `outside` list that does not exist.
    #[error(transparent)]
    Situation(#[from] UnknownSituation),
}

/// One tax year of one book, worked out.
pub struct Year {
    /// The year's law.
    pub law: &'static Law,
    /// Its citations.
    pub citations: &'static Citations,
    /// What the user states.
    pub profile: Profile,
    /// All records.
    pub records: Records,
    /// Who said which share of an expense is for the business.
    pub shares: HashMap<Origin, SaidBy>,
    /// Since when she is in the trade.
    pub trade: Trade,
    /// What was earned and received.
    pub earnings: Earnings,
    /// What lasts longer than a year.
    pub assets: Register,
    /// What is deducted, and what is not.
    pub deductions: Deductions,
    /// The cars, and the trips of the year.
    pub cars: Cars,
    /// What was paid before the business began, and what the year deducts of it.
    pub start_up: Option<StartUp>,
    /// Own benefits and payments.
    pub own: OwnYear,
    /// The household without the business and what the filer pays as its owner.
    pub household: Household,
    /// What was assumed about the household.
    pub assumed: Vec<String>,
    /// The home office, where one is stated.
    pub home: Option<HomeYear>,
    /// The return, or why there is none.
    pub filled: Result<Return, Vec<Refusal>>,
}

impl Year {
    /// Works a year out.
    ///
    /// # Errors
    /// [`Problem`] where there is no law for the year, or the profile names a situation that does not exist.
    pub fn work_out(year: i32, mut records: Records, mut profile: Profile, round: Round) -> Result<Year, Problem> {
        let (law, citations) = law::of(year)?;
        let carried = leave_carryovers_to_their_year(&mut profile, year);
        let said = records.said();
        let shares = share::settle(&mut records.expenses, &profile.shares, &said);
        let earnings = Earnings::of(year, &records.work, &records.payments, &profile.payers);
        let election = profile.business.de_minimis_election.unwrap_or(true);
        let trade = Trade::of(profile.business.started, records.days_at_work());
        let elections = Elections {
            de_minimis: election,
            per_item: law.de_minimis.per_item,
            started: trade.started,
            is_stated: trade.stated,
        };
        let mut assets = Register::of(year, &records.assets, &records.expenses, elections)?;
        let mut deductions = Deductions::beside(law, &records.expenses, election, &assets);
        if let Some(used) = home::used(law, &profile.home) {
            deductions.at_home(used);
        }
        let statements = records.statements_imported();
        let judge =
            education::Judge { trade: &trade, stated: &profile.education, said: &said, statements: &statements };
        judge.judge(&mut deductions);
        deductions.leave_out_landlines(&said);
        deductions.hold_back_before(&trade);
        let cars = Cars::of(law, &records.trips, &profile.cars, &trade, &mut deductions, &mut assets);
        let start_up = StartUp::of(law, &records.expenses, election, &trade, &said);
        let mut home = HomeYear::of(law, &profile, &deductions);
        let own = OwnYear::of(&deductions, &profile.benefits);
        let (household, mut assumed) = household::of(law, &profile)?;
        assumed.extend(carried);
        let mut year = Year {
            law,
            citations,
            profile,
            records,
            shares,
            trade,
            earnings,
            assets,
            deductions,
            cars,
            start_up,
            own,
            household,
            assumed,
            home: None,
            filled: Err(Vec::new()),
        };
        year.filled = year.prepare(home.as_mut(), &year.household_with(year.business()), round);
        year.household.taxpayer.offices = home.as_ref().map(HomeYear::offices).unwrap_or_default();
        year.home = home;
        Ok(year)
    }

    /// The business of the year, as Schedule C reads it beside Form 4562 and the form of the home.
    pub fn business(&self) -> Business {
        let rows = deduct::business(&self.earnings, &self.deductions, &self.profile.business);
        let rows = deduct::with_assets(rows, &self.assets);
        Business {
            car: rows.car + self.cars.line_9(),
            interest: rows.interest + self.cars.interest(),
            taxes: rows.taxes + self.cars.taxes(),
            ..rows
        }
    }

    /// The return of a household, unless an asset's law is not modelled.
    fn prepare(
        &self,
        home: Option<&mut HomeYear>,
        household: &Household,
        round: Round,
    ) -> Result<Return, Vec<Refusal>> {
        let mut refusals = self.assets.refusals();
        refusals.extend(self.cars.refusals.iter().cloned());
        if self.assets.is_over_179(self.law, household.status == FilingStatus::Separate) {
            refusals.push(assets::facts::over_179(self.number()));
        }
        let filled = match home {
            Some(home) => home.file(self.law, household, round),
            None => tax::prepare(self.law, household, round),
        };
        let held_back = filled.as_ref().is_ok_and(|filled| filled.form_4562.iter().any(|form| form.l13 > Usd::ZERO));
        if held_back || self.profile.business.section_179_carryover > Some(Usd::ZERO) {
            refusals.extend(self.assets.leaving_with_179().map(|held| assets::facts::held_back_179(&held.asset)));
        }
        match filled {
            Err(others) => Err(refusals.into_iter().chain(others).collect()),
            Ok(_) if !refusals.is_empty() => Err(refusals),
            filled => filled,
        }
    }

    /// What the business depreciates and amortizes; none where there is nothing.
    pub fn depreciation(&self) -> Option<Depreciation> {
        let carried = self.profile.business.section_179_carryover.unwrap_or_default();
        let mut depreciation = self.assets.facts(carried);
        if let Some(costs) = &self.start_up {
            costs.put_into(&mut depreciation);
        }
        (depreciation != Depreciation::default()).then_some(depreciation)
    }

    /// The year as a number.
    pub fn number(&self) -> i32 {
        i32::from(self.law.year)
    }

    /// Income from three sides: statements, deposits, Forms 1099; as seen on a day.
    pub fn income(&self, today: NaiveDate) -> Income {
        let records = &self.records;
        let given = income::Given {
            law: self.law,
            profile: &self.profile,
            earnings: &self.earnings,
            work: &records.work,
            payments: &records.payments,
            expenses: &records.expenses,
            movements: &records.movements,
            decisions: &records.decisions,
        };
        Income::of(&given, today)
    }

    /// What payers owe at the end of a day.
    pub fn receivables(&self, today: NaiveDate) -> Vec<Receivable> {
        let books = income::Books::of(&self.records.work, &self.records.payments, &self.profile.payers);
        income::receivables(&books, today)
    }

    /// The latest day of a record of the book, of any year.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let records = &self.records;
        let days = records.work.days.iter().map(|row| row.work_date);
        let days = days.chain(records.payments.iter().map(|row| row.received_on));
        days.chain(records.expenses.iter().map(|row| row.date))
            .chain(records.movements.iter().map(|row| row.date))
            .max()
    }

    /// Is a day of the year?
    pub fn days_hold(&self, day: NaiveDate) -> bool {
        day.year() == self.number()
    }

    /// Does the business file Form 4562, so that a car's answers go on its Part V? It does for what is placed in service in the
    /// year, for section 179, for listed property, for an amortization that begins, and for the first year of a home
    /// (Schedule C instructions, line 13; Form 4562 instructions).
    pub fn files_form_4562(&self) -> bool {
        let stated = self.profile.business.depreciation.is_some_and(|amount| amount > Usd::ZERO);
        let is_new =
            |(held, own): (&Held, &AssetYear)| self.days_hold(held.asset.in_service) && own.deduction() != Usd::ZERO;
        let new_home = self.home.as_ref().is_some_and(|home| {
            let form = home.regular.as_ref().and_then(|filled| filled.form_8829.first());
            let begins = home.office.is_some_and(|office| office.first_month != 0);
            home.taken == Some(Method::Regular) && begins && form.is_some_and(|form| form.l42 > Usd::ZERO)
        });
        let other = self.depreciation().is_some_and(|own| {
            let section_179 = own.elected + own.listed_elected + own.carryover;
            let listed = own.listed + own.listed_straight + own.listed_allowance;
            section_179 + listed + own.amortization_begun != Usd::ZERO
        });
        let by_costs = |car: &CarYear| {
            let is_depreciated = car.sheet.l10 != Usd::ZERO || car.without.is_some();
            car.facts.standard != 1 && car.stated.leased != Some(true) && is_depreciated
        };
        stated
            || new_home
            || other
            || self.assets.in_year(self.number()).any(is_new)
            || self.cars.cars.iter().any(by_costs)
    }

    /// What the year deducts of start-up costs.
    pub fn start_up_deduction(&self) -> Usd {
        self.start_up.as_ref().map_or(Usd::ZERO, |costs| costs.sheet.l9)
    }

    /// The days of the records of the year.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let records = &self.records;
        let days = records.work.days.iter().map(|row| row.work_date);
        let days = days
            .chain(records.payments.iter().map(|row| row.received_on))
            .chain(records.expenses.iter().map(|row| row.date));
        days.filter(|day| day.year() == self.number())
    }

    /// The latest day of a record of the year, where the year is not yet complete in the book.
    pub fn records_end(&self) -> Option<NaiveDate> {
        let last = self.days().max()?;
        (last.month() < 12).then_some(last)
    }

    /// Months of the year from the first to the last record, both counted; 0 without records.
    pub fn months_covered(&self) -> u32 {
        match (self.days().min(), self.days().max()) {
            (Some(first), Some(last)) => last.month() - first.month() + 1,
            _ => 0,
        }
    }

    /// What statements leave open, and what rests on what was assumed of them.
    fn of_statements(&self) -> Vec<String> {
        let rows = || self.records.statements().filter(|(row, _)| row.date.year() == self.number());
        let open: Vec<&Movement> =
            rows().filter(|(_, decision)| decision.label == Label::NeedsYou).map(|(row, _)| row).collect();
        let mut said = Vec::new();
        if !open.is_empty() {
            let dollars = || open.iter().filter(|row| row.currency == ledger::DOLLARS).map(|row| row.amount);
            let (into, out): (Usd, Usd) =
                (dollars().map(Usd::floor0).sum(), dollars().map(|out| (-out).floor0()).sum());
            let rows = if open.len() == 1 { "1 row".to_owned() } else { format!("{} rows", open.len()) };
            said.push(format!(
                "{rows} of statements of {} may count, but only you know: {into:#} in and {out:#} out. Answer them: perchart categorize --label needs-you",
                self.number()
            ));
        }
        let assumed = rows().filter_map(|(_, decision)| match &decision.usage {
            Usage::Expense { category, .. } if decision.label == Label::Assumed && category.target != Target::Never => {
                Some(decision.movement)
            }
            _ => None,
        });
        let assumed: HashSet<i64> = assumed.collect();
        if !assumed.is_empty() {
            let of_rows = self.records.statements().filter(|(row, _)| assumed.contains(&row.id));
            let spent: Usd = of_rows.map(|(row, _)| -row.amount).sum();
            let rows = if assumed.len() == 1 { "1 row".to_owned() } else { format!("{} rows", assumed.len()) };
            said.push(format!(
                "{spent:#} of expenses and payments rest on what was assumed of {rows} of statements: perchart categorize --label assumed"
            ));
        }
        said
    }

    /// What the user should know before she trusts a figure of the year.
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = self.assumed.clone();
        cautions.extend(self.assets.notes.iter().cloned());
        cautions.extend(self.of_statements());
        cautions.extend(self.cars.at_stake().map(|(_, text)| text));
        let year = self.number();
        if let Some(costs) = self.start_up.as_ref().filter(|_| !self.trade.stated) {
            cautions.push(format!(
                "The first work or payment in the book is of {}; it is taken for the day you began, and {:#} paid before it for start-up costs. If you coded for pay earlier, state the day: [business] started in perchart.toml.",
                costs.started, costs.facts.costs
            ));
        }
        if let Some(last) = self.records_end() {
            cautions.push(format!(
                "The latest record of {year} is of {last}: these are the figures of what is in the book so far."
            ));
        }
        if let Some(stated) = self.profile.tax_year.filter(|stated| i32::from(*stated) != year) {
            cautions
                .push(format!("perchart.toml states the household of {stated}; it is taken for {year} as it stands."));
        }
        let mut forms = self.filled.iter().flat_map(|filled| &filled.form_4562);
        if let Some(form) = forms.rfind(|form| form.l13 > Usd::ZERO) {
            cautions.push(format!(
                "{:#} of section 179 is more than the income of {year} lets through and is carried (Form 4562 line 13). State it next year: [business] section_179_carryover in perchart.toml.",
                form.l13
            ));
        }
        if self.states_health_twice() {
            cautions.push("Health premiums stand in your records or under [benefits], and a plan under [household.marketplace]. If they are of the same plan, they count twice: a marketplace plan belongs under [household.marketplace] alone.".to_owned());
        }
        for (one, other) in self.earnings.suspected_twins() {
            cautions.push(format!(
                "\"{one}\" has charts but no payments, \"{other}\" has payments but no charts. If they are one payer, its money is counted twice: give both files the same name."
            ));
        }
        for payer in &self.earnings.payers {
            if payer.seems_short() {
                cautions.push(format!(
                    "{} paid {:#} in {year}, while its work would bring about {:#}. If payments are missing from the book, income is too low: import them.",
                    payer.payer, payer.received, payer.expected
                ));
            }
            if payer.covered_elsewhere > Usd::ZERO {
                cautions.push(format!(
                    "{:#} of work for {} is not income of {year}: payments of the year beside it cover it.",
                    payer.covered_elsewhere, payer.payer
                ));
            }
        }
        if let Some(last) = self.last_day().filter(|_| !self.profile.forms_1099.is_empty()) {
            cautions.extend(self.income(last).cautions());
        }
        if self
            .deductions
            .items
            .iter()
            .any(|item| item.verdict == Verdict::Own(OwnBenefit::Sep) && item.expense.date.month() < 5)
        {
            cautions.push(format!(
                "Money was paid into the SEP between January and April {year}. If it was for {}, write so in its description.",
                year - 1
            ));
        }
        cautions
    }

    /// Are there health premiums beside a plan from the marketplace? Dental ones are apart.
    fn states_health_twice(&self) -> bool {
        let health = |item: &deduct::Item| item.category.id == "health-premium" && item.counts > Usd::ZERO;
        let any = |items: &[deduct::Item]| items.iter().any(|item| item.verdict == Verdict::Own(OwnBenefit::Health));
        let stated = !any(&self.deductions.items) && self.profile.benefits.health_premium > Some(Usd::ZERO);
        self.household.marketplace.is_some() && (self.deductions.items.iter().any(health) || stated)
    }

    /// The household with a business, as its return is filled.
    pub fn household_with(&self, business: Business) -> Household {
        let (own, estimated) = (self.own.facts(), self.own.estimated.amount);
        let mut household = household::with_business(self.household.clone(), business, own, estimated);
        household.taxpayer.depreciation = self.depreciation().map(Box::new);
        let (_, section_1231) = self.assets.gains();
        household.other_income.long_gain += section_1231;
        household
    }

    /// What is paid for, one and several: `("chart", "charts")`.
    pub fn unit(&self) -> (&str, String) {
        let one = self.profile.business.unit.as_deref().unwrap_or("chart");
        let several = self.profile.business.plural.clone().unwrap_or_else(|| format!("{one}s"));
        (one, several)
    }

    /// The settings of a comparison: what was asked for, else the records, else the profile, else defaults.
    /// The profile goes before the records where it states a figure of the work: it is said on purpose.
    ///
    /// # Errors
    /// [`settings::Problem`] for a setting that does not exist or a senseless value.
    pub fn settings(&self, what_if: &[(String, Decimal)]) -> Result<Settings, settings::Problem> {
        let mut settings = Settings::defaults(self.number());
        self.expenses_into(&mut settings)?;
        self.profile_into(&mut settings)?;
        self.charts_into(&mut settings)?;
        for (name, value) in what_if {
            settings.set(name, *value, Source::WhatIf)?;
        }
        Ok(settings)
    }

    fn expenses_into(&self, settings: &mut Settings) -> Result<(), settings::Problem> {
        let year = self.number();
        // A few months of records say little of what a year costs: below eleven, the defaults stand.
        let months = self.months_covered();
        if self.deductions.schedule_c() != Usd::ZERO && months >= FULL_YEAR {
            let source = Source::Records(format!("business expenses of {year} without equipment, business part"));
            let cars = self.cars.line_9() + self.cars.interest() + self.cars.taxes();
            settings.set("contract.cash_costs", (self.deductions.cash_costs() + cars).to_decimal(), source)?;
        }
        let life = self.profile.contract.equipment_life.unwrap_or(dec!(3)).ceil();
        let life = i32::try_from(life).unwrap_or(3);
        let lasts = |bought: i32| year - life < bought && bought <= year;
        let expenses = self.records.expenses.iter();
        let expenses = expenses.filter(|row| assets::adopt::is_equipment(row) && lasts(row.date.year()));
        let expenses: Vec<&Expense> = expenses.collect();
        // What only the record of an asset knows is equipment, too.
        let others = self.assets.held.iter().filter(|held| lasts(held.asset.acquired.year()));
        let others = others.filter(|held| !expenses.iter().any(|row| held.paid == Some(row.origin)));
        let others: Usd = others.map(|held| assets::life::Start::of(&held.asset).business).sum();
        let equipment = expenses.iter().map(|row| row.business_part()).sum::<Usd>() + others;
        if equipment > Usd::ZERO {
            let source = Source::Records(format!("equipment bought {} to {year}, business part", year - life + 1));
            settings.set("contract.equipment", equipment.to_decimal(), source)?;
        }
        self.health_into(settings, months)
    }

    /// Own premiums: of a full year, or brought to one; else the default for the household.
    fn health_into(&self, settings: &mut Settings, months: u32) -> Result<(), settings::Problem> {
        let (year, paid) = (self.number(), self.own.health.amount);
        let adults = i64::from(self.household.spouse.is_some()) + 1;
        let children = i64::try_from(self.household.dependents.len()).unwrap_or(0);
        if paid > Usd::ZERO && !self.own.health.from_records {
            settings.set("contract.premium", paid.to_decimal(), Source::Profile)?;
        } else if paid > Usd::ZERO && months >= FULL_YEAR {
            settings.set("contract.premium", paid.to_decimal(), Source::Records(format!("premiums paid in {year}")))?;
        } else if paid > Usd::ZERO {
            let source =
                Source::Records(format!("{paid:#} of premiums in {months} months of {year}, brought to a year"));
            let whole = paid.to_decimal() * dec!(12) / Decimal::from(months.max(1));
            settings.set("contract.premium", whole.round_dp(2), source)?;
        } else if self.household.marketplace.is_some() {
            // The plan stands by itself; premiums besides it are none.
            settings.set("contract.premium", Decimal::ZERO, Source::Profile)?;
        } else if adults + children > 1 {
            let whole = settings.contract().premium * adults + CHILD_PREMIUM * children.min(3);
            let source = Source::Guess(format!(
                "the benchmark for one at 40, for {adults} adults, and less for {children} children"
            ));
            settings.set("contract.premium", whole.to_decimal(), source)?;
        }
        if adults + children > 1 {
            let source = || {
                Source::Default("family coverage, average $26,993, of which workers pay $6,850 (KFF Employer Health Benefits Survey 2025)".to_owned())
            };
            settings.set("job.premium", dec!(26993), source())?;
            settings.set("job.premium_share", dec!(0.2538), source())?;
        }
        Ok(())
    }

    fn profile_into(&self, settings: &mut Settings) -> Result<(), settings::Problem> {
        let (contract, job, days) = (&self.profile.contract, &self.profile.job, &self.profile.days);
        let usd = |amount: Option<Usd>| amount.map(Usd::to_decimal);
        if job.remote == Some(true) {
            for name in ["commute_minutes", "commute_miles", "clothes", "meals_per_week", "parking"] {
                settings.set(&format!("job.{name}"), Decimal::ZERO, Source::Profile)?;
            }
        }
        let stated = [
            ("contract.charts_per_hour", contract.charts_per_hour),
            ("contract.fee", contract.fee),
            ("contract.desk_hours", contract.desk_hours),
            ("contract.utilisation", contract.utilisation),
            ("contract.downtime", contract.downtime),
            ("contract.admin_hours", contract.admin_hours),
            ("contract.failed_qa", contract.failed_qa),
            ("contract.rework_time", contract.rework_time),
            ("contract.unpaid_share", contract.unpaid_share),
            ("contract.cash_costs", usd(contract.cash_costs)),
            ("contract.equipment", usd(contract.equipment)),
            ("contract.bonus", usd(contract.bonus)),
            ("contract.equipment_life", contract.equipment_life),
            ("days.vacation", days.vacation.map(Decimal::from)),
            ("days.holidays", days.holidays.map(Decimal::from)),
            ("days.sick", days.sick.map(Decimal::from)),
            ("job.wage", job.wage),
            ("job.hours_per_day", job.hours_per_day),
            ("job.overtime_hours", job.overtime_hours),
            ("job.premium", usd(job.premium)),
            ("job.premium_share", job.premium_share),
            ("job.retirement_match", job.retirement_match),
            ("job.vesting", job.vesting),
            ("job.commute_minutes", job.commute_minutes),
            ("job.commute_miles", job.commute_miles),
            ("job.cost_per_mile", job.cost_per_mile),
            ("job.clothes", usd(job.clothes)),
            ("job.meal_extra", usd(job.meal_extra)),
            ("job.meals_per_week", job.meals_per_week),
            ("job.parking", usd(job.parking)),
            ("job.childcare", usd(job.childcare)),
        ];
        for (name, value) in stated {
            if let Some(value) = value {
                settings.set(name, value, Source::Profile)?;
            }
        }
        Ok(())
    }

    /// What the log of charts says of speed, fee, rejects and hours, where the profile does not say otherwise.
    fn charts_into(&self, settings: &mut Settings) -> Result<(), settings::Problem> {
        let (year, total, stated) = (self.number(), &self.earnings.total, &self.profile.contract);
        let paid = total.charts - total.rejected;
        if paid <= 0 || total.earned <= Usd::ZERO {
            return Ok(());
        }
        let (_, several) = self.unit();
        let fee = total.earned.to_decimal() / Decimal::from(paid);
        if stated.fee.is_none() {
            let source = Source::Records(format!("{:#} for {paid} {several} of {year}", total.earned));
            settings.set("contract.fee", fee.round_dp(4), source)?;
        }
        if stated.unpaid_share.is_none() {
            let whole = fee * Decimal::from(total.charts);
            let lost = Decimal::ONE - (total.earned - self.earnings.returns()).to_decimal() / whole;
            let source = Source::Records(format!(
                "{} of {} {several} rejected, {:#} clawed back in {year}",
                total.rejected,
                total.charts,
                self.earnings.returns()
            ));
            settings.set("contract.unpaid_share", lost.clamp(Decimal::ZERO, Decimal::ONE).round_dp(5), source)?;
        }
        let (Some(speed), Some(hours)) = (total.charts_per_hour(), deduct::coding_hours_per_day(&self.earnings)) else {
            return Ok(());
        };
        if stated.charts_per_hour.is_none() {
            let source = Source::Records(format!(
                "{} {several} in {} hours of {year}",
                total.timed_charts,
                total.hours().round_dp(1)
            ));
            settings.set("contract.charts_per_hour", speed.round_dp(3), source)?;
        }
        if stated.desk_hours.is_none() {
            let desk = desk_hours(hours, settings);
            let source = Source::Records(format!(
                "{} coding hours a day on {} work days of {year}, plus the shares below for rework, breaks, waiting and admin",
                hours.round_dp(2),
                self.earnings.work_days
            ));
            settings.set("contract.desk_hours", desk.min(dec!(16)).round_dp(2), source)?;
        }
        Ok(())
    }

    /// What a comparison starts from.
    pub fn scenario(&self, settings: &Settings) -> Scenario {
        let contract = settings.contract();
        let from_records =
            matches!(settings.get("contract.cash_costs").map(|setting| &setting.source), Some(Source::Records(_)));
        let lines = if from_records {
            let rows = self.deductions.business_without_equipment();
            Business {
                car: rows.car + self.cars.line_9(),
                interest: rows.interest + self.cars.interest(),
                taxes: rows.taxes + self.cars.taxes(),
                ..rows
            }
        } else {
            Business { other: contract.cash_costs, ..Business::default() }
        };
        let mut expenses = deduct::standing(&self.profile.business, lines);
        if let Some(home) = &self.home {
            home.square_feet_into(&mut expenses);
        }
        Scenario {
            household: self.household.clone(),
            days: settings.days(),
            contract,
            expenses,
            offer: settings.offer(),
        }
    }
}

/// Hours at the desk that hold so many hours of coding: the comparison's own formula, turned round.
fn desk_hours(coding: Decimal, settings: &Settings) -> Decimal {
    let contract = settings.contract();
    let rework = Decimal::ONE + contract.failed_qa * contract.rework_time;
    let focused = contract.utilisation * (Decimal::ONE - contract.downtime);
    if focused.is_zero() {
        return coding * rework;
    }
    coding * rework / focused + contract.admin_hours / dec!(5)
}

/// Takes the carryovers out of a profile that states another year: they are of the form before that year's. Says so.
fn leave_carryovers_to_their_year(profile: &mut Profile, year: i32) -> Option<String> {
    let stated = profile.tax_year.map(i32::from).filter(|stated| *stated != year)?;
    let (business, home) = (&mut profile.business, &mut profile.home);
    let carried = [
        ("business.section_179_carryover", business.section_179_carryover.take()),
        ("home.carryover_operating", home.carryover_operating.take()),
        ("home.carryover_depreciation", home.carryover_depreciation.take()),
    ];
    let keys: Vec<String> = carried
        .into_iter()
        .filter_map(|(key, amount)| Some(format!("{key} ({:#})", amount.filter(|amount| *amount > Usd::ZERO)?)))
        .collect();
    (!keys.is_empty()).then(|| {
        format!(
            "Left out: {}. perchart.toml states tax_year = {stated}, and a carryover belongs to that year alone. For {year}, state tax_year = {year} and what the forms of {} carry.",
            keys.join(", "),
            year - 1
        )
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{
        Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
    };

    use super::*;
    use crate::book::category::Categories;
    use crate::book::entry::{AssetClass, Bonus, TripKind};
    use crate::tax::form::Filled as _;

    #[test]
    fn a_car_is_not_depreciated_beside_the_standard_rate() {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let origin = Origin { batch: 1, line: 2 };
        let trip = Trip {
            id: 1,
            origin,
            date: on("2025-03-04"),
            miles_tenths: 400,
            destination: "Clinic".to_owned(),
            purpose: "Training".to_owned(),
            kind: TripKind::Business,
            car: String::new(),
            parking: Usd::ZERO,
        };
        let asset = Asset {
            id: 1,
            origin,
            name: "Corolla".to_owned(),
            class: AssetClass::Car,
            acquired: on("2025-01-20"),
            in_service: on("2025-01-20"),
            cost: Usd::dollars(9_000),
            share_millionths: 600_000,
            value: None,
            section_179: Usd::ZERO,
            bonus: Bonus::Out,
            events: Vec::new(),
        };
        let depreciated = |method: &str| {
            let text = format!("[business]\nstarted = 2024-01-01\n[[car]]\nmiles = 65\nmethod = \"{method}\"\n");
            let profile = Profile::parse("perchart.toml", &text).expect("a profile");
            let records = Records { trips: vec![trip.clone()], assets: vec![asset.clone()], ..Records::default() };
            Year::work_out(2025, records, profile, Round::Cents).expect("law").filled.expect("modelled").schedule_c[0]
                .l13
        };
        // 20% of 60% of 9,000. By the miles it is 40 of 65, 61.5%: near enough to be one share.
        assert_eq!([depreciated("standard"), depreciated("actual")], [Usd::ZERO, Usd::dollars(1_080)]);
    }

    /// A laptop of 2024 with 1,000 of section 179, sold in 2025.
    fn with_a_sale() -> Year {
        let on = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let laptop = Asset {
            id: 1,
            origin: Origin { batch: 1, line: 2 },
            name: "Laptop".to_owned(),
            class: AssetClass::Computer,
            acquired: on("2024-06-03"),
            in_service: on("2024-06-03"),
            cost: Usd::dollars(4_000),
            share_millionths: 1_000_000,
            value: None,
            section_179: Usd::dollars(1_000),
            bonus: Bonus::Out,
            events: vec![crate::book::entry::AssetEvent::Disposed {
                on: on("2025-08-04"),
                proceeds: Usd::dollars(500),
            }],
        };
        let payment = Payment {
            id: 1,
            origin: Origin { batch: 2, line: 2 },
            received_on: on("2025-03-31"),
            payer: "Northside".to_owned(),
            amount: Usd::dollars(40_000),
            reference: String::new(),
        };
        let profile = Profile::parse("perchart.toml", "[business]\nstarted = 2023-01-05\n").expect("a profile");
        let records = Records { assets: vec![laptop], payments: vec![payment], ..Records::default() };
        Year::work_out(2025, records, profile, Round::Cents).expect("law")
    }

    #[test]
    fn a_sale_with_section_179_held_back_is_refused() {
        // 4,000 - 1,000 - 3,000 x 20% - half of 32% of 3,000 (480) = 1,920 left; 500 - 1,920 = -1,420, all of it ordinary.
        let plain = with_a_sale();
        assert!(plain.filled.is_ok());
        assert_eq!(plain.assets.gains().0, -Usd::dollars(1_420));
        let mut carried = with_a_sale();
        carried.profile.business.section_179_carryover = Some(Usd::dollars(300));
        let household = carried.household_with(carried.business());
        let refusals = carried.prepare(None, &household, Round::Cents).expect_err("refused");
        assert!(refusals[0].what.contains("Laptop") && refusals[0].needs.contains("1.179-3(f)"), "{refusals:?}");
    }

    #[test]
    fn a_carryover_counts_in_the_year_that_is_stated() {
        let profile = |first: &str| {
            let text = format!("{first}[business]\nsection_179_carryover = 300\n[home]\ncarryover_operating = 70\n");
            Profile::parse("perchart.toml", &text).expect("a profile")
        };
        let of = |first: &str| Year::work_out(2025, Records::default(), profile(first), Round::Cents).expect("law");
        for first in ["", "tax_year = 2025\n"] {
            let year = of(first);
            assert_eq!(year.depreciation().expect("carried").carryover, Usd::dollars(300));
            assert!(!year.cautions().iter().any(|said| said.starts_with("Left out:")));
            // Without income all 300 is carried on, which is said.
            assert!(year.cautions().iter().any(|said| said.contains("$300") && said.contains("line 13")));
        }
        let year = of("tax_year = 2024\n");
        assert_eq!(year.depreciation(), None);
        let said = year.cautions().into_iter().find(|said| said.starts_with("Left out:")).expect("said");
        assert!(said.contains("section_179_carryover ($300") && said.contains("carryover_operating ($70"), "{said}");
        assert_eq!(year.profile.home.carryover_operating, None);
    }

    const PROFILES: [&str; 4] = [
        "",
        "[business]\nstarted = 2025-03-01\n[[share]]\ncategory = \"phone\"\nbusiness = 40\n",
        "[education]\nfirst_credential = 2024-06-01\n[[car]]\nmiles = 9000\nloan_interest = 300\nproperty_tax = 90\n",
        "[[car]]\nname = \"Van\"\nmiles = 9000\nmethod = \"actual\"\n[[car]]\nname = \"Corolla\"\n",
    ];

    fn day() -> impl Strategy<Value = NaiveDate> {
        (2024i32..=2026, 1u32..=365).prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).expect("a day"))
    }

    fn expense() -> impl Strategy<Value = Expense> {
        let words =
            prop_oneof![Just("Thing"), Just("CPC exam"), Just("CEU webinar"), Just("Landline"), Just("Tires, Van")];
        let shares = prop_oneof![Just(1_000_000i64), Just(600_000)];
        (day(), any::<prop::sample::Index>(), -20_000i64..400_000, shares, words).prop_map(
            |(date, category, cents, share_millionths, words)| Expense {
                id: 0,
                origin: Origin { batch: 1, line: 0 },
                date,
                vendor: "Vendor".to_owned(),
                description: words.to_owned(),
                category: Categories::all()[category.index(Categories::all().len())].id.clone(),
                amount: Usd::from_cents(cents),
                share_millionths,
            },
        )
    }

    fn trip() -> impl Strategy<Value = Trip> {
        let kinds = prop_oneof![Just(TripKind::Business), Just(TripKind::Commute), Just(TripKind::Private)];
        let cars = prop_oneof![Just(""), Just("van"), Just("Corolla")];
        (day(), 1i64..3_000, kinds, cars, 0i64..2_000).prop_map(|(date, miles_tenths, kind, car, parking)| Trip {
            id: 0,
            origin: Origin { batch: 2, line: 0 },
            date,
            miles_tenths,
            destination: "Northside".to_owned(),
            purpose: "Audit".to_owned(),
            kind,
            car: car.to_owned(),
            parking: Usd::from_cents(parking),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
        /// Line 28 is what the rows, the car, the assets and the start-up costs say, to the cent, and no row counts in two places.
        #[test]
        fn rows_and_worksheets_come_to_line_28(
            expenses in prop::collection::vec(expense(), 0..40),
            trips in prop::collection::vec(trip(), 0..12),
            paid_on in day(),
            profile in 0usize..4,
            number in 2024i32..=2026,
        ) {
            let mut records = Records { expenses, trips, ..Records::default() };
            for (line, row) in (2..).zip(&mut records.expenses) {
                (row.id, row.origin.line) = (line, line);
            }
            for (line, row) in (2..).zip(&mut records.trips) {
                (row.id, row.origin.line) = (line, line);
            }
            let origin = Origin { batch: 3, line: 2 };
            let amount = Usd::dollars(60_000);
            let payer = "Northside".to_owned();
            records.payments = vec![Payment { id: 2, origin, received_on: paid_on, payer, amount, reference: String::new() }];
            let profile = Profile::parse(profile::FILE, PROFILES[profile]).expect("a profile");
            let year = Year::work_out(number, records, profile, Round::Cents).expect("a year");
            let Ok(filled) = &year.filled else { return Ok(()) };
            let c = &filled.schedule_c[0];
            let cars = year.cars.line_9() + year.cars.interest() + year.cars.taxes();
            prop_assert_eq!(c.l28, year.deductions.schedule_c() + cars + year.start_up_deduction() + c.l13, "{}", c.title());
            for item in &year.deductions.items {
                let counts = matches!(item.verdict, Verdict::Deducted(_) | Verdict::Own(_) | Verdict::Payment | Verdict::StartUp | Verdict::Home(..));
                prop_assert!(counts || item.counts == Usd::ZERO);
                let held = year.start_up.as_ref().is_some_and(|all| all.costs.iter().any(|cost| cost.expense.origin == item.expense.origin));
                prop_assert_eq!(held, item.verdict == Verdict::StartUp && year.start_up.is_some());
                let of_car = year.cars.cars.iter().filter(|car| car.costs.contains(&item.expense.origin)).count();
                prop_assert!(of_car == 0 || of_car == 1 && item.verdict == Verdict::OfCar);
            }
        }
    }
}
