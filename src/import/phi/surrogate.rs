//! A key in place of an identifier: rows of the same chart are known again, and the book cannot say whose it is.
//!
//! The surrogate is HMAC-SHA-256 under a random key of the book, cut to ten bytes. A plain hash could be turned back by
//! trying all record numbers; with the key that is still possible. So the key lies in a file of its own, readable by its
//! owner only and never in the book, and surrogates stay restricted data (45 CFR 164.514(c)) as long as it exists.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::guard::Identifier;

/// The name of the key's file in the book's folder.
pub const KEY_FILE: &str = "surrogate.key";

/// Bytes of a key.
const KEY: usize = 32;

/// Bytes of a surrogate.
const KEPT: usize = 10;

/// The secret key of a book.
#[derive(Clone)]
pub struct Key([u8; KEY]);

impl fmt::Debug for Key {
    /// Never the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn random() -> io::Result<Key> {
        let mut key = [0; KEY];
        getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Key(key))
    }

    /// The key of the book in a folder, where there is one.
    ///
    /// # Errors
    /// The file cannot be read, or holds no key.
    pub fn find(dir: &Path) -> io::Result<Option<Key>> {
        match File::open(dir.join(KEY_FILE)) {
            Ok(file) => Key::read(&file).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(file: &File) -> io::Result<Key> {
        make_private(file)?;
        let mut bytes = Vec::with_capacity(KEY);
        file.take(KEY as u64 + 1).read_to_end(&mut bytes)?;
        let wrong = |_| io::Error::new(ErrorKind::InvalidData, "the file holds no key of a book");
        Ok(Key(bytes.try_into().map_err(wrong)?))
    }

    /// The key of the book in a folder; makes one where there is none. Only its owner may read the file.
    ///
    /// # Errors
    /// The file cannot be made or read, or holds no key.
    pub fn of_book(dir: &Path) -> io::Result<Key> {
        let path = dir.join(KEY_FILE);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => {
                let key = Key::random()?;
                let written = file.write_all(&key.0).and_then(|()| file.sync_all());
                if written.is_err() {
                    // Half a key is none.
                    let _ = std::fs::remove_file(&path);
                }
                written.map(|()| key)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Key::read(&File::open(&path)?),
            Err(error) => Err(error),
        }
    }

    /// What stands for the identifiers of a row, each with its kind; none where all are empty. Their case, white space
    /// and marks do not count.
    pub fn surrogate<'c>(&self, identifiers: impl IntoIterator<Item = (Identifier, &'c str)>) -> Option<[u8; KEPT]> {
        // A key of any length is taken.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        let (mut letters, mut some) = ([0; 4], false);
        for (kind, cell) in identifiers {
            // Each begins with its kind and ends with a byte that no text holds: none runs into the next.
            mac.update(kind.letter().encode_utf8(&mut letters).as_bytes());
            for sign in cell.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase) {
                mac.update(sign.encode_utf8(&mut letters).as_bytes());
                some = true;
            }
            mac.update(&[0xff]);
        }
        let mut bytes = [0; KEPT];
        bytes.copy_from_slice(&mac.finalize().into_bytes()[..KEPT]);
        some.then_some(bytes)
    }
}

/// Takes the file from all but its owner, whatever a copy or a backup made of it.
#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    if file.metadata()?.permissions().mode() & 0o777 == 0o600 {
        return Ok(());
    }
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "only unix has modes")]
fn make_private(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surrogate_is_a_cut_hmac() {
        let key = Key([0x0b; KEY]);
        let of = |key: &Key, cells: &[&str]| key.surrogate(cells.iter().map(|cell| (Identifier::MedicalRecord, *cell)));
        // Worked with another program: HMAC-SHA-256 of "H12345678\xff" under 32 bytes 0x0b.
        assert_eq!(of(&key, &["12345678"]), Some([0xbf, 0x20, 0x06, 0x6f, 0x04, 0x51, 0xee, 0x8d, 0x15, 0x92]));
        assert_eq!(of(&key, &["e-123 456"]), of(&key, &["E123456"]));
        assert_ne!(of(&key, &["E123456"]), of(&key, &["E123457"]));
        assert_ne!(of(&key, &["1"]), of(&Key([0x0c; KEY]), &["1"]));
        assert_ne!(of(&key, &["12", "3"]), of(&key, &["1", "23"]));
        assert_ne!(of(&key, &["1", ""]), of(&key, &["", "1"]));
        assert_ne!(of(&key, &["1"]), key.surrogate([(Identifier::Account, "1")]));
        assert_eq!((of(&key, &["", " - "]), of(&key, &[])), (None, None));
        assert_eq!(format!("{key:?}"), "Key(..)");
    }

    #[test]
    fn a_book_keeps_its_key() {
        let dir = tempfile::tempdir().expect("a directory");
        assert!(Key::find(dir.path()).expect("no fault").is_none());
        let first = Key::of_book(dir.path()).expect("a key");
        assert_eq!(first.0, Key::of_book(dir.path()).expect("the key").0);
        assert_eq!(Some(first.0), Key::find(dir.path()).expect("the key").map(|key| key.0));
        assert_ne!(first.0, Key::random().expect("another").0);
        let path = dir.path().join(KEY_FILE);
        assert_eq!(std::fs::read(&path).expect("the file").len(), KEY);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = || std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777;
            assert_eq!(mode(), 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("a change");
            Key::of_book(dir.path()).expect("the key");
            assert_eq!(mode(), 0o600);
        }
        std::fs::write(&path, "short").expect("a change");
        assert_eq!(Key::of_book(dir.path()).expect_err("no key").kind(), ErrorKind::InvalidData);
    }
}
