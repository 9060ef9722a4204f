//! The federal return, form by form.

pub mod facts;
pub mod form;
pub mod screen;
