//! Whether a platform takes messages at all. While it does not, single messages find out when it does again: many tries
//! would tell no more, and those that failed would wait ever longer.

use std::time::Duration;

/// So many tries that fail one after the other are the platform's failure and not their chats'.
const FAILURES: u32 = 16;
/// From one try to the next while it takes nothing: at first, and at most.
const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(5);
/// So long an answer is waited for meanwhile: a platform that is back is noticed soon, and nothing hangs for long after that.
const SHORT_PATIENCE: Duration = Duration::from_secs(5);

/// How one platform stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Failures since it last took something.
    failures: u32,
    /// `Some` while it takes nothing.
    closed: Option<Closed>,
}

#[derive(Debug)]
struct Closed {
    next_try: Duration,
    rest: Duration,
}

impl Standing {
    /// When the next message may be tried, the pace left aside.
    pub(super) fn ready(&self, now: Duration) -> Duration {
        self.closed.as_ref().map_or(now, |closed| closed.next_try.max(now))
    }

    /// How long an answer is waited for, which is `usually` so long.
    pub(super) fn patience(&self, usually: Duration) -> Duration {
        if self.closed.is_some() { usually.min(SHORT_PATIENCE) } else { usually }
    }

    /// A message is tried now.
    pub(super) fn tried(&mut self, now: Duration) {
        if let Some(closed) = &mut self.closed {
            closed.next_try = now.saturating_add(closed.rest);
            closed.rest = (closed.rest * 2).min(LONGEST_REST);
        }
    }

    /// It took a message, or refused one for what that one is.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// It failed, or gave no answer.
    pub(super) fn failed(&mut self, at: Duration) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
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
            None => self.closed = Some(Closed { next_try, rest: FIRST_REST }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(100);

    #[test]
    fn a_few_failures_are_those_of_their_chats() {
        let mut standing = Standing::default();
        for _ in 1..FAILURES {
            standing.failed(NOW);
        }
        assert_eq!(standing.ready(NOW), NOW);
        standing.answered();
        standing.failed(NOW);
        assert_eq!(standing.ready(NOW), NOW, "it has taken something since");
    }

    #[test]
    fn while_nothing_is_taken_single_messages_are_tried_ever_more_rarely_until_one_is() {
        let mut standing = Standing::default();
        for _ in 0..FAILURES {
            standing.failed(NOW);
        }
        let (mut now, mut tries) = (NOW, Vec::new());
        for _ in 0..6 {
            now = standing.ready(now);
            tries.push((now - NOW).as_secs());
            standing.tried(now);
            assert!(standing.ready(now) > now, "one at a time");
            standing.failed(now);
        }
        assert_eq!(tries, [1, 2, 4, 8, 13, 18]);
        standing.answered();
        assert_eq!(standing.ready(now), now);
    }

    #[test]
    fn after_a_wait_for_all_one_message_goes_first() {
        let mut standing = Standing::default();
        let until = NOW + Duration::from_secs(5);
        standing.refused_all(until);
        assert_eq!(standing.ready(NOW), until);
        standing.tried(until);
        assert!(standing.ready(until) > until);
        let again = until + Duration::from_secs(7);
        standing.refused_all(again);
        assert_eq!(standing.ready(until), again, "it was told to wait longer");
    }
}
