//! Uptime Kuma: a public status page and the heartbeats of its monitors, which are two documents.
//!
//! Survived: the one pinned notice of version 1 and the list of version 2, flags that are numbers, monitors whose beats are
//! pending (which says nothing new), times without a zone, and planned work in a zone of its own. Of beats alone the names
//! are not known, so monitors go by their number; of the page alone nobody knows how they are.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, worst_open},
        time::{parse_time, zone_seconds},
        wire::{List, Object, Scalar, Table, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    config: Object<Config>,
    incident: Object<Notice>,
    incidents: List<Object<Notice>>,
    #[serde(rename = "publicGroupList")]
    groups: List<Object<Group>>,
    #[serde(rename = "maintenanceList")]
    maintenances: List<Object<Work>>,
    #[serde(rename = "heartbeatList")]
    heartbeats: Option<Table<List<Object<Beat>>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    title: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group {
    name: Scalar,
    #[serde(rename = "monitorList")]
    monitors: List<Object<Monitor>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Monitor {
    id: Scalar,
    name: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Beat {
    status: Scalar,
    time: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Notice {
    id: Scalar,
    style: Scalar,
    title: Scalar,
    content: Scalar,
    pin: Scalar,
    active: Scalar,
    #[serde(rename = "createdDate")]
    created: Scalar,
    #[serde(rename = "lastUpdatedDate")]
    updated: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Work {
    id: Scalar,
    title: Scalar,
    description: Scalar,
    status: Scalar,
    #[serde(rename = "timeslotList")]
    slots: List<Object<Slot>>,
    #[serde(rename = "dateRange")]
    range: List<Scalar>,
    #[serde(rename = "timezoneOffset")]
    offset: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Slot {
    #[serde(rename = "startDate")]
    start: Scalar,
    #[serde(rename = "endDate")]
    end: Scalar,
}

/// Reads a page, its heartbeats, or both.
pub(super) fn parse(texts: &[&str]) -> Result<Observation, ParseError> {
    let mut observation = Observation::default();
    let mut beats = HashMap::new();
    let mut beating = Vec::new();
    for text in texts {
        let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
        if document.heartbeats.is_none() && !matches!(document.groups, List::Items(_)) && !document.is_history() {
            return Err(ParseError { reason: "expected `publicGroupList` or `heartbeatList`".to_owned() });
        }
        observation.service = observation.service.or_else(|| document.config.0.as_ref()?.title.name());
        observation.components.extend(document.groups.objects().flat_map(Group::components).take(MOST_PARTS));
        let notices = document.incident.0.iter().chain(document.incidents.objects());
        observation.incidents.extend(notices.filter_map(Notice::incident).take(MOST_STORIES));
        observation
            .maintenances
            .extend(document.maintenances.objects().filter_map(Work::maintenance).take(MOST_STORIES));
        for (id, list) in document.heartbeats.unwrap_or_default().0 {
            beats.insert(id.clone(), latest(&list));
            beating.push(id);
        }
    }
    for component in &mut observation.components {
        let told = component.id.as_ref().and_then(|id| beats.get(id));
        component.condition = told.copied().unwrap_or_default();
    }
    // Without the page, its monitors have no names.
    if observation.components.is_empty() {
        observation.components = beating
            .into_iter()
            .take(MOST_PARTS)
            .map(|id| Component {
                condition: beats.get(&id).copied().unwrap_or_default(),
                name: id.clone(),
                id: Some(id),
                group: None,
                is_group: false,
            })
            .collect();
    }
    let is_work_running =
        observation.maintenances.iter().any(|maintenance| maintenance.phase == MaintenancePhase::InProgress);
    let quiet = match headline::of_measured(&observation.components) {
        Condition::Unknown if is_work_running => Condition::Maintenance,
        told @ (Condition::Operational
        | Condition::Degraded
        | Condition::PartialOutage
        | Condition::MajorOutage
        | Condition::Maintenance
        | Condition::Unknown) => told,
    };
    observation.condition = quiet.worst(worst_open(&observation.incidents));
    Ok(observation)
}

/// Whether a row of a list of incidents is a notice of theirs.
pub(super) fn is_notice(row: &Value) -> bool {
    row.get("style").is_some() && row.get("content").is_some()
}

impl Document {
    /// Only notices, past ones too (`incident-history`).
    fn is_history(&self) -> bool {
        let mut notices = self.incidents.objects().peekable();
        notices.peek().is_some() && notices.all(|notice| notice.style.is_there() && notice.content.is_there())
    }
}

/// What the last beat says. One that is pending tries again, and keeps what was before.
fn latest(beats: &List<Object<Beat>>) -> Condition {
    let told = beats.objects().filter_map(|beat| {
        let condition = match beat.status.number()? {
            0 => Condition::MajorOutage,
            1 => Condition::Operational,
            3 => Condition::Maintenance,
            _ => return None,
        };
        Some((beat.time.time(), condition))
    });
    // Oldest first; where times are missing or equal, the last one counts.
    told.max_by_key(|(at, _)| *at).map_or(Condition::Unknown, |(_, condition)| condition)
}

impl Group {
    fn components(&self) -> impl Iterator<Item = Component> {
        self.monitors.objects().filter_map(|monitor| {
            Some(Component {
                id: monitor.id.text(),
                name: monitor.name.text()?,
                group: self.name.name(),
                is_group: false,
                condition: Condition::Unknown,
            })
        })
    }
}

impl Notice {
    /// Open while it is pinned, or, since version 2, active.
    fn is_over(&self) -> bool {
        if self.active.is_there() { self.active.is_off() } else { self.pin.is_off() }
    }

    fn incident(&self) -> Option<PostedIncident> {
        let (created, updated) = (self.created.time(), self.updated.time());
        let is_over = self.is_over();
        let body = self.content.text().map(|content| plain(&content));
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            impact: Some(match self.style.word().as_deref() {
                Some("danger") => Condition::PartialOutage,
                Some("info" | "primary" | "light" | "dark" | "success" | "secondary" | "maintenance") => {
                    Condition::Operational
                }
                _ => Condition::Degraded,
            }),
            phase: Some(if is_over { Phase::Resolved } else { Phase::Investigating }),
            started_at: created,
            resolved_at: updated.filter(|_| is_over),
            url: None,
            components: Vec::new(),
            regions: Vec::new(),
            updates: body
                .map(|body| PostedUpdate { id: None, phase: None, at: updated.or(created), body: Some(body) })
                .into_iter()
                .collect(),
        })
    }
}

impl Work {
    fn maintenance(&self) -> Option<PostedMaintenance> {
        let phase = match self.status.word().as_deref() {
            Some("under_maintenance") => MaintenancePhase::InProgress,
            Some("ended") => MaintenancePhase::Completed,
            // Switched off: it will not happen.
            Some("inactive") => return None,
            _ => MaintenancePhase::Scheduled,
        };
        // Work that is begun by hand has a slot without times.
        let mut slots = self.slots.objects().filter(|slot| slot.start.is_there() || slot.end.is_there());
        let mut range = self.range.items().iter();
        let (starts_at, ends_at) = match slots.next() {
            Some(slot) => (self.time(&slot.start), self.time(&slot.end)),
            None => (range.next().and_then(|from| self.time(from)), range.next().and_then(|until| self.time(until))),
        };
        let description = self.description.text().map(|description| plain(&description));
        Some(PostedMaintenance {
            // Notices and planned work are numbered apart from each other.
            id: format!("maintenance-{}", self.id.text()?),
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            phase,
            starts_at,
            ends_at,
            url: None,
            components: Vec::new(),
            updates: description
                .map(|body| PostedUpdate { id: None, phase: None, at: None, body: Some(body) })
                .into_iter()
                .collect(),
        })
    }

    /// A time of this work: in its own zone, unless it names one itself.
    fn time(&self, scalar: &Scalar) -> Option<DateTime<Utc>> {
        let text = scalar.text()?;
        let time = parse_time(&text)?;
        // `2026-09-12 11:26`: behind the hours, only a zone has a sign or a letter.
        let has_zone = text.trim().get(11..).is_some_and(|clock| clock.contains(['+', '-', 'Z']));
        let offset = self.offset.text().and_then(|offset| zone_seconds(offset.trim())).filter(|_| !has_zone);
        time.checked_sub_signed(TimeDelta::seconds(i64::from(offset.unwrap_or(0))))
    }
}
