//! Records entered by hand, and what becomes of them.

use std::fmt::Write;

use super::desk::{Desk, snapshot};

/// Runs commands, whatever comes of them; their words are one snapshot.
pub(crate) fn told(name: &str, desk: &Desk, commands: &[&[&str]]) {
    let mut all = String::new();
    for arguments in commands {
        let ended = desk.run(arguments);
        assert!(!ended.err.contains("fault of perchart"), "{}", ended.err);
        let shown: Vec<String> = arguments
            .iter()
            .map(|word| if word.contains(' ') { format!("{word:?}") } else { (*word).to_owned() })
            .collect();
        writeln!(all, "$ perchart {}\n{}{}=> {}\n", shown.join(" "), ended.out, ended.err, ended.code).unwrap();
    }
    snapshot(name, &all);
}

#[test]
fn one_record_is_entered_and_taken_back() {
    let desk = Desk::with_profile();
    let before = desk.contents();
    let book = [
        "add",
        "expense",
        "--date",
        "2025-03-01",
        "--amount",
        "$1,054.99",
        "--category",
        "Books",
        "--description",
        "ICD-10, CPT and HCPCS",
        "--business-share",
        "80%",
    ];
    let mut dearer = book;
    dearer[9] = "The same, with a shelf";
    told(
        "entered",
        &desk,
        &[
            &book,
            &book,
            &dearer,
            &["add", "payment", "--received-on", "2025-03-07", "--payer", "Mercy", "--amount", "-12.50"],
            &[
                "add",
                "charts",
                "--work-date",
                "2025-03-03",
                "--payer",
                "Mercy",
                "--chart-type",
                "ED",
                "--count",
                "40",
                "--rate",
                "2.10",
                "--minutes",
                "240",
            ],
            &["add", "trip", "--date", "2025-03-03", "--miles", "24.5", "--purpose", "CPC exam", "--parking", "7.50"],
            &[
                "add",
                "asset",
                "--name",
                "Laptop",
                "--class",
                "computer",
                "--cost",
                "1450",
                "--acquired",
                "2025-02-27",
                "--business",
                "80%",
            ],
            &["asset", "laptop", "--business", "40%", "--from-year", "2026"],
            &["asset", "by-hand:6", "--sold", "2026-05-01", "--for", "300"],
            &["asset", "laptop", "--sold", "2026-05-02", "--for", "300"],
            &["asset", "laptop", "--undo-last"],
            &["list", "trips"],
            &["batches"],
        ],
    );
    for _ in 0..6 {
        desk.run(&["undo"]).result();
    }
    assert_eq!(desk.contents(), before);
}

#[test]
fn what_is_entered_wrong_adds_nothing() {
    let desk = Desk::with_profile();
    let before = desk.contents();
    told(
        "entered_wrong",
        &desk,
        &[
            &["add", "expense", "--date", "2025-02-30", "--amount", "5O", "--category", "boks", "--description", "x"],
            &["add", "expense", "--amount", "50", "--description", "x"],
            &["add", "charts", "--payer", "Mercy", "--chart-type", "ED", "--count", "40"],
            &[
                "add",
                "charts",
                "--payer",
                "John Doe DOB 01/02/1950",
                "--chart-type",
                "ED",
                "--count",
                "4",
                "--rate",
                "1",
            ],
            &["add", "trip", "--date", "2025-03-03", "--miles", "24"],
            &["add", "trip", "--date", "2099-03-03", "--miles", "48213", "--purpose", "CPC exam", "--kind", "work"],
            &["add", "asset", "--name", "Desk", "--class", "chair", "--cost", "0"],
            &[
                "add",
                "asset",
                "--name",
                "Desk",
                "--class",
                "furniture",
                "--cost",
                "400",
                "--in-service",
                "2025-01-02",
                "--acquired",
                "2025-03-01",
            ],
            &["add", "asset", "--name", "Desk", "--class", "furniture", "--cost", "400", "--business", "0.4"],
            &["asset", "Desk", "--sold", "2025-01-02"],
            &["asset", "Desk", "--sold", "2025-01-02", "--for", "1"],
            &["asset", "trips.csv:2", "--sold", "2025-01-02", "--for", "1"],
            &["asset", "Desk", "--business", "0.4", "--from-year", "2026"],
        ],
    );
    assert_eq!(desk.contents(), before);
}
