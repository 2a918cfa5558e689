//! From a reading to a message in every chat, on the store that is used in earnest and a platform without limits.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use foghorn::{
    app::{
        tracks::Tracks,
        watch::{PollRules, Post, Watched, Watcher},
    },
    chat::SharedChat,
    clock::{Clock, SystemClock},
    detect::Rules,
    dispatch::{Outbox, OutboxRules},
    domain::{Ask, ChatSettings, Condition, Observation, Reading, Service, ServiceId, Source},
    feeds::{Controls, Feed, FeedError, open},
    http::{Http, HttpLimits},
    store::{SledStore, Store},
};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{
    feeds::{Feeds, outage, service},
    platform::{Sink, subscribe},
    table::{Budget, Table, quantile},
};

pub fn measure(table: &mut Table) {
    for (chats, answer_ms, least) in [(1_000, 0, 8_000.0), (10_000, 0, 8_000.0), (1_000, 100, 3_000.0)] {
        let name = format!("fan-out to {chats} chats, platform answers in {answer_ms} ms, messages a second");
        if table.wants(&name) {
            let rates: Vec<f64> = (0..3).map(|_| rate(chats, Duration::from_millis(answer_ms))).collect();
            table.row(&name, rates.iter().copied().fold(0.0, f64::max), "/s", Budget::AtLeast(least));
        }
    }
    let name = "1,000 services break at once and each is read within a minute: reading to message";
    if table.wants(name) {
        for (reads, name, median, most) in [
            (Reads::InTurn(MINUTE), name, Budget::AtMost(1.0), Budget::AtMost(10.0)),
            (Reads::InTurn(MINUTE / 12), "… the same, each is read within 5 s", Budget::Free, Budget::Free),
            (Reads::AtOnce, "… the same, all are read at one moment", Budget::Free, Budget::Free),
        ] {
            let mut waits = storm(1_000, reads);
            waits.sort_by(f64::total_cmp);
            table.row(&format!("{name}, p50"), quantile(&waits, 50), "ms", median);
            table.row(&format!("{name}, p99"), quantile(&waits, 99), "ms", most);
        }
    }
    for others in [10_000, 100_000] {
        let name = format!("one transition to 10 chats beside {others} other subscriptions");
        if table.wants(&name) {
            table.row(&name, transition(others), "ms", Budget::Free);
        }
    }
}

/// A feed that is well when it is read first, and tells of an outage then.
struct Breaking {
    is_known: Mutex<bool>,
}

/// When services are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    /// As the program does: one after the other, each after this interval.
    InTurn(Duration),
    /// All of them together, as many side by side as may be.
    AtOnce,
}

/// A feed of which is noted when it was read.
struct Timed {
    feed: Arc<dyn Feed>,
    service: ServiceId,
    read: Times,
}

type Times = Arc<Mutex<HashMap<ServiceId, Vec<Instant>>>>;

#[async_trait::async_trait]
impl Feed for Breaking {
    async fn read(&self, _: &Ask) -> Result<Reading, FeedError> {
        let was_known = std::mem::replace(&mut *self.is_known.lock().unwrap(), true);
        let well = Observation { condition: Condition::Operational, ..Observation::default() };
        Ok(Reading::Fresh(if was_known { outage() } else { well }))
    }
}

#[async_trait::async_trait]
impl Feed for Timed {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let reading = self.feed.read(ask).await;
        self.read.lock().unwrap().entry(self.service.clone()).or_default().push(Instant::now());
        reading
    }
}

/// Between two readings of a service, unless an operator says otherwise.
const MINUTE: Duration = Duration::from_secs(60);

/// The middle of the program: polls, store and one outbox.
struct Middle {
    post: Arc<Post>,
    watched: Vec<Watched>,
    stop: CancellationToken,
    tasks: JoinSet<()>,
    _directory: tempfile::TempDir,
    store: Arc<dyn Store>,
}

impl Middle {
    /// Services that break when they are read for the second time.
    fn new(services: usize, sink: &Arc<Sink>) -> Self {
        let address = |number| format!("https://s{number}.example/");
        Self::over(services, sink, address, MINUTE, |_, _| Arc::new(Breaking { is_known: Mutex::new(false) }))
    }

    /// Services with these addresses, read by these feeds, each once in `interval`.
    fn over(
        services: usize,
        sink: &Arc<Sink>,
        address: impl Fn(usize) -> String,
        interval: Duration,
        open: impl Fn(&Service, &Arc<Source>) -> Arc<dyn Feed>,
    ) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = SledStore::open(directory.path()).unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let watched: Vec<Watched> = (0..services)
            .map(|number| {
                let service = Arc::new(service(&format!("s{number}"), &address(number)));
                let source = Arc::new(service.sources[0].clone());
                let feed = open(&service, &source);
                Watched { service, source, feed }
            })
            .collect();
        let stop = CancellationToken::new();
        let wake = Arc::new(Notify::new());
        let ids = watched.iter().map(|one| one.service.id.clone());
        let post = Arc::new(Post {
            metrics: Arc::default(),
            tracks: Arc::new(Tracks::new(ids, Vec::new())),
            store: store.clone(),
            clock: clock.clone(),
            poll: PollRules { interval, incident_interval: interval, concurrency: 256 },
            rules: Rules::default(),
            wake: vec![wake.clone()],
            changed: Arc::default(),
            stop: stop.clone(),
        });
        let chat: SharedChat = sink.clone();
        let rules = OutboxRules {
            give_up_after: Duration::from_secs(86_400),
            send_limit: Duration::from_secs(60),
            stop_limit: Duration::from_secs(10),
            defaults: ChatSettings::default(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(Outbox::new(store.clone(), chat, clock, rules).run(wake, stop.clone()));
        Self { post, watched, stop, tasks, _directory: directory, store }
    }

    /// Every feed is read once, as many side by side as the program does.
    async fn read_all(&self) {
        let mut polls = JoinSet::new();
        for watched in self.watched.clone() {
            if polls.len() >= 256 {
                polls.join_next().await.unwrap().unwrap();
            }
            let post = self.post.clone();
            polls.spawn(async move { post.poll(&watched, false).await });
        }
        while let Some(polled) = polls.join_next().await {
            polled.unwrap();
        }
    }

    /// From now on services are read as the program reads them; returns when each was read.
    async fn keep_reading(&mut self) {
        let (_, sources) = watch::channel(self.watched.clone().into());
        let watcher = Watcher::new(sources, self.post.clone());
        let mut round = watcher.first_round();
        self.tasks.spawn(watcher.run());
        round.wait_for(|is_over| *is_over).await.unwrap();
    }

    async fn end(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.store.close().await.unwrap();
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

/// Messages a second from the reading to the last message.
fn rate(chats: usize, answers_after: Duration) -> f64 {
    runtime().block_on(async {
        let sink = Sink::new(answers_after);
        let middle = Middle::new(1, &sink);
        subscribe(&*middle.store, "s0", 0, chats).await;
        middle.read_all().await;
        let began = Instant::now();
        middle.read_all().await;
        sink.until(chats).await;
        let rate = chats as f64 / began.elapsed().as_secs_f64();
        middle.end().await;
        rate
    })
}

/// Milliseconds from each reading to its message, when all status pages tell of an outage from one moment on.
fn storm(services: usize, reads: Reads) -> Vec<f64> {
    let feeds = Feeds::start();
    runtime().block_on(async {
        let sink = Sink::new(Duration::ZERO);
        let http = Http::new(HttpLimits::default()).unwrap();
        let (controls, read) = (Controls::new(&http, Vec::new()), Times::default());
        let open = |service: &Service, source: &Arc<Source>| -> Arc<dyn Feed> {
            let feed = open(source, &http, &controls);
            Arc::new(Timed { feed, service: service.id.clone(), read: read.clone() })
        };
        let interval = match reads {
            Reads::InTurn(interval) => interval,
            Reads::AtOnce => MINUTE,
        };
        let mut middle = Middle::over(services, &sink, |number| feeds.breaking(number), interval, open);
        for number in 0..services {
            subscribe(&*middle.store, &format!("s{number}"), number, 1).await;
        }
        match reads {
            Reads::InTurn(_) => middle.keep_reading().await,
            Reads::AtOnce => middle.read_all().await,
        }
        feeds.break_down().await;
        if reads == Reads::AtOnce {
            middle.read_all().await;
        }
        sink.until(services).await;
        let waits = {
            let read = read.lock().unwrap();
            let came = sink.came.lock().unwrap();
            let last_before = |service, at: &Instant| *read[service].iter().rfind(|read| *read <= at).unwrap();
            came.iter().map(|(service, at)| (*at - last_before(service, at)).as_secs_f64() * 1e3).collect()
        };
        middle.end().await;
        waits
    })
}

/// Milliseconds from a reading to the last of ten messages.
fn transition(others: usize) -> f64 {
    runtime().block_on(async {
        let sink = Sink::new(Duration::ZERO);
        let middle = Middle::new(2, &sink);
        subscribe(&*middle.store, "s0", 0, 10).await;
        subscribe(&*middle.store, "another", 10, others).await;
        middle.read_all().await;
        let began = Instant::now();
        middle.read_all().await;
        sink.until(10).await;
        let took = began.elapsed().as_secs_f64() * 1e3;
        middle.end().await;
        took
    })
}
