//! The archive of a workbook: which kind of file it is, and its parts as XML, inflated within limits.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Error, Read};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::{Fault, SAVE_AGAIN, SMALLER, limits};

/// How a ZIP archive starts.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// How files of old Office programs start, and workbooks with a password.
pub(super) const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// How an entry of the archive's directory starts.
const ENTRY: &[u8] = b"PK\x01\x02";

/// What was expected of the file.
const EXPECTED: &str = "an Excel workbook (XLSX)";

/// Reads the elements of a part. Names are without their prefix.
pub(super) trait Visit {
    fn start(&mut self, name: &str, tag: &BytesStart) -> Result<(), Fault>;
    fn end(&mut self, name: &str) -> Result<(), Fault>;
    fn text(&mut self, text: &str) -> Result<(), Fault>;
    /// Whether the rest of the part is of no interest.
    fn done(&self) -> bool {
        false
    }
}

/// The archive, and what may still be inflated.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by name in lower case with forward slashes.
    entries: HashMap<String, usize>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Fault> {
        if bytes.starts_with(OLE) {
            return Err(old_office(bytes));
        }
        if !bytes.starts_with(ZIP) {
            return Err(Fault::new("a file that is no workbook", EXPECTED).hint(SAVE_AGAIN));
        }
        if bytes.len() > limits::FILE {
            return Err(Fault::new("a workbook of more than 32 MB", "at most 32 MB").hint(SMALLER));
        }
        // Counted before the directory is read, since each entry takes memory.
        if count(bytes, ENTRY) > limits::ENTRIES {
            return Err(Fault::new("an archive of more than 2,000 entries", "at most 2,000 entries").hint(SMALLER));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("an archive that is cut off or damaged"))?;
        let mut entries = HashMap::new();
        for at in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(at) else { continue };
            if entries.insert(normal(&name), at).is_some() {
                return Err(damaged("an archive with two parts of one name"));
            }
        }
        let mut package = Package { zip, entries, left: Cell::new(limits::INFLATED) };
        package.other_kind().map_or(Ok(package), Err)
    }

    /// What the archive is if it is no workbook.
    fn other_kind(&mut self) -> Option<Fault> {
        let has = |name: &str| self.entries.contains_key(name);
        let found = if has("xl/workbook.bin") {
            "an Excel binary workbook (XLSB)"
        } else if has("index/document.iwa") || has("index.zip") {
            "a Numbers document"
        } else if has("content.xml") {
            "an OpenDocument file"
        } else if has("word/document.xml") {
            "a Word document"
        } else if !has("_rels/.rels") {
            let fault = Fault::new("a ZIP archive that is no workbook", EXPECTED);
            return Some(fault.hint("unpack it and name the files in it"));
        } else {
            return None;
        };
        Some(Fault::new(found, EXPECTED).hint(SAVE_AGAIN))
    }

    /// Reads a part from its start. False if there is no such part.
    pub(super) fn read(&mut self, name: &str, visit: &mut impl Visit) -> Result<bool, Fault> {
        let Some(&at) = self.entries.get(&normal(name)) else { return Ok(false) };
        let entry = self.zip.by_index(at).map_err(|error| unreadable(&error))?;
        // A stated size is believed where it speaks against the file.
        if entry.size() > self.left.get() {
            return Err(Stop::Large.fault());
        }
        let stop = Cell::new(None);
        let packed = entry.compressed_size().max(1);
        let inflated = Inflated { entry, packed, read: 0, left: &self.left, stop: &stop };
        parse(inflated, visit).map_err(|fault| match (stop.get(), fault) {
            (Some(stop), _) => stop.fault(),
            (None, Some(fault)) => fault,
            (None, None) => damaged("a part that is damaged or no XML"),
        })?;
        Ok(true)
    }
}

/// Why inflating was stopped.
#[derive(Clone, Copy)]
enum Stop {
    Large,
    Steep,
}

impl Stop {
    fn fault(self) -> Fault {
        let found = match self {
            Stop::Large => "a workbook that unpacks to more than 64 MB",
            Stop::Steep => "a workbook that unpacks to more than 250 times its size",
        };
        Fault::new(found, "at most 64 MB, and 250 times its size").hint(SMALLER)
    }
}

/// An entry while it is inflated. What comes out is counted, whatever the archive says of sizes.
struct Inflated<'a, 'b> {
    entry: ZipFile<'a, Cursor<&'b [u8]>>,
    packed: u64,
    read: u64,
    left: &'a Cell<u64>,
    stop: &'a Cell<Option<Stop>>,
}

impl Read for Inflated<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.entry.read(buffer)?;
        self.read = self.read.saturating_add(length as u64);
        match self.left.get().checked_sub(length as u64) {
            Some(left) => self.left.set(left),
            None => self.stop.set(Some(Stop::Large)),
        }
        if self.read > limits::STEEP_FROM && self.read / self.packed > limits::STEEP {
            self.stop.set(Some(Stop::Steep));
        }
        if self.stop.get().is_some() { Err(Error::other("limit")) } else { Ok(length) }
    }
}

/// Reads XML. `None` as the error: it is not well formed.
fn parse(source: impl Read, visit: &mut impl Visit) -> Result<(), Option<Fault>> {
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(source));
    xml.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0usize);
    while !visit.done() {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| None)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > limits::DEPTH {
                    return Err(Some(damaged("elements nested too deeply")));
                }
                visit.start(tag.local_name().as_ref(), &tag)?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit.end(tag.local_name().as_ref())?;
            }
            Event::Text(text) => visit.text(&text.xml10_content())?,
            Event::CData(text) => visit.text(&text.xml10_content())?,
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|_| None)? {
                Some(sign) => visit.text(sign.encode_utf8(&mut [0; 4]))?,
                None => visit.text(resolve_predefined_entity(&name).ok_or(None)?)?,
            },
            // A type declaration could define what entities stand for. No spreadsheet program writes one.
            Event::DocType(_) => return Err(Some(damaged("a part with a document type"))),
            Event::Eof if depth > 0 => return Err(None),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => (),
        }
    }
    Ok(())
}

/// An attribute's value. `name` is without its prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    // Without the check for names given twice, which takes long where there are many.
    let found = tag.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// Something in the archive that a spreadsheet program would not write.
pub(super) fn damaged(found: &str) -> Fault {
    Fault::new(found, EXPECTED).hint(SAVE_AGAIN)
}

fn unreadable(error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            damaged("an archive with a password")
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            damaged("an archive packed by a method that workbooks do not use")
        }
        _ => damaged("an archive that is cut off or damaged"),
    }
}

/// What a file of an old Office program is.
fn old_office(bytes: &[u8]) -> Fault {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The name stands in the file's directory, which large files may keep far back.
    if count(bytes, &wide) > 0 {
        let hint = "open it with the password and save a copy without one";
        return Fault::new("a workbook with a password", "a workbook without a password").hint(hint);
    }
    Fault::new("an old Excel workbook (XLS)", EXPECTED).hint(SAVE_AGAIN)
}

/// How often a pattern stands in the bytes.
fn count(bytes: &[u8], pattern: &[u8]) -> usize {
    bytes.windows(pattern.len()).filter(|window| *window == pattern).count()
}

/// A name in lower case with forward slashes, without a leading one.
fn normal(name: &str) -> String {
    name.trim_start_matches(['/', '\\'])
        .chars()
        .map(|sign| if sign == '\\' { '/' } else { sign.to_ascii_lowercase() })
        .collect()
}
