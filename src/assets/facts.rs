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

    /// Things with section 179 that are sold in the year, or of which it comes back.
    pub fn leaving_with_179(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|held| {
            let sold = held.life().and_then(|life| life.sale).is_some_and(|sale| sale.year == self.year);
            let back = held.of(self.year).is_some_and(|own| own.recapture > Usd::ZERO);
            Start::of(&held.asset).section_179 > Usd::ZERO && (sold || back)
        })
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

/// A thing leaves, or its section 179 comes back, while the income limit may have held some of it back: what was allowed
/// of it depends on the returns of its years.
pub fn held_back_179(asset: &Asset) -> Refusal {
    Refusal {
        what: format!("the sale of {0}, or the fall of its use to half or less, with section 179 held back by the income limit", asset.name),
        needs: "Reg. 1.179-3(f), 1.179-1(e): the part of the carryover that is of this thing goes back to its basis and is carried no further".to_owned(),
        advice: format!("Find on your Forms 4562 how much of the carryover (line 10 of this year, line 13 of the last) is of {0}, and figure its gain or recapture with a preparer or tax software. To see the rest of the year here, take {0} out of the book, state its depreciation of the year as business.depreciation, and lower business.section_179_carryover by its part.", asset.name),
    }
}
