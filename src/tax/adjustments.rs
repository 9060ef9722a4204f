//! Adjustments that shrink with income: the deduction of IRA contributions and of student loan interest; what may be paid
//! into a Roth IRA.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Round, Usd};
use crate::tax::facts::{Filer, OwnBenefits, Payments};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::sum;
use crate::tax::form_1040::{Form1040Income, TotalIncome};
use crate::tax::form_7206::Form7206;
use crate::tax::form_8889::Form8889;
use crate::tax::premium::SpecifiedPremiums;
use crate::tax::retirement::PlanWorksheet;
use crate::tax::schedule_se::ScheduleSe;
use crate::tax::social_security::SocialSecurity;

form! {
    /// The adjustments of Schedule 1 that do not depend on income.
    OtherAdjustments = "other-adjustments", "Adjustments of Schedule 1 without lines 20 and 21";
    (hsa: &[Form8889], se: &[ScheduleSe], plan: &[PlanWorksheet], health: &[Form7206], market: &SpecifiedPremiums; round) {
        "1" total "Schedule 1 lines 13, 15, 16, and 17"                       ["IRC 62(a)"]     = sum(hsa, |hsa| hsa.l13) + sum(se, |se| se.l13) + sum(plan, |plan| plan.s22) + sum(health, |health| health.l14) + market.deduction;
    }
}

form! {
    /// The income that decides the IRA deduction: without it and without student loan interest; social security benefits as
    /// they are taxed without it (Pub. 590-A, Worksheet 1-1 and Appendix B).
    ModifiedIncome = "modified-income", "Modified adjusted gross income for IRAs";
    (income: &Form1040Income, benefits: &SocialSecurity, others: &OtherAdjustments; round) {
        "1" total  "Total income, Form 1040 line 9"                                             =
            income.l1z + income.l2b + income.l3b + income.l4b + income.l5b + benefits.l18 + income.l7 + income.l8;
        "2" others "Adjustments of Schedule 1 without lines 20 and 21"        ["IRC 219(g)(3)(A)(ii)"] = others.total;
        "3" magi   "Line 1 less line 2"                                                         = total - others;
    }
}

form! {
    /// The IRA deduction of one person (Pub. 590-A, Worksheet 1-2). Income is taken without this and student loan interest.
    IraDeduction = "ira-deduction", "IRA Deduction Worksheet (Pub. 590-A, Worksheet 1-2)";
    (law: &Law, own: &OwnBenefits, before: &ModifiedIncome, cover: &Cover; round) {
        "11a" paid   "Paid into a traditional IRA"                            ["IRC 219(a)"]    = own.ira;
        "10" earned  "Compensation that counts: one's own; the spouse with less may use the couple's" ["IRC 219(b)(1)(B), (c), (f)(1)"] = cover.compensation;
        "m"  magi    "Modified adjusted gross income"                         ["IRC 219(g)(3)"] = before.magi;
        "7a" reduced "The contribution limit after the phase-out, rounded up to $10, at least $200" ["IRC 219(g)(2)"] = reduced(law, magi, cover);
             by cover_limit, cover_phase_out, cover_steps;
        "3"  most    "Most that may be paid: the contribution limit or compensation" ["IRC 219(b)"] = cover.limit.min(earned);
             by cover_limit;
        "12a" deduction "IRA deduction: the smallest of lines 7a, 10 and 11a" ["IRC 219"]       = paid.min(reduced).min(earned);
        "c"  contributed "Paid as far as it may be, deducted or not"          ["IRC 219(e), 408(o)"] = paid.min(most);
    }
}

form! {
    /// What one person may pay into a Roth IRA beside a traditional one (Pub. 590-A, Worksheet 2-2). The income is that of
    /// the IRA deduction: adjusted gross income without it and without student loan interest (IRC 408A(c)(3)(B)(i)).
    RothContribution = "roth-ira", "Reduced Roth IRA Contribution Limit (Pub. 590-A, Worksheet 2-2)";
    (law: &Law, filer: &Filer, own: &OwnBenefits, before: &ModifiedIncome, cover: &Cover, ira: &IraDeduction; round) {
        "p"  paid "Paid into a Roth IRA"                                      ["IRC 408A(c)(1)"] = own.roth_ira;
             stop if paid == Usd::ZERO;
        "1"  l1  "Modified adjusted gross income"                             ["IRC 408A(c)(3)(B)(i)"] = before.magi;
        "2"  l2  "Where the limit begins to shrink"                           ["IRC 408A(c)(3)(B)(ii)"] = start(law, filer);
             by roth_start;
        "3"  l3  "Line 1 less line 2, not below zero"                                           = l1.excess(l2);
        "4"  l4  "Over how much it shrinks to nothing"                        ["IRC 408A(c)(3)(A)(ii)"] = width(law, filer);
             by roth_range;
        "5"  l5: Ratio "Line 3 divided by line 4, at most 1"                                    = Ratio::of(l3.min(l4), l4);
        "6"  l6  "Contribution limit, or compensation if that is less"        ["IRC 219(b), 408A(c)(2)"] = cover.limit.min(cover.compensation);
             by cover_limit;
        "7"  l7  "Line 5 times line 6"                                                          = l6 * l5;
        "8"  l8  "Line 6 less line 7, rounded up to $10, at least $200"       ["IRC 408A(c)(3)(A), 219(g)(2)(B), (C)"] = shrunk(law, l6, l1, range(law, filer));
             by roth_steps;
        "9"  l9  "Contributions to other IRAs"                                ["IRC 408A(c)(2)(B)"] = ira.contributed;
        "10" l10 "Line 6 less line 9"                                                           = l6.excess(l9);
        "11" l11 "Most that may be paid: smaller of line 8 or line 10"        ["IRC 408A(c)(2), (3)"] = l8.min(l10);
    }
}

fn range(law: &Law, filer: &Filer) -> (Usd, Usd) {
    law.ira.roth.of(filer.status)
}

fn start(law: &Law, filer: &Filer) -> Usd {
    range(law, filer).0
}

fn width(law: &Law, filer: &Filer) -> Usd {
    range(law, filer).1 - range(law, filer).0
}

crate::facts! {
    /// What the law says of a person's IRA: limit, and the phase-out that applies.
    Cover = "ira-cover" {
        limit: Usd "Contribution limit for the age";
        compensation: Usd "Compensation that counts";
        from: Usd "Income at which the phase-out begins; none if equal to its end";
        to: Usd "Income at which the phase-out ends";
    }
}

/// Who is covered by a plan decides the range (IRC 219(g)(3)(B), (5), (7)).
pub fn cover(law: &Law, status: FilingStatus, age: i64, compensation: Usd, own: bool, spouse: bool) -> Cover {
    let limit = law.ira.limit_at(age);
    let (from, to) = match (own, spouse) {
        (true, _) => law.ira.covered.of(status),
        (false, true) if status.is_joint() => law.ira.spouse_covered,
        _ => (Usd::ZERO, Usd::ZERO),
    };
    Cover { limit, compensation, from, to }
}

/// The limit itself shrinks, not compensation, and is stepped up to $10 from the exact product (worksheet line 7).
fn reduced(law: &Law, magi: Usd, cover: &Cover) -> Usd {
    if cover.from == cover.to { cover.limit } else { shrunk(law, cover.limit, magi, (cover.from, cover.to)) }
}

/// What is left of a limit within a phase-out.
fn shrunk(law: &Law, limit: Usd, magi: Usd, (from, to): (Usd, Usd)) -> Usd {
    if magi <= from {
        return limit;
    }
    if magi >= to {
        return Usd::ZERO;
    }
    let part = Ratio { of: (to - magi).cents(), whole: (to - from).cents() };
    let step = law.ira.step;
    let below = step * Round::Cents.enter(limit * part).full_steps(step);
    let stepped = if Exact::from(below) < limit * part { below + step } else { below };
    stepped.max(law.ira.least).min(limit)
}

form! {
    /// The Student Loan Interest Deduction Worksheet of the Form 1040 instructions.
    StudentLoanInterest = "student-loan", "Student Loan Interest Deduction Worksheet";
    (law: &Law, filer: &Filer, payments: &Payments, total: &TotalIncome, others: &OtherAdjustments, ira: &[IraDeduction]; round) {
        "1" l1 "Interest paid, at most $2,500"                                ["IRC 221(b)(1)"] = payments.student_interest.min(law.student_loan.cap);
             stop if l1 == Usd::ZERO;
        "2" l2 "Total income, Form 1040 line 9"                                                 = total.l9;
        "3" l3 "Adjustments of Schedule 1 without line 21"                                      = others.total + sum(ira, |ira| ira.deduction);
        "4" l4 "Line 2 less line 3"                                ["IRC 221(b)(2)(C)"] = l2 - l3;
        "5" l5 "Where the deduction begins to shrink"                         ["IRC 221(b)(2)(B)"] = law.student_loan.start.of(filer.status);
        "6" l6 "Line 4 less line 5, not below zero"                           ["IRC 221(b)(2)"] = l4.excess(l5);
        "7" l7: Ratio "Line 6 divided by the width of the phase-out, at most 1" ["IRC 221(b)(2)(B)"] = Ratio::of(l6.min(law.student_loan.width.of(filer.status)), law.student_loan.width.of(filer.status));
        "8" l8 "Line 1 times line 7"                                                            = l1 * l7;
        "9" l9 "Student loan interest deduction: line 1 less line 8; none on a separate return" ["IRC 221(e)(2)"] = joint_or_single(filer, l1 - l8);
    }
}

/// The contribution limit, as a person's cover has it.
fn cover_limit(given: &Given) -> Vec<Figure> {
    let more = given.amount("cover.limit") > given.law.ira.limit;
    let mut figures = vec![Figure::new("ira.limit"), Figure::new("ira.catch_up_from")];
    figures.extend(more.then(|| Figure::new("ira.catch_up")));
    figures
}

/// The phase-out of the deduction that applies to a person.
fn cover_phase_out(given: &Given) -> Vec<Figure> {
    let range = (given.amount("cover.from"), given.amount("cover.to"));
    if range.0 == range.1 {
        return Vec::new();
    }
    let own = range == given.law.ira.covered.of(given.status);
    let (path, whom) = if own {
        ("ira.covered", "a plan covers the person")
    } else {
        ("ira.spouse_covered", "a plan covers the spouse")
    };
    vec![
        Figure::row(path, 0).says(format!("Where the limit begins to shrink: {whom}")),
        Figure::row(path, 1).says("Where nothing is left of it"),
    ]
}

/// The steps of what is left of a limit within a phase-out.
fn steps_within(income: Usd, (from, to): (Usd, Usd)) -> Vec<Figure> {
    let within = from < income && income < to;
    let steps = within.then(|| [Figure::new("ira.step"), Figure::new("ira.least")]);
    steps.into_iter().flatten().collect()
}

fn cover_steps(given: &Given) -> Vec<Figure> {
    steps_within(given.amount("magi"), (given.amount("cover.from"), given.amount("cover.to")))
}

fn roth_start(_: &Given) -> Vec<Figure> {
    vec![Figure::row("ira.roth", 0).says("Where the limit begins to shrink")]
}

fn roth_range(given: &Given) -> Vec<Figure> {
    let mut range = roth_start(given);
    range.push(Figure::row("ira.roth", 1).says("Where nothing is left of it"));
    range
}

fn roth_steps(given: &Given) -> Vec<Figure> {
    let mut figures = roth_range(given);
    figures.extend(steps_within(given.amount("l1"), given.law.ira.roth.of(given.status)));
    figures
}

fn joint_or_single(filer: &Filer, amount: Usd) -> Exact {
    if filer.status == FilingStatus::Separate { Exact::default() } else { amount.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    #[test]
    fn an_ira_shrinks_in_tens_and_not_below_two_hundred() {
        let (law, _) = law::of(2025).expect("law");
        let single = |magi: i64| {
            let cover = cover(law, FilingStatus::Single, 40, Usd::ZERO, true, false);
            reduced(law, Usd::dollars(magi), &cover)
        };
        // 7,000 x .4886 = 3,420.20 -> 3,430: stepped up from the product, not from a rounded one.
        assert_eq!(single(84_114), Usd::dollars(3_430));
        // 79,000 to 89,000: at 84,123, 4,877 / 10,000 x 7,000 = 3,413.90 -> 3,420. At 88,900, 70 -> 200.
        assert_eq!(single(84_123), Usd::dollars(3_420));
        assert_eq!(
            (single(79_000), single(88_900), single(89_000)),
            (Usd::dollars(7_000), Usd::dollars(200), Usd::ZERO)
        );
    }

    #[test]
    fn a_roth_ira_shares_the_limit_and_shrinks_with_income() {
        let (law, _) = law::of(2025).expect("law");
        let roth = |status, magi, traditional| {
            let cover = Cover { compensation: Usd::dollars(50_000), ..cover(law, status, 40, Usd::ZERO, false, false) };
            let own = OwnBenefits { roth_ira: Usd::dollars(7_000), ..OwnBenefits::default() };
            let before = ModifiedIncome { magi: Usd::dollars(magi), ..ModifiedIncome::BLANK };
            let ira = IraDeduction { contributed: Usd::dollars(traditional), ..IraDeduction::BLANK };
            let filer = Filer { status, ..Filer::default() };
            RothContribution::fill(law, &filer, &own, &before, &cover, &ira, Round::Cents)
        };
        // 154,115: 4,115 / 15,000 x 7,000 = 1,920.33; 5,079.67 -> 5,080. A traditional IRA of 3,000 leaves 4,000.
        let form = roth(FilingStatus::Single, 154_115, 0);
        assert_eq!((form.l7, form.l8, form.l11), (Usd::from_cents(192_033), Usd::dollars(5_080), Usd::dollars(5_080)));
        assert_eq!(roth(FilingStatus::Single, 154_115, 3_000).l11, Usd::dollars(4_000));
        assert_eq!(roth(FilingStatus::Single, 165_000, 0).l11, Usd::ZERO);
        assert_eq!(roth(FilingStatus::Joint, 236_000, 0).l11, Usd::dollars(7_000));
        // A separate return: 9,900 leaves 70, raised to 200.
        assert_eq!(roth(FilingStatus::Separate, 9_900, 0).l11, Usd::dollars(200));
    }

    #[test]
    fn student_loan_interest_shrinks_over_fifteen_thousand() {
        let (law, _) = law::of(2025).expect("law");
        let payments = Payments { student_interest: Usd::dollars(3_000), ..Payments::default() };
        let total = TotalIncome { l9: Usd::dollars(91_000), ..TotalIncome::BLANK };
        // 2,500 x (91,000 - 85,000) / 15,000 = 1,000; 2,500 - 1,000 = 1,500.
        let f = StudentLoanInterest::fill(
            law,
            &Filer::default(),
            &payments,
            &total,
            &OtherAdjustments::BLANK,
            &[],
            Round::Cents,
        );
        assert_eq!(f.l9, Usd::dollars(1_500));
        let separate = Filer { status: FilingStatus::Separate, ..Filer::default() };
        assert_eq!(
            StudentLoanInterest::fill(law, &separate, &payments, &total, &OtherAdjustments::BLANK, &[], Round::Cents)
                .l9,
            Usd::ZERO
        );
    }

    #[test]
    fn the_limit_shrinks_and_compensation_does_not() {
        let (law, _) = law::of(2025).expect("law");
        // At 84,046: 4,954 / 10,000 x 7,000 = 3,467.80 -> 3,470, less than the 4,500 paid and the 4,547 earned.
        let cover =
            Cover { compensation: Usd::dollars(4_547), ..cover(law, FilingStatus::Single, 40, Usd::ZERO, true, false) };
        let own = OwnBenefits { ira: Usd::dollars(4_500), ..OwnBenefits::default() };
        let before = ModifiedIncome { magi: Usd::dollars(84_046), ..ModifiedIncome::BLANK };
        assert_eq!(IraDeduction::fill(law, &own, &before, &cover, Round::WholeDollar).deduction, Usd::dollars(3_470));
    }
}
