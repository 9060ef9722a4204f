//! Schedule C, Profit or Loss From Business, and the Simplified Method Worksheet for the home.

use crate::form;
use crate::law::Law;
use crate::money::{Ratio, Round, Usd};
use crate::tax::Return;
use crate::tax::facts::{Business, HomeOffice};
use crate::tax::form::refused;
use crate::tax::form_4562::Form4562;
use crate::tax::form_8829::{Form8829, HomeTaxes};

form! {
    /// Schedule C (Form 1040): one for each trade or business, cash basis.
    ScheduleC = "schedule-c", "Schedule C (Form 1040), Profit or Loss From Business";
    (business: &Business, form_4562: &Form4562, home: &SimplifiedMethod, office: &Form8829; round) {
        "1"   l1   "Gross receipts or sales"                                  ["IRC 61(a)(2), 451(a)"] = business.gross_receipts;
        "2"   l2   "Returns and allowances"                                   ["IRC 61"]               = business.returns;
        "3"   l3   "Subtract line 2 from line 1"                                                       = l1 - l2;
        "4"   l4   "Cost of goods sold, from line 42"                         ["Reg. 1.61-3(a)"]       = refused();
        "5"   l5   "Gross profit"                                                                      = l3 - l4;
        "6"   l6   "Other income"                                             ["IRC 61"]               = business.other_income + business.recaptured;
        "7"   l7   "Gross income"                                                                      = l5 + l6;
        "8"   l8   "Advertising"                                              ["IRC 162(a)"]           = business.advertising;
        "9"   l9   "Car and truck expenses"                                   ["IRC 162(a), 274(d)"]   = business.car;
        "10"  l10  "Commissions and fees"                                     ["IRC 162(a)"]           = business.commissions;
        "11"  l11  "Contract labor"                                           ["IRC 162(a)"]           = business.contract_labor;
        "12"  l12  "Depletion"                                                ["IRC 611"]              = refused();
        "13"  l13  "Depreciation and section 179 expense deduction"           ["IRC 167, 168, 179"]    = business.depreciation + form_4562.l22;
        "14"  l14  "Employee benefit programs"                                ["IRC 162(a)"]           = refused();
        "15"  l15  "Insurance (other than health)"                            ["IRC 162(a)"]           = business.insurance;
        "16a" l16a "Interest: mortgage paid to banks"                         ["IRC 163"]              = refused();
        "16c" ("16b" until 2025) l16b "Interest: other"                       ["IRC 163"]              = business.interest;
        "17"  l17  "Legal and professional services"                          ["IRC 162(a)"]           = business.legal;
        "18"  l18  "Office expense"                                           ["IRC 162(a)"]           = business.office;
        "19"  l19  "Pension and profit-sharing plans for employees"           ["IRC 404"]              = refused();
        "20a" l20a "Rent or lease: vehicles, machinery, and equipment"        ["IRC 162(a)(3)"]        = business.rent_equipment;
        "20b" l20b "Rent or lease: other business property"                   ["IRC 162(a)(3)"]        = business.rent_property;
        "21"  l21  "Repairs and maintenance"                                  ["IRC 162(a)"]           = business.repairs;
        "22"  l22  "Supplies"                                                 ["IRC 162(a)"]           = business.supplies;
        "23"  l23  "Taxes and licenses"                                       ["IRC 164"]              = business.taxes;
        "24a" l24a "Travel"                                                   ["IRC 162(a)(2)"]        = business.travel;
        "24b" l24b "Deductible meals"                                         ["IRC 274(n)"]           = business.meals;
        "25"  l25  "Utilities"                                                ["IRC 162(a)"]           = business.utilities;
        "26"  l26  "Wages"                                                    ["IRC 162(a)(1)"]        = business.wages;
        "27a" ("27b" until 2024) l27_buildings "Energy efficient commercial buildings deduction" ["IRC 179D"] = refused();
        "27b" ("27a" until 2024) l27_other     "Other expenses, from line 48" ["IRC 162(a), 195"]      = business.other + form_4562.start_up + form_4562.l44;
        "28"  l28  "Total expenses before expenses for business use of home"                           =
            l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16a + l16b + l17 + l18 + l19 + l20a + l20b + l21 + l22 + l23
                + l24a + l24b + l25 + l26 + l27_buildings + l27_other;
        "29"  l29  "Tentative profit or (loss)"                                                        = l7 - l28;
        "30"  l30  "Expenses for business use of your home" ["IRC 280A(c)"] = business.home_actual + home.l5 + office.l36;
        "31"  l31  "Net profit or (loss)"                                     ["IRC 61(a)(2), 62(a)(1)"] = l29 - l30;
        "35"  l35  "Inventory at the beginning of the year"                   ["IRC 471"]              = refused();
        "36"  l36  "Purchases less what was taken for personal use"           ["Reg. 1.61-3(a)"]       = refused();
        "37"  l37  "Cost of labor, nothing paid to oneself"                   ["Reg. 1.61-3(a)"]       = refused();
        "38"  l38  "Materials and supplies"                                   ["Reg. 1.61-3(a)"]       = refused();
        "39"  l39  "Other costs"                                              ["Reg. 1.61-3(a)"]       = refused();
        "40"  l40  "Add lines 35 through 39"                                                           = l35 + l36 + l37 + l38 + l39;
        "41"  l41  "Inventory at the end of the year"                         ["IRC 471"]              = refused();
        "42"  l42  "Cost of goods sold: line 40 less line 41"                 ["Reg. 1.61-3(a)"]       = l40 - l41;
        "48"  l48  "Total other expenses; to the line of other expenses"                        ["IRC 162(a), 195"]      = business.other + form_4562.start_up + form_4562.l44;
    }
}

form! {
    /// The Simplified Method Worksheet of the Instructions for Schedule C.
    SimplifiedMethod = "simplified-method", "Simplified Method Worksheet, business use of the home";
    (law: &Law, business: &Business, c: &ScheduleC, office: &HomeOffice; round) {
        "1"  l1       "Gross income limitation: tentative profit, Schedule C line 29" ["IRC 280A(c)(5)"] = c.l29;
        "2"  l2: i64  "Allowable square feet, at most 300"                     ["Rev. Proc. 2013-13 s.4.01(1)"] = business.home_area.clamp(0, law.home_office.most_feet);
        "2m" l2_months: i64 "Months of the year with 15 days or more of such use; the area is their average" ["Rev. Proc. 2013-13 s.4.01(2)"] = business.home_months.clamp(0, 12);
        "3a" l3a      "Maximum allowable amount per square foot"               ["Rev. Proc. 2013-13 s.4.01"] = law.home_office.per_foot;
        "4"  l4       "Line 2 times line 3a, for the months"                   ["Rev. Proc. 2013-13 s.4.01"] = l3a * l2 * Ratio { of: l2_months, whole: 12 };
        "5"  l5       "Smaller of line 1 or line 4, not below zero"            ["IRC 280A(c)(5); Rev. Proc. 2013-13 s.4.08"] = l1.min(l4).floor0();
        "6a" l6a      "Operating expenses of an earlier Form 8829: not deducted this year, kept for the next one" ["Simplified Method Worksheet, line 6, Instructions for Schedule C"] = if office.actual == 0 { office.carryover_operating } else { Usd::ZERO };
        "6b" l6b      "Depreciation of an earlier Form 8829: not deducted this year, kept for the next one" ["Simplified Method Worksheet, line 6, Instructions for Schedule C"] = if office.actual == 0 { office.carryover_depreciation } else { Usd::ZERO };
    }
}

/// Fills the schedule and its worksheet, of a business without Form 4562.
pub fn fill(law: &Law, business: &Business, round: Round) -> (ScheduleC, SimplifiedMethod) {
    let (mut c, mut home) = (ScheduleC::BLANK, SimplifiedMethod::BLANK);
    fill_in(&mut c, &mut home, law, business, &Form4562::BLANK, round);
    (c, home)
}

/// Fills a schedule and its worksheet, whatever stood in them. The worksheet needs line 29, which does not depend on it.
#[allow(clippy::inline_always)]
#[inline(always)]
pub(super) fn fill_in(
    c: &mut ScheduleC,
    home: &mut SimplifiedMethod,
    law: &Law,
    business: &Business,
    form_4562: &Form4562,
    round: Round,
) {
    c.fill_in(business, form_4562, &SimplifiedMethod::BLANK, &Form8829::BLANK, round);
    home.fill_in(law, business, c, &HomeOffice::BLANK, round);
    if home.l5 != Usd::ZERO {
        *c = ScheduleC::fill(business, form_4562, home, &Form8829::BLANK, round);
    }
}

impl Return {
    /// Fills the schedule of a business of a household with a home office, and the worksheet or the form of its method.
    #[cold]
    pub(super) fn with_office(&mut self, law: &Law, at: usize, round: Round) {
        let (business, office, form_4562) = (&self.businesses[at], &self.offices[at], &self.form_4562[at]);
        let tentative = ScheduleC::fill(business, form_4562, &SimplifiedMethod::BLANK, &Form8829::BLANK, round);
        self.home[at] = SimplifiedMethod::fill(law, business, &tentative, office, round);
        if office.actual != 0 {
            self.home_taxes[at] = HomeTaxes::fill(law, &self.filer, &self.payments, office, &self.choice, round);
            let taxes = &self.home_taxes[at];
            self.form_8829[at] = Form8829::fill(law, office, &tentative, taxes, &self.choice, round);
        }
        self.schedule_c[at] = ScheduleC::fill(business, form_4562, &self.home[at], &self.form_8829[at], round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    fn coder() -> Business {
        Business {
            gross_receipts: Usd::dollars(45_000),
            supplies: Usd::from_cents(123_450),
            utilities: Usd::from_cents(80_049),
            other: Usd::dollars(700),
            home_area: 120,
            home_months: 12,
            ..Business::default()
        }
    }

    #[test]
    fn profit_is_receipts_less_expenses_less_the_home() {
        let (law, _) = law::of(2025).expect("law");
        let (c, home) = fill(law, &coder(), Round::WholeDollar);
        // 1,234.50 -> 1,235; 800.49 -> 800; 1,235 + 800 + 700 = 2,735; 45,000 - 2,735 = 42,265;
        // home 120 x $5 = 600; 42,265 - 600 = 41,665.
        assert_eq!((c.l22, c.l25, c.l28), (Usd::dollars(1_235), Usd::dollars(800), Usd::dollars(2_735)));
        assert_eq!((home.l4, c.l30, c.l31), (Usd::dollars(600), Usd::dollars(600), Usd::dollars(41_665)));
    }

    #[test]
    fn the_home_never_makes_a_loss() {
        let (law, _) = law::of(2025).expect("law");
        let poor = Business { gross_receipts: Usd::dollars(3_000), ..coder() };
        // 3,000 - 2,735 = 265 is less than 600, so line 30 is 265 and line 31 is zero.
        let (c, _) = fill(law, &poor, Round::WholeDollar);
        assert_eq!((c.l29, c.l30, c.l31), (Usd::dollars(265), Usd::dollars(265), Usd::ZERO));
        let loss = Business { gross_receipts: Usd::dollars(1_000), ..coder() };
        let (c, _) = fill(law, &loss, Round::WholeDollar);
        assert_eq!((c.l30, c.l31), (Usd::ZERO, Usd::dollars(-1_735)));
    }

    #[test]
    fn part_of_a_year_and_more_than_300_feet() {
        // Instructions for Schedule C, Example 3: 300 square feet for 7 months is 175 on the average: 175 x $5 = 875.
        let (law, _) = law::of(2025).expect("law");
        let moved = Business { home_area: 420, home_months: 7, ..coder() };
        let (_, home) = fill(law, &moved, Round::Cents);
        assert_eq!((home.l2, home.l5), (300, Usd::dollars(875)));
        let nonsense = Business { home_area: i64::MIN, home_months: i64::MAX, ..coder() };
        let (_, home) = fill(law, &nonsense, Round::Cents);
        assert_eq!((home.l2, home.l2_months, home.l5), (0, 12, Usd::ZERO));
    }

    #[test]
    fn other_expenses_moved_in_2025() {
        let other = ScheduleC::LINES.iter().find(|line| line.name == "l27_other").expect("line");
        assert_eq!(other.number_in(2024), Some("27a"));
        assert_eq!(other.number_in(2025), Some("27b"));
    }
}
