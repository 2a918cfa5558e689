//! Whether the database has what its copy says, where sled itself would not notice.
//!
//! When it opens, sled reads its log from where it last noted how everything stands, which is where it was last opened. Of a
//! part that is damaged it passes over the rest of the segment and says nothing (0.34.7, `LogIter::next` in its last stage).
//! So what was changed since then is looked up. What stands before that it reads by checksum whenever it is asked for.

use std::{collections::HashMap, io, path::Path};

use ::sled::Db;

use super::{
    copy::{Frame, Frames, Kind},
    files::get,
};
use crate::store::{StoreError, keyed::Batch};

/// Rows that are looked up at once.
const AT_ONCE: usize = 256;

/// What was changed lately, by hashes of key and last value, so that it is small; and the number of the group.
#[derive(Default)]
pub(super) struct Changed(HashMap<u64, (u64, u64)>);

impl Changed {
    /// Takes in a frame of the copy, from the first to the last. `is_noted`: what was checked before is as sled has noted it.
    pub(super) fn take(&mut self, frame: &Frame, is_noted: bool) {
        match frame.kind {
            Kind::Checked if is_noted => self.0.retain(|_, (_, sequence)| *sequence > frame.sequence),
            Kind::Rows | Kind::Whole | Kind::Checked => {}
        }
        let rows = frame.rows.iter();
        self.0.extend(rows.map(|(key, value)| (hash(key), (value_hash(value.as_deref()), frame.sequence))));
    }
}

/// How far it is looked up.
pub(super) struct Check {
    frames: Frames,
    changed: Changed,
}

/// What a step has shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// What was looked up is there; there is more.
    More,
    /// All is there.
    All,
    /// Something is not as it was written.
    Missing,
}

impl Check {
    /// Begins, with the copy that all of this was read from.
    pub(super) fn begin(copy: &Path, changed: Changed) -> io::Result<Self> {
        Ok(Self { frames: Frames::of(copy)?, changed })
    }

    /// These are changed again: what they were matters no more.
    pub(super) fn pass_over(&mut self, changes: &Batch) {
        for key in changes.keys() {
            self.changed.0.remove(&hash(key));
        }
    }

    /// Looks a few rows up.
    ///
    /// # Errors
    ///
    /// What reading the database fails with.
    pub(super) fn step(&mut self, db: &Db) -> Result<Checked, StoreError> {
        let mut looked_up = 0;
        while looked_up < AT_ONCE {
            let frame = match self.frames.next() {
                Ok(Some(frame)) if !self.changed.0.is_empty() => frame,
                Ok(_) => return Ok(Checked::All),
                Err(cause) => return Err(StoreError::Io(Box::new(cause))),
            };
            for (key, value) in frame.rows {
                // Only the last value is to be there.
                let (key_hash, value_hash) = (hash(&key), value_hash(value.as_deref()));
                if self.changed.0.get(&key_hash).is_none_or(|(last, _)| *last != value_hash) {
                    continue;
                }
                self.changed.0.remove(&key_hash);
                looked_up += 1;
                if get(db, &key)? != value {
                    return Ok(Checked::Missing);
                }
            }
        }
        Ok(Checked::More)
    }
}

fn value_hash(value: Option<&[u8]>) -> u64 {
    value.map_or(0, hash)
}

/// FNV-1a, 64 bit.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
