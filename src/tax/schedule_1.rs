//! Schedule 1, Additional Income and Adjustments to Income.

use crate::form;
use crate::tax::adjustments::{IraDeduction, StudentLoanInterest};
use crate::tax::facts::OtherIncome;
use crate::tax::form::{refused, sum};
use crate::tax::form_461::Form461;
use crate::tax::form_7206::Form7206;
use crate::tax::form_8889::Form8889;
use crate::tax::premium::SpecifiedPremiums;
use crate::tax::retirement::PlanWorksheet;
use crate::tax::schedule_c::ScheduleC;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// Schedule 1 (Form 1040), Part I. Both spouses' businesses on a joint return.
    Schedule1 = "schedule-1", "Schedule 1 (Form 1040), Additional Income and Adjustments to Income";
    (c: &[ScheduleC], other: &OtherIncome, excess: &Form461, hsa: &[Form8889]; round) {
        "1"  l1  "Taxable refunds, credits, or offsets of state and local income taxes" ["IRC 111"] = other.state_refund;
        "3"  l3  "Business income or (loss), Schedule C line 31"              ["IRC 61(a)(2)"]  = sum(c, |c| c.l31);
        "7"  l7  "Unemployment compensation"                                  ["IRC 85"]        = other.unemployment;
        "8a" l8a "Net operating loss"                                         ["IRC 172"]       = refused();
        "8f" l8f "Income from Form 8889, lines 16 and 20"                     ["IRC 223(f)(2)"] = sum(hsa, |hsa| hsa.l16 + hsa.l20);
        "8p" l8p "Section 461(l) excess business loss adjustment"             ["IRC 461(l)"]    = excess.excess;
        "8z" l8z "Other income"                                               ["IRC 61"]        = other.other;
        "9"  l9  "Total other income: add lines 8a through 8z"                                  = l8f + l8p + l8z - l8a;
        "10" l10 "Additional income; to Form 1040 line 8"                                       = l1 + l3 + l7 + l9;
    }
}

form! {
    /// Schedule 1 (Form 1040), Part II. Both spouses' forms on a joint return.
    Schedule1Adjustments = "schedule-1", "Schedule 1 (Form 1040), Additional Income and Adjustments to Income";
    (se: &[ScheduleSe], hsa: &[Form8889], plan: &[PlanWorksheet], health: &[Form7206], market: &SpecifiedPremiums, ira: &[IraDeduction], loan: &StudentLoanInterest; round) {
        "13" l13 "Health savings account deduction, Form 8889 line 13"        ["IRC 223"]       = sum(hsa, |hsa| hsa.l13);
        "15" l15 "Deductible part of self-employment tax, Schedule SE line 13" ["IRC 164(f)"]   = sum(se, |se| se.l13);
        "16" l16 "Self-employed SEP, SIMPLE, and qualified plans"             ["IRC 404(a)(8)"] = sum(plan, |plan| plan.s22);
        "17" l17 "Self-employed health insurance deduction, Form 7206 line 14, and of marketplace premiums" ["IRC 162(l)"]   = sum(health, |health| health.l14) + market.deduction;
        "20" l20 "IRA deduction"                                              ["IRC 219"]       = sum(ira, |ira| ira.deduction);
        "21" l21 "Student loan interest deduction"                            ["IRC 221"]       = loan.l9;
        "25" l25 "Total other adjustments"                                    ["IRC 62"]        = refused();
        "26" l26 "Adjustments to income; to Form 1040 line 10"                                  = l13 + l15 + l16 + l17 + l20 + l21 + l25;
    }
}
