//! What is wrong with a file: where, what was found, what was expected.

use std::fmt;

use crate::guard;

/// Problems that are kept; the rest is counted.
const KEPT: usize = 10;

/// Characters of a cell that are shown.
const SHOWN: usize = 40;

/// One problem in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file's name, without its folder.
    pub file: String,
    /// The line in the file, the first being 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// The column by its name in the layout.
    pub column: Option<String>,
    /// What was found, as words: a cell in quotation marks, cut at 40 characters. Cells of unknown columns are never
    /// shown.
    pub found: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    /// As `charts.csv:14: rate: found "2.2O", expected dollars a chart such as 2.20`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        if let Some(found) = &self.found {
            write!(f, "found {found}, ")?;
        }
        write!(f, "expected {}", self.expected)?;
        self.hint.iter().try_for_each(|hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for Problem {}

/// All that is wrong with one file. Nothing of the file was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problems {
    /// The file's name, without its folder.
    pub file: String,
    /// The first problems in the order of the file, at most 10.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: u64,
}

impl Problems {
    pub(super) fn new(file: &str) -> Problems {
        Problems { file: file.to_owned(), problems: Vec::new(), more: 0 }
    }

    /// A file with one fault that has no line.
    pub(super) fn of(file: &str, fault: Fault) -> Problems {
        let mut problems = Problems::new(file);
        problems.add(None, fault);
        problems
    }

    pub(super) fn add(&mut self, line: Option<u64>, fault: Fault) {
        if self.problems.len() == KEPT {
            self.more += 1;
            return;
        }
        let Fault { column, found, expected, hint } = fault;
        self.problems.push(Problem { file: self.file.clone(), line, column, found, expected, hint });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Adds the problems of a part of the file that starts after so many lines.
    pub(super) fn append(&mut self, part: Problems, lines: u64) {
        for problem in part.problems {
            if self.problems.len() == KEPT {
                self.more += 1;
            } else {
                self.problems.push(Problem { line: problem.line.map(|line| line + lines), ..problem });
            }
        }
        self.more += part.more;
    }
}

impl fmt::Display for Problems {
    /// One problem a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The digits of the longest number that a person goes by: that of a card.
const LONGEST: usize = 19;

/// A problem that does not know its place yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    column: Option<String>,
    found: Option<String>,
    expected: String,
    hint: Option<String>,
}

impl Fault {
    /// A cell that is not to be shown.
    pub(super) fn unshown(column: &str, expected: &str) -> Fault {
        let found = "what looks like patient data, not shown".to_owned();
        Fault::new(&found, expected).at(column)
    }

    /// Something found that is no cell.
    pub(super) fn new(found: &str, expected: &str) -> Fault {
        Fault { column: None, found: Some(found.to_owned()), expected: expected.to_owned(), hint: None }
    }

    /// A cell of a known column.
    pub(super) fn cell(column: &str, cell: &str, expected: &str) -> Fault {
        // Longer than any number of a person: a slip of the hand.
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if digits > LONGEST && cell.bytes().all(|byte| byte.is_ascii_digit() || b"$.,- ".contains(&byte)) {
            return Fault::new(&format!("a number of {digits} digits"), expected).at(column);
        }
        if !guard::may_show(cell, is_day(column)) || speaks(cell) {
            return Fault::unshown(column, expected);
        }
        let found = if cell.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", shown(cell)) };
        Fault::new(&found, expected).at(column)
    }

    pub(super) fn at(mut self, column: &str) -> Fault {
        self.column = Some(if guard::may_show(column, false) { shown(column) } else { format!("a column, {UNSHOWN}") });
        self
    }

    pub(super) fn hint(mut self, hint: &str) -> Fault {
        self.hint = (!hint.is_empty()).then(|| hint.to_owned());
        self
    }
}

/// What stands behind the number of a column whose name looks like patient data.
pub(super) const UNSHOWN: &str = "its name not shown";

/// What is said of a file that holds nothing.
pub(super) fn nothing() -> Fault {
    Fault::new("an empty file", "a header and at least one row")
}

/// What is said of a file that holds a header alone.
pub(super) fn no_rows() -> Fault {
    Fault::new("a header without rows", "a header and at least one row")
}

/// Whether a cell that should hold a value speaks of something else: several words, or a letter before many digits.
fn speaks(cell: &str) -> bool {
    let words = cell.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.chars().count() > 1).count();
    let serial = |run: &str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        digits >= 5 && digits < run.len()
    };
    words > 1 || cell.split(|sign: char| !sign.is_ascii_alphanumeric()).any(serial)
}

/// Whether a column of the project's own files holds days.
pub(super) fn is_day(column: &str) -> bool {
    column.ends_with("date") || column.ends_with("_on") || matches!(column, "acquired" | "in_service")
}

/// The name of a column as it may be shown.
pub(super) fn title(name: &str, place: usize) -> String {
    let name = name.trim();
    if guard::may_show(name, false) { shown(name) } else { format!("column {}, {UNSHOWN}", place + 1) }
}

/// Text cut at 40 characters, without characters that steer a terminal.
pub(super) fn shown(text: &str) -> String {
    let plain = |sign: char| if sign.is_control() || is_directional(sign) { '\u{fffd}' } else { sign };
    let mut cut: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        cut.push('…');
    }
    cut
}

/// Invisible marks that reorder the text around them.
pub(super) fn is_directional(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_one_line() {
        let mut problems = Problems::new("charts.csv");
        problems.add(Some(14), Fault::cell("rate", "2.2O", "dollars a chart such as 2.20"));
        let text = problems.to_string();
        assert_eq!(text, "charts.csv:14: rate: found \"2.2O\", expected dollars a chart such as 2.20");
    }

    #[test]
    fn many_problems_are_counted() {
        let mut problems = Problems::new("charts.csv");
        for line in 2..25 {
            problems.add(Some(line), Fault::cell("rate", "", "dollars"));
        }
        assert_eq!((problems.problems.len(), problems.more), (10, 13));
        assert!(problems.to_string().ends_with("\nand 13 more"));
    }

    #[test]
    fn cells_cannot_steer_a_terminal() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(shown(&"x".repeat(41)), format!("{}…", "x".repeat(40)));
    }
}
