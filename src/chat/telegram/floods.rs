//! What is remembered of the pace: how often Telegram said "too fast", and how much went to a group in all its topics.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{address::Address, limits};
use crate::{chat::Rate, domain::ChatId};

/// What is remembered of the pace.
#[derive(Debug, Default)]
pub(super) struct Floods {
    refusals: Mutex<VecDeque<(Instant, i64)>>,
    groups: Mutex<HashMap<i64, VecDeque<(Instant, Address)>>>,
    besides: Mutex<Vec<ChatId>>,
}

impl Floods {
    /// Notes that Telegram refused a message to this chat as too fast; tells whether by now that is about all chats.
    pub(super) fn refused(&self, chat: i64, now: Instant) -> bool {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        refusals.push_back((now, chat));
        while refusals.front().is_some_and(|(at, _)| now.duration_since(*at) > limits::FLOOD_SPAN) {
            refusals.pop_front();
        }
        let chats: HashSet<i64> = refusals.iter().map(|(_, chat)| *chat).collect();
        chats.len() >= limits::FLOODED_CHATS
    }

    /// How long a message of the outbox must wait because of what went to other topics of the same group: each topic is a
    /// chat of its own to us, but they share the group's pace. `None`: it may go, and counts from now on.
    pub(super) fn hold(&self, to: Address, now: Instant) -> Option<Duration> {
        if !to.is_group() {
            return None;
        }
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = recent(&mut groups, to.chat, now);
        let full = |rate: Rate| {
            let within: Vec<_> = sent.iter().filter(|(at, _)| now.duration_since(*at) < rate.per).collect();
            let is_shared = within.iter().any(|(_, topic)| *topic != to);
            let excess = (within.len() + 1).checked_sub(rate.count.max(1) as usize)?.checked_sub(1)?;
            let (oldest, _) = within.get(excess).filter(|_| is_shared)?;
            Some((*oldest + rate.per).saturating_duration_since(now))
        };
        let wait = full(limits::CHAT).max(full(limits::GROUP));
        if wait.is_none() {
            sent.push_back((now, to));
        }
        wait
    }

    /// Notes a message that is none of the outbox's.
    pub(super) fn besides(&self, to: Address, now: Instant) {
        if to.is_group() {
            let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
            recent(&mut groups, to.chat, now).push_back((now, to));
        }
        let mut besides = self.besides.lock().unwrap_or_else(PoisonError::into_inner);
        if besides.len() < limits::BESIDES {
            besides.push(to.chat_id());
        }
    }

    /// Where messages went that are none of the outbox's since this was last asked.
    pub(super) fn take_besides(&self) -> Vec<ChatId> {
        std::mem::take(&mut self.besides.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What went to a group within the longest span that counts.
fn recent(
    groups: &mut HashMap<i64, VecDeque<(Instant, Address)>>,
    group: i64,
    now: Instant,
) -> &mut VecDeque<(Instant, Address)> {
    let is_old = |at: &Instant| now.duration_since(*at) >= limits::GROUP.per;
    if groups.len() >= limits::GROUPS {
        groups.retain(|_, sent| sent.back().is_some_and(|(at, _)| !is_old(at)));
    }
    let sent = groups.entry(group).or_default();
    while sent.front().is_some_and(|(at, _)| is_old(at)) || sent.len() > 2 * limits::GROUP.count as usize {
        sent.pop_front();
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn topic(thread: i32) -> Address {
        Address { chat: -100_5, thread: Some(thread) }
    }

    #[test]
    fn topics_share_the_pace_of_their_group() {
        let (floods, start) = (Floods::default(), Instant::now());
        assert_eq!(floods.hold(topic(1), start), None);
        assert_eq!(floods.hold(topic(2), start), Some(Duration::from_secs(1)));
        assert_eq!(floods.hold(Address::of(-100_6), start), None, "another group goes on");
        for turn in 1..20 {
            assert_eq!(
                floods.hold(topic(turn % 2), start + Duration::from_secs(2) * turn.unsigned_abs()),
                None,
                "{turn}"
            );
        }
        let full = start + Duration::from_secs(40);
        assert_eq!(floods.hold(topic(1), full), Some(Duration::from_secs(20)), "twenty in a minute");
        assert_eq!(floods.hold(topic(1), full + Duration::from_secs(20)), None);
    }

    #[test]
    fn a_chat_without_siblings_is_left_to_the_outbox() {
        let (floods, now) = (Floods::default(), Instant::now());
        for _ in 0..30 {
            assert_eq!(floods.hold(Address::of(-7), now), None);
            assert_eq!(floods.hold(Address::of(7), now), None);
        }
    }

    #[test]
    fn a_refusal_is_about_all_chats_when_it_comes_from_several() {
        let (floods, now) = (Floods::default(), Instant::now());
        assert!(!floods.refused(1, now));
        assert!(!floods.refused(1, now));
        assert!(!floods.refused(2, now));
        assert!(floods.refused(3, now));
        assert!(!floods.refused(3, now + Duration::from_secs(60)), "it is over");
    }

    #[test]
    fn what_went_besides_is_told_once() {
        let (floods, now) = (Floods::default(), Instant::now());
        floods.besides(Address::of(7), now);
        assert_eq!(floods.take_besides(), [Address::of(7).chat_id()]);
        assert!(floods.take_besides().is_empty());
    }
}
