//! The bot's commands as Discord wants them declared: nothing that is empty, nothing that is null.

use serde_json::{Map, Value, json};

use crate::{
    commands::{Kind, OptionSpec, Permission, Spec, Summary},
    domain::{Locale, Platform},
};

/// Commands that make sense where the bot itself is not: they only tell.
const ANYWHERE: [&str; 6] = ["status", "services", "incident", "maintenance", "help", "about"];

/// Manage Channels, as Discord writes rights: a number in a text.
/// Source: <https://discord.com/developers/docs/topics/permissions> (read 2026-08-30).
const MANAGE_CHANNELS: &str = "16";

/// What people may type for one option; Discord itself would take 6,000 characters.
const LONGEST_VALUE: u32 = 100;
/// The same for lists of names.
const LONGEST_LIST: u32 = 400;

/// All commands that exist on Discord, as one declaration.
pub(super) fn declaration(specs: &[Spec]) -> Value {
    specs.iter().filter(|spec| spec.platforms.contains(&Platform::Discord)).map(command).collect()
}

/// A short name of a declaration for this application: it has changed when the name has.
pub(super) fn fingerprint(application: u64, declaration: &Value) -> String {
    // FNV-1a, 64 bits: the same in every version of every library. Source: RFC 9923.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in declaration.to_string().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{application}-{hash:016x}")
}

fn command(spec: &Spec) -> Value {
    let mut command = described(&spec.name, &spec.summary);
    command.insert("type".to_owned(), json!(1));
    // Contexts: 0 a server, 1 the chat with the bot, 2 other chats. Kinds of installation: 0 in a server, 1 by a person.
    let (contexts, installed) = match (spec.permission, ANYWHERE.contains(&spec.name.as_str())) {
        (Permission::Anyone, true) => (json!([0, 1, 2]), json!([0, 1])),
        (Permission::Anyone, false) | (Permission::Manage, _) => (json!([0, 1]), json!([0])),
    };
    command.insert("contexts".to_owned(), contexts);
    command.insert("integration_types".to_owned(), installed);
    if spec.permission == Permission::Manage {
        command.insert("default_member_permissions".to_owned(), json!(MANAGE_CHANNELS));
    }
    if !spec.options.is_empty() {
        command.insert("options".to_owned(), spec.options.iter().map(option).collect());
    }
    Value::Object(command)
}

fn option(spec: &OptionSpec) -> Value {
    let mut option = described(&spec.name, &spec.summary);
    let mut set = |key: &str, value: Value| option.insert(key.to_owned(), value);
    if spec.is_required {
        set("required", json!(true));
    }
    let text = 3;
    match spec.kind {
        Kind::Integer => {
            set("type", json!(4));
            set("min_value", json!(1));
            set("max_value", json!(1_000_000));
        }
        Kind::Channel => {
            set("type", json!(7));
        }
        Kind::Mention => {
            set("type", json!(8));
        }
        Kind::Text => {
            set("type", json!(text));
            set("min_length", json!(1));
            set("max_length", json!(LONGEST_VALUE));
        }
        Kind::Address => {
            set("type", json!(text));
            set("min_length", json!(1));
            set("max_length", json!(LONGEST_LIST));
        }
        Kind::Names | Kind::Regions => {
            set("type", json!(text));
            set("min_length", json!(1));
            set("max_length", json!(LONGEST_LIST));
            set("autocomplete", json!(true));
        }
        Kind::Duration
        | Kind::Service
        | Kind::Severity
        | Kind::Switch
        | Kind::Sources
        | Kind::Topic
        | Kind::Subscribed
        | Kind::Watched
        | Kind::Search
        | Kind::Incident
        | Kind::Command
        | Kind::Mutable
        | Kind::Muted
        | Kind::Setting
        | Kind::Choice => {
            set("type", json!(text));
            set("min_length", json!(1));
            set("max_length", json!(LONGEST_VALUE));
            set("autocomplete", json!(true));
        }
    }
    Value::Object(option)
}

/// Name and summary, with the summary's other languages.
fn described(name: &str, summary: &Summary) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(name));
    map.insert("description".to_owned(), json!(summary.say(Locale::default())));
    let mut others = Map::new();
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::default()) {
        for tag in tags(locale) {
            others.insert((*tag).to_owned(), json!(summary.say(locale)));
        }
    }
    if !others.is_empty() {
        map.insert("description_localizations".to_owned(), Value::Object(others));
    }
    map
}

/// Discord's names for a language.
/// Source: <https://discord.com/developers/docs/reference#locales> (read 2026-08-30).
const fn tags(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En => &["en-US", "en-GB"],
        Locale::De => &["de"],
        Locale::Fr => &["fr"],
        Locale::Tr => &["tr"],
        Locale::Id => &["id"],
        Locale::Es => &["es-ES", "es-419"],
        Locale::Ja => &["ja"],
        Locale::PtBr => &["pt-BR"],
        Locale::Ru => &["ru"],
        Locale::Zh => &["zh-CN", "zh-TW"],
        Locale::Uk => &["uk"],
        // Discord's own program does not speak it, and refuses a declaration that names it.
        Locale::Ar => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::specs;

    /// Everything Discord refuses in a declaration.
    /// Source: <https://discord.com/developers/docs/interactions/application-commands> (read 2026-08-30).
    fn check(command: &Value) {
        let count = |value: &Value| value.as_str().unwrap().chars().count();
        let mut all = 0;
        let mut described = |value: &Value| {
            let name = value["name"].as_str().unwrap();
            assert!(!name.is_empty() && name.len() <= 32 && name.to_lowercase() == name, "{name}");
            let longest = value["description_localizations"].as_object().unwrap().values().map(count);
            let longest = longest.chain([count(&value["description"])]).max().unwrap();
            assert!((1..=100).contains(&longest), "{name}: {longest}");
            all += name.len() + longest;
        };
        described(command);
        let none = Vec::new();
        let options = command.get("options").map_or(&none, |options| options.as_array().unwrap());
        assert!(options.len() <= 25);
        for option in options {
            described(option);
            assert!(option["type"].is_u64());
        }
        let required: Vec<bool> = options.iter().map(|option| option.get("required").is_some()).collect();
        assert!(required.is_sorted_by(|one, next| one >= next), "required ones come first: {command}");
        assert!(all <= 8_000, "{all}");
        assert!(!command.to_string().contains("null"), "{command}");
    }

    #[test]
    fn discord_can_take_every_command() {
        let declaration = declaration(specs());
        let commands = declaration.as_array().unwrap();
        assert!(!commands.is_empty() && commands.len() <= 100);
        commands.iter().for_each(check);
    }

    #[test]
    fn what_changes_a_chat_is_for_those_who_manage_it_and_not_for_people_elsewhere() {
        let declaration = declaration(specs());
        let named = |name| declaration.as_array().unwrap().iter().find(|command| command["name"] == name).unwrap();
        let subscribe = named("subscribe");
        assert_eq!(subscribe["default_member_permissions"], "16");
        assert_eq!((&subscribe["contexts"], &subscribe["integration_types"]), (&json!([0, 1]), &json!([0])));
        let status = named("status");
        assert_eq!(status.get("default_member_permissions"), None);
        assert_eq!((&status["contexts"], &status["integration_types"]), (&json!([0, 1, 2]), &json!([0, 1])));
    }

    #[test]
    fn an_option_says_what_it_takes() {
        let declaration = declaration(specs());
        let subscribe =
            declaration.as_array().unwrap().iter().find(|command| command["name"] == "subscribe").unwrap().clone();
        let option = |name: &str| {
            subscribe["options"].as_array().unwrap().iter().find(|option| option["name"] == name).unwrap().clone()
        };
        assert_eq!((&option("topic")["type"], &option("topic")["autocomplete"]), (&json!(3), &json!(true)));
        assert_eq!(option("mention")["type"], 8);
        assert_eq!(option("components")["max_length"], 400);
    }

    #[test]
    fn a_changed_declaration_has_another_fingerprint() {
        let one = fingerprint(7, &json!([{ "name": "a" }]));
        assert_eq!(one, fingerprint(7, &json!([{ "name": "a" }])));
        assert_ne!(one, fingerprint(7, &json!([{ "name": "b" }])));
        assert_ne!(one, fingerprint(8, &json!([{ "name": "a" }])));
    }
}
