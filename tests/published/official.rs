//! Cases that the IRS publishes: tables, examples in instructions, acceptance returns, the estimator's own tests.

use perchart::law::{self, FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::adjustments::{OtherAdjustments, StudentLoanInterest};
use perchart::tax::credits::{EarnedIncomeCredit, Schedule8812};
use perchart::tax::deductions::{Deductions, ItemizedLimit, ScheduleA};
use perchart::tax::facts::{Business, Filer, Household, Individual, OtherIncome, OwnBenefits, Payments, W2};
use perchart::tax::form_1040::{
    AdjustedGrossIncome, Form1040Income, Form1040Tax, Form1040Taxable, GainsTax, StandardDeduction, TotalIncome,
};
use perchart::tax::form_2441::{CareBenefits, CareCredit, CareEarnings};
use perchart::tax::form_7206::Form7206;
use perchart::tax::form_8959::Form8959;
use perchart::tax::form_8960::Form8960;
use perchart::tax::form_8962::Form8962;
use perchart::tax::form_8995a::BusinessDeduction;
use perchart::tax::gains::CapitalGains;
use perchart::tax::premium::SpecifiedPremiums;
use perchart::tax::retirement::PlanWorksheet;
use perchart::tax::schedule_1::Schedule1Adjustments;
use perchart::tax::schedule_1a::Schedule1A;
use perchart::tax::schedule_2::Schedule2;
use perchart::tax::schedule_3::Schedule3;
use perchart::tax::schedule_c::{self, ScheduleC};
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::social_security::SocialSecurity;
use perchart::tax::worksheets;
use rust_decimal::Decimal;

use super::case::{Answer, Case, Inputs, answer, child, employee, filled, household, other_income, person, withheld};

fn law_of(case: &Case) -> &'static Law {
    law::of(case.year).unwrap().0
}

/// Rows of the printed Tax Table and EIC Table: the first and the last amount of the row.
pub(crate) fn tables(case: &mut Case) -> Answer {
    let law = law_of(case);
    let last = case.inputs.usd("less_than") - Usd::from_cents(1);
    let mut ours = Vec::new();
    if case.topic == "EIC Table" {
        let first = case.inputs.usd("lookup_at_least");
        for (column, status) in [("single_hoh_qss", FilingStatus::Head), ("mfj", FilingStatus::Joint)] {
            for children in 0..4 {
                for amount in [first, last] {
                    let credit = worksheets::earned_income_credit(law, status, children, amount, Round::WholeDollar);
                    ours.push((format!("{column}[{children}]"), Round::WholeDollar.enter(credit)));
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
            ours.push((column.to_owned(), Round::WholeDollar.enter(tax)));
        }
    }
    Ok(ours)
}

/// Examples in IRS publications and instructions.
pub(crate) fn publications(case: &mut Case) -> Answer {
    let law = law_of(case);
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
        other => Err(other.to_owned()),
    }
}

/// Acceptance returns of the IRS and cases of Direct File, in whole dollars as the returns are written.
pub(crate) fn acceptance(case: &mut Case) -> Answer {
    let law = law_of(case);
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

/// The unit tests of the IRS Tax Withholding Estimator.
pub(crate) fn estimator_units(case: &mut Case) -> Answer {
    let law = law_of(case);
    let inputs = &mut case.inputs;
    let round = Round::WholeDollar;
    match case.topic.as_str() {
        "Taxable social security" => {
            let filer = Filer { status: inputs.status("filingStatus")?, ..Filer::default() };
            inputs.must("isMFSLivedTogether", &(filer.status == FilingStatus::Separate).into());
            let benefits = inputs.usd("socialSecurityBenefitsIncome");
            let other = OtherIncome { social_security: benefits, ..OtherIncome::default() };
            // Line 7 is given: half of the benefits and the other income, less adjustments.
            let half = round.enter(benefits * law.social_security.half);
            let l1z = inputs.usd("pub915MAGIForBenefitsTaxableAmountLine8") - half;
            let income = Form1040Income { l1z, ..Form1040Income::BLANK };
            let form = SocialSecurity::fill(law, &filer, &other, &income, &OtherAdjustments::BLANK, &[], round);
            answer([("expectedSSABenefitsTaxableAmount", form.l18)])
        }
        "Schedule SE" => {
            inputs.status("status")?; // does not enter
            let mut fill = |who: &str| {
                let c = ScheduleC { l31: inputs.usd(&format!("netSelfEmploymentIncome{who}")), ..ScheduleC::BLANK };
                let w2 = W2 { ss_wages: inputs.usd(&format!("jobsIncome{who}")), ..W2::default() };
                ScheduleSe::fill(law, &w2, &[c], round)
            };
            let (own, spouse) = (fill("Self"), fill("Spouse"));
            answer([
                ("expectedScheduleSELine12Self", own.l12),
                ("expectedScheduleSELine12Spouse", spouse.l12),
                ("expectedScheduleSELine13Self", own.l13),
                ("expectedScheduleSELine13Spouse", spouse.l13),
                ("expectedSelfEmploymentTaxTotal", own.l12 + spouse.l12),
                ("expectedSelfEmploymentTaxDeductionTotal", own.l13 + spouse.l13),
            ])
        }
        "Form 2441" => {
            let filer = Filer {
                status: inputs.status("status")?,
                care_persons: inputs.count("cdccQualifyingPersons").unwrap(),
                ..Filer::default()
            };
            if filer.status == FilingStatus::Separate {
                return Err("a separate return of one who lived apart".to_owned());
            }
            let payments = Payments { care: inputs.usd("cdccQualifyingExpenses"), ..Payments::default() };
            let earned = ["earnedIncomeSelf", "earnedIncomeSpouse"]
                .map(|key| CareEarnings { total: inputs.usd(key), ..CareEarnings::BLANK });
            // The tax is that on adjusted gross income less the standard deduction.
            let income = AdjustedGrossIncome { agi: inputs.usd("agi"), ..AdjustedGrossIncome::BLANK };
            let tax = plain_tax(law, &filer, &income);
            let (w2, none) = ([W2::default(); 2], CareBenefits::BLANK);
            let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &none, &income, &tax, round);
            answer([("expectedCdcc", form.l11)])
        }
        "Schedule 1-A car loan interest" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            let payments =
                Payments { car_loan: inputs.usd("personalVehicleLoanInterestAmount"), ..Payments::default() };
            let agi = inputs.usd("magiForOB3BelowLineDeductions");
            let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
            let form = Schedule1A::fill(law, &filer, &[], &payments, &[], &income, round);
            answer([("qualifiedPersonalVehicleLoanInterestDeduction", form.l30)])
        }
        "Schedule 1-A senior deduction" => senior(
            law,
            inputs,
            ["status", "magiForOB3BelowLineDeductions", "eligibleTaxpayersForSeniorDeduction"],
            "expectedSeniorDeduction",
        ),
        "Schedule 8812 CTC" | "Schedule 8812 ACTC" => {
            let filer = Filer {
                status: inputs.status("status")?,
                children_under_17: inputs.count("ctcEligibleDependents").unwrap(),
                ..Filer::default()
            };
            // The test sets adjusted gross income alone: no wages, no schedule, no earned income.
            let income = AdjustedGrossIncome { agi: inputs.usd("agi"), ..AdjustedGrossIncome::BLANK };
            let tax = plain_tax(law, &filer, &income);
            let (first, third, earned) = (Schedule1Adjustments::BLANK, Schedule3::BLANK, EarnedIncomeCredit::BLANK);
            let form = Schedule8812::fill(law, &filer, &[], &[], &income, &first, &tax, &third, &earned, round);
            let mut ours = vec![("expectedTotalCtc", form.l14), ("totalCtcAndOdc", form.l14)];
            ours.extend([("additionalCtc", form.l27), ("remainingCtcAndOdc", form.l16a)]);
            if form.stopped_at.is_none() {
                ours.push(("totalPotentialActc", form.l16b)); // blank where the form says to stop before it
            }
            Ok(ours.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
        }
        "Form 7206 (cap only)" => {
            inputs.status("status")?; // does not enter
            inputs.must("netSelfEmploymentIncomeSpouse", &0.into());
            let c = [ScheduleC { l31: inputs.usd("netSelfEmploymentIncomeSelf"), ..ScheduleC::BLANK }];
            let own = OwnBenefits {
                health: inputs.usd("selfEmploymentHealthInsuranceContributions"),
                ..OwnBenefits::default()
            };
            let se = ScheduleSe { l13: inputs.usd("selfEmploymentTaxDeduction"), ..ScheduleSe::BLANK };
            let plan = PlanWorksheet { s22: inputs.usd("selfEmployedRetirementPlanDeduction"), ..PlanWorksheet::BLANK };
            let form = Form7206::fill(law, &Individual::default(), &own, &c, &se, &plan, round);
            answer([("expectedSelfEmploymentHealthInsuranceContributions", form.l14)])
        }
        "Student loan interest" => {
            inputs.usd("agi"); // the income after the deduction
            let keys = ["status", "incomeTotal", "studentLoanInterestAmount"];
            student_loan(law, inputs, keys, "actualStudentLoanInterestAdjustment")
        }
        "Schedule A overall limit (sec. 68)" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            let a = ScheduleA { total: inputs.usd("itemizedDeductionTotal"), ..ScheduleA::BLANK };
            let income = AdjustedGrossIncome { agi: inputs.usd("income"), ..AdjustedGrossIncome::BLANK };
            let (business, extra) = (BusinessDeduction::BLANK, Schedule1A::BLANK);
            let limit = ItemizedLimit::fill(law, &filer, &a, &income, &business, &extra, round);
            answer([("expectedItemizedDeduction", a.total - limit.cut)])
        }
        "Schedule A SALT" => {
            // Two cases give the taxes alone: no status, no income.
            let status = inputs.status("status").unwrap_or(FilingStatus::Single);
            let filer = Filer { status, ..Filer::default() };
            let payments = Payments { taxes: inputs.usd("stateAndLocalTaxPayments"), ..Payments::default() };
            let income = AdjustedGrossIncome { agi: inputs.usd("agi"), ..AdjustedGrossIncome::BLANK };
            let a = ScheduleA::fill(
                law,
                &filer,
                &payments,
                &[],
                &SpecifiedPremiums::BLANK,
                &Form8962::BLANK,
                &income,
                round,
            );
            answer([("expectedStateAndLocalTaxPaymentsTotal", a.l5e), ("expectedStateAndLocalTaxPayments", a.l5e)])
        }
        "Form 8960" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            let l2b = inputs.usd("totalInvestmentIncomeForm8960Line8");
            let income = Form1040Income { l2b, ..Form1040Income::BLANK };
            let adjusted = AdjustedGrossIncome { agi: inputs.usd("agi"), ..AdjustedGrossIncome::BLANK };
            answer([("netInvestmentIncomeTax", Form8960::fill(law, &filer, &income, &adjusted, round).l17)])
        }
        "Charity for non-itemizers" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            inputs.usd("magiForOB3BelowLineDeductions"); // does not enter
            let charity = inputs.usd("nonItemizerCharitableContributionDeductionAmount");
            let payments = Payments { charity, ..Payments::default() };
            let standard = StandardDeduction { amount: inputs.usd("standardDeduction"), ..StandardDeduction::BLANK };
            let a = ScheduleA { total: inputs.usd("itemizedDeductionTotal"), ..ScheduleA::BLANK };
            let form = Deductions::fill(law, &filer, &payments, &standard, &a, &ItemizedLimit::BLANK, round);
            answer([("nonItemizerCharitableContributionDeduction", form.charity)])
        }
        "QDCG tax worksheet" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            let taxable = Form1040Taxable { l15: inputs.usd("taxableIncome"), ..Form1040Taxable::BLANK };
            let net = inputs.usd("qualDiv") + inputs.usd("ltCapitalGains");
            let gains = CapitalGains { net, ..CapitalGains::BLANK };
            let form = GainsTax::fill(law, &filer, &taxable, &gains, round);
            answer([("amtAt0", form.l9), ("totalAt15", form.l18), ("totalAt20", form.l21), ("totalTax", form.l25)])
        }
        "Schedule 1 line 16 (cap only)" => Err("a plan limited by net earnings alone, not a SEP".to_owned()),
        other => Err(other.to_owned()),
    }
}

/// The tax on adjusted gross income less the standard deduction.
fn plain_tax(law: &Law, filer: &Filer, income: &AdjustedGrossIncome) -> Form1040Tax {
    let round = Round::WholeDollar;
    let standard = StandardDeduction::fill(law, filer, round);
    let taken = Deductions { taken: standard.amount, ..Deductions::BLANK };
    let taxable = Form1040Taxable::fill(income, &taken, &BusinessDeduction::BLANK, &Schedule1A::BLANK, round);
    let gains = GainsTax::fill(law, filer, &taxable, &CapitalGains::BLANK, round);
    Form1040Tax::fill(&gains, &Schedule2::BLANK, round)
}

/// Student loan interest from the income before it; keys of status, income, interest.
fn student_loan(law: &Law, inputs: &mut Inputs, keys: [&str; 3], deduction: &str) -> Answer {
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

/// Whole returns of the estimator's acceptance sheet. It takes the tax from the Tax Table and the earned income credit
/// from the formula: the EIC Table of 2026 is not printed yet.
pub(crate) fn estimator_returns(case: &mut Case) -> Answer {
    let law = law_of(case);
    let inputs = &mut case.inputs;
    let round = Round::WholeDollar;
    let status = match inputs.count("F-Status (1=S; 2=MJ; 3=MS; 4=HH; 5=QW)").unwrap() {
        1 => FilingStatus::Single,
        2 => FilingStatus::Joint,
        3 => FilingStatus::Separate,
        4 => FilingStatus::Head,
        _ => FilingStatus::Survivor,
    };
    if inputs.count("Valid SSN (self)") != Some(1) || status.is_joint() && inputs.count("Valid SSN (spouse)") != Some(1)
    {
        return Err("no social security number".to_owned());
    }
    // How a job is paid and what is withheld decides the refund, which the sheet does not give.
    for job in 1..=4 {
        inputs.count(&format!("payFrequency{job} (1=W; 2=BW; 3=SM; 4=M)"));
        for key in ["paymentPerPPd", "paymentYTD", "taxWhPerPPd", "taxWhYTD"] {
            inputs.usd(&format!("{key}{job}"));
        }
    }
    for key in ["Withholding from previous job-User", "Withholding from previous job-Spouse", "EstdTaxPymntsToDate"] {
        inputs.usd(key);
    }
    // Children who would count for care expenses; without expenses there is no credit.
    inputs.count("qualChildrenCDCC");
    let children: Vec<_> = (1..=3).filter_map(|number| inputs.count(&format!("Child{number}Age"))).map(child).collect();
    if let Some(qualifying) = inputs.count("How many QC for EITC")
        && qualifying != i64::try_from(children.len()).unwrap()
    {
        return Err("children who do not qualify for the earned income credit".to_owned());
    }
    // Overtime pay at a factor: the premium is the half of time-and-a-half, 0.5 of the factor's parts (IRC 225(c)).
    let mut premium = |pay: &str, factor: &str| {
        let (pay, factor) = (inputs.number(pay), inputs.number(factor));
        pay.zip(factor).map_or(Usd::ZERO, |(pay, factor)| Usd::rounded(pay / factor / Decimal::TWO))
    };
    let overtime = premium("Annual Overtime Income from Job1", "Overtime factor Job 1")
        + premium("Overtime income on previous job self", "Overtime factor on previous job self");
    let overtime_spouse =
        premium("Overtime income on previous job - spouse", "Overtime factor on previous job -spouse");
    // The first "job" may be a pension.
    let pension = inputs.count("Pension? (1=yes)") == Some(1);
    let pensions = if pension { inputs.usd("annualPayment1") } else { Usd::ZERO };
    let jobs = ["annualPayment1", "annualPayment2", "annualPayment3", "Previous job income-User"];
    let wages = jobs.into_iter().map(|job| inputs.usd(job)).sum();
    let mut filer = person(employee(law, wages, round), inputs.usd("selfEmploymentAmount-User"));
    filer.w2.overtime_premium = overtime;
    let tips = ["Annual Tip Income from Job 1", "Annual Tip Income from Job 3", "Tip Income on previous job self"];
    filer.w2.tips = tips.into_iter().map(|tips| inputs.usd(tips)).sum();
    inputs.usd("SS benefit YTD"); // part of the year's benefits
    let benefits = inputs.usd("SS monthly benefit") * 12;
    for key in ["SS monthly withholding", "SS withholding YTD"] {
        inputs.usd(key);
    }
    let mut spouse = person(
        employee(law, inputs.usd("Previous job income-Spouse"), round),
        inputs.usd("selfEmploymentAmount-Spouse"),
    );
    spouse.w2.overtime_premium = overtime_spouse;
    for (person, [age, old, blind]) in [
        (&mut filer, ["User Age", "65 or Older (1=yes)", "Blind (1=yes)"]),
        (&mut spouse, ["Spouse Age", "Spouse 65 or Older (1=yes)", "Spouse Blind (1=yes)"]),
    ] {
        person.age = inputs.count(age).unwrap_or(40);
        person.blind = inputs.count(blind) == Some(1);
        if inputs.count(old).is_some_and(|old| (old == 1) != (person.age >= 65)) {
            return Err("an age that contradicts the box for 65".to_owned());
        }
    }
    if children.is_empty() && matches!(status, FilingStatus::Head | FilingStatus::Survivor) {
        return Err("a qualifying person who is not stated".to_owned());
    }
    filer.own.ira = inputs.usd("IRAcontribution");
    // Interest and ordinary dividends in one sum, without the qualified ones.
    let mut other_income = other_income(
        inputs,
        [
            "InterestOrdinaryDividends",
            "",
            "QualifiedDividends",
            "OtherLongTermGains(or losses)",
            "ShortTermGains(or losses)",
        ],
    );
    other_income.dividends = other_income.qualified_dividends;
    (other_income.pensions, other_income.social_security) = (pensions, benefits);
    let gifts = inputs.usd("Gifts to Charity");
    let payments = Payments {
        student_interest: inputs.usd("studentLoanInterest"),
        medical: inputs.usd("MedicalExpenses"),
        taxes: inputs.usd("SALT you paid"),
        mortgage: inputs.usd("Interest you Paid"),
        charity: gifts.max(inputs.usd("Cash gift to charity")),
        car_loan: inputs.usd("Car loan interest"),
        mortgage_insurance: inputs.usd("Mortgage Insurance Premium"),
        ..Payments::default()
    };
    let household = Household { other_income, payments, ..household(status, filer, Some(spouse), children) };
    let form = filled(law, &household, round)?;
    let last = &form.form_1040;
    let credit = round.enter(filled(law, &household, Round::Cents)?.form_1040.eic.into());
    answer([
        ("net_pretax_income", form.total_income.l9),
        ("adjustments_total", form.agi.l10),
        ("f1040.11_agi", form.agi.agi),
        ("senior_deduction", form.schedule_1a.l37),
        ("student_loan_interest_allowed", form.student_loan.l9),
        ("deductions_total_as_shown", form.taxable.deduction + form.taxable.charity + form.taxable.additional),
        ("qbi_deduction", form.taxable.qbi),
        ("sch1a_tips", form.schedule_1a.l13),
        ("sch1a_overtime", form.schedule_1a.l21),
        ("sch1a_car_loan_interest", form.schedule_1a.l30),
        ("taxable_income", form.taxable.l15),
        ("income_tax_before_credits", form.tax.l16),
        ("ctc_odc_nonrefundable", last.l19),
        ("nonrefundable_credits", last.l21),
        ("actc", last.l28),
        ("eitc", credit),
        ("refundable_credits", last.refundable - last.eic + credit),
        ("income_tax_after_nonrefundable", last.l22),
        ("additional_medicare_tax", form.schedule_2.l11),
        ("se_tax", form.schedule_2.l4),
        ("niit", form.schedule_2.l12),
        ("total_tax_less_refundable", form.net_tax() + last.eic - credit),
    ])
}

/// Examples of practitioners.
pub(crate) fn practitioner(case: &mut Case) -> Answer {
    match case.topic.as_str() {
        "Schedule 1-A senior" => {
            senior(law_of(case), &mut case.inputs, ["filing_status", "magi", "eligible"], "deduction")
        }
        other => Err(other.to_owned()),
    }
}
