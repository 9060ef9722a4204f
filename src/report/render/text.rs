//! Text for people: light tables that fit the width.

use tabled::builder::Builder;
use tabled::settings::formatting::AlignmentStrategy;
use tabled::settings::object::{Columns, Rows, Segment};
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Padding, Style as Lines, Theme};
use textwrap::core::display_width;
use textwrap::{Options, fill, wrap};

use super::super::{Align, Cell, Report, Row, Section, Weight};
use super::{one_line, words};

/// The width where nobody says another.
pub const WIDTH: usize = 100;
/// The least width that is laid out.
pub const MIN_WIDTH: usize = 60;
/// Sentences are not wider than this, however wide the terminal.
const PROSE: usize = 88;
/// What stands under a heading is set in by this.
const INDENT: &str = "  ";
/// Between two columns.
const GAP: usize = 2;
/// No column of words is made narrower than this, nor than its longest word, where that leaves the others room.
const MIN_COLUMN: usize = 12;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold and dim by ANSI escapes.
    pub bold: bool,
}

impl Style {
    fn bold(self, text: &str) -> String {
        if self.bold && !text.is_empty() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn dim(self, text: &str) -> String {
        if self.bold && !text.is_empty() { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Renders a report as text, at most `width` columns wide where its words allow.
pub fn render(report: &Report, width: usize, style: Style) -> String {
    let width = width.max(MIN_WIDTH);
    let mut blocks = vec![title(report, style)];
    blocks.extend(report.sections.iter().map(|part| section(part, width, style)));
    blocks.push(remarks("Notes", &report.notes, width, style));
    blocks.push(remarks("Not in this report", &report.limits, width, style));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn title(report: &Report, style: Style) -> String {
    let mut text = style.bold(&one_line(&report.title));
    if !report.subtitle.is_empty() {
        text.push('\n');
        text.push_str(&style.dim(&one_line(&report.subtitle)));
    }
    text
}

fn section(part: &Section, width: usize, style: Style) -> String {
    let mut blocks = Vec::new();
    if !part.lead.is_empty() {
        blocks.push(part.lead.iter().map(|sentence| prose(sentence, width)).collect::<Vec<_>>().join("\n"));
    }
    if !part.rows.is_empty() {
        blocks.push(table(part, width - INDENT.len(), style));
    }
    if !part.notes.is_empty() {
        blocks.push(bullets(&part.notes, width));
    }
    let body = blocks.join("\n\n");
    if part.heading.is_empty() {
        return body;
    }
    format!("{}\n{body}", style.bold(&one_line(&part.heading))).trim_end().to_owned()
}

fn remarks(heading: &str, remarks: &[String], width: usize, style: Style) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    format!("{}\n{}", style.bold(heading), bullets(remarks, width))
}

fn prose(sentence: &str, width: usize) -> String {
    fill(&one_line(sentence), Options::new(width.min(PROSE)).initial_indent(INDENT).subsequent_indent(INDENT))
}

fn bullets(remarks: &[String], width: usize) -> String {
    let layout = Options::new(width.min(PROSE)).initial_indent("  • ").subsequent_indent("    ");
    remarks.iter().map(|remark| fill(&one_line(remark), &layout)).collect::<Vec<_>>().join("\n")
}

/// Lays out a table: a rule under the headings and above totals, a double rule under the answer.
fn table(part: &Section, width: usize, style: Style) -> String {
    let part = &without_blanks(part);
    let lead = part.columns.iter().position(|column| column.align == Align::Left).unwrap_or(0);
    let mut grid: Vec<Vec<String>> = part.rows.iter().map(|row| cells(row, part.columns.len(), lead)).collect();
    let headings: Vec<String> = part.columns.iter().map(|column| one_line(&column.heading)).collect();
    let headed = headings.iter().any(|heading| !heading.is_empty());
    if headed {
        grid.insert(0, headings);
    }
    let aligns: Vec<Align> = part.columns.iter().map(|column| column.align).collect();
    fit(&mut grid, &aligns, headed, width);

    let mut drawing = grid.iter().cloned().collect::<Builder>().build();
    drawing
        .with(theme(part, headed))
        .with(AlignmentStrategy::PerLine)
        .modify(Segment::all(), Padding::new(0, GAP, 0, 0));
    if headed {
        drawing.modify(Rows::first(), Alignment::bottom());
    }
    for (place, column) in part.columns.iter().enumerate() {
        if column.align == Align::Right {
            drawing.modify(Columns::one(place), Alignment::right());
        }
    }
    drawing.modify(Columns::last(), Padding::zero());
    paint(&drawing.to_string(), &grid, part, headed, style)
}

/// The section without the columns in which no row has anything to say.
fn without_blanks(part: &Section) -> Section {
    let is_blank =
        |place: usize| part.rows.iter().all(|row| row.cells.get(place).is_none_or(|cell| *cell == Cell::Blank));
    let kept: Vec<bool> = (0..part.columns.len()).map(|place| place == 0 || !is_blank(place)).collect();
    let mut part = part.clone();
    let keeps = |place: usize| kept.get(place).copied().unwrap_or(false);
    part.columns =
        part.columns.into_iter().enumerate().filter(|(place, _)| keeps(*place)).map(|(_, column)| column).collect();
    for row in &mut part.rows {
        let cells = std::mem::take(&mut row.cells);
        row.cells = cells.into_iter().enumerate().filter(|(place, _)| keeps(*place)).map(|(_, cell)| cell).collect();
    }
    part
}

/// The cells as words; those of a part are set in at the first column of words.
fn cells(row: &Row, columns: usize, lead: usize) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(words).collect();
    cells.resize(columns, String::new());
    if row.weight == Weight::Sub {
        cells[lead].insert_str(0, INDENT);
    }
    cells
}

/// Wraps until the table fits: first the headings of numbers, then the columns of words, the widest first.
fn fit(grid: &mut [Vec<String>], aligns: &[Align], headed: bool, width: usize) {
    let widest =
        |column: usize, rows: &[Vec<String>]| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..aligns.len()).map(|column| widest(column, grid)).collect();
    let floors: Vec<usize> = (0..aligns.len())
        .map(|column| match aligns[column] {
            Align::Left => MIN_COLUMN,
            Align::Right if headed => widest(column, &grid[1..]).max(two_lines(&grid[0][column])),
            Align::Right => widths[column],
        })
        .collect();
    let room = width.saturating_sub(GAP * aligns.len().saturating_sub(1));
    let longest = |column: usize| {
        let words = grid.iter().flat_map(|row| row[column].split(' ')).map(display_width);
        words.max().unwrap_or(0)
    };
    let whole: Vec<usize> = (0..aligns.len())
        .map(|column| if aligns[column] == Align::Left { floors[column].max(longest(column)) } else { floors[column] })
        .collect();
    for floors in [whole, floors] {
        while widths.iter().sum::<usize>() > room {
            let slack = (0..aligns.len()).filter(|column| widths[*column] > floors[*column]);
            let next = slack.max_by_key(|column| (aligns[*column] == Align::Right, widths[*column]));
            let Some(column) = next else { break };
            widths[column] -= 1;
        }
    }
    for row in grid {
        for (cell, width) in row.iter_mut().zip(&widths).filter(|(cell, width)| display_width(cell) > **width) {
            let indent = if cell.starts_with(INDENT) { INDENT } else { "" };
            let layout = Options::new(*width).initial_indent(indent).subsequent_indent(indent);
            *cell = wrap(cell.trim_start(), layout).join("\n");
        }
    }
}

/// The least width in which a heading takes two lines.
fn two_lines(heading: &str) -> usize {
    let word = heading.split(' ').map(display_width).max().unwrap_or(0);
    (word..=display_width(heading)).find(|width| wrap(heading, *width).len() <= 2).unwrap_or(word)
}

fn theme(part: &Section, headed: bool) -> Theme {
    let mut theme = Theme::from_style(Lines::empty());
    let top = usize::from(headed);
    if headed {
        theme.insert_horizontal_line(1, HorizontalLine::new('─'));
    }
    for (place, row) in part.rows.iter().enumerate() {
        if place > 0
            && matches!(row.weight, Weight::Total | Weight::Headline)
            && part.rows[place - 1].weight < row.weight
        {
            theme.insert_horizontal_line(top + place, HorizontalLine::new('─'));
        }
        if row.weight == Weight::Headline {
            theme.insert_horizontal_line(top + place + 1, HorizontalLine::new('═'));
        }
    }
    theme
}

/// Sets the drawing in, line by line, headings and totals in bold, rules dim.
fn paint(drawing: &str, grid: &[Vec<String>], part: &Section, headed: bool, style: Style) -> String {
    let heights = grid.iter().map(|row| row.iter().map(|cell| cell.lines().count().max(1)).max().unwrap_or(1));
    let strong = |place: usize| match (headed, place) {
        (true, 0) => true,
        _ => matches!(part.rows[place - usize::from(headed)].weight, Weight::Total | Weight::Headline),
    };
    let mut lines = heights.enumerate().flat_map(|(place, height)| std::iter::repeat_n(strong(place), height));
    let mut text = Vec::new();
    for line in drawing.lines().map(str::trim_end) {
        let line = if line.starts_with(['─', '═']) {
            style.dim(line)
        } else if lines.next().unwrap_or(false) {
            style.bold(line)
        } else {
            line.to_owned()
        };
        text.push(format!("{INDENT}{line}"));
    }
    text.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::super::Column;
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_wide_report() {
        insta::assert_snapshot!(render(&sample(), WIDTH, Style::default()));
    }

    #[test]
    fn a_narrow_report() {
        insta::assert_snapshot!(render(&sample(), 10, Style::default()));
    }

    #[test]
    fn bold_changes_no_letter() {
        let plain = render(&sample(), WIDTH, Style::default());
        let bold = render(&sample(), WIDTH, Style { bold: true });
        assert_ne!(plain, bold);
        let stripped = anstream::adapter::strip_str(&bold).to_string();
        assert_eq!(stripped, plain);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for width in MIN_WIDTH..140 {
            for line in render(&sample(), width, Style::default()).lines() {
                assert!(display_width(line) <= width, "{width}: {line}");
                assert_eq!(line.trim_end(), line);
            }
        }
    }

    #[test]
    fn a_section_may_be_bare() {
        let report =
            Report::new("r", "T").section(Section::new("a", "Only words").lead("Nothing to show yet.")).section(
                Section::new("b", "")
                    .column(Column::left("k", ""))
                    .column(Column::left("v", ""))
                    .row(Row::new("key").text("value")),
            );
        assert_eq!(render(&report, 80, Style::default()), "T\n\nOnly words\n  Nothing to show yet.\n\n  key  value\n");
    }
}
