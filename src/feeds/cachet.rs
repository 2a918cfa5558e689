//! Cachet 2 and 3: lists of components, incidents and schedules.
//!
//! Survived: a `status` of an incident that is its first one while the present one is `latest_status` (2.4), codes and times
//! that version 3 wraps in objects under `attributes`, times in the server's own zone (taken for UTC), planned work among
//! the incidents (2.3), its end before its beginning, ids that count from 1 in every list, and lists of groups with their
//! components inside. Seen at Cachet's public demo.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Names, Order, oldest_first, worst_open},
        wire::{Either, List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    meta: Object<Meta>,
    data: List<Object<Row>>,
    included: List<Object<Row>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    pagination: Object<Empty>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Empty {}

/// A component, a group of them, an incident, an update of one, or a schedule.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    attributes: Option<Box<Object<Row>>>,
    relationships: Object<Relationships>,
    name: Scalar,
    status: Either<Wrapped>,
    status_name: Scalar,
    enabled: Scalar,
    deleted_at: Scalar,
    enabled_components: List<Object<Row>>,
    collapsed: Scalar,
    component_id: Scalar,
    components: List<Object<Row>>,
    message: Scalar,
    visible: Scalar,
    stickied: Scalar,
    is_resolved: Scalar,
    latest_status: Either<Wrapped>,
    updates: List<Object<Row>>,
    permalink: Scalar,
    occurred_at: Either<Wrapped>,
    occurred: Either<Wrapped>,
    created_at: Either<Wrapped>,
    created: Either<Wrapped>,
    updated_at: Either<Wrapped>,
    updated: Either<Wrapped>,
    scheduled_at: Either<Wrapped>,
    scheduled: Either<Wrapped>,
    completed_at: Either<Wrapped>,
    completed: Either<Wrapped>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wrapped {
    value: Scalar,
    string: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Relationships {
    components: Object<References>,
    updates: Object<References>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct References {
    data: List<Object<Reference>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reference {
    id: Scalar,
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    Component,
    Group,
    Incident,
    Schedule,
}

/// Reads one of the lists, or several of one page together.
pub(super) fn parse(texts: &[&str]) -> Result<Observation, ParseError> {
    let documents = texts
        .iter()
        .map(|text| json::<Object<Document>>(text)?.0.filter(Document::is_of_cachet).ok_or_else(not_cachet))
        .collect::<Result<Vec<Document>, ParseError>>()?;
    let rows = || documents.iter().flat_map(|document| document.data.objects());
    let of = |nature: Nature| rows().filter(move |row| row.nature() == nature);

    let mut components: Vec<Component> =
        of(Nature::Component).filter_map(|row| row.component(None)).take(MOST_PARTS).collect();
    for group in of(Nature::Group) {
        let Some(name) = group.fields().name.name() else { continue };
        let parts = group.fields().enabled_components.objects().take(MOST_PARTS.saturating_sub(components.len()));
        let parts: Vec<Component> = parts.filter_map(|row| row.component(Some(name.clone()))).collect();
        let condition = parts.iter().map(|part| part.condition).fold(Condition::Unknown, Condition::worst);
        // Groups and components are numbered apart from each other.
        components.push(Component { id: None, name, group: None, is_group: true, condition });
        components.extend(parts);
    }
    components.truncate(MOST_PARTS);
    let mut known = Known::default();
    let mut names = Vec::new();
    for row in rows().chain(documents.iter().flat_map(|document| document.included.objects())) {
        if row.kind.word().as_deref() == Some("updates") {
            known.updates.extend(row.id().map(|id| (id, row)));
        } else if row.nature() == Nature::Component && names.len() < MOST_PARTS {
            names.extend(row.id().zip(row.fields().name.name()));
        }
    }
    known.names = names.into_iter().collect();
    let (planned, unplanned): (Vec<&Row>, Vec<&Row>) = of(Nature::Incident).partition(|row| row.is_planned());
    let incidents: Vec<PostedIncident> =
        unplanned.into_iter().filter_map(|row| row.incident(&known)).take(MOST_STORIES).collect();
    let planned = planned.into_iter().filter_map(|row| row.maintenance(row.id()?, &known));
    let schedules = of(Nature::Schedule).filter_map(|row| row.maintenance(format!("schedule-{}", row.id()?), &known));
    let maintenances = planned.chain(schedules).take(MOST_STORIES).collect();
    let condition = headline::of_list(&components).worst(worst_open(&incidents));
    Ok(Observation { condition, components, incidents, maintenances, ..Observation::default() })
}

fn not_cachet() -> ParseError {
    ParseError { reason: "expected a list `data` with `meta.pagination`, or with `type` and `attributes`".to_owned() }
}

impl Document {
    fn is_of_cachet(&self) -> bool {
        let has_pages = self.meta.0.as_ref().is_some_and(|meta| meta.pagination.0.is_some());
        let is_typed = |row: &Row| row.attributes().is_some() && row.kind.text().is_some_and(|kind| is_row_type(&kind));
        let mut rows = self.data.objects().peekable();
        let are_typed = rows.peek().is_some() && rows.all(is_typed);
        matches!(self.data, List::Items(_)) && (has_pages || are_typed)
    }
}

/// The types of the rows of version 3.
pub(super) fn is_row_type(kind: &str) -> bool {
    matches!(kind, "components" | "componentGroups" | "component_groups" | "incidents" | "schedules")
}

/// What incidents and schedules refer to.
#[derive(Default)]
struct Known<'a> {
    names: Names,
    updates: HashMap<String, &'a Row>,
}

impl Row {
    /// Where its fields are: in version 3 one level down.
    fn fields(&self) -> &Self {
        self.attributes().unwrap_or(self)
    }

    fn attributes(&self) -> Option<&Self> {
        self.attributes.as_ref()?.0.as_ref()
    }

    fn id(&self) -> Option<String> {
        self.id.text().or_else(|| self.fields().id.text())
    }

    fn nature(&self) -> Nature {
        let fields = self.fields();
        match self.kind.word().as_deref() {
            Some("components") => Nature::Component,
            Some("componentgroups" | "component_groups") => Nature::Group,
            Some("incidents") => Nature::Incident,
            Some("schedules") => Nature::Schedule,
            _ if matches!(fields.enabled_components, List::Items(_)) || fields.collapsed.is_there() => Nature::Group,
            // Older incidents too have a planned time, nearly always empty.
            _ if fields.visible.is_there() || fields.stickied.is_there() || fields.component_id.is_there() => {
                Nature::Incident
            }
            _ if fields.scheduled().is_some() => Nature::Schedule,
            _ if fields.message.is_there() || fields.is_resolved.is_there() => Nature::Incident,
            _ => Nature::Component,
        }
    }

    fn component(&self, group: Option<String>) -> Option<Component> {
        let fields = self.fields();
        let is_hidden = fields.enabled.is_off() || fields.deleted_at.text().is_some();
        if is_hidden {
            return None;
        }
        let code = fields.status.scalar();
        Some(Component {
            id: self.id(),
            name: fields.name.text()?,
            group,
            is_group: false,
            condition: match code.number() {
                Some(1) => Condition::Operational,
                Some(2) => Condition::Degraded,
                Some(3) => Condition::PartialOutage,
                Some(4) => Condition::MajorOutage,
                Some(5) => Condition::Maintenance,
                Some(0) => Condition::Unknown,
                _ => fields.status_name.word().map_or(Condition::Unknown, |word| headline::of_new_word(&word)),
            },
        })
    }

    /// In version 2.3, planned work is an incident of status 0.
    fn is_planned(&self) -> bool {
        let fields = self.fields();
        fields.status.scalar().number() == Some(0)
            && matches!(fields.latest_status.scalar().number(), None | Some(0))
            && !fields.is_resolved.is_true()
    }

    fn incident(&self, known: &Known<'_>) -> Option<PostedIncident> {
        let fields = self.fields();
        let updates = self.updates(known);
        let newest = || updates.iter().rev().find_map(|update| update.phase);
        let told = fields.latest_status.scalar().number().and_then(phase);
        let told = told.or_else(|| fields.is_resolved.is_true().then_some(Phase::Resolved));
        let first = || fields.status.scalar().number().and_then(phase);
        let phase = told.or_else(newest).or_else(first).unwrap_or(Phase::Investigating);
        let resolving = updates.iter().rev().find(|update| update.phase == Some(Phase::Resolved));
        Some(PostedIncident {
            id: self.id()?,
            title: fields.name.text().map(|name| plain(&name)).unwrap_or_default(),
            // No version tells how bad an incident is.
            impact: None,
            phase: Some(phase),
            started_at: self.started_at(),
            resolved_at: resolving
                .and_then(|update| update.at)
                .or_else(|| fields.updated())
                .filter(|_| phase.is_closed()),
            url: fields.permalink.text(),
            components: self.touched(known),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self, id: String, known: &Known<'_>) -> Option<PostedMaintenance> {
        let fields = self.fields();
        let starts_at = fields.scheduled();
        Some(PostedMaintenance {
            id,
            title: fields.name.text().map(|name| plain(&name))?,
            phase: match fields.status.scalar().number() {
                Some(1) => MaintenancePhase::InProgress,
                Some(2) => MaintenancePhase::Completed,
                _ => MaintenancePhase::Scheduled,
            },
            starts_at,
            // It may lie before the beginning, and then means nothing.
            ends_at: fields.completed().filter(|ends_at| starts_at.is_none_or(|starts_at| *ends_at > starts_at)),
            url: fields.permalink.text(),
            components: self.touched(known),
            updates: self.updates(known).into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn started_at(&self) -> Option<DateTime<Utc>> {
        let fields = self.fields();
        fields.occurred_at.time().or_else(|| fields.occurred.time()).or_else(|| fields.created())
    }

    fn created(&self) -> Option<DateTime<Utc>> {
        self.created_at.time().or_else(|| self.created.time())
    }

    fn updated(&self) -> Option<DateTime<Utc>> {
        self.updated_at.time().or_else(|| self.updated.time())
    }

    fn scheduled(&self) -> Option<DateTime<Utc>> {
        self.scheduled_at.time().or_else(|| self.scheduled.time())
    }

    fn completed(&self) -> Option<DateTime<Utc>> {
        self.completed_at.time().or_else(|| self.completed.time())
    }

    fn touched(&self, known: &Known<'_>) -> Vec<String> {
        let own = self.fields().component_id.text();
        let related = self.relationships.0.iter().filter_map(|related| related.components.0.as_ref());
        let related = related.flat_map(|components| components.data.objects().filter_map(|one| one.id.text()));
        let by_id = own.into_iter().chain(related).filter_map(|id| known.names.get(&id));
        by_id.chain(self.fields().components.objects().filter_map(|row| row.fields().name.text())).collect()
    }

    /// What was said: the message it began with, and every update since.
    fn updates(&self, known: &Known<'_>) -> Vec<PostedUpdate> {
        let fields = self.fields();
        let related = self.relationships.0.iter().filter_map(|related| related.updates.0.as_ref());
        let related = related.flat_map(|updates| updates.data.objects().filter_map(|one| one.id.text()));
        let related = related.filter_map(|id| known.updates.get(&id).copied());
        let is_followed = fields.latest_status.scalar().is_there() || fields.updates.objects().next().is_some();
        let later = fields.updates.objects().chain(related).map(|row| PostedUpdate {
            id: row.id(),
            phase: row.fields().status.scalar().number().and_then(phase),
            at: row.fields().created(),
            body: row.fields().message.text().map(|message| plain(&message)),
        });
        let first = fields.message.text().map(|message| PostedUpdate {
            id: None,
            // Its own state is the one it began with only where later ones stand elsewhere.
            phase: fields.status.scalar().number().and_then(phase).filter(|_| is_followed),
            at: self.started_at(),
            body: Some(plain(&message)),
        });
        oldest_first(later.chain(first).collect(), Order::NewestFirst)
    }
}

impl Either<Wrapped> {
    fn scalar(&self) -> &Scalar {
        match self {
            Self::Plain(scalar) => scalar,
            Self::Wrapped(wrapped) if wrapped.value.is_there() => &wrapped.value,
            Self::Wrapped(wrapped) => &wrapped.string,
        }
    }

    fn time(&self) -> Option<DateTime<Utc>> {
        self.scalar().time()
    }
}

fn phase(code: i64) -> Option<Phase> {
    match code {
        1 => Some(Phase::Investigating),
        2 => Some(Phase::Identified),
        3 => Some(Phase::Monitoring),
        4 => Some(Phase::Resolved),
        _ => None,
    }
}
