//! Where a fact comes from: rows, the profile, a setting.

use super::Explainer;
use chrono::Datelike as _;

use crate::assets::facts;
use crate::assets::life::{Start, is_listed};
use crate::assets::{Fate, Held};
use crate::book::category::{ExpenseLine, OwnBenefit};
use crate::book::entry::Origin;
use crate::compare::settings::Source;
use crate::deduct::{Item, Verdict, fact_of, home_fact};
use crate::money::Usd;
use crate::report::assets::reference;
use crate::year::Records;

/// Where a leaf comes from: words for a table.
pub(super) struct Leaf {
    pub(super) source: String,
    pub(super) rows: Vec<Origin>,
}

impl Leaf {
    fn without_rows(source: impl Into<String>) -> Leaf {
        Leaf { source: source.into(), rows: Vec::new() }
    }
}

impl Explainer<'_> {
    /// Where a fact comes from, with its rows.
    pub(super) fn origin(&self, at: usize, set: &str, name: &str) -> String {
        let leaf = self.leaf(&self.forms.forms[at].name, set, name);
        if leaf.rows.is_empty() { leaf.source } else { format!("{}: {}", leaf.source, self.places(&leaf.rows)) }
    }

    /// Where a fact comes from. `form` is the form that reads it: a comparison's forms stand on settings.
    pub(super) fn leaf(&self, form: &str, set: &str, name: &str) -> Leaf {
        let key = format!("{set}.{name}");
        if let Some(setting) = self.settings.get(&key) {
            let rows = if matches!(setting.source, Source::Records(_)) { self.setting_rows(name) } else { Vec::new() };
            return Leaf { source: origin(&setting.source), rows };
        }
        // The comparison's returns stand on its worksheets and settings, not on the records.
        let side = if form == "withheld" { "job" } else { form.split_once('/').map_or("", |(side, _)| side) };
        match (side, set, name) {
            (
                "contract" | "bare",
                "business",
                "home_area" | "home_months" | "home_actual" | "property" | "specified_service",
            ) => {}
            ("contract" | "bare", "business", "gross_receipts") => {
                return Leaf::without_rows("the comparison: its fees");
            }
            ("contract" | "bare", "business", "depreciation") => {
                return Leaf::without_rows("the comparison: its equipment");
            }
            ("contract" | "bare", "business", _) => {
                return Leaf::without_rows(match self.settings.get("contract.cash_costs").map(|costs| &costs.source) {
                    Some(Source::Records(_)) | None => "your records, without equipment".to_owned(),
                    Some(other) => origin(other),
                });
            }
            ("contract", "own-benefits", "health") => {
                let premium = self.settings.get("contract.premium").map(|setting| origin(&setting.source));
                return Leaf::without_rows(premium.unwrap_or_default());
            }
            ("contract", "own-benefits", "sep") => {
                return Leaf::without_rows("the comparison: as much as deferral and match of the job");
            }
            ("job", "w2", _) => return Leaf::without_rows("the comparison: pay of the job by its own worksheet"),
            _ => {}
        }
        let items = |holds: &dyn Fn(&Item) -> bool| -> Vec<Origin> {
            self.year.deductions.items.iter().filter(|item| holds(item)).map(|item| item.expense.origin).collect()
        };
        if set == "depreciation"
            && !matches!(name, "carryover" | "start_up" | "amortization_begun" | "amortization_before")
        {
            return self.assets(name);
        }
        let car = match set.split_once('@') {
            None if set == "car" => Some(1),
            Some(("car", at)) => at.parse().ok(),
            _ => None,
        };
        let car = car.and_then(|at: usize| self.year.cars.cars.get(at.saturating_sub(1)));
        if let Some(car) = car {
            let rows = match name {
                "miles_first" | "miles_later" | "parking" => car.trips.clone(),
                "costs" => car.costs.clone(),
                _ => Vec::new(),
            };
            let source = match name {
                "of_all" => "your trips, and all miles of the year in perchart.toml",
                "standard" => "perchart.toml, or whichever way is more",
                "depreciation" => "Form 4562, where there is one",
                _ if rows.is_empty() => "perchart.toml",
                _ => "your records",
            };
            return Leaf { source: source.to_owned(), rows };
        }
        let before = || self.year.start_up.iter().flat_map(|start_up| &start_up.costs);
        let rows: Vec<Origin> = match (set, name) {
            ("start-up", "costs") | ("depreciation", "start_up" | "amortization_begun" | "amortization_before") => {
                before().map(|item| item.expense.origin).collect()
            }
            ("business", "recaptured" | "property_gain") => return self.assets(name),
            ("business", "other_income") => {
                self.year.assets.sold_expensed().map(|(held, _)| held.asset.origin).collect()
            }
            ("business", "other") => {
                let assets = self.year.assets.held.iter().filter(|held| held.fate == Fate::Expensed);
                let assets = assets.filter(|held| held.asset.acquired.year() == self.year.number());
                let expenses = items(&|item| item.verdict == Verdict::Deducted(ExpenseLine::Other));
                assets.map(|held| held.asset.origin).chain(expenses).collect()
            }
            ("business", "gross_receipts") => self
                .year
                .earnings
                .receipts()
                .filter(|receipt| receipt.amount > Usd::ZERO)
                .filter_map(|receipt| receipt.origin)
                .collect(),
            ("business", "returns") => self
                .year
                .earnings
                .receipts()
                .filter(|receipt| receipt.amount < Usd::ZERO)
                .filter_map(|receipt| receipt.origin)
                .collect(),
            ("business", line @ ("car" | "interest" | "taxes")) => {
                let mut rows = items(&|item| matches!(item.verdict, Verdict::Deducted(own) if fact_of(own) == line));
                rows.extend(self.year.cars.cars.iter().filter(|_| line == "car").flat_map(|car| car.trips.clone()));
                rows
            }
            ("business", line) => items(&|item| matches!(item.verdict, Verdict::Deducted(own) if fact_of(own) == line)),
            ("home-office", name) => {
                items(&|item| matches!(item.verdict, Verdict::Home(line, direct) if home_fact(line, direct) == name))
            }
            ("own-benefits", "health") => items(&|item| item.verdict == Verdict::Own(OwnBenefit::Health)),
            ("own-benefits", "sep") => items(&|item| item.verdict == Verdict::Own(OwnBenefit::Sep)),
            ("filer", "estimated_payments") => items(&|item| item.verdict == Verdict::Payment),
            _ => Vec::new(),
        };
        let by_car = side.is_empty() && !self.year.cars.cars.is_empty();
        let source = if by_car && set == "business" && ["car", "interest", "taxes"].contains(&name) {
            "your records, and the worksheet of the car, car.12 to car.14"
        } else if set == "depreciation" && ["start_up", "amortization_begun", "amortization_before"].contains(&name) {
            "the worksheet of start-up costs, start-up.9"
        } else if set == "start-up" && rows.is_empty() {
            "the day the business began"
        } else if !rows.is_empty() {
            "your records"
        } else if set == "days" {
            "the calendar"
        } else if set.starts_with("home-choice") {
            "the choice: the whole return by both deductions"
        } else if set.starts_with("premium-search") {
            "the search: the lawful ways tried on the whole return"
        } else if ["share", "hsa-share", "ira-cover", "business-income"]
            .iter()
            .any(|worked_out| set.split('@').next() == Some(worked_out))
        {
            "worked out from the figures above it"
        } else {
            "perchart.toml"
        };
        Leaf { source: source.to_owned(), rows }
    }

    /// The assets behind a fact of Form 4562, or of what sales and falling use bring.
    fn assets(&self, name: &str) -> Leaf {
        let year = self.year.number();
        let held = self.year.assets.in_year(year).filter(|(held, own)| {
            let new = held.asset.in_service.year() == year;
            let listed = is_listed(held.asset.class);
            match name {
                "cost_179" => new && Start::of(&held.asset).is_179,
                "elected" => !listed && own.section_179 > Usd::ZERO,
                "listed_elected" => listed && own.section_179 > Usd::ZERO,
                "allowance" => !listed && own.allowance > Usd::ZERO,
                "listed_allowance" => listed && own.allowance > Usd::ZERO,
                "minimum_tax" => own.depreciation != own.for_minimum_tax,
                "recaptured" => own.recapture > Usd::ZERO,
                "property_gain" | "minimum_tax_sales" => {
                    held.life().is_some_and(|life| life.sale.is_some_and(|sale| sale.year == year))
                }
                basis if basis.starts_with("basis_") => {
                    facts::fact_of(held, own, year) == basis.replace("basis_", "new_")
                }
                _ => own.depreciation > Usd::ZERO && facts::fact_of(held, own, year) == name,
            }
        });
        let held: Vec<&Held> = held.map(|(held, _)| held).collect();
        let names: Vec<String> = held.iter().map(|held| reference(held)).collect();
        let source =
            if names.is_empty() { "your assets".to_owned() } else { format!("your assets {}", names.join(", ")) };
        Leaf { source, rows: held.iter().map(|held| held.asset.origin).collect() }
    }

    /// The rows behind a setting that rests on records.
    pub(super) fn setting_rows(&self, name: &str) -> Vec<Origin> {
        use chrono::Datelike as _;
        let items = |holds: &dyn Fn(&Item) -> bool| -> Vec<Origin> {
            self.year.deductions.items.iter().filter(|item| holds(item)).map(|item| item.expense.origin).collect()
        };
        match name {
            "cash_costs" => items(&|item| matches!(item.verdict, Verdict::Deducted(_)) && !item.is_equipment()),
            "equipment" => items(&Item::is_equipment),
            "premium" => items(&|item| item.verdict == Verdict::Own(OwnBenefit::Health)),
            _ => {
                let worked = self.year.records.charts.iter().filter(|row| row.work_date.year() == self.year.number());
                worked.map(|row| row.origin).collect()
            }
        }
    }

    /// Files and lines of records, runs drawn together: `payments.csv:4-9, 12`.
    pub(super) fn places(&self, rows: &[Origin]) -> String {
        places(&self.year.records, rows)
    }
}

/// Files and lines of records, runs drawn together: `payments.csv:4-9, 12`.
pub(in crate::report) fn places(records: &Records, rows: &[Origin]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let mut files: Vec<(i64, Vec<(i64, i64)>)> = Vec::new();
    for row in rows {
        let same = files.last().is_some_and(|(batch, _)| *batch == row.batch);
        if !same {
            files.push((row.batch, Vec::new()));
        }
        if let Some((_, runs)) = files.last_mut() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == row.line => *last = row.line,
                _ => runs.push((row.line, row.line)),
            }
        }
    }
    let file = |(batch, runs): &(i64, Vec<(i64, i64)>)| {
        let name = records.place(Origin { batch: *batch, line: 0 });
        let name = name.trim_end_matches(":0");
        let shown: Vec<String> = runs
            .iter()
            .take(8)
            .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
            .collect();
        let more = if runs.len() > 8 { format!(" and {} more", runs.len() - 8) } else { String::new() };
        format!("{name}:{}{more}", shown.join(", "))
    };
    files.iter().map(file).collect::<Vec<_>>().join("; ")
}

/// Where a setting comes from, in words.
pub(super) fn origin(source: &Source) -> String {
    match source {
        Source::Profile => source.word().to_owned(),
        other => format!("{}: {}", other.word(), other.words()),
    }
}
