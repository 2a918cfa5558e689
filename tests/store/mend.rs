//! Rows that cannot be understood stop neither the others nor those who wait for them.

use std::{collections::BTreeSet, sync::Arc};

use foghorn::{
    domain::{
        Change, ChatSettings, Filter, Mute, Muted, Platform, Severity, SourceId, SourceKind, Topic, Watch, WatchLimits,
    },
    store::{Outcome, PageEnd},
};

use crate::{
    bench::{Bench, category, chat, page, service, subscription, time, topic},
    disk::{database, directory},
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
    bench
        .apply(vec![
            Change::Settings { chat: chat("s1"), settings: ChatSettings::default() },
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
    bench.settle(&claims[1], Outcome::Retry { at: time(60), counted: true, is_in_doubt: false }).await;
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
    let db = database(directory(bench));
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
    assert_eq!(kinds, "#abcdefghiklmnoqrstvwxyz");
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
        assert_eq!(is_aside, b"adefghilnoqstvwx".contains(&key[0]), "{shown}");
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
async fn what_is_counted_is_counted_anew_when_the_count_is_lost() {
    let mut bench = full().await;
    bench.restart();
    let before = bench.backlog().await;
    bench.store().close().await.unwrap();
    spoil(&bench, b"#");
    bench.restart();
    assert_eq!(bench.backlog().await, before);
}
