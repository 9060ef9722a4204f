//! Variables of PolicyEngine about retirement and payroll: what may be deferred or contributed, what is taxed of pay.

use perchart::job::{Days, Offer, Pay};
use perchart::money::Usd;
use perchart::tax::adjustments::{IraDeduction, ModifiedIncome, RothContribution, cover};
use perchart::tax::credits::Form8880Column;
use perchart::tax::facts::{Filer, Individual, OwnBenefits, W2};
use perchart::tax::retirement::PlanWorksheet;
use perchart::tax::schedule_c::ScheduleC;
use perchart::tax::schedule_se::ScheduleSe;
use perchart::tax::withheld::Withheld;
use rust_decimal::Decimal;

use super::case::{Answer, Case, Inputs, answer, employee};
use super::policyengine::ROUND;

/// More than any limit.
const AMPLE: Usd = Usd::dollars(1_000_000);

fn of_age(age: i64) -> Individual {
    Individual { age, reached: age, ..Individual::default() }
}

/// What goes into the plan of a person with ample profit.
fn plan(case: &Case, age: i64, deferral: Usd) -> PlanWorksheet {
    let own = OwnBenefits { deferral, ..OwnBenefits::default() };
    let c = [ScheduleC { l31: AMPLE, ..ScheduleC::BLANK }];
    PlanWorksheet::fill(case.law(), &of_age(age), &own, &W2::default(), &c, &ScheduleSe::BLANK, ROUND)
}

/// Elective deferrals, those of all plans together: how many a plan lets in.
pub(crate) fn deferral(case: &mut Case) -> Answer {
    if case.inputs.has("employment_income") {
        return before_tax(case);
    }
    let persons: Vec<i64> =
        (1..).map_while(|number| case.inputs.count(&format!("people.person{number}.age"))).collect();
    if !persons.is_empty() {
        let limits = persons.into_iter().enumerate();
        let of =
            |(at, age)| (format!("elective_deferral_limit[{at}]"), plan(case, age, AMPLE).deferrals().to_decimal());
        return Ok(limits.map(of).collect());
    }
    let age = case.inputs.count("age").ok_or("no age given")?;
    let wished = elective(&mut case.inputs);
    case.inputs.must("retirement_distributions", &0.into());
    let (most, paid) = (plan(case, age, AMPLE), plan(case, age, wished.iter().copied().sum()));
    let (ira, roth) = (IraDeduction::BLANK, RothContribution::BLANK);
    let savers = Form8880Column::fill(case.law(), &of_age(age), &W2::default(), &paid, &ira, &roth, ROUND);
    let mut ours = answer([
        ("elective_deferral_limit", most.deferrals()),
        ("k401_catch_up_limit", most.s18),
        ("savers_credit_qualified_contributions", savers.l2),
    ])?;
    // How the source cuts several plans to the limit is no rule of the law.
    if paid.deferrals() == wished.iter().copied().sum() {
        ours.extend(answer([
            ("traditional_401k_contributions", wished[0]),
            ("roth_401k_contributions", wished[1]),
            ("traditional_403b_contributions", wished[2]),
            ("roth_403b_contributions", wished[3]),
        ])?);
    }
    Ok(ours)
}

/// What a person wishes to defer: into a 401(k), as Roth, into a 403(b), as Roth.
fn elective(inputs: &mut Inputs) -> [Usd; 4] {
    ["traditional_401k", "roth_401k", "traditional_403b", "roth_403b"]
        .map(|plan| inputs.usd(&format!("{plan}_contributions_desired")))
}

/// Boxes 1 and 5 of a job: premiums and savings accounts of a cafeteria plan are outside both, deferrals outside box 1.
pub(crate) fn before_tax(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let wage = inputs.number("employment_income").unwrap();
    let cafeteria =
        ["pre_tax_health_insurance_premiums", "health_savings_account_payroll_contributions", "pre_tax_contributions"];
    let premium = cafeteria.into_iter().map(|key| inputs.usd(key)).sum();
    // Paid out of taxed pay.
    inputs.usd("health_insurance_premiums_without_medicare_part_b");
    inputs.usd("medicare_part_b_premium");
    let [first, first_roth, second, second_roth] = elective(inputs);
    let (deferred, roth) = (first + second, first_roth + second_roth);
    if roth != Usd::ZERO && deferred + roth > law.deferral.limit || inputs.count("age").is_some_and(|age| age >= 50) {
        return Err("several deferrals cut to the limit, or a catch-up at a job".to_owned());
    }
    let days = Days { weekdays: 1, ..Days::default() };
    let one = Decimal::ONE;
    let retirement_match = if wage.is_zero() { wage } else { deferred.to_decimal() / wage };
    let offer = Offer { wage, hours_per_day: one, premium, premium_share: one, retirement_match, ..Offer::default() };
    let pay = Pay::fill(law, &days, &offer, ROUND);
    answer([
        ("pre_tax_contributions", pay.premium + pay.deferral),
        ("traditional_401k_contributions", pay.deferral),
        ("irs_employment_income", pay.wages),
        ("payroll_tax_gross_wages", pay.taxed),
    ])
}

/// Social security wages of a job.
pub(crate) fn withheld(case: &mut Case) -> Answer {
    let law = case.law();
    let wages = case.inputs.usd("payroll_tax_gross_wages");
    let form = Withheld::fill(law, &employee(law, wages, ROUND), ROUND);
    answer([("taxable_earnings_for_social_security", form.l1)])
}

/// Contributions to a traditional and to a Roth IRA.
pub(crate) fn ira(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let key = |what: &str| format!("people.person1.{what}");
    if inputs.has(&key("pr_agi_person")) {
        return Err("a return of Puerto Rico".to_owned());
    }
    let age = inputs.count(&key("age")).unwrap();
    let own = OwnBenefits {
        ira: inputs.usd(&key("traditional_ira_contributions_desired")),
        roth_ira: inputs.usd(&key("roth_ira_contributions_desired")),
        ..OwnBenefits::default()
    };
    let filer = Filer::default();
    let cover = cover(law, filer.status, age, AMPLE, false, false);
    let before = ModifiedIncome::BLANK;
    let ira = IraDeduction::fill(law, &own, &before, &cover, ROUND);
    let roth = RothContribution::fill(law, &filer, &own, &before, &cover, &ira, ROUND);
    let mut ours = answer([("ira_contribution_limit", cover.limit)])?;
    // How the source cuts both to the limit is no rule of the law.
    if own.ira + own.roth_ira <= cover.limit {
        ours.extend(answer([
            ("traditional_ira_contributions", ira.contributed),
            ("roth_ira_contributions", roth.paid.min(roth.l11)),
        ])?);
    }
    Ok(ours)
}

/// A plan of one's own that is paid by the business.
pub(crate) fn own_plan(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let at = if inputs.has("people") { "people.person1." } else { "" };
    let mut usd = |key: &str| inputs.usd(&format!("{at}{key}"));
    let c = [ScheduleC { l31: usd("self_employment_income"), ..ScheduleC::BLANK }];
    let w2 = employee(law, usd("employment_income"), ROUND);
    let deferred = usd("traditional_401k_contributions_desired");
    let own = OwnBenefits { sep: usd("self_employed_pension_contributions_desired"), ..OwnBenefits::default() };
    let age = inputs.count(&format!("{at}age")).unwrap_or(40);
    let se = ScheduleSe::fill(law, &w2, &c, ROUND);
    let form = PlanWorksheet::fill(law, &of_age(age), &own, &w2, &c, &se, ROUND);
    let (ira, roth) = (IraDeduction::BLANK, RothContribution::BLANK);
    let savers = Form8880Column::fill(law, &of_age(age), &w2, &form, &ira, &roth, ROUND);
    let most = plan(case, age, AMPLE).deferrals();
    answer([
        ("elective_deferral_limit", most),
        ("traditional_401k_contributions", deferred.min(most)),
        ("self_employed_pension_contribution_limit", form.s8),
        ("self_employed_pension_contribution_ald_person", form.s22),
        ("savers_credit_qualified_contributions", savers.l2),
    ])
}
