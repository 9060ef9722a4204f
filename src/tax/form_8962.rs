//! Form 8962, Premium Tax Credit.

use crate::facts;
use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Usd};
use crate::tax::facts::{CoveredMonth, Filer, Place};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{Blank, Cell, Value, refused, sum, whole_dollars};
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Income, TotalIncome};
use crate::tax::premium::PremiumSearch;

facts! {
    /// Health insurance from the marketplace, for the year.
    Market = "marketplace" {
        insured: i64 "Insured through the marketplace: 1 if so";
        place: Place "Where the poverty line is looked up";
        dependents_income: Usd "Modified adjusted gross income of dependents who must file";
    }
}

impl Cell for Place {
    fn value(self) -> Value {
        Value::Word(match self {
            Place::Contiguous => "48 states and the District of Columbia",
            Place::Alaska => "Alaska",
            Place::Hawaii => "Hawaii",
        })
    }
}

impl Blank for Place {
    const BLANK: Place = Place::Contiguous;
}

/// Percent as line 5 shows it where income is more than four times the poverty line.
const OVER_FOUR_TIMES: i64 = 401;

form! {
    /// Form 8962. Lines 8a and 8b are whole dollars however other lines are written, as the form says. Column (e) of a
    /// month stands on its line; columns (a), (b) and (f) are those of Form 1095-A, column (c) is line 8b.
    Form8962 = "form-8962", "Form 8962, Premium Tax Credit";
    (law: &Law, filer: &Filer, market: &Market, month: &[CoveredMonth], income: &Form1040Income, total: &TotalIncome, adjusted: &AdjustedGrossIncome, found: &PremiumSearch; round) {
        "1"  l1: i64 "Tax family size"                                        ["IRC 36B(d)(1)"] = market.insured * filer.family;
             stop if l1 == 0;
        "2a" l2a "Modified adjusted gross income: with tax-exempt interest, and benefits that are not taxed" ["IRC 36B(d)(2)(B)"] = adjusted.agi + income.l2a + total.l6a - total.l6b;
        "2b" l2b "Modified adjusted gross income of dependents who must file" ["IRC 36B(d)(2)(A)(ii)"] = market.dependents_income;
        "3"  l3  "Household income, not below zero"                           ["IRC 36B(d)(2)"] = (l2a + l2b).floor0();
        "4"  l4  "Poverty line for the family and place, of the guidelines of the year before" ["IRC 36B(d)(3)"] = poverty_line(law, market, l1);
             by guideline;
        "5"  l5: i64 "Line 3 in percent of line 4, cut off to a whole number; 401 if more than four times" ["Reg. 1.36B-3(g)"] = percent(l3, l4);
        "7"  l7: Ratio "Applicable figure for line 5, to four places"         ["IRC 36B(b)(3)(A)"] = applicable_figure(law, l5);
             by tier(l5);
        "8a" l8a "Annual contribution: line 3 times line 7, in whole dollars" ["IRC 36B(b)(2)(B)(ii)"] = whole_dollars(l3 * l7);
        "8b" l8b "Monthly contribution: line 8a divided by 12, in whole dollars" ["IRC 36B(b)(2)(B)(ii)"] = whole_dollars(l8a * Ratio { of: 1, whole: 12 });
        "9"  l9  "Policies shared with another taxpayer, year of marriage"    ["Reg. 1.36B-4(a)(1)(ii), (b)(2)"] = refused();
        "10" l10: i64 "Every month has the same premiums: 1 if so, then line 11, else lines 12 to 23" ["Form 8962 line 10"] = all_alike(month);
             by "month.premium", "month.benchmark";
        "e"  eligible: i64 "May take the credit: not a separate return, and income in its range" ["IRC 36B(c)(1)(A), (C)"] = eligible(law, filer, month, found, l5);
             by "premium_credit.least_percent", "premium_credit.most_percent", "filer.status", "month.advance", "found.declined";
        "11" l11 "Year: smaller of the premiums, or the benchmark premiums less line 8a" ["IRC 36B(b)(2)"] = year(month, l8a) * (eligible * l10);
             by "month.premium", "month.benchmark";
        "12" l12 "January: smaller of the premium, or the benchmark premium less line 8b" ["IRC 36B(b)(2)"] = credit_of(month, 0, l8b) * (eligible * (1 - l10));
             by "month[0].premium", "month[0].benchmark";
        "13" l13 "February"                                                   ["IRC 36B(b)(2)"] = credit_of(month, 1, l8b) * (eligible * (1 - l10));
             by "month[1].premium", "month[1].benchmark";
        "14" l14 "March"                                                      ["IRC 36B(b)(2)"] = credit_of(month, 2, l8b) * (eligible * (1 - l10));
             by "month[2].premium", "month[2].benchmark";
        "15" l15 "April"                                                      ["IRC 36B(b)(2)"] = credit_of(month, 3, l8b) * (eligible * (1 - l10));
             by "month[3].premium", "month[3].benchmark";
        "16" l16 "May"                                                        ["IRC 36B(b)(2)"] = credit_of(month, 4, l8b) * (eligible * (1 - l10));
             by "month[4].premium", "month[4].benchmark";
        "17" l17 "June"                                                       ["IRC 36B(b)(2)"] = credit_of(month, 5, l8b) * (eligible * (1 - l10));
             by "month[5].premium", "month[5].benchmark";
        "18" l18 "July"                                                       ["IRC 36B(b)(2)"] = credit_of(month, 6, l8b) * (eligible * (1 - l10));
             by "month[6].premium", "month[6].benchmark";
        "19" l19 "August"                                                     ["IRC 36B(b)(2)"] = credit_of(month, 7, l8b) * (eligible * (1 - l10));
             by "month[7].premium", "month[7].benchmark";
        "20" l20 "September"                                                  ["IRC 36B(b)(2)"] = credit_of(month, 8, l8b) * (eligible * (1 - l10));
             by "month[8].premium", "month[8].benchmark";
        "21" l21 "October"                                                    ["IRC 36B(b)(2)"] = credit_of(month, 9, l8b) * (eligible * (1 - l10));
             by "month[9].premium", "month[9].benchmark";
        "22" l22 "November"                                                   ["IRC 36B(b)(2)"] = credit_of(month, 10, l8b) * (eligible * (1 - l10));
             by "month[10].premium", "month[10].benchmark";
        "23" l23 "December"                                                   ["IRC 36B(b)(2)"] = credit_of(month, 11, l8b) * (eligible * (1 - l10));
             by "month[11].premium", "month[11].benchmark";
        "24" l24 "Total premium tax credit: line 11, or add lines 12 through 23" ["IRC 36B(a)"] = l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19 + l20 + l21 + l22 + l23;
        "25" l25 "Advance payments of the credit"                             ["IRC 36B(f)"]    = sum(month, |month| month.advance);
        "26" l26 "Net premium tax credit: line 24 less line 25, not below zero; to Schedule 3 line 9" ["IRC 36B(f)(1)"] = l24.excess(l25);
        "27" l27 "Excess advance payment: line 25 less line 24, not below zero" ["IRC 36B(f)(2)(A)"] = l25.excess(l24);
        "28" (until 2025) l28 "Repayment limitation; line 27 where there is none"          ["IRC 36B(f)(2)(B); Reg. 1.36B-4(a)(3)"] = limitation(law, filer, found, l5).unwrap_or(l27);
             by repayment_row(l5);
        "29" (until 2025) l29 "Excess advance payment to be repaid: smaller of line 27 or line 28; to Schedule 2 line 1a" ["IRC 36B(f)(2)"] = l27.min(l28);
        "borne" borne "Premiums borne by the household: less the advance, with what is repaid of it, less line 26" ["IRC 213(a)"] = sum(month, |month| month.premium) - l25 + l29 - l26;
        "own" own "Of line 24, for the months whose premiums may be deducted" ["IRC 162(l); Reg. 1.162(l)-1(a)"] =
            of_year(month, l11) + of_month(month, 0, l12) + of_month(month, 1, l13) + of_month(month, 2, l14)
                + of_month(month, 3, l15) + of_month(month, 4, l16) + of_month(month, 5, l17) + of_month(month, 6, l18)
                + of_month(month, 7, l19) + of_month(month, 8, l20) + of_month(month, 9, l21) + of_month(month, 10, l22) + of_month(month, 11, l23);
    }
}

/// The guideline for the place and family.
fn poverty_line(law: &Law, market: &Market, family: i64) -> Usd {
    let line = match market.place {
        Place::Contiguous => &law.premium_credit.poverty.contiguous,
        Place::Alaska => &law.premium_credit.poverty.alaska,
        Place::Hawaii => &law.premium_credit.poverty.hawaii,
    };
    line.first + line.additional * (family - 1)
}

fn guideline(given: &Given) -> Vec<Figure> {
    let place = match (given.value)("market.place") {
        Some(place) if place == Place::Alaska.value() => "alaska",
        Some(place) if place == Place::Hawaii.value() => "hawaii",
        _ => "contiguous",
    };
    let figure = |name: &str, text| Figure::new(format!("premium_credit.poverty.{place}.{name}")).says(text);
    let further = given.count("l1") > 1;
    let further = further.then(|| figure("additional", "The poverty line for each further person"));
    [Some(figure("first", "The poverty line for one person")), further].into_iter().flatten().collect()
}

/// Line 5: decimals are dropped; more than four times the poverty line is 401, however little more.
fn percent(income: Usd, line: Usd) -> i64 {
    if income > line * 4 { OVER_FOUR_TIMES } else { (income * 100).full_steps(line) }
}

/// Line 7: even within its stretch of income, half up at the fourth place.
fn applicable_figure(law: &Law, percent: i64) -> Ratio {
    let credit = &law.premium_credit;
    let mut from = 0;
    for tier in &credit.tiers {
        if percent < tier.below {
            let (initial, last) = (tier.initial.in_millionths(), tier.last.in_millionths());
            let width = tier.below - from;
            let exact = initial * width + (last - initial) * (percent - from);
            return Ratio { of: (exact + 50 * width) / (100 * width), whole: 10_000 };
        }
        from = tier.below;
    }
    Ratio { of: credit.top.in_millionths() / 100, whole: 10_000 }
}

/// The stretch of income that holds the percentage, and the one at whose end it begins; above them all the top.
fn tier(given: &Given) -> Vec<Figure> {
    let (tiers, percent) = (&given.law.premium_credit.tiers, given.count(given.of));
    let row = tiers.iter().position(|tier| percent < tier.below);
    let from = row.unwrap_or(tiers.len()).checked_sub(1);
    let used = match row.map(|row| (row, &tiers[row])) {
        Some((row, tier)) => {
            let from = from.map_or(0, |row| tiers[row].below);
            let evenly = if tier.initial == tier.last { "the same all along" } else { "rising evenly" };
            let text = format!("Income from {from}% to below {}% of the poverty line: {evenly}", tier.below);
            Figure::row("premium_credit.tiers", row).says(text)
        }
        None => Figure::new("premium_credit.top").says("Income from the end of the last stretch on"),
    };
    let before = from.map(|row| Figure::row("premium_credit.tiers", row).says("The stretch of income before it"));
    [Some(used), before].into_iter().flatten().collect()
}

/// Line 10: the same premiums all year.
fn all_alike(months: &[CoveredMonth]) -> i64 {
    let alike = |pair: &[CoveredMonth]| {
        let of = |month: &CoveredMonth| (month.premium, month.benchmark);
        of(&pair[0]) == of(&pair[1])
    };
    i64::from(months.len() == 12 && months.windows(2).all(alike))
}

/// Below the least income the credit is allowed only where it was advanced (Reg. 1.36B-2(b)(6)).
fn eligible(law: &Law, filer: &Filer, months: &[CoveredMonth], found: &PremiumSearch, percent: i64) -> i64 {
    let credit = &law.premium_credit;
    let advanced = months.iter().any(|month| month.advance > Usd::ZERO);
    let within = percent >= credit.least_percent || advanced;
    let below = credit.most_percent.is_none_or(|most| percent <= most);
    i64::from(filer.status != FilingStatus::Separate && within && below && found.declined == 0)
}

fn year(months: &[CoveredMonth], contribution: Usd) -> Usd {
    let premiums = sum(months, |month| month.premium);
    premiums.min(sum(months, |month| month.benchmark).excess(contribution))
}

fn credit_of(months: &[CoveredMonth], at: usize, contribution: Usd) -> Usd {
    months.get(at).map_or(Usd::ZERO, |month| month.premium.min(month.benchmark.excess(contribution)))
}

/// By the table; where marketplace premiums are deducted, as found before them (Reg. 1.36B-4(a)(3)(iii)).
fn limitation(law: &Law, filer: &Filer, found: &PremiumSearch, percent: i64) -> Option<Usd> {
    if found.owned != 0 {
        return (found.limited != 0).then_some(found.limitation);
    }
    let limits = law.premium_credit.repayment.as_ref()?;
    limits.iter().find(|limit| percent < limit.below).map(|limit| repayment(filer, limit))
}

/// The stretch of income whose limit was used.
pub(super) fn repayment_row(given: &Given) -> Vec<Figure> {
    let Some(limits) = given.law.premium_credit.repayment.as_ref() else { return Vec::new() };
    let searched = given.count("found.owned") != 0 || given.of.is_empty();
    let limited = given.count("found.limited") != 0;
    let (found, single) = (given.amount("found.limitation"), given.status == FilingStatus::Single);
    let row = if searched {
        limits.iter().position(|limit| limited && found == if single { limit.single } else { limit.other })
    } else {
        limits.iter().position(|limit| given.count(given.of) < limit.below)
    };
    let last = limits.len().checked_sub(1).filter(|_| !searched);
    let from = row.map_or(last, |row| row.checked_sub(1));
    let used = row.map(|row| {
        let from = from.map_or(0, |row| limits[row].below);
        let text = format!("Income from {from}% to below {}% of the poverty line", limits[row].below);
        Figure::row("premium_credit.repayment", row).says(text)
    });
    let before = from.map(|row| Figure::row("premium_credit.repayment", row).says("The stretch of income before it"));
    [used, before].into_iter().flatten().collect()
}

/// The limit of a stretch of income: one for single filers, one for all others.
pub(super) fn repayment(filer: &Filer, limit: &crate::law::RepaymentLimit) -> Usd {
    if filer.status == FilingStatus::Single { limit.single } else { limit.other }
}

/// Of line 11 a twelfth for each month whose premium may be deducted.
fn of_year(months: &[CoveredMonth], year: Usd) -> Exact {
    year * Ratio { of: months.iter().map(|month| month.own_business).sum(), whole: 12 }
}

/// A month's credit where its premium may be deducted.
fn of_month(months: &[CoveredMonth], at: usize, credit: Usd) -> Exact {
    (credit * months.get(at).map_or(0, |month| month.own_business)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn form(year: i32, status: FilingStatus, family: i64, agi: i64, months: [i64; 3]) -> Form8962 {
        let (law, _) = law::of(year).expect("law");
        let filer = Filer { status, family, ..Filer::default() };
        let market = Market { insured: 1, ..Market::default() };
        let [premium, benchmark, advance] = months.map(Usd::dollars);
        let month = CoveredMonth { premium, benchmark, advance, own_business: 0 };
        let adjusted = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let found = PremiumSearch::default();
        let income = Form1040Income::BLANK;
        Form8962::fill(
            law,
            &filer,
            &market,
            &[month; 12],
            &income,
            &TotalIncome::BLANK,
            &adjusted,
            &found,
            Round::Cents,
        )
    }

    #[test]
    fn a_year_with_the_same_premiums() {
        // 2025, two persons: 20,440; 45,000 / 20,440 = 220.15% -> 220. Figure: .02 + .02 x 20 / 50 = .0280.
        // 45,000 x .0280 = 1,260; benchmark 7,200 - 1,260 = 5,940, premiums 6,000; advanced 4,800: 1,140 more.
        let f = form(2025, FilingStatus::Joint, 2, 45_000, [500, 600, 400]);
        assert_eq!((f.l4, f.l5, f.l7.of), (Usd::dollars(20_440), 220, 280));
        assert_eq!((f.l8a, f.l8b, f.l24), (Usd::dollars(1_260), Usd::dollars(105), Usd::dollars(5_940)));
        assert_eq!((f.l25, f.l26, f.l27), (Usd::dollars(4_800), Usd::dollars(1_140), Usd::ZERO));
    }

    #[test]
    fn what_was_advanced_too_much_is_paid_back_up_to_a_limit() {
        // 2025 single 35,000: 232% of 15,060; .02 + .02 x 32 / 50 = .0328; 1,148; 6,000 - 1,148 = 4,852; 5,900 advanced.
        // Excess 1,048; the limit from 200 to 300% is 975 for a single filer, 1,950 for others.
        let f = form(2025, FilingStatus::Single, 1, 35_000, [500, 500, 0]);
        assert_eq!(f.l24, Usd::dollars(4_852));
        let f = form(2025, FilingStatus::Single, 1, 35_000, [500, 500, 495]);
        assert_eq!((f.l27, f.l28, f.l29), (Usd::dollars(1_088), Usd::dollars(975), Usd::dollars(975)));
        let f = form(2025, FilingStatus::Head, 1, 35_000, [500, 500, 495]);
        assert_eq!(f.l29, Usd::dollars(1_088));
    }

    #[test]
    fn four_times_the_poverty_line_is_a_cliff_from_2026() {
        // 2025 guideline 15,650 x 4 = 62,600. 62,600 x .0996 = 6,234.96 -> 6,235; 10,000 - 6,235 = 3,765.
        let at = |agi: i64| {
            let (law, _) = law::of(2026).expect("law");
            let filer = Filer { family: 1, ..Filer::default() };
            let market = Market { insured: 1, ..Market::default() };
            let mut months = [CoveredMonth::default(); 12];
            for (at, month) in months.iter_mut().enumerate() {
                // 5,000, 10,000 and 3,000 a year, spread unevenly: the months come to the same.
                let cents = |year: i64| {
                    Usd::from_cents(if at == 11 { year * 100 - 11 * (year * 100 / 12) } else { year * 100 / 12 })
                };
                month.premium = cents(5_000);
                month.benchmark = cents(10_000);
                month.advance = cents(3_000);
            }
            let adjusted = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
            let income = Form1040Income::BLANK;
            let found = PremiumSearch::default();
            Form8962::fill(
                law,
                &filer,
                &market,
                &months,
                &income,
                &TotalIncome::BLANK,
                &adjusted,
                &found,
                Round::WholeDollar,
            )
        };
        let under = at(62_600);
        assert_eq!((under.l5, under.l8a, under.l8b), (400, Usd::dollars(6_235), Usd::dollars(520)));
        // By months: 833.33 - 520 = 313.33 each, 313 written; 12 x 313 = 3,756, the last month 833.37 - 520 the same.
        assert_eq!((under.l24, under.l29), (Usd::dollars(3_756), Usd::ZERO));
        let over = at(62_601);
        assert_eq!((over.l5, over.l24, over.l29), (401, Usd::ZERO, Usd::dollars(3_000)));
    }

    #[test]
    fn a_separate_return_pays_all_back_up_to_the_limit_and_gets_nothing() {
        let f = form(2025, FilingStatus::Separate, 1, 35_000, [500, 500, 100]);
        assert_eq!((f.l24, f.l27, f.l29), (Usd::ZERO, Usd::dollars(1_200), Usd::dollars(1_200)));
    }

    #[test]
    fn below_the_poverty_line_only_an_advance_keeps_the_credit() {
        assert_eq!(form(2025, FilingStatus::Single, 1, 15_059, [500, 500, 0]).l24, Usd::ZERO);
        assert_eq!(form(2025, FilingStatus::Single, 1, 15_059, [500, 500, 500]).l24, Usd::dollars(6_000));
    }

    #[test]
    fn the_applicable_figures_are_those_of_the_printed_table() {
        let figure = |year: i32, percent| applicable_figure(law::of(year).expect("law").0, percent).of;
        // Form 8962 (2025), Table 2: 150 0.0000, 151 0.0004, 175 0.0100, 222 0.0288, 301 0.0603, 400 and more 0.0850.
        let of_2025 = [150, 151, 175, 222, 301, 399, 400, 401].map(|percent| figure(2025, percent));
        assert_eq!(of_2025, [0, 4, 100, 288, 603, 848, 850, 850]);
        // Rev. Proc. 2025-25: 2.10% below 133%, 3.14% at 133%.
        assert_eq!([132, 133, 150, 200, 399, 400].map(|percent| figure(2026, percent)), [210, 314, 419, 660, 996, 996]);
    }
}
