//! Stories: which incident a witness's words belong to.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::{
    detect::{elapsed, progress::Step},
    domain::{
        Condition, Incident, Phase, Posted, PostedIncident, Role, SourceId, SourceTrack, TransitionKind, Witness,
    },
};

/// A new outage that nobody has told anything about.
pub(super) fn blank(step: &Step<'_>, impact: Condition, started_at: DateTime<Utc>) -> Incident {
    Incident {
        id: step.next_id(),
        service_name: step.service.name.clone(),
        planned: None,
        title: None,
        impact,
        peak: impact,
        phase: Phase::Investigating,
        started_at: started_at.min(step.now),
        resolved_at: None,
        seen_at: step.now,
        turned_at: step.now,
        components: Vec::new(),
        regions: Vec::new(),
        url: step.service.status_page.clone(),
        witnesses: Vec::new(),
        updates: Vec::new(),
        revision: 0,
        chapter: 1,
        reopened_at: Vec::new(),
        is_flapping: false,
        last_kind: TransitionKind::Opened,
    }
}

/// The part a source has in an incident, added when it has none.
pub(super) fn witness_mut<'i>(incident: &'i mut Incident, source: &SourceId, role: Role) -> &'i mut Witness {
    let index = incident.witnesses.iter().position(|witness| witness.source == *source).unwrap_or_else(|| {
        let impact = Condition::Operational;
        incident.witnesses.push(Witness { source: source.clone(), role, posted: Vec::new(), is_bad: false, impact });
        incident.witnesses.len() - 1
    });
    let witness = incident.witnesses.get_mut(index).expect("the index was just found, or is that of the one added");
    witness.role = role;
    witness
}

/// The part a source has in an incident.
pub(super) fn witness<'i>(incident: &'i Incident, source: &SourceId) -> Option<&'i Witness> {
    incident.witnesses.iter().find(|witness| witness.source == *source)
}

/// Whether any witness says that the incident goes on.
pub(super) fn is_held(incident: &Incident) -> bool {
    incident.witnesses.iter().any(is_holding)
}

/// Whether this witness says that the incident goes on.
pub(super) fn is_holding(witness: &Witness) -> bool {
    witness.is_bad || witness.posted.iter().any(Posted::is_open)
}

/// Whether any provider has posted it. What people report is not posted by those who must know.
pub(super) fn is_posted(incident: &Incident) -> bool {
    providers(incident).any(|witness| !witness.posted.is_empty())
}

/// Whether any provider has posted it and calls it open.
pub(super) fn has_open_post(incident: &Incident) -> bool {
    open_post(incident).is_some()
}

/// What a provider has posted of it and calls open.
pub(super) fn open_post(incident: &Incident) -> Option<&Posted> {
    providers(incident).flat_map(|witness| &witness.posted).find(|posted| posted.is_open())
}

fn providers(incident: &Incident) -> impl Iterator<Item = &Witness> {
    incident.witnesses.iter().filter(|witness| witness.role != Role::Reported)
}

/// Whether this provider's incident gives ours its title: the first that is open, else the first. What people report
/// gives it one only until a provider does.
pub(super) fn leads(incident: &Incident, source: &SourceId, id: &str) -> bool {
    let is_told = is_posted(incident);
    let all = || {
        let witnesses = incident.witnesses.iter().filter(move |witness| !is_told || witness.role != Role::Reported);
        witnesses.flat_map(|witness| witness.posted.iter().map(move |p| (&witness.source, p)))
    };
    all()
        .find(|(_, posted)| posted.is_open())
        .or_else(|| all().next())
        .is_some_and(|(of, p)| of == source && p.id == id)
}

/// The story that an incident posted here for the first time belongs to, when there is one already.
///
/// At a baseline the posted incident may be much older than what was measured, and then it is another matter. A notice
/// belongs to no outage but the one that another source posts under the same name.
pub(super) fn of_posted(step: &Step<'_>, posted: &PostedIncident, impact: Condition, is_baseline: bool) -> Option<u32> {
    let here = &step.source.id;
    let fits = |incident: &Incident| {
        !is_baseline
            || posted.started_at.is_none_or(|start| elapsed(start, incident.started_at) <= step.rules.reopen_within)
    };
    let outages = || step.track.incidents.iter().rev().filter(|incident| incident.planned.is_none());
    let told_by_condition = outages().find(|incident| {
        incident.is_open() && witness(incident, here).is_some_and(|own| own.is_bad && own.posted.is_empty())
    });
    let same = || outages().find(|incident| incident.is_open() && is_same(step, incident, posted));
    let unposted = || outages().find(|incident| incident.is_open() && !is_posted(incident) && fits(incident));
    let just_over =
        || outages().find(|incident| is_just_over(step, incident) && !is_posted(incident) && fits(incident));
    // Whatever people mean by it, while an outage is told theirs is the same.
    let any_open = || outages().find(|incident| incident.is_open() && !incident.is_notice() && fits(incident));
    if step.source.role == Role::Reported && impact.is_bad() {
        return any_open().or_else(just_over).map(|incident| incident.id.number);
    }
    if !impact.is_bad() {
        return same().map(|incident| incident.id.number);
    }
    told_by_condition.or_else(same).or_else(unposted).or_else(just_over).map(|incident| incident.id.number)
}

/// The story that an incident belongs to which began and ended unseen between these times.
pub(super) fn of_past(
    step: &Step<'_>,
    posted: &PostedIncident,
    started_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
) -> Option<u32> {
    let overlaps = |incident: &Incident| {
        elapsed(ended_at, incident.started_at) <= step.rules.reopen_within
            && incident.resolved_at.is_none_or(|end| elapsed(end, started_at) <= step.rules.reopen_within)
    };
    let outages = || step.track.incidents.iter().rev().filter(|incident| incident.planned.is_none());
    let is_report = step.source.role == Role::Reported;
    outages()
        .find(|incident| is_same(step, incident, posted) && overlaps(incident))
        .or_else(|| outages().find(|incident| (is_report || !is_posted(incident)) && overlaps(incident)))
        .map(|incident| incident.id.number)
}

/// The story that a bad condition belongs to which nobody at this source explains.
pub(super) fn of_condition(step: &Step<'_>) -> Option<u32> {
    let here = &step.source.id;
    let comes_back = |incident: &Incident| {
        let is_outside = matches!(step.source.role, Role::Measured | Role::Reported);
        let is_own = is_outside && witness(incident, here).is_some();
        incident.planned.is_none() && is_just_over(step, incident) && (is_own || !is_posted(incident))
    };
    step.track
        .open_incidents()
        .find(|incident| !incident.is_notice())
        .or_else(|| step.track.incidents.iter().rev().find(|incident| comes_back(incident)))
        .map(|incident| incident.id.number)
}

/// Whether another source has posted the same: a page and its feed, read side by side, are one voice.
fn is_same(step: &Step<'_>, incident: &Incident, posted: &PostedIncident) -> bool {
    let is_told_elsewhere =
        is_posted(incident) && witness(incident, &step.source.id).is_none_or(|own| own.posted.is_empty());
    let has_same_title =
        incident.title.as_ref().is_some_and(|title| title.to_lowercase() == posted.title.to_lowercase());
    let has_same_page = posted.url.is_some() && posted.url == incident.url && posted.url != step.service.status_page;
    is_told_elsewhere && (has_same_title || has_same_page)
}

fn is_just_over(step: &Step<'_>, incident: &Incident) -> bool {
    incident.resolved_at.is_some_and(|end| elapsed(end, step.now) <= step.rules.reopen_within)
}

/// What official sources tell by their condition is explained by an incident that one of them posted: it neither keeps
/// the incident open nor opens another one. What people post explains their own condition only.
pub(super) fn explain(step: &mut Step<'_>, number: u32) {
    let mut explained = Vec::new();
    let (here, is_report) = (step.source.id.clone(), step.source.role == Role::Reported);
    step.change(number, |incident| {
        let is_explained =
            |witness: &Witness| if is_report { witness.source == here } else { witness.role == Role::Official };
        for witness in incident.witnesses.iter_mut().filter(|witness| witness.is_bad && is_explained(witness)) {
            witness.is_bad = false;
            explained.push(witness.source.clone());
        }
    });
    for source in explained {
        if let Some(known) = step.track.sources.get_mut(&source) {
            accept_known(Arc::make_mut(known));
        }
    }
}

/// Takes a source's last known condition as told.
fn accept_known(known: &mut SourceTrack) {
    known.accepted = known.condition;
    known.accepted_parts =
        known.not_well.iter().filter(|(_, condition)| condition.is_bad()).map(|(name, _)| name.clone()).collect();
}

/// Sources that the service no longer has cannot tell an end any more: what only they held open is lost.
pub(super) fn drop_lost_witnesses(step: &mut Step<'_>) {
    let here = step.source.id.clone();
    let service = step.service;
    let is_lost = |source: &SourceId| *source != here && service.sources.iter().all(|ours| ours.id != *source);
    step.track.sources.retain(|source, _| !is_lost(source));
    drop_witnesses(step, is_lost);
}

/// What this source has said so far was said by another page, which cannot tell an end any more.
pub(super) fn drop_own_witness(step: &mut Step<'_>) {
    let here = step.source.id.clone();
    drop_witnesses(step, |source| *source == here);
}

fn drop_witnesses(step: &mut Step<'_>, is_lost: impl Fn(&SourceId) -> bool) {
    let touched: Vec<u32> = step
        .track
        .incidents
        .iter()
        .filter(|incident| incident.is_open() && incident.witnesses.iter().any(|witness| is_lost(&witness.source)))
        .map(|incident| incident.id.number)
        .collect();
    for number in touched {
        step.change(number, |incident| incident.witnesses.retain(|witness| !is_lost(&witness.source)));
        if step.incident(number).is_some_and(|incident| !is_held(incident)) {
            step.say_lost(number);
        }
    }
}
