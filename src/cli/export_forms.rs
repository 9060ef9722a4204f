//! `perchart export --forms-from DIR --to DIR`: blank official forms, filled.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Failure, Session, Ui};
use crate::money::Round;
use crate::official::{self, Refused};
use crate::report::official::{Work, forms};
use crate::report::screen;

/// No blank form is larger.
const LARGEST: u64 = 16 << 20;

/// Fills the blank forms of one directory into another, each whole or not at all. A form that is refused does not stop
/// the others.
///
/// # Errors
/// The book cannot be used, the return is refused or in cents, a directory cannot be read or written, a file is there
/// already, something looks like patient data, or a form was refused. A form of the year without a map is no refusal.
pub fn run(from: &Path, to: &Path, force: bool, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    if session.round() == Round::Cents {
        return Err(Failure::usage("official forms are filled in whole dollars").hint("leave out --round cents"));
    }
    let blanks = blanks(from)?;
    let year = session.worked_out()?;
    let filled = year.filled.as_ref().map_err(|refusals| Failure::from(refusals.as_slice()))?;
    let mut work = Work::default();
    for path in &blanks {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match read(path) {
            Err(problem) => work.refused.push((name, problem)),
            Ok(bytes) => match official::recognise(&bytes, filled.year) {
                Err(refused @ Refused::NoMap { .. }) => work.unused.push((name, refused.to_string())),
                Err(refused) => work.refused.push((name, refused.to_string())),
                Ok(map) if work.done.iter().any(|(_, known, _)| known.form == map.form) => {
                    work.refused.push((name, format!("this is a second blank of {}", map.title)));
                }
                Ok(map) => match official::fill(map, &bytes, &year, filled) {
                    Ok(copies) => work.done.push((name, map, copies)),
                    Err(problem) => work.refused.push((name, problem.to_string())),
                },
            },
        }
    }
    // Every entry goes to paper, so every entry is looked at.
    if let Some(held) = screen::held(&forms(&work, filled, true)) {
        return Err(Failure::data(format!("not written: {held}"))
            .hint("correct the file it came from: perchart undo takes the import back, then import it again"));
    }
    write(&work, to, force)?;
    ui.report(&forms(&work, filled, ui.is_verbose()))?;
    if work.refused.is_empty() {
        return Ok(());
    }
    let files: Vec<&str> = work.refused.iter().map(|(file, _)| file.as_str()).collect();
    Err(Failure::data(format!("refused: {}", files.join(", "))).hint(format!(
        "download the forms of {} from https://www.irs.gov/prior-year-forms-and-instructions, and save them as they are",
        filled.year
    )))
}

/// The PDFs of a directory, by name.
fn blanks(from: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: io::Error| Failure::data(format!("cannot read {}: {error}", from.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().and_then(OsStr::to_str).is_some_and(|end| end.eq_ignore_ascii_case("pdf")) {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Failure::data(format!("there is no PDF in {}", from.display()))
            .hint("download the blank forms from https://www.irs.gov/forms-instructions into it: f1040sc.pdf, f1040sse.pdf, f1040.pdf, ..."));
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("it cannot be read: {error}");
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST);
    if fits { Ok(bytes) } else { Err("it has more than 16 MiB, which no blank form has".to_owned()) }
}

/// Writes the filled forms: all of them are beside their places before the first is moved there.
fn write(work: &Work, to: &Path, force: bool) -> Result<(), Failure> {
    let forms = || work.done.iter().flat_map(|(_, _, copies)| copies);
    if let Some(there) = forms().map(|form| to.join(form.file())).find(|path| path.exists() && !force) {
        return Err(Failure::data(format!("{} is there already; it may hold what you typed into it", there.display()))
            .hint("name another directory, or replace it with --force"));
    }
    let failed = |error: io::Error| Failure::data(format!("cannot write to {}: {error}", to.display()));
    private_directory(to).map_err(failed)?;
    let mut drafts = Vec::new();
    for form in forms() {
        let mut draft = tempfile::Builder::new().prefix(".perchart-").tempfile_in(to).map_err(failed)?;
        draft.write_all(&form.bytes).and_then(|()| draft.as_file().sync_all()).map_err(failed)?;
        drafts.push((draft, to.join(form.file())));
    }
    for (draft, path) in drafts {
        draft.persist(&path).map_err(|refused| failed(refused.error))?;
    }
    Ok(())
}

/// Makes the directory, for the owner only: what is written holds money. One that exists is left as it is.
fn private_directory(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
