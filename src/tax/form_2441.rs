//! Form 2441, Child and Dependent Care Expenses: benefits of an employer before income, the credit after the tax.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Rate, Ratio, Usd};
use crate::tax::facts::{Filer, Individual, Payments, W2};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::{refused, sum};
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Tax};
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// One person's earned income, as the instructions for lines 4, 5, 18 and 19 add it up. One spouse of a couple is
    /// taken to earn something in each month as a student or unable to care for oneself.
    CareEarnings = "care-earnings", "Earned income for Form 2441";
    (law: &Law, filer: &Filer, person: &Individual, w2: &W2, se: &ScheduleSe; round) {
        "1"  wages  "Wages, Forms W-2 box 1"                                  ["IRC 32(c)(2)(A)(i)"] = w2.wages;
        "2"  profit "Net earnings: Schedule SE line 3"                        ["IRC 32(c)(2)(A)(ii)"] = se.l3;
        "3"  half   "Deductible part of self-employment tax, Schedule SE line 13" ["IRC 32(c)(2)(A)(ii)"] = se.l13;
        "4"  months: i64 "Months without earnings as a full-time student or unable to care for oneself, on a joint return" ["IRC 21(d)(2)"] = of_a_couple(filer, person.unable_months);
        "5"  deemed "Line 4 times $250 ($500 if two or more qualifying persons)" ["IRC 21(d)(2)"] = for_persons(filer, law.care.deemed) * months;
             by deemed_row;
        "6"  total  "Earned income: lines 1, 2, and 5, less line 3"           ["IRC 21(d)"]     = wages + profit + deemed - half;
    }
}

form! {
    /// Form 2441 Part III, lines 12 to 26: which benefits are excluded from income. On a separate return the spouse's
    /// earned income is taken as no less than one's own.
    CareBenefits = "form-2441", "Form 2441, Child and Dependent Care Expenses";
    (law: &Law, filer: &Filer, payments: &Payments, w2: &[W2], earnings: &[CareEarnings]; round) {
        "12" l12 "Dependent care benefits, Forms W-2 box 10"                  ["IRC 129(a)(1)"] = sum(w2, |w2| w2.care);
             stop if l12 <= Usd::ZERO;
        "13" l13 "Carried over from last year and used in the grace period"   ["IRC 129"]       = refused();
        "14" l14 "Forfeited, or carried forward to next year"                 ["IRC 129"]       = refused();
        "15" l15 "Combine lines 12 through 14"                                                  = l12 + l13 - l14;
        "16" l16 "Qualified expenses incurred for qualifying persons"         ["IRC 129(e)(1), 21(b)(2)"] = for_qualifying(filer, payments.care);
        "17" l17 "Smaller of line 15 or line 16"                                                = l15.min(l16);
        "18" l18 "Earned income of the filer"                                 ["IRC 129(b)(1), (e)(2)"] = earnings[0].total;
        "19" l19 "Earned income of the spouse on a joint return; all others, line 18" ["IRC 129(b)(1)(B)"] = if filer.status.is_joint() { earnings[1].total } else { l18 };
        "20" l20 "Smallest of line 17, 18, or 19, not below zero"             ["IRC 129(b)"]    = l17.min(l18).min(l19).floor0();
        "21" l21 "Benefits that may be excluded, at most; half of it on a separate return" ["IRC 129(a)(2)(A)"] = law.care.benefits.of(filer.status);
        "22" l22 "Benefits of one's own sole proprietorship or partnership"   ["IRC 129(e)(3)"] = refused();
        "23" l23 "Line 15 less line 22"                                                         = l15 - l22;
        "24" l24 "Deductible benefits: smallest of line 20, 21, or 22"        ["IRC 162(a)"]    = l20.min(l21).min(l22);
        "25" l25 "Excluded benefits: smaller of line 20 or line 21, less line 24" ["IRC 129(a)"] = l20.min(l21).excess(l24);
        "26" l26 "Taxable benefits: line 23 less line 25, not below zero; to Form 1040 line 1e" ["IRC 129(a)(2)(B)"] = l23.excess(l25);
    }
}

form! {
    /// Form 2441 Part II, with lines 27 to 31 of Part III where there were benefits. None on a separate return: spouses
    /// who lived apart are refused by the screen.
    CareCredit = "form-2441", "Form 2441, Child and Dependent Care Expenses";
    (law: &Law, filer: &Filer, payments: &Payments, w2: &[W2], earnings: &[CareEarnings], benefits: &CareBenefits, income: &AdjustedGrossIncome, tax: &Form1040Tax; round) {
        "2"  l2  "Qualified expenses incurred and paid, column (d), all qualifying persons" ["IRC 21(b)"] = for_qualifying(filer, payments.care);
             stop if l2 == Usd::ZERO || filer.status == FilingStatus::Separate;
        "27" l27 "$3,000 ($6,000 if two or more qualifying persons), if there were benefits" ["IRC 21(c)"] = with_benefits(benefits.l12, for_persons(filer, law.care.limit));
             by limit_row;
        "28" l28 "Add lines 24 and 25"                                                          = benefits.l24 + benefits.l25;
        "29" l29 "Line 27 less line 28. If zero or less, stop"                ["IRC 21(c)"]     = l27 - l28;
             stop if benefits.l12 > Usd::ZERO && l29 <= Usd::ZERO;
        "30" l30 "Expenses of line 2 that the benefits on line 28 do not cover" ["IRC 21(b)(2), 129(e)(7)"] = with_benefits(benefits.l12, l2.excess(l28));
        "31" l31 "Smaller of line 29 or line 30; to line 3"                                     = l29.min(l30);
        "3"  l3  "Line 2, at most $3,000 ($6,000 if two or more persons); with benefits, line 31" ["IRC 21(c)"] = with_or_without(benefits.l12, l31, l2.min(for_persons(filer, law.care.limit)));
             by limit_row;
        "4"  l4  "Earned income of the filer"                                 ["IRC 21(d)(1), 32(c)(2)"] = with_taxable(earnings[0].total, benefits.l26, w2[0].care, benefits.l12);
        "5"  l5  "Earned income of the spouse on a joint return; all others, line 4" ["IRC 21(d)"] = if filer.status.is_joint() { with_taxable(earnings[1].total, benefits.l26, w2[1].care, benefits.l12) } else { l4.into() };
        "6"  l6  "Smallest of line 3, 4, or 5, not below zero"                ["IRC 21(d)(1)"]  = l3.min(l4).min(l5).floor0();
        "7"  l7  "Adjusted gross income"                                      ["IRC 21(a)(2)"]  = income.agi;
        "8"  l8: Rate "Decimal amount for line 7"                             ["IRC 21(a)(2)"]  = percentage(law, filer, l7);
             by percentage_steps(l7);
        "9a" l9a "Line 6 times line 8"                                        ["IRC 21(a)(1)"]  = l6 * l8;
        "9b" l9b "Expenses of last year paid this year, Worksheet A line 13"  ["Treas. Reg. 1.21-1(a)(2)"] = refused();
        "9c" l9c "Add lines 9a and 9b"                                                          = l9a + l9b;
        "10" l10 "Credit limit: tax less Schedule 3 lines 1 and 6l"           ["IRC 26(a)"]     = tax.l18;
        "11" l11 "Credit for child and dependent care expenses: smaller of line 9c or line 10; to Schedule 3 line 2" ["IRC 21"] = l9c.min(l10);
    }
}

/// Expenses count for qualifying persons only.
fn for_qualifying(filer: &Filer, expenses: Usd) -> Usd {
    if filer.care_persons > 0 { expenses.floor0() } else { Usd::ZERO }
}

/// The figure for one qualifying person, or for two or more.
fn for_persons(filer: &Filer, figure: [Usd; 2]) -> Usd {
    figure[usize::from(filer.care_persons > 1)]
}

/// The row for one qualifying person, or for two or more.
fn persons_row(given: &Given, path: &str) -> Vec<Figure> {
    let several = given.count("filer.care_persons") > 1;
    let whom = if several { "For two or more qualifying persons" } else { "For one qualifying person" };
    vec![Figure::row(path, usize::from(several)).says(whom)]
}

fn deemed_row(given: &Given) -> Vec<Figure> {
    persons_row(given, "care.deemed")
}

fn limit_row(given: &Given) -> Vec<Figure> {
    persons_row(given, "care.limit")
}

fn of_a_couple(filer: &Filer, months: i64) -> i64 {
    if filer.status.is_joint() { months.clamp(0, 12) } else { 0 }
}

/// Lines 27 to 31 are left blank without benefits.
fn with_benefits(benefits: Usd, amount: Usd) -> Usd {
    with_or_without(benefits, amount, Usd::ZERO)
}

fn with_or_without(benefits: Usd, with: Usd, without: Usd) -> Usd {
    if benefits > Usd::ZERO { with } else { without }
}

/// Taxable benefits are wages (Form 1040 line 1z) of those who received them, by their share of all benefits.
fn with_taxable(earned: Usd, taxable: Usd, own: Usd, all: Usd) -> Exact {
    Exact::from(earned) + taxable * Ratio::of(own, all)
}

/// The percentage falls by steps of income; where the law says so, it halts and falls on from a second start.
fn percentage(law: &Law, filer: &Filer, income: Usd) -> Rate {
    let care = &law.care;
    let fall = |start: Usd, step: Usd| care.per_step * income.excess(start).steps_started(step);
    let first = care.most - fall(care.start, care.step);
    care.second.as_ref().map_or(first.max(care.least), |second| {
        let joint = filer.status.is_joint();
        let (start, step) = if joint { (second.start_joint, second.step_joint) } else { (second.start, second.step) };
        (first.max(second.middle) - fall(start, step)).max(care.least)
    })
}

/// How the percentage falls; the second fall where the year has it and income has reached it.
fn percentage_steps(given: &Given) -> Vec<Figure> {
    let mut figures = vec![
        Figure::new("care.most").says("The percentage up to the start"),
        Figure::new("care.start").says("Where it begins to fall"),
        Figure::new("care.step").says("The width of a step of income"),
        Figure::new("care.per_step").says("Taken off for each started step"),
        Figure::new("care.least").says("It never falls below this"),
    ];
    if given.law.care.second.is_some() {
        figures.push(Figure::new("care.second.middle").says("The first fall ends here"));
        figures.push(Figure::new(given.or_joint("care.second.start")).says("Where the second fall begins"));
        figures.push(Figure::new(given.or_joint("care.second.step")).says("The width of its steps"));
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    struct Case {
        year: i32,
        filer: Filer,
        persons: Vec<Individual>,
        w2: Vec<W2>,
        paid: i64,
        agi: i64,
        tax: i64,
    }

    /// One filer, or a couple, with wages and care benefits.
    fn case(year: i32, status: FilingStatus, care_persons: i64, jobs: &[(i64, i64)], paid: i64) -> Case {
        let w2 = jobs.iter().map(|(wages, care)| W2 {
            wages: Usd::dollars(*wages),
            care: Usd::dollars(*care),
            ..W2::default()
        });
        Case {
            year,
            filer: Filer { status, care_persons, ..Filer::default() },
            persons: vec![Individual::default(); jobs.len()],
            w2: w2.collect(),
            paid,
            agi: jobs.iter().map(|(wages, _)| wages).sum(),
            tax: 10_000,
        }
    }

    fn fill(case: &Case) -> (CareBenefits, CareCredit) {
        let (law, _) = law::of(case.year).expect("law");
        let payments = Payments { care: Usd::dollars(case.paid), ..Payments::default() };
        let (filer, w2) = (&case.filer, &case.w2);
        let persons = case.persons.iter().zip(w2);
        let earnings: Vec<_> = persons
            .map(|(person, w2)| CareEarnings::fill(law, filer, person, w2, &ScheduleSe::BLANK, Round::WholeDollar))
            .collect();
        let benefits = CareBenefits::fill(law, filer, &payments, w2, &earnings, Round::WholeDollar);
        let income = AdjustedGrossIncome { agi: Usd::dollars(case.agi), ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(case.tax), ..Form1040Tax::BLANK };
        let credit =
            CareCredit::fill(law, filer, &payments, w2, &earnings, &benefits, &income, &tax, Round::WholeDollar);
        (benefits, credit)
    }

    fn percent(year: i32, status: FilingStatus, income: i64) -> String {
        let (law, _) = law::of(year).expect("law");
        percentage(law, &Filer { status, ..Filer::default() }, Usd::dollars(income)).to_string()
    }

    #[test]
    fn the_percentage_falls_by_two_thousands_to_twenty() {
        // The printed table: over 0 to 15,000 .35, 15,000 to 17,000 .34, 25,000 to 27,000 .29, 41,000 to 43,000 .21, then .20.
        let table = [(-5, 35), (15_000, 35), (15_001, 34), (17_000, 34), (17_001, 33), (27_000, 29), (43_000, 21)];
        for (income, expected) in table {
            for year in [2024, 2025] {
                assert_eq!(percent(year, FilingStatus::Head, income), format!("{expected}%"), "{income}");
            }
        }
        assert_eq!(percent(2025, FilingStatus::Joint, 43_001), "20%");
        assert_eq!(percent(2025, FilingStatus::Joint, 300_000), "20%");
    }

    #[test]
    fn from_2026_on_it_falls_from_fifty_and_halts_at_thirty_five() {
        // Joint: 43,001 is 28,001 over 15,000, 15 started steps: 50 - 15 = 35. It halts there to 150,000.
        let joint = [(15_000, 50), (15_001, 49), (43_000, 36), (43_001, 35), (100_000, 35), (150_000, 35)];
        // Then by 4,000: 154,001 is two started steps over 150,000; 206,001 is 15: 35 - 15 = 20.
        let joint =
            joint.into_iter().chain([(150_001, 34), (154_001, 33), (206_000, 21), (206_001, 20), (900_000, 20)]);
        for (income, expected) in joint {
            assert_eq!(percent(2026, FilingStatus::Joint, income), format!("{expected}%"), "{income}");
        }
        // Others by 2,000 from 75,000: 100,000 is 13 started steps: 35 - 13 = 22. From 103,001 on 20.
        for (income, expected) in [(75_000, 35), (75_001, 34), (100_000, 22), (103_000, 21), (103_001, 20)] {
            assert_eq!(percent(2026, FilingStatus::Head, income), format!("{expected}%"), "{income}");
        }
    }

    #[test]
    fn expenses_are_limited_by_persons_and_by_the_lesser_earnings() {
        // One child, 4,500 paid: 3,000 count; income 60,000: .20 x 3,000 = 600. Two children: 4,500 x .20 = 900.
        assert_eq!(fill(&case(2025, FilingStatus::Head, 1, &[(60_000, 0)], 4_500)).1.l11, Usd::dollars(600));
        assert_eq!(fill(&case(2025, FilingStatus::Head, 2, &[(60_000, 0)], 4_500)).1.l11, Usd::dollars(900));
        // The spouse earns 2,000: 2,000 x .20 = 400. Nobody qualifies, or a separate return: none.
        assert_eq!(
            fill(&case(2025, FilingStatus::Joint, 2, &[(60_000, 0), (2_000, 0)], 4_500)).1.l11,
            Usd::dollars(400)
        );
        assert_eq!(fill(&case(2025, FilingStatus::Head, 0, &[(60_000, 0)], 4_500)).1.stopped_at, Some("2"));
        assert_eq!(fill(&case(2025, FilingStatus::Separate, 2, &[(60_000, 0)], 4_500)).1.l11, Usd::ZERO);
        // No more than the tax.
        let poor = Case { tax: 150, ..case(2025, FilingStatus::Head, 2, &[(26_000, 0)], 4_500) };
        // 26,000: .29 x 4,500 = 1,305, of which 150.
        assert_eq!((fill(&poor).1.l9a, fill(&poor).1.l11), (Usd::dollars(1_305), Usd::dollars(150)));
    }

    #[test]
    fn a_student_is_taken_to_earn_250_or_500_a_month() {
        let student = |persons, months| {
            let mut couple = case(2025, FilingStatus::Joint, persons, &[(60_000, 0), (900, 0)], 8_000);
            couple.persons[1].unable_months = months;
            fill(&couple).1.l5
        };
        // 900 + 9 x 250 = 3,150; with two children 900 + 9 x 500 = 5,400.
        assert_eq!([student(1, 9), student(2, 9), student(2, 0)], [3_150, 5_400, 900].map(Usd::dollars));
        // Whoever is not married has no such months.
        let mut single = case(2025, FilingStatus::Head, 1, &[(0, 0)], 8_000);
        single.persons[0].unable_months = 12;
        assert_eq!(fill(&single).1.l4, Usd::ZERO);
    }

    #[test]
    fn benefits_are_excluded_up_to_the_limit_and_shrink_the_credit() {
        // Two children, 9,000 paid, 5,000 of benefits: all excluded; 6,000 - 5,000 = 1,000 x .20 = 200.
        let (benefits, credit) = fill(&case(2025, FilingStatus::Joint, 2, &[(60_000, 5_000), (40_000, 0)], 9_000));
        assert_eq!((benefits.l25, benefits.l26), (Usd::dollars(5_000), Usd::ZERO));
        assert_eq!([credit.l29, credit.l30, credit.l3, credit.l11], [1_000, 4_000, 1_000, 200].map(Usd::dollars));
        // One child: 3,000 - 5,000 is less than zero. Stop.
        let (_, credit) = fill(&case(2025, FilingStatus::Joint, 1, &[(60_000, 5_000), (40_000, 0)], 9_000));
        assert_eq!((credit.stopped_at, credit.l11), (Some("29"), Usd::ZERO));
    }

    #[test]
    fn what_exceeds_the_limit_the_expenses_or_the_earnings_is_taxed() {
        let taxable = |year, status, jobs: &[(i64, i64)], paid| fill(&case(year, status, 2, jobs, paid)).0.l26;
        // 7,500 of benefits: 2,500 over 5,000; from 2026 on none. A separate return: 7,500 - 2,500 = 5,000, then 3,750.
        assert_eq!(taxable(2025, FilingStatus::Head, &[(60_000, 7_500)], 9_000), Usd::dollars(2_500));
        assert_eq!(taxable(2026, FilingStatus::Head, &[(60_000, 7_500)], 9_000), Usd::ZERO);
        assert_eq!(taxable(2025, FilingStatus::Separate, &[(60_000, 7_500)], 9_000), Usd::dollars(5_000));
        assert_eq!(taxable(2026, FilingStatus::Separate, &[(60_000, 7_500)], 9_000), Usd::dollars(3_750));
        // Only 3,200 spent: 5,000 - 3,200. A spouse without earnings: all of it.
        assert_eq!(taxable(2025, FilingStatus::Head, &[(60_000, 5_000)], 3_200), Usd::dollars(1_800));
        assert_eq!(taxable(2025, FilingStatus::Joint, &[(60_000, 5_000), (0, 0)], 9_000), Usd::dollars(5_000));
    }

    #[test]
    fn taxable_benefits_are_earned_by_whoever_received_them() {
        // The spouse earns 2,000 and has 5,000 of benefits: 2,000 excluded, 3,000 taxable. Line 5: 2,000 + 3,000.
        // Line 3: smaller of 6,000 - 2,000 and 9,000 - 2,000, 4,000; x .20 = 800.
        let (benefits, credit) = fill(&case(2025, FilingStatus::Joint, 2, &[(60_000, 0), (2_000, 5_000)], 9_000));
        assert_eq!((benefits.l25, benefits.l26), (Usd::dollars(2_000), Usd::dollars(3_000)));
        assert_eq!([credit.l4, credit.l5, credit.l11], [60_000, 5_000, 800].map(Usd::dollars));
    }

    #[test]
    fn a_business_counts_by_schedule_se() {
        // Line 3 of 50,000 less line 13 of 3,533, and a job of 1,000: 47,467.
        let (law, _) = law::of(2025).expect("law");
        let se = ScheduleSe { l3: Usd::dollars(50_000), l13: Usd::dollars(3_533), ..ScheduleSe::BLANK };
        let w2 = W2 { wages: Usd::dollars(1_000), ..W2::default() };
        let earned = CareEarnings::fill(law, &Filer::default(), &Individual::default(), &w2, &se, Round::WholeDollar);
        assert_eq!(earned.total, Usd::dollars(47_467));
    }
}
