//! What is not modelled, found before a return is shown and refused by name.

use crate::law::{FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::tax::Return;
use crate::tax::facts::{Business, CoveredMonth, Household, OtherIncome, OwnBenefits, Payments, Student, W2};
use crate::tax::form::{Fact, Value};
use crate::tax::schedule_r;

/// Why there is no return: a situation that this engine does not model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The situation.
    pub what: String,
    /// The form or rule that it would need.
    pub needs: String,
    /// What to do.
    pub advice: String,
}

macro_rules! outside {
    ($( $situation:ident $key:literal $what:literal, $needs:literal; )+) => {
        /// A situation outside this engine, as a household states it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Outside {
            $( #[doc = concat!($what, ": ", $needs)] $situation, )+
        }

        impl Outside {
            /// Every situation that can be stated.
            pub const ALL: &'static [Outside] = &[$(Outside::$situation),+];

            /// The key in a profile.
            pub const fn key(self) -> &'static str {
                match self { $(Outside::$situation => $key,)+ }
            }

            /// What it is.
            pub const fn what(self) -> &'static str {
                match self { $(Outside::$situation => $what,)+ }
            }

            /// The form or rule that it would need.
            pub const fn needs(self) -> &'static str {
                match self { $(Outside::$situation => $needs,)+ }
            }
        }
    };
}

outside! {
    SpouseItemizes "spouse-itemizes" "a spouse who itemizes on a separate return", "no standard deduction, IRC 63(c)(6)";
    LivedApart "lived-apart" "spouses filing separately who lived apart", "earned income credit, IRC 32(d)(2)";
    DependentOfAnother "dependent-of-another" "a filer whom someone else can claim", "Standard Deduction Worksheet for Dependents";
    NonresidentAlien "nonresident-alien" "a nonresident or dual-status alien", "Form 1040-NR";
    NoSocialSecurityNumber "no-ssn" "a filer or child without a social security number valid for work", "ITIN rules of IRC 24, 32 and 151(d)(5)";
    MarketplaceCredit "marketplace-credit" "health insurance from the marketplace with a premium tax credit", "Form 8962";
    LongTermCare "long-term-care" "long-term care premiums", "Form 7206 line 2";
    HealthSavings "health-savings-account" "a health savings account", "Form 8889";
    Solo401k "solo-401k" "a solo 401(k) or SIMPLE plan", "Pub. 560 worksheet, steps 9 to 20";
    UnusualCare "unusual-care" "care of a spouse or non-dependent, or of last year; benefits forfeited or carried over", "Form 2441 lines 2, 9b, 13, 14";
    CapitalGains "unusual-gains" "gains from collectibles, real estate or business property; old capital losses", "Schedule D Tax Worksheet, Form 4797";
    OtherItemized "unusual-itemized-deductions" "casualty losses, investment interest, gifts of property, large home debt", "Schedule A lines 8, 9, 12, 15, 16";
    NondeductibleIra "roth-or-nondeductible-ira" "Roth or nondeductible contributions to an IRA", "Form 8606, Form 8880 line 1";
    Rental "rental-or-partnership" "rents, royalties, partnerships, S corporations, trusts", "Schedule E";
    SecondBusiness "second-business" "a second business, or a business of the spouse", "another Schedule C and Schedule SE";
    Farm "farm" "a farm", "Schedule F";
    Unemployment "unemployment" "unemployment compensation", "Schedule 1 line 7";
    Retired "pension-or-ira-income" "pensions, annuities, IRA distributions", "Form 1040 lines 4 and 5";
    SocialSecurity "social-security" "social security benefits", "Form 1040 line 6";
    OtherIncome "other-income" "other income: alimony, gambling, prizes, cancelled debt", "Schedule 1 lines 1 to 8";
    Foreign "foreign-income" "foreign earned income or foreign tax", "Form 2555, Form 1116";
    Church "church-or-clergy" "church employee or clergy income", "Schedule SE lines 5a and 4b";
    StatutoryEmployee "statutory-employee" "a Form W-2 with the statutory employee box", "Schedule C line 1";
    SpecifiedUnder8919 "form-8919" "wages without withholding as a misclassified employee", "Form 8919";
    OptionalMethod "optional-method" "the optional methods of Schedule SE", "Schedule SE Part II";
    Inventory "inventory" "a business that sells goods", "Schedule C Part III";
    Employees "employees" "a business with employees", "Schedule C line 26, Forms 941 and 940";
    RegularHomeOffice "home-office-regular-method" "actual expenses of the home office", "Form 8829";
    LossCarryforward "loss-carryforward" "losses or QBI losses carried from earlier years", "Form 172, Form 8995 line 3";
    Kiddie "kiddie-tax" "a filer under 24 with investment income whom parents support", "Form 8615";
    Community "community-property" "separate returns of spouses in a community property state", "Form 8958";
    EmployerPlan "employer-health-plan" "an employer's subsidized health plan on offer to you or your spouse", "Form 7206 line 1";
    MinimumTax "minimum-tax-items" "private activity bonds, incentive stock options, minimum tax of earlier years", "Form 6251 lines 2g and 2i, Form 8801";
    Reit "reit-dividends" "section 199A dividends, Form 1099-DIV box 5", "Form 8995 line 6";
    SaverStudent "student-or-distributions" "savings of a full-time student, or plan distributions in the last three years", "Form 8880 line 4";
    OtherAdjustments "other-adjustments" "educator expenses, alimony paid, penalties on early withdrawal of savings", "Schedule 1 lines 11 to 24";
    Tips "tips" "tips of one's own business, or not reported to an employer", "Schedule 1-A line 5, Form 4137";
    UntaxedPensions "untaxed-pensions" "a veteran's or another untaxed pension of someone 65 or over", "Schedule R line 13b";
    OtherCredits "other-credits" "energy, adoption and other credits", "Schedule 3";
    OtherTaxes "other-taxes" "household employees, early withdrawals, other taxes", "Schedule H, Form 5329, Schedule 2";
}

impl Outside {
    /// The situation with a key.
    pub fn from_key(key: &str) -> Option<Outside> {
        Outside::ALL.iter().copied().find(|situation| situation.key() == key)
    }

    fn refusal(self) -> Refusal {
        Refusal {
            what: self.what().to_owned(),
            needs: self.needs().to_owned(),
            advice: format!(
                "perchart does not model it, and leaving it out could make the figures wrong. If it does not apply, take \"{}\" off the `outside` list in perchart.toml; if it does, use tax software or a preparer for the return.",
                self.key()
            ),
        }
    }
}

/// The most that a household's amounts may add up to. Beyond some $90 billion a product leaves the range of [`Exact`];
/// a bound on the sum, not on each amount, holds however many businesses there are.
///
/// [`Exact`]: crate::money::Exact
const MOST: Usd = Usd::dollars(1_000_000_000);

/// The amounts of a set of facts, without their signs, in cents.
fn size<F>(facts: &[Fact<F>], set: &F) -> u128 {
    let cents = |value| match value {
        Value::Usd(amount) => u128::from(amount.cents().unsigned_abs()),
        _ => 0,
    };
    facts.iter().map(|fact| cents((fact.value)(set))).sum()
}

/// Do the household's amounts add up to more than [`MOST`]?
fn is_too_large(household: &Household) -> bool {
    let persons = household.persons().map(|person| {
        let businesses: u128 = person.businesses.iter().map(|business| size(Business::FACTS, business)).sum();
        businesses + size(W2::FACTS, &person.w2) + size(OwnBenefits::FACTS, &person.own)
    });
    let payments = u128::from(household.estimated_payments.cents().unsigned_abs());
    let others = size(OtherIncome::FACTS, &household.other_income) + size(Payments::FACTS, &household.payments);
    let students = household.students.iter().map(|student| size(Student::FACTS, student));
    let months = household.marketplace.iter().flat_map(|market| &market.months);
    let months = months.map(|month| size(CoveredMonth::FACTS, month));
    let apart = household.marketplace.as_ref().map_or(Usd::ZERO, |market| market.dependents_income);
    let more = students.chain(months).sum::<u128>() + u128::from(apart.cents().unsigned_abs());
    persons.sum::<u128>() + payments + others + more > u128::from(MOST.cents().unsigned_abs())
}

/// Refusals that the facts alone show.
pub(super) fn before(law: &Law, household: &Household) -> Vec<Refusal> {
    let mut refusals: Vec<_> = household.outside.iter().map(|situation| situation.refusal()).collect();
    if household.status.is_joint() != household.spouse.is_some() {
        let (what, advice) = if household.status.is_joint() {
            (
                "a joint return without a spouse",
                "Add [household.spouse] to perchart.toml, or choose another filing status.",
            )
        } else {
            (
                "a spouse on a return that is not joint",
                "Only a joint return takes the spouse's figures: remove [household.spouse], or set filing_status = \"joint\".",
            )
        };
        refusals.push(Refusal {
            what: what.to_owned(),
            needs: "Form 1040, filing status".to_owned(),
            advice: advice.to_owned(),
        });
    }
    if is_too_large(household) {
        refusals.push(Refusal {
            what: format!("amounts that add up to more than ${MOST}"),
            needs: "larger numbers than this engine computes with".to_owned(),
            advice: "Look for an amount with too many digits, such as cents entered as dollars.".to_owned(),
        });
    }
    for person in household.persons() {
        let most = Round::Cents.enter(law.se.wage_base * law.fica.oasdi) + Usd::dollars(1);
        if person.w2.ss_withheld > most {
            refusals.push(Refusal {
                what: format!("{:#} of social security tax withheld, more than one person owes", person.w2.ss_withheld),
                needs: "Schedule 3 line 11".to_owned(),
                advice: "With several employers the excess comes back as a credit, which perchart does not compute. Use tax software or a preparer.".to_owned(),
            });
        }
    }
    if household.other_income.qualified_dividends > household.other_income.dividends {
        refusals.push(Refusal {
            what: "qualified dividends above the ordinary dividends that hold them".to_owned(),
            needs: "Form 1040 lines 3a and 3b".to_owned(),
            advice:
                "Ordinary dividends, box 1a, include the qualified ones, box 1b: state both as the Forms 1099-DIV do."
                    .to_owned(),
        });
    }
    let unable = household.persons().filter(|person| person.unable_months > 0).count();
    let benefits: Usd = household.persons().map(|person| person.w2.care).sum();
    if unable > 1 && household.payments.care + benefits != Usd::ZERO {
        refusals.push(Refusal {
            what: "dependent care of a couple of whom both were students or unable to care for themselves".to_owned(),
            needs: "Form 2441 lines 4 and 5".to_owned(),
            advice: "In one month only one of the two is taken to earn something, and perchart does not know the months. Use tax software or a preparer.".to_owned(),
        });
    }
    refusals
}

/// Refusals that only the figures show: income above the simplified form, a loss beyond the limit.
pub(super) fn after(law: &Law, household: &Household, filled: &Return) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mixed = household.persons().any(|person| {
        let specified = |business: &Business| business.specified_service != 0;
        person.businesses.iter().any(specified) && !person.businesses.iter().all(specified)
    });
    if mixed && filled.form_8995.l11 > law.qbi.threshold.of(household.status) {
        refusals.push(Refusal {
            what: "one person's businesses of which some are specified services, above the threshold of Form 8995"
                .to_owned(),
            needs: "Form 8995-A, Schedules A and C".to_owned(),
            advice: "perchart computes a person's businesses together. Use tax software or a preparer.".to_owned(),
        });
    }
    let disabled = household.persons().any(|person| person.disabled && person.reached() < super::SENIOR);
    let separate = household.status == FilingStatus::Separate;
    if disabled && !separate && filled.agi.agi < schedule_r::ends(law, &filled.filer) {
        refusals.push(Refusal {
            what: "someone under 65 who retired on permanent and total disability, and an income that leaves a credit"
                .to_owned(),
            needs: "Schedule R line 11".to_owned(),
            advice: "perchart does not know the taxable disability income. Use tax software or a preparer.".to_owned(),
        });
    }
    if -filled.schedule_1.l3 > law.loss.most.of(household.status) {
        refusals.push(Refusal {
            what: format!("a business loss of {:#}", -filled.schedule_1.l3),
            needs: "Form 461".to_owned(),
            advice: "A loss this large is limited by law. Use tax software or a preparer.".to_owned(),
        });
    }
    refusals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::facts::Person;

    fn household(receipts: i64, withheld: i64) -> Household {
        let business = Business { gross_receipts: Usd::dollars(receipts), ..Business::default() };
        let w2 = W2 { withheld: Usd::dollars(withheld), ..W2::default() };
        let taxpayer = Person { w2, businesses: vec![business; 2], ..Person::default() };
        Household { taxpayer, ..Household::default() }
    }

    #[test]
    fn amounts_beyond_a_billion_dollars_are_refused_by_their_sum() {
        // 2 x 450 million + 100 million is one billion exactly; signs do not cancel.
        assert!(before(crate::law::of(2025).expect("law").0, &household(450_000_000, 100_000_000)).is_empty());
        assert!(before(crate::law::of(2025).expect("law").0, &household(-450_000_000, 100_000_000)).is_empty());
        let refusals = before(crate::law::of(2025).expect("law").0, &household(-450_000_000, 100_000_001));
        assert_eq!(refusals[0].what, "amounts that add up to more than $1000000000.00");
    }

    #[test]
    fn too_much_social_security_withheld_is_refused_by_name() {
        // Two jobs of 100,000: 12,400 withheld, 176,100 x 6.2% = 10,918.20 owed.
        let mut household = household(0, 0);
        household.taxpayer.w2.ss_withheld = Usd::dollars(12_400);
        let refusals = before(crate::law::of(2025).expect("law").0, &household);
        assert_eq!(refusals.iter().map(|refusal| refusal.needs.as_str()).collect::<Vec<_>>(), ["Schedule 3 line 11"]);
    }

    #[test]
    fn what_the_facts_of_care_cannot_say_is_refused_by_name() {
        let (law, _) = crate::law::of(2025).expect("law");
        let student = Person { age: 30, unable_months: 9, ..Person::default() };
        let mut couple = Household {
            status: FilingStatus::Joint,
            taxpayer: student.clone(),
            spouse: Some(student),
            ..Household::default()
        };
        assert!(before(law, &couple).is_empty());
        couple.payments.care = Usd::dollars(4_000);
        let refusals = before(law, &couple);
        assert_eq!(
            refusals.iter().map(|refusal| refusal.needs.as_str()).collect::<Vec<_>>(),
            ["Form 2441 lines 4 and 5"]
        );
    }

    #[test]
    fn disability_under_65_is_refused_while_the_income_leaves_a_credit() {
        // One person: nothing is left from 7,500 + 2 x 5,000 = 17,500 on.
        let (law, _) = crate::law::of(2025).expect("law");
        let refused = |age, wages| {
            let w2 = W2 { wages: Usd::dollars(wages), ..W2::default() };
            let taxpayer = Person { age, disabled: true, w2, ..Person::default() };
            let household = Household { taxpayer, ..Household::default() };
            crate::tax::prepare(law, &household, Round::WholeDollar)
                .is_err_and(|refusals| refusals[0].needs == "Schedule R line 11")
        };
        assert_eq!((refused(60, 17_499), refused(60, 17_500), refused(65, 17_499)), (true, false, false));
    }
}
