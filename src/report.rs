//! Reports are values: what is shown, not how. [`render`] lays them out for people and for programs.
//!
//! ```
//! use perchart::money::Usd;
//! use perchart::report::{Column, Report, Row, Section};
//!
//! let report = Report::new("summary", "Deductions of 2025").section(
//!     Section::new("books", "Books")
//!         .column(Column::left("item", "Item"))
//!         .column(Column::right("amount", "Amount"))
//!         .row(Row::new("Code books").money(Usd::dollars(350)).explain("summary.books"))
//!         .row(Row::new("Total").money(Usd::dollars(350)).total()),
//! );
//! assert_eq!(report.sections[0].rows.len(), 2);
//! ```

use chrono::NaiveDate;
use rust_decimal::Decimal;

use self::chart::Chart;
use crate::money::Usd;
use crate::tax::form::Value;

pub mod advise;
pub mod assets;
pub mod binder;
pub mod car;
pub mod categorize;
pub mod chart;
pub mod check;
pub mod compare;
pub mod explain;
pub mod home;
pub mod income;
pub mod law;
pub mod list;
pub mod official;
pub mod own;
pub mod package;
pub mod receipts;
pub mod render;
pub mod screen;
pub mod tax;
pub mod year;

/// An amount in a sentence: `$1,234.50`, `-$3.00`.
pub fn dollars(amount: Usd) -> String {
    format!("{amount:#}")
}

/// One report: sections of rows, then what the reader has to know about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The name in references and in JSON, such as `summary`.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: String,
    /// For whom and when; may be empty.
    pub subtitle: String,
    /// The parts, in reading order.
    pub sections: Vec<Section>,
    /// Remarks on the whole, such as the assumptions that moved the answer.
    pub notes: Vec<String>,
    /// What the report leaves out or cannot know.
    pub limits: Vec<String>,
}

/// One part of a report: a few sentences, a chart, a table, remarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The name in JSON and CSV, unique in the report.
    pub id: String,
    /// The part of a long report that begins here, by name: a page, a sheet. Empty where the part before goes on.
    pub part: String,
    /// The heading; may be empty.
    pub heading: String,
    /// Short sentences before the table.
    pub lead: Vec<String>,
    /// The figures of the table, drawn.
    pub chart: Option<Chart>,
    /// The columns of the table; the first one names the rows.
    pub columns: Vec<Column>,
    /// The rows of the table.
    pub rows: Vec<Row>,
    /// Remarks after the table.
    pub notes: Vec<String>,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The key in JSON, unique in the section. `explain`, `opens`, `weight` and `citation` are taken.
    pub id: String,
    /// The heading; may be empty.
    pub heading: String,
    /// Where its cells stand.
    pub align: Align,
}

/// Where the cells of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left: words.
    #[default]
    Left,
    /// At the right: numbers.
    Right,
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells, by column. Missing ones at the end are blank.
    pub cells: Vec<Cell>,
    /// What to give to `perchart explain` to learn where the row comes from.
    pub reference: Option<String>,
    /// The section of the same report that holds the rows behind it, by its id.
    pub opens: Option<String>,
    /// The authority for the row's figure, such as a paragraph of law.
    pub citation: Option<&'static str>,
    /// How much the row weighs.
    pub weight: Weight,
}

/// How much a row weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// One row among others.
    #[default]
    Plain,
    /// A part of the row above.
    Sub,
    /// What the rows above come to.
    Total,
    /// The answer.
    Headline,
}

impl Weight {
    /// The word for it in JSON and CSV.
    pub const fn word(self) -> &'static str {
        match self {
            Weight::Plain => "plain",
            Weight::Sub => "sub",
            Weight::Total => "total",
            Weight::Headline => "headline",
        }
    }
}

/// What stands in one place of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// Words.
    Text(String),
    /// An amount.
    Money(Usd),
    /// A quantity, shown with `places` decimals.
    Number {
        /// The quantity.
        value: Decimal,
        /// Decimals shown.
        places: u32,
    },
    /// A count.
    Count(i64),
    /// A share, shown as a percentage: 0.045 is 4.5%.
    Percent {
        /// The share: 1 is 100%.
        share: Decimal,
        /// Decimals of the percentage shown.
        places: u32,
    },
    /// A day.
    Date(NaiveDate),
}

impl Report {
    /// A report without sections.
    pub fn new(id: &'static str, title: impl Into<String>) -> Report {
        Report {
            id,
            title: title.into(),
            subtitle: String::new(),
            sections: Vec::new(),
            notes: Vec::new(),
            limits: Vec::new(),
        }
    }

    /// Says for whom and when.
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Report {
        self.subtitle = subtitle.into();
        self
    }

    /// Adds a section.
    pub fn section(mut self, section: Section) -> Report {
        self.sections.push(section);
        self
    }

    /// Adds a remark on the whole.
    pub fn note(mut self, note: impl Into<String>) -> Report {
        self.notes.push(note.into());
        self
    }

    /// Adds something the report leaves out or cannot know.
    pub fn limit(mut self, limit: impl Into<String>) -> Report {
        self.limits.push(limit.into());
        self
    }
}

impl Section {
    /// A section without a table.
    pub fn new(id: impl Into<String>, heading: impl Into<String>) -> Section {
        Section {
            id: id.into(),
            part: String::new(),
            heading: heading.into(),
            lead: Vec::new(),
            chart: None,
            columns: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Begins a part of the report.
    pub fn part(mut self, title: impl Into<String>) -> Section {
        self.part = title.into();
        self
    }

    /// Adds a sentence before the table.
    pub fn lead(mut self, sentence: impl Into<String>) -> Section {
        self.lead.push(sentence.into());
        self
    }

    /// Draws the figures of the table.
    pub fn chart(mut self, chart: Chart) -> Section {
        self.chart = Some(chart);
        self
    }

    /// Adds a column.
    pub fn column(mut self, column: Column) -> Section {
        debug_assert!(self.columns.iter().all(|known| known.id != column.id), "two columns `{}`", column.id);
        self.columns.push(column);
        self
    }

    /// Adds a row.
    pub fn row(mut self, row: Row) -> Section {
        self.push(row);
        self
    }

    /// Adds rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Section {
        rows.into_iter().for_each(|row| self.push(row));
        self
    }

    /// Adds a row, inside a loop.
    pub fn push(&mut self, row: Row) {
        debug_assert!(row.cells.len() <= self.columns.len(), "more cells than columns in section `{}`", self.id);
        self.rows.push(row);
    }

    /// Adds a remark after the table.
    pub fn note(mut self, note: impl Into<String>) -> Section {
        self.notes.push(note.into());
        self
    }
}

impl Column {
    /// A column of words.
    pub fn left(id: impl Into<String>, heading: impl Into<String>) -> Column {
        Column { id: id.into(), heading: heading.into(), align: Align::Left }
    }

    /// A column of numbers.
    pub fn right(id: impl Into<String>, heading: impl Into<String>) -> Column {
        Column { id: id.into(), heading: heading.into(), align: Align::Right }
    }
}

impl Row {
    /// A row that starts with `label`.
    pub fn new(label: impl Into<Cell>) -> Row {
        Row { cells: vec![label.into()], ..Row::default() }
    }

    /// Adds a cell of any kind.
    pub fn cell(mut self, cell: impl Into<Cell>) -> Row {
        self.cells.push(cell.into());
        self
    }

    /// Adds nothing.
    pub fn blank(self) -> Row {
        self.cell(Cell::Blank)
    }

    /// Adds words.
    pub fn text(self, text: impl Into<String>) -> Row {
        self.cell(Cell::Text(text.into()))
    }

    /// Adds an amount.
    pub fn money(self, amount: Usd) -> Row {
        self.cell(Cell::Money(amount))
    }

    /// Adds a quantity, shown with `places` decimals.
    pub fn number(self, value: Decimal, places: u32) -> Row {
        self.cell(Cell::Number { value, places })
    }

    /// Adds a count.
    pub fn count(self, count: i64) -> Row {
        self.cell(Cell::Count(count))
    }

    /// Adds a share, shown as a percentage with `places` decimals.
    pub fn percent(self, share: Decimal, places: u32) -> Row {
        self.cell(Cell::Percent { share, places })
    }

    /// Adds a day.
    pub fn date(self, date: NaiveDate) -> Row {
        self.cell(Cell::Date(date))
    }

    /// Says what to give to `perchart explain`.
    pub fn explain(mut self, reference: impl Into<String>) -> Row {
        self.reference = Some(reference.into());
        self
    }

    /// Says which section of the same report holds the rows behind it.
    pub fn opens(mut self, section: impl Into<String>) -> Row {
        self.opens = Some(section.into());
        self
    }

    /// Names the authority for its figure.
    pub fn cite(mut self, authority: &'static str) -> Row {
        self.citation = (!authority.is_empty()).then_some(authority);
        self
    }

    /// Makes it a part of the row above.
    pub fn sub(self) -> Row {
        Row { weight: Weight::Sub, ..self }
    }

    /// Makes it what the rows above come to.
    pub fn total(self) -> Row {
        Row { weight: Weight::Total, ..self }
    }

    /// Makes it the answer.
    pub fn headline(self) -> Row {
        Row { weight: Weight::Headline, ..self }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<Usd> for Cell {
    fn from(amount: Usd) -> Cell {
        Cell::Money(amount)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Cell {
        Cell::Count(count)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Cell {
        Cell::Date(date)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::Blank, Into::into)
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        match value {
            Value::Usd(amount) => Cell::Money(amount),
            Value::Number(value) => Cell::Number { value, places: value.normalize().scale().min(4) },
            Value::Count(count) => Cell::Count(count),
            Value::Ratio(ratio) => Cell::Number { value: ratio.to_decimal(), places: 4 },
            Value::Rate(rate) => Cell::Number { value: rate.to_decimal(), places: rate.to_decimal().scale() },
            Value::Word(word) => Cell::from(word),
        }
    }
}
