//! The only place that prints: results to stdout, everything else to stderr.

use std::io::{self, IsTerminal as _, Stderr, Stdout, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure, Format, Options};
use crate::report::render::{csv, json, markdown, text};
use crate::report::{Report, screen};

/// Stdout, stderr, and how to write to them.
pub struct Ui {
    out: AutoStream<Stdout>,
    err: AutoStream<Stderr>,
    /// Has the reader of stdout gone away? Then results are dropped, and that is no failure.
    closed: bool,
    format: Format,
    width: usize,
    quiet: bool,
    verbose: u8,
}

impl Ui {
    /// Stdout and stderr as the options want them.
    pub fn new(options: &Options) -> Ui {
        let choice = match options.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Ui {
            out: AutoStream::new(io::stdout(), choice),
            err: AutoStream::new(io::stderr(), choice),
            closed: false,
            format: options.format,
            width: width(),
            quiet: options.quiet,
            verbose: options.verbose,
        }
    }

    /// Prints a report in the format that was asked for, if nothing in it looks like patient data.
    ///
    /// # Errors
    ///
    /// A field looks like patient data, or stdout takes no more, other than by a closed pipe.
    pub fn report(&mut self, report: &Report) -> Result<(), Failure> {
        if let Some(held) = screen::held(report) {
            return Err(Failure::data(format!("not shown: {held}"))
                .hint("correct the file it came from: perchart undo takes the import back, then import it again"));
        }
        // The stream takes the escapes out again where they are not wanted.
        let rendered = match self.format {
            Format::Text => text::render(report, self.width, text::Style { bold: true }),
            Format::Json => json::render(report),
            Format::Csv => csv::render(report),
            Format::Md => markdown::render(report),
        };
        self.print(&rendered)
    }

    /// Prints a result that is not a report, as it is.
    ///
    /// # Errors
    ///
    /// Stdout takes no more, other than by a closed pipe.
    pub fn print(&mut self, result: &str) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = self.out.write_all(result.as_bytes());
        self.settle(written)
    }

    /// Says what is going on, unless asked to be quiet.
    pub fn say(&mut self, message: &str) {
        if !self.quiet {
            self.tell(message);
        }
    }

    /// Says more, if asked to.
    pub fn detail(&mut self, message: &str) {
        if self.verbose > 0 {
            self.tell(message);
        }
    }

    /// Warns, unless asked to be quiet.
    pub fn warn(&mut self, message: &str) {
        if !self.quiet {
            self.tell(&format!("\u{1b}[1;33mwarning:\u{1b}[0m {message}"));
        }
    }

    /// Prints why a command failed and what to do.
    pub fn failure(&mut self, failure: &Failure) {
        // What was written before must not come after.
        let _ = self.out.flush();
        self.tell(&format!("\u{1b}[1;31merror:\u{1b}[0m {}", failure.message));
        for hint in &failure.hints {
            self.tell(&format!("\u{1b}[1;36mhint:\u{1b}[0m {hint}"));
        }
    }

    /// Sends out what is still on its way.
    ///
    /// # Errors
    ///
    /// Stdout takes no more, other than by a closed pipe.
    pub fn finish(&mut self) -> Result<(), Failure> {
        let written = self.out.flush();
        self.settle(written)
    }

    /// Is more to be said?
    pub fn is_verbose(&self) -> bool {
        self.verbose > 0
    }

    /// Can questions be asked?
    pub fn is_interactive(&self) -> bool {
        !self.quiet && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Does somebody watch stderr who wants to be told?
    pub fn is_watched(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Where results go, for one who writes much. A closed pipe is an error there.
    pub fn stdout(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// The format that was asked for.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The width to fill, in columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Takes the outcome of a write: a closed pipe is success (`perchart ... | head`).
    ///
    /// # Errors
    ///
    /// Any other failure to write.
    pub fn settle(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::data(format!("cannot write to standard output: {error}"))),
            Ok(()) => Ok(()),
        }
    }

    fn tell(&mut self, message: &str) {
        // There is nobody left to tell that stderr is closed.
        let _ = writeln!(self.err, "{message}");
    }
}

/// The terminal's width, or the usual one.
fn width() -> usize {
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(text::WIDTH, |(width, _)| usize::from(width.0)).max(text::MIN_WIDTH)
}
