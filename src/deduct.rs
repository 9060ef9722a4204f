//! From the book to the facts of the return: which expense is deducted where, which is left out, and why.

pub mod education;
pub mod share;
pub mod startup;
pub mod trade;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::assets::{Register, Returned, adopt};
use crate::book::category::{Categories, Category, ExpenseLine, HomeLine, OwnBenefit, Target};
use crate::book::entry::Expense;
use crate::earnings::Earnings;
use crate::law::Law;
use crate::money::{Round, Usd};
use crate::profile;
use crate::tax::facts::{Business, OwnBenefits};

/// Categories under which a thing that lasts may have been entered by mistake.
const USED_UP: [&str; 5] = ["supplies", "office", "other", "software", "security"];

/// What became of an expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Deducted on a line of Schedule C.
    Deducted(ExpenseLine),
    /// Counted elsewhere on the return: own health insurance or retirement plan.
    Own(OwnBenefit),
    /// A payment of the year's tax.
    Payment,
    /// Equipment beyond the safe harbor: an asset, deducted by way of Form 4562 only.
    NeedsForm4562,
    /// Counted on a line of Form 8829; of the office alone, or of the whole home.
    Home(HomeLine, bool),
    /// Of a home that holds no office of the business then.
    HomeIdle(Idle),
    /// Not deductible.
    LeftOut,
    /// Paid before the business began: deducted as a start-up cost.
    StartUp,
    /// A cost of the car: what counts of it stands on the worksheet of the car.
    OfCar,
    /// Only the user knows. It does not count until she says.
    Asked,
}

/// Why a row is judged otherwise than its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// In plain words; for a row that is asked about, the question and how to answer it.
    pub text: &'static str,
    /// The authority.
    pub cite: &'static str,
}

/// Why an expense of the home does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No home office is stated.
    NoOffice,
    /// Paid before or after the time of business use.
    OutsideUse,
    /// Whether the office passes the tests is not said yet.
    Unanswered,
    /// The office does not pass the tests.
    Fails,
}

impl Idle {
    /// Why, in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Idle::NoOffice => {
                "The home counts with the part that is an office: state yours under [home] in perchart.toml, if you have one."
            }
            Idle::OutsideUse => {
                "Paid outside the time in which the home was used for business (home.from, home.until)."
            }
            Idle::Unanswered => "Counts when perchart.toml says under [home] that the office passes the tests.",
            Idle::Fails => {
                "Without regular and exclusive use as the principal place of business no cost of the home counts (IRC 280A(c)(1))."
            }
        }
    }
}

/// One expense of the year, judged.
#[derive(Clone, Debug)]
pub struct Item {
    /// The record.
    pub expense: Expense,
    /// Its category.
    pub category: &'static Category,
    /// What became of it.
    pub verdict: Verdict,
    /// What counts: the business part, after a limit of law; all of it outside Schedule C.
    pub counts: Usd,
    /// Why it is judged otherwise than its category.
    pub why: Option<Why>,
}

/// A year's expenses, judged.
#[derive(Clone, Debug, Default)]
pub struct Deductions {
    /// Every expense of the year, in order of date.
    pub items: Vec<Item>,
}

impl Deductions {
    /// Judges the expenses that belong to a tax year.
    pub fn of(law: &Law, expenses: &[Expense], election: bool) -> Deductions {
        Deductions::beside(law, expenses, election, &Register::default())
    }

    /// Judges the expenses that belong to a tax year. What the record of an asset describes counts as that record says.
    pub fn beside(law: &Law, expenses: &[Expense], election: bool, assets: &Register) -> Deductions {
        let year = i32::from(law.year);
        let items = expenses.iter().filter_map(|expense| {
            let category = Categories::get(&expense.category)?;
            (category.tax_year(expense.date, &expense.description) == year).then(|| {
                if let Some(returned) = assets.returned(expense) {
                    return given_back(expense, category, returned);
                }
                match assets.described(expense) {
                    Some((share, expensed)) => describe(expense, category, share, expensed),
                    None => judge(law, expense, category, election),
                }
            })
        });
        Deductions { items: items.collect() }
    }

    /// Judges what the home cost by when it was used for business: the first and the last day, or why no cost counts.
    pub fn at_home(&mut self, used: Result<(NaiveDate, NaiveDate), Idle>) {
        for item in &mut self.items {
            let Target::Home { line, direct } = item.category.target else { continue };
            (item.verdict, item.counts) = match used {
                Ok((from, until)) if (from..=until).contains(&item.expense.date) => {
                    (Verdict::Home(line, direct), item.expense.business_part())
                }
                Ok(_) => (Verdict::HomeIdle(Idle::OutsideUse), Usd::ZERO),
                Err(idle) => (Verdict::HomeIdle(idle), Usd::ZERO),
            };
        }
    }

    /// What counts on a line of Form 8829 before the part that is the office is taken.
    pub fn home(&self, line: HomeLine, direct: bool) -> Usd {
        self.total(|item| item.verdict == Verdict::Home(line, direct))
    }

    /// What counts of the items of a verdict.
    pub fn total(&self, holds: impl Fn(&Item) -> bool) -> Usd {
        self.items.iter().filter(|item| holds(item)).map(|item| item.counts).sum()
    }

    /// What is deducted on one line of Schedule C.
    pub fn line(&self, line: ExpenseLine) -> Usd {
        self.total(|item| item.verdict == Verdict::Deducted(line))
    }

    /// What is deducted on Schedule C, lines 8 to 27.
    pub fn schedule_c(&self) -> Usd {
        self.total(|item| matches!(item.verdict, Verdict::Deducted(_)))
    }

    /// What was paid for the business in money, equipment aside, before limits of law.
    pub fn cash_costs(&self) -> Usd {
        let business =
            self.items.iter().filter(|item| matches!(item.verdict, Verdict::Deducted(_)) && !item.is_equipment());
        business.map(|item| item.expense.business_part()).sum()
    }

    /// What is deducted at once as a thing used up, while its price is over the safe harbor's and its words name one that
    /// lasts: only the user knows, and rows that she spoke of are left alone.
    pub fn seeming_equipment<'a>(&'a self, law: &'a Law, said: &'a share::Said) -> impl Iterator<Item = &'a Item> {
        let over = |item: &&Item| item.expense.amount > law.de_minimis.per_item;
        let deducted = self.items.iter().filter(|item| matches!(item.verdict, Verdict::Deducted(_))).filter(over);
        deducted.filter(|item| {
            USED_UP.contains(&item.category.id.as_str())
                && adopt::names_a_thing(&item.expense)
                && !said.contains(&item.expense.origin)
        })
    }

    /// What was paid for equipment, the business part.
    pub fn equipment(&self) -> Usd {
        self.items.iter().filter(|item| item.is_equipment()).map(|item| item.expense.business_part()).sum()
    }

    /// The expense lines of Schedule C.
    pub fn business(&self) -> Business {
        self.lines(|_| true)
    }

    /// The expense lines of Schedule C without equipment, whose cost a comparison spreads over its life.
    pub fn business_without_equipment(&self) -> Business {
        self.lines(|item| !item.is_equipment())
    }

    fn lines(&self, holds: impl Fn(&Item) -> bool) -> Business {
        let line = |line| self.total(|item| item.verdict == Verdict::Deducted(line) && holds(item));
        Business {
            advertising: line(ExpenseLine::Advertising),
            car: line(ExpenseLine::Car),
            commissions: line(ExpenseLine::Commissions),
            contract_labor: line(ExpenseLine::ContractLabor),
            insurance: line(ExpenseLine::Insurance),
            interest: line(ExpenseLine::Interest),
            legal: line(ExpenseLine::Legal),
            office: line(ExpenseLine::Office),
            rent_equipment: line(ExpenseLine::RentEquipment),
            rent_property: line(ExpenseLine::RentProperty),
            repairs: line(ExpenseLine::Repairs),
            supplies: line(ExpenseLine::Supplies),
            taxes: line(ExpenseLine::Taxes),
            travel: line(ExpenseLine::Travel),
            meals: line(ExpenseLine::Meals),
            utilities: line(ExpenseLine::Utilities),
            other: line(ExpenseLine::Other),
            ..Business::default()
        }
    }
}

impl Item {
    /// Is it equipment?
    pub fn is_equipment(&self) -> bool {
        matches!(self.category.target, Target::Equipment)
    }

    /// Leaves it to the worksheet of the car.
    pub fn leave_to_car(&mut self, why: Why) {
        self.refuse(Verdict::OfCar, why);
    }

    /// Asks the user about it; it does not count until she answers.
    pub fn ask(&mut self, why: Why) {
        self.refuse(Verdict::Asked, why);
    }

    /// Judges it otherwise than its category: it does not count.
    fn refuse(&mut self, verdict: Verdict, why: Why) {
        (self.verdict, self.counts, self.why) = (verdict, Usd::ZERO, Some(why));
    }
}

/// An expense that the record of an asset describes: an expense of the year by the safe harbor with the record's share, or
/// deducted over the asset's life.
fn describe(expense: &Expense, category: &'static Category, share_millionths: i64, expensed: bool) -> Item {
    let expense = Expense { share_millionths, ..expense.clone() };
    let (verdict, counts) = if expensed {
        (Verdict::Deducted(ExpenseLine::Other), expense.business_part())
    } else {
        (Verdict::NeedsForm4562, Usd::ZERO)
    };
    Item { expense, category, verdict, counts, why: None }
}

/// Why a row of equipment that was given back counts as it does.
const GIVEN_BACK: Why = Why {
    text: "Given back in the year it was bought, and all of its price came back: neither row counts.",
    cite: "Rev. Rul. 80-58",
};
const PRICE_BACK: Why = Why {
    text: "A part of the price came back in the year of the purchase: what is depreciated is the rest of it.",
    cite: "IRC 1012(a), 1016(a)(1)",
};
const BACK_LATER: Why = Why {
    text: "Money came back for equipment of an earlier year that is depreciated. Was all of it given back? Enter it with perchart add asset, of the same cost and day, and note what came in: perchart asset NAME --sold DATE --for DOLLARS. Then take this row out: perchart categorize --set ROW=private.",
    cite: "IRC 1001(a), 1016(a)(1)",
};
const BACK_UNKNOWN: Why = Why {
    text: "Money came back for equipment, and no purchase of this vendor stands in the book in the year before it. What was it for? Enter the purchase, or say what the row is: perchart categorize --set ROW=CATEGORY.",
    cite: "IRC 1016(a)(1); 111(a)",
};

/// A row of equipment that was given back.
fn given_back(expense: &Expense, category: &'static Category, returned: Returned) -> Item {
    let (verdict, why) = match returned {
        Returned::Whole => (Verdict::LeftOut, GIVEN_BACK),
        Returned::Part => (Verdict::LeftOut, PRICE_BACK),
        Returned::Later => (Verdict::Asked, BACK_LATER),
        Returned::Unknown => (Verdict::Asked, BACK_UNKNOWN),
    };
    Item { expense: expense.clone(), category, verdict, counts: Usd::ZERO, why: Some(why) }
}

fn judge(law: &Law, expense: &Expense, category: &'static Category, election: bool) -> Item {
    let part = expense.business_part();
    let (verdict, counts) = match category.target {
        Target::Business { line, limit: None } => (Verdict::Deducted(line), part),
        Target::Business { line, limit: Some(limit) } => (Verdict::Deducted(line), Round::Cents.enter(part * limit)),
        // The safe harbor looks at the price of the item, not at the business part of it.
        Target::Equipment if election && expense.amount <= law.de_minimis.per_item => {
            (Verdict::Deducted(ExpenseLine::Other), part)
        }
        Target::Equipment => (Verdict::NeedsForm4562, Usd::ZERO),
        Target::Home { .. } => (Verdict::HomeIdle(Idle::NoOffice), Usd::ZERO),
        Target::Own(benefit) => (Verdict::Own(benefit), expense.amount),
        Target::EstimatedPayment => (Verdict::Payment, expense.amount),
        Target::Never => (Verdict::LeftOut, Usd::ZERO),
    };
    Item { expense: expense.clone(), category, verdict, counts, why: None }
}

/// A sum that rests on records where there are any, else on the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The sum.
    pub amount: Usd,
    /// Does it rest on records?
    pub from_records: bool,
}

fn stated(records: Usd, any: bool, profile: Option<Usd>) -> Stated {
    if any {
        Stated { amount: records, from_records: true }
    } else {
        Stated { amount: profile.unwrap_or_default(), from_records: false }
    }
}

/// Own benefits and payments of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnYear {
    /// Health and dental premiums.
    pub health: Stated,
    /// Paid into the SEP or 401(k) as the employer.
    pub sep: Stated,
    /// Deferred into one's own 401(k), as stated.
    pub deferral: Usd,
    /// Of that, Roth.
    pub roth_deferral: Usd,
    /// Estimated tax paid.
    pub estimated: Stated,
}

impl OwnYear {
    /// Records first, the profile's figures where there are none.
    pub fn of(deductions: &Deductions, benefits: &profile::Benefits) -> OwnYear {
        let sum = |verdict: Verdict| {
            let any = deductions.items.iter().any(|item| item.verdict == verdict);
            (deductions.total(|item| item.verdict == verdict), any)
        };
        let (health, any_health) = sum(Verdict::Own(OwnBenefit::Health));
        let (sep, any_sep) = sum(Verdict::Own(OwnBenefit::Sep));
        let (estimated, any_estimated) = sum(Verdict::Payment);
        let premiums = match (benefits.health_premium, benefits.dental_premium) {
            (None, None) => None,
            (health, dental) => Some(health.unwrap_or_default() + dental.unwrap_or_default()),
        };
        OwnYear {
            health: stated(health, any_health, premiums),
            sep: stated(sep, any_sep, benefits.retirement),
            deferral: benefits.deferral.unwrap_or_default(),
            roth_deferral: benefits.roth_deferral.unwrap_or_default(),
            estimated: stated(estimated, any_estimated, benefits.estimated_payments),
        }
    }

    /// As the return reads them.
    pub fn facts(&self) -> OwnBenefits {
        OwnBenefits {
            sep: self.sep.amount,
            deferral: self.deferral,
            roth_deferral: self.roth_deferral,
            health: self.health.amount,
            ..OwnBenefits::default()
        }
    }
}

/// The business of the year, as Schedule C reads it.
pub fn business(earnings: &Earnings, deductions: &Deductions, stated: &profile::Business) -> Business {
    Business {
        gross_receipts: earnings.gross_receipts(),
        returns: earnings.returns(),
        other_income: stated.other_income.unwrap_or_default(),
        depreciation: stated.depreciation.unwrap_or_default(),
        ..standing(stated, deductions.business())
    }
}

/// The business with what its assets bring beside Form 4562: what the safe harbor expenses, what comes back, what sales
/// bring, the property of Form 8995-A.
pub fn with_assets(business: Business, assets: &Register) -> Business {
    let (property_gain, _) = assets.gains();
    Business {
        other: business.other + assets.expensed(),
        other_income: business.other_income + assets.sold_expensed().map(|(_, income)| income).sum(),
        recaptured: assets.recaptured(),
        property_gain,
        property: business.property + assets.qualified_property(),
        ..business
    }
}

/// With what is stated of the business and holds for any year of it: home, property, kind.
pub fn standing(stated: &profile::Business, lines: Business) -> Business {
    Business {
        specified_service: i64::from(stated.specified_service.unwrap_or(false)),
        home_area: stated.home_office_square_feet.unwrap_or(0),
        home_months: stated.home_office_months.unwrap_or(12),
        home_actual: stated.home_office_expenses.unwrap_or_default(),
        property: stated.qualified_property.unwrap_or_default(),
        ..lines
    }
}

/// The fact of [`Business`] that an expense line feeds, by name.
pub const fn fact_of(line: ExpenseLine) -> &'static str {
    match line {
        ExpenseLine::Advertising => "advertising",
        ExpenseLine::Car => "car",
        ExpenseLine::Commissions => "commissions",
        ExpenseLine::ContractLabor => "contract_labor",
        ExpenseLine::Insurance => "insurance",
        ExpenseLine::Interest => "interest",
        ExpenseLine::Legal => "legal",
        ExpenseLine::Office => "office",
        ExpenseLine::RentEquipment => "rent_equipment",
        ExpenseLine::RentProperty => "rent_property",
        ExpenseLine::Repairs => "repairs",
        ExpenseLine::Supplies => "supplies",
        ExpenseLine::Taxes => "taxes",
        ExpenseLine::Travel => "travel",
        ExpenseLine::Meals => "meals",
        ExpenseLine::Utilities => "utilities",
        ExpenseLine::Other => "other",
    }
}

/// The fact of [`HomeOffice`](crate::tax::facts::HomeOffice) that a line of Form 8829 feeds, by name.
pub const fn home_fact(line: HomeLine, direct: bool) -> &'static str {
    match (line, direct) {
        (HomeLine::Insurance, false) => "insurance",
        (HomeLine::Insurance, true) => "insurance_direct",
        (HomeLine::Rent, _) => "rent",
        (HomeLine::Repairs, false) => "repairs",
        (HomeLine::Repairs, true) => "repairs_direct",
        (HomeLine::Utilities, false) => "utilities",
        (HomeLine::Utilities, true) => "utilities_direct",
        (HomeLine::Other, false) => "other",
        (HomeLine::Other, true) => "other_direct",
    }
}

/// Hours of coding a day worked, where minutes are known.
pub fn coding_hours_per_day(earnings: &Earnings) -> Option<Decimal> {
    (earnings.work_days > 0 && earnings.total.minutes_tenths > 0)
        .then(|| earnings.total.hours() / Decimal::from(earnings.work_days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::entry::Origin;
    use crate::book::work::Work;
    use crate::law;

    fn expense(id: i64, date: &str, category: &str, cents: i64, share: i64) -> Expense {
        Expense {
            id,
            origin: Origin { batch: 1, line: id + 1 },
            date: date.parse().expect("a date"),
            vendor: "Vendor".to_owned(),
            description: "Thing".to_owned(),
            category: category.to_owned(),
            amount: Usd::from_cents(cents),
            share_millionths: share,
        }
    }

    fn judged(rows: &[Expense], election: bool) -> Deductions {
        let (law, _) = law::of(2025).expect("law");
        Deductions::of(law, rows, election)
    }

    #[test]
    fn an_expense_counts_with_its_business_part() {
        // 79.99 x 60% = 47.994 -> 47.99.
        let deductions = judged(&[expense(1, "2025-02-01", "internet", 7_999, 600_000)], true);
        assert_eq!(deductions.line(ExpenseLine::Utilities), Usd::from_cents(4_799));
    }

    #[test]
    fn lunches_and_commuting_are_left_out_and_meals_are_halved() {
        let rows = [
            expense(1, "2025-02-01", "lunches", 1_200, 1_000_000),
            expense(2, "2025-02-01", "commuting", 4_000, 1_000_000),
            expense(3, "2025-02-01", "meals", 4_680, 1_000_000),
        ];
        let deductions = judged(&rows, true);
        assert_eq!(deductions.schedule_c(), Usd::from_cents(2_340));
        assert_eq!(deductions.cash_costs(), Usd::from_cents(4_680));
        assert_eq!(deductions.items.iter().filter(|item| item.verdict == Verdict::LeftOut).count(), 2);
    }

    #[test]
    fn equipment_needs_the_election_and_at_most_2500_an_item() {
        let rows = [
            expense(1, "2025-03-01", "equipment", 250_000, 900_000),
            expense(2, "2025-03-01", "equipment", 250_001, 900_000),
        ];
        let with = judged(&rows, true);
        // 2,500.00 x 90% = 2,250; the item of 2,500.01 is over the limit, whatever its business part.
        assert_eq!(with.line(ExpenseLine::Other), Usd::dollars(2_250));
        assert_eq!(with.items[1].verdict, Verdict::NeedsForm4562);
        assert_eq!(judged(&rows, false).schedule_c(), Usd::ZERO);
    }

    #[test]
    fn a_costly_thing_among_supplies_is_asked_about() {
        let named = |id, category, cents, what: &str| {
            let row = expense(id, "2025-03-01", category, cents, 1_000_000);
            Expense { description: what.to_owned(), ..row }
        };
        let rows = [
            named(1, "supplies", 250_001, "MacBook laptop 16"),
            named(2, "office", 250_000, "Desk"),
            named(3, "other", 300_000, "Audit of a quarter"),
            named(4, "software", 300_000, "Computer with encoder"),
            named(5, "equipment", 300_000, "Computer"),
            named(6, "security", 300_000, "Printer, locked"),
        ];
        let (law, _) = law::of(2025).expect("law");
        let deductions = judged(&rows, true);
        let said = share::Said::from([rows[5].origin]);
        let asked: Vec<i64> = deductions.seeming_equipment(law, &said).map(|item| item.expense.id).collect();
        assert_eq!(asked, [1, 4]);
        // They count until she answers: 2,500.01 as supplies.
        assert_eq!(deductions.line(ExpenseLine::Supplies), Usd::from_cents(250_001));
    }

    #[test]
    fn the_january_installment_belongs_to_the_year_before() {
        let rows = [
            expense(1, "2026-01-15", "estimated-tax", 165_000, 1_000_000),
            expense(2, "2025-01-15", "estimated-tax", 1, 1_000_000),
        ];
        let own = OwnYear::of(&judged(&rows, true), &profile::Benefits::default());
        assert_eq!(own.estimated, Stated { amount: Usd::dollars(1_650), from_records: true });
    }

    #[test]
    fn premiums_come_from_records_first() {
        let benefits = profile::Benefits { health_premium: Some(Usd::dollars(6_000)), ..profile::Benefits::default() };
        let none = OwnYear::of(&judged(&[], true), &benefits);
        assert_eq!(none.health, Stated { amount: Usd::dollars(6_000), from_records: false });
        let some =
            OwnYear::of(&judged(&[expense(1, "2025-01-01", "health-premium", 47_862, 1_000_000)], true), &benefits);
        assert_eq!(some.health.amount, Usd::from_cents(47_862));
    }

    #[test]
    fn no_category_of_one_s_own_affairs_reaches_the_schedule() {
        for category in Categories::all() {
            let of_business = matches!(category.target, Target::Business { .. } | Target::Equipment);
            let deductions = judged(&[expense(1, "2025-02-01", &category.id, 10_000, 1_000_000)], true);
            assert_eq!(deductions.schedule_c() == Usd::ZERO, !of_business, "{}", category.id);
        }
    }

    #[test]
    fn what_is_stated_of_the_business_reaches_its_schedule() {
        let stated = profile::Business {
            depreciation: Some(Usd::dollars(1)),
            other_income: Some(Usd::dollars(2)),
            qualified_property: Some(Usd::dollars(3)),
            home_office_expenses: Some(Usd::dollars(4)),
            ..profile::Business::default()
        };
        let business = business(&Earnings::of(2025, &Work::default(), &[], &[]), &Deductions::default(), &stated);
        let facts = [business.depreciation, business.other_income, business.property, business.home_actual];
        assert_eq!(facts, [1, 2, 3, 4].map(Usd::dollars));
    }

    #[test]
    fn deferrals_come_from_the_profile() {
        let benefits = profile::Benefits {
            retirement: Some(Usd::dollars(3)),
            deferral: Some(Usd::dollars(2)),
            roth_deferral: Some(Usd::dollars(1)),
            ..profile::Benefits::default()
        };
        let own = OwnYear::of(&judged(&[], true), &benefits).facts();
        assert_eq!([own.sep, own.deferral, own.roth_deferral], [3, 2, 1].map(Usd::dollars));
    }
}
