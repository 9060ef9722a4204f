//! perchart: books, taxes and job comparison for contractors who are paid by the piece.
//!
//! The modules stand on floors; a module uses only lower ones (ARCHITECTURE.md).

pub mod advise;
pub mod assets;
pub mod batch;
pub mod book;
pub mod car;
pub mod cli;
pub mod compare;
pub mod deduct;
pub mod earnings;
pub mod guard;
pub mod home;
pub mod household;
pub mod import;
pub mod income;
pub mod job;
pub mod law;
pub mod ledger;
pub mod money;
pub mod official;
pub mod period;
pub mod profile;
pub mod report;
pub mod tax;
pub mod year;
