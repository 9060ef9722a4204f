//! From the rows of a statement to movements of money: days, amounts, which way money went, and what is no movement.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::columns::bank;
use super::days;
use super::problem::{Fault, Problems, is_directional};
use super::profile::{DateOrder, Profile, Sign};
use super::propose::Layout;
use super::sign::{self, Because, Reading, Written};
use super::table::Table;
use super::value::amount::{self, Amounts, Mark};
use super::value::currency::Currency;
use super::value::date::{self, Dates};
use crate::book::entry::{Movement, Origin};
use crate::guard;
use crate::money::Usd;

/// A description is cut to so many characters.
const LONGEST: usize = 200;

/// What is said of a table that has none.
pub(super) const NO_ROWS: &str = "no rows below the header";

/// What the user said of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers<'a> {
    pub(super) dates: Option<DateOrder>,
    pub(super) sign: Option<Sign>,
    pub(super) decimal: Option<Mark>,
    pub(super) account: Option<&'a str>,
    /// Digits in the file's name that end the account's number.
    pub(super) last_digits: Option<&'a str>,
}

/// Why a row of a file is no movement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Left {
    /// Words above or below the table.
    Words,
    /// A balance or a total.
    Balance,
    /// Not booked yet.
    Pending,
    /// Came to nothing.
    Void,
    /// Booked, but its words look like patient data and were kept out.
    Patient,
}

impl Left {
    /// In words, of one row and of several.
    pub(super) fn words(self, several: bool) -> &'static str {
        match (self, several) {
            (Left::Words, false) => "row of words above or below the table",
            (Left::Words, true) => "rows of words above or below the table",
            (Left::Balance, false) => "balance or total",
            (Left::Balance, true) => "balances or totals",
            (Left::Pending, false) => "pending row, not booked until it settles",
            (Left::Pending, true) => "pending rows, not booked until they settle",
            (Left::Void, false) => "row that came to nothing",
            (Left::Void, true) => "rows that came to nothing",
            (Left::Patient, false) => "description that looks like patient data; its row was booked without it",
            (Left::Patient, true) => "descriptions that look like patient data; their rows were booked without them",
        }
    }
}

/// What a statement holds.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// In the order of the file.
    pub(super) movements: Vec<Movement>,
    /// Rows that are no movements.
    pub(super) left: BTreeMap<Left, u64>,
    /// How days, amounts and signs were read, and why.
    pub(super) notes: Vec<String>,
    /// The order of the days; none of a file without rows.
    pub(super) dates: Option<DateOrder>,
    /// Which way money goes by the sign.
    pub(super) sign: Option<Sign>,
}

/// A row that may be a movement.
struct Candidate {
    row: usize,
    written: Written,
    date: NaiveDate,
    /// What the platform kept, in cents.
    fee: i64,
    currency: Option<Currency>,
}

/// Reads the movements of a table.
///
/// # Errors
/// Cells that are neither days nor amounts where they should be, and what the file does not decide.
pub(super) fn read(table: &Table, layout: &Layout, answers: &Answers, problems: &mut Problems) -> Option<Statement> {
    if !is_joined(table, problems) {
        return None;
    }
    let mut reader = Reader {
        table,
        layout,
        answers,
        problems,
        left: BTreeMap::new(),
        notes: Vec::new(),
        runs: Vec::new(),
        decided: (None, None),
    };
    let movements = reader.movements()?;
    if !reader.problems.is_empty() {
        return None;
    }
    let (dates, sign) = reader.decided;
    Some(Statement { movements, left: reader.left, notes: reader.notes, dates, sign })
}

/// Whether each row has the cells of the header, or can be joined to have them in one way only.
pub(super) fn is_joined(table: &Table, problems: &mut Problems) -> bool {
    for line in table.doubtful() {
        let fault = Fault::new("more cells than the header, which fit in several ways", "as many cells as the header")
            .hint("put quotation marks around the cell that holds a comma");
        problems.add(Some(line), fault);
    }
    problems.is_empty()
}

/// What is said of rows whose cells were joined.
pub(super) fn joined(table: &Table) -> Option<String> {
    let lines: Vec<u64> = table.joined().collect();
    match lines.as_slice() {
        [] => None,
        [line] => Some(format!("a comma without quotation marks around its cell, taken for a part of it: line {line}")),
        [line, ..] => Some(format!(
            "commas without quotation marks around their cells, taken for parts of them: {} lines, the first is {line}",
            lines.len()
        )),
    }
}

struct Reader<'a, 'p> {
    table: &'a Table<'a>,
    layout: &'a Layout,
    answers: &'a Answers<'a>,
    problems: &'p mut Problems,
    left: BTreeMap<Left, u64>,
    notes: Vec<String>,
    /// The accounts and currencies that were met.
    runs: Vec<(String, String)>,
    decided: (Option<DateOrder>, Option<Sign>),
}

impl Reader<'_, '_> {
    fn movements(&mut self) -> Option<Vec<Movement>> {
        let rows = self.booked();
        self.notes.extend(joined(self.table));
        if rows.is_empty() && self.left.is_empty() {
            self.note(NO_ROWS.to_owned());
        }
        let dates = self.dates()?;
        let amounts = self.amounts(&rows)?;
        let candidates: Vec<Candidate> = rows.iter().filter_map(|&row| self.candidate(row, amounts, dates)).collect();
        if !self.problems.is_empty() {
            return None;
        }
        let written: Vec<Written> = candidates.iter().map(|candidate| candidate.written).collect();
        let booked: Vec<usize> = candidates.iter().map(|candidate| candidate.row).collect();
        let reading = self.way(&written, &booked, amounts)?;
        if !written.is_empty() {
            self.decided = (Some(dates.order()), reading.sign());
        }
        self.hold_against_balance(&written, &booked, reading);
        let movements = candidates.iter().filter_map(|candidate| self.movement(candidate, reading));
        Some(movements.collect())
    }

    fn profile(&self) -> Option<&Profile> {
        self.table.profile
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.layout.place(column).map_or("", |place| clean(self.table.cell(row, place)))
    }

    fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    fn leave(&mut self, why: Left) {
        *self.left.entry(why).or_default() += 1;
    }

    fn wrong(&mut self, row: usize, fault: Fault) {
        let line = self.table.grid.line(row);
        self.problems.add(Some(line), fault);
    }

    /// The name of the column in the file.
    fn called(&self, column: usize) -> String {
        self.layout.place(column).map_or_else(String::new, |place| self.table.name(place))
    }

    /// The rows that are booked movements, or ought to be.
    fn booked(&mut self) -> Vec<usize> {
        let table = self.table;
        let mut rows = Vec::new();
        for row in table.rows() {
            if table.cells(row).all(|cell| clean(cell).is_empty()) {
                continue;
            }
            match self.class(row) {
                None => rows.push(row),
                Some(why) => self.leave(why),
            }
        }
        rows
    }

    /// Why a row is no booked movement; none where it is one, or ought to be.
    fn class(&self, row: usize) -> Option<Left> {
        let money = [bank::AMOUNT, bank::OUT, bank::IN];
        let day = days::first(self.cell(row, bank::DATE));
        let is_day = date::resembles(day);
        let says_amount = money.iter().any(|&column| amount::resembles(self.cell(row, column)));
        let amount_open = money.iter().any(|&column| is_open(self.cell(row, column)));
        let amount_empty = money.iter().all(|&column| says_nothing(self.cell(row, column)));
        let text = self.description(row);
        // A row with a day and an amount is a movement, unless its words can mean nothing else.
        let sums = is_balance(&text) || is_balance(self.table.cell(row, 0).trim());
        if sums && !(is_day && says_amount && is_total(&text)) {
            return Some(Left::Balance);
        }
        if let Some(left) = self.status(row) {
            return Some(left);
        }
        match (is_day, says_amount) {
            // A card's row may have the day of posting alone.
            (false, true) if date::resembles(self.cell(row, bank::POSTED)) => None,
            (false, true) if is_open(day) => Some(Left::Pending),
            (false, true) if is_summary(day) || (day.is_empty() && self.sums_up(row, &text)) => Some(Left::Balance),
            (true, false) if amount_open && !amount_empty => Some(Left::Pending),
            (true, false) if amount_empty && !says_nothing(self.cell(row, bank::BALANCE)) => Some(Left::Balance),
            (true, false) if amount_empty && text.is_empty() => Some(Left::Words),
            // Cells that are neither words nor what they should be are found wanting.
            (false, false)
                if has_digit(day)
                    && money.iter().any(|&column| has_digit(self.cell(row, column)))
                    && self.is_of_the_table(row) =>
            {
                None
            }
            (false, false) => Some(Left::Words),
            // It is one, or ought to be: then its day or amount will be found wanting.
            _ => None,
        }
    }

    /// Whether a row is as long as the table. Without a header, facts of the account may stand above it.
    fn is_of_the_table(&self, row: usize) -> bool {
        self.table.header.is_some() || self.table.cells(row).count() == self.table.width()
    }

    /// Whether a row without a day sums up others: it has no words, or words that say so.
    fn sums_up(&self, row: usize, text: &str) -> bool {
        text.is_empty() || self.table.cells(row).any(|cell| is_summary(cell) || is_balance(cell.trim()))
    }

    /// What the status column says, where the row is not booked.
    fn status(&self, row: usize) -> Option<Left> {
        self.layout.at[bank::STATUS].iter().find_map(|&place| self.status_of(row, place))
    }

    /// What a column of status says, where the row is not booked.
    fn status_of(&self, row: usize, place: usize) -> Option<Left> {
        let cell = clean(self.table.cell(row, place)).to_lowercase();
        if cell.is_empty() {
            return None;
        }
        let named = self.table.name(place).to_lowercase();
        let profile = self.profile();
        let has = |words: Option<&Vec<String>>| words.is_some_and(|words| words.contains(&cell));
        if has(profile.map(|profile| &profile.void)) {
            return Some(Left::Void);
        }
        let yes = named.contains("pending") && matches!(cell.as_str(), "true" | "yes" | "1" | "y");
        if yes || has(profile.map(|profile| &profile.pending)) || is_open(&cell) {
            return Some(Left::Pending);
        }
        VOID.contains(&cell.as_str()).then_some(Left::Void)
    }

    /// How days are written.
    fn dates(&mut self) -> Option<Dates> {
        let house = self.profile().and_then(|profile| profile.dates);
        // Balances and pending rows are no movements, but their days are written in the same way.
        let is_day = |row: &usize| self.day(*row).bytes().any(|byte| byte.is_ascii_digit());
        let rows: Vec<usize> =
            self.table.rows().filter(is_day).filter(|&row| self.class(row) != Some(Left::Words)).collect();
        let cells = rows.iter().map(|&row| self.day(row));
        match days::decide(cells, self.answers.dates, house) {
            Ok((dates, why)) => {
                self.notes.extend(why.map(|why| format!("days: {why}")));
                Some(dates)
            }
            Err(_) if rows.is_empty() => Dates::decide(["2000-01-01"].into_iter(), None).ok(),
            Err((at, fault)) => {
                let line = at.and_then(|at| rows.get(at)).map(|&row| self.table.grid.line(row));
                self.problems.add(line, fault.at(&self.called(bank::DATE)));
                None
            }
        }
    }

    /// The cell that says the day.
    fn day(&self, row: usize) -> &str {
        let day = days::first(self.cell(row, bank::DATE));
        if date::resembles(day) || self.layout.place(bank::POSTED).is_none() {
            day
        } else {
            days::first(self.cell(row, bank::POSTED))
        }
    }

    /// How amounts are written: all columns of a file in one style.
    fn amounts(&mut self, rows: &[usize]) -> Option<Amounts> {
        if let Some(mark) = self.answers.decimal {
            return Some(Amounts::stated(mark));
        }
        let columns = [bank::AMOUNT, bank::OUT, bank::IN, bank::BALANCE];
        let cells = rows.iter().flat_map(|&row| columns.map(|column| self.cell(row, column)));
        match Amounts::decide(cells) {
            Ok(amounts) => {
                if amounts.decimal() == Mark::Comma {
                    self.note(format!("amounts: {}", amounts.why()));
                }
                Some(amounts)
            }
            Err(amount::Doubt::NotAmounts { .. }) => Some(Amounts::stated(Mark::Point)),
            Err(doubt) => {
                let fault = Fault::new(doubt.text(), "amounts that can be read in one way only")
                    .at(&self.called(bank::AMOUNT))
                    .hint("say which with --decimal point or --decimal comma");
                self.problems.add(None, fault);
                None
            }
        }
    }

    /// The amounts of a row, or a problem.
    fn candidate(&mut self, row: usize, amounts: Amounts, dates: Dates) -> Option<Candidate> {
        let mut currency = None;
        let mut unfit = None;
        let mut read = |column: usize| -> Option<i64> {
            let cell = self.cell(row, column);
            match amounts.read_or_none(cell) {
                Ok(Some(read)) => {
                    currency = currency.or(read.currency);
                    Some(read.cents)
                }
                Ok(None) => None,
                // A balance that cannot be read is only not used.
                Err(_) if column == bank::BALANCE => None,
                Err(error) => {
                    unfit.get_or_insert((column, error));
                    None
                }
            }
        };
        let (amount, out, in_) = (read(bank::AMOUNT), read(bank::OUT), read(bank::IN));
        let balance = read(bank::BALANCE);
        let stamp = dates.read(self.day(row));
        if let Err(error) = &stamp {
            let fault = Fault::cell(&self.called(bank::DATE), self.day(row), &error.expected).hint(&error.hint);
            self.wrong(row, fault);
        }
        if let Some((column, error)) = unfit {
            let fault = Fault::cell(&self.called(column), self.cell(row, column), &error.expected).hint(&error.hint);
            self.wrong(row, fault);
            return None;
        }
        let date = stamp.ok()?.date;
        let mut fee = 0;
        for &place in &self.layout.at[bank::FEE] {
            let cell = clean(self.table.cell(row, place));
            match amounts.read_or_none(cell) {
                Ok(read) => fee += read.map_or(0, |read| read.cents),
                Err(error) => {
                    let fault = Fault::cell(&self.table.name(place), cell, &error.expected).hint(&error.hint);
                    self.wrong(row, fault);
                    return None;
                }
            }
        }
        let card = self.profile().is_some_and(|profile| profile.card) || self.looks_like_card();
        let by_type = sign::of_type(self.cell(row, bank::TYPE), card);
        let by_words = self.by_words(row);
        let run = self.run(row);
        let written = Written { amount, out, in_, balance, run, by_type, by_words };
        Some(Candidate { row, written, date, fee, currency })
    }

    /// The number of a row's account and currency.
    fn run(&mut self, row: usize) -> usize {
        let key = (self.cell(row, bank::ACCOUNT).to_owned(), self.cell(row, bank::CURRENCY).to_owned());
        self.runs.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.runs.push(key);
            self.runs.len() - 1
        })
    }

    /// Whether the type column speaks of sales and returns, as a card's does.
    fn looks_like_card(&self) -> bool {
        let Some(place) = self.layout.place(bank::TYPE) else { return false };
        let says = |row: usize| {
            matches!(self.table.cell(row, place).trim().to_lowercase().as_str(), "sale" | "purchase" | "return")
        };
        self.table.rows().take(200).any(says)
    }

    /// Which way money went.
    fn way(&mut self, written: &[Written], rows: &[usize], amounts: Amounts) -> Option<Reading> {
        if written.is_empty() {
            return Some(Reading::Signed);
        }
        let house = self.profile().and_then(|profile| profile.sign);
        let known = self.layout.known;
        if !known && self.answers.sign.is_none() && self.is_journal(written, rows) {
            let fault = Fault::new(
                "both sides of each entry: the amounts of each day cancel out",
                "the register of one account",
            )
            .at(&self.called(bank::AMOUNT))
            .hint("export the transactions of the bank account alone; if this is one, say --sign in");
            self.problems.add(None, fault);
            return None;
        }
        let decided = sign::decide(written, house, self.answers.sign, known).or_else(|undecided| {
            // Rows that are not booked yet are written with the same signs.
            let mut more = written.to_vec();
            more.extend(self.unbooked(amounts));
            if more.len() > written.len() { sign::decide(&more, house, None, known) } else { Err(undecided) }
        });
        let pay = written.iter().all(|row| row.amount.is_some_and(|amount| amount >= 0)) && self.has_hours();
        let decided =
            decided.or_else(|undecided| if pay { Ok((Reading::Signed, Because::Hours)) } else { Err(undecided) });
        if let Ok((reading, because)) = decided {
            let usual = matches!(
                (reading, because),
                (Reading::Signed | Reading::ByType | Reading::Out | Reading::Reversed, Because::House)
            );
            if !usual {
                self.note(format!("the sign: {}; {}", reading.words(), because.words()));
            }
            Some(reading)
        } else if self.layout.place(bank::AMOUNT).is_none() {
            let fault = Fault::new(
                "a balance that says the opposite of the names of the columns",
                "columns that mean what they say",
            )
            .at(&self.called(bank::OUT))
            .hint("say --sign in if the columns mean what they say, --sign reversed if they mean the opposite");
            self.problems.add(None, fault);
            None
        } else {
            let fault = Fault::new("amounts that do not say which way money went", "a minus for money out, a type column, or a running balance")
                .at(&self.called(bank::AMOUNT))
                .hint("look at a purchase: if it is negative say --sign in, if it is positive say --sign reversed, and if every row is money out --sign out");
            self.problems.add(None, fault);
            None
        }
    }

    /// The amounts of the rows that are not booked yet or came to nothing.
    fn unbooked(&self, amounts: Amounts) -> Vec<Written> {
        let written = |row: usize| {
            let read =
                |column: usize| amounts.read_or_none(self.cell(row, column)).ok().flatten().map(|read| read.cents);
            let by_type = sign::of_type(self.cell(row, bank::TYPE), self.profile().is_some_and(|profile| profile.card));
            let by_words = self.by_words(row);
            Written { amount: read(bank::AMOUNT), by_type, by_words, ..Written::default() }
        };
        let rows = self.table.rows().filter(|&row| matches!(self.class(row), Some(Left::Pending | Left::Void)));
        rows.map(written).filter(|row| row.amount.is_some()).collect()
    }

    /// Whether the file is a journal of double entry: on two days or more, and on each, the amounts cancel out.
    fn is_journal(&self, written: &[Written], rows: &[usize]) -> bool {
        let mut days = Vec::new();
        for (row, written) in rows.iter().zip(written) {
            let Some(amount) = written.amount.filter(|amount| *amount != 0) else { return false };
            let day = self.day(*row);
            match days.last_mut() {
                Some((last, sum, count)) if *last == day => (*sum, *count) = (*sum + amount, *count + 1),
                _ => days.push((day, amount, 1)),
            }
        }
        days.len() > 1 && days.iter().all(|(_, sum, count)| *sum == 0 && *count > 1)
    }

    /// What the words of a row, or else its category, say of the way.
    fn by_words(&self, row: usize) -> Option<sign::Way> {
        sign::of_words(&self.description(row)).or_else(|| sign::of_category(self.cell(row, bank::HINT)))
    }

    /// Whether a column of the file counts hours.
    fn has_hours(&self) -> bool {
        let counts = |place: usize| {
            let name = self.table.name(place).to_lowercase();
            name.split(|sign: char| !sign.is_alphabetic()).any(|word| matches!(word, "hours" | "hrs"))
        };
        self.table.header.is_some() && (0..self.table.width()).any(counts)
    }

    /// Says where a running balance that mostly comes out does not.
    fn hold_against_balance(&mut self, written: &[Written], rows: &[usize], reading: Reading) {
        if self.layout.place(bank::ACCOUNT).is_some() {
            return;
        }
        let broken = sign::breaks(written, reading);
        let Some(&first) = broken.first() else { return };
        let line = self.table.grid.line(rows[first]);
        let more = match broken.len() - 1 {
            0 => String::new(),
            more => format!(" and at {more} more"),
        };
        self.note(format!(
            "the running balance does not come out at line {line}{more}: look for a row that is missing"
        ));
    }

    fn movement(&mut self, candidate: &Candidate, reading: Reading) -> Option<Movement> {
        let row = candidate.row;
        let Some(cents) = reading.of(&candidate.written) else {
            let (column, expected) =
                if reading == Reading::ByType { (bank::TYPE, "debit or credit") } else { (bank::AMOUNT, "an amount") };
            let fault = Fault::cell(&self.called(column), self.cell(row, column), expected);
            self.wrong(row, fault);
            return None;
        };
        let mut text = self.description(row);
        if candidate.fee != 0 {
            let kept = Usd::from_cents(candidate.fee);
            let several = self.layout.at[bank::FEE].len() > 1;
            text = if several {
                format!("{text} · less {kept} of fees and refunds")
            } else {
                format!("{text}{}{kept}", Movement::LESS_FEE)
            };
        }
        let bank_id = self.cell(row, bank::ID).to_owned();
        Some(Movement {
            id: 0,
            origin: Origin { batch: 0, line: i64::try_from(self.table.grid.line(row)).unwrap_or(i64::MAX) },
            account: self.account(row),
            date: candidate.date,
            description: self.screened(&text),
            amount: Usd::from_cents(cents - candidate.fee),
            currency: self.currency(row, candidate.currency),
            balance: candidate.written.balance.map(Usd::from_cents),
            bank_id: (!bank_id.is_empty() && !super::phi::holds_patient_data(&bank_id)).then_some(bank_id),
            hint: screened(self.cell(row, bank::HINT)).unwrap_or_default(),
        })
    }

    /// The words of a row, its numbers masked; what looks like patient data is kept out.
    fn screened(&mut self, text: &str) -> String {
        screened(text).unwrap_or_else(|| {
            self.leave(Left::Patient);
            KEPT_OUT.to_owned()
        })
    }

    /// The words of all columns of the description, each once.
    fn description(&self, row: usize) -> String {
        let mut parts: Vec<String> = Vec::new();
        for &place in &self.layout.at[bank::DESCRIPTION] {
            let text = words(self.table.cell(row, place));
            let repeats = parts.iter().any(|known| known.eq_ignore_ascii_case(&text));
            if !text.is_empty() && !repeats {
                parts.push(text);
            }
        }
        if parts.is_empty() {
            parts.extend(
                [words(self.cell(row, bank::HINT)), words(self.cell(row, bank::TYPE))]
                    .into_iter()
                    .find(|text| !text.is_empty()),
            );
        }
        parts.join(" · ")
    }

    /// The account: what the file says, behind the name of the house; of its number the last four digits.
    fn account(&self, row: usize) -> String {
        let house =
            self.answers.account.or_else(|| self.profile().map(|profile| profile.account.as_str())).unwrap_or("");
        let cell = words(self.cell(row, bank::ACCOUNT));
        let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
        let named = cell.chars().filter(|sign| sign.is_alphabetic()).count() >= 3 && digits.len() < 7;
        let last = &digits[digits.len().saturating_sub(4)..];
        let last = if cell.is_empty() { self.answers.last_digits.unwrap_or("") } else { last };
        let named = named && self.answers.account.is_none();
        let base = if named { screened(&cell).unwrap_or_default() } else { cut(&guard::mask(house)) };
        match (base.is_empty(), last.is_empty() || base.ends_with(last)) {
            (false, true) => base,
            (false, false) => format!("{base} {last}"),
            (true, false) => format!("Account {last}"),
            (true, true) => "Account".to_owned(),
        }
    }

    /// The currency of a row: what the name of the amount's column, the currency's column, or its amount says; else dollars.
    /// A column of another currency beside `Amount (EUR)` is that of the purchase.
    fn currency(&self, row: usize, written: Option<Currency>) -> String {
        let by_column = Currency::by_code(self.cell(row, bank::CURRENCY).trim());
        let named = || {
            let name = self.called(bank::AMOUNT).to_uppercase();
            let code = name.split(|sign: char| !sign.is_ascii_alphabetic()).find_map(Currency::by_code);
            let by_sign = [('€', "EUR"), ('£', "GBP")].into_iter().find(|(sign, _)| name.contains(*sign));
            code.or_else(|| by_sign.and_then(|(_, code)| Currency::by_code(code)))
        };
        let found = named().or(by_column).or_else(|| written.filter(|currency| !currency.may_be_usd()));
        found.as_ref().and_then(Currency::code).unwrap_or("USD").to_owned()
    }
}

/// A cell without the guards of spreadsheets: `="0123"`, `'0123`.
pub(super) fn clean(cell: &str) -> &str {
    let cell = cell.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    let guarded = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    guarded
        .or_else(|| cell.strip_prefix('\'').filter(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit())))
        .unwrap_or(cell)
}

/// Text on one line: entities of HTML read, its marks and control characters taken for blanks.
pub(super) fn words(cell: &str) -> String {
    let cell = clean(cell);
    let text = if cell.contains('&') { html_escape::decode_html_entities(cell) } else { cell.into() };
    let text = if text.contains('<') { untagged(&text) } else { text.into_owned() };
    let plain = |sign: char| if sign.is_control() || is_directional(sign) { ' ' } else { sign };
    text.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without marks such as `<br/>`.
fn untagged(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(start) = rest.find('<') {
        let after = &rest[start + 1..];
        let is_mark = after.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/');
        if let Some(end) = after.find('>').filter(|end| is_mark && *end <= 20) {
            out.push_str(&rest[..start]);
            out.push(' ');
            rest = &after[end + 1..];
        } else {
            out.push_str(&rest[..=start]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What stands for a text that looks like patient data.
pub(super) const KEPT_OUT: &str = "(kept out: looks like patient data)";

/// A text, its numbers masked; none where it looks like patient data.
pub(super) fn screened(text: &str) -> Option<String> {
    let masked = guard::mask(text);
    (!super::phi::holds_patient_data(&masked)).then(|| cut(&masked))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Whether a cell is empty or a dash.
fn says_nothing(cell: &str) -> bool {
    cell.is_empty() || cell.bytes().all(|byte| byte == b'-')
}

/// Words of a day or a status that say that a row is not booked yet.
pub(super) fn is_open(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    if cell.split(|sign: char| !sign.is_alphabetic()).next() == Some("pending") {
        return true;
    }
    matches!(
        cell.as_str(),
        "offen"
            | "vorgemerkt"
            | "processing"
            | "authorized"
            | "authorised"
            | "authorization"
            | "scheduled"
            | "on hold"
            | "hold"
            | "held"
            | "in process"
            | "uncleared payment"
            | "unpaid"
            | "in progress"
            | "in transit"
            | "not posted"
            | "unposted"
            | "--"
    )
}

/// Words of a status that say that a row came to nothing.
const VOID: &[&str] = &[
    "failed",
    "declined",
    "denied",
    "canceled",
    "cancelled",
    "reverted",
    "voided",
    "void",
    "expired",
    "rejected",
    "returned",
];

/// How a row begins that is a balance or a total and no movement.
const BALANCES: &[&str] = &[
    "beginning balance",
    "opening balance",
    "starting balance",
    "previous balance",
    "balance forward",
    "balance brought forward",
    "ending balance",
    "closing balance",
    "total credits",
    "total debits",
    "total",
    "totals",
    "subtotal",
    "grand total",
    "saldo anterior",
    "saldo inicial",
    "saldo final",
    "saldo do dia",
    "anfangssaldo",
    "endsaldo",
    "alter kontostand",
    "neuer kontostand",
    "solde initial",
    "solde final",
    "summe",
];

/// Whether what stands in the place of a day says that the row sums up others.
fn is_summary(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    cell.split(|sign: char| !sign.is_alphabetic())
        .any(|word| matches!(word, "total" | "totals" | "subtotal" | "balance" | "saldo" | "summe" | "solde"))
}

/// Whether a text is a single word for a sum, which may be the name of a shop too.
fn is_total(text: &str) -> bool {
    !text.trim().contains(' ')
}

fn has_digit(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_balance(text: &str) -> bool {
    let text = text.to_lowercase();
    BALANCES.iter().any(|words| {
        text.strip_prefix(words).is_some_and(|rest| {
            // Single words must stand alone: "Total Wine" is a shop.
            let alone = rest.trim_matches(|sign: char| !sign.is_alphanumeric()).is_empty();
            // "Beginning balance as of 01/01/2025", but not "Opening balance deposit".
            let goes_on = rest.split(|sign: char| !sign.is_alphabetic()).all(|word| {
                word.is_empty()
                    || matches!(word, "as" | "of" | "on" | "at" | "am" | "le" | "em" | "for" | "from" | "vom")
            });
            if words.contains(' ') { goes_on } else { alone }
        })
    })
}
