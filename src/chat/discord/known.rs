//! What has been learnt of channels: which are no ordinary ones, and which threads exist.

use std::collections::{HashMap, HashSet};

use super::{bars::Bars, limits::MOST_KNOWN};

/// What kind of channel something is, as far as it matters for posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChannelKind {
    /// One takes messages: ordinary channels, threads, direct messages.
    Ordinary,
    /// What is posted there can be published to those who follow it.
    Announcement,
    /// One takes posts, each of which is a thread.
    Forum,
}

impl ChannelKind {
    /// The kind behind Discord's number.
    /// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types> (read 2026-08-30).
    pub(super) const fn of(number: u64) -> Self {
        match number {
            5 => Self::Announcement,
            15 | 16 => Self::Forum,
            _ => Self::Ordinary,
        }
    }
}

/// What has been learnt of channels. Of a server whose channels were all told only the special ones are kept.
#[derive(Debug, Default)]
pub(super) struct Known {
    kinds: HashMap<u64, ChannelKind>,
    /// Servers whose channels were all told.
    told: HashSet<u64>,
    /// Messages on which a thread hangs.
    threads: HashSet<u64>,
    /// Threads that are chats, each with the channel it belongs to.
    parents: HashMap<u64, u64>,
    /// Channels that could not be written to.
    pub(super) bars: Bars,
}

impl Known {
    /// What kind a channel is; `None`: nobody has told.
    pub(super) fn kind(&self, guild: Option<u64>, channel: u64) -> Option<ChannelKind> {
        let Some(guild) = guild else { return Some(ChannelKind::Ordinary) };
        let is_told = || self.told.contains(&guild).then_some(ChannelKind::Ordinary);
        self.kinds.get(&channel).copied().or_else(is_told)
    }

    /// Keeps the kind of a channel that was looked at.
    pub(super) fn learn(&mut self, channel: u64, kind: ChannelKind) {
        if self.kinds.len() >= MOST_KNOWN {
            self.kinds.retain(|_, kind| *kind != ChannelKind::Ordinary);
        }
        if self.kinds.len() < MOST_KNOWN {
            self.kinds.insert(channel, kind);
        }
    }

    /// Keeps what was told of a server's channels; `is_all` when it was told of all of them.
    pub(super) fn told(&mut self, guild: u64, channels: impl IntoIterator<Item = (u64, ChannelKind)>, is_all: bool) {
        for (channel, kind) in channels {
            if kind == ChannelKind::Ordinary {
                self.kinds.remove(&channel);
            } else {
                self.learn(channel, kind);
            }
        }
        if is_all && self.told.len() < MOST_KNOWN {
            self.told.insert(guild);
        }
    }

    /// Forgets a server.
    pub(super) fn left(&mut self, guild: u64) {
        self.told.remove(&guild);
        self.bars.forget(guild);
    }

    /// Whether a thread is known to hang on a message.
    pub(super) fn has_thread(&self, message: u64) -> bool {
        self.threads.contains(&message)
    }

    /// Remembers that a thread hangs on a message.
    pub(super) fn thread_made(&mut self, message: u64) {
        if self.threads.len() >= MOST_KNOWN {
            self.threads.clear();
        }
        self.threads.insert(message);
    }

    /// A thread is gone.
    pub(super) fn thread_gone(&mut self, message: u64) {
        self.threads.remove(&message);
        self.parents.remove(&message);
    }

    /// A thread that is a chat, or may become one, belongs to a channel.
    pub(super) fn thread_in(&mut self, thread: u64, parent: u64) {
        if self.parents.len() < MOST_KNOWN {
            self.parents.insert(thread, parent);
        }
    }

    /// A channel is gone. Gives the threads that went with it, of which Discord tells nothing.
    pub(super) fn channel_gone(&mut self, channel: u64) -> Vec<u64> {
        let of_it = self.parents.iter().filter(|(_, parent)| **parent == channel);
        let threads: Vec<u64> = of_it.map(|(thread, _)| *thread).collect();
        threads.iter().chain([&channel]).for_each(|gone| self.thread_gone(*gone));
        threads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_was_told_has_only_ordinary_channels_beside_the_special_ones() {
        let mut known = Known::default();
        assert_eq!(known.kind(Some(1), 10), None);
        known.told(1, [(10, ChannelKind::Ordinary), (15, ChannelKind::Forum)], true);
        assert_eq!(known.kind(Some(1), 10), Some(ChannelKind::Ordinary));
        assert_eq!(known.kind(Some(1), 15), Some(ChannelKind::Forum));
        assert_eq!(known.kind(Some(2), 20), None);
        assert_eq!(known.kind(None, 30), Some(ChannelKind::Ordinary));
        // The channel was turned into another kind.
        known.told(1, [(15, ChannelKind::Ordinary)], false);
        assert_eq!(known.kind(Some(1), 15), Some(ChannelKind::Ordinary));
    }

    #[test]
    fn a_channel_that_goes_takes_its_threads_with_it() {
        let mut known = Known::default();
        for (thread, parent) in [(21, 10), (22, 10), (23, 11)] {
            known.thread_in(thread, parent);
        }
        known.thread_gone(22);
        assert_eq!(known.channel_gone(10), [21]);
        assert!(known.channel_gone(10).is_empty());
        assert_eq!(known.channel_gone(11), [23]);
    }
}
