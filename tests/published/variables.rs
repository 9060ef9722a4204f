//! Variables of PolicyEngine that are deductions: Schedule 1-A, Schedule A, capital losses.

use perchart::money::Usd;
use perchart::tax::deductions::{Deductions, ItemizedLimit, ScheduleA};
use perchart::tax::facts::{Filer, OtherIncome, Payments, W2};
use perchart::tax::form_1040::{AdjustedGrossIncome, Form1040Taxable, GainsTax, StandardDeduction};
use perchart::tax::form_6251::Form6251;
use perchart::tax::form_8829::HomeChoice;
use perchart::tax::form_8962::Form8962;
use perchart::tax::form_8995a::BusinessDeduction;
use perchart::tax::gains::CapitalGains;
use perchart::tax::premium::SpecifiedPremiums;
use perchart::tax::schedule_1::Schedule1;
use perchart::tax::schedule_1a::Schedule1A;

use super::case::{Answer, Case, answer};
use super::policyengine::{ROUND, of_unit, status, world};

/// Schedule 1-A from a given adjusted gross income; other deductions must be given as zero.
pub(crate) fn additional(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let persons = world(inputs);
    let nothing = [
        "standard_deduction",
        "qualified_business_income_deduction",
        "charitable_deduction",
        "interest_deduction",
        "salt_deduction",
        "medical_expense_deduction",
        "casualty_loss_deduction",
        "misc_deduction",
    ];
    for variable in nothing {
        inputs.must(&of_unit(inputs, variable), &0.into());
    }
    let filer = Filer { status: status(inputs, &persons)?, ..Filer::default() };
    let filers: Vec<_> = persons.iter().filter(|person| !person.dependent).collect();
    let individuals: Vec<_> = filers.iter().map(|person| person.individual()).collect();
    let w2: Vec<W2> = filers.iter().map(|person| person.w2).collect();
    let agi = inputs.usd(&of_unit(inputs, "adjusted_gross_income"));
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let form = Schedule1A::fill(law, &filer, &individuals, &Payments::default(), &w2, &income, ROUND);
    answer([
        ("additional_senior_deduction_magi", form.l3),
        ("additional_senior_deduction", form.l37),
        ("overtime_income_deduction", form.l21),
        ("tip_income_deduction", form.l13),
        ("taxable_income_deductions_if_not_itemizing", form.l38),
        ("taxable_income_deductions_if_itemizing", form.l38),
    ])
}

/// Interest of a car loan; only that of a qualified one is a fact.
pub(crate) fn car_loan(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
    inputs.usd("auto_loan_interest");
    let car_loan = inputs.usd("qualified_passenger_vehicle_loan_interest");
    let payments = Payments { car_loan, ..Payments::default() };
    let agi = inputs.usd("irs_gross_income");
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let form = Schedule1A::fill(law, &filer, &[], &payments, &[], &income, ROUND);
    inputs.must("standard_deduction", &0.into());
    let taken = if inputs.flag("tax_unit_itemizes") { inputs.usd("salt_deduction") } else { Usd::ZERO };
    answer([
        ("auto_loan_interest_deduction", form.l30),
        ("adjusted_gross_income", agi),
        ("taxable_income_deductions", taken + form.l38),
    ])
}

/// Schedule A with mortgage interest alone. What is beyond the debt limit is no fact of ours.
pub(crate) fn mortgage(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    if inputs.has("first_home_mortgage_balance") || inputs.has("tax_units.tax_unit.first_home_mortgage_balance") {
        return Err("the limit on mortgage debt, IRC 163(h)(3)".to_owned());
    }
    let persons = world(inputs);
    let filer = Filer { status: status(inputs, &persons)?, ..Filer::default() };
    inputs.must(&of_unit(inputs, "tax_unit_itemizes"), &true.into());
    inputs.must(&of_unit(inputs, "standard_deduction"), &0.into());
    // The interest of the first home is within all interest, where both are given.
    let first = inputs.usd(&of_unit(inputs, "first_home_mortgage_interest"));
    let mortgage = inputs.usd("people.head.home_mortgage_interest").max(first);
    let payments = Payments { mortgage, ..Payments::default() };
    let (market, credit) = (SpecifiedPremiums::BLANK, Form8962::BLANK);
    let form = ScheduleA::fill(law, &filer, &payments, &[], &market, &credit, &AdjustedGrossIncome::BLANK, &[], ROUND);
    answer([
        ("deductible_mortgage_interest_tax_unit", form.total),
        ("interest_deduction", form.total),
        ("mortgage_interest", payments.mortgage),
        ("home_mortgage_interest_tax_unit", payments.mortgage),
        ("non_deductible_mortgage_interest_tax_unit", payments.mortgage - form.total),
    ])
}

/// The limit of section 68.
pub(crate) fn itemized_limit(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
    let a = ScheduleA { total: inputs.usd("total_itemized_taxable_income_deductions"), ..ScheduleA::BLANK };
    let income = AdjustedGrossIncome { agi: inputs.usd("adjusted_gross_income"), ..AdjustedGrossIncome::BLANK };
    let (business, extra) = (BusinessDeduction::BLANK, Schedule1A::BLANK);
    let form = ItemizedLimit::fill(law, &filer, &a, &income, &business, &extra, ROUND);
    answer([("itemized_taxable_income_deductions_reduction", form.cut)])
}

/// Itemized deductions after their limit.
pub(crate) fn itemized(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let a = ScheduleA { total: inputs.usd("total_itemized_taxable_income_deductions"), ..ScheduleA::BLANK };
    let cut = inputs.usd("itemized_taxable_income_deductions_reduction");
    let limit = ItemizedLimit { cut, ..ItemizedLimit::BLANK };
    let (filer, none) = (Filer::default(), StandardDeduction::BLANK);
    let form = Deductions::fill(law, &filer, &Payments::default(), &none, &a, &limit, &HomeChoice::BLANK, ROUND);
    answer([("itemized_taxable_income_deductions", form.taken)])
}

/// What Form 6251 line 2a takes back: the standard deduction, or the taxes of Schedule A.
pub(crate) fn taken_back(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    if inputs.flag("tax_unit_itemizes") {
        return Err("miscellaneous itemized deductions, none since 2018".to_owned());
    }
    inputs.must("tax_unit_itemizes", &false.into());
    inputs.usd("salt_deduction"); // not taken
    inputs.usd("misc_deduction");
    let (filer, payments) = (Filer::default(), Payments::default());
    let standard = StandardDeduction { amount: inputs.usd("standard_deduction"), ..StandardDeduction::BLANK };
    let (a, cut) = (ScheduleA::BLANK, ItemizedLimit::BLANK);
    let deductions = Deductions::fill(law, &filer, &payments, &standard, &a, &cut, &HomeChoice::BLANK, ROUND);
    let (income, extra) = (AdjustedGrossIncome::BLANK, Schedule1A::BLANK);
    let taxable = Form1040Taxable::fill(&income, &deductions, &BusinessDeduction::BLANK, &extra, ROUND);
    let (first, gains, credit) = (Schedule1::BLANK, GainsTax::BLANK, Form8962::BLANK);
    let form =
        Form6251::fill(law, &filer, &income, &taxable, &extra, &first, &deductions, &cut, &gains, &credit, &[], ROUND);
    answer([("amt_excluded_deductions", form.l2a)])
}

/// Schedule D's limit on a loss.
pub(crate) fn limited_loss(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let keys = ["people.person1.long_term_capital_gains", "people.person1.short_term_capital_gains"];
    let [long_gain, short_gain] = keys.map(|key| inputs.usd(key));
    world(inputs);
    let other = OtherIncome { long_gain, short_gain, ..OtherIncome::default() };
    let form = CapitalGains::fill(law, &Filer::default(), &other, ROUND);
    answer([("loss_limited_net_capital_gains_person[0]", form.l7)])
}
