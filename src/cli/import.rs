//! `perchart import`: files into the book, each whole or not at all.

mod told;

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{Local, SecondsFormat, Utc};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use self::told::{Told, of_import, of_problems, preview, row};
use super::{Failure, Format, Session, Ui};
use crate::book::category::Categories;
use crate::book::entry::{Kind, Movement};
use crate::book::{Book, Mode};
use crate::import::phi::surrogate::{KEY_FILE, Key};
use crate::import::profile::{DateOrder, DecimalMark, Profile, Profiles, Sign};
use crate::import::{self, Choices, Imported, Opened, Options, Phi, Problems};
use crate::period::DateRange;
use crate::report::{Column, Report, Row, Section};

/// The user's own profiles, in the book's folder.
const PROFILES: &str = "profiles.toml";

/// What accounts are called that no file and no user names.
const UNNAMED: [&str; 3] = ["Account", "Statement", "Register"];

/// After this time a progress bar is shown.
const LONG: Duration = Duration::from_millis(500);

/// What `perchart import` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Files of charts, payments, expenses, assets or trips, statements of banks, cards and platforms, or time: CSV, XLSX, OFX, QFX, QIF
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the files hold, where they do not tell: charts, payments, expenses, assets, trips, bank or time
    #[arg(long = "as", value_name = "KIND", value_parser = kind_of_file)]
    kind: Option<Kind>,
    /// Read them as this bank or platform writes [default: known by the header]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Take a column of the file, by name or number, for a field; - leaves it out
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    /// The order of day, month and year, where the file does not show it
    #[arg(long, value_name = "ORDER", value_enum)]
    dates: Option<DatesArg>,
    /// What a positive amount is, where the file does not show it
    #[arg(long, value_name = "SIGN", value_enum)]
    sign: Option<SignArg>,
    /// What stands before the decimals, where the file does not show it
    #[arg(long, value_name = "MARK", value_enum)]
    decimal: Option<DecimalArg>,
    /// What to call the account of a statement, such as "Chase card"
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// The sheet of a workbook, where several hold a table
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take the proposal for a file whose layout is not known
    #[arg(long, short)]
    yes: bool,
    /// Keep how the file was read under this name, for files like it
    #[arg(long, value_name = "NAME")]
    save_profile: Option<String>,
    /// Read and check only; the book stays as it is
    #[arg(long)]
    dry_run: bool,
    /// What to do with columns that look like patient data
    #[arg(long, value_enum, default_value_t)]
    phi: Guard,
}

/// What to do with columns that look like patient data.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guard {
    /// Refuse the file and name the columns
    #[default]
    Refuse,
    /// Leave those columns unread; nothing of them is stored, and rows of single charts are added up
    Strip,
    /// Keep each chart, with a keyed digest of its MRN, account, encounter or claim number; still restricted data
    Surrogate,
}

/// The order of a date.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum DatesArg {
    /// Month, day, year
    Mdy,
    /// Day, month, year
    Dmy,
    /// Year, month, day
    Ymd,
}

/// What a positive amount is.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum SignArg {
    /// Money in
    In,
    /// A purchase, as on many cards; a payment to the card is negative
    Reversed,
    /// Money out, as every amount of the file
    Out,
    /// Nothing: a column says debit or credit
    Type,
}

/// What stands before the decimals.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum DecimalArg {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

fn kind_of_file(text: &str) -> Result<Kind, String> {
    let known = Kind::ALL.into_iter().find(|kind| kind.word() == text.to_lowercase());
    known.ok_or_else(|| "expected charts, payments, expenses, assets, trips, bank or time".to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((column, field)) if !column.is_empty() && !field.is_empty() => Ok((column.to_owned(), field.to_owned())),
        _ => Err("expected COLUMN=FIELD, such as \"Posted=date\" or 3=amount; COLUMN=- leaves a column out".to_owned()),
    }
}

/// Reads files with what this program knows of categories.
pub(super) fn options(phi: Phi) -> Options<'static> {
    static IDS: std::sync::OnceLock<Vec<&'static str>> = std::sync::OnceLock::new();
    let known_categories = IDS.get_or_init(|| Categories::ids().collect());
    Options { known_categories, phi, today: Some(Local::now().date_naive()), ..Options::default() }
}

/// Stores a file that was recognised.
pub(super) fn store(book: &mut Book, opened: Opened, imported_at: &str) -> Result<Imported, Failure> {
    opened.import(book, imported_at, Mode::Store, |_| {}).map_err(Failure::from)
}

impl From<import::Error<crate::book::Error>> for Failure {
    fn from(error: import::Error<crate::book::Error>) -> Failure {
        match error {
            import::Error::File(problems) => refused(problems),
            import::Error::Taker(error) => Failure::from(error),
        }
    }
}

/// A file with problems: nothing of it was taken.
fn refused(problems: Problems) -> Failure {
    Failure::from(problems).hint("nothing was imported; mend the file and import it again")
}

impl Args {
    fn options(&self, profiles: Profiles, phi: Phi) -> Options<'static> {
        let choices = Choices {
            kind: self.kind,
            profile: self.profile.clone(),
            map: self.map.clone(),
            dates: self.dates.map(|order| match order {
                DatesArg::Mdy => DateOrder::Mdy,
                DatesArg::Dmy => DateOrder::Dmy,
                DatesArg::Ymd => DateOrder::Ymd,
            }),
            sign: self.sign.map(|sign| match sign {
                SignArg::In => Sign::In,
                SignArg::Reversed => Sign::Reversed,
                SignArg::Out => Sign::Out,
                SignArg::Type => Sign::Type,
            }),
            decimal: self.decimal.map(|mark| match mark {
                DecimalArg::Point => DecimalMark::Point,
                DecimalArg::Comma => DecimalMark::Comma,
            }),
            account: self.account.clone(),
            sheet: self.sheet.clone(),
        };
        Options { choices, profiles, ..options(phi) }
    }
}

impl Args {
    /// What to do with patient data; the key of the book where it is needed.
    fn phi(&self, dir: &Path) -> Result<Phi, Failure> {
        let key = match self.phi {
            Guard::Refuse => return Ok(Phi::Refuse),
            Guard::Strip => return Ok(Phi::Strip),
            // What is only checked leaves no file behind. A book without a key has no surrogates.
            Guard::Surrogate if self.dry_run => Key::find(dir).and_then(|key| key.map_or_else(Key::random, Ok)),
            Guard::Surrogate => Key::of_book(dir),
        };
        key.map(Phi::Surrogate).map_err(|error| {
            Failure::data(format!("{}: {error}", dir.join(KEY_FILE).display()))
                .hint("take the file from a backup; without it, charts that the book has are not known again")
        })
    }
}

/// Imports files. A file with a problem brings nothing in, and neither do the others.
///
/// # Errors
/// A file has a problem, its layout is not known and was not accepted, or the book cannot be used.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    // What is only checked needs no book.
    let book = match session.book() {
        Err(_) if args.dry_run && !session.has_book() => Book::in_memory()?,
        book => book?,
    };
    let options = args.options(profiles(session.dir())?, args.phi(session.dir())?);
    let now = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut desk = Desk { args, session, options, book, now };
    if args.dry_run && ui.format() == Format::Json {
        return desk.figures(ui);
    }
    let mut rows = Vec::new();
    for path in &args.files {
        let opened = import::open(path, &desk.options).map_err(refused)?;
        desk.accept(&opened, ui)?;
        // One file is checked while it is stored; of several, all are checked before the first is.
        let mode = if args.dry_run || args.files.len() > 1 { Mode::Try } else { Mode::Store };
        rows.extend(desk.bring(path, opened, mode, ui)?);
    }
    if !args.dry_run && args.files.len() > 1 {
        for path in &args.files {
            let opened = import::open(path, &desk.options).map_err(refused)?;
            rows.extend(desk.bring(path, opened, Mode::Store, ui)?);
        }
    }
    let mut section = Section::new("imported", "")
        .column(Column::left("file", "File"))
        .column(Column::left("kind", "Kind"))
        .column(Column::left("read_as", "Read as"))
        .column(Column::right("new", "New"))
        .column(Column::right("known", "Known already"))
        .column(Column::right("in", "In"))
        .column(Column::right("out", "Out"))
        .column(Column::left("from", "From"))
        .column(Column::left("to", "To"))
        .column(Column::right("batch", "Batch"));
    for row in rows {
        section.push(row);
    }
    let title = if args.dry_run { "Checked; the book is as it was" } else { "Imported" };
    ui.report(&Report::new("import", title).section(section))
}

/// Where files are brought to.
struct Desk<'a> {
    args: &'a Args,
    session: &'a Session,
    options: Options<'static>,
    book: Book,
    now: String,
}

impl Desk<'_> {
    /// Checks all files and gives their figures to a program.
    fn figures(&mut self, ui: &mut Ui) -> Result<(), Failure> {
        let mut all = Vec::new();
        let mut failed = None;
        for path in &self.args.files {
            let checked = import::open(path, &self.options).map_err(import::Error::File).and_then(|opened| {
                let told = Told::of(&opened);
                let movements = opened.movements().to_vec();
                opened.import(&mut self.book, &self.now, Mode::Try, |_| {}).map(|imported| (told, movements, imported))
            });
            match checked {
                Ok((mut told, movements, imported)) => {
                    told.label(&movements, &self.book, self.session)?;
                    all.push(of_import(&told, &imported));
                }
                Err(import::Error::File(problems)) => {
                    all.push(of_problems(&problems));
                    failed.get_or_insert(refused(problems));
                }
                Err(import::Error::Taker(error)) => return Err(error.into()),
            }
        }
        let value = if all.len() == 1 { all.remove(0) } else { Value::Array(all) };
        ui.print(&format!("{value:#}\n"))?;
        failed.map_or(Ok(()), Err)
    }

    /// Asks what the file leaves open before it is booked: whether a proposal is right, and which account it is of.
    fn accept(&self, opened: &Opened, ui: &mut Ui) -> Result<(), Failure> {
        if !self.args.dry_run && self.args.account.is_none() {
            account(opened, &self.book)?;
        }
        if !opened.proposed {
            return Ok(());
        }
        if self.args.dry_run || (ui.is_interactive() && !self.args.yes) {
            ui.report(&preview(opened))?;
        }
        if self.args.dry_run || self.args.yes { Ok(()) } else { confirm(opened, ui) }
    }

    /// Brings a file into the book, or only says what that would do. Of a file that is checked before it is stored nothing
    /// is said.
    fn bring(&mut self, path: &Path, opened: Opened, mode: Mode, ui: &mut Ui) -> Result<Option<Row>, Failure> {
        let name = self.args.save_profile.as_ref().filter(|_| mode == Mode::Store);
        let profile = match name {
            Some(name) => Some((name, saved(self.session.dir(), name, &opened, &self.options.choices)?)),
            None => None,
        };
        let mut told = None;
        if mode == Mode::Store || self.args.dry_run {
            let told = told.insert(Told::of(&opened));
            told.label(opened.movements(), &self.book, self.session)?;
        }
        let book = &mut self.book;
        let imported = with_progress(path, ui, |tell| opened.import(book, &self.now, mode, tell))?;
        if let Some(told) = &told {
            told.remark(&imported, ui);
        }
        if let Some((name, profile)) = profile {
            keep(self.session.dir(), &profile)?;
            ui.say(&format!("kept as profile {name} in {PROFILES}"));
        }
        Ok(told.map(|told| row(&told, &imported)))
    }
}

/// Refuses a statement of an account without a name, and one whose rows stand in the book under another: either would be
/// counted twice, or rows of two accounts be taken for the same.
fn account(opened: &Opened, book: &Book) -> Result<(), Failure> {
    let rows = opened.movements();
    if rows.iter().any(|row| UNNAMED.contains(&row.account.as_str())) {
        return Err(Failure::data(format!("{}: the file does not say which account it is of", opened.file))
            .hint("say it: --account \"Credit union checking\", the same for every file of that account"));
    }
    let days = rows.iter().map(|row| row.date);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Ok(()) };
    let mut known: HashMap<_, Vec<String>> = HashMap::new();
    for row in book.movements(Some(DateRange { from: first, to: last }))? {
        known.entry((row.date, row.amount)).or_default().push(row.account);
    }
    let elsewhere = |row: &Movement| -> Option<&String> {
        let accounts = known.get(&(row.date, row.amount))?;
        if accounts.contains(&row.account) { None } else { accounts.first() }
    };
    let found: Vec<&String> = rows.iter().filter_map(elsewhere).collect();
    let Some(other) = found.first().filter(|_| found.len() > 2 && found.len() * 10 >= rows.len() * 6) else {
        return Ok(());
    };
    let (some, all, own) = (found.len(), rows.len(), rows.first().map_or("", |row| &row.account));
    Err(Failure::data(format!(
        "{}: {some} of its {all} rows stand in the book under the account {other}, of the same day and amount",
        opened.file
    ))
    .hint(format!("if it is the same account, say so: --account \"{other}\""))
    .hint(format!("if it is another one, say that: --account \"{own}\"")))
}

/// Asks whether a proposal is right.
fn confirm(opened: &Opened, ui: &Ui) -> Result<(), Failure> {
    let unknown = || {
        Failure::data(format!("{}: its layout is not known; perchart proposes how to read it", opened.file))
            .hint("look at the proposal: the same command with --dry-run")
            .hint("take it: add --yes, and --save-profile NAME to keep it for files like this one")
            .hint("or say which column is what: --map COLUMN=FIELD, or --profile NAME")
    };
    if !ui.is_interactive() {
        return Err(unknown());
    }
    let asked = dialoguer::Confirm::new().with_prompt("Import it so?").default(false).interact();
    if asked.unwrap_or(false) { Ok(()) } else { Err(unknown()) }
}

/// Shows how far a long file has been read.
fn with_progress<T>(path: &Path, ui: &Ui, work: impl FnOnce(&mut dyn FnMut(u64)) -> T) -> T {
    let size = fs::metadata(path).map_or(0, |facts| facts.len());
    let begun = Instant::now();
    let shown = ui.is_watched();
    let mut bar: Option<ProgressBar> = None;
    let mut tell = |bytes: u64| {
        if shown && bar.is_none() && begun.elapsed() > LONG {
            let new = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{msg} [{wide_bar}] {percent}%")
                .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("=> "));
            new.set_style(style);
            new.set_message(path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
            bar = Some(new);
        }
        if let Some(bar) = &bar {
            bar.set_position(bytes);
        }
    };
    let result = work(&mut tell);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    result
}

/// The profiles of the program and the user's own.
fn profiles(dir: &Path) -> Result<Profiles, Failure> {
    let path = dir.join(PROFILES);
    if !path.exists() {
        return Ok(Profiles::built_in());
    }
    let failed = |what: String| Failure::data(format!("{}: {what}", path.display()));
    let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
    Profiles::built_in().with(&text).map_err(|error| failed(error.to_string()))
}

/// The profile of a file, to be kept under a name that is free.
fn saved(dir: &Path, name: &str, opened: &Opened, choices: &Choices) -> Result<Profile, Failure> {
    let Some(profile) = opened.as_profile(name, choices) else {
        return Err(Failure::data("a file without a header has nothing to be known by: its profile cannot be kept")
            .hint("nothing was imported; leave --save-profile out"));
    };
    if profiles(dir)?.named(name).is_some() {
        return Err(Failure::data(format!("there is a profile {name} already"))
            .hint("nothing was imported; take another name, or leave --save-profile out"));
    }
    Ok(profile)
}

/// Keeps a profile beside those that are there.
fn keep(dir: &Path, profile: &Profile) -> Result<(), Failure> {
    let path = dir.join(PROFILES);
    let failed = |error: std::io::Error| Failure::data(format!("cannot write {}: {error}", path.display()));
    let mut text = if path.exists() { fs::read_to_string(&path).map_err(failed)? } else { String::new() };
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    text.push_str(&profile.to_toml());
    let mut draft = tempfile::NamedTempFile::new_in(dir).map_err(failed)?;
    draft.write_all(text.as_bytes()).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    draft.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}
