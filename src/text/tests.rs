use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use fluent_bundle::FluentResource;

use super::*;
use crate::domain::Condition;

/// Something to put into a wording.
pub(super) trait Sample {
    fn sample(field: &'static str, count: usize) -> Self;
}

impl Sample for &str {
    fn sample(field: &'static str, _: usize) -> Self {
        field
    }
}

impl Sample for usize {
    fn sample(_: &'static str, count: usize) -> Self {
        count
    }
}

impl Sample for std::time::Duration {
    fn sample(_: &'static str, count: usize) -> Self {
        Self::from_secs(3_600 * count as u64)
    }
}

impl Sample for Condition {
    fn sample(_: &'static str, _: usize) -> Self {
        Self::MajorOutage
    }
}

impl Sample for DateTime<Utc> {
    fn sample(_: &'static str, _: usize) -> Self {
        "2026-11-22T14:05:00Z".parse().unwrap()
    }
}

impl Sample for &[Span] {
    fn sample(field: &'static str, _: usize) -> Self {
        vec![Span::Text(field.to_owned())].leak()
    }
}

/// The names with a dollar sign in each message of a wording file.
fn placeholders(locale: Locale) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut messages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut key = "";
    for line in wording(locale).lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            key = line.split_once(" =").unwrap().0;
            assert!(messages.insert(key, BTreeSet::new()).is_none(), "{locale:?}: `{key}` stands there twice");
        }
        for name in line.split('$').skip(1) {
            let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(name.len());
            messages.get_mut(key).unwrap().insert(&name[..end]);
        }
    }
    messages
}

#[test]
fn every_text_has_its_wording_in_every_language_and_uses_all_it_is_given() {
    let expected: BTreeMap<&str, BTreeSet<&str>> = Text::samples(1)
        .iter()
        .map(|text| {
            let (key, values) = text.parts();
            (key, values.into_iter().map(|(name, _)| name).collect())
        })
        .collect();
    for locale in Locale::ALL {
        assert!(FluentResource::try_new(wording(locale).to_owned()).is_ok(), "{locale:?} cannot be parsed");
        assert_eq!(placeholders(locale), expected, "{locale:?}");
    }
}

#[test]
fn every_text_is_put_into_words_without_a_fault_in_every_language() {
    for locale in Locale::ALL {
        for text in [0, 1, 2, 5, 21].into_iter().flat_map(Text::samples) {
            let (key, values) = text.parts();
            let mut spans = Vec::new();
            let mut args = FluentArgs::new();
            for (name, value) in values {
                args.set(name, argument(locale, value, &mut spans));
            }
            let sentence = format(locale, key, &args);
            assert!(sentence.is_some_and(|words| !words.is_empty()), "{locale:?}: `{key}` has a fault");
            let shown = plain(locale, &text);
            assert!(!shown.contains(['{', '}', '\u{E000}', '\u{E001}', '\u{2068}']), "{locale:?}: {shown}");
        }
    }
}

#[test]
fn names_commands_and_times_keep_their_meaning_inside_a_sentence() {
    let at = <DateTime<Utc>>::sample("", 0);
    let text =
        Text::WasDown { condition: "major_outage", start: at, end: at, length: std::time::Duration::from_secs(7_200) };
    let time = Span::Time { at, style: Moment::Absolute };
    assert_eq!(
        say(Locale::De, &text),
        [
            Span::Text("Ausgefallen von ".to_owned()),
            time.clone(),
            Span::Text(" bis ".to_owned()),
            time,
            Span::Text(" (2 Stunden).".to_owned()),
        ]
    );
}

#[test]
fn an_outside_name_cannot_pose_as_a_placeholder() {
    let text = Text::AlertTitle { service: "{ $condition } \u{E000}", condition: "degraded" };
    assert_eq!(
        say(Locale::En, &text),
        [Span::Strong("{ $condition } \u{E000}".to_owned()), Span::Text(": degraded".to_owned())]
    );
}
