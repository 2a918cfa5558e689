//! What only the store on disk has to show.

use std::{future::ready, path::Path, sync::Arc};

use foghorn::{
    domain::{Change, Filter, Platform, RequestId, Severity, SourceId, SourceKind, SourceTrack, Subscription},
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
pub(crate) fn wait_until_free(db: &Path) {
    let file = std::fs::File::open(db).unwrap();
    file.lock().unwrap();
    // Not left to dropping the file: a child that is just being forked may hold the same lock.
    file.unlock().unwrap();
}

/// What is in a store that was closed, to be changed: its copy, which says something else then, goes.
pub(crate) fn database_alone(home: &Path) -> sled::Db {
    std::fs::remove_file(home.join("copy")).unwrap();
    database(home)
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
        ("without its end", |bytes| bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).unwrap() / 4 * 3)),
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

/// The files of a store whose names begin so.
fn named(home: &Path, beginning: &str) -> Vec<String> {
    let entries = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.filter(|name| name.starts_with(beginning)).collect()
}

/// Opens the store, and looks whether all chats of [`used`] have their subscription.
async fn opens_with_all(home: &Path, what: &str) {
    let store = SledStore::open(home).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    for number in 0..300 {
        let kept = store.subscriptions(&chat(&format!("c{number}"))).await.unwrap();
        assert_eq!(kept.len(), 1, "{what}: chat {number}");
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn when_only_what_sled_notes_beside_its_data_is_damaged_the_store_opens_with_all_it_held() {
    for is_copied in [true, false] {
        let home = TempDir::new().unwrap();
        used(home.path()).await;
        // Once more, so that there is a snapshot of what was written.
        opens_with_all(home.path(), "undamaged").await;
        wait_until_free(&home.path().join("db"));
        let snapshot = named(home.path(), "snap.").pop().expect("sled has made a snapshot");
        let spoiled: [(&str, Damage); 4] = [
            ("conf", |bytes| bytes[9] ^= 4),
            ("conf", |bytes| *bytes = b"segment_size: none at all".to_vec()),
            (&snapshot, |bytes| bytes[20] ^= 1),
            (&snapshot, |bytes| bytes.truncate(7)),
        ];
        for (number, (name, how)) in spoiled.into_iter().enumerate() {
            if !is_copied {
                std::fs::remove_file(home.path().join("copy")).unwrap();
            }
            let path = home.path().join(name);
            // Opening without the snapshot makes another one.
            let path = if path.exists() { path } else { home.path().join(named(home.path(), "snap.").pop().unwrap()) };
            let mut bytes = std::fs::read(&path).unwrap();
            how(&mut bytes);
            std::fs::write(&path, &bytes).unwrap();
            opens_with_all(home.path(), &format!("{name}, {number}, {is_copied}")).await;
            let away = home.path().join(format!("unreadable-{}", path.file_name().unwrap().to_str().unwrap()));
            assert_eq!(std::fs::read(away).unwrap(), bytes, "what was bad is kept");
            wait_until_free(&home.path().join("db"));
        }
        assert_eq!(Aside::all(home.path()), Vec::<std::path::PathBuf>::new());
    }
}

#[tokio::test]
async fn a_snapshot_that_a_kill_has_cut_off_keeps_no_store_from_opening() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    wait_until_free(&home.path().join("db"));
    std::fs::write(home.path().join("snap.7FFFFFFFFFFFFFFF.generating"), b"half a snap").unwrap();
    opens_with_all(home.path(), "half a snapshot").await;
    assert_eq!(named(home.path(), "unreadable-"), Vec::<String>::new(), "nothing was lost that anybody would miss");
}

#[tokio::test]
async fn the_copy_alone_gives_everything_back_whatever_became_of_the_database() {
    let kinds: [(&str, Damage); 4] = [
        ("empty", Vec::clear),
        ("zeros", |bytes| bytes.fill(0)),
        ("cut in half", |bytes| bytes.truncate(bytes.len() / 2)),
        ("without its end", |bytes| bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).unwrap() / 4 * 3)),
    ];
    for (name, how) in kinds {
        let home = TempDir::new().unwrap();
        used(home.path()).await;
        wait_until_free(&home.path().join("db"));
        let before: Vec<_> = database(killed(home.path()).path()).iter().map(Result::unwrap).collect();
        damage(&home.path().join("db"), how);
        assert!(matches!(refused(home.path()), StoreError::Ruined { .. }), "{name}");
        let aside = Aside::begin(home.path(), time(0)).unwrap();
        assert!(aside.restore().unwrap().is_whole, "{name}");
        // Stopped here it is all done again.
        let aside = Aside::unfinished(home.path()).unwrap().unwrap();
        assert!(aside.restore().unwrap().is_whole, "{name}");
        let after: Vec<_> = database(home.path()).iter().map(Result::unwrap).collect();
        assert!(before == after, "{name}: {} rows were {}", after.len(), before.len());
        aside.finish().unwrap();
        opens_with_all(home.path(), name).await;
    }
}

#[tokio::test]
async fn a_damaged_copy_is_no_harm_and_is_made_anew() {
    let kinds: [(&str, Damage); 3] = [
        ("empty", Vec::clear),
        ("cut", |bytes| bytes.truncate(bytes.len() / 2)),
        ("with a spot", |bytes| bytes[99] ^= 1),
    ];
    for (name, how) in kinds {
        let home = TempDir::new().unwrap();
        used(home.path()).await;
        damage(&home.path().join("copy"), how);
        opens_with_all(home.path(), name).await;
        damage(&home.path().join("db"), Vec::clear);
        assert!(matches!(refused(home.path()), StoreError::Ruined { .. }), "{name}");
        let aside = Aside::begin(home.path(), time(0)).unwrap();
        assert!(aside.restore().unwrap().is_whole, "{name}: the new copy has all");
        aside.finish().unwrap();
        opens_with_all(home.path(), name).await;
    }
}

#[tokio::test]
async fn what_was_not_written_to_the_copy_is_known_to_be_missing_there() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    wait_until_free(&home.path().join("db"));
    let old = std::fs::read(home.path().join("copy")).unwrap();
    let store = SledStore::open(home.path()).unwrap();
    store.set_memo("something", "new").await.unwrap();
    store.close().await.unwrap();
    wait_until_free(&home.path().join("db"));
    // As if nothing had been written to the copy since, and then the database was lost.
    std::fs::write(home.path().join("copy"), &old).unwrap();
    damage(&home.path().join("db"), Vec::clear);
    assert!(matches!(refused(home.path()), StoreError::Ruined { .. }));
    let aside = Aside::begin(home.path(), time(0)).unwrap();
    assert!(!aside.restore().unwrap().is_whole);
}

#[tokio::test]
async fn what_the_database_lost_in_its_midst_without_a_word_is_found_by_its_copy() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    let db = database(home.path());
    let row = db.scan_prefix(b"w").next().unwrap().unwrap();
    db.remove(&row.0).unwrap();
    db.flush().unwrap();
    drop(db);
    let error = refused(home.path());
    assert!(matches!(error, StoreError::Ruined { .. }), "{error:?}");
    let aside = Aside::begin(home.path(), time(0)).unwrap();
    assert!(aside.restore().unwrap().is_whole);
    aside.finish().unwrap();
    opens_with_all(home.path(), "restored").await;
}

/// What a kill leaves of a store that is in use.
fn killed(home: &Path) -> TempDir {
    let there = TempDir::new().unwrap();
    for name in ["conf", "lock", "copy", "db"] {
        std::fs::copy(home.join(name), there.path().join(name)).unwrap();
    }
    there
}

#[tokio::test]
async fn what_was_stored_since_the_last_start_is_missed_after_a_kill_when_it_is_gone_and_not_when_it_is_there() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    let store = SledStore::open(home.path()).unwrap();
    for number in 0..20 {
        store.set_memo("the last", &number.to_string()).await.unwrap();
        let there = killed(home.path());
        if number % 2 == 0 {
            opens_with_all(there.path(), "only killed").await;
            continue;
        }
        damage(&there.path().join("db"), |bytes| {
            bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).unwrap() / 4 * 3);
        });
        assert!(matches!(refused(there.path()), StoreError::Ruined { .. }), "{number}");
        let aside = Aside::begin(there.path(), time(0)).unwrap();
        assert!(aside.restore().unwrap().is_whole);
        aside.finish().unwrap();
        let restored = SledStore::open(there.path()).unwrap();
        assert_eq!(restored.memo("the last").await.unwrap(), Some(number.to_string()));
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_turns_out_to_be_damaged_while_the_store_is_used_is_restored_at_once() {
    let words = "a text that stands nowhere else in the whole store";
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    let store = &SledStore::open(home.path()).unwrap();
    // It stands amid those of the others, where nothing looks before it is asked for.
    let here = chat("c150-and-a-half");
    let calling =
        Subscription { mention: Some(words.to_owned()), ..subscription(&here, topic("signal"), Filter::default()) };
    store.apply(&RequestId("calling".into()), vec![Change::Subscribe(calling)], time(0)).await.unwrap();
    // Enough to fill some segments behind that: the last one is read at every start.
    for round in 0..4 {
        let memos = (0..150).map(|number| (format!("z {number}"), format!("{round}").repeat(3_000)));
        let stored = memos.map(|(name, words)| async move { store.set_memo(&name, &words).await });
        assert!(futures_util::future::join_all(stored).await.iter().all(Result::is_ok));
    }
    store.close().await.unwrap();
    // Once more, so that sled has noted where everything stands and reads it only when it is asked for.
    opens_with_all(home.path(), "undamaged").await;
    damage(&home.path().join("db"), |bytes| {
        let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() - 600_000;
        let places: Vec<_> = (0..end).filter(|at| bytes[*at..].starts_with(words.as_bytes())).collect();
        assert!(!places.is_empty());
        places.into_iter().for_each(|at| bytes[at] ^= 1);
    });
    let store = SledStore::open(home.path()).unwrap();
    // Whoever asks first notices, unless the store has come across it by itself.
    if let Err(error) = store.subscriptions(&here).await {
        assert!(matches!(error, StoreError::Io(_)), "{error:?}");
    }
    assert_eq!(store.subscriptions(&here).await.unwrap()[0].mention.as_deref(), Some(words));
    assert_eq!(Aside::all(home.path()).len(), 1);
    assert_eq!(Aside::unfinished(home.path()).unwrap(), None);
    store.set_memo("after that", "stored").await.unwrap();
    store.close().await.unwrap();
    opens_with_all(home.path(), "restored").await;
    let store = SledStore::open(home.path()).unwrap();
    assert_eq!(store.memo("after that").await.unwrap().as_deref(), Some("stored"));
}

#[tokio::test]
async fn a_version_that_cannot_be_read_is_written_anew_and_nothing_else_is_lost() {
    let home = TempDir::new().unwrap();
    used(home.path()).await;
    let db = database_alone(home.path());
    db.insert(b"!", b"\0\0{\"no\": sense").unwrap();
    db.flush().unwrap();
    drop(db);
    opens_with_all(home.path(), "without a version").await;
    let db = database(home.path());
    assert_eq!(db.get(b"!").unwrap().unwrap(), b"\0\x001");
    assert!(db.get(b"?!").unwrap().is_some());
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
    let filter = Filter {
        severity: None,
        components: (0..500).map(|number| format!("Component {number}")).collect(),
        ..Filter::default()
    };
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
    let db = database_alone(directory(&bench));
    let rows: Vec<_> = db.scan_prefix(b"y").keys().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    rows.iter().for_each(|row| drop(db.remove(row).unwrap()));
    db.flush().unwrap();
    drop(db);

    bench.restart();
    let history = bench.store().history(&first.service, 9).await.unwrap();
    assert_eq!(history.into_iter().map(|incident| incident.id).collect::<Vec<_>>(), [second, first]);
}
