//! What lasts longer than a year: the depreciation schedule, what decided it, sales, and the statements of elections.

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::year::slug;
use super::{Column, Report, Row, Section, dollars};
use crate::assets::life::{self, AssetYear, Method, Start};
use crate::assets::percent::{Convention, Recovery};
use crate::assets::{Fate, Held, Source};
use crate::book::entry::{AssetClass, Bonus};
use crate::money::Usd;
use crate::year::Year;

/// The reference of an asset in explanations.
pub fn reference(held: &Held) -> String {
    format!("assets.{}", slug(&held.asset.name))
}

/// Method and convention as columns (e) and (f) of Form 4562 have them: `200DB HY`.
pub fn method(held: &Held, own: &AssetYear) -> String {
    let method = match (own.method, life::recovery(held.asset.class)) {
        (Method::StraightLine, _) => "S/L",
        (Method::Table, Recovery::Fifteen) => "150DB",
        (Method::Table, _) => "200DB",
    };
    format!("{method} {}", held.treatment.convention.word()).trim_end().to_owned()
}

fn share(millionths: i64) -> Decimal {
    Decimal::new(millionths, 6)
}

/// Every section that has something to say: for the package, and beside Form 4562.
pub fn sections(year: &Year) -> Vec<Section> {
    let mut sections = tables(year);
    sections.extend(statements(year));
    sections
}

/// The tables that have something to say, without the statements: for the summary.
pub fn tables(year: &Year) -> Vec<Section> {
    let mut sections = vec![schedule(year), conventions(year), expensed(year), sales(year), recapture(year)];
    sections.retain(|section| !section.rows.is_empty());
    sections
}

/// The depreciation schedule of the year.
pub fn schedule(year: &Year) -> Section {
    let mut section = Section::new("depreciation", format!("Depreciation schedule {}", year.number()))
        .column(Column::left("asset", "Asset"))
        .column(Column::left("class", "Class"))
        .column(Column::left("in_service", "In service"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("share", "Business"))
        .column(Column::right("basis", "Basis"))
        .column(Column::right("section_179", "Section 179"))
        .column(Column::right("allowance", "Special allowance"))
        .column(Column::left("method", "Method"))
        .column(Column::right("depreciation", "Depreciation"))
        .column(Column::right("deduction", "Deducted"))
        .column(Column::right("accumulated", "To date"))
        .column(Column::right("left", "Left"))
        .column(Column::left("row", "Row"));
    let mut sums = [Usd::ZERO; 5];
    for (held, own) in year.assets.in_year(year.number()) {
        let asset = &held.asset;
        let amounts = [own.section_179, own.allowance, own.depreciation, own.deduction(), own.accumulated];
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum += amount;
        }
        section.push(
            Row::new(asset.name.as_str())
                .text(asset.class.word())
                .date(asset.in_service)
                .money(Start::of(asset).whole)
                .percent(share(own.share_millionths), 0)
                .money(own.basis)
                .money(own.section_179)
                .money(own.allowance)
                .text(method(held, own))
                .money(own.depreciation)
                .money(own.deduction())
                .money(own.accumulated)
                .money(own.adjusted)
                .text(year.records.place(asset.origin))
                .explain(reference(held)),
        );
    }
    if section.rows.is_empty() {
        return section;
    }
    let [section_179, allowance, depreciation, deduction, accumulated] = sums;
    section.push(
        Row::new("Together")
            .blank()
            .blank()
            .blank()
            .blank()
            .blank()
            .money(section_179)
            .money(allowance)
            .blank()
            .money(depreciation)
            .money(deduction)
            .money(accumulated)
            .blank()
            .blank()
            .total(),
    );
    let carried = year.filled.as_ref().ok().and_then(|filled| filled.form_4562.first()).map(|form| form.l13);
    if let Some(carried) = carried.filter(|carried| *carried > Usd::ZERO) {
        section.notes.push(format!(
            "{} of section 179 is more than the year's business income lets through (Form 4562 line 13). State it next year as business.section_179_carryover.",
            dollars(carried)
        ));
    }
    if year.assets.held.iter().any(|held| held.source == Source::Expense && held.of(year.number()).is_some()) {
        section.notes.push("Equipment among the expenses that no asset describes is taken as the law has it where nothing is elected. perchart add asset states class, share or elections: a record of the same cost within a week takes the place of the expense.".to_owned());
    }
    section.notes.push("Basis: the business part of the cost, or of the value where that is less and the thing was private before, less section 179 and allowance. Left: cost less all deductions, the private part included. Depreciation goes on next year from the book.".to_owned());
    section
}

/// The test for the mid-quarter convention, of every year whose things are still depreciated.
pub fn conventions(year: &Year) -> Section {
    let mut section = Section::new("convention", "Half-year or mid-quarter")
        .column(Column::left("year", "Placed in service"))
        .column(Column::right("all", "Bases"))
        .column(Column::right("last_quarter", "In October to December"))
        .column(Column::right("part", "Part"))
        .column(Column::left("convention", "Convention"));
    let lasting = |first: i32| {
        year.assets.in_year(year.number()).any(|(held, _)| {
            held.asset.in_service.year() == first
                && matches!(held.treatment.convention, Convention::HalfYear | Convention::MidQuarter(_))
        })
    };
    for additions in year.assets.additions.iter().filter(|additions| lasting(additions.year)) {
        let part = if additions.all > Usd::ZERO {
            additions.last_quarter.to_decimal() / additions.all.to_decimal()
        } else {
            Decimal::ZERO
        };
        section.push(
            Row::new(additions.year.to_string())
                .money(additions.all)
                .money(additions.last_quarter)
                .percent(part, 2)
                .text(if additions.is_mid_quarter { "mid-quarter" } else { "half-year" }),
        );
    }
    section.notes.push("More than 40% in the last three months makes it mid-quarter for all of the year's things (IRC 168(d)(3)). The bases are after section 179 and before the special allowance; real property, software, and what was bought and sold in one year are left out.".to_owned());
    section
}

/// Assets that the safe harbor makes expenses of the year.
fn expensed(year: &Year) -> Section {
    let mut section = Section::new("expensed", "Deducted at once by the safe harbor, Schedule C line 48")
        .column(Column::left("asset", "Asset"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("share", "Business"))
        .column(Column::right("deduction", "Deducted"))
        .column(Column::left("row", "Row"));
    let own = year.assets.held.iter().filter(|held| held.fate == Fate::Expensed && held.paid.is_none());
    for held in own.filter(|held| held.asset.acquired.year() == year.number()) {
        let asset = &held.asset;
        section.push(
            Row::new(asset.name.as_str())
                .money(asset.cost)
                .percent(share(asset.share_millionths), 0)
                .money(Start::of(asset).business)
                .text(year.records.place(asset.origin))
                .explain(reference(held)),
        );
    }
    section
}

/// What was sold or thrown away, Form 4797.
pub fn sales(year: &Year) -> Section {
    let mut section = Section::new("disposals", "Sold or thrown away, Form 4797")
        .column(Column::left("asset", "Asset"))
        .column(Column::right("proceeds", "Came in"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("depreciation", "Depreciation"))
        .column(Column::right("gain", "Gain or loss"))
        .column(Column::right("ordinary", "Ordinary"))
        .column(Column::right("section_1231", "Section 1231"));
    for (held, sale) in year.assets.sales() {
        section.push(
            Row::new(held.asset.name.as_str())
                .money(sale.proceeds)
                .money(sale.cost)
                .money(sale.depreciation)
                .money(sale.gain)
                .money(sale.ordinary)
                .money(sale.section_1231)
                .explain(reference(held)),
        );
    }
    let (ordinary, long) = year.assets.gains();
    section.notes.push(format!(
        "Amounts of the business part. Gain up to depreciation is ordinary (IRC 1245); a net loss under section 1231 is, too. {} goes to Schedule 1 line 4 and is no self-employment income; {} is a long-term gain. A gain of the private part would be a capital gain, which is not figured; a loss of it does not count.",
        dollars(ordinary),
        dollars(long)
    ));
    if year.assets.sales().any(|(_, sale)| sale.section_1231 > Usd::ZERO) {
        section.notes.push("Losses under section 1231 of the last five years would make such a gain ordinary (IRC 1231(c)): none are taken to be there.".to_owned());
    }
    section
}

/// What comes back as business use falls to half or less.
fn recapture(year: &Year) -> Section {
    let mut section = Section::new("recapture", "Comes back into income, Form 4797 Part IV")
        .column(Column::left("asset", "Asset"))
        .column(Column::right("share", "Business"))
        .column(Column::right("recapture", "Schedule C line 6"))
        .column(Column::left("rule", "Rule"));
    for (held, own) in year.assets.in_year(year.number()).filter(|(_, own)| own.recapture > Usd::ZERO) {
        let rule = if life::is_listed(held.asset.class) { "IRC 280F(b)(2)" } else { "IRC 179(d)(10)" };
        section.push(
            Row::new(held.asset.name.as_str())
                .percent(share(own.share_millionths), 0)
                .money(own.recapture)
                .text(rule)
                .explain(reference(held)),
        );
    }
    section
}

/// One line of a statement to be filled in by hand.
const SIGNED: [&str; 3] = [
    "Name: ______________________________",
    "Address: ______________________________",
    "Taxpayer identification number: ______________________________",
];

fn statement(id: &'static str, title: &str, sentences: Vec<String>) -> Section {
    let section = Section::new(id, format!("Statement to attach: {title}"));
    let section = SIGNED.into_iter().fold(section, Section::lead);
    sentences.into_iter().fold(section, Section::lead)
}

/// The statements of the elections of the year, written out. Section 179 is elected on Form 4562 itself.
pub fn statements(year: &Year) -> Vec<Section> {
    let number = year.number();
    let mut sections = Vec::new();
    let elects = year.profile.business.de_minimis_election.unwrap_or(true);
    let small_expense = year.deductions.items.iter().any(|item| item.is_equipment() && item.counts > Usd::ZERO);
    if elects && (small_expense || year.assets.expensed() > Usd::ZERO) {
        sections.push(statement(
            "de_minimis_statement",
            "Section 1.263(a)-1(f) de minimis safe harbor election",
            vec![
                format!(
                    "For the tax year ended December 31, {number}, the taxpayer makes the de minimis safe harbor election under Treas. Reg. section 1.263(a)-1(f)."
                ),
                format!("It is for amounts paid of up to {} an invoice or item.", dollars(year.law.de_minimis.per_item)),
                "Attach it to the return, filed in time, extensions included. The safe harbor asks that such things be expensed in the books, too, by a procedure in place on January 1.".to_owned(),
            ],
        ));
    }
    let new = |held: &&Held| held.asset.in_service.year() == number && Start::of(&held.asset).is_qualified;
    let mut out: Vec<Recovery> = year
        .assets
        .held
        .iter()
        .filter(new)
        .filter(|held| held.bonus == Bonus::Out && held.life().is_some())
        .map(|held| life::recovery(held.asset.class))
        .collect();
    out.sort_unstable();
    out.dedup();
    if !out.is_empty() {
        let classes: Vec<&str> = out.iter().map(|recovery| recovery.words()).collect();
        sections.push(statement(
            "bonus_statement",
            "election out of the special depreciation allowance, IRC section 168(k)(7)",
            vec![
                format!(
                    "For the tax year ended December 31, {number}, the taxpayer elects under section 168(k)(7) not to deduct the additional first year depreciation for all qualified property of these classes placed in service during the year: {}.",
                    classes.join("; ")
                ),
                "Attach it to the return, filed by its due date, extensions included.".to_owned(),
            ],
        ));
    }
    if year.assets.held.iter().filter(new).any(|held| held.bonus == Bonus::Reduced && held.life().is_some()) {
        sections.push(statement(
            "reduced_statement",
            "election of the 40% special depreciation allowance, IRC section 168(k)(10)",
            vec![
                format!(
                    "For the tax year ended December 31, {number}, its first tax year ending after January 19, 2025, the taxpayer elects under section 168(k)(10) to deduct 40 percent, instead of 100 percent, as additional first year depreciation for all qualified property acquired after January 19, 2025, and placed in service during the year."
                ),
                "Attach it to the return, filed by its due date, extensions included.".to_owned(),
            ],
        ));
    }
    sections
}

/// One asset, year by year: what `perchart explain assets.NAME` shows.
pub fn asset(year: &Year, wanted: &str) -> Option<Report> {
    let found: Vec<&Held> = year.assets.held.iter().filter(|held| slug(&held.asset.name) == wanted).collect();
    let first = found.first()?;
    let deducted: Usd = found
        .iter()
        .map(|held| match (&held.fate, held.paid) {
            (Fate::Expensed, _) if held.asset.acquired.year() == year.number() => Start::of(&held.asset).business,
            _ => held.of(year.number()).map_or(Usd::ZERO, AssetYear::deduction),
        })
        .sum();
    let mut report =
        Report::new("explain", format!("{}, {}", first.asset.name, year.number())).subtitle(dollars(deducted));
    for held in found {
        report = report.section(facts(year, held)).section(years(held));
    }
    Some(report)
}

fn facts(year: &Year, held: &Held) -> Section {
    let asset = &held.asset;
    let recovery = life::recovery(asset.class);
    let start = Start::of(asset);
    let mut section = Section::new("asset", "")
        .lead(format!("{} of class {}: {}.", dollars(asset.cost), asset.class.word(), recovery.words()))
        .lead(format!("Acquired {}, in service {}.", asset.acquired, asset.in_service));
    if let Some(value) = asset.value {
        section = section.lead(format!(
            "Private before; worth {} on that day: the lesser of cost and value is depreciated, without section 179 and special allowance (Reg. 1.167(g)-1).",
            dollars(value)
        ));
    }
    let row = year.records.place(asset.origin);
    section = section.lead(match held.source {
        Source::Stated => format!("Row: {row}."),
        Source::Expense => format!("An expense for equipment, {row}, which no asset describes: class by its words, in service on the day paid, nothing elected."),
    });
    if held.source == Source::Stated
        && let Some(paid) = held.paid
    {
        section =
            section.lead(format!("It describes the expense {}, which counts here alone.", year.records.place(paid)));
    }
    match &held.fate {
        Fate::Expensed => section.lead(format!(
            "Not over {} and the safe harbor is elected: {} is an expense of its year (Reg. 1.263(a)-1(f)).",
            dollars(year.law.de_minimis.per_item),
            dollars(start.business)
        )),
        Fate::ByMiles => section.lead(
            "Its miles are counted by the standard rate, which stands for its depreciation (Rev. Proc. 2019-46 s.4).",
        ),
        Fate::Unmodelled(_) => section.lead("Its law is not modelled, and the return is refused."),
        Fate::Depreciated(_) => {
            let section = if start.is_qualified {
                section.lead(format!(
                    "Special allowance: {}{} (IRC 168(k)).",
                    held.treatment.bonus,
                    if held.bonus == Bonus::Out { ", elected out" } else { "" }
                ))
            } else {
                section.lead("No special allowance.")
            };
            section.lead(match held.treatment.convention {
                Convention::HalfYear => "Convention: half-year. Authority: IRC 168(d)(1); Pub. 946, Table A-1.".to_owned(),
                Convention::MidQuarter(quarter) => format!("Convention: mid-quarter, quarter {quarter}: more than 40% of the year's bases came in its last three months. Authority: IRC 168(d)(3); Pub. 946, Table A-{}.", quarter + 1),
                Convention::MidMonth(_) => "Convention: mid-month. Authority: IRC 168(d)(2); Pub. 946, Table A-7a.".to_owned(),
                Convention::FullMonth(_) => "By months, from that of service on. Authority: IRC 167(f)(1).".to_owned(),
            })
        }
    }
}

fn years(held: &Held) -> Section {
    let mut section = Section::new("life", "Year by year")
        .column(Column::left("year", "Year"))
        .column(Column::right("share", "Business"))
        .column(Column::right("section_179", "Section 179"))
        .column(Column::right("allowance", "Special allowance"))
        .column(Column::right("basis", "Basis"))
        .column(Column::left("method", "Method"))
        .column(Column::right("depreciation", "Depreciation"))
        .column(Column::right("accumulated", "To date"))
        .column(Column::right("left", "Left"));
    let Some(life) = held.life() else { return section };
    for own in &life.years {
        section.push(
            Row::new(own.year.to_string())
                .percent(share(own.share_millionths), 0)
                .money(own.section_179)
                .money(own.allowance)
                .money(own.basis)
                .text(method(held, own))
                .money(own.depreciation)
                .money(own.accumulated)
                .money(own.adjusted),
        );
        if own.capped {
            section.notes.push(format!("{}: held to the limit on cars (IRC 280F(a)(1)).", own.year));
        }
        if own.recapture > Usd::ZERO {
            section.notes.push(format!("{}: {} comes back into income.", own.year, dollars(own.recapture)));
        }
    }
    if let Some(sale) = life.sale {
        section.notes.push(format!(
            "{}: disposed of; {} came in for the business part, a gain or loss of {}.",
            sale.year,
            dollars(sale.proceeds),
            dollars(sale.gain)
        ));
        if life.years.windows(2).any(|pair| pair[0].share_millionths != pair[1].share_millionths) {
            section.notes.push(
                "Its share changed: the business part of cost and proceeds is that of all years on the average."
                    .to_owned(),
            );
        }
    }
    if held.asset.class == AssetClass::Software {
        section
            .notes
            .push("Software is no tangible property: the safe harbor for small purchases is not for it.".to_owned());
    }
    section
}
