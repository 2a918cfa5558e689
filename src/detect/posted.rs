//! Incidents as the provider posts them (DESIGN rules 2 and 3).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::{
    detect::{
        past,
        progress::Step,
        story,
        telling::{began_and_ended, began_before, impact_of, is_open, last_word, phase_of, start_of},
        updates,
    },
    domain::{Condition, Incident, Observation, Phase, Posted, PostedIncident},
};

/// Open outages that a track keeps at most, the newest; also how many of each sort are taken from one document.
const MOST_OPEN: usize = 50;

/// Names of components and of regions kept per incident.
const MOST_NAMES: usize = 100;

/// Reads the posted incidents of a document. `last_good` is when the source was read well before, `None` at a baseline.
pub(super) fn read(step: &mut Step<'_>, observation: &Observation, last_good: Option<DateTime<Utc>>) {
    let known = known_here(step, false);
    let mut listed = BTreeSet::new();
    let mut chosen = Vec::new();
    let (mut open, mut past) = (0, 0);
    let is_crowded = observation.incidents.iter().filter(|posted| is_open(posted)).count() > MOST_OPEN;
    for posted in &observation.incidents {
        // A post that tells no state begins nothing, ends nothing and contradicts nothing.
        if !listed.insert(posted.id.as_str()) || !(is_open(posted) || posted.is_closed()) {
            continue;
        }
        open += usize::from(is_open(posted));
        let known = known.get(&posted.id).copied();
        let is_filed = past::is_filed(step, posted);
        let is_new = match (known, posted.is_closed(), last_good) {
            (Some(_), _, _) => true,
            (None, false, None) => open <= MOST_OPEN,
            // In a crowd, an old incident comes into sight when another one closes. That is no news.
            (None, false, Some(last_good)) => open <= MOST_OPEN && !(is_crowded && began_before(posted, last_good)),
            (None, true, _) if is_filed => false,
            (None, true, None) => false,
            (None, true, Some(last_good)) => {
                let happened = past < MOST_OPEN && began_and_ended(posted, last_good, step.now).is_some();
                past += usize::from(happened);
                happened
            }
        };
        let is_past = known.is_none() && posted.is_closed() && !is_filed && !is_new;
        if is_new || is_past {
            chosen.push((posted, known, is_past));
        }
    }
    // The oldest first, so that numbers grow with time.
    for (posted, known, is_past) in chosen.into_iter().rev() {
        match known {
            Some(number) => refresh(step, number, posted, observation),
            None if is_past => past::keep(step, posted, observation),
            None if posted.is_closed() => past_incident(step, posted, observation, last_good),
            None => open_incident(step, posted, observation, last_good.is_none()),
        }
    }
    // A document that knows of nothing does not know that something is over either.
    if observation.condition != Condition::Unknown {
        absent(step, |posted| !listed.contains(posted.id.as_str()));
    }
}

/// The same document again: what it lacked, it lacks once more, and what it contradicted, it contradicts once more.
pub(super) fn unchanged(step: &mut Step<'_>) {
    absent(step, |posted| posted.absent > 0);
    let here = step.source;
    let is_contradicted = |posted: &Posted| !posted.is_open() && posted.absent > 0;
    let contradicted: Vec<u32> = step
        .track
        .incidents
        .iter()
        .filter(|incident| incident.planned.is_none())
        .filter(|incident| story::witness(incident, &here.id).is_some_and(|own| own.posted.iter().any(is_contradicted)))
        .map(|incident| incident.id.number)
        .collect();
    let enough = step.rules.absent_readings;
    for number in contradicted {
        step.change(number, |incident| {
            let own = incident.witnesses.iter_mut().filter(|witness| witness.source == here.id);
            for posted in own.flat_map(|own| &mut own.posted).filter(|posted| is_contradicted(posted)) {
                posted.absent = posted.absent.saturating_add(1);
                if posted.absent >= enough {
                    posted.absent = 0;
                    posted.phase = Phase::Investigating;
                }
            }
        });
    }
}

/// Whether this source calls any incident open that it posted, by what is known. Notices explain no bad condition.
pub(super) fn any_open_here(step: &Step<'_>) -> bool {
    let outages = step.track.incidents.iter().filter(|incident| incident.planned.is_none());
    outages
        .filter(|incident| !incident.is_notice())
        .filter_map(|incident| story::witness(incident, &step.source.id))
        .any(|own| own.posted.iter().any(Posted::is_open))
}

/// Whether a document shows any incident as open that hurts, be it one that is not taken.
pub(super) fn any_open(observation: &Observation) -> bool {
    observation.incidents.iter().any(|posted| is_open(posted) && impact_of(posted, observation).is_bad())
}

/// The provider's ids known at this source, with the numbers of the incidents they belong to.
pub(super) fn known_here(step: &Step<'_>, is_planned: bool) -> BTreeMap<String, u32> {
    step.track
        .incidents
        .iter()
        .filter(|incident| incident.planned.is_some() == is_planned)
        .filter_map(|incident| Some((incident.id.number, story::witness(incident, &step.source.id)?)))
        .flat_map(|(number, own)| own.posted.iter().map(move |posted| (posted.id.clone(), number)))
        .collect()
}

/// Counts a good reading without them for the open ones that are absent; those that were absent often enough are called
/// resolved. Reports the numbers of their incidents.
pub(super) fn count_absent(
    step: &mut Step<'_>,
    is_planned: bool,
    is_absent: impl Fn(&Posted) -> bool,
) -> BTreeSet<u32> {
    let here = step.source;
    let source = &here.id;
    let enough = step.rules.absent_readings;
    let has_absent = |incident: &Incident| {
        incident.planned.is_some() == is_planned
            && story::witness(incident, source)
                .is_some_and(|own| own.posted.iter().any(|p| p.is_open() && is_absent(p)))
    };
    let numbers: Vec<u32> = step
        .track
        .incidents
        .iter()
        .filter(|incident| has_absent(incident))
        .map(|incident| incident.id.number)
        .collect();
    let mut gone = BTreeSet::new();
    for number in numbers {
        step.change(number, |incident| {
            let own = incident.witnesses.iter_mut().filter(|witness| witness.source == *source);
            for posted in own.flat_map(|own| &mut own.posted).filter(|posted| posted.is_open() && is_absent(posted)) {
                posted.absent = posted.absent.saturating_add(1);
                if posted.absent >= enough {
                    posted.absent = 0;
                    posted.phase = Phase::Resolved;
                    gone.insert(number);
                }
            }
        });
    }
    gone
}

fn absent(step: &mut Step<'_>, is_absent: impl Fn(&Posted) -> bool) {
    for number in count_absent(step, false, is_absent) {
        ended(step, number, step.now);
    }
}

/// A provider called its part over.
fn ended(step: &mut Step<'_>, number: u32, at: DateTime<Utc>) {
    step.say(number);
    step.say_ended(number, at);
    if step.incident(number).is_some_and(|incident| !story::has_open_post(incident)) {
        story::explain(step, number);
    }
}

fn open_incident(step: &mut Step<'_>, posted: &PostedIncident, observation: &Observation, is_baseline: bool) {
    let impact = impact_of(posted, observation);
    let joined = story::of_posted(step, posted, impact, is_baseline).inspect(|number| step.say(*number));
    let number = joined.unwrap_or_else(|| {
        make_room(step);
        create(step, posted, impact, is_baseline)
    });
    attach(step, number, posted, impact);
    if impact.is_bad() {
        story::explain(step, number);
    }
}

fn past_incident(
    step: &mut Step<'_>,
    posted: &PostedIncident,
    observation: &Observation,
    last_good: Option<DateTime<Utc>>,
) {
    let Some((started_at, ended_at)) = last_good.and_then(|last_good| began_and_ended(posted, last_good, step.now))
    else {
        return;
    };
    let impact = impact_of(posted, observation);
    if !impact.is_bad() {
        return;
    }
    let number =
        story::of_past(step, posted, started_at, ended_at).unwrap_or_else(|| create(step, posted, impact, false));
    attach(step, number, posted, impact);
    ended(step, number, ended_at);
}

fn create(step: &mut Step<'_>, posted: &PostedIncident, impact: Condition, is_quiet: bool) -> u32 {
    let blank = story::blank(step, impact, start_of(posted).unwrap_or(step.now));
    // A baseline counts as told; a notice is told when it turns out to hurt.
    step.create(is_quiet, Incident { revision: u32::from(is_quiet && impact.is_bad()), ..blank })
}

/// Makes a provider's incident part of one of ours.
fn attach(step: &mut Step<'_>, number: u32, posted: &PostedIncident, impact: Condition) {
    let (source, role, now) = (step.source.id.clone(), step.source.role, step.now);
    let status_page = step.service.status_page.clone();
    step.change(number, |incident| {
        let own = story::witness_mut(incident, &source, role);
        own.posted.push(Posted { id: posted.id.clone(), phase: phase_of(posted), absent: 0 });
        own.impact = weighed(own.impact, impact);
        if story::leads(incident, &source, &posted.id) {
            describe(incident, posted, status_page, now);
        } else if let Some(start) = start_of(posted) {
            incident.started_at = incident.started_at.min(start);
        }
        updates::take(incident, &posted.updates, role, now);
    });
}

/// What once hurt and is called harmless while it goes on counts as degraded, like all that nobody weighs.
const fn weighed(was: Condition, is: Condition) -> Condition {
    if was.is_bad() && !is.is_bad() { Condition::Degraded } else { is }
}

/// Reads again what is known already.
fn refresh(step: &mut Step<'_>, number: u32, posted: &PostedIncident, observation: &Observation) {
    let (source, role, now) = (step.source.id.clone(), step.source.role, step.now);
    let (status_page, enough) = (step.service.status_page.clone(), step.rules.absent_readings);
    let (phase, impact) = (phase_of(posted), impact_of(posted, observation));
    let mut is_news = false;
    let mut is_end = false;
    step.change(number, |incident| {
        let is_stale = updates::is_stale(incident, &posted.updates);
        let own = story::witness_mut(incident, &source, role);
        let Some(known) = own.posted.iter_mut().find(|known| known.id == posted.id) else { return };
        let was_open = known.is_open();
        // A cache may hand out an older document, in which the incident is not over yet.
        if !was_open && !phase.is_closed() && is_stale {
            known.absent = known.absent.saturating_add(1);
            if known.absent < enough {
                return;
            }
        }
        known.phase = phase;
        known.absent = 0;
        is_end = was_open && phase.is_closed();
        if known.is_open() {
            own.impact = weighed(own.impact, impact);
        }
        // A notice that turns out to have hurt at its very end is told after all.
        if is_end && incident.is_notice() && impact.is_bad() {
            incident.impact = impact;
            incident.peak = impact;
        }
        if story::leads(incident, &source, &posted.id) {
            describe(incident, posted, status_page, now);
        }
        is_news = updates::take(incident, &posted.updates, role, now);
    });
    if is_news {
        step.say(number);
    }
    if is_end {
        let last_told = last_word(posted).filter(|at| *at <= now);
        ended(step, number, posted.resolved_at.filter(|at| *at <= now).or(last_told).unwrap_or(now));
    }
}

fn describe(incident: &mut Incident, posted: &PostedIncident, status_page: Option<String>, now: DateTime<Utc>) {
    if !posted.title.is_empty() {
        incident.title = Some(posted.title.clone());
    }
    incident.url = posted.url.clone().or(status_page);
    if !posted.components.is_empty() {
        incident.components = posted.components.iter().take(MOST_NAMES).cloned().collect();
    }
    if !posted.regions.is_empty() {
        incident.regions = posted.regions.iter().take(MOST_NAMES).cloned().collect();
    }
    // The provider's word counts, unless others saw it earlier. Nothing seen can begin later, or after its end.
    let end = incident.resolved_at.filter(|_| posted.is_closed());
    let latest = end.unwrap_or(now).min(now);
    if let Some(start) = start_of(posted).filter(|start| *start <= latest) {
        let is_only_voice = incident.witnesses.len() == 1;
        incident.started_at = if is_only_voice { start } else { start.min(incident.started_at) };
    }
}

/// Drops the open outages that began first until there is room for another one.
fn make_room(step: &mut Step<'_>) {
    while step.track.open_incidents().count() >= MOST_OPEN {
        let oldest = step.track.open_incidents().min_by_key(|incident| (incident.started_at, incident.id.number));
        let Some(number) = oldest.map(|incident| incident.id.number) else { return };
        step.drop_quietly(number);
    }
}
