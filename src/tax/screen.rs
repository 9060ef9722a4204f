//! What is not modelled, found before a return is shown and refused by name.

use crate::law::{FilingStatus, Law};
use crate::money::{Round, Usd};
use crate::tax::Return;
use crate::tax::facts::{Business, CoveredMonth, HomeOffice, Household, OwnBenefits, Person, Student};
use crate::tax::form::{Cell as _, SMALL};
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
    SharedPolicy "shared-marketplace-policy" "a marketplace policy shared with another taxpayer, or a wedding in the year", "Form 8962 line 9, Parts IV and V";
    UnusualHsa "unusual-hsa" "a health savings account under the last-month rule, or funded from an IRA", "Form 8853, Form 8889 lines 4, 10, 14b, 18 and 19";
    SimplePlan "simple-plan" "a SIMPLE or defined benefit plan, or a second plan of the business", "Pub. 560";
    UnusualCare "unusual-care" "care of a spouse or non-dependent, or of last year; benefits forfeited or carried over", "Form 2441 lines 2, 9b, 13, 14";
    CapitalGains "unusual-gains" "gains from collectibles, real estate or business property; old capital losses", "Schedule D Tax Worksheet, Form 4797";
    OtherItemized "unusual-itemized-deductions" "casualty losses, investment interest, gifts of property, large home debt", "Schedule A lines 8, 9, 12, 15, 16";
    NondeductibleIra "nondeductible-ira" "nondeductible contributions to an IRA, or a conversion to a Roth IRA", "Form 8606";
    Rental "rental-or-partnership" "rents, royalties, partnerships, S corporations, trusts", "Schedule E";
    SecondBusiness "second-business" "a second business of your own", "another Schedule C";
    Farm "farm" "a farm", "Schedule F";
    RepaidBenefits "repaid-benefits" "social security benefits repaid, or for earlier years in one sum", "Pub. 915";
    OtherIncome "other-income" "alimony received, gambling, cancelled debt", "Schedule 1 lines 2a, 8b, 8c";
    Foreign "foreign-income" "foreign earned income or foreign tax", "Form 2555, Form 1116";
    Church "church-or-clergy" "church employee or clergy income", "Schedule SE lines 5a and 4b";
    StatutoryEmployee "statutory-employee" "a Form W-2 with the statutory employee box", "Schedule C line 1";
    SpecifiedUnder8919 "form-8919" "wages without withholding as a misclassified employee", "Form 8919";
    OptionalMethod "optional-method" "the optional methods of Schedule SE", "Schedule SE Part II";
    Inventory "inventory" "a business that sells goods", "Schedule C Part III";
    Employees "employees" "a business with employees", "Schedule C line 26, Forms 941 and 940";
    UnusualHomeOffice "unusual-home-office" "two homes in a year, daycare, a casualty of the home, the sale of a home with an office", "Form 8829 lines 4 to 6, 9 and 29, Form 4797";
    LossCarryforward "loss-carryforward" "net operating losses carried from earlier years", "Form 172";
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

/// What a return is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A household's whole year.
    Whole,
    /// What a comparison starts from: the household without the work that is compared.
    Start,
}

/// The most that a household's amounts may add up to. Beyond some $90 billion a product leaves the range of [`Exact`];
/// a bound on the sum, not on each amount, holds however many businesses there are.
///
/// [`Exact`]: crate::money::Exact
const MOST: Usd = Usd::dollars(1_000_000_000);

/// Do the household's amounts add up to more than [`MOST`]?
fn is_too_large(household: &Household) -> bool {
    if is_small(household) {
        return false;
    }
    let persons = household.persons().flat_map(|person| {
        let businesses = person.businesses.iter().map(Business::size);
        let offices = person.offices.iter().map(HomeOffice::size);
        let depreciation = person.depreciation.iter().map(|depreciation| depreciation.size());
        businesses.chain(offices).chain(depreciation).chain([person.w2.size(), person.own.size()])
    });
    let market = household.marketplace.iter().flat_map(|market| {
        let months = market.months.iter().map(CoveredMonth::size);
        months.chain([market.dependents_income.cents().unsigned_abs()])
    });
    let others =
        [household.estimated_payments.cents().unsigned_abs(), household.other_income.size(), household.payments.size()];
    let all = persons.chain(household.students.iter().map(Student::size)).chain(market).chain(others);
    all.fold(0, u64::saturating_add) > MOST.cents().unsigned_abs()
}

/// Are there so few and so small amounts that nobody needs to add them up? Two persons with a business each, without
/// students and marketplace, have not more than 150.
fn is_small(household: &Household) -> bool {
    const { assert!(150 * SMALL <= MOST.cents()) };
    let person = |person: &Person| {
        person.businesses.len() <= 1
            && person.depreciation.is_none()
            && person.businesses.iter().all(Business::is_small)
            && person.w2.is_small()
            && person.own.is_small()
    };
    household.students.is_empty()
        && household.marketplace.is_none()
        && household.estimated_payments.above_small() < 2 * SMALL.unsigned_abs()
        && household.other_income.is_small()
        && household.payments.is_small()
        && household.persons().all(|person| person.offices.is_empty())
        && household.persons().all(person)
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
    savings_accounts(household, &mut refusals);
    for person in household.persons() {
        let homes = person.businesses.iter().filter(|business| business.home_area > 0);
        let (several, feet) =
            (homes.clone().count() > 1, homes.map(|business| business.home_area).fold(0, i64::saturating_add));
        let actual = person.businesses.iter().any(|business| business.home_actual != Usd::ZERO);
        if several && feet > law.home_office.most_feet || feet > 0 && actual {
            refusals.push(Refusal {
                what: "a home office of several businesses, above the square feet of one home or by two methods"
                    .to_owned(),
                needs: "Instructions for Schedule C, line 30".to_owned(),
                advice:
                    "All businesses in a home share its square feet and one method: divide them between the businesses."
                        .to_owned(),
            });
        }
    }
    regular_method(household, &mut refusals);
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

/// Home offices by the regular method that share a home, claim the simplified method too, or are larger than their home.
fn regular_method(household: &Household, refusals: &mut Vec<Refusal>) {
    let offices = || household.persons().flat_map(|person| &person.offices).filter(|office| office.actual != 0);
    let mut businesses = household.persons().flat_map(|person| &person.businesses);
    let twice =
        offices().count() > 0 && businesses.any(|business| business.home_area > 0 || business.home_actual != Usd::ZERO);
    if twice || offices().count() > 1 {
        refusals.push(Refusal {
            what: "a home office by the regular method beside another home office".to_owned(),
            needs: "Form 8829 line 36, Instructions for Schedule C, line 30".to_owned(),
            advice: "All businesses in a home share one Form 8829 and one method, and a second home has a form of its own: perchart fills one form for one business. Use tax software or a preparer.".to_owned(),
        });
    }
    if offices().any(|office| office.area <= 0 || office.area > office.whole) {
        refusals.push(Refusal {
            what: "a home office without square feet, or larger than the home".to_owned(),
            needs: "Form 8829 lines 1 and 2".to_owned(),
            advice: "State the square feet of the office and of the whole home, or the rooms of both.".to_owned(),
        });
    }
}

/// Health savings accounts of which months alone do not tell the limit.
fn savings_accounts(household: &Household, refusals: &mut Vec<Refusal>) {
    let months = |own: &OwnBenefits| own.hsa_self_months.saturating_add(own.hsa_family_months);
    if household.persons().any(|person| months(&person.own) > 12) {
        refusals.push(Refusal {
            what: "more than twelve months of high-deductible coverage in the year".to_owned(),
            needs: "Form 8889 line 3".to_owned(),
            advice: "A month with both kinds of coverage is one of family coverage: count each month once.".to_owned(),
        });
    }
    if !household.persons().any(|person| person.own.hsa + person.w2.hsa != Usd::ZERO) {
        return;
    }
    let shared = "The spouses share one limit for family coverage. Use tax software or a preparer.".to_owned();
    if household.status == FilingStatus::Separate && household.taxpayer.own.hsa_family_months > 0 {
        refusals.push(Refusal {
            what: "a health savings account with family coverage on a separate return".to_owned(),
            needs: "Form 8889 line 6".to_owned(),
            advice: shared.clone(),
        });
    }
    if let Some(spouse) = &household.spouse {
        let overlap = |one: &OwnBenefits, other: &OwnBenefits| {
            one.hsa_self_months > 0
                && other.hsa_family_months > 0
                && one.hsa_self_months.saturating_add(other.hsa_family_months) > 12
        };
        let (own, other) = (&household.taxpayer.own, &spouse.own);
        if overlap(own, other) || overlap(other, own) {
            refusals.push(Refusal {
                what: "months in which one spouse has self-only and the other family high-deductible coverage"
                    .to_owned(),
                needs: "Form 8889 line 3, IRC 223(b)(5)(A)".to_owned(),
                advice: format!("In such a month both count as having family coverage. {shared}"),
            });
        }
    }
}

/// Refusals that only the figures show: contributions, deferrals and unearned income beyond a limit, a disability credit.
pub(super) fn after(law: &Law, household: &Household, filled: &Return, purpose: Purpose) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    excess_contributions(law, household, filled, purpose, &mut refusals);
    for person in household.persons() {
        let most = law.deferral.limit + law.deferral.catch_up_at(person.age);
        let over = person.w2.deferrals.excess(most);
        if over > Usd::ZERO {
            refusals.push(Refusal {
                what: format!("{over:#} of elective deferrals at jobs above the limit for the age"),
                needs: "Form 1040 line 1h".to_owned(),
                advice: "What is above the limit is income, and taxed again if it stays in the plan. Have it paid back before April 15, or use tax software or a preparer.".to_owned(),
            });
        }
    }
    let profits: Usd = filled.schedule_c.iter().map(|c| c.l31.floor0()).sum();
    let unearned = filled.total_income.l9.excess(filled.income.l1z + profits);
    if filled.filer.under_24 != 0 && unearned > law.kiddie.unearned {
        refusals.push(Refusal {
            what: format!(
                "{unearned:#} of unearned income of a filer under 24 whom parents support, over {:#}",
                law.kiddie.unearned
            ),
            needs: "Form 8615".to_owned(),
            advice: "It is taxed at the parents' rate. Use tax software or a preparer.".to_owned(),
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
    refusals
}

/// Contributions beyond their limits bear a tax each year (IRC 4973), and distributions of the year of the 65th birthday
/// are not told apart. Compensation limits what is paid into IRAs, but not on the return that a comparison starts from: it
/// lacks the work that pays them, and what cannot be paid then is only not deducted.
fn excess_contributions(
    law: &Law,
    household: &Household,
    filled: &Return,
    purpose: Purpose,
    refusals: &mut Vec<Refusal>,
) {
    let mut refuse = |what: String, needs: &str, advice: &str| {
        refusals.push(Refusal { what, needs: needs.to_owned(), advice: advice.to_owned() });
    };
    let advice = "Take the excess back out before the return is due, and state what is left; else use tax software or a preparer.";
    for (at, person) in household.persons().enumerate() {
        let (ira, roth, hsa) = (&filled.ira[at], &filled.roth[at], &filled.form_8889[at]);
        let cover = &filled.cover[at];
        let most = match purpose {
            Purpose::Whole => cover.limit.min(cover.compensation),
            Purpose::Start => cover.limit,
        };
        let over = roth.paid.excess(roth.l8);
        if over > Usd::ZERO && roth.l8 < roth.l6 {
            let what = format!("{over:#} paid into a Roth IRA above the limit for the income");
            refuse(what, "Form 5329 Part IV", advice);
        } else if ira.paid + roth.paid > most {
            let part = if roth.paid > Usd::ZERO { "Form 5329 Part IV" } else { "Form 5329 Part III" };
            let over = ira.paid + roth.paid - most;
            refuse(format!("{over:#} paid into IRAs above the limit for the age and the compensation"), part, advice);
        }
        let over = hsa.l2.excess(hsa.l12).max(hsa.l9.excess(hsa.l8));
        if over > Usd::ZERO {
            let what =
                format!("{over:#} paid into a health savings account above the limit for the months of coverage");
            refuse(what, "Form 5329 Part VII", advice);
        }
        let turns = person.age == law.hsa.free_from && !person.new_years_child && !person.disabled;
        if turns && hsa.l16 > Usd::ZERO {
            refuse(
                "taxable distributions from a health savings account in the year of the 65th birthday".to_owned(),
                "Form 8889 line 17a",
                "Only those before the birthday bear the additional tax. Use tax software or a preparer.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::facts::{OtherIncome, W2};

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

    /// The situations of a household that the screen refuses, before and after the forms.
    fn refused(household: &Household) -> Vec<String> {
        let (law, _) = crate::law::of(2025).expect("law");
        let refusals = crate::tax::prepare(law, household, Round::Cents).err().unwrap_or_default();
        refusals.into_iter().map(|refusal| format!("{}: {}", refusal.needs, refusal.what)).collect()
    }

    fn saver(wages: i64, own: OwnBenefits) -> Household {
        let w2 = W2 { wages: Usd::dollars(wages), ..W2::default() };
        Household { taxpayer: Person { age: 40, w2, own, ..Person::default() }, ..Household::default() }
    }

    #[test]
    fn deferrals_above_the_limit_of_two_jobs_are_refused_by_name() {
        let deferring = |age, deferrals: i64| {
            let w2 = W2 { wages: Usd::dollars(100_000), deferrals: Usd::dollars(deferrals), ..W2::default() };
            refused(&Household { taxpayer: Person { age, w2, ..Person::default() }, ..Household::default() })
        };
        // 2025: 23,500; from 50 on 7,500 more.
        assert!(deferring(40, 23_500).is_empty() && deferring(50, 31_000).is_empty());
        assert_eq!(
            deferring(40, 30_000),
            ["Form 1040 line 1h: $6,500.00 of elective deferrals at jobs above the limit for the age"]
        );
    }

    #[test]
    fn unearned_income_of_a_young_filer_is_refused_by_name() {
        let filer = |age, supported, interest: i64| {
            let other_income = OtherIncome { interest: Usd::dollars(interest), ..OtherIncome::default() };
            let household = saver(8_000, OwnBenefits::default());
            let taxpayer = Person { age, ..household.taxpayer };
            !refused(&Household { taxpayer, other_income, supported, ..Household::default() }).is_empty()
        };
        // 2025: over 2,700. Wages do not count.
        assert_eq!([2_700, 2_701].map(|interest| filer(20, true, interest)), [false, true]);
        assert!(!filer(20, false, 14_000) && !filer(24, true, 14_000));
    }

    #[test]
    fn businesses_share_the_square_feet_of_a_home() {
        let offices = |areas: [i64; 2], actual: i64| {
            let receipts = Usd::dollars(30_000);
            let office =
                |home_area| Business { gross_receipts: receipts, home_area, home_months: 12, ..Business::default() };
            let mut businesses = areas.map(office).to_vec();
            businesses[1].home_actual = Usd::dollars(actual);
            refused(&Household {
                taxpayer: Person { age: 40, businesses, ..Person::default() },
                ..Household::default()
            })
        };
        assert!(offices([150, 150], 0).is_empty() && offices([400, 0], 0).is_empty());
        assert_eq!(offices([250, 250], 0).len(), 1);
        assert_eq!(offices([250, 0], 2_000).len(), 1);
    }

    #[test]
    fn contributions_above_their_limits_are_refused_by_name() {
        let iras = |ira, roth_ira| OwnBenefits {
            ira: Usd::dollars(ira),
            roth_ira: Usd::dollars(roth_ira),
            ..OwnBenefits::default()
        };
        assert!(refused(&saver(60_000, iras(4_000, 3_000))).is_empty());
        assert_eq!(
            refused(&saver(60_000, iras(4_000, 3_500))),
            ["Form 5329 Part IV: $500.00 paid into IRAs above the limit for the age and the compensation"]
        );
        // 160,000: 10,000 / 15,000 of 7,000 is 4,666.67; 2,333.33 -> 2,340.
        assert_eq!(
            refused(&saver(160_000, iras(0, 3_000))),
            ["Form 5329 Part IV: $660.00 paid into a Roth IRA above the limit for the income"]
        );
        assert_eq!(refused(&saver(60_000, iras(7_001, 0))).len(), 1);
        // Compensation of 3,000 limits 4,000 paid in, with a business that earns nothing or without one.
        let mut household = saver(3_000, iras(4_000, 0));
        let over = ["Form 5329 Part III: $1,000.00 paid into IRAs above the limit for the age and the compensation"];
        assert_eq!(refused(&household), over);
        household.taxpayer.businesses = vec![Business::default()];
        assert_eq!(refused(&household), over);
        // Without any compensation all of it is an excess; a comparison starts from such a return all the same.
        let household = saver(0, iras(0, 500));
        assert_eq!(
            refused(&household),
            ["Form 5329 Part IV: $500.00 paid into IRAs above the limit for the age and the compensation"]
        );
        let (law, _) = crate::law::of(2025).expect("law");
        assert!(crate::tax::prepare_start(law, &household, Round::Cents).is_ok());
    }

    #[test]
    fn health_savings_accounts_are_refused_where_months_do_not_tell() {
        let hsa = |paid, hsa_self_months, hsa_family_months| OwnBenefits {
            hsa: Usd::dollars(paid),
            hsa_self_months,
            hsa_family_months,
            ..OwnBenefits::default()
        };
        assert!(refused(&saver(60_000, hsa(4_300, 12, 0))).is_empty());
        assert_eq!(
            refused(&saver(60_000, hsa(4_400, 12, 0))),
            [
                "Form 5329 Part VII: $100.00 paid into a health savings account above the limit for the months of coverage"
            ]
        );
        assert_eq!(refused(&saver(60_000, hsa(100, 8, 5))).len(), 1);
        let separate = Household { status: FilingStatus::Separate, ..saver(60_000, hsa(100, 0, 12)) };
        assert_eq!(refused(&separate).len(), 1);
        let couple = |one, other| Household {
            status: FilingStatus::Joint,
            spouse: Some(Person { age: 40, own: other, ..Person::default() }),
            ..saver(60_000, one)
        };
        assert!(refused(&couple(hsa(4_275, 0, 12), hsa(4_275, 0, 12))).is_empty());
        assert!(refused(&couple(hsa(8_550, 0, 12), hsa(0, 0, 12))).is_empty());
        assert_eq!(refused(&couple(hsa(4_300, 0, 12), hsa(4_300, 0, 12))).len(), 2);
        assert_eq!(refused(&couple(hsa(4_300, 12, 0), hsa(4_300, 0, 12))).len(), 1);
        // The year of the 65th birthday.
        let spent = OwnBenefits { hsa_distributions: Usd::dollars(100), ..OwnBenefits::default() };
        let mut old = saver(60_000, spent);
        old.taxpayer.age = 65;
        assert_eq!(refused(&old).len(), 1);
        old.taxpayer.new_years_child = true;
        assert!(refused(&old).is_empty());
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
