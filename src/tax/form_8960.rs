//! Form 8960, Net Investment Income Tax.

use crate::form;
use crate::law::Law;
use crate::tax::facts::Filer;
use crate::tax::form::refused;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Income};

form! {
    /// Form 8960 for individuals. Business income of a person who works in the business is not investment income (IRC 1411(c)(6)).
    Form8960 = "form-8960", "Form 8960, Net Investment Income Tax";
    (law: &Law, filer: &Filer, income: &Form1040Income, adjusted: &AdjustedGrossIncome; round) {
        "1"  l1  "Taxable interest"                                           ["IRC 1411(c)(1)(A)(i)"] = income.l2b;
        "2"  l2  "Ordinary dividends"                                         ["IRC 1411(c)(1)(A)(i)"] = income.l3b;
        "4c" l4c "Rents, royalties, partnerships"                             ["IRC 1411(c)(1)(A)(ii)"] = refused();
        "5d" l5d "Net gain from property"                                     ["IRC 1411(c)(1)(A)(iii)"] = income.l7;
        "8"  l8  "Total investment income"                                                    = l1 + l2 + l4c + l5d;
        "11" l11 "Deductions allocable to it; none are taken"                 ["IRC 1411(c)(1)(B)"] = refused();
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
    use crate::money::{Round, Usd};

    #[test]
    fn the_smaller_of_investment_income_and_what_is_over_the_threshold() {
        let (law, _) = law::of(2025).expect("law");
        let adjusted = AdjustedGrossIncome { agi: Usd::dollars(210_000), ..AdjustedGrossIncome::BLANK };
        let income = Form1040Income { l2b: Usd::dollars(8_000), l3b: Usd::dollars(7_000), ..Form1040Income::BLANK };
        // 15,000 of investment income, 10,000 over 200,000: 10,000 x .038 = 380.
        assert_eq!(Form8960::fill(law, &Filer::default(), &income, &adjusted, Round::Cents).l17, Usd::dollars(380));
    }
}
