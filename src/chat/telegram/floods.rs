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
#[derive(Debug)]
pub(super) struct Floods {
    overall: Rate,
    refusals: Mutex<VecDeque<(Instant, i64)>>,
    sent: Mutex<Sent>,
    besides: Mutex<Vec<ChatId>>,
}

/// What went to each chat, in all its topics, within the longest span that counts.
#[derive(Debug, Default)]
struct Sent {
    /// What went anywhere within the span that counts for all chats together, and whether it was none of the outbox's.
    all: VecDeque<(Instant, bool)>,
    /// Replies whose chat has room, and which wait until all together have.
    waiting: usize,
    /// When, and to which topic; `None`: a reply.
    chats: HashMap<i64, VecDeque<(Instant, Option<Address>)>>,
    /// Chats remembered before those at rest are forgotten: twice as many as were not, so that it costs little.
    many: usize,
}

/// A reply that waits for its turn; until it is dropped, the outbox leaves room for it.
pub(super) struct Place<'a>(&'a Floods);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.sent.lock().unwrap_or_else(PoisonError::into_inner).waiting -= 1;
    }
}

impl Floods {
    /// Nothing was sent yet; `overall` holds for all chats together.
    pub(super) fn new(overall: Rate) -> Self {
        Self { overall, refusals: Mutex::default(), sent: Mutex::default(), besides: Mutex::default() }
    }

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

    /// How long a message of the outbox must wait because of what the outbox does not know: what went to other topics of the
    /// same group, which are chats of their own to it but share the group's pace, and replies that are to have their turn
    /// first. `None`: it may go, and counts from now on.
    pub(super) fn hold(&self, to: Address, now: Instant) -> Option<Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.forget(self.overall, now);
        let is_crowded = sent.waiting > 0 || sent.all.iter().any(|(_, is_reply)| *is_reply);
        let taken = sent.all.len() + sent.waiting.min(limits::REPLY_PLACES);
        let overall = if is_crowded { sent.overall_wait(self.overall, taken, now) } else { None };
        let is_shared = |within: &[&(Instant, Option<Address>)]| within.iter().any(|(_, topic)| *topic != Some(to));
        let wait = overall.max(wait(sent.recent(to.chat, now), to, now, is_shared));
        if wait.is_none() {
            sent.note(to, false, now);
        }
        wait
    }

    /// How long a reply must wait until its chat has room for it.
    pub(super) fn chat_wait(&self, to: Address, now: Instant) -> Option<Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        wait(sent.recent(to.chat, now), to, now, |_| true)
    }

    /// A place among all messages for a reply whose chat has room.
    pub(super) fn place(&self) -> Place<'_> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).waiting += 1;
        Place(self)
    }

    /// How long a reply that has a place must wait still. `None`: it may go, and counts from now on.
    pub(super) fn besides(&self, to: Address, now: Instant) -> Option<Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.forget(self.overall, now);
        let overall = sent.overall_wait(self.overall, sent.all.len(), now);
        let wait = overall.max(wait(sent.recent(to.chat, now), to, now, |_| true));
        if wait.is_none() {
            sent.note(to, true, now);
            let mut besides = self.besides.lock().unwrap_or_else(PoisonError::into_inner);
            if besides.len() < limits::BESIDES {
                besides.push(to.chat_id());
            }
        }
        wait
    }

    /// Where messages went that are none of the outbox's since this was last asked.
    pub(super) fn take_besides(&self) -> Vec<ChatId> {
        std::mem::take(&mut self.besides.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How long it takes until there is room for one more in each of the chat's rates, where those that fill it `count`.
fn wait(
    sent: &VecDeque<(Instant, Option<Address>)>,
    to: Address,
    now: Instant,
    count: impl Fn(&[&(Instant, Option<Address>)]) -> bool,
) -> Option<Duration> {
    let full = |rate: Rate| {
        let span = rate.per + limits::REPLY_GUARD;
        let within: Vec<_> = sent.iter().filter(|(at, _)| now.duration_since(*at) < span).collect();
        let excess = within.len().checked_sub(rate.count.max(1) as usize)?;
        let (oldest, _) = within.get(excess).filter(|_| count(&within))?;
        Some((*oldest + span).saturating_duration_since(now))
    };
    let in_group = if to.is_group() { full(limits::GROUP) } else { None };
    full(limits::CHAT).max(in_group)
}

impl Sent {
    fn note(&mut self, to: Address, is_reply: bool, now: Instant) {
        self.all.push_back((now, is_reply));
        self.recent(to.chat, now).push_back((now, (!is_reply).then_some(to)));
    }

    /// Forgets what does not count any more for all chats together.
    fn forget(&mut self, overall: Rate, now: Instant) {
        while self.all.front().is_some_and(|(at, _)| now.duration_since(*at) >= overall.per + limits::REPLY_GUARD) {
            self.all.pop_front();
        }
    }

    /// How long it takes until there is room for one more beside so many.
    fn overall_wait(&self, overall: Rate, taken: usize, now: Instant) -> Option<Duration> {
        let excess = taken.checked_sub(overall.count.max(1) as usize)?;
        let span = overall.per + limits::REPLY_GUARD;
        let (oldest, _) = self.all.get(excess.min(self.all.len().saturating_sub(1)))?;
        Some((*oldest + span).saturating_duration_since(now))
    }

    fn recent(&mut self, chat: i64, now: Instant) -> &mut VecDeque<(Instant, Option<Address>)> {
        let is_old = |chat: i64, at: &Instant| {
            let longest = if Address::of(chat).is_group() { limits::GROUP.per } else { limits::CHAT.per };
            now.duration_since(*at) >= longest + limits::REPLY_GUARD
        };
        if self.chats.len() > self.many {
            self.chats.retain(|chat, sent| sent.back().is_some_and(|(at, _)| !is_old(*chat, at)));
            self.many = (2 * self.chats.len()).max(limits::CHATS);
        }
        let sent = self.chats.entry(chat).or_default();
        while sent.front().is_some_and(|(at, _)| is_old(chat, at)) || sent.len() > 2 * limits::GROUP.count as usize {
            sent.pop_front();
        }
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn topic(thread: i32) -> Address {
        Address { chat: -1_005, thread: Some(thread) }
    }

    #[test]
    fn topics_share_the_pace_of_their_group() {
        let (floods, start) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.hold(topic(1), start), None);
        assert_eq!(floods.hold(topic(2), start), Some(Duration::from_millis(1_100)));
        assert_eq!(floods.hold(Address::of(-1_006), start), None, "another group goes on");
        for turn in 1..20 {
            assert_eq!(
                floods.hold(topic(turn % 2), start + Duration::from_secs(2) * turn.unsigned_abs()),
                None,
                "{turn}"
            );
        }
        let full = start + Duration::from_secs(40);
        assert_eq!(floods.hold(topic(1), full), Some(Duration::from_millis(20_100)), "twenty in a minute");
        assert_eq!(floods.hold(topic(1), full + Duration::from_millis(20_100)), None);
    }

    #[test]
    fn a_chat_without_siblings_is_left_to_the_outbox() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        for _ in 0..30 {
            assert_eq!(floods.hold(Address::of(-7), now), None);
            assert_eq!(floods.hold(Address::of(7), now), None);
        }
    }

    #[test]
    fn a_refusal_is_about_all_chats_when_it_comes_from_several() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert!(!floods.refused(1, now));
        assert!(!floods.refused(1, now));
        assert!(!floods.refused(2, now));
        assert!(floods.refused(3, now));
        assert!(!floods.refused(3, now + Duration::from_secs(60)), "it is over");
    }

    #[test]
    fn what_went_besides_is_told_once() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.besides(Address::of(7), now), None);
        assert_eq!(floods.take_besides(), [Address::of(7).chat_id()]);
        assert!(floods.take_besides().is_empty());
    }

    #[test]
    fn replies_keep_the_pace_too_also_after_an_alert() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.hold(Address::of(7), now), None);
        let half = Duration::from_millis(500);
        assert_eq!(floods.besides(Address::of(7), now + half), Some(half + limits::REPLY_GUARD));
        assert!(floods.take_besides().is_empty(), "it did not go");
        assert_eq!(floods.besides(Address::of(7), now + half + half + limits::REPLY_GUARD), None);
        assert_eq!(floods.besides(Address::of(8), now), None);
        assert!(floods.hold(Address::of(8), now + half).is_some(), "the outbox may not know of it yet");
    }

    #[test]
    fn chats_at_rest_are_forgotten() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        (0..3 * u32::try_from(limits::CHATS).unwrap()).for_each(|turn| {
            floods.hold(Address::of(turn.into()), now + Duration::from_millis(100) * turn);
        });
        assert!(floods.sent.lock().unwrap().chats.len() <= limits::CHATS + 1);
    }

    #[test]
    fn a_fan_out_at_full_pace_leaves_room_for_a_reply() {
        let (floods, start) = (Floods::new(limits::OVERALL), Instant::now());
        let at = |ms: u64| start + Duration::from_millis(ms);
        for chat in 0..30 {
            assert_eq!(floods.hold(Address::of(1_000 + chat), at(0)), None);
        }
        let place = floods.place();
        assert_eq!(floods.besides(Address::of(7), at(500)), Some(Duration::from_millis(600)));
        assert_eq!(floods.besides(Address::of(7), at(1_100)), None);
        drop(place);
        let sent = (0..40).filter(|chat| floods.hold(Address::of(2_000 + chat), at(1_100)).is_none()).count();
        assert_eq!(sent, 29, "with the reply that is thirty");
        assert_eq!(floods.hold(Address::of(3_000), at(2_200)), None);
    }
}
