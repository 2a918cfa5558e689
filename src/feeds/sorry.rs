//! Sorry™: `api/v1/status.json` of a status page, its components and its notices.
//!
//! Survived: an `updated_at` a year old that means nothing (iorad), notices of all the years beside the open ones, and lists
//! under `response` or under a name of their own. A component counts as degraded while any notice names it; how bad it is,
//! nobody is told.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    page: Object<Page>,
    /// Components or notices.
    response: List<Object<Row>>,
    components: List<Object<Row>>,
    notices: List<Object<Row>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    id: Scalar,
    name: Scalar,
    state: Scalar,
}

/// A component or a notice.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    name: Scalar,
    state: Scalar,
    parent_id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    subject: Scalar,
    synopsis: Scalar,
    link: Scalar,
    url: Scalar,
    began_at: Scalar,
    ended_at: Scalar,
    begins_at: Scalar,
    ends_at: Scalar,
    created_at: Scalar,
    components: List<Object<Row>>,
    updates: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    state: Scalar,
    content: Scalar,
    created_at: Scalar,
}

/// Reads the page, its components or its notices, or several of them together.
pub(super) fn parse(texts: &[&str]) -> Result<Observation, ParseError> {
    let documents = texts
        .iter()
        .map(|text| Ok(json::<Object<Document>>(text)?.0.unwrap_or_default()))
        .collect::<Result<Vec<Document>, ParseError>>()?;
    let mut page = None;
    let mut rows = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let told = document.page.0.as_ref().filter(|page| page.state.is_there());
        let lists = [&document.response, &document.components, &document.notices];
        let listed: Vec<&Row> = lists.into_iter().flat_map(List::objects).collect();
        let has_rows = listed.iter().any(|row| row.is_notice() || row.state.is_there());
        // Of a page that was recognised before, an empty list is one.
        let is_list = index > 0 && matches!(document.response, List::Items(_)) && listed.is_empty();
        if told.is_none() && !has_rows && !is_list {
            let reason = "expected `page.state`, or a list `response` of components or notices".to_owned();
            return Err(ParseError { reason });
        }
        page = page.or(told);
        rows.extend(listed);
    }
    let (notices, parts): (Vec<&Row>, Vec<&Row>) = rows.into_iter().partition(|row| row.is_notice());
    let components = read_components(&parts);
    let (planned, unplanned): (Vec<&Row>, Vec<&Row>) = notices.into_iter().partition(|notice| notice.is_planned());
    let incidents: Vec<PostedIncident> = unplanned.into_iter().filter_map(Row::incident).take(MOST_STORIES).collect();
    let maintenances = planned.into_iter().filter_map(Row::maintenance).take(MOST_STORIES).collect();
    let condition = match page.and_then(|page| page.state.word()) {
        Some(word) => headline::of_word(condition_of_word(&word), &components, &incidents),
        None => worst_open(&incidents).worst(headline::of_list(&components)),
    };
    Ok(Observation {
        service: page.and_then(|page| page.name.name()),
        condition,
        components,
        incidents,
        maintenances,
        page: PageId { id: page.and_then(|page| page.id.text()), host: None },
        ..Observation::default()
    })
}

fn read_components(rows: &[&Row]) -> Vec<Component> {
    let names: HashMap<String, String> =
        rows.iter().filter_map(|row| Some((row.id.text()?, row.name.name()?))).collect();
    let parents: HashSet<String> = rows.iter().filter_map(|row| row.parent_id.text()).collect();
    rows.iter()
        .filter_map(|row| {
            let id = row.id.text();
            Some(Component {
                is_group: id.as_ref().is_some_and(|id| parents.contains(id)),
                id,
                name: row.name.text()?,
                group: row.parent_id.text().and_then(|id| names.get(&id).cloned()),
                condition: row.state.word().map_or(Condition::Unknown, |word| condition_of_word(&word)),
            })
        })
        .take(MOST_PARTS)
        .collect()
}

impl Row {
    fn is_notice(&self) -> bool {
        self.subject.is_there() || self.began_at.is_there() || self.begins_at.is_there()
    }

    fn is_planned(&self) -> bool {
        match self.kind.word().as_deref() {
            Some("planned") => true,
            Some("unplanned" | "general") => false,
            _ => matches!(self.state.word().as_deref(), Some("scheduled" | "underway")),
        }
    }

    fn title(&self) -> String {
        self.subject.text().map(|subject| plain(&subject)).unwrap_or_default()
    }

    fn touched(&self) -> Vec<String> {
        self.components.objects().filter_map(|row| row.name.text()).collect()
    }

    fn incident(&self) -> Option<PostedIncident> {
        let updates = self.updates();
        let told = self.state.word().and_then(|word| phase(&word));
        let ended_at = self.ended_at.time();
        let otherwise = if ended_at.is_some() { Phase::Resolved } else { Phase::Investigating };
        let phase = told.or_else(|| updates.iter().rev().find_map(|update| update.phase)).unwrap_or(otherwise);
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title(),
            impact: (self.kind.word().as_deref() == Some("general")).then_some(Condition::Operational),
            phase: Some(phase),
            started_at: self.began_at.time().or_else(|| self.created_at.time()),
            resolved_at: ended_at.or_else(|| updates.last()?.at).filter(|_| phase.is_closed()),
            url: self.link.text().or_else(|| self.url.text()),
            components: self.touched(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title(),
            phase: match self.state.word().as_deref() {
                Some("underway" | "in_progress" | "started") => MaintenancePhase::InProgress,
                Some("complete" | "completed" | "cancelled" | "canceled" | "closed" | "resolved") => {
                    MaintenancePhase::Completed
                }
                _ if self.ended_at.time().is_some() => MaintenancePhase::Completed,
                _ => MaintenancePhase::Scheduled,
            },
            starts_at: self.begins_at.time().or_else(|| self.began_at.time()),
            ends_at: self.ends_at.time().or_else(|| self.ended_at.time()),
            url: self.link.text().or_else(|| self.url.text()),
            components: self.touched(),
            updates: self.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.updates.objects().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: said.state.word().and_then(|word| phase(&word)),
            at: said.created_at.time(),
            body: said.content.text().map(|content| plain(&content)),
        });
        let updates: Vec<PostedUpdate> = updates.collect();
        if !updates.is_empty() {
            return oldest_first(updates, Order::NewestFirst);
        }
        let synopsis = self.synopsis.text().map(|synopsis| PostedUpdate {
            id: None,
            phase: None,
            at: self.began_at.time().or_else(|| self.created_at.time()),
            body: Some(plain(&synopsis)),
        });
        synopsis.into_iter().collect()
    }
}

fn phase(word: &str) -> Option<Phase> {
    match word {
        "investigating" | "open" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "recovering" | "monitoring" => Some(Phase::Monitoring),
        "resolved" | "false_alarm" | "closed" | "complete" | "completed" => Some(Phase::Resolved),
        _ => None,
    }
}

fn condition_of_word(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "partially_degraded" | "degraded" => Condition::Degraded,
        "partial_outage" => Condition::PartialOutage,
        "major_outage" => Condition::MajorOutage,
        "under_maintenance" => Condition::Maintenance,
        other => headline::of_new_word(other),
    }
}
