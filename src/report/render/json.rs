//! JSON for programs, as `docs/json.md` promises it.

use serde_json::{Map, Value, json};

use super::super::{Cell, Report, Row, Section, Weight};
use super::plain;

/// Renders a report as JSON, indented.
pub fn render(report: &Report) -> String {
    format!("{:#}\n", value(report))
}

/// The report as a JSON value, for a caller that puts it in something larger.
pub fn value(report: &Report) -> Value {
    json!({
        "report": report.id,
        "title": report.title,
        "subtitle": report.subtitle,
        "sections": report.sections.iter().map(section).collect::<Vec<_>>(),
        "notes": report.notes,
        "limits": report.limits,
    })
}

fn section(part: &Section) -> Value {
    json!({
        "id": part.id,
        "heading": part.heading,
        "lead": part.lead,
        "rows": part.rows.iter().map(|row| object(part, row)).collect::<Vec<_>>(),
        "notes": part.notes,
    })
}

fn object(part: &Section, row: &Row) -> Value {
    let cells = row.cells.iter().chain(std::iter::repeat(&Cell::Blank));
    let mut object: Map<String, Value> =
        part.columns.iter().zip(cells).map(|(column, cell)| (column.id.clone(), scalar(cell))).collect();
    if row.weight != Weight::Plain {
        object.insert("weight".to_owned(), row.weight.word().into());
    }
    if let Some(reference) = &row.reference {
        object.insert("explain".to_owned(), reference.as_str().into());
    }
    Value::Object(object)
}

fn scalar(cell: &Cell) -> Value {
    match cell {
        Cell::Blank => Value::Null,
        Cell::Count(count) => (*count).into(),
        cell => plain(cell).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_report() {
        insta::assert_snapshot!(render(&sample()));
    }
}
