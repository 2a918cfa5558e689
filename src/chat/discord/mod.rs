//! Discord as a platform.
//!
//! What is said goes through our own REST sender (`rest`), which keeps Discord's limits by what its headers say; what
//! people type comes over serenity's gateway (`gateway`) and is read from the JSON itself (`interaction`).
//! Drawing (`render`, `markup`) and declaring (`registration`) are pure.

mod answer;
mod buckets;
mod errors;
mod gateway;
mod interaction;
mod known;
mod limits;
mod markup;
mod place;
mod posting;
mod registration;
mod render;
mod rest;
mod route;
mod session;
mod token;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use url::Url;

pub use self::token::Token;
use self::{
    errors::{RestError, ended, over},
    interaction::{id, id_at},
    known::Known,
    limits::{MOST_KNOWN, SENDS_AT_ONCE},
    rest::Rest,
    route::Route,
    session::Session,
};
use crate::{
    chat::{Aside, Chat, ChatError, DeliveryError, Ended, Event, Limits, Memory, Parcel, Rate, Receipt, Standing},
    domain::{ChatId, MessageId, Platform},
};

/// What Discord is connected with.
pub struct DiscordOptions {
    /// The bot's token.
    pub token: Token,
    /// Where the API is: `https://discord.com`, a proxy or a test server.
    pub api_url: Url,
    /// Requests in a second; Discord allows 50, and more to large bots.
    pub requests_per_second: u32,
    /// What must be found again after a restart.
    pub memory: Arc<dyn Memory>,
}

/// Discord as a platform.
pub struct Discord {
    core: Arc<Core>,
}

impl fmt::Debug for Discord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Discord").field("api_url", &self.core.api_url.as_str()).finish_non_exhaustive()
    }
}

/// What sending and listening share.
struct Core {
    rest: Rest,
    token: Token,
    api_url: Url,
    overall: Rate,
    memory: Arc<dyn Memory>,
    known: Mutex<Known>,
    /// How the services stand; `None`: nobody has said.
    standing: watch::Sender<Option<Standing>>,
    /// Where messages went that are none of the outbox's.
    besides: Mutex<Vec<ChatId>>,
}

impl Discord {
    /// Discord with these options. Connects to nothing yet.
    ///
    /// # Errors
    ///
    /// [`ChatError`] when the token cannot be one or the HTTP client cannot be set up.
    pub fn new(options: DiscordOptions) -> Result<Self, ChatError> {
        let DiscordOptions { token, api_url, requests_per_second, memory } = options;
        let core = Core {
            rest: Rest::new(&api_url, &token).map_err(ended)?,
            token,
            api_url,
            overall: Rate { count: requests_per_second.max(1), per: Duration::from_secs(1) },
            memory,
            known: Mutex::default(),
            standing: watch::Sender::new(None),
            besides: Mutex::default(),
        };
        Ok(Self { core: Arc::new(core) })
    }

    /// Asks Discord whether the token is good, and says whose it is, in words for the operator.
    ///
    /// # Errors
    ///
    /// [`ChatError`] with what to do about it.
    pub async fn verify(&self) -> Result<String, ChatError> {
        let answer = self.core.rest.call(&Route::Me, None).await.map_err(|error| over(&error))?;
        let name = answer.body.get("username").and_then(Value::as_str).map(errors::plain).unwrap_or_default();
        let application = self.core.rest.call(&Route::Application, None).await.map_err(|error| over(&error))?;
        let servers = id_at(&application.body, "/approximate_guild_count").unwrap_or_default();
        Ok(format!("signed in as {name}, in about {servers} servers"))
    }
}

impl Core {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bot's application.
    async fn application(&self) -> Result<u64, RestError> {
        let answer = self.rest.call(&Route::Application, None).await?;
        answer.body.get("id").and_then(id).ok_or_else(|| RestError::Unreachable {
            reason: "Discord does not say which application the bot is".to_owned(),
            is_in_doubt: false,
        })
    }

    fn note_besides(&self, chat: ChatId) {
        let mut besides = self.besides.lock().unwrap_or_else(PoisonError::into_inner);
        if besides.len() < MOST_KNOWN {
            besides.push(chat);
        }
    }
}

#[async_trait]
impl Chat for Discord {
    fn platform(&self) -> Platform {
        Platform::Discord
    }

    fn limits(&self) -> Limits {
        Limits { edits: true, concurrency: SENDS_AT_ONCE, overall: Some(self.core.overall) }
    }

    /// Discord says in each answer how fast a channel may be written to, and changes it at will: see [`Receipt::rest`].
    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        Vec::new()
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        Box::pin(self.core.post(parcel)).await
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        Box::pin(self.core.edit(message, parcel)).await
    }

    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        Box::pin(Session::new(&self.core, inbox).run(stop)).await
    }

    fn stand(&self, standing: Standing) {
        self.core.standing.send_replace(Some(standing));
    }

    fn sent_besides(&self) -> Vec<Aside> {
        let besides = std::mem::take(&mut *self.core.besides.lock().unwrap_or_else(PoisonError::into_inner));
        besides.into_iter().map(|chat| Aside { chat, ago: Duration::ZERO }).collect()
    }
}
