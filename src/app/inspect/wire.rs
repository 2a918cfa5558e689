//! The observation as one JSON object: the outside contract of DESIGN §4.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::{Component, Observation, PostedIncident, PostedMaintenance, PostedUpdate, SourceKind};

#[derive(Serialize)]
struct Seen<'a> {
    kind: &'static str,
    service: Option<&'a str>,
    condition: &'static str,
    observed_at: String,
    components: Vec<SeenComponent<'a>>,
    incidents: Vec<SeenIncident<'a>>,
    maintenances: Vec<SeenMaintenance<'a>>,
}

#[derive(Serialize)]
struct SeenComponent<'a> {
    id: Option<&'a str>,
    name: &'a str,
    group: Option<&'a str>,
    condition: &'static str,
}

#[derive(Serialize)]
struct SeenIncident<'a> {
    id: &'a str,
    title: &'a str,
    impact: Option<&'static str>,
    phase: Option<&'static str>,
    started_at: Option<String>,
    resolved_at: Option<String>,
    url: Option<&'a str>,
    components: &'a [String],
    regions: &'a [String],
    updates: Vec<SeenUpdate<'a>>,
}

#[derive(Serialize)]
struct SeenMaintenance<'a> {
    id: &'a str,
    title: &'a str,
    phase: &'static str,
    starts_at: Option<String>,
    ends_at: Option<String>,
    url: Option<&'a str>,
    components: &'a [String],
    updates: Vec<SeenUpdate<'a>>,
}

#[derive(Serialize)]
struct SeenUpdate<'a> {
    id: Option<&'a str>,
    phase: Option<&'static str>,
    at: Option<String>,
    body: Option<&'a str>,
}

/// The object, with a line end.
pub(super) fn render(kind: SourceKind, observation: &Observation, now: DateTime<Utc>) -> String {
    let seen = Seen {
        kind: kind.word(),
        service: observation.service.as_deref(),
        condition: observation.condition.word(),
        observed_at: time(now),
        components: observation.components.iter().map(component).collect(),
        incidents: observation.incidents.iter().map(incident).collect(),
        maintenances: observation.maintenances.iter().map(maintenance).collect(),
    };
    let mut text = serde_json::to_string_pretty(&seen).expect("strings and lists alone can always be written");
    text.push('\n');
    text
}

fn component(component: &Component) -> SeenComponent<'_> {
    SeenComponent {
        id: component.id.as_deref(),
        name: &component.name,
        group: component.group.as_deref(),
        condition: component.condition.word(),
    }
}

fn incident(incident: &PostedIncident) -> SeenIncident<'_> {
    SeenIncident {
        id: &incident.id,
        title: &incident.title,
        impact: incident.impact.map(|impact| impact.word()),
        phase: incident.phase.map(|phase| phase.word()),
        started_at: incident.started_at.map(time),
        resolved_at: incident.resolved_at.map(time),
        url: incident.url.as_deref(),
        components: &incident.components,
        regions: &incident.regions,
        updates: incident.updates.iter().map(update).collect(),
    }
}

fn maintenance(maintenance: &PostedMaintenance) -> SeenMaintenance<'_> {
    SeenMaintenance {
        id: &maintenance.id,
        title: &maintenance.title,
        phase: maintenance.phase.word(),
        starts_at: maintenance.starts_at.map(time),
        ends_at: maintenance.ends_at.map(time),
        url: maintenance.url.as_deref(),
        components: &maintenance.components,
        updates: maintenance.updates.iter().map(update).collect(),
    }
}

fn update(update: &PostedUpdate) -> SeenUpdate<'_> {
    SeenUpdate {
        id: update.id.as_deref(),
        phase: update.phase.map(|phase| phase.word()),
        at: update.at.map(time),
        body: update.body.as_deref(),
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Condition, MaintenancePhase, Phase};

    #[test]
    fn the_object_has_the_keys_of_the_contract_in_its_order() {
        let at = DateTime::from_timestamp(1_790_000_000, 0);
        let observation = Observation {
            service: Some("GitHub".to_owned()),
            condition: Condition::PartialOutage,
            components: vec![Component {
                id: Some("c1".to_owned()),
                name: "Git Operations".to_owned(),
                group: None,
                is_group: false,
                condition: Condition::Operational,
            }],
            incidents: vec![PostedIncident {
                id: "i1".to_owned(),
                title: "Pushes fail".to_owned(),
                impact: Some(Condition::MajorOutage),
                phase: Some(Phase::Investigating),
                started_at: at,
                resolved_at: None,
                url: None,
                components: vec!["Git Operations".to_owned()],
                regions: Vec::new(),
                updates: vec![PostedUpdate { id: None, phase: None, at, body: Some("We look.".to_owned()) }],
            }],
            maintenances: vec![PostedMaintenance {
                id: "m1".to_owned(),
                title: "Move".to_owned(),
                phase: MaintenancePhase::Scheduled,
                starts_at: at,
                ends_at: None,
                url: None,
                components: Vec::new(),
                updates: Vec::new(),
            }],
            ..Observation::default()
        };
        let text = render(SourceKind::Statuspage, &observation, at.expect("a valid time"));
        let compact: String = text.lines().map(str::trim_start).collect();
        let expected = concat!(
            r#"{"kind": "statuspage","service": "GitHub","condition": "partial_outage","#,
            r#""observed_at": "2026-09-21T14:13:20Z","#,
            r#""components": [{"id": "c1","name": "Git Operations","group": null,"condition": "operational"}],"#,
            r#""incidents": [{"id": "i1","title": "Pushes fail","impact": "major_outage","phase": "investigating","#,
            r#""started_at": "2026-09-21T14:13:20Z","resolved_at": null,"url": null,"#,
            r#""components": ["Git Operations"],"regions": [],"#,
            r#""updates": [{"id": null,"phase": null,"at": "2026-09-21T14:13:20Z","body": "We look."}]}],"#,
            r#""maintenances": [{"id": "m1","title": "Move","phase": "scheduled","#,
            r#""starts_at": "2026-09-21T14:13:20Z","ends_at": null,"url": null,"components": [],"updates": []}]}"#,
        );
        assert_eq!(compact, expected);
    }
}
