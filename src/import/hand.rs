//! A record entered by hand, read as a row of a file is.

use super::grid::Grid;
use super::header::Header;
use super::open::{Name, Native, Opened, Source};
use super::options::Options;
use super::problem::Problems;
use super::recognise::written;
use super::value;
use crate::book::entry::Kind;
use crate::money::Usd;

/// What takes the place of a file's name for records that were entered by hand. Each has a line of its own.
pub const BY_HAND: &str = "by-hand";

/// A record entered by hand: its cells under the names of the columns of its kind. `line` tells it from others.
///
/// # Errors
/// A cell does not hold what its column says, or one that is needed is missing.
pub fn by_hand<'a>(
    kind: Kind,
    cells: &[(&str, String)],
    line: u64,
    options: &Options<'a>,
) -> Result<Opened<'a>, Problems> {
    let names: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
    let mut grid = Grid::under(&names);
    for (_, cell) in cells {
        grid.push(cell);
    }
    grid.end_row(2);
    let header: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut problems = Problems::new(BY_HAND);
    let header = Header::read(&header, kind, line, &options.phi, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let header = Header { today: options.today, ..header };
    let native = Native { header, delimiter: b',', source: Source::Text(written(&grid, 1), 0), line };
    Opened::native(&Name::new(BY_HAND), native, options, &grid, 0)
}

/// Dollars as a cell of the project's own files has them.
///
/// # Errors
/// What was expected instead.
pub fn dollars(text: &str) -> Result<Usd, String> {
    value::amount(text.trim()).map_err(|unfit| {
        let hint = if unfit.hint.is_empty() { String::new() } else { format!("; {}", unfit.hint) };
        format!("expected {}{hint}", unfit.expected)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::book::Records;

    #[test]
    fn a_record_is_read_as_a_row_is() {
        let cells = |amount: &str, text: &str| {
            let cells = [("date", "2025-03-01"), ("description", text), ("amount", amount), ("category", "books")];
            cells.map(|(name, cell)| (name, cell.to_owned()))
        };
        let text = "ICD-10, \"expert\"\n; 2026";
        let opened = by_hand(Kind::Expenses, &cells("1,099.50", text), 7, &Options::default()).unwrap();
        let Records::Expenses(rows) = opened.records().unwrap().0 else { unreachable!() };
        assert_eq!((rows[0].origin.line, rows[0].amount.cents()), (7, 109_950));
        assert_eq!(rows[0].description, "ICD-10, \"expert\" ; 2026");
        let opened = by_hand(Kind::Expenses, &cells("1O", "x"), 7, &Options::default()).unwrap();
        let problems = opened.records().unwrap_err();
        assert_eq!((problems.problems[0].line, problems.problems[0].column.as_deref()), (Some(7), Some("amount")));
        let missing = by_hand(Kind::Expenses, &cells("1", "x")[1..], 7, &Options::default()).unwrap_err();
        assert!(missing.to_string().contains("date: found no such column"), "{missing}");
    }
}
