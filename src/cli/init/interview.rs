//! The questions of `perchart init`, on a terminal.

use dialoguer::{Confirm, Input, MultiSelect, Select};

use super::{
    Born, Cycle, Dependent, Failure, FilingStatus, Outside, Payer, Profile, Relation, Spouse, born, commute_miles,
    commute_minutes, days, keys, payer_name, unit, wage,
};

/// Asks what matters most. An empty answer leaves the default.
pub(super) fn ask() -> Result<Profile, Failure> {
    questions().map_err(|dialoguer::Error::IO(error)| Failure::usage(format!("the questions were broken off: {error}")))
}

fn questions() -> dialoguer::Result<Profile> {
    let mut profile = Profile::default();
    let status = choose("How do you file", &FilingStatus::ALL, FilingStatus::words)?;
    profile.household.filing_status = Some(status);
    profile.household.born = one("Your birth date as 1985-03-02, or the year (empty: leave open)", born)?;
    if matches!(status, FilingStatus::Joint | FilingStatus::Separate) {
        let born: Option<Born> = one("Your spouse's birth date, or the year (empty: leave open)", born)?;
        profile.household.spouse = Some(Spouse { born, ..Spouse::default() });
    }
    while let Some(born) = one("A dependent's birth date, or the year (empty: no more)", born)? {
        let child = yes("Your child, stepchild, foster child, sibling, or a descendant of one", true)?;
        let relation = if child { Relation::Child } else { Relation::Other };
        profile.household.dependents.push(Dependent {
            born: Some(born),
            relation: Some(relation),
            ..Dependent::default()
        });
    }
    profile.household.outside = Some(outside()?);
    profile.business.unit = one("What are you paid for (empty: chart)", unit)?;
    while let Some(name) = one("Who pays you: a name as in your records (empty: no more)", payer_name)? {
        let cycles = [Cycle::Month, Cycle::HalfMonth, Cycle::Week, Cycle::Day];
        let cycle = Some(choose("Paid at once: the work of a", &cycles, Cycle::word)?);
        let days = one("Paid how many days after it ends (empty: 30)", days)?;
        profile.payers.push(Payer { name: Some(name), cycle, days });
    }
    profile.job.wage = one("The office job to compare with, dollars an hour (empty: 24.16, the median)", wage)?;
    profile.job.remote = Some(yes("Would you do that job from home", false)?);
    if profile.job.remote == Some(false) {
        profile.job.commute_minutes = one("Minutes to the office, one way (empty: 27.6)", commute_minutes)?;
        profile.job.commute_miles = one("Miles to the office, one way (empty: 15)", commute_miles)?;
    }
    Ok(profile)
}

/// Asks what applies of what perchart does not model. No mark is an answer too.
fn outside() -> dialoguer::Result<Vec<String>> {
    let items: Vec<&str> = Outside::ALL.iter().map(|situation| situation.what()).collect();
    let question = "Does any of this apply to you? perchart does not model it (space marks, enter goes on)";
    let chosen = loop {
        let chosen = MultiSelect::new().with_prompt(question).items(&items).max_length(12).interact()?;
        if !chosen.is_empty() || yes("None of all these, on any page, applies to you", false)? {
            break chosen;
        }
    };
    Ok(keys(&chosen.into_iter().map(|at| Outside::ALL[at]).collect::<Vec<_>>()))
}

/// Asks until the answer can be read, or is empty.
fn one<T>(question: &str, read: impl Fn(&str) -> Result<T, String>) -> dialoguer::Result<Option<T>> {
    let readable = |text: &String| if text.trim().is_empty() { Ok(()) } else { read(text).map(|_| ()) };
    let text = Input::new().with_prompt(question).allow_empty(true).validate_with(readable).interact_text()?;
    Ok(read(&text).ok())
}

fn yes(question: &str, default: bool) -> dialoguer::Result<bool> {
    Confirm::new().with_prompt(question).default(default).interact()
}

fn choose<T: Copy>(question: &str, among: &[T], words: impl Fn(T) -> &'static str) -> dialoguer::Result<T> {
    let items: Vec<&str> = among.iter().map(|choice| words(*choice)).collect();
    let chosen = Select::new().with_prompt(question).items(&items).default(0).interact()?;
    Ok(among[chosen])
}
