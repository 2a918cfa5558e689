//! A store with services that break and chats that listen, in the words of the tests.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    domain::{
        Alert, Change, ChatId, Condition, Filter, Incident, IncidentId, MessageId, Phase, Platform, RequestId, Role,
        ServiceId, Severity, SourceKind, StormRule, Subscription, Topic, Track, Transition, TransitionKind, Update,
        WATCHED_CATEGORY, WatchedPage,
    },
    store::{Claim, Commit, MemoryStore, Outcome, Settled, SledStore, Store},
};
use tempfile::TempDir;

/// Runs each test over both backends.
macro_rules! over_both {
    ($($(#[$doc:meta])* async fn $name:ident($bench:ident: Bench) $body:block)*) => {
        $($(#[$doc])* async fn $name(mut $bench: $crate::bench::Bench) { let $bench = &mut $bench; $body })*

        mod memory {
            $(#[tokio::test] async fn $name() { super::$name($crate::bench::Bench::memory()).await; })*
        }

        mod sled {
            $(#[tokio::test] async fn $name() { super::$name($crate::bench::Bench::disk()).await; })*
        }
    };
}
pub(crate) use over_both;

pub(crate) enum Backend {
    Memory(MemoryStore),
    Disk { directory: TempDir, store: Option<Arc<SledStore>> },
}

/// A store, and what detection would remember.
pub(crate) struct Bench {
    pub(crate) backend: Backend,
    pub(crate) tracks: BTreeMap<ServiceId, Track>,
    pub(crate) now: DateTime<Utc>,
    requests: u32,
    storms: StormRule,
}

pub(crate) const CATEGORY: &str = "messaging";

pub(crate) fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + seconds, 0).unwrap()
}

pub(crate) fn service(id: &str) -> ServiceId {
    ServiceId::new(id).unwrap()
}

pub(crate) fn topic(id: &str) -> Topic {
    Topic::Service(service(id))
}

pub(crate) fn category() -> Topic {
    Topic::Category(CATEGORY.to_owned())
}

pub(crate) fn chat(address: &str) -> ChatId {
    ChatId { platform: Platform::Telegram, address: address.into() }
}

/// A page that chats may watch.
pub(crate) fn page(number: usize) -> WatchedPage {
    let address = format!("https://status{number}.example/");
    WatchedPage::new(SourceKind::Statuspage, &format!("{address}summary.json"), &address, &format!("Page {number}"))
}

pub(crate) fn at_least(severity: Severity) -> Filter {
    Filter { severity: Some(severity), ..Filter::default() }
}

pub(crate) fn subscription(chat: &ChatId, topic: Topic, filter: Filter) -> Subscription {
    Subscription { chat: chat.clone(), topic, filter, mention: None, since: time(0) }
}

pub(crate) fn update(number: usize, body: &str) -> Update {
    Update {
        key: format!("u{number}"),
        phase: Phase::Investigating,
        at: time(0),
        body: body.to_owned(),
        role: Role::Official,
    }
}

/// What a chat knows that was told all of this incident.
pub(crate) fn all_told(incident: &Incident) -> Alert {
    Alert {
        message: Some(MessageId("m1".into())),
        shown: incident.revision,
        chapter: incident.chapter,
        announced: incident.revision,
    }
}

/// The chat is gone.
pub(crate) fn is_gone() -> Outcome {
    Outcome::ChatGone { reason: "kicked".to_owned() }
}

/// The chat cannot be written to, and is tried again then.
pub(crate) fn is_barred(at: DateTime<Utc>) -> Outcome {
    Outcome::Barred { at, reason: "not enough rights".to_owned() }
}

/// The addresses of the chats in claims.
pub(crate) fn addresses(claims: &[Claim]) -> Vec<String> {
    claims.iter().map(|claim| claim.id.chat.address.to_string()).collect()
}

impl Bench {
    pub(crate) fn memory() -> Self {
        Self::over(Backend::Memory(MemoryStore::new()))
    }

    pub(crate) fn disk() -> Self {
        let directory = TempDir::new().unwrap();
        let store = SledStore::open(directory.path()).unwrap();
        Self::over(Backend::Disk { directory, store: Some(store) })
    }

    fn over(backend: Backend) -> Self {
        Self { backend, tracks: BTreeMap::new(), now: time(0), requests: 0, storms: StormRule::OFF }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        match &self.backend {
            Backend::Memory(store) => store,
            Backend::Disk { store, .. } => store.as_deref().unwrap(),
        }
    }

    /// What a new process finds.
    pub(crate) fn restart(&mut self) {
        match &mut self.backend {
            Backend::Memory(store) => *store = store.reopen().unwrap(),
            Backend::Disk { directory, store } => {
                drop(store.take());
                *store = Some(SledStore::open_with(directory.path(), self.storms).unwrap());
            }
        }
    }

    /// From now on many outages at once are told by this rule.
    pub(crate) fn set_storms(&mut self, rule: StormRule) {
        self.storms = rule;
        if let Backend::Memory(store) = &mut self.backend {
            *store = store.clone().with_storms(rule);
        }
        self.restart();
    }

    pub(crate) fn pass(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
    }

    pub(crate) async fn apply(&mut self, changes: Vec<Change>) {
        self.requests += 1;
        let request = RequestId(format!("request {}", self.requests).into());
        self.store().apply(&request, changes, self.now).await.unwrap();
    }

    pub(crate) async fn subscribe(&mut self, chat: &ChatId, topic: Topic, filter: Filter) {
        let since = self.now;
        self.apply(vec![Change::Subscribe(Subscription { since, ..subscription(chat, topic, filter) })]).await;
    }

    /// Subscribes `c000`, `c001` and so on.
    pub(crate) async fn subscribe_many(&mut self, count: usize, topic: &Topic, filter: &Filter) {
        let changes = (0..count).map(|number| {
            Change::Subscribe(subscription(&chat(&format!("c{number:03}")), topic.clone(), filter.clone()))
        });
        self.apply(changes.collect()).await;
    }

    pub(crate) async fn unsubscribe(&mut self, chat: &ChatId, topic: Topic) {
        self.apply(vec![Change::Unsubscribe { chat: chat.clone(), topic }]).await;
    }

    fn track(&mut self, service: &ServiceId) -> &mut Track {
        self.tracks.entry(service.clone()).or_insert_with(|| Track::new(service.clone()))
    }

    /// A new incident that is not committed yet.
    pub(crate) fn incident(&mut self, name: &str, severity: Severity) -> IncidentId {
        let now = self.now;
        let service = service(name);
        let track = self.track(&service);
        let id = IncidentId { service, number: track.next_number };
        track.next_number += 1;
        track.incidents.push(Incident {
            id: id.clone(),
            service_name: name.to_uppercase(),
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
            revision: 1,
            chapter: 1,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: TransitionKind::Opened,
        });
        id
    }

    /// The incident as detection remembers it.
    pub(crate) fn known(&mut self, id: &IncidentId) -> &mut Incident {
        self.track(&id.service).incidents.iter_mut().find(|incident| incident.id == *id).unwrap()
    }

    /// Stores the track of an incident, with its last transition.
    pub(crate) async fn tell(&mut self, id: &IncidentId) {
        let incident = self.known(id);
        let transition = Transition { incident: id.clone(), revision: incident.revision, kind: incident.last_kind };
        self.commit(id, vec![transition], Vec::new()).await;
    }

    pub(crate) async fn commit(&mut self, id: &IncidentId, transitions: Vec<Transition>, forgotten: Vec<IncidentId>) {
        let track = Arc::new(self.tracks[&id.service].clone());
        let is_page = (0..9).any(|number| page(number).id == id.service);
        let commit = Commit {
            track,
            category: if is_page { WATCHED_CATEGORY } else { CATEGORY }.to_owned(),
            changed: vec![id.clone()],
            forgotten,
            transitions,
            past: Vec::new(),
            history_from: DateTime::<Utc>::MIN_UTC,
            at: self.now,
        };
        self.store().commit(commit).await.unwrap();
    }

    /// Something of the past becomes known, and the history goes back to `from`.
    pub(crate) async fn commit_past(&mut self, service: &ServiceId, past: Vec<Incident>, from: DateTime<Utc>) {
        let commit = Commit {
            track: Arc::new(self.tracks[service].clone()),
            category: CATEGORY.to_owned(),
            changed: Vec::new(),
            forgotten: Vec::new(),
            past,
            history_from: from,
            transitions: Vec::new(),
            at: self.now,
        };
        self.store().commit(commit).await.unwrap();
    }

    /// A service breaks.
    pub(crate) async fn open(&mut self, name: &str, severity: Severity) -> IncidentId {
        let id = self.incident(name, severity);
        self.tell(&id).await;
        id
    }

    async fn turn(&mut self, id: &IncidentId, kind: TransitionKind) {
        let incident = self.known(id);
        incident.revision += 1;
        incident.last_kind = kind;
        self.tell(id).await;
    }

    /// Something new is said about it.
    pub(crate) async fn update(&mut self, id: &IncidentId) {
        self.turn(id, TransitionKind::Updated).await;
    }

    /// It is over.
    pub(crate) async fn resolve(&mut self, id: &IncidentId) {
        let now = self.now;
        let incident = self.known(id);
        incident.chapter += 1;
        incident.phase = Phase::Resolved;
        incident.impact = Condition::Operational;
        incident.resolved_at = Some(now);
        self.turn(id, TransitionKind::Resolved).await;
    }

    /// Nobody tells of it any more.
    pub(crate) async fn lose(&mut self, id: &IncidentId) {
        let now = self.now;
        let incident = self.known(id);
        incident.chapter += 1;
        incident.phase = Phase::Resolved;
        incident.resolved_at = Some(now);
        incident.note_lost(Phase::Investigating, now);
        self.update(id).await;
    }

    pub(crate) async fn claim(&self, most: usize) -> Vec<Claim> {
        self.store().claim(Platform::Telegram, self.now, most).await.unwrap()
    }

    /// The only claim there is.
    pub(crate) async fn claim_one(&self) -> Claim {
        let mut claims = self.claim(10).await;
        assert_eq!(claims.len(), 1, "{claims:?}");
        claims.remove(0)
    }

    pub(crate) async fn settle(&self, claim: &Claim, outcome: Outcome) -> Settled {
        self.store().settle(claim, outcome, self.now).await.unwrap()
    }

    /// The chat was told all that the claim holds.
    pub(crate) async fn tell_all(&self, claim: &Claim) -> Settled {
        self.settle(claim, Outcome::Told(all_told(&claim.incident))).await
    }

    pub(crate) async fn next_due(&self) -> Option<DateTime<Utc>> {
        self.store().next_due(Platform::Telegram, self.now).await.unwrap()
    }

    /// Fan-outs, deliveries and dead letters.
    pub(crate) async fn backlog(&self) -> (usize, usize, usize) {
        let backlog = self.store().backlog().await.unwrap();
        (backlog.fanouts, backlog.deliveries, backlog.dead)
    }
}
