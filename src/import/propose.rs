//! Which column of a table is what: as a profile says, as the user says, or proposed from names and cells, with the
//! reason for each.

use super::columns::{Column, bank, columns, time};
use super::days;
use super::header::normal;
use super::phi;
use super::problem::{Fault, title};
use super::profile::Profile;
use super::sign::{self, Reading, Way, Written};
use super::statement::is_open;
use super::table::Table;
use super::value::currency::Currency;
use super::value::date::Dates;
use super::value::{amount, date};
use crate::book::entry::Kind;

/// Rows that are looked at to tell what a column holds.
const SAMPLED: usize = 2_000;

/// The columns of a table, told apart.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// For each column of the kind, its places in the file.
    pub(super) at: Vec<Vec<usize>>,
    /// For each place in the file, why it was taken for what it is.
    pub(super) why: Vec<String>,
    /// Whether a profile or the file's own header says it; else it is a proposal.
    pub(super) known: bool,
    /// Places that the user leaves out.
    left_out: Vec<usize>,
    /// Columns that the user names: no others are added to them.
    told: Vec<&'static str>,
}

impl Layout {
    fn empty(kind: Kind, width: usize) -> Layout {
        Layout {
            at: vec![Vec::new(); columns(kind).len()],
            why: vec![String::new(); width],
            known: false,
            left_out: Vec::new(),
            told: Vec::new(),
        }
    }

    /// The first place of a column.
    pub(super) fn place(&self, column: usize) -> Option<usize> {
        self.at.get(column).and_then(|places| places.first().copied())
    }

    /// What a place was taken for.
    pub(super) fn column_of(&self, kind: Kind, place: usize) -> Option<&'static Column> {
        let index = self.at.iter().position(|places| places.contains(&place))?;
        columns(kind).get(index)
    }

    fn claim(&mut self, column: usize, place: usize, why: impl Into<String>) {
        self.at[column].push(place);
        if let Some(slot) = self.why.get_mut(place) {
            *slot = why.into();
        }
    }

    fn taken(&self, place: usize) -> bool {
        self.left_out.contains(&place) || self.at.iter().any(|places| places.contains(&place))
    }

    /// As a profile says.
    pub(super) fn of_profile(table: &Table, profile: &Profile) -> Layout {
        let mut layout = Layout::empty(table.kind, table.width());
        layout.known = true;
        for (index, column) in columns(table.kind).iter().enumerate() {
            let names = profile.columns.get(column.name).map(Vec::as_slice).unwrap_or_default();
            for place in names.iter().filter_map(|name| table.place(name)) {
                layout.claim(index, place, format!("as the profile {} says", profile.name));
            }
        }
        if table.kind == Kind::Bank && layout.at[bank::DATE].is_empty() {
            let posted = layout.at[bank::POSTED].clone();
            layout.at[bank::DATE].extend(posted);
        }
        layout
    }

    /// As the user says, and as the names and the cells of the table show.
    ///
    /// # Errors
    /// What the user says is not there, no column holds a day, or none an amount.
    pub(super) fn propose(table: &Table, told: &[(String, String)]) -> Result<Layout, Fault> {
        let mut layout = Layout::empty(table.kind, table.width());
        layout.map(table, told)?;
        let sample = sample(table);
        // The cells of a column that is a patient's by its name propose nothing.
        let stats_of = |place: usize| {
            let patients = phi::looks_like_patient_data(&table.name(place), table.kind);
            if patients { Stats::default() } else { Stats::of(table, &sample, place) }
        };
        let stats: Vec<Stats> = (0..table.width()).map(stats_of).collect();
        match table.kind {
            // A header without rows has names alone.
            _ if sample.is_empty() && table.header.is_some() => layout.by_names(table),
            Kind::Bank => layout.bank(table, &sample, &stats)?,
            Kind::Time => layout.time(table, &stats)?,
            _ => layout.by_names(table),
        }
        Ok(layout)
    }

    /// Changes what the user says: `COLUMN=FIELD`, where `-` is a field that is not read.
    ///
    /// # Errors
    /// There is no such column or field.
    pub(super) fn map(&mut self, table: &Table, pairs: &[(String, String)]) -> Result<(), Fault> {
        let mut told: Vec<usize> = Vec::new();
        for (name, field) in pairs {
            let Some(place) = table.place(name) else {
                let known: Vec<String> = (0..table.width()).map(|place| title(&table.name(place), place)).collect();
                let expected = format!("one of {}, or its number", known.join(", "));
                return Err(Fault::new(&format!("no column {name:?} for --map"), &expected));
            };
            self.at.iter_mut().for_each(|places| places.retain(|known| *known != place));
            if field == "-" {
                self.left_out.push(place);
                continue;
            }
            if phi::looks_like_patient_data(&table.name(place), table.kind) {
                let found = format!("a column that looks like patient data, taken for {field}");
                return Err(Fault::new(&found, "a column without").at(&title(&table.name(place), place)));
            }
            let Some(index) = columns(table.kind).iter().position(|column| column.name == field) else {
                let known: Vec<&str> = columns(table.kind).iter().map(|column| column.name).collect();
                let expected = format!("one of {}, or - to leave the column out", known.join(", "));
                return Err(Fault::new(&format!("no field {field:?} for --map"), &expected));
            };
            if !told.contains(&index) {
                self.at[index].clear();
                told.push(index);
                self.told.push(columns(table.kind)[index].name);
            }
            self.claim(index, place, "as you said");
        }
        Ok(())
    }

    /// Takes columns by their names alone.
    fn by_names(&mut self, table: &Table) {
        for (index, column) in columns(table.kind).iter().enumerate() {
            if self.at[index].is_empty()
                && let Some(place) = self.named(table, column, |_| true)
            {
                self.claim(index, place, reason(table, place));
            }
        }
    }

    /// The place that is free and has the best name for a column.
    fn named(&self, table: &Table, column: &Column, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let header = table.header.filter(|_| !self.told.contains(&column.name))?;
        let rank = |place: usize| column.rank(&normal(table.grid.cell(header, place)));
        let free = (0..table.width()).filter(|&place| !self.taken(place) && fits(place));
        free.filter_map(|place| Some((rank(place)?, place))).min().map(|(_, place)| place)
    }

    fn bank(&mut self, table: &Table, sample: &[usize], stats: &[Stats]) -> Result<(), Fault> {
        let all = columns(Kind::Bank);
        // What a column is called counts beside its cells: a slip or two will be pointed at.
        let days = |place: usize| stats[place].half(stats[place].days);
        let money = |place: usize| stats[place].half(stats[place].amounts);
        for index in [bank::DATE, bank::POSTED] {
            if !self.at[index].is_empty() {
                continue;
            }
            if let Some(place) = self.named(table, &all[index], days) {
                self.claim(index, place, reason(table, place));
            }
        }
        self.days_by_cells(table, sample, stats);
        if self.at[bank::DATE].is_empty() {
            let found = "no column whose cells are days";
            return Err(Fault::new(found, "a column of days").hint("say which with --map COLUMN=date"));
        }
        for index in [bank::BALANCE, bank::OUT, bank::IN, bank::AMOUNT] {
            if !self.at[index].is_empty() {
                continue;
            }
            let free = |place: usize| money(place) && (index != bank::AMOUNT || !stats[place].names_of_things());
            if let Some(place) = self.named(table, &all[index], free) {
                self.claim(index, place, reason(table, place));
            }
        }
        // A payment alone may be money in: only beside a column of deposits it is money out.
        if let (Some(place), true) = (self.place(bank::OUT), self.at[bank::IN].is_empty())
            && matches!(normal(&table.name(place)).as_str(), "payment" | "payments")
        {
            self.at[bank::OUT].clear();
            if self.at[bank::AMOUNT].is_empty() {
                self.claim(bank::AMOUNT, place, reason(table, place));
            }
        }
        self.named_twice(table, sample, stats)?;
        self.in_the_currency(table, stats);
        // A pair says more than a single column beside it, unless only one of the pair is there.
        let pair = !self.at[bank::OUT].is_empty() && !self.at[bank::IN].is_empty();
        if pair {
            self.at[bank::AMOUNT].clear();
        } else if !self.at[bank::AMOUNT].is_empty() {
            self.at[bank::OUT].clear();
            self.at[bank::IN].clear();
        }
        if self.at[bank::AMOUNT].is_empty() && self.at[bank::OUT].is_empty() && self.at[bank::IN].is_empty() {
            self.amounts_by_cells(table, sample, stats)?;
        }
        self.other_of_a_pair(table, sample, stats);
        let types = |place: usize| stats[place].types(table.profile.is_some_and(|profile| profile.card));
        if let Some(place) = self.named(table, &all[bank::TYPE], types) {
            self.claim(bank::TYPE, place, reason(table, place));
        } else if let Some(place) = (0..table.width()).find(|&place| !self.taken(place) && stats[place].both_ways()) {
            self.claim(bank::TYPE, place, "its cells say debit or credit");
        }
        // One column may say what came of a row, another whether it is pending.
        for index in [bank::STATUS, bank::STATUS, bank::CURRENCY, bank::ACCOUNT] {
            let fits = |place: usize| match index {
                bank::CURRENCY => stats[place].filled == 0 || stats[place].mostly(stats[place].currencies),
                _ => stats[place].filled > 0,
            };
            if let Some(place) = self.named(table, &all[index], fits) {
                self.claim(index, place, reason(table, place));
            }
        }
        if self.at[bank::CURRENCY].is_empty() {
            let codes = |place: &usize| !self.taken(*place) && stats[*place].mostly(stats[*place].currencies);
            if let Some(place) = (0..table.width()).find(codes) {
                self.claim(bank::CURRENCY, place, "its cells are codes of currencies");
            }
        }
        let unique = |place: usize| stats[place].filled > 0 && stats[place].distinct == stats[place].filled;
        let texts = |place: usize| stats[place].texts * 2 >= stats[place].filled && stats[place].filled > 0;
        if let Some(place) = self.named(table, &all[bank::DESCRIPTION], texts) {
            self.claim(bank::DESCRIPTION, place, reason(table, place));
        }
        if let Some(place) = self.named(table, &all[bank::ID], unique) {
            self.claim(bank::ID, place, reason(table, place));
        }
        if let Some(place) = self.named(table, &all[bank::HINT], texts) {
            self.claim(bank::HINT, place, reason(table, place));
        }
        // More words, where the first column often has none.
        let first = self.place(bank::DESCRIPTION).map_or(0, |place| stats[place].filled);
        if first * 10 < sample.len() * 9
            && let Some(place) = self.named(table, &all[bank::DESCRIPTION], texts)
        {
            self.claim(bank::DESCRIPTION, place, reason(table, place));
        }
        if self.at[bank::DESCRIPTION].is_empty() {
            let most = (0..table.width()).filter(|&place| !self.taken(place) && texts(place));
            if let Some(place) = most.max_by_key(|&place| (stats[place].letters, std::cmp::Reverse(place))) {
                self.claim(bank::DESCRIPTION, place, "it has most words");
            }
        }
        Ok(())
    }

    /// Two columns that are both called the amount, of which each row fills one, are a pair.
    fn named_twice(&mut self, table: &Table, sample: &[usize], stats: &[Stats]) -> Result<(), Fault> {
        let (Some(first), Some(header)) = (self.place(bank::AMOUNT), table.header) else { return Ok(()) };
        let name = |place: usize| normal(table.grid.cell(header, place));
        let twin = (0..table.width()).find(|&place| {
            !self.taken(place)
                && name(place) == name(first)
                && stats[place].mostly(stats[place].amounts)
                && exclusive(table, sample, first, place)
        });
        let Some(twin) = twin else { return Ok(()) };
        self.at[bank::AMOUNT].clear();
        self.pair(table, sample, stats, (first, twin), self.place(bank::BALANCE))
    }

    /// Of an amount and the same amount in a currency that its name says, the latter moved the account.
    fn in_the_currency(&mut self, table: &Table, stats: &[Stats]) {
        let (Some(plain), Some(header)) = (self.place(bank::AMOUNT), table.header) else { return };
        let names_currency = |place: usize| {
            let name = table.grid.cell(header, place).to_uppercase();
            name.contains("AMOUNT")
                && name
                    .split(|sign: char| !sign.is_ascii_alphabetic())
                    .any(|word| word.len() == 3 && Currency::by_code(word).is_some())
        };
        let fits = |place: usize| {
            !self.taken(place)
                && names_currency(place)
                && stats[place].mostly(stats[place].amounts)
                && stats[place].filled == stats[plain].filled
        };
        let found = (0..table.width()).find(|&place| fits(place)).filter(|_| !names_currency(plain));
        if let Some(place) = found {
            self.at[bank::AMOUNT].clear();
            self.why[plain].clear();
            self.claim(bank::AMOUNT, place, format!("{}, which says the currency", reason(table, place)));
        }
    }

    /// Where only one column of a pair has a name that is known, the one that is filled where it is empty is the other.
    fn other_of_a_pair(&mut self, table: &Table, sample: &[usize], stats: &[Stats]) {
        let (known, missing) = match (self.place(bank::OUT), self.place(bank::IN)) {
            (Some(out), None) => (out, bank::IN),
            (None, Some(in_)) => (in_, bank::OUT),
            _ => return,
        };
        let fits = |&place: &usize| {
            !self.taken(place)
                && stats[place].decimals > 0
                && stats[place].mostly(stats[place].amounts)
                && exclusive(table, sample, known, place)
        };
        if let Some(place) = (0..table.width()).find(fits) {
            self.claim(missing, place, format!("each row fills it or {:?}", table.name(known)));
        }
    }

    /// The first columns of days, where no name tells.
    fn days_by_cells(&mut self, table: &Table, sample: &[usize], stats: &[Stats]) {
        let mut free = (0..stats.len()).filter(|&place| stats[place].mostly(stats[place].days));
        let first = free.clone().find(|&place| !self.taken(place));
        if self.at[bank::DATE].is_empty() {
            if let Some(place) = first {
                self.claim(bank::DATE, place, "its cells are days");
                // A row is never booked before it happened.
                let other = free.clone().find(|&place| !self.taken(place));
                if let Some(other) = other.filter(|&other| earlier(table, sample, other, place)) {
                    self.at[bank::DATE].clear();
                    self.claim(bank::POSTED, place, "its cells are days");
                    self.claim(bank::DATE, other, "its cells are days, and none is later than those before it");
                }
            } else if let Some(place) = self.place(bank::POSTED) {
                self.at[bank::DATE].push(place);
            }
        }
        if self.at[bank::POSTED].is_empty()
            && let Some(place) = free.find(|&place| !self.taken(place))
        {
            self.claim(bank::POSTED, place, "its cells are days too");
        }
    }

    /// Amounts and balance, where no name tells.
    fn amounts_by_cells(&mut self, table: &Table, sample: &[usize], stats: &[Stats]) -> Result<(), Fault> {
        // What counts hours, pieces or rates is no money, whatever it looks like.
        let counts = |place: usize| {
            let name = table.name(place).to_lowercase();
            table.header.is_some()
                && name.split(|sign: char| !sign.is_alphabetic()).any(|word| {
                    matches!(word, "hours" | "hrs" | "minutes" | "duration" | "rate" | "qty" | "quantity" | "percent")
                })
        };
        let numbers: Vec<usize> = (0..table.width())
            .filter(|&place| !self.taken(place) && !counts(place) && stats[place].mostly(stats[place].amounts))
            .filter(|&place| !stats[place].mostly(stats[place].days) || stats[place].decimals > 0)
            .collect();
        let with_decimals: Vec<usize> = numbers.iter().copied().filter(|&place| stats[place].decimals > 0).collect();
        // Beside a column of cents, a column of whole numbers is money only if it never stands beside an amount.
        let exclusive = |one: usize, other: usize| exclusive(table, sample, one, other);
        let mut money = if with_decimals.is_empty() { numbers.clone() } else { with_decimals };
        if self.at[bank::BALANCE].is_empty() && money.len() == 1 {
            let other = numbers.iter().copied().find(|&place| place != money[0] && stats[place].signed > 0);
            money.extend(other.filter(|&place| exclusive(place, money[0])));
        }
        let found = "no column whose cells are amounts";
        match money.as_slice() {
            [] => {
                return Err(Fault::new(found, "a column of amounts").hint("say which with --map COLUMN=amount"));
            }
            [only] => self.claim(bank::AMOUNT, *only, "its cells are amounts"),
            [first, second, rest @ ..] => {
                if exclusive(*first, *second) && stats[*first].filled > 0 && stats[*second].filled > 0 {
                    let balance = rest.first().copied();
                    self.pair(table, sample, stats, (*first, *second), balance)?;
                } else {
                    let why = "its cells are amounts";
                    self.claim(bank::AMOUNT, *first, why);
                    self.claim(bank::BALANCE, *second, "its cells are amounts, and it comes after them");
                }
            }
        }
        Ok(())
    }

    /// Two columns of which each row fills one: which is money out.
    fn pair(
        &mut self,
        table: &Table,
        sample: &[usize],
        stats: &[Stats],
        (first, second): (usize, usize),
        balance: Option<usize>,
    ) -> Result<(), Fault> {
        let style =
            amount::Amounts::decide(sample.iter().flat_map(|&row| [first, second].map(|place| table.cell(row, place))));
        let cents = |row: usize, place: usize| {
            let cell = table.cell(row, place).trim();
            style
                .as_ref()
                .ok()
                .filter(|_| !cell.is_empty())
                .and_then(|style| style.read(cell).ok())
                .map(|read| read.cents)
        };
        let written: Vec<Written> = sample
            .iter()
            .map(|&row| Written {
                out: cents(row, first),
                in_: cents(row, second),
                balance: balance.and_then(|place| cents(row, place)),
                ..Written::default()
            })
            .collect();
        let proved = |reading: Reading| sign::reconciles(&written, reading);
        let negative = |place: usize| stats[place].negative > 0;
        let turned = negative(second) && !negative(first) || !proved(Reading::Pair) && proved(Reading::PairSwapped);
        if !turned && !proved(Reading::Pair) && !negative(first) {
            let found = format!(
                "two columns of amounts without names, {} and {}",
                title(&table.name(first), first),
                title(&table.name(second), second)
            );
            let hint = format!(
                "say --map {}=out --map {}=in if money out comes first, else the other way",
                first + 1,
                second + 1
            );
            return Err(Fault::new(&found, "to be told which is money out").hint(&hint));
        }
        let (out, in_) = if turned { (second, first) } else { (first, second) };
        let why = "each row fills one of two columns of amounts";
        self.claim(bank::OUT, out, why);
        self.claim(bank::IN, in_, why);
        if let Some(place) = balance.filter(|&place| !self.taken(place)) {
            self.claim(bank::BALANCE, place, "its cells are amounts, and it comes after them");
        }
        Ok(())
    }

    fn time(&mut self, table: &Table, stats: &[Stats]) -> Result<(), Fault> {
        let all = columns(Kind::Time);
        let days = |place: usize| stats[place].filled == 0 || stats[place].mostly(stats[place].days);
        if let Some(place) = self.named(table, &all[time::DATE], days) {
            self.claim(time::DATE, place, reason(table, place));
        } else if self.at[time::DATE].is_empty() {
            let found = "no column whose cells are days";
            return Err(Fault::new(found, "a column of days").hint("say which with --map COLUMN=date"));
        }
        for (index, column) in all.iter().enumerate().skip(1) {
            if self.at[index].is_empty()
                && let Some(place) = self.named(table, column, |_| true)
            {
                self.claim(index, place, reason(table, place));
            }
        }
        Ok(())
    }
}

/// Whether the days of a column are never later than those of another, and some are earlier.
fn earlier(table: &Table, sample: &[usize], place: usize, than: usize) -> bool {
    let cells = sample.iter().flat_map(|&row| [place, than].map(|place| table.cell(row, place).trim()));
    let Ok(dates) = Dates::decide(cells, None) else { return false };
    let day = |row: usize, place: usize| dates.read(table.cell(row, place).trim()).ok().map(|stamp| stamp.date);
    let pairs: Vec<_> = sample.iter().filter_map(|&row| Some((day(row, place)?, day(row, than)?))).collect();
    pairs.iter().all(|(one, other)| one <= other) && pairs.iter().any(|(one, other)| one < other)
}

/// The rows that show what the columns hold: those with a day and an amount, or with a day, where there are any; else all
/// that are no words.
fn sample(table: &Table) -> Vec<usize> {
    let has = |row: usize, resembles: fn(&str) -> bool| table.cells(row).any(|cell| resembles(cell.trim()));
    let several: Vec<usize> = table.rows().filter(|&row| filled(table, row) > 1).take(SAMPLED).collect();
    let is_amount = |cell: &str| amount::resembles(cell) && !date::resembles(cell);
    let is_row = |row: &usize| has(*row, date::resembles) && (table.kind != Kind::Bank || has(*row, is_amount));
    let mut rows: Vec<usize> = several.iter().copied().filter(is_row).collect();
    // Without a header, the row length that is met most is that of the table.
    if table.header.is_none() {
        let width = |row: usize| table.cells(row).count();
        let times = |wanted: usize| rows.iter().filter(|&&row| width(row) == wanted).count();
        let most = rows.iter().map(|&row| width(row)).max_by_key(|&width| (times(width), width)).unwrap_or(0);
        rows.retain(|&row| width(row).abs_diff(most) <= usize::from(most > 6));
    }
    if rows.is_empty() { several } else { rows }
}

/// Whether no row fills both columns with more than zero.
fn exclusive(table: &Table, sample: &[usize], one: usize, other: usize) -> bool {
    let filled = |row: usize, place: usize| {
        let cell = table.cell(row, place).trim();
        !cell.is_empty() && cell.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
    };
    sample.iter().all(|&row| !(filled(row, one) && filled(row, other)))
}

fn reason(table: &Table, place: usize) -> String {
    format!("it is called {:?}", title(&table.name(place), place))
}

fn filled(table: &Table, row: usize) -> usize {
    table.cells(row).filter(|cell| !cell.trim().is_empty()).count()
}

/// What the cells of a column look like.
#[derive(Clone, Debug, Default)]
struct Stats {
    filled: usize,
    days: usize,
    amounts: usize,
    /// Amounts with two decimals or a sign of a currency.
    decimals: usize,
    negative: usize,
    /// Amounts with a plus or minus.
    signed: usize,
    /// Cells with letters.
    texts: usize,
    letters: usize,
    currencies: usize,
    /// Different cells.
    distinct: usize,
    /// Different cells, at most twelve.
    values: Vec<String>,
}

impl Stats {
    fn of(table: &Table, sample: &[usize], place: usize) -> Stats {
        let mut stats = Stats::default();
        let mut seen = std::collections::HashSet::new();
        for &row in sample {
            let cell = table.cell(row, place).trim();
            if cell.is_empty() || is_open(cell) || cell == "-" {
                continue;
            }
            stats.filled += 1;
            stats.days += usize::from(date::resembles(days::first(cell)));
            if amount::resembles(cell) {
                stats.amounts += 1;
                let cents = cell.len() > 3 && matches!(cell.as_bytes()[cell.len() - 3], b'.' | b',');
                let one = cell.len() > 2 && matches!(cell.as_bytes()[cell.len() - 2], b'.' | b',');
                let sign = cell.contains(['$', '€', '£']);
                stats.decimals += usize::from(cents || one || sign || cell.ends_with(')'));
                stats.negative += usize::from(cell.starts_with(['-', '(', '\u{2212}']) || cell.ends_with('-'));
                stats.signed += usize::from(cell.contains(['-', '+', '(']));
            }
            let letters = cell.chars().filter(|sign| sign.is_alphabetic()).count();
            stats.texts += usize::from(letters > 0);
            stats.letters += letters;
            stats.currencies += usize::from(Currency::by_code(cell).is_some());
            if seen.insert(cell) && stats.values.len() < 12 {
                stats.values.push(cell.to_owned());
            }
        }
        stats.distinct = seen.len();
        stats
    }

    /// Whether nine in ten of the cells are of a sort.
    fn mostly(&self, some: usize) -> bool {
        self.filled > 0 && some * 10 >= self.filled * 9
    }

    /// Whether half of the cells are of a sort.
    fn half(&self, some: usize) -> bool {
        self.filled > 0 && some * 2 >= self.filled
    }

    /// Whether the cells say debit or credit.
    fn types(&self, card: bool) -> bool {
        let told = |value: &&String| sign::of_type(value, card).is_some() || sign::is_payment(value);
        let known = self.values.iter().filter(told).count();
        self.filled > 0 && self.distinct <= 8 && known > 0 && known * 2 > self.values.len()
    }

    /// Whether the cells say debit or credit, and both occur.
    fn both_ways(&self) -> bool {
        let says = |way: Way| self.values.iter().any(|value| sign::of_type(value, true) == Some(way));
        self.types(true) && says(Way::Out) && says(Way::In)
    }

    /// Whether the numbers are names of things: long digits without decimals, all different.
    fn names_of_things(&self) -> bool {
        self.decimals == 0
            && self.filled > 3
            && self.distinct == self.filled
            && self.values.iter().all(|v| v.len() >= 8)
    }
}
