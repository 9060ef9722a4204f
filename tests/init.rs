//! `perchart init` and the frame of every command, as a shell sees them.

// snapbox writes its snapshots with hashes.
#![allow(clippy::needless_raw_string_hashes)]

use std::path::Path;

use perchart::profile::{Born, Cycle, FILE, Profile};
use perchart::tax::facts::FilingStatus;
use rust_decimal::dec;
use snapbox::cmd::{Command, cargo_bin};
use snapbox::str;

fn perchart(here: &Path) -> Command {
    Command::new(cargo_bin!("perchart")).current_dir(here).env_remove("PERCHART_BOOK").env("NO_COLOR", "1")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory")
}

#[test]
fn without_flags_the_defaults_are_written() {
    let here = folder();
    perchart(here.path()).args(["init", "book"]).assert().success().stderr_eq("").stdout_eq(str![[r#"
Your book is ready
[..]perchart.toml

What to do next
  Open perchart.toml in an editor: every key has a word on what it means and what is
  assumed.

  perchart import FILE...       reads charts, payments, expenses and statements
  perchart summary --year YEAR  the year's deductions by Schedule C line
  perchart compare              what is left of an hour by the chart and in the office

  • Commands find the book from its directory and those below it; from elsewhere give
    --book DIR.

"#]]);
    let profile = Profile::load(&here.path().join("book")).expect("a profile");
    assert_eq!(profile, Profile::default());
}

#[test]
fn flags_become_statements() {
    let here = folder();
    perchart(here.path())
        .args(["init", "--year", "2025", "--status", "joint", "--born", "1985-03-02", "--spouse-born", "1986"])
        .args(["--dependent", "2016-05-01", "--dependent", "1950:other", "--unit", "encounter"])
        .args(["--payer", "Northside:half-month:10", "--wage", "27.50", "--commute-minutes", "20"])
        .assert()
        .success();
    let profile = Profile::load(here.path()).expect("a profile");
    assert_eq!(profile.tax_year, Some(2025));
    assert_eq!(profile.household.filing_status, Some(FilingStatus::Joint));
    assert_eq!(profile.household.spouse.expect("a spouse").born, Some(Born::In(1986)));
    assert_eq!(profile.household.dependents.len(), 2);
    assert_eq!(profile.payers[0].cycle, Some(Cycle::HalfMonth));
    assert_eq!(profile.job.wage, Some(dec!(27.5)));
    assert_eq!(profile.job.remote, None);
}

#[test]
fn a_profile_is_never_overwritten() {
    let here = folder();
    std::fs::write(here.path().join(FILE), "mine").expect("a file");
    perchart(here.path()).args(["init", "--wage", "30"]).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: [..]perchart.toml exists already and is left as it is
hint: open it in an editor to change what it states
hint: or make another book: perchart init DIR

"#]]);
    assert_eq!(std::fs::read_to_string(here.path().join(FILE)).expect("the file"), "mine");
    assert_eq!(std::fs::read_dir(here.path()).expect("the directory").count(), 1);
}

#[test]
fn an_answer_out_of_range_is_wrong_usage() {
    let here = folder();
    perchart(here.path()).args(["init", "--wage", "2416"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: invalid value '2416' for '--wage <WAGE>': expected dollars an hour, a number from 0 to 1000; found "2416"

For more information, try '--help'.

"#]]);
    assert!(!here.path().join(FILE).exists());
}

#[test]
fn the_result_comes_in_the_format_that_is_asked_for() {
    let here = folder();
    let printed = |format: &str| {
        let made = perchart(here.path()).args(["init", format, "--format", format]).assert().success();
        String::from_utf8(made.get_output().stdout.clone()).expect("text")
    };
    assert!(printed("json").starts_with("{\n  \"report\": \"init\","));
    assert!(printed("csv").starts_with("section,row,label,weight,column,value,explain\n"));
    assert!(printed("md").starts_with("# Your book is ready\n"));
    assert!(!printed("text").contains('\u{1b}'));
    let made = perchart(here.path()).args(["init", "bold", "--color", "always"]).assert().success();
    assert!(String::from_utf8_lossy(&made.get_output().stdout).contains("\u{1b}[1mYour book is ready"));
}

#[test]
fn the_book_option_and_the_variable_name_the_place() {
    let here = folder();
    perchart(here.path()).args(["init", "--book", "asked"]).assert().success();
    perchart(here.path()).arg("init").env("PERCHART_BOOK", "variable").assert().success();
    assert!(here.path().join("asked").join(FILE).exists() && here.path().join("variable").join(FILE).exists());
}

#[test]
fn a_closed_pipe_is_success() {
    let here = folder();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let ended = std::process::Command::new(cargo_bin!("perchart"))
        .args(["init", "book"])
        .current_dir(here.path())
        .stdout(writer)
        .output()
        .expect("an end");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[cfg(unix)]
#[test]
fn a_book_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let here = folder();
    perchart(here.path()).args(["init", "a/b"]).assert().success();
    let mode = |path: &str| here.path().join(path).metadata().expect("the path").permissions().mode() & 0o777;
    assert_eq!((mode("a"), mode("a/b"), mode("a/b/perchart.toml")), (0o700, 0o700, 0o600));
}

#[test]
fn no_command_is_wrong_usage_and_help_is_not() {
    let here = folder();
    perchart(here.path()).assert().code(2).stdout_eq("");
    perchart(here.path()).arg("--help").assert().success().stderr_eq("");
    perchart(here.path()).args(["-q", "-v", "init"]).assert().code(2);
}
