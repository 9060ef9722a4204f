//! What the files of banks, cards, platforms and time trackers look like: data in `profiles/*.toml`, one file a house,
//! and the user's own profiles beside them.
//!
//! A layout is known by names of its header, matched whole; of several that match, the one that names most columns.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::columns::columns;
use super::header::normal;
pub use super::value::amount::Mark as DecimalMark;
pub use super::value::date::Order as DateOrder;
use crate::book::entry::Kind;

/// What is built in.
const FILES: [(&str, &str); 25] = [
    ("ally.toml", include_str!("profiles/ally.toml")),
    ("amazon.toml", include_str!("profiles/amazon.toml")),
    ("american-express.toml", include_str!("profiles/american-express.toml")),
    ("apple.toml", include_str!("profiles/apple.toml")),
    ("bank-of-america.toml", include_str!("profiles/bank-of-america.toml")),
    ("budget-apps.toml", include_str!("profiles/budget-apps.toml")),
    ("capital-one.toml", include_str!("profiles/capital-one.toml")),
    ("cash-app.toml", include_str!("profiles/cash-app.toml")),
    ("chase.toml", include_str!("profiles/chase.toml")),
    ("citi.toml", include_str!("profiles/citi.toml")),
    ("credit-unions.toml", include_str!("profiles/credit-unions.toml")),
    ("discover.toml", include_str!("profiles/discover.toml")),
    ("europe.toml", include_str!("profiles/europe.toml")),
    ("fidelity.toml", include_str!("profiles/fidelity.toml")),
    ("paypal.toml", include_str!("profiles/paypal.toml")),
    ("plaid.toml", include_str!("profiles/plaid.toml")),
    ("quickbooks.toml", include_str!("profiles/quickbooks.toml")),
    ("robinhood.toml", include_str!("profiles/robinhood.toml")),
    ("schwab.toml", include_str!("profiles/schwab.toml")),
    ("sheets.toml", include_str!("profiles/sheets.toml")),
    ("square.toml", include_str!("profiles/square.toml")),
    ("stripe.toml", include_str!("profiles/stripe.toml")),
    ("time-trackers.toml", include_str!("profiles/time-trackers.toml")),
    ("venmo.toml", include_str!("profiles/venmo.toml")),
    ("wells-fargo.toml", include_str!("profiles/wells-fargo.toml")),
];

/// Which way money goes by the sign of an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// Money in is positive, money out negative.
    In,
    /// Money out is positive, as on many cards; money in negative.
    Reversed,
    /// Every amount is money out; a negative one came back.
    Out,
    /// The amount has no sign of meaning; a column of its own says debit or credit.
    Type,
}

/// A layout of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name, as `--profile` takes it.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// What the file holds: bank, unless said.
    #[serde(default = "bank")]
    pub kind: String,
    /// What the account is called where the file does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// Whether the account is a card: a payment to it is money in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub card: bool,
    /// Names that the header must have, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// What the columns hold where there is no header: date, amount, check, text, or the exact cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// How dates of digits are written, where the house always writes them so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// Which way money goes; by the sign, unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Sign>,
    /// Words of the status column of rows that are not booked yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// Words of the status column of rows that came to nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub void: Vec<String>,
    /// What the user has to know of such files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caution: String,
    /// Which columns are read: what they hold, and their names in the header, or their numbers from 1.
    pub columns: BTreeMap<String, Vec<String>>,
}

fn bank() -> String {
    Kind::Bank.word().to_owned()
}

/// A file of profiles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    layout: Vec<Profile>,
}

/// All profiles: the user's own before those that are built in.
#[derive(Clone, Debug)]
pub struct Profiles {
    own: Vec<Profile>,
}

impl Default for Profiles {
    fn default() -> Profiles {
        Profiles::built_in()
    }
}

/// Why a text is no file of profiles.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

impl Profiles {
    /// Those that are built in.
    pub fn built_in() -> Profiles {
        Profiles { own: Vec::new() }
    }

    /// Adds the user's own, from the text of a TOML file.
    ///
    /// # Errors
    /// The text is not TOML, names an unknown kind or column, or says nothing to know a file by.
    pub fn with(mut self, text: &str) -> Result<Profiles, Unusable> {
        let file: File = toml::from_str(text).map_err(|error| Unusable(error.to_string()))?;
        for profile in file.layout {
            profile.check()?;
            self.own.push(profile);
        }
        Ok(self)
    }

    /// All, in the order in which they are tried.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        self.own.iter().chain(built_in())
    }

    /// The profile of a name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.all().find(|profile| profile.name == name)
    }

    /// The profile that a header shows: of those whose names it has, the one with most; of equals the user's own.
    pub(super) fn of_header<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Option<&Profile> {
        let names: Vec<String> = cells.map(normal).collect();
        let shows = |profile: &&Profile| !profile.header.is_empty() && profile.fits(&names);
        // Of equally long ones the first.
        let longest = |profiles: &[Profile]| -> Option<usize> {
            let fit = profiles.iter().enumerate().filter(|(_, profile)| shows(profile));
            fit.max_by_key(|(index, profile)| (profile.header.len(), Reverse(*index))).map(|(index, _)| index)
        };
        let own = longest(&self.own).map(|index| &self.own[index]);
        let house = longest(built_in()).map(|index| &built_in()[index]);
        match (own, house) {
            // A house that names more columns knows the file better.
            (Some(own), Some(house)) if house.header.len() > own.header.len() => Some(house),
            (own, house) => own.or(house),
        }
    }
}

impl Profile {
    /// The profile as an entry of a file of profiles.
    pub fn to_toml(&self) -> String {
        #[derive(Serialize)]
        struct Entry<'a> {
            layout: [&'a Profile; 1],
        }
        toml::to_string(&Entry { layout: [self] }).unwrap_or_default()
    }
}

/// The profiles of the program.
fn built_in() -> &'static [Profile] {
    static ALL: OnceLock<Vec<Profile>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(name, text): &(&str, &str)| -> Vec<Profile> {
            let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            file.layout
        };
        FILES.iter().flat_map(read).collect()
    })
}

impl Profile {
    /// What the file holds.
    pub(super) fn kind(&self) -> Kind {
        Kind::ALL.into_iter().find(|kind| kind.word() == self.kind).unwrap_or(Kind::Bank)
    }

    /// Whether a header has all names of the profile.
    pub(super) fn fits(&self, names: &[String]) -> bool {
        self.header.iter().map(|name| normal(name)).all(|name| names.contains(&name))
    }

    fn check(&self) -> Result<(), Unusable> {
        let wrong = |what: String| Err(Unusable(format!("profile {}: {what}", self.name)));
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == self.kind) else {
            return wrong(format!(
                "there is no kind {:?}: charts, payments, expenses, assets, trips, bank or time",
                self.kind
            ));
        };
        if self.header.is_empty() && self.cells.is_empty() {
            return wrong("it names no header to know a file by".to_owned());
        }
        for name in self.columns.keys() {
            if !columns(kind).iter().any(|column| column.name == name) {
                let known: Vec<&str> = columns(kind).iter().map(|column| column.name).collect();
                return wrong(format!("there is no column {name:?}; a {} file has {}", self.kind, known.join(", ")));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_is_sound() {
        let mut names = Vec::new();
        for profile in built_in() {
            profile.check().unwrap();
            assert!(!names.contains(&&profile.name), "{} stands twice", profile.name);
            names.push(&profile.name);
            let header: Vec<String> = profile.header.iter().map(|name| normal(name)).collect();
            if !header.is_empty() {
                assert!(profile.fits(&header));
                let required = columns(profile.kind()).iter().filter(|column| column.required);
                for column in required {
                    assert!(profile.columns.contains_key(column.name), "{}: {}", profile.name, column.name);
                }
            }
        }
    }

    #[test]
    fn files_are_listed() {
        let mut found: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/import/profiles"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(found, FILES.map(|(name, _)| name));
    }

    #[test]
    fn the_longest_header_wins() {
        let of = |header: &str| Profiles::built_in().of_header(header.split(',')).map(|profile| profile.name.clone());
        assert_eq!(
            of("Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes"),
            Some("mint".to_owned())
        );
        assert_eq!(of("Transaction Date,Post Date,Description,Category,Type,Amount,Memo"), Some("chase-card".into()));
        assert_eq!(of("Date,Description,Amount"), None);
    }

    #[test]
    fn own_profiles_come_first_and_are_checked() {
        let text = "[[layout]]\nname = \"mine\"\ntitle = \"Mine\"\nheader = [\"Date\", \"Amount\"]\n[layout.columns]\ndate = [\"Date\"]\n";
        let profiles = Profiles::built_in().with(text).unwrap();
        assert_eq!(profiles.of_header("Date,Description,Amount".split(',')).unwrap().name, "mine");
        let error = Profiles::built_in().with(&text.replace("date = ", "day = ")).unwrap_err();
        assert!(error.to_string().contains("there is no column \"day\""), "{error}");
    }
}
