//! Better Stack (Better Uptime): `index.json` of a status page, in JSON:API.
//!
//! Survived: reports without an end that are resolved all the same, relationships that name what is not included, updates in
//! no order, resources that nobody monitors, and big pages whose single monitors flip all the time, so that only the page's
//! own state counts. The banner (`announcement`) is no incident. Seen at Better Stack's own page.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Names, Order, of_leaves, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    data: Object<Entry>,
    included: List<Object<Entry>>,
}

/// Anything of JSON:API: the page, a section, a resource, a report, an update.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    attributes: Object<Attributes>,
    relationships: Object<Relationships>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Attributes {
    // Of the page.
    company_name: Scalar,
    updated_at: Scalar,
    // Of the page and of a report.
    aggregate_state: Scalar,
    // Of a section.
    name: Scalar,
    // Of a resource.
    status_page_section_id: Scalar,
    public_name: Scalar,
    status: Scalar,
    // Of a report.
    title: Scalar,
    report_type: Scalar,
    starts_at: Scalar,
    ends_at: Scalar,
    // Of a report and of an update.
    affected_resources: List<Object<Affected>>,
    // Of an update.
    message: Scalar,
    published_at: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Affected {
    status_page_resource_id: Scalar,
    status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Relationships {
    status_updates: Object<References>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct References {
    data: List<Object<Reference>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reference {
    id: Scalar,
}

/// Something included, by its id.
struct Item {
    id: String,
    kind: String,
    attributes: Attributes,
    updates: Vec<String>,
}

/// Reads `index.json`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    let page = document.data.0.unwrap_or_default();
    if page.kind.word().as_deref() != Some("status_page") {
        return Err(ParseError { reason: "expected `data` of type `status_page`".to_owned() });
    }
    let included = match document.included {
        List::Items(entries) => entries.into_iter().filter_map(|entry| entry.0?.item()).collect(),
        List::Absent => Vec::new(),
        List::Wrong => return Err(ParseError { reason: "`included` is no list".to_owned() }),
    };
    let id = PageId { id: page.id.text(), host: None };
    let page = page.attributes.0.unwrap_or_default();
    let reader = Reader::new(&included, &page);
    let mut incidents = Vec::new();
    let mut maintenances = Vec::new();
    for report in included.iter().filter(|item| item.kind == "status_report").take(MOST_STORIES) {
        if report.attributes.report_type.word().as_deref() == Some("maintenance") {
            maintenances.push(reader.maintenance(report));
        } else {
            incidents.push(reader.incident(report));
        }
    }
    let components = reader.components();
    let condition = match page.aggregate_state.word() {
        // Single monitors are for the page to weigh: it knows how much each of them matters.
        Some(word) => headline::of_word(condition_of_word(&word), &[], &incidents),
        None => of_leaves(&components).worst(worst_open(&incidents)),
    };
    Ok(Observation {
        service: page.company_name.name(),
        condition,
        components,
        incidents,
        maintenances,
        page: id,
        ..Observation::default()
    })
}

impl Entry {
    fn item(self) -> Option<Item> {
        let updates = self.relationships.0.unwrap_or_default().status_updates.0.unwrap_or_default();
        Some(Item {
            id: self.id.text()?,
            kind: self.kind.word()?,
            attributes: self.attributes.0.unwrap_or_default(),
            updates: updates.data.objects().filter_map(|reference| reference.id.text()).collect(),
        })
    }
}

/// What the reports of one page share.
struct Reader<'a> {
    included: &'a [Item],
    resources: HashMap<&'a str, &'a Attributes>,
    names: Names,
    updates: HashMap<&'a str, &'a Attributes>,
    /// When anything on the page was last edited.
    edited_at: Option<DateTime<Utc>>,
}

impl<'a> Reader<'a> {
    fn new(included: &'a [Item], page: &Attributes) -> Self {
        let of_kind = |kind: &str| {
            included.iter().filter(|item| item.kind == kind).map(|item| (item.id.as_str(), &item.attributes)).collect()
        };
        let named = included.iter().filter(|item| item.kind == "status_page_resource");
        let named = named.filter_map(|item| Some((item.id.clone(), item.attributes.public_name.name()?)));
        Self {
            included,
            resources: of_kind("status_page_resource"),
            names: named.collect(),
            updates: of_kind("status_update"),
            edited_at: page.updated_at.time(),
        }
    }

    fn components(&self) -> Vec<Component> {
        let sections = self.included.iter().filter(|item| item.kind == "status_page_section");
        let sections: HashMap<&str, String> =
            sections.filter_map(|item| Some((item.id.as_str(), item.attributes.name.name()?))).collect();
        let resources = self.included.iter().filter(|item| item.kind == "status_page_resource");
        resources
            .filter_map(|item| {
                let section = item.attributes.status_page_section_id.text();
                Some(Component {
                    id: Some(item.id.clone()),
                    name: item.attributes.public_name.text()?,
                    group: section.and_then(|id| sections.get(id.as_str()).cloned()),
                    is_group: false,
                    condition: item
                        .attributes
                        .status
                        .word()
                        .map_or(Condition::Unknown, |word| condition_of_word(&word)),
                })
            })
            .take(MOST_PARTS)
            .collect()
    }

    fn incident(&self, report: &Item) -> PostedIncident {
        let attributes = &report.attributes;
        let updates = self.updates(report);
        let is_over = is_over(attributes);
        let resolving = updates.iter().rev().find(|update| update.phase == Some(Phase::Resolved));
        PostedIncident {
            id: report.id.clone(),
            title: attributes.title.text().map(|title| plain(&title)).unwrap_or_default(),
            impact: self.impact(report, is_over),
            // Reports have no phases but over and not over.
            phase: Some(if is_over { Phase::Resolved } else { Phase::Investigating }),
            started_at: attributes.starts_at.time().or_else(|| updates.first()?.at),
            resolved_at: attributes.ends_at.time().or_else(|| resolving?.at).filter(|_| is_over),
            url: None,
            components: self.touched(attributes, is_over),
            regions: Vec::new(),
            updates,
        }
    }

    fn maintenance(&self, report: &Item) -> PostedMaintenance {
        let attributes = &report.attributes;
        let starts_at = attributes.starts_at.time();
        PostedMaintenance {
            id: report.id.clone(),
            title: attributes.title.text().map(|title| plain(&title)).unwrap_or_default(),
            phase: if is_over(attributes) {
                MaintenancePhase::Completed
            } else if self.is_running(attributes) {
                MaintenancePhase::InProgress
            } else {
                MaintenancePhase::Scheduled
            },
            starts_at,
            ends_at: attributes.ends_at.time(),
            url: None,
            components: self.touched(attributes, true),
            updates: self.updates(report).into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        }
    }

    /// The state of planned work is `maintenance` before and while it runs. While it runs its resources say so, and
    /// whoever touched the page after the planned start did not call it off.
    fn is_running(&self, attributes: &Attributes) -> bool {
        let mut resources = attributes.affected_resources.objects().filter_map(|affected| self.resource(affected));
        let is_felt = resources.any(|resource| resource.status.word().as_deref() == Some("maintenance"));
        is_felt || attributes.starts_at.time().zip(self.edited_at).is_some_and(|(starts_at, at)| starts_at <= at)
    }

    fn resource(&self, affected: &Affected) -> Option<&'a Attributes> {
        self.resources.get(affected.status_page_resource_id.text()?.as_str()).copied()
    }

    /// Names of what a report touches; while it is open, only of what has not recovered.
    fn touched(&self, attributes: &Attributes, all: bool) -> Vec<String> {
        let affected = attributes.affected_resources.objects();
        let left = affected.filter(|affected| all || !is_well(&affected.status));
        left.filter_map(|affected| self.names.get(&affected.status_page_resource_id.text()?)).collect()
    }

    /// How bad it is now by the report's own state, else by its newest update; of what is over, how bad it was.
    fn impact(&self, report: &Item, is_over: bool) -> Option<Condition> {
        let own = report.attributes.aggregate_state.word().map(|word| condition_of_word(&word));
        if let Some(own) = own.filter(|own| own.is_bad()) {
            return Some(own);
        }
        let told = self.updates_of(report).filter_map(|(_, update)| {
            let worst = worst_of(&update.affected_resources);
            worst.is_bad().then(|| (update.published_at.time(), worst))
        });
        let told = if is_over {
            told.map(|(_, worst)| worst).reduce(Condition::worst)
        } else {
            told.max_by_key(|(at, _)| *at).map(|(_, worst)| worst)
        };
        let at_first = Some(worst_of(&report.attributes.affected_resources)).filter(|worst| worst.is_bad());
        told.or(at_first)
    }

    fn updates_of<'b>(&'b self, report: &'b Item) -> impl Iterator<Item = (&'b String, &'b Attributes)> {
        report.updates.iter().filter_map(|id| Some((id, *self.updates.get(id.as_str())?)))
    }

    fn updates(&self, report: &Item) -> Vec<PostedUpdate> {
        let updates = self.updates_of(report).map(|(id, update)| {
            let mut affected = update.affected_resources.objects().peekable();
            let resolves = affected.peek().is_some()
                && affected.all(|affected| affected.status.word().as_deref() == Some("resolved"));
            PostedUpdate {
                id: Some(id.clone()),
                phase: resolves.then_some(Phase::Resolved),
                at: update.published_at.time(),
                body: update.message.text().map(|message| plain(&message)),
            }
        });
        oldest_first(updates.collect(), Order::OldestFirst)
    }
}

/// `ends_at` stays empty on reports that people wrote, also when they are resolved: only the state tells.
fn is_over(report: &Attributes) -> bool {
    match report.aggregate_state.word().as_deref() {
        Some("resolved") => true,
        Some(_) => false,
        None => report.ends_at.time().is_some(),
    }
}

fn is_well(status: &Scalar) -> bool {
    matches!(status.word().as_deref(), Some("resolved" | "operational"))
}

fn worst_of(affected: &List<Object<Affected>>) -> Condition {
    let words = affected.objects().filter_map(|affected| affected.status.word());
    words.map(|word| condition_of_word(&word)).fold(Condition::Unknown, Condition::worst)
}

fn condition_of_word(word: &str) -> Condition {
    match word {
        "operational" | "resolved" => Condition::Operational,
        "degraded" => Condition::Degraded,
        "downtime" => Condition::MajorOutage,
        "maintenance" => Condition::Maintenance,
        "not_monitored" => Condition::Unknown,
        other => headline::of_new_word(other),
    }
}
