//! Courses, exams and credentials: what keeps one in a trade is deducted, what lets one in is not (Treas. Reg. 1.162-5).
//!
//! The day decides first, then what the row says of itself. Words that may mean either are asked about, and do not count
//! until they are answered.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::share::Said;
use super::trade::Trade;
use super::{Deductions, Item, Verdict, Why};
use crate::profile::Education;

/// The categories of education: two that count for a coder at work, and one that never does.
const OF_A_CODER: [&str; 2] = ["education", "credentials"];
const OF_A_NEWCOMER: &str = "entry-education";

/// Words of what keeps up a skill or a credential.
const KEEPS_UP: &[&str] = &[
    "ceu",
    "ceus",
    "webinar",
    "webinars",
    "renewal",
    "renew",
    "recert",
    "recertification",
    "recertify",
    "conference",
    "workshop",
    "seminar",
    "update",
    "updates",
    "code changes",
    "further",
    "additional",
    "specialty",
];

/// Words of what may be the way into the trade.
const MAY_LET_IN: &[&str] = &[
    "exam",
    "exams",
    "course",
    "courses",
    "training",
    "certification",
    "prep",
    "bootcamp",
    "boot camp",
    "practicum",
    "practicode",
    "externship",
];

/// Words of a school, whose programs may lead anywhere.
const OF_A_SCHOOL: &[&str] = &[
    "degree",
    "bachelor",
    "bachelors",
    "master",
    "masters",
    "associate",
    "mba",
    "tuition",
    "college",
    "university",
    "semester",
    "diploma",
    "rhit",
    "rhia",
    "program",
];

/// Words of another trade.
const ANOTHER_TRADE: &[&str] = &[
    "nursing",
    "nurse",
    "rn",
    "lpn",
    "bsn",
    "nclex",
    "law school",
    "lsat",
    "bar exam",
    "paralegal",
    "cpa exam",
    "real estate",
    "cosmetology",
    "pharmacy",
    "medical school",
    "teaching license",
];

/// A refusal with what may help instead.
macro_rules! with_help {
    ($text:literal) => {
        concat!($text, " What may help instead: the lifetime learning credit, where the school sends a Form 1098-T (state it under [[household.student]]); a 529 account, which since July 5, 2025 may pay for a recognized credential (IRC 529(f)); an employer, up to $5,250 a year free of tax (IRC 127).")
    };
}

const BEFORE: Why = Why {
    text: with_help!(
        "Paid before you coded for pay: what lets you into a trade is a personal cost, and no start-up cost either. That is a hard rule for someone who paid for the course first and earned later, and every preparer has to tell you the same."
    ),
    cite: "Treas. Reg. 1.162-5(b)(2), (3); IRC 195(c)(1)(B)",
};
const FIRST: Why = Why {
    text: with_help!(
        "The course and the exam of a first credential that payers ask for meet the minimum of the trade, also where you coded before: a personal cost."
    ),
    cite: "Treas. Reg. 1.162-5(b)(2)(i)",
};
const ENTRY: Why = Why {
    text: with_help!("The course and the first credential that let you into the trade are a personal cost."),
    cite: "Treas. Reg. 1.162-5(b)(2), (3)",
};
const NEW_TRADE: Why = Why {
    text: with_help!("It leads to another trade, so it is a personal cost, however much it helps with charts."),
    cite: "Treas. Reg. 1.162-5(b)(3)(i)",
};
const STARTED: Why = Why {
    text: "Were you coding for pay when you paid this? Nothing in the book is earlier. State the day of your first paid charts: [business] started = 2024-05-01 in perchart.toml. Paid after it, it may count; before it, never.",
    cite: "Treas. Reg. 1.162-5(b)(2); 1.162-5(a)",
};
const ABSENT: Why = Why {
    text: "The book shows no work for more than a year before it. An absence of up to a year keeps you in the trade; were you coding for pay meanwhile? If so: perchart categorize --set ROW=education. If not: ROW=entry-education.",
    cite: "Rev. Rul. 68-591; Treas. Reg. 1.162-5(a)",
};
const WHICH_CREDENTIAL: Why = Why {
    text: "Is it for your first credential, or for a further one? State the day you passed your first coding exam, [education] first_credential = 2024-03-15 in perchart.toml: what is paid later counts. For this row alone: perchart categorize --set ROW=credentials (further) or ROW=entry-education (first).",
    cite: "Treas. Reg. 1.162-5(b)(2), (b)(3)(i)",
};
const REQUIRED: Why = Why {
    text: "You coded for pay before your first credential. Would your payers take a coder without one? State [education] credential_required = true or false in perchart.toml: only what was not required counts.",
    cite: "Treas. Reg. 1.162-5(b)(2)(i), (c)(2)",
};
const WHICH_TRADE: Why = Why {
    text: "Does the program qualify you for another trade (nurse, lawyer, accountant, a degree in another field), whether you mean to work in it or not? Then: perchart categorize --set ROW=entry-education. Does it only better your coding? ROW=education.",
    cite: "Treas. Reg. 1.162-5(b)(3)(i), (c)(1)",
};

/// What became of a row of education.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    /// It counts, as its category does.
    Counts,
    /// It does not.
    Not(Why),
    /// Only the user knows.
    Ask(Why),
}

/// What judges education.
pub struct Judge<'a> {
    /// Since when she is in the trade.
    pub trade: &'a Trade,
    /// What the profile answers.
    pub stated: &'a Education,
    /// The rows that the user spoke of.
    pub said: &'a Said,
    /// The imports of statements: what they call a description is the name of a rule.
    pub statements: &'a HashSet<i64>,
}

impl Judge<'_> {
    /// Judges every row of education.
    pub fn judge(&self, deductions: &mut Deductions) {
        for item in &mut deductions.items {
            let id = item.category.id.as_str();
            let finding = if id == OF_A_NEWCOMER {
                Finding::Not(if self.trade.is_before(item.expense.date) { BEFORE } else { ENTRY })
            } else if OF_A_CODER.contains(&id) {
                self.find(item)
            } else {
                continue;
            };
            match finding {
                Finding::Counts => {}
                Finding::Not(why) => item.refuse(Verdict::LeftOut, why),
                Finding::Ask(why) => item.refuse(Verdict::Asked, why),
            }
        }
    }

    fn find(&self, item: &Item) -> Finding {
        let paid_on = item.expense.date;
        let said = self.said.contains(&item.expense.origin);
        if self.trade.started.is_none() || self.trade.is_before(paid_on) {
            return if self.trade.stated { Finding::Not(BEFORE) } else { Finding::Ask(STARTED) };
        }
        if said {
            return Finding::Counts;
        }
        if self.trade.is_absent(paid_on) {
            return Finding::Ask(ABSENT);
        }
        let words = self.words(item);
        let says = |list: &[&str]| list.iter().any(|word| words.contains(&format!(" {word} ")));
        match (says(ANOTHER_TRADE), says(OF_A_SCHOOL), says(KEEPS_UP)) {
            (true, _, false) => Finding::Not(NEW_TRADE),
            (true, _, true) | (false, true, false) => Finding::Ask(WHICH_TRADE),
            (false, false, false) if says(MAY_LET_IN) || item.category.id == "credentials" => self.credential(paid_on),
            (false, false, false) | (false, _, true) => Finding::Counts,
        }
    }

    /// A course or an exam for a credential: the first one, or a further one?
    fn credential(&self, paid_on: NaiveDate) -> Finding {
        match (self.stated.first_credential, self.stated.credential_required) {
            (Some(first), _) if paid_on > first => Finding::Counts,
            (Some(_), Some(true)) => Finding::Not(FIRST),
            (Some(_), Some(false)) => Finding::Counts,
            (Some(_), None) => Finding::Ask(REQUIRED),
            (None, _) => Finding::Ask(WHICH_CREDENTIAL),
        }
    }

    /// What the row says, in small words, each between blanks.
    fn words(&self, item: &Item) -> String {
        let expense = &item.expense;
        let description =
            if self.statements.contains(&expense.origin.batch) { "" } else { expense.description.as_str() };
        let text = format!("{description} {}", expense.vendor).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::entry::{Expense, Origin};
    use crate::law;
    use crate::money::Usd;

    /// What becomes of a row paid on a day: its verdict, and the beginning of the reason.
    fn verdict(judge: &Judge, category: &str, paid_on: &str, description: &str) -> (Verdict, &'static str) {
        let expense = Expense {
            id: 1,
            origin: Origin { batch: 1, line: 2 },
            date: paid_on.parse().expect("a day"),
            vendor: "AAPC".to_owned(),
            description: description.to_owned(),
            category: category.to_owned(),
            amount: Usd::dollars(425),
            share_millionths: 1_000_000,
        };
        let (law, _) = law::of(2025).expect("law");
        let mut deductions = Deductions::of(law, &[expense], true);
        judge.judge(&mut deductions);
        let item = &deductions.items[0];
        let counts = matches!(item.verdict, Verdict::Deducted(_));
        assert_eq!(item.counts, if counts { Usd::dollars(425) } else { Usd::ZERO });
        (item.verdict, item.why.map_or("", |why| why.text))
    }

    fn trade(started: Option<&str>, days: &[&str]) -> Trade {
        let day = |text: &&str| text.parse().expect("a day");
        Trade::of(started.as_ref().map(day), days.iter().map(day))
    }

    const DEDUCTED: Verdict = Verdict::Deducted(crate::book::category::ExpenseLine::Other);

    #[test]
    fn the_newcomer_s_course_and_first_exam_are_personal() {
        let (trade, stated, none) = (trade(Some("2025-06-01"), &[]), Education::default(), HashSet::new());
        let judge = Judge { trade: &trade, stated: &stated, said: &none, statements: &HashSet::new() };
        for (category, words) in
            [("education", "CPC course"), ("credentials", "CPC exam, two attempts"), ("entry-education", "CPC course")]
        {
            let (verdict, why) = verdict(&judge, category, "2025-03-01", words);
            assert_eq!(verdict, Verdict::LeftOut);
            assert!(why.contains("before you coded for pay") && why.contains("lifetime learning credit"), "{why}");
        }
        // Once at work, what keeps the credential counts from the first day.
        assert_eq!(verdict(&judge, "education", "2025-06-01", "CEU webinar").0, DEDUCTED);
    }

    #[test]
    fn a_start_that_is_only_seen_is_asked_for() {
        let (trade, stated, none) = (trade(None, &["2025-01-28"]), Education::default(), HashSet::new());
        let judge = Judge { trade: &trade, stated: &stated, said: &none, statements: &HashSet::new() };
        let (verdict, why) = verdict(&judge, "education", "2025-01-10", "CEU webinar");
        assert!(verdict == Verdict::Asked && why.contains("started ="), "{why}");
    }

    #[test]
    fn a_coder_at_work_is_asked_where_a_word_may_mean_either() {
        let (trade, none) = (trade(Some("2024-01-02"), &[]), HashSet::new());
        let verdict = |stated: &Education, category, on, words| {
            verdict(&Judge { trade: &trade, stated, said: &none, statements: &HashSet::new() }, category, on, words)
        };
        let open = Education::default();
        for (category, words) in [
            ("education", "CEU webinar, ED leveling"),
            ("education", "Nothing telling"),
            ("credentials", "CRC exam, a further credential"),
            ("credentials", "CPC renewal"),
        ] {
            assert_eq!(verdict(&open, category, "2025-03-01", words).0, DEDUCTED, "{words}");
        }
        for words in ["CPC exam", "Risk adjustment training"] {
            let (asked, why) = verdict(&open, "credentials", "2025-03-01", words);
            assert!(asked == Verdict::Asked && why.contains("first_credential"), "{words}");
        }
        for words in ["Tuition, spring", "RHIT program", "Webinar for nurse reviewers"] {
            assert_eq!(verdict(&open, "education", "2025-03-01", words).0, Verdict::Asked, "{words}");
        }
        assert_eq!(verdict(&open, "education", "2025-03-01", "Nursing prerequisites").0, Verdict::LeftOut);
        // Her answers decide by the day.
        let passed =
            |required| Education { first_credential: "2025-03-15".parse().ok(), credential_required: required };
        assert_eq!(verdict(&passed(None), "credentials", "2025-03-16", "COC exam").0, DEDUCTED);
        assert_eq!(verdict(&passed(None), "credentials", "2025-03-15", "CPC exam").0, Verdict::Asked);
        assert_eq!(verdict(&passed(Some(true)), "credentials", "2025-03-15", "CPC exam").0, Verdict::LeftOut);
        assert_eq!(verdict(&passed(Some(false)), "credentials", "2025-03-15", "CPC exam").0, DEDUCTED);
    }

    #[test]
    fn what_the_user_says_of_a_row_stands_but_for_the_day() {
        let (open, said) = (Education::default(), HashSet::from([Origin { batch: 1, line: 2 }]));
        let of = |trade: &Trade, on| {
            let judge = Judge { trade, stated: &open, said: &said, statements: &HashSet::new() };
            verdict(&judge, "education", on, "Tuition, spring").0
        };
        assert_eq!(of(&trade(Some("2024-01-02"), &[]), "2025-03-01"), DEDUCTED);
        assert_eq!(of(&trade(Some("2025-03-02"), &[]), "2025-03-01"), Verdict::LeftOut);
    }

    #[test]
    fn an_absence_of_more_than_a_year_is_asked_about() {
        let (open, none) = (Education::default(), HashSet::new());
        let trade = trade(Some("2020-01-02"), &["2023-06-30", "2025-09-01"]);
        let judge = Judge { trade: &trade, stated: &open, said: &none, statements: &HashSet::new() };
        assert_eq!(verdict(&judge, "education", "2025-03-01", "CEU webinar").0, Verdict::Asked);
        assert_eq!(verdict(&judge, "education", "2025-10-01", "CEU webinar").0, DEDUCTED);
    }

    #[test]
    fn the_name_of_a_rule_is_no_word_of_the_row() {
        let (trade, open, none) = (trade(Some("2024-01-02"), &[]), Education::default(), HashSet::new());
        let judge = Judge { trade: &trade, stated: &open, said: &none, statements: &HashSet::from([1]) };
        assert_eq!(verdict(&judge, "credentials", "2025-03-01", "AAPC exam or renewal").0, Verdict::Asked);
    }
}
