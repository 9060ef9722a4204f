//! Renderers: one report, several layouts. They only lay out; every figure is in the report.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Cell;

pub mod csv;
mod draw;
pub mod file;
mod font;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod svg;
pub mod text;
pub mod txf;
pub mod xlsx;

/// The cell as people read it: `12,345.67`, `4.5%`, `2025-03-31`.
fn words(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => one_line(text),
        Cell::Money(amount) => grouped(&amount.to_string()),
        Cell::Number { value, places } => grouped(&fixed(*value, *places)),
        Cell::Count(count) => grouped(&count.to_string()),
        Cell::Percent { share, places } => format!("{}%", grouped(&fixed(*share * Decimal::ONE_HUNDRED, *places))),
        Cell::Date(date) => date.to_string(),
    }
}

/// The cell as programs read it: no grouping, shares as shares, at most six decimals.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Money(amount) => amount.to_string(),
        Cell::Number { value: quantity, .. } | Cell::Percent { share: quantity, .. } => {
            rounded(*quantity, 6).normalize().to_string()
        }
        Cell::Count(count) => count.to_string(),
        Cell::Date(date) => date.to_string(),
    }
}

/// Text on one line, without control characters: what comes from a file must not steer a terminal.
fn one_line(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// A quantity with exactly `places` decimals, half away from zero, never `-0`.
fn fixed(value: Decimal, places: u32) -> String {
    let mut value = rounded(value, places);
    value.rescale(places);
    value.to_string()
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    let value = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    if value.is_zero() { value.abs() } else { value }
}

/// A plain number with commas between thousands.
pub(super) fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = sign.to_owned();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::super::{Column, Report, Row, Section};
    use super::*;
    use crate::money::Usd;

    /// One of everything.
    pub(super) fn sample() -> Report {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2025, 3, day).expect("a day");
        Report::new("sample", "What 2025 left you")
            .subtitle("Jane Doe, paid by the chart")
            .section(
                Section::new("earnings", "What you earned")
                    .lead("You coded 18,615 charts on 235 days and were paid for 98% of them.")
                    .column(Column::left("payer", "Payer"))
                    .column(Column::right("charts", "Charts"))
                    .column(Column::right("per_hour", "Charts an hour"))
                    .column(Column::right("unpaid", "Never paid"))
                    .column(Column::right("amount", "Amount"))
                    .row(
                        Row::new("Northside Coding Partners")
                            .count(12_400)
                            .number(dec!(13.0449), 1)
                            .percent(dec!(0.0213), 1)
                            .money(Usd::from_cents(2_673_440))
                            .explain("earnings.northside"),
                    )
                    .row(Row::new("of which emergency").count(1_200).blank().blank().money(Usd::dollars(4_800)).sub())
                    .row(
                        Row::new("=Cascade | ED")
                            .count(6_215)
                            .number(dec!(12.85), 1)
                            .percent(dec!(0.0174), 1)
                            .money(Usd::from_cents(1_340_034)),
                    )
                    .row(
                        Row::new("Total")
                            .count(18_615)
                            .number(dec!(12.98), 1)
                            .percent(dec!(0.02), 1)
                            .money(Usd::from_cents(4_013_474))
                            .total()
                            .explain("earnings.total"),
                    )
                    .note("Cascade sends its statement ten days after the month ends, so December is paid in January."),
            )
            .section(
                Section::new("schedule_c", "Schedule C")
                    .column(Column::left("line", "Line"))
                    .column(Column::left("item", "Item"))
                    .column(Column::left("since", "Since"))
                    .column(Column::right("amount", "Amount"))
                    .row(Row::new("1").text("Gross receipts or sales").blank().money(Usd::from_cents(4_013_474)))
                    .row(
                        Row::new("27b")
                            .text(
                                "Other expenses: code books, AAPC and AHIMA dues, continuing education units, encoder",
                            )
                            .date(day(31))
                            .money(Usd::from_cents(-291_867)),
                    )
                    .row(Row::new("31").text("Net profit").blank().money(Usd::from_cents(3_721_607)).headline()),
            )
            .note("Defaults, not your own records, moved this answer: admin hours 2.0 a week (guess).")
            .limit("State income tax is not in these figures.")
    }

    #[test]
    fn numbers_read_like_numbers() {
        let number = |value, places| words(&Cell::Number { value, places });
        assert_eq!(number(dec!(1234567.895), 2), "1,234,567.90");
        assert_eq!(number(dec!(-999), 1), "-999.0");
        assert_eq!(number(dec!(-0.004), 2), "0.00");
        assert_eq!(words(&Cell::Money(Usd::from_cents(-1_234_567))), "-12,345.67");
        assert_eq!(words(&Cell::Percent { share: dec!(0.12345), places: 1 }), "12.3%");
        assert_eq!(words(&Cell::Count(-1_000)), "-1,000");
    }

    #[test]
    fn programs_get_shares_and_no_commas() {
        assert_eq!(plain(&Cell::Percent { share: dec!(0.120000), places: 0 }), "0.12");
        assert_eq!(plain(&Cell::Number { value: Decimal::ONE / dec!(3), places: 1 }), "0.333333");
        assert_eq!(plain(&Cell::Money(Usd::dollars(12_345))), "12345.00");
    }

    #[test]
    fn text_from_files_cannot_steer_a_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\nc"), "a\u{FFFD}[2Jb c");
    }
}
