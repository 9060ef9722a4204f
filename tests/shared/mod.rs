//! Material that lies beside the project, for table tests.

use std::path::{Path, PathBuf};

/// A folder of the material, or `None` with a printed reason where this machine does not have it.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if folder.is_dir() {
        eprintln!("table test: used {name}");
        return Some(folder);
    }
    eprintln!("skipped: no ../shared/{name} beside the project");
    None
}
