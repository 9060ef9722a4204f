//! Deciding what every movement is.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};

use super::pair::{Dated, nearest};
use super::payer::{Found, Payers};
use super::rule::{Hit, Rule, Ruling, Share, WHOLE};
use super::words::{Statement, folded};
use super::{AccountKind, DOLLARS, Decision, Input, Label, Ledger, Match, PLATFORMS, Usage, Why};
use crate::book::category::{Categories, Category};
use crate::book::entry::{Expense, Kind, Movement, Origin};
use crate::book::{Correction, Says};
use crate::earnings::same_name;
use crate::money::Usd;
use crate::profile::{self, share_of};

/// So many days lie between the two sides of a transfer, or between a record of a file and its row, at most.
const APART: u64 = 5;

/// So many days lie between a row and its reversal, at most.
const REVERSED_WITHIN: u64 = 10;

/// Words of a row that cancels another.
const REVERSALS: &[&str] =
    &["reversal", "reversed", "reverse", "rev", "voided", "void", "returned payment", "return item", "canceled"];

/// Decides what every movement is.
pub fn settle<'a>(input: &Input<'a>) -> Ledger<'a> {
    let mut work = Work::new(input);
    work.corrections();
    let groups = work.groups();
    for group in &groups {
        work.reversals(group);
    }
    for group in &groups {
        work.funding(group);
    }
    for group in &groups {
        work.transfers(group);
    }
    work.expenses_of_files();
    work.payments_of_files();
    for group in &groups {
        work.lookalikes(group);
    }
    for at in 0..work.rows.len() {
        work.rule_or_payer(at);
    }
    work.refunds();
    for at in 0..work.rows.len() {
        work.left(at);
    }
    let Work { rows, decided, mut doubles, .. } = work;
    doubles.sort_unstable_by_key(|(movement, ..)| *movement);
    let rows = rows.into_iter().zip(decided).filter_map(|(row, decision)| Some((row.movement, decision?))).collect();
    Ledger { rows, doubles }
}

/// One movement, with what its words say.
pub(super) struct Row<'a> {
    pub(super) movement: &'a Movement,
    pub(super) statement: Statement,
    hit: Option<Hit>,
    payer: Found,
    /// The platform that the words name, if its own statement is in the book for that time.
    platform: Option<&'static str>,
}

impl Row<'_> {
    pub(super) fn is_out(&self) -> bool {
        self.movement.amount < Usd::ZERO
    }

    fn dated(&self, at: usize) -> Dated {
        (self.movement.date, at)
    }
}

/// What is known of an account.
struct Account {
    platform: Option<&'static str>,
    kind: AccountKind,
    /// The first word of its name.
    bank: String,
    /// The last digits of its number.
    digits: Vec<String>,
}

impl Account {
    fn of(name: &str) -> Account {
        let all = folded(name);
        let platform = PLATFORMS.iter().map(|(platform, _)| *platform).find(|word| all.contains(&format!(" {word} ")));
        let words = || all.split_ascii_whitespace();
        let digits = words().filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
        Account {
            platform,
            kind: AccountKind::of(name),
            bank: words().next().unwrap_or_default().to_owned(),
            digits: digits.map(str::to_owned).collect(),
        }
    }
}

/// All rows, and what is decided so far.
pub(super) struct Work<'a> {
    pub(super) input: Input<'a>,
    accounts: HashMap<&'a str, Account>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) decided: Vec<Option<Decision>>,
    /// The expense of a file that a row is.
    pub(super) recorded: HashMap<usize, &'a Expense>,
    doubles: Vec<(i64, Kind, Origin)>,
}

/// Rows of one currency and one size.
struct Group {
    out: Vec<usize>,
    into: Vec<usize>,
}

impl<'a> Work<'a> {
    fn new(input: &Input<'a>) -> Work<'a> {
        let mut movements: Vec<&'a Movement> = input.movements.iter().collect();
        movements.sort_by(|one, other| {
            let key = |row: &'a Movement| {
                (row.date, row.account.as_str(), row.amount, row.description.as_str(), &row.bank_id, row.id)
            };
            key(one).cmp(&key(other))
        });
        let mut accounts: HashMap<&'a str, Account> = HashMap::new();
        let mut covered: HashMap<&'static str, (NaiveDate, NaiveDate)> = HashMap::new();
        for movement in &movements {
            let account = accounts.entry(&movement.account).or_insert_with(|| Account::of(&movement.account));
            if let Some(platform) = account.platform {
                let span = covered.entry(platform).or_insert((movement.date, movement.date));
                *span = (span.0.min(movement.date), span.1.max(movement.date));
            }
        }
        let payers = Payers::new(input.payers);
        let row = |movement: &'a Movement| {
            let statement = Statement::new(&movement.description);
            let account = &accounts[movement.account.as_str()];
            let platform = platform_in(&statement).filter(|platform| {
                account.platform != Some(platform)
                    && covered.get(platform).is_some_and(|(from, to)| {
                        let from = from.checked_sub_days(Days::new(APART)).unwrap_or(*from);
                        let to = to.checked_add_days(Days::new(APART)).unwrap_or(*to);
                        (from..=to).contains(&movement.date)
                    })
            });
            let hit = input.rules.find(&statement, movement, account.kind);
            let payer = payers.find(&statement);
            Row { movement, statement, hit, payer, platform }
        };
        let rows: Vec<Row> = movements.into_iter().map(row).collect();
        Work {
            input: *input,
            decided: rows.iter().map(|_| None).collect(),
            accounts,
            rows,
            recorded: HashMap::new(),
            doubles: Vec::new(),
        }
    }

    pub(super) fn rule(&self, at: usize) -> Option<&Rule> {
        self.rows[at].hit.map(|hit| &*self.input.rules.all()[hit.rule])
    }

    pub(super) fn decide(&mut self, at: usize, usage: Usage, label: Label, why: Why, question: Option<String>) {
        let movement = self.rows[at].movement.id;
        self.decided[at] = Some(Decision { movement, usage, label, why, question });
    }

    pub(super) fn open(&self, at: usize) -> bool {
        self.decided[at].is_none()
    }

    fn in_dollars(&self, at: usize) -> bool {
        self.rows[at].movement.currency == DOLLARS
    }

    /// Rows of one currency and size, where there are at least two.
    fn groups(&self) -> Vec<Group> {
        let mut groups: BTreeMap<(&str, u64), Group> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.movement.amount != Usd::ZERO) {
            let key = (row.movement.currency.as_str(), row.movement.amount.cents().unsigned_abs());
            let group = groups.entry(key).or_insert(Group { out: Vec::new(), into: Vec::new() });
            if row.is_out() { group.out.push(at) } else { group.into.push(at) }
        }
        groups.into_values().filter(|group| group.out.len() + group.into.len() > 1).collect()
    }

    fn dated(&self, places: &[usize], holds: impl Fn(usize) -> bool) -> Vec<Dated> {
        places.iter().filter(|at| holds(**at)).map(|at| self.rows[*at].dated(*at)).collect()
    }

    // ---- 1. corrections

    fn corrections(&mut self) {
        let said: HashMap<i64, &'a Correction> = super::of_movements(self.input.corrections).collect();
        for at in 0..self.rows.len() {
            let Some(correction) = said.get(&self.rows[at].movement.id) else { continue };
            let usage = match &correction.says {
                Says::Category(id) => Categories::get(id).map_or(Usage::Open, |category| Usage::Expense {
                    category,
                    share_millionths: Some(correction.share_millionths),
                }),
                Says::Private => Usage::Private,
                Says::Transfer => Usage::Transfer,
                Says::Reimbursement => Usage::Reimbursement,
                Says::Income => Usage::Income { payer: correction.payer.clone() },
            };
            let flows = matches!(usage, Usage::Expense { .. } | Usage::Income { .. });
            if usage == Usage::Open {
                let question = "Your correction names a category that is no longer there: which one is it?".to_owned();
                self.decide(at, usage, Label::NeedsYou, Why::Correction, Some(question));
            } else if flows && !self.in_dollars(at) {
                let question = self.currency_question(at);
                self.decide(at, usage, Label::NeedsYou, Why::Correction, Some(question));
            } else {
                self.decide(at, usage, Label::Classified, Why::Correction, None);
            }
        }
    }

    fn currency_question(&self, at: usize) -> String {
        format!(
            "In {}: enter the dollar amount as an expense or a payment of your own, and set this row to private.",
            self.rows[at].movement.currency
        )
    }

    // ---- 2. reversals

    fn reversals(&mut self, group: &Group) {
        let out = self.dated(&group.out, |at| self.open(at));
        let into = self.dated(&group.into, |at| self.open(at));
        nearest(&out, &into, REVERSED_WITHIN, |out, into| {
            let (one, other) = (&self.rows[out], &self.rows[into]);
            let reversed = [one, other].iter().any(|row| row.statement.says_any(REVERSALS));
            let fits = reversed
                && one.movement.account == other.movement.account
                && shared_word(&one.statement, &other.statement)
                && self.open(out)
                && self.open(into);
            if fits {
                self.cancel(out, into, Usage::Cancelled, Match::Reversal);
            }
            fits
        });
    }

    /// Both rows of a pair, each naming the other.
    fn cancel(&mut self, one: usize, other: usize, usage: Usage, kind: Match) {
        let (of_one, of_other) = (self.rows[one].movement.id, self.rows[other].movement.id);
        // A correction stands, also where it found its other side.
        if self.open(one) {
            self.decide(one, usage.clone(), Label::Classified, Why::Match(kind, of_other), None);
        }
        if self.open(other) {
            self.decide(other, usage, Label::Classified, Why::Match(kind, of_one), None);
        }
    }

    // ---- 3. what a platform paid, funded by the bank

    fn funding(&mut self, group: &Group) {
        let funds = self.dated(&group.out, |at| self.open(at) && self.rows[at].platform.is_some());
        if funds.is_empty() {
            return;
        }
        let on_platform = |work: &Work, bank: usize, other: usize| {
            work.rows[bank].platform.is_some() && work.account(other).platform == work.rows[bank].platform
        };
        let deposits = self.dated(&group.into, |at| self.may_transfer(at));
        nearest(&funds, &deposits, APART, |bank, deposit| {
            let fits = on_platform(self, bank, deposit) && self.open(bank) && self.may_transfer(deposit);
            if fits {
                self.cancel(bank, deposit, Usage::Transfer, Match::Transfer);
            }
            fits
        });
        let funds = self.dated(&group.out, |at| self.open(at) && self.rows[at].platform.is_some());
        let paid = self.dated(&group.out, |at| self.account(at).platform.is_some());
        nearest(&funds, &paid, APART, |bank, paid| {
            let fits = on_platform(self, bank, paid) && self.open(bank);
            if fits {
                let why = Why::Match(Match::Funding, self.rows[paid].movement.id);
                self.decide(bank, Usage::Transfer, Label::Classified, why, None);
            }
            fits
        });
    }

    fn account(&self, at: usize) -> &Account {
        &self.accounts[self.rows[at].movement.account.as_str()]
    }

    // ---- 4. transfers

    /// Is it free to be one side of a transfer? What a rule knows as something else is not, nor a payer's money.
    fn may_transfer(&self, at: usize) -> bool {
        let row = &self.rows[at];
        match &self.decided[at] {
            Some(decision) => {
                matches!((&decision.usage, &decision.why), (Usage::Transfer, Why::Correction))
            }
            None => {
                (row.is_out() || row.payer == Found::None)
                    && (row.platform.is_some() || self.rule(at).is_none_or(|rule| rule.pairs || rule.is_transfer()))
            }
        }
    }

    /// Do its own words, or the user, call it a transfer?
    fn says_transfer(&self, at: usize) -> bool {
        self.decided[at].is_some() || self.rule(at).is_some_and(Rule::is_transfer)
    }

    /// Does it name the account of another row?
    fn names_account(&self, at: usize, other: usize) -> bool {
        let (own, account) = (self.account(at), self.account(other));
        let statement = &self.rows[at].statement;
        account.digits.iter().any(|digits| statement.says(digits))
            || account.platform.is_some_and(|platform| statement.says(platform))
            || (account.bank != own.bank && account.bank.len() > 2 && statement.says(&account.bank))
    }

    fn transfers(&mut self, group: &Group) {
        for evidence in [2, 1] {
            let out = self.dated(&group.out, |at| self.may_transfer(at));
            let into = self.dated(&group.into, |at| self.may_transfer(at));
            let mut taken = Vec::new();
            nearest(&out, &into, APART, |out, into| {
                let fits = self.rows[out].movement.account != self.rows[into].movement.account
                    && self.evidence(out, into) >= evidence;
                if fits {
                    taken.push((out, into));
                }
                fits
            });
            for (out, into) in taken {
                self.cancel(out, into, Usage::Transfer, Match::Transfer);
                self.mark(out, into);
            }
        }
    }

    /// A corrected transfer that found its other side names it, so that it is not taken again.
    fn mark(&mut self, out: usize, into: usize) {
        for (at, other) in [(out, into), (into, out)] {
            let id = self.rows[other].movement.id;
            if let Some(decision) = &mut self.decided[at] {
                decision.why = Why::Match(Match::Transfer, id);
            }
        }
    }

    /// How many sides say that the two are one transfer.
    fn evidence(&self, out: usize, into: usize) -> usize {
        [(out, into), (into, out)]
            .into_iter()
            .filter(|(at, other)| self.says_transfer(*at) || self.names_account(*at, *other))
            .count()
    }

    // ---- 5. records of files

    fn expenses_of_files(&mut self) {
        let expenses = self.input.expenses;
        let mut records: Vec<Dated> = expenses.iter().enumerate().map(|(at, row)| (row.date, at)).collect();
        records.sort_by_key(|(day, at)| (*day, expenses[*at].id, *at));
        let alike =
            |work: &Work, record: usize, at: usize| is_vendor(&expenses[record].vendor, &work.rows[at].statement);
        let free = |work: &Work, at: usize| {
            work.open(at) && work.rows[at].platform.is_none() && !work.rule(at).is_some_and(Rule::is_transfer)
        };
        let found = self.same_events(&records, |record| -expenses[record].amount, free, alike);
        for (record, at, label) in found {
            let expense = &expenses[record];
            self.recorded.insert(at, expense);
            self.decide(at, Usage::Recorded, label, Why::Record(Kind::Expenses, expense.origin), None);
        }
        self.doubles_of(Kind::Expenses, &records, |record| (-expenses[record].amount, expenses[record].origin), alike);
    }

    fn payments_of_files(&mut self) {
        let payments = self.input.payments;
        let mut records: Vec<Dated> = payments.iter().enumerate().map(|(at, row)| (row.received_on, at)).collect();
        records.sort_by_key(|(day, at)| (*day, payments[*at].id, *at));
        let alike = |work: &Work, record: usize, at: usize| match work.rows[at].payer {
            Found::None => false,
            Found::One(payer) => same_name(&work.input.payers[payer], &payments[record].payer),
            Found::Several => Payers::is_named(&work.rows[at].statement, &payments[record].payer),
        };
        // Without the payer's name only a row that nothing else speaks of can be the payment.
        let free = |work: &Work, at: usize| {
            work.open(at)
                && (work.rows[at].payer != Found::None
                    || work.rule(at).is_none_or(|rule| rule.pairs && !rule.is_transfer()))
        };
        let found = self.same_events(&records, |record| payments[record].amount, free, alike);
        for (record, at, label) in found {
            self.decide(at, Usage::Recorded, label, Why::Record(Kind::Payments, payments[record].origin), None);
        }
        self.doubles_of(Kind::Payments, &records, |record| (payments[record].amount, payments[record].origin), alike);
    }

    /// Records and the rows that are the same event: those alike first, the nearest day first; then those that have only
    /// each other.
    fn same_events(
        &self,
        records: &[Dated],
        amount: impl Fn(usize) -> Usd,
        free: impl Fn(&Work, usize) -> bool,
        alike: impl Fn(&Work, usize, usize) -> bool,
    ) -> Vec<(usize, usize, Label)> {
        let mut sizes: BTreeMap<Usd, (Vec<Dated>, Vec<Dated>)> = BTreeMap::new();
        for (day, record) in records {
            sizes.entry(amount(*record)).or_default().0.push((*day, *record));
        }
        for (at, row) in self.rows.iter().enumerate() {
            if let Some((_, rows)) = sizes.get_mut(&row.movement.amount)
                && self.in_dollars(at)
                && free(self, at)
            {
                rows.push(row.dated(at));
            }
        }
        let mut found = Vec::new();
        for (mut records, mut rows) in sizes.into_values() {
            let before = found.len();
            nearest(&records, &rows, APART, |record, at| {
                let fits = alike(self, record, at);
                if fits {
                    found.push((record, at, Label::Classified));
                }
                fits
            });
            records.retain(|(_, record)| !found[before..].iter().any(|(taken, ..)| taken == record));
            rows.retain(|(_, at)| !found[before..].iter().any(|(_, taken, _)| taken == at));
            for (day, record) in &records {
                if let Some(at) = only(*day, &rows)
                    && only(self.rows[at].movement.date, &records) == Some(*record)
                    && self.rows[at].payer == Found::None
                {
                    found.push((*record, at, Label::Assumed));
                }
            }
        }
        found
    }

    /// Corrected rows that look like a record.
    fn doubles_of(
        &mut self,
        kind: Kind,
        records: &[Dated],
        of: impl Fn(usize) -> (Usd, Origin),
        alike: impl Fn(&Work, usize, usize) -> bool,
    ) {
        let counts = |work: &Work, at: usize| {
            work.decided[at].as_ref().is_some_and(|decision| {
                matches!(decision.why, Why::Correction)
                    && match decision.usage {
                        Usage::Expense { .. } => kind == Kind::Expenses,
                        Usage::Income { .. } => kind == Kind::Payments,
                        _ => false,
                    }
            })
        };
        let corrected: Vec<usize> = (0..self.rows.len()).filter(|at| counts(self, *at)).collect();
        for at in corrected {
            let row = &self.rows[at];
            let near = |day: NaiveDate| (day - row.movement.date).num_days().unsigned_abs() <= APART;
            let same = records
                .iter()
                .find(|(day, record)| near(*day) && of(*record).0 == row.movement.amount && alike(self, *record, at));
            if let Some((_, record)) = same {
                self.doubles.push((row.movement.id, kind, of(*record).1));
            }
        }
    }

    // ---- 6. equal and opposite, and no word of it

    fn lookalikes(&mut self, group: &Group) {
        let out = self.dated(&group.out, |at| self.open(at) && self.may_transfer(at));
        let into = self.dated(&group.into, |at| self.open(at) && self.may_transfer(at));
        nearest(&out, &into, APART, |out, into| {
            let (one, other) = (self.rows[out].movement, self.rows[into].movement);
            let fits = one.account != other.account && self.open(out) && self.open(into);
            if fits {
                for (at, id) in [(out, other.id), (into, one.id)] {
                    let question = format!(
                        "Equal and opposite to row {id}, but no word says so: a transfer between your accounts (transfer)?"
                    );
                    let why = Why::Match(Match::Transfer, id);
                    self.decide(at, Usage::Transfer, Label::NeedsYou, why, Some(question));
                }
            }
            fits
        });
    }

    // ---- 7 to 9. rules, payers, currency

    fn rule_or_payer(&mut self, at: usize) {
        if !self.open(at) {
            return;
        }
        let row = &self.rows[at];
        if row.movement.amount == Usd::ZERO {
            return self.decide(at, Usage::Private, Label::Classified, Why::Nothing, None);
        }
        let hit = row.hit.map(|hit| std::sync::Arc::clone(&self.input.rules.all()[hit.rule]));
        let yours = hit.as_ref().is_some_and(|rule| rule.yours);
        let paid_back = hit.as_ref().is_some_and(|rule| rule.ruling == Ruling::Reimbursement);
        if !row.is_out() && !yours && !paid_back && row.payer != Found::None {
            return self.payer(at);
        }
        if let Some(platform) = row.platform.filter(|_| !yours) {
            return self.decide(at, Usage::Transfer, Label::Assumed, Why::Platform(platform), None);
        }
        match hit {
            // Money given back looks for its purchase first.
            Some(rule) if rule.ruling == Ruling::Refund => {}
            Some(rule) => self.apply(at, rule),
            None if row.is_out() && row.payer != Found::None => self.payer(at),
            None => {}
        }
    }

    fn payer(&mut self, at: usize) {
        let row = &self.rows[at];
        let Found::One(payer) = row.payer else {
            let question = "Several of your payers fit these words: which one is it? Set income:PAYER.".to_owned();
            return self.decide(at, Usage::Open, Label::NeedsYou, Why::Nothing, Some(question));
        };
        let payer = self.input.payers[payer].clone();
        let (usage, why) = (Usage::Income { payer: payer.clone() }, Why::Payer(payer.clone()));
        if !self.in_dollars(at) {
            let question = self.currency_question(at);
            self.decide(at, usage, Label::NeedsYou, Why::Currency, Some(question));
        } else if row.is_out() {
            let question = format!(
                "Did {payer} take money back (income:{payer} takes it off your income), or did you buy something there?"
            );
            self.decide(at, usage, Label::NeedsYou, why, Some(question));
        } else {
            self.decide(at, usage, Label::Classified, why, None);
        }
    }

    fn apply(&mut self, at: usize, rule: std::sync::Arc<Rule>) {
        let row = self.rows[at].movement;
        let stated = |category: &Category| {
            share_of(self.input.shares, &category.id, &row.description, row.date).map(profile::Share::millionths)
        };
        let mut answered = false;
        let usage = match &rule.ruling {
            Ruling::Expense(category, Share::Of(share)) => {
                let share = if *share == WHOLE { stated(category).unwrap_or(WHOLE) } else { *share };
                Usage::Expense { category, share_millionths: Some(share) }
            }
            Ruling::Expense(category, Share::Ask) => {
                let share_millionths = stated(category);
                answered = share_millionths.is_some();
                Usage::Expense { category, share_millionths }
            }
            Ruling::Transfer => Usage::Transfer,
            Ruling::Private => Usage::Private,
            Ruling::Income(payer) => Usage::Income { payer: payer.clone() },
            Ruling::Reimbursement => Usage::Reimbursement,
            Ruling::Refund => Usage::Open,
        };
        // What the profile says of all such rows is not asked again of each.
        let (label, question) = if answered { (Label::Classified, None) } else { (rule.label, rule.question.clone()) };
        if matches!(usage, Usage::Expense { .. } | Usage::Income { .. }) && !self.in_dollars(at) {
            let question = self.currency_question(at);
            return self.decide(at, usage, Label::NeedsYou, Why::Currency, Some(question));
        }
        self.decide(at, usage, label, Why::Rule(rule), question);
    }

    // ---- 11. the rest

    fn left(&mut self, at: usize) {
        if !self.open(at) {
            return;
        }
        if let Some(hit) = self.rows[at].hit {
            return self.apply(at, std::sync::Arc::clone(&self.input.rules.all()[hit.rule]));
        }
        let question = if self.rows[at].is_out() {
            "What was this for? Set a category, or private."
        } else {
            "Who paid this, and for what? Set income:PAYER for work, a category for a refund, or private."
        };
        if self.in_dollars(at) {
            self.decide(at, Usage::Open, Label::NeedsYou, Why::Nothing, Some(question.to_owned()));
        } else {
            let question = self.currency_question(at);
            self.decide(at, Usage::Open, Label::NeedsYou, Why::Currency, Some(question));
        }
    }
}

/// The platform that a statement names in front.
fn platform_in(statement: &Statement) -> Option<&'static str> {
    let begins = |word: &str| statement.starts.iter().any(|at| statement.text[*at..].starts_with(word));
    PLATFORMS.iter().find(|(_, words)| words.iter().any(|word| begins(word))).map(|(platform, _)| *platform)
}

/// Do two statements share a word of four letters, besides those that say what happened?
fn shared_word(one: &Statement, other: &Statement) -> bool {
    let words = |statement: &Statement| -> Vec<String> {
        let all = statement.text.split_ascii_whitespace();
        let telling = |word: &&str| {
            word.len() > 3
                && word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !REVERSALS.contains(word)
                && !["payment", "debit", "credit", "card", "purchase"].contains(word)
        };
        all.filter(telling).map(str::to_owned).collect()
    };
    let of_one = words(one);
    words(other).iter().any(|word| of_one.contains(word))
}

/// Does a statement name the vendor of a record?
fn is_vendor(vendor: &str, statement: &Statement) -> bool {
    let vendor = Statement::new(vendor);
    let word = vendor.first_word();
    !word.is_empty() && (word == statement.first_word() || (word.len() > 2 && statement.says(word)))
}

/// The only one of a list within the days; none where there are none or several.
fn only(day: NaiveDate, list: &[Dated]) -> Option<usize> {
    let from = day.checked_sub_days(Days::new(APART)).unwrap_or(day);
    let to = day.checked_add_days(Days::new(APART)).unwrap_or(day);
    let from = list.partition_point(|(day, _)| *day < from);
    let mut near = list[from..].iter().take_while(|(day, _)| *day <= to);
    match (near.next(), near.next()) {
        (Some((_, place)), None) => Some(*place),
        _ => None,
    }
}

impl Rule {
    /// Does it speak of transfers between own accounts?
    fn is_transfer(&self) -> bool {
        self.ruling == Ruling::Transfer
    }
}
