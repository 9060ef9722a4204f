//! What the guard means for the kinds of files, and what may be kept of a log of single charts.

pub mod aggregate;
pub mod surrogate;

use chrono::NaiveDate;

use crate::book::entry::Kind;
use crate::guard::{self, Rule, Scope};

/// What a file of a kind is about.
pub(super) fn scope(kind: Kind) -> Scope {
    match kind {
        Kind::Charts => Scope::Work,
        Kind::Payments | Kind::Expenses => Scope::Money,
    }
}

/// Whether the name of a column looks like patient data in a file of this kind.
pub(super) fn looks_like_patient_data(name: &str, kind: Kind) -> bool {
    guard::name(name, scope(kind)).is_some()
}

/// Whether a cell of text looks like patient data in any file. A card number is the owner's.
pub(super) fn holds_patient_data(cell: &str) -> bool {
    guard::text(cell, Scope::Money, NaiveDate::MIN).is_some_and(|rule| rule != Rule::Card)
}

/// The rule that a text of a row of work hits.
pub(super) fn in_work(cell: &str, day: NaiveDate) -> Option<Rule> {
    guard::text(cell, Scope::Work, day)
}

/// The text; numbers are shortened where one is a card's.
pub(super) fn without_cards(text: String) -> String {
    let card = guard::text(&text, Scope::Money, NaiveDate::MIN) == Some(Rule::Card);
    if card { guard::mask(&text).into_owned() } else { text }
}
