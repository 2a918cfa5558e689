//! The calendar of the demo, on which hours and days pass in seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;

/// How far the calendar creeps while a step is seen and told, so that times in messages are those of the step.
const CREEP: TimeDelta = TimeDelta::minutes(2);
/// So often must every source have been looked at before the next step: a probe believes three answers in a row, and the
/// fourth look comes when the third answer was taken in.
const LOOKS_TO_SEE: u32 = 4;
/// However few looks there were, the calendar goes on after this.
const LONGEST_HOLD: Duration = Duration::from_secs(20);
/// How soon it is looked again whether the calendar has come far enough.
const LOOK: Duration = Duration::from_millis(5);

/// A clock whose calendar runs from step to step, each reached after a set time on the computer's clock: first it creeps,
/// then it hurries. On a busy computer it waits with that until every source was looked at since the last step. Until
/// [`DemoClock::begin`] it stands still. Intervals ([`Clock::uptime`], [`Clock::sleep`]) are those of the computer's clock.
#[derive(Debug)]
pub struct DemoClock {
    started: Instant,
    play: Mutex<Option<Play>>,
    has_begun: CancellationToken,
    /// Time since the beginning and what the calendar shows then; both ascending, never empty.
    knots: Vec<(Duration, DateTime<Utc>)>,
    /// In order.
    holds: Vec<Hold>,
    /// How many sources there are to look at.
    sources: usize,
}

/// A place where the calendar waits.
#[derive(Debug)]
struct Hold {
    at: Duration,
    /// When the next step comes; from there on looks count for that one.
    next: Duration,
}

/// How far the play has come.
#[derive(Debug)]
struct Play {
    position: Duration,
    /// When it was there.
    at: Instant,
    /// How many holds are over, with the steps behind them.
    over: usize,
    /// Whether the calendar has left the next hold.
    is_released: bool,
    held_since: Option<Instant>,
    /// How often each source was looked at since the last step.
    looks: HashMap<String, u32>,
}

impl DemoClock {
    /// A clock that comes to the first of `stories`' moments a `lead` after it has begun; from one moment to the next takes
    /// `step`, from one story to the next twice as long. So many sources have to be looked at in each step.
    #[must_use]
    pub(super) fn new(stories: &[Vec<DateTime<Utc>>], sources: usize, lead: Duration, step: Duration) -> Self {
        let knots = knots(stories, lead, step);
        let last = knots.last().map_or(Duration::ZERO, |(real, _)| *real);
        // Before the first step, too: what is so before it must be known.
        let first = Hold { at: lead, next: lead };
        let end = Hold { at: last + step * 3 / 4, next: Duration::MAX };
        let between = knots.get(2..).unwrap_or_default().chunks_exact(2).filter_map(|pair| match pair {
            [(at, _), (next, _)] => Some(Hold { at: *at, next: *next }),
            _ => None,
        });
        Self {
            started: Instant::now(),
            play: Mutex::default(),
            has_begun: CancellationToken::new(),
            holds: [first].into_iter().chain(between).chain([end]).collect(),
            knots,
            sources,
        }
    }

    /// Lets the calendar run: once every source was read, so that what happens from here on is news.
    pub fn begin(&self) {
        self.play().get_or_insert_with(|| Play {
            position: Duration::ZERO,
            at: Instant::now(),
            over: 0,
            is_released: false,
            held_since: None,
            looks: HashMap::new(),
        });
        self.has_begun.cancel();
    }

    /// Notes that somebody looks at a source.
    pub(super) fn note_look(&self, source: &str) {
        self.elapsed();
        if let Some(play) = self.play().as_mut() {
            *play.looks.entry(source.to_owned()).or_default() += 1;
        }
    }

    /// Waits until so long after the beginning, as far as the calendar is concerned.
    pub(super) async fn reach(&self, since_beginning: Duration) {
        self.has_begun.cancelled().await;
        loop {
            let left = since_beginning.saturating_sub(self.elapsed());
            if left.is_zero() {
                return;
            }
            self.sleep(left.max(LOOK)).await;
        }
    }

    fn play(&self) -> MutexGuard<'_, Option<Play>> {
        self.play.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Since the beginning, but for the time that the calendar waited.
    fn elapsed(&self) -> Duration {
        self.play().as_mut().map_or(Duration::ZERO, |play| {
            self.advance(play, Instant::now());
            play.position
        })
    }

    fn advance(&self, play: &mut Play, now: Instant) {
        let mut to = play.position + now.saturating_duration_since(play.at);
        play.at = now;
        while let Some(hold) = self.holds.get(play.over) {
            if to < hold.at {
                break;
            }
            let since = *play.held_since.get_or_insert(now);
            let is_seen = play.looks.values().filter(|looks| **looks >= LOOKS_TO_SEE).count() >= self.sources;
            if !play.is_released && !is_seen && now.saturating_duration_since(since) < LONGEST_HOLD {
                to = hold.at;
                break;
            }
            play.is_released = true;
            if to < hold.next {
                break;
            }
            play.over += 1;
            play.is_released = false;
            play.held_since = None;
            play.looks.clear();
        }
        play.position = to;
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
        DemoClock::new(&[first, vec![at("2026-09-01T00:00:00Z")]], 1, LEAD, STEP)
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

    /// Where the play of one source is after these times and looks.
    fn position_after(clock: &DemoClock, course: &[(Duration, u32)]) -> Duration {
        let mut now = Instant::now();
        clock.begin();
        let mut play = clock.play.lock().unwrap();
        let play = play.as_mut().unwrap();
        play.at = now;
        play.looks.insert("a".to_owned(), LOOKS_TO_SEE);
        for (span, looks) in course {
            now += *span;
            clock.advance(play, now);
            *play.looks.entry("a".to_owned()).or_default() += looks;
        }
        clock.advance(play, now);
        play.position
    }

    #[test]
    fn the_next_moment_waits_until_the_last_was_seen() {
        let hold = LEAD + STEP * 3 / 4;
        let late = Duration::from_secs(9);
        assert_eq!(position_after(&clock(), &[(late, 0)]), hold, "nobody has looked");
        assert_eq!(position_after(&clock(), &[(LEAD, 0), (STEP / 2, 4), (STEP / 2, 0)]), LEAD + STEP);
        assert_eq!(position_after(&clock(), &[(LEAD, 3), (late, 1), (STEP / 8, 0)]), hold + STEP / 8);
        let next = [(LEAD, 4), (STEP, 0), (late, 0)];
        assert_eq!(position_after(&clock(), &next), LEAD + STEP + STEP * 3 / 4, "these looks were at the step before");
    }

    #[test]
    fn the_calendar_does_not_wait_for_ever() {
        let course = [(LEAD + STEP, 0), (LONGEST_HOLD, 0), (STEP / 8, 0)];
        assert!(position_after(&clock(), &course) > LEAD + STEP * 3 / 4);
    }

    #[test]
    fn the_calendar_never_goes_back() {
        let clock = clock();
        let shown: Vec<_> = (0..1_000).map(|tenth| clock.at(Duration::from_millis(tenth * 10))).collect();
        assert!(shown.is_sorted());
        assert!(clock.now() <= clock.now());
    }
}
