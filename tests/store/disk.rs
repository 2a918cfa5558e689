//! What only the store on disk has to show.

use std::{future::ready, path::Path, sync::Arc};

use foghorn::{
    domain::{Change, Filter, Platform, RequestId, Severity, SourceId, SourceKind, SourceTrack},
    store::{Aside, Kept, SledStore, Store, StoreError, salvage},
};
use tempfile::TempDir;

use crate::bench::{Backend, Bench, addresses, chat, subscription, time, topic, update};

fn refused(path: &Path) -> StoreError {
    match SledStore::open(path) {
        Ok(_) => panic!("the store opened"),
        Err(error) => error,
    }
}

pub(crate) fn directory(bench: &Bench) -> &Path {
    match &bench.backend {
        Backend::Disk { directory, .. } => directory.path(),
        Backend::Memory(_) => panic!("not on disk"),
    }
}

#[tokio::test]
async fn a_directory_in_use_is_refused_with_a_clear_message_and_free_after_closing() {
    let home = TempDir::new().unwrap();
    let first = SledStore::open(home.path()).unwrap();
    let error = refused(home.path());
    assert!(matches!(error, StoreError::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("in use by another process"));
    assert!(error.to_string().contains(home.path().to_str().unwrap()));

    first.close().await.unwrap();
    SledStore::open(home.path()).unwrap();
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_as_it_is() {
    let home = TempDir::new().unwrap();
    let db = sled::open(home.path()).unwrap();
    db.insert(b"!", b"\0\x007").unwrap();
    db.flush().unwrap();
    drop(db);

    let error = refused(home.path());
    assert!(matches!(error, StoreError::Newer { found: 7, known: 1, .. }), "{error:?}");
    let db = database(home.path());
    let rows: Vec<_> = db.iter().map(|row| row.unwrap().0.to_vec()).collect();
    assert_eq!(rows, [b"!"]);
}

/// A store with something in it, closed.
async fn used(home: &Path) {
    let store = SledStore::open(home).unwrap();
    for number in 0..300 {
        let wish = subscription(&chat(&format!("c{number}")), topic("signal"), Filter::default());
        let request = RequestId(format!("request {number}").into());
        store.apply(&request, vec![Change::Subscribe(wish)], time(0)).await.unwrap();
    }
    store.close().await.unwrap();
}

/// Waits until a database that was closed a moment ago is let go of: by sled's threads, and by children that were forked
/// meanwhile.
fn wait_until_free(db: &Path) {
    let file = std::fs::File::open(db).unwrap();
    file.lock().unwrap();
    // Not left to dropping the file: a child that is just being forked may hold the same lock.
    file.unlock().unwrap();
}

/// What is in a store that was closed.
pub(crate) fn database(home: &Path) -> sled::Db {
    for _ in 0..1_000 {
        wait_until_free(&home.join("db"));
        match sled::open(home) {
            Err(sled::Error::Io(cause)) if cause.to_string().contains("lock") => {}
            opened => return opened.unwrap(),
        }
    }
    panic!("the lock of {} is never free", home.display());
}

type Damage = fn(&mut Vec<u8>);

fn damage(db: &Path, how: impl FnOnce(&mut Vec<u8>)) {
    wait_until_free(db);
    let mut bytes = std::fs::read(db).unwrap();
    how(&mut bytes);
    std::fs::write(db, bytes).unwrap();
}

#[tokio::test]
async fn a_store_that_lost_what_it_held_is_refused_and_not_begun_anew() {
    let kinds: [(&str, Damage); 6] = [
        ("cut in half", |bytes| bytes.truncate(bytes.len() / 2)),
        ("cut at its end", |bytes| bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).unwrap() - 20)),
        ("empty", Vec::clear),
        ("zeros", |bytes| bytes.fill(0)),
        ("garbage", |bytes| {
            bytes.iter_mut().zip(0_u64..).for_each(|(byte, place)| *byte = (place * 7 + place / 13) as u8)
        }),
        ("with spots", |bytes| bytes.iter_mut().step_by(997).for_each(|byte| *byte ^= 0x5A)),
    ];
    for (name, how) in kinds {
        let home = TempDir::new().unwrap();
        used(home.path()).await;
        damage(&home.path().join("db"), how);
        for again in 1..=2 {
            let error = refused(home.path());
            assert!(matches!(error, StoreError::Ruined { .. }), "{name}, {again}: {error:?}");
            assert!(error.to_string().contains("damaged"), "{name}, {again}: {error}");
        }
    }
}

/// What can be read of a damaged store.
fn salvaged(directory: &Path) -> Result<Vec<Kept>, StoreError> {
    let mut kept = Vec::new();
    salvage(directory, |one| {
        kept.push(one);
        Ok::<_, StoreError>(())
    })?;
    Ok(kept)
}

#[tokio::test]
async fn a_store_that_was_cut_off_anywhere_opens_with_all_it_held_or_is_known_to_be_damaged_and_read() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    wait_until_free(&home.path().join("db"));
    let whole = std::fs::read(home.path().join("db")).unwrap();
    let end = whole.iter().rposition(|byte| *byte != 0).unwrap();
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut most = 0;
    for _ in 0..16 {
        let cut = random.usize(..end);
        let there = TempDir::new().unwrap();
        for name in ["conf", "lock"] {
            std::fs::copy(home.path().join(name), there.path().join(name)).unwrap();
        }
        std::fs::write(there.path().join("db"), &whole[..cut]).unwrap();
        match SledStore::open(there.path()) {
            Ok(store) => {
                for number in 0..300 {
                    let kept = store.subscriptions(&chat(&format!("c{number}"))).await.unwrap();
                    assert_eq!(kept.len(), 1, "cut at {cut} of {end}: chat {number}");
                }
                store.close().await.unwrap();
            }
            Err(StoreError::Ruined { .. }) => {
                let aside = Aside::begin(there.path(), time(0)).unwrap();
                let kept = salvaged(&aside.copy().unwrap()).unwrap_or_default();
                assert!(kept.iter().all(|one| matches!(one, Kept::Subscription(_))), "cut at {cut} of {end}: {kept:?}");
                most = most.max(kept.len());
                // The way is free for a new one.
                SledStore::open(there.path()).unwrap().close().await.unwrap();
            }
            Err(error) => panic!("cut at {cut} of {end}: {error:?}"),
        }
    }
    assert!(most > 0, "nothing was ever read");
}

#[tokio::test]
async fn when_only_what_sled_notes_beside_its_data_is_damaged_everything_is_read() {
    // Of several notes of what the data is, sled believes that of the latest state.
    for name in ["conf", "snap.FFFFFFFFFFFFFFFF"] {
        let home = TempDir::new().unwrap();
        used(home.path()).await;
        wait_until_free(&home.path().join("db"));
        std::fs::write(home.path().join(name), b"segment_size: none at all").unwrap();
        let error = refused(home.path());
        assert!(matches!(error, StoreError::Ruined { .. }), "{name}: {error:?}");
        let aside = Aside::begin(home.path(), time(0)).unwrap();
        assert_eq!(salvaged(&aside.copy().unwrap()).unwrap().len(), 300, "{name}");
    }
}

#[tokio::test]
async fn a_damaged_store_is_moved_aside_whole_and_none_of_those_before_is_touched() {
    let home = TempDir::new().unwrap();
    let mut moved = Vec::new();
    for round in 0..2 {
        used(home.path()).await;
        damage(&home.path().join("db"), |bytes| bytes.fill(round));
        assert!(matches!(refused(home.path()), StoreError::Ruined { .. }));
        let damaged = std::fs::read(home.path().join("db")).unwrap();
        let aside = Aside::begin(home.path(), time(0)).unwrap();
        assert_eq!(std::fs::read(aside.directory().join("db")).unwrap(), damaged);
        assert!(!home.path().join("db").exists());
        // Stopped here, the next start goes on.
        assert_eq!(Aside::unfinished(home.path()).unwrap().as_ref(), Some(&aside));
        moved.push((aside.directory().to_owned(), damaged));
        aside.finish().unwrap();
        assert_eq!(Aside::unfinished(home.path()).unwrap(), None);
    }
    assert_eq!(Aside::all(home.path()), moved.iter().map(|(directory, _)| directory.clone()).collect::<Vec<_>>());
    for (directory, damaged) in moved {
        assert_eq!(std::fs::read(directory.join("db")).unwrap(), damaged);
    }
}

#[tokio::test]
async fn moving_aside_that_was_stopped_midway_goes_on_where_it_was() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    damage(&home.path().join("db"), Vec::clear);
    assert!(matches!(refused(home.path()), StoreError::Ruined { .. }));
    let aside = Aside::begin(home.path(), time(0)).unwrap();
    // As if only one of the files had been moved when the program was killed.
    std::fs::rename(aside.directory().join("conf"), home.path().join("conf")).unwrap();
    std::fs::remove_file(aside.directory().join("moved")).unwrap();
    assert_eq!(Aside::unfinished(home.path()).unwrap().as_ref(), Some(&aside));
    assert!(aside.directory().join("conf").exists() && aside.directory().join("db").exists());
    SledStore::open(home.path()).unwrap().close().await.unwrap();
}

#[tokio::test]
async fn what_is_in_use_is_not_moved() {
    let home = TempDir::new().unwrap();
    let store = SledStore::open(home.path()).unwrap();
    assert!(matches!(Aside::begin(home.path(), time(0)), Err(StoreError::InUse { .. })));
    store.close().await.unwrap();
    assert_eq!(Aside::all(home.path()), Vec::<std::path::PathBuf>::new());
    SledStore::open(home.path()).unwrap();
}

#[tokio::test]
async fn a_store_whose_file_is_gone_is_refused_and_no_new_one_is_made() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    std::fs::remove_file(home.path().join("db")).unwrap();
    assert!(matches!(refused(home.path()), StoreError::Ruined { .. }));
    assert!(!home.path().join("db").exists());
}

#[tokio::test]
async fn a_path_that_is_no_directory_is_an_error() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = refused(&file);
    assert!(matches!(error, StoreError::Unusable { .. }), "{error:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_directory_is_created_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let home = TempDir::new().unwrap();
    let path = home.path().join("deep/data");
    let _store = SledStore::open(&path).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[tokio::test]
async fn no_value_is_larger_than_four_kilobytes() {
    let mut bench = Bench::disk();
    let here = chat("here");
    let filter = Filter { severity: None, components: (0..500).map(|number| format!("Component {number}")).collect() };
    let mut nasty = subscription(&here, topic("signal"), filter);
    nasty.mention = Some("@".repeat(9_000));
    bench.apply(vec![Change::Subscribe(nasty)]).await;
    bench.subscribe(&chat("there"), topic("signal"), Filter::default()).await;
    let id = bench.incident("signal", Severity::MajorOutage);
    let incident = bench.known(&id);
    incident.title = Some("ü".repeat(5_000));
    incident.url = Some(format!("https://status.example/{}", "x".repeat(5_000)));
    incident.components = (0..1_000).map(|number| format!("Component {number} with a long name")).collect();
    incident.regions = (0..1_000).map(|number| format!("Region {number}")).collect();
    incident.updates = (0..200).map(|number| update(number, &"\"\\\n".repeat(2_000))).collect();
    let source = SourceTrack {
        unreadable: Some("x".repeat(9_000)),
        not_well: (0..1_000).map(|number| (format!("Component {number}"), Default::default())).collect(),
        ..SourceTrack::default()
    };
    let feed = SourceId::new(SourceKind::Rss, "https://status.example/feed");
    bench.tracks.get_mut(&id.service).unwrap().sources.insert(feed, Arc::new(source));
    bench.tell(&id).await;
    for claim in bench.claim(9).await {
        let reason = "y".repeat(9_000);
        bench.settle(&claim, foghorn::store::Outcome::Dead { reason }).await;
    }
    bench.restart();
    assert_eq!(bench.store().tracks().await.unwrap(), [bench.tracks[&id.service].clone()]);
    assert_eq!(bench.store().subscriptions(&here).await.unwrap()[0].filter.components.len(), 500);

    bench.store().close().await.unwrap();
    let db = database(directory(&bench));
    let largest = db.iter().values().map(|value| value.unwrap().len()).max().unwrap();
    assert!(largest < 4_096, "{largest}");
    assert_eq!(std::fs::read_dir(directory(&bench).join("blobs")).unwrap().count(), 0);
}

#[tokio::test]
async fn two_hundred_commits_at_once_are_all_there_after_a_restart() {
    let mut bench = Bench::disk();
    let mut commits = Vec::new();
    for number in 0..200 {
        let id = bench.incident(&format!("service-{number}"), Severity::Degraded);
        commits.push(foghorn::store::Commit {
            track: Arc::new(bench.tracks[&id.service].clone()),
            category: "messaging".to_owned(),
            changed: vec![id],
            forgotten: Vec::new(),
            transitions: Vec::new(),
            past: Vec::new(),
            history_from: chrono::DateTime::<chrono::Utc>::MIN_UTC,
            at: time(0),
        });
    }
    let store = bench.store();
    let done = futures_util::future::join_all(commits.into_iter().map(|commit| store.commit(commit))).await;
    assert!(done.iter().all(Result::is_ok));
    bench.restart();
    let tracks: Vec<_> = bench.tracks.values().cloned().collect();
    assert_eq!(bench.store().tracks().await.unwrap(), tracks);
}

#[tokio::test]
async fn a_claim_that_nobody_waits_for_any_more_is_taken_back() {
    let mut bench = Bench::disk();
    bench.subscribe_many(3, &topic("signal"), &Filter::default()).await;
    bench.open("signal", Severity::Degraded).await;
    tokio::select! {
        biased;
        _ = bench.store().claim(Platform::Telegram, bench.now, 9) => panic!("it cannot be answered before it is polled twice"),
        () = ready(()) => {}
    }
    // Another operation makes sure that the claim has been worked on.
    bench.store().apply(&RequestId("after".into()), Vec::new(), bench.now).await.unwrap();
    assert_eq!(addresses(&bench.claim(9).await), ["c000", "c001", "c002"]);
}

#[tokio::test]
async fn a_store_from_before_there_was_an_order_in_its_history_gets_one() {
    let mut bench = Bench::disk();
    let first = bench.open("signal", Severity::Degraded).await;
    bench.pass(60);
    let second = bench.open("signal", Severity::Degraded).await;
    bench.store().close().await.unwrap();
    let db = database(directory(&bench));
    let rows: Vec<_> = db.scan_prefix(b"y").keys().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    rows.iter().for_each(|row| drop(db.remove(row).unwrap()));
    db.flush().unwrap();
    drop(db);

    bench.restart();
    let history = bench.store().history(&first.service, 9).await.unwrap();
    assert_eq!(history.into_iter().map(|incident| incident.id).collect::<Vec<_>>(), [second, first]);
}
