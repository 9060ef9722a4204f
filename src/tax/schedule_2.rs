//! Schedule 2, Additional Taxes.

use crate::form;
use crate::tax::form::{refused, sum};
use crate::tax::form_6251::Form6251;
use crate::tax::form_8889::Form8889;
use crate::tax::form_8959::Form8959;
use crate::tax::form_8960::Form8960;
use crate::tax::form_8962::Form8962;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// Schedule 2 (Form 1040). The draft of 2026 splits Additional Medicare Tax over lines 11 and 17b; the total counts it
    /// once. Of its other moves the lines of net investment income tax and of the repaid premium credit are known.
    Schedule2 = "schedule-2", "Schedule 2 (Form 1040), Additional Taxes";
    (se: &[ScheduleSe], hsa: &[Form8889], medicare: &Form8959, minimum: &Form6251, investment: &Form8960, credit: &Form8962; round) {
        "1a" l1a "Excess advance premium tax credit repayment, Form 8962 Part III" ["IRC 36B(f)(2)"] = credit.l29;
        "1b" l1b "Repayment of a credit for a new clean vehicle transferred to the dealer" ["IRC 30D(g)(10)"] = refused();
        "1c" l1c "Repayment of a credit for a used clean vehicle transferred to the dealer" ["IRC 25E(f)"] = refused();
        "1d" l1d "Recapture of elective payments, Form 4255 line 2a, column (l)" ["IRC 50(a)"]  = refused();
        "1e" l1e "Excessive elective payments, Form 4255"                     ["IRC 6417(d)(6)"] = refused();
        "1f" l1f "Twenty percent of excessive elective payments, Form 4255"   ["IRC 6417(d)(6)"] = refused();
        "1y" l1y "Other additions to tax"                                     ["IRC 26(b)"]      = refused();
        "1z" l1z "Additions to tax: add lines 1a through 1y"                                     = l1a + l1b + l1c + l1d + l1e + l1f + l1y;
        "2"  l2  "Alternative minimum tax"                                    ["IRC 55"]         = minimum.l11;
        "3"  l3  "Add lines 1z and 2; to Form 1040 line 17"                                      = l1z + l2;
        "4"  l4  "Self-employment tax, Schedule SE line 12"                   ["IRC 1401"]       = sum(se, |se| se.l12);
        "5"  l5  "Social security and Medicare tax on tips, Form 4137"        ["IRC 3101, 3121(q)"] = refused();
        "6"  (until 2025) l6 "Social security and Medicare tax on wages, Form 8919" ["IRC 3101"]  = refused();
        "7"  l7  "Add lines 5 and 6"                                                             = l5 + l6;
        "8"  l8  "Additional tax on tax-favored accounts, Form 5329"          ["IRC 72(t), 530(d)(4), 4973, 4974"] = refused();
        "9"  l9  "Household employment taxes, Schedule H"                     ["IRC 3111, 3301, 3510"] = refused();
        "10" l10 "Repayment of the first-time homebuyer credit, until 2024, Form 5405" ["IRC 36(f)"] = refused();
        "11" (until 2025) l11 "Additional Medicare Tax, Form 8959 line 18"    ["IRC 1401(b)(2), 3101(b)(2)"] = medicare.l18;
        "11" (from 2026) l11_business "Additional Medicare Tax on self-employment income" ["IRC 1401(b)(2)"] = medicare.l13;
        "17b" (from 2026) l17_wages "Additional Medicare Tax on wages and railroad compensation" ["IRC 3101(b)(2), 3201(a)"] = medicare.l7 + medicare.l17;
        "6"  ("12" until 2025) l12 "Net investment income tax"                                  ["IRC 1411"]       = investment.l17;
        "13" l13 "Social security and Medicare tax on tips or group-term life insurance, Forms W-2 box 12" ["IRC 3102(c)(4), (d)"] = refused();
        "14" l14 "Interest on tax of installment sales of residential lots and timeshares" ["IRC 453(l)(3)"] = refused();
        "15" l15 "Interest on deferred tax of large installment sales"        ["IRC 453A(c)"]    = refused();
        "16" (until 2025) l16 "Recapture of the low-income housing credit, Form 8611" ["IRC 42(j)"] = refused();
        "17a" l17a "Recapture of other credits"                               ["IRC 50(a)"]      = refused();
        "17b" (until 2025) l17b "Recapture of a federal mortgage subsidy, Form 8828" ["IRC 143(m)"] = refused();
        "17c" l17c "Additional tax on distributions of a health savings account, Form 8889 line 17b" ["IRC 223(f)(4)"] = sum(hsa, |hsa| hsa.l17b);
        "17d" l17d "Additional tax on a health savings account for lack of coverage, Form 8889 line 21" ["IRC 223(b)(8)(B)"] = sum(hsa, |hsa| hsa.l21);
        "17e" l17e "Additional tax on distributions of an Archer MSA, Form 8853" ["IRC 220(f)(4)"] = refused();
        "17f" l17f "Additional tax on distributions of a Medicare Advantage MSA, Form 8853" ["IRC 138(c)(2)"] = refused();
        "17g" l17g "Recapture of a deduction for a fractional gift of tangible property" ["IRC 170(o)(3)"] = refused();
        "17h" l17h "Tax on nonqualified deferred compensation under section 409A" ["IRC 409A(a)(1)(B)"] = refused();
        "17i" l17i "Tax on nonqualified deferred compensation under section 457A" ["IRC 457A(c)"] = refused();
        "17j" l17j "Section 72(m)(5) excess benefits tax"                     ["IRC 72(m)(5)"]   = refused();
        "17k" l17k "Golden parachute payments"                                ["IRC 4999"]       = refused();
        "17l" l17l "Tax on accumulation distributions of trusts"              ["IRC 667"]        = refused();
        "17m" l17m "Excise tax on insider stock compensation of an expatriated corporation" ["IRC 4985"] = refused();
        "17n" l17n "Look-back interest, Forms 8697 and 8866"                  ["IRC 167(g), 460(b)"] = refused();
        "17o" l17o "Tax on income of a part-year nonresident that is not effectively connected" ["IRC 871(a)"] = refused();
        "17p" l17p "Interest on distributions of a section 1291 fund, Form 8621 line 16f" ["IRC 1291(c)(3)"] = refused();
        "17q" l17q "Interest on deferred tax, Form 8621 line 24"              ["IRC 1294(g)"]    = refused();
        "17z" l17z "Any other taxes"                                          ["IRC 26(b)"]      = refused();
        "18" l18 "Add lines 17a through 17z"                                                     =
            l17a + l17b + l17c + l17d + l17e + l17f + l17g + l17h + l17i + l17j + l17k + l17l + l17m + l17n + l17o + l17p
                + l17q + l17z;
        "19" l19 "Recapture of elective payments, Form 4255 line 1d, column (l)" ["IRC 50(a)"]  = refused();
        "20" l20 "Section 965 net tax liability, installment; paid apart from line 21" ["IRC 965(h)"] = refused();
        "21" l21 "Total other taxes; to Form 1040 line 23" =
            l4 + l7 + l8 + l9 + l10 + l11 + l12 + l13 + l14 + l15 + l16 + l18 + l19;
    }
}

#[cfg(test)]
mod tests {
    use crate::law;
    use crate::money::{Round, Usd};
    use crate::tax::facts::{Business, Household, Person, W2};
    use crate::tax::form::{Filled, Value};
    use crate::tax::prepare;

    #[test]
    fn additional_medicare_tax_stands_on_two_lines_from_2026() {
        // Single: 250,000 of wages, 50,000 over 200,000: 450. 92,350 of earnings, all of it over: 831.15.
        let wages = Usd::dollars(250_000);
        let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let business = Business { gross_receipts: Usd::dollars(100_000), ..Business::default() };
        let taxpayer = Person { age: 40, w2, businesses: vec![business], ..Person::default() };
        let household = Household { taxpayer, ..Household::default() };
        let printed = |year: u16| {
            let (law, _) = law::of(i32::from(year)).expect("law");
            let filled = prepare(law, &household, Round::Cents).expect("modelled").schedule_2;
            let lines = filled.lines(year).into_iter().filter(|line| matches!(line.number, Some("11" | "17b")));
            let values: Vec<Value> =
                lines.map(|line| line.value).filter(|value| *value != Value::Usd(Usd::ZERO)).collect();
            (values, filled.l21 - filled.l4 - filled.l12)
        };
        let [wages, earnings] = [Usd::dollars(450), Usd::from_cents(83_115)];
        assert_eq!(printed(2025), (vec![Value::Usd(wages + earnings)], wages + earnings));
        assert_eq!(printed(2026), (vec![Value::Usd(earnings), Value::Usd(wages)], wages + earnings));
    }
}
