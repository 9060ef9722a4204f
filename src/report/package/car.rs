//! The car among the workpapers: both ways, a worksheet for each, the log, and what was paid for it.

use rust_decimal::Decimal;

use super::Source;
use super::rows::{of_reason, of_verdict, worksheet};
use crate::book::entry::{Trip, TripKind};
use crate::car::{CarYear, Judged};
use crate::deduct::{Item, Verdict, Why};
use crate::money::Usd;
use crate::report::year::by_reason;
use crate::report::{Cell, Column, Row, Section, car};
use crate::tax::form::Filled as _;

/// The name of a car's worksheet among the sections.
pub(super) fn car_sheet(at: usize) -> String {
    format!("car-sheet-{}", at + 1)
}

fn car_costs(at: usize) -> String {
    format!("car-costs-{}", at + 1)
}

/// Both ways to count each car, its worksheet, its trips, and what was paid for it.
pub(super) fn cars(source: &Source) -> Vec<Section> {
    let year = source.year;
    let of_car = of_verdict(source, |verdict| verdict == Verdict::OfCar);
    let mut sections = car::sections(year);
    for (at, car) in year.cars.cars.iter().enumerate() {
        if let Some(row) = sections.first_mut().and_then(|ways| ways.rows.get_mut(at)) {
            row.opens = Some(car_sheet(at));
        }
        sections.push(sheet_of(source, at, car));
    }
    sections.extend(trips(source));
    for (at, car) in year.cars.cars.iter().enumerate() {
        let items: Vec<&Item> =
            of_car.iter().copied().filter(|item| car.costs.contains(&item.expense.origin)).collect();
        let Some(why) = items.first().and_then(|item| item.why) else { continue };
        let name = car.stated.name.as_deref().unwrap_or("The car");
        let what = if car.facts.standard == 1 { "replaced by the standard rate" } else { "counted by the miles" };
        sections.push(of_reason(source, &format!("{name}: paid, and {what}"), why, &items, &car_costs(at)));
    }
    let rest = of_car.into_iter().filter(|item| !is_of_a_car(source, item));
    for (number, (why, items)) in (1..).zip(by_reason(rest)) {
        let id = format!("car-once-{number}");
        sections.push(of_reason(source, "Counted once, with the trip", why, &items, &id));
    }
    sections
}

fn is_of_a_car(source: &Source, item: &Item) -> bool {
    source.year.cars.cars.iter().any(|car| car.costs.contains(&item.expense.origin))
}

/// The worksheet of a car.
fn sheet_of(source: &Source, at: usize, car: &CarYear) -> Section {
    let name = car.stated.name.as_deref().unwrap_or("the car");
    let heading = format!("Worksheet: car and truck expenses, {name}");
    let lines = car.sheet.lines(source.year.law.year);
    worksheet(&car_sheet(at), &heading, &car::reference(at), &lines, "l12", |line| match line {
        "l1" | "l2" | "l5" => Some("trips".to_owned()),
        "l8" => Some(car_costs(at)),
        _ => None,
    })
}

/// What was paid for cars and stands in no sum, with why and where its rows are.
pub(super) fn beside_the_car<'a>(source: &Source<'a>) -> Vec<(String, Why, Vec<&'a Item>, String)> {
    let of_car = of_verdict(source, |verdict| verdict == Verdict::OfCar);
    let mut found = Vec::new();
    for (at, car) in source.year.cars.cars.iter().enumerate().filter(|(_, car)| car.facts.standard == 1) {
        let items: Vec<&Item> =
            of_car.iter().copied().filter(|item| car.costs.contains(&item.expense.origin)).collect();
        if let Some(why) = items.first().and_then(|item| item.why) {
            let name = car.stated.name.as_deref().unwrap_or("Car");
            found.push((format!("{name}: replaced by the standard rate"), why, items, car_costs(at)));
        }
    }
    let rest = of_car.into_iter().filter(|item| !is_of_a_car(source, item));
    for (number, (why, items)) in (1..).zip(by_reason(rest)) {
        found.push(("Parking of a trip".to_owned(), why, items, format!("car-once-{number}")));
    }
    found
}

/// The log: the trips that count, by car, and the others with the reason.
fn trips(source: &Source) -> Vec<Section> {
    let year = source.year;
    let several = year.cars.cars.len() > 1;
    let place = |trip: &Trip| year.records.place(trip.origin);
    let start = |trip: &Trip| {
        let row = Row::new(Cell::Date(trip.date)).text(trip.destination.as_str());
        row.text(trip.purpose.as_str())
    };
    let log = |id: &str, heading: &str| {
        Section::new(id, heading)
            .column(Column::left("date", "Day"))
            .column(Column::left("destination", "Where to"))
            .column(Column::left("purpose", "What for"))
    };
    let mut counted = log("trips", "Trips that count")
        .lead("A trip counts with its day, miles, place and business purpose, written down at the time or soon after (IRC 274(d); Temp. Treas. Reg. 1.274-5T(b)(6), (c)(1)).");
    if several {
        counted = counted.column(Column::left("car", "Car"));
    }
    counted = counted
        .column(Column::right("miles", "Miles"))
        .column(Column::right("parking", "Parking, $"))
        .column(Column::left("record", "Record"));
    let mut others = log("trips-out", "Trips that do not count")
        .column(Column::right("miles", "Miles"))
        .column(Column::left("because", "Because"))
        .column(Column::left("record", "Record"));
    let (mut miles, mut parking) = (Decimal::ZERO, Usd::ZERO);
    for (trip, judged) in &year.cars.trips {
        let driven = Decimal::new(trip.miles_tenths, 1);
        let because = match judged {
            Judged::Counts(at) => {
                (miles, parking) = (miles + driven, parking + trip.parking);
                let name = year.cars.cars.get(*at).and_then(|car| car.stated.name.as_deref());
                let row = start(trip);
                let row = if several { row.text(name.unwrap_or_default()) } else { row };
                counted.push(row.number(driven, 1).money(trip.parking).text(place(trip)));
                continue;
            }
            Judged::Not(None) => TripKind::Private.word().to_owned(),
            Judged::Not(Some(why)) => why.text.to_owned(),
            Judged::Asked(why) => format!("Asked: {}", why.text),
        };
        others.push(start(trip).number(driven, 1).text(because).text(place(trip)));
    }
    if !counted.rows.is_empty() {
        let total = (1..if several { 4 } else { 3 }).fold(Row::new("Together"), |row, _| row.blank());
        counted.push(total.number(miles, 1).money(parking).blank().total().explain("trips.all"));
    }
    [counted, others].into_iter().filter(|section| !section.rows.is_empty()).collect()
}
