//! Where messages go.

use std::{fmt, sync::Arc};

use chrono_tz::Tz;

/// A chat program, or the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// Discord.
    Discord,
    /// Telegram.
    Telegram,
    /// The terminal or pipe the program runs on.
    Console,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 3] = [Self::Discord, Self::Telegram, Self::Console];

    /// The word in `commands/` files, stored records and logs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Telegram => "telegram",
            Self::Console => "console",
        }
    }

    /// The platform that [`Platform::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.word() == word)
    }
}

/// Where messages go: a Discord channel or thread, a Telegram chat or forum topic, the console.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId {
    /// On which platform.
    pub platform: Platform,
    /// The platform's own name for it, in a form only its adapter understands; no control characters, at most 64 bytes.
    pub address: Arc<str>,
}

impl fmt::Display for ChatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.platform.word(), self.address)
    }
}

/// The platform's own name for a message in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(pub Arc<str>);

/// A language the texts exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language tag, such as `de`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language that a tag of a platform or of the environment asks for: `de`, `de-AT`, `de_DE.UTF-8`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }
}

/// How one chat wants to be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatSettings {
    /// In which language.
    pub locale: Locale,
    /// In which time zone times are written.
    pub timezone: Tz,
}

impl Default for ChatSettings {
    fn default() -> Self {
        Self { locale: Locale::En, timezone: Tz::UTC }
    }
}
