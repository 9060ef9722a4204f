//! What a command works on: the book's directory and what is loaded from it, when it is needed.

use std::cell::OnceCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{Failure, Options};
use crate::book::Book;
use crate::law;
use crate::ledger::{self, Rules};
use crate::money::Round;
use crate::profile::{self, Profile};
use crate::year::{Records, Year};

/// The environment variable that names the book's directory.
pub const VARIABLE: &str = "PERCHART_BOOK";

/// One run of a command.
pub struct Session {
    place: Place,
    year: Option<u16>,
    round: Round,
    profile: OnceCell<Profile>,
}

/// Where the book is, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Named by `--book`.
    Asked(PathBuf),
    /// Named by the environment.
    Variable(PathBuf),
    /// The nearest directory with a `perchart.toml`, from the working directory up.
    Above(PathBuf),
    /// The platform's data directory.
    Platform(PathBuf),
}

impl Place {
    /// The directory.
    pub fn dir(&self) -> &Path {
        match self {
            Place::Asked(dir) | Place::Variable(dir) | Place::Above(dir) | Place::Platform(dir) => dir,
        }
    }

    fn find(asked: Option<&Path>, variable: Option<OsString>, here: &Path, platform: &Path) -> Place {
        if let Some(dir) = asked {
            return Place::Asked(dir.to_owned());
        }
        if let Some(dir) = variable.filter(|dir| !dir.is_empty()) {
            return Place::Variable(dir.into());
        }
        let above = here.ancestors().find(|dir| dir.join(profile::FILE).is_file());
        match above {
            Some(dir) => Place::Above(dir.to_owned()),
            None => Place::Platform(platform.join("perchart")),
        }
    }
}

impl Session {
    /// Finds the book's directory. Nothing is read yet.
    pub fn new(options: &Options) -> Session {
        let here = std::env::current_dir().unwrap_or_default();
        let platform = dirs::data_dir().unwrap_or_else(|| here.clone());
        let place = Place::find(options.book.as_deref(), std::env::var_os(VARIABLE), &here, &platform);
        Session { place, year: options.year, round: options.round.into(), profile: OnceCell::new() }
    }

    /// Where the book is, or would be.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// How form lines are rounded.
    pub fn round(&self) -> Round {
        self.round
    }

    /// The year that was asked for by `--year`.
    pub fn asked_year(&self) -> Option<u16> {
        self.year
    }

    /// The tax year: asked for by `--year`, else stated in the profile, else the latest with work in the
    /// book that perchart has law for.
    ///
    /// # Errors
    ///
    /// None of these, or book or profile cannot be used.
    pub fn year(&self) -> Result<i32, Failure> {
        if let Some(year) = self.year.or(self.profile()?.tax_year) {
            return Ok(i32::from(year));
        }
        let years = self.book()?.years()?;
        years.into_iter().filter(|year| law::of(*year).is_ok()).max().ok_or_else(|| {
            Failure::data("the book has no records yet")
                .hint("bring some in: perchart import charts.csv payments.csv expenses.csv")
                .hint("or name a year: --year 2025")
        })
    }

    /// The book's directory.
    pub fn dir(&self) -> &Path {
        self.place.dir()
    }

    /// Whether there is a book.
    pub fn has_book(&self) -> bool {
        self.place.dir().join(profile::FILE).exists()
    }

    /// The book, opened for reading.
    ///
    /// # Errors
    ///
    /// There is no book, or its file cannot be used.
    pub fn book(&self) -> Result<Book, Failure> {
        self.profile()?;
        Ok(Book::open(self.place.dir())?)
    }

    /// The rules: the user's own beside her profile, if there are any, and ours.
    ///
    /// # Errors
    ///
    /// Her file cannot be read, or is not a table of rules.
    pub fn rules(&self) -> Result<Rules, Failure> {
        let file = self.place.dir().join(ledger::FILE);
        let yours = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(problem) => return Err(Failure::data(format!("cannot read {}: {problem}", file.display()))),
        };
        Rules::with(&yours).map_err(|problem| {
            let problem = problem.to_string();
            Failure::data(format!("{}: {}", ledger::FILE, problem.trim_end()))
                .hint("docs/rules.md shows how rules are written")
        })
    }

    /// All records of the book, with those that follow from statements.
    ///
    /// # Errors
    ///
    /// Book, profile or rules cannot be used.
    pub fn settled(&self) -> Result<Records, Failure> {
        self.settle(self.records()?)
    }

    fn settle(&self, records: Records) -> Result<Records, Failure> {
        if records.movements.is_empty() && records.corrections.is_empty() {
            return Ok(records);
        }
        Ok(records.settled(self.profile()?, &self.rules()?))
    }

    /// All records of the book.
    ///
    /// # Errors
    ///
    /// There is no book, or its file cannot be used.
    pub fn records(&self) -> Result<Records, Failure> {
        Ok(Records::of(&self.book()?)?)
    }

    /// The tax year, worked out from the sums of work.
    ///
    /// # Errors
    ///
    /// Book or profile cannot be used, or there is no law for the year.
    pub fn worked_out(&self) -> Result<Year, Failure> {
        let records = self.settle(Records::summed(&self.book()?)?)?;
        Ok(Year::work_out(self.year()?, records, self.profile()?.clone(), self.round)?)
    }

    /// The tax year, worked out with every row of work behind its figures.
    ///
    /// # Errors
    ///
    /// As for [`Session::worked_out`].
    pub fn worked_out_by_row(&self) -> Result<Year, Failure> {
        Ok(Year::work_out(self.year()?, self.settled()?, self.profile()?.clone(), self.round)?)
    }

    /// The book's profile, read once.
    ///
    /// # Errors
    ///
    /// There is no book, or its profile cannot be used.
    pub fn profile(&self) -> Result<&Profile, Failure> {
        if let Some(profile) = self.profile.get() {
            return Ok(profile);
        }
        if !self.place.dir().join(profile::FILE).exists() {
            return Err(self.no_book());
        }
        let profile = Profile::load(self.place.dir())?;
        Ok(self.profile.get_or_init(|| profile))
    }

    fn no_book(&self) -> Failure {
        let dir = self.place.dir().display();
        let missing = format!("{dir} has no {}", profile::FILE);
        match &self.place {
            Place::Asked(_) => Failure::data(missing).hint(format!("make a book there: perchart init {dir}")),
            Place::Variable(_) => Failure::data(format!("{missing} ({VARIABLE} names that directory)"))
                .hint(format!("make a book there: perchart init {dir}")),
            Place::Above(_) | Place::Platform(_) => {
                Failure::data(format!("there is no book: no {} here, above, or in {dir}", profile::FILE))
                    .hint("make one here: perchart init")
                    .hint("or name it: --book DIR")
                    .hint("or look at a sample book first: perchart demo")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_is_found_in_order() {
        let root = tempfile::tempdir().expect("a directory");
        let deep = root.path().join("a/b");
        std::fs::create_dir_all(&deep).expect("directories");
        let find = |asked: Option<&str>, variable: Option<&str>| {
            Place::find(asked.map(Path::new), variable.map(OsString::from), &deep, Path::new("/data"))
        };
        assert_eq!(find(Some("x"), Some("y")), Place::Asked("x".into()));
        assert_eq!(find(None, Some("y")), Place::Variable("y".into()));
        assert_eq!(find(None, Some("")), Place::Platform("/data/perchart".into()));
        std::fs::write(root.path().join(profile::FILE), "").expect("a file");
        assert_eq!(find(None, None), Place::Above(root.path().to_owned()));
    }
}
