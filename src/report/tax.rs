//! The return, line by line, and what self-employment costs.

use rust_decimal::Decimal;

use super::year::capital;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::household;
use crate::money::{Rate, Round, Usd};
use crate::tax::form::{Line, Value};
use crate::tax::form_1040::{Form1040, Form1040Tax};
use crate::tax::premium::Method;
use crate::tax::schedule_2::Schedule2;
use crate::tax::screen::{Outside, Refusal};
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
        .filter(|view| match form {
            None => is_filed(view, filled),
            Some(form) => form == "all" || view.name == form || view.filled.id() == form,
        })
        .collect();
    let mut sections: Vec<Section> = Vec::new();
    for view in shown {
        let section = lines(view, year.law.year, form.is_some_and(|form| form != "all"));
        match sections.iter_mut().find(|known| known.id == section.id) {
            Some(known) => {
                if section.columns.len() > known.columns.len() {
                    known.columns = section.columns;
                }
                known.rows.extend(section.rows);
            }
            None if section.rows.is_empty() => {}
            None => sections.push(section),
        }
    }
    // As filed: Form 1040 lies on top.
    sections.sort_by_key(|section| section.id != "form-1040");
    let with_assets = sections.iter().any(|section| section.id == "form-4562");
    report.sections.extend(sections);
    if with_assets && form.is_some_and(|form| form != "all") {
        report.sections.extend(super::assets::sections(year));
    }
    notes(report, year, filled)
}

/// Does the form have something to say? Looked up by the lines that leave it.
fn is_filed(view: &FormView, filled: &Return) -> bool {
    let leaving: &[&str] = match view.filled.id() {
        "schedule-se" => &["l12"],
        "form-8880" => return filled.form_8880.l12 != Usd::ZERO,
        "form-8889" => &["l2", "l9", "l14a"],
        "roth-ira" => &["paid"],
        "simplified-method" => &["l5", "l6a", "l6b"],
        "form-8829" => &["l36", "l43", "l44"],
        "form-8829-line-11" => &["l2"],
        "plan-worksheet" => &["s22"],
        "form-7206" => &["l14"],
        "qualified-income" => &["income"],
        "schedule-d" => &["l7", "net"],
        "ira-deduction" => &["deduction"],
        "modified-income" => {
            return filled.ira.iter().any(|ira| ira.paid != Usd::ZERO);
        }
        "student-loan" => &["l9"],
        "form-8960" => &["l17"],
        "itemized-limit" => &["cut"],
        "gains-tax" => &["l4"],
        "form-8959" => &["l18", "l24"],
        "schedule-1-a" => &["l38"],
        "form-2441" => &["l11", "l12"],
        "form-4562" => &["l22", "l13", "start_up", "l44"],
        "care-earnings" => {
            return filled.form_2441.l2 != Usd::ZERO || filled.care_benefits.l12 != Usd::ZERO;
        }
        "form-8863-student" => &["l30", "l31"],
        "form-8863" => &["l8", "l19"],
        "schedule-r" => &["l22"],
        "schedule-3" => &["l8", "l15"],
        "schedule-8812" => &["l14", "l27"],
        "eic" | "form-6251" => &["l11"],
        // Filled either way, filed only when it is the one that counts.
        "schedule-a" => return filled.deductions.itemizes != 0,
        "standard-deduction" => return filled.deductions.itemizes == 0,
        "form-8995-a-counted" | "form-8995-a-losses" | "form-8995-a-business" => {
            return filled.form_8995a_phase_in.stopped_at.is_none();
        }
        "social-security" | "form-8962" => &["l1"],
        "specified-premiums" => &["premiums"],
        "form-461" => &["excess"],
        "form-8995" | "form-8995-a" => {
            let above = filled.form_8995a_phase_in.stopped_at.is_none();
            return filled.form_8995.l2 != Usd::ZERO && above == (view.filled.id() == "form-8995-a");
        }
        "business-deduction" | "deductions" | "other-adjustments" => return false,
        _ => return true,
    };
    view.filled.lines(filled.year).iter().any(|line| leaving.contains(&line.name) && !is_zero(line.value))
}

/// What the return takes as not there.
fn outside(year: &Year) -> String {
    if year.profile.household.outside.is_some() {
        return "What perchart does not model: perchart.toml says that none of it applies (household.outside)."
            .to_owned();
    }
    let all: Vec<&str> = Outside::ALL.iter().map(|situation| situation.what()).collect();
    format!(
        "You have not said whether any of this applies to you, and the return takes it as not there: {}. State it as household.outside in perchart.toml; [] says that nothing applies.",
        all.join("; ")
    )
}

/// Names of the forms of a return, for `--form`.
pub fn form_names(filled: &Return) -> Vec<String> {
    let mut names: Vec<String> = filled.forms().forms.into_iter().map(|view| view.name).collect();
    names.sort();
    names.dedup();
    names
}

fn notes(mut report: Report, year: &Year, filled: &Return) -> Report {
    for caution in year.cautions() {
        report = report.note(caution);
    }
    if let Some(Err(idle)) = year.home.as_ref().map(|home| home.used) {
        report = report.note(format!("The home office is not deducted. {}", idle.words()));
    }
    let paid = filled.own.iter().map(|own| own.sep + own.deferral).sum::<Usd>();
    let over = paid - filled.plan.iter().map(|plan| plan.s22 + plan.s20).sum::<Usd>();
    if over > Usd::from_cents(99) {
        report = report.note(format!(
            "{} of what was paid into the own plan is over the limit (Pub. 560 worksheet, step 21) and is not deducted. Take it back out, or it is taxed at 10% a year (IRC 4972).",
            dollars(over)
        ));
    }
    if filled.form_8995.l_carry < Usd::ZERO {
        report = report.note(format!(
            "A loss of {} lowers next year's business income deduction: state it next year as household.income.qbi_loss.",
            dollars(-filled.form_8995.l_carry)
        ));
    }
    for note in premium_credit(filled, year) {
        report = report.note(note);
    }
    if filled.form_461.excess > Usd::ZERO {
        report = report.note(format!(
            "{} of the loss is over what the law lets a year take (Form 461) and stands as income on Schedule 1 line 8p. It is a net operating loss of next year.",
            dollars(filled.form_461.excess)
        ));
    }
    if filled.agi.agi < Usd::ZERO {
        report = report.note("Adjusted gross income is below zero, so a net operating loss may arise that later years can deduct. perchart does not figure it: see Form 172.");
    }
    if year.law.forms.drafts {
        report = report
            .note(format!("Line numbers of {} follow drafts of the forms; the final ones may differ.", year.number()));
    }
    report
        .limit("State and local income tax.")
        .limit("A penalty for paying too little estimated tax during the year (Form 2210).")
        .limit(outside(year))
}

/// What a marketplace plan brings: how its deduction was found, and how far the income at which the credit ends is.
fn premium_credit(filled: &Return, year: &Year) -> Vec<String> {
    let (form, found) = (&filled.form_8962, &filled.found);
    let mut notes = Vec::new();
    if form.l1 == 0 {
        return notes;
    }
    if found.method != Method::None {
        let rounds = if found.rounds == 0 {
            "the iterative calculation does not come to rest".to_owned()
        } else {
            format!(
                "the iterative calculation gives {} and {}",
                dollars(found.iterative),
                dollars(found.iterative_credit)
            )
        };
        notes.push(format!(
            "Marketplace premiums: {} deducted beside a credit of {}, by {}. It is the way with the least tax: {rounds}, the simplified one {} and {}. Deduction and credit together may not pass the premiums (Pub. 974).",
            dollars(filled.premiums.deduction),
            dollars(form.own),
            found.method.words(),
            dollars(found.simplified),
            dollars(found.simplified_credit),
        ));
    }
    if year.law.premium_credit.most_percent.is_none() {
        return notes;
    }
    let end = form.l4 * 4;
    let deducted = filled.premiums.deduction;
    if form.l3 > end {
        notes.push(format!(
            "Household income is over four times the poverty line ({}), so there is no premium credit, and all of the advance is paid back. More in an IRA, a health savings account or a retirement plan brings the credit back once income, with no more deducted than fits beside a credit, is down to that: {} before any marketplace premium is deducted now.",
            dollars(end),
            dollars(form.l3 + deducted),
        ));
    } else if form.l24 > Usd::ZERO {
        notes.push(format!(
            "The premium credit of {} ends at once where household income passes four times the poverty line, {}: now it is {} with {} of marketplace premiums deducted.",
            dollars(form.l24),
            dollars(end),
            dollars(form.l3),
            dollars(deducted),
        ));
    }
    notes
}

/// The reference of a line by its name in the form's table.
fn reference<F>(form: &str, lines: &[Line<F>], name: &str, year: u16) -> String {
    let number = lines.iter().find(|line| line.name == name).and_then(|line| line.number_in(year));
    format!("{form}.{}", number.unwrap_or(name))
}

/// What is owed.
pub fn answer(filled: &Return) -> Section {
    let form = &filled.form_1040;
    let line = |name| reference("form-1040", Form1040::LINES, name, filled.year);
    let tax = |name| reference("form-1040", Form1040Tax::LINES, name, filled.year);
    let other = |name| reference("schedule-2", Schedule2::LINES, name, filled.year);
    let mut section = Section::new("answer", "What the year owes")
        .column(Column::left("what", ""))
        .column(Column::right("amount", "$"))
        .column(Column::left("explain_as", "Explain"));
    let row = |what: &str, amount: Usd, reference: String| {
        Row::new(what).money(amount).text(reference.as_str()).explain(reference)
    };
    section.push(row("Income tax", filled.tax.l16, tax("l16")));
    let second = &filled.schedule_2;
    let named = second.l4 + second.l11 + second.l12;
    let against = [
        ("Alternative minimum tax", second.l2, other("l2")),
        ("Premium credit paid back", second.l1z, other("l1a")),
        ("Credits against them", form.l22 - filled.tax.l18, line("l21")),
        ("Self-employment tax", second.l4, other("l4")),
        ("Additional Medicare Tax", second.l11, "form-8959.18".to_owned()),
        ("Net investment income tax", second.l12, other("l12")),
        ("Other taxes", second.l21 - named, other("l21")),
    ];
    section = section.rows(
        against
            .into_iter()
            .filter(|(_, amount, _)| *amount != Usd::ZERO)
            .map(|(what, amount, reference)| row(what, amount, reference)),
    );
    section.push(row("Total tax", form.total_tax, line("total_tax")).total());
    let paid = [
        ("Withheld", -form.l25d, line("l25d")),
        ("Estimated payments", -form.l26, line("l26")),
        ("Refundable credits", -form.refundable, line("refundable")),
    ];
    section = section.rows(
        paid.into_iter()
            .filter(|(_, amount, _)| *amount != Usd::ZERO)
            .map(|(what, amount, reference)| row(what, amount, reference)),
    );
    let last = if form.l34 > Usd::ZERO {
        row("Overpaid: comes back", form.l34, line("l34"))
    } else {
        row("Still to pay", form.l37, line("l37"))
    };
    section.row(last.headline())
}

/// The tax that the business brings: self-employment tax, and income tax with it less without it, after credits.
pub(super) fn of_the_business(year: &Year, filled: &Return) -> (Usd, Result<Usd, Vec<Refusal>>) {
    let employed = household::without_own_cover(year.household.clone());
    let without = tax::prepare_start(year.law, &employed, filled.round);
    // A spouse's own self-employment tax is on both returns.
    let others = without.as_ref().map_or(Usd::ZERO, Return::self_employment_taxes);
    let self_employment = filled.self_employment_taxes() - others;
    (self_employment, without.map(|without| filled.net_tax() - without.net_tax() - self_employment))
}

/// What self-employment costs: taxes, benefits paid by oneself, days without pay.
pub fn costs(year: &Year, filled: &Return) -> Section {
    let mut section = Section::new("costs", format!("What self-employment cost you in {}", year.number()))
        .column(Column::left("what", ""))
        .column(Column::right("amount", "$"))
        .column(Column::left("note", ""));
    let (self_employment, income) = of_the_business(year, filled);
    let own = &year.own;
    section.push(
        Row::new("Self-employment tax")
            .money(self_employment)
            .text("both halves of social security and Medicare")
            .explain(if self_employment == filled.self_employment_taxes() { "schedule-2.4" } else { "schedule-se.12" }),
    );
    match income {
        Ok(income) => section.push(
            Row::new("Income tax")
                .money(income)
                .text("with the business less without it, after credits")
                .explain("form-1040.16"),
        ),
        Err(refusals) => section.notes.push(format!(
            "Of the income tax nothing can be said: the return without the business is not modelled ({}).",
            refusals.iter().map(|refusal| refusal.needs.as_str()).collect::<Vec<_>>().join("; ")
        )),
    }
    section.push(
        Row::new("Health and dental premiums")
            .money(own.health.amount)
            .text(origin(own.health))
            .explain("schedule-1.17"),
    );
    if filled.market.insured != 0 {
        let paid = filled.months.iter().map(|month| month.premium - month.advance).sum();
        section.push(
            Row::new("Marketplace premiums")
                .money(paid)
                .text("less the credit paid in advance; what the credit comes to is in the income tax")
                .explain("form-8962.24"),
        );
    }
    section.push(Row::new("Retirement money").money(own.sep.amount).text(origin(own.sep)).explain("schedule-1.16"));
    let more = [
        ("Deferred into your own 401(k)", own.deferral, "schedule-1.16"),
        ("Health savings account", filled.own[0].hsa, "schedule-1.13"),
    ];
    for (what, amount, reference) in more.into_iter().filter(|(_, amount, _)| *amount != Usd::ZERO) {
        section.push(Row::new(what).money(amount).text("stated in perchart.toml").explain(reference));
    }
    if let Some((days, a_day)) = unpaid_days(year) {
        let lost = Usd::rounded(a_day * Decimal::from(days));
        section.push(
            Row::new("Weekdays without pay")
                .money(lost)
                .text(format!("{days} weekdays not worked, at {} of fees a work day", dollars(Usd::rounded(a_day)))),
        );
    }
    if let Some((taken, more)) = marginal(year, filled) {
        let unit = year.unit();
        let share = taken.to_decimal() / MORE.to_decimal();
        let of_hundred = Usd::rounded(share * Decimal::ONE_HUNDRED);
        let mut words = if of_hundred < Usd::ZERO {
            format!("Of the next $100 received nothing goes to tax: credits grow by {}", dollars(-of_hundred))
        } else if share > Decimal::ONE {
            // More than all of it: a limit lies within what was added.
            format!(
                "With {} more received, tax rises by {}: a limit is passed at which a credit or a deduction ends",
                dollars(more),
                dollars(taken)
            )
        } else {
            format!("Of the next $100 received, {} goes to tax", dollars(of_hundred))
        };
        let charts = year.earnings.total.charts - year.earnings.total.rejected;
        if charts > 0 && share > Decimal::ZERO && share <= Decimal::ONE {
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

/// Weekdays of a whole year that were not worked, and the fees of a work day.
/// Only for one who works most of the week: for others the days are not missed.
fn unpaid_days(year: &Year) -> Option<(i64, Decimal)> {
    let (weekdays, worked) = (year.settings(&[]).ok()?.days().weekdays, year.earnings.work_days);
    if year.months_covered() < 12 || worked * 2 < weekdays {
        return None;
    }
    let a_day = year.earnings.total.earned.to_decimal().checked_div(Decimal::from(worked))?;
    Some(((weekdays - worked).max(0), a_day))
}

/// Tax on further receipts, by two whole returns in cents.
fn marginal(year: &Year, filled: &Return) -> Option<(Usd, Usd)> {
    let business = filled.businesses.get(filled.of_person.first()?.start)?;
    let mut household = year.household_with(*business);
    let now = tax::prepare(year.law, &household, Round::Cents).ok()?;
    household.taxpayer.businesses.first_mut()?.gross_receipts += MORE;
    let more = tax::prepare(year.law, &household, Round::Cents).ok()?;
    Some((more.net_tax() - now.net_tax(), MORE))
}

/// The lines of a form; without `all`, those that are not zero. Counts and fractions stand beside the amounts.
pub(super) fn lines(view: &FormView, year: u16, all: bool) -> Section {
    let shown: Vec<_> = view.filled.lines(year).into_iter().filter(|line| all || !is_zero(line.value)).collect();
    let mut section = Section::new(view.name.as_str(), heading(view))
        .column(Column::left("line", "Line"))
        .column(Column::left("text", ""))
        .column(Column::right("amount", "$"));
    if shown.iter().any(|line| !matches!(line.value, Value::Usd(_))) {
        section = section.column(Column::right("value", ""));
    }
    for line in shown {
        let Some(number) = line.number else { continue };
        let row = Row::new(line.printed().unwrap_or_default()).text(line.text);
        let row = match line.value {
            Value::Usd(amount) => row.money(amount),
            other => row.cell(Cell::Blank).cell(Cell::from(other)),
        };
        section.push(row.explain(format!("{}.{number}", view.name)).cite(line.cite));
    }
    section
}

fn heading(view: &FormView) -> String {
    match view.name.split_once('@') {
        Some((_, who)) if who.starts_with("spouse") => format!("{}, spouse", view.filled.title()),
        Some(("form-8863-student", number)) => format!("{}, student {number}", view.filled.title()),
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
        Value::Rate(rate) => rate == Rate::ZERO,
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
        Value::Rate(rate) => rate.to_decimal().to_string(),
        Value::Word(word) => capital(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::tax::facts::{Business, Household, OtherIncome, Person};

    #[test]
    fn what_is_shown_adds_up_to_the_total_tax_and_to_what_is_left_to_pay() {
        for year in law::years() {
            let (law, _) = law::of(i32::from(year)).expect("law");
            for (receipts, gain) in [(40_000, 0), (400_000, 0), (300_000, 900_000)] {
                let business = Business { gross_receipts: Usd::dollars(receipts), ..Business::default() };
                let other_income = OtherIncome { long_gain: Usd::dollars(gain), ..OtherIncome::default() };
                let household = Household {
                    taxpayer: Person { age: 40, businesses: vec![business], ..Person::default() },
                    estimated_payments: Usd::dollars(5_000),
                    other_income,
                    ..Household::default()
                };
                let filled = tax::prepare(law, &household, Round::WholeDollar).expect("modelled");
                let shown = answer(&filled);
                let amounts: Vec<Usd> = shown
                    .rows
                    .iter()
                    .map(|row| match row.cells[1] {
                        Cell::Money(amount) => amount,
                        _ => Usd::ZERO,
                    })
                    .collect();
                let total = amounts.iter().position(|amount| *amount == filled.form_1040.total_tax).expect("the total");
                assert_eq!(
                    amounts[..total].iter().copied().sum::<Usd>(),
                    filled.form_1040.total_tax,
                    "{year} {receipts}"
                );
                let left: Usd = amounts[total..amounts.len() - 1].iter().copied().sum();
                assert_eq!(left, filled.form_1040.l37 - filled.form_1040.l34, "{year} {receipts}");
            }
        }
    }
}
