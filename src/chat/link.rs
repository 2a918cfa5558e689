//! How the way to a platform is, for those who watch over the program itself.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How the way to a platform is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whether the platform hands over what people type now.
    pub is_up: bool,
    /// How often it did so again after it did not, or over a connection made anew, since the start.
    pub reconnects: u64,
    /// How often the platform answered that it was asked too fast, since the start.
    pub rate_limited: u64,
}

impl Link {
    /// A way that cannot break: nothing lies between.
    pub const UNBREAKABLE: Self = Self { is_up: true, reconnects: 0, rate_limited: 0 };
}

/// Where an adapter notes how its way is.
#[derive(Debug, Default)]
pub(super) struct LinkState {
    is_up: AtomicBool,
    reconnects: AtomicU64,
    rate_limited: AtomicU64,
}

impl LinkState {
    /// Whether the way stands now.
    pub(super) fn stands(&self, is_up: bool) {
        self.is_up.store(is_up, Ordering::Relaxed);
    }

    /// The way stands again.
    pub(super) fn came_back(&self) {
        self.stands(true);
        self.reconnects.fetch_add(1, Ordering::Relaxed);
    }

    /// The platform says that it was asked too fast.
    pub(super) fn limited(&self) {
        self.rate_limited.fetch_add(1, Ordering::Relaxed);
    }

    /// How it is.
    pub(super) fn link(&self) -> Link {
        Link {
            is_up: self.is_up.load(Ordering::Relaxed),
            reconnects: self.reconnects.load(Ordering::Relaxed),
            rate_limited: self.rate_limited.load(Ordering::Relaxed),
        }
    }
}
