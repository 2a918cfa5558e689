//! What a day has left behind, as a row of a table, and what must not grow from week to week.

use std::{fmt, time::Duration};

/// What there is at the end of a day.
pub struct Day {
    pub number: u64,
    /// Readings so far.
    pub polls: u64,
    /// Outages and planned work so far.
    pub begun: usize,
    /// Messages and edits so far.
    pub messages: u64,
    /// Bytes in memory.
    pub memory: u64,
    /// Open files.
    pub files: usize,
    /// Bytes on the disk.
    pub store: u64,
    /// Incidents in the history.
    pub history: usize,
    /// How long the day took.
    pub took: Duration,
}

/// The shortest month that tells anything: the history is full and what chats knew is forgotten long before its middle.
const LEAST: usize = 24;

impl Day {
    pub const HEAD: &'static str = "| day | polls | begun | messages | memory | files | store | history | took |\n\
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";
}

impl fmt::Display for Day {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, polls, begun, messages, memory, files, store, history, took } = self;
        let mebibytes = |bytes: &u64| *bytes as f64 / 1_048_576.0;
        write!(
            to,
            "| {number} | {polls} | {begun} | {messages} | {:.1} MiB | {files} | {:.1} MiB | {history} | {:.1} s |",
            mebibytes(memory),
            mebibytes(store),
            took.as_secs_f64()
        )
    }
}

/// What has grown that must not: its largest in the second half of the month is held against that in the first. Nothing is
/// said of a month that is too short to tell.
pub fn judge(days: &[Day]) -> Vec<String> {
    if days.len() < LEAST {
        println!("{} days are too few to tell whether anything grows; {LEAST} are enough", days.len());
        return Vec::new();
    }
    let largest = |days: &[Day], of: fn(&Day) -> u64| days.iter().map(of).max().unwrap_or_default();
    let mebibyte = 1_048_576;
    type Measure = (&'static str, fn(&Day) -> u64, f64, u64);
    let measures: [Measure; 4] = [
        ("memory", |day| day.memory, 1.2, 4 * mebibyte),
        ("open files", |day| day.files as u64, 1.0, 0),
        ("the store", |day| day.store, 1.25, 16 * mebibyte),
        ("the history", |day| day.history as u64, 1.25, 50),
    ];
    let (early, late) = days.split_at(days.len() / 2);
    let grown = measures.iter().filter_map(|(name, of, factor, more)| {
        let (before, now) = (largest(early, *of), largest(late, *of));
        (now > (before as f64 * factor) as u64 + more).then(|| format!("{name} grew from {before} to {now}"))
    });
    grown.collect()
}
