//! What an update means. Pure: what came in, our own types out.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;
use teloxide::types::{
    CallbackQuery, ChatKind, ChatMemberKind, ChatMemberUpdated, ChatPublic, InlineQuery, MaybeInaccessibleMessage,
    Message, MessageEntity, PublicChatKind, PublicChatSupergroup, Update, UpdateKind, User,
};

use url::Url;

use super::{address::Address, limits};
use crate::{
    commands::{self, Permission},
    domain::{IncidentId, Locale, Platform, clean_line},
};

/// The bot itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// Its number.
    pub(super) id: u64,
    /// Its name, without `@`.
    pub(super) name: String,
}

/// What an update means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Somebody typed something that is meant for the bot.
    Said(Said),
    /// Somebody pressed a button.
    Pressed(Pressed),
    /// Somebody typed behind the bot's name in any chat.
    Sought(Sought),
    /// The bot came to a group.
    Joined {
        /// Which.
        chat: i64,
        /// The language of who brought it.
        locale: Option<Locale>,
    },
    /// The bot may post in a channel from now on.
    Appointed(Appointed),
    /// The bot may write again where it may not have been able to: it was unblocked, its rights were changed, a topic was
    /// opened again.
    Back {
        /// Where.
        at: Address,
        /// Whether that is said of all topics.
        below: bool,
    },
    /// The bot was removed, or blocked by the person it talked with.
    Left {
        /// From where.
        chat: i64,
    },
    /// A group became a supergroup.
    Moved {
        /// The group's number.
        from: i64,
        /// The supergroup's.
        to: i64,
    },
    /// Nothing that is meant for the bot.
    Nothing,
    /// An update that cannot be read.
    Garbled,
}

/// Something typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Where.
    pub(super) at: Address,
    /// Whether only one person reads there.
    pub(super) is_private: bool,
    /// Whether it stands in a channel, where nobody expects replies to point at posts.
    pub(super) is_post: bool,
    /// What.
    pub(super) line: String,
    /// The message's number.
    pub(super) message: i32,
    /// Who.
    pub(super) by: Speaker,
    /// The language of who typed it.
    pub(super) locale: Option<Locale>,
}

/// Who typed something, as far as it says what they may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// Somebody who manages the chat, as the message itself shows: its owner, an anonymous administrator, a channel.
    Manager,
    /// A person whose rights Telegram must be asked for.
    Person(u64),
    /// Somebody who hides behind another chat.
    Stranger,
}

/// A pressed button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pressed {
    /// What the answer must name.
    pub(super) query: String,
    /// The message below which it is, with its chat; `None` for messages that Telegram no longer knows where.
    pub(super) below: Option<(Address, i32)>,
    /// Whether only one person reads there.
    pub(super) is_private: bool,
    /// Whether it is a channel, in which readers say nothing.
    pub(super) is_channel: bool,
    /// Whether it stands in one of a forum's topics and Telegram does not say any more in which.
    pub(super) is_astray: bool,
    /// The button's words.
    pub(super) words: String,
    /// Who pressed it.
    pub(super) by: u64,
    /// Their language.
    pub(super) locale: Option<Locale>,
}

/// Something typed behind the bot's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    /// What the answer must name.
    pub(super) query: String,
    /// What was typed.
    pub(super) words: String,
    /// By whom.
    pub(super) by: i64,
    /// Their language.
    pub(super) locale: Option<Locale>,
}

/// The bot may post in a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Appointed {
    /// The channel.
    pub(super) chat: i64,
    /// What people call the channel.
    pub(super) title: String,
    /// What is typed to name it.
    pub(super) handle: String,
    /// Who gave the right.
    pub(super) by: i64,
    /// Their language.
    pub(super) locale: Option<Locale>,
}

/// The longest title of a chat that is repeated.
const TITLE: usize = 80;

impl Heard {
    /// What must be handled one after the other: what concerns one chat.
    pub(super) const fn lane(&self) -> i64 {
        match self {
            Self::Said(said) => said.at.chat,
            Self::Pressed(Pressed { below: Some((at, _)), .. }) => at.chat,
            Self::Pressed(Pressed { by, .. }) => by.cast_signed(),
            Self::Sought(sought) => sought.by,
            Self::Back { at, .. } => at.chat,
            Self::Joined { chat, .. } | Self::Left { chat } | Self::Moved { from: chat, .. } => *chat,
            Self::Appointed(appointed) => appointed.by,
            Self::Nothing | Self::Garbled => 0,
        }
    }
}

/// An update as it came. What is marked in a text in a way that is new to us is left out; teloxide would read nothing of such
/// a message.
pub(super) struct Raw(pub(super) Update);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut raw = Value::deserialize(deserializer)?;
        leave_out_new_marks(&mut raw);
        // teloxide's reader wants the keys' own text, which a value has no more.
        serde_json::from_str::<Update>(&raw.to_string()).map(Self).map_err(D::Error::custom)
    }
}

fn leave_out_new_marks(raw: &mut Value) {
    match raw {
        Value::Object(fields) => {
            for (name, field) in fields {
                let holds_marks = name == "entities" || name == "caption_entities";
                match field.as_array_mut().filter(|_| holds_marks) {
                    Some(entities) => entities.retain(|entity| MessageEntity::deserialize(entity).is_ok()),
                    None => leave_out_new_marks(field),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out_new_marks),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What an update means to the bot of this name.
pub(super) fn understand(update: &Update, me: &Identity) -> Heard {
    match &update.kind {
        UpdateKind::Message(message) => said(message, me, false),
        UpdateKind::ChannelPost(message) => said(message, me, true),
        UpdateKind::CallbackQuery(query) => pressed(query),
        UpdateKind::InlineQuery(query) => sought(query),
        UpdateKind::MyChatMember(change) => membership(change),
        UpdateKind::Error(_) => Heard::Garbled,
        // None of these is asked for.
        UpdateKind::EditedMessage(_)
        | UpdateKind::EditedChannelPost(_)
        | UpdateKind::BusinessConnection(_)
        | UpdateKind::BusinessMessage(_)
        | UpdateKind::EditedBusinessMessage(_)
        | UpdateKind::DeletedBusinessMessages(_)
        | UpdateKind::MessageReaction(_)
        | UpdateKind::MessageReactionCount(_)
        | UpdateKind::ChosenInlineResult(_)
        | UpdateKind::ShippingQuery(_)
        | UpdateKind::PreCheckoutQuery(_)
        | UpdateKind::PurchasedPaidMedia(_)
        | UpdateKind::Poll(_)
        | UpdateKind::PollAnswer(_)
        | UpdateKind::ChatMember(_)
        | UpdateKind::ChatJoinRequest(_)
        | UpdateKind::ChatBoost(_)
        | UpdateKind::RemovedChatBoost(_) => Heard::Nothing,
    }
}

fn said(message: &Message, me: &Identity, is_post: bool) -> Heard {
    if let Some(to) = message.migrate_to_chat_id() {
        return Heard::Moved { from: message.chat.id.0, to: to.0 };
    }
    if message.forum_topic_reopened().is_some() || message.general_forum_topic_unhidden().is_some() {
        return Heard::Back { at: Address::of_message(message), below: false };
    }
    let Some(line) = message.text().map(str::trim).filter(|line| !line.is_empty()) else { return Heard::Nothing };
    let is_private = message.chat.is_private();
    // What somebody sent by the bot's inline mode is an answer of the bot's own and no question. And the discussion group of a
    // channel gets each of its posts once more; it was answered in the channel.
    let is_own = message.via_bot.as_ref().is_some_and(|bot| bot.id.0 == me.id);
    if is_own || message.is_automatic_forward() || !is_meant(line, is_private, me) {
        return Heard::Nothing;
    }
    let is_same_chat = message.sender_chat.as_ref().map(|sender| sender.id == message.chat.id);
    let by = match (is_same_chat, &message.from) {
        _ if is_private || is_post => Speaker::Manager,
        (Some(true), _) => Speaker::Manager,
        (None, Some(person)) => Speaker::Person(person.id.0),
        (Some(false), _) | (None, None) => Speaker::Stranger,
    };
    Heard::Said(Said {
        at: Address::of_message(message),
        is_private,
        is_post,
        line: linked(line).filter(|_| is_private).unwrap_or_else(|| line.to_owned()),
        message: message.id.0,
        by,
        locale: message.from.as_ref().and_then(locale_of),
    })
}

/// Whether a button asks for an incident's timeline.
pub(super) fn asks_for_story(words: &str) -> bool {
    words.strip_prefix("incident ").and_then(IncidentId::parse).is_some()
}

/// The link that asks for the same as a button in the private chat of whoever follows it: the button's words with underscores
/// between them. `None` when these are no words that anybody may say, or none that a link can carry.
pub(super) fn private_link(words: &str, me: &Identity) -> Option<Url> {
    let (command, rest) = words.split_once(' ').unwrap_or((words, ""));
    let start = format!("{command}_{}", rest.replace(' ', "_"));
    let is_carried = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_' || letter == b'-';
    if start.len() > limits::START || words.contains('_') || !start.bytes().all(is_carried) || !is_anybodys(command) {
        return None;
    }
    let named = format!("https://t.me/{}?start={start}", me.name);
    Url::parse(&named).ok().filter(|_| !me.name.is_empty())
}

/// What somebody asks for who followed such a link. No service and no category has an underscore in its name.
fn linked(line: &str) -> Option<String> {
    let (command, rest) = line.strip_prefix("/start ")?.trim().split_once('_')?;
    is_anybodys(command).then(|| format!("/{command} {}", rest.replace('_', " ")).trim_end().to_owned())
}

fn is_anybodys(command: &str) -> bool {
    commands::spec(command).is_some_and(|spec| spec.permission == Permission::Anyone)
}

/// Whether a line is meant for the bot: in a private chat everything is, elsewhere commands. One that names no bot may be
/// another bot's, so it must be one of ours.
fn is_meant(line: &str, is_private: bool, me: &Identity) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let Some(command) = first.strip_prefix('/') else { return is_private };
    match command.split_once('@') {
        Some((_, name)) => name.eq_ignore_ascii_case(&me.name),
        None => is_private || is_ours(command),
    }
}

fn is_ours(command: &str) -> bool {
    commands::spec(&command.to_lowercase()).is_some_and(|spec| spec.platforms.contains(&Platform::Telegram))
}

fn pressed(query: &CallbackQuery) -> Heard {
    let below = query.message.as_ref().map(|message| {
        let at = message.regular_message().map_or_else(|| Address::of(message.chat().id.0), Address::of_message);
        (at, message.id().0)
    });
    Heard::Pressed(Pressed {
        query: query.id.0.clone(),
        below,
        is_private: query.message.as_ref().is_some_and(|message| message.chat().is_private()),
        is_channel: query.message.as_ref().is_some_and(|message| message.chat().is_channel()),
        is_astray: query.message.as_ref().is_some_and(is_astray),
        words: query.data.clone().unwrap_or_default(),
        by: query.from.id.0,
        locale: locale_of(&query.from),
    })
}

/// Of a message that is too old to be shown to bots, Telegram tells the chat, but not the topic.
fn is_astray(message: &MaybeInaccessibleMessage) -> bool {
    let is_forum = matches!(
        &message.chat().kind,
        ChatKind::Public(ChatPublic {
            kind: PublicChatKind::Supergroup(PublicChatSupergroup { is_forum: true, .. }),
            ..
        })
    );
    is_forum && message.regular_message().is_none()
}

fn sought(query: &InlineQuery) -> Heard {
    Heard::Sought(Sought {
        query: query.id.0.clone(),
        words: clean_line(&query.query, TITLE),
        by: query.from.id.0.cast_signed(),
        locale: locale_of(&query.from),
    })
}

fn membership(change: &ChatMemberUpdated) -> Heard {
    let chat = change.chat.id.0;
    let (old, new) = (&change.old_chat_member.kind, &change.new_chat_member.kind);
    if !new.is_present() {
        return Heard::Left { chat };
    }
    if change.chat.is_channel() {
        if !new.can_post_messages() || old.can_post_messages() {
            return Heard::Nothing;
        }
        let title = change.chat.title().map_or_else(|| chat.to_string(), |title| clean_line(title, TITLE));
        let handle = change.chat.username().map_or_else(|| chat.to_string(), |name| format!("@{name}"));
        let by = change.from.id.0.cast_signed();
        return Heard::Appointed(Appointed { chat, title, handle, by, locale: locale_of(&change.from) });
    }
    if change.chat.is_private() || old.is_present() {
        let may_write = !matches!(new, ChatMemberKind::Restricted(restricted) if !restricted.can_send_messages);
        return if may_write { Heard::Back { at: Address::of(chat), below: true } } else { Heard::Nothing };
    }
    Heard::Joined { chat, locale: locale_of(&change.from) }
}

fn locale_of(person: &User) -> Option<Locale> {
    person.language_code.as_deref().and_then(Locale::from_tag)
}
