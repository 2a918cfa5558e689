//! Planned work: announced a day before, started, moved, ended.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    detect::{
        elapsed, past,
        posted::{count_absent, known_here},
        progress::Step,
        story::{self, witness_mut},
        updates,
    },
    domain::{
        Condition, Incident, MaintenancePhase, Observation, Phase, Planned, Posted, PostedMaintenance, TransitionKind,
    },
};

/// Planned work that a track keeps at most, what begins next.
const MOST_PLANNED: usize = 100;

/// Names of components kept.
const MOST_NAMES: usize = 100;

/// Reads the planned work of a document.
pub(super) fn read(step: &mut Step<'_>, observation: &Observation, is_baseline: bool) {
    let known = known_here(step, true);
    let mut listed = BTreeSet::new();
    let mut new: Vec<&PostedMaintenance> = Vec::new();
    for posted in &observation.maintenances {
        if !listed.insert(posted.id.as_str()) {
            continue;
        }
        match known.get(&posted.id) {
            Some(number) => refresh(step, *number, posted),
            None if posted.phase != MaintenancePhase::Completed => new.push(posted),
            None => past::keep_work(step, posted),
        }
    }
    new.sort_by_key(|posted| posted.starts_at);
    let room = MOST_PLANNED.saturating_sub(step.track.open_maintenances().count());
    for posted in new.into_iter().take(room) {
        create(step, posted, is_baseline);
    }
    // A document that knows of nothing does not know that something was called off either.
    if observation.condition != Condition::Unknown {
        absent(step, |posted| !listed.contains(posted.id.as_str()));
    }
    announce(step);
}

/// The same document again, later: what it lacked, it lacks once more, and what was far ahead comes near.
pub(super) fn unchanged(step: &mut Step<'_>) {
    absent(step, |posted| posted.absent > 0);
    announce(step);
}

fn create(step: &mut Step<'_>, posted: &PostedMaintenance, is_baseline: bool) {
    let is_due = posted.phase != MaintenancePhase::Scheduled || is_near(step, posted.starts_at, posted.ends_at);
    let is_quiet = is_baseline || !is_due;
    let kind = if is_running(posted.phase) { TransitionKind::Started } else { TransitionKind::Announced };
    let blank = story::blank(step, Condition::Maintenance, step.now);
    let planned = Incident {
        planned: Some(Planned { phase: posted.phase, starts_at: posted.starts_at, ends_at: posted.ends_at }),
        // What a baseline shows counts as told; what is far ahead counts as not announced yet.
        revision: u32::from(is_baseline && is_due),
        last_kind: kind,
        ..blank
    };
    let number = step.create(is_quiet, planned);
    let (source, role) = (step.source.id.clone(), step.source.role);
    step.change(number, |incident| {
        let entry = Posted { id: posted.id.clone(), phase: Phase::Investigating, absent: 0 };
        let own = witness_mut(incident, &source, role);
        own.impact = Condition::Maintenance;
        own.posted.push(entry);
    });
    describe(step, number, posted);
    if !is_quiet {
        step.say_planned(number, kind);
    }
}

fn refresh(step: &mut Step<'_>, number: u32, posted: &PostedMaintenance) {
    let Some(before) = step.incident(number).cloned() else { return };
    let Some(planned) = &before.planned else { return };
    let (was, is) = (planned.phase, posted.phase);
    let is_completed = is == MaintenancePhase::Completed;
    if is_completed && !before.is_open() {
        return describe(step, number, posted);
    }
    let source = step.source.id.clone();
    step.change(number, |incident| {
        for entry in incident.witnesses.iter_mut().filter(|own| own.source == source).flat_map(|own| &mut own.posted) {
            entry.phase = if is_completed { Phase::Resolved } else { Phase::Investigating };
            entry.absent = 0;
        }
    });
    describe(step, number, posted);
    if is_completed {
        return end(step, number);
    }
    if !before.is_open() {
        reopen(step, number);
    }
    let is_told = before.revision > 0;
    let is_moved = planned.ends_at != posted.ends_at || (!is_running(is) && planned.starts_at != posted.starts_at);
    if is_running(is) && !is_running(was) {
        step.say_planned(number, TransitionKind::Started);
    } else if is_told && !before.is_open() {
        step.say_planned(number, TransitionKind::Announced);
    } else if is_told && is_moved {
        step.say_planned(number, TransitionKind::Moved);
    }
}

fn describe(step: &mut Step<'_>, number: u32, posted: &PostedMaintenance) {
    let (role, now) = (step.source.role, step.now);
    let status_page = step.service.status_page.clone();
    step.change(number, |incident| {
        if !posted.title.is_empty() {
            incident.title = Some(posted.title.clone());
        }
        incident.url = posted.url.clone().or(status_page);
        if !posted.components.is_empty() {
            incident.components = posted.components.iter().take(MOST_NAMES).cloned().collect();
        }
        incident.planned = Some(Planned { phase: posted.phase, starts_at: posted.starts_at, ends_at: posted.ends_at });
        if let Some(starts_at) = posted.starts_at {
            // Planned for later and yet running: it began before we looked.
            incident.started_at = if is_running(posted.phase) { starts_at.min(incident.started_at) } else { starts_at };
        }
        updates::take(incident, &posted.updates, role, now);
    });
}

fn absent(step: &mut Step<'_>, is_absent: impl Fn(&Posted) -> bool) {
    for number in count_absent(step, true, is_absent) {
        end(step, number);
    }
}

/// Tells that it is over or called off, when its beginning was told.
fn end(step: &mut Step<'_>, number: u32) {
    let now = step.now;
    let mut is_told = false;
    step.change(number, |incident| {
        if let Some(planned) = &mut incident.planned {
            planned.phase = MaintenancePhase::Completed;
        }
        incident.phase = Phase::Resolved;
        incident.resolved_at = Some(now);
        incident.turned_at = now;
        incident.chapter = incident.chapter.saturating_add(1);
        is_told = incident.revision > 0;
    });
    if is_told {
        step.say_planned(number, TransitionKind::Ended);
    }
}

/// Called off or over by mistake: it is listed again.
fn reopen(step: &mut Step<'_>, number: u32) {
    let now = step.now;
    step.change(number, |incident| {
        incident.phase = Phase::Investigating;
        incident.resolved_at = None;
        incident.turned_at = now;
        incident.chapter = incident.chapter.saturating_add(1);
    });
}

/// Tells what has come near since it was first seen.
fn announce(step: &mut Step<'_>) {
    let due: Vec<u32> = step
        .track
        .open_maintenances()
        .filter(|incident| incident.revision == 0 && story::witness(incident, &step.source.id).is_some())
        .filter(|incident| {
            incident.planned.as_ref().is_some_and(|planned| {
                planned.phase == MaintenancePhase::Scheduled && is_near(step, planned.starts_at, planned.ends_at)
            })
        })
        .map(|incident| incident.id.number)
        .collect();
    for number in due {
        step.say_planned(number, TransitionKind::Announced);
    }
}

const fn is_running(phase: MaintenancePhase) -> bool {
    matches!(phase, MaintenancePhase::InProgress | MaintenancePhase::Verifying)
}

/// Whether it is time to announce work: it begins soon, or nobody says when, and it is not past already.
fn is_near(step: &Step<'_>, starts_at: Option<DateTime<Utc>>, ends_at: Option<DateTime<Utc>>) -> bool {
    let is_past = ends_at.is_some_and(|end| end < step.now);
    !is_past && starts_at.is_none_or(|start| elapsed(step.now, start) <= step.rules.announce_within)
}
