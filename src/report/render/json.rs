//! JSON for programs, as `docs/json.md` promises it.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::super::{Cell, Report, Row, Section, Weight};
use super::plain;

/// Renders a report as JSON, indented.
pub fn render(report: &Report) -> String {
    let text = serde_json::to_string_pretty(&Whole::of(report));
    text.unwrap_or_else(|fault| unreachable!("every key is text: {fault}")) + "\n"
}

#[derive(Serialize)]
struct Whole<'a> {
    report: &'a str,
    title: &'a str,
    subtitle: &'a str,
    sections: Vec<Part<'a>>,
    notes: &'a [String],
    limits: &'a [String],
}

impl<'a> Whole<'a> {
    fn of(report: &'a Report) -> Whole<'a> {
        Whole {
            report: report.id,
            title: &report.title,
            subtitle: &report.subtitle,
            sections: report.sections.iter().map(Part::of).collect(),
            notes: &report.notes,
            limits: &report.limits,
        }
    }
}

#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    #[serde(rename = "part", skip_serializing_if = "str::is_empty")]
    begins: &'a str,
    heading: &'a str,
    lead: &'a [String],
    #[serde(serialize_with = "objects")]
    rows: &'a Section,
    notes: &'a [String],
}

impl<'a> Part<'a> {
    fn of(part: &'a Section) -> Part<'a> {
        Part {
            id: &part.id,
            begins: &part.part,
            heading: &part.heading,
            lead: &part.lead,
            rows: part,
            notes: &part.notes,
        }
    }
}

fn objects<S: Serializer>(part: &Section, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(part.rows.iter().map(|row| Object { part, row }))
}

/// A row under the ids of its section's columns.
struct Object<'a> {
    part: &'a Section,
    row: &'a Row,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        let cells = self.row.cells.iter().chain(std::iter::repeat(&Cell::Blank));
        for (column, cell) in self.part.columns.iter().zip(cells) {
            match cell {
                Cell::Blank => object.serialize_entry(&column.id, &())?,
                Cell::Count(count) => object.serialize_entry(&column.id, count)?,
                cell => object.serialize_entry(&column.id, &plain(cell))?,
            }
        }
        if self.row.weight != Weight::Plain {
            object.serialize_entry("weight", self.row.weight.word())?;
        }
        if let Some(reference) = &self.row.reference {
            object.serialize_entry("explain", reference)?;
        }
        if let Some(section) = &self.row.opens {
            object.serialize_entry("opens", section)?;
        }
        if let Some(authority) = self.row.citation {
            object.serialize_entry("citation", authority)?;
        }
        object.end()
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
