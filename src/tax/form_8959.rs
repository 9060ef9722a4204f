//! Form 8959, Additional Medicare Tax: one for the return.

use crate::form;
use crate::law::Law;
use crate::tax::facts::{Filer, W2};
use crate::tax::form::{refused, sum};
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// Form 8959. Both spouses' wages and earnings together on a joint return.
    Form8959 = "form-8959", "Form 8959, Additional Medicare Tax";
    (law: &Law, filer: &Filer, w2: &[W2], se: &[ScheduleSe]; round) {
        "1"  l1  "Medicare wages and tips, Forms W-2 box 5"                   ["IRC 3101(b)(2)"] = sum(w2, |w2| w2.medicare_wages);
        "2"  l2  "Unreported tips, Form 4137 line 6"                          ["IRC 3101(b)(2)"] = refused();
        "3"  l3  "Wages from Form 8919 line 6"                                ["IRC 3101(b)(2)"] = refused();
        "4"  l4  "Add lines 1 through 3"                                                         = l1 + l2 + l3;
        "5"  l5  "Threshold for the filing status"                            ["IRC 3101(b)(2)"] = law.additional_medicare.threshold.of(filer.status);
        "6"  l6  "Subtract line 5 from line 4, not below zero"                                   = l4.excess(l5);
        "7"  l7  "Additional Medicare Tax on wages: line 6 times 0.9%"        ["IRC 3101(b)(2)"] = l6 * law.additional_medicare.rate;
        "8"  l8  "Self-employment income, Schedule SE line 6; a loss counts as zero" ["IRC 1401(b)(2)"] = sum(se, |se| se.l6.floor0());
        "9"  l9  "Threshold for the filing status"                            ["IRC 1401(b)(2)"] = law.additional_medicare.threshold.of(filer.status);
        "10" l10 "Amount from line 4"                                                            = l4;
        "11" l11 "Subtract line 10 from line 9, not below zero"               ["IRC 1401(b)(2)(B)"] = l9.excess(l10);
        "12" l12 "Subtract line 11 from line 8, not below zero"                                  = l8.excess(l11);
        "13" l13 "Additional Medicare Tax on self-employment income: line 12 times 0.9%" ["IRC 1401(b)(2)"] = l12 * law.additional_medicare.rate;
        "14" l14 "Railroad retirement compensation, Forms W-2 box 14"         ["IRC 3201(a)"]    = refused();
        "15" l15 "Threshold for the filing status"                            ["IRC 3101(b)(2)"] = law.additional_medicare.threshold.of(filer.status);
        "16" l16 "Subtract line 15 from line 14, not below zero"                                 = l14.excess(l15);
        "17" l17 "Additional Medicare Tax on railroad compensation: line 16 times 0.9%" ["IRC 3201(a)"] = l16 * law.additional_medicare.rate;
        "18" l18 "Add lines 7, 13, and 17; to Schedule 2 line 11"                                = l7 + l13 + l17;
        "19" l19 "Medicare tax withheld, Forms W-2 box 6"                     ["IRC 3102"]       = sum(w2, |w2| w2.medicare_withheld);
        "20" l20 "Amount from line 1"                                                            = l1;
        "21" l21 "Line 20 times 1.45%"                                        ["IRC 3101(b)(1)"] = l20 * law.fica.medicare;
        "22" l22 "Subtract line 21 from line 19, not below zero"              ["IRC 3102(f)"]    = l19.excess(l21);
        "23" l23 "Additional Medicare Tax withheld on railroad compensation"  ["IRC 3202"]       = refused();
        "24" l24 "Additional Medicare Tax withheld: add lines 22 and 23; to Form 1040 line 25c" ["IRC 31"] = l22 + l23;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::{Round, Usd};

    #[test]
    fn wages_take_the_threshold_first() {
        let (law, _) = law::of(2025).expect("law");
        let filer = Filer { status: FilingStatus::Single, ..Filer::default() };
        let w2 = W2 { medicare_wages: Usd::dollars(150_000), medicare_withheld: Usd::dollars(2_175), ..W2::default() };
        let se = ScheduleSe { l6: Usd::dollars(92_350), ..ScheduleSe::BLANK };
        // 200,000 - 150,000 = 50,000; 92,350 - 50,000 = 42,350; x .009 = 381.15. On 92.35% of profit, not on profit.
        let f = Form8959::fill(law, &filer, &[w2], &[se], Round::Cents);
        assert_eq!((f.l7, f.l13, f.l24), (Usd::ZERO, Usd::from_cents(38_115), Usd::ZERO));
    }

    #[test]
    fn a_surviving_spouse_has_the_threshold_of_a_single_person() {
        let (law, _) = law::of(2025).expect("law");
        let thresholds = FilingStatus::ALL.map(|s| law.additional_medicare.threshold.of(s).cents() / 100_000);
        assert_eq!(thresholds, [200, 250, 125, 200, 200]);
    }
}
