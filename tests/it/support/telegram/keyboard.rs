//! Buttons under messages: what a bot may send, and what people see.

use std::fmt;

use serde_json::{Value, json};

use super::{entities::is_good_link, refusal::Refusal};

/// Source: <https://core.telegram.org/bots/api#inlinekeyboardbutton>.
const LONGEST_DATA: usize = 64;
const MOST_BUTTONS: usize = 100;
const WIDEST_ROW: usize = 8;

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens an address.
    Link(String),
    /// Tells the bot this.
    Data(String),
    /// Anything else, with its key.
    Other(String, Value),
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub text: String,
    pub action: Action,
}

/// Rows of buttons.
pub type Keyboard = Vec<Vec<Button>>;

impl Button {
    pub fn json(&self) -> Value {
        let mut button = json!({ "text": self.text });
        match &self.action {
            Action::Link(url) => button["url"] = json!(url),
            Action::Data(data) => button["callback_data"] = json!(data),
            Action::Other(key, value) => button[key] = value.clone(),
        }
        button
    }
}

impl fmt::Display for Button {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.action {
            Action::Link(url) => write!(f, "[{} -> {url}]", self.text),
            Action::Data(_) => write!(f, "[{}]", self.text),
            Action::Other(key, _) => write!(f, "[{}: {key}]", self.text),
        }
    }
}

/// The keyboard as a message carries it; nothing when there is none.
pub fn json(keyboard: &Keyboard) -> Option<Value> {
    let rows: Vec<Vec<Value>> = keyboard.iter().map(|row| row.iter().map(Button::json).collect()).collect();
    (!rows.is_empty()).then(|| json!({ "inline_keyboard": rows }))
}

/// The keyboard that was sent; none is an empty one.
pub fn accept(markup: Option<&Value>) -> Result<Keyboard, Refusal> {
    let Some(markup) = markup.filter(|markup| markup.as_object().is_none_or(|fields| !fields.is_empty())) else {
        return Ok(Vec::new());
    };
    let wrong = |why: &str| Refusal::bad_request(&format!("can't parse inline keyboard: {why}"));
    let Some(rows) = markup["inline_keyboard"].as_array() else {
        // Keyboards in the place of letters, and questions that force an answer, belong to the person and are not stored.
        let known = ["keyboard", "remove_keyboard", "force_reply"].iter().any(|kind| !markup[kind].is_null());
        return if known { Ok(Vec::new()) } else { Err(wrong("it is of no known form")) };
    };
    let mut keyboard = Vec::new();
    for row in rows {
        let row = row.as_array().ok_or_else(|| wrong("a row is no Array"))?;
        if row.len() > WIDEST_ROW {
            return Err(wrong("a row has too many buttons"));
        }
        let row = row.iter().map(button).collect::<Result<Vec<_>, _>>()?;
        if !row.is_empty() {
            keyboard.push(row);
        }
    }
    if keyboard.iter().map(Vec::len).sum::<usize>() > MOST_BUTTONS {
        return Err(Refusal::bad_request("REPLY_MARKUP_TOO_LONG"));
    }
    Ok(keyboard)
}

fn button(button: &Value) -> Result<Button, Refusal> {
    const OTHERS: &[&str] = &[
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ];
    const LOOKS: &[&str] = &["text", "style", "icon_custom_emoji_id"];
    let wrong = |why: &str| Refusal::bad_request(&format!("can't parse inline keyboard button: {why}"));
    let fields = button.as_object().ok_or_else(|| wrong("InlineKeyboardButton must be an Object"))?;
    let text = fields.get("text").and_then(Value::as_str).ok_or_else(|| wrong("can't find field \"text\""))?;
    if text.trim().is_empty() {
        return Err(wrong("text must be non-empty"));
    }
    let doing: Vec<_> =
        fields.iter().filter(|(key, value)| !LOOKS.contains(&key.as_str()) && !value.is_null()).collect();
    let [(key, value)] = doing.as_slice() else {
        let none = Refusal::bad_request("text buttons are unallowed in the inline keyboard");
        return Err(if doing.is_empty() { none } else { wrong("it does more than one thing") });
    };
    let said = value.as_str().unwrap_or_default();
    let action = match key.as_str() {
        "url" if !is_good_link(said) => {
            let invalid = format!("inline keyboard button URL '{said}' is invalid: Wrong HTTP URL");
            return Err(Refusal::bad_request(&invalid));
        }
        "url" => Action::Link(said.to_owned()),
        "callback_data" if said.is_empty() || said.len() > LONGEST_DATA => {
            return Err(Refusal::bad_request("BUTTON_DATA_INVALID"));
        }
        "callback_data" => Action::Data(said.to_owned()),
        other if OTHERS.contains(&other) => Action::Other(other.to_owned(), (*value).clone()),
        other => return Err(wrong(&format!("unknown field \"{other}\""))),
    };
    Ok(Button { text: text.to_owned(), action })
}
