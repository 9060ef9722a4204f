//! The words of a statement: folded, with the places where a vendor's name may begin.

/// A statement's text, ready to be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Lower-case words of letters and digits, a space before, between and after them.
    pub(super) text: String,
    /// Where in the text a vendor's name may begin, at the space before it: the beginning, and after each word that only
    /// says how the money moved. The last is the likeliest.
    pub(super) starts: Vec<usize>,
}

/// Words in front of a vendor's name that say how the money moved: networks, terminals, kinds of transaction.
const CARRIERS: &[&str] = &[
    "ach",
    "auth",
    "authorized",
    "bill",
    "card",
    "ccd",
    "check",
    "checkcard",
    "chk",
    "co",
    "credit",
    "ctx",
    "dbt",
    "dd",
    "dda",
    "debit",
    "deposit",
    "des",
    "direct",
    "ebill",
    "electronic",
    "entry",
    "external",
    "fsp",
    "id",
    "in",
    "inst",
    "internet",
    "mastercard",
    "mobile",
    "name",
    "of",
    "on",
    "online",
    "orig",
    "payment",
    "payments",
    "paypal",
    "pending",
    "pos",
    "pp",
    "ppd",
    "preapproved",
    "preauthorized",
    "pur",
    "purchase",
    "pwp",
    "py",
    "recur",
    "recurring",
    "refund",
    "return",
    "reversal",
    "sig",
    "sp",
    "sq",
    "subscription",
    "the",
    "to",
    "tst",
    "user",
    "visa",
    "web",
    "with",
    "withdrawal",
    "xfer",
];

/// Spellings of one vendor's first word.
const ALIASES: &[(&str, &str)] = &[
    ("amzn", "amazon"),
    ("msft", "microsoft"),
    ("msbill", "microsoft"),
    ("wm", "walmart"),
    ("wal", "walmart"),
    ("att", "at"),
    ("xfinity", "comcast"),
    ("vzwrlss", "verizon"),
    ("vz", "verizon"),
    ("tgt", "target"),
    ("bestbuycom", "best"),
];

/// Lower-case words, a space before, between and after them. Everything but letters and digits parts words; an
/// apostrophe does not.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '\u{2019}') {
        } else if !c.is_ascii() && c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Does a word only carry the vendor's name? Numbers and masked numbers do too.
fn carries(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x')
        || word.bytes().all(|byte| byte == b'x')
        || CARRIERS.binary_search(&word).is_ok()
}

impl Statement {
    /// Reads a statement's text.
    pub(super) fn new(text: &str) -> Statement {
        let text = folded(text);
        let mut starts = vec![0];
        let mut at = 0;
        for word in text.split_ascii_whitespace() {
            if !carries(word) {
                break;
            }
            at += word.len() + 1;
            starts.push(at);
        }
        // Nothing but carriers: there is no vendor behind them.
        if at + 1 >= text.len() {
            starts.truncate(1);
        }
        Statement { text, starts }
    }

    /// The words from the likeliest beginning of the vendor's name on.
    fn vendor_words(&self) -> impl Iterator<Item = &str> {
        let from = self.starts.last().copied().unwrap_or(0);
        self.text.get(from..).unwrap_or_default().split_ascii_whitespace()
    }

    /// The first word of the vendor's name, one spelling for all; empty where there is none of three letters.
    pub(super) fn first_word(&self) -> &str {
        let word = self.vendor_words().next().unwrap_or_default();
        let word = ALIASES.iter().find(|(alias, _)| *alias == word).map_or(word, |(_, name)| *name);
        if word.len() < 2 { "" } else { word }
    }

    /// The vendor, as a rule would name it: at most two words, up to the first with a digit.
    pub(super) fn vendor(&self) -> String {
        let named = self.vendor_words().take(2).take_while(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
        named.collect::<Vec<_>>().join(" ")
    }

    /// Is a run of whole words in the text?
    pub(super) fn says(&self, words: &str) -> bool {
        self.text
            .match_indices(words)
            .any(|(at, _)| self.text[..at].ends_with(' ') && self.text[at + words.len()..].starts_with(' '))
    }

    /// Is one of several runs of whole words in the text?
    pub(super) fn says_any(&self, several: &[&str]) -> bool {
        several.iter().any(|words| self.says(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_are_in_order() {
        assert!(CARRIERS.is_sorted());
    }

    #[test]
    fn signs_part_words_and_apostrophes_do_not() {
        assert_eq!(folded("AMZN Mktp US*2K4"), " amzn mktp us 2k4 ");
        assert_eq!(folded("McDonald's F123"), " mcdonalds f123 ");
        assert_eq!(folded(" AT&T  *BILL"), " at t bill ");
        assert_eq!(folded(""), " ");
    }

    #[test]
    fn the_vendor_stands_behind_what_carries_it() {
        for (text, vendor) in [
            ("SQ *BLUE BOTTLE COFFEE", "blue bottle"),
            ("TST* GRIMALDI PIZZA", "grimaldi pizza"),
            ("PAYPAL *ADOBE 4029357733", "adobe"),
            ("PAYPAL INST XFER ADOBE", "adobe"),
            ("POS DEBIT VISA CHECK CARD 1234 TARGET T-123", "target t"),
            ("CHECKCARD 0512 STAPLES 00112", "staples"),
            ("RECURRING PAYMENT AUTHORIZED ON 01/05 ZOOM.US 888-799", "zoom us"),
            ("COMCAST CABLE COMM 800-COMCAST", "comcast cable"),
            ("AAPC 8006265236 UT", "aapc"),
            ("ORIG CO NAME:COMCAST ORIG ID:9", "comcast orig"),
            ("CARD PURCHASE 1234", "card purchase"),
        ] {
            assert_eq!(Statement::new(text).vendor(), vendor, "{text}");
        }
    }

    #[test]
    fn words_are_whole() {
        let statement = Statement::new("ONLINE TRANSFER TO SAV ...123");
        assert!(statement.says("transfer"));
        assert!(statement.says("online transfer to"));
        assert!(!statement.says("trans"));
        assert!(!statement.says("fer to"));
    }
}
