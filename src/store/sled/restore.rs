//! Making the database anew from the copy of its rows.

use std::{
    error::Error,
    fs::File,
    io, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use ::sled::Db;

use super::{
    aside::{files_of, remove},
    copy,
    files::{PanicError, create_directory, open_db_within, sync_directory, unusable, words_of},
};
use crate::store::{StoreError, keyed::Batch, keys};

/// Changes that are made at once.
const AT_ONCE: usize = 128;

/// What may be held in memory meanwhile, in bytes.
const CACHE: u64 = 4 * 1024 * 1024;

/// What could be restored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Whether it is all that the copy ever said.
    pub is_whole: bool,
    /// The number of the last group of changes.
    pub(super) sequence: u64,
}

type Cause = Box<dyn Error + Send + Sync>;

/// Makes a database from this copy. What an earlier try has left there goes.
pub(super) fn restore(copy: &Path, home: &Path) -> Result<Restored, StoreError> {
    try_restoring(copy, home).map_err(|cause| unusable(home, cause))
}

fn try_restoring(copy: &Path, home: &Path) -> Result<Restored, Cause> {
    for name in files_of(home)? {
        remove(&home.join(name))?;
    }
    create_directory(home)?;
    let db = open_db_within(home, CACHE)?;
    let mut waiting = Batch::new();
    let read = copy::read::<Cause>(copy, |frame| {
        waiting.extend(frame.rows);
        if waiting.len() < AT_ONCE { Ok(()) } else { write(&db, mem::take(&mut waiting)) }
    });
    let read = match read {
        Err(cause) if cause.downcast_ref::<io::Error>().is_some_and(is_missing) => copy::Reading::default(),
        read => read?,
    };
    if !read.is_whole {
        // What is counted may be more or less than there is.
        waiting.insert(keys::counters().0, None);
    }
    write(&db, waiting)?;
    drop(db);
    File::open(home.join("db"))?.sync_all()?;
    sync_directory(home)?;
    Ok(Restored { is_whole: read.is_whole, sequence: read.sequence })
}

fn is_missing(cause: &io::Error) -> bool {
    cause.kind() == io::ErrorKind::NotFound
}

fn write(db: &Db, changes: Batch) -> Result<(), Cause> {
    let mut batch = sled::Batch::default();
    for (key, change) in changes {
        match change {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
    }
    let written = catch_unwind(AssertUnwindSafe(|| {
        db.apply_batch(batch)?;
        db.flush().map(drop)
    }));
    written.map_err(|panic| PanicError(words_of(panic.as_ref())))?.map_err(Cause::from)
}
