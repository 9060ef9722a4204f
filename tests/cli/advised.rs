//! How to deduct what lasts longer than a year.

use serde_json::Value;

use super::desk::{Desk, snapshot};

/// A report on one line, however it is wrapped.
fn unwrapped(report: &str) -> String {
    report.split_whitespace().collect::<Vec<_>>().join(" ")
}

const LAPTOP: [&str; 10] =
    ["advise", "assets", "--what", "Laptop", "--class", "computer", "--cost", "3200", "--bought", "2026-11-20"];

#[test]
fn the_things_of_the_year_are_compared() {
    let desk = Desk::with_sample();
    snapshot("advise", &desk.run(&["advise", "assets"]).result());
    let one = desk.run(&["advise", "assets", "office chair"]).result();
    assert!(one.starts_with("How to deduct Office chair\n"), "{one}");
    let twins = desk.run(&["advise", "assets", "monitor"]);
    assert_eq!(twins.code, 1);
    assert!(twins.err.contains("Monitor 27 inch, first (expenses.csv:25)"), "{}", twins.err);
    let row = desk.run(&["advise", "assets", "expenses.csv:25"]).result();
    assert!(row.starts_with("How to deduct Monitor 27 inch, first\n"), "{row}");
}

#[test]
fn a_purchase_that_is_thought_of_is_advised_on() {
    let desk = Desk::with_sample();
    let with = |more: &[&str]| desk.run(&[&LAPTOP[..], &["--business", "90%"], more].concat());
    snapshot("advise_thought", &with(&[]).result());
    // With more profit to come, waiting wins: the report says by what.
    let waits = unwrapped(&with(&["--profit", "2027=150000", "--discount", "3%"]).result());
    assert!(waits.contains("Buy Laptop in January 2027"), "{waits}");
    assert!(waits.contains("is deducted in 2027, where the last dollar bears 22%"), "{waits}");
    let json = with(&["--format", "json"]).result();
    let report: Value = serde_json::from_str(&json).unwrap();
    let ways = report["sections"].as_array().unwrap().iter().find(|section| section["id"] == "ways").unwrap();
    assert_eq!(ways["rows"][0]["deducted"], "2880.00");
    assert_eq!(with(&["--format", "json"]).result(), json);
}

#[test]
fn a_household_at_the_cliff_hears_of_it() {
    let desk = Desk::empty();
    let profile = "tax_year = 2026\n[household]\nfiling_status = \"single\"\nborn = 1985\noutside = []\n[household.marketplace]\n\
                   premium = 900\nbenchmark = 900\nemployer_offer_months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n";
    std::fs::write(desk.path().join("perchart.toml"), profile).unwrap();
    std::fs::write(desk.path().join("payments.csv"), "received_on,payer,amount\n2026-06-15,Northside,68500.00\n")
        .unwrap();
    desk.run(&["import", "payments.csv"]).result();
    let bought = ["add", "asset", "--name", "Workstation", "--class", "computer", "--cost", "5000"];
    desk.run(&[&bought[..], &["--in-service", "2026-03-10"]].concat()).result();
    let report = desk.run(&["advise", "assets"]).result();
    snapshot("advise_cliff", &report);
    assert!(unwrapped(&report).contains("at 400% of the poverty line or less"), "{report}");
    assert!(unwrapped(&report).contains("--bonus out"), "{report}");
}

#[test]
fn senseless_questions_are_refused() {
    let desk = Desk::with_sample();
    let ask = |arguments: &[&str]| {
        let ended = desk.run(&[&["advise", "assets"], arguments].concat());
        let err: Vec<&str> = ended.err.lines().take(3).collect();
        format!("$ {}\n{}\n{}\n\n", arguments.join(" "), ended.code, err.join("\n"))
    };
    let asked = [
        &["--what", "Laptop", "--class", "computer", "--cost=-5"][..],
        &["--what", "Laptop", "--class", "computer", "--cost", "500", "--business", "0%"],
        &["--what", "Laptop", "--class", "gadget", "--cost", "500"],
        &["--what", "Laptop", "--class", "computer"],
        &["--what", "Laptop", "--class", "computer", "--cost", "500", "--bought", "2024-05-01"],
        &["--discount", "120%"],
        &["--profit", "2027"],
        &["--profit", "2099=10"],
        &["Boat"],
        &["--year", "2026"],
        &["--year", "2019"],
    ];
    snapshot("advise_refused", &asked.into_iter().map(ask).collect::<String>());
}
