//! Which updates are being handled and which are done: what may be confirmed, and what is a repetition.

use std::{
    collections::BTreeSet,
    pin::pin,
    sync::{Mutex, PoisonError},
};

use tokio::sync::Notify;

use super::limits;

/// Which updates are being handled and which are done.
#[derive(Debug, Default)]
pub(super) struct Progress {
    updates: Mutex<Updates>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Updates {
    open: BTreeSet<u32>,
    done: BTreeSet<u32>,
}

impl Progress {
    /// Notes that an update is handled from now on; `false` when it already is, or was.
    pub(super) fn begin(&self, update: u32) -> bool {
        let mut updates = self.updates.lock().unwrap_or_else(PoisonError::into_inner);
        !updates.done.contains(&update) && updates.open.insert(update)
    }

    /// Notes that an update's effects are stored.
    pub(super) fn settle(&self, update: u32) {
        let mut updates = self.updates.lock().unwrap_or_else(PoisonError::into_inner);
        if updates.open.remove(&update) {
            updates.done.insert(update);
            while updates.done.len() > limits::REMEMBERED {
                updates.done.pop_first();
            }
        }
        drop(updates);
        self.changed.notify_waiters();
    }

    /// Notes that an update was not handled, so that it may come again.
    pub(super) fn drop(&self, update: u32) {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner).open.remove(&update);
        self.changed.notify_waiters();
    }

    /// The first update that Telegram must keep, where anything is known of its numbering.
    pub(super) fn offset(&self) -> Option<i32> {
        let updates = self.updates.lock().unwrap_or_else(PoisonError::into_inner);
        let first = updates.open.first().copied();
        let offset = first.or_else(|| updates.done.last().map(|last| last.saturating_add(1)));
        offset.and_then(|offset| i32::try_from(offset).ok())
    }

    /// Whether every update that came was handled and is done.
    pub(super) fn is_idle(&self) -> bool {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner).open.is_empty()
    }

    /// Forgets the numbers of what is done: after a long silence Telegram may begin anew with smaller ones.
    pub(super) fn forget(&self) {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner).done.clear();
    }

    /// Waits until every update that came is done.
    pub(super) async fn idle(&self) {
        self.wait(|updates| updates.open.is_empty()).await;
    }

    /// Waits until an update is no longer being handled; tells whether it is done.
    pub(super) async fn settled(&self, update: u32) -> bool {
        self.wait(|updates| !updates.open.contains(&update)).await;
        self.updates.lock().unwrap_or_else(PoisonError::into_inner).done.contains(&update)
    }

    async fn wait(&self, is_reached: impl Fn(&Updates) -> bool) {
        loop {
            let mut changed = pin!(self.changed.notified());
            // Listening begins before looking, so that nothing is missed in between.
            changed.as_mut().enable();
            if is_reached(&self.updates.lock().unwrap_or_else(PoisonError::into_inner)) {
                return;
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_before_the_first_unfinished_update_is_confirmed() {
        let progress = Progress::default();
        assert_eq!(progress.offset(), None);
        assert!(progress.begin(10) && progress.begin(11) && progress.begin(12));
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
        let progress = Progress::default();
        assert!(progress.begin(10));
        assert!(!progress.begin(10), "it is being handled");
        progress.settle(10);
        assert!(!progress.begin(10), "it is done");
        assert!(progress.begin(11));
        progress.drop(11);
        assert!(progress.begin(11), "it was not handled");
    }

    #[test]
    fn after_a_long_silence_the_numbers_may_be_smaller() {
        let progress = Progress::default();
        progress.begin(1_000);
        progress.settle(1_000);
        progress.forget();
        assert_eq!(progress.offset(), None);
        assert!(progress.begin(5));
        assert_eq!(progress.offset(), Some(5));
    }

    #[tokio::test]
    async fn waiting_ends_when_the_update_is_done() {
        let progress = Progress::default();
        progress.begin(1);
        let (is_done, ()) = tokio::join!(progress.settled(1), async { progress.settle(1) });
        assert!(is_done);
        progress.begin(2);
        let (is_done, ()) = tokio::join!(progress.settled(2), async { progress.drop(2) });
        assert!(!is_done);
        progress.idle().await;
    }
}
