//! One platform's deliveries: claimed from the store, sent side by side at the platform's pace, settled.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::Notify,
    task::{Id, JoinError, JoinSet},
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::{
    chat::{Aside, DeliveryError, Limits, Parcel, Receipt, SharedChat},
    clock::Clock,
    dispatch::{
        backoff::{BARRED, DOUBTFUL, UNREACHABLE},
        barred::Barred,
        doubts::Doubts,
        pace::Pace,
        plan::{self, Manner, Step},
        standing::Standing,
    },
    domain::{ChatId, ChatSettings, MessageId, clean_line},
    metrics::{Delivered, Deliveries},
    store::{Claim, Outcome, Settled, Store, StoreError},
};

/// Claims that wait in memory at most, for chats that may be sent to now.
const READY: usize = 1_024;
/// As many are always let wait, however slow the platform is.
const READY_LEAST: usize = 32;
/// No more wait than the platform takes in this time, so that a more severe notice need not wait for them to go.
const READY_FOR: Duration = Duration::from_secs(1);
/// Claims that wait behind another of the same chat at most.
const BEHIND: usize = 1_024;
/// Claims in memory at most, but for those under way.
const WAITING: usize = READY + BEHIND;
/// Claims taken at once, so that nobody else waits long for the store.
const CLAIMED_AT_ONCE: usize = 256;
/// A chat that must rest longer than this gives its place back to the store.
const SHORT_REST: Duration = Duration::from_secs(5);
/// How long the store is left alone after it failed, or after a claim that found work but nothing to send.
const STORE_REST: Duration = Duration::from_secs(2);
const EMPTY_CLAIM_REST: Duration = Duration::from_millis(5);
/// The shortest wait after a platform said "too fast", also where it names none.
const LEAST_WAIT: Duration = Duration::from_millis(500);
/// A message without an answer for so long is not waited for any longer when the platform has taken one that was sent after
/// it: that one's answer was lost, and whoever waits for the message is told soon.
const OVERTAKEN: Duration = Duration::from_secs(8);
/// The longest reason that is kept with a delivery, in characters.
const MOST_REASON: usize = 200;
/// Messages noted at most that others have sent and that were not counted yet.
const BESIDES: usize = 1_024;

/// How patient deliveries are.
#[derive(Clone, Debug)]
pub struct OutboxRules {
    /// A delivery that keeps failing is given up when it is so old and was tried as often as fits into this time: being
    /// switched off is not trying.
    pub give_up_after: Duration,
    /// A send without an answer counts as failed after this time, whatever the platform's adapter does.
    pub send_limit: Duration,
    /// How long sends under way may take when the program stops.
    pub stop_limit: Duration,
    /// How chats that never said otherwise are spoken to.
    pub defaults: ChatSettings,
}

/// Where those note their messages who send to the platform besides its outbox: they count for the same limits.
#[derive(Clone, Debug, Default)]
pub struct Besides(Arc<Mutex<Vec<(ChatId, Instant)>>>);

impl Besides {
    /// Notes a message that has just gone to a chat.
    pub fn note(&self, chat: &ChatId) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() < BESIDES {
            noted.push((chat.clone(), Instant::now()));
        }
    }

    fn take(&self) -> Vec<Aside> {
        let noted = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        noted.into_iter().map(|(chat, at)| Aside { chat, ago: at.elapsed() }).collect()
    }
}

/// One platform's deliveries. Its own times are uptimes, the store's are those of the day.
pub struct Outbox {
    edge: Edge,
    limits: Limits,
    pace: Pace,
    besides: Besides,
    standing: Standing,
    barred: Barred,
    doubts: Doubts,
    /// Claims that may go, one per chat, by urgency and age.
    ready: BTreeMap<(u8, u64), Waiting>,
    /// Claims whose chat must rest a moment, one per chat.
    resting: BTreeMap<(Duration, u64), Waiting>,
    /// Chats that have a claim ready, resting or being sent.
    lanes: HashMap<ChatId, Lane>,
    /// Claims in all lanes behind the first.
    behind: usize,
    tasks: JoinSet<Sent>,
    under_way: HashMap<Id, UnderWay>,
    /// How many of those under way are messages.
    sends: usize,
    sequence: u64,
    /// How often the store may have had something new.
    wakes: u64,
    /// When the store is to be asked for more; `None`: when woken.
    claim_at: Option<Duration>,
    is_failing: bool,
    has_store_failed: bool,
}

/// The claims of one chat, which go one after the other.
struct Lane {
    first: Place,
    /// By urgency and age.
    behind: BTreeMap<(u8, u64), Waiting>,
}

/// A claim, and how often the outbox had been woken when it was made: what it knows may have changed since.
struct Waiting {
    claim: Claim,
    wakes: u64,
}

/// Where the first claim of a lane is.
#[derive(Clone, Copy)]
enum Place {
    Ready((u8, u64)),
    Resting((Duration, u64)),
    UnderWay,
}

/// A claim that is being sent or given back.
struct UnderWay {
    claim: Claim,
    what: Errand,
    started: Duration,
}

/// What is being done with a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errand {
    /// It is sent.
    Send,
    /// The first of its lane is given back to the store.
    GiveBack,
    /// It is given back while another of its lane goes on.
    GiveBackSurplus,
}

/// What a send needs, shared by all of them.
#[derive(Clone)]
struct Edge {
    store: Arc<dyn Store>,
    chat: SharedChat,
    clock: Arc<dyn Clock>,
    rules: Arc<OutboxRules>,
    counts: Deliveries,
    taken: Arc<Taken>,
}

/// When the last message was sent that the platform dealt with. Who waits is woken in the order in which they came, so that a
/// simulated life is the same each time.
#[derive(Debug, Default)]
struct Taken {
    sent: Mutex<Duration>,
    news: Notify,
}

impl Taken {
    fn sent(&self) -> MutexGuard<'_, Duration> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, sent: Duration) {
        let is_news = {
            let mut last = self.sent();
            let is_news = *last < sent;
            *last = sent.max(*last);
            is_news
        };
        if is_news {
            self.news.notify_waiters();
        }
    }

    /// Waits until one is taken that was sent after this.
    async fn after(&self, sent: Duration) {
        loop {
            let mut news = pin!(self.news.notified());
            news.as_mut().enable();
            if *self.sent() > sent {
                return;
            }
            news.await;
        }
    }
}

/// How long one message's answer is waited for.
#[derive(Clone, Copy)]
struct Wait {
    started: Duration,
    patience: Duration,
}

/// How a send ended, as far as the others are concerned.
#[derive(Debug, Default)]
struct Sent {
    rest_chat: Option<Duration>,
    rest_all: Option<Duration>,
    /// Whether the platform dealt with this very message: took it, or refused it for what it is.
    is_dealt_with: bool,
    /// Whether the platform answered; `None`: it was not asked.
    answered: Option<bool>,
    /// When that was, or when no answer came.
    ended_at: Duration,
    /// Why the chat cannot be written to; `None` when it can, or nobody knows.
    bar: Option<String>,
    /// When the delivery is due again; `None`: it is settled.
    due: Option<Duration>,
    /// It may have arrived, and the platform would not know it again.
    is_doubtful: bool,
    /// The chat rests or has moved: nothing more goes to this address.
    has_left: bool,
}

impl Outbox {
    /// The deliveries of `chat`'s platform.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, chat: SharedChat, clock: Arc<dyn Clock>, rules: OutboxRules) -> Self {
        let limits = chat.limits();
        Self {
            pace: Pace::new(limits.overall).just_used(clock.uptime()),
            besides: Besides::default(),
            standing: Standing::default(),
            barred: Barred::default(),
            doubts: Doubts::default(),
            limits,
            edge: Edge {
                store,
                chat,
                clock,
                rules: Arc::new(rules),
                counts: Deliveries::default(),
                taken: Arc::default(),
            },
            ready: BTreeMap::new(),
            resting: BTreeMap::new(),
            lanes: HashMap::new(),
            behind: 0,
            tasks: JoinSet::new(),
            under_way: HashMap::new(),
            sends: 0,
            sequence: 0,
            wakes: 0,
            claim_at: Some(Duration::ZERO),
            is_failing: false,
            has_store_failed: false,
        }
    }

    /// The same, whose deliveries are counted there.
    #[must_use]
    pub fn counted(mut self, counts: Deliveries) -> Self {
        self.edge.counts = counts;
        self
    }

    /// Where others note what they send to the platform.
    #[must_use]
    pub fn besides(&self) -> Besides {
        self.besides.clone()
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
                    Some(at) => clock.sleep(at.saturating_sub(clock.uptime())).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some(joined) = self.tasks.join_next_with_id() => self.finish(joined),
                () = wake.notified() => self.wake(),
                () = rest => {}
            }
        }
        let clock = self.edge.clock.clone();
        let limit = self.edge.rules.stop_limit;
        tokio::select! {
            () = async { while let Some(joined) = self.tasks.join_next_with_id().await { self.finish(joined); } } => {}
            () = clock.sleep(limit) => {
                warn!(platform = self.edge.chat.platform().word(), sends = self.tasks.len(), "stopping with sends under way");
            }
        }
    }

    /// The store may have new work.
    pub fn wake(&mut self) {
        self.wakes = self.wakes.wrapping_add(1);
        self.claim_no_later_than(Duration::ZERO);
    }

    fn claim_no_later_than(&mut self, at: Duration) {
        self.claim_at = Some(self.claim_at.map_or(at, |before| before.min(at)));
    }

    /// Claims and starts what can be started now. Says at what uptime there may be more to start without anything ending
    /// or waking; `None`: not before that.
    pub async fn fill(&mut self) -> Option<Duration> {
        loop {
            let now = self.edge.clock.uptime();
            self.hasten(now).await;
            let next_start = [self.start(now), self.doubts.next()].into_iter().flatten().min();
            let wants_more = self.claim_at.is_some_and(|at| at <= now);
            let room = self.room();
            if !wants_more || room == 0 {
                let next_claim = self.claim_at.filter(|_| !wants_more);
                return [next_start, next_claim].into_iter().flatten().min();
            }
            if !self.claim(room).await {
                return [next_start, self.claim_at].into_iter().flatten().min();
            }
        }
    }

    /// What is in doubt and may go again is due now. Where the store fails, it is due by its own time.
    async fn hasten(&mut self, now: Duration) {
        let due = self.doubts.due(now);
        if due.is_empty() {
            return;
        }
        if let Err(cause) = self.edge.store.hasten(due, self.edge.clock.now()).await {
            self.note_store(Some(&cause));
        }
        self.claim_no_later_than(now);
    }

    /// How many may be claimed now; none while more than half of the room is taken, which is not worth asking the store.
    fn room(&self) -> usize {
        let most = self.limits.overall.map_or(READY, |rate| {
            let share = READY_FOR.as_secs_f64() / rate.per.as_secs_f64().max(f64::EPSILON);
            let count = Duration::from_secs(rate.count.into()).mul_f64(share.min(1e6)).as_secs();
            usize::try_from(count).unwrap_or(READY).clamp(READY_LEAST, READY)
        });
        if self.ready.len() > most / 2 {
            return 0;
        }
        let waiting = self.ready.len() + self.resting.len() + self.behind;
        most.saturating_sub(self.ready.len()).min(WAITING.saturating_sub(waiting)).min(CLAIMED_AT_ONCE)
    }

    /// Waits for one send to end; `false` when none is under way.
    pub async fn finish_one(&mut self) -> bool {
        match self.tasks.join_next_with_id().await {
            Some(joined) => {
                self.finish(joined);
                true
            }
            None => false,
        }
    }

    /// Asks the store for deliveries, and says whether there were any.
    async fn claim(&mut self, room: usize) -> bool {
        let platform = self.edge.chat.platform();
        let claims = match self.edge.store.claim(platform, self.edge.clock.now(), room).await {
            Ok(claims) => claims,
            Err(cause) => {
                self.note_store(Some(&cause));
                self.claim_at = Some(self.edge.clock.uptime().saturating_add(STORE_REST));
                return false;
            }
        };
        let found = claims.len();
        for claim in claims {
            self.take_in(Waiting { claim, wakes: self.wakes });
        }
        if found == room {
            self.note_store(None);
            return true;
        }
        let (now, uptime) = (self.edge.clock.now(), self.edge.clock.uptime());
        match self.edge.store.next_due(platform, now).await {
            Ok(due) => {
                self.note_store(None);
                let least = if found == 0 { EMPTY_CLAIM_REST } else { Duration::ZERO };
                let wait = due.map(|due| (due - now).to_std().unwrap_or_default().max(least));
                self.claim_at = wait.map(|wait| uptime.saturating_add(wait));
            }
            Err(cause) => {
                self.note_store(Some(&cause));
                self.claim_at = Some(uptime.saturating_add(STORE_REST));
            }
        }
        found > 0
    }

    /// Logs once when the store begins to fail, and once when it is well again.
    fn note_store(&mut self, failure: Option<&StoreError>) {
        let platform = self.edge.chat.platform().word();
        match failure {
            Some(cause) if !self.has_store_failed => {
                let cause = cause as &dyn std::error::Error;
                error!(platform, cause, "claiming deliveries failed; trying on");
            }
            None if self.has_store_failed => info!(platform, "deliveries can be claimed again"),
            Some(_) | None => {}
        }
        self.has_store_failed = failure.is_some();
    }

    /// Lets a claim wait for its turn. The most urgent of a chat goes first.
    fn take_in(&mut self, waiting: Waiting) {
        let Some(lane) = self.lanes.get(&waiting.claim.id.chat) else {
            self.make_ready(waiting);
            return;
        };
        let urgency = waiting.claim.urgency;
        let less_urgent = match lane.first {
            Place::Ready(key) if urgency < key.0 => match self.ready.remove(&key) {
                Some(before) => {
                    self.make_ready(waiting);
                    before
                }
                None => waiting,
            },
            Place::Resting(key) => match self.resting.get_mut(&key) {
                Some(before) if urgency < before.claim.urgency => mem::replace(before, waiting),
                Some(_) | None => waiting,
            },
            Place::Ready(_) | Place::UnderWay => waiting,
        };
        if self.behind >= BEHIND {
            self.give_back(less_urgent.claim, SHORT_REST, Errand::GiveBackSurplus);
            return;
        }
        self.sequence += 1;
        if let Some(lane) = self.lanes.get_mut(&less_urgent.claim.id.chat) {
            self.behind += 1;
            lane.behind.insert((less_urgent.claim.urgency, self.sequence), less_urgent);
        }
    }

    fn make_ready(&mut self, waiting: Waiting) {
        self.sequence += 1;
        let key = (waiting.claim.urgency, self.sequence);
        self.place_first(&waiting.claim.id.chat, Place::Ready(key));
        self.ready.insert(key, waiting);
    }

    fn place_first(&mut self, chat: &ChatId, first: Place) {
        match self.lanes.get_mut(chat) {
            Some(lane) => lane.first = first,
            None => {
                self.lanes.insert(chat.clone(), Lane { first, behind: BTreeMap::new() });
            }
        }
    }

    /// Starts the sends that may start; says when the next may.
    fn start(&mut self, now: Duration) -> Option<Duration> {
        while let Some(entry) = self.resting.first_entry().filter(|entry| entry.key().0 <= now) {
            let waiting = entry.remove();
            self.make_ready(waiting);
        }
        for Aside { chat, ago } in self.edge.chat.sent_besides().into_iter().chain(self.besides.take()) {
            let rates = self.edge.chat.rates(&chat);
            self.pace.besides(&chat, rates, now.saturating_sub(ago));
        }
        while self.sends < self.limits.concurrency {
            let overall = self.pace.ready(now).max(self.standing.ready(now));
            if overall > now && !self.ready.is_empty() {
                let resting = self.resting.first_key_value().map(|((at, _), _)| *at);
                return [Some(overall), resting].into_iter().flatten().min();
            }
            let next = if self.standing.wants_last() { self.ready.pop_last() } else { self.ready.pop_first() };
            let Some((_, waiting)) = next else { break };
            let chat = waiting.claim.id.chat.clone();
            let wait = self.pace.chat_ready(&chat, now).saturating_sub(now);
            if wait.is_zero() {
                self.pace.take(&chat, self.edge.chat.rates(&chat), now);
                self.place_first(&chat, Place::UnderWay);
                self.send(waiting, now);
                self.standing.tried(now);
            } else if wait <= SHORT_REST {
                self.sequence += 1;
                let key = (now.saturating_add(wait), self.sequence);
                self.place_first(&chat, Place::Resting(key));
                self.resting.insert(key, waiting);
            } else {
                self.place_first(&chat, Place::UnderWay);
                self.give_back(waiting.claim, wait, Errand::GiveBack);
            }
        }
        self.resting.first_key_value().map(|((at, _), _)| *at)
    }

    fn send(&mut self, Waiting { claim, wakes }: Waiting, now: Duration) {
        self.sends += 1;
        let (edge, sent, may_be_old) = (self.edge.clone(), claim.clone(), wakes != self.wakes);
        let wait = Wait { started: now, patience: self.standing.patience(edge.rules.send_limit) };
        let handle = self.tasks.spawn(async move {
            if may_be_old { edge.deliver_renewed(&sent, wait).await } else { edge.deliver(&sent, wait).await }
        });
        self.under_way.insert(handle.id(), UnderWay { claim, what: Errand::Send, started: now });
    }

    /// Gives a claim that was not sent back to the store for a while.
    fn give_back(&mut self, claim: Claim, wait: Duration, what: Errand) {
        let at = later(self.edge.clock.now(), wait);
        self.settle_apart(claim, Outcome::Retry { at, counted: false, is_in_doubt: false, reason: None }, what);
    }

    fn settle_apart(&mut self, claim: Claim, outcome: Outcome, what: Errand) {
        let (edge, settled) = (self.edge.clone(), claim.clone());
        let handle =
            self.tasks.spawn(async move { Sent { due: edge.settle(&settled, outcome).await, ..Sent::default() } });
        let started = self.edge.clock.uptime();
        self.under_way.insert(handle.id(), UnderWay { claim, what, started });
    }

    fn finish(&mut self, joined: Result<(Id, Sent), JoinError>) {
        let id = match &joined {
            Ok((id, _)) => *id,
            Err(failure) => failure.id(),
        };
        let Some(UnderWay { claim, what, started }) = self.under_way.remove(&id) else { return };
        if what == Errand::Send {
            self.sends = self.sends.saturating_sub(1);
            self.note_pace(&claim.id.chat, joined.as_ref().ok().map(|(_, sent)| sent), started);
        }
        let Ok((_, sent)) = joined else {
            error!(chat = %claim.id.chat, incident = %claim.id.incident, "a delivery panicked");
            let outcome = self.edge.after_failure(&claim, "our own code panicked", true);
            let what = if what == Errand::Send { Errand::GiveBack } else { what };
            self.settle_apart(claim, outcome, what);
            return;
        };
        if sent.is_doubtful {
            self.doubts.note(claim.id.clone(), started, sent.ended_at);
        } else if sent.is_dealt_with {
            self.doubts.taken(started);
            self.edge.taken.note(started);
        }
        let chat = claim.id.chat;
        if let Some(until) = sent.rest_chat {
            self.pace.hold_chat(&chat, self.edge.chat.rates(&chat), until);
        }
        if let Some(until) = sent.rest_all {
            self.pace.hold(until);
            self.standing.refused_all(until);
        }
        if what == Errand::Send {
            self.note_standing(&sent, started);
        }
        self.note_answer(&chat, &sent);
        if let Some(due) = sent.due {
            self.claim_no_later_than(due);
        }
        if sent.has_left {
            self.give_back_behind(&chat);
        }
        if what != Errand::GiveBackSurplus {
            self.next_of(&chat);
        }
    }

    /// Nothing more goes to this address. The store knows what becomes of what waited for it.
    fn give_back_behind(&mut self, chat: &ChatId) {
        let behind = self.lanes.get_mut(chat).map(|lane| mem::take(&mut lane.behind)).unwrap_or_default();
        self.behind = self.behind.saturating_sub(behind.len());
        for Waiting { claim, .. } in behind.into_values() {
            self.give_back(claim, Duration::ZERO, Errand::GiveBackSurplus);
        }
    }

    /// The first claim of a lane is done with.
    fn next_of(&mut self, chat: &ChatId) {
        match self.lanes.get_mut(chat).and_then(|lane| lane.behind.pop_first()) {
            Some((_, next)) => {
                self.behind = self.behind.saturating_sub(1);
                self.make_ready(next);
            }
            None => {
                self.lanes.remove(chat);
            }
        }
    }

    /// The pace learns when a message was answered; `None`: its delivery panicked.
    fn note_pace(&mut self, chat: &ChatId, sent: Option<&Sent>, started: Duration) {
        match sent.map(|sent| (sent.answered, sent.ended_at)) {
            Some((None, _)) => self.pace.unsent(chat),
            Some((Some(true), at)) => self.pace.answered(chat, at, Some(at.saturating_sub(started))),
            Some((Some(false), at)) => self.pace.answered(chat, at, None),
            None => self.pace.answered(chat, self.edge.clock.uptime(), None),
        }
    }

    fn note_standing(&mut self, sent: &Sent, started: Duration) {
        match sent.answered {
            _ if sent.is_dealt_with => self.standing.answered(),
            Some(false) => self.standing.failed(started, sent.ended_at),
            None => self.standing.unsent(self.edge.clock.uptime()),
            Some(true) => {}
        }
    }

    fn note_answer(&mut self, chat: &ChatId, sent: &Sent) {
        match &sent.bar {
            Some(reason) => self.barred.note(chat, reason, sent.ended_at),
            None if sent.answered == Some(true) => self.barred.clear(chat, sent.ended_at),
            None => {}
        }
        let platform = self.edge.chat.platform().word();
        match sent.answered {
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
    /// Delivers what is true now, not when it was claimed.
    async fn deliver_renewed(&self, claim: &Claim, wait: Wait) -> Sent {
        match self.store.renew(claim, self.clock.now()).await {
            Ok(Some(renewed)) => self.deliver(&renewed, wait).await,
            Ok(None) => Sent { due: Some(self.clock.uptime()), ..Sent::default() },
            // The store fails: what is sent may be a little old, and its receipt brings what is new.
            Err(cause) => {
                debug!(chat = %claim.id.chat, incident = %claim.id.incident, %cause, "a claim could not be renewed");
                self.deliver(claim, wait).await
            }
        }
    }

    async fn deliver(&self, claim: &Claim, wait: Wait) -> Sent {
        let settings = claim.settings.unwrap_or(self.rules.defaults);
        let manner = Manner::of(claim, self.chat.limits().edits, &settings);
        let step = plan::step(claim, manner);
        let Some(notice) = plan::notice(&step, claim) else {
            let due = self.settle(claim, Outcome::Needless).await;
            return Sent { due, ..Sent::default() };
        };
        let (target, reply_to) = match &step {
            Step::Edit { message } => (Some(message.clone()), None),
            Step::Post { reply_to, .. } => (None, reply_to.clone()),
            Step::Nothing => (None, None),
        };
        let parcel = Parcel {
            to: claim.id.chat.clone(),
            nonce: plan::nonce(claim, notice.form),
            may_repeat: claim.is_in_doubt,
            notice,
            settings,
            reply_to,
            is_silent: plan::is_silent(&step, claim, settings.sound),
            at: self.clock.now(),
        };
        let answer = tokio::select! {
            // An answer that came at the last moment is one.
            biased;
            answer = self.send(target.as_ref(), &parcel) => answer,
            reason = self.unanswered(wait) => Err(DeliveryError::Temporary { reason, is_in_doubt: true }),
        };
        let ended_at = self.clock.uptime();
        match answer {
            Ok(receipt) => {
                self.counts.told((self.clock.now() - claim.since).to_std().unwrap_or_default());
                let rest_chat = receipt.rest.map(|rest| ended_at.saturating_add(rest));
                let told = plan::after(&step, claim, receipt.message, receipt.repeats, manner);
                let due = self.settle(claim, told.map_or(Outcome::Needless, Outcome::Told)).await;
                Sent { rest_chat, is_dealt_with: true, answered: Some(true), ended_at, due, ..Sent::default() }
            }
            Err(failure) => self.fail(claim, failure, target.is_none(), ended_at).await,
        }
    }

    /// Returns when an answer has been waited for long enough, and says how long that was.
    async fn unanswered(&self, Wait { started, patience }: Wait) -> String {
        let overtaken = async {
            self.clock.sleep(OVERTAKEN).await;
            self.taken.after(started).await;
        };
        tokio::select! {
            biased;
            () = self.clock.sleep(patience) => format!("no answer within {} s", patience.as_secs()),
            () = overtaken => format!("no answer within {} s, while others had one", OVERTAKEN.as_secs()),
        }
    }

    async fn send(&self, target: Option<&MessageId>, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        match target {
            Some(message) => self.chat.edit(message, parcel).await,
            None => self.chat.post(parcel).await,
        }
    }

    async fn fail(&self, claim: &Claim, failure: DeliveryError, is_post: bool, ended_at: Duration) -> Sent {
        let chat = &claim.id.chat;
        let incident = &claim.id.incident;
        let is_early = matches!(failure, DeliveryError::Early { .. });
        // What the adapter held back the platform has not seen.
        let is_dealt_with = match failure {
            DeliveryError::RateLimited { .. } | DeliveryError::Early { .. } | DeliveryError::Temporary { .. } => false,
            DeliveryError::Barred { .. }
            | DeliveryError::MessageGone
            | DeliveryError::Gone { .. }
            | DeliveryError::Moved { .. }
            | DeliveryError::Refused { .. } => true,
        };
        let mut sent = Sent { answered: (!is_early).then_some(true), is_dealt_with, ended_at, ..Sent::default() };
        let outcome = match failure {
            DeliveryError::RateLimited { after, everywhere } | DeliveryError::Early { after, everywhere } => {
                let after = if is_early { after } else { after.max(LEAST_WAIT) };
                let until = Some(ended_at.saturating_add(after));
                if everywhere {
                    sent.rest_all = until;
                } else {
                    sent.rest_chat = until;
                }
                Outcome::Retry { at: later(self.clock.now(), after), counted: false, is_in_doubt: false, reason: None }
            }
            DeliveryError::Temporary { reason, is_in_doubt } => {
                sent.answered = Some(false);
                debug!(%chat, %incident, attempts = claim.attempts, reason, is_in_doubt, "a delivery failed for now");
                let outcome = self.after_failure(claim, &reason, is_in_doubt && is_post);
                let is_retried = matches!(outcome, Outcome::Retry { .. });
                sent.is_doubtful = is_retried && is_in_doubt && is_post && !self.chat.knows_repeats();
                outcome
            }
            DeliveryError::Barred { reason } => {
                debug!(%chat, %incident, reason, "the chat cannot be written to");
                let tries = claim.bar.map_or(1, |bar| bar.tries.saturating_add(1));
                let at = later(self.clock.now(), BARRED.wait_after(&claim.id, tries));
                sent.has_left = true;
                sent.bar = Some(reason.clone());
                Outcome::Barred { at, reason }
            }
            DeliveryError::MessageGone => Outcome::MessageGone,
            DeliveryError::Gone { reason } => {
                info!(%chat, reason, "the chat is gone; its subscriptions rest");
                sent.has_left = true;
                Outcome::ChatGone { reason }
            }
            DeliveryError::Moved { to } => {
                info!(%chat, %to, "the chat has moved; its subscriptions go with it");
                sent.has_left = true;
                Outcome::ChatMoved { to }
            }
            DeliveryError::Refused { reason } => {
                error!(%chat, %incident, reason, "the platform refuses a message; it is kept among the dead letters");
                Outcome::Dead { reason }
            }
        };
        self.counts.ended(ending(&outcome));
        sent.due = self.settle(claim, outcome).await;
        sent
    }

    /// What becomes of a delivery that failed and may go another time. One in doubt goes late where the platform would post
    /// it twice ([`Doubts`]).
    fn after_failure(&self, claim: &Claim, reason: &str, is_in_doubt: bool) -> Outcome {
        let now = self.clock.now();
        let attempts = claim.attempts.saturating_add(1);
        let patience = self.rules.give_up_after;
        if now >= later(claim.since, patience) && attempts > UNREACHABLE.tries_within(patience) {
            error!(chat = %claim.id.chat, incident = %claim.id.incident, attempts, reason, "a delivery is given up");
            return Outcome::Dead { reason: reason.to_owned() };
        }
        let backoff = if is_in_doubt && !self.chat.knows_repeats() { DOUBTFUL } else { UNREACHABLE };
        let at = later(now, backoff.wait_after(&claim.id, attempts));
        let reason = Some(clean_line(reason, MOST_REASON));
        Outcome::Retry { at, counted: true, is_in_doubt, reason }
    }

    /// Settles, however long the store takes to accept it: a message that was sent must not be forgotten. Says when the
    /// delivery is due again, `None` when it is settled.
    async fn settle(&self, claim: &Claim, outcome: Outcome) -> Option<Duration> {
        let delivery = &claim.id;
        let mut is_logged = false;
        loop {
            match self.store.settle(claim, outcome.clone(), self.clock.now()).await {
                Ok(Settled::Suspended | Settled::Finished) | Err(StoreError::Closed) => return None,
                Ok(Settled::Waiting) => {
                    let wait = match outcome {
                        Outcome::Retry { at, .. } | Outcome::Barred { at, .. } => {
                            (at - self.clock.now()).to_std().unwrap_or_default()
                        }
                        Outcome::Told(_)
                        | Outcome::Needless
                        | Outcome::MessageGone
                        | Outcome::Dead { .. }
                        | Outcome::ChatGone { .. }
                        | Outcome::ChatMoved { .. } => Duration::ZERO,
                    };
                    return Some(self.clock.uptime().saturating_add(wait));
                }
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

/// What a try comes to that ends with this outcome.
const fn ending(outcome: &Outcome) -> Delivered {
    match outcome {
        Outcome::Told(_) | Outcome::Needless => Delivered::Told,
        Outcome::Retry { counted: false, .. } => Delivered::Waited,
        Outcome::Retry { counted: true, .. } => Delivered::Failed,
        Outcome::Barred { .. } => Delivered::Barred,
        Outcome::MessageGone => Delivered::MessageGone,
        Outcome::ChatGone { .. } => Delivered::ChatGone,
        Outcome::ChatMoved { .. } => Delivered::ChatMoved,
        Outcome::Dead { .. } => Delivered::Dead,
    }
}

/// The time a span after another; the last there is when it would lie beyond.
fn later(time: DateTime<Utc>, span: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(span).ok().and_then(|span| time.checked_add_signed(span)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
