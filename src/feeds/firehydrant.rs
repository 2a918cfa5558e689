//! `FireHydrant`'s status pages, the document that their page loads.
//!
//! Survived: conditions that a page names itself (and maps to three words), incidents in no order, severities that say
//! nothing (`UNSET`) or that it is planned work (`MAINTENANCE`), notes as texts or as objects, phases told only in the bold
//! first word of a note, and conditions of past incidents, which are history.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError,
        headline::of_new_word,
        prose::{condition_of, markdown, plain},
        tidy::{MOST_PARTS, MOST_STORIES, Order, oldest_first, worst_open},
        wire::{Either, List, Object, Scalar, Table, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    config: Object<Config>,
    conditions: Table<Scalar>,
    components: List<Object<Part>>,
    incidents: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Config {
    company_name: Scalar,
    title: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    id: Scalar,
    name: Scalar,
    condition: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Story {
    id: Scalar,
    title: Scalar,
    severity_slug: Scalar,
    timestamps: Object<Timestamps>,
    component_conditions: Table<Scalar>,
    components: List<Object<Part>>,
    timeline: List<Object<Moment>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Timestamps {
    started: Scalar,
    detected: Scalar,
    identified: Scalar,
    mitigated: Scalar,
    monitoring: Scalar,
    resolved: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Moment {
    time: Scalar,
    occurred_at: Scalar,
    details: Object<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    note: Either<Note>,
    milestone_update: Object<Milestone>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Note {
    note: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Milestone {
    current_milestone: Scalar,
}

/// Reads `data/payload.json`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    let (List::Items(_), List::Items(stories)) = (&document.components, &document.incidents) else {
        return Err(ParseError { reason: "expected lists `components` and `incidents`".to_owned() });
    };
    let has_story = document.incidents.objects().any(|story| story.timestamps.0.is_some());
    if (document.conditions.0.is_empty() && document.config.0.is_none()) || (!stories.is_empty() && !has_story) {
        return Err(ParseError { reason: "expected `conditions`, and incidents with `timestamps`".to_owned() });
    }
    let names = Names::of(&document.conditions);
    let stories = || document.incidents.objects();
    let incidents: Vec<PostedIncident> = stories()
        .filter(|story| !story.is_planned())
        .filter_map(|story| story.incident(&names))
        .take(MOST_STORIES)
        .collect();
    let maintenances = stories()
        .filter(|story| story.is_planned())
        .filter_map(|story| story.maintenance())
        .take(MOST_STORIES)
        .collect();
    // Components tell their state only within the incidents that are open.
    let mut now: HashMap<String, Condition> = HashMap::new();
    for story in stories().filter(|story| story.ended_at().is_none()) {
        for (name, condition) in story.touched(&names) {
            let worst = now.entry(name).or_insert(Condition::Unknown);
            *worst = worst.worst(if story.is_planned() { Condition::Maintenance } else { condition });
        }
    }
    let components = document.components.objects().filter_map(|part| {
        let name = part.name.text()?;
        let condition = now.get(&name).copied().unwrap_or(Condition::Operational);
        Some(Component { id: part.id.text(), name, group: None, is_group: false, condition })
    });
    let components = components.take(MOST_PARTS);
    let config = document.config.0.as_ref();
    Ok(Observation {
        service: config.and_then(|config| config.company_name.name().or_else(|| config.title.name())),
        condition: Condition::Operational.worst(worst_open(&incidents)),
        components: components.collect(),
        incidents,
        maintenances,
        ..Observation::default()
    })
}

/// What the page's own names of conditions mean.
struct Names(HashMap<String, Condition>);

impl Names {
    fn of(table: &Table<Scalar>) -> Self {
        let read = |(name, word): &(String, Scalar)| {
            let condition = match word.word()?.as_str() {
                "operational" => Condition::Operational,
                "degraded" => Condition::Degraded,
                "offline" => Condition::MajorOutage,
                other => of_new_word(other),
            };
            Some((name.to_lowercase(), condition))
        };
        Self(table.0.iter().filter_map(read).collect())
    }

    fn condition(&self, name: &str) -> Condition {
        self.0.get(&name.to_lowercase()).copied().unwrap_or_else(|| condition_of(name))
    }
}

impl Story {
    fn is_planned(&self) -> bool {
        self.severity_slug.word().as_deref() == Some("maintenance")
    }

    fn ended_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.timestamps.0.as_ref().and_then(|times| times.resolved.time())
    }

    fn started_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.timestamps.0.as_ref().and_then(|times| times.started.time().or_else(|| times.detected.time()))
    }

    /// The components with what the incident does to them.
    fn touched(&self, names: &Names) -> Vec<(String, Condition)> {
        let listed = self.components.objects().filter_map(|part| {
            let condition = part.condition.text().map_or(Condition::Degraded, |name| names.condition(&name));
            Some((part.name.text()?, condition))
        });
        let listed: Vec<(String, Condition)> = listed.collect();
        if !listed.is_empty() {
            return listed;
        }
        let told = self.component_conditions.0.iter();
        told.map(|(part, name)| (part.clone(), name.text().map_or(Condition::Degraded, |name| names.condition(&name))))
            .collect()
    }

    /// As its components are, else as its severity is called.
    fn impact(&self, names: &Names) -> Option<Condition> {
        let worst = self.touched(names).into_iter().map(|(_, condition)| condition).reduce(Condition::worst);
        worst.filter(|condition| condition.is_bad()).or_else(|| match self.severity_slug.word()?.as_str() {
            "sev0" | "sev1" => Some(Condition::MajorOutage),
            "sev2" => Some(Condition::PartialOutage),
            "sev3" | "sev4" | "sev5" => Some(Condition::Degraded),
            "unset" => None,
            other => Some(condition_of(other)).filter(|condition| condition.is_bad()),
        })
    }

    fn phase(&self, updates: &[PostedUpdate]) -> Phase {
        let times = self.timestamps.0.as_ref();
        let has = |time: fn(&Timestamps) -> &Scalar| times.is_some_and(|times| time(times).time().is_some());
        if self.ended_at().is_some() {
            Phase::Resolved
        } else if has(|times| &times.monitoring) || has(|times| &times.mitigated) {
            Phase::Monitoring
        } else if has(|times| &times.identified) {
            Phase::Identified
        } else {
            let told = updates.iter().rev().find_map(|update| update.phase);
            told.filter(|phase| !phase.is_closed()).unwrap_or(Phase::Investigating)
        }
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.timeline.objects().filter_map(|moment| {
            let details = moment.details.0.as_ref()?;
            let note = details.note();
            let milestone = details.milestone_update.0.as_ref().and_then(|update| update.current_milestone.word());
            let (told, body) = note.as_deref().map_or((None, None), |note| {
                let (phase, text) = split(note);
                (phase, Some(text))
            });
            let phase = milestone.as_deref().and_then(phase_of).or(told);
            (phase.is_some() || body.is_some()).then(|| PostedUpdate {
                id: moment.time.text(),
                phase,
                at: moment.occurred_at.time().or_else(|| moment.time.time()),
                body,
            })
        });
        oldest_first(updates.collect(), Order::NewestFirst)
    }

    fn incident(&self, names: &Names) -> Option<PostedIncident> {
        let updates = self.updates();
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title.text().unwrap_or_default(),
            impact: self.impact(names),
            phase: Some(self.phase(&updates)),
            started_at: self.started_at().or_else(|| updates.first()?.at),
            resolved_at: self.ended_at(),
            url: None,
            components: self.touched(names).into_iter().map(|(name, _)| name).collect(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        let parts = self.components.objects().filter_map(|part| part.name.text());
        let phase = match (self.ended_at(), self.started_at()) {
            (Some(_), _) => MaintenancePhase::Completed,
            (None, Some(_)) => MaintenancePhase::InProgress,
            (None, None) => MaintenancePhase::Scheduled,
        };
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title.text().unwrap_or_default(),
            phase,
            starts_at: self.started_at(),
            ends_at: self.ended_at(),
            url: None,
            components: parts.collect(),
            updates: self.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }
}

impl Details {
    /// A note is a text, or an object with one.
    fn note(&self) -> Option<String> {
        let note = match &self.note {
            Either::Plain(note) => note,
            Either::Wrapped(note) => &note.note,
        };
        let Scalar::Text(text) = note else { return None };
        Some(plain(&markdown(text))).filter(|text| !text.trim().is_empty())
    }
}

/// `➡️ **Resolved** — text`: the phase and the text behind it.
fn split(note: &str) -> (Option<Phase>, String) {
    let text = note.trim_start_matches(|character: char| !character.is_alphanumeric());
    let end = text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    match phase_of(&word.to_lowercase()) {
        Some(phase) => {
            let rest = rest.trim_start_matches([' ', '—', '–', '-', ':', '\n']);
            (Some(phase), if rest.is_empty() { text.to_owned() } else { rest.to_owned() })
        }
        None => (None, note.to_owned()),
    }
}

fn phase_of(word: &str) -> Option<Phase> {
    match word {
        "started" | "detected" | "acknowledged" | "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "mitigated" | "monitoring" => Some(Phase::Monitoring),
        "resolved" | "closed" => Some(Phase::Resolved),
        _ => None,
    }
}
