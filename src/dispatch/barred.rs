//! What the log says of chats that cannot be written to: each once, and not too many at a time.

use std::{
    collections::{HashSet, VecDeque},
    time::Duration,
};

use tracing::{info, warn};

use crate::domain::ChatId;

/// Chats remembered at most; of those beyond, nothing is said.
const MANY: usize = 4_096;
/// So many lines are written in a span at most: a role that a whole server took from the bot bars all of its channels.
const LINES: usize = 20;
const SPAN: Duration = Duration::from_secs(3_600);

/// The chats of one platform that cannot be written to, as far as the log knows.
#[derive(Debug, Default)]
pub(super) struct Barred {
    chats: HashSet<ChatId>,
    /// When the last lines were written.
    lines: VecDeque<Duration>,
    /// Chats that were barred since and of which nothing was said.
    unsaid: usize,
}

impl Barred {
    /// A chat cannot be written to.
    pub(super) fn note(&mut self, chat: &ChatId, reason: &str, now: Duration) {
        if self.chats.contains(chat) {
            return;
        }
        if self.chats.len() < MANY {
            self.chats.insert(chat.clone());
        }
        if self.may_say(now) {
            let others = std::mem::take(&mut self.unsaid);
            warn!(%chat, reason, others, "a chat cannot be written to; its alerts rest, and it is tried again now and then");
        } else {
            self.unsaid += 1;
        }
    }

    /// A chat was written to.
    pub(super) fn clear(&mut self, chat: &ChatId, now: Duration) {
        if !self.chats.is_empty() && self.chats.remove(chat) && self.may_say(now) {
            info!(%chat, "a chat that was barred can be written to again");
        }
    }

    fn may_say(&mut self, now: Duration) -> bool {
        while self.lines.front().is_some_and(|first| first.saturating_add(SPAN) <= now) {
            self.lines.pop_front();
        }
        let is_free = self.lines.len() < LINES;
        if is_free {
            self.lines.push_back(now);
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Platform;

    #[test]
    fn a_server_whose_channels_are_all_barred_costs_twenty_lines_an_hour_and_little_memory() {
        let mut barred = Barred::default();
        let chat = |number: usize| ChatId { platform: Platform::Discord, address: number.to_string().into() };
        for round in 0..3 {
            for number in 0..10_000 {
                barred.note(&chat(number), "missing access", Duration::from_secs(round));
            }
        }
        assert_eq!((barred.lines.len(), barred.chats.len()), (LINES, MANY));
        assert!(barred.unsaid >= 10_000 - LINES);
        assert!(!barred.may_say(Duration::from_secs(3_599)));
        assert!(barred.may_say(Duration::from_secs(3_600)));
        barred.clear(&chat(0), Duration::from_secs(3_600));
        assert_eq!(barred.chats.len(), MANY - 1);
    }
}
