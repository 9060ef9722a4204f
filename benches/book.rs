//! A book of a million rows, one step a process, to be measured from outside. README.md beside this tells how to run it.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/log/mod.rs"]
mod log;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use perchart::book::entry::Kind;
use perchart::book::{Book, Mode, NewBatch, NewSource};

use self::log::Log;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let begun = Instant::now();
    match words.as_slice() {
        ["write", rows, file] => {
            let mut out = BufWriter::new(File::create(file).unwrap());
            out.write_all(log::HEADER.as_bytes()).unwrap();
            log::write(&mut out, Log::new(rows.parse().unwrap()));
        }
        ["draw", rows] => println!("{}", Log::new(rows.parse().unwrap()).map(|row| row.count).sum::<i64>()),
        ["import", rows, dir] => import(rows.parse().unwrap(), 0, Path::new(dir), Mode::Store),
        ["again", rows, dir] => import(rows.parse().unwrap(), 0, Path::new(dir), Mode::Try),
        ["tail", rows, more, dir] => import(rows.parse().unwrap(), more.parse().unwrap(), Path::new(dir), Mode::Store),
        ["undo", dir] => drop(Book::open(Path::new(dir)).unwrap().undo(None).unwrap()),
        ["open", dir] => drop(Book::open(Path::new(dir)).unwrap()),
        ["verify", dir] => Book::open(Path::new(dir)).unwrap().verify().unwrap(),
        ["work", dir] => println!("{} sums", Book::open(Path::new(dir)).unwrap().work().unwrap().days.len()),
        ["rows", dir] => println!("{} rows", Book::open(Path::new(dir)).unwrap().charts(None).unwrap().len()),
        _ => {}
    }
    if !words.is_empty() {
        println!("{words:?}: {:.3} s", begun.elapsed().as_secs_f64());
    }
}

/// Imports a log, or the rows by which it has grown.
fn import(rows: u64, more: i64, dir: &Path, mode: Mode) {
    let mut book = Book::open(dir).unwrap();
    let source = book.sources(Kind::Charts).unwrap().into_iter().next();
    let batch = NewBatch { file: "charts.csv".to_owned(), imported_at: "2026-01-01T00:00:00Z".to_owned() };
    let mut importing = book.import(Kind::Charts, batch, mode).unwrap();
    let mut lines = 1;
    if more > 0 {
        let source = source.unwrap();
        assert!(importing.resume(&source).unwrap());
        lines = source.lines;
        for mut row in Log::new(rows).take(usize::try_from(more).unwrap()) {
            lines += 1;
            (row.line, row.count) = (lines, row.count + 1_000);
            importing.charts(&row).unwrap();
        }
    } else {
        for row in Log::new(rows) {
            lines = row.line;
            importing.charts(&row).unwrap();
        }
    }
    let source =
        NewSource { length: lines.unsigned_abs(), digest: [7; 32], rows: lines - 1, lines, layout: String::new() };
    let added = importing.finish(Some(source)).unwrap();
    println!("{} new, {} known", added.new, added.known);
}
