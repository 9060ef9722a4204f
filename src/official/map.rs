//! The maps: which field of an official form holds what. Data, one file a form and year in `maps`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// The fields of one form of one year.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Our form whose lines it shows, such as `schedule-c`.
    pub form: String,
    /// The tax year.
    pub year: u16,
    /// The name under which the IRS publishes it.
    pub file: String,
    /// What the form is called.
    pub title: String,
    /// The digests of the blank forms whose fields these are: revisions of a year with the same fields.
    pub sha256: Vec<String>,
    /// Lines of which one is not zero in a return that has the form; with none, every return has it.
    #[serde(default)]
    pub wanted: Vec<String>,
    /// A line that is not zero where another form takes the place of this one.
    pub replaced_by: Option<String>,
    /// Every field: the group of its full name, then the rest of it.
    fields: BTreeMap<String, BTreeMap<String, Place>>,
}

/// What goes into a field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Place {
    /// What stands on a line of this form, or of another: `simplified-method.2`.
    Line {
        /// The line, by its printed number.
        line: String,
        /// What is written for zero; nothing where the form does not ask for it.
        zero: Option<String>,
        /// How it is written.
        #[serde(default)]
        shown: Shown,
    },
    /// What profile and records say, by a name of `official::said`.
    Text {
        /// The name.
        text: String,
        /// Where it stands on the paper.
        at: String,
    },
    /// A box that is checked where something holds, by a name of `official::said`.
    Check {
        /// The name.
        check: String,
        /// The state of the box.
        on: String,
        /// Where it stands on the paper.
        at: String,
    },
    /// Left to the user.
    Leave {
        /// Why, by a key of [`reasons`].
        leave: String,
        /// Where it stands on the paper.
        at: String,
        /// What has to hold for the field to matter, by a name of `official::said`, or a line that is not zero; `31 < 0`
        /// is a line that is a loss. Without, it always matters.
        when: Option<String>,
    },
}

/// How the figure of a line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// As the line is; a loss stands in parentheses.
    #[default]
    Plain,
    /// Between printed parentheses: without a sign.
    Enclosed,
    /// Before a printed percent sign.
    Percent,
}

impl Map {
    /// What goes into a field of a full name.
    pub fn place(&self, field: &str) -> Option<&Place> {
        self.fields.iter().find_map(|(group, places)| places.get(field.strip_prefix(group)?.strip_prefix('.')?))
    }

    /// The full names of all fields with what goes into them.
    pub fn places(&self) -> impl Iterator<Item = (String, &Place)> {
        self.fields
            .iter()
            .flat_map(|(group, places)| places.iter().map(move |(rest, place)| (format!("{group}.{rest}"), place)))
    }

    /// Where the IRS keeps the form of that year.
    pub fn address(&self) -> String {
        let stem = self.file.trim_end_matches(".pdf");
        format!("https://www.irs.gov/pub/irs-prior/{stem}--{}.pdf", self.year)
    }
}

/// Lists the maps.
macro_rules! files {
    ($($file:literal)+) => { [$(($file, include_str!(concat!("maps/", $file)))),+] };
}

const FILES: &[(&str, &str)] = &files! {
    "2024/f1040.toml" "2024/f1040sc.toml" "2024/f1040sse.toml" "2024/f8995.toml"
    "2025/f1040.toml" "2025/f1040sc.toml" "2025/f1040sse.toml" "2025/f4562.toml" "2025/f7206.toml" "2025/f8829.toml" "2025/f8995.toml"
};

/// Every map, by year and then by the name of the file.
///
/// # Panics
/// A map of this program cannot be read; a test reads them all.
pub fn all() -> &'static [Map] {
    static MAPS: OnceLock<Vec<Map>> = OnceLock::new();
    MAPS.get_or_init(|| {
        let read = |(file, text): &(&str, &str)| {
            toml::from_str(text).unwrap_or_else(|problem| panic!("src/official/maps/{file}: {problem}"))
        };
        FILES.iter().map(read).collect()
    })
}

/// Why fields are left, by key.
///
/// # Panics
/// The reasons of this program cannot be read; a test reads them.
pub fn reasons() -> &'static BTreeMap<String, String> {
    static REASONS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    REASONS.get_or_init(|| {
        toml::from_str(include_str!("maps/reasons.toml")).unwrap_or_else(|problem| panic!("reasons.toml: {problem}"))
    })
}
