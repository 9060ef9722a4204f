//! What the forms ask of cars: Schedule C, Part IV; where Form 4562 is filed, its Part V, Section B.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Listed;
use super::said::{Answer, Said};
use crate::car::CarYear;
use crate::money::Usd;

/// Columns for vehicles on Form 4562, Part V, Section B.
const VEHICLES: usize = 6;

/// A question of the forms that is answered by yes or no.
#[derive(Clone, Copy)]
enum Asked {
    OffDuty,
    Another,
    Evidence,
    Written,
}

impl Asked {
    fn of(name: &str) -> Option<Asked> {
        Some(match name {
            "off-duty" => Asked::OffDuty,
            "another" => Asked::Another,
            "evidence" => Asked::Evidence,
            "written" => Asked::Written,
            _ => return None,
        })
    }

    /// What is stated, by its key under `[[car]]`.
    fn answer(self, car: &CarYear) -> Answer<bool> {
        let stated = &car.stated;
        let (key, answer) = match self {
            Asked::OffDuty => ("available_off_duty", stated.available_off_duty),
            Asked::Another => ("other_vehicle_for_personal_use", stated.other_vehicle_for_personal_use),
            Asked::Evidence => ("evidence", stated.evidence),
            Asked::Written => ("written", stated.written),
        };
        answer.ok_or_else(|| open(key))
    }
}

fn open(key: &str) -> String {
    format!("not stated in perchart.toml: {key} under [[car]]")
}

fn whole(miles: Decimal) -> Decimal {
    miles.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// Miles of a car: business, commuting, other private, all.
fn miles(car: &CarYear, what: &str) -> Option<Answer<String>> {
    let (business, commuting) = (whole(car.business), whole(car.commuting));
    let all = car.stated.miles.map(whole).ok_or_else(|| open("miles"));
    let counted = match what {
        "business" => Ok(business),
        "commuting" => Ok(commuting),
        "other" => all.map(|all| (all - business - commuting).max(Decimal::ZERO)),
        "all" => all,
        _ => return None,
    };
    Some(counted.map(|miles| miles.normalize().to_string()))
}

/// Day, month and year in cells of their own.
fn part_of(day: NaiveDate, what: &str) -> Option<String> {
    Some(match what {
        "month" => format!("{:02}", day.month()),
        "day" => format!("{:02}", day.day()),
        "year" => day.year().to_string(),
        _ => return None,
    })
}

impl Said<'_> {
    fn driven(&self) -> impl Iterator<Item = &CarYear> {
        let cars = if self.copy.is_empty() { self.year.cars.cars.as_slice() } else { &[] };
        cars.iter().filter(|car| car.business > Decimal::ZERO)
    }

    /// The car of Schedule C, Part IV: the first. None where Part V of Form 4562 takes its place, or line 9 is not claimed;
    /// unknown where the line rests on rows of expenses alone.
    fn of_part_iv(&self) -> Answer<Option<&CarYear>> {
        let claimed = self.copy.is_empty() && self.filled.schedule_c.first().is_some_and(|form| form.l9 != Usd::ZERO);
        match self.driven().next() {
            _ if !claimed => Ok(None),
            None => Err("the book has no trips of the car: perchart add trip, or import trips.csv".to_owned()),
            Some(_) if self.year.files_form_4562() => {
                Err("Form 4562 is filed for this business: its Part V, Section B, asks the same".to_owned())
            }
            Some(car) => Ok(Some(car)),
        }
    }

    /// A text of Part IV.
    pub(super) fn part_iv(&self, what: &str) -> Option<Answer<String>> {
        let car = match self.of_part_iv() {
            Err(reason) => return Some(Err(reason)),
            Ok(None) => return Some(Ok(String::new())),
            Ok(Some(car)) => car,
        };
        if matches!(what, "month" | "day" | "year") {
            let Some(day) = car.stated.in_service else { return Some(Err(open("in_service"))) };
            return Some(Ok(part_of(day, what)?));
        }
        miles(car, what)
    }

    /// A box of Part IV.
    pub(super) fn part_iv_holds(&self, asked: &str, is: &str) -> Option<Answer<bool>> {
        let (asked, is) = (Asked::of(asked)?, yes(is)?);
        Some(match self.of_part_iv() {
            Err(reason) => Err(reason),
            Ok(None) => Ok(false),
            // Whether it is written is asked of evidence that there is.
            Ok(Some(car)) if matches!(asked, Asked::Written) && car.stated.evidence == Some(false) => Ok(false),
            Ok(Some(car)) => asked.answer(car).map(|answer| answer == is),
        })
    }

    /// The car of a column of Form 4562, Part V, Section B, from 0.
    fn vehicle(&self, at: usize) -> Option<&CarYear> {
        self.driven().nth(at).filter(|_| self.year.files_form_4562())
    }

    /// A text of Section B.
    pub(super) fn vehicle_text(&self, column: &str, what: &str) -> Option<Answer<String>> {
        self.vehicle(place(column)?).map_or_else(|| Some(Ok(String::new())), |car| miles(car, what))
    }

    /// A box of Section B.
    pub(super) fn vehicle_holds(&self, column: &str, asked: &str, is: &str) -> Option<Answer<bool>> {
        let (asked, is, at) = (Asked::of(asked)?, yes(is)?, place(column)?);
        Some(self.vehicle(at).map_or(Ok(false), |car| asked.answer(car).map(|answer| answer == is)))
    }

    /// Is there a vehicle in a column of Section B?
    pub(super) fn has_vehicle(&self, column: &str) -> Option<Answer<bool>> {
        Some(Ok(self.vehicle(place(column)?).is_some()))
    }

    /// The cars that the form has no room for: Part IV holds one, Section B six.
    pub(super) fn more_cars(&self, form: &str) -> Vec<Listed> {
        let (at, room) = match form {
            "schedule-c" if matches!(self.of_part_iv(), Ok(Some(_))) => ("Part IV", 1),
            "form-4562" if self.year.files_form_4562() => ("Part V, Section B", VEHICLES),
            _ => return Vec::new(),
        };
        let listed = |car: &CarYear| {
            let told = |what: &str| miles(car, what)?.ok().map(|miles| format!("{what} miles {miles}"));
            let since = car.stated.in_service.map(|day| format!("in service {day}"));
            let cells = since.into_iter().chain(["business", "commuting", "other"].into_iter().filter_map(told));
            Listed { at: at.to_owned(), what: car.stated.name.clone().unwrap_or_default(), cells: cells.collect() }
        };
        self.driven().skip(room).map(listed).collect()
    }

    /// Line 24 of Form 4562, of all cars: yes where it is so of each.
    pub(super) fn cars_hold(&self, asked: &str, is: &str) -> Option<Answer<bool>> {
        let (asked, is) = (Asked::of(asked)?, yes(is)?);
        if !self.year.files_form_4562() || self.driven().next().is_none() {
            return Some(Ok(false));
        }
        let answers: Answer<Vec<bool>> = self.driven().map(|car| asked.answer(car)).collect();
        Some(answers.map(|answers| answers.into_iter().all(|answer| answer) == is))
    }
}

/// A column of Section B, from 0.
fn place(column: &str) -> Option<usize> {
    column.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < VEHICLES)
}

fn yes(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
