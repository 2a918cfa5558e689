//! The lines of an export: one JSON object each, in words that stay the same from version to version.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        ChatId, ChatSettings, Condition, Filter, IncidentId, Locale, Mute, Muted, Schedule, ServiceId, Sound,
        SourceKind, Sources, Subscription, Topic, Updates, Watch, WatchedPage,
    },
    store::Kept,
};

/// The version of the lines that this program writes.
pub(super) const VERSION: u32 = 1;

/// One line.
#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::app) enum Line {
    /// The first.
    Foghorn {
        version: u32,
    },
    Settings {
        chat: String,
        locale: String,
        timezone: String,
        updates: String,
        sound: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
    Mute {
        chat: String,
        about: String,
        until: Option<DateTime<Utc>>,
    },
    Watch {
        chat: String,
        page: PageLine,
        name: Option<String>,
    },
    Subscription(SubscriptionLine),
    /// The last: how many lines there are between this and the first.
    End {
        lines: usize,
    },
}

/// A page that is watched.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::app) struct PageLine {
    id: String,
    kind: String,
    url: String,
    page: String,
    name: String,
}

/// A subscription.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::app) struct SubscriptionLine {
    chat: String,
    topic: String,
    severity: Option<String>,
    #[serde(default)]
    components: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maintenance: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sources: Option<String>,
    mention: Option<String>,
    since: DateTime<Utc>,
}

/// The line that says this.
pub(in crate::app) fn write(kept: &Kept) -> Line {
    match kept {
        Kept::Settings { chat, settings: ChatSettings { locale, timezone, updates, sound, digest } } => {
            Line::Settings {
                chat: chat.to_string(),
                locale: locale.tag().to_owned(),
                timezone: timezone.name().to_owned(),
                updates: updates.word().to_owned(),
                sound: sound.word().to_owned(),
                digest: digest.map(|schedule| schedule.to_string()),
            }
        }
        Kept::Mute { chat, mute: Mute { muted, until } } => {
            let about = match muted {
                Muted::All => "all".to_owned(),
                Muted::Service(id) => format!("service:{id}"),
                Muted::Incident(id) => format!("incident:{id}"),
            };
            Line::Mute { chat: chat.to_string(), about, until: *until }
        }
        Kept::Watch { chat, watch: Watch { page, name } } => {
            let WatchedPage { id, kind, url, page, name: title } = page;
            let (id, kind) = (id.to_string(), kind.word().to_owned());
            let page = PageLine { id, kind, url: url.clone(), page: page.clone(), name: title.clone() };
            Line::Watch { chat: chat.to_string(), page, name: name.clone() }
        }
        Kept::Subscription(Subscription { chat, topic, filter, mention, since }) => {
            let Filter { severity, components, regions, maintenance, sources } = filter;
            Line::Subscription(SubscriptionLine {
                chat: chat.to_string(),
                topic: match topic {
                    Topic::Service(id) => format!("service:{id}"),
                    Topic::Category(category) => format!("category:{category}"),
                },
                severity: severity.map(|severity| severity.condition().word().to_owned()),
                components: components.clone(),
                regions: regions.clone(),
                maintenance: *maintenance,
                sources: (*sources != Sources::default()).then(|| sources.word().to_owned()),
                mention: mention.clone(),
                since: *since,
            })
        }
    }
}

/// What a line says; an error says what of it is not understood. `None`: that it is the first or the last.
pub(in crate::app) fn read(line: Line) -> Result<Option<Kept>, String> {
    Ok(Some(match line {
        Line::Foghorn { version } if version <= VERSION => return Ok(None),
        Line::Foghorn { version } => {
            return Err(format!("it was written by a newer version (lines of version {version}); some may be skipped"));
        }
        Line::End { .. } => return Ok(None),
        Line::Settings { chat, locale, timezone, updates, sound, digest } => Kept::Settings {
            chat: chat_of(&chat)?,
            settings: ChatSettings {
                locale: Locale::from_tag(&locale).ok_or_else(|| format!("`{locale}` is no language"))?,
                timezone: timezone.parse().map_err(|_| format!("`{timezone}` is no time zone"))?,
                updates: Updates::from_word(&updates).ok_or_else(|| format!("`{updates}` is no way of updating"))?,
                sound: Sound::from_word(&sound).ok_or_else(|| format!("`{sound}` is no choice of sound"))?,
                digest: digest.as_deref().map(Schedule::parse).transpose().map_err(|fault| fault.to_string())?,
            },
        },
        Line::Mute { chat, about, until } => {
            let muted = match about.split_once(':') {
                None if about == "all" => Some(Muted::All),
                Some(("service", id)) => ServiceId::new(id).map(Muted::Service),
                Some(("incident", id)) => IncidentId::parse(id).map(Muted::Incident),
                Some(_) | None => None,
            };
            let muted = muted.ok_or_else(|| format!("`{about}` is nothing that can be muted"))?;
            Kept::Mute { chat: chat_of(&chat)?, mute: Mute { muted, until } }
        }
        Line::Watch { chat, page, name } => {
            let page = WatchedPage {
                id: service_of(&page.id)?,
                kind: SourceKind::from_word(&page.kind).ok_or_else(|| format!("`{}` is no kind of feed", page.kind))?,
                url: page.url,
                page: page.page,
                name: page.name,
            };
            Kept::Watch { chat: chat_of(&chat)?, watch: Watch { page, name } }
        }
        Line::Subscription(line) => {
            let SubscriptionLine { chat, topic, severity, components, regions, maintenance, sources, mention, since } =
                line;
            let severity = severity.map(|word| {
                let severity = Condition::from_word(&word).and_then(Condition::severity);
                severity.ok_or_else(|| format!("`{word}` is no severity"))
            });
            let sources = sources.map_or(Ok(Sources::default()), |word| {
                Sources::from_word(&word).ok_or_else(|| format!("`{word}` is no choice of sources"))
            });
            let (severity, sources) = (severity.transpose()?, sources?);
            Kept::Subscription(Subscription {
                chat: chat_of(&chat)?,
                topic: topic_of(&topic)?,
                filter: Filter { severity, components, regions, maintenance, sources },
                mention,
                since,
            })
        }
    }))
}

fn chat_of(text: &str) -> Result<ChatId, String> {
    ChatId::parse(text).ok_or_else(|| format!("`{text}` is no chat"))
}

fn service_of(text: &str) -> Result<ServiceId, String> {
    ServiceId::new(text).ok_or_else(|| format!("`{text}` is no id of a service"))
}

fn topic_of(text: &str) -> Result<Topic, String> {
    match text.split_once(':') {
        Some(("service", id)) => match service_of(id)? {
            id if id.is_of_bot() => Err(format!("`{text}`: who is told of the bot itself is up to `operator.chat`")),
            id => Ok(Topic::Service(id)),
        },
        Some(("category", category)) if !category.is_empty() && !category.contains(char::is_control) => {
            Ok(Topic::Category(category.to_owned()))
        }
        Some(_) | None => Err(format!("`{text}` is neither a service nor a category")),
    }
}
