//! Variables of PolicyEngine about a business: its income, self-employment tax, health insurance, qualified income.

use perchart::money::Usd;
use perchart::tax::deductions::Deductions;
use perchart::tax::facts::{Business, Filer, Individual, OtherIncome, OwnBenefits, W2};
use perchart::tax::form_461::Form461;
use perchart::tax::form_1040::{AdjustedGrossIncome, StandardDeduction};
use perchart::tax::form_7206::Form7206;
use perchart::tax::form_8995::{Form8995, QualifiedIncome, Share};
use perchart::tax::form_8995a::{Form8995A, Form8995ABusiness, Form8995ACounted, Form8995ALosses, Form8995APhaseIn};
use perchart::tax::gains::CapitalGains;
use perchart::tax::premium::SpecifiedPremiums;
use perchart::tax::retirement::PlanWorksheet;
use perchart::tax::schedule_1::Schedule1;
use perchart::tax::schedule_1a::Schedule1A;
use perchart::tax::schedule_c::ScheduleC;
use perchart::tax::schedule_se::ScheduleSe;

use super::case::{Answer, Case, Inputs, answer};
use super::policyengine::{ROUND, world};

fn schedule_c(l31: Usd) -> ScheduleC {
    ScheduleC { l31, ..ScheduleC::BLANK }
}

/// A business and one of a specified service, which is self-employment like any other (IRC 1402).
pub(crate) fn taxed(case: &mut Case) -> Answer {
    let law = case.law();
    let c = ["self_employment_income", "sstb_self_employment_income"].map(|key| schedule_c(case.inputs.usd(key)));
    let se = ScheduleSe::fill(law, &W2::default(), &c, ROUND);
    answer([("taxable_self_employment_income", se.l4c)])
}

/// Schedule 1 line 3 and Form 7206 of two businesses.
pub(crate) fn income(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    if inputs.has("labor_supply_behavioral_response") {
        return Err("how people respond to a tax".to_owned());
    }
    let profits = ["self_employment_income_before_lsr", "sstb_self_employment_income"].map(|key| inputs.usd(key));
    let c: Vec<_> = profits.into_iter().filter(|profit| *profit != Usd::ZERO).map(schedule_c).collect();
    let se = ScheduleSe::fill(law, &W2::default(), &c, ROUND);
    let own = OwnBenefits { health: inputs.usd("self_employed_health_insurance_premiums"), ..OwnBenefits::default() };
    let health = Form7206::fill(law, &Individual::default(), &own, &c, &se, &PlanWorksheet::BLANK, ROUND);
    let total = Schedule1::fill(&c, &[], &OtherIncome::default(), &Form461::BLANK, &[], ROUND).l3;
    answer([
        ("total_self_employment_income", total),
        ("self_employed_health_insurance_ald_person", health.l14),
        ("loss_ald", (-total).floor0()),
    ])
}

/// Qualified income of a business and of one of a specified service, after adjustments that are given.
fn two_businesses(inputs: &mut Inputs, prefix: &str) -> [QualifiedIncome; 2] {
    let mut usd = |key: &str| inputs.usd(&format!("{prefix}{key}"));
    let c = ["self_employment_income", "sstb_self_employment_income"].map(|key| schedule_c(usd(key)));
    let se = ScheduleSe { l13: usd("self_employment_tax_ald_person"), ..ScheduleSe::BLANK };
    let plan = PlanWorksheet { s22: usd("self_employed_pension_contribution_ald_person"), ..PlanWorksheet::BLANK };
    let health = Form7206 { l14: usd("self_employed_health_insurance_ald_person"), ..Form7206::BLANK };
    inputs.must(&format!("{prefix}business_is_qualified"), &false.into()); // of a business that has no income
    let profits = c.iter().map(|c| c.l31.floor0()).sum();
    [0, 1].map(|at: usize| {
        let share = Share { profits, first: i64::from(at == 0), insures: 0 };
        let business = Business { specified_service: i64::from(at == 1), ..Business::default() };
        QualifiedIncome::fill(&business, &c[at], &se, &plan, &health, &SpecifiedPremiums::BLANK, &share, ROUND)
    })
}

pub(crate) fn qualified(case: &mut Case) -> Answer {
    let [other, specified] = two_businesses(&mut case.inputs, "");
    answer([("qualified_business_income", other.income), ("sstb_qualified_business_income", specified.income)])
}

/// Form 8995, from a given taxable income or from wages and a business.
pub(crate) fn deduction(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    let filer = Filer::default();
    let standard = StandardDeduction::fill(law, &filer, ROUND);
    let (businesses, agi) = if inputs.has("people") {
        let businesses = two_businesses(inputs, "people.person1.");
        let profit: Usd = businesses.iter().map(|business| business.profit).sum();
        let wages: Usd = world(inputs).iter().map(|person| person.w2.wages).sum();
        (businesses, wages + profit)
    } else {
        inputs.must("adjusted_net_capital_gain", &0.into());
        let (income, before) = (inputs.usd("qualified_business_income"), inputs.usd("taxable_income_less_qbid"));
        if inputs.usd("qbid_amount") != ROUND.enter(income * law.qbi.rate) {
            return Err("a component other than 20% of the income".to_owned());
        }
        ([QualifiedIncome { income, ..QualifiedIncome::BLANK }, QualifiedIncome::BLANK], before + standard.amount)
    };
    let income = AdjustedGrossIncome { agi, ..AdjustedGrossIncome::BLANK };
    let taken = Deductions { taken: standard.amount, ..Deductions::BLANK };
    let (extra, gains) = (Schedule1A::BLANK, CapitalGains::BLANK);
    let (other, excess) = (OtherIncome::default(), Form461::BLANK);
    let form = Form8995::fill(law, &filer, &businesses, &income, &taken, &extra, &gains, &other, &excess, ROUND);
    answer([("qualified_business_income_deduction", form.l17_larger)])
}

/// Form 8995-A before the limit on income. Wages and property are those of the one business that has income; where those
/// of the specified service are given apart, they are a part of all.
pub(crate) fn amount(case: &mut Case) -> Answer {
    let law = case.law();
    let inputs = &mut case.inputs;
    inputs.must("qualified_reit_and_ptp_income", &0.into());
    // A loss of a dollar makes the source look at the two kinds apart; the qualified income is given.
    inputs.must("self_employment_income", &(-1).into());
    let specified = i64::from(inputs.flag("business_is_sstb"));
    let filer = Filer { status: inputs.status("filing_status")?, ..Filer::default() };
    let simple = Form8995 { l11: inputs.usd("taxable_income_less_qbid"), ..Form8995::BLANK };
    let phase = Form8995APhaseIn::fill(law, &filer, &simple, ROUND);
    let incomes = [inputs.usd("qualified_business_income"), inputs.usd("sstb_qualified_business_income")];
    let apart = inputs.has("sstb_w2_wages_from_qualified_business");
    let names = ["w2_wages_from_qualified_business", "unadjusted_basis_qualified_property"];
    let [first, second] = ["", "sstb_"].map(|kind| names.map(|name| inputs.usd(&format!("{kind}{name}"))));
    let [first, second] = match (apart, incomes[0] == Usd::ZERO) {
        (true, _) => [[first[0] - second[0], first[1] - second[1]], second],
        (false, true) => [first, first],
        (false, false) => [first, second],
    };
    // Up to the threshold the limits do not apply.
    if phase.stopped_at.is_some() {
        return answer([("qbid_amount", ROUND.enter(incomes.iter().copied().sum::<Usd>() * law.qbi.rate))]);
    }
    let counted = |income: Usd, specified_service: i64, [wages, property]: [Usd; 2]| {
        let business = Business { specified_service, wages, property, ..Business::default() };
        let qualified = QualifiedIncome { income, ..QualifiedIncome::BLANK };
        Form8995ACounted::fill(&business, &qualified, &phase, ROUND)
    };
    let counted = [counted(incomes[0], specified, first), counted(incomes[1], 1, second)];
    let losses = Form8995ALosses::fill(&counted, &simple, ROUND);
    let columns = counted.map(|counted| Form8995ABusiness::fill(law, &counted, &losses, &phase, ROUND));
    answer([("qbid_amount", Form8995A::fill(law, &columns, &counted, &simple, ROUND).l16)])
}
