//! `perchart export`: the year-end package as a file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Failure, Session, Ui, export_forms, receipts};
use crate::report::package::{day, package};
use crate::report::render::file::Kind;
use crate::report::screen;

/// What `perchart export` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Where to write; its ending says what: .pdf, .html, .xlsx, .csv, .txf or .json. With --forms-from, a directory
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Fill the blank official forms (PDF) of this directory instead
    #[arg(long, value_name = "DIR", conflicts_with = "today")]
    forms_from: Option<PathBuf>,
    /// The day that the file says it was made [default: the day of the latest record of the year]
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Writes the year-end package, or fills official forms: each file whole, or not at all.
///
/// # Errors
/// The ending is none that is known, the file is there, the book cannot be used, something in it looks like patient data,
/// or the file cannot be written.
pub fn run(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    if let Some(from) = &args.forms_from {
        return export_forms::run(from, &args.to, args.force, session, ui);
    }
    let kind = kind(&args.to)?;
    if args.to.exists() && !args.force {
        return Err(Failure::data(format!("{} is there already and is left as it is", args.to.display()))
            .hint("replace it with --force, or name another file"));
    }
    let year = session.worked_out_by_row()?;
    let files = receipts::states(session.dir(), &year.records.receipts);
    let report = package(&year, &files);
    if let Some(held) = screen::held(&report) {
        return Err(Failure::data(format!("not written: {held}"))
            .hint("correct the file it came from: perchart undo takes the import back, then import it again"));
    }
    let written = kind.render(&report, year.law.year, args.today.unwrap_or_else(|| day(&year)));
    put(&args.to, &written.bytes)?;
    ui.say(&format!("{}: {}, {}", args.to.display(), report.title, kind.words()));
    for remark in written.remarks {
        ui.say(&remark);
    }
    match &year.filled {
        Ok(_) => Ok(()),
        Err(refusals) => {
            Err(Failure::from(refusals.as_slice()).hint("Schedule C and its workpapers are written; the return is not"))
        }
    }
}

/// What to write, by the ending.
fn kind(to: &Path) -> Result<Kind, Failure> {
    let ending = to.extension().and_then(OsStr::to_str).unwrap_or_default();
    Kind::of_ending(ending).ok_or_else(|| {
        let known: Vec<String> =
            Kind::ALL.iter().map(|kind| format!(".{} ({})", kind.ending(), kind.words())).collect();
        let found = if ending.is_empty() { "has no ending".to_owned() } else { format!("ends with .{ending}") };
        Failure::usage(format!("{} {found}; the ending says what is written", to.display()))
            .hint(format!("known are {}", known.join(", ")))
    })
}

/// Writes a file beside its place and moves it there, so that a half one is never seen. It is the owner's alone to read:
/// it holds money and names.
fn put(to: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::data(format!("cannot write {}: {error}", to.display())).hint("nothing was written")
    };
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = tempfile::Builder::new().prefix(".perchart-").tempfile_in(folder).map_err(failed)?;
    draft.write_all(bytes).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    draft.persist(to).map_err(|error| failed(error.error))?;
    // The name is on disk only when the folder is; where folders cannot be opened, that is left to the system.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
