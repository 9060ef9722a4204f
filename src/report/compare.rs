//! The comparison: which leaves the household better off, by how much, at how many charts an hour it turns, and on
//! what the answer rests.

use rust_decimal::Decimal;

use super::year::capital;
use super::{Column, Report, Row, Section, dollars};
use crate::compare::settings::{Settings, Source};
use crate::compare::turning::{Lever, Measure, Turns, turns};
use crate::compare::{Comparison, Scenario, evaluate};
use crate::job::JobYear;
use crate::money::Usd;
use crate::year::Year;

/// Builds the report.
pub fn compare(year: &Year, settings: &Settings, result: &Comparison) -> Report {
    let title = year.profile.job.title.as_deref().unwrap_or("the office job");
    let remote = job_from_home(year, &result.scenario);
    let (one, several) = year.unit();
    let mut report = Report::new("compare", format!("Per {one} or per hour, {}", year.number()))
        .subtitle(format!("Your contract against {title} at ${} an hour", result.scenario.offer.wage.round_dp(2)))
        .section(headline(result, remote.as_ref(), &several))
        .section(sides(result, remote.as_ref()))
        .section(hours(result, remote.as_ref(), &several))
        .section(turning(year, result, &several))
        .section(rests_on(settings))
        .note(format!(
            "Both sides buy the same: health cover, {} for retirement, the same days off. Counted the other way, with the employer's benefits at what they would cost you, the contract is {} a year.",
            dollars(result.contract.retirement),
            ahead(result.difference.value_method)
        ))
        .note(retirement_note(result));
    for caution in year.cautions() {
        report = report.note(caution);
    }
    report = report
        .note("perchart explain compare.net_per_hour shows how a number comes about; --what-if job.wage=28 tries another.")
        .limit("State and local income tax, on both sides.");
    if result.scenario.household.marketplace.is_none() {
        report = report.limit("Premium tax credit for insurance from the marketplace: it may help the contract; state the plan under [household.marketplace] (Form 8962).");
    }
    report
        .limit("Life and disability insurance that an employer may add.")
        .limit("Risk: weeks without charts beyond the downtime above, lost contracts, layoffs, unemployment insurance.")
        .limit("What has no price: freedom of hours, colleagues, the protection of labour law.")
}

fn retirement_note(result: &Comparison) -> String {
    let over = result.retirement_over_limit();
    if over > Usd::ZERO {
        format!(
            "{} of the contract's retirement money is over the SEP limit: it is put aside after tax.",
            dollars(over)
        )
    } else {
        "The contract's retirement money goes into a SEP and is deducted.".to_owned()
    }
}

/// The job done from home, where it is not so already.
pub fn job_from_home(year: &Year, scenario: &Scenario) -> Option<JobYear> {
    let home = scenario.offer.from_home();
    (home != scenario.offer)
        .then(|| evaluate(year.law, &Scenario { offer: home, ..scenario.clone() }).ok())?
        .map(|result| result.job)
}

fn ahead(gap: Usd) -> String {
    if gap < Usd::ZERO { format!("{} behind", dollars(-gap)) } else { format!("{} ahead", dollars(gap)) }
}

fn an_hour(value: Decimal) -> String {
    dollars(Usd::rounded(value))
}

/// The answer in a few sentences.
pub fn headline(result: &Comparison, remote: Option<&JobYear>, several: &str) -> Section {
    let gap = &result.difference;
    let (better_hour, better_year) = (gap.net_per_hour >= Decimal::ZERO, gap.value >= Usd::ZERO);
    let name = |contract: bool| if contract { "the contract" } else { "the job" };
    let hour = an_hour(gap.net_per_hour.abs());
    let year = dollars(Usd::from_cents(gap.value.cents().abs()));
    let sentence = if better_hour == better_year {
        format!(
            "{} leaves you better off: by {hour} for each hour actually spent, and by {year} a year.",
            capital(name(better_hour))
        )
    } else {
        format!(
            "{} pays more for each hour actually spent, by {hour}; {} leaves more in the year, by {year}, because it takes more hours.",
            capital(name(better_hour)),
            name(better_year)
        )
    };
    let mut section = Section::new("answer", "").lead(sentence);
    if let Some(remote) = remote {
        let gap = result.contract.net_per_hour - remote.net_per_hour;
        let words = if gap < Decimal::ZERO { "less" } else { "more" };
        section = section.lead(format!(
            "Against the same job done from home the contract leaves {} {words} an hour and is {} a year.",
            an_hour(gap.abs()),
            ahead(result.contract.value - remote.value)
        ));
    }
    let coding = result.work.gross.to_decimal().checked_div(result.work.coding_hours).unwrap_or_default();
    section.lead(format!(
        "You bring in {} for an hour of coding {several}; after waiting, unpaid hours, costs and tax, {} is left for an hour spent.",
        an_hour(coding),
        an_hour(result.contract.net_per_hour)
    ))
}

/// From what comes in to what is left, side by side.
pub fn sides(result: &Comparison, remote: Option<&JobYear>) -> Section {
    let (contract, job) = (&result.contract, &result.job);
    let mut section = Section::new("sides", "From what comes in to what is left, a year")
        .column(Column::left("what", ""))
        .column(Column::right("contract", "Contract"))
        .column(Column::right("job", "Job"));
    if remote.is_some() {
        section = section.column(Column::right("job_from_home", "Job from home"));
    }
    let mut push =
        |what: &str, ours: Option<Usd>, theirs: &dyn Fn(&JobYear) -> Option<Usd>, reference: &str, total: bool| {
            let cell = |row: Row, amount: Option<Usd>| match amount {
                Some(amount) => row.money(amount),
                None => row.blank(),
            };
            let mut row = cell(cell(Row::new(what), ours), theirs(job));
            if let Some(remote) = remote {
                row = cell(row, theirs(remote));
            }
            let row = row.explain(reference);
            section.push(if total { row.total() } else { row });
        };
    push("Fees, or pay", Some(contract.gross), &|job| Some(job.gross), "contract-year.gross", false);
    push("Costs of the business", Some(-contract.costs), &|_| None, "contract-year.costs", false);
    push("Social security and Medicare on pay", None, &|job| Some(-job.fica), "job-year.fica", false);
    push(
        "Other federal tax, self-employment tax included",
        Some(-contract.taxes),
        &|job| Some(-job.income_tax),
        "contract-year.tax",
        false,
    );
    push(
        "Health and dental premiums",
        Some(-contract.premium),
        &|job| Some(-job.premium),
        "contract-year.premium",
        false,
    );
    push(
        "Put aside for retirement",
        Some(-contract.retirement),
        &|job| Some(-job.retirement),
        "contract-year.retirement",
        false,
    );
    push("Gas and car wear", None, &|job| Some(-job.driving), "job-year.driving", false);
    push("Work clothes", None, &|job| Some(-job.clothes), "job-year.clothes", false);
    push("Eating out", None, &|job| Some(-job.meals), "job-year.meals", false);
    if job.parking + job.childcare != Usd::ZERO {
        push("Parking and childcare", None, &|job| Some(-(job.parking + job.childcare)), "job-year.parking", false);
    }
    push("Left to live on", Some(contract.left), &|job| Some(job.left), "contract-year.left", true);
    let matched = result.pay.matched;
    push(
        "Retirement money, the match included",
        Some(contract.retirement),
        &|job| Some(job.retirement + matched),
        "contract-year.value",
        false,
    );
    push("Value of the year", Some(contract.value), &|job| Some(job.value), "compare.value", true);
    section
}

/// The hours, and what an hour leaves.
pub fn hours(result: &Comparison, remote: Option<&JobYear>, several: &str) -> Section {
    let (contract, job, work) = (&result.contract, &result.job, &result.work);
    let mut section = Section::new("hours", "The hours, and what an hour leaves")
        .column(Column::left("what", ""))
        .column(Column::right("contract", "Contract"))
        .column(Column::right("job", "Job"));
    if remote.is_some() {
        section = section.column(Column::right("job_from_home", "Job from home"));
    }
    let mut push = |what: String,
                    ours: Decimal,
                    theirs: &dyn Fn(&JobYear) -> Decimal,
                    places: u32,
                    reference: &str,
                    headline: bool| {
        let mut row = Row::new(what).number(ours, places).number(theirs(job), places);
        if let Some(remote) = remote {
            row = row.number(theirs(remote), places);
        }
        let row = row.explain(reference);
        section.push(if headline { row.headline() } else { row });
    };
    push(
        "Days worked".to_owned(),
        Decimal::from(work.worked),
        &|_| Decimal::from(result.pay.worked),
        0,
        "contract-work.days",
        false,
    );
    push(
        format!("Paid hours: coding {several}, or on the payroll"),
        work.coding_hours,
        &|_| result.pay.paid_hours,
        0,
        "contract-work.coding_hours",
        false,
    );
    push("Hours at work".to_owned(), work.desk_hours, &|job| job.work_hours, 0, "contract-work.desk_hours", false);
    push(
        "Hours actually spent, the way included".to_owned(),
        contract.hours,
        &|job| job.hours,
        0,
        "compare.hours",
        false,
    );
    push(
        "Net for a paid hour, $".to_owned(),
        contract.per_paid,
        &|job| job.per_paid,
        2,
        "contract-year.per_paid_hour",
        false,
    );
    push(
        "Net for an hour at work, $".to_owned(),
        contract.per_work,
        &|job| job.per_work,
        2,
        "contract-year.per_work_hour",
        false,
    );
    push(
        "Net for an hour actually spent, $".to_owned(),
        contract.net_per_hour,
        &|job| job.net_per_hour,
        2,
        "compare.net_per_hour",
        true,
    );
    section
}

/// Where the answer turns.
pub fn turning(year: &Year, result: &Comparison, several: &str) -> Section {
    let mut section = Section::new("turning", "Where the answer turns")
        .column(Column::left("what", ""))
        .column(Column::right("now", "Now"))
        .column(Column::left("per_hour", "The contract wins an hour"))
        .column(Column::left("per_year", "The contract wins the year"));
    let mut cut = false;
    for lever in Lever::ALL {
        let what = match lever {
            Lever::ChartsPerHour => format!("{} an hour of coding", capital(several)),
            Lever::Fee => "Fee, $".to_owned(),
            Lever::Wage => "Wage of the job, $".to_owned(),
        };
        let of = |measure| turns(year.law, &result.scenario, lever, measure);
        let (per_hour, per_year) = (of(Measure::PerHour), of(Measure::PerYear));
        cut |= per_hour.cut || per_year.cut;
        section.push(
            Row::new(what)
                .number(lever.value(&result.scenario), if lever == Lever::ChartsPerHour { 1 } else { 2 })
                .text(wins(&per_hour))
                .text(wins(&per_year)),
        );
    }
    section.notes.push(
        "Each is searched in 400 steps from a quarter to four times its present value, all else as it is; every turn that shows is refined."
            .to_owned(),
    );
    if cut {
        section
            .notes
            .push("The search ends where the return would need a form that perchart does not model.".to_owned());
    }
    section
}

/// The stretches in which the contract wins, in words.
fn wins(turns: &Turns) -> String {
    let show = |value: Decimal| format!("{:.2}", value.round_dp(2));
    let (low, high) = turns.range;
    let stretches: Vec<String> = turns
        .wins()
        .into_iter()
        .map(|(from, to)| match (from == low, to == high) {
            (true, true) => format!("always, {} to {}", show(low), show(high)),
            (true, false) => format!("up to {}", show(to)),
            (false, true) => format!("from {}", show(from)),
            (false, false) => format!("from {} to {}", show(from), show(to)),
        })
        .collect();
    let mut words =
        if stretches.is_empty() { format!("never, {} to {}", show(low), show(high)) } else { stretches.join(", ") };
    if turns.turns.iter().any(|turn| turn.jump) {
        words.push_str(" (a jump of tax)");
    }
    words
}

/// What was assumed where neither records nor profile say: defaults, then guesses.
pub fn assumed(settings: &Settings) -> Section {
    let mut section = rests_on(settings);
    section.rows.retain(|row| {
        let name = row.reference.as_deref().unwrap_or_default();
        settings.get(name).is_some_and(|setting| matches!(setting.source, Source::Default(_) | Source::Guess(_)))
    });
    let own = settings.iter().count() - section.rows.len();
    "What was assumed".clone_into(&mut section.heading);
    section.lead(format!(
        "{own} settings rest on records and perchart.toml; perchart compare lists them too. These were assumed:"
    ))
}

/// Every setting with its source: own figures first, then defaults, then guesses.
pub fn rests_on(settings: &Settings) -> Section {
    let mut section = Section::new("rests_on", "What this rests on")
        .column(Column::left("setting", "Setting"))
        .column(Column::right("value", "Value"))
        .column(Column::left("unit", "Unit"))
        .column(Column::left("from", "From"));
    let rank = |source: &Source| match source {
        Source::WhatIf => 0,
        Source::Records(_) => 1,
        Source::Profile => 2,
        Source::Default(_) => 3,
        Source::Guess(_) => 4,
    };
    let mut all: Vec<_> = settings.iter().collect();
    all.sort_by_key(|(_, setting)| rank(&setting.source));
    for (name, setting) in all {
        let from = match &setting.source {
            Source::WhatIf | Source::Profile => setting.source.word().to_owned(),
            source => format!("{}: {}", source.word(), source.words()),
        };
        let places = setting.value.normalize().scale().min(4);
        let row = Row::new(name).number(setting.value, places).text(Settings::unit(name));
        section.push(row.text(from).explain(name));
    }
    section.note("A default is a published figure, a guess is ours. State your own in perchart.toml under the same name; perchart explain job.vesting says what a setting means.")
}
