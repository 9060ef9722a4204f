//! The sample book: what its commands print.

use serde_json::Value;

use super::desk::{Desk, snapshot};

/// Runs commands on the sample book; each result is a snapshot under its name.
fn printed(cases: &[(&str, &[&str])]) {
    let desk = Desk::with_sample();
    for (name, arguments) in cases {
        snapshot(name, &desk.run(arguments).result());
    }
}

#[test]
fn the_demo_needs_nothing_and_leaves_nothing() {
    let desk = Desk::empty();
    snapshot("demo", &desk.run(&["demo"]).result());
    assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 0);
}

#[test]
fn the_demo_keeps_its_book_where_it_is_asked_to() {
    let desk = Desk::empty();
    let told = desk.run(&["demo", "sample"]).result();
    assert!(told.contains("The sample book is in sample: cd there and try the commands."), "{told}");
    let again = desk.run(&["demo", "sample"]);
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    assert!(again.err.contains("sample holds a book already and is left as it is"), "{}", again.err);
    assert!(desk.run(&["tax", "--book", "sample"]).result().starts_with("Federal tax 2025\n"));
}

#[test]
fn the_summary_in_every_format() {
    printed(&[
        ("summary_text", &["summary"]),
        ("summary_csv", &["summary", "--format", "csv"]),
        ("summary_md", &["summary", "--format", "md"]),
        ("summary_json", &["summary", "--format", "json"]),
        ("summary_rows", &["summary", "--rows"]),
    ]);
}

#[test]
fn the_return() {
    printed(&[
        ("tax", &["tax"]),
        ("tax_schedule_se", &["tax", "--form", "schedule-se"]),
        ("tax_2024", &["tax", "--year", "2024"]),
        ("tax_2026", &["tax", "--year", "2026"]),
        ("tax_in_cents", &["tax", "--round", "cents", "--form", "form-1040"]),
    ]);
}

#[test]
fn a_form_that_is_not_in_the_return_is_wrong_usage() {
    let ended = Desk::with_sample().run(&["tax", "--form", "schedule-x"]);
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("there are: business-deduction, care-earnings, "), "{}", ended.err);
}

#[test]
fn the_comparison() {
    printed(&[("compare", &["compare"]), ("compare_what_if", &["compare", "--what-if", "job.wage=40"])]);
}

#[test]
fn a_percentage_and_a_dollar_sign_may_be_written() {
    let desk = Desk::with_sample();
    let plain = desk.run(&["compare", "--what-if", "job.wage=40", "--what-if", "failed_qa=0.05"]).result();
    let signs = desk.run(&["compare", "--what-if", "wage=$40", "--what-if", "contract.failed_qa=5%"]).result();
    assert_eq!(plain, signs);
}

#[test]
fn numbers_are_explained() {
    printed(&[
        ("explain_line", &["explain", "schedule-se.12"]),
        ("explain_category", &["explain", "summary.books"]),
        ("explain_comparison", &["explain", "compare.net_per_hour"]),
        ("explain_law", &["explain", "law.se.wage_base"]),
        ("explain_received", &["explain", "received.all"]),
        ("explain_setting", &["explain", "contract.fee"]),
    ]);
}

#[test]
fn records_are_listed_and_filtered() {
    printed(&[
        ("list_charts", &["list", "charts", "--from", "2025-12-20", "--client", "north"]),
        ("list_payments", &["list", "payments", "--year", "2026"]),
        ("list_expenses", &["list", "expenses", "--category", "books", "--to", "2025-06-30"]),
        ("list_nothing", &["list", "expenses", "--client", "nobody"]),
        ("batches", &["batches"]),
    ]);
}

/// Keys under which every report writes money.
const MONEY: [&str; 9] =
    ["amount", "counts", "deducted", "earned", "paid", "received", "contract", "job", "job_from_home"];

fn is_money(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(cents) && cents.len() == 2
}

/// Counts the amounts; every number is an integer.
fn amounts(value: &Value, key: &str) -> usize {
    match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| amounts(value, key)).sum(),
        Value::Array(values) => values.iter().map(|value| amounts(value, key)).sum(),
        Value::String(text) if MONEY.contains(&key) => {
            assert!(is_money(text), "{key}: {text}");
            1
        }
        Value::Number(number) => {
            assert!(number.is_i64() && !MONEY.contains(&key), "{key}: {number}");
            0
        }
        _ => 0,
    }
}

#[test]
fn money_in_json_is_text_with_cents() {
    let desk = Desk::with_sample();
    let cases: [(&[&str], usize); 6] = [
        (&["demo"], 100),
        (&["summary", "--rows"], 200),
        (&["tax"], 10),
        (&["list", "payments"], 67),
        (&["list", "expenses"], 141),
        (&["explain", "received.all"], 67),
    ];
    for (arguments, least) in cases {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
        let report: Value = serde_json::from_str(&desk.run(&arguments).result()).unwrap();
        // The hours of the two sides are quantities under the same keys.
        let sections = report["sections"].as_array().unwrap().iter().filter(|section| section["id"] != "hours");
        let count: usize = sections.map(|section| amounts(&section["rows"], "")).sum();
        assert!(count >= least, "{arguments:?}: {count}");
    }
}

#[test]
fn every_figure_of_the_csv_is_in_the_json() {
    let desk = Desk::with_sample();
    let json: Value = serde_json::from_str(&desk.run(&["summary", "--format", "json"]).result()).unwrap();
    let table = desk.run(&["summary", "--format", "csv"]).result();
    let mut count = 0;
    for line in csv::Reader::from_reader(table.as_bytes()).deserialize() {
        let (section, row, _, _, column, value, _): (String, usize, String, String, String, String, String) =
            line.unwrap();
        let section = json["sections"].as_array().unwrap().iter().find(|other| other["id"] == section.as_str());
        let cell = &section.unwrap()["rows"][row - 1][&column];
        let same = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
        assert_eq!(value, same);
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_closed_pipe_is_success() {
    let desk = Desk::with_sample();
    let cases: [&[&str]; 9] = [
        &["demo"],
        &["summary", "--rows"],
        &["tax"],
        &["compare"],
        &["explain", "schedule-se.12"],
        &["explain", "--all"],
        &["list", "charts"],
        &["batches"],
        &["--help"],
    ];
    for arguments in cases {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let command = std::process::Command::new(snapbox::cmd::cargo_bin!("perchart"))
            .args(arguments)
            .current_dir(desk.path())
            .env_remove("PERCHART_BOOK")
            .stdout(writer)
            .output();
        let ended = command.unwrap();
        assert_eq!(
            (ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let desk = Desk::with_sample();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let ended = std::process::Command::new(snapbox::cmd::cargo_bin!("perchart"))
        .args(["list", "charts"])
        .current_dir(desk.path())
        .env_remove("PERCHART_BOOK")
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1));
    assert!(told.starts_with("error: cannot write to standard output: No space left"), "{told}");
}
