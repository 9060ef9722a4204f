//! What stands where: pages of shapes, each with its place in the reading order. All lengths are twips.

use std::collections::HashMap;

use super::super::super::{Report, Section};
use super::super::draw::{self, Anchor, Ink, Shape};
use super::super::font::{self, Face};
use super::super::one_line;
use super::table;

/// US Letter, 8.5 by 11 inches.
pub(super) const WIDTH: i32 = 12_240;
pub(super) const HEIGHT: i32 = 15_840;
/// The margins.
pub(super) const LEFT: i32 = 1_080;
pub(super) const RIGHT: i32 = WIDTH - LEFT;
pub(super) const TOP: i32 = 1_300;
pub(super) const BOTTOM: i32 = HEIGHT - 1_200;
/// Sentences, and the distance of their lines.
const PROSE: i32 = 200;
const LEADING: i32 = 270;
/// Lines longer than this are hard to read.
const MEASURE: i32 = RIGHT - LEFT;

/// What a node is to somebody who does not see the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    Table,
    Head,
    Body,
    Row,
    HeaderCell,
    RowHeader,
    Cell,
    Figure(String),
    Link(String),
}

/// One node of the reading order.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The node around it.
    pub(super) parent: Option<usize>,
}

/// A shape on a page; without a node it is there for the eye alone.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) shape: Shape,
    pub(super) node: Option<usize>,
}

/// A place that leads to a section.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Left, top, right, bottom.
    pub(super) area: [i32; 4],
    pub(super) target: String,
    pub(super) node: usize,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) placed: Vec<Placed>,
    pub(super) links: Vec<Link>,
}

/// A bookmark: its depth, words, page and height.
pub(super) type Bookmark = (usize, String, usize, i32);

/// A report, laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) pages: Vec<Page>,
    pub(super) nodes: Vec<Node>,
    /// Where each section begins: page and height.
    pub(super) anchors: HashMap<String, (usize, i32)>,
    pub(super) outline: Vec<Bookmark>,
    /// The part that each page belongs to.
    parts: Vec<String>,
    /// How far down the page is filled.
    pub(super) y: i32,
    part: String,
}

/// Lays a report out. References to pages stand in it, so it is laid out twice: first to learn the pages.
pub(super) fn lay_out(report: &Report) -> Layout {
    let first = once(report, &HashMap::new());
    once(report, &first.anchors)
}

fn once(report: &Report, known: &HashMap<String, (usize, i32)>) -> Layout {
    let mut layout = Layout::default();
    layout.new_page();
    layout.title(report);
    let titled = layout.y;
    for section in &report.sections {
        if !section.part.is_empty() {
            layout.begin_part(&section.part, titled);
        }
        layout.section(section, &peers(report, section), known);
    }
    layout.remarks("Notes", &report.notes);
    layout.remarks("Not in this package", &report.limits);
    layout.running(report);
    layout
}

/// Other sections with the same columns.
fn peers<'a>(report: &'a Report, section: &Section) -> Vec<&'a Section> {
    let same =
        |other: &&Section| other.id != section.id && other.columns == section.columns && !other.columns.is_empty();
    report.sections.iter().filter(same).collect()
}

impl Layout {
    pub(super) fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.parts.push(self.part.clone());
        self.y = TOP;
    }

    /// Breaks the page where so much does not fit.
    pub(super) fn need(&mut self, height: i32) -> bool {
        let breaks = self.y + height > BOTTOM && self.y > TOP;
        if breaks {
            self.new_page();
        }
        breaks
    }

    pub(super) fn node(&mut self, kind: Kind, parent: Option<usize>) -> usize {
        self.nodes.push(Node { kind, parent });
        self.nodes.len() - 1
    }

    pub(super) fn place(&mut self, shape: Shape, node: Option<usize>) {
        if let Some(page) = self.pages.last_mut() {
            page.placed.push(Placed { shape, node });
        }
    }

    pub(super) fn link(&mut self, area: [i32; 4], target: &str, node: usize) {
        if let Some(page) = self.pages.last_mut() {
            page.links.push(Link { area, target: target.to_owned(), node });
        }
    }

    pub(super) fn rule(&mut self, x: i32, to: i32, y: i32, thickness: i32, ink: Ink) {
        self.place(Shape::Line { from: (x, y), to: (to, y), thickness, ink }, None);
    }

    #[expect(clippy::too_many_arguments, reason = "what, where and how of one line")]
    fn line(&mut self, text: &str, x: i32, y: i32, size: i32, face: Face, ink: Ink, node: Option<usize>) {
        let shape = Shape::Text { x, y, size, face, anchor: Anchor::Start, ink, text: text.to_owned() };
        self.place(shape, node);
    }

    fn title(&mut self, report: &Report) {
        let title = one_line(&report.title);
        let node = self.node(Kind::Heading(1, title.clone()), None);
        self.y += 300;
        for line in font::wrap(&title, Face::Bold, 520, RIGHT - LEFT) {
            self.y += 300;
            self.line(&line, LEFT, self.y, 520, Face::Bold, Ink::Text, Some(node));
            self.y += 280;
        }
        if !report.subtitle.is_empty() {
            let node = self.node(Kind::Paragraph, None);
            for line in font::wrap(&one_line(&report.subtitle), Face::Regular, 240, RIGHT - LEFT) {
                self.y += 60;
                self.line(&line, LEFT, self.y, 240, Face::Regular, Ink::Muted, Some(node));
                self.y += 240;
            }
        }
        self.rule(LEFT, RIGHT, self.y, 30, Ink::Line);
        self.y += 120;
    }

    /// A part begins on a page of its own; the first one follows the title.
    fn begin_part(&mut self, title: &str, titled: i32) {
        title.clone_into(&mut self.part);
        let follows = self.pages.len() == 1 && self.y == titled;
        if !follows {
            self.new_page();
        }
        if let Some(part) = self.parts.last_mut() {
            title.clone_into(part);
        }
        self.outline.push((0, title.to_owned(), self.pages.len() - 1, self.y));
        if follows {
            return;
        }
        let title = one_line(title);
        let node = self.node(Kind::Heading(2, title.clone()), None);
        self.y += 260;
        self.line(&title, LEFT, self.y, 360, Face::Bold, Ink::Text, Some(node));
        self.y += 140;
        self.rule(LEFT, RIGHT, self.y, 20, Ink::Line);
        self.y += 60;
    }

    fn section(&mut self, section: &Section, peers: &[&Section], known: &HashMap<String, (usize, i32)>) {
        let table = (!section.rows.is_empty()).then(|| table::Table::of(section, peers, known));
        let drawing = section.chart.as_ref().filter(|chart| !chart.plot.is_empty()).map(draw::draw);
        let lead: Vec<Vec<String>> =
            section.lead.iter().map(|lead| font::wrap(&one_line(lead), Face::Regular, PROSE, MEASURE)).collect();
        let lead_height: i32 = lead.iter().map(|lines| lines_height(lines) + 40).sum();
        let heading = if section.heading.is_empty() { 0 } else { 480 };
        // A heading is not left behind by what it is the heading of.
        let first = match (&drawing, &table) {
            (Some(drawing), _) => drawing.height + 400,
            (None, Some(table)) => table.least(),
            (None, None) => 0,
        };
        self.need(heading + lead_height.min(LEADING * 6) + first);
        let start = self.y;
        self.anchors.insert(section.id.clone(), (self.pages.len() - 1, start));
        if heading > 0 {
            let text = one_line(&section.heading);
            let depth = usize::from(!self.part.is_empty());
            self.outline.push((depth, text.clone(), self.pages.len() - 1, start));
            let node = self.node(Kind::Heading(3, text.clone()), None);
            self.y += if start > TOP { 380 } else { 280 };
            let text = font::cut(&text, Face::Bold, 250, RIGHT - LEFT);
            self.line(&text, LEFT, self.y, 250, Face::Bold, Ink::Text, Some(node));
            self.y += 100;
        }
        for lines in lead {
            let node = self.node(Kind::Paragraph, None);
            self.prose(&lines, LEFT, PROSE, Ink::Text, node);
            self.y += 40;
        }
        if let Some(drawing) = drawing {
            self.drawing(&drawing);
        }
        if let Some(table) = table {
            if self.need(table.least()) {
                self.continued(&section.heading);
            }
            self.y += 80;
            // The first remark is not left behind by the table.
            let note = section.notes.first().map_or(0, |note| 60 + lines_height(&note_lines(note)).min(LEADING * 3));
            table.draw(self, note);
        }
        if !section.notes.is_empty() {
            self.y += 60;
            self.bullets(&section.notes);
        }
        self.y += 120;
    }

    /// Says what goes on at the head of a page.
    pub(super) fn continued(&mut self, heading: &str) {
        if heading.is_empty() {
            return;
        }
        let text = font::cut(&one_line(heading), Face::Regular, 170, RIGHT - LEFT - 1_200);
        self.y += 140;
        self.line(&format!("{text}, continued"), LEFT, self.y, 170, Face::Regular, Ink::Muted, None);
        self.y += 80;
    }

    fn drawing(&mut self, drawing: &draw::Drawing) {
        self.y += 160;
        self.need(drawing.height + 300);
        let node = self.node(Kind::Figure(format!("{}. {}", drawing.title, drawing.summary)), None);
        let (dx, dy) = (LEFT, self.y);
        for shape in &drawing.shapes {
            let shape = match shape.clone() {
                Shape::Rect { x, y, width, height, ink } => Shape::Rect { x: x + dx, y: y + dy, width, height, ink },
                Shape::Line { from, to, thickness, ink } => {
                    let moved = |(x, y): (i32, i32)| (x + dx, y + dy);
                    Shape::Line { from: moved(from), to: moved(to), thickness, ink }
                }
                Shape::Text { x, y, size, face, anchor, ink, text } => {
                    Shape::Text { x: x + dx, y: y + dy, size, face, anchor, ink, text }
                }
            };
            self.place(shape, Some(node));
        }
        self.y += drawing.height;
        let caption = self.node(Kind::Paragraph, None);
        let lines = font::wrap(&one_line(&drawing.summary), Face::Regular, 180, MEASURE);
        self.prose(&lines, LEFT, 180, Ink::Muted, caption);
        self.y += 60;
    }

    fn prose(&mut self, lines: &[String], x: i32, size: i32, ink: Ink, node: usize) {
        for line in lines {
            self.need(LEADING);
            self.y += LEADING - 60;
            self.line(line, x, self.y, size, Face::Regular, ink, Some(node));
            self.y += 60;
        }
    }

    fn bullets(&mut self, remarks: &[String]) {
        let list = self.node(Kind::List, None);
        for remark in remarks {
            let lines = note_lines(remark);
            self.need(lines_height(&lines).min(LEADING * 3));
            let item = self.node(Kind::Item, Some(list));
            let y = self.y + LEADING - 60;
            self.line("•", LEFT, y, 180, Face::Regular, Ink::Muted, None);
            self.prose(&lines, LEFT + 200, 180, Ink::Muted, item);
        }
    }

    fn remarks(&mut self, heading: &str, remarks: &[String]) {
        if remarks.is_empty() {
            return;
        }
        self.need(480 + LEADING * 2);
        let node = self.node(Kind::Heading(3, heading.to_owned()), None);
        self.outline.push((0, heading.to_owned(), self.pages.len() - 1, self.y));
        self.y += 380;
        self.line(heading, LEFT, self.y, 250, Face::Bold, Ink::Text, Some(node));
        self.y += 100;
        self.bullets(remarks);
    }

    /// Head and foot of every page.
    fn running(&mut self, report: &Report) {
        let (title, count) = (one_line(&report.title), self.pages.len());
        for (number, (page, part)) in (1..).zip(self.pages.iter_mut().zip(&self.parts)) {
            let mut text = |x, y, anchor, text: String| {
                let shape = Shape::Text { x, y, size: 160, face: Face::Regular, anchor, ink: Ink::Muted, text };
                page.placed.push(Placed { shape, node: None });
            };
            let room = (RIGHT - LEFT) * 2 / 3;
            if number > 1 {
                text(LEFT, 860, Anchor::Start, title.clone());
                text(RIGHT, 860, Anchor::End, part.clone());
            }
            let foot = font::cut(&one_line(&report.subtitle), Face::Regular, 160, room);
            text(LEFT, HEIGHT - 760, Anchor::Start, foot);
            text(RIGHT, HEIGHT - 760, Anchor::End, format!("Page {number} of {count}"));
            if number > 1 {
                let (from, to) = ((LEFT, 940), (RIGHT, 940));
                let shape = Shape::Line { from, to, thickness: 8, ink: Ink::Rule };
                page.placed.push(Placed { shape, node: None });
            }
        }
    }
}

fn note_lines(remark: &str) -> Vec<String> {
    font::wrap(&one_line(remark), Face::Regular, 180, MEASURE - 200)
}

fn lines_height(lines: &[String]) -> i32 {
    LEADING * i32::try_from(lines.len()).unwrap_or(i32::MAX / LEADING)
}
