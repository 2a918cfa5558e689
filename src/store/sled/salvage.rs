//! Reading what can be read of a damaged store.
//!
//! sled may panic, end the process or never come back over damaged files: this is for a process of its own.

use std::path::Path;

use ::sled::Db;

use super::files::{get, open_db, reading, scan};
use crate::store::{
    Kept, StoreError,
    keyed::{Batch, Draft, Kv, Row},
    keys::Range,
    operations::kept::{Reader, shelves},
    record::Counters,
};

/// What was read of a damaged store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Things that could be read.
    pub read: usize,
    /// Rows that were found and could not be understood.
    pub unreadable: usize,
    /// Stretches that could not be reached.
    pub gaps: usize,
}

/// The files that are left of a database; nothing is written to it.
struct Wreck(Db);

impl Kv for Wreck {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        get(&self.0, key)
    }

    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        scan(&self.0, range, most)
    }

    fn write(&mut self, _: Batch) -> Result<(), StoreError> {
        Err(StoreError::Closed)
    }
}

/// Hands over what can be read of the damaged store whose files are in this directory.
///
/// # Errors
///
/// [`StoreError::Ruined`] when nothing at all can be read; otherwise what `take` fails with.
pub fn salvage<E: From<StoreError>>(
    directory: &Path,
    mut take: impl FnMut(Kept) -> Result<(), E>,
) -> Result<Salvaged, E> {
    let wreck = Wreck(open_db(directory)?);
    let mut salvaged = Salvaged::default();
    for (range, reader) in shelves() {
        let Some(behind) = stretch(&wreck, &range, false, reader, &mut salvaged, &mut take)? else { continue };
        salvaged.gaps += 1;
        // Something in its midst cannot be reached: what stands behind it can, from the other end.
        let rest = match behind {
            Some(last) => range.rest(&last),
            None => Some(range),
        };
        if let Some(rest) = rest {
            stretch(&wreck, &rest, true, reader, &mut salvaged, &mut take)?;
        }
    }
    Ok(salvaged)
}

/// Reads a range from one end as far as it can be reached. `None`: to its other end; else the last key there was, if any.
fn stretch<E>(
    wreck: &Wreck,
    range: &Range,
    is_backwards: bool,
    reader: Reader,
    salvaged: &mut Salvaged,
    take: &mut impl FnMut(Kept) -> Result<(), E>,
) -> Result<Option<Option<Vec<u8>>>, E> {
    let draft = Draft::new(wreck, Counters::default());
    let mut rows = wreck.0.range(range.from.as_slice()..range.until.as_slice());
    let mut last = None;
    loop {
        let row = reading(|| if is_backwards { rows.next_back().transpose() } else { rows.next().transpose() });
        let key = match row {
            Ok(Some((key, _))) => key.to_vec(),
            Ok(None) => return Ok(None),
            Err(_) => return Ok(Some(last)),
        };
        let whole = draft.get(&crate::store::keys::Key(key.clone()));
        match whole.and_then(|bytes| reader(&draft, &key, &bytes.unwrap_or_default())) {
            Ok(kept) => {
                for one in kept {
                    take(one)?;
                    salvaged.read += 1;
                }
            }
            Err(_) => salvaged.unreadable += 1,
        }
        last = Some(key);
    }
}
