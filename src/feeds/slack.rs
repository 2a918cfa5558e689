//! Slack's status API v2: what is going on now, and the bare list of its history.
//!
//! Survived: ids that are numbers now and were strings, notes in either order, bodies in HTML, an `active` page that has
//! only a notice, incidents open for weeks, titles with trailing blanks, a history that is not in order of start. Seen in
//! Slack's answers of July and September 2026.

use serde::Deserialize;

use crate::{
    domain::{Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate},
    feeds::{
        ParseError, document,
        headline::{impact, of_new_word},
        prose::plain,
        tidy::{MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Current {
    status: Scalar,
    active_incidents: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    title: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    status: Scalar,
    url: Scalar,
    services: List<Scalar>,
    date_created: Scalar,
    date_updated: Scalar,
    notes: List<Object<Note>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Note {
    id: Scalar,
    body: Scalar,
    date_created: Scalar,
}

/// Reads `current` or `history`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    if document::json_text(text)?.starts_with('[') {
        return parse_history(text);
    }
    let current = json::<Object<Current>>(text)?.0.unwrap_or_default();
    let status = current.status.word();
    let quiet = match status.as_deref() {
        Some("ok" | "active") => Condition::Operational,
        Some(other) => of_new_word(other),
        None => return Err(ParseError { reason: "expected `status` and `active_incidents`".to_owned() }),
    };
    match current.active_incidents {
        List::Items(_) => {}
        // Without its list an active page is not read to the end.
        List::Absent if status.as_deref() == Some("ok") => {}
        List::Absent | List::Wrong => {
            return Err(ParseError { reason: "expected a list `active_incidents`".to_owned() });
        }
    }
    let (incidents, maintenances) = read_stories(current.active_incidents.objects());
    let condition = quiet.worst(worst_open(&incidents));
    Ok(Observation { condition, incidents, maintenances, ..Observation::default() })
}

/// A list of what was, without a word on the present: only an incident that is still open tells of it.
fn parse_history(text: &str) -> Result<Observation, ParseError> {
    let stories = json::<List<Object<Story>>>(text)?;
    if !stories.items().is_empty() && !stories.objects().any(|story| matches!(story.notes, List::Items(_))) {
        return Err(ParseError { reason: "expected incidents with `notes`".to_owned() });
    }
    let (incidents, maintenances) = read_stories(stories.objects());
    Ok(Observation { condition: worst_open(&incidents), incidents, maintenances, ..Observation::default() })
}

fn read_stories<'a>(stories: impl Iterator<Item = &'a Story>) -> (Vec<PostedIncident>, Vec<PostedMaintenance>) {
    let mut incidents = Vec::new();
    let mut maintenances = Vec::new();
    for story in stories.take(MOST_STORIES) {
        match story.planned() {
            Some(phase) => maintenances.extend(story.maintenance(phase)),
            None => incidents.extend(story.incident()),
        }
    }
    (incidents, maintenances)
}

impl Story {
    fn planned(&self) -> Option<MaintenancePhase> {
        match self.status.word().as_deref() {
            Some("scheduled") => Some(MaintenancePhase::Scheduled),
            Some("completed" | "cancelled" | "canceled") => Some(MaintenancePhase::Completed),
            _ if self.kind.word().as_deref() == Some("maintenance") => Some(MaintenancePhase::InProgress),
            _ => None,
        }
    }

    fn incident(&self) -> Option<PostedIncident> {
        let is_over = self.status.word().as_deref() == Some("resolved");
        let updates = self.updates();
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            impact: match self.kind.word().as_deref() {
                Some("notice") => Some(Condition::Operational),
                Some("incident") => Some(Condition::Degraded),
                Some("outage") => Some(Condition::MajorOutage),
                Some(other) => Some(impact(of_new_word(other))),
                None => None,
            },
            // Slack has no phases but over and not over.
            phase: Some(if is_over { Phase::Resolved } else { Phase::Investigating }),
            started_at: self.date_created.time().or_else(|| updates.first()?.at),
            resolved_at: self.date_updated.time().or_else(|| updates.last()?.at).filter(|_| is_over),
            url: self.url.text(),
            components: self.services(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self, phase: MaintenancePhase) -> Option<PostedMaintenance> {
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            phase,
            // `date_created` is when it was announced; when it begins stands in the words only.
            starts_at: None,
            ends_at: None,
            url: self.url.text(),
            components: self.services(),
            updates: self.updates(),
        })
    }

    fn services(&self) -> Vec<String> {
        self.services.items().iter().filter_map(Scalar::text).collect()
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.notes.objects().map(|note| PostedUpdate {
            id: note.id.text(),
            phase: None,
            at: note.date_created.time(),
            body: note.body.text().map(|body| plain(&body)),
        });
        oldest_first(updates.collect(), Order::OldestFirst)
    }
}
