//! Which timelines stand below alerts in groups, so that however many press the button, one message tells it.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use tokio::time::Instant;

use super::limits;

/// The timelines that were told lately. After a restart a press tells one anew, once.
#[derive(Debug, Default)]
pub(super) struct Timelines(Mutex<VecDeque<Timeline>>);

#[derive(Debug)]
struct Timeline {
    chat: i64,
    alert: i32,
    message: i32,
    told: Instant,
}

impl Timelines {
    /// The message that tells the timeline below this alert, if it was told lately.
    pub(super) fn below(&self, chat: i64, alert: i32, now: Instant) -> Option<i32> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &&Timeline| {
            (one.chat, one.alert) == (chat, alert) && now.duration_since(one.told) < limits::TIMELINE_KEPT
        };
        told.iter().find(is_it).map(|one| one.message)
    }

    /// Notes that this message tells it from now on.
    pub(super) fn note(&self, chat: i64, alert: i32, message: i32, now: Instant) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.iter_mut().find(|one| (one.chat, one.alert) == (chat, alert)) {
            // One that is only kept true stands where it stood, and is scrolled away in time.
            if known.message != message {
                *known = Timeline { chat, alert, message, told: now };
            }
            return;
        }
        if told.len() >= limits::TIMELINES {
            told.pop_front();
        }
        told.push_back(Timeline { chat, alert, message, told: now });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_timeline_is_kept_true_for_a_while_and_then_told_anew() {
        let (timelines, now) = (Timelines::default(), Instant::now());
        timelines.note(-1, 5, 6, now);
        let late = now + limits::TIMELINE_KEPT - Duration::from_secs(1);
        timelines.note(-1, 5, 6, late);
        assert_eq!(timelines.below(-1, 5, late), Some(6));
        assert_eq!((timelines.below(-2, 5, late), timelines.below(-1, 6, late)), (None, None));
        assert_eq!(timelines.below(-1, 5, now + limits::TIMELINE_KEPT), None);
        timelines.note(-1, 5, 9, late);
        assert_eq!(timelines.below(-1, 5, now + limits::TIMELINE_KEPT), Some(9));
    }

    #[test]
    fn no_number_of_them_fills_the_memory() {
        let (timelines, now) = (Timelines::default(), Instant::now());
        (0..3_000).for_each(|alert| timelines.note(-1, alert, alert + 1, now));
        assert_eq!(timelines.0.lock().unwrap().len(), limits::TIMELINES);
        assert_eq!(timelines.below(-1, 2_999, now), Some(3_000));
    }
}
