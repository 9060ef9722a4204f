//! What the work earned and what was received: by payer, by chart type, on the cash basis.
//!
//! Income belongs to the year in which it was received (IRC 451(a); Reg. 1.451-1(a), 1.451-2(a)). Charts say what was
//! earned; payments say what was received. Where a payer's payments are not given, `paid_on` or the payer's terms decide.

mod terms;

use std::collections::{BTreeMap, HashMap};
use std::iter;
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

pub use self::terms::Terms;
use crate::book::entry::{Kind, Origin, Payment};
use crate::book::work::{Sums, Work};
use crate::money::Usd;
use crate::profile::Payer;

/// Two spellings of one payer or chart type: capitals and spaces do not count.
pub fn same_name(one: &str, other: &str) -> bool {
    one == other || folded(one).eq(folded(other))
}

/// A name without regard to capitals, each word with a space before it.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.split_whitespace().flat_map(|word| iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}

/// What decided in which year a payer's money counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The payer's payments.
    Payments,
    /// `paid_on` of the chart rows.
    PaidOn,
    /// The payer's terms, applied to the chart rows.
    Terms(Terms),
    /// `paid_on` where a row has it, the payer's terms for the rest.
    Both(Terms),
}

impl Basis {
    /// What decided, in words.
    pub fn words(self) -> String {
        match self {
            Basis::Payments => "payments received".to_owned(),
            Basis::PaidOn => "paid_on of the charts".to_owned(),
            Basis::Terms(terms) if terms.stated => format!("terms: {}", terms.words()),
            Basis::Terms(terms) => format!("assumed: {}", terms.words()),
            Basis::Both(terms) => format!("paid_on; else {}", terms.words()),
        }
    }
}

/// Money that counts as received in the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The record behind it.
    pub kind: Kind,
    /// Its number.
    pub id: i64,
    /// Where the record comes from; none where it stands for several, as sums of work do.
    pub origin: Option<Origin>,
    /// The day on which it counts as received.
    pub on: NaiveDate,
    /// How much; negative for a claw-back.
    pub amount: Usd,
}

/// One payer's year.
#[derive(Clone, Debug)]
pub struct PayerYear {
    /// The payer, as first spelled.
    pub payer: String,
    /// Earned by work of the year.
    pub earned: Usd,
    /// Received in the year.
    pub received: Usd,
    /// What decided it.
    pub basis: Basis,
    /// The records behind what was received.
    pub receipts: Vec<Receipt>,
    /// What work and terms, or `paid_on`, would bring in the year.
    pub expected: Usd,
    /// Work that the terms put into the year, but that payments of the years beside it cover.
    pub covered_elsewhere: Usd,
}

/// One payer's charts of one type, worked in the year.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeYear {
    /// The payer, as first spelled.
    pub payer: String,
    /// The chart type.
    pub chart_type: String,
    /// Charts coded.
    pub charts: i64,
    /// Charts sent back and never paid.
    pub rejected: i64,
    /// What they earned.
    pub earned: Usd,
    /// Tenths of minutes of the rows that say them.
    pub minutes_tenths: i64,
    /// Charts of the rows that say minutes.
    pub timed_charts: i64,
    /// What those rows earned.
    pub timed_earned: Usd,
}

impl TypeYear {
    /// Hours of coding, as far as minutes were given.
    pub fn hours(&self) -> Decimal {
        Decimal::new(self.minutes_tenths, 1) / Decimal::from(60)
    }

    /// Charts an hour of coding: all charts over all hours, so that slow types weigh by their time.
    pub fn charts_per_hour(&self) -> Option<Decimal> {
        (self.minutes_tenths > 0).then(|| Decimal::from(self.timed_charts) / self.hours())
    }

    /// Dollars an hour of coding, before any cost.
    pub fn earned_per_hour(&self) -> Option<Decimal> {
        (self.minutes_tenths > 0).then(|| self.timed_earned.to_decimal() / self.hours())
    }

    fn add(&mut self, sums: &Sums) {
        self.charts += sums.charts;
        self.rejected += sums.rejected;
        self.earned += sums.amount;
        self.minutes_tenths += sums.minutes_tenths;
        self.timed_charts += sums.timed_charts;
        self.timed_earned += sums.timed_amount;
    }
}

/// A year's earnings.
#[derive(Clone, Debug)]
pub struct Earnings {
    /// The year.
    pub year: i32,
    /// Every payer with work or money in the year, in order of name.
    pub payers: Vec<PayerYear>,
    /// Work of the year by payer and chart type, in order of name.
    pub types: Vec<TypeYear>,
    /// All work of the year.
    pub total: TypeYear,
    /// Days on which work was done.
    pub work_days: i64,
    /// QA: charts of the rows that say an accuracy, and the sum of charts x accuracy in millionths.
    pub scored: (i64, i64),
}

impl Earnings {
    /// Works out a year. `work` and `payments` are all the book has. Receipts that stand on work are as fine as its days:
    /// single rows with [`Work::each`], else sums.
    pub fn of(year: i32, work: &Work, payments: &[Payment], payers: &[Payer]) -> Earnings {
        let mut known: HashMap<&str, Rc<str>> = HashMap::new();
        let mut key_of = |name| Rc::clone(known.entry(name).or_insert_with(|| folded(name).collect::<String>().into()));
        let mut types: BTreeMap<(Rc<str>, Rc<str>), TypeYear> = BTreeMap::new();
        let mut years: BTreeMap<Rc<str>, PayerYear> = BTreeMap::new();
        let mut total = blank(String::new(), String::new());
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut scored = (0, 0);
        let year_of = |day: NaiveDate| day.year() == year;
        for month in work.months.iter().filter(|month| month.year == year) {
            types
                .entry((key_of(&month.payer), key_of(&month.chart_type)))
                .or_insert_with(|| blank(month.payer.to_string(), month.chart_type.to_string()))
                .add(&month.sums);
            total.add(&month.sums);
            scored = (scored.0 + month.sums.scored_charts, scored.1 + month.sums.score);
        }
        for row in work.days.iter().filter(|row| year_of(row.work_date)) {
            days.push(row.work_date);
            years.entry(key_of(&row.payer)).or_insert_with(|| payer(&row.payer)).earned += row.amount;
        }
        for payment in payments.iter().filter(|payment| year_of(payment.received_on)) {
            let entry = years.entry(key_of(&payment.payer)).or_insert_with(|| payer(&payment.payer));
            entry.basis = Basis::Payments;
            entry.receive(Kind::Payments, payment.id, Some(payment.origin), payment.received_on, payment.amount);
        }
        let flows = Flow::of_all(year, work, payments, payers, &mut key_of);
        let mut covered: BTreeMap<Rc<str>, Usd> = BTreeMap::new();
        // The last row of a payer decides what its basis is called while nothing was received.
        let mut latest: BTreeMap<Rc<str>, (NaiveDate, i64)> = BTreeMap::new();
        for row in &work.days {
            let key = key_of(&row.payer);
            if years.get(&key).is_some_and(|known| known.basis == Basis::Payments) {
                continue;
            }
            let terms = Terms::of(payers, &row.payer);
            let on = terms.due(row);
            let entry = match years.entry(Rc::clone(&key)) {
                std::collections::btree_map::Entry::Vacant(_) if !year_of(on) => continue,
                entry => entry.or_insert_with(|| payer(&row.payer)),
            };
            if year_of(on) {
                let paid_elsewhere = || flows.get(&key).map_or(Usd::ZERO, Flow::paid_in_other_years);
                let left = covered.entry(Rc::clone(&key)).or_insert_with(paid_elsewhere);
                let part = if row.paid_on.is_none() { row.amount.min(*left) } else { Usd::ZERO };
                *left = *left - part;
                entry.covered_elsewhere += part;
                if row.paid_on.is_some() || part < row.amount {
                    let first = entry.receipts.is_empty();
                    entry.basis = entry.basis.with(row.paid_on.is_some(), terms, first);
                    entry.receive(Kind::Charts, row.first, row.origin, on, row.amount - part);
                }
            } else if entry.receipts.is_empty() {
                let last = latest.entry(key).or_insert((NaiveDate::MIN, 0));
                if (row.work_date, row.last) > *last {
                    *last = (row.work_date, row.last);
                    entry.basis = if row.paid_on.is_some() { Basis::PaidOn } else { Basis::Terms(terms) };
                }
            }
        }
        for (key, entry) in &mut years {
            entry.expected = flows.get(key).map_or(Usd::ZERO, |flow| flow.due[1]);
        }
        days.sort_unstable();
        days.dedup();
        Earnings {
            year,
            payers: years.into_values().collect(),
            types: types.into_values().collect(),
            total,
            work_days: i64::try_from(days.len()).unwrap_or(0),
            scored,
        }
    }

    /// Received in the year, claw-backs taken off.
    pub fn received(&self) -> Usd {
        self.payers.iter().map(|payer| payer.received).sum()
    }

    /// Money that came in, before claw-backs: Schedule C line 1.
    pub fn gross_receipts(&self) -> Usd {
        self.receipts().map(|receipt| receipt.amount.floor0()).sum()
    }

    /// Fees paid back in the year: Schedule C line 2.
    pub fn returns(&self) -> Usd {
        self.receipts().map(|receipt| (-receipt.amount).floor0()).sum()
    }

    /// Every receipt of the year.
    pub fn receipts(&self) -> impl Iterator<Item = &Receipt> {
        self.payers.iter().flat_map(|payer| &payer.receipts)
    }

    /// The QA score over all charts that have one, weighted by charts.
    pub fn accuracy(&self) -> Option<Decimal> {
        (self.scored.0 > 0).then(|| Decimal::new(self.scored.1, 6) / Decimal::from(self.scored.0))
    }

    /// Payers that have charts but no payments in the year, while others have payments but no charts:
    /// one payer under two names would be counted twice.
    pub fn suspected_twins(&self) -> Vec<(&str, &str)> {
        let without_payments = self.payers.iter().filter(|payer| payer.basis != Basis::Payments);
        let without_charts =
            || self.payers.iter().filter(|payer| payer.basis == Basis::Payments && payer.earned == Usd::ZERO);
        let worked = |name: &str| self.types.iter().any(|entry| same_name(&entry.payer, name));
        without_payments
            .flat_map(|one| {
                without_charts()
                    .filter(|other| !worked(&other.payer))
                    .map(|other| (one.payer.as_str(), other.payer.as_str()))
            })
            .collect()
    }
}

/// What a payer's work would bring, and what its payments brought, in the year before, the year and the year after.
#[derive(Default)]
struct Flow {
    /// By `paid_on`, or by the payer's terms.
    due: [Usd; 3],
    received: [Usd; 3],
}

impl Flow {
    /// Every payer's flow.
    fn of_all<'a>(
        year: i32,
        work: &'a Work,
        payments: &'a [Payment],
        payers: &[Payer],
        mut key_of: impl FnMut(&'a str) -> Rc<str>,
    ) -> BTreeMap<Rc<str>, Flow> {
        let mut flows: BTreeMap<Rc<str>, Flow> = BTreeMap::new();
        let beside = |day: NaiveDate| usize::try_from(day.year() - year + 1).ok().filter(|index| *index < 3);
        for row in &work.days {
            if let Some(index) = beside(Terms::of(payers, &row.payer).due(row)) {
                flows.entry(key_of(&row.payer)).or_default().due[index] += row.amount;
            }
        }
        for payment in payments {
            if let Some(index) = beside(payment.received_on) {
                flows.entry(key_of(&payment.payer)).or_default().received[index] += payment.amount;
            }
        }
        flows
    }

    /// What the payments of the years beside are more than the work that is due in them: it pays work of this year.
    fn paid_in_other_years(&self) -> Usd {
        self.received[0].excess(self.due[0]) + self.received[2].excess(self.due[2])
    }
}

/// A payer's year is suspect if payments bring less than this share of what work and terms would.
const SUSPECT_PERCENT: i64 = 80;

impl PayerYear {
    /// Do payments seem to be missing from the book?
    pub fn seems_short(&self) -> bool {
        let short = self.expected - self.received;
        self.basis == Basis::Payments
            && short > Usd::dollars(100)
            && self.received * 100 < self.expected * SUSPECT_PERCENT
    }
}

impl Basis {
    fn with(self, says: bool, terms: Terms, first: bool) -> Basis {
        match (self, says) {
            (_, true) if first => Basis::PaidOn,
            (_, false) if first => Basis::Terms(terms),
            (Basis::PaidOn, true) => Basis::PaidOn,
            (Basis::Terms(_), false) => Basis::Terms(terms),
            _ => Basis::Both(terms),
        }
    }
}

impl PayerYear {
    fn receive(&mut self, kind: Kind, id: i64, origin: Option<Origin>, on: NaiveDate, amount: Usd) {
        self.received += amount;
        self.receipts.push(Receipt { kind, id, origin, on, amount });
    }
}

fn payer(name: &str) -> PayerYear {
    let basis = Basis::Terms(Terms::usual());
    PayerYear {
        payer: name.to_owned(),
        earned: Usd::ZERO,
        received: Usd::ZERO,
        basis,
        receipts: Vec::new(),
        expected: Usd::ZERO,
        covered_elsewhere: Usd::ZERO,
    }
}

fn blank(payer: String, chart_type: String) -> TypeYear {
    TypeYear {
        payer,
        chart_type,
        charts: 0,
        rejected: 0,
        earned: Usd::ZERO,
        minutes_tenths: 0,
        timed_charts: 0,
        timed_earned: Usd::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;
    use crate::book::entry::Charts;
    use crate::profile::Cycle;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn charts(id: i64, worked: &str, payer: &str, count: i64, cents: i64, paid_on: Option<&str>) -> Charts {
        Charts {
            id,
            origin: Origin { batch: 1, line: id + 1 },
            work_date: day(worked),
            payer: payer.to_owned(),
            chart_type: "E/M".to_owned(),
            count,
            rejected: 0,
            rate: dec!(2),
            amount: Usd::from_cents(cents),
            minutes_tenths: Some(600),
            accuracy_millionths: Some(980_000),
            paid_on: paid_on.map(day),
            surrogate: None,
        }
    }

    fn payment(id: i64, on: &str, payer: &str, cents: i64) -> Payment {
        Payment {
            id,
            origin: Origin { batch: 2, line: id + 1 },
            received_on: day(on),
            payer: payer.to_owned(),
            amount: Usd::from_cents(cents),
            reference: String::new(),
        }
    }

    /// By single rows and by sums comes the same.
    fn of(year: i32, rows: &[Charts], payments: &[Payment], payers: &[Payer]) -> Earnings {
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| (row.work_date, row.id));
        let each = Earnings::of(year, &Work::each(&rows), payments, payers);
        let sums = Earnings::of(year, &Work::of(&rows), payments, payers);
        assert_eq!(figures(&each), figures(&sums));
        each
    }

    /// All that reports show, but for the single receipts.
    fn figures(earnings: &Earnings) -> String {
        let mut earnings = earnings.clone();
        let together = (earnings.gross_receipts(), earnings.returns());
        earnings.payers.iter_mut().for_each(|payer| payer.receipts.clear());
        format!("{together:?} {earnings:?}")
    }

    #[test]
    fn december_work_paid_in_january_counts_in_january() {
        let rows = [charts(1, "2024-12-20", "A", 10, 2_000, None), charts(2, "2025-06-02", "A", 10, 2_000, None)];
        let paid = [payment(1, "2025-01-10", "A", 2_000), payment(2, "2025-07-10", "A", 2_000)];
        let earnings = of(2025, &rows, &paid, &[]);
        assert_eq!((earnings.total.earned, earnings.received()), (Usd::dollars(20), Usd::dollars(40)));
        assert_eq!(earnings.payers[0].basis, Basis::Payments);
        // 2024 has no payments, and 30 days after December 20 is in 2025: nothing was received.
        assert_eq!(of(2024, &rows, &paid, &[]).received(), Usd::ZERO);
    }

    #[test]
    fn terms_decide_where_there_are_no_payments() {
        let rows = [charts(1, "2025-11-28", "B", 10, 2_000, None), charts(2, "2025-12-01", "B", 10, 3_000, None)];
        let month = [Payer { name: Some("b".to_owned()), cycle: Some(Cycle::Month), days: Some(30) }];
        // November ends on the 30th; 30 days later is December 30. December's work comes in January.
        let earnings = of(2025, &rows, &[], &month);
        assert_eq!(earnings.received(), Usd::dollars(20));
        assert!(matches!(earnings.payers[0].basis, Basis::Terms(Terms { stated: true, .. })));
        assert_eq!(of(2026, &rows, &[], &month).received(), Usd::dollars(30));
    }

    #[test]
    fn paid_on_goes_before_terms() {
        let rows =
            [charts(1, "2025-12-30", "C", 10, 2_000, Some("2025-12-31")), charts(2, "2025-06-01", "C", 1, 500, None)];
        let earnings = of(2025, &rows, &[], &[]);
        assert_eq!(earnings.received(), Usd::dollars(25));
        assert!(matches!(earnings.payers[0].basis, Basis::Both(_)));
    }

    #[test]
    fn a_claw_back_is_a_return_and_not_less_receipts() {
        let paid = [payment(1, "2025-03-01", "A", 10_000), payment(2, "2025-04-01", "A", -1_500)];
        let earnings = of(2025, &[], &paid, &[]);
        assert_eq!((earnings.gross_receipts(), earnings.returns()), (Usd::dollars(100), Usd::dollars(15)));
        assert_eq!(earnings.received(), Usd::dollars(85));
    }

    #[test]
    fn one_payer_under_two_names_is_suspected() {
        let rows = [charts(1, "2025-03-03", "Meridian Health", 10, 2_000, None)];
        let paid = [payment(1, "2025-04-01", "MERIDIAN HLTH LLC", 2_000)];
        let earnings = of(2025, &rows, &paid, &[]);
        assert_eq!(earnings.suspected_twins(), [("Meridian Health", "MERIDIAN HLTH LLC")]);
        assert!(same_name("Meridian  Health", "meridian health"));
    }

    #[test]
    fn work_that_next_year_pays_is_not_counted_twice() {
        // Due on December 20 by the usual 30 days, yet paid on January 10, which nothing else explains.
        let rows = [charts(1, "2024-11-20", "A", 10, 200_000, None)];
        let paid = [payment(1, "2025-01-10", "A", 200_000)];
        let before = of(2024, &rows, &paid, &[]);
        assert_eq!((before.received(), before.payers[0].covered_elsewhere), (Usd::ZERO, Usd::dollars(2_000)));
        assert_eq!(of(2025, &rows, &paid, &[]).received(), Usd::dollars(2_000));
    }

    #[test]
    fn payments_that_are_missing_are_noticed() {
        let rows: Vec<_> = (1..=10).map(|id| charts(id, "2025-03-03", "A", 10, 100_000, None)).collect();
        assert!(of(2025, &rows, &[payment(1, "2025-04-04", "A", 390_000)], &[]).payers[0].seems_short());
        assert!(!of(2025, &rows, &[payment(1, "2025-04-04", "A", 990_000)], &[]).payers[0].seems_short());
    }

    #[test]
    fn speed_is_all_charts_over_all_hours() {
        let mut slow = charts(2, "2025-06-03", "A", 4, 2_000, None);
        slow.minutes_tenths = Some(1_200);
        let earnings = of(2025, &[charts(1, "2025-06-02", "A", 20, 4_000, None), slow], &[], &[]);
        // 24 charts in 1 + 2 hours are 8 an hour, not the mean of 20 and 2.
        assert_eq!(earnings.total.charts_per_hour(), Some(dec!(8)));
        assert_eq!((earnings.work_days, earnings.accuracy()), (2, Some(dec!(0.98))));
    }

    /// Rows of a small world: work around two turns of the year, spelled and paid in several ways.
    fn world() -> impl Strategy<Value = (Vec<Charts>, Vec<Payment>)> {
        let day = |from: &'static str, days: u64| (0..days).prop_map(move |add| day(from) + chrono::Days::new(add));
        let worked = prop_oneof![day("2024-11-20", 60), day("2025-10-20", 90)];
        let payer = || proptest::sample::select(vec!["A", "a", "B", "C c", "c  C"]);
        let paid_on = proptest::option::weighted(0.3, day("2024-12-20", 400));
        let minutes = proptest::option::of(0..900i64);
        let accuracy = proptest::option::of(900_000..1_000_000i64);
        let row = (worked, payer(), 0..2usize, 0..4i64, paid_on, minutes, accuracy).prop_map(
            |(work_date, payer, kind, count, paid_on, minutes_tenths, accuracy_millionths)| Charts {
                work_date,
                payer: payer.to_owned(),
                chart_type: ["ED", "ed"][kind].to_owned(),
                amount: Usd::from_cents(count * 200),
                paid_on,
                surrogate: None,
                minutes_tenths,
                accuracy_millionths,
                ..charts(0, "2025-01-01", "A", count, 0, None)
            },
        );
        let paid = (day("2024-12-01", 420), payer(), -300..2_000i64).prop_map(|(received_on, payer, cents)| Payment {
            received_on,
            payer: payer.to_owned(),
            ..payment(0, "2025-01-01", "A", cents)
        });
        (proptest::collection::vec(row, 0..30), proptest::collection::vec(paid, 0..4)).prop_map(|(mut rows, paid)| {
            (1..).zip(&mut rows).for_each(|(id, row)| row.id = id);
            (rows, paid)
        })
    }

    proptest! {
        #[test]
        fn sums_tell_what_rows_tell((rows, paid) in world()) {
            let terms = [Payer { name: Some("b".to_owned()), cycle: Some(Cycle::HalfMonth), days: Some(20) }];
            for year in 2023..=2026 {
                of(year, &rows, &paid, &terms);
            }
        }
    }
}
