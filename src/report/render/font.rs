//! The typeface of documents, Source Sans 3: its widths, and text fitted to a width. All lengths are twips, twentieths
//! of a point, so that layouts are whole numbers and come out the same everywhere.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// The font file of a weight.
pub(super) const fn file(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf"),
        Face::Bold => include_bytes!("../../../assets/fonts/SourceSans3-SemiBold.ttf"),
    }
}

/// A weight of the typeface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    /// For reading.
    #[default]
    Regular,
    /// For headings and totals.
    Bold,
}

/// A glyph: its number in the font, and its width in units of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: i64,
}

/// Units of the font in one em.
pub(super) const UNITS: i64 = 1_000;

/// What stands for a letter that the typeface does not have.
const MISSING: char = '\u{FFFD}';

struct Metrics {
    font: FontRef<'static>,
    ascii: [Glyph; 128],
}

impl Metrics {
    fn of(face: Face) -> Metrics {
        let font =
            FontRef::new(file(face)).unwrap_or_else(|fault| unreachable!("the font is part of the program: {fault}"));
        let mut ascii = [Glyph { id: 0, advance: 0 }; 128];
        for (place, glyph) in (0u8..).zip(&mut ascii) {
            *glyph = look_up(&font, char::from(place));
        }
        Metrics { font, ascii }
    }

    fn glyph(&self, letter: char) -> Glyph {
        let known = usize::try_from(u32::from(letter)).ok().and_then(|place| self.ascii.get(place));
        known.copied().unwrap_or_else(|| look_up(&self.font, letter))
    }
}

/// Widths are whole units of the font, so nothing is lost.
#[expect(clippy::cast_possible_truncation, reason = "a width is a small whole number")]
fn look_up(font: &FontRef<'static>, letter: char) -> Glyph {
    let map = font.charmap();
    let id = map.map(letter).or_else(|| map.map('?').filter(|_| letter == MISSING)).unwrap_or_default();
    let advance = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(id).unwrap_or_default();
    Glyph { id: id.to_u32(), advance: advance as i64 }
}

static REGULAR: LazyLock<Metrics> = LazyLock::new(|| Metrics::of(Face::Regular));
static BOLD: LazyLock<Metrics> = LazyLock::new(|| Metrics::of(Face::Bold));

/// The glyph of a letter.
pub(super) fn glyph(letter: char, face: Face) -> Glyph {
    match face {
        Face::Regular => REGULAR.glyph(letter),
        Face::Bold => BOLD.glyph(letter),
    }
}

/// How wide a text is, set on one line.
pub(super) fn width(text: &str, face: Face, size: i32) -> i32 {
    let units: i64 = text.chars().map(|letter| glyph(letter, face).advance).sum();
    i32::try_from((units * i64::from(size) + UNITS - 1) / UNITS).unwrap_or(i32::MAX)
}

/// The lines of a text within a width. A word that is wider is broken; nothing is left out.
pub(super) fn wrap(text: &str, face: Face, size: i32, room: i32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, face, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if width(&line, face, size) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text cut off to a width, with an ellipsis.
pub(super) fn cut(text: &str, face: Face, size: i32, room: i32) -> String {
    if width(text, face, size) <= room {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while !short.is_empty() && width(&format!("{short}…"), face, size) > room {
        short.pop();
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_are_all_of_one_width() {
        for face in [Face::Regular, Face::Bold] {
            let one = width("0000000000", face, 180);
            for digit in '1'..='9' {
                assert_eq!(width(&digit.to_string().repeat(10), face, 180), one, "{digit}");
            }
        }
        // 497 units of 1,000 an em: ten digits of 9 points are 44.73 points.
        assert_eq!(width("0123456789", Face::Regular, 180), 895);
    }

    #[test]
    fn what_is_cut_fits() {
        let text = "Northside Coding Partners of the Greater Valley";
        let short = cut(text, Face::Bold, 180, 2_000);
        assert!(short.ends_with('…') && width(&short, Face::Bold, 180) <= 2_000);
        assert_eq!(cut("Mercy", Face::Bold, 180, 2_000), "Mercy");
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_and_fits(text in "[ a-zA-Z0-9$.,é]{0,120}", room in 400i32..4_000) {
            let lines = wrap(&text, Face::Regular, 180, room);
            let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.join("")), letters(&text));
            for line in lines {
                prop_assert!(width(&line, Face::Regular, 180) <= room);
            }
        }
    }
}
