//! Statements in QIF, Quicken's old format of one field a line.
//!
//! The format has no rules for the order of day and month, so that dates keep theirs; only their years are written out.
//! Lists that hold no transactions (categories, classes, memorized ones, prices and the like) are passed over. Investment
//! accounts are refused.

use super::grid::Grid;
use super::ofx::masked;
use super::problem::Fault;

const HEADER: [&str; 8] = ["Date", "Amount", "Payee", "Memo", "Number", "Category", "Cleared", "Account"];

const DATE: usize = 0;
const AMOUNT: usize = 1;
const PAYEE: usize = 2;
const MEMO: usize = 3;
const NUMBER: usize = 4;
const CATEGORY: usize = 5;
const CLEARED: usize = 6;
const ACCOUNT: usize = 7;

/// Kinds of accounts with transactions, and of lists without, in lower case without spaces.
const ACCOUNTS: [&str; 6] = ["bank", "ccard", "cash", "otha", "othl", "oths"];
const LISTS: [&str; 9] = ["cat", "class", "tag", "memorized", "prices", "security", "budget", "template", "invitem"];

/// The longest text in bytes, and the most transactions. Reading takes about 100 MB at these limits.
const LONGEST: usize = 32 * 1024 * 1024;
const ROWS: usize = 250_000;

/// The longest name of an account, in characters.
const NAME: usize = 40;

const EXPECTED: &str = "a bank, card or cash account in QIF (!Type:Bank, CCard, Cash, Oth A, Oth L)";

/// Whether a text is QIF.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is = |key: &str| start.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
    ["!type:", "!account", "!option:", "!clear:"].into_iter().any(is)
}

/// The transactions of a file, one a row under a header. A split transaction is one row: the categories and memos of its
/// parts are joined by semicolons. The line of a row is that of its first field.
pub(super) fn read(text: &str) -> Result<Grid, Fault> {
    if !looks_like(text) {
        return Err(Fault::new("a file that does not start as QIF does", EXPECTED));
    }
    if text.len() > LONGEST {
        return Err(Fault::new("a file of more than 32 MB", "at most 32 MB").hint("export a shorter period"));
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::new();
    // Old Macs end lines with a carriage return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut line = 0;
    for found in text.split(end) {
        line += 1;
        reader.line(found.trim_end_matches('\r'), line)?;
    }
    // Some programs leave out the last `^`. A line that is cut off has no end.
    if !text.ends_with(end) && reader.fields() {
        let fault = Fault::new("a transaction that is cut off at the end", "a line with ^ behind each transaction");
        return Err(fault.hint("export it again"));
    }
    reader.end_record()?;
    Ok(reader.grid)
}

/// What the records are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Unknown,
    Account,
    Transactions,
    List,
}

struct Reader {
    grid: Grid,
    section: Section,
    cells: [String; 8],
    /// Categories and memos of the parts of a split.
    parts: [Vec<String>; 2],
    /// Where the record starts, once it has a field.
    start: Option<u64>,
    account: String,
    /// How many accounts the list of accounts has so far.
    accounts: usize,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            grid: Grid::under(&HEADER),
            section: Section::Unknown,
            cells: Default::default(),
            parts: Default::default(),
            start: None,
            account: String::new(),
            accounts: 0,
        }
    }

    fn fields(&self) -> bool {
        self.section == Section::Transactions && self.start.is_some()
    }

    fn line(&mut self, line: &str, at: u64) -> Result<(), Fault> {
        let line = line.trim_start();
        let Some(key) = line.chars().next() else { return Ok(()) };
        let value = line[key.len_utf8()..].trim();
        match (key, self.section) {
            ('!', _) => {
                self.end_record()?;
                self.section = self.heading(value, at)?;
            }
            ('^', _) => self.end_record()?,
            _ if value.is_empty() => (),
            ('N', Section::Account) => {
                self.accounts += 1;
                // A list of several accounts names none of them.
                self.account = if self.accounts == 1 { account(value) } else { String::new() };
            }
            (_, Section::Transactions) => self.field(key, value, at),
            (_, Section::Unknown) => {
                let found = format!("a record in line {at} before the kind of its account is named");
                return Err(Fault::new(&found, EXPECTED).hint("export it again, as CSV if you can"));
            }
            _ => (),
        }
        Ok(())
    }

    fn heading(&mut self, heading: &str, at: u64) -> Result<Section, Fault> {
        let heading: String = heading.to_ascii_lowercase().chars().filter(|sign| *sign != ' ').collect();
        if heading == "account" {
            self.accounts = 0;
            self.account.clear();
            return Ok(Section::Account);
        }
        // Options change nothing about the records that follow.
        let Some(kind) = heading.strip_prefix("type:") else { return Ok(self.section) };
        match kind {
            kind if ACCOUNTS.contains(&kind) => Ok(Section::Transactions),
            kind if LISTS.contains(&kind) => Ok(Section::List),
            "invst" | "port" | "401(k)/403(b)" => {
                let found = format!("an investment account in line {at} (!Type:Invst)");
                Err(Fault::new(&found, EXPECTED).hint("export the bank or card account alone"))
            }
            _ => {
                let found = format!("an account or list of an unknown kind in line {at}");
                Err(Fault::new(&found, EXPECTED).hint("export the bank or card account alone, or as CSV"))
            }
        }
    }

    fn field(&mut self, key: char, value: &str, at: u64) {
        self.start.get_or_insert(at);
        let place = match key.to_ascii_uppercase() {
            'D' => DATE,
            'T' => AMOUNT,
            // The same amount anew, in programs that allow larger ones there.
            'U' if self.cells[AMOUNT].is_empty() => AMOUNT,
            'P' => PAYEE,
            'M' => MEMO,
            'N' => NUMBER,
            'L' => CATEGORY,
            'C' => CLEARED,
            'S' => return self.parts[0].push(value.to_owned()),
            'E' => return self.parts[1].push(value.to_owned()),
            _ => return,
        };
        self.cells[place] = if place == DATE { date(value) } else { value.to_owned() };
    }

    /// Ends the record that is read, if it has a field.
    fn end_record(&mut self) -> Result<(), Fault> {
        let Some(line) = self.start.take() else { return Ok(()) };
        if self.grid.len() > ROWS {
            return Err(Fault::new("more than 250,000 transactions", "at most 250,000").hint("export a shorter period"));
        }
        let [mut categories, memos] = std::mem::take(&mut self.parts);
        categories.dedup();
        if self.cells[CATEGORY].is_empty() || self.cells[CATEGORY].eq_ignore_ascii_case("--split--") {
            self.cells[CATEGORY] = categories.join("; ");
        }
        if self.cells[MEMO].is_empty() {
            self.cells[MEMO] = memos.join("; ");
        }
        self.account.clone_into(&mut self.cells[ACCOUNT]);
        for cell in &mut self.cells {
            self.grid.push(cell);
            cell.clear();
        }
        self.grid.end_row(line);
        Ok(())
    }
}

/// The name of an account. A name with five digits or more is a number, and cut to its last four.
fn account(name: &str) -> String {
    if name.chars().filter(char::is_ascii_digit).count() > 4 { masked(name) } else { name.chars().take(NAME).collect() }
}

/// A date with its year in four digits and without spaces: `1/ 2'26` as `1/2/2026`, `12/31/99` as `12/31/1999`.
///
/// Quicken writes an apostrophe before years from 2000 and a slash before others; other programs write slashes only.
/// So two digits are the year between 1970 and 2069, whatever stands before them.
fn date(text: &str) -> String {
    let text: String = text.chars().filter(|sign| *sign != ' ').collect();
    let separators: Vec<char> = text.chars().filter(|sign| matches!(sign, '/' | '-' | '.' | '\'')).collect();
    let parts: Vec<&str> = text.split(['/', '-', '.', '\'']).collect();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    let [first, second, year] = parts[..] else { return text };
    if ![first, second, year].into_iter().all(number) || first.len() > 2 || second.len() > 2 {
        return text;
    }
    let century = match (year.len(), year.parse::<u32>()) {
        (4, _) => "",
        (2, Ok(70..)) => "19",
        (2, _) => "20",
        (1, _) => "200",
        _ => return text,
    };
    let last = match (separators[1], separators[0]) {
        ('\'', first) => first,
        (other, _) => other,
    };
    format!("{first}{}{second}{last}{century}{year}", separators[0])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(grid: &Grid) -> Vec<String> {
        (1..grid.len()).map(|row| grid.cells(row).collect::<Vec<_>>().join("|")).collect()
    }

    fn refused(text: &str) -> String {
        format!("{:?}", read(text).unwrap_err())
    }

    #[test]
    fn a_bank_account() {
        let grid = read("!Type:Bank \r\nD1/ 2'26\r\nT-1,234.50\r\nU-1,234.50\r\nCX\r\nN1001\r\nPAnn & Co\r\nMbooks\r\nLOffice:Books\r\nAsomewhere\r\n^\r\nD12/31/99\r\nU10.00\r\n^\r\n").unwrap();
        assert_eq!(grid.cells(0).collect::<Vec<_>>(), HEADER);
        assert_eq!(rows(&grid), ["1/2/2026|-1,234.50|Ann & Co|books|1001|Office:Books|X|", "12/31/1999|10.00||||||"]);
        assert_eq!((grid.line(1), grid.line(2)), (2, 12));
    }

    #[test]
    fn accounts_name_their_transactions() {
        let text = "!Option:AutoSwitch\n!Account\nNSavings\nTBank\n^\nNCard\nTCCard\n^\n!Clear:AutoSwitch\n\
            !Type:Cat\nNOffice\nDdesk\nE\n^\n!Type:Cash\nD1/1/25\nT1\n^\n\
            !Account\nNVisa 4111 1111 1111 1234\nTCCard\n^\n!type:ccard\nD1/2/25\nT-2\n^\n\
            !Account\nNMy checking 2\nTBank\n^\n!Type:Oth L\nD1/3/25\nT3\n^\n!Type:Memorized\nKC\nT-50\nPrent\n^\n";
        assert_eq!(
            rows(&read(text).unwrap()),
            ["1/1/2025|1||||||", "1/2/2025|-2||||||1234", "1/3/2025|3||||||My checking 2"]
        );
    }

    #[test]
    fn splits_are_one_row() {
        let text =
            "!Type:CCard\nD1/2/25\nT-30\nL--Split--\nSOffice\nEpens\n$-10\nSOffice\n$-5\nSRent\nEdesk\n$-15\n^\n";
        assert_eq!(rows(&read(text).unwrap()), ["1/2/2025|-30||pens; desk||Office; Rent||"]);
    }

    #[test]
    fn dates_keep_their_order() {
        for (text, shown) in [
            ("1/ 2'26", "1/2/2026"),
            ("31/12'2025", "31/12/2025"),
            ("12/31/99", "12/31/1999"),
            ("1/2' 6", "1/2/2006"),
            ("31.12.25", "31.12.2025"),
            ("1-2-25", "1-2-2025"),
            ("2025-01-31", "2025-01-31"),
            ("1/2/025", "1/2/025"),
            ("soon", "soon"),
            ("1/2", "1/2"),
            ("/'/", "/'/"),
        ] {
            assert_eq!(date(text), shown, "{text}");
        }
    }

    #[test]
    fn what_is_no_bank_account_is_refused_by_name() {
        assert!(refused("!Type:Invst\nD1/2/25\nNBuy\n^\n").contains("an investment account in line 1"));
        assert!(refused("!Type:Wonder\nD1/2/25\n^\n").contains("of an unknown kind in line 1"));
        assert!(refused("!Option:MDY\nD1/2/25\n^\n").contains("a record in line 2 before the kind"));
        assert!(refused("date,amount\n").contains("does not start as QIF does"));
        assert!(refused("!Type:Bank\nD1/2/25\nT-1").contains("cut off"));
        assert!(refused(&format!("!Type:Bank\n{}", "T1\n^\n".repeat(250_001))).contains("250,000"));
    }

    #[test]
    fn endings_of_all_sorts() {
        for text in
            ["!Type:Bank\rD1/2/25\rT1\r^\r", "\u{feff}!Type:Bank\nD1/2/25\nT1\n^", "!Type:Bank\n\nD1/2/25\nT1\n"]
        {
            assert_eq!(rows(&read(text).unwrap()), ["1/2/2025|1||||||"], "{text:?}");
        }
        assert_eq!(read("!Type:Bank\n^\n^\n").unwrap().len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(\\PC|[\r\n^!DTPLSE'/]){0,100}") {
            let _ = read(&text);
            let _ = read(&format!("!Type:Bank\n{text}"));
            let _ = read(&format!("!Account\n{text}\n!Type:{text}"));
            date(&text);
        }

        /// Every record is a row.
        #[test]
        fn no_transaction_is_lost(count in 0usize..60) {
            let text = format!("!Type:Bank\n{}", "D1/2/25\nT-1\n^\n".repeat(count));
            prop_assert_eq!(read(&text).unwrap().len(), count + 1);
        }
    }
}
