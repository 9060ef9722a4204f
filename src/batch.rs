//! Many households at once: one row each, in the columns of `docs/batch.md`.
//!
//! Assumed of every row: wages are boxes 1, 3 and 5 alike; the business pays no wages and owns no qualified property;
//! nobody is blind or a dependent; separate filers lived with their spouse, who does not itemize.

mod record;
mod row;
mod source;
mod work;

use std::io::{Read, Write};

use crate::money::{Round, Usd};
use crate::tax::Return;
use record::Records;
use row::Header;
use source::Source;

/// The columns that may stand in the input, in any order. Absent ones count as zero.
pub const COLUMNS: [&str; 24] = [
    "id",
    "year",
    "status",
    "age",
    "age_spouse",
    "kid_ages",
    "se",
    "se_spouse",
    "sstb",
    "wages",
    "wages_spouse",
    "interest",
    "ord_div",
    "qual_div",
    "ltcg",
    "sehi_premiums",
    "retirement",
    "ira",
    "student_interest",
    "mortgage",
    "salt",
    "charity",
    "medical",
    "state",
];

/// The columns of the output, in order.
pub const RESULTS: [&str; 16] = [
    "id",
    "se_tax",
    "half_se",
    "agi",
    "deduction",
    "qbi_ded",
    "taxable_income",
    "amt",
    "tax_before_credits",
    "ctc_odc",
    "actc",
    "eitc",
    "addmed",
    "niit",
    "total_tax",
    "net_tax",
];

/// A row that cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {message}", column.as_ref().map_or_else(String::new, |column| format!(", {column}")))]
pub struct Problem {
    /// The line of the file, the header being line 1.
    pub line: u64,
    /// The column, where one is at fault.
    pub column: Option<String>,
    /// What was found, and what was expected.
    pub message: String,
}

/// The results of a return, in the order of [`RESULTS`] without `id`.
pub fn results(filled: &Return) -> [Usd; 15] {
    let form = &filled.form_1040;
    [
        filled.schedule_2.l4,
        filled.adjustments.l15,
        filled.agi.agi,
        filled.taxable.deduction,
        filled.taxable.qbi,
        filled.taxable.l15,
        filled.schedule_2.l2,
        filled.tax.l18,
        form.l19,
        form.l28,
        form.eic,
        filled.schedule_2.l11,
        filled.schedule_2.l12,
        form.total_tax,
        form.net_tax(),
    ]
}

/// How a batch ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Rows worked out and written.
    pub written: u64,
    /// Rows that could not be.
    pub problems: Vec<Problem>,
}

/// What some programs write before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Works out every row of a CSV file and gives the results as CSV, in the order of the input, on all cores.
/// Rows with a problem are left out of it and listed. Memory does not grow with the file.
///
/// # Errors
/// The header is wrong, or input or output fails.
pub fn run(input: impl Read + Send, mut output: impl Write + Send, round: Round) -> Result<Ended, Problem> {
    let said = |line: u64, error: &std::io::Error| Problem { line, column: None, message: error.to_string() };
    let mut source = Source::new(input);
    let mut first = Vec::new();
    let length = source.cut(&mut first).map_or(0, |(_, length)| length);
    if let (0, Some(error)) = (length, &source.failed) {
        return Err(said(1, error));
    }
    let start = if first.starts_with(MARK) { MARK.len() } else { 0 };
    let mut records = Records::of(&mut first[start..length]);
    let header = Header::of(&mut records)?;
    source.put_back(records.rest());
    let lines = records.lines;
    writeln!(output, "{}", RESULTS.join(",")).map_err(|error| said(0, &error))?;
    let done = work::all(header, round, source, output, lines);
    match (done.unread, done.unwritten) {
        (_, Some(error)) => Err(said(0, &error)),
        (Some(error), None) => Err(said(done.lines + 1, &error)),
        (None, None) => Ok(done.ended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(text: &str) -> (String, Result<Ended, Problem>) {
        let mut out = Vec::new();
        let ended = run(text.as_bytes(), &mut out, Round::Cents);
        (String::from_utf8(out).expect("text"), ended)
    }

    #[test]
    fn a_household_is_a_row() {
        let (out, ended) = ran("id,year,status,age,se\n7,2025,single,35,60000\n");
        assert_eq!(ended.map(|ended| ended.written), Ok(1));
        // Worked by hand: 60,000 x .9235 x .153 = 8,477.73; half 4,238.87; 55,761.13; less 15,750; QBI 8,002.23; 32,008.90.
        assert!(out.ends_with("\n7,8477.73,4238.87,55761.13,15750.00,8002.23,32008.90,0.00,3602.57,0.00,0.00,0.00,0.00,0.00,12080.30,12080.30\n"), "{out}");
    }

    #[test]
    fn problems_name_line_and_column() {
        let (_, ended) = ran("year,status,se\n2025,single,1e5\n2025,wife,5\n2025,mfj,1000\n2031,single,1\n");
        let ended = ended.expect("a header");
        let words: Vec<String> = ended.problems.iter().map(Problem::to_string).collect();
        assert_eq!(ended.written, 1);
        assert_eq!(words[0], "line 2, se: found \"1e5\", expected whole dollars");
        assert_eq!(words[1], "line 3, status: found \"wife\", expected single, mfj, mfs, hoh or qss");
        assert_eq!(words[2], "line 5, year: found \"2031\", expected 2024, 2025 or 2026");
    }

    #[test]
    fn rows_are_found_whatever_ends_their_lines() {
        let (out, ended) = ran(
            "\u{feff}id,year,status,se\r\n\r\na,2025,single,x\r\nb,2025,single\r\nc,2025,single,1,000\r\n\"d\",\"2025\",\" single\",1.00",
        );
        let ended = ended.expect("a header");
        let words: Vec<String> = ended.problems.iter().map(Problem::to_string).collect();
        assert_eq!((ended.written, out.lines().nth(1).map(|line| &line[..2])), (1, Some("d,")));
        assert_eq!(words[0], "line 3, se: found \"x\", expected whole dollars");
        assert_eq!(
            words[1],
            "line 4: found 3 cells, expected 4 as in the header; leave cells empty, but keep their commas"
        );
        assert_eq!(
            words[2],
            "line 5: found 5 cells, expected 4 as in the header; put what holds a comma in quotation marks"
        );
    }

    #[test]
    fn many_rows_come_back_in_order_with_their_lines() {
        use std::fmt::Write as _;

        // More rows than all blocks together hold, a line break within each tenth name, a problem in each thousandth row.
        let mut text = "id,year,status,age,se\n".to_owned();
        let (mut line, mut wrong) = (2, Vec::new());
        for row in 0..40_000 {
            let se = if row % 1_000 == 999 { "much".to_owned() } else { row.to_string() };
            if row % 1_000 == 999 {
                wrong.push(line);
            }
            let (id, lines) = if row % 10 == 3 { (format!("\"{row}\n\"\"x\"\"\""), 2) } else { (row.to_string(), 1) };
            writeln!(text, "{id},2025,single,35,{se}").expect("text");
            line += lines;
        }
        let (out, ended) = ran(&text);
        let ended = ended.expect("a header");
        assert_eq!(ended.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), wrong);
        assert_eq!(ended.written, 40_000 - 40);
        let mut results = csv::Reader::from_reader(out.as_bytes());
        let ids = results.records().map(|record| record.expect("a record")[0].to_owned());
        let expected = (0..40_000).filter(|row| row % 1_000 != 999);
        let expected = expected.map(|row| if row % 10 == 3 { format!("{row}\n\"x\"") } else { row.to_string() });
        assert!(ids.eq(expected));
    }

    #[test]
    fn what_cannot_be_read_or_written_is_said() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the disk is gone"))
            }
        }
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the disk is full"))
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let good = "year,status,se\n2025,single,1000\n";
        for (read, line) in [("", 1), ("year,sta", 1), (good, 3), ("year,status,se\n2025,single,1000\n2025", 3)] {
            let unread = run(read.as_bytes().chain(Broken), Vec::new(), Round::Cents).expect_err("a problem");
            assert_eq!((unread.message.as_str(), unread.line), ("the disk is gone", line));
        }
        let unwritten = run(good.as_bytes(), Broken, Round::Cents).expect_err("a problem");
        assert!(unwritten.message.contains("the disk is full"), "{unwritten}");
    }

    #[test]
    fn an_unknown_column_is_named() {
        let (_, ended) = ran("year,status,wags\n2025,single,1\n");
        assert!(
            ended.expect_err("a problem").to_string().starts_with("line 1, wags: no such column; there are id, year")
        );
    }
}
