//! Workpapers: the rows behind every total, as an examiner would ask for them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Source;
use crate::book::category::{Category, ExpenseLine, OwnBenefit};
use crate::book::entry::{Expense, Kind};
use crate::deduct::{Item, Verdict};
use crate::earnings::PayerYear;
use crate::money::{Exact, Usd};
use crate::report::year::{by_category, counted, counts, line_name, paid, printed, slug, times};
use crate::report::{Cell, Column, Row, Section, dollars};

/// The section of a line of Schedule C.
pub(super) fn line_id(line: ExpenseLine, year: u16) -> String {
    format!("line-{}", printed(line_name(line), year).0)
}

/// The line of the form beside the workpaper's total: as it is filed.
fn filed(place: &str, total: Usd, source: &Source, reference: &str) -> (String, Usd, String) {
    (place.to_owned(), source.round.enter(Exact::from(total)), reference.to_owned())
}

/// What was received: a section for all payers, then one for each with its rows.
pub(super) fn receipts(source: &Source) -> Vec<Section> {
    let year = source.year;
    let earnings = &year.earnings;
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Section::new("receipts", "Received, by payer")
        .lead("Income belongs to the year in which it was received (cash basis; IRC 451(a), Reg. 1.451-1(a)).")
        .column(Column::left("payer", "Payer"))
        .column(Column::left("basis", "Counts by"))
        .column(Column::right("gross", "Received"))
        .column(Column::right("returns", "Paid back"))
        .column(Column::right("net", "Net"));
    let mut each = Vec::new();
    for payer in &earnings.payers {
        // Two names may differ in signs only.
        let slug = slug(&payer.payer);
        let twin = names.entry(slug.clone()).or_insert(0);
        *twin += 1;
        let id = if *twin > 1 { format!("receipts-{slug}-{twin}") } else { format!("receipts-{slug}") };
        let (gross, returns) = both(payer);
        let row = Row::new(payer.payer.as_str()).text(payer.basis.words());
        let row = row.money(gross).money(-returns).money(payer.received);
        let row = row.explain(format!("received.{slug}"));
        if payer.receipts.is_empty() {
            all.push(row);
        } else {
            all.push(row.opens(id.as_str()));
            each.push(payer_rows(source, payer, &id));
        }
    }
    let (gross, returns) = (earnings.gross_receipts(), earnings.returns());
    let total = Row::new("All payers").blank().money(gross).money(-returns).money(gross - returns);
    all.push(total.total().explain("received.all"));
    for (place, name, amount) in [("l1", "gross", gross), ("l2", "returns", returns)] {
        let (number, _) = printed(place, year.law.year);
        let (label, amount, reference) =
            filed(&format!("Schedule C line {number}"), amount, source, &format!("schedule-c.{number}"));
        let row = Row::new(label).blank();
        let row = if name == "gross" { row.money(amount) } else { row.blank().money(-amount) };
        if amount != Usd::ZERO || name == "gross" {
            all.push(row.headline().explain(reference));
        }
    }
    let mut sections = vec![all];
    sections.extend(each);
    sections
}

fn both(payer: &PayerYear) -> (Usd, Usd) {
    let amounts = || payer.receipts.iter().map(|receipt| receipt.amount);
    (amounts().map(Usd::floor0).sum(), amounts().map(|amount| (-amount).floor0()).sum())
}

fn payer_rows(source: &Source, payer: &PayerYear, id: &str) -> Section {
    let year = source.year;
    let mut section = Section::new(id, payer.payer.as_str())
        .column(Column::left("on", "Received"))
        .column(Column::left("from", "From"))
        .column(Column::left("record", "Record"))
        .column(Column::right("amount", "Amount"));
    for receipt in &payer.receipts {
        let from = match receipt.kind {
            Kind::Payments if receipt.amount < Usd::ZERO => "paid back",
            Kind::Payments => "payment",
            _ => "work, by its terms",
        };
        let record = receipt.origin.map(|origin| year.records.place(origin)).unwrap_or_default();
        section.push(Row::new(Cell::Date(receipt.on)).text(from).text(record).money(receipt.amount));
    }
    let count = i64::try_from(payer.receipts.len()).unwrap_or(i64::MAX);
    let total = Row::new("Total").text(counted(count, "record")).blank().money(payer.received);
    section.row(total.total().explain(format!("received.{}", slug(&payer.payer))))
}

/// Every line of Schedule C with expenses: its categories, then the rows of each.
pub(super) fn expenses(source: &Source) -> Vec<Section> {
    let year = source.year;
    let number = year.law.year;
    let mut all = Section::new("expenses", "Expenses by line")
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::right("records", "Records"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("deducted", "Deducted"));
    let mut each = Vec::new();
    for line in ExpenseLine::ALL {
        let items: Vec<&Item> =
            year.deductions.items.iter().filter(|item| item.verdict == Verdict::Deducted(line)).collect();
        if items.is_empty() {
            continue;
        }
        let (printed, text) = printed(line_name(line), number);
        let (id, reference) = (line_id(line, number), format!("schedule-c.{printed}"));
        let row = Row::new(printed).text(text).count(times(items.len())).money(paid(&items)).money(counts(&items));
        all.push(row.opens(id.as_str()).explain(reference.as_str()));
        let categories = by_category(items.iter().copied());
        let total = counts(&items);
        let (label, amount, reference) = filed(&format!("Schedule C line {printed}"), total, source, &reference);
        let heading = format!("Line {printed}: {}", text.trim_end_matches(", from line 48"));
        // Part V lists its kinds; elsewhere a line of one kind needs no list.
        if let ([(category, items)], true) = (&*categories, line != ExpenseLine::Other) {
            let mut section = category_rows(source, category, items, &id, "Deducted");
            section.heading = heading;
            section.lead.insert(0, format!("{}.", category.name));
            let last = (2..section.columns.len()).fold(Row::new(format!("Line {printed}")), |row, _| row.blank());
            section.push(last.money(amount).headline().explain(reference));
            each.push(section);
            continue;
        }
        let mut section = Section::new(id, heading)
            .column(Column::left("category", "Category"))
            .column(Column::right("records", "Records"))
            .column(Column::right("paid", "Paid"))
            .column(Column::right("deducted", "Deducted"));
        let mut rows = Vec::new();
        for (category, items) in categories {
            let id = format!("rows-{}", category.id);
            let row = Row::new(category.name.as_str()).count(times(items.len())).money(paid(&items));
            let row = row.money(counts(&items)).explain(format!("summary.{}", category.id));
            section.push(row.opens(id.as_str()));
            let mut detail = category_rows(source, category, &items, &id, "Deducted");
            detail.heading = format!("Line {printed}: {}", category.name);
            rows.push(detail);
        }
        section.push(Row::new("Total").count(times(items.len())).money(paid(&items)).money(total).total());
        section.push(Row::new(label).blank().blank().money(amount).headline().explain(reference));
        each.push(section);
        each.extend(rows);
    }
    if each.is_empty() {
        return Vec::new();
    }
    let items: Vec<&Item> =
        year.deductions.items.iter().filter(|item| matches!(item.verdict, Verdict::Deducted(_))).collect();
    let total = Row::new("").text("Together").count(times(items.len())).money(paid(&items)).money(counts(&items));
    let mut sections = vec![all.row(total.total())];
    sections.extend(each);
    sections
}

/// The rows of a category.
fn category_rows(source: &Source, category: &Category, items: &[&Item], id: &str, counted_as: &str) -> Section {
    let year = source.year;
    let mut section = Section::new(id, category.name.as_str())
        .lead(format!("{} {}.", category.reason, category.cite))
        .column(Column::left("date", "Paid on"))
        .column(Column::left("vendor", "Vendor"))
        .column(Column::left("what", "What for"))
        .column(Column::left("record", "Record"))
        .column(Column::right("paid", "Paid"));
    let deducted = !counted_as.is_empty();
    if deducted {
        section = section.column(Column::right("share", "Business")).column(Column::right("counts", counted_as));
    }
    for item in items {
        let Expense { date, vendor, description, amount, share_millionths, origin, .. } = &item.expense;
        let row = Row::new(Cell::Date(*date)).text(vendor.as_str()).text(description.as_str());
        let row = row.text(year.records.place(*origin)).money(*amount);
        section.push(if deducted {
            row.percent(Decimal::new(*share_millionths, 6), 0).money(item.counts)
        } else {
            row
        });
    }
    let total = Row::new("Total").blank().blank().blank().money(paid(items));
    let total = if deducted { total.blank().money(counts(items)) } else { total };
    section.row(total.total().explain(format!("summary.{}", category.id)))
}

/// What counts elsewhere on the return.
pub(super) fn own(source: &Source) -> Vec<Section> {
    let year = source.year;
    let filled = year.filled.as_ref().ok();
    let kinds = [
        (
            "Health and dental premiums",
            "Schedule 1 line 17, Form 7206",
            Verdict::Own(OwnBenefit::Health),
            year.own.health,
            filled.map(|filled| filled.adjustments.l17),
            "schedule-1.17",
        ),
        (
            "Own retirement plan",
            "Schedule 1 line 16",
            Verdict::Own(OwnBenefit::Sep),
            year.own.sep,
            filled.map(|filled| filled.adjustments.l16),
            "schedule-1.16",
        ),
        (
            "Estimated tax",
            "Form 1040 line 26",
            Verdict::Payment,
            year.own.estimated,
            filled.map(|filled| filled.form_1040.l26),
            "form-1040.26",
        ),
    ];
    let mut all = Section::new("own", "Paid by the taxpayer, on the return outside Schedule C")
        .column(Column::left("what", "What"))
        .column(Column::left("where", "Where"))
        .column(Column::left("from", "From"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("counts", "On the line"));
    let mut each = Vec::new();
    for (what, place, verdict, stated, counted, reference) in kinds {
        if stated.amount == Usd::ZERO {
            continue;
        }
        let from = if stated.from_records { "records" } else { "stated in perchart.toml" };
        let row = Row::new(what).text(place).text(from).money(stated.amount).cell(counted).explain(reference);
        let id = format!("own-{}", slug(what));
        if !stated.from_records {
            all.push(row);
            continue;
        }
        all.push(row.opens(id.as_str()));
        let items: Vec<&Item> = year.deductions.items.iter().filter(|item| item.verdict == verdict).collect();
        let mut section = Section::new(id, what)
            .column(Column::left("date", "Paid on"))
            .column(Column::left("vendor", "Vendor"))
            .column(Column::left("what", "What for"))
            .column(Column::left("record", "Record"))
            .column(Column::right("paid", "Paid"));
        for item in &items {
            let expense = &item.expense;
            let row = Row::new(Cell::Date(expense.date)).text(expense.vendor.as_str());
            let row = row.text(expense.description.as_str()).text(year.records.place(expense.origin));
            section.push(row.money(item.counts));
        }
        let total = Row::new("Total").blank().blank().blank().money(counts(&items));
        each.push(section.row(total.total().explain(reference)));
    }
    if all.rows.is_empty() {
        return Vec::new();
    }
    let mut sections = vec![all];
    sections.extend(each);
    sections
}

/// What is not deducted, and why, with its rows.
pub(super) fn left_out(source: &Source) -> Vec<Section> {
    let year = source.year;
    let mut all = Section::new("left-out", "Not deducted")
        .column(Column::left("what", "What"))
        .column(Column::left("why", "Why"))
        .column(Column::right("records", "Records"))
        .column(Column::right("paid", "Paid"));
    let mut each = Vec::new();
    let items = || year.deductions.items.iter().filter(|item| item.verdict == Verdict::LeftOut);
    for (category, items) in by_category(items()) {
        let id = format!("out-{}", category.id);
        let row = Row::new(category.name.as_str()).text(category.reason.as_str());
        let row = row.count(times(items.len())).money(paid(&items));
        all.push(row.opens(id.as_str()).explain(format!("summary.{}", category.id)));
        each.push(category_rows(source, category, &items, &id, ""));
    }
    let items: Vec<&Item> = items().collect();
    if items.is_empty() {
        return Vec::new();
    }
    let total = Row::new("Together").blank().count(times(items.len())).money(paid(&items));
    let lead = format!(
        "{} is in the book and lowers no tax. It is listed so that nobody has to ask for it.",
        dollars(paid(&items))
    );
    let mut sections = vec![all.lead(lead).row(total.total())];
    sections.extend(each);
    sections
}
