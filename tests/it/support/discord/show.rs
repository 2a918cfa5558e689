//! Messages as people see them.

use serde_json::Value;

use super::{
    check::message::SUPPRESS_NOTIFICATIONS,
    world::{Message, Place},
};

/// Somebody whose attention a message asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ping {
    Everyone,
    Role(u64),
    User(u64),
}

/// A button below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    /// Where it leads, if it is a link.
    pub url: Option<String>,
    pub custom_id: Option<String>,
    pub is_disabled: bool,
}

/// A message as its readers see it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub place: Place,
    pub content: String,
    pub embeds: Vec<Value>,
    pub buttons: Vec<Button>,
    /// How often it was edited.
    pub edits: usize,
    pub reply_to: Option<u64>,
    pub thread: Option<u64>,
    pub pings: Vec<Ping>,
    pub is_published: bool,
    /// Whether only the one who asked sees it.
    pub is_ephemeral: bool,
    /// Whether it came without a sound.
    pub is_silent: bool,
}

impl Shown {
    pub fn new(place: Place, message: &Message) -> Self {
        let button = |button: &Value| {
            let text = |key: &str| button[key].as_str().map(str::to_owned);
            Button {
                label: text("label").unwrap_or_default(),
                url: text("url"),
                custom_id: text("custom_id"),
                is_disabled: button["disabled"] == true,
            }
        };
        let rows = message.components.iter().filter_map(|row| row["components"].as_array());
        Self {
            place,
            content: message.content.clone(),
            embeds: message.embeds.clone(),
            buttons: rows.flatten().map(button).collect(),
            edits: message.edits,
            reply_to: message.reply_to,
            thread: message.thread,
            pings: message.pings.clone(),
            is_published: message.is_published,
            is_ephemeral: message.is_ephemeral(),
            is_silent: message.flags & SUPPRESS_NOTIFICATIONS != 0,
        }
    }

    /// All of it, line by line: what is above, each embed behind a bar, the buttons below.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = self.content.lines().map(str::to_owned).collect();
        for embed in &self.embeds {
            lines.extend(embed_lines(embed).iter().map(|line| format!("| {line}")));
        }
        let button = |button: &Button| match &button.url {
            Some(url) => format!("[{}]({url})", button.label),
            None if button.is_disabled => format!("({})", button.label),
            None => format!("[{}]", button.label),
        };
        if !self.buttons.is_empty() {
            lines.push(self.buttons.iter().map(button).collect::<Vec<_>>().join(" "));
        }
        lines.join("\n")
    }

    /// Whether this stands anywhere in it.
    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    pub fn button(&self, label: &str) -> &Button {
        let found = self.buttons.iter().find(|button| button.label == label);
        found.unwrap_or_else(|| panic!("there is no button {label:?} below\n{}", self.text()))
    }
}

fn embed_lines(embed: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut whole = Vec::new();
    if let Some(colour) = embed["color"].as_u64() {
        whole.push(format!("colour {colour:06x}"));
    }
    whole.push(text(&embed["author"]["name"]));
    match embed["url"].as_str() {
        Some(url) => whole.push(format!("**[{}]({url})**", text(&embed["title"]))),
        None if embed["title"].is_string() => whole.push(format!("**{}**", text(&embed["title"]))),
        None => {}
    }
    whole.push(text(&embed["description"]));
    for field in embed["fields"].as_array().into_iter().flatten() {
        whole.push(format!("**{}**\n{}", text(&field["name"]), text(&field["value"])));
    }
    whole.push(text(&embed["footer"]["text"]));
    whole.push(text(&embed["timestamp"]));
    whole.retain(|part| !part.is_empty());
    whole.iter().flat_map(|part| part.lines()).map(str::to_owned).collect()
}
