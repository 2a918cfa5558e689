//! The bot as a service of its own: what its operator must know is an outage of it, told in one chat like any other.
//!
//! [`Inspection`] is that service's only source. It looks at what the program knows of itself and posts each trouble as an
//! incident; that it is told once, survives a stop and is answered by its end, is up to what all incidents go through. The
//! service is in no catalogue: only the operator's chat sees it.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::{task::spawn_blocking, time::timeout};
use tracing::info;

use crate::{
    app::{
        rescue::{self, Losses, Rescued},
        roster::SharedCatalogue,
        tracks::Tracks,
        watch::Watched,
    },
    chat::ChatError,
    clock::Clock,
    commands::Wellbeing,
    domain::{
        Ask, Catalogue, Change, ChatId, ChatSettings, Condition, Filter, Locale, Observation, Phase, Platform,
        PostedIncident, PostedUpdate, Reading, RequestId, Role, Service, ServiceId, Source, SourceKind, SourceTrack,
        Subscription, Topic, clean_line,
    },
    feeds::{Feed, FeedError},
    store::{Store, StoreError},
    text::{Text, plain},
};

/// Under which name the store keeps which chat was the operator's last.
const MEMO: &str = "operator";
/// Under which name the store keeps that something could be stored.
const PROBE: &str = "inspected";
/// How long the store may take for that.
const STORE_LIMIT: Duration = Duration::from_secs(10);
/// The longest reason that is told, in characters.
const LONGEST_REASON: usize = 300;

/// Who is told how the program itself is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Where.
    pub chat: ChatId,
    /// In which language.
    pub locale: Locale,
    /// A source that could not be read for so long is told of.
    pub unreadable_after: Duration,
    /// Where the store is, and damaged ones beside it.
    pub store: PathBuf,
}

/// Platforms that cannot be used, noted by whoever meets that.
#[derive(Debug, Default)]
pub struct Troubles {
    platforms: Mutex<BTreeMap<Platform, (DateTime<Utc>, String)>>,
}

impl Troubles {
    /// A platform cannot be used until the program is started anew.
    pub fn note(&self, failure: &ChatError, at: DateTime<Utc>) {
        let reason = clean_line(&failure.reason, LONGEST_REASON);
        lock(&self.platforms).entry(failure.platform).or_insert((at, reason));
    }

    /// What everybody may know of how the program is. `given_up`: messages.
    #[must_use]
    pub fn wellbeing(&self, catalogue: &Catalogue, tracks: &Tracks, given_up: usize) -> Wellbeing {
        let is_unreadable = |service: &Arc<Service>| {
            let track = tracks.track(&service.id);
            let reasons = service.sources.iter().filter(|source| {
                track
                    .as_ref()
                    .and_then(|track| track.source(&source.id))
                    .is_some_and(|state| state.unreadable.is_some())
            });
            reasons.count()
        };
        let unreadable = catalogue.services().filter(|service| !service.is_watched_page()).map(is_unreadable).sum();
        Wellbeing { unreadable, given_up, unusable: lock(&self.platforms).len() }
    }
}

/// Makes this chat the operator's and no other: it hears about the program from now on.
///
/// # Errors
///
/// [`StoreError`] when that cannot be stored.
pub async fn appoint(
    operator: Option<&Operator>,
    defaults: ChatSettings,
    store: &dyn Store,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let topic = Topic::Service(ServiceId::of_bot());
    let former = store.memo(MEMO).await?.as_deref().and_then(ChatId::parse);
    let chat = operator.map(|operator| &operator.chat);
    let mut changes = Vec::new();
    if let Some(former) = former.clone().filter(|former| chat != Some(former)) {
        changes.push(Change::Unsubscribe { chat: former, topic: topic.clone() });
    }
    if let Some(Operator { chat, locale, .. }) = operator {
        if !store.subscriptions(chat).await?.iter().any(|known| known.topic == topic) {
            info!(%chat, "this chat is told what the operator must know");
            let (chat, filter) = (chat.clone(), Filter::default());
            changes.push(Change::Subscribe(Subscription { chat, topic, filter, mention: None, since: now }));
        }
        if store.settings(chat).await?.is_none() {
            let settings = ChatSettings { locale: *locale, ..defaults };
            changes.push(Change::Settings { chat: chat.clone(), settings });
        }
    }
    if !changes.is_empty() {
        store.apply(&RequestId(format!("operator {}", now.timestamp_micros()).into()), changes, now).await?;
    }
    if former.as_ref() != chat {
        store.set_memo(MEMO, &chat.map(ToString::to_string).unwrap_or_default()).await?;
    }
    Ok(())
}

/// Looks at how the program itself is.
pub struct Inspection {
    /// Who is told.
    pub operator: Operator,
    /// How all sources are.
    pub tracks: Arc<Tracks>,
    /// What is watched for everybody.
    pub catalogue: SharedCatalogue,
    /// What must take in what is new, and has what was given up.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What others noted.
    pub troubles: Arc<Troubles>,
    /// Since when something was seen of which nothing else remembers the beginning.
    pub seen: Mutex<HashMap<String, DateTime<Utc>>>,
}

/// Something that the operator must know.
struct Trouble {
    /// What tells it from others, the same while it lasts; its first word is its kind.
    key: String,
    since: DateTime<Utc>,
    impact: Condition,
    title: String,
    /// What is said of it now: what tells this from what was said before, and the words.
    said: (String, String),
}

impl Inspection {
    /// The service that the bot is, with this as its source.
    #[must_use]
    pub fn watched(self) -> Watched {
        let source = Source { role: Role::Measured, ..Source::new(SourceKind::Json, "foghorn:inspection") };
        let service = Arc::new(Service::of_bot(source.clone()));
        Watched { service, source: Arc::new(source), feed: Arc::new(self) }
    }

    /// Everything that is wrong now. `open`: what the operator was told and nothing else yet, which counts as long as it is so
    /// at all.
    async fn troubles(&self, open: &[String]) -> Result<Vec<Trouble>, FeedError> {
        let now = self.clock.now();
        let mut troubles = Vec::new();
        troubles.extend(self.storing(now).await);
        for (platform, (since, reason)) in &*lock(&self.troubles.platforms) {
            troubles.push(Trouble {
                key: format!("platform {}", platform.word()),
                since: *since,
                impact: Condition::MajorOutage,
                title: self.say(&Text::OwnPlatform { platform: platform.word() }),
                said: ("reason".to_owned(), reason.clone()),
            });
        }
        troubles.extend(self.damaged().await);
        troubles.extend(self.given_up(now).await?);
        let catalogue = self.catalogue.borrow().clone();
        for service in catalogue.services() {
            let Some(track) = self.tracks.track(&service.id) else { continue };
            for source in &service.sources {
                let Some(state) = track.source(&source.id) else { continue };
                troubles.extend(self.unread(service, source, state, open, now));
            }
        }
        lock(&self.seen)
            .retain(|key, _| troubles.iter().any(|trouble| trouble.key == *key) || key.starts_with("unread"));
        Ok(troubles)
    }

    /// Whether the store takes in what is new.
    async fn storing(&self, now: DateTime<Utc>) -> Option<Trouble> {
        let reason = match timeout(STORE_LIMIT, self.store.set_memo(PROBE, &now.to_rfc3339())).await {
            Ok(Ok(())) => {
                lock(&self.seen).remove("store");
                return None;
            }
            Ok(Err(cause)) => cause.to_string(),
            Err(_) => format!("no answer within {} s", STORE_LIMIT.as_secs()),
        };
        Some(Trouble {
            key: "store".to_owned(),
            since: self.since("store", now),
            impact: Condition::MajorOutage,
            title: self.say(&Text::OwnStore),
            said: ("reason".to_owned(), clean_line(&reason, LONGEST_REASON)),
        })
    }

    /// Stores that were damaged: each is told as long as its files lie there.
    async fn damaged(&self) -> Vec<Trouble> {
        let path = self.operator.store.clone();
        let found = spawn_blocking(move || rescue::all(&path)).await.unwrap_or_default();
        let trouble = |Rescued { place, losses }: Rescued| {
            let key = format!("damaged {}", place.file_name().unwrap_or_default().to_string_lossy());
            let place = &*place.display().to_string();
            let words = match &losses {
                None => self.say(&Text::OwnDamagedWhole { place }),
                Some(Losses { copied, saved }) => self.say(&Text::OwnDamagedPart { place, copied, saved }),
            };
            Trouble {
                since: self.since(&key, self.clock.now()),
                impact: if losses.is_none() { Condition::Degraded } else { Condition::PartialOutage },
                title: self.say(&Text::OwnDamaged),
                said: ("rescued".to_owned(), words),
                key,
            }
        };
        found.into_iter().map(trouble).collect()
    }

    /// Messages that were given up.
    async fn given_up(&self, now: DateTime<Utc>) -> Result<Option<Trouble>, FeedError> {
        let backlog = timeout(STORE_LIMIT, self.store.backlog()).await;
        let Ok(Ok(backlog)) = backlog else {
            return Err(FeedError::Unreadable { reason: "the store does not answer".to_owned() });
        };
        let count = backlog.dead;
        Ok((count > 0).then(|| Trouble {
            key: "given-up".to_owned(),
            since: self.since("given-up", now),
            impact: Condition::Degraded,
            title: self.say(&Text::OwnGivenUp),
            // Told again when it is twice as many: this message may be one that is given up, which must not make another one.
            said: (
                count.checked_ilog2().unwrap_or_default().to_string(),
                self.say(&Text::OwnGivenUpCount { count, command: "foghorn outbox list --dead" }),
            ),
        }))
    }

    /// A source that cannot be read for long, or whose page has become another one.
    fn unread(
        &self,
        service: &Service,
        source: &Source,
        state: &SourceTrack,
        open: &[String],
        now: DateTime<Utc>,
    ) -> Vec<Trouble> {
        let place = format!("{} {}", service.id, source.id.as_str());
        let key = format!("unread {place}");
        let Some(reason) = &state.unreadable else {
            lock(&self.seen).remove(&key);
            return Vec::new();
        };
        let said = ("reason".to_owned(), clean_line(reason, LONGEST_REASON));
        let (service, source) = (service.name.as_str(), &*source.id.to_string());
        let impact = Condition::Degraded;
        let moved = state.moved.as_ref().map(|moved| {
            let title = self.say(&Text::OwnMoved { service, source });
            Trouble { key: format!("moved {place}"), since: moved.since, impact, title, said: said.clone() }
        });
        // One that was never read has no such time; it is counted from when that was first seen.
        let since = state.last_good.unwrap_or_else(|| self.since(&key, now));
        let is_told = open.iter().any(|id| key_of(id) == key);
        let is_long = (now - since).to_std().is_ok_and(|span| span >= self.operator.unreadable_after);
        // That another page answers says why nothing is read, but ends nothing that was told before.
        let tells = is_told || (is_long && moved.is_none());
        let unread = tells.then(|| {
            let title = self.say(&Text::OwnUnreadable { service, source });
            Trouble { key, since, impact, title, said }
        });
        moved.into_iter().chain(unread).collect()
    }

    /// Since when this is so, as far as it was seen.
    fn since(&self, key: &str, now: DateTime<Utc>) -> DateTime<Utc> {
        *lock(&self.seen).entry(key.to_owned()).or_insert(now)
    }

    /// What is said when the trouble with this id is over.
    fn end(&self, id: &str, now: DateTime<Utc>) -> String {
        let length = (now - since_of(id).unwrap_or(now)).to_std().unwrap_or_default();
        let key = key_of(id);
        let is_watched = |key: &str| {
            let mut words = key.splitn(3, ' ').skip(1);
            let (service, source) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let catalogue = self.catalogue.borrow();
            let found = catalogue.services().find(|known| known.id.as_str() == service);
            found.is_some_and(|known| known.sources.iter().any(|known| known.id.as_str() == source))
        };
        match key.split(' ').next().unwrap_or_default() {
            "unread" | "moved" if !is_watched(key) => self.say(&Text::OwnWatchedNoMore),
            "unread" => self.say(&Text::OwnReadable { length }),
            "moved" => self.say(&Text::OwnMovedEnd { length }),
            "given-up" => self.say(&Text::OwnGivenUpEnd),
            "store" => self.say(&Text::OwnStoreEnd { length }),
            "damaged" => self.say(&Text::OwnDamagedEnd),
            _ => self.say(&Text::OwnPlatformEnd),
        }
    }

    fn say(&self, text: &Text<'_>) -> String {
        plain(self.operator.locale, text)
    }
}

#[async_trait]
impl Feed for Inspection {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let troubles = self.troubles(&ask.open).await?;
        let now = self.clock.now();
        let over = ask.open.iter().filter(|id| !troubles.iter().any(|trouble| trouble.key == key_of(id)));
        let ended: Vec<PostedIncident> = over.map(|id| over_now(id, self.end(id, now), now)).collect();
        let open = troubles.into_iter().map(|trouble| {
            let known = ask.open.iter().find(|id| key_of(id) == trouble.key);
            posted(known.cloned(), trouble)
        });
        let incidents = open.chain(ended).collect();
        Ok(Reading::Fresh(Observation { condition: Condition::Operational, incidents, ..Observation::default() }))
    }
}

/// The trouble as an incident, under the id that it has already, if it has one.
fn posted(known: Option<String>, trouble: Trouble) -> PostedIncident {
    let Trouble { key, since, impact, title, said: (said, words) } = trouble;
    let update = PostedUpdate { id: Some(said), phase: Some(Phase::Identified), at: None, body: Some(words) };
    // A trouble that comes back later is another one.
    let id = known.unwrap_or_else(|| format!("{key} {}", since.timestamp_millis()));
    // What was told of its beginning counts: the store knows the last good reading less exactly.
    let since = since_of(&id).unwrap_or(since);
    PostedIncident {
        id,
        title,
        impact: Some(impact),
        phase: Some(Phase::Identified),
        started_at: Some(since),
        resolved_at: None,
        url: None,
        components: Vec::new(),
        regions: Vec::new(),
        updates: vec![update],
    }
}

/// The end of the trouble with this id; its title stays as it was.
fn over_now(id: &str, words: String, now: DateTime<Utc>) -> PostedIncident {
    let update = PostedUpdate { id: Some("end".to_owned()), phase: Some(Phase::Resolved), at: None, body: Some(words) };
    PostedIncident {
        id: id.to_owned(),
        title: String::new(),
        impact: None,
        phase: Some(Phase::Resolved),
        started_at: since_of(id),
        resolved_at: Some(now),
        url: None,
        components: Vec::new(),
        regions: Vec::new(),
        updates: vec![update],
    }
}

/// What tells a trouble from others, out of its incident's id.
fn key_of(id: &str) -> &str {
    id.rsplit_once(' ').map_or(id, |(key, _)| key)
}

/// Since when it has lasted.
fn since_of(id: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(id.rsplit_once(' ')?.1.parse().ok()?)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Rows are put in and taken out one by one, so a panic elsewhere leaves it whole.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::SystemClock,
        domain::{PageId, PageMove, Track, Watch, WatchedPage},
        store::MemoryStore,
    };

    const HOUR: i64 = 3_600;

    fn service() -> Service {
        let address = "https://status.acme.example/summary.json?key=s3cret";
        let page = WatchedPage::new(SourceKind::Statuspage, address, "https://status.acme.example/", "Acme");
        Service { category: "other".to_owned(), ..Watch { page, name: None }.service() }
    }

    /// An inspection of a program with one service, whose only source was last read well so many hours ago.
    fn inspection(hours: Option<i64>, moved: Option<PageMove>) -> Inspection {
        let clock = SystemClock::new();
        let service = service();
        let state = SourceTrack {
            last_good: hours.map(|hours| clock.now() - chrono::TimeDelta::seconds(hours * HOUR)),
            unreadable: Some("HTTP 500".to_owned()),
            moved,
            ..SourceTrack::default()
        };
        let mut track = Track::new(service.id.clone());
        track.sources.insert(service.sources[0].id.clone(), Arc::new(state));
        Inspection {
            operator: Operator {
                chat: ChatId::parse("telegram:-100").unwrap(),
                locale: Locale::En,
                unreadable_after: Duration::from_secs(24 * 3_600),
                store: PathBuf::new(),
            },
            tracks: Arc::new(Tracks::new([service.id.clone()], vec![track])),
            catalogue: SharedCatalogue::new(Arc::new(Catalogue::new([service]).0)),
            store: Arc::new(MemoryStore::new()),
            clock: Arc::new(clock),
            troubles: Arc::default(),
            seen: Mutex::default(),
        }
    }

    async fn look(inspection: &Inspection, open: &[String]) -> Vec<PostedIncident> {
        let ask = Ask { open: open.to_vec(), ..Ask::default() };
        match inspection.read(&ask).await.unwrap() {
            Reading::Fresh(observation) => observation.incidents,
            Reading::Unchanged | Reading::Unreadable { .. } => Vec::new(),
        }
    }

    fn words(posted: &PostedIncident) -> &str {
        posted.updates[0].body.as_deref().unwrap()
    }

    async fn mended(inspection: &Inspection) {
        let cell = inspection.tracks.cell(&service().id).unwrap();
        let turn = cell.turn().await.unwrap();
        let mut track = (*turn.track()).clone();
        for state in track.sources.values_mut() {
            Arc::make_mut(state).unreadable = None;
            Arc::make_mut(state).moved = None;
        }
        turn.publish(Arc::new(track));
    }

    #[tokio::test]
    async fn a_source_is_told_of_when_it_was_unreadable_for_long_and_its_end_says_for_how_long() {
        assert!(look(&inspection(Some(23), None), &[]).await.is_empty());
        assert!(look(&inspection(None, None), &[]).await.is_empty(), "nobody knows for how long");
        let inspection = inspection(Some(27), None);
        let told = look(&inspection, &[]).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].title, "Acme cannot be read: statuspage:status.acme.example/summary.json?…");
        assert_eq!((words(&told[0]), told[0].phase), ("HTTP 500", Some(Phase::Identified)));
        let open = vec![told[0].id.clone()];
        assert_eq!(look(&inspection, &open).await, told, "it is the same as long as it lasts");
        mended(&inspection).await;
        let over = look(&inspection, &open).await;
        assert_eq!((over.len(), &over[0].id, over[0].phase), (1, &open[0], Some(Phase::Resolved)));
        assert_eq!(words(&over[0]), "It can be read again; it was unreadable for 1 day 3 hours.");
        assert!(look(&inspection, &[]).await.is_empty());
    }

    #[tokio::test]
    async fn what_was_told_ends_when_its_source_is_watched_no_more() {
        let inspection = inspection(Some(27), None);
        let open: Vec<String> = look(&inspection, &[]).await.into_iter().map(|posted| posted.id).collect();
        inspection.catalogue.send_replace(Arc::default());
        let over = look(&inspection, &open).await;
        assert_eq!((over.len(), words(&over[0])), (1, "It is watched no more."));
    }

    #[tokio::test]
    async fn a_page_that_moved_is_told_at_once_and_ends_nothing_that_was_told_before() {
        let page = PageId { id: None, host: Some("parked.example".to_owned()) };
        let moved = || Some(PageMove { to: page.clone(), since: SystemClock::new().now() });
        let told = look(&inspection(Some(1), moved()), &[]).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].title.starts_with("Another page answers in the place of Acme"), "{}", told[0].title);
        let before: Vec<String> = look(&inspection(Some(27), None), &[]).await.into_iter().map(|one| one.id).collect();
        let both = look(&inspection(Some(27), moved()), &before).await;
        assert_eq!(both.iter().filter(|posted| !posted.is_closed()).count(), 2);
    }

    #[tokio::test]
    async fn a_platform_that_cannot_be_used_is_told_of_with_the_reason() {
        let inspection = inspection(Some(0), None);
        let failure = ChatError { platform: Platform::Discord, reason: "the token is refused".to_owned() };
        inspection.troubles.note(&failure, inspection.clock.now());
        let told = look(&inspection, &[]).await;
        assert_eq!((told[0].title.as_str(), words(&told[0])), ("Discord cannot be used", "the token is refused"));
        let catalogue = inspection.catalogue.borrow().clone();
        let wellbeing = inspection.troubles.wellbeing(&catalogue, &inspection.tracks, 3);
        assert_eq!(wellbeing, Wellbeing { unreadable: 1, given_up: 3, unusable: 1 });
    }

    #[tokio::test]
    async fn another_chat_takes_the_place_of_the_one_before() {
        let (store, now) = (MemoryStore::new(), SystemClock::new().now());
        let operator = |chat: &str| Operator { chat: ChatId::parse(chat).unwrap(), ..inspection(None, None).operator };
        let (one, two) = (operator("telegram:1"), operator("discord:1/2"));
        let hears = async |operator: &Operator| store.subscriptions(&operator.chat).await.unwrap().len();
        for _ in 0..2 {
            appoint(Some(&one), ChatSettings::default(), &store, now).await.unwrap();
            assert_eq!((hears(&one).await, hears(&two).await), (1, 0));
        }
        let later = now + chrono::TimeDelta::seconds(1);
        appoint(Some(&two), ChatSettings::default(), &store, later).await.unwrap();
        assert_eq!((hears(&one).await, hears(&two).await), (0, 1));
        let last = later + chrono::TimeDelta::seconds(1);
        appoint(None, ChatSettings::default(), &store, last).await.unwrap();
        assert_eq!((hears(&one).await, hears(&two).await), (0, 0));
    }
}
