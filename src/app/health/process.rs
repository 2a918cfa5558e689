//! What the system says of the process and of the store's files. Linux says it in `/proc`; elsewhere less is known.

use std::{fs, path::Path};

/// Ticks of `/proc` in a second, the same on every Linux that people run.
/// Source: <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html> and `time(7)`, `USER_HZ` (read 2026-11-22).
const TICKS: f64 = 100.0;
/// Folders below the store's that are looked into.
const DEPTH: u32 = 2;

/// Figures as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    /// Bytes of memory that is there.
    pub(super) resident: Option<f64>,
    /// Bytes of memory that was asked for.
    pub(super) virtual_memory: Option<f64>,
    /// Seconds of processor time.
    pub(super) cpu: Option<f64>,
    /// Threads.
    pub(super) threads: Option<f64>,
    /// Open files.
    pub(super) open_files: Option<f64>,
    /// How many may be open.
    pub(super) most_files: Option<f64>,
    /// Bytes of the store's files.
    pub(super) store: Option<f64>,
}

/// Reads them. It takes a moment and blocks.
pub(super) fn figures(store: &Path) -> Figures {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let open_files = fs::read_dir("/proc/self/fd").ok().map(Iterator::count);
    Figures {
        resident: kilobytes(&status, "VmRSS:"),
        virtual_memory: kilobytes(&status, "VmSize:"),
        cpu: processor_time(&stat),
        threads: number(&status, "Threads:"),
        // Without the one that looks.
        open_files: open_files.and_then(|count| u32::try_from(count.saturating_sub(1)).ok()).map(f64::from),
        most_files: number(&limits, "Max open files"),
        store: size(store, DEPTH),
    }
}

/// The first number behind a name at the beginning of a line.
fn number(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

fn kilobytes(status: &str, name: &str) -> Option<f64> {
    number(status, name).map(|kilobytes| kilobytes * 1024.0)
}

/// Fields 14 and 15 of `/proc/self/stat`. Those behind the name's closing bracket begin with the third.
fn processor_time(stat: &str) -> Option<f64> {
    let (_, behind) = stat.rsplit_once(')')?;
    let mut fields = behind.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

/// Bytes of all files in a directory and in those in it. What goes away meanwhile counts for nothing.
#[expect(clippy::cast_precision_loss, reason = "a store is smaller than the 8 PiB up to which this is exact")]
fn size(directory: &Path, depth: u32) -> Option<f64> {
    let mut bytes = 0.0;
    for entry in fs::read_dir(directory).ok()?.flatten() {
        let Ok(about) = entry.metadata() else { continue };
        bytes += match depth.checked_sub(1) {
            Some(depth) if about.is_dir() => size(&entry.path(), depth).unwrap_or_default(),
            Some(_) | None => about.len() as f64,
        };
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_writes_is_understood() {
        let status = "Name:\tfoghorn\nVmSize:\t  200 kB\nVmRSS:\t   12 kB\nThreads:\t9\n";
        assert_eq!(kilobytes(status, "VmRSS:"), Some(12_288.0));
        assert_eq!(number(status, "Threads:"), Some(9.0));
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max open files            1024                 524288               files\n";
        assert_eq!(number(limits, "Max open files"), Some(1_024.0));
        let stat = "7 (a (strange) name) S 1 7 7 0 -1 4194560 5 0 0 0 250 50 0 0 20 0 4 0 100 1 2";
        assert_eq!(processor_time(stat), Some(3.0));
        assert_eq!((processor_time(""), number("", "Threads:")), (None, None));
    }

    #[test]
    fn a_store_is_as_large_as_its_files() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(size(directory.path(), DEPTH), Some(0.0));
        fs::write(directory.path().join("db"), [0; 100]).unwrap();
        fs::create_dir(directory.path().join("blobs")).unwrap();
        fs::write(directory.path().join("blobs/1"), [0; 23]).unwrap();
        assert_eq!(size(directory.path(), DEPTH), Some(123.0));
        assert_eq!(size(&directory.path().join("gone"), DEPTH), None);
    }
}
