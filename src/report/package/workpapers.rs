//! Workpapers: the rows behind every total, as an examiner would ask for them.

use std::collections::BTreeMap;

use super::Source;
use super::car::beside_the_car;
use super::rows::{Beside, REPLACED, is_of_home, of_category, of_reason, of_verdict, table};
use crate::book::category::{Category, ExpenseLine, OwnBenefit};
use crate::book::entry::Kind;
use crate::deduct::{Item, Verdict};
use crate::earnings::PayerYear;
use crate::home::Method;
use crate::money::{Exact, Usd};
use crate::report::own::is_led_elsewhere;
use crate::report::year::{by_category, by_reason, counted, counts, line_name, paid, printed, slug, times};
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
        if stated.amount == Usd::ZERO && !stated.from_records {
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
    for (category, items) in led_elsewhere(source) {
        let id = format!("own-{}", category.id);
        let row = Row::new(category.name.as_str()).text("as perchart.toml states it").text("records");
        let row = row.money(paid(&items)).blank().explain(format!("summary.{}", category.id));
        all.push(row.opens(id.as_str()));
        each.push(of_category(source, category, &items, &id, Beside::Nothing));
    }
    if all.rows.is_empty() {
        return Vec::new();
    }
    let mut sections = vec![all];
    sections.extend(each);
    sections
}

/// What counts elsewhere by what the profile states, though its rows are in the book.
fn led_elsewhere<'a>(source: &Source<'a>) -> Vec<(&'static Category, Vec<&'a Item>)> {
    let items = source.year.deductions.items.iter();
    by_category(items.filter(|item| item.verdict == Verdict::LeftOut && is_led_elsewhere(item)))
}

/// Rows that lower no tax for one reason.
struct Out<'a> {
    what: String,
    why: String,
    items: Vec<&'a Item>,
    /// The section of its rows, and how it is explained.
    opens: String,
    reference: String,
    /// The section, unless it stands in another part.
    section: Option<Section>,
}

/// What lowers no tax, by reason.
fn out<'a>(source: &Source<'a>) -> Vec<Out<'a>> {
    let items = || source.year.deductions.items.iter();
    let mut all = Vec::new();
    let plain =
        items().filter(|item| item.verdict == Verdict::LeftOut && item.why.is_none() && !is_led_elsewhere(item));
    for (category, items) in by_category(plain) {
        let opens = format!("out-{}", category.id);
        let section = of_category(source, category, &items, &opens, Beside::Nothing);
        let (what, why) = (category.name.clone(), category.reason.clone());
        all.push(Out {
            what,
            why,
            items,
            opens,
            reference: format!("summary.{}", category.id),
            section: Some(section),
        });
    }
    let of_its_own = items().filter(|item| match item.verdict {
        Verdict::LeftOut => !is_led_elsewhere(item),
        // Without a day on which the business began there is no worksheet that takes them.
        Verdict::StartUp => source.year.start_up.is_none(),
        _ => false,
    });
    for (number, (why, items)) in (1..).zip(by_reason(of_its_own)) {
        let opens = format!("out-why-{number}");
        let category = items[0].category;
        let section = of_reason(source, &category.name, why, &items, &opens);
        let (what, reference) = (category.name.clone(), format!("summary.{}", category.id));
        all.push(Out { what, why: why.text.to_owned(), items, opens, reference, section: Some(section) });
    }
    let idle = items().filter(|item| matches!(item.verdict, Verdict::HomeIdle(_)));
    for (category, items) in by_category(idle) {
        // The bills of a home may be left out in part, each for its reason.
        for (number, items) in (1..).zip(items.chunk_by(|one, other| one.verdict == other.verdict)) {
            let Verdict::HomeIdle(idle) = items[0].verdict else { continue };
            let opens =
                if number == 1 { format!("out-{}", category.id) } else { format!("out-{}-{number}", category.id) };
            let section = table(source, &opens, &category.name, items, Beside::Nothing).lead(idle.words());
            let reference = format!("summary.{}", category.id);
            let (what, why) = (category.name.clone(), idle.words().to_owned());
            all.push(Out { what, why, items: items.to_vec(), opens, reference, section: Some(section) });
        }
    }
    for (what, why, items, opens) in beside_the_car(source) {
        let reference = format!("summary.{}", items[0].category.id);
        all.push(Out { what, why: why.text.to_owned(), items, opens, reference, section: None });
    }
    let simplified = source.year.home.as_ref().is_some_and(|home| home.taken == Some(Method::Simplified));
    if simplified {
        for (category, items) in by_category(of_verdict(source, is_of_home).into_iter()) {
            let (opens, reference) = (format!("home-{}", category.id), format!("summary.{}", category.id));
            let what = category.name.clone();
            all.push(Out { what, why: REPLACED.to_owned(), items, opens, reference, section: None });
        }
    }
    all
}

/// What is not deducted, and why, with its rows.
pub(super) fn left_out(source: &Source) -> Vec<Section> {
    let found = out(source);
    if found.is_empty() {
        return Vec::new();
    }
    let mut all = Section::new("left-out", "Not deducted")
        .column(Column::left("what", "What"))
        .column(Column::left("why", "Why"))
        .column(Column::right("records", "Records"))
        .column(Column::right("paid", "Paid"));
    for Out { what, why, items, opens, reference, .. } in &found {
        let row = Row::new(what.as_str()).text(why.as_str()).count(times(items.len())).money(paid(items));
        all.push(row.opens(opens.as_str()).explain(reference.as_str()));
    }
    let (count, sum) = (found.iter().map(|out| out.items.len()).sum(), found.iter().map(|out| paid(&out.items)).sum());
    let lead = format!(
        "{} is in the book and lowers no tax by itself. It is listed so that nobody has to ask for it.",
        dollars(sum)
    );
    let total = Row::new("Together").blank().count(times(count)).money(sum);
    let mut sections = vec![all.lead(lead).row(total.total())];
    sections.extend(found.into_iter().filter_map(|out| out.section));
    sections
}
