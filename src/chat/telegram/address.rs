//! How a chat on Telegram is named: `CHAT`, or `CHAT/THREAD` for a topic of a forum. The topic General has no thread.

use std::fmt;

use teloxide::types::{ChatId as TelegramChat, Message, MessageId, ThreadId};

use crate::domain::{ChatId, Platform};

/// The thread of the topic General, where one is named at all.
/// Source: <https://core.telegram.org/api/forum#forum-topics> (read 2026-08-30).
const GENERAL: i32 = 1;

/// A chat, or a topic in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Address {
    /// The chat: people have positive numbers, groups and channels negative ones.
    pub(super) chat: i64,
    /// The topic in it.
    pub(super) thread: Option<i32>,
}

impl Address {
    /// The chat itself.
    pub(super) const fn of(chat: i64) -> Self {
        Self { chat, thread: None }
    }

    /// Where a message stands. Outside forums a thread is but a chain of replies.
    pub(super) fn of_message(message: &Message) -> Self {
        let thread = message.thread_id.map(|ThreadId(MessageId(thread))| thread);
        let thread = thread.filter(|thread| message.is_topic_message && *thread != GENERAL);
        Self { chat: message.chat.id.0, thread }
    }

    /// What an address that came back from the store means; `None` when it is none of Telegram's.
    pub(super) fn parse(chat: &ChatId) -> Option<Self> {
        let (chat, thread) = match chat.address.split_once('/') {
            Some((chat, thread)) => (chat, Some(thread.parse().ok()?)),
            None => (&*chat.address, None),
        };
        Some(Self { chat: chat.parse().ok()?, thread })
    }

    /// The name of the chat in the program.
    pub(super) fn chat_id(self) -> ChatId {
        ChatId { platform: Platform::Telegram, address: self.to_string().into() }
    }

    /// Whether it is a group or a channel, or a topic in one.
    pub(super) const fn is_group(self) -> bool {
        self.chat < 0
    }

    /// The chat as requests name it.
    pub(super) const fn recipient(self) -> TelegramChat {
        TelegramChat(self.chat)
    }

    /// The topic as requests name it.
    pub(super) fn thread_id(self) -> Option<ThreadId> {
        self.thread.map(|thread| ThreadId(MessageId(thread)))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.chat)?;
        self.thread.map_or(Ok(()), |thread| write!(formatter, "/{thread}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_after_it_was_stored() {
        for address in [Address::of(42), Address::of(-1_001_234_567_890), Address { chat: -1_009, thread: Some(17) }] {
            assert_eq!(Address::parse(&address.chat_id()), Some(address));
        }
        assert_eq!(Address { chat: -1_009, thread: Some(17) }.to_string(), "-1009/17");
        let odd = |address: &str| Address::parse(&ChatId { platform: Platform::Telegram, address: address.into() });
        assert_eq!(odd("console"), None);
        assert_eq!(odd("12/x"), None);
    }
}
