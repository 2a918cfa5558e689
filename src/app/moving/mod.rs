//! `foghorn export` and `foghorn import`: what chats have asked for, from one store to another, as JSON Lines.

mod lines;

use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    mem,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::{
    app::control::ControlError,
    domain::{Change, RequestId, Topic, WatchLimit, WatchLimits, clean_line},
    store::{Applied, Kept, KeptPlace, Salvaged, Store, StoreError, salvage},
};
pub(in crate::app) use lines::{Line, read, write};

/// Rows read from the store at once.
const AT_ONCE: usize = 128;

/// Things stored together by an import, and how long the lines that say them may be together before that, in bytes.
const STORED_AT_ONCE: usize = 256;
const HEAVY: usize = 1024 * 1024;

/// The longest line of an import, in bytes.
pub(in crate::app) const LONGEST_LINE: u64 = 1024 * 1024;

/// The longest reason in a report, in characters.
const MOST_REASON: usize = 200;

/// Skipped lines that a report names.
const MOST_NAMED: usize = 50;

/// Why an export or import did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum MovingError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bot that has the store open.
    #[error(transparent)]
    Bot(#[from] ControlError),
    /// The file.
    #[error("{} cannot be read or written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

/// Who keeps what chats have asked for: a store, or the bot that has it open.
#[async_trait]
pub(in crate::app) trait Keeper: Send {
    /// The next lines that say what is kept; none: that was all.
    async fn next_lines(&mut self) -> Result<Vec<Line>, MovingError>;

    /// Takes in what lines of these numbers say, unless there is something in its place.
    async fn take_in(&mut self, told: Vec<(usize, Kept)>) -> Result<Imported, MovingError>;
}

/// A store that is open here.
pub(in crate::app) struct OpenStore<'s> {
    store: &'s dyn Store,
    limits: WatchLimits,
    now: DateTime<Utc>,
    /// Where it is read on; `None`: it was read to its end.
    place: Option<Option<KeptPlace>>,
}

impl<'s> OpenStore<'s> {
    /// From its beginning.
    pub(in crate::app) fn new(store: &'s dyn Store, limits: WatchLimits, now: DateTime<Utc>) -> Self {
        Self { store, limits, now, place: Some(None) }
    }
}

#[async_trait]
impl Keeper for OpenStore<'_> {
    async fn next_lines(&mut self) -> Result<Vec<Line>, MovingError> {
        while let Some(after) = self.place.take() {
            let (mut kept, next) = self.store.kept(after, AT_ONCE).await?;
            kept.retain(|one| !is_of_bot(one));
            self.place = next.map(Some);
            if !kept.is_empty() {
                return Ok(kept.iter().map(lines::write).collect());
            }
        }
        Ok(Vec::new())
    }

    async fn take_in(&mut self, told: Vec<(usize, Kept)>) -> Result<Imported, MovingError> {
        let Self { store, limits, now, place: _ } = *self;
        let mut import = Import { store, limits, now, waiting: Vec::new(), done: Imported::default() };
        for (number, kept) in told {
            import.take_in(number, kept).await?;
        }
        import.store_waiting().await?;
        Ok(import.done)
    }
}

/// Whether it tells that a chat hears of the bot itself, which the configuration decides.
fn is_of_bot(kept: &Kept) -> bool {
    match kept {
        Kept::Subscription(wanted) => matches!(&wanted.topic, Topic::Service(id) if id.is_of_bot()),
        Kept::Settings { .. } | Kept::Mute { .. } | Kept::Watch { .. } => false,
    }
}

impl MovingError {
    fn of(path: &Path) -> impl Fn(io::Error) -> Self {
        move |cause| Self::File { path: path.to_owned(), cause }
    }
}

/// Writes lines, the first and the last of its own accord.
struct Export<W: Write> {
    to: W,
    path: PathBuf,
    lines: usize,
}

impl<W: Write> Export<W> {
    fn begin(to: W, path: &Path) -> Result<Self, MovingError> {
        let mut export = Self { to, path: path.to_owned(), lines: 0 };
        export.line(&Line::Foghorn { version: lines::VERSION })?;
        Ok(export)
    }

    fn write(&mut self, line: &Line) -> Result<(), MovingError> {
        self.lines += 1;
        self.line(line)
    }

    fn end(mut self) -> Result<W, MovingError> {
        let lines = self.lines;
        self.line(&Line::End { lines })?;
        self.to.flush().map_err(MovingError::of(&self.path))?;
        Ok(self.to)
    }

    fn line(&mut self, line: &Line) -> Result<(), MovingError> {
        let mut bytes = serde_json::to_vec(line).expect("lines have text keys and no failing parts");
        bytes.push(b'\n');
        self.to.write_all(&bytes).map_err(MovingError::of(&self.path))
    }
}

/// Writes what is kept to a file, which is there as a whole or not at all; gives the number of things.
///
/// # Errors
///
/// [`MovingError`].
pub(in crate::app) async fn export_to_file(keeper: &mut dyn Keeper, path: &Path) -> Result<usize, MovingError> {
    let part = part_of(path);
    let file = BufWriter::new(File::create(&part).map_err(MovingError::of(&part))?);
    let (file, count) = export(keeper, file, &part).await?;
    let synced = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
    synced.and_then(|()| fs::rename(&part, path)).map_err(MovingError::of(path))?;
    Ok(count)
}

/// Writes what is kept; `path` is for errors.
///
/// # Errors
///
/// [`MovingError`].
pub(in crate::app) async fn export<W: Write>(
    keeper: &mut dyn Keeper,
    to: W,
    path: &Path,
) -> Result<(W, usize), MovingError> {
    let mut export = Export::begin(to, path)?;
    loop {
        let some = keeper.next_lines().await?;
        if some.is_empty() {
            break;
        }
        for line in &some {
            export.write(line)?;
        }
    }
    let count = export.lines;
    Ok((export.end()?, count))
}

/// Writes what can be read of the damaged store in a directory, line by line: what is read is there whatever comes then.
///
/// # Errors
///
/// [`MovingError`] when nothing can be read, or nothing be written.
pub fn export_damaged(directory: &Path, path: &Path) -> Result<Salvaged, MovingError> {
    let file = File::create(path).map_err(MovingError::of(path))?;
    let mut export = Export::begin(file, path)?;
    let salvaged = salvage(directory, |kept| export.write(&lines::write(&kept)))?;
    // Without its last line the file says that it is not all.
    let is_whole = salvaged.gaps == 0 && salvaged.unreadable == 0;
    let file = if is_whole { export.end()? } else { export.to };
    file.sync_all().map_err(MovingError::of(path))?;
    Ok(salvaged)
}

/// Where a file is written until it is whole.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// The words for all there is in reports.
pub(super) const KINDS: [&str; 4] = ["settings", "mute", "watch", "subscription"];

/// The word for what it is in reports.
pub(super) const fn kind_of(kept: &Kept) -> &'static str {
    match kept {
        Kept::Settings { .. } => "settings",
        Kept::Mute { .. } => "mute",
        Kept::Watch { .. } => "watch",
        Kept::Subscription(_) => "subscription",
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What was put into the store, by kind.
    pub new: BTreeMap<&'static str, usize>,
    /// Things that were there already, just so.
    pub known: usize,
    /// Lines that were skipped.
    pub skipped: usize,
    /// The first of them: number and reason.
    pub reasons: Vec<(usize, String)>,
    /// The last line is not there: the file was cut off.
    pub is_cut: bool,
}

impl Imported {
    /// How many things were put into the store.
    #[must_use]
    pub fn count(&self) -> usize {
        self.new.values().sum()
    }

    /// Adds what was done after that.
    fn add(&mut self, later: Self) {
        let Self { new, known, skipped, reasons, is_cut: _ } = later;
        for (kind, count) in new {
            *self.new.entry(kind).or_default() += count;
        }
        self.known += known;
        self.skipped += skipped;
        let room = MOST_NAMED.saturating_sub(self.reasons.len());
        self.reasons.extend(reasons.into_iter().take(room));
    }

    /// A line was not taken in.
    pub(in crate::app) fn skip(&mut self, number: usize, reason: &str) {
        self.skipped += 1;
        if self.reasons.len() < MOST_NAMED {
            self.reasons.push((number, clean_line(reason, MOST_REASON)));
        }
    }

    /// `12 subscriptions, 1 mute`; `nothing`.
    #[must_use]
    pub fn by_kind(&self) -> String {
        let some = self.new.iter().filter(|(_, count)| **count > 0);
        let words: Vec<String> = some
            .map(|(kind, count)| match (*kind, *count) {
                ("settings", count) => format!("settings of {count} chat{}", if count == 1 { "" } else { "s" }),
                ("watch", 1) => "1 watch".to_owned(),
                ("watch", count) => format!("{count} watches"),
                (kind, count) => format!("{count} {kind}{}", if count == 1 { "" } else { "s" }),
            })
            .collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
    }
}

impl fmt::Display for Imported {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Imported: {}.", self.by_kind())?;
        if self.known > 0 {
            write!(formatter, "\nThere already: {}.", self.known)?;
        }
        if self.is_cut {
            write!(formatter, "\nThe file has no last line: it was cut off when it was written or copied.")?;
        }
        if self.skipped > 0 {
            write!(formatter, "\nSkipped: {}.", self.skipped)?;
            for (number, reason) in &self.reasons {
                write!(formatter, "\n  line {number}: {reason}")?;
            }
            if self.skipped > self.reasons.len() {
                write!(formatter, "\n  and more")?;
            }
        }
        Ok(())
    }
}

/// Reads an export into a store. What a chat has there already stays, so that the same import again changes nothing.
///
/// # Errors
///
/// [`MovingError`]; what was read before it is in the store.
pub async fn import(
    store: &dyn Store,
    path: &Path,
    limits: WatchLimits,
    now: DateTime<Utc>,
) -> Result<Imported, MovingError> {
    let file = File::open(path).map_err(MovingError::of(path))?;
    import_from(&mut OpenStore::new(store, limits, now), file, path).await
}

/// As [`import`], from a file that was opened, to whoever keeps it; `path` is for errors.
///
/// # Errors
///
/// As [`import`].
pub(in crate::app) async fn import_from(
    keeper: &mut dyn Keeper,
    file: impl Read,
    path: &Path,
) -> Result<Imported, MovingError> {
    let mut file = BufReader::new(file);
    let mut done = Imported { is_cut: true, ..Imported::default() };
    let (mut waiting, mut weight) = (Vec::new(), 0);
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        let count = (&mut file).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(MovingError::of(path))?;
        if count == 0 {
            break;
        }
        if !line.ends_with(b"\n") && line.len() as u64 >= LONGEST_LINE {
            file.skip_until(b'\n').map_err(MovingError::of(path))?;
            done.skip(number, "it is too long");
            continue;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = serde_json::from_slice::<Line>(&line).map_err(|cause| format!("it cannot be read: {cause}"));
        done.is_cut &= !matches!(read, Ok(Line::End { .. }));
        match read.and_then(lines::read) {
            Ok(None) => {}
            Ok(Some(kept)) => waiting.push((number, kept)),
            Err(reason) => done.skip(number, &reason),
        }
        weight += count;
        if waiting.len() >= STORED_AT_ONCE || weight >= HEAVY {
            done.add(keeper.take_in(mem::take(&mut waiting)).await?);
            weight = 0;
        }
    }
    if !waiting.is_empty() {
        done.add(keeper.take_in(waiting).await?);
    }
    done.reasons.sort_by_key(|(number, _)| *number);
    Ok(done)
}

/// An import under way.
struct Import<'s> {
    store: &'s dyn Store,
    limits: WatchLimits,
    now: DateTime<Utc>,
    /// What is to be stored, with the number of its line and its kind.
    waiting: Vec<(usize, &'static str, Change)>,
    done: Imported,
}

impl Import<'_> {
    /// Has one thing put into the store, unless there is something in its place.
    async fn take_in(&mut self, number: usize, kept: Kept) -> Result<(), StoreError> {
        let (store, limits, now) = (self.store, self.limits, self.now);
        let kind = kind_of(&kept);
        let (found, change) = match kept {
            Kept::Settings { chat, settings } => {
                let found = store.settings(&chat).await?.map(|there| there == settings);
                (found, Change::Settings { chat, settings })
            }
            Kept::Mute { chat: _, mute } if mute.until.is_some_and(|until| until <= now) => {
                self.done.skip(number, "the mute is over");
                return Ok(());
            }
            Kept::Mute { chat, mute } => {
                let there = store.mutes(&chat, now).await?;
                let found = there.iter().find(|there| there.muted == mute.muted).map(|there| *there == mute);
                (found, Change::Mute { chat, mute })
            }
            Kept::Watch { chat, watch } => {
                let there = store.watches(&chat).await?;
                let found = there.iter().find(|there| there.page.id == watch.page.id).map(|there| *there == watch);
                (found, Change::Watch { chat, watch, limits })
            }
            Kept::Subscription(wanted) => {
                let there = store.subscriptions(&wanted.chat).await?;
                let found = there.iter().find(|there| there.topic == wanted.topic).map(|there| *there == wanted);
                (found, Change::Subscribe(wanted))
            }
        };
        match found {
            Some(true) => self.done.known += 1,
            Some(false) => self.done.skip(number, "the chat has something newer in its place, which stays"),
            None => self.waiting.push((number, kind, change)),
        }
        Ok(())
    }

    async fn store_waiting(&mut self) -> Result<(), StoreError> {
        let waiting = mem::take(&mut self.waiting);
        let Some((first, _, _)) = waiting.first() else { return Ok(()) };
        let request = format!("import {} from {first}", self.now.timestamp_micros());
        let changes = waiting.iter().map(|(_, _, change)| change.clone()).collect();
        let together = self.store.apply(&RequestId(request.into()), changes, self.now).await?;
        for (number, kind, change) in waiting {
            let applied = match together {
                Applied::Full(_) => {
                    // One of them may not be: the others may.
                    let request = format!("import {} of {number}", self.now.timestamp_micros());
                    self.store.apply(&RequestId(request.into()), vec![change], self.now).await?
                }
                Applied::Now | Applied::Before | Applied::Partly => together,
            };
            match applied {
                Applied::Now | Applied::Before | Applied::Partly => *self.done.new.entry(kind).or_default() += 1,
                Applied::Full(WatchLimit::PerChat) => {
                    self.done.skip(number, "the chat watches as many pages as it may")
                }
                Applied::Full(WatchLimit::Overall) => self.done.skip(number, "as many pages are watched as may be"),
            }
        }
        Ok(())
    }
}
