//! How long a start takes when there is much in the store.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use foghorn::{
    app::{
        roster::SharedCatalogue,
        run::{Parts, Seat},
        watch::{PollRules, Watched},
    },
    chat::SharedChat,
    clock::SystemClock,
    detect::{self, Rules},
    dispatch::OutboxRules,
    domain::{Ask, Catalogue, ChatSettings, Condition, Observation, Reading, Service, Track, WatchLimits},
    feeds::{Feed, FeedError},
    http::{Http, HttpLimits},
    store::{Commit, SledStore, Store},
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    feeds::{long_ago, outage, service},
    platform::{Sink, subscribe},
    table::{Budget, Table},
};

const MANY: usize = 100_000;

pub fn measure(table: &mut Table) {
    let name = "start with 100,000 subscriptions, to the first poll";
    let backlog = "start with a backlog of 100,000 deliveries, to the first message";
    if !table.wants(name) && !table.wants(backlog) {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let in_runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    in_runtime().block_on(fill(directory.path()));
    table.row(name, in_runtime().block_on(first_poll(directory.path())), "s", Budget::AtMost(1.0));
    let stored = in_runtime().block_on(break_down(directory.path()));
    table.row("storing a transition to 100,000 chats", stored, "ms", Budget::Free);
    table.row(backlog, in_runtime().block_on(first_message(directory.path())), "s", Budget::AtMost(1.0));
}

/// A feed that says when it is asked.
struct Asked {
    asked: watch::Sender<Option<Instant>>,
}

#[async_trait::async_trait]
impl Feed for Asked {
    async fn read(&self, _: &Ask) -> Result<Reading, FeedError> {
        self.asked.send_modify(|at| {
            at.get_or_insert_with(Instant::now);
        });
        Ok(Reading::Fresh(Observation { condition: Condition::Operational, ..Observation::default() }))
    }
}

/// The whole program with so many services that are well, on one platform.
pub fn parts(store: Arc<dyn Store>, chat: SharedChat, services: usize) -> Parts {
    parts_with(store, chat, services, watch::channel(None).0)
}

fn parts_with(
    store: Arc<dyn Store>,
    chat: SharedChat,
    services: usize,
    asked: watch::Sender<Option<Instant>>,
) -> Parts {
    let all: Vec<Service> =
        (0..services).map(|number| service(&format!("s{number}"), &format!("https://s{number}.example/"))).collect();
    let feed: Arc<dyn Feed> = Arc::new(Asked { asked });
    let watched = all
        .iter()
        .map(|service| Watched {
            service: Arc::new(service.clone()),
            source: Arc::new(service.sources[0].clone()),
            feed: feed.clone(),
        })
        .collect();
    Parts {
        catalogue: SharedCatalogue::new(Arc::new(Catalogue::new(all).0)),
        watched,
        pages: Http::guarded(HttpLimits::default()).unwrap(),
        limits: WatchLimits { per_chat: 10, overall: 1_000 },
        store,
        clock: Arc::new(SystemClock::new()),
        seats: vec![Seat { chat, defaults: ChatSettings::default() }],
        ready: CancellationToken::new(),
        outlives_input: true,
        poll: PollRules {
            interval: Duration::from_secs(60),
            incident_interval: Duration::from_secs(20),
            concurrency: 256,
        },
        rules: Rules::default(),
        outbox: OutboxRules {
            give_up_after: Duration::from_secs(86_400),
            send_limit: Duration::from_secs(60),
            stop_limit: Duration::from_secs(10),
            defaults: ChatSettings::default(),
        },
        health: None,
        reload: None,
        operator: None,
        failed: Vec::new(),
    }
}

async fn fill(path: &Path) {
    let store = SledStore::open(path).unwrap();
    subscribe(&*store, "s0", 0, MANY).await;
    store.close().await.unwrap();
}

/// Seconds from opening the store to the first poll.
async fn first_poll(path: &Path) -> f64 {
    let began = Instant::now();
    let store: Arc<dyn Store> = SledStore::open(path).unwrap();
    let (asked, mut first) = watch::channel(None);
    let stop = CancellationToken::new();
    let parts = parts_with(store, Sink::new(Duration::ZERO), 100, asked);
    let running = tokio::spawn(foghorn::app::run::run(parts, stop.clone()));
    let at = first.wait_for(Option::is_some).await.unwrap().unwrap();
    stop.cancel();
    running.await.unwrap().unwrap();
    (at - began).as_secs_f64()
}

/// The service breaks; nobody is told yet. Gives the milliseconds that storing it took.
async fn break_down(path: &Path) -> f64 {
    let store = SledStore::open(path).unwrap();
    let service = service("s0", "https://s0.example/");
    let source = service.sources[0].clone();
    let well = Reading::Fresh(Observation { condition: Condition::Operational, ..Observation::default() });
    let now = chrono::Utc::now();
    let known = detect::step(Track::new(service.id.clone()), &service, &source, &well, now, &Rules::default()).track;
    let broken = detect::step(known, &service, &source, &Reading::Fresh(outage()), now, &Rules::default());
    assert!(!broken.transitions.is_empty());
    let commit = Commit {
        track: Arc::new(broken.track),
        category: service.category.clone(),
        changed: broken.changed,
        forgotten: broken.forgotten,
        past: broken.past,
        history_from: long_ago(),
        transitions: broken.transitions,
        at: now,
    };
    let began = Instant::now();
    store.commit(commit).await.unwrap();
    let took = began.elapsed().as_secs_f64() * 1e3;
    store.close().await.unwrap();
    took
}

/// Seconds from opening the store to the first message.
async fn first_message(path: &Path) -> f64 {
    let began = Instant::now();
    let store: Arc<dyn Store> = SledStore::open(path).unwrap();
    let sink = Sink::new(Duration::ZERO);
    let stop = CancellationToken::new();
    let running = tokio::spawn(foghorn::app::run::run(parts(store, sink.clone(), 100), stop.clone()));
    sink.until(1).await;
    let first = sink.came.lock().unwrap()[0].1;
    stop.cancel();
    running.await.unwrap().unwrap();
    (first - began).as_secs_f64()
}
