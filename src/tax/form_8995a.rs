//! Form 8995-A, Qualified Business Income Deduction above the threshold, and which of the two forms is used.

use crate::form;
use crate::law::Law;
use crate::money::{Exact, Ratio, Usd};
use crate::tax::deductions::Deductions;
use crate::tax::facts::Filer;
use crate::tax::form::refused;
use crate::tax::form_1040::AdjustedGrossIncome;
use crate::tax::form_8995::{Form8995, QualifiedIncome, minimum};
use crate::tax::gains::CapitalGains;
use crate::tax::schedule_1a::Schedule1A;

form! {
    /// Form 8995-A for businesses without employees and without qualified property, so that the wage and property
    /// limits are zero: the deduction phases out over the range, and is nothing above it.
    Form8995A = "form-8995-a", "Form 8995-A, Qualified Business Income Deduction";
    (law: &Law, filer: &Filer, business: &[QualifiedIncome], income: &AdjustedGrossIncome, deductions: &Deductions, extra: &Schedule1A, gains: &CapitalGains; round) {
        "20" l20 "Taxable income before qualified business income deduction"  ["IRC 199A(e)(1)"]    = income.agi - deductions.taken - deductions.charity - extra.l38;
        "21" l21 "Threshold"                                                  ["IRC 199A(e)(2)"]    = law.qbi.threshold.of(filer.status);
        "22" l22 "Line 20 less line 21, not below zero"                                             = l20.excess(l21);
        "23" l23 "Phase-in range"                                             ["IRC 199A(b)(3)(B)"] = law.qbi.range.of(filer.status);
        "24" l24: Ratio "Phase-in percentage: line 22 divided by line 23, at most 1" ["IRC 199A(b)(3)(B)"] = Ratio::of(l22.min(l23), l23);
        "2a" other "Qualified business income that is not of specified services" ["IRC 199A(c)"]    = of_kind(business, false);
        "A"  specified "Income of specified services, times 1 less line 24"   ["IRC 199A(d)(3)"]    = left(of_kind(business, true), l24);
        "2"  l2  "Qualified business income"                                  ["IRC 199A(b)(1)(A)"] = other + specified;
        "3"  l3  "Line 2, not below zero, times 20%"                          ["IRC 199A(b)(2)(A)"] = l2.floor0() * law.qbi.rate;
        "10" l10 "Limit by wages and property of the business"                ["IRC 199A(b)(2)(B)"] = refused();
        "19" l19 "Line 3 less line 10"                                                              = l3 - l10;
        "25" l25 "Line 19 times line 24"                                      ["IRC 199A(b)(3)(B)"] = l19 * l24;
        "26" l26 "Line 3 less line 25"                                                              = l3 - l25;
        "34" l34 "Net capital gain and qualified dividends"                   ["IRC 199A(a)(2)(B)"] = gains.net;
        "35" l35 "Line 20 less line 34, not below zero"                                             = l20.excess(l34);
        "36" l36 "Line 35 times 20%"                                          ["IRC 199A(a)(2)"]    = l35 * law.qbi.rate;
        "37" l37 "Smaller of line 26 or line 36"                              ["IRC 199A(a)"]       = l26.min(l36);
        "39" (from 2026) l39 "Deduction"                                                  ["IRC 199A(a)"]       = l37;
        "40" (from 2026) l40_minimum "Minimum deduction, if active business income reaches its floor" ["IRC 199A(i)"] = minimum(law, l2);
        "41" ("39" until 2025) l41 "Qualified business income deduction" ["IRC 199A(a), (i)"]       = l39.max(l40_minimum);
    }
}

fn of_kind(business: &[QualifiedIncome], specified: bool) -> Usd {
    business.iter().filter(|person| (person.specified != 0) == specified).map(|person| person.income).sum()
}

fn left(income: Usd, phased: Ratio) -> Exact {
    income * Ratio { of: phased.whole - phased.of, whole: phased.whole }
}

form! {
    /// The deduction of the form that applies: Form 8995 up to the threshold, Form 8995-A above it.
    BusinessDeduction = "business-deduction", "Qualified business income deduction";
    (law: &Law, filer: &Filer, simple: &Form8995, full: &Form8995A; round) {
        "1" deduction "From Form 8995 up to the threshold, else from Form 8995-A" ["IRC 199A(b)(3)(A)"] = if simple.l11 <= law.qbi.threshold.of(filer.status) { simple.l17_larger } else { full.l41 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::Round;

    fn form(year: i32, status: FilingStatus, taxable: i64, income: i64, specified: i64) -> Form8995A {
        let (law, _) = law::of(year).expect("law");
        let filer = Filer { status, ..Filer::default() };
        let agi = AdjustedGrossIncome { agi: Usd::dollars(taxable), ..AdjustedGrossIncome::BLANK };
        let business = QualifiedIncome { income: Usd::dollars(income), specified, ..QualifiedIncome::BLANK };
        Form8995A::fill(
            law,
            &filer,
            &[business],
            &agi,
            &Deductions::BLANK,
            &Schedule1A::BLANK,
            &CapitalGains::BLANK,
            Round::Cents,
        )
    }

    #[test]
    fn halfway_through_the_range_half_is_left() {
        // 2025 single: 197,300 + 25,000 = 222,300; 20% of 200,000 = 40,000; half of it 20,000.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, 200_000, 0).l41, Usd::dollars(20_000));
        // Specified services: half of 200,000 counts, 20,000, of which half is left: 10,000.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, 200_000, 1).l41, Usd::dollars(10_000));
        assert_eq!(form(2025, FilingStatus::Single, 260_000, 200_000, 0).l41, Usd::ZERO);
    }

    #[test]
    fn above_the_range_2026_leaves_400_but_not_to_specified_services() {
        assert_eq!(form(2026, FilingStatus::Single, 400_000, 300_000, 0).l41, Usd::dollars(400));
        assert_eq!(form(2026, FilingStatus::Single, 400_000, 300_000, 1).l41, Usd::ZERO);
    }

    #[test]
    fn a_surviving_spouse_has_the_threshold_of_a_single_person() {
        // Form 8995-A line 21: only a joint return doubles. 300,000 is above 191,950 + 50,000 for 2024.
        assert_eq!(form(2024, FilingStatus::Survivor, 300_000, 250_000, 0).l41, Usd::ZERO);
    }
}
