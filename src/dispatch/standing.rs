//! Whether a platform takes messages at all. While it does not, single messages find out when it does again: many tries
//! would tell no more, and those that failed would wait ever longer.

use std::time::Duration;

/// So many tries that fail one after the other, over so long a time, are the platform's failure and not their chats'.
const FAILURES: u32 = 16;
const FAILING_FOR: Duration = Duration::from_secs(5);
/// From one try to the next while it takes nothing: at first, and at most.
const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(5);
/// So long an answer is waited for at the first try of those: a platform that is back is noticed soon. Each next try has
/// twice the time, up to the usual one, since a platform may also have become slow.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);

/// How one platform stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Failures since it last took something, and when the first of them was tried.
    failing: Option<(u32, Duration)>,
    /// `Some` while it takes nothing.
    closed: Option<Closed>,
}

#[derive(Debug)]
struct Closed {
    next_try: Duration,
    rest: Duration,
    patience: Duration,
    tries: u32,
}

impl Standing {
    /// When the next message may be tried, the pace left aside.
    pub(super) fn ready(&self, now: Duration) -> Duration {
        self.closed.as_ref().map_or(now, |closed| closed.next_try.max(now))
    }

    /// Whether the next try is for one that came last: those in front may be the very ones that fail.
    pub(super) fn wants_last(&self) -> bool {
        self.closed.as_ref().is_some_and(|closed| closed.tries % 2 == 1)
    }

    /// How long an answer is waited for, which is `usually` so long.
    pub(super) fn patience(&self, usually: Duration) -> Duration {
        self.closed.as_ref().map_or(usually, |closed| closed.patience.min(usually))
    }

    /// A message is tried now. What [`Standing::patience`] says of it is asked before.
    pub(super) fn tried(&mut self, now: Duration) {
        if let Some(closed) = &mut self.closed {
            closed.next_try = now.saturating_add(closed.rest);
            closed.rest = (closed.rest * 2).min(LONGEST_REST);
            closed.patience = closed.patience.saturating_mul(2);
            closed.tries = closed.tries.wrapping_add(1);
        }
    }

    /// What was tried has not been sent after all.
    pub(super) fn unsent(&mut self, now: Duration) {
        if let Some(closed) = &mut self.closed {
            closed.next_try = now;
        }
    }

    /// It took a message, or refused one for what that one is.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// It failed, or gave no answer, to a message that was tried at `started`.
    pub(super) fn failed(&mut self, started: Duration, at: Duration) {
        let (failures, since) = self.failing.map_or((1, started), |(count, since)| (count.saturating_add(1), since));
        self.failing = Some((failures, since));
        if failures >= FAILURES && at.saturating_sub(since) >= FAILING_FOR {
            self.close(at.saturating_add(FIRST_REST));
        }
    }

    /// It told everybody to wait until then.
    pub(super) fn refused_all(&mut self, until: Duration) {
        self.close(until);
    }

    fn close(&mut self, next_try: Duration) {
        match &mut self.closed {
            Some(closed) => closed.next_try = closed.next_try.max(next_try),
            None => self.closed = Some(Closed { next_try, rest: FIRST_REST, patience: FIRST_PATIENCE, tries: 0 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(100);
    const MINUTE: Duration = Duration::from_secs(60);

    fn closed() -> Standing {
        let mut standing = Standing::default();
        for _ in 0..FAILURES {
            standing.failed(NOW.saturating_sub(FAILING_FOR), NOW);
        }
        standing
    }

    #[test]
    fn a_few_failures_or_those_of_a_moment_are_those_of_their_chats() {
        let mut standing = Standing::default();
        for _ in 1..FAILURES {
            standing.failed(NOW, NOW + MINUTE);
        }
        assert_eq!(standing.ready(NOW + MINUTE), NOW + MINUTE);
        standing.answered();
        for _ in 0..100 {
            standing.failed(NOW, NOW);
        }
        assert_eq!(standing.ready(NOW), NOW, "many chats fail, and others have not had their turn");
        standing.answered();
        standing.failed(NOW, NOW + MINUTE);
        assert_eq!(standing.ready(NOW + MINUTE), NOW + MINUTE, "it has taken something since");
    }

    #[test]
    fn while_nothing_is_taken_single_messages_are_tried_ever_more_rarely_until_one_is() {
        let mut standing = closed();
        let (mut now, mut tries, mut lasts) = (NOW, Vec::new(), Vec::new());
        for _ in 0..6 {
            now = standing.ready(now);
            tries.push((now - NOW).as_secs());
            lasts.push(standing.wants_last());
            standing.tried(now);
            assert!(standing.ready(now) > now, "one at a time");
            standing.failed(now, now);
        }
        assert_eq!(tries, [1, 2, 4, 8, 13, 18]);
        assert_eq!(lasts, [false, true, false, true, false, true]);
        standing.answered();
        assert_eq!(standing.ready(now), now);
    }

    #[test]
    fn a_platform_that_has_become_slow_is_given_ever_more_time() {
        let mut standing = closed();
        let mut given = Vec::new();
        for _ in 0..5 {
            given.push(standing.patience(MINUTE).as_secs());
            standing.tried(NOW);
        }
        assert_eq!(given, [5, 10, 20, 40, 60]);
        standing.answered();
        assert_eq!(standing.patience(MINUTE), MINUTE);
    }

    #[test]
    fn after_a_wait_for_all_one_message_goes_first() {
        let mut standing = Standing::default();
        let until = NOW + Duration::from_secs(5);
        standing.refused_all(until);
        assert_eq!(standing.ready(NOW), until);
        standing.tried(until);
        assert!(standing.ready(until) > until);
        standing.unsent(until);
        assert_eq!(standing.ready(until), until, "it was not sent");
        let again = until + Duration::from_secs(7);
        standing.refused_all(again);
        assert_eq!(standing.ready(until), again, "it was told to wait longer");
    }
}
