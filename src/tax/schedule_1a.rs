//! Schedule 1-A, Additional Deductions: overtime and seniors. Tips and car loan interest are refused by name.

use crate::form;
use crate::law::Law;
use crate::money::{Exact, Usd};
use crate::tax::facts::{Filer, W2};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::AdjustedGrossIncome;

form! {
    /// Schedule 1-A (Form 1040). Blank in a year without it.
    Schedule1A = "schedule-1-a", "Schedule 1-A (Form 1040), Additional Deductions";
    (law: &Law, filer: &Filer, w2: &[W2], income: &AdjustedGrossIncome; round) {
        "1"   (from 2025) l1   "Amount from Form 1040 line 11b"               ["IRC 151(d)(5)(C)(iii), 225(b)(2)"] = if_any(law, income.agi);
        "2e"  (from 2025) l2e  "Excluded income of Puerto Rico, Forms 2555 and 4563" ["IRC 911, 931, 933"] = refused();
        "3"   (from 2025) l3   "Add lines 1 and 2e: modified adjusted gross income"                = l1 + l2e;
        "13"  (from 2025) l13  "Qualified tips deduction"                     ["IRC 224"]        = refused();
        "14a" (from 2025) l14a "Qualified overtime compensation, Forms W-2"   ["IRC 225(c)"]     = if_any(law, sum(w2, |w2| w2.overtime_premium));
        "14b" (from 2025) l14b "Qualified overtime compensation, Forms 1099"  ["IRC 225(c)"]     = refused();
        "14c" (from 2025) l14c "Add lines 14a and 14b"                                           = l14a + l14b;
        "15"  (from 2025) l15  "Smaller of line 14c or $12,500 ($25,000 if joint); none on a separate return" ["IRC 225(b)(1)"] = l14c.min(overtime_cap(law, filer));
        "16"  (from 2025) l16  "Amount from line 3"                                              = l3;
        "17"  (from 2025) l17  "$150,000 ($300,000 if joint)"                 ["IRC 225(b)(2)"]  = overtime_start(law, filer);
        "18"  (from 2025) l18  "Line 16 less line 17, not below zero"         ["IRC 225(b)(2)"]  = l16.excess(l17);
        "19"  (from 2025) l19: i64 "Line 18 divided by $1,000, rounded down"  ["IRC 225(b)(2)"]  = overtime_steps(law, l18);
        "20"  (from 2025) l20  "Line 19 times $100"                           ["IRC 225(b)(2)"]  = overtime_step(law) * l19;
        "21"  (from 2025) l21  "Qualified overtime compensation deduction: line 15 less line 20, not below zero" ["IRC 225"] = l15.excess(l20);
        "30"  (from 2025) l30  "Qualified passenger vehicle loan interest deduction" ["IRC 163(h)(4)"] = refused();
        "31"  (from 2025) l31  "Amount from line 3"                                              = l3;
        "32"  (from 2025) l32  "$75,000 ($150,000 if joint)"                  ["IRC 151(d)(5)(C)(ii)"] = senior_start(law, filer);
        "33"  (from 2025) l33  "Line 31 less line 32, not below zero"         ["IRC 151(d)(5)(C)(ii)"] = l31.excess(l32);
        "34"  (from 2025) l34  "Line 33 times 6%"                             ["IRC 151(d)(5)(C)(ii)"] = senior_reduction(law, l33);
        "35"  (from 2025) l35  "$6,000 less line 34, not below zero"          ["IRC 151(d)(5)(C)(i)"] = senior_amount(law).excess(l34);
        "43"  (from 2025) ("37" until 2025) l37  "Enhanced deduction for seniors: line 35 for each person, lines 36a and 36b; none on a separate return" ["IRC 151(d)(5)(C)"] = l35 * seniors(filer);
        "44"  (from 2025) ("38" until 2025) l38  "Add lines 13, 21, 30, and 37; to Form 1040"                      = l13 + l21 + l30 + l37;
    }
}

fn if_any(law: &Law, amount: Usd) -> Usd {
    if law.senior.is_some() || law.overtime.is_some() { amount } else { Usd::ZERO }
}

fn overtime_cap(law: &Law, filer: &Filer) -> Usd {
    law.overtime.as_ref().map_or(Usd::ZERO, |overtime| overtime.cap.of(filer.status))
}

fn overtime_start(law: &Law, filer: &Filer) -> Usd {
    law.overtime.as_ref().map_or(Usd::ZERO, |overtime| overtime.start.of(filer.status))
}

fn overtime_steps(law: &Law, excess: Usd) -> i64 {
    law.overtime.as_ref().map_or(0, |overtime| excess.full_steps(overtime.step))
}

fn overtime_step(law: &Law) -> Usd {
    law.overtime.as_ref().map_or(Usd::ZERO, |overtime| overtime.per_step)
}

fn senior_start(law: &Law, filer: &Filer) -> Usd {
    law.senior.as_ref().map_or(Usd::ZERO, |senior| senior.start.of(filer.status))
}

fn senior_reduction(law: &Law, excess: Usd) -> Exact {
    law.senior.as_ref().map_or(Exact::default(), |senior| excess * senior.rate)
}

fn senior_amount(law: &Law) -> Usd {
    law.senior.as_ref().map_or(Usd::ZERO, |senior| senior.amount)
}

/// Persons who count as 65. The married must file jointly to take the deduction.
fn seniors(filer: &Filer) -> i64 {
    if filer.status == crate::law::FilingStatus::Separate { 0 } else { filer.seniors }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::Round;

    fn schedule(year: i32, agi: i64, seniors: i64, overtime: i64, status: FilingStatus) -> Schedule1A {
        let (law, _) = law::of(year).expect("law");
        let filer = Filer { status, seniors, ..Filer::default() };
        let w2 = W2 { overtime_premium: Usd::dollars(overtime), ..W2::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        Schedule1A::fill(law, &filer, &[w2], &income, Round::Cents)
    }

    #[test]
    fn a_senior_loses_six_cents_of_each_dollar_over_the_start() {
        // 85,000 - 75,000 = 10,000 x .06 = 600; 6,000 - 600 = 5,400. Joint, two seniors, 160,000: the same for each, 10,800.
        assert_eq!(schedule(2025, 85_000, 1, 0, FilingStatus::Single).l38, Usd::dollars(5_400));
        assert_eq!(schedule(2025, 160_000, 2, 0, FilingStatus::Joint).l38, Usd::dollars(10_800));
        assert_eq!(schedule(2025, 60_000, 1, 0, FilingStatus::Separate).l38, Usd::ZERO);
        assert_eq!(schedule(2024, 60_000, 1, 0, FilingStatus::Single).l38, Usd::ZERO);
    }

    #[test]
    fn overtime_shrinks_by_full_thousands() {
        // 152,500 - 150,000 = 2,500: two full thousands, 200; 4,000 - 200 = 3,800.
        assert_eq!(schedule(2026, 152_500, 0, 4_000, FilingStatus::Single).l21, Usd::dollars(3_800));
        assert_eq!(schedule(2026, 60_000, 0, 20_000, FilingStatus::Single).l21, Usd::dollars(12_500));
    }
}
