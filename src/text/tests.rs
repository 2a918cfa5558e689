use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use fluent_bundle::FluentResource;
use fluent_syntax::ast;

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
        for text in [0, 1, 2, 3, 5, 11, 21, 22, 100, 102, 1_000_000].into_iter().flat_map(Text::samples) {
            let (key, values) = text.parts();
            let mut spans = Vec::new();
            let mut args = FluentArgs::new();
            for (name, value) in values {
                args.set(name, argument(locale, value, &mut spans));
            }
            let sentence = format(kept(locale), key, &args);
            assert!(sentence.is_some_and(|words| !words.is_empty()), "{locale:?}: `{key}` has a fault");
            let shown = plain(locale, &text);
            assert!(!shown.contains(['{', '}', '\u{E000}', '\u{E001}']), "{locale:?}: {shown}");
            let count = |sign: char| shown.matches(sign).count();
            assert_eq!(count('\u{2068}'), count('\u{2069}'), "{locale:?}: {shown}");
            assert!(locale.is_right_to_left() || !shown.contains(['\u{2068}', '\u{200F}']), "{locale:?}: {shown}");
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

/// The categories that numbers fall into, and those of them that only fractions and millions fall into.
/// Source: CLDR 48, <https://www.unicode.org/cldr/charts/48/supplemental/language_plural_rules.html>.
const fn categories(locale: Locale) -> (&'static [&'static str], &'static [&'static str]) {
    match locale {
        Locale::En | Locale::De | Locale::Tr => (&["one", "other"], &[]),
        Locale::Es | Locale::Fr | Locale::PtBr => (&["one", "other"], &["many"]),
        Locale::Ru | Locale::Uk => (&["one", "few", "many", "other"], &[]),
        Locale::Id | Locale::Ja | Locale::Zh => (&["other"], &[]),
        Locale::Ar => (&["one", "two", "few", "many", "other"], &["zero"]),
    }
}

/// A choice between wordings: by what, between which keys, and which of them name the number.
struct Choice {
    by: &'static str,
    keys: BTreeSet<&'static str>,
    otherwise: &'static str,
    telling: BTreeSet<&'static str>,
    /// Whether one is told in the same words as many.
    is_alike: bool,
}

fn choices_in(pattern: &ast::Pattern<&'static str>, found: &mut Vec<Choice>) {
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression: ast::Expression::Select { selector, variants } } = element
        else {
            continue;
        };
        let ast::InlineExpression::VariableReference { id } = selector else { panic!("a choice by {selector:?}") };
        let named = |variant: &ast::Variant<&'static str>| match variant.key {
            ast::VariantKey::Identifier { name } => name,
            ast::VariantKey::NumberLiteral { value } => value,
        };
        let tells = |variant: &&ast::Variant<&'static str>| format!("{:?}", variant.value).contains(&format!("{id:?}"));
        let worded = |key: &str| variants.iter().find(|variant| named(variant) == key).map(|variant| &variant.value);
        found.push(Choice {
            by: id.name,
            keys: variants.iter().map(named).collect(),
            otherwise: variants.iter().find(|variant| variant.default).map_or("", named),
            is_alike: worded("one") == worded("other"),
            telling: variants.iter().filter(tells).map(named).collect(),
        });
        for variant in variants {
            choices_in(&variant.value, found);
        }
    }
}

fn choices(locale: Locale) -> BTreeMap<&'static str, Vec<Choice>> {
    let resource = fluent_syntax::parser::parse(wording(locale)).unwrap();
    let mut all = BTreeMap::new();
    for entry in &resource.body {
        if let ast::Entry::Message(message) = entry {
            let mut found = Vec::new();
            choices_in(message.value.as_ref().unwrap(), &mut found);
            all.insert(message.id.name, found);
        }
    }
    all
}

#[test]
fn numbers_and_choices_are_told_apart_as_each_language_does() {
    let english = choices(Locale::En);
    let counts: BTreeSet<(&str, &str)> = Text::samples(1)
        .iter()
        .flat_map(|text| {
            let (key, values) = text.parts();
            values.into_iter().filter(|(_, value)| matches!(value, Value::Count(_))).map(move |(name, _)| (key, name))
        })
        .collect();
    let is_number = |key: &&str| key.starts_with(|first: char| first.is_ascii_digit());
    for locale in Locale::ALL {
        let (needed, possible) = categories(locale);
        for (message, found) in choices(locale) {
            for Choice { by, keys, otherwise, telling, is_alike } in found {
                let place = format!("{locale:?}: `{message}`, by `{by}`");
                if counts.contains(&(message, by)) {
                    let words: BTreeSet<&str> = keys.iter().copied().filter(|key| !is_number(key)).collect();
                    assert!(
                        words.iter().all(|key| needed.contains(key) || possible.contains(key)),
                        "{place}: {words:?}"
                    );
                    assert!(needed.iter().all(|key| words.contains(key)), "{place} has only {words:?}");
                    assert_eq!(otherwise, "other", "{place}");
                    // In these languages 21 is one too.
                    let one_is_more = ["ru", "uk"].contains(&locale.tag());
                    assert!(
                        !one_is_more || is_alike || telling.contains("one"),
                        "{place}: the number is missing from `one`"
                    );
                } else if let Some(source) = english[message].iter().find(|choice| choice.by == by) {
                    assert_eq!((keys, otherwise), (source.keys.clone(), source.otherwise), "{place}");
                }
            }
        }
    }
}

#[test]
fn a_button_has_room_for_its_words_in_every_language() {
    for locale in Locale::ALL {
        for text in Text::samples(20) {
            let (key, values) = text.parts();
            if key.starts_with("button-") || key == "setting-name" {
                let shown = plain(locale, &text);
                let own = shown.chars().filter(|sign| !matches!(sign, '\u{2068}' | '\u{2069}' | '\u{200F}')).count();
                let given: usize = values.iter().map(|(name, _)| name.len()).sum();
                assert!(own <= 40 && (values.is_empty() || own <= 20 + given), "{locale:?}: {shown}");
            }
        }
    }
}

#[test]
fn no_wording_steers_the_direction_itself() {
    let steering =
        |sign: char| matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    for locale in Locale::ALL {
        assert!(!wording(locale).contains(steering), "{locale:?}");
    }
}

#[test]
fn in_a_sentence_from_right_to_left_everything_put_in_keeps_its_own_direction() {
    let text = Text::AlertTitle { service: "GitHub (EU)", condition: "degraded" };
    let spans = say(Locale::Ar, &text);
    let shown = flat(Locale::Ar, &spans);
    assert!(shown.starts_with("\u{200F}\u{2068}GitHub (EU)\u{2069}"), "{shown:?}");
    assert!(spans.contains(&Span::Strong("GitHub (EU)".to_owned())));
    let names = ["API", "Login (EU)", "بحث"].map(|name| Span::Text(name.to_owned()));
    let list = flat(Locale::Ar, &join(Locale::Ar, Joint::And, &names));
    assert!(list.contains("\u{2068}API\u{2069}، \u{2068}Login (EU)\u{2069}"), "{list:?}");
    // The list itself runs from right to left, also where all its names do not.
    assert!(list.starts_with("\u{200F}") || list.starts_with("\u{2068}\u{200F}"), "{list:?}");
}
