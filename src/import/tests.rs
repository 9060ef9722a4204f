#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::book::Records;
use crate::book::entry::{Asset, AssetClass, Bonus, Kind, Origin, TripKind};
use crate::money::Usd;

/// A file that was read whole.
#[derive(Debug)]
struct Reading {
    records: Records,
    unread: Vec<String>,
    stripped: Vec<String>,
}

fn read_bytes(name: &str, bytes: &[u8], kind: Option<Kind>, options: &Options) -> Result<Reading, Problems> {
    let choices = Choices { kind, ..options.choices.clone() };
    let opened = open_bytes(name, bytes, &Options { choices, ..options.clone() })?;
    let (unread, stripped) = (opened.unread.clone(), opened.stripped.clone());
    Ok(Reading { records: opened.records()?.0, unread, stripped })
}

fn text(kind: Kind, text: &str) -> Result<Reading, Problems> {
    read_bytes("a.csv", text.as_bytes(), Some(kind), &Options::default())
}

fn row(cells: &str) -> Result<Reading, Problems> {
    text(
        Kind::Charts,
        &format!("work_date,payer,chart_type,count,rejected,rate,amount\n2025-01-02,Mercy,E/M,{cells}\n"),
    )
}

fn pay(cells: &str) -> (String, String) {
    let Records::Charts(rows) = row(cells).unwrap().records else { unreachable!() };
    (rows[0].rate.to_string(), rows[0].amount.to_string())
}

#[test]
fn rate_and_amount_follow_from_each_other() {
    assert_eq!(pay("20,1,2.20,"), ("2.2".to_owned(), "41.80".to_owned()));
    assert_eq!(pay("20,1,,41.80"), ("2.2".to_owned(), "41.80".to_owned()));
    assert_eq!(pay("20,1,2.20,$41.80"), ("2.2".to_owned(), "41.80".to_owned()));
    assert_eq!(pay("3,,,1.00"), ("0.333333".to_owned(), "1.00".to_owned()));
    assert_eq!(pay("3,,,2.00"), ("0.666667".to_owned(), "2.00".to_owned()));
    assert_eq!(pay("4,4,,0.00"), ("0".to_owned(), "0.00".to_owned()));
    assert_eq!(pay("0,,2.20,"), ("2.2".to_owned(), "0.00".to_owned()));
    assert_eq!(pay("1,,0.005,"), ("0.005".to_owned(), "0.01".to_owned()));
    assert_eq!(pay("1,,0.004999,"), ("0.004999".to_owned(), "0.00".to_owned()));
    assert!(row("1000000,,1000000,").is_err());
}

#[test]
fn every_required_column_shows_the_kind() {
    let kind = |header: &str, row: &str| {
        let bytes = format!("{header}\n{row}\n");
        read_bytes("a.csv", bytes.as_bytes(), None, &Options::default()).unwrap().records.kind()
    };
    assert_eq!(kind("count,RATE,Work Date,payer,chart-type", "1,2,2025-01-02,M,ED"), Kind::Charts);
    assert_eq!(kind("received_on,payer,amount,category", "2025-01-02,M,1,x"), Kind::Payments);
    assert_eq!(kind("date;description;amount;category", "2025-01-02;M;1,000.00;x"), Kind::Expenses);
    assert_eq!(kind("Name,Class,Placed,In Service,Cost", "Desk,furniture,,2025-01-02,400"), Kind::Assets);
    assert_eq!(kind("purpose,miles,date", "Exam,24,2025-01-02"), Kind::Trips);
}

#[test]
fn a_share_has_the_name_of_either_file() {
    let file = "name,class,in_service,cost,business_share\nLaptop,computer,2025-03-01,1450,60%\n";
    let Records::Assets(rows) = text(Kind::Assets, file).unwrap().records else { unreachable!() };
    assert_eq!(rows[0].share_millionths, 600_000);
    let file = "date,description,amount,category,business\n2025-03-01,Paper,20,office,60%\n";
    let Records::Expenses(rows) = text(Kind::Expenses, file).unwrap().records else { unreachable!() };
    assert_eq!(rows[0].share_millionths, 600_000);
}

#[test]
fn an_asset_needs_four_columns() {
    let file = "name,class,in_service,cost\nLaptop,Computer,2025-03-01,\"$1,450.00\"\n";
    let Records::Assets(rows) = text(Kind::Assets, file).unwrap().records else { unreachable!() };
    let day = chrono::NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
    let laptop = Asset {
        id: 0,
        origin: Origin { batch: 0, line: 2 },
        name: "Laptop".to_owned(),
        class: AssetClass::Computer,
        acquired: day,
        in_service: day,
        cost: Usd::dollars(1_450),
        share_millionths: 1_000_000,
        value: None,
        section_179: Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    };
    assert_eq!(rows, std::slice::from_ref(&laptop));
    let file = "name,class,in_service,cost,acquired,business,value,section_179,bonus\n\
                Laptop,5 year,3/1/2025,1450,2024-12-24,60%,900,200.50,40%\n";
    let Records::Assets(rows) = text(Kind::Assets, file).unwrap().records else { unreachable!() };
    let turned = Asset {
        class: AssetClass::FiveYear,
        acquired: chrono::NaiveDate::from_ymd_opt(2024, 12, 24).unwrap(),
        share_millionths: 600_000,
        value: Some(Usd::dollars(900)),
        section_179: Usd::from_cents(20_050),
        bonus: Bonus::Reduced,
        ..laptop
    };
    assert_eq!(rows, [turned]);
}

#[test]
fn what_is_wrong_with_an_asset_is_told_at_its_place() {
    let told = |row: &str| {
        let file = format!("name,class,in_service,cost,acquired,business,section_179,bonus\n{row}\n");
        text(Kind::Assets, &file).unwrap_err().to_string()
    };
    let good = "Desk,furniture,2025-01-02,400,,,,";
    assert!(
        text(Kind::Assets, &format!("name,class,in_service,cost,acquired,business,section_179,bonus\n{good}\n"))
            .is_ok()
    );
    for (row, wanted) in [
        (
            "Desk,chair,2025-01-02,400,,,,",
            "a.csv:2: class: found \"chair\", expected one of computer, furniture, phone",
        ),
        ("Desk,furnitur,2025-01-02,400,,,,", "did you mean furniture?"),
        (
            "Desk,furniture,2025-01-02,400,2025-02-01,,,",
            "a.csv:2: acquired: found \"2025-02-01\", expected 2025-01-02 or earlier",
        ),
        ("Desk,furniture,2025-01-02,0,,,,", "a.csv:2: cost: found \"0\", expected dollars above zero"),
        ("Desk,furniture,2025-01-02,-5,,,,", "expected dollars above zero"),
        (
            "Desk,furniture,2025-01-02,400,,140%,,",
            "a.csv:2: business: found \"140%\", expected a percentage from 0 to 100",
        ),
        ("Desk,furniture,2025-01-02,400,,0.4,,", "write 40 or 40%"),
        (
            "Desk,furniture,2025-01-02,400,,,500,",
            "a.csv:2: section_179: found \"500\", expected at most 400.00, the cost",
        ),
        ("Desk,furniture,2025-01-02,400,,,,yes", "expected one of law, out, 40%"),
        (",furniture,2025-01-02,400,,,,", "a.csv:2: name: found nothing, expected what it is, such as Laptop"),
    ] {
        let found = told(row);
        assert!(found.contains(wanted), "{found}");
    }
}

#[test]
fn a_trip_says_what_it_was_for() {
    let file = "date,miles,purpose,destination,kind,car,parking\n\
                2025-03-01,24.5 mi,CPC exam,Test centre,,,7.50\n2025-03-02,12,,,Commute,Civic,\n";
    let Records::Trips(rows) = text(Kind::Trips, file).unwrap().records else { unreachable!() };
    assert_eq!((rows[0].miles_tenths, rows[0].kind, rows[0].parking), (245, TripKind::Business, Usd::from_cents(750)));
    assert_eq!((rows[1].kind, rows[1].car.as_str(), rows[1].purpose.as_str()), (TripKind::Commute, "Civic", ""));
    let told = |row: &str| text(Kind::Trips, &format!("date,miles,purpose,kind\n{row}\n")).unwrap_err().to_string();
    for (row, wanted) in [
        ("2025-03-01,24,,", "a.csv:2: purpose: found nothing, expected what the trip was for"),
        ("2025-03-01,0,Exam,", "a trip of no miles needs no row"),
        ("2025-03-01,48213,Exam,", "expected at most 1,500 miles on one day"),
        ("2025-03-01,24.55,Exam,", "at most one decimal"),
        ("2025-03-01,24,Exam,work", "expected one of business, commute, private"),
    ] {
        let found = told(row);
        assert!(found.contains(wanted), "{found}");
    }
}

#[test]
fn what_has_not_happened_yet_is_no_asset_and_no_trip() {
    let today = chrono::NaiveDate::from_ymd_opt(2025, 3, 1);
    let options = Options { today, ..Options::default() };
    let read = |file: &str| read_bytes("a.csv", file.as_bytes(), None, &options).map_err(|told| told.to_string());
    assert!(read("date,miles,purpose\n2025-03-01,24,Exam\n").is_ok());
    let told = read("date,miles,purpose\n2025-03-02,24,Exam\n").unwrap_err();
    assert!(told.contains("a.csv:2: date: found \"2025-03-02\", expected a day up to today, 2025-03-01"), "{told}");
    let told = read("name,class,in_service,cost,acquired\nDesk,furniture,2025-04-01,400,2025-02-01\n").unwrap_err();
    assert!(told.contains("a.csv:2: in_service: found \"2025-04-01\""), "{told}");
    assert!(read("received_on,payer,amount\n2025-03-02,Mercy,1\n").is_ok(), "payments may be stated ahead");
}

#[test]
fn columns_outside_the_layout_are_not_read() {
    let file = "received_on,payer,amount,memo,Account Number,\n2025-01-02,M,1,secret,123456789,\n";
    let reading = text(Kind::Payments, file).unwrap();
    assert_eq!(reading.unread, ["memo", "Account Number"]);
    assert!(!format!("{reading:?}").contains("secret"));
}

#[test]
fn patient_data_is_refused_or_left_unread() {
    let file = "received_on,payer,amount,MRN\n2025-01-02,M,1,99887766\n";
    let problems = text(Kind::Payments, file).unwrap_err().to_string();
    assert!(problems.contains("(MRN: medical record numbers)") && !problems.contains("99887766"), "{problems}");
    let options = Options { phi: Phi::Strip, ..Options::default() };
    let reading = read_bytes("a.csv", file.as_bytes(), None, &options).unwrap();
    assert_eq!((&reading.stripped[..], &reading.unread[..]), (&["MRN".to_owned()][..], &[][..]));
    assert!(!format!("{reading:?}").contains("99887766"));
}

#[test]
fn lines_are_those_of_the_file() {
    let file =
        "\r\nreceived_on,payer,amount,memo\r\n2025-01-02,M,1,\"a\r\nb\"\r\n\r\n2025-01-03,M,2,\r\n2025-01-04,M,x,\r\n";
    assert_eq!(text(Kind::Payments, file).unwrap_err().problems[0].line, Some(7));
    let Records::Payments(rows) = text(Kind::Payments, &file.replace('x', "3")).unwrap().records else {
        unreachable!()
    };
    assert_eq!(rows.iter().map(|row| row.origin.line).collect::<Vec<_>>(), [3, 6, 7]);
}

#[test]
fn an_optional_column_is_only_claimed_when_near() {
    let head = "work_date,payer,chart_type,count,rate";
    let near = |name: &str| text(Kind::Charts, &format!("{head},{name}\n2025-01-02,M,ED,1,2,\n")).is_err();
    for name in ["minuets", "Rejcted", "acuracy", "amuont", "paid-no", "acurracy"] {
        assert!(near(name), "{name}");
    }
    for name in ["account", "date", "notes", "paid", "status", "hours"] {
        assert!(!near(name), "{name}");
    }
}

#[test]
fn an_unknown_first_line_is_not_shown() {
    let problems = read_bytes("a.csv", b"2025-01-02,DOE JOHN,5\n", None, &Options::default()).unwrap_err();
    assert!(!problems.to_string().contains("DOE"));
}

/// Bytes that look like a file now and then.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let pieces = vec![
        "work_date",
        "payer",
        "chart_type",
        "count",
        "rate",
        "amount",
        "received_on",
        "date",
        "description",
        "category",
        "business_share",
        "MRN",
        ",",
        ",",
        ",",
        ",",
        ";",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        " ",
        "$",
        "(",
        ")",
        "-",
        "%",
        ".",
        "2025-01-02",
        "1/2/2025",
        "99999999999999999999",
        "0",
        "7",
        "é",
        "\u{feff}",
        "\0",
        "\u{202e}",
    ];
    let part = prop_oneof![
        9 => proptest::sample::select(pieces).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ];
    proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0..8usize) {
        let kind = Kind::ALL.get(kind).copied();
        let _ = read_bytes("a.csv", &bytes, kind, &Options::default()).map_err(|problems| problems.to_string());
    }

    #[test]
    fn no_file_makes_it_panic(bytes in file(), kind in 0..8usize, good in any::<bool>()) {
        let kind = Kind::ALL.get(kind).copied();
        let mut whole = if good { b"work_date,payer,chart_type,count,rate,amount\n".to_vec() } else { Vec::new() };
        whole.extend(bytes);
        let options = Options { known_categories: &["books", "dues"], phi: Phi::Strip, ..Options::default() };
        match read_bytes("a.csv", &whole, kind, &options) {
            // A statement may have no rows; its own layouts must.
            Ok(reading) => {
                let own = matches!(reading.records, Records::Charts(_) | Records::Payments(_) | Records::Expenses(_));
                prop_assert!(!own || !reading.records.is_empty());
            }
            Err(problems) => prop_assert!(problems.to_string().starts_with("a.csv:") && problems.problems.len() <= 10),
        }
    }

    #[test]
    fn a_written_row_is_read_back(
        cents in -1_000_000_000i64..1_000_000_000,
        payer in "[ -~]{0,20}[!-~]",
        days in 11_000i32..40_000,
    ) {
        prop_assume!(!super::phi::holds_patient_data(&payer));
        let day = chrono::NaiveDate::from_epoch_days(days).unwrap();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["received_on", "payer", "amount"]).unwrap();
        let amount = crate::money::Usd::from_cents(cents);
        writer.write_record([&day.to_string(), &payer, &amount.to_string()]).unwrap();
        let reading = read_bytes("a.csv", &writer.into_inner().unwrap(), None, &Options::default()).unwrap();
        let Records::Payments(rows) = reading.records else { unreachable!() };
        prop_assert_eq!(rows[0].amount.cents(), cents);
        prop_assert_eq!(rows[0].received_on, day);
        prop_assert_eq!(&rows[0].payer, &payer.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
