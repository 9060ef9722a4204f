//! Hand arithmetic stands beside what it checks; published examples name their source.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::life::{Method, Treatment, life as replay};
use super::*;
use crate::book::entry::{AssetEvent, Origin};

const ALL: i64 = 1_000_000;
const ELECTED: Elections =
    Elections { de_minimis: true, per_item: Usd::dollars(2_500), started: None, is_stated: false };

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn asset(class: AssetClass, in_service: &str, cost: i64) -> Asset {
    Asset {
        id: 1,
        origin: Origin { batch: 1, line: 2 },
        name: "Thing".to_owned(),
        class,
        acquired: day(in_service),
        in_service: day(in_service),
        cost: Usd::dollars(cost),
        share_millionths: ALL,
        value: None,
        section_179: Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    }
}

fn out(class: AssetClass, in_service: &str, cost: i64) -> Asset {
    Asset { bonus: Bonus::Out, ..asset(class, in_service, cost) }
}

fn sold(asset: Asset, on: &str, proceeds: i64) -> Asset {
    let events = vec![AssetEvent::Disposed { on: day(on), proceeds: Usd::dollars(proceeds) }];
    Asset { events, ..asset }
}

fn used(asset: Asset, shares: &[(i32, i64)]) -> Asset {
    let share = |(year, percent): &(i32, i64)| AssetEvent::Share { year: *year, share_millionths: percent * 10_000 };
    Asset { events: shares.iter().map(share).collect(), ..asset }
}

fn register(year: i32, assets: &[Asset]) -> Register {
    Register::of(year, assets, &[], ELECTED).expect("law")
}

/// The life of a single asset in a book of its own.
fn lived(asset: &Asset, through: i32) -> Life {
    let register = register(through, std::slice::from_ref(asset));
    register.held[0].life().expect("a life").clone()
}

fn depreciation(life: &Life) -> Vec<Usd> {
    life.years.iter().map(|own| own.depreciation).collect()
}

fn dollars<const N: usize>(amounts: [i64; N]) -> Vec<Usd> {
    amounts.map(Usd::dollars).to_vec()
}

#[test]
fn a_laptop_has_the_allowance_of_its_contract() {
    // 3,000 x 90% = 2,700: all of it. Under contract on January 5: 1,080, then 1,620 x 20% = 324; 1,404 in all.
    let laptop = Asset { share_millionths: 900_000, ..asset(AssetClass::Computer, "2025-06-10", 3_000) };
    assert_eq!(lived(&laptop, 2025).years[0].allowance, Usd::dollars(2_700));
    let early = Asset { acquired: day("2025-01-05"), ..laptop };
    let year = lived(&early, 2025).years[0];
    assert_eq!([year.allowance, year.depreciation, year.deduction()], [1_080, 324, 1_404].map(Usd::dollars));
    // A year later 1,620 x 32% = 518.40.
    assert_eq!(lived(&early, 2026).years[1].depreciation, Usd::from_cents(51_840));
}

#[test]
fn a_truck_sold_in_its_third_year_is_pub_544_s() {
    // Pub. 544 ch. 3: 10,000 in February 2023, no allowance; 2,000, 3,200, half of 1,920; sold for 7,000 in May 2025.
    let truck = sold(out(AssetClass::FiveYear, "2023-02-10", 10_000), "2025-05-20", 7_000);
    let register = register(2025, &[truck]);
    let life = register.held[0].life().expect("a life");
    assert_eq!(depreciation(life), dollars([2_000, 3_200, 960]));
    let sale = life.sale.expect("a sale");
    assert_eq!(sale.cost - sale.depreciation, Usd::dollars(3_840));
    assert_eq!((sale.gain, sale.ordinary), (Usd::dollars(3_160), Usd::dollars(3_160)));
    assert_eq!(register.gains(), (Usd::dollars(3_160), Usd::ZERO));
}

#[test]
fn published_columns_of_five_year_property() {
    // J.K. Lasser 2013, 43.10: 11,000, half year: 2,200; 3,520; 2,112; 1,267. A copier of 5,000: 1,000; 1,600.
    let lived = |cost, year| {
        let (figures, _) = depreciation::figures().expect("law");
        let treatment = Treatment { convention: Convention::HalfYear, bonus: Rate::ZERO };
        let own = out(AssetClass::FiveYear, "2012-06-28", cost);
        depreciation(&replay(figures, &own, treatment, year).expect("a life"))
    };
    assert_eq!(lived(11_000, 2015)[..3], dollars([2_200, 3_520, 2_112])[..]);
    assert_eq!(lived(11_000, 2015)[3], Usd::from_cents(126_720));
    assert_eq!(lived(5_000, 2013), dollars([1_000, 1_600]));
}

#[test]
fn section_179_comes_back_as_pub_946_shows() {
    // Pub. 946 ch. 2: 3-year property of 10,000, 5,000 expensed, no allowance; in the third year 40% business.
    // Of 5,000: 1,666.50, 2,222.50, 740.50 x 40% = 296.20; 5,000 - 4,185.20 = 814.80 comes back.
    let own = Asset { section_179: Usd::dollars(5_000), ..out(AssetClass::ThreeYear, "2023-01-10", 10_000) };
    let life = lived(&used(own, &[(2025, 40)]), 2026);
    assert_eq!(life.years[0].section_179, Usd::dollars(5_000));
    assert_eq!(life.years[2].recapture, Usd::from_cents(81_480));
    assert_eq!(life.years[3].recapture, Usd::ZERO);
    // From then on as if nothing had been expensed: 10,000 x 40% x 7.41%.
    assert_eq!(life.years[3].depreciation, Usd::from_cents(29_640));
}

#[test]
fn the_last_quarter_decides_for_the_year_s_additions() {
    // 3,000 in February and 2,000 in November: 40% exactly is not more than 40%. 2,001 is.
    let desk = out(AssetClass::Furniture, "2024-02-01", 3_000);
    let with = |cost: i64| {
        let laptop = Asset { cost: Usd::dollars(cost), ..out(AssetClass::Computer, "2024-11-05", 0) };
        let elections = Elections { de_minimis: false, ..ELECTED };
        Register::of(2024, &[desk.clone(), laptop], &[], elections).expect("law")
    };
    assert!(!with(2_000).additions[0].is_mid_quarter);
    let late = with(2_001);
    assert!(late.additions[0].is_mid_quarter);
    // The desk in the first quarter 25% of 3,000; the laptop in the fourth 5% of 2,001.
    let first: Vec<Usd> = late.in_year(2024).map(|(_, own)| own.depreciation).collect();
    assert_eq!(first, [Usd::dollars(750), Usd::from_cents(10_005)]);
    // Section 179 on the laptop takes it out of the test; the allowance would not.
    let laptop = Asset { section_179: Usd::dollars(4_000), ..out(AssetClass::Computer, "2024-11-05", 4_000) };
    let saved = register(2024, &[desk.clone(), laptop]);
    assert_eq!((saved.additions[0].last_quarter, saved.additions[0].is_mid_quarter), (Usd::ZERO, false));
    // Software, a building and what came and went in the year stand outside.
    let others = [
        desk,
        asset(AssetClass::Software, "2024-12-01", 9_000),
        asset(AssetClass::Building, "2024-12-01", 9_000),
        sold(asset(AssetClass::Computer, "2024-11-01", 9_000), "2024-12-20", 8_000),
    ];
    assert_eq!(register(2024, &others).additions[0].all, Usd::dollars(3_000));
}

#[test]
fn what_is_elected_out_for_one_is_for_its_class_and_year() {
    let assets = [
        Asset { name: "Laptop".to_owned(), ..out(AssetClass::Computer, "2025-03-01", 3_000) },
        Asset { name: "Monitor".to_owned(), ..asset(AssetClass::Computer, "2025-04-01", 2_600) },
        Asset { name: "Desk".to_owned(), ..asset(AssetClass::Furniture, "2025-04-01", 2_600) },
    ];
    let register = register(2025, &assets);
    let allowances: Vec<Usd> = register.in_year(2025).map(|(_, own)| own.allowance).collect();
    assert_eq!(allowances, dollars([0, 2_600, 0]));
    assert!(register.notes[0].contains("so for Monitor too"), "{:?}", register.notes);
    // 40% for one is 40% for all of the year acquired after January 19; not for what was under contract before (40% anyway).
    let reduced = [
        Asset { bonus: Bonus::Reduced, ..asset(AssetClass::Computer, "2025-03-01", 3_000) },
        asset(AssetClass::Furniture, "2025-04-01", 5_000),
    ];
    let register = super::tests::register(2025, &reduced);
    let allowances: Vec<Usd> = register.in_year(2025).map(|(_, own)| own.allowance).collect();
    assert_eq!(allowances, dollars([1_200, 2_000]));
    // In 2026 there is no such election.
    let late = Asset { bonus: Bonus::Reduced, ..asset(AssetClass::Computer, "2026-03-01", 3_000) };
    assert_eq!(lived(&late, 2026).years[0].allowance, Usd::dollars(3_000));
}

#[test]
fn a_thing_that_was_private_takes_the_lesser_of_cost_and_value() {
    // 4,000 paid, worth 2,800: 20% of 2,800 = 560; no section 179, no allowance, no safe harbor.
    let own = Asset {
        value: Some(Usd::dollars(2_800)),
        section_179: Usd::dollars(2_800),
        acquired: day("2023-05-01"),
        ..asset(AssetClass::Computer, "2025-03-01", 4_000)
    };
    let year = lived(&own, 2025).years[0];
    assert_eq!([year.section_179, year.allowance, year.depreciation], [0, 0, 560].map(Usd::dollars));
    // By the 150% method 15% of 2,800 = 420: the minimum tax adds 140.
    assert_eq!(year.for_minimum_tax, Usd::dollars(420));
    // Sold in 2026: half of 896 is 448; 1,008 in all. For 3,000: from the cost, 4,000 - 1,008 = 2,992, a gain of 8.
    let sale = |proceeds| lived(&sold(own.clone(), "2026-07-01", proceeds), 2026).sale.expect("a sale");
    assert_eq!(sale(3_000).gain, Usd::dollars(8));
    // For 1,500: from the value, 2,800 - 1,008 = 1,792, a loss of 292. For 2,000: neither.
    assert_eq!([sale(1_500).gain, sale(2_000).gain], [Usd::dollars(-292), Usd::ZERO]);
}

#[test]
fn a_car_is_held_to_its_caps_and_goes_on_after_its_period() {
    // 2025, 40,000, allowance elected out: 8,000; 12,800; 7,680; 4,608; 4,608; 2,304, all within 12,200, 19,600, 11,800, 7,060.
    let life = lived(&out(AssetClass::Car, "2025-03-01", 40_000), 2031);
    assert_eq!(depreciation(&life), dollars([8_000, 12_800, 7_680, 4_608, 4_608, 2_304, 0]));
    // 70,000: 14,000 -> 12,200; 22,400 -> 19,600; 13,440 -> 11,800; 8,064 -> 7,060 twice; 4,032. Left 70,000 - 61,752 = 8,248:
    // 7,060, then 1,188.
    let life = lived(&out(AssetClass::Car, "2025-03-01", 70_000), 2034);
    let expected = dollars([12_200, 19_600, 11_800, 7_060, 7_060, 4_032, 7_060, 1_188, 0, 0]);
    assert_eq!(depreciation(&life), expected);
    // At 60% business: 60% of it.
    let shared = Asset { share_millionths: 600_000, ..out(AssetClass::Car, "2025-03-01", 70_000) };
    assert_eq!(depreciation(&lived(&shared, 2026)), dollars([7_320, 11_760]));
    // With the allowance of 100% the first year's limit of 20,200 is reached: refused. A car of 20,000 is not.
    let refused = register(2025, &[asset(AssetClass::Car, "2025-03-01", 30_000)]);
    assert_eq!(refused.unmodelled().next().map(|(_, why)| why), Some(Unmodelled::CarOverCap));
    assert_eq!(lived(&asset(AssetClass::Car, "2025-03-01", 20_000), 2025).years[0].allowance, Usd::dollars(20_000));
    let old = register(2025, &[asset(AssetClass::Car, "2022-03-01", 20_000)]);
    assert!(old.refusals()[0].needs.contains("280F"));
}

#[test]
fn a_car_at_half_use_goes_by_straight_line_and_gives_back() {
    // 40% from the start: no section 179, no allowance; 20,000 x 40% x 10% = 800, then 1,600.
    let own = Asset {
        share_millionths: 400_000,
        section_179: Usd::dollars(5_000),
        ..asset(AssetClass::Car, "2025-03-01", 20_000)
    };
    let life = lived(&own, 2026);
    assert_eq!(depreciation(&life), dollars([800, 1_600]));
    assert_eq!((life.years[0].section_179, life.years[0].method), (Usd::ZERO, Method::StraightLine));
    // 20,000 at 100%: 4,000 and 6,400 by table, 2,000 and 4,000 straight. In the third year 50%: 4,400 come back;
    // 20,000 x 50% x 20% = 2,000. Back at 80%, straight line stays: 3,200.
    let falls = used(out(AssetClass::Car, "2024-03-01", 20_000), &[(2026, 50), (2027, 80)]);
    let life = lived(&falls, 2027);
    assert_eq!(depreciation(&life), dollars([4_000, 6_400, 2_000, 3_200]));
    assert_eq!(life.years[2].recapture, Usd::dollars(4_400));
    assert_eq!(life.years[2].accumulated, Usd::dollars(8_000));
    assert_eq!(register(2026, &[falls]).recaptured(), Usd::dollars(4_400));
}

#[test]
fn a_share_that_grows_is_depreciated_from_then_on() {
    // 2025, 3,000 at 50%: 1,500 by the allowance. 2026 at 100%: (3,000 - 1,500) x 32% = 480. At 40%: none.
    let own = Asset { share_millionths: 500_000, ..asset(AssetClass::Computer, "2025-06-01", 3_000) };
    assert_eq!(depreciation(&lived(&used(own.clone(), &[(2026, 100)]), 2026)), dollars([0, 480]));
    assert_eq!(depreciation(&lived(&used(own, &[(2026, 40)]), 2026)), dollars([0, 0]));
}

#[test]
fn software_and_buildings_go_by_months() {
    // 3,600 in October 2024, elected out: 3 x 100; 1,200; 1,200; 900. Thrown away in May 2026: 4 months, the rest a loss.
    let own = out(AssetClass::Software, "2024-10-05", 3_600);
    assert_eq!(depreciation(&lived(&own, 2028)), dollars([300, 1_200, 1_200, 900, 0]));
    let thrown = lived(&sold(own, "2026-05-20", 0), 2026);
    assert_eq!(depreciation(&thrown), dollars([300, 1_200, 400]));
    let sale = thrown.sale.expect("a sale");
    assert_eq!((sale.gain, sale.ordinary, sale.section_1231), (Usd::dollars(-1_700), Usd::ZERO, Usd::dollars(-1_700)));
    // 39,000 in July: 1.177% = 459.03; 2.564% = 999.96.
    let life = lived(&asset(AssetClass::Building, "2024-07-05", 39_000), 2025);
    assert_eq!(depreciation(&life), [Usd::from_cents(45_903), Usd::from_cents(99_996)]);
}

#[test]
fn gain_over_depreciation_is_of_section_1231_and_losses_net() {
    // 3,000 expensed in 2024, sold for 3,200 in 2026: 3,000 ordinary, 200 under section 1231.
    let risen = sold(
        Asset { section_179: Usd::dollars(3_000), ..asset(AssetClass::Computer, "2024-03-01", 3_000) },
        "2026-05-01",
        3_200,
    );
    assert_eq!(register(2026, std::slice::from_ref(&risen)).gains(), (Usd::dollars(3_000), Usd::dollars(200)));
    // A desk of 10,000, elected out, thrown away in its third year: 1,429 + 2,449 + 874.50; a loss of 5,247.50, which takes the
    // 200 and is ordinary beyond them.
    let desk = sold(out(AssetClass::Furniture, "2024-03-01", 10_000), "2026-05-01", 0);
    assert_eq!(register(2026, &[risen, desk]).gains(), (Usd::dollars(3_000) - Usd::from_cents(504_750), Usd::ZERO));
    // Held for a year or less all of it is ordinary.
    let quick = sold(asset(AssetClass::Computer, "2025-11-01", 3_000), "2026-03-01", 3_300);
    assert_eq!(register(2026, &[quick]).gains(), (Usd::dollars(3_300), Usd::ZERO));
    // Bought and sold in one year: nothing is deducted, the gain is the difference.
    let flipped = register(2025, &[sold(asset(AssetClass::Computer, "2025-02-01", 3_000), "2025-10-01", 2_800)]);
    assert_eq!(flipped.in_year(2025).map(|(_, own)| own.deduction()).sum::<Usd>(), Usd::ZERO);
    assert_eq!(flipped.gains(), (Usd::dollars(-200), Usd::ZERO));
    // A building at a gain is refused.
    let sold = sold(asset(AssetClass::Building, "2020-03-01", 10_000), "2025-10-01", 12_000);
    assert_eq!(register(2025, &[sold]).unmodelled().next().map(|(_, why)| why), Some(Unmodelled::BuildingGain));
}

#[test]
fn small_things_are_expensed_and_never_assets() {
    let small = Asset { share_millionths: 900_000, ..asset(AssetClass::Computer, "2025-03-01", 2_500) };
    let with = register(2025, std::slice::from_ref(&small));
    assert_eq!((with.held[0].fate.clone(), with.expensed()), (Fate::Expensed, Usd::dollars(2_250)));
    assert_eq!(register(2026, std::slice::from_ref(&small)).expensed(), Usd::ZERO);
    // Sold for 400: 90% of it is income, all of it.
    let gone = register(2026, &[sold(small.clone(), "2026-05-01", 400)]);
    assert_eq!(gone.sold_expensed().map(|(_, income)| income).sum::<Usd>(), Usd::dollars(360));
    let without = Register::of(2025, &[small], &[], Elections { de_minimis: false, ..ELECTED }).expect("law");
    assert_eq!(without.in_year(2025).map(|(_, own)| own.allowance).sum::<Usd>(), Usd::dollars(2_250));
    // Software is not tangible, and a thing that was private was not bought for the business.
    let software = asset(AssetClass::Software, "2025-03-01", 900);
    let private = Asset { value: Some(Usd::dollars(900)), ..asset(AssetClass::Phone, "2025-03-01", 1_200) };
    assert!(register(2025, &[software, private]).held.iter().all(|held| held.life().is_some()));
}

fn bought(id: i64, date: &str, what: &str, cost: i64) -> Expense {
    Expense {
        id,
        origin: Origin { batch: 2, line: id + 1 },
        date: day(date),
        vendor: "Store".to_owned(),
        description: what.to_owned(),
        category: "equipment".to_owned(),
        amount: Usd::dollars(cost),
        share_millionths: 800_000,
    }
}

#[test]
fn equipment_beyond_the_safe_harbor_is_an_asset_by_itself() {
    let expenses = [
        bought(1, "2025-02-03", "Standing desk", 2_800),
        bought(2, "2025-02-03", "iPhone 16", 2_600),
        bought(3, "2025-02-03", "Workstation with headphones", 3_000),
        bought(4, "2025-02-03", "Monitor", 300),
    ];
    let register = Register::of(2025, &[], &expenses, ELECTED).expect("law");
    let classes: Vec<(&str, AssetClass)> =
        register.held.iter().map(|held| (held.asset.name.as_str(), held.asset.class)).collect();
    let expected = [
        ("Standing desk", AssetClass::Furniture),
        ("Workstation with headphones", AssetClass::Computer),
        ("iPhone 16", AssetClass::Phone),
    ];
    assert_eq!(classes, expected);
    let allowance: Usd = register.in_year(2025).map(|(_, own)| own.allowance).sum();
    // 80% of 8,400.
    assert_eq!(allowance, Usd::dollars(6_720));
    assert_eq!(register.notes.len(), 3);
}

#[test]
fn a_record_that_describes_an_expense_takes_its_place() {
    let laptop = |in_service: &str| asset(AssetClass::Computer, in_service, 3_000);
    let expenses = [bought(1, "2025-02-03", "Laptop", 3_000), bought(2, "2025-02-20", "Laptop", 3_000)];
    let of = |assets: &[Asset]| Register::of(2025, assets, &expenses, ELECTED).expect("law");
    // Ten days apart is another thing; seven days is the same.
    assert_eq!(of(&[laptop("2025-02-10")]).held.len(), 2);
    assert_eq!(of(&[laptop("2025-02-11")]).held.len(), 3);
    // Two records, two expenses: each describes one.
    let both = of(&[laptop("2025-02-04"), laptop("2025-02-18")]);
    assert_eq!(both.held.iter().filter(|held| held.paid.is_some()).count(), 2);
    assert_eq!((both.held.len(), both.described(&expenses[0])), (2, Some((ALL, false))));
    // The record's share counts, not the row's.
    assert_eq!(both.in_year(2025).map(|(_, own)| own.allowance).sum::<Usd>(), Usd::dollars(6_000));
}

#[test]
fn tangible_things_are_qualified_property_for_ten_years() {
    let property = |year, assets: &[Asset]| register(year, assets).qualified_property();
    let desk = asset(AssetClass::Furniture, "2024-03-01", 3_000);
    assert_eq!(
        [property(2024, std::slice::from_ref(&desk)), property(2033, std::slice::from_ref(&desk))],
        [Usd::dollars(3_000); 2]
    );
    assert_eq!(property(2034, std::slice::from_ref(&desk)), Usd::ZERO);
    assert_eq!(property(2026, &[sold(desk, "2026-12-30", 1)]), Usd::ZERO);
    assert_eq!(property(2025, &[asset(AssetClass::Software, "2025-03-01", 3_000)]), Usd::ZERO);
    assert_eq!(property(2060, &[asset(AssetClass::Building, "2024-03-01", 3_000)]), Usd::dollars(3_000));
}

fn any_class() -> impl Strategy<Value = AssetClass> {
    prop::sample::select(AssetClass::ALL.to_vec())
}

prop_compose! {
    /// An asset with any election.
    fn any_asset()(
        class in any_class(),
        month in 1_u32..=12,
        year in 2024_i32..=2026,
        early in 0_u64..400,
        cents in 1_i64..5_000_000,
        section_179 in 0_i64..6_000_000,
        bonus in prop::sample::select(vec![Bonus::Law, Bonus::Out, Bonus::Reduced]),
        value in prop::option::of(1_i64..5_000_000),
        share in 1_i64..=100,
    ) -> Asset {
        let in_service = NaiveDate::from_ymd_opt(year, month, 15).expect("a day");
        let car = class == AssetClass::Car;
        Asset {
            class,
            in_service,
            acquired: in_service - chrono::Days::new(early),
            cost: Usd::from_cents(cents),
            // Beyond its caps a car is refused with either.
            section_179: if car { Usd::ZERO } else { Usd::from_cents(section_179) },
            bonus: if car { Bonus::Out } else { bonus },
            value: value.map(Usd::from_cents),
            share_millionths: share * 10_000,
            ..asset(AssetClass::Computer, "2024-01-01", 1)
        }
    }
}

fn total(life: &Life) -> Usd {
    life.years.iter().map(|own| own.deduction() - own.recapture).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is elected, all of a basis is deducted over the life, to the cent, and nothing after it.
    #[test]
    fn a_life_deducts_its_basis(own in any_asset(), others in prop::collection::vec(any_asset(), 0..3)) {
        let own = Asset { share_millionths: ALL, name: "Own".to_owned(), ..own };
        let elections = Elections { de_minimis: false, ..ELECTED };
        let mut assets = others;
        assets.push(own.clone());
        let years = match own.class {
            AssetClass::Building => 40,
            AssetClass::FifteenYear => 16,
            // Its caps let a car of 50,000 go on for a while.
            AssetClass::Car => 12,
            _ => 10,
        };
        let through = own.in_service.year() + years;
        let register = Register::of(through, &assets, &[], elections).expect("law");
        let held = register.held.iter().find(|held| held.asset == own).expect("held");
        let life = held.life().expect("a life");
        let basis = own.value.map_or(own.cost, |value| value.min(own.cost));
        prop_assert_eq!(total(life), basis);
        prop_assert_eq!(life.years.last().map(|own| (own.deduction(), own.adjusted)), Some((Usd::ZERO, Usd::ZERO)));
        prop_assert!(life.years.iter().all(|own| own.deduction() >= Usd::ZERO && own.adjusted >= Usd::ZERO));
    }

    /// However its use changes and whenever it is sold, never more than the basis is deducted, and a sale closes the books:
    /// the business part of the cost less what came in is all that was deducted and lost.
    #[test]
    fn no_path_of_shares_deducts_more_than_the_basis(
        own in any_asset(),
        shares in prop::collection::vec(0_i64..=100, 0..8),
        sale in prop::option::of((0_i32..6, 1_u32..=12, 0_i64..3_000_000)),
    ) {
        let first = own.in_service.year();
        let mut events: Vec<AssetEvent> = shares
            .iter()
            .zip(first + 1..)
            .map(|(share, year)| AssetEvent::Share { year, share_millionths: share * 10_000 })
            .collect();
        let is_building = own.class == AssetClass::Building;
        let sale = sale.filter(|(after, month, _)| *after > 0 || *month > own.in_service.month()).filter(|_| !is_building);
        if let Some((after, month, proceeds)) = sale {
            let on = NaiveDate::from_ymd_opt(first + after, month, 20).expect("a day");
            events.push(AssetEvent::Disposed { on, proceeds: Usd::from_cents(proceeds) });
        }
        let own = Asset { events, ..own };
        let elections = Elections { de_minimis: false, ..ELECTED };
        let register = Register::of(first + 20, std::slice::from_ref(&own), &[], elections).expect("law");
        let life = register.held[0].life().expect("a life");
        let basis = own.value.map_or(own.cost, |value| value.min(own.cost));
        let mut taken = Usd::ZERO;
        for year in &life.years {
            taken = taken + year.deduction() - year.recapture;
            prop_assert!(Usd::ZERO <= taken && taken <= basis, "{:?}", year);
            prop_assert!(year.deduction() >= Usd::ZERO && year.recapture >= Usd::ZERO);
            prop_assert_eq!(year.accumulated, taken);
        }
        if let Some(sale) = &life.sale {
            prop_assert_eq!(sale.depreciation, taken);
            prop_assert_eq!(sale.ordinary + sale.section_1231, sale.gain);
            if own.value.is_none() && shares.is_empty() {
                prop_assert_eq!(sale.gain, sale.proceeds - (sale.cost - sale.depreciation));
            }
        }
    }
}

#[test]
fn what_was_bought_before_the_business_is_placed_in_service_when_it_begins() {
    let started = "2025-03-10".parse().ok();
    let elections = Elections { started, ..ELECTED };
    // A laptop and a monitor of November 2024, a desk of February 2025; coding for pay from March 10, 2025.
    let expenses = [
        bought(1, "2024-11-20", "Laptop", 3_000),
        bought(2, "2024-11-20", "Monitor", 300),
        bought(3, "2025-02-03", "Standing desk", 2_800),
    ];
    let before = Register::of(2024, &[], &expenses, elections).expect("law");
    assert_eq!(before.in_year(2024).count(), 0);
    let register = Register::of(2025, &[], &expenses, elections).expect("law");
    let allowances: Vec<(&str, Usd)> =
        register.in_year(2025).map(|(held, own)| (held.asset.name.as_str(), own.allowance)).collect();
    // 40% of 80% of 3,000 and of 300, acquired before January 20, 2025; 80% of 2,800 after it.
    assert_eq!(
        allowances,
        [("Laptop", Usd::dollars(960)), ("Monitor", Usd::dollars(96)), ("Standing desk", Usd::dollars(2_240))]
    );
    // The note says both days.
    assert!(register.notes[0].contains("bought on 2024-11-20, in service on 2025-03-10"), "{:?}", register.notes);
}

#[test]
fn a_record_from_before_the_business_is_placed_in_service_when_it_begins() {
    let elections = Elections { started: "2025-03-10".parse().ok(), is_stated: true, ..ELECTED };
    let record = asset(AssetClass::Computer, "2024-05-02", 4_000);
    let of = |year, elections| Register::of(year, std::slice::from_ref(&record), &[], elections).expect("law");
    assert_eq!(of(2024, elections).in_year(2024).count(), 0);
    // Bought in 2024, placed in service in 2025: 40% of 4,000, then 20% of 2,400: 1,600 and 480.
    let register = of(2025, elections);
    let (_, own) = register.in_year(2025).next().expect("a year");
    assert_eq!((own.allowance, own.depreciation), (Usd::dollars(1_600), Usd::dollars(480)));
    assert!(register.notes[0].contains("placed in service on 2025-03-10"), "{:?}", register.notes);
    // In 2026 32% of 2,400 = 768, with nothing to be said anew.
    let register = of(2026, elections);
    assert_eq!(register.in_year(2026).next().expect("a year").1.depreciation, Usd::dollars(768));
    assert!(register.notes.is_empty(), "{:?}", register.notes);
    // Where the book alone shows when work began, the record stands: 60% in 2024, 20% of 1,600.
    let register = of(2024, Elections { is_stated: false, ..elections });
    assert_eq!(register.in_year(2024).next().expect("a year").1.depreciation, Usd::dollars(320));
    // Sold before the start, it was never of the business.
    let gone = sold(record.clone(), "2025-02-01", 900);
    assert!(Register::of(2025, &[gone], &[], elections).expect("law").held.is_empty());
}

fn paid(id: i64, on: &str, dollars: i64) -> Expense {
    Expense {
        id,
        origin: Origin { batch: 1, line: id + 1 },
        date: day(on),
        vendor: "Vendor".to_owned(),
        description: "Laptop".to_owned(),
        category: "equipment".to_owned(),
        amount: Usd::dollars(dollars),
        share_millionths: ALL,
    }
}

/// The costs of what is held, what the year expenses of rows, and what is asked.
fn with_rows(year: i32, rows: &[Expense], assets: &[Asset]) -> (Vec<Usd>, Usd, usize) {
    let register = Register::of(year, assets, rows, ELECTED).expect("law");
    let deductions =
        crate::deduct::Deductions::beside(crate::law::of(year).expect("law").0, rows, ELECTED.de_minimis, &register);
    let asked = deductions.items.iter().filter(|item| item.verdict == crate::deduct::Verdict::Asked).count();
    (register.held.iter().map(|held| held.asset.cost).collect(), deductions.schedule_c(), asked)
}

#[test]
fn what_is_given_back_nets_its_purchase() {
    let rows = [paid(1, "2025-03-01", 3_000), paid(2, "2025-03-10", -3_000)];
    assert_eq!(with_rows(2025, &rows, &[]), (vec![], Usd::ZERO, 0));
    // Its record, too.
    let record = asset(AssetClass::Computer, "2025-03-02", 3_000);
    assert_eq!(with_rows(2025, &rows, std::slice::from_ref(&record)), (vec![], Usd::ZERO, 0));
    // 4,000 - 1,000 = 3,000 is depreciated, stated or not; the row of the 1,000 counts for nothing.
    let part = [paid(1, "2025-03-01", 4_000), paid(2, "2025-03-10", -1_000)];
    assert_eq!(with_rows(2025, &part, &[]), (dollars([3_000]), Usd::ZERO, 0));
    assert_eq!(with_rows(2025, &part, &[record]), (dollars([3_000]), Usd::ZERO, 0));
    // 3,000 - 600 = 2,400 is paid: within the safe harbor.
    let small = [paid(1, "2025-03-01", 3_000), paid(2, "2025-03-10", -600)];
    assert_eq!(with_rows(2025, &small, &[]), (dollars([2_400]), Usd::dollars(2_400), 0));
    // 800 - 200 by the safe harbor alone.
    let small = [paid(1, "2025-03-01", 800), paid(2, "2025-03-10", -200)];
    assert_eq!(with_rows(2025, &small, &[]), (vec![], Usd::dollars(600), 0));
}

#[test]
fn what_comes_back_for_nothing_known_is_asked() {
    let other = Expense { vendor: "Other".to_owned(), ..paid(2, "2025-03-10", -3_000) };
    assert_eq!(with_rows(2025, &[paid(1, "2025-03-01", 3_000), other], &[]), (dollars([3_000]), Usd::ZERO, 1));
    // Before the purchase, or more than a year after it.
    for on in ["2025-02-28", "2026-03-02"] {
        let rows = [paid(1, "2025-03-01", 3_000), paid(2, on, -3_000)];
        let year = day(on).year();
        assert_eq!(with_rows(year, &rows, &[]), (dollars([3_000]), Usd::ZERO, 1));
    }
    // In the next year the purchase stands; what was expensed comes back by the way it went.
    let later = [paid(1, "2025-12-20", 3_000), paid(2, "2026-01-10", -3_000)];
    assert_eq!(with_rows(2025, &later, &[]), (dollars([3_000]), Usd::ZERO, 0));
    assert_eq!(with_rows(2026, &later, &[]), (dollars([3_000]), Usd::ZERO, 1));
    let later = [paid(1, "2025-12-20", 900), paid(2, "2026-01-10", -900)];
    assert_eq!(with_rows(2026, &later, &[]), (vec![], Usd::dollars(-900), 0));
}

#[test]
fn an_election_that_is_not_open_is_said() {
    let note = |year, own: &Asset| register(year, std::slice::from_ref(own)).notes.join(" ");
    let elected = |own: Asset| Asset { section_179: Usd::dollars(1_000), ..own };
    let laptop = || asset(AssetClass::Computer, "2025-06-10", 4_000);
    let less = elected(Asset { share_millionths: 400_000, ..laptop() });
    assert!(note(2025, &less).contains("used 40% for the business"));
    assert_eq!(note(2026, &less), "");
    let building = elected(asset(AssetClass::Building, "2025-06-10", 90_000));
    assert!(note(2025, &building).contains("no section 179 property"));
    let small = elected(asset(AssetClass::Computer, "2025-06-10", 2_000));
    assert!(note(2025, &small).contains("safe harbor deducts at once"));
    let private = elected(Asset { value: Some(Usd::dollars(3_000)), ..laptop() });
    assert!(note(2025, &private).contains("private before"));
    // 60% of 4,000 is 2,400.
    let over = Asset { section_179: Usd::dollars(3_000), share_millionths: 600_000, ..laptop() };
    assert!(note(2025, &over).contains("$2,400 counts") || note(2025, &over).contains("$2,400.00 counts"));
    assert_eq!(note(2025, &elected(laptop())), "");
    // 60% by law in 2024, 100% in 2026; 40% where the contract is older than January 20, 2025, by law and by election.
    let reduced = |on: &str| Asset { bonus: Bonus::Reduced, ..asset(AssetClass::Computer, on, 4_000) };
    assert!(
        note(2024, &reduced("2024-06-10")).contains("60% counts instead"),
        "{}",
        note(2024, &reduced("2024-06-10"))
    );
    assert!(note(2026, &reduced("2026-06-10")).contains("100% counts instead"));
    assert!(!note(2025, &reduced("2025-06-10")).contains("instead."));
    let early = Asset { acquired: day("2025-01-05"), ..reduced("2025-06-10") };
    assert_eq!(note(2025, &early), "");
}
