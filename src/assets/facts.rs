//! From the register to the facts of Form 4562.

use super::life::{self, AssetYear, Method, Start, Unmodelled, recovery};
use super::percent::Recovery;
use super::{Held, Register};
use crate::book::entry::Asset;
use crate::money::Usd;
use crate::tax::form_4562::Depreciation;
use crate::tax::screen::Refusal;

/// Which amount of Form 4562 an asset's year goes to, by the name of its fact.
pub fn fact_of(held: &Held, own: &AssetYear, year: i32) -> &'static str {
    use chrono::Datelike as _;
    let new = held.asset.in_service.year() == year;
    if life::is_listed(held.asset.class) {
        return match own.method {
            Method::Table => "listed",
            Method::StraightLine => "listed_straight",
        };
    }
    match recovery(held.asset.class) {
        Recovery::Software => "other",
        _ if !new => "earlier",
        Recovery::Three => "new_3",
        Recovery::Five => "new_5",
        Recovery::Seven => "new_7",
        Recovery::Fifteen => "new_15",
        Recovery::Building => "new_39",
    }
}

impl Register {
    /// What Form 4562 reads of the year. The carryover of section 179 is stated by the user.
    pub fn facts(&self, carryover: Usd) -> Depreciation {
        use chrono::Datelike as _;
        let mut facts = Depreciation { carryover, ..Depreciation::default() };
        for (held, own) in self.in_year(self.year) {
            let new = held.asset.in_service.year() == self.year;
            let listed = life::is_listed(held.asset.class);
            if new {
                let start = Start::of(&held.asset);
                facts.cost_179 += if start.is_179 { start.business } else { Usd::ZERO };
                *(if listed { &mut facts.listed_elected } else { &mut facts.elected }) += own.section_179;
                *(if listed { &mut facts.listed_allowance } else { &mut facts.allowance }) += own.allowance;
            }
            let (amount, basis) = match fact_of(held, own, self.year) {
                "listed" => (&mut facts.listed, None),
                "listed_straight" => (&mut facts.listed_straight, None),
                "other" => (&mut facts.other, None),
                "new_3" => (&mut facts.new_3, Some(&mut facts.basis_3)),
                "new_5" => (&mut facts.new_5, Some(&mut facts.basis_5)),
                "new_7" => (&mut facts.new_7, Some(&mut facts.basis_7)),
                "new_15" => (&mut facts.new_15, Some(&mut facts.basis_15)),
                "new_39" => (&mut facts.new_39, Some(&mut facts.basis_39)),
                _ => (&mut facts.earlier, None),
            };
            *amount += own.depreciation;
            if let Some(basis) = basis {
                *basis += own.basis;
            }
            facts.minimum_tax += own.depreciation - own.for_minimum_tax;
        }
        facts.minimum_tax_sales = self.sales().map(|(_, sale)| sale.minimum_tax).sum();
        facts
    }

    /// The sales of the year.
    pub fn sales(&self) -> impl Iterator<Item = (&Held, &life::Sale)> {
        let sold = self.held.iter().filter_map(|held| Some((held, held.life()?.sale.as_ref()?)));
        sold.filter(|(_, sale)| sale.year == self.year)
    }

    /// What comes back into the business's income as its use of things falls (Form 4797 Part IV).
    pub fn recaptured(&self) -> Usd {
        self.in_year(self.year).map(|(_, own)| own.recapture).sum()
    }

    /// Gains and losses of the year's sales: what is ordinary (Form 4797 Part II), and the long-term gain that is left of
    /// section 1231. A net loss under section 1231 is ordinary (IRC 1231(a)).
    pub fn gains(&self) -> (Usd, Usd) {
        let ordinary: Usd = self.sales().map(|(_, sale)| sale.ordinary).sum();
        let rest: Usd = self.sales().map(|(_, sale)| sale.section_1231).sum();
        (ordinary + rest.min(Usd::ZERO), rest.floor0())
    }

    /// What is not modelled, as refusals of a return.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.unmodelled().map(|(asset, why)| refusal(asset, why)).collect()
    }
}

fn refusal(asset: &Asset, why: Unmodelled) -> Refusal {
    let name = &asset.name;
    let (what, needs, advice) = match why {
        Unmodelled::CarOfUnknownCaps => (
            format!("depreciation of {name}, a car placed in service on {}", asset.in_service),
            "the limits of IRC 280F for that year",
            "perchart knows them from 2024 on. Figure the car's depreciation elsewhere, state it as business.depreciation, and take the asset out of the book.",
        ),
        Unmodelled::CarOverCap => (
            format!("section 179 or the special allowance of {name} beyond the limit on cars"),
            "IRC 280F(a)(1) with the rest of the basis after the recovery period; a safe harbor of the IRS for it",
            "Elect the allowance out and no section 179 for the car (its limits are then applied year by year), or figure it elsewhere and state it as business.depreciation.",
        ),
        Unmodelled::BeforeAllowance => (
            format!("depreciation of {name}, in service since {}", asset.in_service),
            "the special allowance of years before 2018",
            "Figure its depreciation elsewhere, state it as business.depreciation, and take the asset out of the book.",
        ),
        Unmodelled::BuildingGain => (
            format!("a gain on {name}, sold or given up"),
            "unrecaptured section 1250 gain, Form 4797 Part III and Schedule D line 19",
            "Use tax software or a preparer for the year of the sale.",
        ),
    };
    Refusal { what, needs: needs.to_owned(), advice: advice.to_owned() }
}

/// More is elected under section 179 than the dollar limit of the year leaves.
pub fn over_179(year: i32) -> Refusal {
    Refusal {
        what: format!("section 179 elections of {year} beyond the dollar limit"),
        needs: "Form 4562 line 5: the bases of the assets would be wrong".to_owned(),
        advice: "Elect less: change section_179 of the assets so that together they stay within the limit.".to_owned(),
    }
}
