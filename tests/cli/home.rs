//! The home office: both methods, the tests, and what is left out.

use std::fmt::Write as _;

use super::desk::{Desk, snapshot};

/// The home of the sample's coder: rent and electricity by the month, and a can of paint for the office.
fn renter(home: &str) -> Desk {
    let desk = Desk::with_sample();
    desk.restate("home_office_square_feet = 120       # used regularly and only for the business\n", "");
    desk.restate("[days] ", &format!("[home]\n{home}\n[days] "));
    let mut rows = "date,vendor,description,category,amount,business_share\n".to_owned();
    for month in 1..=12 {
        writeln!(rows, "2025-{month:02}-01,Oak Street Homes,Rent,home-rent,1500.00,100%").unwrap();
        writeln!(rows, "2025-{month:02}-15,City Power,Electricity,home-utilities,200.00,100%").unwrap();
    }
    rows.push_str("2025-05-20,Paint Shop,Paint for the office,office-repairs,80.00,100%\n");
    std::fs::write(desk.path().join("home.csv"), rows).unwrap();
    desk.run(&["import", "home.csv"]).result();
    desk
}

/// A report on one line, however it is wrapped.
fn unwrapped(report: &str) -> String {
    report.split_whitespace().collect::<Vec<_>>().join(" ")
}

const PASSES: &str = "regular_use = true\nexclusive_use = true\nprincipal_place = true\n";
const OFFICE: &str = "square_feet = 120\nwhole_home_square_feet = 1200\nrented = true\n";

#[test]
fn a_renter_sees_both_methods_and_the_better_one() {
    // 18,000 + 2,400 = 20,400; a tenth is 2,040, and 80 of paint: 2,120 against 600.
    let desk = renter(&format!("{PASSES}{OFFICE}"));
    snapshot("home_8829", &desk.run(&["tax", "--form", "8829"]).result());
    let simplified = desk.run(&["tax", "--form", "simplified"]).result();
    assert_eq!(simplified, desk.run(&["tax", "--form", "form-8829"]).result());
    let summary = desk.run(&["summary"]).result();
    assert!(summary.contains("Business use of your home: both methods"), "{summary}");
    snapshot("home_explain", &desk.run(&["explain", "form-8829.36"]).result());
    let category = desk.run(&["explain", "summary.home-rent"]).result();
    assert!(category.contains("18,000.00") && category.contains("home.csv:2"), "{category}");
}

#[test]
fn tests_that_are_not_answered_are_asked_and_nothing_counts() {
    let desk = renter(&format!("regular_use = true\n{OFFICE}"));
    let summary = desk.run(&["summary"]).result();
    for part in ["home.exclusive_use", "home.principal_place", "Counts when perchart.toml says"] {
        assert!(unwrapped(&summary).contains(part), "{part}: {summary}");
    }
    assert!(!summary.contains("home.regular_use"), "{summary}");
    let tax = desk.run(&["tax", "--form", "schedule-c"]).result();
    let line = tax.lines().find(|line| line.trim_start().starts_with("30 ")).unwrap();
    assert!(line.ends_with(" 0") || line.ends_with("0.00"), "{line}");
    desk.restate("regular_use = true", "regular_use = false");
    let summary = desk.run(&["summary"]).result();
    assert!(unwrapped(&summary).contains("Without regular and exclusive use"), "{summary}");
}

#[test]
fn a_part_of_the_year_counts_its_own_rows_and_months() {
    // From July 20: rent of August to December 7,500, electricity of the same 1,000; a tenth is 850.
    // Simplified: 120 square feet in 5 months of 15 days or more: 50 on the average, 250.
    let desk = renter(&format!("{PASSES}{OFFICE}from = 2025-07-20\n"));
    let report = desk.run(&["tax", "--form", "8829"]).result();
    assert!(unwrapped(&report).contains("5 months of 15 days or more"), "{report}");
    let line = report.lines().find(|line| line.contains("Deducted this year")).unwrap();
    assert!(line.contains("850") && line.contains("250"), "{line}");
    assert!(unwrapped(&report).contains("15 rows of $11,980.00 do not count"), "{report}");
}

#[test]
fn the_method_may_be_chosen_and_the_old_keys_stay() {
    let desk = renter(&format!("{PASSES}{OFFICE}method = \"simplified\"\ncarryover_operating = 300\n"));
    let report = desk.run(&["tax", "--form", "simplified"]).result();
    assert!(report.contains("carryover_operating") && report.contains("300"), "{report}");
    assert!(unwrapped(&report).contains("perchart.toml says so"), "{report}");
    let explained = desk.run(&["explain", "schedule-c.30"]).result();
    assert!(explained.contains("600"), "{explained}");
    // Without [home], rent has no office to belong to.
    let desk = Desk::with_sample();
    let rows = "date,vendor,description,category,amount,business_share\n2025-03-01,Oak,Rent,home-rent,1500.00,100%\n";
    std::fs::write(desk.path().join("home.csv"), rows).unwrap();
    desk.run(&["import", "home.csv"]).result();
    let summary = desk.run(&["summary"]).result();
    assert!(unwrapped(&summary).contains("state yours under [home]"), "{summary}");
}

#[test]
fn an_owner_hears_of_depreciation_and_sale() {
    let home = "square_feet = 200\nwhole_home_square_feet = 1600\nrented = false\ncost = 320000\nland = 80000\n\
                value_at_first_use = 400000\nfirst_use = 2025-03-10\nmortgage_interest = 9000\nreal_estate_taxes = 4000\n";
    let desk = renter(&format!("{PASSES}{home}"));
    snapshot("home_owner", &desk.run(&["tax", "--form", "8829"]).result());
    let choice = unwrapped(&desk.run(&["explain", "home-choice.itemizes"]).result());
    assert!(choice.contains("The whole return was filled both ways") && choice.contains("IRC 63(e)"), "{choice}");
    desk.restate("land = 80000\n", "");
    let summary = desk.run(&["summary"]).result();
    assert!(unwrapped(&summary).contains("State home.land for the depreciation"), "{summary}");
}
