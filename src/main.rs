//! The `perchart` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    perchart::cli::main(std::env::args_os())
}
