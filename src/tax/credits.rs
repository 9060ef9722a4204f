//! Credits: Form 8880, Schedule 8812 and the earned income credit.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Rate, Usd};
use crate::tax::adjustments::IraDeduction;
use crate::tax::facts::{Filer, W2};
use crate::tax::form::sum;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Income, Form1040Tax};
use crate::tax::form_2441::CareCredit;
use crate::tax::form_8863::Form8863;
use crate::tax::schedule_1::Schedule1Adjustments;
use crate::tax::schedule_3::Schedule3;
use crate::tax::schedule_r::ScheduleR;
use crate::tax::schedule_se::ScheduleSe;
use crate::tax::worksheets::earned_income_credit;

form! {
    /// Form 8880. A SEP contribution does not count: it is the employer's.
    Form8880 = "form-8880", "Form 8880, Credit for Qualified Retirement Savings Contributions";
    (law: &Law, filer: &Filer, w2: &[W2], ira: &[IraDeduction], income: &AdjustedGrossIncome, tax: &Form1040Tax, care: &CareCredit, education: &Form8863, elderly: &ScheduleR; round) {
        "1"  l1  "Paid into traditional IRAs, all persons, deducted or not"   ["IRC 25B(d)(1)(A), 219(e)"] = sum(ira, IraDeduction::contributed);
        "2"  l2  "Elective deferrals, all persons"                            ["IRC 25B(d)(1)(B)"] = sum(w2, |w2| w2.deferrals);
        "7"  l7  "Contributions and deferrals that count, at most $2,000 a person" ["IRC 25B(a)"] = counted(ira, w2, law.savers.cap);
        "8"  l8  "Amount from Form 1040, adjusted gross income"                                 = income.agi;
        "10" l10 "Line 7 times the rate for line 8: 50%, 20%, 10% or none"    ["IRC 25B(b)"]    = l7 * savers_rate(law, filer, l8);
        "11" l11 "Credit limit: tax less Schedule 3 lines 1 to 3, 6d and 6l"  ["IRC 26(a)"]    = tax.l18.excess(care.l11 + education.l19 + elderly.l22);
        "12" l12 "Credit; to Schedule 3 line 4"                               ["IRC 25B"]       = l10.min(l11);
    }
}

/// Lines 3 and 6: both kinds together, person by person.
fn counted(ira: &[IraDeduction], w2: &[W2], cap: Usd) -> Usd {
    let paid = ira.iter().map(IraDeduction::contributed).chain(std::iter::repeat(Usd::ZERO));
    w2.iter().zip(paid).map(|(w2, paid)| (w2.deferrals + paid).min(cap)).sum()
}

fn savers_rate(law: &Law, filer: &Filer, income: Usd) -> Rate {
    let tops = law.savers.tops.of(filer.status);
    let bracket = tops.iter().position(|top| income <= *top);
    bracket.map_or(Rate::default(), |index| law.savers.rates[index])
}

form! {
    /// Schedule 8812 (Form 1040).
    Schedule8812 = "schedule-8812", "Schedule 8812 (Form 1040), Credits for Qualifying Children and Other Dependents";
    (law: &Law, filer: &Filer, w2: &[W2], se: &[ScheduleSe], income: &AdjustedGrossIncome, adjustments: &Schedule1Adjustments, tax: &Form1040Tax, credits: &Schedule3, earned: &EarnedIncomeCredit; round) {
        "1"  l1  "Adjusted gross income, Form 1040"                                             = income.agi;
        "3"  l3  "Modified adjusted gross income"                             ["IRC 24(b)(1)"]  = l1;
        "4"  l4: i64 "Qualifying children under 17"                           ["IRC 24(c)(1)"]  = filer.children_under_17;
        "5"  l5  "Line 4 times the credit for a child"                        ["IRC 24(h)(2)"]  = law.child.per_child * l4;
        "6"  l6: i64 "Other dependents"                                       ["IRC 24(h)(4)"]  = filer.other_dependents;
        "7"  l7  "Line 6 times $500"                                          ["IRC 24(h)(4)(A)"] = law.child.per_other * l6;
        "8"  l8  "Add lines 5 and 7"                                                            = l5 + l7;
        "9"  l9  "Threshold for the filing status"                            ["IRC 24(h)(3)"]  = law.child.start.of(filer.status);
        "10" l10 "Line 3 less line 9, rounded up to the next $1,000"          ["IRC 24(b)(1)"]  = law.child.step * l3.excess(l9).steps_started(law.child.step);
        "11" l11 "Line 10 times 5%"                                           ["IRC 24(b)(1)"]  = l10 * law.child.rate;
        "12" l12 "Line 8 less line 11. If zero, stop"                                           = l8.excess(l11);
             stop if l12 == Usd::ZERO;
        "13" l13 "Credit limit: tax less the credits on Schedule 3"           ["IRC 26(a)"]     = tax.l18.excess(credits.l8);
        "14" l14 "Child tax credit and credit for other dependents: smaller of line 12 or line 13" ["IRC 24(a)"] = l12.min(l13);
        "16a" l16a "Line 12 less line 14. If zero, stop"                      ["IRC 24(d)(1)"]  = l12 - l14;
             stop if l16a == Usd::ZERO;
        "16b" l16b "Qualifying children times $1,700"                         ["IRC 24(h)(5)"]  = law.child.refundable_max * l4;
             stop if l16b == Usd::ZERO;
        "17" l17 "Smaller of line 16a or line 16b"                                              = l16a.min(l16b);
        "18a" l18a "Earned income"                                            ["IRC 24(d)(1)(B)(i), 32(c)(2)"] = earned.l4b;
        "19" l19 "Line 18a over $2,500"                                       ["IRC 24(h)(6)"]  = l18a.excess(law.child.earned_floor);
        "20" l20 "Line 19 times 15%"                                          ["IRC 24(d)(1)(B)(i)"] = l19 * law.child.earned_rate;
        "21" l21 "Social security and Medicare tax withheld, if three or more children" ["IRC 24(d)(1)(B)(ii)"] = three_or_more(filer, sum(w2, |w2| w2.ss_withheld + w2.medicare_withheld));
        "22" l22 "Schedule 1 line 15, if three or more children"              ["IRC 24(d)(2)"]  = three_or_more(filer, adjustments.l15);
        "23" l23 "Add lines 21 and 22"                                                          = l21 + l22;
        "24" l24 "Earned income credit, if three or more children"            ["IRC 24(d)(1)(B)(ii)(II)"] = three_or_more(filer, earned.l11);
        "25" l25 "Line 23 less line 24, not below zero"                                         = l23.excess(l24);
        "26" l26 "Larger of line 20 or line 25"                                                 = l20.max(l25);
        "27" l27 "Additional child tax credit: smaller of line 17 or line 26" ["IRC 24(d)"]     = l17.min(l26);
    }
}

fn three_or_more(filer: &Filer, amount: Usd) -> Usd {
    if filer.children_under_17 >= 3 { amount } else { Usd::ZERO }
}

form! {
    /// The earned income credit by Worksheet B of the Form 1040 instructions. None on a separate return: spouses who
    /// lived apart are refused by the screen.
    EarnedIncomeCredit = "eic", "Earned Income Credit, Worksheet B";
    (law: &Law, filer: &Filer, w2: &[W2], se: &[ScheduleSe], total: &Form1040Income, income: &AdjustedGrossIncome; round) {
        "1c" l1c "Net earnings: Schedule SE line 3"                           ["IRC 32(c)(2)(A)(ii)"] = sum(se, |se| se.l3);
        "1d" l1d "Deductible part of self-employment tax, Schedule SE line 13" ["IRC 32(c)(2)(A)(ii)"] = sum(se, |se| se.l13);
        "1e" l1e "Line 1c less line 1d"                                                         = l1c - l1d;
        "4a" l4a "Wages, Form 1040 line 1z"                                   ["IRC 32(c)(2)(A)(i)"] = total.l1z;
        "4b" l4b "Total earned income"                                        ["IRC 32(c)(2)"]  = l1e + l4a;
             stop if l4b <= Usd::ZERO;
        "7"  l7  "Credit for line 4b, EIC Table"                              ["IRC 32(a), (f)"] = credit(law, filer, total, l4b, round);
        "8"  l8  "Adjusted gross income"                                                        = income.agi;
        "10" l10 "Credit for line 8, EIC Table, where line 8 reaches the phase-out" ["IRC 32(a)(2)"] = credit_by_agi(law, filer, total, income, l7, round);
        "11" l11 "Earned income credit: smaller of line 7 or line 10; to Form 1040" ["IRC 32"]  = l7.min(l10);
    }
}

fn credit(law: &Law, filer: &Filer, total: &Form1040Income, amount: Usd, round: crate::money::Round) -> Exact {
    let childless_of_age = filer.eic_children > 0 || filer.of_eic_age > 0;
    if filer.status == FilingStatus::Separate || !childless_of_age || total.investment() > law.eic.investment {
        return Exact::default();
    }
    earned_income_credit(law, filer.status, filer.eic_children, amount, round)
}

/// Below the start of the phase-out line 10 is left blank and line 7 stands.
fn credit_by_agi(
    law: &Law,
    filer: &Filer,
    total: &Form1040Income,
    income: &AdjustedGrossIncome,
    by_earned: Usd,
    round: crate::money::Round,
) -> Exact {
    let column = usize::try_from(filer.eic_children.clamp(0, 3)).unwrap_or(0);
    let start = if filer.status.is_joint() { law.eic.start_joint[column] } else { law.eic.start[column] };
    if income.agi < start { Exact::from(by_earned) } else { credit(law, filer, total, income.agi, round) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    #[test]
    fn an_ira_counts_for_the_savers_credit_together_with_deferrals() {
        let (law, _) = law::of(2025).expect("law");
        let filer = Filer { status: FilingStatus::Joint, ..Filer::default() };
        let ira = |paid| IraDeduction { paid: Usd::dollars(paid), most: Usd::dollars(7_000), ..IraDeduction::BLANK };
        let w2 = |deferrals| W2 { deferrals: Usd::dollars(deferrals), ..W2::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(50_000), ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(1_850), ..Form1040Tax::BLANK };
        // 1,500 + 800 = 2,300, of which 2,000; the spouse 1,100. 3,100 x 20% at 50,000 = 620.
        let (w2, ira) = ([w2(800), w2(0)], [ira(1_500), ira(1_100)]);
        let with = |care: &CareCredit, education: &Form8863, elderly: &ScheduleR| {
            Form8880::fill(law, &filer, &w2, &ira, &income, &tax, care, education, elderly, Round::Cents)
        };
        let f = with(&CareCredit::BLANK, &Form8863::BLANK, &ScheduleR::BLANK);
        assert_eq!((f.l1, f.l7, f.l12), (Usd::dollars(2_600), Usd::dollars(3_100), Usd::dollars(620)));
        // The credits before it take 1,000 + 400 + 50 of the tax of 1,850 and leave 400.
        let care = CareCredit { l11: Usd::dollars(1_000), ..CareCredit::BLANK };
        let education = Form8863 { l19: Usd::dollars(400), ..Form8863::BLANK };
        let elderly = ScheduleR { l22: Usd::dollars(50), ..ScheduleR::BLANK };
        assert_eq!(with(&care, &education, &elderly).l12, Usd::dollars(400));
    }
}
