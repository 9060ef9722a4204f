//! A published case: its inputs, taken one by one so that none is overlooked, and its expected values.

use std::collections::BTreeMap;

use perchart::law::{self, FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::facts::{Business, Dependent, Household, OtherIncome, Person, W2};
use perchart::tax::withheld::Withheld;
use perchart::tax::{self, Return};
use rust_decimal::Decimal;
use serde_json::Value;

/// Our values by the keys of the case; or why the case is not covered.
pub(crate) type Answer = Result<Vec<(String, Decimal)>, String>;

/// One published case.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) topic: String,
    pub(crate) year: i32,
    pub(crate) inputs: Inputs,
    pub(crate) expected: BTreeMap<String, Value>,
    tolerance: Value,
}

impl Case {
    pub(crate) fn read(value: &Value) -> Case {
        let text = |key: &str| value[key].as_str().unwrap().to_owned();
        Case {
            id: text("id"),
            topic: text("topic"),
            year: i32::try_from(value["law_year"].as_i64().unwrap()).unwrap(),
            inputs: Inputs { left: flat(&value["inputs"]) },
            expected: flat(&value["expected"]),
            tolerance: value["tolerance"].clone(),
        }
    }

    /// The year's law; a case of a year without is not read.
    pub(crate) fn law(&self) -> &'static Law {
        law::of(self.year).unwrap().0
    }

    /// The tolerance of a key, in dollars. Where the file has two, keys that name an exact figure have the narrow one.
    pub(crate) fn tolerance(&self, key: &str) -> Decimal {
        let narrow = if key.contains("_exact") { "exact_keys" } else { "default" };
        decimal(self.tolerance.get(narrow).unwrap_or(&self.tolerance)).unwrap()
    }
}

/// Nested tables and lists as one table: `sch_c.line1`, `people.head.age`, `single[2]`.
fn flat(value: &Value) -> BTreeMap<String, Value> {
    fn walk(path: &str, value: &Value, out: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(table) => {
                for (key, value) in table {
                    let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    walk(&below, value, out);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    walk(&format!("{path}[{index}]"), value, out);
                }
            }
            leaf => drop(out.insert(path.to_owned(), leaf.clone())),
        }
    }
    let mut out = BTreeMap::new();
    walk("", value, &mut out);
    out
}

/// A JSON number as a decimal.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    let text = value.as_number()?.to_string();
    text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()
}

/// What a case gives. Whatever is not taken makes the case one that is not covered.
pub(crate) struct Inputs {
    left: BTreeMap<String, Value>,
}

impl Inputs {
    /// An amount; zero where the case does not give it.
    pub(crate) fn usd(&mut self, key: &str) -> Usd {
        self.number(key).map_or(Usd::ZERO, Usd::rounded)
    }

    /// A number.
    pub(crate) fn number(&mut self, key: &str) -> Option<Decimal> {
        let number = decimal(self.left.get(key)?)?;
        self.left.remove(key);
        Some(number)
    }

    /// A count; `None` where the case does not give it.
    pub(crate) fn count(&mut self, key: &str) -> Option<i64> {
        let count = self.left.get(key)?.as_i64()?;
        self.left.remove(key);
        Some(count)
    }

    /// A word.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        let text = self.left.get(key)?.as_str()?.to_owned();
        self.left.remove(key);
        Some(text)
    }

    /// Is it stated as true?
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        let flag = self.left.get(key).and_then(Value::as_bool);
        if flag.is_some() {
            self.left.remove(key);
        }
        flag.unwrap_or(false)
    }

    /// Is there such an input, or one below it?
    pub(crate) fn has(&self, key: &str) -> bool {
        self.left.keys().any(|left| left.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// Takes an input that must have this value for the case to be one of ours.
    pub(crate) fn must(&mut self, key: &str, value: &Value) {
        if self.left.get(key) == Some(value) {
            self.left.remove(key);
        }
    }

    /// The inputs that nobody understood.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.left.keys().map(String::as_str)
    }

    /// The filing status, in any of the sources' words.
    pub(crate) fn status(&mut self, key: &str) -> Result<FilingStatus, String> {
        let word = self.text(key).ok_or("no filing status given")?;
        Ok(match word.as_str() {
            "single" | "Single" | "SINGLE" => FilingStatus::Single,
            "mfj" | "Married/Joint" | "JOINT" => FilingStatus::Joint,
            "mfs" | "Married/Sep" | "SEPARATE" => FilingStatus::Separate,
            "hoh" | "Head_of_House" | "HEAD_OF_HOUSEHOLD" => FilingStatus::Head,
            "qss" | "Widow(er)" | "SURVIVING_SPOUSE" => FilingStatus::Survivor,
            other => return Err(format!("filing status {other}")),
        })
    }
}

/// One employer's Form W-2, all boxes from the wages.
pub(crate) fn employee(law: &Law, wages: Usd, round: Round) -> W2 {
    withheld(law, W2 { wages, ss_wages: wages, medicare_wages: wages, ..W2::default() }, round)
}

/// Boxes 4 and 6 from boxes 3 and 5.
pub(crate) fn withheld(law: &Law, w2: W2, round: Round) -> W2 {
    let taxes = Withheld::fill(law, &w2, round);
    W2 { ss_withheld: taxes.l2, medicare_withheld: taxes.l6, ..w2 }
}

/// A business with this line 31, or none without profit or loss.
pub(crate) fn business(profit: Usd) -> Vec<Business> {
    let business =
        Business { gross_receipts: profit.floor0(), returns: (Usd::ZERO - profit).floor0(), ..Business::default() };
    if profit == Usd::ZERO { Vec::new() } else { vec![business] }
}

/// A person of working age.
pub(crate) fn person(w2: W2, profit: Usd) -> Person {
    Person { age: 40, w2, businesses: business(profit), ..Person::default() }
}

/// A child who qualifies for the child tax credit and the earned income credit, if young enough.
pub(crate) fn child(age: i64) -> Dependent {
    Dependent { age, child: true, student: false, disabled: false }
}

/// A household; the spouse of a joint return has nothing unless given.
pub(crate) fn household(
    status: FilingStatus,
    taxpayer: Person,
    spouse: Option<Person>,
    dependents: Vec<Dependent>,
) -> Household {
    let other = || Person { age: 40, ..Person::default() };
    let spouse = status.is_joint().then(|| spouse.unwrap_or_else(other));
    Household { status, taxpayer, spouse, dependents, ..Household::default() }
}

/// The filled return; a refusal says by what the case is outside.
pub(crate) fn filled(law: &Law, household: &Household, round: Round) -> Result<Return, String> {
    tax::prepare(law, household, round).map_err(|refusals| format!("refused: {}", refusals[0].needs))
}

/// Income other than wages and business. Keys: interest, ordinary and qualified dividends, long-term and short-term gains.
pub(crate) fn other_income(inputs: &mut Inputs, keys: [&str; 5]) -> OtherIncome {
    let [interest, dividends, qualified, long, short] = keys.map(|key| inputs.usd(key));
    OtherIncome {
        interest,
        dividends,
        qualified_dividends: qualified,
        long_gain: long,
        short_gain: short,
        ..OtherIncome::default()
    }
}

/// Our amounts with their keys.
pub(crate) fn answer<const N: usize>(values: [(&str, Usd); N]) -> Answer {
    numbers(values.map(|(key, value)| (key, value.to_decimal())))
}

/// Our numbers with their keys, where not all are amounts.
pub(crate) fn numbers<const N: usize>(values: [(&str, Decimal); N]) -> Answer {
    Ok(values.map(|(key, value)| (key.to_owned(), value)).to_vec())
}

/// The half of time-and-a-half: half of what overtime pay at a factor has for one part (IRC 225(c); 29 USC 207(a)).
pub(crate) fn overtime_premium(pay: Decimal, factor: Decimal) -> Usd {
    Usd::rounded(pay / factor / Decimal::TWO)
}
