//! The guard against real statements: what belongs there is not refused, and masking keeps rows apart.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use perchart::guard::{Column, Scope, mask, name, text};

/// The cells of a file, row by row, whatever stands between them.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => {
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned())
        }
    };
    let count = |mark: char| text.lines().map(|line| line.matches(mark).count()).sum::<usize>();
    let delimiter = [',', ';', '\t', '|'].into_iter().max_by_key(|mark| count(*mark)).unwrap();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

mod shared;

#[test]
fn real_statements_pass() {
    let Some(dir) = shared::folder("csv") else { return };
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "csv"));
    files.sort();
    let mut told = String::new();
    let (mut cells, mut masked_cells, mut merged) = (0, 0, 0);
    for path in &files {
        let file = path.file_name().unwrap().to_str().unwrap();
        let time = ["clockify", "toggl", "solidtime", "harvest"].iter().any(|tracker| file.starts_with(tracker));
        let scope = if time { Scope::Time } else { Scope::Money };
        let rows = rows(&fs::read(path).unwrap());
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        // Headers stand below a few lines of preamble in some.
        let header = rows.iter().take(25).position(|row| row.len() == width).unwrap_or(0);
        for cell in rows.get(header).into_iter().flatten() {
            if let Some(identifier) = name(cell, scope) {
                writeln!(told, "{file}: header {cell:?}: {identifier:?}").unwrap();
            }
        }
        for place in 0..width {
            let title = rows[header].get(place).map_or("", String::as_str);
            // The rest of a tracker's export is not read.
            if time && !["client", "project", "task", "activity"].contains(&title.to_lowercase().as_str()) {
                continue;
            }
            let mut column = Column::new(title, scope);
            let mut before: BTreeMap<String, String> = BTreeMap::new();
            for cell in rows.iter().skip(header + 1).filter_map(|row| row.get(place)) {
                let short = mask(cell);
                cells += 1;
                masked_cells += usize::from(*cell != short);
                let first = before.entry(short.to_string()).or_insert_with(|| cell.clone());
                merged += usize::from(first != cell);
                assert!(text(&short, Scope::Money, today).is_none_or(|rule| !rule.is_masked()));
                column.add(if scope == Scope::Money { &short } else { cell }, today);
            }
            for hit in column.finish() {
                writeln!(told, "{file}: column {title:?}: {} x {:?}", hit.count, hit.rule).unwrap();
            }
        }
    }
    eprintln!("{} files, {cells} cells, {masked_cells} masked; {merged} became like another", files.len());
    assert_eq!(told, "", "refused");
    assert!(files.len() > 80 && cells > 4_000 && masked_cells * 10 < cells && merged < 20);
}
