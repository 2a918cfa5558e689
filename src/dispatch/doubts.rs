//! Messages that may have arrived although their answer never came, on a platform that would post them a second time.
//!
//! Each is sent once more, and late: when the platform has taken another message that was sent after it, and a moment later at
//! the earliest. While it takes none, one of them after the other finds out whether it does again, ever more rarely the
//! longer that lasts: one whose answer is lost again may stand there twice.

use std::{collections::VecDeque, mem, time::Duration};

use crate::store::DeliveryId;

/// So long after it was sent a message in doubt is sent again at the earliest.
const QUIET: Duration = Duration::from_secs(5);
/// From one that finds out to the next at most.
const LONGEST_REST: Duration = Duration::from_secs(60);
/// While nothing is taken, the rest is this part of the time since something was: twelve minutes make two.
const PART: u32 = 6;
/// Deliveries remembered at most; those beyond are due by their own time.
const MANY: usize = 1_024;

/// The deliveries of one platform that are in doubt and wait in the store.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// In the order in which they came into doubt, and when they were sent.
    waiting: VecDeque<(DeliveryId, Duration)>,
    /// When the last message that was taken was sent.
    taken: Option<Duration>,
    /// Since when nothing was taken while some were in doubt.
    silent_since: Option<Duration>,
    next_try: Duration,
}

impl Doubts {
    /// Nobody knows whether a message arrived that was sent at this time.
    pub(super) fn note(&mut self, delivery: DeliveryId, sent: Duration, now: Duration) {
        if self.silent_since.is_none() {
            self.silent_since = Some(now);
            self.next_try = now.saturating_add(QUIET);
        }
        if self.waiting.len() < MANY {
            self.waiting.push_back((delivery, sent));
        }
    }

    /// The platform took a message that was sent at this time.
    pub(super) fn taken(&mut self, sent: Duration) {
        self.taken = self.taken.max(Some(sent));
        if self.silent_since.is_some_and(|since| since <= sent) {
            self.silent_since = None;
        }
    }

    /// Those that are to be sent again now.
    pub(super) fn due(&mut self, now: Duration) -> Vec<DeliveryId> {
        let taken = self.taken;
        let (due, waiting) = mem::take(&mut self.waiting)
            .into_iter()
            .partition::<VecDeque<_>, _>(|(_, sent)| is_answering(taken, *sent) && quiet(*sent) <= now);
        self.waiting = waiting;
        let mut due: Vec<_> = due.into_iter().map(|(delivery, _)| delivery).collect();
        if due.is_empty()
            && self.next_try <= now
            && let Some((delivery, _)) = self.waiting.pop_front_if(|(_, sent)| quiet(*sent) <= now)
        {
            let silence = now.saturating_sub(self.silent_since.unwrap_or(now));
            self.next_try = now.saturating_add((silence / PART).clamp(QUIET, LONGEST_REST));
            due.push(delivery);
        }
        due
    }

    /// When [`Doubts::due`] has some again if nothing is heard meanwhile; `None` while none are in doubt.
    pub(super) fn next(&self) -> Option<Duration> {
        let released =
            self.waiting.iter().filter(|(_, sent)| is_answering(self.taken, *sent)).map(|(_, sent)| quiet(*sent));
        let tried = self.waiting.front().map(|(_, sent)| quiet(*sent).max(self.next_try));
        released.chain(tried).min()
    }
}

/// Whether the platform has taken what was sent after this.
fn is_answering(taken: Option<Duration>, sent: Duration) -> bool {
    taken.is_some_and(|taken| taken >= sent)
}

/// From when on a message that was sent then may be sent again.
const fn quiet(sent: Duration) -> Duration {
    sent.saturating_add(QUIET)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChatId, IncidentId, Platform};

    fn delivery(number: usize) -> DeliveryId {
        let chat = ChatId { platform: Platform::Telegram, address: number.to_string().into() };
        DeliveryId { chat, incident: IncidentId::parse("whatsapp-1").unwrap() }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn all_go_again_a_moment_after_their_doubt_when_the_platform_takes_others() {
        let mut doubts = Doubts::default();
        for number in 0..3 {
            doubts.note(delivery(number), at(100), at(100));
        }
        doubts.taken(at(99));
        assert_eq!(doubts.next(), Some(at(105)), "what it took before says nothing: one finds out");
        doubts.taken(at(101));
        assert_eq!(doubts.due(at(104)), []);
        assert_eq!(doubts.due(at(105)), [delivery(0), delivery(1), delivery(2)]);
        assert_eq!((doubts.due(at(106)), doubts.next()), (Vec::new(), None));
    }

    #[test]
    fn while_nothing_is_taken_one_at_a_time_finds_out_ever_more_rarely() {
        let mut doubts = Doubts::default();
        for number in 0..100 {
            doubts.note(delivery(number), at(0), at(0));
        }
        let mut tries = Vec::new();
        while let Some(next) = doubts.next().filter(|next| *next < at(3_600)) {
            let due = doubts.due(next);
            assert_eq!(due.len(), 1);
            tries.push(next.as_secs());
            // Its answer does not come either.
            doubts.note(due[0].clone(), next, next + at(1));
        }
        assert_eq!(tries[..7], [5, 10, 15, 20, 25, 30, 35]);
        assert!(tries.windows(2).all(|pair| pair[1] - pair[0] <= 60), "{tries:?}");
        assert!(tries.len() < 85, "{} tries in an hour", tries.len());
        doubts.taken(at(3_700));
        assert_eq!(doubts.due(at(3_700)).len(), 100, "and then all at once");
    }

    #[test]
    fn what_was_taken_before_a_doubt_makes_nobody_impatient() {
        let mut doubts = Doubts::default();
        doubts.note(delivery(0), at(10), at(10));
        doubts.taken(at(15));
        doubts.note(delivery(1), at(20), at(20));
        assert_eq!(doubts.due(at(21)), [delivery(0)]);
        assert_eq!((doubts.due(at(21)), doubts.next()), (Vec::new(), Some(at(25))));
        assert_eq!(doubts.due(at(25)), [delivery(1)]);
    }

    #[test]
    fn an_answer_that_was_waited_for_in_vain_has_had_its_moment() {
        let mut doubts = Doubts::default();
        doubts.note(delivery(0), at(40), at(41));
        doubts.taken(at(45));
        doubts.note(delivery(1), at(28), at(48));
        assert_eq!(doubts.next(), Some(at(33)));
        assert_eq!(doubts.due(at(48)), [delivery(0), delivery(1)]);
    }

    #[test]
    fn a_platform_that_nobody_hears_of_costs_little_memory() {
        let mut doubts = Doubts::default();
        (0..10_000).for_each(|number| doubts.note(delivery(number), at(0), at(0)));
        assert_eq!(doubts.waiting.len(), MANY);
    }
}
