//! Answering what people type: load what the command looks at, run it, make its changes, reply.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use crate::{
    app::tracks::Tracks,
    chat::{Event, Incoming, Input, Reply},
    clock::Clock,
    commands::{self, About, HISTORY, Origin, Refusal, Request, Typed, View},
    domain::{Catalogue, Change, ChatSettings, Incident, Platform},
    store::{Store, StoreError},
};

/// Requests answered at the same time.
const AT_ONCE: usize = 64;

/// Answers what people type.
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
    /// How chats that never said otherwise are spoken to, by platform.
    pub defaults: Arc<HashMap<Platform, ChatSettings>>,
    /// The clock's uptime at the program's start.
    pub started: Duration,
}

impl Answers {
    /// Answers until told to stop.
    pub async fn run(self, mut requests: mpsc::Receiver<Event>, stop: CancellationToken) {
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
                incoming = requests.recv(), if under_way.len() < AT_ONCE => match incoming {
                    Some(Event::Asked(incoming)) => {
                        let answers = self.clone();
                        under_way.spawn(async move { answers.answer(incoming).await });
                    }
                    Some(Event::Completing(_) | Event::Left { .. } | Event::Moved { .. }) => {}
                    // Nobody can type any more; alerts go on.
                    None => break,
                },
            }
        }
        while under_way.join_next().await.is_some() {}
        stop.cancelled().await;
    }

    /// Answers one request. Whatever happens, something is said.
    async fn answer(&self, incoming: Incoming) {
        let defaults = self.defaults.get(&incoming.chat.platform).copied().unwrap_or_default();
        let stored = self.store.settings(&incoming.chat).await.unwrap_or_else(|cause| {
            warn!(chat = %incoming.chat, cause = &cause as &dyn std::error::Error, "a chat's settings cannot be read");
            None
        });
        let hinted = ChatSettings { locale: incoming.locale_hint.unwrap_or(defaults.locale), ..defaults };
        let settings = stored.unwrap_or(hinted);
        let outcome = self.carry_out(&incoming, settings, stored.is_none()).await;
        let message = outcome.unwrap_or_else(|cause| {
            let reference = incoming.id.0.to_string();
            error!(chat = %incoming.chat, reference, cause = &cause as &dyn std::error::Error, "a request failed");
            commands::refused(&Refusal::Failed { reference }, settings, &self.catalogue).reply
        });
        // The platform may have given up waiting.
        incoming
            .answer
            .send(Reply { message, settings, at: self.clock.now(), is_private: false, replaces: false })
            .ok();
    }

    async fn carry_out(
        &self,
        incoming: &Incoming,
        settings: ChatSettings,
        is_new_chat: bool,
    ) -> Result<crate::domain::Message, StoreError> {
        let origin = Origin {
            id: incoming.id.clone(),
            chat: incoming.chat.clone(),
            is_private: incoming.is_private,
            may_manage: incoming.may_manage,
        };
        let typed = match &incoming.input {
            Input::Line(line) => Typed::Line(line),
            Input::Press(press) => Typed::Press(press),
            Input::Joined => Typed::Line("/help"),
            Input::Call { command, options } => Typed::Call { command, options },
        };
        let request = match commands::read(origin, typed, &self.catalogue) {
            Ok(request) => request,
            Err(refusal) => return Ok(commands::refused(&refusal, settings, &self.catalogue).reply),
        };
        let subscriptions = self.store.subscriptions(&incoming.chat).await?;
        let history = self.history(&request).await?;
        let mut answer = {
            let view = View {
                now: self.clock.now(),
                catalogue: &self.catalogue,
                tracks: &|service| self.tracks.track(service),
                subscriptions: &subscriptions,
                mutes: &[],
                settings,
                components: &|_| Arc::from([]),
                history: &history,
                about: self.about(),
            };
            commands::run(&request, &view)
        };
        if !answer.changes.is_empty() {
            if is_new_chat && incoming.locale_hint.is_some() {
                // From now on alerts speak the language of whoever asked for them.
                answer.changes.push(Change::Settings { chat: incoming.chat.clone(), settings });
            }
            self.store.apply(&incoming.id, answer.changes, self.clock.now()).await?;
        }
        Ok(answer.reply)
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
        let last_tried =
            |track: Arc<crate::domain::Track>| track.sources.values().filter_map(|state| state.last_tried).max();
        About {
            version: env!("CARGO_PKG_VERSION"),
            uptime: self.clock.uptime().saturating_sub(self.started),
            last_poll: self.tracks.all().filter_map(last_tried).max(),
        }
    }
}
