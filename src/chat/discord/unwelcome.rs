//! Answers too many of which ban the address: counted minute by minute, and on over restarts.
//!
//! A program that is started again and again must not begin to count anew each time. So the count is remembered, with the
//! next few counted in advance: that takes no writing for each of them, and a program that ends at any moment has never
//! counted too few.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};

use super::limits::{LAST_UNWELCOME, UNWELCOME_SPAN};

/// Under which name the count is remembered.
pub(super) const REMEMBERED: &str = "discord-unwelcome";

/// So many are counted in advance when the count is remembered, the one that made it grow among them.
const STEP: u32 = 5;

const MINUTE: Duration = Duration::from_secs(60);

/// A minute counts until its last answer is out of the span.
const KEPT: Duration = MINUTE.saturating_add(UNWELCOME_SPAN);

/// Minutes that are read: more than there can be.
const MOST_MINUTES: usize = 32;

/// The count.
#[derive(Debug, Default)]
pub(super) struct Unwelcome {
    minutes: VecDeque<(Instant, u32)>,
    all: u32,
    /// How many more have been remembered already.
    in_advance: u32,
}

impl Unwelcome {
    /// Counts one more; says whether the count must be remembered anew.
    pub(super) fn count(&mut self, now: Instant) -> bool {
        self.drop_old(now);
        self.all = self.all.saturating_add(1);
        match self.minutes.back_mut() {
            Some((since, count)) if now.saturating_duration_since(*since) < MINUTE => *count += 1,
            Some(_) | None => self.minutes.push_back((now, 1)),
        }
        let is_beyond = self.in_advance == 0;
        self.in_advance = self.in_advance.saturating_sub(1);
        is_beyond
    }

    /// The count in words, with the next few in advance. `time` is the time of day now.
    pub(super) fn words(&mut self, now: Instant, time: DateTime<Utc>) -> String {
        self.in_advance = STEP - 1;
        let last = self.minutes.len().saturating_sub(1);
        let minute = |(place, (since, count)): (usize, &(Instant, u32))| {
            let ago = TimeDelta::from_std(now.saturating_duration_since(*since)).unwrap_or_default();
            let count = if place == last { count.saturating_add(self.in_advance) } else { *count };
            format!("{}:{count}", (time - ago).timestamp())
        };
        self.minutes.iter().enumerate().map(minute).collect::<Vec<_>>().join(" ")
    }

    /// Begins with what was remembered.
    pub(super) fn recall(&mut self, words: &str, now: Instant, time: DateTime<Utc>) {
        for minute in words.split(' ').take(MOST_MINUTES) {
            let Some((began, count)) = minute.split_once(':') else { continue };
            let (Ok(began), Ok(count)) = (began.parse::<i64>(), count.parse::<u32>()) else { continue };
            // What lies ahead was remembered by another clock: it may have been just now.
            let ago = u64::try_from(time.timestamp().saturating_sub(began)).map_or(Duration::ZERO, Duration::from_secs);
            if ago < KEPT {
                let count = count.min(LAST_UNWELCOME);
                self.minutes.push_back((now.checked_sub(ago).unwrap_or(now), count));
                self.all = self.all.saturating_add(count);
            }
        }
        self.minutes.make_contiguous().sort_by_key(|(since, _)| *since);
    }

    /// How long until there are fewer than so many again, as far as that is known; `None`: there are.
    pub(super) fn wait(&mut self, most: u32, now: Instant) -> Option<Duration> {
        self.drop_old(now);
        if self.all < most {
            return None;
        }
        let (oldest, _) = self.minutes.front()?;
        Some((*oldest + KEPT).saturating_duration_since(now))
    }

    fn drop_old(&mut self, now: Instant) {
        while let Some((since, count)) = self.minutes.front().copied()
            && now.saturating_duration_since(since) >= KEPT
        {
            self.minutes.pop_front();
            self.all = self.all.saturating_sub(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::discord::limits::MOST_UNWELCOME;

    fn time(seconds: u64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_356_000, 0).unwrap() + Duration::from_secs(seconds)
    }

    /// So many in one life of a program that began at this second; gives what is remembered when it ends.
    fn live(remembered: &str, began: u64, many: u32) -> (String, u32) {
        // A computer is never as young as its first second.
        let start = Instant::now() + KEPT;
        let mut unwelcome = Unwelcome::default();
        unwelcome.recall(remembered, start, time(began));
        let (mut words, mut sent) = (remembered.to_owned(), 0);
        for _ in 0..many {
            if unwelcome.wait(MOST_UNWELCOME, start).is_none() {
                sent += 1;
                if unwelcome.count(start) {
                    words = unwelcome.words(start, time(began));
                }
            }
        }
        (words, sent)
    }

    #[test]
    fn a_program_that_is_started_again_and_again_never_reaches_the_ban() {
        for each in [1, 3, 40] {
            let (mut words, mut sent) = (String::new(), Vec::new());
            for second in 0..4_000 {
                let (next, now) = live(&words, second, each);
                words = next;
                sent.extend((0..now).map(|_| second));
            }
            let within = |first: u64| sent.iter().filter(|at| (first..first + 600).contains(at)).count();
            let most = (0..4_000).step_by(20).map(within).max().unwrap();
            assert!(most <= MOST_UNWELCOME as usize, "{each} each time: {most}");
            assert!(sent.last().is_some_and(|at| *at > 3_000), "{each} each time: it goes on after a while");
        }
    }

    #[test]
    fn the_count_is_not_remembered_for_each_one_and_never_too_low() {
        let now = Instant::now();
        let mut unwelcome = Unwelcome::default();
        let mut written = Vec::new();
        for one in 1..=12 {
            if unwelcome.count(now) {
                written.push((one, unwelcome.words(now, time(0))));
            }
        }
        let at = time(0).timestamp();
        assert_eq!(written, [(1, format!("{at}:5")), (6, format!("{at}:10")), (11, format!("{at}:15"))]);
    }

    #[test]
    fn what_is_long_past_or_no_count_is_left_out() {
        let now = Instant::now();
        let mut unwelcome = Unwelcome::default();
        let old = time(0).timestamp();
        unwelcome.recall(&format!("{old}:9999 x:1 1 {}:-1 :", old + 600), now, time(700));
        assert_eq!(unwelcome.wait(1, now), None);
        unwelcome.recall(&format!("{}:4294967295", old + 9_000), now, time(700));
        assert!(unwelcome.wait(LAST_UNWELCOME, now).is_some(), "another clock's time is taken for now");
    }
}
