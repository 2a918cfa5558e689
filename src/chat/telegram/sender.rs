//! Sending messages, whoever they are for: alerts of the outbox and replies to what people typed.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, de::IgnoredAny};
use teloxide::{
    payloads::{EditMessageText, SendMessage},
    types::{LinkPreviewOptions, MessageId as TelegramMessage, Recipient, ReplyMarkup, ReplyParameters},
};
use tokio::time::{Instant, sleep};
use tracing::{debug, error, info, warn};

use super::{
    address::Address,
    api::{Api, Failure},
    errors::{Try, Verdict, judge},
    floods::{EditPlace, Floods, Wait},
    limits,
    render::{Drawn, bare},
    rests::Rests,
};
use crate::chat::DeliveryError;

/// What sends messages.
pub(super) struct Sender {
    /// The way to Telegram.
    pub(super) api: Api,
    /// What is remembered of the pace.
    pub(super) floods: Floods,
    /// What of it the next program must know.
    pub(super) rests: Rests,
    /// Whether Telegram is paid for a faster pace.
    pub(super) is_paid: bool,
}

/// A message on its way.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// Where to.
    pub(super) to: Address,
    /// What it says.
    pub(super) drawn: Drawn,
    /// The message it answers.
    pub(super) answers: Option<i32>,
    /// The message it takes the place of.
    pub(super) replaces: Option<i32>,
    /// Whether it makes no sound.
    pub(super) is_silent: bool,
}

/// A message as far as it must be known once it is sent. What else Telegram says about it may be new to us: it is sent.
#[derive(Deserialize)]
struct Sent {
    message_id: i32,
}

impl Sender {
    /// Sends a message of the outbox, unless what went to other topics of its group says that it is too early.
    ///
    /// # Errors
    ///
    /// [`DeliveryError`] says what to do next.
    pub(super) async fn deliver(&self, letter: &Letter) -> Result<i32, DeliveryError> {
        self.rests.recall(&self.floods).await;
        let _place = match letter.replaces {
            Some(_) => Some(self.floods.edit(Instant::now()).map_err(early)?),
            None => None,
        };
        match self.floods.hold(letter.to, Instant::now()) {
            Some(Wait { after, everywhere }) => Err(DeliveryError::Early { after, everywhere }),
            None => self.send(letter).await,
        }
    }

    /// Sends an answer to what somebody typed or pressed, and gives the number of the message that tells it. It is tried a
    /// few times, and waits where Telegram asks for it, until `deadline`; after that nobody remembers the question.
    pub(super) async fn reply(self: Arc<Self>, mut letter: Letter, deadline: Instant) -> Option<i32> {
        let mut attempt = 1;
        loop {
            let turn = match self.turn(letter.to, deadline).await {
                Ok(()) if letter.replaces.is_some() => self.edit_turn(deadline).await.map(Some),
                turn => turn.map(|()| None),
            };
            let sent = match turn {
                Ok(_place) => self.send(&letter).await,
                Err(error) => {
                    left_out(&letter, &error);
                    return None;
                }
            };
            let error = match sent {
                Ok(message) => return Some(message),
                Err(error) => error,
            };
            let pause = limits::FIRST_PAUSE * 2_u32.saturating_pow(attempt - 1);
            match error {
                // How long it takes is remembered, and the next turn waits for it.
                DeliveryError::RateLimited { .. } | DeliveryError::Early { .. } => continue,
                // Nobody there to read it, or no right to write: nothing that is wrong here.
                DeliveryError::Gone { reason } | DeliveryError::Barred { reason } => {
                    debug!(chat = %letter.to.chat_id(), reason, "a reply cannot be written there");
                    return None;
                }
                error if attempt == limits::REPLY_TRIES => {
                    left_out(&letter, &error);
                    return None;
                }
                DeliveryError::Temporary { .. } => sleep(pause).await,
                DeliveryError::MessageGone => letter.replaces = None,
                DeliveryError::Moved { ref to } if let Some(to) = Address::parse(to) => {
                    letter = Letter { to, answers: None, replaces: None, ..letter };
                }
                DeliveryError::Moved { .. } | DeliveryError::Refused { .. } => {
                    left_out(&letter, &error);
                    return None;
                }
            }
            attempt += 1;
        }
    }

    /// Waits until a reply may go at the pace of its chat and of all.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::Early`] when that would be after `deadline`.
    async fn turn(&self, to: Address, deadline: Instant) -> Result<(), DeliveryError> {
        self.rests.recall(&self.floods).await;
        while let Some(wait) = self.floods.chat_wait(to, Instant::now()) {
            sleep_within(wait, deadline).await?;
        }
        let _place = self.floods.place();
        while let Some(wait) = self.floods.besides(to, Instant::now()) {
            sleep_within(wait, deadline).await?;
        }
        Ok(())
    }

    /// Waits until an edit may go.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::Early`] when that would be after `deadline`.
    async fn edit_turn(&self, deadline: Instant) -> Result<EditPlace<'_>, DeliveryError> {
        loop {
            match self.floods.edit(Instant::now()) {
                Ok(place) => return Ok(place),
                Err(wait) => sleep_within(wait, deadline).await?,
            }
        }
    }

    /// Sends or edits, and once more without anything but the words when Telegram does not like how it is made.
    async fn send(&self, letter: &Letter) -> Result<i32, DeliveryError> {
        let tried = if letter.replaces.is_some() { Try::Edit } else { Try::Post };
        let done = || letter.replaces.unwrap_or_default();
        let failure = match self.try_once(letter).await {
            Ok(message) => return Ok(message),
            Err(failure) => failure,
        };
        let told = failure.to_string();
        match judge(failure, tried) {
            Verdict::Done => return Ok(done()),
            Verdict::Failed(error) => return Err(self.noted(error, letter.to).await),
            Verdict::Simpler => {
                error!(chat = %letter.to.chat_id(), told, "Telegram does not take a message as it is drawn; sending its words alone");
            }
        }
        match self.try_once(&Letter { drawn: bare(&letter.drawn), ..letter.clone() }).await {
            Ok(message) => Ok(message),
            Err(failure) => {
                let reason = failure.to_string();
                match judge(failure, tried) {
                    Verdict::Done => Ok(done()),
                    Verdict::Simpler => Err(DeliveryError::Refused { reason }),
                    Verdict::Failed(error) => Err(self.noted(error, letter.to).await),
                }
            }
        }
    }

    async fn try_once(&self, letter: &Letter) -> Result<i32, Failure> {
        let Drawn { text, entities, keyboard } = letter.drawn.clone();
        let chat = Recipient::Id(letter.to.recipient());
        let no_preview = Some(LinkPreviewOptions {
            is_disabled: true,
            url: None,
            prefer_small_media: false,
            prefer_large_media: false,
            show_above_text: false,
        });
        if let Some(message) = letter.replaces {
            let mut edit = EditMessageText::new(chat, TelegramMessage(message), text);
            edit.entities = Some(entities);
            edit.link_preview_options = no_preview;
            edit.reply_markup = keyboard;
            let _: IgnoredAny = self.api.call(&edit, limits::PATIENCE).await?;
            return Ok(message);
        }
        let mut post = SendMessage::new(chat, text);
        post.entities = Some(entities);
        post.message_thread_id = letter.to.thread_id();
        post.link_preview_options = no_preview;
        post.disable_notification = letter.is_silent.then_some(true);
        post.allow_paid_broadcast = self.is_paid.then_some(true);
        post.reply_markup = keyboard.map(ReplyMarkup::InlineKeyboard);
        post.reply_parameters =
            letter.answers.map(|message| ReplyParameters::new(TelegramMessage(message)).allow_sending_without_reply());
        let Sent { message_id } = self.api.call(&post, limits::PATIENCE).await?;
        Ok(message_id)
    }

    /// The error as it is after what was remembered of others like it.
    async fn noted(&self, error: DeliveryError, to: Address) -> DeliveryError {
        let DeliveryError::RateLimited { after: named, .. } = error else { return error };
        let Wait { after, everywhere } = self.floods.refused(to.chat, named, Instant::now());
        if named > limits::SHORT_REST {
            self.rests.remember(&self.floods).await;
            info!(chat = %to.chat_id(), seconds = named.as_secs(), "Telegram wants nothing sent to a chat for a while; it waits");
        }
        DeliveryError::RateLimited { after, everywhere }
    }
}

const fn early(after: Duration) -> DeliveryError {
    DeliveryError::Early { after, everywhere: false }
}

async fn sleep_within(after: Duration, deadline: Instant) -> Result<(), DeliveryError> {
    if Instant::now() + after > deadline {
        return Err(early(after));
    }
    sleep(after).await;
    Ok(())
}

fn left_out(letter: &Letter, cause: &DeliveryError) {
    warn!(chat = %letter.to.chat_id(), %cause, "a reply was not sent");
}
