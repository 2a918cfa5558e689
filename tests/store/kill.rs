//! What the store on disk said was done is there after its process was killed.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use foghorn::{
    domain::{Alert, Change, Filter, IncidentId, MessageId, Platform, RequestId, Severity},
    store::{Claim, Commit, Outcome, SledStore, Store},
};
use tempfile::TempDir;

use crate::bench::{Bench, CATEGORY, chat, service, subscription, time, topic};

const STORE: &str = "FOGHORN_KILL_TEST_STORE";
const ROUND: &str = "FOGHORN_KILL_TEST_ROUND";

/// Deliveries told in each round; the others stay claimed.
const TOLD: usize = 4;

/// What the process said, by number of chat and incident.
#[derive(Default)]
struct Said {
    subscribed: BTreeSet<u32>,
    committed: BTreeSet<u32>,
    /// Deliveries it was about to settle.
    telling: BTreeSet<(u32, u32)>,
    told: BTreeSet<(u32, u32)>,
    lines: usize,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let mut words = line.split(' ');
        let Some(what) = words.next().and_then(|word| word.strip_prefix('@')) else { return };
        let numbers: Vec<u32> = words.map(|word| word.parse().unwrap()).collect();
        self.lines += 1;
        match what {
            "subscribed" => self.subscribed.insert(numbers[0]),
            "committed" => self.committed.insert(numbers[0]),
            "telling" => self.telling.insert((numbers[0], numbers[1])),
            "told" => self.told.insert((numbers[0], numbers[1])),
            other => panic!("{other}"),
        };
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n@{line}").unwrap();
    out.flush().unwrap();
}

fn incident(number: u32) -> IncidentId {
    IncidentId { service: service("signal"), number }
}

fn pair(claim: &Claim) -> (u32, u32) {
    (claim.id.chat.address.parse().unwrap(), claim.id.incident.number)
}

/// Subscribes a chat, breaks a service, claims and tells, again and again.
#[tokio::test]
#[ignore = "the process that the kill test starts and kills"]
async fn works_until_it_is_killed() {
    let store = SledStore::open(Path::new(&std::env::var_os(STORE).unwrap())).unwrap();
    let first: u32 = std::env::var(ROUND).unwrap().parse().unwrap();
    for round in first.. {
        let wish = subscription(&chat(&round.to_string()), topic("signal"), Filter::default());
        let request = RequestId(format!("request {round}").into());
        store.apply(&request, vec![Change::Subscribe(wish)], time(0)).await.unwrap();
        say(&format!("subscribed {round}"));

        let mut bench = Bench::memory();
        let id = bench.incident("signal", Severity::MajorOutage);
        bench.known(&id).id = incident(round);
        let mut track = bench.tracks[&id.service].clone();
        track.next_number = round + 1;
        let incidents = track.incidents.iter();
        let told = |kind| foghorn::domain::Transition { incident: incident(round), revision: 1, kind };
        let transitions = incidents.map(|incident| told(incident.last_kind)).collect();
        let commit = Commit {
            track: Arc::new(track),
            category: CATEGORY.to_owned(),
            changed: vec![incident(round)],
            forgotten: Vec::new(),
            transitions,
            past: Vec::new(),
            history_from: chrono::DateTime::<chrono::Utc>::MIN_UTC,
            at: time(0),
        };
        store.commit(commit).await.unwrap();
        say(&format!("committed {round}"));

        for claim in store.claim(Platform::Telegram, time(1), 20).await.unwrap().iter().take(TOLD) {
            let (chat, number) = pair(claim);
            say(&format!("telling {chat} {number}"));
            let alert = Alert { message: Some(MessageId("m".into())), shown: 1, chapter: 1, announced: 1 };
            store.settle(claim, Outcome::Told(alert), time(1)).await.unwrap();
            say(&format!("told {chat} {number}"));
        }
    }
}

#[tokio::test]
async fn what_was_reported_as_stored_is_there_after_ten_kills() {
    let home = TempDir::new().unwrap();
    let mut said = Said::default();
    for kill in 0..10 {
        let next = said.subscribed.last().map_or(1, |last| last + 2);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::works_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
            .env(STORE, home.path())
            .env(ROUND, next.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let limit = said.lines + 15 + 13 * kill % 31;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            said.hear(&line.unwrap());
            if said.lines == limit {
                // What it still says until it is dead is heard as well.
                child.kill().unwrap();
            }
        }
        assert!(said.lines >= limit, "it ended by itself");
        child.wait().unwrap();
        check(home.path(), &said).await;
    }
}

async fn check(home: &Path, said: &Said) {
    let store = SledStore::open(home).unwrap();
    for number in &said.subscribed {
        let there = store.subscriptions(&chat(&number.to_string())).await.unwrap();
        assert_eq!(there.len(), 1, "chat {number} lost its subscription");
    }
    for number in &said.committed {
        assert!(store.incident(&incident(*number)).await.unwrap().is_some(), "incident {number} is lost");
    }
    let mut open = BTreeSet::new();
    while store.next_due(Platform::Telegram, time(1)).await.unwrap().is_some() {
        open.extend(store.claim(Platform::Telegram, time(1), 500).await.unwrap().iter().map(pair));
    }
    let again: Vec<_> = open.intersection(&said.told).collect();
    assert!(again.is_empty(), "told twice: {again:?}");
    for number in &said.committed {
        for chat in said.subscribed.range(..=number) {
            let delivery = (*chat, *number);
            assert!(open.contains(&delivery) || said.telling.contains(&delivery), "{delivery:?} is lost");
        }
    }
    store.close().await.unwrap();
}
