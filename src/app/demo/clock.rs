//! The calendar of the demo, on which hours and days pass in seconds.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;

/// How far the calendar creeps while a step is seen and told, so that times in messages are those of the step.
const CREEP: TimeDelta = TimeDelta::minutes(2);

/// A clock whose calendar runs from step to step, each reached after a set time on the computer's clock: first it creeps,
/// then it hurries. Until [`DemoClock::begin`] it stands still. Intervals ([`Clock::uptime`], [`Clock::sleep`]) are those of the computer's clock.
#[derive(Debug)]
pub struct DemoClock {
    started: Instant,
    begun: OnceLock<Instant>,
    has_begun: CancellationToken,
    /// Time since the beginning and what the calendar shows then; both ascending, never empty.
    knots: Vec<(Duration, DateTime<Utc>)>,
}

impl DemoClock {
    /// A clock that comes to the first of `stories`' moments a `lead` after it has begun; from one moment to the next takes
    /// `step`, from one story to the next twice as long.
    #[must_use]
    pub(super) fn new(stories: &[Vec<DateTime<Utc>>], lead: Duration, step: Duration) -> Self {
        Self {
            started: Instant::now(),
            begun: OnceLock::new(),
            has_begun: CancellationToken::new(),
            knots: knots(stories, lead, step),
        }
    }

    /// Lets the calendar run: once every source was read, so that what happens from here on is news.
    pub fn begin(&self) {
        self.begun.get_or_init(Instant::now);
        self.has_begun.cancel();
    }

    /// Waits until so long after the beginning.
    pub(super) async fn reach(&self, since_beginning: Duration) {
        self.has_begun.cancelled().await;
        self.sleep(since_beginning.saturating_sub(self.elapsed())).await;
    }

    /// Since the beginning.
    fn elapsed(&self) -> Duration {
        self.begun.get().map_or(Duration::ZERO, Instant::elapsed)
    }

    /// When the last moment comes, after the beginning.
    #[must_use]
    pub(super) fn last_moment(&self) -> Duration {
        self.knots.last().map_or(Duration::ZERO, |(real, _)| *real)
    }

    /// What the calendar shows so long after the beginning.
    fn at(&self, elapsed: Duration) -> DateTime<Utc> {
        let after = self.knots.partition_point(|(real, _)| *real <= elapsed);
        let before = after.checked_sub(1).and_then(|before| self.knots.get(before));
        match (before, self.knots.get(after)) {
            (Some((from, shown)), Some((to, next))) => {
                let share = (elapsed - *from).as_secs_f64() / (*to - *from).as_secs_f64();
                *shown + fraction(*next - *shown, share)
            }
            // After the last moment the calendar goes as the computer's clock does.
            (Some((from, shown)), None) => *shown + TimeDelta::from_std(elapsed - *from).unwrap_or_default(),
            (None, Some((_, first))) => *first,
            (None, None) => DateTime::UNIX_EPOCH,
        }
    }
}

fn knots(stories: &[Vec<DateTime<Utc>>], lead: Duration, step: Duration) -> Vec<(Duration, DateTime<Utc>)> {
    let mut knots: Vec<(Duration, DateTime<Utc>)> = Vec::new();
    for story in stories {
        for (place, moment) in story.iter().enumerate() {
            let Some(&(real, shown)) = knots.last() else {
                knots.extend([(Duration::ZERO, *moment - CREEP), (lead, *moment)]);
                continue;
            };
            let creep = CREEP.min((*moment - shown) / 2);
            let span = if place == 0 { step * 2 } else { step };
            // Three quarters of the time to see and tell, a quarter to hurry on.
            knots.extend([(real + span * 3 / 4, shown + creep), (real + span, *moment)]);
        }
    }
    knots
}

fn fraction(span: TimeDelta, share: f64) -> TimeDelta {
    let span = span.to_std().unwrap_or_default();
    TimeDelta::from_std(span.mul_f64(share.clamp(0.0, 1.0))).unwrap_or_default()
}

#[async_trait]
impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        self.at(self.elapsed())
    }

    fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(1_600);
    const LEAD: Duration = Duration::from_millis(1_200);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn clock() -> DemoClock {
        let first = vec![at("2026-03-18T14:00:00Z"), at("2026-03-18T14:01:00Z"), at("2026-03-21T14:00:00Z")];
        DemoClock::new(&[first, vec![at("2026-09-01T00:00:00Z")]], LEAD, STEP)
    }

    #[test]
    fn each_moment_comes_at_its_time() {
        let clock = clock();
        assert_eq!(clock.at(LEAD), at("2026-03-18T14:00:00Z"));
        assert_eq!(clock.at(LEAD + STEP), at("2026-03-18T14:01:00Z"));
        assert_eq!(clock.at(LEAD + STEP * 2), at("2026-03-21T14:00:00Z"));
        assert_eq!(clock.at(LEAD + STEP * 4), at("2026-09-01T00:00:00Z"));
        assert_eq!(clock.last_moment(), LEAD + STEP * 4);
        assert_eq!(clock.at(LEAD + STEP * 5), at("2026-09-01T00:00:01.6Z"));
    }

    #[test]
    fn the_calendar_hardly_moves_while_a_moment_is_told() {
        let shown = clock().at(LEAD + STEP + STEP / 2);
        assert!(shown < at("2026-03-18T14:03:00Z"), "{shown}");
    }

    #[test]
    fn the_calendar_stands_still_until_it_begins() {
        let clock = clock();
        let before = clock.now();
        assert_eq!(before, at("2026-03-18T13:58:00Z"));
        assert_eq!(clock.now(), before);
        clock.begin();
        while clock.now() == before {
            std::hint::spin_loop();
        }
        assert!(clock.now() > before);
    }

    #[test]
    fn the_calendar_never_goes_back() {
        let clock = clock();
        let shown: Vec<_> = (0..1_000).map(|tenth| clock.at(Duration::from_millis(tenth * 10))).collect();
        assert!(shown.is_sorted());
        assert!(clock.now() <= clock.now());
    }
}
