//! `perchart batch`: many households at once.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

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
    let input: Box<dyn Read + Send> = if args.input == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(&args.input).map_err(|error| Failure::data(format!("cannot read {name}: {error}")))?)
    };
    if let Some(output) = &args.output
        && let (Ok(one), Ok(other)) = (args.input.canonicalize(), output.canonicalize())
        && one == other
    {
        return Err(Failure::data(format!("{name} is both the input and the output"))
            .hint("name another file after --output: the households would be lost"));
    }
    let told = |problem: &Problem| format!("{name}: {problem}");
    // Nobody sees a result before the last row is known to be good.
    let draft = Draft::new(args.output.as_deref())?;
    let ended = draft.fill(|file| batch::run(input, file, options.round.into()));
    let ended = ended.map_err(|problem| Failure::data(told(&problem)))?;
    let mut words: Vec<String> = ended.problems.iter().take(SHOWN).map(told).collect();
    if ended.problems.len() > SHOWN {
        words.push(format!("and {} more", ended.problems.len() - SHOWN));
    }
    if words.is_empty() || args.keep_going {
        draft.keep(ui)?;
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

/// Between two times that results go to disk.
const PAUSE: Duration = Duration::from_millis(10);

/// Results that are not yet shown: beside the file that they will become, or unnamed until they go to standard output.
enum Draft<'a> {
    Beside(&'a Path, NamedTempFile),
    Unnamed(File),
}

impl Draft<'_> {
    fn new(output: Option<&Path>) -> Result<Draft<'_>, Failure> {
        let Some(path) = output else {
            let file = tempfile::tempfile();
            return file.map(Draft::Unnamed).map_err(|error| Failure::data(format!("cannot write results: {error}")));
        };
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        NamedTempFile::new_in(dir).map(|file| Draft::Beside(path, file)).map_err(|error| unwritable(path, &error))
    }

    /// Lets the draft be filled. What is to stay goes to disk meanwhile, so that little of that is left for the end.
    fn fill<T>(&self, work: impl FnOnce(&File) -> T) -> T {
        let file = match self {
            Draft::Beside(_, draft) => draft.as_file(),
            Draft::Unnamed(file) => return work(file),
        };
        let (end, ended) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                    // What fails here fails again at the end.
                    let _ = file.sync_data();
                }
            });
            let filled = work(file);
            drop(end);
            filled
        })
    }

    /// Gives the file its name, whole or not at all, or prints it.
    fn keep(self, ui: &mut Ui) -> Result<(), Failure> {
        match self {
            Draft::Beside(path, draft) => {
                // On disk first: a name for what a loss of power empties is worse than no file.
                draft.as_file().sync_all().map_err(|error| unwritable(path, &error))?;
                draft.persist(path).map(drop).map_err(|error| unwritable(path, &error.error))
            }
            Draft::Unnamed(mut file) => {
                let printed = file.rewind().and_then(|()| std::io::copy(&mut file, ui.stdout())).map(drop);
                ui.settle(printed)
            }
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::data(format!("cannot write {}: {error}", path.display()))
}
