//! Chats as people look at them.

use std::{collections::BTreeSet, fmt, sync::Arc};

use super::{
    Inner,
    entities::{covered, drawn},
    keyboard::Keyboard,
    world::{Message, World},
};

/// A chat, or one topic of it.
#[derive(Clone)]
pub struct Room {
    pub(super) inner: Arc<Inner>,
    pub chat: i64,
    pub thread: Option<i64>,
}

/// A message as people see it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: i64,
    pub is_from_bot: bool,
    /// The letters alone.
    pub text: String,
    /// The text with signs for how it looks.
    pub drawn: String,
    pub keyboard: Keyboard,
    pub edits: usize,
    pub is_silent: bool,
    pub is_previewed: bool,
    pub reply_to: Option<i64>,
    /// What can be pressed in its text without having been marked: names, commands, hashtags, addresses.
    pub live: BTreeSet<String>,
}

impl Seen {
    fn new(message: &Message, bot: i64) -> Self {
        let Message { text, entities, .. } = message;
        const LIVE: &[&str] = &["mention", "bot_command", "hashtag", "url", "email"];
        let live = entities.iter().filter(|entity| LIVE.contains(&entity.kind.as_str()));
        Self {
            id: message.id,
            is_from_bot: message.from == Some(bot),
            text: text.clone(),
            drawn: drawn(text, entities),
            keyboard: message.keyboard.clone(),
            edits: message.edits,
            is_silent: message.is_silent,
            is_previewed: message.is_previewed,
            reply_to: message.reply_to,
            live: live.map(|entity| covered(text, entity)).collect(),
        }
    }

    /// The texts of its buttons.
    pub fn labels(&self) -> Vec<&str> {
        self.keyboard.iter().flatten().map(|button| button.text.as_str()).collect()
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.drawn)?;
        for row in &self.keyboard {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            write!(f, "\n{}", row.join(" "))?;
        }
        Ok(())
    }
}

impl Room {
    fn read(&self, world: &World) -> Vec<Seen> {
        let place = world.chat(self.chat);
        let is_here = |message: &&Message| {
            let is_in_topic = !place.is_forum || message.thread == self.thread;
            is_in_topic && message.service.is_none()
        };
        place.messages.values().filter(is_here).map(|message| Seen::new(message, world.bot.id)).collect()
    }

    /// What stands there now, but for messages that nobody wrote.
    pub fn messages(&self) -> Vec<Seen> {
        self.inner.look(|world| self.read(world))
    }

    /// What the bot's messages there say now.
    pub fn told(&self) -> Vec<Seen> {
        self.messages().into_iter().filter(|message| message.is_from_bot).collect()
    }

    /// Waits for the first message that is so.
    pub async fn until(&self, what: &str, is_so: impl Fn(&Seen) -> bool) -> Seen {
        self.inner.until(what, |world| self.read(world).into_iter().find(&is_so)).await
    }

    /// Waits until the bot has said this there.
    pub async fn until_told(&self, text: &str) -> Seen {
        self.until(text, |message| message.is_from_bot && message.text.contains(text)).await
    }

    /// The topic's name.
    pub fn topic(&self) -> Option<String> {
        self.inner.look(|world| Some(world.chat(self.chat).topics.get(&self.thread?)?.name.clone()))
    }
}
