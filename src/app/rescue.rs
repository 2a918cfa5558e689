//! Opening the store, whatever its files are like: a damaged one is moved aside, and a new one is made of its copy. Where
//! the copy does not tell all, it takes in what can be read of the damaged files besides.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tracing::{error, warn};

use crate::{
    app::moving::{self, Imported, MovingError, kind_of, part_of},
    clock::Clock,
    domain::{StormRule, WatchLimits},
    store::{Aside, Restored, SledStore, Store, StoreError},
};

/// How long a damaged store may be read; what was found until then counts.
const READING_LIMIT: Duration = Duration::from_secs(120);

/// Rows read from the store at once.
const AT_ONCE: usize = 512;

/// How often it is looked whether that is done.
const LOOK: Duration = Duration::from_millis(20);

/// What could be read of a damaged store, beside its files.
const RESCUED: &str = "rescued.jsonl";

/// What became of it, where not all of it could be restored.
const REPORT: &str = "report.json";

/// What became of a damaged store that was moved aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// Where its files are.
    pub place: PathBuf,
    /// What came from where; `None`: all of it was restored.
    pub losses: Option<Losses>,
}

/// What of a damaged store came from where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    /// From the copy, in words.
    pub copied: String,
    /// From the damaged files, in words.
    pub saved: String,
}

/// The damaged stores that lie beside the one in this directory, the oldest first.
#[must_use]
pub fn all(path: &Path) -> Vec<Rescued> {
    let losses = |place: &Path| serde_json::from_slice(&fs::read(place.join(REPORT)).ok()?).unwrap_or_default();
    Aside::all(path).into_iter().map(|place| Rescued { losses: losses(&place), place }).collect()
}

/// What was watched may be watched on, however much it is.
const NO_LIMITS: WatchLimits = WatchLimits { per_chat: usize::MAX, overall: usize::MAX };

/// Opens the store in this directory. When its files are damaged, they are moved aside and all that can be saved is put
/// into a new one; the log says so, and what it was.
///
/// # Errors
///
/// [`StoreError`] when it is in use, cannot be reached, or comes from a newer version: nothing is moved then.
pub async fn open(path: &Path, storms: StormRule, clock: &dyn Clock) -> Result<Arc<SledStore>, StoreError> {
    let aside = match Aside::unfinished(path)? {
        Some(aside) => aside,
        None => match SledStore::open_with(path, storms) {
            Err(StoreError::Ruined { path: shown, cause }) => {
                let cause = cause.as_ref() as &dyn Error;
                error!(path = shown, cause, "the store is damaged; it is moved aside, and what can be read goes on");
                Aside::begin(path, clock.now())?
            }
            opened => return opened,
        },
    };
    replace(path, aside, storms, clock).await
}

/// Opens a new store with what can be saved of the one that was moved aside.
async fn replace(
    path: &Path,
    aside: Aside,
    storms: StormRule,
    clock: &dyn Clock,
) -> Result<Arc<SledStore>, StoreError> {
    let unusable = |cause| StoreError::Unusable { path: path.display().to_string(), cause };
    // Without room for that, say, nothing is lost: the next start goes on here.
    let restored = aside.restore()?;
    let rescued = aside.directory().join(RESCUED);
    if !restored.is_whole && !rescued.exists() {
        read(&aside, &rescued, clock).await.map_err(|cause| unusable(Box::new(cause)))?;
    }
    let store = SledStore::open_with(path, storms)?;
    let copied = count(&*store).await?;
    let imported = match rescued.exists() {
        true => match moving::import(&*store, &rescued, NO_LIMITS, clock.now()).await {
            Ok(imported) => Some(imported),
            Err(MovingError::Store(cause)) => return Err(cause),
            Err(cause @ (MovingError::File { .. } | MovingError::Bot(_))) => return Err(unusable(Box::new(cause))),
        },
        false => None,
    };
    tell(&aside.directory().display().to_string(), restored, &copied, imported.as_ref());
    if !restored.is_whole {
        report(aside.directory(), &copied, imported.as_ref());
    }
    aside.finish().map_err(|cause| unusable(Box::new(cause)))?;
    Ok(store)
}

/// What chats have asked for, by kind.
async fn count(store: &dyn Store) -> Result<Imported, StoreError> {
    let (mut counted, mut after) = (Imported::default(), None);
    loop {
        let (kept, next) = store.kept(after, AT_ONCE).await?;
        for one in kept {
            *counted.new.entry(kind_of(&one)).or_default() += 1;
        }
        let Some(next) = next else { return Ok(counted) };
        after = Some(next);
    }
}

/// Writes down what came from where, for whoever asks later.
fn report(directory: &Path, copied: &Imported, imported: Option<&Imported>) {
    let saved = imported.map_or_else(|| Imported::default().by_kind(), Imported::by_kind);
    let losses = Losses { copied: copied.by_kind(), saved };
    let written = serde_json::to_vec(&losses).map_err(io::Error::other);
    if let Err(cause) = written.and_then(|words| fs::write(directory.join(REPORT), words)) {
        let cause = &cause as &dyn Error;
        warn!(cause, "what became of the damaged store cannot be written beside its files");
    }
}

fn tell(moved_to: &str, restored: Restored, copied: &Imported, imported: Option<&Imported>) {
    let from_copy = copied.by_kind();
    let Some(imported) = imported else {
        match restored.is_whole {
            true => error!(moved_to, from_copy, "the store was damaged; all of it was restored from its copy"),
            false => error!(
                moved_to,
                from_copy,
                "the store and its copy were damaged; a new one goes on with what could be read of the copy, which may not be all there was"
            ),
        }
        return;
    };
    let from_files = imported.by_kind();
    if copied.count() + imported.count() == 0 {
        error!(
            moved_to,
            "the store and its copy were damaged and nothing could be read of them: a new and empty one is used"
        );
    } else {
        error!(
            moved_to,
            from_copy,
            from_files,
            skipped = imported.skipped,
            "the store and its copy were damaged; a new one goes on with what could be read, which may not be all there was"
        );
    }
    error!("of what could not be read, outages that are open now are not told anew, and what was on its way is lost");
}

/// Lets another process read the damaged files: it may panic, be ended or never come back over them.
async fn read(aside: &Aside, rescued: &Path, clock: &dyn Clock) -> io::Result<()> {
    let copy = aside.copy()?;
    let part = part_of(rescued);
    let mut reader = reader(&copy, &part)?;
    let began = clock.uptime();
    let mut ended = reader.try_wait()?;
    while ended.is_none() && clock.uptime().saturating_sub(began) < READING_LIMIT {
        clock.sleep(LOOK).await;
        ended = reader.try_wait()?;
    }
    if ended.is_none() {
        reader.kill()?;
        reader.wait()?;
    }
    aside.remove_copy()?;
    // What was written before the reader came to grief counts, be it nothing.
    match fs::rename(part, rescued) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn reader(from: &Path, to: &PathBuf) -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("salvage").arg(from).arg(to);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}
