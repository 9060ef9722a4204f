//! One row as a household.

use super::record::{Cell, Records, whole};
use super::{COLUMNS, Problem};
use crate::law::{self, FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::tax::facts::{Business, Dependent, Household, Person};
use crate::tax::withheld::Withheld;
use crate::tax::{self, Return};

/// States that do not tax earnings. State tax is not computed, so no other state may be named.
const WITHOUT_TAX: [&str; 9] = ["AK", "FL", "NH", "NV", "SD", "TN", "TX", "WA", "WY"];

/// The most years that an age may have.
const OLDEST: i64 = 130;

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

/// The columns of the input, in its order.
pub(super) struct Header {
    columns: Vec<usize>,
}

impl Header {
    /// Reads the first record.
    pub(super) fn of(records: &mut Records) -> Result<Header, Problem> {
        let mut names = Vec::new();
        let line = records.next(|_, name| names.push(name)).map_or(1, |(_, line)| line + 1);
        let problem = |name: &str, message: String| Problem { line, column: Some(name.to_owned()), message };
        let mut columns = Vec::new();
        for name in names {
            let name = String::from_utf8_lossy(name.of(records.text));
            let Some(known) = COLUMNS.iter().position(|column| *column == name) else {
                return Err(problem(&name, format!("no such column; there are {}", COLUMNS.join(", "))));
            };
            if columns.contains(&known) {
                return Err(problem(&name, "the column stands twice".to_owned()));
            }
            columns.push(known);
        }
        for needed in [at!("year"), at!("status")] {
            if !columns.contains(&needed) {
                return Err(problem(COLUMNS[needed], "the column is missing".to_owned()));
            }
        }
        Ok(Header { columns })
    }

    /// Reads the next record of a block into cells by column.
    pub(super) fn read<'a>(&self, records: &'a mut Records, cells: &'a mut Cells) -> Option<Result<Row<'a>, Problem>> {
        let (found, line) = records.next(|place, cell| {
            if let Some(column) = self.columns.get(place) {
                cells.0[*column] = cell;
            }
        })?;
        let expected = self.columns.len();
        if found == expected {
            return Some(Ok(Row { cells, text: records.text, line }));
        }
        let advice = if found > expected {
            "put what holds a comma in quotation marks"
        } else {
            "leave cells empty, but keep their commas"
        };
        let message = format!("found {found} cells, expected {expected} as in the header; {advice}");
        Some(Err(Problem { line, column: None, message }))
    }
}

/// The cells of a row by column. A column that the header does not name stays empty.
pub(super) struct Cells([Cell; COLUMNS.len()]);

impl Default for Cells {
    fn default() -> Cells {
        Cells([Cell::NONE; COLUMNS.len()])
    }
}

/// A household whose memory is used again, row after row.
#[derive(Default)]
pub(super) struct Seat {
    household: Household,
    /// The spouse of a row before, while there is none.
    spare: Option<Person>,
}

/// One row, looked up by column.
pub(super) struct Row<'a> {
    cells: &'a Cells,
    text: &'a [u8],
    line: u64,
}

impl<'a> Row<'a> {
    /// What is repeated in the results.
    pub(super) fn id(&self) -> &'a [u8] {
        self.bytes(at!("id"))
    }

    /// Makes the household of the row, and fills its return.
    pub(super) fn work_out(&self, seat: &mut Seat, filled: &mut Return, round: Round) -> Result<(), Problem> {
        let year = self.whole(at!("year"), 0, "a tax year")?;
        let law = i32::try_from(year).ok().and_then(|year| law::figures(year).ok());
        let law = law.ok_or_else(|| self.problem(at!("year"), "2024, 2025 or 2026"))?;
        self.household(law, seat)?;
        tax::owe_into(filled, law, &seat.household, round).map_err(|refusals| {
            let words: Vec<String> =
                refusals.iter().map(|refusal| format!("{} ({})", refusal.what, refusal.needs)).collect();
            Problem { line: self.line, column: None, message: format!("not modelled: {}", words.join("; ")) }
        })
    }

    fn bytes(&self, column: usize) -> &'a [u8] {
        self.cells.0[column].of(self.text)
    }

    #[cold]
    fn problem(&self, column: usize, expected: &str) -> Problem {
        let found = String::from_utf8_lossy(self.bytes(column));
        let message = format!("found \"{found}\", expected {expected}");
        Problem { line: self.line, column: Some(COLUMNS[column].to_owned()), message }
    }

    /// A whole number, zero if empty; decimals only if they are zeros.
    #[inline]
    fn whole(&self, column: usize, low: i64, expected: &str) -> Result<i64, Problem> {
        let number = self.cells.0[column].whole(self.text).filter(|number| (low..=1_000_000_000).contains(number));
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
        let w2 = &mut person.w2;
        (w2.wages, w2.ss_wages, w2.medicare_wages) = (wages, wages, wages);
        let mut withheld = Withheld::BLANK;
        withheld.fill_in(law, w2, Round::Cents);
        (w2.ss_withheld, w2.medicare_withheld) = (withheld.l2, withheld.l6);
        person.businesses.resize(usize::from(profit != Usd::ZERO), Business::default());
        if let Some(business) = person.businesses.first_mut() {
            // A profit as receipts, a loss as fees paid back: line 31 is the column's value.
            business.specified_service = self.whole(at!("sstb"), 0, "0 or 1")?.min(1);
            (business.gross_receipts, business.returns) = (profit.floor0(), (-profit).floor0());
        }
        Ok(())
    }

    /// Takes the row into a household of which nothing else is ever stated.
    fn household(&self, law: &Law, Seat { household, spare }: &mut Seat) -> Result<(), Problem> {
        let state = self.bytes(at!("state"));
        if !state.is_empty() && !WITHOUT_TAX.iter().any(|known| known.as_bytes() == state) {
            return Err(
                self.problem(at!("state"), "no state, or one that does not tax earnings: state tax is not modelled")
            );
        }
        household.status = self.status()?;
        self.person(law, &mut household.taxpayer, [at!("age"), at!("se"), at!("wages")])?;
        let own = &mut household.taxpayer.own;
        own.health = self.dollars(at!("sehi_premiums"))?;
        own.sep = self.dollars(at!("retirement"))?;
        own.ira = self.dollars(at!("ira"))?;
        if household.status.is_joint() {
            let spouse = household.spouse.get_or_insert_with(|| spare.take().unwrap_or_default());
            self.person(law, spouse, [at!("age_spouse"), at!("se_spouse"), at!("wages_spouse")])?;
        } else if let Some(spouse) = household.spouse.take() {
            *spare = Some(spouse);
        }
        self.kids(&mut household.dependents)?;
        let income = &mut household.other_income;
        income.interest = self.dollars(at!("interest"))?;
        income.dividends = self.dollars(at!("ord_div"))?;
        income.qualified_dividends = self.dollars(at!("qual_div"))?;
        income.long_gain = self.signed(at!("ltcg"))?;
        let payments = &mut household.payments;
        payments.student_interest = self.dollars(at!("student_interest"))?;
        payments.medical = self.dollars(at!("medical"))?;
        payments.taxes = self.dollars(at!("salt"))?;
        payments.mortgage = self.dollars(at!("mortgage"))?;
        payments.charity = self.dollars(at!("charity"))?;
        Ok(())
    }
}
