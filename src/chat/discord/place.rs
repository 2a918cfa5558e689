//! Addresses of chats and names of messages, as the rest of the program keeps them.
//!
//! `GUILD/CHANNEL` is a channel or thread of a server, `@me/CHANNEL` the chat of one person with the bot, `@user/PERSON`
//! a place where the bot itself is not, for people who carry it with them.

use crate::domain::{ChatId, MessageId, Platform};

/// Where a chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A channel or thread of a server.
    Server {
        /// The server.
        guild: u64,
        /// The channel or thread.
        channel: u64,
    },
    /// The chat of one person with the bot.
    Direct {
        /// Its channel.
        channel: u64,
    },
    /// Somewhere the bot can answer this person and nothing else.
    Carried {
        /// The person.
        user: u64,
    },
}

impl Place {
    /// The place an address names.
    pub(super) fn of(address: &str) -> Option<Self> {
        let (around, id) = address.split_once('/')?;
        let id = id.parse().ok()?;
        match around {
            "@me" => Some(Self::Direct { channel: id }),
            "@user" => Some(Self::Carried { user: id }),
            guild => Some(Self::Server { guild: guild.parse().ok()?, channel: id }),
        }
    }

    /// The chat at this place.
    pub(super) fn chat(self) -> ChatId {
        let address = match self {
            Self::Server { guild, channel } => format!("{guild}/{channel}"),
            Self::Direct { channel } => format!("@me/{channel}"),
            Self::Carried { user } => format!("@user/{user}"),
        };
        ChatId { platform: Platform::Discord, address: address.into() }
    }

    /// The server, where it is one.
    pub(super) const fn guild(self) -> Option<u64> {
        match self {
            Self::Server { guild, .. } => Some(guild),
            Self::Direct { .. } | Self::Carried { .. } => None,
        }
    }

    /// The channel in which the bot can post; `None` where it cannot.
    pub(super) const fn channel(self) -> Option<u64> {
        match self {
            Self::Server { channel, .. } | Self::Direct { channel } => Some(channel),
            Self::Carried { .. } => None,
        }
    }
}

/// A message, and the channel it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The channel.
    pub(super) channel: u64,
    /// The message in it.
    pub(super) message: u64,
}

impl Spot {
    /// The message that a name means in a chat of this channel: `MESSAGE`, or `THREAD/MESSAGE` when it is in a thread of its
    /// own.
    pub(super) fn of(name: &MessageId, channel: u64) -> Option<Self> {
        match name.0.split_once('/') {
            Some((channel, message)) => Some(Self { channel: channel.parse().ok()?, message: message.parse().ok()? }),
            None => Some(Self { channel, message: name.0.parse().ok()? }),
        }
    }

    /// The message's name in a chat of this channel.
    pub(super) fn name(self, channel: u64) -> MessageId {
        let Self { channel: own, message } = self;
        MessageId(if own == channel { message.to_string() } else { format!("{own}/{message}") }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_read_back() {
        for place in
            [Place::Server { guild: 1, channel: 2 }, Place::Direct { channel: 3 }, Place::Carried { user: u64::MAX }]
        {
            assert_eq!(Place::of(&place.chat().address), Some(place));
            assert!(place.chat().address.len() <= 64);
        }
        assert_eq!(Place::of("console"), None);
        for spot in [Spot { channel: 2, message: 9 }, Spot { channel: 7, message: 9 }] {
            assert_eq!(Spot::of(&spot.name(2), 2), Some(spot));
        }
    }
}
