//! What cannot be done: exit code and words, nothing on stdout, the book as it was.

use std::fmt::Write;

use super::desk::{Desk, snapshot};

/// Runs commands that fail; the words of all are one snapshot.
fn refused(name: &str, desk: &Desk, cases: &[(&[&str], i32)]) {
    let mut all = String::new();
    for (arguments, code) in cases {
        told(&mut all, desk, arguments, *code, "");
    }
    snapshot(name, &all);
}

fn told(all: &mut String, desk: &Desk, arguments: &[&str], code: i32, with: &str) {
    let ended = desk.run(arguments);
    assert_eq!((ended.code, ended.out.as_str()), (code, ""), "{arguments:?}: {}", ended.err);
    assert!(!ended.err.contains("fault of perchart"), "{}", ended.err);
    let with = if with.is_empty() { String::new() } else { format!("   # {with}") };
    writeln!(all, "$ perchart {}{with}\n{}=> {code}\n", arguments.join(" "), ended.err).unwrap();
}

#[test]
fn files_that_cannot_be_read() {
    let desk = Desk::with_profile();
    desk.bring("demo/charts.csv");
    desk.run(&["import", "charts.csv"]).result();
    let before = desk.contents();
    let mut all = String::new();
    for file in [
        "missing-column.csv",
        "impossible-date.csv",
        "negative-count.csv",
        "rate-typo.csv",
        "empty.csv",
        "header-only.csv",
        "workbook.csv",
        "unknown-category.csv",
        "unknown-kind.csv",
        "near-miss-header.csv",
        "patient-data.csv",
        "open-quote.csv",
    ] {
        desk.bring(&format!("bad/{file}"));
        told(&mut all, &desk, &["import", file], 1, "");
        assert_eq!(desk.contents(), before, "{file}");
    }
    std::fs::create_dir(desk.path().join("statements")).unwrap();
    told(&mut all, &desk, &["import", "statements"], 1, "");
    told(&mut all, &desk, &["import", "nowhere.csv"], 1, "");
    // A good file beside a bad one is not imported either.
    desk.bring("demo/payments.csv");
    told(&mut all, &desk, &["import", "payments.csv", "rate-typo.csv"], 1, "");
    told(&mut all, &desk, &["import", "--dry-run", "rate-typo.csv"], 1, "");
    told(&mut all, &desk, &["import", "payments.csv", "--as", "expenses"], 1, "");
    told(&mut all, &desk, &["import", "payments.csv", "--as", "invoices"], 2, "");
    told(&mut all, &desk, &["import"], 2, "");
    assert_eq!(desk.contents(), before);
    snapshot("refused_files", &all);
}

/// The sample's profile, changed in one place: what every reader of it says.
#[test]
fn profiles_that_cannot_be_used() {
    let cases: [(&str, &str, &str, i32); 16] = [
        ("born = 1984", "bron = 1984", "summary", 1),
        ("[job] ", "[jobs] ", "compare", 1),
        ("wage = 24.16", "wage = \"a lot\"", "compare", 1),
        ("wage = 24.16", "wage = true", "tax", 1),
        ("wage = 24.16", "wage = 24,16", "tax", 1),
        ("vacation = 11", "vacation = 11.5", "compare", 1),
        ("\"single\"", "\"married\"", "tax", 1),
        ("tax_year = 2025", "tax_year = \"last year\"", "summary", 1),
        ("tax_year = 2025", "tax_year = 2019", "summary", 3),
        ("outside = []", "outside = [\"farming\"]", "tax", 1),
        ("outside = []", "outside = [\"unemployment\"]", "tax", 1),
        ("outside = []", "outside = [\"farm\"]", "tax", 3),
        ("outside = []", "outside = [\"farm\", \"inventory\"]", "compare", 3),
        ("home_office_square_feet = 120", "home_office_square_feet = 120\nhome_office_expenses = 1800", "tax", 1),
        ("[days]", "[household.marketplace]\npremium = [520, 520]\n[days]", "tax", 1),
        ("\"single\"", "\"joint\"", "tax", 3),
    ];
    let mut all = String::new();
    for (from, to, command, code) in cases {
        let desk = Desk::with_sample();
        desk.restate(from, to);
        told(&mut all, &desk, &[command], code, &to.replace('\n', " / "));
    }
    snapshot("refused_profiles", &all);
}

/// The deductions stand without a return; what cannot be had is refused by name.
#[test]
fn a_refused_return_leaves_the_summary_standing() {
    let desk = Desk::with_sample();
    desk.restate("outside = []", "outside = [\"farm\"]");
    let ended = desk.run(&["summary"]);
    assert_eq!(ended.code, 3);
    assert!(ended.out.contains("Code books and manuals") && !ended.out.contains("Net profit"), "{}", ended.out);
    assert!(ended.err.contains("a farm (Schedule F)"), "{}", ended.err);
    assert!(ended.err.contains("hint: the summary above stands; the return does not"), "{}", ended.err);
    assert!(desk.run(&["explain", "summary.books"]).result().contains("$661.74"));
    let ended = desk.run(&["explain", "schedule-se.12"]);
    assert_eq!((ended.code, ended.out.as_str()), (3, ""));
}

#[test]
fn questions_that_make_no_sense() {
    let cases: &[(&[&str], i32)] = &[
        (&["tax", "--year", "2019"], 3),
        (&["compare", "--year", "2031"], 3),
        (&["tax", "--year", "1900"], 2),
        (&["compare", "--what-if", "job.wgae=40"], 2),
        (&["compare", "--what-if", "premium=9000"], 2),
        (&["compare", "--what-if", "luck=1"], 2),
        (&["compare", "--what-if", "job.wage=-4"], 2),
        (&["compare", "--what-if", "vesting=2"], 2),
        (&["compare", "--what-if", "wage"], 2),
        (&["compare", "--what-if", "wage=forty"], 2),
        (&["explain", "schedule-se.99"], 2),
        (&["explain", "summary.bokks"], 2),
        (&["explain", "form-1040.11"], 2),
        (&["explain", "everything"], 2),
        (&["explain", ""], 2),
        (&["explain"], 2),
        (&["list", "fees"], 2),
        (&["list", "charts", "--category", "books"], 2),
        (&["list", "expenses", "--category", "bokks"], 2),
        (&["list", "charts", "--from", "2025-02-30"], 2),
        (&["list", "charts", "--from", "2025-12-01", "--to", "2025-01-01"], 2),
        (&["undo", "99"], 1),
        (&["undo", "first"], 2),
        (&["sumary"], 2),
    ];
    refused("refused_questions", &Desk::with_sample(), cases);
}

#[test]
fn a_book_that_is_not_there() {
    let desk = Desk::empty();
    let cases: &[(&[&str], i32)] = &[
        (&["summary"], 1),
        (&["import", "charts.csv"], 1),
        (&["tax", "--book", "elsewhere"], 1),
        (&["compare", "--book", ""], 2),
    ];
    refused("refused_places", &desk, cases);
    let ended = desk.command(&["tax"]).env("PERCHART_BOOK", "gone").output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&ended.stderr),
        "error: gone has no perchart.toml (PERCHART_BOOK names that directory)\nhint: make a book there: perchart init gone\n"
    );
    assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn a_book_that_is_something_else() {
    let desk = Desk::with_profile();
    std::fs::write(desk.path().join("book.db"), "my books\n".repeat(1000)).unwrap();
    let mut all = String::new();
    told(&mut all, &desk, &["list", "charts"], 1, "book.db is a text file");
    let desk = Desk::with_sample();
    let book = std::fs::read(desk.path().join("book.db")).unwrap();
    std::fs::write(desk.path().join("book.db"), &book[..book.len() / 2]).unwrap();
    told(&mut all, &desk, &["summary"], 1, "book.db is cut in half");
    snapshot("refused_books", &all);
}
