//! Many households at once: one row each, in the columns of `docs/batch.md`.
//!
//! Assumed of every row: wages are boxes 1, 3 and 5 alike; the business pays no wages and owns no qualified property;
//! nobody is blind or a dependent; separate filers lived with their spouse, who does not itemize.

use std::io::{Read, Write};

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
    places: Vec<Option<usize>>,
}

impl Header {
    fn of(record: &csv::StringRecord) -> Result<Header, Problem> {
        let problem = |name: &str, message: String| Problem { line: 1, column: Some(name.to_owned()), message };
        let mut places = vec![None; COLUMNS.len()];
        for (place, name) in record.iter().enumerate() {
            let name = name.trim();
            let Some(known) = COLUMNS.iter().position(|column| *column == name) else {
                return Err(problem(name, format!("no such column; there are {}", COLUMNS.join(", "))));
            };
            if places[known].replace(place).is_some() {
                return Err(problem(name, "the column stands twice".to_owned()));
            }
        }
        for needed in ["year", "status"] {
            if COLUMNS.iter().position(|column| *column == needed).is_none_or(|at| places[at].is_none()) {
                return Err(problem(needed, "the column is missing".to_owned()));
            }
        }
        Ok(Header { places })
    }
}

/// One row, looked up by column.
struct Row<'a> {
    header: &'a Header,
    record: &'a csv::StringRecord,
    line: u64,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> &'a str {
        let at = COLUMNS.iter().position(|known| *known == column).and_then(|known| self.header.places[known]);
        at.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }

    fn problem(&self, column: &str, expected: &str) -> Problem {
        let message = format!("found \"{}\", expected {expected}", self.text(column));
        Problem { line: self.line, column: Some(column.to_owned()), message }
    }

    /// A whole number, zero if empty; decimals only if they are zeros.
    fn whole(&self, column: &str, low: i64, expected: &str) -> Result<i64, Problem> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(0);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let number = whole.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'));
        number.filter(|number| (low..=1_000_000_000).contains(number)).ok_or_else(|| self.problem(column, expected))
    }

    fn dollars(&self, column: &str) -> Result<Usd, Problem> {
        self.whole(column, 0, "whole dollars, 0 or more").map(Usd::dollars)
    }

    fn age(&self, column: &str) -> Result<i64, Problem> {
        let age = self.whole(column, 0, "an age")?;
        if age > 130 { Err(self.problem(column, "an age")) } else { Ok(age) }
    }

    fn status(&self) -> Result<FilingStatus, Problem> {
        match self.text("status") {
            "single" => Ok(FilingStatus::Single),
            "mfj" => Ok(FilingStatus::Joint),
            "mfs" => Ok(FilingStatus::Separate),
            "hoh" => Ok(FilingStatus::Head),
            "qss" => Ok(FilingStatus::Survivor),
            _ => Err(self.problem("status", "single, mfj, mfs, hoh or qss")),
        }
    }

    fn kids(&self) -> Result<Vec<Dependent>, Problem> {
        let ages = self.text("kid_ages").split(';').map(str::trim).filter(|age| !age.is_empty());
        ages.map(|age| {
            let age = age.parse().ok().filter(|age| (0..=130).contains(age));
            let age = age.ok_or_else(|| self.problem("kid_ages", "ages joined by ;"))?;
            Ok(Dependent { age, child: true, student: false, disabled: false })
        })
        .collect()
    }

    fn person(&self, law: &Law, suffix: &str) -> Result<Person, Problem> {
        let wages = self.dollars(&format!("wages{suffix}"))?;
        let profit = self.whole(&format!("se{suffix}"), -1_000_000_000, "whole dollars")?;
        let mut w2 = W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() };
        let withheld = Withheld::fill(law, &w2, Round::Cents);
        (w2.ss_withheld, w2.medicare_withheld) = (withheld.l2, withheld.l6);
        // A profit as receipts, a loss as fees paid back: line 31 is the column's value.
        let business = Business {
            specified_service: self.whole("sstb", 0, "0 or 1")?.min(1),
            gross_receipts: Usd::dollars(profit.max(0)),
            returns: Usd::dollars((-profit).max(0)),
            ..Business::default()
        };
        let businesses = if profit == 0 { Vec::new() } else { vec![business] };
        Ok(Person { age: self.age(&format!("age{suffix}"))?, w2, businesses, ..Person::default() })
    }

    fn household(&self, law: &Law) -> Result<Household, Problem> {
        let state = self.text("state");
        if !state.is_empty() && !WITHOUT_TAX.contains(&state) {
            return Err(self.problem("state", "no state, or one that does not tax earnings: state tax is not modelled"));
        }
        let status = self.status()?;
        let mut taxpayer = self.person(law, "")?;
        taxpayer.own = OwnBenefits {
            health: self.dollars("sehi_premiums")?,
            sep: self.dollars("retirement")?,
            ira: self.dollars("ira")?,
            ..OwnBenefits::default()
        };
        let spouse = if status.is_joint() { Some(self.person(law, "_spouse")?) } else { None };
        Ok(Household {
            status,
            taxpayer,
            spouse,
            dependents: self.kids()?,
            other_income: OtherIncome {
                interest: self.dollars("interest")?,
                dividends: self.dollars("ord_div")?,
                qualified_dividends: self.dollars("qual_div")?,
                long_gain: self.whole("ltcg", -1_000_000_000, "whole dollars").map(Usd::dollars)?,
                ..OtherIncome::default()
            },
            payments: Payments {
                student_interest: self.dollars("student_interest")?,
                medical: self.dollars("medical")?,
                taxes: self.dollars("salt")?,
                mortgage: self.dollars("mortgage")?,
                charity: self.dollars("charity")?,
                ..Payments::default()
            },
            ..Household::default()
        })
    }

    fn work_out(&self, round: Round) -> Result<Return, Problem> {
        let year = self.whole("year", 0, "a tax year")?;
        let law = i32::try_from(year).ok().and_then(|year| law::of(year).ok());
        let (law, _) = law.ok_or_else(|| self.problem("year", "2024, 2025 or 2026"))?;
        tax::prepare(law, &self.household(law)?, round).map_err(|refusals| {
            let words: Vec<String> =
                refusals.iter().map(|refusal| format!("{} ({})", refusal.what, refusal.needs)).collect();
            Problem { line: self.line, column: None, message: format!("not modelled: {}", words.join("; ")) }
        })
    }
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

/// Works out every row of a CSV file and gives the results as CSV, in the order of the input.
/// Rows with a problem are left out of it and listed.
///
/// # Errors
/// The header is wrong, or input or output fails.
pub fn run(input: impl Read, output: impl Write, round: Round) -> Result<Ended, Problem> {
    let failed = |line: u64, error: &csv::Error| Problem { line, column: None, message: error.to_string() };
    let mut reader = csv::ReaderBuilder::new().from_reader(input);
    let header = Header::of(reader.headers().map_err(|error| failed(1, &error))?)?;
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(RESULTS).map_err(|error| failed(0, &error))?;
    let mut ended = Ended::default();
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) if error.is_io_error() => return Err(failed(line, &error)),
            Err(error) => {
                ended.problems.push(failed(line, &error));
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        let row = Row { header: &header, record: &record, line };
        match row.work_out(round) {
            Ok(filled) => {
                let values = results(&filled).map(|value| value.to_string());
                let fields = std::iter::once(row.text("id")).chain(values.iter().map(String::as_str));
                writer.write_record(fields).map_err(|error| failed(line, &error))?;
                ended.written += 1;
            }
            Err(problem) => ended.problems.push(problem),
        }
    }
    writer.flush().map_err(|error| failed(0, &error.into()))?;
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
    fn an_unknown_column_is_named() {
        let (_, ended) = ran("year,status,wags\n2025,single,1\n");
        assert!(
            ended.expect_err("a problem").to_string().starts_with("line 1, wags: no such column; there are id, year")
        );
    }
}
