//! Samples that say nothing.

/// Words of the headers and types of statements and logs. In lower case.
const HEADERS: &str = " \
    date day time start end from to posted posting post transaction trans effective value booking settlement process \
    created updated cleared work worked received paid due period month year \
    description details detail memo note notes name payee payer vendor merchant client project task activity tag tags \
    user group email customer reference ref check number no id type category subcategory class kind code status \
    amount amt debit credit debits credits withdrawal withdrawals deposit deposits money in out net gross total sum \
    price cost fee fees tax currency rate balance running available opening closing source destination account acct \
    card last original converted exchange quantity qty count units chart charts minutes hours duration decimal \
    billable billed invoiced invoice rejected accuracy score qa batch business share and or of the on per usd eur gbp \
    sale payment transfer ach atm pos purchase refund return interest dividend pending completed true false yes no n y \
    ";

/// A file's text with digits as 9 and letters as x: lengths, marks and line ends stay, and so do cells that hold only
/// the usual words of headers. A line that starts with `sep=` stays.
///
/// ```
/// assert_eq!(perchart::guard::redact("Date,Amount\n2025-01-02,Doe -5.00\n"), "Date,Amount\n9999-99-99,xxx -9.99\n");
/// ```
pub fn redact(text: &str) -> String {
    let mut sample = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let end = rest.find([',', ';', '\t', '|', '"', '\n', '\r']);
        let (cell, mark) = rest.split_at(end.unwrap_or(rest.len()));
        if cell == "sep=" || says_nothing(cell) {
            sample.push_str(cell);
        } else {
            sample.extend(cell.chars().map(|sign| match sign {
                sign if sign.is_numeric() => '9',
                sign if sign.is_alphabetic() => 'x',
                sign if sign.is_ascii() || sign.is_whitespace() => sign,
                '\u{feff}' | '€' | '£' | '–' | '−' => sign,
                _ => '?',
            }));
        }
        let Some(sign) = mark.chars().next() else { return sample };
        sample.push(sign);
        rest = &mark[sign.len_utf8()..];
    }
}

/// Whether a cell holds only the usual words of headers.
fn says_nothing(cell: &str) -> bool {
    let words = super::name::words(cell.trim_start_matches('\u{feff}'));
    !words.is_empty() && words.iter().all(|word| HEADERS.contains(&format!(" {word} ")))
}
