//! What must hold of any statements.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use perchart::book::category::Categories;
use perchart::book::entry::{Expense, Movement, Origin, Payment};
use perchart::book::{Corrected, Correction, Says};
use perchart::ledger::{self, Decision, Input, Label, Match, Rules, Ruling, Usage, Why};
use perchart::money::Usd;
use proptest::prelude::*;

const ACCOUNTS: [&str; 5] = ["Chase checking 1234", "Chase card 9876", "Ally savings", "PayPal", "Venmo"];

const TEXTS: [&str; 24] = [
    "Online Transfer to SAV ...1234",
    "TRANSFER FROM CHK 1234",
    "CHASE CREDIT CRD AUTOPAY",
    "Payment Thank You-Mobile",
    "PAYPAL INST XFER ADOBE",
    "Bank Deposit to PP Account",
    "General Withdrawal",
    "VENMO PAYMENT 1012",
    "VENMO CASHOUT",
    "ADOBE *ACROPRO",
    "AMZN Mktp US*2K4AB",
    "Amazon.com REFUND",
    "STAPLES 00112",
    "STAPLES RETURN",
    "MONTHLY SERVICE FEE",
    "MONTHLY SERVICE FEE REVERSAL",
    "KODE HEALTH DIRECT DEP",
    "KODE HEALTH EXPENSE REIMB",
    "CHARGEBACK",
    "COMCAST CABLE COMM",
    "AMA BOOKSTORE",
    "QZXW HOLDINGS",
    "IRS USATAXPYMT",
    "STARBUCKS STORE 0123",
];

const AMOUNTS: [i64; 5] = [1_000, 2_599, 12_699, 50_000, 120_000];

fn start() -> NaiveDate {
    "2025-01-01".parse().unwrap()
}

#[derive(Clone, Debug)]
struct World {
    movements: Vec<Movement>,
    corrections: Vec<(Corrected, Correction)>,
    payments: Vec<Payment>,
    expenses: Vec<Expense>,
}

impl World {
    fn settle<T>(&self, read: impl FnOnce(&ledger::Ledger) -> T) -> T {
        static RULES: OnceLock<Rules> = OnceLock::new();
        let rules = RULES.get_or_init(|| Rules::shipped().unwrap());
        let payers = ["Kode Health Inc".to_owned()];
        let (movements, corrections) = (&self.movements, &self.corrections);
        let (payments, expenses) = (&self.payments, &self.expenses);
        let input = Input { movements, corrections, rules, payers: &payers, payments, expenses, shares: &[] };
        read(&ledger::settle(&input))
    }

    fn decisions(&self) -> Vec<Decision> {
        self.settle(|ledger| ledger.rows().map(|(_, decision)| decision.clone()).collect())
    }
}

fn movement(id: i64, account: &str, day: u64, text: &str, cents: i64, currency: &str) -> Movement {
    Movement {
        id,
        origin: Origin { batch: 1, line: id + 1 },
        account: account.to_owned(),
        date: start() + Days::new(day),
        description: text.to_owned(),
        amount: Usd::from_cents(cents),
        currency: currency.to_owned(),
        balance: None,
        bank_id: None,
        hint: String::new(),
    }
}

fn world() -> impl Strategy<Value = World> {
    let amount = prop_oneof![
        8 => (prop::sample::select(AMOUNTS.to_vec()), any::<bool>()).prop_map(|(cents, out)| if out { -cents } else { cents }),
        1 => -500_000i64..500_000,
    ];
    let currency = prop_oneof![9 => Just("USD"), 1 => Just("EUR")];
    let row =
        (prop::sample::select(ACCOUNTS.to_vec()), 0u64..40, prop::sample::select(TEXTS.to_vec()), amount, currency);
    let says = prop::sample::select(vec!["books", "private", "transfer", "income", "reimbursement", "internet", "no"]);
    let correction = (says, 1i64..=1_000_000);
    let payment = (0u64..40, prop::sample::select(vec!["Kode Health", "Acme"]), prop::sample::select(AMOUNTS.to_vec()));
    let expense = (
        0u64..40,
        prop::sample::select(vec!["Staples", "AMA Bookstore", "Contoso"]),
        prop::sample::select(AMOUNTS.to_vec()),
    );
    (
        prop::collection::vec(row, 0..60),
        prop::collection::btree_map(1i64..40, correction, 0..6),
        prop::collection::vec(payment, 0..5),
        prop::collection::vec(expense, 0..5),
    )
        .prop_map(|(rows, corrections, payments, expenses)| World {
            movements: (1..)
                .zip(rows)
                .map(|(id, (account, day, text, cents, currency))| movement(id, account, day, text, cents, currency))
                .collect(),
            corrections: corrections
                .into_iter()
                .map(|(movement, (says, share_millionths))| {
                    let says = Says::of(says).unwrap_or(Says::Category(says.to_owned()));
                    let correction =
                        Correction { says, share_millionths, payer: "Jane".to_owned(), set_at: String::new() };
                    (Corrected::Movement(movement), correction)
                })
                .collect(),
            payments: (1..)
                .zip(payments)
                .map(|(id, (day, payer, cents))| Payment {
                    id,
                    origin: Origin { batch: 2, line: id + 1 },
                    received_on: start() + Days::new(day),
                    payer: payer.to_owned(),
                    amount: Usd::from_cents(cents),
                    reference: String::new(),
                })
                .collect(),
            expenses: (1..)
                .zip(expenses)
                .map(|(id, (day, vendor, cents))| Expense {
                    id,
                    origin: Origin { batch: 3, line: id + 1 },
                    date: start() + Days::new(day),
                    vendor: vendor.to_owned(),
                    description: String::new(),
                    category: "books".to_owned(),
                    amount: Usd::from_cents(cents),
                    share_millionths: 400_000,
                })
                .collect(),
        })
}

/// What reaches the return: expenses by category, income by payer.
fn flows(world: &World) -> (BTreeMap<String, Usd>, BTreeMap<String, Usd>) {
    world.settle(|ledger| {
        let mut spent: BTreeMap<String, Usd> = BTreeMap::new();
        for row in ledger.expenses() {
            *spent.entry(row.category).or_default() += row.amount;
        }
        let mut paid: BTreeMap<String, Usd> = BTreeMap::new();
        for row in ledger.payments() {
            *paid.entry(row.payer).or_default() += row.amount;
        }
        (spent, paid)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(world in world(), seed in any::<prop::sample::Index>()) {
        let expected = world.decisions();
        prop_assert_eq!(&expected, &world.decisions());
        let mut turned = world.clone();
        turned.movements.reverse();
        turned.payments.reverse();
        turned.expenses.reverse();
        if !turned.movements.is_empty() {
            let by = seed.index(turned.movements.len());
            turned.movements.rotate_left(by);
        }
        prop_assert_eq!(expected, turned.decisions());
    }

    #[test]
    fn every_row_is_decided_once_and_sums_agree(world in world()) {
        let decisions = world.decisions();
        prop_assert_eq!(decisions.len(), world.movements.len());
        for decision in &decisions {
            prop_assert_eq!(decision.question.is_some(), decision.label == Label::NeedsYou);
        }
        let (all, by_parts) = world.settle(|ledger| {
            let all: Usd = ledger.totals().values().map(|sum| sum.money_in + sum.money_out).sum();
            let parts = ledger.totals().into_values();
            (all, parts.map(|sum| sum.matched + sum.classified + sum.assumed + sum.needs_you).sum::<Usd>())
        });
        prop_assert_eq!(all, world.movements.iter().map(|row| row.amount).sum::<Usd>());
        prop_assert_eq!(all, by_parts);
    }

    #[test]
    fn a_row_and_a_record_are_used_in_one_match_of_a_kind(world in world()) {
        let rows: BTreeMap<i64, &Movement> = world.movements.iter().map(|row| (row.id, row)).collect();
        let decisions: BTreeMap<i64, Decision> =
            world.decisions().into_iter().map(|decision| (decision.movement, decision)).collect();
        let mut counterparts = std::collections::BTreeSet::new();
        let mut records = std::collections::BTreeSet::new();
        for (id, decision) in &decisions {
            match &decision.why {
                Why::Match(kind @ (Match::Transfer | Match::Reversal), other) => {
                    prop_assert_eq!(&decisions[other].why, &Why::Match(*kind, *id));
                    prop_assert_eq!(rows[id].amount, -rows[other].amount);
                    prop_assert_eq!(&rows[id].currency, &rows[other].currency);
                    let same = rows[id].account == rows[other].account;
                    prop_assert_eq!(same, *kind == Match::Reversal);
                    prop_assert!((rows[id].date - rows[other].date).num_days().abs() <= 10);
                }
                Why::Match(kind, other) => {
                    prop_assert!(counterparts.insert((*kind, *other)), "{:?} twice", other);
                }
                Why::Record(kind, origin) => {
                    prop_assert_eq!(&decision.usage, &Usage::Recorded);
                    prop_assert!(records.insert((kind.word(), *origin)), "{:?} twice", origin);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn a_transfer_with_both_its_sides_changes_no_total(world in world(), day in 0u64..40, gap in 0u64..=5) {
        let before = flows(&world);
        let mut more = world.clone();
        // An amount that no other row has.
        more.movements.push(movement(1001, "Chase checking 1234", day, "Online Transfer to SAV", -987_654, "USD"));
        more.movements.push(movement(1002, "Ally savings", day + gap, "Transfer from CHK", 987_654, "USD"));
        prop_assert_eq!(before, flows(&more));
    }

    #[test]
    fn a_row_without_dollars_or_an_answer_never_flows(world in world()) {
        let (flowing, allowed) = world.settle(|ledger| {
            let flowing = ledger.expenses().len() + ledger.payments().len();
            let allowed = ledger.rows().filter(|(row, decision)| {
                row.currency == "USD" && decision.label != Label::NeedsYou
                    && matches!(decision.usage, Usage::Expense { .. } | Usage::Income { .. })
            });
            (flowing, allowed.count())
        });
        prop_assert_eq!(flowing, allowed);
    }
}

#[test]
fn rules_name_categories_that_are_there_and_use_many_of_them() {
    let rules = Rules::shipped().unwrap();
    let mut used = std::collections::BTreeSet::new();
    for rule in rules.all() {
        if let Ruling::Expense(category, _) = &rule.ruling {
            assert!(Categories::get(&category.id).is_some(), "{}", rule.name);
            used.insert(category.id.as_str());
        }
    }
    assert!(used.len() >= 30, "{used:?}");
}

/// 100,000 rows of ten years; a tenth of it without optimisation.
#[test]
fn many_rows_are_settled_in_little_time() {
    let many = if cfg!(debug_assertions) { 10_000u64 } else { 100_000 };
    let rows = (0..many).map(|n| {
        let id = i64::try_from(n).unwrap() + 1;
        let text = format!("{} {n}", TEXTS[usize::try_from(n * 7 % 24).unwrap()]);
        let cents = i64::try_from(n * 7919 % 40_000).unwrap() + 100;
        let cents = if n % 3 == 0 { cents } else { -cents };
        movement(id, ACCOUNTS[usize::try_from(n % 5).unwrap()], n / 28, &text, cents, "USD")
    });
    let world = World { movements: rows.collect(), corrections: vec![], payments: vec![], expenses: vec![] };
    let begun = Instant::now();
    let count = world.settle(|ledger| ledger.rows().count());
    let took = begun.elapsed();
    assert_eq!(count, world.movements.len());
    println!("{many} rows in {took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
}
