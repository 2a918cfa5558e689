//! Instatus: `summary.json` and the list of components, `v2/components.json` or `v3/components.json`.
//!
//! Survived: lists that are left out when empty (Gcore, Perplexity), `HASISSUES` that tells no weight, groups that are rows
//! among the others and nest (Gcore), children inside their parent or beside it, durations in minutes that are numbers in
//! answers and texts in the documentation, and words with and without separators. Incidents name neither their components
//! nor their texts.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::{
    domain::{Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance},
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    page: Object<Page>,
    components: List<Object<Row>>,
    #[serde(rename = "activeIncidents")]
    incidents: List<Object<Story>>,
    #[serde(rename = "activeMaintenances")]
    maintenances: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    name: Scalar,
    status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    #[serde(rename = "isParent")]
    is_parent: Scalar,
    children: List<Object<Row>>,
    group: Object<Group>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group {
    id: Scalar,
    name: Scalar,
}

/// An incident, or planned work.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    impact: Scalar,
    url: Scalar,
    started: Scalar,
    start: Scalar,
    duration: Scalar,
    #[serde(rename = "updatedAt")]
    updated_at: Scalar,
}

/// Whether a word is one of those that a page's state has, however it is written.
pub(super) fn is_page_word(word: &str) -> bool {
    let word = word.trim().to_lowercase().replace(['_', '-', ' '], "");
    matches!(word.as_str(), "up" | "hasissues" | "undermaintenance")
}

/// Reads a summary, a list of components, or the one and then the other of one page.
pub(super) fn parse(texts: &[&str]) -> Result<Observation, ParseError> {
    let mut observation = Observation::default();
    let mut word = None;
    for (index, text) in texts.iter().enumerate() {
        let document: Document = json::<Object<Document>>(text)?.0.unwrap_or_default();
        check_shape(&document, index > 0)?;
        let page = document.page.0.unwrap_or_default();
        word = word.or_else(|| read_word(&page.status));
        observation.service = observation.service.or_else(|| page.name.name());
        observation.components.extend(read_components(&document.components));
        observation.incidents.extend(document.incidents.objects().filter_map(Story::incident).take(MOST_STORIES));
        observation
            .maintenances
            .extend(document.maintenances.objects().filter_map(Story::maintenance).take(MOST_STORIES));
    }
    observation.condition = overall(word.as_deref(), &observation);
    Ok(observation)
}

/// `of_page`: the document belongs to a page that was recognised before, so an empty list is one.
fn check_shape(document: &Document, of_page: bool) -> Result<(), ParseError> {
    let faulty = [
        ("components", matches!(document.components, List::Wrong)),
        ("activeIncidents", matches!(document.incidents, List::Wrong)),
        ("activeMaintenances", matches!(document.maintenances, List::Wrong)),
    ];
    if let Some((name, _)) = faulty.into_iter().find(|(_, is_wrong)| *is_wrong) {
        return Err(ParseError { reason: format!("`{name}` is no list") });
    }
    let has_word = document.page.0.as_ref().is_some_and(|page| page.status.is_there());
    let has_stories = matches!(document.incidents, List::Items(_)) || matches!(document.maintenances, List::Items(_));
    let mut rows = document.components.objects().peekable();
    let has_rows = match document.components {
        List::Items(_) => of_page || (rows.peek().is_some() && rows.all(Row::is_of_instatus)),
        List::Absent | List::Wrong => false,
    };
    if has_word || has_stories || has_rows {
        return Ok(());
    }
    Err(ParseError {
        reason: "expected `page.status`, `activeIncidents` or `components` as Instatus has them".to_owned(),
    })
}

/// `HASISSUES` says nothing about the weight, so the worst of what is told counts.
fn overall(word: Option<&str>, observation: &Observation) -> Condition {
    let (components, incidents) = (&observation.components, &observation.incidents);
    match word {
        Some("hasissues") => {
            let told = worst_open(incidents).worst(headline::of_list(components));
            if told.is_bad() { told } else { Condition::Degraded }
        }
        Some("up") => headline::of_word(Condition::Operational, components, incidents),
        Some(word) => headline::of_word(condition_of_word(word), components, incidents),
        None => worst_open(incidents).worst(headline::of_list(components)),
    }
}

fn read_components(rows: &List<Object<Row>>) -> Vec<Component> {
    let mut parents = HashSet::new();
    note_parents(rows, &mut parents);
    let mut components = Vec::new();
    collect(rows, None, &parents, &mut HashSet::new(), &mut components);
    components
}

/// The ids of rows that others stand under.
fn note_parents(rows: &List<Object<Row>>, parents: &mut HashSet<String>) {
    for row in rows.objects() {
        parents.extend(row.group.0.as_ref().and_then(|group| group.id.text()));
        if row.is_parent.is_true() || row.children.objects().next().is_some() {
            parents.extend(row.id.text());
        }
        note_parents(&row.children, parents);
    }
}

/// Rows in the document's order, those inside others behind their parent. JSON nests 128 deep at most, and so does this.
fn collect(
    rows: &List<Object<Row>>,
    parent: Option<&str>,
    parents: &HashSet<String>,
    seen: &mut HashSet<String>,
    components: &mut Vec<Component>,
) {
    for row in rows.objects() {
        let (id, Some(name)) = (row.id.text(), row.name.name()) else { continue };
        if components.len() >= MOST_PARTS {
            return;
        }
        // A child may stand in its parent and beside it.
        if id.clone().is_none_or(|id| seen.insert(id)) {
            let group = row.group.0.as_ref().and_then(|group| group.name.name());
            components.push(Component {
                is_group: id.as_ref().is_some_and(|id| parents.contains(id)),
                id,
                name: name.clone(),
                group: group.or_else(|| parent.map(str::to_owned)),
                condition: read_word(&row.status).map_or(Condition::Unknown, |word| condition_of_word(&word)),
            });
        }
        collect(&row.children, Some(&name), parents, seen, components);
    }
}

impl Row {
    /// Other formats write their states in lowercase.
    fn is_of_instatus(&self) -> bool {
        let is_loud = |text: String| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        self.is_parent.is_there() || self.status.text().is_some_and(is_loud)
    }
}

impl Story {
    fn id(&self) -> Option<String> {
        self.id.text().or_else(|| self.url.text())
    }

    fn title(&self) -> String {
        self.name.text().map(|name| plain(&name)).unwrap_or_default()
    }

    fn incident(&self) -> Option<PostedIncident> {
        let phase = match read_word(&self.status).as_deref() {
            Some("identified") => Phase::Identified,
            Some("monitoring") => Phase::Monitoring,
            Some("resolved") => Phase::Resolved,
            _ => Phase::Investigating,
        };
        Some(PostedIncident {
            id: self.id()?,
            title: self.title(),
            impact: read_word(&self.impact).map(|word| headline::impact(condition_of_word(&word))),
            phase: Some(phase),
            started_at: self.started.time().or_else(|| self.start.time()),
            resolved_at: self.updated_at.time().filter(|_| phase.is_closed()),
            url: self.url.text(),
            components: Vec::new(),
            regions: Vec::new(),
            updates: Vec::new(),
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        let starts_at = self.start.time().or_else(|| self.started.time());
        Some(PostedMaintenance {
            id: self.id()?,
            title: self.title(),
            phase: match read_word(&self.status).as_deref() {
                Some("inprogress") => MaintenancePhase::InProgress,
                Some("verifying") => MaintenancePhase::Verifying,
                Some("completed") => MaintenancePhase::Completed,
                _ => MaintenancePhase::Scheduled,
            },
            starts_at,
            ends_at: starts_at.and_then(|starts_at| self.end(starts_at)),
            url: self.url.text(),
            components: Vec::new(),
            updates: Vec::new(),
        })
    }

    fn end(&self, starts_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let minutes = self.duration.number().filter(|minutes| *minutes > 0)?;
        starts_at.checked_add_signed(TimeDelta::try_minutes(minutes)?)
    }
}

/// `PARTIAL_OUTAGE` and `PARTIALOUTAGE` are one word.
fn read_word(scalar: &Scalar) -> Option<String> {
    scalar.word().map(|word| word.replace('_', ""))
}

fn condition_of_word(word: &str) -> Condition {
    match word {
        "operational" | "up" => Condition::Operational,
        "degradedperformance" => Condition::Degraded,
        "partialoutage" | "minoroutage" => Condition::PartialOutage,
        "majoroutage" => Condition::MajorOutage,
        "undermaintenance" => Condition::Maintenance,
        other => headline::of_new_word(other),
    }
}
