//! Rows of buttons and select menus.

use std::collections::HashSet;

use serde_json::Value;

use super::super::{form::Form, limits};

const ROW: i64 = 1;
const BUTTON: i64 = 2;
const TEXT_SELECT: i64 = 3;
const LINK: i64 = 5;

/// The components of a message, `None` where it does not say.
pub fn components(message: &Form<'_>) -> Option<Vec<Value>> {
    if !message.has("components") {
        return None;
    }
    let mut custom_ids = HashSet::new();
    for row in message.forms("components", 0..=limits::ROWS) {
        row.only(&["type", "components", "id"]);
        row.require("type");
        row.one_of("type", &[ROW]);
        row.require("components");
        for component in self::row(&row) {
            if let Some(custom_id) = component.text("custom_id", 1..=limits::CUSTOM_ID)
                && !custom_ids.insert(custom_id)
            {
                let text = "Component custom id cannot be duplicated";
                component.fault("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", text);
            }
        }
    }
    Some(message.value("components").and_then(Value::as_array).cloned().unwrap_or_default())
}

fn row<'v>(row: &Form<'v>) -> Vec<Form<'v>> {
    let components = row.forms("components", 1..=limits::BUTTONS_IN_ROW);
    for component in &components {
        component.require("type");
        match component.one_of("type", &[BUTTON, TEXT_SELECT]) {
            Some(BUTTON) => button(component),
            Some(TEXT_SELECT) => {
                if components.len() > 1 {
                    row.fault(
                        "components",
                        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                        "The specified component exceeds the maximum width",
                    );
                }
                select(component);
            }
            _ => {}
        }
    }
    components
}

fn button(button: &Form<'_>) {
    button.only(&["type", "style", "label", "emoji", "custom_id", "url", "disabled", "id"]);
    button.require("style");
    let style = button.one_of("style", &[1, 2, 3, 4, LINK]);
    button.boolean("disabled");
    let label = button.text("label", 0..=limits::BUTTON_LABEL);
    if label.is_none_or(|label| label.trim().is_empty()) && button.value("emoji").is_none() {
        button.fault("label", "BASE_TYPE_REQUIRED", "A button must have a label or an emoji");
    }
    if let Some(emoji) = button.form("emoji") {
        emoji.only(&["id", "name", "animated"]);
        emoji.text("name", 1..=32);
    }
    button.url("url", limits::BUTTON_URL);
    let (is_link, has_url, has_id) = (style == Some(LINK), button.has("url"), button.has("custom_id"));
    if has_url && has_id {
        let text = "A custom id and url cannot both be specified";
        button.fault("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text);
    }
    if is_link {
        button.require("url");
    } else {
        button.require("custom_id");
        if has_url {
            button.fault("url", "BUTTON_COMPONENT_INVALID_STYLE", "Only link buttons have a url");
        }
    }
}

fn select(select: &Form<'_>) {
    select.only(&["type", "custom_id", "options", "placeholder", "min_values", "max_values", "disabled", "id"]);
    select.require("custom_id");
    select.boolean("disabled");
    select.text("placeholder", 0..=limits::SELECT_PLACEHOLDER);
    let most = i64::try_from(limits::SELECT_OPTIONS).unwrap();
    select.integer("min_values", 0..=most);
    select.integer("max_values", 1..=most);
    select.require("options");
    let mut values = HashSet::new();
    for option in select.forms("options", 1..=limits::SELECT_OPTIONS) {
        option.only(&["label", "value", "description", "emoji", "default"]);
        option.required_text("label", 1..=limits::SELECT_TEXT);
        option.text("description", 0..=limits::SELECT_TEXT);
        option.boolean("default");
        if let Some(value) = option.required_text("value", 1..=limits::SELECT_TEXT)
            && !values.insert(value)
        {
            option.fault(
                "value",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}
