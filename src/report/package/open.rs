//! What is open, and what was assumed meanwhile.

use chrono::Datelike as _;

use super::{Source, rows};
use crate::book::entry::Movement;
use crate::ledger::{DOLLARS, Label};
use crate::money::Usd;
use crate::report::year::questions;
use crate::report::{Cell, Column, Row, Section, Weight, income};

/// Rows of statements of which only the taxpayer knows what they are.
fn unknown<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a Movement> {
    let year = source.year;
    let rows = year.records.statements().filter(|(row, decision)| {
        row.date.year() == year.number() && decision.label == Label::NeedsYou && row.currency == DOLLARS
    });
    rows.map(|(row, _)| row)
}

/// How many questions are open.
pub(super) fn count(source: &Source) -> i64 {
    i64::try_from(asked(source).iter().map(questions_in).sum::<usize>()).unwrap_or(i64::MAX)
}

/// The rows of a section that ask something.
fn questions_in(section: &Section) -> usize {
    section.rows.iter().filter(|row| row.weight < Weight::Total).count()
}

/// What waits for the taxpayer: rows of statements, expenses, what is not stated, income.
fn asked(source: &Source) -> Vec<Section> {
    let year = source.year;
    let mut open = Section::new("open", "Rows of statements")
        .column(Column::left("date", "Date"))
        .column(Column::left("what", "What"))
        .column(Column::left("question", "Question"))
        .column(Column::left("record", "Record"))
        .column(Column::right("amount", "Amount"));
    for movement in unknown(source) {
        let question =
            if movement.amount > Usd::ZERO { "Income, a refund, or own money?" } else { "Business or private?" };
        let row = Row::new(Cell::Date(movement.date)).text(movement.description.as_str()).text(question);
        open.push(row.text(year.records.place(movement.origin)).money(movement.amount));
    }
    let income = year.last_day().map(|day| income::questions(year, day));
    let mut all = vec![open];
    all.extend(rows::asked(source));
    all.push(questions(year));
    all.extend(income);
    all.retain(|section| !section.rows.is_empty());
    all
}

pub(super) fn sections(source: &Source) -> Vec<Section> {
    let mut assumed = Section::new("assumed", "Assumptions and cautions")
        .column(Column::right("number", ""))
        .column(Column::left("what", ""));
    for (number, caution) in (1..).zip(source.year.cautions()) {
        assumed.push(Row::new(number).text(caution));
    }
    let mut sections = asked(source);
    sections.extend(Some(assumed).filter(|section| !section.rows.is_empty()));
    sections
}
