//! What records the law asks for of money that lowers the tax. The table is data: `category.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::category::Category;
use crate::money::Usd;

/// What proves rows of some categories.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// Its name in the table.
    pub id: String,
    /// The ids of its categories; empty for the one that holds for all others.
    pub of: Vec<String>,
    /// What the law asks to be known, in one sentence.
    pub asks: String,
    /// What to keep.
    pub keep: String,
    /// From this amount on a row needs a document of its own.
    pub receipt_from: Usd,
    /// Words of rows that need a document whatever the amount, in lower case.
    pub always: Vec<String>,
    /// The authority.
    pub cite: String,
}

impl Proof {
    /// Whether money spent needs a document of its own. A refund needs none.
    pub fn needs_receipt(&self, amount: Usd, words: &str) -> bool {
        let said = || words.to_lowercase();
        let always = || {
            said().split(|sign: char| !sign.is_alphanumeric()).any(|word| self.always.iter().any(|known| known == word))
        };
        amount > Usd::ZERO && (amount >= self.receipt_from || always())
    }

    /// Whether the law asks for more than that the money was spent for the business (IRC 274(d), (k)).
    pub fn is_strict(&self) -> bool {
        self.receipt_from > Usd::ZERO
    }
}

/// The file as it is written; its categories are read elsewhere.
#[derive(Deserialize)]
struct File {
    proof: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    #[serde(default)]
    of: Vec<String>,
    asks: String,
    keep: String,
    receipt_from: u32,
    #[serde(default)]
    always: Vec<String>,
    cite: String,
}

impl From<Written> for Proof {
    fn from(written: Written) -> Proof {
        let Written { id, of, asks, keep, receipt_from, always, cite } = written;
        Proof { id, of, asks, keep, receipt_from: Usd::dollars(receipt_from.into()), always, cite }
    }
}

/// All proofs; the first holds for categories that no other names.
///
/// # Panics
///
/// If the table inside the program cannot be read; a test reads it.
pub fn all() -> &'static [Proof] {
    static ALL: OnceLock<Vec<Proof>> = OnceLock::new();
    ALL.get_or_init(|| {
        let file: File = toml::from_str(include_str!("category.toml")).expect("the table inside the program is tested");
        file.proof.into_iter().map(Proof::from).collect()
    })
}

impl Category {
    /// What proves a row of the category.
    ///
    /// # Panics
    ///
    /// If the table inside the program holds no proof; a test reads it.
    pub fn proof(&self) -> &'static Proof {
        let own = all().iter().find(|proof| proof.of.contains(&self.id));
        own.or_else(|| all().first()).expect("the table inside the program is tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::category::Categories;

    fn of(id: &str) -> &'static Proof {
        Categories::get(id).unwrap_or_else(|| panic!("{id}")).proof()
    }

    #[test]
    fn the_table_is_sound() {
        assert!(all()[0].of.is_empty() && all()[1..].iter().all(|proof| !proof.of.is_empty()));
        let mut named = Vec::new();
        for proof in all() {
            assert!(proof.asks.ends_with('.') && proof.keep.ends_with('.') && !proof.cite.is_empty(), "{}", proof.id);
            for id in &proof.of {
                let category = Categories::get(id).unwrap_or_else(|| panic!("{}: no category {id}", proof.id));
                assert!(category.target != crate::book::category::Target::Never, "{id} is never deducted");
                assert!(!named.contains(&id), "{id} has two proofs");
                named.push(id);
            }
        }
    }

    /// Treas. Reg. 1.274-5(c)(2)(iii)(A): a document for lodging, and for any other expense of $75 or more.
    #[test]
    fn travel_needs_a_receipt_from_75_dollars_and_lodging_always() {
        let travel = of("travel");
        let cents = Usd::from_cents;
        assert!(!travel.needs_receipt(cents(7_499), "Taxi to AAPC HEALTHCON"));
        assert!(travel.needs_receipt(cents(7_500), "Taxi to AAPC HEALTHCON"));
        assert!(travel.needs_receipt(cents(100), "Airport Inn, one night"));
        assert!(!travel.needs_receipt(cents(100), "Inner city bus"));
        assert!(!travel.needs_receipt(cents(-9_000), "Hotel, refund"));
        assert!(of("meals").needs_receipt(cents(7_500), "") && !of("meals").needs_receipt(cents(7_499), ""));
    }

    /// Section 274(d) names travel, gifts and listed property: the $75 of its regulation hold for nothing else.
    #[test]
    fn other_money_needs_a_document_from_the_first_cent() {
        for id in ["books", "internet", "equipment", "education", "contract-labor", "health-premium", "other"] {
            assert!(of(id).needs_receipt(Usd::from_cents(1), "") && !of(id).is_strict(), "{id}");
        }
        assert_eq!(of("books").id, "expense");
    }
}
