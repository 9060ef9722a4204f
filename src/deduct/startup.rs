//! Start-up costs: what a business pays before it begins (IRC 195).
//!
//! What would be deducted by a business at work is capital before the first paid charts. The first year takes the most that
//! the law allows at once, 180 months take the rest, whichever year the book is asked about. Equipment is none of it: it is
//! placed in service when the business begins. Nor is education for a trade (Treas. Reg. 1.162-5), nor interest.

use chrono::{Datelike, NaiveDate};

use super::share::Said;
use super::trade::Trade;
use super::{Deductions, Item, Verdict, Why, judge};
use crate::book::category::{Categories, ExpenseLine};
use crate::book::entry::Expense;
use crate::law::Law;
use crate::money::{Ratio, Round, Usd};
use crate::tax::form_4562::Depreciation;
use crate::{facts, form};

facts! {
    /// What the worksheet of start-up costs starts from.
    StartUpFacts = "start_up" {
        costs: Usd "Start-up costs: business expenses paid before the first paid charts";
        first: i64 "The year in which the business began: 1 if so";
        months: i64 "Months from the one in which it began to the end of the year, at most 180";
        before: i64 "Of these, months of earlier years";
    }
}

form! {
    /// Start-up costs: what is deducted of them in a year. Each year takes what is due by its end less what was due before it, so
    /// that all years together take all of it, to the cent.
    StartUpWorksheet = "start-up", "Worksheet: start-up costs";
    (law: &Law, start_up: &StartUpFacts; round) {
        "1" l1 "Start-up costs"                                                    ["IRC 195(c)(1)"]         = start_up.costs;
        "2" l2 "Most that is deducted in the first year"                           ["IRC 195(b)(1)(A)(ii)"]  = law.startup.at_once;
        "3" l3 "Line 1 over the amount at which that begins to shrink"             ["IRC 195(b)(1)(A)(ii)"]  = l1.excess(law.startup.start);
        "4" l4 "Deducted in the first year: smaller of line 1, or line 2 less line 3" ["IRC 195(b)(1)(A)"]   = l1.min(l2.excess(l3));
        "5" l5 "To be amortized from the month the business began: line 1 less line 4" ["IRC 195(b)(1)(B)"] = l1 - l4;
        "6" l6 "Amortized by the end of the year"                                  ["IRC 195(b)(1)(B)"]      = l5 * Ratio { of: start_up.months, whole: law.startup.months };
        "7" l7 "Of that, by the end of the year before"                                                      = l5 * Ratio { of: start_up.before, whole: law.startup.months };
        "8" l8 "Amortization of the year; Form 4562, Part VI"                      ["IRC 195(b)(1)(B)"]      = l6 - l7;
        "9" l9 "Start-up costs deducted in the year; to Schedule C, Part V"        ["IRC 195(b)(1)"]         = l4 * start_up.first + l8;
    }
}

/// Why a cost of before the start is not deducted as its category would be.
const COST: Why = Why {
    text: "Paid before your first paid charts: a start-up cost. Up to $5,000 is deducted in the year you began, the rest over 180 months (explain start-up.9).",
    cite: "IRC 195(b), (c)(1); Treas. Reg. 1.195-1(b)",
};
const EQUIPMENT: Why = Why {
    text: "Bought in a year before your first paid charts. Equipment is no start-up cost: it is placed in service when the business begins, at its cost, or at its value then where you used it privately before and that is lower.",
    cite: "Treas. Reg. 1.167(a)-11(e)(1)(i); 1.167(g)-1; IRC 195(c)(1)",
};
const INTEREST: Why = Why {
    text: "Interest paid before your first paid charts is no start-up cost, and no interest of a business at work. Was the loan for something else? Then say what it is: perchart categorize --set ROW=private.",
    cite: "IRC 195(c)(1); 163(h)(2)(A)",
};

/// The start-up costs of a business, and what a year deducts of them.
#[derive(Clone, Debug)]
pub struct StartUp {
    /// The costs, of whichever year, as they are judged.
    pub costs: Vec<Item>,
    /// The day the business began.
    pub started: NaiveDate,
    /// What the worksheet starts from.
    pub facts: StartUpFacts,
    /// The worksheet of the year.
    pub sheet: StartUpWorksheet,
}

/// Is it a start-up cost, if it was paid before the start? Judged as if the business had been at work.
fn is_cost(item: &Item) -> bool {
    matches!(item.verdict, Verdict::Deducted(line) if line != ExpenseLine::Interest)
        && !item.is_equipment()
        && !is_education(item)
}

fn is_education(item: &Item) -> bool {
    ["education", "credentials"].contains(&item.category.id.as_str())
}

impl StartUp {
    /// The start-up costs of all expenses; none where there are none.
    pub fn of(law: &Law, expenses: &[Expense], election: bool, trade: &Trade, said: &Said) -> Option<StartUp> {
        let started = trade.started?;
        let before = expenses.iter().filter(|expense| expense.date < started);
        let judged = before.filter_map(|expense| {
            let category = Categories::get(&expense.category)?;
            Some(judge(law, expense, category, election))
        });
        let mut judged = Deductions { items: judged.collect() };
        judged.leave_out_landlines(said);
        let costs: Vec<Item> = judged.items.into_iter().filter(is_cost).collect();
        let sum: Usd = costs.iter().map(|item| item.counts).sum();
        if sum <= Usd::ZERO {
            return None;
        }
        let months_by_end_of = |year: i32| {
            let months = i64::from(year - started.year()) * 12 + 13 - i64::from(started.month());
            months.clamp(0, law.startup.months)
        };
        let year = i32::from(law.year);
        let facts = StartUpFacts {
            costs: sum,
            first: i64::from(year == started.year()),
            months: months_by_end_of(year),
            before: months_by_end_of(year - 1),
        };
        let sheet = StartUpWorksheet::fill(law, &facts, Round::Cents);
        Some(StartUp { costs, started, facts, sheet })
    }

    /// As Form 4562 reads it.
    pub fn put_into(&self, depreciation: &mut Depreciation) {
        let sheet = &self.sheet;
        let amortization = if self.facts.first == 1 {
            &mut depreciation.amortization_begun
        } else {
            &mut depreciation.amortization_before
        };
        *amortization = sheet.l8;
        depreciation.start_up = sheet.l4 * self.facts.first;
    }
}

impl Deductions {
    /// Takes what was paid before the start off its lines.
    pub fn hold_back_before(&mut self, trade: &Trade) {
        for item in self.items.iter_mut().filter(|item| trade.is_before(item.expense.date)) {
            let starts_later = trade.started.is_some_and(|started| item.expense.date.year() < started.year());
            if is_cost(item) {
                (item.verdict, item.why) = (Verdict::StartUp, Some(COST));
            } else if item.is_equipment() && starts_later && item.why.is_none() {
                item.refuse(Verdict::NeedsForm4562, EQUIPMENT);
            } else if item.verdict == Verdict::Deducted(ExpenseLine::Interest) {
                item.refuse(Verdict::Asked, INTEREST);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::entry::Origin;
    use crate::law;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn expense(line: i64, date: &str, category: &str, cents: i64) -> Expense {
        Expense {
            id: line,
            origin: Origin { batch: 1, line },
            date: date.parse().expect("a day"),
            vendor: "Vendor".to_owned(),
            description: "Thing".to_owned(),
            category: category.to_owned(),
            amount: Usd::from_cents(cents),
            share_millionths: 1_000_000,
        }
    }

    fn began(on: &str) -> Trade {
        Trade::of(on.parse().ok(), [].into_iter())
    }

    fn of(year: i32, rows: &[Expense], trade: &Trade) -> Option<StartUp> {
        StartUp::of(law::of(year).expect("law").0, rows, true, trade, &Said::new())
    }

    #[test]
    fn small_costs_are_deducted_in_the_first_year() {
        // Books 300, half of a meal of 50, and nothing else: 325.
        let rows = [
            expense(2, "2024-11-20", "books", 30_000),
            expense(3, "2025-01-20", "meals", 5_000),
            expense(4, "2025-01-21", "education", 90_000),
            expense(5, "2025-01-22", "equipment", 90_000),
            expense(6, "2025-01-23", "interest", 9_000),
            expense(7, "2025-01-24", "lunches", 9_000),
            expense(8, "2025-03-01", "books", 10_000),
        ];
        let trade = began("2025-03-01");
        let in_2025 = of(2025, &rows, &trade).expect("costs");
        assert_eq!((in_2025.facts.costs, in_2025.sheet.l9), (Usd::dollars(325), Usd::dollars(325)));
        assert_eq!(of(2024, &rows, &trade).expect("costs").sheet.l9, Usd::ZERO);
        assert_eq!(of(2026, &rows, &trade).expect("costs").sheet.l9, Usd::ZERO);
        let mut deductions = Deductions::of(law::of(2025).expect("law").0, &rows, true);
        deductions.hold_back_before(&trade);
        let verdicts: Vec<Verdict> = deductions.items.iter().map(|item| item.verdict).collect();
        let other = Verdict::Deducted(ExpenseLine::Other);
        let supplies = Verdict::Deducted(ExpenseLine::Supplies);
        // Education is judged by its own rules; equipment of the year of the start is placed in service in it.
        assert_eq!(verdicts, [Verdict::StartUp, other, other, Verdict::Asked, Verdict::LeftOut, supplies]);
    }

    #[test]
    fn larger_costs_are_spread_over_fifteen_years() {
        // Began in March 2025: 8,600 - 5,000 = 3,600 over 180 months is 20 a month. 2025: 5,000 + 10 x 20 = 5,200. 2026: 240.
        let rows = [expense(2, "2024-11-20", "advertising", 860_000)];
        let trade = began("2025-03-17");
        let deducted = |year| of(year, &rows, &trade).expect("costs").sheet;
        assert_eq!(
            (deducted(2025).l5, deducted(2025).l8, deducted(2025).l9),
            (Usd::dollars(3_600), Usd::dollars(200), Usd::dollars(5_200))
        );
        assert_eq!(deducted(2026).l9, Usd::dollars(240));
        // The first year's amount shrinks dollar for dollar above 50,000: 53,200 leaves 1,800; 51,400 / 180 x 10 = 2,855.56.
        let rows = [expense(2, "2024-11-20", "advertising", 5_320_000)];
        let sheet = of(2025, &rows, &trade).expect("costs").sheet;
        assert_eq!((sheet.l4, sheet.l8), (Usd::dollars(1_800), Usd::from_cents(285_556)));
        let rows = [expense(2, "2024-11-20", "advertising", 5_600_000)];
        assert_eq!(of(2025, &rows, &trade).expect("costs").sheet.l4, Usd::ZERO);
    }

    proptest! {
        #[test]
        fn all_years_together_take_all_of_it(cents in 1i64..9_000_000, month in 1u32..=12, day in 1u32..=28) {
            let trade = Trade::of(NaiveDate::from_ymd_opt(2025, month, day), [].into_iter());
            let rows = [expense(2, "2024-06-01", "advertising", cents)];
            let base = of(2025, &rows, &trade).expect("costs").facts;
            let (law, _) = law::of(2025).expect("law");
            let months = |year: i64| (year * 12 + 13 - i64::from(month)).clamp(0, law.startup.months);
            let years = (0..=16).map(|year| {
                let facts = StartUpFacts { first: i64::from(year == 0), months: months(year), before: months(year - 1), ..base };
                StartUpWorksheet::fill(law, &facts, Round::Cents).l9
            });
            prop_assert_eq!(years.sum::<Usd>(), Usd::from_cents(cents));
        }
    }
}
