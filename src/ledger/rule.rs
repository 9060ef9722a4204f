//! Rules: which words of a statement say what a movement is. The rules of this program are data: `rules.toml`.

use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::words::{Statement, folded};
use super::{AccountKind, Label};
use crate::book::category::{Categories, Category};
use crate::book::entry::Movement;
use crate::money::Usd;

/// The name of the user's own rules, in the folder of the book.
pub const FILE: &str = "rules.toml";

/// A whole, in millionths.
pub const WHOLE: i64 = 1_000_000;

/// Which way the money moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Money is spent.
    Out,
    /// Money is received.
    In,
}

/// The share of an expense that is the business's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Share {
    /// So many millionths.
    Of(i64),
    /// Only the user knows it.
    Ask,
}

/// What a rule makes of a movement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ruling {
    /// Money spent on something.
    Expense(&'static Category, Share),
    /// One side of a transfer between own accounts.
    Transfer,
    /// Neither expense nor income of the business.
    Private,
    /// Income from a payer.
    Income(String),
    /// Own expenses paid back.
    Reimbursement,
    /// A purchase paid back.
    Refund,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// What the user reads as the deciding rule.
    pub name: String,
    /// Runs of words at the beginning of the vendor's name.
    pub vendor: Vec<String>,
    /// Runs of words anywhere.
    pub description: Vec<String>,
    /// Which way the money must move.
    pub direction: Option<Direction>,
    /// The kind of account.
    pub account: Option<AccountKind>,
    /// The least amount, without regard to its sign.
    pub at_least: Option<Usd>,
    /// The largest amount, without regard to its sign.
    pub at_most: Option<Usd>,
    /// What it makes of the movement.
    pub ruling: Ruling,
    /// How sure that is.
    pub label: Label,
    /// What the user is asked, where only she knows.
    pub question: Option<String>,
    /// One plain sentence: why. Empty where the user gives none.
    pub reason: String,
    /// May the movement also be one side of a transfer, if an equal and opposite one is there?
    pub pairs: bool,
    /// Is it one of the user's own?
    pub yours: bool,
}

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is not the TOML that is expected.
    #[error("the rules do not parse: {0}")]
    Parse(#[from] toml::de::Error),
    /// A rule says something that cannot be.
    #[error("rule \"{name}\": {what}")]
    Rule {
        /// The rule.
        name: String,
        /// What is wrong with it.
        what: String,
    },
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Written>,
}

/// One rule as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    vendor: Vec<String>,
    #[serde(default)]
    description: Vec<String>,
    direction: Option<Direction>,
    account: Option<AccountKind>,
    at_least: Option<toml::Value>,
    at_most: Option<toml::Value>,
    category: Option<String>,
    #[serde(rename = "use")]
    usage: Option<Use>,
    payer: Option<String>,
    share: Option<String>,
    label: Option<Label>,
    question: Option<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    pairs: bool,
}

/// What money is that is no expense, as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Use {
    Transfer,
    Private,
    Income,
    Reimbursement,
    Refund,
}

impl Written {
    fn check(self, yours: bool) -> Result<Rule, Problem> {
        let name = self.name.clone();
        let wrong = |what: &str| Problem::Rule { name: name.clone(), what: what.to_owned() };
        let ruling = self.ruling()?;
        let words = |patterns: Vec<String>| -> Vec<String> { patterns.iter().map(|text| folded(text)).collect() };
        let (vendor, description) = (words(self.vendor), words(self.description));
        if vendor.is_empty() && description.is_empty() {
            return Err(wrong("it needs `vendor` or `description`: words of a statement"));
        }
        if vendor.iter().chain(&description).any(|pattern| pattern.trim().is_empty()) {
            return Err(wrong("a pattern has no letter and no digit"));
        }
        let amount = |value: Option<toml::Value>| value.map(|value| dollars(&value)).transpose();
        let (at_least, at_most) = amount(self.at_least)
            .and_then(|least| Ok((least, amount(self.at_most)?)))
            .map_err(|found| wrong(&format!("`{found}` is not an amount such as 200 or \"49.99\"")))?;
        let asks = matches!(ruling, Ruling::Expense(_, Share::Ask));
        let label = match self.label {
            Some(Label::NeedsYou) => Label::NeedsYou,
            Some(_) if asks => return Err(wrong("`share = \"ask\"` needs `label = \"needs-you\"`, or none")),
            None if asks => Label::NeedsYou,
            label => label.unwrap_or(Label::Classified),
        };
        if (label == Label::NeedsYou) != self.question.is_some() {
            return Err(wrong("a `question` belongs to `label = \"needs-you\"`, and to nothing else"));
        }
        let usual = match ruling {
            Ruling::Expense(..) => Some(Direction::Out),
            Ruling::Income(_) | Ruling::Reimbursement | Ruling::Refund => Some(Direction::In),
            Ruling::Transfer | Ruling::Private => None,
        };
        Ok(Rule {
            name: self.name,
            vendor,
            description,
            direction: self.direction.or(usual),
            account: self.account,
            at_least,
            at_most,
            ruling,
            label,
            question: self.question,
            reason: self.reason,
            pairs: self.pairs,
            yours,
        })
    }

    fn ruling(&self) -> Result<Ruling, Problem> {
        let wrong = |what: String| Problem::Rule { name: self.name.clone(), what };
        if self.payer.is_some() && self.usage != Some(Use::Income) {
            return Err(wrong("`payer` belongs to `use = \"income\"`".to_owned()));
        }
        if self.share.is_some() && self.category.is_none() {
            return Err(wrong("`share` belongs to a `category`".to_owned()));
        }
        match (&self.category, self.usage) {
            (Some(id), None) => {
                let category = Categories::get(id).ok_or_else(|| wrong(format!("there is no category `{id}`")))?;
                let share = self.share.as_deref().map_or(Some(Share::Of(WHOLE)), share);
                let share =
                    share.ok_or_else(|| wrong("`share` is a percentage such as \"60%\", or \"ask\"".to_owned()))?;
                Ok(Ruling::Expense(category, share))
            }
            (None, Some(Use::Transfer)) => Ok(Ruling::Transfer),
            (None, Some(Use::Private)) => Ok(Ruling::Private),
            (None, Some(Use::Reimbursement)) => Ok(Ruling::Reimbursement),
            (None, Some(Use::Refund)) => Ok(Ruling::Refund),
            (None, Some(Use::Income)) => {
                let payer = self.payer.clone().filter(|payer| !payer.trim().is_empty());
                Ok(Ruling::Income(payer.ok_or_else(|| wrong("income needs a `payer`".to_owned()))?))
            }
            _ => Err(wrong("it needs either `category` or `use`".to_owned())),
        }
    }
}

/// `60%` or `ask`.
fn share(text: &str) -> Option<Share> {
    if text == "ask" { Some(Share::Ask) } else { percentage(text).map(Share::Of) }
}

/// `60%` in millionths; above 0% and at most 100%, at most four decimals.
pub fn percentage(text: &str) -> Option<i64> {
    let percent: Decimal = text.trim().strip_suffix('%')?.trim().parse().ok()?;
    let millionths = percent * Decimal::from(10_000);
    let in_range = percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED && millionths.fract().is_zero();
    millionths.to_i64().filter(|_| in_range)
}

/// An amount of a rule; what stands there where it is none.
fn dollars(value: &toml::Value) -> Result<Usd, String> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let number: Option<Decimal> = text.parse().ok();
    let fits = number.filter(|number| !number.is_sign_negative() && number.normalize().scale() <= 2);
    fits.map(Usd::rounded).ok_or(text)
}

/// Rules, ready to be asked: the user's own before those of this program, each file in its order.
#[derive(Debug)]
pub struct Rules {
    list: Vec<Arc<Rule>>,
    automaton: AhoCorasick,
    /// For each pattern its rule, and whether it must begin the vendor's name.
    patterns: Vec<(usize, bool)>,
}

/// A rule that speaks of a movement, and which of its patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The place of the rule.
    pub rule: usize,
    /// The pattern.
    pub pattern: usize,
}

impl Rules {
    /// The user's rules, as the text of her file, and ours behind them.
    ///
    /// # Errors
    /// The text is not a table of rules.
    pub fn with(yours: &str) -> Result<Rules, Problem> {
        let mut rules = read(yours.strip_prefix('\u{feff}').unwrap_or(yours), true)?;
        rules.extend(shipped().iter().cloned());
        Rules::of(rules)
    }

    /// The rules of this program alone.
    ///
    /// # Errors
    /// None; a test reads the table inside the program.
    pub fn shipped() -> Result<Rules, Problem> {
        Rules::with("")
    }

    fn of(rules: Vec<Arc<Rule>>) -> Result<Rules, Problem> {
        let mut patterns = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            for (several, at_start) in [(&rule.vendor, true), (&rule.description, false)] {
                for text in several {
                    texts.push(text);
                    patterns.push((index, at_start));
                }
            }
        }
        // Neighbours share the space between them, so matches overlap; that needs the standard kind.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&texts);
        let automaton =
            automaton.map_err(|error| Problem::Rule { name: "(all)".to_owned(), what: error.to_string() })?;
        Ok(Rules { list: rules, automaton, patterns })
    }

    /// The rules, in the order in which they are asked.
    pub fn all(&self) -> &[Arc<Rule>] {
        &self.list
    }

    /// How many patterns there are.
    pub fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// The first rule that speaks of a movement.
    pub(super) fn find(&self, statement: &Statement, movement: &Movement, account: AccountKind) -> Option<Hit> {
        self.search(statement, |rule| rule.holds(movement, account))
    }

    /// The first rule whose words are in a statement and that passes.
    pub(super) fn search(&self, statement: &Statement, passes: impl Fn(&Rule) -> bool) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for found in self.automaton.find_overlapping_iter(&statement.text) {
            let pattern = found.pattern().as_usize();
            let (rule, at_start) = self.patterns[pattern];
            let better = best.is_none_or(|best| (rule, pattern) < (best.rule, best.pattern));
            if better && (!at_start || statement.starts.contains(&found.start())) && passes(&self.list[rule]) {
                best = Some(Hit { rule, pattern });
            }
        }
        best
    }
}

impl Rule {
    /// Does it speak of movements like this one, whatever the words?
    fn holds(&self, movement: &Movement, account: AccountKind) -> bool {
        let size = Usd::from_cents(movement.amount.cents().saturating_abs());
        let direction = if movement.amount < Usd::ZERO { Direction::Out } else { Direction::In };
        self.direction.is_none_or(|wanted| wanted == direction)
            && self.account.is_none_or(|wanted| wanted == account)
            && self.at_least.is_none_or(|least| size >= least)
            && self.at_most.is_none_or(|most| size <= most)
    }
}

/// Reads rules from their text.
fn read(text: &str, yours: bool) -> Result<Vec<Arc<Rule>>, Problem> {
    let file: File = toml::from_str(text)?;
    file.rule.into_iter().map(|rule| rule.check(yours).map(Arc::new)).collect()
}

/// The rules of this program.
fn shipped() -> &'static [Arc<Rule>] {
    static SHIPPED: OnceLock<Vec<Arc<Rule>>> = OnceLock::new();
    SHIPPED.get_or_init(|| read(include_str!("rules.toml"), false).expect("the table inside the program is tested"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, part: &str) {
        let message = Rules::with(text).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }

    #[test]
    fn what_is_wrong_is_said_with_the_rule() {
        refused("[[rule]]\nname = \"X\"\ncategory = \"books\"", "rule \"X\": it needs `vendor`");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]", "either `category` or `use`");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"*\"]\ncategory = \"books\"", "no letter and no digit");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]\ncategory = \"bookz\"", "there is no category `bookz`");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]\ncategory = \"books\"\nshare = \"0%\"", "a percentage");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]\nuse = \"income\"", "needs a `payer`");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]\ncategory = \"books\"\nshare = \"ask\"", "a `question`");
        refused("[[rule]]\nname = \"X\"\nvendor = [\"x\"]\ncategory = \"books\"\nat_most = \"1.234\"", "not an amount");
        refused("[[rule]]\nname = \"X\"\nvendr = [\"x\"]\ncategory = \"books\"", "vendr");
    }

    #[test]
    fn every_rule_of_ours_says_why() {
        let rules = Rules::shipped().unwrap();
        for rule in rules.all() {
            assert!(rule.reason.ends_with('.'), "{}: a reason is a sentence", rule.name);
            let asks = rule.question.as_deref().is_none_or(|question| question.ends_with(['?', '.']));
            assert!(asks, "{}: a question is a sentence", rule.name);
        }
        assert!(rules.patterns() >= 150, "{}", rules.patterns());
    }

    #[test]
    fn no_pattern_of_ours_is_there_twice_with_the_same_conditions() {
        let rules = Rules::shipped().unwrap();
        let mut seen = std::collections::BTreeMap::new();
        for rule in rules.all() {
            for pattern in rule.vendor.iter().chain(&rule.description) {
                let conditions =
                    format!("{:?} {:?} {:?} {:?}", rule.direction, rule.account, rule.at_least, rule.at_most);
                let before = seen.insert((pattern.clone(), conditions), rule.name.clone());
                assert!(before.is_none(), "{pattern}: {} and {before:?}", rule.name);
            }
        }
    }
}
