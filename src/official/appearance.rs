//! How a text is drawn in a field: the operators of its appearance. Measures are points, as decimals.

use std::fmt::Write as _;

use lopdf::{Document, Object};
use rust_decimal::{Decimal, dec};

/// Space between the border and the text.
const MARGIN: Decimal = dec!(2);

/// The smallest letters that still can be read.
const SMALLEST: Decimal = dec!(4);

/// The height of a capital, as a part of the size of the letters.
const CAPITAL: Decimal = dec!(0.72);

/// From one line to the next, as a part of the size.
const LEADING: Decimal = dec!(1.15);

/// Where a field stands on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Box {
    width: Decimal,
    height: Decimal,
}

impl Box {
    /// Reads the four numbers of a rectangle.
    pub(super) fn of(corners: &[Object]) -> Option<Box> {
        let corners: Option<Vec<Decimal>> = corners.iter().map(number).collect();
        let &[left, bottom, right, top] = corners?.as_slice() else { return None };
        Some(Box { width: (right - left).abs(), height: (top - bottom).abs() })
    }

    /// The rectangle from its own corner.
    pub(super) fn bounds(&self) -> Object {
        Object::Array(vec![0.into(), 0.into(), real(self.width), real(self.height)])
    }
}

/// A number of a PDF, by its text.
fn number(object: &Object) -> Option<Decimal> {
    match object {
        Object::Integer(whole) => Some(Decimal::from(*whole)),
        Object::Real(real) => real.to_string().parse().ok(),
        _ => None,
    }
}

fn real(number: Decimal) -> Object {
    number.normalize().to_string().parse().map_or(Object::Null, Object::Real)
}

/// What a field says of its text (the default appearance): font, size, and what else stands there, such as the colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The name of the font among the form's resources.
    pub(super) font: Vec<u8>,
    size: Decimal,
    rest: String,
}

impl Style {
    /// Reads a style such as `/Helv 8 Tf 0 g`.
    pub(super) fn read(style: &[u8]) -> Option<Style> {
        let text = String::from_utf8_lossy(style);
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "Tf").filter(|at| *at >= 2)?;
        let font = words[at - 2].strip_prefix('/')?.as_bytes().to_vec();
        let size = words[at - 1].parse().ok()?;
        let rest = [&words[..at - 2], &words[at + 1..]].concat().join(" ");
        Some(Style { font, size, rest })
    }
}

/// How wide the letters of a font are, in thousandths of the size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Font {
    first: usize,
    widths: Vec<Decimal>,
}

impl Font {
    /// Reads the widths that a font states.
    pub(super) fn read(document: &Document, font: &Object) -> Font {
        let read = || {
            let (_, font) = document.dereference(font).ok()?;
            let font = font.as_dict().ok()?;
            let first = usize::try_from(font.get(b"FirstChar").ok()?.as_i64().ok()?).ok()?;
            let (_, widths) = document.dereference(font.get(b"Widths").ok()?).ok()?;
            let widths: Option<Vec<Decimal>> = widths.as_array().ok()?.iter().map(number).collect();
            Some(Font { first, widths: widths? })
        };
        read().unwrap_or_default()
    }

    /// The width of a letter. Where the font states none it is one of those that every viewer has: of Helvetica.
    fn width(&self, letter: u8) -> Decimal {
        let stated = usize::from(letter).checked_sub(self.first).and_then(|at| self.widths.get(at));
        stated.copied().filter(|width| *width > Decimal::ZERO).unwrap_or(match letter {
            b' ' | b'.' | b',' | b'\'' | b'/' => dec!(278),
            b'(' | b')' | b'-' => dec!(333),
            b'A'..=b'Z' => dec!(700),
            _ => dec!(556),
        })
    }

    fn measure(&self, text: &[u8], size: Decimal) -> Decimal {
        text.iter().map(|letter| self.width(*letter)).sum::<Decimal>() * size / dec!(1000)
    }
}

/// How a field lays its text out; the number is where it stands: 0 at the left, 1 in the middle, 2 at the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// On one line.
    Line(i64),
    /// On as many lines as it takes.
    Lines(i64),
    /// Each letter in a cell; so many cells.
    Comb(i64),
}

/// The operators that draw a text.
pub(super) fn draw(text: &str, area: &Box, style: &Style, font: &Font, layout: Layout) -> Vec<u8> {
    let (letters, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let room = (area.width - MARGIN * Decimal::TWO).max(Decimal::ONE);
    let whole = |size| font.measure(&letters, size);
    let mut size = if style.size.is_zero() { (area.height * CAPITAL).min(dec!(10)) } else { style.size };
    let mut lines = vec![letters.to_vec()];
    match layout {
        Layout::Lines(_) => lines = wrapped(&letters, room, |line| font.measure(line, size)),
        Layout::Line(_) if whole(size) > room => size = (size * room / whole(size)).round_dp(2).max(SMALLEST),
        _ => {}
    }
    let middle = |height: Decimal| (height - size * CAPITAL) / Decimal::TWO;
    let mut placed = Vec::new();
    match layout {
        Layout::Comb(cells) => {
            let cell = area.width / Decimal::from(cells);
            for (at, letter) in letters.iter().enumerate() {
                let left = cell * Decimal::from(at) + (cell - font.measure(&[*letter], size)) / Decimal::TWO;
                placed.push((left, middle(area.height), vec![*letter]));
            }
        }
        Layout::Line(align) | Layout::Lines(align) => {
            let step = size * LEADING;
            let tall = Decimal::from(lines.len()) * step;
            let mut foot = if lines.len() == 1 {
                middle(area.height)
            } else {
                area.height - ((area.height - tall) / Decimal::TWO).max(Decimal::ZERO) - size * CAPITAL
            };
            for line in lines {
                let spare = (area.width - font.measure(&line, size)).max(Decimal::ZERO);
                let left = match align {
                    1 => spare / Decimal::TWO,
                    2 => (spare - MARGIN).max(Decimal::ZERO),
                    _ => MARGIN,
                };
                placed.push((left, foot, line));
                foot -= step;
            }
        }
    }
    operators(&placed, area, size, style)
}

fn operators(placed: &[(Decimal, Decimal, Vec<u8>)], area: &Box, size: Decimal, style: &Style) -> Vec<u8> {
    let font = String::from_utf8_lossy(&style.font);
    let short = |number: Decimal| number.round_dp(3).normalize();
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(out, "/Tx BMC\nq\n0 0 {} {} re W n\nBT\n", short(area.width), short(area.height));
    let _ = writeln!(out, "/{font} {} Tf {}", short(size), style.rest);
    for (left, foot, letters) in placed {
        let _ = write!(out, "1 0 0 1 {} {} Tm <", short(*left), short(*foot));
        for letter in letters {
            let _ = write!(out, "{letter:02x}");
        }
        out.push_str("> Tj\n");
    }
    out.push_str("ET\nQ\nEMC\n");
    out.into_bytes()
}

/// A text in lines that are no wider than the room.
fn wrapped(text: &[u8], room: Decimal, width: impl Fn(&[u8]) -> Decimal) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for word in text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&[line.as_slice(), b" ", word].concat()) <= room => {
                line.push(b' ');
                line.extend_from_slice(word);
            }
            _ => lines.push(word.to_vec()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, layout: Layout) -> String {
        let area = Box { width: dec!(100), height: dec!(12) };
        let style = Style::read(b"/Helv 8.00 Tf 0 0 0.5 rg").expect("a style");
        String::from_utf8(draw(text, &area, &style, &Font::default(), layout)).expect("ASCII")
    }

    #[test]
    fn a_style_is_font_size_and_the_rest() {
        let style = Style::read(b"0 g /HelveticaLTStd-Bold 8.00 Tf 0.000 0.000 0.502 rg").expect("a style");
        assert_eq!(style.font, b"HelveticaLTStd-Bold");
        assert_eq!((style.size, style.rest.as_str()), (dec!(8.00), "0 g 0.000 0.000 0.502 rg"));
        assert_eq!(Style::read(b"8 Tf"), None);
    }

    #[test]
    fn amounts_stand_at_the_right() {
        // Four digits of 0.556 x 8 are 17.792 wide; 100 - 17.792 - 2 = 80.208. (12 - 8 x .72) / 2 = 3.12.
        assert!(drawn("1234", Layout::Line(2)).contains("1 0 0 1 80.208 3.12 Tm <31323334> Tj"));
        assert!(drawn("1234", Layout::Line(0)).contains("1 0 0 1 2 3.12 Tm"));
        assert!(drawn("1234", Layout::Line(1)).contains("1 0 0 1 41.104 3.12 Tm"));
    }

    #[test]
    fn cells_hold_a_letter_each() {
        // Five cells of 20: the first digit begins at (20 - 4.448) / 2 = 7.776.
        let drawn = drawn("12", Layout::Comb(5));
        assert!(drawn.contains("1 0 0 1 7.776 3.12 Tm <31> Tj\n1 0 0 1 27.776 3.12 Tm <32> Tj"), "{drawn}");
    }

    #[test]
    fn a_long_text_shrinks_or_wraps() {
        let long = "Medical records coding for outpatient clinics";
        let line = drawn(long, Layout::Line(0));
        let size: Decimal =
            line.lines().nth(4).and_then(|style| style.split(' ').nth(1)?.parse().ok()).expect("a size");
        assert!(size < dec!(8) && size >= SMALLEST, "{line}");
        assert!(drawn(long, Layout::Lines(0)).matches("Tj").count() > 1);
    }

    #[test]
    fn what_a_text_says_ends_no_string() {
        assert!(drawn("a) Tj (b", Layout::Line(0)).contains("<612920546a202862>"));
    }
}
