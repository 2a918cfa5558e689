//! What is offered while an option is typed.

use super::*;

fn suggested(command: &str, option: &str, typed: &str, given: &[(&str, &str)]) -> Vec<Completion> {
    let (catalogue, subscriptions, mutes, tracks, components) =
        (catalogue(), subscribed(), mutes(), tracks(), components());
    let given: Vec<(String, String)> =
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let view = View {
        subscriptions: &subscriptions,
        mutes: &mutes,
        tracks: &|service| tracks.get(service).cloned(),
        components: &|service| components.get(service).cloned().unwrap_or_default(),
        regions: &|_| Arc::from(["EU".to_owned(), "US East".to_owned()]),
        ..View::bare(&catalogue, now())
    };
    suggest(&Partial { command, option, typed, given: &given }, &view)
}

fn values(command: &str, option: &str, typed: &str, given: &[(&str, &str)]) -> Vec<String> {
    suggested(command, option, typed, given).into_iter().map(|one| one.insert).collect()
}

#[test]
fn every_option_is_completed_from_what_is_known() {
    assert_eq!(values("status", "service", "wh", &[]), ["whatsapp"]);
    assert_eq!(values("subscribe", "topic", "mes", &[]), ["messaging"]);
    assert_eq!(values("subscribe", "severity", "", &[]), ["degraded", "partial_outage", "major_outage"]);
    assert_eq!(values("subscribe", "maintenance", "", &[]), ["on", "off"]);
    assert_eq!(values("subscribe", "sources", "", &[]), ["all", "official"]);
    let github = [("topic", "github")];
    assert_eq!(values("subscribe", "regions", "", &github), ["EU", "Europe", "US East"]);
    assert_eq!(values("subscribe", "regions", "eu, us", &github), ["eu, US East"]);
    assert_eq!(values("subscribe", "regions", "", &[]), Vec::<String>::new());
    assert_eq!(values("unsubscribe", "topic", "m", &[]), ["messaging"]);
    assert_eq!(values("incident", "incident", "git", &[]), ["github-7", "github"]);
    assert_eq!(values("incident", "incident", "requests", &[]), ["github-7"]);
    assert_eq!(values("mute", "what", "", &[])[..3], ["all", "github-7", "whatsapp-3"]);
    assert_eq!(values("mute", "what", "spot", &[]), ["spotify"]);
    assert_eq!(values("unmute", "what", "", &[]), ["signal", "github-7", "all"]);
    assert_eq!(values("settings", "key", "", &[]), ["language", "timezone", "updates", "sound", "digest"]);
    assert_eq!(values("settings", "value", "", &[("key", "sound")]), ["news", "all", "off"]);
    assert_eq!(values("settings", "value", "", &[("key", "language")]), Locale::ALL.map(Locale::tag));
    assert_eq!(values("settings", "value", "turk", &[("key", "language")]), ["tr"], "by its English name");
    assert_eq!(values("settings", "value", "tür", &[("key", "language")]), ["tr"], "by its own name");
    assert_eq!(values("settings", "value", "vienn", &[("key", "timezone")]), ["Europe/Vienna"]);
    assert_eq!(values("settings", "value", "x", &[]), Vec::<String>::new());
    assert_eq!(values("help", "command", "mu", &[]), ["mute"]);
    assert_eq!(values("help", "command", "sta", &[]), ["status"]);
    assert_eq!(values("nonsense", "x", "", &[]), Vec::<String>::new());
}

#[test]
fn lengths_that_fit_the_digits_are_offered() {
    let lengths = |typed| values("mute", "duration", typed, &[]);
    assert_eq!(lengths(""), ["1h", "8h", "24h", "3d", "until 9:00"]);
    assert_eq!(lengths("2"), ["24h", "2h", "2d", "2m"]);
    assert_eq!(lengths("90"), ["90h", "90d", "90m"]);
    assert_eq!(lengths("2h"), ["2h"]);
    assert_eq!(lengths("un"), ["until 9:00"]);
    assert_eq!(lengths("until 7:30"), ["until 7:30"]);
    assert_eq!(suggested("mute", "duration", "2h", &[])[0].label, "2 hours");
}

#[test]
fn the_last_of_several_components_is_completed() {
    let components = |typed, topic| values("subscribe", "components", typed, &[("topic", topic)]);
    assert_eq!(components("a", "github")[..2], ["Actions", "API Requests"]);
    assert_eq!(components("actions, web", "github"), ["actions, Webhooks"]);
    assert_eq!(components("Actions, act", "github"), Vec::<String>::new(), "it is named already");
    assert_eq!(components("a", "signal"), Vec::<String>::new());
    assert_eq!(values("subscribe", "components", "a", &[]), Vec::<String>::new());
}

#[test]
fn a_component_with_a_comma_in_its_name_can_be_chosen() {
    let found = suggested("subscribe", "components", "wiki", &[("topic", "github")]);
    assert_eq!(found[0].label, "Pages, Wikis");
    let chat = Chat { components: components(), ..Chat::without_subscriptions() };
    let options = [("topic".to_owned(), "github".to_owned()), ("components".to_owned(), found[0].insert.clone())];
    let answer = chat.answer_in(Locale::En, Typed::Call { command: "subscribe", options: &options });
    assert!(matches!(answer.changes.as_slice(), [Change::Subscribe(one)] if one.filter.components == ["Pages, Wikis"]));
}

#[test]
fn what_is_suggested_fits_into_a_choice() {
    let long = "Ä".repeat(120);
    let catalogue = catalogue();
    let components: Arc<[String]> = (0..40).map(|number| format!("{long}{number}")).collect();
    let view = View { components: &|_| components.clone(), ..View::bare(&catalogue, now()) };
    for spec in specs() {
        for option in &spec.options {
            for typed in ["", "a", "ä", "1", "s"] {
                for topic in ["github", "timezone", "messaging"] {
                    let given = [("topic".to_owned(), topic.to_owned())];
                    let partial = Partial { command: &spec.name, option: &option.name, typed, given: &given };
                    let found = suggest(&partial, &view);
                    assert!(found.len() <= 25, "{partial:?}");
                    for one in found {
                        let lengths = [one.insert.chars().count(), one.label.chars().count()];
                        assert!(lengths.iter().all(|length| (1..=100).contains(length)), "{partial:?}: {one:?}");
                    }
                }
            }
        }
    }
}
