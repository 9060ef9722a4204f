//! Assets: the schedule, Form 4562 and the explanations, over two years.

use super::desk::Desk;
use super::entered::told;

#[test]
fn assets_are_depreciated_from_the_book() {
    let desk = Desk::with_profile();
    let add = |name, class, day, cost, more: &[&'static str]| -> Vec<&'static str> {
        let own = ["add", "asset", "--name", name, "--class", class, "--in-service", day, "--cost", cost];
        own.into_iter().chain(more.iter().copied()).collect()
    };
    let laptop = add("Laptop", "computer", "2025-02-12", "3000", &["--business", "90%", "--bonus", "out"]);
    let car = add("Old car", "car", "2024-03-01", "20000", &["--business", "60%", "--bonus", "out"]);
    let desk_sold = add("Desk", "furniture", "2023-01-10", "10000", &["--bonus", "out"]);
    let expense = |day, amount, what| {
        ["add", "expense", "--date", day, "--amount", amount, "--category", "equipment", "--description", what]
    };
    told(
        "assets",
        &desk,
        &[
            &["add", "payment", "--received-on", "2025-03-31", "--payer", "Acme", "--amount", "62000"],
            &["add", "payment", "--received-on", "2026-03-31", "--payer", "Acme", "--amount", "62000"],
            &expense("2025-02-10", "3000", "Laptop"),
            &expense("2025-11-20", "4200", "Standing desk"),
            &laptop,
            &car,
            &desk_sold,
            &["asset", "Old car", "--business", "50%", "--from-year", "2026"],
            &["asset", "Desk", "--sold", "2025-05-01", "--for", "7000"],
            &["--year", "2025", "summary"],
            &["--year", "2025", "tax", "--form", "form-4562"],
            &["--year", "2025", "explain", "schedule-c.13"],
            &["--year", "2025", "explain", "assets.laptop"],
            &["--year", "2025", "explain", "schedule-1.4"],
            &["--year", "2026", "explain", "form-4562.22"],
            &["--year", "2026", "explain", "schedule-c.6"],
            &["--year", "2026", "tax", "--form", "form-4562"],
        ],
    );
}

#[test]
fn what_is_given_back_or_misplaced_is_told() {
    let desk = Desk::with_profile();
    let expense = |day, amount, category, what| {
        let own = ["add", "expense", "--date", day, "--category", category, "--vendor", "Store", "--description", what];
        own.into_iter().chain([amount]).collect::<Vec<&str>>()
    };
    told(
        "assets_given_back",
        &desk,
        &[
            &["add", "payment", "--received-on", "2025-03-31", "--payer", "Acme", "--amount", "62000"],
            &expense("2025-03-01", "--amount=3000", "equipment", "Laptop"),
            &expense("2025-03-10", "--amount=-3000", "equipment", "Laptop sent back"),
            &expense("2025-04-01", "--amount=4200", "equipment", "Standing desk"),
            &expense("2025-05-01", "--amount=-700", "equipment", "Credit"),
            &expense("2025-06-01", "--amount=2900", "supplies", "Color printer"),
            &["--year", "2025", "summary"],
            &["--year", "2025", "explain", "summary.equipment"],
            &["asset", "Printer", "--sold", "2025-07-01", "--for", "7"],
            &["add", "asset", "--name", "Chair", "--class", "furniture", "--in-service", "2025-07-01", "--cost", "400"],
            &["--year", "2025", "explain", "assets.chair"],
        ],
    );
    let future = desk.run(&["asset", "Chair", "--sold", "2099-01-01", "--for", "7"]);
    assert!(future.code != 0 && future.err.contains("a day that has not come"), "{}", future.err);
}
