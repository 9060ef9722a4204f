//! Tax Table, tax computation and EIC Table: computed from their rules, not stored.

use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Round, Usd};
use crate::tax::figures::{Figure, Given};

/// Tax by the rate schedule, unrounded (IRC 1(j)).
pub fn by_schedule(law: &Law, status: FilingStatus, income: Usd) -> Exact {
    let tops = law.income.tops.get(status);
    let mut tax = Exact::default();
    let mut bottom = Usd::ZERO;
    for (index, rate) in law.income.rates.iter().enumerate() {
        let top = tops.get(index).copied().unwrap_or(income);
        tax = tax + (income.min(top) - bottom).floor0() * *rate;
        bottom = top;
        if income <= top {
            break;
        }
    }
    tax
}

/// Form 1040 line 16 without capital gains: the Tax Table below its bound, else the rate schedule.
/// The table taxes the middle of the row that holds the income, in whole dollars, half up.
pub fn tax(law: &Law, status: FilingStatus, income: Usd, round: Round) -> Exact {
    if round == Round::Cents || income >= law.income.table.below {
        return by_schedule(law, status, income);
    }
    let middle =
        law.income.table.rows.iter().find(|(from, to, _)| (*from..*to).contains(&income)).map(|(from, _, width)| {
            let row = (income - *from).full_steps(*width);
            *from + *width * row + Usd::from_cents(width.cents() / 2)
        });
    Exact::from(Round::WholeDollar.enter(by_schedule(law, status, middle.unwrap_or(Usd::ZERO))))
}

/// The brackets that the tax of an amount goes through, and the row of the Tax Table that holds it.
pub(super) fn brackets(given: &Given) -> Vec<Figure> {
    let (law, income) = (given.law, given.amount(given.of));
    let tops = law.income.tops.get(given.status);
    let last = tops.iter().filter(|top| income > **top).count();
    let mut figures: Vec<Figure> = (0..=last)
        .flat_map(|row| {
            let rate = Figure::row("income.rates", row).says("The rate of the bracket that ends at the next figure");
            let top = Figure::row("income.tops", row).says("The end of the bracket");
            match (row < tops.len(), row) {
                (true, _) => vec![rate, top],
                (false, _) => vec![Figure { text: "The rate above the last bracket's end".to_owned(), ..rate }],
            }
        })
        .collect();
    if given.round == Round::WholeDollar {
        let table = Figure::new("income.table.below").says("Income from which on the Tax Table is not used");
        figures.push(table);
    }
    let rows = &law.income.table.rows;
    let stretch = rows.iter().position(|(from, to, _)| (*from..*to).contains(&income));
    if let Some(stretch) = stretch.filter(|_| given.round == Round::WholeDollar) {
        let (from, _, width) = rows[stretch];
        let start = from + width * (income - from).full_steps(width);
        let text =
            format!("The row of the Tax Table: at least {start}, less than {}; its middle is taxed", start + width);
        figures.push(Figure::row("income.table.rows", stretch).says(text));
    }
    figures
}

/// The earned income credit for one look-up amount.
/// By rows of $50, at their middle, as the EIC Table is printed; by formula for planning in cents (IRC 32(a), (f)).
pub fn earned_income_credit(law: &Law, status: FilingStatus, children: i64, amount: Usd, round: Round) -> Exact {
    let column = usize::try_from(children.clamp(0, 3)).unwrap_or(0);
    let eic = &law.eic;
    let (earned, most, rate_in, rate_out) =
        (eic.earned[column], eic.most[column], eic.rate_in[column], eic.rate_out[column]);
    let start = if status.is_joint() { eic.start_joint[column] } else { eic.start[column] };
    if amount <= Usd::ZERO {
        return Exact::default();
    }
    if round == Round::Cents {
        let phased_in = (amount.min(earned) * rate_in).min(Exact::from(most));
        let limited = Exact::from(most) - amount.excess(start) * rate_out;
        return phased_in.min(limited).floor0();
    }
    let row = eic.row * amount.full_steps(eic.row);
    let middle = row + Usd::from_cents(eic.row.cents() / 2);
    let phased_in = if row + eic.row > earned { most } else { round.enter(middle * rate_in) };
    let over = if row >= start { middle - start } else { Usd::ZERO };
    let limited = round.enter(Exact::from(most) - over * rate_out);
    Exact::from(phased_in.min(limited).floor0())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    fn table(year: i32, status: FilingStatus, dollars: i64) -> Usd {
        let (law, _) = law::of(year).expect("law");
        Round::WholeDollar.enter(tax(law, status, Usd::dollars(dollars), Round::WholeDollar))
    }

    #[test]
    fn the_table_taxes_the_middle_of_the_row() {
        // Joint, 18,000 to 18,050: 18,025 x .10 = 1,802.50 -> 1,803.
        assert_eq!(table(2025, FilingStatus::Joint, 18_000), Usd::dollars(1_803));
        // Single 2025, 25,300 to 25,350 (the sample of the instructions' own table): 25,325: 1,192.50 + (25,325 - 11,925) x .12 = 2,800.50 -> 2,801.
        assert_eq!(table(2025, FilingStatus::Single, 25_300), Usd::dollars(2_801));
        assert_eq!(table(2025, FilingStatus::Single, 4), Usd::ZERO);
        assert_eq!(table(2025, FilingStatus::Single, 5), Usd::dollars(1));
    }

    #[test]
    fn from_100_000_on_the_schedule() {
        // Single 2025, 100,000: 5,578.50 + (100,000 - 48,475) x .22 = 16,914.
        assert_eq!(table(2025, FilingStatus::Single, 100_000), Usd::dollars(16_914));
    }

    #[test]
    fn the_earned_income_credit_in_rows_and_by_formula() {
        let (law, _) = law::of(2025).expect("law");
        let credit = |children, dollars, round: Round| {
            round.enter(earned_income_credit(law, FilingStatus::Single, children, Usd::dollars(dollars), round))
        };
        // One child, 10,000: 10,025 x .34 = 3,408.50 -> 3,409; by formula 3,400.
        assert_eq!(credit(1, 10_000, Round::WholeDollar), Usd::dollars(3_409));
        assert_eq!(credit(1, 10_000, Round::Cents), Usd::dollars(3_400));
        // Two children, 30,000: 30,025 - 23,350 = 6,675 x .2106 = 1,405.755; 7,152 - 1,405.755 = 5,746.245 -> 5,746.
        assert_eq!(credit(2, 30_000, Round::WholeDollar), Usd::dollars(5_746));
        assert_eq!(credit(0, 60_000, Round::WholeDollar), Usd::ZERO);
    }
}
