//! What becomes of an incident when its witnesses have spoken: over, back, flapping, settled.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::{
    detect::{
        Rules, elapsed,
        progress::Step,
        story::{has_open_post, is_held, is_holding, is_posted, open_post, witness},
    },
    domain::{Condition, Incident, MaintenancePhase, Phase},
};

/// Reopenings whose times are kept, far more than tell flapping.
const MOST_REOPENINGS: usize = 32;

/// Closes, reopens and weighs every incident that the step touched, and looks whether flapping ones have settled.
pub(super) fn settle(step: &mut Step<'_>) {
    let mut numbers = step.touched();
    let flapping = step
        .track
        .open_incidents()
        .filter(|incident| incident.is_flapping && witness(incident, &step.source.id).is_some())
        .map(|incident| incident.id.number);
    numbers.extend(flapping);
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        // To be touched is to be compared in the end.
        step.change(number, |_| {});
        let before = step.before(number).map(|before| (is_held(before), has_open_post(before)));
        let ended_at = step.ended_at(number).unwrap_or(step.now);
        let (now, rules, is_lost) = (step.now, step.rules, step.is_lost(number));
        step.change(number, |incident| {
            let (was_open, phase) = (incident.is_open(), incident.phase);
            if incident.planned.is_some() {
                end_planned_without_witness(incident, now);
            } else {
                if is_lost && !is_held(incident) {
                    // Nobody is left to tell whether it settles.
                    incident.is_flapping = false;
                    incident.reopened_at.clear();
                }
                settle_outage(incident, before, ended_at, now, rules);
            }
            if is_lost && was_open && !incident.is_open() {
                incident.note_lost(phase, now);
            }
        });
    }
}

/// `before`: whether it was held, and whether it had an open post; `None` when it is new.
fn settle_outage(
    incident: &mut Incident,
    before: Option<(bool, bool)>,
    ended_at: DateTime<Utc>,
    now: DateTime<Utc>,
    rules: &Rules,
) {
    let holds = is_held(incident);
    if before.is_some_and(|(held, _)| held != holds) {
        incident.turned_at = now;
    }
    let was_posted_open = before.is_some_and(|(_, had_open_post)| had_open_post);
    weigh(incident, was_posted_open);
    match (incident.is_open(), holds) {
        (true, _) if incident.is_flapping => {
            if elapsed(incident.turned_at, now) >= rules.reopen_within {
                incident.is_flapping = false;
                incident.reopened_at.clear();
                if !holds {
                    close(incident, incident.turned_at);
                }
            }
        }
        (true, false) => close(incident, ended_at),
        (false, true) => reopen(incident, now, rules),
        (true, true) | (false, false) => {}
    }
    if !incident.is_open() && incident.witnesses.iter().flat_map(|w| &w.posted).any(|p| p.phase == Phase::Postmortem) {
        incident.phase = Phase::Postmortem;
    }
}

fn close(incident: &mut Incident, at: DateTime<Utc>) {
    incident.resolved_at = Some(at.max(incident.started_at));
    incident.chapter = incident.chapter.saturating_add(1);
    incident.phase = Phase::Resolved;
}

fn reopen(incident: &mut Incident, now: DateTime<Utc>, rules: &Rules) {
    incident.resolved_at = None;
    incident.chapter = incident.chapter.saturating_add(1);
    incident.reopened_at.push(now);
    let surplus = incident.reopened_at.len().saturating_sub(MOST_REOPENINGS);
    incident.reopened_at.drain(..surplus);
    let lately = incident.reopened_at.iter().filter(|at| elapsed(**at, now) <= rules.flapping_within).count();
    incident.is_flapping = u32::try_from(lately).unwrap_or(u32::MAX) >= rules.flapping_reopenings;
}

/// Impact and phase from what the witnesses say who hold it; unchanged when none does.
fn weigh(incident: &mut Incident, was_posted_open: bool) {
    let impact = incident
        .witnesses
        .iter()
        .filter(|witness| is_holding(witness))
        .map(|witness| witness.impact)
        .reduce(Condition::worst);
    let Some(impact) = impact else { return };
    incident.impact = impact;
    if impact.severity().cmp(&incident.peak.severity()) == Ordering::Greater {
        incident.peak = impact;
    }
    // What people say of its state counts until a provider says anything.
    let reported = || incident.witnesses.iter().flat_map(|witness| &witness.posted).find(|posted| posted.is_open());
    let posted = open_post(incident).or_else(|| reported().filter(|_| !is_posted(incident)));
    incident.phase = match posted {
        Some(posted) => posted.phase,
        // The provider calls it over, and yet it is measured or reported: watched.
        None if was_posted_open => Phase::Monitoring,
        None if incident.phase.is_closed() => Phase::Investigating,
        None => incident.phase,
    };
}

/// Planned work whose source is gone ends with it.
fn end_planned_without_witness(incident: &mut Incident, now: DateTime<Utc>) {
    if incident.is_open() && incident.witnesses.is_empty() {
        if let Some(planned) = &mut incident.planned {
            planned.phase = MaintenancePhase::Completed;
        }
        incident.turned_at = now;
        close(incident, now);
    }
}
