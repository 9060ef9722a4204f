//! Schedule 3, Additional Credits and Payments.

use crate::form;
use crate::tax::credits::Form8880;
use crate::tax::form::refused;
use crate::tax::form_2441::CareCredit;
use crate::tax::form_8863::Form8863;
use crate::tax::schedule_r::ScheduleR;

form! {
    /// Schedule 3 (Form 1040).
    Schedule3 = "schedule-3", "Schedule 3 (Form 1040), Additional Credits and Payments";
    (care: &CareCredit, education: &Form8863, savers: &Form8880, elderly: &ScheduleR; round) {
        "1"  l1  "Foreign tax credit"                                         ["IRC 901"]  = refused();
        "2"  l2  "Credit for child and dependent care expenses, Form 2441 line 11" ["IRC 21"] = care.l11;
        "3"  l3  "Education credits, Form 8863 line 19"                       ["IRC 25A"]  = education.l19;
        "4"  l4  "Retirement savings contributions credit, Form 8880 line 12" ["IRC 25B"]  = savers.l12;
        "6d" l6d "Credit for the elderly, Schedule R line 22"                 ["IRC 22"]   = elderly.l22;
        "7"  l7  "Total other nonrefundable credits: add lines 6a through 6z" ["IRC 26"]   = l6d;
        "8"  l8  "Nonrefundable credits; to Form 1040 line 20"                             = l1 + l2 + l3 + l4 + l7;
        "9"  l9  "Net premium tax credit"                                     ["IRC 36B"]  = refused();
        "15" l15 "Other payments and refundable credits; to Form 1040 line 31"             = l9;
    }
}
