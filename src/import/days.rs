//! The order of day and month of a file: what the cells prove, what the user says, what the house always writes, and
//! what keeps the rows in order of time; else it is asked.

use super::problem::Fault;
use super::profile::DateOrder;
use super::value::date::{DateDoubt, Dates};

/// The day of a cell that names a second one: `01/31/2025 as of 01/30/2025`.
pub(super) fn first(cell: &str) -> &str {
    cell.split_once(" as of ").map_or(cell, |(day, _)| day.trim_end())
}

/// How the days of a file are written, and the reason where the file does not prove it.
pub(super) type Decided = (Dates, Option<&'static str>);

/// Which of the cells is in doubt, and what to say.
pub(super) type InDoubt = (Option<usize>, Fault);

/// Decides how the days of a file are written.
///
/// # Errors
/// The days read in several ways, or in none.
pub(super) fn decide<'a>(
    cells: impl Iterator<Item = &'a str> + Clone,
    told: Option<DateOrder>,
    house: Option<DateOrder>,
) -> Result<Decided, InDoubt> {
    // Points between the numbers are written where the day comes first.
    let pointed = |cell: &str| cell.split('.').count() == 3;
    let mut filled = cells.clone().filter(|cell| !cell.is_empty()).peekable();
    let points = filled.peek().is_some() && filled.all(pointed);
    let house = house.or(points.then_some(DateOrder::Dmy));
    let decided = Dates::decide(cells.clone(), told);
    let proved = decided.as_ref().is_ok_and(|dates| dates.order_was_proved());
    let open = matches!(decided, Err(DateDoubt::Order { .. })) || decided.is_ok() && !proved;
    if let (true, None, Some(house)) = (open, told, house)
        && let Ok(dates) = Dates::decide(cells, Some(house))
    {
        let why = match house {
            DateOrder::Mdy => "month first, as this house writes",
            DateOrder::Dmy if points => "day first, as dates with points are written",
            DateOrder::Dmy => "day first, as this house writes",
            DateOrder::Ymd => "year first, as this house writes",
        };
        return Ok((dates, Some(why)));
    }
    decided.map(|dates| (dates, (!proved).then(|| dates.why()))).map_err(|doubt| {
        let (at, found, expected) = match doubt {
            DateDoubt::Order { cell } => (
                Some(cell),
                "days that read with the month first and with the day first",
                "one day after the 12th, or to be told",
            ),
            DateDoubt::Mixed { other, .. } => (Some(other), "days of two forms in one column", "one form"),
            DateDoubt::NotDates { cell } => (cell, "no day", "a day such as 2025-01-31"),
        };
        (at, Fault::new(found, expected).hint(doubt.text()))
    })
}
