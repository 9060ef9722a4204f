//! Households on which two independent engines disagree, sorted by the rule that they differ on, and solved by law.
//! Evidence: for each line ours is compared with both; which engine it agrees with is asserted by count, so that it
//! cannot change unseen. For each rule some households are worked by hand below.
//! The files lie beside the project; without them the counts are skipped.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod engine_rows;
mod shared;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use engine_rows::{household, whole};
use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::{self, Return};

type Row = HashMap<String, String>;

/// The rule on which the engines differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rule {
    /// Net earnings of less than $400 are no self-employment income, person by person (IRC 1402(b)(2)).
    Floor,
    /// A spouse's loss does not lower the other's net earnings: each files a Schedule SE (IRC 1402(a), 6017).
    SpouseLoss,
    /// Health insurance up to earned income: profit less half the tax and the own plan (IRC 162(l)(2)(A)).
    HealthLimit,
    /// One of the first two together with the third.
    Several,
    /// No earned income credit on a separate return (IRC 32(d)).
    SeparateCredit,
    /// The least business income deduction needs a qualified business (IRC 199A(i), (d)(1)(A), (d)(3)).
    SpecifiedMinimum,
    /// From 2026 the cap on taxes shrinks from 505,000 (IRC 164(b)(7)(B)).
    SaltStart,
    /// The shrunken cap is halved last on a separate return (IRC 164(b)(6), (7); Schedule A instructions).
    SaltSeparate,
    /// 2/37 of the smaller of two amounts (IRC 68(a)).
    TopBracket,
    /// Itemized deductions that are larger and lower no tax.
    Tie,
    /// None of these.
    Unexplained,
}

/// Our values of the lines that the files hold.
fn ours(filled: &Return) -> [(&'static str, Usd); 12] {
    let form = &filled.form_1040;
    [
        ("se_tax", filled.schedule_2.l4),
        ("agi", filled.income.agi),
        ("qbi_ded", filled.taxable.qbi),
        ("taxable_income", filled.taxable.l15),
        ("tax_before_credits", filled.tax.l18),
        ("nonref_credits", form.l21),
        ("actc", form.l28),
        ("eitc", form.eic),
        ("addmed", filled.schedule_2.l11),
        ("niit", filled.schedule_2.l12),
        ("total_tax", form.total_tax),
        ("net_tax", form.net_tax()),
    ]
}

/// An engine's value of a line.
fn theirs(row: &Row, engine: &str, line: &str) -> Usd {
    Usd::rounded(row[&format!("{engine}_{line}")].parse().unwrap())
}

/// Within a dollar.
fn close(one: Usd, other: Usd) -> bool {
    (one - other).cents().abs() <= 100
}

/// Does one engine take the standard deduction where the larger itemized deductions change no tax?
fn is_tie(row: &Row, filled: &Return) -> bool {
    let of = |line| theirs(row, "taxcalc", line);
    let deducted = of("agi") - of("qbi_ded") - filled.schedule_1a.l38 - of("taxable_income");
    let (standard, gifts) = (filled.standard.amount, filled.deductions.gifts);
    filled.deductions.itemizes == 1 && (close(deducted, standard) || close(deducted, standard + gifts))
}

/// The rule behind a difference on a line; on lines further down the rule of the first line that differs.
fn rule(row: &Row, filled: &Return, differ: &[&str], line: &str) -> Rule {
    let differs = |line: &str| differ.contains(&line);
    let separate = row["status"] == "mfs";
    if separate && (line == "eitc" || line == "net_tax" && !differs("total_tax")) {
        return Rule::SeparateCredit;
    }
    if line == "taxable_income" && !differs("tax_before_credits") && is_tie(row, filled) {
        return Rule::Tie;
    }
    let health = filled.own.iter().zip(&filled.form_7206).any(|(own, form)| own.health > form.l14);
    if differs("se_tax") {
        return if health && line != "se_tax" && line != "total_tax" && line != "net_tax" {
            Rule::Several
        } else if whole(&row["se"]).signum() * whole(&row["se_spouse"]).signum() < 0 {
            Rule::SpouseLoss
        } else {
            Rule::Floor
        };
    }
    if differs("agi") {
        return if health { Rule::HealthLimit } else { Rule::Unexplained };
    }
    let over = |start: Usd| filled.income.agi > start;
    let (law, _) = law::of(i32::from(filled.year)).unwrap();
    if row["sstb"] == "1" && differs("qbi_ded") && close(theirs(row, "taxcalc", "qbi_ded"), Usd::dollars(400)) {
        Rule::SpecifiedMinimum
    } else if filled.itemized_limit.cut > Usd::ZERO {
        Rule::TopBracket
    } else if law.salt.phase_down.as_ref().is_some_and(|down| over(down.start.of(filled.filer.status))) {
        if separate { Rule::SaltSeparate } else { Rule::SaltStart }
    } else {
        Rule::Unexplained
    }
}

#[test]
fn each_difference_between_engines_has_a_rule_and_a_side() {
    let Some(cases) = shared::folder("cases") else { return };
    let mut text = String::new();
    for year in law::years() {
        let (law, _) = law::of(i32::from(year)).unwrap();
        let mut counts = BTreeMap::<(Rule, usize), [usize; 3]>::new();
        let (mut rows, mut elsewhere) = (0, 0);
        let mut reader = csv::Reader::from_path(cases.join(format!("disputed_{year}.csv"))).unwrap();
        for row in reader.deserialize::<Row>() {
            let row = row.unwrap();
            let filled = tax::prepare(law, &household(law, &row), Round::Cents).unwrap();
            rows += 1;
            let lines = ours(&filled);
            let both = |line| (theirs(&row, "taxcalc", line), theirs(&row, "policyengine", line));
            let differ: Vec<_> = lines
                .iter()
                .map(|(line, _)| *line)
                .filter(|line| {
                    let (one, other) = both(line);
                    !close(one, other)
                })
                .collect();
            elsewhere += usize::from(differ.is_empty());
            for (at, (line, value)) in lines.into_iter().enumerate() {
                let (taxcalc, policyengine) = both(line);
                let (one, other) = (close(value, taxcalc), close(value, policyengine));
                if !differ.contains(&line) {
                    assert!(one || other, "{year} {} {line}: ours {value}, both {taxcalc}", row["id"]);
                    continue;
                }
                let rule = rule(&row, &filled, &differ, line);
                assert_ne!(rule, Rule::Unexplained, "{year} {} {line}", row["id"]);
                let count = counts.entry((rule, at)).or_default();
                count[if one {
                    0
                } else if other {
                    1
                } else {
                    2
                }] += 1;
                if !one && !other {
                    eprintln!("{year} {} {line}", row["id"]);
                }
            }
        }
        writeln!(text, "{year}: {rows} households, {elsewhere} of which differ on none of these lines").unwrap();
        writeln!(text, "  {:<18}{:<20}{:>8}{:>14}{:>9}", "rule", "line", "taxcalc", "policyengine", "neither").unwrap();
        let names = ours(&tax::prepare(law, &household(law, &row(&[])), Round::Cents).unwrap());
        for ((rule, at), [taxcalc, policyengine, neither]) in counts {
            let (rule, line) = (format!("{rule:?}"), names[at].0);
            writeln!(text, "  {rule:<18}{line:<20}{taxcalc:>8}{policyengine:>14}{neither:>9}").unwrap();
        }
    }
    insta::assert_snapshot!("sides", text);
}

/// A row with these columns, all others empty; single and 40 unless said otherwise.
fn row(columns: &[(&str, &str)]) -> Row {
    const COLUMNS: [&str; 21] = [
        "age_spouse",
        "kid_ages",
        "se",
        "se_spouse",
        "sstb",
        "wages",
        "wages_spouse",
        "interest",
        "ord_div",
        "qual_div",
        "ltcg",
        "sehi_premiums",
        "retirement",
        "ira",
        "student_interest",
        "mortgage",
        "salt",
        "charity",
        "n_kids",
        "mode",
        "edge",
    ];
    let mut row: Row = COLUMNS.iter().map(|column| ((*column).to_owned(), String::new())).collect();
    row.extend([("status", "single"), ("age", "40")].map(|(column, value)| (column.to_owned(), value.to_owned())));
    row.extend(columns.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())));
    row
}
