//! What one source says at one moment, in our words, whatever its format.

use chrono::{DateTime, Utc};

use crate::domain::{Condition, MaintenancePhase, Phase};

/// What one source says at one moment.
///
/// Texts in it are already plain: no markup, no control characters, bounded in length (see `clean_line`, `clean_block`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// The service's name as the source writes it.
    pub service: Option<String>,
    /// The overall condition.
    pub condition: Condition,
    /// Named parts, group rows included.
    pub components: Vec<Component>,
    /// Open incidents and whatever history the document carries, newest first by start.
    pub incidents: Vec<PostedIncident>,
    /// Planned, running and finished work.
    pub maintenances: Vec<PostedMaintenance>,
    /// How long the answer took, for probes.
    pub latency_ms: Option<u32>,
    /// What a probe or a prose page says in short, such as `HTTP 503`; for operators and `/status`.
    pub remark: Option<String>,
}

/// A named part of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The provider's id, where it gives one.
    pub id: Option<String>,
    /// The provider's name for it.
    pub name: String,
    /// The name of the group it stands in.
    pub group: Option<String>,
    /// A row that only repeats its children: listed, never counted.
    pub is_group: bool,
    /// How well it is.
    pub condition: Condition,
}

/// An incident as a source posts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedIncident {
    /// The provider's id for it, stable over edits.
    pub id: String,
    /// The provider's title.
    pub title: String,
    /// How bad the provider calls it; `None` where neither the document nor the format tells.
    pub impact: Option<Condition>,
    /// Where it stands; `None` where nothing tells.
    pub phase: Option<Phase>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over; never set while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
    /// The page that tells about it, http or https.
    pub url: Option<String>,
    /// Names of the components it touches now.
    pub components: Vec<String>,
    /// Regions it touches.
    pub regions: Vec<String>,
    /// What has been said about it, oldest first.
    pub updates: Vec<PostedUpdate>,
}

impl PostedIncident {
    /// Whether the provider calls it over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match self.phase {
            Some(phase) => phase.is_closed(),
            None => self.resolved_at.is_some(),
        }
    }
}

/// One thing said about an incident or maintenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedUpdate {
    /// The provider's id, where it gives one.
    pub id: Option<String>,
    /// The phase it announced; `None` keeps the former one.
    pub phase: Option<Phase>,
    /// When people could read it.
    pub at: Option<DateTime<Utc>>,
    /// What it says, plain text; `None` or empty where only the phase was told.
    pub body: Option<String>,
}

/// Planned work as a source posts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedMaintenance {
    /// The provider's id for it.
    pub id: String,
    /// The provider's title.
    pub title: String,
    /// Where it stands.
    pub phase: MaintenancePhase,
    /// When it is planned to begin.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it is planned to end.
    pub ends_at: Option<DateTime<Utc>>,
    /// The page that tells about it, http or https.
    pub url: Option<String>,
    /// Names of the components it touches.
    pub components: Vec<String>,
    /// What has been said about it, oldest first; phases of updates are left out.
    pub updates: Vec<PostedUpdate>,
}

/// What reading a source once gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The source was read.
    Fresh(Observation),
    /// The source says that nothing changed since it was last read (HTTP 304, or the same bytes).
    Unchanged,
    /// It could not be read, or what it answered is no status document; the reason is for operators.
    Unreadable {
        /// What was wrong, in a few words.
        reason: String,
    },
}

/// What detection would like to know when a source is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The provider's ids of incidents and maintenances still open here: when the current document lacks one,
    /// the feed looks it up in its history.
    pub open: Vec<String>,
    /// The source has not been read for a while: look into the history even when nothing is missing.
    pub catch_up: bool,
}
