//! One platform's deliveries: claimed from the store, sent side by side at the platform's pace, settled.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::{
    sync::Notify,
    task::{Id, JoinError, JoinSet},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::{
    chat::{DeliveryError, Limits, Parcel, Receipt, SharedChat},
    clock::Clock,
    dispatch::{
        backoff::wait_after,
        pace::{Pace, later},
        plan::{self, Step},
    },
    domain::{ChatId, ChatSettings, MessageId},
    store::{Claim, DeliveryId, Outcome, Settled, Store, StoreError},
};

/// Claims held in memory at most, sent or waiting for their turn.
const HELD: usize = 1_024;
/// A chat that must rest longer than this gives its place back to the store.
const SHORT_REST: Duration = Duration::from_secs(5);
/// How long the store is left alone after it failed, or after a claim that found work but nothing to send.
const STORE_REST: Duration = Duration::from_secs(2);
const EMPTY_CLAIM_REST: Duration = Duration::from_millis(5);

/// How patient deliveries are.
#[derive(Clone, Debug)]
pub struct OutboxRules {
    /// A delivery that keeps failing is given up after this time.
    pub give_up_after: Duration,
    /// A send without an answer counts as failed after this time, whatever the platform's adapter does.
    pub send_limit: Duration,
    /// How long sends under way may take when the program stops.
    pub stop_limit: Duration,
    /// How chats that never said otherwise are spoken to.
    pub defaults: ChatSettings,
}

/// One platform's deliveries.
pub struct Outbox {
    edge: Edge,
    limits: Limits,
    pace: Pace,
    /// Claims that may go, one per chat, by urgency and age.
    ready: BTreeMap<(u8, u64), Claim>,
    /// Claims whose chat must rest a moment, one per chat.
    resting: BTreeMap<(DateTime<Utc>, u64), Claim>,
    /// Further claims of chats that have one ready, resting or under way.
    behind: HashMap<ChatId, VecDeque<Claim>>,
    occupied: HashSet<ChatId>,
    held: usize,
    sends: JoinSet<Sent>,
    under_way: HashMap<Id, Claim>,
    sequence: u64,
    /// When the store is to be asked for more; `None`: when woken.
    claim_at: Option<DateTime<Utc>>,
    is_failing: bool,
}

/// What a send needs, shared by all of them.
#[derive(Clone)]
struct Edge {
    store: Arc<dyn Store>,
    chat: SharedChat,
    clock: Arc<dyn Clock>,
    rules: Arc<OutboxRules>,
}

/// How a send ended, as far as the others are concerned.
#[derive(Debug, Default)]
struct Sent {
    rest_chat: Option<DateTime<Utc>>,
    rest_all: Option<DateTime<Utc>>,
    /// Whether the platform answered; `None`: it was not asked.
    answered: Option<bool>,
    /// The delivery is due again, now or later.
    is_waiting: bool,
}

impl Outbox {
    /// The deliveries of `chat`'s platform.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, chat: SharedChat, clock: Arc<dyn Clock>, rules: OutboxRules) -> Self {
        let limits = chat.limits();
        let claim_at = Some(clock.now());
        Self {
            pace: Pace::new(limits.overall),
            limits,
            edge: Edge { store, chat, clock, rules: Arc::new(rules) },
            ready: BTreeMap::new(),
            resting: BTreeMap::new(),
            behind: HashMap::new(),
            occupied: HashSet::new(),
            held: 0,
            sends: JoinSet::new(),
            under_way: HashMap::new(),
            sequence: 0,
            claim_at,
            is_failing: false,
        }
    }

    /// Delivers until `stop`, then lets what is under way end. `wake` says that the store may have new work.
    ///
    /// What was claimed and not sent is found again by the next start.
    pub async fn run(mut self, wake: Arc<Notify>, stop: CancellationToken) {
        loop {
            let next = self.fill().await;
            let clock = self.edge.clock.clone();
            let rest = async move {
                match next {
                    Some(at) => clock.sleep((at - clock.now()).to_std().unwrap_or_default()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some(joined) = self.sends.join_next_with_id() => self.finish(joined),
                () = wake.notified() => self.wake(),
                () = rest => {}
            }
        }
        let clock = self.edge.clock.clone();
        let limit = self.edge.rules.stop_limit;
        tokio::select! {
            () = async { while let Some(joined) = self.sends.join_next_with_id().await { self.finish(joined); } } => {}
            () = clock.sleep(limit) => {
                warn!(platform = self.edge.chat.platform().word(), sends = self.sends.len(), "stopping with sends under way");
            }
        }
    }

    /// The store may have new work.
    pub fn wake(&mut self) {
        self.claim_at = Some(DateTime::<Utc>::MIN_UTC);
    }

    /// Claims and starts what can be started now. Says when there may be more to start without anything ending or
    /// waking; `None`: not before that.
    pub async fn fill(&mut self) -> Option<DateTime<Utc>> {
        loop {
            let now = self.edge.clock.now();
            let next_start = self.start(now);
            let room = HELD.saturating_sub(self.held);
            let wants_more = self.claim_at.is_some_and(|at| at <= now);
            if !wants_more || room < HELD / 2 {
                let next_claim = self.claim_at.filter(|_| !wants_more);
                return [next_start, next_claim].into_iter().flatten().min();
            }
            self.claim(room, now).await;
        }
    }

    /// Waits for one send to end; `false` when none is under way.
    pub async fn finish_one(&mut self) -> bool {
        match self.sends.join_next_with_id().await {
            Some(joined) => {
                self.finish(joined);
                true
            }
            None => false,
        }
    }

    async fn claim(&mut self, room: usize, now: DateTime<Utc>) {
        let platform = self.edge.chat.platform();
        let claimed = match self.edge.store.claim(platform, now, room).await {
            Ok(claims) => claims,
            Err(cause) => {
                error!(
                    platform = platform.word(),
                    cause = &cause as &dyn std::error::Error,
                    "claiming deliveries failed"
                );
                self.claim_at = Some(later(now, STORE_REST));
                return;
            }
        };
        let found = claimed.len();
        for claim in claimed {
            self.take_in(claim);
        }
        if found == room {
            return;
        }
        self.claim_at = match self.edge.store.next_due(platform, now).await {
            Ok(Some(due)) if due <= now && found == 0 => Some(later(now, EMPTY_CLAIM_REST)),
            Ok(due) => due,
            Err(cause) => {
                error!(
                    platform = platform.word(),
                    cause = &cause as &dyn std::error::Error,
                    "looking for deliveries failed"
                );
                Some(later(now, STORE_REST))
            }
        };
    }

    fn take_in(&mut self, claim: Claim) {
        self.held += 1;
        let chat = claim.id.chat.clone();
        if self.occupied.insert(chat.clone()) {
            self.make_ready(claim);
        } else {
            self.behind.entry(chat).or_default().push_back(claim);
        }
    }

    fn make_ready(&mut self, claim: Claim) {
        self.sequence += 1;
        self.ready.insert((claim.urgency, self.sequence), claim);
    }

    /// Starts the sends that may start; says when the next may.
    fn start(&mut self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        while let Some(entry) = self.resting.first_entry().filter(|entry| entry.key().0 <= now) {
            let claim = entry.remove();
            self.make_ready(claim);
        }
        while self.sends.len() < self.limits.concurrency {
            let overall = self.pace.ready(now);
            if overall > now && !self.ready.is_empty() {
                let resting = self.resting.first_key_value().map(|((at, _), _)| *at);
                return [Some(overall), resting].into_iter().flatten().min();
            }
            let Some((_, claim)) = self.ready.pop_first() else { break };
            let chat_ready = self.pace.chat_ready(&claim.id.chat, now);
            if chat_ready <= now {
                self.pace.take(&claim.id.chat, self.edge.chat.rates(&claim.id.chat), now);
                self.spawn(claim, None);
            } else if chat_ready <= later(now, SHORT_REST) {
                self.sequence += 1;
                self.resting.insert((chat_ready, self.sequence), claim);
            } else {
                self.spawn(claim, Some((chat_ready, false)));
            }
        }
        self.resting.first_key_value().map(|((at, _), _)| *at)
    }

    /// Sends a claim, or gives it back to the store until a time, saying whether it may have been sent.
    fn spawn(&mut self, claim: Claim, put_off: Option<(DateTime<Utc>, bool)>) {
        let edge = self.edge.clone();
        let sent = claim.clone();
        let handle = self.sends.spawn(async move {
            match put_off {
                Some((at, is_in_doubt)) => {
                    let outcome = Outcome::Retry { at, counted: is_in_doubt, is_in_doubt };
                    let is_waiting = edge.settle(&sent.id, outcome).await;
                    Sent { is_waiting, ..Sent::default() }
                }
                None => edge.deliver(&sent).await,
            }
        });
        self.under_way.insert(handle.id(), claim);
    }

    fn finish(&mut self, joined: Result<(Id, Sent), JoinError>) {
        let (id, sent) = match joined {
            Ok(done) => done,
            Err(failure) => {
                let id = failure.id();
                if let Some(claim) = self.under_way.remove(&id) {
                    error!(chat = %claim.id.chat, incident = %claim.id.incident, "a delivery panicked; it is tried again");
                    let attempts = claim.attempts.saturating_add(1);
                    let at = later(self.edge.clock.now(), wait_after(&claim.id, attempts));
                    self.spawn(claim, Some((at, true)));
                }
                return;
            }
        };
        let Some(claim) = self.under_way.remove(&id) else { return };
        let chat = claim.id.chat;
        self.held = self.held.saturating_sub(1);
        if let Some(until) = sent.rest_chat {
            self.pace.hold_chat(&chat, self.edge.chat.rates(&chat), until);
        }
        if let Some(until) = sent.rest_all {
            self.pace.hold(until);
        }
        self.note_answer(sent.answered);
        match self.behind.get_mut(&chat).and_then(VecDeque::pop_front) {
            Some(next) => self.make_ready(next),
            None => {
                self.behind.remove(&chat);
                self.occupied.remove(&chat);
            }
        }
        if sent.is_waiting {
            self.wake();
        }
    }

    fn note_answer(&mut self, answered: Option<bool>) {
        let platform = self.edge.chat.platform().word();
        match answered {
            Some(false) if !self.is_failing => {
                self.is_failing = true;
                warn!(platform, "deliveries fail; they wait and are tried again");
            }
            Some(true) if self.is_failing => {
                self.is_failing = false;
                info!(platform, "deliveries go through again");
            }
            Some(_) | None => {}
        }
    }
}

impl Edge {
    async fn deliver(&self, claim: &Claim) -> Sent {
        let edits = self.chat.limits().edits;
        let step = plan::step(claim, edits);
        let Some(notice) = plan::notice(&step, claim) else {
            let is_waiting = self.settle(&claim.id, Outcome::Needless).await;
            return Sent { is_waiting, ..Sent::default() };
        };
        let (target, reply_to) = match &step {
            Step::Edit { message } => (Some(message.clone()), None),
            Step::Post { reply_to, .. } => (None, reply_to.clone()),
            Step::Nothing => (None, None),
        };
        let parcel = Parcel {
            to: claim.id.chat.clone(),
            nonce: plan::nonce(claim, notice.form),
            notice,
            settings: claim.settings.unwrap_or(self.rules.defaults),
            reply_to,
            at: self.clock.now(),
        };
        let answer = tokio::select! {
            answer = self.send(target.as_ref(), &parcel) => answer,
            () = self.clock.sleep(self.rules.send_limit) => Err(DeliveryError::Temporary {
                reason: format!("no answer within {} s", self.rules.send_limit.as_secs()),
                is_in_doubt: true,
            }),
        };
        match answer {
            Ok(receipt) => {
                let now = self.clock.now();
                let rest_chat = receipt.rest.map(|rest| later(now, rest));
                let told = plan::after(&step, claim, receipt.message, receipt.repeats, edits);
                let is_waiting = self.settle(&claim.id, told.map_or(Outcome::Needless, Outcome::Told)).await;
                Sent { rest_chat, answered: Some(true), is_waiting, ..Sent::default() }
            }
            Err(failure) => self.fail(claim, failure).await,
        }
    }

    async fn send(&self, target: Option<&MessageId>, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        match target {
            Some(message) => self.chat.edit(message, parcel).await,
            None => self.chat.post(parcel).await,
        }
    }

    async fn fail(&self, claim: &Claim, failure: DeliveryError) -> Sent {
        let now = self.clock.now();
        let chat = &claim.id.chat;
        let incident = &claim.id.incident;
        let mut sent = Sent { answered: Some(true), ..Sent::default() };
        let outcome = match failure {
            DeliveryError::RateLimited { after, everywhere } => {
                let at = later(now, after);
                if everywhere {
                    sent.rest_all = Some(at);
                } else {
                    sent.rest_chat = Some(at);
                }
                Outcome::Retry { at, counted: false, is_in_doubt: false }
            }
            DeliveryError::Temporary { reason, is_in_doubt } => {
                sent.answered = Some(false);
                debug!(%chat, %incident, attempts = claim.attempts, reason, "a delivery failed for now");
                if now >= later(claim.since, self.rules.give_up_after) {
                    error!(%chat, %incident, attempts = claim.attempts, reason, "a delivery is given up");
                    Outcome::Dead { reason }
                } else {
                    let at = later(now, wait_after(&claim.id, claim.attempts.saturating_add(1)));
                    Outcome::Retry { at, counted: true, is_in_doubt }
                }
            }
            DeliveryError::MessageGone => Outcome::MessageGone,
            DeliveryError::Gone { reason } => {
                info!(%chat, reason, "the chat is gone; its subscriptions end");
                Outcome::ChatGone
            }
            DeliveryError::Moved { to } => {
                info!(%chat, %to, "the chat has moved; its subscriptions go with it");
                Outcome::ChatMoved { to }
            }
            DeliveryError::Refused { reason } => {
                error!(%chat, %incident, reason, "the platform refuses a message; it is kept among the dead letters");
                Outcome::Dead { reason }
            }
        };
        sent.is_waiting = self.settle(&claim.id, outcome).await;
        sent
    }

    /// Settles, however long the store takes to accept it: a message that was sent must not be forgotten. Says whether
    /// the delivery is due again.
    async fn settle(&self, delivery: &DeliveryId, outcome: Outcome) -> bool {
        let mut is_logged = false;
        loop {
            match self.store.settle(delivery, outcome.clone(), self.clock.now()).await {
                Ok(Settled::Ended(subscriptions)) => {
                    info!(chat = %delivery.chat, subscriptions, "subscriptions ended");
                    return false;
                }
                Ok(Settled::Finished) | Err(StoreError::Closed) => return false,
                Ok(Settled::Waiting) => return true,
                Err(cause) => {
                    if !is_logged {
                        let cause = &cause as &dyn std::error::Error;
                        error!(chat = %delivery.chat, incident = %delivery.incident, cause, "settling a delivery failed; trying on");
                        is_logged = true;
                    }
                    self.clock.sleep(STORE_REST).await;
                }
            }
        }
    }
}
