//! What profile and records say for fields that are no lines: names for the maps, each with its answer.

use super::rows::{self, Table};
use super::value;
use crate::law::FilingStatus;
use crate::money::Usd;
use crate::tax::Return;
use crate::tax::facts::Person;
use crate::tax::form::Value;
use crate::year::Year;

/// Columns for dependents on Form 1040.
const DEPENDENTS: usize = 4;

/// An answer: what is written, or why nothing is.
pub(super) type Answer<T> = Result<T, String>;

/// A year and its return, asked for what no line holds.
pub(super) struct Said<'a> {
    pub(super) year: &'a Year,
    pub(super) filled: &'a Return,
    /// Whose copy of the form it is: nothing for the filer's first, else `@2`, `@spouse`.
    pub(super) copy: &'a str,
    /// What the form lists item by item.
    pub(super) tables: Vec<Table>,
}

impl<'a> Said<'a> {
    /// Ready to answer for one copy of a form.
    pub(super) fn of(form: &str, year: &'a Year, filled: &'a Return, copy: &'a str) -> Said<'a> {
        let tables = match form {
            "form-4562" => rows::of_4562(year, filled, copy),
            "schedule-c" => vec![rows::other(year, filled, copy)],
            _ => Vec::new(),
        };
        Said { year, filled, copy, tables }
    }

    /// The text of a name; `None` for a name that there is not. An empty text is nothing to enter.
    pub(super) fn text(&self, name: &str) -> Option<Answer<String>> {
        let parts: Vec<&str> = name.split('.').collect();
        Some(match parts.as_slice() {
            ["business", "name"] => self.business_name(),
            ["home", "whole"] => self.home_whole(),
            ["home", "part"] => Ok(self.home_part()),
            ["part-iv", what] => self.part_iv(what)?,
            ["vehicle", column, what] => self.vehicle_text(column, what)?,
            ["class", line, column] => {
                let text = rows::of_class(self.year, line, column)?;
                Ok(if self.copy.is_empty() { text } else { String::new() })
            }
            ["qualified", row, what] => self.qualified(row.parse().ok()?, what)?,
            [table, row, column] => {
                let table = self.tables.iter().find(|known| known.name == *table)?;
                Ok(table.cell(row.parse().ok()?, column)?)
            }
            _ => return None,
        })
    }

    /// Whether something of a name holds; `None` for a name that there is not.
    pub(super) fn holds(&self, name: &str) -> Option<Answer<bool>> {
        let household = &self.year.household;
        let is_of = |statuses: &[FilingStatus]| statuses.contains(&household.status);
        let parts: Vec<&str> = name.split('.').collect();
        Some(match parts.as_slice() {
            // Payments count when they come, expenses when they are paid: the books are kept on no other method.
            ["cash-method"] => Ok(true),
            ["started"] => self.started(),
            ["part-iv", asked, is] => self.part_iv_holds(asked, is)?,
            ["vehicle", column] => self.has_vehicle(column)?,
            ["vehicle", column, asked, is] => self.vehicle_holds(column, asked, is)?,
            ["cars", asked, is] => self.cars_hold(asked, is)?,
            ["status", status] => {
                let status = FilingStatus::ALL.into_iter().find(|known| known.key() == *status)?;
                Ok(household.status == status)
            }
            ["spouse"] => Ok(household.spouse.is_some()),
            ["child-name"] => Ok(is_of(&[FilingStatus::Head, FilingStatus::Survivor])),
            ["other-name"] => Ok(is_of(&[FilingStatus::Separate, FilingStatus::Head, FilingStatus::Survivor])),
            ["apart"] => Ok(is_of(&[FilingStatus::Separate, FilingStatus::Head])),
            ["qualified", row] => Ok(row.parse().is_ok_and(|row: usize| row <= self.filled.qualified.len())),
            ["dependent", row] => Ok(row.parse().is_ok_and(|row: usize| row <= household.dependents.len())),
            ["filer", what] => person(&household.taxpayer, what, self.year.profile.household.born.is_some())?,
            ["spouse", what] => match &household.spouse {
                None => Ok(false),
                Some(spouse) => {
                    let stated = self.year.profile.household.spouse.as_ref();
                    person(spouse, what, stated.is_some_and(|spouse| spouse.born.is_some()))?
                }
            },
            ["dependents", "more"] => Ok(household.dependents.len() > DEPENDENTS),
            ["dependent", row, what] => {
                let row: usize = row.parse().ok().filter(|row| (1..=DEPENDENTS).contains(row))?;
                let dependent = household.dependents.get(row - 1);
                let holds = dependent.map(|dependent| match *what {
                    "child" => Some(dependent.is_for_child_credit()),
                    "other" => Some(!dependent.is_for_child_credit()),
                    "student" => Some(dependent.student),
                    "disabled" => Some(dependent.disabled),
                    _ => None,
                });
                Ok(holds.unwrap_or(Some(false))?)
            }
            _ => return None,
        })
    }

    /// The name of the business, of the filer's first: no other has one.
    fn business_name(&self) -> Answer<String> {
        match &self.year.profile.business.name {
            Some(name) if self.copy.is_empty() => Ok(name.clone()),
            Some(_) => Err("perchart.toml names the filer's business alone".to_owned()),
            None => Err("not stated in perchart.toml: name under [business]".to_owned()),
        }
    }

    /// Did the business begin in the year? Of the filer's first alone it is stated.
    fn started(&self) -> Answer<bool> {
        let trade = &self.year.trade;
        match trade.started.filter(|_| trade.stated) {
            Some(day) if self.copy.is_empty() => Ok(self.year.days_hold(day)),
            Some(_) => Err("only if this business began in the year".to_owned()),
            None => {
                Err("only if the business began in this year: not stated in perchart.toml: started under [business]"
                    .to_owned())
            }
        }
    }

    /// The square feet of the home, where the simplified method is used.
    fn home_whole(&self) -> Answer<String> {
        if self.home_part().is_empty() {
            return Ok(String::new());
        }
        let whole = self.year.profile.home.whole_home_square_feet.filter(|feet| *feet > 0);
        let open =
            "the square feet of your whole home: not stated in perchart.toml: whole_home_square_feet under [home]";
        whole.map(|feet| feet.to_string()).ok_or_else(|| open.to_owned())
    }

    /// The part of the home that the business uses, under the simplified method: its area, whatever the limit.
    fn home_part(&self) -> String {
        let first = self.filled.of_person.first().map(|businesses| businesses.start);
        let simplified =
            first.and_then(|first| Some((self.filled.home.get(first)?, self.filled.businesses.get(first)?)));
        match simplified {
            Some((home, business)) if self.copy.is_empty() && home.l5 != Usd::ZERO => business.home_area.to_string(),
            _ => String::new(),
        }
    }

    /// A row of the businesses with qualified income.
    fn qualified(&self, row: usize, what: &str) -> Option<Answer<String>> {
        let row = row.checked_sub(1)?;
        let Some(business) = self.filled.qualified.get(row) else { return Some(Ok(String::new())) };
        Some(match what {
            "name" if row == 0 => self.business_name(),
            "name" => Err("perchart.toml names the filer's business alone".to_owned()),
            "income" => Ok(value::written(Value::Usd(business.income), None, super::Shown::Plain).unwrap_or_default()),
            _ => return None,
        })
    }
}

/// What holds of a person whose birth may have been stated.
fn person(person: &Person, what: &str, is_stated: bool) -> Option<Answer<bool>> {
    Some(match what {
        "blind" => Ok(person.blind),
        "senior" if is_stated => Ok(person.reached() >= 65),
        "senior" => Err("no birth date is stated in perchart.toml: born under [household]".to_owned()),
        _ => return None,
    })
}
