use proptest::prelude::*;
use rust_decimal::dec;

use super::*;
use crate::book::category::Categories;
use crate::book::entry::Charts;
use crate::law;
use crate::ledger::{Label, Usage, Why};
use crate::profile::FILE;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn cents(amount: i64) -> Usd {
    Usd::from_cents(amount)
}

/// A book of one payer, Kode Health, unless said otherwise.
#[derive(Debug, Default)]
struct Case {
    charts: Vec<Charts>,
    payments: Vec<Payment>,
    expenses: Vec<Expense>,
    movements: Vec<Movement>,
    decisions: Vec<Decision>,
    profile: String,
}

impl Case {
    fn worked(mut self, on: &str, payer: &str, amount: i64) -> Case {
        let id = i64::try_from(self.charts.len()).expect("few") + 1;
        self.charts.push(Charts {
            id,
            origin: Origin { batch: 1, line: id + 1 },
            work_date: day(on),
            payer: payer.to_owned(),
            chart_type: "E/M".to_owned(),
            count: 10,
            rejected: 0,
            rate: dec!(1),
            amount: cents(amount),
            minutes_tenths: None,
            accuracy_millionths: None,
            paid_on: None,
            surrogate: None,
        });
        self
    }

    fn paid(mut self, on: &str, payer: &str, amount: i64) -> Case {
        let id = i64::try_from(self.payments.len()).expect("few") + 1;
        let origin = Origin { batch: 2, line: id + 1 };
        let payment = Payment {
            id,
            origin,
            received_on: day(on),
            payer: payer.to_owned(),
            amount: cents(amount),
            reference: String::new(),
        };
        self.payments.push(payment);
        self
    }

    /// A row of a statement, and what it is.
    fn row(&mut self, account: &str, on: &str, words: &str, amount: i64, usage: Usage) -> Origin {
        let id = i64::try_from(self.movements.len()).expect("few") + 1;
        let origin = Origin { batch: 3, line: id + 1 };
        self.movements.push(Movement {
            id,
            origin,
            account: account.to_owned(),
            date: day(on),
            description: words.to_owned(),
            amount: cents(amount),
            currency: "USD".to_owned(),
            balance: None,
            bank_id: None,
            hint: String::new(),
        });
        self.decisions.push(Decision {
            movement: id,
            usage,
            label: Label::Classified,
            why: Why::Nothing,
            question: None,
        });
        origin
    }

    /// A payment that came into a platform's account.
    fn paid_through(mut self, account: &str, on: &str, payer: &str, amount: i64) -> Case {
        let origin = self.row(account, on, payer, amount, Usage::Income { payer: payer.to_owned() });
        self = self.paid(on, payer, amount);
        if let Some(last) = self.payments.last_mut() {
            last.origin = origin;
        }
        self
    }

    fn reimbursed(mut self, on: &str, words: &str, amount: i64) -> Case {
        self.row("Checking", on, words, amount, Usage::Reimbursement);
        self
    }

    fn spent(mut self, on: &str, vendor: &str, category: &str, amount: i64) -> Case {
        assert!(Categories::get(category).is_some(), "{category}");
        let id = i64::try_from(self.expenses.len()).expect("few") + 1;
        self.expenses.push(Expense {
            id,
            origin: Origin { batch: 4, line: id + 1 },
            date: day(on),
            vendor: vendor.to_owned(),
            description: String::new(),
            category: category.to_owned(),
            amount: cents(amount),
            share_millionths: 1_000_000,
        });
        self
    }

    /// A form of 2025: what it is, its payer and amount, more keys.
    fn form(self, kind: &str, payer: &str, amount: &str, more: &str) -> Case {
        self.stated(&format!(
            "[[form_1099]]\nform = \"{kind}\"\npayer = \"{payer}\"\nyear = 2025\namount = \"{amount}\"\n{more}\n"
        ))
    }

    fn stated(mut self, text: &str) -> Case {
        self.profile += text;
        self
    }

    fn of(&self, year: i32, today: &str) -> (Earnings, Income) {
        let (law, _) = law::of(year).expect("law");
        let profile = Profile::parse(FILE, &self.profile).expect("a profile");
        let mut charts = self.charts.clone();
        charts.sort_by_key(|row| (row.work_date, row.id));
        let work = Work::each(&charts);
        let earnings = Earnings::of(year, &work, &self.payments, &profile.payers);
        let given = Given {
            law,
            profile: &profile,
            earnings: &earnings,
            work: &work,
            payments: &self.payments,
            expenses: &self.expenses,
            movements: &self.movements,
            decisions: &self.decisions,
        };
        let income = Income::of(&given, day(today));
        (earnings, income)
    }

    /// The matches of 2025, seen in March 2026. All closes.
    fn matches(&self) -> Vec<Match> {
        let (earnings, income) = self.of(2025, "2026-03-01");
        closes(&earnings, &income);
        income.matches
    }

    /// The match of the only payer.
    fn only(&self) -> Match {
        let [only] = <[Match; 1]>::try_from(self.matches()).expect("one match");
        only
    }

    fn owed(&self, today: &str) -> Vec<Receivable> {
        let profile = Profile::parse(FILE, &self.profile).expect("a profile");
        let work = Work::each(&self.charts);
        receivables(&Books::of(&work, &self.payments, &profile.payers), day(today))
    }
}

/// Every sum comes out to the cent.
fn closes(earnings: &Earnings, income: &Income) {
    let found = income.reconciliation();
    let causes: Usd = found.causes.iter().map(|(_, amount)| *amount).sum();
    assert_eq!(found.reported + found.without_form - causes - found.unexplained, found.line_1);
    assert_eq!(found.line_1, earnings.gross_receipts());
    let returned: Usd = income.matches.iter().map(|one| one.returned).sum();
    assert_eq!(returned, earnings.returns());
    for one in &income.matches {
        if let Some(reported) = one.reported {
            let steps: Usd = one.steps.iter().map(|step| step.amount).sum();
            assert_eq!(one.received + steps + one.rest, reported, "{}", one.name);
        }
        if let Some(straddle) = &one.straddle {
            let payer = earnings.payers.iter().find(|payer| payer.payer == one.name).expect("a payer");
            assert_eq!((straddle.received(), straddle.earned), (payer.received, payer.earned), "{}", one.name);
        }
    }
}

fn steps(one: &Match) -> Vec<(Cause, i64)> {
    one.steps.iter().map(|step| (step.cause, step.amount.cents())).collect()
}

const KODE: &str = "Kode Health";

/// Work of every month of 2025, $1,000 each, paid on the 20th of the next month; December 2024 brought $900.
fn twelve_months() -> Case {
    let mut case = Case::default().worked("2024-12-10", KODE, 90_000).paid("2025-01-20", KODE, 90_000);
    for month in 1..=12 {
        case = case.worked(&format!("2025-{month:02}-10"), KODE, 100_000);
        let paid = if month == 12 { "2026-01-20".to_owned() } else { format!("2025-{:02}-20", month + 1) };
        case = case.paid(&paid, KODE, 100_000);
    }
    case
}

#[test]
fn a_form_of_what_was_received_agrees() {
    // 900 + 11 x 1,000.
    let one = twelve_months().form("NEC", KODE, "11900", "").only();
    assert_eq!(
        (&one.verdict, one.received, one.difference()),
        (&Verdict::Agrees, Usd::dollars(11_900), Some(Usd::ZERO))
    );
}

#[test]
fn less_than_a_dollar_is_rounding() {
    let case = |amount| Case::default().paid("2025-05-01", KODE, 70_049).form("NEC", KODE, amount, "").only().verdict;
    assert_eq!(case("700"), Verdict::Agrees);
    assert_eq!(case("701"), Verdict::Agrees);
    assert_eq!(case("701.49"), Verdict::Larger(Usd::dollars(1)));
    assert_eq!(case("699"), Verdict::Smaller(cents(149)));
}

#[test]
fn december_straddles_both_ends_of_the_year() {
    let one = twelve_months().only();
    let straddle = one.straddle.expect("work");
    assert_eq!(straddle.earned, Usd::dollars(12_000));
    assert_eq!((straddle.paid_later.amount, straddle.from_before.amount), (Usd::dollars(1_000), Usd::dollars(900)));
    // The rows: charts.csv line 2 is December 2024, line 14 December 2025.
    assert_eq!(straddle.from_before.rows, [Origin { batch: 1, line: 2 }]);
    assert_eq!(straddle.paid_later.rows, [Origin { batch: 1, line: 14 }]);
    assert_eq!(straddle.paid_later.money, Some((day("2026-01-20"), day("2026-01-20"))));
    // 12,000 - 1,000 + 900.
    assert_eq!(straddle.received(), Usd::dollars(11_900));
}

#[test]
fn a_form_by_work_is_explained_by_the_straddle() {
    let one = twelve_months().form("NEC", KODE, "12000", "").only();
    // 1,000 of December 2025 is on it, 900 of December 2024 is not.
    assert_eq!((steps(&one), one.rest), (vec![(Cause::ByWork, 10_000)], Usd::ZERO));
    assert_eq!(one.verdict, Verdict::Explained);
    assert_eq!(one.steps[0].rows, [Origin { batch: 1, line: 2 }, Origin { batch: 1, line: 14 }]);
}

#[test]
fn money_in_the_mail_at_the_end_of_the_year() {
    let base = || {
        Case::default()
            .paid("2025-01-04", KODE, 40_000)
            .paid("2025-06-01", KODE, 200_000)
            .paid("2026-01-02", KODE, 30_000)
            .paid("2026-01-09", KODE, 10_000)
            .paid("2026-01-11", KODE, 5_000)
    };
    let with = |amount| base().form("NEC", KODE, amount, "").only();
    // Received: 2,400.
    assert_eq!(steps(&with("2700")), [(Cause::SentAtTheEnd, 30_000)]);
    assert_eq!(steps(&with("2800")), [(Cause::SentAtTheEnd, 40_000)]);
    assert_eq!(steps(&with("2000")), [(Cause::SentBefore, -40_000)]);
    assert_eq!(steps(&with("2300")), [(Cause::SentBefore, -40_000), (Cause::SentAtTheEnd, 30_000)]);
    // January 11 is too late to have been in the mail.
    assert_eq!(with("2850").verdict, Verdict::Larger(Usd::dollars(450)));
    assert_eq!(with("2700").steps[0].rows, [Origin { batch: 2, line: 4 }]);
}

#[test]
fn a_form_after_claw_backs() {
    let base = || Case::default().paid("2025-03-01", KODE, 500_000).paid("2025-04-01", KODE, -20_000);
    let one = base().form("NEC", KODE, "4800", "").only();
    assert_eq!(
        (steps(&one), one.received, one.returned),
        (vec![(Cause::NetOfClawBacks, -20_000)], Usd::dollars(5_000), Usd::dollars(200))
    );
    assert_eq!(base().form("NEC", KODE, "5000", "").only().verdict, Verdict::Agrees);
}

#[test]
fn expenses_paid_back_may_stand_on_the_form() {
    let base = || {
        Case::default().paid("2025-03-01", KODE, 300_000).reimbursed("2025-04-02", "KODE HEALTH DES:EXPENSES", 12_550)
    };
    assert_eq!(steps(&base().form("NEC", KODE, "3125.50", "").only()), [(Cause::Reimbursed, 12_550)]);
    let other = Case::default().paid("2025-03-01", KODE, 300_000).reimbursed("2025-04-02", "ACME DES:EXPENSES", 12_550);
    assert_eq!(other.form("NEC", KODE, "3125.50", "").only().verdict, Verdict::Larger(cents(12_550)));
}

#[test]
fn fees_that_the_platform_kept() {
    // 2,000 a piece, of which Upwork kept 10%: 1,800 came twice; the fee of 400 stands among the expenses.
    let case = Case::default().paid("2025-03-01", "Upwork", 180_000).paid("2025-05-01", "Upwork", 180_000).spent(
        "2025-12-31",
        "Upwork service fee",
        "commissions",
        40_000,
    );
    let one = case.form("K", "Upwork", "4000", "").only();
    assert_eq!((steps(&one), one.verdict), (vec![(Cause::Fees, 40_000)], Verdict::Explained));
}

#[test]
fn fees_that_stand_in_the_words_of_a_platform() {
    // Twice 1,000 less 35.20.
    let mut case = Case::default();
    for day in ["2025-02-01", "2025-03-01"] {
        case = case.paid_through("PayPal", day, KODE, 96_480);
        let row = case.movements.last_mut().expect("a row");
        row.description += " · less the fee of 35.20";
        assert_eq!(row.fee_kept(), Some(cents(3_520)));
    }
    let found = case.form("K", "PayPal", "2000", "").matches();
    assert_eq!((steps(&found[1]), &found[1].verdict), (vec![(Cause::FeesKept, 7_040)], &Verdict::Explained));
}

#[test]
fn tax_that_the_payer_withheld() {
    // 24% of 5,000.
    let case = Case::default().paid("2025-03-01", KODE, 380_000).form("NEC", KODE, "5000", "withheld = 1200");
    let (_, income) = case.of(2025, "2026-03-01");
    assert_eq!(steps(&income.matches[0]), [(Cause::Withheld, 120_000)]);
    assert_eq!(income.withheld().map(|(_, amount)| amount).collect::<Vec<_>>(), [Usd::dollars(1_200)]);
}

#[test]
fn one_payer_sends_two_forms_for_the_same_money() {
    let case = Case::default().paid("2025-03-01", "Upwork", 300_000);
    let one = case.form("NEC", "Upwork", "3000", "").form("K", "Upwork", "3000", "").only();
    assert_eq!((one.reported, steps(&one)), (Some(Usd::dollars(6_000)), vec![(Cause::Twice, 300_000)]));
}

#[test]
fn a_platform_reports_what_clients_paid_through_it() {
    let base = || {
        Case::default()
            .paid_through("PayPal", "2025-02-01", KODE, 100_000)
            .paid_through("PayPal", "2025-03-01", "Acme", 50_000)
            .paid("2025-04-01", KODE, 70_000)
    };
    let found = base().form("K", "PayPal", "1500", "").form("NEC", KODE, "700", "").matches();
    let told = |one: &Match| (one.name.clone(), one.received.cents(), one.verdict.clone());
    assert_eq!(
        found.iter().map(told).collect::<Vec<_>>(),
        [
            ("Acme".to_owned(), 0, Verdict::Elsewhere),
            (KODE.to_owned(), 70_000, Verdict::Agrees),
            ("PayPal".to_owned(), 150_000, Verdict::Agrees),
        ]
    );
    assert_eq!(found[1].through, [("PayPal".to_owned(), Usd::dollars(1_000))]);
    // The client's own form has the 1,000 once more.
    let found = base().form("K", "PayPal", "1500", "").form("NEC", KODE, "1700", "").matches();
    assert_eq!(steps(&found[1]), [(Cause::Twice, 100_000)]);
}

#[test]
fn fees_brought_in_as_money_of_the_platform_join_its_match() {
    let case = Case::default().paid_through("PayPal", "2025-02-01", KODE, 96_480).paid("2025-02-01", "PayPal", 3_520);
    let found = case.form("K", "PayPal", "1000", "").matches();
    let told: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.received.cents(), one.verdict.clone())).collect();
    assert_eq!(told, [(KODE, 0, Verdict::Elsewhere), ("PayPal", 100_000, Verdict::Agrees)]);
}

#[test]
fn a_platform_may_say_whose_payments_it_reports() {
    let case = Case::default().paid("2025-02-01", KODE, 100_000).paid("2025-02-01", "Acme", 80_000);
    let found = case.form("K", "Remote Pay", "1000", "clients = [\"kode health\"]").matches();
    let told: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.received.cents(), one.verdict.clone())).collect();
    assert_eq!(
        told,
        [
            ("Acme", 80_000, Verdict::Missing(FormKind::Nec)),
            (KODE, 0, Verdict::Elsewhere),
            ("Remote Pay", 100_000, Verdict::Agrees)
        ]
    );
}

#[test]
fn a_form_is_missing_from_the_amount_of_its_year_on() {
    let verdict = |year: i32, amount| {
        let case = Case::default().paid(&format!("{year}-05-01"), KODE, amount);
        let (_, income) = case.of(year, &format!("{}-03-01", year + 1));
        income.matches[0].verdict.clone()
    };
    assert_eq!(verdict(2024, 60_000), Verdict::Missing(FormKind::Nec));
    assert_eq!(verdict(2025, 60_000), Verdict::Missing(FormKind::Nec));
    assert_eq!(verdict(2025, 59_999), Verdict::NotNeeded);
    assert_eq!(verdict(2026, 200_000), Verdict::Missing(FormKind::Nec));
    assert_eq!(verdict(2026, 199_999), Verdict::NotNeeded);
}

#[test]
fn what_a_platform_settles_needs_no_form_of_the_client() {
    let case = |count: i32, amount: i64| {
        (0..count)
            .fold(Case::default(), |case, _| case.paid_through("PayPal", "2025-02-01", KODE, amount))
            .only()
            .verdict
    };
    assert_eq!(case(3, 100_000), Verdict::NotNeeded);
    // More than 20,000, but no more than 200 payments; then 201.
    assert_eq!(case(200, 10_100), Verdict::NotNeeded);
    assert_eq!(case(201, 10_000), Verdict::Missing(FormKind::K));
    assert_eq!(case(201, 9_900), Verdict::NotNeeded);
}

#[test]
fn a_form_has_time_until_the_end_of_january() {
    let verdict =
        |today| Case::default().paid("2025-05-01", KODE, 100_000).of(2025, today).1.matches[0].verdict.clone();
    // January 31, 2026 is a Saturday.
    assert_eq!(verdict("2025-12-31"), Verdict::NotYet(day("2026-02-02")));
    assert_eq!(verdict("2026-02-02"), Verdict::NotYet(day("2026-02-02")));
    assert_eq!(verdict("2026-02-03"), Verdict::Missing(FormKind::Nec));
    assert_eq!((furnished_by(2026), furnished_by(2024)), (day("2027-02-01"), day("2025-01-31")));
}

#[test]
fn a_form_that_nothing_explains_is_larger_or_smaller() {
    let verdict =
        |amount| Case::default().paid("2025-05-01", KODE, 100_000).form("NEC", KODE, amount, "").only().verdict;
    assert_eq!(verdict("1450.25"), Verdict::Larger(cents(45_025)));
    assert_eq!(verdict("700"), Verdict::Smaller(Usd::dollars(300)));
}

#[test]
fn a_form_of_nobody_known() {
    let case = || Case::default().paid("2025-05-01", KODE, 100_000);
    let verdict = |payer| case().form("NEC", payer, "1000", "").matches()[1].verdict.clone();
    assert_eq!(verdict("Kode Health, Inc."), Verdict::Stranger(Some(KODE.to_owned())));
    assert_eq!(verdict("Acme"), Verdict::Stranger(None));
}

#[test]
fn money_in_the_mail_is_seen_from_both_ends() {
    let case = Case::default()
        .stated("[[form_1099]]\nform = \"NEC\"\npayer = \"Kode Health\"\nyear = 2024\namount = \"900\"\n")
        .form("NEC", KODE, "5000", "")
        .paid("2025-01-03", KODE, 90_000)
        .paid("2025-06-03", KODE, 500_000);
    assert_eq!(steps(&case.only()), [(Cause::SentBefore, -90_000)]);
    let (earnings, income) = case.of(2024, "2026-03-01");
    closes(&earnings, &income);
    let [before] = &income.matches[..] else { panic!("one match") };
    assert_eq!((steps(before), &before.verdict), (vec![(Cause::SentAtTheEnd, 90_000)], &Verdict::Explained));
}

#[test]
fn two_forms_that_claim_the_same_payments_stay_open() {
    let case = Case::default().paid("2025-02-03", KODE, 500_000).paid("2025-06-03", KODE, 500_000);
    let case = case.form("NEC", KODE, "10000", "").form("K", "PayPal", "4000", "clients = [\"Kode Health\"]");
    let told: Vec<_> =
        case.matches().iter().map(|one| (one.name.clone(), one.verdict.clone(), one.steps.len())).collect();
    let contested = |other: &str| Verdict::Contested(vec![other.to_owned()]);
    assert_eq!(told, [(KODE.to_owned(), contested("PayPal"), 0), ("PayPal".to_owned(), contested(KODE), 0)]);
}

#[test]
fn a_row_that_later_payments_share_is_owed_once() {
    let case = Case::default().worked("2025-03-10", KODE, 100_000).paid("2025-06-01", KODE, 30_000);
    // Seen on May 1, neither the 300 of June nor the rest had come.
    let open = case.owed("2025-05-01")[0].open.iter().map(|(_, amount)| *amount).collect::<Vec<_>>();
    assert_eq!(open, [Usd::dollars(1_000)]);
}

#[test]
fn forms_lead_to_line_1() {
    let case = twelve_months()
        .form("NEC", KODE, "12000", "")
        .paid("2025-07-01", "Acme", 50_000)
        .paid("2025-08-01", "Zenith", 100_000)
        .form("NEC", "Zenith", "1450.25", "")
        .form("NEC", "Nobody", "75", "");
    let (earnings, income) = case.of(2025, "2026-03-01");
    closes(&earnings, &income);
    let found = income.reconciliation();
    // 12,000 + 1,450.25 + 75 = 13,525.25; + 500 of Acme - 100 by work - 450.25 - 75 = 13,400 = 11,900 + 500 + 1,000.
    assert_eq!((found.reported, found.without_form), (cents(1_352_525), Usd::dollars(500)));
    assert_eq!(
        (found.causes.as_slice(), found.unexplained),
        ([(Cause::ByWork, Usd::dollars(100))].as_slice(), cents(52_525))
    );
    assert_eq!((found.line_1, found.needs_statement()), (Usd::dollars(13_400), true));
}

#[test]
fn what_is_owed_is_the_latest_work() {
    let case = Case::default()
        .stated("[[payer]]\nname = \"Kode Health\"\ncycle = \"month\"\ndays = 30\n")
        .worked("2025-06-10", KODE, 100_000)
        .worked("2025-07-10", KODE, 100_000)
        .worked("2025-08-10", KODE, 100_000)
        .worked("2025-09-10", KODE, 100_000)
        .worked("2025-10-10", KODE, 100_000)
        .paid("2025-07-30", KODE, 150_000);
    // Earned 5,000, paid 1,500: half of July (due August 30), August (September 30), September (October 30), October
    // (November 30). On December 1 these are 93, 62, 32 and 1 days past.
    let [kode] = <[Receivable; 1]>::try_from(case.owed("2025-12-01")).expect("one payer");
    let dollars = Usd::dollars;
    assert_eq!(kode.owed, dollars(3_500));
    assert_eq!(kode.ages, [Usd::ZERO, dollars(1_000), dollars(1_000), dollars(1_000), dollars(500)]);
    assert_eq!((kode.open[0].0.worked, kode.open[0].1), (day("2025-07-10"), dollars(500)));
    assert_eq!((kode.ahead, kode.assumed, kode.overdue()), (None, false, dollars(3_500)));
    // On October 30 half of July is 61 days past, August 30, September due that day, October to come. On July 29 nothing is
    // paid yet and nothing due.
    let ages = |today| case.owed(today)[0].ages;
    assert_eq!(ages("2025-10-30"), [dollars(1_000), dollars(2_000), Usd::ZERO, dollars(500), Usd::ZERO]);
    assert_eq!(ages("2025-07-29"), [dollars(2_000), Usd::ZERO, Usd::ZERO, Usd::ZERO, Usd::ZERO]);
}

#[test]
fn payments_ahead_of_the_work_are_told() {
    let case = Case::default().worked("2025-03-10", KODE, 100_000).paid("2025-02-01", KODE, 30_000).paid(
        "2025-03-20",
        KODE,
        50_000,
    );
    let [kode] = <[Receivable; 1]>::try_from(case.owed("2025-04-01")).expect("one payer");
    assert_eq!(
        (kode.owed, kode.ahead),
        (Usd::dollars(200), Some(Ahead { on: day("2025-02-01"), amount: Usd::dollars(300) }))
    );
    // Paid in full and more: nothing is owed, never less than nothing, and it is told.
    let case = case.paid("2025-04-20", KODE, 45_000);
    let [kode] = <[Receivable; 1]>::try_from(case.owed("2025-05-01")).expect("one payer");
    assert_eq!((kode.owed, kode.ahead.map(|ahead| ahead.amount)), (Usd::ZERO, Some(Usd::dollars(300))));
    // 300 + 500 + 450 - 1,000 = 250 beyond the work.
    assert_eq!(case.only().straddle.expect("work").beyond, Usd::dollars(250));
}

#[test]
fn a_claw_back_does_not_make_work_owed_again() {
    let case = Case::default().worked("2025-03-10", KODE, 100_000).paid("2025-04-01", KODE, 100_000).paid(
        "2025-05-01",
        KODE,
        -10_000,
    );
    assert_eq!(case.owed("2025-06-01"), []);
}

#[test]
fn without_payments_work_counts_as_paid_when_due() {
    let case = Case::default().worked("2025-03-10", KODE, 100_000).worked("2025-05-10", KODE, 50_000);
    let [kode] = <[Receivable; 1]>::try_from(case.owed("2025-05-20")).expect("one payer");
    assert_eq!((kode.owed, kode.ages[0], kode.assumed), (Usd::dollars(500), Usd::dollars(500), true));
    assert_eq!(case.owed("2025-06-09"), []);
}

prop_compose! {
    /// A book of three payers over three years, some of it through a platform, and forms that may say anything.
    fn any_case()(
        work in prop::collection::vec((0u64..1_095, 0usize..3, 1i64..200_000), 0..30),
        money in prop::collection::vec((0u64..1_095, 0usize..3, -20_000i64..300_000, any::<bool>()), 0..20),
        forms in prop::collection::vec((0usize..5, 0i64..2_000_000, any::<bool>()), 0..6),
        fees in prop::collection::vec((0u64..1_095, 1i64..50_000), 0..3),
    ) -> Case {
        const NAMES: [&str; 5] = ["Kode Health", "Acme", "Zenith", "PayPal", "Nobody"];
        let on = |days: u64| (day("2024-01-01") + Days::new(days)).to_string();
        let mut case = Case::default().stated("[[payer]]\nname = \"Acme\"\ncycle = \"half-month\"\ndays = 20\n");
        for (days, payer, amount) in work {
            case = case.worked(&on(days), NAMES[payer], amount);
        }
        for (days, payer, amount, through) in money {
            case = if through {
                case.paid_through("PayPal", &on(days), NAMES[payer], amount)
            } else {
                case.paid(&on(days), NAMES[payer], amount)
            };
        }
        let mut seen = Vec::new();
        for (payer, amount, is_k) in forms {
            if !seen.contains(&(payer, is_k)) {
                seen.push((payer, is_k));
                case = case.form(if is_k { "K" } else { "NEC" }, NAMES[payer], &cents(amount).to_string(), "");
            }
        }
        for (days, amount) in fees {
            case = case.spent(&on(days), "PayPal", "commissions", amount);
        }
        case
    }
}

proptest! {
    #[test]
    fn every_book_closes_to_the_cent(case in any_case(), year in 2024i32..=2026) {
        let (earnings, income) = case.of(year, "2026-06-01");
        closes(&earnings, &income);
    }

    /// All work stands in an account once, all money that came in too; nothing owed is below zero.
    #[test]
    fn an_account_leaves_nothing_out(case in any_case(), at in 0u64..1_200) {
        let work = Work::each(&case.charts);
        let today = day("2024-01-01") + Days::new(at);
        for (name, _, account) in Books::of(&work, &case.payments, &[]).accounts() {
            let sum = |holds: &dyn Fn(&Part) -> bool| account.parts.iter().filter(|part| holds(part)).map(|part| part.amount).sum::<Usd>();
            let worked: Usd = work.days.iter().filter(|row| &*row.payer == name).map(|row| row.amount).sum();
            prop_assert_eq!(sum(&|part| part.work.is_some()), worked);
            let came: Usd = case.payments.iter().filter(|row| row.payer == name).map(|row| row.amount.floor0()).sum();
            let paid = sum(&|part| part.paid.is_some());
            prop_assert!(paid >= came);
            prop_assert!(account.assumed || paid == came);
            prop_assert!(account.owed(today).all(|(_, amount)| amount > Usd::ZERO));
        }
    }
}
