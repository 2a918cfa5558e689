//! Embeds: their fields, their lengths, their sum.

use chrono::DateTime;
use serde_json::Value;

use super::super::{
    form::{Form, length},
    limits,
};

/// The embeds of a message, `None` where it does not say.
pub fn embeds(message: &Form<'_>) -> Option<Vec<Value>> {
    if !message.has("embeds") {
        return None;
    }
    let forms = message.forms("embeds", 0..=limits::EMBEDS);
    let in_all: usize = forms.iter().map(embed).sum();
    if in_all > limits::EMBEDS_IN_ALL {
        let message_text = format!("Embed size exceeds maximum size of {}", limits::EMBEDS_IN_ALL);
        message.fault("embeds", "MAX_EMBED_SIZE_EXCEEDED", message_text);
    }
    Some(message.value("embeds").and_then(Value::as_array).cloned().unwrap_or_default())
}

/// Checks one; gives what counts of it.
fn embed(embed: &Form<'_>) -> usize {
    embed.only(&[
        "title",
        "type",
        "description",
        "url",
        "timestamp",
        "color",
        "footer",
        "image",
        "thumbnail",
        "author",
        "fields",
    ]);
    embed.text("type", 0..=32);
    embed.url("url", limits::URL);
    embed.integer("color", 0..=0xFF_FF_FF);
    if let Some(at) = embed.text("timestamp", 0..=64).filter(|at| DateTime::parse_from_rfc3339(at).is_err()) {
        embed.fault("timestamp", "DATE_TIME_TYPE_PARSE", format!("Could not parse {at}. Should be ISO8601."));
    }
    for key in ["image", "thumbnail"] {
        if let Some(image) = embed.form(key) {
            image.only(&["url", "proxy_url", "height", "width"]);
            image.require("url");
            image.url("url", limits::URL);
        }
    }
    let counted = |text: Option<&str>| text.map_or(0, length);
    let mut sum = counted(embed.text("title", 0..=limits::EMBED_TITLE));
    sum += counted(embed.text("description", 0..=limits::EMBED_DESCRIPTION));
    if let Some(footer) = embed.form("footer") {
        footer.only(&["text", "icon_url", "proxy_icon_url"]);
        footer.url("icon_url", limits::URL);
        sum += counted(footer.required_text("text", 0..=limits::EMBED_FOOTER));
    }
    if let Some(author) = embed.form("author") {
        author.only(&["name", "url", "icon_url", "proxy_icon_url"]);
        author.url("url", limits::URL);
        author.url("icon_url", limits::URL);
        sum += counted(author.required_text("name", 0..=limits::EMBED_AUTHOR));
    }
    for field in embed.forms("fields", 0..=limits::EMBED_FIELDS) {
        field.only(&["name", "value", "inline"]);
        field.boolean("inline");
        for (key, most) in [("name", limits::EMBED_FIELD_NAME), ("value", limits::EMBED_FIELD_VALUE)] {
            let text = field.required_text(key, 0..=most);
            if text.is_some_and(|text| length(text) == 0) {
                field.fault(key, "BASE_TYPE_REQUIRED", "This field is required");
            }
            sum += counted(text);
        }
    }
    sum
}

/// Whether there is anything to see in it.
pub fn shows_something(embed: &Value) -> bool {
    let is_said = |key: &str| embed[key].as_str().is_some_and(|text| length(text) > 0);
    is_said("title")
        || is_said("description")
        || ["footer", "author", "image", "thumbnail"].iter().any(|key| embed[*key].is_object())
        || embed["fields"].as_array().is_some_and(|fields| !fields.is_empty())
}
