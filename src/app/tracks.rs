//! The present state of every service, shared between those who watch and those who answer.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::Mutex;

use crate::domain::{ServiceId, Track};

/// The present state of every service.
#[derive(Debug, Default)]
pub struct Tracks {
    cells: HashMap<ServiceId, Cell>,
}

/// One service's state: changed by one reading at a time, read by anyone at any time.
#[derive(Debug)]
pub struct Cell {
    turn: Mutex<()>,
    current: RwLock<Arc<Track>>,
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
            (id, Cell { turn: Mutex::new(()), current: RwLock::new(Arc::new(track)) })
        };
        Self { cells: services.into_iter().map(cell).collect() }
    }

    /// The state of a service, `None` for one that is not watched.
    #[must_use]
    pub fn track(&self, service: &ServiceId) -> Option<Arc<Track>> {
        self.cells.get(service).map(Cell::track)
    }

    /// The cell of a service, `None` for one that is not watched.
    #[must_use]
    pub fn cell(&self, service: &ServiceId) -> Option<&Cell> {
        self.cells.get(service)
    }

    /// Every state.
    pub fn all(&self) -> impl Iterator<Item = Arc<Track>> {
        self.cells.values().map(Cell::track)
    }
}

impl Cell {
    /// The state as it is.
    #[must_use]
    pub fn track(&self) -> Arc<Track> {
        // The lock is only held to clone or replace a pointer, so a poisoned one still holds a whole track.
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for the right to change the state.
    pub async fn turn(&self) -> Turn<'_> {
        Turn { cell: self, _turn: self.turn.lock().await }
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
