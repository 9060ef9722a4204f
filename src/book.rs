//! The book: what was imported, in one SQLite file.

pub mod entry;
