//! Tests of amounts: every form, written values read back, no text that stops the program.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::money::Usd;

const POINT: Amounts = Amounts { decimal: Mark::Point, why: Why::Stated };
const COMMA: Amounts = Amounts { decimal: Mark::Comma, why: Why::Stated };

fn decide(cells: &[&str]) -> Result<Amounts, Doubt> {
    Amounts::decide(cells.iter().copied())
}

fn code(cell: &str) -> Option<Currency> {
    Currency::by_code(cell)
}

#[test]
fn amounts_are_read_as_exports_write_them() {
    use Sign::{Credit, Debit, Minus, Parentheses, Plus};
    let (dollar, none) = (Some(Currency::Dollar), None);
    for (cell, cents, sign, currency) in [
        ("0.43", 43, None, none),
        ("2500", 250_000, None, none),
        ("($52.00)", -5_200, Some(Parentheses), dollar),
        ("($1,350.00)", -135_000, Some(Parentheses), dollar),
        ("$(45.00)", -4_500, Some(Parentheses), dollar),
        ("(45.00) USD", -4_500, Some(Parentheses), code("USD")),
        ("$ 6.05", 605, None, dollar),
        ("-0000000000080.69", -8_069, Some(Minus), none),
        ("00000000000040.00", 4_000, None, none),
        ("- $21.59", -2_159, Some(Minus), dollar),
        ("+ $73.01", 7_301, Some(Plus), dollar),
        ("+$327.49", 32_749, Some(Plus), dollar),
        ("-$7,971.39", -797_139, Some(Minus), dollar),
        ("$-5.00", -500, Some(Minus), dollar),
        ("$.23", 23, None, dollar),
        ("7.", 700, None, none),
        ("11'373.94", 1_137_394, None, none),
        ("11\u{2019}373.94", 1_137_394, None, none),
        ("1,23,456.00", 12_345_600, None, none),
        ("12,34,567", 123_456_700, None, none),
        ("45.00-", -4_500, Some(Minus), none),
        ("45.00 -", -4_500, Some(Minus), none),
        ("45.00 CR", 4_500, Some(Credit), none),
        ("45.00DR", -4_500, Some(Debit), none),
        ("$45.00 Cr", 4_500, Some(Credit), dollar),
        ("\u{2212}45.00", -4_500, Some(Minus), none),
        ("\u{2013} 45.00", -4_500, Some(Minus), none),
        ("\u{200e}-\u{200e}45.00\u{200f}", -4_500, Some(Minus), none),
        ("د.ا.\u{200f}4.750", 475, None, code("JOD")),
        ("د.ا.\u{200f}93.210", 9_321, None, code("JOD")),
        ("£500.00", 50_000, None, code("GBP")),
        ("US$ 5.00", 500, None, code("USD")),
        ("$5.00 CAD", 500, None, code("CAD")),
        ("100.00 kr.", 10_000, None, Some(Currency::Krone)),
        ("R$ 5.00", 500, None, code("BRL")),
        ("5.00 zł", 500, None, code("PLN")),
        ("¥500", 50_000, None, Some(Currency::Yen)),
        ("usd 5.00", 500, None, code("USD")),
        ("CHF 100.\u{2014}", 10_000, None, code("CHF")),
        ("&pound;5.00", 500, None, code("GBP")),
        ("5.00&nbsp;&euro;", 500, None, code("EUR")),
        ("&minus;5.00", -500, Some(Minus), none),
        ("=\"1234.50\"", 123_450, None, none),
        ("'123.45", 12_345, None, none),
        ("12.3400", 1_234, None, none),
        ("10000000000.00", 1_000_000_000_000, None, none),
        ("-0.00", 0, Some(Minus), none),
    ] {
        assert_eq!(POINT.read(cell), Ok(Read { cents, sign, currency }), "{cell}");
        assert!(resembles(cell), "{cell}");
    }
    for (cell, cents, currency) in [
        ("1234,37 EUR", 123_437, code("EUR")),
        ("EUR 1.234,50", 123_450, code("EUR")),
        ("1.234,56", 123_456, none),
        ("2.000,0", 200_000, none),
        ("-1.234,56", -123_456, none),
        ("1 234,56", 123_456, none),
        ("1\u{a0}234,56", 123_456, none),
        ("1\u{202f}234,56 €", 123_456, code("EUR")),
        ("1&nbsp;234,56", 123_456, none),
        ("100,-", 10_000, none),
        ("100,-- €", 10_000, code("EUR")),
        ("1.234.567", 123_456_700, none),
        (",5", 50, none),
        ("26550,33", 2_655_033, none),
    ] {
        let read = COMMA.read(cell).unwrap();
        assert_eq!((read.cents, read.currency), (cents, currency), "{cell}");
        assert!(resembles(cell), "{cell}");
    }
}

#[test]
fn what_is_no_amount_says_why() {
    for (cell, hint) in [
        ("(45.00)-", "an amount has one sign"),
        ("-(45.00)", "an amount has one sign"),
        ("--5", "an amount has one sign"),
        ("-45.00 CR", "an amount has one sign"),
        ("$5.00 EUR", "an amount has one currency"),
        ("1.2E+05", "a spreadsheet wrote it as a power of ten; format the column as a number"),
        ("4O.00", "an amount has digits, one sign and one currency"),
        ("(45.00", "an amount has digits, one sign and one currency"),
        ("45.00)", "an amount has digits, one sign and one currency"),
        ("((45.00))", "an amount has digits, one sign and one currency"),
        ("$", "an amount has digits, one sign and one currency"),
        ("5%", "an amount has digits, one sign and one currency"),
        ("1.234,50", "here a point comes before the decimals; this cell reads only with a comma"),
        ("12,34.00", "thousands are parted in threes, decimals by one mark"),
        ("1,1234", "here a point comes before the decimals; this cell reads only with a comma"),
        ("12 34", "thousands are parted in threes, decimals by one mark"),
        ("1 234'567", "thousands are parted in threes, decimals by one mark"),
        ("1,23,4567", "thousands are parted in threes, decimals by one mark"),
        ("123,45,678", "thousands are parted in threes, decimals by one mark"),
        (".", "thousands are parted in threes, decimals by one mark"),
        ("12.345", "an amount has at most two decimals"),
        ("د.ا.\u{200f}4.755", "an amount has at most two decimals"),
        ("10000000000.01", "an amount is at most 10,000,000,000"),
        ("99999999999999999999999999", "an amount is at most 10,000,000,000"),
        ("", ""),
        ("--", ""),
    ] {
        assert_eq!(POINT.read(cell).unwrap_err().hint, hint, "{cell}");
    }
    assert!(POINT.read("DOE, JANE").unwrap_err().silent && !POINT.read("4O.00").unwrap_err().silent);
    for cell in
        ["", "--", "$ -", "-", "$", "abc", "12,34.00", "2024-01-31", "10:30", "4111111111111111", "5%", "#5", "1/2"]
    {
        assert!(!resembles(cell), "{cell}");
    }
}

#[test]
fn nothing_is_no_amount() {
    for cell in ["", " ", "-", "--", "\u{2014}", "$ -", "$-", "=\"\""] {
        assert_eq!(POINT.read_or_none(cell), Ok(None), "{cell}");
    }
    assert!(POINT.read_or_none("+").is_err() && POINT.read_or_none("()").is_err());
}

#[test]
fn rounding_is_asked_for() {
    let cents = |cell| POINT.read_rounded(cell).unwrap().cents;
    assert_eq!((cents("12.345"), cents("-12.345"), cents("12.3449999"), cents("0.005")), (1_235, -1_235, 1_234, 1));
}

#[test]
fn one_cell_decides_for_its_column() {
    let decimal = |cells: &[&str]| decide(cells).map(Amounts::decimal);
    assert_eq!(decimal(&["1,234", "0.50"]), Ok(Mark::Point));
    assert_eq!(decimal(&["1.234", "0,50"]), Ok(Mark::Comma));
    assert_eq!(decimal(&["1,234", "1,234,567"]), Ok(Mark::Point));
    assert_eq!(decimal(&["1.234", "1.234.567"]), Ok(Mark::Comma));
    assert_eq!(decimal(&["د.ا.\u{200f}4.750", "د.ا.\u{200f}0.000"]), Ok(Mark::Point));
    assert_eq!(decimal(&["1,234", "100,-"]), Ok(Mark::Comma));
    let amounts = decide(&["total", "", "5", "1,50"]).unwrap();
    assert_eq!((amounts.example(), amounts.why()), (Some(3), "a decimal comma"));
    assert_eq!(decide(&["5", "", "--"]).unwrap().why(), "whole numbers");
    assert_eq!(decide(&[]).unwrap().why(), "whole numbers");
    assert_eq!(decide(&["1,50", "x", "1.50"]), Err(Doubt::Contradiction { point: 2, comma: 0 }));
    assert_eq!(decide(&["", "abc", "12,34.00"]), Err(Doubt::NotAmounts { cell: Some(1) }));
}

#[test]
fn thousands_that_may_be_decimals_are_asked() {
    let us = decide(&["1,234", "500", "12,000"]).unwrap();
    assert_eq!((us.decimal(), us.why()), (Mark::Point, "commas part thousands, as in the US"));
    assert_eq!(us.read("1,234").unwrap().cents, 123_400);
    assert_eq!(decide(&["500", "1.234"]), Err(Doubt::Thousands { cell: 1, written: Mark::Point }));
    assert_eq!(decide(&["1,234", "1.234"]), Err(Doubt::Thousands { cell: 1, written: Mark::Point }));
    assert_eq!(decide(&["5000", "1,234"]), Err(Doubt::Thousands { cell: 1, written: Mark::Comma }));
    assert_eq!(decide(&["KWD 1,234"]), Err(Doubt::Thousands { cell: 0, written: Mark::Comma }));
    assert!(Doubt::Thousands { cell: 0, written: Mark::Point }.text().starts_with("1.234"));
    assert_eq!(Amounts::stated(Mark::Comma).read("1,230").unwrap().cents, 123);
}

#[test]
fn the_largest_amount_is_that_of_the_book() {
    assert!(Usd::try_from(Decimal::new(MOST_CENTS, 2)).is_ok());
    assert!(Usd::try_from(Decimal::new(MOST_CENTS + 1, 2)).is_err());
}

/// A number with its thousands parted.
fn grouped(whole: i64, part: &str, indian: bool) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len() - at;
        let edge = if indian { left == 3 || (left > 3 && left % 2 == 1) } else { left.is_multiple_of(3) };
        if at > 0 && edge {
            text.push_str(part);
        }
        text.push(digit);
    }
    text
}

proptest! {
    #[test]
    fn written_amounts_are_read_back(cents in 0i64..=1_000_000_000_000, wrap in 0usize..15, dollars in 0i64..=99_999) {
        for cents in [cents, dollars] {
            let (whole, rest) = (cents / 100, cents % 100);
            for (part, decimal, indian) in [
                ("", ".", false), (",", ".", false), (",", ".", true), ("'", ".", false), ("’", ".", false),
                ("", ",", false), (".", ",", false), (" ", ",", false), ("\u{a0}", ",", false), ("\u{202f}", ",", false),
                ("&nbsp;", ",", false),
            ] {
                let number = format!("{}{decimal}{rest:02}", grouped(whole, part, indian));
                let (cell, sign) = match wrap {
                    0 => (number, 1), 1 => (format!("-{number}"), -1), 2 => (format!("({number})"), -1),
                    3 => (format!("(${number})"), -1), 4 => (format!("- ${number}"), -1), 5 => (format!("$-{number}"), -1),
                    6 => (format!("{number}-"), -1), 7 => (format!("{number} CR"), 1), 8 => (format!("{number} DR"), -1),
                    9 => (format!("EUR {number}"), 1), 10 => (format!("-{number}\u{a0}€"), -1),
                    11 => (format!("=\"{number}\""), 1), 12 => (format!("\u{2212}{number}"), -1),
                    13 => (format!("\u{200f}{number}\u{200e}"), 1), _ => (format!("+{number} kr"), 1),
                };
                let amounts = Amounts::decide([cell.as_str()].into_iter()).unwrap();
                prop_assert_eq!(amounts.decimal().sign().to_string(), decimal, "{}", &cell);
                prop_assert_eq!(amounts.read(&cell).unwrap().cents, sign * cents, "{}", &cell);
                prop_assert!(resembles(&cell));
            }
        }
    }

    #[test]
    fn no_text_stops_the_program(text in "\\PC*", marks in "[0-9.,' $€()+CRD&;-]{0,16}") {
        for cell in [text.as_str(), marks.as_str()] {
            let reads = [POINT, COMMA].map(|amounts| amounts.read(cell).is_ok());
            let decided = Amounts::decide([cell].into_iter());
            // What one mark reads resembles an amount, and what resembles one is decided or asked.
            prop_assert!(!reads.contains(&true) || resembles(cell));
            let is_refused = matches!(decided, Err(Doubt::NotAmounts { .. }));
            prop_assert!(!resembles(cell) || !is_refused);
            _ = POINT.read_rounded(cell);
        }
    }
}
