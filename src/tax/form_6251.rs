//! Form 6251, Alternative Minimum Tax.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Usd};
use crate::tax::deductions::{Deductions, ItemizedLimit};
use crate::tax::facts::Filer;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Taxable, GainsTax};
use crate::tax::schedule_1a::Schedule1A;

form! {
    /// Form 6251, Parts I to III. Its preferences here are taxes, or the standard deduction, and the deduction for seniors.
    Form6251 = "form-6251", "Form 6251, Alternative Minimum Tax";
    (law: &Law, filer: &Filer, income: &AdjustedGrossIncome, taxable: &Form1040Taxable, extra: &Schedule1A, deductions: &Deductions, cut: &ItemizedLimit, gains: &GainsTax; round) {
        "1a" (from 2025) l1a "Form 1040 line 14 less the deduction for seniors, Schedule 1-A line 37" ["IRC 56(b)(1)(D)"] = taxable.l14 - extra.l37;
        "1b" ("1" until 2024) l1b "Adjusted gross income less deductions; the one for seniors does not count"                                           = income.agi - l1a;
        "2a" l2a "Taxes on Schedule A line 7, or the standard deduction"      ["IRC 56(b)(1)(A), (D)"] = deductions.taxes;
        "3"  l3  "Other adjustments: the limit on itemized deductions is not applied" ["IRC 56(b)(1)(E)"] = Usd::ZERO - if deductions.itemizes == 0 { Usd::ZERO } else { cut.cut };
        "4s" l4s "Separate return: what is added above the end of the phase-out" ["IRC 55(d)(2), (4)"] = separate_addition(law, filer, l1b + l2a + l3);
        "4"  l4  "Alternative minimum taxable income"                         ["IRC 55(b)(2)"]   = l1b + l2a + l3 + l4s;
        "5x" l5x "What the phase-out takes off the exemption"                 ["IRC 55(d)(2)"]   = l4.excess(law.amt.start.of(filer.status)) * law.amt.rate_out;
        "5"  l5  "Exemption"                                                  ["IRC 55(d)"]      = law.amt.exemption.of(filer.status).excess(l5x);
        "6"  l6  "Line 4 less line 5, not below zero"                                            = l4.excess(l5);
        "13" l13 "Qualified dividends and net capital gain"                   ["IRC 55(b)(3)"]   = gains.l4;
        "16" l16 "Smaller of line 6 or line 13"                                                  = l6.min(l13);
        "17" l17 "Line 6 less line 16"                                                           = l6 - l16;
        "18" l18 "26% of line 17, 28% of what is over the higher start"       ["IRC 55(b)(1)"]   = two_rates(law, filer, l17);
        "20" l20 "Taxable income without the gains, worksheet line 5"                            = gains.l5;
        "21" l21 "Room left in the 0% rate"                                   ["IRC 55(b)(3)(B)"] = law.gains.zero.of(filer.status).excess(l20);
        "23" l23 "Taxed at 0%"                                                                   = l21.min(l16);
        "24" l24 "Line 16 less line 23"                                                          = l16 - l23;
        "29" l29 "Room left in the 15% rate"                                  ["IRC 55(b)(3)(C)"] = law.gains.fifteen.of(filer.status).excess(l21 + l20);
        "30" l30 "Taxed at 15%"                                                                  = l24.min(l29);
        "31" l31 "Line 30 times 15%"                                          ["IRC 55(b)(3)(C)"] = l30 * law.gains.rates[1];
        "34" l34 "The rest times 20%"                                         ["IRC 55(b)(3)(D)"] = (l24 - l30) * law.gains.rates[2];
        "38" l38 "Add lines 18, 31, and 34"                                                      = l18 + l31 + l34;
        "39" l39 "26% of line 6, 28% of what is over the higher start"        ["IRC 55(b)(1)"]   = two_rates(law, filer, l6);
        "7"  l7  "Smaller of line 38 or line 39"                              ["IRC 55(b)(3)"]   = l38.min(l39);
        "10" l10 "Tax, Form 1040 line 16"                                     ["IRC 55(c)"]      = gains.l25;
        "11" l11 "Alternative minimum tax: line 7 less line 10, not below zero" ["IRC 55(a)"]    = l7.excess(l10);
    }
}

fn two_rates(law: &Law, filer: &Filer, amount: Usd) -> Exact {
    let from = law.amt.high_from.of(filer.status);
    amount.min(from) * law.amt.low + amount.excess(from) * law.amt.high
}

/// A separate return adds the phase-out's rate of what is over the end of the phase-out, at most the exemption.
fn separate_addition(law: &Law, filer: &Filer, income: Usd) -> Exact {
    if filer.status != FilingStatus::Separate {
        return Exact::default();
    }
    let over = income.excess(law.amt.separate_addition_from) * law.amt.rate_out;
    over.min(Exact::from(law.amt.exemption.of(filer.status)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    #[test]
    fn taxes_come_back_and_the_exemption_shrinks() {
        let (law, _) = law::of(2025).expect("law");
        let income = AdjustedGrossIncome { agi: Usd::dollars(700_000), ..AdjustedGrossIncome::BLANK };
        let taxable = Form1040Taxable { l14: Usd::dollars(40_000), ..Form1040Taxable::BLANK };
        let deductions = Deductions { taxes: Usd::dollars(10_000), ..Deductions::BLANK };
        let gains = GainsTax { l25: Usd::dollars(150_000), ..GainsTax::BLANK };
        // 700,000 - 40,000 + 10,000 = 670,000; 88,100 - (670,000 - 626,350) x .25 = 88,100 - 10,912.50 = 77,187.50;
        // 592,812.50: 239,100 x .26 = 62,166 + 353,712.50 x .28 = 99,039.50 = 161,205.50; less 150,000 = 11,205.50.
        let f = Form6251::fill(
            law,
            &Filer::default(),
            &income,
            &taxable,
            &Schedule1A::BLANK,
            &deductions,
            &ItemizedLimit::BLANK,
            &gains,
            Round::Cents,
        );
        assert_eq!(
            (f.l5, f.l7, f.l11),
            (Usd::from_cents(7_718_750), Usd::from_cents(16_120_550), Usd::from_cents(1_120_550))
        );
    }
}
