//! Rows of statements: what they are, what the user says of them, and what of it reaches the year.

use chrono::NaiveDate;
use perchart::book::entry::{Kind, Movement, Origin};
use perchart::book::{Book, Corrected, Correction, Mode, NewBatch, Says};
use perchart::money::Usd;

use super::desk::{Desk, snapshot};

const ROWS: [(&str, &str, &str, i64); 14] = [
    ("Chase card 9876", "2025-01-06", "AMA BOOKSTORE CHICAGO IL", -12_699),
    ("Chase card 9876", "2025-01-09", "AMZN Mktp US*2K4AB", -4_500),
    ("Chase card 9876", "2025-01-15", "Amazon.com REFUND", 4_500),
    ("Chase card 9876", "2025-01-20", "ADOBE *ACROPRO SUBS", -2_399),
    ("Chase card 9876", "2025-01-21", "OLD NAVY US 6123", -8_000),
    ("Chase card 9876", "2025-02-05", "Payment Thank You-Mobile", 23_098),
    ("Chase checking 1234", "2025-02-03", "CHASE CREDIT CRD AUTOPAY", -23_098),
    ("Chase checking 1234", "2025-02-10", "KODE HEALTH DES:DIRECT DEP ID:XX", 150_000),
    ("Chase checking 1234", "2025-02-11", "COMCAST CABLE COMM", -8_000),
    ("Chase checking 1234", "2025-03-11", "COMCAST CABLE COMM", -8_000),
    ("Chase checking 1234", "2025-04-11", "COMCAST CABLE COMM", -8_000),
    ("Chase checking 1234", "2025-04-15", "IRS USATAXPYMT 2704", -50_000),
    ("Chase checking 1234", "2025-04-20", "QZXW HOLDINGS 44", 30_000),
    ("Chase checking 1234", "2025-05-02", "Online Transfer to SAV ...5555", -20_000),
];

/// A desk whose book holds the rows of a statement.
fn with_statement() -> Desk {
    let desk = Desk::empty();
    let profile = "tax_year = 2025\n[[payer]]\nname = \"Kode Health Inc\"\n";
    std::fs::write(desk.path().join("perchart.toml"), profile).unwrap();
    let mut book = Book::open(desk.path()).unwrap();
    let batch = NewBatch { file: "bank.csv".to_owned(), imported_at: "2025-06-01T00:00:00Z".to_owned() };
    let mut importing = book.import(Kind::Bank, batch, Mode::Store).unwrap();
    for (line, (account, date, description, cents)) in (2..).zip(ROWS) {
        let movement = Movement {
            id: 0,
            origin: Origin { batch: 0, line },
            account: account.to_owned(),
            date: date.parse::<NaiveDate>().unwrap(),
            description: description.to_owned(),
            amount: Usd::from_cents(cents),
            currency: "USD".to_owned(),
            balance: None,
            bank_id: None,
            hint: String::new(),
        };
        importing.movement(&movement).unwrap();
    }
    importing.finish(None).unwrap();
    desk
}

#[test]
fn rows_are_sorted_and_count() {
    let desk = with_statement();
    snapshot("statements_begun", &desk.run(&["categorize"]).result());
    snapshot("statements_summary", &desk.run(&["summary", "--rows"]).result());
    let explained = desk.run(&["explain", "summary.books"]).result();
    assert!(explained.contains("bank.csv:2"), "{explained}");
    let explained = desk.run(&["explain", "received.kode-health-inc"]).result();
    assert!(explained.contains("bank.csv:9"), "{explained}");
}

#[test]
fn an_answer_counts_is_learned_and_is_forgotten() {
    let desk = with_statement();
    let before = desk.run(&["summary"]).result();
    let ended = desk.run(&["categorize", "--set", "9=internet"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("which share of it is for the business?"), "{}", ended.err);
    assert!(ended.err.contains("--set 9=internet@60%"), "{}", ended.err);
    desk.run(&["categorize", "--set", "2=office", "--set", "13=private"]).result();
    let answered = desk.run(&["categorize", "--set", "9=internet@60%", "--set", "10=internet@60%"]).result();
    snapshot("statements_answered", &answered);
    std::fs::write(desk.path().join("rules.toml"), "# My own words.\n").unwrap();
    snapshot("statements_learned", &desk.run(&["categorize", "--learn"]).result());
    let rules = std::fs::read_to_string(desk.path().join("rules.toml")).unwrap();
    snapshot("statements_rules", &rules);
    let after = desk.run(&["categorize", "--year", "2025"]).result();
    snapshot("statements_after", &after);
    for row in ["2", "9", "10", "13"] {
        desk.run(&["categorize", "--forget", row]).result();
    }
    std::fs::remove_file(desk.path().join("rules.toml")).unwrap();
    assert_eq!(desk.run(&["summary"]).result(), before);
}

#[test]
fn what_cannot_be_kept_changes_nothing() {
    let desk = with_statement();
    let before = desk.run(&["categorize"]).result();
    let ended = desk.run(&["categorize", "--set", "2=office", "--set", "99=private"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("there is no row 99 of a statement"), "{}", ended.err);
    assert_eq!(desk.run(&["categorize"]).result(), before);
    std::fs::write(desk.path().join("rules.toml"), "[[rule]]\nname = \"X\"\nvendor = [\"x\"]\n").unwrap();
    let ended = desk.run(&["summary"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("rules.toml: rule \"X\": it needs either `category` or `use`"), "{}", ended.err);
}

#[test]
fn an_undo_takes_what_followed_from_the_statement() {
    let desk = with_statement();
    desk.run(&["undo"]).result();
    assert!(desk.run(&["categorize"]).result().contains("No such rows of statements"));
}

#[test]
fn programs_read_it_too() {
    let desk = with_statement();
    let text = desk.run(&["categorize", "--format", "json", "--label", "assumed"]).result();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["report"], "categorize");
    let row = &report["sections"][0]["rows"][0];
    assert_eq!((row["id"].as_i64(), row["is"].as_str()), (Some(4), Some("software")));
}

#[test]
fn what_is_said_of_an_expense_of_a_file_counts() {
    let desk = Desk::with_sample();
    let rests_on_it = |category: &str| {
        let explained = desk.run(&["explain", &format!("summary.{category}")]).result();
        explained.lines().any(|line| line.trim_end().ends_with("expenses.csv:4"))
    };
    assert!(rests_on_it("gym"));
    let mut book = Book::open(desk.path()).unwrap();
    let expense = book.expenses(None).unwrap().into_iter().find(|row| row.origin.line == 4).unwrap();
    let says = Says::Category("education".to_owned());
    let set_at = "2026-01-01T00:00:00Z".to_owned();
    let correction = Correction { says, share_millionths: 500_000, payer: String::new(), set_at };
    book.correct(Corrected::Expense(expense.id), &correction).unwrap();
    assert!(!rests_on_it("gym"));
    assert!(rests_on_it("education"));
}
