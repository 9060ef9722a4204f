//! Rows as commands take them: `expenses.csv:12`, as `perchart list` shows them, or `expenses:7`, by the book's number.

use super::Failure;
use crate::book::Book;
use crate::book::entry::Kind;

/// Finds a row.
///
/// # Errors
/// There is no such row, or there are several, or the book cannot be read.
pub(super) fn find(text: &str, book: &Book) -> Result<(Kind, i64), Failure> {
    let parts = text.rsplit_once(':').and_then(|(name, number)| Some((name, number.trim().parse::<i64>().ok()?)));
    let Some((name, number)) = parts else {
        return Err(Failure::usage(format!("expected a row such as expenses.csv:12, found {text:?}"))
            .hint("perchart list shows the rows, each with its file and line"));
    };
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == name) {
        return match book.record(kind, number)? {
            Some(_) => Ok((kind, number)),
            None => Err(Failure::data(format!("the book has no record {number} of {name}"))
                .hint(format!("perchart list {name} shows the rows, each with its file and line"))),
        };
    }
    match book.rows_at(name, number)?[..] {
        [row] => Ok(row),
        [] => Err(Failure::data(format!("no record of the book comes from {text}"))
            .hint("perchart list shows the rows, each with its file and line")),
        ref several => {
            let rows: Vec<String> = several.iter().map(|(kind, id)| format!("{}:{id}", kind.word())).collect();
            Err(Failure::data(format!("{} records come from {text}: the file was imported more than once", rows.len()))
                .hint(format!("say which, in the order of the imports: {}", rows.join(", "))))
        }
    }
}
