//! The car: the trips of a year, both ways to count them, and what Part IV of Schedule C asks.

use rust_decimal::{Decimal, RoundingStrategy};

use super::year::counted;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::assets::Held;
use crate::assets::life::AssetYear;
use crate::book::category::ExpenseLine;
use crate::book::entry::TripKind;
use crate::car::{CarYear, Cars, Judged, Shares, Without, percent, share_command};
use crate::deduct::Verdict;
use crate::money::Usd;
use crate::profile::CarMethod;
use crate::year::Year;

/// The name of a car's worksheet in references: `car`, `car@2`.
pub fn reference(at: usize) -> String {
    if at == 0 { "car".to_owned() } else { format!("car@{}", at + 1) }
}

/// Both ways to count each car, and why one is taken; then what Part IV of Schedule C asks.
pub fn sections(year: &Year) -> Vec<Section> {
    let cars = &year.cars.cars;
    if cars.is_empty() {
        return Vec::new();
    }
    let mut ways = Section::new("car", "The car: Schedule C line 9")
        .column(Column::left("car", "Car"))
        .column(Column::right("miles", "Business miles"))
        .column(Column::right("standard", "Standard rate"))
        .column(Column::right("actual", "Actual costs"))
        .column(Column::right("line_9", "Line 9"))
        .column(Column::left("explain_as", "Explain"));
    for (at, car) in cars.iter().enumerate() {
        let reference = format!("{}.12", reference(at));
        let row = Row::new(name(car)).number(car.business, 1).money(car.sheet.l6);
        let row = if car.facts.of_all.whole > 0 { row.money(car.sheet.l11) } else { row.blank() };
        ways.push(row.money(car.sheet.l12).text(reference.as_str()).explain(reference));
    }
    ways.notes = cars.iter().flat_map(|car| notes(year, car)).collect();
    ways.notes.push(home(year).to_owned());
    let mut sections = vec![ways];
    sections.extend(cars.iter().enumerate().map(|(at, car)| part_iv(year, at, car)));
    sections
}

fn name(car: &CarYear) -> String {
    car.stated.name.clone().unwrap_or_else(|| "the car".to_owned())
}

/// What decided between the two ways.
fn notes(year: &Year, car: &CarYear) -> Vec<String> {
    let (name, sheet) = (name(car), &car.sheet);
    let mut said = Vec::new();
    if let Some(only) = car.only {
        said.push(format!("{name}: {only}."));
    }
    if let Some(without) = car.without {
        said.push(format!("{name}: {}", without_depreciation(without)));
    }
    if car.facts.standard == 1 {
        let first = car.stated.in_service.is_some_and(|day| year.days_hold(day));
        if first || car.stated.in_service.is_none() {
            said.push(format!("{name}: by the standard rate. It has to be chosen in the first year of the car to stay open for later years; after it, actual costs may be chosen, with straight-line depreciation (Rev. Proc. 2019-46 s.4)."));
        }
        if !first && car.stated.in_service.is_some() && car.stated.first_year_method.is_none() {
            said.push(format!("{name}: it is taken that its first year went by the standard rate too; if not, the rate is closed: state first_year_method = \"actual\" under [[car]]."));
        }
        if car.facts.costs != Usd::ZERO {
            said.push(format!("{name}: {} paid for gas, repairs, insurance and the like is replaced by the rate, not added to it (explain summary.car).", dollars(car.facts.costs)));
        }
        said.push(format!(
            "{name}: the rate takes {} off the basis of the car, for the day it is sold.",
            dollars(sheet.l15)
        ));
    } else {
        said.push(match car.without {
            None if sheet.l10 == Usd::ZERO => format!("{name}: by actual costs. No depreciation is among them: the car is no asset of the book, or nothing is left of it."),
            None => format!("{name}: by actual costs. Their {} of depreciation is figured on Form 4562, Part V, and stands on line 13; line 9 is without it.", dollars(sheet.l10)),
            Some(_) => format!("{name}: by actual costs, without depreciation."),
        });
        if car.stated.leased == Some(true) {
            said.push(format!("{name}: lease payments belong on line 20a: enter them as rent-equipment with the business share. The inclusion amount of an expensive lease (IRC 280F(c)) is not figured."));
        }
    }
    if sheet.l13 != Usd::ZERO {
        said.push(format!("{name}: {} of loan interest counts beside it, on the line of other interest. The rest may count on Schedule 1-A; no dollar on both.", dollars(sheet.l13)));
    }
    if sheet.l14 != Usd::ZERO {
        said.push(format!(
            "{name}: {} of property tax counts beside it, on line 23; the rest may count on Schedule A.",
            dollars(sheet.l14)
        ));
    }
    said
}

/// The asset that a car is.
fn asset_of<'a>(year: &'a Year, car: &CarYear) -> Option<&'a Held> {
    let at = year.assets.car(car.stated.name.as_deref(), year.cars.cars.len() == 1);
    at.map(|at| &year.assets.held[at])
}

/// Why actual costs are compared without depreciation.
fn without_depreciation(without: Without) -> String {
    match without {
        Without::BeganByMiles => "actual costs are compared without depreciation. The car began with the standard rate: its depreciation by actual costs is straight line over what is left of its life, of the basis less the depreciation in the rate of every year before (Rev. Proc. 2019-46 s.4), which perchart does not figure. With it, actual costs come to more than is shown.".to_owned(),
        Without::OtherShare(Shares { miles, asset }) => format!("actual costs are compared without depreciation. {} of the miles are for the business, and the asset says {}: one car has one share, and depreciation waits for it (Needs you).", percent(miles), percent(asset)),
    }
}

/// Why an asset whose car has miles is not depreciated.
pub fn not_depreciated(year: &Year, held: &Held) -> &'static str {
    let cars = &year.cars.cars;
    let is_this = |car: &&CarYear| asset_of(year, car).is_some_and(|own| own.asset.origin == held.asset.origin);
    match cars.iter().find(is_this).filter(|car| car.facts.standard == 0).and_then(|car| car.without) {
        None => {
            "Its miles are counted by the standard rate, which stands for its depreciation (Rev. Proc. 2019-46 s.4)."
        }
        Some(Without::BeganByMiles) => {
            "It began with the standard rate and counts by actual costs now: its depreciation, straight line of the reduced basis, is not figured (Rev. Proc. 2019-46 s.4)."
        }
        Some(Without::OtherShare(_)) => {
            "Its depreciation waits for one share of the business: the miles state another than its record (perchart summary, Needs you)."
        }
    }
}

/// What the home office says of trips.
fn home(year: &Year) -> &'static str {
    let (stated, home) = (&year.profile.business, &year.profile.home);
    let passes = [home.regular_use, home.exclusive_use, home.principal_place] == [Some(true); 3];
    let office = passes
        || stated.home_office_square_feet.is_some_and(|feet| feet > 0)
        || stated.home_office_expenses.is_some_and(|amount| amount > Usd::ZERO)
        || year.home.as_ref().is_some_and(|home| home.used.is_ok());
    if office {
        "Your home office is your principal place of business, so trips from it to a client or to another place of work for the same business are business trips, not commuting (Rev. Rul. 99-7; Schedule C instructions, line 44b). A trip to the office of an employer stays commuting."
    } else {
        "Without a home office as your principal place of business, the first trip from home and the last one back are commuting, unless they lead to a temporary place of work (Rev. Rul. 99-7). Enter those as commute."
    }
}

/// Part IV of Schedule C, where line 9 is claimed without Form 4562.
fn part_iv(year: &Year, at: usize, car: &CarYear) -> Section {
    let title = format!("Schedule C, Part IV: {}", name(car));
    let mut section = Section::new(format!("{}_part_iv", reference(at).replace('@', "_")), title)
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::right("answer", "Answer"));
    if year.files_form_4562() {
        return section.lead("Form 4562 is filed for this business: the same answers go on its Part V, not here.");
    }
    if at > 0 {
        section = section.lead("Part IV has room for one car: attach a statement for this one.");
    }
    let stated = &car.stated;
    let known = |answer: Option<bool>| answer.map_or("to be stated", |yes| if yes { "Yes" } else { "No" });
    let whole = |miles: Decimal| miles.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let count = |value: Decimal| Cell::Number { value, places: 0 };
    let (business, commuting) = (whole(car.business), whole(car.commuting));
    let other = stated.miles.map(|all| whole(all) - business - commuting).filter(|other| *other >= Decimal::ZERO);
    let unknown = || Cell::Text("to be stated".to_owned());
    let in_service = stated.in_service.map_or_else(unknown, Cell::Date);
    let rows = [
        ("43", "Placed in service for business purposes", in_service),
        ("44a", "Business miles", count(business)),
        ("44b", "Commuting miles", count(commuting)),
        ("44c", "Other miles", other.map_or_else(unknown, count)),
        ("45", "Available for personal use during off-duty hours", known(stated.available_off_duty).into()),
        ("46", "Another vehicle available for personal use", known(stated.other_vehicle_for_personal_use).into()),
        ("47a", "Evidence to support the deduction", known(stated.evidence).into()),
        ("47b", "Is the evidence written", known(stated.written).into()),
    ];
    section.rows(rows.into_iter().map(|(line, what, answer)| Row::new(line).text(what).cell(answer)))
}

/// What is asked before all else, for the money that hangs on it.
pub fn first_questions(year: &Year) -> Vec<(String, String, String)> {
    let at = |car: &CarYear| year.cars.cars.iter().position(|own| own.stated.name == car.stated.name).unwrap_or(0);
    let missing = year
        .cars
        .at_stake()
        .map(|(car, text)| (format!("Miles of {}", name(car)), text, format!("{}.12", reference(at(car)))));
    missing.chain(without_a_log(year)).collect()
}

/// Depreciation of cars, and what was paid beside it, that no trip of the year stands behind.
fn without_a_log(year: &Year) -> Option<(String, String, String)> {
    if !year.cars.cars.is_empty() {
        return None;
    }
    let rows = || {
        let deducted = Verdict::Deducted(ExpenseLine::Car);
        year.deductions.items.iter().filter(move |item| item.category.id == "car" && item.verdict == deducted)
    };
    let (paid, counts): (Usd, Usd) =
        (rows().map(|item| item.expense.amount).sum(), rows().map(|item| item.counts).sum());
    let assets = year.assets.cars().filter_map(|(_, held)| Some((held, held.of(year.number())?)));
    let assets: Vec<_> = assets.filter(|(_, own)| own.deduction() != Usd::ZERO).collect();
    let place = assets.first().map(|(held, _)| held.asset.origin)?;
    let mut said = Vec::new();
    if counts != Usd::ZERO {
        let share = counts.cents() * 1_000_000 / paid.cents().max(1);
        said.push(format!("{} of {} paid counts on line 9, {}", dollars(counts), dollars(paid), percent(share)));
    }
    for (held, own) in &assets {
        let (name, share) = (&held.asset.name, percent(own.share_millionths));
        said.push(format!("{} of {name} is depreciated, at {share}", dollars(own.deduction())));
    }
    let why = format!(
        "The book has no trips of the year: {}. Nothing of a car counts without a log of its trips (IRC 274(d)(4)), and one car has one share, its business miles of all miles (Temp. Treas. Reg. 1.274-5T(b)(6)). Log the trips (perchart add trip, or import trips.csv), and state all miles: [[car]] miles in perchart.toml.",
        said.join("; ")
    );
    Some(("The car, without a log".to_owned(), why, year.records.place(place)))
}

/// What only the user knows of the car and of trips: what, the row, and why it is asked.
pub fn questions(year: &Year) -> Vec<(String, String, String)> {
    let mut asked = Vec::new();
    for (trip, judged) in &year.cars.trips {
        let Judged::Asked(why) = judged else { continue };
        let what = format!("Trip of {}, {} miles", trip.date, Decimal::new(trip.miles_tenths, 1).normalize());
        asked.push((what, format!("{} ({})", why.text, why.cite), year.records.place(trip.origin)));
    }
    for (at, car) in year.cars.cars.iter().enumerate() {
        let place = format!("{}.12", reference(at));
        let most = (car.business + car.commuting).max(car.logged);
        if let Some(all) = car.stated.miles.filter(|all| *all < most) {
            let why = format!(
                "{} miles are for the business, {} are commuting, and the log has {} in all; [[car]] states {} as all miles of the year. One of them is wrong.",
                car.business.normalize(),
                car.commuting.normalize(),
                car.logged.normalize(),
                all.normalize()
            );
            asked.push((format!("Miles of {}", name(car)), why, place));
        }
    }
    for (at, car) in year.cars.cars.iter().enumerate().filter(|(_, car)| car.business > Decimal::ZERO) {
        let stated = &car.stated;
        let open: Vec<&str> = [
            ("in_service", stated.in_service.is_none()),
            ("miles", stated.miles.is_none()),
            ("available_off_duty", stated.available_off_duty.is_none()),
            ("other_vehicle_for_personal_use", stated.other_vehicle_for_personal_use.is_none()),
            ("evidence", stated.evidence.is_none()),
            ("written", stated.written.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, open)| open.then_some(key))
        .collect();
        if !open.is_empty() {
            let why = format!(
                "Part IV of Schedule C asks it of whoever claims line 9: under [[car]] in perchart.toml, {}.",
                open.join(", ")
            );
            asked.push((format!("Answers on {}", name(car)), why, format!("{}.12", reference(at))));
        }
        if let (Some(Without::OtherShare(shares)), Some(held)) = (car.without, asset_of(year, car))
            && stated.method != Some(CarMethod::Standard)
        {
            let why = format!(
                "{} of the miles of {} are for the business ({} of {}), and the asset says {}. One car has one share (Temp. Treas. Reg. 1.274-5T(b)(6)(i)(B); Treas. Reg. 1.280F-6(e)); until it has, actual costs count without depreciation. {}",
                percent(shares.miles),
                year.number(),
                car.business.normalize(),
                stated.miles.unwrap_or_default().normalize(),
                percent(shares.asset),
                share_command(year.number(), held, shares)
            );
            asked.push((format!("Share of {}", held.asset.name), why, year.records.place(held.asset.origin)));
        }
    }
    asked.extend(without_a_name(year));
    if year.cars.cars.is_empty() && !year.profile.cars.is_empty() && without_a_log(year).is_none() {
        let why = "perchart.toml states a car, and the book has no trips of the year: line 9 rests on rows of expenses alone. Log trips: perchart add trip, or import trips.csv.";
        asked.push(("The car".to_owned(), why.to_owned(), String::new()));
    }
    asked
}

/// Cars among the assets that are no [[car]], and cars of the profile that are no asset.
fn without_a_name(year: &Year) -> impl Iterator<Item = (String, String, String)> {
    let stated = &year.profile.cars;
    let alone = stated.len() == 1;
    let without = stated.iter().filter(move |car| year.assets.car(car.name.as_deref(), alone).is_none());
    let names: Vec<&str> = without.filter_map(|car| car.name.as_deref()).collect();
    let unnamed = Cars::unnamed(stated, &year.assets).into_iter();
    unnamed.map(move |(_, held)| {
        let name = &held.asset.name;
        let counts = held.of(year.number()).map(AssetYear::deduction).unwrap_or_default();
        let other = match names.as_slice() {
            [] => String::new(),
            names => format!(" [[car]] {} has no asset: if it is this car, give both one name, or the standard rate and depreciation count for one car (Rev. Proc. 2019-46 s.4).", names.join(", ")),
        };
        let why = format!(
            "A car among your assets, of which {} is depreciated; no [[car]] of perchart.toml has its name.{other} A car of its own needs one: [[car]] name = \"{name}\" with miles, and its trips in the log (IRC 274(d)(4)).",
            dollars(counts)
        );
        (name.clone(), why, year.records.place(held.asset.origin))
    })
}

/// Every trip of the year, with what became of it.
pub fn trips(year: &Year) -> Report {
    let mut section = Section::new("trips", "Trips")
        .lead("A trip counts with its day, miles, place and business purpose, written down at the time or soon after.")
        .lead("Authority: IRC 274(d); Temp. Treas. Reg. 1.274-5T(b)(6), (c)(1).")
        .column(Column::left("date", "Day"))
        .column(Column::left("destination", "Where to"))
        .column(Column::left("purpose", "What for"))
        .column(Column::right("miles", "Miles"))
        .column(Column::right("counts", "Count"))
        .column(Column::right("parking", "Parking, $"))
        .column(Column::left("because", "Because"))
        .column(Column::left("row", "Row"));
    let (mut all, mut business) = (Decimal::ZERO, Decimal::ZERO);
    for (trip, judged) in &year.cars.trips {
        let miles = Decimal::new(trip.miles_tenths, 1);
        let counts = if matches!(judged, Judged::Counts(_)) { miles } else { Decimal::ZERO };
        (all, business) = (all + miles, business + counts);
        let because = match judged {
            Judged::Counts(_) => "",
            Judged::Not(None) => TripKind::Private.word(),
            Judged::Not(Some(why)) | Judged::Asked(why) => why.text,
        };
        section.push(
            Row::new(Cell::Date(trip.date))
                .text(trip.destination.as_str())
                .text(trip.purpose.as_str())
                .number(miles, 1)
                .number(counts, 1)
                .money(trip.parking)
                .text(because)
                .text(year.records.place(trip.origin)),
        );
    }
    section.push(Row::new("Together").blank().blank().number(all, 1).number(business, 1).total());
    let count = i64::try_from(year.cars.trips.len()).unwrap_or(i64::MAX);
    Report::new("explain", format!("Trips of {}", year.number())).subtitle(counted(count, "trip")).section(section)
}
