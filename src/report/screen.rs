//! What leaves is screened once more, by the rules for files of money: a report may name payers, vendors and people who
//! pay, and nothing that is a patient's.

use std::fmt;

use chrono::NaiveDate;

use super::chart::Chart;
use super::{Cell, Report};
use crate::guard::{Rule, Scope, text};

/// A field that is not to leave: where it stands and why. Its text is not in here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The report.
    pub report: &'static str,
    /// The section; none where the report's own sentences are meant.
    pub section: Option<String>,
    /// The column and the row, the first being 1; none where a sentence is meant.
    pub field: Option<(String, usize)>,
    /// The rule that it hits.
    pub rule: Rule,
}

impl fmt::Display for Held {
    /// As `list, section payments, column payer, row 3: looks like a medical record number`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.report)?;
        if let Some(section) = &self.section {
            write!(f, ", section {section}")?;
        }
        match &self.field {
            Some((column, row)) => write!(f, ", column {column}, row {row}")?,
            None => f.write_str(", a sentence")?,
        }
        write!(f, ": looks like {}", self.rule.words())
    }
}

/// The first field of a report that looks like patient data.
pub fn held(report: &Report) -> Option<Held> {
    let hit = |words: &str| text(words, Scope::Money, NaiveDate::MIN);
    let sentence = |words: &String| hit(words);
    let held =
        |section: Option<&String>, field, rule| Held { report: report.id, section: section.cloned(), field, rule };
    let mut own = [&report.title, &report.subtitle].into_iter().chain(&report.notes).chain(&report.limits);
    if let Some(rule) = own.find_map(sentence) {
        return Some(held(None, None, rule));
    }
    report.sections.iter().find_map(|section| {
        let headings = section.columns.iter().map(|column| &column.heading);
        let drawn = section.chart.iter().flat_map(Chart::words);
        let own = [&section.part, &section.heading].into_iter().chain(&section.lead).chain(&section.notes);
        if let Some(rule) = own.chain(headings).chain(drawn).find_map(sentence) {
            return Some(held(Some(&section.id), None, rule));
        }
        (1..).zip(&section.rows).find_map(|(number, row)| {
            row.cells.iter().zip(&section.columns).find_map(|(cell, column)| {
                let Cell::Text(words) = cell else { return None };
                let rule = hit(words)?;
                Some(held(Some(&section.id), Some((column.id.clone(), number)), rule))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::chart::{Bar, Plot, Series};
    use super::super::{Column, Row, Section};
    use super::*;
    use crate::money::Usd;

    fn report(payer: &str) -> Report {
        Report::new("list", "Payments").section(
            Section::new("payments", "")
                .column(Column::left("date", ""))
                .column(Column::left("payer", ""))
                .row(Row::new("2025-01-02").text("Mercy"))
                .row(Row::new("2025-01-03").text(payer)),
        )
    }

    #[test]
    fn a_field_is_named_and_not_shown() {
        let held = held(&report("Mercy, MRN 99120001")).expect("a hit");
        let told = "list, section payments, column payer, row 2: looks like a medical record number";
        assert_eq!(held.to_string(), told);
        let note = super::held(&report("Mercy").note("123-45-6789")).expect("a hit").to_string();
        assert_eq!(note, "list, a sentence: looks like a social security number");
    }

    #[test]
    fn headings_and_charts_are_screened() {
        let mrn = "Mercy, MRN 99120001";
        let heading = Section::new("s", "").column(Column::right("payer_1", mrn));
        let bar = Bar { label: mrn.to_owned(), amount: Usd::ZERO, note: String::new(), strong: false };
        let series = Series { name: mrn.to_owned(), amounts: Vec::new() };
        let drawn = |plot| Section::new("s", "").chart(Chart::new("", "", plot));
        let sections = [
            heading,
            Section::new("s", "").part(mrn),
            drawn(Plot::Bars(vec![bar])),
            drawn(Plot::Stacked { groups: Vec::new(), series: vec![series] }),
        ];
        for section in sections {
            let report = Report::new("package", "").section(section);
            assert_eq!(super::held(&report).map(|held| held.section), Some(Some("s".to_owned())));
        }
    }

    #[test]
    fn payers_may_be_people() {
        for payer in ["Doe, Jane", "Meridian Health Coding, LLC", "Mercy 555-234-5678", "a@example.org"] {
            assert_eq!(held(&report(payer)), None, "{payer}");
        }
    }
}
