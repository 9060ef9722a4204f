//! What stands around a value and says nothing: blanks, marks of direction, guards of spreadsheets, leftovers of HTML.

/// Signs that some exports leave as HTML.
const ENTITIES: [(&str, char); 25] = [
    ("&nbsp;", '\u{a0}'),
    ("&#160;", '\u{a0}'),
    ("&#xa0;", '\u{a0}'),
    ("&#xA0;", '\u{a0}'),
    ("&thinsp;", '\u{2009}'),
    ("&#8239;", '\u{202f}'),
    ("&lrm;", '\u{200e}'),
    ("&rlm;", '\u{200f}'),
    ("&minus;", '\u{2212}'),
    ("&#8722;", '\u{2212}'),
    ("&#45;", '-'),
    ("&ndash;", '\u{2013}'),
    ("&plus;", '+'),
    ("&#43;", '+'),
    ("&euro;", '€'),
    ("&#8364;", '€'),
    ("&pound;", '£'),
    ("&#163;", '£'),
    ("&yen;", '¥'),
    ("&#165;", '¥'),
    ("&dollar;", '$'),
    ("&#36;", '$'),
    ("&apos;", '\''),
    ("&#39;", '\''),
    ("&rsquo;", '’'),
];

/// Whether a sign takes no ink.
pub(super) fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || is_unseen(sign)
}

/// Marks of direction and of width zero.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}')
}

/// Whether a sign is a minus or a dash that stands for one.
pub(super) fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The first sign and its length in bytes. What HTML left counts as the sign it means.
pub(super) fn first(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().first()? {
        b'&' => {
            let found = ENTITIES.iter().find(|(name, _)| text.starts_with(name));
            Some(found.map_or(('&', 1), |&(name, sign)| (sign, name.len())))
        }
        byte if byte.is_ascii() => Some((char::from(*byte), 1)),
        _ => text.chars().next().map(|sign| (sign, sign.len_utf8())),
    }
}

/// The last sign and its length in bytes.
pub(super) fn last(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().last()? {
        b';' => {
            let found = ENTITIES.iter().find(|(name, _)| text.ends_with(name));
            Some(found.map_or((';', 1), |&(name, sign)| (sign, name.len())))
        }
        byte if byte.is_ascii() => Some((char::from(*byte), 1)),
        _ => text.chars().next_back().map(|sign| (sign, sign.len_utf8())),
    }
}

/// The text without blanks at its start.
pub(super) fn bare_start(mut text: &str) -> &str {
    while let Some((_, length)) = first(text).filter(|(sign, _)| is_blank(*sign)) {
        text = &text[length..];
    }
    text
}

/// The text without blanks at its end.
pub(super) fn bare_end(mut text: &str) -> &str {
    while let Some((_, length)) = last(text).filter(|(sign, _)| is_blank(*sign)) {
        text = &text[..text.len() - length];
    }
    text
}

/// The text without blanks around it and without the guards that keep a spreadsheet from reading it: `="1.50"`, `'1.50`.
pub(super) fn unguarded(cell: &str) -> &str {
    let text = bare_end(bare_start(cell));
    let inside = match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside,
        None => text.strip_prefix('\'').map_or(text, |rest| rest.strip_suffix('\'').unwrap_or(rest)),
    };
    bare_end(bare_start(inside))
}

/// Whether a cell says that there is no value: nothing, or dashes only.
pub(in crate::import) fn says_nothing(cell: &str) -> bool {
    unguarded(cell).chars().all(|sign| is_dash(sign) || is_blank(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_no_ink_is_taken_off() {
        for cell in ["1.50", " 1.50\t", "\u{feff}1.50\u{200f}", "=\"1.50\"", "'1.50", "'1.50'", "&nbsp;1.50&#160;"] {
            assert_eq!(unguarded(cell), "1.50", "{cell}");
        }
        assert_eq!((unguarded("=\""), unguarded("="), unguarded("&"), unguarded("1;")), ("=\"", "=", "&", "1;"));
    }

    #[test]
    fn dashes_say_nothing() {
        for cell in ["", " ", "-", "--", "\u{2014}", "=\"\"", "'", " - - "] {
            assert!(says_nothing(cell), "{cell}");
        }
        assert!(!says_nothing("-1") && !says_nothing("offen") && !says_nothing("$ -"));
    }
}
