//! What a posted incident tells of itself, read between the lines where it leaves something out.

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Observation, Phase, PostedIncident};

/// Where it stands; an open one of which nothing is told is being investigated.
pub(super) fn phase_of(posted: &PostedIncident) -> Phase {
    let last = || posted.updates.iter().rev().find_map(|update| update.phase).filter(|phase| !phase.is_closed());
    match posted.phase {
        Some(phase) => phase,
        None if posted.is_closed() => Phase::Resolved,
        None => last().unwrap_or(Phase::Investigating),
    }
}

/// How bad the provider calls it; where it does not say, as bad as the components it names, at least degraded.
pub(super) fn impact_of(posted: &PostedIncident, observation: &Observation) -> Condition {
    match posted.impact {
        Some(
            impact @ (Condition::Operational
            | Condition::Degraded
            | Condition::PartialOutage
            | Condition::MajorOutage
            | Condition::Maintenance),
        ) => impact,
        Some(Condition::Unknown) | None => observation
            .components
            .iter()
            .filter(|component| !component.is_group && posted.components.contains(&component.name))
            .map(|component| component.condition)
            .fold(Condition::Degraded, Condition::worst),
    }
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
    (ended_at > last_good && ended_at <= now && started_at < ended_at).then_some((started_at, ended_at))
}
