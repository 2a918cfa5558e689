//! Outages that a chat is told together.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ProgressRecord, Word};
use crate::domain::{Condition, Course, Incident, Occasion, Revision, Severity, Topic};

/// The weather in a chat: how often outages began there lately, and its storms.
#[derive(Default, Serialize, Deserialize)]
pub(in crate::store) struct WeatherRecord {
    /// When the last outages were to be told there for the first time, oldest first; no more than the rule asks for.
    pub(in crate::store) recent: Vec<DateTime<Utc>>,
    /// The number of the last storm; 0: there was none.
    #[serde(default)]
    pub(in crate::store) last: u32,
    /// The storms that are not told to their end, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::store) storms: Vec<StormRecord>,
}

/// A storm: outages that one alert tells together.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct StormRecord {
    pub(in crate::store) number: u32,
    pub(in crate::store) revision: Revision,
    pub(in crate::store) chapter: u32,
    /// How many of its outages go on, and how many are over.
    pub(in crate::store) open: usize,
    pub(in crate::store) over: usize,
    /// When the last one joined.
    pub(in crate::store) joined: DateTime<Utc>,
    pub(in crate::store) began: DateTime<Utc>,
    pub(in crate::store) ended: Option<DateTime<Utc>>,
    pub(in crate::store) peak: Word<Condition>,
    /// The subscription of the first outage, and who is called by the first that calls anybody.
    pub(in crate::store) topic: Word<Topic>,
    pub(in crate::store) mention: Option<String>,
    /// Not in records that were written before there was more than one.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub(in crate::store) occasion: Word<Occasion>,
}

fn is_usual(occasion: &Word<Occasion>) -> bool {
    occasion.0 == Occasion::AtOnce
}

impl StormRecord {
    /// A storm that nothing belongs to yet.
    pub(in crate::store) fn new(number: u32, topic: Topic, now: DateTime<Utc>) -> Self {
        Self {
            number,
            revision: 0,
            chapter: 1,
            open: 0,
            over: 0,
            joined: now,
            began: now,
            ended: None,
            peak: Word(Condition::Unknown),
            topic: Word(topic),
            mention: None,
            occasion: Word(Occasion::AtOnce),
        }
    }

    /// How many outages belong to it.
    pub(in crate::store) const fn size(&self) -> usize {
        self.open.saturating_add(self.over)
    }

    /// Whether all are over.
    pub(in crate::store) const fn is_over(&self) -> bool {
        self.chapter.is_multiple_of(2)
    }

    /// Counts one in that is as this chapter says.
    pub(in crate::store) const fn add(&mut self, chapter: u32) {
        match is_open(chapter) {
            true => self.open += 1,
            false => self.over += 1,
        }
    }

    /// Counts one out that was as this chapter says.
    pub(in crate::store) const fn subtract(&mut self, chapter: u32) {
        match is_open(chapter) {
            true => self.open = self.open.saturating_sub(1),
            false => self.over = self.over.saturating_sub(1),
        }
    }

    /// Notes what is told of the whole from how one of them stands now.
    pub(in crate::store) fn learn(&mut self, incident: &Incident) {
        self.began = self.began.min(incident.started_at);
        self.ended = self.ended.max(incident.resolved_at);
        self.peak = Word(self.peak.0.worst(incident.peak));
    }

    /// Something has happened: one revision more, and a chapter when the whole has ended or come back by it.
    pub(in crate::store) const fn turn(&mut self) {
        self.revision = self.revision.saturating_add(1);
        if is_open(self.chapter) != (self.open > 0) {
            self.chapter = self.chapter.saturating_add(1);
        }
    }

    pub(in crate::store) fn course(&self) -> Course {
        let (revision, chapter) = (self.revision, self.chapter);
        Course { began: self.began, ended: self.ended, peak: self.peak.0, revision, chapter }
    }

    /// As urgent as its worst.
    pub(in crate::store) fn progress(&self) -> ProgressRecord {
        let severity = self.peak.0.severity().unwrap_or(Severity::Degraded);
        ProgressRecord::of_storm(self.revision, self.chapter, severity)
    }
}

const fn is_open(chapter: u32) -> bool {
    chapter % 2 == 1
}

/// An outage that a storm tells.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::store) struct MemberRecord {
    /// The storm's number.
    pub(in crate::store) storm: u32,
    /// How far it had come when the storm last heard of it.
    pub(in crate::store) revision: Revision,
    pub(in crate::store) chapter: u32,
    /// The storm's revision that this made.
    pub(in crate::store) noted: Revision,
    /// How bad it was then.
    pub(in crate::store) impact: Word<Condition>,
    /// The service's category, for chats that are subscribed to that.
    pub(in crate::store) category: String,
}

impl MemberRecord {
    /// Whether it went on when the storm last heard of it.
    pub(in crate::store) const fn is_open(&self) -> bool {
        is_open(self.chapter)
    }
}
