//! A filled return as a list of forms, each with what its formulas read. Built only when a report or an explanation asks.

use super::Return;
use super::form::{Facts, Filled};

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

/// The suffix of a person's forms.
fn of_person(index: usize) -> &'static str {
    if index == 0 { "" } else { "@spouse" }
}

/// The suffix of a business's forms: the person's first has none of its own.
fn of_business(person: usize, index: usize) -> String {
    match (person, index) {
        (0, 0) => String::new(),
        (0, index) => format!("@{}", index + 1),
        (_, 0) => "@spouse".to_owned(),
        (_, index) => format!("@spouse-{}", index + 1),
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

    fn add_to<'a>(&'a self, list: &mut Forms<'a>) {
        let filer = || Link::Facts(vec![("filer".to_owned(), &self.filer as &dyn Facts)]);
        let w2 = |index: usize| (format!("w2{}", of_person(index)), &self.w2[index] as &dyn Facts);
        let all_w2 = || Link::Facts((0..self.w2.len()).map(w2).collect());
        let (mut c, mut se, mut sep, mut health, mut qualified) = (vec![], vec![], vec![], vec![], vec![]);
        for (person, range) in self.of_person.iter().enumerate() {
            let suffix = of_person(person);
            let mut theirs = Vec::new();
            for (index, at) in range.clone().enumerate() {
                let suffix = of_business(person, index);
                let facts = || Link::Facts(vec![(format!("business{suffix}"), &self.businesses[at] as &dyn Facts)]);
                // The worksheet stands right after the schedule that it feeds and reads.
                let schedule = list.forms.len();
                list.push(
                    &suffix,
                    &self.schedule_c[at],
                    vec![("business", facts()), ("home", Link::Forms(vec![schedule + 1]))],
                );
                list.push(
                    &suffix,
                    &self.home[at],
                    vec![("law", Link::Law), ("business", facts()), ("c", Link::Forms(vec![schedule]))],
                );
                theirs.push(schedule);
            }
            let own = || Link::Facts(vec![(format!("own-benefits{suffix}"), &self.own[person] as &dyn Facts)]);
            let own_c = || Link::Forms(theirs.clone());
            let tax = list.push(
                suffix,
                &self.schedule_se[person],
                vec![("law", Link::Law), ("w2", Link::Facts(vec![w2(person)])), ("c", own_c())],
            );
            let plan = list.push(
                suffix,
                &self.sep[person],
                vec![("law", Link::Law), ("own", own()), ("c", own_c()), ("se", Link::Forms(vec![tax]))],
            );
            let insurance = list.push(
                suffix,
                &self.form_7206[person],
                vec![("own", own()), ("c", own_c()), ("se", Link::Forms(vec![tax])), ("sep", Link::Forms(vec![plan]))],
            );
            let sponsors = range.clone().enumerate().map(|(index, at)| {
                (format!("business{}", of_business(person, index)), &self.businesses[at] as &dyn Facts)
            });
            let income = list.push(
                suffix,
                &self.qualified[person],
                vec![
                    ("business", Link::Facts(sponsors.collect())),
                    ("c", own_c()),
                    ("se", Link::Forms(vec![tax])),
                    ("sep", Link::Forms(vec![plan])),
                    ("health", Link::Forms(vec![insurance])),
                ],
            );
            c.extend(theirs);
            se.push(tax);
            sep.push(plan);
            health.push(insurance);
            qualified.push(income);
        }
        let one = |form: usize| Link::Forms(vec![form]);
        let of_person = |label: &str, at: usize| format!("{label}{}", of_person(at));
        let other_income = || Link::Facts(vec![("other-income".to_owned(), &self.other_income as &dyn Facts)]);
        let payments = || Link::Facts(vec![("payments".to_owned(), &self.payments as &dyn Facts)]);
        let gains = list.push("", &self.gains, vec![("law", Link::Law), ("filer", filer()), ("other", other_income())]);
        let medicare = list.push(
            "",
            &self.form_8959,
            vec![("law", Link::Law), ("filer", filer()), ("w2", all_w2()), ("se", Link::Forms(se.clone()))],
        );
        // The two adjustments read income without them; in the list it stands before they are taken off.
        let first = list.forms.len() + self.ira.len() + 1;
        let income = first + 1;
        let ira: Vec<usize> = (0..self.ira.len())
            .map(|at| {
                let links = vec![
                    ("law", Link::Law),
                    ("own", Link::Facts(vec![(of_person("own-benefits", at), &self.own[at] as &dyn Facts)])),
                    ("income", one(income)),
                    ("cover", Link::Facts(vec![(of_person("ira-cover", at), &self.cover[at] as &dyn Facts)])),
                ];
                list.push(if at == 0 { "" } else { "@spouse" }, &self.ira[at], links)
            })
            .collect();
        let loan = list.push(
            "",
            &self.student_loan,
            vec![("law", Link::Law), ("filer", filer()), ("payments", payments()), ("income", one(income))],
        );
        list.push(
            "",
            &self.schedule_1,
            vec![
                ("c", Link::Forms(c)),
                ("se", Link::Forms(se.clone())),
                ("sep", Link::Forms(sep)),
                ("health", Link::Forms(health)),
                ("ira", Link::Forms(ira.clone())),
                ("loan", one(loan)),
            ],
        );
        list.push(
            "",
            &self.income,
            vec![("w2", all_w2()), ("other", other_income()), ("gains", one(gains)), ("additional", one(first))],
        );
        let investment =
            list.push("", &self.form_8960, vec![("law", Link::Law), ("filer", filer()), ("income", one(income))]);
        let standard = list.push("", &self.standard, vec![("law", Link::Law), ("filer", filer())]);
        let extra = list.push(
            "",
            &self.schedule_1a,
            vec![("law", Link::Law), ("filer", filer()), ("w2", all_w2()), ("income", one(income))],
        );
        let itemized = list.push(
            "",
            &self.schedule_a,
            vec![("law", Link::Law), ("filer", filer()), ("payments", payments()), ("income", one(income))],
        );
        // The limit reads the business income deduction, which reads the deduction taken before the limit.
        let cut = list.forms.len();
        let (taken, simple, full, business) = (cut + 1, cut + 2, cut + 3, cut + 4);
        list.push(
            "",
            &self.itemized_limit,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("itemized", one(itemized)),
                ("income", one(income)),
                ("business", one(business)),
                ("extra", one(extra)),
            ],
        );
        list.push(
            "",
            &self.deductions,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("payments", payments()),
                ("standard", one(standard)),
                ("itemized", one(itemized)),
                ("cut", one(cut)),
            ],
        );
        let business_links = || {
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("business", Link::Forms(qualified.clone())),
                ("income", one(income)),
                ("deductions", one(taken)),
                ("extra", one(extra)),
                ("gains", one(gains)),
            ]
        };
        list.push("", &self.form_8995, business_links());
        list.push("", &self.form_8995a, business_links());
        list.push(
            "",
            &self.business_deduction,
            vec![("law", Link::Law), ("filer", filer()), ("simple", one(simple)), ("full", one(full))],
        );
        let taxable = list.push(
            "",
            &self.taxable,
            vec![
                ("income", one(income)),
                ("deductions", one(taken)),
                ("business", one(business)),
                ("extra", one(extra)),
            ],
        );
        let gains_tax = list.push(
            "",
            &self.gains_tax,
            vec![("law", Link::Law), ("filer", filer()), ("taxable", one(taxable)), ("gains", one(gains))],
        );
        let minimum = list.push(
            "",
            &self.form_6251,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("income", one(income)),
                ("taxable", one(taxable)),
                ("extra", one(extra)),
                ("deductions", one(taken)),
                ("cut", one(cut)),
                ("gains", one(gains_tax)),
            ],
        );
        let second = list.push(
            "",
            &self.schedule_2,
            vec![
                ("se", Link::Forms(se.clone())),
                ("medicare", one(medicare)),
                ("minimum", one(minimum)),
                ("investment", one(investment)),
            ],
        );
        let tax = list.push("", &self.tax, vec![("gains", one(gains_tax)), ("other", one(second))]);
        let savers = list.push(
            "",
            &self.form_8880,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("w2", all_w2()),
                ("ira", Link::Forms(ira)),
                ("income", one(income)),
                ("tax", one(tax)),
            ],
        );
        let third = list.push("", &self.schedule_3, vec![("savers", one(savers))]);
        let earned = list.push(
            "",
            &self.eic,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("w2", all_w2()),
                ("se", Link::Forms(se.clone())),
                ("income", one(income)),
            ],
        );
        let children = list.push(
            "",
            &self.schedule_8812,
            vec![
                ("law", Link::Law),
                ("filer", filer()),
                ("w2", all_w2()),
                ("se", Link::Forms(se)),
                ("income", one(income)),
                ("adjustments", one(first)),
                ("tax", one(tax)),
                ("credits", one(third)),
                ("earned", one(earned)),
            ],
        );
        list.push(
            "",
            &self.form_1040,
            vec![
                ("filer", filer()),
                ("w2", all_w2()),
                ("tax", one(tax)),
                ("children", one(children)),
                ("credits", one(third)),
                ("other", one(second)),
                ("medicare", one(medicare)),
                ("earned", one(earned)),
            ],
        );
    }
}
