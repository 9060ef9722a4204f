//! Output shown in the README is what the program prints. A line `[...]` stands for any lines.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

fn perchart(dir: &Path, arguments: &str) -> String {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let output = Command::new(env!("CARGO_BIN_EXE_perchart"))
        .args(&words)
        .current_dir(dir)
        .env_remove("PERCHART_BOOK")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    format!("{}{}", String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Commands of the README's `console` blocks with the output shown for them.
fn shown(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ perchart ") {
                Some(command) => found.push((command.to_owned(), Vec::new())),
                None => found.last_mut().expect("a command before its output").1.push(line.trim_end().to_owned()),
            },
        }
    }
    found
}

/// Do the shown lines match the printed ones, gaps aside?
fn matches(shown: &[String], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.iter().all(|line| line.is_empty()),
        Some((first, rest)) if first == "[...]" => (0..=printed.len()).any(|skip| matches(rest, &printed[skip..])),
        Some((first, rest)) => printed.split_first().is_some_and(|(line, below)| line == first && matches(rest, below)),
    }
}

#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let book = tempfile::tempdir().unwrap();
    let dir = book.path().join("sample");
    perchart(book.path(), "demo sample");
    let commands = shown(&readme);
    assert!(commands.len() >= 6, "the README shows only {} commands", commands.len());
    for (command, lines) in commands {
        let printed = perchart(&dir, &command);
        let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
        assert!(matches(&lines, &printed), "README, `perchart {command}` prints:\n{}", printed.join("\n"));
    }
}

#[test]
fn the_readme_names_every_column_that_import_reads() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let columns = [
        "work_date",
        "payer",
        "chart_type",
        "count",
        "rejected",
        "rate",
        "amount",
        "minutes",
        "accuracy",
        "paid_on",
        "received_on",
        "reference",
        "date",
        "description",
        "category",
        "vendor",
        "business_share",
    ];
    for column in columns {
        assert!(readme.contains(&format!("| `{column}`")), "the README does not describe {column}");
    }
}

#[test]
fn the_readme_and_ci_agree_on_the_test_command() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let ci = fs::read_to_string(root.join(".ci/run")).unwrap();
    assert!(readme.contains("\ncargo test\n") && ci.contains("\ncargo test 2>&1"));
}

#[test]
fn no_page_claims_what_only_the_user_can_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CHANGELOG.md"), root.join("ARCHITECTURE.md")];
    pages.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    pages.retain(|path| path.is_file());
    let mut texts: Vec<String> = pages.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for command in ["", "import", "purge", "redact", "init", "demo", "list", "batches"] {
        texts.push(perchart(root, &format!("{command} --help")));
    }
    for text in &texts {
        let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        for claim in ["hipaa compliant", "hipaa-compliant", "hipaa compliance", "hipaa certified", "de-identified"] {
            assert!(!text.contains(claim), "a page says {claim:?}");
        }
    }
    assert!(texts.iter().any(|text| text.contains("keeps PHI out")));
}
