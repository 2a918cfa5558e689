//! A month of the bot's life in a minute: a thousand feeds whose incidents and planned work come and go, chats that join and
//! leave, the real store on the disk, and a clock moved by hand. It prints what every day leaves behind and fails when
//! memory, open files, the store or what lives in it go on growing.
//!
//! `cargo test --test month` lives it with 100 feeds that are read every hour; `MONTH_FEEDS`, `MONTH_STEP` (seconds from one
//! reading to the next) and `MONTH_DAYS` make it longer: `MONTH_FEEDS=1000 MONTH_STEP=60 cargo test --release --test month` is
//! the bot at its usual pace.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a test fails by panicking and prints what it found"
)]

#[allow(dead_code, unused_imports, reason = "made for the other tests, which use all of it")]
#[path = "../it/support/mod.rs"]
mod support;

mod chats;
mod day;
mod providers;

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use fastrand::Rng;
use foghorn::{
    app::{
        resting, sweep,
        tracks::Tracks,
        watch::{PollRules, Post, Watched},
    },
    clock::Clock,
    detect::Rules,
    dispatch::{Outbox, OutboxRules},
    domain::{
        Change, ChatSettings, Filter, Platform, RequestId, Resumption, ServiceId, StormRule, Subscription, Topic,
    },
    store::{SledStore, Store},
};
use futures_util::future::join_all;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use self::{chats::Room, day::Day, providers::Provider};
use support::clock::ManualClock;

/// How long the history goes back: less than the month, so that it is seen to be cut off.
const HISTORY: Duration = Duration::from_secs(5 * 86_400);

/// Polls under way at the same time.
const AT_ONCE: usize = 256;

/// Chats on each platform.
const CHATS: usize = 60;

/// Of each platform's chats so many are thrown out, come back or come anew in a day.
const MOVING: usize = 4;

struct Month {
    rng: Rng,
    clock: Arc<ManualClock>,
    store: Arc<SledStore>,
    home: TempDir,
    post: Post,
    watched: Vec<(Watched, bool)>,
    providers: Vec<Arc<Mutex<Provider>>>,
    outboxes: Vec<Outbox>,
    rooms: Vec<Arc<Room>>,
    newest_chat: usize,
    requests: usize,
    polls: u64,
}

fn main() {
    let number = |name: &str, usual: u64| {
        let told = std::env::var(name).ok();
        told.map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is {text:?} and must be a number")))
    };
    let feeds = number("MONTH_FEEDS", 100) as usize;
    let step = Duration::from_secs(number("MONTH_STEP", 3_600));
    let days = number("MONTH_DAYS", 30);
    // As the program runs, but for the threads: what is random must be the same in each run.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let lived = runtime.block_on(live(feeds, step, days));
    let faults = day::judge(&lived);
    for fault in &faults {
        println!("broken: {fault}");
    }
    assert!(faults.is_empty(), "{} promises were broken, see above", faults.len());
    println!("\ntest result: ok. 1 passed; 0 failed");
}

async fn live(feeds: usize, step: Duration, days: u64) -> Vec<Day> {
    let mut month = Month::begin(feeds).await;
    println!("{}", Day::HEAD);
    let mut lived = Vec::new();
    for number in 1..=days {
        let began = Instant::now();
        for _ in 0..(86_400 / step.as_secs()).max(1) {
            month.clock.advance(step);
            month.step(step).await;
        }
        month.evening().await;
        let day = month.measure(number, began.elapsed()).await;
        println!("{day}");
        lived.push(day);
    }
    let long_ago = month.clock.now() - TimeDelta::days(2);
    let untold: usize = month.rooms.iter().map(|room| room.unfinished(long_ago)).sum();
    assert_eq!(untold, 0, "so many outages were told to begin and not to end");
    lived
}

impl Month {
    async fn begin(feeds: usize) -> Self {
        fastrand::seed(7);
        let clock = Arc::new(ManualClock::new());
        let home = TempDir::new().unwrap();
        let storms = StormRule { outages: 5, within: Duration::from_secs(600) };
        let store = SledStore::open_with(home.path(), storms).unwrap();
        let providers: Vec<_> =
            (0..feeds).map(|number| Arc::new(Mutex::new(Provider::new(number, clock.clone())))).collect();
        let watched: Vec<(Watched, bool)> = providers
            .iter()
            .map(|provider| {
                let known = provider.lock().unwrap();
                let feed = Arc::new(providers::ProvidersFeed(provider.clone()));
                (Watched { service: known.service.clone(), source: known.source.clone(), feed }, true)
            })
            .collect();
        let ids = watched.iter().map(|(watched, _)| watched.service.id.clone());
        let tracks = Arc::new(Tracks::new(ids, store.tracks().await.unwrap()));
        let post = Post {
            metrics: Arc::default(),
            tracks,
            store: store.clone(),
            clock: clock.clone(),
            poll: PollRules {
                interval: Duration::from_secs(60),
                incident_interval: Duration::from_secs(20),
                concurrency: AT_ONCE,
            },
            rules: Rules { keep_history: HISTORY, ..Rules::default() },
            wake: Vec::new(),
            changed: Arc::default(),
            stop: CancellationToken::new(),
        };
        let rooms: Vec<Arc<Room>> =
            [Platform::Discord, Platform::Telegram].into_iter().map(|platform| Arc::new(Room::new(platform))).collect();
        let outboxes = rooms
            .iter()
            .map(|room| {
                let rules = OutboxRules {
                    give_up_after: Duration::from_secs(86_400),
                    send_limit: Duration::from_secs(60),
                    stop_limit: Duration::from_secs(10),
                    defaults: ChatSettings::default(),
                };
                Outbox::new(store.clone(), room.clone(), clock.clone(), rules)
            })
            .collect();
        let (rng, newest_chat) = (Rng::with_seed(7), 0);
        let mut month = Self {
            rng,
            clock,
            store,
            home,
            post,
            watched,
            providers,
            outboxes,
            rooms,
            newest_chat,
            requests: 0,
            polls: 0,
        };
        for _ in 0..CHATS {
            month.welcome_a_chat().await;
        }
        month
    }

    /// Everything happens that happens from one reading to the next.
    async fn step(&mut self, span: Duration) {
        for provider in &self.providers {
            provider.lock().unwrap().live(&mut self.rng, span);
        }
        for some in self.watched.chunks_mut(AT_ONCE) {
            let polled = join_all(some.iter().map(|(watched, is_first)| self.post.poll(watched, *is_first))).await;
            for ((_, is_first), polled) in some.iter_mut().zip(polled) {
                *is_first &= !polled.is_good;
                self.polls += 1;
            }
        }
        for outbox in &mut self.outboxes {
            outbox.wake();
            loop {
                outbox.fill().await;
                if !outbox.finish_one().await {
                    break;
                }
            }
        }
    }

    /// What happens once a day: chats come and go, and what is old is removed.
    async fn evening(&mut self) {
        for _ in 0..MOVING {
            self.welcome_a_chat().await;
            for room in self.rooms.clone() {
                let leaving = room.chat(self.rng.usize(..self.newest_chat));
                room.release(&leaving);
                self.change(vec![Change::UnsubscribeAll { chat: leaving }]).await;
                let thrown_out = room.chat(self.rng.usize(..self.newest_chat));
                room.throw_out(&thrown_out);
                if let Some(back) = room.let_in(&mut self.rng) {
                    let why = Resumption::HereAndBelow;
                    self.change(vec![Change::Resume { platform: back.platform, place: back.address, why }]).await;
                }
            }
        }
        let now = self.clock.now();
        resting::end_once(self.store.as_ref(), now).await.unwrap();
        let (store, clock) = (self.store.as_ref(), self.clock.as_ref());
        sweep::once(store, clock, &self.post.rules, Duration::ZERO).await.unwrap();
    }

    /// A chat on each platform begins to hear about a few services and a category.
    async fn welcome_a_chat(&mut self) {
        let number = self.newest_chat;
        self.newest_chat += 1;
        for room in self.rooms.clone() {
            let chat = room.chat(number);
            let service = |month: &mut Self| {
                let number = month.rng.usize(..month.providers.len());
                Topic::Service(ServiceId::new(&format!("s{number}")).unwrap())
            };
            let topics =
                [service(self), service(self), service(self), Topic::Category(format!("c{}", self.rng.usize(..40)))];
            let wishes = topics.map(|topic| {
                let (chat, since) = (chat.clone(), self.clock.now());
                Change::Subscribe(Subscription { chat, topic, filter: Filter::default(), mention: None, since })
            });
            self.change(wishes.to_vec()).await;
        }
    }

    async fn change(&mut self, changes: Vec<Change>) {
        self.requests += 1;
        let request = RequestId(format!("request {}", self.requests).into());
        self.store.apply(&request, changes, self.clock.now()).await.unwrap();
    }

    async fn measure(&self, number: u64, took: Duration) -> Day {
        let mut history = 0;
        for (watched, _) in &self.watched {
            history += self.store.history(&watched.service.id, usize::MAX).await.unwrap().len();
        }
        Day {
            number,
            polls: self.polls,
            begun: self.providers.iter().map(|provider| provider.lock().unwrap().begun).sum(),
            messages: self.rooms.iter().map(|room| room.messages()).sum(),
            memory: memory(),
            files: fs::read_dir("/proc/self/fd").unwrap().count(),
            store: size(self.home.path()),
            history,
            took,
        }
    }
}

/// Bytes that the process holds in memory and that are no file's.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

/// Bytes of all files below a directory.
fn size(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    entries
        .map(|entry| match entry.metadata() {
            Ok(known) if known.is_dir() => size(&entry.path()),
            Ok(known) => known.len(),
            // It was removed meanwhile.
            Err(_) => 0,
        })
        .sum()
}
