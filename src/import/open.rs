//! Opening a file: what it is, what it holds, and how it was understood.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::columns::columns;
use super::decode;
use super::grid::Grid;
use super::header::{self, Header};
use super::options::{Choices, Options, Phi};
use super::phi::{self, Numbers, looks_like_patient_data};
use super::preview::Preview;
use super::problem::{Fault, Problems, UNSHOWN, nothing, title};
use super::profile::{DateOrder, Profile, Sign};
use super::propose::Layout;
use super::recognise::{Cells, Found, grid, recognise, written};
use super::statement::{self, Answers, Left};
use super::table::Table;
use super::workbook::{self, Sheet};
use super::{ofx, qif, tracker};
use crate::book::entry::{Kind, Movement, TimeEntry};
use crate::guard;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// The largest file that is held in memory: a statement, a workbook, or text in another encoding than UTF-8.
const LARGEST_HELD: u64 = 64 * 1024 * 1024;

/// What is said of a log of single charts whose identifiers are kept out.
const ADDED_UP: &str = "rows are added up by day, payer, chart type and rate: what told them apart is kept out";

/// What is said of a log of single charts that are told apart by surrogates.
const TOLD_APART: &str = "each row keeps a surrogate of its patient's numbers; the book is restricted data from now on";

/// What is looked at to recognise a file, in bytes.
const HEAD: usize = 256 * 1024;

/// A file that was recognised.
#[derive(Debug)]
pub struct Opened<'a> {
    /// The file's name, without its folder.
    pub file: String,
    /// What it holds.
    pub kind: Kind,
    /// The profile by which it is read, where there is one.
    pub profile: Option<Profile>,
    /// Whether what its columns hold is only proposed: neither its own header nor a profile says it.
    pub proposed: bool,
    /// How it was understood.
    pub preview: Preview,
    /// The columns that no layout knows and that are not read, by name.
    pub unread: Vec<String>,
    /// The columns that look like patient data and are not read ([`Phi::Strip`]), by name.
    pub stripped: Vec<String>,
    /// The columns that are read for surrogates only ([`Phi::Surrogate`]), by name.
    pub surrogates: Vec<String>,
    /// How days, amounts and signs are read where it is not plain, and rows that are no records.
    pub notes: Vec<String>,
    /// Rows that are not booked until they settle.
    pub pending: u64,
    /// How the file writes days, and which way money goes, where it was decided.
    decided: (Option<DateOrder>, Option<Sign>),
    /// Whether rows of single charts are added up: columns that tell them apart were left out.
    pub(super) adds_up: bool,
    pub(super) content: Content,
    pub(super) known_categories: &'a [&'a str],
}

#[derive(Debug)]
pub(super) enum Content {
    Native(Native),
    Bank(Vec<Movement>),
    Time(Vec<TimeEntry>),
}

/// A file that is read as a stream.
#[derive(Debug)]
pub(super) struct Native {
    pub(super) header: Header,
    pub(super) delimiter: u8,
    pub(super) source: Source,
    /// The line of the first row.
    pub(super) line: u64,
}

pub(super) enum Source {
    /// A file, and the place of its first row.
    File(File, u64),
    /// Text, and the place of its first row.
    Text(String, usize),
}

impl fmt::Debug for Source {
    /// Never the text: it holds the columns that are not read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File(_, place) => write!(f, "File(.., {place})"),
            Source::Text(text, place) => write!(f, "Text({} bytes, {place})", text.len()),
        }
    }
}

/// Recognises a file.
///
/// # Errors
/// The file cannot be read, is none of the kinds, or does not say something that is needed: each problem with its line
/// and column, and what to do.
pub fn open<'a>(path: &Path, options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    let name = Name::new(&name(path));
    let fail = |fault| Problems::of(&name.safe, fault);
    let mut file = File::open(path).map_err(|error| unreadable(&error)).map_err(fail)?;
    let facts = file.metadata().map_err(|error| unreadable(&error)).map_err(fail)?;
    if facts.is_dir() {
        return Err(fail(Fault::new("a folder", "a file").hint("name the files in it")));
    }
    if facts.len() > LARGEST {
        return Err(fail(Fault::new("more than 4 GB", "at most 4 GB").hint("split the file")));
    }
    let mut bytes = Vec::new();
    // What is no regular file has no length beforehand, and no start to go back to.
    let limit = if facts.is_file() { HEAD as u64 } else { LARGEST_HELD + 1 };
    (&mut file).take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(&error)).map_err(fail)?;
    let whole = bytes.len() < HEAD || !facts.is_file();
    if !whole && let Some(opened) = stream(&name, &bytes, &mut file, options)? {
        return Ok(opened);
    }
    if !whole {
        if facts.len() > LARGEST_HELD {
            return Err(fail(too_large()));
        }
        (&mut file).take(LARGEST_HELD).read_to_end(&mut bytes).map_err(|error| unreadable(&error)).map_err(fail)?;
    }
    if bytes.len() as u64 > LARGEST_HELD {
        return Err(fail(too_large()));
    }
    of_bytes(&name, &bytes, options)
}

/// Recognises the content of a file under the name it is known by.
///
/// # Errors
/// As for [`open`].
pub fn open_bytes<'a>(name: &str, bytes: &[u8], options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    of_bytes(&Name::new(name), bytes, options)
}

/// The name of a file.
pub(super) struct Name {
    /// As it is.
    pub(super) real: String,
    /// As it may be shown, whatever the file holds.
    pub(super) safe: String,
}

impl Name {
    pub(super) fn new(name: &str) -> Name {
        Name { real: name.to_owned(), safe: guard::file_name(name, guard::Scope::Work).shown }
    }
}

fn of_bytes<'a>(name: &Name, bytes: &[u8], options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    let fail = |fault| Problems::of(&name.safe, fault);
    if bytes.is_empty() {
        return Err(fail(nothing()));
    }
    if workbook::looks_like(bytes) {
        return of_workbook(name, &workbook::sheets(bytes).map_err(fail)?, options);
    }
    if let Some(charset) = ofx::charset(bytes) {
        let grid = ofx::read(&charset.decode(bytes).0).map_err(fail)?;
        return of_grid(name, &grid, options);
    }
    let (text, encoding) = decode::decode(bytes).map_err(fail)?;
    if qif::looks_like(&text) {
        return of_grid(name, &qif::read(&text).map_err(fail)?, options);
    }
    let mut opened = of_text(name, &text, options)?;
    if encoding != "UTF-8" {
        opened.notes.insert(0, format!("read as {encoding}"));
    }
    Ok(opened)
}

/// A long file of one of the kinds that are streamed, by its head; none where it is to be read whole.
fn stream<'a>(
    name: &Name,
    head: &[u8],
    file: &mut File,
    options: &Options<'a>,
) -> Result<Option<Opened<'a>>, Problems> {
    let fail = |fault| Problems::of(&name.safe, fault);
    let encoded = decode::recognise(head).map_err(fail)?;
    if encoded.encoding != encoding_rs::UTF_8 {
        return Ok(None);
    }
    let body = &head[encoded.mark..];
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        // The head may end inside a character.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&body[..error.valid_up_to()]).unwrap_or(""),
        Err(_) => return Ok(None),
    };
    let end = text.rfind(['\n', '\r']).map_or(text.len(), |at| at + 1);
    let Cells { grid, places, delimiter } = grid(&text[..end]).map_err(fail)?;
    let Some(found) = recognise(name, &grid, options)? else { return Ok(None) };
    let Found::Native { header, row } = found else { return Ok(None) };
    let (place, line) = places[row];
    let start = encoded.mark + place;
    let copy = file.try_clone().map_err(|error| unreadable(&error)).map_err(fail)?;
    let native = Native { header, delimiter, source: Source::File(copy, start as u64), line };
    Opened::native(name, native, options, &grid, row).map(Some)
}

/// Recognises text.
fn of_text<'a>(name: &Name, text: &str, options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    let Cells { grid, places, delimiter } = grid(text).map_err(|fault| Problems::of(&name.safe, fault))?;
    of_cells(name, &grid, options, |header, row| {
        let (place, line) = places[row];
        Native { header, delimiter, source: Source::Text(text.to_owned(), place), line }
    })
}

/// The sheet of a workbook that holds a table; where several do, the one that the user names.
fn of_workbook<'a>(name: &Name, sheets: &[Sheet], options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    let fail = |fault| Problems::of(&name.safe, fault);
    let shown = |sheet: &Sheet| guard::file_name(&sheet.name, guard::Scope::Work).shown;
    if let Some(wanted) = &options.choices.sheet {
        return if let Some(sheet) = sheets.iter().find(|sheet| sheet.name == *wanted) {
            of_grid(name, &sheet.grid, options)
        } else {
            let names: Vec<String> = sheets.iter().map(shown).collect();
            Err(fail(Fault::new("no such sheet", &format!("one of {}", names.join(", ")))))
        };
    }
    let mut first = None;
    let mut tables = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden && sheet.grid.len() > 0) {
        match recognise(name, &sheet.grid, options) {
            Ok(Some(_)) => tables.push(sheet),
            Ok(None) => {}
            Err(problems) => _ = first.get_or_insert(problems),
        }
    }
    match tables.as_slice() {
        [only] => of_grid(name, &only.grid, options),
        [] => {
            Err(first
                .unwrap_or_else(|| fail(Fault::new("a workbook without a table", "a header and at least one row"))))
        }
        several => {
            let names: Vec<String> = several.iter().map(|sheet| shown(sheet)).collect();
            let found = format!("tables on the sheets {}", names.join(", "));
            Err(fail(
                Fault::new(&found, "one table").hint("say which with --sheet NAME, and import the file once for each"),
            ))
        }
    }
}

/// Recognises cells that are no text.
fn of_grid<'a>(name: &Name, grid: &Grid, options: &Options<'a>) -> Result<Opened<'a>, Problems> {
    of_cells(name, grid, options, |header, row| {
        let text = written(grid, row + 1);
        Native { header, delimiter: b',', source: Source::Text(text, 0), line: grid.line(row) + 1 }
    })
}

/// Recognises cells. `native` is the file as a stream, below its header.
fn of_cells<'a>(
    name: &Name,
    grid: &Grid,
    options: &Options<'a>,
    native: impl FnOnce(Header, usize) -> Native,
) -> Result<Opened<'a>, Problems> {
    match recognise(name, grid, options)? {
        Some(Found::Native { header, row }) => Opened::native(name, native(header, row), options, grid, row),
        Some(Found::Table { table, layout }) => Opened::table(name, &table, &layout, options),
        None => Err(Problems::of(&name.safe, nothing())),
    }
}

impl<'a> Opened<'a> {
    pub(super) fn native(
        name: &Name,
        native: Native,
        options: &Options<'a>,
        grid: &Grid,
        row: usize,
    ) -> Result<Opened<'a>, Problems> {
        let header = &native.header;
        let file = screened_name(name, header.kind, &options.phi)?;
        let suspects = phi::suspects(grid, row, header.kind, &header.at);
        let mut stripped = header.stripped.clone();
        let unread = header.unread.iter().filter(|name| !suspects.iter().any(|suspect| suspect.name == **name));
        let unread = unread.cloned().collect();
        let mut problems = Problems::new(&file);
        for suspect in suspects {
            let read = header.at.contains(&Some(suspect.place));
            if read || options.phi.refuses() {
                problems.add(Some(grid.line(row)), suspect.fault(read));
            } else if header.numbers.as_ref().is_none_or(|numbers| !numbers.are_at(suspect.place))
                && !stripped.contains(&suspect.name)
            {
                stripped.push(suspect.name);
            }
        }
        let of_charts = header.kind == Kind::Charts && !stripped.is_empty();
        let surrogates = header.numbers.as_ref().map_or_else(Vec::new, Numbers::titles);
        if of_charts && surrogates.is_empty() && matches!(options.phi, Phi::Surrogate(_)) {
            problems.add(Some(grid.line(row)), phi::no_numbers(&stripped));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let adds_up = of_charts && surrogates.is_empty();
        let mut notes = Vec::new();
        if adds_up {
            notes.push(ADDED_UP.to_owned());
        }
        if !surrogates.is_empty() {
            notes.push(TOLD_APART.to_owned());
        }
        Ok(Opened {
            file,
            kind: header.kind,
            profile: None,
            proposed: header.proposed,
            preview: Preview::native(grid, row, header),
            unread,
            stripped,
            surrogates,
            notes,
            pending: 0,
            decided: (None, None),
            adds_up,
            content: Content::Native(native),
            known_categories: options.known_categories,
        })
    }

    /// A statement or a tracker's file, read whole.
    fn table(name: &Name, table: &Table, layout: &Layout, options: &Options<'a>) -> Result<Opened<'a>, Problems> {
        let file = screened_name(name, table.kind, &options.phi)?;
        let mut problems = Problems::new(&file);
        let (unread, stripped) = left_out(table, layout);
        if options.phi.refuses() && !stripped.is_empty() {
            let line = table.header.map(|row| table.grid.line(row));
            problems.add(line, header::patient_data(&stripped));
            return Err(problems);
        }
        if let Some(row) = table.header {
            let at: Vec<Option<usize>> = (0..columns(table.kind).len()).map(|column| layout.place(column)).collect();
            let suspects = phi::suspects(table.grid, row, table.kind, &at).into_iter();
            for suspect in suspects.filter(|suspect| at.contains(&Some(suspect.place))) {
                problems.add(Some(table.grid.line(row)), suspect.fault(true));
            }
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        let choices = &options.choices;
        let digits = last_digits(&name.real);
        let mut decided = (None, None);
        let (content, notes, pending) = if table.kind == Kind::Time {
            let Some((entries, notes)) = tracker::read(table, layout, choices.dates, &mut problems) else {
                return Err(problems);
            };
            (Content::Time(entries), notes, 0)
        } else {
            let answers = Answers {
                dates: choices.dates,
                sign: choices.sign,
                decimal: choices.decimal,
                account: choices.account.as_deref(),
                last_digits: table.profile.and(digits.as_deref()),
            };
            let Some(statement) = statement::read(table, layout, &answers, &mut problems) else { return Err(problems) };
            decided = (statement.dates, statement.sign);
            let mut notes = statement.notes;
            let caution = table.profile.map(|profile| profile.caution.clone());
            notes.extend(caution.filter(|caution| !caution.is_empty()));
            for (left, &count) in &statement.left {
                notes.push(format!("not taken: {count} {}", left.words(count > 1)));
            }
            let pending = statement.left.get(&Left::Pending).copied().unwrap_or(0);
            (Content::Bank(statement.movements), notes, pending)
        };
        Ok(Opened {
            file,
            kind: table.kind,
            profile: table.profile.cloned(),
            proposed: !layout.known,
            preview: Preview::of(table, layout),
            unread,
            stripped,
            surrogates: Vec::new(),
            notes,
            pending,
            decided,
            adds_up: false,
            content,
            known_categories: options.known_categories,
        })
    }

    /// A profile by which files like this one are known; none where the file has no header, or none that may be shown.
    pub fn as_profile(&self, name: &str, choices: &Choices) -> Option<Profile> {
        // All names, so that it is not taken for a file that only has some of them.
        let may_show = |taken: &&super::preview::Taken| taken.field.is_some() || !taken.name.ends_with(UNSHOWN);
        let named = self.preview.columns.iter().enumerate().filter(|(place, taken)| {
            may_show(taken) && (taken.field.is_some() || taken.name != format!("column {}", place + 1))
        });
        let header: Vec<String> = named.map(|(_, taken)| taken.name.clone()).collect();
        // A column that is not to be named cannot be known again by its name.
        let unnamed = header.iter().any(|name| name.ends_with(UNSHOWN));
        if !self.preview.has_header || header.is_empty() || unnamed {
            return None;
        }
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for taken in &self.preview.columns {
            if let Some(field) = taken.field {
                columns.entry(field.to_owned()).or_default().push(taken.name.clone());
            }
        }
        Some(Profile {
            name: name.to_owned(),
            title: name.to_owned(),
            kind: self.kind.word().to_owned(),
            account: choices.account.clone().unwrap_or_else(|| name.to_owned()),
            card: false,
            header,
            cells: Vec::new(),
            dates: choices.dates.or(self.decided.0),
            sign: choices.sign.or(self.decided.1),
            pending: Vec::new(),
            void: Vec::new(),
            caution: String::new(),
            columns,
        })
    }

    /// The movements of a statement; none of other files.
    pub fn movements(&self) -> &[Movement] {
        if let Content::Bank(movements) = &self.content { movements } else { &[] }
    }
}

/// The name of a file as it may be shown and kept. One of a work log that looks like patient data is refused, or kept out.
fn screened_name(name: &Name, kind: Kind, choice: &Phi) -> Result<String, Problems> {
    let screened = guard::file_name(&name.real, phi::scope(kind));
    match screened.hits.first() {
        Some(rule) if phi::scope(kind) == guard::Scope::Work && choice.refuses() => {
            let found = format!("a file name that looks like {}, not shown", rule.words());
            let fault = Fault::new(&found, "a name without patient data");
            Err(Problems::of(&screened.shown, fault.hint("rename the file, or leave its name out with --phi strip")))
        }
        _ => Ok(screened.shown),
    }
}

/// The columns that are not read, by name: unknown ones, and those that look like patient data.
fn left_out(table: &Table, layout: &Layout) -> (Vec<String>, Vec<String>) {
    let (mut unread, mut stripped) = (Vec::new(), Vec::new());
    if table.header.is_none() {
        return (unread, stripped);
    }
    for place in 0..table.width() {
        if layout.column_of(table.kind, place).is_some() {
            continue;
        }
        let name = table.name(place);
        let list = if looks_like_patient_data(&name, table.kind) { &mut stripped } else { &mut unread };
        list.push(title(&name, place));
    }
    (unread, stripped)
}

/// The end of the account's number in a file's name, as Chase writes it: `Chase1234_Activity.csv`.
fn last_digits(name: &str) -> Option<String> {
    let rest = name.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let named = rest.len() < name.len() && rest[4..].starts_with('_');
    named.then(|| digits.to_owned())
}

/// The file's name without its folder and without characters that cannot be printed.
fn name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    name.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect()
}

pub(super) fn too_large() -> Fault {
    Fault::new("more than 64 MB", "at most 64 MB of a file that is no charts, payments or expenses file in UTF-8")
        .hint("split the file, or save it as \"CSV UTF-8\"")
}

/// Why the system cannot read a file, in words.
pub(super) fn unreadable(error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => Fault::new("no such file", "a file to import").hint("check the name and the folder"),
        ErrorKind::PermissionDenied => {
            Fault::new("a file that may not be read", "a file to import").hint("give yourself the right to read it")
        }
        ErrorKind::InvalidData => Fault::new("a record of more than 8 MB", "records of one row")
            .hint("look for a quotation mark without its partner"),
        _ => Fault::new(&format!("a file that cannot be read ({error})"), "a file to import"),
    }
}
