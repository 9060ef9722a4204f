//! Numbers of accounts, cards and people in the texts of statements, shortened.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::value::{date, has_shape, mail, medicare};

/// Digits from which on a number is one of an account. Check numbers have fewer.
const LONG: usize = 7;

/// What stands before the digits that are left.
const CUT: &str = "…";

/// A text of a statement with numbers of accounts, cards and telephones cut to their last four digits, e-mail addresses
/// to their first letter and host, and social security and Medicare numbers gone. Amounts, days, check numbers and
/// names stay. Masking twice changes nothing more.
///
/// ```
/// use perchart::guard::mask;
///
/// assert_eq!(mask("ZELLE TO ACCT 000123456789 ON 01/31/2025"), "ZELLE TO ACCT …6789 ON 01/31/2025");
/// assert_eq!(mask("CHECK 1234"), "CHECK 1234");
/// ```
pub fn mask(text: &str) -> Cow<'_, str> {
    let (mut digits, mut at) = (0, false);
    for byte in text.bytes() {
        digits += usize::from(byte.is_ascii_digit());
        at |= byte == b'@';
    }
    if digits < 5 && !at {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    while at && let Some((start, sign, end)) = mail(text, from) {
        numbers(&text[from..start], &mut masked);
        masked.push_str(&text[start..=start]);
        // One letter alone is masked already.
        masked.push_str(CUT);
        masked.push_str(&text[sign..end]);
        from = end;
    }
    numbers(&text[from..], &mut masked);
    if masked == text { Cow::Borrowed(text) } else { Cow::Owned(masked) }
}

/// Copies a text without its Medicare numbers, the other numbers shortened.
fn numbers(text: &str, masked: &mut String) {
    let mut rest = text;
    while let Some((start, end)) = medicare(rest) {
        groups(&rest[..start], masked);
        masked.push_str(CUT);
        rest = &rest[end..];
    }
    groups(rest, masked);
}

/// Copies a text, its long numbers shortened.
fn groups(text: &str, masked: &mut String) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let cut = text[..at].ends_with(CUT) || (at == 0 && masked.ends_with(CUT));
        let length = digits(bytes, at);
        if cut {
            at += length;
        } else if let Some(length) = kept(text, at) {
            at += length;
        } else {
            let end = number(text, at);
            let number = &bytes[at..end];
            let count = number.iter().filter(|byte| byte.is_ascii_digit()).count();
            if is_social_security_number(number) {
                masked.push_str(&text[copied..at]);
                masked.push_str("***-**-****");
                copied = end;
            } else if count >= LONG {
                masked.push_str(&text[copied..at]);
                masked.push_str(CUT);
                let mut last: Vec<char> = text[at..end].chars().filter(char::is_ascii_digit).rev().take(4).collect();
                last.reverse();
                masked.extend(last);
                copied = end;
            }
            at = end;
        }
    }
    masked.push_str(&text[copied..]);
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_social_security_number(number: &[u8]) -> bool {
    number.len() == 11 && (has_shape(number, b"000-00-0000") || has_shape(number, b"000 00 0000"))
}

/// The length of a day, a time, a span of years or an amount that starts here: they stay.
fn kept(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    day(text, at).or_else(|| years(bytes, at)).or_else(|| time(bytes, at)).or_else(|| amount(bytes, at))
}

/// `9:05`, `12:34:56`.
fn time(bytes: &[u8], at: usize) -> Option<usize> {
    let hours = digits(bytes, at);
    let mut end = at + hours;
    while bytes.get(end) == Some(&b':') && digits(bytes, end + 1) == 2 {
        end += 3;
    }
    (hours <= 2 && end > at + hours).then_some(end - at)
}

fn day(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = |byte: &u8| byte.is_ascii_digit() || b"-/.".contains(byte);
    let length = bytes[at..].iter().take_while(|byte| mark(byte)).count();
    let word = text[at..at + length].trim_end_matches(['-', '/', '.']);
    // Two digits of a year are counted from any day.
    let today = NaiveDate::from_ymd_opt(2049, 12, 31)?;
    if date(word, today).is_some() {
        return Some(word.len());
    }
    let part = |from: usize, to: usize| word.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let year = part(0, 4).and_then(|year| i32::try_from(year).ok()).filter(|year| (1990..2050).contains(year));
    let whole = word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    let plain = || year.zip(part(4, 6)).zip(part(6, 8)).and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d));
    (whole && plain().is_some()).then_some(8)
}

/// `2025-2026`.
fn years(bytes: &[u8], at: usize) -> Option<usize> {
    let fits = digits(bytes, at) == 4
        && has_shape(&bytes[at..], b"0000-0000")
        && digits(bytes, at + 5) == 4
        && [at, at + 5].into_iter().all(|at| is_year(&bytes[at..at + 4]));
    fits.then_some(9)
}

fn is_year(digits: &[u8]) -> bool {
    digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"))
}

/// `1,234,567.89`, `1234567.89`, `1.234.567,89`.
fn amount(bytes: &[u8], at: usize) -> Option<usize> {
    let first = digits(bytes, at);
    let mut end = at + first;
    let mut grouped = None;
    while let Some(&mark) = bytes.get(end).filter(|mark| first <= 3 && b",.".contains(mark)) {
        if digits(bytes, end + 1) != 3 || grouped.is_some_and(|grouped| grouped != mark) {
            break;
        }
        grouped = Some(mark);
        end += 4;
    }
    let cents = bytes.get(end).is_some_and(|mark| b",.".contains(mark) && grouped != Some(*mark))
        && end + 1 < bytes.len()
        && digits(bytes, end + 1) == 2;
    if cents && (grouped.is_some() || first <= 8) {
        return Some(end + 3 - at);
    }
    (grouped == Some(b',')).then_some(end - at)
}

/// Where a number ends that starts here: its groups stand behind hyphens, or behind blanks if they look like groups.
fn number(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let first = digits(bytes, at);
    let mut end = at + first;
    if has_shape(&bytes[at..], b"000.000.0000") && first == 3 && digits(bytes, at + 8) == 4 {
        return at + 12;
    }
    while bytes.get(end) == Some(&b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        if kept(text, end + 1).is_some() {
            break;
        }
        end += 1 + digits(bytes, end + 1);
    }
    let hyphened = end > at + first;
    let check = || {
        let word = text[..at].trim_end_matches([' ', '#', ':']).rsplit(|sign: char| !sign.is_alphabetic()).next();
        word.is_some_and(|word| ["check", "chk", "ck", "cheque"].iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let group = |at: usize| {
        let length = digits(bytes, at);
        (2..=6).contains(&length) && !bytes.get(at + length).is_some_and(|byte| b"/:-".contains(byte))
    };
    if hyphened || !group(at) || check() {
        return end;
    }
    let mut count = first;
    while bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let next = end + 1;
        let length = digits(bytes, next);
        // A year stands by itself, but in the number of a card.
        let apart = |at: usize| is_year(&bytes[at..at + digits(bytes, at)]) && count + length < 9;
        if kept(text, next).is_some() || !group(next) || apart(next) || apart(at) {
            break;
        }
        count += length;
        end = next + length;
    }
    if count >= LONG { end } else { at + first }
}
