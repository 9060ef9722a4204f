//! Form 7206, Self-Employed Health Insurance Deduction, without a marketplace credit.

use crate::form;
use crate::law::Law;
use crate::money::Ratio;
use crate::tax::facts::{Individual, OwnBenefits};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{refused, sum};
use crate::tax::retirement::PlanWorksheet;
use crate::tax::schedule_c::ScheduleC;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// Form 7206 for the person's first business, under which her insurance is established. What is left of line 3 after
    /// line 14, all of it without a business, counts on Schedule A (IRC 162(l)(3), 213(d)(1)(D); Pub. 502).
    Form7206 = "form-7206", "Form 7206, Self-Employed Health Insurance Deduction";
    (law: &Law, individual: &Individual, own: &OwnBenefits, c: &[ScheduleC], se: &ScheduleSe, plan: &PlanWorksheet; round) {
        "1"  l1  "Health, dental and vision premiums for months without a subsidized employer plan" ["IRC 162(l)(1), (2)(B)"] = own.health;
        "2"  l2  "Long-term care premiums, at most the amount for the age at the end of the year" ["IRC 162(l)(2)(C), 213(d)(10)"] = own.long_term_care.min(law.long_term_care.most_at(individual.age));
             by age_group;
        "3"  l3  "Add lines 1 and 2"                                                                   = l1 + l2;
        "4"  l4  "Net profit of the business under which the plan is established" ["IRC 162(l)(2)(A)"] = sum(&c[..c.len().min(1)], |c| c.l31).floor0();
        "5"  l5  "Total of all net profits, without losses"                   ["Form 7206 line 5"]     = sum(c, |c| c.l31.floor0());
        "6"  l6: Ratio "Divide line 4 by line 5"                                                       = Ratio::of(l4, l5);
        "7"  l7  "Schedule 1 line 15, times line 6"                           ["IRC 164(f)"]           = se.l13 * l6;
        "8"  l8  "Subtract line 7 from line 4"                                                         = l4 - l7;
        "9"  l9  "Schedule 1 line 16, of the same business"                   ["IRC 401(c)(2)"]        = plan.s22;
        "10" l10 "Subtract line 9 from line 8"                                                         = l8 - l9;
        "11" l11 "Medicare wages from an S corporation"                       ["IRC 162(l)(5)"]        = refused();
        "12" l12 "Form 2555 line 45"                                          ["IRC 911"]              = refused();
        "13" l13 "Subtract line 12 from line 10"                                                       = l10 - l12;
        "14" l14 "Self-employed health insurance deduction: smaller of line 3 or line 13; to Schedule 1 line 17" ["IRC 162(l)(1)"] = l3.min(l13).floor0();
    }
}

/// The amount for the group of ages that holds the person's.
fn age_group(given: &Given) -> Vec<Figure> {
    let (limits, age) = (&given.law.long_term_care, given.count("individual.age"));
    let group = limits.ages.iter().filter(|last| age > **last).count();
    let from = group.checked_sub(1).map(|row| Figure::row("long_term_care.ages", row).says("Age is over this"));
    let to =
        (group < limits.ages.len()).then(|| Figure::row("long_term_care.ages", group).says("Age is no more than this"));
    let most = Figure::row("long_term_care.most", group).says("Premiums for the age, at most");
    [Some(most), from, to].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::{Round, Usd};
    use crate::tax::facts::W2;

    fn form(profits: &[i64], premiums: i64, paid: i64) -> Form7206 {
        let (law, _) = law::of(2025).expect("law");
        let c: Vec<_> = profits.iter().map(|p| ScheduleC { l31: Usd::dollars(*p), ..ScheduleC::BLANK }).collect();
        let se = ScheduleSe::fill(law, &W2::default(), &c, Round::WholeDollar);
        let own = OwnBenefits { health: Usd::dollars(premiums), sep: Usd::dollars(paid), ..OwnBenefits::default() };
        let (person, w2) = (Individual { age: 40, ..Individual::default() }, W2::default());
        let plan = PlanWorksheet::fill(law, &person, &own, &w2, &c, &se, Round::WholeDollar);
        Form7206::fill(law, &person, &own, &c, &se, &plan, Round::WholeDollar)
    }

    #[test]
    fn long_term_care_premiums_count_up_to_an_amount_for_the_age() {
        let (law, _) = law::of(2025).expect("law");
        let c = [ScheduleC { l31: Usd::dollars(40_000), ..ScheduleC::BLANK }];
        let own =
            OwnBenefits { health: Usd::dollars(5_000), long_term_care: Usd::dollars(7_000), ..OwnBenefits::default() };
        let (se, plan) = (ScheduleSe::BLANK, PlanWorksheet::BLANK);
        for (age, most) in [(40, 480), (41, 900), (50, 900), (51, 1_800), (61, 4_810), (70, 4_810), (71, 6_020)] {
            let person = Individual { age, ..Individual::default() };
            let f = Form7206::fill(law, &person, &own, &c, &se, &plan, Round::WholeDollar);
            assert_eq!((f.l2, f.l14), (Usd::dollars(most), Usd::dollars(5_000 + most)), "at {age}");
        }
    }

    #[test]
    fn premiums_are_deducted_up_to_the_profit_that_is_left() {
        // 8,000 x .9235 = 7,388; x .124 = 916, x .029 = 214; 1,130; half 565; 8,000 - 565 - 1,000 = 6,435 < 7,000.
        let f = form(&[8_000], 7_000, 1_000);
        assert_eq!((f.l7, f.l13, f.l14), (Usd::dollars(565), Usd::dollars(6_435), Usd::dollars(6_435)));
        assert_eq!(form(&[40_000], 7_000, 0).l14, Usd::dollars(7_000));
        assert_eq!(form(&[-2_000], 7_000, 0).l14, Usd::ZERO);
    }

    #[test]
    fn a_second_business_shares_the_half_of_the_tax() {
        // 30,000 + 10,000: SE on 40,000 = 36,940 x .124 = 4,581 + x .029 = 1,071 = 5,652; half 2,826; three quarters 2,119.5 -> 2,120.
        let f = form(&[30_000, 10_000], 5_000, 0);
        assert_eq!((f.l5, f.l7, f.l8), (Usd::dollars(40_000), Usd::dollars(2_120), Usd::dollars(27_880)));
    }
}
