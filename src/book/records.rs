//! Records of any kind.

use super::entry::{Charts, Expense, Kind, Movement, Payment, TimeEntry};

/// The records of one file, all of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Records {
    /// Work done.
    Charts(Vec<Charts>),
    /// Money received.
    Payments(Vec<Payment>),
    /// Money spent.
    Expenses(Vec<Expense>),
    /// Rows of a statement.
    Bank(Vec<Movement>),
    /// Time spent.
    Time(Vec<TimeEntry>),
}

impl Records {
    /// What the records are.
    pub fn kind(&self) -> Kind {
        match self {
            Records::Charts(_) => Kind::Charts,
            Records::Payments(_) => Kind::Payments,
            Records::Expenses(_) => Kind::Expenses,
            Records::Bank(_) => Kind::Bank,
            Records::Time(_) => Kind::Time,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Records::Charts(rows) => rows.len(),
            Records::Payments(rows) => rows.len(),
            Records::Expenses(rows) => rows.len(),
            Records::Bank(rows) => rows.len(),
            Records::Time(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One record of any kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Record {
    /// Work done.
    Charts(Charts),
    /// Money received.
    Payment(Payment),
    /// Money spent.
    Expense(Expense),
    /// A row of a statement.
    Movement(Movement),
    /// Time spent.
    Time(TimeEntry),
}
