//! Channels that could not be written to, and how often it is tried whether they can be again. Pure.
//!
//! Each such try is an answer of the kind too many of which ban the address. Channels of one server lose their rights
//! together and get them back together, so one try finds out for all of them.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use super::limits::{MOST_BARRED_AROUND, MOST_KNOWN};

/// Between two tries in one server, while nothing says that anything has changed.
const BETWEEN: Duration = Duration::from_secs(5);
/// Tries that may go at once when something there has changed …
const AFTER_NEWS: u32 = 4;
/// … and more of them for each that went well: then the others will as well …
const AFTER_SUCCESS: u32 = 16;
/// … up to so many.
const MOST_TRIES: u32 = 256;
/// A try is answered within this time, as a rule; until then nobody knows how it is.
const SOON: Duration = Duration::from_secs(2);
/// How long those wait that come while one tries.
const MOMENT: Duration = Duration::from_secs(1);
/// The longest wait of one that comes too early.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// A server with so many barred channels is taken for barred as a whole when little may still go wrong.
const MANY: usize = 8;

/// What is known of places that could not be written to. A place is a server, or what is in none.
#[derive(Debug, Default)]
pub(super) struct Bars {
    places: HashMap<u64, Place>,
}

#[derive(Debug)]
struct Place {
    /// Channels that could not be written to when it was last tried.
    barred: HashSet<u64>,
    /// Tries that may go at once.
    tries: u32,
    /// One more may go then.
    next: Instant,
    last: Option<Instant>,
}

impl Bars {
    /// A channel could not be written to.
    pub(super) fn bar(&mut self, place: u64, channel: u64, now: Instant) {
        // Those beyond are tried all the same, only as often as each of them is due.
        if self.places.len() >= MOST_KNOWN && !self.places.contains_key(&place) {
            return;
        }
        let fresh = || Place { barred: HashSet::new(), tries: 0, next: now + BETWEEN, last: None };
        let found = self.places.entry(place).or_insert_with(fresh);
        if found.barred.len() < MOST_BARRED_AROUND {
            found.barred.insert(channel);
        }
    }

    /// A channel took something.
    pub(super) fn clear(&mut self, place: u64, channel: u64) {
        let Some(found) = self.places.get_mut(&place) else { return };
        if found.barred.remove(&channel) {
            found.tries = found.tries.saturating_add(AFTER_SUCCESS).min(MOST_TRIES);
        }
        if found.barred.is_empty() {
            self.places.remove(&place);
        }
    }

    /// What the bot may do in a place may have changed; says whether anything was barred there.
    pub(super) fn news(&mut self, place: u64) -> bool {
        let Some(found) = self.places.get_mut(&place) else { return false };
        found.tries = found.tries.max(AFTER_NEWS);
        true
    }

    /// The bot is in a place no more.
    pub(super) fn forget(&mut self, place: u64) {
        self.places.remove(&place);
    }

    /// Takes a try for a channel if it needs one; else how long it has to wait. `hold` is how long nothing may go where it
    /// is likely to be refused. `chance` is any number: those that wait come back at different times.
    pub(super) fn attempt(
        &mut self,
        place: u64,
        channel: u64,
        hold: Option<Duration>,
        now: Instant,
        chance: f64,
    ) -> Result<(), Duration> {
        let Some(found) = self.places.get_mut(&place) else { return Ok(()) };
        let is_barred = found.barred.contains(&channel);
        if let Some(hold) = hold.filter(|_| is_barred || found.barred.len() >= MANY) {
            return Err(hold);
        }
        if !is_barred {
            return Ok(());
        }
        if found.tries > 0 {
            found.tries -= 1;
        } else if now < found.next {
            if found.last.is_some_and(|last| now.saturating_duration_since(last) < SOON) {
                return Err(MOMENT);
            }
            let others = u32::try_from(found.barred.len()).unwrap_or(u32::MAX);
            let until = found.next.saturating_duration_since(now);
            let spread = BETWEEN.saturating_mul(others).min(LONGEST_WAIT);
            return Err(until + spread.mul_f64(chance.clamp(0.0, 1.0)));
        }
        (found.next, found.last) = (now + BETWEEN, Some(now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: u64 = 1;

    fn barred(channels: u64, now: Instant) -> Bars {
        let mut bars = Bars::default();
        (0..channels).for_each(|channel| bars.bar(SERVER, channel, now));
        bars
    }

    #[test]
    fn channels_of_a_server_that_are_barred_together_cost_few_tries() {
        let start = Instant::now();
        let mut bars = barred(625, start);
        let mut due: Vec<(Instant, u64)> = (0..625).map(|channel| (start + Duration::from_secs(60), channel)).collect();
        let mut tries = 0;
        for second in 0..600 {
            let now = start + Duration::from_secs(second);
            for (at, channel) in due.iter_mut().filter(|(at, _)| *at <= now) {
                match bars.attempt(SERVER, *channel, None, now, 0.5) {
                    Ok(()) => {
                        tries += 1;
                        bars.bar(SERVER, *channel, now);
                        *at = now + Duration::from_secs(120);
                    }
                    Err(wait) => *at = now + wait,
                }
            }
        }
        assert!((20..=120).contains(&tries), "{tries}");
    }

    #[test]
    fn all_channels_of_a_server_are_told_at_once_when_one_can_be_written_to_again() {
        let start = Instant::now();
        let mut bars = barred(300, start);
        assert!(bars.news(SERVER));
        let mut left: Vec<u64> = (0..300).collect();
        let mut rounds = 0;
        while !left.is_empty() {
            let now = start + MOMENT * rounds;
            let told: Vec<u64> =
                left.iter().copied().filter(|one| bars.attempt(SERVER, *one, None, now, 1.0).is_ok()).collect();
            told.iter().for_each(|one| bars.clear(SERVER, *one));
            left.retain(|one| !told.contains(one));
            rounds += 1;
        }
        assert!(rounds <= 5, "{rounds}");
        assert!(!bars.news(SERVER), "nothing is barred there any more");
    }

    #[test]
    fn where_it_is_likely_to_be_refused_all_is_held_and_elsewhere_nothing() {
        let now = Instant::now();
        let hold = Some(Duration::from_secs(300));
        let mut few = barred(2, now);
        assert!(few.news(SERVER));
        assert_eq!(few.attempt(SERVER, 1, hold, now, 0.0), Err(Duration::from_secs(300)));
        assert_eq!(few.attempt(SERVER, 9, hold, now, 0.0), Ok(()), "that channel never refused");
        assert_eq!(few.attempt(2, 1, hold, now, 0.0), Ok(()), "that server never did");
        let mut many = barred(MANY as u64, now);
        assert_eq!(many.attempt(SERVER, 99, hold, now, 0.0), Err(Duration::from_secs(300)));
        assert_eq!(many.attempt(SERVER, 99, None, now, 0.0), Ok(()));
    }
}
