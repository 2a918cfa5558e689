//! Discord as a platform.
//!
//! What is said goes through our own REST sender (`rest`), which keeps Discord's limits by what its headers say; what
//! people type comes over serenity's gateway (`gateway`) and is read from the JSON itself (`interaction`).
//! Drawing (`render`, `markup`) and declaring (`registration`) are pure.

mod answer;
mod bars;
mod buckets;
#[cfg(test)]
mod desk;
mod earlier;
mod errors;
mod forum;
mod gateway;
mod greeting;
mod interaction;
mod known;
mod limits;
mod markup;
mod missing;
mod place;
mod posting;
mod publishing;
mod registration;
mod render;
mod rest;
mod rights;
mod route;
mod server;
mod session;
mod survey;
mod token;
mod unwelcome;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::{Mutex as Turns, mpsc, watch};
use tokio_util::sync::CancellationToken;
use url::Url;

pub use self::token::Token;
use self::{
    earlier::Doubts,
    errors::{RestError, ended, over},
    interaction::id,
    known::Known,
    limits::{PUBLICATIONS_WAITING, SENDS_AT_ONCE},
    place::Place,
    publishing::{Kept, Publication},
    rest::{Notes, Rest},
    route::Route,
    session::Session,
};
use crate::{
    chat::{
        Chat, ChatError, DeliveryError, Ended, Event, Limits, Link, Memory, Parcel, Rate, Receipt, Standing, Verified,
    },
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
    /// The time of day now.
    pub now: DateTime<Utc>,
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
    /// What was sent by this program and not answered.
    doubts: Mutex<Doubts>,
    /// The bot's own id, once somebody needed it.
    own: OnceLock<u64>,
    /// How the services stand; `None`: nobody has said.
    standing: watch::Sender<Option<Standing>>,
    /// What is to be published, on its way to who does that while listening.
    publish: mpsc::Sender<Publication>,
    publications: Turns<mpsc::Receiver<Publication>>,
    /// The same, as it is remembered.
    kept: Kept,
}

impl Discord {
    /// Discord with these options. Connects to nothing yet.
    ///
    /// # Errors
    ///
    /// [`ChatError`] when the token cannot be one or the HTTP client cannot be set up.
    pub fn new(options: DiscordOptions) -> Result<Self, ChatError> {
        let DiscordOptions { token, api_url, requests_per_second, memory, now } = options;
        Ok(Self { core: Arc::new(Core::new(token, api_url, requests_per_second, memory, now)?) })
    }

    /// Asks Discord whether the token is good, whose it is, and where alerts would not arrive, in words for the operator.
    ///
    /// # Errors
    ///
    /// [`ChatError`] with what to do about it.
    pub async fn verify(&self) -> Result<Verified, ChatError> {
        Box::pin(self.core.verify()).await.map_err(|error| over(&error))
    }
}

impl Core {
    fn new(
        token: Token,
        api_url: Url,
        per_second: u32,
        memory: Arc<dyn Memory>,
        now: DateTime<Utc>,
    ) -> Result<Self, ChatError> {
        let (publish, publications) = mpsc::channel(PUBLICATIONS_WAITING);
        Ok(Self {
            rest: Rest::new(&api_url, &token, per_second, Notes::new(&memory, now)).map_err(ended)?,
            token,
            api_url,
            overall: Rate { count: per_second.max(1), per: Duration::from_secs(1) },
            memory,
            known: Mutex::default(),
            doubts: Mutex::default(),
            own: OnceLock::new(),
            standing: watch::Sender::new(None),
            publish,
            publications: Turns::new(publications),
            kept: Kept::default(),
        })
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn doubts(&self) -> MutexGuard<'_, Doubts> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something in a parcel's chat, unless it is likely to be refused there and was tried a moment ago.
    async fn where_possible(
        &self,
        parcel: &Parcel,
        act: impl Future<Output = Result<Receipt, DeliveryError>>,
    ) -> Result<Receipt, DeliveryError> {
        let place = Place::of(&parcel.to.address);
        let Some((place, channel)) = place.and_then(|place| Some((place, place.channel()?))) else { return act.await };
        // What is in no server stands for itself.
        let around = place.guild().unwrap_or(channel);
        let hold = self.rest.hold_of_barred();
        let attempt = self.known().bars.attempt(around, channel, hold, Instant::now(), fastrand::f64());
        attempt.map_err(|after| DeliveryError::Early { after, everywhere: false })?;
        let answer = act.await;
        match answer {
            Ok(_) => self.known().bars.clear(around, channel),
            Err(DeliveryError::Barred { .. }) => self.known().bars.bar(around, channel, Instant::now()),
            Err(
                DeliveryError::RateLimited { .. }
                | DeliveryError::Early { .. }
                | DeliveryError::Temporary { .. }
                | DeliveryError::MessageGone
                | DeliveryError::Gone { .. }
                | DeliveryError::Moved { .. }
                | DeliveryError::Refused { .. },
            ) => {}
        }
        answer
    }

    /// The bot's application.
    async fn application(&self) -> Result<u64, RestError> {
        let answer = self.rest.call(&Route::Application, None).await?;
        answer.body.get("id").and_then(id).ok_or_else(|| unsaid("which application the bot is"))
    }

    /// The bot's own id.
    async fn own_id(&self) -> Result<u64, RestError> {
        if let Some(own) = self.own.get() {
            return Ok(*own);
        }
        let answer = self.rest.call(&Route::Me, None).await?;
        let own = answer.body.get("id").and_then(id).ok_or_else(|| unsaid("who the bot is"))?;
        Ok(*self.own.get_or_init(|| own))
    }
}

fn unsaid(what: &str) -> RestError {
    RestError::Unreachable { reason: format!("Discord does not say {what}"), is_in_doubt: false }
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
        self.core.where_possible(parcel, Box::pin(self.core.post(parcel))).await
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.core.where_possible(parcel, Box::pin(self.core.edit(message, parcel))).await
    }

    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        let ended = Box::pin(Session::new(&self.core, inbox).run(stop)).await;
        self.core.rest.link.stands(false);
        ended
    }

    fn link(&self) -> Link {
        self.core.rest.link.link()
    }

    fn stand(&self, standing: Standing) {
        self.core.standing.send_replace(Some(standing));
    }
}
