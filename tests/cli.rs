//! Whole commands on the built program, each on a desk of its own: a directory, a home, no book but what the test makes.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod cli {
    pub(crate) mod desk;
    mod explained;
    mod exports;
    mod refused;
    mod sample;
    mod statements;
    mod worked;
}
