//! Telegram: one bot, by its Bot API.
//!
//! Text goes out with entities and without a parse mode, so nothing is escaped (`render`); what a refusal means is decided
//! in `errors`; every number of Telegram's stands in `limits`. Updates come by long polling or a webhook, are understood in
//! `update`, handled one chat beside the other (`lanes`), and confirmed once their effects are stored (`progress`).

mod address;
mod api;
mod below;
mod channel;
mod errors;
mod floods;
mod inline;
mod lanes;
mod limits;
mod menu;
mod polling;
mod progress;
mod reception;
mod render;
mod rests;
mod rights;
mod sender;
mod update;
mod webhook;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use teloxide::{
    payloads::{GetMe, SetMyCommandsSetters},
    requests::Requester,
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use tracing::info;
use url::Url;

use self::{
    address::Address,
    api::{Api, Failure},
    floods::Floods,
    lanes::Lanes,
    polling::Troubles,
    progress::Progress,
    reception::Reception,
    rests::Rests,
    rights::Rights,
    sender::{Letter, Sender},
    update::Identity,
};
use crate::{
    chat::{Aside, Chat, ChatError, DeliveryError, Ended, Event, Limits, Link, Memory, Parcel, Rate, Receipt, message},
    commands,
    domain::{ChatId, ChatSettings, MessageId, Platform},
    text,
};

/// Under which name it is remembered which menus are registered.
const MENUS: &str = "telegram-menus";
/// Under which name it is remembered that a webhook of ours is registered.
const WEBHOOK: &str = "telegram-webhook";

/// The bot as far as it must be known. What else Telegram says about it may be new to us.
#[derive(Deserialize)]
struct Me {
    id: u64,
    #[serde(default)]
    username: String,
}

/// What the bot is made of.
pub struct TelegramOptions {
    /// The bot's token.
    pub token: String,
    /// Where the Bot API is.
    pub api_url: Url,
    /// How updates come; `None`: they are asked for.
    pub webhook: Option<WebhookOptions>,
    /// Whether Telegram may take Stars for sending faster than bots usually may.
    pub is_paid: bool,
    /// How chats that never said otherwise are spoken to.
    pub defaults: ChatSettings,
    /// What is found again after a restart.
    pub memory: Arc<dyn Memory>,
    /// The time of day.
    pub now: DateTime<Utc>,
}

/// Where Telegram posts updates.
#[derive(Clone)]
pub struct WebhookOptions {
    /// The address Telegram posts to.
    pub url: Url,
    /// Where the program listens for it; what stands between does the TLS.
    pub listen: SocketAddr,
    /// What Telegram shows with each update: 1 to 256 of `A-Z a-z 0-9 _ -`.
    pub secret: String,
}

/// Telegram.
pub struct Telegram {
    sender: Arc<Sender>,
    rights: Arc<Rights>,
    webhook: Option<WebhookOptions>,
    defaults: ChatSettings,
    memory: Arc<dyn Memory>,
}

impl fmt::Debug for TelegramOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TelegramOptions").field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

impl fmt::Debug for WebhookOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WebhookOptions").field("listen", &self.listen).finish_non_exhaustive()
    }
}

impl fmt::Debug for Telegram {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Telegram").field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

impl Telegram {
    /// The bot as told by `options`.
    ///
    /// # Errors
    ///
    /// [`ChatError`] when the HTTP client cannot be set up.
    pub fn new(options: TelegramOptions) -> Result<Self, ChatError> {
        let TelegramOptions { token, api_url, webhook, is_paid, defaults, memory, now } = options;
        let api =
            Api::new(&token, &api_url).map_err(|cause| failed(format!("the HTTP client cannot be set up: {cause}")))?;
        let (floods, began) = (Floods::new(limits_of(is_paid).1), Instant::now());
        let floods = if is_paid { floods.with_edits() } else { floods }.just_used(began);
        let rests = Rests::new(Arc::clone(&memory), began, now);
        let sender = Arc::new(Sender { api, floods, rests, is_paid });
        Ok(Self { sender, rights: Arc::default(), webhook, defaults, memory })
    }

    /// Whether Telegram takes the token: the bot's name, such as `@foghorn_bot`.
    ///
    /// # Errors
    ///
    /// [`ChatError`] when it does not, or cannot be reached.
    pub async fn verify(&self) -> Result<String, ChatError> {
        self.identity().await.map(|me| format!("@{}", me.name)).map_err(|failure| self.explained(&failure))
    }

    async fn identity(&self) -> Result<Identity, Failure> {
        let Me { id, username } = self.sender.api.call(&GetMe::new(), limits::PATIENCE).await?;
        Ok(Identity { id, name: username })
    }

    /// Finds out who the bot is, however long it takes; `None`: it was told to stop before.
    async fn introduce(&self, stop: &CancellationToken) -> Result<Option<Identity>, ChatError> {
        let mut troubles = Troubles::default();
        loop {
            let failure = tokio::select! {
                () = stop.cancelled() => return Ok(None),
                me = self.identity() => match me {
                    Ok(me) => {
                        troubles.end();
                        return Ok(Some(me));
                    }
                    Err(failure) => failure,
                },
            };
            if failure.is_bad_token() {
                return Err(self.explained(&failure));
            }
            tokio::select! {
                () = stop.cancelled() => return Ok(None),
                () = sleep(troubles.pause(&failure)) => {}
            }
        }
    }

    /// Registers the menus of commands where they are not what was registered last.
    async fn register_menus(&self, me: &Identity) {
        let menus = menu::menus(commands::specs());
        let digest = menu::digest(&menus, me.id);
        if self.memory.recall(MENUS).await.is_some_and(|known| known == digest) {
            return;
        }
        let mut troubles = Troubles::default();
        for menu in &menus {
            loop {
                let mut request =
                    self.sender.api.bot().set_my_commands(menu.commands.clone()).scope(menu.scope.clone());
                if let Some(language) = menu.language {
                    request = request.language_code(language);
                }
                match request.await {
                    Ok(_) => break,
                    Err(error) => sleep(troubles.pause(&error.into())).await,
                }
            }
        }
        self.memory.remember(MENUS, &digest).await;
        info!(platform = "telegram", menus = menus.len(), "the menus of commands are registered");
    }

    /// Removes the webhook that an earlier run registered: with one, Telegram gives nothing to who asks.
    async fn leave_webhook(&self) {
        let mut troubles = Troubles::default();
        while self.memory.recall(WEBHOOK).await.is_some_and(|known| !known.is_empty()) {
            match self.sender.api.bot().delete_webhook().await {
                Ok(_) => self.memory.remember(WEBHOOK, "").await,
                Err(error) => sleep(troubles.pause(&error.into())).await,
            }
        }
    }

    /// A failure that ends receiving, in words for the operator.
    fn explained(&self, failure: &Failure) -> ChatError {
        let host = self.sender.api.host();
        failed(match failure {
            failure if failure.is_bad_token() => format!(
                "Telegram does not take the bot's token ({failure}). @BotFather shows the right one; it belongs into the \
                 variable or file that [telegram] in the configuration names"
            ),
            Failure::Refused { .. } => format!("Telegram cannot be used: {failure}"),
            // What to do comes first: `foghorn check` has room for a line or two.
            Failure::Lost { .. } => format!(
                "Telegram cannot be reached at {host}: check this computer's connection, firewalls and proxies, and `api_url` \
                 in [telegram] of the configuration ({failure})"
            ),
        })
    }

    async fn receive(&self, reception: &Arc<Reception>) -> Result<(), ChatError> {
        match &self.webhook {
            None => {
                tokio::select! {
                    () = reception.stop.cancelled() => return Ok(()),
                    () = self.leave_webhook() => {}
                }
                polling::run(reception).await.map_err(|failure| self.explained(&failure))
            }
            Some(options) => {
                self.memory.remember(WEBHOOK, options.url.as_str()).await;
                webhook::run(reception, options).await.map_err(|error| match error {
                    webhook::WebhookError::Telegram(failure) => self.explained(&failure),
                    webhook::WebhookError::Listen { .. } => failed(error.to_string()),
                })
            }
        }
    }

    async fn send(&self, parcel: &Parcel, replaces: Option<i32>) -> Result<Receipt, DeliveryError> {
        let Some(to) = Address::parse(&parcel.to) else {
            return Err(DeliveryError::Refused { reason: format!("{} is no chat on Telegram", parcel.to) });
        };
        let message = message::of_notice(&parcel.notice, &parcel.settings, parcel.at);
        let moment = |when, style| text::moment(&parcel.settings, when, style, parcel.at);
        let letter = Letter {
            to,
            drawn: render::draw(&message, &moment),
            answers: parcel.reply_to.as_ref().and_then(number_of),
            replaces,
            is_silent: parcel.is_silent,
        };
        let message = self.sender.deliver(&letter).await?;
        Ok(Receipt { message: MessageId(message.to_string().into()), repeats: None, rest: None })
    }
}

/// Sends at the same time, and the pace of all together.
const fn limits_of(is_paid: bool) -> (usize, Rate) {
    if is_paid { (limits::SENDS_PAID, limits::OVERALL_PAID) } else { (limits::SENDS, limits::OVERALL) }
}

fn number_of(message: &MessageId) -> Option<i32> {
    message.0.parse().ok()
}

const fn failed(reason: String) -> ChatError {
    ChatError { platform: Platform::Telegram, reason }
}

#[async_trait]
impl Chat for Telegram {
    fn platform(&self) -> Platform {
        Platform::Telegram
    }

    fn knows_repeats(&self) -> bool {
        false
    }

    fn limits(&self) -> Limits {
        let (concurrency, overall) = limits_of(self.sender.is_paid);
        Limits { edits: true, concurrency, overall: Some(overall) }
    }

    fn rates(&self, chat: &ChatId) -> Vec<Rate> {
        let is_group = Address::parse(chat).is_some_and(Address::is_group);
        if is_group { vec![limits::CHAT, limits::GROUP] } else { vec![limits::CHAT] }
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.send(parcel, None).await
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let number = number_of(message).ok_or(DeliveryError::MessageGone)?;
        self.send(parcel, Some(number)).await
    }

    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        let Some(me) = self.introduce(&stop).await? else { return Ok(Ended::Stopped) };
        info!(platform = "telegram", bot = me.name, "connected");
        let reception = Arc::new(Reception {
            sender: Arc::clone(&self.sender),
            rights: Arc::clone(&self.rights),
            me: me.clone(),
            defaults: self.defaults,
            inbox,
            stop: stop.clone(),
            progress: Progress::default(),
            grown: Mutex::default(),
            below: Arc::default(),
            updates: Lanes::new(limits::AT_ONCE, limits::WAITING, limits::HANDLING),
            replies: Lanes::new(limits::REPLIES_AT_ONCE, limits::REPLIES_WAITING, 2 * limits::REPLY_WAIT),
        });
        // What is asked for in the menus must not wait for them.
        let menus = async {
            self.register_menus(&me).await;
            std::future::pending::<()>().await;
        };
        let received = tokio::select! {
            biased;
            received = self.receive(&reception) => received,
            () = menus => Ok(()),
            // Whoever lets updates be posted notices it by nothing else than what is sent.
            failure = self.sender.api.revoked() => Err(self.explained(&failure)),
        };
        self.sender.api.link.stands(false);
        reception.finish().await;
        received.map(|()| Ended::Stopped)
    }

    fn link(&self) -> Link {
        self.sender.api.link.link()
    }

    fn sent_besides(&self) -> Vec<Aside> {
        self.sender.floods.take_besides(Instant::now())
    }
}
