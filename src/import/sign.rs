//! Which way money went: what the sign, the columns, the words and the balance of a statement say together.

use std::collections::BTreeMap;

use super::profile::Sign;

/// Which way money went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Out of the account.
    Out,
    /// Into the account.
    In,
}

/// Words of a type column, in lower case, that say which way money went.
const OUT: &[&str] = &[
    "debit",
    "dr",
    "dr.",
    "db",
    "d",
    "withdrawal",
    "withdraw",
    "sale",
    "purchase",
    "fee",
    "charge",
    "check",
    "atm",
    "pos",
    "af",
    "o",
    "out",
    "outflow",
    "sent",
    "spend",
    "spent",
    "dslip out",
    "ach debit",
    "debit card",
    "debit card purchase",
    "soll",
    "s",
    "belastung",
    "expense",
    "-",
    "bill payment",
    "money out",
    "service charge",
    "check paid",
    "debet",
];
const IN: &[&str] = &[
    "credit",
    "cr",
    "cr.",
    "c",
    "deposit",
    "return",
    "refund",
    "bij",
    "i",
    "in",
    "inflow",
    "received",
    "haben",
    "h",
    "gutschrift",
    "direct deposit",
    "directdeposit",
    "dep",
    "interest",
    "dividend",
    "ach credit",
    "income",
    "+",
    "money in",
    "cash back",
    "cashback",
    "adjustment credit",
    "intadjust",
    "payment received",
    "kredit",
];

/// Words that mean money in on a card, where a purchase is the rule: the payment of the bill.
const PAYMENT: &[&str] = &["payment", "autopay", "automatic payment", "payment/credit"];

/// What a cell of a type column says; none where it says nothing of the way. On a card a payment is money in.
pub(super) fn of_type(cell: &str, card: bool) -> Option<Way> {
    let word = cell.trim().to_lowercase();
    if OUT.contains(&word.as_str()) {
        Some(Way::Out)
    } else if IN.contains(&word.as_str()) || (card && PAYMENT.contains(&word.as_str())) {
        Some(Way::In)
    } else {
        None
    }
}

/// Whether a cell of a type column is a payment, which on a card is money in.
pub(super) fn is_payment(cell: &str) -> bool {
    PAYMENT.contains(&cell.trim().to_lowercase().as_str())
}

/// Words in the description of a row that say which way money went, on any account.
const OUT_WORDS: &[&str] = &[
    "purchase",
    "withdrawal",
    "withdrwl",
    "atm",
    "debit card",
    "bill pay",
    "billpay",
    "pos",
    "fee",
    "check #",
    "check paid",
    "transfer to",
    "transfer debit",
    "direct debit",
    "electronic withdrawal",
    "zelle to",
    "zelle payment to",
    "rent",
];
const IN_WORDS: &[&str] = &[
    "deposit",
    "payroll",
    "salary",
    "paycheck",
    "interest paid",
    "interest payment",
    "refund",
    "cashback",
    "cash back",
    "payment received",
    "thank you",
    "thank-you",
    "transfer from",
    "transfer credit",
    "bank credit",
    "direct deposit",
    "zelle from",
    "zelle payment from",
    "dining credit",
    "statement credit",
    "credit adjustment",
    "reversal",
    "employer contribution",
];

/// What the words of a description say; none where they say nothing, or both.
pub(super) fn of_words(description: &str) -> Option<Way> {
    let text = description.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| has_word(&text, word));
    match (any(OUT_WORDS), any(IN_WORDS)) {
        (true, false) => Some(Way::Out),
        (false, true) => Some(Way::In),
        _ => None,
    }
}

/// Words of a category that say which way money went, where it is no refund.
const OUT_CATEGORIES: &[&str] = &[
    "groceries",
    "grocery",
    "restaurants",
    "restaurant",
    "dining",
    "food",
    "shopping",
    "merchandise",
    "utilities",
    "rent",
    "gas",
    "fuel",
    "insurance",
    "travel",
    "entertainment",
    "supplies",
    "software",
    "subscriptions",
    "fees",
];
const IN_CATEGORIES: &[&str] = &["income", "paycheck", "paychecks", "salary", "payroll", "wages"];

/// What a category says; none where it says nothing, or both.
pub(super) fn of_category(category: &str) -> Option<Way> {
    let text = category.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| has_word(&text, word));
    match (any(OUT_CATEGORIES), any(IN_CATEGORIES)) {
        (true, false) => Some(Way::Out),
        (false, true) => Some(Way::In),
        _ => None,
    }
}

/// Whether a text holds a word, not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let letter = |sign: Option<char>| sign.is_some_and(char::is_alphabetic);
        !letter(before) && !letter(after)
    })
}

/// The amounts of one row, as they are written, in cents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Written {
    /// The single amount column.
    pub(super) amount: Option<i64>,
    /// The column of money out.
    pub(super) out: Option<i64>,
    /// The column of money in.
    pub(super) in_: Option<i64>,
    /// The balance after the row.
    pub(super) balance: Option<i64>,
    /// Which of the running balances it is: one an account and currency.
    pub(super) run: usize,
    /// What the type column says.
    pub(super) by_type: Option<Way>,
    /// What the description says.
    pub(super) by_words: Option<Way>,
}

/// How the amounts of a file become money in and out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// One column: by its sign.
    Signed,
    /// One column: against its sign.
    Reversed,
    /// One column: all of it is money out.
    Out,
    /// One column without sign: by the type column.
    ByType,
    /// Two columns: each says its way, whatever sign is written.
    Pair,
    /// Two columns: each says the opposite of its name, as an accountant of the bank would write.
    PairSwapped,
    /// Two columns with signs of their own: their sum.
    PairSigned,
    /// Two columns: each says its way, and a minus in it the opposite.
    PairNetted,
}

impl Reading {
    /// The amount of a row, money in being positive; none where it cannot be told.
    pub(super) fn of(self, row: &Written) -> Option<i64> {
        let one = row.amount;
        let pair = |out: i64, in_: i64| -> Option<i64> { (row.out.is_some() || row.in_.is_some()).then(|| in_ - out) };
        let (out, in_) = (row.out.unwrap_or(0), row.in_.unwrap_or(0));
        match self {
            Reading::Signed => one,
            Reading::Reversed | Reading::Out => one.map(|amount| -amount),
            Reading::ByType => match row.by_type {
                Some(Way::Out) => one.map(|amount| -amount.abs()),
                Some(Way::In) => one.map(i64::abs),
                None => None,
            },
            Reading::Pair => pair(out.abs(), in_.abs()),
            Reading::PairSwapped => pair(in_.abs(), out.abs()),
            Reading::PairSigned => pair(-out, in_),
            Reading::PairNetted => pair(out, in_),
        }
    }

    /// The same in the words of a profile; none where two columns say it by themselves.
    pub(super) fn sign(self) -> Option<Sign> {
        match self {
            Reading::Signed => Some(Sign::In),
            Reading::Reversed | Reading::PairSwapped => Some(Sign::Reversed),
            Reading::Out => Some(Sign::Out),
            Reading::ByType => Some(Sign::Type),
            Reading::Pair | Reading::PairSigned | Reading::PairNetted => None,
        }
    }

    /// Why, in words that go on from "the sign: ".
    pub(super) fn words(self) -> &'static str {
        match self {
            Reading::Signed => "a minus is money out",
            Reading::Reversed => "a minus is money in, as on many cards",
            Reading::Out => "every amount is money out",
            Reading::ByType => "the type column says which way",
            Reading::Pair => "one column is money out, the other money in",
            Reading::PairSwapped => "the columns say the opposite of their names: only so the balance comes out",
            Reading::PairSigned => "two columns with signs of their own",
            Reading::PairNetted => "one column is money out, the other money in, and a minus gives back",
        }
    }
}

/// How the way of money was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Because {
    /// The balance comes out only so.
    Balance,
    /// The type column agrees.
    Types,
    /// The words of the rows agree.
    Words,
    /// The house always writes so.
    House,
    /// Two columns.
    Columns,
    /// The user said so.
    Told,
    /// Both signs occur, and a minus is money out by custom.
    Custom,
    /// Hours of work stand beside the amounts, none of which is negative.
    Hours,
}

impl Because {
    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Because::Balance => "the running balance comes out",
            Because::Types => "the type column agrees",
            Because::Words => "the words of the rows agree",
            Because::House => "this house writes so",
            Because::Columns => "two columns",
            Because::Told => "as you said",
            Because::Custom => "the custom; nothing in the file says otherwise",
            Because::Hours => "hours of work stand beside the amounts: they are pay",
        }
    }
}

/// The way of money cannot be told from the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Undecided;

/// Decides how the amounts are to be read: as the user says; by two columns; as the type column says; as the house always
/// writes (`house`); as the balance comes out; as the words say; else by custom. `known` is a layout of a profile.
///
/// # Errors
/// Nothing in the file tells.
pub(super) fn decide(
    rows: &[Written],
    house: Option<Sign>,
    told: Option<Sign>,
    known: bool,
) -> Result<(Reading, Because), Undecided> {
    let single = rows.iter().any(|row| row.amount.is_some());
    if let Some(told) = told {
        return Ok((of_sign(told, single), Because::Told));
    }
    if !single {
        return pair(rows, known);
    }
    match house {
        Some(Sign::Out) => return Ok((Reading::Out, Because::House)),
        Some(Sign::Type) => return Ok((Reading::ByType, Because::House)),
        _ => {}
    }
    let proved = proved(rows, &[Reading::Signed, Reading::Reversed, Reading::ByType]);
    if let Some(reading) = by_types(rows) {
        return Ok(match [reading, Reading::ByType].into_iter().find(|reading| proved.contains(reading)) {
            Some(proved) => (proved, Because::Balance),
            None => (reading, Because::Types),
        });
    }
    match house {
        Some(Sign::Reversed) => return Ok((Reading::Reversed, Because::House)),
        Some(Sign::In) => return Ok((Reading::Signed, Because::House)),
        _ => {}
    }
    let (with, against) = agreement(rows, |row| row.by_words);
    if proved.contains(&Reading::Signed) {
        // The balance of a card may be what is owed: then a purchase adds to it.
        let owed = !known && against > 0 && with == 0;
        return if owed { Err(Undecided) } else { Ok((Reading::Signed, Because::Balance)) };
    }
    // Words speak against no house that is known: a minus is money out.
    if known {
        return Ok((Reading::Signed, Because::House));
    }
    if proved.contains(&Reading::Reversed) {
        return Ok((Reading::Reversed, Because::Balance));
    }
    let (plus, minus) = signs(rows);
    if with > against * 3 && minus > 0 {
        Ok((Reading::Signed, Because::Words))
    } else if against > with * 3 && plus * 2 >= rows.len() {
        Ok((Reading::Reversed, Because::Words))
    } else if minus > 0 && plus <= minus {
        // Statements hold more of spending than of income; a plus on most rows without a word for it is in doubt.
        Ok((Reading::Signed, Because::Custom))
    } else {
        Err(Undecided)
    }
}

/// What the type column says of the signs; none where it says nothing of them.
fn by_types(rows: &[Written]) -> Option<Reading> {
    let says = |way: Way| rows.iter().any(|row| row.by_type == Some(way));
    let both = says(Way::Out) && says(Way::In);
    let (plus, minus) = signs(rows);
    match agreement(rows, |row| row.by_type) {
        (0, 0) => None,
        // One sign for both ways says nothing.
        _ if both && (minus == 0 || plus == 0) => Some(Reading::ByType),
        // One way for both signs says nothing either.
        _ if !both && plus > 0 && minus > 0 => None,
        // The odd row among many contradicts itself; its sign stands as printed.
        (with, against) if with > against * 3 => Some(Reading::Signed),
        (with, against) if against > with * 3 => Some(Reading::Reversed),
        _ => Some(Reading::ByType),
    }
}

/// How many amounts are positive and how many negative.
fn signs(rows: &[Written]) -> (usize, usize) {
    let of = |sign: i64| rows.iter().filter(|row| row.amount.map(i64::signum) == Some(sign)).count();
    (of(1), of(-1))
}

/// Of the rows whose way is known by another token, how many agree with a minus for money out, and how many do not.
fn agreement(rows: &[Written], way: impl Fn(&Written) -> Option<Way>) -> (usize, usize) {
    let told = rows.iter().filter_map(|row| Some((way(row)?, row.amount.filter(|amount| *amount != 0)?)));
    told.fold(
        (0, 0),
        |(with, against), (way, amount)| {
            if (way == Way::Out) == (amount < 0) { (with + 1, against) } else { (with, against + 1) }
        },
    )
}

fn of_sign(sign: Sign, single: bool) -> Reading {
    match (sign, single) {
        (Sign::In, true) => Reading::Signed,
        (Sign::Reversed, true) => Reading::Reversed,
        (Sign::Out, _) => Reading::Out,
        (Sign::Type, _) => Reading::ByType,
        (Sign::In, false) => Reading::Pair,
        (Sign::Reversed, false) => Reading::PairSwapped,
    }
}

/// How a pair of columns is read: as the balance shows, else each by its name.
///
/// One step of the balance against the names proves neither.
fn pair(rows: &[Written], known: bool) -> Result<(Reading, Because), Undecided> {
    let readings = [Reading::Pair, Reading::PairNetted, Reading::PairSigned, Reading::PairSwapped];
    // A step or two may come out by chance; against the names of the columns it takes more.
    let enough = |reading: &Reading| *reading != Reading::PairSwapped || (!known && rows.len() > 2);
    let proved = proved(rows, &readings);
    match proved.iter().copied().find(enough) {
        Some(reading) => Ok((reading, Because::Balance)),
        None if !known && proved.contains(&Reading::PairSwapped) => Err(Undecided),
        None => {
            let has =
                |of: fn(&Written) -> Option<i64>, sign: i64| rows.iter().filter_map(of).any(|n| n.signum() == sign);
            // A column of minus signs alone writes its way twice; one with both signs means them.
            let both = |of: fn(&Written) -> Option<i64>| has(of, 1) && has(of, -1);
            let netted = both(|row| row.out) || both(|row| row.in_);
            Ok((if netted { Reading::PairNetted } else { Reading::Pair }, Because::Columns))
        }
    }
}

/// The readings under which the running balance of the file comes out; where there is none, those under which that of each
/// account does.
fn proved(rows: &[Written], readings: &[Reading]) -> Vec<Reading> {
    let whole: Vec<Reading> = readings.iter().copied().filter(|reading| reconciles(rows, *reading)).collect();
    let several = rows.iter().any(|row| row.run > 0);
    if !whole.is_empty() || !several {
        return whole;
    }
    let mut runs: BTreeMap<usize, Vec<Written>> = BTreeMap::new();
    for row in rows {
        runs.entry(row.run).or_default().push(*row);
    }
    let one = |run: &Vec<Written>| run.len() == 1;
    let each = |reading: &Reading| {
        let mut runs = runs.values();
        runs.clone().any(|run| !one(run)) && runs.all(|run| one(run) || reconciles(run, *reading))
    };
    readings.iter().copied().filter(each).collect()
}

/// Whether the running balance comes out, oldest or newest row first, for every row and at least one step.
pub(super) fn reconciles(rows: &[Written], reading: Reading) -> bool {
    let steps: Option<Vec<(i64, i64)>> = rows.iter().map(|row| Some((reading.of(row)?, row.balance?))).collect();
    let Some(steps) = steps.filter(|steps| steps.len() > 1) else { return false };
    let forward = steps.windows(2).all(|pair| pair[0].1 + pair[1].0 == pair[1].1);
    let backward = steps.windows(2).all(|pair| pair[1].1 + pair[0].0 == pair[0].1);
    forward || backward
}

/// The rows at which a running balance that comes out nearly everywhere does not.
pub(super) fn breaks(rows: &[Written], reading: Reading) -> Vec<usize> {
    let steps: Option<Vec<(i64, i64)>> = rows.iter().map(|row| Some((reading.of(row)?, row.balance?))).collect();
    let Some(steps) = steps.filter(|steps| steps.len() > 5) else { return Vec::new() };
    let broken = |out: fn(&[(i64, i64)]) -> bool| -> Vec<usize> {
        steps.windows(2).enumerate().filter(|(_, pair)| !out(pair)).map(|(at, _)| at + 1).collect()
    };
    let forward = broken(|pair| pair[0].1 + pair[1].0 == pair[1].1);
    let backward = broken(|pair| pair[1].1 + pair[0].0 == pair[0].1);
    let fewer = if forward.len() <= backward.len() { forward } else { backward };
    // A balance that often does not come out is that of a day, or of something else.
    if fewer.len() * 5 <= steps.len() { fewer } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(rows: &[(i64, Option<i64>, &str, &str)]) -> Vec<Written> {
        let row = |&(amount, balance, kind, words): &(i64, Option<i64>, &str, &str)| Written {
            amount: Some(amount),
            balance,
            by_type: of_type(kind, true),
            by_words: of_words(words),
            ..Written::default()
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn a_card_that_writes_charges_positive_is_known_by_its_words() {
        let rows =
            amounts(&[(6_250, None, "", "NOODLES"), (14_994, None, "", "PEAK"), (-2_500, None, "", "Dining Credit")]);
        assert_eq!(decide(&rows, None, None, false), Ok((Reading::Reversed, Because::Words)));
        let silent = amounts(&[(6_250, None, "", "NOODLES"), (14_994, None, "", "PEAK")]);
        assert_eq!(decide(&silent, None, None, false), Err(Undecided));
        assert_eq!(decide(&silent, None, Some(Sign::Reversed), false), Ok((Reading::Reversed, Because::Told)));
    }

    #[test]
    fn types_decide_where_the_sign_says_nothing() {
        let rows = amounts(&[(575, None, "Sale", ""), (2_500, None, "Return", ""), (50_000, None, "Payment", "")]);
        let (reading, _) = decide(&rows, None, None, true).expect("decided");
        assert_eq!(rows.iter().map(|row| reading.of(row)).collect::<Vec<_>>(), [Some(-575), Some(2_500), Some(50_000)]);
        let signed = amounts(&[(-575, None, "Sale", ""), (50_000, None, "Payment", "")]);
        assert_eq!(decide(&signed, None, None, true), Ok((Reading::Signed, Because::Types)));
    }

    #[test]
    fn the_balance_decides_between_two_columns() {
        let row = |out, in_, balance| Written {
            out: Some(out),
            in_: Some(in_),
            balance: Some(balance),
            ..Written::default()
        };
        // Debit adds and Credit takes away, whatever sign is printed.
        let rows = [row(0, 2_000, -1_000), row(0, -1_350, -2_350), row(-3_350, 0, 1_000), row(150_000, 0, 151_000)];
        assert_eq!(decide(&rows, None, None, false), Ok((Reading::PairSwapped, Because::Balance)));
        let rows = [row(10_000, 0, 40_000), row(0, 5_000, 45_000)];
        assert_eq!(decide(&rows, None, None, false), Ok((Reading::Pair, Because::Balance)));
    }

    #[test]
    fn a_missing_row_is_seen_in_the_balance() {
        let row = |amount, balance| Written { amount: Some(amount), balance: Some(balance), ..Written::default() };
        let mut rows: Vec<Written> = (1..=8).map(|at| row(-100, 1_000 - 100 * at)).collect();
        assert!(breaks(&rows, Reading::Signed).is_empty());
        rows.remove(4);
        assert_eq!(breaks(&rows, Reading::Signed), [4]);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(of_words("COFFEE HOUSE"), None);
        assert_eq!(of_words("Monthly fee"), Some(Way::Out));
        assert_eq!(of_words("AUTOMATIC PAYMENT - THANK YOU"), Some(Way::In));
        assert_eq!(
            (of_type("Debit", false), of_type("PAYMENT", false), of_type("Bij", false)),
            (Some(Way::Out), None, Some(Way::In))
        );
    }
}
