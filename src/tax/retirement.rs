//! The deduction for a self-employed person's own plan: Pub. 560, Deduction Worksheet for Self-Employed.

use crate::form;
use crate::law::Law;
use crate::money::{Ratio, Usd};
use crate::tax::facts::{Individual, OwnBenefits, W2};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::sum;
use crate::tax::schedule_c::ScheduleC;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// The deduction worksheet of Pub. 560 for one person's one plan: a SEP or profit sharing, with elective deferrals a
    /// one-participant 401(k). What is paid beyond a step is not deducted. A person's deferrals at a job of the same year
    /// use up the same limits (IRC 402(g)(1), 414(v)(2)(D)).
    PlanWorksheet = "plan-worksheet", "Deduction Worksheet for Self-Employed (Pub. 560)";
    (law: &Law, individual: &Individual, own: &OwnBenefits, w2: &W2, c: &[ScheduleC], se: &ScheduleSe; round) {
        "1"  s1  "Net profit, Schedule C line 31"                             ["IRC 401(c)(2)(A)"]     = sum(c, |c| c.l31);
        "2"  s2  "Deduction for self-employment tax, Schedule SE line 13"     ["IRC 401(c)(2)(A)(vi)"] = se.l13;
        "3"  s3  "Net earnings from self-employment, not below zero"                                   = s1.excess(s2);
             stop if s3 == Usd::ZERO;
        "5"  s5  "Step 3 times the reduced rate of the plan"                  ["IRC 404(a)(8), 404(h)(1)(C)"] = s3 * law.plan.reduced_rate;
        "6"  s6  "Compensation limit times the plan rate"                     ["IRC 401(a)(17)"]       = law.plan.compensation * law.plan.rate;
        "7"  s7  "Smaller of step 5 or step 6"                                                         = s5.min(s6);
        "8"  s8  "Contribution dollar limit"                                  ["IRC 415(c)(1)(A)"]     = law.plan.annual_additions;
        "9"  s9  "Elective deferrals without catch-up, at most the limit less those at a job" ["IRC 402(g)(1)"] = own.deferral.min(law.deferral.limit.excess(w2.deferrals));
        "10" s10 "Step 8 less step 9"                                                                  = with_deferrals(own, s8 - s9);
        "11" s11 "Step 3 less step 9, not below zero"                                                  = with_deferrals(own, s3.excess(s9));
        "12" s12 "One half of step 11"                                        ["IRC 415(c)(1)(B), 415(c)(3)(B)"] = s11 * Ratio { of: 1, whole: 2 };
        "13" s13 "Smallest of step 7, 10 or 12"                               ["IRC 404(a)(3), 415(c)"] = s7.min(s10).min(s12);
        "14" s14 "Step 3 less step 13"                                                                 = with_deferrals(own, s3 - s13);
        "15" s15 "Smaller of step 9 or step 14"                               ["IRC 404(n)"]           = s9.min(s14);
        "16" s16 "Step 14 less step 15"                                                                = s14 - s15;
        "17" s17 "Catch-up contributions, at most the limit for the age less those at a job" ["IRC 414(v)"] = own.deferral.excess(s9).min(catch_up(law, individual, w2));
             by catch_up_figures;
        "18" s18 "Smaller of step 16 or step 17"                              ["IRC 414(v)(2)(A)"]     = s16.min(s17);
        "19" s19 "Add steps 13, 15 and 18"                                                             = s13 + s15 + s18;
        "20" s20 "Designated Roth contributions included in steps 9 and 17"   ["IRC 402A(a)(1)"]       = own.roth_deferral.min(s15 + s18);
        "21" s21 "Most that may be deducted: step 19 less 20, or the smaller of 7 or 8" ["IRC 404(a)(8)"] = s19 - s20 + without_deferrals(own, s7.min(s8));
        "22a" employer "Paid by the business, no more than step 21 leaves beside deferrals" ["IRC 404(a)(3), 404(h)"] = own.sep.min(s21 + s20 - s15 - s18);
        "22b" deferred "Deferred, no more than steps 15 and 18, without designated Roth"               = s15 + s18 - s20;
        "22" s22 "Deduction for the own plan; to Schedule 1 line 16"          ["IRC 404(a)(8)"]        = employer + deferred;
    }
}

impl PlanWorksheet {
    /// Elective deferrals that the worksheet lets in, catch-up and designated Roth included.
    pub fn deferrals(&self) -> Usd {
        self.s15 + self.s18
    }

    /// Has something gone into the plan, deducted or not?
    pub fn is_paid(&self) -> bool {
        self.employer + self.deferrals() > Usd::ZERO
    }
}

/// Steps 9 to 20 are skipped without elective deferrals.
fn with_deferrals(own: &OwnBenefits, amount: Usd) -> Usd {
    if own.deferral > Usd::ZERO { amount } else { Usd::ZERO }
}

fn without_deferrals(own: &OwnBenefits, amount: Usd) -> Usd {
    if own.deferral > Usd::ZERO { Usd::ZERO } else { amount }
}

/// What is deferred at a job above the limit is catch-up there.
fn catch_up(law: &Law, individual: &Individual, w2: &W2) -> Usd {
    law.deferral.catch_up_at(individual.age).excess(w2.deferrals.excess(law.deferral.limit))
}

/// The catch-up for the age, and the limit above which deferrals at a job use it up.
fn catch_up_figures(given: &Given) -> Vec<Figure> {
    let (deferral, age) = (&given.law.deferral, given.count("individual.age"));
    let mut figures = vec![Figure::new("deferral.catch_up_from").says("Catch-up contributions from this age on")];
    match &deferral.older {
        Some(older) if (older.from..=older.to).contains(&age) => {
            figures.push(Figure::new("deferral.older.catch_up").says("At most, for these ages"));
            figures.push(Figure::new("deferral.older.from").says("The youngest of them"));
            figures.push(Figure::new("deferral.older.to").says("The oldest of them"));
        }
        _ if age >= deferral.catch_up_from => figures.push(Figure::new("deferral.catch_up").says("At most")),
        _ => {}
    }
    if given.amount("w2.deferrals") > deferral.limit {
        figures.push(Figure::new("deferral.limit").says("Deferrals at a job above it are catch-up there"));
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    /// A worksheet of 2025 in cents.
    fn filled(age: i64, profit: i64, own: OwnBenefits, at_the_job: i64) -> PlanWorksheet {
        let (law, _) = law::of(2025).expect("law");
        let c = [ScheduleC { l31: Usd::dollars(profit), ..ScheduleC::BLANK }];
        let se = ScheduleSe::fill(law, &W2::default(), &c, Round::Cents);
        let w2 = W2 { deferrals: Usd::dollars(at_the_job), ..W2::default() };
        PlanWorksheet::fill(law, &Individual { age, ..Individual::default() }, &own, &w2, &c, &se, Round::Cents)
    }

    fn paid(sep: i64, deferral: i64, roth_deferral: i64) -> OwnBenefits {
        let [sep, deferral, roth_deferral] = [sep, deferral, roth_deferral].map(Usd::dollars);
        OwnBenefits { sep, deferral, roth_deferral, ..OwnBenefits::default() }
    }

    #[test]
    fn twenty_percent_of_net_earnings() {
        // 120,000 x .9235 = 110,820; x .153 = 16,955.46; half 8,477.73; 120,000 - 8,477.73 = 111,522.27; x .20 = 22,304.45.
        let w = filled(40, 120_000, paid(15_000, 0, 0), 0);
        assert_eq!(
            (w.s3, w.s21, w.s22),
            (Usd::from_cents(11_152_227), Usd::from_cents(2_230_445), Usd::dollars(15_000))
        );
        assert_eq!((w.s10, w.s13, w.s14, w.s19), (Usd::ZERO, Usd::ZERO, Usd::ZERO, Usd::ZERO));
        assert_eq!(filled(40, 120_000, paid(30_000, 0, 0), 0).s22, Usd::from_cents(2_230_445));
    }

    #[test]
    fn a_loss_allows_nothing_and_the_top_is_the_dollar_limit() {
        assert_eq!(filled(40, -5_000, paid(1_000, 2_000, 0), 0).s22, Usd::ZERO);
        assert_eq!(filled(40, 900_000, paid(90_000, 0, 0), 0).s22, Usd::dollars(70_000));
    }

    #[test]
    fn deferrals_come_before_the_employer_s_part() {
        // 60,000 x .9235 = 55,410; x .124 = 6,870.84; x .029 = 1,606.89; half of 8,477.73 is 4,238.87 (4,238.865).
        // 60,000 - 4,238.87 = 55,761.13; x .20 = 11,152.23; (55,761.13 - 23,500) / 2 = 16,130.57; step 13: 11,152.23.
        let w = filled(40, 60_000, paid(11_152, 23_500, 0), 0);
        assert_eq!((w.s3, w.s7), (Usd::from_cents(5_576_113), Usd::from_cents(1_115_223)));
        assert_eq!(
            (w.s10, w.s12, w.s13),
            (Usd::dollars(46_500), Usd::from_cents(1_613_057), Usd::from_cents(1_115_223))
        );
        assert_eq!((w.s14, w.s15), (Usd::from_cents(4_460_890), Usd::dollars(23_500)));
        // 11,152.23 + 23,500 may be deducted; 11,152 + 23,500 was paid. At 40 there is no catch-up.
        assert_eq!((w.s21, w.s22), (Usd::from_cents(3_465_223), Usd::dollars(34_652)));
        assert_eq!(filled(40, 60_000, paid(11_152, 30_000, 0), 0).s22, Usd::dollars(34_652));
    }

    #[test]
    fn little_profit_halves_what_is_left_beside_the_deferral() {
        // 20,000 x .9235 = 18,470; 2,290.28 + 535.63 = 2,825.91; half 1,412.96; 18,587.04. x .20 = 3,717.41.
        // (18,587.04 - 15,000) / 2 = 1,793.52, the smallest; 15,000 + 1,793.52 = 16,793.52.
        let w = filled(40, 20_000, paid(3_000, 15_000, 0), 0);
        assert_eq!(
            (w.s11, w.s13, w.s22),
            (Usd::from_cents(358_704), Usd::from_cents(179_352), Usd::from_cents(1_679_352))
        );
        // A deferral above net earnings takes all of them.
        assert_eq!(filled(40, 20_000, paid(3_000, 23_500, 0), 0).s22, Usd::from_cents(1_858_704));
    }

    #[test]
    fn much_profit_leaves_the_dollar_limit_beside_the_deferral() {
        // Step 10: 70,000 - 23,500 = 46,500. Catch-up is not under it: at 50, 77,500 together.
        let w = filled(50, 500_000, paid(60_000, 31_000, 0), 0);
        assert_eq!((w.s13, w.s18, w.s22), (Usd::dollars(46_500), Usd::dollars(7_500), Usd::dollars(77_500)));
    }

    #[test]
    fn catch_up_is_larger_from_60_to_63() {
        let catch_up = |age| filled(age, 60_000, paid(11_152, 34_750, 0), 0).s18;
        assert_eq!((catch_up(49), catch_up(50), catch_up(59)), (Usd::ZERO, Usd::dollars(7_500), Usd::dollars(7_500)));
        assert_eq!(
            (catch_up(60), catch_up(63), catch_up(64)),
            (Usd::dollars(11_250), Usd::dollars(11_250), Usd::dollars(7_500))
        );
        // 11,152 + 23,500 + 11,250; step 16 leaves 44,608.90 - 23,500 = 21,108.90.
        assert_eq!(filled(62, 60_000, paid(11_152, 34_750, 0), 0).s22, Usd::dollars(45_902));
        // 2024 has no larger one.
        assert_eq!(law::of(2024).expect("law").0.deferral.catch_up_at(62), Usd::dollars(7_500));
    }

    #[test]
    fn deferrals_at_a_job_use_up_the_same_limit() {
        // 23,500 - 10,000 = 13,500; 13,500 + 11,152 = 24,652.
        let w = filled(40, 60_000, paid(11_152, 23_500, 0), 10_000);
        assert_eq!((w.s9, w.s22), (Usd::dollars(13_500), Usd::dollars(24_652)));
        // At 62, 30,000 at the job: 6,500 of it is catch-up, and 11,250 - 6,500 = 4,750 is left here.
        let w = filled(62, 60_000, paid(0, 23_500, 0), 30_000);
        assert_eq!((w.s9, w.s17, w.s22), (Usd::ZERO, Usd::dollars(4_750), Usd::dollars(4_750)));
    }

    #[test]
    fn designated_roth_contributions_are_not_deducted() {
        // Half of 23,500 is Roth: 34,652 - 11,750 = 22,902.
        let w = filled(40, 60_000, paid(11_152, 23_500, 11_750), 0);
        assert_eq!((w.s20, w.s22, w.deferrals()), (Usd::dollars(11_750), Usd::dollars(22_902), Usd::dollars(23_500)));
        // All of it: a plan that is paid into without a deduction.
        let w = filled(40, 60_000, paid(0, 23_500, 23_500), 0);
        assert!(w.is_paid() && w.s22 == Usd::ZERO);
    }
}
