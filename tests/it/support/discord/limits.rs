//! What Discord allows, as its documentation has it.
//!
//! Source: <https://discord.com/developers/docs> (read 2026-08): "Rate Limits", "Message Resource", "Application Commands", "Components",
//! "Receiving and Responding", "Gateway". Lengths are counted in UTF-16 units, the stricter of the ways of counting that are told of, of
//! the text without the white space around it.

use std::time::Duration;

pub const CONTENT: usize = 2_000;
pub const NONCE: usize = 25;
pub const MENTIONS: usize = 100;

pub const EMBEDS: usize = 10;
pub const EMBED_TITLE: usize = 256;
pub const EMBED_DESCRIPTION: usize = 4_096;
pub const EMBED_FIELDS: usize = 25;
pub const EMBED_FIELD_NAME: usize = 256;
pub const EMBED_FIELD_VALUE: usize = 1_024;
pub const EMBED_FOOTER: usize = 2_048;
pub const EMBED_AUTHOR: usize = 256;
/// Over all embeds of a message.
pub const EMBEDS_IN_ALL: usize = 6_000;
pub const URL: usize = 2_048;

pub const ROWS: usize = 5;
pub const BUTTONS_IN_ROW: usize = 5;
pub const CUSTOM_ID: usize = 100;
pub const BUTTON_LABEL: usize = 80;
pub const BUTTON_URL: usize = 512;
pub const SELECT_OPTIONS: usize = 25;
pub const SELECT_TEXT: usize = 100;
pub const SELECT_PLACEHOLDER: usize = 150;

pub const COMMANDS: usize = 100;
pub const COMMAND_NAME: usize = 32;
pub const COMMAND_DESCRIPTION: usize = 100;
pub const OPTIONS: usize = 25;
pub const CHOICES: usize = 25;
pub const CHOICE_TEXT: usize = 100;
/// Names, descriptions and values of one command together.
pub const COMMAND_IN_ALL: usize = 8_000;

pub const THREAD_NAME: usize = 100;
pub const ARCHIVE_MINUTES: [i64; 4] = [60, 1_440, 4_320, 10_080];
pub const TAGS_OF_A_POST: usize = 5;
pub const CHANNELS_OF_A_GUILD: usize = 500;

/// Follow-ups of an app that only its user has installed.
pub const USER_INSTALL_FOLLOW_UPS: usize = 5;

pub const GATEWAY_PAYLOAD: usize = 4_096;
pub const GATEWAY_SENDS: usize = 120;
pub const GATEWAY_SENDS_SPAN: Duration = Duration::from_secs(60);

/// Locales that names and descriptions may be given in.
pub const LOCALES: [&str; 32] = [
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];
