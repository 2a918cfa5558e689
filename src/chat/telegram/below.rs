//! Which answers stand below messages in groups, so that however many press a button, one message answers them.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use tokio::time::Instant;

use super::limits;

/// A button below a message, with its chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The chat.
    pub(super) chat: i64,
    /// The message.
    pub(super) message: i32,
    /// The button's words.
    pub(super) words: String,
}

/// The answers that were told lately. After a restart a press tells one anew, once.
#[derive(Debug, Default)]
pub(super) struct Below(Mutex<VecDeque<Told>>);

#[derive(Debug)]
struct Told {
    place: Place,
    answer: i32,
    since: Instant,
}

impl Below {
    /// The message that tells what this button asks for, if it was told lately.
    pub(super) fn answer(&self, place: &Place, now: Instant) -> Option<i32> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &&Told| one.place == *place && now.duration_since(one.since) < limits::BELOW_KEPT;
        told.iter().find(is_it).map(|one| one.answer)
    }

    /// Notes that this message tells it from now on.
    pub(super) fn note(&self, place: Place, answer: i32, now: Instant) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.iter_mut().find(|one| one.place == place) {
            // One that is only kept true stands where it stood, and is scrolled away in time.
            if known.answer != answer {
                *known = Told { place, answer, since: now };
            }
            return;
        }
        if told.len() >= limits::BELOW {
            told.pop_front();
        }
        told.push_back(Told { place, answer, since: now });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn place(chat: i64, message: i32) -> Place {
        Place { chat, message, words: "incident acme-1".to_owned() }
    }

    #[test]
    fn an_answer_is_kept_true_for_a_while_and_then_told_anew() {
        let (below, now) = (Below::default(), Instant::now());
        below.note(place(-1, 5), 6, now);
        let late = now + limits::BELOW_KEPT - Duration::from_secs(1);
        below.note(place(-1, 5), 6, late);
        assert_eq!(below.answer(&place(-1, 5), late), Some(6));
        assert_eq!((below.answer(&place(-2, 5), late), below.answer(&place(-1, 6), late)), (None, None));
        let other = Place { words: "help".to_owned(), ..place(-1, 5) };
        assert_eq!(below.answer(&other, late), None, "another button asks for something else");
        assert_eq!(below.answer(&place(-1, 5), now + limits::BELOW_KEPT), None);
        below.note(place(-1, 5), 9, late);
        assert_eq!(below.answer(&place(-1, 5), now + limits::BELOW_KEPT), Some(9));
    }

    #[test]
    fn no_number_of_them_fills_the_memory() {
        let (below, now) = (Below::default(), Instant::now());
        (0..3_000).for_each(|message| below.note(place(-1, message), message + 1, now));
        assert_eq!(below.0.lock().unwrap().len(), limits::BELOW);
        assert_eq!(below.answer(&place(-1, 2_999), now), Some(3_000));
    }
}
