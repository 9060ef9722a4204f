//! The deduction for a self-employed person's own SEP: Pub. 560, Deduction Worksheet for Self-Employed.

use crate::form;
use crate::law::Law;
use crate::tax::facts::OwnBenefits;
use crate::tax::form::sum;
use crate::tax::schedule_c::ScheduleC;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// The deduction worksheet of Pub. 560 without elective deferrals, so that steps 9 to 20 are skipped.
    SepWorksheet = "sep-worksheet", "Deduction Worksheet for Self-Employed (Pub. 560), SEP";
    (law: &Law, own: &OwnBenefits, c: &[ScheduleC], se: &ScheduleSe; round) {
        "1"  s1  "Net profit, Schedule C line 31"                             ["IRC 401(c)(2)(A)"]     = sum(c, |c| c.l31);
        "2"  s2  "Deduction for self-employment tax, Schedule SE line 13"     ["IRC 401(c)(2)(A)(vi)"] = se.l13;
        "3"  s3  "Net earnings from self-employment, not below zero"                                   = s1.excess(s2);
        "5"  s5  "Step 3 times the reduced rate of the plan"                  ["IRC 404(a)(8), 404(h)(1)(C)"] = s3 * law.sep.reduced_rate;
        "6"  s6  "Compensation limit times the plan rate"                     ["IRC 401(a)(17)"]       = law.sep.compensation * law.sep.rate;
        "7"  s7  "Smaller of step 5 or step 6"                                                         = s5.min(s6);
        "8"  s8  "Contribution dollar limit"                                  ["IRC 415(c)(1)(A)"]     = law.sep.annual_additions;
        "21" s21 "Most that may be deducted: smaller of step 7 or step 8"     ["IRC 404(a)(8)"]        = s7.min(s8);
        "22" s22 "Paid into the SEP, no more than step 21; to Schedule 1 line 16" ["IRC 404(h)"]       = own.sep.min(s21);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::{Round, Usd};
    use crate::tax::facts::W2;

    fn worksheet(profit: i64, paid: i64) -> SepWorksheet {
        let (law, _) = law::of(2025).expect("law");
        let c = [ScheduleC { l31: Usd::dollars(profit), ..ScheduleC::BLANK }];
        let se = ScheduleSe::fill(law, &W2::default(), &c, Round::Cents);
        let own = OwnBenefits { sep: Usd::dollars(paid), ..OwnBenefits::default() };
        SepWorksheet::fill(law, &own, &c, &se, Round::Cents)
    }

    #[test]
    fn twenty_percent_of_net_earnings() {
        // 120,000 x .9235 = 110,820; x .153 = 16,955.46; half 8,477.73; 120,000 - 8,477.73 = 111,522.27; x .20 = 22,304.45.
        let w = worksheet(120_000, 15_000);
        assert_eq!(
            (w.s3, w.s21, w.s22),
            (Usd::from_cents(11_152_227), Usd::from_cents(2_230_445), Usd::dollars(15_000))
        );
        assert_eq!(worksheet(120_000, 30_000).s22, Usd::from_cents(2_230_445));
    }

    #[test]
    fn a_loss_allows_nothing_and_the_top_is_the_dollar_limit() {
        assert_eq!(worksheet(-5_000, 1_000).s22, Usd::ZERO);
        assert_eq!(worksheet(900_000, 90_000).s22, Usd::dollars(70_000));
    }
}
