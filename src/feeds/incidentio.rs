//! incident.io: its own widget API, what its pages load themselves (`proxy/<host>` and, below it, `incidents`); its
//! Statuspage-compatible JSON is read as such.
//!
//! Survived: shapes whose lists are left out where they are empty, impacts told only by the affected components
//! (`full_outage` among them) or in the log of what they were, groups as names, planned work among the incidents,
//! messages as plain text and as trees of it, and, in the widget, of all that was said only the last message. The
//! compatible shape was seen at `OpenAI` and `HashiCorp`; these are read by what clients of them expect.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate,
    },
    feeds::{
        ParseError,
        headline::{of_new_word, of_word},
        prose::plain,
        statuspage,
        tidy::{MOST_PARTS, MOST_STORIES, Names, Order, mark, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

/// What the page loads lies below `summary`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wrapper {
    summary: Object<Summary>,
}

/// A summary, or a list of incidents.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    id: Scalar,
    // Of the widget.
    page_title: Scalar,
    page_url: Scalar,
    // Of the page.
    name: Scalar,
    public_url: Scalar,
    incidents: List<Object<Story>>,
    ongoing_incidents: List<Object<Story>>,
    in_progress_maintenances: List<Object<Story>>,
    scheduled_maintenances: List<Object<Story>>,
    affected_components: List<Object<Part>>,
    structure: Object<Structure>,
    components: List<Object<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Structure {
    items: List<Object<Item>>,
}

/// A group of components, or one component.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    group: Object<Group>,
    component: Object<Part>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group {
    id: Scalar,
    name: Scalar,
    components: List<Object<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    id: Scalar,
    component_id: Scalar,
    name: Scalar,
    status: Scalar,
    current_status: Scalar,
    hidden: Scalar,
}

/// An incident, or planned work.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    name: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    status: Scalar,
    url: Scalar,
    status_page_id: Scalar,
    published_at: Scalar,
    last_update_at: Scalar,
    last_update_message: Scalar,
    current_worst_impact: Scalar,
    affected_components: List<Object<Part>>,
    component_impacts: List<Object<Impact>>,
    updates: List<Object<Said>>,
    started_at: Scalar,
    starts_at: Scalar,
    ends_at: Scalar,
    scheduled_end_at: Scalar,
}

/// What a component went through, and when.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Impact {
    status: Scalar,
    start_at: Scalar,
    end_at: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    message_string: Scalar,
    message: Object<Message>,
    published_at: Scalar,
    to_status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Message {
    text_node: Object<Node>,
}

/// A piece of text, or what holds pieces.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Node {
    #[serde(rename = "type")]
    kind: Scalar,
    text: Scalar,
    content: List<Object<Node>>,
}

/// Whether an object has keys of incident.io's own shapes, and not those of the compatible one.
pub(super) fn is_own(object: &Map<String, Value>) -> bool {
    let is_widget = object.contains_key("page_title") && object.contains_key("page_url");
    let is_page = |summary: &Map<String, Value>| {
        summary.contains_key("structure")
            || ["affected_components", "ongoing_incidents"].into_iter().all(|key| summary.contains_key(key))
    };
    let is_summary = |summary: &Map<String, Value>| is_page(summary) || summary.contains_key("affected_components");
    let is_story = |story: &Value| story.get("status_page_id").is_some() && story.get("updates").is_some();
    let stories = object.get("incidents").and_then(Value::as_array);
    is_widget
        || is_page(object)
        || object.get("summary").and_then(Value::as_object).is_some_and(is_summary)
        || stories.is_some_and(|stories| !stories.is_empty() && stories.iter().all(is_story))
}

/// Reads `api/v1/summary`, `proxy/<host>`, `proxy/<host>/incidents`, or a document in Statuspage's shape.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    // The compatible documents are by far the commoner ones and need not be read twice.
    let own_keys = ["\"page_title\"", "\"structure\"", "\"affected_components\"", "\"status_page_id\""];
    if own_keys.into_iter().all(|key| !text.contains(key)) {
        return statuspage::parse(text);
    }
    let wrapper = json::<Object<Wrapper>>(text)?.0.unwrap_or_default();
    if let Some(summary) = wrapper.summary.0.filter(Summary::is_told) {
        return Ok(summary.read());
    }
    let summary = json::<Object<Summary>>(text)?.0.unwrap_or_default();
    let is_widget = summary.page_title.is_there() && summary.page_url.is_there();
    if is_widget || summary.structure.0.is_some() || summary.is_list() {
        return Ok(summary.read());
    }
    statuspage::parse(text)
}

impl Summary {
    fn is_told(&self) -> bool {
        matches!(self.ongoing_incidents, List::Items(_))
            || matches!(self.affected_components, List::Items(_))
            || self.structure.0.is_some()
    }

    /// Only incidents, past ones too, with nothing about the page.
    fn is_list(&self) -> bool {
        let mut stories = self.incidents.objects().peekable();
        stories.peek().is_some() && stories.all(|story| story.status_page_id.is_there())
    }

    fn read(&self) -> Observation {
        let components = self.components();
        let names = Names::of(&components);
        let page = self.public_url.link().or_else(|| self.page_url.link());
        let stories = || self.incidents.objects().chain(self.ongoing_incidents.objects());
        let (planned, unplanned): (Vec<&Story>, Vec<&Story>) = stories().partition(|story| story.is_planned());
        let incidents: Vec<PostedIncident> = unplanned
            .into_iter()
            .filter_map(|story| story.incident(&names, page.as_deref()))
            .take(MOST_STORIES)
            .collect();
        let running = planned.into_iter().chain(self.in_progress_maintenances.objects());
        let running = running.filter_map(|story| story.maintenance(&names, MaintenancePhase::InProgress));
        let ahead = self.scheduled_maintenances.objects();
        let ahead = ahead.filter_map(|story| story.maintenance(&names, MaintenancePhase::Scheduled));
        let maintenances = running.chain(ahead).take(MOST_STORIES).collect();
        // There is no word for the whole: what is open tells it, and the components.
        let open = worst_open(&incidents);
        let quiet = if self.is_list() { Condition::Unknown } else { Condition::Operational };
        let condition = if open.is_bad() { open } else { of_word(quiet, &components, &incidents) };
        Observation {
            service: self.name.name().or_else(|| self.page_title.name()),
            condition,
            incidents,
            maintenances,
            components,
            page: PageId { id: self.page_id(), host: None },
            ..Observation::default()
        }
    }

    fn page_id(&self) -> Option<String> {
        self.id.text().or_else(|| self.incidents.objects().find_map(|story| story.status_page_id.text()))
    }

    /// The page's structure, with the state of those that are not well; the widget API lists none.
    fn components(&self) -> Vec<Component> {
        let affected: HashMap<String, Condition> =
            self.affected_components.objects().filter_map(|part| Some((part.id()?, part.condition()))).collect();
        let mut components = Vec::new();
        let structure = self.structure.0.iter().flat_map(|structure| structure.items.objects());
        for item in structure {
            let group = item.group.0.as_ref();
            let parts = group.into_iter().flat_map(|group| group.components.objects()).chain(item.component.0.as_ref());
            collect(parts, group, &affected, &mut components);
        }
        components.truncate(MOST_PARTS);
        if components.is_empty() {
            collect(self.components.objects(), None, &affected, &mut components);
        }
        components
    }
}

/// Adds the row of a group, and its components behind it.
fn collect<'a>(
    parts: impl Iterator<Item = &'a Part>,
    group: Option<&Group>,
    affected: &HashMap<String, Condition>,
    components: &mut Vec<Component>,
) {
    let group_name = group.and_then(|group| group.name.name());
    let start = components.len();
    let mut worst = Condition::Unknown;
    for part in parts.filter(|part| !part.hidden.is_true()).take(MOST_PARTS.saturating_sub(start)) {
        let id = part.id();
        let condition = id.as_ref().and_then(|id| affected.get(id)).copied().unwrap_or(Condition::Operational);
        let Some(name) = part.name.text() else { continue };
        worst = worst.worst(condition);
        components.push(Component { id, name, group: group_name.clone(), is_group: false, condition });
    }
    if let (Some(name), Some(group)) = (group_name, group) {
        let row = Component { id: group.id.text(), name, group: None, is_group: true, condition: worst };
        components.insert(start, row);
    }
}

impl Part {
    fn id(&self) -> Option<String> {
        self.component_id.text().or_else(|| self.id.text())
    }

    fn condition(&self) -> Condition {
        let word = self.current_status.word().or_else(|| self.status.word());
        word.map_or(Condition::Unknown, |word| condition(&word))
    }
}

impl Story {
    fn is_planned(&self) -> bool {
        self.kind.word().as_deref() == Some("maintenance")
            || self.status.word().is_some_and(|word| word.starts_with("maintenance"))
    }

    /// Names of what it touches; while it goes on only of what is not well, as far as that is told.
    fn touched(&self, names: &Names, all: bool) -> Vec<String> {
        let name = |part: &Part| {
            let known = || names.get(&part.id()?);
            part.name.text().or_else(known)
        };
        let is_left = |part: &&Part| part.condition() != Condition::Operational;
        let left: Vec<String> = self.affected_components.objects().filter(is_left).filter_map(name).collect();
        if all || left.is_empty() { self.affected_components.objects().filter_map(name).collect() } else { left }
    }

    /// What was said, or the last of it where no more is kept.
    fn updates(&self, phase: Option<Phase>) -> Vec<PostedUpdate> {
        let said: Vec<PostedUpdate> = self.updates.objects().map(Said::update).collect();
        if !said.is_empty() {
            return oldest_first(said, Order::NewestFirst);
        }
        let body = self.last_update_message.text().map(|message| plain(&message));
        let said = body.map(|body| PostedUpdate {
            id: Some(mark(&body)),
            phase,
            at: self.last_update_at.time(),
            body: Some(body),
        });
        said.into_iter().collect()
    }

    /// As bad as it is now, else as bad as it was.
    fn impact(&self) -> Option<Condition> {
        let worst =
            |words: &mut dyn Iterator<Item = Condition>| words.reduce(Condition::worst).filter(|it| it.is_bad());
        let of_word = |word: String| condition(&word);
        let parts = || self.affected_components.objects();
        let impacts = || self.component_impacts.objects();
        worst(&mut self.current_worst_impact.word().map(of_word).into_iter())
            .or_else(|| worst(&mut parts().map(Part::condition)))
            .or_else(|| worst(&mut parts().filter_map(|part| part.status.word().map(of_word))))
            .or_else(|| worst(&mut impacts().filter_map(|impact| impact.status.word().map(of_word))))
    }

    fn incident(&self, names: &Names, page: Option<&str>) -> Option<PostedIncident> {
        let told = self.status.word().as_deref().and_then(phase);
        let updates = self.updates(told);
        let phase = told.or_else(|| updates.iter().rev().find_map(|update| update.phase));
        let phase = phase.unwrap_or(Phase::Investigating);
        let resolving = updates.iter().rev().find(|update| update.phase == Some(Phase::Resolved));
        let ended_at = resolving.and_then(|update| update.at).or_else(|| self.last_update_at.time());
        let last_end = || self.component_impacts.objects().filter_map(|impact| impact.end_at.time()).max();
        let id = self.id.text()?;
        let on_page = || Some(format!("{}/incidents/{id}", page?.trim_end_matches('/')));
        Some(PostedIncident {
            title: self.name.text().unwrap_or_default(),
            impact: self.impact(),
            phase: Some(phase),
            started_at: self
                .published_at
                .time()
                .or_else(|| self.started_at.time())
                .or_else(|| updates.iter().find_map(|update| update.at).filter(|_| !self.updates.items().is_empty())),
            resolved_at: ended_at.or_else(last_end).filter(|_| phase.is_closed()),
            url: self.url.text().or_else(on_page),
            components: self.touched(names, phase.is_closed()),
            regions: Vec::new(),
            updates,
            id,
        })
    }

    fn maintenance(&self, names: &Names, listed: MaintenancePhase) -> Option<PostedMaintenance> {
        let impacts = || self.component_impacts.objects();
        let phase = match self.status.word().as_deref() {
            Some("maintenance_scheduled" | "scheduled") => MaintenancePhase::Scheduled,
            Some("maintenance_in_progress" | "in_progress") => MaintenancePhase::InProgress,
            Some("maintenance_verifying" | "verifying") => MaintenancePhase::Verifying,
            Some("maintenance_complete" | "maintenance_completed" | "completed" | "resolved") => {
                MaintenancePhase::Completed
            }
            Some(_) | None => listed,
        };
        let first = || impacts().filter_map(|impact| impact.start_at.time()).min();
        let last = || impacts().filter_map(|impact| impact.end_at.time()).max();
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.name.text().unwrap_or_default(),
            phase,
            starts_at: self.starts_at.time().or_else(|| self.started_at.time()).or_else(first),
            ends_at: self.ends_at.time().or_else(|| self.scheduled_end_at.time()).or_else(last),
            url: self.url.text(),
            components: self.touched(names, true),
            updates: self.updates(None).into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }
}

impl Said {
    fn update(&self) -> PostedUpdate {
        let tree = || {
            let mut text = String::new();
            self.message.0.as_ref()?.text_node.0.as_ref()?.write(&mut text);
            Some(text)
        };
        PostedUpdate {
            id: self.id.text(),
            phase: self.to_status.word().as_deref().and_then(phase),
            at: self.published_at.time(),
            body: self.message_string.text().map(|message| plain(&message)).or_else(tree),
        }
    }
}

impl Node {
    /// The text below, a paragraph a line. JSON nests 128 deep at most, and so does this.
    fn write(&self, text: &mut String) {
        text.extend(self.text.text());
        self.content.objects().for_each(|node| node.write(text));
        if matches!(self.kind.word().as_deref(), Some("paragraph" | "heading" | "listitem" | "list_item" | "hardbreak"))
        {
            text.push('\n');
        }
    }
}

/// Where an incident stands; `None` keeps the former phase.
fn phase(word: &str) -> Option<Phase> {
    match word {
        "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "monitoring" => Some(Phase::Monitoring),
        "resolved" => Some(Phase::Resolved),
        _ => None,
    }
}

fn condition(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "degraded_performance" => Condition::Degraded,
        "partial_outage" => Condition::PartialOutage,
        "full_outage" | "major_outage" => Condition::MajorOutage,
        "under_maintenance" => Condition::Maintenance,
        other => of_new_word(other),
    }
}
