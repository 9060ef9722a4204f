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
    /// Health insurance up to earned income: profit less half the tax and the own plan (IRC 162(l)(2)(A)). The rest counts
    /// on Schedule A (IRC 213(d)(1)(D); Pub. 502), where neither engine puts it.
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

/// Our values of the lines that the files hold. The engines were run without the credit for retirement savings, so it
/// is taken out; it occurs once, in 2024, 2536.
fn ours(filled: &Return) -> [(&'static str, Usd); 12] {
    let form = &filled.form_1040;
    [
        ("se_tax", filled.schedule_2.l4),
        ("agi", filled.agi.agi),
        ("qbi_ded", filled.taxable.qbi),
        ("taxable_income", filled.taxable.l15),
        ("tax_before_credits", filled.tax.l18),
        ("nonref_credits", form.l19),
        ("actc", form.l28),
        ("eitc", form.eic),
        ("addmed", filled.schedule_2.l11),
        ("niit", filled.schedule_2.l12),
        ("total_tax", form.total_tax + form.l20),
        ("net_tax", form.net_tax() + form.l20),
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
    let over = |start: Usd| filled.agi.agi > start;
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

/// A row solved in cents; the values of these lines, in their order.
fn solved<const N: usize>(year: i32, columns: &[(&str, &str)], lines: [&str; N]) -> [Usd; N] {
    let (law, _) = law::of(year).unwrap();
    let filled = tax::prepare(law, &household(law, &row(columns)), Round::Cents).unwrap();
    let ours = ours(&filled);
    lines.map(|line| match line {
        "deduction" => filled.taxable.deduction,
        _ => ours.iter().find(|(name, _)| *name == line).unwrap().1,
    })
}

const fn cents(amounts: [i64; 3]) -> [Usd; 3] {
    [Usd::from_cents(amounts[0]), Usd::from_cents(amounts[1]), Usd::from_cents(amounts[2])]
}

/// IRC 162(l)(2)(A), Form 7206 lines 4 to 14: profit less half the tax and less the own plan. One engine stops at profit.
#[test]
fn health_insurance_stops_at_earned_income() {
    // 2025, 26: 28,104 x .9235 = 25,954.04; x .124 = 3,218.30 + x .029 = 752.67 = 3,970.97; half 1,985.49 (.485).
    // 28,104 - 1,985.49 = 26,118.51, less than 26,399 paid: nothing is left. With profit as the limit: -280.48.
    let columns = [("age", "27"), ("se", "28104"), ("sehi_premiums", "26399")];
    assert_eq!(solved(2025, &columns, ["se_tax", "agi", "total_tax"]), cents([397_097, 0, 397_097]));
    // 2024, 9: 64,919 x .9235 = 59,952.70; 7,434.13 + 1,738.63 = 9,172.76; half 4,586.38; limit 60,332.62 of 64,980.
    // 64,919 + 39,811 + 111 - 4,586.38 - 60,332.62 = 39,922; less 29,200 = 10,722; x .10 = 1,072.20.
    let columns = [
        ("status", "mfj"),
        ("age", "27"),
        ("age_spouse", "22"),
        ("se", "64919"),
        ("wages_spouse", "39811"),
        ("interest", "111"),
        ("sehi_premiums", "64980"),
        ("mortgage", "12825"),
        ("salt", "11539"),
    ];
    assert_eq!(
        solved(2024, &columns, ["agi", "tax_before_credits", "total_tax"]),
        cents([3_992_200, 107_220, 1_024_496])
    );
    // 2025, 23: 17,658 x .9235 = 16,307.16; 2,022.09 + 472.91 = 2,495; half 1,247.50; plan 514; limit 15,896.50 of 23,461.
    // Nothing is left as income, but earned income is 17,658 - 1,247.50 = 16,410.50: x .40 = 6,564.20; and for the
    // children (16,410.50 - 2,500) x .15 = 2,086.58 (.575). 2,495 - 6,564.20 - 2,086.58 = -6,155.78.
    let columns = [
        ("status", "hoh"),
        ("age", "59"),
        ("kid_ages", "3;15"),
        ("se", "17658"),
        ("sehi_premiums", "23461"),
        ("retirement", "514"),
        ("mortgage", "13266"),
        ("salt", "16852"),
    ];
    assert_eq!(solved(2025, &columns, ["agi", "eitc", "net_tax"]), cents([0, 656_420, -615_578]));
}

/// IRC 1402(b)(2), Schedule SE line 4c: each person's own net earnings of less than $400 do not count.
#[test]
fn the_floor_of_four_hundred_is_each_persons_own() {
    // 2025, 498: 429 x .9235 = 396.18 and 431 x .9235 = 398.03: no tax, though the two come to 794.21.
    // 45,612 - 31,500 - 860 x .20 = 13,940; x .10 = 1,394, all of it child tax credit; the other 806 of 2,200 is refunded.
    // Earned income credit: 4,328 - (45,612 - 30,470) x .1598 = 1,908.31. 0 - 806 - 1,908.31 = -2,714.31.
    let columns = [
        ("status", "mfj"),
        ("age", "45"),
        ("age_spouse", "40"),
        ("kid_ages", "15"),
        ("se", "429"),
        ("se_spouse", "431"),
        ("wages", "44752"),
    ];
    assert_eq!(solved(2025, &columns, ["se_tax", "agi", "net_tax"]), cents([0, 4_561_200, -271_431]));
    // 2024, 398: 420 x .9235 = 387.87: none. 89,712 x .9235 = 82,849.03; 10,273.28 + 2,402.62 = 12,675.90; half 6,337.95.
    // 89,712 + 420 + 1,283 - 6,337.95 - 1,910 = 83,167.05.
    let columns = [
        ("status", "mfj"),
        ("age", "41"),
        ("age_spouse", "41"),
        ("kid_ages", "13;14;15"),
        ("se", "89712"),
        ("se_spouse", "420"),
        ("ord_div", "1283"),
        ("qual_div", "448"),
        ("student_interest", "1910"),
    ];
    assert_eq!(solved(2024, &columns, ["se_tax", "agi", "total_tax"]), cents([1_267_590, 8_316_705, 1_267_590]));
    // 2026, 5419: 399 x .9235 = 368.48: none. 3,588 x .9235 = 3,313.52; 410.88 + 96.09 = 506.97; half 253.49 (.485).
    // 3,588 + 399 + 150,493 - 253.49 = 154,226.51; 3,987 - 253.49 = 3,733.51 x .20 = 746.70.
    let columns = [
        ("status", "mfj"),
        ("age", "54"),
        ("age_spouse", "55"),
        ("kid_ages", "5"),
        ("se", "3588"),
        ("se_spouse", "399"),
        ("wages", "150493"),
        ("mortgage", "10383"),
        ("salt", "21791"),
        ("charity", "4855"),
    ];
    assert_eq!(solved(2026, &columns, ["se_tax", "agi", "qbi_ded"]), cents([50_697, 15_422_651, 74_670]));
}

/// IRC 1402(a), 6017; Schedule SE instructions, Joint Returns: each spouse fills an own Schedule SE.
#[test]
fn a_spouses_loss_leaves_the_others_tax() {
    // 2024, 1497: 12,498 x .9235 = 11,541.90; 1,431.20 + 334.72 = 1,765.92; half 882.96.
    // 12,498 - 39,314 + 90,759 + 4,774 - 882.96 = 67,834.04; less 29,200 = 38,634.04, of it 4,774 at 0%.
    // 33,860.04: 2,320 + 10,660.04 x .12 = 3,599.20. Total 5,365.12.
    let columns = [
        ("status", "mfj"),
        ("age", "55"),
        ("age_spouse", "49"),
        ("se", "-39314"),
        ("se_spouse", "12498"),
        ("sstb", "1"),
        ("wages_spouse", "90759"),
        ("ord_div", "4774"),
        ("qual_div", "4774"),
    ];
    assert_eq!(solved(2024, &columns, ["se_tax", "agi", "total_tax"]), cents([176_592, 6_783_404, 536_512]));
    // 2024, 5691: wages of 177,192 are past 168,600: 31,356 x .9235 = 28,957.27 x .029 alone = 839.76; half 419.88.
    // 31,356 - 32,639 + 177,192 - 419.88 - 12,114 = 163,375.12; less 30,750 = 132,625.12;
    // 10,852 + 38,325.12 x .22 = 19,283.53. Total 20,123.29.
    let columns = [
        ("status", "mfj"),
        ("age", "63"),
        ("age_spouse", "70"),
        ("se", "31356"),
        ("se_spouse", "-32639"),
        ("wages", "177192"),
        ("sehi_premiums", "12114"),
    ];
    assert_eq!(solved(2024, &columns, ["se_tax", "agi", "total_tax"]), cents([83_976, 16_337_512, 2_012_329]));
    // 2026, 823: 2,058 x .9235 = 1,900.56; 235.67 + 55.12 = 290.79; half 145.40 (.395).
    // 17,315 + 123,817 - 13,063 + 2,058 - 145.40 - 1,525 = 128,456.60; less 32,200 = 96,256.60.
    let columns = [
        ("status", "mfj"),
        ("age", "63"),
        ("age_spouse", "61"),
        ("se", "-13063"),
        ("se_spouse", "2058"),
        ("sstb", "1"),
        ("wages", "17315"),
        ("wages_spouse", "123817"),
        ("student_interest", "1525"),
    ];
    assert_eq!(solved(2026, &columns, ["se_tax", "agi", "taxable_income"]), cents([29_079, 12_845_660, 9_625_660]));
    // 2025, 4178, with the limit on health insurance: 10,627 x .9235 = 9,814.03; 1,216.94 + 284.61 = 1,501.55; half 750.78
    // (.775); 10,627 - 750.78 = 9,876.22 of 15,119. 2,096 + 10,627 - 16,315 - 750.78 - 9,876.22 - 2,500 = -16,719.
    let columns = [
        ("status", "mfj"),
        ("age", "25"),
        ("age_spouse", "32"),
        ("kid_ages", "7;8;18"),
        ("se", "10627"),
        ("se_spouse", "-16315"),
        ("ord_div", "2096"),
        ("qual_div", "1530"),
        ("sehi_premiums", "15119"),
        ("student_interest", "2999"),
        ("mortgage", "8960"),
        ("salt", "10252"),
    ];
    assert_eq!(solved(2025, &columns, ["se_tax", "agi", "net_tax"]), cents([150_155, -1_671_900, 150_155]));
}

/// IRC 162(l)(2)(A) beside IRC 1402(a) or (b)(2): the limit on health insurance follows the person's own tax.
#[test]
fn the_limit_on_health_insurance_follows_each_persons_own_tax() {
    // 2026, 2132, a spouse's loss: 5,147 x .9235 = 4,753.25; 589.40 + 137.84 = 727.24; half 363.62; 4,783.38 of 21,979.
    // 5,147 - 13,705 + 29,244 - 363.62 - 4,783.38 = 15,539, less than 32,200; the gains are too large for a credit.
    let columns = [
        ("status", "mfj"),
        ("age", "51"),
        ("age_spouse", "44"),
        ("se", "5147"),
        ("se_spouse", "-13705"),
        ("ltcg", "29244"),
        ("sehi_premiums", "21979"),
    ];
    assert_eq!(solved(2026, &columns, ["se_tax", "agi", "net_tax"]), cents([72_724, 1_553_900, 72_724]));
    // 2026, 4431, the floor: 346 x .9235 = 319.53: none. 7,884 x .9235 = 7,280.87; 902.83 + 211.15 = 1,113.98; half 556.99;
    // 7,327.01 of 23,825. 7,884 + 346 + 2,603 + 624 - 556.99 - 7,327.01 = 3,573.
    // Earned income 10,276.01 is past 8,680, where the credit is the most, 664; 1,113.98 - 664 = 449.98.
    let columns = [
        ("status", "mfj"),
        ("age", "41"),
        ("age_spouse", "37"),
        ("se", "7884"),
        ("se_spouse", "346"),
        ("wages_spouse", "2603"),
        ("ord_div", "624"),
        ("qual_div", "624"),
        ("sehi_premiums", "23825"),
        ("mortgage", "4356"),
        ("salt", "12222"),
    ];
    assert_eq!(solved(2026, &columns, ["se_tax", "agi", "net_tax"]), cents([111_398, 357_300, 44_998]));
}

/// IRC 63(b), (d), (e): itemized deductions are an election, here the larger amount. Either way the tax is the same.
#[test]
fn the_larger_deduction_is_taken_where_the_tax_is_the_same() {
    // 2024, 1650: 15,649 x .9235 = 14,451.85; 1,792.03 + 419.10 = 2,211.13; half 1,105.57.
    // 15,649 + 9,448 - 1,105.57 - 6,531 = 17,460.43; 6,544 + 10,000 + 980 = 17,524 is more than 14,600 and than income.
    // With 14,600, 2,860.43 would be left, all of it gain at 0%: no tax either.
    let columns = [
        ("age", "35"),
        ("se", "15649"),
        ("ltcg", "9448"),
        ("ira", "6531"),
        ("mortgage", "6544"),
        ("salt", "14885"),
        ("charity", "980"),
    ];
    assert_eq!(solved(2024, &columns, ["deduction", "taxable_income", "tax_before_credits"]), cents([1_752_400, 0, 0]));
    // 2026, 5458: 26,121 - 19,651 + 24,019 = 30,489; 19,191 + 12,410 = 31,601. With 16,100: 14,389 of gain at 0%.
    let columns = [
        ("age", "24"),
        ("kid_ages", "9"),
        ("se", "-19651"),
        ("wages", "26121"),
        ("ltcg", "24019"),
        ("mortgage", "19191"),
        ("salt", "12410"),
    ];
    assert_eq!(solved(2026, &columns, ["deduction", "taxable_income", "tax_before_credits"]), cents([3_160_100, 0, 0]));
    // 2024, 21: 39 + 25,671 - 2,083 = 23,627; 11,648 + 10,000 = 21,648; 1,979 left, gain at 0%; with 14,600: 9,027, as well.
    let columns = [
        ("age", "64"),
        ("se", "39"),
        ("ltcg", "25671"),
        ("student_interest", "2083"),
        ("mortgage", "11648"),
        ("salt", "24116"),
    ];
    let lines = ["deduction", "taxable_income", "tax_before_credits"];
    assert_eq!(solved(2024, &columns, lines), cents([2_164_800, 197_900, 0]));
}

/// IRC 32(d)(1): a joint return; (2) excepts only spouses living apart with a child, which is refused by name.
#[test]
fn a_separate_return_has_no_earned_income_credit() {
    // 2024, 240: 15,357 x .9235 = 14,182.19; 1,758.59 + 411.28 = 2,169.87.
    let columns = [("status", "mfs"), ("age", "44"), ("se", "15357")];
    assert_eq!(solved(2024, &columns, ["eitc", "se_tax", "net_tax"]), cents([0, 216_987, 216_987]));
    // 2024, 623: wages 3,446 and interest 4,946: no tax, no credit.
    let columns = [("status", "mfs"), ("age", "55"), ("sstb", "1"), ("wages", "3446"), ("interest", "4946")];
    assert_eq!(solved(2024, &columns, ["eitc", "agi", "net_tax"]), cents([0, 839_200, 0]));
    // 2024, 665: 7,160 x .9235 = 6,612.26; 819.92 + 191.76 = 1,011.68; half 505.84; a child, so
    // (7,160 - 505.84 - 2,500) x .15 = 623.12 of child tax credit is refunded; 1,011.68 - 623.12 = 388.56.
    let columns = [
        ("status", "mfs"),
        ("kid_ages", "4"),
        ("se", "7160"),
        ("sstb", "1"),
        ("mortgage", "20748"),
        ("salt", "4232"),
        ("charity", "3882"),
    ];
    assert_eq!(solved(2024, &columns, ["eitc", "actc", "net_tax"]), cents([0, 62_312, 38_856]));
}

/// IRC 199A(i) asks for qualified businesses; a specified service is none above the range (IRC 199A(d)(1)(A), (3)).
#[test]
fn a_specified_service_above_the_range_has_no_least_deduction() {
    // 1927: 432,996 x .9235 = 399,871.81; 184,500 x .124 = 22,878 + x .029 = 11,596.28 = 34,474.28; half 17,237.14.
    // 432,996 - 17,237.14 - 16,100 = 399,658.86, above 201,750 + 75,000. 58,448 + 143,433.86 x .35 = 108,649.85;
    // 199,871.81 x .009 = 1,798.85. Total 144,922.98.
    let columns = [("se", "432996"), ("sstb", "1")];
    let lines = ["qbi_ded", "taxable_income", "total_tax"];
    assert_eq!(solved(2026, &columns, lines), cents([0, 39_965_886, 14_492_298]));
    // 4573: 481,008 x .9235 = 444,210.89; 22,878 + 12,882.12 = 35,760.12; half 17,880.06.
    // 481,008 - 17,880.06 = 463,127.94; less 24,150 = 438,977.94.
    let columns = [("status", "hoh"), ("age", "57"), ("kid_ages", "2"), ("se", "481008"), ("sstb", "1")];
    assert_eq!(solved(2026, &columns, ["qbi_ded", "agi", "taxable_income"]), cents([0, 46_312_794, 43_897_794]));
    // 5946, within the range: 604,985 x .9235 = 558,703.65; 22,878 + 16,202.41 = 39,080.41; half 19,540.21.
    // 585,444.79 - 32,200 = 553,244.79; 255.21 of the 150,000 up to 553,500 are left, so 996.06 of the income counts, less
    // than the 1,000 that the least deduction needs; 199.21 x 255.21 / 150,000 = 0.34.
    let columns =
        [("status", "mfj"), ("age", "45"), ("age_spouse", "39"), ("kid_ages", "7;17"), ("se", "604985"), ("sstb", "1")];
    assert_eq!(solved(2026, &columns, ["se_tax", "agi", "qbi_ded"]), cents([3_908_041, 58_544_479, 34]));
}

/// IRC 164(b)(7)(B): 500,000 in 2025, 1% more a year; so 505,000 and a cap of 40,400 in 2026.
#[test]
fn the_cap_on_taxes_shrinks_from_505_000_in_2026() {
    let lines = ["agi", "deduction", "taxable_income"];
    // 34: 586,497 x .9235 = 541,629.98; 22,878 + 15,707.27 = 38,585.27; half 19,292.64; 567,204.36.
    // 40,400 - 62,204.36 x .30 = 21,738.69; + 26,321 = 48,059.69; the least business income deduction is 400.
    let columns = [
        ("status", "hoh"),
        ("age", "21"),
        ("kid_ages", "5"),
        ("se", "586497"),
        ("mortgage", "26321"),
        ("salt", "34421"),
    ];
    assert_eq!(solved(2026, &columns, lines), cents([56_720_436, 4_805_969, 51_874_467]));
    // 5182: 539,701 x .9235 = 498,413.87; 22,878 + 14,454 = 37,332; half 18,666; 521,035.
    // 40,400 - 16,035 x .30 = 35,589.50; + 5,707 = 41,296.50.
    let columns = [("age", "63"), ("se", "539701"), ("mortgage", "5707"), ("salt", "45212")];
    assert_eq!(solved(2026, &columns, lines), cents([52_103_500, 4_129_650, 47_933_850]));
    // 3843: 594,620 x .9235 = 549,131.57; (184,500 - 23,146) x .124 = 20,007.90 + 15,924.82 = 35,932.72; half 17,966.36;
    // 600,130.64. 40,400 - 95,130.64 x .30 = 11,860.81; + 18,679 = 30,539.81; gifts of 1,367 are under 3,000.65.
    let columns = [
        ("age", "36"),
        ("se", "594620"),
        ("wages", "23146"),
        ("interest", "331"),
        ("mortgage", "18679"),
        ("salt", "22705"),
        ("charity", "1367"),
    ];
    assert_eq!(solved(2026, &columns, lines), cents([60_013_064, 3_053_981, 56_919_083]));
}

/// Schedule A instructions, State and Local Tax Deduction Worksheet, line 10: half of what the phase-down leaves.
#[test]
fn a_separate_return_halves_the_cap_last() {
    let lines = ["agi", "deduction", "taxable_income"];
    // 2256: 276,626 x .9235 = 255,464.11; 21,836.40 + 7,408.46 = 29,244.86; half 14,622.43; 262,003.57.
    // 40,000 - 12,003.57 x .30 = 36,398.93; half 18,199.47; + 26,614 = 44,813.47.
    // 217,190.10 is 19,890.10 over 197,300: 262,003.57 x .20 = 52,400.71, of which 30,109.90 / 50,000 = 31,555.60 is left.
    let columns = [("status", "mfs"), ("age", "38"), ("se", "276626"), ("mortgage", "26614"), ("salt", "20040")];
    assert_eq!(solved(2025, &columns, lines), cents([26_200_357, 4_481_347, 18_563_450]));
    // 3104: 349,607 x .9235 = 322,862.06; 21,836.40 + 9,363 = 31,199.40; half 15,599.70; 334,007.30.
    // 40,000 - 84,007.30 x .30 = 14,797.81; half 7,398.91; + 20,119 + 2,581 = 30,098.91.
    let columns = [
        ("status", "mfs"),
        ("age", "37"),
        ("se", "349607"),
        ("mortgage", "20119"),
        ("salt", "20889"),
        ("charity", "2581"),
    ];
    assert_eq!(solved(2025, &columns, lines), cents([33_400_730, 3_009_891, 30_390_839]));
    // 4014: 355,750 x .9235 = 328,535.13; 21,836.40 + 9,527.52 = 31,363.92; half 15,681.96; 340,068.04.
    // 40,000 - 90,068.04 x .30 = 12,979.59; half 6,489.80; + 26,035 = 32,524.80.
    let columns = [("status", "mfs"), ("age", "35"), ("se", "355750"), ("mortgage", "26035"), ("salt", "20712")];
    assert_eq!(solved(2025, &columns, lines), cents([34_006_804, 3_252_480, 30_754_324]));
}

/// IRC 68(a): 2/37 of the lesser of the itemized deductions and what is over the start of the 37% bracket.
#[test]
fn the_limit_of_the_highest_bracket_takes_the_lesser_amount() {
    // 4309, the only one of the files: 530,718 x .9235 = 490,118.07; (184,500 - 166,996) x .124 = 2,170.50 + 14,213.42 = 16,383.92;
    // half 8,191.96; 530,718 + 166,996 - 8,191.96 - 14,466 = 675,056.04. Taxes 5,000, mortgage 22,118: 27,118.
    // 675,056.04 - 400 - 384,350 is more than that: 27,118 x 2 / 37 = 1,465.84; 25,652.16 is left.
    let columns = [
        ("status", "mfs"),
        ("age", "38"),
        ("se", "530718"),
        ("wages", "166996"),
        ("sehi_premiums", "14466"),
        ("mortgage", "22118"),
        ("salt", "24623"),
    ];
    assert_eq!(
        solved(2026, &columns, ["agi", "deduction", "taxable_income"]),
        cents([67_505_604, 2_565_216, 64_900_388])
    );
    // Of no file, where the excess is the lesser: 660,000 - 640,600 = 19,400 x 2 / 37 = 1,048.65; 40,000 - 1,048.65.
    let lines = ["agi", "deduction", "taxable_income"];
    let columns = [("wages", "660000"), ("mortgage", "40000")];
    assert_eq!(solved(2026, &columns, lines), cents([66_000_000, 3_895_135, 62_104_865]));
    // A couple: gifts of 30,000 less 4,000, mortgage 20,000: 46,000. 800,000 - 768,700 = 31,300 x 2 / 37 = 1,691.89.
    let columns =
        [("status", "mfj"), ("age_spouse", "40"), ("wages", "800000"), ("mortgage", "20000"), ("charity", "30000")];
    assert_eq!(solved(2026, &columns, lines), cents([80_000_000, 4_430_811, 75_569_189]));
}

#[test]
fn a_return_filled_again_is_as_a_new_one() {
    let Some(cases) = shared::folder("cases") else { return };
    for round in [Round::Cents, Round::WholeDollar] {
        let mut again = Return::default();
        for year in law::years() {
            let (law, _) = law::of(i32::from(year)).unwrap();
            for kind in ["disputed", "consensus"] {
                let mut reader = csv::Reader::from_path(cases.join(format!("{kind}_{year}.csv"))).unwrap();
                for row in reader.deserialize::<Row>() {
                    let household = household(law, &row.unwrap());
                    tax::prepare_into(&mut again, law, &household, round).unwrap();
                    assert_eq!(again, tax::prepare(law, &household, round).unwrap());
                }
            }
        }
    }
}
