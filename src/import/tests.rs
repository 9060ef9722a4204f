#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::book::Records;
use crate::book::entry::Kind;

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
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0..6usize) {
        let kind = Kind::ALL.get(kind).copied();
        let _ = read_bytes("a.csv", &bytes, kind, &Options::default()).map_err(|problems| problems.to_string());
    }

    #[test]
    fn no_file_makes_it_panic(bytes in file(), kind in 0..6usize, good in any::<bool>()) {
        let kind = Kind::ALL.get(kind).copied();
        let mut whole = if good { b"work_date,payer,chart_type,count,rate,amount\n".to_vec() } else { Vec::new() };
        whole.extend(bytes);
        let options = Options { known_categories: &["books", "dues"], phi: Phi::Strip, ..Options::default() };
        match read_bytes("a.csv", &whole, kind, &options) {
            Ok(reading) => prop_assert!(!reading.records.is_empty()),
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
