//! Rows with more cells than the header: a comma in a cell that was not quoted.
//!
//! Cells that stand side by side are joined until the row is as long as the others. It is done only where it makes days
//! and amounts stand in their columns, and where all ways of joining that do so agree on them.

use std::collections::BTreeMap;

use super::columns::{bank, columns, time};
use super::grid::Grid;
use super::header::normal;
use super::profile::Profile;
use super::value::{amount, date};
use crate::book::entry::Kind;

/// At most so many cells too many.
const MOST_EXTRA: usize = 3;

/// Wider tables are left as they are.
const WIDEST: usize = 40;

/// A file with more rows that are too long is so by design.
const MOST_ROWS: usize = 500;

/// More ways to join the cells of a row are too many to tell apart.
const MOST_WAYS: usize = 1_000;

/// Rows that are looked at to tell what a column holds.
const SAMPLED: usize = 500;

/// Rows that were mended, and those that can be mended in several ways.
#[derive(Clone, Debug, Default)]
pub(super) struct Mended {
    pub(super) rows: BTreeMap<usize, Vec<String>>,
    pub(super) doubtful: Vec<usize>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Holds {
    Day,
    Amount,
    Text,
}

/// Mends the rows below a header.
pub(super) fn mend(grid: &Grid, header: usize, profile: Option<&Profile>, kind: Kind) -> Mended {
    let mut mended = Mended::default();
    // Most exports have no row that is too long: only then is it worth to look closer.
    let names = grid.width(header);
    let rows = header + 1..grid.len();
    let longest = rows.clone().map(|row| filled(grid, row)).max().unwrap_or(0);
    if longest <= names || names > WIDEST || !matches!(kind, Kind::Bank | Kind::Time) {
        return mended;
    }
    let width = usual(grid, rows.clone(), names);
    let fitting: Vec<usize> = rows.clone().filter(|&row| grid.width(row) == width).take(SAMPLED).collect();
    let holds: Vec<Holds> = (0..width).map(|place| holds(grid, header, place, &fitting, profile, kind)).collect();
    let long = rows.filter(|&row| grid.width(row) > width && filled(grid, row) > names);
    for row in long.take(MOST_ROWS) {
        let cells: Vec<&str> = grid.cells(row).collect();
        let extra = cells.len() - width;
        if extra > MOST_EXTRA {
            continue;
        }
        let ways = ways(&cells, extra, &holds);
        let typed = |way: &Way| -> Vec<String> {
            way.cells
                .iter()
                .zip(&holds)
                .filter(|(_, holds)| **holds != Holds::Text)
                .map(|(cell, _)| cell.clone())
                .collect()
        };
        let Some(first) = ways.first() else { continue };
        if ways.iter().any(|way| typed(way) != typed(first)) {
            mended.doubtful.push(row);
            continue;
        }
        // A blank follows a comma inside a text.
        let best = ways.iter().find(|way| way.blank).unwrap_or(first);
        mended.rows.insert(row, best.cells.clone());
    }
    mended
}

/// A way to join the cells of a row.
struct Way {
    cells: Vec<String>,
    /// Whether a blank stands behind each comma.
    blank: bool,
}

/// All ways to join cells of a row that make it fit; none where there are too many.
fn ways(cells: &[&str], extra: usize, holds: &[Holds]) -> Vec<Way> {
    let mut search = Search { cells, holds, out: Vec::with_capacity(holds.len()), found: Vec::new() };
    search.go_on(0, extra, true);
    if search.found.len() > MOST_WAYS { Vec::new() } else { search.found }
}

/// A search, column by column.
struct Search<'c> {
    cells: &'c [&'c str],
    holds: &'c [Holds],
    /// The cells of the columns so far.
    out: Vec<String>,
    found: Vec<Way>,
}

impl Search<'_> {
    /// Fills the next column from a cell on; so many cells are still to be joined.
    fn go_on(&mut self, from: usize, extra: usize, blank: bool) {
        let Some(&holds) = self.holds.get(self.out.len()) else {
            if extra == 0 && from == self.cells.len() {
                self.found.push(Way { cells: self.out.clone(), blank });
            }
            return;
        };
        for joined in 0..=extra {
            let Some(parts) = self.cells.get(from..=from + joined) else { return };
            if self.found.len() > MOST_WAYS {
                return;
            }
            if !fits(parts, holds) {
                continue;
            }
            let spaced = holds != Holds::Text || parts[1..].iter().all(|part| part.starts_with(' '));
            self.out.push(parts.join(","));
            self.go_on(from + joined + 1, extra - joined, blank && spaced);
            self.out.pop();
        }
    }
}

/// Whether cells, joined by commas, may stand in a column.
fn fits(parts: &[&str], holds: Holds) -> bool {
    let [only] = parts else {
        let cell = parts.join(",");
        let filled = parts.iter().all(|part| !part.trim().is_empty());
        return filled
            && match holds {
                Holds::Day => date::resembles(cell.trim()),
                Holds::Amount => amount::resembles(cell.trim()) && !says_nothing(parts[0]),
                // What is a value by itself is not joined to words.
                Holds::Text => !parts.iter().any(|part| is_value(part)),
            };
    };
    match holds {
        Holds::Day => only.trim().is_empty() || date::resembles(only.trim()),
        Holds::Amount => says_nothing(only) || amount::resembles(only.trim()),
        Holds::Text => true,
    }
}

fn says_nothing(cell: &str) -> bool {
    cell.trim().bytes().all(|byte| byte == b'-')
}

fn is_value(cell: &str) -> bool {
    date::resembles(cell.trim()) || (amount::resembles(cell.trim()) && cell.contains('.'))
}

/// What a column holds: as its name says, else as all cells of the rows that fit.
fn holds(grid: &Grid, header: usize, place: usize, fitting: &[usize], profile: Option<&Profile>, kind: Kind) -> Holds {
    let name = normal(grid.cell(header, place));
    let (days, amounts): (&[usize], &[usize]) = match kind {
        Kind::Bank => (&[bank::DATE, bank::POSTED], &[bank::AMOUNT, bank::OUT, bank::IN, bank::BALANCE, bank::FEE]),
        _ => (&[time::DATE, time::END_DATE], &[]),
    };
    let named = |index: &usize| {
        let column = &columns(kind)[*index];
        match profile {
            Some(profile) => {
                profile.columns.get(column.name).is_some_and(|names| names.iter().any(|known| normal(known) == name))
            }
            None => column.rank(&name).is_some(),
        }
    };
    let of_cells = |resembles: fn(&str) -> bool| {
        let mut filled =
            fitting.iter().map(|&row| grid.cell(row, place).trim()).filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(resembles)
    };
    if of_cells(date::resembles) || (days.iter().any(named) && fitting.is_empty()) {
        Holds::Day
    } else if of_cells(amount::resembles) || (amounts.iter().any(named) && !name.is_empty()) {
        Holds::Amount
    } else {
        Holds::Text
    }
}

/// How many cells a row has up to the last that is filled.
fn filled(grid: &Grid, row: usize) -> usize {
    let cells = grid.cells(row).enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    cells.last().map_or(0, |(place, _)| place + 1)
}

/// How many cells most rows have, the header's number or one more: some houses end a row, but not the header, with a comma.
fn usual(grid: &Grid, rows: std::ops::Range<usize>, names: usize) -> usize {
    let count = |width: usize| rows.clone().filter(|&row| grid.width(row) == width).count();
    let empty_end = |width: usize| rows.clone().all(|row| grid.width(row) != width || filled(grid, row) < width);
    if count(names + 1) > count(names) && empty_end(names + 1) { names + 1 } else { names }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (Vec<Vec<String>>, Vec<usize>) {
        let mut grid = Grid::default();
        for (line, row) in (1..).zip(text.lines()) {
            row.split(',').for_each(|cell| grid.push(cell));
            grid.end_row(line);
        }
        let Mended { rows, doubtful } = mend(&grid, 0, None, Kind::Bank);
        (rows.into_values().collect(), doubtful)
    }

    #[test]
    fn words_and_amounts_are_joined_where_only_that_fits() {
        let (rows, doubtful) = mended("Date,Description,Amount\n2025-01-15,a, b,-5.00\n2025-01-16,c,-6.00");
        assert_eq!((rows, doubtful), (vec![vec!["2025-01-15".into(), "a, b".into(), "-5.00".into()]], vec![]));
        let (rows, doubtful) = mended("Date,Description,Amount\n2025-01-15,a,1,234.50\n2025-01-16,c,6.00");
        // Either `a,1` cost 234.50, or `a` cost 1,234.50.
        assert_eq!((rows.len(), doubtful), (0, vec![1]));
    }

    #[test]
    fn of_ways_that_agree_on_the_values_the_one_with_blanks_is_taken() {
        let (rows, doubtful) = mended("Date,Payee,Category,Amount\n2025-01-15,a, b,food,-5.00");
        assert_eq!((rows[0][1].as_str(), rows[0][2].as_str(), doubtful), ("a, b", "food", vec![]));
    }

    #[test]
    fn rows_that_end_with_commas_are_not_too_long() {
        let text = "Date,Description,Amount\n2025-01-15,a,-5.00,\n2025-01-16,b,-6.00,\n2025-01-17,c, d,-6.00,";
        let (rows, doubtful) = mended(text);
        assert_eq!((rows.len(), rows[0][1].as_str(), doubtful), (1, "c, d", vec![]));
    }

    #[test]
    fn a_wide_row_ends_soon() {
        let names: Vec<String> = (0..WIDEST).map(|place| format!("n{place}")).collect();
        let cells = vec!["x"; WIDEST + MOST_EXTRA].join(",");
        let text = format!("{}\n{}", names.join(","), vec![cells; 600].join("\n"));
        assert_eq!(mended(&text), (vec![], vec![]));
    }
}
