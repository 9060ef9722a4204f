//! Which share of an expense is for the business, and who said so (IRC 162(a), 262(a)).
//!
//! In order: what the row says, or the user of the row; a share of the profile for its vendor; one for its category;
//! else all of it.

use std::collections::{HashMap, HashSet};

use crate::book::category::Categories;
use crate::book::entry::{Expense, Origin};
use crate::money::Usd;
use crate::profile::{Share, share_of};

use super::{Deductions, Verdict};

/// All of an expense.
const WHOLE: i64 = 1_000_000;

/// Where the bill of a telephone line may stand, and the words for the first one of a home.
const OF_A_LINE: [&str; 3] = ["phone", "internet", "utilities"];
const LANDLINE: [&str; 4] = ["landline", "land line", "home phone", "house phone"];

/// What is private and business at once in every home: all of it for the business is asked about.
const ASKED: [&str; 2] = ["internet", "phone"];

/// The rows that the user spoke of.
pub type Said = HashSet<Origin>;

/// Who said which share of an expense is for the business.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum SaidBy {
    /// Nobody: all of it counts.
    #[default]
    Nobody,
    /// The row, or the user of the row.
    Row,
    /// The profile, of what.
    Profile(String),
}

impl SaidBy {
    /// In words, for a column.
    pub fn words(&self) -> String {
        match self {
            SaidBy::Nobody => String::new(),
            SaidBy::Row => "the row".to_owned(),
            SaidBy::Profile(what) => format!("perchart.toml, {what}"),
        }
    }
}

/// Gives every expense its share, and says whose word it was. `said` are the rows that the user spoke of.
pub fn settle(expenses: &mut [Expense], stated: &[Share], said: &Said) -> HashMap<Origin, SaidBy> {
    let mut by = HashMap::new();
    for expense in expenses {
        let own = expense.share_millionths;
        let of_profile = share_of(stated, &expense.category, &expense.vendor, expense.date)
            .filter(|share| !said.contains(&expense.origin) && [WHOLE, share.millionths()].contains(&own));
        if let Some(share) = of_profile {
            expense.share_millionths = share.millionths();
            by.insert(expense.origin, SaidBy::Profile(share.words()));
        } else if own != WHOLE || said.contains(&expense.origin) {
            by.insert(expense.origin, SaidBy::Row);
        }
    }
    by
}

/// Is it by its own words the first line of the home?
pub fn is_landline(expense: &Expense, said: &Said) -> bool {
    let words = format!("{} {}", expense.vendor, expense.description).to_lowercase();
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    OF_A_LINE.contains(&expense.category.as_str())
        && says(&LANDLINE)
        && !says(&["second", "long distance"])
        && !said.contains(&expense.origin)
}

impl Deductions {
    /// Leaves out what its own words call the first line of the home: its base charge is personal by law (IRC 262(b)).
    pub fn leave_out_landlines(&mut self, said: &Said) {
        for item in self.items.iter_mut().filter(|item| OF_A_LINE.contains(&item.category.id.as_str())) {
            let first = is_landline(&item.expense, said);
            if let Some(landline) = Categories::get("landline").filter(|_| first) {
                (item.category, item.verdict, item.counts) = (landline, Verdict::LeftOut, Usd::ZERO);
            }
        }
    }

    /// Internet and phone that count in full because nobody stated a share: what is asked about.
    pub fn without_a_share(&self, by: &HashMap<Origin, SaidBy>) -> Vec<(&'static str, &'static str)> {
        let asked = |id: &str| {
            self.items.iter().any(|item| {
                item.category.id == id
                    && matches!(item.verdict, Verdict::Deducted(_))
                    && by.get(&item.expense.origin).is_none_or(|by| *by == SaidBy::Nobody)
            })
        };
        let ids = ASKED.iter().copied().filter(|id| asked(id));
        ids.filter_map(|id| Categories::get(id).map(|known| (id, known.name.as_str()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::profile::{FILE, Profile};

    fn phone(line: i64, share_millionths: i64) -> Expense {
        Expense {
            id: line,
            origin: Origin { batch: 1, line },
            date: "2025-02-18".parse().expect("a day"),
            vendor: "Tri-State Mobile".to_owned(),
            description: "Mobile phone".to_owned(),
            category: "phone".to_owned(),
            amount: Usd::dollars(64),
            share_millionths,
        }
    }

    #[test]
    fn the_row_goes_before_the_vendor_and_the_vendor_before_the_category() {
        let text = "[[share]]\ncategory = \"phone\"\nbusiness = 30\n[[share]]\nvendor = \"Tri-State\"\nbusiness = 50\n";
        let stated = Profile::parse(FILE, text).expect("a profile").shares;
        let mut rows = [phone(2, 400_000), phone(3, WHOLE), phone(4, WHOLE), phone(5, WHOLE)];
        rows[3].vendor = "Other".to_owned();
        let said = HashSet::from([rows[2].origin]);
        let by = settle(&mut rows, &stated, &said);
        // 64 x 40% = 25.60; 64 x 50% = 32; the user said all of it; 64 x 30% = 19.20.
        let parts = rows.each_ref().map(|row| row.business_part().cents());
        assert_eq!(parts, [2_560, 3_200, 6_400, 1_920]);
        let words = rows.each_ref().map(|row| by[&row.origin].words());
        assert_eq!(words, ["the row", "perchart.toml, vendor Tri-State", "the row", "perchart.toml, category phone"]);
    }

    #[test]
    fn a_phone_in_full_is_asked_about_until_someone_says_so() {
        let (law, _) = law::of(2025).expect("law");
        let mut rows = [phone(2, WHOLE)];
        let by = settle(&mut rows, &[], &HashSet::new());
        let deductions = Deductions::of(law, &rows, true);
        assert_eq!(deductions.schedule_c(), Usd::dollars(64));
        assert_eq!(deductions.without_a_share(&by), [("phone", "Mobile phone, business share")]);
        let said = HashSet::from([rows[0].origin]);
        let by = settle(&mut rows, &[], &said);
        assert_eq!(deductions.without_a_share(&by), []);
    }

    #[test]
    fn the_first_line_of_the_home_never_counts() {
        let (law, _) = law::of(2025).expect("law");
        let mut rows = [phone(2, 600_000), phone(3, 600_000), phone(4, 600_000)];
        rows[0].description = "Landline, base charge".to_owned();
        rows[1].description = "Landline, second line for the business".to_owned();
        let mut deductions = Deductions::of(law, &rows, true);
        deductions.leave_out_landlines(&Said::new());
        // 64 x 60% = 38.40, of the second line and of the mobile phone.
        assert_eq!(deductions.schedule_c(), Usd::from_cents(7_680));
        assert_eq!(
            (deductions.items[0].verdict, deductions.items[0].category.id.as_str()),
            (Verdict::LeftOut, "landline")
        );
    }
}
