//! `perchart binder`: what proves each row that counts on the return, and what is missing.

use super::{Failure, Session, Ui, receipts};
use crate::report;

/// Shows the audit binder of the year.
///
/// # Errors
/// Book or profile cannot be used, or there is no law for the year.
pub fn run(session: &Session, ui: &mut Ui) -> Result<(), Failure> {
    let year = session.worked_out()?;
    let files = receipts::states(session.dir(), &year.records.receipts);
    ui.report(&report::binder::binder(&year, &files))
}
