//! Schedule SE, Self-Employment Tax: one for each person.

use crate::form;
use crate::law::Law;
use crate::tax::facts::W2;
use crate::tax::form::{if_positive, refused, sum};
use crate::tax::schedule_c::ScheduleC;

form! {
    /// Schedule SE (Form 1040), Parts I and II. All of a person's businesses together.
    ScheduleSe = "schedule-se", "Schedule SE (Form 1040), Self-Employment Tax";
    (law: &Law, w2: &W2, c: &[ScheduleC]; round) {
        "1a" l1a "Net farm profit or (loss)"                                  ["IRC 1402(a)"]     = refused();
        "1b" l1b "Conservation Reserve Program payments"                      ["IRC 1402(a)(1)"]  = refused();
        "2"  l2  "Net profit or (loss), Schedule C line 31"                   ["IRC 1402(a)"]     = sum(c, |c| c.l31);
        "3"  l3  "Combine lines 1a, 1b, and 2"                                                    = l1a + l1b + l2;
        "4a" l4a "If line 3 is more than zero, line 3 times 92.35%; otherwise line 3" ["IRC 1402(a)(12)"] = if_positive(l3, l3 * law.se.net_rate);
        "4b" l4b "Optional methods, lines 15 and 17"                          ["IRC 1402(a)"]     = refused();
        "4c" l4c "Combine lines 4a and 4b. If less than $400, stop"           ["IRC 1402(b)(2)"]  = l4a + l4b;
             by "se.floor";
             stop if l4c < law.se.floor;
        "5a" l5a "Church employee income, Form W-2"                           ["IRC 1402(j)"]     = refused();
        "5b" l5b "Line 5a times 92.35%"                                       ["IRC 1402(j)(2)"]  = refused();
        "6"  l6  "Add lines 4c and 5b"                                                            = l4c + l5b;
        "7"  l7  "Maximum of wages and earnings subject to social security tax" ["42 USC 430"]    = law.se.wage_base;
        "8a" l8a "Social security wages and tips, Forms W-2 boxes 3 and 7"    ["IRC 1402(b)(1)"]  = w2.ss_wages;
        "8b" l8b "Unreported tips, Form 4137 line 10"                         ["IRC 1402(b)(1)"]  = refused();
        "8c" l8c "Wages from Form 8919 line 10"                               ["IRC 1402(b)(1)"]  = refused();
        "8d" l8d "Add lines 8a, 8b, and 8c"                                                       = l8a + l8b + l8c;
        "9"  l9  "Subtract line 8d from line 7, not below zero"               ["IRC 1402(b)(1)"]  = l7.excess(l8d);
        "10" l10 "Smaller of line 6 or line 9, times 12.4%"                   ["IRC 1401(a)"]     = l6.min(l9) * law.se.oasdi;
        "11" l11 "Line 6 times 2.9%"                                          ["IRC 1401(b)(1)"]  = l6 * law.se.medicare;
        "12" l12 "Self-employment tax; to Schedule 2 line 4"                  ["IRC 1401"]        = l10 + l11;
        "13" l13 "Deduction for one-half of self-employment tax; to Schedule 1 line 15" ["IRC 164(f)"] = l12 * law.se.half;
        "14" l14 "Most income under the optional methods"                     ["IRC 1402(a), (l)"] = refused();
        "15" l15 "Farm optional method: two-thirds of gross farm income"      ["IRC 1402(a)"]     = refused();
        "16" l16 "Subtract line 15 from line 14"                                                  = l14 - l15;
        "17" l17 "Nonfarm optional method: two-thirds of gross income"        ["IRC 1402(a)"]     = refused();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::law;
    use crate::money::{Round, Usd};

    fn se(cents: i64, ss_wages: i64, round: Round) -> ScheduleSe {
        let (law, _) = law::of(2025).expect("law");
        let w2 = W2 { ss_wages: Usd::dollars(ss_wages), ..W2::default() };
        let c = ScheduleC { l31: Usd::from_cents(cents), ..ScheduleC::BLANK };
        ScheduleSe::fill(law, &w2, &[c], round)
    }

    #[test]
    fn fifty_thousand_of_profit() {
        // 50,000 x .9235 = 46,175; x .124 = 5,725.70 -> 5,726; x .029 = 1,339.075 -> 1,339; sum 7,065; half 3,532.50 -> 3,533.
        let f = se(5_000_000, 0, Round::WholeDollar);
        let want = [46_175, 5_726, 1_339, 7_065, 3_533].map(Usd::dollars);
        assert_eq!([f.l4a, f.l10, f.l11, f.l12, f.l13], want);
    }

    #[test]
    fn under_400_stops() {
        // 433.13 x .9235 = 399.9956 -> in dollars 400, in cents 400.00; 432.00 x .9235 = 398.95.
        assert_eq!(se(43_200, 0, Round::WholeDollar).stopped_at, Some("4c"));
        assert_eq!(se(43_200, 0, Round::WholeDollar).l12, Usd::ZERO);
        assert_eq!(se(43_313, 0, Round::Cents).stopped_at, None);
        assert_eq!(se(43_312, 0, Round::Cents).stopped_at, Some("4c"));
    }

    #[test]
    fn wages_use_up_the_base_first() {
        // 176,100 - 170,000 = 6,100; x .124 = 756.40 -> 756; Medicare on all: 46,175 x .029 -> 1,339.
        let f = se(5_000_000, 170_000, Round::WholeDollar);
        assert_eq!((f.l9, f.l10, f.l11), (Usd::dollars(6_100), Usd::dollars(756), Usd::dollars(1_339)));
        assert_eq!(se(5_000_000, 180_000, Round::WholeDollar).l10, Usd::ZERO);
    }

    #[test]
    fn two_businesses_are_combined_before_the_floor() {
        let (law, _) = law::of(2025).expect("law");
        let half = ScheduleC { l31: Usd::dollars(300), ..ScheduleC::BLANK };
        // 600 x .9235 = 554.10: neither business alone would reach $400.
        let f = ScheduleSe::fill(law, &W2::default(), &[half, half], Round::Cents);
        assert_eq!((f.l4c, f.stopped_at), (Usd::from_cents(55_410), None));
    }

    #[test]
    fn a_loss_goes_through_unscaled() {
        assert_eq!(se(-100_000, 0, Round::Cents).l4a, Usd::dollars(-1_000));
    }

    proptest! {
        #[test]
        fn more_profit_never_means_less_tax(cents in 0i64..60_000_000, more in 0i64..1_000_000, wages in 0i64..200_000) {
            for round in [Round::Cents, Round::WholeDollar] {
                prop_assert!(se(cents + more, wages, round).l12 >= se(cents, wages, round).l12);
            }
        }
    }
}
