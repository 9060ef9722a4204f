//! Unit tests of PolicyEngine US, those about lines that we have. Flat inputs are variables; nested ones a small world.

use perchart::law::{self, FilingStatus};
use perchart::money::{Round, Usd};
use perchart::tax::adjustments::{IraDeduction, RothContribution};
use perchart::tax::credits::{Form8880, Form8880Column};
use perchart::tax::deductions::{Deductions, ItemizedLimit, ScheduleA};
use perchart::tax::facts::{Business, Dependent, Filer, Individual, OtherIncome, Payments, W2};
use perchart::tax::form_461::Form461;
use perchart::tax::form_1040::{AdjustedGrossIncome, Form1040Tax, StandardDeduction};
use perchart::tax::form_2441::{CareBenefits, CareCredit, CareEarnings};
use perchart::tax::form_8863::Form8863;
use perchart::tax::form_8995::{Form8995, QualifiedIncome};
use perchart::tax::form_8995a::{
    BusinessDeduction, Form8995A, Form8995ABusiness, Form8995ACounted, Form8995ALosses, Form8995APhaseIn,
};
use perchart::tax::gains::CapitalGains;
use perchart::tax::retirement::PlanWorksheet;
use perchart::tax::schedule_1a::Schedule1A;
use perchart::tax::schedule_c::ScheduleC;
use perchart::tax::schedule_r::ScheduleR;
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::withheld::Withheld;

use super::case::{Answer, Case, Inputs, answer, child, employee, filled, household, other_income, person};

const ROUND: Round = Round::Cents;

/// What a small world says of one person.
struct Someone {
    age: Option<i64>,
    dependent: bool,
    wages: Usd,
    profit: Usd,
    overtime: Usd,
}

/// Takes the persons of a world, in the order of the tax unit, and what is said of the unit itself.
/// A social security number "not valid for work", an ITIN or a disability is left, so that the case is not covered.
fn world(inputs: &mut Inputs) -> Vec<Someone> {
    let names: Vec<String> =
        (0..).map_while(|index| inputs.text(&format!("tax_units.tax_unit.members[{index}]"))).collect();
    for index in 0..names.len() {
        inputs.text(&format!("households.household.members[{index}]"));
        inputs.text(&format!("spm_units.spm_unit.members[{index}]"));
    }
    inputs.text("households.household.state_code"); // federal figures do not depend on it
    names
        .iter()
        .map(|name| {
            let key = |what: &str| format!("people.{name}.{what}");
            for number in ["CITIZEN", "NON_CITIZEN_VALID_EAD"] {
                inputs.must(&key("ssn_card_type"), &number.into());
            }
            for plain in ["is_tax_unit_head", "is_tax_unit_spouse", "is_tax_unit_head_or_spouse"] {
                inputs.must(&key(plain), &true.into());
            }
            for plain in ["meets_eitc_identification_requirements", "savers_credit_eligible_person"] {
                inputs.must(&key(plain), &true.into());
            }
            let age = inputs.count(&key("age"));
            Someone {
                age,
                // Without a word about it, the source takes a minor for a dependent.
                dependent: inputs.flag(&key("is_tax_unit_dependent")) || age.is_some_and(|age| age < 18),
                wages: inputs.usd(&key("employment_income")),
                profit: inputs.usd(&key("self_employment_income")),
                overtime: inputs.usd(&key("fsla_overtime_premium")),
            }
        })
        .collect()
}

/// The filing status: given, or as the source derives it.
fn status(inputs: &mut Inputs, persons: &[Someone]) -> Result<FilingStatus, String> {
    if inputs.left().any(|key| key == "tax_units.tax_unit.filing_status") {
        return inputs.status("tax_units.tax_unit.filing_status");
    }
    let adults = persons.iter().filter(|person| !person.dependent).count();
    Ok(match (adults, persons.len()) {
        (2, _) => FilingStatus::Joint,
        (_, 1) => FilingStatus::Single,
        _ => FilingStatus::Head,
    })
}

pub(crate) fn units(case: &mut Case) -> Answer {
    let (law, _) = law::of(case.year).unwrap();
    let inputs = &mut case.inputs;
    let is = |name: &str| case.id.starts_with(&format!("pe-{name}-"));
    if is("deductions_overtime_income_overtime_income_deduction") {
        inputs.must("overtime_income_deduction_ssn_requirement_met", &true.into());
        let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
        let w2 = W2 { overtime_premium: inputs.usd("fsla_overtime_premium"), ..W2::default() };
        let income = AdjustedGrossIncome { agi: inputs.usd("adjusted_gross_income"), ..AdjustedGrossIncome::BLANK };
        let form = Schedule1A::fill(law, &filer, &[Individual::default()], &Payments::default(), &[w2], &income, ROUND);
        return answer([("overtime_income_deduction", form.l21)]);
    }
    if is("deductions_qbid_qualified_business_income_deduction") {
        inputs.must("adjusted_net_capital_gain", &0.into());
        let (qualified, before) = (inputs.usd("qualified_business_income"), inputs.usd("taxable_income_less_qbid"));
        let component = ROUND.enter(qualified * law.qbi.rate);
        inputs.must("qbid_amount", &(component.cents() / 100).into());
        let filer = Filer::default();
        let standard = StandardDeduction::fill(law, &filer, ROUND);
        let income = AdjustedGrossIncome { agi: before + standard.amount, ..AdjustedGrossIncome::BLANK };
        let business = [QualifiedIncome { income: qualified, ..QualifiedIncome::BLANK }];
        let taken = Deductions { taken: standard.amount, ..Deductions::BLANK };
        let (extra, gains) = (Schedule1A::BLANK, CapitalGains::BLANK);
        let (other, excess) = (OtherIncome::default(), Form461::BLANK);
        let form = Form8995::fill(law, &filer, &business, &income, &taken, &extra, &gains, &other, &excess, ROUND);
        return answer([("qualified_business_income_deduction", form.l17_larger)]);
    }
    if is("self_employment_taxable_self_employment_income") {
        // A specified service is self-employment like any other (IRC 1402).
        let business = |l31| ScheduleC { l31, ..ScheduleC::BLANK };
        let c = [business(inputs.usd("self_employment_income")), business(inputs.usd("sstb_self_employment_income"))];
        let se = ScheduleSe::fill(law, &W2::default(), &c, ROUND);
        return answer([("taxable_self_employment_income", se.l4c)]);
    }
    if is("payroll_social_security_taxable_earnings_for_social_security") {
        let wages = inputs.usd("payroll_tax_gross_wages");
        let form = Withheld::fill(law, &employee(law, wages, ROUND), ROUND);
        return answer([("taxable_earnings_for_social_security", form.l1)]);
    }
    if is("deductions_senior_deduction_integration") || is("deductions_tip_and_overtime_income_deduction") {
        return additional(case);
    }
    if is("credits_retirement_saving_savers_credit_person") {
        let persons = world(inputs);
        let filer = Filer { status: status(inputs, &persons)?, ..Filer::default() };
        let paid = inputs.usd("people.person1.traditional_ira_contributions_desired");
        let agi = inputs.usd("tax_units.tax_unit.adjusted_gross_income");
        let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
        let tax = Form1040Tax { l18: Usd::dollars(5_000), ..Form1040Tax::BLANK };
        let ira = IraDeduction { contributed: paid.min(law.ira.limit), ..IraDeduction::BLANK };
        let person = Individual { age: 40, reached: 40, ..Individual::default() };
        let (plan, roth) = (PlanWorksheet::BLANK, RothContribution::BLANK);
        let column = Form8880Column::fill(law, &person, &W2::default(), &plan, &ira, &roth, ROUND);
        let form = Form8880::fill(
            law,
            &filer,
            &[column],
            &income,
            &tax,
            &CareCredit::BLANK,
            &Form8863::BLANK,
            &ScheduleR::BLANK,
            ROUND,
        );
        return answer([("savers_credit_person[0]", form.l12)]);
    }
    if is("credits_cdcc_cdcc_rate") {
        let filer = Filer { status: inputs.status("filing_status")?, care_persons: 1, ..Filer::default() };
        let agi = inputs.usd("adjusted_gross_income");
        let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
        let payments = Payments { care: Usd::dollars(1), ..Payments::default() };
        // The percentage of a hundred dollars, in cents.
        let earned = [CareEarnings { total: Usd::dollars(1), ..CareEarnings::BLANK }; 2];
        let tax = Form1040Tax { l18: Usd::dollars(1), ..Form1040Tax::BLANK };
        let (w2, none) = ([W2::default(); 2], CareBenefits::BLANK);
        let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &none, &income, &tax, ROUND);
        return answer([("cdcc_rate", form.l9a)]);
    }
    if is("credits_cdcc_cdcc_limit") {
        let persons = inputs.count("capped_count_cdcc_eligible").unwrap();
        let filer = Filer { care_persons: persons, ..Filer::default() };
        let excluded = inputs.usd("dependent_care_assistance_exclusion");
        let benefits = CareBenefits { l12: excluded, l25: excluded, ..CareBenefits::BLANK };
        let payments = Payments { care: Usd::dollars(50_000), ..Payments::default() };
        let earned = [CareEarnings { total: Usd::dollars(50_000), ..CareEarnings::BLANK }];
        let (w2, income, tax) = ([W2::default()], AdjustedGrossIncome::BLANK, Form1040Tax::BLANK);
        let form = CareCredit::fill(law, &filer, &payments, &w2, &earned, &benefits, &income, &tax, ROUND);
        return answer([("cdcc_limit", form.l3)]);
    }
    if is("deductions_itemized_limitation_itemized_deduction_limitation")
        || is("deductions_itemizing_itemized_taxable_income_deductions_reduction")
    {
        let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
        let a = ScheduleA { total: inputs.usd("total_itemized_taxable_income_deductions"), ..ScheduleA::BLANK };
        let income = AdjustedGrossIncome { agi: inputs.usd("adjusted_gross_income"), ..AdjustedGrossIncome::BLANK };
        let (business, extra) = (BusinessDeduction::BLANK, Schedule1A::BLANK);
        let form = ItemizedLimit::fill(law, &filer, &a, &income, &business, &extra, ROUND);
        return answer([("itemized_taxable_income_deductions_reduction", form.cut)]);
    }
    if is("deductions_qbid_qbid_amount") {
        inputs.must("qualified_reit_and_ptp_income", &0.into());
        // One flag for the business, and apart from it the income of a specified service.
        let specified = i64::from(inputs.flag("business_is_sstb"));
        let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
        let simple = Form8995 { l11: inputs.usd("taxable_income_less_qbid"), ..Form8995::BLANK };
        let phase = Form8995APhaseIn::fill(law, &filer, &simple, ROUND);
        let (wages, property) =
            (inputs.usd("w2_wages_from_qualified_business"), inputs.usd("unadjusted_basis_qualified_property"));
        let incomes = [inputs.usd("qualified_business_income"), inputs.usd("sstb_qualified_business_income")];
        if incomes.iter().all(|income| *income != Usd::ZERO) && (wages, property) != (Usd::ZERO, Usd::ZERO) {
            return Err("wages or property of two businesses together".to_owned());
        }
        // Up to the threshold the limits do not apply.
        if phase.stopped_at.is_some() {
            return answer([("qbid_amount", ROUND.enter(incomes.iter().copied().sum::<Usd>() * law.qbi.rate))]);
        }
        let counted = |income: Usd, specified_service: i64| {
            let business = Business { specified_service, wages, property, ..Business::default() };
            let qualified = QualifiedIncome { income, ..QualifiedIncome::BLANK };
            Form8995ACounted::fill(&business, &qualified, &phase, ROUND)
        };
        let counted = [counted(incomes[0], specified), counted(incomes[1], 1)];
        let losses = Form8995ALosses::fill(&counted, &simple, ROUND);
        let columns = counted.map(|counted| Form8995ABusiness::fill(law, &counted, &losses, &phase, ROUND));
        let amount = Form8995A::fill(law, &columns, &counted, &simple, ROUND).l16;
        return answer([("qbid_amount", amount)]);
    }
    if is("adjusted_gross_income_irs_gross_income_loss_limited_net_capital_gains_person") {
        let keys = ["people.person1.long_term_capital_gains", "people.person1.short_term_capital_gains"];
        let [long_gain, short_gain] = keys.map(|key| inputs.usd(key));
        world(inputs);
        let other = OtherIncome { long_gain, short_gain, ..OtherIncome::default() };
        let form = CapitalGains::fill(law, &Filer::default(), &other, ROUND);
        return answer([("loss_limited_net_capital_gains_person[0]", form.l7)]);
    }
    let whole = [
        "integration_capital_gain_distributions",
        "integration_non_sch_d_capital_gains",
        "tax_federal_income_alternative_minimum_tax_alternative_minimum_tax",
        "credits_ctc_integration",
        "credits_ctc_refundable_ctc_phase_in_relevant_earnings",
        "credits_earned_income_eitc_earned_income",
        "credits_earned_income_eitc_filer_gate",
        "adjusted_gross_income_above_the_line_deductions_loss_ald",
    ];
    if whole.into_iter().any(is) { small_return(case) } else { Err(case.topic.clone()) }
}

/// Schedule 1-A from a given adjusted gross income; other deductions must be given as zero.
fn additional(case: &mut Case) -> Answer {
    let (law, _) = law::of(case.year).unwrap();
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
    for key in nothing {
        inputs.must(&format!("tax_units.tax_unit.{key}"), &0.into());
    }
    let filer = Filer { status: status(inputs, &persons)?, ..Filer::default() };
    let of_age = |senior| Individual { senior: i64::from(senior), ..Individual::default() };
    let individuals: Vec<_> = persons.iter().map(|person| of_age(person.age >= Some(65))).collect();
    let w2: Vec<_> = persons.iter().map(|p| W2 { overtime_premium: p.overtime, ..W2::default() }).collect();
    let agi = inputs.usd("tax_units.tax_unit.adjusted_gross_income");
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let form = Schedule1A::fill(law, &filer, &individuals, &Payments::default(), &w2, &income, ROUND);
    answer([
        ("additional_senior_deduction", form.l37),
        ("overtime_income_deduction", form.l21),
        ("taxable_income_deductions_if_not_itemizing", form.l38),
        ("taxable_income_deductions_if_itemizing", form.l38),
    ])
}

/// A whole return of the world.
fn small_return(case: &mut Case) -> Answer {
    let (law, _) = law::of(case.year).unwrap();
    let inputs = &mut case.inputs;
    let persons = world(inputs);
    let status = status(inputs, &persons)?;
    for wish in ["tax_unit_is_required_to_file", "would_file_taxes_voluntarily"] {
        inputs.must(&format!("tax_units.tax_unit.{wish}"), &false.into());
    }
    let keys = [
        "taxable_interest_income",
        "",
        "qualified_dividend_income",
        "long_term_capital_gains",
        "short_term_capital_gains",
    ];
    let mut other =
        other_income(inputs, keys.map(|key| format!("people.person1.{key}")).each_ref().map(String::as_str));
    other.dividends = other.qualified_dividends;
    // Distributions, with Schedule D or without it, are long-term gains.
    other.long_gain += inputs.usd("people.person1.non_sch_d_capital_gains");
    inputs.usd("people.person1.schedule_d_capital_gain_distributions"); // in the long-term gains already
    inputs.must("tax_units.tax_unit.would_file_if_eligible_for_refundable_credit", &true.into());
    let mut filers = persons.iter().filter(|person| !person.dependent).map(|someone| {
        let mut filer = person(employee(law, someone.wages, ROUND), someone.profit);
        filer.age = someone.age.unwrap_or(40);
        filer
    });
    let (filer, spouse) = (filers.next().ok_or("no filer")?, filers.next());
    let dependents: Vec<Dependent> =
        persons.iter().filter(|person| person.dependent).map(|person| child(person.age.unwrap_or(40))).collect();
    if dependents.iter().any(|dependent| dependent.age > 18) {
        return Err("a dependent whose relation is not stated".to_owned());
    }
    let mut household = household(status, filer, spouse, dependents);
    household.other_income = other;
    let form = filled(law, &household, ROUND)?;
    let children = &form.schedule_8812;
    answer([
        ("ctc", children.l12),
        ("ctc_phase_in_relevant_earnings", children.l20),
        ("eitc_earned_income", form.eic.l4b.floor0()),
        ("eitc", form.form_1040.eic),
        ("loss_ald", (Usd::ZERO - form.schedule_1.l3).floor0()),
        ("adjusted_gross_income", form.agi.agi),
        ("net_capital_gain", form.gains.net),
        ("dwks10", form.gains_tax.l10),
        ("income_tax_main_rates", form.gains_tax.l22),
        ("capital_gains_tax", form.gains_tax.l18 + form.gains_tax.l21),
        ("income_tax", form.form_1040.l22),
        ("alternative_minimum_tax", form.form_6251.l11),
        ("net_investment_income", form.form_8960.l12),
        ("net_investment_income_tax", form.form_8960.l17),
    ])
}
