//! What detection remembers about one service.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Incident, IncidentId, PageId, ServiceId, SourceId};

/// What detection remembers about one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Which service.
    pub service: ServiceId,
    /// What is remembered of each source; a source that was never read has no entry. Shared between the states of a
    /// service that follow each other, of which a reading changes one.
    pub sources: BTreeMap<SourceId, Arc<SourceTrack>>,
    /// Incidents and maintenances that are open, and those closed recently enough that they may come back or be
    /// named again by a feed. Oldest first by number.
    pub incidents: Vec<Incident>,
    /// The number of the service's next incident.
    pub next_number: u32,
}

/// What detection remembers about one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTrack {
    /// When it was last read well; `None`: never, so the next good reading is a baseline.
    pub last_good: Option<DateTime<Utc>>,
    /// When it was last tried, well or not.
    pub last_tried: Option<DateTime<Utc>>,
    /// Why it cannot be read now; `None` while it can.
    pub unreadable: Option<String>,
    /// Its overall condition at the last good reading.
    pub condition: Condition,
    /// Components that were not operational at the last good reading, with their conditions; group rows left out, bounded.
    pub not_well: Vec<(String, Condition)>,
    /// The overall condition that needs no telling: what was there at the baseline, or what a posted incident explains.
    /// It follows the condition down at once and up only while a posted incident is open. `operational` once the source
    /// was well.
    pub accepted: Condition,
    /// Names of components whose bad condition needs no telling, for the same reasons.
    pub accepted_parts: Vec<String>,
    /// For patient sources: tries in a row that ended other than the present verdict.
    pub streak: u32,
    /// For patient sources: the time of the first of these tries; `None` when there are none.
    pub streak_since: Option<DateTime<Utc>>,
    /// How long the last answer took.
    pub latency_ms: Option<u32>,
    /// What the source said in short, such as `HTTP 503`.
    pub remark: Option<String>,
    /// The page that has been read here; empty until one was.
    pub page: PageId,
    /// Another page answers here now and is not believed yet.
    pub moved: Option<PageMove>,
    /// What it has posted that stands in the history and no longer in the track, so that nothing is kept there twice and what
    /// comes back is found; the newest last, bounded.
    pub filed: Arc<[Filed]>,
}

/// An incident of the history, as a source's documents name it: by marks (hashes), which are short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The mark of the provider's id.
    pub id: u32,
    /// The mark of its title and the day it began: other pages name the same story so.
    pub story: u32,
    /// The mark of all that was said of it when it was last read; 0 while it was not read since it left the track.
    pub words: u32,
    /// Our own number for it.
    pub number: u32,
}

/// Another page in the place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageMove {
    /// Which.
    pub to: PageId,
    /// When it was first seen here.
    pub since: DateTime<Utc>,
}

impl Track {
    /// A track of a service nobody has looked at.
    #[must_use]
    pub const fn new(service: ServiceId) -> Self {
        Self { service, sources: BTreeMap::new(), incidents: Vec::new(), next_number: 1 }
    }

    /// What is remembered of this source; `None` when it was never read.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<&SourceTrack> {
        self.sources.get(id).map(Arc::as_ref)
    }

    /// The incident with this id, open or recent.
    #[must_use]
    pub fn incident(&self, id: &IncidentId) -> Option<&Incident> {
        self.incidents.iter().find(|incident| incident.id == *id)
    }

    /// Takes an incident of the history back, in order of its number. Does nothing when it is there.
    pub fn recall(&mut self, incident: Incident) {
        let place = self.incidents.partition_point(|known| known.id.number < incident.id.number);
        if self.incidents.get(place).is_none_or(|known| known.id != incident.id) {
            self.incidents.insert(place, incident);
        }
    }

    /// Outages going on, the newest first.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().rev().filter(|incident| incident.is_open() && incident.planned.is_none())
    }

    /// Maintenance ahead or going on, the newest first.
    pub fn open_maintenances(&self) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().rev().filter(|incident| incident.is_open() && incident.planned.is_some())
    }

    /// When any source was last read well.
    #[must_use]
    pub fn last_good(&self) -> Option<DateTime<Utc>> {
        self.sources.values().filter_map(|source| source.last_good).max()
    }
}
