//! What is on its way to chats, and what they were told.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use super::Word;
use crate::{
    domain::{Alert, ChatId, Incident, IncidentId, MessageId, Revision, Severity, TransitionKind},
    store::{Bar, News},
};

/// How far an incident has come: all that settling needs to know of it.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::store) struct ProgressRecord {
    pub(in crate::store) revision: Revision,
    pub(in crate::store) chapter: u32,
    pub(in crate::store) urgency: u8,
    /// Not in records that were written before it was kept, like the next: then nothing was important.
    #[serde(default)]
    important: Revision,
    #[serde(default)]
    escalated: Revision,
}

impl ProgressRecord {
    pub(in crate::store) fn of(incident: &Incident, news: News) -> Self {
        let News { important, escalated } = news;
        Self {
            revision: incident.revision,
            chapter: incident.chapter,
            urgency: incident.last_kind.urgency(incident.peak_severity()),
            important,
            escalated,
        }
    }

    /// How far a storm has come. What happens to one of many is no news that is worth a message of its own.
    pub(in crate::store) const fn of_storm(revision: Revision, chapter: u32, severity: Severity) -> Self {
        Self { revision, chapter, urgency: TransitionKind::Opened.urgency(severity), important: 0, escalated: 0 }
    }

    pub(in crate::store) const fn news(self) -> News {
        News { important: self.important, escalated: self.escalated }
    }

    /// Whether a chat with this alert knows all of it.
    pub(in crate::store) const fn is_told_by(&self, alert: &Alert) -> bool {
        alert.shown >= self.revision && alert.chapter >= self.chapter && alert.announced >= self.important
    }
}

/// Since when a chat cannot be written to, as far as one delivery tells.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::store) struct BarRecord {
    since: DateTime<Utc>,
    tries: u32,
}

impl BarRecord {
    /// A chat that rests since then and was tried so often.
    pub(in crate::store) const fn new(since: DateTime<Utc>, tries: u32) -> Self {
        Self { since, tries }
    }

    pub(in crate::store) const fn into_bar(self) -> Bar {
        Bar { since: self.since, tries: self.tries }
    }
}

/// Which revision and chapter a try is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct Fixed {
    pub(in crate::store) revision: Revision,
    pub(in crate::store) chapter: u32,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::store) enum State {
    /// In the queue, at the place that due time and this sequence number make.
    Waiting { sequence: u64 },
    /// Being sent.
    Claimed,
}

/// A delivery that is not settled.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::store) struct DeliveryRecord {
    /// The service's category, for chats that are subscribed to that.
    pub(in crate::store) category: String,
    pub(in crate::store) state: State,
    /// The number of its last claim. Not in records that were written before claims had one.
    #[serde(default)]
    pub(in crate::store) claim: u64,
    /// `None` while no try may have arrived since it was last told.
    pub(in crate::store) fixed: Option<Fixed>,
    /// A try before the present claim may have arrived.
    pub(in crate::store) is_in_doubt: bool,
    /// The later chapters that tries after `fixed` knew, in order, and when the first of each was claimed. Records that were
    /// written before all were kept have the first one.
    #[serde(default, alias = "later_chapter", deserialize_with = "chapters", skip_serializing_if = "Vec::is_empty")]
    pub(in crate::store) later_chapters: Vec<(u32, DateTime<Utc>)>,
    pub(in crate::store) attempts: u32,
    /// When it was first due.
    pub(in crate::store) since: DateTime<Utc>,
    /// When it is or was last due.
    pub(in crate::store) due: DateTime<Utc>,
    /// What time it was when that was decided. Not in records that were written before it was kept.
    #[serde(default)]
    pub(in crate::store) due_since: Option<DateTime<Utc>>,
    pub(in crate::store) urgency: u8,
    /// `Some`: the chat rests, and this tries whether it can be written to again. Not in records that were written before it
    /// was kept.
    #[serde(default)]
    pub(in crate::store) bar: Option<BarRecord>,
    /// Why the last try failed. Not in records that were written before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) reason: Option<String>,
    /// The chat had an alert, and somebody removed it. Not in records that were written before it was kept.
    #[serde(default)]
    pub(in crate::store) was_told: bool,
    /// It was counted among the outages that began for the chat lately. Not in records that were written before it was kept.
    #[serde(default)]
    pub(in crate::store) is_counted: bool,
}

impl DeliveryRecord {
    /// A delivery that was never tried, on behalf of a fan-out of this urgency.
    pub(in crate::store) fn fresh(fanout: &FanoutRecord, urgency: u8) -> Self {
        Self::new(fanout.category.clone(), urgency, fanout.since, fanout.since)
    }

    /// The delivery of a storm, which was never tried; its services may be of any category.
    pub(in crate::store) fn of_storm(urgency: u8, since: DateTime<Utc>, due: DateTime<Utc>) -> Self {
        Self::new(String::new(), urgency, since, due)
    }

    /// A delivery that was never tried.
    pub(in crate::store) const fn new(category: String, urgency: u8, since: DateTime<Utc>, due: DateTime<Utc>) -> Self {
        Self {
            category,
            state: State::Claimed,
            claim: 0,
            fixed: None,
            is_in_doubt: false,
            later_chapters: Vec::new(),
            attempts: 0,
            since,
            due,
            due_since: Some(since),
            urgency,
            bar: None,
            reason: None,
            was_told: false,
            is_counted: false,
        }
    }

    /// Whether it is being sent by the claim of this number.
    pub(in crate::store) fn is_held_by(&self, number: u64) -> bool {
        self.state == State::Claimed && self.claim == number
    }

    /// When it is due, for a clock that was set back behind the time at which that was decided: as long after now as it was
    /// to wait then. `None`: the clock was not, as far as this delivery tells.
    pub(in crate::store) fn due_sooner(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let wait = match self.due_since {
            Some(since) if since <= now => return None,
            Some(since) => (self.due - since).max(TimeDelta::zero()),
            None => TimeDelta::zero(),
        };
        now.checked_add_signed(wait).filter(|due| *due < self.due)
    }

    /// The delivery with nothing known of earlier tries: none of them can have arrived.
    pub(in crate::store) fn anew(self) -> Self {
        Self { fixed: None, is_in_doubt: false, later_chapters: Vec::new(), ..self }
    }
}

/// Which subscribers a fan-out visits now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::store) enum FanoutStage {
    /// Those of the service.
    Service,
    /// Those of its category.
    Category,
}

/// A transition on its way to all chats of one platform; urgency and turn are its key.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::store) struct FanoutRecord {
    pub(in crate::store) incident: Word<IncidentId>,
    pub(in crate::store) category: String,
    pub(in crate::store) stage: FanoutStage,
    /// The address of the stage's last chat that was visited.
    pub(in crate::store) visited: Option<String>,
    /// When the transition was read.
    pub(in crate::store) since: DateTime<Utc>,
}

/// Reads the later chapters of a delivery, of which one, or `null`, was written at first.
fn chapters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(u32, DateTime<Utc>)>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One((u32, DateTime<Utc>)),
        All(Vec<(u32, DateTime<Utc>)>),
    }
    Ok(match Option::<Written>::deserialize(deserializer)? {
        None => Vec::new(),
        Some(Written::One(first)) => vec![first],
        Some(Written::All(all)) => all,
    })
}

/// Where the fan-out of an incident stands.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::store) struct FanoutPlaceRecord {
    pub(in crate::store) urgency: u8,
    pub(in crate::store) turn: u64,
}

/// What a chat was told of an incident.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct AlertRecord {
    /// `None`: it stayed behind when the chat moved.
    #[serde(default)]
    message: Option<String>,
    shown: Revision,
    chapter: u32,
    /// Not in records that were written before it was kept.
    #[serde(default)]
    announced: Option<Revision>,
}

impl AlertRecord {
    pub(in crate::store) fn of(alert: &Alert) -> Self {
        let Alert { message, shown, chapter, announced } = alert;
        let message = message.as_ref().map(|message| message.0.as_ref().to_owned());
        Self { message, shown: *shown, chapter: *chapter, announced: Some(*announced) }
    }

    pub(in crate::store) fn into_alert(self) -> Alert {
        Alert {
            message: self.message.map(|message| MessageId(message.into())),
            shown: self.shown,
            chapter: self.chapter,
            announced: self.announced.unwrap_or(self.shown),
        }
    }
}

/// A delivery that will never go.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct DeadRecord {
    pub(in crate::store) chat: Word<ChatId>,
    pub(in crate::store) incident: Word<IncidentId>,
    pub(in crate::store) revision: Option<Revision>,
    /// The service's category. Not in records that were written before it was kept.
    #[serde(default)]
    pub(in crate::store) category: Option<String>,
    pub(in crate::store) attempts: u32,
    pub(in crate::store) since: DateTime<Utc>,
    pub(in crate::store) at: DateTime<Utc>,
    pub(in crate::store) reason: String,
}
