//! Finding out what the cells of a file are.

use super::dialect;
use super::grid::Grid;
use super::header::{self, Header};
use super::open::{Name, too_large};
use super::options::{Choices, Options};
use super::problem::{Fault, Problems};
use super::profile::Profile;
use super::propose::Layout;
use super::records::{Record, Records};
use super::table::Table;
use crate::book::entry::Kind;

/// The most cells of a file that is held in memory.
const MOST_CELLS: usize = 20_000_000;

/// Rows as text with commas, each on its own line as in the sheet.
pub(super) fn written(grid: &Grid, from: usize) -> String {
    let mut text = String::with_capacity(grid.size());
    let mut line = grid.line(from.saturating_sub(1)) + 1;
    for row in from..grid.len() {
        while line < grid.line(row) {
            text.push('\n');
            line += 1;
        }
        for place in 0..grid.width(row) {
            if place > 0 {
                text.push(',');
            }
            text.push('"');
            let signs = grid.cell(row, place).chars().map(|sign| if matches!(sign, '\n' | '\r') { ' ' } else { sign });
            for sign in signs {
                if sign == '"' {
                    text.push('"');
                }
                text.push(sign);
            }
            text.push('"');
        }
        text.push('\n');
        line += 1;
    }
    text
}

/// The cells of a text.
pub(super) struct Cells {
    pub(super) grid: Grid,
    /// The place and line behind each row.
    pub(super) places: Vec<(usize, u64)>,
    pub(super) delimiter: u8,
}

/// The cells of a text.
pub(super) fn grid(text: &str) -> Result<Cells, Fault> {
    let delimiter = dialect::delimiter(text);
    let mut grid = Grid::default();
    let mut places = Vec::new();
    let mut records = Records::new(text, delimiter, 1);
    let mut record = Record::default();
    let mut cells = 0;
    let mut stated = dialect::states_delimiter(text);
    while let Some(line) = records.next(&mut record) {
        if std::mem::take(&mut stated) {
            continue;
        }
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(too_large());
        }
        (0..record.len()).for_each(|place| grid.push(records.cell(&record, place)));
        grid.end_row(line);
        places.push(records.place());
    }
    Ok(Cells { grid, places, delimiter })
}

/// What a grid was found to be.
pub(super) enum Found<'a> {
    /// One of the kinds that are streamed, with the row of its header.
    Native { header: Header, row: usize },
    /// A statement or a tracker's file.
    Table { table: Table<'a>, layout: Layout },
}

/// Finds out what a grid is; none where it is empty.
pub(super) fn recognise<'a>(name: &Name, grid: &'a Grid, options: &'a Options) -> Result<Option<Found<'a>>, Problems> {
    let choices = &options.choices;
    let fail = |fault| Problems::of(&name.safe, fault);
    let Some(first) = (0..grid.len()).find(|&row| grid.cells(row).any(|cell| !cell.trim().is_empty())) else {
        return Ok(None);
    };
    let told = told_profile(options).map_err(fail)?;
    let table = match told {
        Some(profile) => Table::of_profile(grid, profile),
        None => Table::find(grid, &options.profiles, choices.kind),
    };
    let cells: Vec<String> = grid.cells(first).map(str::to_owned).collect();
    // A file without a header that is known is perhaps one of the project's own with a slip in its header.
    let bare = |table: &Table| table.header.is_none() && table.profile.is_none() && choices.kind.is_none();
    let table = table.filter(|table| !(bare(table) && header::kind(&cells, None).is_ok()));
    let streamed = |kind: Kind| Kind::OWN.contains(&kind);
    // A sheet of the user's own, whose columns she names.
    let mapped = choices.kind.filter(|kind| streamed(*kind) && !choices.map.is_empty());
    let table = match mapped {
        Some(kind) if table.is_none() => Some(Table::under(grid, first, kind)),
        _ => table,
    };
    let Some(table) = table else {
        if let Some(profile) = told {
            let found = format!("a header that is not that of {}", profile.title);
            let fault = Fault::new(&found, &format!("the columns {}", profile.header.join(", ")));
            return Err(fail(fault.hint("leave --profile out, or name another")));
        }
        // What is nearly one of the project's own files is told what it lacks.
        let line = grid.line(first);
        let kind = choices.kind.filter(|kind| streamed(*kind));
        let kind = header::kind(&cells, kind).map_err(|fault| {
            let mut problems = Problems::new(&name.safe);
            problems.add(Some(line), fault);
            problems
        })?;
        let mut problems = Problems::new(&name.safe);
        let header = Header::read(&cells, kind, line, &options.phi, &mut problems);
        if problems.is_empty() {
            return Ok(Some(native(header, first, options)));
        }
        return Err(problems);
    };
    let line = table.header.map_or(1, |row| grid.line(row));
    if streamed(table.kind)
        && table.profile.is_none()
        && choices.map.is_empty()
        && let Some(row) = table.header
    {
        let cells: Vec<String> = grid.cells(row).map(str::to_owned).collect();
        let mut problems = Problems::new(&name.safe);
        let header = Header::read(&cells, table.kind, line, &options.phi, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        return Ok(Some(native(header, row, options)));
    }
    let layout = match table.profile {
        Some(profile) => {
            let mut layout = Layout::of_profile(&table, profile);
            layout.map(&table, &choices.map).map_err(fail)?;
            layout
        }
        None => Layout::propose(&table, &choices.map).map_err(fail)?,
    };
    if streamed(table.kind) {
        let Some(row) = table.header else {
            return Err(fail(Fault::new("no header", "names of columns above the rows")));
        };
        let mut problems = Problems::new(&name.safe);
        let header = Header::mapped(&table, &layout, &options.phi, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        return Ok(Some(native(header, row, options)));
    }
    Ok(Some(Found::Table { table, layout }))
}

/// A file that is streamed, with what the user states of its days and numbers.
fn native<'a>(header: Header, row: usize, options: &Options) -> Found<'a> {
    let Choices { dates, decimal, .. } = options.choices;
    Found::Native { header: Header { dates, decimal, today: options.today, ..header }, row }
}

/// The profile that the user names.
fn told_profile<'a>(options: &'a Options) -> Result<Option<&'a Profile>, Fault> {
    let Some(name) = &options.choices.profile else { return Ok(None) };
    if let Some(profile) = options.profiles.named(name) {
        Ok(Some(profile))
    } else {
        let names: Vec<&str> = options.profiles.all().map(|profile| profile.name.as_str()).collect();
        Err(Fault::new(&format!("no profile {name:?}"), &format!("one of {}", names.join(", "))))
    }
}
