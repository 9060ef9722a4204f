//! Elections, written out as the return wants them.

use super::Source;
use crate::book::category::ExpenseLine;
use crate::deduct::{Item, Verdict};
use crate::money::Usd;
use crate::report::year::{counts, paid};
use crate::report::{Cell, Column, Row, Section, dollars};

pub(super) fn sections(source: &Source) -> Vec<Section> {
    let small = de_minimis(source);
    let of_assets = crate::report::assets::statements(source.year).into_iter();
    let of_assets = of_assets.filter(|statement| small.is_none() || statement.id != "de_minimis_statement");
    let of_assets: Vec<Section> = of_assets.collect();
    small.into_iter().chain(simplified_method(source)).chain(of_assets).collect()
}

/// Reg. 1.263(a)-1(f)(5): a statement with the title, the taxpayer's name, address and number, and the words.
fn de_minimis(source: &Source) -> Option<Section> {
    let year = source.year;
    let other = Verdict::Deducted(ExpenseLine::Other);
    let items: Vec<&Item> =
        year.deductions.items.iter().filter(|item| item.is_equipment() && item.verdict == other).collect();
    if items.is_empty() {
        return None;
    }
    let mut section = Section::new("election-de-minimis", "Section 1.263(a)-1(f) De Minimis Safe Harbor Election")
        .lead(format!(
            "The taxpayer is making the de minimis safe harbor election under section 1.263(a)-1(f) for the taxable year ended December 31, {}.",
            year.number()
        ))
        .lead("Name: ____________________    Taxpayer identification number: ____________________")
        .lead("Address: ____________________________________________________________")
        .column(Column::left("date", "Paid on"))
        .column(Column::left("vendor", "Vendor"))
        .column(Column::left("item", "Item"))
        .column(Column::right("price", "Price"))
        .column(Column::right("deducted", "Business part"));
    for item in &items {
        let expense = &item.expense;
        let row = Row::new(Cell::Date(expense.date)).text(expense.vendor.as_str()).text(expense.description.as_str());
        section.push(row.money(expense.amount).money(item.counts));
    }
    let total = Row::new("Total").blank().blank().money(paid(&items)).money(counts(&items));
    Some(section.row(total.total().opens("rows-equipment")).note(format!(
        "Attach this statement to a timely filed return; the election is made anew each year. It covers every item of at most {} by invoice or item (Reg. 1.263(a)-1(f)(1)(ii)(D), (f)(5); Notice 2015-82).",
        dollars(year.law.de_minimis.per_item)
    )))
}

/// Using the method on the return is the election.
fn simplified_method(source: &Source) -> Option<Section> {
    let (_, home) = &source.business;
    (home.l5 != Usd::ZERO).then(|| {
        Section::new("election-home", "Simplified method for business use of the home")
            .lead(format!(
                "Figured for {} square feet over {} months: {} on Schedule C line 30. Using the method on a timely filed return is the election; it cannot be taken back for the year (Rev. Proc. 2013-13).",
                home.l2,
                home.l2_months,
                dollars(home.l5)
            ))
    })
}
