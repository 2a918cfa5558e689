//! Status.io's public status API.
//!
//! Survived: an overall word that shows planned maintenance over an open disruption (GitLab), messages oldest first whose
//! severity changes from one to the next, containers that are regions or hosts (Docker's `AWS`), the code 600 for a
//! security event, and the error object that an unknown page answers with.

use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Order, oldest_first},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    result: Object<Outcome>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    status_overall: Object<Row>,
    status: List<Object<Row>>,
    incidents: List<Object<Story>>,
    maintenance: Object<Maintenance>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Maintenance {
    active: List<Object<Story>>,
    upcoming: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    status_code: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    _id: Scalar,
    id: Scalar,
    name: Scalar,
    datetime_open: Scalar,
    datetime_planned_start: Scalar,
    datetime_planned_end: Scalar,
    messages: List<Object<Said>>,
    components_affected: List<Object<Row>>,
    containers_affected: List<Object<Row>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    details: Scalar,
    state: Scalar,
    status: Scalar,
    datetime: Scalar,
}

/// Reads the answer of `/1.0/status/<page id>`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let Object(document) = json::<Object<Document>>(text)?;
    let outcome = document.unwrap_or_default().result.0.unwrap_or_default();
    let Some(overall) = outcome.status_overall.0 else {
        return Err(ParseError { reason: "expected `result.status_overall`; is the page's id right?".to_owned() });
    };
    let incidents: Vec<PostedIncident> =
        outcome.incidents.objects().filter_map(Story::incident).take(MOST_STORIES).collect();
    let components: Vec<Component> = outcome.status.objects().filter_map(Row::component).take(MOST_PARTS).collect();
    let condition = headline::of_word(overall.condition(), &components, &incidents);
    let maintenance = outcome.maintenance.0.unwrap_or_default();
    let running = maintenance.active.objects().map(|story| story.maintenance(MaintenancePhase::InProgress));
    let ahead = maintenance.upcoming.objects().map(|story| story.maintenance(MaintenancePhase::Scheduled));
    Ok(Observation {
        condition,
        components,
        incidents,
        maintenances: running.chain(ahead).flatten().take(MOST_STORIES).collect(),
        remark: (overall.status_code.number() == Some(600)).then(|| "security event".to_owned()),
        ..Observation::default()
    })
}

impl Row {
    fn condition(&self) -> Condition {
        match self.status_code.number() {
            Some(code) => condition_of_code(code),
            None => self.status.word().map_or(Condition::Unknown, |word| condition_of_word(&word)),
        }
    }

    fn component(&self) -> Option<Component> {
        Some(Component {
            id: self.id.text(),
            name: self.name.text()?,
            group: None,
            is_group: false,
            condition: self.condition(),
        })
    }
}

impl Story {
    fn incident(&self) -> Option<PostedIncident> {
        // The severity may change with every message; the last one that tells it counts.
        let weighed = self.messages.objects().filter_map(|said| Some((said.datetime.time(), said.weight()?)));
        let impact = weighed.max_by_key(|(at, _)| *at).map(|(_, weight)| headline::impact(weight));
        let updates = self.updates();
        let phase = updates.iter().rev().find_map(|update| update.phase).unwrap_or(Phase::Investigating);
        let last = updates.last().and_then(|update| update.at);
        Some(PostedIncident {
            id: self.id()?,
            title: self.name.text().map(|name| plain(&name)).unwrap_or_default(),
            impact,
            phase: Some(phase),
            started_at: self.datetime_open.time().or_else(|| updates.first()?.at),
            resolved_at: last.filter(|_| phase.is_closed()),
            url: None,
            components: names(&self.components_affected),
            regions: names(&self.containers_affected),
            updates,
        })
    }

    fn id(&self) -> Option<String> {
        self._id.text().or_else(|| self.id.text())
    }

    /// `listed`: where it stands by the list it is in; its messages may be further.
    fn maintenance(&self, listed: MaintenancePhase) -> Option<PostedMaintenance> {
        let states = self.messages.objects().filter_map(|said| Some((said.datetime.time(), said.state.number()?)));
        let phase = match states.max_by_key(|(at, _)| *at).map(|(_, state)| state) {
            Some(200) => MaintenancePhase::InProgress,
            Some(300) => MaintenancePhase::Verifying,
            Some(400) => MaintenancePhase::Completed,
            Some(_) | None => listed,
        };
        Some(PostedMaintenance {
            id: self.id()?,
            title: self.name.text().map(|name| plain(&name)).unwrap_or_default(),
            phase,
            starts_at: self.datetime_planned_start.time(),
            ends_at: self.datetime_planned_end.time(),
            url: None,
            components: names(&self.components_affected),
            updates: self.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.messages.objects().map(|said| PostedUpdate {
            id: None,
            phase: said.phase(),
            at: said.datetime.time(),
            body: said.details.text().map(|details| plain(&details)),
        });
        oldest_first(updates.collect(), Order::OldestFirst)
    }
}

impl Said {
    fn phase(&self) -> Option<Phase> {
        match (self.state.number(), self.state.word().as_deref()) {
            (Some(100), _) | (None, Some("investigating")) => Some(Phase::Investigating),
            (Some(200), _) | (None, Some("identified")) => Some(Phase::Identified),
            (Some(300), _) | (None, Some("monitoring")) => Some(Phase::Monitoring),
            (Some(400), _) | (None, Some("resolved")) => Some(Phase::Resolved),
            _ => None,
        }
    }

    fn weight(&self) -> Option<Condition> {
        let of_word = || self.status.word().map(|word| condition_of_word(&word));
        self.status.number().map(condition_of_code).or_else(of_word)
    }
}

fn names(rows: &List<Object<Row>>) -> Vec<String> {
    rows.objects().filter_map(|row| row.name.text()).collect()
}

/// Their own words, where the code is missing.
fn condition_of_word(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "planned_maintenance" => Condition::Maintenance,
        "degraded_performance" => Condition::Degraded,
        "partial_service_disruption" | "security_event" | "security_issue" => Condition::PartialOutage,
        "service_disruption" => Condition::MajorOutage,
        other => headline::of_new_word(other),
    }
}

fn condition_of_code(code: i64) -> Condition {
    match code {
        100 => Condition::Operational,
        200 => Condition::Maintenance,
        300 => Condition::Degraded,
        // 600 is a security event: nothing need be down, but it is no small matter.
        400 | 600 => Condition::PartialOutage,
        500 => Condition::MajorOutage,
        _ => Condition::Unknown,
    }
}
