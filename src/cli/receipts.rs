//! `perchart attach`, `perchart receipts` and `perchart detach`: files that prove records. They stay where they are.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use chrono::{Datelike as _, NaiveDate, SecondsFormat, Utc};
use sha2::{Digest as _, Sha256};

use super::{Failure, Session, Ui, row};
use crate::book::Book;
use crate::book::entry::Receipt;
use crate::guard::{self, Scope};
use crate::report;
use crate::report::receipts::{FileState, Proof};
use crate::year::Records;

/// What `perchart attach` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The row that the files prove, as perchart list shows it, such as expenses.csv:12
    #[arg(value_name = "ROW")]
    row: String,
    /// Receipts, invoices, statements; they stay where they are
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// What `perchart detach` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Detach {
    /// Receipts by their numbers, as perchart receipts shows them
    #[arg(value_name = "NUMBER", required = true)]
    receipts: Vec<i64>,
}

/// Notes which files prove a row.
///
/// # Errors
/// There is no such row or file, a file's name looks like patient data, or the book cannot be used.
pub fn attach(args: &Args, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let mut book = session.book()?;
    let (of, record) = row::find(&args.row, &book)?;
    let attached_at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let read = |file: &PathBuf| -> Result<Receipt, Failure> {
        let (path, sha256, bytes) = looked_at(file, session.dir())?;
        Ok(Receipt { id: 0, of, record, path, sha256, bytes, attached_at: attached_at.clone() })
    };
    // All files are looked at before the first is noted.
    let receipts = args.files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for receipt in &receipts {
        if !book.attach(receipt)? {
            ui.say(&format!("{}: the row has this file already", receipt.path));
        }
    }
    let mut report = shown(&book, session.dir(), |receipt, _| receipt.of == of && receipt.record == record)?;
    report.title = format!("Receipts of {}", args.row);
    ui.report(&report.note("The files stay where they are: keep them as long as the return can be looked at."))
}

/// Shows the receipts and what became of their files.
///
/// # Errors
/// The book cannot be used.
pub fn receipts(session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.asked_year().map(i32::from);
    ui.report(&shown(&session.book()?, session.dir(), |_, day| year.is_none_or(|year| day.year() == year))?)
}

/// Forgets receipts. The files stay.
///
/// # Errors
/// There is no such receipt, or the book cannot be used.
pub fn detach(args: &Detach, session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let mut book = session.book()?;
    let known = book.receipts()?;
    if let Some(number) = args.receipts.iter().find(|number| known.iter().all(|receipt| receipt.id != **number)) {
        return Err(Failure::data(format!("there is no receipt {number}"))
            .hint("perchart receipts shows them with their numbers")
            .hint("nothing was detached"));
    }
    for number in &args.receipts {
        if let Some(receipt) = book.detach(*number)? {
            ui.say(&format!("detached, its file left alone: {}", receipt.path));
        }
    }
    ui.report(&shown(&book, session.dir(), |_, _| true)?)
}

/// The receipts of which a condition on it and the day of its record holds.
fn shown(book: &Book, dir: &Path, holds: impl Fn(&Receipt, NaiveDate) -> bool) -> Result<report::Report, Failure> {
    let receipts = book.receipts()?;
    let states = states(dir, &receipts);
    let mut proofs = Vec::new();
    for receipt in receipts {
        if let Some(record) = book.record(receipt.of, receipt.record)?
            && holds(&receipt, record.date())
        {
            let state = states.get(&receipt.id).copied().unwrap_or(FileState::Missing);
            proofs.push(Proof { receipt, record, state });
        }
    }
    let records = Records { batches: book.batches()?, ..Records::default() };
    Ok(report::receipts::receipts(&proofs, &records))
}

/// What became of the files of receipts, by the receipts' numbers.
pub(super) fn states(dir: &Path, receipts: &[Receipt]) -> HashMap<i64, FileState> {
    let state = |receipt: &Receipt| {
        let path = dir.join(&receipt.path);
        match fs::metadata(&path) {
            Ok(facts) if !facts.is_file() => FileState::Missing,
            Ok(facts) if i64::try_from(facts.len()) != Ok(receipt.bytes) => FileState::Changed,
            Ok(_) => match digest(&path) {
                Ok((sha256, _)) if sha256 == receipt.sha256 => FileState::Present,
                Ok(_) => FileState::Changed,
                Err(_) => FileState::Missing,
            },
            Err(_) => FileState::Missing,
        }
    };
    receipts.iter().map(|receipt| (receipt.id, state(receipt))).collect()
}

/// A file's path as seen from the book's folder, its digest and its length.
fn looked_at(file: &Path, dir: &Path) -> Result<(String, String, i64), Failure> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let screened = guard::file_name(&name, Scope::Work);
    if let Some(rule) = screened.hits.first() {
        return Err(Failure::data(format!("{}: its name looks like {}", screened.shown, rule.words()))
            .hint("nothing was attached; pay never needs a patient: check that the file shows none, and rename it"));
    }
    let fail = |what: String| Failure::data(format!("{}: {what}", screened.shown)).hint("nothing was attached");
    let full = file.canonicalize().map_err(|error| match error.kind() {
        ErrorKind::NotFound => fail("there is no such file".to_owned()),
        _ => fail(error.to_string()),
    })?;
    if !full.is_file() {
        return Err(fail("a folder, or something else that is no file; name the files in it".to_owned()));
    }
    let base = dir.canonicalize().map_err(|error| fail(error.to_string()))?;
    let Some(path) = seen_from(&base, &full) else {
        return Err(fail("its path has a name that is not Unicode; rename it".to_owned()));
    };
    if guard::text(&path, Scope::Money, NaiveDate::MIN).is_some() {
        return Err(fail("the names of its folders look like patient data; move it to another folder".to_owned()));
    }
    let (sha256, bytes) = digest(&full).map_err(|error| fail(error.to_string()))?;
    if bytes == 0 {
        return Err(fail("an empty file proves nothing".to_owned()));
    }
    Ok((path, sha256, bytes))
}

/// SHA-256 of a file in hexadecimals, and its length.
fn digest(path: &Path) -> io::Result<(String, i64)> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut part = vec![0; 64 * 1024];
    let mut bytes: i64 = 0;
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            break;
        }
        hasher.update(&part[..read]);
        bytes += i64::try_from(read).unwrap_or(0);
    }
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok((text, bytes))
}

/// A path as seen from a folder, with `/` between folders; as it is where the two have nothing in common. None where a
/// name is not Unicode.
fn seen_from(dir: &Path, file: &Path) -> Option<String> {
    let (base, full): (Vec<Component>, Vec<Component>) = (dir.components().collect(), file.components().collect());
    let shared = base.iter().zip(&full).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return file.to_str().map(str::to_owned);
    }
    let up = base[shared..].iter().map(|_| Some(".."));
    let down = full[shared..].iter().map(|part| part.as_os_str().to_str());
    Some(up.chain(down).collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_book() {
        let seen = |file: &str| seen_from(Path::new("/home/me/book"), Path::new(file));
        assert_eq!(seen("/home/me/book/receipts/a.pdf").as_deref(), Some("receipts/a.pdf"));
        assert_eq!(seen("/home/me/scans/a.pdf").as_deref(), Some("../scans/a.pdf"));
        assert_eq!(seen("/media/disk/a.pdf").as_deref(), Some("../../../media/disk/a.pdf"));
        assert_eq!(seen("/home/me/bookshelf/a.pdf").as_deref(), Some("../bookshelf/a.pdf"));
    }
}
