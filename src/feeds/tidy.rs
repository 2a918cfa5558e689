//! The last step of every reading: texts cleaned, lists bounded and in order, whatever the document held.

use std::{
    cell::Cell,
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use chrono::{DateTime, Datelike, Utc};

use crate::domain::{
    Component, Condition, MaintenancePhase, Observation, PostedIncident, PostedMaintenance, PostedUpdate, clean_block,
    clean_line, web_link,
};

/// The most incidents that are kept: open ones first, then the newest.
pub(super) const MOST_INCIDENTS: usize = 100;
/// The most updates that are kept of one incident, the newest.
pub(super) const MOST_UPDATES: usize = 100;
/// The most components that are kept.
pub(super) const MOST_COMPONENTS: usize = 1_000;
/// The most maintenances that are kept: unfinished ones first.
pub(super) const MOST_MAINTENANCES: usize = 200;
/// The most components, or regions, that are named in one incident.
pub(super) const MOST_NAMES: usize = 200;
/// A document with so many incidents is broken or plays tricks; of them, and of planned work, no more are made.
pub(super) const MOST_STORIES: usize = 1_000;
/// The most components that are made of a document: all of them tell how the whole is, the first are kept.
pub(super) const MOST_PARTS: usize = 2_000;
/// What may be repeated of names in all, in bytes.
const MOST_REPEATED: usize = 512 * 1024;
/// The last year that is meant; what lies beyond is a slip.
const LAST_YEAR: i32 = 2200;
/// The longest title, and id, in characters.
pub(super) const LONGEST_TITLE: usize = 200;
/// The longest name, in characters.
pub(super) const LONGEST_NAME: usize = 120;
/// The longest text of an update, in characters.
pub(super) const LONGEST_BODY: usize = 2_000;

/// Whose updates a document lists first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    OldestFirst,
    NewestFirst,
}

/// Names that stand once in a document and are told of everything that refers to them by their ids. A reference of a few
/// letters may stand for a long name, so all that is told so is bounded.
#[derive(Default)]
pub(super) struct Names {
    by_id: HashMap<String, String>,
    told: Cell<usize>,
}

impl Names {
    /// Of what is listed by id; a component without a name has none.
    pub(super) fn of(components: &[Component]) -> Self {
        components.iter().filter_map(|component| Some((component.id.clone()?, component.name.clone()))).collect()
    }

    /// What an id stands for.
    pub(super) fn get(&self, id: &str) -> Option<String> {
        let name = self.by_id.get(id)?;
        let told = self.told.get() + name.len();
        self.told.set(told);
        (told <= MOST_REPEATED).then(|| name.clone())
    }
}

impl FromIterator<(String, String)> for Names {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(names: I) -> Self {
        Self { by_id: names.into_iter().take(MOST_PARTS).collect(), told: Cell::new(0) }
    }
}

/// Turns updates oldest first. Where two share a time, the document's order decides, turned the right way.
pub(super) fn oldest_first(updates: Vec<PostedUpdate>, usual: Order) -> Vec<PostedUpdate> {
    oldest_first_by(updates, usual, |update| update.at)
}

/// As [`oldest_first`], of whatever has a time.
pub(super) fn oldest_first_by<T>(mut said: Vec<T>, usual: Order, at: impl Fn(&T) -> Option<DateTime<Utc>>) -> Vec<T> {
    let mut times = said.iter().filter_map(&at);
    let order = match (times.next(), times.next_back()) {
        (Some(first), Some(last)) if first > last => Order::NewestFirst,
        (Some(first), Some(last)) if first < last => Order::OldestFirst,
        _ => usual,
    };
    if order == Order::NewestFirst {
        said.reverse();
    }
    sort_by_time(&mut said, at);
    said
}

/// Why a document of the right shape is not to be believed: nothing is alerted or resolved because of it.
pub(super) fn doubt(observation: &Observation) -> Option<String> {
    let count = observation.incidents.len();
    if count >= MOST_STORIES {
        return Some(format!("{count} incidents in one document are not believed"));
    }
    let absurd = times(observation).find(|time| time.year() > LAST_YEAR)?;
    Some(format!("a time in the far future ({}) is not believed", absurd.format("%Y-%m-%d")))
}

/// Every time that a document tells.
pub(in crate::feeds) fn times(observation: &Observation) -> impl Iterator<Item = DateTime<Utc>> {
    let incidents = observation.incidents.iter().flat_map(|incident| {
        let said = incident.updates.iter().filter_map(|update| update.at);
        [incident.started_at, incident.resolved_at].into_iter().flatten().chain(said)
    });
    let maintenances = observation.maintenances.iter().flat_map(|maintenance| {
        let said = maintenance.updates.iter().filter_map(|update| update.at);
        [maintenance.starts_at, maintenance.ends_at].into_iter().flatten().chain(said)
    });
    incidents.chain(maintenances)
}

/// The observation as the rest of the program may rely on it.
pub(super) fn finish(mut observation: Observation) -> Observation {
    observation.service =
        observation.service.map(|name| clean_line(&name, LONGEST_NAME)).filter(|name| !name.is_empty());
    observation.remark =
        observation.remark.map(|text| clean_line(&text, LONGEST_TITLE)).filter(|text| !text.is_empty());
    observation.page.id = finish_id(observation.page.id);
    observation.components = finish_components(observation.components);
    observation.incidents = finish_incidents(observation.incidents);
    observation.maintenances = finish_maintenances(observation.maintenances);
    observation
}

fn finish_components(components: Vec<Component>) -> Vec<Component> {
    components
        .into_iter()
        .map(|component| Component {
            id: finish_id(component.id),
            name: clean_line(&component.name, LONGEST_NAME),
            group: component.group.map(|name| clean_line(&name, LONGEST_NAME)).filter(|name| !name.is_empty()),
            ..component
        })
        .filter(|component| !component.name.is_empty())
        .take(MOST_COMPONENTS)
        .collect()
}

fn finish_incidents(mut incidents: Vec<PostedIncident>) -> Vec<PostedIncident> {
    for incident in &mut incidents {
        incident.id = clean_line(&incident.id, LONGEST_TITLE);
    }
    let mut seen = HashSet::new();
    incidents.retain(|incident| !incident.id.is_empty() && seen.insert(incident.id.clone()));
    let began = |incident: &PostedIncident| {
        incident.started_at.or_else(|| incident.updates.iter().filter_map(|update| update.at).min())
    };
    incidents.sort_by_cached_key(|incident| (incident.is_closed(), Reverse(began(incident))));
    incidents.truncate(MOST_INCIDENTS);
    for incident in &mut incidents {
        incident.title = finish_title(&incident.title, &incident.updates, &incident.id);
        incident.url = incident.url.as_deref().and_then(web_link);
        incident.components = finish_names(std::mem::take(&mut incident.components));
        incident.regions = finish_names(std::mem::take(&mut incident.regions));
        incident.updates = finish_updates(std::mem::take(&mut incident.updates));
        if !incident.is_closed() {
            incident.resolved_at = None;
        }
    }
    incidents.sort_by_cached_key(|incident| Reverse(began(incident)));
    incidents
}

fn finish_maintenances(mut maintenances: Vec<PostedMaintenance>) -> Vec<PostedMaintenance> {
    for maintenance in &mut maintenances {
        maintenance.id = clean_line(&maintenance.id, LONGEST_TITLE);
    }
    let mut seen = HashSet::new();
    maintenances.retain(|maintenance| !maintenance.id.is_empty() && seen.insert(maintenance.id.clone()));
    if maintenances.len() > MOST_MAINTENANCES {
        maintenances.sort_by_key(|maintenance| maintenance.phase == MaintenancePhase::Completed);
        maintenances.truncate(MOST_MAINTENANCES);
    }
    for maintenance in &mut maintenances {
        maintenance.title = finish_title(&maintenance.title, &maintenance.updates, &maintenance.id);
        maintenance.url = maintenance.url.as_deref().and_then(web_link);
        maintenance.components = finish_names(std::mem::take(&mut maintenance.components));
        maintenance.updates = finish_updates(std::mem::take(&mut maintenance.updates));
    }
    maintenances
}

fn finish_updates(mut updates: Vec<PostedUpdate>) -> Vec<PostedUpdate> {
    sort_by_time(&mut updates, |update| update.at);
    let surplus = updates.len().saturating_sub(MOST_UPDATES);
    updates
        .into_iter()
        .skip(surplus)
        .map(|update| PostedUpdate {
            id: finish_id(update.id),
            body: update.body.map(|body| clean_block(&body, LONGEST_BODY)).filter(|body| !body.is_empty()),
            ..update
        })
        .collect()
}

/// Stable; what has no time stays behind what it follows.
fn sort_by_time<T>(said: &mut [T], at: impl Fn(&T) -> Option<DateTime<Utc>>) {
    if said.is_sorted_by_key(&at) {
        return;
    }
    let mut last: Option<DateTime<Utc>> = None;
    said.sort_by_cached_key(|said| {
        last = at(said).or(last);
        last
    });
}

fn finish_title(title: &str, updates: &[PostedUpdate], id: &str) -> String {
    let bodies = updates.iter().filter_map(|update| update.body.as_deref());
    // A story must be called something: its first words, at worst its id.
    std::iter::once(title)
        .chain(bodies)
        .map(|text| clean_line(text, LONGEST_TITLE))
        .find(|line| !line.is_empty())
        .unwrap_or_else(|| id.to_owned())
}

fn finish_names(names: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    names
        .into_iter()
        .map(|name| clean_line(&name, LONGEST_NAME))
        .filter(|name| !name.is_empty() && seen.insert(name.clone()))
        .take(MOST_NAMES)
        .collect()
}

fn finish_id(id: Option<String>) -> Option<String> {
    id.map(|id| clean_line(&id, LONGEST_TITLE)).filter(|id| !id.is_empty())
}

/// Only what concerns these parts: names or ids of components, names of groups, regions. Incidents bound to nothing are
/// kept when their title names a part. `lists_parts`: the format lists every component, so a part that is not listed is
/// unknown rather than fine.
pub(super) fn restrict(mut observation: Observation, parts: &[String], lists_parts: bool) -> Observation {
    let parts: Vec<String> = parts.iter().map(|part| part.trim().to_lowercase()).collect();
    let is_part = |text: &str| parts.contains(&text.to_lowercase());
    let is_named = |component: &Component| is_part(&component.name) || component.id.as_deref().is_some_and(is_part);
    // A part may be a whole group, named by its row's name or id.
    let groups: HashSet<String> = observation
        .components
        .iter()
        .filter(|component| component.is_group && is_named(component))
        .map(|component| component.name.clone())
        .collect();
    observation.components.retain(|component| {
        is_named(component) || component.group.as_deref().is_some_and(|group| is_part(group) || groups.contains(group))
    });
    let kept: HashSet<String> = observation.components.iter().map(|component| component.name.to_lowercase()).collect();
    let touches = |title: &str, components: &[String], regions: &[String]| {
        let named = |text: &str| parts.iter().any(|part| text.to_lowercase().contains(part.as_str()));
        if components.is_empty() && regions.is_empty() {
            return named(title);
        }
        components.iter().any(|name| is_part(name) || kept.contains(&name.to_lowercase()))
            || regions.iter().any(|region| named(region))
    };
    observation.incidents.retain(|incident| touches(&incident.title, &incident.components, &incident.regions));
    observation.maintenances.retain(|maintenance| touches(&maintenance.title, &maintenance.components, &[]));

    let is_known = !lists_parts || !observation.components.is_empty();
    let from_components = of_leaves(&observation.components);
    let quiet = match (observation.components.is_empty(), lists_parts, observation.condition) {
        (false, _, _) => from_components,
        // A document that could not tell about the whole cannot tell about a part.
        (true, true, _) | (true, false, Condition::Unknown) => Condition::Unknown,
        (true, false, _) => Condition::Operational,
    };
    if !is_known {
        observation.remark = Some("the document names none of the parts asked for".to_owned());
    }
    observation.condition = quiet.worst(worst_open(&observation.incidents));
    observation
}

/// What the leaves say of the whole: the worst of them, where maintenance counts only when nothing else is told.
pub(super) fn of_leaves(components: &[Component]) -> Condition {
    let leaves = || components.iter().filter(|component| !component.is_group).map(|component| component.condition);
    match leaves().fold(Condition::Unknown, Condition::worst) {
        Condition::Maintenance if leaves().any(|leaf| leaf == Condition::Operational) => Condition::Operational,
        worst @ (Condition::Operational
        | Condition::Degraded
        | Condition::PartialOutage
        | Condition::MajorOutage
        | Condition::Maintenance
        | Condition::Unknown) => worst,
    }
}

/// An id made from a text, where a format gives none: another text is another thing.
pub(super) fn mark(text: &str) -> String {
    // FNV-1a: the id is stored, so it must not depend on the version of a library.
    let mark = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{mark:016x}")
}

/// The worst impact of the open incidents, an untold one counting as degraded; unknown when none is open that hurts.
pub(super) fn worst_open(incidents: &[PostedIncident]) -> Condition {
    incidents.iter().filter(|incident| !incident.is_closed()).map(hurts).fold(Condition::Unknown, Condition::worst)
}

/// How much an incident hurts: its impact, degraded when nobody tells it, unknown when it is but a notice.
pub(super) fn hurts(incident: &PostedIncident) -> Condition {
    match incident.impact {
        Some(Condition::Operational | Condition::Maintenance) => Condition::Unknown,
        None | Some(Condition::Unknown) => Condition::Degraded,
        Some(impact @ (Condition::Degraded | Condition::PartialOutage | Condition::MajorOutage)) => impact,
    }
}
