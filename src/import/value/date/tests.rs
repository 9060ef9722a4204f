//! Tests of dates: every form, written values read back, no text that stops the program.

use proptest::prelude::*;

use super::*;

fn decide(cells: &[&str]) -> Result<Dates, DateDoubt> {
    Dates::decide(cells.iter().copied(), None)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The date and time of a cell that is a column of its own.
fn alone(cell: &str) -> String {
    let stamp = decide(&[cell]).unwrap().read(cell).unwrap();
    let time = stamp
        .second_of_day
        .map_or(String::new(), |second| format!(" {:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60));
    format!("{}{time}", stamp.date)
}

fn hint(column: &[&str], cell: &str) -> String {
    decide(column).unwrap().read(cell).unwrap_err().hint.into_owned()
}

#[test]
fn forms_that_say_all_themselves() {
    for (cell, date) in [
        ("2024-01-31", "2024-01-31"),
        ("2012/3/22", "2012-03-22"),
        ("2024.01.31", "2024-01-31"),
        ("20131206", "2013-12-06"),
        ("20240131T093000Z", "2024-01-31 09:30:00"),
        ("20091224120000[0:GMT]", "2009-12-24 12:00:00"),
        ("20091224120000.000[-5:EST]", "2009-12-24 12:00:00"),
        ("20091224[0:GMT]", "2009-12-24"),
        ("2024-03-04T09:23:52Z", "2024-03-04 09:23:52"),
        ("2025-06-29T00:32:53.036910+00:00", "2025-06-29 00:32:53"),
        ("2024-01-17 00:00:00.000", "2024-01-17 00:00:00"),
        ("2021-02-03 13:12", "2021-02-03 13:12:00"),
        ("2024-03-04 09:23:52 UTC", "2024-03-04 09:23:52"),
        ("2024-03-04Z", "2024-03-04"),
        ("10 Feb 18", "2018-02-10"),
        ("07 Nov 2013", "2013-11-07"),
        ("10-Nov-9", "2009-11-10"),
        ("09-Nov-10", "2010-11-09"),
        ("10NOV13", "2013-11-10"),
        ("Nov 7, 2013", "2013-11-07"),
        ("November 7 2013", "2013-11-07"),
        ("Sept. 7th, 2013", "2013-09-07"),
        ("Thu, 07 Nov 2013", "2013-11-07"),
        ("Thursday, November 7, 2013 11:00 AM", "2013-11-07 11:00:00"),
        ("2013-Nov-07", "2013-11-07"),
        ("7. November 2013", "2013-11-07"),
        ("03. M\u{e4}rz 2024", "2024-03-03"),
        ("12 f\u{e9}vr. 2024", "2024-02-12"),
        ("mar. 7 nov. 2013", "2013-11-07"),
        ("Mar 7, 2013", "2013-03-07"),
        ("7 de noviembre de 2013", "2013-11-07"),
        ("15-Dic-2023", "2023-12-15"),
        ("43449", "2018-12-15"),
        ("43449.75", "2018-12-15 18:00:00"),
        ("=\"2024-01-31\"", "2024-01-31"),
        ("\u{feff}2024-01-31\u{a0}", "2024-01-31"),
    ] {
        assert_eq!(alone(cell), date, "{cell}");
    }
    let dates = decide(&["2024-01-31"]).unwrap();
    assert!(dates.order_was_proved() && dates.example().is_none());
    assert_eq!((dates.order(), dates.why()), (Order::Ymd, "the form leaves no other reading"));
}

#[test]
fn numbers_that_prove_their_order() {
    for (cell, date) in [
        ("01/31/2024", "2024-01-31"),
        ("2/24/15", "2015-02-24"),
        ("04-17-2024", "2024-04-17"),
        ("04-17-2024 21:30:40", "2024-04-17 21:30:40"),
        ("10/31/2012 11:00 AM", "2012-10-31 11:00:00"),
        ("18.09.2017", "2017-09-18"),
        ("18.09.17", "2017-09-18"),
        ("31/1/99", "1999-01-31"),
        ("31/1/68", "2068-01-31"),
        ("31/1/69", "1969-01-31"),
        ("03/03/2024", "2024-03-03"),
        ("99/12/31", "1999-12-31"),
    ] {
        assert_eq!(alone(cell), date, "{cell}");
    }
    let dates = decide(&["03/04/2024", "--", "03/13/2024", "pending"]).unwrap();
    assert_eq!((dates.order(), dates.example(), dates.order_was_proved()), (Order::Mdy, Some(2), true));
    assert_eq!(dates.why(), "month first: one date reads in no other order");
    assert_eq!(dates.read("03/04/2024").unwrap().date, day(2024, 3, 4));
    assert_eq!(decide(&["03/03/2024", "04/04/2024"]).unwrap().why, Why::Same);
}

#[test]
fn the_order_of_the_rows_decides_where_one_reading_has_it() {
    let up = decide(&["01/02/2024", "05/02/2024", "03/03/2024"]).unwrap();
    assert_eq!((up.order(), up.order_was_proved()), (Order::Dmy, false));
    assert_eq!(up.why(), "day first: only so are the rows in order of time");
    let down = decide(&["03/03/2024", "02/11/2024", "02/05/2024", "02/05/2024"]).unwrap();
    assert_eq!((down.order(), down.why), (Order::Mdy, Why::Sorted));
    assert_eq!(decide(&["01/02/24", "02/05/24", "03/01/24"]).unwrap().order(), Order::Mdy);
    // Two days are no order, and two readings that run are no proof.
    assert_eq!(decide(&["02/12/2009", "02/12/2009", "03/12/2009"]), Err(DateDoubt::Order { cell: 0 }));
    assert_eq!(decide(&["03/03/2024", "01/02/2024", "02/02/2024", "03/02/2024"]), Err(DateDoubt::Order { cell: 1 }));
    // 24 January 2031 to 24 March 2001, or January to March 2024.
    assert_eq!(decide(&["24/01/31", "24/02/14", "24/03/01"]), Err(DateDoubt::Order { cell: 0 }));
    assert_eq!(decide(&["31/12/23", "30/12/23", "02/01/24"]).unwrap().order(), Order::Dmy);
}

#[test]
fn what_is_stated_holds() {
    let dates = Dates::decide(["02/12/2009"].into_iter(), Some(Order::Dmy)).unwrap();
    assert_eq!((dates.read("02/12/2009").unwrap().date, dates.order_was_proved()), (day(2009, 12, 2), false));
    assert_eq!(dates.why(), "day first, as stated");
    let dates = Dates::decide(["24/01/31"].into_iter(), Some(Order::Ymd)).unwrap();
    assert_eq!(dates.read("24/01/31").unwrap().date, day(2024, 1, 31));
    let dates = Dates::decide(["2024-01-31"].into_iter(), Some(Order::Mdy)).unwrap();
    assert_eq!(dates.why(), "the form leaves no other reading");
}

#[test]
fn two_forms_are_asked() {
    for cells in [
        ["2024-03-04", "13/03/2024"],
        ["13/03/2024", "03/14/2024"],
        ["13/03/2024", "13-03-2024"],
        ["43449", "2024-01-31"],
        ["10 Feb 18", "2/13/18"],
    ] {
        assert!(matches!(decide(&cells), Err(DateDoubt::Mixed { .. })), "{cells:?}");
    }
    assert!(decide(&["2024-03-04", "20240305", "6 Mar 2024"]).is_ok());
    assert_eq!(decide(&["13/03/2024", "03/04/2024", "03/14/2024"]), Err(DateDoubt::Mixed { one: 2, other: 0 }));
    assert_eq!(decide(&["31/12/2023", "99/12/31"]), Err(DateDoubt::Mixed { one: 0, other: 1 }));
    assert!(DateDoubt::Mixed { one: 0, other: 1 }.text().contains("export the file anew"));
}

#[test]
fn what_is_no_date_is_said() {
    assert_eq!(decide(&["", "--"]), Err(DateDoubt::NotDates { cell: None }));
    assert_eq!(decide(&["", "offen"]), Err(DateDoubt::NotDates { cell: Some(1) }));
    assert_eq!(decide(&["43449", "total"]), Err(DateDoubt::NotDates { cell: Some(1) }));
    assert_eq!(decide(&["13/15/2024"]), Err(DateDoubt::NotDates { cell: Some(0) }));
    for cell in [
        "",
        "today",
        "1/2",
        "1/2/3",
        "1/2/345",
        "2024-13-01",
        "Nov 2013",
        "Nov 7",
        "31 Feb 2024",
        "111-2222222-3333333",
        "12345678",
        "20241301",
        "43449",
        "1.50",
        "1,234",
        "2024-01-31 25:00",
        "2024-01-31x",
        "10:30",
        "7 jui 2024",
        "1/31/2025/",
        "Foo 7, 2013",
        "2024/31/01",
        "0/0/0000",
        "2150-01-01",
        "Foo 07 Nov 2013",
    ] {
        assert!(!resembles(cell), "{cell}");
    }
    for cell in ["1/31/2025", "20240131", "10-Nov-9", "03/04/24"] {
        assert!(resembles(cell), "{cell}");
    }
}

#[test]
fn a_cell_that_does_not_fit_says_why() {
    let column = ["01/31/2024"];
    assert_eq!(hint(&column, "13/15/2024"), "a month is 1 to 12");
    assert_eq!(hint(&column, "13/01/2024"), "it reads only with the day first, unlike its column");
    assert_eq!(hint(&column, "02/30/2024"), "the month has fewer days");
    assert_eq!(hint(&column, "02/40/2024"), "a day is 1 to 31");
    assert_eq!(hint(&column, "02/03/1024"), "a year is 1900 to 2100");
    assert_eq!(hint(&["31/01/2024"], "01/31/2024"), "it reads only with the month first, unlike its column");
    assert_eq!(hint(&["2024-01-31"], "01/31/2024"), "the year comes first in its column");
    assert_eq!(hint(&["2024-01-31"], "43449"), "a day number of a spreadsheet does not stand beside written dates");
    assert!(decide(&column).unwrap().read("Jane Doerr").unwrap_err().silent);
    assert!(!decide(&column).unwrap().read("November 31, 2013").unwrap_err().silent);
}

#[test]
fn two_digits_of_a_year_are_not_far_ahead() {
    let on = |cell| {
        let today = day(2026, 11, 24);
        Dates::decide_on([cell].into_iter(), None, Some(today)).map(|dates| dates.read(cell).unwrap().date)
    };
    assert_eq!(on("31/01/27"), Ok(day(2027, 1, 31)));
    assert_eq!(on("24/01/31"), Ok(day(2024, 1, 31)));
    assert!(on("13/01/40").is_err());
    assert_eq!(on("13/01/2040"), Ok(day(2040, 1, 13)));
}

#[test]
fn months_have_one_name() {
    for (names, number) in MONTHS.iter().zip(1u32..) {
        for name in *names {
            assert_eq!(month(&name.to_uppercase()), Some(number), "{name}");
        }
    }
    assert_eq!((month("jui"), month("ma"), month("juil")), (None, None, Some(7)));
}

const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

proptest! {
    #[test]
    fn written_dates_are_read_back(days in -7_000i32..35_000, other in 0i32..15_000, second in 0u32..86_400) {
        use chrono::Datelike;
        let date = NaiveDate::from_epoch_days(days.rem_euclid(40_000) - 7_000).unwrap();
        let (y, m, d) = (date.year(), date.month(), date.day());
        let name = NAMES[m as usize - 1];
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        for cell in [
            format!("{y}-{m:02}-{d:02}"), format!("{y}/{m}/{d}"), format!("{y}{m:02}{d:02}"), format!("{d} {name} {y}"),
            format!("{name} {d}, {y}"), format!("{d:02}-{name}-{y}"), format!("{y}-{m:02}-{d:02}T{hour:02}:{minute:02}:00Z"),
            format!("{y}{m:02}{d:02}{hour:02}{minute:02}00[0:GMT]"),
        ] {
            let read = decide(&[&cell]).unwrap().read(&cell).unwrap();
            prop_assert_eq!(read.date, date, "{}", cell);
            prop_assert_eq!(read.second_of_day.is_some_and(|second| second != hour * 3_600 + minute * 60), false);
        }
        // A column whose order is proved by another cell.
        for (cell, proof) in [
            (format!("{m}/{d}/{y}"), "1/31/2024"), (format!("{d:02}/{m:02}/{y}"), "31/01/2024"),
            (format!("{d}.{m}.{y}"), "31.01.2024"), (format!("{m:02}-{d:02}-{y}"), "01-31-2024"),
        ] {
            let dates = decide(&[&cell, proof]).unwrap();
            prop_assert_eq!(dates.read(&cell).unwrap().date, date, "{}", cell);
        }
        // 1969 to 2037 with two digits.
        let date = NaiveDate::from_epoch_days(other).unwrap();
        let (y, m, d) = (date.year() % 100, date.month(), date.day());
        for (cell, order) in [(format!("{m}/{d}/{y:02}"), Order::Mdy), (format!("{d:02}.{m:02}.{y:02}"), Order::Dmy)] {
            let dates = Dates::decide([cell.as_str()].into_iter(), Some(order)).unwrap();
            prop_assert_eq!(dates.read(&cell).unwrap().date, date, "{}", cell);
        }
    }

    #[test]
    fn a_decided_column_is_read_in_one_order(days in proptest::collection::vec(0i32..800, 1..12)) {
        use chrono::Datelike;
        let dates: Vec<NaiveDate> = days.iter().map(|day| NaiveDate::from_epoch_days(19_700 + day).unwrap()).collect();
        for month_first in [true, false] {
            let cells: Vec<String> = dates.iter().map(|date| if month_first { format!("{}/{}/{}", date.month(), date.day(), date.year()) } else { format!("{}/{}/{}", date.day(), date.month(), date.year()) }).collect();
            let decided = Dates::decide(cells.iter().map(String::as_str), None);
            if let Ok(decided) = decided && decided.order_was_proved() {
                for (cell, date) in cells.iter().zip(&dates) {
                    prop_assert_eq!(decided.read(cell).unwrap().date, *date);
                }
            }
        }
    }

    #[test]
    fn no_text_stops_the_program(text in "\\PC*", marks in "[0-9/. ,TZNovMarth:-]{0,20}", third in "[0-9]{1,9}") {
        let cells = [text.as_str(), marks.as_str(), third.as_str()];
        for stated in [None, Some(Order::Dmy), Some(Order::Ymd)] {
            if let Ok(dates) = Dates::decide(cells.into_iter(), stated) {
                for cell in cells {
                    _ = dates.read(cell);
                }
            }
        }
        _ = cells.map(resembles);
    }
}
