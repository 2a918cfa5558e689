//! The settings, typed.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use url::Url;

use crate::{
    config::{Place, Secret},
    domain::{ChatId, ChatSettings, Locale, StormRule, WatchLimits},
};

/// Everything an operator can set but the services themselves. What each means and why it has its default stands in
/// `config/foghorn.toml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where things are kept.
    pub store: StoreSettings,
    /// How often and how gently sources are read.
    pub poll: PollSettings,
    /// How sites are measured.
    pub probe: ProbeSettings,
    /// When something is over.
    pub detect: DetectSettings,
    /// How long incidents are kept.
    pub history: HistorySettings,
    /// How messages are sent.
    pub delivery: DeliverySettings,
    /// How chats that never said are spoken to.
    pub chats: ChatSettings,
    /// How the console is spoken to.
    pub console: ChatSettings,
    /// Who is told how the program is itself.
    pub operator: OperatorSettings,
    /// Discord.
    pub discord: DiscordSettings,
    /// Telegram.
    pub telegram: TelegramSettings,
    /// Where the program tells how it is itself.
    pub http: HttpSettings,
    /// Which services are watched.
    pub services: ServiceSettings,
    /// What chats may watch besides.
    pub watch: WatchSettings,
    /// What is logged.
    pub log: LogSettings,
}

/// `[store]`
#[derive(Clone, Debug)]
pub struct StoreSettings {
    /// The store's directory.
    pub path: PathBuf,
}

/// `[poll]`
#[derive(Clone, Debug)]
pub struct PollSettings {
    /// Between two readings of a source.
    pub interval: Duration,
    /// The same while an incident is open; never longer than `interval`.
    pub incident_interval: Duration,
    /// The longest one reading may take.
    pub timeout: Duration,
    /// Requests in flight over all sources.
    pub concurrency: usize,
    /// Requests in flight to one host.
    pub per_host: usize,
    /// What the program calls itself; a valid header value.
    pub user_agent: String,
}

/// `[probe]`
#[derive(Clone, Debug)]
pub struct ProbeSettings {
    /// Sites that tell whether this computer's own network is fine.
    pub controls: Vec<Url>,
}

/// `[detect]`
#[derive(Clone, Debug)]
pub struct DetectSettings {
    /// Good readings without an incident after which it is over.
    pub absent_readings: u32,
    /// An incident that comes back sooner is the same one.
    pub reopen_within: Duration,
}

/// `[history]`
#[derive(Clone, Debug)]
pub struct HistorySettings {
    /// How long incidents are kept.
    pub keep: Duration,
}

/// `[delivery]`
#[derive(Clone, Debug)]
pub struct DeliverySettings {
    /// After so long a message is given up.
    pub give_up_after: Duration,
    /// When outages are told together.
    pub storms: StormRule,
}

/// `[operator]`
#[derive(Clone, Debug)]
pub struct OperatorSettings {
    /// Which chat is told; `None`: none is.
    pub chat: Option<ChatId>,
    /// In which language.
    pub locale: Locale,
    /// A source that could not be read for so long is told of.
    pub unreadable_after: Duration,
}

/// `[discord]`
#[derive(Clone, Debug)]
pub struct DiscordSettings {
    /// The bot's token; `None`: Discord is off.
    pub token: Option<Secret>,
    /// Where Discord's API is.
    pub api_url: Url,
    /// Requests in a second, everything together.
    pub requests_per_second: u32,
}

/// `[telegram]`
#[derive(Clone, Debug)]
pub struct TelegramSettings {
    /// The bot's token; `None`: Telegram is off.
    pub token: Option<Secret>,
    /// Where the Bot API is.
    pub api_url: Url,
    /// Where Telegram posts what people write; `None`: it is asked for.
    pub webhook: Option<WebhookSettings>,
    /// Whether Telegram may take Stars for sending faster.
    pub paid_broadcast: bool,
}

/// `[telegram]`, the keys that begin with `webhook_`
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// The address Telegram posts to.
    pub url: Url,
    /// Where the program listens for it.
    pub listen: SocketAddr,
    /// What Telegram shows with each post.
    pub secret: Secret,
}

/// `[http]`
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// `None`: it does not listen.
    pub listen: Option<SocketAddr>,
}

/// `[services]`
#[derive(Clone, Debug)]
pub struct ServiceSettings {
    /// Whether the built-in services are watched.
    pub catalogue: bool,
    /// More service files.
    pub directory: Option<PathBuf>,
    /// Ids of the only services to watch, each with its place; empty: all.
    pub only: Vec<(Place, String)>,
}

/// `[watch]`
#[derive(Clone, Copy, Debug)]
pub struct WatchSettings {
    /// How many pages.
    pub limits: WatchLimits,
    /// Whether also pages that are not on the public internet.
    pub allow_private: bool,
}

/// `[log]`
#[derive(Clone, Debug)]
pub struct LogSettings {
    /// A filter of `tracing-subscriber`, such as `info`.
    pub level: String,
    /// How lines look.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
