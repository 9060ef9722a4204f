//! Which figures of the law decided a line whose value comes from a rule instead of a formula.
//!
//! A line of a form names them after its expression: `by "salt.cap", tier(l5);`. A text is the path of a figure; a name is a
//! function beside the rule that finds the rows of a table which were used, from the line in brackets. What a rule reads of
//! a form or of facts, while the expression names them as a whole, is named in the same way: `by "month.premium";`.
//! Nothing of it runs while a form is filled: explanations ask the filled form.

use super::form::Value;
use crate::law::{FilingStatus, Law};
use crate::money::{Round, Usd};

/// A figure of the law that decided a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its path; the cell of the filing status is found by who shows it.
    pub path: String,
    /// Which row of a table, from 0.
    pub row: Option<usize>,
    /// What it says here; may be empty.
    pub text: String,
}

impl Figure {
    /// A figure that stands alone.
    pub fn new(path: impl Into<String>) -> Figure {
        Figure { path: path.into(), row: None, text: String::new() }
    }

    /// A row of a table, from 0.
    pub fn row(path: impl Into<String>, row: usize) -> Figure {
        Figure { row: Some(row), ..Figure::new(path) }
    }

    /// Says what the figure means here.
    #[must_use]
    pub fn says(self, text: impl Into<String>) -> Figure {
        Figure { text: text.into(), ..self }
    }
}

/// One entry of what a line is decided by.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// The path of a figure, or of a line or fact by a name that the form's expressions know.
    Figure(&'static str),
    /// A function that names figures, and the line that it starts from; empty without one.
    Rule(fn(&Given) -> Vec<Figure>, &'static str),
}

impl By {
    /// The figures, where the year has them.
    pub fn figures(self, given: &Given) -> Vec<Figure> {
        match self {
            By::Figure(path) => vec![Figure::new(path)],
            By::Rule(rule, of) => rule(&Given { of, ..*given }),
        }
    }
}

/// What a rule may ask of a filled form and of what the form reads.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The year's law.
    pub law: &'a Law,
    /// The filing status.
    pub status: FilingStatus,
    /// How lines are written.
    pub round: Round,
    /// The value of a name in the form's formulas, such as `l5` or `filer.boxes`.
    pub value: &'a dyn Fn(&str) -> Option<Value>,
    /// The line that the rule starts from.
    pub of: &'static str,
}

impl Given<'_> {
    /// The amount of a name; zero for anything else.
    pub fn amount(&self, name: &str) -> Usd {
        match (self.value)(name) {
            Some(Value::Usd(amount)) => amount,
            _ => Usd::ZERO,
        }
    }

    /// The count of a name; zero for anything else.
    pub fn count(&self, name: &str) -> i64 {
        match (self.value)(name) {
            Some(Value::Count(count)) => count,
            _ => 0,
        }
    }

    /// The path of a figure that a joint return has of its own.
    pub fn or_joint(&self, path: &str) -> String {
        if self.status.is_joint() { format!("{path}_joint") } else { path.to_owned() }
    }
}
