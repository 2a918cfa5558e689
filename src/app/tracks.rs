//! The present state of every service, shared between those who watch and those who answer.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Mutex;

use crate::{
    chat::Standing,
    domain::{Incident, Observation, ServiceId, SourceId, Track},
};

/// Names of components kept for one source at most.
const MOST_NAMES: usize = 400;
/// Names of regions kept for one source at most.
const MOST_REGIONS: usize = 100;
/// The longest name that is kept, in characters. Platforms offer no longer ones to choose from (Discord: 100).
const LONGEST_NAME: usize = 100;

/// The present state of every service. Services may come and go while the program runs.
#[derive(Debug, Default)]
pub struct Tracks {
    cells: RwLock<HashMap<ServiceId, Arc<Cell>>>,
}

/// One service's state: changed by one reading at a time, read by anyone at any time.
#[derive(Debug)]
pub struct Cell {
    turn: Mutex<()>,
    current: RwLock<Arc<Track>>,
    /// What each source calls its parts. Only in memory.
    names: RwLock<Vec<(SourceId, Names)>>,
    /// Whether the service is watched no more: what is read of it now is of no use to anybody.
    is_closed: AtomicBool,
}

/// Names, each at the end of a line: as text of their own they would take three times the memory, and hardly anybody asks for
/// them.
#[derive(Debug, Default)]
struct Names {
    /// Of the components that the source wrote last.
    components: Box<str>,
    /// Of the regions that its incidents have named since the program's start.
    regions: Box<str>,
}

/// The right to change one service's state; readings of one service follow each other.
#[derive(Debug)]
pub struct Turn<'a> {
    cell: &'a Cell,
    _turn: tokio::sync::MutexGuard<'a, ()>,
}

impl Tracks {
    /// States of these services: as stored, or new.
    #[must_use]
    pub fn new(services: impl IntoIterator<Item = ServiceId>, stored: Vec<Track>) -> Self {
        let mut stored: HashMap<ServiceId, Track> =
            stored.into_iter().map(|track| (track.service.clone(), track)).collect();
        let cell = |id: ServiceId| {
            let track = stored.remove(&id).unwrap_or_else(|| Track::new(id.clone()));
            (id, Arc::new(Cell::new(track)))
        };
        Self { cells: RwLock::new(services.into_iter().map(cell).collect()) }
    }

    /// Adds a service in this state; one that is there already stays as it is.
    pub fn open(&self, track: Track) {
        let mut cells = self.cells.write().unwrap_or_else(PoisonError::into_inner);
        cells.entry(track.service.clone()).or_insert_with(|| Arc::new(Cell::new(track)));
    }

    /// Takes a service out. When this returns, no reading of it that is under way can change anything any more.
    pub async fn close(&self, service: &ServiceId) {
        let removed = self.cells.write().unwrap_or_else(PoisonError::into_inner).remove(service);
        if let Some(cell) = removed {
            let _turn = cell.turn.lock().await;
            cell.is_closed.store(true, Ordering::SeqCst);
        }
    }

    /// The state of a service, `None` for one that is not watched.
    #[must_use]
    pub fn track(&self, service: &ServiceId) -> Option<Arc<Track>> {
        self.cell(service).map(|cell| cell.track())
    }

    /// The cell of a service, `None` for one that is not watched.
    #[must_use]
    pub fn cell(&self, service: &ServiceId) -> Option<Arc<Cell>> {
        self.cells.read().unwrap_or_else(PoisonError::into_inner).get(service).cloned()
    }

    /// The names of a service's components, as its sources wrote them last; empty while none were read.
    #[must_use]
    pub fn components(&self, service: &ServiceId) -> Arc<[String]> {
        self.cell(service).map_or_else(|| Arc::from([]), |cell| cell.listed(MOST_NAMES, |names| &names.components))
    }

    /// The names of a service's regions, as far as its sources have named them; most feeds name those alone where something is
    /// wrong or was.
    #[must_use]
    pub fn regions(&self, service: &ServiceId) -> Arc<[String]> {
        self.cell(service).map_or_else(|| Arc::from([]), |cell| cell.listed(MOST_REGIONS, |names| &names.regions))
    }

    /// How many services there are, and how many of them are not well: an outage is open.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let is_not_well = |track: &Arc<Track>| track.open_incidents().any(|incident: &Incident| !incident.is_notice());
        let mut all = self.all();
        // How the bot is itself is nothing that it watches for anybody.
        all.retain(|track| !track.service.is_of_bot());
        Standing { watched: all.len(), not_well: all.iter().filter(|track| is_not_well(track)).count() }
    }

    /// Every state.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Track>> {
        self.cells.read().unwrap_or_else(PoisonError::into_inner).values().map(|cell| cell.track()).collect()
    }
}

impl Cell {
    fn new(track: Track) -> Self {
        Self {
            turn: Mutex::new(()),
            current: RwLock::new(Arc::new(track)),
            names: RwLock::default(),
            is_closed: AtomicBool::new(false),
        }
    }

    /// The state as it is.
    #[must_use]
    pub fn track(&self) -> Arc<Track> {
        // The lock is only held to clone or replace a pointer, so a poisoned one still holds a whole track.
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes the names of the components and regions that a source has just written; group rows are none.
    pub fn note_names(&self, source: &SourceId, observation: &Observation) {
        let parts = observation.components.iter().filter(|component| !component.is_group);
        let components = lines(parts.map(|component| component.name.as_str()), MOST_NAMES);
        let told = || observation.incidents.iter().flat_map(|incident| &incident.regions).map(String::as_str);
        let mut sources = self.names.write().unwrap_or_else(PoisonError::into_inner);
        let place = match sources.iter().position(|(id, _)| id == source) {
            Some(place) => place,
            None if components.is_empty() && told().next().is_none() => return,
            None => {
                sources.push((source.clone(), Names::default()));
                sources.len() - 1
            }
        };
        let Some((_, names)) = sources.get_mut(place) else { return };
        if *names.components != *components {
            names.components = components.into();
        }
        if told().any(|region| !names.regions.lines().any(|known| known == region)) {
            names.regions = lines(names.regions.lines().chain(told()), MOST_REGIONS).into();
        }
    }

    /// The first names of one kind that any source gives, each once.
    fn listed(&self, most: usize, of: impl Fn(&Names) -> &str) -> Arc<[String]> {
        let sources = self.names.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = HashSet::new();
        let names = sources.iter().flat_map(|(_, names)| of(names).lines()).filter(|name| known.insert(*name));
        names.take(most).map(str::to_owned).collect()
    }

    /// Waits for the right to change the state; `None` when the service is watched no more.
    pub async fn turn(&self) -> Option<Turn<'_>> {
        let turn = self.turn.lock().await;
        (!self.is_closed.load(Ordering::SeqCst)).then_some(Turn { cell: self, _turn: turn })
    }
}

impl Turn<'_> {
    /// The state as it is.
    #[must_use]
    pub fn track(&self) -> Arc<Track> {
        self.cell.track()
    }

    /// Shows a new state to everyone.
    pub fn publish(&self, track: Arc<Track>) {
        *self.cell.current.write().unwrap_or_else(PoisonError::into_inner) = track;
    }
}

/// The first names that can be chosen, each once and at the end of a line.
fn lines<'a>(names: impl Iterator<Item = &'a str>, most: usize) -> String {
    let mut known = HashSet::new();
    let names = names.filter(|name| is_offered(name) && known.insert(*name));
    names.take(most).fold(String::new(), |lines, name| lines + name + "\n")
}

/// Whether a component or region of this name can be chosen.
fn is_offered(name: &str) -> bool {
    !name.is_empty() && !name.contains(['\n', '\r']) && name.chars().nth(LONGEST_NAME).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Component, Condition, PostedIncident, SourceKind};

    fn observation(names: &[&str]) -> Observation {
        let component = |name: &&str| Component {
            id: None,
            name: (*name).to_owned(),
            group: None,
            is_group: name.starts_with("All "),
            condition: Condition::Operational,
        };
        Observation { components: names.iter().map(component).collect(), ..Observation::default() }
    }

    #[tokio::test]
    async fn a_service_that_is_taken_out_is_counted_no_more_and_what_was_being_read_of_it_changes_nothing() {
        let whatsapp = ServiceId::new("whatsapp").unwrap();
        let tracks = Tracks::new([], Vec::new());
        tracks.open(Track { next_number: 4, ..Track::new(whatsapp.clone()) });
        tracks.open(Track::new(whatsapp.clone()));
        assert_eq!(tracks.standing().watched, 1);
        let cell = tracks.cell(&whatsapp).unwrap();
        assert_eq!(cell.track().next_number, 4);
        assert!(cell.turn().await.is_some());
        tracks.close(&whatsapp).await;
        assert!(cell.turn().await.is_none());
        assert_eq!(tracks.standing().watched, 0);
        assert!(tracks.track(&whatsapp).is_none());
    }

    #[test]
    fn names_of_components_are_those_the_sources_wrote_last_without_groups_and_repetitions() {
        let whatsapp = ServiceId::new("whatsapp").unwrap();
        let tracks = Tracks::new([whatsapp.clone()], Vec::new());
        let cell = tracks.cell(&whatsapp).unwrap();
        let first = SourceId::new(SourceKind::Statuspage, "https://one.example/");
        let second = SourceId::new(SourceKind::Rss, "https://two.example/");
        assert!(tracks.components(&whatsapp).is_empty());
        cell.note_names(&second, &observation(&[]));
        cell.note_names(
            &first,
            &observation(&["Login", "All of it", "API", "Login", "", "Two\nlines", &"x".repeat(101)]),
        );
        assert_eq!(*tracks.components(&whatsapp), ["Login", "API"]);
        cell.note_names(&second, &observation(&["API", "Calls"]));
        assert_eq!(*tracks.components(&whatsapp), ["Login", "API", "Calls"]);
        cell.note_names(&first, &observation(&["API"]));
        assert_eq!(*tracks.components(&whatsapp), ["API", "Calls"]);
        let many: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
        cell.note_names(&first, &observation(&many.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(tracks.components(&whatsapp).len(), MOST_NAMES);
    }

    #[test]
    fn regions_are_those_that_incidents_have_named() {
        let aws = ServiceId::new("aws").unwrap();
        let tracks = Tracks::new([aws.clone()], Vec::new());
        let cell = tracks.cell(&aws).unwrap();
        let source = SourceId::new(SourceKind::Aws, "https://one.example/");
        let naming = |regions: &[&str]| {
            let posted = PostedIncident {
                id: "1".to_owned(),
                title: "Down".to_owned(),
                impact: None,
                phase: None,
                started_at: None,
                resolved_at: None,
                url: None,
                components: Vec::new(),
                regions: regions.iter().map(|region| (*region).to_owned()).collect(),
                updates: Vec::new(),
            };
            Observation { incidents: vec![posted], ..Observation::default() }
        };
        cell.note_names(&source, &observation(&[]));
        assert!(tracks.regions(&aws).is_empty());
        cell.note_names(&source, &naming(&["us-east-1", "eu-west-1", "us-east-1"]));
        cell.note_names(&source, &naming(&["eu-west-1", "ap-south-1"]));
        cell.note_names(&source, &observation(&[]));
        assert_eq!(*tracks.regions(&aws), ["us-east-1", "eu-west-1", "ap-south-1"]);
        let many: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
        cell.note_names(&source, &naming(&many.iter().map(String::as_str).collect::<Vec<_>>()));
        assert_eq!(tracks.regions(&aws).len(), MOST_REGIONS);
    }
}
