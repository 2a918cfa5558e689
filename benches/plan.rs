//! What planning a fan-out costs: one transition to 1,000 chats while 1,000 to 100,000 other chats are subscribed to
//! other services. The cost must follow the transition's own subscribers and stay flat in all others.
#![allow(missing_docs, clippy::indexing_slicing, reason = "criterion's macros; a benchmark fails by panicking")]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use foghorn::{
    dispatch::{Step, nonce, step},
    domain::{
        Change, ChatId, Condition, Filter, Form, Incident, IncidentId, Phase, Platform, RequestId, ServiceId,
        Subscription, Topic, Track, Transition, TransitionKind,
    },
    store::{Commit, MemoryStore, Store},
};

const INTERESTED: u32 = 1_000;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_272_000, 0).expect("a valid time")
}

fn incident() -> Incident {
    Incident {
        id: IncidentId::parse("example-1").expect("a valid id"),
        service_name: "Example".to_owned(),
        planned: None,
        title: Some("Slow answers".to_owned()),
        impact: Condition::Degraded,
        peak: Condition::Degraded,
        phase: Phase::Investigating,
        started_at: now(),
        resolved_at: None,
        seen_at: now(),
        turned_at: now(),
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
    }
}

fn subscribe(chat: u32, service: &str) -> Change {
    Change::Subscribe(Subscription {
        chat: ChatId { platform: Platform::Discord, address: format!("{chat:018}").into() },
        topic: Topic::Service(ServiceId::new(service).expect("a valid id")),
        filter: Filter::default(),
        mention: None,
        since: now(),
    })
}

async fn store_with(others: u32) -> MemoryStore {
    let store = MemoryStore::new();
    let changes: Vec<Change> = (0..INTERESTED)
        .map(|chat| subscribe(chat, "example"))
        .chain((0..others).map(|chat| subscribe(chat, "another")))
        .collect();
    store.apply(&RequestId("all".into()), changes, now()).await.expect("memory does not fail");
    store
}

/// A transition is stored and every delivery claimed, in chunks as the outbox does it.
async fn fan_out(store: &MemoryStore) -> usize {
    let incident = incident();
    let mut track = Track::new(incident.id.service.clone());
    let transition = Transition { incident: incident.id.clone(), revision: 1, kind: TransitionKind::Opened };
    let commit = Commit {
        changed: vec![incident.id.clone()],
        forgotten: Vec::new(),
        transitions: vec![transition],
        category: "work".to_owned(),
        at: now(),
        track: {
            track.incidents.push(incident);
            Arc::new(track)
        },
    };
    store.commit(commit).await.expect("memory does not fail");
    let mut planned = 0;
    loop {
        let claims = store.claim(Platform::Discord, now(), 256).await.expect("memory does not fail");
        if claims.is_empty() {
            return planned;
        }
        planned += claims.len();
        for claim in claims {
            assert!(matches!(step(&claim, true), Step::Post { .. }));
            std::hint::black_box(nonce(&claim, Form::Alert));
        }
    }
}

fn plan(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut group = criterion.benchmark_group("fan-out to 1,000 chats");
    group.sample_size(10);
    for others in [1_000, 10_000, 100_000] {
        let full = runtime.block_on(store_with(others));
        group.bench_function(format!("{others} other subscriptions"), |bencher| {
            bencher.iter_batched(
                || full.reopen().expect("memory does not fail"),
                |store| assert_eq!(runtime.block_on(fan_out(&store)), INTERESTED as usize),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, plan);
criterion_main!(benches);
