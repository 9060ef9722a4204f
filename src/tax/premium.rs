//! Marketplace premiums of the self-employed: a deduction that lowers income, and a credit that falls as income rises.
//!
//! The deduction depends on the credit and the credit on the deduction (Rev. Proc. 2014-41). Any pair is allowed that keeps
//! the rules of both and adds up to no more than the premiums (Pub. 974). The whole return is tried with each of the ways there
//! are, and the one with the least tax is taken.

use super::Return;
use super::facts::CoveredMonth;
use super::form::{Blank, Cell, Value, sum};
use super::form_8962::{repayment, repayment_row};
use crate::law::Law;
use crate::money::{Round, Usd};
use crate::{facts, form};

/// How the deduction and the credit were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// No marketplace premium may be deducted.
    #[default]
    None,
    /// The deduction without a credit.
    WithoutCredit,
    /// One round, then stop (Rev. Proc. 2014-41).
    Simplified,
    /// Round after round, until neither moves by a dollar (Rev. Proc. 2014-41).
    Iterative,
    /// The largest deduction that still fits beside its credit (Pub. 974: any method that satisfies both rules).
    LargestPair,
}

impl Method {
    /// Its name, for a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Method::None => "no marketplace premium may be deducted",
            Method::WithoutCredit => "the deduction without a credit",
            Method::Simplified => "the simplified calculation (Rev. Proc. 2014-41)",
            Method::Iterative => "the iterative calculation (Rev. Proc. 2014-41)",
            Method::LargestPair => "the largest deduction that fits beside its credit (Pub. 974)",
        }
    }
}

impl Cell for Method {
    fn value(self) -> Value {
        Value::Word(self.words())
    }
}

impl Blank for Method {
    const BLANK: Method = Method::None;
}

facts! {
    /// What the search for a deduction and a credit found.
    PremiumSearch = "premium-search" {
        owned: i64 "Marketplace premiums may be deducted: 1 if so";
        person: i64 "Whose business established the insurance: 0 the filer's, 1 the spouse's";
        limited: i64 "Repayment of an advance is limited: 1 if so";
        limitation: Usd "The limit on repayment for one who deducts premiums";
        declined: i64 "The credit is not claimed: 1 if so";
        rounds: i64 "Rounds of the iterative calculation; 0 if it does not come to rest";
        iterative: Usd "Deduction by the iterative calculation";
        iterative_credit: Usd "Credit beside it";
        simplified: Usd "Deduction by the simplified calculation";
        simplified_credit: Usd "Credit beside it";
        largest: Usd "The largest deduction that fits beside its credit";
        largest_credit: Usd "Credit beside it";
        method: Method "The way taken: the least tax on the whole return";
        deduction: Usd "Deduction of marketplace premiums by the way taken";
    }
}

/// What was searched, in sentences for an explanation.
pub const SEARCH: [&str; 3] = [
    "A deduction lowers income, a lower income raises the credit, and a higher credit leaves less to deduct. Each lawful \
     way to settle them was tried on the whole return, and the one with the least tax is taken.",
    "The ways: the iterative calculation, round after round until neither moves by a dollar; the simplified one, of a \
     single round; the largest deduction that still fits beside its credit; and, where nothing was advanced, the deduction \
     without a credit.",
    "A pair is lawful if the deduction is no more than line 5 of the worksheet, the credit is that of Form 8962 with the \
     deduction, and both together are no more than the premiums.",
];

/// The authority for the search.
pub const SEARCH_LAW: &str = "IRC 162(l), 36B; 26 CFR 1.36B-4(a)(3)(iii), 1.162(l)-1; Rev. Proc. 2014-41; Pub. 974";

/// The lines on which the search rests.
pub const SEARCH_LINES: [&str; 6] = [
    "specified-premiums.1",
    "specified-premiums.2",
    "specified-premiums.3",
    "specified-premiums.5",
    "form-8962.3",
    "form-8962.24",
];

form! {
    /// The marketplace premiums that are deducted, and what bounds them.
    SpecifiedPremiums = "specified-premiums", "Deduction of marketplace premiums beside the premium tax credit (Pub. 974)";
    (month: &[CoveredMonth], health: &[super::form_7206::Form7206], found: &PremiumSearch; round) {
        "1" premiums "Premiums of months without a subsidized employer plan"  ["IRC 162(l)(2)(B)"] = sum(month, |month| month.premium * month.own_business);
             stop if premiums == Usd::ZERO;
        "2" advance  "Of that, paid by advance payments of the credit"        ["Reg. 1.162(l)-1(a)(1)"] = sum(month, |month| month.advance * month.own_business);
        "3" profit   "What Form 7206 leaves of the profit: line 13 less line 14" ["IRC 162(l)(2)(A)"] = left(health, found);
             by "health.l13", "health.l14";
        "4" repaid   "Most of the advance that may be paid back; all of it where nothing limits it" ["Reg. 1.36B-4(a)(3)(iii)"] = if found.limited == 0 { advance } else { found.limitation.min(advance) };
             by repayment_row;
        "5" most     "Smaller of line 3, or line 1 less line 2 plus line 4"   ["Reg. 1.162(l)-1(a)(2)"] = profit.min(premiums - advance + repaid);
        "6" deduction "Deduction by the way taken, at most line 5; to Schedule 1 line 17" ["IRC 162(l)(1); Rev. Proc. 2014-41"] = found.deduction.min(most);
    }
}

fn left(health: &[super::form_7206::Form7206], found: &PremiumSearch) -> Usd {
    let form = usize::try_from(found.person).ok().and_then(|person| health.get(person));
    form.map_or(Usd::ZERO, |form| form.l13.excess(form.l14))
}

/// More rounds than any that comes to rest needs.
const ROUNDS: i64 = 50;

/// A change of less than this ends the rounds.
const REST: Usd = Usd::dollars(1);

impl Return {
    /// Settles deduction and credit. Without marketplace premiums that may be deducted, only fills the forms.
    pub(super) fn settle_premiums(&mut self, law: &Law) {
        self.found = PremiumSearch::default();
        self.adjust(law);
        let premiums = self.premiums.premiums;
        if premiums == Usd::ZERO {
            return;
        }
        let most = self.premiums_limit(law);
        if most == Usd::ZERO {
            self.found = PremiumSearch::default();
            self.adjust(law);
            return;
        }
        let mut best: Option<(Usd, Method, Usd, bool)> = None;
        let mut consider = |this: &mut Return, method: Method, deduction: Usd, declined: bool| {
            this.found.declined = i64::from(declined);
            let credit = this.credit_beside(law, deduction);
            if deduction + credit > premiums {
                return;
            }
            this.finish(law);
            let tax = this.net_tax();
            if best.is_none_or(|(least, ..)| tax < least) {
                best = Some((tax, method, deduction, declined));
            }
        };
        if let Some((deduction, credit)) = self.iterative(law, premiums, most) {
            (self.found.iterative, self.found.iterative_credit) = (deduction, credit);
            consider(self, Method::Iterative, deduction, false);
        }
        let first = self.credit_beside(law, most);
        self.found.simplified = most.min(premiums.excess(first));
        self.found.simplified_credit = self.credit_beside(law, self.found.simplified);
        consider(self, Method::Simplified, self.found.simplified, false);
        self.found.declined = 0;
        let most_beside = self.most_above_the_least_income(law, most);
        self.found.largest = self.largest_pair(law, premiums, most_beside);
        self.found.largest_credit = self.credit_beside(law, self.found.largest);
        consider(self, Method::LargestPair, self.found.largest, false);
        // A credit that was not advanced need not be claimed.
        if self.months.iter().all(|month| month.advance == Usd::ZERO) {
            consider(self, Method::WithoutCredit, most, true);
        }
        if let Some((_, method, deduction, declined)) = best {
            self.found.method = method;
            self.found.declined = i64::from(declined);
            self.credit_beside(law, deduction);
        }
    }

    /// Whose business the insurance is established under, and the limit on repayment for one who deducts premiums:
    /// the lowest limit whose range holds the income after a deduction that counts on it (Reg. 1.36B-4(a)(3)(iii)).
    /// Gives the most that may be deducted.
    fn premiums_limit(&mut self, law: &Law) -> Usd {
        let room = |at: &usize| self.form_7206[*at].l13.excess(self.form_7206[*at].l14);
        let owner = (0..self.form_7206.len()).rev().max_by_key(room).unwrap_or(0);
        self.found.person = i64::try_from(owner).unwrap_or(0);
        self.found.owned = 1;
        let advanced = self.premiums.advance > Usd::ZERO;
        for limit in law.premium_credit.repayment.iter().flatten().filter(|_| advanced) {
            self.found.limited = 1;
            self.found.limitation = repayment(&self.filer, limit);
            self.credit_beside(law, Usd::dollars(1_000_000_000));
            if self.form_8962.l5 < limit.below {
                return self.premiums.most;
            }
        }
        (self.found.limited, self.found.limitation) = (0, Usd::ZERO);
        self.credit_beside(law, Usd::ZERO);
        self.premiums.most
    }

    /// The credit for the months whose premiums are deducted, with a deduction.
    fn credit_beside(&mut self, law: &Law, deduction: Usd) -> Usd {
        self.found.deduction = deduction;
        self.adjust(law);
        self.form_8962.own
    }

    /// Rev. Proc. 2014-41; `None` where it does not come to rest.
    fn iterative(&mut self, law: &Law, premiums: Usd, most: Usd) -> Option<(Usd, Usd)> {
        let (mut deduction, mut credit) = (most, self.credit_beside(law, most));
        for round in 1..=ROUNDS {
            let next = most.min(premiums.excess(credit));
            let beside = self.credit_beside(law, next);
            let moved = [next - deduction, beside - credit].map(|change| change.max(-change));
            (deduction, credit) = (next, beside);
            if moved.iter().all(|change| *change < REST) {
                self.found.rounds = round;
                // Within the last dollar the two may add up to a little more than the premiums.
                let fits = deduction.min(premiums.excess(credit));
                return Some((fits, self.credit_beside(law, fits)));
            }
        }
        None
    }

    /// The most that may be deducted before income falls below the poverty line, where a credit that was not advanced
    /// ends (IRC 36B(c)(1)(A)). All of it where income stays above, or is below without any deduction.
    fn most_above_the_least_income(&mut self, law: &Law, most: Usd) -> Usd {
        let within = |this: &mut Return, deduction: Usd| {
            this.credit_beside(law, deduction);
            this.form_8962.eligible != 0
        };
        if within(self, Usd::ZERO) { self.largest(most, within) } else { most }
    }

    /// Within one range of the credit, deduction and credit together grow with the deduction.
    fn largest_pair(&mut self, law: &Law, premiums: Usd, most: Usd) -> Usd {
        self.largest(most, |this, deduction| deduction + this.credit_beside(law, deduction) <= premiums)
    }

    /// The largest deduction that holds, found by halving: what holds for one holds for every smaller one.
    fn largest(&mut self, most: Usd, mut holds: impl FnMut(&mut Return, Usd) -> bool) -> Usd {
        let step = match self.round {
            Round::Cents => Usd::from_cents(1),
            Round::WholeDollar => Usd::dollars(1),
        };
        if holds(self, most) {
            return most;
        }
        let (mut low, mut high) = (0, most.steps_started(step));
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if holds(self, step * middle) { low = middle } else { high = middle }
        }
        step * low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::tax::facts::{Business, Household, Marketplace, Person};
    use crate::tax::prepare;

    /// A single coder with a profit, insured all year: premium, benchmark and advance a month.
    fn coder(year: i32, profit: i64, months: [i64; 3], round: Round) -> Return {
        let (law, _) = law::of(year).expect("law");
        let [premium, benchmark, advance] = months.map(Usd::dollars);
        let month = CoveredMonth { premium, benchmark, advance, own_business: 1 };
        let business = Business { gross_receipts: Usd::dollars(profit), ..Business::default() };
        let household = Household {
            taxpayer: Person { age: 40, businesses: vec![business], ..Person::default() },
            marketplace: Some(Box::new(Marketplace { months: [month; 12], ..Marketplace::default() })),
            ..Household::default()
        };
        prepare(law, &household, round).expect("modelled")
    }

    fn premiums_hold(filled: &Return) -> bool {
        filled.premiums.deduction + filled.form_8962.own <= filled.premiums.premiums
    }

    #[test]
    fn the_rounds_come_to_rest() {
        // 2025: 45,000 less half of 6,358.30 is 41,820.85. Premiums and benchmark 6,000.
        // First 6,000: 35,820.85 is 237% of 15,060: .0348, 1,247; credit 4,753; then 1,247: 40,573.85, 269%: .0476, 1,931;
        // 4,069; 1,931: 39,889.85, 264%: .0456, 1,819; 4,181; 1,819: 40,001.85, 265%: .0460, 1,840; 4,160;
        // 1,840: 39,980.85, 265%: .0460, 1,839; 4,161; 1,839: 39,981.85: 1,839; the same.
        let filled = coder(2025, 45_000, [500, 500, 0], Round::Cents);
        assert_eq!((filled.found.iterative, filled.found.iterative_credit), (Usd::dollars(1_839), Usd::dollars(4_161)));
        // The simplified way stops after one round.
        assert_eq!(
            (filled.found.simplified, filled.found.simplified_credit),
            (Usd::dollars(1_247), Usd::dollars(4_069))
        );
        assert_eq!(filled.form_8962.l24, Usd::dollars(4_161));
        assert_eq!(filled.found.method, Method::Iterative);
        assert!(premiums_hold(&filled));
    }

    #[test]
    fn at_the_cliff_the_rounds_do_not_rest_and_a_pair_is_found() {
        // 2026: 70,000 less 4,945.33 is 65,054.67, over 62,600. With 7,200 it is 57,854.67: 369%, .0996: 5,762, credit 1,438.
        // With 5,762: 59,292.67: 5,906; 1,294; with 5,906: 59,148.67 ... all under four times: the rounds rest.
        let calm = coder(2026, 70_000, [600, 600, 0], Round::Cents);
        assert!(calm.found.rounds > 0 && premiums_hold(&calm));
        // 73,000 less 5,157.27 is 67,842.73. With 7,200: 60,642.73: 6,040; credit 1,160. With 6,040: 61,802.73: 6,156; 1,044.
        // 74,000 less 5,227.91 is 68,772.09. With 7,200: 61,572.09: 6,133, 1,067; with 6,133: 62,639.09, over: nothing; 7,200.
        let filled = coder(2026, 74_000, [600, 600, 0], Round::Cents);
        assert_eq!((filled.found.rounds, filled.found.iterative), (0, Usd::ZERO));
        // 62,600 is reached with 6,172.09; beside it 7,200 - 6,235 = 965: 7,137.09 in all, and 62.91 more still fit.
        assert!(filled.found.largest >= Usd::from_cents(617_209), "{:?}", filled.found);
        assert!(filled.form_8962.l5 <= 400 && premiums_hold(&filled));
        assert_eq!(filled.found.method, Method::LargestPair);
    }

    #[test]
    fn just_above_the_poverty_line_the_credit_is_kept() {
        // 2025: 24,000 less half of 3,391.09 is 22,304.45. All of 9,600 deducted leaves 12,704.45, under 15,060: no credit.
        // Deducted is what leaves 15,060: 7,244.45. But credit and deduction may not pass 9,600, and the figure is 0 up
        // to 150%: the credit is 9,600, so nothing is deducted. 3,391.09 - 9,600, less the earned income credit or so.
        let filled = coder(2025, 24_000, [800, 800, 0], Round::Cents);
        assert_eq!((filled.premiums.deduction, filled.form_8962.l24), (Usd::ZERO, Usd::dollars(9_600)));
        assert_eq!(filled.found.method, Method::LargestPair);
        assert!(filled.net_tax() < Usd::dollars(-5_500), "{}", filled.net_tax());
        // 2026: 22,304.45 is 142% of 15,650 with a figure above 0: credit and a little deduction fit, over 100%.
        let filled = coder(2026, 24_000, [800, 800, 0], Round::Cents);
        assert!(filled.premiums.deduction > Usd::dollars(500) && filled.form_8962.l5 >= 100);
        assert!(premiums_hold(&filled) && filled.net_tax() < Usd::dollars(-4_886), "{}", filled.net_tax());
    }

    #[test]
    fn an_advance_over_the_cliff_is_paid_back_and_deducted() {
        // 2026: 120,000 less 8,477.73: over the cliff whatever is deducted. 3,600 advanced comes back, 7,200 is deducted.
        let filled = coder(2026, 120_000, [600, 600, 300], Round::Cents);
        assert_eq!((filled.premiums.deduction, filled.form_8962.l29), (Usd::dollars(7_200), Usd::dollars(3_600)));
        assert_eq!(filled.schedule_2.l1a, Usd::dollars(3_600));
    }

    #[test]
    fn a_limited_repayment_limits_the_deduction() {
        // 2025: 40,000 less 2,825.91 is 37,174.09. Advanced 5,400 of 6,000. Limit for 200 to 300%: 975.
        // Deduction at most 6,000 - 5,400 + 975 = 1,575: 35,599.09 is 236%, within its range.
        let filled = coder(2025, 40_000, [500, 500, 450], Round::Cents);
        assert_eq!((filled.found.limited, filled.found.limitation), (1, Usd::dollars(975)));
        assert_eq!(filled.premiums.most, Usd::dollars(1_575));
        assert!(filled.form_8962.l29 <= Usd::dollars(975) && premiums_hold(&filled));
    }

    #[test]
    fn premiums_that_are_not_deducted_are_medical_expenses() {
        // No profit and no credit at 0%: all 6,000 are borne.
        let filled = coder(2025, 0, [500, 500, 0], Round::Cents);
        assert_eq!(filled.schedule_a.l1, Usd::dollars(6_000));
        // 2025, 45,000: 1,839 deducted, 4,161 come back: nothing is left to bear.
        let filled = coder(2025, 45_000, [500, 500, 0], Round::Cents);
        assert_eq!((filled.form_8962.borne, filled.schedule_a.l1), (Usd::dollars(1_839), Usd::ZERO));
    }

    #[test]
    fn without_profit_nothing_is_deducted() {
        let filled = coder(2025, 0, [500, 500, 0], Round::Cents);
        assert_eq!((filled.premiums.deduction, filled.found.method), (Usd::ZERO, Method::None));
    }

    #[test]
    fn every_profit_and_plan_keeps_the_rule_in_both_roundings() {
        for year in [2024, 2025, 2026] {
            for profit in (5_000..130_000).step_by(3_700) {
                for months in [[500, 500, 0], [700, 500, 300], [400, 900, 390], [1_500, 1_400, 1_000]] {
                    for round in [Round::Cents, Round::WholeDollar] {
                        let filled = coder(year, profit, months, round);
                        assert!(premiums_hold(&filled), "{year} {profit} {months:?}: {:?}", filled.found);
                    }
                }
            }
        }
    }
}
