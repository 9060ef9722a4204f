//! Schedule 3, Additional Credits and Payments.

use crate::form;
use crate::tax::credits::Form8880;
use crate::tax::form::refused;
use crate::tax::form_2441::CareCredit;
use crate::tax::form_8863::Form8863;
use crate::tax::form_8962::Form8962;
use crate::tax::schedule_r::ScheduleR;

form! {
    /// Schedule 3 (Form 1040).
    Schedule3 = "schedule-3", "Schedule 3 (Form 1040), Additional Credits and Payments";
    (care: &CareCredit, education: &Form8863, savers: &Form8880, elderly: &ScheduleR, premium: &Form8962; round) {
        "1"  l1  "Foreign tax credit"                                         ["IRC 901"]  = refused();
        "2"  l2  "Credit for child and dependent care expenses, Form 2441 line 11" ["IRC 21"] = care.l11;
        "3"  l3  "Education credits, Form 8863 line 19"                       ["IRC 25A"]  = education.l19;
        "4"  l4  "Retirement savings contributions credit, Form 8880 line 12" ["IRC 25B"]  = savers.l12;
        "5a" l5a "Residential clean energy credit, Form 5695 line 15"         ["IRC 25D"]  = refused();
        "5b" l5b "Energy efficient home improvement credit, Form 5695 line 32" ["IRC 25C"] = refused();
        "6a" l6a "General business credit, Form 3800"                         ["IRC 38"]   = refused();
        "6b" l6b "Credit for prior year minimum tax, Form 8801"               ["IRC 53"]   = refused();
        "6c" l6c "Adoption credit, Form 8839"                                 ["IRC 23"]   = refused();
        "6d" l6d "Credit for the elderly or disabled, Schedule R line 22"     ["IRC 22"]   = elderly.l22;
        "6f" l6f "Clean vehicle credit, Form 8936"                            ["IRC 30D"]  = refused();
        "6g" l6g "Mortgage interest credit, Form 8396"                        ["IRC 25"]   = refused();
        "6h" l6h "District of Columbia first-time homebuyer credit, Form 8859" ["IRC 1400C"] = refused();
        "6i" l6i "Qualified electric vehicle credit, Form 8834"               ["IRC 30"]   = refused();
        "6j" l6j "Alternative fuel vehicle refueling property credit, Form 8911" ["IRC 30C"] = refused();
        "6k" l6k "Credit to holders of tax credit bonds, Form 8912"           ["IRC 54A"]  = refused();
        "6l" l6l "Partner's additional reporting year tax, Form 8978 line 14" ["IRC 6226"] = refused();
        "6m" l6m "Credit for used clean vehicles, Form 8936"                  ["IRC 25E"]  = refused();
        "6z" l6z "Other nonrefundable credits"                                ["IRC 26"]   = refused();
        "7"  l7  "Total other nonrefundable credits: add lines 6a through 6z"              =
            l6a + l6b + l6c + l6d + l6f + l6g + l6h + l6i + l6j + l6k + l6l + l6m + l6z;
        "8"  l8  "Nonrefundable credits; to Form 1040 line 20"                             = l1 + l2 + l3 + l4 + l5a + l5b + l7;
        "9"  l9  "Net premium tax credit"                                     ["IRC 36B"]  = premium.l26;
        "10" l10 "Paid with the request for more time to file"                ["IRC 6081"] = refused();
        "11" l11 "Social security and tier 1 tax withheld in excess"          ["IRC 31(b)"] = refused();
        "12" l12 "Credit for federal tax on fuels, Form 4136"                 ["IRC 34"]   = refused();
        "13a" l13a "Tax paid by a fund on undistributed gains, Form 2439"     ["IRC 852(b)(3)(D)"] = refused();
        "13b" l13b "Credit for repaying income of earlier years"              ["IRC 1341"] = refused();
        "13c" l13c "Net elective payment, Form 3800 Part III line 6, column (j)" ["IRC 6417"] = refused();
        "13d" l13d "Deferred section 965 net tax liability"                   ["IRC 965(i)"] = refused();
        "13z" l13z "Other refundable credits"                                 ["IRC 31"]   = refused();
        "14" l14 "Add lines 13a through 13z"                                               = l13a + l13b + l13c + l13d + l13z;
        "15" l15 "Other payments and refundable credits; to Form 1040 line 31"             = l9 + l10 + l11 + l12 + l14;
    }
}
