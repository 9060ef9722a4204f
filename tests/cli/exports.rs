//! The year-end package as files.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::desk::{Desk, snapshot};

const KINDS: [&str; 6] = ["pdf", "html", "xlsx", "csv", "txf", "json"];

#[test]
fn every_kind_is_written_whole_and_the_same_twice() {
    let desk = Desk::with_sample();
    for kind in KINDS {
        let ended = desk.run(&["export", "--year", "2025", "--to", &format!("one.{kind}")]);
        assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{}", ended.err);
        assert!(ended.err.starts_with(&format!("one.{kind}: Year-end package 2025, ")), "{}", ended.err);
        desk.run(&["export", "--quiet", "--to", &format!("two.{}", kind.to_uppercase())]).result();
        let read = |name: String| fs::read(desk.path().join(name)).unwrap();
        let file = read(format!("one.{kind}"));
        assert!(file.len() > 500, "{kind}");
        assert_eq!(file, read(format!("two.{}", kind.to_uppercase())), "{kind}");
    }
    // Nothing but the files lies there: no draft is left.
    let names = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with('.')).count(), 0);
}

#[test]
fn the_file_says_the_day_it_is_told() {
    let desk = Desk::with_sample();
    desk.run(&["export", "--quiet", "--to", "a.txf", "--today", "2026-03-05"]).result();
    assert!(fs::read_to_string(desk.path().join("a.txf")).unwrap().contains("\r\nD 03/05/2026\r\n"));
}

#[test]
fn the_package_as_csv_and_json() {
    let desk = Desk::with_sample();
    for kind in ["csv", "json"] {
        desk.run(&["export", "--quiet", "--to", &format!("p.{kind}")]).result();
        snapshot(&format!("export_{kind}"), &fs::read_to_string(desk.path().join(format!("p.{kind}"))).unwrap());
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    let desk = Desk::with_sample();
    let ended = desk.run(&["export", "--to", "package.docx"]);
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    snapshot("export_unknown_ending", &ended.err);

    fs::write(desk.path().join("kept.pdf"), "mine").unwrap();
    let ended = desk.run(&["export", "--to", "kept.pdf"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("kept.pdf is there already and is left as it is"), "{}", ended.err);
    assert_eq!(fs::read(desk.path().join("kept.pdf")).unwrap(), b"mine");
    desk.run(&["export", "--quiet", "--force", "--to", "kept.pdf"]).result();
    assert!(fs::read(desk.path().join("kept.pdf")).unwrap().starts_with(b"%PDF-"));

    let ended = desk.run(&["export", "--to", "no/such/folder/p.pdf"]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("cannot write no/such/folder/p.pdf"), "{}", ended.err);
}

#[test]
fn a_refused_return_leaves_schedule_c_standing() {
    let desk = Desk::with_sample();
    desk.restate("outside = []", "outside = [\"nonresident-alien\"]");
    let ended = desk.run(&["export", "--to", "p.html"]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("Schedule C and its workpapers are written"), "{}", ended.err);
    let page = fs::read_to_string(desk.path().join("p.html")).unwrap();
    assert!(page.contains("The return is not figured") && page.contains("35,370.00"));
}

/// Every amount of the package can be read out of the PDF by others, where `pdftotext` is at hand.
#[test]
fn the_text_of_the_document_holds_every_amount() {
    let desk = Desk::with_sample();
    for kind in ["pdf", "json"] {
        desk.run(&["export", "--quiet", "--to", &format!("p.{kind}")]).result();
    }
    let Ok(read) = Command::new("pdftotext").args(["-layout", "p.pdf", "-"]).current_dir(desk.path()).output() else {
        eprintln!("skipped: no pdftotext");
        return;
    };
    let text = String::from_utf8(read.stdout).unwrap().replace(',', "");
    let package: Value = serde_json::from_str(&fs::read_to_string(desk.path().join("p.json")).unwrap()).unwrap();
    let mut seen = 0;
    for section in package["sections"].as_array().unwrap() {
        for row in section["rows"].as_array().unwrap() {
            let cells = row.as_object().unwrap().iter().filter(|(column, _)| *column != "share");
            for amount in cells.filter_map(|(_, cell)| cell.as_str()) {
                let is_money = amount.rsplit_once('.').is_some_and(|(whole, cents)| {
                    cents.len() == 2 && cents.parse::<u8>().is_ok() && whole.parse::<i64>().is_ok()
                });
                assert!(!is_money || text.contains(amount), "{amount}");
                seen += usize::from(is_money);
            }
        }
    }
    assert!(seen > 500, "{seen}");
}
