//! Where the table of a file lies: its header among the lines above it, its rows among the lines below.

use super::columns::{Column, bank, columns, time};
use super::grid::Grid;
use super::header::{self, normal};
use super::mend::{Mended, mend};
use super::profile::{Profile, Profiles};
use super::value::{amount, date};
use crate::book::category::Categories;
use crate::book::entry::Kind;

/// A header stands among the first so many rows.
const SEARCHED: usize = 60;

/// A header without a profile names at least so many columns that are known.
const FEWEST_NAMES: usize = 2;

/// What a file shows of its table.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    pub(super) grid: &'a Grid,
    /// The row of the header; none where there is none.
    pub(super) header: Option<usize>,
    /// The profile that its header shows.
    pub(super) profile: Option<&'a Profile>,
    /// What it holds, as far as header and cells show.
    pub(super) kind: Kind,
    /// Rows whose cells were joined.
    mended: Mended,
}

impl<'a> Table<'a> {
    fn new(grid: &'a Grid, header: Option<usize>, profile: Option<&'a Profile>, kind: Kind) -> Table<'a> {
        let mended = header.map_or_else(Mended::default, |row| mend(grid, row, profile, kind));
        Table { grid, header, profile, kind, mended }
    }

    /// Finds the table. `kind` restricts what it may hold.
    pub(super) fn find(grid: &'a Grid, profiles: &'a Profiles, kind: Option<Kind>) -> Option<Table<'a>> {
        let searched = 0..grid.len().min(SEARCHED);
        let wanted = |found: Kind| kind.is_none_or(|kind| kind == found);
        for row in searched.clone().filter(|&row| grid.width(row) > 1) {
            if kind.is_none() && fitting(grid, row).count() > 1 {
                return None;
            }
            let profile = profiles.of_header(grid.cells(row)).filter(|profile| wanted(profile.kind()));
            let own = own(grid, row, kind).filter(|own| wanted(*own));
            // A profile that names more columns than the project's own file must have knows the file better.
            let longer = |own: Kind| profile.is_some_and(|profile| profile.header.len() > required(own));
            if let Some(own) = own.filter(|&own| !longer(own)) {
                return Some(Table::new(grid, Some(row), None, own));
            }
            if let Some(profile) = profile {
                return Some(Table::new(grid, Some(row), Some(profile), profile.kind()));
            }
        }
        let bare = profiles.all().filter(|profile| !profile.cells.is_empty() && wanted(profile.kind()));
        if let Some(profile) = bare.into_iter().find(|profile| holds_only(grid, &profile.cells)) {
            return Some(Table::new(grid, None, Some(profile), profile.kind()));
        }
        let named = |kind: Kind| {
            let best = searched.clone().map(|row| (names(grid, row, kind), row));
            best.fold(None, |best: Option<(usize, usize)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
            .filter(|(hits, _)| *hits >= FEWEST_NAMES)
        };
        let kinds = kind.map_or(vec![Kind::Bank, Kind::Time], |kind| vec![kind]);
        let best = kinds.into_iter().filter_map(|kind| named(kind).map(|(hits, row)| (hits, row, kind)));
        // Money before time where both fit.
        let best = best.fold(None, |best: Option<(usize, usize, Kind)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        // A log of work with amounts is one of pay where a row has an amount and no hours.
        let best = best.map(|(hits, row, found)| {
            let pay = kind.is_none() && found == Kind::Time && pays_without_time(grid, row);
            (hits, row, if pay { Kind::Bank } else { found })
        });
        if let Some((_, row, kind)) = best {
            return Some(Table::new(grid, Some(row), None, kind));
        }
        let first = (0..grid.len()).find(|&row| is_movement(grid, row)).filter(|_| wanted(Kind::Bank))?;
        Some(Table::new(grid, unknown_names(grid, first), None, Kind::Bank))
    }

    /// The table as a profile that the user names says.
    pub(super) fn of_profile(grid: &'a Grid, profile: &'a Profile) -> Option<Table<'a>> {
        let names = |row: usize| grid.cells(row).map(normal).collect::<Vec<_>>();
        let header = (0..grid.len().min(SEARCHED)).find(|&row| profile.fits(&names(row)));
        let header = header.filter(|_| !profile.header.is_empty());
        let fits = header.is_some() || !profile.cells.is_empty();
        fits.then(|| Table::new(grid, header, Some(profile), profile.kind()))
    }

    /// A cell; empty where the row has none.
    pub(super) fn cell(&self, row: usize, place: usize) -> &str {
        match self.mended.rows.get(&row) {
            Some(cells) => cells.get(place).map_or("", String::as_str),
            None => self.grid.cell(row, place),
        }
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        let width = self.mended.rows.get(&row).map_or_else(|| self.grid.width(row), Vec::len);
        (0..width).map(move |place| self.cell(row, place))
    }

    /// The lines whose cells were joined.
    pub(super) fn joined(&self) -> impl Iterator<Item = u64> {
        self.mended.rows.keys().map(|&row| self.grid.line(row))
    }

    /// The lines whose cells can be joined in several ways.
    pub(super) fn doubtful(&self) -> impl Iterator<Item = u64> {
        self.mended.doubtful.iter().map(|&row| self.grid.line(row))
    }

    /// The table under a row of names, whatever they are.
    pub(super) fn under(grid: &'a Grid, row: usize, kind: Kind) -> Table<'a> {
        Table::new(grid, Some(row), None, kind)
    }

    /// The rows below the header.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let (grid, header) = (self.grid, self.header);
        let first = header.map_or(0, |row| row + 1);
        (first..grid.len()).filter(move |&row| header.is_none_or(|header| !same(grid, row, header)))
    }

    /// How many columns the table has.
    pub(super) fn width(&self) -> usize {
        match self.header {
            Some(row) => self.grid.width(row),
            None => self.rows().map(|row| self.grid.width(row)).max().unwrap_or(0),
        }
    }

    /// What a column is called, as the file writes it; its number where it has no name.
    pub(super) fn name(&self, place: usize) -> String {
        let name = self.header.map_or("", |row| self.grid.cell(row, place)).trim();
        if name.is_empty() { format!("column {}", place + 1) } else { name.to_owned() }
    }

    /// The place of a column by its name in the header, or by its number from 1.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let wanted = normal(name);
        let named = self.header.and_then(|row| self.grid.cells(row).position(|cell| normal(cell) == wanted));
        let numbered = || name.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        named.or_else(|| numbered().filter(|&place| place < self.width()))
    }
}

/// How many columns the project's own files must have.
fn required(kind: Kind) -> usize {
    columns(kind).iter().filter(|column| column.required).count()
}

/// The kinds of the project's own files whose required names a row has.
fn fitting(grid: &Grid, row: usize) -> impl Iterator<Item = Kind> {
    let names: Vec<String> = grid.cells(row).map(normal).collect();
    let has = move |name: &str| names.iter().any(|found| found == name);
    let fits = move |kind: &Kind| columns(*kind).iter().all(|column| !column.required || has(column.name));
    Kind::OWN.into_iter().filter(fits)
}

/// The kind of the project's own files, by their required names. Many statements have the names of an expenses file too:
/// unless it is told, one is known by names that are written exactly so, by its other columns, or by categories that are
/// the project's own.
fn own(grid: &Grid, row: usize, told: Option<Kind>) -> Option<Kind> {
    let names: Vec<String> = grid.cells(row).map(normal).collect();
    let has = |name: &str| names.iter().any(|found| found == name);
    let found = fitting(grid, row).find(|kind| told.is_none_or(|told| told == *kind))?;
    let category = names.iter().position(|name| name == "category");
    let own_categories = || {
        let rows = || (row + 1..grid.len()).take(SEARCHED);
        let cells = rows().map(|row| normal(grid.cell(row, category.unwrap_or(usize::MAX))));
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        let own = cells.iter().filter(|cell| Categories::ids().any(|id| normal(id) == **cell)).count();
        // A bank's own categories may be called so too, but its amounts have signs.
        let amount = names.iter().position(|name| name == "amount").unwrap_or(usize::MAX);
        let negative = rows().filter(|&row| grid.cell(row, amount).trim().starts_with(['-', '('])).count();
        own * 2 > cells.len() && negative * 2 <= cells.len()
    };
    let exact = |column: &Column| !column.required || grid.cells(row).any(|cell| cell.trim() == column.name);
    let own_names = || has("vendor") || has("business_share") || columns(Kind::Expenses).iter().all(exact);
    let is_own = found != Kind::Expenses || told == Some(Kind::Expenses) || own_names() || own_categories();
    is_own.then_some(found)
}

/// The row of a header whose names are not known: it stands right above the first movement, holds no value, and is as
/// long. What begins like one of the project's own files is none.
fn unknown_names(grid: &Grid, first: usize) -> Option<usize> {
    let row = first.checked_sub(1)?;
    let cells: Vec<String> = grid.cells(row).map(str::to_owned).collect();
    let names = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let has_value = cells.iter().any(|cell| date::resembles(cell.trim()) || amount::resembles(cell.trim()));
    let is_header = names > 2 && names + 1 >= cells.len() && cells.len().abs_diff(grid.width(first)) <= 1 && !has_value;
    (is_header && header::kind(&cells, None).is_err()).then_some(row)
}

/// Whether every row that holds anything, but for comments, is as the cells of a profile say.
fn holds_only(grid: &Grid, cells: &[String]) -> bool {
    let comment = |row: usize| grid.cell(row, 0).trim_start().starts_with(['#', ';']);
    let filled = |row: usize| grid.cells(row).any(|cell| !cell.trim().is_empty());
    let mut rows = (0..grid.len()).filter(|&row| filled(row) && !comment(row)).peekable();
    let holds = |row: usize, (place, wanted): (usize, &String)| {
        let cell = grid.cell(row, place).trim();
        match wanted.as_str() {
            "date" => date::resembles(cell),
            "amount" => amount::resembles(cell),
            "check" => cell.bytes().all(|byte| byte.is_ascii_digit()),
            "text" => !cell.is_empty(),
            exact => cell == exact,
        }
    };
    rows.peek().is_some()
        && rows.all(|row| grid.width(row) == cells.len() && cells.iter().enumerate().all(|cell| holds(row, cell)))
}

/// How many columns a row names that a kind of file has; none unless it names the necessary ones and no value.
fn names(grid: &Grid, row: usize, kind: Kind) -> usize {
    let values = |cell: &str| date::resembles(cell.trim()) || amount::resembles(cell.trim());
    if grid.cells(row).any(values) {
        return 0;
    }
    let names: Vec<String> = grid.cells(row).map(normal).collect();
    let has = |place: usize| names.iter().any(|name| columns(kind)[place].rank(name).is_some());
    let necessary = match kind {
        Kind::Bank => {
            let money = has(bank::AMOUNT) || has(bank::OUT) || has(bank::IN);
            (has(bank::DATE) || has(bank::POSTED)) && money
        }
        Kind::Time => {
            // A column called time alone may be a time of day.
            let other = [time::START, time::END, time::CLIENT, time::PROJECT, time::TASK].into_iter().any(has);
            let length = has(time::DURATION) && (other || !names.iter().any(|name| name == "time"));
            has(time::DATE) && (length || has(time::HOURS) || has(time::END))
        }
        kind => {
            let required = columns(kind).iter().enumerate().filter(|(_, column)| column.required);
            required.into_iter().all(|(place, _)| has(place))
        }
    };
    if necessary { (0..columns(kind).len()).filter(|&place| has(place)).count() } else { 0 }
}

/// Whether a row below a header has a day and an amount, but neither a length nor an end of time.
fn pays_without_time(grid: &Grid, header: usize) -> bool {
    let at = |kind: Kind, column: usize| {
        (0..grid.width(header)).find(|&place| columns(kind)[column].rank(&normal(grid.cell(header, place))).is_some())
    };
    let (Some(day), Some(amount)) = (at(Kind::Bank, bank::DATE), at(Kind::Bank, bank::AMOUNT)) else { return false };
    let times = [time::DURATION, time::HOURS, time::END].map(|column| at(Kind::Time, column));
    let cell = |row: usize, place: usize| grid.cell(row, place).trim();
    (header + 1..grid.len()).any(|row| {
        date::resembles(cell(row, day))
            && amount::resembles(cell(row, amount))
            && times.iter().flatten().all(|&place| cell(row, place).is_empty())
    })
}

/// Whether a row without a header above it is a movement of money: it has a day and an amount.
fn is_movement(grid: &Grid, row: usize) -> bool {
    let day = grid.cells(row).any(|cell| date::resembles(cell.trim()));
    let is_amount = |cell: &str| amount::resembles(cell.trim()) && !date::resembles(cell.trim());
    day && grid.cells(row).any(is_amount)
}

/// Whether a row repeats another.
fn same(grid: &Grid, row: usize, other: usize) -> bool {
    let filled = grid.cells(other).filter(|cell| !cell.trim().is_empty()).count();
    filled > 1
        && grid.width(row).abs_diff(grid.width(other)) <= 1
        && (0..grid.width(other)).all(|place| normal(grid.cell(row, place)) == normal(grid.cell(other, place)))
}
