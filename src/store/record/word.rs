//! Values that are stored as a word of their own.

use std::fmt;

use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::domain::{
    ChatId, Condition, IncidentId, Locale, MaintenancePhase, Muted, Occasion, Phase, Platform, Role, Schedule,
    ServiceId, Sound, SourceId, SourceKind, Sources, Topic, TransitionKind, Updates,
};

/// A value that is stored as text; a text that names none is damage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Word<T>(pub(in crate::store) T);

/// What can be told by a word.
pub(in crate::store) trait Worded: Sized {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result;
    fn read(text: &str) -> Option<Self>;
}

struct Shown<'a, T>(&'a T);

impl<T: Worded> fmt::Display for Shown<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(formatter)
    }
}

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Shown(&self.0))
    }
}

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::read(&text).map(Self).ok_or_else(|| de::Error::custom(format_args!("unknown word `{text}`")))
    }
}

macro_rules! worded {
    ($($type:ty, $write:expr, $read:expr;)*) => {$(
        impl Worded for $type {
            fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let write: fn(&Self) -> &str = $write;
                formatter.write_str(write(self))
            }

            fn read(text: &str) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(text)
            }
        }
    )*};
}

worded! {
    Condition, |condition| condition.word(), Condition::from_word;
    Phase, |phase| phase.word(), Phase::from_word;
    MaintenancePhase, |phase| phase.word(), MaintenancePhase::from_word;
    SourceKind, |kind| kind.word(), SourceKind::from_word;
    Role, |role| role.word(), Role::from_word;
    TransitionKind, |kind| kind.word(), TransitionKind::from_word;
    Locale, |locale| locale.tag(), Locale::from_tag;
    Updates, |way| way.word(), Updates::from_word;
    Sound, |choice| choice.word(), Sound::from_word;
    Sources, |choice| choice.word(), Sources::from_word;
    Occasion, |occasion| occasion.word(), Occasion::from_word;
    Tz, |zone| zone.name(), |text| text.parse().ok();
    ServiceId, |id| id.as_str(), ServiceId::new;
    SourceId, |id| id.as_str(), |text| Some(SourceId::stored(text));
}

impl Worded for Schedule {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }

    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl Worded for IncidentId {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }

    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Worded for ChatId {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }

    fn read(text: &str) -> Option<Self> {
        let (platform, address) = text.split_once(':')?;
        Some(Self { platform: Platform::from_word(platform)?, address: address.into() })
    }
}

impl Worded for Muted {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_str("all"),
            Self::Service(id) => write!(formatter, "service:{id}"),
            Self::Incident(id) => write!(formatter, "incident:{id}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "all" => Some(Self::All),
            Some(("service", id)) => ServiceId::new(id).map(Self::Service),
            Some(("incident", id)) => IncidentId::parse(id).map(Self::Incident),
            Some(_) | None => None,
        }
    }
}

impl Worded for Topic {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(id) => write!(formatter, "service:{id}"),
            Self::Category(category) => write!(formatter, "category:{category}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("service", id) => ServiceId::new(id).map(Self::Service),
            ("category", category) => Some(Self::Category(category.to_owned())),
            (_, _) => None,
        }
    }
}
