//! Tracks, with their sources and incidents apart.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{Condition, SourceTrack};

/// A track without its service, which is its key, and its sources and incidents, which are records of their own.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct HeadRecord {
    pub(in crate::store) next_number: u32,
}

/// What is remembered of one source.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct SourceRecord {
    last_good: Option<DateTime<Utc>>,
    last_tried: Option<DateTime<Utc>>,
    unreadable: Option<String>,
    condition: Word<Condition>,
    not_well: Vec<(String, Word<Condition>)>,
    accepted: Word<Condition>,
    accepted_parts: Vec<String>,
    streak: u32,
    streak_since: Option<DateTime<Utc>>,
    latency_ms: Option<u32>,
    remark: Option<String>,
}

impl SourceRecord {
    pub(in crate::store) fn of(source: &SourceTrack) -> Self {
        let SourceTrack {
            last_good,
            last_tried,
            unreadable,
            condition,
            not_well,
            accepted,
            accepted_parts,
            streak,
            streak_since,
            latency_ms,
            remark,
        } = source;
        Self {
            last_good: *last_good,
            last_tried: *last_tried,
            unreadable: unreadable.clone(),
            condition: Word(*condition),
            not_well: not_well.iter().map(|(name, condition)| (name.clone(), Word(*condition))).collect(),
            accepted: Word(*accepted),
            accepted_parts: accepted_parts.clone(),
            streak: *streak,
            streak_since: *streak_since,
            latency_ms: *latency_ms,
            remark: remark.clone(),
        }
    }

    pub(in crate::store) fn into_source(self) -> SourceTrack {
        SourceTrack {
            last_good: self.last_good,
            last_tried: self.last_tried,
            unreadable: self.unreadable,
            condition: self.condition.0,
            not_well: self.not_well.into_iter().map(|(name, condition)| (name, condition.0)).collect(),
            accepted: self.accepted.0,
            accepted_parts: self.accepted_parts,
            streak: self.streak,
            streak_since: self.streak_since,
            latency_ms: self.latency_ms,
            remark: self.remark,
        }
    }
}
