//! `foghorn outbox`, over a store with something of every kind in it.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    chat::console::Console,
    clock::{Clock, SystemClock},
    domain::{
        Change, ChatId, Condition, Filter, Incident, IncidentId, Phase, Platform, RequestId, ServiceId, Subscription,
        Topic, Track, Transition, TransitionKind,
    },
    store::{Commit, Outcome, SledStore, Store},
};
use serde_json::Value;

use crate::support::program::{Ended, Home, service};

fn chat(platform: Platform, address: &str) -> ChatId {
    ChatId { platform, address: address.into() }
}

/// An outage of Acme that began so long ago.
fn outage(now: DateTime<Utc>) -> Track {
    let service = ServiceId::new("acme").unwrap();
    let mut track = Track::new(service.clone());
    track.incidents.push(Incident {
        id: IncidentId { service, number: 1 },
        service_name: "Acme".to_owned(),
        planned: None,
        title: None,
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Investigating,
        started_at: now,
        resolved_at: None,
        seen_at: now,
        turned_at: now,
        components: Vec::new(),
        regions: Vec::new(),
        url: None,
        witnesses: Vec::new(),
        updates: Vec::new(),
        revision: 1,
        chapter: 1,
        reopened_at: Vec::new(),
        is_flapping: false,
        last_kind: TransitionKind::Opened,
    });
    track.next_number = 2;
    track
}

/// An outage of Acme begins.
async fn commit(store: &dyn Store, at: DateTime<Utc>) {
    let track = outage(at);
    let id = track.incidents[0].id.clone();
    let commit = Commit {
        track: Arc::new(track),
        category: "test".to_owned(),
        changed: vec![id.clone()],
        forgotten: Vec::new(),
        past: Vec::new(),
        history_from: DateTime::<Utc>::MIN_UTC,
        transitions: vec![Transition { incident: id, revision: 1, kind: TransitionKind::Opened }],
        at,
    };
    store.commit(commit).await.unwrap();
}

/// Four chats on Discord, of which one waits, one is tried again and two are dead, one of them without interest now; and
/// one on Telegram that no fan-out has come to.
async fn fill(path: &Path) {
    let store = SledStore::open(path).unwrap();
    let now = SystemClock::new().now();
    let began = now - TimeDelta::minutes(50 * 60 + 30);
    let topic = Topic::Service(ServiceId::new("acme").unwrap());
    let discord = ["1/1", "1/2", "1/3", "1/4"].map(|address| chat(Platform::Discord, address));
    let wish = |chat: &ChatId| {
        let (chat, topic) = (chat.clone(), topic.clone());
        Change::Subscribe(Subscription { chat, topic, filter: Filter::default(), mention: None, since: began })
    };
    let wishes = discord.iter().map(wish).chain([wish(&chat(Platform::Telegram, "-100"))]).collect();
    store.apply(&RequestId("all".into()), wishes, began).await.unwrap();
    commit(&*store, began).await;
    let claims = store.claim(Platform::Discord, now, 9).await.unwrap();
    let next = now + TimeDelta::minutes(50 * 60 + 30);
    let reason = Some("no answer within 60 s".to_owned());
    let retry = Outcome::Retry { at: next, counted: true, is_in_doubt: true, reason };
    let dead = Outcome::Dead { reason: "403: the bot may\nnot write here".to_owned() };
    store.settle(&claims[1], retry, now).await.unwrap();
    for claim in &claims[2..] {
        store.settle(claim, dead.clone(), now).await.unwrap();
    }
    let ended = Change::Unsubscribe { chat: discord[3].clone(), topic };
    store.apply(&RequestId("one".into()), vec![ended], now).await.unwrap();
    store.close().await.unwrap();
}

/// The service, whose page does not answer: what is stored of it is all that is known.
fn acme() -> String {
    service("acme", "Acme", "statuspage", "http://127.0.0.1:1/api/v2/summary.json")
}

fn done(home: &Home, arguments: &[&str]) -> String {
    let Ended { status, stdout, stderr } = home.run(arguments, b"");
    assert_eq!((status.code(), stderr.as_str()), (Some(0), ""), "{arguments:?}: {stdout}");
    stdout
}

fn json(home: &Home, arguments: &[&str]) -> Value {
    serde_json::from_str(&done(home, &[arguments, &["--format", "json"]].concat())).unwrap()
}

#[tokio::test]
async fn the_outbox_is_counted_listed_retried_and_dropped() {
    let home = Home::new("");
    fill(&home.directory().join("data")).await;
    let counted = done(&home, &["outbox"]);
    let rows: Vec<Vec<&str>> = counted.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["PLATFORM", "PENDING", "RETRYING", "DEAD", "OLDEST"]);
    assert_eq!(rows[1], ["discord", "1", "1", "2", "2days", "2h"]);
    assert_eq!(rows[2], ["telegram", "0", "0", "0", "2days", "2h"]);
    let reasons = "COUNT  STATE     REASON\n2      dead      403: the bot may not write here\n1      retrying  no answer within 60 s\n";
    assert!(counted.contains(reasons), "{counted}");
    assert!(counted.contains("\n1 fan-out is under way: chats not come to yet are not counted.\n"), "{counted}");
    assert!(counted.contains("`foghorn outbox list --dead`"), "{counted}");

    let listed = done(&home, &["outbox", "list"]);
    let rows: Vec<&str> = listed.lines().collect();
    assert!(rows[0].starts_with("ID") && rows.len() == 5, "{listed}");
    let has = |row: usize, words: &[&str]| {
        assert!(words.iter().all(|word| rows[row].contains(word)), "{words:?} is not in row {row} of\n{listed}");
    };
    has(1, &["-", "pending", "discord:1/1", "acme-1"]);
    has(2, &["-", "retrying", "discord:1/2", "acme-1", "1", "2days 2h", "no answer within 60 s; it may have arrived"]);
    has(3, &["dead", "discord:1/3", "403: the bot may not write here"]);
    let few = done(&home, &["outbox", "list", "--most", "1"]);
    assert!(few.contains("There are more; `--most N` shows them."), "{few}");
    assert_eq!(
        done(&home, &["outbox", "list", "--dead", "--platform", "telegram"]),
        "There is nothing of that kind.\n"
    );

    let dead = json(&home, &["outbox", "list", "--dead"]);
    let letters = dead["deliveries"].as_array().unwrap();
    assert_eq!((letters.len(), &dead["more"]), (2, &false.into()));
    assert_eq!((&letters[0]["state"], &letters[0]["chat"]), (&"dead".into(), &"discord:1/3".into()));
    let ids: Vec<String> = letters.iter().map(|letter| letter["id"].to_string()).collect();

    let retried = done(&home, &["outbox", "retry", &ids[0], &ids[1]]);
    let expect = "1 dead letter is due again; told is what is true then.\n1 dropped: the chat has not subscribed to that any more, or its filter or a mute keeps it away.\n";
    assert_eq!(retried, expect);
    let counted = json(&home, &["outbox"]);
    let discord = &counted["platforms"][0];
    assert_eq!((&discord["pending"], &discord["dead"]), (&2.into(), &0.into()), "{counted}");
    let unknown = home.run(&["outbox", "drop", &ids[0]], b"");
    assert_eq!(unknown.code(), Some(1), "{unknown:?}");
    assert!(unknown.stdout.contains("1 ID is not known"), "{unknown:?}");
}

#[tokio::test]
async fn all_dead_letters_of_a_platform_are_dropped_at_once() {
    let home = Home::new("");
    fill(&home.directory().join("data")).await;
    let drop_all = |platform| json(&home, &["outbox", "drop", "--all", "--platform", platform]);
    assert_eq!(drop_all("telegram")["dropped"], 0);
    assert_eq!(drop_all("discord")["dropped"], 2);
    assert_eq!(done(&home, &["outbox", "drop", "--all"]), "0 dead letters are dropped.\n");
    assert_eq!(home.run(&["outbox", "drop"], b"").code(), Some(2));
}

#[tokio::test]
async fn beside_a_running_bot_it_says_the_same() {
    let home = Home::new(&acme());
    fill(&home.directory().join("data")).await;
    let questions = [
        &["outbox"][..],
        &["outbox", "list"],
        &["outbox", "list", "--most", "2"],
        &["outbox", "list", "--dead", "--platform", "discord"],
    ];
    let before = questions.map(|question| json(&home, question));
    assert_eq!(before[1]["deliveries"].as_array().unwrap().len(), 4, "{}", before[1]);
    let program = home.start();
    program.until_logged("other commands can ask this bot");
    assert_eq!(questions.map(|question| json(&home, question)), before);
    let listed = done(&home, &["outbox", "list", "--most", "1"]);
    assert!(listed.starts_with("ID ") && listed.contains("There are more; `--most N` shows them."), "{listed}");
    let unknown = home.run(&["outbox", "drop", "999"], b"");
    assert_eq!(unknown.code(), Some(1), "{unknown:?}");
    assert!(unknown.stdout.contains("1 ID is not known"), "{unknown:?}");
    assert_eq!(done(&home, &["outbox", "drop", "--all"]), "2 dead letters are dropped.\n");
    assert_eq!(program.stop("TERM").code(), Some(0));
    assert_eq!(done(&home, &["outbox", "drop", "--all"]), "0 dead letters are dropped.\n");
}

#[tokio::test]
async fn what_is_retried_while_the_bot_runs_goes_out_at_once() {
    let home = Home::new(&acme());
    let store = SledStore::open(&home.directory().join("data")).unwrap();
    let now = SystemClock::new().now();
    let (here, topic) = (Console::chat(), Topic::Service(ServiceId::new("acme").unwrap()));
    let wish = Subscription { chat: here, topic, filter: Filter::default(), mention: None, since: now };
    store.apply(&RequestId("wish".into()), vec![Change::Subscribe(wish)], now).await.unwrap();
    commit(&*store, now).await;
    let claims = store.claim(Platform::Console, now, 1).await.unwrap();
    store.settle(&claims[0], Outcome::Dead { reason: "as a test".to_owned() }, now).await.unwrap();
    store.close().await.unwrap();

    let mut program = home.start();
    program.until_logged("other commands can ask this bot");
    let dead = json(&home, &["outbox", "list", "--dead"]);
    let id = dead["deliveries"][0]["id"].to_string();
    assert!(!program.ask("/about").contains("Acme"));
    let retried = done(&home, &["outbox", "retry", &id]);
    assert_eq!(retried, "1 dead letter is due again; told is what is true then.\n");
    program.message_with("Acme: major outage");
}
