//! What each line of Schedule C comes from: records, worksheets, forms. A line with several sources shows a row for each.

use super::Source;
use super::car::car_sheet;
use super::rows::{self, Beside, business_part, of_category, start_up};
use super::workpapers::line_id;
use crate::book::category::{Category, ExpenseLine};
use crate::deduct::{Item, Verdict};
use crate::money::{Exact, Usd};
use crate::report::year::{by_category, counted, counts, line_name, paid, printed, times};
use crate::report::{Cell, Column, Row, Section, car, dollars};
use crate::tax::form::{Filled as _, Value};
use crate::tax::form_4562::Form4562;

/// One source of a line.
pub(super) struct Feed<'a> {
    what: String,
    /// How many records it rests on, and what was paid by them; none for what is no sum of records.
    records: Option<i64>,
    paid: Option<Usd>,
    /// What it brings to the line, to the cent.
    pub(super) amount: Usd,
    /// What went for it, before a limit of law.
    pub(super) went: Usd,
    opens: Option<String>,
    reference: Option<String>,
    rows: Option<(&'static Category, Vec<&'a Item>)>,
}

impl Feed<'_> {
    fn new(what: impl Into<String>, amount: Usd) -> Self {
        let what = what.into();
        Feed { what, records: None, paid: None, amount, went: amount, opens: None, reference: None, rows: None }
    }

    fn records(self, count: usize) -> Self {
        Feed { records: Some(times(count)), ..self }
    }

    fn paid(self, paid: Usd) -> Self {
        Feed { paid: Some(paid), ..self }
    }

    fn opens(self, section: impl Into<String>) -> Self {
        Feed { opens: Some(section.into()), ..self }
    }

    fn explain(self, reference: impl Into<String>) -> Self {
        Feed { reference: Some(reference.into()), ..self }
    }
}

/// A line of Schedule C with all that feeds it.
pub(super) struct Fed<'a> {
    /// Its name in the form's table.
    pub(super) name: &'static str,
    pub(super) id: String,
    pub(super) feeds: Vec<Feed<'a>>,
}

impl Fed<'_> {
    /// The line, to the cent.
    pub(super) fn amount(&self) -> Usd {
        self.feeds.iter().map(|feed| feed.amount).sum()
    }

    fn records(&self) -> i64 {
        self.feeds.iter().filter_map(|feed| feed.records).sum()
    }

    fn paid(&self) -> Usd {
        self.feeds.iter().filter_map(|feed| feed.paid).sum()
    }

    /// Its number and words in the year's form.
    pub(super) fn printed(&self, source: &Source) -> (&'static str, &'static str) {
        let (number, text) = printed(self.name, source.year.law.year);
        (number, text.trim_end_matches(", from line 48"))
    }

    /// The line as the return has it.
    fn filed(&self, source: &Source) -> Usd {
        let line = source.business.0.lines(source.year.law.year).into_iter().find(|line| line.name == self.name);
        match line.map(|line| line.value) {
            Some(Value::Usd(amount)) => amount,
            _ => Usd::ZERO,
        }
    }

    /// The sources of the line, their sum, and the line as it is filed.
    fn section(&self, source: &Source) -> Section {
        let (number, text) = self.printed(source);
        let has_records = self.feeds.iter().any(|feed| feed.records.is_some());
        let has_paid = self.feeds.iter().any(|feed| feed.paid.is_some());
        let mut section =
            Section::new(self.id.as_str(), format!("Line {number}: {text}")).column(Column::left("from", "From"));
        for (id, heading, _) in
            [("records", "Records", has_records), ("paid", "Paid", has_paid)].iter().filter(|(.., has)| *has)
        {
            section = section.column(Column::right(*id, *heading));
        }
        // A column of which no source has a figure is left out.
        let row = |what: &str, records: Option<i64>, paid: Option<Usd>, amount: Usd| {
            let row = Row::new(what);
            let row = if has_records { row.cell(records) } else { row };
            let row = if has_paid { row.cell(paid) } else { row };
            row.money(amount)
        };
        section = section.column(Column::right("deducted", "Deducted"));
        for feed in &self.feeds {
            let row = row(&feed.what, feed.records, feed.paid, feed.amount);
            section.push(Row { opens: feed.opens.clone(), reference: feed.reference.clone(), ..row });
        }
        section.push(row("Total", Some(self.records()), Some(self.paid()), self.amount()).total());
        let last = row(&format!("Schedule C line {number}"), None, None, self.filed(source));
        section.push(last.headline().explain(format!("schedule-c.{number}")));
        if source.round.enter(Exact::from(self.amount())) != self.filed(source) {
            section = section.note("The forms and worksheets behind it round each of their lines to whole dollars.");
        }
        section
    }
}

/// Every line that has something to show, in the order of the form; without the home.
pub(super) fn fed<'a>(source: &Source<'a>) -> Vec<Fed<'a>> {
    let number = source.year.law.year;
    let of_records = ExpenseLine::ALL.into_iter().map(|line| Fed {
        name: line_name(line),
        id: line_id(line, number),
        feeds: of_line(source, line),
    });
    let mut all: Vec<Fed> = of_records.chain([depreciation(source)]).collect();
    let order = |fed: &Fed| crate::tax::schedule_c::ScheduleC::LINES.iter().position(|line| line.name == fed.name);
    all.sort_by_key(order);
    all.retain(|fed| !fed.feeds.is_empty());
    all
}

/// On what the expenses rest: `49 records and 12 trips`.
pub(super) fn rest_on(source: &Source) -> String {
    let of_year = |verdict: Verdict| matches!(verdict, Verdict::Deducted(_) | Verdict::NeedsForm4562);
    let mut rows = rows::of_verdict(source, of_year).len();
    rows += source
        .year
        .start_up
        .iter()
        .filter(|start_up| start_up.sheet.l9 != Usd::ZERO)
        .map(|all| all.costs.len())
        .sum::<usize>();
    let cars = &source.year.cars.cars;
    rows += cars.iter().filter(|car| car.facts.standard == 0).map(|car| car.costs.len()).sum::<usize>();
    let trips: usize = cars.iter().map(|car| car.trips.len()).sum();
    let records = counted(times(rows), "record");
    if trips == 0 { records } else { format!("{records} and {}", counted(times(trips), "trip")) }
}

/// The sources of a line that has records: its categories, then the worksheets that lead to it.
fn of_line<'a>(source: &Source<'a>, line: ExpenseLine) -> Vec<Feed<'a>> {
    let year = source.year;
    let items = year.deductions.items.iter().filter(|item| item.verdict == Verdict::Deducted(line));
    let of_category = |(category, items): (&'static Category, Vec<&'a Item>)| Feed {
        went: business_part(&items),
        rows: Some((category, items.clone())),
        ..Feed::new(category.name.as_str(), counts(&items))
            .records(items.len())
            .paid(paid(&items))
            .opens(format!("rows-{}", category.id))
            .explain(format!("summary.{}", category.id))
    };
    let mut feeds: Vec<Feed> = by_category(items).into_iter().map(of_category).collect();
    for (at, car) in year.cars.cars.iter().enumerate() {
        let name = car.stated.name.as_deref().unwrap_or("the car");
        let miles = car.business.normalize();
        let (what, amount, number) = match line {
            ExpenseLine::Car if car.facts.standard == 1 => {
                (format!("Standard mileage rate, {name}: {miles} miles"), car.sheet.l12, "12")
            }
            ExpenseLine::Car => (format!("Actual costs, {name}: the part of {miles} miles"), car.sheet.l12, "12"),
            ExpenseLine::Interest => (format!("Loan for {name}, business part"), car.sheet.l13, "13"),
            ExpenseLine::Taxes => (format!("Property tax on {name}, business part"), car.sheet.l14, "14"),
            _ => continue,
        };
        if amount != Usd::ZERO {
            let feed = Feed::new(what, amount).opens(car_sheet(at));
            let feed = feed.explain(format!("{}.{number}", car::reference(at)));
            feeds.push(if line == ExpenseLine::Car { feed.records(car.trips.len()) } else { feed });
        }
    }
    if line == ExpenseLine::Other {
        feeds.extend(other(source));
    }
    feeds
}

/// What else is on the line of other expenses.
fn other<'a>(source: &Source<'a>) -> Vec<Feed<'a>> {
    let year = source.year;
    let mut feeds = Vec::new();
    if let Some(start_up) = &year.start_up {
        let items: Vec<&Item> = start_up.costs.iter().collect();
        let what = format!("Start-up costs, paid before {}", start_up.started);
        let feed = Feed::new(what, start_up.sheet.l9).records(items.len()).paid(paid(&items));
        feeds.push(feed.opens("start-up").explain("start-up.9"));
    }
    let expensed = year.assets.expensed();
    if expensed != Usd::ZERO {
        feeds.push(Feed::new("Small things by the safe harbor, from the register", expensed).opens("expensed"));
    }
    feeds
}

/// Line 13: what assets bring, what of section 179 comes or waits, what is stated.
fn depreciation<'a>(source: &Source<'a>) -> Fed<'a> {
    let year = source.year;
    let own: Vec<_> = year.assets.in_year(year.number()).collect();
    let mut feeds = Vec::new();
    if !own.is_empty() {
        let amount = own.iter().map(|(_, own)| own.deduction()).sum();
        feeds.push(
            Feed::new("Depreciation and section 179 of the year", amount).opens("depreciation").explain("form-4562.22"),
        );
    }
    if let Some(form) = source.form_4562().filter(|form| form.l10 != Usd::ZERO || form.l13 != Usd::ZERO) {
        let elected: Usd = own.iter().map(|(_, own)| own.section_179).sum();
        if form.own_179 != elected {
            let what = if form.own_179 > elected {
                "Section 179 carried from the year before"
            } else {
                "Section 179 that waits for more business income"
            };
            feeds.push(Feed::new(what, form.own_179 - elected).opens("form-4562").explain("form-4562.12"));
        }
    }
    let stated = year.profile.business.depreciation.unwrap_or_default();
    if stated != Usd::ZERO {
        feeds.push(Feed::new("Stated in perchart.toml", stated));
    }
    Fed { name: "l13", id: "line-13".to_owned(), feeds }
}

/// Line 13 by source; none where one schedule is all of it.
pub(super) fn line_13(source: &Source) -> Option<Section> {
    let fed = depreciation(source);
    (!fed.feeds.is_empty()).then(|| fed.section(source))
}

/// Line 30: the worksheet of the simplified method, Form 8829, and what is stated.
fn home<'a>(source: &Source<'a>) -> Fed<'a> {
    let (_, sheet) = &source.business;
    let mut feeds = Vec::new();
    if sheet.l5 != Usd::ZERO {
        feeds.push(Feed::new("Simplified method worksheet", sheet.l5).opens("home").explain("simplified-method.5"));
    }
    let form = source.year.filled.as_ref().ok().and_then(|filled| filled.form_8829.first());
    if let Some(form) = form.filter(|form| form.l36 != Usd::ZERO) {
        feeds.push(Feed::new("Form 8829", form.l36).opens("form-8829").explain("form-8829.36"));
    }
    let stated = source.year.profile.business.home_office_expenses.unwrap_or_default();
    if stated != Usd::ZERO {
        feeds.push(Feed::new("Stated in perchart.toml", stated));
    }
    Fed { name: "l30", id: "line-30".to_owned(), feeds }
}

/// Line 30 by source.
pub(super) fn line_30(source: &Source) -> Option<Section> {
    let fed = home(source);
    (!fed.feeds.is_empty()).then(|| fed.section(source))
}

/// What the home brings to line 30.
pub(super) fn of_home(source: &Source) -> Usd {
    home(source).amount()
}

/// Every line with expenses, then for each its sources and the rows of each.
pub(super) fn expenses(source: &Source) -> Vec<Section> {
    let lines = fed(source);
    if lines.is_empty() {
        return Vec::new();
    }
    let mut all = Section::new("expenses", "Expenses by line")
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::right("records", "Records"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("deducted", "Deducted"));
    let mut each = Vec::new();
    for line in &lines {
        let (number, text) = line.printed(source);
        let (records, paid) = (line.records(), line.paid());
        let row = Row::new(number).text(text).cell((records != 0).then_some(records));
        let row = row.cell((paid != Usd::ZERO).then_some(paid)).money(line.amount());
        all.push(row.opens(line.id.as_str()).explain(format!("schedule-c.{number}")));
        // Its section is with the schedule of depreciation.
        if line.name != "l13" {
            each.extend(sections(source, line));
        }
    }
    let (records, paid) = (lines.iter().map(Fed::records).sum(), lines.iter().map(Fed::paid).sum());
    let amount: Usd = lines.iter().map(Fed::amount).sum();
    all.push(Row::new("").text("Together").count(records).money(paid).money(amount).total());
    let filed = source.business.0.l28;
    let last = Row::new("28").text("Total expenses, as filed").cell(Cell::Blank).blank().money(filed);
    all.push(last.headline().explain("schedule-c.28"));
    if source.round.enter(Exact::from(amount)) != filed {
        all = all.note(format!(
            "{} by rows, {} as filed: each line is rounded to whole dollars before they are added.",
            dollars(amount),
            dollars(filed)
        ));
    }
    let mut sections = vec![all];
    sections.extend(each);
    sections
}

/// The sections of a line: one, where it is one category; else its sources, and the rows of each.
fn sections(source: &Source, line: &Fed) -> Vec<Section> {
    let (number, text) = line.printed(source);
    // Part V lists its kinds; elsewhere a line of one kind needs no list.
    let is_list = line.feeds.len() > 1 || line.name == "l27_other";
    if let ([Feed { rows: Some((category, items)), .. }], false) = (&*line.feeds, is_list) {
        let mut section = of_category(source, category, items, &line.id, Beside::Counts("Deducted"));
        section.heading = format!("Line {number}: {text}");
        section.lead.insert(0, format!("{}.", category.name));
        let last = (2..section.columns.len()).fold(Row::new(format!("Line {number}")), |row, _| row.blank());
        section.push(last.money(line.filed(source)).headline().explain(format!("schedule-c.{number}")));
        return vec![section];
    }
    let mut sections = vec![line.section(source)];
    for (category, items) in line.feeds.iter().filter_map(|feed| feed.rows.as_ref()) {
        let id = format!("rows-{}", category.id);
        let mut rows = of_category(source, category, items, &id, Beside::Counts("Deducted"));
        rows.heading = format!("Line {number}: {}", category.name);
        sections.push(rows);
    }
    if line.name == "l27_other" {
        sections.extend(start_up(source));
    }
    sections
}

impl Source<'_> {
    /// Form 4562 of the business in the book.
    pub(super) fn form_4562(&self) -> Option<&Form4562> {
        self.year.filled.as_ref().ok().and_then(|filled| filled.form_4562.first())
    }
}
