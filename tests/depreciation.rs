//! Depreciation against published examples, and over random books. Evidence: official for the examples of the IRS. The
//! files lie beside the project; without them the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod shared;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
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
    Elections { de_minimis, per_item: Usd::dollars(2_500), started: None }
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
    let life =
        perchart::assets::life(&own, perchart::assets::percent::Convention::HalfYear, Bonus::Out, years).unwrap();
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
