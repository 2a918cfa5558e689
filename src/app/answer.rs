//! Answering what people of one platform type and press: load what the command looks at, run it, make its changes, reply.
//! And noting what the platform says of its chats.

use std::{error::Error, sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::{JoinError, JoinSet},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::{
        lookout::Lookout,
        operator::Troubles,
        recent::Recent,
        roster::Roster,
        sample::{self, Sample, Samples, Stage},
        tracks::Tracks,
    },
    chat::{Completing, Event, Incoming, Input, Reply, SharedChat},
    clock::Clock,
    commands::{
        self, About, Answer, Completion, HISTORY, Origin, Page, PageFault, Partial, Refusal, Request, Typed, View,
    },
    dispatch::Besides,
    domain::{
        Catalogue, Change, ChatId, ChatSettings, Incident, Locale, Mute, Platform, RequestId, Resumption, ServiceId,
        Subscription, Suspension, Track, WatchLimit,
    },
    metrics::{CommandOutcome, Metrics},
    store::{Applied, Store, StoreError},
};

/// Events taken care of at the same time.
const AT_ONCE: usize = 64;
/// How long completing waits for the store; after that it does without: who types does not wait.
const COMPLETION_LIMIT: Duration = Duration::from_millis(80);
/// The name under which words are counted that name no command: people type anything.
pub(super) const NO_COMMAND: &str = "unknown";

/// Answers what people of one platform type and press.
#[derive(Clone)]
pub struct Answers {
    /// How all of them are.
    pub tracks: Arc<Tracks>,
    /// Knows what is watched, and is told that what chats watch has changed.
    pub roster: Arc<Roster>,
    /// What looks at addresses.
    pub lookout: Arc<Lookout>,
    /// Where subscriptions are.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The platform, to show samples on.
    pub chat: SharedChat,
    /// Where messages are noted that are none of the outbox's.
    pub besides: Besides,
    /// What was last read of chats, for who cannot wait for the store.
    pub recent: Recent,
    /// Wakes the platform's outbox.
    pub wake: Arc<Notify>,
    /// Wakes who keeps the appointments of chats.
    pub agenda: Arc<Notify>,
    /// Where it is counted what people ask for.
    pub metrics: Arc<Metrics>,
    /// What is wrong with the program itself.
    pub troubles: Arc<Troubles>,
    /// How chats that never said otherwise are spoken to.
    pub defaults: ChatSettings,
    /// The clock's uptime at the program's start.
    pub started: Duration,
}

/// What the store holds of a chat.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// All services, with the pages that the chat watches.
    pub(super) catalogue: Catalogue,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) mutes: Vec<Mute>,
    pub(super) history: Vec<Incident>,
    /// Messages that were given up, where that was asked for.
    pub(super) given_up: usize,
}

impl Answers {
    /// Answers until told to stop.
    pub async fn run(self, mut events: mpsc::Receiver<Event>, stop: CancellationToken) {
        let (samples, mut under_way, mut shown) = (Samples::default(), JoinSet::new(), JoinSet::new());
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some(ended) = under_way.join_next() => {
                    go_on(ended, &mut shown, &stop);
                }
                Some(ended) = shown.join_next() => {
                    if let Err(failure) = ended {
                        error!(%failure, "showing a sample panicked");
                    }
                }
                event = events.recv(), if under_way.len() < AT_ONCE => match event {
                    Some(event) => {
                        let (answers, samples) = (self.clone(), samples.clone());
                        under_way.spawn(async move { answers.take(event, &samples).await });
                    }
                    // Nobody can type any more; alerts go on.
                    None => break,
                },
            }
        }
        while let Some(ended) = under_way.join_next().await {
            go_on(ended, &mut shown, &stop);
        }
        while shown.join_next().await.is_some() {}
        stop.cancelled().await;
    }

    /// Takes care of an event. Gives the sample that goes on after that, if any.
    async fn take(&self, event: Event, samples: &Samples) -> Option<Sample> {
        match event {
            Event::Asked(incoming) => return self.answer(incoming, samples).await,
            Event::Completing(completing) => {
                let suggested = self.suggest(&completing).await;
                // The platform may have given up waiting.
                completing.answer.send(suggested).ok();
            }
            Event::Lost { id, platform, place, reason, done } => {
                info!(platform = platform.word(), %place, reason, "the bot cannot write there any more; the subscriptions there rest");
                self.note(&id, Change::Suspend { platform, place, reason: reason.to_owned() }, done).await;
            }
            Event::Back { id, platform, place, why, done } => self.come_back(&id, platform, place, why, done).await,
            Event::Left { id, platform, place, done } => {
                info!(platform = platform.word(), %place, "the bot was removed; the subscriptions there end");
                self.note(&id, Change::Leave { platform, place }, done).await;
            }
            Event::Moved { id, from, to, done } => {
                info!(chat = %from, %to, "a chat has moved; its subscriptions go with it");
                self.note(&id, Change::Move { from, to }, done).await;
            }
        }
        None
    }

    /// Notes durably what happened to chats, and then says so; what cannot be stored now the platform may say again.
    async fn note(&self, id: &RequestId, change: Change, done: oneshot::Sender<()>) {
        loop {
            match self.store.apply(id, vec![change.clone()], self.clock.now()).await {
                Ok(Applied::Partly) => {}
                Ok(Applied::Now | Applied::Before | Applied::Full(_)) => {
                    self.roster.stir();
                    self.wake.notify_one();
                    // The platform may have given up waiting.
                    done.send(()).ok();
                    return;
                }
                Err(cause) => {
                    return error!(id = %id.0, cause = &cause as &dyn Error, "what a platform said cannot be stored");
                }
            }
        }
    }

    /// The bot may be able to write again. Most of the time nothing rests there.
    async fn come_back(
        &self,
        id: &RequestId,
        platform: Platform,
        place: Arc<str>,
        why: Resumption,
        done: oneshot::Sender<()>,
    ) {
        match self.store.suspended(platform, &place).await {
            Ok(resting) if resting.is_empty() => {
                done.send(()).ok();
            }
            Ok(resting) => {
                info!(platform = platform.word(), %place, chats = resting.len(), ?why, "the bot may be able to write there again");
                self.note(id, Change::Resume { platform, place, why }, done).await;
            }
            Err(cause) => error!(id = %id.0, cause = &cause as &dyn Error, "what a platform said cannot be noted"),
        }
    }

    /// Who asks where alerts rest is the sign that the bot may be back there. Says what rested, to be told.
    async fn look_for_suspension(&self, incoming: &Incoming) -> Result<Option<Suspension>, StoreError> {
        let chat = &incoming.chat;
        let (platform, place) = (chat.platform, chat.address.clone());
        let suspension = self.store.suspension(chat).await?;
        let why = if incoming.input == Input::Joined { Resumption::Joined } else { Resumption::Asked };
        let is_below = why == Resumption::Joined && !self.store.suspended(platform, &place).await?.is_empty();
        if suspension.is_none() && !is_below {
            return Ok(None);
        }
        let request = RequestId(format!("{} resumes", incoming.id.0).into());
        let change = Change::Resume { platform, place, why };
        while self.store.apply(&request, vec![change.clone()], self.clock.now()).await? == Applied::Partly {}
        self.wake.notify_one();
        let rested = !self.store.subscriptions(chat).await?.is_empty();
        Ok(suspension.filter(|_| rested))
    }

    /// Answers one request. Whatever happens, something is said. Gives the sample that goes on after that, if any.
    async fn answer(&self, incoming: Incoming, samples: &Samples) -> Option<Sample> {
        let stored = self.store.settings(&incoming.chat).await.unwrap_or_else(|cause| {
            warn!(chat = %incoming.chat, cause = &cause as &dyn Error, "a chat's settings cannot be read");
            None
        });
        let settings = stored.unwrap_or_else(|| self.first_settings(incoming.locale_hint));
        let suspension = self.look_for_suspension(&incoming).await.unwrap_or_else(|cause| {
            warn!(chat = %incoming.chat, cause = &cause as &dyn Error, "whether a chat's alerts rest cannot be found out");
            None
        });
        let outcome = self.carry_out(&incoming, settings, stored.is_none(), samples).await;
        self.count(&incoming.input, outcome.as_ref().map(|(answer, _)| answer).ok());
        let (answer, sample) = outcome.unwrap_or_else(|cause| {
            let reference = incoming.id.0.to_string();
            error!(chat = %incoming.chat, reference, cause = &cause as &dyn Error, "a request failed");
            (commands::refused(&Refusal::Failed { reference }, settings, &self.roster.catalogue()), None)
        });
        let Answer { reply: mut message, changes, is_private, replaces, shows_sample: _, is_refusal: _, page: _ } =
            answer;
        let changed = changes.iter().rev().find_map(|change| {
            if let Change::Settings { chat, settings } = change
                && *chat == incoming.chat
            {
                Some(*settings)
            } else {
                None
            }
        });
        let settings = changed.unwrap_or(settings);
        if let Some(suspension) = suspension {
            commands::tell_suspension(&mut message, &suspension, settings.locale, self.clock.now());
        }
        // The platform may have given up waiting.
        incoming.answer.send(Reply { message, settings, at: self.clock.now(), is_private, replaces }).ok();
        sample
    }

    /// Counts what was asked for, given the answer; `None`: there is none, for our own fault.
    fn count(&self, input: &Input, answer: Option<&Answer>) {
        let typed = match input {
            Input::Line(line) | Input::Press(line) => line.split_whitespace().next().unwrap_or_default(),
            Input::Call { command, .. } => command,
            Input::Joined => return,
        };
        let name = typed.trim_start_matches('/').split('@').next().unwrap_or_default().to_lowercase();
        let command = commands::spec(&name).map_or(NO_COMMAND, |spec| spec.name.as_str());
        let outcome = match answer {
            Some(answer) if answer.is_refusal => CommandOutcome::Refused,
            Some(_) => CommandOutcome::Answered,
            None => CommandOutcome::Failed,
        };
        self.metrics.command(command, outcome);
    }

    async fn carry_out(
        &self,
        incoming: &Incoming,
        settings: ChatSettings,
        is_new_chat: bool,
        samples: &Samples,
    ) -> Result<(Answer, Option<Sample>), StoreError> {
        let origin = Origin {
            id: incoming.id.clone(),
            chat: incoming.chat.clone(),
            is_private: incoming.is_private,
            may_manage: incoming.may_manage,
        };
        let typed = match &incoming.input {
            Input::Line(line) => Typed::Line(line),
            Input::Press(press) => Typed::Press(press),
            Input::Joined => return Ok((commands::welcome(settings, &self.roster.catalogue()), None)),
            Input::Call { command, options } => Typed::Call { command, options },
        };
        let known = self.known(&incoming.chat).await?;
        let request = match commands::read(origin, typed, &known.catalogue) {
            Ok(request) => request,
            Err(refusal) => return Ok((commands::refused(&refusal, settings, &known.catalogue), None)),
        };
        // Only a kill between the change and its answer makes a platform ask for the same again.
        let is_repeated = self.store.has_applied(&incoming.id).await?;
        let (history, given_up) = (self.history(&request, &known.catalogue).await?, self.given_up(&request).await?);
        let mut known = Known { history, given_up, ..known };
        let mut answer = self.look(&known, settings, None, |view| commands::run(&request, view));
        if let Some(url) = answer.page.take() {
            let found = self.lookout.look(&incoming.chat, &url).await;
            // That took a while, and others may have typed meanwhile.
            known = self.known(&incoming.chat).await?;
            answer = self.look(&known, settings, Some(&found), |view| commands::run(&request, view));
        }
        if is_repeated {
            answer = self.look(&known, settings, None, |view| commands::repeated(answer, &request, view));
        }
        if !answer.changes.is_empty() {
            if is_new_chat && incoming.locale_hint.is_some() && !has_settings(&answer.changes) {
                // From now on alerts speak the language of whoever asked for them.
                answer.changes.push(Change::Settings { chat: incoming.chat.clone(), settings });
            }
            let applied = self.store.apply(&incoming.id, answer.changes.clone(), self.clock.now()).await?;
            if let Applied::Full(limit) = applied {
                return Ok((commands::refused(&self.full(limit, &request), settings, &known.catalogue), None));
            }
            if known.catalogue.own().len() > 0 || answer.changes.iter().any(|one| matches!(one, Change::Watch { .. })) {
                self.roster.stir();
            }
            self.agenda.notify_one();
            self.wake.notify_one();
            self.recent.forget(&incoming.chat);
            // Who types next sees the change, however busy the store is then. This reply does not depend on it.
            self.read(&incoming.chat).await.ok();
        }
        let mut sample = None;
        if answer.shows_sample {
            let Self { chat, clock, besides, .. } = self.clone();
            match samples.begin(Stage { chat, clock, besides }, &request.origin, settings).await {
                Ok(begun) => sample = begun,
                Err(failure) => answer.reply = sample::failed(&failure, settings.locale),
            }
        }
        Ok((answer, sample))
    }

    /// What an option can be that somebody is typing.
    async fn suggest(&self, completing: &Completing) -> Vec<Completion> {
        let Completing { chat, command, option, typed, given, locale_hint, answer: _ } = completing;
        let (known, settings) = match timeout(COMPLETION_LIMIT, self.read(chat)).await {
            Ok(Ok(read)) => read,
            Ok(Err(_)) | Err(_) => self.recent.of(chat).unwrap_or_else(|| {
                let catalogue = self.roster.catalogue_of(chat, &[]);
                (Known { catalogue, ..Known::default() }, None)
            }),
        };
        let settings = settings.unwrap_or_else(|| self.first_settings(*locale_hint));
        self.look(&known, settings, None, |view| commands::suggest(&Partial { command, option, typed, given }, view))
    }

    /// What there is of a chat, and how it is spoken to if it ever said; noted for who cannot wait for it.
    async fn read(&self, chat: &ChatId) -> Result<(Known, Option<ChatSettings>), StoreError> {
        let read = (self.known(chat).await?, self.store.settings(chat).await?);
        self.recent.note(chat, &read);
        Ok(read)
    }

    /// How a chat is spoken to that never said.
    fn first_settings(&self, hint: Option<Locale>) -> ChatSettings {
        ChatSettings { locale: hint.unwrap_or(self.defaults.locale), ..self.defaults }
    }

    async fn known(&self, chat: &ChatId) -> Result<Known, StoreError> {
        let catalogue = self.roster.catalogue_of(chat, &self.store.watches(chat).await?);
        let subscriptions = self.store.subscriptions(chat).await?;
        let mutes = self.store.mutes(chat, self.clock.now()).await?;
        Ok(Known { catalogue, subscriptions, mutes, ..Known::default() })
    }

    /// The refusal of a watch for which the store had no room.
    fn full(&self, limit: WatchLimit, request: &Request) -> Refusal {
        match limit {
            WatchLimit::PerChat => Refusal::WatchesEnough { most: self.lookout.limits().per_chat },
            WatchLimit::Overall => {
                let url = ["url", "topic"].into_iter().find_map(|option| request.page(option));
                let host = url.and_then(|url| url.host_str()).unwrap_or_default().to_owned();
                Refusal::Page { host, fault: PageFault::Full }
            }
        }
    }

    /// Lets a command look at all there is. What other chats watch is not there.
    fn look<T>(
        &self,
        known: &Known,
        settings: ChatSettings,
        page: Option<&Result<Page, PageFault>>,
        command: impl FnOnce(&View<'_>) -> T,
    ) -> T {
        let is_visible = |service: &ServiceId| known.catalogue.by_id(service).is_some();
        command(&View {
            now: self.clock.now(),
            catalogue: &known.catalogue,
            tracks: &|service: &ServiceId| self.tracks.track(service).filter(|_| is_visible(service)),
            subscriptions: &known.subscriptions,
            mutes: &known.mutes,
            settings,
            components: &|service: &ServiceId| self.tracks.components(service),
            regions: &|service: &ServiceId| self.tracks.regions(service),
            history: &known.history,
            limits: self.lookout.limits(),
            page,
            about: self.about(known.given_up),
        })
    }

    async fn history(&self, request: &Request, catalogue: &Catalogue) -> Result<Vec<Incident>, StoreError> {
        let needs = commands::needs(request);
        if let Some(incident) = needs.incident {
            let (_, is_page) = self.roster.pages(&incident.service);
            if (is_page || incident.service.is_of_bot()) && catalogue.by_id(&incident.service).is_none() {
                // Other chats watch it, or are told of it.
                return Ok(Vec::new());
            }
            return Ok(self.store.incident(&incident).await?.into_iter().collect());
        }
        match needs.history_of {
            Some(service) => self.store.history(&service, HISTORY).await,
            None => Ok(Vec::new()),
        }
    }

    /// How many messages were given up, where the request tells of that.
    async fn given_up(&self, request: &Request) -> Result<usize, StoreError> {
        let tells = commands::needs(request).wellbeing;
        Ok(if tells { self.store.backlog().await?.dead } else { 0 })
    }

    fn about(&self, given_up: usize) -> About {
        let last_tried = |track: Arc<Track>| track.sources.values().filter_map(|state| state.last_tried).max();
        let tracks = self.tracks.all();
        About {
            version: env!("CARGO_PKG_VERSION"),
            uptime: self.clock.uptime().saturating_sub(self.started),
            last_poll: tracks.into_iter().filter(|track| !track.service.is_of_bot()).filter_map(last_tried).max(),
            wellbeing: self.troubles.wellbeing(&self.roster.catalogue(), &self.tracks, given_up),
        }
    }
}

/// A request was answered. A sample that goes on after that takes no place among them: its story takes a while.
fn go_on(ended: Result<Option<Sample>, JoinError>, shown: &mut JoinSet<()>, stop: &CancellationToken) {
    match ended {
        Ok(Some(sample)) => {
            let stop = stop.clone();
            shown.spawn(async move {
                tokio::select! {
                    () = sample.finish() => {}
                    () = stop.cancelled() => {}
                }
            });
        }
        Ok(None) => {}
        Err(failure) => error!(%failure, "answering a request panicked"),
    }
}

fn has_settings(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::Settings { .. }))
}
