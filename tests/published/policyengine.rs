//! Unit tests of PolicyEngine US, those about lines that we have. Flat inputs are variables; nested ones a small world.

use perchart::law::FilingStatus;
use perchart::money::{Round, Usd};
use perchart::tax::facts::{Dependent, Individual, Person, W2};

use super::case::{Answer, Case, Inputs, answer, child, employee, filled, household, other_income, person};
use super::{business, credits, limits, variables};

/// The source computes by formula, with cents.
pub(crate) const ROUND: Round = Round::Cents;

type Reader = fn(&mut Case) -> Answer;

/// What reads the tests of a variable: the start of their names, without `pe-`.
const READERS: [(&str, Reader); 50] = [
    ("adjusted_gross_income_above_the_line_deductions_loss_ald", small_return),
    ("adjusted_gross_income_above_the_line_deductions_retirement_k401_catch_up_limit", limits::deferral),
    ("adjusted_gross_income_above_the_line_deductions_self_employment_income", business::income),
    ("adjusted_gross_income_adjusted_gross_income", small_return),
    ("adjusted_gross_income_irs_gross_income_irs_employment_income", limits::before_tax),
    ("adjusted_gross_income_irs_gross_income_loss_limited_net_capital_gains_person", variables::limited_loss),
    ("adjusted_gross_income_irs_gross_income_roth_contributions_not_pre_tax", limits::before_tax),
    ("adjusted_gross_income_irs_gross_income_social_security", small_return),
    ("adjusted_gross_income_test_ss_combined_income_fix", small_return),
    ("credits_cdcc_cdcc_limit", credits::care_limit),
    ("credits_cdcc_cdcc_rate", credits::care_rate),
    ("credits_cdcc_dependent_care_assistance_exclusion", credits::care_benefits),
    ("credits_cdcc", credits::care),
    ("credits_ctc_integration", small_return),
    ("credits_ctc_maximum_individual_ctc_adult_individual_maximum", credits::other_dependent),
    ("credits_ctc_refundable_ctc_phase_in_relevant_earnings", small_return),
    ("credits_ctc_refundable_ctc_value", credits::other_dependent),
    ("credits_earned_income_eitc_child_count", credits::earned_income_children),
    ("credits_earned_income_eitc_earned_income", small_return),
    ("credits_earned_income_eitc_filer_gate", small_return),
    ("credits_education_american_opportunity_credit", credits::american_opportunity),
    ("credits_retirement_saving_savers_credit_person", credits::savers),
    ("credits_retirement_saving_savers_credit_qualified_contributions", limits::own_plan),
    ("deductions_auto_loan_interest_deduction", variables::car_loan),
    ("deductions_deductible_mortgage_interest", variables::mortgage),
    ("deductions_itemized_limitation_itemized_deduction_limitation", variables::itemized_limit),
    ("deductions_itemizing_itemized_taxable_income_deductions_reduction", variables::itemized_limit),
    ("deductions_itemizing_itemized_taxable_income_deductions", variables::itemized),
    ("deductions_overtime_income_overtime_income_deduction", variables::additional),
    ("deductions_qbid_qbid_amount", business::amount),
    ("deductions_qbid_qualified_business_income_deduction", business::deduction),
    ("deductions_qbid_qualified_business_income", business::qualified),
    ("deductions_qbid_sstb_qualified_business_income", business::qualified),
    ("deductions_senior_deduction_additional_senior_deduction_magi", variables::additional),
    ("deductions_senior_deduction_integration", variables::additional),
    ("deductions_tip_and_overtime_income_deduction", variables::additional),
    ("deductions_tip_income_tip_income_deduction", variables::additional),
    ("gov_aca_ptc_aca_required_contribution_percentage", credits::applicable_figure),
    ("household_expense_retirement_elective_deferral_limit", limits::deferral),
    ("household_expense_retirement_ira_contribution_limit", limits::ira),
    ("household_expense_retirement_self_employed_pension_contribution_limit", limits::own_plan),
    ("integration_capital_gain_distributions", small_return),
    ("integration_non_sch_d_capital_gains", small_return),
    ("payroll_social_security_taxable_earnings_for_social_security", limits::withheld),
    ("payroll_test_fica_wage_base_excludes_401k", limits::before_tax),
    ("self_employment_taxable_self_employment_income", business::taxed),
    ("social_security_taxable_social_security", small_return),
    ("tax_federal_income_alternative_minimum_tax_alternative_minimum_tax", small_return),
    ("tax_federal_income_alternative_minimum_tax_income_amt_excluded_deductions", variables::taken_back),
    ("tax_federal_income_capital_gains_net_capital_gain", small_return),
];

/// What is no line of a return, or none of ours, by the start of the name.
const OUTSIDE: [(&str, &str); 12] = [
    ("adjusted_gross_income_above_the_line_deductions_alimony", "alimony, Schedule 1 line 19a"),
    ("credits_ctc_maximum_individual_ctc_child", "a dependent without a social security number"),
    ("deductions_itemizing_charitable_deduction", "gifts other than cash, Schedule A line 12"),
    ("deductions_itemizing_misc_deduction", "miscellaneous itemized deductions, none since 2018"),
    ("deductions_itemizing_taxable_income_deductions_if_itemizing", "losses of gambling, Schedule A line 16"),
    ("deductions_qbid_taxable_income_less_qbid", "a casualty loss, Schedule A line 15"),
    ("deductions_taxable_income_deductions", "a switch of the source's simulation"),
    ("gov_aca", "the exchange: who may enroll, which plan, at what price"),
    ("income_", "income before any form"),
    ("payroll_", "an employer's payroll tax"),
    ("tax_federal_income_income_tax_positive", "a figure of the source's reports"),
    ("", "a variable without a line of ours"),
];

/// What a small world, or the variables alone, say of one person.
#[derive(Default)]
pub(crate) struct Someone {
    pub(crate) age: Option<i64>,
    pub(crate) dependent: bool,
    pub(crate) numbered: bool,
    pub(crate) student: bool,
    pub(crate) incapable: bool,
    pub(crate) w2: W2,
    pub(crate) profit: Usd,
}

impl Someone {
    pub(crate) fn individual(&self) -> Individual {
        let age = self.age.unwrap_or(40);
        Individual {
            age,
            reached: age,
            senior: i64::from(age >= 65 && self.numbered),
            unable_months: if self.student || self.incapable { 12 } else { 0 },
            ..Individual::default()
        }
    }

    /// A dependent; the source means a child where it says no more.
    pub(crate) fn as_dependent(&self) -> Dependent {
        Dependent { disabled: self.incapable, student: self.student, ..child(self.age.unwrap_or(40)) }
    }
}

/// The key of a variable of the tax unit: below it in a world, else alone.
pub(crate) fn of_unit(inputs: &Inputs, variable: &str) -> String {
    let key = format!("tax_units.tax_unit.{variable}");
    if inputs.has(&key) { key } else { variable.to_owned() }
}

/// Takes the persons of a world, in the order of the tax unit, and what is said of the unit itself; without a world the
/// one person of whom the variables speak. An ITIN is left, so that the case is not covered.
pub(crate) fn world(inputs: &mut Inputs) -> Vec<Someone> {
    let names: Vec<String> =
        (0..).map_while(|index| inputs.text(&format!("tax_units.tax_unit.members[{index}]"))).collect();
    for index in 0..names.len() {
        for group in ["households.household", "spm_units.spm_unit", "families.family"] {
            inputs.text(&format!("{group}.members[{index}]"));
        }
    }
    inputs.text("households.household.state_code"); // federal figures do not depend on it
    inputs.count("households.household.state_fips");
    if names.is_empty() {
        return vec![someone(inputs, "")];
    }
    names.iter().map(|name| someone(inputs, &format!("people.{name}."))).collect()
}

fn someone(inputs: &mut Inputs, prefix: &str) -> Someone {
    let key = |what: &str| format!("{prefix}{what}");
    // Neither of the spouses: a dependent, though not called so.
    let neither = ["is_tax_unit_head", "is_tax_unit_spouse"].map(|role| {
        let role = key(role);
        inputs.has(&role) && !inputs.flag(&role)
    });
    for plain in
        ["is_tax_unit_head_or_spouse", "meets_eitc_identification_requirements", "savers_credit_eligible_person"]
    {
        inputs.must(&key(plain), &true.into());
    }
    for number in ["CITIZEN", "NON_CITIZEN_VALID_EAD"] {
        inputs.must(&key("ssn_card_type"), &number.into());
    }
    let without = inputs.has(&key("ssn_card_type"));
    inputs.must(&key("ssn_card_type"), &"NONE".into());
    let refused = ["tip", "overtime"].map(|what| {
        let key = key(&format!("{what}_income_deduction_ssn_requirement_met"));
        inputs.has(&key) && !inputs.flag(&key)
    });
    let numbered = !without && !refused.contains(&true);
    let age = inputs.count(&key("age"));
    // Tips qualify in a listed occupation, not in a specified service (IRC 224(d)(1), (2)).
    let listed = inputs.count(&key("treasury_tipped_occupation_code")).is_some_and(|code| code != 0);
    let tips = inputs.usd(&key("tip_income"));
    let qualify = tips != Usd::ZERO && listed && numbered && !inputs.flag(&key("business_is_sstb"));
    let overtime = inputs.usd(&key("fsla_overtime_premium"));
    let wages = inputs.usd(&key("employment_income")) + inputs.usd(&key("adjusted_earnings"));
    let w2 = W2 {
        wages,
        tips: if qualify { tips } else { Usd::ZERO },
        overtime_premium: if numbered { overtime } else { Usd::ZERO },
        care: inputs.usd(&key("dependent_care_employer_benefits")),
        ..W2::default()
    };
    Someone {
        age,
        // Without a word about it, the source takes a minor for a dependent.
        dependent: inputs.flag(&key("is_tax_unit_dependent"))
            || age.is_some_and(|age| age < 18)
            || neither == [true; 2],
        numbered,
        student: inputs.flag(&key("is_full_time_student")),
        incapable: inputs.flag(&key("is_incapable_of_self_care"))
            || inputs.flag(&key("is_permanently_and_totally_disabled")),
        w2,
        profit: inputs.usd(&key("self_employment_income")),
    }
}

/// The filing status: given, or as the source derives it.
pub(crate) fn status(inputs: &mut Inputs, persons: &[Someone]) -> Result<FilingStatus, String> {
    let key = of_unit(inputs, "filing_status");
    if inputs.has(&key) {
        return inputs.status(&key);
    }
    let adults = persons.iter().filter(|person| !person.dependent).count();
    Ok(match (adults, persons.len()) {
        (2, _) => FilingStatus::Joint,
        (_, 1) => FilingStatus::Single,
        _ => FilingStatus::Head,
    })
}

pub(crate) fn units(case: &mut Case) -> Answer {
    let name = case.id.strip_prefix("pe-").unwrap().to_owned();
    if let Some((_, read)) = READERS.iter().find(|(start, _)| name.starts_with(start)) {
        return read(case);
    }
    let (_, reason) = OUTSIDE.iter().find(|(start, _)| name.starts_with(start)).unwrap();
    Err((*reason).to_owned())
}

/// A whole return of the world.
fn small_return(case: &mut Case) -> Answer {
    let law = case.law();
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
    other.social_security = inputs.usd("people.person1.social_security");
    other.interest += inputs.usd("people.person1.interest_income");
    // What a dependent receives is income of the dependent.
    inputs.usd("people.person2.social_security_dependents");
    inputs.must("tax_units.tax_unit.would_file_if_eligible_for_refundable_credit", &true.into());
    let mut filers = persons.iter().filter(|person| !person.dependent).map(|someone| {
        let W2 { ss_wages, ss_withheld, medicare_wages, medicare_withheld, .. } =
            employee(law, someone.w2.wages, ROUND);
        let w2 = W2 { ss_wages, ss_withheld, medicare_wages, medicare_withheld, ..someone.w2 };
        Person { age: someone.age.unwrap_or(40), ..person(w2, someone.profit) }
    });
    let (filer, spouse) = (filers.next().ok_or("no filer")?, filers.next());
    let dependents: Vec<Dependent> =
        persons.iter().filter(|person| person.dependent).map(Someone::as_dependent).collect();
    if dependents.iter().any(|dependent| dependent.age > 18) {
        return Err("a dependent whose relation is not stated".to_owned());
    }
    if persons.iter().any(|person| !person.numbered) {
        return Err("a person without a social security number".to_owned());
    }
    if persons.iter().any(|person| !person.dependent && (person.incapable || person.student)) {
        return Err("a filer who studies or cannot care for himself".to_owned());
    }
    let mut household = household(status, filer, spouse, dependents);
    household.other_income = other;
    let form = filled(law, &household, ROUND)?;
    let benefits = &form.social_security;
    let children = &form.schedule_8812;
    answer([
        ("ctc", children.l12),
        ("ctc_phase_in_relevant_earnings", children.l20),
        ("eitc_earned_income", form.eic.l4b.floor0()),
        ("eitc", form.form_1040.eic),
        ("loss_ald", (Usd::ZERO - form.schedule_1.l3).floor0()),
        ("irs_gross_income[0]", form.total_income.l9),
        ("adjusted_gross_income", form.agi.agi),
        ("tax_unit_combined_income_for_social_security_taxability", benefits.l7),
        ("taxable_social_security_tier_1", benefits.l14),
        ("taxable_social_security_tier_2", benefits.l18 - benefits.l14),
        ("tax_unit_taxable_social_security", benefits.l18),
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
