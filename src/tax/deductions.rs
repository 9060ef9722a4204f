//! Schedule A, Itemized Deductions, and the choice between it and the standard deduction.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Usd};
use crate::tax::facts::{Filer, Payments};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::{AdjustedGrossIncome, StandardDeduction};
use crate::tax::form_7206::Form7206;
use crate::tax::form_8829::{Form8829, HomeChoice};
use crate::tax::form_8962::Form8962;
use crate::tax::premium::SpecifiedPremiums;

form! {
    /// Schedule A (Form 1040). The mortgage interest is taken as within the debt limit; gifts are cash.
    ScheduleA = "schedule-a", "Schedule A (Form 1040), Itemized Deductions";
    (law: &Law, filer: &Filer, payments: &Payments, health: &[Form7206], market: &SpecifiedPremiums, credit: &Form8962, income: &AdjustedGrossIncome, office: &[Form8829]; round) {
        "1"  l1  "Medical and dental expenses, with own premiums that are not deducted on Schedule 1" ["IRC 213(a), 162(l)(3)"] = payments.medical + sum(health, |health| health.l3 - health.l14) + (credit.borne - market.deduction).floor0();
        "2"  l2  "Adjusted gross income"                                                        = income.agi;
        "3"  l3  "Line 2 times 7.5%"                                          ["IRC 213(a)"]    = l2.floor0() * law.itemized.medical_floor;
        "4"  l4  "Line 1 less line 3, not below zero"                                           = l1.excess(l3);
        "5a" l5a "State and local income taxes, or general sales taxes"       ["IRC 164(a)(3), (b)(5)"] = payments.taxes;
        "5b" l5b "State and local real estate taxes, without the business part"                     ["IRC 164(a)(1)"] = payments.real_estate - sum(office, |office| office.taxes_part);
        "5c" l5c "State and local personal property taxes"                    ["IRC 164(a)(2)"] = payments.property_tax;
        "5d" l5d "Add lines 5a through 5c"                                                      = l5a + l5b + l5c;
        "w7" down "State and Local Tax Deduction Worksheet: what income over the start takes off the cap" ["IRC 164(b)(7)(B)"] = taken_off(law, filer, l2);
             by "salt.phase_down.start", "salt.phase_down.rate";
        "w9" cap "The cap for the income, not below its floor"                ["IRC 164(b)(6), (7)"] = salt_cap(law, down);
             by "salt.cap", "salt.phase_down.floor";
        "5e" l5e "Smaller of line 5d or the cap; half the cap on a separate return" ["IRC 164(b)(6)"] = l5d.min(halved(filer, cap, round));
        "6"  l6  "Other taxes"                                                ["IRC 164(a)"]    = refused();
        "7"  l7  "Taxes you paid: add lines 5e and 6"                                           = l5e + l6;
        "8a" l8a "Home mortgage interest, without the business part"                      ["IRC 163(h)(3)"] = payments.mortgage - sum(office, |office| office.interest_part);
        "8b" l8b "Home mortgage interest that no Form 1098 reports"           ["IRC 163(h)(3)"] = refused();
        "8c" l8c "Points that no Form 1098 reports"                           ["IRC 461(g)"]    = refused();
        "8d" (from 2026) l8d "Mortgage insurance premiums, less 10% for each started $1,000 of income over the start" ["IRC 163(h)(3)(E)"] = insurance(law, filer, payments.mortgage_insurance, l2);
             by "itemized.mortgage_insurance.start", "itemized.mortgage_insurance.step", "itemized.mortgage_insurance.per_step";
        "8e" l8e "Add lines 8a through 8d"                                                      = l8a + l8b + l8c + l8d;
        "9"  l9  "Investment interest"                                        ["IRC 163(d)"]    = refused();
        "10" l10 "Interest you paid"                                                            = l8e + l9;
        "11" l11 "Gifts by cash or check, at most 60% of adjusted gross income" ["IRC 170(b)(1)(G)"] = ceiling(law, payments.charity, l2, round);
             by "itemized.charity_ceiling";
        "12" l12 "Gifts other than by cash or check"                          ["IRC 170(e)"]    = refused();
        "13" l13 "Gifts carried from the prior year"                          ["IRC 170(d)"]    = refused();
        "15" ("14" until 2025) l14 "Gifts to charity, over 0.5% of adjusted gross income from 2026" ["IRC 170(b)(1)(I)"] = over_floor(law, l11 + l12 + l13, l2, round);
             by "itemized.charity_floor";
        "16" ("15" until 2025) l15 "Casualty and theft losses"                                  ["IRC 165(h)(5)"] = refused();
        "17" ("16" until 2025) l16 "Other itemized deductions"                                  ["IRC 67(b)"]     = refused();
        "18" ("17" until 2025) total "Total itemized deductions"              ["IRC 63(d)"]     = l4 + l7 + l10 + l14 + l15 + l16;
    }
}

/// Premiums shrink by steps of income, in the years that have the deduction.
fn insurance(law: &Law, filer: &Filer, premiums: Usd, income: Usd) -> Exact {
    law.itemized.mortgage_insurance.as_ref().map_or(Exact::default(), |shrinks| {
        let steps = income.excess(shrinks.start.of(filer.status)).steps_started(shrinks.step.of(filer.status));
        (Exact::from(premiums) - premiums * (shrinks.per_step * steps)).floor0()
    })
}

/// What is taken off the cap above the start of the phase-down.
pub(super) fn taken_off(law: &Law, filer: &Filer, magi: Usd) -> Exact {
    law.salt.phase_down.as_ref().map_or(Exact::default(), |down| magi.excess(down.start.of(filer.status)) * down.rate)
}

/// The cap before it is halved: the full one, or what is left of it.
pub(super) fn salt_cap(law: &Law, taken_off: Usd) -> Usd {
    let floor = law.salt.phase_down.as_ref().map_or(law.salt.cap, |down| down.floor);
    (law.salt.cap - taken_off).max(floor)
}

/// The worksheet halves at its last step only (Schedule A instructions, line 10 of the worksheet).
pub(super) fn halved(filer: &Filer, cap: Usd, round: crate::money::Round) -> Usd {
    if filer.status == FilingStatus::Separate { round.enter(cap * Ratio { of: 1, whole: 2 }) } else { cap }
}

fn ceiling(law: &Law, gifts: Usd, agi: Usd, round: crate::money::Round) -> Usd {
    gifts.min(round.enter(agi.floor0() * law.itemized.charity_ceiling))
}

fn over_floor(law: &Law, gifts: Usd, agi: Usd, round: crate::money::Round) -> Usd {
    let floor = law.itemized.charity_floor.unwrap_or_default();
    gifts.excess(round.enter(agi.floor0() * floor))
}

form! {
    /// Which deduction is taken: the larger one. Cash gifts count without itemizing from 2026.
    Deductions = "deductions", "Standard or itemized deductions";
    (law: &Law, filer: &Filer, payments: &Payments, standard: &StandardDeduction, itemized: &ScheduleA, cut: &ItemizedLimit, choice: &HomeChoice; round) {
        "1" whole   "Itemized deductions after the limit of the highest bracket" ["IRC 68"]  = itemized.total - cut.cut;
        "2" gifts   "Gifts to charity that count without itemizing"           ["IRC 170(p)"]  = without_itemizing(law, filer, payments);
             by "itemized.without.charity", "payments.charity";
        "3" itemizes: i64 "Itemizes: 1 if line 1 is more than the standard deduction and line 2; with interest or taxes of a home office, the way with less tax" ["IRC 63(e)"] = if choice.bound == 0 { i64::from(whole > standard.amount + gifts) } else { choice.itemizes };
        "4" taken   "The standard deduction or the itemized deductions; to Form 1040" ["IRC 63(b), (d)"] = if itemizes == 0 { standard.amount } else { whole };
        "5" charity "Gifts to charity without itemizing; to Form 1040"        ["IRC 170(p)"]  = if itemizes == 0 { gifts } else { Usd::ZERO };
        "6" taxes   "Taxes in the deduction taken, or the standard deduction: not allowed against the alternative minimum tax" ["IRC 56(b)(1)"] = if itemizes == 0 { standard.amount } else { itemized.l7 };
    }
}

fn without_itemizing(law: &Law, filer: &Filer, payments: &Payments) -> Usd {
    law.itemized.without.as_ref().map_or(Usd::ZERO, |without| payments.charity.min(without.charity.of(filer.status)))
}

form! {
    /// The limit on itemized deductions in the highest bracket (IRC 68). It does not change the business income deduction.
    ItemizedLimit = "itemized-limit", "Limit on itemized deductions in the highest bracket";
    (law: &Law, filer: &Filer, itemized: &ScheduleA, income: &AdjustedGrossIncome, business: &crate::tax::form_8995a::BusinessDeduction, extra: &crate::tax::schedule_1a::Schedule1A; round) {
        "1" l1  "Itemized deductions"                                         ["IRC 68(a)(1)"] = itemized.total;
        "2" l2  "Taxable income plus itemized deductions over the start of the highest bracket" ["IRC 68(a)(2)"] = (income.agi - business.deduction - extra.l38).excess(top_bracket(law, filer));
             by last_top;
        "3" cut "2/37 of the smaller of line 1 or line 2"                     ["IRC 68(a)"]    = l1.min(l2) * fraction(law);
             by "itemized.limit.of", "itemized.limit.whole";
    }
}

fn top_bracket(law: &Law, filer: &Filer) -> Usd {
    law.income.tops.get(filer.status).last().copied().unwrap_or_default()
}

fn last_top(given: &Given) -> Vec<Figure> {
    let last = given.law.income.tops.get(given.status).len().checked_sub(1);
    last.map(|row| Figure::row("income.tops", row).says("Where the highest bracket begins")).into_iter().collect()
}

fn fraction(law: &Law) -> Ratio {
    law.itemized.limit.as_ref().map_or(Ratio { of: 0, whole: 1 }, |limit| Ratio { of: limit.of, whole: limit.whole })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn schedule(year: i32, status: FilingStatus, agi: i64, payments: Payments) -> ScheduleA {
        let (law, _) = law::of(year).expect("law");
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        ScheduleA::fill(
            law,
            &Filer { status, ..Filer::default() },
            &payments,
            &[],
            &SpecifiedPremiums::BLANK,
            &Form8962::BLANK,
            &income,
            &[],
            Round::Cents,
        )
    }

    #[test]
    fn the_cap_on_taxes_shrinks_and_is_halved_last() {
        let taxes = Payments { taxes: Usd::dollars(60_000), ..Payments::default() };
        // 2025: 560,000 - 500,000 = 60,000 x .30 = 18,000; 40,000 - 18,000 = 22,000.
        assert_eq!(schedule(2025, FilingStatus::Single, 560_000, taxes).l5e, Usd::dollars(22_000));
        // Separate, 262,003: 12,003 x .30 = 3,600.90; 40,000 - 3,600.90 = 36,399.10; half of it 18,199.55.
        assert_eq!(schedule(2025, FilingStatus::Separate, 262_003, taxes).l5e, Usd::from_cents(1_819_955));
        assert_eq!(schedule(2025, FilingStatus::Single, 900_000, taxes).l5e, Usd::dollars(10_000));
        assert_eq!(schedule(2024, FilingStatus::Joint, 100_000, taxes).l5e, Usd::dollars(10_000));
        // The three kinds share the cap: 4,000 + 3,000 + 500 = 7,500.
        let three = Payments {
            taxes: Usd::dollars(4_000),
            real_estate: Usd::dollars(3_000),
            property_tax: Usd::dollars(500),
            ..Payments::default()
        };
        assert_eq!(schedule(2024, FilingStatus::Joint, 100_000, three).l7, Usd::dollars(7_500));
    }

    #[test]
    fn gifts_have_a_floor_from_2026_and_medical_expenses_always() {
        let paid = Payments { charity: Usd::dollars(3_000), medical: Usd::dollars(9_000), ..Payments::default() };
        // 2026: 3,000 - 100,000 x .005 = 2,500. Medical: 9,000 - 7,500 = 1,500.
        let a = schedule(2026, FilingStatus::Single, 100_000, paid);
        assert_eq!((a.l14, a.l4, a.total), (Usd::dollars(2_500), Usd::dollars(1_500), Usd::dollars(4_000)));
        assert_eq!(schedule(2025, FilingStatus::Single, 100_000, paid).l14, Usd::dollars(3_000));
    }

    #[test]
    fn mortgage_insurance_shrinks_by_tenths_from_2026() {
        let paid = Payments { mortgage_insurance: Usd::dollars(3_000), ..Payments::default() };
        assert_eq!(schedule(2026, FilingStatus::Single, 100_000, paid).l8e, Usd::dollars(3_000));
        // 103,001 is over by four started thousands: 60% of 3,000. A separate return: 2,500 over 50,000 are five of 500.
        assert_eq!(schedule(2026, FilingStatus::Joint, 103_001, paid).l8e, Usd::dollars(1_800));
        assert_eq!(schedule(2026, FilingStatus::Separate, 52_500, paid).l8e, Usd::dollars(1_500));
        assert_eq!(schedule(2026, FilingStatus::Single, 109_001, paid).l8e, Usd::ZERO);
        assert_eq!(schedule(2025, FilingStatus::Single, 50_000, paid).l8e, Usd::ZERO);
    }

    #[test]
    fn premiums_that_form_7206_leaves_are_medical_expenses() {
        let (law, _) = law::of(2025).expect("law");
        let payments = Payments { medical: Usd::dollars(2_000), ..Payments::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(40_000), ..AdjustedGrossIncome::BLANK };
        // One deducted 6,435 of 7,000; the other, without a business, nothing of 1,800: 2,000 + 565 + 1,800 - 3,000 = 1,365.
        let form = |paid, deducted| Form7206 { l3: Usd::dollars(paid), l14: Usd::dollars(deducted), ..Form7206::BLANK };
        let health = [form(7_000, 6_435), form(1_800, 0)];
        let a = ScheduleA::fill(
            law,
            &Filer::default(),
            &payments,
            &health,
            &SpecifiedPremiums::BLANK,
            &Form8962::BLANK,
            &income,
            &[],
            Round::Cents,
        );
        assert_eq!((a.l1, a.l4), (Usd::dollars(4_365), Usd::dollars(1_365)));
    }
}
