//! What a form lists item by item: things, start-up costs, kinds of other expenses. Amounts are whole dollars that add up to
//! the line of the return.

use chrono::NaiveDate;

use super::value::{self, dollars};
use std::collections::BTreeMap;

use crate::assets::Held;
use crate::assets::life::{AssetYear, Method, Start, is_listed, recovery};
use crate::assets::percent::Recovery;
use crate::book::category::ExpenseLine;
use crate::book::entry::AssetClass;
use crate::deduct::Verdict;
use crate::money::{Exact, Ratio, Round, Usd};
use crate::tax::Return;
use crate::tax::form_4562::Form4562;
use crate::year::Year;

/// A table of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name in the maps.
    pub(super) name: &'static str,
    /// Where it stands on the paper.
    pub(super) at: &'static str,
    /// So many rows are printed.
    fits: usize,
    /// Columns of words, the first saying what it is.
    words: &'static [&'static str],
    /// Columns of amounts.
    amounts: &'static [&'static str],
    rows: Vec<Row>,
}

/// A row, with a cell for each column; a cell may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    words: Vec<String>,
    amounts: Vec<Option<Usd>>,
}

impl Row {
    fn of(words: impl IntoIterator<Item = String>, amounts: impl IntoIterator<Item = Option<Usd>>) -> Row {
        Row { words: words.into_iter().collect(), amounts: amounts.into_iter().collect() }
    }

    /// Rows as one: how many there are, and their sums.
    fn sum(rows: &[Row], columns: usize) -> Row {
        let sum = |at: usize| rows.iter().filter_map(|row| *row.amounts.get(at)?).reduce(|sum, amount| sum + amount);
        Row::of([format!("{} more, see statement", rows.len())], (0..columns).map(sum))
    }
}

impl Table {
    /// What stands in a row, from 1, and a column; `None` where the form has no such row or the table no such column.
    pub(super) fn cell(&self, row: usize, column: &str) -> Option<String> {
        let at = row.checked_sub(1).filter(|at| *at < self.fits)?;
        let word = self.words.iter().position(|name| *name == column);
        let amount = self.amounts.iter().position(|name| *name == column);
        word.or(amount)?;
        let row = match self.beyond() {
            [] => self.rows.get(at).cloned(),
            rest if at + 1 == self.fits => Some(Row::sum(rest, self.amounts.len())),
            _ => self.rows.get(at).cloned(),
        };
        let Some(row) = row else { return Some(String::new()) };
        let written = |at: usize| row.amounts.get(at).copied().flatten().map(dollars);
        Some(
            match word {
                Some(at) => row.words.get(at).cloned(),
                None => amount.and_then(written),
            }
            .unwrap_or_default(),
        )
    }

    /// The rows of which the form's last is the sum.
    fn beyond(&self) -> &[Row] {
        if self.rows.len() > self.fits { self.rows.get(self.fits - 1..).unwrap_or_default() } else { &[] }
    }

    /// The statement that goes with the form: each row that its last stands for.
    pub(super) fn statement(&self) -> Vec<(String, Vec<String>)> {
        let entry = |row: &Row| {
            let words = row.words.iter().skip(1).zip(self.words.iter().skip(1));
            let words = words.filter(|(word, _)| !word.is_empty()).map(|(word, name)| format!("{name} {word}"));
            let amounts = row.amounts.iter().zip(self.amounts);
            let amounts = amounts.filter_map(|(amount, name)| Some(format!("{name} {}", dollars((*amount)?))));
            (row.words.first().cloned().unwrap_or_default(), words.chain(amounts).collect())
        };
        self.beyond().iter().map(entry).collect()
    }
}

/// Whole dollars of amounts that add up to the line they are on.
fn on_line(amounts: &[Usd], line: Usd) -> Vec<Usd> {
    let own = whole(amounts.iter().copied().sum());
    // Where the line holds more than these rows, they keep what they come to.
    let total = if line.max(own) - line.min(own) <= Usd::dollars(1) { line } else { own };
    value::whole(amounts, total)
}

fn whole(amount: Usd) -> Usd {
    Round::WholeDollar.enter(Exact::from(amount))
}

fn day(date: NaiveDate) -> String {
    date.format("%m/%d/%Y").to_string()
}

fn month(date: NaiveDate) -> String {
    date.format("%m/%Y").to_string()
}

/// A share as a percentage with two places.
fn percent(share: Ratio) -> String {
    value::written(crate::tax::form::Value::Ratio(share), None, super::Shown::Percent).unwrap_or_default()
}

/// The tables of Form 4562.
pub(super) fn of_4562(year: &Year, filled: &Return, copy: &str) -> Vec<Table> {
    let first = copy.is_empty();
    let form = filled.form_4562.first().copied().unwrap_or(Form4562::BLANK);
    // Assets, cars and start-up costs of the book are of the filer's first business; Part I is that of the whole return.
    let own = |rows: Vec<Row>| if first { rows } else { Vec::new() };
    vec![
        Table {
            name: "elected",
            at: "6",
            fits: 2,
            words: &["what"],
            amounts: &["cost", "elected"],
            rows: elected(year, form.l6),
        },
        Table {
            name: "building",
            at: "19j",
            fits: 2,
            words: &["month"],
            amounts: &["basis", "deduction"],
            rows: own(buildings(year, filled, &form)),
        },
        Table { name: "listed", at: "26", rows: own(listed(year, &form, Method::Table)), ..LISTED },
        Table { name: "listed-half", at: "27", rows: own(listed(year, &form, Method::StraightLine)), ..LISTED },
        Table {
            name: "amortized",
            at: "42",
            fits: 2,
            words: &["what", "begun", "section", "period"],
            amounts: &["cost", "deduction"],
            rows: own(amortized(year, form.l42)),
        },
    ]
}

const LISTED: Table = Table {
    name: "",
    at: "",
    fits: 3,
    words: &["what", "in-service", "share", "recovery", "method"],
    amounts: &["cost", "basis", "deduction", "elected"],
    rows: Vec::new(),
};

/// Things of the year, or of earlier years, that are depreciated in it.
fn things(year: &Year) -> impl Iterator<Item = (&Held, &AssetYear)> {
    year.assets.in_year(year.number())
}

fn is_new(year: &Year, held: &Held) -> bool {
    year.days_hold(held.asset.in_service)
}

/// Line 6: what is elected under section 179.
fn elected(year: &Year, line: Usd) -> Vec<Row> {
    let all: Vec<(&Held, &AssetYear)> = things(year)
        .filter(|(held, own)| is_new(year, held) && !is_listed(held.asset.class) && own.section_179 != Usd::ZERO)
        .collect();
    let amounts = on_line(&all.iter().map(|(_, own)| own.section_179).collect::<Vec<_>>(), line);
    let row = |((held, _), amount): (&(&Held, &AssetYear), Usd)| {
        Row::of([held.asset.name.clone()], [Some(whole(Start::of(&held.asset).business)), Some(amount)])
    };
    all.iter().zip(amounts).map(row).collect()
}

/// Line 19j: buildings of the year, and the home in the year of its first use, whose depreciation is on Form 8829.
fn buildings(year: &Year, filled: &Return, form: &Form4562) -> Vec<Row> {
    let all: Vec<(&Held, &AssetYear)> =
        things(year).filter(|(held, _)| is_new(year, held) && held.asset.class == AssetClass::Building).collect();
    let bases = on_line(&all.iter().map(|(_, own)| own.basis).collect::<Vec<_>>(), form.l19_real_basis);
    let amounts = on_line(&all.iter().map(|(_, own)| own.depreciation).collect::<Vec<_>>(), form.l19_real);
    let row = |((held, _), (basis, amount)): (&(&Held, &AssetYear), (Usd, Usd))| {
        Row::of([month(held.asset.in_service)], [Some(basis), Some(amount)])
    };
    let mut rows: Vec<Row> = all.iter().zip(bases.into_iter().zip(amounts)).map(row).collect();
    if let Some((from, basis, amount)) = home_begins(filled) {
        rows.push(Row::of([from], [Some(basis), Some(amount)]));
    }
    rows
}

/// The home in the year in which its business use begins, where it is depreciated: month and year, Form 8829 lines 40 and 42.
pub(super) fn home_begins(filled: &Return) -> Option<(String, Usd, Usd)> {
    let office = filled.offices.first().filter(|office| office.actual == 1 && office.first_month > 0)?;
    let form = filled.form_8829.first().filter(|form| form.l42 > Usd::ZERO)?;
    Some((format!("{:02}/{}", office.first_month, filled.year), form.l40, form.l42))
}

/// Lines 26 and 27: cars. Of one by the standard rate the form asks columns (a) to (c) alone.
fn listed(year: &Year, form: &Form4562, method: Method) -> Vec<Row> {
    let all: Vec<(&Held, &AssetYear)> =
        things(year).filter(|(held, own)| is_listed(held.asset.class) && own.method == method).collect();
    let line = if method == Method::Table { form.l26 } else { form.l27 };
    let amounts = on_line(&all.iter().map(|(_, own)| own.depreciation).collect::<Vec<_>>(), line);
    let chosen = on_line(&all.iter().map(|(_, own)| own.section_179).collect::<Vec<_>>(), form.l29);
    let row = |((held, own), (amount, chosen)): (&(&Held, &AssetYear), (Usd, Usd))| {
        let convention = held.treatment.convention.word();
        let share = percent(Ratio { of: own.share_millionths, whole: 1_000_000 });
        let period = format!("{} yrs.", recovery(held.asset.class).years());
        // Line 27 has the method printed.
        let way = match own.method {
            Method::Table => format!("{}/{convention}", way(recovery(held.asset.class), own.method)),
            Method::StraightLine => convention.to_owned(),
        };
        let elected = (chosen != Usd::ZERO).then_some(chosen);
        Row::of(
            [held.asset.name.clone(), day(held.asset.in_service), share, period, way],
            [Some(whole(Start::of(&held.asset).whole)), Some(whole(own.basis)), Some(amount), elected],
        )
    };
    let mut rows: Vec<Row> = all.iter().zip(amounts.into_iter().zip(chosen)).map(row).collect();
    if year.files_form_4562() {
        let cars = &year.cars.cars;
        let by_miles = cars.iter().filter(|car| car.facts.standard == 1 && car.business > rust_decimal::Decimal::ZERO);
        for car in by_miles {
            let share = car.facts.of_all;
            let is_half = share.whole > 0 && share.of * 2 <= share.whole;
            if is_half == (method == Method::StraightLine) {
                let name = car.stated.name.clone().unwrap_or_else(|| "Car".to_owned());
                let since = car.stated.in_service.map(day).unwrap_or_default();
                rows.push(Row::of([name, since, if share.whole > 0 { percent(share) } else { String::new() }], []));
            }
        }
    }
    rows
}

/// Line 42: start-up costs, in the year in which the business began.
fn amortized(year: &Year, line: Usd) -> Vec<Row> {
    let Some(costs) = year.start_up.as_ref().filter(|costs| costs.facts.first == 1 && costs.sheet.l8 != Usd::ZERO)
    else {
        return Vec::new();
    };
    let words = ["Start-up costs".to_owned(), day(costs.started), "195".to_owned(), period_of(year)];
    vec![Row::of(words, [Some(whole(costs.sheet.l5)), Some(line)])]
}

fn period_of(year: &Year) -> String {
    format!("{} mos.", year.law.startup.months)
}

/// Schedule C, Part V: the kinds by name, each with what is deducted of it, the largest first.
pub(super) fn other(year: &Year, filled: &Return, copy: &str) -> Table {
    let rows = if copy.is_empty() { kinds(year, filled) } else { Vec::new() };
    Table { name: "other", at: "48", fits: 9, words: &["kind"], amounts: &["amount"], rows }
}

fn kinds(year: &Year, filled: &Return) -> Vec<Row> {
    let mut kinds: BTreeMap<&str, (&str, Usd)> = BTreeMap::new();
    let items = year.deductions.items.iter();
    for item in items.filter(|item| item.verdict == Verdict::Deducted(ExpenseLine::Other)) {
        kinds.entry(item.category.id.as_str()).or_insert((item.category.name.as_str(), Usd::ZERO)).1 += item.counts;
    }
    let mut paid: Vec<(&str, Usd)> = kinds.into_values().collect();
    paid.push((SMALL_THINGS, year.assets.expensed()));
    // What Form 4562 brings is in whole dollars already.
    let form = filled.form_4562.first().copied().unwrap_or(Form4562::BLANK);
    let brought = [("Start-up costs deducted at once (IRC 195)", form.start_up), ("Amortization, Form 4562", form.l44)];
    let line = filled.schedule_c.first().map_or(Usd::ZERO, |form| form.l48);
    let rest = line - brought.iter().map(|(_, amount)| *amount).sum::<Usd>();
    let said: Usd = paid.iter().map(|(_, amount)| *amount).sum();
    if whole(said) != rest {
        paid.push(("Other", rest - said));
    }
    let amounts = value::whole(&paid.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(), rest);
    let paid = paid.iter().map(|(kind, _)| *kind).zip(amounts);
    let mut all: Vec<(&str, Usd)> = paid.chain(brought).filter(|(_, amount)| *amount != Usd::ZERO).collect();
    // Of the same amount by name.
    all.sort_by(|(a, left), (b, right)| right.cmp(left).then(a.cmp(b)));
    all.into_iter().map(|(kind, amount)| Row::of([kind.to_owned()], [Some(amount)])).collect()
}

/// What the safe harbor for small purchases expenses of the register (Reg. 1.263(a)-1(f)).
const SMALL_THINGS: &str = "Small equipment, de minimis safe harbor";

/// How a class is depreciated, as Form 4562 writes it.
fn way(recovery: Recovery, method: Method) -> &'static str {
    match (method, recovery) {
        (Method::StraightLine, _) | (_, Recovery::Building | Recovery::Software) => "S/L",
        (Method::Table, Recovery::Fifteen) => "150 DB",
        (Method::Table, _) => "200 DB",
    }
}

/// Columns (d) to (f) of line 19: what the things of a class of the year have in common; empty without any.
pub(super) fn of_class(year: &Year, line: &str, column: &str) -> Option<String> {
    let class = match line {
        "19a" => Recovery::Three,
        "19b" => Recovery::Five,
        "19c" => Recovery::Seven,
        "19e" => Recovery::Fifteen,
        _ => return None,
    };
    let mut of_year = things(year).filter(|(held, _)| {
        let asset = &held.asset;
        is_new(year, held) && !is_listed(asset.class) && recovery(asset.class) == class
    });
    let found = of_year.find(|(_, own)| own.basis != Usd::ZERO);
    let text = match column {
        "recovery" => found.map(|_| format!("{} yrs.", class.years())),
        "convention" => found.map(|(held, _)| held.treatment.convention.word().to_owned()),
        "method" => found.map(|(_, own)| way(class, own.method).to_owned()),
        _ => return None,
    };
    Some(text.unwrap_or_default())
}
