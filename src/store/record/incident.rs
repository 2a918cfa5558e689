//! Incidents, with their updates apart where they are still told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{
    Condition, Incident, IncidentId, MaintenancePhase, Phase, Planned, Posted, Revision, Role, SourceId,
    TransitionKind, Update, Witness,
};

/// An incident without its id, which is its key, and its updates, which are records of their own while it is told.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct IncidentRecord {
    service_name: String,
    planned: Option<PlannedRecord>,
    title: Option<String>,
    impact: Word<Condition>,
    peak: Word<Condition>,
    phase: Word<Phase>,
    started_at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    seen_at: DateTime<Utc>,
    turned_at: DateTime<Utc>,
    components: Vec<String>,
    regions: Vec<String>,
    url: Option<String>,
    witnesses: Vec<WitnessRecord>,
    revision: Revision,
    chapter: u32,
    reopened_at: Vec<DateTime<Utc>>,
    is_flapping: bool,
    last_kind: Word<TransitionKind>,
    /// The updates of an incident that came into the history as a whole and is not expected to change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    updates: Vec<UpdateRecord>,
}

impl IncidentRecord {
    pub(in crate::store) fn of(incident: &Incident) -> Self {
        let Incident {
            id: _,
            service_name,
            planned,
            title,
            impact,
            peak,
            phase,
            started_at,
            resolved_at,
            seen_at,
            turned_at,
            components,
            regions,
            url,
            witnesses,
            updates: _,
            revision,
            chapter,
            reopened_at,
            is_flapping,
            last_kind,
        } = incident;
        Self {
            service_name: service_name.clone(),
            planned: planned.as_ref().map(PlannedRecord::of),
            title: title.clone(),
            impact: Word(*impact),
            peak: Word(*peak),
            phase: Word(*phase),
            started_at: *started_at,
            resolved_at: *resolved_at,
            seen_at: *seen_at,
            turned_at: *turned_at,
            components: components.clone(),
            regions: regions.clone(),
            url: url.clone(),
            witnesses: witnesses.iter().map(WitnessRecord::of).collect(),
            revision: *revision,
            chapter: *chapter,
            reopened_at: reopened_at.clone(),
            is_flapping: *is_flapping,
            last_kind: Word(*last_kind),
            updates: Vec::new(),
        }
    }

    /// The whole incident in one record: for what is stored once and seldom read, with few and short updates.
    pub(in crate::store) fn whole(incident: &Incident) -> Self {
        Self { updates: incident.updates.iter().map(UpdateRecord::of).collect(), ..Self::of(incident) }
    }

    /// When it began.
    pub(in crate::store) const fn started_at(&self) -> DateTime<Utc> {
        self.started_at
    }

    /// When it began or ended last.
    pub(in crate::store) const fn turned_at(&self) -> DateTime<Utc> {
        self.turned_at
    }

    /// `updates`: those that are records of their own.
    pub(in crate::store) fn into_incident(self, id: IncidentId, updates: Vec<Update>) -> Incident {
        let updates = self.updates.into_iter().map(UpdateRecord::into_update).chain(updates).collect();
        Incident {
            id,
            service_name: self.service_name,
            planned: self.planned.map(PlannedRecord::into_planned),
            title: self.title,
            impact: self.impact.0,
            peak: self.peak.0,
            phase: self.phase.0,
            started_at: self.started_at,
            resolved_at: self.resolved_at,
            seen_at: self.seen_at,
            turned_at: self.turned_at,
            components: self.components,
            regions: self.regions,
            url: self.url,
            witnesses: self.witnesses.into_iter().map(WitnessRecord::into_witness).collect(),
            updates,
            revision: self.revision,
            chapter: self.chapter,
            reopened_at: self.reopened_at,
            is_flapping: self.is_flapping,
            last_kind: self.last_kind.0,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct PlannedRecord {
    phase: Word<MaintenancePhase>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

impl PlannedRecord {
    fn of(planned: &Planned) -> Self {
        let Planned { phase, starts_at, ends_at } = planned;
        Self { phase: Word(*phase), starts_at: *starts_at, ends_at: *ends_at }
    }

    fn into_planned(self) -> Planned {
        Planned { phase: self.phase.0, starts_at: self.starts_at, ends_at: self.ends_at }
    }
}

#[derive(Serialize, Deserialize)]
struct WitnessRecord {
    source: Word<SourceId>,
    role: Word<Role>,
    posted: Vec<PostedRecord>,
    is_bad: bool,
    impact: Word<Condition>,
}

impl WitnessRecord {
    fn of(witness: &Witness) -> Self {
        let Witness { source, role, posted, is_bad, impact } = witness;
        Self {
            source: Word(source.clone()),
            role: Word(*role),
            posted: posted.iter().map(PostedRecord::of).collect(),
            is_bad: *is_bad,
            impact: Word(*impact),
        }
    }

    fn into_witness(self) -> Witness {
        Witness {
            source: self.source.0,
            role: self.role.0,
            posted: self.posted.into_iter().map(PostedRecord::into_posted).collect(),
            is_bad: self.is_bad,
            impact: self.impact.0,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct PostedRecord {
    id: String,
    phase: Word<Phase>,
    absent: u32,
}

impl PostedRecord {
    fn of(posted: &Posted) -> Self {
        let Posted { id, phase, absent } = posted;
        Self { id: id.clone(), phase: Word(*phase), absent: *absent }
    }

    fn into_posted(self) -> Posted {
        Posted { id: self.id, phase: self.phase.0, absent: self.absent }
    }
}

/// One update of an incident.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct UpdateRecord {
    key: String,
    phase: Word<Phase>,
    at: DateTime<Utc>,
    body: String,
    role: Word<Role>,
}

impl UpdateRecord {
    pub(in crate::store) fn of(update: &Update) -> Self {
        let Update { key, phase, at, body, role } = update;
        Self { key: key.clone(), phase: Word(*phase), at: *at, body: body.clone(), role: Word(*role) }
    }

    pub(in crate::store) fn into_update(self) -> Update {
        Update { key: self.key, phase: self.phase.0, at: self.at, body: self.body, role: self.role.0 }
    }
}
