//! Who wants to hear about what.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::{
    ChatId, ChatSettings, Incident, IncidentId, Platform, Resumption, Role, Service, ServiceId, Severity, Watch,
    WatchLimits, is_in_region, is_same_part,
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
    /// Only incidents that touch one of these components (see [`is_same_part`]); empty: all. An incident that names no
    /// component touches all of them.
    pub components: Vec<String>,
    /// Only incidents in one of these regions (see [`is_in_region`]); empty: all. An incident that names no region is in
    /// all of them.
    pub regions: Vec<String>,
    /// Whether planned work is told; `None`: unless there is a least severity.
    pub maintenance: Option<bool>,
    /// Whose word is enough.
    pub sources: Sources,
}

impl Filter {
    /// Whether an incident passes. Once it has passed it always does: the peak counts, not the present.
    #[must_use]
    pub fn admits(&self, incident: &Incident) -> bool {
        let is_of_kind = match &incident.planned {
            Some(_) => self.maintenance.unwrap_or(self.severity.is_none()),
            None => self.severity.is_none_or(|least| incident.peak_severity() >= least),
        };
        is_of_kind
            && self.sources.admit(incident)
            && touches(&self.components, &incident.components, is_same_part)
            && touches(&self.regions, &incident.regions, is_in_region)
    }
}

/// Whether one of those that were chosen is among those that are named. Where nothing was chosen or nothing is named, all are
/// meant.
fn touches(chosen: &[String], named: &[String], is_meant: fn(&str, &str) -> bool) -> bool {
    let is_named = |chosen: &String| named.iter().any(|named| is_meant(chosen, named));
    chosen.is_empty() || named.is_empty() || chosen.iter().any(is_named)
}

/// Whose word is enough for an incident to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sources {
    /// Anybody's: the provider's, what was measured, what people report.
    #[default]
    All,
    /// The provider's: what others tell of is told when the provider does so too.
    Official,
}

impl Sources {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::All, Self::Official];

    /// The word in options and stored records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Official => "official",
        }
    }

    /// The choice that [`Sources::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.word() == word)
    }

    /// Whether those who tell of the incident are enough.
    #[must_use]
    pub fn admit(self, incident: &Incident) -> bool {
        match self {
            Self::All => true,
            Self::Official => incident.role() == Role::Official,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Condition, MaintenancePhase, Phase, Planned, SourceId, TransitionKind, Witness};

    fn incident(role: Role) -> Incident {
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let witness = Witness {
            source: SourceId::stored("one"),
            role,
            posted: Vec::new(),
            is_bad: true,
            impact: Condition::PartialOutage,
        };
        Incident {
            id: IncidentId::parse("acme-1").unwrap(),
            service_name: "Acme".to_owned(),
            planned: None,
            title: None,
            impact: Condition::PartialOutage,
            peak: Condition::PartialOutage,
            phase: Phase::Investigating,
            started_at: now,
            resolved_at: None,
            seen_at: now,
            turned_at: now,
            components: vec!["Core - API".to_owned()],
            regions: vec!["eu-west-1".to_owned()],
            url: None,
            witnesses: vec![witness],
            updates: Vec::new(),
            revision: 1,
            chapter: 1,
            reopened_at: Vec::new(),
            is_flapping: false,
            last_kind: TransitionKind::Opened,
        }
    }

    fn admits(filter: Filter, incident: &Incident) -> bool {
        filter.admits(incident)
    }

    #[test]
    fn each_part_of_a_filter_must_let_an_incident_through() {
        let (one, names) = (incident(Role::Official), |name: &str| vec![name.to_owned()]);
        let all = Filter::default;
        assert!(admits(all(), &one));
        assert!(admits(Filter { severity: Some(Severity::PartialOutage), ..all() }, &one));
        assert!(!admits(Filter { severity: Some(Severity::MajorOutage), ..all() }, &one));
        assert!(admits(Filter { components: names("api"), ..all() }, &one));
        assert!(!admits(Filter { components: names("Login"), ..all() }, &one));
        assert!(admits(Filter { regions: names("EU"), ..all() }, &one));
        assert!(!admits(Filter { regions: names("US"), ..all() }, &one));
        assert!(!admits(Filter { components: names("api"), regions: names("US"), ..all() }, &one));
        let vague = Incident { components: Vec::new(), regions: Vec::new(), ..one };
        assert!(admits(Filter { components: names("Login"), regions: names("US"), ..all() }, &vague));
    }

    #[test]
    fn planned_work_is_told_unless_a_severity_or_a_word_keeps_it_away() {
        let planned = Planned { phase: MaintenancePhase::Scheduled, starts_at: None, ends_at: None };
        let work = Incident { planned: Some(planned), peak: Condition::Maintenance, ..incident(Role::Official) };
        for (severity, maintenance, is_told) in [
            (None, None, true),
            (None, Some(false), false),
            (Some(Severity::Degraded), None, false),
            (Some(Severity::MajorOutage), Some(true), true),
        ] {
            assert_eq!(
                admits(Filter { severity, maintenance, ..Filter::default() }, &work),
                is_told,
                "{maintenance:?}"
            );
        }
        assert!(admits(Filter { maintenance: Some(false), ..Filter::default() }, &incident(Role::Official)));
    }

    #[test]
    fn who_wants_the_provider_s_word_hears_nothing_before_it() {
        let official = || Filter { sources: Sources::Official, ..Filter::default() };
        for role in [Role::Reported, Role::Measured, Role::Hint] {
            let mut one = incident(role);
            assert!(admits(Filter::default(), &one) && !admits(official(), &one), "{role:?}");
            one.witnesses.extend(incident(Role::Official).witnesses);
            assert!(admits(official(), &one), "{role:?}");
        }
    }
}
