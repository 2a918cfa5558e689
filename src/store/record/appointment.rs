//! What is to be done for a chat at a time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An appointment of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct AppointmentRecord {
    /// When.
    pub(in crate::store) due: DateTime<Utc>,
    /// Of a digest: until when the last one told, so from when the next one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) told: Option<DateTime<Utc>>,
    /// Of a digest: the number of the last one; 0: there was none.
    #[serde(default)]
    pub(in crate::store) number: u32,
}

impl AppointmentRecord {
    /// One that says no more than when.
    pub(in crate::store) const fn at(due: DateTime<Utc>) -> Self {
        Self { due, told: None, number: 0 }
    }
}
