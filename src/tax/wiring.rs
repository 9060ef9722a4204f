//! A return is written once, as its table of forms: each with what fills it.
//!
//! [`returns!`] makes of that table the struct, one method a form that fills it, and the list that explanations follow.
//! Of its arguments `law` is the year's law, a bare name a field of the return, `[name]` the same person's, business's or
//! student's own copy, `[name..]` those of all the person's businesses.

/// One form of a return, with the fields of the return that it was filled from.
pub(super) struct Entry<'a> {
    /// The field.
    pub(super) field: &'static str,
    /// Whose it is.
    pub(super) owner: Owner,
    /// The filled form.
    pub(super) filled: &'a dyn super::form::Filled,
    /// The fields it reads, in the order of its arguments.
    pub(super) reads: &'static [&'static str],
}

/// Whose a form or a set of facts is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// The household's.
    Household,
    /// A person's.
    Person(usize),
    /// A business's: the person, and which of the person's.
    Business(usize, usize),
    /// A student's.
    Student(usize),
}

impl Owner {
    /// Does a form of this owner read a copy of the other's, where it reads one of every person, business or student?
    pub(super) fn reads(self, other: Owner) -> bool {
        match (self, other) {
            (Owner::Household, _) | (_, Owner::Household) => true,
            (Owner::Person(one), Owner::Person(other) | Owner::Business(other, _))
            | (Owner::Business(one, _), Owner::Person(other)) => one == other,
            (Owner::Business(..), Owner::Business(..)) | (Owner::Student(_), _) | (_, Owner::Student(_)) => {
                self == other
            }
        }
    }
}

macro_rules! argument {
    ($filled:ident $law:ident $at:ident law) => {
        $law
    };
    ($filled:ident $law:ident $at:ident [$field:ident]) => {
        &$filled.$field[$at]
    };
    ($filled:ident $law:ident $at:ident [$field:ident ..]) => {
        &$filled.$field[$filled.of_person[$at].clone()]
    };
    ($filled:ident $law:ident $at:ident $field:ident) => {
        &$filled.$field
    };
}

macro_rules! read {
    ([$field:ident]) => {
        stringify!($field)
    };
    ([$field:ident ..]) => {
        stringify!($field)
    };
    ($field:ident) => {
        stringify!($field)
    };
}

macro_rules! returns {
    (
        $(#[$doc:meta])*
        pub struct $Return:ident { $( $(#[$fact_doc:meta])* pub $fact:ident: $Fact:ty, )+ }
        each business { $( $(#[$business_doc:meta])* $business:ident: $Business:ty = ($($business_reads:tt)+); )+ }
        each person { $( $(#[$person_doc:meta])* $person:ident: $Person:ty = ($($person_reads:tt)+); )+ }
        each student { $( $(#[$student_doc:meta])* $student:ident: $Student:ty = ($($student_reads:tt)+); )+ }
        the household { $( $(#[$form_doc:meta])* $form:ident: $Form:ty = ($($form_reads:tt)+); )+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $Return {
            $( $(#[$fact_doc])* pub $fact: $Fact, )+
            $( $(#[$business_doc])* pub $business: Vec<$Business>, )+
            $( $(#[$person_doc])* pub $person: $crate::tax::persons::Persons<$Person>, )+
            $( $(#[$student_doc])* pub $student: Vec<$Student>, )+
            $( $(#[$form_doc])* pub $form: $Form, )+
        }

        impl $Return {
            /// Makes room for the forms of persons, businesses and students. What stood in a form stays until it is filled.
            fn make_room(&mut self, businesses: usize, couple: bool, students: usize) {
                $( self.$business.resize(businesses, <$Business>::BLANK); )+
                $( self.$person.seat(couple); )+
                $( self.$student.resize(students, <$Student>::BLANK); )+
            }

            $(
                $(#[$person_doc])*
                #[allow(unused_variables, clippy::inline_always)]
                #[inline(always)]
                fn $person(&mut self, law: &Law, at: usize, round: Round) {
                    self.$person[at].fill_in($($crate::tax::wiring::argument!(self law at $person_reads),)+ round);
                }
            )+

            $(
                $(#[$student_doc])*
                #[allow(unused_variables)]
                fn $student(&mut self, law: &Law, at: usize, round: Round) {
                    self.$student[at] = <$Student>::fill($($crate::tax::wiring::argument!(self law at $student_reads),)+ round);
                }
            )+

            $(
                $(#[$form_doc])*
                #[allow(unused_variables, clippy::inline_always)]
                #[inline(always)]
                fn $form(&mut self, law: &Law, round: Round) {
                    self.$form.fill_in($($crate::tax::wiring::argument!(self law law $form_reads),)+ round);
                }
            )+

            /// Every form, each after those of the persons, businesses and students that it reads.
            fn entries(&self) -> Vec<$crate::tax::wiring::Entry<'_>> {
                use $crate::tax::wiring::{Entry, Owner};
                let mut entries = Vec::new();
                for (at, range) in self.of_person.iter().enumerate() {
                    for (index, business) in range.clone().enumerate() {
                        $( entries.push(Entry {
                            field: stringify!($business),
                            owner: Owner::Business(at, index),
                            filled: &self.$business[business],
                            reads: &[$($crate::tax::wiring::read!($business_reads)),+],
                        }); )+
                    }
                    $( entries.push(Entry {
                        field: stringify!($person),
                        owner: Owner::Person(at),
                        filled: &self.$person[at],
                        reads: &[$($crate::tax::wiring::read!($person_reads)),+],
                    }); )+
                }
                for at in 0..self.students.len() {
                    $( entries.push(Entry {
                        field: stringify!($student),
                        owner: Owner::Student(at),
                        filled: &self.$student[at],
                        reads: &[$($crate::tax::wiring::read!($student_reads)),+],
                    }); )+
                }
                $( entries.push(Entry {
                    field: stringify!($form),
                    owner: Owner::Household,
                    filled: &self.$form,
                    reads: &[$($crate::tax::wiring::read!($form_reads)),+],
                }); )+
                entries
            }
        }
    };
}

pub(super) use {argument, read, returns};
