//! Schedule C by line.

use super::super::tax::is_zero;
use super::Source;
use super::workpapers::line_id;
use crate::book::category::ExpenseLine;
use crate::money::Usd;
use crate::report::year::line_name;
use crate::report::{Column, Row, Section, dollars};
use crate::tax::form::{Filled as _, LineView, Value};

/// The lines that are sums of those above.
const TOTALS: [&str; 5] = ["l3", "l5", "l7", "l28", "l29"];

pub(super) fn sections(source: &Source) -> Vec<Section> {
    let (c, _) = &source.business;
    let number = source.year.law.year;
    let mut section = lines("schedule-c", "Profit or loss from business");
    for line in c.lines(number) {
        let Some(row) = row("schedule-c", &line) else { continue };
        let row = match opens(line.name, number) {
            Some(section) => row.opens(section),
            None => row,
        };
        section.push(match line.name {
            "l31" => row.headline(),
            name if TOTALS.contains(&name) => row.total(),
            _ => row,
        });
    }
    let stated = &source.year.profile.business;
    let from_profile = [
        ("Other income, line 6", stated.other_income),
        ("Depreciation, line 13", stated.depreciation),
        ("Actual expenses of the home, line 30", stated.home_office_expenses),
    ];
    for (what, amount) in from_profile {
        if let Some(amount) = amount.filter(|amount| *amount != Usd::ZERO) {
            section = section.note(format!("{what}: {} as stated in perchart.toml, without rows.", dollars(amount)));
        }
    }
    vec![section]
}

/// The worksheet behind line 30, where the method is used.
pub(super) fn simplified_method(source: &Source) -> Option<Section> {
    let (_, home) = &source.business;
    let mut worksheet = lines("home", "Business use of the home: simplified method worksheet");
    for line in home.lines(source.year.law.year) {
        worksheet.rows.extend(row("simplified-method", &line));
    }
    (home.l5 != Usd::ZERO).then_some(worksheet)
}

/// A table of lines of a form.
pub(super) fn lines(id: &str, heading: &str) -> Section {
    Section::new(id, heading)
        .column(Column::left("line", "Line"))
        .column(Column::left("text", ""))
        .column(Column::right("value", ""))
        .column(Column::right("amount", "$"))
}

/// A line that has something to say.
pub(super) fn row(form: &str, line: &LineView) -> Option<Row> {
    let number = line.number?;
    if is_zero(line.value) && line.name != "l31" {
        return None;
    }
    let row = Row::new(number).text(line.text);
    let row = match line.value {
        Value::Usd(amount) => row.blank().money(amount),
        other => row.cell(other).blank(),
    };
    Some(row.explain(format!("{form}.{number}")).cite(line.cite))
}

/// Which section holds the rows of a line.
fn opens(name: &str, year: u16) -> Option<String> {
    let expense = || ExpenseLine::ALL.into_iter().find(|line| line_name(*line) == name);
    match name {
        "l1" | "l2" | "l3" => Some("receipts".to_owned()),
        "l28" => Some("expenses".to_owned()),
        "l6" => Some("recapture".to_owned()),
        "l13" => Some("line-13".to_owned()),
        "l30" => Some("line-30".to_owned()),
        "l48" => Some(line_id(ExpenseLine::Other, year)),
        _ => expense().map(|line| line_id(line, year)),
    }
}
