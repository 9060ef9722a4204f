//! Hand arithmetic stands beside what it checks.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::book::entry::{AssetClass, Bonus, Expense, Origin, Payment, Trip, TripKind};
use crate::money::Round;
use crate::profile::Profile;
use crate::year::Records;

const ALL: i64 = 1_000_000;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn thing(name: &str, class: AssetClass, on: &str, cost: i64, percent: i64) -> Asset {
    Asset {
        id: 1,
        origin: Origin { batch: 9, line: 2 },
        name: name.to_owned(),
        class,
        acquired: day(on),
        in_service: day(on),
        cost: Usd::dollars(cost),
        share_millionths: percent * ALL / 100,
        value: None,
        section_179: Usd::ZERO,
        bonus: Bonus::Law,
        events: Vec::new(),
    }
}

fn bought(line: i64, on: &str, what: &str, amount: i64) -> Expense {
    Expense {
        id: line,
        origin: Origin { batch: 3, line },
        date: day(on),
        vendor: "Shop".to_owned(),
        description: what.to_owned(),
        category: "equipment".to_owned(),
        amount: Usd::dollars(amount),
        share_millionths: ALL,
    }
}

/// A year with a profit before equipment, and what else the book has.
fn year(number: i32, profit: i64, profile: &str, expenses: Vec<Expense>, assets: Vec<Asset>) -> Year {
    let payment = Payment {
        id: 1,
        origin: Origin { batch: 2, line: 2 },
        received_on: NaiveDate::from_ymd_opt(number, 6, 1).expect("a day"),
        payer: "Payer".to_owned(),
        amount: Usd::dollars(profit),
        reference: String::new(),
    };
    let payments = if profit > 0 { vec![payment] } else { Vec::new() };
    let records = Records { payments, expenses, assets, ..Records::default() };
    let profile = Profile::parse("perchart.toml", profile).expect("a profile");
    Year::work_out(number, records, profile, Round::Cents).expect("law")
}

fn asked(things: Vec<Asset>, thought: bool) -> Asked {
    Asked { things, thought, discount: USUAL_DISCOUNT, profits: BTreeMap::new() }
}

/// A thing that is thought of, for a household with a profit.
fn thought(number: i32, profit: i64, profile: &str, thing: Asset) -> Advice {
    advise(&year(number, profit, profile, Vec::new(), Vec::new()), &asked(vec![thing], true)).expect("advice")
}

fn of(advice: &Advice, way: Way) -> &Outcome {
    advice.open.iter().find(|outcome| outcome.way == way).expect("open")
}

fn why(advice: &Advice, way: Way) -> &str {
    &advice.closed.iter().find(|closed| closed.way == way).expect("closed").why
}

fn near(amount: Usd, cents: i64) -> bool {
    (amount.cents() - cents).abs() <= 5
}

const SINGLE: &str = "[household]\nfiling_status = \"single\"\nborn = 1985-01-01\n";

#[test]
fn a_coder_at_22_percent() {
    // Profit 90,000, of which 92.35% bear 15.3%: a dollar less saves 0.1412955, and AGI falls by 0.92935225. The business
    // income deduction is 20% of taxable income before it, so 22% of 80% of that: 0.16356600. Together 0.3048615 a dollar.
    let laptop = thing("Laptop", AssetClass::Computer, "2025-03-10", 3_000, 100);
    let advice = thought(2025, 90_000, SINGLE, laptop);
    let bonus = of(&advice, Way::Allowance);
    // 3,000 at once: 423.89 of self-employment tax; 22% of 2,788.06 is 613.37, less 22% of 557.61: 122.67. 914.58.
    assert!(near(bonus.worth(), 91_458) && near(bonus.years[0].saved.total(), 91_458), "{:?}", bonus.today);
    assert!(near(bonus.today.self_employment, 42_389) && near(bonus.today.qbi, -12_267), "{:?}", bonus.today);
    assert!(near(bonus.today.income_tax, 61_337), "{:?}", bonus.today);
    // Spread, half-year: 600, 960, 576, 345.60, 345.60, 172.80. At 5% these are worth 600 + 914.2857 + 522.4490 + 298.5423
    // + 284.3260 + 135.3933 = 2,754.9963, at 0.3048615: 839.89. All years bear 22%.
    let regular = of(&advice, Way::Regular);
    let deducted: Vec<i64> = regular.years.iter().map(|year| year.deducted.cents()).collect();
    assert_eq!(deducted, [60_000, 96_000, 57_600, 34_560, 34_560, 17_280, 0]);
    assert!(near(regular.worth(), 83_989) && near(regular.over_life().total(), 91_458), "{:?}", regular.today);
    // 40% of 3,000 and 20% of the other 1,800: 1,560 in the first year.
    assert_eq!(of(&advice, Way::Reduced).years[0].deducted, Usd::dollars(1_560));
    // Bought in January 2026, the same is saved a year later: 914.58 / 1.05 = 871.03.
    assert!(near(of(&advice, Way::NextYear).worth(), 87_103));
    assert_eq!(advice.best().way, Way::Allowance);
    assert!(why(&advice, Way::DeMinimis).contains("more than $2,500.00"));
}

/// Insured through the marketplace, where premiums are not deducted since an employer's plan is on offer: the arithmetic
/// stays short.
const MARKET: &str = "[household]\nfiling_status = \"single\"\nborn = 1985-01-01\n[household.marketplace]\npremium = 900\n\
                      benchmark = 900\nemployer_offer_months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n";

#[test]
fn a_part_keeps_the_premium_credit_in_two_years() {
    // 2026: four times 15,650 is 62,600. A profit of 68,500 makes an AGI of 63,660.63, so 1,060.63 / 0.92935225 = 1,141.26
    // must be deducted in a year to have the credit: 900 x 12 less 9.96% of at most 62,600, 6,235: some 4,565.
    // Of a part a and depreciation of the rest, the first year has a + 20% (5,000 - a), enough from 176.58 on; the second
    // has 32% (5,000 - a), enough up to 1,433.56. Between them two years have the credit, and no other way has it twice.
    let desk = thing("Workstation", AssetClass::Computer, "2026-03-10", 5_000, 100);
    let advice = thought(2026, 68_500, MARKET, desk);
    let best = advice.best();
    let Way::Part { amount, out: true } = best.way else { panic!("{:?}", best.way) };
    assert!((Usd::dollars(177)..=Usd::dollars(1_433)).contains(&amount), "{amount}");
    let won: Vec<bool> = best.years.iter().map(|year| year.saved.premium > Usd::dollars(4_500)).collect();
    assert_eq!(won, [true, true, false, false, false, false, false]);
    let bonus = of(&advice, Way::Allowance);
    let once = bonus.years.iter().filter(|year| year.saved.premium > Usd::ZERO).count();
    assert_eq!((once, bonus.years[0].with.poverty_percent < 400), (1, true));
    assert!(best.worth() - bonus.worth() > Usd::dollars(3_000), "{} {}", best.worth(), bonus.worth());
    // Spread alone, the first year's 1,000 are too few, the second year's 1,600 enough.
    let regular = of(&advice, Way::Regular);
    assert_eq!(regular.years[0].saved.premium, Usd::ZERO);
    assert!(regular.years[1].saved.premium > Usd::dollars(4_500));
}

#[test]
fn a_loss_year_holds_section_179_back_and_the_allowance_makes_a_loss() {
    let laptop = || thing("Laptop", AssetClass::Computer, "2025-11-20", 3_000, 100);
    let poor = year(2025, 1_000, SINGLE, Vec::new(), Vec::new());
    let question = Asked { profits: BTreeMap::from([(2026, Usd::dollars(60_000))]), ..asked(vec![laptop()], true) };
    let advice = advise(&poor, &question).expect("advice");
    // Of 3,000 elected 1,000 find income; 2,000 are carried to 2026.
    let elected = of(&advice, Way::Section179);
    assert_eq!([elected.years[0].deducted, elected.years[1].deducted], [1_000, 2_000].map(Usd::dollars));
    assert_eq!((elected.deducted(), elected.carried), (Usd::dollars(3_000), Usd::ZERO));
    // 1,000 x 92.35% = 923.50, of which 12.4% are 114.51 and 2.9% 26.78; the 2,000 save 282.59 in 2026.
    assert_eq!(elected.years[0].saved.self_employment, Usd::from_cents(14_129));
    assert_eq!(elected.years[1].saved.self_employment, Usd::from_cents(28_259));
    let bonus = of(&advice, Way::Allowance);
    assert_eq!((bonus.years[0].with.profit, bonus.years[0].with.is_loss), (Usd::dollars(-2_000), true));
    assert_eq!(advice.losses, [2025]);
    // The loss of 2025 has nothing to be set against: the 2,000 are lost to every year that is counted.
    // 141.29 of self-employment tax, less 7.65% of 1,000 - 70.65: 71.10 of earned income credit.
    assert_eq!((bonus.over_life().total(), bonus.today.credits), (Usd::from_cents(7_019), Usd::from_cents(-7_110)));
    assert!(elected.worth() > bonus.worth());
    // Without any income there is no room at all.
    let none = year(2025, 0, SINGLE, Vec::new(), Vec::new());
    let advice = advise(&none, &asked(vec![laptop()], true)).expect("advice");
    assert!(why(&advice, Way::Section179).contains("leave no room"));
}

#[test]
fn ways_are_closed_by_name() {
    let advice = thought(2025, 60_000, SINGLE, thing("Car", AssetClass::Car, "2025-03-10", 20_000, 40));
    assert!(why(&advice, Way::Section179).contains("half or less"));
    assert!(why(&advice, Way::Allowance).contains("listed property"));
    let private =
        Asset { value: Some(Usd::dollars(900)), ..thing("Desk", AssetClass::Furniture, "2025-03-10", 2_000, 80) };
    let advice = thought(2025, 60_000, SINGLE, private);
    for way in [Way::Section179, Way::Allowance, Way::DeMinimis] {
        assert!(why(&advice, way).contains("private before"), "{}", why(&advice, way));
    }
    let software = thing("Encoder", AssetClass::Software, "2025-03-10", 900, 100);
    let advice = thought(2025, 60_000, SINGLE, software);
    assert!(why(&advice, Way::DeMinimis).contains("no tangible property"));
    assert_eq!(of(&advice, Way::Regular).deducted(), Usd::dollars(900));
    let old = Asset { acquired: day("2025-01-10"), ..thing("Desk", AssetClass::Furniture, "2025-03-10", 4_000, 100) };
    let advice = thought(2025, 60_000, SINGLE, old);
    // By contract of January 10, 2025: 40%, and 1/7 of the other 2,400.
    assert_eq!(of(&advice, Way::Allowance).years[0].deducted, Usd::from_cents(194_296));
    assert!(why(&advice, Way::Reduced).contains("from 2025-01-20 on"));
    let big = thing("Rack", AssetClass::Computer, "2025-03-10", 3_000_000, 100);
    assert!(thought(2025, 60_000, SINGLE, big).closed.iter().any(|closed| closed.why.contains("dollar limit")));
    let later = year(2025, 60_000, SINGLE, Vec::new(), Vec::new());
    let earlier = thing("Desk", AssetClass::Furniture, "2024-03-10", 4_000, 100);
    assert!(matches!(advise(&later, &asked(vec![earlier], true)), Err(Problem::OtherYear { .. })));
    assert!(matches!(advise(&later, &asked(Vec::new(), false)), Err(Problem::Nothing(2025))));
}

#[test]
fn the_returns_are_those_of_the_book() {
    let expenses = vec![bought(2, "2025-02-11", "Chair", 400), bought(3, "2025-02-12", "Laptop", 3_000)];
    let home = "[business]\nhome_office_square_feet = 120\n";
    let whole = year(2025, 60_000, &format!("{SINGLE}{home}"), expenses.clone(), Vec::new());
    let filed = whole.filled.as_ref().expect("a return").net_tax();
    // The chair is small and settled; the laptop is asked about.
    let laptop = things(&whole);
    assert_eq!(laptop.iter().map(|thing| thing.name.as_str()).collect::<Vec<_>>(), ["Laptop"]);
    let advice = advise(&whole, &asked(laptop, false)).expect("advice");
    assert_eq!((advice.now, of(&advice, Way::Allowance).years[0].with.net_tax), (Some(Way::Allowance), filed));
    let without = year(2025, 60_000, &format!("{SINGLE}{home}"), expenses[..1].to_vec(), Vec::new());
    assert_eq!(advice.best().years[0].without.net_tax, without.filled.expect("a return").net_tax());
    // The chair alone: its own way is the safe harbor, and giving that up is for the laptop's year as a whole.
    let chair = vec![all_things(&whole)[0].clone()];
    let advice = advise(&whole, &asked(chair, false)).expect("advice");
    assert_eq!((advice.now, advice.best().way), (Some(Way::DeMinimis), Way::DeMinimis));
    assert_eq!(advice.best().years[0].with.net_tax, filed);
    assert_eq!(of(&advice, Way::Regular).years[0].deducted, Usd::from_cents(5_716));
}

#[test]
fn miles_and_earlier_things_stay_in_the_returns() {
    let trip = Trip {
        id: 1,
        origin: Origin { batch: 4, line: 2 },
        date: day("2025-03-04"),
        miles_tenths: 4_000,
        destination: "Clinic".to_owned(),
        purpose: "Training".to_owned(),
        kind: TripKind::Business,
        car: String::new(),
        parking: Usd::dollars(12),
    };
    let origin = |line| Origin { batch: 9, line };
    let car = Asset { origin: origin(3), ..thing("Car", AssetClass::Car, "2025-03-10", 9_000, 70) };
    let desk = Asset { origin: origin(4), ..thing("Desk", AssetClass::Furniture, "2024-03-10", 4_000, 100) };
    let desk = Asset { bonus: Bonus::Out, ..desk };
    let laptop = thing("Laptop", AssetClass::Computer, "2025-05-10", 3_000, 100);
    let records = Records {
        payments: year(2025, 60_000, SINGLE, Vec::new(), Vec::new()).records.payments,
        trips: vec![trip],
        assets: vec![car, desk, laptop],
        ..Records::default()
    };
    let profile = Profile::parse("perchart.toml", SINGLE).expect("a profile");
    let whole = Year::work_out(2025, records, profile, Round::Cents).expect("law");
    let things = things(&whole);
    assert_eq!(things.iter().map(|thing| thing.name.as_str()).collect::<Vec<_>>(), ["Laptop"]);
    let advice = advise(&whole, &asked(things, false)).expect("advice");
    let filed = whole.filled.expect("a return").net_tax();
    assert_eq!(of(&advice, Way::Allowance).years[0].with.net_tax, filed);
}

#[test]
fn what_the_book_elects_is_known() {
    let elected = |section_179: i64, bonus: Bonus| {
        let desk = thing("Desk", AssetClass::Furniture, "2025-03-10", 4_000, 100);
        let desk = Asset { section_179: Usd::dollars(section_179), bonus, ..desk };
        let whole = year(2025, 60_000, SINGLE, Vec::new(), vec![desk]);
        let advice = advise(&whole, &asked(things(&whole), false)).expect("advice");
        let filed = whole.filled.expect("a return").net_tax();
        let now = advice.now.expect("a way");
        if let Some(own) = advice.open.iter().find(|outcome| outcome.way == now) {
            assert_eq!(own.years[0].with.net_tax, filed);
        }
        now
    };
    assert_eq!(elected(0, Bonus::Law), Way::Allowance);
    assert_eq!(elected(0, Bonus::Out), Way::Regular);
    assert_eq!(elected(0, Bonus::Reduced), Way::Reduced);
    assert_eq!(elected(4_000, Bonus::Law), Way::Section179);
    assert_eq!(elected(1_500, Bonus::Out), Way::Part { amount: Usd::dollars(1_500), out: true });
}

#[test]
fn today_is_exact() {
    let five = USUAL_DISCOUNT;
    assert_eq!(today(Usd::dollars(105), five, 1), Usd::dollars(100));
    // 100 / 1.1025 = 90.7029...
    assert_eq!(today(Usd::dollars(100), five, 2), Usd::from_cents(9_070));
    assert_eq!(today(Usd::dollars(-100), Rate::ZERO, 30), Usd::dollars(-100));
    assert_eq!(today(Usd::dollars(100), Rate::millionths(1_000_000), 41), Usd::ZERO);
}

fn class() -> impl Strategy<Value = AssetClass> {
    prop::sample::select(vec![
        AssetClass::Computer,
        AssetClass::Furniture,
        AssetClass::Phone,
        AssetClass::Software,
        AssetClass::ThreeYear,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the way, the whole business part is deducted or carried on; no way beats the best; the kinds add up.
    #[test]
    fn every_way_deducts_the_basis_and_none_beats_the_best(
        number in 2024i32..=2026, month in 1u32..=12, profit in 0i64..120_000, cost in 20i64..9_000, percent in 51i64..=100,
        class in class(), market in any::<bool>(), part in 1i64..9_000,
    ) {
        let on = format!("{number}-{month:02}-10");
        let profile = if market { MARKET } else { SINGLE };
        let book = year(number, profit, profile, Vec::new(), Vec::new());
        let one = thing("Thing", class, &on, cost, percent);
        let basis = Usd::from_cents(cost * percent);
        let question = asked(vec![one], true);
        let advice = advise(&book, &question).expect("advice");
        for outcome in &advice.open {
            prop_assert_eq!(outcome.deducted() + outcome.carried, basis, "{:?}", outcome.way);
            prop_assert!(outcome.worth() <= advice.best().worth(), "{:?}", outcome.way);
            for year in &outcome.years {
                prop_assert_eq!(year.saved.total(), year.without.net_tax - year.with.net_tax);
            }
        }
        // A part picked at random is no better than the one that was searched for, or than all or nothing, but for a cliff
        // of a few dollars between two steps.
        let mut ground = Ground::new(&book, &question, advice.first, advice.last).expect("ground");
        let way = Way::Part { amount: Usd::dollars(part).min(basis), out: true };
        if let Ok(found) = way::setup(way, &ground).and_then(|setup| ground.outcome(way, setup)) {
            prop_assert!(found.worth() <= advice.best().worth() + Usd::dollars(1), "{:?} {:?}", found.way, advice.best().way);
        }
    }
}
