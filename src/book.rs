//! The book: what was imported, in one SQLite file.

pub mod category;
pub mod entry;
