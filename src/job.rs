//! An hourly office job: its pay, what is withheld, what going there costs, and the hours it takes.

use rust_decimal::{Decimal, dec};

use crate::law::Law;
use crate::money::Usd;
use crate::tax::facts::W2;
use crate::tax::form_1040::Form1040;
use crate::tax::withheld::Withheld;
use crate::{facts, form};

facts! {
    /// The days of the year, the same life on both sides.
    Days = "days" {
        weekdays: i64 "Weekdays in the year";
        vacation: i64 "Vacation days";
        holidays: i64 "Holidays";
        sick: i64 "Sick days";
    }
}

facts! {
    /// The offer of an employer, and what going to the office costs.
    Offer = "job" {
        wage: Decimal "Wage, dollars an hour";
        hours_per_day: Decimal "Paid hours a day";
        overtime_hours: Decimal "Overtime hours a week, paid at one and a half";
        premium: Usd "Employer's health plan, whole premium a year";
        premium_share: Decimal "Share of that premium which the employee pays";
        retirement_match: Decimal "Retirement match, share of pay; the employee puts in the same";
        vesting: Decimal "Share of the match that will be kept";
        commute_minutes: Decimal "Commute, minutes one way";
        commute_miles: Decimal "Commute, miles one way";
        cost_per_mile: Decimal "Gas and wear of the car, dollars a mile";
        clothes: Usd "Work clothes a year";
        meal_extra: Usd "A meal out, beyond eating at home";
        meals_per_week: Decimal "Meals out a week";
        parking: Usd "Parking, tolls and transit a year";
        childcare: Usd "Extra childcare for fixed hours a year";
    }
}

impl Offer {
    /// The same job done from home: nothing is spent on getting there or on looking the part.
    pub fn from_home(self) -> Offer {
        Offer {
            commute_minutes: Decimal::ZERO,
            commute_miles: Decimal::ZERO,
            clothes: Usd::ZERO,
            meals_per_week: Decimal::ZERO,
            parking: Usd::ZERO,
            ..self
        }
    }
}

/// Work days in a week.
const WEEK: Decimal = dec!(5);

form! {
    /// What the job pays, before tax.
    Pay = "job-pay", "The office job: pay";
    (law: &Law, days: &Days, job: &Offer; round) {
        "days"       worked: i64         "Days worked: weekdays less vacation, holidays, sick days"                      = (days.weekdays - days.vacation - days.holidays - days.sick).max(0);
        "paid_hours" paid_hours: Decimal "Paid hours: every weekday, leave is paid"                                      = Decimal::from(days.weekdays) * job.hours_per_day;
        "overtime"   overtime: Decimal   "Overtime hours in the weeks worked"                                            = job.overtime_hours * Decimal::from(worked) / WEEK;
        "pay"        pay                 "Pay: wage for the paid hours, one and a half for overtime" ["29 USC 207(a)(1)"] = job.wage * paid_hours + job.wage * dec!(1.5) * overtime;
        "premium"    premium             "Own share of the health premium, before tax"               ["IRC 106, 125"]    = job.premium.to_decimal() * job.premium_share;
        "deferral"   deferral            "Own deferral to the 401(k), up to the limit"               ["IRC 402(g)"]      = Usd::rounded(pay.to_decimal() * job.retirement_match).min(law.deferral.limit);
        "match"      matched             "The employer's match that will be kept"                                        = deferral.to_decimal() * job.vesting;
        "box5"       taxed               "Social security and Medicare wages, boxes 3 and 5: pay less premium" ["IRC 3121(a)(5)(G)"] = pay.excess(premium);
        "box1"       wages               "Wages, box 1: less the deferral too"                       ["IRC 402(e)(3)"]   = taxed.excess(deferral);
        "premium_half" half              "Qualified overtime compensation: the half of time-and-a-half" ["IRC 225(c)"]   = job.wage * dec!(0.5) * overtime;
    }
}

impl Pay {
    /// Adds the job to a person's other Forms W-2.
    pub fn added_to(&self, other: W2) -> W2 {
        W2 {
            wages: other.wages + self.wages,
            ss_wages: other.ss_wages + self.taxed,
            medicare_wages: other.medicare_wages + self.taxed,
            deferrals: other.deferrals + self.deferral,
            overtime_premium: other.overtime_premium + self.half,
            ..other
        }
    }
}

form! {
    /// What the job leaves, a year and an hour.
    JobYear = "job-year", "The office job: what it leaves";
    (days: &Days, job: &Offer, pay: &Pay, withheld: &Withheld, before: &Withheld, tax: &Form1040, base: &Form1040; round) {
        "pay"        gross               "Pay"                                                                           = pay.pay;
        "fica"       fica                "Social security and Medicare tax on the pay"               ["IRC 3101"]        = withheld.l2 + withheld.l4 - before.l2 - before.l4;
        "tax"        income_tax          "Household's other tax with the job, less the same without it, after refundable credits" ["Form 1040"] = (tax.total_tax - tax.refundable) - (base.total_tax - base.refundable);
        "premium"    premium             "Own share of the health premium"                                               = pay.premium;
        "retirement" retirement          "Put aside for retirement: own deferral"                                        = pay.deferral;
        "driving"    driving             "Gas and wear: two ways each day worked"                                        = job.commute_miles * dec!(2) * job.cost_per_mile * Decimal::from(pay.worked);
        "clothes"    clothes             "Work clothes"                                              ["not deductible: IRC 262"] = job.clothes;
        "meals"      meals               "Meals out"                                                 ["not deductible: IRC 262"] = job.meal_extra.to_decimal() * job.meals_per_week * Decimal::from(pay.worked) / WEEK;
        "parking"    parking             "Parking, tolls, transit"                                                       = job.parking;
        "childcare"  childcare           "Extra childcare"                                                               = job.childcare;
        "costs"      costs               "Costs of going to work"                                                        = driving + clothes + meals + parking + childcare;
        "left"       left                "Left to live on"                                                               = gross - fica - income_tax - premium - retirement - costs;
        "value"      value               "Value of the year: left, plus retirement money and match"                     = left + retirement + pay.matched;
        "work_hours" work_hours: Decimal "Hours at work"                                                                 = job.hours_per_day * Decimal::from(pay.worked) + pay.overtime;
        "travel"     travel: Decimal     "Hours on the way"                                                              = job.commute_minutes * dec!(2) * Decimal::from(pay.worked) / dec!(60);
        "hours"      hours: Decimal      "Hours actually spent"                                                          = work_hours + travel;
        "per_paid_hour" per_paid: Decimal "Net for each paid hour, dollars"                                              = per(value, pay.paid_hours);
        "per_work_hour" per_work: Decimal "Net for each hour at work, dollars"                                           = per(value, work_hours);
        "net_per_hour" net_per_hour: Decimal "Net for each hour actually spent, dollars"                                 = per(value, hours);
    }
}

/// Dollars an hour; zero where there are no hours.
pub fn per(amount: Usd, hours: Decimal) -> Decimal {
    if hours.is_zero() { Decimal::ZERO } else { amount.to_decimal() / hours }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;
    use crate::money::Round;

    #[test]
    fn the_pay_of_the_worked_reference() {
        // 261 weekdays x 8 h x 24.16 = 50,446.08; 9,325 x .16 = 1,492; x .04 = 2,017.84; box 1: 46,936.24.
        let (law, _) = law::of(2026).expect("law");
        let days = Days { weekdays: 261, vacation: 11, holidays: 8, sick: 7 };
        let offer = Offer {
            wage: dec!(24.16),
            hours_per_day: dec!(8),
            premium: Usd::dollars(9_325),
            premium_share: dec!(0.16),
            retirement_match: dec!(0.04),
            vesting: dec!(1),
            ..Offer::default()
        };
        let pay = Pay::fill(law, &days, &offer, Round::Cents);
        assert_eq!((pay.worked, pay.paid_hours, pay.pay), (235, dec!(2088), Usd::from_cents(5_044_608)));
        assert_eq!(
            (pay.premium, pay.deferral, pay.wages),
            (Usd::dollars(1_492), Usd::from_cents(201_784), Usd::from_cents(4_693_624))
        );
    }

    #[test]
    fn overtime_is_paid_half_more() {
        // 4 h a week for 235 / 5 = 47 weeks: 188 h x 20 x 1.5 = 5,640, of which 1,880 is the half.
        let (law, _) = law::of(2026).expect("law");
        let days = Days { weekdays: 261, vacation: 11, holidays: 8, sick: 7 };
        let offer = Offer { wage: dec!(20), hours_per_day: dec!(8), overtime_hours: dec!(4), ..Offer::default() };
        let pay = Pay::fill(law, &days, &offer, Round::Cents);
        assert_eq!((pay.pay, pay.half), (Usd::dollars(41_760 + 5_640), Usd::dollars(1_880)));
    }
}
