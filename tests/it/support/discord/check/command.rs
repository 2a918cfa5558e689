//! Commands as an app declares them.

use std::collections::HashSet;

use serde_json::Value;

use super::super::{
    form::{Faults, Form, is_locale, length},
    limits,
    refusal::Refusal,
};

const STRING: i64 = 3;
const INTEGER: i64 = 4;
const NUMBER: i64 = 10;
/// A string, an integer, a boolean, a user, a channel, a role, something mentionable, a number, a file.
const KINDS: [i64; 9] = [STRING, INTEGER, 5, 6, 7, 8, 9, NUMBER, 11];

/// Checks the list of all commands.
pub fn read_all(body: &Value) -> Result<Vec<Value>, Refusal> {
    let faults = Faults::default();
    let whole = serde_json::json!({"": body});
    let list = Form::new(&whole, "", &faults).unwrap();
    let mut names = HashSet::new();
    for form in list.forms("", 0..=limits::COMMANDS) {
        if let Some(name) = command(&form)
            && !names.insert(name)
        {
            let text = "Application command names must be unique";
            form.fault("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", text);
        }
    }
    faults.into_result()?;
    Ok(body.as_array().cloned().unwrap_or_default())
}

/// Checks one; gives its name.
fn command<'v>(form: &Form<'v>) -> Option<&'v str> {
    form.only(&[
        "id",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "default_member_permissions",
        "dm_permission",
        "integration_types",
        "contexts",
        "type",
        "nsfw",
    ]);
    form.one_of("type", &[1]);
    form.boolean("nsfw");
    form.boolean("dm_permission");
    if let Some(bits) = form.text("default_member_permissions", 1..=20)
        && bits.parse::<u64>().is_err()
    {
        form.fault(
            "default_member_permissions",
            "BITFIELD_TYPE_CONVERT",
            format!("Value \"{bits}\" is not a bitfield."),
        );
    }
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        let mut seen = HashSet::new();
        for (index, value) in form.list(key, 1..=3).iter().enumerate() {
            if !value.as_i64().is_some_and(|value| (0..=most).contains(&value) && seen.insert(value)) {
                form.fault(
                    &format!("{key}.{index}"),
                    "BASE_TYPE_CHOICES",
                    format!("Value must be from 0 to {most}, once."),
                );
            }
        }
    }
    let counted = named(form) + options(form);
    if counted > limits::COMMAND_IN_ALL {
        let text = format!("Command exceeds maximum size ({})", limits::COMMAND_IN_ALL);
        form.fault("", "APPLICATION_COMMAND_TOO_LARGE", text);
    }
    form.text("name", 0..=usize::MAX)
}

/// Checks name and description in all languages; gives the longest lengths together.
fn named(form: &Form<'_>) -> usize {
    let mut counted = 0;
    if let Some(name) = form.required_text("name", 1..=limits::COMMAND_NAME) {
        if !is_name(name) {
            form.fault("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        counted += length(name).max(localizations(form, "name_localizations", limits::COMMAND_NAME, is_name));
    }
    if let Some(text) = form.required_text("description", 1..=limits::COMMAND_DESCRIPTION) {
        let others = localizations(form, "description_localizations", limits::COMMAND_DESCRIPTION, |_| true);
        counted += length(text).max(others);
    }
    counted
}

fn localizations(form: &Form<'_>, key: &str, most: usize, is_valid: fn(&str) -> bool) -> usize {
    let Some(texts) = form.form(key) else { return 0 };
    let mut longest = 0;
    for (locale, _) in texts.entries() {
        if !is_locale(locale) {
            texts.fault(locale, "BASE_TYPE_CHOICES", format!("\"{locale}\" is not a locale."));
        }
        let text = texts.required_text(locale, 1..=most).unwrap_or_default();
        if !is_valid(text) {
            texts.fault(locale, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        longest = longest.max(length(text));
    }
    longest
}

fn is_name(name: &str) -> bool {
    let is_fit = |character: char| character.is_alphanumeric() || "-_'".contains(character);
    name.chars().all(|character| is_fit(character) && !character.is_uppercase())
}

fn options(form: &Form<'_>) -> usize {
    let (mut names, mut was_optional, mut counted) = (HashSet::new(), false, 0);
    for option in form.forms("options", 0..=limits::OPTIONS) {
        option.only(&[
            "type",
            "name",
            "name_localizations",
            "description",
            "description_localizations",
            "required",
            "choices",
            "channel_types",
            "min_value",
            "max_value",
            "min_length",
            "max_length",
            "autocomplete",
        ]);
        counted += named(&option);
        if option.text("name", 0..=usize::MAX).is_some_and(|name| !names.insert(name)) {
            let text = "Option name already exists";
            option.fault("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", text);
        }
        let is_required = option.boolean("required").unwrap_or_default();
        if is_required && was_optional {
            let text = "Required options must be placed before non-required options";
            option.fault("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text);
        }
        was_optional |= !is_required;
        option.require("type");
        let kind = option.one_of("type", &KINDS).unwrap_or_default();
        bounds(&option, kind);
        counted += choices(&option, kind);
    }
    counted
}

fn bounds(option: &Form<'_>, kind: i64) {
    if !KINDS.contains(&kind) {
        return;
    }
    for (keys, kinds) in [
        (["min_value", "max_value"], &[INTEGER, NUMBER][..]),
        (["min_length", "max_length"], &[STRING]),
        (["channel_types", "channel_types"], &[7]),
        (["autocomplete", "choices"], &[STRING, INTEGER, NUMBER]),
    ] {
        for key in keys.into_iter().filter(|key| option.value(key).is_some() && !kinds.contains(&kind)) {
            option.fault(key, "APPLICATION_COMMAND_OPTION_FIELD_INVALID", "Options of this type have no such field");
        }
    }
    option.integer("min_length", 0..=6_000);
    option.integer("max_length", 1..=6_000);
}

fn choices(option: &Form<'_>, kind: i64) -> usize {
    let completes = option.boolean("autocomplete").unwrap_or_default();
    let choices = option.forms("choices", 0..=limits::CHOICES);
    if completes && !choices.is_empty() {
        let text = "Autocomplete and choices cannot both be set";
        option.fault("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", text);
    }
    let mut names = HashSet::new();
    let sizes = choices.iter().map(|form| {
        let (name, size) = choice(form, kind);
        if name.is_some_and(|name| !names.insert(name)) {
            form.fault(
                "name",
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
        size
    });
    sizes.sum()
}

/// Checks a choice of an option of this kind, declared or offered while somebody types; gives its name and what counts of it.
fn choice<'v>(form: &Form<'v>, kind: i64) -> (Option<&'v str>, usize) {
    form.only(&["name", "name_localizations", "value"]);
    let name = form.required_text("name", 1..=limits::CHOICE_TEXT);
    let others = localizations(form, "name_localizations", limits::CHOICE_TEXT, |_| true);
    form.require("value");
    let size = match kind {
        STRING => form.text("value", 0..=limits::CHOICE_TEXT).map_or(0, length),
        INTEGER => form.integer("value", -(1 << 53)..=1 << 53).map_or(0, |value| value.to_string().len()),
        _ if form.value("value").is_some_and(|value| !value.is_number()) => {
            form.fault("value", "NUMBER_TYPE_COERCE", "Value is not a number.");
            0
        }
        _ => 0,
    };
    (name, name.map_or(0, length).max(others) + size)
}

/// Checks what is offered while somebody types; gives the offers.
pub fn read_choices(data: &Form<'_>, kind: i64) -> Vec<(String, Value)> {
    data.only(&["choices"]);
    data.require("choices");
    let forms = data.forms("choices", 0..=limits::CHOICES);
    let read = |form: &Form<'_>| {
        let (name, _) = choice(form, kind);
        Some((name?.to_owned(), form.value("value")?.clone()))
    };
    forms.iter().filter_map(read).collect()
}
