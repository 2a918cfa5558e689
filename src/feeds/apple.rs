//! Apple's system status, for people and for developers.
//!
//! Survived: the old wrapping `jsonCallback(…);`, one event under each service it touches (told by its `messageId`, with a
//! text that may differ), times as milliseconds, events without an end, `affectedServices` that is null, and past
//! outages that stay listed for a day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError,
        headline::{impact, of_new_word},
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, worst_open},
        time::zone_seconds,
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    services: List<Object<Service>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Service {
    service_name: Scalar,
    events: List<Object<Event>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Event {
    message_id: Scalar,
    status_type: Scalar,
    event_status: Scalar,
    message: Scalar,
    date_posted: Scalar,
    start_date: Scalar,
    end_date: Scalar,
    epoch_start_date: Scalar,
    epoch_end_date: Scalar,
    affected_services: List<Scalar>,
    users_affected: Scalar,
}

/// The document inside `jsonCallback(…);`, or the text itself when nothing wraps it.
pub(super) fn unwrapped(text: &str) -> &str {
    let inner = text.strip_prefix("jsonCallback").map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
    let inner = inner.and_then(|rest| rest.trim_end().trim_end_matches(';').trim_end().strip_suffix(')'));
    inner.map_or(text, str::trim_start)
}

/// Reads `system_status_<locale>.js`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(unwrapped(text))?.0.unwrap_or_default();
    let is_service = |service: &Service| service.service_name.is_there() && matches!(service.events, List::Items(_));
    if !document.services.objects().any(is_service) {
        return Err(ParseError { reason: "expected `services` with `serviceName` and `events`".to_owned() });
    }
    let mut components = Vec::new();
    let mut incidents: Vec<PostedIncident> = Vec::new();
    let mut maintenances: Vec<PostedMaintenance> = Vec::new();
    let mut known: HashMap<(bool, String), usize> = HashMap::new();
    for service in document.services.objects() {
        let Some(name) = service.service_name.name() else { continue };
        let now = service.events.objects().filter(|event| event.is_going_on()).map(Event::condition);
        let condition = match service.events {
            // A service without its list was not read to the end.
            List::Items(_) => now.fold(Condition::Operational, Condition::worst),
            List::Absent | List::Wrong => Condition::Unknown,
        };
        for event in service.events.objects().filter(|event| event.has_happened()) {
            let Some(id) = event.id() else { continue };
            let is_planned = event.is_planned();
            match (is_planned, known.get(&(is_planned, id.clone())).copied()) {
                (true, Some(index)) => {
                    maintenances.get_mut(index).into_iter().for_each(|same| same.components.push(name.clone()));
                }
                (false, Some(index)) => {
                    incidents.get_mut(index).into_iter().for_each(|same| same.components.push(name.clone()));
                }
                (true, None) if maintenances.len() >= MOST_STORIES => {}
                (true, None) => {
                    known.insert((true, id.clone()), maintenances.len());
                    maintenances.push(event.maintenance(id, &name));
                }
                (false, None) if incidents.len() >= MOST_STORIES => {}
                (false, None) => {
                    known.insert((false, id.clone()), incidents.len());
                    incidents.push(event.incident(id, &name));
                }
            }
        }
        if components.len() < MOST_PARTS {
            components.push(Component { id: None, name, group: None, is_group: false, condition });
        }
    }
    let condition = Condition::Operational.worst(worst_open(&incidents));
    let service = Some("Apple".to_owned());
    Ok(Observation { service, condition, components, incidents, maintenances, ..Observation::default() })
}

impl Event {
    fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.epoch_start_date.time().or_else(|| self.start_date.text().and_then(|text| read_time(&text)))
    }

    fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.epoch_end_date.time().or_else(|| self.end_date.text().and_then(|text| read_time(&text)))
    }

    /// Where there is no id, the start must do: events of one service do not begin in the same minute.
    fn id(&self) -> Option<String> {
        self.message_id.text().or_else(|| self.epoch_start_date.text()).or_else(|| self.start_date.text())
    }

    fn is_planned(&self) -> bool {
        self.status_type.word().as_deref() == Some("maintenance")
            || self.event_status.word().as_deref() == Some("upcoming")
    }

    /// An event of the type `Available` only says that all is well.
    fn has_happened(&self) -> bool {
        self.status_type.word().as_deref() != Some("available")
    }

    /// Any word but those that end or announce it: a new one must not read as fine.
    fn is_going_on(&self) -> bool {
        self.has_happened()
            && match self.event_status.word().as_deref() {
                Some("resolved" | "completed" | "upcoming") => false,
                Some(_) => true,
                None => self.ends_at().is_none(),
            }
    }

    fn condition(&self) -> Condition {
        let affected = self.users_affected.text().unwrap_or_default().to_lowercase();
        match self.status_type.word().as_deref() {
            Some("outage") if affected.starts_with("some") => Condition::PartialOutage,
            Some("outage") => Condition::MajorOutage,
            Some("issue" | "performance") | None => Condition::Degraded,
            Some("maintenance") => Condition::Maintenance,
            Some("available") => Condition::Operational,
            // An event is an event, whatever it is called.
            Some(other) => impact(of_new_word(other)),
        }
    }

    fn names(&self, service: &str) -> Vec<String> {
        let listed = self.affected_services.items().iter().filter_map(Scalar::text);
        std::iter::once(service.to_owned()).chain(listed).collect()
    }

    fn updates(&self, phase: Option<Phase>) -> Vec<PostedUpdate> {
        let at = self.date_posted.text().and_then(|text| read_time(&text)).or_else(|| self.starts_at());
        let body = self.message.text().map(|message| plain(&message));
        body.map(|body| PostedUpdate { id: self.date_posted.text(), phase, at, body: Some(body) }).into_iter().collect()
    }

    fn incident(&self, id: String, service: &str) -> PostedIncident {
        let phase = if self.is_going_on() { Phase::Investigating } else { Phase::Resolved };
        PostedIncident {
            id,
            // They have no titles; the message, a sentence or two, serves as one.
            title: self.message.text().map(|message| plain(&message)).unwrap_or_default(),
            impact: Some(self.condition()),
            phase: Some(phase),
            started_at: self.starts_at(),
            resolved_at: self.ends_at().filter(|_| phase.is_closed()),
            url: None,
            components: self.names(service),
            regions: Vec::new(),
            updates: self.updates(Some(phase)),
        }
    }

    fn maintenance(&self, id: String, service: &str) -> PostedMaintenance {
        PostedMaintenance {
            id,
            title: self.message.text().map(|message| plain(&message)).unwrap_or_default(),
            phase: match self.event_status.word().as_deref() {
                Some("upcoming") => MaintenancePhase::Scheduled,
                Some("resolved" | "completed") => MaintenancePhase::Completed,
                Some(_) | None => MaintenancePhase::InProgress,
            },
            starts_at: self.starts_at(),
            ends_at: self.ends_at(),
            url: None,
            components: self.names(service),
            updates: self.updates(None),
        }
    }
}

/// `07/29/2026 20:20 PDT`.
fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let (moment, zone) = text.trim().rsplit_once(' ')?;
    let naive = NaiveDateTime::parse_from_str(moment, "%m/%d/%Y %H:%M").ok()?;
    naive.and_utc().checked_sub_signed(TimeDelta::seconds(zone_seconds(zone)?.into()))
}
