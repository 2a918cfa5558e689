//! What a chat says in each language: one snapshot a language, to be read as somebody who speaks it would.

use super::*;
use crate::commands::settings::Setting;

/// What is typed or pressed in a chat that hears of something.
const LINES: [&str; 18] = [
    "/help",
    "/help subscribe",
    "/about",
    "/status",
    "/status github",
    "/status whatsapp",
    "/incident github",
    "/maintenance",
    "/services",
    "/subscribe github partial_outage components=Actions maintenance=on sources=official mention=@ops",
    "/unsubscribe github",
    "/mute whatsapp 2h",
    "/settings",
    "/settings language",
    "/settings updates",
    "/settings timezone Europe/Vienna",
    "/nonsense",
    "/status watsap",
];

#[test]
fn every_language_speaks_like_itself() {
    let chat = Chat { mutes: mutes(), components: components(), ..Chat::new() };
    let many = Chat { subscriptions: (0..40).map(filtered).collect(), ..Chat::new() };
    let empty = Chat::without_subscriptions();
    for locale in Locale::ALL {
        let mut said: Vec<String> = LINES.iter().map(|line| chat.said_in(&[locale], line)).collect();
        said.push(many.said_in(&[locale], "/subscriptions"));
        said.push(empty.said_in(&[locale], "/subscriptions"));
        said.push(empty.said_in(&[locale], "/status"));
        insta::assert_snapshot!(format!("every_language_speaks_like_itself_{}", locale.tag()), said.join("\n====\n"));
    }
}

/// One of many subscriptions, each with another filter.
fn filtered(number: usize) -> Subscription {
    let topics = ["whatsapp", "meta", "signal", "telegram", "github", "google-workspace", "spotify"];
    let severities = [Some(Severity::MajorOutage), None, Some(Severity::PartialOutage), Some(Severity::Degraded)];
    let mut one = subscription(Topic::Service(id(topics[number % topics.len()])));
    one.filter.severity = severities[number % severities.len()];
    if number.is_multiple_of(5) {
        one.filter.regions = vec!["EU".to_owned(), "US East".to_owned()];
    }
    if number.is_multiple_of(3) {
        one.mention = Some("@ops".to_owned());
    }
    one
}

#[test]
fn the_language_of_a_chat_is_set_by_its_tag_its_own_name_or_its_english_name() {
    for locale in Locale::ALL {
        for name in [locale.tag(), locale.name(), locale.english_name()] {
            let from = if locale == Locale::En { Locale::De } else { Locale::En };
            let line = format!("/settings language {name}");
            match Chat::new().answer_in(from, Typed::Line(&line)).changes.as_slice() {
                [Change::Settings { settings, .. }] => assert_eq!(settings.locale, locale, "{line}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_setting_can_be_named_in_any_language() {
    use crate::text::{Text, plain};
    for locale in Locale::ALL {
        let name = plain(locale, &Text::SettingName { setting: "timezone" });
        assert_eq!(Setting::read(&name.to_uppercase()), Some(Setting::Timezone), "{name}");
    }
}
