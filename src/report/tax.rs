//! The return, line by line, and what self-employment costs.

use rust_decimal::Decimal;

use super::year::capital;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::money::{Round, Usd};
use crate::tax::facts::Household;
use crate::tax::form::Value;
use crate::tax::view::FormView;
use crate::tax::{self, Return};
use crate::year::Year;

/// What a dollar more is measured with.
const MORE: Usd = Usd::dollars(1_000);

/// The return of the year: costs first, then its forms. `form` names one form to show whole, or `all`.
pub fn tax(year: &Year, filled: &Return, form: Option<&str>) -> Report {
    let mut report = Report::new("tax", format!("Federal tax {}", year.number())).subtitle(format!(
        "Form 1040, {}; {}",
        filled.filer.status.words(),
        match filled.round {
            Round::WholeDollar => "whole dollars, as filed",
            Round::Cents => "cents, by formula",
        }
    ));
    let views = filled.forms();
    if form.is_none() {
        report = report.section(answer(filled)).section(costs(year, filled));
    }
    let shown: Vec<&FormView> = views
        .forms
        .iter()
        .filter(|view| form.is_none_or(|form| form == "all" || view.name == form || view.filled.id() == form))
        .collect();
    let mut sections: Vec<Section> = Vec::new();
    for view in shown {
        let section = lines(view, year.law.year, form.is_some_and(|form| form != "all"));
        match sections.last_mut().filter(|last| last.id == section.id) {
            Some(last) => last.rows.extend(section.rows),
            None if section.rows.is_empty() => {}
            None => sections.push(section),
        }
    }
    report.sections.extend(sections);
    notes(report, year, filled)
}

/// Names of the forms of a return, for `--form`.
pub fn form_names(filled: &Return) -> Vec<String> {
    let mut names: Vec<String> = filled.forms().forms.into_iter().map(|view| view.name).collect();
    names.sort();
    names.dedup();
    names
}

fn notes(mut report: Report, year: &Year, filled: &Return) -> Report {
    for assumed in &year.assumed {
        report = report.note(assumed.as_str());
    }
    let over = year.own.sep.amount - filled.schedule_1.l16;
    if over > Usd::from_cents(99) {
        report = report.note(format!(
            "{} of what was paid into the SEP is over the limit (Pub. 560 worksheet, step 21) and is not deducted. Take it back out, or it is taxed at 10% a year (IRC 4972).",
            dollars(over)
        ));
    }
    if filled.form_8995.l_carry < Usd::ZERO {
        report = report.note(format!(
            "A loss of {} lowers next year's business income deduction: state it next year as \"loss-carryforward\".",
            dollars(-filled.form_8995.l_carry)
        ));
    }
    if year.number() == 2026 {
        report = report.note("Line numbers of 2026 follow drafts of the forms; the final ones may differ.");
    }
    report
        .limit("State and local income tax.")
        .limit("A penalty for paying too little estimated tax during the year (Form 2210).")
        .limit("Anything on the list of situations in perchart.toml (`outside`): stated there, it is refused by name.")
}

/// What is owed.
pub fn answer(filled: &Return) -> Section {
    let form = &filled.form_1040;
    let mut section = Section::new("answer", "What the year owes")
        .column(Column::left("what", ""))
        .column(Column::right("amount", "$"))
        .column(Column::left("explain_as", "Explain"));
    let mut push = |what: &str, amount: Usd, reference: &str, always: bool| {
        if always || amount != Usd::ZERO {
            section.push(Row::new(what).money(amount).text(reference).explain(reference));
        }
    };
    push("Income tax", filled.tax.l16, "form-1040.16", true);
    push("Credits against it", -(filled.tax.l18 - form.l22), "form-1040.21", false);
    push("Self-employment tax", filled.schedule_2.l4, "schedule-2.4", true);
    push("Additional Medicare Tax", filled.schedule_2.l11, "schedule-2.11", false);
    let total = if filled.year >= 2026 { "form-1040.24a" } else { "form-1040.24" };
    section.push(Row::new("Total tax").money(form.total_tax).text(total).explain(total).total());
    let mut push = |what: &str, amount: Usd, reference: &str| {
        if amount != Usd::ZERO {
            section.push(Row::new(what).money(amount).text(reference).explain(reference));
        }
    };
    push("Withheld from wages", -form.l25d, "form-1040.25d");
    push("Estimated payments", -form.l26, "form-1040.26");
    push("Refundable credits", -form.refundable, if filled.year >= 2026 { "form-1040.32c" } else { "form-1040.32" });
    let last = if form.l34 > Usd::ZERO {
        Row::new("Overpaid: comes back").money(form.l34).text("form-1040.34").explain("form-1040.34")
    } else {
        Row::new("Still to pay").money(form.l37).text("form-1040.37").explain("form-1040.37")
    };
    section.row(last.headline())
}

/// What self-employment costs: taxes, benefits paid by oneself, days without pay.
pub fn costs(year: &Year, filled: &Return) -> Section {
    let mut section = Section::new("costs", format!("What self-employment cost you in {}", year.number()))
        .column(Column::left("what", ""))
        .column(Column::right("amount", "$"))
        .column(Column::left("note", ""));
    let net_income_tax = filled.net_tax() - filled.self_employment_taxes();
    let own = &year.own;
    section.push(
        Row::new("Self-employment tax")
            .money(filled.self_employment_taxes())
            .text("both halves of social security and Medicare")
            .explain("schedule-2.4"),
    );
    section.push(
        Row::new("Income tax").money(net_income_tax).text("the household's, after credits").explain("form-1040.16"),
    );
    section.push(
        Row::new("Health and dental premiums")
            .money(own.health.amount)
            .text(origin(own.health))
            .explain("schedule-1.17"),
    );
    section.push(Row::new("Retirement money").money(own.sep.amount).text(origin(own.sep)).explain("schedule-1.16"));
    if let Some((days, a_day)) = unpaid_days(year) {
        let lost = Usd::rounded(a_day * Decimal::from(days));
        section.push(
            Row::new("Days off without pay")
                .money(lost)
                .text(format!("{days} days at {} of fees a work day", dollars(Usd::rounded(a_day)))),
        );
    }
    if let Some((taken, more)) = marginal(year, filled) {
        let unit = year.unit();
        let share = taken.to_decimal() / MORE.to_decimal();
        let of_hundred = Usd::rounded(share * Decimal::ONE_HUNDRED);
        let mut words = if of_hundred < Usd::ZERO {
            format!("Of the next $100 received nothing goes to tax: credits grow by {}", dollars(-of_hundred))
        } else {
            format!("Of the next $100 received, {} goes to tax", dollars(of_hundred))
        };
        let charts = year.earnings.total.charts - year.earnings.total.rejected;
        if charts > 0 && share > Decimal::ZERO {
            let fee = year.earnings.total.earned.to_decimal() / Decimal::from(charts);
            words = format!("{words}: set {} aside for each {}", dollars(Usd::rounded(fee * share)), unit.0);
        }
        section
            .notes
            .push(format!("{words}. Worked out on the whole return with {} more, not by a percentage.", dollars(more)));
    }
    section
}

fn origin(stated: crate::deduct::Stated) -> &'static str {
    match (stated.from_records, stated.amount == Usd::ZERO) {
        (true, _) => "paid by yourself, from your records",
        (false, true) => "none in your records or perchart.toml",
        (false, false) => "stated in perchart.toml",
    }
}

/// Days off wanted, and the fees of a work day.
fn unpaid_days(year: &Year) -> Option<(i64, Decimal)> {
    let days = year.settings(&[]).ok()?.days();
    let a_day = year.earnings.total.earned.to_decimal().checked_div(Decimal::from(year.earnings.work_days))?;
    Some((days.vacation + days.holidays + days.sick, a_day))
}

/// Tax on further receipts, by two whole returns in cents.
fn marginal(year: &Year, filled: &Return) -> Option<(Usd, Usd)> {
    let mut household: Household = year.household.clone();
    household.taxpayer.businesses = filled.businesses[filled.of_person[0].clone()].to_vec();
    household.taxpayer.own = year.own.facts();
    let now = tax::prepare(year.law, &household, Round::Cents).ok()?;
    household.taxpayer.businesses.first_mut()?.gross_receipts += MORE;
    let more = tax::prepare(year.law, &household, Round::Cents).ok()?;
    Some((more.net_tax() - now.net_tax(), MORE))
}

/// The lines of a form; without `all`, those that are not zero.
fn lines(view: &FormView, year: u16, all: bool) -> Section {
    let mut section = Section::new(view.name.as_str(), heading(view))
        .column(Column::left("line", "Line"))
        .column(Column::left("text", ""))
        .column(Column::right("value", "$"));
    for line in view.filled.lines(year) {
        let Some(number) = line.number else { continue };
        if all || !is_zero(line.value) {
            let row = Row::new(number).text(line.text).cell(Cell::from(line.value));
            section.push(row.explain(format!("{}.{number}", view.name)));
        }
    }
    section
}

fn heading(view: &FormView) -> String {
    match view.name.split_once('@') {
        Some((_, who)) if who.starts_with("spouse") => format!("{}, spouse", view.filled.title()),
        Some((_, number)) => format!("{}, business {number}", view.filled.title()),
        None => view.filled.title().to_owned(),
    }
}

pub(super) fn is_zero(value: Value) -> bool {
    match value {
        Value::Usd(amount) => amount == Usd::ZERO,
        Value::Number(number) => number.is_zero(),
        Value::Count(count) => count == 0,
        Value::Ratio(ratio) => ratio.of == 0,
        Value::Word(_) => false,
    }
}

/// A value as words: `1,234.00`, `4 of 12`.
pub fn words(value: Value) -> String {
    match value {
        Value::Usd(amount) => super::render::grouped(&amount.to_string()),
        Value::Number(number) => number.round_dp(4).normalize().to_string(),
        Value::Count(count) => count.to_string(),
        Value::Ratio(ratio) => ratio.to_decimal().normalize().to_string(),
        Value::Word(word) => capital(word),
    }
}
