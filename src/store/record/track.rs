//! Tracks, with their sources and incidents apart.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{Condition, Episode, IncidentId, SourceTrack};

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
    streak: u32,
    episode: Option<EpisodeRecord>,
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
            streak,
            episode,
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
            streak: *streak,
            episode: episode.as_ref().map(EpisodeRecord::of),
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
            streak: self.streak,
            episode: self.episode.map(EpisodeRecord::into_episode),
            latency_ms: self.latency_ms,
            remark: self.remark,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct EpisodeRecord {
    incident: Word<IncidentId>,
    turned_at: DateTime<Utc>,
}

impl EpisodeRecord {
    fn of(episode: &Episode) -> Self {
        let Episode { incident, turned_at } = episode;
        Self { incident: Word(incident.clone()), turned_at: *turned_at }
    }

    fn into_episode(self) -> Episode {
        Episode { incident: self.incident.0, turned_at: self.turned_at }
    }
}
