//! Rules that the user's corrections suggest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::rule::{Ruling, Share, WHOLE};
use super::words::Statement;
use super::{AccountKind, Input, Saying};
use crate::book::entry::Movement;
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
    says: &'a str,
    share: Option<i64>,
    agree: bool,
    spared: bool,
}

/// A rule for each vendor of whose movements two or more were corrected alike, and none otherwise, if the rules there are
/// do not say so already. In order of the vendor's words.
pub fn proposals(input: &Input) -> Vec<Proposal> {
    let movements: BTreeMap<i64, &Movement> = input.movements.iter().map(|row| (row.id, row)).collect();
    let mut latest = BTreeMap::new();
    for correction in input.corrections {
        let known = latest.entry(correction.movement).or_insert(correction);
        if correction.set_at >= known.set_at {
            *known = correction;
        }
    }
    let mut vendors: BTreeMap<(String, bool), Said> = BTreeMap::new();
    for (id, correction) in latest {
        let Some(movement) = movements.get(&id) else { continue };
        let statement = Statement::new(&movement.description);
        let Ok(saying) = Saying::read(&correction.says) else { continue };
        let vendor = statement.vendor();
        if vendor.is_empty() {
            continue;
        }
        let share = correction.share_millionths.filter(|_| matches!(saying, Saying::Category(_)));
        let hit = input.rules.find(&statement, movement, AccountKind::of(&movement.account));
        let already = hit.is_some_and(|hit| says_so(&input.rules.all()[hit.rule].ruling, &saying, share));
        let said = vendors.entry((vendor, movement.amount < Usd::ZERO)).or_insert_with(|| Said {
            movements: Vec::new(),
            says: &correction.says,
            share,
            agree: true,
            spared: false,
        });
        said.movements.push(id);
        said.agree &= said.says == correction.says && said.share == share;
        said.spared |= !already;
    }
    let enough = vendors.into_iter().filter(|(_, said)| said.movements.len() >= ENOUGH && said.agree && said.spared);
    enough.filter_map(|((vendor, out), said)| proposal(vendor, out, said)).collect()
}

/// Does a rule say what a correction says?
fn says_so(ruling: &Ruling, saying: &Saying, share: Option<i64>) -> bool {
    match (ruling, saying) {
        (Ruling::Expense(of_rule, Share::Of(share_of_rule)), Saying::Category(said)) => {
            of_rule.id == said.id && *share_of_rule == share.unwrap_or(WHOLE)
        }
        (Ruling::Transfer, Saying::Transfer)
        | (Ruling::Private, Saying::Private)
        | (Ruling::Reimbursement, Saying::Reimbursement) => true,
        (Ruling::Income(of_rule), Saying::Income(said)) => of_rule == said,
        _ => false,
    }
}

fn proposal(vendor: String, out: bool, said: Said) -> Option<Proposal> {
    let text = |text: &str| toml::Value::from(text).to_string();
    let direction = if out { "out" } else { "in" };
    let mut rule =
        format!("[[rule]]\nname = {}\nvendor = [{}]\ndirection = \"{direction}\"\n", text(&vendor), text(&vendor));
    let line = match Saying::read(said.says).ok()? {
        Saying::Category(category) => {
            let share = rust_decimal::Decimal::new(said.share.unwrap_or(WHOLE), 4).normalize();
            format!("category = {}\nshare = \"{share}%\"", text(&category.id))
        }
        Saying::Private => "use = \"private\"".to_owned(),
        Saying::Transfer => "use = \"transfer\"\npairs = true".to_owned(),
        Saying::Reimbursement => "use = \"reimbursement\"".to_owned(),
        Saying::Income(payer) => format!("use = \"income\"\npayer = {}", text(&payer)),
    };
    writeln!(rule, "{line}").ok()?;
    writeln!(rule, "reason = \"You said so of {} rows.\"", said.movements.len()).ok()?;
    Some(Proposal { vendor, movements: said.movements, toml: rule })
}
