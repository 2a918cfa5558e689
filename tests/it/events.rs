//! What a platform hands over besides requests: people who are typing, places that were left, chats that have moved.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use foghorn::{
    app::{
        answer::Answers,
        lookout::Lookout,
        recent::Recent,
        roster::{Roster, SharedCatalogue},
    },
    chat::{Chat, ChatError, Completing, DeliveryError, Ended, Event, Incoming, Input, Limits, Parcel, Rate, Receipt},
    clock::{Clock, SystemClock},
    dispatch::Besides,
    domain::{
        Catalogue, Change, ChatId, ChatSettings, Filter, MessageId, Platform, RequestId, Resumption, Service,
        ServiceId, Subscription, SuspensionState, Topic, WatchLimits,
    },
    http::{Http, HttpLimits},
    store::{MemoryStore, Store},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

/// A platform nothing is sent to.
struct Quiet;

#[async_trait]
impl Chat for Quiet {
    fn platform(&self) -> Platform {
        Platform::Discord
    }

    fn limits(&self) -> Limits {
        Limits { edits: true, concurrency: 1, overall: None }
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        Vec::new()
    }

    async fn post(&self, _: &Parcel) -> Result<Receipt, DeliveryError> {
        Err(DeliveryError::Refused { reason: "nothing is sent here".to_owned() })
    }

    async fn edit(&self, _: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.post(parcel).await
    }

    async fn listen(&self, _: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        stop.cancelled().await;
        Ok(Ended::Stopped)
    }
}

fn service(id: &str, name: &str) -> Service {
    Service {
        id: ServiceId::new(id).unwrap(),
        name: name.to_owned(),
        aliases: Vec::new(),
        category: "messaging".to_owned(),
        homepage: None,
        status_page: None,
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources: Vec::new(),
    }
}

fn chat(address: &str) -> ChatId {
    ChatId { platform: Platform::Discord, address: address.into() }
}

/// Answers over a store in memory, and what hands events to them.
struct Desk {
    store: MemoryStore,
    events: mpsc::Sender<Event>,
    _tasks: JoinSet<()>,
}

impl Desk {
    async fn new() -> Self {
        let (catalogue, _) = Catalogue::new(vec![service("whatsapp", "WhatsApp"), service("signal", "Signal")]);
        let store = MemoryStore::new();
        let (events, inbox) = mpsc::channel(8);
        let clock = Arc::new(SystemClock::new());
        let http = Http::guarded(HttpLimits::default()).unwrap();
        let shared = Arc::new(store.clone());
        let opened = Roster::open(
            SharedCatalogue::new(Arc::new(catalogue)),
            Vec::new(),
            shared,
            clock.clone(),
            http.clone(),
            Arc::default(),
        );
        let roster = opened.await.unwrap();
        let limits = WatchLimits { per_chat: 1, overall: 1 };
        let answers = Answers {
            metrics: Arc::default(),
            recent: Recent::default(),
            tracks: roster.tracks(),
            lookout: Arc::new(Lookout::new(http, limits, roster.clone(), clock, CancellationToken::new())),
            roster,
            store: Arc::new(store.clone()),
            clock: Arc::new(SystemClock::new()),
            chat: Arc::new(Quiet),
            besides: Besides::default(),
            wake: Arc::default(),
            agenda: Arc::default(),
            troubles: Arc::default(),
            defaults: ChatSettings::default(),
            started: Duration::ZERO,
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(answers.run(inbox, CancellationToken::new()));
        Self { store, events, _tasks: tasks }
    }

    async fn subscribe(&self, address: &str) {
        let subscription = Subscription {
            chat: chat(address),
            topic: Topic::Service(ServiceId::new("whatsapp").unwrap()),
            filter: Filter::default(),
            mention: None,
            since: SystemClock::new().now(),
        };
        let request = RequestId(format!("subscribe {address}").into());
        self.store.apply(&request, vec![Change::Subscribe(subscription)], SystemClock::new().now()).await.unwrap();
    }

    async fn subscriptions(&self, address: &str) -> usize {
        self.store.subscriptions(&chat(address)).await.unwrap().len()
    }

    /// What somebody is answered.
    async fn asks(&self, address: &str, line: &str) -> String {
        let (answer, answered) = oneshot::channel();
        let incoming = Incoming {
            id: RequestId(format!("{address} {line} {}", fastrand::u64(..)).into()),
            chat: chat(address),
            is_private: false,
            may_manage: true,
            locale_hint: None,
            input: Input::Line(line.to_owned()),
            answer,
        };
        self.events.send(Event::Asked(incoming)).await.unwrap();
        format!("{:?}", answered.await.unwrap().message)
    }

    async fn completions(&self, address: &str, command: &str, option: &str, typed: &str) -> Vec<String> {
        let (answer, answered) = oneshot::channel();
        let completing = Completing {
            chat: chat(address),
            command: command.to_owned(),
            option: option.to_owned(),
            typed: typed.to_owned(),
            given: Vec::new(),
            locale_hint: None,
            answer,
        };
        self.events.send(Event::Completing(completing)).await.unwrap();
        answered.await.unwrap().into_iter().map(|completion| completion.insert).collect()
    }
}

#[tokio::test]
async fn who_is_typing_is_offered_what_fits_and_what_the_chat_is_subscribed_to() {
    let desk = Desk::new().await;
    desk.subscribe("1/2").await;
    assert_eq!(desk.completions("1/2", "status", "service", "wha").await, ["whatsapp"]);
    let mine = desk.completions("1/2", "unsubscribe", "topic", "").await;
    assert!(mine.contains(&"whatsapp".to_owned()) && !mine.contains(&"signal".to_owned()), "{mine:?}");
    let theirs = desk.completions("1/3", "unsubscribe", "topic", "").await;
    assert!(!theirs.contains(&"whatsapp".to_owned()), "{theirs:?}");
    assert!(desk.completions("1/2", "no_such_command", "x", "").await.is_empty());
}

#[tokio::test]
async fn who_is_typing_is_offered_what_was_last_read_when_the_store_gives_nothing() {
    let desk = Desk::new().await;
    desk.subscribe("1/2").await;
    let mine = desk.completions("1/2", "unsubscribe", "topic", "").await;
    assert!(mine.contains(&"whatsapp".to_owned()), "{mine:?}");
    desk.store.close().await.unwrap();
    assert_eq!(desk.completions("1/2", "unsubscribe", "topic", "").await, mine);
}

#[tokio::test]
async fn when_the_bot_is_removed_from_a_server_the_subscriptions_of_its_channels_end() {
    let desk = Desk::new().await;
    for address in ["1/2", "1/3", "12/3"] {
        desk.subscribe(address).await;
    }
    for _ in 0..2 {
        let (done, noted) = oneshot::channel();
        let id = RequestId("left 1".into());
        desk.events.send(Event::Left { id, platform: Platform::Discord, place: "1".into(), done }).await.unwrap();
        noted.await.unwrap();
    }
    assert_eq!((desk.subscriptions("1/2").await, desk.subscriptions("1/3").await), (0, 0));
    assert_eq!(desk.subscriptions("12/3").await, 1);
}

#[tokio::test]
async fn a_chat_that_throws_the_bot_out_rests_and_whoever_asks_there_later_is_told_so_once() {
    let desk = Desk::new().await;
    for address in ["1", "1/2", "12"] {
        desk.subscribe(address).await;
    }
    let (done, noted) = oneshot::channel();
    let (id, platform, place) = (RequestId("lost".into()), Platform::Discord, "1".into());
    desk.events.send(Event::Lost { id, platform, place, reason: "kicked", done }).await.unwrap();
    noted.await.unwrap();
    assert_eq!((desk.subscriptions("1").await, desk.subscriptions("1/2").await), (1, 1));
    assert_eq!(desk.store.suspended(Platform::Discord, "1").await.unwrap(), [chat("1"), chat("1/2")]);
    let words = "Alerts rested here";
    let first = desk.asks("1", "/subscriptions").await;
    assert!(first.contains(words) && first.contains("WhatsApp"), "{first}");
    assert!(!desk.asks("1", "/subscriptions").await.contains(words));
    assert!(!desk.asks("12", "/subscriptions").await.contains(words));

    let (done, noted) = oneshot::channel();
    let (id, place, why) = (RequestId("back".into()), "1".into(), Resumption::HereAndBelow);
    desk.events.send(Event::Back { id, platform, place, why, done }).await.unwrap();
    noted.await.unwrap();
    let suspension = desk.store.suspension(&chat("1/2")).await.unwrap().unwrap();
    assert!(matches!(suspension.state, SuspensionState::Over(_)));
    assert!(desk.asks("1/2", "/status").await.contains(words), "it was told nobody there");
    assert_eq!(desk.store.suspended(Platform::Discord, "1").await.unwrap(), []);
}

#[tokio::test]
async fn a_chat_that_has_moved_keeps_its_subscriptions_and_the_same_word_again_changes_nothing() {
    let desk = Desk::new().await;
    desk.subscribe("1/2").await;
    for _ in 0..2 {
        let (done, noted) = oneshot::channel();
        let (id, from, to) = (RequestId("moved".into()), chat("1/2"), chat("1/9"));
        desk.events.send(Event::Moved { id, from, to, done }).await.unwrap();
        noted.await.unwrap();
        assert_eq!((desk.subscriptions("1/2").await, desk.subscriptions("1/9").await), (0, 1));
    }
}

#[tokio::test]
async fn what_cannot_be_stored_is_not_said_to_be_and_the_others_go_on() {
    let desk = Desk::new().await;
    desk.store.close().await.unwrap();
    let (done, noted) = oneshot::channel();
    let id = RequestId("left 1".into());
    desk.events.send(Event::Left { id, platform: Platform::Discord, place: "1".into(), done }).await.unwrap();
    noted.await.unwrap_err();
    assert_eq!(desk.completions("1/2", "status", "service", "wha").await, ["whatsapp"], "it goes on");
}
