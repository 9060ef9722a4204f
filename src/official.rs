//! Official forms: the blank PDFs of the IRS that the user has downloaded, filled from the year's return.
//!
//! Which field holds what is data ([`map`]), for one revision of one form of one year, known by its digest. Another
//! revision is refused: a number in a wrong box is worse than an empty one. Nothing here reads a file or the clock.

mod appearance;
mod driven;
pub mod form;
pub mod map;
mod rows;
mod said;
mod value;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub use form::{Entry, Form, Problem};
pub use map::{Map, Place, Shown};
use said::Said;

use crate::money::Usd;
use crate::tax::Return;
use crate::tax::form::Value;
use crate::tax::view::FormView;
use crate::year::Year;

/// A file that is not filled, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A form of another year.
    #[error("this is {title} of {found}; that of {expected} is wanted")]
    OtherYear {
        /// What the form is called.
        title: &'static str,
        /// The year it is of.
        found: u16,
        /// The year that is filled.
        expected: u16,
    },
    /// A form that is known, but not this file of it.
    #[error(
        "this calls itself {title} of {year}, but it is not the blank whose fields perchart knows: a later revision, or one that was filled or saved. Its SHA-256 is {found}; expected was {expected}"
    )]
    OtherRevision {
        /// What the form is called.
        title: &'static str,
        /// The year.
        year: u16,
        /// The digest of the file.
        found: String,
        /// The digests that are known.
        expected: String,
    },
    /// No form whose fields are known.
    #[error("this is no form whose fields perchart knows: {says} (SHA-256 {digest})")]
    Unknown {
        /// What the document says of itself.
        says: String,
        /// Its digest.
        digest: String,
    },
    /// A form of the year that perchart has no map for: its lines are to be copied by hand.
    #[error("perchart has no map for it: copy its lines by hand")]
    NoMap {
        /// What the form is called.
        title: String,
    },
    /// A PDF that cannot be filled.
    #[error(transparent)]
    Unfit(#[from] Problem),
}

/// What became of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Filled.
    Entry(Entry),
    /// There is nothing to enter: the line is zero, or what the box says does not hold.
    Nothing,
    /// Left to the user, and why.
    Left(String),
}

/// A field and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The full name of the field.
    pub field: String,
    /// Where it stands on the paper.
    pub at: String,
    /// What became of it.
    pub found: Found,
}

/// A row that the form has no room for: the last of its printed rows is the sum of such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The line it belongs to.
    pub at: String,
    /// What it is.
    pub what: String,
    /// The other columns, each with its name.
    pub cells: Vec<String>,
}

/// A form of the return, filled.
pub struct Filled {
    /// Its map.
    pub map: &'static Map,
    /// Whose copy it is: nothing for the filer's first, else `@2`, `@spouse`.
    pub copy: String,
    /// Every field, in the order of the file.
    pub fields: Vec<Outcome>,
    /// What goes on a statement that is attached.
    pub statements: Vec<Listed>,
    /// The filled PDF.
    pub bytes: Vec<u8>,
}

impl Filled {
    /// The name of its file: `f1040sc-2024.pdf`, `f1040sse-2025-spouse.pdf`.
    pub fn file(&self) -> String {
        file_name(self.map, &self.copy)
    }
}

/// The name of the file of a filled form.
fn file_name(map: &Map, copy: &str) -> String {
    format!("{}-{}{}.pdf", map.file.trim_end_matches(".pdf"), map.year, copy.replace('@', "-"))
}

/// The digest of a file, as maps state it.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The map of a blank form.
///
/// # Errors
/// It is a form of another year, or none whose fields are known.
pub fn recognise(bytes: &[u8], year: u16) -> Result<&'static Map, Refused> {
    let digest = digest(bytes);
    let known = map::all().iter().find(|map| map.sha256.contains(&digest));
    match known {
        Some(map) if map.year == year => Ok(map),
        Some(map) => Err(Refused::OtherYear { title: &map.title, found: map.year, expected: year }),
        None => {
            let title = Form::read(bytes)?.title().unwrap_or_default();
            let of_year = map::all().iter().filter(|map| map.year == year);
            match of_year.into_iter().find(|map| title.trim() == format!("{} {}", map.year, map.title)) {
                Some(map) => Err(Refused::OtherRevision {
                    title: &map.title,
                    year,
                    found: digest,
                    expected: map.sha256.join(" or "),
                }),
                None if is_form_of(title.trim(), year) => {
                    Err(Refused::NoMap { title: title.trim().trim_start_matches(&year.to_string()).trim().to_owned() })
                }
                None if title.is_empty() => Err(Refused::Unknown { says: "it states no title".to_owned(), digest }),
                None => Err(Refused::Unknown { says: format!("its title is \"{title}\""), digest }),
            }
        }
    }
}

/// Does a document call itself a form of the year, as the IRS titles them: `2025 Schedule 2 (Form 1040)`, `2025 Form 8889`?
fn is_form_of(title: &str, year: u16) -> bool {
    let name = title.strip_prefix(&year.to_string()).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
    let number = name.strip_prefix("Form ");
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        || name.strip_prefix("Schedule ").is_some_and(|rest| rest.ends_with("(Form 1040)"))
}

/// The forms of a year whose fields are known, in words.
pub fn known_of(year: u16) -> String {
    let files: Vec<&str> = map::all().iter().filter(|map| map.year == year).map(|map| map.file.as_str()).collect();
    match files.as_slice() {
        [] => "none".to_owned(),
        [only] => (*only).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The copies of a form that belong to a return; none where it has no such form.
pub fn copies(map: &Map, filled: &Return) -> Vec<String> {
    let forms = filled.forms().forms;
    if map.replaced_by.as_ref().is_some_and(|line| line_of(&forms, map, "", line).is_some_and(|value| !is_zero(value)))
    {
        return Vec::new();
    }
    let mut copies: Vec<String> = Vec::new();
    for view in forms.iter().filter(|view| view.filled.id() == map.form) {
        let copy = view.name.trim_start_matches(map.form.as_str()).to_owned();
        let wanted = |line: &String| line_of(&forms, map, &copy, line).is_some_and(|value| !is_zero(value));
        if !copies.contains(&copy)
            && (map.wanted.is_empty() || map.wanted.iter().any(wanted) || begins(map, filled, &copy))
        {
            copies.push(copy);
        }
    }
    copies
}

/// Is it Form 4562, for the home's first year of business use alone? Its depreciation is on Form 8829; line 19j names it.
fn begins(map: &Map, filled: &Return, copy: &str) -> bool {
    map.form == "form-4562" && copy.is_empty() && rows::home_begins(filled).is_some()
}

/// What Form 4562 says of the home in the year in which its business use begins, in words; none in other years.
pub fn home_row(filled: &Return) -> Option<String> {
    let (from, basis, amount) = rows::home_begins(filled)?;
    let line = if filled.year < 2025 { "19i" } else { "19j" };
    Some(format!(
        "Form 4562, line {line}: your home, first used for business in {from}, column (c) {}, column (g) {}, from Form 8829 lines 40 and 42. It is no part of Form 4562 line 22 or of Schedule C line 13: Form 8829 deducts it.",
        value::dollars(basis),
        value::dollars(amount)
    ))
}

/// Has a return something on a form, whether or not its fields are known?
pub fn has(form: &str, filled: &Return) -> bool {
    let forms = filled.forms().forms;
    let lines = forms.iter().filter(|view| view.filled.id() == form).flat_map(|view| view.filled.lines(filled.year));
    // Lines of ours that are not printed, such as start-up costs deducted at once, make no form.
    let mut lines =
        lines.filter(|line| line.number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())));
    lines.any(|line| matches!(line.value, Value::Usd(amount) if amount != Usd::ZERO))
}

/// Fills a blank form, one time for each copy that the return has of it.
///
/// # Errors
/// The blank cannot be read, or the filled form cannot be written.
pub fn fill(map: &'static Map, blank: &[u8], year: &Year, filled: &Return) -> Result<Vec<Filled>, Problem> {
    let forms = filled.forms().forms;
    let fill = |copy: String| {
        let form = Form::read(blank)?;
        let said = Said::of(&map.form, year, filled, &copy);
        let fields: Vec<Outcome> = form.fields().iter().map(|field| outcome(map, &field.name, &forms, &said)).collect();
        let entries: Vec<(usize, Entry)> = fields
            .iter()
            .enumerate()
            .filter_map(|(at, outcome)| match &outcome.found {
                Found::Entry(entry) => Some((at, entry.clone())),
                _ => None,
            })
            .collect();
        let statements = said.tables.iter().flat_map(|table| {
            let rows = table.statement().into_iter();
            rows.map(|(what, cells)| Listed { at: table.at.to_owned(), what, cells })
        });
        let statements = statements.chain(said.more_cars(&map.form)).collect();
        Ok(Filled { map, fields, statements, bytes: form.filled(&entries)?, copy })
    };
    copies(map, filled).into_iter().map(fill).collect()
}

/// What becomes of every field of a map's form, without a blank: by the names of the map.
pub fn outcomes(map: &Map, year: &Year, filled: &Return, copy: &str) -> Vec<Outcome> {
    let forms = filled.forms().forms;
    let said = Said::of(&map.form, year, filled, copy);
    map.places().map(|(field, _)| outcome(map, &field, &forms, &said)).collect()
}

/// What becomes of a field.
fn outcome(map: &Map, field: &str, forms: &[FormView], said: &Said) -> Outcome {
    let unknown = || Found::Left("perchart does not know this field".to_owned());
    let text = |text: String| if text.is_empty() { Found::Nothing } else { Found::Entry(Entry::Text(text)) };
    let (at, found) = match map.place(field) {
        None => ("", unknown()),
        Some(Place::Line { line, zero, shown }) => {
            let found = match line_of(forms, map, said.copy, line) {
                Some(value) => value::written(value, zero.as_deref(), *shown).map_or(Found::Nothing, text),
                None => Found::Left("perchart does not fill this line".to_owned()),
            };
            (line.as_str(), found)
        }
        Some(Place::Text { text: name, at }) => {
            (at.as_str(), said.text(name).map_or_else(unknown, |answer| answer.map_or_else(Found::Left, text)))
        }
        Some(Place::Check { check, on, at }) => {
            let found = match said.holds(check) {
                None => unknown(),
                Some(Err(reason)) => Found::Left(reason),
                Some(Ok(true)) => Found::Entry(Entry::Checked(on.clone())),
                Some(Ok(false)) => Found::Nothing,
            };
            (at.as_str(), found)
        }
        Some(Place::Leave { leave, at, when }) => {
            let matters = when.as_ref().is_none_or(|when| matters(when, map, forms, said));
            let reason = || map::reasons().get(leave).map_or_else(unknown, |reason| Found::Left(reason.clone()));
            (at.as_str(), if matters { reason() } else { Found::Nothing })
        }
    };
    Outcome { field: field.to_owned(), at: at.to_owned(), found }
}

/// Does a field that is left to the user matter in this return?
fn matters(when: &str, map: &Map, forms: &[FormView], said: &Said) -> bool {
    if let Some(line) = when.strip_suffix(" < 0") {
        let value = line_of(forms, map, said.copy, line);
        return matches!(value, Some(Value::Usd(amount)) if amount < Usd::ZERO);
    }
    match said.holds(when) {
        Some(answer) => answer.unwrap_or(true),
        None => line_of(forms, map, said.copy, when).is_some_and(|value| !is_zero(value)),
    }
}

/// What stands on a line, of the copy that is filled or, of another form, of the same owner where it has one.
fn line_of(forms: &[FormView], map: &Map, copy: &str, line: &str) -> Option<Value> {
    let (form, number) = line.rsplit_once('.').unwrap_or((&map.form, line));
    let named = |name: &str| {
        let lines = forms.iter().filter(|view| view.name == name).flat_map(|view| view.filled.lines(map.year));
        lines.into_iter().find(|line| line.number == Some(number)).map(|line| line.value)
    };
    named(&format!("{form}{copy}")).or_else(|| named(form))
}

fn is_zero(value: Value) -> bool {
    match value {
        Value::Usd(amount) => amount == Usd::ZERO,
        Value::Number(number) => number.is_zero(),
        Value::Rate(rate) => rate.to_decimal().is_zero(),
        Value::Count(count) => count == 0,
        Value::Ratio(ratio) => ratio.of == 0,
        Value::Word(word) => word.is_empty(),
    }
}
