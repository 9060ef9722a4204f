//! HTML: one file that fetches nothing and runs nothing, for screens light and dark, for paper, and for readers who listen.
//! A total links to its rows, and the rows link back.
//!
//! It is written by hand: a report is walked once, every text goes through `text` or `attribute`, and there is no page
//! around it that a template would show better.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::super::{Align, Cell, Report, Row, Section, Weight};
use super::{one_line, svg, words};

const STYLE: &str = include_str!("html/page.css");

/// Renders a report as one page.
pub fn render(report: &Report) -> String {
    let mut page = String::new();
    let title = text(&report.title);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the figures</a>\n<header>\n<h1>{title}</h1>\n<p class=\"subtitle\">{}</p>\n</header>\n",
        text(&report.subtitle),
    );
    navigation(&mut page, report);
    page.push_str("<main id=\"main\">\n");
    let counted_in = counted_in(report);
    let mut in_part = false;
    for section in &report.sections {
        if !section.part.is_empty() {
            if in_part {
                page.push_str("</div>\n");
            }
            let name = attribute(&part_id(&section.part));
            let _ = writeln!(page, "<div class=\"part\">\n<h2 id=\"{name}\">{}</h2>", text(&section.part));
            in_part = true;
        }
        part(&mut page, section, counted_in.get(section.id.as_str()).copied());
    }
    if in_part {
        page.push_str("</div>\n");
    }
    for (heading, remarks) in [("Notes", &report.notes), ("Not in this report", &report.limits)] {
        if !remarks.is_empty() {
            let _ = writeln!(page, "<section>\n<h3>{heading}</h3>");
            bullets(&mut page, remarks);
            page.push_str("</section>\n");
        }
    }
    let _ = write!(
        page,
        "</main>\n<footer>Made by perchart {} from the records of the book; nothing here was sent anywhere.</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
    );
    page
}

/// Text between tags.
fn text(words: &str) -> String {
    encode_text(&one_line(words)).into_owned()
}

/// Text in an attribute.
fn attribute(words: &str) -> String {
    encode_double_quoted_attribute(&one_line(words)).into_owned()
}

fn part_id(title: &str) -> String {
    format!("part-{}", title.to_lowercase().replace(' ', "-"))
}

fn navigation(page: &mut String, report: &Report) {
    let parts: Vec<&str> =
        report.sections.iter().map(|section| section.part.as_str()).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return;
    }
    page.push_str("<nav aria-label=\"Parts\">\n<ol>\n");
    for part in parts {
        let _ = writeln!(page, "<li><a href=\"#{}\">{}</a></li>", attribute(&part_id(part)), text(part));
    }
    page.push_str("</ol>\n</nav>\n");
}

/// Where the total of a section is counted: the section after the cover that opens it last before it, else first after it.
fn counted_in(report: &Report) -> HashMap<&str, &Section> {
    let mut found: HashMap<&str, &Section> = HashMap::new();
    let mut passed = HashSet::new();
    for section in report.sections.iter().filter(|section| !["cover", "contents"].contains(&section.id.as_str())) {
        for opened in section.rows.iter().filter_map(|row| row.opens.as_deref()) {
            if !passed.contains(opened) || !found.contains_key(opened) {
                found.insert(opened, section);
            }
        }
        passed.insert(section.id.as_str());
    }
    found
}

fn part(page: &mut String, section: &Section, counted_in: Option<&Section>) {
    let id = attribute(&section.id);
    let _ = writeln!(page, "<section id=\"{id}\">");
    if !section.heading.is_empty() {
        let _ = writeln!(page, "<h3>{}</h3>", text(&section.heading));
    }
    for sentence in &section.lead {
        let _ = writeln!(page, "<p>{}</p>", text(sentence));
    }
    if let Some(chart) = section.chart.as_ref().filter(|chart| !chart.plot.is_empty()) {
        let drawing = svg::render(chart, &format!("chart-{}", section.id));
        let _ = writeln!(page, "<figure>\n{drawing}<figcaption>{}</figcaption>\n</figure>", text(&chart.summary));
    }
    if !section.rows.is_empty() {
        table(page, section);
    }
    if !section.notes.is_empty() {
        bullets(page, &section.notes);
    }
    if let Some(above) = counted_in {
        let (to, heading) = (attribute(&above.id), text(&above.heading));
        let _ = writeln!(page, "<p class=\"back\">Counted in <a href=\"#{to}\">{heading}</a></p>");
    }
    page.push_str("</section>\n");
}

fn bullets(page: &mut String, remarks: &[String]) {
    page.push_str("<ul class=\"notes\">\n");
    for remark in remarks {
        let _ = writeln!(page, "<li>{}</li>", text(remark));
    }
    page.push_str("</ul>\n");
}

fn table(page: &mut String, section: &Section) {
    let name = if section.heading.is_empty() { &section.id } else { &section.heading };
    let _ = writeln!(
        page,
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<caption class=\"hidden\">{}</caption>",
        attribute(name),
        text(name),
    );
    let used: Vec<bool> = (0..section.columns.len())
        .map(|place| {
            let blank = |row: &Row| row.cells.get(place).is_none_or(|cell| *cell == Cell::Blank);
            place == 0 || !section.rows.iter().all(blank)
        })
        .collect();
    let columns: Vec<usize> = (0..used.len()).filter(|place| used[*place]).collect();
    if columns.iter().any(|place| !section.columns[*place].heading.is_empty()) {
        page.push_str("<thead><tr>");
        for place in &columns {
            let column = &section.columns[*place];
            let class = if column.align == Align::Right { " class=\"n\"" } else { "" };
            let heading = text(&column.heading);
            // A heading that the eye does not need is said all the same.
            let heading = match (heading.is_empty(), column.id.as_str()) {
                (true, id) => format!("<span class=\"hidden\">{}</span>", text(&id.replace('_', " "))),
                (false, _) => heading,
            };
            let _ = write!(page, "<th scope=\"col\"{class}>{heading}</th>");
        }
        page.push_str("</tr></thead>\n");
    }
    page.push_str("<tbody>\n");
    for row in &section.rows {
        line(page, section, row, &columns);
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn line(page: &mut String, section: &Section, row: &Row, columns: &[usize]) {
    let class = if row.weight == Weight::Plain { String::new() } else { format!(" class=\"{}\"", row.weight.word()) };
    let explain = row.reference.as_deref().map(|reference| format!(" data-explain=\"{}\"", attribute(reference)));
    let _ = write!(page, "<tr{class}{}>", explain.unwrap_or_default());
    let cell = |place: usize| row.cells.get(place).unwrap_or(&Cell::Blank);
    // The last amount leads to its rows; where there is none, the name does.
    let amounts = columns.iter().rev().copied().find(|place| matches!(cell(*place), Cell::Money(_)));
    let linked = row.opens.as_deref().map(|target| (amounts.unwrap_or(0), attribute(target)));
    let cited = columns.iter().rev().copied().find(|place| matches!(cell(*place), Cell::Text(_)));
    for (position, place) in columns.iter().copied().enumerate() {
        let mut shown = text(&words(cell(place)));
        if let Some((_, target)) = linked.as_ref().filter(|(at, _)| *at == place) {
            let label = match amounts {
                Some(_) => format!(" aria-label=\"{shown}, to its rows\""),
                None => String::new(),
            };
            shown = format!("<a href=\"#{target}\"{label}>{shown}</a>");
        }
        if let Some(authority) = row.citation.filter(|_| cited == Some(place)) {
            let _ = write!(shown, " <small>{}</small>", text(authority));
        }
        let class = match (section.columns[place].align, cell(place)) {
            (Align::Right, Cell::Blank) => " class=\"n\"",
            (Align::Right, _) => " class=\"n v\"",
            (Align::Left, Cell::Date(_)) => " class=\"day\"",
            (Align::Left, _) => "",
        };
        let (open, close) = if position == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
        let _ = write!(page, "<{open}{class}>{shown}</{close}>");
    }
    page.push_str("</tr>\n");
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;
    use crate::report::Column;
    use crate::report::binder::Files;
    use crate::report::package::package;
    use crate::report::package::tests::sample_year;

    #[test]
    fn a_report() {
        insta::assert_snapshot!(render(&sample()).replace(STYLE, "STYLE\n"));
    }

    #[test]
    fn the_sample_package() {
        insta::assert_snapshot!(render(&package(&sample_year(), &Files::new())).replace(STYLE, "STYLE\n"));
    }

    #[test]
    fn it_fetches_and_runs_nothing() {
        let page = render(&package(&sample_year(), &Files::new()));
        let outside =
            ["<script", "<link", "<img", "<iframe", "@import", "url(", "src=", "style=", "onclick", "href=\"http"];
        for never in outside {
            assert!(!page.contains(never), "{never}");
        }
    }

    #[test]
    fn every_link_leads_somewhere_and_ids_are_unique() {
        let page = render(&package(&sample_year(), &Files::new()));
        let values = |start: &str| -> Vec<String> {
            page.split(start).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
        };
        let ids = values(" id=\"");
        let known: HashSet<&String> = ids.iter().collect();
        assert_eq!(known.len(), ids.len());
        for target in values("href=\"#") {
            assert!(known.contains(&target), "{target}");
        }
    }

    #[test]
    fn text_stays_text() {
        let nasty = "</td><script>alert(1)</script>\" onload=\"x";
        let section =
            Section::new(nasty, nasty).lead(nasty).column(Column::left("a", nasty)).row(Row::new(nasty).explain(nasty));
        let page = render(&Report::new("r", nasty).section(section).note(nasty));
        assert!(!page.contains("<script") && !page.contains("\" onload=\"x\""));
    }
}
