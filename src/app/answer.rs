//! Answering what people of one platform type and press: load what the command looks at, run it, make its changes, reply.
//! And noting what the platform says of its chats.

use std::{error::Error, sync::Arc, time::Duration};

use tokio::{sync::mpsc, task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{
    app::{
        recent::Recent,
        sample::{self, Sample, Stage},
        tracks::Tracks,
    },
    chat::{Completing, Event, Incoming, Input, Reply, SharedChat},
    clock::Clock,
    commands::{self, About, Answer, Completion, HISTORY, Origin, Partial, Refusal, Request, Typed, View},
    dispatch::Besides,
    domain::{
        Catalogue, Change, ChatId, ChatSettings, Incident, Locale, Mute, RequestId, ServiceId, Subscription, Track,
    },
    store::{Applied, Store, StoreError},
};

/// Events taken care of at the same time.
const AT_ONCE: usize = 64;
/// How long completing waits for the store; after that it does without: who types does not wait.
const COMPLETION_LIMIT: Duration = Duration::from_millis(80);

/// Answers what people of one platform type and press.
#[derive(Clone)]
pub struct Answers {
    /// All services.
    pub catalogue: Arc<Catalogue>,
    /// How they are.
    pub tracks: Arc<Tracks>,
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
    /// How chats that never said otherwise are spoken to.
    pub defaults: ChatSettings,
    /// The clock's uptime at the program's start.
    pub started: Duration,
}

/// What the store holds of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) mutes: Vec<Mute>,
    pub(super) history: Vec<Incident>,
}

impl Answers {
    /// Answers until told to stop.
    pub async fn run(self, mut events: mpsc::Receiver<Event>, stop: CancellationToken) {
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some(ended) = under_way.join_next() => {
                    if let Err(failure) = ended {
                        error!(%failure, "answering a request panicked");
                    }
                }
                event = events.recv(), if under_way.len() < AT_ONCE => match event {
                    Some(event) => {
                        let (answers, stop) = (self.clone(), stop.clone());
                        under_way.spawn(async move { answers.take(event, &stop).await });
                    }
                    // Nobody can type any more; alerts go on.
                    None => break,
                },
            }
        }
        while under_way.join_next().await.is_some() {}
        stop.cancelled().await;
    }

    async fn take(&self, event: Event, stop: &CancellationToken) {
        match event {
            Event::Asked(incoming) => {
                if let Some(sample) = self.answer(incoming).await {
                    tokio::select! {
                        () = sample.finish() => {}
                        () = stop.cancelled() => {}
                    }
                }
            }
            Event::Completing(completing) => {
                let suggested = self.suggest(&completing).await;
                // The platform may have given up waiting.
                completing.answer.send(suggested).ok();
            }
            Event::Left { id, platform, place, done } => {
                info!(platform = platform.word(), %place, "the bot was removed; the subscriptions there end");
                self.note(&id, Change::Leave { platform, place }).await;
                drop(done);
            }
            Event::Moved { id, from, to, done } => {
                info!(chat = %from, %to, "a chat has moved; its subscriptions go with it");
                self.note(&id, Change::Move { from, to }).await;
                drop(done);
            }
        }
    }

    /// Notes durably what happened to chats.
    async fn note(&self, id: &RequestId, change: Change) {
        loop {
            match self.store.apply(id, vec![change.clone()], self.clock.now()).await {
                Ok(Applied::Partly) => {}
                Ok(Applied::Now | Applied::Before) => return,
                Err(cause) => {
                    return error!(id = %id.0, cause = &cause as &dyn Error, "what a platform said cannot be stored");
                }
            }
        }
    }

    /// Answers one request. Whatever happens, something is said. Gives the sample that goes on after that, if any.
    async fn answer(&self, incoming: Incoming) -> Option<Sample> {
        let stored = self.store.settings(&incoming.chat).await.unwrap_or_else(|cause| {
            warn!(chat = %incoming.chat, cause = &cause as &dyn Error, "a chat's settings cannot be read");
            None
        });
        let settings = stored.unwrap_or_else(|| self.first_settings(incoming.locale_hint));
        let outcome = self.carry_out(&incoming, settings, stored.is_none()).await;
        let (answer, sample) = outcome.unwrap_or_else(|cause| {
            let reference = incoming.id.0.to_string();
            error!(chat = %incoming.chat, reference, cause = &cause as &dyn Error, "a request failed");
            (commands::refused(&Refusal::Failed { reference }, settings, &self.catalogue), None)
        });
        let Answer { reply: message, changes, is_private, replaces, shows_sample: _ } = answer;
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
        // The platform may have given up waiting.
        incoming.answer.send(Reply { message, settings, at: self.clock.now(), is_private, replaces }).ok();
        sample
    }

    async fn carry_out(
        &self,
        incoming: &Incoming,
        settings: ChatSettings,
        is_new_chat: bool,
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
            Input::Joined => return Ok((commands::welcome(settings, &self.catalogue), None)),
            Input::Call { command, options } => Typed::Call { command, options },
        };
        let request = match commands::read(origin, typed, &self.catalogue) {
            Ok(request) => request,
            Err(refusal) => return Ok((commands::refused(&refusal, settings, &self.catalogue), None)),
        };
        let known = Known { history: self.history(&request).await?, ..self.known(&incoming.chat).await? };
        let mut answer = self.look(&known, settings, |view| commands::run(&request, view));
        if !answer.changes.is_empty() {
            if is_new_chat && incoming.locale_hint.is_some() && !has_settings(&answer.changes) {
                // From now on alerts speak the language of whoever asked for them.
                answer.changes.push(Change::Settings { chat: incoming.chat.clone(), settings });
            }
            self.store.apply(&incoming.id, answer.changes.clone(), self.clock.now()).await?;
            self.recent.forget(&incoming.chat);
            // Who types next sees the change, however busy the store is then. This reply does not depend on it.
            self.read(&incoming.chat).await.ok();
        }
        let mut sample = None;
        if answer.shows_sample {
            let Self { chat, clock, besides, .. } = self.clone();
            match sample::begin(Stage { chat, clock, besides }, &request.origin, settings).await {
                Ok(begun) => sample = Some(begun),
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
            Ok(Err(_)) | Err(_) => self.recent.of(chat).unwrap_or_default(),
        };
        let settings = settings.unwrap_or_else(|| self.first_settings(*locale_hint));
        self.look(&known, settings, |view| commands::suggest(&Partial { command, option, typed, given }, view))
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
        let subscriptions = self.store.subscriptions(chat).await?;
        let mutes = self.store.mutes(chat, self.clock.now()).await?;
        Ok(Known { subscriptions, mutes, history: Vec::new() })
    }

    /// Lets a command look at all there is.
    fn look<T>(&self, known: &Known, settings: ChatSettings, command: impl FnOnce(&View<'_>) -> T) -> T {
        command(&View {
            now: self.clock.now(),
            catalogue: &self.catalogue,
            tracks: &|service: &ServiceId| self.tracks.track(service),
            subscriptions: &known.subscriptions,
            mutes: &known.mutes,
            settings,
            components: &|service: &ServiceId| self.tracks.components(service),
            history: &known.history,
            about: self.about(),
        })
    }

    async fn history(&self, request: &Request) -> Result<Vec<Incident>, StoreError> {
        let needs = commands::needs(request);
        if let Some(incident) = needs.incident {
            return Ok(self.store.incident(&incident).await?.into_iter().collect());
        }
        match needs.history_of {
            Some(service) => self.store.history(&service, HISTORY).await,
            None => Ok(Vec::new()),
        }
    }

    fn about(&self) -> About {
        let last_tried = |track: Arc<Track>| track.sources.values().filter_map(|state| state.last_tried).max();
        About {
            version: env!("CARGO_PKG_VERSION"),
            uptime: self.clock.uptime().saturating_sub(self.started),
            last_poll: self.tracks.all().filter_map(last_tried).max(),
        }
    }
}

fn has_settings(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::Settings { .. }))
}
