//! Credits: Form 8880, Schedule 8812 and the earned income credit.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Round, Usd};
use crate::tax::adjustments::{IraDeduction, RothContribution};
use crate::tax::facts::{Filer, Individual, W2};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Income, Form1040Tax};
use crate::tax::form_2441::CareCredit;
use crate::tax::form_8863::Form8863;
use crate::tax::retirement::PlanWorksheet;
use crate::tax::schedule_1::Schedule1Adjustments;
use crate::tax::schedule_3::Schedule3;
use crate::tax::schedule_r::ScheduleR;
use crate::tax::schedule_se::ScheduleSe;
use crate::tax::worksheets::earned_income_credit;

form! {
    /// Form 8880, lines 1 to 6: one person's column. The employer's part of a plan does not count, a SEP is nothing else.
    Form8880Column = "form-8880", "Form 8880, Credit for Qualified Retirement Savings Contributions";
    (law: &Law, individual: &Individual, w2: &W2, plan: &PlanWorksheet, ira: &IraDeduction, roth: &RothContribution; round) {
        "1"  l1  "Traditional and Roth IRA contributions, deducted or not"    ["IRC 25B(d)(1)(A)"] = of_age(law, individual, ira.contributed + roth.paid.min(roth.l11));
             by "savers.youngest";
        "2"  l2  "Elective deferrals at a job and to the own plan, catch-up and designated Roth included" ["IRC 25B(d)(1)(B)"] = of_age(law, individual, w2.deferrals + plan.s15 + plan.s18);
             by "savers.youngest";
        "3"  l3  "Add lines 1 and 2"                                                            = l1 + l2;
        "4"  l4  "Distributions of this year, of the two before, and until the return is due"   ["IRC 25B(d)(2)"] = refused();
        "5"  l5  "Line 3 less line 4, not below zero"                                           = l3.excess(l4);
        "6"  l6  "Smaller of line 5 or $2,000"                                ["IRC 25B(a)"]    = l5.min(law.savers.cap);
    }
}

/// Nobody born too late takes the credit, nor a full-time student (IRC 25B(c)). Other students are refused by the screen,
/// as they state it.
fn of_age(law: &Law, individual: &Individual, amount: Usd) -> Usd {
    if individual.reached >= law.savers.youngest && individual.student == 0 { amount } else { Usd::ZERO }
}

form! {
    /// Form 8880, lines 7 to 12.
    Form8880 = "form-8880", "Form 8880, Credit for Qualified Retirement Savings Contributions";
    (law: &Law, filer: &Filer, columns: &[Form8880Column], income: &AdjustedGrossIncome, tax: &Form1040Tax, care: &CareCredit, education: &Form8863, elderly: &ScheduleR; round) {
        "7"  l7  "Add the amounts on line 6. If zero, stop"                   ["IRC 25B(a)"]    = sum(columns, |columns| columns.l6);
             stop if l7 == Usd::ZERO;
        "8"  l8  "Amount from Form 1040, adjusted gross income"                                 = income.agi;
        "9"  l9: Ratio "Decimal for line 8: 0.5, 0.2, 0.1 or none. If zero, stop" ["IRC 25B(b)"] = savers_rate(law, filer, l8);
             by savers_row(l8);
             stop if l9.of == 0;
        "10" l10 "Line 7 times line 9"                                        ["IRC 25B(a)"]    = l7 * l9;
        "w2" others "Credit Limit Worksheet: credits of Schedule 3 lines 1 through 3, 6d and 6l" = care.l11 + education.l19 + elderly.l22;
        "11" l11 "Credit limit: tax of Form 1040 line 18 less other credits"  ["IRC 26(a)"]     = tax.l18.excess(others);
        "12" l12 "Credit; to Schedule 3 line 4"                               ["IRC 25B"]       = l10.min(l11);
    }
}

fn savers_rate(law: &Law, filer: &Filer, income: Usd) -> Ratio {
    let tops = law.savers.tops.of(filer.status);
    let bracket = tops.iter().position(|top| income <= *top);
    bracket.map_or(Ratio { of: 0, whole: 1 }, |index| Ratio::from(law.savers.rates[index]))
}

form! {
    /// Schedule 8812 (Form 1040).
    Schedule8812 = "schedule-8812", "Schedule 8812 (Form 1040), Credits for Qualifying Children and Other Dependents";
    (law: &Law, filer: &Filer, w2: &[W2], se: &[ScheduleSe], income: &AdjustedGrossIncome, adjustments: &Schedule1Adjustments, tax: &Form1040Tax, credits: &Schedule3, earned: &EarnedIncomeCredit; round) {
        "1"  l1  "Adjusted gross income, Form 1040"                                             = income.agi;
        "2a" l2a "Excluded income from Puerto Rico"                           ["IRC 933"]       = refused();
        "2b" l2b "Form 2555 lines 45 and 50"                                  ["IRC 911"]       = refused();
        "2c" l2c "Form 4563 line 15"                                          ["IRC 931"]       = refused();
        "2d" l2d "Add lines 2a through 2c"                                                      = l2a + l2b + l2c;
        "3"  l3  "Modified adjusted gross income: add lines 1 and 2d"         ["IRC 24(b)(1)"]  = l1 + l2d;
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
        "18b" l18b "Nontaxable combat pay"                                    ["IRC 24(d)(1), 112"] = refused();
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

/// The row of the rates that holds the income; above them all the last one.
fn savers_row(given: &Given) -> Vec<Figure> {
    let tops = given.law.savers.tops.of(given.status);
    let income = given.amount(given.of);
    let row = tops.iter().position(|top| income <= *top);
    let from = row.unwrap_or(tops.len()).checked_sub(1);
    let over = from.map(|row| Figure::row("savers.tops", row).says("Income is over this"));
    let within = row.map(|row| {
        [
            Figure::row("savers.tops", row).says("Income is no more than this"),
            Figure::row("savers.rates", row).says("The rate up to there"),
        ]
    });
    over.into_iter().chain(within.into_iter().flatten()).collect()
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
             by eic_rows(l4b);
        "8"  l8  "Adjusted gross income"                                                        = income.agi;
        "10" l10 "Credit for line 8, EIC Table, where line 8 reaches the phase-out" ["IRC 32(a)(2)"] = credit_by_agi(law, filer, total, income, l7, round);
             by eic_start, eic_rows(l8);
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

/// The column of the credit by qualifying children.
fn column(given: &Given) -> usize {
    usize::try_from(given.count("filer.eic_children").clamp(0, 3)).unwrap_or(0)
}

fn eic_start(given: &Given) -> Vec<Figure> {
    vec![Figure::row(given.or_joint("eic.start"), column(given)).says("Where the credit begins to shrink")]
}

/// What the credit for an amount comes from: its rise or its fall, by qualifying children, and who may have it.
fn eic_rows(given: &Given) -> Vec<Figure> {
    let (at, amount) = (column(given), given.amount(given.of));
    let start = if given.status.is_joint() { given.law.eic.start_joint[at] } else { given.law.eic.start[at] };
    let mut figures = vec![
        Figure::row("eic.rate_in", at).says("The credit's part of earned income"),
        Figure::row("eic.earned", at).says("Of so much earned income, at most"),
        Figure::row("eic.most", at).says("The most credit"),
    ];
    if amount >= start {
        figures.push(Figure::row("eic.rate_out", at).says("Taken off it, of what is over the start"));
        figures.extend(eic_start(given));
    }
    if given.round == Round::WholeDollar {
        figures.push(Figure::new("eic.row").says("The width of a row of the EIC Table; its middle counts"));
    }
    figures.push(Figure::new("eic.investment").says("Investment income, at most"));
    if at == 0 {
        figures.push(Figure::new("eic.youngest").says("Age without a child, at least"));
        figures.push(Figure::new("eic.oldest").says("Age without a child, at most"));
    }
    figures
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

    fn column(age: i64, w2: i64, plan: [i64; 2], ira: i64, roth: i64) -> Form8880Column {
        let (law, _) = law::of(2025).expect("law");
        let person = Individual { age, reached: age, ..Individual::default() };
        let w2 = W2 { deferrals: Usd::dollars(w2), ..W2::default() };
        let [s15, s18] = plan.map(Usd::dollars);
        let plan = PlanWorksheet { s13: Usd::dollars(9_000), s15, s18, ..PlanWorksheet::BLANK };
        let ira = IraDeduction { contributed: Usd::dollars(ira), ..IraDeduction::BLANK };
        let roth = RothContribution { paid: Usd::dollars(roth), l11: Usd::dollars(7_000), ..RothContribution::BLANK };
        Form8880Column::fill(law, &person, &w2, &plan, &ira, &roth, Round::Cents)
    }

    fn credit(columns: &[Form8880Column], agi: i64, tax: i64, before: i64) -> Form8880 {
        let (law, _) = law::of(2025).expect("law");
        let filer = Filer { status: FilingStatus::Joint, ..Filer::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(tax), ..Form1040Tax::BLANK };
        Form8880::fill(
            law,
            &filer,
            columns,
            &income,
            &tax,
            &CareCredit { l11: Usd::dollars(before), ..CareCredit::BLANK },
            &Form8863::BLANK,
            &ScheduleR::BLANK,
            Round::Cents,
        )
    }

    #[test]
    fn an_ira_counts_for_the_savers_credit_together_with_deferrals() {
        // 1,500 + 800 = 2,300, of which 2,000; the spouse 1,100. 3,100 x 20% at 50,000 = 620.
        let columns = [column(40, 800, [0, 0], 1_500, 0), column(40, 0, [0, 0], 1_100, 0)];
        assert_eq!((columns[0].l3, columns[0].l6), (Usd::dollars(2_300), Usd::dollars(2_000)));
        let f = credit(&columns, 50_000, 1_850, 0);
        assert_eq!((f.l7, f.l10, f.l12), (Usd::dollars(3_100), Usd::dollars(620), Usd::dollars(620)));
        // The credits before it take 1,450 of the tax and leave 400.
        assert_eq!(credit(&columns, 50_000, 1_850, 1_450).l12, Usd::dollars(400));
        // No more than the tax; none above the last top.
        assert_eq!(credit(&columns, 50_000, 500, 0).l12, Usd::dollars(500));
        assert_eq!(credit(&columns, 79_001, 9_000, 0).stopped_at, Some("9"));
        assert_eq!(credit(&[column(40, 0, [0, 0], 0, 0)], 50_000, 500, 0).stopped_at, Some("7"));
    }

    #[test]
    fn roth_contributions_and_deferrals_to_the_own_plan_count_and_the_employer_s_part_does_not() {
        let columns = column(55, 100, [700, 300], 200, 400);
        assert_eq!((columns.l1, columns.l2, columns.l6), (Usd::dollars(600), Usd::dollars(1_100), Usd::dollars(1_700)));
        assert_eq!(column(17, 100, [0, 0], 200, 0).l6, Usd::ZERO);
    }
}
