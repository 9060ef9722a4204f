//! TXF, the Tax Exchange Format (version 042), which tax software reads: one record for each line of Schedule C.
//!
//! The amounts are those of the report: a line as it stands on Schedule C, and for other expenses each kind with what its
//! rows come to. What the format has no number for is named, never guessed.

use std::fmt::Write as _;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::super::{Cell, Report, Row, Section, Weight, dollars};
use super::file::Written;
use super::one_line;
use crate::money::Usd;
use crate::tax::schedule_c::ScheduleC;

/// The end of a line of the format.
const END: &str = "\r\n";
/// A description is no longer, so that every reader takes it.
const DESCRIPTION: usize = 40;

/// The record of meals.
const MEALS: &str = "N294\r\n";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    line: Vec<Reference>,
}

/// What the format calls a line of Schedule C.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    line: String,
    refnum: u16,
    name: String,
    sign: Sign,
    /// One record for each kind of expense?
    #[serde(default)]
    each: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sign {
    Income,
    Expense,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table = toml::from_str(include_str!("txf/lines.toml"));
    table.unwrap_or_else(|fault| unreachable!("the table inside the program is tested: {fault}"))
});

/// Renders Schedule C of a tax year, exported on `day`. The remarks name the lines that the format cannot hold.
pub fn render(report: &Report, year: u16, day: NaiveDate) -> Written {
    let version = env!("CARGO_PKG_VERSION");
    let date = day.format("%m/%d/%Y");
    let mut text = format!("V042{END}Aperchart {version}{END}D {date}{END}^{END}");
    let mut left_out = Vec::new();
    let schedule = report.sections.iter().find(|section| section.id == "schedule-c");
    let rows = schedule.into_iter().flat_map(|section| &section.rows);
    for row in rows.filter(|row| matches!(row.weight, Weight::Plain)) {
        let (Some(number), Some(amount)) = (words(row, 0), amount(row)) else { continue };
        match reference(number, year) {
            Some(reference) if reference.each => each(&mut text, reference, row, amount, report),
            Some(reference) => record(&mut text, reference, 1, amount, None),
            // Part V says again what stands on its line of Part II.
            None if number == "48" => {}
            None => left_out.push(format!("line {number}, {}: {}", words(row, 1).unwrap_or_default(), dollars(amount))),
        }
    }
    let mut remarks = Vec::new();
    if !left_out.is_empty() {
        let lines = left_out.join("; ");
        remarks.push(format!("TXF has no number for these lines of Schedule C; enter them yourself: {lines}"));
    }
    if text.contains(MEALS) {
        remarks.push("Meals are written as line 24b has them, the part that is deductible; where your software takes half of what it reads, enter the whole.".to_owned());
    }
    Written { bytes: text.into_bytes(), remarks }
}

/// What the format calls a line by its printed number in a year.
fn reference(number: &str, year: u16) -> Option<&'static Reference> {
    let line = ScheduleC::LINES.iter().find(|line| line.number_in(year) == Some(number))?;
    TABLE.line.iter().find(|reference| reference.line == line.name)
}

fn words(row: &Row, place: usize) -> Option<&str> {
    match row.cells.get(place) {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    }
}

/// The last amount of a row.
fn amount(row: &Row) -> Option<Usd> {
    row.cells.iter().rev().find_map(|cell| match cell {
        Cell::Money(amount) => Some(*amount),
        _ => None,
    })
}

/// A record for each kind of expense behind a line.
fn each(text: &mut String, reference: &Reference, row: &Row, whole: Usd, report: &Report) {
    let opened = |id: &String| report.sections.iter().find(|section: &&Section| section.id == *id);
    let kinds: Vec<(&str, Usd)> = row.opens.as_ref().and_then(opened).map_or_else(Vec::new, |section| {
        let rows = section.rows.iter().filter(|row| row.weight == Weight::Plain);
        rows.filter_map(|row| Some((words(row, 0)?, amount(row)?))).collect()
    });
    if kinds.is_empty() {
        return record(text, reference, 1, whole, Some(&reference.name));
    }
    for (number, (name, amount)) in (1..).zip(kinds) {
        record(text, reference, number, amount, Some(name));
    }
}

fn record(text: &mut String, reference: &Reference, number: u32, amount: Usd, description: Option<&str>) {
    let amount = if reference.sign == Sign::Expense { -amount } else { amount };
    let _ = write!(text, "TS{END}N{}{END}C1{END}L{number}{END}${amount}{END}", reference.refnum);
    if let Some(description) = description {
        // The format is plain ASCII, and a line that is `^` alone ends a record.
        let plain = |c: char| if c.is_ascii() && c != '^' { c } else { '?' };
        // What stands before the colon is the name; the rest says what belongs to it.
        let name = one_line(description.split(':').next().unwrap_or(description));
        let name: String = name.trim().chars().map(plain).collect();
        let mut short = String::new();
        for word in name.split_inclusive(' ') {
            if short.len() + word.trim_end().len() > DESCRIPTION {
                break;
            }
            short.push_str(word);
        }
        let short = if short.is_empty() { name.chars().take(DESCRIPTION).collect() } else { short };
        let _ = write!(text, "P{}{END}", short.trim().trim_end_matches(','));
    }
    let _ = write!(text, "^{END}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::book::category::ExpenseLine;
    use crate::report::binder::Files;
    use crate::report::package::package;
    use crate::report::package::tests::{book, sample_year, worked_out};

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day");

    fn text(written: &Written) -> String {
        String::from_utf8(written.bytes.clone()).expect("plain text")
    }

    #[test]
    fn the_sample_package() {
        let written = render(&package(&sample_year(), &Files::new()), 2025, DAY);
        insta::assert_snapshot!(text(&written).replace(END, "\n") + &written.remarks.join("\n"));
        assert_eq!(written, render(&package(&sample_year(), &Files::new()), 2025, DAY));
    }

    #[test]
    fn every_line_of_the_table_is_one_of_the_form_and_stands_once() {
        let mut numbers: Vec<u16> = TABLE.line.iter().map(|reference| reference.refnum).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), TABLE.line.len());
        for reference in &TABLE.line {
            assert!(ScheduleC::LINES.iter().any(|line| line.name == reference.line), "{}", reference.line);
            assert!(reference.name.len() <= 28, "{}", reference.name);
        }
        for line in ExpenseLine::ALL {
            let name = crate::report::year::line_name(line);
            assert!(TABLE.line.iter().any(|reference| reference.line == name), "{name}");
        }
    }

    #[test]
    fn a_line_is_found_by_its_number_of_the_year() {
        let refnum = |number, year| reference(number, year).map(|reference| reference.refnum);
        assert_eq!((refnum("27a", 2024), refnum("27b", 2025), refnum("27a", 2025)), (Some(302), Some(302), None));
        assert_eq!((refnum("1", 2025), refnum("13", 2025)), (Some(293), None));
    }

    #[test]
    fn what_the_format_cannot_hold_is_named() {
        let mut year = sample_year();
        year.profile.business.depreciation = Some(Usd::dollars(1_200));
        let year = crate::year::Year::work_out(2025, year.records, year.profile, crate::money::Round::WholeDollar);
        let written = render(&package(&year.expect("law"), &Files::new()), 2025, DAY);
        let told = written.remarks.concat();
        assert!(told.contains("line 13,") && told.contains("$1,200.00") && told.contains("line 30,"), "{told}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn records_come_to_the_lines(records in book()) {
            let year = worked_out(records);
            let written = text(&render(&package(&year, &Files::new()), 2025, DAY));
            let sum = |refnum: &str| -> Usd {
                let records = written.split("^\r\n").filter(|record| record.contains(&format!("N{refnum}\r\n")));
                let amount = |record: &str| record.split('$').nth(1).and_then(|rest| rest.split(END).next()?.parse().ok());
                records.filter_map(amount).map(Usd::rounded).sum()
            };
            let other = year.deductions.line(ExpenseLine::Other) + year.start_up_deduction() + year.assets.expensed();
            prop_assert_eq!(-sum("302"), other);
            let c = super::super::super::package::tests::schedule_c(&year);
            prop_assert_eq!((sum("293"), -sum("301"), -sum("318")), (c.l1, c.l22, c.l25));
            for line in written.split(END) {
                prop_assert!(line.is_empty() || line.starts_with(['V', 'A', 'D', 'T', 'N', 'C', 'L', '$', 'P', '^']), "{}", line);
                prop_assert!(line.is_ascii() && !line.contains(['\n', '\r']));
            }
        }
    }
}
