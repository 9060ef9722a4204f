//! Any number, explained: the formula in words and in figures, what it rests on down to the imported row, and the law.

mod formula;

use std::collections::BTreeSet;

use super::tax::{is_zero, words};
use super::year::slug;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::book::category::{Categories, OwnBenefit};
use crate::book::entry::{Kind, Origin};
use crate::compare::Comparison;
use crate::compare::settings::{Settings, Source};
use crate::deduct::{Item, Verdict};
use crate::money::Usd;
use crate::tax::form::{Facts, LineView, Value};
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
}

/// Where a leaf comes from: words for a table.
struct Leaf {
    source: String,
    rows: Vec<Origin>,
}

impl Leaf {
    fn without_rows(source: impl Into<String>) -> Leaf {
        Leaf { source: source.into(), rows: Vec::new() }
    }
}

/// What a name in a formula stands for.
enum Target {
    Line(usize, LineView),
    Fact(String, &'static str, Value),
    Law(String),
}

impl<'a> Explainer<'a> {
    /// Draws on a year's return and, where there is one, on a comparison.
    pub fn new(year: &'a Year, settings: &'a Settings, comparison: Option<&'a Comparison>) -> Explainer<'a> {
        let mut forms = match &year.filled {
            Ok(filled) => filled.forms(),
            Err(_) => Forms::default(),
        };
        if let Some(comparison) = comparison {
            let shift = forms.forms.len();
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
        Explainer { year, settings, forms }
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
            "received" => self.received(rest),
            "earned" => self.earned(rest),
            _ => self.line(&wanted).or_else(|| self.setting(&wanted)).or_else(|| self.fact(&wanted)),
        };
        found.ok_or_else(unknown)
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
        all.extend(["received.all".to_owned()]);
        all.extend(self.year.earnings.types.iter().map(|entry| format!("earned.{}", slug(&entry.payer))));
        all.extend(self.settings.iter().map(|(name, _)| name.to_owned()));
        all.extend(self.year.citations.keys().map(|path| format!("law.{path}")));
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

    fn law(&self, path: &str) -> Option<Report> {
        let citation = self.year.citations.get(path)?;
        let section = Section::new("law", "").lead(format!("Authority: {}", citation.cite));
        Some(
            Report::new("explain", format!("law.{path} of {}", self.year.number()))
                .subtitle(self.figure_of_law(path))
                .section(section),
        )
    }

    fn category(&self, id: &str) -> Option<Report> {
        let category = Categories::get(id)?;
        let items: Vec<&Item> = self.year.deductions.items.iter().filter(|item| item.category.id == id).collect();
        let counts: Usd = items.iter().map(|item| item.counts).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .lead(category.reason.as_str())
            .lead(format!("Goes to: {}.", category.target))
            .lead(format!("Authority: {}.", category.cite))
            .column(Column::left("date", "Paid"))
            .column(Column::left("vendor", "Vendor"))
            .column(Column::left("what", "What"))
            .column(Column::right("paid", "Paid, $"))
            .column(Column::right("share", "Business"))
            .column(Column::right("counts", "Counts, $"))
            .column(Column::left("row", "Row"));
        for item in &items {
            section.push(self.expense(item));
        }
        let paid: Usd = items.iter().map(|item| item.expense.amount).sum();
        let section = if items.is_empty() {
            section.lead(format!("No such expense in {}.", self.year.number()))
        } else {
            section.row(Row::new("Together").blank().blank().money(paid).blank().money(counts).total())
        };
        Some(
            Report::new("explain", format!("{}, {}", category.name, self.year.number()))
                .subtitle(dollars(counts))
                .section(section),
        )
    }

    fn expense(&self, item: &Item) -> Row {
        let expense = &item.expense;
        let share = rust_decimal::Decimal::new(expense.share_millionths, 6);
        Row::new(Cell::Date(expense.date))
            .text(expense.vendor.as_str())
            .text(expense.description.as_str())
            .money(expense.amount)
            .percent(share, 0)
            .money(item.counts)
            .text(self.year.records.place(expense.origin))
    }

    fn received(&self, name: &str) -> Option<Report> {
        let all = name == "all";
        let payers: Vec<_> =
            self.year.earnings.payers.iter().filter(|payer| all || slug(&payer.payer) == name).collect();
        let first = payers.first()?;
        let title = if all { "All payers".to_owned() } else { first.payer.clone() };
        let total: Usd = payers.iter().map(|payer| payer.received).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .lead("Income belongs to the year in which it was received (cash basis).")
            .lead("Authority: IRC 451(a); Reg. 1.451-1(a), 1.451-2(a).")
            .column(Column::left("on", "Counts on"))
            .column(Column::left("payer", "Payer"))
            .column(Column::right("amount", "Amount"))
            .column(Column::left("from", "From"))
            .column(Column::left("row", "Row"));
        for payer in payers {
            section = section.lead(format!("{}: {}.", payer.payer, payer.basis.words()));
            for receipt in &payer.receipts {
                let row = Row::new(Cell::Date(receipt.on)).text(payer.payer.as_str()).money(receipt.amount);
                let from = if receipt.kind == Kind::Payments { "payment" } else { "work" };
                section.push(row.text(from).text(self.year.records.place(receipt.origin)));
            }
        }
        section.push(Row::new("Together").blank().money(total).total());
        Some(
            Report::new("explain", format!("Received from {title} in {}", self.year.number()))
                .subtitle(dollars(total))
                .section(section),
        )
    }

    fn earned(&self, name: &str) -> Option<Report> {
        use chrono::Datelike as _;
        let types: Vec<_> = self.year.earnings.types.iter().filter(|entry| slug(&entry.payer) == name).collect();
        let first = types.first()?;
        let total: Usd = types.iter().map(|entry| entry.earned).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .column(Column::left("type", "Type"))
            .column(Column::right("earned", "Earned"))
            .column(Column::left("rows", "Rows"));
        for entry in &types {
            let rows = self.year.records.charts.iter().filter(|row| {
                row.work_date.year() == self.year.number()
                    && crate::earnings::same_payer(&row.payer, &entry.payer)
                    && row.chart_type.eq_ignore_ascii_case(&entry.chart_type)
            });
            let rows: Vec<Origin> = rows.map(|row| row.origin).collect();
            section.push(Row::new(entry.chart_type.as_str()).money(entry.earned).text(self.places(&rows)));
        }
        let section = section.note("Each row earns (count − rejected) × rate, to the cent, half a cent up.");
        Some(
            Report::new("explain", format!("Earned from {} by work of {}", first.payer, self.year.number()))
                .subtitle(dollars(total))
                .section(section),
        )
    }

    fn setting(&self, name: &str) -> Option<Report> {
        let setting = self.settings.get(name)?;
        let section = Section::new("setting", "")
            .lead(format!("{}.", Settings::text(name)))
            .lead(format!("From {}.", origin(&setting.source)))
            .lead(format!(
                "Another value: perchart compare --what-if {name}=VALUE, or under that name in perchart.toml."
            ));
        Some(Report::new("explain", name.to_owned()).subtitle(setting.value.normalize().to_string()).section(section))
    }

    fn fact(&self, wanted: &str) -> Option<Report> {
        let (set, name) = wanted.rsplit_once('.')?;
        for view in &self.forms.forms {
            for (_, link) in &view.links {
                let Link::Facts(sets) = link else { continue };
                for (label, facts) in sets.iter().filter(|(label, _)| label == set) {
                    let Some(fact) = facts.facts().into_iter().find(|fact| fact.name == name) else { continue };
                    let leaf = self.leaf(&view.name, label, fact.name);
                    let mut section =
                        Section::new("fact", "").lead(format!("{}.", fact.text)).lead(format!("From {}.", leaf.source));
                    if !leaf.rows.is_empty() {
                        section = section.lead(format!("Rows: {}.", self.places(&leaf.rows)));
                    }
                    return Some(
                        Report::new("explain", wanted.to_owned()).subtitle(words(fact.value)).section(section),
                    );
                }
            }
        }
        None
    }

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

    fn line(&self, wanted: &str) -> Option<Report> {
        let (at, line) = self.find(wanted)?;
        let view = &self.forms.forms[at];
        let numbered = self.is_numbered(at);
        let title = if numbered {
            format!("{}, line {}", view.filled.title(), line.number.unwrap_or(line.name))
        } else {
            line.text.to_owned()
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
        for target in self.operands(at, line) {
            match target {
                Target::Law(path) => {
                    let reference = format!("law.{path}");
                    if seen.insert(reference.clone()) {
                        let cite = self.year.citations.get(&path).map_or("", |citation| citation.cite.as_str());
                        section.push(row(depth, &reference, self.figure_of_law(&path).into(), "", cite));
                    }
                }
                Target::Fact(set, name, value) => {
                    let reference = format!("{set}.{name}");
                    if seen.insert(format!("{at}{reference}")) {
                        let from = self.origin(at, &set, name);
                        section.push(row(depth, &reference, Cell::from(value), self.fact_text(at, &set, name), &from));
                    }
                }
                Target::Line(form, line) => {
                    let reference = self.reference(form, &line);
                    let operands = self.operands(form, &line);
                    if let [Target::Line(_, only)] = operands.as_slice()
                        && only.value == line.value
                        && !seen.contains(&reference)
                    {
                        seen.insert(reference);
                        self.grow(form, &line, depth, seen, section);
                        continue;
                    }
                    if !seen.insert(reference.clone()) {
                        continue;
                    }
                    let value = cell(line.text, line.value);
                    if let [Target::Fact(set, name, _)] = operands.as_slice() {
                        section.push(row(depth, &reference, value, line.text, &self.origin(form, set, name)));
                        continue;
                    }
                    section.push(row(depth, &reference, value, line.text, line.cite));
                    self.grow(form, &line, depth + 1, seen, section);
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

    /// Where a fact comes from, with its rows.
    fn origin(&self, at: usize, set: &str, name: &str) -> String {
        let leaf = self.leaf(&self.forms.forms[at].name, set, name);
        if leaf.rows.is_empty() { leaf.source } else { format!("{}: {}", leaf.source, self.places(&leaf.rows)) }
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
        let Some((_, link)) = view.links.iter().find(|(name, _)| name == first) else { return Vec::new() };
        match link {
            Link::Law => self.law_path(rest).map(Target::Law).into_iter().collect(),
            Link::Facts(sets) => sets
                .iter()
                .filter_map(|(label, facts)| {
                    let fact =
                        facts.facts().into_iter().find(|fact| rest.first().is_some_and(|name| name == fact.name))?;
                    Some(Target::Fact(label.clone(), fact.name, fact.value))
                })
                .collect(),
            Link::Forms(list) => list
                .iter()
                .filter_map(|form| {
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
            Some(Target::Line(form, line)) if *form == at => short(line.text),
            Some(Target::Line(form, line)) => {
                let title = self.forms.forms[*form].filled.title();
                format!("{}, {}", short(title), short(line.text))
            }
            Some(Target::Fact(set, name, _)) => short(self.fact_text(at, set, name)),
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

    fn figure_of_law(&self, path: &str) -> String {
        let figure = self.year.citations.get(path).map_or("", |citation| citation.figure.as_str());
        if figure.ends_with('%') || figure.is_empty() { figure.to_owned() } else { super::render::grouped(figure) }
    }

    /// Where a fact comes from. `form` is the form that reads it: a comparison's forms stand on settings.
    fn leaf(&self, form: &str, set: &str, name: &str) -> Leaf {
        let key = format!("{set}.{name}");
        if let Some(setting) = self.settings.get(&key) {
            return Leaf::without_rows(origin(&setting.source));
        }
        // The comparison's returns stand on its worksheets and settings, not on the records.
        let side = if form == "withheld" { "job" } else { form.split_once('/').map_or("", |(side, _)| side) };
        match (side, set, name) {
            ("contract" | "bare", "business", "home_area" | "home_months") => {}
            ("contract" | "bare", "business", "gross_receipts") => {
                return Leaf::without_rows("the comparison: its fees");
            }
            ("contract" | "bare", "business", "depreciation") => {
                return Leaf::without_rows("the comparison: its equipment");
            }
            ("contract" | "bare", "business", _) => {
                return Leaf::without_rows(match self.settings.get("contract.cash_costs").map(|costs| &costs.source) {
                    Some(Source::Records(_)) | None => "your records, without equipment".to_owned(),
                    Some(other) => origin(other),
                });
            }
            ("contract", "own-benefits", "health") => {
                let premium = self.settings.get("contract.premium").map(|setting| origin(&setting.source));
                return Leaf::without_rows(premium.unwrap_or_default());
            }
            ("contract", "own-benefits", "sep") => {
                return Leaf::without_rows("the comparison: as much as deferral and match of the job");
            }
            ("job", "w2", _) => return Leaf::without_rows("the comparison: pay of the job by its own worksheet"),
            _ => {}
        }
        let items = |holds: &dyn Fn(&Item) -> bool| -> Vec<Origin> {
            self.year.deductions.items.iter().filter(|item| holds(item)).map(|item| item.expense.origin).collect()
        };
        let rows: Vec<Origin> = match (set, name) {
            ("business", "gross_receipts") => self
                .year
                .earnings
                .receipts()
                .filter(|receipt| receipt.amount > Usd::ZERO)
                .map(|receipt| receipt.origin)
                .collect(),
            ("business", "returns") => self
                .year
                .earnings
                .receipts()
                .filter(|receipt| receipt.amount < Usd::ZERO)
                .map(|receipt| receipt.origin)
                .collect(),
            ("business", line) => {
                items(&|item| matches!(item.verdict, Verdict::Deducted(own) if fact_name(own) == line))
            }
            ("own-benefits", "health") => items(&|item| item.verdict == Verdict::Own(OwnBenefit::Health)),
            ("own-benefits", "sep") => items(&|item| item.verdict == Verdict::Own(OwnBenefit::Sep)),
            ("filer", "estimated_payments") => items(&|item| item.verdict == Verdict::Payment),
            _ => Vec::new(),
        };
        let source = if !rows.is_empty() {
            "your records"
        } else if set == "days" {
            "the calendar"
        } else {
            "perchart.toml"
        };
        Leaf { source: source.to_owned(), rows }
    }

    /// Files and lines of records, runs drawn together: `payments.csv:4-9, 12`.
    fn places(&self, rows: &[Origin]) -> String {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        rows.dedup();
        let mut files: Vec<(i64, Vec<(i64, i64)>)> = Vec::new();
        for row in rows {
            let same = files.last().is_some_and(|(batch, _)| *batch == row.batch);
            if !same {
                files.push((row.batch, Vec::new()));
            }
            if let Some((_, runs)) = files.last_mut() {
                match runs.last_mut() {
                    Some((_, last)) if *last + 1 == row.line => *last = row.line,
                    _ => runs.push((row.line, row.line)),
                }
            }
        }
        let file = |(batch, runs): &(i64, Vec<(i64, i64)>)| {
            let name = self.year.records.place(Origin { batch: *batch, line: 0 });
            let name = name.trim_end_matches(":0");
            let shown: Vec<String> = runs
                .iter()
                .take(8)
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
                .collect();
            let more = if runs.len() > 8 { format!(" and {} more", runs.len() - 8) } else { String::new() };
            format!("{name}:{}{more}", shown.join(", "))
        };
        files.iter().map(file).collect::<Vec<_>>().join("; ")
    }
}

/// Where a setting comes from, in words.
fn origin(source: &Source) -> String {
    match source {
        Source::Profile => source.word().to_owned(),
        other => format!("{}: {}", other.word(), other.words()),
    }
}

/// The fact of the business that an expense line feeds.
const fn fact_name(line: crate::book::category::ExpenseLine) -> &'static str {
    use crate::book::category::ExpenseLine;
    match line {
        ExpenseLine::Advertising => "advertising",
        ExpenseLine::Car => "car",
        ExpenseLine::Commissions => "commissions",
        ExpenseLine::ContractLabor => "contract_labor",
        ExpenseLine::Insurance => "insurance",
        ExpenseLine::Interest => "interest",
        ExpenseLine::Legal => "legal",
        ExpenseLine::Office => "office",
        ExpenseLine::RentEquipment => "rent_equipment",
        ExpenseLine::RentProperty => "rent_property",
        ExpenseLine::Repairs => "repairs",
        ExpenseLine::Supplies => "supplies",
        ExpenseLine::Taxes => "taxes",
        ExpenseLine::Travel => "travel",
        ExpenseLine::Meals => "meals",
        ExpenseLine::Utilities => "utilities",
        ExpenseLine::Other => "other",
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
