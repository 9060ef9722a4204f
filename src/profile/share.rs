//! `[[share]]`: which part of what is paid is for the business.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Share;

impl Share {
    /// Is it of an expense of this category, to this vendor, on this day?
    pub fn holds(&self, category: &str, vendor: &str, day: NaiveDate) -> bool {
        self.category.as_ref().is_none_or(|own| own == category)
            && self.vendor.as_ref().is_none_or(|own| words(vendor).contains(&words(own)))
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// The share in millionths: 60% is 600,000.
    pub fn millionths(&self) -> i64 {
        let millionths = self.business.unwrap_or(Decimal::ONE_HUNDRED) * Decimal::from(10_000);
        millionths.to_i64().unwrap_or(0)
    }

    /// What it is of, in words: `vendor Verizon`, `category phone from 2025-03-01`.
    pub fn words(&self) -> String {
        let mut said = Vec::new();
        said.extend(self.vendor.as_ref().map(|vendor| format!("vendor {vendor}")));
        said.extend(self.category.as_ref().map(|category| format!("category {category}")));
        said.extend(self.from.map(|from| format!("from {from}")));
        said.extend(self.until.map(|until| format!("until {until}")));
        said.join(" ")
    }

    /// Does it speak of the same things as another, on a day that both hold?
    pub(super) fn overlaps(&self, other: &Share) -> bool {
        let same =
            self.category == other.category && self.vendor.as_deref().map(words) == other.vendor.as_deref().map(words);
        let apart = |until: Option<NaiveDate>, from: Option<NaiveDate>| {
            until.is_some_and(|until| from.is_some_and(|from| until < from))
        };
        same && !apart(self.until, other.from) && !apart(other.until, self.from)
    }

    /// What speaks of fewer things goes first: vendor and category, vendor, category; of two vendors the longer name.
    fn rank(&self) -> (bool, usize, bool) {
        let length = self.vendor.as_deref().map_or(0, |vendor| words(vendor).len());
        (self.vendor.is_some(), length, self.category.is_some())
    }
}

/// The share that is stated for an expense.
pub fn share_of<'a>(stated: &'a [Share], category: &str, vendor: &str, day: NaiveDate) -> Option<&'a Share> {
    stated.iter().filter(|share| share.holds(category, vendor, day)).max_by_key(|share| share.rank())
}

/// The words of a name, small, each between blanks.
fn words(name: &str) -> String {
    let small = name.to_lowercase();
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::{FILE, Profile};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn what_speaks_of_fewer_things_goes_first() {
        let text = "[[share]]\ncategory = \"phone\"\nbusiness = 40\n[[share]]\nvendor = \"Verizon\"\nbusiness = 50\n\
                    [[share]]\nvendor = \"Verizon Wireless\"\nbusiness = \"62.5%\"\n\
                    [[share]]\nvendor = \"verizon\"\ncategory = \"internet\"\nbusiness = 70\n";
        let stated = Profile::parse(FILE, text).expect("a profile").shares;
        let of = |category, vendor| share_of(&stated, category, vendor, day("2025-05-01")).map(Share::millionths);
        assert_eq!(of("phone", "Tri-State Mobile"), Some(400_000));
        assert_eq!(of("phone", "VERIZON*ONLINE 800"), Some(500_000));
        assert_eq!(of("phone", "Verizon  Wireless"), Some(625_000));
        assert_eq!(of("internet", "Verizon"), Some(700_000));
        assert_eq!(of("software", "Verizonia"), None);
    }

    #[test]
    fn a_period_holds_its_first_and_last_day() {
        let text = "[[share]]\ncategory = \"internet\"\nbusiness = 60\nuntil = 2025-06-30\n\
                    [[share]]\ncategory = \"internet\"\nbusiness = 80\nfrom = 2025-07-01\n";
        let stated = Profile::parse(FILE, text).expect("a profile").shares;
        let on = |text| share_of(&stated, "internet", "", day(text)).map(Share::millionths);
        assert_eq!([on("2024-01-01"), on("2025-06-30"), on("2025-07-01")], [600_000, 600_000, 800_000].map(Some));
        assert_eq!(stated[0].words(), "category internet until 2025-06-30");
    }
}
