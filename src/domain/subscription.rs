//! Who wants to hear about what.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::{
    ChatId, ChatSettings, Incident, IncidentId, Platform, Resumption, Service, ServiceId, Severity, Watch, WatchLimits,
};

/// What a subscription is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// One service.
    Service(ServiceId),
    /// Every service of a category, also those that join it later.
    Category(String),
}

impl Topic {
    /// Whether the topic covers this service.
    #[must_use]
    pub fn covers(&self, service: &Service) -> bool {
        match self {
            Self::Service(id) => *id == service.id,
            Self::Category(category) => *category == service.category,
        }
    }
}

/// What of its topic a subscription wants to hear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only incidents that are, or ever were, at least this bad; `None`: all, maintenance included.
    pub severity: Option<Severity>,
    /// Only incidents that touch one of these components (names, compared without case); empty: all.
    /// An incident that names no component touches all of them.
    pub components: Vec<String>,
}

impl Filter {
    /// Whether an incident passes. Once it has passed it always does: the peak counts, not the present.
    #[must_use]
    pub fn admits(&self, incident: &Incident) -> bool {
        let severe_enough = match self.severity {
            None => true,
            Some(least) => incident.planned.is_none() && incident.peak_severity() >= least,
        };
        let touches = self.components.is_empty()
            || incident.components.is_empty()
            || incident
                .components
                .iter()
                .any(|touched| self.components.iter().any(|wanted| wanted.to_lowercase() == touched.to_lowercase()));
        severe_enough && touches
    }
}

/// A chat's wish to hear about a service or a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Who wants to hear.
    pub chat: ChatId,
    /// About what.
    pub topic: Topic,
    /// And of that only this.
    pub filter: Filter,
    /// Who is called when an incident opens, in words the platform's adapter understands; `None`: nobody.
    pub mention: Option<String>,
    /// When it was made.
    pub since: DateTime<Utc>,
}

/// The name of one request from a chat; the same request that comes twice has the same name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub Arc<str>);

/// What a command wants changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Watch a page in this chat; the subscription to it is a change of its own beside it, and whichever ends it, the watch
    /// ends with it.
    Watch {
        /// Who watches.
        chat: ChatId,
        /// What.
        watch: Watch,
        /// How much may be watched.
        limits: WatchLimits,
    },
    /// Make or replace the subscription of this chat to this topic.
    Subscribe(Subscription),
    /// End one.
    Unsubscribe {
        /// Whose.
        chat: ChatId,
        /// To what.
        topic: Topic,
    },
    /// End all of a chat's.
    UnsubscribeAll {
        /// Whose.
        chat: ChatId,
    },
    /// Speak to a chat like this from now on.
    Settings {
        /// To whom.
        chat: ChatId,
        /// How.
        settings: ChatSettings,
    },
    /// Make or replace a mute.
    Mute {
        /// Where.
        chat: ChatId,
        /// What is kept silent about, and how long.
        mute: Mute,
    },
    /// End one mute; [`Muted::All`] ends all of the chat's.
    Unmute {
        /// Where.
        chat: ChatId,
        /// About what.
        muted: Muted,
    },
    /// A chat has a new address: all that is its moves there, except what is there already.
    Move {
        /// The old one.
        from: ChatId,
        /// The new one.
        to: ChatId,
    },
    /// All chats below an address have gone for good: what [`Change::UnsubscribeAll`] ends, and what is on its way.
    Leave {
        /// On which platform.
        platform: Platform,
        /// The chat with this address, and all whose address begins with it and a slash.
        place: Arc<str>,
    },
    /// Nothing can be sent to the chats below an address: they rest until the platform says otherwise, and end after
    /// [`crate::domain::LONGEST_SUSPENSION`].
    Suspend {
        /// On which platform.
        platform: Platform,
        /// The chat with this address, and all whose address begins with it and a slash.
        place: Arc<str>,
        /// What the platform said, for the operator.
        reason: String,
    },
    /// What rests at an address goes on: what was told is brought up to date, and what began meanwhile and goes on is told.
    Resume {
        /// On which platform.
        platform: Platform,
        /// The address.
        place: Arc<str>,
        /// Why.
        why: Resumption,
    },
}

/// What a chat does not want to be told for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    /// About what.
    pub muted: Muted,
    /// Until when; `None`: until it is ended by hand, or the incident is over.
    pub until: Option<DateTime<Utc>>,
}

impl Mute {
    /// Whether the mute holds for this incident at this time.
    #[must_use]
    pub fn covers(&self, incident: &Incident, now: DateTime<Utc>) -> bool {
        let is_on = self.until.is_none_or(|until| now < until);
        is_on
            && match &self.muted {
                Muted::All => true,
                Muted::Service(service) => *service == incident.id.service,
                Muted::Incident(id) => *id == incident.id,
            }
    }
}

/// What a mute is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Muted {
    /// Everything.
    All,
    /// One service.
    Service(ServiceId),
    /// One incident.
    Incident(IncidentId),
}
