//! PDF, US Letter: a document with a table of contents, bookmarks, running heads, tables that break as accountants expect,
//! and tags for readers who listen. `layout` places, `write` writes; the same report gives the same bytes.

mod layout;
mod table;
mod write;

use chrono::NaiveDate;

use super::super::Report;

/// Renders a report as a PDF file that says it was made on `day`.
pub fn render(report: &Report, day: NaiveDate) -> Vec<u8> {
    write::write(&layout::lay_out(report), report, day)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::super::draw::Shape;
    use super::super::tests::sample;
    use super::super::{one_line, words};
    use super::layout::{BOTTOM, LEFT, Layout, Placed, RIGHT, TOP, lay_out};
    use super::*;
    use crate::report::binder::Files;
    use crate::report::package::package;
    use crate::report::package::tests::{book, sample_year, worked_out};
    use crate::report::{Cell, Column, Row, Section};

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day");

    /// The lines of text of a page, in the order in which they were placed.
    fn texts(layout: &Layout) -> Vec<Vec<&str>> {
        fn text(placed: &Placed) -> Option<&str> {
            match &placed.shape {
                Shape::Text { text, .. } => Some(text),
                _ => None,
            }
        }
        layout.pages.iter().map(|page| page.placed.iter().filter_map(text).collect()).collect()
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let report = package(&sample_year(), &Files::new());
        let file = render(&report, DAY);
        assert!(file.starts_with(b"%PDF-"));
        assert_eq!(file, render(&report, DAY));
    }

    #[test]
    fn every_figure_and_word_is_drawn() {
        let report = package(&sample_year(), &Files::new());
        let layout = lay_out(&report);
        let drawn: HashSet<&str> = texts(&layout).concat().into_iter().collect();
        let letters: String = texts(&layout).concat().concat().split_whitespace().collect();
        for cell in report.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells) {
            let words = words(cell);
            match cell {
                Cell::Blank => {}
                // Words may be wrapped.
                Cell::Text(_) => {
                    for word in one_line(&words).split_whitespace() {
                        assert!(letters.contains(word), "{word}");
                    }
                }
                _ => assert!(drawn.contains(words.as_str()), "{words}"),
            }
        }
    }

    /// No text lies outside the margins or on top of another.
    fn lies_well(report: &Report) {
        for page in &lay_out(report).pages {
            let mut taken: Vec<(i32, i32, i32, i32)> = Vec::new();
            for placed in &page.placed {
                let Shape::Text { x, y, size, face, anchor, text, .. } = &placed.shape else { continue };
                let width = super::super::font::width(text, *face, *size);
                let left = match anchor {
                    super::super::draw::Anchor::Start => *x,
                    super::super::draw::Anchor::Middle => x - width / 2,
                    super::super::draw::Anchor::End => x - width,
                };
                assert!(left >= LEFT - 2 && left + width <= RIGHT + 2, "{text}");
                let in_body = placed.node.is_some();
                assert!(!in_body || (*y > TOP && *y <= BOTTOM), "{text} at {y}");
                if in_body && !text.is_empty() {
                    let (top, bottom) = (y - size / 2, *y);
                    let clash =
                        taken.iter().find(|(l, r, t, b)| left < *r && *l < left + width && top < *b && *t < bottom);
                    assert_eq!(clash, None, "{text}");
                    taken.push((left, left + width, top, bottom));
                }
            }
        }
    }

    #[test]
    fn nothing_lies_outside_the_margins_or_on_top_of_another() {
        lies_well(&package(&sample_year(), &Files::new()));
        lies_well(&sample());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn any_book_lies_well(records in book()) {
            let report = package(&worked_out(records), &Files::new());
            lies_well(&report);
            prop_assert_eq!(render(&report, DAY), render(&report, DAY));
        }
    }

    #[test]
    fn a_long_table_repeats_its_heading_and_leaves_no_total_alone() {
        for rows in 30..120 {
            let mut section = Section::new("rows", "Rows")
                .column(Column::left("what", "What was bought"))
                .column(Column::right("amount", "Dollars"));
            for number in 0..rows {
                section.push(Row::new(format!("row {number}")).cell(Cell::Count(number)));
            }
            section.push(Row::new("Total").cell(Cell::Count(7)).total());
            section.push(Row::new("As filed").cell(Cell::Count(8)).headline());
            let layout = lay_out(&Report::new("r", "T").section(section));
            for page in texts(&layout) {
                assert!(page.contains(&"What was bought"));
                let rows = page.iter().filter(|text| text.starts_with("row ")).count();
                assert!(rows >= 2, "{rows} rows on a page");
                assert_eq!(page.contains(&"Total"), page.contains(&"As filed"));
            }
        }
    }

    #[test]
    fn the_contents_name_the_page_of_a_part() {
        let layout = lay_out(&package(&sample_year(), &Files::new()));
        let (page, _) = layout.anchors["schedule-c"];
        let first = texts(&layout)[0].clone();
        let row = first.iter().position(|text| *text == "Schedule C").expect("in the contents");
        assert_eq!(first[row + 1..].iter().find(|text| text.parse::<usize>().is_ok()), Some(&&*(page + 1).to_string()));
    }
}
