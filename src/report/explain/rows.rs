//! What rests on rows alone: a category, what was received or earned, a setting, a fact.

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::Explainer;
use super::leaf::origin;
use crate::book::category::Categories;
use crate::book::entry::{Kind, Origin};
use crate::compare::settings::{Settings, Source};
use crate::deduct::share::SaidBy;
use crate::deduct::{Item, Verdict};
use crate::earnings::same_name;
use crate::money::Usd;
use crate::report::tax::words;
use crate::report::year::{by_reason, in_unit, slug};
use crate::report::{Cell, Column, Report, Row, Section, dollars};
use crate::tax::form::Value;
use crate::tax::view::Link;
use crate::tax::{form_8829, premium};

impl Explainer<'_> {
    pub(super) fn category(&self, id: &str) -> Option<Report> {
        let category = Categories::get(id)?;
        let items: Vec<&Item> = self.year.deductions.items.iter().filter(|item| item.category.id == id).collect();
        let counts: Usd = items.iter().map(|item| item.counts).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .lead(category.reason.as_str())
            .lead(format!("Goes to: {}.", category.target))
            .lead(format!("Authority: {}.", category.cite))
            .column(Column::left("date", "Paid"))
            .column(Column::left("vendor", "Vendor"))
            .column(Column::left("what", "What"))
            .column(Column::right("paid", "Paid, $"))
            .column(Column::right("share", "Business"))
            .column(Column::right("counts", "Counts, $"));
        for (why, those) in by_reason(items.iter().copied()) {
            let rows: Vec<Origin> = those.iter().map(|item| item.expense.origin).collect();
            section = section.lead(format!("{}: {} ({})", self.places(&rows), why.text, why.cite));
        }
        for item in items.iter().filter(|item| item.verdict == Verdict::NeedsForm4562 && item.why.is_none()) {
            let place = self.year.records.place(item.expense.origin);
            let held = self.year.assets.held.iter().find(|held| held.paid == Some(item.expense.origin));
            if let Some(held) = held {
                let asset = crate::report::assets::reference(held);
                section = section.lead(format!(
                    "{place}: an asset, deducted over its life by way of Form 4562 and not as an expense (explain {asset})."
                ));
            }
        }
        let by = |item: &&Item| self.year.shares.get(&item.expense.origin).map(SaidBy::words);
        let any_said = items.iter().any(|item| by(item).is_some());
        if any_said {
            section = section.column(Column::left("share_by", "Share said by"));
        }
        section = section.column(Column::left("row", "Row"));
        for item in &items {
            let row = Self::expense(item);
            let row = if any_said { row.text(by(item).unwrap_or_default()) } else { row };
            section.push(row.text(self.year.records.place(item.expense.origin)));
        }
        let paid: Usd = items.iter().map(|item| item.expense.amount).sum();
        let section = if items.is_empty() {
            section.lead(format!("No such expense in {}.", self.year.number()))
        } else {
            section.row(Row::new("Together").blank().blank().money(paid).blank().money(counts).total())
        };
        Some(
            Report::new("explain", format!("{}, {}", category.name, self.year.number()))
                .subtitle(dollars(counts))
                .section(section),
        )
    }

    fn expense(item: &Item) -> Row {
        let expense = &item.expense;
        let share = Decimal::new(expense.share_millionths, 6);
        Row::new(Cell::Date(expense.date))
            .text(expense.vendor.as_str())
            .text(expense.description.as_str())
            .money(expense.amount)
            .percent(share, 0)
            .money(item.counts)
    }

    pub(super) fn received(&self, name: &str) -> Option<Report> {
        let all = name == "all";
        let payers: Vec<_> =
            self.year.earnings.payers.iter().filter(|payer| all || slug(&payer.payer) == name).collect();
        let title = if all { "All payers".to_owned() } else { payers.first()?.payer.clone() };
        let total: Usd = payers.iter().map(|payer| payer.received).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .lead("Income belongs to the year in which it was received (cash basis).")
            .lead("Authority: IRC 451(a); Reg. 1.451-1(a), 1.451-2(a).")
            .column(Column::left("on", "Counts on"))
            .column(Column::left("payer", "Payer"))
            .column(Column::right("amount", "Amount"))
            .column(Column::left("from", "From"))
            .column(Column::left("row", "Row"));
        for payer in payers {
            section = section.lead(format!("{}: {}.", payer.payer, payer.basis.words()));
            for receipt in &payer.receipts {
                let row = Row::new(Cell::Date(receipt.on)).text(payer.payer.as_str()).money(receipt.amount);
                let from = if receipt.kind == Kind::Payments { "payment" } else { "work" };
                let place = receipt.origin.map(|origin| self.year.records.place(origin));
                section.push(row.text(from).text(place.unwrap_or_default()));
            }
        }
        section.push(Row::new("Together").blank().money(total).total());
        Some(
            Report::new("explain", format!("Received from {title} in {}", self.year.number()))
                .subtitle(dollars(total))
                .section(section),
        )
    }

    pub(super) fn earned(&self, name: &str) -> Option<Report> {
        let types: Vec<_> = self.year.earnings.types.iter().filter(|entry| slug(&entry.payer) == name).collect();
        let first = types.first()?;
        let total: Usd = types.iter().map(|entry| entry.earned).sum();
        let mut section = Section::new("rows", "The rows behind it")
            .column(Column::left("type", "Type"))
            .column(Column::right("earned", "Earned"))
            .column(Column::left("rows", "Rows"));
        for entry in &types {
            let rows = self.year.records.charts.iter().filter(|row| {
                row.work_date.year() == self.year.number()
                    && same_name(&row.payer, &entry.payer)
                    && same_name(&row.chart_type, &entry.chart_type)
            });
            let rows: Vec<Origin> = rows.map(|row| row.origin).collect();
            section.push(Row::new(entry.chart_type.as_str()).money(entry.earned).text(self.places(&rows)));
        }
        let section = section.note("Each row earns (count − rejected) × rate, to the cent, half a cent up.");
        Some(
            Report::new("explain", format!("Earned from {} by work of {}", first.payer, self.year.number()))
                .subtitle(dollars(total))
                .section(section),
        )
    }

    pub(super) fn setting(&self, name: &str) -> Option<Report> {
        let setting = self.settings.get(name)?;
        let mut section = Section::new("setting", "")
            .lead(format!("{}.", in_unit(self.year, Settings::text(name))))
            .lead(format!("From {}.", origin(&setting.source)));
        if matches!(setting.source, Source::Records(_)) {
            let rows = self.setting_rows(name.rsplit('.').next().unwrap_or(name));
            section = section.lead(format!("Rows: {}.", self.places(&rows)));
        }
        let section = section.lead(format!(
            "Another value: perchart compare --what-if {name}=VALUE, or under that name in perchart.toml."
        ));
        Some(Report::new("explain", name.to_owned()).subtitle(setting.value.normalize().to_string()).section(section))
    }

    pub(super) fn fact(&self, wanted: &str) -> Option<Report> {
        let (set, name) = wanted.rsplit_once('.')?;
        for view in &self.forms.forms {
            for (_, link) in &view.links {
                let Link::Facts(sets) = link else { continue };
                for (label, facts) in sets.iter().filter(|(label, _)| label == set) {
                    let Some(fact) = facts.facts().into_iter().find(|fact| fact.name == name) else { continue };
                    let leaf = self.leaf(&view.name, label, fact.name);
                    let mut section =
                        Section::new("fact", "").lead(format!("{}.", fact.text)).lead(format!("From {}.", leaf.source));
                    if !leaf.rows.is_empty() {
                        section = section.lead(format!("Rows: {}.", self.places(&leaf.rows)));
                    }
                    let mut report = Report::new("explain", wanted.to_owned()).subtitle(words(fact.value));
                    if facts.id() == "home-choice" {
                        section = form_8829::CHOICE.into_iter().fold(section, Section::lead);
                        section = section.lead(format!("Authority: {}.", form_8829::CHOICE_LAW));
                    }
                    if facts.id() == "premium-search" {
                        section = premium::SEARCH.into_iter().fold(section, Section::lead);
                        let ways = facts.facts().into_iter().filter_map(|fact| match fact.value {
                            Value::Word(way) => Some(format!("{}: {way}.", fact.text)),
                            _ => None,
                        });
                        section = ways.fold(section, Section::lead);
                        section = section.lead(format!("Authority: {}.", premium::SEARCH_LAW));
                        let side = view.name.split_once('/').map_or("", |(side, _)| side);
                        report = report.section(section).section(self.search(side, label, *facts, fact.name));
                    } else {
                        report = report.section(section);
                    }
                    return Some(report);
                }
            }
        }
        None
    }
}
