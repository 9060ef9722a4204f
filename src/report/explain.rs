//! Any number, explained: the formula in words and in figures, what it rests on down to the imported row, and the law.

mod formula;
mod leaf;
mod rows;
mod tree;

pub(super) use self::leaf::places;
use super::law::{figure_in_words, in_figures};
use super::year::slug;
use super::{Report, Section};
use crate::book::category::Categories;
use crate::compare::Comparison;
use crate::compare::settings::Settings;
use crate::tax::form::Facts;
use crate::tax::view::{Forms, Link};
use crate::year::Year;

/// A reference that stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What was asked for.
    pub reference: String,
    /// The nearest references there are; none where none is near.
    pub nearest: Vec<String>,
}

/// What explanations draw on.
pub struct Explainer<'a> {
    year: &'a Year,
    settings: &'a Settings,
    forms: Forms<'a>,
    /// So many of the forms are of the year's own return; the comparison's stand after them.
    own: usize,
}

impl<'a> Explainer<'a> {
    /// Draws on a year's return and, where there is one, on a comparison.
    pub fn new(year: &'a Year, settings: &'a Settings, comparison: Option<&'a Comparison>) -> Explainer<'a> {
        let mut forms = match &year.filled {
            Ok(filled) => filled.forms(),
            Err(_) => Forms::default(),
        };
        for (at, car) in year.cars.cars.iter().enumerate() {
            let suffix = if at == 0 { String::new() } else { format!("@{}", at + 1) };
            let facts = vec![(format!("car{suffix}"), &car.facts as &dyn Facts)];
            forms.push(&suffix, &car.sheet, vec![("law", Link::Law), ("car", Link::Facts(facts))]);
        }
        if let Some(start_up) = &year.start_up {
            let facts = vec![("start-up".to_owned(), &start_up.facts as &dyn Facts)];
            forms.push("", &start_up.sheet, vec![("law", Link::Law), ("start_up", Link::Facts(facts))]);
        }
        let own = forms.forms.len();
        if let Some(comparison) = comparison {
            let shift = own;
            for mut view in comparison.forms().forms {
                for (_, link) in &mut view.links {
                    if let Link::Forms(list) = link {
                        for at in list {
                            *at += shift;
                        }
                    }
                }
                forms.forms.push(view);
            }
        }
        Explainer { year, settings, forms, own }
    }

    /// Explains a reference, such as `schedule-se.12`, `summary.books` or `compare.net_per_hour`.
    ///
    /// # Errors
    /// [`Unknown`] for a reference that stands for nothing, with the nearest that do.
    pub fn explain(&self, reference: &str) -> Result<Report, Unknown> {
        let wanted = reference.trim().to_lowercase();
        let unknown = || Unknown { reference: reference.to_owned(), nearest: self.nearest(&wanted) };
        let (group, rest) = wanted.split_once('.').ok_or_else(unknown)?;
        let found = match group {
            "law" => self.law(rest),
            "summary" => self.category(rest),
            "assets" => crate::report::assets::asset(self.year, rest),
            "received" => self.received(rest),
            "earned" => self.earned(rest),
            "trips" if rest == "all" => Some(super::car::trips(self.year)),
            _ => self.line(&wanted).or_else(|| self.setting(&wanted)).or_else(|| self.fact(&wanted)),
        };
        found.ok_or_else(unknown)
    }

    /// What a line of a form rests on at once, whatever it comes to: references of lines, facts and figures of law.
    /// `None` for what is no line.
    pub fn rests_on(&self, reference: &str) -> Option<Vec<String>> {
        self.operands_of(reference)
    }

    /// Every reference there is.
    pub fn references(&self) -> Vec<String> {
        let year = self.year.law.year;
        let lines = self.forms.forms.iter().flat_map(|view| {
            let lines = view.filled.lines(year).into_iter();
            lines.filter_map(move |line| Some(format!("{}.{}", view.name, line.number?)))
        });
        let mut all: Vec<String> = lines.collect();
        all.extend(Categories::ids().map(|id| format!("summary.{id}")));
        all.extend(self.year.earnings.payers.iter().map(|payer| format!("received.{}", slug(&payer.payer))));
        all.extend(["received.all".to_owned(), "trips.all".to_owned()]);
        all.extend(self.year.assets.held.iter().map(crate::report::assets::reference));
        all.extend(self.year.earnings.types.iter().map(|entry| format!("earned.{}", slug(&entry.payer))));
        all.extend(self.settings.iter().map(|(name, _)| name.to_owned()));
        for (path, citation) in self.year.citations {
            all.push(format!("law.{path}"));
            all.extend((1..=citation.rows.len()).map(|row| format!("law.{path}.{row}")));
        }
        all.sort();
        all.dedup();
        all
    }

    fn nearest(&self, wanted: &str) -> Vec<String> {
        let mut all: Vec<(f64, String)> =
            self.references().into_iter().map(|name| (strsim::jaro_winkler(wanted, &name), name)).collect();
        all.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        all.into_iter().take(3).filter(|(likeness, _)| *likeness > 0.8).map(|(_, name)| name).collect()
    }

    /// A figure of the law, or a row of a table, counted from 1: `income.rates.3`.
    fn law(&self, path: &str) -> Option<Report> {
        let row = || {
            let (table, row) = path.rsplit_once('.')?;
            let row = row.parse::<usize>().ok()?.checked_sub(1)?;
            let citation = self.year.citations.get(table)?;
            Some((citation, in_figures(citation.rows.get(row)?)))
        };
        let whole = self.year.citations.get(path).map(|citation| (citation, figure_in_words(citation)));
        let (citation, figure) = whole.or_else(row)?;
        let section = Section::new("law", "").lead(format!("Authority: {}", citation.cite));
        Some(Report::new("explain", format!("law.{path} of {}", self.year.number())).subtitle(figure).section(section))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;
    use crate::profile::Profile;
    use crate::tax::form::Value;
    use crate::year::Records;

    /// A couple with much of what a return may hold.
    const STATED: &str = r#"
        [household]
        filing_status = "joint"
        born = 1959
        ira = 1000
        roth_ira = 500
        long_term_care = 1200
        wages = { box1 = 24000, box10 = 3000, box12d = 1000, tips = 800, overtime_premium = 300 }
        paid = { medical = 30000, taxes = 9000, mortgage_interest = 15000, charity = 4000, student_loan_interest = 900, care = 4000, car_loan_interest = 700 }
        hsa = { paid = 2000, self_months = 12, distributions = 300, medical = 300 }
        spouse = { born = 1980, profit = 20000, wages = { box1 = 30000, box2 = 3000, box13 = true } }
        marketplace = { premium = 700, benchmark = 800, advance = 100 }
        [household.income]
        interest = 900
        dividends = 800
        qualified_dividends = 500
        long_gain = 9000
        social_security = 9000
        pensions = 2000
        [[household.student]]
        expenses = 5000
        [[household.student]]
        expenses = 6000
        credit = "american"
        [[household.dependent]]
        born = 2018
        [[household.dependent]]
        born = 2001
        relation = "other"
        [benefits]
        retirement = 500
        deferral = 1000
    "#;

    /// Everything a formula names is a line, a fact or a figure of law, down to the leaves: nothing is made up on the way.
    #[test]
    fn every_line_rests_on_lines_facts_or_law() {
        for number in law::years() {
            let profile = Profile::parse("perchart.toml", STATED).expect("a profile");
            let year =
                Year::work_out(i32::from(number), Records::default(), profile, Round::WholeDollar).expect("a year");
            let settings = year.settings(&[]).expect("settings");
            let explainer = Explainer::new(&year, &settings, None);
            let mut lines = 0;
            for (at, view) in explainer.forms.forms.iter().enumerate() {
                for line in view.filled.lines(number) {
                    let place = format!("{number} {}.{}: {}", view.name, line.name, line.formula);
                    let expr = formula::parse(line.formula).unwrap_or_else(|| panic!("cannot read {place}"));
                    for path in formula::paths(&expr) {
                        let known = path == ["round"] || explainer.is_known(at, &path);
                        assert!(known, "{place}: {} stands for nothing", path.join("."));
                    }
                    // A function that reads the law by itself names the figures that it used. `if_any` asks whether there is a
                    // form at all.
                    let by_rule = formula::asks_law(&expr) && !line.formula.starts_with("if_any");
                    assert!(
                        !by_rule || !line.by.is_empty(),
                        "{place}: which figures of the law its rule uses is not said"
                    );
                    let is_zero = crate::report::tax::is_zero(line.value) || matches!(line.value, Value::Word(_));
                    let stands = !formula::paths(&expr).is_empty() || matches!(expr, formula::Expr::Number(_));
                    assert!(is_zero || stands, "{place} rests on nothing");
                    lines += 1;
                }
            }
            assert!(lines > 500, "{lines} lines");
        }
    }

    /// Years whose forms lack a line do not name it, and refer to no name of the program.
    #[test]
    fn a_line_that_the_form_lacks_is_not_named() {
        for number in law::years() {
            let profile = Profile::parse("perchart.toml", STATED).expect("a profile");
            let year =
                Year::work_out(i32::from(number), Records::default(), profile, Round::WholeDollar).expect("a year");
            let settings = year.settings(&[]).expect("settings");
            let explainer = Explainer::new(&year, &settings, None);
            for reference in explainer.references().iter().filter(|reference| !reference.starts_with("law.")) {
                // Of a book without records there is nothing received to explain.
                let Ok(report) = explainer.explain(reference) else { continue };
                let told = crate::report::render::markdown::render(&report);
                for word in told.split(|c: char| !c.is_alphanumeric() && c != '_') {
                    let is_name =
                        word.strip_prefix('l').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                    assert!(!is_name, "{number} {reference}: {word}\n{told}");
                }
            }
        }
    }

    #[test]
    fn a_line_is_found_by_what_another_year_calls_it() {
        let title = |number: u16, reference: &str| {
            let profile = Profile::parse("perchart.toml", STATED).expect("a profile");
            let year = Year::work_out(i32::from(number), Records::default(), profile, Round::WholeDollar);
            let year = year.expect("a year");
            let settings = year.settings(&[]).expect("settings");
            Explainer::new(&year, &settings, None).explain(reference).ok().map(|report| report.title)
        };
        let line = |form: &str, number: &str| Some(format!("{form}, line {number}"));
        let of_1040 = |number| line("Form 1040, U.S. Individual Income Tax Return", number);
        assert_eq!(
            [(2025, "form-1040.24"), (2026, "form-1040.24"), (2025, "form-1040.24a")]
                .map(|(year, asked)| title(year, asked)),
            [of_1040("24"), of_1040("24a"), of_1040("24")]
        );
        // Two lines could be meant: 11a and 11b.
        assert_eq!((title(2024, "form-1040.11a"), title(2025, "form-1040.11")), (of_1040("11"), None));
        // The form of 2026 has no line 43 any more.
        let form_4562 = |end: &str| Some(format!("Form 4562, Depreciation and Amortization, {end}"));
        assert_eq!(title(2025, "form-4562.43"), form_4562("line 43"));
        assert_eq!(
            [title(2026, "form-4562.43"), title(2026, "form-4562.l43")],
            [form_4562("worksheet"), form_4562("worksheet")]
        );
        let column = line("Form 8995-A, Parts II and III, one business", "26");
        assert_eq!(title(2025, "form-8995-a.26"), column);
    }
}
