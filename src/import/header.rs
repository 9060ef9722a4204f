//! The header: which kind of file, which column stands where.

use chrono::NaiveDate;
use strsim::osa_distance;

use super::columns::{Column, columns};
use super::options::Phi;
use super::phi::{Numbers, looks_like_patient_data};
use super::problem::{Fault, Problems, title};
use super::profile::{DateOrder, DecimalMark};
use super::propose::Layout;
use super::table::Table;
use crate::book::entry::Kind;
use crate::guard::{self, Scope};

/// A header that fits a layout.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// The place of each column of the layout in the file.
    pub(super) at: Vec<Option<usize>>,
    /// How many fields each row has.
    pub(super) width: usize,
    pub(super) unread: Vec<String>,
    pub(super) stripped: Vec<String>,
    /// The columns of which surrogates are made ([`Phi::Surrogate`]).
    pub(super) numbers: Option<Numbers>,
    /// Whether the columns were only proposed.
    pub(super) proposed: bool,
    /// The order of day and month, where the user states it.
    pub(super) dates: Option<DateOrder>,
    /// What stands before the decimals, where the user states it.
    pub(super) decimal: Option<DecimalMark>,
    /// The last day of an asset or a trip, where it is known.
    pub(super) today: Option<NaiveDate>,
}

/// The kind that the header shows, unless it is given.
pub(super) fn kind(record: &[String], given: Option<Kind>) -> Result<Kind, Fault> {
    if let Some(kind) = given {
        return Ok(kind);
    }
    let names: Vec<String> = record.iter().map(|cell| normal(cell)).collect();
    let has = |name: &str| names.iter().any(|found| found == name);
    let fits = |kind: &Kind| columns(*kind).iter().all(|column| !column.required || has(column.name));
    let signs = |kind: &Kind| match kind {
        Kind::Charts => has("work_date") && has("count"),
        Kind::Payments => has("received_on"),
        Kind::Expenses => has("category"),
        Kind::Assets => has("in_service"),
        Kind::Trips => has("miles"),
        Kind::Bank | Kind::Time => false,
    };
    for test in [&fits as &dyn Fn(&Kind) -> bool, &signs] {
        let mut kinds = Kind::OWN.into_iter().filter(|kind| test(kind));
        match (kinds.next(), kinds.next()) {
            (Some(kind), None) => return Ok(kind),
            (Some(one), Some(other)) => {
                let found = format!("columns of {} and of {}", one.word(), other.word());
                return Err(Fault::new(&found, "one kind of file").hint("say which with --as"));
            }
            _ => {}
        }
    }
    // Two required columns, or nearly, are enough to say what is missing.
    let near = |column: &&Column| column.required && names.iter().any(|name| column.resembles(name, true));
    let mut scores = Kind::OWN.map(|kind| (columns(kind).iter().filter(near).count(), kind));
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    if scores[0].0 >= 2 && scores[0].0 > scores[1].0 {
        return Ok(scores[0].1);
    }
    Err(unrecognised(record, &names))
}

/// What a header without a kind holds. Names are shown only if one of them is known: it may be a row of data.
fn unrecognised(record: &[String], names: &[String]) -> Fault {
    let known = |name: &String| Kind::OWN.iter().any(|kind| columns(*kind).iter().any(|column| column.name == *name));
    let found = if names.iter().any(known) {
        let cells = record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let cells: Vec<String> = cells.map(|(place, cell)| title(cell, place)).collect();
        format!("the columns {}", cells.join(", "))
    } else {
        "a first line without any known column".to_owned()
    };
    let layouts = Kind::OWN.map(|kind| {
        let required: Vec<&str> =
            columns(kind).iter().filter(|column| column.required).map(|column| column.name).collect();
        let more = if kind == Kind::Charts { ", rate or amount" } else { "" };
        format!("{}: {}{more}", kind.word(), required.join(", "))
    });
    Fault::new(&found, &format!("the header of one of these ({})", layouts.join("; ")))
}

impl Header {
    /// Places the columns of the layout; what does not fit goes to the problems.
    pub(super) fn read(record: &[String], kind: Kind, line: u64, phi: &Phi, problems: &mut Problems) -> Header {
        let layout = columns(kind);
        let mut header = Header {
            kind,
            at: vec![None; layout.len()],
            width: record.len(),
            unread: Vec::new(),
            stripped: Vec::new(),
            numbers: None,
            proposed: false,
            dates: None,
            decimal: None,
            today: None,
        };
        let mut twice = Vec::new();
        for (place, cell) in record.iter().enumerate() {
            let name = normal(cell);
            let is_share = |name: &str| ["business", "business_share"].contains(&name);
            let same = |known: &str| known == name || is_share(known) && is_share(&name);
            match layout.iter().position(|column| same(column.name)) {
                Some(column) if twice.contains(&column) => {}
                Some(column) if header.at[column].is_some() => {
                    twice.push(column);
                    let fault = Fault::new("the column more than once", "it once").hint("rename or delete one of them");
                    problems.add(Some(line), fault.at(layout[column].name));
                }
                Some(column) => header.at[column] = Some(place),
                None if cell.trim().is_empty() => {}
                None => header.leave_out(cell, place, phi),
            }
        }
        if phi.refuses() && !header.stripped.is_empty() {
            problems.add(Some(line), patient_data(&header.stripped));
        }
        for (found, fault) in header.misnamed(layout) {
            problems.add(Some(line), fault);
            header.unread.retain(|name| Some(name) != found.as_ref());
        }
        header
    }

    /// A table whose columns a profile, the user or their names tell; what is missing goes to the problems.
    pub(super) fn mapped(table: &Table, layout: &Layout, phi: &Phi, problems: &mut Problems) -> Header {
        let known = columns(table.kind);
        let line = table.header.map(|row| table.grid.line(row));
        let mut header = Header {
            kind: table.kind,
            at: (0..known.len()).map(|column| layout.place(column)).collect(),
            width: table.width(),
            unread: Vec::new(),
            stripped: Vec::new(),
            numbers: None,
            proposed: !layout.known,
            dates: None,
            decimal: None,
            today: None,
        };
        for place in (0..table.width()).filter(|&place| layout.column_of(table.kind, place).is_none()) {
            header.leave_out(&table.name(place), place, phi);
        }
        if phi.refuses() && !header.stripped.is_empty() {
            problems.add(line, patient_data(&header.stripped));
        }
        for (_, fault) in header.misnamed(known) {
            problems.add(line, fault);
        }
        header
    }

    /// Notes a column that is no field of a record.
    fn leave_out(&mut self, name: &str, place: usize, phi: &Phi) {
        let title = title(name, place);
        if !looks_like_patient_data(name, self.kind) {
            self.unread.push(title);
        } else if let Phi::Surrogate(key) = phi
            && self.kind == Kind::Charts
            && let Some(kind) = guard::number(name, Scope::Work)
        {
            self.numbers.get_or_insert_with(|| Numbers::new(key)).add(kind, title, place);
        } else {
            self.stripped.push(title);
        }
    }

    /// Columns that are missing, and unknown ones that are nearly a missing one.
    fn misnamed(&self, layout: &[Column]) -> Vec<(Option<String>, Fault)> {
        let missing =
            |column: &str| layout.iter().zip(&self.at).any(|(known, at)| known.name == column && at.is_none());
        let mut faults = Vec::new();
        let mut unclaimed = self.unread.clone();
        for (column, at) in layout.iter().zip(&self.at) {
            let neither = matches!(column.name, "rate") && missing("rate") && missing("amount");
            let required = column.required || neither;
            if at.is_some() {
                continue;
            }
            let near = unclaimed.iter().position(|name| column.resembles(&normal(name), required));
            let near = near.map(|index| unclaimed.remove(index));
            let says = format!("one that says {}", column.holds);
            let fault = match &near {
                Some(name) => Fault::new(&format!("the unknown column {name:?}"), &says)
                    .at(column.name)
                    .hint(&format!("did you mean {}? Rename the column", column.name)),
                None if neither => Fault::new("no such column", "one that says the rate or the amount").at(column.name),
                None if required => Fault::new("no such column", &says).at(column.name),
                None => continue,
            };
            faults.push((near, fault));
        }
        faults
    }
}

impl Column {
    /// Whether an unknown name is probably this column. An optional column must be nearer, since the file can do
    /// without it.
    fn resembles(&self, name: &str, required: bool) -> bool {
        let distance = osa_distance(name, self.name);
        if required {
            return self.also.contains(&name) || (distance <= 2 && name.len() > 2);
        }
        let near = if self.name.len() >= 8 { 2 } else { 1 };
        distance <= near && name.chars().next() == self.name.chars().next()
    }
}

pub(super) fn patient_data(names: &[String]) -> Fault {
    let kind = |name: &String| match guard::name(name, Scope::Work) {
        Some(identifier) => format!("{name}: {}", identifier.words()),
        None => name.clone(),
    };
    let told: Vec<String> = names.iter().map(kind).collect();
    let found = match &told[..] {
        [name] => format!("a column that looks like patient data ({name})"),
        names => format!("columns that look like patient data ({})", names.join("; ")),
    };
    let them = if names.len() == 1 { "it" } else { "them" };
    let hint = format!("delete {them} from the file, or leave {them} unread with --phi strip; pay never needs {them}");
    Fault::new(&found, "no patient data").hint(&hint)
}

/// A name in lower case, with underscores for spaces and hyphens, without the star of a column that must be filled.
pub(super) fn normal(name: &str) -> String {
    let name = name.trim();
    let parts =
        name.strip_prefix('*').unwrap_or(name).split(|sign: char| sign.is_whitespace() || sign == '-' || sign == '_');
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
