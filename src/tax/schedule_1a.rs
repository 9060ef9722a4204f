//! Schedule 1-A, Additional Deductions: tips, overtime, car loan interest and seniors.

use crate::form;
use crate::law::{FilingStatus, Law, PayDeduction};
use crate::money::{Exact, Usd};
use crate::tax::facts::{Filer, Individual, Payments, W2};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::AdjustedGrossIncome;

form! {
    /// Schedule 1-A (Form 1040). Blank in a year without it.
    Schedule1A = "schedule-1-a", "Schedule 1-A (Form 1040), Additional Deductions";
    (law: &Law, filer: &Filer, persons: &[Individual], payments: &Payments, w2: &[W2], income: &AdjustedGrossIncome; round) {
        "1" (from 2025) l1 "Amount from Form 1040 line 11b" ["IRC 151(d)(5)(C)(iii), 224(b)(2)(B), 225(b)(2)"] = if_any(law, income.agi);
        "2a" (from 2025) l2a "Excluded income of Puerto Rico" ["IRC 933"] = refused();
        "2b" (from 2025) l2b "Form 2555 line 45" ["IRC 911"] = refused();
        "2c" (from 2025) l2c "Form 2555 line 50" ["IRC 911"] = refused();
        "2d" (from 2025) l2d "Form 4563 line 15" ["IRC 931"] = refused();
        "2e" (from 2025) l2e "Add lines 2a through 2d" = l2a + l2b + l2c + l2d;
        "3" (from 2025) l3 "Add lines 1 and 2e: modified adjusted gross income" = l1 + l2e;
        "4a(iii)" (from 2025) ("4a" until 2025) l4a "Qualified tips, Forms W-2, all employers together" ["IRC 224(a), (d)"] = if_any(law, sum(w2, |w2| w2.tips));
        "4a(iv)" (from 2025) ("4b" until 2025) l4b "Qualified tips, Form 4137" ["IRC 224(a)"] = refused();
        "5" (from 2025) ("4c" until 2025) l4c "Larger of the tips on Forms W-2 or on Form 4137" = l4a.max(l4b);
        "7" (from 2025) ("5" until 2025) l5 "Qualified tips of one's own trade or business" ["IRC 224(c)"] = refused();
        "8" (from 2025) ("6" until 2025) l6 "Tips as an employee and in business" = l4c + l5;
        "9" (from 2025) ("7" until 2025) l7 "Smaller of the tips or $25,000; none on a separate return" ["IRC 224(b)(1), (f)"] = l6.min(cap(tips(law), filer));
             by "tips.cap";
        "10" (from 2025) ("8" until 2025) l8 "Amount from line 3" = l3;
        "11" (from 2025) ("9" until 2025) l9 "$150,000 ($300,000 if joint)" ["IRC 224(b)(2)"] = start(tips(law), filer);
             by "tips.start";
        "12" (from 2025) ("10" until 2025) l10 "What the amount from line 3 has over it, not below zero" ["IRC 224(b)(2)"] = l8.excess(l9);
        "13" (from 2025) ("11" until 2025) l11: i64 "The excess divided by $1,000, rounded down" ["IRC 224(b)(2)"] = steps(tips(law), l10);
             by "tips.step";
        "14" (from 2025) ("12" until 2025) l12 "Full thousands times $100" ["IRC 224(b)(2)"] = per_step(tips(law)) * l11;
             by "tips.per_step";
        "15" (from 2025) ("13" until 2025) l13 "Qualified tips deduction, not below zero" ["IRC 224"] = l7.excess(l12);
        "17" (from 2025) ("14a" until 2025) l14a "Qualified overtime compensation, Forms W-2" ["IRC 225(c)"] = if_any(law, sum(w2, |w2| w2.overtime_premium));
        "19" (from 2025) ("14b" until 2025) l14b "Qualified overtime compensation, Forms 1099" ["IRC 225(c)"] = refused();
        "20" (from 2025) ("14c" until 2025) l14c "Overtime on Forms W-2 and 1099" = l14a + l14b;
        "21" (from 2025) ("15" until 2025) l15 "Smaller of the overtime or $12,500 ($25,000 if joint); none on a separate return" ["IRC 225(b)(1)"] = l14c.min(cap(overtime(law), filer));
             by "overtime.cap";
        "22" (from 2025) ("16" until 2025) l16 "Amount from line 3" = l3;
        "23" (from 2025) ("17" until 2025) l17 "$150,000 ($300,000 if joint)" ["IRC 225(b)(2)"] = start(overtime(law), filer);
             by "overtime.start";
        "24" (from 2025) ("18" until 2025) l18 "What the amount from line 3 has over it, not below zero" ["IRC 225(b)(2)"] = l16.excess(l17);
        "25" (from 2025) ("19" until 2025) l19: i64 "The excess divided by $1,000, rounded down" ["IRC 225(b)(2)"] = steps(overtime(law), l18);
             by "overtime.step";
        "26" (from 2025) ("20" until 2025) l20 "Full thousands times $100" ["IRC 225(b)(2)"] = per_step(overtime(law)) * l19;
             by "overtime.per_step";
        "27" (from 2025) ("21" until 2025) l21 "Qualified overtime compensation deduction, not below zero" ["IRC 225"] = l15.excess(l20);
        "28a(iii)" (from 2025) ("22a" until 2025) l22 "Interest on loans for passenger vehicles, less what Schedules C, E and F deduct" ["IRC 163(h)(4)(B)"] = if_any(law, payments.car_loan);
        "29" (from 2025) ("23" until 2025) l23 "Interest of all vehicles" = l22;
        "30" (from 2025) ("24" until 2025) l24 "Smaller of the interest or $10,000" ["IRC 163(h)(4)(C)(i)"] = l23.min(car_loan_cap(law));
             by "car_loan.cap";
        "31" (from 2025) ("25" until 2025) l25 "Amount from line 3" = l3;
        "32" (from 2025) ("26" until 2025) l26 "$100,000 ($200,000 if joint)" ["IRC 163(h)(4)(C)(ii)"] = car_loan_start(law, filer);
             by "car_loan.start";
        "33" (from 2025) ("27" until 2025) l27 "What the amount from line 3 has over it, not below zero" ["IRC 163(h)(4)(C)(ii)"] = l25.excess(l26);
        "34" (from 2025) ("28" until 2025) l28: i64 "The excess divided by $1,000, rounded up" ["IRC 163(h)(4)(C)(ii)"] = car_loan_steps(law, l27);
             by "car_loan.step";
        "35" (from 2025) ("29" until 2025) l29 "Started thousands times $200" ["IRC 163(h)(4)(C)(ii)"] = car_loan_step(law) * l28;
             by "car_loan.per_step";
        "36" (from 2025) ("30" until 2025) l30 "Qualified passenger vehicle loan interest deduction, not below zero" ["IRC 163(h)(4)"] = l24.excess(l29);
        "37" (from 2025) ("31" until 2025) l31 "Amount from line 3" = l3;
        "38" (from 2025) ("32" until 2025) l32 "$75,000 ($150,000 if joint)" ["IRC 151(d)(5)(C)(ii)"] = senior_start(law, filer);
             by "senior.start";
        "39" (from 2025) ("33" until 2025) l33 "What the amount from line 3 has over it, not below zero" ["IRC 151(d)(5)(C)(ii)"] = l31.excess(l32);
        "40" (from 2025) ("34" until 2025) l34 "The excess times 6%" ["IRC 151(d)(5)(C)(ii)"] = senior_reduction(law, l33);
             by "senior.rate";
        "41" (from 2025) ("35" until 2025) l35 "$6,000 less the reduction, not below zero" ["IRC 151(d)(5)(C)(i)"] = senior_amount(law).excess(l34);
             by "senior.amount";
        "42a" (from 2025) ("36a" until 2025) l36a "For the filer, who counts as 65; none on a separate return" ["IRC 151(d)(5)(C)"] = l35 * senior(filer, persons, 0);
        "42b" (from 2025) ("36b" until 2025) l36b "For the spouse on a joint return, who counts as 65" ["IRC 151(d)(5)(C)"] = l35 * senior(filer, persons, 1);
        "43" (from 2025) ("37" until 2025) l37 "Enhanced deduction for seniors: both persons" ["IRC 151(d)(5)(C)"] = l36a + l36b;
        "44" (from 2025) ("38" until 2025) l38 "Total additional deductions: tips, overtime, car loan interest and seniors; to Form 1040" = l13 + l21 + l30 + l37;
    }
}

fn if_any(law: &Law, amount: Usd) -> Usd {
    let any = law.senior.is_some() || law.overtime.is_some() || law.tips.is_some() || law.car_loan.is_some();
    if any { amount } else { Usd::ZERO }
}

fn tips(law: &Law) -> Option<&PayDeduction> {
    law.tips.as_ref()
}

fn overtime(law: &Law) -> Option<&PayDeduction> {
    law.overtime.as_ref()
}

fn cap(rule: Option<&PayDeduction>, filer: &Filer) -> Usd {
    rule.map_or(Usd::ZERO, |rule| rule.cap.of(filer.status))
}

fn start(rule: Option<&PayDeduction>, filer: &Filer) -> Usd {
    rule.map_or(Usd::ZERO, |rule| rule.start.of(filer.status))
}

fn steps(rule: Option<&PayDeduction>, excess: Usd) -> i64 {
    rule.map_or(0, |rule| excess.full_steps(rule.step))
}

fn per_step(rule: Option<&PayDeduction>) -> Usd {
    rule.map_or(Usd::ZERO, |rule| rule.per_step)
}

fn car_loan_cap(law: &Law) -> Usd {
    law.car_loan.as_ref().map_or(Usd::ZERO, |loan| loan.cap)
}

fn car_loan_start(law: &Law, filer: &Filer) -> Usd {
    law.car_loan.as_ref().map_or(Usd::ZERO, |loan| loan.start.of(filer.status))
}

fn car_loan_steps(law: &Law, excess: Usd) -> i64 {
    law.car_loan.as_ref().map_or(0, |loan| excess.steps_started(loan.step))
}

fn car_loan_step(law: &Law) -> Usd {
    law.car_loan.as_ref().map_or(Usd::ZERO, |loan| loan.per_step)
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

/// Does a person count as 65? The married must file jointly to take the deduction.
fn senior(filer: &Filer, persons: &[Individual], at: usize) -> i64 {
    if filer.status == FilingStatus::Separate { 0 } else { persons.get(at).map_or(0, |person| person.senior) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn fill(year: i32, agi: i64, status: FilingStatus, seniors: &[i64], w2: W2, car_loan: i64) -> Schedule1A {
        let (law, _) = law::of(year).expect("law");
        let persons: Vec<_> =
            seniors.iter().map(|senior| Individual { senior: *senior, ..Individual::default() }).collect();
        let payments = Payments { car_loan: Usd::dollars(car_loan), ..Payments::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let filer = Filer { status, ..Filer::default() };
        Schedule1A::fill(law, &filer, &persons, &payments, &[w2], &income, Round::Cents)
    }

    fn of_age(year: i32, agi: i64, status: FilingStatus, seniors: &[i64]) -> Schedule1A {
        fill(year, agi, status, seniors, W2::default(), 0)
    }

    #[test]
    fn a_senior_loses_six_cents_of_each_dollar_over_the_start() {
        // 85,000 - 75,000 = 10,000 x .06 = 600; 6,000 - 600 = 5,400. Joint, two seniors, 160,000: the same for each, 10,800.
        assert_eq!(of_age(2025, 85_000, FilingStatus::Single, &[1]).l38, Usd::dollars(5_400));
        assert_eq!(of_age(2025, 160_000, FilingStatus::Joint, &[1, 1]).l38, Usd::dollars(10_800));
        assert_eq!(of_age(2025, 60_000, FilingStatus::Separate, &[1]).l38, Usd::ZERO);
        assert_eq!(of_age(2024, 60_000, FilingStatus::Single, &[1]).l38, Usd::ZERO);
        let spouse = of_age(2025, 60_000, FilingStatus::Joint, &[0, 1]);
        assert_eq!((spouse.l36a, spouse.l36b), (Usd::ZERO, Usd::dollars(6_000)));
    }

    #[test]
    fn overtime_shrinks_by_full_thousands() {
        let schedule = |agi, overtime| {
            let w2 = W2 { overtime_premium: Usd::dollars(overtime), ..W2::default() };
            fill(2026, agi, FilingStatus::Single, &[0], w2, 0).l21
        };
        // 152,500 - 150,000 = 2,500: two full thousands, 200; 4,000 - 200 = 3,800.
        assert_eq!(schedule(152_500, 4_000), Usd::dollars(3_800));
        assert_eq!(schedule(60_000, 20_000), Usd::dollars(12_500));
    }

    #[test]
    fn tips_shrink_by_full_thousands_from_25_000() {
        let schedule = |year, agi, status, tips| {
            fill(year, agi, status, &[0], W2 { tips: Usd::dollars(tips), ..W2::default() }, 0).l13
        };
        assert_eq!(schedule(2025, 60_000, FilingStatus::Single, 18_000), Usd::dollars(18_000));
        // 153,999 - 150,000 = 3,999: three full thousands; 25,000 - 300 = 24,700. Joint the start is 300,000.
        assert_eq!(schedule(2025, 153_999, FilingStatus::Single, 30_000), Usd::dollars(24_700));
        assert_eq!(schedule(2026, 153_999, FilingStatus::Joint, 30_000), Usd::dollars(25_000));
        assert_eq!(schedule(2025, 60_000, FilingStatus::Separate, 18_000), Usd::ZERO);
        assert_eq!(schedule(2024, 60_000, FilingStatus::Single, 18_000), Usd::ZERO);
    }

    #[test]
    fn car_loan_interest_shrinks_by_started_thousands_from_10_000() {
        let schedule = |year, agi, status, paid| fill(year, agi, status, &[0], W2::default(), paid).l30;
        // 103,001 - 100,000 = 3,001: four started thousands, 800; 3,500 - 800 = 2,700; 12,000: 10,000 - 800 = 9,200.
        assert_eq!(schedule(2025, 103_001, FilingStatus::Separate, 3_500), Usd::dollars(2_700));
        assert_eq!(schedule(2025, 103_001, FilingStatus::Single, 12_000), Usd::dollars(9_200));
        assert_eq!(schedule(2026, 103_001, FilingStatus::Joint, 12_000), Usd::dollars(10_000));
        assert_eq!(schedule(2025, 150_000, FilingStatus::Single, 12_000), Usd::ZERO);
        assert_eq!(schedule(2024, 60_000, FilingStatus::Single, 3_500), Usd::ZERO);
    }
}
