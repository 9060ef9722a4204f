//! Reading a law file: citations out of the tree by path, plain figures into typed structs.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use toml::Value;

use super::{Citation, Citations, Problem};
use crate::money::{PerMile, Rate, Usd};

impl<'de> Deserialize<'de> for Usd {
    /// Whole dollars as an integer, dollars and cents as text. Never a float.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Usd, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Integer(dollars) => Ok(Usd::dollars(dollars)),
            Value::String(text) => {
                let decimal = text
                    .parse::<rust_decimal::Decimal>()
                    .map_err(|_| D::Error::custom(format!("not an amount: {text}")))?;
                Usd::try_from(decimal).map_err(D::Error::custom)
            }
            other => Err(D::Error::custom(format!("an amount is whole dollars or a quoted decimal, not {other}"))),
        }
    }
}

impl<'de> Deserialize<'de> for Rate {
    /// Text with a percent sign and at most four decimals: `"92.35%"`. Never a float.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rate, D::Error> {
        let Value::String(text) = Value::deserialize(deserializer)? else {
            return Err(D::Error::custom("a rate is text such as \"12.4%\""));
        };
        let percent = text
            .strip_suffix('%')
            .and_then(|percent| percent.parse::<rust_decimal::Decimal>().ok())
            .ok_or_else(|| D::Error::custom(format!("a rate is written like \"12.4%\", not {text:?}")))?;
        let millionths = percent * rust_decimal::Decimal::from(10_000);
        let whole = i64::try_from(millionths).ok().filter(|_| millionths.fract().is_zero());
        whole
            .map(Rate::millionths)
            .ok_or_else(|| D::Error::custom(format!("a rate has at most four decimals of a percent, not {text:?}")))
    }
}

impl<'de> Deserialize<'de> for PerMile {
    /// Dollars as text with at most three decimals: `"0.725"`. Never a float.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PerMile, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let dollars = value.as_str().and_then(|text| text.parse::<rust_decimal::Decimal>().ok());
        let mills = dollars.map(|dollars| dollars * rust_decimal::Decimal::ONE_THOUSAND);
        let whole = mills.and_then(|mills| i64::try_from(mills).ok().filter(|_| mills.fract().is_zero()));
        whole.map(PerMile::mills).ok_or_else(|| {
            D::Error::custom(format!(
                "dollars a mile are text with at most three decimals such as \"0.725\", not {value}"
            ))
        })
    }
}

/// Takes the citations out of the tree, and gives each figure with its path and citation; what is left is plain figures.
fn uncite(
    path: &str,
    value: Value,
    above: Option<&str>,
    cited: &mut impl FnMut(&str, &str, &Value),
) -> Result<Value, Problem> {
    match value {
        Value::Table(mut table) => {
            let own = match table.remove("cite") {
                Some(Value::String(cite)) if !cite.trim().is_empty() => Some(cite),
                Some(_) => return Err(Problem::Text(format!("{path}: a cite is text"))),
                None => None,
            };
            let cite = own.as_deref().or(above);
            if let Some(figure) = table.remove("value") {
                return uncite(path, figure, cite, cited);
            }
            let mut plain = toml::Table::new();
            for (key, value) in table {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                plain.insert(key, uncite(&below, value, cite, cited)?);
            }
            Ok(Value::Table(plain))
        }
        leaf if path == "year" => Ok(leaf),
        leaf => {
            cited(path, above.ok_or_else(|| Problem::Uncited(path.to_owned()))?, &leaf);
            Ok(leaf)
        }
    }
}

/// A figure's citation, and the figure in words.
fn citation(cite: &str, leaf: &Value) -> Citation {
    let figure = leaf.to_string().replace('"', "");
    let rows = leaf.as_array().into_iter().flatten().map(row).collect();
    Citation { cite: cite.to_owned(), figure, rows }
}

/// A row of a table in words: `below 150, initial 0%, last 2%`.
fn row(row: &Value) -> String {
    let words = |value: &Value| value.to_string().replace('"', "");
    match row {
        Value::Table(cells) => {
            let cells: Vec<String> = cells.iter().map(|(name, value)| format!("{name} {}", words(value))).collect();
            cells.join(", ")
        }
        Value::Array(cells) => cells.iter().map(words).collect::<Vec<_>>().join(", "),
        other => words(other),
    }
}

fn plain(text: &str, cited: &mut impl FnMut(&str, &str, &Value)) -> Result<Value, Problem> {
    let table = text.parse::<toml::Table>().map_err(|error| Problem::Text(error.to_string()))?;
    uncite("", Value::Table(table), None, cited)
}

/// Reads the figures of a file.
pub(super) fn figures<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let plain = plain(text, &mut |_, _, _| ())?;
    plain.try_into().map_err(|error: toml::de::Error| Problem::Text(error.to_string()))
}

/// Reads the citations of a file.
pub(super) fn citations(text: &str) -> Result<Citations, Problem> {
    let mut citations = Citations::new();
    plain(text, &mut |path, cite, leaf| {
        citations.insert(path.to_owned(), citation(cite, leaf));
    })?;
    Ok(citations)
}

/// Reads a file of figures, each with its citation.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Citations), Problem> {
    Ok((figures(text)?, citations(text)?))
}
