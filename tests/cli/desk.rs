//! A desk: a directory in which perchart is run, with nothing of the machine's own around it.

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, cargo_bin};
use tempfile::TempDir;

/// The files of the sample book, as a user would bring them.
pub(crate) const FILES: [&str; 3] = ["charts.csv", "payments.csv", "expenses.csv"];

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// What a command that must succeed without a word beside its result printed.
    #[track_caller]
    pub(crate) fn result(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""));
        self.out
    }
}

pub(crate) struct Desk {
    dir: TempDir,
}

impl Desk {
    /// An empty desk.
    pub(crate) fn empty() -> Desk {
        Desk { dir: tempfile::tempdir().unwrap() }
    }

    /// A desk with the sample's profile and no records.
    pub(crate) fn with_profile() -> Desk {
        let desk = Desk::empty();
        desk.bring("demo/perchart.toml");
        desk
    }

    /// A desk with the sample book.
    pub(crate) fn with_sample() -> Desk {
        let desk = Desk::empty();
        desk.run(&["demo", "."]).result();
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Copies a file of the fixtures here, under its own name.
    pub(crate) fn bring(&self, fixture: &str) {
        let from = fixtures().join(fixture);
        std::fs::copy(&from, self.path().join(from.file_name().unwrap())).unwrap();
    }

    /// Changes the profile in one place.
    #[track_caller]
    pub(crate) fn restate(&self, from: &str, to: &str) {
        let file = self.path().join("perchart.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        std::fs::write(file, text.replace(from, to)).unwrap();
    }

    /// The command with what surrounds it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        Command::new(cargo_bin!("perchart"))
            .args(arguments)
            .current_dir(self.path())
            .env_remove("PERCHART_BOOK")
            .env("HOME", self.path().join("home"))
            .env("XDG_DATA_HOME", self.path().join("home/data"))
            .env("XDG_CONFIG_HOME", self.path().join("home/config"))
            .env("NO_COLOR", "1")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(self.path().to_str().unwrap(), "[DESK]");
        Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Everything that is in the book.
    pub(crate) fn contents(&self) -> Vec<String> {
        let mut contents: Vec<String> = ["charts", "payments", "expenses", "assets", "trips"]
            .iter()
            .map(|kind| self.run(&["list", kind, "--format", "json"]).result())
            .collect();
        contents.push(self.run(&["batches", "--format", "json"]).result());
        contents
    }
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Compares with a file in `tests/snapshots`.
#[track_caller]
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[TIME]              ");
    settings.add_filter(r"today, \d{4}-\d\d-\d\d", "today, [DAY]");
    settings.bind(|| insta::assert_snapshot!(format!("cli__{name}"), text));
}
