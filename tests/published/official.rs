//! Cases that the IRS publishes: tables, examples in instructions, acceptance returns. Examples of practitioners.

use perchart::law::{self, FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::adjustments::{Cover, IraDeduction, ModifiedIncome, OtherAdjustments, StudentLoanInterest};
use perchart::tax::facts::{Business, Filer, HomeOffice, Individual, OwnBenefits, Payments, W2};
use perchart::tax::form_1040::{AdjustedGrossIncome, TotalIncome};
use perchart::tax::form_8829::{Form8829, HomeChoice, HomeTaxes};
use perchart::tax::form_8959::Form8959;
use perchart::tax::schedule_1a::Schedule1A;
use perchart::tax::schedule_c::{self, ScheduleC};
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::worksheets;

use super::case::{Answer, Case, Inputs, answer, employee, filled, household, overtime_premium, person, withheld};

/// Rows of the printed Tax Table and EIC Table: the first and the last amount of the row.
pub(crate) fn tables(case: &mut Case) -> Answer {
    let law = case.law();
    let last = case.inputs.usd("less_than") - Usd::from_cents(1);
    let mut ours = Vec::new();
    if case.topic == "EIC Table" {
        let first = case.inputs.usd("lookup_at_least");
        for (column, status) in [("single_hoh_qss", FilingStatus::Head), ("mfj", FilingStatus::Joint)] {
            for children in 0..4 {
                for amount in [first, last] {
                    let credit = worksheets::earned_income_credit(law, status, children, amount, Round::WholeDollar);
                    ours.push((format!("{column}[{children}]"), Round::WholeDollar.enter(credit).to_decimal()));
                }
            }
        }
        return Ok(ours);
    }
    let first = case.inputs.usd("taxable_income_at_least");
    for status in FilingStatus::ALL {
        let column = match status {
            FilingStatus::Single => "single",
            FilingStatus::Joint | FilingStatus::Survivor => "mfj_qss",
            FilingStatus::Separate => "mfs",
            FilingStatus::Head => "hoh",
        };
        for income in [first, last] {
            let tax = worksheets::tax(law, status, income, Round::WholeDollar);
            ours.push((column.to_owned(), Round::WholeDollar.enter(tax).to_decimal()));
        }
    }
    Ok(ours)
}

/// Examples in IRS publications and instructions.
pub(crate) fn publications(case: &mut Case) -> Answer {
    if case.topic.starts_with("Form 8829") {
        return home_office(case);
    }
    let law = case.law();
    let inputs = &mut case.inputs;
    match case.topic.as_str() {
        "Form 8959" => {
            let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
            let w2 = W2 { medicare_wages: inputs.usd("wages"), ..W2::default() };
            let se = ScheduleSe { l6: inputs.usd("se_income_line8"), ..ScheduleSe::BLANK };
            let form = Form8959::fill(law, &filer, &[w2], &[se], Round::Cents);
            answer([("wages_subject", form.l6), ("se_income_subject", form.l12), ("additional_medicare_tax", form.l18)])
        }
        "Home office simplified" => {
            let start = inputs.text("start").ok_or("a home office that is shared or a daycare")?;
            if inputs.has("change") {
                return Err("a home office whose area changes".to_owned());
            }
            let (month, day) = (start[5..7].parse::<i64>().unwrap(), start[8..].parse::<i64>().unwrap());
            // A month counts with 15 days or more. None of the examples starts in the middle of February.
            let months = 12 - month + i64::from(30 - day + 1 >= 15);
            let area = inputs.count("sqft").unwrap();
            let office = Business {
                gross_receipts: Usd::dollars(50_000),
                home_area: area,
                home_months: months,
                ..Business::default()
            };
            let (_, home) = schedule_c::fill(law, &office, Round::Cents);
            let average = Usd::rounded(home.l4.to_decimal() / home.l3a.to_decimal());
            answer([("method_amount", home.l5), ("avg_monthly_sqft", average)])
        }
        "EIC" => {
            let (status, children) = (inputs.status("filing_status")?, inputs.count("children").unwrap());
            let credit =
                worksheets::earned_income_credit(law, status, children, inputs.usd("lookup"), Round::WholeDollar);
            answer([("eic", Round::WholeDollar.enter(credit))])
        }
        "rounding" => {
            let mut round = |key: &str| Round::WholeDollar.enter(inputs.usd(key).into());
            answer([("rounded[0]", round("amounts[0]")), ("rounded[1]", round("amounts[1]"))])
        }
        "IRA phase-out rounding" => {
            // Half of the limit is left in the middle of a phase-out: twice the result as the limit leaves it.
            let result = inputs.usd("result");
            let (from, to, paid) = (Usd::ZERO, Usd::dollars(2), result * 2);
            let cover = Cover { limit: paid, compensation: paid, from, to };
            let own = OwnBenefits { ira: paid, ..OwnBenefits::default() };
            let before = ModifiedIncome { magi: Usd::dollars(1), ..ModifiedIncome::BLANK };
            let form = IraDeduction::fill(law, &own, &before, &cover, Round::Cents);
            answer([("rounded_up_to_10", form.deduction)])
        }
        "Schedule 1-A line 14" => {
            inputs.text("section7"); // which rule of 29 USC 207 asks for the overtime
            inputs.usd("premium"); // half of the pay at double time
            let paid = inputs.number("overtime_pay_total").or_else(|| inputs.number("comp_time_wages")).unwrap();
            answer([("qualified_overtime", overtime_premium(paid, inputs.number("factor").unwrap()))])
        }
        "Schedule 1-A line 5" => Err("tips of one's own trade or business, Schedule 1-A line 5".to_owned()),
        "Schedule C line 9" => Err("a mileage rate: car expenses are a fact".to_owned()),
        other => Err(other.to_owned()),
    }
}

/// Acceptance returns of the IRS and cases of Direct File, in whole dollars as the returns are written.
pub(crate) fn acceptance(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    match case.id.as_str() {
        "irs-ats-ty2025-12" => {
            let status = inputs.status("filing_status")?;
            let w2 = W2 {
                wages: inputs.usd("w2_wages"),
                withheld: inputs.usd("w2_withheld"),
                ss_wages: inputs.usd("w2_ss_wages"),
                medicare_wages: inputs.usd("w2_medicare_wages"),
                ..W2::default()
            };
            let business = Business {
                gross_receipts: inputs.usd("sch_c.line1"),
                insurance: inputs.usd("sch_c.line15"),
                legal: inputs.usd("sch_c.line17"),
                office: inputs.usd("sch_c.line18"),
                rent_property: inputs.usd("sch_c.line20b"),
                supplies: inputs.usd("sch_c.line22"),
                taxes: inputs.usd("sch_c.line23"),
                ..Business::default()
            };
            let mut filer = person(withheld(law, w2, Round::WholeDollar), Usd::ZERO);
            filer.businesses = vec![business];
            filer.own.health = inputs.usd("health_premiums");
            let form = filled(law, &household(status, filer, None, Vec::new()), Round::WholeDollar)?;
            let (c, se, health) = (&form.schedule_c[0], &form.schedule_se[0], &form.form_7206[0]);
            let (first, second) = (&form.schedule_1, &form.adjustments);
            answer([
                ("schc.28", c.l28),
                ("schc.31", c.l31),
                ("sse.4a", se.l4a),
                ("sse.9", se.l9),
                ("sse.10", se.l10),
                ("sse.11", se.l11),
                ("sse.12", se.l12),
                ("sse.13", se.l13),
                ("7206.4", health.l4),
                ("7206.8", health.l8),
                ("7206.14", health.l14),
                ("sch1.3", first.l3),
                ("sch1.15", second.l15),
                ("sch1.17", second.l17),
                ("sch1.26", second.l26),
                ("1040.9", form.total_income.l9),
                ("1040.11", form.agi.agi),
            ])
        }
        "irs-ats-ty2025-13" => {
            let status = inputs.status("filing_status")?;
            let filer = person(employee(law, inputs.usd("wages"), Round::WholeDollar), Usd::ZERO);
            let form = filled(law, &household(status, filer, None, Vec::new()), Round::WholeDollar)?;
            let standard = form.taxable.deduction.cents() / 100;
            inputs.must("standard_deduction", &standard.into());
            answer([("1040.15", form.taxable.l15), ("1040.16", form.tax.l16)])
        }
        _ if case.topic == "Student loan interest" => {
            student_loan(law, inputs, ["filing_status", "magi", "interest"], "deduction")
        }
        _ => Err(case.topic.clone()),
    }
}

/// Student loan interest from the income before it; keys of status, income, interest.
pub(crate) fn student_loan(law: &Law, inputs: &mut Inputs, keys: [&str; 3], deduction: &str) -> Answer {
    let [status, income, interest] = keys;
    let filer = Filer { status: inputs.status(status)?, ..Filer::default() };
    let payments = Payments { student_interest: inputs.usd(interest), ..Payments::default() };
    let total = TotalIncome { l9: inputs.usd(income), ..TotalIncome::BLANK };
    let form =
        StudentLoanInterest::fill(law, &filer, &payments, &total, &OtherAdjustments::BLANK, &[], Round::WholeDollar);
    answer([(deduction, form.l9)])
}

/// The senior deduction from modified adjusted gross income; keys of status, income, persons.
pub(crate) fn senior(law: &Law, inputs: &mut Inputs, keys: [&str; 3], total: &str) -> Answer {
    let [status, income, seniors] = keys;
    let filer = Filer { status: inputs.status(status)?, ..Filer::default() };
    let seniors = usize::try_from(inputs.count(seniors).unwrap()).unwrap();
    let persons = vec![Individual { senior: 1, ..Individual::default() }; seniors];
    let income = AdjustedGrossIncome { agi: inputs.usd(income), ..AdjustedGrossIncome::BLANK };
    let form = Schedule1A::fill(law, &filer, &persons, &Payments::default(), &[], &income, Round::WholeDollar);
    answer([(total, form.l37), ("line34", form.l34), ("line35", form.l35)])
}

/// Examples of practitioners.
pub(crate) fn practitioner(case: &mut Case) -> Answer {
    match case.topic.as_str() {
        "Schedule 1-A senior" => {
            senior(case.law(), &mut case.inputs, ["filing_status", "magi", "eligible"], "deduction")
        }
        other => Err(other.to_owned()),
    }
}

/// Form 8829: the share of the home, and the order of the limit. Depreciation comes as the business part of the year.
fn home_office(case: &mut Case) -> Answer {
    let (law, _) = law::of(2025).unwrap();
    let inputs = &mut case.inputs;
    let fill = |office: &HomeOffice, tentative: Usd| {
        let c = ScheduleC { l29: tentative, ..ScheduleC::BLANK };
        let choice = HomeChoice { itemizes: 1, ..HomeChoice::default() };
        Form8829::fill(law, office, &c, &HomeTaxes::BLANK, &choice, Round::Cents)
    };
    if case.topic == "Form 8829 part I" {
        let feet = inputs.count("office_sqft").zip(inputs.count("home_sqft"));
        let (area, whole) = feet.or_else(|| inputs.count("rooms_used").zip(inputs.count("rooms"))).unwrap();
        let form = fill(&HomeOffice { actual: 1, area, whole, ..HomeOffice::default() }, Usd::ZERO);
        return Ok(vec![("business_pct".to_owned(), form.l7.to_decimal())]);
    }
    let tentative = inputs.usd("gross_income") - inputs.usd("other_business_expenses");
    let office = HomeOffice {
        actual: 1,
        area: 1,
        whole: 1,
        mortgage: inputs.usd("mortgage_interest_and_taxes_business_part"),
        utilities: inputs.usd("maintenance_insurance_utilities_business_part"),
        carryover_depreciation: inputs.usd("depreciation_business_part"),
        ..HomeOffice::default()
    };
    let form = fill(&office, tentative);
    answer([
        ("deduction_limit", form.l15),
        ("operating_allowed", form.l27),
        ("depreciation_allowed", form.l33),
        ("depreciation_carryover", form.l44),
    ])
}
