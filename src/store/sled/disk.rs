//! The database and what is kept beside it: opening them, and rows in them.
//!
//! Of a damaged file sled finds what stands before the damage, be it nothing at all, and tells nobody. So every group has a
//! number, which is written with it, to the copy behind it, and now and then to the lock file.

use std::{
    cell::Cell,
    error::Error,
    fs::File,
    io, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use ::sled::Db;

use super::{
    aside::Aside,
    check::{Changed, Check, Checked},
    copies::{COPY, Copies, living},
    copy::{self, Reading},
    files::{
        PanicError, RuinError, create_directory, get, has_room, is_damage, is_of_system, open_db, ruined, scan,
        sync_directory, take_lock, unusable, words_of,
    },
    notes,
    restore::{Restored, restore},
    stamp::{Stamp, read_stamp, write_stamp},
};
use crate::store::{
    StoreError,
    keyed::{Batch, Kv, Row, overlaid},
    keys::Range,
};

/// Where the number of the last group stands.
const SEQUENCE: &[u8] = b".";

/// How often it is written to the lock file while groups are written.
const STAMP_EVERY: Duration = Duration::from_secs(60);

/// A database is made anew when its file is longer than this, in bytes, and so many times as long as what lives in it:
/// sled gives nothing back. Source: measured; 100,000 subscriptions after a million changes are 20 MB in 108.
const GROWN: u64 = 64 * 1024 * 1024;
const GROWTH: u64 = 10;

/// How long it is not tried again to make it anew while it is used.
const REMAKE_REST: Duration = Duration::from_secs(3_600);

/// How many steps a check goes before the store is used; the rest comes meanwhile, so that a start is quick.
const CHECKED_AT_OPENING: usize = 64;

/// Rows that are read at once where all are.
const AT_ONCE: usize = 512;

/// The database knows less than was once written.
#[derive(Debug, thiserror::Error)]
#[error("what was stored last is missing")]
struct MissingError;

/// There is nothing that tells all that was in the database.
#[derive(Debug, thiserror::Error)]
#[error("it has no copy that tells all; the next start saves what can be read")]
struct NoCopyError;

/// The flush of a group failed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("nothing can be written now")]
pub(super) struct FlushError(#[source] Arc<dyn Error + Send + Sync>);

impl FlushError {
    pub(super) fn new(cause: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(cause))
    }
}

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
    /// The number of the last group.
    sequence: u64,
    /// Whether what the copy says up to a group is there; `None`: that is known.
    check: Option<(Check, u64)>,
    copies: Copies,
    /// Something could not be read because it is damaged.
    is_damaged: Cell<bool>,
    /// Nothing can be done about it before the next start.
    is_given_up: bool,
    /// The database has grown far beyond what lives in it.
    is_grown: bool,
    /// When it was tried last to make it anew for that.
    remade: Option<Instant>,
    stamped: Instant,
    /// Held as long as the database is open; the last field, so that it is let go last.
    lock: File,
}

impl Disk {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let unusable = |cause| unusable(path, cause);
        create_directory(path).map_err(unusable)?;
        let lock = take_lock(path)?;
        if let Some(aside) = Aside::grown(path, &lock).map_err(unusable)? {
            remake(aside, &lock).map_err(unusable)?;
        }
        let stamp = read_stamp(&lock).map_err(unusable)?;
        let put_away = notes::put_bad_ones_away(path).map_err(unusable)?;
        let is_noted = put_away.is_empty() && notes::has_snapshot(path).map_err(unusable)?;
        let (read, changed) = read_copy(path, is_noted).map_err(unusable)?;
        let (mut db, mut file, sequence) = open_from(path, stamp, read)?;
        if !put_away.is_empty() {
            read_all(&db).map_err(|error| judged(path, error))?;
            tracing::error!(?put_away, "what the database notes beside its data was damaged; the data are whole");
        }
        let mut read = read.filter(|read| read.is_whole && read.sequence == sequence);
        let length = file.metadata().map_err(unusable)?.len();
        if read.is_some_and(|read| has_grown(length, living(read.length, read.first_length))) {
            drop(db);
            write_stamp(&lock, Stamp { sequence, is_damaged: false }).map_err(unusable)?;
            let aside = Aside::begin_remake(path, &lock).map_err(unusable)?;
            remake(aside, &lock).map_err(unusable)?;
            read = None;
            (db, file, _) = open_from(path, Stamp { sequence, is_damaged: false }, None)?;
        }
        let mut copies = Copies::resume(path, read, sequence);
        let check = read.and_then(|_| Check::begin(&path.join(COPY), changed).ok());
        let mut check = check.map(|check| (check, sequence));
        check_some(&mut check, &db, &mut copies, CHECKED_AT_OPENING).map_err(|error| judged(path, error))?;
        sync_directory(path).map_err(unusable)?;
        Ok(Self {
            path: path.to_owned(),
            db: Some(db),
            check,
            file,
            unwritten: Batch::new(),
            durable: Batch::new(),
            sequence,
            copies,
            is_damaged: Cell::new(false),
            is_given_up: false,
            is_grown: false,
            remade: None,
            stamped: Instant::now(),
            lock,
        })
    }

    /// Opens the database again where its last group has ended. One that has met an error writes nothing any more.
    pub(super) fn reopen(&mut self) -> Result<(), StoreError> {
        has_room(&self.path).map_err(|cause| unusable(&self.path, cause))?;
        drop(self.db.take());
        // It was being made anew when something failed.
        if let Some(aside) = Aside::grown(&self.path, &self.lock).map_err(|cause| unusable(&self.path, cause))? {
            remake(aside, &self.lock).map_err(|cause| unusable(&self.path, cause))?;
        }
        let stamp = Stamp { sequence: self.sequence, is_damaged: false };
        let opened = match self.unfinished()? {
            None => open_from(&self.path, stamp, None),
            Some(_) => Err(ruined(&self.path, MissingError)),
        };
        let (db, file, sequence) = match opened {
            Ok(opened) => opened,
            Err(StoreError::Ruined { .. }) => return self.rebuild(),
            Err(error) => return Err(error),
        };
        if sequence > self.sequence {
            // The group of which it was not known is there, and nobody has written it down.
            (self.check, self.sequence) = (None, sequence);
            self.copies.outdate();
        }
        (self.db, self.file) = (Some(db), file);
        self.durable.clear();
        Ok(())
    }

    /// Whether something could not be read because it is damaged, and it can be made anew. Where it cannot, the next start
    /// does what can be done.
    pub(super) fn wants_rebuild(&mut self) -> bool {
        if !self.is_damaged.get() || self.is_given_up {
            return false;
        }
        if !self.copies.is_there() {
            self.is_given_up = true;
            let noted = self.write_stamp(true);
            tracing::error!(
                ?noted,
                "a part of the store is damaged and has no copy; the next start saves what can be read"
            );
        }
        !self.is_given_up
    }

    /// Makes the database anew from its copy and leaves the damaged files beside it.
    pub(super) fn rebuild(&mut self) -> Result<(), StoreError> {
        self.copies.sync();
        let is_copied = self.copies.is_there();
        drop(self.db.take());
        self.write_stamp(true).map_err(|cause| unusable(&self.path, cause))?;
        let aside = match self.unfinished()? {
            Some(aside) => aside,
            None if is_copied => self.begin_aside().map_err(|cause| unusable(&self.path, cause))?,
            None => return Err(ruined(&self.path, NoCopyError)),
        };
        self.check = None;
        self.copies.outdate();
        let restored = restore(&aside.directory().join(COPY), &self.path)?;
        if !restored.is_whole || restored.sequence < self.sequence {
            return Err(ruined(&self.path, NoCopyError));
        }
        let stamp = Stamp { sequence: self.sequence, is_damaged: false };
        let (db, file, _) = open_from(&self.path, stamp, None)?;
        let moved_to = aside.directory().display().to_string();
        aside.finish().map_err(|cause| unusable(&self.path, cause))?;
        (self.db, self.file) = (Some(db), file);
        self.durable.clear();
        self.is_damaged.set(false);
        tracing::error!(moved_to, "the store was damaged; all of it was restored from its copy");
        self.write_stamp(false).map_err(|cause| unusable(&self.path, cause))
    }

    /// Whether the database is to be made anew for having grown, and can be: there is a copy of all that is written.
    pub(super) fn wants_remake(&self) -> bool {
        let rests = self.remade.is_some_and(|tried| tried.elapsed() < REMAKE_REST);
        let is_well =
            self.db.is_some() && self.unwritten.is_empty() && self.durable.is_empty() && !self.is_damaged.get();
        self.is_grown && !rests && is_well && self.check.is_none() && self.copies.is_there()
    }

    /// Makes the database anew that has grown far beyond what lives in it. Who asks something meanwhile waits: for a second
    /// or two with 100,000 subscriptions.
    pub(super) fn remake(&mut self) -> Result<(), StoreError> {
        let unusable = |cause| unusable(&self.path, cause);
        self.remade = Some(Instant::now());
        self.copies.sync();
        if !self.copies.is_there() {
            return Ok(());
        }
        self.is_grown = false;
        let stamp = Stamp { sequence: self.sequence, is_damaged: false };
        write_stamp(&self.lock, stamp).map_err(unusable)?;
        drop(self.db.take());
        self.copies.outdate();
        remake(Aside::begin_remake(&self.path, &self.lock).map_err(unusable)?, &self.lock).map_err(unusable)?;
        let (db, file, _) = open_from(&self.path, stamp, None)?;
        (self.db, self.file) = (Some(db), file);
        self.write_stamp(false).map_err(|cause| super::files::unusable(&self.path, cause))
    }

    fn unfinished(&self) -> Result<Option<Aside>, StoreError> {
        Aside::continued(&self.path, &self.lock).map_err(|cause| unusable(&self.path, cause))
    }

    fn begin_aside(&self) -> io::Result<Aside> {
        // It was written a moment ago: there is no other clock here.
        let now = self.lock.metadata()?.modified()?;
        Aside::begin_with(&self.path, &self.lock, now.into())
    }

    /// Whether anything is left to be copied.
    pub(super) fn has_work(&self) -> bool {
        let is_well =
            self.db.is_some() && self.unwritten.is_empty() && self.durable.is_empty() && !self.is_damaged.get();
        is_well && (self.check.is_some() || self.copies.has_work())
    }

    /// Checks or copies a few rows.
    pub(super) fn work(&mut self) {
        let Some(db) = &self.db else { return };
        let worked = match self.check {
            // The copy is to stay as it is until all of it is looked up.
            Some(_) => check_some(&mut self.check, db, &mut self.copies, 1),
            None => self.copies.step(db, self.sequence),
        };
        if let Err(error) = worked {
            self.check = None;
            self.note_damage(&error);
        }
    }

    /// Notes it when this says that something is damaged.
    fn note_damage(&self, error: &StoreError) {
        if let StoreError::Io(cause) = error
            && is_damage(cause.as_ref())
        {
            self.is_damaged.set(true);
        }
    }

    fn noted<T>(&self, read: Result<T, StoreError>) -> Result<T, StoreError> {
        read.inspect_err(|error| self.note_damage(error))
    }

    fn db(&self) -> Result<&Db, StoreError> {
        self.db.as_ref().ok_or_else(|| StoreError::Io("it could not be opened anew yet".into()))
    }

    /// Makes sure that the next to open the store notices when anything up to here is missing.
    pub(super) fn stamp(&mut self) -> Result<(), FlushError> {
        self.flush()?;
        self.copies.sync();
        self.write_stamp(self.is_damaged.get()).map_err(FlushError::new)
    }

    /// Does for the last time what is to be done: there is a copy, and it is known how far all was written.
    pub(super) fn close(&mut self) -> Result<(), FlushError> {
        self.flush()?;
        while !self.copies.is_there() && self.has_work() {
            self.work();
        }
        self.stamp()
    }

    fn write_stamp(&mut self, is_damaged: bool) -> io::Result<()> {
        self.stamped = Instant::now();
        write_stamp(&self.lock, Stamp { sequence: self.sequence, is_damaged })
    }

    /// Writes what the group has changed, and waits until it is on the disk. What fails is forgotten, and the database
    /// must be opened anew: only then is it known what of it was written.
    pub(super) fn flush(&mut self) -> Result<(), FlushError> {
        let mut changes = mem::take(&mut self.unwritten);
        if changes.is_empty() {
            return Ok(());
        }
        let sequence = self.sequence.saturating_add(1);
        changes.insert(SEQUENCE.to_vec(), Some(sequence.to_be_bytes().to_vec()));
        // sled applies a batch in its memory before it writes it, and does not take it back.
        let before = changes.keys().map(|key| Ok((key.clone(), self.get(key)?))).collect::<Result<Batch, StoreError>>();
        let before = before.map_err(FlushError::new)?;
        self.apply(&changes).inspect_err(|_| self.durable.extend(before))?;
        self.sequence = sequence;
        if let Some((check, _)) = &mut self.check {
            check.pass_over(&changes);
        }
        self.copies.append(sequence, &changes);
        if self.stamped.elapsed() >= STAMP_EVERY {
            self.copies.sync();
            let length = self.file.metadata().map_or(0, |file| file.len());
            self.is_grown = self.copies.living().is_some_and(|living| has_grown(length, living));
            if let Err(cause) = self.write_stamp(false) {
                let cause = &cause as &dyn Error;
                tracing::warn!(cause, "how far the store was written cannot be noted");
            }
        }
        Ok(())
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
            Ok(Err(cause)) => {
                self.is_damaged.set(self.is_damaged.get() || is_damage(&cause));
                return Err(FlushError::new(cause));
            }
            Err(panic) => {
                let words = words_of(panic.as_ref());
                self.is_damaged.set(self.is_damaged.get() || !is_of_system(&words));
                return Err(FlushError::new(PanicError(words)));
            }
        }
        self.file.sync_all().map_err(FlushError::new)
    }
}

impl Kv for Disk {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.unwritten.get(key).or_else(|| self.durable.get(key)) {
            Some(change) => Ok(change.clone()),
            None => self.noted(get(self.db()?, key)),
        }
    }

    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        let db = self.db()?;
        overlaid(&self.unwritten, range, most, |most| {
            overlaid(&self.durable, range, most, |most| self.noted(scan(db, range, most)))
        })
    }

    fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.unwritten.extend(batch);
        Ok(())
    }
}

/// The database with its file and the number of its last group, unless the stamp or the copy know of a later one.
fn open_from(path: &Path, stamp: Stamp, copy: Option<Reading>) -> Result<(Db, File, u64), StoreError> {
    let least = stamp.sequence.max(copy.map_or(0, |copy| copy.sequence));
    if stamp.is_damaged || (least > 0 && !path.join("db").exists()) {
        return Err(ruined(path, MissingError));
    }
    let db = open_db(path)?;
    let found = get(&db, SEQUENCE).map_err(|error| judged(path, error))?;
    let found = found.and_then(|bytes| bytes.first_chunk().copied()).map_or(0, u64::from_be_bytes);
    if found < least {
        return Err(ruined(path, MissingError));
    }
    let file = File::options().read(true).write(true).open(path.join("db")).map_err(|cause| unusable(path, cause))?;
    Ok((db, file, found))
}

/// Whether a database is far larger than what lives in it.
const fn has_grown(length: u64, living: u64) -> bool {
    length > GROWN && length > living.saturating_mul(GROWTH)
}

/// Makes a database anew that had grown far beyond what lives in it. Where that fails it is put back.
fn remake(aside: Aside, lock: &File) -> io::Result<()> {
    match aside.restore() {
        Ok(Restored { is_whole: true, .. }) => {
            tracing::info!("the database had grown far beyond what lives in it; it was made anew");
            aside.finish()
        }
        failed => {
            tracing::warn!(?failed, "the database is far larger than what lives in it, and cannot be made anew now");
            aside.put_back(lock)
        }
    }
}

/// What the copy there is says, and what was changed since sled noted how everything stands; `None`: there is none.
fn read_copy(path: &Path, is_noted: bool) -> io::Result<(Option<Reading>, Changed)> {
    let mut changed = Changed::default();
    let read = copy::read::<io::Error>(&path.join(COPY), |frame| {
        changed.take(&frame, is_noted);
        Ok(())
    });
    match read {
        Ok(read) => Ok((Some(read), changed)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok((None, changed)),
        Err(cause) => Err(cause),
    }
}

/// Goes on with a check for so many steps. What is not as it was written is damage.
fn check_some(check: &mut Option<(Check, u64)>, db: &Db, copies: &mut Copies, steps: usize) -> Result<(), StoreError> {
    for _ in 0..steps {
        let Some((going, sequence)) = check else { return Ok(()) };
        match going.step(db)? {
            Checked::More => {}
            Checked::All => {
                copies.note_checked(*sequence);
                *check = None;
            }
            Checked::Missing => {
                return Err(StoreError::Io(Box::new(RuinError("something is not as it was written".to_owned()))));
            }
        }
    }
    Ok(())
}

/// Reads every row, to see whether all can be read.
fn read_all(db: &Db) -> Result<(), StoreError> {
    let mut rest = Some(Range::all());
    while let Some(range) = rest {
        let rows = scan(db, &range, AT_ONCE)?;
        rest = rows.last().and_then(|(last, _)| range.rest(last));
    }
    Ok(())
}

/// What a failed reading says of the store: that it is damaged, or that it cannot be reached now.
fn judged(path: &Path, error: StoreError) -> StoreError {
    let is_ruined = matches!(&error, StoreError::Io(cause) if is_damage(cause.as_ref()));
    if is_ruined { ruined(path, error) } else { unusable(path, error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_far_larger_than_what_lives_in_it_is_made_anew() {
        let of = |mebibytes: u64| mebibytes * 1024 * 1024;
        assert!(has_grown(of(210), living(of(30), of(20))), "ten times what lives in it");
        assert!(!has_grown(of(190), living(of(30), of(20))));
        assert!(!has_grown(of(60), living(of(2), of(1))), "too small to matter");
        assert!(!has_grown(of(82), living(of(18), 0)), "filled in one go: all of the copy lives");
        assert!(has_grown(of(190), living(of(18), 0)));
    }

    #[test]
    fn a_database_that_is_made_anew_while_it_is_used_keeps_all_and_goes_on() {
        let home = tempfile::TempDir::new().unwrap();
        let mut disk = Disk::open(home.path()).unwrap();
        let write = |disk: &mut Disk, numbers: std::ops::Range<u32>, value: Option<Vec<u8>>| {
            for number in numbers {
                disk.write([(number.to_be_bytes().to_vec(), value.clone())].into()).unwrap();
                disk.flush().unwrap();
            }
        };
        for round in 0..40 {
            write(&mut disk, 0..50, Some(vec![round; 3_000]));
        }
        write(&mut disk, 10..50, None);
        assert!(!disk.wants_remake(), "nothing has grown");
        while disk.has_work() {
            disk.work();
        }
        let before = disk.file.metadata().unwrap().len();
        disk.is_grown = true;
        assert!(disk.wants_remake());
        disk.remake().unwrap();
        assert!(!disk.wants_remake(), "it is not tried again at once");
        let now = disk.file.metadata().unwrap().len();
        assert!(now < before, "{now} bytes of {before}");
        write(&mut disk, 5..8, Some(b"new".to_vec()));
        let holds = |disk: &Disk| {
            for number in 0_u32..50 {
                let expect = match number {
                    5..8 => Some(b"new".to_vec()),
                    0..10 => Some(vec![39; 3_000]),
                    _ => None,
                };
                assert_eq!(disk.get(&number.to_be_bytes()).unwrap(), expect, "{number}");
            }
        };
        holds(&disk);
        disk.close().unwrap();
        drop(disk);
        holds(&Disk::open(home.path()).unwrap());
    }
}
