//! Records of any kind.

use chrono::NaiveDate;

use super::entry::{Asset, Charts, Expense, Kind, Movement, Origin, Payment, TimeEntry, Trip};
use crate::money::Usd;

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

impl Record {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Record::Charts(_) => Kind::Charts,
            Record::Payment(_) => Kind::Payments,
            Record::Expense(_) => Kind::Expenses,
            Record::Asset(_) => Kind::Assets,
            Record::Trip(_) => Kind::Trips,
            Record::Movement(_) => Kind::Bank,
            Record::Time(_) => Kind::Time,
        }
    }

    /// The book's number for it.
    pub fn id(&self) -> i64 {
        match self {
            Record::Charts(row) => row.id,
            Record::Payment(row) => row.id,
            Record::Expense(row) => row.id,
            Record::Asset(row) => row.id,
            Record::Trip(row) => row.id,
            Record::Movement(row) => row.id,
            Record::Time(row) => row.id,
        }
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        match self {
            Record::Charts(row) => row.origin,
            Record::Payment(row) => row.origin,
            Record::Expense(row) => row.origin,
            Record::Asset(row) => row.origin,
            Record::Trip(row) => row.origin,
            Record::Movement(row) => row.origin,
            Record::Time(row) => row.origin,
        }
    }

    /// Its day: of work, of the money, of service.
    pub fn date(&self) -> NaiveDate {
        match self {
            Record::Charts(row) => row.work_date,
            Record::Payment(row) => row.received_on,
            Record::Expense(row) => row.date,
            Record::Asset(row) => row.in_service,
            Record::Trip(row) => row.date,
            Record::Movement(row) => row.date,
            Record::Time(row) => row.date,
        }
    }

    /// What it is, in a few words of its own.
    pub fn words(&self) -> String {
        let joined =
            |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        match self {
            Record::Charts(row) => joined([&row.payer, &row.chart_type]),
            Record::Payment(row) => joined([&row.payer, &row.reference]),
            Record::Expense(row) => joined([&row.vendor, &row.description]),
            Record::Asset(row) => row.name.clone(),
            Record::Trip(row) => joined([&row.destination, &row.purpose]),
            Record::Movement(row) => row.description.clone(),
            Record::Time(row) => joined([&row.client, &row.project]),
        }
    }

    /// Its money: earned, received, spent, moved; none of time and of a trip without parking.
    pub fn amount(&self) -> Option<Usd> {
        match self {
            Record::Charts(row) => Some(row.amount),
            Record::Payment(row) => Some(row.amount),
            Record::Expense(row) => Some(row.amount),
            Record::Asset(row) => Some(row.cost),
            Record::Trip(row) => (row.parking > Usd::ZERO).then_some(row.parking),
            Record::Movement(row) => Some(row.amount),
            Record::Time(_) => None,
        }
    }
}
