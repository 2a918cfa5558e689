//! AWS's public list of current events.
//!
//! Survived: UTF-16 with numbers in quotes, events that ended but stay listed for hours, events that are open for
//! months, 150 impacted services in one event, and long messages: all seen in the list of July 2026, with two events
//! open since March. Which region an event is in stands in its ARN.

use serde::Deserialize;

use crate::{
    domain::{Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError,
        prose::plain,
        tidy::{MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, Table, json},
    },
};

/// How the summary of an event begins that is over.
const RESOLVED: &str = "[RESOLVED]";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    date: Scalar,
    arn: Scalar,
    region_name: Scalar,
    status: Scalar,
    service_name: Scalar,
    summary: Scalar,
    event_log: List<Object<Said>>,
    impacted_services: Table<Object<Impacted>>,
    end_time: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    summary: Scalar,
    message: Scalar,
    status: Scalar,
    timestamp: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Impacted {
    service_name: Scalar,
    current: Scalar,
}

/// Reads `/public/currentevents`; an empty list means that nothing is going on.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let List::Items(stories) = json::<List<Object<Story>>>(text)? else {
        return Err(ParseError { reason: "expected a list of events".to_owned() });
    };
    let is_aws = |story: &Story| story.arn.text().is_some_and(|arn| arn.starts_with("arn:"));
    if !stories.is_empty() && !stories.iter().filter_map(|story| story.0.as_ref()).any(is_aws) {
        return Err(ParseError { reason: "expected events with an `arn`".to_owned() });
    }
    let incidents: Vec<PostedIncident> =
        stories.iter().filter_map(|story| story.0.as_ref()).filter_map(Story::incident).take(MOST_STORIES).collect();
    Ok(Observation {
        condition: Condition::Operational.worst(worst_open(&incidents)),
        incidents,
        ..Observation::default()
    })
}

impl Story {
    fn incident(&self) -> Option<PostedIncident> {
        let summary = self.summary.text().unwrap_or_default();
        let code = self.status.number();
        let is_over = self.end_time.time().is_some() || code == Some(0) || is_resolved(&summary);
        let updates = self.updates();
        let last = updates.last().and_then(|update| update.at);
        let arn = self.arn.text()?;
        let region = arn.split(':').nth(3).filter(|region| !region.is_empty()).map(str::to_owned);
        let region = match (region, self.region_name.text()) {
            (Some(region), Some(name)) if name != region => Some(format!("{region} ({name})")),
            (region, name) => region.or(name),
        };
        // When it is over the code is 0; the log still tells how bad it was.
        let worst_logged = self.event_log.objects().filter_map(|said| said.status.number()).max();
        Some(PostedIncident {
            id: arn,
            title: plain(
                summary.trim_start().get(RESOLVED.len()..).filter(|_| is_resolved(&summary)).unwrap_or(&summary),
            ),
            impact: code.filter(|code| *code > 0).or(worst_logged).map(condition),
            phase: Some(if is_over { Phase::Resolved } else { Phase::Investigating }),
            started_at: self.date.time().or_else(|| updates.first()?.at),
            resolved_at: self.end_time.time().or(last).filter(|_| is_over),
            url: None,
            components: self.touched(is_over),
            regions: region.into_iter().collect(),
            updates,
        })
    }

    /// The services that are hit now, or were, when it is over.
    fn touched(&self, is_over: bool) -> Vec<String> {
        let impacted = self.impacted_services.0.iter().filter_map(|(_, impacted)| impacted.0.as_ref());
        let touched: Vec<String> = impacted
            .filter(|impacted| is_over || impacted.current.number() != Some(0))
            .filter_map(|impacted| impacted.service_name.text())
            .collect();
        if touched.is_empty() { self.service_name.text().into_iter().collect() } else { touched }
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.event_log.objects().map(|said| PostedUpdate {
            id: None,
            phase: if said.status.number() == Some(0) || said.summary.text().is_some_and(|text| is_resolved(&text)) {
                Some(Phase::Resolved)
            } else {
                None
            },
            at: said.timestamp.time(),
            body: said.message.text().map(|message| plain(&message)),
        });
        oldest_first(updates.collect(), Order::OldestFirst)
    }
}

fn is_resolved(summary: &str) -> bool {
    summary.trim_start().get(..RESOLVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESOLVED))
}

fn condition(code: i64) -> Condition {
    match code {
        0 | 1 => Condition::Operational,
        2 => Condition::Degraded,
        3 => Condition::MajorOutage,
        _ => Condition::Unknown,
    }
}
