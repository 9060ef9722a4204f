//! `perchart redact`: a sample of a file that says nothing, for a report of a fault.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use super::{Failure, Ui};
use crate::guard;

/// Bytes that are read: more lines than a sample needs.
const READ: u64 = 4 * 1024 * 1024;

/// What `perchart redact` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// A file as import takes it, in CSV or other text
    file: PathBuf,
    /// How many lines
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    lines: usize,
}

/// Prints the first lines of a file with digits as 9 and letters as x. Only the usual words of headers stay.
///
/// # Errors
/// The file cannot be read, or is no text.
pub fn run(args: &Args, ui: &mut Ui) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::data(format!("cannot read the file: {error}"));
    let mut bytes = Vec::new();
    File::open(&args.file).and_then(|file| file.take(READ).read_to_end(&mut bytes)).map_err(failed)?;
    let text = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0,
        None if bytes.contains(&0) => {
            return Err(Failure::data("the file is no text").hint("save the sheet as CSV and redact that"));
        }
        None => String::from_utf8_lossy(&bytes),
    };
    let sample: String = text.split_inclusive('\n').take(args.lines).collect();
    ui.print(&guard::redact(&sample))
}
