//! Reading every source at its interval, and what follows from each reading: detect, store, wake the outboxes.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::{Notify, watch},
    task::{Id, JoinError, JoinSet},
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::tracks::Tracks,
    clock::Clock,
    detect::{self, Rules},
    domain::{IncidentId, Reading, Service, ServiceId, Source, SourceId, SourceTrack, Track, TransitionKind},
    feeds::{Feed, FeedError},
    metrics::{Metrics, PollOutcome},
    store::{Commit, Store},
};

/// A source that answers is written down as read at least this often, so that a restart knows what it missed.
const NOTE_GOOD_EVERY: TimeDelta = TimeDelta::minutes(10);
/// The first polls are spread by this much each.
const FIRST_SPREAD: Duration = Duration::from_millis(2);
/// How long a commit waits after the store failed.
const STORE_REST: Duration = Duration::from_secs(2);

/// Everything that is read, as it is now.
pub type AllWatched = Arc<[Watched]>;

/// One source with what reads it.
#[derive(Clone)]
pub struct Watched {
    /// Whose source.
    pub service: Arc<Service>,
    /// Which source.
    pub source: Arc<Source>,
    /// What reads it.
    pub feed: Arc<dyn Feed>,
}

/// How often sources are read.
#[derive(Clone, Debug)]
pub struct PollRules {
    /// Between two readings of a source, jittered by ± 10 %.
    pub interval: Duration,
    /// The same while its service has an open incident, or a probe doubts.
    pub incident_interval: Duration,
    /// Readings under way at the same time.
    pub concurrency: usize,
}

/// What came of a poll.
#[derive(Clone, Debug)]
pub struct Polled {
    /// How long until the source's next.
    pub wait: Duration,
    /// Whether the source was read well and what it said is stored.
    pub is_good: bool,
    /// Why it could not be read; `None` when it could.
    pub unreadable: Option<String>,
}

impl Polled {
    const fn outcome(&self) -> PollOutcome {
        match (self.is_good, &self.unreadable) {
            (true, _) => PollOutcome::Good,
            (false, Some(_)) => PollOutcome::Unreadable,
            (false, None) => PollOutcome::Dropped,
        }
    }
}

/// What has come of a source since the start.
#[derive(Clone, Debug, Default)]
struct Past {
    was_tried: bool,
    was_read: bool,
    is_unreadable: bool,
}

/// Reads every source at its interval.
pub struct Watcher {
    sources: watch::Receiver<AllWatched>,
    post: Arc<Post>,
    rounds: watch::Sender<bool>,
}

/// What is read now, each source under a number of its own that is never given to another one.
#[derive(Default)]
struct Book {
    entries: HashMap<usize, Entry>,
    numbers: HashMap<(ServiceId, SourceId), usize>,
    next: usize,
}

/// A source in the book.
struct Entry {
    watched: Watched,
    past: Past,
}

/// What a poll needs, shared by all of them: the watchman's post.
pub struct Post {
    /// Where states are shown.
    pub tracks: Arc<Tracks>,
    /// Where changes are written.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How often sources are read.
    pub poll: PollRules,
    /// How readings are judged.
    pub rules: Rules,
    /// Who is woken when there is something to tell: one for each outbox.
    pub wake: Vec<Arc<Notify>>,
    /// Woken when an incident has changed, for those who show how the services stand.
    pub changed: Arc<Notify>,
    /// Where it is counted what comes of polls.
    pub metrics: Arc<Metrics>,
    /// When to end.
    pub stop: CancellationToken,
}

impl Watcher {
    /// Reads these sources, and from then on what they change to: a source that stays is not disturbed.
    #[must_use]
    pub fn new(sources: watch::Receiver<AllWatched>, post: Arc<Post>) -> Self {
        let (rounds, _) = watch::channel(sources.borrow().is_empty());
        Self { sources, post, rounds }
    }

    /// Becomes true when every source has been tried once.
    #[must_use]
    pub fn first_round(&self) -> watch::Receiver<bool> {
        self.rounds.subscribe()
    }

    /// Reads until told to stop; readings under way are given up, they change nothing.
    pub async fn run(mut self) {
        let most = self.post.poll.concurrency.max(1);
        let mut book = Book::default();
        let mut due = BinaryHeap::new();
        self.turn_to(&mut book, &mut due);
        let mut polls: JoinSet<Polled> = JoinSet::new();
        let mut under_way: HashMap<Id, usize> = HashMap::new();
        let mut may_change = true;
        loop {
            let now = self.post.clock.uptime();
            while polls.len() < most
                && let Some(Reverse((_, number))) = due.peek().copied().filter(|Reverse((at, _))| *at <= now)
            {
                due.pop();
                // What is read no more has lost its number.
                let Some(entry) = book.entries.get(&number) else { continue };
                let (post, watched, is_first) = (self.post.clone(), entry.watched.clone(), !entry.past.was_read);
                let handle = polls.spawn(async move { post.poll(&watched, is_first).await });
                under_way.insert(handle.id(), number);
            }
            let next = due.peek().map(|Reverse((at, _))| at.saturating_sub(now));
            tokio::select! {
                biased;
                () = self.post.stop.cancelled() => return,
                changed = self.sources.changed(), if may_change => match changed {
                    Ok(()) => self.turn_to(&mut book, &mut due),
                    // Nobody is left who could change it.
                    Err(_) => may_change = false,
                },
                Some(joined) = polls.join_next_with_id() => {
                    let Some((number, polled)) = self.ended(joined, &mut under_way) else { continue };
                    if let Some(entry) = book.entries.get_mut(&number) {
                        due.push(Reverse((self.post.clock.uptime() + polled.wait, number)));
                        entry.past.note(&entry.watched, &polled);
                        let outcome = polled.outcome();
                        // That the bot can look at itself does not tell that any source can be read.
                        if !entry.watched.service.id.is_of_bot() {
                            self.post.metrics.polled(entry.watched.source.kind, outcome, self.post.clock.uptime());
                        }
                    }
                    self.tell_first_round(&book);
                }
                () = self.post.clock.sleep(next.unwrap_or_default()), if polls.len() < most && next.is_some() => {}
            }
        }
    }

    /// Brings the book to what is to be read now. What is new is read soon, but not all at once.
    fn turn_to(&mut self, book: &mut Book, due: &mut BinaryHeap<Reverse<(Duration, usize)>>) {
        let sources = self.sources.borrow_and_update().clone();
        sources.iter().for_each(|watched| self.post.metrics.expect_polls(watched.source.kind));
        let added = book.turn_to(&sources);
        let started = self.post.clock.uptime();
        let count = u32::try_from(added.len().max(1)).unwrap_or(u32::MAX);
        let spread = FIRST_SPREAD.min(self.post.poll.interval / count);
        due.extend((0..count).zip(added).map(|(turn, number)| Reverse((started + spread * turn, number))));
        // The last source that was never tried may be gone.
        self.tell_first_round(book);
    }

    fn tell_first_round(&self, book: &Book) {
        if !*self.rounds.borrow() && book.entries.values().all(|entry| entry.past.was_tried) {
            self.rounds.send_replace(true);
        }
    }

    /// Which poll ended, and what came of it.
    fn ended(
        &self,
        joined: Result<(Id, Polled), JoinError>,
        under_way: &mut HashMap<Id, usize>,
    ) -> Option<(usize, Polled)> {
        match joined {
            Ok((id, polled)) => Some((under_way.remove(&id)?, polled)),
            Err(failure) => {
                let number = under_way.remove(&failure.id())?;
                let unreadable = Some("reading it panicked".to_owned());
                Some((number, Polled { wait: self.post.poll.interval, is_good: false, unreadable }))
            }
        }
    }
}

impl Book {
    /// Drops what is not among these, and adds what is new or another than before; gives the numbers of what was added.
    fn turn_to(&mut self, sources: &[Watched]) -> Vec<usize> {
        let key = |watched: &Watched| (watched.service.id.clone(), watched.source.id.clone());
        let wanted: HashSet<(ServiceId, SourceId)> = sources.iter().map(key).collect();
        self.numbers.retain(|key, number| wanted.contains(key) || self.entries.remove(number).is_none());
        let mut added = Vec::new();
        for watched in sources {
            let number = self.numbers.get(&key(watched));
            let known = number.and_then(|number| self.entries.get(number)).map(|entry| &entry.watched);
            if known.is_some_and(|known| known.service == watched.service && known.source == watched.source) {
                continue;
            }
            let number = self.next;
            self.next += 1;
            if let Some(former) = self.numbers.insert(key(watched), number) {
                self.entries.remove(&former);
            }
            self.entries.insert(number, Entry { watched: watched.clone(), past: Past::default() });
            added.push(number);
        }
        added
    }
}

impl Past {
    /// Notes what came of a poll. Logs once when a source becomes unreadable, and once when it can be read again.
    fn note(&mut self, watched: &Watched, polled: &Polled) {
        self.was_tried = true;
        self.was_read |= polled.is_good;
        let was_unreadable = std::mem::replace(&mut self.is_unreadable, polled.unreadable.is_some());
        let (service, source) = (&watched.service.id, &watched.source.id);
        match &polled.unreadable {
            Some(reason) if !was_unreadable => {
                warn!(%service, %source, reason, "a source cannot be read; nothing is concluded from that");
            }
            None if was_unreadable => info!(%service, %source, "a source can be read again"),
            Some(_) | None => {}
        }
    }
}

impl Post {
    /// Reads a source once and does what follows.
    ///
    /// `is_first`: the source has not been read well since the start. Then its history is looked into as well, for an
    /// outage may have come and gone while the program was not running.
    pub async fn poll(&self, watched: &Watched, is_first: bool) -> Polled {
        let mut polled = Polled { wait: self.poll.interval, is_good: false, unreadable: None };
        let Some(cell) = self.tracks.cell(&watched.service.id) else { return polled };
        let mut ask = detect::ask(&cell.track(), &watched.source, self.clock.now(), self.poll.interval);
        ask.catch_up |= is_first;
        let last_good = cell.track().source(&watched.source.id).and_then(|known| known.last_good);
        ask.past = last_good.is_none().then_some(self.rules.keep_history);
        let began = self.clock.uptime();
        let read = watched.feed.read(&ask).await;
        self.metrics.read_in(self.clock.uptime().saturating_sub(began));
        let (reading, hold) = match read {
            Ok(reading) => (reading, Duration::ZERO),
            Err(FeedError::Later { after }) => {
                (Reading::Unreadable { reason: FeedError::Later { after }.to_string() }, after)
            }
            Err(FeedError::Unreadable { reason }) => (Reading::Unreadable { reason }, Duration::ZERO),
        };
        // Who waits for the turn may find that the service is watched no more.
        let Some(turn) = cell.turn().await else { return polled };
        if let Reading::Fresh(observation) = &reading {
            cell.note_names(&watched.source.id, observation);
        }
        let before = turn.track();
        let now = self.clock.now();
        let recalled = detect::recall(&before, &watched.source, &reading);
        let Some(known) = self.recall((*before).clone(), recalled).await else { return polled };
        let stepped = detect::step(known, &watched.service, &watched.source, &reading, now, &self.rules);
        let track = Arc::new(stepped.track);
        // Detection may refuse what was read: the page of a source may have become another one.
        polled.unreadable = track.source(&watched.source.id).and_then(|state| state.unreadable.clone());
        tell_new_page(watched, &before, &track);
        let is_worth_storing = !stepped.changed.is_empty()
            || !stepped.forgotten.is_empty()
            || !stepped.transitions.is_empty()
            || !stepped.past.is_empty()
            || differs(before.source(&watched.source.id), track.source(&watched.source.id));
        for transition in &stepped.transitions {
            info!(incident = %transition.incident, revision = transition.revision, "{}", transition.kind.word());
        }
        let kinds: Vec<TransitionKind> = stepped.transitions.iter().map(|transition| transition.kind).collect();
        let tells = !kinds.is_empty();
        let has_changed = !stepped.changed.is_empty() || !stepped.forgotten.is_empty();
        if is_worth_storing {
            let commit = Commit {
                track: track.clone(),
                category: watched.service.category.clone(),
                changed: stepped.changed,
                forgotten: stepped.forgotten,
                transitions: stepped.transitions,
                past: stepped.past,
                history_from: self.rules.history_from(now),
                at: now,
            };
            if !self.commit(watched, commit).await {
                return polled;
            }
        }
        turn.publish(track.clone());
        kinds.into_iter().for_each(|kind| self.metrics.transition(kind));
        if has_changed {
            self.changed.notify_one();
        }
        if tells {
            self.wake.iter().for_each(|wake| wake.notify_one());
        }
        polled.is_good = polled.unreadable.is_none();
        polled.wait = self.wait(&track, &watched.source).max(hold);
        polled
    }

    /// The track with these incidents of the history in it, however long the store takes to find them: without them what
    /// comes back would be another incident. `None` when the program stops first.
    async fn recall(&self, mut track: Track, ids: Vec<IncidentId>) -> Option<Track> {
        for id in ids {
            let incident = loop {
                match self.store.incident(&id).await {
                    Ok(incident) => break incident,
                    Err(cause) => {
                        let cause = &cause as &dyn std::error::Error;
                        error!(incident = %id, cause, "reading an incident failed; trying on");
                    }
                }
                tokio::select! {
                    () = self.stop.cancelled() => return None,
                    () = self.clock.sleep(STORE_REST) => {}
                }
            };
            if let Some(incident) = incident {
                track.recall(incident);
            }
        }
        Some(track)
    }

    /// Stores what a reading changed, however long the store takes to accept it: the feed will not say it again.
    /// `false` when the program stops first.
    async fn commit(&self, watched: &Watched, commit: Commit) -> bool {
        let mut is_logged = false;
        loop {
            let Err(cause) = self.store.commit(commit.clone()).await else { return true };
            if !is_logged {
                let cause = &cause as &dyn std::error::Error;
                error!(service = %watched.service.id, source = %watched.source.id, cause, "storing a reading failed; trying on");
                is_logged = true;
            }
            tokio::select! {
                () = self.stop.cancelled() => return false,
                () = self.clock.sleep(STORE_REST) => {}
            }
        }
    }

    fn wait(&self, track: &Track, source: &Source) -> Duration {
        let doubts = track.source(&source.id).is_some_and(|state| state.streak > 0);
        let is_watched_closely = doubts || track.open_incidents().next().is_some();
        let interval = if is_watched_closely { self.poll.incident_interval } else { self.poll.interval };
        interval.mul_f64(0.9 + 0.2 * fastrand::f64())
    }
}

/// Says that another page has stood in a source's place for so long that it is taken as that source's from now on.
fn tell_new_page(watched: &Watched, before: &Track, after: &Track) {
    let source = &watched.source.id;
    let (Some(was), Some(is)) = (before.source(source), after.source(source)) else { return };
    if is.page.differs(&was.page) {
        let (service, was, is) = (&watched.service.id, &was.page, &is.page);
        warn!(%service, %source, %was, %is, "another page has stood at this address for long; it is believed from now on");
    }
}

/// Whether a source's state must be written: it says something new, or was last written long ago.
fn differs(before: Option<&SourceTrack>, after: Option<&SourceTrack>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return before.is_some() != after.is_some() };
    let essence =
        |state: &SourceTrack| SourceTrack { last_tried: None, last_good: None, latency_ms: None, ..state.clone() };
    let good = |state: &SourceTrack| state.last_good.unwrap_or(DateTime::<Utc>::MIN_UTC);
    essence(before) != essence(after) || crosses(good(before), good(after))
}

/// Whether two times lie in different spans of [`NOTE_GOOD_EVERY`].
fn crosses(before: DateTime<Utc>, after: DateTime<Utc>) -> bool {
    let span = NOTE_GOOD_EVERY.num_seconds();
    before.timestamp().div_euclid(span) != after.timestamp().div_euclid(span)
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::domain::{Ask, SourceKind, Watch, WatchedPage};

    struct Silent;

    #[async_trait]
    impl Feed for Silent {
        async fn read(&self, _: &Ask) -> Result<Reading, FeedError> {
            Ok(Reading::Unchanged)
        }
    }

    fn watched(url: &str, name: &str) -> Watched {
        let page = WatchedPage::new(SourceKind::Statuspage, url, url, name);
        let service = Watch { page, name: None }.service();
        let source = Arc::new(service.sources[0].clone());
        Watched { service: Arc::new(service), source, feed: Arc::new(Silent) }
    }

    #[test]
    fn what_stays_is_not_disturbed_and_what_has_changed_is_read_anew() {
        let (one, two) = (watched("https://one.example/", "One"), watched("https://two.example/", "Two"));
        let mut book = Book::default();
        assert_eq!(book.turn_to(&[one.clone(), two.clone()]), [0, 1]);
        book.entries.get_mut(&1).unwrap().past.was_tried = true;
        let three = watched("https://three.example/", "Three");
        assert_eq!(book.turn_to(&[two.clone(), three.clone()]), [2]);
        assert!(!book.entries.contains_key(&0));
        assert!(book.entries[&1].past.was_tried, "it has been there all the time");
        assert_eq!(book.turn_to(&[one, watched("https://two.example/", "Two renamed"), three]), [3, 4]);
        assert_eq!((book.entries.len(), book.numbers.len()), (3, 3));
        assert_eq!(book.turn_to(&[]), Vec::<usize>::new());
        assert_eq!((book.entries.len(), book.numbers.len()), (0, 0));
    }
}
