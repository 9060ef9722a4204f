//! Names of files and sheets.

use chrono::NaiveDate;

use super::mask::mask;
use super::name::{name, words};
use super::value::text;
use super::vocabulary::{is_clinical, is_first_name, is_of_files};
use super::{Identifier, Rule, Scope};

/// What of a file's name may be shown and kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileName {
    /// The name; of one that looks like patient data nothing but its ending.
    pub shown: String,
    /// Why it looks like patient data; empty where it does not.
    pub hits: Vec<Rule>,
}

/// Screens the name of a file or sheet, without its folder. In a file of money numbers of accounts are masked.
///
/// ```
/// use perchart::guard::{Rule, Scope, file_name};
///
/// let screened = file_name("smith_john_op_note.pdf", Scope::Work);
/// assert_eq!((screened.shown.as_str(), &screened.hits[..]), ("(name kept out).pdf", &[Rule::Name][..]));
/// assert_eq!(file_name("charts-2025-01.csv", Scope::Work).shown, "charts-2025-01.csv");
/// assert_eq!(file_name("chase_123456789.csv", Scope::Money).shown, "chase_…6789.csv");
/// ```
pub fn file_name(full: &str, scope: Scope) -> FileName {
    let (stem, end) = match full.rsplit_once('.') {
        Some((stem, end)) if (1..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            (stem, Some(end))
        }
        _ => (full, None),
    };
    let spaced = stem.replace('_', " ");
    // No day of a name is old: months of work stand in names.
    let hits: Vec<Rule> = text(&spaced, scope, NaiveDate::MIN).into_iter().chain(said(stem, scope)).collect();
    let hits = match hits.first() {
        Some(first) if hits.iter().all(|hit| hit == first) => vec![*first],
        _ => hits,
    };
    let held = hits.iter().any(|hit| scope != Scope::Money || !hit.is_masked());
    let shown = match end {
        _ if !held => mask(full).into_owned(),
        Some(end) => format!("(name kept out).{end}"),
        None => "(name kept out)".to_owned(),
    };
    FileName { shown, hits: if held { hits } else { Vec::new() } }
}

/// What the words of a name say.
fn said(stem: &str, scope: Scope) -> Option<Rule> {
    if scope == Scope::Money {
        return None;
    }
    let words = words(stem);
    let named = |word: &String| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    // The name of a column that is a patient's, with something behind it.
    let patient = matches!(
        name(stem, scope),
        Some(Identifier::Name | Identifier::MedicalRecord | Identifier::Date | Identifier::SocialSecurity)
    );
    let numbered = words.iter().any(|word| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let unknown = |word: &&String| named(word) && !is_of_files(word) && !is_clinical(word);
    let strangers = words.iter().filter(unknown).count();
    if patient && (numbered || strangers > 1) {
        return Some(Rule::Announced(name(stem, scope).unwrap_or(Identifier::Other)));
    }
    let clinical = words.iter().filter(|word| is_clinical(word)).count();
    let documents = words.iter().all(|word| !is_of_files(word) || is_clinical(word));
    let first = words.iter().any(|word| is_first_name(word));
    let plain =
        |word: &String| named(word) || word.chars().count() == 1 || word.bytes().all(|byte| byte.is_ascii_digit());
    let bare = words.iter().all(|word| !is_of_files(word) && plain(word));
    let person = first && strangers >= 2 && (clinical > 0 || (bare && strangers <= 3));
    let note = clinical > 0 && documents && strangers >= 2;
    (person || note).then_some(Rule::Name)
}
