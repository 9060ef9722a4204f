//! How a command fails: what was wrong, and what to do.

use crate::profile::Problem;
use crate::tax::screen::Refusal;
use crate::{book, import, year};

/// Whose turn it is to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A problem in the data or around it.
    Data,
    /// Wrong usage.
    Usage,
    /// Refused: not modelled.
    Refused,
    /// A fault of ours.
    Internal,
}

impl Kind {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Kind::Data => 1,
            Kind::Usage => 2,
            Kind::Refused => 3,
            Kind::Internal => 70,
        }
    }
}

/// Why a command did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Whose turn it is to act.
    pub kind: Kind,
    /// What was found, where, and what was expected.
    pub message: String,
    /// What to do next, one step each.
    pub hints: Vec<String>,
}

impl Failure {
    /// A failure without hints.
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure { kind, message: message.into(), hints: Vec::new() }
    }

    /// A problem in the data or around it.
    pub fn data(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Data, message)
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Usage, message)
    }

    /// Refused: not modelled.
    pub fn refused(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Refused, message)
    }

    /// A fault of ours.
    pub fn internal(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Internal, message)
    }

    /// Adds something to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        match &problem {
            Problem::Wrong { excerpt, .. } => Failure::data(format!("{problem}\n{excerpt}")),
            Problem::Unreadable { .. } => Failure::data(problem.to_string()),
        }
    }
}

impl From<book::Error> for Failure {
    fn from(error: book::Error) -> Failure {
        Failure::data(error.to_string())
    }
}

impl From<import::Problems> for Failure {
    fn from(problems: import::Problems) -> Failure {
        Failure::data(problems.to_string())
    }
}

impl From<year::Problem> for Failure {
    fn from(problem: year::Problem) -> Failure {
        match problem {
            year::Problem::Law(_) => Failure::refused(problem.to_string())
                .hint("ask for one of these with --year, or set tax_year in perchart.toml"),
            year::Problem::Situation(_) => Failure::data(problem.to_string()).hint(
                "the list refuses a return that perchart cannot do: where nothing there applies, leave `outside` out",
            ),
        }
    }
}

impl From<&[Refusal]> for Failure {
    fn from(refusals: &[Refusal]) -> Failure {
        let words = |refusal: &Refusal| format!("{} ({})", refusal.what, refusal.needs);
        let message = refusals.iter().map(words).collect::<Vec<_>>().join("; ");
        let mut failure = Failure::refused(format!("not modelled: {message}"));
        for refusal in refusals {
            if !failure.hints.contains(&refusal.advice) {
                failure.hints.push(refusal.advice.clone());
            }
        }
        failure
    }
}
