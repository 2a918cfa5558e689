//! Prometheus' Alertmanager: what its webhook posts (version 4), and the list its API v2 answers.
//!
//! Survived: senders without fingerprints, equal labels under different fingerprints (Zulip), an `endsAt` of the year 1 or
//! in the future while an alert fires, groups with resolved alerts among firing ones, groups cut short
//! (`truncatedAlerts`), silenced alerts in the API, and Grafana's additional keys. Addresses in it are internal: none is shown.

use serde::Deserialize;

use crate::{
    domain::{Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError, document,
        prose::condition_of,
        tidy::{MOST_STORIES, mark, worst_open},
        wire::{List, Object, Scalar, Table, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Group {
    status: Scalar,
    receiver: Scalar,
    group_key: Scalar,
    truncated_alerts: Scalar,
    alerts: List<Object<Alert>>,
}

/// Of the webhook.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Alert {
    status: Scalar,
    labels: Table<Scalar>,
    annotations: Table<Scalar>,
    starts_at: Scalar,
    ends_at: Scalar,
    fingerprint: Scalar,
}

/// Of the API, where the status is an object.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    status: Object<Listing>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listing {
    state: Scalar,
}

/// Reads what a webhook posts, or `/api/v2/alerts`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    if document::json_text(text)?.starts_with('[') {
        return parse_list(text);
    }
    let group = json::<Object<Group>>(text)?.0.unwrap_or_default();
    let List::Items(alerts) = &group.alerts else {
        return Err(ParseError { reason: "expected a list `alerts`".to_owned() });
    };
    let is_group = group.group_key.is_there() || group.receiver.is_there();
    let is_told = group.alerts.objects().any(Alert::is_alert) || (alerts.is_empty() && is_group);
    if !is_told {
        return Err(ParseError { reason: "expected alerts with `labels` and `startsAt`".to_owned() });
    }
    let of_group = group.status.word();
    let incidents: Vec<PostedIncident> = group
        .alerts
        .objects()
        .filter_map(|alert| {
            let own = alert.status.word();
            alert.incident(own.as_deref().or(of_group.as_deref()) != Some("resolved"))
        })
        .take(MOST_STORIES)
        .collect();
    let open = worst_open(&incidents);
    let has_open = incidents.iter().any(|incident| !incident.is_closed());
    let is_cut = group.truncated_alerts.number().is_some_and(|number| number > 0);
    let quiet = match of_group.as_deref() {
        // The group fires, and what fires in it is not there: absence proves nothing.
        Some("resolved") if !is_cut => Condition::Operational,
        _ if has_open => Condition::Operational,
        _ => Condition::Unknown,
    };
    Ok(Observation { condition: quiet.worst(open), incidents, ..Observation::default() })
}

/// The list of what fires now; nothing in it means that all is well.
fn parse_list(text: &str) -> Result<Observation, ParseError> {
    let alerts = json::<List<Object<Alert>>>(text)?;
    let states = json::<List<Object<Listed>>>(text)?;
    if !alerts.items().is_empty() && !alerts.objects().any(Alert::is_alert) {
        return Err(ParseError { reason: "expected alerts with `labels` and `startsAt`".to_owned() });
    }
    let fires = |listed: &Object<Listed>| {
        let state =
            listed.0.as_ref().and_then(|listed| listed.status.0.as_ref()).and_then(|status| status.state.word());
        // Silenced ones, and those not looked at yet, are nobody's business.
        !matches!(state.as_deref(), Some("suppressed" | "unprocessed"))
    };
    let alerts = alerts.items().iter().zip(states.items()).filter(|(_, listed)| fires(listed));
    let incidents: Vec<PostedIncident> = alerts
        .filter_map(|(alert, _)| alert.0.as_ref())
        .filter_map(|alert| alert.incident(true))
        .take(MOST_STORIES)
        .collect();
    let condition = Condition::Operational.worst(worst_open(&incidents));
    Ok(Observation { condition, incidents, ..Observation::default() })
}

impl Alert {
    fn is_alert(&self) -> bool {
        !self.labels.0.is_empty() && (self.starts_at.is_there() || self.status.is_there())
    }

    fn label(&self, name: &str) -> Option<String> {
        named(&self.labels, name)
    }

    /// The fingerprint comes again after a recovery, so the start belongs to it; without one the labels tell.
    fn id(&self) -> Option<String> {
        let key = self.fingerprint.text().unwrap_or_else(|| {
            let mut labels: Vec<String> = self
                .labels
                .0
                .iter()
                .map(|(name, value)| format!("{name}\0{}\0", value.text().unwrap_or_default()))
                .collect();
            labels.sort_unstable();
            mark(&labels.concat())
        });
        let start = self.starts_at.time().map(|start| start.format("-%Y%m%dT%H%M%S").to_string());
        (!self.labels.0.is_empty() || self.fingerprint.is_there())
            .then(|| format!("{key}{}", start.unwrap_or_default()))
    }

    fn incident(&self, is_firing: bool) -> Option<PostedIncident> {
        let impact = self.label("severity").and_then(|word| impact(&word.trim().to_lowercase()));
        let body = ["description", "message"].into_iter().find_map(|name| named(&self.annotations, name));
        let phase = if is_firing { Phase::Investigating } else { Phase::Resolved };
        let started_at = self.starts_at.time();
        let said = body.map(|body| PostedUpdate {
            id: Some(mark(&body)),
            phase: Some(Phase::Investigating),
            at: started_at,
            body: Some(body),
        });
        Some(PostedIncident {
            id: self.id()?,
            title: named(&self.annotations, "summary").or_else(|| self.label("alertname")).unwrap_or_default(),
            impact,
            phase: Some(phase),
            started_at,
            // While it fires, this is when it would time out.
            resolved_at: self.ends_at.time().filter(|_| !is_firing),
            url: None,
            components: ["service", "component"].into_iter().filter_map(|name| self.label(name)).collect(),
            regions: self.label("region").into_iter().collect(),
            updates: said.into_iter().collect(),
        })
    }
}

fn named(table: &Table<Scalar>, name: &str) -> Option<String> {
    table.0.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.text())
}

/// The words are convention only; one that nobody knows tells nothing.
fn impact(severity: &str) -> Option<Condition> {
    match severity {
        "critical" | "page" | "fatal" | "emergency" | "disaster" => Some(Condition::MajorOutage),
        "error" | "high" | "major" => Some(Condition::PartialOutage),
        "warning" | "warn" | "minor" | "medium" => Some(Condition::Degraded),
        "info" | "information" | "informational" | "notice" | "none" | "low" => Some(Condition::Operational),
        other => Some(condition_of(other)).filter(|condition| condition.is_bad()),
    }
}
