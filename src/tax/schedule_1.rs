//! Schedule 1, Additional Income and Adjustments to Income.

use crate::form;
use crate::tax::adjustments::{IraDeduction, StudentLoanInterest};
use crate::tax::facts::{Business, OtherIncome};
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
    (c: &[ScheduleC], business: &[Business], other: &OtherIncome, excess: &Form461, hsa: &[Form8889]; round) {
        "1"  l1  "Taxable refunds, credits, or offsets of state and local income taxes" ["IRC 111"] = other.state_refund;
        "2a" l2a "Alimony received under an agreement of 2018 or before"      ["Former IRC 71"]  = refused();
        "3"  l3  "Business income or (loss), Schedule C line 31"              ["IRC 61(a)(2)"]  = sum(c, |c| c.l31);
        "4"  l4  "Other gains or (losses), Form 4797"                         ["IRC 1231, 1245"] = sum(business, |business| business.property_gain);
        "5"  l5  "Rents, royalties, partnerships, S corporations, trusts, Schedule E" ["IRC 61(a)(5), (6), 702, 1366"] = refused();
        "6"  l6  "Farm income or (loss), Schedule F"                          ["IRC 61(a)(2)"]   = refused();
        "7"  l7  "Unemployment compensation"                                  ["IRC 85"]        = other.unemployment;
        "8a" l8a "Net operating loss"                                         ["IRC 172"]       = refused();
        "8b" l8b "Gambling"                                                   ["IRC 61"]         = refused();
        "8c" l8c "Cancellation of debt"                                       ["IRC 61(a)(11)"]  = refused();
        "8d" l8d "Foreign earned income exclusion, Form 2555"                 ["IRC 911"]        = refused();
        "8e" l8e "Income from Form 8853"                                      ["IRC 220(f), 7702B"] = refused();
        "8f" l8f "Income from Form 8889, lines 16 and 20"                     ["IRC 223(f)(2)"]  = sum(hsa, |hsa| hsa.l16 + hsa.l20);
        "8g" l8g "Alaska Permanent Fund dividends"                            ["IRC 61"]         = refused();
        "8j" l8j "Income of an activity not for profit"                       ["IRC 183"]        = refused();
        "8k" l8k "Stock options"                                              ["IRC 83"]         = refused();
        "8l" l8l "Rental of personal property, for profit but not as a business" ["IRC 61(a)(5)"] = refused();
        "8m" l8m "Olympic and Paralympic medals and prize money"              ["IRC 74(d)"]      = refused();
        "8n" l8n "Section 951(a) inclusion"                                   ["IRC 951(a)"]     = refused();
        "8o" l8o "Section 951A(a) inclusion"                                  ["IRC 951A(a)"]    = refused();
        "8p" l8p "Section 461(l) excess business loss adjustment"             ["IRC 461(l)"]    = excess.excess;
        "8q" l8q "Taxable distributions from an ABLE account"                 ["IRC 529A(c)"]    = refused();
        "8r" l8r "Scholarships and fellowships not on Form W-2"               ["IRC 117"]        = refused();
        "8s" l8s "Medicaid waiver payments that are not taxed, of those on Form 1040 lines 1a and 1d" ["IRC 131"] = refused();
        "8t" l8t "Pension of a nonqualified or nongovernmental section 457 plan" ["IRC 409A, 457(f)"] = refused();
        "8u" l8u "Wages earned while incarcerated"                            ["IRC 61(a)(1)"]   = refused();
        "8v" l8v "Digital assets received as ordinary income"                 ["IRC 61"]         = refused();
        "8z" l8z "Other income"                                               ["IRC 61"]        = other.other;
        "9"  l9  "Total other income: add lines 8a through 8z"                                  =
            l8b + l8c + l8e + l8f + l8g + l8j + l8k + l8l + l8m + l8n + l8o + l8p + l8q + l8r + l8t + l8u + l8v + l8z
                - l8a - l8d - l8s;
        "10" l10 "Additional income; to Form 1040 line 8"                                       = l1 + l2a + l3 + l4 + l5 + l6 + l7 + l9;
    }
}

form! {
    /// Schedule 1 (Form 1040), Part II. Both spouses' forms on a joint return.
    Schedule1Adjustments = "schedule-1", "Schedule 1 (Form 1040), Additional Income and Adjustments to Income";
    (se: &[ScheduleSe], hsa: &[Form8889], plan: &[PlanWorksheet], health: &[Form7206], market: &SpecifiedPremiums, ira: &[IraDeduction], loan: &StudentLoanInterest; round) {
        "11" l11 "Educator expenses"                                          ["IRC 62(a)(2)(D)"] = refused();
        "12" l12 "Expenses of reservists, performing artists, fee-basis officials, Form 2106" ["IRC 62(a)(2)(B), (C), (E)"] = refused();
        "13" l13 "Health savings account deduction, Form 8889 line 13"        ["IRC 223"]       = sum(hsa, |hsa| hsa.l13);
        "14" l14 "Moving expenses of members of the Armed Forces, Form 3903"  ["IRC 217(g)"]     = refused();
        "15" l15 "Deductible part of self-employment tax, Schedule SE line 13" ["IRC 164(f)"]   = sum(se, |se| se.l13);
        "16" l16 "Self-employed SEP, SIMPLE, and qualified plans"             ["IRC 404(a)(8)"] = sum(plan, |plan| plan.s22);
        "17" l17 "Self-employed health insurance deduction, Form 7206 line 14, and of marketplace premiums" ["IRC 162(l)"]   = sum(health, |health| health.l14) + market.deduction;
        "18" l18 "Penalty on early withdrawal of savings"                     ["IRC 62(a)(9)"]   = refused();
        "19a" l19a "Alimony paid under an agreement of 2018 or before"        ["Former IRC 215"] = refused();
        "20" l20 "IRA deduction"                                              ["IRC 219"]       = sum(ira, |ira| ira.deduction);
        "21" l21 "Student loan interest deduction"                            ["IRC 221"]       = loan.l9;
        "23" l23 "Archer MSA deduction, Form 8853"                            ["IRC 220"]        = refused();
        "24a" l24a "Jury duty pay given to the employer"                      ["IRC 62(a)(13)"]  = refused();
        "24b" l24b "Expenses of the rental of personal property, line 8l"     ["IRC 62(a)(4)"]   = refused();
        "24c" l24c "Value of Olympic medals and prize money that is not taxed, line 8m" ["IRC 74(d)"] = refused();
        "24d" l24d "Reforestation amortization and expenses"                  ["IRC 62(a)(11)"]  = refused();
        "24e" l24e "Repayment of supplemental unemployment benefits"          ["IRC 62(a)(12)"]  = refused();
        "24f" l24f "Contributions to section 501(c)(18)(D) pension plans"     ["IRC 501(c)(18)"] = refused();
        "24g" l24g "Contributions by chaplains to section 403(b) plans"       ["IRC 404(a)(10)"] = refused();
        "24h" l24h "Attorney fees in claims of unlawful discrimination"       ["IRC 62(a)(20)"]  = refused();
        "24i" l24i "Attorney fees for an award of the IRS to a whistleblower" ["IRC 62(a)(21)"]  = refused();
        "24j" l24j "Housing deduction, Form 2555"                             ["IRC 911(c)(4)"]  = refused();
        "24k" l24k "Excess deductions of section 67(e), Schedule K-1 of Form 1041" ["IRC 67(e), 642(h)"] = refused();
        "24z" l24z "Other adjustments"                                        ["IRC 62"]         = refused();
        "25" l25 "Total other adjustments: add lines 24a through 24z"                            =
            l24a + l24b + l24c + l24d + l24e + l24f + l24g + l24h + l24i + l24j + l24k + l24z;
        "26" l26 "Adjustments to income; to Form 1040 line 10"                                  =
            l11 + l12 + l13 + l14 + l15 + l16 + l17 + l18 + l19a + l20 + l21 + l23 + l25;
    }
}
