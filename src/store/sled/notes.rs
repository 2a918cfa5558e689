//! What sled notes beside its data: `conf`, and a snapshot of where everything stands.
//!
//! It believes them without a second thought: a damaged one, or a snapshot that a kill has cut off, keeps it from opening
//! data that are whole, and it makes both anew where they are missing (sled 0.34.7, `Config::verify_config` and
//! `pagecache/snapshot.rs`: without a snapshot the whole log is read). So what is damaged is put out of its sight.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::files::sync_directory;

/// What the names of those put out of sight begin with.
const OUT_OF_SIGHT: &str = "unreadable-";

/// What the name of a snapshot ends with that is being written. sled takes one that a kill has left behind for the latest.
const HALF: &str = ".generating";

/// What a snapshot ends with: its length and its checksum; and what `conf` ends with.
const SNAPSHOT_END: usize = 12;
const CHECKSUM: usize = 4;

/// Puts the notes out of sled's sight whose checksum is wrong, and says which.
///
/// # Errors
///
/// What the system says.
pub(super) fn put_bad_ones_away(home: &Path) -> io::Result<Vec<PathBuf>> {
    let mut put_away = Vec::new();
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let body = match name.as_str() {
            "conf" => CHECKSUM,
            name if name.starts_with("snap.") => SNAPSHOT_END,
            _ => continue,
        };
        let is_good = is_good(&fs::read(entry.path())?, body);
        if !is_good && name.ends_with(HALF) {
            fs::remove_file(entry.path())?;
        } else if !is_good {
            let away = home.join(format!("{OUT_OF_SIGHT}{name}"));
            fs::rename(entry.path(), &away)?;
            put_away.push(away);
        }
    }
    if !put_away.is_empty() {
        sync_directory(home)?;
    }
    Ok(put_away)
}

/// Whether sled has noted how everything stands.
///
/// # Errors
///
/// What the system says.
pub(super) fn has_snapshot(home: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(home)? {
        if entry?.file_name().to_string_lossy().starts_with("snap.") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the checksum at the end is that of all but the last few bytes.
fn is_good(bytes: &[u8], behind: usize) -> bool {
    let body = bytes.len().checked_sub(behind).filter(|length| *length > 0).and_then(|length| bytes.get(..length));
    match (body, bytes.last_chunk::<CHECKSUM>()) {
        (Some(body), Some(checksum)) => crc32fast::hash(body) == u32::from_le_bytes(*checksum),
        (None, _) | (_, None) => false,
    }
}
