//! The profile: what people state about themselves in `perchart.toml`.
//!
//! Every key is optional, so that what was stated and what is assumed can be told apart; the defaults live with the
//! computation that needs them. [`Profile::template`] writes the file with a word on every key.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

mod contradiction;
mod form_1099;
mod keys;
mod read;
mod share;
mod template;

pub use keys::{
    Benefits, Born, Business, Car, CarMethod, Contract, Cycle, Days, Dependent, Education, EducationCredit, Form1099,
    FormKind, Home, HomeMethod, Household, Hsa, Income, Job, Marketplace, Monthly, Paid, Payer, Relation, Share,
    Spouse, Student, Wages,
};
pub use share::share_of;

/// The name of the file in a book's directory.
pub const FILE: &str = "perchart.toml";

/// Everything that was stated.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The year that reports show where none is asked for.
    #[serde(deserialize_with = "read::tax_year")]
    pub tax_year: Option<u16>,
    /// Who files the return.
    pub household: Household,
    /// The business that is paid by the piece.
    pub business: Business,
    /// The home in which it is.
    pub home: Home,
    /// Who pays it, and when.
    #[serde(rename = "payer")]
    pub payers: Vec<Payer>,
    /// The Forms 1099 for its work.
    #[serde(rename = "form_1099")]
    pub forms_1099: Vec<Form1099>,
    /// What decides whether courses and exams count.
    pub education: Education,
    /// Which part of some expenses is for the business.
    #[serde(rename = "share")]
    pub shares: Vec<Share>,
    /// The cars that are used for the business too.
    #[serde(rename = "car")]
    pub cars: Vec<Car>,
    /// What a contractor arranges alone: health cover, retirement.
    pub benefits: Benefits,
    /// Days off, the same on both sides of the comparison.
    pub days: Days,
    /// The work by the piece, for the comparison.
    pub contract: Contract,
    /// The job by the hour, for the comparison.
    pub job: Job,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// Something in the file is not as expected.
    #[error("{file}:{line}:{column}: {message}")]
    Wrong {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What was found and what was expected.
        message: String,
        /// The line as it stands in the file, and a mark under the place.
        excerpt: String,
    },
}

impl Profile {
    /// Reads the profile in a book's directory.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or something in it is not as expected.
    pub fn load(dir: &Path) -> Result<Profile, Problem> {
        let path = dir.join(FILE);
        let unreadable = |cause| Problem::Unreadable { path: path.clone(), cause };
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        Profile::parse(FILE, &text)
    }

    /// Reads a profile from its text. `file` names it in messages.
    ///
    /// # Errors
    ///
    /// Something in the text is not as expected.
    pub fn parse(file: &str, text: &str) -> Result<Profile, Problem> {
        // Some editors on Windows put a byte order mark in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let profile: Profile = toml::from_str(text)
            .map_err(|error| wrong(file, text, &error.span().unwrap_or(0..0), reworded(error.message().trim())))?;
        if let Some(found) = contradiction::first(&profile) {
            return Err(wrong(file, text, &found.place(text), found.message));
        }
        match form_1099::first(&profile) {
            Some(found) => Err(wrong(file, text, &found.place(text), found.message)),
            None => Ok(profile),
        }
    }
}

/// Reads one answer as the value of one key: `answer("[job]", "wage", "24.16", |profile| profile.job.wage)`.
///
/// # Errors
///
/// What was expected and what was found.
pub fn answer<T>(heading: &str, key: &str, text: &str, pick: impl FnOnce(Profile) -> Option<T>) -> Result<T, String> {
    let document = format!("{heading}\n{key} = {}", toml::Value::from(text));
    match Profile::parse(key, &document) {
        Ok(profile) => pick(profile).ok_or_else(|| format!("nothing to read in `{text}`")),
        Err(Problem::Wrong { message, .. }) => Err(message),
        Err(problem) => Err(problem.to_string()),
    }
}

/// A problem at a place of the text.
fn wrong(file: &str, text: &str, place: &Range<usize>, message: String) -> Problem {
    let before = text.get(..place.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Problem::Wrong { file: file.to_owned(), line, column, message, excerpt: excerpt(text, line, column, place) }
}

/// The line and a mark under the place, as compilers show it.
fn excerpt(text: &str, line: usize, column: usize, place: &Range<usize>) -> String {
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    let rest = shown.chars().count().saturating_sub(column - 1).max(1);
    let marks = text.get(place.clone()).map_or(1, |found| found.chars().count()).clamp(1, rest);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    format!("{margin} |\n{number} | {shown}\n{margin} | {}{}", " ".repeat(column - 1), "^".repeat(marks))
}

/// The message in the words of the file: keys and values; with a suggestion where a name is nearly right.
fn reworded(message: &str) -> String {
    let message = message.replace("unknown field", "unknown key").replace("unknown variant", "unknown value");
    if message.starts_with("unexpected key or value") {
        return "expected the end of the line after one value; decimals follow a point (24.16), text stands in quotation marks"
            .to_owned();
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let suggestion = match names.next() {
        Some(found) if message.starts_with("unknown ") => nearest(found, names),
        _ => None,
    };
    match suggestion {
        Some(name) => format!("{message}; did you mean `{name}`?"),
        None => message,
    }
}

/// The name that differs by a few letters, or that the found one begins.
fn nearest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    let known: Vec<&str> = known.collect();
    let begun = |name: &&str| found.len() >= 4 && name.starts_with(&found);
    if let [only] = known.iter().copied().filter(begun).collect::<Vec<_>>().as_slice() {
        return Some(only);
    }
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&found, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rust_decimal::dec;

    use super::*;
    use crate::money::Usd;
    use crate::tax::facts::FilingStatus;

    fn wrong(text: &str) -> String {
        Profile::parse(FILE, text).expect_err("a problem").to_string()
    }

    #[test]
    fn the_beginning_of_a_key_suggests_it() {
        let problem = wrong("[household.market]\npremium = 700\n");
        assert!(problem.contains("did you mean `marketplace`?"), "{problem}");
    }

    #[test]
    fn nothing_stated_is_a_profile() {
        assert_eq!(Profile::parse(FILE, "").expect("a profile"), Profile::default());
    }

    #[test]
    fn numbers_are_what_was_typed() {
        let text = "[job]\nwage = 24.16\npremium = \"9325.50\"\npremium_share = \"16%\"\nretirement_match = 0.04\n\
                    [contract]\nfee = 2\nbonus = 0.1\n[household.wages]\nbox1 = 41000\n";
        let profile = Profile::parse(FILE, text).expect("a profile");
        assert_eq!(profile.job.wage, Some(dec!(24.16)));
        assert_eq!(profile.job.premium, Some(Usd::from_cents(932_550)));
        assert_eq!(profile.job.premium_share, Some(dec!(0.16)));
        assert_eq!(profile.job.retirement_match, Some(dec!(0.04)));
        assert_eq!(profile.contract.fee, Some(dec!(2)));
        assert_eq!(profile.contract.bonus, Some(Usd::from_cents(10)));
        assert_eq!(profile.household.wages.box1, Some(Usd::dollars(41_000)));
        assert_eq!(profile.contract.charts_per_hour, None);
    }

    #[test]
    fn a_birth_date_may_be_a_year() {
        let born = |text: &str| Profile::parse(FILE, text).expect("a profile").household.born.map(Born::date);
        assert_eq!(born("[household]\nborn = 1985-03-02"), NaiveDate::from_ymd_opt(1985, 3, 2));
        assert_eq!(born("[household]\nborn = \"1985-03-02\""), NaiveDate::from_ymd_opt(1985, 3, 2));
        assert_eq!(born("[household]\nborn = 1985"), NaiveDate::from_ymd_opt(1985, 7, 1));
    }

    #[test]
    fn people_and_payers_come_in_lists() {
        let text = "[household]\nfiling_status = \"joint\"\n[household.spouse]\nblind = true\n[household.spouse.wages]\nbox12d = 500\n\
                    [[household.dependent]]\nborn = 2016-05-01\nrelation = \"child\"\n[[payer]]\nname = \"A\"\ncycle = \"half-month\"\n[[payer]]\n";
        let profile = Profile::parse(FILE, text).expect("a profile");
        assert_eq!(profile.household.filing_status, Some(FilingStatus::Joint));
        let spouse = profile.household.spouse.expect("a spouse");
        assert_eq!((spouse.blind, spouse.wages.box12d), (Some(true), Some(Usd::dollars(500))));
        assert_eq!(profile.household.dependents[0].relation, Some(Relation::Child));
        assert_eq!(profile.payers[0].cycle, Some(Cycle::HalfMonth));
        assert_eq!(profile.payers[1], Payer::default());
    }

    #[test]
    fn problems_say_where_what_and_what_instead() {
        let cases = [
            "tax_year = 2025\n[household]\nfilling_status = \"single\"\n",
            "[household]\nfiling_status = \"singel\"\n",
            "[job]\nwage = 2416\n",
            "[job]\nwage = \"a lot\"\n",
            "[job]\npremium_share = 16\n",
            "[job]\nremote = \"yes\"\n",
            "[job]\npremium = 9325.505\n",
            "[household]\nborn = 85\n",
            "[household]\nborn = 1985-13-02\n",
            "[job]\nwage = 24,16\n",
            "[jobs]\n",
            "[job]\nwage = 1\nwage = 2\n",
            "[contract]\ndownload = nan\n",
            "[contract]\nfee = nan\n",
            "[[payer]]\ndays = 30.5\n",
            "[business]\nname = \"a\\u001b\"\n",
            "[household.marketplace]\npremium = [500, 500]\n",
            "[household.marketplace]\npremium = -1\n",
            "[household.marketplace]\npremium = 500\nadvance = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \"none\"]\n",
            "[household.marketplace]\npremium = 500\nemployer_offer_months = [1, 13]\n",
            "[household.marketplace]\npremium = 500\nemployer_offer_months = 3\n",
            "[household.marketplace]\npremium = 500\nplace = \"guam\"\n",
            "[[household.student]]\ncredit = \"american opportunity\"\n",
            "[household.hsa]\nself_months = 13\n",
            "[[share]]\ncategory = \"fone\"\nbusiness = 60\n",
            "[[share]]\ncategory = \"gym\"\nbusiness = 60\n",
            "[[share]]\ncategory = \"phone\"\nbusiness = 0.6\n",
            "[[share]]\ncategory = \"phone\"\nbusiness = 101\n",
            "[[share]]\ncategory = \"phone\"\nbusiness = 60\nfrom = 2025\n",
        ];
        insta::assert_snapshot!(cases.map(wrong).join("\n"));
    }

    #[test]
    fn contradictions_say_where_and_what_instead() {
        let cases = [
            "[business]\nhome_office_square_feet = 120\nhome_office_expenses = 1800\n",
            "[business]\nhome_office_square_feet = 120\n[home]\nsquare_feet = 120\n",
            "[home]\nsquare_feet = 120\nrooms = 1\n",
            "[home]\nsquare_feet = 120\nwhole_home_square_feet = 100\n",
            "[home]\nfrom = 2025-07-01\nuntil = 2025-03-31\n",
            "[home]\nrented = true\ncost = 250000\n",
            "[home]\ncost = 250000\nland = 300000\n",
            "[home]\nreal_estate_taxes = 4000\n[household.paid]\nreal_estate_taxes = 3000\n",
            "[home]\nfirst_use = 1990-05-01\n",
            "[home]\nfrom = \"soon\"\n",
            "business = { home_office_square_feet = 120, home_office_expenses = 1800 }\n",
            "[benefits]\nroth_deferral = 1000\n",
            "[benefits]\ndeferral = 500\nroth_deferral = 1000\n",
            "[household.hsa]\ndistributions = 300\nmedical = 400\n",
            "[household.spouse.hsa]\nmedical = 0.01\n",
            "[household.marketplace]\nbenchmark = 560\n",
            "[household.marketplace]\nplace = \"hawaii\"\nadvance = 100\n",
            "[household.marketplace]\npremium = 500\nadvance = [500, 500, 501, 0, 0, 0, 0, 0, 0, 0, 0, 0]\n",
            "[[share]]\nbusiness = 60\n",
            "[[car]]\nmiles = 900\ncommuting_miles = 901\n",
            "[[car]]\nname = \"A\"\n[[car]]\n",
            "[[car]]\nname = \"A\"\n[[car]]\nname = \"a\"\n",
            "[[car]]\nfirst_year_method = \"better\"\n",
            "[[share]]\ncategory = \"phone\"\n",
            "[[share]]\ncategory = \"phone\"\nbusiness = 60\nfrom = 2025-02-01\nuntil = 2025-01-31\n",
            "[[share]]\ncategory = \"phone\"\nbusiness = 60\nuntil = 2025-06-30\n[[share]]\ncategory = \"phone\"\nbusiness = 70\nfrom = 2025-06-30\n",
            "[[share]]\nvendor = \"Cox\"\nbusiness = 60\n[[share]]\nvendor = \"COX\"\nbusiness = 70\n",
        ];
        insta::assert_snapshot!(cases.map(wrong).join("\n"));
        let fine = [
            "[business]\nhome_office_square_feet = 0\nhome_office_expenses = 1800\n",
            "[benefits]\ndeferral = 500\nroth_deferral = 500\n",
            // An unpaid month, whose advance is to be paid back.
            "[household.marketplace]\npremium = [0, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500]\nadvance = [300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300]\n",
        ];
        for text in fine {
            assert!(Profile::parse(FILE, text).is_ok(), "{text}");
        }
    }

    #[test]
    fn one_answer_is_read_as_the_file_is() {
        assert_eq!(answer("[job]", "wage", "24.16", |profile| profile.job.wage), Ok(dec!(24.16)));
        assert_eq!(answer("[household]", "born", "1985", |profile| profile.household.born), Ok(Born::In(1985)));
        assert_eq!(answer("[[payer]]", "days", "10", |profile| profile.payers[0].days), Ok(10));
        let refused = answer("[job]", "wage", "2416", |profile| profile.job.wage);
        assert_eq!(refused, Err("expected dollars an hour, a number from 0 to 1000; found \"2416\"".to_owned()));
    }

    #[test]
    fn the_place_is_marked() {
        let problem = Profile::parse(FILE, "[household]\nfilling_status = \"single\"\n").expect_err("a problem");
        let Problem::Wrong { excerpt, .. } = problem else { panic!("{problem}") };
        assert_eq!(excerpt, "  |\n2 | filling_status = \"single\"\n  | ^^^^^^^^^^^^^^");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}|(\\[?[a-z_]{1,9}\\]?( = )?[0-9.\"-]{0,12}\n){0,6}") {
            let _ = Profile::parse(FILE, &text);
        }
    }
}
