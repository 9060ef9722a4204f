//! From a recognised file into the book.
//!
//! A long file that the book has seen before, and that has only grown, is read from where it ended: its first bytes are
//! compared by their digest. A digest is kept only of files all of whose columns are read, so that it says nothing that
//! the book does not say.

use std::fs::File;
use std::io::{self, Read as _, Seek, SeekFrom};

use super::give::{Error, Read, Taker};
use super::header::Header;
use super::open::{Content, Native, Opened, Source, unreadable};
use super::problem::{Problems, no_rows};
use crate::book::entry::{Asset, ChartsRow, Expense, Movement, Payment, TimeEntry, Trip};
use crate::book::{self, Added, Book, Importing, Mode, NewBatch, NewSource};

/// What an import did, or would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// What the book made of the rows.
    pub added: Added,
    /// What the file held. Of a file that has grown, what is behind the part that was read before.
    pub read: Read,
    /// Rows of the part that was read before; none where the whole file was read.
    pub before: Option<i64>,
}

impl Taker for Importing<'_> {
    type Error = book::Error;

    fn charts(&mut self, row: &ChartsRow) -> Result<(), book::Error> {
        Importing::charts(self, row).map(|_| ())
    }

    fn payment(&mut self, row: &Payment) -> Result<(), book::Error> {
        Importing::payment(self, row).map(|_| ())
    }

    fn expense(&mut self, row: &Expense) -> Result<(), book::Error> {
        Importing::expense(self, row).map(|_| ())
    }

    fn asset(&mut self, row: &Asset) -> Result<(), book::Error> {
        Importing::asset(self, row).map(|_| ())
    }

    fn trip(&mut self, row: &Trip) -> Result<(), book::Error> {
        Importing::trip(self, row).map(|_| ())
    }

    fn movement(&mut self, row: &Movement) -> Result<(), book::Error> {
        Importing::movement(self, row).map(|_| ())
    }

    fn time(&mut self, row: &TimeEntry) -> Result<(), book::Error> {
        Importing::time(self, row).map(|_| ())
    }
}

impl Opened<'_> {
    /// Brings the file into the book, whole or not at all; where only trying, says what would happen. Of a long file
    /// `tell` is told now and then how many bytes have been read.
    ///
    /// # Errors
    /// The file has a problem, or the book cannot be used; the book is then unchanged.
    pub fn import(
        self,
        book: &mut Book,
        imported_at: &str,
        mode: Mode,
        mut tell: impl FnMut(u64),
    ) -> Result<Imported, Error<book::Error>> {
        let batch = NewBatch { file: self.file.clone(), imported_at: imported_at.to_owned() };
        let grown = match &self.content {
            Content::Native(native) if self.reads_all() => native
                .grown(book, self.kind)
                .map_err(|error| Error::File(Problems::of(&self.file, unreadable(&error))))?,
            _ => None,
        };
        let mut importing = book.import(self.kind, batch, mode).map_err(Error::Taker)?;
        let Some(mut grown) = grown else {
            let read = self.give_telling(&mut importing, tell)?;
            let added = importing.finish(None).map_err(Error::Taker)?;
            return Ok(Imported { added, read, before: None });
        };
        let mut before = None;
        if let Some(source) = &grown.source
            && importing.resume(source).map_err(Error::Taker)?
        {
            before = Some(source.rows);
        } else {
            grown.start_over();
        }
        let Content::Native(mut native) = self.content else { unreachable!("only streamed files grow") };
        native.line = grown.line;
        if let Source::File(_, start) = &mut native.source {
            *start = grown.length;
        }
        let layout = native.layout();
        let mut read = Read::default();
        let line = native.give(&self.file, self.known_categories, &mut importing, &mut read, |bytes| {
            grown.see(bytes, mode);
            tell(grown.length);
        })?;
        if read.rows == 0 && before.is_none() {
            return Err(Error::File(Problems::of(&self.file, no_rows())));
        }
        let whole = grown.ends_with_a_line;
        let source = NewSource {
            length: grown.length,
            digest: grown.digest.finalize().into(),
            rows: before.unwrap_or(0) + read.rows,
            lines: i64::try_from(line).unwrap_or(i64::MAX) - 1,
            layout,
        };
        let added = importing.finish(whole.then_some(source)).map_err(Error::Taker)?;
        Ok(Imported { added, read, before })
    }

    /// Whether the book holds what every column of the file says.
    fn reads_all(&self) -> bool {
        self.unread.is_empty() && self.stripped.is_empty() && self.surrogates.is_empty()
    }
}

/// A file that may have grown, and the digest of what has been read of it.
struct Grown {
    /// The part that the book has seen.
    source: Option<book::Source>,
    digest: blake3::Hasher,
    /// The bytes in the digest.
    length: u64,
    /// The line on which reading goes on.
    line: u64,
    /// The same where the whole file is read.
    from_the_top: (blake3::Hasher, u64, u64),
    /// Whether all that was read ends with a line end.
    ends_with_a_line: bool,
}

impl Grown {
    fn start_over(&mut self) {
        let (digest, start, line) = self.from_the_top.clone();
        (self.source, self.digest, self.length, self.line) = (None, digest, start, line);
    }

    fn see(&mut self, bytes: &[u8], mode: Mode) {
        if mode == Mode::Store {
            self.digest.update(bytes);
        }
        self.length += bytes.len() as u64;
        self.ends_with_a_line = bytes.last() == Some(&b'\n');
    }
}

impl Native {
    /// How the file is read: another way of reading is another file.
    fn layout(&self) -> String {
        let places: Vec<String> =
            self.header.at.iter().map(|at| at.map_or_else(|| "-".to_owned(), |at| at.to_string())).collect();
        let Header { width, dates, decimal, .. } = self.header;
        let mark = char::from(self.delimiter).escape_default();
        format!("{mark} {} of {width} {dates:?} {decimal:?}", places.join(" "))
    }

    /// Looks for the longest part of a long file that the book has seen; none of a short one.
    fn grown(&self, book: &Book, kind: crate::book::entry::Kind) -> io::Result<Option<Grown>> {
        let Source::File(file, start) = &self.source else { return Ok(None) };
        let mut file = file.try_clone()?;
        let size = file.metadata()?.len();
        let layout = self.layout();
        let sources = book.sources(kind).unwrap_or_default();
        let mut sources: Vec<book::Source> = sources
            .into_iter()
            .filter(|source| source.layout == layout && source.length <= size && source.length > *start)
            .collect();
        sources.sort_by_key(|source| source.length);
        file.seek(SeekFrom::Start(0))?;
        let mut digest = blake3::Hasher::new();
        let mut at = 0;
        digest_to(&mut file, &mut digest, &mut at, *start)?;
        let mut grown = Grown {
            source: None,
            digest: digest.clone(),
            length: *start,
            line: self.line,
            from_the_top: (digest.clone(), *start, self.line),
            ends_with_a_line: true,
        };
        for source in sources {
            digest_to(&mut file, &mut digest, &mut at, source.length)?;
            if digest.finalize() == blake3::Hash::from(source.digest) {
                (grown.length, grown.line) = (source.length, source.lines.unsigned_abs() + 1);
                (grown.source, grown.digest) = (Some(source), digest.clone());
            }
        }
        Ok(Some(grown))
    }
}

/// Reads a file on to a place into its digest.
fn digest_to(file: &mut File, digest: &mut blake3::Hasher, at: &mut u64, to: u64) -> io::Result<()> {
    digest.update_reader((&mut *file).take(to - *at))?;
    *at = to;
    Ok(())
}
