//! Heroku's status API v4: three lights, what is open, what is planned; and the bare lists of its history.
//!
//! Survived: `resolved` and `duration` that mean nothing while an incident is open, a light that stays blue and work that
//! stays listed when it is done, updates newest first, links into the API (`href`) beside those for people, documents that
//! were moved from API v3. Seen in Heroku's answers of October 2019 and in its clients.

use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError, document,
        headline::{of_list, of_new_word, of_word},
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Current {
    status: List<Object<Light>>,
    incidents: List<Object<Story>>,
    scheduled: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Light {
    system: Scalar,
    status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    title: Scalar,
    state: Scalar,
    upcoming: Scalar,
    created_at: Scalar,
    updated_at: Scalar,
    resolved_at: Scalar,
    full_url: Scalar,
    updates: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    contents: Scalar,
    update_type: Scalar,
    status: Scalar,
    status_prod: Scalar,
    created_at: Scalar,
    display_at: Scalar,
}

/// Reads `current-status`, or a list such as `incidents` or `scheduled`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    if document::json_text(text)?.starts_with('[') {
        return parse_list(&json::<List<Object<Story>>>(text)?);
    }
    let current = json::<Object<Current>>(text)?.0.unwrap_or_default();
    let is_light = |light: &Light| light.system.is_there() && light.status.is_there();
    if !matches!(current.status, List::Items(_)) && !matches!(current.incidents, List::Items(_)) {
        // One incident by itself.
        return parse_list(&List::Items(vec![json::<Object<Story>>(text)?]));
    }
    if !current.status.objects().any(is_light) {
        return Err(ParseError { reason: "expected a list `status` of systems with their lights".to_owned() });
    }
    for (name, list) in [("incidents", &current.incidents), ("scheduled", &current.scheduled)] {
        if matches!(list, List::Wrong) {
            return Err(ParseError { reason: format!("`{name}` is no list") });
        }
    }
    let components: Vec<Component> = current.status.objects().filter_map(Light::component).take(MOST_PARTS).collect();
    let (incidents, mut maintenances) = read_stories(current.incidents.objects());
    maintenances.extend(current.scheduled.objects().filter_map(Story::maintenance).take(MOST_STORIES));
    let condition = of_word(of_list(&components), &components, &incidents);
    Ok(Observation {
        service: Some("Heroku".to_owned()),
        condition,
        components,
        incidents,
        maintenances,
        ..Observation::default()
    })
}

/// A list of what was: only an incident that is still open tells of the present.
fn parse_list(stories: &List<Object<Story>>) -> Result<Observation, ParseError> {
    let is_story = |story: &Story| story.state.is_there() && matches!(story.updates, List::Items(_));
    if !stories.items().is_empty() && !stories.objects().any(is_story) {
        return Err(ParseError { reason: "expected incidents with `state` and `updates`".to_owned() });
    }
    let (incidents, maintenances) = read_stories(stories.objects());
    Ok(Observation {
        service: Some("Heroku".to_owned()),
        condition: worst_open(&incidents),
        incidents,
        maintenances,
        ..Observation::default()
    })
}

fn read_stories<'a>(stories: impl Iterator<Item = &'a Story>) -> (Vec<PostedIncident>, Vec<PostedMaintenance>) {
    let mut incidents = Vec::new();
    let mut maintenances = Vec::new();
    for story in stories {
        if maintenances.len() + incidents.len() >= MOST_STORIES {
            break;
        }
        if story.is_planned() {
            maintenances.extend(story.maintenance());
        } else {
            incidents.extend(story.incident());
        }
    }
    (incidents, maintenances)
}

fn condition(light: &str) -> Condition {
    match light {
        "green" => Condition::Operational,
        "yellow" => Condition::Degraded,
        "red" => Condition::MajorOutage,
        "blue" => Condition::Maintenance,
        other => of_new_word(other),
    }
}

impl Light {
    fn component(&self) -> Option<Component> {
        Some(Component {
            id: None,
            name: self.system.text()?,
            group: None,
            is_group: false,
            condition: self.status.word().map_or(Condition::Unknown, |light| condition(&light)),
        })
    }
}

impl Story {
    fn is_planned(&self) -> bool {
        let is_planned_word =
            |said: &Said| matches!(said.update_type.word().as_deref(), Some("scheduled" | "maintenance"));
        self.state.word().as_deref() == Some("scheduled") || self.updates.objects().any(is_planned_word)
    }

    /// The newest update that says more than `update`, as a word.
    fn newest_word(&self) -> Option<String> {
        let telling = |said: &&Said| said.update_type.word().is_some_and(|word| word != "update");
        let newest = self.updates.objects().filter(telling).enumerate();
        // Of two at one time the one listed first is the newer.
        let newest = newest.max_by_key(|(index, said)| (said.at(), std::cmp::Reverse(*index)));
        newest.and_then(|(_, said)| said.update_type.word())
    }

    /// Its state decides; the words of the updates tell how far it has come.
    fn phase(&self) -> Phase {
        let newest = self.newest_word();
        let said = newest.as_deref().and_then(phase);
        match self.state.word().as_deref() {
            Some("resolved" | "closed" | "completed") => Phase::Resolved,
            Some(_) if said == Some(Phase::Resolved) => Phase::Monitoring,
            None if self.resolved_at.time().is_some() => Phase::Resolved,
            Some(_) | None => said.unwrap_or(Phase::Investigating),
        }
    }

    /// How bad its newest update that shows a light calls it.
    fn impact(&self) -> Option<Condition> {
        let lit = self.updates.objects().filter_map(|said| {
            let light = said.status.word().or_else(|| said.status_prod.word()).map(|light| condition(&light))?;
            light.is_bad().then_some((said.at(), light))
        });
        lit.max_by_key(|(at, _)| *at).map(|(_, light)| light)
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.updates.objects().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: said.update_type.word().as_deref().and_then(phase),
            at: said.at(),
            body: said.contents.text().map(|body| plain(&body)),
        });
        oldest_first(updates.collect(), Order::NewestFirst)
    }

    fn incident(&self) -> Option<PostedIncident> {
        let phase = self.phase();
        let updates = self.updates();
        let resolving = updates.iter().rev().find(|update| update.phase == Some(Phase::Resolved));
        let ended = self.resolved_at.time().or_else(|| resolving?.at).or_else(|| self.updated_at.time());
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            impact: self.impact(),
            phase: Some(phase),
            started_at: self.created_at.time().or_else(|| updates.first()?.at),
            resolved_at: ended.filter(|_| phase.is_closed()),
            url: self.full_url.text(),
            components: Vec::new(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        let newest = self.newest_word();
        let is_over = self.state.word().as_deref() == Some("resolved");
        let phase = match newest.as_deref() {
            _ if is_over => MaintenancePhase::Completed,
            Some("resolved" | "completed" | "cancelled" | "canceled") => MaintenancePhase::Completed,
            Some("maintenance" | "in_progress" | "investigating" | "issue") => MaintenancePhase::InProgress,
            Some("monitoring") => MaintenancePhase::Verifying,
            Some(_) | None => MaintenancePhase::Scheduled,
        };
        // It is no longer ahead, says the document, though nobody wrote that it began.
        let has_begun = self.upcoming.is_there() && !self.upcoming.is_true();
        let phase =
            if phase == MaintenancePhase::Scheduled && has_begun { MaintenancePhase::InProgress } else { phase };
        let updates = self.updates();
        // The first that says so: more may be told while it goes on.
        let of_type = |wanted: &str| {
            let said = self.updates.objects().filter(|said| said.update_type.word().as_deref() == Some(wanted));
            said.filter_map(Said::at).min()
        };
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title.text().map(|title| plain(&title)).unwrap_or_default(),
            phase,
            // `created_at` is when it was announced; when it will begin stands in the words only.
            starts_at: of_type("maintenance"),
            ends_at: self.resolved_at.time().or_else(|| of_type("resolved")),
            url: self.full_url.text(),
            components: Vec::new(),
            updates: updates.into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }
}

impl Said {
    fn at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.display_at.time().or_else(|| self.created_at.time())
    }
}

/// Where an incident stands by the type of an update; `None` keeps the former phase.
fn phase(word: &str) -> Option<Phase> {
    match word {
        "issue" | "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "monitoring" => Some(Phase::Monitoring),
        "resolved" => Some(Phase::Resolved),
        _ => None,
    }
}
