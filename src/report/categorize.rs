//! What rows of statements are, and what only the user knows.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::year::{capital, counted};
use super::{Cell, Column, Report, Row, Section};
use crate::book::category::{Categories, Category};
use crate::book::entry::{Kind, Movement};
use crate::ledger::{DOLLARS, Decision, Label, Ledger, Match, Proposal, Usage, WHOLE, Why};
use crate::money::Usd;
use crate::year::Records;

/// Which rows to show.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this year.
    pub year: Option<i32>,
    /// So sure.
    pub label: Option<Label>,
    /// These alone.
    pub rows: Option<Vec<i64>>,
}

impl Filter {
    fn holds(&self, day: NaiveDate, decision: &Decision) -> bool {
        self.year.is_none_or(|year| day.year() == year)
            && self.label.is_none_or(|label| decision.label == label)
            && self.rows.as_ref().is_none_or(|rows| rows.contains(&decision.movement))
    }
}

/// The rows of statements by what they are, the totals by category, the questions, and rules to learn.
pub fn categorize(records: &Records, ledger: &Ledger, filter: &Filter, learned: &[Proposal]) -> Report {
    let rows: Vec<(&Movement, &Decision)> =
        ledger.rows().filter(|(row, decision)| filter.holds(row.date, decision)).collect();
    let of = |label: Label| rows.iter().filter(move |(_, decision)| decision.label == label).count();
    let count = |count: usize, what: &str| counted(i64::try_from(count).unwrap_or(i64::MAX), what);
    let title = filter.year.map_or_else(|| "Statements".to_owned(), |year| format!("Statements of {year}"));
    let mut report = Report::new("categorize", title).subtitle(format!(
        "{}: {} classified, {} assumed, {} for you",
        count(rows.len(), "row"),
        of(Label::Classified),
        of(Label::Assumed),
        of(Label::NeedsYou)
    ));
    if rows.is_empty() {
        return report.section(Section::new("rows", "").lead("No such rows of statements are in the book."));
    }
    for section in questions(&rows) {
        report = report.section(section);
    }
    let matched = |decision: &Decision| matches!(decision.usage, Usage::Transfer | Usage::Cancelled | Usage::Recorded);
    let parts = [
        ("assumed", "Assumed; say where it is otherwise", Label::Assumed, false),
        ("classified", "Classified", Label::Classified, false),
        (
            "assumed_matched",
            "Assumed to move money between your accounts, or to be recorded already",
            Label::Assumed,
            true,
        ),
        ("matched", "Counted elsewhere: transfers, reversals, records of files", Label::Classified, true),
    ];
    for (id, heading, label, of_matched) in parts {
        let section =
            decided(records, id, heading, &rows, |decision| decision.label == label && matched(decision) == of_matched);
        if !section.rows.is_empty() {
            report = report.section(section);
        }
    }
    let totals = totals(&rows);
    if !totals.rows.is_empty() {
        report = report.section(totals);
    }
    if !learned.is_empty() {
        report = report.section(proposals(learned));
    }
    for (movement, kind, origin) in ledger.doubles.iter().filter(|(id, ..)| rows.iter().any(|(row, _)| row.id == *id)) {
        report = report.note(format!(
            "Row {movement} counts as you said, and {} looks like the same event, which counts too ({}). If it is one, take back what you said: perchart categorize --forget {movement}",
            records.place(*origin),
            kind.word()
        ));
    }
    let asks = of(Label::NeedsYou) > 0;
    if asks {
        report = report.note("Answer with perchart categorize --set ROW=CATEGORY, with a business share --set ROW=CATEGORY@60%; or ROW=private, ROW=transfer, ROW=reimbursement, ROW=income:PAYER. What is not answered does not count.");
    }
    report
}

/// Expenses of files, as they stand after the user's word.
pub fn expenses(records: &Records, ids: &[i64]) -> Report {
    let mut section = Section::new("expenses", "")
        .column(Column::left("date", "Date"))
        .column(Column::left("vendor", "Vendor"))
        .column(Column::left("description", "What"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("is", "Is"))
        .column(Column::right("share", "Business"))
        .column(Column::left("row", "Row"));
    for row in records.expenses.iter().filter(|row| ids.contains(&row.id)) {
        section.push(
            Row::new(Cell::Date(row.date))
                .text(row.vendor.as_str())
                .text(row.description.as_str())
                .money(row.amount)
                .text(row.category.as_str())
                .percent(Decimal::new(row.share_millionths, 6), 0)
                .text(records.place(row.origin)),
        );
    }
    Report::new("categorize", "Expenses").section(section)
}

/// The columns that say which row it is.
fn of_rows(section: Section) -> Section {
    section
        .column(Column::right("id", "Row"))
        .column(Column::left("date", "Date"))
        .column(Column::left("account", "Account"))
        .column(Column::left("description", "Words"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("currency", ""))
}

/// Which row it is. Dollars go without saying.
fn row(movement: &Movement) -> Row {
    let currency = if movement.currency == DOLLARS { Cell::Blank } else { Cell::from(movement.currency.as_str()) };
    Row::new(movement.id)
        .date(movement.date)
        .text(movement.account.as_str())
        .text(movement.description.as_str())
        .money(movement.amount)
        .cell(currency)
}

/// A question, and the rows that it is asked of.
struct Asked<'a> {
    question: &'a str,
    heading: String,
    rows: Vec<&'a Movement>,
}

/// One section for each question, the one with the most rows first, then in order of the first row.
fn questions(rows: &[(&Movement, &Decision)]) -> Vec<Section> {
    let mut asked: Vec<Asked> = Vec::new();
    for (movement, decision) in rows.iter().filter(|(_, decision)| decision.label == Label::NeedsYou) {
        let question = decision.question.as_deref().unwrap_or_default();
        if let Some(known) = asked.iter_mut().find(|known| known.question == question) {
            known.rows.push(movement);
            continue;
        }
        let heading = match &decision.why {
            Why::Rule(rule) => format!("For you: {}", rule.name),
            _ => "For you".to_owned(),
        };
        asked.push(Asked { question, heading, rows: vec![movement] });
    }
    asked.sort_by_key(|asked| std::cmp::Reverse(asked.rows.len()));
    let section = |(index, asked): (usize, Asked)| {
        let section = of_rows(Section::new(format!("needs_you_{}", index + 1), asked.heading).lead(asked.question));
        section.rows(asked.rows.into_iter().map(row))
    };
    asked.into_iter().enumerate().map(section).collect()
}

/// The rows that are decided in one way.
fn decided(
    records: &Records,
    id: &str,
    heading: &str,
    rows: &[(&Movement, &Decision)],
    holds: impl Fn(&Decision) -> bool,
) -> Section {
    let section = of_rows(Section::new(id, heading));
    let mut section = section.column(Column::left("is", "Is")).column(Column::left("because", "Because"));
    for (movement, decision) in rows.iter().filter(|(_, decision)| holds(decision)) {
        section.push(row(movement).text(usage(&decision.usage)).text(because(records, &decision.why)));
    }
    section
}

/// What a row is, as the user would write it.
fn usage(usage: &Usage) -> String {
    match usage {
        Usage::Expense { category, share_millionths: None | Some(WHOLE) } => category.id.clone(),
        Usage::Expense { category, share_millionths: Some(share) } => {
            format!("{}@{}%", category.id, Decimal::new(*share, 4).normalize())
        }
        Usage::Income { payer } => format!("income:{payer}"),
        Usage::Reimbursement => "reimbursement".to_owned(),
        Usage::Transfer => "transfer".to_owned(),
        Usage::Private => "private".to_owned(),
        Usage::Cancelled => "cancelled".to_owned(),
        Usage::Recorded => "recorded".to_owned(),
        Usage::Open => "open".to_owned(),
    }
}

/// What decided.
fn because(records: &Records, why: &Why) -> String {
    match why {
        Why::Correction => "you said so".to_owned(),
        Why::Rule(rule) if rule.yours => format!("your rule: {}", rule.name),
        Why::Rule(rule) => rule.name.clone(),
        Why::Payer(payer) => format!("payer {payer}"),
        Why::Match(Match::Transfer, id) => format!("other side: row {id}"),
        Why::Match(Match::Reversal, id) => format!("cancels row {id}"),
        Why::Match(Match::Funding, id) => format!("pays row {id}"),
        Why::Match(Match::Refund, id) => format!("gives back row {id}"),
        Why::Record(Kind::Expenses, origin) => format!("expense {}", records.place(*origin)),
        Why::Record(_, origin) => format!("payment {}", records.place(*origin)),
        Why::Platform(platform) => format!("the statement of {} is in the book", capital(platform)),
        Why::Currency => "not in dollars".to_owned(),
        Why::Nothing => String::new(),
    }
}

/// What counts, by category and by payer.
fn totals(rows: &[(&Movement, &Decision)]) -> Section {
    let mut section = Section::new("totals", "What counts so far, by category")
        .column(Column::left("category", "Category"))
        .column(Column::right("rows", "Rows"))
        .column(Column::right("amount", "Amount"))
        .column(Column::right("business", "Business part"))
        .column(Column::left("goes_to", "Goes to"));
    let counts =
        |decision: &Decision, movement: &Movement| decision.label != Label::NeedsYou && movement.currency == DOLLARS;
    let mut payers: Vec<(&str, i64, Usd)> = Vec::new();
    for (movement, decision) in rows.iter().filter(|(movement, decision)| counts(decision, movement)) {
        let Usage::Income { payer } = &decision.usage else { continue };
        match payers.iter_mut().find(|(known, ..)| *known == payer) {
            Some((_, rows, sum)) => (*rows, *sum) = (*rows + 1, *sum + movement.amount),
            None => payers.push((payer, 1, movement.amount)),
        }
    }
    payers.sort_unstable();
    for (payer, rows, sum) in payers {
        let row = Row::new(format!("Income from {payer}")).count(rows).money(sum).money(sum);
        section.push(row.text("Schedule C, Gross receipts"));
    }
    for category in Categories::all() {
        let share_of = |decision: &Decision| match &decision.usage {
            Usage::Expense { category: its, share_millionths } if its.id == category.id => *share_millionths,
            _ => None,
        };
        let mut sum = (0, Usd::ZERO, Usd::ZERO);
        for (movement, decision) in rows.iter().filter(|(movement, decision)| counts(decision, movement)) {
            if let Some(share_millionths) = share_of(decision) {
                sum.0 += 1;
                sum.1 += -movement.amount;
                sum.2 += crate::ledger::part(-movement.amount, share_millionths);
            }
        }
        if sum.0 > 0 {
            section.push(total(category, sum));
        }
    }
    section
}

fn total(category: &Category, (rows, amount, part): (i64, Usd, Usd)) -> Row {
    let row = Row::new(category.id.as_str()).count(rows).money(amount);
    let counts = category.is_deductible() || category.target == crate::book::category::Target::EstimatedPayment;
    let row = if counts { row.money(part) } else { row.blank() };
    row.text(category.target.to_string())
}

/// Rules that what the user said suggests, as they would stand in her file.
fn proposals(learned: &[Proposal]) -> Section {
    let section = Section::new("rules", "Rules to learn from what you said")
        .lead("perchart categorize --learn adds to rules.toml:");
    learned.iter().flat_map(|proposal| proposal.toml.lines()).fold(section, Section::lead)
}

/// What `--learn` did.
pub fn learned(learned: &[Proposal]) -> Report {
    let report = Report::new("learn", "Rules learned");
    if learned.is_empty() {
        return report.section(
            Section::new("rules", "")
                .lead("Nothing to learn: no two answers for one vendor agree that rules do not give already."),
        );
    }
    let mut section = Section::new("rules", "")
        .lead("Added to rules.toml beside your perchart.toml; change them there as you like.")
        .column(Column::left("vendor", "Vendor"))
        .column(Column::right("rows", "Rows"));
    for proposal in learned {
        let rows = i64::try_from(proposal.movements.len()).unwrap_or(i64::MAX);
        section.push(Row::new(proposal.vendor.as_str()).count(rows));
    }
    report.section(section)
}
