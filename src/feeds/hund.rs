//! Hund: the feed of a status page, or the list of issues of its API.
//!
//! Survived, by the specification, as no page was seen: states as numbers, labels that each page names itself, plans in
//! an object of their own. The feed is RSS or Atom like any other. The API wants a key, which a source's address may
//! carry. Its lists come newest first, its states are -1 (outage), 0 (degraded) and 1 (operational), and the newest
//! update that names one decides.
//! Source: <https://github.com/hundio/api-specification> (read 2026-11-22).

use serde::Deserialize;

use crate::{
    domain::{Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate},
    feeds::{
        ParseError, headline,
        prose::plain,
        rss::{self, Dialect},
        tidy::{MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Issues {
    #[serde(rename = "type")]
    kind: Scalar,
    data: List<Object<Issue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Issue {
    id: Scalar,
    title: Scalar,
    body: Scalar,
    label: Scalar,
    state_override: Scalar,
    specialization: Scalar,
    scheduled: Scalar,
    resolved: Scalar,
    cancelled: Scalar,
    created_at: Scalar,
    began_at: Scalar,
    ended_at: Scalar,
    schedule: Object<Schedule>,
    components: Object<Parts>,
    updates: Object<Updates>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Schedule {
    starts_at: Scalar,
    ends_at: Scalar,
    started: Scalar,
    ended: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Parts {
    data: List<Object<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    name: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Updates {
    data: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    label: Scalar,
    body: Scalar,
    state_override: Scalar,
    created_at: Scalar,
}

/// Reads a feed, or a list of issues.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    if text.starts_with('<') {
        return rss::parse(text, Dialect::General);
    }
    let issues = json::<Object<Issues>>(text)?.0.unwrap_or_default();
    let List::Items(_) = issues.data else {
        return Err(ParseError { reason: "expected a feed, or a list `data` of issues".to_owned() });
    };
    if issues.kind.word().as_deref() != Some("paged_array") {
        return Err(ParseError { reason: "expected a feed, or issues as a `paged_array`".to_owned() });
    }
    let (planned, unplanned): (Vec<&Issue>, Vec<&Issue>) = issues.data.objects().partition(|issue| issue.is_planned());
    let incidents: Vec<PostedIncident> = unplanned.into_iter().filter_map(Issue::incident).take(MOST_STORIES).collect();
    let maintenances = planned.into_iter().filter_map(Issue::maintenance).take(MOST_STORIES).collect();
    // Issues alone say nothing of what has none.
    Ok(Observation { condition: worst_open(&incidents), incidents, maintenances, ..Observation::default() })
}

impl Issue {
    fn is_planned(&self) -> bool {
        self.scheduled.is_true() || self.specialization.word().as_deref() == Some("maintenance")
    }

    fn is_over(&self) -> bool {
        self.resolved.is_true() || self.cancelled.is_true() || self.ended_at.time().is_some()
    }

    fn said(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.updates.0.iter().flat_map(|updates| updates.data.objects())
    }

    fn title(&self) -> String {
        self.title.text().map(|title| plain(&title)).unwrap_or_default()
    }

    fn touched(&self) -> Vec<String> {
        let parts = self.components.0.iter().flat_map(|parts| parts.data.objects());
        parts.filter_map(|part| part.name.text()).collect()
    }

    fn incident(&self) -> Option<PostedIncident> {
        let updates = self.updates();
        let told = updates.iter().rev().find_map(|update| update.phase).unwrap_or(Phase::Investigating);
        let is_over = self.is_over();
        let told = if told.is_closed() { Phase::Monitoring } else { told };
        let is_notice = self.specialization.word().as_deref() == Some("informational");
        let states = self.said().map(|said| &said.state_override).chain([&self.state_override]);
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title(),
            impact: if is_notice {
                Some(Condition::Operational)
            } else {
                states.filter_map(Scalar::number).map(condition_of_state).next().map(headline::impact)
            },
            phase: Some(if is_over { Phase::Resolved } else { told }),
            started_at: self.began_at.time().or_else(|| self.created_at.time()),
            resolved_at: self.ended_at.time().or_else(|| updates.last()?.at).filter(|_| is_over),
            url: None,
            components: self.touched(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        let schedule = self.schedule.0.as_ref();
        let has_started = schedule.is_none_or(|schedule| schedule.started.is_true());
        let is_over = self.is_over() || schedule.is_some_and(|schedule| schedule.ended.is_true());
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title(),
            phase: if is_over {
                MaintenancePhase::Completed
            } else if has_started {
                MaintenancePhase::InProgress
            } else {
                MaintenancePhase::Scheduled
            },
            starts_at: schedule.and_then(|schedule| schedule.starts_at.time()).or_else(|| self.began_at.time()),
            ends_at: schedule.and_then(|schedule| schedule.ends_at.time()).or_else(|| self.ended_at.time()),
            url: None,
            components: self.touched(),
            updates: self.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let later = self.said().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: phase(&said.label),
            at: said.created_at.time(),
            body: said.body.text().map(|body| plain(&body)),
        });
        let first = self.body.text().map(|body| PostedUpdate {
            id: None,
            phase: phase(&self.label),
            at: self.began_at.time().or_else(|| self.created_at.time()),
            body: Some(plain(&body)),
        });
        oldest_first(later.chain(first).collect(), Order::NewestFirst)
    }
}

/// Labels are the page's own, but for the ones that Hund begins with.
fn phase(label: &Scalar) -> Option<Phase> {
    let label = label.word()?;
    let has = |stem: &str| label.contains(stem);
    if has("resolved") || has("completed") {
        Some(Phase::Resolved)
    } else if has("monitoring") {
        Some(Phase::Monitoring)
    } else if has("identified") {
        Some(Phase::Identified)
    } else if has("investigati") {
        Some(Phase::Investigating)
    } else {
        None
    }
}

fn condition_of_state(state: i64) -> Condition {
    match state {
        -1 => Condition::MajorOutage,
        0 => Condition::Degraded,
        1 => Condition::Operational,
        _ => Condition::Unknown,
    }
}
