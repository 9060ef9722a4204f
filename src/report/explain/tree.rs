//! A form line: its formula in words and in figures, and the tree of what it rests on.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Explainer, formula};
use crate::money::Round;
use crate::report::law::{figure_in_words, in_figures};
use crate::report::tax::{is_zero, words};
use crate::report::year::in_unit;
use crate::report::{Cell, Column, Report, Row, Section};
use crate::tax::figures::{By, Figure, Given};
use crate::tax::form::{Facts, LineView, Value};
use crate::tax::premium::SEARCH_LINES;
use crate::tax::view::Link;

/// What a name in a formula stands for.
enum Target {
    Line(usize, LineView),
    Fact(String, &'static str, Value),
    Law(Figure),
}

impl Explainer<'_> {
    /// The form and line of a reference; where there is none, the only one that another year or the printed form would call
    /// so.
    fn find(&self, wanted: &str) -> Option<(usize, LineView)> {
        self.find_exact(wanted).or_else(|| self.find_akin(wanted))
    }

    /// Line 24 of one year is line 24a of another; the column of one business has Parts II and III of Form 8995-A.
    fn find_akin(&self, wanted: &str) -> Option<(usize, LineView)> {
        let (form, number) = wanted.rsplit_once('.')?;
        let (year, part) = (self.year.law.year, format!("{form}-"));
        let mut akin = Vec::new();
        for (at, view) in self.forms.forms.iter().enumerate() {
            let is_part = view.name.starts_with(&part) && !view.name.contains('@');
            for line in view.filled.lines(year) {
                let Some(own) = line.number.map(str::to_lowercase) else { continue };
                let lettered = |plain: &str, letter: &str| {
                    letter.strip_prefix(plain).is_some_and(|rest| matches!(rest.as_bytes(), [b'a'..=b'z']))
                        && plain.ends_with(|last: char| last.is_ascii_digit())
                };
                let moved = view.name == form && (lettered(number, &own) || number == format!("{own}a"));
                if moved || is_part && own == number {
                    akin.push((at, line));
                }
            }
        }
        (akin.len() == 1).then(|| akin.remove(0))
    }

    fn find_exact(&self, wanted: &str) -> Option<(usize, LineView)> {
        let (form, number) = wanted.rsplit_once('.')?;
        let year = self.year.law.year;
        for (at, view) in self.forms.forms.iter().enumerate().filter(|(_, view)| view.name == form) {
            let lines = view.filled.lines(year);
            let line = lines.iter().find(|line| line.number.is_some_and(|own| own.eq_ignore_ascii_case(number)));
            let line = line.or_else(|| lines.iter().find(|line| line.name == number));
            // The line of another year's form, which this one lacks.
            let line = line.or_else(|| {
                lines.iter().find(|line| line.number.is_none() && line.name.strip_prefix('l') == Some(number))
            });
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
            match line.printed() {
                Some(number) => format!("{}, line {number}", view.filled.title()),
                None => format!("{}, worksheet", view.filled.title()),
            }
        } else {
            in_unit(self.year, line.text)
        };
        let mut how = Section::new("how", "").lead(if numbered {
            format!("{}.", line.text)
        } else {
            format!("{}.", view.filled.title())
        });
        if let Some(expr) = formula::parse(line.formula) {
            let expr = formula::without(expr, &|path| self.is_lacking(at, path));
            let law = self.decided(at, &line);
            let named =
                formula::words(&expr, &|path| self.in_law(at, path, &law).unwrap_or_else(|| self.name(at, path)));
            let valued =
                formula::words(&expr, &|path| self.in_law(at, path, &law).unwrap_or_else(|| self.figure(at, path)));
            how = how.lead(format!("= {named}"));
            if valued != named {
                how = how.lead(format!("= {valued}"));
            }
            how = how.lead(format!("= {}", shown(line.text, line.value)));
        }
        if !line.cite.is_empty() {
            how = how.lead(format!("Authority: {}.", line.cite));
        }
        let mut rests = rests_on();
        let mut seen = BTreeSet::new();
        self.grow(at, &line, 0, &mut seen, &mut rests);
        let mut report = Report::new("explain", title).subtitle(shown(line.text, line.value)).section(how);
        if !rests.rows.is_empty() {
            report = report.section(rests.note("What is zero is left out, a line that only carries another is passed over, and what stands above is not repeated."));
        }
        Some(report)
    }

    /// What a line rests on at once, as references.
    pub(super) fn operands_of(&self, wanted: &str) -> Option<Vec<String>> {
        let (at, line) = self.find(wanted)?;
        let named = self.all_operands(at, &line).into_iter().map(|target| match target {
            Target::Law(figure) => reference_of(&figure),
            Target::Fact(set, name, _) => format!("{set}.{name}"),
            Target::Line(form, line) => self.reference(form, &line),
        });
        Some(named.collect())
    }

    /// What the search for a deduction of premiums beside their credit found, and the lines on which it rests. They rest in
    /// turn on what was found, and are not followed further.
    pub(super) fn search(&self, side: &str, set: &str, facts: &dyn Facts, own: &str) -> Section {
        let mut section = rests_on();
        for fact in facts.facts().into_iter().filter(|fact| fact.name != own) {
            // The way taken is said in words.
            if is_zero(fact.value) || matches!(fact.value, Value::Word(_)) {
                continue;
            }
            let reference = format!("{set}.{}", fact.name);
            section.push(row(0, &reference, Cell::from(fact.value), fact.text, "the search"));
        }
        for line in SEARCH_LINES {
            let reference = if side.is_empty() { line.to_owned() } else { format!("{side}/{line}") };
            if let Some((_, line)) = self.find(&reference) {
                section.push(row(0, &reference, cell(line.text, line.value), line.text, line.cite));
            }
        }
        section
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
                Target::Law(figure) => {
                    let reference = reference_of(figure);
                    if seen.insert(reference.clone()) {
                        let cite = self.year.citations.get(&figure.path).map_or("", |citation| citation.cite.as_str());
                        section.push(row(depth, &reference, self.figure_of_law(figure).into(), &figure.text, cite));
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
                    let Some(reference) = self.reference_by_number(*form, line) else {
                        self.grow(*form, line, depth, seen, section);
                        continue;
                    };
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
        let targets = self.all_operands(at, line).into_iter();
        targets
            .filter(|target| match target {
                Target::Law(_) => true,
                Target::Fact(_, _, value) => !is_zero(*value),
                Target::Line(_, line) => !is_zero(line.value),
            })
            .collect()
    }

    /// What a line is made of: the figures of the law that its rule says it used, and what its formula names or its rule says
    /// it reads. Of a table
    /// the rows that were used stand for the whole, of two figures the one that stands on the line.
    fn all_operands(&self, at: usize, line: &LineView) -> Vec<Target> {
        let Some(expr) = formula::parse(line.formula) else { return Vec::new() };
        let decided = self.decided(at, line);
        let mut paths = formula::paths(&expr);
        paths.extend(line.by.iter().filter_map(|by| self.read_by(at, *by)));
        let named = paths.into_iter().flat_map(|path| self.targets(at, &path));
        let written = words(line.value);
        let named: Vec<Target> = named
            .filter(|target| {
                let Target::Law(figure) = target else { return true };
                let other = matches!(expr, formula::Expr::Either(..))
                    && self.figure_of_law(figure) != written.trim_end_matches(".00");
                !other && !decided.iter().any(|row| row.path == figure.path)
            })
            .collect();
        decided.into_iter().map(Target::Law).chain(named).collect()
    }

    /// The path of a line or a fact that a rule says it reads.
    fn read_by(&self, at: usize, by: By) -> Option<Vec<String>> {
        let By::Figure(path) = by else { return None };
        let names: Vec<String> = path.split('.').map(str::to_owned).collect();
        let first = path.split(['.', '[']).next()?;
        let links = &self.forms.forms[at].links;
        let is_read = links.iter().any(|(name, link)| *name == first && !matches!(link, Link::Law));
        (is_read && self.law_figure(&names).is_none()).then_some(names)
    }

    /// The figures of the law that a line's rule says it used, where the year has them.
    fn decided(&self, at: usize, line: &LineView) -> Vec<Figure> {
        let of_own = self.year.filled.as_ref().ok().filter(|_| at < self.own);
        let value = |name: &str| {
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            self.targets(at, &path).first().and_then(|target| match target {
                Target::Line(_, line) => Some(line.value),
                Target::Fact(_, _, value) => Some(*value),
                Target::Law(_) => None,
            })
        };
        let given = Given {
            law: self.year.law,
            status: self.year.household.status,
            round: of_own.map_or(Round::Cents, |filled| filled.round),
            value: &value,
            of: "",
        };
        let mut found: Vec<Figure> = Vec::new();
        for figure in line.by.iter().filter(|by| self.read_by(at, **by).is_none()).flat_map(|by| by.figures(&given)) {
            let path: Vec<String> = figure.path.split('.').map(str::to_owned).collect();
            let known = self.law_figure(&path).map(|cell| Figure { path: cell.path, ..figure });
            found.extend(known.filter(|figure| !found.iter().any(|other| reference_of(other) == reference_of(figure))));
        }
        found
    }

    /// A path of a formula that stands for figures which the line's rule names: the law itself, or a table of it.
    fn in_law(&self, at: usize, path: &[String], decided: &[Figure]) -> Option<String> {
        let (law, rest) = path.split_first()?;
        let view = &self.forms.forms[at];
        view.links.iter().find(|(name, link)| name == law && matches!(link, Link::Law))?;
        let (table, below) = (rest.join("."), format!("{}.", rest.join(".")));
        let within = |figure: &&Figure| {
            rest.is_empty() || figure.path == table && figure.row.is_some() || figure.path.starts_with(&below)
        };
        let mut figures = decided.iter().filter(within);
        let whole = Some("the law's figures".to_owned());
        match (figures.next(), figures.next()) {
            (Some(only), None) => Some(self.figure_of_law(only)).filter(|words| !words.contains(' ')).or(whole),
            (Some(first), Some(_)) if !rest.is_empty() => Some(self.figure_of_law(first)),
            (None, _) if !rest.is_empty() => None,
            _ => whole,
        }
    }

    /// Is it a line that the year's form does not print, and nothing stands on it?
    fn is_lacking(&self, at: usize, path: &[String]) -> bool {
        let targets = self.targets(at, path);
        let lacks = |target: &Target| {
            let Target::Line(form, line) = target else { return false };
            self.is_numbered(*form) && line.printed().is_none() && is_zero(line.value)
        };
        !targets.is_empty() && targets.iter().all(lacks)
    }

    /// The reference of a line.
    fn reference(&self, form: usize, line: &LineView) -> String {
        self.reference_by_number(form, line).unwrap_or_else(|| format!("{}.{}", self.forms.forms[form].name, line.name))
    }

    /// The reference of a line by the number of the year's form, or, where it lacks the line, by that of another year's,
    /// unless it means another line now.
    fn reference_by_number(&self, form: usize, line: &LineView) -> Option<String> {
        let name = &self.forms.forms[form].name;
        if let Some(number) = line.number {
            return Some(format!("{name}.{number}"));
        }
        let reference = format!("{name}.{}", line.name.strip_prefix('l').unwrap_or(line.name));
        let found = self.find_exact(&reference)?;
        (found.1.name == line.name).then_some(reference)
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
            Link::Law => self.law_figure(rest).map(Target::Law).into_iter().collect(),
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

    /// A figure of law by its path: as written, or its cell for the filing status; `gains.rates[1]` is a row of a table.
    fn law_figure(&self, rest: &[String]) -> Option<Figure> {
        let written = rest.join(".");
        let (path, row) = match written.trim_end_matches(']').split_once('[') {
            Some((table, row)) => (table, row.parse::<usize>().ok()),
            None => (written.as_str(), None),
        };
        let status = self.year.household.status.key();
        let mut cells = [path.to_owned(), format!("{path}.{status}")].into_iter();
        let path = cells.find(|path| self.year.citations.contains_key(path))?;
        Some(Figure { row, ..Figure::new(path) })
    }

    /// A figure of law in words: the row of a table alone.
    fn figure_of_law(&self, figure: &Figure) -> String {
        let Some(citation) = self.year.citations.get(&figure.path) else { return String::new() };
        let row = figure.row.and_then(|row| citation.rows.get(row));
        row.map_or_else(|| figure_in_words(citation), |row| in_figures(row))
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
                    || self.law_figure(rest).is_some()
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
                line.printed().map_or_else(|| short(line.text), |number| format!("line {number}"))
            }
            Some(Target::Line(form, line)) if self.is_numbered(*form) => {
                let id = self.forms.forms[*form].filled.title();
                let form = id.split([',', '(']).next().unwrap_or(id).trim();
                match line.printed() {
                    Some(number) => format!("{form} line {number}"),
                    None => format!("{form}, {}", short(line.text)),
                }
            }
            Some(Target::Line(form, line)) if *form == at => short(&in_unit(self.year, line.text)),
            Some(Target::Line(form, line)) => {
                let title = self.forms.forms[*form].filled.title();
                format!("{}, {}", short(title), short(&in_unit(self.year, line.text)))
            }
            Some(Target::Fact(set, name, _)) => short(&in_unit(self.year, self.fact_text(at, set, name))),
            Some(Target::Law(figure)) => self.figure_of_law(figure),
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
                Target::Law(figure) => self.figure_of_law(figure),
            })
            .collect();
        match figures.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            several => format!("({})", several.join(" + ")),
        }
    }
}

/// What to ask for to have a figure of law explained. Rows of a table are counted from 1.
fn reference_of(figure: &Figure) -> String {
    match figure.row {
        Some(row) => format!("law.{}.{}", figure.path, row + 1),
        None => format!("law.{}", figure.path),
    }
}

/// The table of what a number rests on.
fn rests_on() -> Section {
    Section::new("rests_on", "It rests on")
        .column(Column::left("explain_as", "Explain"))
        .column(Column::right("value", "Value"))
        .column(Column::left("what", "What"))
        .column(Column::left("from", "From"))
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
        // With eight places the product of a fraction and an amount under a million comes out to the cent as it is written.
        Value::Ratio(ratio) if ratio.whole != 0 => {
            let fraction = Decimal::from(ratio.of) / Decimal::from(ratio.whole);
            fraction.round_dp(8).normalize().to_string()
        }
        value => words(value),
    }
}

/// A text up to its first stop, with a small first letter, for use within a formula.
fn short(text: &str) -> String {
    let part = text.split([':', ',', ';']).next().unwrap_or(text).trim();
    let mut letters = part.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Ratio;

    #[test]
    fn a_fraction_is_shown_so_that_its_product_comes_out() {
        // 37,400 of a range of 50,300: 16,000 x .74353877 = 11,896.62; with four places 11,896.00, a dollar less.
        let ratio = Value::Ratio(Ratio { of: 37_400, whole: 50_300 });
        assert_eq!((shown("", ratio).as_str(), words(ratio).as_str()), ("0.74353877", "0.7435"));
        assert_eq!(shown("", Value::Ratio(Ratio { of: 280, whole: 10_000 })), "0.028");
    }
}
