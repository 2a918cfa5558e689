//! incident.io: its own widget API and what its pages load themselves; its Statuspage-compatible JSON is read as such.
//!
//! Survived: two shapes whose lists are left out where they are empty, impacts told only by the affected components
//! (`full_outage` among them), groups as names, and of all that was said only the last message.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError,
        headline::{of_new_word, of_word},
        prose::plain,
        statuspage,
        tidy::{mark, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

/// The widget API at its top, what the page loads below `summary`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    page_title: Scalar,
    page_url: Scalar,
    ongoing_incidents: List<Object<Story>>,
    in_progress_maintenances: List<Object<Story>>,
    scheduled_maintenances: List<Object<Story>>,
    summary: Object<Summary>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    name: Scalar,
    public_url: Scalar,
    ongoing_incidents: List<Object<Story>>,
    in_progress_maintenances: List<Object<Story>>,
    scheduled_maintenances: List<Object<Story>>,
    affected_components: List<Object<Part>>,
    structure: Object<Structure>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Structure {
    items: List<Object<Item>>,
}

/// A group of components, or one component.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    group: Object<Group>,
    component: Object<Part>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group {
    id: Scalar,
    name: Scalar,
    components: List<Object<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    id: Scalar,
    component_id: Scalar,
    name: Scalar,
    status: Scalar,
    current_status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    url: Scalar,
    published_at: Scalar,
    last_update_at: Scalar,
    last_update_message: Scalar,
    current_worst_impact: Scalar,
    affected_components: List<Object<Part>>,
    started_at: Scalar,
    starts_at: Scalar,
    ends_at: Scalar,
    scheduled_end_at: Scalar,
}

/// Whether an object has keys of incident.io's own shapes, and not those of the compatible one.
pub(super) fn is_own(object: &serde_json::Map<String, serde_json::Value>) -> bool {
    let is_widget = object.contains_key("page_title") && object.contains_key("page_url");
    let summary = object.get("summary").and_then(serde_json::Value::as_object);
    let is_page = |summary: &serde_json::Map<String, serde_json::Value>| {
        summary.contains_key("structure") || summary.contains_key("affected_components")
    };
    is_widget || summary.is_some_and(is_page)
}

/// Reads `api/v1/summary`, `proxy/<host>`, or a document in Statuspage's shape.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    // The compatible documents are by far the commoner ones and need not be read twice.
    if ["\"page_title\"", "\"structure\"", "\"affected_components\""].into_iter().all(|key| !text.contains(key)) {
        return statuspage::parse(text);
    }
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    if let Some(summary) = document.summary.0.filter(|summary| summary.structure.0.is_some() || summary.is_told()) {
        return Ok(summary.read());
    }
    if !(document.page_title.is_there() && document.page_url.is_there()) {
        return statuspage::parse(text);
    }
    let summary = Summary {
        name: document.page_title,
        public_url: document.page_url,
        ongoing_incidents: document.ongoing_incidents,
        in_progress_maintenances: document.in_progress_maintenances,
        scheduled_maintenances: document.scheduled_maintenances,
        ..Summary::default()
    };
    Ok(summary.read())
}

impl Summary {
    fn is_told(&self) -> bool {
        matches!(self.ongoing_incidents, List::Items(_)) || matches!(self.affected_components, List::Items(_))
    }

    fn read(&self) -> Observation {
        let components = self.components();
        let names: HashMap<&str, &str> =
            components.iter().filter_map(|part| Some((part.id.as_deref()?, part.name.as_str()))).collect();
        let page = self.public_url.text();
        let incidents: Vec<PostedIncident> =
            self.ongoing_incidents.objects().filter_map(|story| story.incident(&names, page.as_deref())).collect();
        let running = self.in_progress_maintenances.objects();
        let running = running.filter_map(|story| story.maintenance(&names, MaintenancePhase::InProgress));
        let ahead = self.scheduled_maintenances.objects();
        let ahead = ahead.filter_map(|story| story.maintenance(&names, MaintenancePhase::Scheduled));
        let maintenances = running.chain(ahead).collect();
        // There is no word for the whole: what is open tells it, and the components.
        let open = worst_open(&incidents);
        let condition = if open.is_bad() { open } else { of_word(Condition::Operational, &components, &incidents) };
        Observation {
            service: self.name.text(),
            condition,
            incidents,
            maintenances,
            components,
            ..Observation::default()
        }
    }

    /// The page's structure, with the state of those that are not well; the widget API lists none.
    fn components(&self) -> Vec<Component> {
        let affected: HashMap<String, Condition> = self
            .affected_components
            .objects()
            .filter_map(|part| Some((part.component_id.text().or_else(|| part.id.text())?, part.condition())))
            .collect();
        let mut components = Vec::new();
        let structure = self.structure.0.iter().flat_map(|structure| structure.items.objects());
        for item in structure {
            let group = item.group.0.as_ref();
            let group_name = group.and_then(|group| group.name.text());
            let parts = group.into_iter().flat_map(|group| group.components.objects()).chain(item.component.0.as_ref());
            let start = components.len();
            let mut worst = Condition::Unknown;
            for part in parts {
                let id = part.component_id.text().or_else(|| part.id.text());
                let condition = id.as_ref().and_then(|id| affected.get(id)).copied().unwrap_or(Condition::Operational);
                let Some(name) = part.name.text() else { continue };
                worst = worst.worst(condition);
                let group = group_name.clone();
                components.push(Component { id, name, group, is_group: false, condition });
            }
            if let (Some(name), Some(group)) = (group_name, group) {
                let row = Component { id: group.id.text(), name, group: None, is_group: true, condition: worst };
                components.insert(start, row);
            }
        }
        components
    }
}

impl Part {
    fn condition(&self) -> Condition {
        let word = self.current_status.word().or_else(|| self.status.word());
        word.map_or(Condition::Unknown, |word| condition(&word))
    }
}

impl Story {
    fn touched(&self, names: &HashMap<&str, &str>) -> Vec<String> {
        let name = |part: &Part| {
            let id = part.component_id.text().or_else(|| part.id.text());
            part.name.text().or_else(|| names.get(id?.as_str()).map(|name| (*name).to_owned()))
        };
        self.affected_components.objects().filter_map(name).collect()
    }

    fn updates(&self, phase: Option<Phase>) -> Vec<PostedUpdate> {
        let body = self.last_update_message.text().map(|message| plain(&message));
        let said = body.map(|body| PostedUpdate {
            id: Some(mark(&body)),
            phase,
            at: self.last_update_at.time(),
            body: Some(body),
        });
        said.into_iter().collect()
    }

    fn incident(&self, names: &HashMap<&str, &str>, page: Option<&str>) -> Option<PostedIncident> {
        let phase = match self.status.word().as_deref() {
            Some("identified") => Phase::Identified,
            Some("monitoring") => Phase::Monitoring,
            Some("resolved") => Phase::Resolved,
            Some(_) | None => Phase::Investigating,
        };
        let told = self.current_worst_impact.word().map(|word| condition(&word));
        let of_parts = || self.affected_components.objects().map(Part::condition).reduce(Condition::worst);
        let id = self.id.text()?;
        let on_page = || Some(format!("{}/incidents/{id}", page?.trim_end_matches('/')));
        Some(PostedIncident {
            title: self.name.text().unwrap_or_default(),
            impact: told.or_else(of_parts).filter(|impact| impact.is_bad()),
            phase: Some(phase),
            started_at: self.published_at.time().or_else(|| self.started_at.time()),
            resolved_at: self.last_update_at.time().filter(|_| phase.is_closed()),
            url: self.url.text().or_else(on_page),
            components: self.touched(names),
            regions: Vec::new(),
            updates: self.updates(Some(phase)),
            id,
        })
    }

    fn maintenance(&self, names: &HashMap<&str, &str>, listed: MaintenancePhase) -> Option<PostedMaintenance> {
        let phase = match self.status.word().as_deref() {
            Some("maintenance_in_progress" | "in_progress") => MaintenancePhase::InProgress,
            Some("maintenance_complete" | "completed") => MaintenancePhase::Completed,
            Some(_) | None => listed,
        };
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.name.text().unwrap_or_default(),
            phase,
            starts_at: self.starts_at.time().or_else(|| self.started_at.time()),
            ends_at: self.ends_at.time().or_else(|| self.scheduled_end_at.time()),
            url: self.url.text(),
            components: self.touched(names),
            updates: self.updates(None),
        })
    }
}

fn condition(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "degraded_performance" => Condition::Degraded,
        "partial_outage" => Condition::PartialOutage,
        "full_outage" | "major_outage" => Condition::MajorOutage,
        "under_maintenance" => Condition::Maintenance,
        other => of_new_word(other),
    }
}
