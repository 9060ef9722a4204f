//! What the user says of files, and how they are read.

use chrono::NaiveDate;

use super::phi::surrogate::Key;
use super::profile::{DateOrder, DecimalMark, Profiles, Sign};
use crate::book::entry::Kind;

/// What to do with columns whose names look like patient data.
#[derive(Clone, Debug, Default)]
pub enum Phi {
    /// Refuse the file and name the columns.
    #[default]
    Refuse,
    /// Leave the columns unread. Rows of single charts are added up.
    Strip,
    /// As [`Phi::Strip`], but rows of single charts stay, each with a surrogate of its numbers of record, account,
    /// encounter or claim under the book's key.
    Surrogate(Key),
}

impl Phi {
    pub(super) fn refuses(&self) -> bool {
        matches!(self, Phi::Refuse)
    }
}

/// What the user says of a file.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// What it holds.
    pub kind: Option<Kind>,
    /// The profile to read it by.
    pub profile: Option<String>,
    /// Columns of the file and what they hold; `-` is left out.
    pub map: Vec<(String, String)>,
    /// The order of day and month.
    pub dates: Option<DateOrder>,
    /// Which way money goes by the sign.
    pub sign: Option<Sign>,
    /// What stands before the decimals.
    pub decimal: Option<DecimalMark>,
    /// What the account is called.
    pub account: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// The ids of the expense categories; empty means that categories are not checked.
    pub known_categories: &'a [&'a str],
    /// What to do with columns whose names look like patient data.
    pub phi: Phi,
    /// What the user says of the file.
    pub choices: Choices,
    /// Assets and trips after this day are refused.
    pub today: Option<NaiveDate>,
    /// The profiles that are known.
    pub profiles: Profiles,
}
