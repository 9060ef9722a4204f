//! CSV in long form: one line for each figure, the same columns for every report.
//!
//! A row of the report is the lines that share `section` and `row`; `label` is its first cell.

use super::super::{Cell, Report, Section};
use super::plain;

/// The columns.
const HEADER: [&str; 7] = ["section", "row", "label", "weight", "column", "value", "explain"];

/// Renders a report as CSV. Blank cells have no line; notes and limits are left to the other layouts.
pub fn render(report: &Report) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let written = writer
        .write_record(HEADER)
        .and_then(|()| report.sections.iter().try_for_each(|part| section(&mut writer, part)));
    debug_assert!(written.is_ok(), "every record has {} fields, and memory takes them all", HEADER.len());
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn section(writer: &mut ::csv::Writer<Vec<u8>>, part: &Section) -> ::csv::Result<()> {
    for (number, row) in (1..).zip(&part.rows) {
        let number = u64::to_string(&number);
        let label = row.cells.first().map(field).unwrap_or_default();
        let reference = inert(row.reference.as_deref().unwrap_or_default());
        let named = part.columns.iter().zip(&row.cells);
        // A table of one column has only labels; they are its figures.
        for (column, cell) in named.skip(usize::from(part.columns.len() > 1)) {
            if *cell != Cell::Blank {
                let value = field(cell);
                writer.write_record([&*part.id, &number, &label, row.weight.word(), &column.id, &value, &reference])?;
            }
        }
    }
    Ok(())
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => inert(text),
        cell => plain(cell),
    }
}

/// Text that no spreadsheet takes for a formula (OWASP, "CSV Injection"). Numbers do not pass here: `-5` stays a number.
fn inert(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::{Column, Row};
    use super::super::tests::sample;
    use super::*;
    use crate::money::Usd;

    #[test]
    fn a_report() {
        insta::assert_snapshot!(render(&sample()));
    }

    #[test]
    fn text_is_never_a_formula() {
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(inert(&format!("{start}1")), format!("'{start}1"));
        }
        assert_eq!(inert("1-2"), "1-2");
    }

    proptest! {
        #[test]
        fn no_field_runs(text in "[-=+@\\t\\r\\n\"',|!a-z0-9＝－ ]{0,24}", cents in -1_000_000i64..1_000_000) {
            let section = Section::new("s", "")
                .column(Column::left("name", ""))
                .column(Column::left("what", ""))
                .column(Column::right("amount", ""))
                .row(Row::new(text.as_str()).text(text.as_str()).money(Usd::from_cents(cents)).explain(text.as_str()));
            let csv = render(&Report::new("r", "").section(section));
            let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
            for record in reader.records() {
                for field in &record.expect("a record") {
                    let runs = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
                    prop_assert!(!runs || field == Usd::from_cents(cents).to_string(), "{:?}", field);
                }
            }
            let amount = csv.contains(&format!(",{},", Usd::from_cents(cents)));
            prop_assert!(amount, "a number stays a number");
        }
    }
}
