//! A layout as a tagged PDF file.

use std::collections::HashMap;
use std::num::NonZeroU16;

use chrono::{Datelike as _, NaiveDate};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::{Destination, NamedDestination, XyzDestination};
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ContentTag, Identifier, ListNumbering, Node as Tagged, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::super::super::Report;
use super::super::draw::{Anchor, Ink, Shape};
use super::super::font::{self, Face, UNITS};
use super::super::one_line;
use super::layout::{HEIGHT, Kind, Layout, Page, WIDTH};

/// Twips as points, as PDF counts.
#[expect(
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a page is far smaller than what a float holds"
)]
fn points(twips: i32) -> f32 {
    twips as f32 / 20.0
}

/// A width of the font as a share of an em.
#[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "widths are below a few thousand")]
fn ems(units: i64) -> f32 {
    units as f32 / UNITS as f32
}

struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    fn new() -> Fonts {
        let load = |face| Font::new(font::file(face).to_vec().into(), 0);
        let load = |face| load(face).unwrap_or_else(|| unreachable!("the font is part of the program"));
        Fonts { regular: load(Face::Regular), bold: load(Face::Bold) }
    }

    fn of(&self, face: Face) -> Font {
        match face {
            Face::Regular => self.regular.clone(),
            Face::Bold => self.bold.clone(),
        }
    }
}

/// Writes the file.
pub(super) fn write(layout: &Layout, report: &Report, day: NaiveDate) -> Vec<u8> {
    let settings = SerializeSettings { enable_tagging: true, xmp_metadata: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let fonts = Fonts::new();
    // What stands on the pages for each node, in the order of the pages.
    let mut content: Vec<Vec<Identifier>> = layout.nodes.iter().map(|_| Vec::new()).collect();
    for page in &layout.pages {
        let size = PageSettings::from_wh(points(WIDTH), points(HEIGHT));
        let mut sheet = document.start_page_with(size.unwrap_or_default());
        let mut surface = sheet.surface();
        draw(&mut surface, page, &fonts, &mut content);
        surface.finish();
        for link in &page.links {
            let Some((number, y)) = layout.anchors.get(&link.target) else { continue };
            let [left, top, right, bottom] = link.area.map(points);
            let Some(area) = Rect::from_ltrb(left, top, right, bottom) else { continue };
            let place = XyzDestination::new(*number, Point::from_xy(0.0, points(*y)));
            let to = Destination::Named(NamedDestination::new(link.target.clone(), place));
            let words = match &layout.nodes[link.node].kind {
                Kind::Link(words) => Some(words.clone()),
                _ => None,
            };
            let annotation = Annotation::new_link(LinkAnnotation::new(area, Target::Destination(to)), words);
            content[link.node].push(sheet.add_tagged_annotation(annotation));
        }
        sheet.finish();
    }
    document.set_tag_tree(tree(layout, content));
    document.set_outline(outline(layout));
    document.set_metadata(metadata(report, day));
    document.finish().unwrap_or_else(|fault| unreachable!("a layout can always be written: {fault:?}"))
}

fn metadata(report: &Report, day: NaiveDate) -> Metadata {
    let number = |part: u32| u8::try_from(part).unwrap_or(1);
    let date =
        DateTime::new(u16::try_from(day.year()).unwrap_or_default()).month(number(day.month())).day(number(day.day()));
    Metadata::new()
        .title(one_line(&report.title))
        .description(one_line(&report.subtitle))
        .creator(concat!("perchart ", env!("CARGO_PKG_VERSION")).to_owned())
        .language("en-US".to_owned())
        .document_id(format!("{} {day}", one_line(&report.title)))
        .creation_date(date)
}

fn draw(surface: &mut Surface, page: &Page, fonts: &Fonts, content: &mut [Vec<Identifier>]) {
    let mut at = 0;
    while let Some(first) = page.placed.get(at) {
        let node = first.node;
        let end = at + page.placed[at..].iter().take_while(|placed| placed.node == node).count();
        let tag =
            if node.is_some() { ContentTag::Span(SpanTag::empty()) } else { ContentTag::Artifact(Artifact::default()) };
        let identifier = surface.start_tagged(tag);
        for placed in &page.placed[at..end] {
            shape(surface, &placed.shape, fonts);
        }
        surface.end_tagged();
        if let Some(node) = node {
            content[node].push(identifier);
        }
        at = end;
    }
}

fn fill(surface: &mut Surface, ink: Ink) {
    let [red, green, blue] = ink.rgb();
    surface.set_fill(Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }));
    surface.set_stroke(None);
}

/// A rectangle from edge to edge.
fn block(left: i32, top: i32, right: i32, bottom: i32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_ltrb(points(left), points(top), points(right), points(bottom))?);
    path.finish()
}

fn shape(surface: &mut Surface, shape: &Shape, fonts: &Fonts) {
    match shape {
        Shape::Rect { x, y, width, height, ink } => {
            fill(surface, *ink);
            if let Some(path) = block(*x, *y, x + width, y + height) {
                surface.draw_path(&path);
            }
        }
        // Lines of charts and tables are level or upright: a thin rectangle is the same on every printer.
        Shape::Line { from, to, thickness, ink } => {
            fill(surface, *ink);
            let half = thickness / 2;
            let (right, bottom) = if from.1 == to.1 { (to.0, to.1 + thickness) } else { (to.0 + thickness, to.1) };
            let shift = if from.1 == to.1 { (0, half) } else { (half, 0) };
            if let Some(path) = block(from.0 - shift.0, from.1 - shift.1, right - shift.0, bottom - shift.1) {
                surface.draw_path(&path);
            }
        }
        Shape::Text { x, y, size, face, anchor, ink, text } => {
            fill(surface, *ink);
            let width = font::width(text, *face, *size);
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2,
                Anchor::End => x - width,
            };
            let glyphs: Vec<KrillaGlyph> = text
                .char_indices()
                .map(|(start, letter)| {
                    let glyph = font::glyph(letter, *face);
                    let range = start..start + letter.len_utf8();
                    KrillaGlyph::new(GlyphId::new(glyph.id), ems(glyph.advance), 0.0, 0.0, 0.0, range, None)
                })
                .collect();
            let start = Point::from_xy(points(left), points(*y));
            surface.draw_glyphs(start, &glyphs, fonts.of(*face), text, points(*size), false);
        }
    }
}

fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for (depth, text, page, y) in &layout.outline {
        let node = OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(0.0, points(*y))));
        match &mut open {
            Some(part) if *depth > 0 => part.push_child(node),
            _ => {
                if let Some(part) = open.replace(node) {
                    outline.push_child(part);
                }
            }
        }
    }
    if let Some(part) = open {
        outline.push_child(part);
    }
    outline
}

/// The reading order as krilla wants it: groups in groups, with what stands on the pages as leaves.
fn tree(layout: &Layout, content: Vec<Vec<Identifier>>) -> TagTree {
    let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (place, node) in layout.nodes.iter().enumerate() {
        children.entry(node.parent).or_default().push(place);
    }
    let mut content: Vec<Option<Vec<Identifier>>> = content.into_iter().map(Some).collect();
    let mut tree = TagTree::new().with_lang(Some("en-US".to_owned()));
    for place in children.get(&None).into_iter().flatten() {
        tree.push(group(*place, layout, &children, &mut content));
    }
    tree
}

fn group(
    place: usize,
    layout: &Layout,
    children: &HashMap<Option<usize>, Vec<usize>>,
    content: &mut [Option<Vec<Identifier>>],
) -> TagGroup {
    let mut group = match &layout.nodes[place].kind {
        Kind::Heading(level, title) => {
            TagGroup::new(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())))
        }
        Kind::Paragraph => TagGroup::new(Tag::P),
        Kind::List => TagGroup::new(Tag::L(ListNumbering::None)),
        Kind::Item => TagGroup::new(Tag::LI),
        Kind::Table => TagGroup::new(Tag::Table),
        Kind::Head => TagGroup::new(Tag::THead),
        Kind::Body => TagGroup::new(Tag::TBody),
        Kind::Row => TagGroup::new(Tag::TR),
        Kind::HeaderCell => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Kind::RowHeader => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
        Kind::Cell => TagGroup::new(Tag::TD),
        Kind::Figure(words) => TagGroup::new(Tag::Figure(Some(words.clone()))),
        Kind::Link(_) => TagGroup::new(Tag::Link),
    };
    let own = content[place].take().unwrap_or_default();
    if layout.nodes[place].kind == Kind::Item {
        let leaves = own.into_iter().map(Tagged::from).collect();
        group.push(TagGroup::with_children(Tag::LBody, leaves));
    } else {
        for leaf in own {
            group.push(leaf);
        }
    }
    for child in children.get(&Some(place)).into_iter().flatten() {
        group.push(self::group(*child, layout, children, content));
    }
    group
}
