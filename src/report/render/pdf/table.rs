//! Tables: columns that fit, figures under one another, headings repeated where a page ends, totals ruled as accountants
//! rule them: one line over a total, two under the answer.

use std::collections::HashMap;

use super::super::super::{Align, Cell, Row, Section, Weight};
use super::super::draw::{Anchor, Ink, Shape};
use super::super::font::{self, Face};
use super::super::{one_line, words};
use super::layout::{BOTTOM, Kind, LEFT, Layout, RIGHT};

/// Sizes of letters, tried from the first.
const SIZES: [i32; 5] = [180, 170, 160, 150, 140];
/// Between two columns.
const GAP: i32 = 180;
/// Columns of figures are as wide, so that they stand under one another from table to table.
const FIGURES: i32 = 860;
/// No column of words is narrower.
const NARROW: i32 = 1_100;
/// A table that is no longer than this stays on one page.
const SHORT: i32 = 5_200;
/// A part of the row above is set in by this.
const INDENT: i32 = 160;

/// A table ready to be drawn.
pub(super) struct Table<'a> {
    section: &'a Section,
    columns: Vec<Place>,
    rows: Vec<Line<'a>>,
    size: i32,
    head: Vec<Vec<String>>,
    /// Does the last column name pages?
    opens: bool,
}

/// Where a column stands.
#[derive(Clone, Copy)]
struct Place {
    from: i32,
    to: i32,
    align: Align,
}

/// One row, its cells wrapped.
struct Line<'a> {
    row: &'a Row,
    cells: Vec<Vec<String>>,
}

impl<'a> Table<'a> {
    /// Fits a section's table to the page. Rows that open another section name its page.
    pub(super) fn of(section: &'a Section, peers: &[&Section], known: &HashMap<String, (usize, i32)>) -> Table<'a> {
        // Tables of the same columns stand under one another as one: they are fitted together.
        let all = || peers.iter().flat_map(|section| &section.rows).chain(&section.rows);
        let opens = section.rows.iter().any(|row| row.opens.is_some());
        let used = |place: usize| {
            let any = all().any(|row| row.cells.get(place).is_some_and(|cell| *cell != Cell::Blank));
            place == 0 || any
        };
        let kept: Vec<usize> = (0..section.columns.len()).filter(|place| used(*place)).collect();
        let mut aligns: Vec<Align> = kept.iter().map(|place| section.columns[*place].align).collect();
        let mut headings: Vec<String> = kept.iter().map(|place| one_line(&section.columns[*place].heading)).collect();
        let cells = |row: &Row| {
            let cell = |place: &usize| row.cells.get(*place).map(words).unwrap_or_default();
            let mut cells: Vec<String> = kept.iter().map(cell).collect();
            if opens {
                let page = row.opens.as_ref().and_then(|section| known.get(section));
                // As wide before the pages are known as after.
                let number = if known.is_empty() { "000".to_owned() } else { String::new() };
                cells.push(page.map_or(number, |(page, _)| (page + 1).to_string()));
            }
            cells
        };
        let grid: Vec<(&Row, Vec<String>)> = section.rows.iter().map(|row| (row, cells(row))).collect();
        let measured: Vec<(&Row, Vec<String>)> = all().map(|row| (row, cells(row))).collect();
        if opens {
            aligns.push(Align::Right);
            headings.push("Page".to_owned());
        }
        let (size, widths) = fit(&measured, &aligns, &headings, opens);
        let mut from = LEFT;
        let mut columns = Vec::new();
        for (width, align) in widths.iter().zip(&aligns) {
            columns.push(Place { from, to: from + width, align: *align });
            from += width + GAP;
        }
        let head = headings.iter().zip(&widths).map(|(heading, width)| wrapped(heading, Face::Bold, size - 10, *width));
        let rows = grid.into_iter().map(|(row, cells)| {
            let place = |(place, (cell, width)): (usize, (String, &i32))| {
                wrapped(&cell, face(row), size, width - indent(row, place))
            };
            Line { row, cells: cells.into_iter().zip(&widths).enumerate().map(place).collect() }
        });
        Table { section, columns, rows: rows.collect(), size, head: head.collect(), opens }
    }

    fn leading(&self) -> i32 {
        self.size * 6 / 5
    }

    fn has_head(&self) -> bool {
        self.section.columns.iter().any(|column| !column.heading.is_empty())
    }

    fn head_height(&self) -> i32 {
        if self.has_head() { tall(&self.head) * self.leading() + 120 } else { 20 }
    }

    fn height(&self, line: &Line) -> i32 {
        let extra = match line.row.weight {
            Weight::Headline => 120,
            Weight::Total => 90,
            Weight::Plain | Weight::Sub => 70,
        };
        tall(&line.cells) * self.leading() + extra
    }

    /// What must stand together with the heading of the section.
    pub(super) fn least(&self) -> i32 {
        let height = |rows: &[Line]| self.head_height() + rows.iter().map(|line| self.height(line)).sum::<i32>() + 80;
        let whole = height(&self.rows);
        if whole <= SHORT { whole } else { height(self.rows.get(..self.group(0)).unwrap_or(&self.rows)) }
    }

    /// Where the group of rows ends that begins at a row: nothing is left alone on a page.
    fn group(&self, from: usize) -> usize {
        let is_sum = |line: &Line| matches!(line.row.weight, Weight::Total | Weight::Headline);
        // The first two rows stay together, and so do the last two before a total and all totals after them.
        let mut end = if from == 0 { 2 } else { from + 1 };
        loop {
            let sum_follows = [0, 1].iter().any(|ahead| self.rows.get(end + ahead).is_some_and(is_sum));
            let next_is_plain = self.rows.get(end).is_some_and(|line| !is_sum(line));
            let before_sum = next_is_plain && sum_follows && end > from && self.rows.get(end + 1).is_some_and(is_sum);
            let is_at_sum = self.rows.get(end).is_some_and(is_sum);
            if end >= self.rows.len() || !(before_sum && end - from < 3 || is_at_sum) {
                break;
            }
            end += 1;
        }
        end.min(self.rows.len())
    }

    /// Draws the table where the layout stands, its last rows with room for `after` below them.
    pub(super) fn draw(&self, layout: &mut Layout, after: i32) {
        let table = layout.node(Kind::Table, None);
        self.draw_head(layout, Some(table));
        let body = layout.node(Kind::Body, Some(table));
        let mut at = 0;
        while at < self.rows.len() {
            let end = self.group(at);
            let height: i32 = self.rows[at..end].iter().map(|line| self.height(line)).sum();
            let height = if end == self.rows.len() { height + after } else { height };
            if at > 0 && layout.y + height > BOTTOM {
                layout.new_page();
                layout.continued(&self.section.heading);
                self.draw_head(layout, None);
            }
            for place in at..end {
                self.draw_row(layout, place, body);
            }
            at = end;
        }
    }

    /// Draws the headings; repeated ones are for the eye alone.
    fn draw_head(&self, layout: &mut Layout, table: Option<usize>) {
        if !self.has_head() {
            layout.y += 20;
            return;
        }
        let row = table.map(|table| {
            let head = layout.node(Kind::Head, Some(table));
            layout.node(Kind::Row, Some(head))
        });
        let bottom = layout.y + tall(&self.head) * self.leading();
        for (place, lines) in self.columns.iter().zip(&self.head) {
            let node = row.map(|row| layout.node(Kind::HeaderCell, Some(row)));
            let first = bottom - self.leading() * (count(lines) - 1);
            self.text(layout, *place, 0, lines, first, (Face::Bold, Ink::Muted), node, self.size - 10);
        }
        layout.y = bottom + 60;
        layout.rule(LEFT, RIGHT, layout.y, 12, Ink::Line);
        layout.y += 30;
    }

    fn draw_row(&self, layout: &mut Layout, at: usize, body: usize) {
        let line = &self.rows[at];
        let row = line.row;
        let node = layout.node(Kind::Row, Some(body));
        let top = layout.y;
        let is_sum = matches!(row.weight, Weight::Total | Weight::Headline);
        let after_sum = at > 0 && matches!(self.rows[at - 1].row.weight, Weight::Total | Weight::Headline);
        if is_sum && at > 0 && !(after_sum && row.weight == Weight::Total) {
            self.sum_rules(layout, line, top + 12 + self.leading() * (tall(&line.cells) - 1));
        }
        let first = top + self.leading() + if is_sum { 30 } else { 0 };
        let last = line.cells.len().saturating_sub(1);
        for (place, (column, lines)) in self.columns.iter().zip(&line.cells).enumerate() {
            let kind = if place == 0 { Kind::RowHeader } else { Kind::Cell };
            let cell = layout.node(kind, Some(node));
            let target = row.opens.as_deref().filter(|_| place == last && !lines.concat().is_empty());
            let ink = match (target, row.weight) {
                (Some(_), _) => Ink::Link,
                (None, Weight::Sub) => Ink::Muted,
                (None, _) => Ink::Text,
            };
            let inner = match target {
                Some(target) => layout.node(Kind::Link(format!("Page {}: {target}", lines.concat())), Some(cell)),
                None => cell,
            };
            // The figure of a sum stands on its last line, between its rules.
            let down = if is_sum && column.align == Align::Right { tall(&line.cells) - count(lines) } else { 0 };
            let first = first + self.leading() * down;
            self.text(layout, *column, indent(row, place), lines, first, (face(row), ink), Some(inner), self.size);
            if let Some(target) = target {
                layout.link([column.from, top, column.to, top + self.height(line)], target, inner);
            }
        }
        layout.y = top + self.height(line);
        if row.weight == Weight::Headline {
            self.sum_rules(layout, line, layout.y - 36);
            self.sum_rules(layout, line, layout.y - 8);
        } else if !is_sum && self.rows.get(at + 1).is_some_and(|next| matches!(next.row.weight, Weight::Plain)) {
            layout.rule(LEFT, RIGHT, layout.y - 8, 6, Ink::Rule);
        }
    }

    /// A line over or under each figure of a sum.
    fn sum_rules(&self, layout: &mut Layout, line: &Line, y: i32) {
        let figures = self.columns.len() - usize::from(self.opens);
        for (column, lines) in self.columns.iter().zip(&line.cells).take(figures) {
            if column.align == Align::Right && !lines.concat().is_empty() {
                let widest = lines.iter().map(|text| font::width(text, face(line.row), self.size)).max().unwrap_or(0);
                let from = (column.to - widest.max(900)).max(column.from);
                layout.rule(from, column.to, y, 12, Ink::Line);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "where, what and how of one cell")]
    fn text(
        &self,
        layout: &mut Layout,
        column: Place,
        indent: i32,
        lines: &[String],
        first: i32,
        (face, ink): (Face, Ink),
        node: Option<usize>,
        size: i32,
    ) {
        let (x, anchor) = match column.align {
            Align::Left => (column.from + indent, Anchor::Start),
            Align::Right => (column.to, Anchor::End),
        };
        let mut y = first;
        for text in lines.iter().filter(|text| !text.is_empty()) {
            layout.place(Shape::Text { x, y, size, face, anchor, ink, text: text.clone() }, node);
            y += self.leading();
        }
    }
}

fn face(row: &Row) -> Face {
    match row.weight {
        Weight::Total | Weight::Headline => Face::Bold,
        Weight::Plain | Weight::Sub => Face::Regular,
    }
}

fn indent(row: &Row, place: usize) -> i32 {
    if row.weight == Weight::Sub && place == 0 { INDENT } else { 0 }
}

fn wrapped(text: &str, face: Face, size: i32, room: i32) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { font::wrap(text, face, size, room) }
}

fn count(lines: &[String]) -> i32 {
    i32::try_from(lines.len().max(1)).unwrap_or(1)
}

fn tall(cells: &[Vec<String>]) -> i32 {
    cells.iter().map(|lines| count(lines)).max().unwrap_or(1)
}

/// The size of letters and the widths of columns that fill the page.
fn fit(grid: &[(&Row, Vec<String>)], aligns: &[Align], headings: &[String], opens: bool) -> (i32, Vec<i32>) {
    let room = RIGHT - LEFT - GAP * (i32::try_from(aligns.len()).unwrap_or(1) - 1);
    let mut found = (SIZES[0], Vec::new());
    for size in SIZES {
        let widest = |place: usize| {
            let cell =
                |(row, cells): &(&Row, Vec<String>)| font::width(&cells[place], face(row), size) + indent(row, place);
            grid.iter().map(cell).max().unwrap_or(0)
        };
        let longest = |text: &str| text.split(' ').map(|word| font::width(word, Face::Bold, size)).max().unwrap_or(0);
        let mut widths: Vec<i32> = (0..aligns.len())
            .map(|place| match aligns[place] {
                Align::Right if opens && place + 1 == aligns.len() => widest(place).max(longest(&headings[place])),
                Align::Right => widest(place).max(longest(&headings[place]).min(1_500)).max(FIGURES),
                Align::Left => widest(place).max(font::width(&headings[place], Face::Bold, size)),
            })
            .collect();
        let rights: i32 =
            (0..aligns.len()).filter(|place| aligns[*place] == Align::Right).map(|place| widths[place]).sum();
        let lefts: Vec<usize> = (0..aligns.len()).filter(|place| aligns[*place] == Align::Left).collect();
        let least: i32 = lefts.iter().map(|place| widths[*place].min(NARROW)).sum();
        let fits = rights + least <= room;
        narrow(&mut widths, &lefts, room - rights);
        widen(&mut widths, aligns, &lefts, room, opens);
        found = (size, widths);
        if fits {
            break;
        }
    }
    found
}

/// Takes width from the widest columns of words until they fit.
fn narrow(widths: &mut [i32], lefts: &[usize], room: i32) {
    let mut open: Vec<usize> = lefts.to_vec();
    let mut room = room;
    // Narrow columns keep their width; the others share what is left.
    loop {
        let Some(share) = i32::try_from(open.len()).ok().filter(|count| *count > 0).map(|count| room / count) else {
            return;
        };
        let narrow: Vec<usize> = open.iter().copied().filter(|place| widths[*place] <= share).collect();
        if narrow.is_empty() {
            for place in open {
                widths[place] = share.max(NARROW / 2);
            }
            return;
        }
        room -= narrow.iter().map(|place| widths[*place]).sum::<i32>();
        open.retain(|place| !narrow.contains(place));
    }
}

/// Gives what is left over to the columns, so that figures stand at the right margin.
fn widen(widths: &mut [i32], aligns: &[Align], lefts: &[usize], room: i32, opens: bool) {
    let spare = room - widths.iter().sum::<i32>();
    if spare <= 0 {
        return;
    }
    let page = usize::from(opens);
    let rights: Vec<usize> = (0..aligns.len() - page).filter(|place| aligns[*place] == Align::Right).collect();
    // Words take what is over; where there is but a name and many figures, the figures do.
    if lefts.len() < 2 && rights.len() >= 3 || lefts.is_empty() {
        let many = i32::try_from(rights.len().max(1)).unwrap_or(1);
        let each = (spare / many).min(700);
        for place in &rights {
            widths[*place] += each;
        }
        let rest = spare - each * many;
        if let Some(first) = lefts.first().or(rights.first()) {
            widths[*first] += rest;
        }
    } else if let Some(widest) = lefts.iter().max_by_key(|place| widths[**place]) {
        widths[*widest] += spare;
    }
}
