//! The platforms people read on, behind one trait.

pub mod console;
pub mod discord;
mod link;
pub mod message;
pub mod telegram;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::{
    commands::Completion,
    domain::{ChatId, ChatSettings, Locale, Message, MessageId, Notice, Platform, RequestId, Resumption},
};

pub use link::Link;

/// One platform.
#[async_trait]
pub trait Chat: Send + Sync {
    /// Which.
    fn platform(&self) -> Platform;

    /// What the platform can do and how fast it may be asked to.
    fn limits(&self) -> Limits;

    /// How fast messages may go to this chat; all of the rates hold.
    fn rates(&self, chat: &ChatId) -> Vec<Rate>;

    /// Posts a new message.
    ///
    /// # Errors
    ///
    /// [`DeliveryError`] says what to do next.
    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError>;

    /// Makes a message that was posted before say something new. Only called where [`Limits::edits`] says so. The receipt
    /// names the message that says it now: another one where the old one cannot be changed any more.
    ///
    /// # Errors
    ///
    /// [`DeliveryError`] says what to do next.
    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError>;

    /// Whether the platform, or the adapter, knows a message again that is sent a second time under the same nonce. Where not,
    /// one in doubt is sent again late, and rather twice than not at all.
    fn knows_repeats(&self) -> bool {
        true
    }

    /// Receives what people type and hands it to `inbox` until `stop`, reconnecting by itself.
    ///
    /// # Errors
    ///
    /// [`ChatError`] when it can receive no more.
    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError>;

    /// Every source has been tried once since the start, so answers are as good as they get. Called once.
    fn ready(&self) {}

    /// How the watched services stand, whenever that changes; for a platform that shows it beside the bot's name.
    fn stand(&self, _standing: Standing) {}

    /// How the way to the platform is. Asked at any time, and answered without asking anybody.
    fn link(&self) -> Link {
        Link::UNBREAKABLE
    }

    /// The messages that are none of the outbox's, such as replies, since this was last asked: they count for the platform's
    /// limits too.
    fn sent_besides(&self) -> Vec<Aside> {
        Vec::new()
    }
}

/// How the watched services stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many are watched.
    pub watched: usize,
    /// How many of them are not well.
    pub not_well: usize,
}

/// A few words that an adapter must find again after a restart, such as what it has registered.
#[async_trait]
pub trait Memory: Send + Sync {
    /// What was remembered under a name, `None` for nothing or when it cannot be found out now.
    async fn recall(&self, name: &str) -> Option<String>;

    /// Remembers words under a name in place of what was there. What cannot be stored is logged and forgotten.
    async fn remember(&self, name: &str, words: &str);

    /// The chats of a platform that have subscriptions, by address; `None` when that cannot be found out now.
    async fn subscribers(&self, _platform: Platform) -> Option<Vec<Subscriber>> {
        None
    }
}

/// A chat that has subscriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Which.
    pub chat: ChatId,
    /// How it wants to be spoken to.
    pub settings: ChatSettings,
}

/// What a platform says to a token that works, for the operator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Whose token it is, in a few words.
    pub words: String,
    /// What is good to know, a sentence each.
    pub notes: Vec<String>,
    /// What keeps alerts from chats that asked for them, a sentence each.
    pub faults: Vec<String>,
}

/// A message that is none of the outbox's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it went.
    pub chat: ChatId,
    /// How long ago, at most.
    pub ago: Duration,
}

/// What a platform can do and how fast it may be asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Whether posted messages can be changed. Where not, what would be an edit is posted.
    pub edits: bool,
    /// Sends under way at the same time.
    pub concurrency: usize,
    /// For everything together; `None`: no limit.
    pub overall: Option<Rate>,
}

/// So many in so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many may come at once, and in each span.
    pub count: u32,
    /// The span.
    pub per: Duration,
}

/// What a platform says of a message it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The platform's name for the message.
    pub message: MessageId,
    /// The platform knew the nonce: this very message had been sent before, at this time, and shows what it said then.
    pub repeats: Option<DateTime<Utc>>,
    /// The platform says that this chat must rest so long before the next message.
    pub rest: Option<Duration>,
}

/// One notice on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// To whom.
    pub to: ChatId,
    /// What is told.
    pub notice: Notice,
    /// How the chat wants to be spoken to.
    pub settings: ChatSettings,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// The same for every repetition of one send, different for any other: 16 hexadecimal digits.
    pub nonce: String,
    /// Whether it may be there already: an earlier try under this nonce was never answered.
    pub may_repeat: bool,
    /// Whether it is to make no sound, where the platform can send so.
    pub is_silent: bool,
    /// Now, for words such as "5 minutes ago".
    pub at: DateTime<Utc>,
}

/// Why a message was not delivered, by what to do next.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// Too fast: wait at least so long; not counted as a try.
    #[error("the platform asks to wait {} ms", after.as_millis())]
    RateLimited {
        /// How long.
        after: Duration,
        /// Whether all chats must wait, not just this one.
        everywhere: bool,
    },
    /// Not sent, and the platform not asked: the adapter knows that it would be too fast. Wait so long; not counted as a try.
    #[error("it is too early by {} ms", after.as_millis())]
    Early {
        /// How long.
        after: Duration,
        /// Whether all chats must wait, not just this one.
        everywhere: bool,
    },
    /// Not now: try again later.
    #[error("the platform cannot be reached or does not answer well: {reason}")]
    Temporary {
        /// What happened, without secrets.
        reason: String,
        /// Whether the message may have arrived all the same: it was sent, and the answer is missing or unclear.
        is_in_doubt: bool,
    },
    /// The message to edit is not there any more.
    #[error("the message is gone")]
    MessageGone,
    /// Nothing can be written there now, though the chat may still be: missing rights, an archived thread, a closed topic.
    /// It rests, and is tried again now and then; people may mend it.
    #[error("the chat cannot be written to: {reason}")]
    Barred {
        /// What the platform said.
        reason: String,
    },
    /// The chat is gone: kicked, blocked, deleted. It rests until the platform says that the bot is back ([`Event::Back`]).
    #[error("the chat is gone: {reason}")]
    Gone {
        /// What the platform said.
        reason: String,
    },
    /// The chat has a new address.
    #[error("the chat has moved to {to}")]
    Moved {
        /// The new one.
        to: ChatId,
    },
    /// The platform refuses this message: the fault is ours.
    #[error("the platform refuses the message: {reason}")]
    Refused {
        /// What the platform said.
        reason: String,
    },
}

/// Why a platform receives no more.
#[derive(Debug, thiserror::Error)]
#[error("{platform} receives no more: {reason}", platform = .platform.word())]
pub struct ChatError {
    /// Which platform.
    pub platform: Platform,
    /// What happened, without secrets.
    pub reason: String,
}

/// How listening ended by itself or by `stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was told to.
    Stopped,
    /// The person at the console left: end of input, or `/quit`.
    Left,
}

/// What a platform hands to the program.
#[derive(Debug)]
pub enum Event {
    /// A person asks for something.
    Asked(Incoming),
    /// A person is typing an option.
    Completing(Completing),
    /// The bot was thrown out of a place or blocked there; it may come back.
    Lost {
        /// The event's name, the same when the platform delivers it again.
        id: RequestId,
        /// On which platform.
        platform: Platform,
        /// The chat with this address, and all whose address begins with it and a slash.
        place: Arc<str>,
        /// What happened, for the operator.
        reason: &'static str,
        /// Told when it is noted durably; dropped when it cannot be noted now.
        done: oneshot::Sender<()>,
    },
    /// The bot may be able to write again where it could not.
    Back {
        /// The event's name, the same when the platform delivers it again.
        id: RequestId,
        /// On which platform.
        platform: Platform,
        /// The address.
        place: Arc<str>,
        /// How that is known, and whether it is said of what is below the address as well.
        why: Resumption,
        /// Told when it is noted durably; dropped when it cannot be noted now.
        done: oneshot::Sender<()>,
    },
    /// The bot was removed from a place for good, or the place itself.
    Left {
        /// The event's name, the same when the platform delivers it again.
        id: RequestId,
        /// On which platform.
        platform: Platform,
        /// The chat with this address, and all whose address begins with it and a slash.
        place: Arc<str>,
        /// Told when it is noted durably; dropped when it cannot be noted now.
        done: oneshot::Sender<()>,
    },
    /// A chat has a new address.
    Moved {
        /// The event's name, the same when the platform delivers it again.
        id: RequestId,
        /// The old address.
        from: ChatId,
        /// The new one.
        to: ChatId,
        /// Told when it is noted durably; dropped when it cannot be noted now.
        done: oneshot::Sender<()>,
    },
}

/// A person is typing an option of a command.
#[derive(Debug)]
pub struct Completing {
    /// Where.
    pub chat: ChatId,
    /// The command's name, without slash.
    pub command: String,
    /// The option that is being typed.
    pub option: String,
    /// What was typed of it.
    pub typed: String,
    /// The other options, as far as they are given.
    pub given: Vec<(String, String)>,
    /// The language the platform says the person reads; `None`: unknown.
    pub locale_hint: Option<Locale>,
    /// Where what it can be goes: at most 25.
    pub answer: oneshot::Sender<Vec<Completion>>,
}

/// Something a person typed or pressed.
#[derive(Debug)]
pub struct Incoming {
    /// Its name, the same when the platform delivers it again.
    pub id: RequestId,
    /// Where.
    pub chat: ChatId,
    /// Whether only one person reads there.
    pub is_private: bool,
    /// Whether the person may change the chat's subscriptions.
    pub may_manage: bool,
    /// The language the platform says the person reads; `None`: unknown.
    pub locale_hint: Option<Locale>,
    /// What was typed.
    pub input: Input,
    /// Where the answer goes; dropped when there is none to give.
    pub answer: oneshot::Sender<Reply>,
}

/// What was typed, as the platform hands it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A line such as `/subscribe whatsapp major_outage`.
    Line(String),
    /// A command whose options the platform has told apart.
    Call {
        /// The command's name, without slash.
        command: String,
        /// Option name and value, as given.
        options: Vec<(String, String)>,
    },
    /// The words of a button ([`crate::domain::Act::Press`]) below one of the bot's messages.
    Press(String),
    /// Nothing was typed: the bot has just come to this chat and introduces itself.
    Joined,
}

/// The answer to something typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it says.
    pub message: Message,
    /// How the chat wants to be spoken to.
    pub settings: ChatSettings,
    /// Now, for words such as "5 minutes ago".
    pub at: DateTime<Utc>,
    /// Whether only the person who asked needs to see it, where the platform can do that.
    pub is_private: bool,
    /// Whether it takes the place of the message whose button was pressed: a page turned, a choice made.
    pub replaces: bool,
}

/// A platform shared by those who send and those who listen.
pub type SharedChat = Arc<dyn Chat>;
