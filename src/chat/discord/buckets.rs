//! When a request may go: what Discord's headers say of its rate limits, kept without I/O.
//!
//! Discord groups routes into buckets and says in each answer which bucket it was, how many requests are left in it and
//! when it is full again. A bucket counts for each channel (the route's *major* parameter) by itself.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    limits::{LAST_UNWELCOME, MANY_UNWELCOME, MOST_BUCKETS, MOST_UNWELCOME},
    unwelcome::Unwelcome,
};

/// A full bucket whose places are all on their way is looked at again after this.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The name of a route and what it is about: `("POST messages", channel)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lane {
    /// The route without its parameters.
    pub(super) route: &'static str,
    /// The channel, or 0 where the limit is for the bot as a whole.
    pub(super) major: u64,
}

/// What an answer's headers say of its bucket.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// The bucket's name.
    pub(super) bucket: Option<Arc<str>>,
    /// Requests in a full bucket.
    pub(super) limit: u32,
    /// Requests left.
    pub(super) remaining: u32,
    /// Until it is full again.
    pub(super) reset_after: Duration,
}

/// Why a request has to wait, and how long at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// Its own bucket is empty.
    Bucket(Duration),
    /// All routes together are at the pace the bot is allowed: it is a matter of moments.
    Turn(Duration),
    /// Nothing may go at all.
    All(Duration),
}

/// What is known of the limits.
#[derive(Debug)]
pub(super) struct Buckets {
    pace: Pace,
    /// Which bucket a route belongs to, as far as Discord has said.
    names: HashMap<&'static str, Arc<str>>,
    known: HashMap<(Arc<str>, u64), Bucket>,
    /// Nothing goes before this.
    held_until: Option<Instant>,
    unwelcome: Unwelcome,
}

#[derive(Debug)]
struct Bucket {
    limit: u32,
    remaining: u32,
    full_at: Instant,
    /// Discord refused for the rate and named this time; what answers to others say does not shorten it.
    held_until: Option<Instant>,
    /// Requests on their way, which the last answer may not have counted.
    under_way: u32,
}

/// Requests to all routes together: in no span of a second more than so many.
///
/// Discord counts what arrives, and when that was is not known, only that it was between sending and the answer. So a
/// request counts from when it is sent until a second after its answer. However unevenly this computer and the network
/// work, no second holds too many then; what that costs is the time of an answer in each second.
#[derive(Debug)]
struct Pace {
    most: usize,
    under_way: usize,
    /// When those of the last second were answered, in order.
    answered: VecDeque<Instant>,
}

impl Pace {
    const SPAN: Duration = Duration::from_secs(1);

    /// How long until there is a place; `None`: there is one.
    fn wait(&mut self, now: Instant) -> Option<Duration> {
        while self.answered.front().is_some_and(|first| now.saturating_duration_since(*first) >= Self::SPAN) {
            self.answered.pop_front();
        }
        if self.under_way + self.answered.len() < self.most {
            return None;
        }
        // While all are on their way nobody knows when the first of them is answered.
        let first = self.answered.front();
        Some(first.map_or(LOOK_AGAIN, |first| (*first + Self::SPAN).saturating_duration_since(now)))
    }

    fn end(&mut self, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        self.answered.push_back(now);
    }
}

impl Buckets {
    /// Nothing is known yet but how many requests a second the bot is allowed.
    pub(super) fn new(per_second: u32) -> Self {
        Self {
            pace: Pace { most: per_second.max(1) as usize, under_way: 0, answered: VecDeque::new() },
            names: HashMap::new(),
            known: HashMap::new(),
            held_until: None,
            unwelcome: Unwelcome::default(),
        }
    }

    /// Takes a place for a request that starts now, or says how long it has to wait and for what.
    pub(super) fn take(&mut self, lane: Lane, now: Instant) -> Result<(), Wait> {
        if let Some(wait) = self.held(now) {
            return Err(Wait::All(wait));
        }
        let name = self.names.get(lane.route);
        let mut bucket = name.and_then(|name| self.known.get_mut(&(Arc::clone(name), lane.major)));
        if let Some(bucket) = &mut bucket {
            if let Some(until) = bucket.held_until.filter(|until| *until > now) {
                return Err(Wait::Bucket(until.saturating_duration_since(now)));
            }
            if bucket.full_at <= now {
                bucket.remaining = bucket.limit.saturating_sub(bucket.under_way);
            }
            if bucket.remaining == 0 {
                return Err(Wait::Bucket(bucket.full_at.saturating_duration_since(now).max(LOOK_AGAIN)));
            }
        }
        if let Some(wait) = self.pace.wait(now) {
            return Err(Wait::Turn(wait));
        }
        self.pace.under_way += 1;
        if let Some(bucket) = bucket {
            bucket.remaining -= 1;
            bucket.under_way += 1;
        }
        Ok(())
    }

    /// A request that had a place has ended, with these headers or without.
    pub(super) fn told(&mut self, lane: Lane, told: Option<Told>, now: Instant) {
        self.pace.end(now);
        let named = told.as_ref().and_then(|told| told.bucket.clone());
        if let Some(name) = named {
            self.names.insert(lane.route, name);
        }
        let Some(name) = self.names.get(lane.route) else { return };
        let key = (Arc::clone(name), lane.major);
        if self.known.len() >= MOST_BUCKETS && !self.known.contains_key(&key) {
            self.forget(now);
        }
        let Some(Told { limit, remaining, reset_after, .. }) = told else {
            if let Some(bucket) = self.known.get_mut(&key) {
                bucket.under_way = bucket.under_way.saturating_sub(1);
            }
            return;
        };
        let full_at = now + reset_after;
        let bucket =
            self.known.entry(key).or_insert(Bucket { limit, remaining, full_at, held_until: None, under_way: 1 });
        bucket.under_way = bucket.under_way.saturating_sub(1);
        bucket.limit = limit;
        bucket.remaining = remaining.saturating_sub(bucket.under_way);
        bucket.full_at = full_at;
    }

    /// Discord refused a request of this lane for its rate, naming the bucket or not: nothing more of it for so long.
    pub(super) fn refused(&mut self, lane: Lane, bucket: Option<Arc<str>>, after: Duration, now: Instant) {
        if let Some(name) = bucket {
            self.names.insert(lane.route, name);
        }
        // Without a name of its own a route is its own bucket.
        let name = Arc::clone(self.names.entry(lane.route).or_insert_with(|| Arc::from(lane.route)));
        let full_at = now + after;
        let empty = Bucket { limit: 1, remaining: 0, full_at, held_until: None, under_way: 0 };
        let bucket = self.known.entry((name, lane.major)).or_insert(empty);
        bucket.remaining = 0;
        bucket.full_at = bucket.full_at.max(full_at);
        bucket.held_until = bucket.held_until.max(Some(full_at));
    }

    /// Nothing at all for so long.
    pub(super) fn hold(&mut self, after: Duration, now: Instant) {
        self.held_until = self.held_until.max(Some(now + after));
    }

    /// Answers too many of which ban the address.
    pub(super) const fn unwelcome(&mut self) -> &mut Unwelcome {
        &mut self.unwelcome
    }

    /// How long nothing may go, not even what no limit counts, lest the address be banned.
    pub(super) fn nearly_banned(&mut self, now: Instant) -> Option<Duration> {
        self.unwelcome.wait(LAST_UNWELCOME, now).filter(|wait| !wait.is_zero())
    }

    /// How long nothing may go where it was refused before.
    pub(super) fn hold_of_barred(&mut self, now: Instant) -> Option<Duration> {
        self.unwelcome.wait(MANY_UNWELCOME, now).filter(|wait| !wait.is_zero())
    }

    /// How long nothing may go that a limit counts.
    fn held(&mut self, now: Instant) -> Option<Duration> {
        let held = self.held_until.map(|until| until.saturating_duration_since(now));
        held.max(self.unwelcome.wait(MOST_UNWELCOME, now)).filter(|wait| !wait.is_zero())
    }

    /// Forgets buckets that are full again; when that is not enough, all: the next answers tell anew.
    fn forget(&mut self, now: Instant) {
        self.known
            .retain(|_, bucket| bucket.full_at.max(bucket.held_until.unwrap_or(now)) > now || bucket.under_way > 0);
        if self.known.len() >= MOST_BUCKETS {
            self.known.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chat::discord::limits::UNWELCOME_SPAN;

    const POST: Lane = Lane { route: "POST messages", major: 1 };
    const ELSEWHERE: Lane = Lane { route: "POST messages", major: 2 };
    const SECOND: Duration = Duration::from_secs(1);

    /// With a pace that is none.
    fn buckets() -> Buckets {
        Buckets::new(u32::MAX)
    }

    fn told(limit: u32, remaining: u32, reset_after: Duration) -> Option<Told> {
        Some(Told { bucket: Some("abcd".into()), limit, remaining, reset_after })
    }

    #[test]
    fn an_empty_bucket_is_waited_for_and_holds_up_no_other_channel() {
        let (mut buckets, now) = (buckets(), Instant::now());
        assert_eq!(buckets.take(POST, now), Ok(()));
        buckets.told(POST, told(5, 0, 4 * SECOND), now);
        assert_eq!(buckets.take(POST, now + SECOND), Err(Wait::Bucket(3 * SECOND)));
        assert_eq!(buckets.take(ELSEWHERE, now + SECOND), Ok(()));
        for _ in 0..5 {
            assert_eq!(buckets.take(POST, now + 4 * SECOND), Ok(()));
        }
    }

    #[test]
    fn what_is_on_its_way_counts_before_discord_has_counted_it() {
        let (mut buckets, now) = (buckets(), Instant::now());
        buckets.take(POST, now).unwrap();
        buckets.told(POST, told(3, 2, 5 * SECOND), now);
        buckets.take(POST, now).unwrap();
        buckets.take(POST, now).unwrap();
        assert!(buckets.take(POST, now).is_err());
        // The first of the two is answered; the second is still on its way.
        buckets.told(POST, told(3, 1, 5 * SECOND), now);
        assert!(buckets.take(POST, now).is_err());
    }

    #[test]
    fn a_refusal_holds_its_own_bucket_for_the_time_named_and_not_a_moment_less() {
        let (mut buckets, now) = (buckets(), Instant::now());
        buckets.refused(POST, None, 37 * SECOND, now);
        buckets.refused(POST, None, 5 * SECOND, now);
        assert_eq!(buckets.take(POST, now + 36 * SECOND), Err(Wait::Bucket(SECOND)));
        assert_eq!(buckets.take(ELSEWHERE, now), Ok(()));
        assert_eq!(buckets.take(POST, now + 37 * SECOND), Ok(()));
    }

    #[test]
    fn an_answer_to_what_went_before_shortens_no_wait() {
        let (mut buckets, now) = (buckets(), Instant::now());
        buckets.take(POST, now).unwrap();
        buckets.told(POST, told(5, 4, 5 * SECOND), now);
        buckets.take(POST, now).unwrap();
        buckets.take(POST, now).unwrap();
        buckets.refused(POST, Some("abcd".into()), 37 * SECOND, now);
        buckets.told(POST, None, now);
        buckets.told(POST, told(5, 4, 5 * SECOND), now);
        assert_eq!(buckets.take(POST, now), Err(Wait::Bucket(37 * SECOND)));
        assert_eq!(buckets.take(POST, now + 36 * SECOND), Err(Wait::Bucket(SECOND)));
        assert_eq!(buckets.take(POST, now + 37 * SECOND), Ok(()));
    }

    #[test]
    fn a_global_refusal_holds_everything() {
        let (mut buckets, now) = (buckets(), Instant::now());
        buckets.hold(2 * SECOND, now);
        assert_eq!(buckets.take(ELSEWHERE, now), Err(Wait::All(2 * SECOND)));
        assert_eq!(buckets.take(ELSEWHERE, now + 2 * SECOND), Ok(()));
    }

    #[test]
    fn the_ban_for_unwelcome_requests_can_never_be_reached() {
        let (mut buckets, start) = (buckets(), Instant::now());
        let mut sent = Vec::new();
        // A request each 10 ms for an hour, all of them unwelcome.
        for tick in 0..360_000_u32 {
            let now = start + tick * Duration::from_millis(10);
            if buckets.take(POST, now).is_ok() {
                buckets.told(POST, None, now);
                buckets.unwelcome().count(now);
                sent.push(now);
            }
        }
        let most = sent
            .iter()
            .enumerate()
            .map(|(place, first)| {
                sent[place..].iter().take_while(|at| at.duration_since(*first) < UNWELCOME_SPAN).count()
            })
            .max();
        assert!(most.unwrap() <= MOST_UNWELCOME as usize + 1, "{most:?}");
        assert!(sent.len() > 3 * MOST_UNWELCOME as usize, "it goes on after a while: {}", sent.len());
    }

    #[test]
    fn all_routes_together_keep_the_pace_and_an_empty_bucket_takes_no_turn() {
        let (mut buckets, now) = (Buckets::new(3), Instant::now());
        buckets.take(POST, now).unwrap();
        buckets.told(POST, told(1, 0, 9 * SECOND), now);
        assert_eq!(buckets.take(POST, now), Err(Wait::Bucket(9 * SECOND)));
        let other = Lane { route: "POST crosspost", major: 1 };
        buckets.take(ELSEWHERE, now).unwrap();
        buckets.take(other, now).unwrap();
        assert_eq!(buckets.take(other, now + SECOND / 2), Err(Wait::Turn(SECOND / 2)));
        buckets.take(other, now + SECOND).unwrap();
        // Three are on their way: when the next may go, nobody knows.
        assert_eq!(buckets.take(other, now + 9 * SECOND), Err(Wait::Turn(LOOK_AGAIN)));
    }

    proptest! {
        /// Wherever between sending and answer a request is counted, no second holds more than are allowed.
        #[test]
        fn no_second_holds_too_many(
            steps in proptest::collection::vec((0_u64..120, 0_u64..400, 0_u64..400), 1..300)
        ) {
            const MOST: usize = 5;
            let mut buckets = Buckets::new(5);
            let mut now = Instant::now();
            let (mut arrivals, mut answers): (Vec<Instant>, Vec<Instant>) = (Vec::new(), Vec::new());
            for (pause, there, back) in steps {
                now += Duration::from_millis(pause);
                answers.sort_unstable();
                while answers.first().is_some_and(|answer| *answer <= now) {
                    buckets.told(ELSEWHERE, None, answers.remove(0));
                }
                if buckets.take(ELSEWHERE, now).is_ok() {
                    let arrival = now + Duration::from_millis(there);
                    arrivals.push(arrival);
                    answers.push(arrival + Duration::from_millis(back));
                }
            }
            arrivals.sort_unstable();
            for span in arrivals.windows(MOST + 1) {
                prop_assert!(span[MOST] - span[0] >= SECOND);
            }
        }

        /// A server that counts as Discord does never has to refuse, whatever the order of questions and answers.
        #[test]
        fn a_bucket_that_was_told_is_never_overdrawn(steps in proptest::collection::vec((0_u64..1_500, any::<bool>()), 1..200)) {
            const LIMIT: u32 = 5;
            let mut buckets = buckets();
            let mut now = Instant::now();
            let (mut window, mut used) = (now, 0_u32);
            let mut waiting: Vec<Option<Told>> = Vec::new();
            let mut is_told = false;
            for (pause, answers) in steps {
                now += Duration::from_millis(pause);
                // Until the first answer there is one request at a time, as the outbox sends.
                if (is_told || waiting.is_empty()) && buckets.take(POST, now).is_ok() {
                    if now >= window + 5 * SECOND {
                        (window, used) = (now, 0);
                    }
                    used += 1;
                    prop_assert!(used <= LIMIT);
                    waiting.push(told(LIMIT, LIMIT - used, (window + 5 * SECOND).duration_since(now)));
                }
                if (answers || !is_told) && !waiting.is_empty() {
                    buckets.told(POST, waiting.remove(0), now);
                    is_told = true;
                }
            }
        }
    }
}
