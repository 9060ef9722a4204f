//! The threads: each reads a block, works it out, and writes it when its turn has come.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::{mem, thread};

use super::record::Records;
use super::row::{Cells, Header, Seat};
use super::source::Source;
use super::{Ended, Problem, results};
use crate::money::{Round, Usd};
use crate::tax::Return;

/// Rows that are read, worked out and written together. A block goes round and is used again, so that memory does not
/// grow with the file.
#[derive(Default)]
struct Block {
    /// The rows.
    input: Vec<u8>,
    /// The results.
    output: Vec<u8>,
    /// Its problems count lines from its own first one.
    ended: Ended,
    /// Line breaks in its rows.
    lines: u64,
}

/// What one thread works with, row after row.
#[derive(Default)]
struct Bench {
    cells: Cells,
    seat: Seat,
    filled: Return,
}

impl Block {
    /// Works out the rows of the first `length` bytes.
    fn work_out(&mut self, length: usize, header: &Header, bench: &mut Bench, round: Round) {
        let Block { input, output, ended, lines } = self;
        output.clear();
        let mut records = Records::of(&mut input[..length]);
        while let Some(row) = header.read(&mut records, &mut bench.cells) {
            let worked_out = row.and_then(|row| {
                row.work_out(&mut bench.seat, &mut bench.filled, round)?;
                quoted(row.id(), output);
                Ok(())
            });
            match worked_out {
                Ok(()) => {
                    line(&results(&bench.filled), output);
                    ended.written += 1;
                }
                Err(problem) => ended.problems.push(problem),
            }
        }
        *lines = records.lines;
    }
}

/// Amounts behind a first field, and the end of the line.
fn line(amounts: &[Usd], text: &mut Vec<u8>) {
    let mut at = text.len();
    // Room for all of them at once; what they do not need is given back.
    text.resize(at + amounts.len() * (1 + Usd::LONGEST) + 1, 0);
    for amount in amounts {
        text[at] = b',';
        at += 1 + amount.write_to(&mut text[at + 1..]);
    }
    text[at] = b'\n';
    text.truncate(at + 1);
}

/// A field as CSV writes it: in quotation marks only where it needs them.
fn quoted(field: &[u8], text: &mut Vec<u8>) {
    if !field.iter().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
        text.extend_from_slice(field);
        return;
    }
    text.push(b'"');
    for byte in field {
        text.extend(std::iter::repeat_n(*byte, 1 + usize::from(*byte == b'"')));
    }
    text.push(b'"');
}

/// Where finished blocks become the output, in the order of the input.
struct Sink<W> {
    output: W,
    /// Blocks that nobody works on.
    free: Vec<Block>,
    /// Finished blocks that wait for one before them, by number.
    waiting: BTreeMap<u64, Block>,
    /// The block that is written next.
    next: u64,
    /// Lines of the input so far.
    lines: u64,
    ended: Ended,
    /// Nothing more is written: the output failed, or a thread panicked.
    broken: bool,
    failed: Option<io::Error>,
}

impl<W: Write> Sink<W> {
    /// Takes a finished block, and writes it and those that waited for it as soon as it is their turn.
    fn take(&mut self, number: u64, block: Block) {
        self.waiting.insert(number, block);
        while let Some(mut block) = self.waiting.remove(&self.next) {
            if let Err(error) = self.output.write_all(&block.output) {
                (self.broken, self.failed) = (true, Some(error));
                return;
            }
            let lines = self.lines;
            let ended = mem::take(&mut block.ended);
            self.ended.written += ended.written;
            self.ended.problems.extend(
                ended.problems.into_iter().map(|problem| Problem { line: problem.line + lines + 1, ..problem }),
            );
            self.lines += block.lines;
            self.next += 1;
            self.free.push(block);
        }
    }
}

/// What all threads share.
struct Work<R, W> {
    header: Header,
    round: Round,
    source: Mutex<Source<R>>,
    sink: Mutex<Sink<W>>,
    freed: Condvar,
}

impl<R: Read, W: Write> Work<R, W> {
    /// Takes blocks, one after the other, and works them out, until there are no more.
    fn work(&self) {
        let _alarm = Alarm(self);
        let mut bench = Bench::default();
        while let Some(mut block) = self.free_block() {
            let cut = lock(&self.source).cut(&mut block.input);
            if let Some((_, length)) = cut {
                block.work_out(length, &self.header, &mut bench, self.round);
            }
            let mut sink = lock(&self.sink);
            let may_wait = sink.free.is_empty();
            match cut {
                Some((number, _)) => sink.take(number, block),
                None => sink.free.push(block),
            }
            drop(sink);
            if may_wait {
                self.freed.notify_all();
            }
            if cut.is_none() {
                break;
            }
        }
    }

    /// Waits for a block that nobody works on. `None` if the work is in vain.
    fn free_block(&self) -> Option<Block> {
        let must_wait = |sink: &mut Sink<W>| sink.free.is_empty() && !sink.broken;
        let mut sink = self.freed.wait_while(lock(&self.sink), must_wait).unwrap_or_else(PoisonError::into_inner);
        if sink.broken { None } else { sink.free.pop() }
    }
}

/// Stops the other threads when one panics: they would wait for its block.
struct Alarm<'a, R, W>(&'a Work<R, W>);

impl<R, W> Drop for Alarm<'_, R, W> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.sink).broken = true;
            self.0.freed.notify_all();
        }
    }
}

/// Whoever panicked has raised the alarm.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How the work ended.
pub(super) struct Done {
    pub(super) ended: Ended,
    /// Lines of the input.
    pub(super) lines: u64,
    /// Why reading stopped before the end.
    pub(super) unread: Option<io::Error>,
    /// Why writing stopped before the end.
    pub(super) unwritten: Option<io::Error>,
}

/// Blocks for each thread: as many may be finished before one that takes long.
const BLOCKS: usize = 4;

/// More threads than this have nothing to do: one at a time reads, and one writes.
const MOST_THREADS: usize = 32;

/// Works out all blocks of a source behind its header, which took so many lines.
pub(super) fn all<R: Read + Send, W: Write + Send>(
    header: Header,
    round: Round,
    source: Source<R>,
    output: W,
    lines: u64,
) -> Done {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let free = (0..BLOCKS * threads).map(|_| Block::default()).collect();
    let sink = Sink {
        output,
        free,
        waiting: BTreeMap::new(),
        next: source.blocks(),
        lines,
        ended: Ended::default(),
        broken: false,
        failed: None,
    };
    let work = Work { header, round, source: Mutex::new(source), sink: Mutex::new(sink), freed: Condvar::new() };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| work.work());
        }
        work.work();
    });
    let unread = lock(&work.source).failed.take();
    let mut sink = work.sink.into_inner().unwrap_or_else(PoisonError::into_inner);
    let unwritten = sink.failed.or_else(|| sink.output.flush().err());
    Done { ended: sink.ended, lines: sink.lines, unread, unwritten }
}
