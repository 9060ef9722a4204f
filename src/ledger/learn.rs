//! Rules that the user's corrections suggest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::rule::{Ruling, Share};
use super::words::Statement;
use super::{AccountKind, Input};
use crate::book::entry::Movement;
use crate::book::{Correction, Says};
use crate::money::Usd;

/// So many corrections that agree make a rule.
const ENOUGH: usize = 2;

/// A rule that would have spared corrections.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The vendor's words.
    pub vendor: String,
    /// The movements that were corrected alike.
    pub movements: Vec<i64>,
    /// The rule, as it would stand in the user's file.
    pub toml: String,
}

/// What corrections of one vendor and direction say.
struct Said<'a> {
    movements: Vec<i64>,
    correction: &'a Correction,
    agree: bool,
    spared: bool,
}

/// A rule for each vendor of whose movements two or more were corrected alike, and none otherwise, if the rules there are
/// do not say so already. In order of the vendor's words.
pub fn proposals(input: &Input) -> Vec<Proposal> {
    let movements: BTreeMap<i64, &Movement> = input.movements.iter().map(|row| (row.id, row)).collect();
    let latest: BTreeMap<i64, &Correction> = super::of_movements(input.corrections).collect();
    let mut vendors: BTreeMap<(String, bool), Said> = BTreeMap::new();
    for (id, correction) in latest {
        let Some(movement) = movements.get(&id) else { continue };
        let statement = Statement::new(&movement.description);
        let vendor = statement.vendor();
        if vendor.is_empty() {
            continue;
        }
        let hit = input.rules.find(&statement, movement, AccountKind::of(&movement.account));
        let already = hit.is_some_and(|hit| says_so(&input.rules.all()[hit.rule].ruling, correction));
        let said = vendors.entry((vendor, movement.amount < Usd::ZERO)).or_insert_with(|| Said {
            movements: Vec::new(),
            correction,
            agree: true,
            spared: false,
        });
        said.movements.push(id);
        said.agree &= said.correction.says == correction.says
            && said.correction.payer == correction.payer
            && said.correction.share_millionths == correction.share_millionths;
        said.spared |= !already;
    }
    let enough = vendors.into_iter().filter(|(_, said)| said.movements.len() >= ENOUGH && said.agree && said.spared);
    enough.filter_map(|((vendor, out), said)| proposal(vendor, out, said)).collect()
}

/// Does a rule say what a correction says?
fn says_so(ruling: &Ruling, correction: &Correction) -> bool {
    match (ruling, &correction.says) {
        (Ruling::Expense(category, Share::Of(share)), Says::Category(id)) => {
            category.id == *id && *share == correction.share_millionths
        }
        (Ruling::Transfer, Says::Transfer)
        | (Ruling::Private, Says::Private)
        | (Ruling::Reimbursement, Says::Reimbursement) => true,
        (Ruling::Income(payer), Says::Income) => *payer == correction.payer,
        _ => false,
    }
}

fn proposal(vendor: String, out: bool, said: Said) -> Option<Proposal> {
    let text = |text: &str| toml::Value::from(text).to_string();
    let direction = if out { "out" } else { "in" };
    let name = text(&vendor);
    let mut rule = format!("[[rule]]\nname = {name}\nvendor = [{name}]\ndirection = \"{direction}\"\n");
    let line = match &said.correction.says {
        Says::Category(id) => {
            let share = rust_decimal::Decimal::new(said.correction.share_millionths, 4).normalize();
            format!("category = {}\nshare = \"{share}%\"", text(id))
        }
        Says::Transfer => "use = \"transfer\"\npairs = true".to_owned(),
        Says::Income => format!("use = \"income\"\npayer = {}", text(&said.correction.payer)),
        Says::Private | Says::Reimbursement => format!("use = \"{}\"", said.correction.says.word()),
    };
    writeln!(rule, "{line}").ok()?;
    writeln!(rule, "reason = \"You said so of {} rows.\"", said.movements.len()).ok()?;
    Some(Proposal { vendor, movements: said.movements, toml: rule })
}
