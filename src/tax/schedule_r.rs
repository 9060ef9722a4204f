//! Schedule R, Credit for the Elderly or the Disabled. Disability income of persons under 65 is refused by name.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::Usd;
use crate::tax::facts::Filer;
use crate::tax::form::refused;
use crate::tax::form_1040::{AdjustedGrossIncome, Form1040Tax, TotalIncome};
use crate::tax::form_2441::CareCredit;

form! {
    /// Schedule R (Form 1040) Part III, for boxes 1, 3 and 7 of Part I. None on a separate return: spouses who lived
    /// apart are refused by the screen.
    ScheduleR = "schedule-r", "Schedule R (Form 1040), Credit for the Elderly or the Disabled";
    (law: &Law, filer: &Filer, total: &TotalIncome, income: &AdjustedGrossIncome, tax: &Form1040Tax, care: &CareCredit; round) {
        "10" l10 "$5,000 where one person counts as 65, $7,500 where both spouses do" ["IRC 22(c)(2)"] = initial(filer, law.elderly.one, law.elderly.two);
             stop if l10 == Usd::ZERO;
        "11" l11 "Taxable disability income of persons under 65"              ["IRC 22(c)(2)(B)"] = refused();
        "12" l12 "Line 10"                                                                      = l10;
        "13a" l13a "Nontaxable social security benefits"                      ["IRC 22(c)(3)(A)(i)"] = total.l6a - total.l6b;
        "13b" l13b "Nontaxable pensions of veterans and other nontaxable pensions" ["IRC 22(c)(3)(A)(ii)"] = refused();
        "13c" l13c "Add lines 13a and 13b"                                                      = l13a + l13b;
        "14" l14 "Adjusted gross income"                                      ["IRC 22(d)"]     = income.agi;
        "15" l15 "$7,500 ($10,000 if joint)"                                  ["IRC 22(d)"]     = if filer.status.is_joint() { law.elderly.start_joint } else { law.elderly.start };
        "16" l16 "Line 14 less line 15, not below zero"                       ["IRC 22(d)"]     = l14.excess(l15);
        "17" l17 "One-half of line 16"                                        ["IRC 22(d)"]     = l16 * law.elderly.excess;
        "18" l18 "Add lines 13c and 17"                                                         = l13c + l17;
        "19" l19 "Line 12 less line 18. If zero or less, stop"                                  = l12.excess(l18);
             stop if l19 == Usd::ZERO;
        "20" l20 "Line 19 times 15%"                                          ["IRC 22(a)"]     = l19 * law.elderly.rate;
        "21" l21 "Credit limit: tax less Schedule 3 lines 1, 2 and 6l"        ["IRC 26(a)"]     = tax.l18.excess(care.l11);
        "22" l22 "Credit for the elderly or the disabled: smaller of line 20 or line 21; to Schedule 3 line 6d" ["IRC 22"] = l20.min(l21);
    }
}

fn initial(filer: &Filer, one: Usd, two: Usd) -> Usd {
    match filer.seniors {
        ..=0 => Usd::ZERO,
        _ if filer.status == FilingStatus::Separate => Usd::ZERO,
        1 => one,
        _ => two,
    }
}

/// Income from which on no one on a return has the credit: half of the excess takes the whole initial amount.
pub(super) fn ends(law: &Law, filer: &Filer) -> Usd {
    let elderly = &law.elderly;
    let (start, most) =
        if filer.status.is_joint() { (elderly.start_joint, elderly.two) } else { (elderly.start, elderly.one) };
    start + most * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn schedule(status: FilingStatus, seniors: i64, agi: i64, tax: i64) -> ScheduleR {
        beside(status, seniors, agi, tax, &TotalIncome::BLANK)
    }

    fn beside(status: FilingStatus, seniors: i64, agi: i64, tax: i64, total: &TotalIncome) -> ScheduleR {
        let (law, _) = law::of(2025).expect("law");
        let filer = Filer { status, seniors, ..Filer::default() };
        let income = AdjustedGrossIncome { agi: Usd::dollars(agi), ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(tax), ..Form1040Tax::BLANK };
        let care = CareCredit { l11: Usd::dollars(20), ..CareCredit::BLANK };
        ScheduleR::fill(law, &filer, total, &income, &tax, &care, Round::WholeDollar)
    }

    #[test]
    fn untaxed_benefits_are_taken_off() {
        // Single, 8,500: half of 1,000 is 500; benefits of 4,000, of which 1,000 taxed: 3,000. 5,000 - 3,500 = 1,500; 225.
        let total = TotalIncome { l6a: Usd::dollars(4_000), l6b: Usd::dollars(1_000), ..TotalIncome::BLANK };
        let filled = beside(FilingStatus::Single, 1, 8_500, 900, &total);
        assert_eq!((filled.l13a, filled.l22), (Usd::dollars(3_000), Usd::dollars(225)));
    }

    #[test]
    fn half_of_the_income_over_the_start_is_taken_off() {
        // Single, 13,300: (13,300 - 7,500) / 2 = 2,900; 5,000 - 2,900 = 2,100 x .15 = 315.
        assert_eq!(schedule(FilingStatus::Single, 1, 13_300, 900).l22, Usd::dollars(315));
        // Joint, 20,001: 5,000.50 -> 5,001. One senior: stop. Both: 7,500 - 5,001 = 2,499 x .15 = 374.85 -> 375.
        assert_eq!(schedule(FilingStatus::Joint, 1, 20_001, 900).stopped_at, Some("19"));
        assert_eq!(schedule(FilingStatus::Joint, 2, 20_001, 900).l22, Usd::dollars(375));
    }

    #[test]
    fn the_tax_after_dependent_care_is_the_limit() {
        // 315, of which 200 - 20 = 180.
        assert_eq!(schedule(FilingStatus::Single, 1, 13_300, 200).l22, Usd::dollars(180));
    }

    #[test]
    fn it_ends_where_half_of_the_excess_takes_all() {
        let (law, _) = law::of(2025).expect("law");
        for (status, seniors, end) in [(FilingStatus::Head, 1, 17_500), (FilingStatus::Joint, 2, 25_000)] {
            assert_eq!(ends(law, &Filer { status, ..Filer::default() }), Usd::dollars(end));
            assert_eq!(schedule(status, seniors, end, 900).stopped_at, Some("19"));
            assert!(schedule(status, seniors, end - 10, 900).l22 > Usd::ZERO);
        }
    }

    #[test]
    fn nobody_of_age_or_a_separate_return_has_none() {
        assert_eq!(schedule(FilingStatus::Single, 0, 9_000, 900).stopped_at, Some("10"));
        assert_eq!(schedule(FilingStatus::Separate, 1, 9_000, 900).stopped_at, Some("10"));
    }
}
