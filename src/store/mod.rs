//! What must survive a stop: tracks, incidents, subscriptions, settings, the outbox and what each chat was told.
//!
//! The trait speaks in whole operations. What an operation reports as done is on disk: it survives SIGKILL.
//!
//! In reading order: `keys` says what is stored where, `record` in which shape, `operations` what is done with it,
//! `keyed` what that needs of a backend; [`SledStore`] and [`MemoryStore`] are the two there are.

mod kept;
mod keyed;
mod keys;
mod memory;
mod operations;
mod record;
mod sled;
mod swept;
mod undelivered;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::{
    Alert, Change, ChatId, ChatSettings, Digest, Incident, IncidentId, Mute, Platform, RequestId, Revision, ServiceId,
    Storm, Subscription, Suspension, Topic, Track, Transition, Watch, WatchLimit, WatchedPage,
};

pub use kept::{Kept, KeptPlace};
pub use memory::MemoryStore;
pub use sled::{Aside, Restored, Salvaged, SledStore, salvage};
pub use swept::{SweepPlace, Swept};
pub use undelivered::{Revived, Standing, Undelivered, UndeliveredPlace};

/// Where everything that must survive is kept.
#[async_trait]
pub trait Store: Send + Sync {
    /// Every service's track, with the incidents that are open or were not yet forgotten.
    async fn tracks(&self) -> Result<Vec<Track>, StoreError>;

    /// One service's track.
    async fn track(&self, service: &ServiceId) -> Result<Option<Track>, StoreError>;

    /// Every page that chats watch, and whether anybody still does.
    async fn pages(&self) -> Result<Vec<(WatchedPage, bool)>, StoreError>;

    /// What a chat watches, by the id of the page.
    async fn watches(&self, chat: &ChatId) -> Result<Vec<Watch>, StoreError>;

    /// Removes a page that nobody watches any more, with what is known of it and with its incidents. Nobody may read the
    /// page meanwhile: a [`Store::commit`] after it would bring a part of it back.
    async fn end_page(&self, id: &ServiceId) -> Result<PageEnd, StoreError>;

    /// Writes what one reading changed, with a fan-out for each transition, in one transaction (DESIGN rule 8).
    ///
    /// A fan-out that is still under way for the same incident is replaced: the new one visits every chat anyway, and
    /// a chat is told what is true when it is told. It keeps the more urgent of the two urgencies.
    async fn commit(&self, commit: Commit) -> Result<(), StoreError>;

    /// One incident with all its updates.
    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError>;

    /// The service's last incidents and maintenances, those that began last first.
    async fn history(&self, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError>;

    /// What a chat has subscribed to, in order of topic.
    async fn subscriptions(&self, chat: &ChatId) -> Result<Vec<Subscription>, StoreError>;

    /// The chats of a platform that have subscriptions, in order of address, each with how it wants to be spoken to: the
    /// first `most` of them, or of those behind `after`.
    async fn subscribers(
        &self,
        platform: Platform,
        after: Option<ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError>;

    /// How a chat wants to be spoken to, `None` while it never said.
    async fn settings(&self, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError>;

    /// What a chat does not want to be told now, in order of what it is about.
    async fn mutes(&self, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError>;

    /// The words that were stored under a name, `None` when none were.
    async fn memo(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Stores a few words under a name, in place of what was there.
    async fn set_memo(&self, name: &str, words: &str) -> Result<(), StoreError>;

    /// Makes a request's changes, once: the same request again changes nothing, for two days.
    ///
    /// [`Change::Leave`], [`Change::Suspend`] and [`Change::Resume`] may take more than one call, see [`Applied::Partly`]; [`Change::Watch`] may meet a limit, see
    /// [`Applied::Full`].
    ///
    /// A subscription that is made again is replaced and keeps the time when it was first made. One that ends takes
    /// the chat's waiting deliveries along that no other subscription asks for.
    async fn apply(&self, request: &RequestId, changes: Vec<Change>, now: DateTime<Utc>)
    -> Result<Applied, StoreError>;

    /// Whether a request's changes were made before, as [`Store::apply`] knows it.
    async fn has_applied(&self, request: &RequestId) -> Result<bool, StoreError>;

    /// Takes up to `most` deliveries that are due on a platform, the most urgent first, and marks each as being sent,
    /// durably. Takes what failed before and is due again, and advances the platform's fan-outs in chunks: most urgent
    /// first, those of equal urgency in turn, so that a short one does not wait for a long one.
    ///
    /// A chat is visited when it is subscribed to the service or, lacking that, to its category, and either the
    /// subscription's filter admits the incident or the chat was already told of it. A delivery whose chat has
    /// unsubscribed meanwhile is dropped.
    ///
    /// A chat that was not told of the incident and whose mute covers it is passed over: when the mute is over by its time, it
    /// is told then ([`Store::keep_appointments`]), else at the next transition. It is the time of the transition that counts, so an outage that began and ended within a
    /// mute is never told. What another claim holds and has not settled is left out. Few chats are looked
    /// at for each that may be claimed, so there may be work left when less is claimed than asked for:
    /// [`Store::next_due`] tells.
    ///
    /// Where more outages begin for a chat than the store's [`crate::domain::StormRule`] gives alerts of their own, those
    /// beyond are one delivery, a storm ([`IncidentId::of_storm`]), which is due a moment later: what happens meanwhile goes
    /// with it. What is new of its outages is told by it until all are over and the chat knows; then it is forgotten. An
    /// outage that comes back after that is told by itself, without a message to answer. Those that no subscription asks for
    /// any more leave it.
    async fn claim(&self, platform: Platform, now: DateTime<Utc>, most: usize) -> Result<Vec<Claim>, StoreError>;

    /// The claim with what is true now: it has waited in memory, and nothing of it was sent. `None` when it needs no sending
    /// any more or is not held any more, and then there is nothing left to settle.
    async fn renew(&self, claim: &Claim, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError>;

    /// Says how a claimed delivery went. Reports what was done about it. A delivery that ended meanwhile with its chat is
    /// finished; one whose chat has moved is settled where it is now. Where another claim ([`Claim::number`]) holds the
    /// delivery by now, or nobody, only what was learnt of the chat is noted.
    async fn settle(&self, claim: &Claim, outcome: Outcome, now: DateTime<Utc>) -> Result<Settled, StoreError>;

    /// Those of these deliveries that wait and may have arrived ([`Claim::is_in_doubt`]) are due now.
    async fn hasten(&self, deliveries: Vec<DeliveryId>, now: DateTime<Utc>) -> Result<(), StoreError>;

    /// Does what chats asked to be done at a time that has come: up to `most` appointments, the earliest first, each in one
    /// transaction with when the next one is.
    ///
    /// A chat's digest ([`ChatSettings::digest`]) is a delivery like others, under [`IncidentId::of_digest`]: it tells how things
    /// are when it is claimed, and what happened since the last one that went. One that still waits when the next is due goes
    /// in its place; where several were missed, one goes.
    ///
    /// When a mute ends by its time, the chat is told what the mute kept silent and what still goes on: each by its alert, or
    /// all outages as one storm where there are more than two.
    async fn keep_appointments(&self, now: DateTime<Utc>, most: usize) -> Result<Appointments, StoreError>;

    /// When the platform's next delivery is due: the past or now when there is work, `None` when there is none.
    /// Claimed deliveries do not count.
    async fn next_due(&self, platform: Platform, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// That a chat rests, or that it did and nobody there was told; `None`: neither.
    async fn suspension(&self, chat: &ChatId) -> Result<Option<Suspension>, StoreError>;

    /// The chats at an address, and at all that begin with it and a slash, that have a [`Store::suspension`].
    async fn suspended(&self, platform: Platform, place: &str) -> Result<Vec<ChatId>, StoreError>;

    /// Every suspension in order of chat: the first `most`, or those behind that of `after`.
    async fn suspensions(&self, after: Option<ChatId>, most: usize) -> Result<Vec<(ChatId, Suspension)>, StoreError>;

    /// Ends chats that have rested since then or longer, a few at a time until there are none: all that is kept of them is
    /// removed.
    async fn end_suspended(&self, since: DateTime<Utc>) -> Result<Vec<Ended>, StoreError>;

    /// How much is not settled.
    async fn backlog(&self) -> Result<Backlog, StoreError>;

    /// How much is not settled, by platform. Costs little, however much that is.
    async fn depths(&self) -> Result<Vec<Depth>, StoreError>;

    /// The incidents whose fan-out has not visited every chat of a platform, and since when each is under way.
    async fn fan_outs(&self, platform: Platform) -> Result<Vec<(IncidentId, DateTime<Utc>)>, StoreError>;

    /// What is not delivered, chat by chat, and then the dead letters, the oldest first: the first `most`, or those behind
    /// `after`.
    async fn undelivered(&self, after: Option<UndeliveredPlace>, most: usize) -> Result<Vec<Undelivered>, StoreError>;

    /// Makes dead letters deliveries again, due at once; what is told is what is true then. A letter whose chat wants to
    /// hear of it no more is dropped.
    async fn revive(&self, letters: Vec<u64>, now: DateTime<Utc>) -> Result<Revived, StoreError>;

    /// Drops dead letters, and says how many there were.
    async fn discard(&self, letters: Vec<u64>) -> Result<usize, StoreError>;

    /// What chats have said that they want, the first `most` rows or those behind `after`; with where to go on, `None` at
    /// the end. For moving it elsewhere.
    async fn kept(&self, after: Option<KeptPlace>, most: usize) -> Result<(Vec<Kept>, Option<KeptPlace>), StoreError>;

    /// Removes a little of what nobody needs any more: incidents that began before `history_from`, what chats knew of
    /// incidents long over, dead letters about what is forgotten. Begins at `place`, the first time at none; goes on at the
    /// place it gives, until it gives none.
    async fn sweep(
        &self,
        place: Option<SweepPlace>,
        now: DateTime<Utc>,
        history_from: DateTime<Utc>,
    ) -> Result<Swept, StoreError>;

    /// Flushes and gives the files free. Operations after it fail.
    async fn close(&self) -> Result<(), StoreError>;
}

/// What one reading changed.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The service's new track, whole.
    pub track: Arc<Track>,
    /// The category the service stands in, for subscriptions by category; empty: the one it was in last.
    pub category: String,
    /// Incidents of the track that are new or changed.
    pub changed: Vec<IncidentId>,
    /// Incidents that detection no longer needs; they stay in the history.
    pub forgotten: Vec<IncidentId>,
    /// Incidents for the history alone.
    pub past: Vec<Incident>,
    /// What began earlier is dropped from the history, and so is the oldest when there is too much of it; not what the
    /// track needs. A few incidents at a time.
    pub history_from: DateTime<Utc>,
    /// What is worth telling.
    pub transitions: Vec<Transition>,
    /// When it was read.
    pub at: DateTime<Utc>,
}

/// What tells one delivery from all others: an incident on its way to a chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId {
    /// To whom.
    pub chat: ChatId,
    /// What about.
    pub incident: IncidentId,
}

/// A delivery taken to be sent now, with all that is needed for it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Which.
    pub id: DeliveryId,
    /// The claim's own number, which no other claim ever had, not in another run of the program either.
    pub number: u64,
    /// The revision this try is about. While an earlier try may have arrived ([`Claim::is_in_doubt`]) it is that try's,
    /// also across a restart: names made from it (a nonce) are the same for every repetition of one send. What is sent
    /// is what is true when it is sent, which may be newer.
    pub revision: Revision,
    /// The chapter this try is about, like the revision.
    pub chapter: u32,
    /// Nobody knows whether an earlier try arrived: its answer never came, or the program was stopped meanwhile.
    pub is_in_doubt: bool,
    /// The chapters later than [`Claim::chapter`] that tries in doubt knew, in order, each with when the first such try was
    /// claimed: a message that was sent since then tells at least that chapter.
    pub later_chapters: Vec<(u32, DateTime<Utc>)>,
    /// The incident as it is now. For a storm what it comes to as a whole.
    pub incident: Arc<Incident>,
    /// The outages that are told together ([`crate::domain::StormRule`]); `None`: it is a single incident's delivery.
    pub storm: Option<Arc<Storm>>,
    /// How things are for the chat, which is told by this; `None`: it is another delivery.
    pub digest: Option<Arc<Digest>>,
    /// What the chat was told so far, `None`: nothing.
    pub alert: Option<Alert>,
    /// The subscription it is for.
    pub topic: Topic,
    /// Who is to be called when it opens.
    pub mention: Option<String>,
    /// How the chat wants to be spoken to.
    pub settings: Option<ChatSettings>,
    /// Counted tries that failed.
    pub attempts: u32,
    /// When it was first due.
    pub since: DateTime<Utc>,
    /// Lower is more urgent, see [`crate::domain::TransitionKind::urgency`].
    pub urgency: u8,
    /// What of the incident is worth a message of its own.
    pub news: News,
    /// Whether a mute of the chat covers the incident; then it was told of it before.
    pub is_muted: bool,
    /// Since when the chat cannot be written to: this tries whether it can again. `None` while nothing says so.
    pub bar: Option<Bar>,
    /// The chat had an alert that is gone since: it is told anew, and nobody is called again.
    pub was_told: bool,
}

/// What of an incident is worth a message of its own, to chats that want more than edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The last revision with which it became worse, something was said in words, or planned work began or was moved; 0:
    /// none.
    pub important: Revision,
    /// The last revision with which it became worse; 0: none.
    pub escalated: Revision,
}

/// Since when a chat cannot be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// When the platform said so first.
    pub since: DateTime<Utc>,
    /// How often it has said so.
    pub tries: u32,
}

/// How a claimed delivery went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A message was sent or edited; this is what the chat knows now. When the incident has moved on, or another
    /// message is owed, the delivery is due again at once.
    Told(Alert),
    /// There was nothing to tell. When the incident has moved on, the delivery is due again at once.
    Needless,
    /// Not now.
    Retry {
        /// Not before this time.
        at: DateTime<Utc>,
        /// Whether it counts as a failed try; waiting for a limit does not.
        counted: bool,
        /// Whether the message may have arrived all the same.
        is_in_doubt: bool,
        /// Why the try failed, in a few words for the operator; `None`: it did not.
        reason: Option<String>,
    },
    /// The chat is there and cannot be written to now: it rests, and this delivery tries it again.
    Barred {
        /// Not before this time.
        at: DateTime<Utc>,
        /// What the platform said.
        reason: String,
    },
    /// The alert's message is gone; the next try posts a new one, at once.
    MessageGone,
    /// It will never go: kept among the dead letters (the last 10,000) with the reason. When the incident has moved on,
    /// what is new is due at once.
    Dead {
        /// Why.
        reason: String,
    },
    /// The chat is gone: it rests until the platform says otherwise, and its deliveries end.
    ChatGone {
        /// What the platform said.
        reason: String,
    },
    /// The chat has a new address: all that is its moves there, except what is there already, and the delivery is due
    /// again at once.
    ChatMoved {
        /// The new one.
        to: ChatId,
    },
}

/// What was done when a delivery was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nothing is left to tell.
    Finished,
    /// It is due again.
    Waiting,
    /// The chat rests.
    Suspended,
}

/// A chat that rested for so long that it was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub chat: ChatId,
    /// How many subscriptions it had.
    pub subscriptions: usize,
    /// Why it rested.
    pub suspension: Suspension,
}

/// Whether a request's changes were made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Yes.
    Now,
    /// They were made when the request first came.
    Before,
    /// Many chats leave: some have. The same request is to be made again until the answer is another one.
    Partly,
    /// No, none of them: one would watch more than may be watched.
    Full(WatchLimit),
}

/// Whether a page has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageEnd {
    /// Yes.
    Ended,
    /// A part of its history is left: it is to be ended again until the answer is another one.
    Partly,
    /// No: somebody watches it.
    Watched,
}

/// Appointments that were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointments {
    /// How many.
    pub kept: usize,
    /// When the next one is, `None`: there is none.
    pub next: Option<DateTime<Utc>>,
}

/// How much is not settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Fan-outs that have not visited every chat.
    pub fanouts: usize,
    /// Deliveries waiting or being sent.
    pub deliveries: usize,
    /// Dead letters.
    pub dead: usize,
}

/// How much is not settled on one platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Which.
    pub platform: Platform,
    /// Fan-outs that have not visited every chat.
    pub fan_outs: usize,
    /// Deliveries waiting or being sent.
    pub deliveries: usize,
    /// When the oldest of all these was first due, or up to ten seconds later; `None`: there are none.
    pub oldest: Option<DateTime<Utc>>,
}

impl Depth {
    fn age(&mut self, since: DateTime<Utc>) {
        self.oldest = Some(self.oldest.map_or(since, |oldest| oldest.min(since)));
    }
}

/// Why the store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("the store at {path} is in use by another process; stop that one or set another `store.path`")]
    InUse {
        /// Where.
        path: String,
    },
    /// It was written by a newer version of the program.
    #[error(
        "the store at {path} has schema {found}, this version knows up to {known}; use a newer foghorn or another `store.path`"
    )]
    Newer {
        /// Where.
        path: String,
        /// What was found.
        found: u32,
        /// What this version knows.
        known: u32,
    },
    /// The directory cannot be used.
    #[error("the store at {path} cannot be opened")]
    Unusable {
        /// Where.
        path: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The files in the directory are damaged: what was stored is not there, or only a part of it.
    #[error("the store at {path} is damaged")]
    Ruined {
        /// Where.
        path: String,
        /// How that is known.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A record cannot be understood.
    #[error("the store's record {} cannot be read", key.escape_ascii())]
    Damaged {
        /// Under which key it stands.
        key: Vec<u8>,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Reading or writing failed.
    #[error("the store cannot be read or written")]
    Io(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was closed.
    #[error("the store is closed")]
    Closed,
}
