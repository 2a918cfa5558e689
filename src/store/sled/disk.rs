//! sled's files: opening them, and rows in them.

use std::{
    error::Error,
    fs::{DirBuilder, File, TryLockError, remove_file},
    io::{self, Read, Seek, Write},
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
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

/// What must fit onto the disk before the database is opened anew: its next segment, and what sled writes at its start.
const ROOM: usize = 2 * 1024 * 1024;

/// The database knows less than was once written.
#[derive(Debug, thiserror::Error)]
#[error("what was stored last is missing")]
struct MissingError;

/// sled panicked over what it found in its files.
#[derive(Debug, thiserror::Error)]
#[error("sled cannot make sense of its files: {0}")]
struct RuinError(String);

/// The flush of a group failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("nothing can be written now")]
pub(super) struct FlushError(#[source] Arc<dyn Error + Send + Sync>);

impl FlushError {
    pub(super) fn new(cause: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(cause))
    }
}

/// An operation panicked.
#[derive(Debug, thiserror::Error)]
#[error("the operation panicked: {0}")]
pub(super) struct PanicError(pub(super) String);

/// The open database.
pub(super) struct Disk {
    path: PathBuf,
    /// `None` while it could not be opened anew.
    db: Option<Db>,
    /// The file that sled writes, to sync it.
    file: File,
    /// What the group has changed and is not written.
    unwritten: Batch,
    /// What stands on the disk where a group that could not be written has changed it in sled's memory.
    durable: Batch,
    stamp: u64,
    /// Held as long as the database is open; the last field, so that it is let go last.
    lock: File,
}

impl Disk {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        create_directory(path).map_err(|cause| unusable(path, cause))?;
        let lock = take_lock(path)?;
        let stamp = read_stamp(&lock).map_err(|cause| unusable(path, cause))?;
        let (db, file, stamp) = open_from(path, stamp)?;
        sync_directory(path).map_err(|cause| unusable(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            db: Some(db),
            file,
            unwritten: Batch::new(),
            durable: Batch::new(),
            stamp,
            lock,
        })
    }

    /// Opens the database again where its last group has ended. One that has met an error writes nothing any more.
    pub(super) fn reopen(&mut self) -> Result<(), StoreError> {
        has_room(&self.path).map_err(|cause| unusable(&self.path, cause))?;
        drop(self.db.take());
        let (db, file, _) = open_from(&self.path, self.stamp)?;
        (self.db, self.file) = (Some(db), file);
        self.durable.clear();
        Ok(())
    }

    fn db(&self) -> Result<&Db, StoreError> {
        self.db.as_ref().ok_or_else(|| StoreError::Io("it could not be opened anew yet".into()))
    }

    /// Makes sure that the next to open the store notices when anything up to here is missing.
    pub(super) fn stamp(&mut self) -> Result<(), FlushError> {
        let stamp = self.stamp.saturating_add(1);
        self.unwritten.insert(STAMP.to_vec(), Some(stamp.to_be_bytes().to_vec()));
        self.flush()?;
        self.stamp = stamp;
        write_stamp(&self.lock, stamp).map_err(FlushError::new)
    }

    /// Writes what the group has changed, and waits until it is on the disk. What fails is forgotten, and the database
    /// must be opened anew: only then is it known what of it was written.
    pub(super) fn flush(&mut self) -> Result<(), FlushError> {
        let changes = mem::take(&mut self.unwritten);
        if changes.is_empty() {
            return Ok(());
        }
        // sled applies a batch in its memory before it writes it, and does not take it back.
        let before = changes.keys().map(|key| Ok((key.clone(), self.get(key)?))).collect::<Result<Batch, StoreError>>();
        let before = before.map_err(FlushError::new)?;
        self.apply(&changes).inspect_err(|_| self.durable.extend(before))
    }

    fn apply(&self, changes: &Batch) -> Result<(), FlushError> {
        let db = self.db().map_err(FlushError::new)?;
        let mut batch = sled::Batch::default();
        for (key, change) in changes {
            match change {
                Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                None => batch.remove(key.as_slice()),
            }
        }
        let written = catch_unwind(AssertUnwindSafe(|| {
            db.apply_batch(batch)?;
            db.flush()
        }));
        match written {
            Ok(Ok(_)) => {}
            Ok(Err(cause)) => return Err(FlushError::new(cause)),
            Err(panic) => return Err(FlushError::new(PanicError(words_of(panic.as_ref())))),
        }
        self.file.sync_all().map_err(FlushError::new)
    }
}

impl Kv for Disk {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.unwritten.get(key).or_else(|| self.durable.get(key)) {
            Some(change) => Ok(change.clone()),
            None => get(self.db()?, key),
        }
    }

    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        let db = self.db()?;
        overlaid(&self.unwritten, range, most, |most| {
            overlaid(&self.durable, range, most, |most| scan(db, range, most))
        })
    }

    fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.unwritten.extend(batch);
        Ok(())
    }
}

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

/// The database with its file, unless it knows less than it did at this stamp; and the stamp that it knows.
fn open_from(path: &Path, stamp: u64) -> Result<(Db, File, u64), StoreError> {
    if stamp > 0 && !path.join("db").exists() {
        return Err(ruined(path, MissingError));
    }
    let db = open_db(path)?;
    let found = get(&db, STAMP).map_err(|error| {
        let is_ruined = matches!(&error, StoreError::Io(cause) if is_damage(cause.as_ref()));
        if is_ruined { ruined(path, error) } else { unusable(path, error) }
    })?;
    let found = found.and_then(|bytes| bytes.first_chunk().copied()).map_or(0, u64::from_be_bytes);
    if found < stamp {
        return Err(ruined(path, MissingError));
    }
    let file = File::options().read(true).write(true).open(path.join("db")).map_err(|cause| unusable(path, cause))?;
    Ok((db, file, found))
}

/// Opens sled's files. sled panics on some damage, which is an error like any other here.
pub(super) fn open_db(path: &Path) -> Result<Db, StoreError> {
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
            Ok(Err(cause)) if is_damage(&cause) => return Err(ruined(path, cause)),
            Ok(Err(cause)) => return Err(unusable(path, cause)),
            Err(panic) => {
                let words = words_of(panic.as_ref());
                // The system refused something, such as another thread: that says nothing about the files.
                let is_of_system = words.contains("Os {");
                return Err(if is_of_system {
                    unusable(path, PanicError(words))
                } else {
                    ruined(path, RuinError(words))
                });
            }
        }
    }
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
fn has_room(path: &Path) -> io::Result<()> {
    let probe = path.join("probe");
    let tried = File::create(&probe).and_then(|mut file| {
        file.write_all(&vec![0; ROOM])?;
        file.sync_all()
    });
    let removed = remove_file(&probe);
    tried.and(removed)
}

/// What the lock file counts; nothing while it is new.
fn read_stamp(mut lock: &File) -> io::Result<u64> {
    let mut text = Vec::new();
    lock.take(32).read_to_end(&mut text)?;
    lock.rewind()?;
    Ok(str::from_utf8(&text).ok().and_then(|text| text.trim().parse().ok()).unwrap_or_default())
}

/// Always of the same length, so that one write replaces the whole.
pub(super) fn write_stamp(mut lock: &File, stamp: u64) -> io::Result<()> {
    lock.rewind()?;
    lock.write_all(format!("{stamp:020}\n").as_bytes())?;
    lock.sync_all()
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
