//! One platform's deliveries under a clock moved by hand, against a platform that answers as it is told.

mod doubts;
mod storms;

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use foghorn::{
    app::resting::end_once,
    chat::{Aside, Chat, ChatError, DeliveryError, Ended, Event, Limits, Parcel, Rate, Receipt, SharedChat},
    clock::Clock,
    dispatch::{Outbox, OutboxRules},
    domain::{
        Change, ChatId, ChatSettings, Condition, Filter, Form, Incident, IncidentId, MessageId, Mute, Muted, Phase,
        Platform, RequestId, Resumption, Role, ServiceId, Severity, Sound, Storm, Subscription, Topic, Track,
        Transition, TransitionKind, Update, Updates,
    },
    store::{Backlog, Commit, MemoryStore, Store},
};
use futures_util::FutureExt;
use tokio::{
    sync::{Notify, mpsc},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::support::clock::ManualClock;

const DAY: Duration = Duration::from_secs(86_400);
const SEND_LIMIT: Duration = Duration::from_secs(60);

/// What the platform does with one message.
enum Answer {
    Fails(DeliveryError),
    /// It takes the message, and its answer is lost.
    Lost,
    /// No answer ever comes.
    Hangs,
    Panics,
}

/// A message that reached the platform.
#[derive(Clone, Debug)]
struct Sent {
    to: String,
    about: String,
    form: Form,
    is_edit: bool,
    is_open: bool,
    is_silent: bool,
    /// The outages that it tells together.
    storm: Option<Arc<Storm>>,
    mention: Option<String>,
}

/// Takes every message, but for what it was told about a chat.
struct ScriptedChat {
    limits: Limits,
    /// Whether a message that is sent twice stands there twice.
    doubles: AtomicBool,
    rates: Vec<Rate>,
    script: Mutex<HashMap<String, VecDeque<Answer>>>,
    sent: Mutex<Vec<Sent>>,
    /// The name of each message that was tried.
    tries: Mutex<Vec<String>>,
    /// Where replies went that are none of the outbox's.
    replies: Mutex<Vec<ChatId>>,
}

impl ScriptedChat {
    async fn take(&self, is_edit: bool, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let to = parcel.to.address.to_string();
        self.tries.lock().unwrap().push(parcel.nonce.clone());
        let answer = self.script.lock().unwrap().get_mut(&to).and_then(VecDeque::pop_front);
        let mut is_lost = false;
        match answer {
            Some(Answer::Fails(failure)) => return Err(failure),
            Some(Answer::Lost) => is_lost = true,
            Some(Answer::Hangs) => std::future::pending().await,
            Some(Answer::Panics) => panic!("a fault in an adapter"),
            None => {}
        }
        let mut sent = self.sent.lock().unwrap();
        let incident = &parcel.notice.incident;
        let about = incident.id.service.to_string();
        sent.push(Sent {
            to,
            about,
            form: parcel.notice.form,
            is_edit,
            is_open: incident.is_open(),
            is_silent: parcel.is_silent,
            storm: parcel.notice.storm.clone(),
            mention: parcel.notice.mention.clone(),
        });
        if is_lost {
            return Err(DeliveryError::Temporary { reason: "the connection broke".to_owned(), is_in_doubt: true });
        }
        Ok(Receipt { message: MessageId(sent.len().to_string().into()), repeats: None, rest: None })
    }
}

#[async_trait]
impl Chat for ScriptedChat {
    fn platform(&self) -> Platform {
        Platform::Telegram
    }

    fn limits(&self) -> Limits {
        self.limits.clone()
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        self.rates.clone()
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(false, parcel).await
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(true, parcel).await.map(|receipt| Receipt { message: message.clone(), ..receipt })
    }

    async fn listen(&self, _: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        stop.cancelled().await;
        Ok(Ended::Stopped)
    }

    fn knows_repeats(&self) -> bool {
        !self.doubles.load(Ordering::SeqCst)
    }

    fn sent_besides(&self) -> Vec<Aside> {
        let replies = std::mem::take(&mut *self.replies.lock().unwrap());
        replies.into_iter().map(|chat| Aside { chat, ago: Duration::ZERO }).collect()
    }
}

/// A platform, its outbox, and services that break.
struct Desk {
    store: MemoryStore,
    clock: Arc<ManualClock>,
    chat: Arc<ScriptedChat>,
    outbox: Outbox,
    tracks: HashMap<ServiceId, Track>,
    requests: usize,
}

fn outbox(store: &MemoryStore, chat: &Arc<ScriptedChat>, clock: &Arc<ManualClock>) -> Outbox {
    let rules = OutboxRules {
        give_up_after: DAY,
        send_limit: SEND_LIMIT,
        stop_limit: Duration::from_secs(10),
        defaults: ChatSettings::default(),
    };
    let shared: SharedChat = chat.clone();
    Outbox::new(Arc::new(store.clone()), shared, clock.clone(), rules)
}

fn address(name: &str) -> ChatId {
    ChatId { platform: Platform::Telegram, address: name.into() }
}

fn temporary() -> Answer {
    Answer::Fails(DeliveryError::Temporary { reason: "HTTP 503".to_owned(), is_in_doubt: false })
}

fn too_fast(seconds: u64, everywhere: bool) -> Answer {
    Answer::Fails(DeliveryError::RateLimited { after: Duration::from_secs(seconds), everywhere })
}

impl Desk {
    fn new() -> Self {
        Self::with(Limits { edits: true, concurrency: 64, overall: None }, Vec::new())
    }

    fn with(limits: Limits, rates: Vec<Rate>) -> Self {
        Self::over(MemoryStore::new(), limits, rates)
    }

    fn over(store: MemoryStore, limits: Limits, rates: Vec<Rate>) -> Self {
        let clock = Arc::new(ManualClock::new());
        let (script, sent, tries, replies) = Default::default();
        let chat =
            Arc::new(ScriptedChat { limits, doubles: AtomicBool::new(false), rates, script, sent, tries, replies });
        let outbox = outbox(&store, &chat, &clock);
        // What may have gone just before the start counts no more.
        clock.advance(Duration::from_secs(1));
        Self { store, clock, chat, outbox, tracks: HashMap::new(), requests: 0 }
    }

    /// The program is killed and starts again on what is stored.
    fn restart(&mut self) {
        self.store = self.store.reopen().unwrap();
        self.outbox = outbox(&self.store, &self.chat, &self.clock);
        self.clock.advance(Duration::from_secs(1));
    }

    async fn subscribe(&mut self, chat: &str, service: &str) {
        self.subscribe_calling(chat, service, None).await;
    }

    async fn subscribe_calling(&mut self, chat: &str, service: &str, mention: Option<&str>) {
        let subscription = Subscription {
            chat: address(chat),
            topic: Topic::Service(ServiceId::new(service).unwrap()),
            filter: Filter::default(),
            mention: mention.map(str::to_owned),
            since: self.clock.now(),
        };
        self.change(Change::Subscribe(subscription)).await;
    }

    async fn change(&mut self, change: Change) {
        self.requests += 1;
        let request = RequestId(format!("request {}", self.requests).into());
        self.store.apply(&request, vec![change], self.clock.now()).await.unwrap();
    }

    /// The bot may write to a chat again.
    async fn resumes(&mut self, chat: &str, why: Resumption) {
        self.change(Change::Resume { platform: Platform::Telegram, place: chat.into(), why }).await;
        self.outbox.wake();
        self.work().await;
    }

    /// How a chat wants to hear of what is new.
    async fn wishes(&mut self, chat: &str, updates: Updates, sound: Sound) {
        let settings = ChatSettings { updates, sound, ..ChatSettings::default() };
        self.change(Change::Settings { chat: address(chat), settings }).await;
    }

    /// The provider says something about it.
    async fn says(&mut self, service: &str, words: &str) {
        let now = self.clock.now();
        let incident = &mut self.tracks.get_mut(&ServiceId::new(service).unwrap()).unwrap().incidents[0];
        let key = (incident.updates.len() + 1).to_string();
        incident.updates.push(Update {
            key,
            phase: Phase::Identified,
            at: now,
            body: words.to_owned(),
            role: Role::Official,
        });
        self.turns(service, TransitionKind::Updated).await;
    }

    /// What a chat saw: the form of each message, `edit`, and `silently` for what made no sound.
    fn seen(&self, chat: &str) -> Vec<String> {
        let word = |sent: Sent| match (sent.is_edit, sent.is_silent) {
            (true, _) => "edit".to_owned(),
            (false, true) => format!("{:?} silently", sent.form),
            (false, false) => format!("{:?}", sent.form),
        };
        self.sent().into_iter().filter(|sent| sent.to == chat).map(word).collect()
    }

    /// What the platform does with the next messages to a chat.
    fn script(&self, chat: &str, answers: impl IntoIterator<Item = Answer>) {
        self.chat.script.lock().unwrap().entry(chat.to_owned()).or_default().extend(answers);
    }

    /// A service breaks.
    async fn breaks(&mut self, service: &str, severity: Severity) {
        let now = self.clock.now();
        let id = IncidentId { service: ServiceId::new(service).unwrap(), number: 1 };
        let mut track = Track::new(id.service.clone());
        track.incidents.push(Incident {
            id: id.clone(),
            service_name: service.to_uppercase(),
            planned: None,
            title: None,
            impact: severity.condition(),
            peak: severity.condition(),
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
            revision: 0,
            chapter: 1,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: TransitionKind::Opened,
        });
        self.tracks.insert(id.service, track);
        self.turns(service, TransitionKind::Opened).await;
    }

    /// Something happens to it.
    async fn turns(&mut self, service: &str, kind: TransitionKind) {
        let now = self.clock.now();
        let track = self.tracks.get_mut(&ServiceId::new(service).unwrap()).unwrap();
        let incident = &mut track.incidents[0];
        incident.revision += 1;
        incident.last_kind = kind;
        if kind == TransitionKind::Resolved {
            incident.chapter += 1;
            incident.phase = Phase::Resolved;
            incident.impact = Condition::Operational;
            incident.resolved_at = Some(now);
        }
        if kind == TransitionKind::Reopened {
            incident.chapter += 1;
            incident.phase = Phase::Investigating;
            incident.impact = incident.peak;
            incident.resolved_at = None;
        }
        let id = incident.id.clone();
        let transition = Transition { incident: id.clone(), revision: incident.revision, kind };
        let commit = Commit {
            track: Arc::new(track.clone()),
            category: "work".to_owned(),
            changed: vec![id],
            forgotten: Vec::new(),
            transitions: vec![transition],
            past: Vec::new(),
            history_from: chrono::DateTime::<chrono::Utc>::MIN_UTC,
            at: now,
        };
        self.store.commit(commit).await.unwrap();
        self.outbox.wake();
    }

    /// Lets all go on that can without time passing.
    async fn work(&mut self) {
        let mut idle = 0;
        while idle < 4 {
            self.outbox.fill().await;
            idle += 1;
            while self.outbox.finish_one().now_or_never() == Some(true) {
                idle = 0;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn pass(&mut self, span: Duration) {
        self.clock.advance(span);
        self.work().await;
    }

    async fn pass_seconds(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.pass(Duration::from_secs(1)).await;
        }
    }

    fn sent(&self) -> Vec<Sent> {
        self.chat.sent.lock().unwrap().clone()
    }

    /// Who got a message, in order.
    fn told(&self) -> Vec<String> {
        self.sent().into_iter().map(|sent| sent.to).collect()
    }

    fn tries(&self) -> usize {
        self.chat.tries.lock().unwrap().len()
    }

    async fn backlog(&self) -> Backlog {
        self.store.backlog().await.unwrap()
    }
}

#[tokio::test]
async fn a_chat_that_must_wait_waits_alone_and_no_shorter() {
    let mut desk = Desk::new();
    for chat in ["calm", "hasty"] {
        desk.subscribe(chat, "signal").await;
        desk.subscribe(chat, "slack").await;
    }
    desk.script("hasty", [too_fast(37, false)]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.breaks("slack", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told(), ["calm", "calm"]);
    desk.pass_seconds(36).await;
    assert_eq!((desk.told().len(), desk.tries()), (2, 3), "it was not even tried");
    desk.pass_seconds(2).await;
    assert_eq!(desk.told(), ["calm", "calm", "hasty", "hasty"]);
}

#[tokio::test]
async fn a_wait_for_all_holds_all() {
    let mut desk = Desk::with(Limits { edits: true, concurrency: 1, overall: None }, Vec::new());
    for chat in ["one", "two", "three"] {
        desk.subscribe(chat, "signal").await;
    }
    desk.script("one", [too_fast(20, true)]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.pass_seconds(19).await;
    assert_eq!(desk.tries(), 1);
    desk.pass_seconds(1).await;
    let mut told = desk.told();
    told.sort();
    assert_eq!(told, ["one", "three", "two"]);
}

#[tokio::test]
async fn what_the_adapter_holds_back_takes_no_place_and_goes_when_it_may() {
    let overall = Some(Rate { count: 1, per: Duration::from_secs(1) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, Vec::new());
    desk.subscribe("held", "signal").await;
    let after = Duration::from_secs(20);
    desk.script("held", [Answer::Fails(DeliveryError::Early { after, everywhere: false })]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.subscribe("other", "whatsapp").await;
    desk.breaks("whatsapp", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told(), ["other"], "the one place in a second is free");
    desk.pass_seconds(19).await;
    assert_eq!(desk.told(), ["other"]);
    desk.pass_seconds(1).await;
    assert_eq!(desk.told(), ["other", "held"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn after_a_start_nothing_goes_that_would_be_too_fast_after_what_may_have_gone_before() {
    let overall = Some(Rate { count: 30, per: Duration::from_secs(5) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, Vec::new());
    desk.subscribe("here", "signal").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.pass_seconds(3).await;
    assert_eq!(desk.tries(), 0, "it was started four seconds ago");
    desk.pass_seconds(1).await;
    assert_eq!(desk.told(), ["here"]);
}

#[tokio::test]
async fn a_platform_that_says_too_fast_without_a_time_is_not_asked_at_once_again() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.script("here", (0..50).map(|_| too_fast(0, false)));
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.tries(), 1);
}

#[tokio::test]
async fn a_severe_outage_does_not_wait_for_the_mild_ones_before_it() {
    let overall = Some(Rate { count: 30, per: Duration::from_secs(1) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, Vec::new());
    for number in 0..600 {
        desk.subscribe(&format!("chat {number}"), "signal").await;
    }
    desk.subscribe("last", "whatsapp").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told().len(), 30, "the platform's pace");
    desk.breaks("whatsapp", Severity::MajorOutage).await;
    desk.work().await;
    desk.pass_seconds(2).await;
    assert!(desk.told().contains(&"last".to_owned()), "{} went before it", desk.told().len());
}

#[tokio::test]
async fn an_outage_that_begins_does_not_wait_for_what_is_new_of_others() {
    let overall = Some(Rate { count: 30, per: Duration::from_secs(1) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, Vec::new());
    for number in 0..600 {
        desk.subscribe(&format!("chat {number}"), "signal").await;
    }
    desk.subscribe("last", "whatsapp").await;
    desk.breaks("signal", Severity::MajorOutage).await;
    desk.pass_seconds(21).await;
    assert_eq!(desk.told().len(), 600);
    desk.says("signal", "We found it.").await;
    desk.work().await;
    desk.breaks("whatsapp", Severity::Degraded).await;
    desk.pass_seconds(2).await;
    assert!(desk.told().contains(&"last".to_owned()), "{} went before it", desk.told().len() - 600);
}

#[tokio::test]
async fn a_severe_outage_overtakes_what_waits_for_the_same_chat() {
    let rate = Rate { count: 1, per: Duration::from_secs(3) };
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall: None }, vec![rate]);
    for service in ["a", "b", "c", "d", "down"] {
        desk.subscribe("here", service).await;
    }
    for service in ["a", "b", "c", "d"] {
        desk.breaks(service, Severity::Degraded).await;
    }
    desk.work().await;
    desk.breaks("down", Severity::MajorOutage).await;
    desk.work().await;
    desk.pass_seconds(12).await;
    let order: Vec<_> = desk.sent().into_iter().map(|sent| sent.about).collect();
    assert_eq!(order.len(), 5);
    assert_eq!(order[..2], ["a", "down"]);
}

#[tokio::test]
async fn a_chat_with_more_than_it_may_get_delays_no_other() {
    let overall = Some(Rate { count: 30, per: Duration::from_secs(1) });
    let rate = Rate { count: 1, per: Duration::from_secs(4) };
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, vec![rate]);
    for number in 0..1_200 {
        let service = format!("service-{number}");
        desk.subscribe("busy", &service).await;
        desk.breaks(&service, Severity::Degraded).await;
    }
    desk.work().await;
    assert_eq!(desk.told(), ["busy"]);
    desk.subscribe("other", "late").await;
    desk.breaks("late", Severity::Degraded).await;
    desk.pass_seconds(1).await;
    assert_eq!(desk.told(), ["busy", "other"]);
}

#[tokio::test]
async fn an_answer_that_never_comes_costs_one_chat_its_turn() {
    let mut desk = Desk::new();
    for chat in ["dumb", "other"] {
        desk.subscribe(chat, "signal").await;
    }
    desk.script("dumb", [Answer::Hangs]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told(), ["other"]);
    desk.pass(SEND_LIMIT).await;
    desk.pass_seconds(2).await;
    assert_eq!(desk.told(), ["other", "dumb"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn an_answer_is_waited_for_less_long_when_what_was_sent_later_has_one() {
    let mut desk = Desk::new();
    for chat in ["dumb", "deaf"] {
        desk.subscribe(chat, "signal").await;
        desk.script(chat, [Answer::Hangs]);
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.pass_seconds(20).await;
    assert_eq!(desk.told(), Vec::<String>::new(), "the platform may be slow");
    desk.subscribe("other", "whatsapp").await;
    desk.breaks("whatsapp", Severity::Degraded).await;
    desk.pass_seconds(4).await;
    let mut told = desk.told();
    told.sort_unstable();
    assert_eq!(told, ["deaf", "dumb", "other"]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_panic_in_a_send_is_a_failed_try_of_that_one() {
    let mut desk = Desk::new();
    for chat in ["cursed", "other"] {
        desk.subscribe(chat, "signal").await;
    }
    desk.script("cursed", [Answer::Panics]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told(), ["other"]);
    desk.pass_seconds(2).await;
    assert_eq!(desk.told(), ["other", "cursed"]);
}

#[tokio::test]
async fn an_unreachable_platform_is_tried_for_a_day_and_what_happens_later_is_told() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.script("here", (0..1_000).map(|_| temporary()));
    desk.breaks("signal", Severity::Degraded).await;
    let mut waits = Vec::new();
    let mut since_try = 0;
    let minute = Duration::from_secs(60);
    let mut passed = Duration::ZERO;
    while desk.backlog().await.dead == 0 {
        let before = desk.tries();
        desk.pass(minute).await;
        passed += minute;
        since_try += 1;
        if desk.tries() > before {
            waits.push(since_try);
            since_try = 0;
        }
        assert!(passed < 2 * DAY, "it is never given up");
    }
    assert!(passed >= DAY, "{passed:?}");
    assert!(desk.tries() > 250 && *waits.iter().max().unwrap() <= 7, "{} tries", desk.tries());

    desk.chat.script.lock().unwrap().clear();
    desk.turns("signal", TransitionKind::Resolved).await;
    // Not at once: the platform has taken nothing for a day.
    desk.pass_seconds(5).await;
    let told: Vec<_> = desk.sent().into_iter().map(|sent| (sent.to, sent.about, sent.form, sent.is_open)).collect();
    let both = ("here".to_owned(), "signal".to_owned(), Form::Alert, false);
    assert_eq!(told, [both], "one message that says both");
}

#[tokio::test]
async fn a_platform_that_takes_nothing_is_asked_by_one_message_at_a_time_until_it_takes_one() {
    let mut desk = Desk::new();
    for number in 0..200 {
        let chat = format!("c{number}");
        desk.subscribe(&chat, "signal").await;
        desk.script(&chat, (0..1_000).map(|_| temporary()));
    }
    desk.breaks("signal", Severity::Degraded).await;
    // At first it may be the chats.
    desk.pass_seconds(10).await;
    let tries = desk.tries();
    desk.pass_seconds(30).await;
    assert!(desk.tries() - tries <= 10, "{} tries in half a minute, for 200 chats", desk.tries() - tries);
    desk.chat.script.lock().unwrap().clear();
    desk.pass_seconds(60).await;
    assert_eq!(desk.told().len(), 200, "all are told soon after");
}

#[tokio::test]
async fn chats_that_fail_again_and_again_keep_no_other_waiting() {
    let overall = Some(Rate { count: 30, per: Duration::from_secs(1) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, Vec::new());
    for number in 0..60 {
        let chat = format!("a{number}");
        desk.subscribe(&chat, "signal").await;
        desk.script(&chat, (0..1_000).map(|_| temporary()));
    }
    for number in 0..200 {
        desk.subscribe(&format!("b{number}"), "signal").await;
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.pass_seconds(30).await;
    assert_eq!(desk.told().len(), 200, "whoever can be told is");
}

#[tokio::test]
async fn what_waits_in_memory_is_told_as_it_is_when_it_is_sent() {
    let mut desk = Desk::new();
    let chats: Vec<String> = (0..150).map(|number| format!("c{number}")).collect();
    for chat in &chats {
        desk.subscribe(chat, "signal").await;
        desk.script(chat, (0..1_000).map(|_| temporary()));
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.pass_seconds(8).await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.pass_seconds(3).await;
    desk.chat.script.lock().unwrap().clear();
    desk.pass_seconds(30).await;
    let sent = desk.sent();
    assert_eq!(sent.len(), chats.len(), "one message each, whether it was tried before or only claimed");
    assert!(sent.iter().all(|one| !one.is_open && one.form == Form::Alert), "{sent:?}");
}

#[tokio::test]
async fn after_a_weekend_switched_off_the_first_failure_is_not_the_last_try() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.clock.advance(3 * DAY);
    desk.script("here", [temporary(), temporary()]);
    desk.work().await;
    assert_eq!(desk.backlog().await.dead, 0);
    desk.pass_seconds(6).await;
    assert_eq!(desk.told(), ["here"]);
}

#[tokio::test]
async fn a_clock_that_is_set_back_silences_nobody() {
    let overall = Some(Rate { count: 1, per: Duration::from_secs(1) });
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, overall.into_iter().collect());
    desk.subscribe("here", "signal").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.clock.set_back(Duration::from_secs(3_600));
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.pass_seconds(3).await;
    let forms: Vec<_> = desk.sent().into_iter().map(|sent| sent.form).collect();
    assert_eq!(forms, [Form::Alert, Form::Recovery, Form::Alert]);
}

#[tokio::test]
async fn a_chat_that_is_gone_hears_no_more_until_it_is_back_and_then_what_is_true() {
    let mut desk = Desk::new();
    for service in ["signal", "slack", "zoom"] {
        desk.subscribe("gone", service).await;
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.script("gone", [Answer::Fails(DeliveryError::Gone { reason: "kicked".to_owned() })]);
    desk.breaks("slack", Severity::Degraded).await;
    desk.breaks("zoom", Severity::Degraded).await;
    desk.work().await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.turns("slack", TransitionKind::Resolved).await;
    desk.pass(5 * DAY).await;
    assert_eq!((desk.tries(), desk.backlog().await), (2, Backlog::default()), "nothing is tried");
    assert_eq!(desk.store.subscriptions(&address("gone")).await.unwrap().len(), 3);
    desk.restart();
    desk.resumes("gone", Resumption::HereAndBelow).await;
    let mut about: Vec<_> = desk.sent().iter().map(|sent| (sent.about.clone(), sent.form, sent.is_edit)).collect();
    about[1..].sort_by(|one, other| one.0.cmp(&other.0));
    let expect = [
        ("signal", Form::Alert, false),
        ("signal", Form::Recovery, false),
        ("signal", Form::Alert, true),
        ("zoom", Form::Alert, false),
    ];
    assert_eq!(about, expect.map(|(about, form, is_edit)| (about.to_owned(), form, is_edit)), "slack is history");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_chat_that_moves_hears_on_at_its_new_address() {
    let mut desk = Desk::new();
    for service in ["signal", "slack"] {
        desk.subscribe("-1", service).await;
    }
    desk.script("-1", [Answer::Fails(DeliveryError::Moved { to: address("-1001") })]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.breaks("slack", Severity::Degraded).await;
    desk.work().await;
    desk.pass_seconds(1).await;
    assert_eq!(desk.told(), ["-1001", "-1001"]);
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.work().await;
    assert_eq!(desk.told(), ["-1001"; 4], "two alerts, one recovery, one alert brought up to date");
    assert_eq!(desk.store.subscriptions(&address("-1001")).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_alert_that_was_deleted_is_posted_anew() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.script("here", [Answer::Fails(DeliveryError::MessageGone)]);
    desk.turns("signal", TransitionKind::Updated).await;
    desk.work().await;
    let edits: Vec<_> = desk.sent().into_iter().map(|sent| sent.is_edit).collect();
    assert_eq!(edits, [false, false]);
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_refused_message_is_kept_apart_and_the_next_one_is_tried() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.script("here", [Answer::Fails(DeliveryError::Refused { reason: "too long".to_owned() })]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.pass_seconds(5).await;
    assert_eq!((desk.tries(), desk.backlog().await.dead), (1, 1));
    desk.turns("signal", TransitionKind::Updated).await;
    desk.work().await;
    assert_eq!(desk.told(), ["here"]);
}

#[tokio::test]
async fn edits_that_wait_become_the_newest_one() {
    let mut desk = Desk::new();
    desk.subscribe("here", "signal").await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.script("here", [too_fast(3, false)]);
    for _ in 0..5 {
        desk.turns("signal", TransitionKind::Updated).await;
        desk.work().await;
    }
    desk.pass_seconds(4).await;
    let edits: Vec<_> = desk.sent().into_iter().map(|sent| sent.is_edit).collect();
    assert_eq!(edits, [false, true]);
}

#[tokio::test]
async fn stopping_waits_ten_seconds_for_an_answer_and_no_longer() {
    let mut desk = Desk::new();
    desk.subscribe("dumb", "signal").await;
    desk.script("dumb", [Answer::Hangs]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    let stop = CancellationToken::new();
    stop.cancel();
    let mut tasks = JoinSet::new();
    tasks.spawn(desk.outbox.run(Arc::new(Notify::new()), stop));
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    desk.clock.advance(Duration::from_secs(9));
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert_eq!(tasks.len(), 1);
    assert!(tasks.try_join_next().is_none(), "it waits for the answer");
    desk.clock.advance(Duration::from_secs(1));
    tasks.join_next().await.unwrap().unwrap();
    let again = desk.store.reopen().unwrap().claim(Platform::Telegram, desk.clock.now(), 9).await.unwrap();
    assert_eq!((again.len(), again[0].is_in_doubt), (1, true), "the next start finds it");
}

#[tokio::test]
async fn what_is_important_is_also_a_message_where_the_chat_asked_for_it() {
    let mut desk = Desk::new();
    for chat in ["edits", "replies", "late"] {
        desk.subscribe(chat, "signal").await;
    }
    desk.wishes("replies", Updates::Replies, Sound::News).await;
    desk.wishes("late", Updates::Thread, Sound::News).await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.script("late", [too_fast(60, false)]);
    desk.turns("signal", TransitionKind::Updated).await;
    desk.work().await;
    desk.says("signal", "We found it.").await;
    desk.work().await;
    desk.turns("signal", TransitionKind::Escalated).await;
    desk.work().await;
    desk.pass_seconds(61).await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.work().await;
    assert_eq!(desk.seen("edits"), ["Alert", "edit", "edit", "edit", "Recovery", "edit"]);
    let told = ["Alert", "edit", "Update silently", "edit", "Update", "edit", "Recovery", "edit"];
    assert_eq!(desk.seen("replies"), told);
    assert_eq!(
        desk.seen("late"),
        ["Alert", "Update", "edit", "Recovery", "edit"],
        "the later took the place of the earlier"
    );
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_chat_chooses_what_makes_a_sound() {
    let mut desk = Desk::new();
    for (chat, sound) in [("all", Sound::All), ("off", Sound::Off)] {
        desk.subscribe(chat, "signal").await;
        desk.wishes(chat, Updates::Replies, sound).await;
    }
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.says("signal", "We are looking.").await;
    desk.work().await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.work().await;
    assert_eq!(desk.seen("all"), ["Alert", "Update", "edit", "Recovery", "edit"]);
    assert_eq!(desk.seen("off"), ["Alert silently", "Update silently", "edit", "Recovery silently", "edit"]);
}

#[tokio::test]
async fn a_muted_chat_hears_no_beginning_and_the_end_of_what_it_knew_without_a_sound() {
    let mut desk = Desk::new();
    for service in ["signal", "slack"] {
        desk.subscribe("here", service).await;
    }
    desk.wishes("here", Updates::Replies, Sound::All).await;
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    let mute = Mute { muted: Muted::All, until: None };
    desk.change(Change::Mute { chat: address("here"), mute }).await;
    desk.says("signal", "We found it.").await;
    desk.breaks("slack", Severity::MajorOutage).await;
    desk.work().await;
    desk.turns("signal", TransitionKind::Resolved).await;
    desk.work().await;
    assert_eq!(desk.seen("here"), ["Alert", "edit", "Recovery silently", "edit"]);

    desk.change(Change::Unmute { chat: address("here"), muted: Muted::All }).await;
    desk.turns("slack", TransitionKind::Updated).await;
    desk.work().await;
    assert_eq!(desk.seen("here").last().unwrap(), "Alert");
    assert_eq!(desk.backlog().await, Backlog::default());
}

fn barred() -> Answer {
    Answer::Fails(DeliveryError::Barred { reason: "the bot may not send messages there".to_owned() })
}

#[tokio::test]
async fn a_chat_that_cannot_be_written_to_is_tried_now_and_then_until_somebody_mends_it() {
    let mut desk = Desk::new();
    for chat in ["barred", "other"] {
        desk.subscribe(chat, "signal").await;
    }
    desk.script("barred", (0..12).map(|_| barred()));
    desk.breaks("signal", Severity::Degraded).await;
    let mut minutes = 0;
    while desk.told().len() < 2 {
        desk.pass(Duration::from_secs(60)).await;
        minutes += 1;
        assert!(minutes < 24 * 60, "it is never told");
    }
    assert_eq!(desk.told(), ["other", "barred"]);
    assert!(minutes > 4 * 60, "twelve tries within {minutes} minutes are too many");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn a_chat_that_cannot_be_written_to_for_thirty_days_leaves_nothing() {
    let mut desk = Desk::new();
    for service in ["signal", "slack"] {
        desk.subscribe("barred", service).await;
    }
    desk.wishes("barred", Updates::Edits, Sound::Off).await;
    desk.script("barred", (0..10_000).map(|_| barred()));
    desk.breaks("signal", Severity::Degraded).await;
    desk.breaks("slack", Severity::Degraded).await;
    let mut hours = 0;
    while !desk.store.subscriptions(&address("barred")).await.unwrap().is_empty() {
        desk.pass(Duration::from_secs(6 * 3_600)).await;
        hours += 6;
        if hours == 240 {
            desk.restart();
        }
        end_once(&desk.store, desk.clock.now()).await.unwrap();
        assert!(hours < 31 * 24, "it is never given up");
    }
    assert!(hours >= 30 * 24, "{hours}");
    assert!(desk.tries() > 60, "{} tries", desk.tries());
    assert_eq!(desk.backlog().await, Backlog::default(), "nothing is left, nor among the dead letters");
    assert_eq!(desk.store.settings(&address("barred")).await.unwrap(), None);
    let tries = desk.tries();
    desk.turns("slack", TransitionKind::Resolved).await;
    desk.work().await;
    assert_eq!(desk.tries(), tries);
}

#[tokio::test]
async fn a_barred_chat_costs_one_try_at_a_time_however_much_happens_and_is_tried_when_rights_change() {
    let mut desk = Desk::new();
    for service in ["signal", "slack", "zoom"] {
        desk.subscribe("barred", service).await;
    }
    desk.script("barred", [barred(), barred()]);
    for service in ["signal", "slack", "zoom"] {
        desk.breaks(service, Severity::Degraded).await;
    }
    desk.work().await;
    for _ in 0..3 {
        desk.turns("slack", TransitionKind::Updated).await;
        desk.work().await;
    }
    assert_eq!(desk.tries(), 1);
    desk.pass_seconds(10).await;
    desk.resumes("barred", Resumption::Perhaps).await;
    assert_eq!((desk.tries(), desk.told().len()), (2, 0), "it was not enough");
    desk.pass_seconds(10).await;
    desk.resumes("barred", Resumption::Perhaps).await;
    assert_eq!(desk.told(), ["barred"; 3], "all that goes on, once it can be written to");
    assert_eq!(desk.backlog().await, Backlog::default());
}

#[tokio::test]
async fn being_switched_off_for_days_is_no_reason_to_give_a_chat_up() {
    let mut desk = Desk::new();
    desk.subscribe("barred", "signal").await;
    desk.script("barred", [barred(), barred()]);
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    desk.clock.advance(4 * DAY);
    desk.work().await;
    assert_eq!(desk.tries(), 2);
    desk.pass(Duration::from_secs(600)).await;
    assert_eq!(desk.told(), ["barred"]);
}

#[tokio::test]
async fn replies_count_for_the_pace() {
    let overall = Some(Rate { count: 10, per: Duration::from_secs(1) });
    let rate = Rate { count: 1, per: Duration::from_secs(1) };
    let mut desk = Desk::with(Limits { edits: true, concurrency: 64, overall }, vec![rate]);
    for number in 0..9 {
        desk.subscribe(&format!("chat {number}"), "signal").await;
    }
    *desk.chat.replies.lock().unwrap() = vec![address("chat 0"), address("chat 0"), address("elsewhere")];
    desk.breaks("signal", Severity::Degraded).await;
    desk.work().await;
    assert_eq!(desk.told().len(), 7, "ten in all");
    assert!(!desk.told().contains(&"chat 0".to_owned()));
    desk.pass_seconds(1).await;
    assert_eq!(desk.told().len(), 9);
}

#[tokio::test]
async fn a_platform_that_is_down_delays_no_other() {
    let mut desk = Desk::new();
    let (clock, store) = (desk.clock.clone(), desk.store.clone());
    for number in 0..200 {
        desk.subscribe(&format!("chat {number}"), "signal").await;
        desk.script(&format!("chat {number}"), [Answer::Hangs]);
    }
    let elsewhere = ChatId { platform: Platform::Console, address: "here".into() };
    let topic = Topic::Service(ServiceId::new("signal").unwrap());
    let (filter, since) = (Filter::default(), clock.now());
    desk.change(Change::Subscribe(Subscription { chat: elsewhere, topic, filter, mention: None, since })).await;
    desk.breaks("signal", Severity::MajorOutage).await;
    desk.work().await;
    assert_eq!((desk.told().len(), desk.tries()), (0, 64), "all places are taken by sends without an answer");
    let claims = store.claim(Platform::Console, clock.now(), 9).await.unwrap();
    assert_eq!(claims.len(), 1, "no time has passed");
}
