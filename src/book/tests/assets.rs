//! Assets and what became of them, trips, receipts.

use super::*;
use crate::book::entry::{Asset, AssetClass, AssetEvent, Bonus, Receipt, Trip, TripKind};

fn laptop(line: i64) -> Asset {
    let day = |text| parse_iso(text).unwrap();
    Asset {
        id: 0,
        origin: Origin { batch: 0, line },
        name: "Laptop".to_owned(),
        class: AssetClass::Computer,
        acquired: day("2025-02-20"),
        in_service: day("2025-03-01"),
        cost: Usd::dollars(1_450),
        share_millionths: 800_000,
        value: Some(Usd::dollars(1_200)),
        section_179: Usd::from_cents(20_050),
        bonus: Bonus::Reduced,
        events: Vec::new(),
    }
}

fn trip(line: i64) -> Trip {
    Trip {
        id: 0,
        origin: Origin { batch: 0, line },
        date: parse_iso("2025-04-01").unwrap(),
        miles_tenths: 245,
        destination: "Test centre".to_owned(),
        purpose: "CPC exam".to_owned(),
        kind: TripKind::Business,
        car: "Civic".to_owned(),
        parking: Usd::from_cents(750),
    }
}

fn receipt(of: Kind, record: i64, sign: char) -> Receipt {
    Receipt {
        id: 0,
        of,
        record,
        path: format!("receipts/{sign}.pdf"),
        sha256: sign.to_string().repeat(64),
        bytes: 12,
        attached_at: "2026-01-02T03:04:05Z".to_owned(),
    }
}

/// A book with an asset, two trips and an expense.
fn filled() -> Book {
    let mut book = Book::in_memory().unwrap();
    book.add(batch("assets.csv"), &Records::Assets(vec![laptop(2)])).unwrap();
    book.add(batch("trips.csv"), &Records::Trips(vec![trip(2), trip(3)])).unwrap();
    book.add(batch("expenses.csv"), &Records::Expenses(vec![expense(2, "2025-01-01")])).unwrap();
    book
}

fn share(year: i32, percent: i64) -> AssetEvent {
    AssetEvent::Share { year, share_millionths: percent * 10_000 }
}

fn sold(on: &str, dollars: i64) -> AssetEvent {
    AssetEvent::Disposed { on: parse_iso(on).unwrap(), proceeds: Usd::dollars(dollars) }
}

#[test]
fn assets_and_trips_come_back_as_they_were_stored() {
    let book = filled();
    let asset = Asset { id: 1, origin: Origin { batch: 1, line: 2 }, ..laptop(2) };
    assert_eq!(book.assets(None).unwrap(), std::slice::from_ref(&asset));
    assert_eq!(book.assets(Some(DateRange::year(2024))).unwrap(), []);
    assert_eq!(book.record(Kind::Assets, 1).unwrap(), Some(Record::Asset(asset)));
    let stored = |id, line| Trip { id, origin: Origin { batch: 2, line }, ..trip(line) };
    assert_eq!(book.trips(None).unwrap(), [stored(1, 2), stored(2, 3)], "twins stay");
    assert_eq!(book.record(Kind::Trips, 2).unwrap(), Some(Record::Trip(stored(2, 3))));
    assert_eq!(book.years().unwrap(), [2025]);
    book.verify().unwrap();
}

#[test]
fn no_asset_and_no_trip_is_booked_twice() {
    let mut book = filled();
    let before = dump(&book);
    assert_eq!(book.add(batch("again.csv"), &Records::Assets(vec![laptop(9)])).unwrap().known, 1);
    let named = Trip { destination: "test  CENTRE".to_owned(), ..trip(9) };
    assert_eq!(book.add(batch("again.csv"), &Records::Trips(vec![named])).unwrap().known, 1);
    assert_eq!(dump(&book), before);
    let other = Asset { section_179: Usd::ZERO, ..laptop(2) };
    let added = book.add(batch("again.csv"), &Records::Assets(vec![other])).unwrap();
    assert_eq!((added.new, added.alike_lines), (1, vec![2]), "the same thing, otherwise expensed");
}

#[test]
fn an_asset_that_breaks_a_rule_stores_nothing() {
    let mut book = filled();
    let before = dump(&book);
    let bad = [
        Asset { acquired: parse_iso("2025-03-02").unwrap(), ..laptop(2) },
        Asset { cost: Usd::ZERO, ..laptop(2) },
        Asset { section_179: Usd::dollars(1_451), ..laptop(2) },
        Asset { name: String::new(), ..laptop(2) },
    ];
    for asset in bad {
        let result = book.add(batch("a.csv"), &Records::Assets(vec![asset]));
        assert!(matches!(result, Err(Error::Rule { .. })), "{result:?}");
    }
    let result = book.add(batch("a.csv"), &Records::Trips(vec![Trip { miles_tenths: 0, ..trip(2) }]));
    assert!(matches!(result, Err(Error::Rule { .. })), "{result:?}");
    assert_eq!(dump(&book), before);
}

#[test]
fn events_are_told_in_order_and_taken_back() {
    let mut book = filled();
    let before = dump(&book);
    for event in [share(2027, 45), sold("2027-06-30", 300), share(2026, 60)] {
        book.note_event(1, event).unwrap();
    }
    let told = [share(2026, 60), share(2027, 45), sold("2027-06-30", 300)];
    assert_eq!(book.assets(None).unwrap()[0].events, told);
    let Some(Record::Asset(asset)) = book.record(Kind::Assets, 1).unwrap() else { unreachable!() };
    assert_eq!(asset.events, told);
    book.verify().unwrap();
    for last in [share(2026, 60), sold("2027-06-30", 300), share(2027, 45)] {
        assert_eq!(book.forget_event(1).unwrap(), Some(last));
    }
    assert_eq!(book.forget_event(1).unwrap(), None);
    assert_eq!(dump(&book), before);
}

#[test]
fn an_event_that_cannot_be_is_refused() {
    let mut book = filled();
    book.note_event(1, share(2026, 60)).unwrap();
    let mut refused = |event, wanted: &str| {
        let told = book.note_event(1, event).unwrap_err().to_string();
        assert!(told.contains(wanted), "{told}");
    };
    refused(share(2025, 60), "its first year");
    refused(share(2026, 50), "noted already");
    refused(share(2027, 101), "between 0 and 100%");
    refused(sold("2025-02-28", 1), "placed in service on 2025-03-01");
    refused(sold("2026-02-28", -1), "not negative");
    book.note_event(1, sold("2026-12-31", 0)).unwrap();
    let mut refused = |event, wanted: &str| {
        let told = book.note_event(1, event).unwrap_err().to_string();
        assert!(told.contains(wanted), "{told}");
    };
    refused(sold("2027-01-01", 1), "had left the business before, on 2026-12-31");
    refused(share(2027, 10), "had left the business before 2027");
    assert!(matches!(book.note_event(7, share(2026, 1)), Err(Error::NoRecord { id: 7, .. })));
}

#[test]
fn receipts_and_events_go_with_their_records() {
    let mut book = filled();
    let before = dump(&book);
    for (place, of) in [(1, Kind::Expenses), (2, Kind::Trips), (1, Kind::Assets)] {
        assert!(book.attach(&receipt(of, place, 'a')).unwrap());
    }
    assert!(!book.attach(&Receipt { path: "elsewhere.pdf".to_owned(), ..receipt(Kind::Expenses, 1, 'a') }).unwrap());
    assert!(book.attach(&receipt(Kind::Expenses, 1, 'b')).unwrap());
    assert!(matches!(book.attach(&receipt(Kind::Time, 1, 'a')), Err(Error::NoRecord { kind: "time", id: 1 })));
    book.note_event(1, sold("2026-12-31", 0)).unwrap();
    book.verify().unwrap();
    let stored = Receipt { id: 2, ..receipt(Kind::Trips, 2, 'a') };
    assert_eq!(book.receipts().unwrap()[1], stored);
    assert_eq!(book.detach(2).unwrap(), Some(stored));
    assert_eq!(book.detach(2).unwrap(), None);
    book.undo(Some(3)).unwrap();
    assert_eq!(book.receipts().unwrap().iter().map(|receipt| receipt.of).collect::<Vec<_>>(), [Kind::Assets]);
    book.undo(Some(1)).unwrap();
    assert_eq!(book.receipts().unwrap(), []);
    book.undo(Some(2)).unwrap();
    assert_eq!(dump(&book).len(), before.len() - 3 - 1 - 2 - 1, "nothing is left");
}

#[test]
fn a_book_of_the_second_version_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let old = Connection::open(dir.path().join(FILE)).unwrap();
    old.execute_batch(include_str!("../migrations/0001_first.sql")).unwrap();
    old.execute_batch(include_str!("../migrations/0002_streams.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO batch VALUES (1, 'payments', 'b.csv', '2025-01-01T00:00:00Z', 1, 0),
                                  (2, 'time', 't.csv', '2025-01-01T00:00:00Z', 1, 0);
         INSERT INTO payments VALUES (1, 1, 2, '2025-01-01', 'Mercy', 100, '', 0);
         INSERT INTO time VALUES (1, 2, 2, 0, '2025-01-01', NULL, 60, '', '', '');
         INSERT INTO source VALUES (1, NULL, 5, zeroblob(32), 1, 2, 'x');",
    )
    .unwrap();
    old.pragma_update(None, "application_id", file::APPLICATION_ID).unwrap();
    old.pragma_update(None, "user_version", 2).unwrap();
    drop(old);
    let mut book = Book::open(dir.path()).unwrap();
    book.verify().unwrap();
    assert_eq!(
        book.payments(None).unwrap(),
        [Payment { id: 1, origin: Origin { batch: 1, line: 2 }, ..payment(2, "2025-01-01", "Mercy", 100) }]
    );
    assert_eq!(book.batches().unwrap().len(), 2);
    book.add(batch("assets.csv"), &Records::Assets(vec![laptop(2)])).unwrap();
    assert!(book.attach(&receipt(Kind::Payments, 1, 'c')).unwrap());
    book.undo(Some(1)).unwrap();
    assert_eq!(book.receipts().unwrap(), []);
    assert_eq!(book.sources(Kind::Payments).unwrap(), []);
}
