//! Form 8995-A, Qualified Business Income Deduction above the threshold, and which of the two forms is used.

use crate::form;
use crate::law::Law;
use crate::money::{Exact, Ratio, Usd};
use crate::tax::facts::{Business, Filer};
use crate::tax::form::{refused, sum};
use crate::tax::form_8995::{Form8995, QualifiedIncome, minimum};

form! {
    /// Form 8995-A, Part III, the lines that are the same for every business, and the percentage of Schedule A for
    /// specified services. Up to the threshold Form 8995 is used instead, and this one stops.
    Form8995APhaseIn = "form-8995-a", "Form 8995-A, Qualified Business Income Deduction";
    (law: &Law, filer: &Filer, simple: &Form8995; round) {
        "20" l20 "Taxable income before qualified business income deduction"  ["IRC 199A(e)(1)"]    = simple.l11;
        "21" l21 "Threshold"                                                  ["IRC 199A(e)(2)"]    = law.qbi.threshold.of(filer.status);
             stop if l20 <= l21;
        "22" l22 "Line 20 less line 21"                                                             = l20 - l21;
        "23" l23 "Phase-in range"                                             ["IRC 199A(b)(3)(B)"] = law.qbi.range.of(filer.status);
        "24" l24: Ratio "Phase-in percentage: line 22 divided by line 23, at most 1" ["IRC 199A(b)(3)(B)"] = Ratio::of(l22.min(l23), l23);
        "applicable" applicable: Ratio "Schedule A: the part of a specified service that counts, 1 less line 24" ["IRC 199A(d)(3)"] = rest(l24);
    }
}

fn rest(part: Ratio) -> Ratio {
    Ratio { of: part.whole - part.of, whole: part.whole }
}

form! {
    /// What counts of one business above the threshold: all of it, or the part that Schedule A leaves of a specified
    /// service.
    Form8995ACounted = "form-8995-a-counted", "Form 8995-A, Schedule A: what counts of a business";
    (business: &Business, qualified: &QualifiedIncome, phase: &Form8995APhaseIn; round) {
        "income"   income   "Qualified business income or (loss)"             ["IRC 199A(d)(3)"] = of_kind(business, qualified.income, phase);
        "wages"    wages    "Wages paid by the business"                      ["IRC 199A(b)(4)"] = of_kind(business, business.wages.floor0(), phase);
        "property" property "Qualified property, unadjusted basis"            ["IRC 199A(b)(6)"] = of_kind(business, business.property.floor0(), phase);
    }
}

/// All of it; of a specified service the applicable percentage (IRC 199A(d)(3)(A)).
fn of_kind(business: &Business, amount: Usd, phase: &Form8995APhaseIn) -> Exact {
    if business.specified_service == 0 { amount.into() } else { amount * phase.applicable }
}

form! {
    /// Form 8995-A, Schedule C: losses of some businesses are spread over the others.
    Form8995ALosses = "form-8995-a-losses", "Form 8995-A, Schedule C: loss netting";
    (counted: &[Form8995ACounted], simple: &Form8995; round) {
        "gains"  gains  "Income of the businesses that have some"                                = sum(counted, |counted| counted.income.floor0());
        "losses" losses "Losses of the others, and those carried from the year before" ["IRC 199A(c)(2); Reg. 1.199A-1(d)(2)(iii)"] = sum(counted, |counted| (-counted.income).floor0()) - simple.l3;
    }
}

form! {
    /// Form 8995-A, Parts II and III, the column of one business.
    Form8995ABusiness = "form-8995-a-business", "Form 8995-A, Parts II and III, one business";
    (law: &Law, counted: &Form8995ACounted, losses: &Form8995ALosses, phase: &Form8995APhaseIn; round) {
        "2"  l2  "Qualified business income, less its part of the losses, not below zero" ["IRC 199A(b)(2)"] = (counted.income.floor0() - apportioned(counted, losses, round)).floor0();
        "3"  l3  "Line 2 times 20%"                                           ["IRC 199A(b)(2)(A)"] = l2 * law.qbi.rate;
        "4"  l4  "Wages paid by the business, Forms W-2"                      ["IRC 199A(b)(4)"]    = counted.wages;
        "5"  l5  "Line 4 times 50%"                                           ["IRC 199A(b)(2)(B)(i)"] = l4 * law.qbi.wage_rate;
        "6"  l6  "Line 4 times 25%"                                           ["IRC 199A(b)(2)(B)(ii)"] = l4 * law.qbi.wage_rate_with_property;
        "7"  l7  "Qualified property, unadjusted basis immediately after acquisition" ["IRC 199A(b)(6)"] = counted.property;
        "8"  l8  "Line 7 times 2.5%"                                          ["IRC 199A(b)(2)(B)(ii)"] = l7 * law.qbi.property_rate;
        "9"  l9  "Add lines 6 and 8"                                                                = l6 + l8;
        "10" l10 "Larger of line 5 or line 9"                                 ["IRC 199A(b)(2)(B)"] = l5.max(l9);
        "11" l11 "Limit by wages and property: smaller of line 3 or line 10"  ["IRC 199A(b)(2)"]    = l3.min(l10);
        "17" l17 "Amount from line 3"                                                               = l3;
        "18" l18 "Amount from line 10"                                                              = l10;
        "19" l19 "Line 17 less line 18, not below zero"                                             = l17.excess(l18);
        "25" l25 "Line 19 times line 24"                                      ["IRC 199A(b)(3)(B)"] = l19 * phase.l24;
        "26" l26 "Line 17 less line 25"                                                             = l17 - l25;
        "12" l12 "Phased-in reduction: line 26 within the range, if line 10 is less than line 3" ["IRC 199A(b)(3)(B)"] = if within(phase, l19) == 0 { Usd::ZERO } else { l26 };
        "13" l13 "Larger of line 11 or line 12"                                                     = l11.max(l12);
        "14" l14 "Patron reduction"                                           ["IRC 199A(b)(7)"]    = refused();
        "15" l15 "Qualified business income component: line 13 less line 14"                        = l13 - l14;
    }
}

/// A business's part of the losses, by its income.
fn apportioned(counted: &Form8995ACounted, losses: &Form8995ALosses, round: crate::money::Round) -> Usd {
    round.enter(losses.losses * Ratio::of(counted.income.floor0(), losses.gains))
}

/// Part III: only within the range, and only if line 10 is less than line 3.
fn within(phase: &Form8995APhaseIn, short: Usd) -> i64 {
    i64::from(phase.l22 <= phase.l23 && short > Usd::ZERO)
}

form! {
    /// Form 8995-A, Part IV.
    Form8995A = "form-8995-a", "Form 8995-A, Qualified Business Income Deduction";
    (law: &Law, business: &[Form8995ABusiness], counted: &[Form8995ACounted], simple: &Form8995; round) {
        "16" l16 "Total qualified business income component"                                        = sum(business, |business| business.l15);
        "27" l27 "Amount from line 16"                                                              = l16;
        "28" l28 "Qualified REIT dividends and PTP income or (loss)"          ["IRC 199A(e)(3), (4)"] = refused();
        "29" l29 "Qualified REIT dividends and PTP (loss) carryforward"       ["IRC 199A(b)(1)(B)"] = refused();
        "30" l30 "Combine lines 28 and 29, not below zero"                                          = (l28 + l29).floor0();
        "31" l31 "REIT and PTP component: line 30 times 20%"                  ["IRC 199A(b)(1)(B)"] = l30 * law.qbi.rate;
        "32" l32 "Deduction before the income limitation: add lines 27 and 31"                      = l27 + l31;
        "33" l33 "Taxable income before qualified business income deduction"  ["IRC 199A(e)(1)"]    = simple.l11;
        "34" l34 "Net capital gain and qualified dividends"                   ["IRC 199A(a)(2)(B)"] = simple.l12;
        "35" l35 "Line 33 less line 34, not below zero"                                             = l33.excess(l34);
        "36" l36 "Income limitation: line 35 times 20%"                       ["IRC 199A(a)(2)"]    = l35 * law.qbi.rate;
        "37" l37 "Smaller of line 32 or line 36"                              ["IRC 199A(a)"]       = l32.min(l36);
        "38" l38 "Deduction of a cooperative's production activities"         ["IRC 199A(g)"]       = refused();
        "39" l39 "Add lines 37 and 38"                                        ["IRC 199A(a)"]       = l37 + l38;
        "40" (from 2026) l40_minimum "Minimum deduction, if active business income reaches its floor" ["IRC 199A(i)"] = minimum(law, sum(counted, |counted| counted.income));
             by "qbi.minimum.deduction", "qbi.minimum.active_income";
        "41" (from 2026) l41 "Qualified business income deduction: larger of line 39 or line 40" ["IRC 199A(a), (i)"] = l39.max(l40_minimum);
        "42" ("40" until 2025) l42 "REIT and PTP (loss) carryforward to next year" ["IRC 199A(b)(1)(B)"] = (l28 + l29).min(Usd::ZERO);
    }
}

form! {
    /// The deduction of the form that applies: Form 8995 up to the threshold, Form 8995-A above it.
    BusinessDeduction = "business-deduction", "Qualified business income deduction";
    (simple: &Form8995, phase: &Form8995APhaseIn, full: &Form8995A; round) {
        "1" deduction "From Form 8995 up to the threshold, else from Form 8995-A" ["IRC 199A(b)(3)(A)"] = if phase.l22 == Usd::ZERO { simple.l17_larger } else { full.l41 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::Round;

    #[test]
    fn wages_paid_lift_the_limit() {
        let (law, _) = law::of(2025).expect("law");
        let counted = |wages: i64, property: i64| Form8995ACounted {
            income: Usd::dollars(200_000),
            wages: Usd::dollars(wages),
            property: Usd::dollars(property),
            ..Form8995ACounted::BLANK
        };
        let phase =
            Form8995APhaseIn { l22: Usd::dollars(60_000), l23: Usd::dollars(50_000), ..Form8995APhaseIn::BLANK };
        let limit = |wages, property| {
            let (counted, losses) = (counted(wages, property), Form8995ALosses::BLANK);
            Form8995ABusiness::fill(law, &counted, &losses, &phase, Round::Cents).l15
        };
        // Half of 30,000 is 15,000; a quarter of 30,000 and 2.5% of 400,000 is 7,500 + 10,000 = 17,500; at most 40,000.
        assert_eq!((limit(30_000, 0), limit(30_000, 400_000)), (Usd::dollars(15_000), Usd::dollars(17_500)));
        assert_eq!(limit(100_000, 0), Usd::dollars(40_000));
    }

    /// Each business: income, qualified property, specified service.
    fn form(year: i32, status: FilingStatus, taxable: i64, businesses: &[(i64, i64, i64)]) -> Form8995A {
        let (law, _) = law::of(year).expect("law");
        let round = Round::Cents;
        let filer = Filer { status, ..Filer::default() };
        let simple = Form8995 { l11: Usd::dollars(taxable), ..Form8995::BLANK };
        let phase = Form8995APhaseIn::fill(law, &filer, &simple, round);
        let counted = |(income, property, specified_service): &(i64, i64, i64)| {
            let property = Usd::dollars(*property);
            let business = Business { specified_service: *specified_service, property, ..Business::default() };
            let qualified = QualifiedIncome { income: Usd::dollars(*income), ..QualifiedIncome::BLANK };
            Form8995ACounted::fill(&business, &qualified, &phase, round)
        };
        let counted: Vec<_> = businesses.iter().map(counted).collect();
        let losses = Form8995ALosses::fill(&counted, &simple, round);
        let columns: Vec<_> =
            counted.iter().map(|counted| Form8995ABusiness::fill(law, counted, &losses, &phase, round)).collect();
        Form8995A::fill(law, &columns, &counted, &simple, round)
    }

    #[test]
    fn halfway_through_the_range_half_is_left() {
        // 2025 single: 197,300 + 25,000 = 222,300; 20% of 200,000 = 40,000; half of it 20,000.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, &[(200_000, 0, 0)]).l41, Usd::dollars(20_000));
        // Specified services: half of 200,000 counts, 20,000, of which half is left: 10,000.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, &[(200_000, 0, 1)]).l41, Usd::dollars(10_000));
        assert_eq!(form(2025, FilingStatus::Single, 260_000, &[(200_000, 0, 0)]).l41, Usd::ZERO);
    }

    #[test]
    fn qualified_property_carries_a_part_above_the_range() {
        // 6,000 of computers: 2.5% is 150, above the range all that is left of 40,000.
        assert_eq!(form(2025, FilingStatus::Single, 260_000, &[(200_000, 6_000, 0)]).l41, Usd::dollars(150));
        // Halfway: 40,000 - (40,000 - 150) / 2 = 20,075.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, &[(200_000, 6_000, 0)]).l41, Usd::dollars(20_075));
        // Of a specified service half the income and half the property: 20,000 - (20,000 - 75) / 2 = 10,037.50.
        assert_eq!(form(2025, FilingStatus::Single, 222_300, &[(200_000, 6_000, 1)]).l41, Usd::from_cents(1_003_750));
    }

    #[test]
    fn each_business_has_its_own_column() {
        // Coding 100,000 and consulting 100,000, halfway: 20,000 / 2 = 10,000; consulting 50,000 x .2 = 10,000 / 2 = 5,000.
        let mixed = form(2025, FilingStatus::Single, 222_300, &[(100_000, 0, 0), (100_000, 0, 1)]);
        assert_eq!(mixed.l41, Usd::dollars(15_000));
        // A loss of 30,000 falls on 90,000 and 60,000 as 18,000 and 12,000: 72,000 and 48,000; together 24,000, half of it.
        let netted = form(2025, FilingStatus::Single, 222_300, &[(90_000, 0, 0), (60_000, 0, 0), (-30_000, 0, 0)]);
        assert_eq!(netted.l41, Usd::dollars(12_000));
        assert_eq!(form(2025, FilingStatus::Single, 222_300, &[(50_000, 0, 0), (-60_000, 0, 0)]).l41, Usd::ZERO);
    }

    #[test]
    fn above_the_range_2026_leaves_400_but_not_to_specified_services() {
        assert_eq!(form(2026, FilingStatus::Single, 400_000, &[(300_000, 0, 0)]).l41, Usd::dollars(400));
        assert_eq!(form(2026, FilingStatus::Single, 400_000, &[(300_000, 0, 1)]).l41, Usd::ZERO);
    }

    #[test]
    fn a_surviving_spouse_has_the_threshold_of_a_single_person() {
        // Form 8995-A line 21: only a joint return doubles. 300,000 is above 191,950 + 50,000 for 2024.
        assert_eq!(form(2024, FilingStatus::Survivor, 300_000, &[(250_000, 0, 0)]).l41, Usd::ZERO);
    }
}
