//! Money given back, and the purchase that it belongs to.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::rule::{Direction, Rule, Ruling};
use super::settle::Work;
use super::{Label, Match, Usage, Why};
use crate::book::category::Categories;
use crate::money::Usd;

/// So many days lie between a purchase and its refund, at most.
const WITHIN: i64 = 180;

/// By what two rows are of one vendor, besides the first word of the name.
#[derive(PartialEq, Eq, Hash)]
enum Vendor {
    /// A rule that knows the vendor.
    Rule(usize),
    /// Two words of the name.
    Words(String),
}

impl Work<'_> {
    /// Money in of a vendor with a purchase of at most half a year before, of at least that amount, is what the purchase
    /// is. Earlier money looks first. A purchase is given back once.
    pub(super) fn refunds(&mut self) {
        let given: Vec<usize> = (0..self.rows.len()).filter(|at| self.open(*at) && !self.rows[*at].is_out()).collect();
        let rows = &self.rows;
        let words: HashSet<&str> = given.iter().map(|at| rows[*at].statement.first_word()).collect();
        let mut of_vendor: HashMap<(&str, Vendor), Vec<usize>> = HashMap::new();
        let mut of_amount: HashMap<(&str, Usd), Vec<usize>> = HashMap::new();
        if given.is_empty() {
            return;
        }
        for (at, row) in rows.iter().enumerate().filter(|(at, row)| row.is_out() && self.is_purchase(*at)) {
            let word = row.statement.first_word();
            if !word.is_empty() && words.contains(word) {
                for vendor in self.vendors(at) {
                    of_vendor.entry((word, vendor)).or_default().push(at);
                }
            }
            of_amount.entry((&row.movement.account, -row.movement.amount)).or_default().push(at);
        }
        let mut taken = vec![false; rows.len()];
        let mut found = Vec::new();
        for at in given {
            let row = &rows[at];
            let lists =
                self.vendors(at).into_iter().filter_map(|vendor| of_vendor.get(&(row.statement.first_word(), vendor)));
            let mut best = self.best(at, lists, &taken);
            if best.is_none() && self.rule(at).is_some_and(|rule| rule.ruling == Ruling::Refund) {
                let alike = of_amount.get(&(row.movement.account.as_str(), row.movement.amount));
                best = self.best(at, alike.into_iter(), &taken);
            }
            if let Some(purchase) = best {
                taken[purchase] = true;
                found.push((at, purchase));
            }
        }
        for (at, purchase) in found {
            self.give_back(at, purchase);
        }
    }

    /// What tells the vendor of a row.
    fn vendors(&self, at: usize) -> Vec<Vendor> {
        let words = Vendor::Words(self.rows[at].statement.vendor());
        self.vendor_rule(at).map(Vendor::Rule).into_iter().chain([words]).collect()
    }

    /// May its money be given back?
    fn is_purchase(&self, at: usize) -> bool {
        self.decided[at].as_ref().is_none_or(|decision| match decision.usage {
            Usage::Expense { .. } | Usage::Private | Usage::Open => true,
            Usage::Recorded => self.recorded.contains_key(&at),
            _ => false,
        })
    }

    /// The rule that knows the vendor, whichever way the money moves and whatever the amount.
    fn vendor_rule(&self, at: usize) -> Option<usize> {
        let spends = |rule: &Rule| {
            matches!(rule.ruling, Ruling::Expense(..) | Ruling::Private) && rule.direction == Some(Direction::Out)
        };
        self.input.rules.search(&self.rows[at].statement, spends).map(|hit| hit.rule)
    }

    /// The purchase that money gives back: of the same amount first, then of the same account, then the latest.
    fn best<'b>(&self, at: usize, lists: impl Iterator<Item = &'b Vec<usize>>, taken: &[bool]) -> Option<usize> {
        let row = self.rows[at].movement;
        let age = |purchase: usize| (row.date - self.rows[purchase].movement.date).num_days();
        // The lists are in order of day.
        let near = lists.flat_map(|list| {
            let from = list.partition_point(|purchase| age(*purchase) > WITHIN);
            list[from..].iter().copied().take_while(|purchase| age(*purchase) >= 0)
        });
        let fits = near.filter(|purchase| {
            let bought = self.rows[*purchase].movement;
            !taken[*purchase] && bought.currency == row.currency && row.amount <= -bought.amount
        });
        fits.max_by_key(|purchase| {
            let bought = self.rows[*purchase].movement;
            (row.amount == -bought.amount, row.account == bought.account, bought.date, Reverse(*purchase))
        })
    }

    /// Money given back is what its purchase is.
    fn give_back(&mut self, at: usize, purchase: usize) {
        let (row, bought) = (self.rows[at].movement, self.rows[purchase].movement);
        let exact = row.amount == -bought.amount && row.account == bought.account;
        let (usage, label) = match (&self.decided[purchase], self.recorded.get(&purchase)) {
            (_, Some(expense)) => {
                let share_millionths = Some(expense.share_millionths);
                Categories::get(&expense.category).map_or((Usage::Open, Label::NeedsYou), |category| {
                    (Usage::Expense { category, share_millionths }, Label::Classified)
                })
            }
            (Some(decision), None) => (decision.usage.clone(), decision.label),
            (None, None) => (Usage::Open, Label::NeedsYou),
        };
        let label = if exact { label } else { label.max(Label::Assumed) };
        let question = (label == Label::NeedsYou)
            .then(|| format!("It gives back what row {} paid: answer that one, and this follows.", bought.id));
        self.decide(at, usage, label, Why::Match(Match::Refund, bought.id), question);
    }
}
