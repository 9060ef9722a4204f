//! The IRS Tax Withholding Estimator: its unit tests, and the whole returns of its acceptance sheet.

use perchart::law::{FilingStatus, Law};
use perchart::money::{Round, Usd};
use perchart::tax::adjustments::OtherAdjustments;
use perchart::tax::credits::{EarnedIncomeCredit, Schedule8812};
use perchart::tax::deductions::{Deductions, ItemizedLimit, ScheduleA};
use perchart::tax::facts::{Filer, Household, Individual, OtherIncome, OwnBenefits, Payments, W2};
use perchart::tax::form_1040::{
    AdjustedGrossIncome, Form1040Income, Form1040Tax, Form1040Taxable, GainsTax, StandardDeduction,
};
use perchart::tax::form_2441::{CareBenefits, CareCredit, CareEarnings};
use perchart::tax::form_7206::Form7206;
use perchart::tax::form_8829::HomeChoice;
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
use perchart::tax::schedule_c::ScheduleC;
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::social_security::SocialSecurity;

use super::case::{Answer, Case, answer, child, employee, filled, household, other_income, overtime_premium, person};
use super::official::{senior, student_loan};

/// The tax on an income without anything but the standard deduction.
pub(crate) fn tax_on(law: &Law, filer: &Filer, income: &AdjustedGrossIncome, round: Round) -> Form1040Tax {
    let standard = StandardDeduction::fill(law, filer, round);
    let taken = Deductions { taken: standard.amount, ..Deductions::BLANK };
    let taxable = Form1040Taxable::fill(income, &taken, &BusinessDeduction::BLANK, &Schedule1A::BLANK, round);
    let gains = GainsTax::fill(law, filer, &taxable, &CapitalGains::BLANK, round);
    Form1040Tax::fill(&gains, &Schedule2::BLANK, round)
}

/// The unit tests of the IRS Tax Withholding Estimator.
pub(crate) fn units(case: &mut Case) -> Answer {
    let law = case.law();
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
            let tax = tax_on(law, &filer, &income, round);
            let (first, third, earned) = (Schedule1Adjustments::BLANK, Schedule3::BLANK, EarnedIncomeCredit::BLANK);
            let form = Schedule8812::fill(law, &filer, &[], &[], &income, &first, &tax, &third, &earned, round);
            let mut ours = vec![("expectedTotalCtc", form.l14), ("totalCtcAndOdc", form.l14)];
            ours.extend([("additionalCtc", form.l27), ("remainingCtcAndOdc", form.l16a)]);
            if form.stopped_at.is_none() {
                ours.push(("totalPotentialActc", form.l16b)); // blank where the form says to stop before it
            }
            Ok(ours.into_iter().map(|(key, value)| (key.to_owned(), value.to_decimal())).collect())
        }
        "Form 7206 (cap only)" => {
            inputs.status("status")?; // does not enter
            if inputs.usd("netSelfEmploymentIncomeSpouse") != Usd::ZERO {
                return Err("two spouses' self-employment taxes in one sum".to_owned());
            }
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
                &[],
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
            let form = Deductions::fill(
                law,
                &filer,
                &payments,
                &standard,
                &a,
                &ItemizedLimit::BLANK,
                &HomeChoice::BLANK,
                round,
            );
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
        "Schedule 1 line 16 (cap only)" => {
            inputs.status("status")?; // does not enter
            // A plan that net earnings alone limit is one of elective deferrals.
            let c = [ScheduleC { l31: inputs.usd("netSelfEmploymentIncomeTotal"), ..ScheduleC::BLANK }];
            let se = ScheduleSe { l13: inputs.usd("selfEmploymentTaxDeduction"), ..ScheduleSe::BLANK };
            let deferral = inputs.usd("selfEmployedRetirementPlanContributions");
            let own = OwnBenefits { deferral, ..OwnBenefits::default() };
            let form = PlanWorksheet::fill(law, &Individual::default(), &own, &W2::default(), &c, &se, round);
            answer([("expectedActualSelfEmployedRetirementPlanDeduction", form.s22)])
        }
        "Schedule 1-A car loan interest" => {
            let filer = Filer { status: inputs.status("status")?, ..Filer::default() };
            let car_loan = inputs.usd("personalVehicleLoanInterestAmount");
            let payments = Payments { car_loan, ..Payments::default() };
            let agi = inputs.usd("magiForOB3BelowLineDeductions");
            let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
            let form = Schedule1A::fill(law, &filer, &[], &payments, &[], &income, round);
            answer([("qualifiedPersonalVehicleLoanInterestDeduction", form.l30)])
        }
        "Form 2441" => {
            let status = inputs.status("status")?;
            // On a separate return the credit is that of one who counts as unmarried (IRC 21(e)(4)).
            let unmarried = if status == FilingStatus::Separate { FilingStatus::Single } else { status };
            let care_persons = inputs.count("cdccQualifyingPersons").unwrap();
            let filer = Filer { status: unmarried, care_persons, ..Filer::default() };
            let payments = Payments { care: inputs.usd("cdccQualifyingExpenses"), ..Payments::default() };
            let income = AdjustedGrossIncome { agi: inputs.usd("agi"), ..AdjustedGrossIncome::BLANK };
            let tax = tax_on(law, &Filer { status, ..Filer::default() }, &income, round);
            let w2 = ["Self", "Spouse"].map(|who| inputs.usd(&format!("earnedIncome{who}")));
            let w2 = w2.map(|wages| W2 { wages, ..W2::default() });
            let earned =
                w2.map(|w2| CareEarnings::fill(law, &filer, &Individual::default(), &w2, &ScheduleSe::BLANK, round));
            let none = CareBenefits::BLANK;
            let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &none, &income, &tax, round);
            answer([("expectedCdcc", form.l11)])
        }
        other => Err(other.to_owned()),
    }
}

/// Whole returns of the estimator's acceptance sheet. It takes the tax from the Tax Table and the earned income credit
/// from the formula: the EIC Table of 2026 is not printed yet.
pub(crate) fn returns(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let round = Round::WholeDollar;
    let status = match inputs.count("F-Status (1=S; 2=MJ; 3=MS; 4=HH; 5=QW)").unwrap() {
        1 => FilingStatus::Single,
        2 => FilingStatus::Joint,
        3 => FilingStatus::Separate,
        4 => FilingStatus::Head,
        _ => FilingStatus::Survivor,
    };
    let numbers = ["Valid SSN (self)", "Valid SSN (spouse)"].map(|key| inputs.count(key) == Some(1));
    // How a job is paid and what is withheld decides the refund, which the sheet does not give. What is deferred is given
    // for each pay.
    let mut deferred = Usd::ZERO;
    for job in 1..=4 {
        let pays = inputs.count(&format!("payFrequency{job} (1=W; 2=BW; 3=SM; 4=M)")).unwrap_or(1);
        let pays = [52, 26, 24, 12][usize::try_from(pays - 1).unwrap()];
        for key in ["paymentPerPPd", "paymentYTD", "taxWhPerPPd", "taxWhYTD", "401kYTD"] {
            inputs.usd(&format!("{key}{job}"));
        }
        deferred += inputs.usd(&format!("401kPerPPd{job}")) * pays;
    }
    for key in ["Withholding from previous job-User", "Withholding from previous job-Spouse", "EstdTaxPymntsToDate"] {
        inputs.usd(key);
    }
    for key in ["SS monthly withholding", "SS withholding YTD", "SS benefit YTD"] {
        inputs.usd(key);
    }
    let children: Vec<_> = (1..=3).filter_map(|number| inputs.count(&format!("Child{number}Age"))).map(child).collect();
    let for_care = i64::try_from(children.iter().filter(|child| child.is_for_care()).count()).unwrap();
    let care = inputs.usd("ChildCareExpenses");
    if inputs.count("qualChildrenCDCC").is_some_and(|count| count != for_care) && care != Usd::ZERO {
        return Err("children who do not qualify for dependent care".to_owned());
    }
    if let Some(qualifying) = inputs.count("How many QC for EITC")
        && qualifying != i64::try_from(children.len()).unwrap()
    {
        return Err("children who do not qualify for the earned income credit".to_owned());
    }
    // Tips and overtime count for those with a social security number (IRC 224(e), 225(d)).
    let mut premium = |number: bool, pay: &str, factor: &str| {
        let (pay, factor) = (inputs.number(pay), inputs.number(factor));
        pay.zip(factor).filter(|_| number).map_or(Usd::ZERO, |(pay, factor)| overtime_premium(pay, factor))
    };
    let overtime = [
        premium(numbers[0], "Annual Overtime Income from Job1", "Overtime factor Job 1")
            + premium(numbers[0], "Overtime income on previous job self", "Overtime factor on previous job self"),
        premium(numbers[1], "Overtime income on previous job - spouse", "Overtime factor on previous job -spouse"),
    ];
    // The third job is the spouse's on a joint return. A pension takes the place of the first.
    let pension = inputs.count("Pension? (1=yes)") == Some(1);
    let first = inputs.usd("annualPayment1");
    let third = inputs.usd("annualPayment3");
    let (own_third, spouse_third) = if status.is_joint() { (Usd::ZERO, third) } else { (third, Usd::ZERO) };
    let own_jobs = inputs.usd("annualPayment2") + inputs.usd("Previous job income-User") + own_third;
    let jobs =
        [if pension { own_jobs } else { own_jobs + first }, inputs.usd("Previous job income-Spouse") + spouse_third];
    let tips_of_third = inputs.usd("Annual Tip Income from Job 3");
    let own_tips = inputs.usd("Annual Tip Income from Job 1") + inputs.usd("Tip Income on previous job self");
    let tips = if status.is_joint() { [own_tips, tips_of_third] } else { [own_tips + tips_of_third, Usd::ZERO] };
    let mut person_of = |at: usize, who: &str| {
        let mut person = person(employee(law, jobs[at], round), inputs.usd(&format!("selfEmploymentAmount-{who}")));
        person.w2.overtime_premium = overtime[at];
        person.w2.tips = if numbers[at] { tips[at] } else { Usd::ZERO };
        person
    };
    let (mut filer, mut spouse) = (person_of(0, "User"), person_of(1, "Spouse"));
    // Deferrals are no wages for income tax, but they are for social security (IRC 402(e)(3), 3121(v)(1)).
    filer.w2.wages = filer.w2.wages - deferred;
    filer.w2.deferrals = deferred;
    filer.own.covered_at_work = i64::from(deferred != Usd::ZERO);
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
    if !(numbers[0] || status.is_joint() && numbers[1]) {
        return Err("nobody with a social security number".to_owned());
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
    other_income.pensions = if pension { first } else { Usd::ZERO };
    other_income.social_security = inputs.usd("SS monthly benefit") * 12;
    let gifts = inputs.usd("Gifts to Charity");
    let payments = Payments {
        student_interest: inputs.usd("studentLoanInterest"),
        medical: inputs.usd("MedicalExpenses"),
        taxes: inputs.usd("SALT you paid"),
        mortgage: inputs.usd("Interest you Paid"),
        charity: gifts.max(inputs.usd("Cash gift to charity")),
        care,
        car_loan: inputs.usd("Car loan interest"),
        mortgage_insurance: inputs.usd("Mortgage Insurance Premium"),
        ..Payments::default()
    };
    let household = Household { other_income, payments, ..household(status, filer, Some(spouse), children) };
    let form = filled(law, &household, round)?;
    let last = &form.form_1040;
    // The earned income credit and the deduction for seniors ask for a number of each spouse; the child tax credit for one.
    if status.is_joint() && numbers != [true; 2] && last.eic + form.schedule_1a.l37 != Usd::ZERO {
        return Err("a spouse without a social security number".to_owned());
    }
    let credit = round.enter(filled(law, &household, Round::Cents)?.form_1040.eic.into());
    answer([
        ("net_pretax_income", form.total_income.l9),
        ("adjustments_total", form.agi.l10),
        ("f1040.11_agi", form.agi.agi),
        ("senior_deduction", form.schedule_1a.l37),
        ("student_loan_interest_allowed", form.student_loan.l9),
        ("deductions_total_as_shown", form.taxable.deduction + form.taxable.charity + form.taxable.additional),
        ("qbi_deduction", form.taxable.qbi),
        ("scha_medical_allowed", form.schedule_a.l4),
        ("scha_salt_allowed", form.schedule_a.l5e),
        ("sch1a_tips", form.schedule_1a.l13),
        ("sch1a_overtime", form.schedule_1a.l21),
        ("sch1a_car_loan_interest", form.schedule_1a.l30),
        ("cdcc", form.form_2441.l11),
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
