//! The year's figures with their sources, and what changed between two years.

use super::render::grouped;
use super::{Column, Report, Row, Section};
use crate::law::{Citation, Citations};

/// A figure as people read it: thousands apart, the rows of a table one after the other.
pub(super) fn figure_in_words(citation: &Citation) -> String {
    let alone = [citation.figure.clone()];
    let rows = if citation.rows.is_empty() { alone.as_slice() } else { citation.rows.as_slice() };
    rows.iter().map(|row| in_figures(row)).collect::<Vec<_>>().join("; ")
}

/// A text with its numbers' thousands apart.
pub(super) fn in_figures(text: &str) -> String {
    let word = |word: &str| {
        let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let (number, rest) = word.split_at(end);
        format!("{}{rest}", grouped(number))
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Every figure of a year, or those under a path.
pub fn figures(year: u16, citations: &Citations, path: Option<&str>) -> Report {
    let mut section = Section::new("figures", "")
        .column(Column::left("path", "Figure"))
        .column(Column::left("value", "Value"))
        .column(Column::left("cite", "Authority"));
    let under = |name: &str| path.is_none_or(|path| name == path || name.starts_with(&format!("{path}.")));
    for (name, citation) in citations.iter().filter(|(name, _)| under(name)) {
        let row = Row::new(name.as_str()).text(citation.figure.as_str()).text(citation.cite.as_str());
        section.push(row.explain(format!("law.{name}")));
    }
    Report::new("law", format!("Federal figures of {year}")).section(section)
}

/// What differs between two years, with both authorities.
pub fn changes(from: (u16, &Citations), to: (u16, &Citations)) -> Report {
    let mut section = Section::new("changes", "")
        .column(Column::left("path", "Figure"))
        .column(Column::left("from", from.0.to_string()))
        .column(Column::left("to", to.0.to_string()))
        .column(Column::left("from_cite", format!("Authority {}", from.0)))
        .column(Column::left("to_cite", format!("Authority {}", to.0)));
    let mut names: Vec<&String> = from.1.keys().chain(to.1.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (before, after) = (from.1.get(name), to.1.get(name));
        if before.map(|citation| &citation.figure) == after.map(|citation| &citation.figure) {
            continue;
        }
        let figure = |citation: Option<&crate::law::Citation>| citation.map_or("none".to_owned(), figure_in_words);
        let cite = |citation: Option<&crate::law::Citation>| citation.map_or(String::new(), |c| c.cite.clone());
        section.push(
            Row::new(name.as_str()).text(figure(before)).text(figure(after)).text(cite(before)).text(cite(after)),
        );
    }
    let count = section.rows.len();
    Report::new("law_diff", format!("What changed from {} to {}", from.0, to.0))
        .subtitle(format!("{count} figures"))
        .section(section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    #[test]
    fn tables_are_shown_row_by_row_with_thousands_apart() {
        let (_, citations) = law::of(2025).expect("law");
        let words = |path: &str| figure_in_words(&citations[path]);
        assert_eq!(words("income.tops.head"), "17,000; 64,850; 103,350; 197,300; 250,500; 626,350");
        assert!(words("premium_credit.tiers").starts_with("below 150, initial 0%, last 0%; below 200"));
        assert_eq!((words("se.wage_base").as_str(), words("se.net_rate").as_str()), ("176,100", "92.35%"));
    }
}
