//! The state machine: readings in, transitions out. Pure; it is given the time.
//!
//! [`step`] takes what is remembered about a service (its [`Track`]) and one source's [`Reading`], and gives back what is
//! to be remembered now and what of it is worth telling.
//!
//! An incident is a story told by *witnesses*, one per source. A witness speaks by incidents it has posted, by its
//! condition (a page's indicator, a component, a probe), or both. The incident goes on while any witness holds it. Each
//! part of the machine only changes what witnesses say:
//!
//! - `posted`: incidents as the provider posts them.
//! - `condition`: conditions that nobody explains, probes, and what people report.
//! - `maintenance`: planned work, which tells its own kinds of transition.
//! - `moved`: pages that are no longer the page they were, which say nothing.
//! - `past`: what was over before it was known here, which is kept and told to nobody.
//!
//! What people report ([`Role::Reported`]) opens an incident and keeps one open as a probe does, and never leads: it joins
//! whatever outage is told already, and when the provider posts, that is the name, the state and the page from then on.
//! While people still report what the provider calls over, it is watched and not over, as when it is still measured:
//! providers are known to be early, and a recovery that is none is worse than one that comes late. Nothing is hidden
//! meanwhile, for the provider's word stands in the alert.
//!
//! Then `settle` closes, reopens and weighs what was touched, flapping included, and `progress` compares each incident
//! with what it was before the step: at most one transition comes of it.

mod condition;
mod maintenance;
mod moved;
mod past;
mod posted;
mod progress;
mod settle;
mod story;
mod telling;
mod updates;

#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    detect::progress::Step,
    domain::{Ask, Condition, Incident, IncidentId, Observation, Reading, Role, Service, Source, Track, Transition},
};

pub use past::recall;

/// How patient detection is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Good readings in a row without an open incident before it counts as over (DESIGN rule 2).
    pub absent_readings: u32,
    /// What comes back within this time after its end is the same incident, reopened (DESIGN rule 6). A flapping
    /// incident has settled when it did not flip for as long.
    pub reopen_within: Duration,
    /// An incident that reopens this many times …
    pub flapping_reopenings: u32,
    /// … within this time is flapping.
    pub flapping_within: Duration,
    /// How long before its beginning planned work is announced.
    pub announce_within: Duration,
    /// How long a closed incident stays in the track.
    pub forget_after: Duration,
    /// How long another page must have answered in a source's place before it is taken as that source's page.
    pub believe_moved_after: Duration,
    /// How long the history goes back.
    pub keep_history: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            absent_readings: 3,
            reopen_within: Duration::from_secs(15 * 60),
            flapping_reopenings: 3,
            flapping_within: Duration::from_secs(60 * 60),
            announce_within: Duration::from_secs(24 * 60 * 60),
            forget_after: Duration::from_secs(24 * 60 * 60),
            believe_moved_after: Duration::from_secs(60 * 60),
            keep_history: Duration::from_secs(400 * 24 * 60 * 60),
        }
    }
}

impl Rules {
    /// What began before this time is no longer in the history.
    #[must_use]
    pub fn history_from(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let span = TimeDelta::from_std(self.keep_history).ok();
        span.and_then(|span| now.checked_sub_signed(span)).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }
}

/// What one reading made of a track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// The new track, whole.
    pub track: Track,
    /// What is worth telling: at most one transition per incident, in order of the incidents' numbers.
    pub transitions: Vec<Transition>,
    /// Incidents of the track that are new or differ from before.
    pub changed: Vec<IncidentId>,
    /// Incidents that are no longer in the track.
    pub forgotten: Vec<IncidentId>,
    /// Incidents that were over before they were known here: for the history alone, never told.
    pub past: Vec<Incident>,
}

/// Makes one reading of one source part of what is known about its service. The track holds what [`recall`] asks for.
#[must_use]
pub fn step(
    track: Track,
    service: &Service,
    source: &Source,
    reading: &Reading,
    now: DateTime<Utc>,
    rules: &Rules,
) -> Stepped {
    let mut step = Step::new(track, service, source, now, rules);
    step.here.last_tried = Some(now);
    match reading {
        Reading::Unreadable { reason } => {
            step.here.unreadable = Some(reason.clone());
            step.finish(false)
        }
        // It is still the page that is not believed.
        Reading::Unchanged if step.here.moved.is_some() => step.finish(false),
        Reading::Unchanged => {
            step.here.unreadable = None;
            // Before the first document there is nothing that could be unchanged, so it is no first look either.
            let is_known = step.here.last_good.is_some();
            if is_known {
                unchanged(&mut step);
            }
            step.finish(is_known)
        }
        Reading::Fresh(observation) => {
            step.here.unreadable = moved::refuse(&mut step, &observation.page);
            let is_believed = step.here.unreadable.is_none();
            if is_believed {
                fresh(&mut step, observation);
            }
            step.finish(is_believed)
        }
    }
}

/// What detection would like to know when this source is read now; `poll_interval` is the time between two readings.
#[must_use]
pub fn ask(track: &Track, source: &Source, now: DateTime<Utc>, poll_interval: Duration) -> Ask {
    let open = track
        .incidents
        .iter()
        .flat_map(|incident| incident.witnesses.iter())
        .filter(|witness| witness.source == source.id)
        .flat_map(|witness| witness.posted.iter())
        .filter(|posted| posted.is_open())
        .map(|posted| posted.id.clone())
        .collect();
    let known = track.source(&source.id);
    let last_good = known.and_then(|known| known.last_good);
    let whole = known.is_some_and(|known| known.moved.is_some());
    // The first look asks for the past once, so that there is a history from the first day.
    let catch_up = last_good.is_none_or(|last_good| elapsed(last_good, now) > poll_interval.saturating_mul(3));
    Ask { open, catch_up, whole, past: None, now: Some(now) }
}

fn fresh(step: &mut Step<'_>, observation: &Observation) {
    let last_good = step.here.last_good.replace(step.now);
    if step.source.role != Role::Hint {
        story::drop_lost_witnesses(step);
        let was_explained = posted::any_open_here(step);
        posted::read(step, observation, last_good);
        // Work is told by who plans it.
        if step.source.role != Role::Reported {
            maintenance::read(step, observation, last_good.is_none());
        }
        let is_explained = was_explained || posted::any_open(observation) || posted::any_open_here(step);
        condition::read(step, observation, last_good.is_none(), is_explained);
        settle::settle(step);
    }
    // A probe that could not tell (DESIGN rule 5) knows what it knew before, as does whoever is as patient.
    if !step.source.is_patient() || observation.condition != Condition::Unknown {
        step.here.condition = observation.condition;
    }
    step.here.not_well = condition::not_well(observation);
    step.here.latency_ms = observation.latency_ms;
    step.here.remark.clone_from(&observation.remark);
}

fn unchanged(step: &mut Step<'_>) {
    step.here.last_good = Some(step.now);
    if step.source.role != Role::Hint {
        posted::unchanged(step);
        maintenance::unchanged(step);
        condition::unchanged(step);
        settle::settle(step);
    }
}

/// How long ago `from` was; zero when it lies ahead.
fn elapsed(from: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    now.signed_duration_since(from).to_std().unwrap_or_default()
}
