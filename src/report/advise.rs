//! The advice on things that last longer than a year: which way to take, what each is worth, and why.

use std::fmt::Write as _;

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::assets::reference;
use super::{Cell, Column, Report, Row, Section, dollars};
use crate::advise::{Advice, OfYear, Outcome, Saved, Way};
use crate::assets::Source;
use crate::assets::life::{self, Start};
use crate::assets::percent::Recovery;
use crate::book::entry::{Asset, Bonus};
use crate::money::{Rate, Usd};
use crate::year::Year;

/// Smaller parts of a difference are not worth a word.
const TENTH: i64 = 10;

/// Income that is nearer to the end of the premium credit than this is called close.
const NARROW: Usd = Usd::dollars(500);

/// Builds the report.
pub fn advise(year: &Year, advice: &Advice) -> Report {
    let name = subject(&advice.things);
    let report = Report::new("advise", format!("How to deduct {name}"))
        .subtitle(format!("{} to {}, over the whole life", advice.first, advice.last))
        .section(answer(advice))
        .section(things(year, advice))
        .section(ways(year, advice))
        .section(by_year(advice))
        .section(others(advice))
        .section(closed(advice))
        .section(enter(year, advice));
    let report = assumptions(year, advice).into_iter().fold(report, Report::note);
    let mut report = year.cautions().into_iter().fold(report, Report::note);
    report.sections.retain(|section| !section.lead.is_empty() || !section.rows.is_empty());
    report
        .limit("State and local income tax.")
        .limit("A sale, or business use that falls: a part of what was deducted comes back then (IRC 1245, 179(d)(10), 280F(b)(2)). More comes back of what was deducted sooner.")
}

/// The things in a few words.
fn subject(things: &[Asset]) -> String {
    match things {
        [one] => one.name.clone(),
        [one, other] => format!("{} and {}", one.name, other.name),
        [first, ..] => format!("the {} things of {}", things.len(), first.in_service.year()),
        [] => "nothing".to_owned(),
    }
}

/// A way as a name.
fn way_name(way: Way, advice: &Advice) -> String {
    match way {
        Way::DeMinimis => "Safe harbor for small purchases".to_owned(),
        Way::Allowance => match advice.allowance {
            Some(rate) => format!("Special allowance of {rate}"),
            None => "Special allowance".to_owned(),
        },
        Way::Section179 => "Section 179 in full".to_owned(),
        Way::Part { amount, .. } if amount == Usd::ZERO => "Section 179 for a part".to_owned(),
        Way::Part { amount, out: true } => format!("Section 179 for {}, the rest depreciated", dollars(amount)),
        Way::Part { amount, .. } => format!("Section 179 for {}, the allowance for the rest", dollars(amount)),
        Way::Reduced => "Allowance of 40% instead".to_owned(),
        Way::Regular if has_allowance(advice) => "Regular depreciation, allowance elected out".to_owned(),
        Way::Regular => "Regular depreciation".to_owned(),
        Way::NextYear => format!("Bought in January {}", advice.first + 1),
    }
}

fn has_allowance(advice: &Advice) -> bool {
    advice.allowance != Some(Rate::ZERO) && advice.things.iter().any(|thing| Start::of(thing).is_qualified)
}

/// A way inside a sentence.
fn inside(way: Way, advice: &Advice) -> String {
    let name = way_name(way, advice);
    match way {
        Way::Section179 | Way::Part { .. } => format!("s{}", &name[1..]),
        Way::DeMinimis | Way::Allowance | Way::Reduced => format!("the {}{}", name[..1].to_lowercase(), &name[1..]),
        Way::Regular => format!("r{}", &name[1..]),
        Way::NextYear => format!("buying in January {}", advice.first + 1),
    }
}

/// What to do, as an order.
fn order(way: Way, advice: &Advice) -> String {
    let name = subject(&advice.things);
    match way {
        Way::DeMinimis => format!("Deduct {name} at once, under the safe harbor for small purchases"),
        Way::Allowance => format!("Take {} for {name}", inside(way, advice)),
        Way::Section179 => format!("Take section 179 for all of {name}"),
        Way::Part { amount, out: true } if has_allowance(advice) => format!(
            "Take section 179 for {} of {name}, elect the special allowance out, and depreciate the rest",
            dollars(amount)
        ),
        Way::Part { amount, out: true } => {
            format!("Take section 179 for {} of {name} and depreciate the rest", dollars(amount))
        }
        Way::Part { amount, .. } => {
            format!("Take section 179 for {} of {name} and the special allowance for the rest", dollars(amount))
        }
        Way::Reduced => format!("Elect the allowance of 40% for {name}"),
        Way::Regular if has_allowance(advice) => {
            format!("Elect the special allowance out and depreciate {name} over the recovery period")
        }
        Way::Regular => format!("Depreciate {name} over the recovery period"),
        Way::NextYear => format!("Buy {name} in January {}", advice.first + 1),
    }
}

/// The answer in a few sentences.
fn answer(advice: &Advice) -> Section {
    let best = advice.best();
    let mut sentence = format!("{}: worth {} in today's money", order(best.way, advice), dollars(best.worth()));
    let same: Vec<String> = advice.open[1..]
        .iter()
        .filter(|other| other.worth() == best.worth())
        .map(|other| inside(other.way, advice))
        .collect();
    if let Some(next) = advice.open.iter().find(|other| other.worth() < best.worth()) {
        let _ = write!(
            sentence,
            ", {} more than {}, because {}",
            dollars(best.worth() - next.worth()),
            inside(next.way, advice),
            because(best, next)
        );
    }
    sentence.push('.');
    let mut section = Section::new("answer", "").lead(sentence);
    if !same.is_empty() {
        let verb = if same.len() == 1 { "comes" } else { "come" };
        section = section.lead(super::year::capital(&format!("{} {verb} to the same.", same.join(" and "))));
    }
    if let Some(last) = advice.open.last().filter(|last| last.worth() < best.worth()) {
        section =
            section.lead(format!("Between the best way and the worst lie {}.", dollars(best.worth() - last.worth())));
    }
    match advice.now {
        Some(now) if now == best.way => section.lead("The book has it so."),
        Some(now) => match advice.open.iter().find(|outcome| outcome.way == now) {
            Some(own) if own.worth() < best.worth() => section.lead(format!(
                "The book has {}: {} less.",
                inside(now, advice),
                dollars(best.worth() - own.worth())
            )),
            _ => section,
        },
        None => section,
    }
}

/// Why one way saves more than another: what it saves more over the life by kind, and that it saves sooner or later.
fn because(best: &Outcome, other: &Outcome) -> String {
    let gap = best.worth() - other.worth();
    let life = best.over_life() - other.over_life();
    let sooner = gap - life.total();
    let cliff = cliff(best, other);
    let parts: [(Usd, String, &str); 6] = [
        (
            life.premium,
            cliff.map_or_else(
                || format!("it brings {} more of the premium tax credit", dollars(life.premium)),
                |year| format!("it keeps the household income of {year} at 400% of the poverty line or less, and with it {} of the premium tax credit", dollars(life.premium)),
            ),
            "of premium tax credit",
        ),
        (
            life.income_tax,
            brackets(best, other).map_or_else(
                || format!("it saves {} more income tax", dollars(life.income_tax)),
                |years| format!("it saves {} more income tax: {years}", dollars(life.income_tax)),
            ),
            "of income tax",
        ),
        (life.self_employment, format!("it saves {} more self-employment tax", dollars(life.self_employment)), "of self-employment tax"),
        (life.qbi, format!("the business income deduction loses {} less in tax", dollars(life.qbi)), "through the business income deduction"),
        (life.credits, format!("it brings {} more of other credits", dollars(life.credits)), "of other credits"),
        (sooner, format!("the tax is saved sooner, which is worth {}", dollars(sooner)), "by saving later"),
    ];
    let worth_a_word = |amount: Usd| amount * TENTH >= gap;
    let mut gains: Vec<&(Usd, String, &str)> =
        parts.iter().filter(|(amount, ..)| *amount > Usd::ZERO && worth_a_word(*amount)).collect();
    gains.sort_by_key(|(amount, ..)| std::cmp::Reverse(*amount));
    let words: Vec<&str> = gains.iter().take(2).map(|(_, words, _)| words.as_str()).collect();
    let mut words = if words.is_empty() { "many small parts add up".to_owned() } else { words.join(", and ") };
    let loss = parts.iter().filter(|(amount, ..)| *amount < Usd::ZERO && worth_a_word(-*amount));
    if let Some((amount, _, of)) = loss.min_by_key(|(amount, ..)| *amount) {
        let _ = write!(words, ", though it costs {} {of}", dollars(-*amount));
    }
    words
}

/// The year in which one way stays at four times the poverty line or below, and the other goes over it and loses credit.
fn cliff(best: &Outcome, other: &Outcome) -> Option<i32> {
    let pairs = best.years.iter().zip(&other.years);
    let mut stays = pairs.filter(|(own, other)| {
        (1..=400).contains(&own.with.poverty_percent)
            && other.with.poverty_percent > 400
            && own.with.premium > other.with.premium
    });
    stays.next().map(|(own, _)| own.year)
}

/// Where one way deducts more and the other less, if the rates there differ.
fn brackets(best: &Outcome, other: &Outcome) -> Option<String> {
    let more = |(own, other): &(&OfYear, &OfYear)| own.deducted - other.deducted;
    let pairs = || best.years.iter().zip(&other.years);
    let most = pairs().max_by_key(more)?;
    let least = pairs().min_by_key(more)?;
    let (high, low) = (marginal(most.0), marginal(least.0));
    (high > low && more(&most) > Usd::ZERO).then(|| {
        format!(
            "{} more is deducted in {}, where the last dollar bears {high}, and less in {}, where it bears {low}",
            dollars(more(&most)),
            most.0.year,
            least.0.year
        )
    })
}

/// The rate of the last dollar without the things.
fn marginal(year: &OfYear) -> Rate {
    let without = &year.without;
    if without.ordinary <= Usd::ZERO {
        return Rate::ZERO;
    }
    let tops = without.law.income.tops.get(without.status);
    let at = tops.iter().filter(|top| without.ordinary > **top).count();
    without.law.income.rates.get(at).copied().unwrap_or_default()
}

fn kinds(section: Section) -> Section {
    section
        .column(Column::right("self_employment", "SE tax"))
        .column(Column::right("income_tax", "Income tax"))
        .column(Column::right("qbi", "QBI deduction"))
        .column(Column::right("premium", "Premium credit"))
        .column(Column::right("credits", "Other credits"))
}

fn by_kind(row: Row, saved: Saved) -> Row {
    row.money(saved.self_employment).money(saved.income_tax).money(saved.qbi).money(saved.premium).money(saved.credits)
}

/// The things, where they are several.
fn things(year: &Year, advice: &Advice) -> Section {
    let mut section = Section::new("things", "The things")
        .column(Column::left("thing", "Thing"))
        .column(Column::left("class", "Class"))
        .column(Column::left("in_service", "In service"))
        .column(Column::right("cost", "Cost"))
        .column(Column::right("share", "Business"))
        .column(Column::left("row", "Row"));
    if advice.things.len() < 2 {
        return section;
    }
    for thing in &advice.things {
        section.push(
            Row::new(thing.name.as_str())
                .text(thing.class.word())
                .date(thing.in_service)
                .money(thing.cost)
                .percent(Decimal::new(thing.share_millionths, 6), 0)
                .text(year.records.place(thing.origin)),
        );
    }
    section.note("They go the same way together here; perchart advise assets NAME looks at one alone.")
}

/// The ways side by side.
fn ways(year: &Year, advice: &Advice) -> Section {
    let section = Section::new("ways", "Way by way")
        .column(Column::left("way", "Way"))
        .column(Column::right("deducted", format!("Deducted {}", advice.first)))
        .column(Column::right("saved", format!("Saved {}", advice.first)))
        .column(Column::right("life", "Over the life"))
        .column(Column::right("today", "In today's money"));
    let mut section = kinds(section);
    let known = known(year, advice);
    for (at, outcome) in advice.open.iter().enumerate() {
        let first = outcome.years.first();
        let row = Row::new(way_name(outcome.way, advice))
            .money(first.map_or(Usd::ZERO, |year| year.deducted))
            .money(first.map_or(Usd::ZERO, |year| year.saved.total()))
            .money(outcome.over_life().total())
            .money(outcome.worth());
        let mut row = by_kind(row, outcome.today);
        if let Some(known) = &known {
            row = row.explain(known.as_str());
        }
        section.push(if at == 0 { row.headline() } else { row });
    }
    for outcome in &advice.open {
        let basis: Usd = outcome.things.iter().map(|thing| Start::of(thing).business).sum();
        let left = basis - outcome.deducted() - outcome.carried;
        if left >= Usd::dollars(1) && outcome.things.iter().all(|thing| thing.events.is_empty()) {
            section = section.note(format!(
                "{}: {} of the basis is left after {}, and counts for nothing here.",
                way_name(outcome.way, advice),
                dollars(left),
                advice.last
            ));
        }
    }
    section.note("The last five columns are parts of today's money. Less income makes the business income deduction smaller: what that costs stands under QBI deduction.")
}

/// The reference of the thing in explanations, where the book has it as an asset.
fn known(year: &Year, advice: &Advice) -> Option<String> {
    let [only] = advice.things.as_slice() else { return None };
    let held = year.assets.held.iter().find(|held| !advice.thought && held.asset.origin == only.origin)?;
    Some(reference(held))
}

/// The best way, year by year.
fn by_year(advice: &Advice) -> Section {
    let best = advice.best();
    let section = Section::new("years", format!("{}, year by year", way_name(best.way, advice)))
        .column(Column::left("year", "Year"))
        .column(Column::right("profit", "Profit without"))
        .column(Column::right("rate", "Last dollar"))
        .column(Column::right("deducted", "Deducted"))
        .column(Column::right("saved", "Saved"))
        .column(Column::right("today", "In today's money"));
    let mut section = kinds(section);
    let idle = |own: &&OfYear| own.deducted == Usd::ZERO && own.saved == Saved::default();
    for own in best.years.iter().filter(|own| !idle(own)) {
        let today = own.saved.earlier(advice.discount, own.year - advice.first);
        let row = Row::new(own.year.to_string())
            .money(own.without.profit)
            .cell(Cell::Percent { share: marginal(own).to_decimal(), places: 0 })
            .money(own.deducted)
            .money(own.saved.total())
            .money(today.total());
        section.push(by_kind(row, own.saved));
    }
    let life = best.over_life();
    let row = Row::new("All years").blank().blank().money(best.deducted()).money(life.total()).money(best.worth());
    section.push(by_kind(row, life).total());
    if best.years.iter().any(|own| idle(&own)) {
        section = section.note(format!("In the other years to {} nothing is deducted or saved.", advice.last));
    }
    if best.carried > Usd::ZERO {
        section = section.note(format!(
            "{} of section 179 finds no income in these years and is carried on.",
            dollars(best.carried)
        ));
    }
    for own in best.years.iter().filter(|own| own.saved.premium > Usd::ZERO) {
        let Some(below) = own.with.below_cliff.filter(|below| (Usd::ZERO..NARROW).contains(below)) else { continue };
        if own.without.below_cliff < Some(Usd::ZERO) {
            section = section.note(format!(
                "{} is close: household income is {} below four times the poverty line. A little more income, and {} of premium credit is lost (IRC 36B(c)(1)(A)).",
                own.year,
                dollars(below),
                dollars(own.saved.premium)
            ));
        }
    }
    best.notes.iter().fold(section, |section, note| section.note(note.as_str()))
}

/// Why the other ways are worse.
fn others(advice: &Advice) -> Section {
    let mut section = Section::new("others", "Why not the others")
        .column(Column::left("way", "Way"))
        .column(Column::right("less", "Less"))
        .column(Column::left("why", "What the best way has over it"));
    let best = advice.best();
    for other in &advice.open[1..] {
        let gap = best.worth() - other.worth();
        let why = if gap == Usd::ZERO { "it comes to the same".to_owned() } else { because(best, other) };
        section.push(Row::new(way_name(other.way, advice)).money(gap).text(super::year::capital(&why)));
    }
    section
}

/// The ways that are not open.
fn closed(advice: &Advice) -> Section {
    let mut section =
        Section::new("closed", "Not open").column(Column::left("way", "Way")).column(Column::left("why", "Why not"));
    for closed in advice.closed.iter().filter(|closed| closed.way != Way::NextYear) {
        section.push(Row::new(way_name(closed.way, advice)).text(super::year::capital(&closed.why)));
    }
    section
}

/// What to enter to take the best way.
fn enter(year: &Year, advice: &Advice) -> Section {
    let best = advice.best();
    let mut section = Section::new("enter", "To take it");
    if best.way == Way::NextYear {
        return section.lead("Buy it, and let it stand ready for the business, not before January 1.");
    }
    if advice.now == Some(best.way) {
        return section.lead("Nothing is to be entered: the book has it so. The statements of elections stand beside Form 4562: perchart tax --form 4562.");
    }
    if best.way == Way::DeMinimis && advice.thought {
        for thing in &best.things {
            section = section.lead(format!(
                "perchart add expense --date {} --description {:?} --amount {} --category equipment --business-share {}",
                thing.acquired,
                thing.name,
                thing.cost,
                percent(thing.share_millionths)
            ));
        }
        return section;
    }
    let limit = year.law.de_minimis.per_item;
    let small = |thing: &&Asset| thing.cost <= limit && life::recovery(thing.class) != Recovery::Software;
    let elects = year.profile.business.de_minimis_election != Some(false);
    if best.way != Way::DeMinimis && elects && best.things.iter().any(|thing| small(&thing)) {
        section = section.lead("In perchart.toml: de_minimis_election = false under [business]. It gives the safe harbor up for every purchase of the year.");
    }
    for thing in &best.things {
        let held = year.assets.held.iter().find(|held| !advice.thought && held.asset.origin == thing.origin);
        section = section.lead(match held {
            Some(held) if held.source == Source::Stated => {
                let same = held.asset.section_179 == thing.section_179 && held.asset.bonus == thing.bonus;
                if same {
                    format!("{} stands in the book as it should.", thing.name)
                } else {
                    format!(
                        "{}: take the import of {} back (perchart undo {}), and enter it anew: {}",
                        thing.name,
                        year.records.place(thing.origin),
                        thing.origin.batch,
                        command(thing)
                    )
                }
            }
            _ => command(thing),
        });
    }
    section
}

fn percent(millionths: i64) -> String {
    format!("{}%", Decimal::new(millionths, 4).normalize())
}

/// The command that enters a thing with its elections.
fn command(thing: &Asset) -> String {
    let mut text = format!(
        "perchart add asset --name {:?} --class {} --in-service {} --cost {}",
        thing.name,
        thing.class.word(),
        thing.in_service,
        thing.cost
    );
    if thing.acquired != thing.in_service {
        let _ = write!(text, " --acquired {}", thing.acquired);
    }
    if thing.share_millionths != 1_000_000 {
        let _ = write!(text, " --business {}", percent(thing.share_millionths));
    }
    if let Some(value) = thing.value {
        let _ = write!(text, " --value {value}");
    }
    let elected = Start::of(thing).section_179;
    if elected > Usd::ZERO {
        let _ = write!(text, " --section-179 {elected}");
    }
    if thing.bonus != Bonus::Law && Start::of(thing).is_qualified {
        let _ = write!(text, " --bonus {}", thing.bonus.word());
    }
    text
}

/// What the answer rests on.
fn assumptions(year: &Year, advice: &Advice) -> Vec<String> {
    let mut notes = vec![
        format!(
            "Assumed: money of a year later is worth {} less, each year's saving is counted from the filing for {} (--discount).",
            advice.discount, advice.first
        ),
        format!(
            "Assumed: years other than {} are that year again, the same household, receipts and running costs, without new equipment. --profit {}=52000 states another profit of a year, before the thing.",
            year.number(),
            advice.first + 1
        ),
    ];
    if advice.last > advice.law_until {
        notes.push(format!(
            "Assumed: years after {} have the law of {}, the latest that perchart knows.",
            advice.law_until, advice.law_until
        ));
    }
    notes.push(
        "Two whole returns are filled for each year of each way, with the thing and without it; lines in cents."
            .to_owned(),
    );
    if advice.open.iter().any(|outcome| outcome.way == Way::DeMinimis) && !advice.thought && advice.open.len() > 1 {
        notes.push("Every way but the safe harbor gives it up for all purchases of the year: what that does to the others is counted (Reg. 1.263(a)-1(f)(5)).".to_owned());
    }
    if !advice.losses.is_empty() {
        let years: Vec<String> = advice.losses.iter().map(ToString::to_string).collect();
        notes.push(format!(
            "In {} the whole return shows a loss. What an operating loss carried to other years would save is left out (IRC 172), so a way that makes a loss may be worth more than shown.",
            years.join(", ")
        ));
    }
    if advice.thought && advice.things.iter().all(|thing| thing.in_service.year() == advice.first) {
        notes.push("Only tax is counted, not the price, nor that it is paid later when bought later.".to_owned());
    }
    notes
}
