//! Schedule 2, Additional Taxes.

use crate::form;
use crate::tax::form::sum;
use crate::tax::form_6251::Form6251;
use crate::tax::form_8889::Form8889;
use crate::tax::form_8959::Form8959;
use crate::tax::form_8960::Form8960;
use crate::tax::form_8962::Form8962;
use crate::tax::schedule_se::ScheduleSe;

form! {
    /// Schedule 2 (Form 1040).
    Schedule2 = "schedule-2", "Schedule 2 (Form 1040), Additional Taxes";
    (se: &[ScheduleSe], hsa: &[Form8889], medicare: &Form8959, minimum: &Form6251, investment: &Form8960, credit: &Form8962; round) {
        "1a" l1a "Excess advance premium tax credit repayment, Form 8962 line 29" ["IRC 36B(f)(2)"] = credit.l29;
        "1z" l1z "Additions to tax: add lines 1a through 1y"                                     = l1a;
        "2"  l2  "Alternative minimum tax"                                    ["IRC 55"]         = minimum.l11;
        "3"  l3  "Add lines 1z and 2; to Form 1040 line 17"                                      = l1z + l2;
        "4"  l4  "Self-employment tax, Schedule SE line 12"                   ["IRC 1401"]       = sum(se, |se| se.l12);
        "11" l11 "Additional Medicare Tax, Form 8959 line 18"                 ["IRC 1401(b)(2), 3101(b)(2)"] = medicare.l18;
        "6"  ("12" until 2025) l12 "Net investment income tax"                                  ["IRC 1411"]       = investment.l17;
        "17c" l17c "Additional tax on HSA distributions, Form 8889 line 17b"  ["IRC 223(f)(4)"]  = sum(hsa, |hsa| hsa.l17b);
        "17d" l17d "Additional tax on an HSA for not remaining eligible, Form 8889 line 21" ["IRC 223(b)(8)(B)"] = sum(hsa, |hsa| hsa.l21);
        "18" l18 "Total additional taxes: add lines 17a through 17z"                             = l17c + l17d;
        "21" l21 "Total other taxes; to Form 1040 line 23"                                       = l4 + l11 + l12 + l18;
    }
}
