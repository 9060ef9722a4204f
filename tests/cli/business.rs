//! What a business may deduct: shares, education, start-up costs, the car.

use serde_json::Value;

use super::desk::{Desk, snapshot};

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
    assert!(ended.err.contains("no record of the book comes from expenses.csv:9"), "{}", ended.err);
    let ended = desk.run(&["categorize", "--set", "expenses.csv:4=transfer"]);
    assert!(ended.err.contains("is an expense"), "{}", ended.err);
}

#[test]
fn a_newcomer_is_told_the_truth() {
    let expenses = "date,vendor,description,category,amount\n\
                    2024-09-10,Career Step,Coding course,education,1999.00\n\
                    2025-01-10,AAPC,CPC exam,credentials,425.00\n\
                    2025-01-20,AMA Store,CPT Professional 2025,books,124.95\n\
                    2025-04-23,AAPC,\"CEU webinar, ED leveling\",education,49.00\n";
    let paid = ("payments.csv", "received_on,payer,amount\n2025-04-15,Northside,40000.00\n");
    let desk = book("[business]\nstarted = 2025-03-01\n", &[paid, ("expenses.csv", expenses)]);
    let left_out = section(&desk, "left_out");
    let why = left_out[0]["why"].as_str().unwrap();
    assert!(left_out[0]["what"] == "CPC exam" && why.contains("lifetime learning credit"), "{left_out:?}");
    // 49 of education, and 124.95 of start-up costs for the books: 173.95 is 174 on the line.
    assert_eq!(line(&desk, "schedule-c.27b"), "174.00");
    assert_eq!(line(&desk, "schedule-c.22"), "0.00");
    assert_eq!(line(&desk, "start-up.9"), "124.95");
    let rests_on = desk.run(&["explain", "start-up.9"]).result();
    assert!(rests_on.contains("expenses.csv:4"), "{rests_on}");
    let summary = desk.run(&["summary", "--rows"]).result();
    assert!(summary.contains("start-up.9"), "{summary}");
    snapshot("newcomer_summary", &summary);
    // The course of the year before is left out of that year too; nothing was earned in it.
    let before = desk.run(&["summary", "--year", "2024"]).result();
    assert!(before.contains("Coding course"), "{before}");
}

#[test]
fn what_is_deducted_comes_to_line_28() {
    // A stand of 500, recorded as an asset alone, is expensed: 500. A desk of 7,000, nothing elected and the allowance
    // declined, 7 years and half a year: 14.29%, 1,000.30, on the form 1,000. Books of 124 before the start: 124. A trip
    // of 100 miles at 0.70: 70. 500 + 1,000 + 124 + 70 = 1,694.
    let assets = "name,class,acquired,in_service,cost,business,bonus\n\
                  Stand,furniture,2025-05-02,2025-05-02,500.00,100%,\n\
                  Desk,furniture,2025-06-02,2025-06-02,7000.00,100%,out\n";
    let expenses = "date,vendor,description,category,amount\n2025-01-20,AMA Store,CPT Professional 2025,books,124.00\n";
    let trips = "date,miles,destination,purpose,kind\n2025-05-15,100,Meridian Health,Yearly meeting,business\n";
    let paid = ("payments.csv", "received_on,payer,amount\n2025-04-15,Northside,40000.00\n");
    let files = [paid, ("assets.csv", assets), ("expenses.csv", expenses), ("trips.csv", trips)];
    let desk = book("[business]\nstarted = 2025-03-01\n[[car]]\nin_service = 2025-03-01\nmiles = 6050\n", &files);
    let rows = section(&desk, "deductions");
    let of = |number: &str| -> Vec<&Value> {
        rows.iter().filter(|row| row["line"] == number).map(|row| &row["deducted"]).collect()
    };
    assert_eq!((of("13"), of("27b").len(), of("9").len()), (vec![&Value::from("1000.00")], 2, 1), "{rows:?}");
    assert_eq!(rows.last().unwrap()["deducted"], "1694.00", "{rows:?}");
    assert_eq!(line(&desk, "schedule-c.28"), "1,694.00");
    // The election needs its statement, whatever kind of record the thing has.
    let summary = desk.run(&["summary"]).result();
    assert!(summary.contains("de minimis"), "{summary}");
}

#[test]
fn a_start_that_is_only_seen_is_said() {
    let expenses = "date,vendor,description,category,amount\n\
                    2025-01-10,AMA Store,CPT Professional 2025,books,124.95\n\
                    2025-01-11,AAPC,CEU webinar,education,49.00\n";
    let paid = ("payments.csv", "received_on,payer,amount\n2025-01-28,Northside,40000.00\n");
    let desk = book("", &[paid, ("expenses.csv", expenses)]);
    let summary = desk.run(&["summary"]).result();
    assert!(summary.contains("The first work or payment in the book is of 2025-01-28"), "{summary}");
    assert_eq!(section(&desk, "needs_you")[0]["what"], "CEU webinar");
    desk.restate("outside = []\n", "outside = []\n[business]\nstarted = 2019-05-01\n");
    assert!(section(&desk, "needs_you").is_empty());
    // The books are supplies again, and the webinar counts.
    assert_eq!((line(&desk, "schedule-c.22"), line(&desk, "schedule-c.27b")), ("125.00".into(), "49.00".into()));
}

#[test]
fn an_exam_is_asked_about_and_answered_once() {
    let expenses = "date,vendor,description,category,amount\n2025-05-10,AAPC,COC exam,credentials,425.00\n\
                    2025-06-10,AAPC,CRC exam,credentials,425.00\n";
    let desk = book("[business]\nstarted = 2019-05-01\n", &[PAID, ("expenses.csv", expenses)]);
    assert_eq!(section(&desk, "needs_you").len(), 2);
    assert_eq!(line(&desk, "schedule-c.27b"), "0.00");
    desk.run(&["categorize", "--set", "expenses.csv:2=entry-education"]).result();
    desk.restate("2019-05-01\n", "2019-05-01\n[education]\nfirst_credential = 2019-03-01\n");
    assert!(section(&desk, "needs_you").is_empty());
    assert_eq!(line(&desk, "schedule-c.27b"), "425.00");
}

#[test]
fn the_car_counts_by_the_better_way() {
    let trips = "date,miles,destination,purpose,kind,parking\n\
                 2025-05-15,42,Meridian Health,Yearly meeting,business,12.00\n\
                 2025-06-10,18.5,Northside,Audit of charts,business,\n\
                 2025-06-11,30,,Audit of charts,business,\n\
                 2025-06-12,22,Office,,commute,\n";
    let expenses = "date,vendor,description,category,amount\n2025-05-15,Fuel Stop,Gas,car,40.00\n\
                    2025-05-15,City Garage,Parking at yearly meeting,parking,12.00\n";
    let car = "[[car]]\nin_service = 2025-03-01\nmiles = 6050\nloan_interest = 1000\navailable_off_duty = true\n\
               other_vehicle_for_personal_use = false\nevidence = true\n";
    let desk = book(car, &[PAID, ("trips.csv", trips), ("expenses.csv", expenses)]);
    // 60.5 x 0.70 = 42.35, and 12 of parking: 54.35. Gas 40 x 60.5 / 6,050 = 0.40, and 12: the rate is more.
    assert_eq!((line(&desk, "car.6"), line(&desk, "car.11")), ("54.35".into(), "12.40".into()));
    assert_eq!(line(&desk, "schedule-c.9"), "54.00");
    // 1,000 / 100.
    assert_eq!(line(&desk, "schedule-c.16b"), "10.00");
    let explained = desk.run(&["explain", "car.12", "--format", "csv"]).result();
    assert!(explained.contains("trips.csv:2-3") && explained.contains("law.mileage.business"), "{explained}");
    let asked = section(&desk, "needs_you");
    let places: Vec<&str> = asked.iter().filter_map(|row| row["row"].as_str()).collect();
    assert_eq!(places, ["trips.csv:4", "car.12"]);
    assert!(asked[1]["why"].as_str().unwrap().contains("written"), "{asked:?}");
    let answers: Vec<_> = section(&desk, "car_part_iv").iter().map(|row| row["answer"].to_string()).collect();
    assert_eq!(answers[..4].join(" "), "\"2025-03-01\" \"61\" \"22\" \"5967\"");
    snapshot("car_summary", &desk.run(&["summary"]).result());
    snapshot("car_trips", &desk.run(&["explain", "trips.all"]).result());
}

#[test]
fn the_log_and_the_home_are_read_beside_the_car() {
    let trips = "date,miles,destination,purpose,kind\n2025-05-15,60,Meridian Health,Yearly meeting,business\n\
                 2025-05-16,50,Office,,commute\n2025-05-17,30,Lake,,private\n";
    let files = [PAID, ("trips.csv", trips)];
    let miles = |stated: &str| {
        let desk = book(stated, &files);
        let asked = section(&desk, "needs_you");
        asked
            .iter()
            .filter(|row| row["what"] == "Miles of the car")
            .map(|row| row["why"].to_string())
            .collect::<String>()
    };
    // 60 and 50 are more than 100; with 30 private, the log has 140.
    assert!(miles("[[car]]\nmiles = 100\n").contains("60 miles are for the business, 50 are commuting"));
    assert!(miles("[[car]]\nmiles = 139\n").contains("the log has 140 in all"));
    assert!(miles("[[car]]\nmiles = 140\n").is_empty());
    assert!(miles("[[car]]\nmiles = 140\ncommuting_miles = 81\n").contains("81 are commuting"));
    // An office that passes its tests is the principal place, measured or not.
    let home = |stated: &str| book(stated, &files).run(&["summary", "--format", "json"]).out;
    let passes = "[home]\nregular_use = true\nexclusive_use = true\nprincipal_place = true\n";
    assert!(home("").contains("Without a home office"));
    for stated in [passes.to_owned(), format!("{passes}square_feet = 120\n")] {
        assert!(home(&stated).contains("Your home office is your principal place of business"), "{stated}");
    }
}

#[test]
fn part_iv_is_answered_unless_form_4562_is_attached() {
    let trips = "date,miles,destination,purpose\n2025-05-15,100,Meridian Health,Yearly meeting\n";
    let class = |class: &str, day: &str| format!("name,class,in_service,cost,bonus\nThing,{class},{day},6000.00,out\n");
    let answers = |car: &str, assets: &str| {
        let files = [PAID, ("trips.csv", trips), ("assets.csv", assets)];
        section(&book(car, &files), "car_part_iv").len()
    };
    // Depreciation of an earlier year's desk goes on line 13 without the form; that of a new one does not.
    assert_eq!(answers("", &class("furniture", "2024-03-01")), 8);
    assert_eq!(answers("", &class("furniture", "2025-03-01")), 0);
    // A car on the rate is not depreciated; by actual costs it is listed property, whenever it came.
    assert_eq!(answers("", &class("car", "2024-03-01")), 8);
    assert_eq!(answers("[[car]]\nmethod = \"actual\"\nmiles = 100\n", &class("car", "2024-03-01")), 0);
    // A leased car by actual costs stays on Part IV.
    let leased = "[[car]]\nmethod = \"actual\"\nleased = true\nmiles = 100\n";
    assert_eq!(answers(leased, &class("furniture", "2024-03-01")), 8);
}

#[test]
fn a_log_without_a_car_counts_by_the_rate() {
    let trips = "date,miles,destination,purpose\n2025-05-15,100,Meridian Health,Yearly meeting\n";
    let desk = book("", &[PAID, ("trips.csv", trips)]);
    assert_eq!(line(&desk, "schedule-c.9"), "70.00");
    // A car without a log changes nothing, and is asked about.
    let desk = book("[[car]]\nmiles = 9000\n", &[PAID]);
    assert!(section(&desk, "needs_you")[0]["why"].as_str().unwrap().contains("no trips"));
}

#[test]
fn a_car_in_the_books_asks_for_its_log_and_its_miles() {
    let assets = "name,class,acquired,in_service,cost,business,bonus\n\
                  Corolla,car,2025-02-03,2025-02-03,24000.00,60%,out\n";
    let expenses = "date,vendor,description,category,amount\n2025-05-15,City Garage,Repairs,car,9000.00\n";
    let desk = book("", &[PAID, ("assets.csv", assets), ("expenses.csv", expenses)]);
    // 60% of 24,000 x 20% is depreciated, and all that was paid counts: without a log, and at two shares.
    let asked = section(&desk, "needs_you");
    let why = asked[0]["why"].as_str().unwrap();
    for part in ["no trips", "$9,000.00 of $9,000.00", "100%", "$2,880.00 of Corolla", "60%", "274(d)"] {
        assert!(why.contains(part), "{part}: {why}");
    }
    // One trip of 100 miles, 70 by the rate: up to 9,000 + 2,880 - 70 wait for all miles of the year.
    std::fs::write(
        desk.path().join("trips.csv"),
        "date,miles,destination,purpose\n2025-05-15,100,Meridian Health,Meeting\n",
    )
    .unwrap();
    desk.run(&["import", "trips.csv"]).result();
    assert_eq!(line(&desk, "schedule-c.9"), "70.00");
    let asked = section(&desk, "needs_you");
    assert_eq!(asked[0]["what"], "Miles of the car");
    assert!(asked[0]["why"].as_str().unwrap().contains("$11,810.00"), "{asked:?}");
    let summary = desk.run(&["summary"]).result();
    assert!(summary.matches("$11,810.00").count() == 2, "among the cautions too: {summary}");
    // With them, 1,000 miles: 10% of 9,000 are 900 by actual costs, and the asset's 60% stands against the return.
    desk.restate("outside = []\n", "outside = []\n[[car]]\nmiles = 1000\n");
    assert_eq!(line(&desk, "car.12"), "900.00");
    let refused = desk.run(&["summary", "--format", "csv"]);
    assert_eq!(refused.code, 3);
    assert!(refused.out.contains("Share of Corolla"), "{}", refused.out);
    assert!(refused.err.contains("10% of the miles are for the business, and the asset says 60%"), "{}", refused.err);
}

#[test]
fn what_one_pays_for_oneself_stays_off_schedule_c() {
    let expenses = "date,vendor,description,category,amount\n2025-02-01,Summit Health,Premium,health-premium,500.00\n\
                    2025-02-01,BrightSmile,Dental,dental-premium,30.00\n2025-03-01,HealthEquity,HSA,hsa,1000.00\n\
                    2025-03-02,Prairie Funds,SEP-IRA for 2025,sep,2000.00\n2025-03-03,Prairie Funds,Roth IRA,retirement,700.00\n\
                    2025-03-04,Lens Shop,Glasses,medical,200.00\n2025-03-05,Evergreen,Disability,disability-insurance,90.00\n";
    let desk = book("", &[PAID, ("expenses.csv", expenses)]);
    assert_eq!(line(&desk, "schedule-c.28"), "0.00");
    let asked: Vec<_> = section(&desk, "needs_you").iter().map(|row| row["row"].as_str().unwrap().to_owned()).collect();
    assert_eq!(asked, ["summary.hsa", "summary.retirement"]);
    desk.restate("outside = []\n", "outside = []\nroth_ira = 700\n[household.hsa]\npaid = 1000\nself_months = 12\n");
    assert!(section(&desk, "needs_you").is_empty());
    let led: Vec<String> = section(&desk, "elsewhere")
        .iter()
        .map(|row| {
            format!(
                "{} {} {}",
                row["where"].as_str().unwrap(),
                row["paid"].as_str().unwrap(),
                row["counts"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        led,
        [
            "Schedule 1 line 17, Form 7206 530.00 530.00",
            "Schedule 1 line 16 2000.00 2000.00",
            "Schedule 1 line 13, Form 8889 line 2 1000.00 1000.00",
            "Schedule 1 line 20 700.00 0.00",
        ]
    );
}
