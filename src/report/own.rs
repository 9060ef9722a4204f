//! What a self-employed person pays for herself: never on Schedule C, and where on the return instead.

use super::{Column, Row, Section};
use crate::deduct::Item;
use crate::money::Usd;
use crate::year::Year;

/// Categories whose rows count elsewhere by what the profile states: where, and what to state.
const LED: [(&str, &str, &str, &str); 2] = [
    (
        "hsa",
        "Schedule 1 line 13, Form 8889 line 2",
        "schedule-1.13",
        "Paid into a health savings account: Form 8889 takes it off on Schedule 1 line 13, by what perchart.toml states. State under [household.hsa]: paid, and self_months or family_months, the months with a high-deductible plan.",
    ),
    (
        "retirement",
        "Schedule 1 line 20",
        "schedule-1.20",
        "Saved for yourself: an IRA counts on Schedule 1 line 20, deferrals into your own 401(k) on line 16, by what perchart.toml states. State [household] ira or roth_ira, or [benefits] deferral and roth_deferral; a SEP is a category of its own, sep.",
    ),
];

/// Is it of a category that counts elsewhere on the return, by what the profile states?
pub(super) fn is_led_elsewhere(item: &Item) -> bool {
    LED.iter().any(|(id, ..)| item.category.id == *id)
}

/// What the rows of a category come to.
fn of_rows(year: &Year, id: &str) -> Usd {
    year.deductions.items.iter().filter(|item| item.category.id == id).map(|item| item.expense.amount).sum()
}

/// What the profile states for a category of [`LED`].
fn stated(year: &Year, id: &str) -> Usd {
    let persons = || year.household.persons().map(|person| person.own);
    match id {
        "hsa" => persons().map(|own| own.hsa).sum(),
        _ => persons().map(|own| own.ira + own.roth_ira).sum::<Usd>() + year.own.deferral,
    }
}

/// What counts elsewhere on the return.
pub fn elsewhere(year: &Year) -> Section {
    let mut section = Section::new("elsewhere", "Not on Schedule C, but on the return")
        .column(Column::left("where", "Where"))
        .column(Column::left("what", "What"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("counts", "Counts"))
        .column(Column::left("explain_as", "Explain"));
    let filled = year.filled.as_ref().ok();
    let market = year.household.marketplace.as_ref();
    let deferral = year.own.deferral;
    let led = |id: &str| of_rows(year, id).max(stated(year, id));
    let own = [
        (
            "Schedule 1 line 17, Form 7206",
            "Health and dental premiums",
            year.own.health.amount,
            filled.map(|filled| filled.adjustments.l17),
            "schedule-1.17",
        ),
        (
            "Form 8962; Schedule 1 line 17",
            "Marketplace plan: premium credit, the rest deducted",
            market.map_or(Usd::ZERO, |market| market.months.iter().map(|month| month.premium).sum()),
            filled.map(|filled| filled.form_8962.l24 + filled.premiums.deduction),
            "form-8962.24",
        ),
        (
            "Schedule 1 line 16",
            if deferral == Usd::ZERO { "Own retirement plan (SEP)" } else { "Own retirement plan (SEP or 401(k))" },
            year.own.sep.amount + deferral,
            filled.map(|filled| filled.adjustments.l16),
            "schedule-1.16",
        ),
        (LED[0].1, "Health savings account", led("hsa"), filled.map(|filled| filled.adjustments.l13), LED[0].2),
        (
            LED[1].1,
            "Own IRA",
            led("retirement").excess(deferral),
            filled.map(|filled| filled.adjustments.l20),
            LED[1].2,
        ),
        (
            "Form 1040 line 26",
            "Estimated tax payments",
            year.own.estimated.amount,
            filled.map(|filled| filled.form_1040.l26),
            "form-1040.26",
        ),
    ];
    for (place, what, paid, counts, reference) in own {
        if paid != Usd::ZERO {
            let row = Row::new(place).text(what).money(paid);
            let row = counts.map_or_else(|| row.clone().blank(), |counts| row.clone().money(counts));
            section.push(row.text(reference).explain(reference));
        }
    }
    section
}

/// Rows of savings of which the profile states nothing, or less: what, how much, what to state, and the rows.
pub(super) fn questions(year: &Year) -> Vec<(String, Usd, &'static str, String)> {
    let asked = LED.iter().filter_map(|(id, _, _, why)| {
        let (paid, stated) = (of_rows(year, id), stated(year, id));
        let name = crate::book::category::Categories::get(id).map_or(*id, |category| category.name.as_str());
        (paid > stated).then(|| (name.to_owned(), paid - stated, *why, format!("summary.{id}")))
    });
    asked.collect()
}
