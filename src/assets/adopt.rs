//! Which expense an asset describes, and which becomes an asset by itself.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::book::category::{Categories, Target};
use crate::book::entry::{Asset, AssetClass, Bonus, Expense};

/// An asset and the expense by which it was paid are entered within so many days.
const DAYS: i64 = 7;

/// Words of what is bought for an office, by class.
const FURNITURE: [&str; 14] = [
    "bookcase",
    "cabinet",
    "chair",
    "chairs",
    "couch",
    "desk",
    "desks",
    "drawer",
    "furniture",
    "lamp",
    "shelf",
    "shelves",
    "sofa",
    "table",
];
const PHONES: [&str; 6] = ["cellphone", "iphone", "phone", "pixel", "smartphone", "telephone"];

/// Is the expense for equipment?
pub fn is_equipment(expense: &Expense) -> bool {
    Categories::get(&expense.category).is_some_and(|category| category.target == Target::Equipment)
}

/// May an asset's record describe the expense? One of the kind, of the same cost, within a week.
fn describes(asset: &Asset, expense: &Expense) -> bool {
    let kind = is_equipment(expense) || asset.class == AssetClass::Software && expense.category == "software";
    kind && asset.value.is_none() && asset.cost == expense.amount && apart(asset, expense) <= DAYS
}

fn apart(asset: &Asset, expense: &Expense) -> i64 {
    let days = |day: chrono::NaiveDate| (expense.date - day).num_days().abs();
    days(asset.acquired).min(days(asset.in_service))
}

/// For each asset the expense that it describes, by position; each expense once, the nearest day first.
pub fn described(assets: &[Asset], expenses: &[Expense]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
    for (at, asset) in assets.iter().enumerate() {
        let near = expenses.iter().enumerate().filter(|(_, expense)| describes(asset, expense));
        pairs.extend(near.map(|(expense, own)| (apart(asset, own), at, expense)));
    }
    pairs.sort_unstable();
    let mut found = vec![None; assets.len()];
    let mut used = HashSet::new();
    for (_, asset, expense) in pairs {
        if found[asset].is_none() && used.insert(expense) {
            found[asset] = Some(expense);
        }
    }
    found
}

/// The class of what was bought, by the words of vendor and description; a computer where they do not say.
pub fn class(expense: &Expense) -> AssetClass {
    let text = format!("{} {}", expense.description, expense.vendor).to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let found = words.find_map(|word| {
        if FURNITURE.contains(&word) {
            Some(AssetClass::Furniture)
        } else if PHONES.contains(&word) {
            Some(AssetClass::Phone)
        } else {
            None
        }
    });
    found.unwrap_or(AssetClass::Computer)
}

/// The asset that an expense is, where nobody describes it: in service on the day paid, as the law has it; not before the
/// business began (Reg. 1.167(a)-11(e)(1)(i)).
pub fn adopted(expense: &Expense, started: Option<NaiveDate>) -> Asset {
    let name = if expense.description.trim().is_empty() { &expense.vendor } else { &expense.description };
    Asset {
        id: 0,
        origin: expense.origin,
        name: name.trim().to_owned(),
        class: class(expense),
        acquired: expense.date,
        in_service: started.map_or(expense.date, |started| expense.date.max(started)),
        cost: expense.amount,
        share_millionths: expense.share_millionths,
        value: None,
        section_179: crate::money::Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    }
}
