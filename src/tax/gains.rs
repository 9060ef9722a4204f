//! Capital gains and losses, as Schedule D combines them and Form 1040 takes them.

use crate::form;
use crate::law::Law;
use crate::money::Usd;
use crate::tax::facts::{Filer, OtherIncome};

form! {
    /// Schedule D Part III without the 28% and section 1250 gains, which are refused by name.
    CapitalGains = "schedule-d", "Schedule D (Form 1040), Capital Gains and Losses, Part III";
    (law: &Law, filer: &Filer, other: &OtherIncome; round) {
        "7"   short "Net short-term capital gain or (loss)"                   ["IRC 1222(5), (6)"] = other.short_gain;
        "15"  long  "Net long-term capital gain or (loss)"                    ["IRC 1222(7), (8)"] = other.long_gain;
        "16"  l16   "Combine lines 7 and 15"                                  ["IRC 1222"]         = short + long;
        "21"  l21   "A loss, at most $3,000 ($1,500 on a separate return)"    ["IRC 1211(b)"]      = l16.min(Usd::ZERO).max(-law.gains.loss.of(filer.status));
        "22"  l7    "Capital gain or (loss); to Form 1040 line 7"             ["IRC 61(a)(3), 1211(b)"] = if l16.cents() < 0 { l21 } else { l16 };
        "q3"  net_gain "Net capital gain: smaller of lines 15 and 16, not below zero" ["IRC 1222(11)"] = long.min(l16).floor0();
        "q4"  net   "Net capital gain and qualified dividends"                ["IRC 1(h)(3), (11)"] = net_gain + other.qualified_dividends;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{self, FilingStatus};
    use crate::money::Round;

    fn gains(status: FilingStatus, short: i64, long: i64) -> CapitalGains {
        let (law, _) = law::of(2025).expect("law");
        let other =
            OtherIncome { short_gain: Usd::dollars(short), long_gain: Usd::dollars(long), ..OtherIncome::default() };
        CapitalGains::fill(law, &Filer { status, ..Filer::default() }, &other, Round::Cents)
    }

    #[test]
    fn a_loss_is_limited_and_a_gain_is_split() {
        assert_eq!(gains(FilingStatus::Single, -18_000, 0).l7, Usd::dollars(-3_000));
        assert_eq!(gains(FilingStatus::Separate, 0, -2_000).l7, Usd::dollars(-1_500));
        // 10,000 long less 4,000 short: 6,000, all of it net capital gain. 4,000 short on top of 10,000 long: 10,000.
        assert_eq!(
            (gains(FilingStatus::Single, -4_000, 10_000).l7, gains(FilingStatus::Single, -4_000, 10_000).net),
            (Usd::dollars(6_000), Usd::dollars(6_000))
        );
        assert_eq!(gains(FilingStatus::Single, 4_000, 10_000).net, Usd::dollars(10_000));
    }
}
