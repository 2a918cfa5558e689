//! Files damaged at random: while one of database and copy is whole, nothing of what was stored is lost.
//!
//! `DAMAGE_ROUNDS` says how often, `DAMAGE_SEED` makes a run again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fastrand::Rng;
use foghorn::{
    app::rescue,
    clock::SystemClock,
    domain::{
        Change, ChatSettings, Filter, Incident, Locale, Mute, Muted, Platform, Severity, StormRule, Subscription,
        Topic, Track, Watch, WatchLimits,
    },
    store::{Kept, Outcome, SledStore, Store, StoreError, Undelivered},
};
use tempfile::TempDir;

use crate::{
    bench::{Bench, all_told, category, chat, page, service, subscription, topic, update},
    disk::{directory, wait_until_free},
};

/// Rounds of one test unless told otherwise.
const ROUNDS: u64 = 25;

const CHATS: usize = 150;
const SERVICES: usize = 12;

/// Everything that can be asked of a store.
#[derive(Debug, PartialEq)]
struct Contents {
    kept: Vec<Kept>,
    tracks: Vec<Track>,
    incidents: Vec<Incident>,
    undelivered: Vec<Undelivered>,
    fan_outs: usize,
    backlog: (usize, usize, usize),
    memos: Vec<Option<String>>,
}

/// Enough of them to fill some of sled's segments.
const MEMOS: usize = 400;

fn memo(number: usize) -> (String, String) {
    (format!("memo {number}"), format!("{number} is what stands here. ").repeat(120))
}

async fn read(store: &dyn Store) -> Result<Contents, StoreError> {
    let mut incidents = Vec::new();
    for number in 0..SERVICES {
        incidents.extend(store.history(&service(&format!("s{number}")), 99).await?);
    }
    let backlog = store.backlog().await?;
    let mut memos = Vec::new();
    for number in 0..MEMOS {
        memos.push(store.memo(&memo(number).0).await?);
    }
    Ok(Contents {
        kept: store.kept(None, usize::MAX).await?.0,
        tracks: store.tracks().await?,
        incidents,
        undelivered: store.undelivered(None, usize::MAX).await?,
        fan_outs: store.fan_outs(Platform::Telegram).await?.len(),
        backlog: (backlog.fanouts, backlog.deliveries, backlog.dead),
        memos,
    })
}

/// A store that was used for a while, closed, and what is in it.
async fn lived_in() -> (Bench, Contents) {
    let mut bench = Bench::disk();
    let mut changes = Vec::new();
    for number in 0..CHATS {
        let here = chat(&format!("c{number:03}"));
        let about = if number % 3 == 0 { category() } else { topic(&format!("s{}", number % SERVICES)) };
        changes.push(Change::Subscribe(subscription(&here, about, Filter::default())));
        let settings = ChatSettings { locale: Locale::De, ..ChatSettings::default() };
        changes.push(Change::Settings { chat: here.clone(), settings });
        if number % 10 == 0 {
            changes.push(Change::Mute { chat: here.clone(), mute: Mute { muted: Muted::All, until: None } });
        }
    }
    let limits = WatchLimits { per_chat: 9, overall: 9 };
    let watch = Watch { page: page(1), name: Some("Ours".to_owned()) };
    let watched = Topic::Service(watch.page.id.clone());
    changes.push(Change::Watch { chat: chat("c000"), watch, limits });
    changes.push(Change::Subscribe(subscription(&chat("c000"), watched, Filter::default())));
    bench.apply(changes).await;
    for number in 0..SERVICES {
        let id = bench.incident(&format!("s{number}"), Severity::MajorOutage);
        bench.known(&id).updates = (0..5).map(|number| update(number, &"It does not work. ".repeat(60))).collect();
        bench.tell(&id).await;
        for (place, claim) in bench.claim(40).await.into_iter().enumerate() {
            let outcome = match place % 5 {
                0 => Outcome::Dead { reason: "no".to_owned() },
                1 => {
                    let at = bench.now + chrono::TimeDelta::days(90_000);
                    Outcome::Retry { at, counted: true, is_in_doubt: false, reason: None }
                }
                _ => Outcome::Told(all_told(&claim.incident)),
            };
            bench.settle(&claim, outcome).await;
        }
        if number % 4 == 0 {
            bench.resolve(&id).await;
        }
        if number % 5 == 0 {
            bench.restart();
        }
    }
    bench.restart();
    // What is written after the last opening is read from the log at the next one.
    let memos: Vec<_> = (0..MEMOS).map(memo).collect();
    let stored = memos.iter().map(|(name, words)| bench.store().set_memo(name, words));
    assert!(futures_util::future::join_all(stored).await.iter().all(Result::is_ok));
    let contents = read(bench.store()).await.unwrap();
    bench.store().close().await.unwrap();
    wait_until_free(&directory(&bench).join("db"));
    (bench, contents)
}

fn copied(from: &Path) -> TempDir {
    let home = TempDir::new().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = home.path().join(entry.file_name());
        if entry.path().is_dir() { fs::create_dir(to).unwrap() } else { fs::copy(entry.path(), to).map(drop).unwrap() }
    }
    home
}

/// Damages a file, and says how.
fn damage(path: &Path, random: &mut Rng) -> String {
    let mut bytes = fs::read(path).unwrap();
    // sled keeps room behind its data: what is damaged is to be something.
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    if end == 0 || random.u8(..8) == 0 {
        fs::remove_file(path).unwrap();
        return "removed".to_owned();
    }
    let at = random.usize(..end);
    let how = match random.u8(..6) {
        0 | 1 => {
            let count = random.usize(1..9);
            for _ in 0..count {
                bytes[random.usize(..end)] ^= random.u8(1..);
            }
            format!("{count} bytes flipped")
        }
        2 => {
            bytes.truncate(at);
            format!("cut at {at}")
        }
        3 => {
            let from = at / 4096 * 4096;
            let until = (from + 4096).min(end);
            bytes[from..until].fill(0);
            format!("zeros from {from}")
        }
        4 => {
            let other = random.usize(..end);
            let length = 512.min(end - at.max(other));
            for step in 0..length {
                bytes.swap(at + step, other + step);
            }
            format!("{at} and {other} swapped")
        }
        _ => {
            bytes[at..end].iter_mut().for_each(|byte| *byte = random.u8(..));
            format!("noise from {at}")
        }
    };
    fs::write(path, bytes).unwrap();
    how
}

/// The files of a store, but the notes of moving it.
fn files(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

async fn opened(home: &Path, what: &str) -> std::sync::Arc<SledStore> {
    rescue::open(home, StormRule::OFF, &SystemClock::new()).await.unwrap_or_else(|error| panic!("{what}: {error:?}"))
}

/// What is in the store. What is damaged may be noticed only when it is read; then it is made anew, and read again.
async fn read_in_the_end(store: &dyn Store, what: &str) -> Contents {
    for _ in 0..3 {
        match read(store).await {
            Ok(contents) => return contents,
            Err(StoreError::Io(_)) => {}
            Err(error) => panic!("{what}: {error:?}"),
        }
    }
    panic!("{what}: it cannot be read")
}

fn rounds() -> (u64, impl Iterator<Item = (u64, Rng)>) {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse().unwrap());
    let seed: u64 = number("DAMAGE_SEED").unwrap_or_else(|| fastrand::u64(..));
    let rounds = number("DAMAGE_ROUNDS").unwrap_or(ROUNDS);
    (seed, (0..rounds).map(move |round| (round, Rng::with_seed(seed.wrapping_add(round)))))
}

#[tokio::test]
async fn whatever_happens_to_one_file_nothing_is_lost() {
    let (bench, contents) = lived_in().await;
    assert!(contents.kept.len() > 2 * CHATS && !contents.undelivered.is_empty() && contents.backlog.2 > 0);
    let (seed, rounds) = rounds();
    println!("seed {seed}");
    for (round, mut random) in rounds {
        let home = copied(directory(&bench));
        let files = files(home.path());
        let file = &files[random.usize(..files.len())];
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let what = format!("seed {seed}, round {round}: {name} {}", damage(file, &mut random));
        let store = opened(home.path(), &what).await;
        let found = read_in_the_end(&*store, &what).await;
        assert!(found == contents, "{what}:\n{found:?}\nand not\n{contents:?}");
        store.set_memo("another", "one").await.unwrap();
        store.close().await.unwrap();
        let again = opened(home.path(), &what).await;
        assert!(read_in_the_end(&*again, &what).await == contents, "{what}: at the start after that");
        again.close().await.unwrap();
    }
}

#[tokio::test]
async fn whatever_happens_to_all_files_a_store_opens_and_takes_what_is_new() {
    let (bench, contents) = lived_in().await;
    let all: Vec<&Subscription> = contents.kept.iter().filter_map(subscribed).collect();
    let (seed, rounds) = rounds();
    println!("seed {seed}");
    for (round, mut random) in rounds {
        let home = copied(directory(&bench));
        let mut what = format!("seed {seed}, round {round}");
        for file in files(home.path()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name != "lock" {
                what += &format!(", {name} {}", damage(&file, &mut random));
            }
        }
        let store = opened(home.path(), &what).await;
        let found = read_in_the_end(&*store, &what).await;
        let subscriptions = found.kept.iter().filter_map(subscribed);
        let known =
            subscriptions.filter(|one| all.iter().any(|known| known.chat == one.chat && known.topic == one.topic));
        assert_eq!(known.count(), found.kept.iter().filter_map(subscribed).count(), "{what}: invented");
        let request = foghorn::domain::RequestId("later".into());
        let new = Change::Subscribe(subscription(&chat("new"), topic("signal"), Filter::default()));
        store.apply(&request, vec![new], bench.now).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
        store.close().await.unwrap();
        let again = opened(home.path(), &what).await;
        assert_eq!(again.subscriptions(&chat("new")).await.unwrap().len(), 1, "{what}");
        again.close().await.unwrap();
    }
}

fn subscribed(kept: &Kept) -> Option<&Subscription> {
    match kept {
        Kept::Subscription(subscription) => Some(subscription),
        Kept::Settings { .. } | Kept::Mute { .. } | Kept::Watch { .. } => None,
    }
}
