//! This project's own documents of every format.

use std::{fs, path::Path};

use foghorn::{domain::SourceKind, feeds::find_kind};

/// Every document of a kind, with its name.
pub fn documents(kind: SourceKind) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/feeds");
    let mut found = Vec::new();
    for folder in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let body = fs::read(&file).unwrap();
            let folder = folder.file_name().unwrap().to_str().unwrap();
            let is_of_kind = match find_kind(&body, None) {
                Some(found) => found == kind,
                None => folder == kind.word(),
            };
            if is_of_kind || (folder == kind.word() && folder != "rss") {
                found.push((format!("{folder}/{}", file.file_name().unwrap().to_str().unwrap()), body));
            }
        }
    }
    found.sort();
    found
}
