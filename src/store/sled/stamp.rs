//! How far the store was written, as the lock file says it.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
};

/// Stands behind the number when the database is known to be damaged.
const DAMAGED: char = '!';

/// What the lock file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The number of a group that is on the disk, and may not be the last.
    pub(super) sequence: u64,
    /// Something in the database could not be read.
    pub(super) is_damaged: bool,
}

/// What the lock file says; nothing while it is new.
pub(super) fn read_stamp(mut lock: &File) -> io::Result<Stamp> {
    let mut bytes = Vec::new();
    lock.take(32).read_to_end(&mut bytes)?;
    lock.rewind()?;
    let text = str::from_utf8(&bytes).unwrap_or_default().trim();
    let (number, is_damaged) = match text.strip_suffix(DAMAGED) {
        Some(number) => (number, true),
        None => (text, false),
    };
    Ok(Stamp { sequence: number.parse().unwrap_or_default(), is_damaged })
}

/// Always of the same length, so that one write replaces the whole.
pub(super) fn write_stamp(mut lock: &File, stamp: Stamp) -> io::Result<()> {
    let Stamp { sequence, is_damaged } = stamp;
    let mark = if is_damaged { DAMAGED } else { ' ' };
    lock.rewind()?;
    lock.write_all(format!("{sequence:020}{mark}\n").as_bytes())?;
    lock.sync_all()
}
