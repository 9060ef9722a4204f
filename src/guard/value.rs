//! Cells by what they say.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::vocabulary::{is_first_name, is_no_name};
use super::{Identifier, Rule, Scope};

/// Text of a work log longer than this describes someone, in characters.
const LONGEST: usize = 80;

/// A day in a text that lies further back than this is not about the work, in days.
const RECENT: i64 = 120;

const DIGIT: u8 = 1;
const AT: u8 = 2;
const COMMA: u8 = 4;
const DOT: u8 = 8;
const COLON: u8 = 16;
const FOREIGN: u8 = 32;

/// What a byte may belong to.
static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b',' => COMMA,
            b'.' => DOT,
            b':' => COLON,
            128.. => FOREIGN,
            _ => 0,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

/// What a text is made of: enough to know that most cells hit no rule.
#[derive(Clone, Copy)]
pub(super) struct Made {
    classes: u8,
    pub(super) digits: usize,
}

impl Made {
    pub(super) fn of(text: &str) -> Made {
        let (mut classes, mut digits) = (0, 0);
        for &byte in text.as_bytes() {
            let class = CLASS[usize::from(byte)];
            classes |= class;
            digits += usize::from(class & DIGIT);
        }
        Made { classes, digits }
    }

    /// Whether the text hits no rule, whatever it says.
    pub(super) const fn is_clean(self, text: &str, scope: Scope) -> bool {
        self.classes == 0 && (matches!(scope, Scope::Money) || text.len() <= LONGEST)
    }

    pub(super) const fn has(self, class: u8) -> bool {
        self.classes & class != 0
    }
}

/// The rule that a cell of text hits, in a file about `scope`. In a work log days are measured from `day`: that of the
/// row, else today.
///
/// ```
/// use perchart::guard::{Rule, Scope, text};
///
/// let day = chrono::NaiveDate::from_ymd_opt(2025, 3, 31).ok_or("no day")?;
/// assert_eq!(text("Meridian Health Coding, LLC", Scope::Work, day), None);
/// assert_eq!(text("Doe, John", Scope::Work, day), Some(Rule::Name));
/// assert_eq!(text("Doe, John", Scope::Money, day), None);
/// assert_eq!(text("audit, 123-45-6789", Scope::Money, day), Some(Rule::SocialSecurity));
/// # Ok::<(), &str>(())
/// ```
pub fn text(cell: &str, scope: Scope, day: NaiveDate) -> Option<Rule> {
    screen(cell, Made::of(cell), scope, day)
}

pub(super) fn screen(cell: &str, made: Made, scope: Scope, day: NaiveDate) -> Option<Rule> {
    if made.is_clean(cell, scope) {
        return None;
    }
    if made.has(FOREIGN)
        && let Cow::Owned(plain) = plain(cell)
    {
        return found(&plain, Made::of(&plain), scope, day);
    }
    found(cell, made, scope, day)
}

/// Whether a cell that cannot be used may be shown to say why: no cell that hits a rule, no two words of which one is a
/// first name, no run of six digits or more. Days are shown where one is expected, but none before 2000.
pub fn may_show(cell: &str, day_expected: bool) -> bool {
    let [Some(middle), Some(end)] = [2049, 2100].map(|year| NaiveDate::from_ymd_opt(year, 12, 31)) else {
        return false;
    };
    let latest = if day_expected { NaiveDate::MIN } else { end };
    let long_ago = day_expected && date(cell, middle).is_some_and(|date| date.year() < 2000);
    let digits = |run: &str| {
        let whole = run.split('.').next().unwrap_or_default();
        whole.len() >= 6 && whole.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words: Vec<&str> = cell.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.len() > 1).collect();
    let person = (2..=3).contains(&words.len()) && words.iter().any(|word| is_first_name(&word.to_lowercase()));
    text(cell, Scope::Work, latest).is_none()
        && !person
        && !long_ago
        && !cell.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.').any(digits)
}

/// Digits, hyphens and blanks of other scripts as those of ASCII; marks that cannot be seen left out.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let swap = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => Some('-'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => None,
        sign => Some(sign),
    };
    if text.chars().all(|sign| swap(sign) == Some(sign)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(swap).collect())
}

fn found(cell: &str, made: Made, scope: Scope, day: NaiveDate) -> Option<Rule> {
    let bytes = cell.as_bytes();
    let digits = made.digits;
    if digits >= 9 && has_social_security_number(bytes) {
        return Some(Rule::SocialSecurity);
    }
    if digits >= 5 && medicare(cell).is_some() {
        return Some(Rule::Medicare);
    }
    if digits >= 13 && has_card(bytes) {
        return Some(Rule::Card);
    }
    if digits >= 2
        && let Some(rule) = numbers(cell, scope, day)
    {
        return Some(rule);
    }
    if scope == Scope::Money {
        return None;
    }
    if scope == Scope::Work && made.has(AT) && mail(cell, 0).is_some() {
        return Some(Rule::Email);
    }
    if digits >= 10 && has_phone(bytes) {
        return Some(Rule::Phone);
    }
    if (made.has(COLON) || made.has(DOT)) && has_url(bytes) {
        return Some(Rule::Url);
    }
    if made.has(DOT)
        && let Some(rule) = dotted(cell)
    {
        return Some(rule);
    }
    if made.has(COMMA) && has_name(cell) {
        return Some(Rule::Name);
    }
    (cell.len() > LONGEST && cell.chars().nth(LONGEST).is_some()).then_some(Rule::LongText)
}

/// Whether no letter or digit stands at a place.
fn is_edge(bytes: &[u8], at: Option<usize>) -> bool {
    at.and_then(|at| bytes.get(at)).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// Whether bytes have a shape in which `0` stands for a digit and anything else for itself.
pub(super) fn has_shape(bytes: &[u8], shape: &[u8]) -> bool {
    bytes.len() >= shape.len()
        && shape.iter().zip(bytes).all(|(want, byte)| if *want == b'0' { byte.is_ascii_digit() } else { want == byte })
}

fn has_social_security_number(bytes: &[u8]) -> bool {
    let hyphens = |at: usize| has_shape(&bytes[at..], b"000-00-0000");
    // With blanks the numbers must be ones that are given out.
    let blanks = |at: usize| {
        let part = &bytes[at..];
        has_shape(part, b"000 00 0000") && is_given_out(&[&part[..3], &part[4..6], &part[7..11]].concat())
    };
    (0..bytes.len().saturating_sub(10)).any(|at| {
        bytes[at].is_ascii_digit()
            && (hyphens(at) || blanks(at))
            && is_edge(bytes, at.checked_sub(1))
            && is_edge(bytes, Some(at + 11))
    })
}

/// Whether nine digits are a number that the Social Security Administration gives out.
pub(super) fn is_given_out(digits: &[u8]) -> bool {
    digits.len() == 9
        && digits.iter().all(u8::is_ascii_digit)
        && !(digits.starts_with(b"000") || digits.starts_with(b"666") || digits[0] == b'9')
        && &digits[3..5] != b"00"
        && &digits[5..] != b"0000"
}

/// The place of a Medicare beneficiary identifier, with or without its hyphens.
pub(super) fn medicare(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let word = &bytes[at..at + length];
        let hyphens = word.len() == 13 && word[4] == b'-' && word[8] == b'-';
        let fits = match length {
            11 => is_medicare(word),
            13 if hyphens => is_medicare(&[&word[..4], &word[5..8], &word[9..]].concat()),
            _ => false,
        };
        if fits {
            return Some((at, at + length));
        }
        at += length.max(1);
    }
    None
}

/// The pattern of CMS: no letters S, L, O, I, B, Z.
fn is_medicare(word: &[u8]) -> bool {
    let letter = |byte: u8| {
        byte.is_ascii_alphabetic() && !matches!(byte.to_ascii_uppercase(), b'S' | b'L' | b'O' | b'I' | b'B' | b'Z')
    };
    let fits = |byte: u8, kind: u8| match kind {
        b'C' => (b'1'..=b'9').contains(&byte),
        b'A' => letter(byte),
        b'N' => byte.is_ascii_digit(),
        _ => letter(byte) || byte.is_ascii_digit(),
    };
    word.len() == 11 && word.iter().zip(b"CAXNAXNAANN").all(|(byte, kind)| fits(*byte, *kind))
}

/// 13 to 19 digits, perhaps in groups, whose check digit holds.
fn has_card(bytes: &[u8]) -> bool {
    let starts =
        |at: usize| bytes[at].is_ascii_digit() && !at.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_digit());
    (0..bytes.len()).filter(|&at| starts(at)).any(|start| {
        let mut number = [0; 19];
        let mut length = 0;
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            match byte {
                b'0'..=b'9' if length == number.len() => return false,
                b'0'..=b'9' => {
                    number[length] = byte - b'0';
                    length += 1;
                    if length >= 13 && !next && is_card(&number[..length]) {
                        return true;
                    }
                }
                b' ' | b'-' if next => {}
                _ => return false,
            }
            at += 1;
        }
        false
    })
}

/// Luhn's check digit, and a first digit of a card.
fn is_card(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match u32::from(digit) {
            digit if place.is_multiple_of(2) => digit,
            digit if digit > 4 => digit * 2 - 9,
            digit => digit * 2,
        })
        .sum();
    (2..=6).contains(&number[0]) && sum.is_multiple_of(10)
}

/// The place of the first e-mail address from `from` on.
pub(super) fn mail(text: &str, from: usize) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte);
    let domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let mut next = from;
    while let Some(at) = bytes.get(next..)?.iter().position(|byte| *byte == b'@').map(|place| next + place) {
        let before = bytes[from..at].iter().rev().take_while(|byte| local(byte)).count();
        let after = bytes[at + 1..].iter().take_while(|byte| domain(byte)).count();
        let name = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
        let whole = name.rsplit_once('.').is_some_and(|(host, top)| {
            !host.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        if before > 0 && whole {
            return Some((at - before, at, at + 1 + name.len()));
        }
        next = at + 1;
    }
    None
}

/// A number of the United States with its marks, or `+` and 10 to 15 digits.
fn has_phone(bytes: &[u8]) -> bool {
    let shapes: [&[u8]; 7] = [
        b"000-000-0000",
        b"000.000.0000",
        b"(000) 000-0000",
        b"(000)000-0000",
        b"(000) 000 0000",
        b"000/000-0000",
        b"000 000-0000",
    ];
    let area = |at: usize, shape: &[u8]| {
        let digits = bytes[at..at + shape.len()].iter().filter(|byte| byte.is_ascii_digit());
        digits.enumerate().all(|(place, digit)| (place != 0 && place != 3) || *digit >= b'2')
    };
    (0..bytes.len()).any(|at| match bytes[at] {
        b'(' | b'0'..=b'9' => shapes.iter().any(|shape| {
            has_shape(&bytes[at..], shape)
                && area(at, shape)
                && (bytes[at] == b'(' || is_edge(bytes, at.checked_sub(1)))
                && !bytes.get(at + shape.len()).is_some_and(u8::is_ascii_digit)
        }),
        b'+' => {
            let marks = |byte: &&u8| byte.is_ascii_digit() || b" -.()".contains(byte);
            let digits = bytes[at + 1..].iter().take_while(marks).filter(|byte| byte.is_ascii_digit()).count();
            (10..=15).contains(&digits) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        }
        _ => false,
    })
}

fn has_url(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|part| part == b"://") || bytes.windows(4).any(|part| part.eq_ignore_ascii_case(b"www."))
}

/// Internet addresses, and names of pictures and documents.
fn dotted(cell: &str) -> Option<Rule> {
    const ENDS: [&str; 12] = ["jpg", "jpeg", "png", "gif", "heic", "tif", "tiff", "bmp", "dcm", "wav", "mp3", "pdf"];
    let words = cell.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.' && sign != '_' && sign != '-');
    for word in words {
        let word = word.trim_matches('.');
        let Some((stem, end)) = word.rsplit_once('.') else { continue };
        if !stem.is_empty() && ENDS.iter().any(|known| end.eq_ignore_ascii_case(known)) {
            return Some(Rule::Attachment);
        }
        let parts = word.split('.').filter(|part| part.len() <= 3 && part.parse::<u8>().is_ok()).count();
        if parts == 4 && word.split('.').count() == 4 {
            return Some(Rule::Ip);
        }
    }
    None
}

/// `LAST, FIRST`: two or three capitalised words, none of which is a word of a company, a specialty or a place.
fn has_name(cell: &str) -> bool {
    let word = |text: &str| {
        let text = text.trim_end_matches('.');
        let mut signs = text.chars();
        signs.next().is_some_and(char::is_uppercase)
            && signs.all(|sign| sign.is_alphabetic() || sign == '\'' || sign == '-' || sign == '’')
    };
    let shouted = |words: &[&str]| words.iter().all(|word| !word.chars().any(char::is_lowercase));
    // `DE` is a state, `De` a name, and `DE CRUZ, MARIA` a name too.
    let is_other = |text: &str, shouted: bool| {
        text.trim_end_matches('.').split('-').any(|text| {
            let short = text.len() <= 2 && (shouted || text.chars().any(char::is_lowercase));
            !short && is_no_name(&text.to_lowercase())
        })
    };
    let parts: Vec<&str> = cell.split([';', ':', '(', ')', '/', '|', '[', ']', '"']).collect();
    parts.iter().any(|part| {
        let Some((last, first)) = part.split_once(',') else { return false };
        let first = first.split_once(" - ").map_or(first, |(first, _)| first);
        let (last, first): (Vec<&str>, Vec<&str>) =
            (last.split_whitespace().collect(), first.split_whitespace().collect());
        let all = || last.iter().chain(&first);
        !last.is_empty()
            && !first.is_empty()
            && (2..=3).contains(&(last.len() + first.len()))
            && all().all(|text| word(text))
            && last.iter().all(|text| text.chars().count() > 1)
            && first[0].trim_end_matches('.').chars().count() > 1
            && !last.iter().any(|text| is_other(text, shouted(&last) && shouted(&first)))
            && !first.iter().any(|text| is_other(text, false))
    })
}

/// A word that announces an identifying number.
struct Announcer {
    words: &'static [&'static str],
    identifier: Identifier,
    /// The digits the number has at least, by itself and behind `no`, `#` or `id`; 99 means never.
    digits: (usize, usize),
    /// Whether it is a patient's in files of money too.
    always: bool,
}

const fn announcer(
    words: &'static [&'static str],
    identifier: Identifier,
    digits: (usize, usize),
    always: bool,
) -> Announcer {
    Announcer { words, identifier, digits, always }
}

static ANNOUNCERS: [Announcer; 46] = [
    announcer(&["mrn"], Identifier::MedicalRecord, (2, 2), true),
    announcer(&["mr"], Identifier::MedicalRecord, (99, 3), false),
    announcer(&["medical", "record"], Identifier::MedicalRecord, (3, 2), true),
    announcer(&["med", "rec"], Identifier::MedicalRecord, (3, 2), true),
    announcer(&["medrec"], Identifier::MedicalRecord, (3, 2), true),
    announcer(&["empi"], Identifier::MedicalRecord, (3, 2), true),
    announcer(&["chart"], Identifier::MedicalRecord, (6, 4), false),
    announcer(&["unit"], Identifier::MedicalRecord, (99, 5), false),
    announcer(&["dob"], Identifier::Date, (2, 2), true),
    announcer(&["date", "of", "birth"], Identifier::Date, (2, 2), true),
    announcer(&["birth"], Identifier::Date, (4, 4), false),
    announcer(&["birthdate"], Identifier::Date, (4, 4), true),
    announcer(&["born"], Identifier::Date, (4, 4), false),
    announcer(&["dos"], Identifier::Date, (4, 4), false),
    announcer(&["admitted"], Identifier::Date, (4, 4), false),
    announcer(&["discharged"], Identifier::Date, (4, 4), false),
    announcer(&["ssn"], Identifier::SocialSecurity, (4, 4), true),
    announcer(&["ss"], Identifier::SocialSecurity, (9, 4), false),
    announcer(&["mbi"], Identifier::HealthPlan, (3, 3), true),
    announcer(&["hicn"], Identifier::HealthPlan, (3, 3), true),
    announcer(&["hic"], Identifier::HealthPlan, (6, 3), false),
    announcer(&["medicare"], Identifier::HealthPlan, (6, 4), false),
    announcer(&["medicaid"], Identifier::HealthPlan, (6, 4), false),
    announcer(&["member"], Identifier::HealthPlan, (6, 4), false),
    announcer(&["subscriber"], Identifier::HealthPlan, (6, 4), false),
    announcer(&["policy"], Identifier::HealthPlan, (6, 4), false),
    announcer(&["acct"], Identifier::Account, (3, 3), false),
    announcer(&["account"], Identifier::Account, (5, 3), false),
    announcer(&["encounter"], Identifier::Account, (6, 3), false),
    announcer(&["csn"], Identifier::Account, (4, 3), false),
    announcer(&["fin"], Identifier::Account, (6, 3), false),
    announcer(&["har"], Identifier::Account, (6, 3), false),
    announcer(&["visit"], Identifier::Account, (6, 3), false),
    announcer(&["claim"], Identifier::Account, (6, 3), false),
    announcer(&["icn"], Identifier::Account, (6, 3), false),
    announcer(&["accession"], Identifier::Account, (4, 3), false),
    announcer(&["patient"], Identifier::Name, (4, 2), true),
    announcer(&["pt"], Identifier::Name, (6, 3), false),
    announcer(&["npi"], Identifier::Licence, (6, 6), false),
    announcer(&["license"], Identifier::Licence, (5, 4), false),
    announcer(&["vin"], Identifier::Vehicle, (4, 4), false),
    announcer(&["serial"], Identifier::Device, (5, 3), false),
    announcer(&["udi"], Identifier::Device, (4, 4), false),
    announcer(&["phone"], Identifier::Phone, (7, 7), false),
    announcer(&["fax"], Identifier::Fax, (7, 7), false),
    announcer(&["room"], Identifier::Other, (3, 2), false),
];

/// The words before a number, latest last.
#[derive(Default)]
struct Before<'a> {
    words: [&'a str; 3],
    /// `no`, `#` or `id` stood between.
    filled: bool,
}

impl<'a> Before<'a> {
    fn push(&mut self, word: &'a str) {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        if ["no", "nr", "num", "nbr", "number", "id"].into_iter().any(is) {
            self.filled = true;
        } else if !is("is") && !is("was") && !is("on") {
            self.words = [self.words[1], self.words[2], word];
            self.filled = false;
        }
    }

    /// What the words announce, if `digits` are enough.
    fn announces(&self, digits: usize, scope: Scope) -> Option<Rule> {
        let fits = |known: &&Announcer| {
            let said = &self.words[3 - known.words.len()..];
            let enough = digits >= if self.filled { known.digits.1 } else { known.digits.0 };
            enough
                && (known.always || scope != Scope::Money)
                && said.iter().zip(known.words).all(|(said, word)| said.eq_ignore_ascii_case(word))
        };
        ANNOUNCERS.iter().find(fits).map(|known| Rule::Announced(known.identifier))
    }
}

/// Numbers that are announced, old days and great ages.
fn numbers(cell: &str, scope: Scope, day: NaiveDate) -> Option<Rule> {
    let bytes = cell.as_bytes();
    let mut before = Before::default();
    // The words before a short prefix of a number, as in `MRN: E1234567`.
    let mut passed = Before::default();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        if bytes[at].is_ascii_digit() {
            at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"-/.".contains(b)).count();
            let number = &cell[start..at];
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            if digits >= 2 {
                let said = before.announces(digits, scope).or_else(|| passed.announces(digits, scope));
                if said.is_some() {
                    return said;
                }
                if scope != Scope::Money {
                    if scope == Scope::Work
                        && digits >= 4
                        && date(number, day).is_some_and(|date| (day - date).num_days() > RECENT)
                    {
                        return Some(Rule::OldDate);
                    }
                    if digits <= 5 && digits == number.len() && is_street(&cell[at..]) {
                        return Some(Rule::Street);
                    }
                    if is_great_age(number, &cell[at..], before.words[2]) {
                        return Some(Rule::Age);
                    }
                }
            }
            (before, passed) = (Before::default(), Before::default());
        } else if bytes[at].is_ascii_alphabetic() {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let glued = at - start <= 3 && bytes.get(at).is_some_and(u8::is_ascii_digit);
            if glued {
                passed = Before { words: before.words, filled: before.filled };
            }
            before.push(&cell[start..at]);
        } else {
            if bytes[at] == b'#' {
                before.filled = true;
            }
            at += 1;
        }
    }
    None
}

/// The day that a number says: `2024-01-31`, `1/31/2024`, `1-31-24`.
pub(super) fn date(number: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = number.trim_end_matches(['.', '-', '/']);
    let mark = number.bytes().find(|byte| !byte.is_ascii_digit())?;
    let mut parts = number.split(char::from(mark));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !b"-/.".contains(&mark) {
        return None;
    }
    // A time may follow.
    let third = third.split_once('T').map_or(third, |(day, _)| day);
    let part = |text: &str, most: usize| {
        let plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, first, second) };
    let (year_digits, year) = (year.len(), i32::try_from(part(year, 4)?).ok()?);
    let (month, day) = (part(month, 2)?, part(day, 2)?);
    let year = match year_digits {
        4 => year,
        2 if year > today.year() % 100 => today.year() / 100 * 100 - 100 + year,
        2 => today.year() / 100 * 100 + year,
        _ => return None,
    };
    let found = NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, day, month));
    found.filter(|date| (1850..=2100).contains(&date.year()))
}

/// Whether one to three capitalised words and a word for a street follow the number of a house.
fn is_street(after: &str) -> bool {
    const WHOLE: [&str; 10] = ["street", "avenue", "ave", "road", "rd", "lane", "ln", "boulevard", "blvd", "highway"];
    const SHORT: [&str; 4] = ["st", "dr", "drive", "court"];
    let Some(after) = after.strip_prefix(' ') else { return false };
    let mut words = after.split(' ');
    let capital = |word: &str| word.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    if !words.next().is_some_and(capital) {
        return false;
    }
    let mut words = words.take(3).peekable();
    while let Some(word) = words.next() {
        let ends = word.ends_with([',', '.'])
            || words.peek().is_none_or(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        let bare = word.trim_end_matches([',', '.', ';']);
        let is = |known: &&str| bare.eq_ignore_ascii_case(known);
        if WHOLE.iter().any(is) || (ends && capital(bare) && SHORT.iter().any(is)) {
            return true;
        }
    }
    false
}

/// `93 yo`, `93-year-old`, `age 93`.
fn is_great_age(number: &str, after: &str, before: &str) -> bool {
    let length = number.bytes().take_while(u8::is_ascii_digit).count();
    let (years, glued) = number.split_at(length);
    if !years.parse::<u16>().is_ok_and(|years| (90..=120).contains(&years)) {
        return false;
    }
    let starts = |text: &str, known: &[&str]| {
        let text = text.trim_start_matches([' ', '-']);
        let word = text.find(|sign: char| !sign.is_ascii_alphabetic()).map_or(text, |end| &text[..end]);
        let rest = text[word.len()..].trim_start_matches([' ', '-', '/', '.']);
        let years = ["y", "yr", "yrs", "year", "years"].into_iter().any(|known| word.eq_ignore_ascii_case(known));
        known.iter().any(|known| word.eq_ignore_ascii_case(known))
            || (years && rest.get(..1).is_some_and(|o| o.eq_ignore_ascii_case("o")))
    };
    let whole = glued.is_empty();
    let said = ["age", "aged"].into_iter().any(|known| before.eq_ignore_ascii_case(known));
    (whole && (said || starts(after, &["yo"]))) || (!whole && starts(glued, &["yo", "yof", "yom"]))
}
