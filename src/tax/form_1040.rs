//! Form 1040, U.S. Individual Income Tax Return, in the order in which it can be filled: income, deductions and tax,
//! then credits and payments. Between them stand the schedules that read one part and feed the next.

use crate::form;
use crate::law::Law;
use crate::money::Usd;
use crate::tax::credits::{EarnedIncomeCredit, Schedule8812};
use crate::tax::deductions::Deductions;
use crate::tax::facts::{Filer, OtherIncome, W2};
use crate::tax::form::{refused, sum};
use crate::tax::form_2441::CareBenefits;
use crate::tax::form_8863::Form8863;
use crate::tax::form_8959::Form8959;
use crate::tax::form_8995a::BusinessDeduction;
use crate::tax::gains::CapitalGains;
use crate::tax::schedule_1::{Schedule1, Schedule1Adjustments};
use crate::tax::schedule_1a::Schedule1A;
use crate::tax::schedule_2::Schedule2;
use crate::tax::schedule_3::Schedule3;
use crate::tax::social_security::SocialSecurity;
use crate::tax::worksheets::{self, brackets};

form! {
    /// Form 1040, income.
    Form1040Income = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (w2: &[W2], care: &CareBenefits, other: &OtherIncome, gains: &CapitalGains, additional: &Schedule1; round) {
        "1a"  l1a "Wages, Forms W-2 box 1"                                    ["IRC 61(a)(1)"] = sum(w2, |w2| w2.wages);
        "1b"  l1b "Household employee wages not on Forms W-2"                 ["IRC 61(a)(1)"] = refused();
        "1c"  l1c "Tips not on line 1a"                                       ["IRC 61(a)(1)"] = refused();
        "1d"  l1d "Medicaid waiver payments not on Forms W-2"                 ["IRC 61, 131"]  = refused();
        "1e"  l1e "Taxable dependent care benefits, Form 2441 line 26"        ["IRC 129(a)"]   = care.l26;
        "1f"  l1f "Employer's adoption benefits, Form 8839 line 29"           ["IRC 137"]      = refused();
        "1g"  l1g "Wages from Form 8919 line 6"                               ["IRC 61(a)(1)"] = refused();
        "1h"  l1h "Other earned income"                                       ["IRC 61(a)(1)"] = refused();
        "1i"  l1i "Nontaxable combat pay that is chosen to count as earned"   ["IRC 32(c)(2)(B)(vi)"] = refused();
        "1z"  l1z "Add lines 1a through 1h"                                                    = l1a + l1b + l1c + l1d + l1e + l1f + l1g + l1h;
        "2a"  l2a "Tax-exempt interest"                                       ["IRC 103"]      = other.exempt_interest;
        "2b"  l2b "Taxable interest"                                          ["IRC 61(a)(4)"] = other.interest;
        "3a"  l3a "Qualified dividends"                                       ["IRC 1(h)(11)"] = other.qualified_dividends;
        "3b"  l3b "Ordinary dividends"                                        ["IRC 61(a)(7)"] = other.dividends;
        "4b"  l4b "IRA distributions, taxable amount"                         ["IRC 408(d)"]   = other.ira_distributions;
        "5b"  l5b "Pensions and annuities, taxable amount"                    ["IRC 72"]       = other.pensions;
        "7a" ("7" until 2024) l7 "Capital gain or (loss)"                     ["IRC 61(a)(3)"] = gains.l7;
        "8"   l8  "Additional income from Schedule 1 line 10"                                  = additional.l10;
    }
}

form! {
    /// Form 1040, total income.
    TotalIncome = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (income: &Form1040Income, benefits: &SocialSecurity; round) {
        "6a"  l6a "Social security benefits"                                  ["IRC 86"]       = benefits.l1;
        "6b"  l6b "Social security benefits, taxable amount"                  ["IRC 86"]       = benefits.l18;
        "9"   l9  "Total income: add lines 1z, 2b, 3b, 4b, 5b, 6b, 7a, and 8" ["IRC 61"]       =
            income.l1z + income.l2b + income.l3b + income.l4b + income.l5b + l6b + income.l7 + income.l8;
    }
}

form! {
    /// Form 1040, adjusted gross income.
    AdjustedGrossIncome = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (total: &TotalIncome, adjustments: &Schedule1Adjustments; round) {
        "10"  l10 "Adjustments to income from Schedule 1 line 26"             ["IRC 62"]       = adjustments.l26;
        "11a" ("11" until 2024) agi "Adjusted gross income"                   ["IRC 62"]       = total.l9 - l10;
    }
}

form! {
    /// The standard deduction, as the chart of the Form 1040 instructions gives it.
    StandardDeduction = "standard-deduction", "Standard deduction";
    (law: &Law, filer: &Filer; round) {
        "1" basic  "Basic standard deduction for the filing status"           ["IRC 63(c)(2), (7)"] = law.standard.basic.of(filer.status);
        "2" boxes: i64 "Boxes checked: counts as 65, or blind"                ["IRC 63(f)"]         = filer.boxes;
        "3" each   "For each box"                                             ["IRC 63(f)(3)"]      = if filer.status.has_married_boxes() { law.standard.extra_married } else { law.standard.extra_unmarried };
        "4" amount "Standard deduction; to Form 1040"                         ["IRC 63(c)(1)"]      = basic + each * boxes;
    }
}

form! {
    /// Form 1040, deductions and taxable income.
    Form1040Taxable = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (income: &AdjustedGrossIncome, deductions: &Deductions, business: &BusinessDeduction, extra: &Schedule1A; round) {
        "11b" (from 2025) l11b "Adjusted gross income, from line 11a"                          = income.agi;
        "12e" ("12" until 2024) deduction "Standard deduction or itemized deductions" ["IRC 63(b), (d)"] = deductions.taken;
        "12f" (from 2026) charity "Gifts to charity without itemizing"        ["IRC 170(p)"]   = deductions.charity;
        "13b" ("13" until 2024, "13a" until 2025) qbi "Qualified business income deduction, Form 8995 or 8995-A" ["IRC 199A"] = business.deduction;
        "13a" (from 2025) ("13b" until 2025) additional "Additional deductions, Schedule 1-A" ["IRC 63(b), 151(d)(5)(C), 163(h)(4), 224, 225"] = extra.l38;
        "14"  l14 "Total deductions"                                                           = deduction + charity + qbi + additional;
        "15"  l15 "Taxable income"                                            ["IRC 63"]       = income.agi.excess(l14);
    }
}

form! {
    /// The Qualified Dividends and Capital Gain Tax Worksheet. Without such income it comes to the tax on line 1.
    GainsTax = "gains-tax", "Qualified Dividends and Capital Gain Tax Worksheet";
    (law: &Law, filer: &Filer, taxable: &Form1040Taxable, gains: &CapitalGains; round) {
        "1"  l1  "Taxable income, Form 1040 line 15"                                           = taxable.l15;
        "4"  l4  "Qualified dividends and net capital gain"                   ["IRC 1(h)(3), (11)"] = gains.net;
        "5"  l5  "Line 1 less line 4, not below zero"                                          = l1.excess(l4);
        "6"  l6  "Where the 15% rate begins"                                  ["IRC 1(h)(1)(B)"] = law.gains.zero.of(filer.status);
        "7"  l7  "Smaller of line 1 or line 6"                                                 = l1.min(l6);
        "8"  l8  "Smaller of line 5 or line 7"                                                 = l5.min(l7);
        "9"  l9  "Taxed at 0%: line 7 less line 8"                            ["IRC 1(h)(1)(B)"] = l7 - l8;
        "10" l10 "Smaller of line 1 or line 4"                                                 = l1.min(l4);
        "12" l12 "Line 10 less line 9"                                                         = l10 - l9;
        "13" l13 "Where the 20% rate begins"                                  ["IRC 1(h)(1)(C)"] = law.gains.fifteen.of(filer.status);
        "14" l14 "Smaller of line 1 or line 13"                                                = l1.min(l13);
        "15" l15 "Add lines 5 and 9"                                                           = l5 + l9;
        "16" l16 "Line 14 less line 15, not below zero"                                        = l14.excess(l15);
        "17" l17 "Smaller of line 12 or line 16"                                               = l12.min(l16);
        "18" l18 "Line 17 times 15%"                                          ["IRC 1(h)(1)(C)"] = l17 * law.gains.rates[1];
        "19" l19 "Add lines 9 and 17"                                                          = l9 + l17;
        "20" l20 "Line 10 less line 19"                                                        = l10 - l19;
        "21" l21 "Line 20 times 20%"                                          ["IRC 1(h)(1)(D)"] = l20 * law.gains.rates[2];
        "22" l22 "Tax on line 5"                                              ["IRC 1, 3"]     = worksheets::tax(law, filer.status, l5, round);
             by brackets(l5);
        "9t" l9t "Line 9 times 0%"                                            ["IRC 1(h)(1)(B)"] = l9 * law.gains.rates[0];
        "23" l23 "Add lines 18, 21, and 22"                                                    = l9t + l18 + l21 + l22;
        "24" l24 "Tax on line 1: Tax Table below $100,000, else the rate schedule" ["IRC 1, 3"] = worksheets::tax(law, filer.status, l1, round);
             by brackets(l1);
        "25" l25 "Smaller of line 23 or line 24; to Form 1040 line 16"        ["IRC 1(h)(1)"]  = l23.min(l24);
    }
}

form! {
    /// Form 1040, lines 16 to 18.
    Form1040Tax = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (gains: &GainsTax, other: &Schedule2; round) {
        "16"  l16 "Tax"                                                       ["IRC 1, 3"]     = gains.l25;
        "17"  l17 "Amount from Schedule 2 line 3"                                              = other.l3;
        "18"  l18 "Add lines 16 and 17"                                                        = l16 + l17;
    }
}

form! {
    /// Form 1040, credits, total tax, payments, and what is owed or refunded.
    Form1040 = "form-1040", "Form 1040, U.S. Individual Income Tax Return";
    (filer: &Filer, w2: &[W2], other_income: &OtherIncome, tax: &Form1040Tax, children: &Schedule8812, credits: &Schedule3, other: &Schedule2, medicare: &Form8959, earned: &EarnedIncomeCredit, education: &Form8863; round) {
        "19"  l19 "Child tax credit or credit for other dependents, Schedule 8812 line 14" ["IRC 24"] = children.l14;
        "20"  l20 "Amount from Schedule 3 line 8"                                              = credits.l8;
        "21"  l21 "Add lines 19 and 20"                                                        = l19 + l20;
        "22"  l22 "Subtract line 21 from line 18, not below zero"                              = tax.l18.excess(l21);
        "23"  l23 "Other taxes, including self-employment tax, Schedule 2 line 21"             = other.l21;
        "24a" ("24" until 2025) total_tax "Total tax"                                          = l22 + l23;
        "25a" l25a "Federal income tax withheld, Forms W-2"                   ["IRC 31"]       = sum(w2, |w2| w2.withheld);
        "25b" l25b "Federal income tax withheld, Forms 1099"                  ["IRC 31, 3405, 3406"] = other_income.withheld;
        "25c" l25c "Federal income tax withheld, Form 8959"                   ["IRC 31"]       = medicare.l24;
        "25d" l25d "Add lines 25a through 25c"                                                 = l25a + l25b + l25c;
        "26"  l26 "Estimated tax payments"                                    ["IRC 6315"]     = filer.estimated_payments;
        "27a" ("27" until 2024) eic "Earned income credit"                    ["IRC 32"]       = earned.l11;
        "28"  l28 "Additional child tax credit, Schedule 8812 line 27"        ["IRC 24(d)"]    = children.l27;
        "29"  l29 "American opportunity credit, Form 8863 line 8"             ["IRC 25A(i)"]   = education.l8;
        "30"  l30 "Refundable adoption credit, from 2025, Form 8839 line 13"    ["IRC 23(a)(4)"] = refused();
        "31"  l31 "Amount from Schedule 3 line 15"                                             = credits.l15;
        "32c" ("32" until 2025) refundable "Total other payments and refundable credits"       = eic + l28 + l29 + l30 + l31;
        "33"  l33 "Total payments"                                                             = l25d + l26 + refundable;
        "34"  l34 "Overpaid: line 33 less total tax"                          ["IRC 6402"]     = l33.excess(total_tax);
        "35a" l35a "Refunded: all of line 34"                                 ["IRC 6402(a)"]  = l34;
        "36"  l36 "Applied to the estimated tax of the next year"             ["IRC 6402(b)"]  = l34 - l35a;
        "37"  l37 "Amount you owe: total tax less line 33"                    ["IRC 6151"]     = total_tax.excess(l33);
        "38"  l38 "Estimated tax penalty; left to the IRS to figure"          ["IRC 6654"]     = Usd::ZERO;
    }
}

impl Form1040Income {
    /// Investment income for the earned income credit (IRC 32(i)(2)): interest, dividends, and gains above zero.
    pub fn investment(&self) -> Usd {
        self.l2a + self.l2b + self.l3b + self.l7.floor0()
    }
}

impl Form1040 {
    /// Total tax less refundable credits: what the year costs, however it was paid. Negative where credits exceed the tax.
    pub fn net_tax(&self) -> Usd {
        self.total_tax - self.refundable
    }
}
