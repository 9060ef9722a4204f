//! The law files: complete, cited, strict; and every figure in them matters.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod households;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use households::job;
use perchart::law::{self, FilingStatus, Law, Problem};
use perchart::money::{Rate, Round, Usd};
use perchart::profile::Profile;
use perchart::report::explain::Explainer;
use perchart::tax;
use perchart::tax::Return;
use perchart::tax::facts::{
    Business, CoveredMonth, Dependent, HomeOffice, Household, Marketplace, OtherIncome, OwnBenefits, Payments, Person,
    Place, Student,
};
use perchart::tax::figures::By;
use perchart::tax::form::{Filled, Value};
use perchart::tax::form_4562::Depreciation;
use perchart::tax::view::Link;
use perchart::tax::withheld::Withheld;
use perchart::year::{Records, Year};
use toml::Value as Toml;

const FILES: [(u16, &str); 3] = [
    (2024, include_str!("../src/law/us/2024.toml")),
    (2025, include_str!("../src/law/us/2025.toml")),
    (2026, include_str!("../src/law/us/2026.toml")),
];

/// Figures that no return reads.
const ELSEWHERE: [(&str, &str); 13] = [
    ("de_minimis.per_item", "read by deduct"),
    ("form_1099.network_over", "read by income"),
    ("form_1099.network_payments_over", "read by income"),
    ("form_1099.services", "read by income"),
    ("home_office.depreciation.recapture", "read by report"),
    ("startup.at_once", "read by deduct::startup"),
    ("startup.start", "read by deduct::startup"),
    ("startup.months", "read by deduct::startup"),
    ("mileage.business", "read by car"),
    ("mileage.depreciation", "read by car"),
    ("mileage.later.month", "read by car"),
    ("mileage.later.business", "read by car"),
    ("mileage.later.depreciation", "read by car"),
];

#[test]
fn every_year_loads() {
    assert_eq!(law::years().collect::<Vec<_>>(), FILES.map(|(year, _)| year));
    for (year, text) in FILES {
        let (law, citations) = law::of(i32::from(year)).unwrap();
        let (parsed, again) = law::parse(text).unwrap();
        assert_eq!((law, citations), (&parsed, &again));
        assert_eq!(law.year, year);
    }
    assert_eq!(law::of(2023), Err(Problem::Year(2023)));
    assert!(law::of(1999).unwrap_err().to_string().contains("it has 2024, 2025 and 2026"));
}

#[test]
fn brackets_ascend_and_each_has_a_rate() {
    for (year, _) in FILES {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let income = &law.income;
        assert!(income.rates.is_sorted_by(|low, high| low < high), "{year}: rates");
        for status in FilingStatus::ALL {
            let tops = income.tops.get(status);
            assert_eq!(income.rates.len(), tops.len() + 1, "{year} {status:?}");
            assert!(tops.is_sorted_by(|low, high| low < high), "{year} {status:?}: {tops:?}");
            let savers = law.savers.tops.of(status);
            assert!(savers.is_sorted_by(|low, high| low < high), "{year} {status:?}: {savers:?}");
        }
        assert!(law.savers.rates.is_sorted_by(|high, low| high > low), "{year}: rates of the savers credit");
        let rows = &income.table.rows;
        assert_eq!((rows[0].0, rows[rows.len() - 1].1), (Usd::ZERO, income.table.below), "{year}: Tax Table");
        assert!(rows.windows(2).all(|pair| pair[0].1 == pair[1].0), "{year}: a gap in the Tax Table");
        for column in 0..4 {
            assert!(law.eic.earned[column] < law.eic.start[column], "{year}, {column} children");
            assert!(law.eic.start[column] < law.eic.start_joint[column], "{year}, {column} children");
        }
    }
}

#[test]
fn every_figure_has_a_citation() {
    for (year, text) in FILES {
        let (_, citations) = law::of(i32::from(year)).unwrap();
        assert!(citations.len() > 60, "{year}: only {} figures", citations.len());
        for (path, citation) in citations {
            assert!(citation.cite.trim().len() > 3, "{year} {path}: no citation");
            assert!(!citation.figure.trim().is_empty(), "{year} {path}: no figure");
        }
        // Without any one of its citations the file does not load.
        let lines: Vec<_> = text.lines().collect();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("cite = ")) {
            let mut without = lines.clone();
            without.remove(index);
            match law::parse(&without.join("\n")) {
                Err(problem) => assert!(matches!(problem, Problem::Uncited(_)), "{year} without {line}: {problem}"),
                // A table within a cited one falls back on what stands above it.
                Ok((_, fewer)) => assert!(
                    fewer.len() == citations.len() && fewer != *citations,
                    "{year} without {line}: the figures are cited as before"
                ),
            }
        }
    }
    let bare = FILES[1].1.replace("floor = { value = 400, cite = ", "floor = { value = 400, site = ");
    assert_eq!(law::parse(&bare).unwrap_err().to_string(), "se.floor: no citation");
    let blank = FILES[1].1.replace(r#"cite = "IRC 1401(a)""#, r#"cite = " ""#);
    assert_eq!(law::parse(&blank).unwrap_err().to_string(), "se.oasdi: a cite is text");
}

/// The message for a law file of 2025 in which one text stands for another.
fn refused(text: &str, instead: &str) -> String {
    let file = FILES[1].1;
    assert_eq!(file.matches(text).count(), 1, "{text}");
    law::parse(&file.replace(text, instead)).unwrap_err().to_string()
}

#[test]
fn a_file_that_is_not_law_is_refused_with_the_place() {
    let messages = [
        ("an unknown figure", refused("wage_base = {", "wage_bass = {")),
        ("an unknown section", refused("[plan]", "[plans]")),
        ("a float for an amount", refused("step = 1_000\nrate", "step = 1_000.5\nrate")),
        ("a float for a rate", refused(r#"value = "92.35%""#, "value = 0.9235")),
        ("a rate without its sign", refused(r#"value = "12.4%""#, r#"value = "12.4""#)),
        ("a rate that is too fine", refused(r#"value = "6.2%""#, r#"value = "6.20001%""#)),
        ("an amount with three decimals", refused("per_foot = 5", r#"per_foot = "5.125""#)),
        ("a status that is missing", refused(", survivor = 31_500 }", " }")),
        ("a column that is missing", refused("[649, 4_328, 7_152, 8_046]", "[649, 4_328, 7_152]")),
        ("not TOML", refused("[savers]", "[savers")),
    ];
    let text: String = messages.iter().fold(String::new(), |mut text, (what, message)| {
        write!(text, "{what}:\n{}\n\n", message.trim_end()).unwrap();
        text
    });
    insta::assert_snapshot!("refused", text);
}

/// A changed figure shows in review.
#[test]
fn the_figures_are_these() {
    for (year, _) in FILES {
        let (_, citations) = law::of(i32::from(year)).unwrap();
        let text: String = citations.iter().fold(String::new(), |mut text, (path, citation)| {
            writeln!(text, "{path} = {}  [{}]", citation.figure, citation.cite).unwrap();
            text
        });
        insta::assert_snapshot!(format!("figures_{year}"), text);
    }
}

fn person(law: &Law, age: i64, wages: i64, profit: i64) -> Person {
    let business = Business {
        gross_receipts: Usd::dollars(profit.max(0)),
        returns: Usd::dollars((-profit).max(0)),
        ..Business::default()
    };
    Person { age, w2: job(law, wages, 0), businesses: vec![business], ..Person::default() }
}

fn household(status: FilingStatus, taxpayer: Person, children: usize) -> Household {
    let dependent = Dependent { age: 10, child: true, student: false, disabled: false };
    Household {
        status,
        spouse: status.is_joint().then(|| Person { age: taxpayer.age, ..Person::default() }),
        taxpayer,
        dependents: vec![dependent; children],
        ..Household::default()
    }
}

/// Households that stand where figures begin and end: thresholds, caps, rows, ages.
fn probes(law: &Law) -> Vec<Household> {
    let dollars = |amount: Usd| amount.cents() / 100;
    let plain = |status, wages, profit, children| household(status, person(law, 40, wages, profit), children);
    let mut probes: Vec<_> = households::all(law).into_iter().map(|(_, household)| household).collect();
    for status in FilingStatus::ALL {
        let standard = dollars(law.standard.basic.of(status));
        probes.push(plain(status, 2_000_000, 0, 0));
        let old = if status.is_joint() { 180_000 } else { 90_000 };
        probes.push(household(status, person(law, 66, old, 0), 0));
        let mut overtime = plain(status, if status.is_joint() { 305_500 } else { 155_500 }, 0, 0);
        overtime.taxpayer.w2.overtime_premium = Usd::dollars(30_000);
        probes.push(overtime);
        let mut family = plain(status, dollars(law.child.start.of(status)) + 10_500, 0, 1);
        family.dependents.push(Dependent { age: 70, child: false, student: false, disabled: false });
        probes.push(family);
        for top in law.savers.tops.of(status) {
            let mut saver = plain(status, dollars(top), 0, 0);
            saver.taxpayer.w2.deferrals = Usd::dollars(3_000);
            probes.push(saver);
        }
        probes.push(plain(status, dollars(law.qbi.threshold.of(status)) + standard - 2_000, 2_000, 0));
        probes.push(plain(status, 30_000, 1_000 - dollars(law.loss.most.of(status)), 0));
    }
    for status in [FilingStatus::Head, FilingStatus::Joint] {
        for column in 0..4 {
            let start = if status.is_joint() { law.eic.start_joint } else { law.eic.start }[column];
            let earned = dollars(law.eic.earned[column]);
            for wages in [earned * 6 / 10, earned + 100, dollars(start) + 2_000] {
                probes.push(plain(status, wages, 0, column));
            }
        }
    }
    for age in [law.eic.youngest, law.eic.oldest] {
        probes.push(household(FilingStatus::Single, person(law, age, 8_000, 0), 0));
    }
    for (wages, profit) in [(0, 439), (150_000, 60_000), (40_000, 1_090), (40_000, 1_120)] {
        probes.push(plain(FilingStatus::Single, wages, profit, 0));
    }
    let mut saving = plain(FilingStatus::Single, 0, 60_000, 0);
    saving.taxpayer.own =
        OwnBenefits { sep: Usd::dollars(40_000), health: Usd::dollars(9_000), ..OwnBenefits::default() };
    (saving.taxpayer.businesses[0].home_area, saving.taxpayer.businesses[0].home_months) = (400, 12);
    probes.push(saving);
    let standard = dollars(law.standard.basic.single);
    for income in [4, 5, 14, 15, 22, 24, 25, 400, 2_999, 3_000, 60_000, 97_000] {
        probes.push(plain(FilingStatus::Single, standard + income, 0, 0));
    }
    investors(law, &mut probes);
    retired(law, &mut probes);
    insured(law, &mut probes);
    rich_businesses(law, &mut probes);
    givers(law, &mut probes);
    savers(law, &mut probes);
    accounts(law, &mut probes);
    families(law, &mut probes);
    equipped(law, &mut probes);
    probes
}

/// Section 179 at its limits.
fn equipped(law: &Law, probes: &mut Vec<Household>) {
    let with = |status, depreciation| {
        let mut household = household(status, person(law, 40, 0, 9_000_000), 0);
        household.taxpayer.depreciation = Some(Box::new(depreciation));
        household
    };
    for status in [FilingStatus::Single, FilingStatus::Separate] {
        let cost_179 = law.section_179.start + Usd::dollars(50_000);
        let elected = law.section_179.limit;
        probes.push(with(status, Depreciation { cost_179, elected, ..Depreciation::default() }));
    }
}

/// Interest, dividends, gains and losses.
fn investors(law: &Law, probes: &mut Vec<Household>) {
    for status in FilingStatus::ALL {
        let with = |wages: Usd, other_income: OtherIncome| {
            let wages = wages.cents() / 100;
            Household { other_income, ..household(status, person(law, 40, wages, 0), 0) }
        };
        let long = |amount: Usd| OtherIncome { long_gain: amount, ..OtherIncome::default() };
        let standard = law.standard.basic.of(status);
        // Around the ends of the 0% and of the 15% rate, by gains.
        probes.push(with(standard + law.gains.zero.of(status) - Usd::dollars(5_000), long(Usd::dollars(20_000))));
        probes.push(with(standard + law.gains.fifteen.of(status) - Usd::dollars(5_000), long(Usd::dollars(200_000))));
        let loss = OtherIncome { short_gain: Usd::dollars(-20_000), ..OtherIncome::default() };
        probes.push(with(Usd::dollars(60_000), loss));
        let interest = OtherIncome { interest: Usd::dollars(50_000), ..OtherIncome::default() };
        probes.push(with(law.niit.threshold.of(status) - Usd::dollars(20_000), interest));
    }
    let other_income = OtherIncome { interest: law.eic.investment, ..OtherIncome::default() };
    let poor = household(FilingStatus::Head, person(law, 40, 9_000, 0), 2);
    probes.push(Household { other_income, ..poor });
}

/// Social security benefits beside a pension, around both amounts.
fn retired(law: &Law, probes: &mut Vec<Household>) {
    for status in FilingStatus::ALL {
        let (base, second) = (law.social_security.base.of(status), law.social_security.second.of(status));
        for pensions in [base - Usd::dollars(6_000), base + second, base + second + Usd::dollars(90_000)] {
            let social_security = Usd::dollars(20_000);
            let other_income = OtherIncome { pensions: pensions.floor0(), social_security, ..OtherIncome::default() };
            probes.push(Household { other_income, ..household(status, person(law, 70, 0, 0), 0) });
        }
    }
}

/// Insured through the marketplace, with an advance that is too high.
fn insured(law: &Law, probes: &mut Vec<Household>) {
    let month = CoveredMonth {
        premium: Usd::dollars(900),
        benchmark: Usd::dollars(850),
        advance: Usd::dollars(845),
        own_business: 0,
    };
    let poverty = &law.premium_credit.poverty;
    let everywhere =
        [99, 100, 120, 132, 133, 140, 149, 150, 160, 199, 200, 249, 250, 280, 299, 300, 350, 399, 400, 401];
    let places = [
        (Place::Contiguous, &poverty.contiguous, everywhere.as_slice()),
        (Place::Alaska, &poverty.alaska, &[180]),
        (Place::Hawaii, &poverty.hawaii, &[180]),
    ];
    for (place, line, percents) in places {
        for percent in percents {
            for status in [FilingStatus::Single, FilingStatus::Head] {
                // Just over a whole percent of the poverty line.
                let children = usize::from(status == FilingStatus::Head);
                let income = (line.first + line.additional * i64::try_from(children).unwrap()) * *percent;
                let household = household(status, person(law, 40, income.cents() / 10_000 + 1, 0), children);
                for advance in [Usd::ZERO, month.advance] {
                    let months = [CoveredMonth { advance, ..month }; 12];
                    let marketplace = Some(Box::new(Marketplace { months, place, dependents_income: Usd::ZERO }));
                    probes.push(Household { marketplace, ..household.clone() });
                }
            }
        }
    }
    // Deducted as the business's own, with an advance that is too high.
    let mut coder = household(FilingStatus::Single, person(law, 40, 0, 34_000), 0);
    let months = [CoveredMonth { own_business: 1, ..month }; 12];
    coder.marketplace = Some(Box::new(Marketplace { months, ..Marketplace::default() }));
    probes.push(coder);
}

/// Businesses above the threshold of Form 8995, with wages paid and property; a loss over the threshold of Form 461.
fn rich_businesses(law: &Law, probes: &mut Vec<Household>) {
    for status in FilingStatus::ALL {
        let over = law.qbi.threshold.of(status).cents() / 100 + 300_000;
        for (wages, property) in [(20_000, 0), (20_000, 3_000_000)] {
            let mut rich = household(status, person(law, 40, 0, over), 0);
            let business = &mut rich.taxpayer.businesses[0];
            (business.wages, business.property) = (Usd::dollars(wages), Usd::dollars(property));
            probes.push(rich);
        }
        let lost = law.loss.most.of(status).cents() / 100 + 50_000;
        probes.push(household(status, person(law, 40, 900_000, -lost), 0));
    }
}

/// Itemized deductions, and gifts without them; the alternative minimum tax.
fn givers(law: &Law, probes: &mut Vec<Household>) {
    let dollars = |amount: Usd| amount.cents() / 100;
    let with = |status, wages: i64, payments: Payments| Household {
        payments,
        ..household(status, person(law, 40, wages, 0), 0)
    };
    let mortgage = Usd::dollars(40_000);
    for status in FilingStatus::ALL {
        let taxed = Payments { taxes: Usd::dollars(90_000), mortgage, ..Payments::default() };
        let start = law.salt.phase_down.as_ref().map_or(100_000, |down| dollars(down.start.of(status)));
        for over in [-50_000, 10_000, 900_000] {
            probes.push(with(status, start + over, taxed));
        }
        // The exemption from the minimum tax and its end; where 28% begins.
        let over = dollars(law.amt.start.of(status)) + 60_000;
        for wages in [over, over + dollars(law.amt.exemption.of(status)) * 4] {
            let mut rich = with(status, 30_000, taxed);
            rich.other_income.long_gain = Usd::dollars(wages);
            probes.push(rich);
        }
        let insured = Payments { mortgage_insurance: Usd::dollars(60_000), ..Payments::default() };
        for income in [48_000, 52_300, 104_500] {
            probes.push(with(status, income, insured));
        }
        probes.push(with(status, 60_000, Payments { charity: Usd::dollars(5_000), ..Payments::default() }));
    }
    let mut supported = household(FilingStatus::Single, person(law, 20, 8_000, 0), 0);
    supported.supported = true;
    supported.other_income.interest = law.kiddie.unearned;
    probes.push(supported);
    let mut deferring = household(FilingStatus::Single, person(law, 40, 200_000, 0), 0);
    deferring.taxpayer.w2.deferrals = law.deferral.limit;
    probes.push(deferring);
    let ill = Payments { medical: Usd::dollars(50_000), ..Payments::default() };
    probes.push(with(FilingStatus::Single, 100_000, ill));
    for (wages, charity) in [(40_000, 39_000), (400_000, 60_000), (3_000_000, 200_000)] {
        let given = Payments { charity: Usd::dollars(charity), mortgage, ..Payments::default() };
        probes.push(with(FilingStatus::Single, wages, given));
    }
}

/// Plans, health savings accounts and long-term care of one's own, at the ages that count.
fn accounts(law: &Law, probes: &mut Vec<Household>) {
    let with = |age, own| {
        let mut single = household(FilingStatus::Single, person(law, age, 0, 90_000), 0);
        single.taxpayer.own = own;
        single
    };
    for age in [40, 50, 60, 63] {
        probes.push(with(age, OwnBenefits { deferral: Usd::dollars(40_000), ..OwnBenefits::default() }));
    }
    for age in law.long_term_care.ages.into_iter().chain([90]) {
        probes.push(with(age, OwnBenefits { long_term_care: Usd::dollars(9_000), ..OwnBenefits::default() }));
    }
    let hsa =
        OwnBenefits { hsa: Usd::dollars(900), hsa_self_months: 8, hsa_family_months: 4, ..OwnBenefits::default() };
    probes.push(with(law.hsa.additional_from, hsa));
    let spent = OwnBenefits { hsa_distributions: Usd::dollars(900), ..OwnBenefits::default() };
    probes.push(with(law.hsa.free_from - 1, spent));
    let mut young = household(FilingStatus::Single, person(law, law.savers.youngest, 20_000, 0), 0);
    young.taxpayer.w2.deferrals = Usd::dollars(1_000);
    young.taxpayer.own.ira = Usd::dollars(500);
    probes.push(young);
    let mut couple = household(FilingStatus::Joint, person(law, law.hsa.additional_from, 0, 90_000), 0);
    couple.taxpayer.own = OwnBenefits { hsa: Usd::dollars(900), hsa_family_months: 12, ..OwnBenefits::default() };
    probes.push(couple);
}

/// Retirement accounts and student loans within their phase-outs.
fn savers(law: &Law, probes: &mut Vec<Household>) {
    let dollars = |amount: Usd| amount.cents() / 100;
    let saver = |status, age, wages: i64, covered_at_work| {
        let mut saver = household(status, person(law, age, wages, 0), 0);
        let ira = law.ira.limit_at(age).min(Usd::dollars(wages));
        saver.taxpayer.own = OwnBenefits { ira, covered_at_work, ..OwnBenefits::default() };
        saver
    };
    for status in FilingStatus::ALL {
        let (from, to) = law.ira.covered.of(status);
        for wages in [dollars(from) + 2_000, dollars(from + to) / 2, dollars(to) - 10] {
            probes.push(saver(status, 40, wages, 1));
        }
        let (from, to) = law.ira.roth.of(status);
        let mut roth = saver(status, 40, dollars(from + to) / 2, 0);
        (roth.taxpayer.own.ira, roth.taxpayer.own.roth_ira) = (Usd::ZERO, Usd::dollars(300));
        probes.push(roth);
        let (start, width) = (law.student_loan.start.of(status), law.student_loan.width.of(status));
        let payments = Payments { student_interest: Usd::dollars(4_000), ..Payments::default() };
        let wages = dollars(start) + dollars(width) / 3;
        probes.push(Household { payments, ..household(status, person(law, 40, wages, 0), 0) });
    }
    for age in [40, 50] {
        probes.push(saver(FilingStatus::Single, age, 300_000, 0));
    }
    let (from, to) = law.ira.spouse_covered;
    let mut couple = saver(FilingStatus::Joint, 40, dollars(from + to) / 2, 0);
    if let Some(spouse) = &mut couple.spouse {
        spouse.own.covered_at_work = 1;
    }
    probes.push(couple);
}

/// Dependent care, students, persons over 65, tips and a car loan.
fn families(law: &Law, probes: &mut Vec<Household>) {
    let family = |status, age, wages: i64, children: usize, care: i64, benefits: i64| {
        let mut family = household(status, person(law, age, wages, 0), children);
        family.payments.care = Usd::dollars(care);
        family.taxpayer.w2.care = Usd::dollars(benefits);
        family
    };
    for status in FilingStatus::ALL {
        probes.push(family(status, 40, 60_000, 2, 9_000, 9_000));
        let joint = if status.is_joint() { 2 } else { 1 };
        let mut server = family(status, 40, 155_500 * joint, 0, 0, 0);
        server.taxpayer.w2.tips = Usd::dollars(30_000);
        probes.push(server);
        let mut driver = family(status, 40, 103_500 * joint, 0, 0, 0);
        driver.payments.car_loan = Usd::dollars(12_000);
        probes.push(driver);
    }
    // Both ends of the percentage, its steps, and the halt between them.
    for wages in [14_000, 15_500, 20_000, 60_000, 76_500, 80_000, 120_000, 151_000, 170_000] {
        for children in [1, 2] {
            let care = family(FilingStatus::Head, 40, wages, children, 9_000, 0);
            let mut couple = family(FilingStatus::Joint, 40, wages, children, 9_000, 0);
            couple.spouse = couple.spouse.map(|spouse| Person { unable_months: 6, ..spouse });
            probes.extend([care, couple]);
        }
    }
    let students = [(3_500, 1), (5_000, 1), (12_000, 0)];
    let students = students.map(|(expenses, american)| Student { expenses: Usd::dollars(expenses), american });
    for (status, wages) in [(FilingStatus::Single, 85_000), (FilingStatus::Joint, 170_000)] {
        probes.push(Household { students: students.to_vec(), ..family(status, 40, wages, 0, 0, 0) });
    }
    for (status, wages) in [(FilingStatus::Single, 16_000), (FilingStatus::Joint, 22_000)] {
        probes.push(family(status, 66, wages, 0, 0, 0));
    }
    home_offices(law, probes);
}

/// Home offices by the regular method: one for each month of first use, and owners whose taxes reach the limit.
fn home_offices(law: &Law, probes: &mut Vec<Household>) {
    let usd = Usd::dollars;
    for first_month in 0..=12 {
        let mut household = Household { taxpayer: person(law, 40, 0, 60_000), ..Household::default() };
        let basis = usd(400_000);
        household.taxpayer.offices = vec![HomeOffice {
            actual: 1,
            area: 120,
            whole: 600,
            basis,
            value: basis,
            first_month,
            ..HomeOffice::default()
        }];
        probes.push(household);
    }
    for (status, profit, taxes, real_estate) in [
        (FilingStatus::Separate, 60_000, 2_900, 2_000),
        (FilingStatus::Single, 60_000, 9_800, 12_000),
        (FilingStatus::Single, 60_000, 39_000, 12_000),
        (FilingStatus::Single, 620_000, 30_000, 12_000),
        (FilingStatus::Separate, 290_000, 12_000, 12_000),
        (FilingStatus::Single, 900_000, 9_800, 12_000),
    ] {
        let mut household = Household { status, taxpayer: person(law, 40, 60_000, profit), ..Household::default() };
        let (mortgage, real_estate) = (usd(60_000), usd(real_estate));
        household.payments = Payments { taxes: usd(taxes), mortgage, real_estate, ..Payments::default() };
        household.taxpayer.offices =
            vec![HomeOffice { actual: 1, area: 120, whole: 240, mortgage, real_estate, ..HomeOffice::default() }];
        probes.push(household);
    }
}

/// Every line of every form, or the refusals.
fn lines(law: &Law, household: &Household, round: Round) -> Result<Vec<Value>, Vec<String>> {
    let filled = tax::prepare(law, household, round)
        .map_err(|refusals| refusals.into_iter().map(|refusal| refusal.what).collect::<Vec<_>>())?;
    let withheld: Vec<_> = household.persons().map(|person| Withheld::fill(law, &person.w2, round)).collect();
    let forms = filled.forms().forms.into_iter().map(|form| form.filled);
    let forms = forms.chain(withheld.iter().map(|form| form as &dyn Filled));
    Ok(forms.flat_map(|form| form.lines(law.year)).map(|line| line.value).collect())
}

/// The paths of all figures, down to the cells of lists: `se.wage_base`, `income.tops.single.0`.
fn leaves(path: &str, value: &Toml, out: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Toml::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| *key != "cite" && *key != "year") {
                leaves(&below(key), value, out);
            }
        }
        Toml::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                leaves(&below(&index.to_string()), value, out);
            }
        }
        // Whether forms are drafts is not a figure.
        Toml::Boolean(_) => {}
        _ => out.push(path.to_owned()),
    }
}

fn leaf<'a>(value: &'a mut Toml, path: &str) -> &'a mut Toml {
    path.split('.').fold(value, |value, key| match key.parse::<usize>() {
        Ok(index) => &mut value[index],
        Err(_) => &mut value[key],
    })
}

/// Other figures in a figure's place, the nearest first.
fn changed(figure: &Toml) -> Vec<Toml> {
    match figure {
        Toml::Integer(amount) => {
            let part = (amount * 7 / 100).max(1);
            vec![(amount - part).into(), (amount + part).into(), (amount * 100).into()]
        }
        Toml::String(rate) => {
            // A rate has its sign; dollars a mile have none.
            let sign = if rate.ends_with('%') { "%" } else { "" };
            let rate: rust_decimal::Decimal = rate.trim_end_matches('%').parse().unwrap();
            let half = rust_decimal::Decimal::new(5, 1);
            vec![format!("{}{sign}", rate + half).into()]
        }
        other => panic!("{other} is no figure"),
    }
}

#[test]
fn every_figure_matters() {
    for (year, text) in FILES {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let probes = probes(law);
        let rounds = [Round::Cents, Round::WholeDollar];
        let before: Vec<_> = probes.iter().map(|probe| rounds.map(|round| lines(law, probe, round))).collect();
        let file = Toml::Table(text.parse().unwrap());
        let mut paths = Vec::new();
        leaves("", &file, &mut paths);
        let mut idle = Vec::new();
        // The figures of a section move the same households: begin where the last one moved.
        let mut first = 0;
        for path in &paths {
            let mut moves = |figure: Toml| {
                let mut file = file.clone();
                *leaf(&mut file, path) = figure;
                let (law, _) = law::parse(&toml::to_string(&file).unwrap()).unwrap();
                let moved = |at: &usize| {
                    rounds.iter().zip(&before[*at]).any(|(round, before)| lines(&law, &probes[*at], *round) != *before)
                };
                let found = (first..probes.len()).chain(0..first).find(moved);
                first = found.unwrap_or(first);
                found.is_some()
            };
            if !changed(leaf(&mut file.clone(), path)).into_iter().any(&mut moves) {
                idle.push(path.trim_end_matches(".value").to_owned());
            }
        }
        eprintln!("{year}: {} figures, {} households", paths.len(), probes.len());
        assert!(paths.len() > 150, "{year}: only {} figures", paths.len());
        // Not every year has each of them.
        let of_year = |known: &&str| paths.iter().any(|path| path.trim_end_matches(".value") == *known);
        let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(path, _)| *path).filter(of_year).collect();
        let idle: BTreeSet<&str> = idle.iter().map(String::as_str).collect();
        assert_eq!(idle, elsewhere, "{year}: figures that move no line");
    }
}

/// One line of a return.
struct Standing {
    reference: String,
    /// The form's name in references, and the line's name.
    id: (&'static str, &'static str),
    formula: &'static str,
    value: Value,
    names_figures: bool,
    /// Where its form stopped.
    stopped: Option<&'static str>,
    /// Does nothing stand on its form?
    blank: bool,
}

/// The lines of a return, and the values of its lines and facts by reference.
type Stood = (Vec<Standing>, BTreeMap<String, Value>);

/// The lines of a return, and the values of its lines and facts by reference.
fn standing(filled: &Return) -> Stood {
    let (_, citations) = law::of(i32::from(filled.year)).unwrap();
    let (mut lines, mut values) = (Vec::new(), BTreeMap::new());
    for form in filled.forms().forms {
        let stopped = form.filled.stopped_at();
        let all = form.filled.lines(filled.year);
        let blank = all.iter().all(|line| matches!(line.value, Value::Usd(Usd::ZERO) | Value::Count(0)));
        for line in all {
            let reference = format!("{}.{}", form.name, line.number.unwrap_or(line.name));
            values.insert(reference.clone(), line.value);
            if line.number.is_none() {
                // Explanations call it by the number of another year's form.
                let other = format!("{}.{}", form.name, line.name.strip_prefix('l').unwrap_or(line.name));
                values.entry(other).or_insert(line.value);
            }
            let id = (form.filled.id(), line.name);
            let is_figure = |path: &str| citations.keys().any(|key| key.starts_with(path));
            let names_figures = line
                .by
                .iter()
                .any(|by| matches!(by, By::Rule(..)) || matches!(by, By::Figure(path) if is_figure(path)));
            lines.push(Standing {
                reference,
                id,
                formula: line.formula,
                value: line.value,
                names_figures,
                stopped,
                blank,
            });
        }
        for (_, link) in form.links {
            let Link::Facts(sets) = link else { continue };
            for (set, facts) in sets {
                values.extend(facts.facts().into_iter().map(|fact| (format!("{set}.{}", fact.name), fact.value)));
            }
        }
    }
    (lines, values)
}

/// What to ask `explain` for to see a figure: `premium_credit.tiers.value.2.below` stands in the third row of the tiers.
fn reference(path: &str) -> String {
    let mut reference = "law".to_owned();
    for key in path.split('.').filter(|key| *key != "value") {
        if let Ok(row) = key.parse::<usize>() {
            return format!("{reference}.{}", row + 1);
        }
        reference = format!("{reference}.{key}");
    }
    reference
}

/// The probes' returns of a year, in cents and in whole dollars by turns.
fn worked_out(number: u16) -> Vec<Year> {
    let (law, _) = law::of(i32::from(number)).unwrap();
    let rounds = [Round::Cents, Round::WholeDollar].into_iter().cycle();
    let filled = probes(law).into_iter().zip(rounds).filter_map(|(household, round)| {
        let filled = tax::prepare(law, &household, round).ok()?;
        let profile = Profile::parse("perchart.toml", "[household]\nfiling_status = \"single\"\n").unwrap();
        let year = Year::work_out(i32::from(number), Records::default(), profile, round).unwrap();
        Some(Year { filled: Ok(filled), household, ..year })
    });
    filled.collect()
}

/// What lines show of the law, and what they read of it.
#[derive(Default)]
struct Shown {
    /// Lines that name figures.
    named: BTreeSet<(&'static str, &'static str)>,
    /// Lines that move with a figure that they show.
    read: BTreeSet<(&'static str, &'static str)>,
    /// Figures that a line reads and does not show.
    missing: BTreeSet<String>,
}

impl Shown {
    /// Looks at each line that moves where a figure is another.
    fn look(&mut self, explainer: &Explainer, before: &Stood, after: &Return, figure: &str) {
        // A fact that the return works out from the law for a line has no explanation but the line's.
        let excuses = |operand: &str| {
            let set = operand.split(['.', '@']).next().unwrap_or_default();
            !matches!(set, "filer" | "hsa-share") && (set != "ira-cover" || operand.ends_with(".compensation"))
        };
        // Where one stretch of the Tax Table ends the next one begins.
        let table = "law.income.table.rows.";
        let is_shown = |operand: &String| *operand == figure || figure.starts_with(table) && operand.starts_with(table);
        let ((lines, values), (lines_after, values_after)) = (before, standing(after));
        let moved = |name: &String| values.get(name) != values_after.get(name);
        self.named.extend(lines.iter().filter(|line| line.names_figures).map(|line| line.id));
        for (line, line_after) in lines.iter().zip(&lines_after) {
            let stops_elsewhere = line.stopped != line_after.stopped;
            if !moved(&line.reference) && !stops_elsewhere {
                continue;
            }
            let operands = explainer.rests_on(&line.reference).unwrap();
            if operands.iter().any(is_shown) {
                self.read.insert(line.id);
                continue;
            }
            // A form that stops elsewhere, or is not used, has other lines; the condition of an `if` is no operand.
            let chosen = line.formula.starts_with("if ") && !line.formula.contains("law");
            let rests = operands.iter().any(|operand| moved(operand) && excuses(operand));
            if !rests && !chosen && !stops_elsewhere && line.blank == line_after.blank {
                self.missing.insert(format!("{} {}.{}: {figure}", after.year, line.id.0, line.id.1));
            }
        }
    }
}

/// A line that moves with a figure of the law, while nothing that it rests on moves, reads the figure itself: then its
/// explanation shows it. And no line names figures that it does not read.
#[test]
fn a_line_shows_the_figures_that_it_reads() {
    let mut lines = Shown::default();
    for (number, text) in FILES {
        let years = worked_out(number);
        let settings: Vec<_> = years.iter().map(|year| year.settings(&[]).unwrap()).collect();
        let stood: Vec<_> = years.iter().map(|year| standing(year.filled.as_ref().unwrap())).collect();
        // What stands on a line rests on something.
        for (at, year) in years.iter().enumerate().step_by(7) {
            let explainer = Explainer::new(year, &settings[at], None);
            let nothing = [Value::Usd(Usd::ZERO), Value::Count(0), Value::Rate(Rate::ZERO)];
            for line in &stood[at].0 {
                let stands = !nothing.contains(&line.value) && !line.formula.starts_with("Usd::");
                let rests = !stands || !explainer.rests_on(&line.reference).unwrap().is_empty();
                assert!(rests, "{number} {}: {} rests on nothing", line.reference, line.formula);
            }
        }
        let file = Toml::Table(text.parse().unwrap());
        let mut paths = Vec::new();
        leaves("", &file, &mut paths);
        // The figures of a section move the same households: within it, begin where the last one moved.
        let (mut first, mut section) = (0, "");
        for path in &paths {
            let own = path.split('.').next().unwrap();
            if own != section {
                (first, section) = (0, own);
            }
            let mut moved_some = false;
            for (nearness, figure) in changed(leaf(&mut file.clone(), path)).into_iter().enumerate() {
                if nearness > 1 && moved_some {
                    break;
                }
                let mut file = file.clone();
                *leaf(&mut file, path) = figure;
                let (other, _) = law::parse(&toml::to_string(&file).unwrap()).unwrap();
                let moved = (first..years.len()).chain(0..first).filter_map(|at| {
                    let before = years[at].filled.as_ref().ok()?;
                    let after = tax::prepare(&other, &years[at].household, before.round).ok()?;
                    (after != *before).then_some((at, after))
                });
                for (at, after) in moved.take(4).collect::<Vec<_>>() {
                    (first, moved_some) = (at, true);
                    let explainer = Explainer::new(&years[at], &settings[at], None);
                    lines.look(&explainer, &stood[at], &after, &reference(path));
                }
            }
        }
    }
    assert!(lines.missing.is_empty(), "not shown: {:#?}", lines.missing);
    let idle: Vec<_> = lines.named.difference(&lines.read).collect();
    assert!(idle.is_empty(), "named without being read: {idle:?}");
}
