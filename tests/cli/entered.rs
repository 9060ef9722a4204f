//! Records entered by hand, what becomes of them, and the files that prove them.

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
            &["asset", "by-hand:6", "--sold", "2026-01-05", "--for", "300"],
            &["asset", "laptop", "--sold", "2026-01-06", "--for", "300"],
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
            &["add", "expense", "--date", "2025-02-30", "--amount", "5O", "--category", "books", "--description", "x"],
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

#[test]
fn a_file_that_proves_a_row_stays_where_it_is() {
    let desk = Desk::with_sample();
    let write = |name: &str, text: &str| std::fs::write(desk.path().join(name), text).unwrap();
    std::fs::create_dir(desk.path().join("receipts")).unwrap();
    write("receipts/laptop.pdf", "a laptop");
    write("receipts/laptop-again.pdf", "a laptop");
    write("receipts/dues.pdf", "dues");
    write("empty.pdf", "");
    write("receipts/mrn_12345678_note.pdf", "x");
    told(
        "attached",
        &desk,
        &[
            &["receipts"],
            &["attach", "expenses.csv:3", "receipts/laptop.pdf", "receipts/dues.pdf"],
            &["attach", "expenses:2", "receipts/laptop-again.pdf"],
            &["attach", "charts.csv:3", "receipts/dues.pdf"],
            &["attach", "expenses.csv:3", "receipts/nowhere.pdf"],
            &["attach", "expenses.csv:3", "receipts"],
            &["attach", "expenses.csv:3", "empty.pdf"],
            &["attach", "expenses.csv:3", "receipts/mrn_12345678_note.pdf"],
            &["attach", "expenses.csv:9999", "receipts/dues.pdf"],
            &["attach", "trips:1", "receipts/dues.pdf"],
            &["attach", "laptop", "receipts/dues.pdf"],
        ],
    );
    write("receipts/laptop.pdf", "A laptop");
    std::fs::remove_file(desk.path().join("receipts/dues.pdf")).unwrap();
    told(
        "receipts",
        &desk,
        &[
            &["receipts", "--year", "2025"],
            &["receipts", "--year", "2024"],
            &["receipts", "--format", "json"],
            &["detach", "1", "7"],
            &["detach", "1", "2"],
            &["undo", "3"],
            &["receipts"],
        ],
    );
    assert!(desk.path().join("receipts/laptop.pdf").exists());
}

/// Rows of each sort: with and without a receipt, below and from $75, a refund, a trip without a place.
#[test]
fn the_binder_says_what_is_missing() {
    let desk = Desk::with_profile();
    std::fs::write(
        desk.path().join("expenses.csv"),
        "date,vendor,description,amount,category,business_share\n\
         2025-01-03,AMA Store,CPT Professional 2025,124.95,books,100%\n\
         2025-01-09,AMA Store,\"CPT Professional 2025, sent back\",-24.95,books,100%\n\
         2025-02-03,,Headset,39.00,supplies,100%\n\
         2025-02-11,Dell,Desktop computer for coding,1214.10,equipment,100%\n\
         2025-03-03,City Cab,Taxi to the exam,74.99,travel,100%\n\
         2025-03-04,City Cab,Taxi from the exam,75.00,travel,100%\n\
         2025-03-05,Harbor Inn,One night before the exam,60.00,travel,100%\n\
         2025-03-06,Corner Cafe,Corner Cafe,30.00,meals,100%\n\
         2025-03-07,FitHouse,Gym membership,29.99,gym,100%\n",
    )
    .unwrap();
    desk.run(&["import", "expenses.csv"]).result();
    for file in ["book.pdf", "desktop.pdf", "cab.pdf", "laptop.pdf"] {
        std::fs::write(desk.path().join(file), file).unwrap();
    }
    desk.run(&["add", "trip", "--date", "2025-03-03", "--miles", "24.5", "--purpose", "CPC exam"]).result();
    desk.run(&[
        "add",
        "asset",
        "--name",
        "Laptop",
        "--class",
        "computer",
        "--cost",
        "1450",
        "--in-service",
        "2024-05-01",
    ])
    .result();
    for (row, file) in [
        ("expenses.csv:2", "book.pdf"),
        ("expenses.csv:5", "desktop.pdf"),
        ("expenses.csv:7", "cab.pdf"),
        ("assets:1", "laptop.pdf"),
    ] {
        desk.run(&["attach", row, file]).result();
    }
    std::fs::write(desk.path().join("desktop.pdf"), "another").unwrap();
    std::fs::remove_file(desk.path().join("cab.pdf")).unwrap();
    told("binder", &desk, &[&["binder", "--year", "2025"], &["binder", "--year", "2024"]]);
}

/// Each sort of doubt once, and what is like it but plausible.
#[test]
fn what_looks_implausible_is_asked() {
    let desk = Desk::with_profile();
    let bring = |name: &str, text: &str| {
        std::fs::write(desk.path().join(name), text).unwrap();
        assert_eq!(desk.run(&["import", name]).code, 0, "{name}");
    };
    bring(
        "charts.csv",
        "work_date,payer,chart_type,count,rate,paid_on\n\
         2025-01-02,Mercy,ED,20,2.10,2025-01-31\n2025-01-03,Mercy,ED,20,2.10,2024-01-31\n2099-01-03,Mercy,ED,20,2.10,\n",
    );
    bring(
        "expenses.csv",
        "date,vendor,description,amount,category,business_share\n\
         2025-02-11,Dell,Desktop computer for coding,1214.10,equipment,100%\n\
         2025-02-11,Dell,Desktop computer for a friend,1214.10,personal,0%\n\
         2025-02-17,IKEA,Standing desk,350.00,office,100%\n\
         2025-03-01,AAPC,CPC dues,222.00,dues,100%\n\
         2025-03-02,Metro,Internet,80.00,internet,100%\n\
         2025-03-03,Metro,Internet,80.00,internet,60%\n\
         2025-03-04,Shell,Fuel,40.00,car,100%\n\
         2025-03-05,City,Garage at the exam,7.50,parking,100%\n\
         2025-03-06,Staples,Staples,12.00,office,100%\n\
         2025-03-07,Staples,Toner,60.00,office,0%\n",
    );
    bring("more.csv", "date,vendor,description,amount,category\n2025-03-01,aapc,Dues of the year,222.00,dues\n");
    bring(
        "trips.csv",
        "date,miles,purpose,destination,parking\n\
         2025-03-05,24.5,CPC exam,Test centre,7.50\n2025-03-06,400,Conference,Chicago,\n2025-03-06,200.1,Conference,Home,\n\
         2025-03-08,12,Bank,,\n",
    );
    bring(
        "assets.csv",
        "name,class,in_service,cost,acquired,value\n\
         Desktop,computer,2025-02-18,1214.10,,\nStanding desk,furniture,2025-02-18,350,,\nDesk,furniture,2025-02-18,400,2023-01-01,\n\
         Chair,furniture,2025-02-18,300,2023-01-01,100\n",
    );
    std::fs::write(desk.path().join("dues.pdf"), "dues").unwrap();
    desk.run(&["attach", "expenses.csv:5", "dues.pdf"]).result();
    std::fs::remove_file(desk.path().join("dues.pdf")).unwrap();
    told("checked", &desk, &[&["check"], &["check", "--year", "2024"]]);
}

#[test]
fn a_cost_that_cannot_be_is_told_as_one() {
    let desk = Desk::with_profile();
    let add = |cost| {
        desk.run(&["add", "asset", "--name", "X", "--class", "computer", "--in-service", "2025-04-01", "--cost", cost])
            .err
    };
    let large = add("99999999999999999999");
    assert!(large.contains("found a number of 20 digits") && large.contains("too large"), "{large}");
    assert!(!large.contains("patient"), "{large}");
    assert!(add("-5").contains("--cost: found \"-5\""), "{}", add("-5"));
    let thought = desk.run(&["advise", "assets", "--what", "L", "--class", "computer", "--cost", "-5"]).err;
    assert!(thought.contains("'--cost <DOLLARS>': expected"), "{thought}");
}

/// Figures of law are those of the book's year.
#[test]
fn law_shows_the_year_of_the_book() {
    let desk = Desk::with_profile();
    desk.restate("tax_year = 2025", "tax_year = 2024");
    let title = desk.run(&["law", "show", "startup"]).result().lines().next().unwrap().to_owned();
    assert!(title.contains("2024"), "{title}");
    let asked = desk.run(&["law", "--year", "2026", "show", "startup"]).result();
    assert!(asked.lines().next().unwrap().contains("2026"), "{asked}");
    assert!(Desk::empty().run(&["law", "show", "startup"]).result().lines().next().unwrap().contains("2026"));
}

/// What the home costs counts by the office's part, and tax paid ahead is told apart.
#[test]
fn the_binder_counts_what_counts() {
    let desk = Desk::empty();
    let home = "[home]\nregular_use = true\nexclusive_use = true\nprincipal_place = true\nsquare_feet = 120\n\
                whole_home_square_feet = 900\nrented = true\nmethod = \"actual\"\n";
    let profile =
        format!("tax_year = 2025\n[household]\nborn = 1985\noutside = []\n[business]\nstarted = 2020-01-01\n{home}");
    std::fs::write(desk.path().join("perchart.toml"), profile).unwrap();
    let add = |date, category, amount| {
        desk.run(&[
            "add",
            "expense",
            "--date",
            date,
            "--category",
            category,
            "--description",
            "Of the year",
            "--vendor",
            "V",
            "--amount",
            amount,
        ])
        .result();
    };
    desk.run(&["add", "payment", "--received-on", "2025-03-31", "--payer", "Acme", "--amount", "62000"]).result();
    add("2025-01-02", "home-rent", "14000");
    add("2025-04-15", "estimated-tax", "2000");
    // 14,000 x 120 / 900 = 1,866.67, and 2,000 of tax.
    let told = desk.run(&["binder"]).result();
    assert!(told.contains("2 rows count on the return of 2025, $3,866.67 in all, $2,000.00 of it as tax"), "{told}");
}

/// What is answered, and what is two things, is not asked about.
#[test]
fn check_asks_nothing_that_is_answered() {
    let desk = Desk::empty();
    let profile = |more: &str| {
        let text = format!("tax_year = 2025\n[household]\nborn = 1985\noutside = []\n{more}");
        std::fs::write(desk.path().join("perchart.toml"), text).unwrap();
    };
    profile("");
    desk.run(&["add", "payment", "--received-on", "2025-02-03", "--payer", "Acme", "--amount", "100"]).result();
    assert!(desk.run(&["check"]).result().contains("1 record was looked at; it does not look implausible."));
    let internet = "date,vendor,description,category,amount\n2025-03-02,Metro,Fiber line,internet,80.00\n\
                    2025-03-03,Bell,Landline,phone,30.00\n";
    std::fs::write(desk.path().join("expenses.csv"), internet).unwrap();
    desk.run(&["import", "expenses.csv"]).result();
    let asset = |name, business| {
        let day = "2025-04-01";
        let thing = ["add", "asset", "--name", name, "--class", "computer", "--in-service", day, "--cost", "900"];
        desk.run(&[&thing[..], &["--business", business]].concat())
    };
    assert_eq!(asset("Laptop", "90%").code, 0);
    assert_eq!(asset("Monitor", "90%").code, 0);
    let checked = desk.run(&["check"]).result();
    assert!(checked.contains("Metro") && !checked.contains("Bell") && !checked.contains("imported twice"), "{checked}");
    profile("[business]\nstarted = 2025-02-10\n[[share]]\ncategory = \"internet\"\nbusiness = 60\n");
    let checked = desk.run(&["check"]).result();
    assert!(!checked.contains("Metro") && checked.contains("Before the business began"), "{checked}");
    assert_eq!(asset("laptop", "80%").code, 0);
    assert!(desk.run(&["check"]).result().contains("imported twice"));
}

#[test]
fn a_damaged_book_is_told_and_is_a_failure() {
    let desk = Desk::with_sample();
    let book = desk.path().join("book.db");
    let mut bytes = std::fs::read(&book).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8_192].fill(0x5a);
    std::fs::write(&book, bytes).unwrap();
    let ended = desk.run(&["check"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""));
    assert!(ended.err.contains("the book is damaged") && ended.err.contains("backup"), "{}", ended.err);
}

/// A row of a statement is proven as one of a file is, and a thing that it paid for is bought once.
#[test]
fn rows_of_statements_are_proven_and_asked_about_too() {
    let desk = Desk::with_profile();
    std::fs::write(
        desk.path().join("chase.csv"),
        "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n\
         02/11/2025,02/12/2025,AAPC MEMBERSHIP,Professional Services,Sale,-222.00,\n",
    )
    .unwrap();
    assert_eq!(desk.run(&["import", "chase.csv", "--account", "Chase card"]).code, 0);
    std::fs::write(desk.path().join("dues.pdf"), "dues").unwrap();
    desk.run(&["attach", "chase.csv:2", "dues.pdf"]).result();
    desk.run(&[
        "add",
        "asset",
        "--name",
        "Bookcase",
        "--class",
        "furniture",
        "--cost",
        "222.00",
        "--in-service",
        "2025-02-13",
    ])
    .result();
    told("statement_proven", &desk, &[&["binder", "--year", "2025"], &["check"]]);
}
