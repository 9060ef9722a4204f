//! Writes a profile with a word on every key.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    Born, Car, CarMethod, Cycle, Dependent, EducationCredit, Form1099, FormKind, HomeMethod, Marketplace, Monthly,
    Payer, Profile, Relation, Share, Spouse, Student,
};
use crate::money::Usd;
use crate::tax::facts::{FilingStatus, Place};
use crate::tax::screen::Outside;

/// Where the word on a key starts.
const TEXT_COLUMN: usize = 36;

/// The word on a wider setting stands above it.
const WIDEST: usize = 60;

const INTRODUCTION: &str = "\
# perchart.toml: what perchart cannot read in your records.
#
# A line that begins with # and no space is switched off; its value is what perchart assumes, or an example. Take the
# # away, also from the [heading] above it, and change the value to state your own.
# Amounts are US dollars. Shares are written 0.04 or \"4%\". Dates are written year-month-day.
# This file stays on your computer. It needs no social security number: please write none here.
";

const OWN_W2: &str = "Your own Forms W-2, all employers together, besides the work by the piece.";
const HSA: &str = "Your health savings account.";
const STUDENTS: &str = "\
Whose college costs you pay: your own, your spouse's, a dependent's. One such part for each student.
# The lifetime credit is assumed, since any course counts for it. The american credit is more, but only for a student
# at least half time in the first four years of a degree, who has not claimed it in four years already.";
const MARKETPLACE: &str = "\
Health insurance from the marketplace: Form 1095-A, Part III, all policies together.
# One amount for every month alike, or a list of twelve, January first. A premium stated here is not stated again under
# [benefits] and not imported as an expense: it would count twice.";
const DEPENDENTS: &str = "Whom you claim as dependents. One such part for each.";
const HOME: &str = "\
The home in which you work, if it has an office. What it costs comes from your records, and both methods are worked
# out. It counts only if the three questions of regular_use, exclusive_use and principal_place are answered with true.";
const SHARES: &str = "\
The part of some expenses that is for the business, where your records do not say so. One such part for each.
# A row of your records that says its own share goes first, then a vendor's share, then a category's.";
const CARS: &str = "A car that you use for the business too, in the year reported on. One such part for each.";
const PAYERS: &str = "Who pays you, and when. One such part for each payer.";
const FORMS_1099: &str = "\
The Forms 1099 for your work, of any year, to set against your records: perchart income. One such part for each form.
# They change no income: what you received counts. Tax withheld on them (box 4) goes to Form 1040 line 25b.";

/// One key as the file shows it.
pub(super) struct Line {
    pub(super) key: &'static str,
    /// What was stated, as TOML.
    pub(super) stated: Option<String>,
    /// What is assumed, as TOML.
    pub(super) default: &'static str,
    pub(super) text: &'static str,
}

impl Profile {
    /// The profile as a file to edit: what was stated, and every other key switched off, with its default.
    pub fn template(&self) -> String {
        let year = Line {
            key: "tax_year",
            stated: self.tax_year.map(|year| year.to_string()),
            default: "2025",
            text: "the year reports show when you ask for none",
        };
        let (household, absent) = (&self.household, Spouse::default());
        let married = household.spouse.is_some();
        let spouse = household.spouse.as_ref().unwrap_or(&absent);
        let insured = household.marketplace.is_some();
        let none = Marketplace::default();
        let marketplace = household.marketplace.as_ref().unwrap_or(&none);
        let students: Vec<_> = household.students.iter().map(Student::lines).collect();
        let dependents: Vec<_> = household.dependents.iter().map(Dependent::lines).collect();
        let shares: Vec<_> = self.shares.iter().map(Share::lines).collect();
        let cars: Vec<_> = self.cars.iter().map(Car::lines).collect();
        let payers: Vec<_> = self.payers.iter().map(Payer::lines).collect();
        let forms: Vec<_> = self.forms_1099.iter().map(Form1099::lines).collect();
        [
            format!("{INTRODUCTION}\n{}", written(&year)),
            format!("{}{}", table("Who files the return.", "[household]", true, &household.lines()), situations()),
            table(HSA, "[household.hsa]", true, &household.hsa.lines()),
            table(OWN_W2, "[household.wages]", true, &household.wages.lines()),
            table("Other income of the household.", "[household.income]", true, &household.income.lines()),
            table("What you pay that a return may take off.", "[household.paid]", true, &household.paid.lines()),
            list(STUDENTS, "[[household.student]]", &students, &Student::default().lines()),
            table(MARKETPLACE, "[household.marketplace]", insured, &marketplace.lines()),
            table("Your spouse, on a joint or separate return.", "[household.spouse]", married, &spouse.lines()),
            table("Your spouse's health savings account.", "[household.spouse.hsa]", married, &spouse.hsa.lines()),
            table("Your spouse's Forms W-2.", "[household.spouse.wages]", married, &spouse.wages.lines()),
            list(DEPENDENTS, "[[household.dependent]]", &dependents, &Dependent::default().lines()),
            table("The business that is paid by the piece.", "[business]", true, &self.business.lines()),
            table(HOME, "[home]", true, &self.home.lines()),
            list(PAYERS, "[[payer]]", &payers, &Payer::default().lines()),
            table("What decides whether courses and exams count.", "[education]", true, &self.education.lines()),
            list(SHARES, "[[share]]", &shares, &Share::default().lines()),
            list(CARS, "[[car]]", &cars, &Car::default().lines()),
            list(FORMS_1099, "[[form_1099]]", &forms, &Form1099::default().lines()),
            table("What you arrange without an employer.", "[benefits]", true, &self.benefits.lines()),
            table("Days off, the same on both sides of `perchart compare`.", "[days]", true, &self.days.lines()),
            table("The work by the piece, for `perchart compare`.", "[contract]", true, &self.contract.lines()),
            table("The office job to compare with.", "[job]", true, &self.job.lines()),
        ]
        .join("\n")
    }
}

/// The situations that may stand on the `outside` list.
fn situations() -> String {
    let known = Outside::ALL.iter().map(|situation| format!("#   {:28} {}\n", situation.key(), situation.what()));
    format!(
        "# For `outside`. perchart does not model these, and refuses the return rather than leave one out:\n{}",
        known.collect::<String>()
    )
}

/// Writes a table, switched off where it would state something by being there.
fn table(note: &str, heading: &str, active: bool, lines: &[Line]) -> String {
    let off = if active { "" } else { "#" };
    format!("# {note}\n{off}{heading}\n{}", lines.iter().map(written).collect::<String>())
}

/// Writes a list of tables, or one switched off as an example.
fn list(note: &str, heading: &str, stated: &[Vec<Line>], example: &[Line]) -> String {
    if stated.is_empty() {
        return table(note, heading, false, example);
    }
    let tables = stated.iter().map(|lines| format!("{heading}\n{}", lines.iter().map(written).collect::<String>()));
    format!("# {note}\n{}", tables.collect::<Vec<_>>().join("\n"))
}

fn written(line: &Line) -> String {
    let setting = match &line.stated {
        Some(stated) => format!("{} = {stated}", line.key),
        None => format!("#{} = {}", line.key, line.default),
    };
    if setting.chars().count() > WIDEST {
        return format!("# {}\n{setting}\n", line.text);
    }
    format!("{setting:TEXT_COLUMN$}  # {}\n", line.text)
}

/// What can be written as TOML.
pub(super) trait Written {
    /// The value as it is typed.
    fn written(&self) -> String;
}

impl Written for Decimal {
    /// Bare where it reads back the same, quoted where a float would lose digits.
    fn written(&self) -> String {
        let text = self.normalize().to_string();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits <= 15 { text } else { format!("\"{text}\"") }
    }
}

impl Written for Usd {
    fn written(&self) -> String {
        let text = self.to_string();
        text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
    }
}

impl Written for String {
    fn written(&self) -> String {
        toml::Value::from(self.as_str()).to_string()
    }
}

impl Written for Vec<String> {
    fn written(&self) -> String {
        format!("[{}]", self.iter().map(Written::written).collect::<Vec<_>>().join(", "))
    }
}

impl Written for Vec<i64> {
    fn written(&self) -> String {
        format!("[{}]", self.iter().map(i64::to_string).collect::<Vec<_>>().join(", "))
    }
}

impl Written for Monthly {
    fn written(&self) -> String {
        match self {
            Monthly::Alike(amount) => amount.written(),
            Monthly::Each(amounts) => {
                format!("[{}]", amounts.iter().map(Written::written).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Written for Place {
    fn written(&self) -> String {
        let word = match self {
            Place::Contiguous => "contiguous",
            Place::Alaska => "alaska",
            Place::Hawaii => "hawaii",
        };
        format!("\"{word}\"")
    }
}

impl Written for FilingStatus {
    fn written(&self) -> String {
        let word = match self {
            FilingStatus::Single => "single",
            FilingStatus::Joint => "joint",
            FilingStatus::Separate => "separate",
            FilingStatus::Head => "head",
            FilingStatus::Survivor => "survivor",
        };
        format!("\"{word}\"")
    }
}

impl Written for Relation {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

impl Written for HomeMethod {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

impl Written for EducationCredit {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

impl Written for CarMethod {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

impl Written for Cycle {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

impl Written for FormKind {
    fn written(&self) -> String {
        format!("\"{}\"", self.word())
    }
}

macro_rules! written_as_shown {
    ($($Ty:ty),+) => {$(
        impl Written for $Ty {
            fn written(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

written_as_shown!(bool, i64, u16, NaiveDate, Born);

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::super::FILE;
    use super::*;

    fn answered() -> Profile {
        let mut profile = Profile { tax_year: Some(2025), ..Profile::default() };
        profile.household.filing_status = Some(FilingStatus::Joint);
        profile.household.born = NaiveDate::from_ymd_opt(1985, 3, 2).map(Born::On);
        profile.household.outside = Some(vec!["farm".to_owned()]);
        profile.household.spouse =
            Some(Spouse { blind: Some(true), profit: Some(Usd::dollars(-1_200)), ..Spouse::default() });
        profile.household.students =
            vec![Student { expenses: Some(Usd::dollars(4_000)), credit: Some(EducationCredit::American) }];
        profile.household.marketplace = Some(Marketplace {
            premium: Some(Monthly::Each([Usd::from_cents(52_010); 12])),
            benchmark: Some(Monthly::Alike(Usd::dollars(560))),
            employer_offer_months: Some(vec![1, 12]),
            place: Some(Place::Alaska),
            ..Marketplace::default()
        });
        let child =
            |year| Dependent { born: Some(Born::In(year)), relation: Some(Relation::Child), ..Dependent::default() };
        profile.household.dependents = vec![child(2016), child(2019)];
        profile.payers =
            vec![Payer { name: Some("A \"B\" & C\\".to_owned()), cycle: Some(Cycle::HalfMonth), days: Some(10) }];
        profile.forms_1099 = vec![Form1099 {
            payer: Some("Kode Health".to_owned()),
            year: Some(2025),
            form: Some(FormKind::K),
            amount: Some(Usd::from_cents(1_234_567)),
            received: NaiveDate::from_ymd_opt(2026, 1, 30),
            clients: Some(vec!["Kode Health".to_owned()]),
            ..Form1099::default()
        }];
        profile.shares = vec![Share {
            vendor: Some("Verizon".to_owned()),
            business: Some(dec!(62.5)),
            from: NaiveDate::from_ymd_opt(2025, 7, 1),
            ..Share::default()
        }];
        profile.job.wage = Some(dec!(24.160));
        profile.job.clothes = Some(Usd::from_cents(12_345));
        profile.contract.fee = Some(dec!(1.23456789012345678));
        profile.job.remote = Some(false);
        profile
    }

    /// The file with every key switched on.
    fn switched_on(template: &str) -> String {
        let on = |line: &str| match line.strip_prefix('#') {
            Some(rest) if rest.starts_with(|c: char| c == '[' || c.is_ascii_lowercase()) => rest.to_owned(),
            _ => line.to_owned(),
        };
        template.lines().map(on).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_template_without_answers() {
        let template = Profile::default().template();
        assert_eq!(Profile::parse(FILE, &template).expect("a profile"), Profile::default());
        insta::assert_snapshot!(template);
    }

    #[test]
    fn answers_come_back() {
        let template = answered().template();
        assert_eq!(Profile::parse(FILE, &template).expect("a profile"), answered());
    }

    #[test]
    fn every_key_may_be_switched_on() {
        for profile in [Profile::default(), answered()] {
            let profile = Profile::parse(FILE, &switched_on(&profile.template())).expect("a profile");
            let household = &profile.household;
            let spouse = household.spouse.as_ref().expect("a spouse");
            let marketplace = household.marketplace.as_ref().expect("a plan");
            let tables = [
                household.lines(),
                household.hsa.lines(),
                household.wages.lines(),
                household.income.lines(),
                household.paid.lines(),
                household.students[0].lines(),
                marketplace.lines(),
                spouse.lines(),
                spouse.hsa.lines(),
                spouse.wages.lines(),
                household.dependents[0].lines(),
                profile.business.lines(),
                profile.home.lines(),
                profile.payers[0].lines(),
                profile.forms_1099[0].lines(),
                profile.education.lines(),
                profile.shares[0].lines(),
                profile.cars[0].lines(),
                profile.benefits.lines(),
                profile.days.lines(),
                profile.contract.lines(),
                profile.job.lines(),
            ];
            assert!(tables.iter().flatten().all(|line| line.stated.is_some()));
        }
    }

    #[test]
    fn the_file_is_not_wide() {
        for line in answered().template().lines() {
            assert!(line.chars().count() <= 120, "{line}");
        }
    }
}
