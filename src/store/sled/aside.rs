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

use super::disk::{create_directory, sync_directory, take_lock, unusable, write_stamp};
use crate::store::StoreError;

/// The note in the store's directory.
const NOTE: &str = "rescuing";
/// Stands in the directory of a damaged store when all its files are there.
const MOVED: &str = "moved";
/// What the names of such directories begin with.
const DAMAGED: &str = "damaged-";

/// A damaged store that is being replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    home: PathBuf,
    directory: PathBuf,
}

impl Aside {
    /// Begins to move the store in this directory aside.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`], or [`StoreError::Unusable`] when its files cannot be moved.
    pub fn begin(home: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let lock = take_lock(home)?;
        let name = format!("{DAMAGED}{}", now.format("%Y%m%dT%H%M%SZ"));
        let names = std::iter::once(name.clone()).chain((2_u32..).map(|number| format!("{name}-{number}")));
        let free = names.map(|name| home.join(name)).find(|directory| !directory.exists());
        let aside = Self { home: home.to_owned(), directory: free.unwrap_or_else(|| home.join(name)) };
        aside.note().and_then(|()| aside.move_files(&lock)).map_err(|cause| unusable(home, cause))?;
        Ok(aside)
    }

    /// The one that was begun in this directory and is not finished, with all files moved; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Aside::begin`].
    pub fn unfinished(home: &Path) -> Result<Option<Self>, StoreError> {
        let name = match fs::read_to_string(home.join(NOTE)) {
            Ok(name) => name,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(unusable(home, cause)),
        };
        let aside = Self { home: home.to_owned(), directory: home.join(name.trim()) };
        let lock = take_lock(home)?;
        if !aside.directory.join(MOVED).exists() {
            aside.move_files(&lock).map_err(|cause| unusable(home, cause))?;
        }
        Ok(Some(aside))
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
        match fs::remove_dir_all(self.directory.join("reading")) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Says that a new store holds what could be read.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        fs::remove_file(self.home.join(NOTE))?;
        sync_directory(&self.home)
    }

    fn note(&self) -> io::Result<()> {
        let name = self.directory.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let fresh = self.home.join(format!("{NOTE}.new"));
        let mut file = File::create(&fresh)?;
        file.write_all(name.as_bytes())?;
        file.sync_all()?;
        fs::rename(fresh, self.home.join(NOTE))?;
        sync_directory(&self.home)
    }

    fn move_files(&self, lock: &File) -> io::Result<()> {
        create_directory(&self.directory)?;
        for name in files_of(&self.home)? {
            fs::rename(self.home.join(&name), self.directory.join(&name))?;
        }
        // A new store begins to count anew.
        write_stamp(lock, 0)?;
        sync_directory(&self.home)?;
        File::create(self.directory.join(MOVED))?.sync_all()?;
        sync_directory(&self.directory)
    }
}

/// The files and directories of sled's in a directory, by name.
fn files_of(directory: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ["db", "conf", "blobs"].contains(&name.as_str()) || name.starts_with("snap.") {
            names.push(name);
        }
    }
    Ok(names)
}
