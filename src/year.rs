//! One tax year of one book, worked out: earnings, deductions, return, and what a comparison starts from.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, dec};

use crate::book::entry::{Batch, Charts, Expense, Origin, Payment};
use crate::book::{self, Book};
use crate::compare::Scenario;
use crate::compare::settings::{self, Settings, Source};
use crate::deduct::{self, Deductions, OwnYear};
use crate::earnings::Earnings;
use crate::household::{self, UnknownSituation};
use crate::law::{self, Citations, Law};
use crate::money::{Round, Usd};
use crate::profile::Profile;
use crate::tax::facts::{Business, Household};
use crate::tax::screen::Refusal;
use crate::tax::{self, Return};

/// All records of a book.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Work done.
    pub charts: Vec<Charts>,
    /// Money received.
    pub payments: Vec<Payment>,
    /// Money spent.
    pub expenses: Vec<Expense>,
    /// The imports they came by.
    pub batches: Vec<Batch>,
}

impl Records {
    /// All records of a book.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn of(book: &Book) -> Result<Records, book::Error> {
        Ok(Records {
            charts: book.charts(None)?,
            payments: book.payments(None)?,
            expenses: book.expenses(None)?,
            batches: book.batches()?,
        })
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
    /// What was earned and received.
    pub earnings: Earnings,
    /// What is deducted, and what is not.
    pub deductions: Deductions,
    /// Own benefits and payments.
    pub own: OwnYear,
    /// The household without the business.
    pub household: Household,
    /// What was assumed about the household.
    pub assumed: Vec<String>,
    /// The return, or why there is none.
    pub filled: Result<Return, Vec<Refusal>>,
}

impl Year {
    /// Works a year out.
    ///
    /// # Errors
    /// [`Problem`] where there is no law for the year, or the profile names a situation that does not exist.
    pub fn work_out(year: i32, records: Records, profile: Profile, round: Round) -> Result<Year, Problem> {
        let (law, citations) = law::of(year)?;
        let earnings = Earnings::of(year, &records.charts, &records.payments, &profile.payers);
        let election = profile.business.de_minimis_election.unwrap_or(true);
        let deductions = Deductions::of(law, &records.expenses, election);
        let own = OwnYear::of(&deductions, &profile.benefits);
        let (household, assumed) = household::of(law, &profile)?;
        let business = deduct::business(&earnings, &deductions, &profile.business);
        let whole = household::with_business(household.clone(), business, own.facts(), own.estimated.amount);
        let filled = tax::prepare(law, &whole, round);
        Ok(Year { law, citations, profile, records, earnings, deductions, own, household, assumed, filled })
    }

    /// The year as a number.
    pub fn number(&self) -> i32 {
        i32::from(self.law.year)
    }

    /// The latest day of a record of the year, where the year is not yet complete in the book.
    pub fn records_end(&self) -> Option<NaiveDate> {
        let records = &self.records;
        let days = records.charts.iter().map(|row| row.work_date);
        let days = days
            .chain(records.payments.iter().map(|row| row.received_on))
            .chain(records.expenses.iter().map(|row| row.date));
        let last = days.filter(|day| day.year() == self.number()).max()?;
        (last.month() < 12).then_some(last)
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
        let business = self.deductions.schedule_c() != Usd::ZERO;
        if business {
            let source = |what: &str| Source::Records(format!("{what} of {year}, business part"));
            settings.set(
                "contract.cash_costs",
                self.deductions.cash_costs().to_decimal(),
                source("business expenses without equipment"),
            )?;
            settings.set(
                "contract.equipment",
                self.deductions.equipment().floor0().to_decimal(),
                source("equipment"),
            )?;
        }
        if self.own.health.amount > Usd::ZERO {
            let source = if self.own.health.from_records {
                Source::Records(format!("premiums paid in {year}"))
            } else {
                Source::Profile
            };
            settings.set("contract.premium", self.own.health.amount.to_decimal(), source)?;
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
        let stated = &self.profile.business;
        let from_records =
            matches!(settings.get("contract.cash_costs").map(|setting| &setting.source), Some(Source::Records(_)));
        let lines = if from_records {
            self.deductions.business_without_equipment()
        } else {
            Business { other: contract.cash_costs, ..Business::default() }
        };
        let expenses = Business {
            specified_service: i64::from(stated.specified_service.unwrap_or(false)),
            home_area: stated.home_office_square_feet.unwrap_or(0),
            home_months: stated.home_office_months.unwrap_or(12),
            ..lines
        };
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
