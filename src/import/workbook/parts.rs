//! What a workbook holds beside its cells: tabs, shared texts, number formats.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::format::Format;
use super::package::{Package, Visit, attribute, damaged};
use super::{Fault, SMALLER, limits};

/// A workbook without its cells.
pub(super) struct Book {
    pub(super) tabs: Vec<Tab>,
    pub(super) texts: Texts,
    /// The format of each cell style.
    pub(super) formats: Vec<Format>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

/// A sheet and its part.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) part: String,
}

/// Reads all but the cells.
pub(super) fn workbook(package: &mut Package) -> Result<Book, Fault> {
    let roots = Relations::of(package, "")?;
    let path = roots.first("/officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let mut names = Names::default();
    if !package.read(&path, &mut names)? {
        return Err(damaged("an archive without a workbook"));
    }
    let relations = Relations::of(package, &path)?;
    let mut texts = Texts::default();
    if let Some(part) = relations.first("/sharedStrings") {
        package.read(part, &mut texts)?;
    }
    let mut styles = Styles::default();
    if let Some(part) = relations.first("/styles") {
        package.read(part, &mut styles)?;
    }
    let mut tabs = Vec::new();
    for (name, hidden, id) in names.sheets {
        let Some(relation) = relations.all.get(&id) else {
            return Err(damaged("a sheet whose part is missing"));
        };
        // Sheets that are one chart or one dialog have no cells.
        if relation.kind.ends_with("/worksheet") {
            tabs.push(Tab { name, hidden, part: relation.target.clone() });
        }
    }
    Ok(Book { tabs, texts, formats: styles.formats(), from_1904: names.from_1904 })
}

/// Which parts a part names.
#[derive(Default)]
struct Relations {
    /// The folder that targets start from.
    folder: String,
    /// By id.
    all: HashMap<String, Relation>,
}

struct Relation {
    kind: String,
    target: String,
}

impl Relations {
    /// The relations of a part, or of the archive.
    fn of(package: &mut Package, path: &str) -> Result<Relations, Fault> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut relations = Relations { folder: folder.to_owned(), ..Relations::default() };
        package.read(&format!("{folder}/_rels/{name}.rels"), &mut relations)?;
        Ok(relations)
    }

    /// The target of a kind of relation.
    fn first(&self, kind: &str) -> Option<&str> {
        self.all.values().find(|relation| relation.kind.ends_with(kind)).map(|relation| relation.target.as_str())
    }

    fn target(&self, target: &str) -> String {
        let mut steps: Vec<&str> = match target.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => self.folder.split('/').filter(|step| !step.is_empty()).collect(),
        };
        for step in target.split('/') {
            match step {
                "" | "." => (),
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        steps.join("/")
    }
}

impl Visit for Relations {
    fn start(&mut self, name: &str, tag: &BytesStart) -> Result<(), Fault> {
        if name != "Relationship" {
            return Ok(());
        }
        if self.all.len() == limits::RELATIONS {
            return Err(damaged("more than 10,000 relations between parts"));
        }
        if let (Some(id), Some(kind), Some(target)) =
            (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
        {
            let target = self.target(&target);
            self.all.insert(id.into_owned(), Relation { kind: kind.into_owned(), target });
        }
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
}

/// The part that names the sheets.
#[derive(Default)]
struct Names {
    /// Name, whether hidden, id of the relation.
    sheets: Vec<(String, bool, String)>,
    from_1904: bool,
}

impl Visit for Names {
    fn start(&mut self, name: &str, tag: &BytesStart) -> Result<(), Fault> {
        match name {
            "sheet" => {
                if self.sheets.len() == limits::SHEETS {
                    let found = "a workbook of more than 1,000 sheets";
                    return Err(Fault::new(found, "at most 1,000 sheets").hint(SMALLER));
                }
                let named = attribute(tag, "name").unwrap_or_default().into_owned();
                let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                let id = attribute(tag, "id").unwrap_or_default().into_owned();
                self.sheets.push((named, hidden, id));
            }
            // An extension has an element of the same name without the attribute.
            "workbookPr" => {
                if let Some(value) = attribute(tag, "date1904") {
                    self.from_1904 = value == "1" || value == "true";
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
}

/// The texts that cells share, in one string.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
    run: Run,
}

impl Texts {
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

impl Visit for Texts {
    fn start(&mut self, name: &str, _: &BytesStart) -> Result<(), Fault> {
        self.run.start(name);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        self.run.end(name);
        if name != "si" {
            return Ok(());
        }
        if self.ends.len() == limits::CELLS {
            return Err(Fault::new("more than 4,000,000 texts", "at most 4,000,000").hint(SMALLER));
        }
        self.text.push_str(&self.run.take());
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| damaged("texts of more than 4 GB"))?);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.run.text(text)
    }
}

/// A text of one or more runs, each in a `t`. How to pronounce it (`rPh`) is not read.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    inside: bool,
    phonetic: bool,
}

impl Run {
    pub(super) fn start(&mut self, name: &str) {
        self.phonetic |= name == "rPh";
        self.inside = name == "t" && !self.phonetic;
    }

    pub(super) fn end(&mut self, name: &str) {
        self.phonetic &= name != "rPh";
        self.inside = false;
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Fault> {
        if self.inside { limited(&mut self.text, text) } else { Ok(()) }
    }

    /// The text so far; the next one starts anew.
    pub(super) fn take(&mut self) -> String {
        unescaped(std::mem::take(&mut self.text))
    }
}

/// Adds to the text of a cell.
pub(super) fn limited(text: &mut String, more: &str) -> Result<(), Fault> {
    text.push_str(more);
    if text.len() > limits::CELL_TEXT && text.chars().count() > limits::CELL_TEXT {
        let found = "a cell of more than 32,767 characters";
        return Err(Fault::new(found, "at most 32,767 characters, as in Excel").hint(SMALLER));
    }
    Ok(())
}

/// Text with `_x000D_` and the like as the characters they stand for.
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|sign| sign.is_ascii_hexdigit()));
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.push_str(&rest[..at]);
        if let Some(sign) = sign {
            plain.push(sign);
            rest = &rest[at + 7..];
        } else {
            plain.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    plain.push_str(rest);
    plain
}

/// The number formats, and which cell style has which.
#[derive(Default)]
struct Styles {
    codes: HashMap<u32, Format>,
    /// Inside the list of cell styles.
    inside: bool,
    ids: Vec<u32>,
}

impl Styles {
    fn formats(&self) -> Vec<Format> {
        let format = |id| self.codes.get(id).copied().unwrap_or_else(|| Format::built_in(*id));
        self.ids.iter().map(format).collect()
    }
}

impl Visit for Styles {
    fn start(&mut self, name: &str, tag: &BytesStart) -> Result<(), Fault> {
        let id = || attribute(tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
        match name {
            "cellXfs" => self.inside = true,
            "xf" if self.inside => self.ids.push(id().unwrap_or(0)),
            "numFmt" => {
                if let (Some(id), Some(code)) = (id(), attribute(tag, "formatCode")) {
                    self.codes.insert(id, Format::of_code(&code));
                }
            }
            _ => (),
        }
        if self.ids.len() > limits::FORMATS || self.codes.len() > limits::FORMATS {
            return Err(Fault::new("a workbook of more than 65,536 formats", "at most 65,536 formats").hint(SMALLER));
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        self.inside &= name != "cellXfs";
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
}
