//! Atlassian Statuspage v2 JSON (`summary.json` and the list documents) and incident.io's compatible JSON.
//!
//! Survived, with where it was seen: no list at all where nothing is open (OpenAI), components that stay green through an
//! incident (GitHub, `HashiCorp`), an indicator that contradicts the incidents (`KnowBe4`, Asana), group rows that repeat
//! their children and pages of hundreds of rows (Cloudflare, Twilio), a sentence parked as a component (GitHub), a page
//! without components (Atlassian), offsets of the page's own zone (Twilio, SSA), backdated updates, updates without text
//! (incident.io), planned work among the incidents, and nulls everywhere.

mod archive;
mod words;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;

pub(super) use self::archive::is_archive;
use self::words::{component_condition, impact, maintenance_phase, overall, phase, planned_phase};
use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate,
    },
    feeds::{
        ParseError,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Names, Order, hurts, oldest_first},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    page: Object<Page>,
    status: Object<Status>,
    components: List<Object<Row>>,
    incidents: List<Object<Story>>,
    scheduled_maintenances: List<Object<Story>>,
    /// Of the archive.
    months: List<Object<archive::Month>>,
    page_status: Object<archive::PageStatus>,
    start_time: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    id: Scalar,
    name: Scalar,
    url: Scalar,
    /// Not here, but in other formats that have a `page` with components too.
    status: Scalar,
    state: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    indicator: Scalar,
    description: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    group: Scalar,
    group_id: Scalar,
    /// Ids of those in a group.
    components: List<Scalar>,
}

/// An incident, or planned work: they share their shape.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    impact: Scalar,
    created_at: Scalar,
    updated_at: Scalar,
    started_at: Scalar,
    resolved_at: Scalar,
    scheduled_for: Scalar,
    scheduled_until: Scalar,
    shortlink: Scalar,
    components: List<Object<Row>>,
    incident_updates: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    status: Scalar,
    body: Scalar,
    created_at: Scalar,
    display_at: Scalar,
    affected_components: List<Object<Affected>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Affected {
    code: Scalar,
    name: Scalar,
    new_status: Scalar,
}

/// Reads a summary, a list of components, incidents or maintenances, or a quarter of the archive.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let Object(document) = json(text)?;
    let document: Document = document.unwrap_or_default();
    if let (List::Items(_), List::Absent) = (&document.months, &document.incidents) {
        return archive::read(&document.months, document.page_status.0, &document.start_time);
    }
    check_shape(&document)?;

    let page = document.page.0.unwrap_or_default();
    let components = read_components(&document.components);
    let reader = Reader { page_url: page.url.link(), names: Names::of(&components) };
    let (planned, unplanned): (Vec<&Story>, Vec<&Story>) = document
        .incidents
        .objects()
        .chain(document.scheduled_maintenances.objects())
        .partition(|story| story.is_planned());
    let incidents: Vec<PostedIncident> =
        unplanned.into_iter().filter_map(|story| reader.incident(story)).take(MOST_STORIES).collect();
    let maintenances = planned.into_iter().filter_map(|story| reader.maintenance(story)).take(MOST_STORIES).collect();

    let status = document.status.0.unwrap_or_default();
    let indicator = status.indicator.word().or_else(|| words::indicator_of(&status.description.text()?));
    let condition = overall(indicator.as_deref(), &components, &incidents);
    Ok(Observation {
        service: page.name.name(),
        condition,
        components,
        incidents,
        maintenances,
        page: PageId { id: page.id.text(), host: None },
        ..Observation::default()
    })
}

/// Whether this is the format: a page with a status or a list, or a list of stories that have `incident_updates`.
fn check_shape(document: &Document) -> Result<(), ParseError> {
    for (name, list) in
        [("incidents", &document.incidents), ("scheduled_maintenances", &document.scheduled_maintenances)]
    {
        if matches!(list, List::Wrong) {
            return Err(ParseError { reason: format!("`{name}` is no list") });
        }
    }
    if matches!(document.components, List::Wrong) {
        return Err(ParseError { reason: "`components` is no list".to_owned() });
    }
    let page = document.page.0.as_ref();
    if page.is_some_and(|page| page.status.is_there() || page.state.is_there()) {
        return Err(ParseError { reason: "`page` has a state in it, as other formats do".to_owned() });
    }
    let has_page = page.is_some_and(|page| page.name.is_there() || page.id.is_there());
    let has_status = document.status.0.as_ref().is_some_and(|status| status.indicator.is_there());
    let has_stories =
        matches!(document.incidents, List::Items(_)) || matches!(document.scheduled_maintenances, List::Items(_));
    let has_components = matches!(document.components, List::Items(_));
    let mut stories = document.incidents.objects().chain(document.scheduled_maintenances.objects());
    let is_list = has_stories && stories.all(|story| matches!(story.incident_updates, List::Items(_)));
    if (has_page && (has_status || has_components || has_stories)) || is_list {
        return Ok(());
    }
    Err(ParseError {
        reason:
            "expected `page` with `status`, `components` or `incidents`, or a list of incidents with `incident_updates`"
                .to_owned(),
    })
}

fn read_components(rows: &List<Object<Row>>) -> Vec<Component> {
    let names: HashMap<String, String> =
        rows.objects().filter_map(|row| Some((row.id.text()?, row.name.name()?))).collect();
    let parents: HashSet<String> = rows.objects().filter_map(|row| row.group_id.text()).collect();
    rows.objects()
        .filter(|row| !row.is_notice())
        .filter_map(|row| {
            let id = row.id.text();
            Some(Component {
                name: row.name.text()?,
                group: row.group_id.text().and_then(|id| names.get(&id).cloned()),
                is_group: row.group.is_true()
                    || !row.components.items().is_empty()
                    || id.as_ref().is_some_and(|id| parents.contains(id)),
                condition: row.condition(),
                id,
            })
        })
        .take(MOST_PARTS)
        .collect()
}

impl Row {
    /// A sentence that was parked among the components, such as "Visit www.githubstatus.com for more information".
    fn is_notice(&self) -> bool {
        self.name.text().is_some_and(|name| name.starts_with("Visit ") && name.contains("for more information"))
    }

    fn condition(&self) -> Condition {
        self.status.word().map_or(Condition::Unknown, |word| component_condition(&word))
    }
}

impl Story {
    fn is_planned(&self) -> bool {
        let is_planned_phase = self.status.word().is_some_and(|word| planned_phase(&word).is_some());
        self.scheduled_for.is_there() || is_planned_phase || self.impact.word().as_deref() == Some("maintenance")
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.incident_updates.objects().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: said.status.word().and_then(|word| phase(&word)),
            at: said.at(),
            body: said.body.text().map(|body| plain(&body)),
        });
        oldest_first(updates.collect(), Order::NewestFirst)
    }
}

impl Said {
    /// When people could read it: it may have been typed later.
    fn at(&self) -> Option<DateTime<Utc>> {
        self.display_at.time().or_else(|| self.created_at.time())
    }
}

/// What the stories of one document share.
struct Reader {
    page_url: Option<String>,
    names: Names,
}

impl Reader {
    fn incident(&self, story: &Story) -> Option<PostedIncident> {
        let updates = story.updates();
        let told = story.status.word().and_then(|word| phase(&word));
        let otherwise = if story.resolved_at.time().is_some() { Phase::Resolved } else { Phase::Investigating };
        let phase = told.or_else(|| updates.iter().rev().find_map(|update| update.phase)).unwrap_or(otherwise);
        let resolved_at = phase.is_closed().then(|| {
            let resolving = updates.iter().rev().find(|update| update.phase == Some(Phase::Resolved));
            story.resolved_at.time().or_else(|| resolving?.at).or_else(|| story.updated_at.time())
        });
        let mut incident = PostedIncident {
            id: story.id.text()?,
            title: story.name.text().map(|name| plain(&name)).unwrap_or_default(),
            impact: story.impact.word().map(|word| impact(&word)),
            phase: Some(phase),
            started_at: story
                .started_at
                .time()
                .or_else(|| story.created_at.time())
                .or_else(|| updates.iter().find_map(|update| update.at)),
            resolved_at: resolved_at.flatten(),
            url: self.link(story),
            components: Vec::new(),
            regions: Vec::new(),
            updates,
        };
        incident.components = self.touched(story, incident.is_closed());
        // An impact in a word nobody knows still hurts; only "none" does not.
        if incident.impact == Some(Condition::Unknown) {
            incident.impact = Some(hurts(&incident));
        }
        Some(incident)
    }

    fn maintenance(&self, story: &Story) -> Option<PostedMaintenance> {
        // "update" and words that nobody knows keep the former phase.
        let newest_first = || {
            let mut said: Vec<&Said> = story.incident_updates.objects().collect();
            said.sort_by_key(|said| std::cmp::Reverse(said.at()));
            said.into_iter().filter_map(|said| said.status.word())
        };
        let phase = story.status.word().and_then(|word| maintenance_phase(&word));
        let phase = phase.or_else(|| newest_first().find_map(|word| maintenance_phase(&word)));
        Some(PostedMaintenance {
            id: story.id.text()?,
            title: story.name.text().map(|name| plain(&name)).unwrap_or_default(),
            phase: phase.unwrap_or(MaintenancePhase::Scheduled),
            // `started_at` is when it was announced.
            starts_at: story.scheduled_for.time().or_else(|| story.started_at.time()),
            ends_at: story.scheduled_until.time(),
            url: self.link(story),
            components: self.touched(story, true),
            updates: story.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn link(&self, story: &Story) -> Option<String> {
        let on_page =
            || Some(format!("{}/incidents/{}", self.page_url.as_deref()?.trim_end_matches('/'), story.id.text()?));
        story.shortlink.text().filter(|link| link.starts_with("http")).or_else(on_page)
    }

    /// Names of the components a story touches. While it is open only those that are not well now, as far as that is
    /// told: recovered ones stay in its list, and its newest update that names components is nearer the truth.
    fn touched(&self, story: &Story, all: bool) -> Vec<String> {
        let listed = || story.components.objects().filter(|row| !row.is_notice());
        let every = || listed().filter_map(|row| row.name.text()).collect::<Vec<_>>();
        if all {
            return every();
        }
        let is_well = |status: &Scalar| status.word().as_deref() == Some("operational");
        let mut touched: Vec<String> =
            listed().filter(|row| !is_well(&row.status)).filter_map(|row| row.name.text()).collect();
        let recovered: HashSet<Option<String>> =
            listed().filter(|row| is_well(&row.status)).map(|row| row.id.text()).collect();
        let newest = story
            .incident_updates
            .objects()
            .filter(|said| said.affected_components.objects().any(|affected| affected.code.is_there()))
            .max_by_key(|said| said.at());
        for affected in newest.into_iter().flat_map(|said| said.affected_components.objects()) {
            let code = affected.code.text();
            if code.is_none() || is_well(&affected.new_status) || recovered.contains(&code) {
                continue;
            }
            // The name here is prefixed with the group's: "Banking interfaces - bLink".
            let known = code.and_then(|code| self.names.get(&code));
            touched.extend(known.or_else(|| affected.name.text()));
        }
        if touched.is_empty() { every() } else { touched }
    }
}
