//! Incidents and maintenances as detection keeps them.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Role, ServiceId, Severity, SourceId, Voices};

/// Counts the transitions of one incident, from 1.
pub type Revision = u32;

/// Our own name for an incident or maintenance: `whatsapp-3`, the service's third.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId {
    /// Whose it is.
    pub service: ServiceId,
    /// Counts the service's incidents from 1.
    pub number: u32,
}

impl IncidentId {
    /// The id in a text such as `whatsapp-3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (service, number) = text.rsplit_once('-')?;
        Some(Self { service: ServiceId::stored(service)?, number: number.parse().ok()? })
    }

    /// What a chat's storm is called where an incident has its id: outages that are told together are no single service's.
    /// Each chat counts its own.
    #[must_use]
    pub fn of_storm(number: u32) -> Self {
        Self { service: ServiceId::of_storms(), number }
    }

    /// What a chat's digest is called where an incident has its id. Each chat counts its own.
    #[must_use]
    pub fn of_digest(number: u32) -> Self {
        Self { service: ServiceId::of_digests(), number }
    }

    /// Whether it stands for a digest.
    #[must_use]
    pub fn is_digest(&self) -> bool {
        self.service.is_of_digests()
    }

    /// Whether it stands for a storm.
    #[must_use]
    pub fn is_storm(&self) -> bool {
        self.service.is_of_storms()
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.service, self.number)
    }
}

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Somebody is looking.
    Investigating,
    /// The cause is known.
    Identified,
    /// A fix is in place and watched.
    Monitoring,
    /// Over.
    Resolved,
    /// Over, and a report was written.
    Postmortem,
}

impl Phase {
    /// Every phase in its natural order.
    pub const ALL: [Self; 5] =
        [Self::Investigating, Self::Identified, Self::Monitoring, Self::Resolved, Self::Postmortem];

    /// The word of the outside contract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Postmortem => "postmortem",
        }
    }

    /// The phase that [`Phase::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }

    /// Resolved or later.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Postmortem)
    }
}

/// Where planned work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaintenancePhase {
    /// Ahead.
    Scheduled,
    /// Going on.
    InProgress,
    /// Done, being checked.
    Verifying,
    /// Over, or called off.
    Completed,
}

impl MaintenancePhase {
    /// Every phase in its natural order.
    pub const ALL: [Self; 4] = [Self::Scheduled, Self::InProgress, Self::Verifying, Self::Completed];

    /// The word of the outside contract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InProgress => "in_progress",
            Self::Verifying => "verifying",
            Self::Completed => "completed",
        }
    }

    /// The phase that [`MaintenancePhase::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// What makes an [`Incident`] planned work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands.
    pub phase: MaintenancePhase,
    /// When it is planned to begin.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it is planned to end.
    pub ends_at: Option<DateTime<Utc>>,
}

/// A provider's own incident that belongs to one of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The provider's id.
    pub id: String,
    /// Where the provider says it stands. For maintenance only open or resolved matters.
    pub phase: Phase,
    /// Good readings in a row that contradicted `phase` without a word: while it is open they lacked it, while it is
    /// over they called it open.
    pub absent: u32,
}

impl Posted {
    /// Whether the provider calls it open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.phase.is_closed()
    }
}

/// One source's part in an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The source that tells.
    pub source: SourceId,
    /// Whose word it is.
    pub role: Role,
    /// The provider's incidents at this source that are this one.
    pub posted: Vec<Posted>,
    /// Whether the source's own overall or component condition is bad and counted to this incident.
    pub is_bad: bool,
    /// How bad this source called it last. The incident's impact is the worst of those that still call it open or bad.
    pub impact: Condition,
}

/// One thing said about an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// What tells it from other updates of the incident: the provider's id, or made from time and phase. An update
    /// whose key was told is never told again.
    pub key: String,
    /// The phase after it.
    pub phase: Phase,
    /// When people could read it, else when we first read it.
    pub at: DateTime<Utc>,
    /// What it says; empty where only the phase was told.
    pub body: String,
    /// Whose word it is.
    pub role: Role,
}

/// What an update says that no source said: whether anybody still tells how the incident goes on. It has no words of its
/// own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// The service is watched no more.
    Left,
    /// The service is watched again.
    Back,
    /// The service is watched, but the page that told of this one has become another or is not read any more.
    PageGone,
}

/// What the key of an update begins with that says [`Watching::Left`].
const LEFT: &str = "~left-";
/// The same for [`Watching::Back`].
const BACK: &str = "~back-";
/// The same for [`Watching::PageGone`]; the chapter follows that the incident was in from then on.
const PAGE_GONE: &str = "~page-gone-";

impl Update {
    /// What this says of who still tells; `None` for what sources say.
    #[must_use]
    pub fn watching(&self) -> Option<Watching> {
        match () {
            () if self.key.starts_with(LEFT) => Some(Watching::Left),
            () if self.key.starts_with(BACK) => Some(Watching::Back),
            () if self.key.starts_with(PAGE_GONE) => Some(Watching::PageGone),
            () => None,
        }
    }
}

/// One period in which a service is not well, or planned work on it: the whole story, as one chat alert tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Our own name for it.
    pub id: IncidentId,
    /// The service's name for people, kept here so that the story can be told when the catalogue has changed.
    pub service_name: String,
    /// `Some` for maintenance.
    pub planned: Option<Planned>,
    /// The provider's title; `None` while nobody has posted one (then it was detected from conditions or measured).
    pub title: Option<String>,
    /// How bad it is now.
    pub impact: Condition,
    /// How bad it ever was.
    pub peak: Condition,
    /// Where it stands. For maintenance only open or resolved matters.
    pub phase: Phase,
    /// When it began, by the provider's word or else when it was first seen.
    pub started_at: DateTime<Utc>,
    /// When it was over; `None` while open.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When detection first saw it.
    pub seen_at: DateTime<Utc>,
    /// When detection last saw its witnesses turn between bad and well. Differs from the times that are told while it
    /// flaps, and where the provider tells times of its own.
    pub turned_at: DateTime<Utc>,
    /// Names of the components it touches.
    pub components: Vec<String>,
    /// Regions it touches.
    pub regions: Vec<String>,
    /// Where people can read about it: the incident's own page, else the status page.
    pub url: Option<String>,
    /// Whose word it is and what they say; all of them are shown.
    pub witnesses: Vec<Witness>,
    /// Everything said, oldest first.
    pub updates: Vec<Update>,
    /// Transitions so far.
    pub revision: Revision,
    /// Openings and closings so far: 1 opened, 2 resolved, 3 reopened, … so odd means open.
    pub chapter: u32,
    /// When it was reopened, the newest last; bounded. Tells flapping.
    pub reopened_at: Vec<DateTime<Utc>>,
    /// The source flips faster than is worth telling: said once, until it has settled.
    pub is_flapping: bool,
    /// The last transition's kind.
    pub last_kind: TransitionKind,
}

impl Incident {
    /// Whether it is still going on (or, for maintenance, still ahead or going on).
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.resolved_at.is_none()
    }

    /// Whether it is but a notice, posted without ever hurting: shown where people ask, told to nobody.
    #[must_use]
    pub const fn is_notice(&self) -> bool {
        self.planned.is_none() && self.revision == 0 && !self.peak.is_bad()
    }

    /// How severe it ever was, for filters and for the order of sending; what nobody weighed counts as degraded.
    #[must_use]
    pub fn peak_severity(&self) -> Severity {
        self.peak.severity().unwrap_or(Severity::Degraded)
    }

    /// The strongest role among those who tell.
    #[must_use]
    pub fn role(&self) -> Role {
        self.witnesses.iter().map(|witness| witness.role).max().unwrap_or(Role::Official)
    }

    /// All of those who tell, or told, of it.
    #[must_use]
    pub fn voices(&self) -> Voices {
        if self.witnesses.is_empty() {
            return Voices::of(self.role());
        }
        self.witnesses.iter().map(|witness| witness.role).collect()
    }

    /// Since when the service is watched no more, so that nobody here knows how this goes on; `None` while it is watched.
    #[must_use]
    pub fn left_at(&self) -> Option<DateTime<Utc>> {
        let mut said = self.updates.iter().rev().filter_map(|update| match update.watching()? {
            Watching::Left => Some(Some(update.at)),
            Watching::Back => Some(None),
            Watching::PageGone => None,
        });
        said.next().flatten()
    }

    /// Since when nobody tells of it any more, where it was given up for that; `None` when somebody called it over, and
    /// while it is open.
    #[must_use]
    pub fn lost_at(&self) -> Option<DateTime<Utc>> {
        let is_of_now =
            |key: &str| key.strip_prefix(PAGE_GONE).is_some_and(|chapter| chapter.parse() == Ok(self.chapter));
        let mark = self.updates.iter().rev().find(|update| is_of_now(&update.key));
        mark.filter(|_| !self.is_open()).map(|mark| mark.at)
    }

    /// Whether it was given up: closed because nobody tells of it any more, and not because anybody called it over.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.lost_at().is_some()
    }

    /// Notes why it has just been closed: nobody tells of it any more. `phase`: what was known of it last.
    ///
    /// The mark is one of an open phase, since it calls nothing over, and counts until the incident is back.
    pub fn note_lost(&mut self, phase: Phase, at: DateTime<Utc>) {
        let key = format!("{PAGE_GONE}{}", self.chapter);
        self.updates.push(Update { key, phase, at, body: String::new(), role: self.role() });
    }

    /// Whether it was going on when its service was last watched, and nobody here knows more.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.is_open() && self.left_at().is_some()
    }

    /// Notes that the service is watched from now on, or no more. Gives what is to be told; `None` where that is nothing
    /// new, or nothing that anybody is told.
    pub fn note_watching(&mut self, is_watched: bool, at: DateTime<Utc>) -> Option<Transition> {
        if !self.is_open() || self.is_notice() || self.left_at().is_none() == is_watched {
            return None;
        }
        self.revision += 1;
        let mark = if is_watched { BACK } else { LEFT };
        let (key, body) = (format!("{mark}{}", self.revision), String::new());
        self.updates.push(Update { key, phase: self.phase, at, body, role: self.role() });
        self.last_kind = TransitionKind::Updated;
        Some(Transition { incident: self.id.clone(), revision: self.revision, kind: TransitionKind::Updated })
    }

    /// The last thing said that has words.
    #[must_use]
    pub fn last_words(&self) -> Option<&Update> {
        self.updates.iter().rev().find(|update| !update.body.is_empty())
    }
}

/// What changed in an incident or maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransitionKind {
    /// An incident began.
    Opened,
    /// It became worse.
    Escalated,
    /// Something new was said, or it moved between phases, or became milder.
    Updated,
    /// It is over.
    Resolved,
    /// It came back.
    Reopened,
    /// Maintenance was announced.
    Announced,
    /// Maintenance began.
    Started,
    /// Maintenance was moved to other times.
    Moved,
    /// Maintenance is over or was called off.
    Ended,
}

/// One change of an incident or maintenance that is worth telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Of which incident.
    pub incident: IncidentId,
    /// Its number among the incident's transitions.
    pub revision: Revision,
    /// What changed.
    pub kind: TransitionKind,
}

impl TransitionKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Opened,
        Self::Escalated,
        Self::Updated,
        Self::Resolved,
        Self::Reopened,
        Self::Announced,
        Self::Started,
        Self::Moved,
        Self::Ended,
    ];

    /// The word in stored records and logs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Escalated => "escalated",
            Self::Updated => "updated",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
            Self::Announced => "announced",
            Self::Started => "started",
            Self::Moved => "moved",
            Self::Ended => "ended",
        }
    }

    /// The kind that [`TransitionKind::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// In which order transitions are told when many wait, 0 first: what begins or ends before what goes on, severe
    /// before mild, maintenance last.
    #[must_use]
    pub const fn urgency(self, severity: Severity) -> u8 {
        let mildness = match severity {
            Severity::MajorOutage => 0,
            Severity::PartialOutage => 1,
            Severity::Degraded => 2,
        };
        match self {
            Self::Opened | Self::Escalated | Self::Resolved | Self::Reopened => mildness,
            Self::Updated => 3 + mildness,
            Self::Announced | Self::Started | Self::Moved | Self::Ended => 6,
        }
    }
}
