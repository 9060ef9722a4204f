//! A draft letter to a payer: a form is missing, or says something else than was paid.

use chrono::NaiveDate;

use crate::book::entry::Kind;
use crate::earnings::Basis;
use crate::income::{Cause, Income, Match, Verdict};
use crate::money::Usd;
use crate::profile::{Form1099, FormKind};
use crate::report::{Cell, Column, Report, Row, Section, dollars};
use crate::year::Year;

/// Why there is nothing to write.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Nothing {
    /// The form says what was received, or what it says otherwise is no error of the payer.
    #[error("there is nothing to ask of {0}: its form is right, or none is needed")]
    Right(String),
    /// The form may still come.
    #[error("the form of {0} is to come by {1}: there is nothing to ask yet")]
    NotYet(String, NaiveDate),
    /// No payments to show.
    #[error("the book has no payments of {0} to show in a letter: import them first")]
    NoPayments(String),
}

/// What is asked for.
enum Asked {
    Missing(FormKind),
    Corrected(FormKind),
    Unknown(FormKind),
    /// What a form reports that another one claims, too.
    Claimed(FormKind),
}

/// Drafts the letter to a payer. It holds no number of a person: what only the user fills in stands in brackets.
///
/// # Errors
/// [`Nothing`] where there is nothing to write.
pub fn letter(year: &Year, income: &Income, one: &Match) -> Result<Report, Nothing> {
    let asked = asked(one)?;
    let (number, name) = (year.number(), one.name.as_str());
    if matches!(asked, Asked::Missing(_) | Asked::Corrected(_)) && one.is_payer() && one.basis != Some(Basis::Payments)
    {
        return Err(Nothing::NoPayments(name.to_owned()));
    }
    let (title, first) = match &asked {
        Asked::Missing(kind) => (
            format!("Request for {} for {number}", kind.name()),
            format!(
                "I have not received a {} from you for {number}. My records show payments of {} in that year, listed below.",
                kind.name(),
                dollars(one.received)
            ),
        ),
        Asked::Corrected(kind) if one.receipts.is_empty() => (
            format!("Request for a corrected {} for {number}", kind.name()),
            format!(
                "The {} that you sent me for {number} reports {}.",
                kind.name(),
                dollars(one.reported.unwrap_or_default())
            ),
        ),
        Asked::Corrected(kind) => (
            format!("Request for a corrected {} for {number}", kind.name()),
            format!(
                "The {} that you sent me for {number} reports {}. My records show payments of {} in that year, listed below: {} {}.",
                kind.name(),
                dollars(one.reported.unwrap_or_default()),
                dollars(one.received),
                difference(one.difference().unwrap_or_default()),
                "than the form"
            ),
        ),
        Asked::Unknown(kind) => (
            format!("Question on {} for {number}", kind.name()),
            format!(
                "I received a {} from you for {number} that reports {}. I find no payment from you in that year.",
                kind.name(),
                dollars(one.reported.unwrap_or_default())
            ),
        ),
        Asked::Claimed(kind) => (
            format!("Question on {} for {number}", kind.name()),
            format!(
                "I received a {} from you for {number}. Another Form 1099 for that year seems to report some of the same payments.",
                kind.name()
            ),
        ),
    };
    let mut body =
        Section::new("letter", "").lead(income.today.to_string()).lead(format!("To: {name}, accounts payable"));
    body = body.lead("From: [your name and address, as on your Form W-9]").lead("Good day,").lead(first);
    body = one.steps.iter().map(|step| fact(step.cause, step.amount, number)).fold(body, Section::lead);
    let mut report = Report::new("letter", title)
        .subtitle("Draft: fill in what stands in brackets, and read it before you send it")
        .section(body);
    let payments = payments(year, one);
    if !payments.rows.is_empty() && !matches!(asked, Asked::Claimed(_)) {
        report = report.section(payments);
    }
    Ok(report.section(request(&asked, number)).limit(
        "No social security or other taxpayer number: the payer has it from your Form W-9. Do not send it by e-mail.",
    ))
}

fn asked(one: &Match) -> Result<Asked, Nothing> {
    let kind = one.forms.first().map_or(FormKind::Nec, Form1099::kind);
    let is_error = |cause| !matches!(cause, Cause::NetOfClawBacks | Cause::Fees | Cause::FeesKept | Cause::Withheld);
    match &one.verdict {
        Verdict::Missing(kind) => Ok(Asked::Missing(*kind)),
        Verdict::Larger(_) | Verdict::Smaller(_) => Ok(Asked::Corrected(kind)),
        Verdict::Explained if one.steps.iter().any(|step| is_error(step.cause)) => Ok(Asked::Corrected(kind)),
        Verdict::Stranger(_) => Ok(Asked::Unknown(kind)),
        Verdict::Contested(_) => Ok(Asked::Claimed(kind)),
        Verdict::NotYet(day) => Err(Nothing::NotYet(one.name.clone(), *day)),
        _ => Err(Nothing::Right(one.name.clone())),
    }
}

/// The payments are so much more or less than the form.
fn difference(form_over_payments: Usd) -> String {
    if form_over_payments > Usd::ZERO {
        format!("{} less", dollars(form_over_payments))
    } else {
        format!("{} more", dollars(-form_over_payments))
    }
}

/// What the records show of the difference.
fn fact(cause: Cause, amount: Usd, year: i32) -> String {
    let size = dollars(if amount < Usd::ZERO { -amount } else { amount });
    match cause {
        Cause::SentBefore => {
            let before = year - 1;
            format!(
                "{size} reached me in the first days of January {year}. It seems to stand on your form for {before}."
            )
        }
        Cause::SentAtTheEnd => {
            let after = year + 1;
            format!(
                "{size} reached me in the first days of January {after}. It seems to stand on the form for {year} already."
            )
        }
        Cause::ByWork => {
            "The amount of the form is that of the work done in the year. Part of it was paid in another year."
                .to_owned()
        }
        Cause::ByTerms => {
            "The amount of the form is that of the statements due in the year. Part of it was paid in another year."
                .to_owned()
        }
        Cause::NetOfClawBacks => format!("{size} that I paid back seems to be taken off."),
        Cause::Reimbursed => format!("{size} of it seems to be expenses that you paid back to me."),
        Cause::Fees | Cause::FeesKept => {
            format!("{size} of fees that were kept accounts for a part of the difference.")
        }
        Cause::Withheld => {
            format!("{size} of federal income tax withheld (box 4) accounts for a part of the difference.")
        }
        Cause::Twice => {
            format!("{size} of it is also reported on a Form 1099-K, so that the same payments stand on two forms.")
        }
    }
}

/// Every payment by date. Words of bank statements stay out.
fn payments(year: &Year, one: &Match) -> Section {
    let mut section = Section::new("payments", format!("Payments received in {}", year.number()))
        .column(Column::left("date", "Received"))
        .column(Column::right("amount", "Amount"))
        .column(Column::left("reference", "Your reference"));
    for receipt in one.receipts.iter().filter(|receipt| receipt.kind == Kind::Payments) {
        let record = year.records.payments.iter().find(|payment| Some(payment.origin) == receipt.origin);
        let is_of_statement = year.records.movements.iter().any(|row| Some(row.origin) == receipt.origin);
        let reference =
            record.filter(|_| !is_of_statement).map(|payment| payment.reference.as_str()).unwrap_or_default();
        section.push(Row::new(Cell::Date(receipt.on)).money(receipt.amount).text(reference));
    }
    if !section.rows.is_empty() {
        section.push(Row::new("Together").money(one.received - one.returned).total());
    }
    section
}

fn request(asked: &Asked, year: i32) -> Section {
    let sentences = match asked {
        Asked::Missing(kind) => [
            format!("Please send me the {} for {year}, or tell me if you reported nothing and why.", kind.name()),
            "If it was sent to an old address, please tell me which, so that I can give you a new Form W-9.".to_owned(),
        ],
        Asked::Corrected(_) => [
            "Please compare this with your records. If you agree, please file a corrected form with the IRS and send me a copy with the box CORRECTED checked.".to_owned(),
            "If your records differ, please send me your list of the payments with their dates.".to_owned(),
        ],
        Asked::Unknown(_) => [
            "Please tell me which payments the form reports, with their dates and how they were made.".to_owned(),
            "If it was sent in error, please file a corrected form with the IRS and send me a copy with the box CORRECTED checked.".to_owned(),
        ],
        Asked::Claimed(_) => [
            "Please tell me which payments the form reports, with their dates and how they were made.".to_owned(),
            "If it reports payments that another form reports, please file a corrected form with the IRS and send me a copy with the box CORRECTED checked.".to_owned(),
        ],
    };
    let section = sentences.into_iter().fold(Section::new("request", ""), Section::lead);
    section
        .lead(format!(
            "My tax return for {year} is due in April, so I would be grateful for an answer within two weeks."
        ))
        .lead("Thank you,")
        .lead("[your name]")
}
