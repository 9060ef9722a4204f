//! Form 8995, Qualified Business Income Deduction, and the income of each business that it starts from.

use crate::law::Law;
use crate::money::{Ratio, Usd};
use crate::tax::deductions::Deductions;
use crate::tax::facts::{Business, Filer, OtherIncome};
use crate::tax::form::{refused, sum};
use crate::tax::form_461::Form461;
use crate::tax::form_1040::AdjustedGrossIncome;
use crate::tax::form_7206::Form7206;
use crate::tax::gains::CapitalGains;
use crate::tax::premium::SpecifiedPremiums;
use crate::tax::retirement::PlanWorksheet;
use crate::tax::schedule_1a::Schedule1A;
use crate::tax::schedule_c::ScheduleC;
use crate::tax::schedule_se::ScheduleSe;
use crate::{facts, form};

facts! {
    /// What falls to one business of what is figured for the person.
    Share = "share" {
        profits: Usd "Profits of the person's businesses, losses left out";
        first: i64 "The person's first business, which sponsors plan and insurance: 1 if so";
        insures: i64 "Under it the insurance from the marketplace is established: 1 if so";
    }
}

form! {
    /// Qualified business income of one business: profit less what the instructions take off (Reg. 1.199A-3(b)(1)(vi)).
    /// The half of self-employment tax goes by profits; plan and insurance are those of the person's first business.
    /// Coding charts is not a specified service: it is not the performance of medical services (Reg. 1.199A-5(b)(2)(ii)).
    QualifiedIncome = "qualified-income", "Qualified business income of a business";
    (business: &Business, c: &ScheduleC, se: &ScheduleSe, plan: &PlanWorksheet, health: &Form7206, market: &SpecifiedPremiums, share: &Share; round) {
        "1" profit  "Net profit or (loss), Schedule C line 31"                ["IRC 199A(c)(1)"]            = c.l31;
        "1a" gain   "Ordinary gain or loss on its property, Schedule 1 line 4" ["Reg. 1.199A-3(b)(1)"]      = business.property_gain;
        "2" half_se "Deductible part of self-employment tax, by the share in profits" ["Reg. 1.199A-3(b)(1)(vi)"] = se.l13 * Ratio::of(profit.floor0(), share.profits);
        "3" plan_part "Own retirement plan, Schedule 1 line 16"               ["Reg. 1.199A-3(b)(1)(vi)"]   = plan.s22 * share.first;
        "4" premium "Self-employed health insurance, Schedule 1 line 17"      ["Reg. 1.199A-3(b)(1)(vi)"]   = health.l14 * share.first + market.deduction * share.insures;
        "5" income  "Qualified business income or (loss); to Form 8995 line 1" ["IRC 199A(c)"]              = profit + gain - half_se - plan_part - premium;
        "6" specified: i64 "A specified service: 1 if so"                     ["IRC 199A(d)(2)"]            = business.specified_service;
    }
}

form! {
    /// Form 8995, for taxable income up to the threshold.
    Form8995 = "form-8995", "Form 8995, Qualified Business Income Deduction Simplified Computation";
    (law: &Law, filer: &Filer, business: &[QualifiedIncome], income: &AdjustedGrossIncome, deductions: &Deductions, extra: &Schedule1A, gains: &CapitalGains, other: &OtherIncome, excess: &Form461; round) {
        "2"  l2  "Total qualified business income or (loss), without a loss that section 461(l) defers"                  ["IRC 199A(b)(1)(A)"] = sum(business, |business| business.income) + excess.excess;
        "3"  l3  "Qualified business net (loss) carryforward from the prior year" ["IRC 199A(c)(2)"] = Usd::ZERO - other.qbi_loss;
        "4"  l4  "Combine lines 2 and 3, not below zero"                                            = (l2 + l3).floor0();
        "5"  l5  "Qualified business income component: line 4 times 20%"      ["IRC 199A(b)(2)(A)"] = l4 * law.qbi.rate;
        "6"  l6  "Qualified REIT dividends and PTP income or (loss)"          ["IRC 199A(e)(3), (4)"] = refused();
        "7"  l7  "Qualified REIT dividends and PTP (loss) carryforward from the prior year" ["IRC 199A(b)(1)(B)"] = refused();
        "8"  l8  "Combine lines 6 and 7, not below zero"                                            = (l6 + l7).floor0();
        "9"  l9  "REIT and PTP component: line 8 times 20%"                   ["IRC 199A(b)(1)(B)"] = l8 * law.qbi.rate;
        "10" l10 "Deduction before the income limitation"                                           = l5 + l9;
        "11" l11 "Taxable income before qualified business income deduction"  ["IRC 199A(e)(1)"]    = income.agi - deductions.taken - deductions.charity - extra.l38;
        "12" l12 "Net capital gain and qualified dividends"                   ["IRC 199A(a)(2)(B)"] = gains.net;
        "13" l13 "Subtract line 12 from line 11, not below zero"                                    = l11.excess(l12);
        "14" l14 "Income limitation: line 13 times 20%"                       ["IRC 199A(a)(2)"]    = l13 * law.qbi.rate;
        "15" (from 2026) l15 "Smaller of line 10 or line 14"                              ["IRC 199A(a)"]       = l10.min(l14);
        "16" (from 2026) l16_minimum "Minimum deduction, if active business income reaches its floor" ["IRC 199A(i)"] = minimum(law, l2);
             by "qbi.minimum.deduction", "qbi.minimum.active_income";
        "17" ("15" until 2025) l17_larger "Qualified business income deduction" ["IRC 199A(a), (i)"] = l15.max(l16_minimum);
        "18" ("16" until 2025) l_carry "Qualified business (loss) carryforward to next year" ["IRC 199A(c)(2)"] = (l2 + l3).min(Usd::ZERO);
        "19" ("17" until 2025) l_reit_carry "REIT and PTP (loss) carryforward to next year" ["IRC 199A(b)(1)(B)"] = (l6 + l7).min(Usd::ZERO);
    }
}

/// The minimum deduction of the years that have one. It is "for" a taxpayer with taxable income; it never makes line 15 negative.
pub(super) fn minimum(law: &Law, active: Usd) -> Usd {
    match &law.qbi.minimum {
        Some(minimum) if active >= minimum.active_income => minimum.deduction,
        _ => Usd::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn form(year: i32, qualified: i64, agi: i64) -> Form8995 {
        let (law, _) = law::of(year).expect("law");
        let filer = Filer::default();
        let taken = law.standard.basic.single;
        let deductions = Deductions { taken, ..Deductions::BLANK };
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let business = QualifiedIncome { income: Usd::dollars(qualified), ..QualifiedIncome::BLANK };
        Form8995::fill(
            law,
            &filer,
            &[business],
            &income,
            &deductions,
            &Schedule1A::BLANK,
            &CapitalGains::BLANK,
            &OtherIncome::default(),
            &Form461::BLANK,
            Round::Cents,
        )
    }

    #[test]
    fn the_smaller_of_two_fifths() {
        // 50,000 x .20 = 10,000; (50,000 - 15,750) x .20 = 6,850.
        let f = form(2025, 50_000, 50_000);
        assert_eq!((f.l5, f.l14, f.l15), (Usd::dollars(10_000), Usd::dollars(6_850), Usd::dollars(6_850)));
    }

    #[test]
    fn a_loss_is_carried_and_allows_nothing() {
        let f = form(2025, -3_000, 40_000);
        assert_eq!((f.l15, f.l_carry), (Usd::ZERO, Usd::dollars(-3_000)));
    }

    #[test]
    fn from_2026_a_small_business_gets_400() {
        // 1,200 x .20 = 240 < 400. At 999 of active income there is no minimum: 199.80.
        assert_eq!(form(2026, 1_200, 60_000).l17_larger, Usd::dollars(400));
        assert_eq!(form(2026, 999, 60_000).l17_larger, Usd::from_cents(19_980));
        assert_eq!(form(2025, 1_200, 60_000).l17_larger, Usd::dollars(240));
    }
}
