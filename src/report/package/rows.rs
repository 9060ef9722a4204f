//! Tables of records, and of the worksheets that stand between them and a line.

use rust_decimal::Decimal;

use super::{Source, schedule_c};
use crate::assets::Fate;
use crate::book::category::Category;
use crate::book::entry::Expense;
use crate::deduct::{Item, Verdict, Why};
use crate::home::Method;
use crate::money::Usd;
use crate::report::year::{by_category, by_reason, counts, paid};
use crate::report::{Cell, Column, Row, Section, assets, home};
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

/// A worksheet by line, without those that are zero; its answer stands whatever it is.
pub(super) fn worksheet(
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

/// The schedule of line 13 with its form, and the expenses that are assets.
pub(super) fn depreciation(source: &Source) -> Vec<Section> {
    let year = source.year;
    let mut sections: Vec<Section> = super::lines::line_13(source).into_iter().collect();
    for mut section in assets::tables(year) {
        match section.id.as_str() {
            "expensed" => {
                section.push(Row::new("Total").blank().blank().money(year.assets.expensed()).total());
                sections.push(section);
            }
            "depreciation" => sections.extend(two_tables(&section)),
            _ => sections.push(section),
        }
    }
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

/// The depreciation schedule as two tables that fit a page: what is deducted, and what it is figured from.
fn two_tables(whole: &Section) -> [Section; 2] {
    const DEDUCTED: [&str; 8] =
        ["asset", "in_service", "cost", "share", "section_179", "allowance", "depreciation", "deduction"];
    const FIGURED: [&str; 7] = ["asset", "class", "method", "basis", "accumulated", "left", "row"];
    let only = |section: &Section, ids: &[&str]| {
        let kept: Vec<usize> =
            (0..section.columns.len()).filter(|place| ids.contains(&section.columns[*place].id.as_str())).collect();
        let columns = kept.iter().map(|place| section.columns[*place].clone()).collect();
        let cells = |row: &Row| kept.iter().map(|place| row.cells.get(*place).cloned().unwrap_or_default()).collect();
        let rows = section.rows.iter().map(|row| Row { cells: cells(row), ..row.clone() }).collect();
        Section { columns, rows, notes: Vec::new(), ..section.clone() }
    };
    let mut figured = only(whole, &FIGURED);
    "depreciation-basis".clone_into(&mut figured.id);
    "What it is figured from, and what is left".clone_into(&mut figured.heading);
    figured.notes.clone_from(&whole.notes);
    [only(whole, &DEDUCTED), figured]
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
    let simplified = home.taken == Some(Method::Simplified);
    let heading = if simplified { "Replaced" } else { "Counts" };
    let mut costs = Vec::new();
    for (category, items) in by_category(of_verdict(source, is_of_home).into_iter()) {
        let id = format!("home-{}", category.id);
        let section = of_category(source, category, &items, &id, Beside::Counts(heading));
        costs.push(if simplified { section.lead(REPLACED) } else { section });
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
                if simplified {
                    section = section.lead(REPLACED);
                    let counts = section.columns.iter_mut().filter(|column| column.id == "counts");
                    counts.for_each(|column| heading.clone_into(&mut column.heading));
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

/// Expenses of which only the taxpayer knows whether they count, by question.
pub(super) fn asked(source: &Source) -> Vec<Section> {
    let items = of_verdict(source, |verdict| verdict == Verdict::Asked);
    let asked = (1..).zip(by_reason(items.into_iter())).map(|(number, (why, items))| {
        let heading = format!("{}: does it count?", items[0].category.name);
        of_reason(source, &heading, why, &items, &format!("asked-{number}"))
    });
    asked.collect()
}

/// What was paid, business part, of some items.
pub(super) fn business_part(items: &[&Item]) -> Usd {
    items.iter().map(|item| item.expense.business_part()).sum()
}
