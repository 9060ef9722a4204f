//! A form is written once, as its table of lines.
//!
//! [`form!`](crate::form) makes of that table the struct, the function that fills it and the table that explains it.
//! A line sees only the lines above it, so a cycle does not compile. Nothing is recorded while a form is filled:
//! the filled form is its own trace. [`facts!`](crate::facts) does the same for what a form reads.

use rust_decimal::Decimal;

use super::figures::By;
use crate::money::{Exact, Rate, Ratio, Round, Usd};

/// What stands on a line, for display.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// An amount of money.
    Usd(Usd),
    /// A quantity: hours, charts, a share, dollars a piece. The line's text names the unit.
    Number(Decimal),
    /// A count of persons, boxes or days.
    Count(i64),
    /// A fraction.
    Ratio(Ratio),
    /// A rate of the law: all its places count.
    Rate(Rate),
    /// A word, such as the filing status.
    Word(&'static str),
}

/// An amount is small from the negative of this many cents up to less than it, some five million dollars. A power of two.
pub const SMALL: i64 = 1 << 29;

/// What may be the type of a line or a fact.
pub trait Cell: Copy {
    /// The cell as it is shown.
    fn value(self) -> Value;

    /// An amount without its sign, in cents; zero for anything else.
    fn size(self) -> u64 {
        0
    }

    /// An amount's distance in cents from the lowest [small](SMALL) one; of anything else that of zero.
    fn above_small(self) -> u64 {
        SMALL.unsigned_abs()
    }
}

impl Cell for Usd {
    fn value(self) -> Value {
        Value::Usd(self)
    }

    #[inline]
    fn size(self) -> u64 {
        self.cents().unsigned_abs()
    }

    #[inline]
    fn above_small(self) -> u64 {
        self.cents().wrapping_add(SMALL).cast_unsigned()
    }
}

impl Cell for Decimal {
    fn value(self) -> Value {
        Value::Number(self)
    }
}

impl Cell for Rate {
    fn value(self) -> Value {
        Value::Rate(self)
    }
}

impl Cell for i64 {
    fn value(self) -> Value {
        Value::Count(self)
    }
}

impl Cell for Ratio {
    fn value(self) -> Value {
        Value::Ratio(self)
    }
}

/// What may be written on a line of type `T`. An amount is rounded here and nowhere else.
pub trait Entered<T> {
    /// The written value.
    fn entered(self, round: Round) -> T;
}

impl Entered<Usd> for Usd {
    #[inline]
    fn entered(self, round: Round) -> Usd {
        round.enter_cents(self)
    }
}

impl Entered<Usd> for Exact {
    #[inline]
    fn entered(self, round: Round) -> Usd {
        round.enter(self)
    }
}

impl Entered<Usd> for Decimal {
    fn entered(self, round: Round) -> Usd {
        Usd::rounded(self).entered(round)
    }
}

impl Entered<Decimal> for Decimal {
    fn entered(self, _: Round) -> Decimal {
        self
    }
}

impl Entered<Rate> for Rate {
    fn entered(self, _: Round) -> Rate {
        self
    }
}

impl Entered<i64> for i64 {
    fn entered(self, _: Round) -> i64 {
        self
    }
}

impl Entered<Ratio> for Ratio {
    fn entered(self, _: Round) -> Ratio {
        self
    }
}

/// "If line x is more than zero, ...; otherwise, the amount from line x."
pub fn if_positive(amount: Usd, then: Exact) -> Exact {
    if amount > Usd::ZERO { then } else { amount.into() }
}

/// "Round to the nearest whole dollar", however other lines are written.
pub fn whole_dollars(amount: Exact) -> Usd {
    Round::WholeDollar.enter(amount)
}

/// "Combine": the total of one line over several copies of a form.
pub fn sum<T>(copies: &[T], line: impl Fn(&T) -> Usd) -> Usd {
    copies.iter().map(line).sum()
}

/// A printed line that belongs to a situation which the screen refuses by name. Always zero.
pub const fn refused() -> Usd {
    Usd::ZERO
}

/// What is printed about a line. Nothing here is touched while a form is filled.
pub struct Line<F: 'static> {
    /// The number in the latest form known.
    pub number: &'static str,
    /// Older numbers, each with the last year that used it, oldest first.
    pub older: &'static [(&'static str, u16)],
    /// The first year whose form has the line, where not all have it.
    pub since: Option<u16>,
    /// The last year whose form has the line, where later ones do not.
    pub until: Option<u16>,
    /// The name by which formulas call it.
    pub name: &'static str,
    /// What the form says, shortened.
    pub text: &'static str,
    /// The authority; empty for a line that only adds or carries.
    pub cite: &'static str,
    /// The expression, as written in the form's table.
    pub formula: &'static str,
    /// The figures of the law inside the expression's functions.
    pub by: &'static [By],
    /// Reads the line.
    pub value: fn(&F) -> Value,
}

/// One line of a filled form, as a report or an explanation sees it.
#[derive(Clone, Copy, Debug)]
pub struct LineView {
    /// The number printed in the form of the year; `None` where that year's form has no such line.
    pub number: Option<&'static str>,
    /// The name by which formulas call it.
    pub name: &'static str,
    /// What the form says, shortened.
    pub text: &'static str,
    /// The authority; empty for a line that only adds or carries.
    pub cite: &'static str,
    /// The expression, as written in the form's table.
    pub formula: &'static str,
    /// The figures of the law inside the expression's functions.
    pub by: &'static [By],
    /// What stands on the line.
    pub value: Value,
}

/// What a formula's first names stand for: `("se", "ScheduleSe")`.
pub type Source = (&'static str, &'static str);

/// A filled form, whichever it is.
pub trait Filled {
    /// The name in references, such as `schedule-se`.
    fn id(&self) -> &'static str;
    /// The official name.
    fn title(&self) -> &'static str;
    /// Every line, in order, with the numbers of `year`.
    fn lines(&self, year: u16) -> Vec<LineView>;
    /// The arguments the form was filled from.
    fn sources(&self) -> &'static [Source];
    /// The line at which the form says to stop, if it did.
    fn stopped_at(&self) -> Option<&'static str>;
}

impl LineView {
    /// The number where the year's form prints it: lines of worksheets go by letters and words, columns by a hyphen.
    pub fn printed(&self) -> Option<&'static str> {
        self.number.filter(|number| number.starts_with(|first: char| first.is_ascii_digit()) && !number.contains('-'))
    }
}

impl<F> Line<F> {
    /// The number printed in the form of `year`, or `None` where the year's form has no such line.
    pub fn number_in(&self, year: u16) -> Option<&'static str> {
        if self.since.is_some_and(|since| year < since) || self.until.is_some_and(|until| year > until) {
            return None;
        }
        let older = self.older.iter().find(|(_, last)| year <= *last);
        Some(older.map_or(self.number, |(number, _)| number))
    }

    /// The line as it stands on a filled form.
    pub fn view(&self, form: &F, year: u16) -> LineView {
        LineView {
            number: self.number_in(year),
            name: self.name,
            text: self.text,
            cite: self.cite,
            formula: self.formula,
            by: self.by,
            value: (self.value)(form),
        }
    }
}

/// One named fact that forms read.
pub struct Fact<F: 'static> {
    /// The name by which formulas call it.
    pub name: &'static str,
    /// What it is, in the field's words, with the unit where it is not money.
    pub text: &'static str,
    /// Reads the fact.
    pub value: fn(&F) -> Value,
}

/// One fact, as an explanation sees it.
#[derive(Clone, Copy, Debug)]
pub struct FactView {
    /// The name by which formulas call it.
    pub name: &'static str,
    /// What it is, in the field's words.
    pub text: &'static str,
    /// What it is in this case.
    pub value: Value,
}

/// A set of facts, whichever it is.
pub trait Facts {
    /// The name in references, such as `business`.
    fn id(&self) -> &'static str;
    /// Every fact, in order.
    fn facts(&self) -> Vec<FactView>;
}

/// Writes a form as its table of lines: the forms, facts and law it reads, then the name of the rounding, then the lines.
/// Each line: number, first year `(from 2025)` or last year `(until 2024)`, older numbers `("11" until 2024)`, name, type where it is not an amount, text, citation, expression; `by` names the figures of the law that the functions of the expression read (see [`figures`](crate::tax::figures)); `stop if` ends the form there.
#[macro_export]
macro_rules! form {
    (@ty) => { $crate::money::Usd };
    (@ty $Ty:ident) => { $Ty };
    (
        $(#[$doc:meta])*
        $form:ident = $id:literal, $title:literal;
        ($($arg:ident: &$Arg:ty),+; $round:ident) {
            $(
                $num:literal $((from $since:literal))? $((until $end:literal))? $(($($old:literal until $last:literal),+))?
                $line:ident $(: $Ty:ident)? $text:literal $([$cite:literal])? = $expr:expr;
                $(by $($by:tt $(($of:ident))?),+;)?
                $(stop if $stop:expr;)?
            )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $form {
            $(
                #[doc = concat!("Line ", $num, ". ", $text)]
                pub $line: $crate::form!(@ty $($Ty)?),
            )+
            /// The line at which the form says to stop, if it did. Lines after it are blank.
            pub stopped_at: Option<&'static str>,
        }

        impl $form {
            /// Every line of the form, in printed order.
            pub const LINES: &'static [$crate::tax::form::Line<Self>] = &[$(
                $crate::tax::form::Line {
                    number: $num,
                    older: &[$($(($old, $last)),+)?],
                    since: $crate::form!(@first $($since)?),
                    until: $crate::form!(@first $($end)?),
                    name: stringify!($line),
                    text: $text,
                    cite: concat!($($cite)?),
                    formula: stringify!($expr),
                    by: &[$($($crate::form!(@by $by $($of)?)),+)?],
                    value: |form| $crate::tax::form::Cell::value(form.$line),
                },
            )+];

            /// A blank form.
            pub const BLANK: Self = Self { $($line: <$crate::form!(@ty $($Ty)?) as $crate::tax::form::Blank>::BLANK,)+ stopped_at: None };

            /// Fills a form, line by line, each rounded once as it is written.
            #[allow(clippy::too_many_arguments, clippy::trivially_copy_pass_by_ref)]
            pub fn fill($($arg: &$Arg,)+ $round: $crate::money::Round) -> Self {
                let mut form = Self::BLANK;
                form.fill_in($($arg,)+ $round);
                form
            }

            /// Fills this form, whatever stood in it. Where it stops as it did before, the lines below are blank already.
            ///
            /// Always a part of its caller: where that knows the rounding, no line asks for it.
            #[allow(clippy::too_many_arguments, clippy::trivially_copy_pass_by_ref, clippy::inline_always)]
            #[inline(always)]
            pub fn fill_in(&mut self, $($arg: &$Arg,)+ $round: $crate::money::Round) {
                let before = self.stopped_at;
                self.stopped_at = self.write($($arg,)+ $round);
                if let Some(stop) = self.stopped_at && !before.is_some_and(|before| std::ptr::eq(before, stop)) {
                    self.write_anew($($arg,)+ $round);
                }
            }

            /// Writes the lines, up to the one at which the form says to stop.
            #[allow(unused_variables, clippy::too_many_arguments, clippy::trivially_copy_pass_by_ref, clippy::no_effect_underscore_binding, clippy::inline_always)]
            #[inline(always)]
            fn write(&mut self, $($arg: &$Arg,)+ $round: $crate::money::Round) -> Option<&'static str> {
                $(
                    let $line: $crate::form!(@ty $($Ty)?) = $crate::tax::form::Entered::entered($expr, $round);
                    self.$line = $line;
                    $(if $stop {
                        return Some($num);
                    })?
                )+
                None
            }

            /// Writes the lines on a blank form.
            #[allow(clippy::too_many_arguments, clippy::trivially_copy_pass_by_ref)]
            #[cold]
            #[inline(never)]
            fn write_anew(&mut self, $($arg: &$Arg,)+ $round: $crate::money::Round) {
                *self = Self::BLANK;
                self.stopped_at = self.write($($arg,)+ $round);
            }
        }

        impl Default for $form {
            fn default() -> Self {
                Self::BLANK
            }
        }

        impl $crate::tax::form::Filled for $form {
            fn id(&self) -> &'static str {
                $id
            }
            fn title(&self) -> &'static str {
                $title
            }
            fn lines(&self, year: u16) -> Vec<$crate::tax::form::LineView> {
                Self::LINES.iter().map(|line| line.view(self, year)).collect()
            }
            fn sources(&self) -> &'static [$crate::tax::form::Source] {
                &[$((stringify!($arg), stringify!($Arg))),+]
            }
            fn stopped_at(&self) -> Option<&'static str> {
                self.stopped_at
            }
        }
    };
    (@by $path:literal) => { $crate::tax::figures::By::Figure($path) };
    (@by $rule:ident) => { $crate::tax::figures::By::Rule($rule, "") };
    (@by $rule:ident $of:ident) => { $crate::tax::figures::By::Rule($rule, stringify!($of)) };
    (@first) => { None };
    (@first $first:literal) => { Some($first) };
}

/// Writes a set of facts as a table: name, type, text.
#[macro_export]
macro_rules! facts {
    (
        $(#[$doc:meta])*
        $set:ident = $id:literal {
            $( $fact:ident: $Ty:ident $text:literal; )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $set {
            $(
                #[doc = $text]
                pub $fact: $Ty,
            )+
        }

        impl $set {
            /// No facts.
            pub const BLANK: Self = Self { $($fact: <$Ty as $crate::tax::form::Blank>::BLANK),+ };

            /// Every fact, in order.
            pub const FACTS: &'static [$crate::tax::form::Fact<Self>] = &[$(
                $crate::tax::form::Fact {
                    name: stringify!($fact),
                    text: $text,
                    value: |set| $crate::tax::form::Cell::value(set.$fact),
                },
            )+];

            /// Is every amount of the set [small](crate::tax::form::SMALL)? Cheaper to know than the size.
            #[inline]
            pub fn is_small(&self) -> bool {
                (0 $(| $crate::tax::form::Cell::above_small(self.$fact))+) < 2 * $crate::tax::form::SMALL.unsigned_abs()
            }

            /// The amounts of the set without their signs, in cents; the largest number where they are more.
            pub fn size(&self) -> u64 {
                [$($crate::tax::form::Cell::size(self.$fact)),+].into_iter().fold(0, u64::saturating_add)
            }
        }

        impl Default for $set {
            fn default() -> Self {
                Self::BLANK
            }
        }

        impl $crate::tax::form::Facts for $set {
            fn id(&self) -> &'static str {
                $id
            }
            fn facts(&self) -> Vec<$crate::tax::form::FactView> {
                Self::FACTS
                    .iter()
                    .map(|fact| $crate::tax::form::FactView { name: fact.name, text: fact.text, value: (fact.value)(self) })
                    .collect()
            }
        }
    };
}

/// What a line or a fact is before anything is written.
pub trait Blank {
    /// Nothing.
    const BLANK: Self;
}

impl Blank for Usd {
    const BLANK: Usd = Usd::ZERO;
}

impl Blank for Decimal {
    const BLANK: Decimal = Decimal::ZERO;
}

impl Blank for Rate {
    const BLANK: Rate = Rate::ZERO;
}

impl Blank for i64 {
    const BLANK: i64 = 0;
}

impl Blank for Ratio {
    const BLANK: Ratio = Ratio { of: 0, whole: 0 };
}
