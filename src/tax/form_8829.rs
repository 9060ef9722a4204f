//! Form 8829, Expenses for Business Use of Your Home, and the choice of the deduction that goes with it.
//!
//! Where the home has mortgage interest or real estate taxes, the form depends on whether the filer itemizes, and the
//! itemized deductions depend on the form: what is business on one is not personal on the other. Both ways are lawful, since
//! anyone may elect to itemize (IRC 63(e)). The whole return is filled both ways, and the one with less tax is taken.

use super::Return;
use super::deductions::{halved, salt_cap, taken_off};
use super::facts::{Filer, HomeOffice, Payments};
use super::figures::{Figure, Given};
use super::form::refused;
use super::schedule_c::ScheduleC;
use crate::law::Law;
use crate::money::{Rate, Ratio, Round, Usd};
use crate::{facts, form};

facts! {
    /// How the home office and the choice between standard and itemized deductions were settled with each other.
    HomeChoice = "home-choice" {
        bound: i64 "The home office has mortgage interest or real estate taxes, so both ways were filled: 1 if so";
        itemizes: i64 "The way taken, the one with less tax: 1 to itemize, 0 for the standard deduction";
        income: Usd "Adjusted gross income at which the limit on state and local taxes was taken";
        standard_tax: Usd "Total tax less refundable credits with the standard deduction";
        itemized_tax: Usd "Total tax less refundable credits with itemized deductions";
    }
}

/// The choice, in sentences for an explanation.
pub const CHOICE: [&str; 3] = [
    "With the standard deduction the business part of mortgage interest and real estate taxes stands on lines 16 and 17 and \
     waits for income. With itemized deductions it stands on lines 10 and 11, is deducted first and without limit, and \
     Schedule A holds the rest.",
    "The whole return was filled both ways, and the one with less tax is taken; the standard deduction where both come to \
     the same.",
    "Where the limit on state and local taxes shrinks with income, the form is filled again until income moves by less than \
     a dollar.",
];

/// The authority for the choice.
pub const CHOICE_LAW: &str = "IRC 63(e), 280A(b), (c)(5); Instructions for Form 8829, lines 10, 11, 16 and 17";

form! {
    /// The Line 11 Worksheet of the Instructions for Form 8829: for one who itemizes.
    HomeTaxes = "form-8829-line-11", "Form 8829, Line 11 Worksheet";
    (law: &Law, filer: &Filer, payments: &Payments, office: &HomeOffice, choice: &HomeChoice; round) {
        "i"  itemizes: i64 "Itemizes: 1 if so"                                ["IRC 63(e)"]       = choice.itemizes;
             stop if itemizes == 0;
        "1"  l1  "State and local income taxes, or general sales taxes"       ["IRC 164(a)(3)"]   = payments.taxes;
        "2"  l2  "Real estate taxes of the home, in the time of business use" ["IRC 164(a)(1)"]   = office.real_estate;
        "3"  l3  "Other real estate taxes"                                    ["IRC 164(a)(1)"]   = payments.real_estate - l2;
        "4"  l4  "State and local personal property taxes"                    ["IRC 164(a)(2)"]   = payments.property_tax;
        "5"  l5  "Add lines 1 through 4"                                                          = l1 + l2 + l3 + l4;
        "6"  l6  "Line 2 times Form 8829 line 7"                              ["IRC 280A(c)(1)"]  = l2 * Ratio { of: office.area, whole: office.whole };
        "7a" l7a "Line 5 less line 6"                                                             = l5 - l6;
        "7b" whole: i64 "Line 5 is within the least limit, so all of line 2 stands on line 11: 1 if so" ["IRC 164(b)(6), (7)"] = i64::from(l5 <= least(law, filer, round));
             by "salt.cap", "salt.phase_down.floor";
        "8"  l8  "Limit on state and local taxes for the income"              ["IRC 164(b)(6), (7)"] = limit(law, filer, choice.income, round);
             by "salt.cap", "salt.phase_down.start", "salt.phase_down.rate", "salt.phase_down.floor";
        "9"  l9  "Line 8 less line 7a, not below zero: the room that is left" ["IRC 164(b)(6)"]   = l8.excess(l7a);
        "10" l10 "Smaller of line 6 or line 9; to line 11, column (a)"                            = l6.min(l9);
        "11" l11 "Line 6 less line 10; to line 17, column (a)"                                    = l6 - l10;
    }
}

/// The limit on state and local taxes for an income.
fn limit(law: &Law, filer: &Filer, income: Usd, round: Round) -> Usd {
    halved(filer, salt_cap(law, round.enter(taken_off(law, filer, income))), round)
}

/// What the limit is at least, whatever the income.
fn least(law: &Law, filer: &Filer, round: Round) -> Usd {
    halved(filer, salt_cap(law, law.salt.cap), round)
}

form! {
    /// Form 8829, for the one home in which the business is. Part III stands before Part II, which reads it.
    Form8829 = "form-8829", "Form 8829, Expenses for Business Use of Your Home";
    (law: &Law, office: &HomeOffice, c: &ScheduleC, taxes: &HomeTaxes, choice: &HomeChoice; round) {
        "1"   l1: i64 "Area used regularly and exclusively for business"      ["IRC 280A(c)(1)"]  = office.area;
        "2"   l2: i64 "Total area of the home"                                                    = office.whole;
        "3"   l3: Ratio "Line 1 divided by line 2"                                                = Ratio { of: l1, whole: l2 };
        "4"   l4   "Daycare: days times hours"                                ["IRC 280A(c)(4)"]  = refused();
        "5"   l5   "Daycare: hours of the year"                               ["IRC 280A(c)(4)"]  = refused();
        "6"   l6   "Daycare: line 4 divided by line 5"                        ["IRC 280A(c)(4)"]  = refused();
        "7"   l7: Ratio "Business percentage"                                 ["Pub. 587, Business Percentage"] = l3;
        "37"  l37  "Smaller of the home's adjusted basis or its fair market value when first used for business" ["Reg. 1.167(g)-1"] = office.basis.min(office.value);
        "38"  l38  "Value of land included on line 37"                        ["Reg. 1.167(a)-2"] = office.land.min(l37);
        "39"  l39  "Basis of building"                                                            = l37 - l38;
        "40"  l40  "Business basis of building"                                                   = l39 * l7;
        "41"  l41: Rate "Depreciation percentage: by the month of first business use, later 2.564%" ["IRC 168(c), (d)(2); Pub. 946 Table A-7a"] = percentage(law, office);
             by percentage_row, "office.basis", "office.first_month";
        "42"  l42  "Depreciation allowable; to line 30"                       ["IRC 167, 168, 280A(c)(1)"] = l40 * l41;
        "8"   l8   "Schedule C line 29: tentative profit, the limit"          ["IRC 280A(c)(5)"]  = c.l29;
        "9a"  l9a  "Casualty losses, direct"                                  ["IRC 165(h)(5)"]   = refused();
        "9b"  l9b  "Casualty losses, indirect"                                ["IRC 165(h)(5)"]   = refused();
        "10a" l10a "Deductible mortgage interest, direct: a mortgage is of the whole home" ["IRC 163(h)(3)"] = refused();
        "10b" l10b "Deductible mortgage interest of one who itemizes"         ["IRC 163(h)(3), 280A(b)"] = if choice.itemizes == 0 { Usd::ZERO } else { office.mortgage };
        "11a" l11a "Real estate taxes of one who itemizes, the business part within the limit" ["IRC 164(b)(6), 280A(b)"] = if taxes.whole == 0 { taxes.l10 } else { Usd::ZERO };
        "11b" l11b "Real estate taxes of one who itemizes, all within the limit" ["IRC 164(a)(1), 280A(b)"] = if taxes.whole == 0 { Usd::ZERO } else { taxes.l2 };
        "12a" l12a "Add lines 9, 10, and 11, column (a)"                                          = l9a + l10a + l11a;
        "12b" l12b "Add lines 9, 10, and 11, column (b)"                                          = l9b + l10b + l11b;
        "13"  l13  "Line 12, column (b), times line 7"                                            = l12b * l7;
        "14"  l14  "Line 12, column (a), plus line 13: deducted without limit" ["IRC 280A(b)"]    = l12a + l13;
        "15"  l15  "Line 8 less line 14, not below zero"                      ["IRC 280A(c)(5)"]  = l8.excess(l14);
        "16a" l16a "Excess mortgage interest, direct"                         ["IRC 163(a)"]      = refused();
        "16b" l16b "Excess mortgage interest: over the debt limit, or all with the standard deduction" ["IRC 163(a), 280A(c)(5)"] = if choice.itemizes == 0 { office.mortgage + office.mortgage_over } else { office.mortgage_over };
        "17a" l17a "Excess real estate taxes: the business part over the limit" ["IRC 164(b)(6)"] = if taxes.whole == 0 { taxes.l11 } else { Usd::ZERO };
        "17b" l17b "Excess real estate taxes: all with the standard deduction" ["IRC 164(a)"]     = if choice.itemizes == 0 { office.real_estate } else { Usd::ZERO };
        "18a" l18a "Insurance of the office alone"                            ["IRC 162(a)"]      = office.insurance_direct;
        "18b" l18b "Insurance of the home"                                    ["IRC 280A(c)(1)"]  = office.insurance;
        "19a" l19a "Rent, direct: rent of a place of its own is Schedule C line 20b" ["IRC 162(a)(3)"] = refused();
        "19b" l19b "Rent of the home"                                         ["IRC 162(a)(3), 280A(c)(1)"] = office.rent;
        "20a" l20a "Repairs and maintenance of the office alone"              ["Reg. 1.162-4(a)"] = office.repairs_direct;
        "20b" l20b "Repairs and maintenance of the home"                      ["Reg. 1.162-4(a); IRC 280A(c)(1)"] = office.repairs;
        "21a" l21a "Utilities of the office alone"                            ["IRC 162(a)"]      = office.utilities_direct;
        "21b" l21b "Utilities of the home"                                    ["IRC 280A(c)(1)"]  = office.utilities;
        "22a" l22a "Other expenses of the office alone"                       ["IRC 162(a)"]      = office.other_direct;
        "22b" l22b "Other expenses of the home"                               ["IRC 280A(c)(1)"]  = office.other;
        "23a" l23a "Add lines 16 through 22, column (a)"                                          = l16a + l17a + l18a + l19a + l20a + l21a + l22a;
        "23b" l23b "Add lines 16 through 22, column (b)"                                          = l16b + l17b + l18b + l19b + l20b + l21b + l22b;
        "24"  l24  "Line 23, column (b), times line 7"                        ["IRC 280A(c)(1)"]  = l23b * l7;
        "25"  l25  "Carryover of prior year operating expenses"               ["IRC 280A(c)(5)"]  = office.carryover_operating;
        "26"  l26  "Line 23, column (a), plus lines 24 and 25"                                    = l23a + l24 + l25;
        "27"  l27  "Allowable operating expenses: smaller of line 15 or line 26" ["IRC 280A(c)(5)"] = l15.min(l26);
        "28"  l28  "Limit on depreciation: line 15 less line 27"              ["IRC 280A(c)(5)"]  = l15 - l27;
        "29"  l29  "Excess casualty losses"                                   ["IRC 165(h)(5)"]   = refused();
        "30"  l30  "Depreciation of the home, from line 42"                                       = l42;
        "31"  l31  "Carryover of prior year excess casualty losses and depreciation" ["IRC 280A(c)(5)"] = office.carryover_depreciation;
        "32"  l32  "Add lines 29 through 31"                                                      = l29 + l30 + l31;
        "33"  l33  "Allowable depreciation: smaller of line 28 or line 32"    ["IRC 280A(c)(5)"]  = l28.min(l32);
        "34"  l34  "Add lines 14, 27, and 33"                                                     = l14 + l27 + l33;
        "35"  l35  "Casualty loss portion; to Form 4684"                      ["IRC 165(h)(5)"]   = refused();
        "36"  l36  "Allowable expenses for business use of the home; to Schedule C line 30" ["IRC 280A(c)"] = l34 - l35;
        "43"  l43  "Operating expenses carried to next year: line 26 less line 27" ["IRC 280A(c)(5)"] = l26 - l27;
        "44"  l44  "Depreciation carried to next year: line 32 less line 33"  ["IRC 280A(c)(5)"]  = l32 - l33;
        "a5"  taxes_part "Business part of real estate taxes: not on Schedule A" ["IRC 280A(b); Schedule A instructions, line 5b"] = taxes.l6;
        "a8"  interest_part "Business part of mortgage interest: not on Schedule A" ["IRC 280A(b); Schedule A instructions, line 8a"] = l10b * l7;
    }
}

/// The percentage of the year: of the first one by the month in which business use began; none without a building.
fn percentage(law: &Law, office: &HomeOffice) -> Rate {
    let table = &law.home_office.depreciation;
    if office.basis == Usd::ZERO {
        return Rate::ZERO;
    }
    let month = usize::try_from(office.first_month).ok().and_then(|month| month.checked_sub(1));
    month.and_then(|month| table.first_year.get(month)).copied().unwrap_or(table.later_years)
}

/// The cell of the table that was used.
fn percentage_row(given: &Given) -> Vec<Figure> {
    if given.amount("office.basis") == Usd::ZERO {
        return Vec::new();
    }
    let month = usize::try_from(given.count("office.first_month")).ok().and_then(|month| month.checked_sub(1));
    let first = month.filter(|month| *month < given.law.home_office.depreciation.first_year.len());
    vec![match first {
        Some(month) => {
            Figure::row("home_office.depreciation.first_year", month).says("The month of first business use")
        }
        None => Figure::new("home_office.depreciation.later_years"),
    }]
}

/// More rounds than any income needs to come to rest: a dollar more of income takes less than a dollar off the limit.
const ROUNDS: i64 = 50;

/// A change of less than this ends the rounds.
const REST: Usd = Usd::dollars(1);

impl Return {
    /// Fills the whole return, by the deduction that goes with the home office.
    pub(super) fn settle_home(&mut self, law: &Law) {
        self.choice = HomeChoice::BLANK;
        let tied = |office: &HomeOffice| {
            office.actual != 0 && (office.mortgage != Usd::ZERO || office.real_estate != Usd::ZERO)
        };
        if !self.offices.iter().any(tied) {
            self.fill_all(law);
            return;
        }
        self.choice.bound = 1;
        self.choice.standard_tax = self.tax_by(law, 0);
        self.choice.itemized_tax = self.tax_by(law, 1);
        if self.choice.itemized_tax >= self.choice.standard_tax {
            self.tax_by(law, 0);
        }
    }

    /// Fills the whole return by one deduction; gives its tax.
    fn tax_by(&mut self, law: &Law, itemizes: i64) -> Usd {
        (self.choice.itemizes, self.choice.income) = (itemizes, Usd::ZERO);
        for _ in 0..ROUNDS {
            self.fill_all(law);
            let moved = self.agi.agi - self.choice.income;
            if itemizes == 0 || moved.max(-moved) < REST {
                break;
            }
            self.choice.income = self.agi.agi;
        }
        self.net_tax()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::tax::facts::{Business, Household, Person};
    use crate::tax::prepare;

    const fn usd(dollars: i64) -> Usd {
        Usd::dollars(dollars)
    }

    /// An office of a tenth of the home, by the regular method.
    fn office() -> HomeOffice {
        HomeOffice { actual: 1, area: 120, whole: 1_200, ..HomeOffice::default() }
    }

    fn coder(receipts: i64, office: HomeOffice) -> Household {
        let business = Business { gross_receipts: usd(receipts), ..Business::default() };
        let taxpayer = Person { age: 40, businesses: vec![business], offices: vec![office], ..Person::default() };
        Household { taxpayer, ..Household::default() }
    }

    fn filled(year: i32, household: &Household) -> Return {
        prepare(law::of(year).expect("law").0, household, Round::WholeDollar).expect("modelled")
    }

    #[test]
    fn a_renter_deducts_a_tenth_of_rent_and_utilities() {
        // 18,000 + 2,400 = 20,400; a tenth is 2,040, against 120 x 5 = 600.
        let renter = HomeOffice { rent: usd(18_000), utilities: usd(2_400), ..office() };
        let home = filled(2025, &coder(40_000, renter));
        let form = &home.form_8829[0];
        assert_eq!((form.l23b, form.l24, form.l36), (usd(20_400), usd(2_040), usd(2_040)));
        assert_eq!((form.l43, form.l44, form.l41), (Usd::ZERO, Usd::ZERO, Rate::ZERO));
        assert_eq!((home.schedule_c[0].l30, home.schedule_c[0].l31), (usd(2_040), usd(37_960)));
        assert_eq!(home.choice, HomeChoice::default());
    }

    #[test]
    fn what_is_of_the_office_alone_counts_whole() {
        // A tenth of 1,000 of repairs and 500 of insurance is 150; 300 of paint for the office counts whole.
        let painted = HomeOffice { repairs: usd(1_000), insurance: usd(500), repairs_direct: usd(300), ..office() };
        let home = filled(2025, &coder(40_000, painted));
        assert_eq!((home.form_8829[0].l23a, home.form_8829[0].l36), (usd(300), usd(450)));
    }

    #[test]
    fn one_room_of_four_is_a_quarter() {
        let rooms = HomeOffice { area: 1, whole: 4, rent: usd(10_000), ..office() };
        assert_eq!(filled(2025, &coder(40_000, rooms)).form_8829[0].l36, usd(2_500));
    }

    #[test]
    fn the_home_is_depreciated_by_month_and_then_by_the_same_share() {
        // The smaller of 300,000 and 350,000 less 60,000 of land is 240,000; a tenth is 24,000.
        // First used in May: 24,000 x 1.605% = 385.20. Later: 24,000 x 2.564% = 615.36.
        let owner = HomeOffice { basis: usd(300_000), value: usd(350_000), land: usd(60_000), ..office() };
        let first = filled(2025, &coder(40_000, HomeOffice { first_month: 5, ..owner }));
        let form = &first.form_8829[0];
        assert_eq!((form.l37, form.l39, form.l40), (usd(300_000), usd(240_000), usd(24_000)));
        assert_eq!((form.l42, form.l36), (usd(385), usd(385)));
        assert_eq!(filled(2025, &coder(40_000, owner)).form_8829[0].l42, usd(615));
        let january = HomeOffice { first_month: 1, value: usd(260_000), ..owner };
        // 260,000 - 60,000 = 200,000; 20,000 x 2.461% = 492.20.
        assert_eq!(filled(2024, &coder(40_000, january)).form_8829[0].l42, usd(492));
    }

    #[test]
    fn operating_expenses_go_before_depreciation_and_the_rest_is_carried() {
        // Pub. 587, deduction limit: 6,000 of income; interest and taxes 3,000 less other expenses 2,000 leave 1,000:
        // 800 of maintenance, insurance and utilities, then 200 of 1,600 of depreciation; 1,400 is carried.
        // A tenth of each home: 30,000 of interest, 8,000 of utilities; 624,025 x 10% x 2.564% = 1,600.
        let busy = HomeOffice {
            mortgage: usd(30_000),
            utilities: usd(8_000),
            basis: usd(624_025),
            value: usd(700_000),
            ..office()
        };
        let mut household = coder(6_000, busy);
        household.taxpayer.businesses[0].supplies = usd(2_000);
        household.payments = Payments { mortgage: usd(30_000), ..Payments::default() };
        household.taxpayer.w2 = crate::tax::facts::W2 { wages: usd(90_000), ..Default::default() };
        let home = filled(2025, &household);
        let form = &home.form_8829[0];
        // 27,000 of interest left on Schedule A are more than the standard deduction: she itemizes.
        assert_eq!(home.choice.itemizes, 1);
        assert_eq!((form.l8, form.l14, form.l15), (usd(4_000), usd(3_000), usd(1_000)));
        assert_eq!((form.l27, form.l28), (usd(800), usd(200)));
        assert_eq!((form.l30, form.l33, form.l44), (usd(1_600), usd(200), usd(1_400)));
        assert_eq!((form.l36, form.l43, home.schedule_c[0].l31), (usd(4_000), Usd::ZERO, Usd::ZERO));
    }

    #[test]
    fn carryovers_come_in_and_go_out() {
        // 1,000 of income: 500 of rent and 700 carried here, 1,200; 1,000 counts, 200 is carried. Depreciation waits whole.
        let carried =
            HomeOffice { rent: usd(5_000), carryover_operating: usd(700), carryover_depreciation: usd(90), ..office() };
        let form = filled(2025, &coder(1_000, carried)).form_8829[0];
        assert_eq!((form.l26, form.l27, form.l43), (usd(1_200), usd(1_000), usd(200)));
        assert_eq!((form.l33, form.l44), (Usd::ZERO, usd(90)));
    }

    #[test]
    fn a_year_of_loss_carries_everything() {
        let mut household = coder(1_000, HomeOffice { rent: usd(18_000), ..office() });
        household.taxpayer.businesses[0].other = usd(4_000);
        let home = filled(2025, &household);
        assert_eq!((home.form_8829[0].l36, home.form_8829[0].l43), (Usd::ZERO, usd(1_800)));
        assert_eq!(home.schedule_c[0].l31, usd(-3_000));
    }

    #[test]
    fn one_who_does_not_itemize_has_interest_and_taxes_on_lines_16_and_17() {
        // 6,000 and 3,000: a tenth of 9,000 is 900, and Schedule A would hold 8,100.
        let owner = HomeOffice { mortgage: usd(6_000), real_estate: usd(3_000), ..office() };
        let mut household = coder(40_000, owner);
        household.payments = Payments { mortgage: usd(6_000), real_estate: usd(3_000), ..Payments::default() };
        let home = filled(2025, &household);
        let form = &home.form_8829[0];
        assert_eq!((home.choice.bound, home.choice.itemizes, home.deductions.itemizes), (1, 0, 0));
        assert_eq!((form.l12a, form.l12b), (Usd::ZERO, Usd::ZERO));
        assert_eq!((form.l16b, form.l17b, form.l36), (usd(6_000), usd(3_000), usd(900)));
        assert_eq!(home.home_taxes[0].stopped_at, Some("i"));
    }

    #[test]
    fn schedule_a_holds_what_is_not_business() {
        // A published walk through a year of an owner: 252 of 2,240 square feet is 11.25%.
        // Taxes 7,420 x 11.25% = 834.75 -> 835; 9,850 + 7,420 + 310 = 17,580 is over 10,000; 40,000 - 16,745 = 23,255.
        // Interest 14,862 x 11.25% = 1,671.975 -> 1,672. 3,947 - 2,507 = 1,440; 725 + 312 = 1,037; 403 of 888 + 517.
        let owner = HomeOffice {
            area: 252,
            whole: 2_240,
            mortgage: usd(14_862),
            real_estate: usd(7_420),
            insurance: usd(1_986),
            repairs: usd(642),
            utilities: usd(3_418),
            other: usd(396),
            carryover_operating: usd(312),
            carryover_depreciation: usd(517),
            basis: usd(405_200),
            value: usd(512_000),
            land: usd(97_300),
            ..office()
        };
        let mut household = coder(3_947, owner);
        // Wages beside the business, so that itemizing lowers the tax.
        household.taxpayer.w2 = crate::tax::facts::W2 { wages: usd(90_000), ..Default::default() };
        household.payments = Payments {
            taxes: usd(9_850),
            property_tax: usd(310),
            mortgage: usd(14_862),
            real_estate: usd(7_420),
            ..Payments::default()
        };
        let home = filled(2025, &household);
        let (form, taxes) = (&home.form_8829[0], &home.home_taxes[0]);
        assert_eq!((taxes.l5, taxes.l6, taxes.l7a, taxes.whole), (usd(17_580), usd(835), usd(16_745), 0));
        assert_eq!((taxes.l8, taxes.l9, taxes.l10), (usd(40_000), usd(23_255), usd(835)));
        assert_eq!((form.l13, form.l14, form.l15), (usd(1_672), usd(2_507), usd(1_440)));
        assert_eq!((form.l23b, form.l24, form.l27, form.l28), (usd(6_442), usd(725), usd(1_037), usd(403)));
        assert_eq!((form.l37, form.l40, form.l42), (usd(405_200), usd(34_639), usd(888)));
        assert_eq!((form.l36, form.l43, form.l44), (usd(3_947), Usd::ZERO, usd(1_002)));
        assert_eq!((home.schedule_a.l5b, home.schedule_a.l8a), (usd(6_585), usd(13_190)));
        assert_eq!((home.deductions.itemizes, home.schedule_c[0].l31), (1, Usd::ZERO));
    }

    #[test]
    fn taxes_over_the_limit_go_to_line_17() {
        // 2024: 10,000 at most. Others 9,500; the home's 4,000, a tenth 400. 13,500 - 400 = 13,100 leave no room.
        let owner = HomeOffice { mortgage: usd(30_000), real_estate: usd(4_000), ..office() };
        let mut household = coder(60_000, owner);
        household.payments =
            Payments { taxes: usd(9_500), mortgage: usd(30_000), real_estate: usd(4_000), ..Payments::default() };
        let home = filled(2024, &household);
        let form = &home.form_8829[0];
        assert_eq!((home.choice.itemizes, form.l11a, form.l17a), (1, Usd::ZERO, usd(400)));
        // 3,600 of the home's taxes are personal: 9,500 + 3,600 = 13,100, of which 10,000.
        assert_eq!((home.schedule_a.l5d, home.schedule_a.l5e), (usd(13_100), usd(10_000)));
        // All within: 4,000 of 9,000 in all stand on line 11 whole.
        household.payments.taxes = usd(5_000);
        let home = filled(2024, &household);
        assert_eq!((home.form_8829[0].l11b, home.form_8829[0].l13), (usd(4_000), usd(3_400)));
    }

    #[test]
    fn the_limit_that_shrinks_with_income_comes_to_rest() {
        // 2025, separate: the limit of 20,000 shrinks over 250,000; line 11 and income depend on each other.
        let owner = HomeOffice { area: 600, mortgage: usd(40_000), real_estate: usd(20_000), ..office() };
        let mut household = coder(310_000, owner);
        household.status = FilingStatus::Separate;
        household.payments =
            Payments { taxes: usd(2_000), mortgage: usd(40_000), real_estate: usd(20_000), ..Payments::default() };
        let home = filled(2025, &household);
        assert_eq!((home.choice.itemizes, home.choice.income), (1, home.agi.agi));
        let taxes = &home.home_taxes[0];
        // Half of (40,000 - (income - 250,000) x .30).
        let half = (usd(40_000) - Round::WholeDollar.enter((home.agi.agi - usd(250_000)) * Rate::millionths(300_000)))
            * Ratio { of: 1, whole: 2 };
        assert_eq!(taxes.l8, Round::WholeDollar.enter(half));
        assert_eq!((taxes.l7a, taxes.l10), (usd(12_000), (taxes.l8 - usd(12_000)).min(usd(10_000))));
        assert!(taxes.l11 > Usd::ZERO, "{taxes:?}");
    }

    #[test]
    fn the_way_with_less_tax_is_taken() {
        let law = law::of(2025).expect("law").0;
        for (mortgage, receipts) in [(6_000, 40_000), (17_400, 40_000), (17_500, 12_000), (40_000, 90_000)] {
            let owner = HomeOffice { mortgage: usd(mortgage), ..office() };
            let mut household = coder(receipts, owner);
            household.payments = Payments { mortgage: usd(mortgage), ..Payments::default() };
            let home = prepare(law, &household, Round::Cents).expect("modelled");
            let least = home.choice.standard_tax.min(home.choice.itemized_tax);
            assert_eq!(home.net_tax(), least, "{mortgage} {receipts}");
            assert_eq!(home.deductions.itemizes, home.choice.itemizes);
        }
    }

    #[test]
    fn a_return_filled_again_keeps_nothing_of_a_home() {
        let law = law::of(2025).expect("law").0;
        let owner = HomeOffice { mortgage: usd(30_000), ..office() };
        let mut with = coder(40_000, owner);
        with.payments.mortgage = usd(30_000);
        let without = Household { taxpayer: Person { offices: Vec::new(), ..with.taxpayer.clone() }, ..with.clone() };
        let mut again = prepare(law, &with, Round::Cents).expect("modelled");
        crate::tax::prepare_into(&mut again, law, &without, Round::Cents).expect("modelled");
        assert_eq!(again, prepare(law, &without, Round::Cents).expect("modelled"));
    }

    #[test]
    fn carryovers_wait_where_the_simplified_method_is_used() {
        let parked =
            HomeOffice { actual: 0, carryover_operating: usd(312), carryover_depreciation: usd(517), ..office() };
        let mut household = coder(40_000, parked);
        (household.taxpayer.businesses[0].home_area, household.taxpayer.businesses[0].home_months) = (120, 12);
        let home = filled(2025, &household);
        assert_eq!((home.home[0].l5, home.home[0].l6a, home.home[0].l6b), (usd(600), usd(312), usd(517)));
        assert_eq!((home.schedule_c[0].l30, home.form_8829[0]), (usd(600), Form8829::BLANK));
    }

    #[test]
    fn one_home_has_one_form_and_one_method() {
        let law = law::of(2025).expect("law").0;
        let refused = |household: &Household| {
            let refusals = prepare(law, household, Round::Cents).err().unwrap_or_default();
            refusals.into_iter().map(|refusal| refusal.needs).collect::<Vec<_>>()
        };
        let mut both = coder(40_000, office());
        both.taxpayer.businesses[0].home_area = 120;
        let needs = "Form 8829 line 36, Instructions for Schedule C, line 30";
        assert_eq!(refused(&both), [needs]);
        let mut two = coder(40_000, office());
        two.taxpayer.businesses.push(Business::default());
        two.taxpayer.offices.push(office());
        assert_eq!(refused(&two), [needs]);
        assert_eq!(refused(&coder(40_000, HomeOffice { whole: 100, ..office() })), ["Form 8829 lines 1 and 2"]);
    }
}
