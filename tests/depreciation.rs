//! Depreciation against published examples, and over random books. Evidence: official for the examples of the IRS. The
//! files lie beside the project; without them the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use perchart::assets::percent::Convention;
use perchart::assets::{Elections, Register, life};
use perchart::book::entry::{Asset, AssetClass, AssetEvent, Bonus, Expense, Origin};
use perchart::deduct::Deductions;
use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::facts::Filer;
use perchart::tax::form_4562::{BusinessIncome, Depreciation, Form4562};
use proptest::prelude::*;
use serde_json::Value;

fn asset(class: AssetClass, in_service: NaiveDate, cost: Usd) -> Asset {
    Asset {
        id: 1,
        origin: Origin { batch: 1, line: 2 },
        name: "Thing".to_owned(),
        class,
        acquired: in_service,
        in_service,
        cost,
        share_millionths: 1_000_000,
        value: None,
        section_179: Usd::ZERO,
        bonus: Bonus::Out,
        events: Vec::new(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn usd(value: &Value) -> Usd {
    Usd::dollars(value.as_i64().unwrap())
}

fn elections(de_minimis: bool) -> Elections {
    Elections { de_minimis, per_item: Usd::dollars(2_500), started: None, is_stated: false }
}

/// Part I of Form 4562 for what is elected and the profit before it.
fn part_one(elected: Usd, profits: Usd) -> Form4562 {
    let (law, _) = law::of(2025).unwrap();
    let own = Depreciation { cost_179: elected, elected, ..Depreciation::default() };
    let income = BusinessIncome { profits, wages: Usd::ZERO };
    Form4562::fill(law, &Filer::default(), &[own], &own, &income, Round::Cents)
}

/// Depreciation of the first years by the half-year tables, which no year has changed since 1987.
fn columns(cost: Usd, years: u32) -> Vec<Usd> {
    let own = asset(AssetClass::FiveYear, day("2025-02-10"), cost);
    let life = life(&own, Convention::HalfYear, Bonus::Out, years).unwrap();
    life.years.iter().map(|own| own.depreciation).collect()
}

/// What a published example asks for, by the keys of its answer; none for an example of something else.
fn ours(id: &str, inputs: &Value) -> Option<BTreeMap<&'static str, Usd>> {
    let years = ["y1", "y2", "y3", "y4"];
    let answer = match id {
        "prac-s179mn" => {
            let form = part_one(usd(&inputs["cost"]), usd(&inputs["business_income"]));
            [("deduction", form.l12), ("carryover", form.l13)].into()
        }
        "irs-p587-stephens1" => {
            let elected = usd(&inputs["computer"]) + usd(&inputs["filing_cabinet"]);
            // Line 31 of the example is after the deduction; its dollar limit of 2010 is far above the income.
            let form = part_one(elected, usd(&inputs["sch_c_line31"]) + elected);
            [("line8", form.l8), ("line11", form.l11), ("line12", form.l12)].into()
        }
        "prac-jkl-car" | "prac-copier" => years.into_iter().zip(columns(usd(&inputs["cost"]), 4)).collect(),
        "irs-p544-1245" => {
            let month =
                |key: &str, day_of_month: u32| day(&format!("{}-{day_of_month:02}", inputs[key].as_str().unwrap()));
            let sold = AssetEvent::Disposed { on: month("sold", 20), proceeds: usd(&inputs["price"]) };
            let truck = asset(AssetClass::FiveYear, month("placed", 10), usd(&inputs["cost"]));
            let register = Register::of(2025, &[Asset { events: vec![sold], ..truck }], &[], elections(true)).unwrap();
            let life = register.held[0].life().unwrap();
            let (sale, of) = (life.sale.unwrap(), |year| life.of(year).unwrap().depreciation);
            let basis = sale.cost - sale.depreciation;
            [
                ("dep_2023", of(2023)),
                ("dep_2024", of(2024)),
                ("dep_2025", of(2025)),
                ("adjusted_basis", basis),
                ("gain", sale.gain),
                ("ordinary", sale.ordinary),
            ]
            .into()
        }
        _ => return None,
    };
    Some(answer)
}

#[test]
fn published_examples_of_form_4562() {
    let Some(folder) = shared::folder("cases/published") else { return };
    let mut compared = Vec::new();
    for file in ["irs_publications.json", "practitioner.json"] {
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(folder.join(file)).unwrap()).unwrap();
        for case in &cases {
            let id = case["id"].as_str().unwrap();
            let Some(ours) = ours(id, &case["inputs"]) else { continue };
            let tolerance = if case["tolerance"].as_i64() == Some(1) { 100 } else { 50 };
            for (key, expected) in case["expected"].as_object().unwrap() {
                let off = (ours[key.as_str()] - usd(expected)).cents().abs();
                assert!(off <= tolerance, "{id} {key}: {} {expected}", ours[key.as_str()]);
                compared.push(id.to_owned());
            }
        }
    }
    compared.dedup();
    assert_eq!(compared.len(), 5, "{compared:?}");
}

prop_compose! {
    fn any_expense()(after in 0_u64..900, amount in prop::sample::select(vec![90_000, 250_000, 250_001, 300_000, 420_000]), share in 1_i64..=100, id in any::<i64>()) -> Expense {
        Expense {
            id,
            origin: Origin { batch: 2, line: 2 },
            date: day("2024-02-01") + Days::new(after),
            vendor: "Store".to_owned(),
            description: "Laptop".to_owned(),
            category: "equipment".to_owned(),
            amount: Usd::from_cents(amount),
            share_millionths: share * 10_000,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is recorded as an expense, as an asset or as both, each dollar of the business part is deducted once.
    #[test]
    fn every_dollar_is_in_one_place(
        mut expenses in prop::collection::vec(any_expense(), 0..8),
        also in prop::collection::vec((0_usize..8, 0_u64..12, 1_i64..=100), 0..5),
        de_minimis in any::<bool>(),
    ) {
        for (expense, line) in expenses.iter_mut().zip(2..) {
            expense.origin.line = line;
        }
        // Assets that repeat an expense, some of them within a week of it.
        let assets: Vec<Asset> = also
            .iter()
            .filter_map(|(at, after, share)| {
                let expense = expenses.get(*at)?;
                let own = asset(AssetClass::Computer, expense.date + Days::new(*after), expense.amount);
                Some(Asset { share_millionths: share * 10_000, bonus: Bonus::Law, ..own })
            })
            .collect();
        let through = |year| Register::of(year, &assets, &expenses, elections(de_minimis)).unwrap();
        let whole = through(2045);
        let lives = whole.held.iter().filter_map(|held| held.life());
        let lives: Usd = lives.flat_map(|life| &life.years).map(|own| own.deduction() - own.recapture).sum();
        let mut at_once = Usd::ZERO;
        for year in 2024..=2026 {
            let (law, _) = law::of(year).unwrap();
            let register = through(year);
            at_once += Deductions::beside(law, &expenses, de_minimis, &register).schedule_c() + register.expensed();
        }
        // Nearest first, each expense described once: so many things there are.
        let described: Vec<Origin> = whole
            .held
            .iter()
            .filter(|held| held.source == perchart::assets::Source::Stated)
            .filter_map(|held| held.paid)
            .collect();
        let of_assets: Usd = assets.iter().map(|asset| life::Start::of(asset).business).sum();
        let others = expenses.iter().filter(|expense| !described.contains(&expense.origin));
        prop_assert_eq!(lives + at_once, of_assets + others.map(Expense::business_part).sum());
        // What is within a week of an expense that nobody else describes describes it.
        for (asset, held) in assets.iter().flat_map(|asset| whole.held.iter().filter(move |held| held.asset == *asset).map(move |held| (asset, held))) {
            let near = expenses.iter().filter(|row| row.amount == asset.cost && (row.date - asset.in_service).num_days().abs() <= 7);
            let free = near.filter(|row| !described.contains(&row.origin)).count();
            prop_assert!(held.paid.is_some() || free == 0, "{}", asset.in_service.year());
        }
    }
}

/// Pub. 946, Tables: hundredths of a percent by class and convention, which are dollars on a basis of 10,000.
#[rustfmt::skip]
const PRINTED: [(AssetClass, Convention, &[i64]); 20] = [
    (AssetClass::ThreeYear, Convention::HalfYear, &[3_333, 4_445, 1_481, 741]),
    (AssetClass::ThreeYear, Convention::MidQuarter(1), &[5_833, 2_778, 1_235, 154]),
    (AssetClass::ThreeYear, Convention::MidQuarter(2), &[4_167, 3_889, 1_414, 530]),
    (AssetClass::ThreeYear, Convention::MidQuarter(3), &[2_500, 5_000, 1_667, 833]),
    (AssetClass::ThreeYear, Convention::MidQuarter(4), &[833, 6_111, 2_037, 1_019]),
    (AssetClass::Computer, Convention::HalfYear, &[2_000, 3_200, 1_920, 1_152, 1_152, 576]),
    (AssetClass::Computer, Convention::MidQuarter(1), &[3_500, 2_600, 1_560, 1_101, 1_101, 138]),
    (AssetClass::Computer, Convention::MidQuarter(2), &[2_500, 3_000, 1_800, 1_137, 1_137, 426]),
    (AssetClass::Computer, Convention::MidQuarter(3), &[1_500, 3_400, 2_040, 1_224, 1_130, 706]),
    (AssetClass::Computer, Convention::MidQuarter(4), &[500, 3_800, 2_280, 1_368, 1_094, 958]),
    (AssetClass::Furniture, Convention::HalfYear, &[1_429, 2_449, 1_749, 1_249, 893, 892, 893, 446]),
    (AssetClass::Furniture, Convention::MidQuarter(1), &[2_500, 2_143, 1_531, 1_093, 875, 874, 875, 109]),
    (AssetClass::Furniture, Convention::MidQuarter(2), &[1_785, 2_347, 1_676, 1_197, 887, 887, 887, 334]),
    (AssetClass::Furniture, Convention::MidQuarter(3), &[1_071, 2_551, 1_822, 1_302, 930, 885, 886, 553]),
    (AssetClass::Furniture, Convention::MidQuarter(4), &[357, 2_755, 1_968, 1_406, 1_004, 873, 873, 764]),
    (AssetClass::FifteenYear, Convention::HalfYear, &[500, 950, 855, 770, 693, 623, 590, 590, 591, 590, 591, 590, 591, 590, 591, 295]),
    (AssetClass::FifteenYear, Convention::MidQuarter(1), &[875, 913, 821, 739, 665, 599, 590, 591, 590, 591, 590, 591, 590, 591, 590, 74]),
    (AssetClass::FifteenYear, Convention::MidQuarter(2), &[625, 938, 844, 759, 683, 615, 591, 590, 591, 590, 591, 590, 591, 590, 591, 221]),
    (AssetClass::FifteenYear, Convention::MidQuarter(3), &[375, 963, 866, 780, 702, 631, 590, 590, 591, 590, 591, 590, 591, 590, 591, 369]),
    (AssetClass::FifteenYear, Convention::MidQuarter(4), &[125, 988, 889, 800, 720, 648, 590, 590, 590, 591, 590, 591, 590, 591, 590, 517]),
];

#[test]
fn every_cell_of_the_printed_tables_is_reproduced_to_the_dollar() {
    for (class, convention, printed) in PRINTED {
        let own = asset(class, day("2025-02-10"), Usd::dollars(10_000));
        let years = u32::try_from(printed.len()).unwrap();
        let life = life(&own, convention, Bonus::Out, years).unwrap();
        let figured: Vec<Usd> = life.years.iter().map(|own| own.depreciation).collect();
        let printed: Vec<Usd> = printed.iter().map(|dollars| Usd::dollars(*dollars)).collect();
        assert_eq!(figured, printed, "{class:?} {convention:?}");
        assert_eq!(figured.into_iter().sum::<Usd>(), Usd::dollars(10_000), "{class:?} {convention:?}");
    }
}

#[test]
fn every_month_of_the_table_of_39_years_is_reproduced_to_the_dollar() {
    // Pub. 946, Table A-7a: first years by month; then 2.564% each year, and in the 40th what is left of the basis.
    let first = [2_461, 2_247, 2_033, 1_819, 1_605, 1_391, 1_177, 963, 749, 535, 321, 107];
    for (month, first) in (1..).zip(first) {
        let in_service = NaiveDate::from_ymd_opt(2025, month, 10).unwrap();
        let own = asset(AssetClass::Building, in_service, Usd::dollars(100_000));
        let life = life(&own, Convention::MidMonth(month), Bonus::Out, 41).unwrap();
        let figured: Vec<Usd> = life.years.iter().map(|own| own.depreciation).collect();
        assert_eq!(figured[0], Usd::dollars(first), "month {month}");
        assert!(figured[1..39].iter().all(|year| *year == Usd::dollars(2_564)), "month {month}");
        assert_eq!(figured.into_iter().sum::<Usd>(), Usd::dollars(100_000), "month {month}");
    }
}
