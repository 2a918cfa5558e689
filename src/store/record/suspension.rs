//! Chats that rest.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Suspension, SuspensionState};

/// That a chat rests, or rested.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct SuspensionRecord {
    pub(in crate::store) since: DateTime<Utc>,
    pub(in crate::store) state: SuspensionStateRecord,
    pub(in crate::store) reason: String,
    /// How often the platform said so to a try, and when it last did.
    pub(in crate::store) tries: u32,
    pub(in crate::store) tried_at: DateTime<Utc>,
    /// What began since then the chat was not told of.
    pub(in crate::store) missed_from: DateTime<Utc>,
}

/// How a suspension stands.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::store) enum SuspensionStateRecord {
    Gone,
    Barred,
    Over(DateTime<Utc>),
}

impl SuspensionRecord {
    /// A suspension that begins now.
    pub(in crate::store) const fn new(state: SuspensionStateRecord, reason: String, now: DateTime<Utc>) -> Self {
        Self { since: now, state, reason, tries: 0, tried_at: now, missed_from: now }
    }

    /// Whether the chat rests.
    pub(in crate::store) const fn is_on(&self) -> bool {
        match self.state {
            SuspensionStateRecord::Gone | SuspensionStateRecord::Barred => true,
            SuspensionStateRecord::Over(_) => false,
        }
    }

    pub(in crate::store) fn into_suspension(self) -> Suspension {
        let Self { since, state, reason, .. } = self;
        let state = match state {
            SuspensionStateRecord::Gone => SuspensionState::Gone,
            SuspensionStateRecord::Barred => SuspensionState::Barred,
            SuspensionStateRecord::Over(at) => SuspensionState::Over(at),
        };
        Suspension { since, state, reason }
    }
}
