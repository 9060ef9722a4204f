//! `perchart batch`: many households at once.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Options, Ui};
use crate::batch::{self, Problem};

/// What `perchart batch` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// A CSV file, one household a row, as docs/batch.md describes it; - for standard input
    #[arg(value_name = "IN.csv")]
    input: PathBuf,
    /// Where the results go [default: standard output]
    #[arg(short, long, value_name = "OUT.csv")]
    output: Option<PathBuf>,
    /// Write the rows that can be worked out, and report the others
    #[arg(long)]
    keep_going: bool,
}

/// Problems shown one by one; the rest is counted.
const SHOWN: usize = 20;

/// Works every household out. Without `--keep-going` nothing is written if a row has a problem.
///
/// # Errors
/// The file cannot be read, a column is unknown, or a row has a problem.
pub fn run(args: &Args, options: &Options, ui: &mut Ui) -> Result<(), Failure> {
    let name = args.input.display().to_string();
    let input: Box<dyn Read> = if args.input == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let file = File::open(&args.input).map_err(|error| Failure::data(format!("cannot read {name}: {error}")))?;
        Box::new(BufReader::new(file))
    };
    let mut results = Vec::new();
    let told = |problem: &Problem| format!("{name}: {problem}");
    let ended =
        batch::run(input, &mut results, options.round.into()).map_err(|problem| Failure::data(told(&problem)))?;
    let mut words: Vec<String> = ended.problems.iter().take(SHOWN).map(told).collect();
    if ended.problems.len() > SHOWN {
        words.push(format!("and {} more", ended.problems.len() - SHOWN));
    }
    if words.is_empty() || args.keep_going {
        match &args.output {
            Some(file) => write(file, &results)?,
            None => ui.print(&String::from_utf8_lossy(&results))?,
        }
    }
    if words.is_empty() {
        return Ok(());
    }
    let failure = Failure::data(words.join("\n"));
    Err(if args.keep_going {
        failure.hint(format!("{} rows were written without these", ended.written))
    } else {
        failure.hint("nothing was written; --keep-going writes the other rows")
    })
}

/// Writes a file whole or not at all.
fn write(file: &Path, results: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::data(format!("cannot write {}: {error}", file.display()));
    let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(dir).map_err(failed)?;
    draft.write_all(results).and_then(|()| draft.as_file().sync_all()).map_err(failed)?;
    draft.persist(file).map_err(|error| failed(error.error))?;
    Ok(())
}
