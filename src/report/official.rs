//! What became of the official forms: filled, left to the user, refused, still to download.

use super::{Column, Report, Row, Section};
use crate::official::{self, Entry, Filled, Found, Map, Outcome};
use crate::tax::Return;

/// The forms that a return may need of those that are filled, by our name and by the official one.
const FORMS: [(&str, &str); 7] = [
    ("form-1040", "Form 1040"),
    ("schedule-c", "Schedule C (Form 1040)"),
    ("schedule-se", "Schedule SE (Form 1040)"),
    ("form-4562", "Form 4562"),
    ("form-7206", "Form 7206"),
    ("form-8829", "Form 8829"),
    ("form-8995", "Form 8995"),
];

/// Places of a reason that are named before the rest is counted.
const PLACES: usize = 8;

/// What was found in a directory of blank forms.
#[derive(Default)]
pub struct Work {
    /// Each file that was filled, with what came of it: a form for each copy, none where the return has no such form.
    pub done: Vec<(String, &'static Map, Vec<Filled>)>,
    /// Each form of the year that is not used, and why.
    pub unused: Vec<(String, String)>,
    /// Each file that was refused, and why.
    pub refused: Vec<(String, String)>,
}

/// The report; with `every`, on every field.
pub fn forms(work: &Work, filled: &Return, every: bool) -> Report {
    let year = filled.year;
    let mut report =
        Report::new("export-forms", format!("Official forms of {year}")).section(done(work)).section(left(work));
    for (id, section) in [
        ("statements", statements(work)),
        ("unused", unused(work)),
        ("refused", refused(work, year)),
        ("missing", missing(work, filled)),
    ] {
        debug_assert_eq!(id, section.id);
        if !section.rows.is_empty() {
            report = report.section(section);
        }
    }
    if every {
        report = report.section(fields(work));
    }
    if let Some(home) = official::home_row(filled) {
        report = report.note(home);
    }
    report
        .note(
            "Numbers of persons, names, addresses and signatures stay blank: the forms can still be filled in by hand.",
        )
        .limit(
            "Other forms that your return needs, such as Schedules 1 and 2: perchart tax --form all shows their lines.",
        )
}

fn done(work: &Work) -> Section {
    let mut section = Section::new("forms", "Filled")
        .column(Column::left("form", "Form"))
        .column(Column::left("blank", "From"))
        .column(Column::left("file", "Written to"))
        .column(Column::right("filled", "Fields filled"))
        .column(Column::right("left", "Left to you"))
        .column(Column::right("nothing", "Nothing to enter"));
    for (blank, map, copies) in &work.done {
        for copy in copies {
            let count = |of: fn(&Found) -> bool| {
                i64::try_from(copy.fields.iter().filter(|field| of(&field.found)).count()).unwrap_or(i64::MAX)
            };
            section.push(
                Row::new(name(map, copy))
                    .text(blank.as_str())
                    .text(copy.file())
                    .count(count(|found| matches!(found, Found::Entry(_))))
                    .count(count(|found| matches!(found, Found::Left(_))))
                    .count(count(|found| matches!(found, Found::Nothing))),
            );
        }
        if copies.is_empty() {
            section.push(Row::new(map.title.as_str()).text(blank.as_str()).text("not needed: nothing stands on it"));
        }
    }
    section
}

/// A form with whose copy it is.
fn name(map: &Map, copy: &Filled) -> String {
    match copy.copy.trim_start_matches('@') {
        "" => map.title.clone(),
        who if who.starts_with("spouse") => format!("{}, spouse", map.title),
        number => format!("{}, business {number}", map.title),
    }
}

fn left(work: &Work) -> Section {
    let mut section = Section::new("left", "Left to you")
        .column(Column::left("form", "Form"))
        .column(Column::left("why", "Why"))
        .column(Column::left("where", "Where"));
    for (_, map, copies) in &work.done {
        for copy in copies {
            let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
            for Outcome { at, found, .. } in &copy.fields {
                let Found::Left(reason) = found else { continue };
                match reasons.iter_mut().find(|(known, _)| known == reason) {
                    Some((_, places)) if places.contains(&at.as_str()) => {}
                    Some((_, places)) => places.push(at),
                    None => reasons.push((reason, vec![at])),
                }
            }
            for (reason, places) in reasons {
                let mut named = places[..places.len().min(PLACES)].join("; ");
                if places.len() > PLACES {
                    named = format!("{named}; and {} more", places.len() - PLACES);
                }
                section.push(Row::new(name(map, copy)).text(reason).text(named));
            }
        }
    }
    section
}

/// The rows that a form has no room for.
fn statements(work: &Work) -> Section {
    let mut section = Section::new("statements", "Attach a statement")
        .column(Column::left("form", "Form"))
        .column(Column::left("line", "Line"))
        .column(Column::left("what", "What"))
        .column(Column::left("with", "With"))
        .note("The form has fewer rows than this: its last row holds the sum of what stands here. Of cars the first stand on the form. List these on a sheet of your own.");
    for (_, map, copies) in &work.done {
        for copy in copies {
            let rows = copy.statements.iter().map(|row| {
                Row::new(name(map, copy)).text(row.at.as_str()).text(row.what.as_str()).text(row.cells.join(", "))
            });
            section = section.rows(rows);
        }
    }
    section
}

fn unused(work: &Work) -> Section {
    Section::new("unused", "Not used")
        .column(Column::left("file", "File"))
        .column(Column::left("why", "Why"))
        .rows(work.unused.iter().map(|(file, why)| Row::new(file.as_str()).text(why.as_str())))
        .note("If your return has the form, perchart tax --form NAME shows its lines; --form all shows every form.")
}

fn refused(work: &Work, year: u16) -> Section {
    Section::new("refused", "Refused")
        .column(Column::left("file", "File"))
        .column(Column::left("why", "Why"))
        .rows(work.refused.iter().map(|(file, why)| Row::new(file.as_str()).text(why.as_str())))
        .note(format!("Of {year} perchart knows the fields of {}.", official::known_of(year)))
}

/// The forms of the return that no file was there for, or whose fields are not known.
fn missing(work: &Work, filled: &Return) -> Section {
    let mut section = Section::new("missing", "In your return, not filled")
        .column(Column::left("form", "Form"))
        .column(Column::left("what", "What to do"));
    let year = filled.year;
    for (form, title) in FORMS {
        let map = official::map::all().iter().find(|map| map.form == form && map.year == year);
        match map {
            Some(map) => {
                let is_done = work.done.iter().any(|(_, known, _)| known.form == form);
                if !is_done && !official::copies(map, filled).is_empty() {
                    section.push(Row::new(title).text(format!("download {}", map.address())));
                }
            }
            None if official::has(form, filled) || form == "form-4562" && official::home_row(filled).is_some() => section.push(Row::new(title).text(format!(
                "perchart does not know the fields of {title} of {year}; copy the lines from perchart tax --form {form}"
            ))),
            None => {}
        }
    }
    section
}

fn fields(work: &Work) -> Section {
    let mut section = Section::new("fields", "Every field")
        .column(Column::left("form", "Form"))
        .column(Column::left("where", "Where"))
        .column(Column::left("entry", "Entry"))
        .column(Column::left("left", "Left to you"))
        .column(Column::left("field", "Field"));
    for (_, map, copies) in &work.done {
        for copy in copies {
            for Outcome { field, at, found } in &copy.fields {
                let (entry, reason) = match found {
                    Found::Entry(Entry::Text(text)) => (text.as_str(), ""),
                    Found::Entry(Entry::Checked(_)) => ("checked", ""),
                    Found::Nothing => ("", ""),
                    Found::Left(reason) => ("", reason.as_str()),
                };
                section.push(Row::new(name(map, copy)).text(at.as_str()).text(entry).text(reason).text(field.as_str()));
            }
        }
    }
    section
}
