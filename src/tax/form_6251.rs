//! Form 6251, Alternative Minimum Tax.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Usd};
use crate::tax::deductions::{Deductions, ItemizedLimit};
use crate::tax::facts::Filer;
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Taxable, GainsTax};
use crate::tax::form_4562::Depreciation;
use crate::tax::form_8962::Form8962;
use crate::tax::schedule_1::Schedule1;
use crate::tax::schedule_1a::Schedule1A;

form! {
    /// Form 6251, Parts I to III, Part III before the line that reads it. Its preferences here are taxes, or the standard
    /// deduction, and the deduction for seniors. Capital gains are the same as for the regular tax, as is every other item.
    Form6251 = "form-6251", "Form 6251, Alternative Minimum Tax";
    (law: &Law, filer: &Filer, income: &AdjustedGrossIncome, taxable: &Form1040Taxable, extra: &Schedule1A, additional: &Schedule1, deductions: &Deductions, cut: &ItemizedLimit, gains: &GainsTax, credit: &Form8962, property: &[Depreciation]; round) {
        "1a" (from 2025) l1a "Form 1040 line 14 less the deduction for seniors, Schedule 1-A line 37" ["IRC 56(b)(1)(D)"] = taxable.l14 - extra.l37;
        "1b" ("1" until 2024) l1b "Adjusted gross income less deductions; the one for seniors does not count"                                           = income.agi - l1a;
        "2a" l2a "Taxes on Schedule A line 7, or the standard deduction"      ["IRC 56(b)(1)(A), (D)"] = deductions.taxes;
        "2b" l2b "Refund of taxes, Schedule 1 line 1, taken out"              ["IRC 56(b)(1)(C)"] = -additional.l1;
        "2c" l2c "Investment interest, difference to the regular tax"         ["IRC 56(b)(1)(B)"] = refused();
        "2d" l2d "Depletion, difference to the regular tax"                   ["IRC 57(a)(1)"]   = refused();
        "2e" l2e "Net operating loss deduction, Schedule 1 line 8a"           ["IRC 56(a)(4)"]   = refused();
        "2f" l2f "Alternative tax net operating loss deduction"               ["IRC 56(a)(4), (d)"] = refused();
        "2g" l2g "Interest of specified private activity bonds"               ["IRC 57(a)(5)"]   = refused();
        "2h" l2h "Qualified small business stock"                             ["IRC 57(a)(7)"]   = refused();
        "2i" l2i "Exercise of incentive stock options"                        ["IRC 56(b)(3)"]   = refused();
        "2j" l2j "Estates and trusts, Schedule K-1 of Form 1041"              ["IRC 59(c)"]      = refused();
        "2k" l2k "Disposition of property, difference to the regular tax"     ["IRC 56(a)(6)"]   = sum(property, |property| property.minimum_tax_sales);
        "2l" l2l "Depreciation, difference to the regular tax"                ["IRC 56(a)(1)"]   = sum(property, |property| property.minimum_tax);
        "2m" l2m "Passive activities, difference to the regular tax"          ["IRC 58(b)"]      = refused();
        "2n" l2n "Loss limitations, difference to the regular tax"            ["IRC 59(h)"]      = refused();
        "2o" l2o "Circulation costs, difference to the regular tax"           ["IRC 56(b)(2)"]   = refused();
        "2p" l2p "Long-term contracts, difference to the regular tax"         ["IRC 56(a)(3)"]   = refused();
        "2q" l2q "Mining costs, difference to the regular tax"                ["IRC 56(a)(2)"]   = refused();
        "2r" l2r "Research costs, difference to the regular tax"              ["IRC 56(b)(2)"]   = refused();
        "2s" l2s "Installment sales before 1987"                              ["Former IRC 56(a)(6)"] = refused();
        "2t" l2t "Intangible drilling costs"                                  ["IRC 57(a)(2)"]   = refused();
        "3"  l3  "Other adjustments: the limit on itemized deductions is not applied" ["IRC 56(b)(1)(E)"] = Usd::ZERO - if deductions.itemizes == 0 { Usd::ZERO } else { cut.cut };
        "all" l4_before "Combine lines 1b through 3"                                              =
            l1b + l2a + l2b + l2c + l2d + l2e + l2f + l2g + l2h + l2i + l2j + l2k + l2l + l2m + l2n + l2o + l2p + l2q
                + l2r + l2s + l2t + l3;
        "separate" separate "Separate return: what is added above the end of the phase-out" ["IRC 55(d)(2), (4)"] = separate_addition(law, filer, l4_before);
             by "amt.separate_addition_from", "amt.rate_out", "amt.exemption";
        "4"  l4  "Alternative minimum taxable income"                         ["IRC 55(b)(2)"]   = l4_before + separate;
        "phase-out" phase_out "What the phase-out takes off the exemption"    ["IRC 55(d)(2)"]   = l4.excess(law.amt.start.of(filer.status)) * law.amt.rate_out;
        "5"  l5  "Exemption"                                                  ["IRC 55(d)"]      = law.amt.exemption.of(filer.status).excess(phase_out);
        "6"  l6  "Line 4 less line 5, not below zero. If zero, there is no such tax"             = l4.excess(l5);
             stop if l6 == Usd::ZERO;
        "12" l12 "Amount from line 6"                                                            = l6;
        "13" l13 "Qualified dividends and net capital gain, worksheet line 4" ["IRC 55(b)(3)"]   = gains.l4;
        "14" l14 "Gain of section 1250, Schedule D line 19"                   ["IRC 1(h)(6)"]    = refused();
        "15" l15 "Amount from line 13"                                                           = l13;
        "16" l16 "Smaller of line 12 or line 15"                                                 = l12.min(l15);
        "17" l17 "Line 12 less line 16"                                                          = l12 - l16;
        "18" l18 "26% of line 17, 28% of what is over the higher start"       ["IRC 55(b)(1)"]   = two_rates(law, filer, l17);
             by rates_used(l17);
        "19" l19 "Where the 15% rate begins"                                  ["IRC 1(h)(1)(B)"] = law.gains.zero.of(filer.status);
        "20" l20 "Taxable income without the gains, worksheet line 5"                            = gains.l5;
        "21" l21 "Room left in the 0% rate: line 19 less line 20, not below zero" ["IRC 55(b)(3)(B)"] = l19.excess(l20);
        "22" l22 "Smaller of line 12 or line 13"                                                 = l12.min(l13);
        "23" l23 "Taxed at 0%: smaller of line 21 or line 22"                                    = l21.min(l22);
        "24" l24 "Line 22 less line 23"                                                          = l22 - l23;
        "25" l25 "Where the 20% rate begins"                                  ["IRC 1(h)(1)(C)"] = law.gains.fifteen.of(filer.status);
        "26" l26 "Amount from line 21"                                                           = l21;
        "27" l27 "Taxable income without the gains, worksheet line 5"                            = gains.l5;
        "28" l28 "Add lines 26 and 27"                                                           = l26 + l27;
        "29" l29 "Room left in the 15% rate: line 25 less line 28, not below zero" ["IRC 55(b)(3)(C)"] = l25.excess(l28);
        "30" l30 "Taxed at 15%: smaller of line 24 or line 29"                                   = l24.min(l29);
        "31" l31 "Line 30 times 15%"                                          ["IRC 55(b)(3)(C)"] = l30 * law.gains.rates[1];
        "32" l32 "Add lines 23 and 30"                                                           = l23 + l30;
        "33" l33 "Line 22 less line 32"                                                          = l22 - l32;
        "34" l34 "Line 33 times 20%"                                          ["IRC 55(b)(3)(D)"] = l33 * law.gains.rates[2];
        "35" l35 "Add lines 17, 32, and 33, if line 14 is more than zero"                        = refused();
        "36" l36 "Line 12 less line 35"                                                          = refused();
        "37" l37 "Line 36 times 25%"                                          ["IRC 55(b)(3)(E)"] = refused();
        "38" l38 "Add lines 18, 31, 34, and 37"                                                  = l18 + l31 + l34 + l37;
        "39" l39 "26% of line 12, 28% of what is over the higher start"       ["IRC 55(b)(1)"]   = two_rates(law, filer, l12);
             by rates_used(l12);
        "40" l40 "Smaller of line 38 or line 39"                              ["IRC 55(b)(3)"]   = l38.min(l39);
        "7"  l7  "Amount from line 40"                                                           = l40;
        "8"  l8  "Alternative minimum tax foreign tax credit"                 ["IRC 59(a)"]      = refused();
        "9"  l9  "Tentative minimum tax: line 7 less line 8"                  ["IRC 55(b)(1)"]   = l7 - l8;
        "10" l10 "Tax, Form 1040 line 16, and what Schedule 2 line 1z adds"   ["IRC 55(c)"]      = gains.l25 + credit.l29;
        "11" l11 "Alternative minimum tax: line 9 less line 10, not below zero" ["IRC 55(a)"]    = l9.excess(l10);
    }
}

fn two_rates(law: &Law, filer: &Filer, amount: Usd) -> Exact {
    let from = law.amt.high_from.of(filer.status);
    amount.min(from) * law.amt.low + amount.excess(from) * law.amt.high
}

/// The rates that were used, and where the higher one begins.
fn rates_used(given: &Given) -> Vec<Figure> {
    let from = given.law.amt.high_from.of(given.status);
    let mut figures = vec![
        Figure::new("amt.low").says("The lower rate"),
        Figure::new("amt.high_from").says("Where the higher rate begins"),
    ];
    if given.amount(given.of) > from {
        figures.push(Figure::new("amt.high").says("The higher rate"));
    }
    figures
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
        let fill = |additional: &Schedule1, credit: &Form8962| {
            let (filer, extra, cut) = (Filer::default(), Schedule1A::BLANK, ItemizedLimit::BLANK);
            Form6251::fill(
                law,
                &filer,
                &income,
                &taxable,
                &extra,
                additional,
                &deductions,
                &cut,
                &gains,
                credit,
                &[],
                Round::Cents,
            )
        };
        // 700,000 - 40,000 + 10,000 = 670,000; 88,100 - (670,000 - 626,350) x .25 = 88,100 - 10,912.50 = 77,187.50;
        // 592,812.50: 239,100 x .26 = 62,166 + 353,712.50 x .28 = 99,039.50 = 161,205.50; less 150,000 = 11,205.50.
        let f = fill(&Schedule1::BLANK, &Form8962::BLANK);
        assert_eq!(
            (f.l5, f.l7, f.l11),
            (Usd::from_cents(7_718_750), Usd::from_cents(16_120_550), Usd::from_cents(1_120_550))
        );
        // A refund of 4,000 comes out: 666,000; 88,100 - 39,650 x .25 = 78,187.50; 587,812.50: 62,166 + 348,712.50 x .28
        // = 97,639.50 = 159,805.50. A repayment of 500 of the premium credit counts as tax: less 150,500 = 9,305.50.
        let refund = Schedule1 { l1: Usd::dollars(4_000), ..Schedule1::BLANK };
        let repaid = Form8962 { l29: Usd::dollars(500), ..Form8962::BLANK };
        let f = fill(&refund, &repaid);
        assert_eq!((f.l4, f.l11), (Usd::dollars(666_000), Usd::from_cents(930_550)));
    }
}
