//! Which forms a household has cause for.
//!
//! A return to be read fills every form, those too that come to nothing. Where only what is owed is asked for, a form
//! without cause stays blank, and what others read of it is zero. Each cause here is one without which the form's result
//! is zero by its own lines; `tests/properties.rs` compares both ways.

use super::Return;
use super::facts::{OtherIncome, OwnBenefits, Payments, W2};
use super::form_1040::GainsTax;
use super::worksheets;
use crate::law::Law;
use crate::money::{Exact, Round, Usd};
use crate::tax::form::Entered as _;

/// How much of a return is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Every form: a return to be read.
    #[default]
    Every,
    /// The forms that can change what is owed.
    Needed,
}

/// Is any of the amounts other than zero?
#[inline]
fn any<const N: usize>(amounts: [Usd; N]) -> bool {
    amounts.into_iter().fold(0, |all, amount| all | amount.cents()) != 0
}

/// Long-term and short-term gains, and dividends that are taxed like the former.
#[inline]
pub(super) fn has_gains(other: &OtherIncome) -> bool {
    any([other.long_gain, other.short_gain, other.qualified_dividends])
}

/// Money put into one's own plan.
#[inline]
pub(super) fn pays_plan(own: &OwnBenefits) -> bool {
    any([own.sep, own.deferral])
}

/// Premiums of one's own, apart from the marketplace.
#[inline]
pub(super) fn pays_premiums(own: &OwnBenefits) -> bool {
    any([own.health, own.long_term_care])
}

/// A health savings account: paid in by the owner or an employer, covered, or drawn on.
#[inline]
pub(super) fn has_savings_account(own: &OwnBenefits, w2: &W2) -> bool {
    any([own.hsa, own.hsa_distributions, w2.hsa]) || own.hsa_self_months | own.hsa_family_months != 0
}

/// Money put into an IRA of either kind.
#[inline]
pub(super) fn pays_ira(own: &OwnBenefits) -> bool {
    any([own.ira, own.roth_ira])
}

/// What Schedule A holds beside premiums.
#[inline]
fn may_itemize(paid: &Payments) -> bool {
    any([
        paid.medical,
        paid.taxes,
        paid.real_estate,
        paid.property_tax,
        paid.mortgage,
        paid.mortgage_insurance,
        paid.charity,
    ])
}

impl Return {
    /// Is every form filled, cause or not?
    #[inline]
    pub(super) fn is_whole(&self) -> bool {
        self.extent == Extent::Every
    }

    /// Care that was paid, or that an employer paid for (Form 2441).
    pub(super) fn has_care(&self) -> bool {
        self.payments.care != Usd::ZERO || self.w2.iter().any(|w2| w2.care != Usd::ZERO)
    }

    /// Anything on Schedule A: what was paid, or premiums that Schedule 1 does not take.
    pub(super) fn has_itemized(&self) -> bool {
        may_itemize(&self.payments) || self.market.insured != 0 || self.form_7206.iter().any(|form| form.l3 != form.l14)
    }

    /// A person who counts as 65, tips, overtime or interest on a car's loan (Schedule 1-A).
    pub(super) fn has_additional(&self) -> bool {
        self.filer.seniors != 0
            || self.payments.car_loan != Usd::ZERO
            || self.w2.iter().any(|w2| any([w2.tips, w2.overtime_premium]))
    }

    /// Wages and earnings above the threshold together (Form 8959).
    pub(super) fn has_additional_medicare(&self, law: &Law) -> bool {
        let wages: Usd = self.w2.iter().map(|w2| w2.medicare_wages).sum();
        let earnings: Usd = self.schedule_se.iter().map(|se| se.l6.floor0()).sum();
        wages + earnings > law.additional_medicare.threshold.of(self.filer.status)
    }

    /// An income above the threshold, and investments in it (Form 8960).
    pub(super) fn has_investment_tax(&self, law: &Law) -> bool {
        self.agi.agi > law.niit.threshold.of(self.filer.status)
    }

    /// An income above the exemption. Minimum taxable income is not more than adjusted gross income, but for depreciation:
    /// what it adds back was deducted before.
    pub(super) fn may_owe_minimum_tax(&self, law: &Law) -> bool {
        self.agi.agi > law.amt.exemption.of(self.filer.status) || self.market.insured != 0 || self.depreciates
    }

    /// Elective deferrals or an IRA of any person (Form 8880).
    pub(super) fn has_savers(&self) -> bool {
        self.w2.iter().any(|w2| w2.deferrals != Usd::ZERO)
            || self.own.iter().any(|own| pays_ira(own) || own.deferral != Usd::ZERO)
    }

    /// A credit of Schedule 3.
    pub(super) fn has_other_credits(&self) -> bool {
        any([self.form_2441.l11, self.form_8863.l19, self.form_8880.l12, self.schedule_r.l22, self.form_8962.l26])
    }

    /// Children or other dependents (Schedule 8812).
    pub(super) fn has_dependents(&self) -> bool {
        self.filer.children_under_17 + self.filer.other_dependents != 0
    }

    /// An income within the reach of the earned income credit, or a child for whom Schedule 8812 asks what was earned.
    pub(super) fn needs_earned_income(&self, law: &Law) -> bool {
        self.filer.children_under_17 != 0 || {
            let column = usize::try_from(self.filer.eic_children.clamp(0, 3)).unwrap_or(0);
            let eic = &law.eic;
            let start = if self.filer.status.is_joint() { &eic.start_joint } else { &eic.start };
            // What a row of the table adds cannot bring a credit back.
            let over = self.agi.agi.excess(start[column] + eic.row);
            over * eic.rate_out[column] < Exact::from(eic.most[column])
        }
    }

    /// The tax where nothing is taxed like a long-term gain: both ways of the worksheet come to it.
    pub(super) fn tax_without_gains(&mut self, law: &Law, round: Round) {
        let income = self.taxable.l15;
        let tax: Usd = worksheets::tax(law, self.filer.status, income, round).entered(round);
        self.gains_tax = GainsTax { l1: income, l5: income, l22: tax, l23: tax, l24: tax, l25: tax, ..GainsTax::BLANK };
    }
}
