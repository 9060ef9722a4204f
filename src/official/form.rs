//! The form inside a PDF (AcroForm): its fields, and values written so that every viewer shows them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, decode_text_string, dictionary, text_string};

use super::appearance::{self, Box, Font};

/// Fields inside fields, at most.
const DEPTH: usize = 32;

/// A bit of a field's flags: the text may have several lines.
const MULTILINE: i64 = 1 << 12;

/// A bit of a field's flags: every letter has a cell of its own.
const COMB: i64 = 1 << 24;

/// Why a PDF cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It cannot be read.
    #[error("it cannot be read as a PDF: {0}")]
    Unreadable(String),
    /// It is locked.
    #[error("it is encrypted")]
    Encrypted,
    /// There is nothing to fill.
    #[error("it has no fields to fill; the fillable form of the IRS is wanted, not a print or a scan")]
    NoFields,
    /// It cannot be written.
    #[error("it cannot be written: {0}")]
    Unwritable(String),
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Words or a number.
    Text(String),
    /// A box that is checked, by the name of its state.
    Checked(String),
}

/// One field: its full name and the places where it is shown.
#[derive(Clone, Debug)]
pub struct Field {
    /// The full name, parts separated by points.
    pub name: String,
    /// Is it a box to check? Otherwise it takes text.
    pub is_box: bool,
    id: ObjectId,
    places: Vec<ObjectId>,
    look: Look,
}

/// What fields take over from those they stand in.
#[derive(Clone, Debug, Default)]
struct Look {
    kind: Vec<u8>,
    flags: i64,
    style: Vec<u8>,
    align: i64,
    most: i64,
}

/// A PDF with a form.
pub struct Form {
    document: Document,
    fields: Vec<Field>,
}

impl Form {
    /// Reads a PDF.
    ///
    /// # Errors
    /// It is no PDF, is encrypted, or has no fields.
    pub fn read(bytes: &[u8]) -> Result<Form, Problem> {
        let document = Document::load_mem(bytes).map_err(|error| Problem::Unreadable(error.to_string()))?;
        if document.is_encrypted() || document.trailer.has(b"Encrypt") {
            return Err(Problem::Encrypted);
        }
        let mut fields = Vec::new();
        let form = form_of(&document).ok_or(Problem::NoFields)?;
        let look = Look { style: string(form, b"DA"), align: integer(form, b"Q"), ..Look::default() };
        for id in references(&document, form, b"Fields") {
            collect(&document, id, "", &look, DEPTH, &mut fields);
        }
        if fields.is_empty() { Err(Problem::NoFields) } else { Ok(Form { document, fields }) }
    }

    /// Every field, in the order of the file.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The title that the document states.
    pub fn title(&self) -> Option<String> {
        let info = self.document.trailer.get(b"Info").ok()?;
        let (_, info) = self.document.dereference(info).ok()?;
        let title = info.as_dict().ok()?.get(b"Title").ok()?;
        decode_text_string(title).ok().filter(|title| !title.trim().is_empty())
    }

    /// What stands in a field; nothing in an empty one and in a box that is not checked.
    pub fn entry(&self, field: &Field) -> Option<Entry> {
        let value = self.document.get_dictionary(field.id).ok()?.get(b"V").ok()?;
        if field.is_box {
            let state = value.as_name().ok().filter(|state| *state != b"Off")?;
            return Some(Entry::Checked(String::from_utf8_lossy(state).into_owned()));
        }
        decode_text_string(value).ok().filter(|text| !text.is_empty()).map(Entry::Text)
    }

    /// The states that check a box, one for each place.
    pub fn states(&self, field: &Field) -> Vec<String> {
        let states = field.places.iter().filter_map(|place| self.state(*place));
        states.map(|state| String::from_utf8_lossy(&state).into_owned()).collect()
    }

    /// The state that checks a box at one place.
    fn state(&self, place: ObjectId) -> Option<Vec<u8>> {
        let normal = dictionary_at(&self.document, self.document.get_dictionary(place).ok()?, b"AP")?;
        let normal = dictionary_at(&self.document, normal, b"N")?;
        normal.iter().map(|(state, _)| state.clone()).find(|state| state != b"Off")
    }

    /// Writes entries into fields and gives the bytes of the filled PDF, which stays fillable. What only one viewer reads
    /// beside the fields (XFA) and the signature that a change breaks are taken out.
    ///
    /// # Errors
    /// The document cannot be written.
    pub fn filled(mut self, entries: &[(usize, Entry)]) -> Result<Vec<u8>, Problem> {
        for (at, entry) in entries {
            if let Some(field) = self.fields.get(*at).cloned() {
                match entry {
                    Entry::Text(text) => self.write(&field, text),
                    Entry::Checked(state) => self.check(&field, state.as_bytes()),
                }
            }
        }
        let strange = |error: lopdf::Error| Problem::Unwritable(error.to_string());
        self.document.catalog_mut().map_err(strange)?.remove(b"Perms");
        if let Some(form) = form_mut(&mut self.document) {
            form.remove(b"XFA");
            form.remove(b"SigFlags");
            form.set("NeedAppearances", true);
        }
        self.document.prune_objects();
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).map_err(|error| Problem::Unwritable(error.to_string()))?;
        Ok(bytes)
    }

    fn write(&mut self, field: &Field, text: &str) {
        for place in &field.places {
            let Some(stream) = self.drawn(field, *place, text) else { continue };
            let stream = self.document.add_object(stream);
            if let Ok(widget) = self.document.get_dictionary_mut(*place) {
                widget.set("AP", dictionary! { "N" => Object::Reference(stream) });
            }
        }
        if let Ok(field) = self.document.get_dictionary_mut(field.id) {
            field.set("V", text_string(text));
        }
    }

    /// The text of a field as it is drawn at one place.
    fn drawn(&self, field: &Field, place: ObjectId, text: &str) -> Option<Stream> {
        let corners = self.document.get_dictionary(place).ok()?.get(b"Rect").ok()?.as_array().ok()?;
        let area = Box::of(corners)?;
        let style = appearance::Style::read(&field.look.style)?;
        let resource = self.font(&style.font)?;
        let font = Font::read(&self.document, resource);
        let layout = if field.look.flags & COMB != 0 && field.look.most > 0 {
            appearance::Layout::Comb(field.look.most)
        } else if field.look.flags & MULTILINE != 0 {
            appearance::Layout::Lines(field.look.align)
        } else {
            appearance::Layout::Line(field.look.align)
        };
        let content = appearance::draw(text, &area, &style, &font, layout);
        let fonts = dictionary! { style.font.clone() => resource.clone() };
        let head = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => area.bounds(),
            "Resources" => dictionary! { "Font" => fonts },
        };
        Some(Stream::new(head, content))
    }

    /// A font of the form, by its name.
    fn font(&self, name: &[u8]) -> Option<&Object> {
        let resources = dictionary_at(&self.document, form_of(&self.document)?, b"DR")?;
        dictionary_at(&self.document, resources, b"Font")?.get(name).ok()
    }

    /// Checks a box. Of a group only the place with that state is on.
    fn check(&mut self, field: &Field, state: &[u8]) {
        let places: Vec<_> = field.places.iter().map(|place| (*place, self.state(*place))).collect();
        for (place, own) in places {
            let shown = if own.as_deref() == Some(state) { state } else { b"Off" };
            if let Ok(widget) = self.document.get_dictionary_mut(place) {
                widget.set("AS", Object::Name(shown.to_vec()));
            }
        }
        if let Ok(field) = self.document.get_dictionary_mut(field.id) {
            field.set("V", Object::Name(state.to_vec()));
        }
    }
}

/// The form's dictionary.
fn form_of(document: &Document) -> Option<&Dictionary> {
    dictionary_at(document, document.catalog().ok()?, b"AcroForm")
}

fn form_mut(document: &mut Document) -> Option<&mut Dictionary> {
    let reference = document.catalog().ok()?.get(b"AcroForm").ok()?.as_reference();
    match reference {
        Ok(id) => document.get_dictionary_mut(id).ok(),
        Err(_) => document.catalog_mut().ok()?.get_mut(b"AcroForm").ok()?.as_dict_mut().ok(),
    }
}

/// A dictionary inside another, wherever it stands.
fn dictionary_at<'a>(document: &'a Document, outer: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    let (_, inner) = document.dereference(outer.get(key).ok()?).ok()?;
    inner.as_dict().ok()
}

fn references(document: &Document, outer: &Dictionary, key: &[u8]) -> Vec<ObjectId> {
    let list = outer.get(key).ok().and_then(|list| document.dereference(list).ok()).map(|(_, list)| list);
    let list = list.and_then(|list| list.as_array().ok());
    list.into_iter().flatten().filter_map(|one| one.as_reference().ok()).collect()
}

fn integer(of: &Dictionary, key: &[u8]) -> i64 {
    of.get(key).and_then(Object::as_i64).unwrap_or_default()
}

fn string(of: &Dictionary, key: &[u8]) -> Vec<u8> {
    of.get(key).and_then(Object::as_str).map(<[u8]>::to_vec).unwrap_or_default()
}

/// Collects the fields from one down. A child without a name is a place of its field.
fn collect(document: &Document, id: ObjectId, outer: &str, look: &Look, depth: usize, found: &mut Vec<Field>) {
    let Ok(own) = document.get_dictionary(id) else { return };
    let part = own.get(b"T").ok().and_then(|name| decode_text_string(name).ok()).unwrap_or_default();
    let name = if outer.is_empty() { part } else { format!("{outer}.{part}") };
    let mut look = look.clone();
    if let Ok(kind) = own.get(b"FT").and_then(Object::as_name) {
        look.kind = kind.to_vec();
    }
    for (key, kept) in [(&b"Ff"[..], &mut look.flags), (b"Q", &mut look.align), (b"MaxLen", &mut look.most)] {
        if own.has(key) {
            *kept = integer(own, key);
        }
    }
    if own.has(b"DA") {
        look.style = string(own, b"DA");
    }
    let children = references(document, own, b"Kids");
    let is_named = |child: &ObjectId| document.get_dictionary(*child).is_ok_and(|child| child.has(b"T"));
    let (named, mut places): (Vec<_>, Vec<_>) = children.into_iter().partition(is_named);
    if named.is_empty() {
        if places.is_empty() {
            places.push(id);
        }
        let is_box = look.kind == b"Btn";
        if is_box || look.kind == b"Tx" {
            found.push(Field { name, is_box, id, places, look });
        }
        return;
    }
    for child in named {
        if let Some(depth) = depth.checked_sub(1) {
            collect(document, child, &name, &look, depth, found);
        }
    }
}
