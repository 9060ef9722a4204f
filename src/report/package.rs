//! The year-end package: what a tax preparer asks for, and what answers the questions of an examiner.
//!
//! It is a list of parts, each a few sections. A total says which section holds its rows ([`Row::opens`]), and the sum of
//! those rows is the total, to the cent.

mod car;
mod charts;
mod elections;
mod lines;
mod open;
mod rows;
mod schedule_c;
mod workpapers;

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};

use super::binder::{self, Files};
use super::year::counted;
use super::{Cell, Column, Report, Row, Section, Weight, dollars, tax};
use crate::home::HomeYear;
use crate::money::{Round, Usd};
use crate::profile::HomeMethod;
use crate::tax::facts::Business;
use crate::tax::schedule_c::{ScheduleC, SimplifiedMethod, fill};
use crate::year::Year;

/// One part of the package: a page or more, a sheet.
struct Part {
    /// The name over its pages and on its sheet.
    title: &'static str,
    /// What is in it, for the table of contents.
    about: &'static str,
    sections: Vec<Section>,
}

impl Part {
    fn new(title: &'static str, about: &'static str, sections: Vec<Section>) -> Part {
        Part { title, about, sections }
    }
}

/// What every part of the package reads.
struct Source<'a> {
    year: &'a Year,
    /// The state of the files of receipts.
    files: &'a Files,
    /// Schedule C of the business that is in the book, and its home worksheet; filled also where the return is refused.
    business: (ScheduleC, SimplifiedMethod),
    round: Round,
}

impl<'a> Source<'a> {
    fn of(year: &'a Year, files: &'a Files) -> Source<'a> {
        let filled = year.filled.as_ref().ok();
        let round = filled.map_or(Round::WholeDollar, |filled| filled.round);
        let business = filled.and_then(|filled| Some((*filled.schedule_c.first()?, *filled.home.first()?)));
        Source { year, files, business: business.unwrap_or_else(|| fill(year.law, &unfiled(year), round)), round }
    }

    /// Forms of the return, as its own sections.
    fn forms(&self, names: &[&str]) -> Vec<Section> {
        let filled = self.year.filled.as_ref().ok();
        let sections = filled.map(|filled| tax::tax(self.year, filled, None).sections).unwrap_or_default();
        sections.into_iter().filter(|section| names.contains(&section.id.as_str())).collect()
    }
}

/// The business where its return is refused: what Forms 4562 would bring by its sums, and no office that needs the return.
fn unfiled(year: &Year) -> Business {
    let mut business = year.business();
    business.depreciation += year.assets.in_year(year.number()).map(|(_, own)| own.deduction()).sum::<Usd>();
    business.other += year.start_up_deduction();
    let by_feet = |home: &&HomeYear| home.office.is_none() || home.asked == HomeMethod::Simplified;
    if let Some(home) = year.home.as_ref().filter(by_feet) {
        home.square_feet_into(&mut business);
    }
    business
}

/// Forms that stand in a part of their own.
const ELSEWHERE: [&str; 6] =
    ["costs", "schedule-c", "simplified-method", "form-8829", "form-8829-line-11", "form-4562"];

/// The parts after the cover, in reading order. A part without sections is left out.
fn parts(source: &Source) -> Vec<Part> {
    let year = source.year;
    vec![
        Part::new("Schedule C", "Profit or loss by line, each line with its workpaper", schedule_c::sections(source)),
        Part::new("Receipts", "What was received, payer by payer and row by row", workpapers::receipts(source)),
        Part::new(
            "Payers",
            "Statements, deposits and Forms 1099 side by side, and what is still owed",
            year.last_day().map(|day| super::income::sections(year, day)).unwrap_or_default(),
        ),
        Part::new(
            "Expenses",
            "Every expense behind every line, with date, vendor, business share and record",
            lines::expenses(source),
        ),
        Part::new(
            "Depreciation",
            "What lasts longer than a year: the schedule behind line 13, conventions, sales",
            rows::depreciation(source),
        ),
        Part::new(
            "Home office",
            "Both methods for the home, by line; the tests; what is carried to the next year",
            rows::home_office(source),
        ),
        Part::new("Car", "Both ways to count the car, every trip, and what was paid for it", car::cars(source)),
        Part::new(
            "Other payments",
            "Paid in the year and counted elsewhere on the return: insurance, retirement, estimated tax",
            workpapers::own(source),
        ),
        Part::new(
            "Form 1040",
            "The return that follows: what is owed, and the lines of each form that is not zero",
            returns(source),
        ),
        Part::new("Elections", "Elections made with the return, written out", elections::sections(source)),
        Part::new(
            "Questions",
            "What only the taxpayer can answer, and what was assumed meanwhile",
            open::sections(source),
        ),
        Part::new("Left out", "Paid, not deducted, and why", workpapers::left_out(source)),
        Part::new("Records", "What proves each row that counts, and what is missing", records(source)),
    ]
}

/// The package of a year. `files` says what became of the files of receipts.
pub fn package(year: &Year, files: &Files) -> Report {
    let source = Source::of(year, files);
    let mut parts = parts(&source);
    parts.retain(|part| !part.sections.is_empty());
    let name = year.profile.business.name.as_deref().unwrap_or("Sole proprietor");
    let mut report = Report::new("package", format!("Year-end package {}", year.number()))
        .subtitle(format!("{name}; Schedule C (Form 1040), cash basis"))
        .section(cover(&source))
        .section(contents(&parts));
    report.sections.extend(charts::sections(&source));
    for mut part in parts {
        if let Some(first) = part.sections.first_mut() {
            part.title.clone_into(&mut first.part);
        }
        report.sections.extend(part.sections.into_iter().map(for_paper));
    }
    if year.law.forms.drafts {
        let number = year.number();
        report =
            report.note(format!("Line numbers of {number} follow drafts of the forms; the final ones may differ."));
    }
    report = report
        .note("Amounts of records are in dollars and cents. Lines of forms are in whole dollars where the return is filed so: the workpaper shows both.")
        .note("Each record names its file and line. perchart explain, with a name such as schedule-c.31 or summary.books, shows any number down to them.")
        .limit("State and local returns.")
        .limit("Forms 1099 as received: compare the receipts of each payer with its form.")
        .limit("Receipts and invoices themselves: keep them with this package. Whether a receipt shows what its row says is not read.");
    linked(report, year.filled.is_ok())
}

/// The last day of which the package tells: of the records that count in the year, else the last day of it.
pub fn day(year: &Year) -> NaiveDate {
    let receipts = year.earnings.receipts().map(|receipt| receipt.on);
    let expenses = year.deductions.items.iter().map(|item| item.expense.date);
    let end = NaiveDate::from_ymd_opt(year.number(), 12, 31).unwrap_or_default();
    receipts.chain(expenses).filter(|day| day.year() >= year.number()).max().unwrap_or(end)
}

fn cover(source: &Source) -> Section {
    let (year, (c, _)) = (source.year, &source.business);
    let what = if c.l31 < Usd::ZERO { "Net loss" } else { "Net profit" };
    let mut spent = format!("expenses of {} on {}", dollars(c.l28), lines::rest_on(source));
    if c.l13 != Usd::ZERO {
        spent = format!("{spent}, depreciation of {} among them", dollars(c.l13));
    }
    if c.l30 != Usd::ZERO {
        spent = format!("{spent}, and {} for the home", dollars(c.l30));
    }
    let magnitude = if c.l31 < Usd::ZERO { -c.l31 } else { c.l31 };
    let mut section = Section::new("cover", "In short").part("Summary").lead(format!(
        "{what} of {} on receipts of {}: {spent}.",
        dollars(magnitude),
        dollars(c.l1)
    ));
    match &year.filled {
        Ok(filled) => {
            let form = &filled.form_1040;
            let last = if form.l34 > Usd::ZERO {
                format!("{} comes back", dollars(form.l34))
            } else {
                format!("{} is still to pay", dollars(form.l37))
            };
            section = section.lead(format!("Federal tax for the year is {}; {last}.", dollars(form.total_tax)));
        }
        Err(refusals) => {
            let why: Vec<&str> = refusals.iter().map(|refusal| refusal.what.as_str()).collect();
            section = section.lead(format!(
                "The return itself is not figured: {}. Schedule C and its workpapers stand.",
                why.join("; ")
            ));
            if c.l30 == Usd::ZERO && year.home.as_ref().is_some_and(|home| home.used.is_ok()) {
                section = section.lead("Line 30, the home, waits for the return: profit is shown before it.");
            }
        }
    }
    let open = open::count(source);
    section = section.lead(if open == 0 {
        "No record waits for an answer.".to_owned()
    } else {
        format!("{} for the taxpayer; see Questions.", counted(open, "open question"))
    });
    let figures = [
        ("Gross receipts", "schedule-c.1", c.l1, "receipts"),
        ("Total expenses", "schedule-c.28", c.l28, "expenses"),
        ("Business use of the home", "schedule-c.30", c.l30, "line-30"),
    ];
    section =
        section.column(Column::left("what", "")).column(Column::right("amount", "$")).column(Column::left("where", ""));
    for (what, reference, amount, opens) in figures.into_iter().filter(|(.., amount, _)| *amount != Usd::ZERO) {
        let line = reference.trim_start_matches("schedule-c.");
        let row = Row::new(what).money(amount).text(format!("Schedule C line {line}"));
        section.push(row.explain(reference).opens(opens));
    }
    let row = Row::new(what).money(c.l31).text("Schedule C line 31").explain("schedule-c.31");
    section.row(row.opens("schedule-c").headline())
}

fn contents(parts: &[Part]) -> Section {
    let mut section = Section::new("contents", "What is in it")
        .column(Column::left("part", "Part"))
        .column(Column::left("about", "What it holds"));
    for part in parts {
        let row = Row::new(part.title).text(part.about);
        let first = part.sections.first().map(|section| section.id.as_str());
        section.push(first.map_or_else(|| row.clone(), |first| row.clone().opens(first)));
    }
    section
}

/// The return: what is owed, then every form with something to say.
fn returns(source: &Source) -> Vec<Section> {
    let year = source.year;
    match &year.filled {
        Ok(filled) => {
            let sections = tax::tax(year, filled, None).sections;
            sections.into_iter().filter(|section| !ELSEWHERE.contains(&section.id.as_str())).collect()
        }
        Err(refusals) => {
            let mut section = Section::new("refused", "The return is not figured")
                .column(Column::left("what", "What was found"))
                .column(Column::left("needs", "What it needs"))
                .column(Column::left("advice", "What to do"));
            for refusal in refusals {
                section
                    .push(Row::new(refusal.what.as_str()).text(refusal.needs.as_str()).text(refusal.advice.as_str()));
            }
            vec![section]
        }
    }
}

/// The audit binder; each category of its overview opens its rows.
fn records(source: &Source) -> Vec<Section> {
    let mut sections = binder::sections(source.year, source.files);
    if let [overview, parts @ ..] = &mut *sections {
        for (row, part) in overview.rows.iter_mut().filter(|row| row.weight == Weight::Plain).zip(parts) {
            row.opens = Some(part.id.clone());
        }
    }
    sections
}

/// A section as it stands on paper: what is to be typed at a terminal is left out, and dollars stand at the margin.
fn for_paper(mut section: Section) -> Section {
    if let Some(place) = section.columns.iter().position(|column| column.id == "value")
        && let Some(before) = place.checked_sub(1).filter(|before| section.columns[*before].id == "amount")
    {
        section.columns.swap(before, place);
        for row in section.rows.iter_mut().filter(|row| row.cells.len() > before) {
            row.cells.resize(row.cells.len().max(place + 1), Cell::Blank);
            row.cells.swap(before, place);
        }
    }
    if let Some(place) = section.columns.iter().position(|column| column.id == "explain_as") {
        section.columns.remove(place);
        for row in section.rows.iter_mut().filter(|row| row.cells.len() > place) {
            row.cells.remove(place);
        }
    }
    section
}

/// A row opens only what is there, and is explained only where there is something to explain: a refused return has no lines.
fn linked(mut report: Report, is_filled: bool) -> Report {
    let of_return = ["schedule-", "form-", "simplified-method."];
    let there: HashSet<String> = report.sections.iter().map(|section| section.id.clone()).collect();
    for row in report.sections.iter_mut().flat_map(|section| &mut section.rows) {
        row.opens = row.opens.take().filter(|section| there.contains(section));
        let stands = |name: &String| is_filled || !of_return.iter().any(|form| name.starts_with(form));
        row.reference = row.reference.take().filter(stands);
    }
    report
}

#[cfg(test)]
pub(super) mod tests;
