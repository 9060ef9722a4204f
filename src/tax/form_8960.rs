//! Form 8960, Net Investment Income Tax.

use crate::form;
use crate::law::Law;
use crate::money::Usd;
use crate::tax::facts::Filer;
use crate::tax::form::refused;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Income};

form! {
    /// Form 8960 for individuals. Business income of a person who works in the business is not investment income (IRC 1411(c)(6)).
    Form8960 = "form-8960", "Form 8960, Net Investment Income Tax";
    (law: &Law, filer: &Filer, income: &Form1040Income, adjusted: &AdjustedGrossIncome; round) {
        "1"  l1  "Taxable interest"                                           ["IRC 1411(c)(1)(A)(i)"] = income.l2b;
        "2"  l2  "Ordinary dividends"                                         ["IRC 1411(c)(1)(A)(i)"] = income.l3b;
        "3"  l3  "Annuities that are not of a retirement plan"                ["IRC 1411(c)(1)(A)(i), (c)(5)"] = refused();
        "4a" l4a "Rents, royalties, partnerships"                             ["IRC 1411(c)(1)(A)"] = refused();
        "4b" l4b "Of line 4a, the part of a business that is not passive"     ["IRC 1411(c)(2)"] = refused();
        "4c" l4c "Combine lines 4a and 4b"                                                    = l4a + l4b;
        "5a" l5a "Net gain from property"                                     ["IRC 1411(c)(1)(A)(iii)"] = income.l7;
        "5b" l5b "Of line 5a, the gain of property of a business"             ["IRC 1411(c)(1)(A)(iii)"] = refused();
        "5c" l5c "Adjustment for an interest in a partnership or S corporation" ["IRC 1411(c)(4)"] = refused();
        "5d" l5d "Combine lines 5a through 5c"                                                = l5a + l5b + l5c;
        "6"  l6  "Adjustments for foreign corporations and funds"             ["Reg. 1.1411-10"] = refused();
        "7"  l7  "Other modifications of investment income"                   ["Reg. 1.1411-4"] = refused();
        "8"  l8  "Total investment income: combine lines 1, 2, 3, 4c, 5d, 6, and 7"           = l1 + l2 + l3 + l4c + l5d + l6 + l7;
        "9a" l9a "Investment interest, Form 4952"                             ["IRC 163(d), 1411(c)(1)(B)"] = refused();
        "9b" l9b "State, local, and foreign income tax on it; may be left out, and is" ["Reg. 1.1411-4(f)(3)(iii)"] = Usd::ZERO;
        "9c" l9c "Other expenses of the investment"                           ["Reg. 1.1411-4(f)(3)"] = refused();
        "9d" l9d "Add lines 9a, 9b, and 9c"                                                   = l9a + l9b + l9c;
        "10" l10 "Additional modifications"                                   ["Reg. 1.1411-4(f)"] = refused();
        "11" l11 "Total deductions: add lines 9d and 10"                      ["IRC 1411(c)(1)(B)"] = l9d + l10;
        "12" l12 "Net investment income, not below zero"                      ["IRC 1411(c)"] = l8.excess(l11);
        "13" l13 "Modified adjusted gross income"                             ["IRC 1411(d)"] = adjusted.agi;
        "14" l14 "Threshold for the filing status"                            ["IRC 1411(b)"] = law.niit.threshold.of(filer.status);
        "15" l15 "Line 13 less line 14, not below zero"                                       = l13.excess(l14);
        "16" l16 "Smaller of line 12 or line 15"                                              = l12.min(l15);
        "17" l17 "Net investment income tax: line 16 times 3.8%"              ["IRC 1411(a)"] = l16 * law.niit.rate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    #[test]
    fn the_smaller_of_investment_income_and_what_is_over_the_threshold() {
        let (law, _) = law::of(2025).expect("law");
        let adjusted = AdjustedGrossIncome { agi: Usd::dollars(210_000), ..AdjustedGrossIncome::BLANK };
        let income = Form1040Income { l2b: Usd::dollars(8_000), l3b: Usd::dollars(7_000), ..Form1040Income::BLANK };
        // 15,000 of investment income, 10,000 over 200,000: 10,000 x .038 = 380.
        assert_eq!(Form8960::fill(law, &Filer::default(), &income, &adjusted, Round::Cents).l17, Usd::dollars(380));
    }
}
