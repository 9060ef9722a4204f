//! Whole commands on the built program, each on a desk of its own: a directory, a home, no book but what the test makes.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod cli {
    mod assets;
    pub(crate) mod desk;
    mod entered;
    mod explained;
    mod refused;
    mod sample;
    mod statements;
    mod worked;
}
