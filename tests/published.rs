//! Published cases with answers from outside this project. Evidence: official for the files of the IRS,
//! independent for other engines' goldens. The files lie beside the project; without them the test says so and is skipped.
//!
//! A case is covered if every input is understood and nothing in it is outside the engine. A difference is never
//! settled by editing an expected value: it goes into `triage.toml` with the law on it, and must stay what it is there.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]
// Every reader has one signature; engines have names in capitals.
#![allow(clippy::unnecessary_wraps, clippy::doc_markdown)]

mod shared;
mod published {
    pub(crate) mod business;
    pub(crate) mod case;
    pub(crate) mod credits;
    pub(crate) mod engines;
    pub(crate) mod estimator;
    pub(crate) mod limits;
    pub(crate) mod official;
    pub(crate) mod policyengine;
    pub(crate) mod variables;
}

use std::collections::BTreeMap;
use std::path::Path;

use perchart::law::{self, FilingStatus};
use perchart::money::{Round, Usd};
use perchart::tax::{self, worksheets};
use published::case::{Answer, Case, decimal, employee, household, person};
use published::{engines, estimator, official, policyengine};
use serde::Deserialize;
use serde_json::Value;

/// A file, how its cases are read, and how many of them pass at least.
struct Source {
    file: &'static str,
    read: fn(&mut Case) -> Answer,
    least: usize,
}

const SOURCES: [Source; 10] = [
    Source { file: "irs_ats_directfile", read: official::acceptance, least: 4 },
    Source { file: "irs_publications", read: official::publications, least: 14 },
    Source { file: "irs_tables_2024_2025", read: official::tables, least: 247 },
    Source { file: "irs_twe_specs_2026", read: estimator::units, least: 424 },
    Source { file: "irs_twe_uat_2026", read: estimator::returns, least: 36 },
    Source { file: "opentax_engine_2025_2026", read: engines::opentax, least: 57 },
    Source { file: "policyengine_federal", read: policyengine::units, least: 158 },
    Source { file: "practitioner", read: official::practitioner, least: 3 },
    Source { file: "taxcalc_goldens_2024_2025", read: engines::taxcalc, least: 337 },
    Source { file: "two_oracle_2024", read: engines::two_oracle, least: 69 },
];

/// A difference that is settled against the source.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Triaged {
    case: String,
    line: String,
    ours: String,
    theirs: String,
    authority: String,
    verdict: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Triage {
    #[serde(default)]
    difference: Vec<Triaged>,
}

fn triage() -> Triage {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/triage.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Our lines of a case, or why it is not covered.
fn solve(case: &mut Case, read: fn(&mut Case) -> Answer) -> Answer {
    // The lines of Form 8829 but depreciation are the same in every year.
    if law::of(case.year).is_err() && !case.topic.starts_with("Form 8829") {
        return Err(format!("law year {}", case.year));
    }
    let ours = read(case);
    if let Some(input) = case.inputs.left().next()
        && ours.is_ok()
    {
        return Err(format!("input {}", input.rsplit('.').next().unwrap()));
    }
    let ours: Vec<_> = ours?.into_iter().filter(|(key, _)| case.expected.contains_key(key)).collect();
    let first = case.expected.keys().next().unwrap();
    if ours.is_empty() { Err(format!("no line of ours for {first}")) } else { Ok(ours) }
}

#[test]
fn agrees_with_every_published_case_that_it_covers() {
    let Some(cases) = shared::folder("cases") else { return };
    let triage = triage();
    let mut settled = vec![false; triage.difference.len()];
    let mut problems = Vec::new();
    for source in &SOURCES {
        let path = cases.join(format!("published/{}.json", source.file));
        let list: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let (mut passed, mut lines) = (0, 0);
        let (mut triaged, mut not_covered) = (0, BTreeMap::<String, usize>::new());
        for value in &list {
            let mut case = Case::read(value);
            let ours = match solve(&mut case, source.read) {
                Ok(ours) => ours,
                Err(reason) => {
                    *not_covered.entry(reason).or_default() += 1;
                    continue;
                }
            };
            let mut agrees = true;
            for (key, ours) in ours {
                lines += 1;
                let theirs = decimal(&case.expected[&key]).unwrap_or_else(|| panic!("{} {key}: no number", case.id));
                if (ours - theirs).abs() <= case.tolerance(&key) {
                    continue;
                }
                agrees = false;
                let known = |entry: &Triaged| {
                    (&entry.case, &entry.line) == (&case.id, &key)
                        && (entry.ours == ours.to_string() && entry.theirs == theirs.to_string())
                };
                match triage.difference.iter().position(known) {
                    Some(index) => settled[index] = true,
                    None => problems.push(format!("{} {key}: ours {ours}, theirs {theirs}", case.id)),
                }
            }
            if agrees { passed += 1 } else { triaged += 1 }
        }
        eprintln!("{}: {} cases, {passed} pass ({lines} lines), {triaged} differ", source.file, list.len());
        for (reason, count) in &not_covered {
            eprintln!("    {count:4} not covered: {reason}");
        }
        if passed < source.least {
            problems.push(format!("{}: only {passed} cases pass, {} did before", source.file, source.least));
        }
    }
    for (entry, settled) in triage.difference.iter().zip(settled) {
        if !settled {
            problems.push(format!("triage.toml: {} {} does not differ as noted", entry.case, entry.line));
        }
        if entry.authority.trim().is_empty() || entry.verdict.trim().is_empty() {
            problems.push(format!("triage.toml: {} {} has no authority or verdict", entry.case, entry.line));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

/// What a known bad source has in words: ours, the bad figure, and the one by law.
fn told_in_words(id: &str) -> Vec<[Usd; 3]> {
    let (law_2025, law_2026) = (law::of(2025).unwrap().0, law::of(2026).unwrap().0);
    let dollars = Usd::dollars;
    let single = |wages: i64, profit: i64, round: Round| {
        let filer = person(employee(law_2025, dollars(wages), round), dollars(profit));
        tax::prepare(law_2025, &household(FilingStatus::Single, filer, None, Vec::new()), round).unwrap()
    };
    match id {
        // Rev. Proc. 2025-32: $256,000, on joint returns $512,000.
        "twe-ebl-swapped" => [(FilingStatus::Joint, 256_000, 512_000), (FilingStatus::Single, 512_000, 256_000)]
            .map(|(status, bad, right)| [law_2026.loss.most.of(status), dollars(bad), dollars(right)])
            .to_vec(),
        // A head of household with 260,310: 56,631 to 256,200, and 35% of 4,110.
        "twe-uat-74-78" => {
            let tax = worksheets::tax(law_2026, FilingStatus::Head, dollars(260_310), Round::WholeDollar);
            vec![[Round::WholeDollar.enter(tax), dollars(58_067), dollars(58_070)]]
        }
        // 20% of 36,000 less half of the self-employment tax, 2,543.32.
        "opentax-benchmark-qbi" => {
            vec![[single(60_000, 36_000, Round::Cents).taxable.qbi, dollars(7_200), Usd::from_cents(669_134)]]
        }
        "ats12-print" => {
            let form = single(105_878, 24_328, Round::WholeDollar);
            vec![
                [form.taxable.deduction, dollars(15_000), dollars(15_750)],
                [form.schedule_se[0].l9, dollars(62_722), dollars(70_222)],
                [form.taxable.qbi, Usd::ZERO, dollars(4_522)],
            ]
        }
        "ats13-print" => {
            let filer = person(employee(law_2025, dollars(31_620), Round::WholeDollar), Usd::ZERO);
            let couple = household(FilingStatus::Joint, filer, None, Vec::new());
            let form = tax::prepare(law_2025, &couple, Round::WholeDollar).unwrap();
            vec![
                [form.taxable.deduction, dollars(30_000), dollars(31_500)],
                [form.taxable.l15, dollars(1_620), dollars(120)],
                [form.tax.l16, dollars(162), dollars(11)],
            ]
        }
        _ => Vec::new(),
    }
}

/// Values known to be wrong: ours are what the same arithmetic gives by law, or the return is refused by name.
#[test]
fn known_bad_values_are_not_reproduced() {
    let Some(cases) = shared::folder("cases") else { return };
    let list: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(cases.join("known_bad.json")).unwrap()).unwrap();
    let (mut right, mut notes) = (0, 0_usize);
    for case in &list {
        let id = case["id"].as_str().unwrap();
        let Some(year) = id.strip_prefix("taxcalc-BAD-") else {
            let told = told_in_words(id);
            for [ours, bad, law] in &told {
                assert_ne!(ours, bad, "{id}");
                assert_eq!(ours, law, "{id}");
            }
            notes += usize::from(told.is_empty());
            right += usize::from(!told.is_empty());
            continue;
        };
        let (law, _) = law::of(year[..4].parse().unwrap()).unwrap();
        let usd = |value: &Value| Usd::rounded(decimal(value).unwrap());
        assert_eq!(case["inputs"]["status"], "Widow(er)", "{id}");
        let filer = person(employee(law, usd(&case["inputs"]["w2"]), Round::Cents), usd(&case["inputs"]["se"]));
        let household = household(FilingStatus::Survivor, filer, None, Vec::new());
        let form = tax::prepare(law, &household, Round::Cents).unwrap();
        let ours = [
            ("qbi_deduction", form.taxable.qbi),
            ("taxable_income", form.taxable.l15),
            ("total_tax", form.form_1040.total_tax),
        ];
        for (key, ours) in ours {
            let (bad, law) = (usd(&case["published"][key]), usd(&case["correct_by_own_arithmetic"][key]));
            assert_ne!(ours, bad, "{id} {key}");
            assert!((ours - law).cents().abs() <= 2, "{id} {key}: ours {ours}, by law {law}");
        }
        right += 1;
    }
    eprintln!("known bad: {right} right, {notes} without figures");
    assert_eq!(right + notes, list.len());
    assert!(right >= 24, "{right} right");
}
