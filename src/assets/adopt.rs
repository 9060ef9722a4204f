//! Which expense an asset describes, and which becomes an asset by itself.

use std::collections::HashSet;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::book::category::{Categories, Target};
use crate::book::entry::{Asset, AssetClass, Bonus, Expense};
use crate::money::Usd;

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

/// Words of other things that last.
const MACHINES: [&str; 13] = [
    "camera",
    "computer",
    "ipad",
    "laptop",
    "macbook",
    "monitor",
    "monitors",
    "pc",
    "printer",
    "scanner",
    "server",
    "tablet",
    "workstation",
];

/// Do the words name a thing that lasts?
pub fn names_a_thing(expense: &Expense) -> bool {
    let text = expense.description.to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| MACHINES.contains(&word) || FURNITURE.contains(&word) || PHONES.contains(&word))
}

/// Is the expense for equipment?
pub fn is_equipment(expense: &Expense) -> bool {
    Categories::get(&expense.category).is_some_and(|category| category.target == Target::Equipment)
}

/// What comes back for equipment: the row of the money, and that of the purchase, by position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Back {
    /// The row of the money that came back.
    pub row: usize,
    /// The row of the purchase, where one of the vendor is found in the year before.
    pub bought: Option<usize>,
}

/// Finds for all money that came back for equipment what it was paid for: of the same vendor, in the year before it, of
/// no less than came back; the same amount first, then the same words, then the latest.
pub fn returned(expenses: &[Expense]) -> Vec<Back> {
    let equipment = |at: &usize| is_equipment(&expenses[*at]);
    let mut backs: Vec<usize> =
        (0..expenses.len()).filter(|at| expenses[*at].amount < Usd::ZERO).filter(equipment).collect();
    backs.sort_by_key(|at| expenses[*at].date);
    if backs.is_empty() {
        return Vec::new();
    }
    let bought: Vec<usize> =
        (0..expenses.len()).filter(|at| expenses[*at].amount > Usd::ZERO).filter(equipment).collect();
    let mut left: Vec<Usd> = bought.iter().map(|at| expenses[*at].amount).collect();
    let back = |row: usize| {
        let back = &expenses[row];
        let may = |nth: &usize| {
            let purchase = &expenses[bought[*nth]];
            let end = purchase.date.checked_add_months(Months::new(12));
            let in_time = purchase.date <= back.date && end.is_some_and(|end| back.date <= end);
            in_time && is_of_one_vendor(purchase, back) && left[*nth] >= -back.amount
        };
        let nearest = |nth: &usize| {
            let purchase = &expenses[bought[*nth]];
            (left[*nth] == -back.amount, plain(&purchase.description) == plain(&back.description), purchase.date)
        };
        let found = (0..bought.len()).filter(may).max_by_key(nearest);
        if let Some(nth) = found {
            left[nth] += back.amount;
        }
        Back { row, bought: found.map(|nth| bought[nth]) }
    };
    backs.into_iter().map(back).collect()
}

/// What is left of each expense after money for it came back in the same year.
pub fn net(expenses: &[Expense], backs: &[Back]) -> Vec<Usd> {
    let mut net: Vec<Usd> = expenses.iter().map(|expense| expense.amount).collect();
    for back in backs {
        let of_year = back.bought.filter(|at| expenses[*at].date.year() == expenses[back.row].date.year());
        if let Some(bought) = of_year {
            net[bought] += expenses[back.row].amount;
        }
    }
    net
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Of one vendor; where none is stated, of the same words.
fn is_of_one_vendor(one: &Expense, other: &Expense) -> bool {
    let vendors = (plain(&one.vendor), plain(&other.vendor));
    vendors.0 == vendors.1 && (!vendors.0.is_empty() || plain(&one.description) == plain(&other.description))
}

/// May an asset's record describe the expense? One of the kind, of the same cost, or of what is left of it after money
/// came back, within a week.
fn describes(asset: &Asset, expense: &Expense, net: Usd) -> bool {
    let kind = is_equipment(expense) || asset.class == AssetClass::Software && expense.category == "software";
    let cost = asset.cost == expense.amount || asset.cost == net;
    kind && asset.value.is_none() && cost && apart(asset, expense) <= DAYS
}

fn apart(asset: &Asset, expense: &Expense) -> i64 {
    let days = |day: chrono::NaiveDate| (expense.date - day).num_days().abs();
    days(asset.acquired).min(days(asset.in_service))
}

/// For each asset the expense that it describes, by position; each expense once, the nearest day first.
pub fn described(assets: &[Asset], expenses: &[Expense]) -> Vec<Option<usize>> {
    let net = net(expenses, &returned(expenses));
    let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
    for (at, asset) in assets.iter().enumerate() {
        let near = expenses.iter().enumerate().filter(|(at, expense)| describes(asset, expense, net[*at]));
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
        section_179: Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    }
}
