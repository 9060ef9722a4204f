//! Whole returns, every line of every form, as snapshots. The first is worked by hand below.
#![allow(clippy::unwrap_used, missing_docs)]

mod households;

use std::fmt::Write;

use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::form::Value;
use perchart::tax::{self, Return};

/// The return as text: every line that the form of the year has.
fn text(filled: &Return) -> String {
    let mut text = String::new();
    for form in filled.forms().forms {
        let stopped = form.filled.stopped_at();
        writeln!(text, "{}: {}", form.name, form.filled.title()).unwrap();
        for line in form.filled.lines(filled.year) {
            let Some(number) = line.number else { continue };
            let value = match line.value {
                Value::Usd(amount) => amount.to_string(),
                Value::Number(number) => number.to_string(),
                Value::Count(count) => count.to_string(),
                Value::Ratio(ratio) => ratio.to_decimal().to_string(),
                Value::Rate(rate) => rate.to_decimal().to_string(),
                Value::Word(word) => word.to_owned(),
            };
            writeln!(text, "  {number:>4}  {value:>12}  {}", line.text).unwrap();
            if stopped == Some(number) {
                writeln!(text, "        the form says to stop here").unwrap();
                break;
            }
        }
        writeln!(text).unwrap();
    }
    text
}

fn prepare(year: u16, name: &str) -> Return {
    let (law, _) = law::of(i32::from(year)).unwrap();
    let (_, household) = households::all(law).into_iter().find(|(other, _)| *other == name).unwrap();
    tax::prepare(law, &household, Round::WholeDollar).unwrap()
}

#[test]
fn a_single_coder_in_three_years() {
    for year in law::years() {
        insta::assert_snapshot!(format!("{year}_single_coder"), text(&prepare(year, "single coder")));
    }
}

#[test]
fn the_other_households_in_2025() {
    let (law, _) = law::of(2025).unwrap();
    for (name, _) in households::all(law).into_iter().skip(1) {
        insta::assert_snapshot!(format!("2025_{}", name.replace([' ', '-'], "_")), text(&prepare(2025, name)));
    }
}

/// The coder's return for 2025, worked by hand on the forms.
///
/// Schedule C: 420 + 310 + 640.50 (641) + 780 + 950 = 3,101; 64,000 - 3,101 = 60,899; home 120 x $5 = 600; line 31: 60,299.
/// Schedule SE: 60,299 x 92.35% = 55,686.13 -> 55,686; x 12.4% = 6,905.06 -> 6,905; x 2.9% = 1,614.89 -> 1,615;
/// line 12: 8,520; line 13: 4,260.
/// SEP: 60,299 - 4,260 = 56,039; x 20% = 11,207.80 -> 11,208, more than the 3,000 paid.
/// Form 7206: 60,299 - 4,260 - 3,000 = 53,039, more than the 4,800 of premiums.
/// Schedule 1: 4,260 + 3,000 + 4,800 = 12,060. Form 1040 line 11: 60,299 - 12,060 = 48,239.
/// Form 8995: 60,299 - 12,060 = 48,239 x 20% = 9,647.80 -> 9,648; 48,239 - 15,750 = 32,489 x 20% = 6,497.80 -> 6,498, the smaller.
/// Line 15: 48,239 - 15,750 - 6,498 = 25,991. Tax Table, 25,950 to 26,000: 25,975 -> 1,192.50 + 14,050 x 12% = 2,878.50 -> 2,879.
/// Line 24: 2,879 + 8,520 = 11,399. Line 37: 11,399 - 9,000 = 2,399.
#[test]
fn the_coders_return_is_the_one_worked_by_hand() {
    let filled = prepare(2025, "single coder");
    let (c, se) = (&filled.schedule_c[0], &filled.schedule_se[0]);
    let ours = [
        (c.l28, 3_101),
        (c.l31, 60_299),
        (se.l4a, 55_686),
        (se.l10, 6_905),
        (se.l11, 1_615),
        (se.l12, 8_520),
        (se.l13, 4_260),
        (filled.plan[0].s21, 11_208),
        (filled.form_7206[0].l13, 53_039),
        (filled.adjustments.l26, 12_060),
        (filled.agi.agi, 48_239),
        (filled.form_8995.l5, 9_648),
        (filled.form_8995.l15, 6_498),
        (filled.taxable.l15, 25_991),
        (filled.tax.l16, 2_879),
        (filled.form_1040.total_tax, 11_399),
        (filled.form_1040.l37, 2_399),
    ];
    for (index, (ours, by_hand)) in ours.into_iter().enumerate() {
        assert_eq!(ours, Usd::dollars(by_hand), "figure {index}");
    }
}

/// The head of household in 2025, the credits worked by hand.
///
/// Schedule C: 19,000 - 3,101 = 15,899. Schedule SE: x 92.35% = 14,682.73 -> 14,683; 1,820.69 -> 1,821 + 425.81 -> 426 = 2,247; half 1,124.
/// Line 11: 6,000 + 15,899 - 1,124 = 20,775, under the standard deduction of 23,625: no income tax.
/// Credit for earned income: 20,775 is past 17,880 and short of 23,350: the whole 8,046 for three children.
/// Schedule 8812: 6,600, none of it against tax; at most 3 x 1,700 = 5,100; (20,775 - 2,500) x 15% = 2,741.25 -> 2,741;
/// the way by social security tax, 372 + 87 + 1,124 - 8,046, is less than zero.
/// Line 34: 8,046 + 2,741 - 2,247 = 8,540.
#[test]
fn the_credits_are_those_worked_by_hand() {
    let filled = prepare(2025, "head of household with refundable credits");
    let last = &filled.form_1040;
    let ours = [filled.agi.agi, last.total_tax, last.eic, last.l28, last.l34];
    assert_eq!(ours, [20_775, 2_247, 8_046, 2_741, 8_540].map(Usd::dollars));
}
