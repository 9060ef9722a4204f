//! `docs/categories.md` says what the program does, and the demo book fits it.
//! `UPDATE=1 cargo test --test categories` rewrites the document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use perchart::book::category::{Categories, Category, Target};

const OPENING: &str = "\
# Categories

What money can be spent on, where it goes on the federal return, and why.
Only the business share of an expense counts where it goes to Schedule C.
Gifts to clients have no category: the law allows $25 a person and year (IRC 274(b)), which rows of a book do not show.

An `estimated-tax` payment made in January counts for the year before. For `estimated-tax` and `sep` a year named in the
description decides, if it is the year of payment or the one before: \"for 2025\".
";

/// The rows of a table for the categories that pass.
fn table(text: &mut String, title: &str, passes: fn(&Category) -> bool) {
    write!(text, "\n## {title}\n\n| id | what | where it goes | why | authority |\n|---|---|---|---|---|\n")
        .expect("text");
    for Category { id, name, target, cite, reason } in Categories::all().iter().filter(|category| passes(category)) {
        writeln!(text, "| `{id}` | {name} | {target} | {reason} | {cite} |").expect("text");
    }
}

#[test]
fn the_document_lists_the_categories_as_they_are() {
    let mut text = OPENING.to_owned();
    table(&mut text, "Business expenses", |category| {
        matches!(category.target, Target::Business { .. } | Target::Equipment)
    });
    table(&mut text, "The home office", |category| matches!(category.target, Target::Home { .. }));
    table(&mut text, "On other parts of the return", |category| {
        matches!(category.target, Target::Own(_) | Target::EstimatedPayment)
    });
    table(&mut text, "Not deductible", |category| category.target == Target::Never);

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/categories.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("docs/categories.md is written");
    }
    let written = std::fs::read_to_string(&path).expect("docs/categories.md is read");
    snapbox::assert_data_eq!(written, snapbox::Data::text(text).raw());
}

#[test]
fn the_demo_book_uses_known_categories() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo/expenses.csv");
    let mut rows = csv::Reader::from_path(path).expect("fixtures/demo/expenses.csv");
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let category = Categories::get(&row["category"]).unwrap_or_else(|| panic!("{row:?}"));
        let paid_on: NaiveDate = row["date"].parse().expect("a date");
        assert_eq!(category.tax_year(paid_on, &row["description"]), 2025, "{row:?}");
    }
}
