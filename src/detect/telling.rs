//! What a posted incident tells of itself, read between the lines where it leaves something out.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{Condition, Observation, Phase, PostedIncident};

/// How far a provider's clock may run ahead of ours.
pub(super) const CLOCK_AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Whether the provider calls it open. Where nothing tells a state at all, as in a blog, it may be anything: it is
/// neither open nor over.
pub(super) fn is_open(posted: &PostedIncident) -> bool {
    posted.phase.is_some_and(|phase| !phase.is_closed())
}

/// Where it stands; what has an end and no word on its phase is resolved.
pub(super) fn phase_of(posted: &PostedIncident) -> Phase {
    posted.phase.unwrap_or(Phase::Resolved)
}

/// How bad the provider calls it; where it does not say, as bad as the components it names, at least degraded.
///
/// A provider that calls it harmless is believed, unless it names a component that is not well, or says that it looks
/// for a cause: then somebody noticed something, and the impact was not set (yet).
pub(super) fn impact_of(posted: &PostedIncident, observation: &Observation) -> Condition {
    let least = match posted.impact {
        Some(impact @ (Condition::Degraded | Condition::PartialOutage | Condition::MajorOutage)) => return impact,
        Some(harmless @ (Condition::Operational | Condition::Maintenance)) if !is_looked_into(posted) => harmless,
        Some(Condition::Operational | Condition::Maintenance | Condition::Unknown) | None => Condition::Degraded,
    };
    // When it is over, its components may be bad for other reasons.
    let named = observation.components.iter().filter(|component| {
        is_open(posted)
            && !component.is_group
            && component.condition.is_bad()
            && posted.components.contains(&component.name)
    });
    named.map(|component| component.condition).fold(least, Condition::worst)
}

/// Formats without phases call every open incident "investigating", so the words of the updates count.
fn is_looked_into(posted: &PostedIncident) -> bool {
    let mut told = posted.updates.iter().filter_map(|update| update.phase);
    told.any(|phase| matches!(phase, Phase::Investigating | Phase::Identified))
}

/// When it began, at the latest when it was first spoken of.
pub(super) fn start_of(posted: &PostedIncident) -> Option<DateTime<Utc>> {
    posted.started_at.or_else(|| posted.updates.iter().find_map(|update| update.at))
}

/// When its end was told, else when it was last spoken of.
pub(super) fn last_word(posted: &PostedIncident) -> Option<DateTime<Utc>> {
    // Words that follow the end, such as the cause told later, do not move it.
    let closed = posted.updates.iter().filter(|update| update.phase.is_some_and(Phase::is_closed));
    closed.clone().find_map(|update| update.at).or_else(|| posted.updates.iter().filter_map(|update| update.at).max())
}

/// Whether it began before this time, as far as is told.
pub(super) fn began_before(posted: &PostedIncident, last_good: DateTime<Utc>) -> bool {
    start_of(posted).is_none_or(|start| start < last_good)
}

/// When a closed incident began and ended, if that was since `last_good`; otherwise it is history. What was entered
/// afterwards (its end is its beginning) is history too.
pub(super) fn began_and_ended(
    posted: &PostedIncident,
    last_good: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    // A report about an old story, without the time of its end, would pass for news by its own time.
    let told = || last_word(posted).filter(|_| posted.phase != Some(Phase::Postmortem));
    let ended_at = posted.resolved_at.or_else(told)?;
    let started_at = start_of(posted)?;
    let is_past = ended_at <= now + CLOCK_AHEAD;
    (ended_at > last_good && is_past && started_at < ended_at).then_some((started_at.min(now), ended_at.min(now)))
}
