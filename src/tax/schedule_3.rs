//! Schedule 3, Additional Credits and Payments.

use crate::form;
use crate::tax::credits::Form8880;
use crate::tax::form::refused;
use crate::tax::form_8962::Form8962;

form! {
    /// Schedule 3 (Form 1040).
    Schedule3 = "schedule-3", "Schedule 3 (Form 1040), Additional Credits and Payments";
    (savers: &Form8880, premium: &Form8962; round) {
        "1"  l1  "Foreign tax credit"                                         ["IRC 901"]  = refused();
        "2"  l2  "Credit for child and dependent care expenses"               ["IRC 21"]   = refused();
        "3"  l3  "Education credits"                                          ["IRC 25A"]  = refused();
        "4"  l4  "Retirement savings contributions credit, Form 8880 line 12" ["IRC 25B"]  = savers.l12;
        "7"  l7  "Total other nonrefundable credits"                          ["IRC 26"]   = refused();
        "8"  l8  "Nonrefundable credits; to Form 1040 line 20"                             = l1 + l2 + l3 + l4 + l7;
        "9"  l9  "Net premium tax credit"                                     ["IRC 36B"]  = premium.l26;
        "15" l15 "Other payments and refundable credits; to Form 1040 line 31"             = l9;
    }
}
