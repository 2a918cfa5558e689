//! The shapes in which things are stored: JSON of private types, so that the domain is free to change.
//!
//! Each `of` takes the domain's type apart field by field, so a new field does not compile before it is stored here. A
//! field that comes later gets `#[serde(default)]`, so that older records stay readable; unknown fields are ignored.

mod appointment;
mod delivery;
mod incident;
mod storm;
mod subscription;
mod suspension;
mod track;
mod watched;
mod word;

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};

pub(super) use appointment::AppointmentRecord;
pub(super) use delivery::{
    AlertRecord, BarRecord, DeadRecord, DeliveryRecord, FanoutPlaceRecord, FanoutRecord, FanoutStage, Fixed,
    ProgressRecord, State,
};
pub(super) use incident::{IncidentRecord, UpdateRecord};
pub(super) use storm::{MemberRecord, StormRecord, WeatherRecord};
pub(super) use subscription::{MuteRecord, SettingsRecord, SubscriptionRecord};
pub(super) use suspension::{SuspensionRecord, SuspensionStateRecord};
pub(super) use track::{HeadRecord, SourceRecord};
pub(super) use watched::{PageRecord, WatchRecord};
pub(super) use word::Word;

use crate::store::StoreError;

/// How many there are of what, and the last sequence number given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Counters {
    pub(super) sequence: u64,
    pub(super) fanouts: usize,
    pub(super) deliveries: usize,
    pub(super) dead: usize,
    /// The latest time at which anything was changed; `None`: nothing was since this is kept.
    pub(super) clock: Option<DateTime<Utc>>,
}

impl Counters {
    /// A number that was never given out before.
    pub(super) fn next(&mut self) -> u64 {
        self.sequence = self.sequence.saturating_add(1);
        self.sequence
    }
}

/// The bytes to store.
pub(super) fn encode(record: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(record).expect("records have text keys and no failing parts")
}

/// What was stored at this key.
pub(super) fn decode<T: DeserializeOwned>(key: &[u8], bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|cause| StoreError::Damaged { key: key.to_vec(), cause: Box::new(cause) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChatId, Filter, Platform, Severity, Topic};

    fn read<T: DeserializeOwned>(bytes: &str) -> T {
        decode(b"k", bytes.as_bytes()).unwrap()
    }

    #[test]
    fn records_of_the_first_version_are_read() {
        let settings: SettingsRecord = read(r#"{"locale":"de","timezone":"Europe/Vienna"}"#);
        let settings = settings.into_settings();
        assert_eq!((settings.updates.word(), settings.sound.word()), ("edits", "news"));
        assert_eq!(settings.digest, None);
        let subscription: SubscriptionRecord =
            read(r#"{"severity":"major_outage","components":["API"],"mention":null,"since":"2026-06-01T00:00:00Z"}"#);
        let chat = ChatId { platform: Platform::Telegram, address: "1".into() };
        let filter = subscription.into_subscription(chat, Topic::Category("code".to_owned())).filter;
        let chosen = (Some(Severity::MajorOutage), vec!["API".to_owned()]);
        assert_eq!(filter, Filter { severity: chosen.0, components: chosen.1, ..Filter::default() });
        let alert: AlertRecord = read(r#"{"message":"17","shown":3,"chapter":1}"#);
        assert_eq!(alert.into_alert().announced, 3);
        let progress: ProgressRecord = read(r#"{"revision":3,"chapter":1,"urgency":4}"#);
        assert_eq!((progress.revision, progress.news()), (3, crate::store::News::default()));
        let delivery: DeliveryRecord = read(
            r#"{"category":"messaging","state":{"waiting":{"sequence":9}},"fixed":{"revision":2,"chapter":1},
            "is_in_doubt":true,"later_chapter":null,"attempts":4,"since":"2026-06-01T00:00:00Z",
            "due":"2026-06-01T00:05:00Z","urgency":0}"#,
        );
        assert!(delivery.bar.is_none() && delivery.is_in_doubt && !delivery.was_told);
        assert_eq!(delivery.state, State::Waiting { sequence: 9 });
        let later = |written: &str| {
            let delivery = r#"{"category":"code","state":"claimed","fixed":null,"is_in_doubt":true,"attempts":1,
                "since":"2026-06-01T00:00:00Z","due":"2026-06-01T00:05:00Z","urgency":0,"#;
            let delivery: DeliveryRecord = read(&format!("{delivery}{written}}}"));
            delivery.later_chapters.into_iter().map(|(chapter, _)| chapter).collect::<Vec<_>>()
        };
        assert_eq!(later(r#""later_chapter":[2,"2026-06-01T00:01:00Z"]"#), [2]);
        assert_eq!(later(r#""later_chapters":[[2,"2026-06-01T00:01:00Z"],[3,"2026-06-01T00:02:00Z"]]"#), [2, 3]);
    }

    #[test]
    fn mutes_are_stored_as_words() {
        let bytes = r#"[{"muted":"all","until":null},{"muted":"service:signal","until":"2026-06-01T00:00:00Z"},{"muted":"incident:signal-3","until":null}]"#;
        let mutes: Vec<MuteRecord> = read(bytes);
        assert_eq!(encode(&mutes), bytes.as_bytes());
        assert!(decode::<Vec<MuteRecord>>(b"k", br#"[{"muted":"planet:mars","until":null}]"#).is_err());
    }
}
