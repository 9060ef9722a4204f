//! The home office: both methods side by side, the tests, what the home cost, and what next year starts from.

use super::tax::lines;
use super::year::{by_category, counted, counts, paid, times};
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::book::category::HomeLine;
use crate::deduct::{Idle, Verdict};
use crate::home::{HomeYear, Method};
use crate::money::{Rate, Round, Usd};
use crate::profile::HomeMethod;
use crate::tax::Return;
use crate::year::Year;

/// The home office of the year: methods, forms line by line, tests, costs, and next year.
pub fn home(year: &Year, home: &HomeYear) -> Report {
    let mut report = Report::new("home", format!("Business use of your home {}", year.number()));
    for section in sections(year, home) {
        report = report.section(section);
    }
    for form in forms(year, home) {
        report = report.section(form);
    }
    report = report.limit("A sale of the home, and what it does to the depreciation taken (Form 4797).");
    report.limit("Two homes in a year, daycare, storage of goods, improvements made after business use began, income earned at another place of business.")
}

/// What the year-end package shows of the home office.
pub fn sections(year: &Year, home: &HomeYear) -> Vec<Section> {
    let all = [methods(year, home), tests(home), costs(year), next_year(home), questions(home)];
    all.into_iter().filter(|section| !section.rows.is_empty() || !section.lead.is_empty()).collect()
}

/// Both methods by line, the better one, and what it means over the years.
pub fn methods(year: &Year, home: &HomeYear) -> Section {
    let mut section = Section::new("home_methods", "Business use of your home: both methods")
        .column(Column::left("what", ""))
        .column(Column::left("regular_line", "Form 8829"))
        .column(Column::right("regular", "$"))
        .column(Column::left("simplified_line", "Worksheet"))
        .column(Column::right("simplified", "$"));
    if let Err(idle) = home.used {
        return section.lead(idle.words());
    }
    section = section.lead(measured(home));
    let (regular, simplified) = (home.regular.as_deref(), home.simplified.as_deref());
    let form = regular.and_then(|filled| filled.form_8829.first());
    let sheet = simplified.and_then(|filled| filled.home.first());
    let sale = form.map(|form| recapture(year, form.l42)).filter(|tax| *tax != Usd::ZERO);
    let both = [
        ("Tentative profit, the limit", "8", form.map(|form| form.l8), "1", sheet.map(|sheet| sheet.l1)),
        ("Interest and taxes of one who itemizes", "14", form.map(|form| form.l14), "", None),
        ("Operating expenses, earlier ones too", "26", form.map(|form| form.l26), "", None),
        ("Depreciation, earlier one too", "32", form.map(|form| form.l32), "", None),
        ("Square feet at the year's rate", "", None, "4", sheet.map(|sheet| sheet.l4)),
        ("Deducted this year, Schedule C line 30", "36", form.map(|form| form.l36), "5", sheet.map(|sheet| sheet.l5)),
        (
            "Operating expenses kept for later years",
            "43",
            form.map(|form| form.l43),
            "6a",
            sheet.map(|sheet| sheet.l6a),
        ),
        ("Depreciation kept for later years", "44", form.map(|form| form.l44), "6b", sheet.map(|sheet| sheet.l6b)),
        (
            "Tax of the year, less refundable credits",
            "",
            regular.map(Return::net_tax),
            "",
            simplified.map(Return::net_tax),
        ),
        ("Tax at a sale of the home, for this year, at most", "", sale, "", sale.and(simplified).map(|_| Usd::ZERO)),
        ("Both taxes together", "", together(regular, sale), "", sale.and(simplified).map(Return::net_tax)),
    ];
    let cell = |amount: Option<Usd>| amount.map_or(Cell::Blank, Cell::Money);
    let nothing = |amount: Option<Usd>| amount.is_none_or(|amount| amount == Usd::ZERO);
    for (what, line, ours, other, theirs) in both {
        let answer = line == "36";
        if nothing(ours) && nothing(theirs) && !answer {
            continue;
        }
        let mut row = Row::new(what).text(line).cell(cell(ours)).text(other).cell(cell(theirs));
        if answer {
            row = row.headline();
        }
        section.push(match home.taken {
            Some(Method::Regular) if !line.is_empty() => row.explain(format!("form-8829.{line}")),
            Some(Method::Simplified) if !other.is_empty() => row.explain(format!("simplified-method.{other}")),
            _ => row,
        });
    }
    for note in over_the_years(year, home) {
        section = section.note(note);
    }
    section
}

/// The tax of the year with what the year adds to that of a sale.
fn together(filled: Option<&Return>, sale: Option<Usd>) -> Option<Usd> {
    Some(filled?.net_tax() + sale?)
}

/// The office, its part of the home, and the time of use.
fn measured(home: &HomeYear) -> String {
    let part = home.regular.as_deref().zip(home.office).map(|(filled, office)| {
        let unit = if home.feet.is_some() { "square feet" } else { "rooms" };
        let share = super::tax::words(crate::tax::form::Value::Number(
            filled.form_8829.first().map_or(rust_decimal::Decimal::ZERO, |form| form.l7.to_decimal())
                * rust_decimal::Decimal::ONE_HUNDRED,
        ));
        format!("{} of {} {unit}, {share}%", office.area, office.whole)
    });
    let part = part.or_else(|| home.feet.map(|feet| format!("{feet} square feet"))).unwrap_or_default();
    let time = home.used.map_or_else(|_| String::new(), |(from, until)| format!(", used from {from} to {until}"));
    let months = if home.months < 12 {
        format!(", {} of 15 days or more", counted(home.months, "month"))
    } else {
        String::new()
    };
    format!("{part}{time}{months}.")
}

/// Which method is taken and why; what it gives and takes in later years.
fn over_the_years(year: &Year, home: &HomeYear) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(taken) = home.taken else { return notes };
    if let Some((regular, simplified)) = home.regular.as_deref().zip(home.simplified.as_deref()) {
        notes.push(compared(home, taken, regular.net_tax(), simplified.net_tax()));
    }
    if let Some(form) = home.regular.as_deref().and_then(|filled| filled.form_8829.first()) {
        let kept = form.l43 + form.l44;
        if kept > Usd::ZERO {
            notes.push(format!(
                "By the regular method {} waits for a later year with more profit, without end and in another home too (lines 43 and 44). By the simplified one nothing of this year waits.",
                dollars(kept)
            ));
        }
        if form.l42 > Usd::ZERO {
            let most = recapture(year, form.l42);
            notes.push(format!(
                "Depreciation of {} lowers the basis of the home: at a sale it is taxed at no more than {}, {} for this year, whether it was deducted or not (unrecaptured section 1250 gain, IRC 1(h)(6); it is not within the exclusion of IRC 121). By the simplified method the depreciation of a year is zero, and so is this; the years of the table go on all the same.",
                dollars(form.l42),
                year.law.home_office.depreciation.recapture,
                dollars(most)
            ));
        }
        let first = home.office.is_some_and(|office| office.first_month != 0) && form.l42 > Usd::ZERO;
        if first && taken == Method::Regular {
            notes.push(format!(
                "In its first year the depreciation is listed on Form 4562 too, line {}; it is deducted here and not on Schedule C line 13.",
                if year.law.year < 2025 { "19i" } else { "19j" }
            ));
        }
        if form.interest_part + form.taxes_part > Usd::ZERO {
            notes.push(format!(
                "By the regular method {} of mortgage interest and {} of real estate taxes are business and leave Schedule A; by the simplified one they stay there whole.",
                dollars(form.interest_part),
                dollars(form.taxes_part)
            ));
        }
    }
    if let Some(choice) = home.regular.as_deref().map(|filled| filled.choice).filter(|choice| choice.bound != 0) {
        notes.push(format!(
            "Form 8829 depends on whether you itemize: with the standard deduction the tax comes to {}, itemized to {}; the smaller one is taken.",
            dollars(choice.standard_tax),
            dollars(choice.itemized_tax)
        ));
    }
    notes.push(match taken {
        Method::Simplified => "The simplified method is chosen by using it on a return filed in time, and stands for the year (Instructions for Schedule C, line 30). Next year may use the other one.",
        Method::Regular => "Form 8829 needs the bills of the year. Next year may use the simplified method; what is carried then waits.",
    }.to_owned());
    notes
}

fn compared(home: &HomeYear, taken: Method, regular: Usd, simplified: Usd) -> String {
    let (less, more) = if regular < simplified {
        (Method::Regular, simplified - regular)
    } else {
        (Method::Simplified, regular - simplified)
    };
    let name = capitals(taken.words());
    let stated = "because perchart.toml says so (home.method)";
    match (home.asked, more == Usd::ZERO) {
        (HomeMethod::Better, true) => format!("{name} is taken: both come to the same tax this year."),
        (HomeMethod::Better, false) => format!("{name} is taken: it comes to {} less tax this year.", dollars(more)),
        (_, true) => format!("{name} is taken {stated}; both come to the same tax this year."),
        (_, false) => {
            format!("{name} is taken {stated}; this year {} comes to {} less tax.", less.words(), dollars(more))
        }
    }
}

fn capitals(words: &str) -> String {
    super::year::capital(words)
}

/// What depreciation adds to the tax of a sale, at most.
fn recapture(year: &Year, depreciation: Usd) -> Usd {
    let rate: Rate = year.law.home_office.depreciation.recapture;
    Round::Cents.enter(depreciation * rate)
}

/// The tests of the law and their answers.
pub fn tests(home: &HomeYear) -> Section {
    let mut section = Section::new("home_tests", "The tests of a home office")
        .column(Column::left("test", "Test"))
        .column(Column::left("answer", "Your answer"))
        .column(Column::left("key", "Key"))
        .column(Column::left("authority", "Authority"));
    for test in home.tests {
        let answer = match test.answer {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not answered",
        };
        section.push(
            Row::new(test.question).text(answer).text(format!("home.{}", test.key)).text(test.cite).cite(test.cite),
        );
    }
    section
}

/// What the home cost, by line of Form 8829; what does not count, and why.
pub fn costs(year: &Year) -> Section {
    let mut section = Section::new("home_costs", "What the home cost, before the office's part is taken")
        .column(Column::left("line", "Form 8829"))
        .column(Column::left("what", "What"))
        .column(Column::right("times", "Rows"))
        .column(Column::right("paid", "Paid"))
        .column(Column::right("counts", "Counts"))
        .column(Column::left("explain_as", "Explain"));
    for line in HomeLine::ALL {
        for direct in [true, false] {
            let items = year.deductions.items.iter().filter(|item| item.verdict == Verdict::Home(line, direct));
            for (category, items) in by_category(items) {
                let reference = format!("summary.{}", category.id);
                section.push(
                    Row::new(number(line, direct))
                        .text(category.name.as_str())
                        .count(times(items.len()))
                        .money(paid(&items))
                        .money(counts(&items))
                        .text(reference.as_str())
                        .explain(reference),
                );
            }
        }
    }
    let outside: Vec<_> =
        year.deductions.items.iter().filter(|item| item.verdict == Verdict::HomeIdle(Idle::OutsideUse)).collect();
    if !outside.is_empty() {
        section = section.note(format!(
            "{} of {} do not count: paid outside the time of business use.",
            counted(times(outside.len()), "row"),
            dollars(paid(&outside))
        ));
    }
    section
}

/// Line and column of Form 8829: `19b`.
const fn number(line: HomeLine, direct: bool) -> &'static str {
    match (line, direct) {
        (HomeLine::Insurance, true) => "18a",
        (HomeLine::Insurance, false) => "18b",
        (HomeLine::Rent, _) => "19b",
        (HomeLine::Repairs, true) => "20a",
        (HomeLine::Repairs, false) => "20b",
        (HomeLine::Utilities, true) => "21a",
        (HomeLine::Utilities, false) => "21b",
        (HomeLine::Other, true) => "22a",
        (HomeLine::Other, false) => "22b",
    }
}

/// What to state next year.
pub fn next_year(home: &HomeYear) -> Section {
    let mut section = Section::new("home_next_year", "What to state next year, under [home]")
        .column(Column::left("key", "Key"))
        .column(Column::right("amount", "$"))
        .column(Column::left("from", "From"));
    let kept = match home.taken {
        Some(Method::Regular) => home
            .regular
            .as_deref()
            .and_then(|filled| filled.form_8829.first())
            .map(|form| [(form.l43, "form-8829.43"), (form.l44, "form-8829.44")]),
        Some(Method::Simplified) => home
            .simplified
            .as_deref()
            .and_then(|filled| filled.home.first())
            .map(|sheet| [(sheet.l6a, "simplified-method.6a"), (sheet.l6b, "simplified-method.6b")]),
        None => None,
    };
    let keys = ["carryover_operating", "carryover_depreciation"];
    for (key, (amount, from)) in keys.into_iter().zip(kept.into_iter().flatten()) {
        if amount != Usd::ZERO {
            section.push(Row::new(key).money(amount).text(from).explain(from));
        }
    }
    section
}

/// What is missing.
pub fn questions(home: &HomeYear) -> Section {
    let mut section = Section::new("home_questions", "Open questions")
        .column(Column::left("what", "What"))
        .column(Column::left("why", "Answer"));
    for question in &home.questions {
        section.push(Row::new(question.what).text(question.ask.as_str()));
    }
    section
}

/// Form 8829 with its worksheet, and the Simplified Method Worksheet, line by line.
fn forms(year: &Year, home: &HomeYear) -> Vec<Section> {
    let of = |filled: Option<&Return>, names: &[&str]| -> Vec<Section> {
        let Some(filled) = filled else { return Vec::new() };
        let views = filled.forms().forms;
        let views = views.iter().filter(|view| names.contains(&view.name.as_str()));
        let mut found: Vec<Section> = views.map(|view| lines(view, year.law.year, false)).collect();
        // Only the forms of the return taken can be explained by line.
        found.iter_mut().flat_map(|section| &mut section.rows).for_each(|row| {
            let is_taken = home.taken.is_some_and(|taken| (taken == Method::Regular) == (names.len() > 1));
            row.reference = row.reference.take().filter(|_| is_taken);
        });
        found.retain(|section| !section.rows.is_empty());
        found
    };
    let mut all = of(home.regular.as_deref(), &["form-8829", "form-8829-line-11"]);
    all.extend(of(home.simplified.as_deref(), &["simplified-method"]));
    all
}
