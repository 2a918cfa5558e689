//! Tracks, with their sources and incidents apart.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{Condition, Filed, PageId, PageMove, SourceTrack};

/// A track without its service, which is its key, and its sources and incidents, which are records of their own.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct HeadRecord {
    pub(in crate::store) next_number: u32,
    /// The category that the service stands in. Not in records that were written before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(in crate::store) category: String,
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
    #[serde(default)]
    page: PageRecord,
    #[serde(default)]
    moved: Option<MoveRecord>,
    /// Id, story, words and number of each; many and short.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    filed: Vec<[u32; 4]>,
}

/// Which page was read.
#[derive(Default, Serialize, Deserialize)]
struct PageRecord {
    id: Option<String>,
    host: Option<String>,
}

/// Another page in its place.
#[derive(Serialize, Deserialize)]
struct MoveRecord {
    to: PageRecord,
    since: DateTime<Utc>,
}

impl PageRecord {
    fn of(page: &PageId) -> Self {
        let PageId { id, host } = page;
        Self { id: id.clone(), host: host.clone() }
    }

    fn into_page(self) -> PageId {
        PageId { id: self.id, host: self.host }
    }
}

impl MoveRecord {
    fn of(moved: &PageMove) -> Self {
        let PageMove { to, since } = moved;
        Self { to: PageRecord::of(to), since: *since }
    }

    fn into_move(self) -> PageMove {
        PageMove { to: self.to.into_page(), since: self.since }
    }
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
            page,
            moved,
            filed,
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
            page: PageRecord::of(page),
            moved: moved.as_ref().map(MoveRecord::of),
            filed: filed.iter().map(|Filed { id, story, words, number }| [*id, *story, *words, *number]).collect(),
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
            page: self.page.into_page(),
            moved: self.moved.map(MoveRecord::into_move),
            filed: self
                .filed
                .into_iter()
                .map(|[id, story, words, number]| Filed { id, story, words, number })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::record::{decode, encode};

    #[test]
    fn a_source_keeps_its_page_and_its_past_and_one_written_before_they_were_told_is_still_read() {
        let source = SourceTrack {
            page: PageId { id: Some("p1".to_owned()), host: Some("status.acme.example".to_owned()) },
            moved: Some(PageMove {
                to: PageId { id: Some("p2".to_owned()), host: None },
                since: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            }),
            filed: [Filed { id: 1, story: 2, words: 0, number: u32::MAX }].into(),
            ..SourceTrack::default()
        };
        let read: SourceRecord = decode(b"key", &encode(&SourceRecord::of(&source))).unwrap();
        assert_eq!(read.into_source(), source);
        let before = r#"{"last_good": null, "last_tried": null, "unreadable": null, "condition": "operational", "not_well": [],
            "accepted": "operational", "accepted_parts": [], "streak": 0, "streak_since": null, "latency_ms": null, "remark": "x"}"#;
        let read: SourceRecord = decode(b"key", before.as_bytes()).unwrap();
        let expect = SourceTrack {
            condition: Condition::Operational,
            accepted: Condition::Operational,
            ..SourceTrack::default()
        };
        assert_eq!(read.into_source(), SourceTrack { remark: Some("x".to_owned()), ..expect });
    }
}
