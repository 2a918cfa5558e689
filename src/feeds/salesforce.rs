//! Salesforce Trust: instances with their incidents, one product with its instances, and the bare list of incidents.
//!
//! Survived: 1,500 instances in one document, of which many are inactive or sandboxes (both are left out), the same
//! incident under each instance it touches, incidents without a title or an event, messages that are objects of nulls,
//! types in camel case, and status words that nobody has listed.

use std::collections::HashMap;

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
    },
    feeds::{
        ParseError, document,
        headline::{of_list, of_new_word},
        prose::plain,
        tidy::{MOST_PARTS, MOST_STORIES, Order, oldest_first, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

/// The page for people about one incident.
const PAGE: &str = "https://status.salesforce.com/incidents/";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Scalar,
    key: Scalar,
    location: Scalar,
    environment: Scalar,
    status: Scalar,
    #[serde(rename = "isActive")]
    is_active: Scalar,
    #[serde(rename = "Incidents")]
    incidents: List<Object<Story>>,
    #[serde(rename = "Maintenances")]
    maintenances: List<Object<Work>>,
    /// Of a product.
    #[serde(rename = "Instances")]
    instances: List<Object<Entry>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Story {
    id: Scalar,
    is_core: Scalar,
    created_at: Scalar,
    additional_information: Scalar,
    #[serde(rename = "IncidentImpacts")]
    impacts: List<Object<Impact>>,
    #[serde(rename = "IncidentEvents")]
    events: List<Object<Event>>,
    instance_keys: List<Scalar>,
    service_keys: List<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Work {
    id: Scalar,
    name: Scalar,
    planned_start_time: Scalar,
    planned_end_time: Scalar,
    #[serde(rename = "MaintenanceImpacts")]
    impacts: List<Object<Impact>>,
    #[serde(rename = "MaintenanceEvents")]
    events: List<Object<Event>>,
    instance_keys: List<Scalar>,
    service_keys: List<Scalar>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Impact {
    start_time: Scalar,
    end_time: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    severity: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Event {
    id: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    message: Scalar,
    created_at: Scalar,
}

/// Reads `instances/status` or `instances`, `products/<key>`, or `incidents/active`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let is_instance = |entry: &Entry| entry.key.is_there() && entry.environment.is_there();
    if document::json_text(text)?.starts_with('{') {
        let product = json::<Object<Entry>>(text)?.0.unwrap_or_default();
        let is_product = matches!(product.instances, List::Items(_));
        return if is_instance(&product) && !is_product {
            Ok(read_instances(&[&product]))
        } else if is_product {
            Ok(read_instances(&product.instances.objects().collect::<Vec<_>>()))
        } else if product.id.is_there() {
            // One incident, or one maintenance, by itself.
            drop(product);
            read_stories(text)
        } else {
            Err(ParseError { reason: "expected an instance, or a product with `Instances`".to_owned() })
        };
    }
    let entries = json::<List<Object<Entry>>>(text)?;
    if entries.objects().any(is_instance) {
        return Ok(read_instances(&entries.objects().collect::<Vec<_>>()));
    }
    drop(entries);
    read_stories(text)
}

/// Incidents, or planned work, which has other keys, one after the other: they need not be in memory together. They do not
/// speak of what is well.
fn read_stories(text: &str) -> Result<Observation, ParseError> {
    let (stories, is_empty) = each::<Story>(text)?;
    let is_incident = |story: &&Story| matches!(story.impacts, List::Items(_));
    let are_incidents = stories.objects().any(|story| is_incident(&story));
    let incidents = stories.objects().filter(is_incident).filter_map(|story| story.incident(None));
    let incidents: Vec<PostedIncident> = incidents.take(MOST_STORIES).collect();
    drop(stories);
    let (works, _) = each::<Work>(text)?;
    let is_work = |work: &&Work| matches!(work.impacts, List::Items(_)) || work.planned_start_time.is_there();
    if !is_empty && !are_incidents && !works.objects().any(|work| is_work(&work)) {
        let reason = "expected instances with `key` and `environment`, or incidents with `IncidentImpacts`";
        return Err(ParseError { reason: reason.to_owned() });
    }
    let maintenances = works.objects().filter(is_work).filter_map(|work| work.maintenance(None));
    let maintenances = maintenances.take(MOST_STORIES).collect();
    Ok(Observation { condition: worst_open(&incidents), incidents, maintenances, ..Observation::default() })
}

/// The rows of a list, or the one by itself, and whether there are none.
fn each<T: DeserializeOwned + Default>(text: &str) -> Result<(List<Object<T>>, bool), ParseError> {
    let rows = if text.starts_with('{') {
        List::Items(vec![json::<Object<T>>(text)?])
    } else {
        json::<List<Object<T>>>(text)?
    };
    let is_empty = rows.items().is_empty();
    Ok((rows, is_empty))
}

fn read_instances(instances: &[&Entry]) -> Observation {
    // Who asks for sandboxes alone wants to hear of them.
    let are_sandboxes = instances.iter().all(|instance| instance.is_sandbox());
    let counts = |instance: &&&Entry| instance.is_on() && (are_sandboxes || !instance.is_sandbox());
    let mut components = Vec::new();
    let mut incidents: Vec<PostedIncident> = Vec::new();
    let mut maintenances: Vec<PostedMaintenance> = Vec::new();
    // The same story stands under each instance it touches.
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut planned: HashMap<String, usize> = HashMap::new();
    for instance in instances.iter().filter(counts) {
        let Some(key) = instance.key.name() else { continue };
        for incident in instance.incidents.objects().filter_map(|story| story.incident(Some(&key))) {
            match known.get(&incident.id).and_then(|index| incidents.get_mut(*index)) {
                Some(same) => same.components.push(key.clone()),
                None if known.len() >= MOST_STORIES => {}
                None => {
                    known.insert(incident.id.clone(), incidents.len());
                    incidents.push(incident);
                }
            }
        }
        for work in instance.maintenances.objects().filter_map(|work| work.maintenance(Some(&key))) {
            match planned.get(&work.id).and_then(|index| maintenances.get_mut(*index)) {
                Some(same) => same.components.push(key.clone()),
                None if planned.len() >= MOST_STORIES => {}
                None => {
                    planned.insert(work.id.clone(), maintenances.len());
                    maintenances.push(work);
                }
            }
        }
        if components.len() >= MOST_PARTS {
            continue;
        }
        components.push(Component {
            id: Some(key.clone()),
            name: key,
            group: instance.location.text(),
            is_group: false,
            condition: instance.status.word().map_or(Condition::Unknown, |word| condition(&word)),
        });
    }
    let open = worst_open(&incidents);
    let condition = if open.is_bad() { open } else { of_list(&components) };
    Observation { condition, components, incidents, maintenances, ..Observation::default() }
}

impl Entry {
    fn is_on(&self) -> bool {
        !self.is_active.is_off()
    }

    /// Somebody's playground.
    fn is_sandbox(&self) -> bool {
        self.environment.word().as_deref() == Some("sandbox")
    }
}

fn condition(word: &str) -> Condition {
    match word {
        "ok" => Condition::Operational,
        "minor_incident_core" | "minor_incident_noncore" => Condition::Degraded,
        "major_incident_noncore" => Condition::PartialOutage,
        "major_incident_core" => Condition::MajorOutage,
        "maintenance_core" | "maintenance_noncore" => Condition::Maintenance,
        other => of_new_word(other),
    }
}

impl Story {
    /// `instance`: under which it stands.
    fn incident(&self, instance: Option<&str>) -> Option<PostedIncident> {
        let impacts = || self.impacts.objects();
        let open = || impacts().filter(|impact| impact.end_time.time().is_none());
        // Without a single impact nothing tells whether it goes on.
        let phase = if impacts().next().is_none() {
            self.events.objects().filter_map(Event::phase).next_back()
        } else if open().next().is_none() {
            Some(Phase::Resolved)
        } else {
            let told = self.updates().iter().rev().find_map(|update| update.phase);
            Some(told.filter(|phase| !phase.is_closed()).unwrap_or(Phase::Investigating))
        };
        let is_open = phase.is_some_and(|phase| !phase.is_closed());
        let weighed = |impact: &Impact| self.weigh(impact);
        let impact = if is_open { open().filter_map(weighed).reduce(Condition::worst) } else { None };
        let impact = impact.or_else(|| impacts().filter_map(weighed).reduce(Condition::worst));
        let start = impacts().filter_map(|impact| impact.start_time.time()).min();
        let end = impacts().filter_map(|impact| impact.end_time.time()).max();
        let id = self.id.text()?;
        let instances: Vec<String> = self.instance_keys.items().iter().filter_map(Scalar::text).collect();
        let listed = instances.is_empty().then(|| instance.map(str::to_owned)).flatten();
        Some(PostedIncident {
            title: self.title(open().chain(impacts()).find_map(|impact| impact.kind.text())),
            impact,
            phase,
            started_at: start.or_else(|| self.created_at.time()),
            resolved_at: end.filter(|_| !is_open),
            url: Some(format!("{PAGE}{id}")),
            id,
            components: instances.into_iter().chain(listed).collect(),
            regions: Vec::new(),
            updates: self.updates(),
        })
    }

    fn weigh(&self, impact: &Impact) -> Option<Condition> {
        let is_core = !self.is_core.is_there() || self.is_core.is_true();
        match (impact.severity.word()?.as_str(), is_core) {
            ("major", true) => Some(Condition::MajorOutage),
            ("major", false) => Some(Condition::PartialOutage),
            ("minor", _) => Some(Condition::Degraded),
            (other, _) => Some(of_new_word(other)).filter(|condition| condition.is_bad()),
        }
    }

    /// They have no titles, so it is made of the kind of impact and the services: `performance degradation (core service)`.
    fn title(&self, kind: Option<String>) -> String {
        let services: Vec<String> =
            self.service_keys.items().iter().filter_map(Scalar::text).map(|key| in_words(&key)).collect();
        let kind = kind.map(|kind| in_words(&kind));
        let title = match (kind, services.is_empty()) {
            (Some(kind), true) => kind,
            (Some(kind), false) => format!("{kind} ({})", services.join(", ")),
            (None, _) => services.join(", "),
        };
        let mut letters = title.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let mut updates: Vec<PostedUpdate> = self.events.objects().map(Event::update).collect();
        if let (true, Some(words)) = (updates.is_empty(), self.additional_information.text()) {
            updates.push(PostedUpdate { id: None, phase: None, at: self.created_at.time(), body: Some(plain(&words)) });
        }
        oldest_first(updates, Order::OldestFirst)
    }
}

impl Event {
    fn phase(&self) -> Option<Phase> {
        let word = self.kind.word()?;
        let has = |stem: &str| word.contains(stem);
        if has("resol") || has("closed") || has("complet") {
            Some(Phase::Resolved)
        } else if has("identif") {
            Some(Phase::Identified)
        } else if has("monitor") || has("mitigat") {
            Some(Phase::Monitoring)
        } else if has("investigat") {
            Some(Phase::Investigating)
        } else {
            None
        }
    }

    fn update(&self) -> PostedUpdate {
        PostedUpdate {
            id: self.id.text(),
            phase: self.phase(),
            at: self.created_at.time(),
            body: self.message.text().map(|message| plain(&message)),
        }
    }
}

impl Work {
    /// `instance`: under which it stands.
    fn maintenance(&self, instance: Option<&str>) -> Option<PostedMaintenance> {
        let words: Vec<String> = self.events.objects().filter_map(|event| event.kind.word()).collect();
        let says = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.contains(stem)));
        let phase = if says(&["complet", "cancel", "closed"]) {
            MaintenancePhase::Completed
        } else if says(&["started", "progress", "begun", "ongoing"]) {
            MaintenancePhase::InProgress
        } else {
            MaintenancePhase::Scheduled
        };
        let impacts = || self.impacts.objects();
        let instances: Vec<String> = self.instance_keys.items().iter().filter_map(Scalar::text).collect();
        let services = || self.service_keys.items().iter().filter_map(Scalar::text).map(|key| in_words(&key));
        Some(PostedMaintenance {
            id: self.id.text()?,
            title: self.name.text().unwrap_or_else(|| services().collect::<Vec<_>>().join(", ")),
            phase,
            starts_at: self
                .planned_start_time
                .time()
                .or_else(|| impacts().filter_map(|impact| impact.start_time.time()).min()),
            ends_at: self
                .planned_end_time
                .time()
                .or_else(|| impacts().filter_map(|impact| impact.end_time.time()).max()),
            url: None,
            components: if instances.is_empty() {
                instance.map(str::to_owned).into_iter().collect()
            } else {
                instances
            },
            updates: oldest_first(
                self.events.objects().map(|event| PostedUpdate { phase: None, ..event.update() }).collect(),
                Order::OldestFirst,
            ),
        })
    }
}

/// `performanceDegradation` in words.
fn in_words(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 8);
    let mut after_small = false;
    for letter in key.chars() {
        if matches!(letter, '_' | '-') {
            words.push(' ');
        } else {
            if letter.is_uppercase() && after_small {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase() || letter.is_ascii_digit();
    }
    words
}
