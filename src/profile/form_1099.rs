//! Forms 1099: which of them stand, and what among them cannot be.

use std::ops::Range;

use chrono::Datelike as _;
use toml::de::{DeTable, DeValue};

use super::{Form1099, FormKind, Profile, nearest};
use crate::money::Usd;

impl Profile {
    /// The forms of a year that stand: a corrected one takes the place of the first one.
    pub fn forms_1099_of(&self, year: i32) -> impl Iterator<Item = &Form1099> {
        let of_year = move |form: &&Form1099| form.year.is_some_and(|stated| i32::from(stated) == year);
        let is_replaced = |form: &Form1099| {
            !form.is_corrected() && self.forms_1099.iter().any(|other| other.is_corrected() && same_form(form, other))
        };
        self.forms_1099.iter().filter(of_year).filter(move |form| !is_replaced(form))
    }

    /// Federal income tax withheld on the forms of a year, box 4.
    pub fn withheld_on_1099(&self, year: i32) -> Usd {
        self.forms_1099_of(year).filter_map(|form| form.withheld).sum()
    }
}

impl Form1099 {
    /// Is the box CORRECTED checked?
    pub fn is_corrected(&self) -> bool {
        self.corrected == Some(true)
    }

    /// Which form it is.
    pub fn kind(&self) -> FormKind {
        self.form.unwrap_or(FormKind::Nec)
    }
}

/// A name without regard to capitals and spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Are they of one payer, year and kind?
fn same_form(one: &Form1099, other: &Form1099) -> bool {
    let payer = |form: &Form1099| form.payer.as_deref().map(folded);
    (payer(one), one.year, one.kind()) == (payer(other), other.year, other.kind())
}

/// What is wrong with a form.
pub(super) struct Found {
    /// The form, from 0.
    form: usize,
    /// Its key; the form as a whole where the file has none.
    key: &'static str,
    /// What is wrong, and what instead.
    pub(super) message: String,
}

impl Found {
    /// Where it stands in the file.
    pub(super) fn place(&self, text: &str) -> Range<usize> {
        let Ok(document) = DeTable::parse(text) else { return 0..0 };
        let list = document.get_ref().get("form_1099").map(toml::Spanned::get_ref);
        let Some(DeValue::Array(list)) = list else { return 0..0 };
        let Some(form) = list.get(self.form) else { return 0..0 };
        let key = form.get_ref().get(self.key).map(toml::Spanned::span);
        key.unwrap_or_else(|| form.span())
    }
}

/// The first thing that is wrong.
pub(super) fn first(profile: &Profile) -> Option<Found> {
    (0..).zip(&profile.forms_1099).find_map(|(at, form)| {
        let found = |key, message| Some(Found { form: at, key, message });
        let missing = [
            ("payer", form.payer.is_none(), "who sent it"),
            ("year", form.year.is_none(), "the calendar year at its top"),
            ("amount", form.amount.is_none(), "box 1 of a NEC, box 1a of a K"),
        ];
        if let Some((key, _, what)) = missing.into_iter().find(|(_, is_missing, _)| *is_missing) {
            return found(key, format!("a Form 1099 without `{key}`: {what}"));
        }
        if let Some(near) = near_payer(profile, form) {
            return found(
                "payer",
                format!("there is no such [[payer]], but there is \"{near}\": use one name for both"),
            );
        }
        let year = form.year.map_or(0, i32::from);
        if let Some(day) = form.received.filter(|day| day.year() < year) {
            return found(
                "received",
                format!("it came on {day}, before the year {year} that it is for: one of them is wrong"),
            );
        }
        let amount = form.amount.unwrap_or_default();
        if form.withheld > Some(amount) {
            return found("withheld", format!("expected a part of amount, which is {amount:#}"));
        }
        if form.clients.as_ref().is_some_and(|clients| !clients.is_empty()) && form.kind() != FormKind::K {
            return found(
                "clients",
                "only a K reports payments of several clients: take it away, or state form = \"K\"".to_owned(),
            );
        }
        let before = profile.forms_1099.iter().take(at);
        let twin = before.clone().any(|other| same_form(form, other) && form.is_corrected() == other.is_corrected());
        if twin {
            let what = if form.is_corrected() {
                "keep the last corrected one"
            } else {
                "add two forms up; a corrected one says corrected = true"
            };
            return found("payer", format!("a second {} of {year} from this payer: {what}", form.kind().name()));
        }
        None
    })
}

/// The payer that was meant, where the form's is none of those stated but near one.
fn near_payer<'a>(profile: &'a Profile, form: &Form1099) -> Option<&'a str> {
    let name = form.payer.as_deref()?;
    let stated = || profile.payers.iter().filter_map(|payer| payer.name.as_deref());
    if stated().any(|known| folded(known) == folded(name)) {
        return None;
    }
    let names: Vec<String> = stated().map(folded).collect();
    let wanted = folded(name);
    // The legal form at the end of a name is on the form, and often not in the records.
    let longer = names.iter().find(|known| known.len() >= 4 && wanted.starts_with(&format!("{known} ")));
    let near = longer.map(String::as_str).or_else(|| nearest(&wanted, names.iter().map(String::as_str)))?;
    stated().find(|known| folded(known) == near)
}

#[cfg(test)]
mod tests {
    use super::super::FILE;
    use super::*;

    const FORM: &str = "[[form_1099]]\npayer = \"Kode Health\"\nyear = 2025\namount = 1200\n";

    fn read(text: &str) -> Profile {
        Profile::parse(FILE, text).expect("a profile")
    }

    #[test]
    fn problems_say_which_form() {
        let with = |more: &str| format!("{FORM}{more}");
        let cases = [
            "[[form_1099]]\nyear = 2025\namount = 1\n".to_owned(),
            "[[form_1099]]\npayer = \"A\"\namount = 1\n".to_owned(),
            with("\n[[form_1099]]\npayer = \"B\"\nyear = 2025\n"),
            format!("[[payer]]\nname = \"Kode Health Inc\"\n{FORM}"),
            with("form = \"INT\"\n"),
            with("received = 2024-12-31\n"),
            with("received = \"January\"\n"),
            with("withheld = 1200.01\n"),
            with("clients = [\"A\"]\n"),
            with("form = \"K\"\nclients = \"A\"\n"),
            with("\n[[form_1099]]\npayer = \"kode  health\"\nyear = 2025\namount = 1300\n"),
            with(
                "corrected = true\n\n[[form_1099]]\npayer = \"Kode Health\"\nyear = 2025\namount = 1300\ncorrected = true\n",
            ),
            "[[form_1099]]\npayer = \"A\"\nyear = 25\namount = 1\n".to_owned(),
        ];
        let wrong = |text: &String| Profile::parse(FILE, text).expect_err("a problem").to_string();
        insta::assert_snapshot!(cases.iter().map(wrong).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_corrected_form_takes_the_place_of_the_first() {
        let text = format!(
            "{FORM}withheld = 100\n[[form_1099]]\npayer = \"KODE HEALTH\"\nyear = 2025\namount = 900\nwithheld = 60\ncorrected = true\n\
             [[form_1099]]\npayer = \"Kode Health\"\nyear = 2025\nform = \"K\"\namount = 300\nwithheld = 5\n\
             [[form_1099]]\npayer = \"Kode Health\"\nyear = 2026\namount = 700\nwithheld = 7\n"
        );
        let profile = read(&text);
        let amounts: Vec<_> = profile.forms_1099_of(2025).filter_map(|form| form.amount).collect();
        assert_eq!(amounts, [Usd::dollars(900), Usd::dollars(300)]);
        // 60 of the corrected NEC and 5 of the K; the first NEC's 100 no longer stands.
        assert_eq!(profile.withheld_on_1099(2025), Usd::dollars(65));
        assert_eq!(profile.withheld_on_1099(2026), Usd::dollars(7));
    }

    #[test]
    fn a_payer_that_is_like_none_stated_is_taken() {
        let profile = read(&format!("[[payer]]\nname = \"Lakeshore\"\n{FORM}"));
        assert_eq!(profile.forms_1099_of(2025).count(), 1);
    }
}
