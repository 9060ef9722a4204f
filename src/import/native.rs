//! Reading the project's own files and sheets that are mapped to them, of any length in the same memory.
//!
//! The file is read in blocks that end with a record. Threads turn blocks into rows; they come back in the order of the
//! file. A block without quotation marks ends at its last line end; one with them, where they come in pairs.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use memchr::{memchr, memchr_iter, memrchr, memrchr2};

use super::header::Header;
use super::problem::{Fault, Problems};
use super::records::{Record, Records};
use super::row::{self, Categories, ChartRow, Names, Noted, Row, Serials};
use crate::book::entry::Kind;
use crate::book::entry::{Asset, Expense, Payment, Trip};

/// The bytes of a block, about.
const BLOCK: usize = 256 * 1024;

/// The longest record, in bytes. A longer one has lost a quotation mark.
const LONGEST_RECORD: usize = 8 * 1024 * 1024;

/// The most threads that read blocks.
const THREADS: usize = 4;

/// The rows of a block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) rows: Rows,
    /// The names that rows of charts refer to.
    pub(super) names: Vec<String>,
    /// The payers and the types that are serial numbers.
    pub(super) serials: [Serials; 2],
    /// What is wrong, with lines counted from the first line of the block, which is 0.
    pub(super) problems: Problems,
    /// The lines of the block.
    pub(super) lines: u64,
    /// Whether the bytes are not UTF-8.
    pub(super) foreign: bool,
}

/// The rows of a block, by kind; lines counted from the first line of the block, which is 0.
#[derive(Debug)]
pub(super) enum Rows {
    Charts(Vec<ChartRow>),
    Payments(Vec<Payment>),
    Expenses(Vec<Expense>),
    Assets(Vec<Asset>),
    Trips(Vec<Trip>),
}

/// How the rows of a file are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub(super) name: &'a str,
    pub(super) header: &'a Header,
    pub(super) delimiter: u8,
    pub(super) known_categories: &'a [&'a str],
}

impl Plan<'_> {
    /// Reads the rows of a block.
    fn block(self, bytes: &[u8]) -> Block {
        let problems = Problems::new(self.name);
        let none = Block {
            rows: self.empty(bytes.len()),
            names: Vec::new(),
            serials: Default::default(),
            problems,
            lines: 0,
            foreign: true,
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return none };
        if memchr(0, bytes).is_some() {
            return none;
        }
        let mut block = Block { foreign: false, ..none };
        let mut records = Records::new(text, self.delimiter, 0).expect(self.header.width);
        let mut record = Record::default();
        let mut names = Names::default();
        let categories = Categories::new(self.known_categories);
        while let Some(line) = records.next(&mut record) {
            if (0..record.len()).all(|place| row::trimmed(records.cell(&record, place)).is_empty()) {
                continue;
            }
            if let Some(fault) = self.torn(&records, &record) {
                block.problems.add(Some(line), fault);
                continue;
            }
            let (header, records, record) = (self.header, &records, &record);
            let mut row = Row { header, records, record, line, problems: &mut block.problems };
            let read: Result<(), Noted> = match &mut block.rows {
                Rows::Charts(rows) => row::charts(&mut row, &mut names).map(|row| rows.push(row)),
                Rows::Payments(rows) => row::payment(&mut row).map(|row| rows.push(row)),
                Rows::Expenses(rows) => row::expense(&mut row, &categories).map(|row| rows.push(row)),
                Rows::Assets(rows) => row::asset(&mut row).map(|row| rows.push(row)),
                Rows::Trips(rows) => row::trip(&mut row).map(|row| rows.push(row)),
            };
            // The problems say why a row cannot be used.
            let _: Option<()> = read.ok();
        }
        block.lines = records.place().1;
        if let Rows::Charts(rows) = &block.rows {
            block.serials = names.serials(rows);
        }
        block.names = names.into_texts();
        block
    }

    fn empty(self, bytes: usize) -> Rows {
        match self.header.kind {
            Kind::Payments => Rows::Payments(Vec::new()),
            Kind::Expenses => Rows::Expenses(Vec::new()),
            Kind::Assets => Rows::Assets(Vec::new()),
            Kind::Trips => Rows::Trips(Vec::new()),
            // A row has some sixty bytes.
            _ => Rows::Charts(Vec::with_capacity(bytes / 48)),
        }
    }

    /// Why a record does not fit under the header.
    fn torn(self, records: &Records, record: &Record) -> Option<Fault> {
        let width = self.header.width;
        let beyond = (width..record.len()).all(|place| records.cell(record, place).trim().is_empty());
        if record.open_quote {
            return Some(
                Fault::new("a quotation mark without its partner", "quotation marks in pairs")
                    .hint("close it, and write one inside quoted text twice"),
            );
        }
        if record.len() >= width && beyond {
            return None;
        }
        let found = format!("{} field{}", record.len(), if record.len() == 1 { "" } else { "s" });
        let hint = match record.len() > width {
            true if self.delimiter == b',' => "put text or amounts that hold a comma in quotation marks",
            true => "",
            false if record.several_lines => "look for a missing quotation mark",
            false => "leave empty fields, but keep their commas",
        };
        Some(Fault::new(&found, &format!("{width} as in the header")).hint(hint))
    }
}

/// Blocks of a file, each ending with a record but perhaps the last.
pub(super) struct Blocks<R> {
    reader: R,
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// From where the reader stands: the start of a record.
    pub(super) fn new(reader: R) -> Blocks<R> {
        Blocks { reader, rest: Vec::new(), ended: false }
    }

    /// The next block; none at the end.
    ///
    /// # Errors
    /// The file cannot be read, or a record does not end.
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut block = std::mem::take(&mut self.rest);
        let mut wanted = BLOCK;
        loop {
            let missing = wanted.saturating_sub(block.len());
            block.reserve(missing);
            let read = (&mut self.reader).take(missing as u64).read_to_end(&mut block)?;
            self.ended = read < missing;
            if self.ended {
                return Ok((!block.is_empty()).then_some(block));
            }
            if let Some(end) = last_record_end(&block) {
                self.rest = block.split_off(end);
                return Ok(Some(block));
            }
            wanted = block.len() * 2;
            if wanted > LONGEST_RECORD * 2 {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a record of more than 8 MB"));
            }
        }
    }
}

/// Where the last record that ends in some bytes ends, its line end included. A CR at the very end may be half of a line
/// end, so that it does not count.
fn last_record_end(bytes: &[u8]) -> Option<usize> {
    let whole = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let Some(first) = memchr(b'"', whole) else {
        return memrchr2(b'\n', b'\r', whole).map(|at| at + 1);
    };
    // Between the marks of a pair no record ends.
    let mut end = last_end(&whole[..first]);
    let mut marks = memchr_iter(b'"', &whole[first + 1..]).map(|at| at + first + 1);
    while let Some(closing) = marks.next() {
        let opening = marks.next();
        let outside = &whole[closing..opening.unwrap_or(whole.len())];
        end = last_end(outside).map(|at| closing + at).or(end);
        if opening.is_none() {
            break;
        }
    }
    end
}

fn last_end(bytes: &[u8]) -> Option<usize> {
    memrchr(b'\n', bytes).or_else(|| memrchr(b'\r', bytes)).map(|at| at + 1)
}

/// What stops the reading of a file.
#[derive(Debug)]
pub(super) enum Stop<E> {
    /// The file cannot be read on.
    Io(io::Error),
    /// What takes the blocks cannot take more.
    Taker(E),
}

/// Reads all blocks of a file on several threads and gives them on in order, with the bytes they came from.
///
/// # Errors
/// The file cannot be read, or `take` fails.
pub(super) fn read<R: Read, E>(
    blocks: &mut Blocks<R>,
    plan: Plan,
    mut take: impl FnMut(Block, &[u8]) -> Result<(), E>,
) -> Result<(), Stop<E>> {
    let Some(first) = blocks.next().map_err(Stop::Io)? else { return Ok(()) };
    if blocks.ended {
        return take(plan.block(&first), &first).map_err(Stop::Taker);
    }
    let threads = thread::available_parallelism().map_or(1, usize::from).clamp(1, THREADS);
    thread::scope(|scope| {
        let workers: Vec<Worker> = (0..threads)
            .map(|_| {
                let (to, from) = sync_channel::<Vec<u8>>(2);
                let (back, done) = sync_channel::<(Block, Vec<u8>)>(2);
                scope.spawn(move || {
                    for bytes in from {
                        if back.send((plan.block(&bytes), bytes)).is_err() {
                            return;
                        }
                    }
                });
                (to, done)
            })
            .collect();
        let mut under_way: VecDeque<usize> = VecDeque::new();
        let mut next = Some(first);
        let mut turn = 0;
        loop {
            if let Some(bytes) = next.take() {
                // A worker that is gone has panicked; the scope tells it.
                let _ = workers[turn].0.send(bytes);
                under_way.push_back(turn);
                turn = (turn + 1) % threads;
                next = if under_way.len() < threads * 2 { blocks.next().map_err(Stop::Io)? } else { None };
                if next.is_some() {
                    continue;
                }
            }
            let Some(worker) = under_way.pop_front() else { return Ok(()) };
            let Ok((block, bytes)) = workers[worker].1.recv() else { return Ok(()) };
            take(block, &bytes).map_err(Stop::Taker)?;
            next = blocks.next().map_err(Stop::Io)?;
        }
    })
}

/// A thread: where its bytes go, and where its blocks come from.
type Worker = (SyncSender<Vec<u8>>, Receiver<(Block, Vec<u8>)>);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_with_records() {
        let end = |text: &str| last_record_end(text.as_bytes());
        assert_eq!(end("a,b\nc"), Some(4));
        assert_eq!(end("a,b\r\nc\r"), Some(5));
        assert_eq!(end("a\rb\rc"), Some(4));
        assert_eq!(end("abc"), None);
        assert_eq!(end("a,\"x\ny\"\nb,\"z\n"), Some(8));
        assert_eq!(end("a,\"x\"\nb,\"y\"\nc,d"), Some(12));
        assert_eq!(end("\"a\n"), None);
    }

    #[test]
    fn blocks_put_together_are_the_file() {
        let line = "2025-01-02,\"A, \"\"B\"\"\nC\",E/M,3\n";
        let file = line.repeat(60_000);
        let mut blocks = Blocks::new(file.as_bytes());
        let mut together = Vec::new();
        let mut count = 0;
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.len() % line.len(), 0);
            together.extend(block);
            count += 1;
        }
        assert_eq!(together, file.as_bytes());
        assert!(count > 2);
    }
}
