//! Golden results of other engines: whole returns.

use perchart::law;
use perchart::money::{Round, Usd};
use perchart::tax::deductions::Deductions;
use perchart::tax::facts::{CoveredMonth, Dependent, Household, Marketplace, Payments, Student, W2};
use perchart::tax::form_6251::Form6251;
use rust_decimal::Decimal;

use super::case::{
    Answer, Case, Inputs, answer, child, decimal, employee, filled, household, other_income, person, withheld,
};

/// Tax-Calculator: by formula, without dependents.
pub(crate) fn taxcalc(case: &mut Case) -> Answer {
    let law = case.law();
    let (expected, tolerance) = (decimal(&case.expected["amt"]).unwrap(), case.tolerance("amt"));
    let inputs = &mut case.inputs;
    let status = inputs.status("filing_status")?;
    let filer = person(employee(law, inputs.usd("w2_wages"), Round::Cents), inputs.usd("schedule_c_net_profit"));
    let mut household = household(status, filer, None, Vec::new());
    let keys = ["taxable_interest", "ordinary_dividends", "qualified_dividends", "long_term_gain", "short_term_gain"];
    household.other_income = other_income(inputs, keys);
    // Itemized deductions in one sum, allowed against the alternative minimum tax.
    household.payments.mortgage = inputs.usd("itemized_deductions");
    let form = filled(law, &household, Round::Cents)?;
    // The spread of incentive stock options, line 2i, is added at line 2a: no more than a sum follows.
    let spread = inputs.usd("iso_bargain_element");
    let minimum = |taxes: Usd| {
        let preferences = Deductions { taxes: taxes + spread, ..form.deductions };
        let (filer, extra, gains) = (&form.filer, &form.schedule_1a, &form.gains_tax);
        Form6251::fill(
            law,
            filer,
            &form.agi,
            &form.taxable,
            extra,
            &form.schedule_1,
            &preferences,
            &form.itemized_limit,
            gains,
            &form.form_8962,
            &form.depreciation,
            Round::Cents,
        )
        .l11
    };
    // Form 6251 line 2a takes back the standard deduction (IRC 56(b)(1)(D)); this release of the source forgot it.
    let forgotten = minimum(Usd::ZERO).to_decimal() - expected;
    let minimum = minimum(form.deductions.taxes);
    if form.deductions.itemizes == 0 && minimum > Usd::ZERO && forgotten.abs() <= tolerance {
        return Err("a minimum tax without the standard deduction of line 2a".to_owned());
    }
    // "Itemized" also stands where the sum is less than the standard deduction; the larger one is taken all the same.
    inputs.must("deduction", &"Itemized".into());
    if form.deductions.itemizes == 0 {
        inputs.must("deduction", &"Standard".into());
    }
    answer([
        ("agi", form.agi.agi),
        ("qbi_deduction", form.taxable.qbi),
        ("taxable_income", form.taxable.l15),
        ("se_tax", form.schedule_2.l4),
        ("income_tax_exact", form.tax.l16 + minimum),
        ("addl_medicare_tax", form.schedule_2.l11),
        ("niit", form.schedule_2.l12),
        ("amt", minimum),
        ("total_tax_exact", form.form_1040.total_tax - form.schedule_2.l2 + minimum),
    ])
}

/// OpenTaxSolver (with the Tax Table) and Tax-Calculator (by formula) on one household.
pub(crate) fn two_oracle(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let status = inputs.status("filing_status")?;
    let filer = person(employee(law, inputs.usd("w2_income"), Round::Cents), inputs.usd("self_employment_income"));
    let mut household = household(status, filer, None, Vec::new());
    let keys = [
        "taxable_interest",
        "ordinary_dividends",
        "qualified_dividends",
        "long_term_capital_gains",
        "short_term_capital_gains",
    ];
    household.other_income = other_income(inputs, keys);
    household.payments.taxes = inputs.usd("state_income_tax") + inputs.usd("real_estate_tax");
    household.payments.mortgage = inputs.usd("mortgage_interest");
    let form = filled(law, &household, Round::Cents)?;
    inputs.must("standard_or_itemized", &if form.deductions.itemizes == 0 { "Standard" } else { "Itemized" }.into());
    let table = filled(law, &household, Round::WholeDollar)?;
    answer([
        ("adjusted_gross_income", form.agi.agi),
        ("deduction_taken", form.taxable.deduction),
        ("qbi_deduction", form.taxable.qbi),
        ("taxable_income", form.taxable.l15),
        ("se_tax", form.schedule_2.l4),
        ("scha_salt_capped", form.schedule_a.l5e),
        ("niit", form.schedule_2.l12),
        ("additional_medicare_tax", form.schedule_2.l11),
        ("amt", form.schedule_2.l2),
        ("income_tax_exact_taxcalc", form.tax.l16),
        ("total_tax_exact_taxcalc", form.form_1040.total_tax),
        ("f1040.16_tax_table", table.tax.l16),
        ("total_tax_with_tax_table", table.form_1040.total_tax),
    ])
}

/// The engine of opentax: with the Tax Table and the EIC Table, so in whole dollars.
pub(crate) fn opentax(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let round = if inputs.flag("useFormulaMethod") { Round::Cents } else { Round::WholeDollar };
    outside(inputs)?;
    let status = match inputs.status("filingStatus") {
        Err(_) if inputs.left().any(|key| key == "homeOfficeSquareFeet") => law::FilingStatus::Single,
        status => status?,
    };
    let mut filer = person(W2::default(), inputs.usd("selfEmploymentNetProfit"));
    // What the second earner has is part of the wages.
    let second = inputs.usd("secondaryEarnedIncome");
    let mut w2 = employee(law, inputs.usd("wages") - second, round);
    // Tips qualify in a listed occupation (IRC 224(d)(1)).
    let tips = inputs.usd("qualifiedTips");
    w2.tips = if inputs.text("occupation").is_some_and(|word| word != "other") { tips } else { Usd::ZERO };
    w2.overtime_premium = inputs.usd("qualifiedOvertimePremium");
    if let Some(base) = inputs.number("socialSecurityWages") {
        w2.ss_wages = Usd::rounded(base);
    }
    if let Some(base) = inputs.number("medicareWages") {
        w2.medicare_wages = Usd::rounded(base);
    }
    filer.w2 = withheld(law, w2, round);
    filer.own.sep = inputs.usd("sepContribution");
    filer.own.health = inputs.usd("selfEmployedHealthPremiums");
    filer.own.hsa_distributions = inputs.usd("hsaDistributions");
    filer.own.hsa_medical = inputs.usd("hsaQualifiedMedicalExpenses");
    filer.disabled = inputs.flag("hsaDistributionPenaltyExempt");
    if let Some(area) = inputs.count("homeOfficeSquareFeet") {
        let office = filer.businesses.first_mut().ok_or("a home office without a business")?;
        (office.home_area, office.home_months) = (area, 12);
    }
    // An age is given only as a flag; without one the filer is too young for the childless credit.
    filer.age = if inputs.flag("isAge65OrOlder") {
        66
    } else if inputs.flag("isAge50OrOlder") {
        50
    } else if inputs.flag("isAtLeastAge25") {
        40
    } else {
        24
    };
    let mut spouse = person(employee(law, second, round), Usd::ZERO);
    spouse.age = if inputs.flag("spouseIsAge65OrOlder") { 66 } else { 24 };
    filer.own.ira = inputs.usd("iraContribution");
    filer.own.covered_at_work = i64::from(inputs.flag("isActivePlanParticipant"));
    spouse.own.covered_at_work = i64::from(inputs.flag("spouseIsActivePlanParticipant"));
    inputs.must("spouseItemizes", &false.into());
    let keys =
        ["taxableInterest", "ordinaryDividends", "qualifiedDividends", "longTermCapitalGains", "shortTermCapitalGains"];
    let mut other_income = other_income(inputs, keys);
    // Qualified dividends given alone are all the dividends there are.
    other_income.dividends = other_income.dividends.max(other_income.qualified_dividends);
    other_income.pensions = inputs.usd("taxablePensionsAndAnnuities");
    other_income.social_security = inputs.usd("socialSecurityBenefits");
    other_income.long_gain = other_income.long_gain - inputs.usd("longTermCapitalLoss");
    other_income.short_gain =
        other_income.short_gain - inputs.usd("shortTermCapitalLoss") - inputs.usd("netCapitalLoss");
    let payments = Payments {
        charity: inputs.usd("charitableCashContributions"),
        car_loan: inputs.usd("carLoanInterest"),
        care: inputs.usd("dependentCareExpenses"),
        ..Payments::default()
    };
    let students = [("aotcExpensesStudent1", 1), ("aotcExpensesStudent2", 1), ("llcQualifiedExpenses", 0)];
    let students = students.map(|(key, american)| Student { expenses: inputs.usd(key), american });
    let marketplace = marketplace(inputs);
    let (for_care, family) = (inputs.count("careQualifyingIndividuals"), inputs.count("ptcHouseholdSize"));
    let mut times = |key: &str, dependent: Dependent| -> Vec<Dependent> {
        (0..inputs.count(key).unwrap_or(0)).map(|_| dependent).collect()
    };
    let mut dependents = times("qualifyingChildren", child(10));
    dependents.extend(times("otherDependents", Dependent { child: false, ..child(50) }));
    // "Additional" children for the earned income credit alone: over 17, and disabled.
    dependents.extend(times("eitcAdditionalQualifyingChildren", Dependent { disabled: true, ..child(30) }));
    // Those who are counted for care or the poverty line alone bring no other credit: lines that would show it are left out.
    let of_age = if status.is_joint() { 2 } else { 1 };
    let counted = for_care.unwrap_or(0).max(family.map_or(0, |family| family - of_age));
    let more = usize::try_from(counted).unwrap().saturating_sub(dependents.len());
    dependents.extend(vec![Dependent { child: false, disabled: true, ..child(50) }; more]);
    let mut household: Household = household(status, filer, Some(spouse), dependents);
    (household.other_income, household.payments) = (other_income, payments);
    household.students = students.into_iter().filter(|student| student.expenses != Usd::ZERO).collect();
    household.marketplace = marketplace;
    let form = filled(law, &household, round)?;
    let (last, children) = (&form.form_1040, &form.schedule_8812);
    let sum = |lines: Vec<Usd>| lines.into_iter().sum::<Usd>();
    let (care, education, market) = (&form.form_2441, &form.form_8863, &form.form_8962);
    let ours = answer([
        ("us.federal.net_tax_total", form.net_tax()),
        ("us.federal.agi", form.agi.agi),
        ("us.federal.taxable_income", form.taxable.l15),
        ("us.federal.income_tax_before_credits", form.tax.l16),
        ("us.federal.income_tax_after_credits", last.l22),
        ("us.federal.standard_deduction", form.taxable.deduction),
        ("us.federal.qbi_deduction", form.taxable.qbi),
        ("us.federal.senior_deduction", form.schedule_1a.l37),
        ("us.federal.overtime_deduction", form.schedule_1a.l21),
        ("us.federal.sep_deduction", sum(form.plan.iter().map(|plan| plan.s22).collect())),
        ("us.federal.sehi_deduction", sum(form.form_7206.iter().map(|health| health.l14).collect())),
        ("us.federal.home_office_simplified", sum(form.schedule_c.iter().map(|c| c.l30).collect())),
        ("us.federal.se_tax", form.schedule_2.l4),
        ("us.federal.additional_medicare_tax", form.schedule_2.l11),
        ("us.federal.niit", form.schedule_2.l12),
        ("us.federal.amt", form.schedule_2.l2),
        ("us.federal.other_taxes", last.l23),
        ("us.federal.ira_deduction", form.adjustments.l20),
        ("us.federal.charitable_deduction_nonitemizer", form.taxable.charity),
        ("us.federal.ordinary_taxable_income", form.gains_tax.l5),
        ("us.federal.schedule_d.preferential_lt_gain", form.gains.net_gain),
        ("us.federal.schedule_d.ordinary_st_gain", (form.gains.l16 - form.gains.net_gain).floor0()),
        ("us.federal.schedule_d.net_loss", (-form.gains.l16).floor0()),
        ("us.federal.capital_loss_ordinary_offset", -form.gains.l21),
        ("us.federal.capital_loss_carryover", (form.gains.l21 - form.gains.l16).floor0()),
        ("us.federal.ctc", last.l19),
        ("us.federal.ctc.tentative", children.l8),
        ("us.federal.ctc.reduction", children.l11),
        ("us.federal.ctc.after_phaseout", children.l12),
        ("us.federal.actc", last.l28),
        ("us.federal.eitc", last.eic),
        ("us.federal.refundable_credits", last.refundable),
        ("us.federal.tips_deduction", form.schedule_1a.l13),
        ("us.federal.car_loan_interest_deduction", form.schedule_1a.l30),
        ("us.federal.taxable_social_security", form.total_income.l6b),
        ("us.federal.cdcc.tentative", care.l9c),
        ("us.federal.cdcc", care.l11),
        ("us.federal.education.aotc_tentative", education.l1),
        ("us.federal.education.aotc", education.l7),
        ("us.federal.education.aotc_refundable", education.l8),
        ("us.federal.education.llc", education.l18),
        ("us.federal.education.nonrefundable", education.l19),
        ("us.federal.ptc", market.l24),
        ("us.federal.ptc.excess_aptc_repayment", market.l29),
    ])?;
    let is_own = |key: &str| key.contains(".cdcc") || key.contains(".ptc");
    Ok(ours.into_iter().filter(|(key, _)| more == 0 || is_own(key)).collect())
}

/// Insurance from the marketplace, the same in each month; what is given is a year's.
fn marketplace(inputs: &mut Inputs) -> Option<Box<Marketplace>> {
    if !inputs.has("marketplacePremiumsPaid") {
        return None;
    }
    let month = |inputs: &mut Inputs, key: &str| Usd::rounded(inputs.usd(key).to_decimal() / Decimal::from(12));
    let premium = month(inputs, "marketplacePremiumsPaid");
    let benchmark = month(inputs, "slcspAnnualPremium");
    let advance = month(inputs, "advancePTC");
    let months = [CoveredMonth { premium, benchmark, advance, own_business: 0 }; 12];
    Some(Box::new(Marketplace { months, ..Marketplace::default() }))
}

/// What is no line of ours, by the input that asks for it.
fn outside(inputs: &Inputs) -> Result<(), String> {
    let reasons = [
        ("k1OrdinaryBusinessIncome", "income of a partnership or S corporation, Schedule E"),
        ("priorYearAGI", "estimated payments, Form 2210"),
        ("employeeAnnualWages", "an employer's payroll tax"),
        ("businessMilesDriven", "a mileage rate: car expenses are a fact"),
        ("amtIsoExerciseSpread", "incentive stock options, Form 6251 line 2i"),
        ("earlyDistributionSubjectToPenalty", "an early distribution, Form 5329 Part I"),
        ("earlyWithdrawalPenaltyPaid", "a penalty on early withdrawal of savings, Schedule 1 line 18"),
        ("isClaimedAsDependent", "a filer who is claimed as a dependent"),
        ("mfsConsideredUnmarried", "a separate return of one who lives apart"),
        ("niitInvestmentExpenses", "expenses of investment income, Form 8960 line 9"),
        ("pensionCostBasis", "a pension's Simplified Method Worksheet: the taxable part is a fact"),
    ];
    match reasons.into_iter().find(|(input, _)| inputs.has(input)) {
        Some((_, reason)) => Err(reason.to_owned()),
        None => Ok(()),
    }
}
