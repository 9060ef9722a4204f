//! What a business may deduct: shares, education, start-up costs, the car.

use serde_json::Value;

use super::desk::Desk;

/// A book with a profile and files of one's own.
fn book(profile: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::empty();
    let profile = format!("tax_year = 2025\n[household]\nborn = 1985\noutside = []\n{profile}");
    std::fs::write(desk.path().join("perchart.toml"), profile).unwrap();
    for (name, text) in files {
        std::fs::write(desk.path().join(name), text).unwrap();
        desk.run(&["import", name]).result();
    }
    desk
}

/// The rows of a section of the summary.
fn section(desk: &Desk, id: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&desk.run(&["summary", "--format", "json"]).result()).unwrap();
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["id"] == id);
    found.map(|section| section["rows"].as_array().unwrap().clone()).unwrap_or_default()
}

/// What stands on a line of a form.
fn line(desk: &Desk, reference: &str) -> String {
    desk.run(&["explain", reference]).result().lines().nth(1).unwrap().to_owned()
}

const PAID: (&str, &str) = ("payments.csv", "received_on,payer,amount\n2025-01-15,Northside,40000.00\n");

#[test]
fn a_share_is_stated_once_or_row_by_row() {
    let expenses = "date,vendor,description,category,amount,business_share\n\
                    2025-02-18,Tri-State Mobile,Mobile phone,phone,64.00,\n\
                    2025-03-18,Tri-State Mobile,Mobile phone,phone,64.00,25%\n\
                    2025-03-12,ClearWave,Internet,internet,80.00,\n";
    let desk = book("[[share]]\ncategory = \"phone\"\nbusiness = 40\n", &[PAID, ("expenses.csv", expenses)]);
    // 64 x 40% = 25.60; 64 x 25% = 16; 80 in full, and asked about: 121.60 is 122.
    assert_eq!(line(&desk, "schedule-c.25"), "122.00");
    let asked = section(&desk, "needs_you");
    assert_eq!(asked.len(), 1);
    assert!(asked[0]["why"].as_str().unwrap().contains("category = \"internet\""), "{asked:?}");
    let explained = desk.run(&["explain", "summary.phone", "--format", "csv"]).result();
    assert!(explained.contains("\"perchart.toml, category phone\"") && explained.contains("the row"), "{explained}");
    let answered = desk.run(&["categorize", "--set", "expenses.csv:4=internet@60%"]).result();
    assert!(answered.contains("60%"), "{answered}");
    // 80 x 60% = 48: 89.60 is 90.
    assert_eq!(line(&desk, "schedule-c.25"), "90.00");
    assert!(section(&desk, "needs_you").is_empty());
    desk.run(&["categorize", "--forget", "expenses.csv:4"]).result();
    assert_eq!(line(&desk, "schedule-c.25"), "122.00");
    let ended = desk.run(&["categorize", "--set", "expenses.csv:9=internet@60%"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("there is no row expenses.csv:9"), "{}", ended.err);
    let ended = desk.run(&["categorize", "--set", "expenses.csv:4=transfer"]);
    assert!(ended.err.contains("is an expense"), "{}", ended.err);
}
