//! Form 4562, Depreciation and Amortization.

use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Usd};
use crate::tax::facts::Filer;
use crate::tax::form::{refused, sum};
use crate::{facts, form};

facts! {
    /// What is depreciated and amortized of one business in the year. Assets give it, already of the business's part.
    Depreciation = "depreciation" {
        cost_179: Usd "Cost of section 179 property placed in service, business part";
        elected: Usd "Elected under section 179, listed property apart";
        listed_elected: Usd "Elected under section 179 of listed property";
        carryover: Usd "Section 179 deduction carried from the year before, line 13 of its Form 4562";
        allowance: Usd "Special depreciation allowance, listed property apart";
        other: Usd "Software, straight line over 36 months";
        earlier: Usd "Depreciation of things placed in service in earlier years";
        basis_3: Usd "3-year property, basis for depreciation";
        new_3: Usd "3-year property, depreciation";
        basis_5: Usd "5-year property, basis for depreciation";
        new_5: Usd "5-year property, depreciation";
        basis_7: Usd "7-year property, basis for depreciation";
        new_7: Usd "7-year property, depreciation";
        basis_15: Usd "15-year property, basis for depreciation";
        new_15: Usd "15-year property, depreciation";
        basis_39: Usd "Nonresidential real property, basis for depreciation";
        new_39: Usd "Nonresidential real property, depreciation";
        listed_allowance: Usd "Special depreciation allowance of listed property";
        listed: Usd "Listed property used more than half for the business, depreciation";
        listed_straight: Usd "Listed property used half or less for the business, straight line";
        minimum_tax: Usd "Depreciation over that of the alternative minimum tax";
        minimum_tax_sales: Usd "Gain for the alternative minimum tax over the regular one, on property sold";
        start_up: Usd "Start-up costs deducted at once, worksheet line 4, in the year the business began";
        amortization_begun: Usd "Amortization of start-up costs, worksheet line 8, in the year the business began";
        amortization_before: Usd "Amortization of start-up costs, worksheet line 8, in a later year";
    }
}

facts! {
    /// What limits the section 179 deduction.
    BusinessIncome = "business-income" {
        profits: Usd "Net profit or loss of all businesses on the return, before the section 179 deduction";
        wages: Usd "Wages of all persons on the return";
    }
}

form! {
    /// Form 4562 of one business. Part V comes before Part I, as the form says. Part I is that of the whole return: it is
    /// the same for every business, and each takes its part of line 12.
    Form4562 = "form-4562", "Form 4562, Depreciation and Amortization";
    (law: &Law, filer: &Filer, all: &[Depreciation], own: &Depreciation, income: &BusinessIncome; round) {
        "25"  l25  "Listed property used more than 50% in the business: special depreciation allowance" ["IRC 168(k), 280F"] = own.listed_allowance;
        "26"  l26  "Listed property used more than 50% in the business: depreciation" ["IRC 168, 280F(a)"] = own.listed;
        "27"  l27  "Listed property used 50% or less in the business: straight line" ["IRC 280F(b)(1)"]   = own.listed_straight;
        "28"  l28  "Add column (h), lines 25 through 27; to line 21"                                       = l25 + l26 + l27;
        "29"  l29  "Listed property: elected section 179 cost, column (i); to line 7" ["IRC 179(b)"]       = own.listed_elected;
        "1"   l1   "Maximum amount"                                           ["IRC 179(b)(1)"]            = if_elected(all, law.section_179.limit);
        "2"   l2   "Total cost of section 179 property placed in service"     ["IRC 179(d)(1)"]            = if_elected(all, sum(all, |all| all.cost_179));
        "3"   l3   "Threshold cost before reduction in limitation"            ["IRC 179(b)(2)"]            = if_elected(all, law.section_179.start);
        "4"   l4   "Reduction in limitation: line 2 less line 3, not below zero"                           = l2.excess(l3);
        "5"   l5   "Dollar limitation: line 1 less line 4, not below zero; half of it on a separate return" ["IRC 179(b)(2), (4)"] = dollar_limit(law, filer, l1.excess(l4));
              by "section_179.separate";
        "6"   l6   "Elected cost, column (c)"                                 ["IRC 179(c)"]               = sum(all, |all| all.elected);
        "7"   l7   "Listed property, from line 29"                                                         = sum(all, |all| all.listed_elected);
        "8"   l8   "Total elected cost: add lines 6 and 7"                                                 = l6 + l7;
        "9"   l9   "Tentative deduction: smaller of line 5 or line 8"         ["IRC 179(b)"]               = l5.min(l8);
        "10"  l10  "Carryover of disallowed deduction from line 13 of last year's form" ["IRC 179(b)(3)(B)"] = sum(all, |all| all.carryover);
        "11"  l11  "Business income limitation: smaller of business income, not below zero, or line 5" ["IRC 179(b)(3)(A); Reg. 1.179-2(c)"] = if_elected(all, (income.profits + income.wages).floor0().min(l5));
        "12"  l12  "Section 179 expense deduction: add lines 9 and 10, at most line 11" ["IRC 179(a)"]     = (l9 + l10).min(l11);
        "13"  l13  "Carryover of disallowed deduction to next year: lines 9 and 10 less line 12" ["IRC 179(b)(3)(B)"] = l9 + l10 - l12;
        "own" own_179 "This business's part of line 12, by what was elected and carried over" ["Reg. 1.179-2(c)"] = l12 * Ratio::of(own.elected + own.listed_elected + own.carryover, l8 + l10);
        "14a" ("14" until 2025) l14 "Special depreciation allowance, listed property apart" ["IRC 168(k)"] = own.allowance;
        "14b" (from 2026) l14b "Special allowance for specified plants"       ["IRC 168(k)(5)"]            = refused();
        "14c" (from 2026) l14c "Special allowance under section 168(m)"       ["IRC 168(m)"]               = refused();
        "14d" (from 2026) l14d "Special allowance for qualified production property" ["IRC 168(n)"]        = refused();
        "15"  l15  "Property subject to section 168(f)(1) election"           ["IRC 168(f)(1)"]            = refused();
        "16"  l16  "Other depreciation: software over 36 months"              ["IRC 167(f)(1)"]            = own.other;
        "17"  l17  "MACRS deductions for assets placed in service in earlier years" ["IRC 168"]            = own.earlier;
        "19a-c" l19a_basis "3-year property, column (c): basis for depreciation"                           = own.basis_3;
        "19a" l19a "3-year property, column (g): depreciation deduction"      ["IRC 168(b), (c), (e)"]     = own.new_3;
        "19b-c" l19b_basis "5-year property, column (c): basis for depreciation"                           = own.basis_5;
        "19b" l19b "5-year property, column (g): depreciation deduction"      ["IRC 168(b), (c), (e)"]     = own.new_5;
        "19c-c" l19c_basis "7-year property, column (c): basis for depreciation"                           = own.basis_7;
        "19c" l19c "7-year property, column (g): depreciation deduction"      ["IRC 168(b), (c), (e)"]     = own.new_7;
        "19d" l19d "10-year property"                                         ["IRC 168(e)"]               = refused();
        "19e-c" l19e_basis "15-year property, column (c): basis for depreciation"                          = own.basis_15;
        "19e" l19e "15-year property, column (g): depreciation deduction"     ["IRC 168(b), (c), (e)"]     = own.new_15;
        "19f" l19f "20-year property"                                         ["IRC 168(e)"]               = refused();
        "19g" l19g "25-year property"                                         ["IRC 168(c), (e)(5)"]       = refused();
        "19h" (from 2025) l19_50 "50-year property"                           ["IRC 168(i)(2)"]            = refused();
        "19i" ("19h" until 2024) l19_rental "Residential rental property"     ["IRC 168(c)"]               = refused();
        "19j-c" ("19i-c" until 2024) l19_real_basis "Nonresidential real property, column (c): basis for depreciation" = own.basis_39;
        "19j" ("19i" until 2024) l19_real "Nonresidential real property, column (g): depreciation deduction" ["IRC 168(b)(3), (c), (d)(2)"] = own.new_39;
        "20a" l20a "Alternative depreciation system: class life"              ["IRC 168(g)"]               = refused();
        "20b" l20b "Alternative depreciation system: 12-year"                 ["IRC 168(g)"]               = refused();
        "20c" l20c "Alternative depreciation system: 30-year"                 ["IRC 168(g)"]               = refused();
        "20d" l20d "Alternative depreciation system: 40-year"                 ["IRC 168(g)"]               = refused();
        "20e" (from 2025) l20e "Alternative depreciation system: 50-year"     ["IRC 168(g)"]               = refused();
        "21"  l21  "Listed property, from line 28"                                                         = l28;
        "22"  l22  "Total: line 12, lines 14 through 17, lines 19 and 20, line 21; to Schedule C line 13" ["IRC 167, 168, 179"] =
            own_179 + l14 + l14b + l14c + l14d + l15 + l16 + l17 + l19a + l19b + l19c + l19d + l19e + l19f + l19g + l19_50
                + l19_rental + l19_real + l20a + l20b + l20c + l20d + l20e + l21;
        "23a" l23a "Basis attributable to interest costs capitalized under section 263A(f)" ["IRC 263A(f)"] = refused();
        "23b" l23b "Basis attributable to other costs capitalized under section 263A" ["IRC 263A"]         = refused();
        "start-up" start_up "Start-up costs deducted at once; to Schedule C line 48" ["IRC 195(b)(1)(A)"]   = own.start_up;
        "42" (until 2025) l42 "Amortization of costs that begins this year"   ["IRC 195(b)(1)(B)"]         = own.amortization_begun;
        "43" (until 2025) l43 "Amortization of costs that began before"       ["IRC 195(b)(1)(B)"]         = own.amortization_before;
        "44" (until 2025) l44 "Total amortization: add lines 42 and 43; to Schedule C line 48"             = l42 + l43;
    }
}

/// Part I is left blank where nothing is elected or carried over.
fn if_elected(all: &[Depreciation], amount: Usd) -> Usd {
    let elected = sum(all, |own| own.elected + own.listed_elected + own.carryover);
    if elected > Usd::ZERO { amount } else { Usd::ZERO }
}

/// "If married filing separately, see instructions": half, unless the spouses agree on other parts.
fn dollar_limit(law: &Law, filer: &Filer, limit: Usd) -> Exact {
    if filer.status == FilingStatus::Separate { limit * law.section_179.separate } else { limit.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    fn fill(year: i32, status: FilingStatus, own: Depreciation, profits: i64, wages: i64) -> Form4562 {
        let (law, _) = law::of(year).expect("law");
        let income = BusinessIncome { profits: Usd::dollars(profits), wages: Usd::dollars(wages) };
        let filer = Filer { status, ..Filer::default() };
        Form4562::fill(law, &filer, &[own], &own, &income, Round::WholeDollar)
    }

    fn elected(amount: i64) -> Depreciation {
        let amount = Usd::dollars(amount);
        Depreciation { cost_179: amount, elected: amount, ..Depreciation::default() }
    }

    #[test]
    fn section_179_is_held_to_income_and_the_rest_is_carried() {
        // 100,000 elected, 80,000 of business income: 80,000 now, 20,000 next year.
        let form = fill(2025, FilingStatus::Single, elected(100_000), 80_000, 0);
        assert_eq!([form.l9, form.l11, form.l12, form.l13], [100_000, 80_000, 80_000, 20_000].map(Usd::dollars));
        // Wages count as business income: 30,000 + 55,000. A loss leaves the wages less the loss.
        assert_eq!(fill(2025, FilingStatus::Single, elected(100_000), 30_000, 55_000).l12, Usd::dollars(85_000));
        assert_eq!(fill(2025, FilingStatus::Single, elected(9_000), -50_000, 55_000).l12, Usd::dollars(5_000));
        assert_eq!(fill(2025, FilingStatus::Single, elected(9_000), -90_000, 55_000).l13, Usd::dollars(9_000));
        // Next year the 20,000 stand on line 10: with 5,000 more, 25,000, of 60,000.
        let next = Depreciation { carryover: Usd::dollars(20_000), ..elected(5_000) };
        assert_eq!(fill(2026, FilingStatus::Single, next, 60_000, 0).l12, Usd::dollars(25_000));
    }

    #[test]
    fn the_dollar_limit_shrinks_with_cost() {
        // 2024: 3,100,000 is 50,000 over 3,050,000: 1,220,000 - 50,000 = 1,170,000; a separate return has half, 585,000.
        let own = Depreciation { cost_179: Usd::dollars(3_100_000), ..elected(1_200_000) };
        assert_eq!(fill(2024, FilingStatus::Single, own, 5_000_000, 0).l12, Usd::dollars(1_170_000));
        assert_eq!(fill(2024, FilingStatus::Separate, own, 5_000_000, 0).l12, Usd::dollars(585_000));
        assert_eq!(fill(2025, FilingStatus::Single, own, 5_000_000, 0).l5, Usd::dollars(2_500_000));
    }

    #[test]
    fn start_up_costs_are_other_expenses_not_depreciation() {
        let own = Depreciation {
            start_up: Usd::dollars(5_000),
            amortization_begun: Usd::dollars(90),
            ..Depreciation::default()
        };
        let first = fill(2025, FilingStatus::Single, own, 0, 0);
        assert_eq!([first.start_up, first.l42, first.l44, first.l22], [5_000, 90, 90, 0].map(Usd::dollars));
        let own = Depreciation { amortization_before: Usd::dollars(180), ..Depreciation::default() };
        let second = fill(2026, FilingStatus::Single, own, 0, 0);
        assert_eq!([second.start_up, second.l43, second.l44], [0, 180, 180].map(Usd::dollars));
    }

    #[test]
    fn lines_moved() {
        let number = |name: &str, year| {
            Form4562::LINES.iter().find(|line| line.name == name).and_then(|line| line.number_in(year))
        };
        assert_eq!([number("l14", 2025), number("l14", 2026)], [Some("14"), Some("14a")]);
        assert_eq!([number("l19_real", 2024), number("l19_real", 2025)], [Some("19i"), Some("19j")]);
        assert_eq!([number("l44", 2025), number("l44", 2026)], [Some("44"), None]);
    }

    #[test]
    fn a_form_without_section_179_leaves_part_one_blank() {
        let own = Depreciation { new_5: Usd::dollars(600), basis_5: Usd::dollars(3_000), ..Depreciation::default() };
        let form = fill(2025, FilingStatus::Single, own, 50_000, 0);
        assert_eq!([form.l1, form.l3, form.l5, form.l11], [Usd::ZERO; 4]);
        assert_eq!((form.l19b, form.l22), (Usd::dollars(600), Usd::dollars(600)));
    }
}
