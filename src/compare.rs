//! The per-chart contract against the hourly office job: two whole returns of one household, the same benefits bought
//! on both sides, the same days off, and the hours actually spent.

pub mod settings;
pub mod turning;

use rust_decimal::{Decimal, dec};

use crate::household;
use crate::job::{Days, JobYear, Offer, Pay, per};
use crate::law::Law;
use crate::money::{Round, Usd};
use crate::tax::facts::{Business, CoveredMonth, Household};
use crate::tax::form::{Facts, sum};
use crate::tax::form_1040::Form1040;
use crate::tax::form_8962::Form8962;
use crate::tax::screen::Refusal;
use crate::tax::view::{Forms, Link};
use crate::tax::withheld::Withheld;
use crate::tax::{self, Return};
use crate::{facts, form};

facts! {
    /// The contract and the way the contractor works.
    Contract = "contract" {
        charts_per_hour: Decimal "Charts an hour while coding";
        fee: Decimal "Fee, dollars a chart";
        desk_hours: Decimal "Hours at the desk each day worked";
        utilisation: Decimal "Share of desk time that is focused";
        downtime: Decimal "Share of ready time without charts or with the system down";
        admin_hours: Decimal "Unpaid hours a week: queries, e-mail, invoices, study";
        failed_qa: Decimal "Share of charts that fail QA or come back";
        rework_time: Decimal "Time to rework a chart, as a share of the time to code it";
        unpaid_share: Decimal "Share of fees never paid: rejected, clawed back";
        bonus: Usd "Bonus a year";
        cash_costs: Usd "Business expenses a year, without equipment";
        equipment: Usd "Price of the equipment";
        equipment_life: Decimal "Years the equipment lasts";
        premium: Usd "Own health and dental premiums a year";
    }
}

form! {
    /// What the contract brings in.
    Work = "contract-work", "The contract: work and fees";
    (days: &Days, contract: &Contract; round) {
        "days"         worked: i64           "Days worked: weekdays less vacation, holidays, sick days; none is paid"  = (days.weekdays - days.vacation - days.holidays - days.sick).max(0);
        "desk_hours"   desk_hours: Decimal   "Hours at the desk"                                                       = contract.desk_hours * Decimal::from(worked);
        "admin_hours"  admin_hours: Decimal  "Of these unpaid: queries, e-mail, invoices, study"                       = contract.admin_hours * Decimal::from(worked) / dec!(5);
        "coding_hours" coding_hours: Decimal "Hours of coding, rework included"                                        = (desk_hours - admin_hours).max(Decimal::ZERO) * contract.utilisation * (Decimal::ONE - contract.downtime);
        "fresh_hours"  fresh_hours: Decimal  "Hours of coding new charts"                                              = coding_hours / (Decimal::ONE + contract.failed_qa * contract.rework_time);
        "charts"       charts: Decimal       "Charts coded"                                                            = fresh_hours * contract.charts_per_hour;
        "gross"        gross                 "Fees received"                                                           = charts * contract.fee * (Decimal::ONE - contract.unpaid_share) + contract.bonus.to_decimal();
        "equipment"    equipment             "Equipment, spread over its life"                                         = contract.equipment.to_decimal() / contract.equipment_life.max(dec!(0.25));
        "costs"        costs                 "Costs of the business, in money"                                         = contract.cash_costs + equipment;
    }
}

form! {
    /// What the contract leaves, a year and an hour, with the benefits of the job bought by oneself.
    ContractYear = "contract-year", "The contract: what it leaves";
    (contract: &Contract, months: &[CoveredMonth], work: &Work, pay: &Pay, tax: &Form1040, base: &Form1040; round) {
        "gross"        gross                 "Fees received"                                                           = work.gross;
        "costs"        costs                 "Costs of the business, in money"                                         = work.costs;
        "tax"          taxes                 "Household's tax with the contract, less the same without it, after refundable credits" ["Form 1040"] = (tax.total_tax - tax.refundable) - (base.total_tax - base.refundable);
        "marketplace"  marketplace           "Marketplace premiums, less the credit paid in advance" ["IRC 36B(f)"] = sum(months, |month| month.premium - month.advance);
        "premium"      premium               "Own health and dental premiums"                                          = contract.premium + marketplace;
        "retirement"   retirement            "Put aside for retirement: as much as deferral and match of the job"      = pay.deferral + pay.matched;
        "left"         left                  "Left to live on"                                                         = gross - costs - taxes - premium - retirement;
        "value"        value                 "Value of the year: left, plus retirement money"                          = left + retirement;
        "hours"        hours: Decimal        "Hours actually spent: all desk time"                                     = work.desk_hours;
        "per_paid_hour" per_paid: Decimal    "Net for each hour of coding, dollars"                                    = per(value, work.coding_hours);
        "per_work_hour" per_work: Decimal    "Net for each hour at the desk, dollars"                                  = per(value, work.desk_hours);
        "net_per_hour" net_per_hour: Decimal "Net for each hour actually spent, dollars"                               = per(value, hours);
    }
}

form! {
    /// The contract less the job.
    Difference = "compare", "Contract less job";
    (contract: &ContractYear, job: &JobYear, work: &Work, credit: &Form8962, bare: &Form1040, base: &Form1040; round) {
        "value"        value                 "Value of the year, contract less job"                                    = contract.value - job.value;
        "hours"        hours: Decimal        "Hours actually spent, contract less job"                                 = contract.hours - job.hours;
        "net_per_hour" net_per_hour: Decimal "Net for each hour actually spent, contract less job, dollars"            = contract.net_per_hour - job.net_per_hour;
        "bare_tax"     bare_tax              "Tax with the contract and no benefits bought, less the same without it"  = (bare.total_tax - bare.refundable) - (base.total_tax - base.refundable);
        "value_method" value_method          "Cross-check: benefits counted at what they cost to buy, contract less job" = (contract.gross - contract.costs - bare_tax) - (job.value + contract.premium - (credit.l26 - credit.l29));
    }
}

/// Everything a comparison starts from.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The household without contract and job, with the cover that stands in for an employer's: it is the contract's.
    pub household: Household,
    /// The days of the year.
    pub days: Days,
    /// The contract.
    pub contract: Contract,
    /// The expense lines of the contract's Schedule C, equipment left out.
    pub expenses: Business,
    /// The job.
    pub offer: Offer,
}

/// A comparison, worked out.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What it started from.
    pub scenario: Scenario,
    /// The household's return without either, and without cover of its own.
    pub base: Return,
    /// The return with the contract and its benefits.
    pub contract_return: Return,
    /// The return with the contract and no benefits bought.
    pub bare_return: Return,
    /// The return with the job.
    pub job_return: Return,
    /// What the contract brings in.
    pub work: Work,
    /// What the contract leaves.
    pub contract: ContractYear,
    /// What the job pays.
    pub pay: Pay,
    /// What is withheld from the household's wages with the job.
    pub withheld: Withheld,
    /// What is withheld from its other wages.
    pub before: Withheld,
    /// What the job leaves.
    pub job: JobYear,
    /// Contract less job.
    pub difference: Difference,
}

impl Comparison {
    /// Retirement money of the contract that no SEP can take: put aside after tax.
    pub fn retirement_over_limit(&self) -> Usd {
        let into_plan: Usd = self.contract_return.plan.first().map_or(Usd::ZERO, |plan| plan.s22);
        self.contract.retirement - into_plan
    }

    /// Every form behind the comparison: four returns, then the worksheets of both sides.
    pub fn forms(&self) -> Forms<'_> {
        let mut list = Forms::default();
        let scenario = &self.scenario;
        let base = list.push_return("base/", &self.base);
        let contract_tax = list.push_return("contract/", &self.contract_return);
        let credit = list.forms.iter().position(|view| view.name == "contract/form-8962").into_iter().collect();
        let bare = list.push_return("bare/", &self.bare_return);
        let job_tax = list.push_return("job/", &self.job_return);
        let one = |form: usize| Link::Forms(vec![form]);
        let days = || Link::Facts(vec![("days".to_owned(), &scenario.days as &dyn Facts)]);
        let terms = || Link::Facts(vec![("contract".to_owned(), &scenario.contract as &dyn Facts)]);
        let offer = || Link::Facts(vec![("job".to_owned(), &scenario.offer as &dyn Facts)]);
        let wages = |w2| Link::Facts(vec![("w2".to_owned(), w2 as &dyn Facts)]);
        let pay = list.push("", &self.pay, vec![("law", Link::Law), ("days", days()), ("job", offer())]);
        let before = list.push("@other-jobs", &self.before, vec![("law", Link::Law), ("w2", wages(&self.base.w2[0]))]);
        let withheld = list.push("", &self.withheld, vec![("law", Link::Law), ("w2", wages(&self.job_return.w2[0]))]);
        let job = list.push(
            "",
            &self.job,
            vec![
                ("days", days()),
                ("job", offer()),
                ("pay", one(pay)),
                ("withheld", one(withheld)),
                ("before", one(before)),
                ("tax", one(job_tax)),
                ("base", one(base)),
            ],
        );
        let work = list.push("", &self.work, vec![("days", days()), ("contract", terms())]);
        let contract = list.push(
            "",
            &self.contract,
            vec![
                ("contract", terms()),
                ("months", Link::Facts(self.contract_return.covered_months())),
                ("work", one(work)),
                ("pay", one(pay)),
                ("tax", one(contract_tax)),
                ("base", one(base)),
            ],
        );
        list.push(
            "",
            &self.difference,
            vec![
                ("contract", one(contract)),
                ("job", one(job)),
                ("work", one(work)),
                ("credit", Link::Forms(credit)),
                ("bare", one(bare)),
                ("base", one(base)),
            ],
        );
        list
    }
}

/// Works a scenario out. Lines are written in cents, since whole dollars and table rows would put steps into the answer.
///
/// # Errors
/// The [`Refusal`]s of any of the returns.
pub fn evaluate(law: &Law, scenario: &Scenario) -> Result<Comparison, Vec<Refusal>> {
    let round = Round::Cents;
    let (days, contract, offer) = (&scenario.days, &scenario.contract, &scenario.offer);
    let pay = Pay::fill(law, days, offer, round);
    let work = Work::fill(days, contract, round);
    let household = household::without_own_cover(scenario.household.clone());
    let base = tax::prepare_start(law, &household, round)?;

    let mut with_job = household.clone();
    with_job.taxpayer.w2 = pay.added_to(with_job.taxpayer.w2);
    let before = Withheld::fill(law, &household.taxpayer.w2, round);
    let withheld = Withheld::fill(law, &with_job.taxpayer.w2, round);
    with_job.taxpayer.w2.ss_withheld = withheld.l2;
    with_job.taxpayer.w2.medicare_withheld = withheld.l6;
    let job_return = tax::prepare(law, &with_job, round)?;
    let job = JobYear::fill(days, offer, &pay, &withheld, &before, &job_return.form_1040, &base.form_1040, round);

    let business = Business { gross_receipts: work.gross, depreciation: work.equipment, ..scenario.expenses };
    let mut bare = household;
    bare.taxpayer.businesses = vec![business];
    let bare_return = tax::prepare(law, &bare, round)?;
    let mut with_contract = scenario.household.clone();
    with_contract.taxpayer.businesses = vec![business];
    with_contract.taxpayer.own.health = contract.premium;
    with_contract.taxpayer.own.sep = pay.deferral + pay.matched;
    let contract_return = tax::prepare(law, &with_contract, round)?;
    let (tax, credit) = (&contract_return.form_1040, &contract_return.form_8962);
    let year = ContractYear::fill(contract, &contract_return.months, &work, &pay, tax, &base.form_1040, round);
    let difference = Difference::fill(&year, &job, &work, credit, &bare_return.form_1040, &base.form_1040, round);
    Ok(Comparison {
        scenario: scenario.clone(),
        base,
        contract_return,
        bare_return,
        job_return,
        work,
        contract: year,
        pay,
        withheld,
        before,
        job,
        difference,
    })
}
