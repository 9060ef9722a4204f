//! Official forms: every field of every blank is in its map, what is written is what our lines say, and nothing else is filled.
//! The blanks lie beside the project; a form made here stands in for them where that is enough.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use lopdf::{Document, Object, dictionary};
use perchart::book::entry::{Asset, AssetClass, Bonus, Expense, Origin, Payment, Trip, TripKind};
use perchart::law;
use perchart::money::{Round, Usd};
use perchart::official::{self, Entry, Form, Found, Map, Place, Refused};
use perchart::profile::Profile;
use perchart::tax::Return;
use perchart::year::{Records, Year};

/// A couple, each with a business, two children, wages and interest: most lines that a coder's return can fill.
const COUPLE: &str = r#"
[household]
filing_status = "joint"
born = 1958-03-01
[household.spouse]
born = 1980-05-01
blind = true
profit = 9000
[household.spouse.wages]
box1 = 42000
box2 = 3100
box3 = 42000
box4 = 2604
box5 = 42000
box6 = 609
[household.income]
interest = 812
dividends = 300
qualified_dividends = 250
long_gain = -900
qbi_loss = 1500
[[household.dependent]]
born = 2016-05-01
[[household.dependent]]
born = 2004-05-01
student = true
[business]
name = "Chart coding (records)"
home_office_square_feet = 340
[benefits]
health_premium = 4200
dental_premium = 385
retirement = 2500
estimated_payments = 3000
"#;

/// Expenses of a year, with cents that get lost where each row is rounded by itself.
const EXPENSES: &[(&str, i64)] = &[
    ("books", 35_049),
    ("dues", 21_000),
    ("education", 9_950),
    ("software", 72_033),
    ("equipment", 119_999),
    ("supplies", 8_412),
    ("internet", 60_000),
    ("meals", 4_200),
    ("insurance", 42_000),
];

fn expense(category: &str, cents: i64, date: NaiveDate) -> Expense {
    Expense {
        id: 1,
        origin: Origin { batch: 0, line: 0 },
        date,
        vendor: "A shop".to_owned(),
        description: String::new(),
        category: category.to_owned(),
        amount: Usd::from_cents(cents),
        share_millionths: 1_000_000,
    }
}

fn year(number: i32, profile: &str, receipts: i64) -> Year {
    with(number, profile, receipts, |_| {})
}

/// A year whose records hold more.
fn with(number: i32, profile: &str, receipts: i64, more: impl FnOnce(&mut Records)) -> Year {
    let origin = Origin { batch: 0, line: 0 };
    let date = NaiveDate::from_ymd_opt(number, 6, 1).unwrap();
    let payments = vec![Payment {
        id: 1,
        origin,
        received_on: date,
        payer: "Northside Coding".to_owned(),
        amount: Usd::dollars(receipts),
        reference: String::new(),
    }];
    let expenses = EXPENSES.iter().map(|(category, cents)| expense(category, *cents, date)).collect();
    let mut records = Records { payments, expenses, ..Records::default() };
    more(&mut records);
    Year::work_out(number, records, Profile::parse("perchart.toml", profile).unwrap(), Round::WholeDollar).unwrap()
}

/// A map's blank, where it lies beside the project.
fn blank(map: &Map) -> Option<Vec<u8>> {
    let folder = shared::folder("forms-blank")?;
    let bytes = std::fs::read(folder.join(map.year.to_string()).join(&map.file)).ok();
    if bytes.is_none() {
        eprintln!("no blank {} of {} there: its map is not compared", map.file, map.year);
    }
    bytes
}

/// The printed line of ours that a number names, and what stands on it.
fn line(filled: &Return, map: &Map, copy: &str, name: &str) -> Option<Usd> {
    use perchart::tax::form::Value;
    let (form, number) = name.rsplit_once('.').unwrap_or((&map.form, name));
    let view = |view: &perchart::tax::view::FormView| view.name == format!("{form}{copy}");
    let forms = filled.forms().forms;
    let lines = forms.iter().filter(|form| view(form)).flat_map(|form| form.filled.lines(map.year));
    match lines.into_iter().find(|line| line.number == Some(number))?.value {
        Value::Usd(amount) => Some(amount),
        _ => None,
    }
}

#[test]
fn every_field_of_a_blank_is_in_its_map_and_the_reverse() {
    let (mut problems, mut count) = (String::new(), 0);
    for map in official::map::all() {
        let Some(bytes) = blank(map) else { continue };
        let digest = official::digest(&bytes);
        assert!(map.sha256.contains(&digest), "{} {}: {digest}", map.file, map.year);
        let form = Form::read(&bytes).unwrap();
        assert_eq!(form.title().unwrap().trim(), format!("{} {}", map.year, map.title));
        let fields: BTreeSet<String> = form.fields().iter().map(|field| field.name.clone()).collect();
        let places: BTreeSet<String> = map.places().map(|(name, _)| name).collect();
        for name in fields.symmetric_difference(&places) {
            writeln!(problems, "{} {}: {name} is in one of both alone", map.file, map.year).unwrap();
        }
        for field in form.fields() {
            match map.place(&field.name) {
                Some(Place::Check { on, .. }) if !field.is_box || form.states(field) != [on.clone()] => {
                    writeln!(problems, "{}: {} has no state {on}", map.file, field.name).unwrap();
                }
                Some(Place::Line { .. } | Place::Text { .. }) if field.is_box => {
                    writeln!(problems, "{}: {} takes no text", map.file, field.name).unwrap();
                }
                _ => {}
            }
        }
        count += fields.len();
    }
    assert!(problems.is_empty(), "{problems}");
    eprintln!("compared {count} fields of blanks");
    assert!(count == 0 || count >= 900, "{count} fields");
}

/// Lines of ours that no field takes, and why.
const WITHOUT_FIELD: &[(&str, &str)] = &[
    ("schedule-se.7", "printed on the form"),
    ("schedule-se.14", "printed on the form"),
    ("form-1040.38", "left to the IRS"),
    ("form-4562.19j-c", "in rows, column (c) of 19j"),
    ("form-1040.30", "reserved in 2024"),
];

#[test]
fn every_printed_amount_of_ours_has_a_field() {
    let mut problems = String::new();
    for map in official::map::all() {
        let year = year(i32::from(map.year), COUPLE, 60_000);
        let filled = year.filled.as_ref().unwrap();
        let has: BTreeSet<&str> = map
            .places()
            .filter_map(|(_, place)| match place {
                Place::Line { line, .. } => Some(line.as_str()),
                // What is listed in rows: `26 (h) row 1`.
                Place::Text { at, .. } => at.split(' ').next(),
                _ => None,
            })
            .collect();
        for view in filled.forms().forms.iter().filter(|view| view.name == map.form) {
            for line in view.filled.lines(map.year) {
                let Some(number) = line.number.filter(|number| number.starts_with(|c: char| c.is_ascii_digit())) else {
                    continue;
                };
                let without = WITHOUT_FIELD.iter().any(|(name, _)| *name == format!("{}.{number}", map.form));
                if !has.contains(number) && !without {
                    writeln!(problems, "{} {}: line {number} has no field", map.form, map.year).unwrap();
                }
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn a_line_has_one_field_and_a_reason_is_given_for_what_is_left() {
    for map in official::map::all() {
        let mut lines = BTreeSet::new();
        for (name, place) in map.places() {
            match place {
                Place::Line { line, .. } => assert!(lines.insert(line), "{} {}: {line} twice", map.file, map.year),
                Place::Leave { leave, .. } => {
                    assert!(official::map::reasons().contains_key(leave), "{}: {name}: no reason {leave}", map.file);
                }
                Place::Text { .. } | Place::Check { .. } => {}
            }
        }
    }
    let used: BTreeSet<&String> = official::map::all()
        .iter()
        .flat_map(Map::places)
        .filter_map(|(_, place)| if let Place::Leave { leave, .. } = place { Some(leave) } else { None })
        .collect();
    let idle: Vec<_> = official::map::reasons().keys().filter(|reason| !used.contains(reason)).collect();
    assert!(idle.is_empty(), "reasons that no map gives: {idle:?}");
}

#[test]
fn what_stands_in_a_field_is_what_our_line_says() {
    let (mut forms, mut entries) = (0, 0);
    for map in official::map::all() {
        let Some(bytes) = blank(map) else { continue };
        let year = year(i32::from(map.year), COUPLE, 60_000);
        let filled = year.filled.as_ref().unwrap();
        for copy in official::fill(map, &bytes, &year, filled).unwrap() {
            let form = Form::read(&copy.bytes).unwrap();
            assert_eq!(form.fields().len(), copy.fields.len());
            for (field, outcome) in form.fields().iter().zip(&copy.fields) {
                let at = format!("{} {}: {} at {}", copy.file(), outcome.field, field.name, outcome.at);
                let stands = form.entry(field);
                match &outcome.found {
                    Found::Entry(entry) => assert_eq!(stands.as_ref(), Some(entry), "{at}"),
                    Found::Nothing => assert_eq!(stands, None, "{at}"),
                    Found::Left(reason) => {
                        assert!(!reason.starts_with("perchart does not"), "{at}: {reason}");
                        // A figure that is printed stands there already.
                        assert!(stands.is_none() || reason.starts_with("printed"), "{at}: {stands:?}");
                    }
                }
                let Some(Place::Line { line: name, .. }) = map.place(&field.name) else { continue };
                let Some(amount) = line(filled, map, &copy.copy, name) else { continue };
                let digits = match &stands {
                    Some(Entry::Text(text)) => text.chars().filter(char::is_ascii_digit).collect::<String>(),
                    _ => String::new(),
                };
                let dollars = if digits.is_empty() { 0 } else { digits.parse().unwrap() };
                assert_eq!(Usd::dollars(dollars), if amount < Usd::ZERO { -amount } else { amount }, "{at}");
                entries += 1;
            }
            forms += 1;
        }
    }
    eprintln!("read {entries} lines of {forms} filled forms");
    assert!(forms == 0 || (forms >= 9 && entries >= 300), "{forms} forms, {entries} lines");
}

#[test]
fn the_same_return_gives_the_same_bytes_without_what_one_viewer_alone_reads() {
    let map = official::map::all().iter().find(|map| map.form == "schedule-c").unwrap();
    let Some(bytes) = blank(map) else { return };
    let year = year(i32::from(map.year), COUPLE, 60_000);
    let fill = || official::fill(map, &bytes, &year, year.filled.as_ref().unwrap()).unwrap();
    let (first, second) = (fill(), fill());
    assert_eq!(
        first.iter().map(official::Filled::file).collect::<Vec<_>>(),
        ["f1040sc-2024.pdf", "f1040sc-2024-spouse.pdf"]
    );
    assert!(first.iter().zip(&second).all(|(one, other)| one.bytes == other.bytes));
    let document = Document::load_mem(&first[0].bytes).unwrap();
    let catalog = document.catalog().unwrap();
    let (_, form) = document.dereference(catalog.get(b"AcroForm").unwrap()).unwrap();
    let form = form.as_dict().unwrap();
    assert!(!form.has(b"XFA") && !form.has(b"SigFlags") && !catalog.has(b"Perms"));
    assert_eq!(form.get(b"NeedAppearances").unwrap(), &Object::Boolean(true));
}

#[test]
fn other_expenses_add_up_to_their_line() {
    let map = official::map::all().iter().find(|map| map.form == "schedule-c").unwrap();
    let Some(bytes) = blank(map) else { return };
    let year = year(i32::from(map.year), COUPLE, 60_000);
    let filled = year.filled.as_ref().unwrap();
    let forms = official::fill(map, &bytes, &year, filled).unwrap();
    let rows: i64 = forms[0]
        .fields
        .iter()
        .filter(|field| field.at.starts_with("Part V") && field.at.ends_with("amount"))
        .filter_map(|field| match &field.found {
            Found::Entry(Entry::Text(text)) => Some(text.parse::<i64>().unwrap()),
            _ => None,
        })
        .sum();
    assert_eq!(Usd::dollars(rows), filled.schedule_c[0].l48);
    assert!(rows > 0);
}

/// An asset of the year, used for the business alone.
fn asset(name: &str, class: AssetClass, in_service: &str, cost: i64, section_179: i64) -> Asset {
    let day = in_service.parse().unwrap();
    Asset {
        id: 0,
        origin: Origin { batch: 0, line: 0 },
        name: name.to_owned(),
        class,
        acquired: day,
        in_service: day,
        cost: Usd::from_cents(cost),
        share_millionths: 800_000,
        value: None,
        section_179: Usd::from_cents(section_179),
        bonus: Bonus::Out,
        events: Vec::new(),
    }
}

/// What a map's form says at a place, of the filer's first.
fn at(year: &Year, form: &str) -> BTreeMap<String, String> {
    let map = official::map::all().iter().find(|map| map.form == form && i32::from(map.year) == year.number()).unwrap();
    let filled = official::outcomes(map, year, year.filled.as_ref().unwrap(), "");
    let text = |outcome: official::Outcome| match outcome.found {
        Found::Entry(Entry::Text(text)) => Some((outcome.at, text)),
        Found::Entry(Entry::Checked(_)) => Some((outcome.at, "checked".to_owned())),
        _ => None,
    };
    filled.into_iter().filter_map(text).collect()
}

#[test]
fn things_and_start_up_costs_are_listed_item_by_item_and_add_up() {
    let assets = vec![
        asset("Desk", AssetClass::Furniture, "2025-03-20", 300_099, 200_050),
        asset("Server", AssetClass::Computer, "2025-03-21", 400_000, 300_049),
        asset("Scanner", AssetClass::Computer, "2025-04-11", 500_000, 350_049),
        asset("Laptop", AssetClass::Computer, "2025-05-11", 410_000, 0),
        asset("Corolla", AssetClass::Car, "2025-03-18", 2_000_000, 0),
    ];
    let profile = COUPLE.replace("[business]\n", "[business]\nstarted = 2025-03-17\n");
    let before = expense("advertising", 860_000, NaiveDate::from_ymd_opt(2024, 11, 20).unwrap());
    let year = with(2025, &profile, 60_000, |records| {
        records.assets = assets;
        records.expenses.push(before);
    });
    let form = year.filled.as_ref().unwrap().form_4562[0];
    let said = at(&year, "form-4562");
    let sum = |places: &[&str]| -> Usd {
        places.iter().filter_map(|place| said.get(*place)).map(|text| Usd::dollars(text.parse().unwrap())).sum()
    };
    // Three are elected, the form has two rows: the second is the sum of two.
    assert_eq!(said["6 (a) row 1"], "Desk");
    assert_eq!(said["6 (a) row 2"], "2 more, see statement");
    assert_eq!(form.l6, Usd::dollars(8_501));
    assert_eq!(sum(&["6 (c) row 1", "6 (c) row 2"]), form.l6);
    // Business parts: 80% of 4,000 and of 5,000.
    assert_eq!(said["6 (b) row 2"], "7200");
    assert_eq!([&said["19b (d)"], &said["19b (e)"], &said["19b (f)"]], ["5 yrs.", "HY", "200 DB"]);
    assert_eq!([&said["19c (d)"], &said["19c (e)"], &said["19c (f)"]], ["7 yrs.", "HY", "200 DB"]);
    // The car: 80% of 20,000 is 16,000; 20% of it in the first year.
    let car = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|column| said[&format!("26 ({column}) row 1")].as_str());
    assert_eq!(car, ["Corolla", "03/18/2025", "80", "20000", "16000", "5 yrs.", "200 DB/HY", "3200"]);
    assert_eq!(sum(&["26 (h) row 1"]), form.l26);
    // 8,600 less 5,000 at once, over 180 months: ten of them.
    let costs = ["a", "b", "c", "d", "e", "f"].map(|column| said[&format!("42 ({column}) row 1")].as_str());
    assert_eq!(costs, ["Start-up costs", "03/17/2025", "3600", "195", "180 mos.", "200"]);
    assert_eq!(form.l42, Usd::dollars(200));
}

const CAR: &str = "[[car]]\nname = \"Corolla\"\nin_service = 2024-02-01\nmiles = 5000\navailable_off_duty = true\n\
                   other_vehicle_for_personal_use = false\nevidence = true\n";

fn trip(number: i32, miles_tenths: i64, kind: TripKind) -> Trip {
    Trip {
        id: 0,
        origin: Origin { batch: 0, line: 0 },
        date: NaiveDate::from_ymd_opt(number, 7, 1).unwrap(),
        miles_tenths,
        destination: "Clinic".to_owned(),
        purpose: "Audit of charts".to_owned(),
        kind,
        car: String::new(),
        parking: Usd::ZERO,
    }
}

#[test]
fn the_car_answers_on_one_of_two_forms() {
    let trips = || vec![trip(2025, 12_345, TripKind::Business), trip(2025, 4_000, TripKind::Commute)];
    let profile = format!("{COUPLE}{CAR}");
    let year = with(2025, &profile, 60_000, |records| records.trips = trips());
    let said = at(&year, "schedule-c");
    // 1,234.5 and 400 of 5,000 miles: 1,235 and 400, and 3,365 others.
    let answers = ["43 month", "43 day", "43 year", "44a", "44b", "44c", "45 yes", "46 no", "47a yes"];
    let answers = answers.map(|place| said.get(place).map(String::as_str).unwrap_or_default());
    assert_eq!(answers, ["02", "01", "2024", "1235", "400", "3365", "checked", "checked", "checked"]);
    // What nobody stated is open.
    assert!(["45 no", "46 yes", "47b yes", "47b no"].iter().all(|place| !said.contains_key(*place)));
    // A thing placed in service brings Form 4562, and the questions move there.
    let year = with(2025, &profile, 60_000, |records| {
        records.trips = trips();
        records.assets = vec![asset("Desk", AssetClass::Furniture, "2025-03-20", 300_000, 0)];
    });
    assert!(!at(&year, "schedule-c").contains_key("44a"));
    let said = at(&year, "form-4562");
    let answers =
        ["24a yes", "27 (a) row 1", "27 (c) row 1", "30 (a)", "31 (a)", "32 (a)", "33 (a)", "34 (a) yes", "36 (a) no"];
    let answers = answers.map(|place| said.get(place).map(String::as_str).unwrap_or_default());
    assert_eq!(answers, ["checked", "Corolla", "24.69", "1235", "400", "3365", "5000", "checked", "checked"]);
    assert!(!said.contains_key("27 (d) row 1"), "of a car by the standard rate columns (a) to (c) alone");
}

const HOME: &str = "[home]\nsquare_feet = 120\nwhole_home_square_feet = 1200\nregular_use = true\nexclusive_use = true\n\
                    principal_place = true\nrented = false\nfirst_use = 2025-05-10\nfrom = 2025-05-10\ncost = 300000\n\
                    land = 60000\nvalue_at_first_use = 400000\n";

#[test]
fn the_home_is_named_where_its_method_asks_for_it() {
    let profile = COUPLE.replace("home_office_square_feet = 340\n", "");
    let by = |method: &str| year(2025, &format!("{profile}{HOME}method = \"{method}\"\n"), 60_000);
    let simplified = at(&by("simplified"), "schedule-c");
    assert_eq!(
        [&simplified["30 (a) square feet of the home"], &simplified["30 (b) square feet used"]],
        ["1200", "120"]
    );
    let year = by("actual");
    let filled = year.filled.as_ref().unwrap();
    assert!(!at(&year, "schedule-c").contains_key("30 (b) square feet used"));
    // 10% of 240,000 of building; May: 1.605%, 385.20. It is on Form 8829, and no part of line 22.
    let said = at(&year, "form-4562");
    assert_eq!([&said["19j (b)"], &said["19j (c)"], &said["19j (g)"]], ["05/2025", "24000", "385"]);
    assert_eq!((filled.form_4562[0].l22, filled.schedule_c[0].l13), (Usd::ZERO, Usd::ZERO));
    assert!(!said.contains_key("22"));
    let map = official::map::all().iter().find(|map| map.form == "form-4562").unwrap();
    assert_eq!(official::copies(map, filled), [""]);
}

#[test]
fn small_things_and_start_up_costs_are_named_among_other_expenses() {
    let profile = COUPLE.replace("[business]\n", "[business]\nstarted = 2025-03-17\n");
    let before = expense("advertising", 860_000, NaiveDate::from_ymd_opt(2024, 11, 20).unwrap());
    let year = with(2025, &profile, 60_000, |records| {
        records.expenses.push(before);
        records.assets = vec![asset("Desk", AssetClass::Furniture, "2025-04-10", 100_000, 0)];
    });
    let said = at(&year, "schedule-c");
    let rows = (1..=9).filter_map(|row| {
        let kind = said.get(&format!("Part V row {row}"))?;
        Some((kind.as_str(), said[&format!("Part V row {row} amount")].parse::<i64>().unwrap()))
    });
    let rows: Vec<(&str, i64)> = rows.collect();
    assert_eq!(rows[0], ("Start-up costs deducted at once (IRC 195)", 5_000));
    assert!(rows.contains(&("Small equipment, de minimis safe harbor", 800)), "{rows:?}");
    assert!(rows.contains(&("Amortization, Form 4562", 200)), "{rows:?}");
    assert!(rows.iter().all(|(kind, _)| *kind != "Other"), "{rows:?}");
    assert_eq!(
        Usd::dollars(rows.iter().map(|(_, amount)| amount).sum()),
        year.filled.as_ref().unwrap().schedule_c[0].l48
    );
    assert_eq!(said["H"], "checked");
}

#[test]
fn a_form_of_another_year_or_another_hash_is_refused() {
    let map = official::map::all().iter().find(|map| map.form == "schedule-se" && map.year == 2024).unwrap();
    let Some(mut bytes) = blank(map) else { return };
    assert_eq!(official::recognise(&bytes, 2024).unwrap().form, "schedule-se");
    let refused = official::recognise(&bytes, 2025).unwrap_err();
    assert_eq!(refused.to_string(), "this is Schedule SE (Form 1040) of 2024; that of 2025 is wanted");
    bytes.extend_from_slice(b"\n% saved anew\n");
    let refused = official::recognise(&bytes, 2024).unwrap_err();
    assert!(matches!(&refused, Refused::OtherRevision { year: 2024, .. }), "{refused}");
    assert!(refused.to_string().ends_with(&format!("expected was {}", map.sha256[0])), "{refused}");
}

/// A small form: a line, several lines, cells, a box, and a group of two of which one may be on.
fn small() -> Vec<u8> {
    titled("2025 Form 8995")
}

fn titled(title: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let page = document.new_object_id();
    let rect = |top: i64| Object::Array(vec![20.into(), (top - 14).into(), 220.into(), top.into()]);
    let style = || Object::string_literal("/Helv 9 Tf 0 g");
    let text = |name: &str, top: i64, flags: i64| {
        dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal(name),
            "Rect" => rect(top), "DA" => style(), "Ff" => flags, "MaxLen" => 10, "P" => page,
        }
    };
    let state = |document: &mut Document| {
        let stream = lopdf::Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => rect(14) },
            b"0 0 5 5 re f".to_vec(),
        );
        document.add_object(stream)
    };
    let mut group = Vec::new();
    for (at, name) in ["first", "second"].into_iter().enumerate() {
        let on = state(&mut document);
        let top = 500 - 20 * i64::try_from(at).unwrap();
        group.push(document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "Rect" => rect(top), "AS" => "Off", "P" => page,
            "AP" => dictionary! { "N" => dictionary! { name => on } },
        }));
    }
    let on = state(&mut document);
    let kids = |ids: &[lopdf::ObjectId]| Object::Array(ids.iter().map(|id| Object::Reference(*id)).collect());
    let fields = vec![
        document.add_object(text("name", 700, 0)),
        document.add_object(text("remark", 680, 1 << 12)),
        document.add_object(text("code", 660, 1 << 24)),
        document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Btn", "T" => Object::string_literal("cash"),
            "Rect" => rect(540), "AS" => "Off", "P" => page, "AP" => dictionary! { "N" => dictionary! { "1" => on } },
        }),
        document.add_object(dictionary! {
            "FT" => "Btn", "Ff" => 1 << 15, "T" => Object::string_literal("choice"), "Kids" => kids(&group),
        }),
    ];
    let outer = document.add_object(dictionary! { "T" => Object::string_literal("form"), "Kids" => kids(&fields) });
    let helv = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let pages = document.new_object_id();
    let annots: Vec<_> = fields[..4].iter().chain(&group).copied().collect();
    document.objects.insert(
        page,
        Object::Dictionary(dictionary! {
            "Type" => "Page", "Parent" => pages, "Annots" => kids(&annots),
            "MediaBox" => Object::Array(vec![0.into(), 0.into(), 300.into(), 720.into()]),
        }),
    );
    document
        .objects
        .insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids(&[page]) }));
    let form = dictionary! {
        "Fields" => kids(&[outer]), "XFA" => Object::string_literal("<xdp/>"), "SigFlags" => 2,
        "DR" => dictionary! { "Font" => dictionary! { "Helv" => helv } },
    };
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "AcroForm" => form });
    let info = document.add_object(dictionary! { "Title" => Object::string_literal(title) });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_form_is_filled_and_stays_fillable() {
    let form = Form::read(&small()).unwrap();
    let names: Vec<_> = form.fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["form.name", "form.remark", "form.code", "form.cash", "form.choice"]);
    assert_eq!(form.states(&form.fields()[4]), ["first", "second"]);
    let text = |text: &str| Entry::Text(text.to_owned());
    let on = |state: &str| Entry::Checked(state.to_owned());
    let entries = [text("Ann (née Doe)"), text("two words"), text("541990"), on("1"), on("second")];
    let entries: Vec<_> = entries.into_iter().enumerate().collect();
    let bytes = Form::read(&small()).unwrap().filled(&entries).unwrap();
    let filled = Form::read(&bytes).unwrap();
    for (at, entry) in &entries {
        assert_eq!(filled.entry(&filled.fields()[*at]).as_ref(), Some(entry));
    }
    // Of the group one place is on.
    let document = Document::load_mem(&bytes).unwrap();
    let on: Vec<_> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"AS").ok()?.as_name().ok())
        .filter(|state| *state != b"Off")
        .collect();
    assert_eq!(on.len(), 2, "the box and one of the group: {on:?}");
    let all = String::from_utf8_lossy(&bytes);
    assert!(!all.contains("XFA") && all.contains("/NeedAppearances true"));
    assert!(all.contains("<6e>") || all.contains("Tj"), "values are drawn");
}

#[test]
fn what_is_no_form_is_refused_by_what_it_is() {
    let refused = |bytes: &[u8]| official::recognise(bytes, 2025).unwrap_err().to_string();
    assert!(refused(b"not a PDF").starts_with("it cannot be read as a PDF"), "{}", refused(b"not a PDF"));
    let small = small();
    let text = refused(&small);
    assert!(text.starts_with("this calls itself Form 8995 of 2025, but it is not the blank"), "{text}");
    assert!(text.contains(&official::digest(&small)), "{text}");
    // A form of the year without a map is no mistake of the user's; one of another year is.
    for title in ["2025 Schedule 2 (Form 1040)", "2025 Form 8889 "] {
        assert_eq!(refused(&titled(title)), "perchart has no map for it: copy its lines by hand");
    }
    assert!(refused(&titled("2024 Form 8889")).starts_with("this is no form whose fields perchart knows"));
    assert!(refused(&titled("2025 Form")).starts_with("this is no form whose fields perchart knows"));
    let mut bare = Document::load_mem(&small).unwrap();
    bare.catalog_mut().unwrap().remove(b"AcroForm");
    let mut bytes = Vec::new();
    bare.save_to(&mut bytes).unwrap();
    assert!(refused(&bytes).starts_with("it has no fields to fill"), "{}", refused(&bytes));
}

#[test]
fn every_cut_of_a_form_is_read_or_refused() {
    let small = small();
    for end in (0..small.len()).step_by(37) {
        let _ = Form::read(&small[..end]);
    }
}

#[test]
fn maps_are_of_years_with_law() {
    for map in official::map::all() {
        assert!(law::of(i32::from(map.year)).is_ok(), "{} {}", map.file, map.year);
        assert!(map.sha256.iter().all(|digest| digest.len() == 64), "{}", map.file);
    }
}
