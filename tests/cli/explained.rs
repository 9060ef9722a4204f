//! Every reference there is explains, and renders in every format.

use perchart::book::Book;
use perchart::compare::evaluate;
use perchart::money::Round;
use perchart::profile::Profile;
use perchart::report::explain::Explainer;
use perchart::report::render::{csv, json, markdown, text};
use perchart::year::{Records, Year};
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;

use super::desk::Desk;

/// The sample's year, as the commands work it out.
fn sample(desk: &Desk, number: i32, round: Round) -> Year {
    let records = Records::of(&Book::open(desk.path()).unwrap()).unwrap();
    Year::work_out(number, records, Profile::load(desk.path()).unwrap(), round).unwrap()
}

#[test]
fn every_reference_explains_and_renders() {
    let desk = Desk::with_sample();
    let listed = desk.run(&["explain", "--all"]).result();
    for (number, round) in [(2024, Round::WholeDollar), (2025, Round::WholeDollar), (2026, Round::Cents)] {
        let year = sample(&desk, number, round);
        let settings = year.settings(&[]).unwrap();
        let comparison = evaluate(year.law, &year.scenario(&settings)).unwrap();
        let explainer = Explainer::new(&year, &settings, Some(&comparison));
        let references = explainer.references();
        if number == 2025 {
            assert_eq!(listed.lines().collect::<Vec<_>>(), references);
        }
        assert!(references.len() > 1_000, "{}", references.len());
        let step = if number == 2025 { 1 } else { 5 };
        for reference in references.into_iter().step_by(step) {
            let report = explainer.explain(&reference).unwrap_or_else(|unknown| panic!("{number}: {unknown:?}"));
            assert!(!report.title.is_empty() && !report.sections.is_empty(), "{reference}");
            if number == 2025 {
                let drawn = text::render(&report, text::MIN_WIDTH, text::Style::default());
                assert!(drawn.starts_with(&report.title), "{reference}");
            }
            assert!(markdown::render(&report).starts_with("# "), "{reference}");
            assert!(csv::render(&report).starts_with("section,row,"), "{reference}");
            let parsed: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
            // What an explanation refers to explains in turn.
            let rows = parsed["sections"].as_array().unwrap().iter().filter_map(|section| section["rows"].as_array());
            for next in rows.flatten().filter_map(|row| row["explain"].as_str()) {
                assert!(explainer.explain(next).is_ok(), "{reference} refers to {next}");
            }
        }
    }
}

#[test]
fn without_a_return_the_rest_explains() {
    let desk = Desk::with_sample();
    desk.restate("\"single\"", "\"joint\"");
    let year = sample(&desk, 2025, Round::WholeDollar);
    assert!(year.filled.is_err());
    let settings = year.settings(&[]).unwrap();
    let explainer = Explainer::new(&year, &settings, None);
    for reference in explainer.references() {
        assert!(explainer.explain(&reference).is_ok(), "{reference}");
    }
    assert!(explainer.explain("schedule-se.12").is_err());
}

#[test]
fn any_text_explains_or_is_unknown() {
    let desk = Desk::with_sample();
    let year = sample(&desk, 2025, Round::WholeDollar);
    let settings = year.settings(&[]).unwrap();
    let comparison = evaluate(year.law, &year.scenario(&settings)).unwrap();
    let explainer = Explainer::new(&year, &settings, Some(&comparison));
    let references = explainer.references();
    proptest!(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }, |(noise in "\\PC{0,12}|[a-z0-9./-]{0,20}", at in any::<Index>())| {
        let known = &references[at.index(references.len())];
        for reference in [noise.clone(), format!("{known}{noise}"), format!("{known}.{noise}"), known.to_uppercase()] {
            if let Err(unknown) = explainer.explain(&reference) {
                assert!(unknown.nearest.iter().all(|near| references.contains(near)));
            }
        }
    });
}
