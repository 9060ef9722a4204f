//! Variables of PolicyEngine that are credits: Forms 2441, 8863, 8880, 8962 and Schedule 8812.

use perchart::law::FilingStatus;
use perchart::money::{Ratio, Usd};
use perchart::tax::adjustments::{IraDeduction, RothContribution};
use perchart::tax::credits::{EarnedIncomeCredit, Form8880, Form8880Column, Schedule8812};
use perchart::tax::facts::{CoveredMonth, Filer, Individual, Payments, Student, W2};
use perchart::tax::form_1040::{AdjustedGrossIncome, Form1040Income, Form1040Tax, TotalIncome};
use perchart::tax::form_2441::{CareBenefits, CareCredit, CareEarnings};
use perchart::tax::form_8863::{Form8863, StudentCredit};
use perchart::tax::form_8962::{Form8962, Market};
use perchart::tax::premium::PremiumSearch;
use perchart::tax::retirement::PlanWorksheet;
use perchart::tax::schedule_1::Schedule1Adjustments;
use perchart::tax::schedule_3::Schedule3;
use perchart::tax::schedule_r::ScheduleR;
use perchart::tax::schedule_se::ScheduleSe;
use rust_decimal::Decimal;

use super::case::{Answer, Case, answer, numbers};
use super::estimator::tax_on;
use super::policyengine::{ROUND, Someone, of_unit, status, world};

/// More than any limit on expenses.
const AMPLE: Usd = Usd::dollars(100_000);

/// What one filer earns, by the instructions of Form 2441.
fn earnings(case: &Case, filer: &Filer, person: &Someone) -> CareEarnings {
    CareEarnings::fill(case.law(), filer, &person.individual(), &person.w2, &ScheduleSe::BLANK, ROUND)
}

/// Form 2441 of a small world.
pub(crate) fn care(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    if inputs.has("cdcc_potential") {
        return Err("a credit that is given before its limit".to_owned());
    }
    inputs.must("tax_units.tax_unit.premium_tax_credit", &0.into());
    let separated = inputs.flag("people.person1.is_separated");
    let persons = world(inputs);
    if persons.iter().filter(|person| !person.dependent && (person.student || person.incapable)).count() > 1 {
        return Err("a couple of whom both study or cannot care for themselves".to_owned());
    }
    if persons.iter().any(|person| person.profit != Usd::ZERO) {
        return Err("care beside a business".to_owned());
    }
    // One who lives apart counts as unmarried (IRC 21(e)(4)).
    let given = status(inputs, &persons)?;
    let status = if separated { FilingStatus::Single } else { given };
    let qualifies = |person: &&Someone| {
        if person.dependent { person.as_dependent().is_for_care() } else { person.incapable && status.is_joint() }
    };
    let for_care = persons.iter().filter(qualifies).count();
    let filer = Filer { status, care_persons: i64::try_from(for_care).unwrap(), ..Filer::default() };
    let mut keys = vec!["tax_units.tax_unit.tax_unit_childcare_expenses".to_owned()];
    for person in 1..=persons.len() {
        keys.push(format!("people.person{person}.care_expenses"));
        keys.push(format!("people.person{person}.pre_subsidy_care_expenses"));
    }
    // Where the source asks for earnings or persons alone, there are expenses enough.
    let paid = keys.iter().any(|key| inputs.has(key));
    let paid = if paid { keys.iter().map(|key| inputs.usd(key)).sum() } else { AMPLE };
    let payments = Payments { care: paid, ..Payments::default() };
    let limit = inputs.has("tax_units.tax_unit.cdcc_credit_limit");
    let limit = limit.then(|| inputs.usd("tax_units.tax_unit.cdcc_credit_limit"));
    let rate = inputs.number("tax_units.tax_unit.cdcc_rate");
    let filers: Vec<_> = persons.iter().filter(|person| !person.dependent).collect();
    let w2: Vec<W2> = filers.iter().map(|person| person.w2).collect();
    let earned: Vec<_> = filers.iter().map(|person| earnings(case, &filer, person)).collect();
    let benefits = CareBenefits::fill(law, &filer, &payments, &w2, &earned, ROUND);
    let agi = w2.iter().map(|w2| w2.wages).sum::<Usd>() + benefits.l26;
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let tax = match limit {
        Some(l18) => Form1040Tax { l18, ..Form1040Tax::BLANK },
        None => tax_on(law, &Filer { status: given, ..Filer::default() }, &income, ROUND),
    };
    let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &benefits, &income, &tax, ROUND);
    if rate.is_some_and(|rate| rate != form.l8.to_decimal()) {
        return Err("a percentage that is not that of the income".to_owned());
    }
    // Where there are no benefits, the expenses here reach the limit.
    let most = if benefits.l12 > Usd::ZERO { form.l29.floor0() } else { form.l3 };
    let amounts = [
        ("cdcc", form.l11),
        ("cdcc_potential", form.l9c),
        ("cdcc_limit", most),
        ("cdcc_relevant_expenses", form.l6),
        ("dependent_care_assistance_exclusion", benefits.l25),
        ("min_head_spouse_earned", form.l4.min(form.l5)),
    ];
    let mut ours = answer(amounts)?;
    ours.extend(numbers([("count_cdcc_eligible", Decimal::from(filer.care_persons))])?);
    Ok(ours)
}

/// What benefits leave of the limit on expenses.
pub(crate) fn care_limit(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let filer = Filer { care_persons: inputs.count("capped_count_cdcc_eligible").unwrap(), ..Filer::default() };
    let excluded = inputs.usd("dependent_care_assistance_exclusion");
    let benefits = CareBenefits { l12: excluded, l25: excluded, ..CareBenefits::BLANK };
    let payments = Payments { care: AMPLE, ..Payments::default() };
    let (w2, earned) = ([W2::default()], [CareEarnings::BLANK]);
    let (income, tax) = (AdjustedGrossIncome::BLANK, Form1040Tax::BLANK);
    let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &benefits, &income, &tax, ROUND);
    answer([("cdcc_limit", form.l29.floor0())])
}

/// The percentage for an income.
pub(crate) fn care_rate(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let filer = Filer { status: inputs.status("filing_status")?, care_persons: 1, ..Filer::default() };
    let income = AdjustedGrossIncome { agi: inputs.usd("adjusted_gross_income"), ..AdjustedGrossIncome::BLANK };
    let payments = Payments { care: AMPLE, ..Payments::default() };
    let (w2, earned, benefits) = ([W2::default()], [CareEarnings::BLANK], CareBenefits::BLANK);
    let tax = Form1040Tax::BLANK;
    let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &benefits, &income, &tax, ROUND);
    numbers([("cdcc_rate", form.l8.to_decimal())])
}

/// What may be excluded of an employer's benefits. The source gives no children: one, and expenses enough.
pub(crate) fn care_benefits(case: &mut Case) -> Answer {
    let law = case.law();
    let persons = world(&mut case.inputs);
    let status = status(&mut case.inputs, &persons)?;
    let filer = Filer { status, care_persons: 1, ..Filer::default() };
    let payments = Payments { care: AMPLE, ..Payments::default() };
    let w2: Vec<W2> = persons.iter().map(|person| person.w2).collect();
    let earned: Vec<_> = persons.iter().map(|person| earnings(case, &filer, person)).collect();
    let form = CareBenefits::fill(law, &filer, &payments, &w2, &earned, ROUND);
    answer([("dependent_care_assistance_exclusion", form.l25)])
}

/// Schedule 8812 of one dependent who is no child under 17.
pub(crate) fn other_dependent(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    inputs.must("is_tax_unit_dependent", &true.into());
    for nothing in ["ctc_child_individual_maximum", "ctc_phase_in", "refundable_ctc"] {
        inputs.must(nothing, &0.into());
    }
    inputs.must("ctc", &500.into());
    let filer = Filer { other_dependents: 1, ..Filer::default() };
    let tax = Form1040Tax { l18: inputs.usd("ctc_limiting_tax_liability"), ..Form1040Tax::BLANK };
    let (income, first, third) = (AdjustedGrossIncome::BLANK, Schedule1Adjustments::BLANK, Schedule3::BLANK);
    let earned = EarnedIncomeCredit::BLANK;
    let form = Schedule8812::fill(law, &filer, &[], &[], &income, &first, &tax, &third, &earned, ROUND);
    answer([("ctc_adult_individual_maximum", form.l7), ("ctc_value", form.l14 + form.l27)])
}

/// How many children count for the earned income credit.
pub(crate) fn earned_income_children(case: &mut Case) -> Answer {
    let persons = world(&mut case.inputs);
    let dependents = persons.iter().filter(|person| person.dependent).map(Someone::as_dependent);
    let children = dependents.filter(perchart::tax::facts::Dependent::is_for_earned_income_credit).count();
    numbers([("eitc_child_count", Decimal::from(children))])
}

/// Form 8863 Part III.
pub(crate) fn american_opportunity(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let for_this_credit =
        ["is_pursuing_credential", "attends_eligible_educational_institution", "is_enrolled_at_least_half_time"];
    for fact in for_this_credit {
        inputs.must(&format!("{fact}_for_american_opportunity_credit"), &true.into());
    }
    inputs.must("has_american_opportunity_credit_1098_t_or_exception", &true.into());
    inputs.must("has_american_opportunity_credit_institution_ein", &true.into());
    let student = Student { expenses: inputs.usd("qualified_tuition_expenses"), american: 1 };
    let students = [StudentCredit::fill(law, &student, ROUND)];
    let (income, tax) = (AdjustedGrossIncome::BLANK, Form1040Tax { l18: AMPLE, ..Form1040Tax::BLANK });
    let (care, elderly) = (CareCredit::BLANK, ScheduleR::BLANK);
    let form = Form8863::fill(law, &Filer::default(), &students, &income, &tax, &care, &elderly, ROUND);
    answer([("american_opportunity_credit", form.l8 + form.l19)])
}

/// Form 8880 of one person.
pub(crate) fn savers(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let persons = world(inputs);
    let filer = Filer { status: status(inputs, &persons)?, ..Filer::default() };
    let paid = inputs.usd("people.person1.traditional_ira_contributions_desired");
    let agi = inputs.usd(&of_unit(inputs, "adjusted_gross_income"));
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let tax = Form1040Tax { l18: Usd::dollars(5_000), ..Form1040Tax::BLANK };
    let ira = IraDeduction { contributed: paid.min(law.ira.limit), ..IraDeduction::BLANK };
    let person = Individual { age: 40, reached: 40, ..Individual::default() };
    let (plan, roth) = (PlanWorksheet::BLANK, RothContribution::BLANK);
    let column = Form8880Column::fill(law, &person, &W2::default(), &plan, &ira, &roth, ROUND);
    let (care, education, elderly) = (CareCredit::BLANK, Form8863::BLANK, ScheduleR::BLANK);
    let form = Form8880::fill(law, &filer, &[column], &income, &tax, &care, &education, &elderly, ROUND);
    answer([("savers_credit_person[0]", form.l12)])
}

/// Form 8962 line 7 for an income in parts of the poverty line; none where the credit is not allowed.
pub(crate) fn applicable_figure(case: &mut Case) -> Answer {
    let law = case.law();
    let fraction = case.inputs.number("aca_magi_fraction").unwrap();
    let poverty = law.premium_credit.poverty.contiguous.first.to_decimal();
    let filer = Filer { family: 1, ..Filer::default() };
    let market = Market { insured: 1, ..Market::default() };
    let income = AdjustedGrossIncome { agi: Usd::rounded(fraction * poverty), ..AdjustedGrossIncome::BLANK };
    let (first, total, found) = (Form1040Income::BLANK, TotalIncome::BLANK, PremiumSearch::default());
    let months = [CoveredMonth::default(); 12];
    let form = Form8962::fill(law, &filer, &market, &months, &first, &total, &income, &found, ROUND);
    let figure = if form.eligible == 0 { Ratio { of: 0, whole: 1 } } else { form.l7 };
    numbers([("aca_required_contribution_percentage", figure.to_decimal())])
}
