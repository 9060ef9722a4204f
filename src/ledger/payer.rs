//! A payer's name in the words of a statement.

use super::words::{Statement, folded};
use crate::book::entry::Payment;
use crate::book::work::Work;
use crate::earnings::same_name;
use crate::profile::Payer;

/// Banks cut a company's name at sixteen characters, spaces counted; so many letters of it are enough.
const ENOUGH: usize = 12;

/// A name of fewer letters must stand as whole words.
const SHORT: usize = 5;

/// Words of a name that say what kind of company it is. Statements leave them out.
const FORMS: [&str; 11] = ["llc", "inc", "corp", "corporation", "company", "co", "ltd", "lp", "llp", "pllc", "pc"];

/// The names of all payers, each once: of the profile, of work done and of payments.
pub fn names(profile: &[Payer], work: &Work, payments: &[Payment]) -> Vec<String> {
    let stated = profile.iter().filter_map(|payer| payer.name.as_deref());
    let worked = work.months.iter().map(|month| &*month.payer);
    let paid = payments.iter().map(|row| row.payer.as_str());
    let mut names: Vec<String> = Vec::new();
    for name in stated.chain(worked).chain(paid) {
        // Rows of one payer follow each other, so the latest name is asked first.
        if !names.iter().rev().any(|known| same_name(known, name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Do the words of a statement, or of a vendor, name this payer?
pub fn names_payer(words: &str, payer: &str) -> bool {
    Payers::is_named(&Statement::new(words), payer)
}

/// Which payer a statement names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// None.
    None,
    /// One, by its place.
    One(usize),
    /// Several, equally well.
    Several,
}

/// The payers, ready to be looked for.
pub(super) struct Payers {
    /// Each one's letters and digits, without its legal form, and its words.
    known: Vec<(String, String)>,
}

impl Payers {
    pub(super) fn new(names: &[String]) -> Payers {
        let known = names.iter().map(|name| {
            let all = folded(name);
            let mut words: Vec<&str> = all.split_ascii_whitespace().collect();
            while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
                words.pop();
            }
            (words.concat(), words.join(" "))
        });
        Payers { known: known.collect() }
    }

    /// The payer that a statement names with the most letters.
    pub(super) fn find(&self, statement: &Statement) -> Found {
        let mut best = (0, Found::None);
        for (index, (letters, words)) in self.known.iter().enumerate() {
            let length = named(statement, letters, words);
            if length > best.0 {
                best = (length, Found::One(index));
            } else if length == best.0 && length > 0 {
                best.1 = Found::Several;
            }
        }
        best.1
    }

    /// Does a statement name this payer?
    pub(super) fn is_named(statement: &Statement, payer: &str) -> bool {
        let wanted = Payers::new(&[payer.to_owned()]);
        wanted.find(statement) != Found::None
    }
}

/// How many letters of a name are in a statement, from the beginning of one of its words; 0 where too few.
fn named(statement: &Statement, letters: &str, words: &str) -> usize {
    if letters.is_empty() {
        return 0;
    }
    if letters.len() < SHORT {
        return if statement.says(words) { letters.len() } else { 0 };
    }
    let needed = letters.len().min(ENOUGH);
    let text = statement.text.as_bytes();
    // How many letters are the same from a space on; none where the last of them stands within a word.
    let shared = |at: usize| {
        let mut wanted = letters.bytes();
        let mut length = 0;
        for byte in text[at..].iter().copied() {
            if byte == b' ' {
                continue;
            }
            if wanted.next() != Some(byte) {
                break;
            }
            length += 1;
        }
        let ends = text[at..].iter().scan(0, |letters, byte| {
            *letters += usize::from(*byte != b' ');
            Some((*letters, *byte))
        });
        let whole = ends.skip_while(|(letters, _)| *letters < length).nth(1).is_none_or(|(_, byte)| byte == b' ');
        if whole { length } else { 0 }
    };
    let starts = (0..text.len()).filter(|at| text[*at] == b' ');
    starts.map(shared).max().filter(|length| *length >= needed).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[&str], text: &str) -> Found {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Payers::new(&names).find(&Statement::new(text))
    }

    #[test]
    fn a_payer_is_found_as_banks_write_it() {
        let names = ["Kode Health, Inc.", "Northwind Coding Services LLC", "RCM"];
        assert_eq!(find(&names, "KODE HEALTH DES:DIRECT DEP ID:XXX"), Found::One(0));
        assert_eq!(find(&names, "KODEHEALTH INC PAYMENT"), Found::One(0));
        assert_eq!(find(&names, "ORIG CO NAME:NORTHWIND CODING ORIG ID:9"), Found::One(1));
        assert_eq!(find(&names, "RCM ACH"), Found::One(2));
        assert_eq!(find(&names, "ARCMED ACH"), Found::None);
        assert_eq!(find(&names, "KODEX HEALTHY"), Found::None);
        assert_eq!(find(&names, "NORTHWIND BAKERY"), Found::None);
    }

    #[test]
    fn two_payers_that_fit_alike_are_asked_for() {
        let names = ["Medical Coding East", "Medical Coding West"];
        assert_eq!(find(&names, "MEDICAL CODING E DEP"), Found::One(0));
        assert_eq!(find(&names, "MEDICAL CODING DEP"), Found::Several);
    }
}
