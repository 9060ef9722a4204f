//! What money was spent on, and where that goes on the return. The table is data: `category.toml`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::money::Rate;

/// The lines of Schedule C, Part II, that a category can stand for.
///
/// Each stands for the field of the same name in the facts of a business. The printed number is the form's matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpenseLine {
    /// Advertising.
    Advertising,
    /// Car and truck expenses.
    Car,
    /// Commissions and fees.
    Commissions,
    /// Contract labor.
    ContractLabor,
    /// Insurance other than health.
    Insurance,
    /// Interest other than mortgage.
    Interest,
    /// Legal and professional services.
    Legal,
    /// Office expense.
    Office,
    /// Rent or lease of vehicles, machinery, equipment.
    RentEquipment,
    /// Rent or lease of other business property.
    RentProperty,
    /// Repairs and maintenance.
    Repairs,
    /// Supplies.
    Supplies,
    /// Taxes and licenses.
    Taxes,
    /// Travel.
    Travel,
    /// Deductible meals.
    Meals,
    /// Utilities.
    Utilities,
    /// Other expenses, listed in Part V.
    Other,
}

impl ExpenseLine {
    /// All lines, in the order of the form.
    pub const ALL: [ExpenseLine; 17] = [
        ExpenseLine::Advertising,
        ExpenseLine::Car,
        ExpenseLine::Commissions,
        ExpenseLine::ContractLabor,
        ExpenseLine::Insurance,
        ExpenseLine::Interest,
        ExpenseLine::Legal,
        ExpenseLine::Office,
        ExpenseLine::RentEquipment,
        ExpenseLine::RentProperty,
        ExpenseLine::Repairs,
        ExpenseLine::Supplies,
        ExpenseLine::Taxes,
        ExpenseLine::Travel,
        ExpenseLine::Meals,
        ExpenseLine::Utilities,
        ExpenseLine::Other,
    ];

    /// The words of the form.
    pub const fn words(self) -> &'static str {
        match self {
            ExpenseLine::Advertising => "Advertising",
            ExpenseLine::Car => "Car and truck expenses",
            ExpenseLine::Commissions => "Commissions and fees",
            ExpenseLine::ContractLabor => "Contract labor",
            ExpenseLine::Insurance => "Insurance (other than health)",
            ExpenseLine::Interest => "Interest, other",
            ExpenseLine::Legal => "Legal and professional services",
            ExpenseLine::Office => "Office expense",
            ExpenseLine::RentEquipment => "Rent or lease, vehicles, machinery, equipment",
            ExpenseLine::RentProperty => "Rent or lease, other business property",
            ExpenseLine::Repairs => "Repairs and maintenance",
            ExpenseLine::Supplies => "Supplies",
            ExpenseLine::Taxes => "Taxes and licenses",
            ExpenseLine::Travel => "Travel",
            ExpenseLine::Meals => "Deductible meals",
            ExpenseLine::Utilities => "Utilities",
            ExpenseLine::Other => "Other expenses",
        }
    }
}

/// What a self-employed person pays for herself and deducts on Schedule 1, not on Schedule C.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnBenefit {
    /// Health, dental and vision premiums: Form 7206, Schedule 1 line 17.
    Health,
    /// A contribution to one's own SEP: Schedule 1 line 16.
    Sep,
}

/// The lines of Form 8829, Part II, that a category can stand for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HomeLine {
    /// Insurance.
    Insurance,
    /// Rent.
    Rent,
    /// Repairs and maintenance.
    Repairs,
    /// Utilities.
    Utilities,
    /// Other expenses.
    Other,
}

impl HomeLine {
    /// All lines, in the order of the form.
    pub const ALL: [HomeLine; 5] =
        [HomeLine::Insurance, HomeLine::Rent, HomeLine::Repairs, HomeLine::Utilities, HomeLine::Other];

    /// The words of the form.
    pub const fn words(self) -> &'static str {
        match self {
            HomeLine::Insurance => "Insurance",
            HomeLine::Rent => "Rent",
            HomeLine::Repairs => "Repairs and maintenance",
            HomeLine::Utilities => "Utilities",
            HomeLine::Other => "Other expenses",
        }
    }
}

/// Where money of a category goes on the return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A line of Schedule C.
    Business {
        /// The line.
        line: ExpenseLine,
        /// The share of the business part that the law allows, where it is not all of it.
        limit: Option<Rate>,
    },
    /// Other expenses of Schedule C for an item within the de minimis safe harbor, if elected; otherwise Form 4562.
    Equipment,
    /// Form 8829, where the home holds an office of the business.
    Home {
        /// The line.
        line: HomeLine,
        /// Of the office alone, column (a); else of the whole home, column (b).
        direct: bool,
    },
    /// Schedule 1.
    Own(OwnBenefit),
    /// Form 1040, line 26.
    EstimatedPayment,
    /// Nowhere.
    Never,
}

impl fmt::Display for Target {
    /// In the words of the forms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Business { line, limit: None } => write!(f, "Schedule C, {}", line.words()),
            Target::Business { line, limit: Some(limit) } => write!(f, "Schedule C, {}, {limit}", line.words()),
            Target::Equipment => f.write_str("Schedule C, Other expenses (de minimis safe harbor), or Form 4562"),
            Target::Home { line, direct: false } => {
                write!(f, "Form 8829, {}, the part of the home that is the office", line.words())
            }
            Target::Home { line, direct: true } => write!(f, "Form 8829, {}, direct", line.words()),
            Target::Own(OwnBenefit::Health) => f.write_str("Schedule 1, line 17 (Form 7206)"),
            Target::Own(OwnBenefit::Sep) => f.write_str("Schedule 1, line 16"),
            Target::EstimatedPayment => f.write_str("Form 1040, line 26"),
            Target::Never => f.write_str("not deductible"),
        }
    }
}

/// One thing money is spent on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    /// The id in files and commands, such as `books`.
    pub id: String,
    /// The name, for people.
    pub name: String,
    /// Where it goes on the return.
    pub target: Target,
    /// The authority.
    pub cite: String,
    /// One plain sentence: why it is deductible, or why not.
    pub reason: String,
}

impl Category {
    /// May it lower the tax at all? A payment of tax does not.
    pub const fn is_deductible(&self) -> bool {
        matches!(self.target, Target::Business { .. } | Target::Equipment | Target::Home { .. } | Target::Own(_))
    }

    /// The tax year of money paid on a day: the year of the day, with two exceptions.
    ///
    /// Estimated tax paid in January is the last installment of the year before (IRC 6654(c)(2)).
    /// For estimated tax and for a SEP (IRC 404(h)(1)(B)) the description may name the year of the day or the year before
    /// ("for 2025"); that decides.
    pub fn tax_year(&self, paid_on: NaiveDate, description: &str) -> i32 {
        let year = paid_on.year();
        if !matches!(self.target, Target::EstimatedPayment | Target::Own(OwnBenefit::Sep)) {
            return year;
        }
        let names = |year: i32| {
            description
                .split(|c: char| !c.is_ascii_digit())
                .any(|number| number.parse() == Ok(year) && number.len() == 4)
        };
        match (names(year - 1), names(year)) {
            (true, false) => year - 1,
            (false, true) => year,
            _ if self.target == Target::EstimatedPayment && paid_on.month() == 1 => year - 1,
            _ => year,
        }
    }
}

/// Why a table of categories cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CategoryError {
    /// It is not the TOML that is expected: a key is missing, unknown or of the wrong type.
    #[error("the table of categories does not parse: {0}")]
    Parse(#[from] toml::de::Error),
    /// An id that is not lower-case words joined by hyphens.
    #[error("category id `{0}` is not in kebab-case")]
    Id(String),
    /// Two categories with one id.
    #[error("category `{0}` is there twice")]
    Twice(String),
    /// A text that must say something is empty.
    #[error("category `{id}` has no {key}")]
    Empty {
        /// The category.
        id: String,
        /// The empty key.
        key: &'static str,
    },
    /// None or several targets, or a target switched off.
    #[error("category `{0}` must name exactly one target in `to`")]
    Target(String),
    /// A limit that is not a percentage above zero and below 100.
    #[error("category `{id}`: `{limit}` is not a limit such as `50%`")]
    Limit {
        /// The category.
        id: String,
        /// What stands there.
        limit: String,
    },
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: Vec<Written>,
    /// What [`super::proof`] reads.
    #[serde(default, rename = "proof")]
    _proof: Vec<serde::de::IgnoredAny>,
}

/// One category as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: String,
    to: To,
    cite: String,
    reason: String,
}

/// A target as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To {
    business: Option<ExpenseLine>,
    limit: Option<String>,
    equipment: Option<bool>,
    home: Option<HomeLine>,
    direct: Option<bool>,
    own: Option<OwnBenefit>,
    payment: Option<Payment>,
    never: Option<bool>,
}

/// A payment of tax as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Payment {
    Estimated,
}

impl Written {
    fn check(self) -> Result<Category, CategoryError> {
        let id = self.id;
        if !is_kebab_case(&id) {
            return Err(CategoryError::Id(id));
        }
        for (key, text) in [("name", &self.name), ("cite", &self.cite), ("reason", &self.reason)] {
            if text.trim().is_empty() {
                return Err(CategoryError::Empty { id, key });
            }
        }
        let To { business, limit, equipment, home, direct, own, payment, never } = self.to;
        let stated = [
            business.is_some(),
            equipment.is_some(),
            home.is_some(),
            own.is_some(),
            payment.is_some(),
            never.is_some(),
        ];
        if stated.into_iter().filter(|stated| *stated).count() != 1
            || limit.is_some() && business.is_none()
            || direct.is_some() && home.is_none()
        {
            return Err(CategoryError::Target(id));
        }
        let target = match (business, home, own, payment) {
            (Some(line), ..) => {
                let limit = limit
                    .map(|limit| percentage(&limit).ok_or_else(|| CategoryError::Limit { id: id.clone(), limit }))
                    .transpose()?;
                Target::Business { line, limit }
            }
            // What is rented for the office alone is no part of the home: Schedule C line 20b.
            (_, Some(HomeLine::Rent), ..) if direct == Some(true) => return Err(CategoryError::Target(id)),
            (_, Some(line), ..) => Target::Home { line, direct: direct.unwrap_or(false) },
            (_, _, Some(own), _) => Target::Own(own),
            (.., Some(Payment::Estimated)) => Target::EstimatedPayment,
            _ if equipment == Some(true) => Target::Equipment,
            _ if never == Some(true) => Target::Never,
            _ => return Err(CategoryError::Target(id)),
        };
        Ok(Category { id, name: self.name, target, cite: self.cite, reason: self.reason })
    }
}

/// Lower-case words of letters and digits, joined by single hyphens.
fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// `50%` as a rate; above zero and below 100%, at most four decimals.
fn percentage(text: &str) -> Option<Rate> {
    let percent: Decimal = text.strip_suffix('%')?.parse().ok()?;
    let millionths = percent * Decimal::from(10_000);
    let in_range = percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED && millionths.fract().is_zero();
    millionths.to_i64().filter(|_| in_range).map(Rate::millionths)
}

/// Reads a table of categories.
fn read(text: &str) -> Result<Vec<Category>, CategoryError> {
    let file: File = toml::from_str(text)?;
    let categories = file.category.into_iter().map(Written::check).collect::<Result<Vec<_>, _>>()?;
    let mut ids = BTreeSet::new();
    match categories.iter().find(|category| !ids.insert(&category.id)) {
        Some(category) => Err(CategoryError::Twice(category.id.clone())),
        None => Ok(categories),
    }
}

/// The categories of this program.
#[derive(Clone, Copy, Debug)]
pub struct Categories;

impl Categories {
    /// All of them, in the order in which they are shown.
    ///
    /// # Panics
    ///
    /// If the table inside the program cannot be read; a test reads it.
    pub fn all() -> &'static [Category] {
        static ALL: OnceLock<Vec<Category>> = OnceLock::new();
        ALL.get_or_init(|| read(include_str!("category.toml")).expect("the table inside the program is tested"))
    }

    /// The category with an id.
    pub fn get(id: &str) -> Option<&'static Category> {
        Categories::all().iter().find(|category| category.id == id)
    }

    /// The ids, in the order in which they are shown.
    pub fn ids() -> impl Iterator<Item = &'static str> {
        Categories::all().iter().map(|category| category.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The category with an id that must be there.
    fn category(id: &str) -> &'static Category {
        Categories::get(id).unwrap_or_else(|| panic!("category `{id}`"))
    }

    #[track_caller]
    fn goes_to(id: &str, line: ExpenseLine) {
        assert_eq!(category(id).target, Target::Business { line, limit: None }, "{id}");
    }

    #[test]
    fn the_table_can_be_read() {
        let categories = read(include_str!("category.toml")).expect("the table");
        assert!(categories.len() > 40);
        for category in &categories {
            assert!(category.reason.ends_with('.'), "{}: a reason is a sentence", category.id);
        }
    }

    #[test]
    fn what_a_coder_buys_has_its_line() {
        goes_to("books", ExpenseLine::Supplies);
        goes_to("supplies", ExpenseLine::Supplies);
        goes_to("office", ExpenseLine::Office);
        goes_to("insurance", ExpenseLine::Insurance);
        goes_to("internet", ExpenseLine::Utilities);
        goes_to("phone", ExpenseLine::Utilities);
        goes_to("legal", ExpenseLine::Legal);
        goes_to("contract-labor", ExpenseLine::ContractLabor);
        goes_to("licenses", ExpenseLine::Taxes);
        goes_to("parking", ExpenseLine::Car);
        for id in ["software", "encoder", "security", "dues", "education", "credentials", "bank-fees"] {
            goes_to(id, ExpenseLine::Other);
        }
        assert_eq!(category("equipment").target, Target::Equipment);
    }

    #[test]
    fn what_a_home_costs_has_its_line() {
        for line in HomeLine::ALL {
            let of_line = |category: &Category| category.target == Target::Home { line, direct: false };
            assert!(Categories::all().iter().any(of_line), "{line:?}");
        }
        // Rent of a place of its own is no part of the home.
        let of_office = |category: &&Category| matches!(category.target, Target::Home { direct: true, .. });
        let direct: Vec<_> = Categories::all().iter().filter(of_office).map(|category| category.id.as_str()).collect();
        assert_eq!(direct, ["office-insurance", "office-repairs", "office-utilities", "office-other"]);
    }

    #[test]
    fn every_line_has_a_category() {
        for line in ExpenseLine::ALL {
            let stands_for =
                |category: &Category| matches!(category.target, Target::Business { line: its, .. } if its == line);
            assert!(Categories::all().iter().any(stands_for), "{line:?}");
        }
    }

    #[test]
    fn half_of_a_business_meal_counts() {
        let half = Some(Rate::millionths(500_000));
        assert_eq!(category("meals").target, Target::Business { line: ExpenseLine::Meals, limit: half });
        let limited = |category: &&Category| matches!(category.target, Target::Business { limit: Some(_), .. });
        assert_eq!(Categories::all().iter().filter(limited).count(), 1);
    }

    #[test]
    fn own_benefits_and_taxes_stay_off_schedule_c() {
        assert_eq!(category("health-premium").target, Target::Own(OwnBenefit::Health));
        assert_eq!(category("dental-premium").target, Target::Own(OwnBenefit::Health));
        assert_eq!(category("sep").target, Target::Own(OwnBenefit::Sep));
        assert_eq!(category("estimated-tax").target, Target::EstimatedPayment);
        assert!(!category("estimated-tax").is_deductible());
    }

    #[test]
    fn what_is_personal_never_counts() {
        let personal = [
            "commuting",
            "clothing",
            "lunches",
            "gym",
            "medical",
            "disability-insurance",
            "life-insurance",
            "entry-education",
            "childcare",
            "home-mortgage",
            "landline",
            "retirement",
            "penalties",
            "state-tax",
            "owner-draw",
            "personal",
        ];
        for id in personal {
            assert_eq!(category(id).target, Target::Never, "{id}");
            assert!(!category(id).is_deductible());
        }
    }

    #[test]
    fn the_year_of_a_tax_payment_may_be_the_one_before() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let estimated = category("estimated-tax");
        assert_eq!(estimated.tax_year(day(2026, 1, 15), "1040-ES, fourth installment"), 2025);
        assert_eq!(estimated.tax_year(day(2026, 1, 31), "1040-ES for 2026"), 2026);
        assert_eq!(estimated.tax_year(day(2026, 4, 15), "1040-ES"), 2026);
        assert_eq!(estimated.tax_year(day(2025, 6, 16), "1040-ES, 1040-ES for 2025"), 2025);
        assert_eq!(category("sep").tax_year(day(2026, 4, 1), "SEP-IRA for 2025"), 2025);
        assert_eq!(category("sep").tax_year(day(2026, 1, 2), "SEP-IRA"), 2026);
        assert_eq!(category("books").tax_year(day(2025, 10, 6), "CPT 2024"), 2025);
    }

    /// One category with these lines in place of the usual ones.
    fn table(lines: &str) -> Result<Vec<Category>, CategoryError> {
        read(&format!("[[category]]\n{lines}"))
    }

    #[test]
    fn a_category_without_authority_or_reason_is_refused() {
        let missing = table("id = \"a\"\nname = \"A\"\nto = { never = true }\nreason = \"So.\"");
        assert!(
            matches!(missing, Err(CategoryError::Parse(error)) if error.to_string().contains("missing field `cite`"))
        );
        let missing = table("id = \"a\"\nname = \"A\"\nto = { never = true }\ncite = \"IRC 262\"");
        assert!(
            matches!(missing, Err(CategoryError::Parse(error)) if error.to_string().contains("missing field `reason`"))
        );
        let empty = table("id = \"a\"\nname = \"A\"\nto = { never = true }\ncite = \" \"\nreason = \"So.\"");
        assert!(matches!(empty, Err(CategoryError::Empty { key: "cite", .. })));
        let empty = table("id = \"a\"\nname = \"A\"\nto = { never = true }\ncite = \"IRC 262\"\nreason = \"\"");
        assert!(matches!(empty, Err(CategoryError::Empty { key: "reason", .. })));
    }

    #[test]
    fn a_category_that_says_two_things_is_refused() {
        let with = |id: &str, to: &str| {
            table(&format!("id = \"{id}\"\nname = \"A\"\nto = {{ {to} }}\ncite = \"IRC 162\"\nreason = \"So.\""))
        };
        assert!(with("a", "never = true").is_ok());
        assert!(matches!(with("a", "never = false"), Err(CategoryError::Target(_))));
        assert!(matches!(with("a", "never = true, equipment = true"), Err(CategoryError::Target(_))));
        assert!(matches!(with("a", ""), Err(CategoryError::Target(_))));
        assert!(matches!(with("a", "own = \"sep\", limit = \"50%\""), Err(CategoryError::Target(_))));
        assert!(matches!(with("a", "never = true, direct = true"), Err(CategoryError::Target(_))));
        assert!(matches!(with("a", "business = \"meal\""), Err(CategoryError::Parse(_))));
        for limit in ["50", "0%", "100%", "-5%", "x%", "12.34567%"] {
            let refused = with("a", &format!("business = \"meals\", limit = \"{limit}\""));
            assert!(matches!(refused, Err(CategoryError::Limit { .. })), "{limit}");
        }
        for id in ["A", "a_b", "-a", "a--b", ""] {
            assert!(matches!(with(id, "never = true"), Err(CategoryError::Id(_))), "{id}");
        }
    }

    #[test]
    fn an_id_is_given_once() {
        let one =
            "[[category]]\nid = \"a\"\nname = \"A\"\nto = { never = true }\ncite = \"IRC 262\"\nreason = \"So.\"\n";
        assert!(matches!(read(&one.repeat(2)), Err(CategoryError::Twice(id)) if id == "a"));
    }
}
