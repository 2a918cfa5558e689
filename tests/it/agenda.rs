//! What chats asked to be done at a time, while the program runs and the clock is moved by hand.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use foghorn::{
    app::agenda,
    clock::Clock,
    domain::{
        Alert, Change, ChatId, ChatSettings, Filter, MessageId, Mute, Muted, Platform, RequestId, Schedule,
        Subscription, Topic,
    },
    store::{Claim, MemoryStore, Outcome, Store},
};
use tokio::{sync::Notify, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::support::clock::ManualClock;

/// A chat, and who keeps its appointments.
struct Desk {
    store: Arc<MemoryStore>,
    clock: Arc<ManualClock>,
    changed: Arc<Notify>,
    woken: Arc<Notify>,
    requests: u32,
    _tasks: JoinSet<()>,
}

fn here() -> ChatId {
    ChatId { platform: Platform::Console, address: "here".into() }
}

impl Desk {
    async fn new() -> Self {
        let (store, clock) = (Arc::new(MemoryStore::new()), Arc::new(ManualClock::new()));
        let (changed, woken, mut tasks) = (Arc::new(Notify::new()), Arc::new(Notify::new()), JoinSet::new());
        let stop = CancellationToken::new();
        tasks.spawn(agenda::run(store.clone(), clock.clone(), changed.clone(), vec![woken.clone()], stop));
        let mut desk = Self { store, clock, changed, woken, requests: 0, _tasks: tasks };
        let topic = Topic::Category("messaging".to_owned());
        let since = desk.clock.now();
        let wish = Subscription { chat: here(), topic, filter: Filter::default(), mention: None, since };
        desk.change(Change::Subscribe(wish)).await;
        desk
    }

    async fn change(&mut self, change: Change) {
        self.requests += 1;
        let request = RequestId(self.requests.to_string().into());
        self.store.apply(&request, vec![change], self.clock.now()).await.unwrap();
        self.changed.notify_one();
        self.settle_down().await;
    }

    /// Everybody who can do something does it: there is one thread.
    async fn settle_down(&self) {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    async fn until(&self, time: &str) {
        let time: DateTime<Utc> = time.parse().unwrap();
        self.clock.advance((time - self.clock.now()).to_std().unwrap());
        self.settle_down().await;
    }

    async fn claims(&self) -> Vec<Claim> {
        self.store.claim(Platform::Console, self.clock.now(), 9).await.unwrap()
    }

    /// Takes the digest that has just been begun, which woke who delivers it.
    async fn digest(&self) {
        self.woken.notified().await;
        let claims = self.claims().await;
        assert!(claims.len() == 1 && claims[0].digest.is_some(), "{claims:?}");
        let (shown, message) = (claims[0].revision, Some(MessageId("1".into())));
        let told = Outcome::Told(Alert { message, shown, chapter: 1, announced: shown });
        self.store.settle(&claims[0], told, self.clock.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_digest_that_is_chosen_while_the_program_runs_comes_at_its_time_day_by_day() {
    let mut desk = Desk::new().await;
    desk.until("2026-10-23T12:00:00Z").await;
    let digest = Schedule::parse("0 9 * * 1-5").ok();
    let settings = ChatSettings { digest, timezone: Tz::Europe__Vienna, ..ChatSettings::default() };
    desk.change(Change::Settings { chat: here(), settings }).await;
    // Friday noon to Monday: the clock is put back on Sunday.
    desk.until("2026-10-26T07:59:59Z").await;
    assert!(desk.claims().await.is_empty());
    for day in 26..=30 {
        desk.until(&format!("2026-10-{day}T08:00:00Z")).await;
        desk.digest().await;
    }
    desk.until("2026-11-02T07:59:59Z").await;
    assert!(desk.claims().await.is_empty(), "not at the weekend");
    let earlier = ChatSettings { timezone: Tz::Asia__Tokyo, ..settings };
    desk.change(Change::Settings { chat: here(), settings: earlier }).await;
    desk.until("2026-11-03T00:00:00Z").await;
    desk.digest().await;
}

#[tokio::test]
async fn an_earlier_appointment_is_kept_before_the_one_that_was_waited_for() {
    let mut desk = Desk::new().await;
    let start = desk.clock.now();
    for (hours, muted) in [(5, Muted::All), (1, Muted::Service(foghorn::domain::ServiceId::new("signal").unwrap()))] {
        let mute = Mute { muted, until: Some(start + Duration::from_secs(hours * 3_600)) };
        desk.change(Change::Mute { chat: here(), mute }).await;
    }
    for hours in [1, 5] {
        desk.until(&(start + Duration::from_secs(hours * 3_600)).to_rfc3339()).await;
        desk.woken.notified().await;
    }
}
