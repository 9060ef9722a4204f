//! Form 8889, Health Savings Accounts.

use crate::form;
use crate::law::{FilingStatus, Law};
use crate::money::{Exact, Ratio, Round, Usd};
use crate::tax::facts::{Individual, OwnBenefits, W2};
use crate::tax::figures::{Figure, Given};
use crate::tax::form::refused;

form! {
    /// Form 8889 of one person. The limit goes by the months of coverage; the last-month rule (IRC 223(b)(8)), which would
    /// raise it, is not modelled.
    Form8889 = "form-8889", "Form 8889, Health Savings Accounts";
    (law: &Law, individual: &Individual, own: &OwnBenefits, w2: &W2, share: &HsaShare; round) {
        "2"  l2  "Contributions made for the year, without the employer's"    ["IRC 223(a)"]    = own.hsa;
             stop if is_blank(own, w2);
        "3"  l3  "Limit for the months of coverage, Line 3 Limitation Chart and Worksheet" ["IRC 223(b)(1), (2), (3)"] = limit(law, individual, own, share);
             by limits;
        "4"  l4  "Contributions to Archer MSAs"                               ["IRC 223(b)(4)(A)"] = refused();
        "5"  l5  "Line 3 less line 4, not below zero"                                           = l3.excess(l4);
        "6"  l6  "Line 5 less the part of the limit for family coverage that the spouse takes"  ["IRC 223(b)(5)(B)"] = l5.excess(share.spouse);
             by "hsa.family";
        "7"  l7  "Additional amount of the married, with family coverage of either" ["IRC 223(b)(3)"] = additional(law, individual, own, share);
             by "hsa.additional", "hsa.additional_from";
        "8"  l8  "Add lines 6 and 7"                                                            = l6 + l7;
        "9"  l9  "Employer contributions, Form W-2 box 12 code W"             ["IRC 223(b)(4)(B), 106(d)"] = w2.hsa;
        "10" l10 "Qualified HSA funding distributions"                        ["IRC 223(b)(4)(C)"] = refused();
        "11" l11 "Add lines 9 and 10"                                                           = l9 + l10;
        "12" l12 "Line 8 less line 11, not below zero"                                          = l8.excess(l11);
        "13" l13 "Deduction: smaller of line 2 or line 12; to Schedule 1 line 13" ["IRC 223(a)"] = l2.min(l12);
        "14a" l14a "Distributions from all accounts"                          ["IRC 223(f)"]    = own.hsa_distributions;
        "14b" l14b "Of these, rolled over, or excess contributions withdrawn" ["IRC 223(f)(3), (5)"] = refused();
        "14c" l14c "Line 14a less line 14b"                                                     = l14a - l14b;
        "15" l15 "Qualified medical expenses paid from them"                  ["IRC 223(f)(1)"] = own.hsa_medical;
        "16" l16 "Taxable distributions: line 14c less line 15, not below zero; to Schedule 1 line 8f" ["IRC 223(f)(2)"] = l14c.excess(l15);
        "17b" l17b "Additional tax of 20% of line 16, not from 65 on or when disabled; to Schedule 2 line 17c" ["IRC 223(f)(4)"] = penalty(law, individual, l16);
             by "hsa.penalty", "hsa.free_from";
        "18" l18 "Last-month rule"                                            ["IRC 223(b)(8)(B)"] = refused();
        "19" l19 "Qualified HSA funding distribution"                         ["IRC 408(d)(9)(D)"] = refused();
        "20" l20 "Total income: add lines 18 and 19; to Schedule 1 line 8f"                     = l18 + l19;
        "21" l21 "Additional tax: 10% of line 20; to Schedule 2 line 17d"     ["IRC 223(b)(8)(B)(i)(II)"] = refused();
    }
}

crate::facts! {
    /// What the law says of a person's health savings account beside the spouse's.
    HsaShare = "hsa-share" {
        family: i64 "Married, and either has family coverage in some month: 1 if so; the additional amount then stands on line 7";
        spouse: Usd "Part of one's limit for family coverage that the spouse takes";
    }
}

/// Is nothing paid in and nothing taken out?
fn is_blank(own: &OwnBenefits, w2: &W2) -> bool {
    own.hsa == Usd::ZERO && w2.hsa == Usd::ZERO && own.hsa_distributions == Usd::ZERO
}

/// The months of a year that a count stands for.
fn months(count: i64) -> i64 {
    count.clamp(0, 12)
}

fn part(amount: Usd, count: i64) -> Exact {
    amount * Ratio { of: months(count), whole: 12 }
}

/// The Line 3 Limitation Chart and Worksheet: a twelfth for each month, with the additional amount unless line 7 takes it.
fn limit(law: &Law, individual: &Individual, own: &OwnBenefits, share: &HsaShare) -> Exact {
    let yearly = part(law.hsa.self_only, own.hsa_self_months) + part(law.hsa.family, own.hsa_family_months);
    if share.family == 0 { yearly + older(law, individual, own) } else { yearly }
}

fn additional(law: &Law, individual: &Individual, own: &OwnBenefits, share: &HsaShare) -> Exact {
    if share.family == 0 { Exact::default() } else { older(law, individual, own) }
}

/// The additional amount, a twelfth for each eligible month.
fn older(law: &Law, individual: &Individual, own: &OwnBenefits) -> Exact {
    if individual.age < law.hsa.additional_from {
        return Exact::default();
    }
    part(law.hsa.additional, months(own.hsa_self_months) + months(own.hsa_family_months))
}

/// The limits of the kinds of coverage there were.
fn limits(given: &Given) -> Vec<Figure> {
    let of = |months: &str, path| (given.count(months) > 0).then(|| Figure::new(path));
    let older = given.count("share.family") == 0;
    let older = older.then(|| [Figure::new("hsa.additional"), Figure::new("hsa.additional_from")]);
    let kinds = [of("own.hsa_self_months", "hsa.self_only"), of("own.hsa_family_months", "hsa.family")];
    kinds.into_iter().flatten().chain(older.into_iter().flatten()).collect()
}

fn penalty(law: &Law, individual: &Individual, taxable: Usd) -> Exact {
    let is_free = individual.age >= law.hsa.free_from || individual.disabled != 0;
    if is_free { Exact::default() } else { taxable * law.hsa.penalty }
}

/// What each person's account takes of the limit for family coverage.
///
/// With two accounts it is divided equally unless the spouses agree otherwise (IRC 223(b)(5)(B)): they are taken to agree
/// that what one does not need goes to the other. With one account it is not divided.
pub(super) fn shares(
    law: &Law,
    status: FilingStatus,
    individuals: &[Individual],
    own: &[OwnBenefits],
    w2: &[W2],
    round: Round,
) -> [HsaShare; 2] {
    let mut shares = [HsaShare::default(); 2];
    let married = matches!(status, FilingStatus::Joint | FilingStatus::Separate);
    let family = i64::from(married && own.iter().any(|own| own.hsa_family_months > 0));
    for share in &mut shares {
        share.family = family;
    }
    let ([one, other], [w2_one, w2_other], [first, second]) = (own, w2, individuals) else { return shares };
    let paid = [one.hsa + w2_one.hsa, other.hsa + w2_other.hsa];
    if family == 0 || paid.contains(&Usd::ZERO) {
        return shares;
    }
    let whole = [one, other].map(|own| round.enter(part(law.hsa.family, own.hsa_family_months)));
    // What must come out of it: what neither self-only months nor the additional amount take.
    let apart = [(first, one), (second, other)]
        .map(|(person, own)| round.enter(part(law.hsa.self_only, own.hsa_self_months) + older(law, person, own)));
    let need = [paid[0].excess(apart[0]).min(whole[0]), paid[1].excess(apart[1]).min(whole[1])];
    let pool = whole[0].max(whole[1]);
    let half = round.enter(pool * Ratio { of: 1, whole: 2 });
    // Equal shares; one with too few months for half of it leaves the rest.
    let second = whole[1].min((pool - half).max(pool - whole[0]));
    let equal = [whole[0].min(pool - second), second];
    let moved = [
        equal[1].excess(need[1]).min(need[0].excess(equal[0])),
        equal[0].excess(need[0]).min(need[1].excess(equal[1])),
    ];
    shares[0].spouse = whole[0] - (equal[0] + moved[0] - moved[1]);
    shares[1].spouse = whole[1] - (equal[1] + moved[1] - moved[0]);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    const NO_ONE: HsaShare = HsaShare { family: 0, spouse: Usd::ZERO };

    fn own(paid: i64, self_only: i64, family: i64) -> OwnBenefits {
        OwnBenefits {
            hsa: Usd::dollars(paid),
            hsa_self_months: self_only,
            hsa_family_months: family,
            ..OwnBenefits::default()
        }
    }

    fn aged(age: i64) -> Individual {
        Individual { age, ..Individual::default() }
    }

    fn filled(age: i64, own: &OwnBenefits, employer: i64, share: &HsaShare) -> Form8889 {
        let w2 = W2 { hsa: Usd::dollars(employer), ..W2::default() };
        Form8889::fill(law::of(2025).expect("law").0, &aged(age), own, &w2, share, Round::Cents)
    }

    /// The lines 6 of a couple of 2025 that pays these amounts.
    fn couple(ages: [i64; 2], own: [OwnBenefits; 2]) -> [Form8889; 2] {
        let (law, _) = law::of(2025).expect("law");
        let w2 = [W2::default(); 2];
        let shares = shares(law, FilingStatus::Joint, &ages.map(aged), &own, &w2, Round::Cents);
        [0, 1].map(|at| filled(ages[at], &own[at], 0, &shares[at]))
    }

    #[test]
    fn the_limit_goes_by_months() {
        // 4,300 a year; five months of self-only and seven of family: 21,500 / 12 + 59,850 / 12 = 6,779.17.
        let f = filled(40, &own(5_000, 12, 0), 0, &NO_ONE);
        assert_eq!((f.l3, f.l13), (Usd::dollars(4_300), Usd::dollars(4_300)));
        assert_eq!(filled(40, &own(5_000, 5, 7), 0, &NO_ONE).l3, Usd::from_cents(677_917));
        // The employer's 1,200 leaves 3,100.
        let f = filled(40, &own(5_000, 12, 0), 1_200, &NO_ONE);
        assert_eq!((f.l11, f.l12, f.l13), (Usd::dollars(1_200), Usd::dollars(3_100), Usd::dollars(3_100)));
        assert_eq!(filled(40, &own(0, 12, 0), 0, &NO_ONE).stopped_at, Some("2"));
    }

    #[test]
    fn from_55_there_is_more_for_each_month() {
        // Unmarried: on line 3. Nine months: (4,300 + 1,000) x 9 / 12 = 3,975.
        let f = filled(55, &own(9_000, 9, 0), 0, &NO_ONE);
        assert_eq!((f.l3, f.l7, f.l13), (Usd::dollars(3_975), Usd::ZERO, Usd::dollars(3_975)));
        assert_eq!(filled(54, &own(9_000, 9, 0), 0, &NO_ONE).l3, Usd::dollars(3_225));
        // Married with family coverage: on line 7, and not shared.
        let [a, b] = couple([60, 54], [own(9_550, 0, 12), own(0, 0, 12)]);
        assert_eq!(
            (a.l3, a.l6, a.l7, a.l13),
            (Usd::dollars(8_550), Usd::dollars(8_550), Usd::dollars(1_000), Usd::dollars(9_550))
        );
        assert_eq!(b.stopped_at, Some("2"));
    }

    #[test]
    fn a_couple_shares_the_limit_for_family_coverage() {
        let shared = |paid: [i64; 2]| couple([40, 40], paid.map(|paid| own(paid, 0, 12))).map(|form| form.l6);
        // Equally where both need half or more, or neither does.
        assert_eq!(shared([6_000, 6_000]), [Usd::dollars(4_275); 2]);
        assert_eq!(shared([1_000, 2_000]), [Usd::dollars(4_275); 2]);
        // What one leaves goes to the other, as far as it is needed.
        assert_eq!(shared([6_000, 2_000]), [Usd::dollars(6_000), Usd::dollars(2_550)]);
        assert_eq!(shared([2_000, 9_000]), [Usd::dollars(2_000), Usd::dollars(6_550)]);
        // 12 and 3 months: 8,550 together, of which the second has at most 2,137.50.
        let [a, b] = couple([40, 40], [own(8_000, 0, 12), own(2_000, 0, 3)]);
        assert_eq!((a.l6, b.l6), (Usd::dollars(6_550), Usd::dollars(2_000)));
        let [a, b] = couple([40, 40], [own(8_000, 0, 12), own(3_000, 0, 3)]);
        assert_eq!((a.l6, b.l6), (Usd::from_cents(641_250), Usd::from_cents(213_750)));
        // Self-only months stand beside it: 4 x 4,300 / 12 = 1,433.33 and half of 8 x 8,550 / 12 = 2,850.
        let [a, _] = couple([40, 40], [own(9_000, 4, 8), own(9_000, 4, 8)]);
        assert_eq!(a.l6, Usd::from_cents(428_333));
    }

    #[test]
    fn what_is_not_spent_on_medical_care_is_taxed_and_before_65_once_more() {
        let spent = |age, disabled| {
            let own = OwnBenefits {
                hsa_distributions: Usd::dollars(3_000),
                hsa_medical: Usd::dollars(1_800),
                ..OwnBenefits::default()
            };
            let person = Individual { disabled, ..aged(age) };
            Form8889::fill(law::of(2025).expect("law").0, &person, &own, &W2::default(), &NO_ONE, Round::Cents)
        };
        // 3,000 - 1,800 = 1,200; 20% of it is 240.
        let f = spent(64, 0);
        assert_eq!((f.l16, f.l17b), (Usd::dollars(1_200), Usd::dollars(240)));
        assert_eq!((spent(66, 0).l16, spent(66, 0).l17b), (Usd::dollars(1_200), Usd::ZERO));
        assert_eq!(spent(40, 1).l17b, Usd::ZERO);
    }
}
