//! Income from three sides: the match of statements, deposits and Forms 1099, what falls into another year, what leads to
//! Schedule C line 1, what is owed, and what only the user knows.

pub mod letter;

use chrono::{Datelike as _, NaiveDate};

use super::explain::places;
use super::year::slug;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::earnings::same_name;
use crate::income::{Age, Cause, Income, Match, Receivable, Side, Straddle, Verdict};
use crate::money::Usd;
use crate::profile::FormKind;
use crate::year::Year;

/// So many of the oldest rows of a payer are shown.
const OLDEST: usize = 3;

/// The whole report, as seen on a day.
pub fn income(year: &Year, today: NaiveDate) -> Report {
    let mut report = Report::new("income", format!("Income {}", year.number()))
        .subtitle(format!("Statements, deposits and Forms 1099, as of {today}; cash basis"));
    for section in sections(year, today) {
        report = report.section(section);
    }
    let questions = questions(year, today);
    if !questions.rows.is_empty() {
        report = report.section(questions);
    }
    report.note("perchart income --letter PAYER drafts a letter that asks for a missing or a corrected form.")
}

/// The parts of the year-end package: the match, both ends of the year, the way to line 1, what is owed.
pub fn sections(year: &Year, today: NaiveDate) -> Vec<Section> {
    let income = year.income(today);
    let parts =
        [three_sides(year, &income), straddle(year, &income), reconciliation(year, &income), receivables(year, today)];
    parts.into_iter().filter(|part| !part.rows.is_empty() || !part.lead.is_empty()).collect()
}

/// The three figures of each payer, and what the difference comes to.
pub fn three_sides(year: &Year, income: &Income) -> Section {
    let number = year.number();
    let mut section = Section::new("match", "Statements, deposits and Forms 1099")
        .column(Column::left("payer", "Payer"))
        .column(Column::right("statements", "Statements"))
        .column(Column::right("received", "Received"))
        .column(Column::right("reported", "Forms 1099"))
        .column(Column::right("difference", "Difference"))
        .column(Column::left("verdict", "What it comes to"));
    if income.matches.is_empty() {
        return section.lead(format!("The book has no income of {number}, and no Form 1099 is stated."));
    }
    for one in &income.matches {
        let statements = one.has_work().then_some(one.expected);
        let row = Row::new(one.name.as_str()).cell(statements).money(one.received).cell(one.reported);
        let row = row.cell(one.difference()).text(verdict(year, income, one));
        let row = match one.verdict {
            Verdict::Missing(_) | Verdict::NotYet(_) | Verdict::NotNeeded => {
                row.cite("IRC 6041(a), 6041A(a), (e), 6050W(e)")
            }
            _ => row,
        };
        section.push(if one.is_payer() { row.explain(format!("received.{}", slug(&one.name))) } else { row });
        for step in &one.steps {
            let row = Row::new(reason(step.cause)).blank().blank().blank().money(step.amount);
            section.push(row.text(places(&year.records, &step.rows)).sub());
        }
    }
    let sum = |of: &dyn Fn(&Match) -> Usd| -> Usd { income.matches.iter().map(of).sum() };
    let reported =
        income.matches.iter().any(|one| one.reported.is_some()).then(|| sum(&|one| one.reported.unwrap_or_default()));
    let row = Row::new("Together").money(sum(&|one| if one.has_work() { one.expected } else { Usd::ZERO }));
    section.push(row.money(sum(&|one| one.received)).cell(reported).blank().blank().total());
    section = section.note("Statements: what work, its terms and paid_on would bring in the year. Received: payments before claw-backs. Only what was received counts.");
    if income.matches.iter().any(|one| one.is_by(Cause::NetOfClawBacks)) {
        section = section.note(format!("Claw-backs: {}.", what_to_do(Cause::NetOfClawBacks)));
    }
    for (one, withheld) in income.withheld() {
        section = section.note(format!(
            "{} withheld {} (box 4): it counts as tax paid, Form 1040 line 25b.",
            one.name,
            dollars(withheld)
        ));
    }
    for form in income.matches.iter().flat_map(|one| &one.forms).filter(|form| form.kind() == FormKind::Misc) {
        section = section.note(format!(
            "{} sent a Form 1099-MISC: pay for services belongs on Form 1099-NEC. Enter it on Schedule C all the same.",
            form.payer.as_deref().unwrap_or_default()
        ));
    }
    for (name, client) in unknown_clients(income) {
        section = section.note(format!(
            "The Form 1099-K of {name} is said to report payments of \"{client}\", and the book has none of that name."
        ));
    }
    section
}

/// Clients of a K that the book does not know: the platform and the client.
fn unknown_clients(income: &Income) -> impl Iterator<Item = (&str, &str)> {
    let is_known = |client: &str| income.matches.iter().any(|one| one.is_payer() && same_name(&one.name, client));
    let clients = income.matches.iter().flat_map(|one| {
        let stated = one.forms.iter().flat_map(|form| form.clients.iter().flatten());
        stated.map(|client| (one.name.as_str(), client.as_str()))
    });
    clients.filter(move |(_, client)| !is_known(client))
}

/// What a match comes to, in words.
fn verdict(year: &Year, income: &Income, one: &Match) -> String {
    let services = year.law.form_1099.services;
    match &one.verdict {
        Verdict::Larger(by) | Verdict::Smaller(by) if one.is_by_terms() => {
            format!("{} apart; without its payments the book cannot say why: import them", dollars(*by))
        }
        Verdict::Agrees if one.rest == Usd::ZERO => "agrees".to_owned(),
        Verdict::Agrees => "agrees, but for rounding".to_owned(),
        Verdict::Explained => "explained".to_owned(),
        Verdict::Larger(more) if may_be_fees(one) => {
            format!("{} more than received: fees that it kept? Else find the deposit", dollars(*more))
        }
        Verdict::Larger(more) => {
            format!("{} more than received: find the deposit, or ask for a corrected form", dollars(*more))
        }
        Verdict::Smaller(less) => format!("{} less than received: all that was received counts", dollars(*less)),
        Verdict::Missing(kind) => format!("no {} came; the income counts all the same", kind.name()),
        Verdict::NotYet(day) => format!("a form is to come by {day}"),
        Verdict::NotNeeded if one.received == Usd::ZERO => "nothing received".to_owned(),
        Verdict::NotNeeded if one.received >= services => "paid through a platform: no form needed".to_owned(),
        Verdict::NotNeeded if income.today.year() <= income.year => {
            format!("so far under {}: no form needed; the income counts", dollars(services))
        }
        Verdict::NotNeeded => format!("under {}: no form needed; the income counts", dollars(services)),
        Verdict::Elsewhere => {
            let names: Vec<&str> = one.through.iter().map(|(name, _)| name.as_str()).collect();
            format!("on the form of {}", names.join(" and "))
        }
        Verdict::Contested(others) => {
            format!("open: the form of {} claims the same payments; no figure is sure", others.join(" and "))
        }
        Verdict::Stranger(near) => {
            let near = near.as_ref().map_or_else(String::new, |near| format!("; is it \"{near}\"?"));
            format!("a form, and nothing in the book of {}{near}", income.year)
        }
    }
}

/// A K that is larger by less than a fifth: platforms keep fees of that size, and report before them.
fn may_be_fees(one: &Match) -> bool {
    let is_k = one.forms.iter().any(|form| form.kind() == FormKind::K);
    is_k && one.difference().is_some_and(|more| more > Usd::ZERO && more * 5 < one.received)
}

/// Why a form says something else.
pub(super) const fn reason(cause: Cause) -> &'static str {
    match cause {
        Cause::SentBefore => "Sent in December before, received in January",
        Cause::SentAtTheEnd => "Sent in December, received in January",
        Cause::ByWork => "The form counts work, not payments",
        Cause::ByTerms => "The form counts what was due",
        Cause::NetOfClawBacks => "The form counts after claw-backs",
        Cause::Reimbursed => "Expenses paid back are on the form",
        Cause::Fees | Cause::FeesKept => "Fees kept by the platform",
        Cause::Withheld => "Tax withheld, box 4",
        Cause::Twice => "The same money on two forms",
    }
}

/// What follows from it.
const fn what_to_do(cause: Cause) -> &'static str {
    match cause {
        Cause::SentBefore | Cause::SentAtTheEnd => {
            "counts when you could have it (Reg. 1.451-2(a)): if that was in December, correct its day; else keep the envelope or the bank's day"
        }
        Cause::ByWork | Cause::ByTerms => "a form counts payments of its year: ask for a corrected one",
        Cause::NetOfClawBacks => "line 1 stands before them, line 2 takes them off, the profit is the same",
        Cause::Reimbursed => "ask for a form without them, or count them as income and deduct the expenses",
        Cause::Fees => "line 1 is to stand before fees, and the fee on line 10: import the payments before fees",
        Cause::FeesKept => {
            "line 1 stands after them; before them, with the fees on line 10, the profit is the same and line 1 is that of the form"
        }
        Cause::Withheld => "it is income too: import it as a payment, so that line 1 has it",
        Cause::Twice => "report it once; ask that the NEC leave out what a platform reports (Reg. 1.6041-1(a)(1)(iv))",
    }
}

/// From what work of the year earned to what came in.
pub fn straddle(year: &Year, income: &Income) -> Section {
    let number = year.number();
    let mut section = Section::new("straddle", "From work to money: both ends of the year")
        .column(Column::left("payer", "Payer"))
        .column(Column::left("what", "What"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("rows", "Rows"));
    for one in &income.matches {
        let Some(straddle) = one.straddle.as_ref().filter(|_| one.has_work()) else { continue };
        let name = one.name.as_str();
        let reference = format!("received.{}", slug(name));
        section
            .push(Row::new(name).text(format!("Earned by work of {number}")).money(straddle.earned).explain(reference));
        for (what, amount, rows) in steps(number, straddle) {
            section.push(Row::new("").text(what).money(amount).text(places(&year.records, rows)).sub());
        }
        section.push(Row::new("").text(format!("Received in {number}")).money(straddle.received()).total());
    }
    section
}

fn steps(year: i32, straddle: &Straddle) -> Vec<(String, Usd, &[crate::book::entry::Origin])> {
    let span = |side: &Side| match (side.days, side.money) {
        (Some((from, to)), Some((first, last))) if first == last => format!("work of {from} to {to}, paid {first}"),
        (Some((from, to)), Some((first, last))) => format!("work of {from} to {to}, paid {first} to {last}"),
        (Some((from, to)), None) => format!("work of {from} to {to}, not paid in the book"),
        _ => String::new(),
    };
    let later = format!("Less paid after {year}, or not yet: {}", span(&straddle.paid_later));
    let before = format!("Work of earlier years paid in {year}: {}", span(&straddle.from_before));
    let none: &[crate::book::entry::Origin] = &[];
    let all = [
        (later, -straddle.paid_later.amount, straddle.paid_later.rows.as_slice()),
        (format!("Less paid before {year}"), -straddle.paid_before, none),
        (before, straddle.from_before.amount, straddle.from_before.rows.as_slice()),
        (format!("Work of later years paid in {year}"), straddle.paid_ahead, none),
        ("Paid beyond the work in the book".to_owned(), straddle.beyond, none),
        ("Less covered by payments of the years beside it".to_owned(), -straddle.covered, none),
        ("Less clawed back, Schedule C line 2".to_owned(), -straddle.returned, none),
    ];
    all.into_iter().filter(|(_, amount, _)| *amount != Usd::ZERO).collect()
}

/// From the sum of the forms to Schedule C line 1. Empty where no form is stated.
pub fn reconciliation(year: &Year, income: &Income) -> Section {
    let number = year.number();
    let mut section = Section::new("forms_to_line_1", "From the forms to Schedule C line 1")
        .column(Column::left("what", "What"))
        .column(Column::right("amount", "Amount"));
    if income.matches.iter().all(|one| one.reported.is_none()) {
        return section;
    }
    let found = income.reconciliation();
    section.push(Row::new(format!("Forms 1099 of {number}, together")).money(found.reported));
    let mut step = |what: String, amount: Usd| {
        if amount != Usd::ZERO {
            section.push(Row::new(what).money(amount).sub());
        }
    };
    step("Received without a form".to_owned(), found.without_form);
    for (cause, amount) in &found.causes {
        step(format!("Less: {}", lower(reason(*cause))), -*amount);
    }
    step("Less not explained, and rounding".to_owned(), -found.unexplained);
    let total = Row::new("Received in the year, before claw-backs: line 1").money(found.line_1).total();
    section.push(total.cite("IRC 451(a); Reg. 1.451-1(a)").explain("received.all"));
    if found.needs_statement() {
        section = section.note(format!(
            "Forms 1099-NEC report {}, more than line 1: attach a statement that explains the difference (Instructions for Schedule C, line 1). This table is one.",
            dollars(found.nec)
        ));
    }
    section.note("The IRS matches the forms with line 1. Schedule C shows whole dollars.")
}

/// With a small first letter.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What payers owe, by age past the day on which the terms want it paid, and the oldest rows.
pub fn receivables(year: &Year, today: NaiveDate) -> Section {
    let mut section =
        Section::new("receivables", format!("Earned and not paid by {today}")).column(Column::left("payer", "Payer"));
    for age in Age::ALL {
        section = section.column(Column::right(age_id(age), age.words()));
    }
    section = section.column(Column::right("owed", "Owed")).column(Column::left("rows", "Row"));
    let found = year.receivables(today);
    let owing: Vec<&Receivable> = found.iter().filter(|one| one.owed != Usd::ZERO).collect();
    for one in &owing {
        let row = one.ages.iter().fold(Row::new(one.payer.as_str()), |row, amount| row.cell(some(*amount)));
        section.push(row.money(one.owed));
        for (piece, amount) in one.open.iter().take(OLDEST) {
            let what = format!("worked {}, due {}", piece.worked, piece.due);
            let age = Age::of(piece.due, today) as usize;
            let cells = (0..Age::ALL.len()).map(|at| if at == age { Cell::Money(*amount) } else { Cell::Blank });
            let row = cells.fold(Row::new(what), Row::cell).blank();
            section.push(row.text(piece.origin.map(|origin| year.records.place(origin)).unwrap_or_default()).sub());
        }
    }
    if owing.len() > 1 {
        let sum = |at: usize| owing.iter().map(|one| one.ages[at]).sum::<Usd>();
        let row = (0..Age::ALL.len()).fold(Row::new("Together"), |row, at| row.cell(some(sum(at))));
        section.push(row.money(owing.iter().map(|one| one.owed).sum()).total());
    }
    for one in &found {
        if let Some(ahead) = one.ahead {
            section = section.note(format!(
                "{}: by {} payments were {} ahead of the work in the book. Work before its first row is missing, or it was paid in advance; if work is missing, more is owed than stands here.",
                one.payer,
                ahead.on,
                dollars(ahead.amount)
            ));
        }
        if one.assumed && one.owed != Usd::ZERO {
            section = section.note(format!(
                "{}: without payments in the book, work counts as paid when it is due ({}).",
                one.payer,
                one.terms.words()
            ));
        }
    }
    if owing.is_empty() {
        return section.lead("By the book, no payer owes anything.");
    }
    section = section.note("Days past the terms. Payments pay the earliest work first.");
    section.note("On the cash basis an unpaid fee was never income, so it is no bad debt to deduct (Reg. 1.166-1(e)).")
}

fn some(amount: Usd) -> Option<Usd> {
    (amount != Usd::ZERO).then_some(amount)
}

const fn age_id(age: Age) -> &'static str {
    match age {
        Age::NotDue => "not_due",
        Age::To30 => "to_30",
        Age::To60 => "to_60",
        Age::To90 => "to_90",
        Age::Over90 => "over_90",
    }
}

/// What only the user knows of the income, and what to do: for the year-end package. Empty where nothing is open.
pub fn questions(year: &Year, today: NaiveDate) -> Section {
    let income = year.income(today);
    let mut section = Section::new("income_needs_you", "Income: needs you")
        .column(Column::left("payer", "Payer"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("question", "What"))
        .column(Column::left("action", "What to do"));
    let strangers: Vec<&str> = income
        .matches
        .iter()
        .filter_map(|one| if let Verdict::Stranger(near) = &one.verdict { near.as_deref() } else { None })
        .collect();
    let letter = |name: &str| format!("perchart income --letter {}", slug(name));
    for one in &income.matches {
        let mut ask = |amount: Usd, what: String, action: String| {
            let row = Row::new(one.name.as_str()).money(amount).text(what).text(action);
            section.push(if one.is_payer() { row.explain(format!("received.{}", slug(&one.name))) } else { row });
        };
        for step in &one.steps {
            if !matches!(step.cause, Cause::NetOfClawBacks) {
                ask(step.amount, reason(step.cause).to_owned(), what_to_do(step.cause).to_owned());
            }
        }
        match &one.verdict {
            Verdict::Larger(by) | Verdict::Smaller(by) if one.is_by_terms() => {
                let what = "The form says something else than the terms. What was paid, and when?".to_owned();
                ask(*by, what, "import the payments of this payer".to_owned());
            }
            Verdict::Larger(more) if may_be_fees(one) => ask(
                *more,
                "The form reports more than was received. Did the platform keep it as fees?".to_owned(),
                format!("bring the fees in twice, as a payment of {} and as an expense (commissions)", one.name),
            ),
            Verdict::Larger(more) => ask(
                *more,
                "The form reports more than was received. Is a deposit missing?".to_owned(),
                format!("import it; else {}", letter(&one.name)),
            ),
            Verdict::Smaller(less) => ask(
                *less,
                "The form reports less than was received. Is a payment of another payer, or not income?".to_owned(),
                format!("correct it; else keep it and {}", letter(&one.name)),
            ),
            // A form under another name may be this payer's: that question comes first.
            Verdict::Missing(_) if strangers.contains(&one.name.as_str()) => {}
            Verdict::Missing(kind) => {
                ask(one.received, format!("No {} came. Did it get lost?", kind.name()), letter(&one.name));
            }
            Verdict::Stranger(near) => ask(
                one.reported.unwrap_or_default(),
                match near {
                    Some(near) => format!("A form, and no money of this payer. Is it \"{near}\"?"),
                    None => "A form, and no money of this payer. Whose money is it?".to_owned(),
                },
                format!(
                    "give form and records one name, or import what is missing; if it is not yours, {}",
                    letter(&one.name)
                ),
            ),
            Verdict::Contested(others) => ask(
                one.reported.unwrap_or_default(),
                format!(
                    "This form and that of {} claim the same payments. Which of them does each report?",
                    others.join(" and ")
                ),
                format!("{} asks for the list of its payments", letter(&one.name)),
            ),
            _ => {}
        }
    }
    for one in year.receivables(today) {
        let late = one.ages[Age::Over90 as usize];
        if late > Usd::ZERO {
            let what = "Unpaid for more than 90 days past the terms. Was it paid, or taken back?".to_owned();
            section.push(
                Row::new(one.payer.as_str()).money(late).text(what).text("import the payment, or send a reminder"),
            );
        }
    }
    section
}
