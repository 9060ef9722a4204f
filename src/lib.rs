//! perchart: books, taxes and job comparison for contractors who are paid by the piece.
//!
//! The modules stand on floors; a module uses only lower ones (ARCHITECTURE.md).

pub mod book;
pub mod import;
pub mod money;
pub mod period;
pub mod tax;
