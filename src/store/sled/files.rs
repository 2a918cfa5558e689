//! Opening sled's files and reading them, and what their failures say.

use std::{
    error::Error,
    fs::{DirBuilder, File, TryLockError, remove_file},
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use ::sled::{Config, Db};

use crate::store::{StoreError, keyed::Row, keys::Range};

/// What sled may keep in memory, in bytes; its own default is a gigabyte.
const CACHE: u64 = 32 * 1024 * 1024;

/// How often sled tidies its segments up, in milliseconds. What is stored does not wait for it.
const TIDY_EVERY_MS: u64 = 2_000;

/// How long a lock may linger: sled's background threads let go of its file a moment after the database is closed, and a
/// process that was just started by the one before holds its files until it has begun.
const LINGERING: Duration = Duration::from_secs(2);

/// How often it is tried meanwhile.
const LINGERING_STEP: Duration = Duration::from_millis(10);

/// What must fit onto the disk before the database is opened anew: its next segment, and what sled writes at its start.
const ROOM: usize = 2 * 1024 * 1024;

/// What sled says of its files, or finds in them, cannot be.
#[derive(Debug, thiserror::Error)]
#[error("the database is damaged: {0}")]
pub(super) struct RuinError(pub(super) String);

/// An operation panicked.
#[derive(Debug, thiserror::Error)]
#[error("the operation panicked: {0}")]
pub(super) struct PanicError(pub(super) String);

/// The value at a key.
pub(super) fn get(db: &Db, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    reading(|| Ok(db.get(key)?.map(|value| value.to_vec())))
}

/// The first rows of a range.
pub(super) fn scan(db: &Db, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
    reading(|| {
        let rows = db.range(range.from.as_slice()..range.until.as_slice()).take(most);
        rows.map(|row| row.map(|(key, value)| (key.to_vec(), value.to_vec()))).collect()
    })
}

/// Reads something of sled's, which panics over some damage.
pub(super) fn reading<T>(read: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(cause)) => Err(StoreError::Io(Box::new(cause))),
        Err(panic) => Err(StoreError::Io(Box::new(RuinError(words_of(panic.as_ref()))))),
    }
}

/// Takes the lock of the store in a directory. sled has one of its own, but tells it apart from other failures only by
/// words.
pub(super) fn take_lock(path: &Path) -> Result<File, StoreError> {
    let lock = File::options().read(true).write(true).create(true).truncate(false).open(path.join("lock"));
    let lock = lock.map_err(|cause| unusable(path, cause))?;
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if began.elapsed() <= LINGERING => thread::sleep(LINGERING_STEP),
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path: path.display().to_string() }),
            Err(TryLockError::Error(cause)) => return Err(unusable(path, cause)),
        }
    }
}

/// Opens sled's files. sled panics on some damage, which is an error like any other here.
pub(super) fn open_db(path: &Path) -> Result<Db, StoreError> {
    open_db_within(path, CACHE)
}

/// As [`open_db`], for who writes much once and reads little of it: what is held in memory, in bytes, is hardly given back
/// to the system.
pub(super) fn open_db_within(path: &Path, cache: u64) -> Result<Db, StoreError> {
    let config = Config::new().path(path).cache_capacity(cache).flush_every_ms(Some(TIDY_EVERY_MS));
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
            Ok(Err(cause)) if is_damage(&cause) => return Err(ruined(path, cause)),
            Ok(Err(cause)) => return Err(unusable(path, cause)),
            Err(panic) => {
                let words = words_of(panic.as_ref());
                return Err(if is_of_system(&words) {
                    unusable(path, PanicError(words))
                } else {
                    ruined(path, RuinError(words))
                });
            }
        }
    }
}

/// Whether a panic says that the system refused something, such as another thread: that says nothing about the files.
pub(super) fn is_of_system(words: &str) -> bool {
    words.contains("Os {")
}

/// Whether this says that sled's files are damaged, and not that they cannot be reached now.
///
/// What the system refuses (rights, space, a failing disk) is no damage, nor is a database of another version of sled.
pub(super) fn is_damage(cause: &(dyn Error + 'static)) -> bool {
    match cause.downcast_ref::<sled::Error>() {
        Some(sled::Error::Corruption { .. } | sled::Error::ReportableBug(_) | sled::Error::CollectionNotFound(_)) => {
            true
        }
        Some(sled::Error::Io(cause)) => {
            matches!(cause.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
        }
        Some(sled::Error::Unsupported(_)) => false,
        None => cause.is::<RuinError>(),
    }
}

/// Whether the disk takes what the database will need when it is opened anew.
pub(super) fn has_room(path: &Path) -> io::Result<()> {
    let probe = path.join("probe");
    let tried = File::create(&probe).and_then(|mut file| {
        file.write_all(&vec![0; ROOM])?;
        file.sync_all()
    });
    let removed = remove_file(&probe);
    tried.and(removed)
}

/// Creates the directory, for nobody else to read, and makes its entry durable.
pub(super) fn create_directory(path: &Path) -> io::Result<()> {
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
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Other systems open no directories and need not.
#[cfg(not(unix))]
pub(super) fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

pub(super) fn unusable(path: &Path, cause: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Unusable { path: path.display().to_string(), cause: cause.into() }
}

pub(super) fn ruined(path: &Path, cause: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Ruined { path: path.display().to_string(), cause: cause.into() }
}
