//! Where looking beats reading: what came when from whom, and where each dollar went.

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::{Source, lines};
use crate::money::Usd;
use crate::report::chart::{Bar, Chart, Plot, Series};
use crate::report::tax::of_the_business;
use crate::report::{Column, Row, Section, dollars};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// So many payers have a column of their own.
const PAYERS: usize = 5;

pub(super) fn sections(source: &Source) -> Vec<Section> {
    [income(source), dollar(source)].into_iter().flatten().collect()
}

/// What was received, by month and payer.
fn income(source: &Source) -> Option<Section> {
    let year = source.year;
    let mut payers: Vec<_> = year.earnings.payers.iter().filter(|payer| !payer.receipts.is_empty()).collect();
    payers.sort_by_key(|payer| (-payer.received, payer.payer.as_str()));
    let mut series: Vec<Series> = Vec::new();
    for payer in payers {
        let mut amounts = vec![Usd::ZERO; MONTHS.len()];
        for receipt in &payer.receipts {
            if let Some(month) = amounts.get_mut(receipt.on.month0() as usize) {
                *month += receipt.amount;
            }
        }
        match series.get_mut(PAYERS) {
            Some(others) => {
                "Others".clone_into(&mut others.name);
                others.amounts.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
            }
            None => series.push(Series { name: payer.payer.clone(), amounts }),
        }
    }
    let total: Usd = year.earnings.received();
    let month = |month: usize| series.iter().filter_map(|one| one.amounts.get(month)).copied().sum::<Usd>();
    let (best, most) = (0..MONTHS.len()).map(|place| (place, month(place))).max_by_key(|(_, sum)| *sum)?;
    if most <= Usd::ZERO {
        return None;
    }
    let mut section = Section::new("by-month", "Received by month and payer").column(Column::left("month", "Month"));
    for (place, one) in (1..).zip(&series) {
        section = section.column(Column::right(format!("payer_{place}"), one.name.as_str()));
    }
    section = section.column(Column::right("all", "All"));
    for (place, name) in MONTHS.iter().enumerate() {
        let row = series.iter().fold(Row::new(*name), |row, one| row.cell(one.amounts.get(place).copied()));
        section.push(row.money(month(place)));
    }
    let sums = series.iter().fold(Row::new("Year"), |row, one| row.money(one.amounts.iter().copied().sum()));
    section.push(sums.money(total).total().opens("receipts").explain("received.all"));
    let summary = format!("{} of {} came in {}, the strongest month.", dollars(most), dollars(total), MONTHS[best]);
    let plot = Plot::Stacked { groups: MONTHS.map(str::to_owned).to_vec(), series };
    Some(section.chart(Chart::new("Received by month and payer", summary, plot)))
}

/// Where each dollar received went: costs, taxes, own cover, and what is left.
fn dollar(source: &Source) -> Option<Section> {
    let year = source.year;
    let received = year.earnings.received();
    if received <= Usd::ZERO {
        return None;
    }
    let mut went: Vec<(String, Usd, Option<String>)> = Vec::new();
    for line in lines::fed(source) {
        // What was paid for the business, before a limit of law such as half of meals.
        let amount: Usd = line.feeds.iter().map(|feed| feed.went).sum();
        if amount != Usd::ZERO {
            let (_, text) = line.printed(source);
            let text = text.trim_end_matches(" and section 179 expense deduction");
            went.push((text.to_owned(), amount, Some(line.id)));
        }
    }
    let home = lines::of_home(source);
    if home != Usd::ZERO {
        went.push(("Business use of the home".to_owned(), home, Some("line-30".to_owned())));
    }
    went.sort_by(|(one, a, _), (other, b, _)| b.cmp(a).then(one.cmp(other)));
    let own = &year.own;
    if let Ok(filled) = &year.filled {
        let (both_halves, income) = of_the_business(year, filled);
        went.push(("Self-employment tax".to_owned(), both_halves, None));
        if let Ok(income) = income {
            went.push(("Income tax on it".to_owned(), income, None));
        }
    }
    went.push(("Health and dental premiums".to_owned(), own.health.amount, Some("own".to_owned())));
    went.push(("Retirement".to_owned(), own.sep.amount + own.deferral, Some("own".to_owned())));
    went.retain(|(_, amount, _)| *amount != Usd::ZERO);
    let left = received - went.iter().map(|(_, amount, _)| *amount).sum::<Usd>();
    let share = |amount: Usd| amount.to_decimal() / received.to_decimal();
    let cents = |amount: Usd| (share(amount) * Decimal::ONE_HUNDRED).round_dp(1);
    let bar = |label: &str, amount: Usd, strong| Bar {
        label: label.to_owned(),
        amount,
        note: format!("{:.1}¢", cents(amount)),
        strong,
    };
    let mut bars: Vec<Bar> = went.iter().map(|(label, amount, _)| bar(label, *amount, false)).collect();
    bars.push(bar("Left over", left, true));
    let mut section = Section::new("each-dollar", "Where each dollar received went")
        .column(Column::left("what", ""))
        .column(Column::right("amount", "$"))
        .column(Column::right("share", "Share"));
    for (label, amount, opens) in went {
        let row = Row::new(label).money(amount).percent(share(amount), 1);
        section.push(Row { opens, ..row });
    }
    section.push(Row::new("Left over").money(left).percent(share(left), 1));
    let total = Row::new("Received").money(received).percent(Decimal::ONE, 1);
    section.push(total.total().opens("receipts").explain("received.all"));
    let summary = format!("Of each dollar received, {:.1} cents are left after costs, tax and own cover.", cents(left));
    Some(
        section.chart(Chart::new("Where each dollar received went", summary, Plot::Bars(bars))).note(
            "Taxes are the federal ones: self-employment tax, and the income tax with the business less without it. What the home, a car and things that last cost is what the return counts for them.",
        ),
    )
}
