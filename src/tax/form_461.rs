//! Form 461, Limitation on Business Losses.

use crate::form;
use crate::law::Law;
use crate::money::Usd;
use crate::tax::facts::{Business, Filer};
use crate::tax::form::{refused, sum};
use crate::tax::gains::CapitalGains;
use crate::tax::schedule_c::ScheduleC;

form! {
    /// Form 461. Capital gains here are not of a business, so that line 14 comes to the profit or loss of Schedule C.
    /// Wages are no part of it (IRC 461(l)(3)(A)).
    Form461 = "form-461", "Form 461, Limitation on Business Losses";
    (law: &Law, filer: &Filer, c: &[ScheduleC], business: &[Business], gains: &CapitalGains; round) {
        "2"  l2  "Business income or (loss), Schedule 1 line 3"               ["IRC 461(l)(3)"] = sum(c, |c| c.l31);
             stop if l2 >= Usd::ZERO;
        "3"  l3  "Capital gain or (loss), Form 1040 line 7a"                                    = gains.l7;
        "4"  l4  "Other gains or (losses), Schedule 1 line 4"                                   = sum(business, |business| business.property_gain);
        "5"  l5  "Rents, royalties, partnerships, Schedule 1 line 5"                            = refused();
        "6"  l6  "Farm income or (loss), Schedule 1 line 6"                                     = refused();
        "8"  l8  "Other income or losses of a business"                                         = refused();
        "9"  l9  "Combine lines 2 through 8"                                                    = l2 + l3 + l4 + l5 + l6 + l8;
        "10" l10 "Income on line 3 that is not of a business"                                   = l3.floor0();
        "11" l11 "Loss on line 3 that is not of a business"                   ["IRC 461(l)(3)(B)"] = (-l3).floor0();
        "12" l12 "Line 10 less line 11"                                                         = l10 - l11;
        "13" l13 "Line 12 with its sign turned"                                                 = -l12;
        "14" l14 "Add lines 9 and 13"                                                           = l9 + l13;
        "15" l15 "Threshold for the filing status"                            ["IRC 461(l)(3)(A)(ii)"] = law.loss.most.of(filer.status);
        "16" l16 "Add lines 14 and 15"                                        ["IRC 461(l)(3)"] = l14 + l15;
        "excess" excess "Excess business loss: line 16 if it is less than zero; to Schedule 1 line 8p, and a net operating loss of the next year" ["IRC 461(l)(2)"] = (-l16).floor0();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::Round;

    #[test]
    fn a_loss_over_the_threshold_comes_back_into_income() {
        let (law, _) = law::of(2025).expect("law");
        let form = |status: FilingStatus, loss: i64, gain: i64| {
            let c = [ScheduleC { l31: Usd::dollars(-loss), ..ScheduleC::BLANK }];
            let gains = CapitalGains { l7: Usd::dollars(gain), ..CapitalGains::BLANK };
            Form461::fill(law, &Filer { status, ..Filer::default() }, &c, &[], &gains, Round::Cents)
        };
        // 400,000 - 313,000 = 87,000; a joint return may use 626,000. A capital gain or loss changes nothing.
        assert_eq!(form(FilingStatus::Single, 400_000, 0).excess, Usd::dollars(87_000));
        assert_eq!(form(FilingStatus::Single, 400_000, -3_000).excess, Usd::dollars(87_000));
        assert_eq!(form(FilingStatus::Single, 400_000, 50_000).excess, Usd::dollars(87_000));
        assert_eq!(form(FilingStatus::Joint, 400_000, 0).excess, Usd::ZERO);
        assert_eq!(form(FilingStatus::Single, -400_000, 0).excess, Usd::ZERO);
    }
}
