//! sled's files: opening them, and rows in them.

use std::{
    error::Error,
    fs::{DirBuilder, File, TryLockError},
    io::{self, Read, Seek, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use ::sled::{Config, Db};

use crate::store::{
    StoreError,
    keyed::{Batch, Kv, Row, overlaid},
    keys::Range,
};

/// What sled may keep in memory, in bytes; its own default is a gigabyte.
const CACHE: u64 = 32 * 1024 * 1024;

/// How often sled tidies its segments up, in milliseconds. What is stored does not wait for it.
const TIDY_EVERY_MS: u64 = 2_000;

/// How long a lock may linger: sled's background threads let go of its file a moment after the database is closed, and a
/// process that was just started by the one before holds its files until it has begun.
const LINGERING: Duration = Duration::from_secs(2);

/// How often it is tried meanwhile.
const LINGERING_STEP: Duration = Duration::from_millis(10);

/// Where it is counted how often the store was opened and closed: here in the database, and after that in the lock file.
/// Of a damaged file sled finds what stands before the damage, be it nothing at all, and tells nobody.
const STAMP: &[u8] = b".";

/// The database knows less than was once written.
#[derive(Debug, thiserror::Error)]
#[error(
    "its files are damaged: what was stored last is missing; put a copy of the whole directory back, or move it away to begin anew"
)]
struct DamageError;

/// The flush of a group failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("what was written could not be flushed")]
pub(super) struct FlushError(#[source] Arc<dyn Error + Send + Sync>);

/// An operation panicked.
#[derive(Debug, thiserror::Error)]
#[error("the operation panicked: {0}")]
pub(super) struct PanicError(pub(super) String);

/// The open database.
pub(super) struct Disk {
    db: Db,
    /// The file that sled writes, to sync it.
    file: File,
    /// What the group has changed and is not written.
    unwritten: Batch,
    stamp: u64,
    /// Held as long as the database is open; the last field, so that it is let go last.
    lock: File,
}

impl Disk {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        create_directory(path).map_err(|cause| unusable(path, cause))?;
        let writable = || File::options().read(true).write(true).clone();
        let lock = writable().create(true).truncate(false).open(path.join("lock"));
        let lock = lock.map_err(|cause| unusable(path, cause))?;
        // sled has a lock of its own, but tells it apart from other failures only by words.
        let began = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if began.elapsed() <= LINGERING => thread::sleep(LINGERING_STEP),
                Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path: path.display().to_string() }),
                Err(TryLockError::Error(cause)) => return Err(unusable(path, cause)),
            }
        }
        let stamp = read_stamp(&lock).map_err(|cause| unusable(path, cause))?;
        if stamp > 0 && !path.join("db").exists() {
            return Err(unusable(path, DamageError));
        }
        let db = open_db(path)?;
        let found = db.get(STAMP).map_err(|cause| unusable(path, cause))?;
        let found = found.and_then(|bytes| bytes.first_chunk().copied()).map_or(0, u64::from_be_bytes);
        if found < stamp {
            return Err(unusable(path, DamageError));
        }
        let file = writable().open(path.join("db")).map_err(|cause| unusable(path, cause))?;
        sync_directory(path).map_err(|cause| unusable(path, cause))?;
        Ok(Self { db, file, unwritten: Batch::new(), stamp: found, lock })
    }

    /// Makes sure that the next to open the store notices when anything up to here is missing.
    pub(super) fn stamp(&mut self) -> Result<(), FlushError> {
        self.stamp = self.stamp.saturating_add(1);
        self.unwritten.insert(STAMP.to_vec(), Some(self.stamp.to_be_bytes().to_vec()));
        self.flush()?;
        write_stamp(&self.lock, self.stamp).map_err(|cause| FlushError(Arc::new(cause)))
    }

    /// Writes what the group has changed, and waits until it is on the disk. What fails stays to be written with the
    /// next group: the operations after it have built on it.
    pub(super) fn flush(&mut self) -> Result<(), FlushError> {
        if self.unwritten.is_empty() {
            return Ok(());
        }
        let mut batch = sled::Batch::default();
        for (key, change) in &self.unwritten {
            match change {
                Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                None => batch.remove(key.as_slice()),
            }
        }
        let written = catch_unwind(AssertUnwindSafe(|| {
            self.db.apply_batch(batch)?;
            self.db.flush()
        }));
        match written {
            Ok(Ok(_)) => {}
            Ok(Err(cause)) => return Err(FlushError(Arc::new(cause))),
            Err(panic) => return Err(FlushError(Arc::new(PanicError(words_of(panic.as_ref()))))),
        }
        self.file.sync_all().map_err(|cause| FlushError(Arc::new(cause)))?;
        self.unwritten.clear();
        Ok(())
    }
}

impl Kv for Disk {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.unwritten.get(key) {
            Some(change) => Ok(change.clone()),
            None => Ok(self.db.get(key).map_err(io_error)?.map(|value| value.to_vec())),
        }
    }

    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        overlaid(&self.unwritten, range, most, |most| {
            let rows = self.db.range(range.from.as_slice()..range.until.as_slice()).take(most);
            rows.map(|row| row.map(|(key, value)| (key.to_vec(), value.to_vec())).map_err(io_error)).collect()
        })
    }

    fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.unwritten.extend(batch);
        Ok(())
    }
}

/// Opens sled's files. sled panics on some damage, which is an error like any other here.
fn open_db(path: &Path) -> Result<Db, StoreError> {
    let config = Config::new().path(path).cache_capacity(CACHE).flush_every_ms(Some(TIDY_EVERY_MS));
    let began = Instant::now();
    loop {
        match catch_unwind(AssertUnwindSafe(|| config.open())) {
            Ok(Ok(db)) => return Ok(db),
            Ok(Err(sled::Error::Io(cause))) if cause.to_string().starts_with("could not acquire lock") => {
                if began.elapsed() > LINGERING {
                    return Err(StoreError::InUse { path: path.display().to_string() });
                }
                thread::sleep(LINGERING_STEP);
            }
            Ok(Err(cause)) => return Err(unusable(path, cause)),
            Err(panic) => return Err(unusable(path, PanicError(words_of(panic.as_ref())))),
        }
    }
}

/// What the lock file counts; nothing while it is new.
fn read_stamp(mut lock: &File) -> io::Result<u64> {
    let mut text = Vec::new();
    lock.take(32).read_to_end(&mut text)?;
    lock.rewind()?;
    Ok(str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok()).unwrap_or_default())
}

/// Always of the same length, so that one write replaces the whole.
fn write_stamp(mut lock: &File, stamp: u64) -> io::Result<()> {
    lock.rewind()?;
    lock.write_all(format!("{stamp:020}\n").as_bytes())?;
    lock.sync_all()
}

/// Creates the directory, for nobody else to read, and makes its entry durable.
fn create_directory(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_directory(parent),
        Some(_) | None => sync_directory(Path::new(".")),
    }
}

/// Makes durable which files there are in a directory.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Other systems open no directories and need not.
#[cfg(not(unix))]
fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

pub(super) fn unusable(path: &Path, cause: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Unusable { path: path.display().to_string(), cause: cause.into() }
}

fn io_error(cause: sled::Error) -> StoreError {
    StoreError::Io(Box::new(cause))
}
