//! Blank official forms from a directory.

use std::fs;

use lopdf::{Document, Object, dictionary};

use super::desk::Desk;

/// A blank of one field, by the title that the IRS gives it.
fn blank(title: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.new_object_id();
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal("name"), "P" => page,
        "Rect" => Object::Array([20, 20, 200, 34].map(Object::Integer).to_vec()),
        "DA" => Object::string_literal("/Helv 9 Tf 0 g"),
    });
    let one = |id| Object::Array(vec![Object::Reference(id)]);
    let own = dictionary! { "Type" => "Page", "Parent" => pages, "Annots" => one(field) };
    document.objects.insert(page, Object::Dictionary(own));
    let all = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => one(page) };
    document.objects.insert(pages, Object::Dictionary(all));
    let helv = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let form = dictionary! {
        "Fields" => one(field), "DR" => dictionary! { "Font" => dictionary! { "Helv" => helv } },
    };
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "AcroForm" => form });
    let info = document.add_object(dictionary! { "Title" => Object::string_literal(title) });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_form_without_a_map_is_no_fault_and_one_of_another_year_is() {
    let desk = Desk::with_sample();
    let from = desk.path().join("blank");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("f1040s2.pdf"), blank("2025 Schedule 2 (Form 1040)")).unwrap();
    let export = ["export", "--year", "2025", "--forms-from", "blank", "--to", "filled"];
    let out = desk.run(&export).result();
    assert!(out.contains("Not used") && out.contains("perchart has no map for it: copy its lines by hand"), "{out}");

    fs::write(from.join("f8889.pdf"), blank("2024 Form 8889")).unwrap();
    let ended = desk.run(&export);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("refused: f8889.pdf\n"), "{}", ended.err);
    assert!(!ended.err.contains("leave them blank"), "{}", ended.err);
}
