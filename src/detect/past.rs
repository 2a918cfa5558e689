//! Incidents and planned work that were over before anybody here knew of them: kept as history, told to nobody.
//!
//! Documents carry their past at every reading, so a source remembers what of it stands in the history already, as marks of
//! a few bytes ([`Filed`]). What the provider opens again, or says more about, is asked for ([`recall`]) and put back into
//! the track before the step, which then knows it like any other. Notices, which never hurt, are not kept.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

use crate::{
    detect::{
        elapsed,
        progress::Step,
        story,
        telling::{CLOCK_AHEAD, impact_of, is_open, last_word, start_of},
        updates::{self, fnv},
    },
    domain::{
        Condition, Filed, Incident, IncidentId, MaintenancePhase, Observation, Phase, Planned, Posted, PostedIncident,
        PostedMaintenance, PostedUpdate, Reading, Role, Source, SourceTrack, Track, TransitionKind, Witness, shorten,
    },
};

/// Marks that one source keeps, the newest: more than any document lists, so that what is listed is always known.
const MOST_FILED: usize = 400;

/// Updates kept of an incident of the past, the newest.
const MOST_UPDATES: usize = 20;

/// The longest text of such an update, in characters: as much as people are shown of one.
const LONGEST_BODY: usize = 600;

/// Names of components and of regions kept.
const MOST_NAMES: usize = 50;

/// Incidents with new words that are asked for after one reading. Whoever rewrites his whole past waits for the rest.
const MOST_EDITED: usize = 10;

/// Incidents that are open again and asked for after one reading.
const MOST_BACK: usize = 50;

/// What of the history the step on this reading needs to know whole, see [`Track::recall`].
#[must_use]
pub fn recall(track: &Track, source: &Source, reading: &Reading) -> Vec<IncidentId> {
    let (Reading::Fresh(observation), Some(here)) = (reading, track.source(&source.id)) else { return Vec::new() };
    if source.role == Role::Hint || here.filed.is_empty() || observation.page.differs(&here.page) {
        return Vec::new();
    }
    let away = |sort, id: &str| {
        let filed = find(here, mark_of_id(sort, id))?;
        let is_here = track.incidents.iter().any(|incident| incident.id.number == filed.number);
        (!is_here).then_some(filed)
    };
    let is_edited = |filed: &Filed, posted| filed.words != 0 && filed.words != mark_of_words(posted);
    let outages = || observation.incidents.iter().filter_map(|posted| Some((away(OUTAGE, &posted.id)?, posted)));
    let works = observation.maintenances.iter().filter(|posted| posted.phase != MaintenancePhase::Completed);
    let works = works.filter_map(|posted| away(WORK, &posted.id));
    let back = outages().filter(|(_, posted)| is_open(posted)).map(|(filed, _)| filed).chain(works);
    let edited = outages().filter(|(filed, posted)| posted.is_closed() && is_edited(filed, posted));
    let mut numbers: Vec<u32> = back.take(MOST_BACK).map(|filed| filed.number).collect();
    numbers.extend(edited.take(MOST_EDITED).map(|(filed, _)| filed.number));
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| IncidentId { service: track.service.clone(), number }).collect()
}

/// Whether the history has this posted incident. Its present words are noted where they were taken in.
pub(super) fn is_filed(step: &mut Step<'_>, posted: &PostedIncident) -> bool {
    let id = mark_of_id(OUTAGE, &posted.id);
    let Some(filed) = find(&step.here, id) else { return false };
    // What was recalled is in the track now, and takes its words in like all that is there.
    let is_taken_in = filed.words == 0 || step.incident(filed.number).is_some();
    if is_taken_in && posted.is_closed() {
        let words = mark_of_words(posted);
        if words != filed.words {
            file(&mut step.here, Filed { words, ..filed });
        }
    }
    true
}

/// Keeps an incident that was over before it was known here, unless the history has it under another name.
pub(super) fn keep(step: &mut Step<'_>, posted: &PostedIncident, observation: &Observation) {
    let impact = impact_of(posted, observation);
    let Some((start, end)) = period(posted) else { return };
    if !impact.is_bad() || !is_kept(step, start, end) {
        return;
    }
    let (id, words) = (mark_of_id(OUTAGE, &posted.id), mark_of_words(posted));
    let story = mark_of_story(&posted.title, day(start));
    if let Some(number) = told_elsewhere(step, &posted.title, start) {
        return file(&mut step.here, Filed { id, story, words, number });
    }
    let phase = if posted.phase == Some(Phase::Postmortem) { Phase::Postmortem } else { Phase::Resolved };
    let mut incident = blank(step, impact, start, end);
    incident.phase = phase;
    incident.title = Some(posted.title.clone()).filter(|title| !title.is_empty());
    incident.url = posted.url.clone().or(incident.url);
    incident.components = posted.components.iter().take(MOST_NAMES).cloned().collect();
    incident.regions = posted.regions.iter().take(MOST_NAMES).cloned().collect();
    incident.witnesses = vec![witness(step, &posted.id, phase, impact)];
    take_updates(&mut incident, &posted.updates, step);
    let number = step.keep_past(incident);
    file(&mut step.here, Filed { id, story, words, number });
}

/// As [`keep`], planned work that is done.
pub(super) fn keep_work(step: &mut Step<'_>, posted: &PostedMaintenance) {
    let id = mark_of_id(WORK, &posted.id);
    let last_told = || posted.updates.iter().filter_map(|update| update.at).max();
    let (Some(start), Some(end)) = (posted.starts_at, posted.ends_at.or_else(last_told)) else { return };
    if find(&step.here, id).is_some() || !is_kept(step, start, end) {
        return;
    }
    let story = mark_of_story(&posted.title, day(start));
    if let Some(number) = told_elsewhere(step, &posted.title, start) {
        return file(&mut step.here, Filed { id, story, words: 0, number });
    }
    let mut work = blank(step, Condition::Maintenance, start, end);
    work.planned = Some(Planned { phase: posted.phase, starts_at: posted.starts_at, ends_at: posted.ends_at });
    work.last_kind = TransitionKind::Ended;
    work.title = Some(posted.title.clone()).filter(|title| !title.is_empty());
    work.url = posted.url.clone().or(work.url);
    work.components = posted.components.iter().take(MOST_NAMES).cloned().collect();
    work.witnesses = vec![witness(step, &posted.id, Phase::Resolved, Condition::Maintenance)];
    take_updates(&mut work, &posted.updates, step);
    let number = step.keep_past(work);
    file(&mut step.here, Filed { id, story, words: 0, number });
}

/// Notes what leaves the track, with all its sources: it stands in the history from now on.
pub(super) fn leave(step: &mut Step<'_>, incident: &Incident) {
    let sort = if incident.planned.is_some() { WORK } else { OUTAGE };
    let story = mark_of_story(incident.title.as_deref().unwrap_or_default(), day(incident.started_at));
    for own in &incident.witnesses {
        let known = if own.source == step.source.id {
            &mut step.here
        } else if let Some(known) = step.track.sources.get_mut(&own.source) {
            Arc::make_mut(known)
        } else {
            continue;
        };
        for posted in &own.posted {
            let id = mark_of_id(sort, &posted.id);
            let words = find(known, id).map_or(0, |filed| filed.words);
            file(known, Filed { id, story, words, number: incident.id.number });
        }
    }
}

/// Notes what the history has, in place of what was noted of it before.
fn file(known: &mut SourceTrack, filed: Filed) {
    let others = known.filed.iter().filter(|other| other.id != filed.id);
    let surplus = (known.filed.len() + 1).saturating_sub(MOST_FILED);
    let all: Vec<Filed> = others.skip(surplus).copied().chain([filed]).collect();
    known.filed = Arc::from(all);
}

fn find(known: &SourceTrack, id: u32) -> Option<Filed> {
    known.filed.iter().find(|filed| filed.id == id).copied()
}

/// The number under which another page, or this one before it moved, has told the same story: the same title, begun
/// within a day.
fn told_elsewhere(step: &Step<'_>, title: &str, start: DateTime<Utc>) -> Option<u32> {
    let marks = [-1, 0, 1].map(|near| mark_of_story(title, day(start).saturating_add(near)));
    let others = step.track.sources.values().flat_map(|known| known.filed.iter()).chain(step.filed_before.iter());
    let filed = others.filter(|filed| marks.contains(&filed.story)).map(|filed| filed.number).next();
    let is_same = |incident: &&Incident| {
        let has_title = incident.title.as_ref().is_some_and(|known| known.to_lowercase() == title.to_lowercase());
        has_title && day(incident.started_at).abs_diff(day(start)) <= 1
    };
    filed.or_else(|| step.track.incidents.iter().find(is_same).map(|incident| incident.id.number))
}

/// When it began and when it was over, where both are told.
fn period(posted: &PostedIncident) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let resolved = posted.updates.iter().filter(|update| update.phase == Some(Phase::Resolved));
    // The time of a report that was written later is not the end.
    let told = || resolved.filter_map(|update| update.at).min();
    let last = || last_word(posted).filter(|_| posted.phase != Some(Phase::Postmortem));
    let end = posted.resolved_at.or_else(told).or_else(last)?;
    start_of(posted).map(|start| (start.min(end), end))
}

/// Whether something is past, and not too long.
fn is_kept(step: &Step<'_>, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
    let is_past = end <= step.now + CLOCK_AHEAD;
    is_past && start <= end && elapsed(start, step.now) <= step.rules.keep_history
}

fn blank(step: &Step<'_>, impact: Condition, start: DateTime<Utc>, end: DateTime<Utc>) -> Incident {
    Incident {
        phase: Phase::Resolved,
        resolved_at: Some(end),
        turned_at: end,
        chapter: 2,
        last_kind: TransitionKind::Resolved,
        ..story::blank(step, impact, start)
    }
}

fn witness(step: &Step<'_>, id: &str, phase: Phase, impact: Condition) -> Witness {
    let posted = vec![Posted { id: id.to_owned(), phase, absent: 0 }];
    Witness { source: step.source.id.clone(), role: step.source.role, posted, is_bad: false, impact }
}

fn take_updates(incident: &mut Incident, posted: &[PostedUpdate], step: &Step<'_>) {
    updates::take(incident, posted, step.source.role, step.now);
    let surplus = incident.updates.len().saturating_sub(MOST_UPDATES);
    incident.updates.drain(..surplus);
    for update in &mut incident.updates {
        update.body = shorten(&update.body, LONGEST_BODY);
    }
}

/// Providers count incidents and planned work apart, so one id may be both.
const OUTAGE: &str = "outage";
const WORK: &str = "work";

fn mark_of_id(sort: &str, id: &str) -> u32 {
    mark([sort, id])
}

fn mark_of_story(title: &str, day: i64) -> u32 {
    mark([title.to_lowercase().as_str(), day.to_string().as_str()])
}

/// Never 0.
fn mark_of_words(posted: &PostedIncident) -> u32 {
    let time = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp().to_string()).unwrap_or_default();
    let phase = posted.phase.map_or("", Phase::word).to_owned();
    let own = [posted.title.clone(), phase, time(posted.started_at), time(posted.resolved_at)];
    let said = posted.updates.iter().map(|update| update.body.as_deref().unwrap_or_default());
    mark(own.iter().map(String::as_str).chain(said)).max(1)
}

fn mark<'a>(texts: impl IntoIterator<Item = &'a str>) -> u32 {
    let mark = texts.into_iter().fold(0, |mark: u64, text| mark.rotate_left(7) ^ fnv(text));
    u32::try_from((mark >> 32) ^ (mark & u64::from(u32::MAX))).unwrap_or_default()
}

fn day(time: DateTime<Utc>) -> i64 {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    time.timestamp().div_euclid(DAY.as_secs().cast_signed())
}
