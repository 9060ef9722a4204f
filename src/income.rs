//! Income from three sides: what work and terms say was paid, what came in, and what the Forms 1099 say.
//!
//! What came in counts (IRC 451(a)). A form changes no income: it is set against what came in, payer by payer, and the
//! difference is explained where it comes out to the dollar, else asked about. [`Income::reconciliation`] leads from the
//! sum of the forms, which the IRS matches, to Schedule C line 1.

mod account;
mod difference;
mod receivable;

use std::collections::HashMap;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

pub use self::account::{Account, Ahead, Part, Piece, Side, Straddle};
pub use self::difference::{Cause, Step};
pub use self::receivable::{Age, Receivable, receivables};
use crate::book::entry::{Expense, Kind, Movement, Origin, Payment};
use crate::book::work::{Work, WorkDay};
use crate::earnings::{Basis, Earnings, PayerYear, Receipt, Terms, same_name};
use crate::law::Law;
use crate::ledger::{AccountKind, Decision};
use crate::money::Usd;
use crate::profile::{Form1099, FormKind, Payer, Profile};

/// Less than this is rounding.
const ROUNDING: Usd = Usd::dollars(1);

/// What a year's match is worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The year's law.
    pub law: &'a Law,
    /// What the user states.
    pub profile: &'a Profile,
    /// What counts as received.
    pub earnings: &'a Earnings,
    /// All work.
    pub work: &'a Work,
    /// All payments.
    pub payments: &'a [Payment],
    /// All expenses.
    pub expenses: &'a [Expense],
    /// The rows of statements.
    pub movements: &'a [Movement],
    /// What they are, in the same order.
    pub decisions: &'a [Decision],
}

/// Work and payments of every payer.
#[derive(Debug)]
pub struct Books<'a> {
    payers: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    name: &'a str,
    terms: Terms,
    work: Vec<&'a WorkDay>,
    payments: Vec<&'a Payment>,
}

impl<'a> Books<'a> {
    /// Sorts records by payer, in order of name.
    pub fn of(work: &'a Work, payments: &'a [Payment], payers: &[Payer]) -> Books<'a> {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut entries: Vec<Entry> = Vec::new();
        let mut at = |entries: &mut Vec<Entry<'a>>, name: &'a str| {
            *known.entry(name).or_insert_with(|| {
                let same = entries.iter().position(|entry| same_name(entry.name, name));
                same.unwrap_or_else(|| {
                    let terms = Terms::of(payers, name);
                    entries.push(Entry { name, terms, work: Vec::new(), payments: Vec::new() });
                    entries.len() - 1
                })
            })
        };
        for row in &work.days {
            let place = at(&mut entries, &row.payer);
            entries[place].work.push(row);
        }
        for payment in payments {
            let place = at(&mut entries, &payment.payer);
            entries[place].payments.push(payment);
        }
        entries.sort_by_cached_key(|entry| entry.name.to_lowercase());
        Books { payers: entries }
    }

    fn get(&self, name: &str) -> Option<&Entry<'a>> {
        self.payers.iter().find(|entry| same_name(entry.name, name))
    }

    /// Every payer's account.
    fn accounts(&self) -> impl Iterator<Item = (&str, Terms, Account)> {
        self.payers
            .iter()
            .map(|entry| (entry.name, entry.terms, Account::of(&entry.work, &entry.payments, entry.terms)))
    }
}

/// One payer's year, or the year of a platform whose form reports what several payers paid through it.
#[derive(Clone, Debug)]
pub struct Match {
    /// The payer, or the platform.
    pub name: String,
    /// What its work earned in the year, and what of it falls into another; none of a platform or a stranger.
    pub straddle: Option<Straddle>,
    /// What work and terms, or `paid_on`, would bring in the year.
    pub expected: Usd,
    /// What decided what counts as received.
    pub basis: Option<Basis>,
    /// Received, before claw-backs: its part of Schedule C line 1.
    pub received: Usd,
    /// Clawed back: its part of line 2.
    pub returned: Usd,
    /// The records behind both.
    pub receipts: Vec<Receipt>,
    /// What of its money stands on the form of a platform instead.
    pub through: Vec<(String, Usd)>,
    /// Its forms that stand.
    pub forms: Vec<Form1099>,
    /// What they report; none without a form.
    pub reported: Option<Usd>,
    /// From what was received to what is reported, as far as it is explained.
    pub steps: Vec<Step>,
    /// What of the difference is not explained; rounding too.
    pub rest: Usd,
    /// What the match comes to.
    pub verdict: Verdict,
}

/// What a match comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The form says what was received.
    Agrees,
    /// It says something else, and the records say why.
    Explained,
    /// It reports more than was received.
    Larger(Usd),
    /// It reports less.
    Smaller(Usd),
    /// Payments reach the amount from which a form must come, and none is there. The income counts anyway.
    Missing(FormKind),
    /// So it will be if none comes by this day.
    NotYet(NaiveDate),
    /// No form must come. The income counts anyway.
    NotNeeded,
    /// Its money stands on the form of a platform.
    Elsewhere,
    /// Its forms and those of these claim the same payments, and the records do not say which form has which.
    Contested(Vec<String>),
    /// A form, and no record of its payer; a payer with a name like it, where there is one.
    Stranger(Option<String>),
}

/// From the sum of the forms to Schedule C line 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reconciliation {
    /// The sum of the forms.
    pub reported: Usd,
    /// Of it, Forms 1099-NEC.
    pub nec: Usd,
    /// Received from payers without a form.
    pub without_form: Usd,
    /// What forms report other than it was received, by cause, to be taken off.
    pub causes: Vec<(Cause, Usd)>,
    /// What is not explained, to be taken off.
    pub unexplained: Usd,
    /// Received, before claw-backs.
    pub line_1: Usd,
}

impl Reconciliation {
    /// Do Forms 1099-NEC report more than line 1? Then the return needs a statement that explains it (Instructions for
    /// Schedule C, line 1).
    pub fn needs_statement(&self) -> bool {
        self.nec > self.line_1
    }
}

/// A year's income from three sides.
#[derive(Clone, Debug)]
pub struct Income {
    /// The year.
    pub year: i32,
    /// The day on which it is looked at.
    pub today: NaiveDate,
    /// The day by which forms of the year are to be there.
    pub due: NaiveDate,
    /// Payers in order of name, then platforms and strangers.
    pub matches: Vec<Match>,
}

impl Income {
    /// Works out a year, as seen on a day.
    pub fn of(given: &Given, today: NaiveDate) -> Income {
        let year = given.earnings.year;
        let books = Books::of(given.work, given.payments, &given.profile.payers);
        let mut matches: Vec<Match> = given.earnings.payers.iter().map(|payer| of_payer(&books, payer, year)).collect();
        let places = Accounts::of(given);
        for form in given.profile.forms_1099_of(year) {
            assign(&mut matches, form, &places);
        }
        let due = furnished_by(year);
        let sums = places.sums(&matches);
        let names: Vec<String> = matches.iter().filter(|one| one.basis.is_some()).map(|one| one.name.clone()).collect();
        for one in &mut matches {
            one.reported = (!one.forms.is_empty()).then(|| one.forms.iter().filter_map(|form| form.amount).sum());
            if let Some(reported) = one.reported {
                (one.steps, one.rest) = difference::explain(one, reported, given, &books);
            }
            one.verdict = verdict(one, given.law, &places, &sums, &names, (today, due));
        }
        contest(&mut matches);
        Income { year, today, due, matches }
    }

    /// From the sum of the forms to Schedule C line 1. It closes to the cent.
    pub fn reconciliation(&self) -> Reconciliation {
        let mut found = Reconciliation {
            reported: Usd::ZERO,
            nec: Usd::ZERO,
            without_form: Usd::ZERO,
            causes: Vec::new(),
            unexplained: Usd::ZERO,
            line_1: Usd::ZERO,
        };
        for one in &self.matches {
            found.line_1 += one.received;
            let nec = one.forms.iter().filter(|form| form.kind() == FormKind::Nec);
            found.nec += nec.filter_map(|form| form.amount).sum();
            let Some(reported) = one.reported else {
                found.without_form += one.received;
                continue;
            };
            found.reported += reported;
            found.unexplained += one.rest;
            for step in &one.steps {
                match found.causes.iter_mut().find(|(cause, _)| *cause == step.cause) {
                    Some((_, amount)) => *amount += step.amount,
                    None => found.causes.push((step.cause, step.amount)),
                }
            }
        }
        found.causes.sort_by_key(|(cause, _)| *cause);
        found
    }

    /// Tax that payers withheld, box 4, by payer.
    pub fn withheld(&self) -> impl Iterator<Item = (&Match, Usd)> {
        let of = |one: &Match| one.forms.iter().filter_map(|form| form.withheld).sum::<Usd>();
        self.matches.iter().map(move |one| (one, of(one))).filter(|(_, withheld)| *withheld > Usd::ZERO)
    }
}

impl Income {
    /// What is wrong with line 1 as it stands, as far as forms show it.
    pub fn cautions(&self) -> Vec<String> {
        let year = self.year;
        let mut cautions = Vec::new();
        for one in &self.matches {
            let name = &one.name;
            for step in &one.steps {
                let amount = step.amount;
                match step.cause {
                    Cause::Withheld => cautions.push(format!("{name} paid {amount:#} of its {year} money to the IRS as your tax. It is income all the same, and line 1 lacks it: import it as a payment of its own.")),
                    Cause::Fees => cautions.push(format!("Fees of {amount:#} that {name} kept are deducted, and its payments stand in the book after the same fees: they count twice. Import the payments before fees.")),
                    _ => {}
                }
            }
            match &one.verdict {
                Verdict::Stranger(_) => cautions.push(format!("A Form 1099 of {name} reports {:#}, and the book has no money of this payer: if it came, income is too low.", one.reported.unwrap_or_default())),
                Verdict::Contested(others) if !one.is_payer() => cautions.push(format!("The Form 1099-K of {name} and the form of {} claim the same payments, and the book does not say which has which: find out whether a payment is missing. See perchart income.", others.join(" and "))),
                Verdict::Larger(more) => cautions.push(format!("{name} reports {more:#} more for {year} than the book has: if a payment is missing, income is too low. See perchart income.")),
                _ => {}
            }
        }
        cautions
    }
}

impl Match {
    /// What the forms report other than it was received.
    pub fn difference(&self) -> Option<Usd> {
        self.reported.map(|reported| reported - self.received)
    }

    /// Does a step have this cause?
    pub fn is_by(&self, cause: Cause) -> bool {
        self.steps.iter().any(|step| step.cause == cause)
    }

    /// Is it a payer of the records, and no platform or stranger?
    pub fn is_payer(&self) -> bool {
        self.basis.is_some()
    }

    /// Does what counts as received rest on terms or `paid_on`, not on payments?
    pub fn is_by_terms(&self) -> bool {
        self.basis.is_some_and(|basis| basis != Basis::Payments)
    }

    /// Has it work of which a part was earned or paid in the year?
    pub fn has_work(&self) -> bool {
        let is_work = |straddle: &Straddle| {
            let money = [straddle.earned, straddle.from_before.amount, straddle.paid_ahead];
            money.iter().any(|amount| *amount != Usd::ZERO)
        };
        self.straddle.as_ref().is_some_and(is_work)
    }

    fn named(name: &str) -> Match {
        Match {
            name: name.to_owned(),
            straddle: None,
            expected: Usd::ZERO,
            basis: None,
            received: Usd::ZERO,
            returned: Usd::ZERO,
            receipts: Vec::new(),
            through: Vec::new(),
            forms: Vec::new(),
            reported: None,
            steps: Vec::new(),
            rest: Usd::ZERO,
            verdict: Verdict::Agrees,
        }
    }

    fn take(&mut self, receipts: Vec<Receipt>) {
        self.received = receipts.iter().map(|receipt| receipt.amount.floor0()).sum();
        self.returned = receipts.iter().map(|receipt| (-receipt.amount).floor0()).sum();
        self.receipts = receipts;
    }
}

/// A payer's year before any form.
fn of_payer(books: &Books, payer: &PayerYear, year: i32) -> Match {
    let mut found = Match::named(&payer.payer);
    found.expected = payer.expected;
    found.basis = Some(payer.basis);
    found.take(payer.receipts.clone());
    let straddle = books.get(&payer.payer).map_or_else(Straddle::default, |entry| {
        let with =
            |account: &Account, covered| Straddle { covered, returned: found.returned, ..Straddle::of(account, year) };
        // Where payments of other years say when the work of this one was paid, they say it better than the terms.
        let by_money = with(&Account::of(&entry.work, &entry.payments, entry.terms), Usd::ZERO);
        if payer.basis == Basis::Payments || by_money.received() == payer.received {
            by_money
        } else {
            with(&Account::by_terms(&entry.work, entry.terms), payer.covered_elsewhere)
        }
    });
    found.straddle = Some(straddle);
    found
}

/// The accounts that rows of statements came into.
struct Accounts<'a> {
    of: HashMap<Origin, &'a str>,
}

impl<'a> Accounts<'a> {
    fn of(given: &Given<'a>) -> Accounts<'a> {
        Accounts { of: given.movements.iter().map(|row| (row.origin, row.account.as_str())).collect() }
    }

    fn get(&self, receipt: &Receipt) -> Option<&'a str> {
        let origin = receipt.origin.filter(|_| receipt.kind == Kind::Payments)?;
        self.of.get(&origin).copied()
    }

    /// The platform's account that a receipt came into.
    fn platform(&self, receipt: &Receipt) -> Option<&'a str> {
        self.get(receipt).filter(|account| AccountKind::of(account) == AccountKind::Platform)
    }

    /// Payments of each platform's account that no form of the platform reports: how much, and how many.
    fn sums(&self, matches: &[Match]) -> HashMap<&'a str, (Usd, i64)> {
        let mut sums: HashMap<&str, (Usd, i64)> = HashMap::new();
        for receipt in matches.iter().filter(|one| one.is_payer()).flat_map(|one| &one.receipts) {
            if let Some(account) = self.platform(receipt).filter(|_| receipt.amount > Usd::ZERO) {
                let sum = sums.entry(account).or_default();
                *sum = (sum.0 + receipt.amount, sum.1 + 1);
            }
        }
        sums
    }
}

/// Does the name of an account hold this name, as whole words?
fn names_account(account: &str, name: &str) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (account, name) = (words(account), words(name));
    !name.is_empty() && account.windows(name.len()).any(|window| window == name)
}

/// Puts a form beside the payments that it reports: those of its payer, and, of a K, those of the clients that it is said to
/// report, else those that came into an account of its name.
fn assign(matches: &mut Vec<Match>, form: &Form1099, places: &Accounts) {
    let name = form.payer.as_deref().unwrap_or_default();
    let at = matches.iter().position(|one| same_name(&one.name, name)).unwrap_or_else(|| {
        matches.push(Match::named(name));
        matches.len() - 1
    });
    matches[at].forms.push(form.clone());
    if form.kind() != FormKind::K {
        return;
    }
    let clients = form.clients.as_deref().unwrap_or_default();
    let mut taken = std::mem::take(&mut matches[at].receipts);
    for (_, one) in matches.iter_mut().enumerate().filter(|(place, one)| *place != at && one.is_payer()) {
        let is_client = clients.iter().any(|client| same_name(client, &one.name));
        let goes = |receipt: &Receipt| {
            let by_account = || places.get(receipt).is_some_and(|account| names_account(account, name));
            if clients.is_empty() { by_account() } else { is_client }
        };
        let (through, own): (Vec<Receipt>, Vec<Receipt>) =
            std::mem::take(&mut one.receipts).into_iter().partition(goes);
        one.take(own);
        if !through.is_empty() {
            one.through.push((name.to_owned(), through.iter().map(|receipt| receipt.amount.floor0()).sum()));
            taken.extend(through);
        }
    }
    matches[at].take(taken);
}

/// Leaves open what a payer's form and a platform's form report of the same payments, unless both come out.
fn contest(matches: &mut [Match]) {
    let is_open = |one: &Match| matches!(one.verdict, Verdict::Larger(_) | Verdict::Smaller(_));
    let mut claims: Vec<(usize, usize)> = Vec::new();
    for (payer, one) in matches.iter().enumerate().filter(|(_, one)| !one.forms.is_empty()) {
        for (name, _) in &one.through {
            let platform = matches.iter().position(|other| same_name(&other.name, name));
            claims.extend(platform.map(|platform| (payer, platform)));
        }
    }
    claims.retain(|(payer, platform)| is_open(&matches[*payer]) || is_open(&matches[*platform]));
    for (payer, platform) in claims {
        for (at, other) in [(payer, platform), (platform, payer)] {
            let other = matches[other].name.clone();
            let one = &mut matches[at];
            match &mut one.verdict {
                Verdict::Contested(others) => others.push(other),
                verdict => *verdict = Verdict::Contested(vec![other]),
            }
            one.steps.clear();
            one.rest = one.difference().unwrap_or_default();
        }
    }
}

/// The day by which forms of a year are to be with the payee: January 31, or the next day that is no weekend (IRC 6041(d),
/// 6041A(e), 6050W(f), 7503).
fn furnished_by(year: i32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year + 1, 1, 31).unwrap_or_default();
    let days = match last.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    last.checked_add_days(Days::new(days)).unwrap_or(last)
}

fn verdict(
    one: &Match,
    law: &Law,
    places: &Accounts,
    sums: &HashMap<&str, (Usd, i64)>,
    names: &[String],
    (today, due): (NaiveDate, NaiveDate),
) -> Verdict {
    if one.reported.is_some() {
        if !one.is_payer() && one.receipts.is_empty() && !one.is_by(Cause::SentAtTheEnd) {
            return Verdict::Stranger(near(&one.name, names));
        }
        let is_rounding = one.rest < ROUNDING && -one.rest < ROUNDING;
        return match () {
            () if is_rounding && one.steps.is_empty() => Verdict::Agrees,
            () if is_rounding => Verdict::Explained,
            () if one.rest > Usd::ZERO => Verdict::Larger(one.rest),
            () => Verdict::Smaller(-one.rest),
        };
    }
    // What a platform settles is reported by the platform alone (Reg. 1.6041-1(a)(1)(iv)).
    let by_platform = |receipt: &&Receipt| places.platform(receipt).is_some();
    let through: Usd = one.receipts.iter().filter(by_platform).map(|receipt| receipt.amount.floor0()).sum();
    let is_over = |receipt: &Receipt| {
        let sum = places.platform(receipt).and_then(|account| sums.get(account));
        sum.is_some_and(|(amount, count)| {
            *amount > law.form_1099.network_over && *count > law.form_1099.network_payments_over
        })
    };
    let kind = if one.received - through >= law.form_1099.services {
        FormKind::Nec
    } else if one.receipts.iter().any(is_over) {
        FormKind::K
    } else if one.received == Usd::ZERO && !one.through.is_empty() {
        return Verdict::Elsewhere;
    } else {
        return Verdict::NotNeeded;
    };
    if today <= due { Verdict::NotYet(due) } else { Verdict::Missing(kind) }
}

/// The payer whose name is like another.
fn near(name: &str, names: &[String]) -> Option<String> {
    let lower = name.to_lowercase();
    let begins = |one: &str, other: &str| one.chars().count() >= 4 && other.starts_with(one);
    let alike = |known: &&String| {
        let known = known.to_lowercase();
        begins(&known, &lower) || begins(&lower, &known) || strsim::damerau_levenshtein(&known, &lower) <= 2
    };
    names.iter().find(alike).cloned()
}

#[cfg(test)]
mod tests;
