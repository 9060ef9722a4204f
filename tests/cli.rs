//! Whole commands on the built program, each on a desk of its own: a directory, a home, no book but what the test makes.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod cli {
    mod advised;
    mod assets;
    mod business;
    pub(crate) mod desk;
    mod entered;
    mod explained;
    mod exports;
    mod home;
    mod income;
    mod official;
    mod refused;
    mod sample;
    mod statements;
    mod worked;
}
