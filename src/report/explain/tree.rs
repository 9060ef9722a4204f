//! A form line: its formula in words and in figures, and the tree of what it rests on.

use std::collections::BTreeSet;

use super::{Explainer, formula};
use crate::report::tax::{is_zero, words};
use crate::report::year::in_unit;
use crate::report::{Cell, Column, Report, Row, Section};
use crate::tax::form::{Facts, LineView, Value};
use crate::tax::view::Link;

/// What a name in a formula stands for.
enum Target {
    Line(usize, LineView),
    Fact(String, &'static str, Value),
    Law(String),
}

impl Explainer<'_> {
    /// The form and line of a reference.
    fn find(&self, wanted: &str) -> Option<(usize, LineView)> {
        let (form, number) = wanted.rsplit_once('.')?;
        let year = self.year.law.year;
        for (at, view) in self.forms.forms.iter().enumerate().filter(|(_, view)| view.name == form) {
            let lines = view.filled.lines(year);
            let line = lines.iter().find(|line| line.number.is_some_and(|own| own.eq_ignore_ascii_case(number)));
            let line = line.or_else(|| lines.iter().find(|line| line.name == number));
            if let Some(line) = line {
                return Some((at, *line));
            }
        }
        None
    }

    pub(super) fn line(&self, wanted: &str) -> Option<Report> {
        let (at, line) = self.find(wanted)?;
        let view = &self.forms.forms[at];
        let numbered = self.is_numbered(at);
        let title = if numbered {
            format!("{}, line {}", view.filled.title(), line.number.unwrap_or(line.name))
        } else {
            in_unit(self.year, line.text)
        };
        let mut how = Section::new("how", "").lead(if numbered {
            format!("{}.", line.text)
        } else {
            format!("{}.", view.filled.title())
        });
        if let Some(expr) = formula::parse(line.formula) {
            let named = formula::words(&expr, &|path| self.name(at, path));
            let valued = formula::words(&expr, &|path| self.figure(at, path));
            how = how.lead(format!("= {named}"));
            if valued != named {
                how = how.lead(format!("= {valued}"));
            }
            how = how.lead(format!("= {}", shown(line.text, line.value)));
        }
        if !line.cite.is_empty() {
            how = how.lead(format!("Authority: {}.", line.cite));
        }
        let mut rests = Section::new("rests_on", "It rests on")
            .column(Column::left("explain_as", "Explain"))
            .column(Column::right("value", "Value"))
            .column(Column::left("what", "What"))
            .column(Column::left("from", "From"));
        let mut seen = BTreeSet::new();
        self.grow(at, &line, 0, &mut seen, &mut rests);
        let mut report = Report::new("explain", title).subtitle(shown(line.text, line.value)).section(how);
        if !rests.rows.is_empty() {
            report = report.section(rests.note("What is zero is left out, a line that only carries another is passed over, and what stands above is not repeated."));
        }
        Some(report)
    }

    /// Are the form's lines known by printed numbers, or by names?
    fn is_numbered(&self, at: usize) -> bool {
        !matches!(
            self.forms.forms[at].filled.id(),
            "job-pay" | "job-year" | "contract-work" | "contract-year" | "compare"
        )
    }

    /// Adds what a line rests on, to the leaves. A line that only carries another is passed over.
    fn grow(&self, at: usize, line: &LineView, depth: usize, seen: &mut BTreeSet<String>, section: &mut Section) {
        let targets = self.operands(at, line);
        // A list of the same, such as twelve months alike, is shown once.
        let alike = |name: &str, value: Value| {
            let same =
                |target: &&Target| matches!(target, Target::Fact(_, other, it) if *other == name && *it == value);
            targets.iter().filter(same).count()
        };
        let mut shown_once: BTreeSet<&'static str> = BTreeSet::new();
        for target in &targets {
            match target {
                Target::Law(path) => {
                    let reference = format!("law.{path}");
                    if seen.insert(reference.clone()) {
                        let cite = self.year.citations.get(path).map_or("", |citation| citation.cite.as_str());
                        section.push(row(depth, &reference, self.figure_of_law(path).into(), "", cite));
                    }
                }
                Target::Fact(set, name, value) => {
                    let reference = format!("{set}.{name}");
                    let several = alike(name, *value);
                    if several > 2 && !shown_once.insert(name) {
                        continue;
                    }
                    if seen.insert(format!("{at}{reference}")) {
                        let from = self.origin(at, set, name);
                        let mut text = in_unit(self.year, self.fact_text(at, set, name));
                        if several > 2 {
                            text = format!("{text}; {several} times the same");
                        }
                        section.push(row(depth, &reference, Cell::from(*value), &text, &from));
                    }
                }
                Target::Line(form, line) => {
                    let reference = self.reference(*form, line);
                    let operands = self.operands(*form, line);
                    if let [Target::Line(_, only)] = operands.as_slice()
                        && only.value == line.value
                        && !seen.contains(&reference)
                    {
                        seen.insert(reference);
                        self.grow(*form, line, depth, seen, section);
                        continue;
                    }
                    if !seen.insert(reference.clone()) {
                        continue;
                    }
                    let value = cell(line.text, line.value);
                    let text = in_unit(self.year, line.text);
                    if let [Target::Fact(set, name, _)] = operands.as_slice() {
                        section.push(row(depth, &reference, value, &text, &self.origin(*form, set, name)));
                        continue;
                    }
                    section.push(row(depth, &reference, value, &text, line.cite));
                    self.grow(*form, line, depth + 1, seen, section);
                }
            }
        }
    }

    /// What a line is made of, without what is zero.
    fn operands(&self, at: usize, line: &LineView) -> Vec<Target> {
        let Some(expr) = formula::parse(line.formula) else { return Vec::new() };
        let targets = formula::paths(&expr).into_iter().flat_map(|path| self.targets(at, &path));
        targets
            .filter(|target| match target {
                Target::Law(_) => true,
                Target::Fact(_, _, value) => !is_zero(*value),
                Target::Line(_, line) => !is_zero(line.value),
            })
            .collect()
    }

    fn reference(&self, form: usize, line: &LineView) -> String {
        format!("{}.{}", self.forms.forms[form].name, line.number.unwrap_or(line.name))
    }

    /// What a path in a formula of a form stands for; several where it runs over copies.
    fn targets(&self, at: usize, path: &[String]) -> Vec<Target> {
        let view = &self.forms.forms[at];
        let year = self.year.law.year;
        if let [name] = path {
            let own = view.filled.lines(year).into_iter().find(|line| line.name == name);
            return own.map(|line| Target::Line(at, line)).into_iter().collect();
        }
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        // `earnings[1]` is one of a list.
        let (first, only) = match first.trim_end_matches(']').split_once('[') {
            Some((list, place)) => (list, place.parse::<usize>().ok()),
            None => (first.as_str(), None),
        };
        let wanted = |place: usize| only.is_none_or(|only| only == place);
        let Some((_, link)) = view.links.iter().find(|(name, _)| *name == first) else { return Vec::new() };
        match link {
            Link::Law => self.law_path(rest).map(Target::Law).into_iter().collect(),
            Link::Facts(sets) => sets
                .iter()
                .enumerate()
                .filter(|(place, _)| wanted(*place))
                .filter_map(|(_, (label, facts))| {
                    let fact =
                        facts.facts().into_iter().find(|fact| rest.first().is_some_and(|name| name == fact.name))?;
                    Some(Target::Fact(label.clone(), fact.name, fact.value))
                })
                .collect(),
            Link::Forms(list) => list
                .iter()
                .enumerate()
                .filter(|(place, _)| wanted(*place))
                .filter_map(|(_, form)| {
                    let lines = self.forms.forms[*form].filled.lines(year);
                    let line = lines.into_iter().find(|line| rest.first().is_some_and(|name| name == line.name))?;
                    Some(Target::Line(*form, line))
                })
                .collect(),
        }
    }

    /// The path of a figure of law: as written, or its cell for the filing status.
    fn law_path(&self, rest: &[String]) -> Option<String> {
        let path = rest.join(".");
        let status = self.year.household.status.key();
        [path.clone(), format!("{path}.{status}")].into_iter().find(|path| self.year.citations.contains_key(path))
    }

    /// Does a path in a formula of a form stand for anything: a line, a fact, a figure or a section of law, or a list that
    /// is empty here?
    #[cfg(test)]
    pub(super) fn is_known(&self, at: usize, path: &[String]) -> bool {
        let view = &self.forms.forms[at];
        let year = self.year.law.year;
        let Some((first, rest)) = path.split_first() else { return false };
        let first = first.split('[').next().unwrap_or(first);
        if rest.is_empty() && view.filled.lines(year).iter().any(|line| line.name == first) {
            return true;
        }
        let Some((_, link)) = view.links.iter().find(|(name, _)| *name == first) else { return false };
        match link {
            Link::Law => {
                let path = rest.join(".");
                rest.is_empty()
                    || self.law_path(rest).is_some()
                    || self.year.citations.keys().any(|known| known.starts_with(&format!("{path}.")))
                    || self.year.citations.keys().all(|known| !known.starts_with(rest[0].as_str()))
            }
            // Of a list that is empty here nothing can be asked.
            Link::Facts(sets) => rest.is_empty() || sets.is_empty() || !self.targets(at, path).is_empty(),
            Link::Forms(list) => rest.is_empty() || list.is_empty() || !self.targets(at, path).is_empty(),
        }
    }

    fn fact_text(&self, at: usize, set: &str, name: &str) -> &'static str {
        let facts = self.forms.forms[at].links.iter().filter_map(|(_, link)| match link {
            Link::Facts(sets) => sets.iter().find(|(label, _)| label == set).map(|(_, facts)| *facts),
            _ => None,
        });
        let mut texts = facts.flat_map(Facts::facts).filter(|fact| fact.name == name);
        texts.next().map_or("", |fact| fact.text)
    }

    /// A path of a formula as a name for people.
    fn name(&self, at: usize, path: &[String]) -> String {
        match self.targets(at, path).first() {
            Some(Target::Line(form, line)) if *form == at && self.is_numbered(at) => {
                format!("line {}", line.number.unwrap_or(line.name))
            }
            Some(Target::Line(form, line)) if self.is_numbered(*form) => {
                let id = self.forms.forms[*form].filled.title();
                let short = id.split([',', '(']).next().unwrap_or(id).trim();
                format!("{short} line {}", line.number.unwrap_or(line.name))
            }
            Some(Target::Line(form, line)) if *form == at => short(&in_unit(self.year, line.text)),
            Some(Target::Line(form, line)) => {
                let title = self.forms.forms[*form].filled.title();
                format!("{}, {}", short(title), short(&in_unit(self.year, line.text)))
            }
            Some(Target::Fact(set, name, _)) => short(&in_unit(self.year, self.fact_text(at, set, name))),
            Some(Target::Law(path)) => self.figure_of_law(path),
            None => String::new(),
        }
    }

    /// A path of a formula as a figure.
    fn figure(&self, at: usize, path: &[String]) -> String {
        let targets = self.targets(at, path);
        let figures: Vec<String> = targets
            .iter()
            .map(|target| match target {
                Target::Line(_, line) => shown(line.text, line.value),
                Target::Fact(_, _, value) => words(*value),
                Target::Law(path) => self.figure_of_law(path),
            })
            .collect();
        match figures.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            several => format!("({})", several.join(" + ")),
        }
    }
}

/// One row of what a number rests on: its reference, set in by depth, its value, what it is, where it comes from.
fn row(depth: usize, reference: &str, value: Cell, text: &str, from: &str) -> Row {
    Row::new(format!("{}{reference}", "·".repeat(depth))).cell(value).text(text).text(from).explain(reference)
}

/// Dollars an hour and dollars a chart are shown to the cent.
fn cell(text: &str, value: Value) -> Cell {
    match value {
        Value::Number(value) if text.ends_with("dollars") => Cell::Number { value, places: 2 },
        value => Cell::from(value),
    }
}

fn shown(text: &str, value: Value) -> String {
    match value {
        Value::Number(number) if text.ends_with("dollars") => format!("{:.2}", number.round_dp(2)),
        value => words(value),
    }
}

/// A text up to its first stop, with a small first letter, for use within a formula.
fn short(text: &str) -> String {
    let part = text.split([':', ',']).next().unwrap_or(text).trim();
    let mut letters = part.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
