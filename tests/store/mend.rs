//! Rows that cannot be understood stop neither the others nor those who wait for them.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use foghorn::{
    domain::{
        Change, ChatSettings, Filter, IncidentId, Mute, Muted, Platform, Schedule, Severity, SourceId, SourceKind,
        StormRule, Topic, Watch, WatchLimits,
    },
    store::{Outcome, PageEnd},
};

use crate::{
    bench::{Bench, category, chat, page, service, subscription, time, topic},
    disk::{database, database_alone, directory},
};

/// Chats that want to hear of what is wrong with Signal, by the service or by its category.
const LISTENING: [&str; 6] = ["s1", "s2", "s3", "s4", "c1", "c2"];

/// A store with something of every kind in it: Signal is out, and some chats were told, some are being told, some are not
/// reached, and some not come to yet.
async fn full() -> Bench {
    let mut bench = Bench::disk();
    for address in LISTENING {
        let about = if address.starts_with('s') { topic("signal") } else { category() };
        bench.subscribe(&chat(address), about, Filter::default()).await;
    }
    let watch = Watch { page: page(1), name: Some("Ours".to_owned()) };
    let watched = Topic::Service(watch.page.id.clone());
    let limits = WatchLimits { per_chat: 9, overall: 9 };
    let digest = Schedule::parse("0 9 * * *").ok();
    bench
        .apply(vec![
            Change::Settings { chat: chat("s1"), settings: ChatSettings { digest, ..ChatSettings::default() } },
            Change::Mute { chat: chat("m"), mute: Mute { muted: Muted::All, until: None } },
            Change::Watch { chat: chat("m"), watch, limits },
            Change::Subscribe(subscription(&chat("m"), watched, Filter::default())),
            Change::Move { from: chat("before"), to: chat("after") },
        ])
        .await;
    bench.store().set_memo("a name", "words").await.unwrap();
    let id = bench.incident("signal", Severity::MajorOutage);
    let feed = SourceId::new(SourceKind::Rss, "https://status.example/feed");
    bench.tracks.get_mut(&id.service).unwrap().sources.insert(feed, Arc::default());
    bench.tell(&id).await;
    let claims = bench.claim(4).await;
    bench.tell_all(&claims[0]).await;
    bench.settle(&claims[1], Outcome::Retry { at: time(60), counted: true, is_in_doubt: false, reason: None }).await;
    bench.settle(&claims[2], Outcome::Dead { reason: "no".to_owned() }).await;
    bench.update(&id).await;
    bench.claim(1).await;
    bench.pass(100);
    bench.store().close().await.unwrap();
    bench
}

/// All keys of a closed store, but the mark of its schema and the count of its openings.
fn keys(bench: &Bench) -> Vec<Vec<u8>> {
    let db = database(directory(bench));
    db.iter().keys().map(|key| key.unwrap().to_vec()).filter(|key| !b"!.".contains(&key[0])).collect()
}

/// One row gets another value, of no meaning.
fn spoil(bench: &Bench, key: &[u8]) {
    let db = database_alone(directory(bench));
    assert!(db.insert(key, b"\0\0{\"no\": sense").unwrap().is_some());
    db.flush().unwrap();
}

/// Does everything that a store is asked for, and gives the chats that were told of Signal.
async fn use_it(bench: &mut Bench) -> BTreeSet<String> {
    bench.restart();
    let store = bench.store();
    store.tracks().await.unwrap();
    store.history(&service("signal"), 9).await.unwrap();
    for address in LISTENING.into_iter().chain(["m"]) {
        let chat = chat(address);
        assert!(!store.subscriptions(&chat).await.unwrap().is_empty(), "{address} has no subscription any more");
        store.settings(&chat).await.unwrap();
        store.mutes(&chat, bench.now).await.unwrap();
        store.watches(&chat).await.unwrap();
    }
    store.subscribers(Platform::Telegram, None, 99).await.unwrap();
    for (page, is_watched) in store.pages().await.unwrap() {
        assert!(is_watched);
        assert_eq!(store.end_page(&page.id).await.unwrap(), PageEnd::Watched);
    }
    store.memo("a name").await.unwrap();
    store.kept(None, 99).await.unwrap();
    store.undelivered(None, 99).await.unwrap();
    store.fan_outs(Platform::Telegram).await.unwrap();
    let deliveries: usize = store.depths().await.unwrap().iter().map(|depth| depth.deliveries).sum();
    assert_eq!(deliveries, bench.backlog().await.1);

    let mut told = BTreeSet::new();
    for round in 0.. {
        assert!(round < 50, "there is no end to it");
        if bench.next_due().await.is_none() {
            break;
        }
        for claim in bench.claim(2).await {
            assert!(told.insert(claim.id.chat.address.to_string()), "{} is told twice", claim.id.chat);
            bench.tell_all(&claim).await;
        }
    }
    assert_eq!(bench.backlog().await.0, 0);
    assert_eq!(bench.backlog().await.1, 0);
    told
}

#[tokio::test]
async fn whatever_row_is_bad_all_else_goes_on_and_every_chat_is_told() {
    let everybody: BTreeSet<_> = LISTENING.map(str::to_owned).into();
    let (mut kinds, mut chosen) = (BTreeSet::new(), Vec::new());
    for key in keys(&full().await) {
        // One of each kind; of deliveries and subscriptions each is another case.
        if kinds.insert(key[0]) || b"dqw".contains(&key[0]) {
            chosen.push(key);
        }
    }
    let kinds: String = kinds.into_iter().map(char::from).collect();
    assert_eq!(kinds, "#%ATabcdefghiklmnoqrstvwxyz");
    for key in chosen {
        let shown = key.escape_ascii().to_string();
        println!("{shown}");
        let mut bench = full().await;
        spoil(&bench, &key);
        let told = use_it(&mut bench).await;
        // Of an incident that is lost nothing can be told.
        if key[0] != b'i' {
            assert_eq!(told, everybody, "without {shown}");
        }
        // And of the next one everybody hears.
        let next = bench.open("signal", Severity::MajorOutage).await;
        let heard: BTreeSet<_> = bench.claim(99).await.into_iter().map(|claim| claim.id).collect();
        for address in LISTENING {
            let is_heard = heard.iter().any(|id| id.incident == next && *id.chat.address == *address);
            assert!(is_heard, "without {shown}, {address} hears nothing of the next outage");
        }
        bench.store().close().await.unwrap();
        // What was bad is kept for a person to look at, where it was looked at at all.
        let is_aside = database(directory(&bench)).get([b"?", key.as_slice()].concat()).unwrap().is_some();
        assert_eq!(is_aside, b"%Aadefghilnoqstvwx".contains(&key[0]), "{shown}");
    }
}

#[tokio::test]
async fn numbers_of_incidents_are_not_given_out_again_when_the_head_of_a_track_is_lost() {
    let mut bench = full().await;
    spoil(&bench, b"tsignal\0");
    bench.restart();
    let track = bench.store().track(&service("signal")).await.unwrap().unwrap();
    assert_eq!(track.next_number, bench.tracks[&service("signal")].next_number);
}

#[tokio::test]
async fn how_much_waits_is_counted_anew_where_it_was_never_counted_or_the_count_is_lost() {
    let mut bench = full().await;
    bench.restart();
    let before = bench.store().depths().await.unwrap();
    assert!(before.iter().any(|depth| depth.deliveries > 1 && depth.oldest.is_some()), "{before:?}");
    bench.store().close().await.unwrap();
    let db = database_alone(directory(&bench));
    for row in db.scan_prefix(b"%").keys() {
        db.remove(row.unwrap()).unwrap();
    }
    db.flush().unwrap();
    drop(db);
    bench.restart();
    assert_eq!(bench.store().depths().await.unwrap(), before);
    bench.store().close().await.unwrap();
    assert!(keys(&bench).iter().any(|key| key.starts_with(b"%")), "it is known from now on");
}

#[tokio::test]
async fn what_is_counted_is_counted_anew_when_the_count_is_lost() {
    let mut bench = full().await;
    bench.restart();
    let before = bench.backlog().await;
    bench.store().close().await.unwrap();
    spoil(&bench, b"#");
    bench.restart();
    assert_eq!(bench.backlog().await, before);
}

/// Four outages of which a chat hears in one storm. `is_told`: it was told of them; `is_news`: and one of them has ended since.
async fn stormy(is_told: bool, is_news: bool) -> (Bench, Vec<IncidentId>) {
    let mut bench = Bench::disk();
    bench.set_storms(StormRule { outages: 1, within: Duration::from_secs(300) });
    bench.subscribe(&chat("here"), category(), Filter::default()).await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(bench.open(&format!("s{number}"), Severity::MajorOutage).await);
    }
    let first = bench.claim(99).await;
    assert_eq!(first.len(), 1);
    bench.tell_all(&first[0]).await;
    if is_told {
        bench.pass(5);
        let storm = bench.claim_one().await;
        assert_eq!(storm.storm.as_ref().unwrap().open, 4);
        bench.tell_all(&storm).await;
        if is_news {
            bench.resolve(&ids[1]).await;
            assert!(bench.claim(99).await.is_empty(), "the storm waits a moment");
        }
    }
    bench.store().close().await.unwrap();
    (bench, ids)
}

/// Lets the storm be told until nothing is due, and says what the last message about it said: how many go on, and are over.
async fn told_storm(bench: &mut Bench) -> Option<(usize, usize)> {
    let mut last = None;
    for round in 0.. {
        assert!(round < 20, "there is no end to it");
        bench.pass(5);
        for claim in bench.claim(99).await {
            let storm = claim.storm.as_ref().unwrap_or_else(|| panic!("{claim:?} goes on by itself"));
            last = Some((storm.open, storm.over));
            bench.tell_all(&claim).await;
        }
        if bench.next_due().await.is_none() {
            break;
        }
    }
    last
}

#[tokio::test]
async fn whatever_is_lost_of_a_storm_it_is_told_to_its_end() {
    for (is_told, is_news) in [(false, false), (true, false), (true, true)] {
        let (bench, _) = stormy(is_told, is_news).await;
        let chosen: Vec<_> = keys(&bench).into_iter().filter(|key| b"ujad".contains(&key[0])).collect();
        assert!(chosen.len() >= 6, "{chosen:?}");
        for key in chosen {
            let shown = format!("{}, told: {is_told}, news: {is_news}", key.escape_ascii());
            println!("{shown}");
            let (mut bench, ids) = stormy(is_told, is_news).await;
            spoil(&bench, &key);
            bench.restart();
            let told = told_storm(&mut bench).await;
            let over = usize::from(is_news);
            if !is_told || is_news {
                assert_eq!(told, Some((4 - over, over)), "{shown}");
            }
            for id in &ids[1 + over..] {
                bench.resolve(id).await;
            }
            assert_eq!(told_storm(&mut bench).await, Some((0, 4)), "{shown}");
            bench.resolve(&ids[0]).await;
            let end = bench.claim_one().await;
            assert_eq!((&end.id.incident, end.incident.is_open()), (&ids[0], false), "{shown}");
            bench.tell_all(&end).await;
            assert_eq!(bench.backlog().await, (0, 0, 0), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_chat_whose_alert_is_lost_is_told_the_end_and_not_the_beginning_again() {
    let mut bench = Bench::disk();
    bench.subscribe(&chat("here"), topic("signal"), Filter::default()).await;
    let id = bench.open("signal", Severity::MajorOutage).await;
    let opening = bench.claim_one().await;
    bench.tell_all(&opening).await;
    bench.store().close().await.unwrap();
    let alert = keys(&bench).into_iter().find(|key| key[0] == b'a').unwrap();
    spoil(&bench, &alert);
    bench.restart();
    bench.resolve(&id).await;
    let end = bench.claim_one().await;
    let known = end.alert.as_ref().expect("it knows of the beginning");
    assert_eq!((known.chapter, end.incident.chapter, known.message.clone()), (1, 2, None));
}

#[tokio::test]
async fn a_digest_comes_whichever_row_of_its_appointment_is_bad() {
    for letter in [b'A', b'T'] {
        let mut bench = full().await;
        let key = keys(&bench).into_iter().find(|key| key[0] == letter).unwrap();
        spoil(&bench, &key);
        bench.restart();
        let (kept, next) = {
            let appointments = bench.store().keep_appointments(bench.now, 9).await.unwrap();
            (appointments.kept, appointments.next.unwrap())
        };
        assert_eq!(kept, 0);
        assert!(next > bench.now && next <= bench.now + chrono::TimeDelta::days(1), "{next}");
        bench.now = next;
        assert_eq!(bench.store().keep_appointments(bench.now, 9).await.unwrap().kept, 1);
        let claims = bench.claim(99).await;
        assert!(claims.iter().any(|claim| claim.digest.is_some()), "without {}", letter.escape_ascii());
    }
}
