//! How things are for one chat, told at the times it chose.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Incident, IncidentId, Phase, Revision, TransitionKind};

/// How things are for a chat, and what has happened since it was told that last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// What happened from then on is told.
    pub since: DateTime<Utc>,
    /// Until then.
    pub until: DateTime<Utc>,
    /// What is not well, the worst first.
    pub open: Part,
    /// What has ended in that time, the last first.
    pub over: Part,
    /// Planned work that goes on.
    pub running: Part,
    /// Planned work within the next days, the first first.
    pub ahead: Part,
}

/// Incidents or planned work of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Those to be listed; not all when there are very many.
    pub listed: Vec<Arc<Incident>>,
    /// How many there are, listed or not.
    pub all: usize,
}

impl Part {
    /// The first of these.
    #[must_use]
    pub fn of(mut incidents: Vec<Arc<Incident>>, most: usize) -> Self {
        let all = incidents.len();
        incidents.truncate(most);
        Self { listed: incidents, all }
    }
}

impl Digest {
    /// Whether all is well, nothing happened and nothing is planned.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.open.all + self.over.all + self.running.all + self.ahead.all == 0
    }

    /// The revision that a digest tells as of this time: the time itself, in seconds.
    #[must_use]
    pub fn revision(at: DateTime<Utc>) -> Revision {
        Revision::try_from(at.timestamp().max(1)).unwrap_or(Revision::MAX)
    }

    /// The time as of which a digest of this revision tells.
    #[must_use]
    pub fn time_of(revision: Revision) -> DateTime<Utc> {
        DateTime::from_timestamp(revision.into(), 0).unwrap_or_default()
    }

    /// The digest as if it were a single incident of which the chat knows nothing: it is told by the same rules, once.
    #[must_use]
    pub fn as_incident(&self, id: IncidentId) -> Incident {
        let worst = |worst: Condition, incident: &Arc<Incident>| worst.worst(incident.impact);
        let impact = self.open.listed.iter().fold(Condition::Operational, worst);
        Incident {
            id,
            service_name: String::new(),
            planned: None,
            title: None,
            impact,
            peak: impact,
            phase: Phase::Investigating,
            started_at: self.until,
            resolved_at: None,
            seen_at: self.until,
            turned_at: self.until,
            components: Vec::new(),
            regions: Vec::new(),
            url: None,
            witnesses: Vec::new(),
            updates: Vec::new(),
            revision: Self::revision(self.until),
            chapter: 1,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: TransitionKind::Updated,
        }
    }
}
