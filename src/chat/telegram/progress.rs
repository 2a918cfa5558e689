//! Which updates are being handled and which are done: what may be confirmed, what is a repetition, and what comes again
//! because it could not be handled.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use super::limits;

/// Which updates are being handled and which are done.
#[derive(Debug, Default)]
pub(super) struct Progress {
    updates: Mutex<Updates>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Updates {
    /// What must not be confirmed yet.
    open: BTreeMap<u32, Open>,
    done: BTreeSet<u32>,
    /// The same in the order in which they were done: Telegram may begin anew with smaller numbers, so the smallest is not
    /// always the one that was done first.
    order: VecDeque<u32>,
}

/// An update whose effects are not stored yet.
#[derive(Debug)]
struct Open {
    /// When it came first.
    since: Instant,
    /// How often it was begun.
    tries: u32,
    /// From when on it may be begun again; `None`: it is being handled.
    again: Option<Instant>,
}

impl Progress {
    /// Notes that an update is handled from now on; `false` when it already is or was, or when it is too early to try it
    /// again.
    pub(super) fn begin(&self, update: u32, now: Instant) -> bool {
        let mut updates = self.updates();
        if updates.done.contains(&update) {
            return false;
        }
        let open = updates.open.entry(update).or_insert(Open { since: now, tries: 0, again: Some(now) });
        let may_begin = open.again.is_some_and(|again| again <= now);
        if may_begin {
            open.tries = open.tries.saturating_add(1);
            open.again = None;
        }
        may_begin
    }

    /// Notes that an update's effects are stored, or that it has none.
    pub(super) fn settle(&self, update: u32) {
        let mut updates = self.updates();
        if updates.open.remove(&update).is_some() {
            updates.finish(update);
        }
        drop(updates);
        self.changed.notify_waiters();
    }

    /// Notes that an update was not handled: it comes again, and is taken after a while.
    pub(super) fn fail(&self, update: u32, now: Instant) {
        if let Some(open) = self.updates().open.get_mut(&update) {
            let doubled = limits::FIRST_AGAIN.saturating_mul(2_u32.saturating_pow(open.tries.saturating_sub(1)));
            open.again = Some(now + doubled.min(limits::LONGEST_AGAIN));
        }
        self.changed.notify_waiters();
    }

    /// Notes that there was no room for an update yet: it comes again, and is taken when there is.
    pub(super) fn postpone(&self, update: u32, now: Instant) {
        if let Some(open) = self.updates().open.get_mut(&update) {
            open.tries = open.tries.saturating_sub(1);
            open.again = Some(now);
        }
        self.changed.notify_waiters();
    }

    /// Gives up on updates that have been open for so long, so that they keep nobody from being heard any longer.
    pub(super) fn give_up(&self, longest: Duration, now: Instant) -> Vec<u32> {
        let mut updates = self.updates();
        let is_old = |open: &Open| now.duration_since(open.since) >= longest;
        let old: Vec<u32> = updates.open.iter().filter(|(_, open)| is_old(open)).map(|(update, _)| *update).collect();
        for update in &old {
            updates.open.remove(update);
            updates.finish(*update);
        }
        drop(updates);
        self.changed.notify_waiters();
        old
    }

    /// The first update that Telegram must keep, where anything is known of its numbering.
    pub(super) fn offset(&self) -> Option<i32> {
        let updates = self.updates();
        let first = updates.open.first_key_value().map(|(update, _)| *update);
        let offset = first.or_else(|| updates.done.last().map(|last| last.saturating_add(1)));
        offset.and_then(|offset| i32::try_from(offset).ok())
    }

    /// Whether every update that came was handled and is done.
    pub(super) fn is_idle(&self) -> bool {
        self.updates().open.is_empty()
    }

    /// Forgets the numbers of what is done: after a long silence Telegram may begin anew with smaller ones.
    pub(super) fn forget(&self) {
        let mut updates = self.updates();
        updates.done.clear();
        updates.order.clear();
    }

    /// Waits until every update that came is done.
    pub(super) async fn idle(&self) {
        self.wait(|updates| updates.open.is_empty()).await;
    }

    /// Waits until an update is no longer being handled; tells whether it is done.
    pub(super) async fn settled(&self, update: u32) -> bool {
        self.wait(|updates| updates.open.get(&update).is_none_or(|open| open.again.is_some())).await;
        self.updates().done.contains(&update)
    }

    fn updates(&self) -> MutexGuard<'_, Updates> {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait(&self, is_reached: impl Fn(&Updates) -> bool) {
        loop {
            let mut changed = pin!(self.changed.notified());
            // Listening begins before looking, so that nothing is missed in between.
            changed.as_mut().enable();
            if is_reached(&self.updates()) {
                return;
            }
            changed.await;
        }
    }
}

impl Updates {
    fn finish(&mut self, update: u32) {
        if self.done.insert(update) {
            self.order.push_back(update);
        }
        if self.order.len() > limits::REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.done.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_before_the_first_unfinished_update_is_confirmed() {
        let (progress, now) = (Progress::default(), Instant::now());
        assert_eq!(progress.offset(), None);
        assert!(progress.begin(10, now) && progress.begin(11, now) && progress.begin(12, now));
        progress.settle(11);
        assert_eq!(progress.offset(), Some(10));
        progress.settle(10);
        assert_eq!(progress.offset(), Some(12));
        progress.settle(12);
        assert_eq!(progress.offset(), Some(13));
        assert!(progress.is_idle());
    }

    #[test]
    fn a_repeated_update_is_not_begun_again() {
        let (progress, now) = (Progress::default(), Instant::now());
        assert!(progress.begin(10, now));
        assert!(!progress.begin(10, now), "it is being handled");
        progress.settle(10);
        assert!(!progress.begin(10, now), "it is done");
    }

    #[test]
    fn what_failed_is_not_confirmed_and_taken_again_after_pauses_that_grow() {
        let (progress, mut now) = (Progress::default(), Instant::now());
        assert!(progress.begin(10, now) && progress.begin(11, now));
        progress.settle(11);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            progress.fail(10, now);
            assert_eq!(progress.offset(), Some(10), "what came after it is done, and yet nothing is confirmed");
            let failed = now;
            while !progress.begin(10, now) {
                now += Duration::from_millis(500);
            }
            pauses.push(now.duration_since(failed).as_secs());
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30]);
        progress.settle(10);
        assert_eq!(progress.offset(), Some(12));
    }

    #[test]
    fn what_had_no_room_is_taken_when_there_is_some_and_does_not_count_as_tried() {
        let (progress, now) = (Progress::default(), Instant::now());
        for _ in 0..9 {
            assert!(progress.begin(10, now));
            progress.postpone(10, now);
            assert_eq!(progress.offset(), Some(10));
        }
        assert!(progress.begin(10, now));
        progress.fail(10, now);
        assert!(progress.begin(10, now + limits::FIRST_AGAIN));
    }

    #[test]
    fn what_cannot_be_handled_for_long_keeps_nobody_from_being_heard() {
        let (progress, now) = (Progress::default(), Instant::now());
        let longest = Duration::from_secs(300);
        assert!(progress.begin(10, now) && progress.begin(11, now + longest / 2));
        progress.fail(10, now);
        assert!(progress.give_up(longest, now + longest / 2).is_empty());
        assert_eq!(progress.give_up(longest, now + longest), [10]);
        assert_eq!(progress.offset(), Some(11));
        assert!(!progress.begin(10, now + longest), "it is confirmed with the next request");
        progress.settle(10);
        assert_eq!(progress.offset(), Some(11), "it may end after all");
    }

    #[test]
    fn after_a_long_silence_the_numbers_may_be_smaller() {
        let (progress, now) = (Progress::default(), Instant::now());
        progress.begin(1_000, now);
        progress.settle(1_000);
        progress.forget();
        assert_eq!(progress.offset(), None);
        assert!(progress.begin(5, now));
        assert_eq!(progress.offset(), Some(5));
    }

    #[tokio::test]
    async fn what_is_done_under_a_smaller_number_than_all_before_is_done_all_the_same() {
        let (progress, now) = (Progress::default(), Instant::now());
        let many = u32::try_from(limits::REMEMBERED).unwrap();
        for update in 900_000_000..900_000_000 + many {
            assert!(progress.begin(update, now));
            progress.settle(update);
        }
        // After a quiet week Telegram chooses another number to go on from.
        for update in 5..5 + many {
            assert!(progress.begin(update, now));
            progress.settle(update);
            assert!(progress.settled(update).await, "Telegram is told so, and does not post it again for ever");
            assert!(!progress.begin(update, now));
        }
        assert_eq!(progress.updates().done.len(), limits::REMEMBERED);
        assert!(progress.begin(900_000_000, now), "what was done longest ago is forgotten");
    }

    #[tokio::test]
    async fn waiting_ends_when_the_update_is_done_or_failed() {
        let (progress, now) = (Progress::default(), Instant::now());
        progress.begin(1, now);
        let (is_done, ()) = tokio::join!(progress.settled(1), async { progress.settle(1) });
        assert!(is_done);
        progress.begin(2, now);
        let (is_done, ()) = tokio::join!(progress.settled(2), async { progress.fail(2, now) });
        assert!(!is_done);
        progress.settle(2);
        progress.idle().await;
    }
}
