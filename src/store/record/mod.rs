//! The shapes in which things are stored: JSON of private types, so that the domain is free to change.
//!
//! Each `of` takes the domain's type apart field by field, so a new field does not compile before it is stored here. A
//! field that comes later gets `#[serde(default)]`, so that older records stay readable; unknown fields are ignored.

mod delivery;
mod incident;
mod subscription;
mod track;
mod word;

use serde::{Serialize, de::DeserializeOwned};

pub(super) use delivery::{
    AlertRecord, DeadRecord, DeliveryRecord, FanoutPlaceRecord, FanoutRecord, FanoutStage, Fixed, ProgressRecord, State,
};
pub(super) use incident::{IncidentRecord, UpdateRecord};
pub(super) use subscription::{SettingsRecord, SubscriptionRecord};
pub(super) use track::{HeadRecord, SourceRecord};
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
    serde_json::from_slice(bytes)
        .map_err(|cause| StoreError::Damaged { key: key.escape_ascii().to_string(), cause: Box::new(cause) })
}
