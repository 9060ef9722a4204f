//! Markdown with pipe tables (GitHub's).

use std::iter::once;

use super::super::{Align, Cell, Report, Row, Section, Weight};
use super::{one_line, words};

/// Renders a report as Markdown.
pub fn render(report: &Report) -> String {
    let mut blocks = vec![format!("# {}", escaped(&report.title)), escaped(&report.subtitle)];
    for part in &report.sections {
        blocks.push(heading(&part.heading));
        blocks.extend(part.lead.iter().map(|sentence| escaped(sentence)));
        blocks.push(table(part));
        blocks.push(bullets(&part.notes));
    }
    for (title, remarks) in [("Notes", &report.notes), ("Not in this report", &report.limits)] {
        if !remarks.is_empty() {
            blocks.extend([heading(title), bullets(remarks)]);
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn heading(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("## {}", escaped(text)) }
}

fn bullets(remarks: &[String]) -> String {
    remarks.iter().map(|remark| format!("- {}", escaped(remark))).collect::<Vec<_>>().join("\n")
}

fn table(part: &Section) -> String {
    if part.rows.is_empty() {
        return String::new();
    }
    let headings = part.columns.iter().map(|column| escaped(&column.heading));
    let rule = part.columns.iter().map(|column| match column.align {
        Align::Left => ":--".to_owned(),
        Align::Right => "--:".to_owned(),
    });
    let rows = part.rows.iter().map(|row| line(cells(row, part.columns.len())));
    once(line(headings)).chain(once(line(rule))).chain(rows).collect::<Vec<_>>().join("\n")
}

fn cells(row: &Row, columns: usize) -> impl Iterator<Item = String> {
    let cells = row.cells.iter().chain(std::iter::repeat(&Cell::Blank)).take(columns).enumerate();
    cells.map(|(place, cell)| {
        let text = escaped(&words(cell));
        match row.weight {
            Weight::Total | Weight::Headline if !text.is_empty() => format!("**{text}**"),
            Weight::Sub if place == 0 => format!("&emsp;{text}"),
            _ => text,
        }
    })
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Text that Markdown takes for text.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_report() {
        insta::assert_snapshot!(render(&sample()));
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a|b <i> *c*"), r"a\|b \<i\> \*c\*");
    }
}
