//! From layers of text to typed settings.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chrono_tz::Tz;
use url::Url;

use crate::{
    config::{
        DeliverySettings, DetectSettings, DiscordSettings, HistorySettings, HttpSettings, LogFormat, LogSettings,
        OperatorSettings, PollSettings, ProbeSettings, Secret, ServiceSettings, Settings, StoreSettings,
        TelegramSettings, WatchSettings, WebhookSettings,
        document::Value,
        layers::{Layers, span_of},
    },
    domain::{ChatId, ChatSettings, Locale, Platform, StormRule, WatchLimits},
};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(86_400);

/// What an address must be, for messages.
const ADDRESS: &str = "a web address without a user's name, such as \"https://api.example.org\"";

/// The settings in these layers; what is wrong is left with the layers, and the default counts.
pub(super) fn settings(layers: &mut Layers, environment: &[(String, String)]) -> Settings {
    let chats = ChatSettings {
        locale: locale(layers, "chats.language").unwrap_or_default(),
        timezone: chat_zone(layers),
        ..ChatSettings::default()
    };
    Settings {
        store: StoreSettings { path: required_path(layers, "store.path") },
        poll: poll(layers),
        probe: ProbeSettings { controls: controls(layers) },
        detect: DetectSettings {
            absent_readings: layers.count("detect.absent_readings", 1, 100),
            reopen_within: layers.span("detect.reopen_within", "15m", Duration::ZERO, DAY),
        },
        history: HistorySettings { keep: layers.span("history.keep", "400d", DAY, 3_650 * DAY) },
        delivery: DeliverySettings {
            give_up_after: layers.span("delivery.give_up_after", "24h", DAY, 365 * DAY),
            storms: StormRule {
                outages: layers.count("delivery.storm_outages", 0, 1_000) as usize,
                within: layers.span("delivery.storm_within", "5m", SECOND, DAY),
            },
        },
        chats,
        console: console(layers, environment, chats),
        operator: operator(layers, chats),
        discord: discord(layers, environment),
        telegram: telegram(layers, environment),
        http: HttpSettings { listen: listen(layers) },
        services: ServiceSettings {
            catalogue: layers.flag("services.catalogue"),
            directory: Some(layers.text("services.directory")).filter(|path| !path.is_empty()).map(PathBuf::from),
            only: layers.texts("services.only"),
        },
        watch: WatchSettings {
            limits: WatchLimits {
                per_chat: layers.count("watch.per_chat", 0, 1_000) as usize,
                overall: layers.count("watch.overall", 0, 100_000) as usize,
            },
            allow_private: layers.flag("watch.allow_private"),
        },
        log: LogSettings { level: level(layers), format: format(layers) },
    }
}

fn poll(layers: &mut Layers) -> PollSettings {
    let shortest = Duration::from_millis(50);
    let interval = layers.span("poll.interval", "60s", shortest, DAY);
    let user_agent =
        layers.read("poll.user_agent", "printable ASCII characters, such as \"foghorn (ops@example.org)\"", |value| {
            value.text().filter(|text| text.bytes().all(|byte| (0x20..0x7f).contains(&byte))).map(str::to_owned)
        });
    PollSettings {
        interval,
        incident_interval: layers.span("poll.incident_interval", "20s", shortest, DAY).min(interval),
        timeout: layers.span("poll.timeout", "10s", SECOND / 10, 300 * SECOND),
        concurrency: layers.count("poll.concurrency", 1, 10_000) as usize,
        per_host: layers.count("poll.per_host", 1, 100) as usize,
        user_agent: if user_agent.trim().is_empty() {
            concat!("foghorn/", env!("CARGO_PKG_VERSION")).to_owned()
        } else {
            user_agent.trim().to_owned()
        },
    }
}

fn controls(layers: &mut Layers) -> Vec<Url> {
    let mut controls = Vec::new();
    for (place, text) in layers.texts("probe.controls") {
        match web_address(&text) {
            Some(url) => controls.push(url),
            None => {
                let found = Value::Text(text).describe();
                layers.fault_at(&place, "probe.controls", format!("expected {ADDRESS}, found {found}"));
            }
        }
    }
    controls
}

fn chat_zone(layers: &mut Layers) -> Tz {
    layers.read("chats.timezone", "a time zone's name, such as \"Europe/Berlin\"", |value| value.text()?.parse().ok())
}

/// The language a key names, `None` when it names none.
fn locale(layers: &mut Layers, key: &str) -> Option<Locale> {
    let tags = Locale::ALL.map(|locale| format!("\"{}\"", locale.tag())).join(", ");
    let otherwise = match key {
        "console.language" => Some("the terminal's own"),
        "operator.language" => Some("that of `chats.language`"),
        _ => None,
    };
    let may_be_empty = otherwise.is_some();
    let expected = otherwise.map_or(tags.clone(), |otherwise| format!("{tags}, or \"\" for {otherwise}"));
    layers.read(key, &expected, |value| match value.text()? {
        "" if may_be_empty => Some(None),
        tag => Locale::ALL.into_iter().find(|locale| locale.tag() == tag).map(Some),
    })
}

fn console(layers: &mut Layers, environment: &[(String, String)], chats: ChatSettings) -> ChatSettings {
    let variable = |name: &str| environment.iter().find(|(key, value)| key == name && !value.is_empty());
    // The first that is set decides, also when it names a language that we do not speak (POSIX, "Environment Variables").
    let from_terminal =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).and_then(|(_, tag)| Locale::from_tag(tag));
    let expected = "a time zone's name, such as \"Europe/Berlin\", or \"\" for the computer's own";
    let zone: Option<Tz> = layers.read("console.timezone", expected, |value| match value.text()? {
        "" => Some(None),
        name => name.parse().ok().map(Some),
    });
    let from_computer = || variable("TZ").and_then(|(_, name)| name.trim_start_matches(':').parse().ok());
    ChatSettings {
        locale: locale(layers, "console.language").or(from_terminal).unwrap_or(chats.locale),
        timezone: zone.or_else(from_computer).unwrap_or(chats.timezone),
        ..chats
    }
}

fn operator(layers: &mut Layers, chats: ChatSettings) -> OperatorSettings {
    let expected = "a chat, such as \"telegram:-1001234567890\" (with \"/7\" behind it for a topic) or \"discord:SERVER/CHANNEL\" with both ids, or \"\" for none";
    let chat = layers.read("operator.chat", expected, |value| match value.text()? {
        "" => Some(None),
        text => ChatId::parse(text).filter(is_address).map(Some),
    });
    OperatorSettings {
        chat,
        locale: locale(layers, "operator.language").unwrap_or(chats.locale),
        unreadable_after: layers.span("operator.unreadable_after", "24h", SECOND, 365 * DAY),
    }
}

/// Whether the address can be one of its platform.
fn is_address(chat: &ChatId) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (chat.platform, chat.address.split_once('/')) {
        (Platform::Telegram, None) => is_number(chat.address.trim_start_matches('-')),
        (Platform::Telegram, Some((chat, topic))) => is_number(chat.trim_start_matches('-')) && is_number(topic),
        (Platform::Discord, Some((server, channel))) => is_number(server) && is_number(channel),
        (Platform::Discord, None) | (Platform::Console, _) => false,
    }
}

fn discord(layers: &mut Layers, environment: &[(String, String)]) -> DiscordSettings {
    DiscordSettings {
        token: token(layers, "discord", environment),
        api_url: api_url(layers, "discord"),
        requests_per_second: layers.count("discord.requests_per_second", 1, 10_000),
    }
}

fn token(layers: &mut Layers, section: &str, environment: &[(String, String)]) -> Option<Secret> {
    secret(layers, &format!("{section}.token"), "token", environment)
}

fn api_url(layers: &mut Layers, section: &str) -> Url {
    layers.read(&format!("{section}.api_url"), ADDRESS, |value| web_address(value.text()?))
}

fn telegram(layers: &mut Layers, environment: &[(String, String)]) -> TelegramSettings {
    TelegramSettings {
        token: token(layers, "telegram", environment),
        api_url: api_url(layers, "telegram"),
        webhook: webhook(layers, environment),
        paid_broadcast: layers.flag("telegram.paid_broadcast"),
    }
}

fn webhook(layers: &mut Layers, environment: &[(String, String)]) -> Option<WebhookSettings> {
    let url_key = "telegram.webhook_url";
    let url = layers.read(url_key, &format!("{ADDRESS}, or \"\""), |value| match value.text()? {
        "" => Some(None),
        text => web_address(text).map(Some),
    });
    let listen = layers.read("telegram.webhook_listen", "an address and port, such as \"127.0.0.1:8443\"", |value| {
        value.text()?.parse().ok()
    });
    let secret = secret(layers, "telegram.webhook_secret", "secret", environment);
    let url = url?;
    let Some(secret) = secret else {
        layers.fault(url_key, "a webhook needs a secret: set what `telegram.webhook_secret_env` names");
        return None;
    };
    // Source: <https://core.telegram.org/bots/api#setwebhook> (read 2026-08-30).
    let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if secret.reveal().len() > 256 || !secret.reveal().bytes().all(is_taken) {
        layers.fault(url_key, "its secret may have 1 to 256 of the characters A-Z a-z 0-9 _ -");
        return None;
    }
    Some(WebhookSettings { url, listen, secret })
}

/// The secret whose variable `{stem}_env` names, or whose file `{stem}_file`.
fn secret(layers: &mut Layers, stem: &str, what: &str, environment: &[(String, String)]) -> Option<Secret> {
    let env_key = format!("{stem}_env");
    let expected =
        format!("the name of an environment variable, not the {what} itself, such as \"BOT_{}\"", what.to_uppercase());
    let variable = layers.read_discreetly(&env_key, &expected, |value| {
        let name = value.text()?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (is_name && !name.starts_with(|first: char| first.is_ascii_digit())).then(|| name.to_owned())
    });
    let file_key = format!("{stem}_file");
    let expected = format!("the path of a file that holds the {what}, such as \"/run/secrets/bot\"");
    let file = layers.read_discreetly(&file_key, &expected, |value| value.text().map(str::to_owned));
    let (key, text) = if file.is_empty() {
        let (_, text) = environment.iter().find(|(name, text)| *name == variable && !text.trim().is_empty())?;
        (env_key, text.clone())
    } else {
        match std::fs::read_to_string(&file) {
            Ok(text) => (file_key, text),
            Err(error) => {
                // Neither path nor text: who confuses the two keys has put the secret where the path belongs.
                layers.fault(&file_key, format!("the file it names cannot be read: {error}"));
                return None;
            }
        }
    };
    let secret = Secret::new(&text);
    if secret.is_none() {
        layers.fault(&key, format!("what it names holds no {what}: expected one word"));
    }
    secret
}

fn listen(layers: &mut Layers) -> Option<SocketAddr> {
    layers.read("http.listen", "an address and port, such as \"127.0.0.1:9464\", or \"\"", |value| {
        match value.text()? {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        }
    })
}

fn level(layers: &mut Layers) -> String {
    let expected = "a level such as \"info\" or a filter such as \"info,foghorn::feeds=debug\"";
    layers.read("log.level", expected, |value| value.text().filter(|text| is_filter(text)).map(str::to_owned))
}

/// Whether a text is levels and `target=level`, separated by commas. Stricter than the library, which takes a misspelt
/// level for the name of a target and then logs nothing.
fn is_filter(text: &str) -> bool {
    text.split(',').all(|part| {
        let (target, level) = part.split_once('=').unwrap_or(("any", part));
        !target.trim().is_empty() && ["off", "error", "warn", "info", "debug", "trace"].contains(&level.trim())
    })
}

fn format(layers: &mut Layers) -> LogFormat {
    layers.read("log.format", "\"text\" or \"json\"", |value| match value.text()? {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    })
}

fn required_path(layers: &mut Layers, key: &str) -> PathBuf {
    layers
        .read(key, "a path, such as \"data\"", |value| value.text().filter(|path| !path.is_empty()).map(PathBuf::from))
}

/// The address when it is http or https with a host and without a user's name or password, which would end up in logs.
pub(super) fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    fits.then_some(url)
}

/// The span of time in a value, for service files.
pub(super) fn span_in(value: &Value) -> Option<Duration> {
    value.text().and_then(span_of)
}
