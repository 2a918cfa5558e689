//! Where messages go.

use std::{fmt, sync::Arc};

use chrono_tz::Tz;

use crate::domain::{Locale, Schedule};

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

impl ChatId {
    /// The chat that this text names as [`ChatId`]'s own text does: platform and address with a colon between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (platform, address) = text.split_once(':')?;
        let fits = (1..=64).contains(&address.len()) && !address.contains(char::is_control);
        Some(Self { platform: Platform::from_word(platform)?, address: address.into() }).filter(|_| fits)
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.platform.word(), self.address)
    }
}

/// The platform's own name for a message in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(pub Arc<str>);

/// How one chat wants to be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatSettings {
    /// In which language.
    pub locale: Locale,
    /// In which time zone times are written.
    pub timezone: Tz,
    /// How what is new about an open incident arrives.
    pub updates: Updates,
    /// Which messages make a sound, where the platform can send silently.
    pub sound: Sound,
    /// When it is told how things are, whether or not there is news; `None`: never.
    pub digest: Option<Schedule>,
}

impl Default for ChatSettings {
    fn default() -> Self {
        let (updates, sound) = (Updates::default(), Sound::default());
        Self { locale: Locale::En, timezone: Tz::UTC, updates, sound, digest: None }
    }
}

/// How what is new about an open incident arrives. The alert itself is edited in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Updates {
    /// The alert is edited and that is all.
    #[default]
    Edits,
    /// Important updates are also sent, in reply to the alert.
    Replies,
    /// Important updates are also sent in a thread that hangs on the alert; where the platform has none, as replies.
    Thread,
}

impl Updates {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Edits, Self::Replies, Self::Thread];

    /// The word in settings and stored records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Edits => "edits",
            Self::Replies => "replies",
            Self::Thread => "thread",
        }
    }

    /// The way that [`Updates::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// Which messages make a sound, where the platform can send silently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sound {
    /// Beginnings, returns and ends do, updates do not.
    #[default]
    News,
    /// All.
    All,
    /// None.
    Off,
}

impl Sound {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::News, Self::All, Self::Off];

    /// The word in settings and stored records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::All => "all",
            Self::Off => "off",
        }
    }

    /// The choice that [`Sound::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.word() == word)
    }
}
