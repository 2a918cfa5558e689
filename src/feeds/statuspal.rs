//! `StatusPal`: the summary of a status page.
//!
//! Survived: times without a zone that mean UTC whatever `time_zone` says (Exoscale), a second overall word that contradicts
//! the first (Exoscale), parents that repeat the state of their children, planned work without an end, and notices without a
//! type, which are no incidents.

use serde::{Deserialize, Deserializer};

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, PageId, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate,
    },
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Names, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    status_page: Object<Page>,
    services: List<Object<Service>>,
    incidents: List<Object<Story>>,
    maintenances: List<Object<Story>>,
    upcoming_maintenances: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Page {
    name: Scalar,
    subdomain: Scalar,
    current_incident_type: Word,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Service {
    id: Scalar,
    name: Scalar,
    children: List<Object<Service>>,
    current_incident_type: Word,
}

/// An incident, or planned work.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    title: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    starts_at: Scalar,
    ends_at: Scalar,
    service_ids: List<Scalar>,
    url: Scalar,
    updates: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    description: Scalar,
    description_html: Scalar,
    posted_at: Scalar,
    inserted_at: Scalar,
}

/// What is going on with something. Null means that nothing is; that the key is missing means nothing at all.
#[derive(Default)]
struct Word(Option<Scalar>);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Scalar::deserialize(deserializer).map(|scalar| Self(Some(scalar)))
    }
}

/// Reads the summary.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    let page = document.status_page.0.filter(|page| page.subdomain.is_there() || page.name.is_there());
    let Some(page) = page else {
        return Err(ParseError { reason: "expected `status_page` with `subdomain`".to_owned() });
    };
    // The older, shorter answer has the page's word and no services.
    let is_short = page.subdomain.is_there() && page.current_incident_type.0.is_some();
    let has_services = match document.services {
        List::Items(_) => true,
        List::Absent => is_short,
        List::Wrong => false,
    };
    for (name, is_wrong) in [
        ("services", !has_services),
        ("incidents", matches!(document.incidents, List::Wrong)),
        ("maintenances", matches!(document.maintenances, List::Wrong)),
        ("upcoming_maintenances", matches!(document.upcoming_maintenances, List::Wrong)),
    ] {
        if is_wrong {
            return Err(ParseError { reason: format!("expected a list `{name}`") });
        }
    }
    let mut components = Vec::new();
    collect(&document.services, None, &mut components);
    let names = Names::of(&components);
    let (planned, unplanned): (Vec<&Story>, Vec<&Story>) =
        document.incidents.objects().partition(|story| condition_of(&story.kind) == Some(Condition::Maintenance));
    let incidents: Vec<PostedIncident> =
        unplanned.into_iter().filter_map(|story| story.incident(&names)).take(MOST_STORIES).collect();
    let running = planned.into_iter().chain(document.maintenances.objects());
    let running = running.filter_map(|story| story.maintenance(MaintenancePhase::InProgress, &names));
    let ahead = document.upcoming_maintenances.objects();
    let ahead = ahead.filter_map(|story| story.maintenance(MaintenancePhase::Scheduled, &names));
    let maintenances = running.chain(ahead).take(MOST_STORIES).collect();
    let condition = match page.current_incident_type.condition() {
        Some(own) => headline::of_word(own, &components, &incidents),
        None => worst_open(&incidents).worst(headline::of_list(&components)),
    };
    Ok(Observation {
        service: page.name.name(),
        condition,
        components,
        incidents,
        maintenances,
        page: PageId { id: page.subdomain.text(), host: None },
        ..Observation::default()
    })
}

/// Services in the document's order, children behind their parent. JSON nests 128 deep at most, and so does this.
fn collect(services: &List<Object<Service>>, parent: Option<&str>, components: &mut Vec<Component>) {
    for service in services.objects() {
        let Some(name) = service.name.name() else { continue };
        if components.len() >= MOST_PARTS {
            return;
        }
        components.push(Component {
            id: service.id.text(),
            name: name.clone(),
            group: parent.map(str::to_owned),
            is_group: service.children.objects().any(|child| child.name.is_there()),
            condition: service.current_incident_type.condition().unwrap_or_default(),
        });
        collect(&service.children, Some(&name), components);
    }
}

impl Word {
    fn condition(&self) -> Option<Condition> {
        let scalar = self.0.as_ref()?;
        Some(condition_of(scalar).unwrap_or(Condition::Operational))
    }
}

impl Story {
    fn incident(&self, names: &Names) -> Option<PostedIncident> {
        let updates = self.updates();
        let told = updates.iter().rev().find_map(|update| update.phase).unwrap_or(Phase::Investigating);
        let ended_at = self.ends_at.time();
        let is_over = ended_at.is_some() || told.is_closed();
        Some(PostedIncident {
            id: self.id.text()?,
            title: self.title(),
            impact: condition_of(&self.kind).map(headline::impact),
            phase: Some(if is_over { Phase::Resolved } else { told }),
            started_at: self.starts_at.time().or_else(|| updates.first()?.at),
            resolved_at: ended_at.or_else(|| updates.last()?.at).filter(|_| is_over),
            url: self.url.text(),
            components: self.touched(names),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self, usual: MaintenancePhase, names: &Names) -> Option<PostedMaintenance> {
        let updates = self.updates();
        let is_over = updates.last().is_some_and(|update| update.phase == Some(Phase::Resolved));
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.title(),
            phase: if is_over { MaintenancePhase::Completed } else { usual },
            starts_at: self.starts_at.time(),
            ends_at: self.ends_at.time(),
            url: self.url.text(),
            components: self.touched(names),
            updates: updates.into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }

    fn title(&self) -> String {
        self.title.text().map(|title| plain(&title)).unwrap_or_default()
    }

    fn touched(&self, names: &Names) -> Vec<String> {
        let ids = self.service_ids.items().iter().filter_map(Scalar::text);
        ids.filter_map(|id| names.get(&id)).collect()
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.updates.objects().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: match said.kind.word().as_deref() {
                Some("issue") => Some(Phase::Investigating),
                Some("monitoring") => Some(Phase::Monitoring),
                Some("resolved" | "completed" | "retroactive") => Some(Phase::Resolved),
                _ => None,
            },
            at: said.posted_at.time().or_else(|| said.inserted_at.time()),
            body: said.description.text().or_else(|| said.description_html.text()).map(|body| plain(&body)),
        });
        oldest_first(updates.collect(), Order::NewestFirst)
    }
}

/// What a type of incident says; `None` where none is told.
fn condition_of(kind: &Scalar) -> Option<Condition> {
    Some(match kind.word()?.as_str() {
        "info" => Condition::Operational,
        "performance" | "minor" => Condition::Degraded,
        "major" => Condition::MajorOutage,
        "scheduled" | "emergency_maintenance" | "maintenance" => Condition::Maintenance,
        other => headline::of_new_word(other),
    })
}
