//! Form 8863, Education Credits: Part III for each student, Parts I and II for the return.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Usd};
use crate::tax::facts::{Filer, Student};
use crate::tax::form::sum;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Tax};
use crate::tax::form_2441::CareCredit;
use crate::tax::schedule_r::ScheduleR;

form! {
    /// Form 8863 Part III of one student. Lines 23 to 26 are answered by which credit is claimed.
    StudentCredit = "form-8863-student", "Form 8863, Education Credits, Part III";
    (law: &Law, student: &Student; round) {
        "27" l27 "Expenses for the American opportunity credit, at most $4,000" ["IRC 25A(b)(1)"] = american(student, student.expenses).min(law.education.american);
        "28" l28 "Line 27 less $2,000, not below zero"                        ["IRC 25A(b)(1)(B)"] = l27.excess(law.education.full);
        "29" l29 "Line 28 times 25%"                                          ["IRC 25A(b)(1)(B)"] = l28 * law.education.part;
        "30" l30 "If line 28 is zero, line 27; otherwise $2,000 and line 29"  ["IRC 25A(b)(1)"] = l27.min(law.education.full) + l29;
        "31" l31 "Expenses for the lifetime learning credit"                  ["IRC 25A(c)"]    = lifetime(student, student.expenses);
    }
}

/// Nobody has both credits for one student in one year.
fn american(student: &Student, expenses: Usd) -> Usd {
    if student.american != 0 { expenses.floor0() } else { Usd::ZERO }
}

fn lifetime(student: &Student, expenses: Usd) -> Usd {
    if student.american != 0 { Usd::ZERO } else { expenses.floor0() }
}

form! {
    /// Form 8863 Parts I and II with the Credit Limit Worksheet, lines w1 to w6. None on a separate return.
    Form8863 = "form-8863", "Form 8863, Education Credits";
    (law: &Law, filer: &Filer, students: &[StudentCredit], income: &AdjustedGrossIncome, tax: &Form1040Tax, care: &CareCredit, elderly: &ScheduleR; round) {
        "1"  l1  "Lines 30 of all students"                                                     = sum(students, |student| student.l30);
             stop if students.is_empty() || filer.status == FilingStatus::Separate;
        "2"  l2  "$90,000 ($180,000 if joint)"                                ["IRC 25A(d)"]    = if filer.status.is_joint() { law.education.end_joint } else { law.education.end };
        "3"  l3  "Adjusted gross income"                                      ["IRC 25A(d)(3)"] = income.agi;
        "4"  l4  "Line 2 less line 3. If zero or less, stop"                  ["IRC 25A(d)"]    = l2 - l3;
             stop if l4 <= Usd::ZERO;
        "5"  l5  "$10,000 ($20,000 if joint)"                                 ["IRC 25A(d)(2)"] = if filer.status.is_joint() { law.education.width_joint } else { law.education.width };
        "6"  l6: Ratio "Line 4 divided by line 5, at most 1"                  ["IRC 25A(d)(2)"] = Ratio::of(l4.min(l5), l5);
        "7"  l7  "Line 1 times line 6"                                        ["IRC 25A(b)"]    = l1 * l6;
        "8"  l8  "Refundable American opportunity credit: line 7 times 40%, unless under 24 and not supporting oneself; to Form 1040 line 29" ["IRC 25A(i)"] = refundable(filer, l7 * law.education.refundable);
        "9"  l9  "Line 7 less line 8"                                                           = l7 - l8;
        "10" l10 "Lines 31 of all students"                                                     = sum(students, |student| student.l31);
        "11" l11 "Smaller of line 10 or $10,000"                              ["IRC 25A(c)(1)"] = l10.min(law.education.lifetime);
        "12" l12 "Line 11 times 20%"                                          ["IRC 25A(c)(1)"] = l11 * law.education.lifetime_rate;
        "13" l13 "$90,000 ($180,000 if joint)"                                ["IRC 25A(d)"]    = if filer.status.is_joint() { law.education.end_joint } else { law.education.end };
        "14" l14 "Adjusted gross income"                                      ["IRC 25A(d)(3)"] = income.agi;
        "15" l15 "Line 13 less line 14"                                       ["IRC 25A(d)"]    = l13 - l14;
        "16" l16 "$10,000 ($20,000 if joint)"                                 ["IRC 25A(d)(2)"] = if filer.status.is_joint() { law.education.width_joint } else { law.education.width };
        "17" l17: Ratio "Line 15 divided by line 16, at most 1"               ["IRC 25A(d)(2)"] = Ratio::of(l15.min(l16), l16);
        "18" l18 "Line 12 times line 17"                                      ["IRC 25A(c)"]    = l12 * l17;
        "w3" w3  "Add lines 18 and 9"                                                           = l18 + l9;
        "w4" w4  "Tax, Form 1040 line 18"                                                       = tax.l18;
        "w5" w5  "Credits on Schedule 3 lines 1, 2, 6d, and 6l"               ["IRC 26(a)"]     = care.l11 + elderly.l22;
        "w6" w6  "Tax less these credits, not below zero"                     ["IRC 26(a)"]     = w4.excess(w5);
        "19" l19 "Nonrefundable education credits: smaller of lines w3 and w6; to Schedule 3 line 3" ["IRC 25A(a)"] = w3.min(w6);
    }
}

fn refundable(filer: &Filer, share: Exact) -> Exact {
    if filer.under_24 != 0 { Exact::default() } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn student(expenses: i64, american: i64) -> StudentCredit {
        let (law, _) = law::of(2025).expect("law");
        let student = Student { expenses: Usd::dollars(expenses), american };
        StudentCredit::fill(law, &student, Round::WholeDollar)
    }

    fn credits(filer: &Filer, students: &[StudentCredit], agi: i64, tax: i64) -> Form8863 {
        let (law, _) = law::of(2025).expect("law");
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(tax), ..Form1040Tax::BLANK };
        let care = CareCredit { l11: Usd::dollars(600), ..CareCredit::BLANK };
        let elderly = ScheduleR { l22: Usd::dollars(100), ..ScheduleR::BLANK };
        Form8863::fill(law, filer, students, &income, &tax, &care, &elderly, Round::WholeDollar)
    }

    fn filer(status: FilingStatus) -> Filer {
        Filer { status, ..Filer::default() }
    }

    #[test]
    fn two_thousand_in_full_and_a_quarter_of_two_thousand_more() {
        // 1,500 in full; 3,000: 2,000 + 250; 6,000: 2,000 + 500.
        assert_eq!([1_500, 3_000, 6_000].map(|paid| student(paid, 1).l30), [1_500, 2_250, 2_500].map(Usd::dollars));
        assert_eq!((student(6_000, 1).l31, student(6_000, 0).l30), (Usd::ZERO, Usd::ZERO));
        assert_eq!(student(6_000, 0).l31, Usd::dollars(6_000));
    }

    #[test]
    fn forty_percent_is_refundable_and_the_rest_is_not() {
        // Two students, 2,500 + 2,250 = 4,750; at 100,000 joint all of it: 1,900 refundable, 2,850 against the tax.
        let students = [student(4_000, 1), student(3_000, 1)];
        let f = credits(&filer(FilingStatus::Joint), &students, 100_000, 9_000);
        assert_eq!([f.l7, f.l8, f.l9, f.l19], [4_750, 1_900, 2_850, 2_850].map(Usd::dollars));
        // The tax of 2,000 less the credits before, 600 + 100, leaves 1,300.
        let f = credits(&filer(FilingStatus::Joint), &students, 100_000, 2_000);
        assert_eq!([f.l8, f.w6, f.l19], [1_900, 1_300, 1_300].map(Usd::dollars));
    }

    #[test]
    fn a_filer_under_24_whom_others_support_has_no_refundable_credit() {
        let young = Filer { under_24: 1, ..Filer::default() };
        // 2,500, nothing refundable.
        let f = credits(&young, &[student(4_000, 1)], 20_000, 9_000);
        assert_eq!([f.l8, f.l9, f.l19], [0, 2_500, 2_500].map(Usd::dollars));
    }

    #[test]
    fn both_credits_shrink_over_the_last_ten_thousand() {
        // Single, 83,000: (90,000 - 83,000) / 10,000 = .7. 2,500 x .7 = 1,750, 700 refundable, 1,050 not.
        // Lifetime: 12,000, of which 10,000, x .20 = 2,000 x .7 = 1,400.
        let students = [student(4_000, 1), student(7_000, 0), student(5_000, 0)];
        let f = credits(&filer(FilingStatus::Single), &students, 83_000, 9_000);
        assert_eq!(
            [f.l7, f.l8, f.l9, f.l11, f.l18, f.l19],
            [1_750, 700, 1_050, 10_000, 1_400, 2_450].map(Usd::dollars)
        );
        // Joint, 175,000: 5,000 / 20,000 = .25; 2,500 x .25 = 625, 250 refundable.
        assert_eq!(credits(&filer(FilingStatus::Joint), &students, 175_000, 9_000).l8, Usd::dollars(250));
        assert_eq!(credits(&filer(FilingStatus::Joint), &students, 180_000, 9_000).stopped_at, Some("4"));
        assert_eq!(credits(&filer(FilingStatus::Survivor), &students, 90_000, 9_000).l8, Usd::ZERO);
    }

    #[test]
    fn a_separate_return_has_none() {
        let f = credits(&filer(FilingStatus::Separate), &[student(4_000, 1), student(4_000, 0)], -5_000, 9_000);
        assert_eq!((f.stopped_at, f.l8, f.l19), (Some("1"), Usd::ZERO, Usd::ZERO));
    }
}
