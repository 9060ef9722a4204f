//! The census of printed lines: what each official form prints against what our tables hold.
//! Evidence: official. The data, `tests/census/FORM-YEAR.txt`, holds facts only: the number of a line, its kind, a few
//! words. The last two years of final forms are in it; later numbers follow drafts.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod households;
mod shared;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use perchart::law;
use perchart::money::Round;
use perchart::tax;
use perchart::tax::facts::Student;

/// Each form: its name in the data, the name of its official text, and our forms that hold its lines.
const FORMS: &[(&str, &str, &[&str])] = &[
    ("form-1040", "f1040", &["form-1040"]),
    ("schedule-1", "f1040s1", &["schedule-1"]),
    ("schedule-1-a", "f1040s1a", &["schedule-1-a"]),
    ("schedule-2", "f1040s2", &["schedule-2"]),
    ("schedule-3", "f1040s3", &["schedule-3"]),
    ("schedule-8812", "f1040s8", &["schedule-8812"]),
    ("schedule-a", "f1040sa", &["schedule-a"]),
    ("schedule-c", "f1040sc", &["schedule-c"]),
    ("schedule-se", "f1040sse", &["schedule-se"]),
    ("form-2441", "f2441", &["form-2441"]),
    ("form-4562", "f4562", &["form-4562"]),
    ("form-461", "f461", &["form-461"]),
    ("form-6251", "f6251", &["form-6251"]),
    ("form-7206", "f7206", &["form-7206"]),
    ("form-8829", "f8829", &["form-8829"]),
    ("form-8863", "f8863", &["form-8863", "form-8863-student"]),
    ("form-8880", "f8880", &["form-8880"]),
    ("form-8889", "f8889", &["form-8889"]),
    ("form-8959", "f8959", &["form-8959"]),
    ("form-8960", "f8960", &["form-8960"]),
    ("form-8962", "f8962", &["form-8962"]),
    ("form-8995", "f8995", &["form-8995"]),
    ("form-8995-a", "f8995a", &["form-8995-a", "form-8995-a-business"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An amount: our table holds it.
    Amount,
    /// An amount in two columns: our table holds it as `9a` and `9b`.
    Columns,
    /// A box, name, date, yes or no.
    Answer,
    /// A number that only heads the lettered lines below it.
    Heading,
    /// "Reserved for future use."
    Reserved,
    /// An amount that we have under another form, or that is part of another line. The reason is given.
    Elsewhere,
}

/// One printed line.
#[derive(Clone, Debug)]
struct Row {
    number: String,
    kind: Kind,
}

/// The files of the data, each with form and year.
fn files() -> Vec<(String, u16, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/census");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let (form, year) = stem.rsplit_once('-').unwrap();
            (form.to_owned(), year.parse().unwrap(), path)
        })
        .collect();
    files.sort();
    files
}

fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| row(line).unwrap_or_else(|| panic!("{}: {line}", path.display()))).collect()
}

fn row(line: &str) -> Option<Row> {
    let (number, rest) = line.split_once(' ')?;
    let (kind, words) = rest.trim_start().split_once(' ')?;
    let kind = match kind {
        "amount" => Kind::Amount,
        "columns" => Kind::Columns,
        "answer" => Kind::Answer,
        "heading" => Kind::Heading,
        "reserved" => Kind::Reserved,
        "elsewhere:" => Kind::Elsewhere,
        _ => return None,
    };
    (is_printed(number) && words.trim().len() > 2).then(|| Row { number: number.to_owned(), kind })
}

/// Does it look like a number that a form prints, such as `27a`?
fn is_printed(number: &str) -> bool {
    let letters = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = number.len() - letters.len();
    (1..=2).contains(&digits) && letters.len() <= 1 && letters.chars().all(|c| c.is_ascii_lowercase())
}

/// The numbers that our forms print for a year, each with the form, for a household that fills all of them.
fn ours(year: u16) -> Vec<(&'static str, &'static str)> {
    let (law, _) = law::of(i32::from(year)).unwrap();
    let (_, mut household) = households::all(law).into_iter().find(|(name, _)| *name == "single coder").unwrap();
    household.students = vec![Student::default()];
    let filled = tax::prepare(law, &household, Round::WholeDollar).unwrap();
    let forms = filled.forms().forms;
    let lines = forms.iter().flat_map(|view| {
        let id = view.filled.id();
        view.filled.lines(year).into_iter().filter_map(move |line| Some((id, line.number?)))
    });
    lines.collect()
}

#[test]
fn every_printed_amount_stands_in_our_tables() {
    let mut problems = String::new();
    for (form, year, path) in files() {
        let (_, _, ids) = FORMS.iter().find(|(name, ..)| *name == form).unwrap();
        let mut numbers: Vec<_> =
            ours(year).into_iter().filter(|(id, _)| ids.contains(id)).map(|(_, number)| number).collect();
        let rows = rows(&path);
        for row in rows.iter().filter(|row| row.kind == Kind::Amount && !numbers.contains(&row.number.as_str())) {
            writeln!(problems, "{form} {year}: line {} is printed and not in our table", row.number).unwrap();
        }
        for row in rows.iter().filter(|row| row.kind == Kind::Columns) {
            for column in ["a", "b"].map(|column| format!("{}{column}", row.number)) {
                if !numbers.contains(&column.as_str()) {
                    writeln!(problems, "{form} {year}: column {column} is printed and not in our table").unwrap();
                }
            }
        }
        for number in numbers.iter().filter(|number| is_printed(number)) {
            let of_columns = |row: &Row| row.kind == Kind::Columns && number.trim_end_matches(['a', 'b']) == row.number;
            if !rows.iter().any(|row| row.number == *number || of_columns(row)) {
                writeln!(problems, "{form} {year}: our line {number} is not printed").unwrap();
            }
        }
        numbers.sort_unstable();
        for twice in numbers.windows(2).filter(|pair| pair[0] == pair[1]) {
            writeln!(problems, "{form} {year}: our table has line {} twice", twice[0]).unwrap();
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn the_data_is_whole() {
    for (form, year, path) in files() {
        assert!(FORMS.iter().any(|(name, ..)| *name == form), "{form}");
        let rows = rows(&path);
        let numbers: BTreeSet<_> = rows.iter().map(|row| &row.number).collect();
        assert_eq!(numbers.len(), rows.len(), "{form} {year}: a number twice");
    }
}

#[test]
fn the_data_lists_every_number_of_the_official_text() {
    let Some(folder) = shared::folder("law/irs-text") else { return };
    let (mut problems, mut texts, mut count) = (String::new(), 0, 0);
    for (form, stem, _) in FORMS {
        for year in [2024, 2025] {
            let data = files().into_iter().find(|(name, of, _)| name == form && *of == year);
            let Ok(text) = std::fs::read_to_string(folder.join(format!("{stem}--{year}.txt"))) else {
                if data.is_some() {
                    writeln!(problems, "{form} {year}: data without an official text").unwrap();
                }
                continue;
            };
            let Some((.., path)) = data else {
                writeln!(problems, "{form} {year}: an official text without data").unwrap();
                continue;
            };
            let text = columns(&text);
            let printed = labels(&text);
            let listed: Vec<_> = rows(&path).into_iter().map(|row| row.number).collect();
            if listed != printed {
                let missing = printed.iter().filter(|number| !listed.contains(number)).cloned().collect::<Vec<_>>();
                let more = listed.iter().filter(|number| !printed.contains(number)).cloned().collect::<Vec<_>>();
                writeln!(problems, "{form} {year}: not listed {missing:?}, not printed {more:?}, or another order")
                    .unwrap();
            }
            // The numbers beside the boxes at the right are read by themselves.
            for number in boxes(&text) {
                let is_listed =
                    |other: &String| *other == number || other.trim_end_matches(char::is_alphabetic) == number;
                if !listed.iter().any(is_listed) {
                    writeln!(problems, "{form} {year}: the box of line {number} has no row").unwrap();
                }
            }
            (texts, count) = (texts + 1, count + printed.len());
        }
    }
    assert!(problems.is_empty(), "{problems}");
    eprintln!("compared {count} printed numbers of {texts} forms");
    assert!(texts >= 35 && count > 1_000, "{texts} texts, {count} numbers");
}

/// The rows of a text that hold lines; where lines stand in two columns, the left one first.
fn columns(text: &str) -> Vec<String> {
    // Form 1040 numbers its dependents too: its lines begin at "Income".
    let rows: Vec<&str> = text.lines().map(|row| row.trim_start_matches('\u{c}')).collect();
    let start = rows.iter().position(|row| row.trim_start().starts_with("Income ")).unwrap_or(0);
    let mut rows: Vec<String> = rows[start..].iter().map(|row| (*row).to_owned()).collect();
    // Schedule C, Part II.
    let right = |row: &String| row.contains("18 ").then(|| row.find("Office expense")).flatten();
    let Some(first) = rows.iter().position(|row| right(row).is_some()) else { return rows };
    let cut = rows[first].find("18 ").unwrap() - 12;
    let last = first + rows[first..].iter().position(|row| row.trim_start().starts_with("28 ")).unwrap();
    let half = |row: &String, left: bool| {
        let kept = row.chars().enumerate().filter(|(at, _)| (*at < cut) == left);
        kept.map(|(_, letter)| letter).collect::<String>()
    };
    let part: Vec<String> =
        [true, false].into_iter().flat_map(|left| rows[first..last].iter().map(move |row| half(row, left))).collect();
    rows.splice(first..last, part);
    rows
}

/// A word of a row, with the space around it.
struct Word<'a> {
    text: &'a str,
    /// Spaces before it; many for the first.
    before: usize,
    /// Spaces after it; many for the last.
    after: usize,
    next: &'a str,
    previous: &'a str,
}

fn words(row: &str) -> Vec<Word<'_>> {
    const MANY: usize = 99;
    let mut starts = Vec::new();
    let mut end = 0;
    for text in row.split_whitespace() {
        let start = end + row[end..].find(text).unwrap();
        starts.push((start, text));
        end = start + text.len();
    }
    let gap = |left: usize, right: usize| starts[right].0 - starts[left].0 - starts[left].1.len();
    (0..starts.len())
        .map(|at| Word {
            text: starts[at].1,
            before: if at == 0 { MANY } else { gap(at - 1, at) },
            after: if at + 1 == starts.len() { MANY } else { gap(at, at + 1) },
            next: starts.get(at + 1).map_or("", |(_, text)| text),
            previous: if at == 0 { "" } else { starts[at - 1].1 },
        })
        .collect()
}

/// Line numbers in reading order. A number must follow the one before it: `4` or `4a` after `3`, `b` after `4a`; letters
/// may jump to `y` and `z`.
fn labels(rows: &[String]) -> Vec<String> {
    let (mut number, mut letter) = (0, None);
    let mut found: Vec<String> = Vec::new();
    for row in rows {
        for (at, word) in words(row).iter().enumerate() {
            let text = word.text.strip_suffix('.').filter(|text| text.len() == 1).unwrap_or(word.text);
            let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = &text[..text.len() - letters.len()];
            let lettered = match letters.as_bytes() {
                [] => None,
                [one] if one.is_ascii_lowercase() => Some(*one),
                _ => continue,
            };
            if digits.len() > 2 || digits.is_empty() && lettered.is_none() {
                continue;
            }
            // A heading in the margin may stand close before a number.
            let margin = at == 1
                && !digits.is_empty()
                && word.previous.len() > 4
                && word.previous.chars().all(char::is_alphabetic)
                && !["Schedule", "lines"].contains(&word.previous);
            let opens =
                word.next.starts_with(|c: char| c.is_uppercase() || "“$(".contains(c)) || word.next.ends_with("-year");
            if word.before < 2 && !margin || word.after < 2 && !opens {
                continue;
            }
            let following = letter.map_or(b'a', |letter: u8| letter + 1);
            let jumps = |to: u8| letter.is_some_and(|letter| to > letter) && to >= b'y';
            let own: u32 = if digits.is_empty() { number } else { digits.parse().unwrap() };
            let follows = if own == number {
                number > 0 && lettered.is_some_and(|to| to == following || digits.is_empty() && jumps(to))
            } else {
                own == number + 1 && lettered.is_none_or(|letter| letter == b'a')
            };
            if follows {
                (number, letter) = (own, lettered);
                found.push(format!("{number}{}", lettered.map(char::from).map(String::from).unwrap_or_default()));
            }
        }
    }
    found
}

/// Numbers beside the boxes at the right end of rows.
fn boxes(rows: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for row in rows.iter().filter(|row| !row.contains("Sequence No")) {
        let mut words = words(row);
        // What may stand in a box or behind its number.
        while words.last().is_some_and(|word| {
            matches!(word.text, "(" | ")" | "()" | "%" | "X." | "x0." | "." | "x") || word.text.starts_with('$')
        }) {
            words.pop();
        }
        let numbered = |word: &&Word| is_printed(word.text) && (word.before >= 2 || word.previous == ".");
        found.extend(words.last().filter(numbered).map(|word| word.text.to_owned()));
    }
    found
}
