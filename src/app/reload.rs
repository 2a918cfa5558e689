//! Reading the configuration anew while the program runs: when it is told to (SIGHUP), and when a file of it changes.
//!
//! What is new of services counts at once. A configuration with a fault changes nothing, and the log says what
//! `foghorn check` would say of it. What is new of settings counts from the next start, and the log says that as well.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{signal::unix::Signal, sync::Notify, task::spawn_blocking};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::{
        roster::{Replaced, Roster},
        watch::Watched,
    },
    clock::Clock,
    config::{ConfigFaults, Loaded, Settings},
    domain::{Catalogue, ServiceId},
};

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// How long it waits after the store failed.
const STORE_REST: Duration = Duration::from_secs(2);
/// Ids of services named in one line of the log at most.
const MOST_NAMED: usize = 20;

/// Loads the configuration.
pub type Read = Arc<dyn Fn() -> Result<Loaded, ConfigFaults> + Send + Sync>;
/// Gives every source of a catalogue with what reads it.
pub type Open = Box<dyn Fn(&Catalogue) -> Vec<Watched> + Send + Sync>;

/// What is needed to read the configuration anew.
pub struct Reload {
    /// Loads it as at the start.
    pub read: Read,
    /// Every source of a catalogue with what reads it.
    pub open: Open,
    /// When the program is told to.
    pub hangups: Signal,
    /// The configuration that counts now.
    pub known: Known,
}

/// What was read last without a fault: where its files are, and what its settings were.
#[derive(Clone, Debug)]
pub struct Known {
    file: Option<PathBuf>,
    directory: Option<PathBuf>,
    /// Those that the program was started with.
    settings: BTreeMap<&'static str, String>,
}

impl Known {
    /// Of this configuration.
    #[must_use]
    pub fn of(loaded: &Loaded) -> Self {
        let directory = loaded.settings.services.directory.clone();
        Self { file: loaded.file.clone(), directory, settings: sections(&loaded.settings) }
    }

    /// What stands in the files, each with its length and a checksum; `None` for what cannot be read.
    fn look(&self) -> Look {
        let in_directory = self.directory.iter().flat_map(|directory| service_files(directory));
        let sum = |path: &Path| fs::read(path).ok().map(|text| (text.len(), crc32fast::hash(&text)));
        self.file.iter().cloned().chain(in_directory).map(|path| (path.clone(), sum(&path))).collect()
    }
}

/// What stands in files.
type Look = BTreeMap<PathBuf, Option<(usize, u32)>>;

fn service_files(directory: &Path) -> Vec<PathBuf> {
    // One that cannot be listed reads as one without files: that is a change, and reading it anew says what is wrong.
    let entries = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

/// The settings that are no services, section by section, as they can be compared. Tokens are not among them.
fn sections(settings: &Settings) -> BTreeMap<&'static str, String> {
    let Settings {
        store,
        poll,
        probe,
        detect,
        history,
        delivery,
        chats,
        console,
        operator,
        discord,
        telegram,
        http,
        services: _,
        watch,
        log,
    } = settings;
    BTreeMap::from([
        ("store", format!("{store:?}")),
        ("poll", format!("{poll:?}")),
        ("probe", format!("{probe:?}")),
        ("detect", format!("{detect:?}")),
        ("history", format!("{history:?}")),
        ("delivery", format!("{delivery:?}")),
        ("chats", format!("{chats:?}")),
        ("console", format!("{console:?}")),
        ("operator", format!("{operator:?}")),
        ("discord", format!("{discord:?}")),
        ("telegram", format!("{telegram:?}")),
        ("http", format!("{http:?}")),
        ("watch", format!("{watch:?}")),
        ("log", format!("{log:?}")),
    ])
}

/// Reads the configuration anew whenever it may have changed, until told to stop. `wake` are woken when there is something
/// to tell.
pub async fn run(
    reload: Reload,
    roster: Arc<Roster>,
    wake: Vec<Arc<Notify>>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let Reload { read, open, mut hangups, mut known } = reload;
    let started_with = known.settings.clone();
    let mut last_seen = None;
    let mut counts = look(&known).await;
    loop {
        let is_told = tokio::select! {
            () = stop.cancelled() => return,
            _ = hangups.recv() => true,
            () = clock.sleep(LOOK_EVERY) => false,
        };
        let seen = look(&known).await;
        // Files that are just being written look another way the next time.
        let is_settled = last_seen.replace(seen.clone()).is_some_and(|before| before == seen);
        if !is_told && (seen == counts || !is_settled) {
            continue;
        }
        counts = seen;
        let read = read.clone();
        let loaded = match spawn_blocking(move || read()).await {
            // Without it there would be no service of its own left, and that is hardly what somebody meant.
            Ok(Ok(loaded)) if known.file.is_some() && loaded.file.is_none() => {
                error!(
                    "the configuration file is gone; what it said goes on until it is back or the bot is started anew"
                );
                continue;
            }
            Ok(Ok(loaded)) => loaded,
            Ok(Err(faults)) => {
                error!("the configuration has faults; the one before goes on\n{faults}");
                continue;
            }
            Err(cause) => {
                error!(cause = &cause as &dyn Error, "the configuration was not read; the one before goes on");
                continue;
            }
        };
        let before = std::mem::replace(&mut known, Known::of(&loaded));
        if (&before.file, &before.directory) != (&known.file, &known.directory) {
            counts = look(&known).await;
        }
        tell_settings(&before.settings, &known.settings, &started_with);
        let catalogue = Arc::new(loaded.catalogue);
        loop {
            match roster.replace(catalogue.clone(), open(&catalogue)).await {
                Ok(replaced) => {
                    if replaced.tells {
                        wake.iter().for_each(|wake| wake.notify_one());
                    }
                    tell_services(&replaced);
                    break;
                }
                Err(cause) => {
                    let cause = &cause as &dyn Error;
                    error!(cause, "storing which services are watched failed; trying on");
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = clock.sleep(STORE_REST) => {}
            }
        }
    }
}

async fn look(known: &Known) -> Look {
    let known = known.clone();
    spawn_blocking(move || known.look()).await.unwrap_or_default()
}

/// Says once which settings do not count yet.
fn tell_settings(
    before: &BTreeMap<&'static str, String>,
    now: &BTreeMap<&'static str, String>,
    started_with: &BTreeMap<&'static str, String>,
) {
    let waits = |section: &&&str| {
        before.get(**section) != now.get(**section) && started_with.get(**section) != now.get(**section)
    };
    let waiting: Vec<String> = now.keys().filter(waits).map(|section| format!("[{section}]")).collect();
    if !waiting.is_empty() {
        warn!("changed settings count from the next start: {}", waiting.join(", "));
    }
}

fn tell_services(replaced: &Replaced) {
    let Replaced { begun, changed, ended, tells: _ } = replaced;
    if begun.is_empty() && changed.is_empty() && ended.is_empty() {
        info!("the configuration was read anew; no service has changed");
    } else {
        let (added, changed, removed) = (names(begun), names(changed), names(ended));
        info!(added, changed, removed, "the configuration was read anew");
    }
}

fn names(services: &[ServiceId]) -> String {
    let mut named: Vec<&str> = services.iter().take(MOST_NAMED).map(ServiceId::as_str).collect();
    if services.len() > MOST_NAMED {
        named.push("…");
    }
    named.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn loaded(file: &Path, text: &str) -> Loaded {
        fs::write(file, text).unwrap();
        config::load(Some(file), Vec::new()).unwrap()
    }

    #[test]
    fn only_settings_that_count_later_are_compared_and_tokens_are_never_shown() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("foghorn.toml");
        let usual = Known::of(&loaded(&file, ""));
        let changed = "[poll]\ninterval = \"9s\"\n[services]\nonly = [\"github\"]\n[discord]\ntoken_env = \"OURS\"\n";
        fs::write(&file, changed).unwrap();
        let secret = vec![("OURS".to_owned(), "s3cret".to_owned())];
        let other = Known::of(&config::load(Some(&file), secret).unwrap());
        let differ = |name: &&&str| usual.settings.get(**name) != other.settings.get(**name);
        assert_eq!(usual.settings.keys().filter(differ).collect::<Vec<_>>(), [&"discord", &"poll"]);
        assert!(!format!("{other:?}").contains("s3cret"), "{other:?}");
    }

    #[test]
    fn a_look_at_the_files_differs_when_one_of_them_says_something_else_and_only_then() {
        let directory = tempfile::tempdir().unwrap();
        let (file, services) = (directory.path().join("foghorn.toml"), directory.path().join("services"));
        fs::create_dir(&services).unwrap();
        let known = Known::of(&loaded(&file, &format!("[services]\ndirectory = {services:?}\n")));
        let empty = known.look();
        assert_eq!(empty, known.look());
        fs::write(services.join("notes.txt"), "no service").unwrap();
        assert_eq!(empty, known.look());
        fs::write(services.join("acme.toml"), "id = \"acme\"").unwrap();
        let one = known.look();
        assert_ne!(empty, one);
        fs::write(services.join("acme.toml"), "id = \"acne\"").unwrap();
        assert_ne!(one, known.look(), "as long as before, and yet another one");
        fs::remove_file(services.join("acme.toml")).unwrap();
        assert_eq!(empty, known.look());
        fs::remove_dir_all(&services).unwrap();
        fs::remove_file(&file).unwrap();
        assert_ne!(empty, known.look());
    }

    #[test]
    fn a_long_list_of_services_is_cut() {
        let ids: Vec<ServiceId> = (0..30).map(|number| ServiceId::new(&format!("s{number}")).unwrap()).collect();
        assert_eq!(names(&ids[..2]), "s0 s1");
        assert!(names(&ids).ends_with("s19 …"));
    }
}
