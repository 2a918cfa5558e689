//! Trouble that a test makes.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use super::route::Route;

/// What happens to a request instead of, or beside, what should.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing is done, and the answer is this status with a page that is no JSON.
    Status(u16),
    /// Nothing is done, and the connection is cut.
    Cut,
    /// Nothing is done, and no answer ever comes.
    Hang,
    /// It is done, and the connection is cut before the answer.
    LoseAnswer,
    /// It is done, and the answer comes when the gate has a permit.
    Behind(Arc<Semaphore>),
    /// Everybody has to wait so long.
    AllWait(Duration),
    /// This route has to wait so long.
    RouteWaits(Duration),
    /// As [`Fault::RouteWaits`], for a limit that others used up.
    SharedWait(Duration),
}

/// Which requests have the trouble.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    All,
    Route(Route),
    /// A route in one channel.
    At(Route, u64),
}

impl Which {
    fn is(self, place: (Route, u64)) -> bool {
        match self {
            Self::All => true,
            Self::Route(route) => route == place.0,
            Self::At(route, channel) => (route, channel) == place,
        }
    }
}

/// Trouble that is on.
#[derive(Default)]
pub struct Faults {
    scripted: Vec<Scripted>,
    last: u64,
    /// How many requests ran into trouble, by channel.
    met: HashMap<u64, usize>,
}

struct Scripted {
    number: u64,
    which: Which,
    fault: Fault,
    /// How many requests it is still for; `None` is until it is taken away.
    left: Option<usize>,
}

impl Faults {
    /// Gives the number by which it can be taken away.
    pub fn add(&mut self, which: Which, fault: Fault, left: Option<usize>) -> u64 {
        self.last += 1;
        self.scripted.push(Scripted { number: self.last, which, fault, left });
        self.last
    }

    pub fn remove(&mut self, number: u64) {
        self.scripted.retain(|one| one.number != number);
    }

    /// The trouble that a request runs into.
    pub fn pick(&mut self, place: (Route, u64)) -> Option<Fault> {
        let found = self.scripted.iter_mut().find(|one| one.left != Some(0) && one.which.is(place))?;
        if let Some(left) = &mut found.left {
            *left -= 1;
        }
        *self.met.entry(place.1).or_default() += 1;
        Some(found.fault.clone())
    }

    /// How many requests about one channel ran into trouble so far.
    pub fn met(&self, channel: u64) -> usize {
        self.met.get(&channel).copied().unwrap_or_default()
    }

    /// Whether every trouble for a number of requests has happened.
    pub fn are_over(&self) -> bool {
        self.scripted.iter().all(|one| one.left == Some(0))
    }
}
