//! Tables of records, and of the worksheets that stand between them and a line.

use rust_decimal::Decimal;

use super::{Source, schedule_c};
use crate::assets::Fate;
use crate::book::category::Category;
use crate::book::entry::Expense;
use crate::car::CarYear;
use crate::deduct::{Item, Verdict, Why};
use crate::home::Method;
use crate::money::Usd;
use crate::report::year::{by_category, by_reason, counts, paid};
use crate::report::{Cell, Column, Row, Section, assets, car, home};
use crate::tax::form::{Filled as _, LineView};

/// What a table of records shows beside what was paid.
#[derive(Clone, Copy)]
pub(super) enum Beside {
    /// Nothing.
    Nothing,
    /// The business share and what counts, under a heading.
    Counts(&'static str),
}

/// Records of expenses, one a row, with their sum. Its last column of words names file and line.
pub(super) fn table(source: &Source, id: &str, heading: &str, items: &[&Item], beside: Beside) -> Section {
    let mut section = Section::new(id, heading)
        .column(Column::left("date", "Paid on"))
        .column(Column::left("vendor", "Vendor"))
        .column(Column::left("what", "What for"))
        .column(Column::left("record", "Record"))
        .column(Column::right("paid", "Paid"));
    if let Beside::Counts(heading) = beside {
        section = section.column(Column::right("share", "Business")).column(Column::right("counts", heading));
    }
    for item in items {
        let Expense { date, vendor, description, amount, share_millionths, origin, .. } = &item.expense;
        let row = Row::new(Cell::Date(*date)).text(vendor.as_str()).text(description.as_str());
        let row = row.text(source.year.records.place(*origin)).money(*amount);
        section.push(match beside {
            Beside::Nothing => row,
            Beside::Counts(_) => row.percent(Decimal::new(*share_millionths, 6), 0).money(item.counts),
        });
    }
    let total = Row::new("Total").blank().blank().blank().money(paid(items)).total();
    section.row(match beside {
        Beside::Nothing => total,
        Beside::Counts(_) => total.blank().money(counts(items)),
    })
}

/// The records of a category, with what the law says of it.
pub(super) fn of_category(source: &Source, category: &Category, items: &[&Item], id: &str, beside: Beside) -> Section {
    let section = table(source, id, &category.name, items, beside);
    explained(section, &category.id).lead(format!("{} {}.", category.reason, category.cite))
}

/// The records that share a reason.
pub(super) fn of_reason(source: &Source, heading: &str, why: Why, items: &[&Item], id: &str) -> Section {
    let section = table(source, id, heading, items, Beside::Nothing);
    let section = match items {
        [first, rest @ ..] if rest.iter().all(|item| item.category.id == first.category.id) => {
            explained(section, &first.category.id)
        }
        _ => section,
    };
    section.lead(why.text).lead(format!("Authority: {}.", why.cite))
}

/// With the name by which the sum of a category is explained.
fn explained(mut section: Section, category: &str) -> Section {
    if let Some(total) = section.rows.last_mut() {
        total.reference = Some(format!("summary.{category}"));
    }
    section
}

/// The expenses of a verdict.
pub(super) fn of_verdict<'a>(source: &Source<'a>, holds: impl Fn(Verdict) -> bool) -> Vec<&'a Item> {
    source.year.deductions.items.iter().filter(|item| holds(item.verdict)).collect()
}

/// The worksheet of start-up costs, and the costs, of whichever year they are.
pub(super) fn start_up(source: &Source) -> Vec<Section> {
    let Some(start_up) = &source.year.start_up else { return Vec::new() };
    let heading = format!("Start-up costs, paid before {}", start_up.started);
    let lines = start_up.sheet.lines(source.year.law.year);
    let sheet = worksheet("start-up", "Worksheet: start-up costs", "start-up", &lines, "l9", |line| {
        (line == "l1").then(|| "start-up-rows".to_owned())
    });
    let items: Vec<&Item> = start_up.costs.iter().collect();
    let rows = table(source, "start-up-rows", &heading, &items, Beside::Counts("Start-up cost"));
    let lead = "What would be deducted by a business at work is capital before the first paid charts (IRC 195(c)(1)).";
    vec![sheet, rows.lead(lead)]
}

/// The name of a car's worksheet among the sections.
pub(super) fn car_sheet(at: usize) -> String {
    format!("car-sheet-{}", at + 1)
}

fn car_costs(at: usize) -> String {
    format!("car-costs-{}", at + 1)
}

/// Both ways to count each car, its worksheet, its trips, and what was paid for it.
pub(super) fn cars(source: &Source) -> Vec<Section> {
    let year = source.year;
    let of_car = of_verdict(source, |verdict| verdict == Verdict::OfCar);
    let mut sections = car::sections(year);
    for (at, car) in year.cars.cars.iter().enumerate() {
        if let Some(row) = sections.first_mut().and_then(|ways| ways.rows.get_mut(at)) {
            row.opens = Some(car_sheet(at));
        }
        sections.push(sheet_of(source, at, car));
    }
    if !year.cars.trips.is_empty() {
        sections.extend(car::trips(year).sections);
    }
    for (at, car) in year.cars.cars.iter().enumerate() {
        let items: Vec<&Item> =
            of_car.iter().copied().filter(|item| car.costs.contains(&item.expense.origin)).collect();
        let Some(why) = items.first().and_then(|item| item.why) else { continue };
        let name = car.stated.name.as_deref().unwrap_or("The car");
        let what = if car.facts.standard == 1 { "replaced by the standard rate" } else { "counted by the miles" };
        sections.push(of_reason(source, &format!("{name}: paid, and {what}"), why, &items, &car_costs(at)));
    }
    let rest = of_car.into_iter().filter(|item| !is_of_a_car(source, item));
    for (number, (why, items)) in (1..).zip(by_reason(rest)) {
        let id = format!("car-once-{number}");
        sections.push(of_reason(source, "Counted once, with the trip", why, &items, &id));
    }
    sections
}

fn is_of_a_car(source: &Source, item: &Item) -> bool {
    source.year.cars.cars.iter().any(|car| car.costs.contains(&item.expense.origin))
}

/// The worksheet of a car.
fn sheet_of(source: &Source, at: usize, car: &CarYear) -> Section {
    let name = car.stated.name.as_deref().unwrap_or("the car");
    let heading = format!("Worksheet: car and truck expenses, {name}");
    let lines = car.sheet.lines(source.year.law.year);
    worksheet(&car_sheet(at), &heading, &car::reference(at), &lines, "l12", |line| match line {
        "l1" | "l2" | "l5" => Some("trips".to_owned()),
        "l8" => Some(car_costs(at)),
        _ => None,
    })
}

/// A worksheet by line, without those that are zero; its answer stands whatever it is.
fn worksheet(
    id: &str,
    heading: &str,
    form: &str,
    lines: &[LineView],
    answer: &str,
    opens: impl Fn(&str) -> Option<String>,
) -> Section {
    let mut sheet = schedule_c::lines(id, heading);
    for line in lines {
        let row = schedule_c::row(form, line);
        if line.name == answer {
            let zero = || {
                let number = line.number.unwrap_or_default();
                Row::new(number).text(line.text).blank().money(Usd::ZERO).explain(format!("{form}.{number}"))
            };
            sheet.push(row.unwrap_or_else(zero).headline());
        } else if let Some(row) = row {
            sheet.push(Row { opens: opens(line.name), ..row });
        }
    }
    sheet
}

/// What was paid for cars and stands in no sum, with why and where its rows are.
pub(super) fn beside_the_car<'a>(source: &Source<'a>) -> Vec<(String, Why, Vec<&'a Item>, String)> {
    let of_car = of_verdict(source, |verdict| verdict == Verdict::OfCar);
    let mut found = Vec::new();
    for (at, car) in source.year.cars.cars.iter().enumerate().filter(|(_, car)| car.facts.standard == 1) {
        let items: Vec<&Item> =
            of_car.iter().copied().filter(|item| car.costs.contains(&item.expense.origin)).collect();
        if let Some(why) = items.first().and_then(|item| item.why) {
            let name = car.stated.name.as_deref().unwrap_or("Car");
            found.push((format!("{name}: replaced by the standard rate"), why, items, car_costs(at)));
        }
    }
    let rest = of_car.into_iter().filter(|item| !is_of_a_car(source, item));
    for (number, (why, items)) in (1..).zip(by_reason(rest)) {
        found.push(("Parking of a trip".to_owned(), why, items, format!("car-once-{number}")));
    }
    found
}

/// The schedule of line 13 with its form, and the expenses that are assets.
pub(super) fn depreciation(source: &Source) -> Vec<Section> {
    let year = source.year;
    let mut sections: Vec<Section> = super::lines::line_13(source).into_iter().collect();
    sections.extend(assets::tables(year).into_iter().map(|mut section| {
        let expensed = year.assets.expensed();
        if section.id == "expensed" {
            section.push(Row::new("Total").blank().blank().money(expensed).total());
        }
        section
    }));
    sections.extend(source.forms(&["form-4562"]));
    let items = of_verdict(source, |verdict| verdict == Verdict::NeedsForm4562);
    if items.is_empty() {
        return sections;
    }
    let mut rows = table(source, "asset-rows", "Paid in the year for things that last", &items, Beside::Nothing)
        .lead("Each counts by way of Form 4562 alone, never as an expense of the year too (IRC 263(a)).");
    rows.columns.push(Column::left("asset", "Counts as"));
    for (row, item) in rows.rows.iter_mut().zip(&items) {
        let held = year
            .assets
            .held
            .iter()
            .find(|held| held.paid == Some(item.expense.origin) || held.asset.origin == item.expense.origin);
        let counts_as = match (held, item.why) {
            (Some(held), _) => {
                row.reference = Some(assets::reference(held));
                if matches!(held.fate, Fate::Unmodelled(_)) { "not modelled" } else { held.asset.name.as_str() }
            }
            (None, Some(_)) => "when the business begins",
            (None, None) => "",
        };
        row.cells.push(Cell::from(counts_as));
    }
    for (why, _) in by_reason(items.iter().copied()) {
        rows = rows.note(format!("{} ({}).", why.text, why.cite));
    }
    sections.push(rows);
    sections
}

/// Line 30, both methods, and what the home cost row by row.
pub(super) fn home_office(source: &Source) -> Vec<Section> {
    let year = source.year;
    let mut sections: Vec<Section> = super::lines::line_30(source).into_iter().collect();
    sections.extend(schedule_c::simplified_method(source));
    let Some(home) = &year.home else {
        sections.extend(source.forms(&["form-8829", "form-8829-line-11"]));
        return sections;
    };
    let mut costs = Vec::new();
    for (category, items) in by_category(of_verdict(source, is_of_home).into_iter()) {
        let id = format!("home-{}", category.id);
        let section = of_category(source, category, &items, &id, Beside::Counts("Counts"));
        costs.push(if home.taken == Some(Method::Simplified) { section.lead(REPLACED) } else { section });
    }
    for mut section in home::sections(year, home) {
        match section.id.as_str() {
            // They stand with the other questions.
            "home_questions" => continue,
            "home_costs" => {
                for row in &mut section.rows {
                    let category = row.reference.as_deref().and_then(|name| name.strip_prefix("summary."));
                    row.opens = category.map(|category| format!("home-{category}"));
                }
                if home.taken == Some(Method::Simplified) {
                    section = section.lead(REPLACED);
                }
            }
            _ => {}
        }
        sections.push(section);
    }
    sections.extend(source.forms(&["form-8829", "form-8829-line-11"]));
    sections.extend(costs);
    sections
}

/// What becomes of bills under the simplified method.
pub(super) const REPLACED: &str = "The simplified method is taken: the rate for each square foot stands for these bills, and none of them counts beside it (Rev. Proc. 2013-13).";

pub(super) const fn is_of_home(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Home(..))
}

/// Expenses of which only the taxpayer knows whether they count.
pub(super) fn asked(source: &Source) -> Option<Section> {
    let items = of_verdict(source, |verdict| verdict == Verdict::Asked);
    if items.is_empty() {
        return None;
    }
    let mut section = table(source, "asked", "Expenses that wait for an answer", &items, Beside::Nothing)
        .lead("None of them counts until it is answered.");
    section.columns.push(Column::left("question", "Question"));
    for (row, item) in section.rows.iter_mut().zip(&items) {
        row.reference = Some(format!("summary.{}", item.category.id));
        let question = item.why.map_or_else(String::new, |why| format!("{} ({})", why.text, why.cite));
        row.cells.push(Cell::Text(question));
    }
    Some(section)
}

/// What was paid, business part, of some items.
pub(super) fn business_part(items: &[&Item]) -> Usd {
    items.iter().map(|item| item.expense.business_part()).sum()
}
