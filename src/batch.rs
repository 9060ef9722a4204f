//! Many households at once: one row each, in the columns of `docs/batch.md`.
//!
//! Assumed of every row: wages are boxes 1, 3 and 5 alike; the business pays no wages and owns no qualified property;
//! nobody is blind or a dependent; separate filers lived with their spouse, who does not itemize.

use std::io::{Read, Write};
use std::sync::mpsc;
use std::thread;

use crate::law::{self, FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::tax::facts::{Business, Dependent, Household, OtherIncome, OwnBenefits, Payments, Person, W2};
use crate::tax::withheld::Withheld;
use crate::tax::{self, Return};

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

/// States that do not tax earnings. State tax is not computed, so no other state may be named.
const WITHOUT_TAX: [&str; 9] = ["AK", "FL", "NH", "NV", "SD", "TN", "TX", "WA", "WY"];

/// The column of a name.
const fn column(name: &str) -> usize {
    let mut at = 0;
    while at < COLUMNS.len() {
        if same(COLUMNS[at].as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("no such column")
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A column's place, found when the program is built.
macro_rules! at {
    ($name:literal) => {{
        const AT: usize = column($name);
        AT
    }};
}

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

/// Where the columns stand.
struct Header {
    places: [Option<usize>; COLUMNS.len()],
}

impl Header {
    fn of(record: &csv::StringRecord) -> Result<Header, Problem> {
        let problem = |name: &str, message: String| Problem { line: 1, column: Some(name.to_owned()), message };
        let mut places = [None; COLUMNS.len()];
        for (place, name) in record.iter().enumerate() {
            let name = name.trim();
            let Some(known) = COLUMNS.iter().position(|column| *column == name) else {
                return Err(problem(name, format!("no such column; there are {}", COLUMNS.join(", "))));
            };
            if places[known].replace(place).is_some() {
                return Err(problem(name, "the column stands twice".to_owned()));
            }
        }
        for needed in [at!("year"), at!("status")] {
            if places[needed].is_none() {
                return Err(problem(COLUMNS[needed], "the column is missing".to_owned()));
            }
        }
        Ok(Header { places })
    }
}

/// One row, looked up by column.
struct Row<'a> {
    header: &'a Header,
    record: &'a csv::ByteRecord,
    line: u64,
}

impl<'a> Row<'a> {
    fn bytes(&self, column: usize) -> &'a [u8] {
        self.header.places[column].and_then(|at| self.record.get(at)).unwrap_or_default().trim_ascii()
    }

    fn problem(&self, column: usize, expected: &str) -> Problem {
        let found = String::from_utf8_lossy(self.bytes(column));
        let message = format!("found \"{found}\", expected {expected}");
        Problem { line: self.line, column: Some(COLUMNS[column].to_owned()), message }
    }

    /// A whole number, zero if empty; decimals only if they are zeros.
    fn whole(&self, column: usize, low: i64, expected: &str) -> Result<i64, Problem> {
        let text = self.bytes(column);
        if text.is_empty() {
            return Ok(0);
        }
        let number = whole(text).filter(|number| (low..=1_000_000_000).contains(number));
        number.ok_or_else(|| self.problem(column, expected))
    }

    fn dollars(&self, column: usize) -> Result<Usd, Problem> {
        self.whole(column, 0, "whole dollars, 0 or more").map(Usd::dollars)
    }

    fn signed(&self, column: usize) -> Result<Usd, Problem> {
        self.whole(column, -1_000_000_000, "whole dollars").map(Usd::dollars)
    }

    fn age(&self, column: usize) -> Result<i64, Problem> {
        let age = self.whole(column, 0, "an age")?;
        if age > OLDEST { Err(self.problem(column, "an age")) } else { Ok(age) }
    }

    fn status(&self) -> Result<FilingStatus, Problem> {
        match self.bytes(at!("status")) {
            b"single" => Ok(FilingStatus::Single),
            b"mfj" => Ok(FilingStatus::Joint),
            b"mfs" => Ok(FilingStatus::Separate),
            b"hoh" => Ok(FilingStatus::Head),
            b"qss" => Ok(FilingStatus::Survivor),
            _ => Err(self.problem(at!("status"), "single, mfj, mfs, hoh or qss")),
        }
    }

    fn kids(&self, kids: &mut Vec<Dependent>) -> Result<(), Problem> {
        kids.clear();
        let ages = self.bytes(at!("kid_ages")).split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        for age in ages.filter(|age| !age.is_empty()) {
            let age = whole(age).filter(|age| (0..=OLDEST).contains(age));
            let age = age.ok_or_else(|| self.problem(at!("kid_ages"), "ages joined by ;"))?;
            kids.push(Dependent { age, child: true, student: false, disabled: false });
        }
        Ok(())
    }

    fn person(&self, law: &Law, person: &mut Person, [age, profit, wages]: [usize; 3]) -> Result<(), Problem> {
        person.age = self.age(age)?;
        let (wages, profit) = (self.dollars(wages)?, self.signed(profit)?);
        let w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let withheld = Withheld::fill(law, &w2, Round::Cents);
        person.w2 = W2 { ss_withheld: withheld.l2, medicare_withheld: withheld.l6, ..w2 };
        person.businesses.clear();
        if profit != Usd::ZERO {
            // A profit as receipts, a loss as fees paid back: line 31 is the column's value.
            person.businesses.push(Business {
                specified_service: self.whole(at!("sstb"), 0, "0 or 1")?.min(1),
                gross_receipts: profit.floor0(),
                returns: (-profit).floor0(),
                ..Business::default()
            });
        }
        Ok(())
    }

    fn household(&self, law: &Law, household: &mut Household) -> Result<(), Problem> {
        let state = self.bytes(at!("state"));
        if !state.is_empty() && !WITHOUT_TAX.iter().any(|known| known.as_bytes() == state) {
            return Err(
                self.problem(at!("state"), "no state, or one that does not tax earnings: state tax is not modelled")
            );
        }
        household.status = self.status()?;
        self.person(law, &mut household.taxpayer, [at!("age"), at!("se"), at!("wages")])?;
        household.taxpayer.own = OwnBenefits {
            health: self.dollars(at!("sehi_premiums"))?,
            sep: self.dollars(at!("retirement"))?,
            ira: self.dollars(at!("ira"))?,
            ..OwnBenefits::default()
        };
        if household.status.is_joint() {
            let spouse = household.spouse.get_or_insert_with(Person::default);
            self.person(law, spouse, [at!("age_spouse"), at!("se_spouse"), at!("wages_spouse")])?;
        } else {
            household.spouse = None;
        }
        self.kids(&mut household.dependents)?;
        household.other_income = OtherIncome {
            interest: self.dollars(at!("interest"))?,
            dividends: self.dollars(at!("ord_div"))?,
            qualified_dividends: self.dollars(at!("qual_div"))?,
            long_gain: self.signed(at!("ltcg"))?,
            ..OtherIncome::default()
        };
        household.payments = Payments {
            student_interest: self.dollars(at!("student_interest"))?,
            medical: self.dollars(at!("medical"))?,
            taxes: self.dollars(at!("salt"))?,
            mortgage: self.dollars(at!("mortgage"))?,
            charity: self.dollars(at!("charity"))?,
            ..Payments::default()
        };
        Ok(())
    }

    fn work_out(&self, household: &mut Household, filled: &mut Return, round: Round) -> Result<(), Problem> {
        let year = self.whole(at!("year"), 0, "a tax year")?;
        let law = i32::try_from(year).ok().and_then(|year| law::of(year).ok());
        let (law, _) = law.ok_or_else(|| self.problem(at!("year"), "2024, 2025 or 2026"))?;
        self.household(law, household)?;
        tax::prepare_into(filled, law, household, round).map_err(|refusals| {
            let words: Vec<String> =
                refusals.iter().map(|refusal| format!("{} ({})", refusal.what, refusal.needs)).collect();
            Problem { line: self.line, column: None, message: format!("not modelled: {}", words.join("; ")) }
        })
    }
}

/// The most years that an age may have.
const OLDEST: i64 = 130;

/// A whole number: digits, a sign before them, zeros after a point.
fn whole(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let point = digits.iter().position(|byte| *byte == b'.').unwrap_or(digits.len());
    let (digits, fraction) = digits.split_at(point);
    if digits.is_empty() || digits.len() > 18 || fraction.iter().skip(1).any(|byte| *byte != b'0') {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -number } else { number })
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

/// Rows that are read, worked out and written together. A block goes round and is used again, so that memory does not
/// grow with the file.
#[derive(Default)]
struct Block {
    records: Vec<csv::ByteRecord>,
    /// So many of the records are filled.
    rows: usize,
    /// The results as CSV.
    text: Vec<u8>,
    ended: Ended,
    /// Why reading stopped.
    failed: Option<Problem>,
}

/// Rows of a block.
const ROWS: usize = 512;

/// More threads than this have nothing to do: one reads, and one writes.
const MOST_THREADS: usize = 32;

impl Block {
    /// Reads up to [`ROWS`] rows; gives whether there may be more.
    fn read(&mut self, reader: &mut csv::Reader<impl Read>) -> bool {
        (self.rows, self.failed) = (0, None);
        self.ended = Ended::default();
        self.records.resize_with(ROWS, csv::ByteRecord::new);
        while self.rows < ROWS {
            let line = reader.position().line();
            match reader.read_byte_record(&mut self.records[self.rows]) {
                Ok(true) => self.rows += 1,
                Ok(false) => return false,
                Err(error) if error.is_io_error() => {
                    self.failed = Some(unreadable(line, &error));
                    return false;
                }
                Err(error) => self.ended.problems.push(unreadable(line, &error)),
            }
        }
        true
    }

    /// Works every row out and writes its results.
    fn work_out(&mut self, header: &Header, bench: &mut Bench, round: Round) {
        self.text.clear();
        for record in &self.records[..self.rows] {
            let line = record.position().map_or(0, csv::Position::line);
            let row = Row { header, record, line };
            match row.work_out(&mut bench.household, &mut bench.filled, round) {
                Ok(()) => {
                    quoted(row.bytes(at!("id")), &mut self.text);
                    for value in results(&bench.filled) {
                        self.text.push(b',');
                        value.append_to(&mut self.text);
                    }
                    self.text.push(b'\n');
                    self.ended.written += 1;
                }
                Err(problem) => self.ended.problems.push(problem),
            }
        }
        self.ended.problems.sort_by_key(|problem| problem.line);
    }
}

/// What one thread works with, row after row.
#[derive(Default)]
struct Bench {
    household: Household,
    filled: Return,
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

fn unreadable(line: u64, error: &csv::Error) -> Problem {
    Problem { line, column: None, message: error.to_string() }
}

/// Works out every row of a CSV file and gives the results as CSV, in the order of the input, on all cores.
/// Rows with a problem are left out of it and listed. Memory does not grow with the file.
///
/// # Errors
/// The header is wrong, or input or output fails.
pub fn run(input: impl Read + Send, mut output: impl Write, round: Round) -> Result<Ended, Problem> {
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(input);
    let header = Header::of(reader.headers().map_err(|error| unreadable(1, &error))?)?;
    let unwritable = |error: &std::io::Error| Problem { line: 0, column: None, message: error.to_string() };
    output.write_all(format!("{}\n", RESULTS.join(",")).as_bytes()).map_err(|error| unwritable(&error))?;
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let mut ended = Ended::default();
    thread::scope(|scope| {
        // Block n goes to thread n, n + threads and so on, and comes back from it in that order.
        let (used, free) = mpsc::channel::<Block>();
        let (mut todo, mut done) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (send, waiting) = mpsc::channel::<Block>();
            let (finished, receive) = mpsc::channel::<Block>();
            let header = &header;
            scope.spawn(move || {
                let mut bench = Bench::default();
                for mut block in waiting {
                    block.work_out(header, &mut bench, round);
                    if finished.send(block).is_err() {
                        break;
                    }
                }
            });
            todo.push(send);
            done.push(receive);
        }
        scope.spawn(move || {
            // Two blocks a thread: one worked on, one waiting.
            let new = (0..2 * threads).map(|_| Block::default());
            for (at, mut block) in new.chain(free).enumerate() {
                let more = block.read(&mut reader);
                if todo[at % threads].send(block).is_err() || !more {
                    break;
                }
            }
        });
        for receive in done.iter().cycle() {
            // The reader has ended, and so has every thread after its last block.
            let Ok(mut block) = receive.recv() else { break };
            output.write_all(&block.text).map_err(|error| unwritable(&error))?;
            ended.written += block.ended.written;
            ended.problems.append(&mut block.ended.problems);
            if let Some(problem) = block.failed.take() {
                return Err(problem);
            }
            let _ = used.send(block);
        }
        output.flush().map_err(|error| unwritable(&error))
    })?;
    Ok(ended)
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
    fn whole_numbers_are_read_as_they_are_written() {
        let read = ["0", "-12", "+7", "3.00", "4.", "", "-", "1.5", "1e3", "0x1", "12 3", "1234567890123456789"];
        let read = read.map(|text| whole(text.as_bytes()));
        let none = [None; 7];
        assert_eq!(read[..5], [Some(0), Some(-12), Some(7), Some(3), Some(4)]);
        assert_eq!(read[5..], none);
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
        let unread = run(good.as_bytes().chain(Broken), Vec::new(), Round::Cents).expect_err("a problem");
        assert!(unread.message.contains("the disk is gone"), "{unread}");
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
