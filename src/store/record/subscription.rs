//! Subscriptions, settings and mutes of chats.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{
    ChatId, ChatSettings, Condition, Filter, Locale, Mute, Muted, Schedule, Sound, Sources, Subscription, Topic,
    Updates,
};

/// A subscription without chat and topic, which are its key.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct SubscriptionRecord {
    severity: Option<Word<Condition>>,
    components: Vec<String>,
    mention: Option<String>,
    pub(in crate::store) since: DateTime<Utc>,
    /// Not in records that were written before there were such filters; the same holds for the next two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maintenance: Option<bool>,
    #[serde(default, skip_serializing_if = "hears_all")]
    sources: Word<Sources>,
    /// Whether the chat rests, so that who visits its subscribers need not look. Not in records that were written before it
    /// was kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::store) rests: bool,
}

fn hears_all(sources: &Word<Sources>) -> bool {
    sources.0 == Sources::All
}

impl SubscriptionRecord {
    pub(in crate::store) fn of(subscription: &Subscription) -> Self {
        let Subscription { chat: _, topic: _, filter, mention, since } = subscription;
        let Filter { severity, components, regions, maintenance, sources } = filter;
        Self {
            severity: severity.map(|severity| Word(severity.condition())),
            components: components.clone(),
            mention: mention.clone(),
            since: *since,
            regions: regions.clone(),
            maintenance: *maintenance,
            sources: Word(*sources),
            rests: false,
        }
    }

    pub(in crate::store) fn into_subscription(self, chat: ChatId, topic: Topic) -> Subscription {
        Subscription {
            chat,
            topic,
            filter: Filter {
                severity: self.severity.and_then(|condition| condition.0.severity()),
                components: self.components,
                regions: self.regions,
                maintenance: self.maintenance,
                sources: self.sources.0,
            },
            mention: self.mention,
            since: self.since,
        }
    }
}

/// How a chat wants to be spoken to.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct SettingsRecord {
    locale: Word<Locale>,
    timezone: Word<Tz>,
    #[serde(default)]
    updates: Word<Updates>,
    #[serde(default)]
    sound: Word<Sound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Word<Schedule>>,
}

impl SettingsRecord {
    pub(in crate::store) fn of(settings: ChatSettings) -> Self {
        let ChatSettings { locale, timezone, updates, sound, digest } = settings;
        Self {
            locale: Word(locale),
            timezone: Word(timezone),
            updates: Word(updates),
            sound: Word(sound),
            digest: digest.map(Word),
        }
    }

    pub(in crate::store) fn into_settings(self) -> ChatSettings {
        ChatSettings {
            locale: self.locale.0,
            timezone: self.timezone.0,
            updates: self.updates.0,
            sound: self.sound.0,
            digest: self.digest.map(|schedule| schedule.0),
        }
    }
}

/// What a chat does not want to hear for a while; a chat has a list of these.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct MuteRecord {
    muted: Word<Muted>,
    until: Option<DateTime<Utc>>,
    /// It has ended by its time, and what it kept silent was told. Not in records that were written before that was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::store) has_ended: bool,
}

impl MuteRecord {
    pub(in crate::store) fn of(mute: &Mute, has_ended: bool) -> Self {
        let Mute { muted, until } = mute;
        Self { muted: Word(muted.clone()), until: *until, has_ended }
    }

    pub(in crate::store) fn into_mute(self) -> Mute {
        Mute { muted: self.muted.0, until: self.until }
    }
}
