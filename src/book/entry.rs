//! The records of the book, as they were imported.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::Usd;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Work done: charts by day, payer and chart type.
    Charts,
    /// Money received from payers.
    Payments,
    /// Money spent.
    Expenses,
    /// Things that last longer than a year.
    Assets,
    /// Trips by car.
    Trips,
    /// Rows of statements of banks, cards and platforms.
    Bank,
    /// Time spent.
    Time,
}

impl Kind {
    /// All kinds, in the order in which they are explained.
    pub const ALL: [Kind; 7] =
        [Kind::Charts, Kind::Payments, Kind::Expenses, Kind::Assets, Kind::Trips, Kind::Bank, Kind::Time];

    /// The kinds that have a layout of their own, in the order in which they are explained.
    pub const OWN: [Kind; 5] = [Kind::Charts, Kind::Payments, Kind::Expenses, Kind::Assets, Kind::Trips];

    /// The word for the kind, as commands take and show it.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Charts => "charts",
            Kind::Payments => "payments",
            Kind::Expenses => "expenses",
            Kind::Assets => "assets",
            Kind::Trips => "trips",
            Kind::Bank => "bank",
            Kind::Time => "time",
        }
    }
}

/// Where a record comes from: the import and the line of its file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The batch: one import of one file.
    pub batch: i64,
    /// The line of the file on which the record starts, the header being line 1.
    pub line: i64,
}

/// One row of work: charts of one type, coded for one payer on one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charts {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day the coder worked. Never a patient's date.
    pub work_date: NaiveDate,
    /// Who pays.
    pub payer: String,
    /// The kind of chart, such as `E/M` or `ED`.
    pub chart_type: String,
    /// Charts coded, the rejected ones included.
    pub count: i64,
    /// Charts sent back and never paid; at most `count`.
    pub rejected: i64,
    /// Dollars a chart, at most six decimals.
    pub rate: Decimal,
    /// What the work earned: (count - rejected) x rate, to the cent, half up.
    pub amount: Usd,
    /// Minutes spent coding, in tenths of a minute, where known.
    pub minutes_tenths: Option<i64>,
    /// The QA score in millionths (98.5% is 985,000), where known.
    pub accuracy_millionths: Option<i64>,
    /// The day the money came, where the row says so.
    pub paid_on: Option<NaiveDate>,
    /// What stands for the patient, where the chart was imported with a surrogate. Restricted data: never shown.
    pub surrogate: Option<[u8; 10]>,
}

/// One row of work, borrowed from where it was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChartsRow<'a> {
    /// The line of the file on which the row starts.
    pub line: i64,
    /// The day the coder worked. Never a patient's date.
    pub work_date: NaiveDate,
    /// Who pays.
    pub payer: &'a str,
    /// The kind of chart, such as `E/M` or `ED`.
    pub chart_type: &'a str,
    /// Charts coded, the rejected ones included.
    pub count: i64,
    /// Charts sent back and never paid; at most `count`.
    pub rejected: i64,
    /// Millionths of a dollar a chart.
    pub rate_millionths: i64,
    /// What the work earned.
    pub amount: Usd,
    /// Minutes spent coding, in tenths of a minute, where known.
    pub minutes_tenths: Option<i64>,
    /// The QA score in millionths, where known.
    pub accuracy_millionths: Option<i64>,
    /// The day the money came, where the row says so.
    pub paid_on: Option<NaiveDate>,
    /// What stands for the patient, where the chart was imported with a surrogate. Restricted data: never shown.
    pub surrogate: Option<[u8; 10]>,
}

impl From<&ChartsRow<'_>> for Charts {
    fn from(row: &ChartsRow) -> Charts {
        Charts {
            id: 0,
            origin: Origin { batch: 0, line: row.line },
            work_date: row.work_date,
            payer: row.payer.to_owned(),
            chart_type: row.chart_type.to_owned(),
            count: row.count,
            rejected: row.rejected,
            rate: Decimal::new(row.rate_millionths, 6).normalize(),
            amount: row.amount,
            minutes_tenths: row.minutes_tenths,
            accuracy_millionths: row.accuracy_millionths,
            paid_on: row.paid_on,
            surrogate: row.surrogate,
        }
    }
}

impl Charts {
    /// The row, borrowed; none where the rate has more than six decimals.
    pub fn row(&self) -> Option<ChartsRow<'_>> {
        let millionths = self.rate.checked_mul(Decimal::new(1_000_000, 0))?;
        let rate_millionths = if millionths.is_integer() { millionths.to_i64()? } else { return None };
        Some(ChartsRow {
            line: self.origin.line,
            work_date: self.work_date,
            payer: &self.payer,
            chart_type: &self.chart_type,
            count: self.count,
            rejected: self.rejected,
            rate_millionths,
            amount: self.amount,
            minutes_tenths: self.minutes_tenths,
            accuracy_millionths: self.accuracy_millionths,
            paid_on: self.paid_on,
            surrogate: self.surrogate,
        })
    }

    /// Minutes spent coding, where known.
    pub fn minutes(&self) -> Option<Decimal> {
        self.minutes_tenths.map(|tenths| Decimal::new(tenths, 1))
    }

    /// The QA score as a share (98.5% is 0.985), where known.
    pub fn accuracy(&self) -> Option<Decimal> {
        self.accuracy_millionths.map(|millionths| Decimal::new(millionths, 6))
    }
}

/// One payment received. A claw-back is negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day the money was received or made available (constructive receipt).
    pub received_on: NaiveDate,
    /// Who paid.
    pub payer: String,
    /// How much.
    pub amount: Usd,
    /// The payer's reference, such as a statement number.
    pub reference: String,
}

/// One expense. A refund is negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expense {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day it was paid.
    pub date: NaiveDate,
    /// Who was paid.
    pub vendor: String,
    /// What was bought.
    pub description: String,
    /// The category's id, such as `books`.
    pub category: String,
    /// What was paid, the private part included.
    pub amount: Usd,
    /// The share used for the business, in millionths (40% is 400,000).
    pub share_millionths: i64,
}

impl Expense {
    /// The business part of the amount, to the cent, half up.
    pub fn business_part(&self) -> Usd {
        crate::money::Round::Cents.enter(self.amount * crate::money::Rate::millionths(self.share_millionths))
    }
}

/// One row of a bank, card or platform statement, as the owner of the account sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Movement {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The account: a name, with at most the last four digits of its number, such as `Chase card 1234`.
    pub account: String,
    /// The day of the transaction; where the statement has none, the day it was posted.
    pub date: NaiveDate,
    /// The statement's words, numbers of cards and accounts masked.
    pub description: String,
    /// Money in is positive, money out negative, in hundredths of the currency. A purchase by card is negative.
    pub amount: Usd,
    /// The currency by ISO 4217, such as `USD`. Only dollars go on a return.
    pub currency: String,
    /// The balance after the row, where the statement has it.
    pub balance: Option<Usd>,
    /// The bank's own number for the transaction, where it has one that never changes.
    pub bank_id: Option<String>,
    /// The bank's or the platform's own category or type, such as `Professional Services`; may be empty.
    pub hint: String,
}

impl Movement {
    /// How the words of a row end where the platform kept a fee of it; the fee follows.
    pub const LESS_FEE: &str = " · less the fee of ";

    /// The fee that the platform kept: the amount is what was left.
    pub fn fee_kept(&self) -> Option<Usd> {
        let (_, fee) = self.description.rsplit_once(Movement::LESS_FEE)?;
        fee.trim().parse::<Decimal>().ok().and_then(|fee| Usd::try_from(fee).ok())
    }
}

/// Time spent, from a time tracker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeEntry {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day on which it began.
    pub date: NaiveDate,
    /// When it began, in seconds of the day, where the tracker says so.
    pub start: Option<i64>,
    /// How long it took, in seconds.
    pub seconds: i64,
    /// For whom; may be empty.
    pub client: String,
    /// On what; may be empty.
    pub project: String,
    /// Which part of it; may be empty.
    pub task: String,
}

/// What kind of thing an asset is. It decides over how many years its cost is spread.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum AssetClass {
    /// Computers and what hangs on them: monitors, printers, scanners, routers. 5 years (Rev. Proc. 87-56, class 00.12).
    Computer,
    /// Desks, chairs, shelves. 7 years (class 00.11).
    Furniture,
    /// A phone: without a class of its own, 7 years (IRC 168(e)(3)(C)(v)).
    Phone,
    /// Software bought outright: 36 months, straight line (IRC 167(f)(1)).
    Software,
    /// A car, van or light truck: 5 years, listed property (IRC 280F).
    Car,
    /// Other things of 3 years.
    ThreeYear,
    /// Other things of 5 years.
    FiveYear,
    /// Other things of 7 years.
    SevenYear,
    /// Land improvements and other things of 15 years.
    FifteenYear,
    /// Improvements of the home office and other nonresidential real property: 39 years.
    Building,
}

impl AssetClass {
    /// All classes, in the order in which they are explained.
    pub const ALL: [AssetClass; 10] = [
        AssetClass::Computer,
        AssetClass::Furniture,
        AssetClass::Phone,
        AssetClass::Software,
        AssetClass::Car,
        AssetClass::ThreeYear,
        AssetClass::FiveYear,
        AssetClass::SevenYear,
        AssetClass::FifteenYear,
        AssetClass::Building,
    ];

    /// The word for the class, as commands and files take and show it.
    pub const fn word(self) -> &'static str {
        match self {
            AssetClass::Computer => "computer",
            AssetClass::Furniture => "furniture",
            AssetClass::Phone => "phone",
            AssetClass::Software => "software",
            AssetClass::Car => "car",
            AssetClass::ThreeYear => "3-year",
            AssetClass::FiveYear => "5-year",
            AssetClass::SevenYear => "7-year",
            AssetClass::FifteenYear => "15-year",
            AssetClass::Building => "39-year",
        }
    }
}

/// What is chosen of the special depreciation allowance. The law gives it to a whole class of a year, or elects it out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Bonus {
    /// As the law gives it where nothing is elected.
    #[default]
    Law,
    /// Elected out for the class (IRC 168(k)(7)).
    Out,
    /// 40% instead of 100% in the first year that ends after January 19, 2025 (IRC 168(k)(10)).
    Reduced,
}

impl Bonus {
    /// All choices.
    pub const ALL: [Bonus; 3] = [Bonus::Law, Bonus::Out, Bonus::Reduced];

    /// The word, as commands and files take and show it.
    pub const fn word(self) -> &'static str {
        match self {
            Bonus::Law => "law",
            Bonus::Out => "out",
            Bonus::Reduced => "40%",
        }
    }
}

/// One thing that lasts longer than a year: a computer, a desk, a car.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is, such as `Laptop`.
    pub name: String,
    /// What kind of thing it is.
    pub class: AssetClass,
    /// The day of the binding contract; for a thing bought over the counter, the day it was paid.
    pub acquired: NaiveDate,
    /// The day from which it stood ready for the business.
    pub in_service: NaiveDate,
    /// What it cost, tax and delivery included, the private part too.
    pub cost: Usd,
    /// The share used for the business in its first year, in millionths.
    pub share_millionths: i64,
    /// What it was worth on the day it was turned from private to business use; none where it was bought for the business.
    pub value: Option<Usd>,
    /// What of its cost is expensed under section 179, as elected.
    pub section_179: Usd,
    /// What is chosen of the special allowance.
    pub bonus: Bonus,
    /// What became of it later, in order of date.
    pub events: Vec<AssetEvent>,
}

/// What became of an asset after its first year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum AssetEvent {
    /// The share used for the business from a year on, in millionths.
    Share {
        /// The tax year.
        year: i32,
        /// The share.
        share_millionths: i64,
    },
    /// Sold, traded in, or thrown away for nothing.
    Disposed {
        /// The day.
        on: NaiveDate,
        /// What came in for it.
        proceeds: Usd,
    },
}

/// Why a trip was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum TripKind {
    /// For the business.
    #[default]
    Business,
    /// Between home and a regular place of work: never deducted (Reg. 1.162-2(e)).
    Commute,
    /// Private.
    Private,
}

impl TripKind {
    /// All kinds.
    pub const ALL: [TripKind; 3] = [TripKind::Business, TripKind::Commute, TripKind::Private];

    /// The word, as commands and files take and show it.
    pub const fn word(self) -> &'static str {
        match self {
            TripKind::Business => "business",
            TripKind::Commute => "commute",
            TripKind::Private => "private",
        }
    }
}

/// One trip by car.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trip {
    /// The book's number for the record; 0 before it is stored.
    pub id: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day.
    pub date: NaiveDate,
    /// There and back together, in tenths of a mile.
    pub miles_tenths: i64,
    /// Where to.
    pub destination: String,
    /// What for: the business purpose that the law asks for (IRC 274(d)).
    pub purpose: String,
    /// Why, in one word.
    pub kind: TripKind,
    /// Which car, by its name in the profile; may be empty where there is one.
    pub car: String,
    /// Parking and tolls of the trip.
    pub parking: Usd,
}

/// A file that proves a record: a receipt, an invoice, a statement. It stays where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The book's number for it; 0 before it is stored.
    pub id: i64,
    /// The kind of the record that it proves.
    pub of: Kind,
    /// That record's number.
    pub record: i64,
    /// Where the file lies, as seen from the book's folder, with `/` between folders.
    pub path: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimals.
    pub sha256: String,
    /// How long the file is, in bytes.
    pub bytes: i64,
    /// When it was attached, UTC, RFC 3339 to the second.
    pub attached_at: String,
}

/// One import of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// The batch's number.
    pub id: i64,
    /// What the file holds.
    pub kind: Kind,
    /// The file's name, without its folder.
    pub file: String,
    /// When it was imported, UTC, RFC 3339 to the second.
    pub imported_at: String,
    /// Records it brought.
    pub records: i64,
    /// Rows left out because the book had them already.
    pub known: i64,
}
