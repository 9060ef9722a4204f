//! What the user said of a row of a statement or of an expense.

use rusqlite::{Row, params};

use super::category::Categories;
use super::table::unreadable;
use super::{Book, Error};

/// What a correction is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Corrected {
    /// A row of a statement, by its id.
    Movement(i64),
    /// An expense, by its id.
    Expense(i64),
}

/// What a row is.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum Says {
    /// An expense of a category, by the category's id, such as `books`.
    Category(String),
    /// The user's own affair.
    Private,
    /// Money moved between accounts of the user.
    Transfer,
    /// Income of the business.
    Income,
    /// Money back for what the user laid out.
    Reimbursement,
}

impl Says {
    /// The category's id, or the word.
    pub fn word(&self) -> &str {
        match self {
            Says::Category(id) => id,
            Says::Private => "private",
            Says::Transfer => "transfer",
            Says::Income => "income",
            Says::Reimbursement => "reimbursement",
        }
    }

    /// What a category's id or one of the words says; none for anything else.
    pub fn of(word: &str) -> Option<Says> {
        match word {
            "private" => Some(Says::Private),
            "transfer" => Some(Says::Transfer),
            "income" => Some(Says::Income),
            "reimbursement" => Some(Says::Reimbursement),
            id => Categories::get(id).map(|category| Says::Category(category.id.clone())),
        }
    }
}

/// What the user said of a row.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Correction {
    /// What it is.
    pub says: Says,
    /// The share used for the business, in millionths.
    pub share_millionths: i64,
    /// Who paid, for income; else empty.
    pub payer: String,
    /// When it was said, UTC, RFC 3339 to the second.
    pub set_at: String,
}

impl Book {
    /// Notes what the user says of a row, in place of what was said before. It goes with the row.
    ///
    /// # Errors
    /// [`Error::NoRecord`] where there is no such row, [`Error::Rule`] for a category or share that does not exist;
    /// another program is writing, or the disk fails.
    pub fn correct(&mut self, of: Corrected, correction: &Correction) -> Result<(), Error> {
        if Says::of(correction.says.word()).as_ref() != Some(&correction.says) {
            let what = format!("there is no category {:?}", correction.says.word());
            return Err(Error::Rule { file: self.file.clone(), what });
        }
        let (table, column, id) = of.place();
        let sql = format!(
            "INSERT INTO correction ({column}, says, share_millionths, payer, set_at)
             SELECT id, ?2, ?3, ?4, ?5 FROM {table} WHERE id = ?1
             ON CONFLICT ({column}) DO UPDATE SET says = excluded.says, share_millionths = excluded.share_millionths,
                 payer = excluded.payer, set_at = excluded.set_at"
        );
        let values =
            params![id, correction.says.word(), correction.share_millionths, correction.payer, correction.set_at];
        if self.connection.execute(&sql, values).map_err(|source| self.fail(source))? == 0 {
            return Err(Error::NoRecord { kind: table, id });
        }
        super::file::empty_log(&self.connection);
        Ok(())
    }

    /// Forgets what the user said of a row; says whether there was anything.
    ///
    /// # Errors
    /// Another program is writing, or the disk fails.
    pub fn uncorrect(&mut self, of: Corrected) -> Result<bool, Error> {
        let (_, column, id) = of.place();
        let sql = format!("DELETE FROM correction WHERE {column} = ?1");
        let gone = self.connection.execute(&sql, [id]).map_err(|source| self.fail(source))?;
        super::file::empty_log(&self.connection);
        Ok(gone > 0)
    }

    /// All corrections: those of statements, then those of expenses, each by id.
    ///
    /// # Errors
    /// The book cannot be read.
    pub fn corrections(&self) -> Result<Vec<(Corrected, Correction)>, Error> {
        let read = |row: &Row| {
            let of = match row.get(0)? {
                Some(id) => Corrected::Movement(id),
                None => Corrected::Expense(row.get(1)?),
            };
            let word: String = row.get(2)?;
            let says = Says::of(&word).ok_or_else(|| unreadable(2, &word))?;
            Ok((of, Correction { says, share_millionths: row.get(3)?, payer: row.get(4)?, set_at: row.get(5)? }))
        };
        let all = || -> rusqlite::Result<Vec<_>> {
            let sql = "SELECT bank, expense, says, share_millionths, payer, set_at FROM correction
                       ORDER BY bank IS NULL, bank, expense";
            self.connection.prepare(sql)?.query_map([], read)?.collect()
        };
        all().map_err(|source| self.fail(source))
    }
}

impl Corrected {
    /// The table of the row, the column that names it, and its id.
    fn place(self) -> (&'static str, &'static str, i64) {
        match self {
            Corrected::Movement(id) => ("bank", "bank", id),
            Corrected::Expense(id) => ("expenses", "expense", id),
        }
    }
}
