//! Statements, deposits and Forms 1099, what is owed, and letters.

use serde_json::Value;

use super::desk::{Desk, snapshot};

#[test]
fn the_sample_is_matched() {
    let desk = Desk::with_sample();
    snapshot("income", &desk.run(&["income"]).result());
    snapshot("income_later", &desk.run(&["income", "--today", "2026-03-15"]).result());
    snapshot("income_letter", &desk.run(&["income", "--letter", "meridian"]).result());
    snapshot(
        "income_letter_md",
        &desk.run(&["income", "--letter", "Meridian Health Coding", "--format", "md"]).result(),
    );
    snapshot("income_2026", &desk.run(&["income", "--year", "2026"]).result());
}

/// Every kind of difference; invented.
fn with_differences() -> Desk {
    let desk = Desk::empty();
    let form = |kind: &str, payer: &str, amount: &str, more: &str| {
        format!("[[form_1099]]\nform = \"{kind}\"\npayer = \"{payer}\"\nyear = 2025\namount = {amount}\n{more}\n")
    };
    let profile = [
        "tax_year = 2025\n[household]\nfiling_status = \"single\"\nborn = 1980\noutside = []\n".to_owned(),
        form("NEC", "By Work", "3000", ""),
        form("NEC", "Withholder", "5000", "withheld = 1200"),
        form("NEC", "Too Much", "1450.25", ""),
        form("MISC", "Too Little", "700", ""),
        form("NEC", "Agrees Well, Inc.", "650", ""),
        form("K", "Two Forms", "2000", ""),
        form("NEC", "Two Forms", "2000", ""),
    ];
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).unwrap();
    write("perchart.toml", &profile.concat());
    write(
        "charts.csv",
        "work_date,payer,chart_type,count,rejected,rate,amount,minutes,accuracy,paid_on\n\
         2024-12-20,By Work,E/M,400,0,2.00,800.00,,,\n\
         2025-05-10,By Work,E/M,1000,0,2.00,2000.00,,,\n\
         2025-12-15,By Work,E/M,500,0,2.00,1000.00,,,\n\
         2025-03-01,Late Payer,E/M,300,0,2.00,600.00,,,\n\
         2025-09-01,Late Payer,E/M,100,0,2.00,200.00,,,\n",
    );
    write(
        "payments.csv",
        "received_on,payer,amount,reference\n\
         2025-01-20,By Work,800.00,S-1\n2025-06-10,By Work,2000.00,S-2\n2026-01-20,By Work,1000.00,S-3\n\
         2025-04-01,Withholder,3800.00,W-1\n2025-05-01,Too Much,1000.00,M-1\n2025-05-01,Too Little,1000.00,L-1\n\
         2025-05-02,Agrees Well,650.00,A-1\n2025-06-02,Two Forms,2000.00,T-1\n2025-07-02,No Form,600.00,N-1\n\
         2025-07-03,Small One,599.99,O-1\n2025-04-01,Late Payer,250.00,P-1\n2026-02-10,Late Payer,10.00,P-2\n",
    );
    desk.run(&["import", "charts.csv", "payments.csv"]).result();
    desk
}

#[test]
fn every_kind_of_difference_is_told() {
    let desk = with_differences();
    snapshot("income_differences", &desk.run(&["income"]).result());
    for (name, payer) in
        [("missing", "no-form"), ("larger", "Too Much"), ("unknown", "Agrees Well, Inc."), ("by_work", "by work")]
    {
        snapshot(&format!("income_letter_{name}"), &desk.run(&["income", "--letter", payer]).result());
    }
    let told = desk.run(&["summary"]).result();
    for caution in ["Withholder paid $1,200.00 of its 2025 money to the IRS", "Too Much reports $450.25 more for 2025"]
    {
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(caution), "{told}");
    }
}

/// Tax withheld stands on the return, and its line is explained.
#[test]
fn tax_withheld_reaches_the_return() {
    let desk = with_differences();
    let explained = desk.run(&["explain", "form-1040.25b"]).result();
    assert!(explained.contains("1,200"), "{explained}");
}

#[test]
fn where_there_is_nothing_to_ask_no_letter_is_written() {
    let desk = with_differences();
    let told = |arguments: &[&str]| {
        let ended = desk.run(&[&["income", "--letter"], arguments].concat());
        assert_eq!(ended.out, "");
        (ended.code, ended.err)
    };
    let cases: [&[&str]; 4] = [&["Small One"], &["no-form", "--today", "2026-01-15"], &["nobody"], &["withholder"]];
    let told: Vec<String> = cases.iter().map(|case| told(case)).map(|(code, err)| format!("{code}\n{err}")).collect();
    snapshot("income_no_letter", &told.join("\n"));
}

/// A platform's statement shows what is left after fees; its form, what was before them.
#[test]
fn a_platform_is_matched_by_its_statement() {
    let desk = Desk::empty();
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).unwrap();
    write(
        "perchart.toml",
        "tax_year = 2025\n[household]\noutside = []\n[[payer]]\nname = \"Kode Health\"\n\
         [[form_1099]]\npayer = \"PayPal\"\nform = \"K\"\nyear = 2025\namount = 2000\n",
    );
    write(
        "paypal.csv",
        "\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Balance\"\n\
         \"02/14/2025\",\"10:00:00\",\"PST\",\"Kode Health\",\"General Payment\",\"Completed\",\"USD\",\"1,000.00\",\"-35.20\",\"964.80\",\"a@example.org\",\"b@example.org\",\"1AB23456CD789012E\",\"964.80\"\n\
         \"03/14/2025\",\"10:00:00\",\"PST\",\"Kode Health\",\"General Payment\",\"Completed\",\"USD\",\"1,000.00\",\"-35.20\",\"964.80\",\"a@example.org\",\"b@example.org\",\"1AB23456CD789012F\",\"1,929.60\"\n",
    );
    assert_eq!(desk.run(&["import", "paypal.csv", "--account", "PayPal"]).code, 0);
    snapshot("income_platform", &desk.run(&["income"]).result());
    // The fees brought in as the platform's money, and as an expense.
    write("payments.csv", "received_on,payer,amount,reference\n2025-12-31,PayPal,70.40,fees\n");
    desk.run(&["import", "payments.csv"]).result();
    let told = desk.run(&["income"]).result();
    assert!(told.contains("agrees") && !told.contains("needs you"), "{told}");
}

/// Money in cents.
fn cents(cell: &Value) -> i64 {
    cell.as_str().map_or(0, |text| text.replace('.', "").parse().unwrap())
}

/// The rows of each table come to its totals, and the last total of the forms to Schedule C line 1.
#[test]
fn totals_are_the_sums_of_their_rows() {
    for desk in [Desk::with_sample(), with_differences()] {
        let report: Value = serde_json::from_str(&desk.run(&["income", "--format", "json"]).result()).unwrap();
        let rows = |id: &str| {
            let sections = report["sections"].as_array().unwrap();
            sections.iter().find(|section| section["id"] == id).unwrap()["rows"].as_array().unwrap().clone()
        };
        let is = |row: &Value, weight: &str| row["weight"] == weight;
        for column in ["statements", "received", "reported"] {
            let rows = rows("match");
            let sum: i64 = rows.iter().filter(|row| row["weight"].is_null()).map(|row| cents(&row[column])).sum();
            assert_eq!(sum, cents(&rows.last().unwrap()[column]), "{column}");
        }
        for id in ["straddle", "forms_to_line_1"] {
            let mut sum = 0;
            for row in rows(id) {
                let amount = cents(&row["amount"]);
                if is(&row, "total") {
                    assert_eq!(sum, amount, "{id}: {row}");
                    sum = 0;
                } else {
                    sum += amount;
                }
            }
        }
        let line_1 = cents(&rows("forms_to_line_1").last().unwrap()["amount"]);
        let form = desk.run(&["tax", "--form", "schedule-c", "--round", "cents", "--format", "json"]).result();
        let form: Value = serde_json::from_str(&form).unwrap();
        let lines = form["sections"].as_array().unwrap().iter().flat_map(|section| section["rows"].as_array().unwrap());
        let printed = lines.filter(|row| row["explain"] == "schedule-c.1").map(|row| cents(&row["amount"])).next_back();
        assert_eq!(printed, Some(line_1));
    }
}

/// Every reference in a row opens.
#[test]
fn references_open() {
    for desk in [Desk::with_sample(), with_differences()] {
        let report: Value = serde_json::from_str(&desk.run(&["income", "--format", "json"]).result()).unwrap();
        let sections = report["sections"].as_array().unwrap();
        let rows = sections.iter().flat_map(|section| section["rows"].as_array().unwrap());
        let mut references: Vec<&str> = rows.filter_map(|row| row["explain"].as_str()).collect();
        references.sort_unstable();
        references.dedup();
        assert!(references.len() > 3, "{references:?}");
        for reference in references {
            desk.run(&["explain", reference]).result();
        }
    }
}
