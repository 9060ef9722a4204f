//! A payer's account: work on one side, money on the other, the earliest work paid first.

use chrono::{Datelike as _, NaiveDate};

use crate::book::entry::{Origin, Payment};
use crate::book::work::WorkDay;
use crate::earnings::Terms;
use crate::money::Usd;

/// Work, or a part of it, and the day that paid it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The work; none for money beyond the work in the book.
    pub work: Option<Piece>,
    /// The day on which it was paid; none while it is owed.
    pub paid: Option<NaiveDate>,
    /// How much.
    pub amount: Usd,
}

/// A row of work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The day of the work.
    pub worked: NaiveDate,
    /// The day on which the terms want it paid.
    pub due: NaiveDate,
    /// Where the row comes from, where it is known by itself.
    pub origin: Option<Origin>,
}

/// Money that came before the work in the book it could pay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// The day on which it was most.
    pub on: NaiveDate,
    /// How much.
    pub amount: Usd,
}

/// A payer's account. The parts of all work and money: nothing is left out, nothing stands twice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// In order of work; money beyond the work last.
    pub parts: Vec<Part>,
    /// Where payments ran ahead of the work.
    pub ahead: Option<Ahead>,
    /// Is there work that counts as paid only because the terms say so?
    pub assumed: bool,
}

impl Account {
    /// Sets work against payments. A year without payments is one whose work counts as paid by `paid_on`, or, before the
    /// first payment, by the terms: as income does. Claw-backs pay nothing, and do not make work owed again.
    pub fn of(work: &[&WorkDay], payments: &[&Payment], terms: Terms) -> Account {
        let paid_in = |year: i32| payments.iter().any(|payment| payment.received_on.year() == year);
        let first = payments.iter().map(|payment| payment.received_on.year()).min();
        let settled = |row: &WorkDay| match row.paid_on {
            Some(day) => (!paid_in(day.year())).then_some((day, false)),
            None => {
                Some(terms.due(row)).filter(|due| first.is_none_or(|first| due.year() < first)).map(|due| (due, true))
            }
        };
        let mut work = work.to_vec();
        work.sort_by_key(|row| (row.work_date, row.first));
        let mut money: Vec<&Payment> = payments.iter().copied().filter(|payment| payment.amount > Usd::ZERO).collect();
        money.sort_by_key(|payment| (payment.received_on, payment.id));
        let mut account = Account::default();
        let mut open: Vec<(Piece, Usd)> = Vec::new();
        for row in work {
            let piece = Piece { worked: row.work_date, due: terms.due(row), origin: row.origin };
            if let Some((day, assumed)) = settled(row) {
                account.assumed |= assumed;
                account.parts.push(Part { work: Some(piece), paid: Some(day), amount: row.amount });
            } else {
                open.push((piece, row.amount));
            }
        }
        account.ahead = most_ahead(&open, &money);
        account.pay(&open, &money);
        account
    }

    /// Work that is paid when the terms say so, or on its own day: where no payments are given.
    pub fn by_terms(work: &[&WorkDay], terms: Terms) -> Account {
        let part = |row: &&WorkDay| {
            let due = terms.due(row);
            let piece = Piece { worked: row.work_date, due, origin: row.origin };
            Part { work: Some(piece), paid: Some(due), amount: row.amount }
        };
        Account { parts: work.iter().map(part).collect(), ..Account::default() }
    }

    fn pay(&mut self, open: &[(Piece, Usd)], money: &[&Payment]) {
        let mut money = money.iter().map(|payment| (payment.received_on, payment.amount));
        let mut left: Option<(NaiveDate, Usd)> = money.next();
        for (piece, amount) in open {
            let mut owed = *amount;
            while let Some((day, rest)) = left.filter(|_| owed > Usd::ZERO) {
                let part = owed.min(rest);
                self.parts.push(Part { work: Some(*piece), paid: Some(day), amount: part });
                owed = owed - part;
                left = if part == rest { money.next() } else { Some((day, rest - part)) };
            }
            if owed != Usd::ZERO {
                self.parts.push(Part { work: Some(*piece), paid: None, amount: owed });
            }
        }
        let beyond = left.into_iter().chain(money);
        self.parts.extend(beyond.map(|(day, amount)| Part { work: None, paid: Some(day), amount }));
    }

    /// Work that is not paid by the end of a day, in order of work.
    pub fn owed(&self, today: NaiveDate) -> impl Iterator<Item = (&Piece, Usd)> {
        self.parts.iter().filter_map(move |part| {
            let piece = part.work.as_ref().filter(|piece| piece.worked <= today)?;
            part.paid.is_none_or(|paid| paid > today).then_some((piece, part.amount))
        })
    }
}

/// The most by which payments ran ahead of the work done until their day.
fn most_ahead(open: &[(Piece, Usd)], money: &[&Payment]) -> Option<Ahead> {
    let mut work = open.iter().peekable();
    let (mut earned, mut paid) = (Usd::ZERO, Usd::ZERO);
    let mut most: Option<Ahead> = None;
    for payment in money {
        while let Some((_, amount)) = work.next_if(|(piece, _)| piece.worked <= payment.received_on) {
            earned += *amount;
        }
        paid += payment.amount;
        let amount = paid - earned;
        if amount > most.map_or(Usd::ZERO, |most| most.amount) {
            most = Some(Ahead { on: payment.received_on, amount });
        }
    }
    most
}

/// From what work of a year earned to what came in: work and money that fall into different years.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Straddle {
    /// Earned by work of the year.
    pub earned: Usd,
    /// Of it, paid after the year, or not yet.
    pub paid_later: Side,
    /// Work of earlier years, paid in the year.
    pub from_before: Side,
    /// Of the work of the year, paid before it.
    pub paid_before: Usd,
    /// Work of later years, paid in the year.
    pub paid_ahead: Usd,
    /// Paid in the year, and no work of the book for it.
    pub beyond: Usd,
    /// Work that the terms put into the year, and payments of the years beside it cover.
    pub covered: Usd,
    /// Clawed back in the year.
    pub returned: Usd,
}

/// One end of the year.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Side {
    /// How much.
    pub amount: Usd,
    /// The rows of work.
    pub rows: Vec<Origin>,
    /// The first and the last day of the work.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The first and the last day of the money; none where none came yet.
    pub money: Option<(NaiveDate, NaiveDate)>,
}

impl Side {
    fn add(&mut self, piece: &Piece, paid: Option<NaiveDate>, amount: Usd) {
        let wider = |span: Option<(NaiveDate, NaiveDate)>, day: NaiveDate| {
            Some(span.map_or((day, day), |(from, to)| (from.min(day), to.max(day))))
        };
        self.amount += amount;
        self.days = wider(self.days, piece.worked);
        if let Some(paid) = paid {
            self.money = wider(self.money, paid);
        }
        // A row that two payments share stands once.
        if let Some(origin) = piece.origin.filter(|origin| self.rows.last() != Some(origin)) {
            self.rows.push(origin);
        }
    }
}

impl Straddle {
    /// Of an account and a year.
    pub(super) fn of(account: &Account, year: i32) -> Straddle {
        let mut straddle = Straddle::default();
        for Part { work, paid, amount } in &account.parts {
            let paid_year = paid.map(|day| day.year());
            let Some(piece) = work else {
                if paid_year == Some(year) {
                    straddle.beyond += *amount;
                }
                continue;
            };
            let worked = piece.worked.year();
            if worked == year {
                straddle.earned += *amount;
                match paid_year {
                    Some(paid) if paid == year => {}
                    Some(paid) if paid < year => straddle.paid_before += *amount,
                    _ => straddle.paid_later.add(piece, *paid, *amount),
                }
            } else if paid_year == Some(year) {
                if worked < year {
                    straddle.from_before.add(piece, *paid, *amount);
                } else {
                    straddle.paid_ahead += *amount;
                }
            }
        }
        straddle
    }

    /// What came in, by these steps.
    pub fn received(&self) -> Usd {
        self.earned - self.paid_later.amount - self.paid_before
            + self.from_before.amount
            + self.paid_ahead
            + self.beyond
            - self.covered
            - self.returned
    }
}
