//! What an employer withholds from wages for social security and Medicare.

use crate::form;
use crate::law::Law;
use crate::tax::facts::W2;

form! {
    /// Social security and Medicare tax of an employee, one employer.
    Withheld = "withheld", "Social security and Medicare tax withheld from wages";
    (law: &Law, w2: &W2; round) {
        "1" l1 "Social security wages, at most the wage base"                 ["IRC 3121(a)(1)"]  = w2.ss_wages.min(law.se.wage_base);
        "2" l2 "Social security tax: line 1 times 6.2%"                       ["IRC 3101(a)"]     = l1 * law.fica.oasdi;
        "3" l3 "Medicare wages"                                               ["IRC 3121(a)"]     = w2.medicare_wages;
        "4" l4 "Medicare tax: line 3 times 1.45%"                             ["IRC 3101(b)(1)"]  = l3 * law.fica.medicare;
        "5" l5 "Additional Medicare Tax: line 3 over $200,000, times 0.9%"    ["IRC 3102(f)(1)"]  = l3.excess(law.fica.additional_over) * law.additional_medicare.rate;
        "6" l6 "Withheld for Medicare: add lines 4 and 5"                                         = l4 + l5;
        "7" l7 "Withheld for social security and Medicare: add lines 2 and 6"                     = l2 + l6;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::{Round, Usd};

    #[test]
    fn the_base_caps_one_part_and_200_000_adds_another() {
        let (law, _) = law::of(2025).expect("law");
        let wages = Usd::dollars(210_000);
        let w2 = W2 { ss_wages: wages, medicare_wages: wages, ..W2::default() };
        // 176,100 x .062 = 10,918.20; 210,000 x .0145 = 3,045; 10,000 x .009 = 90; sum 14,053.20.
        let f = Withheld::fill(law, &w2, Round::Cents);
        assert_eq!((f.l2, f.l6, f.l7), (Usd::from_cents(1_091_820), Usd::dollars(3_135), Usd::from_cents(1_405_320)));
    }
}
