//! One's own files: a book made, filled, taken back, filled again.

use serde_json::Value;

use super::desk::{Desk, FILES, snapshot};

/// A desk with a new book and the three files.
fn begun() -> Desk {
    let desk = Desk::empty();
    desk.run(&["init", "--defaults"]).result();
    for file in FILES {
        desk.bring(&format!("demo/{file}"));
    }
    desk
}

/// The table of what an import did: new, known, batch for each file.
fn done(desk: &Desk, arguments: &[&str]) -> Vec<(i64, i64, Option<i64>)> {
    let arguments: Vec<&str> = ["import", "--format", "json"].iter().chain(arguments).copied().collect();
    let report: Value = serde_json::from_str(&desk.run(&arguments).result()).unwrap();
    let rows = report["sections"][0]["rows"].as_array().unwrap().clone();
    let row = |row: &Value| (row["new"].as_i64().unwrap(), row["known"].as_i64().unwrap(), row["batch"].as_i64());
    rows.iter().map(row).collect()
}

#[test]
fn from_nothing_to_the_answer() {
    let desk = begun();
    let arguments: Vec<&str> = ["import"].iter().chain(&FILES).copied().collect();
    snapshot("own_import", &desk.run(&arguments).result());
    snapshot("own_batches", &desk.run(&["batches"]).result());
    // Without a year and a birth date stated, the year is the latest with work; the rest is assumed aloud.
    snapshot("own_summary", &desk.run(&["summary"]).result());
    snapshot("own_tax", &desk.run(&["tax"]).result());
    snapshot("own_compare", &desk.run(&["compare"]).result());
}

#[test]
fn a_new_book_says_what_to_do_next() {
    let desk = begun();
    for command in ["summary", "tax", "compare"] {
        let ended = desk.run(&[command]);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""));
        assert!(
            ended.err.contains("the book has no records yet\nhint: bring some in: perchart import"),
            "{}",
            ended.err
        );
    }
    assert!(desk.run(&["list", "charts"]).result().contains("No such records."));
    assert!(desk.run(&["batches"]).result().contains("Nothing has been imported."));
    let ended = desk.run(&["undo"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert_eq!(ended.err, "error: the book is empty: there is no import to take back\n");
}

#[test]
fn a_second_import_brings_nothing_new() {
    let desk = begun();
    assert_eq!(done(&desk, &FILES), [(587, 0, Some(1)), (67, 0, Some(2)), (141, 0, Some(3))]);
    let before = desk.contents();
    assert_eq!(done(&desk, &FILES), [(0, 587, None), (0, 67, None), (0, 141, None)]);
    assert_eq!(desk.contents(), before);
}

#[test]
fn a_dry_run_leaves_the_book_as_it_is() {
    let desk = begun();
    done(&desk, &["charts.csv"]);
    let before = desk.contents();
    let checked = desk.run(&["import", "--dry-run", "--format", "json", "charts.csv", "payments.csv"]).result();
    let checked: Value = serde_json::from_str(&checked).unwrap();
    let row = |row: &Value| (row["rows"].as_i64(), row["new"].as_i64(), row["known"].as_i64());
    let rows: Vec<_> = checked.as_array().unwrap().iter().map(row).collect();
    assert_eq!(rows, [(Some(587), Some(0), Some(587)), (Some(67), Some(67), Some(0))]);
    assert_eq!(desk.contents(), before);
}

#[test]
fn undo_is_as_if_nothing_had_been_imported() {
    let desk = begun();
    let empty = desk.contents();
    done(&desk, &["charts.csv"]);
    let charts = desk.contents();
    done(&desk, &["payments.csv"]);
    let both = desk.contents();
    done(&desk, &["expenses.csv"]);
    snapshot("undo", &desk.run(&["undo"]).result());
    assert_eq!(desk.contents(), both);
    desk.run(&["undo", "2"]).result();
    assert_eq!(desk.contents(), charts);
    let ended = desk.run(&["undo", "2"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert_eq!(ended.err, "error: there is no batch 2; `perchart batches` lists the imports\n");
    assert_eq!(desk.contents(), charts);
    desk.run(&["undo"]).result();
    assert_eq!(desk.contents(), empty);
}

/// The return does not depend on the order or the number of imports.
#[test]
fn files_in_parts_make_the_same_return() {
    let (whole, parts) = (begun(), begun());
    done(&whole, &FILES);
    done(&parts, &["expenses.csv", "payments.csv"]);
    let text = std::fs::read_to_string(parts.path().join("charts.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let part = |name: &str, range: std::ops::Range<usize>| {
        let text = [&lines[..1], &lines[range]].concat().join("\n");
        std::fs::write(parts.path().join(name), text).unwrap();
    };
    part("late.csv", 300..lines.len());
    part("early.csv", 1..400);
    assert_eq!(done(&parts, &["late.csv", "early.csv"]), [(288, 0, Some(3)), (299, 100, Some(4))]);
    for arguments in [["tax", "--year", "2025", "--format", "json"], ["compare", "--year", "2025", "--format", "json"]]
    {
        assert_eq!(whole.run(&arguments).result(), parts.run(&arguments).result());
    }
}

/// A coder insured through the marketplace, with a health savings account, and a book of one payment.
fn insured(also: &str) -> Desk {
    let desk = Desk::empty();
    let profile = "tax_year = 2026\n[household]\nborn = 1985\noutside = []\n[household.hsa]\npaid = 4000\nself_months = 12\n\
                   [household.marketplace]\npremium = 600\nbenchmark = 650\nadvance = 300\n";
    std::fs::write(desk.path().join("perchart.toml"), format!("{profile}{also}")).unwrap();
    let payments = "received_on,payer,amount\n2026-12-15,Northside,120000.00\n";
    std::fs::write(desk.path().join("payments.csv"), payments).unwrap();
    desk.run(&["import", "payments.csv"]).result();
    desk
}

#[test]
fn a_marketplace_plan_and_a_health_savings_account_make_a_return() {
    let desk = insured("");
    let value = |reference: &str| desk.run(&["explain", reference]).result().lines().nth(1).unwrap().to_owned();
    // Self-employment: 120,000 x .9235 = 110,820; x .124 = 13,742, x .029 = 3,214: 16,956, half 8,478.
    // Income before premiums is over four times 15,650, whatever is deducted: 7,200 deducted, 3,600 advanced comes back.
    // 120,000 - 8,478 - 4,000 - 7,200 = 100,322; less 16,100: 84,222.
    // Qualified income 120,000 - 8,478 - 7,200 = 104,322, a fifth 20,864; a fifth of 84,222 is 16,844, and 67,378 is left.
    // 1,240 + 12% of 38,000 + 22% of (67,375 - 50,400) = 9,534.50, in the Tax Table 9,535. And 16,956 and 3,600: 30,091.
    for (reference, worked) in [
        ("schedule-1.13", "4,000.00"),
        ("schedule-1.17", "7,200.00"),
        ("form-1040.16", "9,535.00"),
        ("schedule-2.4", "16,956.00"),
        ("schedule-2.1a", "3,600.00"),
        ("form-1040.24a", "30,091.00"),
    ] {
        assert_eq!(value(reference), worked, "{reference}");
    }
    let costs = desk.run(&["tax"]).result();
    assert!(costs.contains("Marketplace premiums") && costs.contains("Health savings account"), "{costs}");
    assert!(!costs.contains("count twice"), "{costs}");
    for fact in ["own-benefits.hsa", "own-benefits.hsa_self_months", "marketplace.premium", "marketplace@12.advance"] {
        assert!(desk.run(&["explain", fact]).result().contains("From perchart.toml."), "{fact}");
    }
    // The plan and the account are the contract's: 7,200 less 3,600 paid in advance, and no Form 8962 beside the job.
    assert_eq!(value("contract-year.marketplace"), "3,600.00");
    assert_eq!(value("contract-year.premium"), "3,600.00");
    assert_eq!(value("contract/schedule-1.13"), "4,000.00");
    assert_eq!(value("job/schedule-1.13"), "0.00");
    assert_eq!(value("job/form-8962.1"), "0");
}

#[test]
fn a_premium_that_may_count_twice_is_a_caution() {
    let desk = insured("[benefits]\nhealth_premium = 7200\n");
    for command in ["tax", "compare"] {
        assert!(desk.run(&[command]).result().contains("they count twice"), "{command}");
    }
    assert!(!insured("[benefits]\ndental_premium = 300\n").run(&["tax"]).result().contains("count twice"));
}

#[test]
fn a_spouse_s_business_is_on_the_joint_return() {
    let desk = Desk::with_sample();
    desk.restate("\"single\"", "\"joint\"");
    let value = |reference: &str| desk.run(&["explain", reference]).result();
    let file = desk.path().join("perchart.toml");
    let stated = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{stated}[household.spouse]\nborn = 1983\nprofit = 10000\n")).unwrap();
    assert!(value("schedule-c@spouse.31").contains("10,000.00"));
    assert!(value("business@spouse.gross_receipts").contains("From perchart.toml."));
    // 10,000 x .9235 = 9,235; x .124 = 1,145, x .029 = 268.
    assert!(value("schedule-se@spouse.12").contains("1,413.00"));
    // Her own business costs its own tax alone, as without a spouse.
    assert!(value("schedule-2.4").contains("6,410.00"));
    let costs = desk.run(&["tax"]).result();
    let row = costs.lines().find(|line| line.contains("both halves")).unwrap();
    assert!(row.contains(" 4,997.00 "), "{row}");
    // The job comes beside the spouse's business too.
    assert!(value("job/schedule-c@spouse.31").contains("10,000.00"));
}

#[test]
fn utf16_with_its_mark_is_read() {
    let desk = Desk::with_profile();
    desk.bring("imports/payments-utf16.csv");
    let ended = desk.run(&["import", "payments-utf16.csv"]);
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (0, "payments-utf16.csv: read as UTF-16LE\npayments-utf16.csv: not read and not stored: Memo\n")
    );
    assert!(desk.run(&["list", "payments"]).result().contains("2 records"));
}

#[test]
fn patient_data_is_left_unread_where_asked() {
    let desk = Desk::with_profile();
    desk.bring("bad/patient-data.csv");
    let ended = desk.run(&["import", "patient-data.csv", "--phi", "strip"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.err.contains("looks like patient data, not read and not stored: MRN, Patient Name"), "{}", ended.err);
    let quiet = desk.run(&["-q", "import", "patient-data.csv", "--phi", "strip"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
}

#[test]
fn a_book_is_found_from_below_and_by_name() {
    let desk = Desk::with_sample();
    let here = desk.run(&["tax"]).result();
    std::fs::create_dir_all(desk.path().join("papers/2025")).unwrap();
    let from = |command: snapbox::cmd::Command| {
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let below = desk.command(&["tax"]).current_dir(desk.path().join("papers/2025"));
    assert_eq!(from(below), (Some(0), here.clone()));
    let away = std::env::temp_dir();
    assert_eq!(
        from(desk.command(&["tax"]).current_dir(&away).env("PERCHART_BOOK", desk.path())),
        (Some(0), here.clone())
    );
    let named = desk.command(&["tax", "--book", desk.path().to_str().unwrap()]).current_dir(&away);
    assert_eq!(from(named), (Some(0), here));
}

#[test]
fn a_batch_goes_from_file_to_file_and_never_over_its_input() {
    let desk = Desk::empty();
    let households = "id,year,status,age,se\n7,2025,single,35,60000\n8,2025,single,35,a lot\n";
    std::fs::write(desk.path().join("in.csv"), households).unwrap();
    let ended = desk.run(&["batch", "in.csv", "-o", "out.csv"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("in.csv: line 3, se: found \"a lot\", expected whole dollars"), "{}", ended.err);
    assert!(!desk.path().join("out.csv").exists());
    let kept = desk.run(&["batch", "in.csv", "-o", "out.csv", "--keep-going", "--round", "cents"]);
    assert_eq!(kept.code, 1);
    let written = std::fs::read_to_string(desk.path().join("out.csv")).unwrap();
    // 60,000 x .9235 x .153 = 8,477.73.
    assert!(written.lines().nth(1).unwrap().starts_with("7,8477.73,4238.87,55761.13,"), "{written}");
    let over = desk.run(&["batch", "in.csv", "-o", "./in.csv", "--keep-going"]);
    assert!(over.code != 0 && over.err.contains("both the input and the output"), "{}", over.err);
    assert_eq!(std::fs::read_to_string(desk.path().join("in.csv")).unwrap(), households);
}
