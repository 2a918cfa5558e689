//! Moving a damaged store aside: nothing of it is deleted or written over.
//!
//! Whatever stops the program amid it, the next start goes on where it was: a note in the store's directory names the
//! directory for the damaged files, and stays until a new store holds what could be read of them.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use super::{
    copies::COPY,
    files::{create_directory, sync_directory, take_lock, unusable},
    restore::{Restored, restore},
    stamp::{Stamp, read_stamp, write_stamp},
};
use crate::store::StoreError;

/// The note in the store's directory: the directory's name, and below it how far the store was written at least.
const NOTE: &str = "rescuing";
/// Stands in the directory of a damaged store when all its files are there.
const MOVED: &str = "moved";
/// What the names of such directories begin with.
const DAMAGED: &str = "damaged-";
/// Where the files of a store are that is whole and too large, while it is made anew.
const GROWN: &str = "grown";

/// A damaged store that is being replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    home: PathBuf,
    directory: PathBuf,
    /// The number of a group that was written to it, maybe not of the last.
    sequence: u64,
}

impl Aside {
    /// Begins to move the store in this directory aside.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`], or [`StoreError::Unusable`] when its files cannot be moved.
    pub fn begin(home: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let lock = take_lock(home)?;
        Self::begin_with(home, &lock, now).map_err(|cause| unusable(home, cause))
    }

    /// As [`Aside::begin`], for who has the lock.
    pub(super) fn begin_with(home: &Path, lock: &File, now: DateTime<Utc>) -> io::Result<Self> {
        let name = format!("{DAMAGED}{}", now.format("%Y%m%dT%H%M%SZ"));
        let names = std::iter::once(name.clone()).chain((2_u32..).map(|number| format!("{name}-{number}")));
        let free = names.map(|name| home.join(name)).find(|directory| !directory.exists());
        Self::start(home, lock, free.unwrap_or_else(|| home.join(name)))
    }

    /// Begins to make a store anew that is whole.
    pub(super) fn begin_remake(home: &Path, lock: &File) -> io::Result<Self> {
        Self::start(home, lock, home.join(GROWN))
    }

    fn start(home: &Path, lock: &File, directory: PathBuf) -> io::Result<Self> {
        let Stamp { sequence, is_damaged: _ } = read_stamp(lock)?;
        let aside = Self { home: home.to_owned(), directory, sequence };
        aside.note()?;
        aside.move_files(lock)?;
        Ok(aside)
    }

    /// The one that was begun in this directory and is not finished, with all files moved; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Aside::begin`].
    pub fn unfinished(home: &Path) -> Result<Option<Self>, StoreError> {
        if !home.join(NOTE).exists() {
            return Ok(None);
        }
        let lock = take_lock(home)?;
        Self::continued(home, &lock).map_err(|cause| unusable(home, cause))
    }

    /// As [`Aside::unfinished`], for who has the lock.
    pub(super) fn continued(home: &Path, lock: &File) -> io::Result<Option<Self>> {
        Self::noted(home, lock).map(|aside| aside.filter(|aside| !aside.is_of_growth()))
    }

    /// A store that was being made anew when the program was stopped. One that is made anew leaves nothing behind.
    pub(super) fn grown(home: &Path, lock: &File) -> io::Result<Option<Self>> {
        let aside = Self::noted(home, lock)?.filter(Self::is_of_growth);
        if aside.is_none() {
            remove_directory(&home.join(GROWN))?;
        }
        Ok(aside)
    }

    fn noted(home: &Path, lock: &File) -> io::Result<Option<Self>> {
        let note = match fs::read_to_string(home.join(NOTE)) {
            Ok(note) => note,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(cause),
        };
        let mut lines = note.lines();
        let directory = home.join(lines.next().unwrap_or_default().trim());
        let sequence = lines.next().and_then(|line| line.parse().ok()).unwrap_or_default();
        let aside = Self { home: home.to_owned(), directory, sequence };
        if !aside.directory.join(MOVED).exists() {
            aside.move_files(lock)?;
        }
        Ok(Some(aside))
    }

    fn is_of_growth(&self) -> bool {
        self.directory.file_name().is_some_and(|name| name == GROWN)
    }

    /// Makes a new database of the copy of the one that was moved aside; what an earlier try has left goes.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`]; there may be no room for it.
    pub fn restore(&self) -> Result<Restored, StoreError> {
        let restored = restore(&self.directory.join(COPY), &self.home)?;
        let is_whole = restored.is_whole && restored.sequence >= self.sequence;
        Ok(Restored { is_whole, ..restored })
    }

    /// Puts everything back as it was.
    pub(super) fn put_back(self, lock: &File) -> io::Result<()> {
        for name in files_of(&self.home)? {
            remove(&self.home.join(name))?;
        }
        // What is moved now is no longer all there: stopped here, it is moved away again and made anew.
        remove(&self.directory.join(MOVED))?;
        for name in files_of(&self.directory)? {
            fs::rename(self.directory.join(&name), self.home.join(&name))?;
        }
        write_stamp(lock, Stamp { sequence: self.sequence, is_damaged: false })?;
        self.finish()
    }

    /// Every damaged store that was moved aside here, those of the past too.
    #[must_use]
    pub fn all(home: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(home).into_iter().flatten().filter_map(Result::ok);
        let mut found: Vec<PathBuf> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(DAMAGED))
            .map(|entry| entry.path())
            .collect();
        found.sort();
        found
    }

    /// Where the damaged files are.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A copy of the damaged files to be read: reading changes them.
    ///
    /// # Errors
    ///
    /// What the system says; there may be no room for it.
    pub fn copy(&self) -> io::Result<PathBuf> {
        let copy = self.directory.join("reading");
        self.remove_copy()?;
        create_directory(&copy)?;
        // sled makes the others anew from these: they hold nothing else, and may be what is damaged.
        for name in ["db", "blobs"] {
            let (from, to) = (self.directory.join(name), copy.join(name));
            if !from.exists() {
                continue;
            }
            if from.is_dir() {
                create_directory(&to)?;
                for entry in fs::read_dir(from)? {
                    let entry = entry?;
                    fs::copy(entry.path(), to.join(entry.file_name()))?;
                }
            } else {
                fs::copy(from, to)?;
            }
        }
        Ok(copy)
    }

    /// Removes the copy that was read.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn remove_copy(&self) -> io::Result<()> {
        remove_directory(&self.directory.join("reading"))
    }

    /// Says that a new store holds what could be read.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        fs::remove_file(self.home.join(NOTE))?;
        sync_directory(&self.home)?;
        if self.is_of_growth() { remove_directory(&self.directory) } else { Ok(()) }
    }

    fn note(&self) -> io::Result<()> {
        let name = self.directory.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let fresh = self.home.join(format!("{NOTE}.new"));
        let mut file = File::create(&fresh)?;
        writeln!(file, "{name}\n{}", self.sequence)?;
        file.sync_all()?;
        fs::rename(fresh, self.home.join(NOTE))?;
        sync_directory(&self.home)
    }

    fn move_files(&self, lock: &File) -> io::Result<()> {
        create_directory(&self.directory)?;
        for name in files_of(&self.home)? {
            fs::rename(self.home.join(&name), self.directory.join(&name))?;
        }
        // What can be restored may be less, and the note knows how far it was.
        write_stamp(lock, Stamp::default())?;
        sync_directory(&self.home)?;
        File::create(self.directory.join(MOVED))?.sync_all()?;
        sync_directory(&self.directory)
    }
}

/// The files and directories of a store in a directory, by name.
pub(super) fn files_of(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ["db", "conf", "blobs", COPY].contains(&name.as_str()) || name.starts_with("snap.") {
            names.push(name);
        }
    }
    Ok(names)
}

/// Removes a file or directory; one that is not there is none.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return remove_directory(path);
    }
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn remove_directory(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{SledStore, Store};

    const MEMOS: usize = 50;

    /// A store with something in it, closed.
    async fn used() -> tempfile::TempDir {
        let home = tempfile::TempDir::new().unwrap();
        let store = SledStore::open(home.path()).unwrap();
        for number in 0..MEMOS {
            store.set_memo(&format!("memo {number}"), "words").await.unwrap();
        }
        store.close().await.unwrap();
        home
    }

    async fn opens_whole(home: &Path) {
        let store = SledStore::open(home).unwrap();
        for number in 0..MEMOS {
            assert_eq!(store.memo(&format!("memo {number}")).await.unwrap().as_deref(), Some("words"));
        }
        store.close().await.unwrap();
        assert!(!home.join(NOTE).exists() && !home.join(GROWN).exists());
        assert_eq!(Aside::all(home), Vec::<PathBuf>::new());
    }

    #[tokio::test]
    async fn wherever_making_a_store_anew_is_stopped_the_next_start_finishes_it() {
        let home = used().await;
        let home = home.path();
        let begin = || {
            let lock = take_lock(home).unwrap();
            (Aside::begin_remake(home, &lock).unwrap(), lock)
        };
        // Nothing is made yet.
        drop(begin());
        opens_whole(home).await;
        // Half of it is moved.
        let (aside, lock) = begin();
        fs::rename(aside.directory.join("conf"), home.join("conf")).unwrap();
        fs::remove_file(aside.directory.join(MOVED)).unwrap();
        drop(lock);
        opens_whole(home).await;
        // Half of it is made.
        let (aside, lock) = begin();
        fs::copy(aside.directory.join("conf"), home.join("conf")).unwrap();
        fs::write(home.join("db"), b"half").unwrap();
        drop(lock);
        opens_whole(home).await;
        // All of it is made.
        let (aside, lock) = begin();
        assert!(aside.restore().unwrap().is_whole);
        drop(lock);
        opens_whole(home).await;
        // The old one is not removed yet.
        fs::create_dir(home.join(GROWN)).unwrap();
        fs::write(home.join(GROWN).join("db"), b"old").unwrap();
        opens_whole(home).await;
    }

    #[tokio::test]
    async fn a_store_that_cannot_be_made_anew_is_put_back() {
        let home = used().await;
        let home = home.path();
        for stopped in [false, true] {
            let lock = take_lock(home).unwrap();
            let aside = Aside::begin_remake(home, &lock).unwrap();
            fs::write(aside.directory.join(COPY), b"nothing of a copy").unwrap();
            assert!(!aside.restore().unwrap().is_whole);
            if !stopped {
                aside.put_back(&lock).unwrap();
            }
            drop(lock);
            opens_whole(home).await;
        }
    }
}
