//! What planning a fan-out costs: one transition to 1,000 chats while 1,000 to 100,000 other chats are subscribed to
//! other services. The cost must follow the transition's own subscribers and stay flat in all others.
#![allow(missing_docs, clippy::indexing_slicing, reason = "criterion's macros; a benchmark fails by panicking")]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use foghorn::{
    dispatch::{Manner, Step, nonce, step},
    domain::{
        Change, ChatId, Condition, Filter, Form, Incident, IncidentId, Phase, Platform, RequestId, ServiceId,
        Subscription, Topic, Track, Transition, TransitionKind,
    },
    store::{Claim, Commit, MemoryStore, Outcome, Settled, Store},
};

const INTERESTED: u32 = 1_000;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_272_000, 0).expect("a valid time")
}

fn incident(number: u32) -> Incident {
    Incident {
        id: IncidentId { service: ServiceId::new("example").expect("a valid id"), number },
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
async fn fan_out(store: &MemoryStore, number: u32) -> Vec<Claim> {
    let incident = incident(number);
    let mut track = Track::new(incident.id.service.clone());
    let transition = Transition { incident: incident.id.clone(), revision: 1, kind: TransitionKind::Opened };
    let commit = Commit {
        changed: vec![incident.id.clone()],
        forgotten: Vec::new(),
        transitions: vec![transition],
        category: "work".to_owned(),
        past: Vec::new(),
        history_from: DateTime::<Utc>::MIN_UTC,
        at: now(),
        track: {
            track.incidents.push(incident);
            Arc::new(track)
        },
    };
    store.commit(commit).await.expect("memory does not fail");
    let mut planned = Vec::new();
    loop {
        let claims = store.claim(Platform::Discord, now(), 256).await.expect("memory does not fail");
        if claims.is_empty() {
            return planned;
        }
        for claim in claims {
            assert!(matches!(step(&claim, Manner { edits: true, updates: false }), Step::Post { .. }));
            std::hint::black_box(nonce(&claim, Form::Alert));
            planned.push(claim);
        }
    }
}

fn plan(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut group = criterion.benchmark_group("fan-out to 1,000 chats");
    group.sample_size(10);
    for others in [1_000, 10_000, 100_000] {
        let store = runtime.block_on(store_with(others));
        let mut number = 0;
        group.bench_function(format!("{others} other subscriptions"), |bencher| {
            bencher.iter_custom(|rounds| {
                let mut spent = Duration::ZERO;
                for _ in 0..rounds {
                    number += 1;
                    let began = Instant::now();
                    let planned = runtime.block_on(fan_out(&store, number));
                    spent += began.elapsed();
                    assert_eq!(planned.len(), INTERESTED as usize);
                    // The next round begins with an empty outbox, as this one did.
                    for claim in planned {
                        let settled = runtime.block_on(store.settle(&claim, Outcome::Needless, now()));
                        assert_eq!(settled.expect("memory does not fail"), Settled::Finished);
                    }
                }
                spent
            });
        });
    }
    group.finish();
}

criterion_group!(benches, plan);
criterion_main!(benches);
