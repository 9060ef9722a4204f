//! The year: what was earned and received, what is deducted, what is left out and why.

use rust_decimal::Decimal;

use super::{Column, Report, Row, Section, dollars};
use crate::book::category::{Category, ExpenseLine, OwnBenefit};
use crate::deduct::share::SaidBy;
use crate::deduct::{Item, Verdict, Why, fact_of};
use crate::earnings::{Basis, TypeYear};
use crate::money::Usd;
use crate::tax::form::Line;
use crate::tax::form_4562::Form4562;
use crate::tax::schedule_c::ScheduleC;
use crate::year::Year;

/// The year-end deduction summary by Schedule C line; with `rows`, every expense behind each total.
pub fn summary(year: &Year, rows: bool) -> Report {
    let (_, several) = year.unit();
    let mut report = Report::new("summary", format!("Year-end summary {}", year.number()))
        .subtitle(format!("Schedule C, cash basis; income from {several}"))
        .section(earned(year))
        .section(received(year))
        .section(deductions(year, rows));
    report.sections.extend(super::car::sections(year));
    report = report.section(profit(year));
    let mut others = super::assets::tables(year);
    others.extend(year.home.iter().map(|home| super::home::methods(year, home)));
    let told = [super::own::elsewhere(year), needs_you(year), left_out(year, rows)];
    others.extend(told.into_iter().filter(|section| !section.rows.is_empty()));
    report.sections.extend(others);
    for caution in year.cautions() {
        report = report.note(caution);
    }
    report.note("perchart explain summary.books shows the rows behind a total; any name in the last column works.")
}

/// What was earned, by payer and chart type.
pub fn earned(year: &Year) -> Section {
    let (one, several) = year.unit();
    let mut section = Section::new("earned", format!("Earned by work of {}", year.number()))
        .column(Column::left("payer", "Payer"))
        .column(Column::left("type", "Type"))
        .column(Column::right("count", capital(&several)))
        .column(Column::right("rejected", "Rejected"))
        .column(Column::right("hours", "Hours"))
        .column(Column::right("per_hour", format!("{} an hour", capital(&several))))
        .column(Column::right("earned", "Earned"))
        .column(Column::right("earned_per_hour", "$ an hour"));
    for entry in &year.earnings.types {
        section.push(work(&entry.payer, &entry.chart_type, entry).explain(format!("earned.{}", slug(&entry.payer))));
    }
    if section.rows.is_empty() {
        return section.lead(format!("No work of {} is in the book: perchart import charts.csv", year.number()));
    }
    let total = &year.earnings.total;
    section.push(work("All work", "", total).total());
    section.notes.push(format!("{}.", counted(year.earnings.work_days, "work day")));
    if let Some(accuracy) = year.earnings.accuracy() {
        section.notes.push(format!("Accuracy {}%, weighted by {one}.", (accuracy * Decimal::ONE_HUNDRED).round_dp(1)));
    }
    section
}

fn work(payer: &str, kind: &str, entry: &TypeYear) -> Row {
    let mut row = Row::new(payer).text(kind).count(entry.charts).count(entry.rejected);
    row = if entry.minutes_tenths > 0 { row.number(entry.hours(), 1) } else { row.blank() };
    row = entry.charts_per_hour().map_or_else(|| row.clone().blank(), |speed| row.clone().number(speed, 1));
    row = row.money(entry.earned);
    entry.earned_per_hour().map_or_else(|| row.clone().blank(), |earned| row.clone().number(earned, 2))
}

/// What counts as received, by payer, and what decided it.
pub fn received(year: &Year) -> Section {
    let number = year.number();
    let mut section = Section::new("received", format!("Received in {number}: this is the year's income"))
        .column(Column::left("payer", "Payer"))
        .column(Column::right("earned", "Earned"))
        .column(Column::right("received", "Received"))
        .column(Column::left("basis", "Counts by"));
    for payer in &year.earnings.payers {
        section.push(
            Row::new(payer.payer.as_str())
                .money(payer.earned)
                .money(payer.received)
                .text(payer.basis.words())
                .explain(format!("received.{}", slug(&payer.payer))),
        );
    }
    let earned = year.earnings.total.earned;
    section.push(Row::new("All payers").money(earned).money(year.earnings.received()).total().explain("received.all"));
    if year.earnings.payers.iter().any(|payer| matches!(payer.basis, Basis::Terms(_) | Basis::Both(_))) {
        section.notes.push(
            "Where no payments are in the book, the payer's terms say when the money came. Import payments to rest on facts.".to_owned(),
        );
    }
    if year.earnings.returns() > Usd::ZERO {
        section
            .notes
            .push(format!("{} was clawed back; it stands on Schedule C line 2.", dollars(year.earnings.returns())));
    }
    section
}

/// The line of Schedule C that reads an expense line's fact, by its name in the form's table.
pub(super) fn line_name(line: ExpenseLine) -> &'static str {
    let formula = format!("business.{}", fact_of(line));
    let reads = |line: &&Line<ScheduleC>| line.formula.split(" + ").any(|part| part == formula);
    ScheduleC::LINES.iter().find(reads).map_or("", |line| line.name)
}

/// Number and words of a line of Schedule C in a year's form.
pub(super) fn printed(name: &str, year: u16) -> (&'static str, &'static str) {
    let line = ScheduleC::LINES.iter().find(|line| line.name == name);
    line.map_or(("", ""), |line| (line.number_in(year).unwrap_or(""), line.text))
}

/// The categories of some items with their items, in the order of the category table.
pub(super) fn by_category<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<(&'static Category, Vec<&'a Item>)> {
    let mut found: Vec<(&'static Category, Vec<&Item>)> = Vec::new();
    for item in items {
        match found.iter_mut().find(|(category, _)| category.id == item.category.id) {
            Some((_, items)) => items.push(item),
            None => found.push((item.category, vec![item])),
        }
    }
    found.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    found
}

/// The items that are judged for a reason of their own, by it.
pub fn by_reason<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<(Why, Vec<&'a Item>)> {
    let mut found: Vec<(Why, Vec<&Item>)> = Vec::new();
    for item in items {
        let Some(why) = item.why else { continue };
        match found.iter_mut().find(|(known, _)| *known == why) {
            Some((_, items)) => items.push(item),
            None => found.push((why, vec![item])),
        }
    }
    found
}

pub(super) fn paid(items: &[&Item]) -> Usd {
    items.iter().map(|item| item.expense.amount).sum()
}

pub(super) fn counts(items: &[&Item]) -> Usd {
    items.iter().map(|item| item.counts).sum()
}

pub(super) fn times(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What is deducted, by Schedule C line.
pub fn deductions(year: &Year, rows: bool) -> Section {
    let mut section = Section::new("deductions", "Deducted on Schedule C")
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::right("times", "Rows"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("deducted", "Deducted"))
        .column(Column::left("explain_as", "Explain"));
    for line in ExpenseLine::ALL {
        let items = || year.deductions.items.iter().filter(move |item| item.verdict == Verdict::Deducted(line));
        if items().next().is_none() {
            continue;
        }
        let (number, text) = printed(line_name(line), year.law.year);
        let all: Vec<_> = items().collect();
        let reference = format!("schedule-c.{number}");
        section.push(
            Row::new(number)
                .text(text)
                .blank()
                .money(paid(&all))
                .money(counts(&all))
                .text(reference.as_str())
                .explain(reference),
        );
        for (category, items) in by_category(items()) {
            push_category(&mut section, category, &items, rows, year);
        }
    }
    for (at, car) in year.cars.cars.iter().enumerate().filter(|(_, car)| car.sheet.l12 != Usd::ZERO) {
        let (number, text) = printed("l9", year.law.year);
        let reference = format!("{}.12", super::car::reference(at));
        let what = format!("{text}: {} miles of the log", car.business.normalize());
        let row = Row::new(number).text(what).count(times(car.trips.len())).blank().money(car.sheet.l12);
        section.push(row.text(reference.as_str()).explain(reference));
        for (line, what, amount, number) in [
            ("l16b", "interest on the loan of the car", car.sheet.l13, "13"),
            ("l23", "property tax on the car", car.sheet.l14, "14"),
        ] {
            if amount != Usd::ZERO {
                let (printed, text) = printed(line, year.law.year);
                let reference = format!("{}.{number}", super::car::reference(at));
                let row = Row::new(printed).text(format!("{text}: {what}")).blank().blank().money(amount);
                section.push(row.text(reference.as_str()).explain(reference));
            }
        }
    }
    if let Some(start_up) = &year.start_up {
        let (number, text) = printed("l27_other", year.law.year);
        let paid: Usd = start_up.costs.iter().map(|item| item.expense.amount).sum();
        let what = format!("{text}: start-up costs, paid before {}", start_up.started);
        section.push(
            Row::new(number)
                .text(what)
                .count(times(start_up.costs.len()))
                .money(paid)
                .money(start_up.sheet.l9)
                .text("start-up.9")
                .explain("start-up.9"),
        );
        if rows {
            for item in &start_up.costs {
                section.push(record(item, year));
            }
        }
        section.notes.push(format!(
            "Start-up costs of {} were paid before the first paid charts of {}: up to {} is deducted in the year the business begins, the rest over {} months (IRC 195(b)); what begins to be amortized goes on {}.",
            dollars(start_up.facts.costs),
            start_up.started,
            dollars(year.law.startup.at_once),
            year.law.startup.months,
            place_of_amortization(year.law.year)
        ));
    }
    let (expensed, depreciation) = (year.assets.expensed(), depreciation(year));
    for (line, beside, amount) in [
        ("l27_other", ": things of at most the safe harbor's amount, recorded as assets alone", expensed),
        ("l13", "", depreciation),
    ] {
        if amount != Usd::ZERO {
            let (number, text) = printed(line, year.law.year);
            let reference = format!("schedule-c.{number}");
            let row = Row::new(number).text(format!("{text}{beside}")).blank().blank().money(amount);
            section.push(row.text(reference.as_str()).explain(reference));
        }
    }
    let cars = year.cars.line_9() + year.cars.interest() + year.cars.taxes();
    let together = year.deductions.schedule_c() + year.start_up_deduction() + cars + expensed + depreciation;
    section.push(Row::new("").text("Together").blank().blank().money(together).total());
    section.notes.extend(stated_shares(year));
    let is_small = |item: &Item| item.is_equipment() && item.verdict == Verdict::Deducted(ExpenseLine::Other);
    if expensed != Usd::ZERO || year.deductions.items.iter().any(is_small) {
        section.notes.push(format!(
            "Equipment of at most {} an item is deducted at once under the de minimis election: attach its statement to the return, which perchart tax --form form-4562 writes out (Reg. 1.263(a)-1(f)(5)).",
            dollars(year.law.de_minimis.per_item)
        ));
    }
    section
}

/// Where a year's forms have amortization: the drafts of 2026 take it out of Form 4562.
fn place_of_amortization(year: u16) -> &'static str {
    let stands = |line: &Line<Form4562>| line.name == "l44" && line.number_in(year).is_some();
    if Form4562::LINES.iter().any(stands) { "Form 4562, Part VI" } else { "Form 4562-B, by its draft" }
}

/// Line 13: by Form 4562, and as stated.
fn depreciation(year: &Year) -> Usd {
    let c = year.filled.as_ref().ok().and_then(|filled| filled.schedule_c.first());
    c.map_or(Usd::ZERO, |c| c.l13)
}

/// The shares of the profile that expenses of the year count by.
fn stated_shares(year: &Year) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for item in year.deductions.items.iter().filter(|item| matches!(item.verdict, Verdict::Deducted(_))) {
        let Some(SaidBy::Profile(what)) = year.shares.get(&item.expense.origin) else { continue };
        let share = Decimal::new(item.expense.share_millionths, 4).normalize();
        let note = format!("{}: {share}% is for the business, as perchart.toml says of {what}.", item.category.name);
        if !said.contains(&note) {
            said.push(note);
        }
    }
    said
}

/// From receipts to profit, as Schedule C writes it.
pub fn profit(year: &Year) -> Section {
    let mut section = Section::new("profit", "From receipts to profit")
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::right("amount", "$"))
        .column(Column::left("explain_as", "Explain"));
    let Some(c) = year.filled.as_ref().ok().and_then(|filled| filled.schedule_c.first()) else { return section };
    let lines = [("l1", c.l1), ("l2", -c.l2), ("l28", -c.l28), ("l30", -c.l30), ("l31", c.l31)];
    for (name, value) in lines.into_iter().filter(|(name, value)| *value != Usd::ZERO || *name == "l31") {
        let (number, text) = printed(name, year.law.year);
        let reference = format!("schedule-c.{number}");
        let row = Row::new(number).text(text).money(value).text(reference.as_str()).explain(reference);
        section.push(if name == "l31" { row.headline() } else { row });
    }
    if c.l13 != Usd::ZERO {
        let stated = year.profile.business.depreciation.unwrap_or_default();
        let from = if stated == Usd::ZERO { "by Form 4562" } else { "by Form 4562 and as stated in perchart.toml" };
        section.notes.push(format!("Line 28 holds depreciation of {}, line 13, {from}.", dollars(c.l13)));
    }
    section
}

fn push_category(section: &mut Section, category: &Category, items: &[&Item], rows: bool, year: &Year) {
    let reference = format!("summary.{}", category.id);
    section.push(
        Row::new("")
            .text(category.name.as_str())
            .count(times(items.len()))
            .money(paid(items))
            .money(counts(items))
            .text(reference.as_str())
            .explain(reference)
            .sub(),
    );
    if rows {
        for item in items {
            section.push(record(item, year));
        }
    }
}

/// One expense as a row under its category.
fn record(item: &Item, year: &Year) -> Row {
    let expense = &item.expense;
    let what = format!("{} {} {}", expense.date, expense.vendor, expense.description);
    Row::new("")
        .text(what)
        .blank()
        .money(expense.amount)
        .money(item.counts)
        .text(year.records.place(expense.origin))
        .sub()
}

/// What cannot be deducted until the user has done something.
fn needs_you(year: &Year) -> Section {
    asking(year, true)
}

/// What only the user can state: all that needs her but for rows of expenses.
pub(super) fn questions(year: &Year) -> Section {
    asking(year, false)
}

/// What needs the user; with `rows`, each expense that waits for an answer, too.
fn asking(year: &Year, rows: bool) -> Section {
    let mut section = Section::new("needs_you", "Needs you")
        .column(Column::left("what", "What"))
        .column(Column::right("paid", "Paid"))
        .column(Column::left("why", "Why"))
        .column(Column::left("row", "Row"));
    for (what, why, place) in super::car::first_questions(year) {
        section.push(Row::new(what).blank().text(why).text(place));
    }
    for question in year.home.iter().flat_map(|home| &home.questions) {
        section.push(Row::new(question.what).blank().text(question.ask.as_str()).text("perchart.toml"));
    }
    for item in year.deductions.items.iter().filter(|item| rows && item.verdict == Verdict::Asked) {
        let what = if item.expense.description.is_empty() { &item.expense.vendor } else { &item.expense.description };
        let why = item.why.map_or_else(String::new, |why| format!("{} ({})", why.text, why.cite));
        section.push(
            Row::new(what.as_str())
                .money(item.expense.amount)
                .text(why)
                .text(year.records.place(item.expense.origin))
                .explain(format!("summary.{}", item.category.id)),
        );
    }
    for item in year.deductions.seeming_equipment(year.law, &year.records.said()) {
        let place = year.records.place(item.expense.origin);
        let why = format!(
            "It costs more than {} and its words name a thing that lasts; it counts at once, as {}. Is it equipment? Then it is an asset: perchart categorize --set {place}=equipment. If not: perchart categorize --set {place}={} (IRC 263(a); Reg. 1.263(a)-1(f))",
            dollars(year.law.de_minimis.per_item),
            item.category.name.to_lowercase(),
            item.category.id
        );
        let row = Row::new(item.expense.description.as_str()).money(item.expense.amount).text(why);
        section.push(row.text(place).explain(format!("summary.{}", item.category.id)));
    }
    for (what, why, place) in super::car::questions(year) {
        section.push(Row::new(what).blank().text(why).text(place));
    }
    for (what, paid, why, reference) in super::own::questions(year) {
        let row = Row::new(what).money(paid).text(why);
        section.push(row.text(reference.as_str()).explain(reference));
    }
    for (id, name) in year.deductions.without_a_share(&year.shares) {
        let why = format!(
            "All of it counts, and nobody stated a share. A line used at home is rarely for the business alone (IRC 262(a)): state the part, [[share]] category = \"{id}\", business = 60 in perchart.toml, or row by row: perchart categorize --set ROW={id}@60%."
        );
        let paid = year.deductions.items.iter().filter(|item| item.category.id == id);
        let reference = format!("summary.{id}");
        let row = Row::new(name).money(paid.map(|item| item.expense.amount).sum()).text(why);
        section.push(row.text(reference.as_str()).explain(reference));
    }
    section
}

/// What is not deductible, and why.
pub fn left_out(year: &Year, rows: bool) -> Section {
    let mut section = Section::new("left_out", "Left out: not deductible")
        .column(Column::left("what", "What"))
        .column(Column::right("times", "Rows"))
        .column(Column::right("paid", "Paid"))
        .column(Column::left("why", "Why"));
    let reason = |item: &Item| match item.verdict {
        Verdict::LeftOut if item.why.is_none() => Some(item.category.reason.as_str()),
        Verdict::HomeIdle(idle) => Some(idle.words()),
        _ => None,
    };
    let of_their_own = year.deductions.items.iter().filter(|item| item.verdict == Verdict::LeftOut);
    // Bought in a year before the business began: no deduction of this year.
    let too_early = year.deductions.items.iter().filter(|item| item.verdict == Verdict::NeedsForm4562);
    for (why, items) in by_reason(of_their_own.chain(too_early)) {
        let names: Vec<&str> = items.iter().map(|item| item.expense.description.as_str()).collect();
        let what =
            if names.iter().all(|name| name.is_empty()) { items[0].category.name.clone() } else { names.join("; ") };
        let row = Row::new(what).count(times(items.len())).money(paid(&items));
        let row = row.text(format!("{} ({})", why.text, why.cite));
        section.push(row.explain(format!("summary.{}", items[0].category.id)));
    }
    let of_car = year.deductions.items.iter().filter(|item| item.verdict == Verdict::OfCar);
    for (why, items) in by_reason(of_car) {
        let row = Row::new(items[0].category.name.as_str()).count(times(items.len())).money(paid(&items));
        let row = row.text(format!("{} ({})", why.text, why.cite));
        section.push(row.explain(format!("summary.{}", items[0].category.id)));
    }
    for (why, trips) in year.cars.left_out() {
        let miles: Decimal = trips.iter().map(|trip| Decimal::new(trip.miles_tenths, 1)).sum();
        let row = Row::new(format!("{} miles of the log", miles.normalize())).count(times(trips.len())).blank();
        section.push(row.text(format!("{} ({})", why.text, why.cite)).explain("trips.all"));
    }
    let items =
        year.deductions.items.iter().filter(|item| reason(item).is_some() && !super::own::is_led_elsewhere(item));
    // The bills of a home may be left out in part, each for its reason.
    let grouped = by_category(items).into_iter().flat_map(|(category, items)| {
        items
            .chunk_by(|one, other| reason(one) == reason(other))
            .map(move |items| (category, items.to_vec()))
            .collect::<Vec<_>>()
    });
    for (category, items) in grouped {
        let row = Row::new(category.name.as_str()).count(times(items.len())).money(paid(&items));
        let why = items.first().and_then(|item| reason(item)).unwrap_or_default();
        section.push(row.text(why).explain(format!("summary.{}", category.id)));
        if rows {
            for item in items {
                let expense = &item.expense;
                let what = format!("{} {} {}", expense.date, expense.vendor, expense.description);
                section
                    .push(Row::new(what).blank().money(expense.amount).text(year.records.place(expense.origin)).sub());
            }
        }
    }
    section
}

/// The benefit an own payment is for.
pub const fn benefit_words(benefit: OwnBenefit) -> &'static str {
    match benefit {
        OwnBenefit::Health => "own health and dental premiums",
        OwnBenefit::Sep => "own retirement plan",
    }
}

/// A count with its noun: `1 work day`, `2 work days`.
pub fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A name as it stands in references: lower case, words joined by hyphens.
pub fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// A text about charts in the user's own unit.
pub fn in_unit(year: &Year, text: &str) -> String {
    let (one, several) = year.unit();
    if one == "chart" {
        return text.to_owned();
    }
    let word = |word: &str| match word {
        "chart" => one.to_owned(),
        "charts" => several.clone(),
        "Chart" => capital(one),
        "Charts" => capital(&several),
        other => other.to_owned(),
    };
    let parts = text.split_inclusive(|c: char| !c.is_alphabetic()).flat_map(|part| {
        let end = part.find(|c: char| !c.is_alphabetic()).unwrap_or(part.len());
        [word(&part[..end]), part[end..].to_owned()]
    });
    parts.collect()
}

/// A word with a capital first letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
