//! The Social Security Benefits Worksheet of the Form 1040 instructions.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::Usd;
use crate::tax::adjustments::{IraDeduction, OtherAdjustments};
use crate::tax::facts::{Filer, OtherIncome};
use crate::tax::form::sum;
use crate::tax::form_1040::Form1040Income;

form! {
    /// How much of social security benefits is taxed. Where an IRA deduction depends on the benefits too, they are figured
    /// first without it and then with it (Pub. 590-A, Appendix B).
    SocialSecurity = "social-security", "Social Security Benefits Worksheet";
    (law: &Law, filer: &Filer, other: &OtherIncome, income: &Form1040Income, others: &OtherAdjustments, ira: &[IraDeduction]; round) {
        "1"  l1  "Benefits, Forms SSA-1099 and RRB-1099 box 5"                ["IRC 86(d)(1)"] = other.social_security;
             stop if l1 <= Usd::ZERO;
        "2"  l2  "Line 1 times 50%"                                           ["IRC 86(b)(1)(A)(ii)"] = l1 * law.social_security.half;
        "3"  l3  "Form 1040 lines 1z, 2b, 3b, 4b, 5b, 7a, and 8"                                =
            income.l1z + income.l2b + income.l3b + income.l4b + income.l5b + income.l7 + income.l8;
        "4"  l4  "Tax-exempt interest"                                        ["IRC 86(b)(2)(B)"] = income.l2a;
        "5"  l5  "Combine lines 2, 3, and 4"                                                    = l2 + l3 + l4;
        "6"  l6  "Adjustments of Schedule 1 without line 21"                  ["IRC 86(b)(2)(A)"] = others.total + sum(ira, |ira| ira.deduction);
             stop if l6 >= l5;
        "7"  l7  "Line 5 less line 6"                                         ["IRC 86(b)(1)(A)"] = l5 - l6;
        "8"  l8  "$25,000 ($32,000 if joint); nothing on a separate return"   ["IRC 86(c)(1)"] = law.social_security.base.of(filer.status);
        "9"  l9  "Line 7 less line 8, not below zero"                                           = l7.excess(l8);
        "10" l10 "$9,000 ($12,000 if joint); nothing on a separate return"    ["IRC 86(c)(2)"] = law.social_security.second.of(filer.status);
        "11" l11 "Line 9 less line 10, not below zero"                                          = l9.excess(l10);
        "12" l12 "Smaller of line 9 or line 10"                                                 = l9.min(l10);
        "13" l13 "Half of line 12"                                            ["IRC 86(a)(1)(B)"] = l12 * law.social_security.half;
        "14" l14 "Smaller of line 2 or line 13"                               ["IRC 86(a)(1)"] = l2.min(l13);
        "15" l15 "Line 11 times 85%"                                          ["IRC 86(a)(2)(A)(i)"] = l11 * law.social_security.most;
        "16" l16 "Add lines 14 and 15; on a separate return 85% of line 7"    ["IRC 86(a)(2)(A)"] = joined(filer, l14 + l15, l7 * law.social_security.most, round);
        "17" l17 "Line 1 times 85%"                                           ["IRC 86(a)(2)(B)"] = l1 * law.social_security.most;
        "18" l18 "Taxable benefits: smaller of line 16 or line 17; to Form 1040 line 6b" ["IRC 86(a)"] = l16.min(l17);
    }
}

/// Spouses who file separately and lived together skip lines 8 to 15.
fn joined(filer: &Filer, added: Usd, most: crate::money::Exact, round: crate::money::Round) -> Usd {
    if filer.status == FilingStatus::Separate { round.enter(most) } else { added }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn taxed(status: FilingStatus, benefits: i64, without: i64, others: i64) -> Usd {
        let (law, _) = law::of(2025).expect("law");
        let filer = Filer { status, ..Filer::default() };
        let other = OtherIncome { social_security: Usd::dollars(benefits), ..OtherIncome::default() };
        let income = Form1040Income { l1z: Usd::dollars(without), ..Form1040Income::BLANK };
        let others = OtherAdjustments { total: Usd::dollars(others), ..OtherAdjustments::BLANK };
        SocialSecurity::fill(law, &filer, &other, &income, &others, &[], Round::WholeDollar).l18
    }

    #[test]
    fn nothing_then_half_then_up_to_85_percent() {
        // 20,000 of wages and half of 20,000 is 30,000: 5,000 over 25,000, half of it 2,500.
        assert_eq!(taxed(FilingStatus::Single, 20_000, 20_000, 0), Usd::dollars(2_500));
        assert_eq!(taxed(FilingStatus::Single, 20_000, 15_000, 0), Usd::ZERO);
        // 30,000 + 10,000 = 40,000: 15,000 over; 9,000 / 2 = 4,500, 6,000 x .85 = 5,100; 9,600.
        assert_eq!(taxed(FilingStatus::Single, 20_000, 30_000, 0), Usd::dollars(9_600));
        assert_eq!(taxed(FilingStatus::Single, 20_000, 90_000, 0), Usd::dollars(17_000));
        // A joint couple: 40,000 + 10,000 = 50,000: 18,000 over 32,000; 6,000 + 6,000 x .85 = 11,100.
        assert_eq!(taxed(FilingStatus::Joint, 20_000, 40_000, 0), Usd::dollars(11_100));
        // Half of self-employment tax and other adjustments come off first: 30,000 - 4,000 = 36,000 in all.
        assert_eq!(taxed(FilingStatus::Single, 20_000, 30_000, 4_000), Usd::dollars(6_200));
        // A separate return has no base amount: 85% of 10,000 + 2,000 is 10,200, at most 85% of 4,000.
        assert_eq!(taxed(FilingStatus::Separate, 4_000, 10_000, 0), Usd::dollars(3_400));
        assert_eq!(taxed(FilingStatus::Separate, 4_000, 0, 0), Usd::dollars(1_700));
    }
}
