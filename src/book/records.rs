//! Records of any kind.

use super::entry::{Asset, Charts, Expense, Kind, Movement, Payment, TimeEntry, Trip};

/// The records of one file, all of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Records {
    /// Work done.
    Charts(Vec<Charts>),
    /// Money received.
    Payments(Vec<Payment>),
    /// Money spent.
    Expenses(Vec<Expense>),
    /// Things that last longer than a year.
    Assets(Vec<Asset>),
    /// Trips by car.
    Trips(Vec<Trip>),
    /// Rows of a statement.
    Bank(Vec<Movement>),
    /// Time spent.
    Time(Vec<TimeEntry>),
}

impl Records {
    /// No records of a kind.
    pub fn none(kind: Kind) -> Records {
        match kind {
            Kind::Charts => Records::Charts(Vec::new()),
            Kind::Payments => Records::Payments(Vec::new()),
            Kind::Expenses => Records::Expenses(Vec::new()),
            Kind::Assets => Records::Assets(Vec::new()),
            Kind::Trips => Records::Trips(Vec::new()),
            Kind::Bank => Records::Bank(Vec::new()),
            Kind::Time => Records::Time(Vec::new()),
        }
    }

    /// What the records are.
    pub fn kind(&self) -> Kind {
        match self {
            Records::Charts(_) => Kind::Charts,
            Records::Payments(_) => Kind::Payments,
            Records::Expenses(_) => Kind::Expenses,
            Records::Assets(_) => Kind::Assets,
            Records::Trips(_) => Kind::Trips,
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
            Records::Assets(rows) => rows.len(),
            Records::Trips(rows) => rows.len(),
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
    /// A thing that lasts longer than a year.
    Asset(Asset),
    /// A trip by car.
    Trip(Trip),
    /// A row of a statement.
    Movement(Movement),
    /// Time spent.
    Time(TimeEntry),
}
