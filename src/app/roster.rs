//! Who is on watch: the services of the catalogue, and the pages that chats watch, which come and go.
//!
//! What is watched for everybody is replaced as a whole ([`Roster::replace`]), and what stays is not disturbed by that.
//! The roster is the one that adds services and takes them out, so that nothing has to be locked meanwhile: what is stored
//! says which pages there should be ([`Store::pages`]), and the roster brings tracks and sources there.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    error::Error,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::sync::{self, Notify, watch};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::{
    app::{
        tracks::Tracks,
        watch::{AllWatched, Watched},
    },
    clock::Clock,
    domain::{Catalogue, ChatId, Service, ServiceId, SourceTrack, Track, Transition, Watch, WatchedPage},
    feeds::{self, Controls},
    http::Http,
    store::{Commit, PageEnd, Store, StoreError},
};

/// What is stored is looked at again at least so often: a chat that is gone for good takes its watches along without a word.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// What is watched for everybody, as it is now.
pub type SharedCatalogue = watch::Sender<Arc<Catalogue>>;

/// What became of a replacement ([`Roster::replace`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Services that were not watched before.
    pub begun: Vec<ServiceId>,
    /// Those that are watched as something else than before.
    pub changed: Vec<ServiceId>,
    /// Those that are watched no more.
    pub ended: Vec<ServiceId>,
    /// Whether there is something to tell about incidents that are open.
    pub tells: bool,
}

/// Who is on watch.
pub struct Roster {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    tracks: Arc<Tracks>,
    /// The way out to pages that chats named.
    http: Http,
    /// What is read whatever chats watch.
    fixed: Mutex<AllWatched>,
    /// The services whose sources these are.
    catalogue: SharedCatalogue,
    /// Held by the one who changes who is on watch.
    turn: sync::Mutex<()>,
    /// The pages that are read now.
    pages: Mutex<BTreeMap<ServiceId, Watched>>,
    /// The bot itself, and who is told how it is.
    bot: Mutex<Option<(ChatId, Watched)>>,
    sources: watch::Sender<AllWatched>,
    stirred: Notify,
    changed: Arc<Notify>,
}

impl Roster {
    /// Opens the roster with the catalogue's services and the pages that are stored. `changed` is woken when services come or
    /// go.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when what is stored cannot be read.
    pub async fn open(
        catalogue: SharedCatalogue,
        fixed: Vec<Watched>,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        http: Http,
        changed: Arc<Notify>,
    ) -> Result<Arc<Self>, StoreError> {
        let everybodys = catalogue.borrow().clone();
        let services = everybodys.services().map(|service| service.id.clone());
        let stored = store.tracks().await?;
        let (known, left): (Vec<Track>, Vec<Track>) =
            stored.into_iter().partition(|track| everybodys.by_id(&track.service).is_some());
        let tracks = Arc::new(Tracks::new(services, known));
        let (sources, _) = watch::channel(AllWatched::from([]));
        let (pages, bot, stirred, turn) = (Mutex::default(), Mutex::default(), Notify::new(), sync::Mutex::default());
        let fixed = Mutex::new(fixed.into());
        let roster = Self { store, clock, tracks, http, fixed, catalogue, turn, pages, bot, sources, stirred, changed };
        roster.welcome_back().await?;
        roster.take_leave(left).await?;
        roster.bring_up_to_date().await?;
        Ok(Arc::new(roster))
    }

    /// How every service is.
    #[must_use]
    pub fn tracks(&self) -> Arc<Tracks> {
        self.tracks.clone()
    }

    /// What is watched for everybody.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.borrow().clone()
    }

    /// All services that a chat can speak of which watches these pages.
    #[must_use]
    pub fn catalogue_of(&self, chat: &ChatId, watches: &[Watch]) -> Catalogue {
        let catalogue = self.catalogue().with(watches);
        match &*self.bot.lock().unwrap_or_else(PoisonError::into_inner) {
            Some((operator, bot)) if operator == chat => catalogue.with_bot(bot.service.clone()),
            Some(_) | None => catalogue,
        }
    }

    /// Watches the bot itself, which only this chat sees.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when what is stored of it cannot be read.
    pub async fn watch_bot(&self, operator: ChatId, bot: Watched) -> Result<(), StoreError> {
        let id = &bot.service.id;
        let mut track = self.store.track(id).await?.unwrap_or_else(|| Track::new(id.clone()));
        // What is wrong when it is first looked at is news: there is nobody who would have known.
        let known = SourceTrack { last_good: Some(self.clock.now()), ..SourceTrack::default() };
        track.sources.entry(bot.source.id.clone()).or_insert_with(|| Arc::new(known));
        self.tracks.open(track);
        *self.bot.lock().unwrap_or_else(PoisonError::into_inner) = Some((operator, bot));
        self.show(true, &self.lock());
        Ok(())
    }

    /// What is read, now and from now on.
    #[must_use]
    pub fn sources(&self) -> watch::Receiver<AllWatched> {
        self.sources.subscribe()
    }

    /// How many pages are read, and whether this one is among them.
    #[must_use]
    pub fn pages(&self, page: &ServiceId) -> (usize, bool) {
        let pages = self.lock();
        (pages.len(), pages.contains_key(page))
    }

    /// The page with an id that is no other document's among those that are read; the store sees to it that it stays so.
    #[must_use]
    pub fn place(&self, page: WatchedPage) -> WatchedPage {
        let pages = self.lock();
        let is_it = |id: &ServiceId| {
            let sources = pages.get(id).map(|known| &known.service.sources);
            Ok::<_, Infallible>(sources.map(|all| all.iter().any(|source| page.is_at(source.kind, &source.url))))
        };
        match page.id_beside(is_it) {
            Ok(Some(id)) => WatchedPage { id, ..page },
            Ok(None) => page,
        }
    }

    /// Says that what is stored of watches may have changed.
    pub fn stir(&self) {
        self.stirred.notify_one();
    }

    /// Watches these services for everybody from now on, by these sources, and no others. What is open of a service that
    /// leaves is told that it is watched no more, and stays stored: when the service is back the story goes on.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when not all could be read and written. Doing it once more goes on from there.
    pub async fn replace(&self, catalogue: Arc<Catalogue>, fixed: Vec<Watched>) -> Result<Replaced, StoreError> {
        let _turn = self.turn.lock().await;
        let before = self.catalogue();
        let is_another = |service: &&Arc<Service>| before.by_id(&service.id).is_some_and(|known| known != *service);
        let mut replaced = Replaced {
            changed: catalogue.services().filter(is_another).map(|service| service.id.clone()).collect(),
            ..Replaced::default()
        };
        for service in before.services().filter(|service| catalogue.by_id(&service.id).is_none()) {
            self.tracks.close(&service.id).await;
            if let Some(track) = self.store.track(&service.id).await? {
                replaced.tells |= self.note_watching(track, &service.category, false).await?.1;
            }
            replaced.ended.push(service.id.clone());
        }
        for service in catalogue.services().filter(|service| self.tracks.cell(&service.id).is_none()) {
            let track = self.store.track(&service.id).await?.unwrap_or_else(|| Track::new(service.id.clone()));
            let (track, tells) = self.note_watching(track, &service.category, true).await?;
            self.tracks.open(track);
            replaced.tells |= tells;
            replaced.begun.push(service.id.clone());
        }
        *self.fixed.lock().unwrap_or_else(PoisonError::into_inner) = fixed.into();
        self.catalogue.send_replace(catalogue);
        self.show(true, &self.lock());
        self.changed.notify_one();
        Ok(replaced)
    }

    /// Goes on with what was open of services that had left and are back since the program was started anew.
    async fn welcome_back(&self) -> Result<(), StoreError> {
        for service in self.catalogue().services() {
            let Some(cell) = self.tracks.cell(&service.id) else { continue };
            let Some(turn) = cell.turn().await else { continue };
            let (track, tells) = self.note_watching((*turn.track()).clone(), &service.category, true).await?;
            if tells {
                turn.publish(Arc::new(track));
            }
        }
        Ok(())
    }

    /// Tells of what is open of services that left while the program was not running. Pages that chats watch are not among
    /// them: those end without a word.
    async fn take_leave(&self, left: Vec<Track>) -> Result<(), StoreError> {
        let pages: Vec<ServiceId> = self.store.pages().await?.into_iter().map(|(page, _)| page.id).collect();
        let is_left = |track: &Track| !pages.contains(&track.service) && !track.service.is_of_bot();
        for track in left.into_iter().filter(is_left) {
            let service = track.service.clone();
            // Which category it was in only the store knows.
            let (_, tells) = self.note_watching(track, "", false).await?;
            if tells {
                info!(%service, "a service with an open outage is in the catalogue no more");
            }
        }
        Ok(())
    }

    /// Stores that a service is watched, or no more, with all that is open of it; and whether that is something to tell.
    async fn note_watching(
        &self,
        mut track: Track,
        category: &str,
        is_watched: bool,
    ) -> Result<(Track, bool), StoreError> {
        let at = self.clock.now();
        let transitions: Vec<Transition> =
            track.incidents.iter_mut().filter_map(|incident| incident.note_watching(is_watched, at)).collect();
        if transitions.is_empty() {
            return Ok((track, false));
        }
        let commit = Commit {
            track: Arc::new(track.clone()),
            category: category.to_owned(),
            changed: transitions.iter().map(|transition| transition.incident.clone()).collect(),
            forgotten: Vec::new(),
            transitions,
            past: Vec::new(),
            history_from: DateTime::<Utc>::MIN_UTC,
            at,
        };
        self.store.commit(commit).await?;
        Ok((track, true))
    }

    /// Says what is read now, when that has changed.
    fn show(&self, is_changed: bool, pages: &BTreeMap<ServiceId, Watched>) {
        let fixed = self.fixed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let bot = self.bot.lock().unwrap_or_else(PoisonError::into_inner).clone().map(|(_, bot)| bot);
        self.sources.send_if_modified(|sources| {
            let is_stale = is_changed || sources.len() != fixed.len() + pages.len() + usize::from(bot.is_some());
            if is_stale {
                *sources = fixed.iter().chain(pages.values()).chain(&bot).cloned().collect();
            }
            is_stale
        });
    }

    /// Follows what is stored until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.stirred.notified() => {}
                () = self.clock.sleep(LOOK_EVERY) => {}
            }
            if let Err(cause) = self.bring_up_to_date().await {
                error!(cause = &cause as &dyn Error, "what chats watch cannot be read; it stays as it is for now");
            }
        }
    }

    /// Reads what is stored, begins to read pages that are new and ends those that nobody watches.
    async fn bring_up_to_date(&self) -> Result<(), StoreError> {
        let _turn = self.turn.lock().await;
        let (watched, left): (Vec<_>, Vec<_>) =
            self.store.pages().await?.into_iter().partition(|(_, is_watched)| *is_watched);
        let watched: BTreeMap<ServiceId, WatchedPage> =
            watched.into_iter().map(|(page, _)| (page.id.clone(), page)).collect();
        let known: Vec<ServiceId> = self.lock().keys().cloned().collect();
        let ended: Vec<&ServiceId> = known.iter().filter(|id| !watched.contains_key(*id)).collect();
        let begun: Vec<&WatchedPage> = watched.values().filter(|page| !known.contains(&page.id)).collect();
        for page in &begun {
            let track = self.store.track(&page.id).await?.unwrap_or_else(|| Track::new(page.id.clone()));
            info!(service = %page.id, "a page that a chat named is watched");
            self.tracks.open(track);
        }
        let begun: Vec<Watched> = begun.into_iter().flat_map(|page| self.watched(page)).collect();
        let is_changed = !begun.is_empty() || !ended.is_empty();
        {
            let mut pages = self.lock();
            pages.retain(|id, _| watched.contains_key(id));
            pages.extend(begun.into_iter().map(|one| (one.service.id.clone(), one)));
            self.show(is_changed, &pages);
        }
        for id in ended {
            info!(service = %id, "a page is watched no more");
            self.tracks.close(id).await;
        }
        if is_changed {
            self.changed.notify_one();
        }
        // Only now: nobody reads them any more.
        for (page, _) in left {
            while self.store.end_page(&page.id).await? == PageEnd::Partly {}
        }
        Ok(())
    }

    /// The page with what reads it.
    fn watched(&self, page: &WatchedPage) -> Option<Watched> {
        let service = Arc::new(Watch { page: page.clone(), name: None }.service());
        let source = Arc::new(service.sources.first()?.clone());
        // No page is a probe, so there is nothing to hold against our own network.
        let feed = feeds::open(&source, &self.http, &Controls::new(&self.http, Vec::new()));
        Some(Watched { service, source, feed })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ServiceId, Watched>> {
        // Pages are put in and taken out one by one, so a panic elsewhere leaves a whole map.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::SystemClock,
        domain::{
            Change, Condition, Filter, Incident, IncidentId, Phase, Platform, RequestId, SourceKind, Subscription,
            Topic, TransitionKind, WatchLimits,
        },
        http::HttpLimits,
        store::MemoryStore,
    };

    fn page(name: &str) -> WatchedPage {
        let address = format!("https://status.{name}.example/");
        WatchedPage::new(SourceKind::Statuspage, &format!("{address}summary.json"), &address, name)
    }

    fn here() -> ChatId {
        ChatId { platform: Platform::Telegram, address: "here".into() }
    }

    async fn apply(store: &MemoryStore, request: &str, changes: Vec<Change>) {
        store.apply(&RequestId(request.into()), changes, SystemClock::new().now()).await.unwrap();
    }

    async fn watch(store: &MemoryStore, name: &str) {
        let (chat, page) = (here(), page(name));
        let topic = Topic::Service(page.id.clone());
        let since = SystemClock::new().now();
        let wanted = Subscription { chat: chat.clone(), topic, filter: Filter::default(), mention: None, since };
        let limits = WatchLimits { per_chat: 9, overall: 9 };
        let watch = Change::Watch { chat, watch: Watch { page, name: None }, limits };
        apply(store, &format!("watch {name}"), vec![watch, Change::Subscribe(wanted)]).await;
    }

    async fn roster(store: &MemoryStore) -> Arc<Roster> {
        let (store, clock) = (Arc::new(store.clone()), Arc::new(SystemClock::new()));
        let http = Http::guarded(HttpLimits::default()).unwrap();
        Roster::open(SharedCatalogue::new(Arc::default()), Vec::new(), store, clock, http, Arc::default())
            .await
            .unwrap()
    }

    fn read(roster: &Roster) -> Vec<String> {
        roster.sources().borrow().iter().map(|watched| watched.service.name.clone()).collect()
    }

    #[tokio::test]
    async fn pages_come_and_go_with_those_who_watch_them() {
        let store = MemoryStore::new();
        watch(&store, "one").await;
        let roster = roster(&store).await;
        assert_eq!(read(&roster), ["one"], "what was stored is read from the start");
        let one = roster.tracks().cell(&page("one").id).unwrap();
        watch(&store, "two").await;
        roster.bring_up_to_date().await.unwrap();
        assert_eq!((read(&roster).len(), roster.pages(&page("two").id)), (2, (2, true)));
        assert!(Arc::ptr_eq(&one, &roster.tracks().cell(&page("one").id).unwrap()), "what stays is not disturbed");

        let end = Change::Unsubscribe { chat: here(), topic: Topic::Service(page("one").id) };
        apply(&store, "end", vec![end]).await;
        roster.bring_up_to_date().await.unwrap();
        assert_eq!((read(&roster), roster.tracks().standing().watched), (vec!["two".to_owned()], 1));
        assert!(one.turn().await.is_none(), "a reading that comes late changes nothing");
        assert_eq!(store.pages().await.unwrap(), [(page("two"), true)]);
    }

    #[tokio::test]
    async fn services_for_everybody_come_and_go_and_disturb_no_page() {
        let store = MemoryStore::new();
        watch(&store, "one").await;
        let roster = roster(&store).await;
        let page_cell = roster.tracks().cell(&page("one").id).unwrap();
        let two = Watch { page: page("two"), name: None }.service();
        let id = two.id.clone();
        let catalogue = Arc::new(Catalogue::new([two]).0);
        let fixed: Vec<Watched> = roster.watched(&page("two")).into_iter().collect();
        let replaced = roster.replace(catalogue.clone(), fixed.clone()).await.unwrap();
        assert_eq!(replaced, Replaced { begun: vec![id.clone()], ..Replaced::default() });
        assert_eq!((read(&roster), roster.catalogue().services().count()), (vec!["two".into(), "one".into()], 1));
        let cell = roster.tracks().cell(&id).unwrap();
        assert_eq!(roster.replace(catalogue, fixed).await.unwrap(), Replaced::default());
        assert!(Arc::ptr_eq(&cell, &roster.tracks().cell(&id).unwrap()), "what stays is not disturbed");

        let replaced = roster.replace(Arc::default(), Vec::new()).await.unwrap();
        assert_eq!(replaced, Replaced { ended: vec![id], ..Replaced::default() });
        assert_eq!(read(&roster), ["one"]);
        assert!(cell.turn().await.is_none(), "a reading that comes late changes nothing");
        assert!(Arc::ptr_eq(&page_cell, &roster.tracks().cell(&page("one").id).unwrap()));
    }

    /// An outage of a service in this category, stored and told.
    async fn break_down(store: &MemoryStore, service: &Service) {
        let mut track = Track::new(service.id.clone());
        let at = SystemClock::new().now();
        let mut incident = Incident {
            id: IncidentId { service: service.id.clone(), number: 1 },
            service_name: service.name.clone(),
            planned: None,
            title: None,
            impact: Condition::MajorOutage,
            peak: Condition::MajorOutage,
            phase: Phase::Investigating,
            started_at: at,
            resolved_at: None,
            seen_at: at,
            turned_at: at,
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
        };
        track.incidents.push(incident.clone());
        // One that is over is none of this.
        incident.id.number = 2;
        (incident.chapter, incident.resolved_at) = (2, Some(at));
        track.incidents.push(incident);
        track.next_number = 3;
        let changed = track.incidents.iter().map(|incident| incident.id.clone()).collect();
        let commit = Commit {
            track: Arc::new(track),
            category: service.category.clone(),
            changed,
            forgotten: Vec::new(),
            transitions: Vec::new(),
            past: Vec::new(),
            history_from: DateTime::<Utc>::MIN_UTC,
            at,
        };
        store.commit(commit).await.unwrap();
    }

    /// Whether the first incident is said to be watched no more, its revision, and how many platforms are to be told.
    async fn told(store: &MemoryStore, id: &ServiceId) -> (bool, u32, usize) {
        let track = store.track(id).await.unwrap().unwrap();
        assert!(track.incidents[1].left_at().is_none());
        let first = &track.incidents[0];
        (first.is_left(), first.revision, store.backlog().await.unwrap().fanouts)
    }

    fn acme() -> Service {
        Service { category: "rockets".to_owned(), ..Watch { page: page("acme"), name: None }.service() }
    }

    async fn with_acme(store: &MemoryStore) -> Arc<Roster> {
        let (store, clock) = (Arc::new(store.clone()), Arc::new(SystemClock::new()));
        let http = Http::guarded(HttpLimits::default()).unwrap();
        let catalogue = SharedCatalogue::new(Arc::new(Catalogue::new([acme()]).0));
        Roster::open(catalogue, Vec::new(), store, clock, http, Arc::default()).await.unwrap()
    }

    /// Somebody hears about the category.
    async fn hear(store: &MemoryStore) {
        let (topic, since) = (Topic::Category("rockets".to_owned()), SystemClock::new().now());
        let wanted = Subscription { chat: here(), topic, filter: Filter::default(), mention: None, since };
        apply(store, "hear", vec![Change::Subscribe(wanted)]).await;
    }

    #[tokio::test]
    async fn what_is_open_of_a_service_that_leaves_is_told_to_be_watched_no_more_and_goes_on_when_it_is_back() {
        let store = MemoryStore::new();
        let id = acme().id;
        break_down(&store, &acme()).await;
        hear(&store).await;
        let roster = with_acme(&store).await;
        assert_eq!(told(&store, &id).await, (false, 1, 0), "nothing has happened");
        let replaced = roster.replace(Arc::default(), Vec::new()).await.unwrap();
        assert_eq!(replaced, Replaced { ended: vec![id.clone()], tells: true, ..Replaced::default() });
        assert_eq!(told(&store, &id).await, (true, 2, 1), "also who hears about its category");
        assert!(roster.tracks().track(&id).is_none());
        let back = Arc::new(Catalogue::new([acme()]).0);
        let replaced = roster.replace(back, Vec::new()).await.unwrap();
        assert_eq!(replaced, Replaced { begun: vec![id.clone()], tells: true, ..Replaced::default() });
        assert_eq!(told(&store, &id).await, (false, 3, 1));
        assert_eq!(roster.tracks().track(&id).unwrap().incidents[0].updates.len(), 2);
    }

    #[tokio::test]
    async fn what_left_or_came_back_while_the_program_was_down_is_told_at_the_start_and_once() {
        let store = MemoryStore::new();
        let id = acme().id;
        break_down(&store, &acme()).await;
        hear(&store).await;
        roster(&store).await;
        assert_eq!(told(&store, &id).await, (true, 2, 1), "also who hears about the category that it was in");
        roster(&store).await;
        assert_eq!(told(&store, &id).await, (true, 2, 1), "once");
        let again = with_acme(&store).await;
        assert_eq!(told(&store, &id).await, (false, 3, 1));
        assert_eq!(again.tracks().track(&id).unwrap().incidents[0].revision, 3);
    }

    #[tokio::test]
    async fn a_page_that_lost_its_last_watcher_while_the_program_was_down_is_ended_at_the_start() {
        let store = MemoryStore::new();
        watch(&store, "one").await;
        apply(&store, "all", vec![Change::UnsubscribeAll { chat: here() }]).await;
        let roster = roster(&store).await;
        assert_eq!(read(&roster), Vec::<String>::new());
        assert_eq!(store.pages().await.unwrap(), []);
    }
}
