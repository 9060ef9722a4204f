//! The floors of the house (ARCHITECTURE.md): a module uses lower floors, and on its own floor what stands to its left.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest floor first; left to right.
const FLOORS: [&[&str]; 6] = [
    &["money", "period", "law", "guard"],
    &["tax", "book", "profile"],
    &["batch", "import", "household", "job", "earnings", "assets", "deduct", "home", "car", "ledger", "income"],
    &["compare", "year", "advise"],
    &["official", "report"],
    &["cli"],
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn place(module: &str) -> Option<usize> {
    FLOORS.iter().flat_map(|floor| floor.iter()).position(|name| *name == module)
}

/// Every source file with its module of the first level and its text, without what only tests see.
fn modules() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    found.sort();
    let module = |path: &Path| {
        let inside = path.strip_prefix(&src).unwrap();
        inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
    };
    let text = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        if is_test { String::new() } else { text.split("#[cfg(test)]").next().unwrap_or_default().to_owned() }
    };
    found
        .iter()
        .map(|path| (module(path), path.clone(), text(path)))
        .filter(|(name, ..)| name != "lib" && name != "main")
        .collect()
}

#[test]
fn arrows_go_down_only() {
    let mut wrong = Vec::new();
    for (module, path, text) in modules() {
        let own = place(&module).unwrap_or_else(|| panic!("{module} stands on no floor"));
        for used in text.split("crate::").skip(1) {
            // `use crate::{a, b::c}` names several.
            let names: Vec<&str> = match used.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
                None => vec![used],
            };
            for name in names {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(other) = place(&name) else { continue };
                if other > own {
                    wrong.push(format!(
                        "{} uses {name}, which stands above or to the right of {module}",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_on_a_floor() {
    let mut names: Vec<String> = modules().into_iter().map(|(module, ..)| module).collect();
    names.dedup();
    let floors: usize = FLOORS.iter().map(|floor| floor.len()).sum();
    assert_eq!(names.len(), floors, "{names:?}");
}

/// Files that may say `f64`, and why: similarity of names, the text of a number as a person typed it, and figures
/// on their way into a format that counts in floats.
const FLOATS: [&str; 6] = [
    "compare/settings.rs",
    "report/explain.rs",
    "import/header.rs",
    "profile/read.rs",
    "render/pdf/write.rs",
    "render/xlsx.rs",
];

#[test]
fn no_float_touches_money() {
    for (_, path, text) in modules() {
        let says_float =
            ["f64", "f32"].iter().any(|float| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == *float));
        let allowed = FLOATS.iter().any(|file| path.ends_with(file));
        assert!(!says_float || allowed, "{} says f64 or f32", path.display());
    }
}

/// A year is a matter of law files and of `until` and `from` on a line, never of an `if` in a form.
#[test]
fn forms_do_not_know_years() {
    for (module, path, text) in modules() {
        if module != "tax" {
            continue;
        }
        for line in text.lines().map(|line| line.split("//").next().unwrap_or_default()) {
            let mut bare = String::new();
            // Texts and citations may name a year.
            for (index, part) in line.split('"').enumerate() {
                if index % 2 == 0 {
                    bare.push_str(part);
                }
            }
            let bare = bare.replace("until 20", "").replace("from 20", "");
            let year = bare.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4 && word.starts_with("20"));
            assert!(!year, "{}: {line}", path.display());
        }
    }
}
