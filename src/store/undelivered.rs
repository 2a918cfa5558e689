//! What is not delivered, as an operator looks at it.

use chrono::{DateTime, Utc};

use crate::store::DeliveryId;

/// A delivery that is not settled, or a dead letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Where it stands among the others.
    pub place: UndeliveredPlace,
    /// To whom, what about.
    pub id: DeliveryId,
    /// When it was first due.
    pub since: DateTime<Utc>,
    /// Tries that failed.
    pub tries: u32,
    /// What is going to happen to it.
    pub standing: Standing,
}

/// What is going to happen to a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its turn, or is being sent for the first time.
    Pending,
    /// It was tried and is tried again.
    Retrying {
        /// Not before this time.
        due: DateTime<Utc>,
        /// Since when the chat cannot be written to, where that is the reason.
        barred_since: Option<DateTime<Utc>>,
        /// Why the last try failed; `None` where nobody knows.
        reason: Option<String>,
        /// A try may have arrived all the same.
        is_in_doubt: bool,
    },
    /// It was given up.
    Dead {
        /// The letter's number; no other ever had it.
        number: u64,
        /// When it was given up.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

/// Where a delivery stands among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndeliveredPlace(pub(super) Vec<u8>);

/// What became of dead letters that were to be delivered after all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revived {
    /// They are due now.
    pub due: usize,
    /// They were dropped: the chat was told all that is true of it since, by a later message.
    pub told: usize,
    /// They were dropped: the chat has no subscription to that any more, or its filter or a mute keeps it away.
    pub unwanted: usize,
    /// They were dropped: the incident is not kept any more, so nobody knows what would be true to tell; or the outages of
    /// a storm go on by themselves.
    pub forgotten: usize,
    /// There were no letters with these numbers.
    pub unknown: usize,
}
