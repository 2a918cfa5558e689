//! Every button that can be reached, pressed; and what platforms take of the commands' declarations.

use std::collections::BTreeSet;

use super::*;
use crate::{
    domain::{Act, Button},
    text::LONGEST_PRESS,
};

impl Chat {
    /// The chat after an answer's changes were made.
    fn after(&self, answer: &Answer) -> Self {
        let mut chat = self.clone();
        for change in &answer.changes {
            match change {
                Change::Watch { watch, .. } => chat.catalogue = chat.catalogue.with(std::slice::from_ref(watch)),
                Change::Subscribe(one) => {
                    chat.subscriptions.retain(|other| other.topic != one.topic);
                    chat.subscriptions.push(one.clone());
                }
                Change::Unsubscribe { topic, .. } => chat.subscriptions.retain(|one| one.topic != *topic),
                Change::UnsubscribeAll { .. } => chat.subscriptions.clear(),
                Change::Settings { settings, .. } => chat.settings = *settings,
                Change::Mute { mute, .. } => {
                    chat.mutes.retain(|other| other.muted != mute.muted);
                    chat.mutes.push(mute.clone());
                }
                Change::Unmute { muted: Muted::All, .. } => chat.mutes.clear(),
                Change::Unmute { muted, .. } => chat.mutes.retain(|mute| mute.muted != *muted),
                Change::Move { .. } | Change::Leave { .. } | Change::Suspend { .. } | Change::Resume { .. } => {
                    panic!("no command does this: {change:?}")
                }
            }
        }
        chat
    }

    /// Presses every button below the answers to these lines, and below the answers to that, and so on. Gives what was
    /// pressed.
    fn walk(&self, lines: &[String]) -> BTreeSet<String> {
        let mut waiting: Vec<(Self, String, Answer)> = Vec::new();
        for line in lines {
            waiting.push((self.clone(), line.clone(), self.answer(line)));
        }
        let mut pressed = BTreeSet::new();
        while let Some((chat, asked, answer)) = waiting.pop() {
            let shown = sketch(&answer.reply, &ChatSettings::default(), now());
            assert_ne!(answer.reply.mark, Some(Mark::Refused), "{asked} is dead:\n{shown}");
            let rows = &answer.reply.buttons;
            assert!(rows.len() <= 5 && rows.iter().all(|row| (1..=5).contains(&row.len())), "{asked}:\n{shown}");
            let words: Vec<&String> = rows.iter().flatten().filter_map(words_of).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{asked} has twins:\n{shown}");
            let chat = chat.after(&answer);
            for button in rows.iter().flatten() {
                assert!((1..=40).contains(&button.label.chars().count()), "{button:?}");
            }
            for words in words {
                assert!(words.len() <= LONGEST_PRESS, "{words}");
                if pressed.insert(words.clone()) {
                    waiting.push((chat.clone(), words.clone(), chat.press(words)));
                }
            }
        }
        pressed
    }
}

fn words_of(button: &Button) -> Option<&String> {
    match &button.act {
        Act::Press(words) => Some(words),
        Act::Open(_) => None,
    }
}

const LINES: [&str; 22] = [
    "/status",
    "/status ID",
    "/status meta",
    "/incident ID",
    "/incident ID-NUMBER",
    "/services",
    "/services CATEGORY",
    "/services e",
    "/subscribe",
    "/subscribe ID",
    "/unsubscribe",
    "/mute",
    "/mute ID",
    "/mute all",
    "/unmute",
    "/settings",
    "/settings timezone",
    "/subscriptions",
    "/maintenance",
    "/maintenance ID",
    "/help",
    "/test",
];

/// A chat in which the service in the middle of it all has this id, and as much goes on as can be.
fn world(word: &str, category: &str, number: u32, component: &str) -> (Chat, Vec<String>) {
    let mut chat = Chat { mutes: mutes(), ..Chat::new() };
    let main = service(word, "The Service", category, vec![statuspage(word)]);
    let others = (1..=30).map(|number| service(&format!("s{number:02}"), &format!("S{number:02}"), category, vec![]));
    let services: Vec<Service> = catalogue().services().map(|service| service.as_ref().clone()).collect();
    chat.catalogue = Catalogue::new(services.into_iter().chain([main]).chain(others)).0;
    let minute = |minute: u32| update(Phase::Investigating, &format!("22T14:{minute:02}"), "Still looking.");
    let long =
        Incident { updates: (1..=35).map(minute).collect(), ..incident(word, "The Service", number, Role::Official) };
    let planned = Incident { id: IncidentId { service: id(word), number: number - 1 }, ..work() };
    let state = vec![(statuspage(word), well(Condition::MajorOutage))];
    chat.tracks.insert(id(word), track(word, state, vec![planned, long.clone()]));
    chat.history = vec![long];
    chat.subscriptions.push(subscription(Topic::Service(id(word))));
    chat.subscriptions.push(subscription(Topic::Category(category.to_owned())));
    // As many as a subscription can name, so that each can be chosen after the others.
    let names: Vec<String> = (11..=30).map(|number| format!("{component}{number}")).collect();
    chat.components.insert(id(word), Arc::from(names));
    chat.mutes.push(Mute { muted: Muted::Incident(IncidentId { service: id(word), number }), until: None });
    let fill =
        |line: &str| line.replace("ID", word).replace("NUMBER", &number.to_string()).replace("CATEGORY", category);
    (chat, LINES.map(fill).to_vec())
}

#[test]
fn no_button_is_dead_or_too_long() {
    let (short, lines) = world("x", "c", 3, "Part ");
    let (long, long_lines) = world(&"x".repeat(32), &"c".repeat(32), u32::MAX, &"Ä".repeat(118));
    let (pressed, pressed_long) = (short.walk(&lines), long.walk(&long_lines));
    for expected in ["incident x-3", "mute x-3", "mute ~set x 3d", "subscribe ~done x", "unsubscribe ~end c"] {
        assert!(pressed.contains(expected), "{expected} is never offered: {pressed:#?}");
    }
    // Where names are as long as they can be, nothing is missing.
    assert_eq!(pressed.len(), pressed_long.len(), "{pressed:#?}\n{pressed_long:#?}");
}

#[test]
fn a_greeting_leads_on() {
    let chat = Chat::without_subscriptions();
    for button in welcome(ChatSettings::default(), &catalogue()).reply.buttons.iter().flatten() {
        let words = words_of(button).unwrap();
        assert_ne!(chat.press(words).reply.mark, Some(Mark::Refused), "{words}");
    }
}

/// Source: <https://discord.com/developers/docs/interactions/application-commands#application-command-object>.
#[test]
fn discord_takes_every_declaration() {
    let is_name = |name: &str| {
        (1..=32).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte))
    };
    let mut letters = 0;
    for spec in specs() {
        assert!(is_name(&spec.name), "{}", spec.name);
        assert!(spec.options.len() <= 25, "{}", spec.name);
        let summaries = std::iter::once(&spec.summary).chain(spec.options.iter().map(|option| &option.summary));
        for summary in summaries {
            for locale in Locale::ALL {
                let length = summary.say(locale).chars().count();
                assert!((1..=100).contains(&length), "{}: {} has {length}", spec.name, summary.say(locale));
                letters += length;
            }
        }
        let mut names = BTreeSet::new();
        let mut is_required = true;
        for option in &spec.options {
            assert!(is_name(&option.name) && names.insert(&option.name), "{}: {}", spec.name, option.name);
            assert!(is_required || !option.is_required, "{}: {} stands too late", spec.name, option.name);
            is_required = option.is_required;
        }
    }
    assert!(specs().len() <= 100 && letters < 8_000 * specs().len());
}
