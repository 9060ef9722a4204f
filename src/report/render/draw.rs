//! Charts as a few plain shapes, which every drawing renderer knows to draw. All lengths are twips, twentieths of a
//! point, from the upper left corner.

use super::super::chart::{Bar, Chart, Plot, Series};
use super::font::{self, Face};
use super::grouped;
use crate::money::Usd;

/// How wide a chart is drawn: the text width of a page.
pub(super) const WIDTH: i32 = 10_080;
/// Letters of a chart.
const SIZE: i32 = 160;
/// Figures on top of bars.
const SMALL: i32 = 140;
/// So many series can be told apart; more are drawn together.
const MOST: usize = 6;

/// A chart, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) shapes: Vec<Shape>,
}

/// One shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A filled rectangle.
    Rect { x: i32, y: i32, width: i32, height: i32, ink: Ink },
    /// A straight line.
    Line { from: (i32, i32), to: (i32, i32), thickness: i32, ink: Ink },
    /// A line of text on its base line.
    Text { x: i32, y: i32, size: i32, face: Face, anchor: Anchor, ink: Ink, text: String },
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a shape is, from which its colour follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Words and figures.
    Text,
    /// Words of less weight.
    Muted,
    /// Thin lines that guide the eye.
    Rule,
    /// Lines that mean something: under headings, over totals.
    Line,
    /// Something to follow.
    Link,
    /// One series of several.
    Series(usize),
}

/// The colours of series on white: dark to light, so that they stay apart without colour, each at 3:1 or better.
const SERIES: [[u8; 3]; MOST] = [
    [0x1f, 0x4b, 0x73],
    [0xa8, 0x5b, 0x1e],
    [0x4f, 0x8a, 0x83],
    [0x7d, 0x56, 0x8f],
    [0x82, 0x8a, 0x2c],
    [0x80, 0x80, 0x80],
];

impl Ink {
    /// The colour on white.
    pub(super) fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Text => [0x1a, 0x1a, 0x1a],
            Ink::Muted => [0x5a, 0x5f, 0x66],
            Ink::Rule => [0xd5, 0xd9, 0xde],
            Ink::Line => [0x45, 0x4b, 0x53],
            Ink::Link => [0x1f, 0x4b, 0x73],
            Ink::Series(place) => SERIES[place % MOST],
        }
    }

    /// Its class in HTML, where dark pages give it another colour.
    pub(super) fn class(self) -> &'static str {
        const CLASSES: [&str; MOST] = ["s0", "s1", "s2", "s3", "s4", "s5"];
        match self {
            Ink::Text => "ink",
            Ink::Muted => "muted",
            Ink::Rule => "rule",
            Ink::Line => "line",
            Ink::Link => "link",
            Ink::Series(place) => CLASSES[place % MOST],
        }
    }
}

/// Draws a chart.
pub(super) fn draw(chart: &Chart) -> Drawing {
    let (height, shapes) = match &chart.plot {
        Plot::Stacked { groups, series } => stacked(groups, &together(series)),
        Plot::Bars(bars) => level(bars),
    };
    Drawing { width: WIDTH, height, title: chart.title.clone(), summary: chart.summary.clone(), shapes }
}

/// The series as they are drawn: the last ones are one where there are too many.
fn together(series: &[Series]) -> Vec<Series> {
    if series.len() <= MOST {
        return series.to_vec();
    }
    let (shown, rest) = series.split_at(MOST - 1);
    let groups = rest.iter().map(|series| series.amounts.len()).max().unwrap_or(0);
    let sum = |group: usize| rest.iter().filter_map(|series| series.amounts.get(group)).copied().sum();
    let others = Series { name: format!("{} others", rest.len()), amounts: (0..groups).map(sum).collect() };
    shown.iter().cloned().chain([others]).collect()
}

/// A width with room for the typeface that a browser takes in place of ours.
fn roomy(width: i32) -> i32 {
    width * 13 / 10
}

fn words(x: i32, y: i32, anchor: Anchor, ink: Ink, text: impl Into<String>) -> Shape {
    Shape::Text { x, y, size: SIZE, face: Face::Regular, anchor, ink, text: text.into() }
}

/// Whole dollars, as an axis or a bar shows them.
fn dollars(amount: Usd) -> String {
    let whole = (amount.cents().abs() + 50) / 100;
    let sign = if amount < Usd::ZERO && whole > 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&whole.to_string()))
}

/// The step of an axis that reaches so far in at most five steps: 1, 2 or 5 and zeros, in cents.
fn step(reach: i64) -> i64 {
    let mut ten = 100;
    loop {
        for lead in [1, 2, 5] {
            if ten * lead * 5 >= reach {
                return ten * lead;
            }
        }
        ten *= 10;
    }
}

/// Where a value stands on a length of which `whole` is all of it.
fn part(value: i64, whole: i64, length: i32) -> i32 {
    let exact = i128::from(value) * i128::from(length) / i128::from(whole.max(1));
    i32::try_from(exact).unwrap_or(length)
}

fn stacked(groups: &[String], series: &[Series]) -> (i32, Vec<Shape>) {
    const TALL: i32 = 2_800;
    let mut shapes = Vec::new();
    let mut left = 0;
    let mut top = SIZE;
    for (place, one) in series.iter().enumerate() {
        let name = font::cut(&one.name, Face::Regular, SIZE, WIDTH / 2);
        let wide = roomy(font::width(&name, Face::Regular, SIZE)) + 2 * SIZE;
        if left > 0 && left + wide > WIDTH {
            left = 0;
            top += SIZE * 3 / 2;
        }
        shapes.push(Shape::Rect { x: left, y: top - 110, width: 110, height: 110, ink: Ink::Series(place) });
        shapes.push(words(left + 160, top, Anchor::Start, Ink::Text, name));
        left += wide + 120;
    }
    let amounts =
        |group: usize| series.iter().map(move |one| one.amounts.get(group).map_or(0, |amount| amount.cents()));
    let up = |group: usize| amounts(group).filter(|cents| *cents > 0).sum::<i64>();
    let down = |group: usize| amounts(group).filter(|cents| *cents < 0).sum::<i64>();
    let most = (0..groups.len()).map(up).max().unwrap_or(0);
    let least = (0..groups.len()).map(down).min().unwrap_or(0);
    let step = step(most.max(-least).max(100));
    let (high, low) = (
        most.div_euclid(step) + i64::from(most % step != 0),
        -(-least).div_euclid(step) - i64::from(least % step != 0),
    );
    let whole = (high - low).max(1) * step;
    let (top, axis) = (top + 2 * SIZE, 900);
    let place = |cents: i64| top + part(high * step - cents, whole, TALL);
    for tick in low..=high {
        let (cents, y) = (tick * step, place(tick * step));
        let ink = if tick == 0 { Ink::Line } else { Ink::Rule };
        shapes.push(Shape::Line { from: (axis, y), to: (WIDTH, y), thickness: 10, ink });
        shapes.push(words(axis - 80, y + 50, Anchor::End, Ink::Muted, dollars(Usd::from_cents(cents))));
    }
    let slot = (WIDTH - axis) / i32::try_from(groups.len().max(1)).unwrap_or(i32::MAX);
    for (group, name) in groups.iter().enumerate() {
        let start = axis + slot * i32::try_from(group).unwrap_or(0);
        let (x, wide) = (start + slot * 3 / 20, slot * 7 / 10);
        let (mut above, mut below) = (0, 0);
        for (one, cents) in amounts(group).enumerate() {
            let (from, to) = if cents >= 0 { (above, above + cents) } else { (below + cents, below) };
            (above, below) = (above.max(to), below.min(from));
            let (y, end) = (place(to), place(from));
            // A sliver of white tells one series from the next where colour does not.
            if end - y > 12 {
                shapes.push(Shape::Rect { x, y: y + 6, width: wide, height: end - y - 6, ink: Ink::Series(one) });
            }
        }
        let total: i64 = amounts(group).sum();
        if total != 0 && slot > 500 {
            let text = dollars(Usd::from_cents(total));
            let (x, y) = (start + slot / 2, place(above) - 50);
            let face = Face::Regular;
            shapes.push(Shape::Text { x, y, size: SMALL, face, anchor: Anchor::Middle, ink: Ink::Text, text });
        }
        shapes.push(words(start + slot / 2, top + TALL + 220, Anchor::Middle, Ink::Muted, name.as_str()));
    }
    (top + TALL + 300, shapes)
}

fn level(bars: &[Bar]) -> (i32, Vec<Shape>) {
    const PITCH: i32 = 300;
    const THICK: i32 = 180;
    let wide = |text: &str, face| roomy(font::width(text, face, SIZE));
    let faces = |bar: &Bar| if bar.strong { Face::Bold } else { Face::Regular };
    let labels = bars.iter().map(|bar| wide(&bar.label, faces(bar))).max().unwrap_or(0).min(WIDTH * 2 / 5);
    let notes = bars.iter().map(|bar| wide(&bar.note, Face::Regular)).max().unwrap_or(0);
    let figures = bars.iter().map(|bar| wide(&dollars(bar.amount), faces(bar))).max().unwrap_or(0);
    let start = labels + 200;
    let room = (WIDTH - start - notes - figures - 400).max(PITCH);
    let most = bars.iter().map(|bar| bar.amount.cents().abs()).max().unwrap_or(0);
    let mut shapes = Vec::new();
    let mut y = 0;
    for bar in bars {
        let face = faces(bar);
        let base = y + THICK - 30;
        let text = font::cut(&bar.label, face, SIZE, labels * 10 / 13 + 2);
        shapes.push(Shape::Text { x: 0, y: base, size: SIZE, face, anchor: Anchor::Start, ink: Ink::Text, text });
        let long = part(bar.amount.cents().abs(), most, room).max(20);
        let ink = Ink::Series(usize::from(!bar.strong && bar.amount < Usd::ZERO));
        let ink = if bar.strong { Ink::Series(2) } else { ink };
        shapes.push(Shape::Rect { x: start, y, width: long, height: THICK, ink });
        let end = WIDTH - notes - 160;
        let text = dollars(bar.amount);
        shapes.push(Shape::Text { x: end, y: base, size: SIZE, face, anchor: Anchor::End, ink: Ink::Text, text });
        shapes.push(words(WIDTH, base, Anchor::End, Ink::Muted, bar.note.as_str()));
        y += PITCH;
    }
    (y, shapes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_steps_and_few() {
        // 100 cents a dollar: up to $4,100.00 goes by thousands, $12.00 by fives.
        assert_eq!((step(410_000), step(1_200), step(100)), (100_000, 500, 100));
        assert_eq!(step(500_000), 100_000);
        assert_eq!(step(500_001), 200_000);
    }

    #[test]
    fn many_series_are_drawn_as_six() {
        let one = |name: usize| Series { name: name.to_string(), amounts: vec![Usd::dollars(1)] };
        let drawn = together(&(0..9).map(one).collect::<Vec<_>>());
        assert_eq!(drawn.len(), 6);
        assert_eq!((drawn[5].name.as_str(), drawn[5].amounts[0]), ("4 others", Usd::dollars(4)));
    }

    #[test]
    fn bars_are_as_long_as_their_amounts() {
        let bar = |amount| Bar { label: "a".into(), amount: Usd::dollars(amount), note: String::new(), strong: false };
        let (_, shapes) = level(&[bar(100), bar(50)]);
        let lengths: Vec<i32> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Rect { width, .. } => Some(*width),
                _ => None,
            })
            .collect();
        assert_eq!(lengths[0] / 2, lengths[1]);
    }

    #[test]
    fn every_colour_stands_out_on_white() {
        // Relative luminance by WCAG 2.2 in parts of a million; 3:1 on white asks for at most 0.30.
        let inks = (0..MOST).map(Ink::Series).chain([Ink::Text, Ink::Muted, Ink::Line, Ink::Link]);
        for ink in inks {
            let linear = |channel: u8| (f64::from(channel) / 255.0).powf(2.2);
            let [red, green, blue] = ink.rgb().map(linear);
            let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            assert!(luminance < 0.30, "{ink:?} {luminance}");
        }
    }
}
