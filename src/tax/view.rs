//! A filled return as a list of forms, each with what its formulas read. Built only when a report or an explanation asks.

use std::ops::Range;

use super::Return;
use super::form::{Facts, Filled};
use super::wiring::{Entry, Owner};

/// What a formula's first name stands for.
pub enum Link<'a> {
    /// The year's law.
    Law,
    /// Facts, each set with its name in references.
    Facts(Vec<(String, &'a dyn Facts)>),
    /// Other forms of the list, by position.
    Forms(Vec<usize>),
}

/// One form of a return.
pub struct FormView<'a> {
    /// Its name in references: `schedule-c`, `schedule-c@2`, `schedule-se@spouse`. The parts of Form 1040 share one.
    pub name: String,
    /// The filled form.
    pub filled: &'a dyn Filled,
    /// What the names in its formulas stand for.
    pub links: Vec<(&'static str, Link<'a>)>,
}

/// The suffix of an owner's forms: the filer, the filer's first business and the first student have none.
fn suffix(owner: Owner) -> String {
    match owner {
        Owner::Household | Owner::Person(0) | Owner::Business(0, 0) | Owner::Student(0) => String::new(),
        Owner::Business(0, index) | Owner::Student(index) => format!("@{}", index + 1),
        Owner::Person(_) | Owner::Business(_, 0) => "@spouse".to_owned(),
        Owner::Business(_, index) => format!("@spouse-{}", index + 1),
    }
}

/// Filled forms in the order in which they are filled, each linked to those it reads.
#[derive(Default)]
pub struct Forms<'a> {
    /// The forms.
    pub forms: Vec<FormView<'a>>,
    prefix: &'static str,
}

impl<'a> Forms<'a> {
    /// Adds a form under its own name and a suffix; gives its position.
    pub fn push(&mut self, suffix: &str, filled: &'a dyn Filled, links: Vec<(&'static str, Link<'a>)>) -> usize {
        self.forms.push(FormView { name: format!("{}{}{suffix}", self.prefix, filled.id()), filled, links });
        self.forms.len() - 1
    }

    /// Adds every form of a return, its names after a prefix such as `job/`; gives the position of its last form.
    pub fn push_return(&mut self, prefix: &'static str, filled: &'a Return) -> usize {
        self.prefix = prefix;
        filled.add_to(self);
        self.prefix = "";
        self.forms.len() - 1
    }
}

impl Return {
    /// Every form of the return, in the order in which they are filled.
    pub fn forms(&self) -> Forms<'_> {
        let mut list = Forms::default();
        self.add_to(&mut list);
        list
    }

    /// The months of insurance from the marketplace, each with its name in references.
    pub fn covered_months(&self) -> Vec<(String, &dyn Facts)> {
        let months = self.facts("months").into_iter();
        months.map(|(owner, facts)| (format!("{}{}", facts.id(), suffix(owner)), facts)).collect()
    }

    fn add_to<'a>(&'a self, list: &mut Forms<'a>) {
        let entries = self.entries();
        let first = list.forms.len();
        for entry in &entries {
            let links = entry.filled.sources().iter().zip(entry.reads);
            let links = links.map(|((name, _), field)| (*name, self.link(&entries, first, field, entry.owner)));
            list.push(&suffix(entry.owner), entry.filled, links.collect());
        }
    }

    /// What a field of the return is to a form of an owner.
    fn link<'a>(&'a self, entries: &[Entry<'a>], first: usize, field: &str, reader: Owner) -> Link<'a> {
        if field == "law" {
            return Link::Law;
        }
        let facts = self.facts(field);
        if !facts.is_empty() {
            let named = |(owner, facts): (Owner, &'a dyn Facts)| {
                (format!("{}{}", facts.id().replace('_', "-"), suffix(owner)), facts)
            };
            return Link::Facts(facts.into_iter().filter(|(owner, _)| reader.reads(*owner)).map(named).collect());
        }
        let forms = entries.iter().enumerate();
        let forms = forms.filter(|(_, entry)| entry.field == field && reader.reads(entry.owner));
        Link::Forms(forms.map(|(at, _)| first + at).collect())
    }

    /// The sets of facts in a field.
    fn facts(&self, field: &str) -> Vec<(Owner, &dyn Facts)> {
        fn each<F: Facts>(sets: &[F]) -> Vec<(Owner, &dyn Facts)> {
            sets.iter().enumerate().map(|(at, facts)| (Owner::Person(at), facts as &dyn Facts)).collect()
        }
        match field {
            "filer" => vec![(Owner::Household, &self.filer)],
            "other_income" => vec![(Owner::Household, &self.other_income)],
            "payments" => vec![(Owner::Household, &self.payments)],
            "individuals" => each(&self.individuals),
            "w2" => each(&self.w2),
            "own" => each(&self.own),
            "cover" => each(&self.cover),
            "market" => vec![(Owner::Household, &self.market)],
            "found" => vec![(Owner::Household, &self.found)],
            "months" => self
                .months
                .iter()
                .enumerate()
                .map(|(at, month)| (Owner::Business(0, at), month as &dyn Facts))
                .collect(),
            "offices" => self.of_businesses(&self.offices),
            "choice" => vec![(Owner::Household, &self.choice)],
            "shares" => self.of_businesses(&self.shares),
            "hsa_share" => each(&self.hsa_share),
            "businesses" => self.of_businesses(&self.businesses),
            "depreciation" => self.of_businesses(&self.depreciation),
            "before_179" => vec![(Owner::Household, &self.before_179)],
            "students" => {
                let students = self.students.iter().enumerate();
                students.map(|(at, student)| (Owner::Student(at), student as &dyn Facts)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Sets of facts of which each business has one.
    fn of_businesses<'a, F: Facts>(&'a self, sets: &'a [F]) -> Vec<(Owner, &'a dyn Facts)> {
        let owned = |(at, range): (usize, &Range<usize>)| {
            let facts = range.clone().enumerate();
            facts.filter_map(move |(index, business)| {
                Some((Owner::Business(at, index), sets.get(business)? as &dyn Facts))
            })
        };
        self.of_person.iter().enumerate().flat_map(owned).collect()
    }
}
