//! Many outages at once, told to a chat as one.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

use crate::domain::{Condition, Incident, IncidentId, Phase, Revision, TransitionKind};

/// When outages are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StormRule {
    /// So many outages that begin within the span each get an alert of their own in a chat; those beyond are told together
    /// in one, until none begins for as long. 0: each always gets its own.
    pub outages: usize,
    /// The span.
    pub within: Duration,
}

impl StormRule {
    /// Each outage always gets an alert of its own.
    pub const OFF: Self = Self { outages: 0, within: Duration::ZERO };
}

/// Why outages are told together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occasion {
    /// They began at about the same time.
    #[default]
    AtOnce,
    /// A mute that kept all of them silent has ended.
    MuteEnded,
}

impl Occasion {
    /// Every occasion.
    pub const ALL: [Self; 2] = [Self::AtOnce, Self::MuteEnded];

    /// The word in wordings and stored records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::MuteEnded => "mute_ended",
        }
    }

    /// The occasion that [`Occasion::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.word() == word)
    }
}

/// The outages that one alert of a chat tells together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storm {
    /// Those to be listed: first what goes on, the worst first, then what is over. Not all when there are very many.
    pub listed: Vec<Listed>,
    /// How many go on, listed or not.
    pub open: usize,
    /// How many are over, listed or not.
    pub over: usize,
    /// Why they are told together.
    pub occasion: Occasion,
}

/// One outage of several that are told together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The incident as it stands.
    pub incident: Arc<Incident>,
    /// Whether something about it is new to the chat.
    pub is_news: bool,
}

/// How far a storm has come as a whole, in the terms of a single incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// When the first of its outages began.
    pub began: DateTime<Utc>,
    /// When the last one ended; only counts while all are over.
    pub ended: Option<DateTime<Utc>>,
    /// The worst that any of them ever was.
    pub peak: Condition,
    /// Counts what happened to any of them.
    pub revision: Revision,
    /// Counts how often all were over and one was not any more: odd means that one goes on.
    pub chapter: u32,
}

impl Storm {
    /// The storm as if it were a single incident: it is told by the same rules. It begins with the first of its outages,
    /// changes with each, and is over when all are.
    #[must_use]
    pub fn as_incident(&self, id: IncidentId, course: &Course) -> Incident {
        let Course { began, ended, peak, revision, chapter } = *course;
        let is_open = chapter % 2 == 1;
        let open = self.listed.iter().filter(|listed| listed.incident.is_open());
        let worst = open.fold(Condition::Operational, |worst, listed| worst.worst(listed.incident.impact));
        let mut incident = Incident {
            id,
            service_name: String::new(),
            planned: None,
            title: None,
            impact: if is_open && !worst.is_bad() { Condition::Degraded } else { worst },
            peak,
            phase: if is_open { Phase::Investigating } else { Phase::Resolved },
            started_at: began,
            resolved_at: ended.or(Some(began)).filter(|_| !is_open),
            seen_at: began,
            turned_at: began,
            components: Vec::new(),
            regions: Vec::new(),
            url: None,
            witnesses: Vec::new(),
            updates: Vec::new(),
            revision,
            chapter,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: if is_open { TransitionKind::Updated } else { TransitionKind::Resolved },
        };
        // Where nobody knows the end of any of them, that is no recovery.
        if !is_open && self.lost() > 0 && self.lost() == self.over {
            incident.note_lost(Phase::Investigating, ended.unwrap_or(began));
        }
        incident
    }

    /// How many of the listed are told by nobody any more. They are counted among those that are over.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.listed.iter().filter(|listed| listed.incident.is_lost()).count()
    }
}
