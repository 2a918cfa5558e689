//! What is remembered of the pace: where Telegram asked to wait, what went to a group in all its topics, and what went besides
//! the outbox's messages. Alerts and replies both ask here, so that a wait that one of them was told holds the other too.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{address::Address, limits};
use crate::{
    chat::{Aside, Rate},
    domain::ChatId,
};

/// What is remembered of the pace.
#[derive(Debug)]
pub(super) struct Floods {
    overall: Rate,
    /// Edits, where they have a pace of their own.
    edits: Option<Mutex<Edits>>,
    sent: Mutex<Sent>,
    besides: Mutex<Vec<(ChatId, Instant)>>,
}

/// What counts for the pace of edits: one from when it leaves until a while after its answer, however long it was on its way.
#[derive(Debug, Default)]
struct Edits {
    under_way: usize,
    /// When the last were answered.
    ended: VecDeque<Instant>,
    /// When the last of those that were turned away would have its turn: they come back one after the other.
    away: Option<Instant>,
}

/// An edit on its way; it has its answer when this is dropped.
#[derive(Debug)]
pub(super) struct EditPlace<'a>(Option<&'a Mutex<Edits>>);

impl Drop for EditPlace<'_> {
    fn drop(&mut self) {
        let Some(edits) = self.0 else { return };
        let mut edits = edits.lock().unwrap_or_else(PoisonError::into_inner);
        edits.under_way = edits.under_way.saturating_sub(1);
        edits.ended.push_back(Instant::now());
    }
}

/// What went to each chat, in all its topics, within the longest span that counts, and which of them are to be left alone.
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
    /// Until when Telegram wants nothing sent to a chat.
    rests: HashMap<i64, Instant>,
    /// Until when replies let an alert go first that had to wait for its chat: people who type much must not keep it away.
    awaited: HashMap<i64, Instant>,
    /// Until when it wants nothing sent at all.
    rest: Option<Instant>,
    /// The last refusals as too fast: when, to which chat, and for how long.
    refusals: VecDeque<(Instant, i64, Duration)>,
}

/// A chat, or all of them, to which nothing may be sent for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// Which; `None`: all.
    pub(super) chat: Option<i64>,
    /// Until when.
    pub(super) until: Instant,
}

/// How long a message must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    /// So long.
    pub(super) after: Duration,
    /// Whether that holds for all chats.
    pub(super) everywhere: bool,
}

/// A reply that waits for its turn; until it is dropped, the outbox leaves room for it.
pub(super) struct Place<'a>(&'a Floods);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.sent().waiting -= 1;
    }
}

impl Floods {
    /// Nothing was sent yet; `overall` holds for all chats together.
    pub(super) fn new(overall: Rate) -> Self {
        Self { overall, edits: None, sent: Mutex::default(), besides: Mutex::default() }
    }

    /// With a pace of their own for edits.
    pub(super) fn with_edits(self) -> Self {
        Self { edits: Some(Mutex::default()), ..self }
    }

    /// As after a stop, before which so much may have gone as may go in one span.
    pub(super) fn just_used(self, now: Instant) -> Self {
        self.sent().all = vec![(now, false); self.overall.count as usize].into();
        if let Some(edits) = &self.edits {
            let mut edits = edits.lock().unwrap_or_else(PoisonError::into_inner);
            edits.ended = vec![now; limits::EDITS.count as usize].into();
        }
        self
    }

    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that Telegram refused a message to this chat as too fast: nothing goes there before the time it named. When
    /// several chats are refused within a moment it is about all of them, and all wait.
    ///
    /// That it is about all is but a guess, so all wait no longer than the shortest time that was named; each of the
    /// refused waits for its own.
    pub(super) fn refused(&self, chat: i64, after: Duration, now: Instant) -> Wait {
        let mut sent = self.sent();
        let until = now + after;
        if sent.rests.len() >= limits::CHATS {
            sent.rests.retain(|_, until| *until > now);
        }
        let rest = sent.rests.entry(chat).or_insert(until);
        *rest = until.max(*rest);
        sent.refusals.push_back((now, chat, after));
        while sent.refusals.front().is_some_and(|(at, ..)| now.duration_since(*at) > limits::FLOOD_SPAN) {
            sent.refusals.pop_front();
        }
        let chats: HashSet<i64> = sent.refusals.iter().map(|(_, chat, _)| *chat).collect();
        if chats.len() < limits::FLOODED_CHATS {
            return Wait { after, everywhere: false };
        }
        let shortest = sent.refusals.iter().map(|(.., after)| *after).min().unwrap_or(after);
        sent.rest = sent.rest.max(Some(now + shortest));
        Wait { after: shortest, everywhere: true }
    }

    /// Where nothing may be sent for longer than it takes to start again; the longest first, and no more than are remembered.
    pub(super) fn long_rests(&self, now: Instant) -> Vec<Rest> {
        let sent = self.sent();
        let all = sent.rest.map(|until| Rest { chat: None, until });
        let chats = sent.rests.iter().map(|(chat, until)| Rest { chat: Some(*chat), until: *until });
        let is_long = |rest: &Rest| rest.until.saturating_duration_since(now) > limits::SHORT_REST;
        let mut rests: Vec<Rest> = all.into_iter().chain(chats).filter(is_long).collect();
        // What holds all chats stands first.
        rests.sort_unstable_by_key(|rest| (rest.chat.is_some(), Reverse(rest.until), rest.chat));
        rests.truncate(limits::RESTS);
        rests
    }

    /// Goes on waiting where the program before this one was told to.
    pub(super) fn resume(&self, rests: &[Rest]) {
        let mut sent = self.sent();
        for Rest { chat, until } in rests {
            match chat {
                Some(chat) => {
                    let rest = sent.rests.entry(*chat).or_insert(*until);
                    *rest = (*rest).max(*until);
                }
                None => sent.rest = sent.rest.max(Some(*until)),
            }
        }
    }

    /// How long a message of the outbox must wait because of what the outbox does not know: what Telegram asked for when
    /// it refused a reply, what went to other topics of the same group, which are chats of their own to it but share the
    /// group's pace, and replies that are to have their turn first. `None`: it may go, and counts from now on.
    pub(super) fn hold(&self, to: Address, now: Instant) -> Option<Wait> {
        let mut sent = self.sent();
        sent.forget(self.overall, now);
        if let Some(after) = sent.rest(now) {
            return Some(Wait { after, everywhere: true });
        }
        let is_crowded = sent.waiting > 0 || sent.all.iter().any(|(_, is_reply)| *is_reply);
        let taken = sent.all.len() + sent.waiting.min(limits::REPLY_PLACES);
        let overall = if is_crowded { sent.overall_wait(self.overall, taken, now) } else { None };
        let is_shared = |within: &[&(Instant, Option<Address>)]| within.iter().any(|(_, topic)| *topic != Some(to));
        let chat = sent.rest_of(to.chat, now).max(wait(sent.recent(to.chat, now), to, now, is_shared));
        if sent.awaited.len() >= limits::CHATS {
            sent.awaited.retain(|_, until| *until > now);
        }
        match chat {
            Some(after) => sent.awaited.insert(to.chat, now + after + limits::ALERT_FIRST),
            None => sent.awaited.remove(&to.chat),
        };
        let wait = overall.max(chat);
        if wait.is_none() {
            sent.note(to, false, now);
        }
        wait.map(|after| Wait { after, everywhere: false })
    }

    /// A place for an edit that goes now; where edits count with all else there always is one.
    ///
    /// # Errors
    ///
    /// How long to wait before asking again.
    pub(super) fn edit(&self, now: Instant) -> Result<EditPlace<'_>, Duration> {
        let Some(lock) = &self.edits else { return Ok(EditPlace(None)) };
        let mut edits = lock.lock().unwrap_or_else(PoisonError::into_inner);
        let span = limits::EDITS.per + limits::REPLY_GUARD;
        while edits.ended.front().is_some_and(|ended| now.duration_since(*ended) >= span) {
            edits.ended.pop_front();
        }
        if edits.under_way + edits.ended.len() < limits::EDITS.count as usize {
            edits.under_way += 1;
            return Ok(EditPlace(Some(lock)));
        }
        let free = edits.ended.front().map_or(now, |ended| *ended) + span;
        let away = edits.away.map_or(free, |away| free.max(away + span / limits::EDITS.count));
        edits.away = Some(away);
        Err(away.saturating_duration_since(now).min(limits::EDIT_REST))
    }

    /// How long a reply must wait until its chat has room for it.
    pub(super) fn chat_wait(&self, to: Address, now: Instant) -> Option<Duration> {
        let mut sent = self.sent();
        let rest = sent.rest(now).max(sent.rest_of(to.chat, now)).max(sent.alert_of(to.chat, now));
        rest.max(wait(sent.recent(to.chat, now), to, now, |_| true))
    }

    /// A place among all messages for a reply whose chat has room.
    pub(super) fn place(&self) -> Place<'_> {
        self.sent().waiting += 1;
        Place(self)
    }

    /// How long a reply that has a place must wait still. `None`: it may go, and counts from now on.
    pub(super) fn besides(&self, to: Address, now: Instant) -> Option<Duration> {
        let mut sent = self.sent();
        sent.forget(self.overall, now);
        let overall = sent.overall_wait(self.overall, sent.all.len(), now);
        let rest = sent.rest(now).max(sent.rest_of(to.chat, now)).max(sent.alert_of(to.chat, now));
        let wait = rest.max(overall).max(wait(sent.recent(to.chat, now), to, now, |_| true));
        if wait.is_none() {
            sent.note(to, true, now);
            let mut besides = self.besides.lock().unwrap_or_else(PoisonError::into_inner);
            if besides.len() < limits::BESIDES {
                besides.push((to.chat_id(), now));
            }
        }
        wait
    }

    /// The messages that are none of the outbox's since this was last asked.
    pub(super) fn take_besides(&self, now: Instant) -> Vec<Aside> {
        let besides = std::mem::take(&mut *self.besides.lock().unwrap_or_else(PoisonError::into_inner));
        besides.into_iter().map(|(chat, at)| Aside { chat, ago: now.duration_since(at) }).collect()
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

    /// How long nothing may go anywhere.
    fn rest(&self, now: Instant) -> Option<Duration> {
        self.rest.map(|until| until.saturating_duration_since(now)).filter(|rest| !rest.is_zero())
    }

    /// How long nothing may go to this chat.
    fn rest_of(&self, chat: i64, now: Instant) -> Option<Duration> {
        self.rests.get(&chat).map(|until| until.saturating_duration_since(now)).filter(|rest| !rest.is_zero())
    }

    /// How long replies to this chat let an alert go first.
    fn alert_of(&self, chat: i64, now: Instant) -> Option<Duration> {
        self.awaited.get(&chat).map(|until| until.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
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

    #[expect(clippy::unnecessary_wraps, reason = "it stands where a wait may be")]
    const fn chat_waits(ms: u64) -> Option<Wait> {
        Some(Wait { after: Duration::from_millis(ms), everywhere: false })
    }

    #[test]
    fn topics_share_the_pace_of_their_group() {
        let (floods, start) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.hold(topic(1), start), None);
        assert_eq!(floods.hold(topic(2), start), chat_waits(1_100));
        assert_eq!(floods.hold(Address::of(-1_006), start), None, "another group goes on");
        for turn in 1..20 {
            assert_eq!(
                floods.hold(topic(turn % 2), start + Duration::from_secs(2) * turn.unsigned_abs()),
                None,
                "{turn}"
            );
        }
        let full = start + Duration::from_secs(40);
        assert_eq!(floods.hold(topic(1), full), chat_waits(20_100), "twenty in a minute");
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
    fn a_wait_that_an_alert_was_told_holds_replies_and_other_topics_too_and_is_never_shortened() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        let (long, short) = (Duration::from_secs(37), Duration::from_secs(3));
        assert_eq!(floods.refused(-1_005, long, now), Wait { after: long, everywhere: false });
        assert_eq!(floods.refused(-1_005, short, now), Wait { after: short, everywhere: false });
        assert_eq!(floods.chat_wait(Address::of(-1_005), now), Some(long));
        assert_eq!(floods.besides(topic(2), now), Some(long));
        assert_eq!(floods.hold(topic(1), now), chat_waits(37_000));
        assert_eq!(floods.besides(Address::of(7), now), None, "others go on");
        assert_eq!(floods.hold(topic(1), now + long), None);
    }

    #[test]
    fn a_refusal_is_about_all_chats_when_it_comes_from_several() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        let seconds = Duration::from_secs;
        assert!(!floods.refused(1, seconds(9), now).everywhere);
        assert!(!floods.refused(1, seconds(9), now).everywhere);
        assert!(!floods.refused(2, seconds(4), now).everywhere);
        assert_eq!(floods.refused(3, seconds(60), now), Wait { after: seconds(4), everywhere: true });
        assert_eq!(floods.hold(Address::of(4), now), Some(Wait { after: seconds(4), everywhere: true }));
        assert_eq!(floods.besides(Address::of(4), now), Some(seconds(4)));
        let later = now + seconds(5);
        assert_eq!(floods.hold(Address::of(4), later), None, "no longer than the shortest that was named");
        assert_eq!(
            floods.besides(Address::of(3), later),
            Some(seconds(55)),
            "each of them as long as was named for it"
        );
        assert!(!floods.refused(3, seconds(1), now + seconds(60)).everywhere, "it is over");
    }

    #[test]
    fn an_alert_that_had_to_wait_for_its_chat_goes_before_replies() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.besides(Address::of(7), now), None);
        assert_eq!(floods.hold(Address::of(7), now), chat_waits(1_100));
        let free = now + Duration::from_millis(1_100);
        assert_eq!(floods.besides(Address::of(7), free), Some(limits::ALERT_FIRST), "it is the alert's turn");
        assert_eq!(floods.hold(Address::of(7), free), None);
        assert_eq!(floods.besides(Address::of(7), free), Some(Duration::from_millis(1_100)), "and then the reply's");
        // An alert that does not come after all keeps nobody waiting for long.
        assert_eq!(floods.hold(Address { chat: -5, thread: Some(1) }, free), None);
        assert!(floods.hold(Address { chat: -5, thread: Some(2) }, free).is_some());
        assert_eq!(floods.besides(Address::of(-5), free + Duration::from_millis(1_100) + limits::ALERT_FIRST), None);
    }

    #[test]
    fn after_a_stop_replies_wait_until_what_went_before_it_counts_no_more() {
        let now = Instant::now();
        let floods = Floods::new(limits::OVERALL).just_used(now);
        let span = limits::OVERALL.per + limits::REPLY_GUARD;
        assert_eq!(floods.besides(Address::of(7), now), Some(span));
        assert_eq!(floods.hold(Address::of(7), now), None, "the outbox has a pace of its own for that");
        assert_eq!(floods.besides(Address::of(8), now + span), None);
    }

    #[test]
    fn what_went_besides_is_told_once_and_how_long_ago() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.besides(Address::of(7), now), None);
        let ago = Duration::from_secs(9);
        assert_eq!(floods.take_besides(now + ago), [Aside { chat: Address::of(7).chat_id(), ago }]);
        assert!(floods.take_besides(now).is_empty());
    }

    #[test]
    fn replies_keep_the_pace_too_also_after_an_alert() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        assert_eq!(floods.hold(Address::of(7), now), None);
        let half = Duration::from_millis(500);
        assert_eq!(floods.besides(Address::of(7), now + half), Some(half + limits::REPLY_GUARD));
        assert!(floods.take_besides(now).is_empty(), "it did not go");
        assert_eq!(floods.besides(Address::of(7), now + half + half + limits::REPLY_GUARD), None);
        assert_eq!(floods.besides(Address::of(8), now), None);
        assert!(floods.hold(Address::of(8), now + half).is_some(), "the outbox may not know of it yet");
    }

    #[test]
    fn edits_have_a_pace_of_their_own_where_they_cannot_be_paid_for() {
        let (floods, now) = (Floods::new(limits::OVERALL_PAID).with_edits(), Instant::now());
        let span = limits::EDITS.per + limits::REPLY_GUARD;
        let places: Vec<_> = (0..30).map(|_| floods.edit(now).unwrap()).collect();
        assert_eq!(floods.edit(now).unwrap_err(), span);
        assert_eq!(floods.edit(now).unwrap_err(), span + span / 30, "they do not come back all at once");
        assert!((0..999).all(|_| floods.edit(now).unwrap_err() <= limits::EDIT_REST));
        assert!(floods.edit(now + 5 * span).is_err(), "none of them has its answer");
        assert_eq!(floods.hold(Address::of(7), now), None, "messages go on");
        drop(places);
        assert!(floods.edit(now + span / 2).is_err());
        let answered = Instant::now();
        assert_eq!((0..90).map_while(|_| floods.edit(answered + span).ok()).collect::<Vec<_>>().len(), 30);
        let common = Floods::new(limits::OVERALL);
        assert_eq!((0..90).map_while(|_| common.edit(now).ok()).collect::<Vec<_>>().len(), 90);
        let restarted = Floods::new(limits::OVERALL_PAID).with_edits().just_used(now);
        assert_eq!(restarted.edit(now).unwrap_err(), span);
    }

    #[test]
    fn chats_at_rest_are_forgotten() {
        let (floods, now) = (Floods::new(limits::OVERALL), Instant::now());
        (0..3 * u32::try_from(limits::CHATS).unwrap()).for_each(|turn| {
            floods.hold(Address::of(turn.into()), now + Duration::from_millis(100) * turn);
        });
        assert!(floods.sent().chats.len() <= limits::CHATS + 1);
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
