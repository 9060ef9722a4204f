//! Amounts of foreign files: how a column writes them, and what a cell says.
//!
//! Decimals follow a point or a comma, the other one may part the thousands, as may apostrophes and blanks. One cell that
//! reads with one mark only decides for its column. Where no cell does:
//!
//! - `1,234` is read as thousands, as the US write them, unless a cell such as `5000` leaves the thousands unparted;
//! - `1.234` is asked: it may be a US number with three decimals or a European one with thousands;
//! - in a currency of three decimals (dinars) both are asked.
//!
//! An amount is whole hundredths of its currency, also where that has thousandths. What is beyond hundredths must be zero:
//! `4.750` is read, `4.755` is refused, and only [`Amounts::read_rounded`] rounds it.

use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::{Unfit, peel};

/// What stands before the decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Mark::Point => '.',
            Mark::Comma => ',',
        }
    }

    fn other(self) -> Mark {
        match self {
            Mark::Point => Mark::Comma,
            Mark::Comma => Mark::Point,
        }
    }

    fn index(self) -> usize {
        usize::from(self == Mark::Comma)
    }
}

/// How a sign was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(in crate::import) enum Sign {
    Plus,
    Minus,
    Parentheses,
    /// `CR`: in the holder's favour.
    Credit,
    /// `DR`: at the holder's cost.
    Debit,
}

impl Sign {
    fn is_negative(self) -> bool {
        matches!(self, Sign::Minus | Sign::Parentheses | Sign::Debit)
    }
}

/// An amount as a cell gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) struct Read {
    /// Hundredths of the currency. A minus, parentheses and `DR` make them negative.
    pub(in crate::import) cents: i64,
    /// The sign, if one was written.
    pub(in crate::import) sign: Option<Sign>,
    /// The currency, if one was written.
    pub(in crate::import) currency: Option<Currency>,
}

/// How the amounts of a column are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) struct Amounts {
    decimal: Mark,
    why: Why,
}

/// Why a column is read so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// Whole numbers: both marks give the same.
    Same,
    /// A cell reads with this mark only.
    Proved(usize),
    /// Commas before three digits, as the US part thousands.
    Custom(usize),
    Stated,
}

/// Why a column cannot be read without an answer. Cells are counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) enum Doubt {
    /// Both readings remain: three digits after a single mark, in every cell that has one.
    Thousands {
        /// Such a cell.
        cell: usize,
        /// The mark in it.
        written: Mark,
    },
    /// One cell has a decimal point, another a decimal comma.
    Contradiction {
        /// A cell that reads with a decimal point only.
        point: usize,
        /// A cell that reads with a decimal comma only.
        comma: usize,
    },
    /// No cell is an amount.
    NotAmounts {
        /// The first cell that says something.
        cell: Option<usize>,
    },
}

impl Doubt {
    /// What is in doubt, in words.
    pub(in crate::import) fn text(self) -> &'static str {
        match self {
            Doubt::Thousands { written: Mark::Comma, .. } => {
                "1,234 may be 1234 or 1 and 234 thousandths; say whether the file writes a decimal point or a decimal comma"
            }
            Doubt::Thousands { written: Mark::Point, .. } => {
                "1.234 may be 1234 or 1 and 234 thousandths; say whether the file writes a decimal point or a decimal comma"
            }
            Doubt::Contradiction { .. } => "one amount has a decimal point and another a decimal comma",
            Doubt::NotAmounts { .. } => "no cell is an amount",
        }
    }
}

impl Amounts {
    /// Decides how a column is written, by all its cells. Cells that are no amounts decide nothing.
    /// Several columns of one file may be decided together: one program wrote them.
    ///
    /// # Errors
    /// What is to be asked.
    pub(in crate::import) fn decide<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Result<Amounts, Doubt> {
        let (mut proofs, mut open) = ([None; 2], [None; 2]);
        let (mut strange, mut readable, mut unparted, mut thousandths) = (None, false, false, false);
        for (at, cell) in cells.enumerate() {
            let Ok(shape) = shape(cell) else {
                strange.get_or_insert(at);
                continue;
            };
            let Some(shape) = shape else { continue };
            let says = says(shape.body);
            readable |= says != Says::Nothing;
            match says {
                Says::Nothing => _ = strange.get_or_insert(at),
                Says::Same { is_unparted } => unparted |= is_unparted,
                Says::Only(mark) => _ = proofs[mark.index()].get_or_insert(at),
                Says::Either(written) => {
                    open[written.index()].get_or_insert(at);
                    thousandths |= shape.currency.is_some_and(Currency::has_thousandths);
                }
            }
        }
        let [point, comma] = proofs;
        let (decimal, why) = match (point, comma) {
            (Some(point), Some(comma)) => return Err(Doubt::Contradiction { point, comma }),
            (Some(at), None) => (Mark::Point, Why::Proved(at)),
            (None, Some(at)) => (Mark::Comma, Why::Proved(at)),
            (None, None) => match open {
                [Some(cell), _] => return Err(Doubt::Thousands { cell, written: Mark::Point }),
                [None, Some(cell)] if unparted || thousandths => {
                    return Err(Doubt::Thousands { cell, written: Mark::Comma });
                }
                [None, Some(at)] => (Mark::Point, Why::Custom(at)),
                [None, None] if !readable && strange.is_some() => return Err(Doubt::NotAmounts { cell: strange }),
                [None, None] => (Mark::Point, Why::Same),
            },
        };
        Ok(Amounts { decimal, why })
    }

    /// A column whose decimal mark is known.
    pub(in crate::import) fn stated(decimal: Mark) -> Amounts {
        Amounts { decimal, why: Why::Stated }
    }

    /// The mark before the decimals.
    pub(in crate::import) fn decimal(self) -> Mark {
        self.decimal
    }

    /// The cell that decided, if one did.
    pub(in crate::import) fn example(self) -> Option<usize> {
        match self.why {
            Why::Proved(at) | Why::Custom(at) => Some(at),
            Why::Same | Why::Stated => None,
        }
    }

    /// Why the column is read so, in words.
    pub(in crate::import) fn why(self) -> &'static str {
        match (self.why, self.decimal) {
            (Why::Same, _) => "whole numbers",
            (Why::Proved(_), Mark::Point) => "a decimal point",
            (Why::Proved(_), Mark::Comma) => "a decimal comma",
            (Why::Custom(_), _) => "commas part thousands, as in the US",
            (Why::Stated, Mark::Point) => "a decimal point, as stated",
            (Why::Stated, Mark::Comma) => "a decimal comma, as stated",
        }
    }

    /// The amount of a cell.
    ///
    /// # Errors
    /// What is no amount, or none of at most two decimals. A cell that says nothing is no amount either.
    pub(in crate::import) fn read(self, cell: &str) -> Result<Read, Unfit> {
        self.read_or_none(cell)?.ok_or_else(|| self.unfit(cell, Fault::Empty))
    }

    /// The amount of a cell; none where it is empty or holds dashes only, also beside a currency: `$ -`.
    ///
    /// # Errors
    /// As for [`Amounts::read`].
    pub(in crate::import) fn read_or_none(self, cell: &str) -> Result<Option<Read>, Unfit> {
        self.parse(cell, false).map_err(|fault| self.unfit(cell, fault))
    }

    /// The amount of a cell, more than two decimals rounded, half a cent away from zero. For fees that a platform works
    /// out to fractions of a cent.
    ///
    /// # Errors
    /// What is no amount.
    pub(in crate::import) fn read_rounded(self, cell: &str) -> Result<Read, Unfit> {
        let read = self.parse(cell, true).map_err(|fault| self.unfit(cell, fault))?;
        read.ok_or_else(|| self.unfit(cell, Fault::Empty))
    }

    fn parse(self, cell: &str, round: bool) -> Result<Option<Read>, Fault> {
        let Some(Shape { body, sign, currency }) = shape(cell)? else { return Ok(None) };
        let Some(number) = number(body, self.decimal) else {
            return Err(match number(body, self.decimal.other()) {
                Some(_) => Fault::OtherMark,
                None if body.contains(char::is_alphabetic) => Fault::Stray,
                None => Fault::Grouping,
            });
        };
        let up = match number.beyond {
            _ if round => i64::from(number.third >= 5),
            true => return Err(Fault::Decimals),
            false => 0,
        };
        let cents = number.cents.saturating_add(up);
        if cents > MOST_CENTS {
            return Err(Fault::Large);
        }
        let cents = if sign.is_some_and(Sign::is_negative) { -cents } else { cents };
        Ok(Some(Read { cents, sign, currency }))
    }

    fn unfit(self, cell: &str, fault: Fault) -> Unfit {
        let expected = match self.decimal {
            Mark::Point => "an amount such as 1,234.50",
            Mark::Comma => "an amount such as 1.234,50",
        };
        let hint = match (fault, self.decimal) {
            (Fault::Empty, _) => "",
            (Fault::Stray, _) if is_power(cell) => {
                "a spreadsheet wrote it as a power of ten; format the column as a number"
            }
            (Fault::Stray, _) => "an amount has digits, one sign and one currency",
            (Fault::Signs, _) => "an amount has one sign",
            (Fault::Currencies, _) => "an amount has one currency",
            (Fault::OtherMark, Mark::Point) => {
                "here a point comes before the decimals; this cell reads only with a comma"
            }
            (Fault::OtherMark, Mark::Comma) => {
                "here a comma comes before the decimals; this cell reads only with a point"
            }
            (Fault::Grouping, _) => "thousands are parted in threes, decimals by one mark",
            (Fault::Decimals, _) => "an amount has at most two decimals",
            (Fault::Large, _) => "an amount is at most 10,000,000,000",
        };
        Unfit::of(cell, expected, hint)
    }
}

/// Whether a cell could be an amount in some style.
pub(in crate::import) fn resembles(cell: &str) -> bool {
    matches!(shape(cell), Ok(Some(shape)) if says(shape.body) != Says::Nothing)
}

/// What is wrong with an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Empty,
    Stray,
    Signs,
    Currencies,
    OtherMark,
    Grouping,
    Decimals,
    Large,
}

/// An amount taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Shape<'a> {
    /// Digits and marks.
    body: &'a str,
    sign: Option<Sign>,
    currency: Option<Currency>,
}

/// What was found around the digits.
#[derive(Default)]
struct Around {
    sign: Option<Sign>,
    currency: Option<Currency>,
    opened: bool,
    closed: bool,
}

impl Around {
    fn sign(&mut self, sign: Sign) -> Result<(), Fault> {
        // Parentheses that were closed end the amount; a sign behind them would be a second one.
        self.sign.replace(sign).map_or(Ok(()), |_| Err(Fault::Signs))
    }

    fn currency(&mut self, found: Currency) -> Result<(), Fault> {
        let joined = self.currency.map_or(Some(found), |before| before.join(found));
        self.currency = Some(joined.ok_or(Fault::Currencies)?);
        Ok(())
    }
}

/// Takes an amount apart. None where the cell says that there is no amount.
fn shape(cell: &str) -> Result<Option<Shape<'_>>, Fault> {
    let mut rest = peel::unguarded(cell);
    let mut around = Around::default();
    while let Some((sign, length)) = peel::first(rest) {
        let step = match sign {
            '0'..='9' | '.' | ',' => break,
            '(' if !around.opened => {
                around.opened = true;
                length
            }
            sign if peel::is_dash(sign) => {
                let dashes_only = rest.chars().all(|sign| peel::is_dash(sign) || peel::is_blank(sign));
                if dashes_only && around.sign.is_none() && !around.opened {
                    return Ok(None);
                }
                around.sign(Sign::Minus)?;
                length
            }
            '+' | '\u{ff0b}' => {
                around.sign(Sign::Plus)?;
                length
            }
            _ => {
                let text = if length == sign.len_utf8() { rest } else { sign_text(sign).ok_or(Fault::Stray)? };
                let (found, found_length) = Currency::at_start(text).ok_or(Fault::Stray)?;
                around.currency(found)?;
                if length == sign.len_utf8() { found_length } else { length }
            }
        };
        rest = peel::bare_start(&rest[step..]);
    }
    if rest.is_empty() {
        // Only nothing at all says that there is no amount.
        let nothing = around.sign.is_none() && around.currency.is_none() && !around.opened;
        return if nothing { Ok(None) } else { Err(Fault::Stray) };
    }
    while let Some((sign, length)) = peel::last(rest) {
        let step = match sign {
            '0'..='9' | ',' => break,
            '.' => match Currency::at_end(rest) {
                Some((found, length)) => {
                    around.currency(found)?;
                    length
                }
                None => break,
            },
            ')' if around.opened && !around.closed => {
                around.closed = true;
                length
            }
            sign if peel::is_dash(sign) => {
                let before = rest.trim_end_matches(peel::is_dash);
                if peel::bare_end(before).ends_with(['.', ',']) {
                    // Dashes for decimals: 100,- and 100.--
                    rest = peel::bare_end(before);
                    break;
                }
                around.sign(Sign::Minus)?;
                length
            }
            '+' => {
                around.sign(Sign::Plus)?;
                length
            }
            _ => match credit_or_debit(rest) {
                Some(found) => {
                    around.sign(found)?;
                    2
                }
                None if length == sign.len_utf8() => {
                    let (found, length) = Currency::at_end(rest).ok_or(Fault::Stray)?;
                    around.currency(found)?;
                    length
                }
                None => {
                    let (found, _) = sign_text(sign).and_then(Currency::at_start).ok_or(Fault::Stray)?;
                    around.currency(found)?;
                    length
                }
            },
        };
        rest = peel::bare_end(&rest[..rest.len() - step]);
    }
    if around.opened != around.closed {
        return Err(Fault::Stray);
    }
    if around.opened {
        around.sign(Sign::Parentheses)?;
    }
    Ok(Some(Shape { body: rest, sign: around.sign, currency: around.currency }))
}

/// A currency sign that HTML wrote by name, as text.
fn sign_text(sign: char) -> Option<&'static str> {
    ["€", "£", "¥", "$"].into_iter().find(|text| text.starts_with(sign))
}

/// `CR` or `DR` at the end of a text.
fn credit_or_debit(text: &str) -> Option<Sign> {
    let at = text.len().checked_sub(2)?;
    let (before, mark) = (text.get(..at)?, text.get(at..)?);
    if before.ends_with(char::is_alphabetic) {
        return None;
    }
    let is = |word: &str| mark.eq_ignore_ascii_case(word);
    if is("cr") { Some(Sign::Credit) } else { is("dr").then_some(Sign::Debit) }
}

/// Whether a cell is a number such as `1.2E+05`.
fn is_power(cell: &str) -> bool {
    let digits = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '+' | '-'));
    cell.trim().split_once(['E', 'e']).is_some_and(|(base, power)| {
        base.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-') && digits(base) && digits(power)
    })
}

/// What digits and marks say about the decimal mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Says {
    /// They are no number.
    Nothing,
    /// Both marks give the same number.
    Same {
        /// Four digits or more without a mark between.
        is_unparted: bool,
    },
    /// They read with this mark only.
    Only(Mark),
    /// Both marks give a number, and not the same; this one is written.
    Either(Mark),
}

fn says(body: &str) -> Says {
    let in_range = |number: Number| number.cents <= MOST_CENTS;
    let [point, comma] = [Mark::Point, Mark::Comma].map(|mark| number(body, mark).filter(|&number| in_range(number)));
    match (point, comma) {
        (None, None) => Says::Nothing,
        (Some(_), None) => Says::Only(Mark::Point),
        (None, Some(_)) => Says::Only(Mark::Comma),
        (Some(point), Some(comma)) if point == comma => {
            let digits = body.trim_start_matches('0');
            Says::Same { is_unparted: digits.len() > 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) }
        }
        (Some(_), Some(_)) => Says::Either(if body.contains(',') { Mark::Comma } else { Mark::Point }),
    }
}

/// The largest amount, that of [`crate::money::Usd`], in cents.
const MOST_CENTS: i64 = 1_000_000_000_000;

/// The value of digits and marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Number {
    /// Hundredths, cut; the largest number where there are more.
    cents: i64,
    /// The digit after the hundredths.
    third: u8,
    /// Whether anything beyond the hundredths is not zero.
    beyond: bool,
}

/// What parts thousands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Parting {
    Mark,
    Apostrophe,
    Blank,
}

/// The thousands of a number while they are read.
#[derive(Default)]
struct Groups {
    parting: Option<Parting>,
    /// Digits since the last mark, or since the start.
    length: usize,
    /// A group between others had two digits, as in India.
    twos: bool,
    /// A group between others had three digits.
    threes: bool,
    /// The first group had three digits.
    full_start: bool,
}

impl Groups {
    /// Ends a group at a mark; none if it cannot end there.
    fn part(&mut self, parting: Parting, leads_with_zero: bool) -> Option<()> {
        match self.parting {
            None if leads_with_zero || !(1..=3).contains(&self.length) => return None,
            None => self.full_start = self.length == 3,
            Some(before) if before != parting => return None,
            Some(_) => match self.length {
                2 => self.twos = true,
                3 => self.threes = true,
                _ => return None,
            },
        }
        (self.parting, self.length) = (Some(parting), 0);
        Some(())
    }

    /// Whether the number may end, or its decimals begin.
    fn are_whole(&self, decimal: Mark) -> bool {
        let Some(parting) = self.parting else { return true };
        // Indian groups are 1,23,45,678: pairs before the last three, parted by commas.
        let indian = parting == Parting::Mark && decimal == Mark::Point && !self.threes && !self.full_start;
        self.length == 3 && (!self.twos || indian)
    }
}

/// Reads digits and marks with a decimal mark; none if they are no number.
fn number(body: &str, decimal: Mark) -> Option<Number> {
    let mut number = Number::default();
    let (mut whole, mut digits, mut groups, mut fraction) = (0i64, 0usize, Groups::default(), None::<usize>);
    let leads_with_zero = body.starts_with('0');
    let mut rest = body;
    while let Some((sign, length)) = peel::first(rest) {
        rest = &rest[length..];
        if let Some(value) = sign.to_digit(10) {
            digits += 1;
            match &mut fraction {
                None => {
                    whole = whole.saturating_mul(10).saturating_add(i64::from(value));
                    groups.length += 1;
                }
                Some(places) => {
                    *places += 1;
                    match *places {
                        1 => number.cents = i64::from(value * 10),
                        2 => number.cents += i64::from(value),
                        3 => number.third = u8::try_from(value).unwrap_or(9),
                        _ => {}
                    }
                    number.beyond |= *places > 2 && value > 0;
                }
            }
            continue;
        }
        if fraction.is_some() {
            return None;
        }
        if sign == decimal.sign() {
            if !groups.are_whole(decimal) {
                return None;
            }
            fraction = Some(0);
            continue;
        }
        let parting = match sign {
            '.' | ',' => Parting::Mark,
            '\'' | '’' | '‘' | '′' | '`' | '´' => Parting::Apostrophe,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => Parting::Blank,
            _ => return None,
        };
        groups.part(parting, leads_with_zero)?;
    }
    if digits == 0 || (fraction.is_none() && !groups.are_whole(decimal)) {
        return None;
    }
    number.cents = whole.saturating_mul(100).saturating_add(number.cents);
    Some(number)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
