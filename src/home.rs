//! The home office of a year: what is stated and recorded of it, both methods on the whole return, and what is still to be
//! said.
//!
//! The regular method (Form 8829) and the simplified one exclude each other for a year (Instructions for Schedule C, line 30). Where
//! the user does not choose, the one with less tax is taken; where both come to the same, the regular one if it leaves
//! something for later years, else the simplified one, which needs no records.

use chrono::{Datelike, NaiveDate};

use crate::book::category::HomeLine;
use crate::deduct::{Deductions, Idle};
use crate::law::Law;
use crate::money::{Ratio, Round, Usd};
use crate::profile::{self, HomeMethod, Profile};
use crate::tax::facts::{Business, HomeOffice, Household};
use crate::tax::screen::Refusal;
use crate::tax::{self, Return};

/// A month counts for the simplified method with so many days of use (Instructions for Schedule C, line 30, part-year use).
const DAYS_OF_A_MONTH: i64 = 15;

/// How the home office is deducted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By what the home costs: Form 8829.
    Regular,
    /// By its square feet.
    Simplified,
}

impl Method {
    /// Its name, for a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Method::Regular => "the regular method (Form 8829)",
            Method::Simplified => "the simplified method",
        }
    }
}

/// A test of the law that only the user can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    /// The key under `[home]`.
    pub key: &'static str,
    /// The question.
    pub question: &'static str,
    /// The authority.
    pub cite: &'static str,
    /// The answer.
    pub answer: Option<bool>,
}

/// What is missing, and what it would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub what: &'static str,
    /// What to do.
    pub ask: String,
}

/// The home office of a year.
#[derive(Clone, Debug)]
pub struct HomeYear {
    /// The first and the last day of business use in the year, or why nothing counts.
    pub used: Result<(NaiveDate, NaiveDate), Idle>,
    /// Months of the year with 15 days or more of such use.
    pub months: i64,
    /// The tests, with their answers.
    pub tests: [Test; 3],
    /// What is missing.
    pub questions: Vec<Question>,
    /// The square feet of the office, where they are stated.
    pub feet: Option<i64>,
    /// The facts of the regular method, where the whole home is known.
    pub office: Option<HomeOffice>,
    /// The method taken; none where nothing counts.
    pub taken: Option<Method>,
    /// The return by the regular method.
    pub regular: Option<Box<Return>>,
    /// The return by the simplified method.
    pub simplified: Option<Box<Return>>,
    /// The method asked for.
    pub asked: HomeMethod,
    carried: (Usd, Usd),
}

/// When the home was used for business in a year; none where no home office is stated.
pub fn used(law: &Law, stated: &profile::Home) -> Option<Result<(NaiveDate, NaiveDate), Idle>> {
    if stated.square_feet.unwrap_or(0) <= 0 && stated.rooms.unwrap_or(0) <= 0 {
        return None;
    }
    let answers = tests(stated).map(|test| test.answer);
    if answers.contains(&Some(false)) {
        return Some(Err(Idle::Fails));
    }
    if answers.contains(&None) {
        return Some(Err(Idle::Unanswered));
    }
    let year = i32::from(law.year);
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
    let from = stated.from.into_iter().chain(stated.first_use).max().map_or(first, |day| day.max(first));
    let until = stated.until.map_or(last, |day| day.min(last));
    Some(if from <= until { Ok((from, until)) } else { Err(Idle::OutsideUse) })
}

/// The tests of IRC 280A(c)(1).
fn tests(stated: &profile::Home) -> [Test; 3] {
    let test = |key, question, cite, answer| Test { key, question, cite, answer };
    [
        test(
            "regular_use",
            "Do you work there on a regular basis?",
            "IRC 280A(c)(1); Pub. 587, Regular Use",
            stated.regular_use,
        ),
        test(
            "exclusive_use",
            "Is that part of the home used for nothing but the business?",
            "IRC 280A(c)(1); Pub. 587, Exclusive Use",
            stated.exclusive_use,
        ),
        test(
            "principal_place",
            "Is it your main place of business, or the only fixed one for its paperwork?",
            "IRC 280A(c)(1)(A), (f)(1); Pub. 587, Principal Place of Business",
            stated.principal_place,
        ),
    ]
}

impl HomeYear {
    /// What is stated and recorded of the home office of a year; none where none is stated.
    pub fn of(law: &Law, profile: &Profile, deductions: &Deductions) -> Option<HomeYear> {
        let stated = &profile.home;
        let used = used(law, stated)?;
        let mut home = HomeYear {
            used,
            months: used.map_or(0, |(from, until)| months(from, until)),
            tests: tests(stated),
            questions: Vec::new(),
            feet: stated.square_feet.filter(|feet| *feet > 0),
            office: None,
            taken: None,
            regular: None,
            simplified: None,
            asked: stated.method.unwrap_or(HomeMethod::Better),
            carried: (
                stated.carryover_operating.unwrap_or_default(),
                stated.carryover_depreciation.unwrap_or_default(),
            ),
        };
        home.ask_tests();
        if let Ok(days) = used {
            home.measure(law, profile, deductions, days);
        }
        Some(home)
    }

    fn ask(&mut self, what: &'static str, ask: impl Into<String>) {
        self.questions.push(Question { what, ask: ask.into() });
    }

    /// Asks the tests that have no answer.
    fn ask_tests(&mut self) {
        for test in self.tests.into_iter().filter(|test| test.answer.is_none()) {
            let ask =
                format!("{} Answer home.{} = true or false in perchart.toml ({}).", test.question, test.key, test.cite);
            self.ask("Home office", ask);
        }
    }

    /// Takes the facts of the regular method.
    fn measure(&mut self, law: &Law, profile: &Profile, deductions: &Deductions, days: (NaiveDate, NaiveDate)) {
        let stated = &profile.home;
        let feet = self.feet.zip(stated.whole_home_square_feet.filter(|whole| *whole > 0));
        let rooms = stated.rooms.filter(|rooms| *rooms > 0).zip(stated.whole_home_rooms.filter(|whole| *whole > 0));
        if self.feet.is_none() {
            self.ask("Home office", "State home.square_feet to compare with the simplified method, $5 a square foot.");
        }
        let Some((area, whole)) = feet.or(rooms) else {
            let key = if self.feet.is_some() { "home.whole_home_square_feet" } else { "home.whole_home_rooms" };
            self.ask(
                "Home office",
                format!("State {key} to work out Form 8829, which may be more than $5 a square foot."),
            );
            return;
        };
        let line = |line, direct| deductions.home(line, direct);
        let mut office = HomeOffice {
            actual: 1,
            area,
            whole,
            insurance: line(HomeLine::Insurance, false),
            rent: line(HomeLine::Rent, false),
            repairs: line(HomeLine::Repairs, false),
            utilities: line(HomeLine::Utilities, false),
            other: line(HomeLine::Other, false),
            insurance_direct: line(HomeLine::Insurance, true),
            repairs_direct: line(HomeLine::Repairs, true),
            utilities_direct: line(HomeLine::Utilities, true),
            other_direct: line(HomeLine::Other, true),
            carryover_operating: self.carried.0,
            carryover_depreciation: self.carried.1,
            ..HomeOffice::default()
        };
        self.own(law, profile, days, &mut office);
        let shared = deductions.items.iter().filter(|item| {
            matches!(item.verdict, crate::deduct::Verdict::Home(..)) && item.counts < item.expense.amount
        });
        let shared = shared.count();
        if shared > 0 {
            self.ask(
                "Home office",
                format!("Rows of the home carry a business share below 100%: {shared}. Form 8829 takes the office's part by itself: leave the share at 100%, unless part of the row is not of this home."),
            );
        }
        self.office = Some(office);
    }

    /// What an owner pays and may depreciate.
    fn own(&mut self, law: &Law, profile: &Profile, (from, until): (NaiveDate, NaiveDate), office: &mut HomeOffice) {
        let (stated, paid) = (&profile.home, &profile.household.paid);
        let any = |amount: Option<Usd>| amount.filter(|amount| *amount > Usd::ZERO);
        let owns = stated.rented == Some(false)
            || [stated.cost, stated.mortgage_interest, stated.real_estate_taxes]
                .into_iter()
                .any(|own| any(own).is_some());
        if !owns {
            if stated.rented.is_none() && any(paid.mortgage_interest).or(any(paid.real_estate_taxes)).is_some() {
                self.ask("Home office", "Do you rent the home, or is it yours? Answer home.rented. Until then its mortgage interest and taxes stay on Schedule A.");
            }
            return;
        }
        let year = days(
            NaiveDate::from_ymd_opt(from.year(), 1, 1).unwrap_or(from),
            NaiveDate::from_ymd_opt(from.year(), 12, 31).unwrap_or(until),
        );
        let part = Ratio { of: days(from, until), whole: year };
        let of_year = |amount: Option<Usd>| Round::Cents.enter(amount.unwrap_or_default() * part);
        office.mortgage = stated.mortgage_interest.unwrap_or_else(|| of_year(paid.mortgage_interest));
        office.real_estate = stated.real_estate_taxes.unwrap_or_else(|| of_year(paid.real_estate_taxes));
        office.mortgage_over = stated.mortgage_interest_over_limit.unwrap_or_default();
        let keys = [
            ("cost", any(stated.cost).is_some()),
            ("land", stated.land.is_some()),
            ("value_at_first_use", any(stated.value_at_first_use).is_some()),
            ("first_use", stated.first_use.is_some()),
        ];
        let missing: Vec<_> =
            keys.into_iter().filter(|(_, there)| !there).map(|(key, _)| format!("home.{key}")).collect();
        if !missing.is_empty() {
            let ask = format!(
                "State {} for the depreciation of the home, which is left out until then. It counts as taken at a sale, whether it was deducted or not (IRC 1016(a)(2)).",
                missing.join(", ")
            );
            self.ask("Depreciation of the home", ask);
            return;
        }
        if (until.month(), until.day()) != (12, 31) {
            self.ask("Depreciation of the home", "Business use ended in the year: the depreciation of such a year is not modelled and is left out. See Pub. 946, or ask a preparer.");
            return;
        }
        office.basis = stated.cost.unwrap_or_default() + stated.improvements.unwrap_or_default();
        office.value = stated.value_at_first_use.unwrap_or_default();
        office.land = stated.land.unwrap_or_default();
        let first = stated.first_use.filter(|day| day.year() == i32::from(law.year));
        office.first_month = first.map_or(0, |day| i64::from(day.month()));
    }

    /// Fills the return of a household, without a home office so far, by both methods; keeps both, and gives the one taken.
    ///
    /// # Errors
    /// Every [`Refusal`] that applies.
    pub fn file(&mut self, law: &Law, whole: &Household, round: Round) -> Result<Return, Vec<Refusal>> {
        let by = |method: Method| Some(tax::prepare(law, &self.with(method, whole)?, round));
        let (regular, simplified) = (by(Method::Regular), by(Method::Simplified));
        let taken = match self.asked {
            HomeMethod::Actual => regular.as_ref().map(|_| Method::Regular),
            HomeMethod::Simplified => simplified.as_ref().map(|_| Method::Simplified),
            HomeMethod::Better => match (&regular, &simplified) {
                (Some(Ok(regular)), Some(Ok(simplified))) => Some(better(regular, simplified)),
                (Some(_), None) | (Some(Ok(_)), Some(Err(_))) => Some(Method::Regular),
                (None | Some(Err(_)), Some(_)) => Some(Method::Simplified),
                (None, None) => None,
            },
        };
        self.taken = taken;
        let filed = match taken {
            Some(Method::Regular) => regular.clone(),
            Some(Method::Simplified) => simplified.clone(),
            None => None,
        };
        self.regular = regular.and_then(Result::ok).map(Box::new);
        self.simplified = simplified.and_then(Result::ok).map(Box::new);
        filed.unwrap_or_else(|| tax::prepare(law, whole, round))
    }

    /// The household with the home office by a method; none where too little is known for it.
    fn with(&self, method: Method, whole: &Household) -> Option<Household> {
        self.used.ok()?;
        let mut household = whole.clone();
        household.taxpayer.offices = self.offices_by(method)?;
        self.square_feet_by(method, household.taxpayer.businesses.first_mut()?);
        Some(household)
    }

    fn offices_by(&self, method: Method) -> Option<Vec<HomeOffice>> {
        match method {
            Method::Regular => self.office.map(|office| vec![office]),
            Method::Simplified => self.feet.map(|_| {
                let (carryover_operating, carryover_depreciation) = self.carried;
                let parked = HomeOffice { carryover_operating, carryover_depreciation, ..HomeOffice::default() };
                if parked == HomeOffice::default() { Vec::new() } else { vec![parked] }
            }),
        }
    }

    fn square_feet_by(&self, method: Method, business: &mut Business) {
        if method == Method::Simplified {
            (business.home_area, business.home_months) = (self.feet.unwrap_or(0), self.months);
        }
    }

    /// The home offices as the return taken reads them.
    pub fn offices(&self) -> Vec<HomeOffice> {
        self.taken.and_then(|method| self.offices_by(method)).unwrap_or_default()
    }

    /// Puts the square feet into a business where the simplified method is taken.
    pub fn square_feet_into(&self, business: &mut Business) {
        if let Some(method) = self.taken {
            self.square_feet_by(method, business);
        }
    }
}

/// The method with less tax; where both come to the same, the one that leaves more for later years.
fn better(regular: &Return, simplified: &Return) -> Method {
    let (ours, theirs) = (regular.net_tax(), simplified.net_tax());
    let carries = regular.form_8829.iter().any(|form| form.l43 + form.l44 > Usd::ZERO);
    if ours < theirs || ours == theirs && carries { Method::Regular } else { Method::Simplified }
}

/// Days from one day to another, both counted.
fn days(from: NaiveDate, until: NaiveDate) -> i64 {
    (until - from).num_days() + 1
}

/// Months with 15 days or more between two days of a year.
fn months(from: NaiveDate, until: NaiveDate) -> i64 {
    let used = |month: u32| {
        let first = NaiveDate::from_ymd_opt(from.year(), month, 1)?;
        let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
        Some(days(from.max(first), until.min(last)))
    };
    let counted = (1..=12).filter_map(used).filter(|days| *days >= DAYS_OF_A_MONTH).count();
    i64::try_from(counted).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, month, day).expect("a day")
    }

    #[test]
    fn a_month_counts_with_fifteen_days() {
        // Instructions for Schedule C: from July 20 five months; to July 16 seven.
        assert_eq!((months(day(7, 20), day(12, 31)), months(day(1, 1), day(7, 16))), (5, 7));
        assert_eq!((months(day(7, 17), day(12, 31)), months(day(7, 18), day(12, 31))), (6, 5));
        assert_eq!((months(day(2, 14), day(2, 28)), months(day(2, 15), day(2, 28))), (1, 0));
        assert_eq!(months(day(1, 1), day(12, 31)), 12);
    }

    fn year(profile: &str) -> HomeYear {
        let (law, _) = law::of(2025).expect("law");
        let profile = Profile::parse("perchart.toml", profile).expect("a profile");
        HomeYear::of(law, &profile, &Deductions::default()).expect("a home office")
    }

    const PASSES: &str = "[home]\nregular_use = true\nexclusive_use = true\nprincipal_place = true\nsquare_feet = 120\n\
                          whole_home_square_feet = 1200\n";

    #[test]
    fn interest_and_taxes_of_a_part_of_the_year_count_by_days() {
        // October to December: 92 of 365 days of 7,300 and 3,650.
        let home = year(&format!(
            "{PASSES}rented = false\nfrom = 2025-10-01\n[household.paid]\nmortgage_interest = 7300\nreal_estate_taxes = 3650\n"
        ));
        let office = home.office.expect("a home");
        assert_eq!((office.mortgage, office.real_estate), (Usd::dollars(1_840), Usd::dollars(920)));
        // Stated for the home itself, they count as stated.
        let home = year(&format!("{PASSES}rented = false\nfrom = 2025-10-01\nmortgage_interest = 1500\n"));
        assert_eq!(home.office.expect("a home").mortgage, Usd::dollars(1_500));
    }

    #[test]
    fn what_is_missing_is_asked_and_left_out() {
        let asked = |profile: &str| {
            let asked = year(profile).questions.into_iter().map(|question| question.ask);
            asked.collect::<Vec<_>>().join(" ")
        };
        // Whose home it is, while interest is stated.
        let open = year(&format!("{PASSES}[household.paid]\nmortgage_interest = 7300\n"));
        assert_eq!(open.office.expect("a home").mortgage, Usd::ZERO);
        assert!(open.questions[0].ask.contains("home.rented"));
        let owner = format!("{PASSES}rented = false\ncost = 300000\n");
        let missing = "State home.land, home.value_at_first_use, home.first_use for the depreciation";
        assert!(asked(&owner).contains(missing), "{}", asked(&owner));
        let ended =
            format!("{owner}land = 1\nvalue_at_first_use = 300000\nfirst_use = 2020-01-01\nuntil = 2025-08-31\n");
        assert!(asked(&ended).contains("Business use ended in the year"));
        assert_eq!(year(&ended).office.expect("a home").basis, Usd::ZERO);
        assert_eq!(asked(&format!("{PASSES}rented = true\n")), "");
    }

    #[test]
    fn a_home_used_in_another_year_counts_in_none_of_this_one() {
        let (law, _) = law::of(2025).expect("law");
        let at = |from: &str| used(law, &Profile::parse("", &format!("{PASSES}{from}\n")).expect("a profile").home);
        assert_eq!(at("until = 2024-10-01"), Some(Err(Idle::OutsideUse)));
        assert_eq!(at("from = 2026-01-01"), Some(Err(Idle::OutsideUse)));
        assert_eq!(at("from = 2021-05-01"), Some(Ok((day(1, 1), day(12, 31)))));
        assert_eq!(at("first_use = 2025-05-07"), Some(Ok((day(5, 7), day(12, 31)))));
        assert_eq!(used(law, &profile::Home::default()), None);
    }
}
