//! Keeping the copy of all rows: groups are appended to it, and from time to time it is begun anew.
//!
//! A copy is begun anew beside the one there is, a few rows at a time while nobody waits for the store, and takes its place
//! when it is whole. Groups go to both meanwhile. Without a copy the store works on: it is told once, and tried again.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use ::sled::Db;

use super::{
    copy::{Copy, Kind, Reading},
    files::{scan, sync_directory},
};
use crate::store::{StoreError, keyed::Batch, keys::Range};

/// The copy's file in the store's directory.
pub(super) const COPY: &str = "copy";

/// Where the next one is written.
const NEXT_COPY: &str = "copy.new";

/// Rows that are copied at once, and how many bytes of them make a frame, so that a damaged one takes few along.
const AT_ONCE: usize = 256;
const FRAME: usize = 4 * 1024;

/// A copy is begun anew when it is so many times as long as it was at first, and longer than this, in bytes.
const GROWTH: u64 = 4;
const LEAST: u64 = 16 * 1024 * 1024;

/// Whether a copy tells little of what lives any more by the length that it had at first.
const fn is_outgrown(length: u64, first_length: u64) -> bool {
    length > first_length.saturating_mul(GROWTH)
}

/// How many bytes live in a database by the length of its copy: what that began with, or all of it where that has been
/// outgrown (a store that was filled in one go began with nothing).
pub(super) const fn living(length: u64, first_length: u64) -> u64 {
    if is_outgrown(length, first_length) { length } else { first_length }
}

/// How long nothing is tried after the copy could not be written.
const REST: Duration = Duration::from_secs(60);

/// What there is of copies.
pub(super) struct Copies {
    home: PathBuf,
    current: Option<Current>,
    renewal: Option<Renewal>,
    /// When it could not be written last.
    failed: Option<Instant>,
}

/// The copy there is.
struct Current {
    copy: Copy,
    /// How long it was when it was whole.
    first_length: u64,
}

/// A copy that is being begun.
struct Renewal {
    copy: Copy,
    /// What is not copied yet.
    rest: Range,
}

impl Copies {
    /// Goes on with the copy that was read when the database was opened, if it tells all up to there.
    pub(super) fn resume(home: &Path, read: Option<Reading>, sequence: u64) -> Self {
        let read = read.filter(|read| read.is_whole && read.sequence == sequence);
        let current = read.and_then(|read| {
            let copy = Copy::resume(&home.join(COPY), &read).ok()?;
            Some(Current { copy, first_length: read.first_length })
        });
        Self { home: home.to_owned(), current, renewal: None, failed: None }
    }

    /// Writes down what a group has changed, which is on the disk.
    pub(super) fn append(&mut self, sequence: u64, changes: &Batch) {
        let rows = || changes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()));
        if let Some(Renewal { copy, .. }) = &mut self.renewal
            && let Err(cause) = copy.append(Kind::Rows, sequence, rows())
        {
            self.fail(&cause);
        }
        if let Some(Current { copy, .. }) = &mut self.current
            && let Err(cause) = copy.append(Kind::Rows, sequence, rows())
        {
            // It stays where it is: what is old is better than nothing, and it is known to be old.
            self.current = None;
            self.fail(&cause);
        }
    }

    /// Notes that all up to this group was found in the database.
    pub(super) fn note_checked(&mut self, sequence: u64) {
        if let Some(Current { copy, .. }) = &mut self.current
            && let Err(cause) = copy.append(Kind::Checked, sequence, [])
        {
            self.current = None;
            self.fail(&cause);
        }
    }

    /// From now on there is none that tells all: the database has something that was not written down.
    pub(super) fn outdate(&mut self) {
        (self.current, self.renewal) = (None, None);
    }

    /// Whether there is anything for [`Copies::step`] to do.
    pub(super) fn has_work(&self) -> bool {
        let rests = self.failed.is_some_and(|failed| failed.elapsed() < REST);
        let is_grown = |Current { copy, first_length }: &Current| {
            copy.length() > LEAST && is_outgrown(copy.length(), *first_length)
        };
        self.renewal.is_some() || (!rests && self.current.as_ref().is_none_or(is_grown))
    }

    /// Whether there is a copy that tells all.
    pub(super) const fn is_there(&self) -> bool {
        self.current.is_some()
    }

    /// How many bytes live in the database; `None` where no copy tells.
    pub(super) fn living(&self) -> Option<u64> {
        self.current.as_ref().map(|Current { copy, first_length }| living(copy.length(), *first_length))
    }

    /// Copies a few rows, of a database that has nothing unwritten.
    ///
    /// # Errors
    ///
    /// What reading the database fails with. That the copy cannot be written is told and no error.
    pub(super) fn step(&mut self, db: &Db, sequence: u64) -> Result<(), StoreError> {
        if self.renewal.is_none() {
            match Copy::create(&self.home.join(NEXT_COPY)) {
                Ok(copy) => self.renewal = Some(Renewal { copy, rest: Range::all() }),
                Err(cause) => {
                    self.fail(&cause);
                    return Ok(());
                }
            }
        }
        let Some(Renewal { copy, rest }) = &mut self.renewal else { return Ok(()) };
        let rows = match scan(db, rest, AT_ONCE) {
            Ok(rows) => rows,
            Err(error) => {
                // The copy there is has what cannot be read.
                self.renewal = None;
                return Err(error);
            }
        };
        let mut written = Ok(());
        let mut bytes = 0;
        let frames = rows.chunk_by(|(key, value), _| {
            bytes += key.len() + value.len();
            let is_full = bytes >= FRAME;
            bytes = if is_full { 0 } else { bytes };
            !is_full
        });
        for frame in frames {
            let rows = frame.iter().map(|(key, value)| (key.as_slice(), Some(value.as_slice())));
            written = written.and_then(|()| copy.append(Kind::Rows, sequence, rows));
        }
        let left = rows.last().and_then(|(last, _)| rest.clone().rest(last)).filter(|_| rows.len() >= AT_ONCE);
        let done = match (written, left) {
            (Ok(()), Some(left)) => {
                *rest = left;
                Ok(())
            }
            (Ok(()), None) => self.finish(sequence),
            (Err(cause), _) => Err(cause),
        };
        if let Err(cause) = done {
            self.fail(&cause);
        }
        Ok(())
    }

    /// The new copy is whole: it takes the place of the old one.
    fn finish(&mut self, sequence: u64) -> io::Result<()> {
        let Some(Renewal { mut copy, .. }) = self.renewal.take() else { return Ok(()) };
        copy.append(Kind::Whole, sequence, [])?;
        copy.sync()?;
        fs::rename(self.home.join(NEXT_COPY), self.home.join(COPY))?;
        sync_directory(&self.home)?;
        if self.failed.take().is_some() {
            tracing::info!("there is a copy of the store again");
        }
        let first_length = copy.length();
        self.current = Some(Current { copy, first_length });
        Ok(())
    }

    /// Waits until the copy is on the disk.
    pub(super) fn sync(&mut self) {
        if let Some(Current { copy, .. }) = &self.current
            && let Err(cause) = copy.sync()
        {
            self.current = None;
            self.fail(&cause);
        }
    }

    fn fail(&mut self, cause: &io::Error) {
        if self.failed.is_none() {
            let cause = cause as &dyn Error;
            tracing::error!(
                cause,
                "the copy of the store cannot be written; the store itself works on, and it is tried again"
            );
        }
        self.failed = Some(Instant::now());
        self.renewal = None;
        // What was begun is of no use; where it cannot be removed either, the next one is written in its place.
        fs::remove_file(self.home.join(NEXT_COPY)).ok();
    }
}
